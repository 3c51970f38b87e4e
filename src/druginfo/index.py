"""One SQLite file that remembers what the monographs say, so that answering does not mean reading them all again.

The index is disposable: it holds nothing that the files do not. It counts only while its list of files with their
stamps equals the directory's, and while nobody but druginfo wrote to it; a stale one is refreshed in one transaction,
a broken, foreign or older one is built anew beside it and moved into place, and where no file can be written it lives
in memory. Readers hold one transaction, so an answer never mixes two states of the library.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from druginfo.errors import Unreadable
from druginfo.model import Block, BlockKind, Card, Faq, Fault, Monograph, Name, Section, Source

if TYPE_CHECKING:
    from druginfo.vocabulary import Named

SCHEMA = "druginfo 5"
"""Changes with the tables below and with anything that reading a monograph makes of its file."""
_PARALLEL_FROM = 200
_PASSAGES_PER_FILE = 1 << 20
_RACY_NS = 100_000_000

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, slug TEXT UNIQUE, path TEXT, stamp TEXT,
    card TEXT, front TEXT, body BLOB, crc INTEGER, line INTEGER, fault TEXT
);
CREATE TABLE name (folded TEXT, name TEXT, field TEXT, slug TEXT, title TEXT, file INTEGER);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_file ON name (file);
CREATE VIRTUAL TABLE passage USING fts5(
    name, heading, text, slug UNINDEXED, section UNINDEXED, line UNINDEXED, kind UNINDEXED,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
"""


class Broken(Exception):
    """The index cannot be trusted; build it anew."""


class File(NamedTuple):
    """A monograph file in force. `stamp` changes whenever its content may have."""

    slug: str
    path: str
    stamp: str


def stamp(status: os.stat_result, now_ns: int) -> str:
    """A file's stamp; one written so lately that the clock could hide a second write never equals itself again."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    racy = f" {now_ns}" if now_ns - changed < _RACY_NS else ""
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}{racy}"


class Index:
    """A fresh index in one read transaction. Any of its methods raises Broken where the file turns out damaged."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, state: str) -> None:
        self.connection = connection
        self.path = path
        self.state: Literal["fresh", "refreshed", "built", "in memory"] | str = state

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:  # a lone surrogate, as undecodable bytes on a command line give: no file has any
            return []
        except sqlite3.DatabaseError as error:
            raise Broken(str(error)) from error

    def exact(self, folded: str) -> list[Named]:
        """The library's names that fold to `folded`."""
        return self._named("WHERE folded = ? ORDER BY slug, rowid", (folded,))

    def all(self) -> list[Named]:
        """Every name of every monograph."""
        return self._named("ORDER BY slug, rowid")

    def beginning(self, folded: str) -> list[str]:
        """The library's names whose fold begins so, by name."""
        sql = "SELECT DISTINCT name FROM name WHERE folded >= ? AND folded < ? ORDER BY name"
        return [name for (name,) in self.rows(sql, (folded, folded + "\U0010ffff"))]

    def _named(self, where: str, values: Sequence[Any] = ()) -> list[Named]:
        from druginfo.vocabulary import Named

        return [Named(*row) for row in self.rows(f"SELECT folded, name, field, slug, title FROM name {where}", values)]

    def monograph(self, slug: str) -> Monograph | None:
        """The monograph, or None where there is none by that slug."""
        found = self.rows("SELECT path, front, body, crc FROM file WHERE slug = ? AND fault IS NULL", (slug,))
        if not found:
            return None
        path, front, body, crc = found[0]
        try:
            if _crc(front, body) != crc:
                raise Broken(f"{slug}: checksum differs")
            title, description, is_banned, last_modified, names, classes, sources, faqs, faults = json.loads(front)
            sections = json.loads(zlib.decompress(body))
        except (ValueError, TypeError, AttributeError, zlib.error) as error:
            raise Broken(str(error)) from error
        return Monograph(
            slug,
            title,
            description,
            is_banned,
            last_modified,
            tuple(Name(*n) for n in names),
            tuple(classes),
            tuple(Source(*s) for s in sources),
            path,
            tuple(_section(*s) for s in sections),
            tuple(Faq(*f) for f in faqs),
            tuple(Fault(*f) for f in faults),
        )

    def cards(self) -> list[Card]:
        """What a list shows, by title."""
        found = []
        for slug, card in self.rows("SELECT slug, card FROM file WHERE fault IS NULL"):
            try:
                title, classes, brands, is_banned, last_modified, description = json.loads(card)
            except (ValueError, TypeError) as error:
                raise Broken(str(error)) from error
            found.append(Card(slug, title, tuple(classes), tuple(brands), is_banned, last_modified, description))
        return sorted(found, key=lambda c: (c.title.casefold(), c.slug))

    def faqs(self, slug: str | None = None) -> list[tuple[str, str, Faq]]:
        """(slug, title, FAQ) of one monograph or of all, by title, in the monograph's order."""
        where, values = ("AND slug = ?", (slug,)) if slug else ("", ())
        found = []
        for own, front in self.rows(f"SELECT slug, front FROM file WHERE fault IS NULL {where}", values):
            try:
                details = json.loads(front)
            except ValueError as error:
                raise Broken(str(error)) from error
            found.append((details[0].casefold(), own, details[0], details[7]))
        return [(own, title, Faq(*faq)) for _, own, title, faqs in sorted(found) for faq in faqs]

    def search_faqs(self, terms: Sequence[Sequence[str]], slug: str | None, limit: int) -> list[tuple[Any, ...]]:
        """(slug, question, answer, line, score) of the FAQs that best match any of the terms, best first.

        A term is a word with the words that mean the same; a hit in the question counts more than one in the answer.
        """
        query = " OR ".join(f'"{word}"' for term in terms for word in term if word.isalnum())
        if not query:
            return []
        where, values = ("AND slug = ?", (slug,)) if slug else ("", ())
        return self.rows(
            "SELECT slug, heading, text, line, -bm25(passage, 0, 6, 1) AS score FROM passage "
            f"WHERE passage MATCH ? AND kind = 'faq' {where} ORDER BY score DESC, slug, line LIMIT ?",
            (query, *values, limit),
        )

    def treating(self, words: Sequence[str]) -> set[str]:
        """The slugs of the monographs whose usage section holds all the words."""
        query = "text : (" + " AND ".join(f'"{word}"' for word in words if word.isalnum()) + ")"
        sql = "SELECT DISTINCT slug FROM passage WHERE passage MATCH ? AND kind = 'section' AND section GLOB ?"
        return {slug for pattern in ("us*", "indication*") for (slug,) in self.rows(sql, (query, pattern))}

    def faults(self) -> list[Fault]:
        """The files that could not be read."""
        return [
            Fault(*r) for r in self.rows("SELECT path, line, fault FROM file WHERE fault IS NOT NULL ORDER BY path")
        ]

    def close(self) -> None:
        self.connection.close()


