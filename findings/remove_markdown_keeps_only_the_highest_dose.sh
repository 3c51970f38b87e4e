#!/usr/bin/env bash
# remove-markdown 0.7.0 and markdown-to-text 0.1.1 make plain text of Markdown, for excerpts. In CommonMark "<30" is no tag, as
# a tag begins with a letter. These two take for one whatever is between a "<" and the next ">": of the doses by creatinine
# clearance all but the highest are gone. A wrapped line that begins with "250." is no list item, as only a list that
# begins with 1 can end a paragraph; they cut its number off. Of "[5 mg] (maximum 10 mg)", which is no link, as there is a
# space between, remove-markdown loses the maximum. commonmark 0.31.2, the reference implementation, keeps all three.
#
# Output seen (commonmark, remove-markdown, markdown-to-text):
#   CrCl <30 mL/min: 5 mg. CrCl 30 to 60 mL/min: 10 mg. CrCl >60 mL/min: 20 mg.
#     CrCl 60 mL/min: 20 mg.
#     CrCl 60 mL/min: 20 mg.
#   The dose is no more than | 250. Then reduce it.
#     The dose is no more than | Then reduce it.
#     The dose is no more than | Then reduce it.
#   Give [5 mg] (maximum 10 mg) daily.
#     Give 5 mg daily.
#     Give [5 mg] (maximum 10 mg) daily.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund remove-markdown@0.7.0 markdown-to-text@0.1.1 commonmark@0.31.2
cat >run.cjs <<'NODE'
const assert = require("node:assert");
const { HtmlRenderer, Parser } = require("commonmark");
const removeMarkdown = require("remove-markdown");
const { default: markdownToText } = require("markdown-to-text");

for (const name of ["remove-markdown", "markdown-to-text", "commonmark"])
  console.log(name, JSON.parse(require("node:fs").readFileSync(`node_modules/${name}/package.json`)).version);
const meant = (text) =>
  new HtmlRenderer()
    .render(new Parser().parse(text))
    .replace(/^<p>|<\/p>\n$/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
const bands = "CrCl <30 mL/min: 5 mg. CrCl 30 to 60 mL/min: 10 mg. CrCl >60 mL/min: 20 mg.";
const link = "Give [5 mg] (maximum 10 mg) daily.";
const seen = [
  [bands, "CrCl 60 mL/min: 20 mg.", "CrCl 60 mL/min: 20 mg."],
  ["The dose is no more than\n250. Then reduce it.", ...Array(2).fill("The dose is no more than\nThen reduce it.")],
  [link, "Give 5 mg daily.", link],
];
for (const [text, ...expected] of seen) {
  const found = [removeMarkdown(text), markdownToText(text)];
  console.log([meant(text), ...found].join("\n  ").replaceAll(/\n(?! )/g, " | "));
  assert.equal(meant(text), text);
  assert.deepEqual(found, expected);
}
NODE
node run.cjs
