#!/usr/bin/env bash
# Unicode has two signs for micro, and both are in labels: U+00B5 (micro sign) and U+03BC (Greek mu, which Unicode
# normalisation NFKC makes of the first). The libraries that turn text into ASCII read U+03BC as the Greek letter m:
# "125 μg" is "125 mg". python-slugify normalises first, so that it does so to both signs; slugify (npm) drops the first.
# Beside these, text-unidecode and anyascii join "1½" to "11/2", all of them "10⁹" to "109". Unidecode has "1 1/2".
#
# Output seen:
#   Unidecode        125 ug   125 mg   1 1/2 tablets   109/L
#   text-unidecode   125 ug   125 mg   11/2 tablets    109/L
#   anyascii         125 ug   125 mg   11/2 tablets    109/L
#   python-slugify   125-mg   125-mg   11-2-tablets    109-l
#   slugify (npm)    125-g    125-mg   1-tablets       10L
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  Unidecode==1.4.0 text-unidecode==1.3 anyascii==0.3.3 python-slugify==9.2.0
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund slugify@1.6.9
venv/bin/python - <<'PYTHON'
from importlib.metadata import version

import text_unidecode
import unidecode
from anyascii import anyascii
from slugify import slugify

print(*(f"{name} {version(name)}" for name in ["Unidecode", "text-unidecode", "anyascii", "python-slugify"]), sep=", ")
texts = ["125 \u00b5g", "125 \u03bcg", "1\u00bd tablets", "10\u2079/L"]
seen = [
    ("Unidecode", unidecode.unidecode, ["125 ug", "125 mg", "1 1/2 tablets", "109/L"]),
    ("text-unidecode", text_unidecode.unidecode, ["125 ug", "125 mg", "11/2 tablets", "109/L"]),
    ("anyascii", anyascii, ["125 ug", "125 mg", "11/2 tablets", "109/L"]),
    ("python-slugify", slugify, ["125-mg", "125-mg", "11-2-tablets", "109-l"]),
]
for name, convert, expected in seen:
    found = [convert(text) for text in texts]
    print(f"{name:16} {'   '.join(found)}")
    assert found == expected, found
PYTHON
node - <<'NODE'
const assert = require("node:assert");
const { version } = require("slugify/package.json");
const slugify = require("slugify");

const found = ["125 \u00b5g", "125 \u03bcg", "1\u00bd tablets", "10\u2079/L"].map((text) => slugify(text));
console.log("slugify", version, "on npm", found.join("   "));
assert.deepEqual(found, ["125-g", "125-mg", "1-tablets", "10L"]);
NODE
