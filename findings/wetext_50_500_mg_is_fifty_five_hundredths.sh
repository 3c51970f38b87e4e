#!/usr/bin/env bash
# wetext 0.1.8 makes of a written text the words that speech synthesis says. The two strengths of a combination are a fraction to
# it, and what is heard is another dose, or none: of 50 mg of sitagliptin with 500 mg of metformin 55 hundredths of a
# milligram, of 30/500 mg of codeine with paracetamol 35 hundredths, of levodopa 25/100 a quarter. Half a tablet is right.
#
# Output seen:
#   Take 1/2 tablet.                      -> Take one half tablet.
#   sitagliptin and metformin 50/500 mg   -> sitagliptin and metformin fifty five hundredths milligrams
#   codeine and paracetamol 30/500 mg     -> codeine and paracetamol thirty five hundredths milligrams
#   carbidopa and levodopa 25/100         -> carbidopa and levodopa twenty five one hundredths
#   insulin 70/30, 10 units               -> insulin seventy thirtieths, ten units
#   lisinopril with diuretic 20/12.5 mg   -> lisinopril with diuretic twenty twelfths.five milligrams
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check wetext==0.1.8 kaldifst==1.8.3
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from wetext import Normalizer

print("wetext", version("wetext"))
seen = {
    "Take 1/2 tablet.": "Take one half tablet.",
    "sitagliptin and metformin 50/500 mg": "sitagliptin and metformin fifty five hundredths milligrams",
    "codeine and paracetamol 30/500 mg": "codeine and paracetamol thirty five hundredths milligrams",
    "carbidopa and levodopa 25/100": "carbidopa and levodopa twenty five one hundredths",
    "insulin 70/30, 10 units": "insulin seventy thirtieths, ten units",
    "lisinopril with diuretic 20/12.5 mg": "lisinopril with diuretic twenty twelfths.five milligrams",
}
spoken = Normalizer(lang="en", operator="tn")
for text, expected in seen.items():
    found = spoken.normalize(text)
    print(f"{text:37} -> {found}")
    assert found == expected, found
PYTHON
