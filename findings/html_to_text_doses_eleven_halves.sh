#!/usr/bin/env bash
# markdownify 1.2.3, html2text 2025.4.15 and inscriptis 2.7.6 turn the narrative of a medicine's leaflet, as FHIR ePI and HTML have
# it, into another dose. "1<sup>1</sup>/<sub>2</sub> tablets" (one and a half) becomes "11/2 tablets", and 10<sup>9</sup> becomes 109.
# A cell that spans rows is written once, so the row below moves to the left: the weight is in the column of the population
# and the dose in the column of the weight. inscriptis also counts a list that begins with step 3 from 1.
#
# Output seen (markdownify; the others alike):
#   Take 11/2 tablets. Platelets 50 x 109/L.
#   | Population | Weight | Dose |
#   | --- | --- | --- |
#   | Adults | 60 kg or more | 10 mg |
#   | under 60 kg | 5 mg |
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3 html2text==2025.4.15 inscriptis==2.7.6
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import html2text
import inscriptis
import markdownify

TEXT = "<p>Take 1<sup>1</sup>/<sub>2</sub> tablets. Platelets 50 x 10<sup>9</sup>/L.</p>"
STEPS = '<ol start="3"><li>Shake it.</li></ol>'
TABLE = """<table><thead><tr><th>Population</th><th>Weight</th><th>Dose</th></tr></thead><tbody>
<tr><td rowspan="2">Adults</td><td>60 kg or more</td><td>10 mg</td></tr>
<tr><td>under 60 kg</td><td>5 mg</td></tr></tbody></table>"""
CONVERTERS = {
    "markdownify": markdownify.markdownify,
    "html2text": html2text.html2text,
    "inscriptis": inscriptis.get_text,
}
for name, convert in CONVERTERS.items():
    print(name, version(name))
    text, table = convert(TEXT).strip(), convert(TABLE).strip()
    print(text, table, sep="\n")
    assert "Take 11/2 tablets" in text
    assert "50 x 109/L" in text
    last = table.splitlines()[-1].strip(" |")
    assert last.startswith("under 60 kg")  # where Adults is in the row above
assert "1. Shake it." in inscriptis.get_text(STEPS)
assert "3. Shake it." in markdownify.markdownify(STEPS)
PYTHON
