#!/usr/bin/env bash
# Reminders are made by libraries that turn a schedule in English into cron or the like. Their hours start again at midnight
# and their days on the first of the month, and what they cannot say they say otherwise:
# - cronspeak 0.1.0 and later 1.2.0 (npm) ring each midnight for "every 36 hours", later for "every 48 hours" too: twice the
#   dose of a patient whose kidneys fail. cronspeak says "Every 36 hours" of these times. "Every 28 days" is the 1st and the
#   29th in later, and "every 10 days" the 31st and the day after;
# - human-readable-cron 0.1.0, which says that it raises an error for what it can't read, makes every day of weekly, of every
#   28 days and of twice daily, and Wednesday of Monday, Wednesday and Friday;
# - @darkeyedevelopers/natural-cron.js 1.1.0 (npm) makes every hour from 8 to 20 of "at 8 am and 8 pm", and every minute of
#   "twice a day";
# - rrule 2.8.1 (npm) ends "every 8 hours for 5 days" after five doses, not fifteen, and "every day for 3 weeks" after three.
# "Every 6 hours", "every 8 hours" and "every day at 8 am" are right.
#
# Output seen (the next four times after Wednesday, 30 December 2026, 01:00; those that are right are left out; of rrule all):
#   cronspeak            every 36 hours                     -> Every 36 hours: 31 00:00, 1 00:00, 2 00:00, 3 00:00
#   later                every 36 hours                     -> 31 00:00, 1 00:00, 2 00:00, 3 00:00
#   later                every 48 hours                     -> 31 00:00, 1 00:00, 2 00:00, 3 00:00
#   later                every 28 days                      -> 1 00:00, 29 00:00, 1 00:00, 1 00:00
#   later                every 10 days                      -> 31 00:00, 1 00:00, 11 00:00, 21 00:00
#   human-readable-cron  weekly at 9 AM                     -> 30 09:00, 31 09:00, 1 09:00, 2 09:00
#   human-readable-cron  every 28 days at 9 AM              -> 30 09:00, 31 09:00, 1 09:00, 2 09:00
#   human-readable-cron  twice daily                        -> 31 00:00, 1 00:00, 2 00:00, 3 00:00
#   human-readable-cron  Monday, Wednesday and Friday at 9 AM -> 30 09:00, 6 09:00, 13 09:00, 20 09:00
#   natural-cron.js      every day at 8 am and 8 pm         -> 30 08:00, 30 09:00, 30 10:00, 30 11:00
#   natural-cron.js      twice a day                        -> 30 01:01, 30 01:02, 30 01:03, 30 01:04
#   rrule                every 8 hours for 5 days           -> 30 01:00, 30 09:00, 30 17:00, 31 01:00, 31 09:00
#   rrule                every day for 3 weeks              -> 30 01:00, 31 01:00, 1 01:00
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cronspeak==0.1.0 human-readable-cron==0.1.0 croniter==6.0.0
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund later@1.2.0 @darkeyedevelopers/natural-cron.js@1.1.0 rrule@2.8.1
cat >words.cjs <<'NODE'
const later = require("later");
const cron = require("@darkeyedevelopers/natural-cron.js");
const { RRule } = require("rrule");
const [name, text] = process.argv.slice(2);
const start = new Date("2026-12-30T01:00:00Z");
if (name === "natural-cron.js") {
  console.log(JSON.stringify(cron(text).split(" ").slice(0, 5).join(" ")));
} else if (name === "rrule") {
  console.log(JSON.stringify(new RRule({ ...RRule.parseText(text), dtstart: start }).all()));
} else {
  const schedule = later.parse.text(text);
  if (schedule.error !== -1) throw new Error(text);
  console.log(JSON.stringify(later.schedule(schedule).next(4, start)));
}
NODE
PYTHONUTF8=1 venv/bin/python - <<'PYTHON'
import json
import subprocess
from datetime import datetime
from importlib.metadata import version

import cronspeak
from croniter import croniter
from human_readable_cron import convert_to_cron

names = ("cronspeak", "human-readable-cron", "croniter")
print(", ".join(f"{name} {version(name)}" for name in names), "later 1.2.0, natural-cron.js 1.1.0, rrule 2.8.1")
start = datetime(2026, 12, 30, 1)


def from_node(name, text):
    read = subprocess.run(["node", "words.cjs", name, text], capture_output=True, text=True, check=True)
    return json.loads(read.stdout)


def times(name, text):
    """What the library says of the schedule, and its next four times."""
    if name in ("later", "rrule"):
        return "", [datetime.fromisoformat(time) for time in from_node(name, text)]
    if name == "cronspeak":
        cron = cronspeak.parse_human(text)
        return f"{cronspeak.explain_cron(cron)}: ", cronspeak.get_next_runs(cron, 4, start)
    cron = convert_to_cron(text) if name == "human-readable-cron" else from_node(name, text)
    following = croniter(cron.replace("?", "*"), start)
    return "", [following.get_next(datetime) for _ in range(4)]


midnights = "31 00:00, 1 00:00, 2 00:00, 3 00:00"
nines = "30 09:00, 31 09:00, 1 09:00, 2 09:00"
seen = [
    ("cronspeak", "every 6 hours", "Every 6 hours: 30 06:00, 30 12:00, 30 18:00, 31 00:00"),
    ("cronspeak", "every 36 hours", f"Every 36 hours: {midnights}"),
    ("later", "every 8 hours", "30 08:00, 30 16:00, 31 00:00, 31 08:00"),
    ("later", "every 36 hours", midnights),
    ("later", "every 48 hours", midnights),
    ("later", "every 28 days", "1 00:00, 29 00:00, 1 00:00, 1 00:00"),
    ("later", "every 10 days", "31 00:00, 1 00:00, 11 00:00, 21 00:00"),
    ("human-readable-cron", "every 8 hours", "30 08:00, 30 16:00, 31 00:00, 31 08:00"),
    ("human-readable-cron", "weekly at 9 AM", nines),
    ("human-readable-cron", "every 28 days at 9 AM", nines),
    ("human-readable-cron", "twice daily", midnights),
    ("human-readable-cron", "Monday, Wednesday and Friday at 9 AM", "30 09:00, 6 09:00, 13 09:00, 20 09:00"),
    ("natural-cron.js", "every day at 8 am", "30 08:00, 31 08:00, 1 08:00, 2 08:00"),
    ("natural-cron.js", "every day at 8 am and 8 pm", "30 08:00, 30 09:00, 30 10:00, 30 11:00"),
    ("natural-cron.js", "twice a day", "30 01:01, 30 01:02, 30 01:03, 30 01:04"),
    ("rrule", "every 8 hours for 5 days", "30 01:00, 30 09:00, 30 17:00, 31 01:00, 31 09:00"),
    ("rrule", "every day for 3 weeks", "30 01:00, 31 01:00, 1 01:00"),
]
for name, text, expected in seen:
    said, following = times(name, text)
    found = said + ", ".join(f"{time.day} {time:%H:%M}" for time in following)
    print(f"{name:20} {text:34} -> {found}")
    assert found == expected, found
PYTHON
