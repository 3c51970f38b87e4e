#!/usr/bin/env bash
# FHIRPath, the query language of FHIR, in fhirpathpy 2.2.4. By its specification two quantities of one dimension are equal
# whatever their units are ("5 'mg' = 0.005 'g'"). fhirpathpy knows that of calendar words and of days and weeks, not of
# any unit that a dose has: it answers false, without a word, and to "less than" it raises a TypeError, also between
# "18 years" and "17 years". So a filter such as "dose = 0.5 'mg'" leaves out what is written as 500 micrograms.
#
# Output seen:
#   1 year = 12 months    -> true
#   1 'wk' = 7 'd'        -> true
#   5 'mg' = 0.005 'g'    -> false
#   500 'ug' = 0.5 'mg'   -> false
#   1 'L' = 1000 'mL'     -> false
#   1 'mg' < 1 'g'        -> TypeError
#   18 years > 17 years   -> TypeError
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check fhirpathpy==2.2.4
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from fhirpathpy import evaluate

print("fhirpathpy", version("fhirpathpy"))
seen = {
    "1 year = 12 months": [True],
    "1 'wk' = 7 'd'": [True],
    "5 'mg' = 0.005 'g'": [False],
    "500 'ug' = 0.5 'mg'": [False],
    "1 'L' = 1000 'mL'": [False],
    "1 'mg' < 1 'g'": "TypeError",
    "18 years > 17 years": "TypeError",
}
for expression, expected in seen.items():
    try:
        answer = evaluate({}, expression)
    except TypeError as error:
        answer = type(error).__name__
    print(f"{expression:21} -> {answer}")
    assert answer == expected, answer
PYTHON
