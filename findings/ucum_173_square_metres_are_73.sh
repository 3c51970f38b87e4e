#!/usr/bin/env bash
# UCUM, the unit code of FHIR, SPL and LOINC, read by ucumvert 0.3.2. All codes are valid UCUM.
# - "1.73.m2" is 73 m2: UCUM has no decimal fractions, the dot multiplies, and no reader may object.
# - LOINC's unit of eGFR, "mL/min/{1.73_m2}", has the dimension of creatinine clearance, "mL/min": what stands in braces
#   is a comment. The two compare equal, though they are two measures.
# - "meq" is a millimole for every ion: 20 meq of calcium, which are 10 mmol, convert to 20.
# - "U" is the unit of enzymes (a micromole a minute), never the international unit that insulin is dosed in ("[iU]").
# - "{tbl}", a tablet, is a valid unit by itself; ucumvert gives back a token of its parser instead of a quantity.
#
# Output seen:
#   1.73.m2                   -> 73 meter ** 2
#   mL/min/{1.73_m2} = mL/min -> True
#   20 meq in mmol            -> 20.0
#   U/mL has the dimension of [iU]/mL -> False
#   {tbl}                     -> Token
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ucumvert==0.3.2 pint==0.25.3
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from ucumvert import PintUcumRegistry

print("ucumvert", version("ucumvert"))
read = PintUcumRegistry().from_ucum
area = read("1.73.m2")
print("1.73.m2                   ->", area)
assert area == read("73.m2"), area
same = read("mL/min/{1.73_m2}") == read("mL/min")
print("mL/min/{1.73_m2} = mL/min ->", same)
assert same
potassium = (20 * read("meq")).to(read("mmol").units).magnitude
print("20 meq in mmol            ->", round(potassium, 6))
assert abs(potassium - 20) < 1e-9
alike = read("U/mL").dimensionality == read("[iU]/mL").dimensionality
print("U/mL has the dimension of [iU]/mL ->", alike)
assert not alike
tablet = read("{tbl}")
print("{tbl}                     ->", type(tablet).__name__)
assert type(tablet).__name__ == "Token"
PYTHON
