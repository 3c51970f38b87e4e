"""One SQLite file that remembers what the monographs say, so that answering does not mean reading them all again.

The index is disposable: it holds nothing that the files do not. It counts only while its list of files with their
stamps equals the directory's, and while nobody but druginfo wrote to it; a stale one is refreshed in one transaction
(on a copy, where a reader keeps the file for long), a broken, foreign or older one is built anew beside it and moved
into place, and where no file can be written it lives in memory. Readers hold one transaction, so an answer never mixes
two states of the library.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from druginfo.errors import Unreadable
from druginfo.model import Block, BlockKind, Card, Faq, Fault, Monograph, Name, Section, Source

if TYPE_CHECKING:
    from druginfo.vocabulary import Named

SCHEMA = "druginfo 6"
"""Changes with the tables below and with anything that reading a monograph makes of its file."""
_PARALLEL_FROM = 200
_PASSAGES_PER_FILE = 1 << 20
_RACY_NS = 2_100_000_000
"""The coarsest clock of a file system in use (FAT: two seconds)."""
_POSIX = os.name == "posix"
_PATIENCE = 2.0
"""Seconds to wait for another process's lock."""
_TRIES = 5

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


class Broken(Exception):
    """The index cannot be trusted; build it anew."""


class File(NamedTuple):
    """A monograph file in force. `stamp` changes whenever its content may have."""

    slug: str
    path: str
    stamp: str


def stamp(status: os.stat_result, now_ns: int) -> str:
    """A file's stamp; one written so lately that the clock could hide a second write never equals itself again."""
    changed = status.st_ctime_ns if _POSIX else status.st_mtime_ns  # POSIX: set by any change, reset by nobody
    racy = f" {now_ns}" if -_RACY_NS < now_ns - changed < _RACY_NS else ""
    return f"{changed} {status.st_size} {status.st_ino}{racy}"


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
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
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
        found = self.rows("SELECT path, front, body, crc FROM file JOIN content USING (id) WHERE slug = ?", (slug,))
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
        for own, front in self.rows(f"SELECT slug, front FROM file JOIN content USING (id) WHERE true {where}", values):
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

    def ranked(self, query: str, slug: str | None = None, limit: int = -1) -> list[tuple[float, int]]:
        """(score, passage) of the passages that match an FTS5 query best, of all without `limit`; higher is better."""
        sql = "SELECT -bm25(passage), rowid FROM passage WHERE passage MATCH ?"
        values: tuple[Any, ...] = (query,)
        if slug is not None:
            number = self.rows("SELECT id FROM file WHERE slug = ?", (slug,))
            low = number[0][0] * _PASSAGES_PER_FILE if number else -1
            sql, values = f"{sql} AND rowid BETWEEN ? AND ?", (query, low, low + _PASSAGES_PER_FILE - 1)
        found = self.rows(f"{sql} ORDER BY 1 DESC LIMIT ?", (*values, limit))
        return [(round(score, 6), passage) for score, passage in found]

    def places(self, passages: Sequence[int]) -> list[tuple[Any, ...]]:
        """(passage, slug, section key, line, kind) of each."""
        sql = "SELECT rowid, slug, section, line, kind FROM passage WHERE rowid = ?"
        return [row for passage in passages for row in self.rows(sql, (passage,))]

    def marked(self, query: str, passage: int) -> tuple[str, str, str]:
        """A passage's names, heading and text, each word that the query hits between U+0002 and U+0003."""
        columns = ", ".join(f"highlight(passage, {n}, char(2), char(3))" for n in range(3))
        found = self.rows(f"SELECT {columns} FROM passage WHERE passage MATCH ? AND rowid = ?", (query, passage))
        if not found:
            raise Broken("a passage is lost")
        return found[0]

    def holds(self, query: str) -> bool:
        """Whether any passage matches an FTS5 query."""
        return bool(self.rows("SELECT 1 FROM passage WHERE passage MATCH ? LIMIT 1", (query,)))

    def titles(self, slugs: Iterable[str]) -> dict[str, str]:
        """The titles of monographs."""
        sql = "SELECT slug, title FROM name WHERE file = (SELECT id FROM file WHERE slug = ?) LIMIT 1"
        return dict(row for slug in slugs for row in self.rows(sql, (slug,)))

    def meanings(self, word: str) -> list[str]:
        """What an abbreviation stands for, or how words are abbreviated, as monographs define it, commonest first."""
        found = []
        for have, want in (("short", "long"), ("long", "short")):
            most = f"GROUP BY {want} ORDER BY count(*) DESC, {want} LIMIT 3"
            found += self.rows(f"SELECT {want} FROM abbreviation WHERE {have} = ? {most}", (word.casefold(),))
        return [row[0] for row in found]

    def texts(self, most: int) -> Iterator[str]:
        """Everything that can be searched in the first monographs, by slug."""
        for (number,) in self.rows("SELECT id FROM file ORDER BY slug LIMIT ?", (most,)):
            low = number * _PASSAGES_PER_FILE
            between = (low, low + _PASSAGES_PER_FILE - 1)
            for row in self.rows("SELECT name, heading, text FROM passage WHERE rowid BETWEEN ? AND ?", between):
                yield " ".join(row)

    def treating(self, words: Sequence[str]) -> set[str]:
        """The slugs of the monographs whose usage section holds all the words in a line that does not exclude them."""
        query = "text : (" + " AND ".join(f'"{word}"' for word in words if word.isalnum()) + ")"
        sql = "SELECT rowid, slug FROM passage WHERE passage MATCH ? AND kind = 'section' AND section GLOB ?"
        found = set()
        for pattern in ("us*", "indication*"):
            for passage, slug in self.rows(sql, (query, pattern)):
                if slug not in found and _includes(self.marked(query, passage)[2], len(words)):
                    found.add(slug)
        return found

    def faults(self) -> list[Fault]:
        """The files that could not be read."""
        return [
            Fault(path, line, fault)
            for path, line, fault in self.rows(
                "SELECT path, line, fault FROM file WHERE fault IS NOT NULL ORDER BY path"
            )
        ]

    def close(self) -> None:
        """Let go of the file; until then nobody can refresh it in place."""
        self.connection.close()

    def __del__(self) -> None:
        self.connection.close()  # a connection and its statements refer to each other and would wait for the collector


