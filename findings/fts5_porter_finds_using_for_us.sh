#!/usr/bin/env bash
# SQLite's FTS5 with the porter tokenizer, as its manual shows it, stems abbreviations as if they were words and cannot
# be told not to: "US" (ultrasound) finds "using", "AD" (atopic dermatitis) "added", "AIDS" "aided". A phrase in quotes
# is stemmed too, and highlight() marks the wrong word as the hit. "hepatic" finds "hepatitis", "generic" "general".
# SQLite is public domain and comes with Python; seen with 3.40.1.
#
# Output seen:
#   US      -> using [using]        AD -> added [added]     AIDS -> aided [aided]
#   hepatic -> hepatitis            generic -> general
set -euo pipefail
python3 - <<'PYTHON'
import sqlite3

print("SQLite", sqlite3.sqlite_version)
db = sqlite3.connect(":memory:")
db.execute("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize = 'porter unicode61')")
texts = ["using", "added", "aided", "hepatitis", "general"]
db.executemany("INSERT INTO passage VALUES (?)", [(text,) for text in texts])
for query, hit in zip(["US", "AD", "AIDS", "hepatic", "generic"], texts, strict=True):
    ask = "SELECT text, highlight(passage, 0, '[', ']') FROM passage WHERE passage MATCH ?"
    found = db.execute(ask, (f'"{query}"',)).fetchall()
    print(f"{query:8} -> {found}")
    assert found == [(hit, f"[{hit}]")], found
PYTHON
