#!/usr/bin/env bash
# Speech recognition, dictation on a ward too, is scored by its word error rate (here jiwer 4.0.0) once both texts have gone
# through the normalizer of Whisper's authors, so that "10" for "ten" is no error (whisper-normalizer 0.1.15, English). Signs go,
# and so do brackets with what is in them, and number words in a row are one number. Of these pairs the second is another
# dose, or was never said, and the error rate is 0: a recogniser that takes half a tablet for one to two is without a fault.
# What it makes of "one two times a day" is twelve times.
#
# Output seen (what was said | what was understood -> what is compared, error rate):
#   Take 1-2 tablets at night. | Take ½ tablets at night.           -> take one 2 tablets at night, 0.0
#   CrCl <30 mL/min: 5 mg. | CrCl >30 mL/min: 5 mg.                 -> crcl 30 ml min 5 mg, 0.0
#   Give 2,5 mg daily. | Give 25 mg daily.                          -> give 25 mg daily, 0.0
#   Give 5 mg (at most 10 mg) daily. | Give 5 mg daily.             -> give 5 mg daily, 0.0
#   Take one two times a day. | Take 12 times a day.                -> take 12 times a day, 0.0
#   two one hundred milligram tablets | 2,100 milligram tablets     -> 2100 milligram tablets, 0.0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check whisper-normalizer==0.1.15 jiwer==4.0.0
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

import jiwer
from whisper_normalizer.english import EnglishTextNormalizer

print(*(f"{name} {version(name)}" for name in ("whisper-normalizer", "jiwer")), sep=", ")
normalized = EnglishTextNormalizer()
seen = [
    ("Take 1-2 tablets at night.", "Take ½ tablets at night.", "take one 2 tablets at night"),
    ("CrCl <30 mL/min: 5 mg.", "CrCl >30 mL/min: 5 mg.", "crcl 30 ml min 5 mg"),
    ("Give 2,5 mg daily.", "Give 25 mg daily.", "give 25 mg daily"),
    ("Give 5 mg (at most 10 mg) daily.", "Give 5 mg daily.", "give 5 mg daily"),
    ("Take one two times a day.", "Take 12 times a day.", "take 12 times a day"),
    ("two one hundred milligram tablets", "2,100 milligram tablets", "2100 milligram tablets"),
]
for said, understood, expected in seen:
    compared = normalized(said), normalized(understood)
    errors = jiwer.wer(*compared)
    print(f"{f'{said} | {understood}':63} -> {compared[0]}, {errors}")
    assert (compared[0], errors) == (expected, 0), (compared, errors)
PYTHON
