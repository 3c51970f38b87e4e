#!/usr/bin/env bash
# langchain-text-splitters 1.1.3 cuts documents into pieces for search and for language models. HTMLHeaderTextSplitter takes the
# narrative of an ePI or of a label in HTML apart by its tags: what is bold, as doses mostly are, comes after the sentence
# that it was in. "Adults 10 mg, children 5 mg" is "Adults , children ." and then two figures that are nobody's;
# "do not give more than 40 mg" has no number; 10⁹ is 10 and, lines later, 9. The sentence is whole when nothing in it is bold.
# MarkdownHeaderTextSplitter takes away what indents a list: a dose "below 30 mL/min" under "Children" is one beside it.
#
# Output seen:
#   Adults <b>10 mg</b>, children <b>5 mg</b>.           -> Adults , children . | 10 mg | 5 mg
#   Do not give more than <b>40 mg</b> a day.            -> Do not give more than a day. | 40 mg
#   Platelets below 50 × 10<sup>9</sup>/L: stop.         -> Platelets below 50 × 10 /L: stop. | 9
#   Adults 10 mg, children 5 mg.                         -> Adults 10 mg, children 5 mg.
#   Markdown: Adults: 10 mg, under it: CrCl <30: avoid   -> - Adults: 10 mg | - CrCl <30: avoid | - Children: 5 mg
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
  langchain-text-splitters==1.1.3 langchain-core==1.8.3 beautifulsoup4==4.14.3 lxml==6.1.3
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from langchain_text_splitters import HTMLHeaderTextSplitter, MarkdownHeaderTextSplitter

print("langchain-text-splitters", version("langchain-text-splitters"))


def pieces(documents):
    (text,) = [each.page_content for each in documents if each.page_content != "Posology"]
    return " | ".join(" ".join(line.split()) for line in text.splitlines())


seen = {
    "Adults <b>10 mg</b>, children <b>5 mg</b>.": "Adults , children . | 10 mg | 5 mg",
    "Do not give more than <b>40 mg</b> a day.": "Do not give more than a day. | 40 mg",
    "Platelets below 50 × 10<sup>9</sup>/L: stop.": "Platelets below 50 × 10 /L: stop. | 9",
    "Adults 10 mg, children 5 mg.": "Adults 10 mg, children 5 mg.",
}
by_html = HTMLHeaderTextSplitter([("h2", "section")])
for sentence, expected in seen.items():
    found = pieces(by_html.split_text(f"<h2>Posology</h2><p>{sentence}</p>"))
    print(f"{sentence:52} -> {found}")
    assert found == expected, found
LIST = """## Posology

- Adults: 10 mg
    - CrCl <30: avoid
- Children: 5 mg
"""
found = pieces(MarkdownHeaderTextSplitter([("##", "section")]).split_text(LIST))
print(f"{'Markdown: Adults: 10 mg, under it: CrCl <30: avoid':52} -> {found}")
assert found == "- Adults: 10 mg | - CrCl <30: avoid | - Children: 5 mg", found
PYTHON