_EXCLUDES = re.compile(r"\bnot (?:for|approved|indicated|recommended|to be)\b|\blimitations?\b", re.I)


def _includes(marked: str, hits: int) -> bool:
    """Whether a line has so many different hits and neither it nor the item that it is nested in says "not for"."""
    out = -1  # the indentation of the line that excludes those nested in it
    for line in marked.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if 0 <= out < indent:
            continue
        out = indent if _EXCLUDES.search(line) else -1
        if out < 0 and len({hit.casefold() for hit in re.findall("\x02([^\x03]*)\x03", line)}) >= min(hits, 3):
            return True
    return False


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
        with suppress(OSError):
            _journal(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)


def _open_file(files: Sequence[File], listing: str, path: Path, progress: Callable[[int, int], None] | None) -> Index:
    """Fresh, refreshed or built; several tries, because other processes may see other states of the library."""
    state = "fresh"
    for _ in range(_TRIES):
        try:
            connection, known = _connect(path)
        except (Broken, sqlite3.DatabaseError, FileNotFoundError) as error:
            if _is_locked(error):
                raise
            _build(files, listing, path, progress)
            state = "built"
            continue
        if known == listing:
            return Index(connection, path, state)
        connection.close()
        state = "refreshed"
        try:
            _refresh(files, listing, path, progress)
        except (Broken, sqlite3.DatabaseError, UnicodeDecodeError, TypeError, ValueError) as error:
            _build(files, listing, path, progress, based_on=path if _is_locked(error) else None)
            state = state if _is_locked(error) else "built"
    raise Broken("changed by other processes all the time")


