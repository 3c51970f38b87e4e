#!/usr/bin/env bash
# drug-named-entity-recognition 2.0.9 names a drug by the longest words it knows and drops the rest of a product's name:
# the premixed "Humalog Mix 75/25" is plain insulin lispro, isophane is "Insulin", and "amphotericin B liposomal" is plain
# amphotericin B, though the same package tells AmBisome, the brand of the liposomal one, apart. Doses of these differ.
# "levothyroxine sodium" comes back as "Thyroxine".
#
# Output seen:
#   Humalog Mix 75/25        -> Insulin Lispro
#   insulin isophane         -> Insulin
#   amphotericin B liposomal -> Amphotericin B
#   AmBisome                 -> Amphotericin B Liposomal
#   levothyroxine sodium     -> Thyroxine
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check drug-named-entity-recognition==2.0.9
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from drug_named_entity_recognition import find_drugs

print("drug-named-entity-recognition", version("drug-named-entity-recognition"))
seen = {
    "Humalog Mix 75/25": "Insulin Lispro",
    "insulin isophane": "Insulin",
    "amphotericin B liposomal": "Amphotericin B",
    "AmBisome": "Amphotericin B Liposomal",
    "levothyroxine sodium": "Thyroxine",
}
for name, told in seen.items():
    found = [drug["name"] for drug, *_ in find_drugs(name.split())]
    print(f"{name:24} -> {', '.join(found)}")
    assert found == [told], found
PYTHON
