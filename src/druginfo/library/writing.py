"""Monographs → rows of the store. Only building and refreshing need it; a store that is fresh does not load it."""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from druginfo.errors import Unreadable
from druginfo.library.rows import (
    CHECKED,
    FAQ,
    PASSAGES_PER_FILE,
    SCHEMA,
    Damaged,
    Progress,
    checksum,
    compact,
    passages_of,
)
from druginfo.listing import File, FileListing, files
from druginfo.model import Fault, Monograph
from druginfo.processes import mapped, processors

_PARALLEL_FROM = 200
_MOST_PROCESSES = 8

_FILES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, path TEXT, card TEXT, line INTEGER, fault TEXT, crc INTEGER, stamp TEXT
);
"""
_TABLES = {
    "named": f"""{_FILES}
CREATE INDEX file_fault ON file (path) WHERE fault IS NOT NULL;
CREATE TABLE body (id INTEGER PRIMARY KEY, body BLOB, crc INTEGER);
CREATE TABLE name (folded TEXT, file INTEGER, bones TEXT, PRIMARY KEY (folded, file)) WITHOUT ROWID;
CREATE INDEX name_file ON name (file);
CREATE INDEX name_bones ON name (bones) WHERE bones NOTNULL;
CREATE TABLE bare (folded TEXT, file INTEGER, PRIMARY KEY (folded, file)) WITHOUT ROWID;
CREATE INDEX bare_file ON bare (file);
CREATE TABLE combination (file INTEGER PRIMARY KEY);
CREATE TABLE class (classes TEXT, is_banned INTEGER, file INTEGER, PRIMARY KEY (classes, file)) WITHOUT ROWID;
CREATE INDEX class_file ON class (file);
""",
    "texts": f"""{_FILES}