def _is_locked(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _connect(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open for reading: the connection, in a transaction, and the listing it was made for. Raises Broken."""
    for patience in (0.01, 0.05, 0.2, None):
        status = path.stat()
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=_PATIENCE
        )
        try:
            connection.execute("BEGIN")
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            if meta.get("schema") != SCHEMA or "listing" not in meta:
                raise Broken("made by another version")
            sealed = path.stat()
            if meta.get("seal") == str(sealed.st_mtime_ns) and sealed.st_ino == status.st_ino:
                return connection, meta["listing"]
        except UnicodeDecodeError as error:
            connection.close()
            raise Broken(str(error)) from error
        except BaseException:
            connection.close()
            raise
        connection.close()
        if patience is None:
            break
        time.sleep(patience)  # another process is between its commit and its seal
    raise Broken("written to by something else")


def _listing(files: Sequence[File]) -> str:
    return "\n".join(map("\t".join, files))


def _seal(connection: sqlite3.Connection) -> int:
    """Choose the modification time that the file will be given, and note it inside: any other means foreign writing.

    Whole even seconds, which every file system can keep.
    """
    seal = (time.time_ns() // 2_000_000_000 - int.from_bytes(os.urandom(3), "big")) * 2_000_000_000
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (str(seal),))
    return seal


def _build(
    files: Sequence[File],
    listing: str,
    path: Path,
    progress: Callable[[int, int], None] | None,
    based_on: Path | None = None,
) -> None:
    """Make an index beside the old one, anew or from a copy of `based_on`, and put it in the old one's place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _prune(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        if based_on:
            _copy(based_on, fresh)
        connection = sqlite3.connect(fresh, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            if based_on:
                seal = _bring_up_to_date(connection, files, listing, progress) or 0
            else:
                _fill(connection, files, listing, progress)
                connection.execute("BEGIN")
                seal = _seal(connection)
                connection.execute("COMMIT")
        finally:
            connection.close()
        with open(fresh, "rb+") as written:
            os.fsync(written.fileno())
        os.utime(fresh, ns=(seal, seal))
        _journal(path).unlink(missing_ok=True)  # left by a killed process, it would be played back into the new file
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _copy(path: Path, to: Path) -> None:
    """Copy an index while nobody writes to it. Raises Broken where it was not left by druginfo."""
    import shutil

    connection, _ = _connect(path)  # its read lock holds off writers
    try:
        shutil.copyfile(path, to)
    finally:
        connection.close()


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


def _refresh(files: Sequence[File], listing: str, path: Path, progress: Callable[[int, int], None] | None) -> None:
    """Bring a stale index in line with the files in one transaction. Raises Broken where building is the better way."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE
    )
    try:
        connection.execute("PRAGMA cache_spill = OFF")
        seal = _bring_up_to_date(connection, files, listing, progress)
    finally:
        connection.close()
    if seal is not None:
        os.utime(path, ns=(seal, seal))


def _bring_up_to_date(
    connection: sqlite3.Connection,
    files: Sequence[File],
    listing: str,
    progress: Callable[[int, int], None] | None,
) -> int | None:
    """The new seal; None where another process changed the index meanwhile.

    Files are read before the transaction begins, so that nobody waits for a lock that long.
    """
    known = _known(connection)
    changed = [f for f in files if known.get(f.slug, (0, "", ""))[1:] != (f.path, f.stamp)]
    if len(changed) > max(_PARALLEL_FROM, len(files) // 2):
        raise Broken("most of it is stale")
    gone = known.keys() - {f.slug for f in files}
    records = list(_counted(_records(changed), len(changed), progress))
    connection.execute("BEGIN IMMEDIATE")
    if _known(connection) != known:  # another process was quicker; the caller looks again
        connection.execute("ROLLBACK")
        return None
    for slug in (*gone, *(f.slug for f in changed if f.slug in known)):
        _delete(connection, known[slug][0])
    _insert(connection, changed, records)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('listing', ?)", (listing,))
    seal = _seal(connection)
    connection.execute("COMMIT")
    return seal


def _known(connection: sqlite3.Connection) -> dict[str, tuple[int, str, str]]:
    """The files in the index: id, path, stamp by slug."""
    return {slug: (i, p, s) for i, slug, p, s in connection.execute("SELECT id, slug, path, stamp FROM file")}


def _delete(connection: sqlite3.Connection, file: int) -> None:
    low = file * _PASSAGES_PER_FILE
    connection.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", (low, low + _PASSAGES_PER_FILE - 1))
    for table, column in (("name", "file"), ("abbreviation", "file"), ("content", "id"), ("file", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))


def _fill(
    connection: sqlite3.Connection,
    files: Sequence[File],
    listing: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    _insert(connection, files, _counted(_records(files), len(files), progress))
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("schema", SCHEMA), ("listing", listing)])
    connection.execute("COMMIT")


# ---------------------------------------------------------------- filling


def _counted(
    records: Iterable[_Record | Unreadable], count: int, progress: Callable[[int, int], None] | None
) -> Iterator[_Record | Unreadable]:
    for number, record in enumerate(records):
        if progress:
            progress(number, count)
        yield record
    if progress and count:
        progress(count, count)


def _insert(connection: sqlite3.Connection, files: Sequence[File], records: Iterable[_Record | Unreadable]) -> None:
    start = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM file").fetchone()[0]
    for number, (file, record) in enumerate(zip(files, records, strict=True), start):
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
            [(number * _PASSAGES_PER_FILE + i, *passage) for i, passage in enumerate(record.passages)],
        )


class _Record(NamedTuple):
    """A monograph as rows of the tables."""

    card: str
    content: tuple[Any, ...]
    names: Sequence[tuple[str, ...]]
    abbreviations: Sequence[tuple[str, str]]
    passages: Sequence[tuple[Any, ...]]


def _records(files: Sequence[File]) -> Iterator[_Record | Unreadable]:
    if len(files) < _PARALLEL_FROM or (os.cpu_count() or 1) < 2:
        return map(_record, files)
    return _records_in_parallel(files)


def _records_in_parallel(files: Sequence[File]) -> Iterator[_Record | Unreadable]:
    """Read in worker processes; where these cannot be had or die, in this one."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    done = 0
    try:
        pool = ProcessPoolExecutor(initializer=_begin_worker)
        try:
            for record in pool.map(_record, files, chunksize=32):
                done += 1
                yield record
        finally:
            pool.shutdown(cancel_futures=True)
    except (BrokenExecutor, OSError, ImportError, AssertionError):
        yield from map(_record, files[done:])


def _begin_worker() -> None:
    """Leave interrupts to the parent, and do not outlive it."""
    import signal
    from multiprocessing import connection, parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with(sentinel: int) -> None:
        connection.wait([sentinel])
        os._exit(1)

    if parent := parent_process():
        Thread(target=end_with, args=(parent.sentinel,), daemon=True).start()


def _record(file: File) -> _Record | Unreadable:
    from druginfo.classes import defined_in
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
    short = [(d.short.casefold(), d.long.casefold()) for d in defined_in(m)]
    return _Record(card, (front, body, _crc(front, body)), names, short, list(_passages(m)))


def _passages(monograph: Monograph) -> Iterator[tuple[Any, ...]]:
    """(name, heading, text, slug, section key, line, kind) of everything that a search can hit."""
    from druginfo.markup import slugify
    from druginfo.parse import split_question

    slug = monograph.slug
    called = ", ".join(dict.fromkeys(n.name for n in monograph.names))
    yield called, ", ".join(monograph.classes), monograph.description or "", slug, None, 1, "name"
    asked = {slugify(faq.question) for faq in monograph.faqs}
    for section in monograph.sections:
        if not ("/" in section.key and slugify(split_question(section.title)[0]) in asked):
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
