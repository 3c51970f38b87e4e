#!/usr/bin/env bash
# @atomic-ehr/ucum 0.2.5 computes with quantities in UCUM units. To divide, it writes a stroke between the two units as they
# are, and UCUM reads a/b/c as a over b times c. So whatever is divided by a unit with a stroke of its own (tablets a day, mL
# an hour, mg per mL) comes out upside down: 60 tablets at 2 a day are 30 per day and no number of days, a dose over a
# concentration is "per mL", and a dose over a clearance, which is an exposure (AUC) in mg·h/L, is in mg/L/h. Grams over
# grams per mole are still converted to millimoles, for a mole is a plain number in UCUM: 20 mmol of potassium chloride come
# out as 5.5e-47. A simple unit divides as it should.
#
# Output seen (what it is, by the package's own isConvertible and convert):
#   100 mg / 5 mL               -> 20 mg/mL, that is 20 mg/mL
#   60 {tbl} / 2 {tbl}/d        -> 30 {tbl}/{tbl}/d, that is 30 /d, not d
#   1000 mL / 125 mL/h          -> 8 mL/mL/h, that is 8 /h, not h
#   500 mg / 100 mg/mL          -> 5 mg/mg/mL, that is 5 /mL, not mL
#   350 mg / 5 mg/kg            -> 70 mg/mg/kg, that is 70 /kg, not kg
#   500 mg / 5 L/h              -> 100 mg/L/h, that is 100 mg/L/h, not mg.h/L
#   1.5 g / 74.55 g/mol         -> 0.02012 g/g/mol, that is 5.548e-47 mmol
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps @atomic-ehr/ucum@0.2.5
cat >run.mjs <<'NODE'
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { ucum } from "@atomic-ehr/ucum";

console.log("@atomic-ehr/ucum", JSON.parse(readFileSync("node_modules/@atomic-ehr/ucum/package.json")).version);
const short = (number) => Number(number.toPrecision(4));
const seen = [
  // the two, the unit that it should have (none: it has it), and the unit that it has
  [[100, "mg"], [5, "mL"], null, "mg/mL", "20 mg/mL, that is 20 mg/mL"],
  [[60, "{tbl}"], [2, "{tbl}/d"], "d", "/d", "30 {tbl}/{tbl}/d, that is 30 /d, not d"],
  [[1000, "mL"], [125, "mL/h"], "h", "/h", "8 mL/mL/h, that is 8 /h, not h"],
  [[500, "mg"], [100, "mg/mL"], "mL", "/mL", "5 mg/mg/mL, that is 5 /mL, not mL"],
  [[350, "mg"], [5, "mg/kg"], "kg", "/kg", "70 mg/mg/kg, that is 70 /kg, not kg"],
  [[500, "mg"], [5, "L/h"], "mg.h/L", "mg/L/h", "100 mg/L/h, that is 100 mg/L/h, not mg.h/L"],
  [[1.5, "g"], [74.55, "g/mol"], null, "mmol", "0.02012 g/g/mol, that is 5.548e-47 mmol"],
];
for (const [above, below, right, is, expected] of seen) {
  const { value, unit } = ucum.divide(ucum.quantity(...above), ucum.quantity(...below));
  const refused = right && !ucum.isConvertible(unit, right) ? `, not ${right}` : "";
  const text = `${short(value)} ${unit}, that is ${short(ucum.convert(value, unit, is))} ${is}${refused}`;
  console.log(`${above.join(" ")} / ${below.join(" ")}`.padEnd(27), "->", text);
  assert.equal(text, expected);
}
NODE
node run.mjs
