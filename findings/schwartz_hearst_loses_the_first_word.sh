#!/usr/bin/env bash
# Abbreviations of labels read by the Schwartz-Hearst algorithm (abbreviations 0.2.5). It takes the shortest run of words
# before the bracket that holds the letters in order and begins with the first one, wherever in a word the others are found.
# So a first word is lost where a later one begins with the same letter ("three times", "proton pump"), and where the
# letters are those of another language ("twice daily (BID)") nothing is found and nothing is said.
#
# Output seen:
#   three times daily (TID)              -> times daily
#   proton pump inhibitors (PPIs)        -> pump inhibitors
#   creatinine clearance (CrCl)          -> creatinine clearance
#   twice daily (BID)                    -> nothing
#   serotonin and norepinephrine reuptake inhibitors (SNRIs) -> nothing
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check abbreviations==0.2.5
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from abbreviations import schwartz_hearst

print("abbreviations", version("abbreviations"))
seen = {
    "Give it three times daily (TID) with food.": {"TID": "times daily"},
    "Patients on proton pump inhibitors (PPIs) need less.": {"PPIs": "pump inhibitors"},
    "It depends on creatinine clearance (CrCl).": {"CrCl": "creatinine clearance"},
    "Give it twice daily (BID) with food.": {},
    "Avoid serotonin and norepinephrine reuptake inhibitors (SNRIs).": {},
}
for text, expected in seen.items():
    found = schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text)
    print(f"{text:64} -> {found or 'nothing'}")
    assert found == expected, found
PYTHON
