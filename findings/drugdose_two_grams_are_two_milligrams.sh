#!/usr/bin/env bash
# drugdose 0.1.2 calculates doses for emergency services from a database of its own, which has doses in mg, mcg, g, units and
# mEq. Only micrograms are converted; every other unit is taken for milligrams, also where the millilitres to draw up are
# calculated: for 2 g of calcium gluconate (20 mL) it says 0.02 mL, for 70 g of dextrose (140 mL) 0.14 mL.
# A name that it does not have is answered with a drug whose name is inside it: apomorphine, which is no opioid analgesic,
# with morphine, and the combination buprenorphine/naloxone with naloxone.
#
# Output seen (70 kg):
#   calcium_gluconate, 2 g         -> Calcium Gluconate IV: 2.00 mg → 0.02 mL
#   dextrose, 1 g/kg               -> Dextrose (D50W / D10W) IV: 70.00 mg → 0.14 mL
#   heparin, 80 units/kg           -> Unfractionated Heparin IV: 5600.00 mg
#   insulin_regular, 0.1 units/kg  -> Insulin Regular (Human) IV: 7.00 mg
#   fentanyl, 3 mcg/kg             -> Fentanyl Citrate IV: 200.00 mcg → 4.00 mL
#   apomorphine                    -> morphine
#   buprenorphine/naloxone         -> naloxone
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check drugdose==0.1.2
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from drugdose import Patient, calculate_dose, get_drug

print("drugdose", version("drugdose"))
patient = Patient(weight_kg=70, age_years=60)
doses = {
    "calcium_gluconate": ("g", "Calcium Gluconate IV: 2.00 mg → 0.02 mL"),
    "dextrose": ("g/kg", "Dextrose (D50W / D10W) IV: 70.00 mg → 0.14 mL"),
    "heparin": ("units/kg", "Unfractionated Heparin IV: 5600.00 mg"),
    "insulin_regular": ("units/kg", "Insulin Regular (Human) IV: 7.00 mg"),
    "fentanyl": ("mcg/kg", "Fentanyl Citrate IV: 200.00 mcg → 4.00 mL"),
}
for name, (unit, expected) in doses.items():
    route = get_drug(name).get_route("IV")
    answer = calculate_dose(name, patient, route="IV").summary()
    print(f"{name}, {route.dose_max:g} {route.dose_unit}".ljust(30), "->", answer)
    assert (route.dose_unit, answer) == (unit, expected), (route.dose_unit, answer)
for name, expected in {"apomorphine": "morphine", "buprenorphine/naloxone": "naloxone"}.items():
    answer = get_drug(name).name
    print(name.ljust(30), "->", answer)
    assert answer == expected, answer
PYTHON
