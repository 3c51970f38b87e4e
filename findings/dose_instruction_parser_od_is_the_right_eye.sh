#!/usr/bin/env bash
# dose-instruction-parser 2025.1024a0 (Python before 3.12) turns the directions on British prescriptions into figures. Its
# language model is not public; the two stages before and after it are, and were run alone:
# - preparing the text replaces words: OD, once daily on a British prescription, becomes "right eye" beside a tablet too, and
#   a brand that the spelling checker does not know becomes an English word;
# - QD, once a day, is four times a day when the frequency is read (the first stage has "every day" for it);
# - of "every 8 to 12 hours" the lowest is meant to be taken, with a warning, but figures are compared as text: 12, and of
#   "every 4 to 6 hours" 4;
# - three days of the week are a frequency of 2.
#
# Output seen:
#   take 1 tab od                     -> take 1 tablet right eye
#   Spiriva one daily                 -> spirit 1 daily
#   qd                                -> (4.0, 4.0, 'Day')
#   every 4 to 6 hours                -> (1.0, 1.0, '4 Hour')
#   every 8 to 12 hours               -> (1.0, 1.0, '12 Hour')
#   on monday wednesday and friday    -> (2.0, 2.0, 'Week')
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python=$(command -v python3.11 || command -v python3.10 || command -v python3)
"$python" -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dose-instruction-parser==2025.1024a0
"$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from dose_instruction_parser.di_frequency import get_frequency_info
from dose_instruction_parser.di_prepare import pre_process

print("dose-instruction-parser", version("dose-instruction-parser"))
seen = [
    (pre_process, "take 1 tab od", "take 1 tablet right eye"),
    (pre_process, "Spiriva one daily", "spirit 1 daily"),
    (get_frequency_info, "qd", (4.0, 4.0, "Day")),
    (get_frequency_info, "every 4 to 6 hours", (1.0, 1.0, "4 Hour")),
    (get_frequency_info, "every 8 to 12 hours", (1.0, 1.0, "12 Hour")),
    (get_frequency_info, "on monday wednesday and friday", (2.0, 2.0, "Week")),
]
for read, text, expected in seen:
    result = read(text)
    print(f"{text:33} -> {result}")
    assert result == expected, result
PYTHON
