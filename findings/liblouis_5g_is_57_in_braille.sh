#!/usr/bin/env bash
# liblouis 3.24.0 writes braille for screen readers (NVDA, BRLTTY, Orca) and for printers of braille. Figures are the letters a
# to j after a sign for numbers, so that a letter after a figure needs a sign of its own. The Spanish, Portuguese, Catalan,
# Polish, Serbian and Indian tables leave it out: "5g" is written as 57, "10g" as 107, "2d" (two days) as 24 and "q4h" as q48,
# and liblouis itself reads them back so. With a space, "5 g", it is right; so are the English (UEB), German, French and Dutch
# tables. In the Norwegian ones a microgram with the Greek letter mu (U+03BC) is a milligram. Danish, Norwegian, Swedish,
# Finnish and Hungarian have one and the same sign for ≤ and ≥.
# (Debian 12: the packages are unpacked, not installed.)
#
# Output seen (written and read back):
#   es-g1.ctb      5g -> ⠼⠑⠛ 57       10g -> ⠼⠁⠚⠛ 107      2d -> ⠼⠃⠙ 24       q4h -> ⠟⠼⠙⠓ q48      5 g -> ⠼⠑⠀⠛ 5 g
#   (pt-pt-g1.utb, ca-g1.ctb, Pl-Pl-g1.utb, sr-g1.ctb and en-in-g1.ctb: the same)
#   en-ueb-g1.ctb  5g -> ⠼⠑⠰⠛ 5g      10g -> ⠼⠁⠚⠰⠛ 10g     2d -> ⠼⠃⠰⠙ 2d      q4h -> ⠟⠼⠙⠰⠓ q4h     5 g -> ⠼⠑⠀⠛ 5 g
#   no-no-g0.utb   5 μg -> ⠼⠑⠀⠍⠛, 5 mg -> ⠼⠑⠀⠍⠛
#   da-dk-g26.ctb  ≤30 -> ⠢⠼⠉⠚, ≥30 -> ⠢⠼⠉⠚
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
apt-get download --quiet liblouis-bin=3.24.0-1 liblouis20=3.24.0-1 liblouis-data=3.24.0-1 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" .; done
LD_LIBRARY_PATH=$(dirname "$place"/usr/lib/*/liblouis.so.20)
export LD_LIBRARY_PATH LOUIS_TABLEPATH=$place/usr/share/liblouis/tables
usr/bin/lou_translate --version | head -1
PYTHONUTF8=1 python3 - <<'PYTHON'
import subprocess


def louis(way, table, texts):
    command = ["usr/bin/lou_translate", way, f"unicode.dis,{table}"]
    read = subprocess.run(command, input="\n".join(texts) + "\n", capture_output=True, text=True, check=True)
    return read.stdout.splitlines()


texts = ["5g", "10g", "2d", "q4h", "5 g"]
figures = ["57", "107", "24", "q48", "5 g"]
for tables, expected in (
    ("es-g1.ctb pt-pt-g1.utb ca-g1.ctb Pl-Pl-g1.utb sr-g1.ctb en-in-g1.ctb", figures),
    ("en-ueb-g1.ctb de-g1.ctb", texts),
    ("fr-bfu-g2.ctb nl-NL-g0.utb", texts),
):
    for table in tables.split():
        written = louis("-f", table, texts)
        found = louis("-b", table, written)
        triples = zip(texts, written, found)
        print(f"{table:14}", *(f"{text + ' -> ' + braille + ' ' + read:18}" for text, braille, read in triples))
        assert found == expected, found
for table in ("no-no-g0.utb", "no-no-g1.ctb"):
    micro, milli = louis("-f", table, ["5 \u03bcg", "5 mg"])
    print(f"{table:14} 5 μg -> {micro}, 5 mg -> {milli}")
    assert micro == milli
for table in ("da-dk-g26.ctb", "no-no-g0.utb", "sv-g1.ctb", "fi.utb", "hu-hu-g1.ctb"):
    most, least = louis("-f", table, ["≤30", "≥30"])
    print(f"{table:14} ≤30 -> {most}, ≥30 -> {least}")
    assert most == least
PYTHON
