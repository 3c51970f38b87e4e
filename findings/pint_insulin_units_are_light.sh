#!/usr/bin/env bash
# pint 0.25.3 reads "100 units/mL" as 100 micronit per millilitre, a luminance: "units" is u (micro) + nit + s.
# "25 mg/5 mL" becomes 5 mg times mL, for the millilitres are not part of the divisor. Neither is refused.
#
# Output seen:
#   100 units/mL  -> 100.0 micronit / milliliter       [luminosity] / [length] ** 5
#   25 mg/5 mL    -> 5.0 milligram * milliliter        [mass] * [length] ** 3
#   40 mg/0.4 mL  -> 100.0 milligram * milliliter      [mass] * [length] ** 3
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pint==0.25.3
"$place/venv/bin/python" - <<'PYTHON'
import pint

print("pint", pint.__version__)
read = pint.UnitRegistry().parse_expression
seen = {
    "100 units/mL": (100, "micronit / milliliter", "[luminosity] / [length] ** 5"),
    "25 mg/5 mL": (5, "milligram * milliliter", "[mass] * [length] ** 3"),
    "40 mg/0.4 mL": (100, "milligram * milliliter", "[mass] * [length] ** 3"),
}
for text, (value, unit, dimension) in seen.items():
    found = read(text)
    print(f"{text:13} -> {found!s:35} {found.dimensionality}")
    assert abs(found.magnitude - value) < 1e-9, found
    assert (str(found.units), str(found.dimensionality)) == (unit, dimension), found
PYTHON
