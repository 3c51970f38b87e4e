#!/usr/bin/env bash
# pharma-datamatrix 1.4.5 reads the two-dimensional bar code that each pack of a medicine has in Europe. Whatever is read goes
# into one dictionary that is kept and never emptied, and is itself the answer. Of two packs, once the second is scanned, the
# first is the second. What a pack's code does not say is what an earlier pack said: its national number, by which pharmacies
# know a medicine, or its serial number, which packs sold without a prescription have not.
#
# Output seen (GTIN, expiry, batch, serial number, national number):
#   pack A                                 -> 08586007703851 491231 LOT-A SERIAL-A 00000001
#   pack B, no national number             -> 03456789012340 480630 LOT-B SERIAL-B 00000001
#   pack A, looked at again                -> 03456789012340 480630 LOT-B SERIAL-B 00000001
#   pack C, no serial and national number  -> 07612345000015 470930 LOT-C SERIAL-B 00000001
#   pack C, scanned first                  -> INCOMPLETE DATA
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pharma-datamatrix==1.4.5
cd "$place"
cat > read.py <<'PYTHON'
import sys
from importlib.metadata import version

from pharma_datamatrix import pharma_datamatrix

END = "\x1d"  # ends a field whose length is not fixed
# GTIN (01), expiry (17), batch (10), serial number (21), national number (710)
PACK_A = f"]d201085860077038511749123110LOT-A{END}21SERIAL-A{END}71000000001"
PACK_B = f"]d201034567890123401748063010LOT-B{END}21SERIAL-B"
PACK_C = f"]d2010761234500001510LOT-C{END}17470930"

if sys.argv[1:] == ["first"]:
    found = pharma_datamatrix(PACK_C)["ERROR"]
    print(f"{'pack C, scanned first':38} -> {found}")
    assert found == "INCOMPLETE DATA", found
    raise SystemExit


def shown(pack):
    return " ".join(pack[key] for key in ("GTIN", "EXPIRY", "BATCH", "SERIAL", "NHRN"))


print("pharma-datamatrix", version("pharma-datamatrix"))
a = pharma_datamatrix(PACK_A)
seen = [("pack A", shown(a), "08586007703851 491231 LOT-A SERIAL-A 00000001")]
b = pharma_datamatrix(PACK_B)
seen.append(("pack B, no national number", shown(b), "03456789012340 480630 LOT-B SERIAL-B 00000001"))
seen.append(("pack A, looked at again", shown(a), "03456789012340 480630 LOT-B SERIAL-B 00000001"))
c = pharma_datamatrix(PACK_C)
seen.append(("pack C, no serial and national number", shown(c), "07612345000015 470930 LOT-C SERIAL-B 00000001"))
for name, found, expected in seen:
    print(f"{name:38} -> {found}")
    assert found == expected, found
PYTHON
PYTHONUTF8=1 "$place/venv/bin/python" read.py
PYTHONUTF8=1 "$place/venv/bin/python" read.py first
