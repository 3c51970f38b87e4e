#!/usr/bin/env bash
# fhir.resources 8.3.0 writes a FHIR decimal of 1.50 as 1.5 and 0.00000001 as 1e-8, read from JSON or built from
# Decimal("1.50"). FHIR (R4 and R5, data type decimal) gives precision a meaning: 0.010 differs from 0.01, and an
# implementation has to keep it. Here the object keeps it and the JSON does not; what is read from JSON has lost it.
#
# Output seen:
#   read from JSON: Decimal('1.5')  -> {"value":1.5}
#   Decimal("1.50"): Decimal('1.50') -> {"value":1.5}
#   Decimal("0.00000001") -> {"value":1e-8}
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check fhir.resources==8.3.0
"$place/venv/bin/python" - <<'PYTHON'
from decimal import Decimal
from importlib.metadata import version

from fhir.resources.quantity import Quantity

print("fhir.resources", version("fhir.resources"))
read = Quantity.model_validate_json('{"value": 1.50}')
built = Quantity(value=Decimal("1.50"))
small = Quantity(value=Decimal("0.00000001"))
print(f"read from JSON: {read.value!r}  -> {read.model_dump_json()}")
print(f'Decimal("1.50"): {built.value!r} -> {built.model_dump_json()}')
print(f'Decimal("0.00000001") -> {small.model_dump_json()}')
assert str(read.value) == "1.5"
assert str(built.value) == "1.50"  # kept in memory
assert read.model_dump_json() == built.model_dump_json() == '{"value":1.5}'
assert small.model_dump_json() == '{"value":1e-8}'
PYTHON
