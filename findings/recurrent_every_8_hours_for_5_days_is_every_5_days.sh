#!/usr/bin/env bash
# recurrent 0.4.1 turns English into a recurrence rule of iCalendar (RFC 5545), which a reminder to take a medicine may be
# made of. It reads "every 8 hours" and "every 8 hours for 2 weeks" as meant. With other lengths and with ranges it gives a
# valid rule that nobody wrote, and its own format() says that rule in words:
# - a length in days or cycles takes the place of the interval: every 8 hours for 5 days is "every 5 days", and every
#   21 days for 6 cycles is "every 6 days";
# - of "4 to 6 hours" the upper end is kept; "4-6 hours" is "every hour", and with an en dash, as labels print it, the
#   two digits are joined: "every 46 hours".
# "Three times daily" it does not understand and says so: None.
#
# Output seen:
#   every 8 hours               -> every 8 hours
#   every 8 hours for 2 weeks   -> every 8 hours until Thu Jan 15, 2026
#   every 8 hours for 5 days    -> every 5 days
#   every 12 hours for 10 days  -> every 10 days
#   every 21 days for 6 cycles  -> every 6 days
#   every 4 to 6 hours          -> every 6 hours
#   every 4-6 hours             -> every hour
#   every 4–6 hours             -> every 46 hours
#   three times daily           -> None
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check recurrent==0.4.1 parsedatetime==2.6
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from datetime import datetime
from importlib.metadata import version

from recurrent.event_parser import RecurringEvent

print("recurrent", version("recurrent"))
seen = {
    "every 8 hours": "every 8 hours",
    "every 8 hours for 2 weeks": "every 8 hours until Thu Jan 15, 2026",
    "every 8 hours for 5 days": "every 5 days",
    "every 12 hours for 10 days": "every 10 days",
    "every 21 days for 6 cycles": "every 6 days",
    "every 4 to 6 hours": "every 6 hours",
    "every 4-6 hours": "every hour",
    "every 4\u20136 hours": "every 46 hours",
    "three times daily": None,
}
now = datetime(2026, 1, 1)
for text, expected in seen.items():
    rule = RecurringEvent(now_date=now).parse(text)
    words = rule and RecurringEvent(now_date=now).format(rule)
    print(f"{text:27} -> {words}")
    assert words == expected, (rule, words)
PYTHON
