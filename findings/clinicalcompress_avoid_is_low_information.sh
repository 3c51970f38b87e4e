#!/usr/bin/env bash
# clinicalcompress 0.1.1 shortens clinical notes for language models and promises that no negation is lost or reversed and no
# value dropped; `safety.all_passed` says that this was checked. Its negations are "no", "not", "denies" and the like: "never",
# "avoid", "stop", "hold" and "contraindicated" are none, and a sentence with one of them and no figure is taken out as low in
# information. "Except", "with", "and" and "or" are fillers everywhere: who was not to have the drug is to have it. Grams,
# puffs and mEq are no units, so a whole order in them is gone. Each time the checks have passed.
#
# Output seen (text -> what is left, the checks):
#   Give 500 mg to all patients except those on dialysis.          -> Give 500 mg to all patients those on dialysis. (passed)
#   Do not take with food.                                         -> Do not take food. (passed)
#   Take 1 tablet or 2 tablets every 6 hours.                      -> Take 1 tablet 2 tablets every 6 hours. (passed)
#   Vincristine 2 mg IV weekly. Fatal if given intrathecally.      -> Vincristine 2 mg IV weekly. (passed)
#   Methotrexate 15 mg once a week. Never daily.                   -> Methotrexate 15 mg once week. (passed)
#   Warfarin 5 mg daily. Avoid ibuprofen. Stop aspirin.            -> Warfarin 5 mg daily. (passed)
#   Insulin glargine 10 units at night. Hold metformin.            -> Insulin glargine 10 units at night. (passed)
#   Paracetamol 1 g every 6 hours. Ibuprofen 400 mg every 8 hours. -> Ibuprofen 400 mg every 8 hours. (passed)
#   Salbutamol 2 puffs every 4 hours. Prednisolone 40 mg daily.    -> Prednisolone 40 mg daily. (passed)
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check clinicalcompress==0.1.1
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from clinicalcompress import compress

print("clinicalcompress", version("clinicalcompress"))
seen = {
    "Patient denies chest pain.": "Patient denies chest pain.",  # its own example is right
    "Give 500 mg to all patients except those on dialysis.": "Give 500 mg to all patients those on dialysis.",
    "Do not take with food.": "Do not take food.",
    "Take 1 tablet or 2 tablets every 6 hours.": "Take 1 tablet 2 tablets every 6 hours.",
    "Vincristine 2 mg IV weekly. Fatal if given intrathecally.": "Vincristine 2 mg IV weekly.",
    "Methotrexate 15 mg once a week. Never daily.": "Methotrexate 15 mg once week.",
    "Warfarin 5 mg daily. Avoid ibuprofen. Stop aspirin.": "Warfarin 5 mg daily.",
    "Insulin glargine 10 units at night. Hold metformin.": "Insulin glargine 10 units at night.",
    "Paracetamol 1 g every 6 hours. Ibuprofen 400 mg every 8 hours.": "Ibuprofen 400 mg every 8 hours.",
    "Salbutamol 2 puffs every 4 hours. Prednisolone 40 mg daily.": "Prednisolone 40 mg daily.",
}
for text, expected in seen.items():
    result = compress(text)
    print(f"{text:62} -> {result.compressed_text} ({'passed' if result.safety.all_passed else 'failed'})")
    assert result.compressed_text == expected, result.compressed_text
    assert result.safety.all_passed
PYTHON
