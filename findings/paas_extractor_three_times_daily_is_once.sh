#!/usr/bin/env bash
# paas-national-prescription-extractor 2.0.8 turns the directions of a prescription into a standard sig and counts how many
# days the supply lasts. How often is looked up by words anywhere in the directions, "weekly", "daily" and "once" first:
# - "three times daily", "four times daily" and "once every 8 hours" are once daily, though "three times a day" and "tid" are
#   right; the first example in its manual is mealtime insulin "three times daily";
# - what its list lacks is once daily too: every 4 hours, every 8 weeks;
# - "twice weekly" is once weekly, "twice a week" twice daily.
# There is no warning, the confidence is 1.0, and the days of supply follow: 1,200 units at 50 units three times daily are
# said to last 24 days and last 8.
#
# Output seen:
#   Humalog tid                -> Inject 50.0 units three times daily, 8 days
#   Humalog three times a day  -> Inject 50.0 units three times daily, 8 days
#   Humalog three times daily  -> Inject 50.0 units once daily, 24 days
#   Humalog four times daily   -> Inject 50.0 units once daily, 24 days
#   Humalog once every 8 hours -> Inject 50.0 units once daily, 24 days
#   Humalog every 4 hours      -> Inject 50.0 units once daily, 24 days
#   Enbrel twice weekly        -> Inject as directed once weekly, 14 days
#   Enbrel twice a week        -> Inject as directed twice daily, 7 days
#   Stelara every 8 weeks      -> Inject as directed once daily, 7 days
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check paas-national-prescription-extractor==2.0.8
"$place/venv/bin/python" - <<'PYTHON'
import logging
from importlib.metadata import version

from paas_extractor import PrescriptionDataExtractor, PrescriptionInput

print("paas-national-prescription-extractor", version("paas-national-prescription-extractor"))
logging.disable(logging.INFO)
insulin = ("Humalog", "1", "inject 50 units")
seen = [
    (*insulin, "tid", "Inject 50.0 units three times daily", 8),
    (*insulin, "three times a day", "Inject 50.0 units three times daily", 8),
    (*insulin, "three times daily", "Inject 50.0 units once daily", 24),
    (*insulin, "four times daily", "Inject 50.0 units once daily", 24),
    (*insulin, "once every 8 hours", "Inject 50.0 units once daily", 24),
    (*insulin, "every 4 hours", "Inject 50.0 units once daily", 24),
    ("Enbrel", "2", "inject 25 mg", "twice weekly", "Inject as directed once weekly", 14),
    ("Enbrel", "2", "inject 25 mg", "twice a week", "Inject as directed twice daily", 7),
    ("Stelara", "1", "inject 90 mg", "every 8 weeks", "Inject as directed once daily", 7),
]
extractor = PrescriptionDataExtractor()
for drug, quantity, dose, often, sig, days in seen:
    result = extractor.extract_prescription_data(PrescriptionInput(drug, quantity, f"{dose} {often}"))
    print(f"{drug + ' ' + often:26} -> {result.standardized_sig}, {result.calculated_day_supply} days")
    found = (result.standardized_sig, result.calculated_day_supply, result.confidence_score, result.warnings)
    assert found == (sig, days, 1.0, []), found
PYTHON
