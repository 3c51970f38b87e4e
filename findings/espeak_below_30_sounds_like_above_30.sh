#!/usr/bin/env bash
# eSpeak NG speaks for screen readers and turns text into sounds for other voices (here as phonemizer 1.2.1, npm). It has words
# for ≥, ≤, ± and =, and none for < and >, which it passes over like a comma: "below 30" and "above 30" sound the same, and
# like "30". The dash of a printed range is silent as well, so that "2–4 tablets" is "two four", and so is the power in 10⁹/L.
# A microgram with the Greek letter mu (U+03BC) is a word, "miug", the one with the micro sign (U+00B5) "micro g".
#
# Output seen:
#   CrCl <30       -> sˌiːˈɑːɹ sˌiːˈɛl θˈɜːɾi                             CrCl >30 and CrCl 30 are the same
#   CrCl ≥30       -> sˌiːˈɑːɹ sˌiːˈɛl ɡɹˈeɪɾɚɹ ɔːɹ ˈiːkwəl tə θˈɜːɾi
#   2–4 tablets    -> tˈuː fˈoːɹ tˈæbləts                                 2 4 tablets is the same
#   10⁹/L          -> tˈɛn slˈæʃ ˈɛl                                      10/L is the same
#   5 µg (U+00B5)  -> fˈaɪv mˌaɪkɹoʊdʒˈiː
#   5 μg (U+03BC)  -> fˈaɪv mjˈuːɡ
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund phonemizer@1.2.1
cat >run.mjs <<'NODE'
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { phonemize } from "phonemizer";

console.log("phonemizer", JSON.parse(readFileSync("node_modules/phonemizer/package.json")).version);
const seen = [
  ["CrCl <30", "sˌiːˈɑːɹ sˌiːˈɛl θˈɜːɾi", ["CrCl >30", "CrCl 30"]],
  ["CrCl ≥30", "sˌiːˈɑːɹ sˌiːˈɛl ɡɹˈeɪɾɚɹ ɔːɹ ˈiːkwəl tə θˈɜːɾi", []],
  ["2\u20134 tablets", "tˈuː fˈoːɹ tˈæbləts", ["2 4 tablets"]],
  ["10\u2079/L", "tˈɛn slˈæʃ ˈɛl", ["10/L"]],
  ["5 \u00b5g", "fˈaɪv mˌaɪkɹoʊdʒˈiː", []],
  ["5 \u03bcg", "fˈaɪv mjˈuːɡ", []],
];
for (const [text, expected, alike] of seen) {
  const sounds = (await phonemize(text, "en-us")).join(" ");
  console.log(text.padEnd(12), "->", sounds, alike.length ? `   the same: ${alike.join(" and ")}` : "");
  assert.equal(sounds, expected);
  for (const other of alike) assert.equal((await phonemize(other, "en-us")).join(" "), sounds, other);
}
NODE
node run.mjs
