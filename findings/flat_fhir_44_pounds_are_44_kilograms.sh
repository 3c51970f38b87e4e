#!/usr/bin/env bash
# flat-fhir 0.1.4 makes spreadsheets of FHIR records, for doctors and language models, and FHIR of the spreadsheets again.
# The name of a column comes from the LOINC code of the measurement and says the unit, as body_weight_kg does. The unit and
# the sign that the measurement itself has are not looked at: a child of 44 pounds weighs 44 kg, a newborn of 3400 grams 3400
# kg, a fever in Fahrenheit is in Celsius, and an eGFR below 15 is 15. The FHIR that is made again says kg, Cel and 15, with
# the same id. FHIR's profiles for vital signs allow pounds, grams, inches and Fahrenheit.
#
# Output seen:
#   weight 44 [lb_av]        -> body_weight_kg 44, and again as FHIR 44 kg
#   weight 3400 g            -> body_weight_kg 3400, and again as FHIR 3400 kg
#   weight 20 kg             -> body_weight_kg 20, and again as FHIR 20 kg
#   height 44 [in_i]         -> body_height_cm 44, and again as FHIR 44 cm
#   temperature 100.4 [degF] -> body_temperature_c 100.4, and again as FHIR 100.4 Cel
#   eGFR < 15 mL/min         -> egfr_ml_min 15, and again as FHIR 15 mL/min/1.73m2
#   eGFR > 60 mL/min         -> egfr_ml_min 60, and again as FHIR 60 mL/min/1.73m2
#   INR > 10                 -> inr 10, and again as FHIR 10
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check flat-fhir==0.1.4 pandas==3.0.0 openpyxl==3.1.5
cd "$place"
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from flat_fhir import FlatFHIR, flatten, unflatten
from openpyxl import load_workbook

print("flat-fhir", version("flat-fhir"))
WEIGHT, HEIGHT, TEMPERATURE, EGFR, INR = "29463-7", "8302-2", "8310-5", "33914-3", "6301-6"
BESIDE = {"primary_key", "performer", "timestamp", "encounter_id", "source_resource_id", "notes"}
seen = [
    ("weight 44 [lb_av]", WEIGHT, 44, "[lb_av]", None, ("body_weight_kg", 44, "44 kg")),
    ("weight 3400 g", WEIGHT, 3400, "g", None, ("body_weight_kg", 3400, "3400 kg")),
    ("weight 20 kg", WEIGHT, 20, "kg", None, ("body_weight_kg", 20, "20 kg")),
    ("height 44 [in_i]", HEIGHT, 44, "[in_i]", None, ("body_height_cm", 44, "44 cm")),
    ("temperature 100.4 [degF]", TEMPERATURE, 100.4, "[degF]", None, ("body_temperature_c", 100.4, "100.4 Cel")),
    ("eGFR < 15 mL/min", EGFR, 15, "mL/min/{1.73_m2}", "<", ("egfr_ml_min", 15, "15 mL/min/1.73m2")),
    ("eGFR > 60 mL/min", EGFR, 60, "mL/min/{1.73_m2}", ">", ("egfr_ml_min", 60, "60 mL/min/1.73m2")),
    ("INR > 10", INR, 10, "{INR}", ">", ("inr", 10, "10")),
]
for name, code, value, unit, sign, expected in seen:
    vital = code in (WEIGHT, HEIGHT, TEMPERATURE)
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    kind = {
        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
        "code": "vital-signs" if vital else "laboratory",
    }
    observation = {
        "resourceType": "Observation", "id": "measured", "status": "final", "category": [{"coding": [kind]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": "Patient/1"}, "effectiveDateTime": "2026-11-30",
        "valueQuantity": quantity | ({"comparator": sign} if sign else {}),
    }  # fmt: skip
    entries = [{"resource": {"resourceType": "Patient", "id": "1"}}, {"resource": observation}]
    flatten({"resourceType": "Bundle", "type": "collection", "entry": entries}, output="record.xlsx")
    titles, cells = load_workbook("record.xlsx")["vitals" if vital else "labs"].iter_rows(values_only=True)
    ((column, cell),) = [pair for pair in zip(titles, cells) if pair[0] not in BESIDE]
    assert all(word not in str(cells) for word in ("lb", "degF", "in_i", "<", ">")), cells  # nothing else says it
    (again,) = [
        entry["resource"]
        for entry in unflatten("record.xlsx", output="again.json")["entry"]
        if entry["resource"]["resourceType"] == "Observation"
    ]
    made = again["valueQuantity"]
    assert again["id"] == "measured" and "comparator" not in made, again
    back = f"{made['value']} {made.get('unit', '')}".strip()
    print(f"{name:24} -> {column} {cell}, and again as FHIR {back}")
    assert (column, cell, back) == expected, (column, cell, back)
PYTHON
