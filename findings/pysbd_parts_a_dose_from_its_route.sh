#!/usr/bin/env bash
# pySBD 0.3.4, which cuts clinical texts into sentences, knows "p.o." and "i.v." as no abbreviations of English: it ends a
# sentence before and after them, so that the dose, its route and how often it is given stand in three, while it does not
# end one at "b.i.d. Reduce to", where one ends. Nothing is lost of the text; its sentences are not the label's.
#
# Output seen:
#   ['Give 5 mg ', 'p.o. ', 'b.i.d. Reduce to 2.5 mg q.d. if CrCl is below 30.']
#   ['Adults: 1.5 g ', 'i.v. ', 'q.8 ', 'h. Children: 25 mg/kg ', 'i.m. ', 'once.']
#   ['Take 1 tab. ', 'Max. ', '4 tabs. ', 'in 24 h.']
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pysbd==0.3.4
"$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

import pysbd

print("pysbd", version("pysbd"))
seen = [
    ["Give 5 mg ", "p.o. ", "b.i.d. Reduce to 2.5 mg q.d. if CrCl is below 30."],
    ["Adults: 1.5 g ", "i.v. ", "q.8 ", "h. Children: 25 mg/kg ", "i.m. ", "once."],
    ["Take 1 tab. ", "Max. ", "4 tabs. ", "in 24 h."],
]
for expected in seen:
    sentences = pysbd.Segmenter(language="en", clean=False).segment("".join(expected))
    print(sentences)
    assert sentences == expected, sentences
PYTHON