# ---------------------------------------------------------------- opening


def open_index(files: Sequence[File], path: Path | None, progress: Callable[[int, int], None] | None = None) -> Index:
    """The index of exactly these files: the file at `path` if it is fresh, else refreshed, rebuilt, or in memory.

    `progress` is called with (files read, files to read) while monographs are read.
    """
    listing = _listing(files)
    if path is not None:
        try:
            return _open_file(files, listing, path, progress)
        except (OSError, sqlite3.Error, Broken):
            pass
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _fill(connection, files, listing, progress)
    return Index(connection, None, "in memory")


def forget(path: Path | None) -> None:
    """Remove an index that proved broken."""
    if path is not None:
        path.unlink(missing_ok=True)


def _open_file(files: Sequence[File], listing: str, path: Path, progress: Callable[[int, int], None] | None) -> Index:
    state = "fresh"
    try:
        connection, known = _connect(path)
        if known == listing:
            return Index(connection, path, state)
        try:
            _refresh(connection, files, listing, path, progress)
        finally:
            connection.close()
        state = "refreshed"
    except (Broken, sqlite3.DatabaseError, FileNotFoundError) as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        _build(files, listing, path, progress)
        state = "built"
    connection, known = _connect(path)
    if known != listing:  # another process sees another state of the library; ours answers from memory
        connection.close()
        raise Broken("changed by another process")
    return Index(connection, path, state)


