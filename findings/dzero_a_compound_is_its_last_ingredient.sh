#!/usr/bin/env bash
# dzero-python 1.0.2 reads and writes claims of American pharmacies (NCPDP Telecommunication D.0). In that standard the fields of
# a compound's ingredients, and of the warnings about a medicine (DUR), come once for each. The library keeps each field once:
# of a compound of three ingredients the last one is left, of a payer's three warnings the last, in JSON and in the
# message when it is written again, whose count still says three. Nothing says so.
#
# Output seen:
#   compound as read:     count 03, 00338004904 x 5000
#   compound as written:  EC03 RE03 TE00338004904 ED5000
#   warnings as read:     count 3, DF minor  TAKE WITH FOOD
#   warnings as written:  J63 E4DF FS3 FYTAKE WITH FOOD
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check dzero-python==1.0.2
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from dzero_python import Request, Response

print("dzero-python", version("dzero-python"))
GROUP, SEGMENT, FIELD = "\x1d", "\x1e", "\x1c"


def segment(name, *fields):
    return SEGMENT + "".join(f"{FIELD}{field}" for field in ("AM" + name, *fields))


def fields(message, *names):
    return " ".join(field for field in message.split(SEGMENT)[-1].split(FIELD) if field[:2] in names)


sender = f"01{'1111111111':15}20261130"
claim = ["EM1", "D21234567", "E100", "D70", "E730000", "D300", "D510", "D62"]
ingredients = [("00002751001", "20000"), ("00409713809", "5000"), ("00338004904", "5000")]
parts = [field for code, amount in ingredients for field in ("RE03", "TE" + code, "ED" + amount)]
message = f"999999D0B1{'':10}1{sender}{'':10}" + segment("01", "CAJO", "CBDOE")
message += GROUP + segment("07", *claim) + segment("10", "EF11", "EG3", "EC03", *parts)
print("sent:                ", fields(message, "EC", "RE", "TE", "ED"))
request = Request.parse(message)
compound = request.transaction_groups[0].compound_segment
found = "count {}, {} x {}".format(
    *(compound["compound_" + name] for name in ("ingredient_component_count", "product_id", "ingredient_quantity"))
)
print("compound as read:    ", found)
assert found == "count 03, 00338004904 x 5000", found
found = fields(request.to_s(), "EC", "RE", "TE", "ED")
print("compound as written: ", found)
assert found == "EC03 RE03 TE00338004904 ED5000", found

warnings = [
    ("J61", "E4DD", "FS1", "FYDO NOT USE WITH WARFARIN"),
    ("J62", "E4HD", "FS1", "FYDOSE TOO HIGH FOR AGE"),
    ("J63", "E4DF", "FS3", "FYTAKE WITH FOOD"),
]
message = f"D0B11A{sender}" + segment("20", "F4TEST") + GROUP + segment("21", "ANP")
message += segment("24", *(field for warning in warnings for field in warning))
print("sent:                ", fields(message, "J6", "E4", "FS", "FY"))
response = Response.parse(message)
last = response.transaction_groups[0].response_dur_pps_segment
found = f"count {last['dur_pps_response_code_counter']}, {last['reason_for_service_code']} "
found += {"1": "major", "2": "moderate", "3": "minor"}[last["clinical_significance_code"]]
found += f"  {last['dur_free_text_message']}"
print("warnings as read:    ", found)
assert found == "count 3, DF minor  TAKE WITH FOOD", found
found = fields(response.to_s(), "J6", "E4", "FS", "FY")
print("warnings as written: ", found)
assert found == "J63 E4DF FS3 FYTAKE WITH FOOD", found
PYTHON
