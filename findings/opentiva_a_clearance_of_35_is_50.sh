#!/usr/bin/env bash
# opentiva 1.1.2 simulates pumps for anaesthesia, and exports the functions of the body that its models use. Its creatinine
# clearance after Cockcroft and Gault takes an ideal body weight, which grows by 2.3 kg with each inch over five feet; here it
# grows by that with each centimetre. A man of 175 cm who weighs 60 kg counts as 102 kg: his clearance of 35 is 50, and of two
# people alike but for their height the taller gets twice the clearance. Fat-free mass after Al-Sallami is that of
# Janmahasatian in a grown man; here it is 8 % more, for 0.8 was written for 0.88 (Eleveld's propofol and remifentanil use it).
#
# Output seen (creatinine clearance in mL/min, beside it with 2.3 kg an inch):
#   man of 80, 60 kg, 175 cm, 150 umol/L     -> 50.1   34.6
#   man of 60, 70 kg, 180 cm, 90 umol/L      -> 123.9   81.9
#   woman of 80, 50 kg, 160 cm, 90 umol/L    -> 43.8   36.5
#   woman of 70, 55 kg, 152 cm, 90 umol/L    -> 36.9   36.9
#   woman of 70, 55 kg, 172 cm, 90 umol/L    -> 73.5   51.3
#   fat-free mass of a man of 40, 70 kg, 175 cm -> 60.3 kg   55.8
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
# its C file is of before Python 3.11, so it is made again of its Cython file
"$place/venv/bin/pip" install --quiet --disable-pip-version-check setuptools==80.9.0 wheel==0.45.1 cython==3.1.4 \
    numpy==2.2.6 scipy==1.15.3
"$place/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: --no-build-isolation \
    --dest "$place" opentiva==1.1.2
tar -xzf "$place/opentiva-1.1.2.tar.gz" -C "$place"
rm "$place/opentiva-1.1.2/opentiva/pkpd.c"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation "$place/opentiva-1.1.2"
cd "$place"
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from opentiva import biometrics

print("opentiva", version("opentiva"))


def by_inches(sex, age, weight, height, creatinine):
    """The same, with the ideal weight as it was published (Devine 1974). All patients here are of normal weight."""
    ideal = (45.5 if sex else 50) + 2.3 * max(0, height - 152.4) / 2.54
    return (140 - age) * ideal * (0.85 if sex else 1) / (72 * creatinine / 88.42)


seen = [
    ((0, 80, 60, 175, 150), 50.1, 34.6),
    ((0, 60, 70, 180, 90), 123.9, 81.9),
    ((1, 80, 50, 160, 90), 43.8, 36.5),
    ((1, 70, 55, 152, 90), 36.9, 36.9),
    ((1, 70, 55, 172, 90), 73.5, 51.3),
]
for patient, *expected in seen:
    sex, age, weight, height, creatinine = patient
    assert 18.5 <= biometrics.body_mass_index(weight, height) < 25
    found = [round(of(*patient), 1) for of in (biometrics.crcl_cockcroft_gault, by_inches)]
    who = f"{'woman' if sex else 'man'} of {age}, {weight} kg, {height} cm, {creatinine} umol/L"
    print(f"{who:40} -> {found[0]}   {found[1]}")
    assert found == expected, found
found = [round(biometrics.ffm_alsallami(0, 40, 70, 175), 1), round(biometrics.ffm_janmahasation(0, 70, 175), 1)]
print(f"fat-free mass of a man of 40, 70 kg, 175 cm -> {found[0]} kg   {found[1]}")
assert found == [60.3, 55.8], found
PYTHON
