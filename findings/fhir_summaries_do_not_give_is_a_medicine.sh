#!/usr/bin/env bash
# In a FHIR R4 MedicationRequest "doNotPerform": true says that the medicine is not to be given; FHIR marks it as an element
# that no reader may ignore. Two libraries that make summaries of a patient ignore it:
# - fhir-agent-tools 0.1.0 (Python, for language models) gives an active order of warfarin, the same as without it;
#   of 125 micrograms it gives "125", without the unit;
# - fhirpatientsummary 1.0.45 of @imranq2 (npm, International Patient Summary) has it among the medicines of the patient, and
#   shows no dose where an order has it in fields and not in a text.
#
# Output seen:
#   fhir-agent-tools, do not give warfarin     -> warfarin, active, order; the same as for give: True
#   fhir-agent-tools, 125 micrograms           -> 125
#   fhirpatientsummary, medicines              -> Warfarin ("") | Levothyroxine ("")
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhir-agent-tools==0.1.0 fhir.resources==8.3.0
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @imranq2/fhirpatientsummary@1.0.45
cat >resources.json <<'JSON'
[
  {"resourceType": "MedicationRequest", "id": "1", "status": "active", "intent": "order", "doNotPerform": true,
   "subject": {"reference": "Patient/1"}, "authoredOn": "2026-11-01", "medicationCodeableConcept": {"text": "warfarin"}},
  {"resourceType": "MedicationRequest", "id": "2", "status": "active", "intent": "order",
   "subject": {"reference": "Patient/1"}, "authoredOn": "2026-11-01",
   "medicationCodeableConcept": {"text": "levothyroxine"},
   "dosageInstruction": [{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                          "doseAndRate": [{"doseQuantity": {"value": 125, "unit": "microgram"}}]}]}
]
JSON
venv/bin/python - <<'PYTHON'
import json
from importlib.metadata import version

from fhir_agent_tools.medication_request import get_medication_request_summary

print("fhir-agent-tools", version("fhir-agent-tools"))
with open("resources.json") as file:
    refused, micrograms = json.load(file)
summary = get_medication_request_summary(refused)["data"]
del refused["doNotPerform"]
is_same = summary == get_medication_request_summary(refused)["data"]
words = ", ".join(summary[key] for key in ("medication", "status", "intent"))
print(f"fhir-agent-tools, do not give warfarin     -> {words}; the same as for give: {is_same}")
assert (words, is_same) == ("warfarin, active, order", True)
(dosage,) = get_medication_request_summary(micrograms)["data"]["dosageInstruction"]
print(f"fhir-agent-tools, 125 micrograms           -> {dosage['dose']}")
assert dosage == {"text": None, "route": "", "dose": "125"}, dosage
PYTHON
cat >run.cjs <<'NODE'
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { NarrativeGenerator } = require("@imranq2/fhirpatientsummary");

const read = (path) => JSON.parse(readFileSync(path));
console.log("fhirpatientsummary", read("node_modules/@imranq2/fhirpatientsummary/package.json").version);
const resources = read("resources.json");
const rows = (html) =>
  [...html.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell.replace(/<[^>]*>/g, "").trim()),
  );
(async () => {
  const summary = await NarrativeGenerator.generateNarrativeAsync("MedicationSummarySection", resources, "UTC");
  const [heads, ...medicines] = rows(summary.div);
  const directions = heads.indexOf("Sig");
  const listed = medicines.map((row) => `${row[heads.indexOf("Medication")]} ("${row[directions]}")`).join(" | ");
  console.log("fhirpatientsummary, medicines              ->", listed);
  assert.equal(listed, 'Warfarin ("") | Levothyroxine ("")');
})();
NODE
node run.cjs
