#!/usr/bin/env bash
# Deduce 3.0.6 takes what names a patient out of Dutch notes before they are used for research. International units are "IE" in
# Dutch, and four figures and two letters are a Dutch postcode: the dose of heparin or nadroparin becomes a place, of 25000 IE
# the first figure is left, and 2000000 IE is a number of a patient and a place. Three doses of insulin are a date where a
# month and a day fit, the age from which another dose holds is the patient's, and Yasmin is a person. With a point in the
# number, or "eenheden", the dose stays. (The first start takes minutes.)
#
# Output seen:
#   Nadroparine 2850 IE per dag.             -> Nadroparine [LOCATIE-1] per dag.
#   Heparine 5000 IE subcutaan.              -> Heparine [LOCATIE-1] subcutaan.
#   Heparine 5.000 IE subcutaan.             -> Heparine 5.000 IE subcutaan.
#   Vitamine D 25000 IE per week.            -> Vitamine D 2[LOCATIE-1] per week.
#   Benzylpenicilline 2000000 IE.            -> Benzylpenicilline [ID-1][LOCATIE-1].
#   Insuline lispro 8-6-10 EH.               -> Insuline lispro [DATUM-1] EH.
#   Insuline lispro 8-14-10 EH.              -> Insuline lispro 8-14-10 EH.
#   Ouder dan 65 jaar: 2,5 mg.               -> Ouder dan [LEEFTIJD-1] jaar: 2,5 mg.
#   Yasmin 1dd 1 tablet.                     -> [PERSOON-1] 1dd 1 tablet.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check deduce==3.0.6 docdeid==1.0.1
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

import deduce

print("deduce", version("deduce"))
seen = {
    "Nadroparine 2850 IE per dag.": "Nadroparine [LOCATIE-1] per dag.",
    "Heparine 5000 IE subcutaan.": "Heparine [LOCATIE-1] subcutaan.",
    "Heparine 5.000 IE subcutaan.": "Heparine 5.000 IE subcutaan.",
    "Vitamine D 25000 IE per week.": "Vitamine D 2[LOCATIE-1] per week.",
    "Benzylpenicilline 2000000 IE.": "Benzylpenicilline [ID-1][LOCATIE-1].",
    "Insuline lispro 8-6-10 EH.": "Insuline lispro [DATUM-1] EH.",
    "Insuline lispro 8-14-10 EH.": "Insuline lispro 8-14-10 EH.",
    "Ouder dan 65 jaar: 2,5 mg.": "Ouder dan [LEEFTIJD-1] jaar: 2,5 mg.",
    "Yasmin 1dd 1 tablet.": "[PERSOON-1] 1dd 1 tablet.",
}
remover = deduce.Deduce()
for note, expected in seen.items():
    found = remover.deidentify(note).deidentified_text
    print(f"{note:40} -> {found}")
    assert found == expected, found
PYTHON
