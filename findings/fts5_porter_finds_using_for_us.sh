#!/usr/bin/env bash
# SQLite's FTS5 with the porter tokenizer, as its manual shows it, stems abbreviations as if they were words and cannot
# be told not to: "US" (ultrasound) finds "using", "AD" (atopic dermatitis) "added", "AIDS" "aided". A phrase in quotes
# is stemmed too, and highlight() marks the wrong word as the hit. "hepatic" finds "hepatitis", "generic" "general".
# Seen with the SQLite 3.54.1 in apsw 3.54.1.0, and with the 3.40.1 of Python 3.11.
#
# Output seen:
#   US      -> using [using]        AD -> added [added]     AIDS -> aided [aided]
#   hepatic -> hepatitis            generic -> general
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "apsw==3.54.1.0"
"$folder/venv/bin/python" - <<'PYTHON'
import apsw

print("SQLite", apsw.sqlite_lib_version())
db = apsw.Connection(":memory:")
db.execute("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize = 'porter unicode61')")
texts = ["using", "added", "aided", "hepatitis", "general"]
db.executemany("INSERT INTO passage VALUES (?)", [(text,) for text in texts])
for query, hit in zip(["US", "AD", "AIDS", "hepatic", "generic"], texts, strict=True):
    ask = "SELECT text, highlight(passage, 0, '[', ']') FROM passage WHERE passage MATCH ?"
    found = db.execute(ask, (f'"{query}"',)).fetchall()
    print(f"{query:8} -> {found}")
    assert found == [(hit, f"[{hit}]")], found
PYTHON
