#!/usr/bin/env bash
# pdfminer.six 20260107, and pdfplumber 0.11.10, which reads with it, take the signs that a PDF sets in the standard font Symbol for
# letters of another alphabet. Labels and summaries of product characteristics set ≥, ≤ and µ so: "≥" becomes "‡", "≤" becomes
# "£", and micrograms become milligrams, with nothing to tell. pypdf 7.1.1 and PyMuPDF 2.0.0 read the same page as meant.
# The page is made here with ReportLab 5.1.0.
#
# Output seen:
#   pdfminer.six: CrCl ‡ 60 mL/min: 50 mg a day; INR £ 3
#   pdfplumber:   CrCl ‡ 60 mL/min: 50 mg a day; INR £ 3
#   pypdf:        CrCl ≥ 60 mL/min: 50 μg a day; INR ≤ 3
#   PyMuPDF:      CrCl ≥ 60 mL/min: 50 µg a day; INR ≤ 3
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check \
  reportlab==5.1.0 pdfminer.six==20260107 pdfplumber==0.11.10 pypdf==7.1.1 pymupdf==2.0.0
cd "$place"
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import pdfplumber
import pymupdf
import pypdf
from pdfminer.high_level import extract_text
from reportlab.pdfgen.canvas import Canvas

page = Canvas("page.pdf")
line = page.beginText(50, 700)
for font, text in [
    ("Helvetica", "CrCl "), ("Symbol", "≥"), ("Helvetica", " 60 mL/min: 50 "), ("Symbol", "μ"),
    ("Helvetica", "g a day; INR "), ("Symbol", "≤"), ("Helvetica", " 3"),
]:  # fmt: skip
    line.setFont(font, 12)
    line.textOut(text)
page.drawText(line)
page.save()

print(*(f"{name} {version(name)}" for name in ["pdfminer.six", "pdfplumber", "pypdf", "pymupdf", "reportlab"]), sep=", ")
wrong = "CrCl ‡ 60 mL/min: 50 mg a day; INR £ 3"
seen = {
    "pdfminer.six": (extract_text("page.pdf"), {wrong}),
    "pdfplumber": (pdfplumber.open("page.pdf").pages[0].extract_text(), {wrong}),
    "pypdf": (pypdf.PdfReader("page.pdf").pages[0].extract_text(), {"CrCl ≥ 60 mL/min: 50 μg a day; INR ≤ 3"}),
    "PyMuPDF": (pymupdf.open("page.pdf")[0].get_text(), {"CrCl ≥ 60 mL/min: 50 µg a day; INR ≤ 3"}),
}
for name, (text, expected) in seen.items():
    print(f"{name + ':':13} {text.strip()}")
    assert text.strip() in expected, text
PYTHON
