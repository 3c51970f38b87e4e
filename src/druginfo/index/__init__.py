"""One SQLite file that remembers what the monographs say, so that answering does not mean reading them all again.

The index is disposable: it holds nothing that the files do not. It counts only while its list of files with their
stamps equals the directory's, and while nobody but druginfo wrote to it (`index.keeping`). Readers hold one
transaction, so an answer never mixes two states of the library.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from druginfo import __version__
from druginfo.model import Block, BlockKind, Card, Faq, Fault, Monograph, Name, Named, Section, Source

SCHEMA = f"druginfo {__version__} 10"
"""Changes with the tables (`index.writing`) and with anything that reading a monograph makes of its file."""
PASSAGES_PER_FILE = 1 << 18
"""A passage's number is its file's times this, plus its place in the file; a file's comes from its slug alone
(`index.writing`), so that what ranks equally has the same order in every index of the same library."""


def passages_of(file: int) -> tuple[int, int]:
    """The first and the last number that a file's passages can have."""
    return file * PASSAGES_PER_FILE, (file + 1) * PASSAGES_PER_FILE - 1


Progress = Callable[[int, int], None]
"""Called with (files read, files to read) while monographs are read."""


class Broken(Exception):
    """The index cannot be trusted; build it anew."""


class File(NamedTuple):
    """A monograph file in force. `stamp` changes whenever its content may have."""

    slug: str
    path: str
    stamp: str


class Index:
    """A fresh index in one read transaction. Any of its methods raises Broken where the file turns out damaged."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, state: str) -> None:
        self.connection = connection
        self.path = path
        self.state: Literal["fresh", "refreshed", "built", "in memory"] | str = state

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query's result. Raises Broken where the file is damaged."""
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

    def beginning(self, folded: str) -> list[Named]:
        """The library's names whose fold begins so, by name."""
        return self._named("WHERE folded >= ? AND folded < ? ORDER BY name, slug", (folded, folded + "\U0010ffff"))

    def _named(self, where: str, values: Sequence[Any] = ()) -> list[Named]:
        return [Named(*row) for row in self.rows(f"SELECT folded, name, field, slug, title FROM name {where}", values)]

    def monograph(self, slug: str) -> Monograph | None:
        """The monograph, or None where there is none by that slug."""
        found = self.rows("SELECT path, front, body, crc FROM file JOIN content USING (id) WHERE slug = ?", (slug,))
        if not found:
            return None
        path, front, body, crc = found[0]
        try:
            if checksum(front, body) != crc:
                raise Broken(f"{slug}: checksum differs")
            title, description, is_banned, last_modified, names, classes, sources, *rest = json.loads(front)
            faqs, faults, language, document = rest
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
            language,
            document,
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

    def ranked(
        self, query: str, slug: str | None = None, limit: int = -1, among: int | None = None
    ) -> list[tuple[float, int]]:
        """(score, passage) of the passages that match an FTS5 query best, of all without `limit`; higher is better.

        What ranks equally comes in the order of its number. With `among`, no more than the first so many matches by
        number are compared: to rank every one of 25,000 takes longer than all the rest of a search.
        """
        sql = "SELECT -bm25(passage), rowid FROM passage WHERE passage MATCH ?"
        values: tuple[Any, ...] = (query,)
        if slug is not None:
            number = self.rows("SELECT id FROM file WHERE slug = ?", (slug,))
            if not number:
                return []
            sql, values = f"{sql} AND rowid BETWEEN ? AND ?", (query, *passages_of(number[0][0]))
        elif among is not None:
            first = self.rows("SELECT rowid FROM passage WHERE passage MATCH ? LIMIT ?", (query, among))
            if not first:
                return []
            sql, values = f"{sql} AND rowid <= ?", (query, first[-1][0])
        found = self.rows(f"{sql} ORDER BY 1 DESC, rowid LIMIT ?", (*values, limit))
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

    def slugs(self, query: str) -> set[str]:
        """The monographs with a passage that matches an FTS5 query."""
        return {slug for (slug,) in self.rows("SELECT DISTINCT slug FROM passage WHERE passage MATCH ?", (query,))}

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
            sql = "SELECT name, heading, text FROM passage WHERE rowid BETWEEN ? AND ?"
            for row in self.rows(sql, passages_of(number)):
                yield " ".join(row)

    def treating(self, words: Sequence[str]) -> set[str]:
        """The slugs of the monographs whose usage section holds all the words in a line that does not exclude them."""
        from druginfo.spelling import variants

        spelled = (" OR ".join(f'"{each}"' for each in variants(word)) for word in words if word.isalnum())
        query = f"text : ({' AND '.join(f'({each})' for each in spelled)})"
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


_EXCLUDES = re.compile(r"\bnot (?:for|approved|indicated|recommended|covered|to be)\b|\blimitations?\b", re.I)
_EXCEPT = re.compile(r"\b(?:without|except(?: in| for)?|excluding|other than)\b[^,;.:()]*", re.I)


def _includes(marked: str, hits: int) -> bool:
    """Whether a line has so many different hits and neither it nor the item that it is nested in says "not for"."""
    out = -1  # the indentation of the line that excludes those nested in it
    for line in marked.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if 0 <= out < indent:
            continue
        out = indent if _EXCLUDES.search(line) else -1
        told = _EXCEPT.sub("", line)
        if out < 0 and len({hit.casefold() for hit in re.findall("\x02([^\x03]*)\x03", told)}) >= min(hits, 3):
            return True
    return False


def _section(
    key: str, title: str, level: int, line: int, markdown: str, text: str, blocks: list[Any], over: list[str]
) -> Section:
    return Section(key, title, level, line, markdown, text, tuple(_block(*block) for block in blocks), tuple(over))


def _block(
    kind: BlockKind, line: int, depth: int, marker: str, lines: list[str], cells: list[str], header: list[str]
) -> Block:
    return Block(kind, line, depth, marker, tuple(lines), tuple(cells), tuple(header))


def checksum(front: str, body: bytes) -> int:
    """What tells that a monograph's rows are as they were written."""
    return zlib.crc32(body, zlib.crc32(front.encode()))
