#!/usr/bin/env bash
# pandas 3.1.1 (read_html) takes the comma of a table in HTML for one that parts thousands, in whatever place it is. In most of
# Europe it is the decimal sign: in a dosing table of an EU leaflet 0,5 mg is 5, 2,5 mg is 25 and 1,25 mg is 125, as numbers and
# without a word; a column with other words in it keeps its text. A footnote's figure joins the dose: 10 with the note 1 is 101.
#
# Output seen:
#   Gewicht      10 kg | 20 kg | 30 kg
#   Dosis (mg)   5 | 125 | 25        (0,5 | 1,25 | 2,5)
#   mg/Tag       101 | 20 | 40       (10 with note 1 | 20 | 40)
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 lxml==6.1.3
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
import io

import pandas

print("pandas", pandas.__version__)
TABLE = """<table>
<thead><tr><th>Gewicht</th><th>Dosis (mg)</th><th>mg/Tag</th></tr></thead>
<tbody><tr><td>10 kg</td><td>0,5</td><td>10<sup>1</sup></td></tr>
<tr><td>20 kg</td><td>1,25</td><td>20</td></tr>
<tr><td>30 kg</td><td>2,5</td><td>40</td></tr></tbody></table>"""
(table,) = pandas.read_html(io.StringIO(TABLE))
seen = {
    "Gewicht": ["10 kg", "20 kg", "30 kg"],
    "Dosis (mg)": [5, 125, 25],
    "mg/Tag": [101, 20, 40],
}
for name, expected in seen.items():
    found = table[name].tolist()
    print(f"{name:12} {' | '.join(map(str, found))}")
    assert found == expected, found
PYTHON