def _connect(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open for reading: the connection, in a transaction, and the listing it was made for. Raises Broken."""
    for patience in (0.01, 0.05, 0.2, None):
        status = path.stat()
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=30)
        try:
            connection.execute("BEGIN")
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            if meta.get("schema") != SCHEMA:
                raise Broken("made by another version")
            sealed = path.stat()
            if meta.get("seal") == str(sealed.st_mtime_ns) and sealed.st_ino == status.st_ino:
                return connection, meta["listing"]
        except BaseException:
            connection.close()
            raise
        connection.close()
        if patience is None:
            break
        time.sleep(patience)  # another process is between its commit and its seal
    raise Broken("written to by something else")


def _listing(files: Sequence[File]) -> str:
    return "\n".join(f"{f.slug}\t{f.path}\t{f.stamp}" for f in files)


def _seal(connection: sqlite3.Connection) -> int:
    """Choose the modification time that the file will be given, and note it inside: any other means foreign writing.

    Whole even seconds, which every file system can keep.
    """
    seal = (time.time_ns() // 2_000_000_000 - int.from_bytes(os.urandom(3), "big")) * 2_000_000_000
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (str(seal),))
    return seal


def _build(files: Sequence[File], listing: str, path: Path, progress: Callable[[int, int], None] | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _prune(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        connection = sqlite3.connect(fresh, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, files, listing, progress)
            connection.execute("BEGIN")
            seal = _seal(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
        os.utime(fresh, ns=(seal, seal))
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _prune(path: Path, keep: int = 8) -> None:
    """Remove what killed processes left behind, and the indexes of libraries that were not used for long."""
    found = []
    for entry in path.parent.glob("*.sqlite*"):
        try:
            status = entry.stat()
        except OSError:
            continue
        if entry.suffix == ".sqlite":
            found.append((status.st_ctime, entry))
        elif time.time() - status.st_ctime > 3600 and not entry.name.endswith("-journal"):
            entry.unlink(missing_ok=True)
    for _, entry in sorted(found, reverse=True)[keep:]:
        entry.unlink(missing_ok=True)


def _refresh(
    connection: sqlite3.Connection,
    files: Sequence[File],
    listing: str,
    path: Path,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Bring a stale index in line with the files, in one transaction."""
    connection.close()
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=30)
    try:
        connection.execute("PRAGMA cache_spill = OFF")
        connection.execute("BEGIN IMMEDIATE")
        known = {slug: (i, p, s) for i, slug, p, s in connection.execute("SELECT id, slug, path, stamp FROM file")}
        changed = [f for f in files if known.get(f.slug, (0, "", ""))[1:] != (f.path, f.stamp)]
        gone = known.keys() - {f.slug for f in files}
        for slug in (*gone, *(f.slug for f in changed if f.slug in known)):
            _delete(connection, known[slug][0])
        _insert(connection, changed, progress)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('listing', ?)", (listing,))
        seal = _seal(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    os.utime(path, ns=(seal, seal))


def _delete(connection: sqlite3.Connection, file: int) -> None:
    low = file * _PASSAGES_PER_FILE
    connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", (low, low + _PASSAGES_PER_FILE - 1))
    connection.execute("DELETE FROM name WHERE file = ?", (file,))
    connection.execute("DELETE FROM file WHERE id = ?", (file,))


def _fill(
    connection: sqlite3.Connection,
    files: Sequence[File],
    listing: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    _insert(connection, files, progress)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", SCHEMA), ("listing", listing)])
    connection.execute("COMMIT")


# ---------------------------------------------------------------- filling


def _insert(connection: sqlite3.Connection, files: Sequence[File], progress: Callable[[int, int], None] | None) -> None:
    start = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM file").fetchone()[0]
    for number, (file, record) in enumerate(zip(files, _records(files), strict=True), start):
        if progress:
            progress(number - start, len(files))
        if isinstance(record, Unreadable):
            connection.execute(
                "INSERT INTO file (id, slug, path, stamp, line, fault) VALUES (?, ?, ?, ?, ?, ?)",
                (number, file.slug, file.path, file.stamp, record.line, record.reason),
            )
            continue
        connection.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
            (number, file.slug, file.path, file.stamp, *record.columns),
        )
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", [(*n, number) for n in record.names])
        connection.executemany(
            "INSERT INTO passage (rowid, name, heading, text, slug, section, line, kind) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number * _PASSAGES_PER_FILE + i, *passage) for i, passage in enumerate(record.passages)],
        )
    if progress and files:
        progress(len(files), len(files))


class _Record(NamedTuple):
    """A monograph as rows of the tables."""

    columns: tuple[Any, ...]
    names: Sequence[tuple[str, ...]]
    passages: Sequence[tuple[Any, ...]]


def _records(files: Sequence[File]) -> Iterator[_Record | Unreadable]:
    if len(files) < _PARALLEL_FROM or (os.cpu_count() or 1) < 2:
        return map(_record, files)
    return _records_in_parallel(files)


def _records_in_parallel(files: Sequence[File]) -> Iterator[_Record | Unreadable]:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor() as pool:
        yield from pool.map(_record, files, chunksize=32)


def _record(file: File) -> _Record | Unreadable:
    from druginfo.names import fold
    from druginfo.parse import decode, parse, read_bytes

    try:
        monograph = parse(decode(read_bytes(file.path)), file.slug, file.path)
    except Unreadable as error:
        return error
    m = monograph
    front = _json((*m[1:8], m.faqs, m.faults))
    brands = [n.name for n in m.names if n.field == "brand"]
    card = _json((m.title, m.classes, brands, m.is_banned, m.last_modified, m.description))
    body = zlib.compress(_json(m.sections).encode(), 1)
    names = [(fold(n.name), n.name, n.field, m.slug, m.title) for n in m.names]
    return _Record((card, front, body, _crc(front, body)), names, list(_passages(m)))


def _passages(monograph: Monograph) -> Iterator[tuple[Any, ...]]:
    """(name, heading, text, slug, section key, line, kind) of everything that a search can hit."""
    slug = monograph.slug
    called = ", ".join(dict.fromkeys(n.name for n in monograph.names))
    yield called, ", ".join(monograph.classes), monograph.description or "", slug, None, 1, "name"
    for section in monograph.sections:
        yield "", section.title, section.text, slug, section.key, section.line, "section"
    for faq in monograph.faqs:
        yield "", faq.question, faq.answer, slug, None, faq.line, "faq"


def _section(
    key: str, title: str, level: int, line: int, markdown: str, text: str, blocks: list[Any], over: list[str]
) -> Section:
    return Section(key, title, level, line, markdown, text, tuple(_block(*block) for block in blocks), tuple(over))


def _block(
    kind: BlockKind, line: int, depth: int, marker: str, lines: list[str], cells: list[str], header: list[str]
) -> Block:
    return Block(kind, line, depth, marker, tuple(lines), tuple(cells), tuple(header))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _crc(front: str, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(front.encode()))
