#!/usr/bin/env bash
# contractions 0.1.73 writes out "don't" as "do not", a first step of many programs that read clinical notes. It does so with
# the words of chats too, and whatever their capitals: IM, into a muscle, is "I AM", u, units, "you", and a dose that is
# decreased (dec.) is of december. IV and SC stay.
#
# Output seen:
#   Don't give if INR > 4.              -> Do not give if INR > 4.
#   Methotrexate 15 mg IM weekly.       -> Methotrexate 15 mg I AM weekly.
#   Insulin aspart 10 u SC.             -> Insulin aspart 10 you SC.
#   Warfarin: dec. to 2 mg.             -> Warfarin: december to 2 mg.
#   Ceftriaxone 1 g IV.                 -> Ceftriaxone 1 g IV.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check contractions==0.1.73 textsearch==0.0.24
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import contractions

print("contractions", version("contractions"))
seen = {
    "Don't give if INR > 4.": "Do not give if INR > 4.",
    "Methotrexate 15 mg IM weekly.": "Methotrexate 15 mg I AM weekly.",
    "Insulin aspart 10 u SC.": "Insulin aspart 10 you SC.",
    "Warfarin: dec. to 2 mg.": "Warfarin: december to 2 mg.",
    "Ceftriaxone 1 g IV.": "Ceftriaxone 1 g IV.",
}
for note, expected in seen.items():
    found = contractions.fix(note)
    print(f"{note:35} -> {found}")
    assert found == expected, found
PYTHON
