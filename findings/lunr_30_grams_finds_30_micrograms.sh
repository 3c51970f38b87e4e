#!/usr/bin/env bash
# lunr 2.3.9 (npm) is the search of many sites that are made from Markdown, guidelines of hospitals among them. What is no
# letter or digit of ASCII is taken off both ends of a word of the text: µg is kept as g, β and ½ not at all, ≥65 and <65 both
# as 65. So 30 µg is found as 30 g, of interferon β the passage on α is the better one, and what is searched with
# such a sign, as it is written in the text, is not in it.
#
# Output seen (query -> hits, best first):
#   +30 +g           -> Glucose: 30 g | Interferon β-1a: inject 30 µg once a week
#   +30 +µg          -> nothing
#   interferon β     -> Interferon α: hepatitis C | Interferon β-1a: inject 30 µg once a week
#   65               -> Patients aged <65 years | Patients aged ≥65 years
#   ≥65              -> nothing
#   ½                -> nothing
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund lunr@2.3.9
cat >run.cjs <<'NODE'
const assert = require("node:assert");
const lunr = require("lunr");

console.log("lunr", lunr.version);
const passages = [
  "Glucose: 30 g",
  "Interferon α: hepatitis C",
  "Interferon β-1a: inject 30 µg once a week",
  "Patients aged <65 years",
  "Patients aged ≥65 years",
  "Take ½ tablet at night",
];
const index = lunr(function () {
  this.ref("number");
  this.field("text");
  passages.forEach((text, number) => this.add({ number, text }));
});
const seen = [
  ["+30 +g", [0, 2]],
  ["+30 +µg", []],
  ["interferon β", [1, 2]],
  ["65", [3, 4]],
  ["≥65", []],
  ["½", []],
];
for (const [query, expected] of seen) {
  const found = index.search(query).map(({ ref }) => Number(ref));
  console.log(query.padEnd(16), "->", found.map((number) => passages[number]).join(" | ") || "nothing");
  assert.deepEqual(found, expected);
}
NODE
node run.cjs
