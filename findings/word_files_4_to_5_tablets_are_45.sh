#!/usr/bin/env bash
# Agencies give product information out as Word files, with changes tracked and with hyphens that do not break. Of a
# valid file with both:
# - docx2txt 0.9 and docx2python 3.7.1 lose the hyphen: "4‑5 tablets" is "45 tablets"; python-docx 1.2.0 keeps it;
# - python-docx leaves out what was inserted and what was deleted: "10 mg" changed to "5 mg" is no dose at all;
# - a sign inserted from the font Symbol (≥) is missing in python-docx and docx2txt, and is a "³" in docx2python.
# mammoth 1.13.0 reads all three as Word shows them.
#
# Output seen:
#   python-docx  The starting dose is  once daily. | Take 4-5 tablets. | CrCl  60 mL/min
#   docx2txt     The starting dose is 5 mg once daily. | Take 45 tablets. | CrCl  60 mL/min
#   docx2python  The starting dose is 5 mg once daily. | Take 45 tablets. | CrCl <span style=font-family:Symbol>&#x00B3;</span> 60 mL/min
#   mammoth      The starting dose is 5 mg once daily. | Take 4‑5 tablets. | CrCl ≥ 60 mL/min
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
  python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0
cd "$place"
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx2python import docx2python

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPHS = [
    """<w:r><w:t xml:space="preserve">The starting dose is </w:t></w:r>
    <w:del w:id="1" w:author="A"><w:r><w:delText>10 mg</w:delText></w:r></w:del>
    <w:ins w:id="2" w:author="A"><w:r><w:t>5 mg</w:t></w:r></w:ins>
    <w:r><w:t xml:space="preserve"> once daily.</w:t></w:r>""",
    "<w:r><w:t>Take 4</w:t><w:noBreakHyphen/><w:t>5 tablets.</w:t></w:r>",
    """<w:r><w:t xml:space="preserve">CrCl </w:t><w:sym w:font="Symbol" w:char="F0B3"/>
    <w:t xml:space="preserve"> 60 mL/min</w:t></w:r>""",
]
document = docx.Document()
for content in PARAGRAPHS:
    document.element.body.insert(-1, parse_xml(f"<w:p {WORD}>{content}</w:p>"))
document.save("label.docx")


def lines(text):
    return " | ".join(line for line in text.split("\n") if line)


with open("label.docx", "rb") as file:
    raw = mammoth.extract_raw_text(file).value
SIGN = "<span style=font-family:Symbol>&#x00B3;</span>"
seen = {
    "python-docx": (
        "\n".join(paragraph.text for paragraph in docx.Document("label.docx").paragraphs),
        "The starting dose is  once daily. | Take 4-5 tablets. | CrCl  60 mL/min",
    ),
    "docx2txt": (
        docx2txt.process("label.docx"),
        "The starting dose is 5 mg once daily. | Take 45 tablets. | CrCl  60 mL/min",
    ),
    "docx2python": (
        docx2python("label.docx").text,
        f"The starting dose is 5 mg once daily. | Take 45 tablets. | CrCl {SIGN} 60 mL/min",
    ),
    "mammoth": (raw, "The starting dose is 5 mg once daily. | Take 4‑5 tablets. | CrCl ≥ 60 mL/min"),
}
print(*(f"{name} {version(name)}" for name in seen), sep=", ")
for name, (text, expected) in seen.items():
    print(f"{name:12} {lines(text)}")
    assert lines(text) == expected, lines(text)
PYTHON
