"""Monographs → rows of the index. Only building and refreshing need it; an index that is fresh does not load it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from druginfo.errors import Unreadable
from druginfo.index import PASSAGES_PER_FILE, SCHEMA, Broken, File, Progress, checksum, passages_of
from druginfo.index.listing import files
from druginfo.model import Fault, Monograph
from druginfo.processes import mapped, processors

_PARALLEL_FROM = 200
_MOST_PROCESSES = 8

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, path TEXT, stamp TEXT, card TEXT, line INTEGER, fault TEXT
);
CREATE INDEX file_fault ON file (path) WHERE fault IS NOT NULL;
CREATE TABLE content (id INTEGER PRIMARY KEY, front TEXT, body BLOB, crc INTEGER);
CREATE TABLE name (folded TEXT, name TEXT, field TEXT, slug TEXT, title TEXT, file INTEGER);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_file ON name (file);
CREATE TABLE abbreviation (short TEXT, long TEXT, file INTEGER);
CREATE INDEX abbreviation_short ON abbreviation (short);
CREATE INDEX abbreviation_long ON abbreviation (long);
CREATE INDEX abbreviation_file ON abbreviation (file);
CREATE VIRTUAL TABLE passage USING fts5(
    name, heading, text, slug UNINDEXED, section UNINDEXED, line UNINDEXED, kind UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
"""


def fill(connection: sqlite3.Connection, listing: str, progress: Progress | None) -> None:
    """Make the tables in an empty database and fill them."""
    found, doubles = files(listing)
    found.sort(key=_number)  # the full-text index wants its rows in ascending order
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO passage (passage, rank) VALUES ('hashsize', 33554432)")  # fewer merges
    connection.execute("BEGIN")
    _insert(connection, found, _counted(_records(found), len(found), progress))
    _note(connection, doubles)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", SCHEMA), ("listing", listing)])
    connection.execute("COMMIT")


def _number(file: File) -> int:
    """A file's number, the same in every index; two of 10,000 files hardly ever have the same."""
    return int.from_bytes(hashlib.blake2b(file.slug.encode(), digest_size=4).digest(), "big") >> 2


def _counted(
    records: Iterable[_Record | Unreadable], count: int, progress: Progress | None
) -> Iterator[_Record | Unreadable]:
    for number, record in enumerate(records):
        if progress:
            progress(number, count)
        yield record
    if progress and count:
        progress(count, count)


def _insert(connection: sqlite3.Connection, found: Sequence[File], records: Iterable[_Record | Unreadable]) -> None:
    taken = {number for (number,) in connection.execute("SELECT id FROM file")}
    for file, record in zip(found, records, strict=True):
        number = _number(file)
        while number in taken:
            number += 1
        taken.add(number)
        row = (number, file.slug, file.path, file.stamp)
        if isinstance(record, Unreadable):
            fault = (None, record.line, record.reason)
            connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, *fault))
            continue
        connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, NULL, NULL)", (*row, record.card))
        connection.execute("INSERT INTO content VALUES (?, ?, ?, ?)", (number, *record.content))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", [(*n, number) for n in record.names])
        connection.executemany(
            "INSERT INTO abbreviation VALUES (?, ?, ?)", [(*a, number) for a in record.abbreviations]
        )
        connection.executemany(
            "INSERT INTO passage (rowid, name, heading, text, slug, section, line, kind) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number * PASSAGES_PER_FILE + i, *passage) for i, passage in enumerate(record.passages)],
        )


def bring_up_to_date(connection: sqlite3.Connection, listing: str, progress: Progress | None) -> int | None:
    """Bring the tables in line with the files, in one transaction. Raises Broken where building is the better way.

    The new seal; None where another process changed the index meanwhile.

    Files are read before the transaction begins, so that nobody waits for a lock that long.
    """
    found, doubles = files(listing)
    known = _known(connection)
    changed = sorted((f for f in found if known.get(f.slug, (0, "", ""))[1:] != (f.path, f.stamp)), key=_number)
    if len(changed) > max(_PARALLEL_FROM, len(found) // 2):
        raise Broken("most of it is stale")
    gone = known.keys() - {f.slug for f in found}
    records = list(_counted(_records(changed), len(changed), progress))
    connection.execute("BEGIN IMMEDIATE")
    if _known(connection) != known:  # another process was quicker; the caller looks again
        connection.execute("ROLLBACK")
        return None
    for slug in (*gone, *(f.slug for f in changed if f.slug in known)):
        _delete(connection, known[slug][0])
    _insert(connection, changed, records)
    _note(connection, doubles)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('listing', ?)", (listing,))
    sealed = seal(connection)
    connection.execute("COMMIT")
    return sealed


def _known(connection: sqlite3.Connection) -> dict[str, tuple[int, str, str]]:
    """The files in the index: id, path, stamp by slug."""
    sql = "SELECT id, slug, path, stamp FROM file WHERE slug IS NOT NULL"
    return {slug: (i, p, s) for i, slug, p, s in connection.execute(sql)}


def _delete(connection: sqlite3.Connection, file: int) -> None:
    connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", passages_of(file))
    for table, column in (("name", "file"), ("abbreviation", "file"), ("content", "id"), ("file", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))


def _note(connection: sqlite3.Connection, doubles: Sequence[Fault]) -> None:
    """Note the files that another of the same slug keeps out of force."""
    connection.execute("DELETE FROM file WHERE slug IS NULL")
    connection.executemany("INSERT INTO file (path, line, fault) VALUES (?, ?, ?)", doubles)


class _Record(NamedTuple):
    """A monograph as rows of the tables."""

    card: str
    content: tuple[Any, ...]
    names: Sequence[tuple[str, ...]]
    abbreviations: Sequence[tuple[str, str]]
    passages: Sequence[tuple[Any, ...]]


def _records(found: Sequence[File]) -> Iterator[_Record | Unreadable]:
    if len(found) < _PARALLEL_FROM:
        return map(_record, found)
    return mapped(_record, found, min(processors(), _MOST_PROCESSES))


def _record(file: File) -> _Record | Unreadable:
    from druginfo.classes.abbreviations import defined_in
    from druginfo.names import fold
    from druginfo.parse import decode, parse, read_bytes

    try:
        monograph = parse(decode(read_bytes(file.path)), file.slug, file.path)
    except Unreadable as error:
        return error
    m = monograph
    front = _json((*m[1:8], m.faqs, m.faults, m.language, m.document))
    brands = [n.name for n in m.names if n.field == "brand"]
    card = _json((m.title, m.classes, brands, m.is_banned, m.last_modified, m.description))
    body = zlib.compress(_json(m.sections).encode(), 1)
    names = [(fold(n.name), n.name, n.field, m.slug, m.title) for n in m.names]
    short = [(d.short.casefold(), d.long.casefold()) for d in defined_in(m)]
    return _Record(card, (front, body, checksum(front, body)), names, short, list(_passages(m)))


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


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def seal(connection: sqlite3.Connection) -> int:
    """Choose the modification time that the file will be given, and note it inside: any other means foreign writing.

    Whole even seconds, which every file system can keep.
    """
    chosen = (time.time_ns() // 2_000_000_000 - int.from_bytes(os.urandom(3), "big")) * 2_000_000_000
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (str(chosen),))
    return chosen
