#!/usr/bin/env bash
# quantulum3 0.10.0 finds quantities in running text (here as installed by default, without its
# optional classifier). In sentences of dosing it finds some that nobody wrote:
# - "0.5 mg/kg/day in two divided doses": the "in" becomes an inch of the unit;
# - "half a tablet" is half a year ("a" for annum), "1 gtt" (a drop) a gigaton;
# - "25-50 mg" has the value 37.5, a dose that the text does not name (the ends are left in "uncertainty");
# - a microgram with the Greek letter mu (U+03BC, the one that Unicode normalisation gives) has an unknown unit, the one with
#   the micro sign (U+00B5) is a microgram;
# - "5,000 units", "20 mEq" and "1,000 IU" are bare numbers.
#
# Output seen:
#   0.5 mg/kg/day in two divided doses -> 0.5 milligram per kilogram per day per inch
#   half a tablet                      -> 0.5 year
#   1 gtt every hour                   -> 1.0 gigaton tonne
#   25-50 mg                           -> 37.5 milligram
#   125 µg, micro sign                 -> 125.0 microgram
#   125 μg, Greek letter               -> 125.0 unk
#   20 mEq                             -> 20.0 dimensionless
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from quantulum3 import parser

print("quantulum3", version("quantulum3"))
seen = {
    "0.5 mg/kg/day in two divided doses": (0.5, "milligram per kilogram per day per inch"),
    "half a tablet": (0.5, "year"),
    "1 gtt every hour": (1.0, "gigaton tonne"),
    "25-50 mg": (37.5, "milligram"),
    "125 \u00b5g": (125.0, "microgram"),
    "125 \u03bcg": (125.0, "unk"),
    "20 mEq": (20.0, "dimensionless"),
}
for text, expected in seen.items():
    first = parser.parse(text)[0]
    print(f"{text:34} -> {first.value} {first.unit.name}")
    assert (first.value, first.unit.name) == expected, (first.value, first.unit.name)
PYTHON
