#!/usr/bin/env bash
# open-medicine 0.12.0 gives language models calculators with sources, among them doses by kidney function after the
# FDA's labels. A label's ranges are of whole numbers ("30 to 59", "60 or more"); what is measured is not, and the package's own
# Cockcroft-Gault has a decimal. A value between two ranges gets the lowest range of all, as if the kidneys had failed, and
# no warning: a woman of 66 years gets the dose for a clearance of 0 to 14, and 44.5 contraindicates metformin.
#
# Output seen:
#   Cockcroft-Gault, woman, 66 years, 68 kg, 1 mg/dL  -> 59.4 mL/min
#   gabapentin, CrCl 60     -> CrCl 60-+    300-1200 mg PO TID (900-3600 mg/day)
#   gabapentin, CrCl 59.4   -> CrCl 0-14    100-300 mg PO once daily; reduce proportionally to CrCl
#   gabapentin, CrCl 59     -> CrCl 30-59   200-700 mg PO BID (400-1400 mg/day)
#   metformin, eGFR 45     -> eGFR 45-+    500-2000 mg PO daily in divided doses
#   metformin, eGFR 44.5   -> eGFR 0-29    Contraindicated
#   metformin, eGFR 44     -> eGFR 30-44   Maximum 1000 mg PO daily; do not initiate in this range
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps open-medicine==0.12.0
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.4
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from open_medicine.mcp.calculators.cockcroft_gault import CockcroftGaultParams, calculate_cockcroft_gault
from open_medicine.mcp.calculators.renal_dose_adjustment import (
    RenalDoseAdjustmentParams,
    calculate_renal_dose_adjustment,
)

print("open-medicine", version("open-medicine"))
patient = CockcroftGaultParams(age=66, weight=68, is_female=True, serum_creatinine=1.0)
clearance = calculate_cockcroft_gault(patient).value
print(f"Cockcroft-Gault, woman, 66 years, 68 kg, 1 mg/dL  -> {clearance} mL/min")
assert clearance == 59.4, clearance
seen = [
    ("gabapentin", "crcl", 60, "CrCl 60-+", "300-1200 mg PO TID (900-3600 mg/day)"),
    ("gabapentin", "crcl", clearance, "CrCl 0-14", "100-300 mg PO once daily; reduce proportionally to CrCl"),
    ("gabapentin", "crcl", 59, "CrCl 30-59", "200-700 mg PO BID (400-1400 mg/day)"),
    ("metformin", "egfr", 45, "eGFR 45-+", "500-2000 mg PO daily in divided doses"),
    ("metformin", "egfr", 44.5, "eGFR 0-29", "Contraindicated"),
    ("metformin", "egfr", 44, "eGFR 30-44", "Maximum 1000 mg PO daily; do not initiate in this range"),
]
for drug, measure, value, *expected in seen:
    asked = RenalDoseAdjustmentParams(drug_name=drug, renal_value=value, renal_metric=measure)
    answer = calculate_renal_dose_adjustment(asked).value
    found = [answer["renal_category"], answer["adjusted_dose"]]
    print(f"{drug}, {expected[0].split()[0]} {value:<6} -> {found[0]:12} {found[1]}")
    assert found == expected, found
    assert answer["metric_mismatch_warning"] is None
PYTHON
