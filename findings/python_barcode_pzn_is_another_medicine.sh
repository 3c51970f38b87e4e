#!/usr/bin/env bash
# python-barcode 0.16.1 draws the bar code of a German medicine's number. A PZN has eight digits since 2013, a seven-digit one
# of before gets a zero in front. Its bar code "pzn" is the old one: it takes the first six digits of what it is given and
# puts a check digit of its own behind them, so that the eight digits of one medicine become a valid number of another, and
# nothing is said. Its class for eight digits, PZN8, weighs the digits with 2 to 8, where the IFA, who issues the
# numbers, has 1 to 7: the number is none. bwip-js 4.11.4 draws each of them with its own digit, and refuses PZN8's.
#
# Output seen:
#   04877800: pzn PZN-0487781, PZN8 PZN-04877801, bwip-js takes 04877800 and refuses 04877801
#   27580899: pzn PZN-2758089, PZN8 PZN-27580894, bwip-js takes 27580899 and refuses 27580894
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-barcode==0.16.1
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund bwip-js@4.11.4
cat >draw.cjs <<'NODE'
try {
  require("bwip-js").toSVG({ bcid: "pzn", text: process.argv[2], pzn8: true });
  console.log("takes");
} catch (error) {
  console.log(String(error).includes("pznBadCheckDigit") ? "refuses" : error);
}
NODE
venv/bin/python - <<'PYTHON'
import subprocess
from importlib.metadata import version

import barcode
from barcode.codex import PZN8

print("python-barcode", version("python-barcode"))


def drawn(number):
    return subprocess.run(["node", "draw.cjs", number], capture_output=True, text=True, check=True).stdout.strip()


seen = {"04877800": ("PZN-0487781", "PZN-04877801"), "27580899": ("PZN-2758089", "PZN-27580894")}
for number, expected in seen.items():
    assert sum(int(digit) * weight for weight, digit in enumerate(number[:7], 1)) % 11 == int(number[7])
    old, eight = barcode.get("pzn", number).get_fullcode(), PZN8(number).get_fullcode()
    wrong = eight.removeprefix("PZN-")
    print(f"{number}: pzn {old}, PZN8 {eight}, bwip-js {drawn(number)} {number} and {drawn(wrong)} {wrong}")
    assert (old, eight) == expected, (old, eight)
    assert (drawn(number), drawn(wrong)) == ("takes", "refuses")
PYTHON