CREATE TABLE abbreviation (short TEXT, long TEXT, file INTEGER, crc INTEGER);
CREATE INDEX abbreviation_short ON abbreviation (short);
CREATE INDEX abbreviation_long ON abbreviation (long);
CREATE INDEX abbreviation_file ON abbreviation (file);
CREATE VIRTUAL TABLE passage USING fts5(
    name, heading, text, slug UNINDEXED, section UNINDEXED, line UNINDEXED, kind UNINDEXED, crc UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO passage (passage, rank) VALUES ('hashsize', 33554432);  -- fewer merges
""",
    "readings": f"""{_FILES}
CREATE TABLE example (
    folded TEXT, target TEXT, role TEXT, strengths TEXT, section TEXT, line INTEGER, text TEXT, slug TEXT, file INTEGER,
    crc INTEGER
);
CREATE TABLE indication (slug TEXT, line INTEGER, text TEXT, whole TEXT, file INTEGER, crc INTEGER);
CREATE INDEX indication_file ON indication (file);
CREATE VIRTUAL TABLE indicated USING fts5(
    text, whole, content = indication, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER indication_in AFTER INSERT ON indication BEGIN
    INSERT INTO indicated (rowid, text, whole) VALUES (new.rowid, new.text, new.whole);
END;
CREATE TRIGGER indication_out AFTER DELETE ON indication BEGIN
    INSERT INTO indicated (indicated, rowid, text, whole) VALUES ('delete', old.rowid, old.text, old.whole);
END;
CREATE INDEX example_folded ON example (folded);
CREATE INDEX example_file ON example (file);
""",
}
"""By store (`rows.STORE_OF`): the names and texts of the monographs, which every question needs; what a search can hit;
what was read from the texts for few questions."""


def fill(connection: sqlite3.Connection, listing: FileListing, progress: Progress | None, store: str) -> None:
    """Make the tables of a store in an empty database and fill them."""
    found, doubles = files(listing)
    connection.executescript(_TABLES[store])
    connection.execute("BEGIN")
    _insert(connection, found, (), progress, store)
    _note(connection, doubles)
    meta = [("schema", f"{SCHEMA} {store}"), ("listing", listing.note)]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
    connection.execute("COMMIT")


def bring_up_to_date(
    connection: sqlite3.Connection, listing: FileListing, progress: Progress | None, store: str
) -> None:
    """Bring the tables in line with the files. Raises Damaged where building is the better way."""
    found, doubles = files(listing)
    sql = "SELECT slug, id, path, stamp FROM file WHERE slug IS NOT NULL"
    known = {row["slug"]: (row["id"], row["path"], row["stamp"]) for row in connection.execute(sql)}
    changed = [f for f in found if known.get(f.slug, (0, "", ""))[1:] != (f.path, f.stamp)]
    if len(changed) > max(_PARALLEL_FROM, len(found) // 2):
        raise Damaged("most of it is stale")
    gone = known.keys() - {f.slug for f in found}
    connection.execute("BEGIN")
    for slug in (*gone, *(f.slug for f in changed if f.slug in known)):
        _delete(connection, known.pop(slug)[0], store)
    _insert(connection, changed, {number for number, *_ in known.values()}, progress, store)
    _note(connection, doubles)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('listing', ?)", (listing.note,))
    connection.execute("COMMIT")


def _delete(connection: sqlite3.Connection, file: int, store: str) -> None:
    if store == "texts":
        connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", passages_of(file))
    for table in _OF_FILES[store]:
        connection.execute(f"DELETE FROM {table} WHERE {'id' if table in ('body', 'file') else 'file'} = ?", (file,))


_OF_FILES = {
    "named": ("name", "bare", "combination", "class", "body", "file"),
    "texts": ("abbreviation", "file"),
    "readings": ("example", "indication", "file"),
}
"""The tables with a file's number, by store."""


def _insert(
    connection: sqlite3.Connection, found: Sequence[File], taken: Iterable[int], progress: Progress | None, store: str
) -> None:
    numbered = _numbered(found, taken)
    for done, rows in enumerate(_all_rows(numbered, {"named": _named, "texts": _texts, "readings": _readings}[store])):
        if progress:
            progress(done, len(numbered))
        for table, of_table in rows.items():
            if of_table:
                connection.executemany(_into(table, len(of_table[0])), of_table)
    if progress and numbered:
        progress(len(numbered), len(numbered))


def _wanted(slug: str) -> int:
    """The number, of thirty bits, that a file would have."""
    return zlib.crc32(slug.encode()) >> 2


def _numbered(found: Sequence[File], taken: Iterable[int]) -> list[tuple[int, File]]:
    """Each file with its number, ascending, as the full-text index wants its rows.

    The number is the same in every store: of 10,000 files two hardly ever want the same one.
    """
    numbers = set(taken)
    numbered = []
    for file in found:
        number = _wanted(file.slug)
        while number in numbers:
            number += 1
        numbers.add(number)
        numbered.append((number, file))
    return sorted(numbered)


_Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by table."""


@cache
def _into(table: str, count: int) -> str:
    """What puts a row of so many values into a table; names that fold alike are one."""
    columns = f" ({', '.join((*CHECKED[table], 'crc'))})" if table == "passage" else ""
    ignoring = " OR IGNORE" if table in ("name", "bare") else ""
    return f"INSERT{ignoring} INTO {table}{columns} VALUES ({', '.join('?' * count)})"


def _note(connection: sqlite3.Connection, doubles: Sequence[Fault]) -> None:
    """Note the files that another of the same slug keeps out of force."""
    connection.execute("DELETE FROM file WHERE slug IS NULL")
    for number, double in enumerate(doubles, 1):
        values = (-number, None, double.path, None, double.line, double.message)
        connection.execute(_into("file", len(values) + 2), (*values, checksum(values), None))


def _all_rows(numbered: Sequence[tuple[int, File]], rows: Callable[[tuple[int, File]], _Rows]) -> Iterator[_Rows]:
    if len(numbered) < _PARALLEL_FROM:
        return map(rows, numbered)
    return mapped(rows, numbered, min(processors(), _MOST_PROCESSES))


def _named(numbered: tuple[int, File]) -> _Rows:
    """A monograph's names and text, as rows of the tables."""
    from druginfo.names import fold
    from druginfo.names.codes import is_key, read
    from druginfo.names.listed import OF_THE_DRUG, bare_names, is_combination
    from druginfo.names.skeleton import skeleton
    from druginfo.parse import assembled, decode, read_bytes
    from druginfo.parse.front_matter import nodes, packed, split
    from druginfo.topics import scope

    number, file = numbered
    try:
        text, body, first = split(decode(read_bytes(file.path)))
        front = nodes(text)
        m = assembled(front, body, first, file.slug, file.path, names_alone=True)
    except Unreadable as error:
        values = (number, file.slug, file.path, None, error.line, error.reason)
        return {"file": [(*values, checksum(values), file.stamp)]}
    names = [(fold(n.name), n.name, n.field) for n in m.names]
    names += [(key, shown, "synonym") for shown in m.codes if (code := read(shown)) for key in code.keys]
    card = {
        "title": m.title,
        "names": names,
        "classes": m.classes,
        "is_banned": m.is_banned,
        "last_modified": m.last_modified,
        "description": m.description,
        "scope": scope(m),
    }
    file_row = (number, file.slug, file.path, compact(card), None, None)
    head = compact([first, [[*map(packed, pair)] for pair in front]])
    return {
        "file": [(*file_row, checksum(file_row), file.stamp)],
        "body": [_with_checksum(number, zlib.compress(f"{head}\n{body}".encode("utf-8", "surrogatepass"), 1))],
        "name": [
            (folded, number, None if field == "synonym" and is_key(folded) else skeleton(folded))
            for folded, _, field in names
        ],
        "bare": [(bare, number) for _, name, field in names if field in OF_THE_DRUG for bare in bare_names(name)],
        "combination": [(number,)] * is_combination(m.title),
        "class": [(compact(m.classes), m.is_banned, number)],
    }


def _texts(numbered: tuple[int, File]) -> _Rows:
    """What of a monograph a search can hit, and its abbreviations, as rows of the tables."""
    from druginfo.classes.abbreviations import defined_in

    (number, file), m = numbered, _read(numbered[1])
    return {
        "file": [_only_stamped(number, file)],
        "abbreviation": [
            _with_checksum(d.short.casefold(), d.long.casefold(), number) for d in (defined_in(m) if m else ())
        ],
        "passage": [
            _with_checksum(number * PASSAGES_PER_FILE + i + FAQ * (passage[-1] == "faq"), *passage)
            for i, passage in enumerate(_passages(m) if m else ())
        ],
    }


def _readings(numbered: tuple[int, File]) -> _Rows:
    """What was read of a monograph's indications, and of the drugs that it gives as examples, as rows of the tables."""
    from druginfo.classes.abbreviations import defined_in
    from druginfo.library.profiling import examples
    from druginfo.topics.indications import indications

    (number, file), m = numbered, _read(numbered[1])
    long = {d.short: d.long for d in defined_in(m)} if m else {}
    given = [
        (e.folded, *e.role[:2], " ".join(sorted(e.role.strengths)), e.section, e.line, e.text, file.slug, number)
        for e in (examples(m) if m else ())
    ]
    return {
        "file": [_only_stamped(number, file)],
        "example": [_with_checksum(*row) for row in given],
        "indication": [_with_checksum(file.slug, *each, number) for each in (indications(m, long) if m else ())],
    }


def _read(file: File) -> Monograph | None:
    """The monograph; None where it cannot be read, which `named` reports."""
    from druginfo.parse import decode, parse, read_bytes

    try:
        return parse(decode(read_bytes(file.path)), file.slug, file.path)
    except Unreadable:
        return None


def _only_stamped(number: int, file: File) -> tuple[Any, ...]:
    return (number, file.slug, file.path, None, None, None, None, file.stamp)


def _with_checksum(*values: Any) -> tuple[Any, ...]:
    return (*values, checksum(values))


def _passages(monograph: Monograph) -> Iterator[tuple[Any, ...]]:
    """(name, heading, text, slug, section key, line, kind) of everything that a search can hit."""
    from druginfo.markup import slugify
    from druginfo.parse.faqs import split_question

    slug = monograph.slug
    called = ", ".join(dict.fromkeys(n.name for n in monograph.names))
    yield called, ", ".join(monograph.classes), monograph.description or "", slug, None, 1, "name"
    asked = {slugify(faq.question) for faq in monograph.faqs}
    for section in monograph.sections:
        if not ("/" in section.key and slugify(split_question(section.title)[0]) in asked):
            yield "", section.title, section.text, slug, section.key, section.line, "section"
    for faq in monograph.faqs:
        yield "", faq.question, faq.answer, slug, None, faq.line, "faq"


def seal(connection: sqlite3.Connection) -> int:
    """Choose the modification time that the file will be given, and note it inside: any other means foreign writing.

    Whole even seconds, which every file system can keep.
    """
    chosen = (time.time_ns() // 2_000_000_000 - int.from_bytes(os.urandom(3), "big")) * 2_000_000_000
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (str(chosen),))
    return chosen
