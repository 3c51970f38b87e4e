#!/usr/bin/env bash
# CQL is the language of clinical rules ("warn where the dose is over the limit"), FHIRPath that of FHIR's own checks. Their
# engines in JavaScript, cql-execution 3.3.2 and fhirpath 5.2.2 (npm), compare grams with milligrams as one expects. Of
# international units, UCUM's [iU], cql-execution never knows which of two numbers is the larger, nor that a dose is itself;
# fhirpath does where both are written alike, but not of thousands (k[iU]), and not of UCUM's second sign of the same unit,
# [IU]. The answer is null or nothing, which a rule takes for "no": a limit on heparin or vitamin D in units never warns.
#
# Output seen (cql-execution | fhirpath):
#   2 g > 500 mg               -> true | true
#   5000 [iU] > 4000 [iU]      -> null | true
#   5000 [iU] = 5000 [iU]      -> null | true
#   50 k[iU] > 4000 [iU]       -> null | nothing
#   50000 [IU] > 4000 [iU]     -> null | nothing
#   50000 [IU] <= 4000 [iU]    -> null | nothing
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cql-execution@3.3.2 fhirpath@5.2.2 @lhncbc/ucum-lhc@7.1.10
cat >run.cjs <<'NODE'
const assert = require("node:assert");
const cql = require("cql-execution");
const fhirpath = require("fhirpath");

const versions = ["cql-execution", "fhirpath"].map((name) => `${name} ${require(`${name}/package.json`).version}`);
console.log(versions.join(", "));
const seen = [
  ["Greater", ">", [2, "g"], [500, "mg"], true, true],
  ["Greater", ">", [5000, "[iU]"], [4000, "[iU]"], null, true],
  ["Equal", "=", [5000, "[iU]"], [5000, "[iU]"], null, true],
  ["Greater", ">", [50, "k[iU]"], [4000, "[iU]"], null, undefined],
  ["Greater", ">", [50000, "[IU]"], [4000, "[iU]"], null, undefined],
  ["LessOrEqual", "<=", [50000, "[IU]"], [4000, "[iU]"], null, undefined],
];
const quantity = ([value, unit]) => ({ type: "Quantity", value, unit });
const rules = seen.map(([type, , left, right], index) => ({
  name: `rule ${index}`, // a CQL rule as its compiler writes it
  context: "Unfiltered",
  accessLevel: "Public",
  expression: { type, operand: [quantity(left), quantity(right)] },
}));
const library = new cql.Library({
  library: {
    identifier: { id: "Limits", version: "1" },
    schemaIdentifier: { id: "urn:hl7-org:elm", version: "r1" },
    usings: { def: [{ localIdentifier: "System", uri: "urn:hl7-org:elm-types:r1" }] },
    statements: { def: rules },
  },
});
(async () => {
  const { unfilteredResults } = await new cql.Executor(library).exec(new cql.PatientSource([]));
  seen.forEach(([, sign, left, right, ...expected], index) => {
    const [one, other] = [left, right].map(([value, unit]) => `${value} '${unit}'`);
    const [answer] = fhirpath.evaluate({}, `${one} ${sign} ${other}`);
    const found = [unfilteredResults[`rule ${index}`], answer];
    console.log(`${left.join(" ")} ${sign} ${right.join(" ")}`.padEnd(26), "->", `${found[0]} | ${answer ?? "nothing"}`);
    assert.deepStrictEqual(found, expected);
  });
})();
NODE
node run.cjs
