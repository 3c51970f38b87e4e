#!/usr/bin/env bash
# nhs-dmd 0.3.0b0 (module dmd) is for mapping British prescriptions to dm+d in research; UnitExtract takes the strength out
# of a product's name. A plain "250mg/5ml" is read as meant. Of other names:
# - a number is read from behind its comma, and thousands have one there: heparin 5,000units/1ml is 000 units, dalteparin
#   2,500units/0.2ml is 500 units, a fifth of it, which looks like any other strength;
# - a per cent w/v is taken for milligrams in 100 ml (so its docstring says): lidocaine 1% w/v is 1 mg, where it is 1 g;
# - two ingredients are a rate: co-amoxiclav 500mg/125mg is 500 mg in 125 mg, and co-trimoxazole 80mg/400mg/5ml is 80 mg in
#   400 mg, without the 5 ml;
# - of two strengths, == and != are both False, equal or not. Their hashes are equal when they are.
#
# Output seen:
#   Amoxicillin 250mg/5ml           -> 250 mg in 5 ml
#   Heparin sodium 5,000units/1ml   -> 000 units in 1 ml
#   Dalteparin 2,500units/0.2ml     -> 500 units in 0.2 ml
#   Lidocaine 1% w/v                -> 1 mg in 100 ml
#   Co-amoxiclav 500mg/125mg        -> 500 mg in 125 mg
#   Co-trimoxazole 80mg/400mg/5ml   -> 80 mg in 400 mg
#   250mg/5ml and 250mg/5ml         -> == False, != False
#   250mg/5ml and 500mg/5ml         -> == False, != False
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check nhs-dmd==0.3.0b0
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from dmd.units import UnitExtract

print("nhs-dmd", version("nhs-dmd"))


def strength(name):
    ((unit,),) = UnitExtract.extract_units(name)
    return unit


seen = {
    "Amoxicillin 250mg/5ml": "250 mg in 5 ml",
    "Heparin sodium 5,000units/1ml": "000 units in 1 ml",
    "Dalteparin 2,500units/0.2ml": "500 units in 0.2 ml",
    "Lidocaine 1% w/v": "1 mg in 100 ml",
    "Co-amoxiclav 500mg/125mg": "500 mg in 125 mg",
    "Co-trimoxazole 80mg/400mg/5ml": "80 mg in 400 mg",
}
for name, expected in seen.items():
    unit = strength(name)
    text = f"{unit.num_value} {unit.num_unit} in {unit.den_value} {unit.den_unit}"
    print(f"{name:31} -> {text}")
    assert text == expected, text
for one, other, alike in [("250mg/5ml", "250mg/5ml", True), ("250mg/5ml", "500mg/5ml", False)]:
    a, b = strength(one), strength(other)
    print(f"{one + ' and ' + other:31} -> == {a == b}, != {a != b}")
    assert (a == b, a != b, hash(a) == hash(b)) == (False, False, alike)
PYTHON
