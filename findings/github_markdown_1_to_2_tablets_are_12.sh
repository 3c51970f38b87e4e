#!/usr/bin/env bash
# In East Asia a range is written with a tilde, "5~10 mg", in labels and guidelines in English too. In GitHub's Markdown a
# second tilde in the same paragraph makes of the two the marks of words that are struck out, inside a word too:
# - marked 18.2.1 (npm) crosses out what is between them, and with it the age and the dose;
# - strip-markdown 6.0.0 with remark 15.0.1 and remark-gfm 4.0.1 (npm), which makes plain text, joins what is left: 1 to 2
#   tablets are 12.
# With one tilde in the paragraph nothing happens; markdown-it 15.0.3 (npm), which asks for two in a row, keeps all of them.
#
# Output seen (marked | strip-markdown | markdown-it):
#   Take 1~2 tablets.
#     Take 1~2 tablets. | Take 1\~2 tablets. | Take 1~2 tablets.
#   Take 1~2 tablets 2~3 times a day.
#     Take 1<del>2 tablets 2</del>3 times a day. | Take 12 tablets 23 times a day. | Take 1~2 tablets 2~3 times a day.
#   Adults 5~10 mg, children 2~5 mg.
#     Adults 5<del>10 mg, children 2</del>5 mg. | Adults 510 mg, children 25 mg. | Adults 5~10 mg, children 2~5 mg.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund marked@18.2.1 strip-markdown@6.0.0 remark@15.0.1 remark-gfm@4.0.1 \
    markdown-it@15.0.3
cat >run.mjs <<'NODE'
import assert from "node:assert";
import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import stripMarkdown from "strip-markdown";

const names = ["marked", "strip-markdown", "remark", "remark-gfm", "markdown-it"];
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
console.log(names.map((name) => `${name} ${version(name)}`).join(", "));
const seen = [
  ["Take 1~2 tablets.", "Take 1~2 tablets.", "Take 1\\~2 tablets."],
  [
    "Take 1~2 tablets 2~3 times a day.",
    "Take 1<del>2 tablets 2</del>3 times a day.",
    "Take 12 tablets 23 times a day.",
  ],
  [
    "Adults 5~10 mg, children 2~5 mg.",
    "Adults 5<del>10 mg, children 2</del>5 mg.",
    "Adults 510 mg, children 25 mg.",
  ],
];
for (const [text, ...expected] of seen) {
  const plain = String(await remark().use(remarkGfm).use(stripMarkdown).process(text)).trim();
  const found = [marked.parseInline(text), plain, new MarkdownIt().renderInline(text)];
  console.log(`${text}\n  ${found.join(" | ")}`);
  assert.deepEqual(found, [...expected, text]);
}
NODE
node run.mjs
