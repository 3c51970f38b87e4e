#!/usr/bin/env bash
# Libraries that make figures of number words, on directions as they are dictated. word2number 1.1 adds up and multiplies
# whatever numbers it meets: "a maximum of four in twenty four hours" is 84, two tablets of a hundred milligrams are 102, and
# "one and a half tablets" is 1. text2num 3.1.0 and number-parser 0.3.2 keep the words between, but make 501 and 125 of a
# strength of five hundred (milligrams of amoxicillin) and one hundred twenty five (of clavulanic acid).
#
# Output seen:
#   word2number    one and a half tablets                    -> 1
#   word2number    two one hundred milligram tablets         -> 102
#   word2number    a maximum of four in twenty four hours    -> 84
#   text2num       five hundred one hundred twenty five      -> 501 125
#   number-parser  five hundred one hundred twenty five      -> 501 125
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check word2number==1.1 text2num==3.1.0 number-parser==0.3.2
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from number_parser import parse
from text_to_num import alpha2digit
from word2number import w2n

print(*(f"{name} {version(name)}" for name in ["word2number", "text2num", "number-parser"]), sep=", ")
seen = [
    ("word2number", w2n.word_to_num, "one and a half tablets", 1),
    ("word2number", w2n.word_to_num, "two one hundred milligram tablets", 102),
    ("word2number", w2n.word_to_num, "a maximum of four in twenty four hours", 84),
    ("text2num", lambda text: alpha2digit(text, "en"), "five hundred one hundred twenty five", "501 125"),
    ("number-parser", parse, "five hundred one hundred twenty five", "501 125"),
]
for name, read, text, expected in seen:
    result = read(text)
    print(f"{name:14} {text:41} -> {result}")
    assert result == expected, result
PYTHON
