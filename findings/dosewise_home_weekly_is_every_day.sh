#!/usr/bin/env bash
# dosewise-home 0.1.0 makes a day's schedule of a household's medicines from their directions and the number of doses a day.
# A medicine once a week (0.14 a day, as its own column counts the supply) is in every day's schedule, and so is one that is
# to be taken only when needed. "Afternoon" has "noon" in it: one tablet is taken at 12:00 and at 15:00. "Do not take at
# bedtime" is a dose at bedtime, "an hour before breakfast" is at breakfast, and of four or five doses a day three are left.
# Once in the morning, and with breakfast and dinner, is right.
#
# Output seen (doses a day: directions -> schedule of each day):
#   Methotrexate   0.14: Take one tablet every Monday                    -> 09:00
#   Oxycodone         0: Take only when in pain                          -> 09:00
#   Metoprolol        1: Take one tablet in the afternoon                -> 12:00, 15:00
#   Furosemide        1: Take in the morning. Do not take at bedtime     -> 08:00, 21:30
#   Levothyroxine     1: Take an hour before breakfast                   -> 08:00
#   Levodopa          4: Take one tablet four times a day                -> 08:00, 14:00, 21:00
#   Acyclovir         5: Take one tablet five times a day                -> 08:00, 14:00, 21:00
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dosewise-home==0.1.0
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from dosewise_home.planner import build_plan

print("dosewise-home", version("dosewise-home"))
seen = [
    ("Amlodipine", "1", "Take one tablet in the morning", "08:00"),
    ("Metformin", "2", "Take with breakfast and dinner", "08:00, 18:30"),
    ("Methotrexate", "0.14", "Take one tablet every Monday", "09:00"),
    ("Oxycodone", "0", "Take only when in pain", "09:00"),
    ("Metoprolol", "1", "Take one tablet in the afternoon", "12:00, 15:00"),
    ("Furosemide", "1", "Take in the morning. Do not take at bedtime", "08:00, 21:30"),
    ("Levothyroxine", "1", "Take an hour before breakfast", "08:00"),
    ("Levodopa", "4", "Take one tablet four times a day", "08:00, 14:00, 21:00"),
    ("Acyclovir", "5", "Take one tablet five times a day", "08:00, 14:00, 21:00"),
]
for name, doses, directions, expected in seen:
    table = "name,owner,strength,instructions,quantity_left,doses_per_day\n"
    plan = build_plan(f"{table}{name},Household,1 tablet,{directions},60,{doses}\n")
    found = ", ".join(item["time"] for item in plan["schedule"])
    print(f"{name:14} {doses:>4}: {directions:48} -> {found}")
    assert found == expected, found
PYTHON
