#!/usr/bin/env bash
# markitdown 0.1.9 makes Markdown of files for language models. Of a sheet of doses (Excel) in which one cell of a column is empty
# it writes every other figure of the column with a zero after the point: 1 is 1.0, and 10 is 10.0, which is read as 100; ISMP
# and the Joint Commission have that zero on their lists of what must never be written. What a cell shows is gone: 5% is
# 0.05, "10 mg" is 10.0. And "None", the entry for a patient without allergies, is "NaN", as an empty cell is.
# in2csv (csvkit 2.2.0) writes the figures of the same file as they are.
#
# Output seen:
#   | Medicine | Start (mg) | Maximum (mg) | Strength | Allergies |
#   | --- | --- | --- | --- | --- |
#   | Lidocaine | 5 | 10.0 | 0.05 | NaN |
#   | Warfarin | 10 | NaN | 0.01 | NaN |
#   | Digoxin | 1 | 1.0 | 0.10 | penicillin |
#   in2csv: Lidocaine,5,10,0.05, | Warfarin,10,,0.01, | Digoxin,1,1,0.1,penicillin
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'markitdown[xlsx]==0.1.9' pandas==3.1.1 openpyxl==3.1.5 csvkit==2.2.0
PYTHONUTF8=1 venv/bin/python -W ignore - <<'PYTHON'
import subprocess
from importlib.metadata import version

import openpyxl
from markitdown import MarkItDown

print(*(f"{name} {version(name)}" for name in ("markitdown", "csvkit")), sep=", ")
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["Medicine", "Start (mg)", "Maximum (mg)", "Strength", "Allergies"])
sheet.append(["Lidocaine", 5, 10, 0.05, "None"])
sheet.append(["Warfarin", 10, None, 0.01, "None"])
sheet.append(["Digoxin", 1, 1, 0.1, "penicillin"])
for cell in ("D2", "D3", "D4"):
    sheet[cell].number_format = "0%"
sheet["C2"].number_format = '0" mg"'
book.save("doses.xlsx")
table = [line for line in MarkItDown().convert("doses.xlsx").text_content.splitlines() if line.startswith("|")]
print(*table, sep="\n")
assert table[2:] == [
    "| Lidocaine | 5 | 10.0 | 0.05 | NaN |",
    "| Warfarin | 10 | NaN | 0.01 | NaN |",
    "| Digoxin | 1 | 1.0 | 0.10 | penicillin |",
], table
command = ["venv/bin/in2csv", "doses.xlsx"]
_, *rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
print("in2csv:", " | ".join(rows))
assert rows == ["Lidocaine,5,10,0.05,", "Warfarin,10,,0.01,", "Digoxin,1,1,0.1,penicillin"], rows
PYTHON
