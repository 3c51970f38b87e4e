#!/usr/bin/env bash
# PostgreSQL's full text search takes a word with a slash in it for the path of a file, one with a point for the name of a
# host and a figure after a hyphen for a negative number, each one word. So who searches labels for trimethoprim does not
# find "sulfamethoxazole/trimethoprim", nor for renal "hepatic/renal impairment", nor for pregnancy a sentence where the
# space after the point is missing, as it often is in labels; 20 mg is not in "10-20 mg", and -20 mg is. With a hyphen, or
# with spaces round the slash, the names are found. (PostgreSQL 18.7 as @electric-sql/pglite 0.5.17, npm.)
#
# Output seen:
#   trimethoprim      in Do not use with sulfamethoxazole-trimethoprim.    -> true
#   trimethoprim      in Do not use with sulfamethoxazole / trimethoprim.  -> true
#   trimethoprim      in Do not use with sulfamethoxazole/trimethoprim.    -> false
#   renal             in Avoid in hepatic/renal impairment.                -> false
#   pregnancy         in Not in pregnancy.Stop breastfeeding.              -> false
#   "20 mg"           in Give 10-20 mg daily.                              -> false
#   "-20 mg"          in Give 10-20 mg daily.                              -> true
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17
cat >run.mjs <<'NODE'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";

const db = new PGlite();
console.log((await db.query("SELECT version()")).rows[0].version.match(/PostgreSQL [\d.]+ \(PGlite [\d.]+\)/)[0]);
const words = "websearch_to_tsquery('english', $2)";
const number = "phraseto_tsquery('english', $2)"; // in websearch a hyphen is "without"
const seen = [
  ["trimethoprim", "Do not use with sulfamethoxazole-trimethoprim.", words, true],
  ["trimethoprim", "Do not use with sulfamethoxazole / trimethoprim.", words, true],
  ["trimethoprim", "Do not use with sulfamethoxazole/trimethoprim.", words, false],
  ["renal", "Avoid in hepatic/renal impairment.", words, false],
  ["pregnancy", "Not in pregnancy.Stop breastfeeding.", words, false],
  ['"20 mg"', "Give 10-20 mg daily.", number, false],
  ['"-20 mg"', "Give 10-20 mg daily.", number, true],
];
for (const [query, text, parser, expected] of seen) {
  const { rows } = await db.query(`SELECT to_tsvector('english', $1) @@ ${parser} AS found`, [text, query]);
  console.log(`${query.padEnd(17)} in ${text.padEnd(50)} -> ${rows[0].found}`);
  assert.strictEqual(rows[0].found, expected);
}
NODE
node run.mjs
