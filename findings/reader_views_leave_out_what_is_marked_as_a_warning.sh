#!/usr/bin/env bash
# Libraries that take the text of an article out of a web page, for a reader view or a language model, leave out what is
# round it. Of a page about a medicine they leave out warnings of the article itself, and just those that are marked as such:
# - @mozilla/readability 0.6.0 (npm, with jsdom 24.1.3), Firefox's reader view: what has role="alert", the way to say on the
#   web that something is important, and <aside>;
# - trafilatura 2.3.1: role="alert" and GOV.UK's warning text where no <p> is in them, and Drupal's message of warning;
# - readability-lxml 0.9: the box of a warning of fewer than 25 characters; a longer one stays.
# The sentence before and the one after are kept by all.
#
# Output seen (kept?):
#                                             readability.js  trafilatura  readability-lxml
#   Bootstrap: alert alert-danger             no              yes          no
#   the same without role="alert"             yes             yes          no
#   the same with a longer sentence           no              yes          yes
#   GOV.UK: govuk-warning-text                yes             no           yes
#   Drupal: messages messages--warning        yes             no           yes
#   <aside>                                   no              no           no
#   <p>                                       yes             yes          yes
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 chardet==7.7.0 cssselect==1.6.0
venv/bin/pip install --quiet --disable-pip-version-check --no-deps readability-lxml==0.9
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @mozilla/readability@0.6.0 jsdom@24.1.3
cat >read.cjs <<'NODE'
const { Readability } = require("@mozilla/readability");
const { JSDOM } = require("jsdom");
const pages = JSON.parse(require("node:fs").readFileSync("pages.json", "utf8"));
console.log(JSON.stringify(pages.map((page) => new Readability(new JSDOM(page).window.document).parse().textContent)));
NODE
PYTHONUTF8=1 venv/bin/python -W ignore - <<'PYTHON'
import json
import re
import subprocess
from importlib.metadata import version

import trafilatura
from readability import Document

names = ("trafilatura", "readability-lxml")
print("@mozilla/readability 0.6.0,", ", ".join(f"{name} {version(name)}" for name in names))
long = "Do not drive or use machines while you take this medicine."
alert = '<div class="alert alert-danger"{}><p>{}</p></div>'
govuk = (
    '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
    '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>{}</strong></div>'
)
seen = {
    "Bootstrap: alert alert-danger": (alert.format(' role="alert"', "{}"), "no yes no"),
    'the same without role="alert"': (alert.format("", "{}"), "yes yes no"),
    "the same with a longer sentence": (alert.format(' role="alert"', long), "no yes yes"),
    "GOV.UK: govuk-warning-text": (govuk, "yes no yes"),
    "Drupal: messages messages--warning": ('<div class="messages messages--warning">{}</div>', "yes no yes"),
    "<aside>": ("<aside><p>{}</p></aside>", "no no no"),
    "<p>": ("<p>{}</p>", "yes yes yes"),
}
sentence = (
    "Examplol is a medicine that lowers blood pressure, part {}. It is taken by mouth by adults and by children of 6 "
    "years and older, with or without food, and works by making the heart beat more slowly and with less force."
)
about = ["".join(f"<p>{sentence.format(part)}</p>" for part in parts) for parts in ("ABCD", "EFGH")]
pages = []
for form, _ in seen.values():
    article = f"{about[0]}<h2>Warnings</h2>{form.format('Do not drive.')}<h2>Dose</h2>{about[1]}"
    head = '<!DOCTYPE html><html lang="en"><head><title>Examplol</title></head>'
    pages.append(f"{head}<body><main><article><h1>Examplol tablets</h1>{article}</article></main></body></html>")
with open("pages.json", "w") as file:
    json.dump(pages, file)
read = subprocess.run(["node", "read.cjs"], capture_output=True, text=True, check=True).stdout
texts = (
    json.loads(read),
    [trafilatura.extract(page) or "" for page in pages],
    [re.sub("<[^>]*>", " ", Document(page).summary()) for page in pages],
)
print(f"{'':41} readability.js  trafilatura  readability-lxml")
for (name, (_, expected)), *read in zip(seen.items(), *texts):
    kept = ["yes" if "Do not drive" in text else "no" for text in read]
    print(f"{name:41} {kept[0]:15} {kept[1]:12} {kept[2]}")
    assert all(f"part {part}." in text for text in read for part in "ABCDEFGH")
    assert " ".join(kept) == expected, kept
PYTHON
