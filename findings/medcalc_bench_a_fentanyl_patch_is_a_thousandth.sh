#!/usr/bin/env bash
# medcalc-bench 1.7.0 has the calculators of MedCalc-Bench, by which language models are measured and for which some are trained:
# what it computes is the right answer. Its morphine equivalent of a fentanyl patch multiplies milligrams by 2.4, CDC's factor
# for micrograms an hour: one patch of 25 micrograms (60 mg of morphine a day) is 0.06 mg. Buccal fentanyl is in micrograms.
# Its eGFR (CKD-EPI 2021) of a man rises by 6 as his creatinine rises from 0.9 to 0.91 mg/dL, since 0.7, the constant of
# women, is used for men up to 0.9; its other function for the same equation has men's.
#
# Output seen:
#   fentanyl patch, 25 micrograms       -> 0.06 mg of morphine a day
#   fentanyl buccal, 100 micrograms     -> 13.0 mg of morphine a day
#   eGFR, man, 50 years, 0.8 mg/dL      -> 99.937, by its other function 107.817
#   eGFR, man, 50 years, 0.9 mg/dL      -> 96.444, by its other function 104.049
#   eGFR, man, 50 years, 0.91 mg/dL     -> 102.678, by its other function 102.678
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check medcalc-bench==1.7.0
"$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from medcalc.ckd_epi_2021_creatinine import ckd_epi_2021, ckd_epi_2021_explanation
from medcalc.mme import mme_explanation

print("medcalc-bench", version("medcalc-bench"))
for name, micrograms, expected in (("FentANYL patch", 25, 0.06), ("FentaNYL buccal", 100, 13)):
    asked = {f"{name} Dose": (micrograms, "µg"), f"{name} Dose Per Day": (1, "per day")}
    found = mme_explanation(asked)["Answer"]
    print(f"{f'{name.lower()}, {micrograms} micrograms':35} -> {found} mg of morphine a day")
    assert found == expected, found
for creatinine, expected, other in ((0.8, 99.937, 107.817), (0.9, 96.444, 104.049), (0.91, 102.678, 102.678)):
    man = {"sex": "Male", "age": (50, "years"), "creatinine": (creatinine, "mg/dL")}
    found = ckd_epi_2021_explanation(man)["Answer"], round(ckd_epi_2021(man), 3)
    print(f"{f'eGFR, man, 50 years, {creatinine} mg/dL':35} -> {found[0]}, by its other function {found[1]}")
    assert found == (expected, other), found
PYTHON
