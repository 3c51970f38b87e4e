"""One SQLite file that remembers what the monographs say, so that answering does not mean reading them all again.

The store is disposable: it holds nothing that the files do not. It counts only while its list of files with their
stamps equals the directory's, and while nobody but druginfo wrote to it (`store.keeping`). What of it is shown comes
from a row with a checksum, so a bit that flipped on the disk means a new store, never another dose.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from druginfo import __version__
from druginfo.model import Card, Faq, FaqHit, Fault, Monograph, Named

SCHEMA = f"druginfo {__version__} 152"
"""Changes with the tables (`store.writing`) and with anything that reading a monograph makes of its file."""
PASSAGES_PER_FILE = 1 << 20
"""A passage's number is its file's times this, plus its place in the file; a file's comes from its slug alone
(`store.writing`), so that what ranks equally has the same order in every store of the same library."""
FAQ = PASSAGES_PER_FILE >> 1
"""What the numbers of questions have and no other's: to look up what a passage is takes longer than to rank it."""


def passages_of(file: int) -> tuple[int, int]:
    """The first and the last number that a file's passages can have."""
    return file * PASSAGES_PER_FILE, (file + 1) * PASSAGES_PER_FILE - 1


_AMONG = "slug IN (SELECT value FROM json_each(?))"
_MOST_COMPARED = 3_000
"""FAQs: all of some three hundred monographs; to rank those of 10,000 takes longer than all the rest of an answer."""
_MOST_DEFINED = 300
"""How many monographs are asked what an abbreviation stands for: of 10,000 the others say nothing else."""
Progress = Callable[[int, int], None]
"""Called with (files read, files to read) while monographs are read."""
Rows = list[sqlite3.Row]


class Damaged(Exception):
    """The store cannot be trusted; build it anew."""


CHECKED = {
    "file": ("id", "slug", "path", "card", "line", "fault"),
    "body": ("id", "body"),
    "passage": ("rowid", "name", "heading", "text", "slug", "section", "line", "kind"),
    "abbreviation": ("short", "long", "file"),
    "indication": ("slug", "line", "text", "whole", "file"),
    "example": ("folded", "target", "role", "strengths", "section", "line", "text", "slug", "file"),
}
"""The columns that a table's checksum is of, in this order. `card` is JSON; `body` is a line of JSON, the number of the
body's first line and the front matter's nodes, and the body, compressed: to read this is as quick as to unpack what was
read of it."""
STORE_OF = {"passage": "texts", "abbreviation": "texts", "example": "readings", "indication": "readings"}
"""The store of a table; what is not here is in `named`, and each has its own numbers of files."""


compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""A value as JSON; none holds itself, and to look for that takes a fifth of the time."""


def checksum(values: Iterable[Any]) -> int:
    """What shows that a row is as it was written: of its values in the order of `CHECKED`."""
    parts = list(values)
    if bytes in map(type, parts):
        encoded = (v if isinstance(v, bytes) else str(v).encode("utf-8", "surrogatepass") for v in parts)
        return zlib.crc32(b"\0".join(encoded))
    return zlib.crc32("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))


class Reading(ABC):
    """What a store is asked. Every method raises what `rows` raises."""

    @abstractmethod
    def rows(
        self, table: str, sql: str, values: Sequence[Any] = (), *, checked: bool = False, count: int | None = None
    ) -> Rows:
        """Every row of a query's result, as `read` gives them. `table` is one of those asked: it says which store."""

    def _of(self, table: str, rest: str, values: Sequence[Any] = (), more: str = "", count: int | None = None) -> Rows:
        """Rows of one table, checked; `more` are further columns, `rest` is what follows the table's name."""
        columns = ", ".join((*CHECKED[table], "crc"))
        return self.rows(table, f"SELECT {columns}{more} FROM {table} {rest}", values, checked=True, count=count)

    # ------------------------------------------------------------ names

    def exact(self, folded: str) -> list[Named]:
        """The library's names that fold to `folded`, by slug."""
        rest = "WHERE id IN (SELECT file FROM name WHERE folded = ?) ORDER BY slug"
        return [name for row in self._of("file", rest, (folded,)) for name in names_in(row) if name.folded == folded]

    def beginning(self, folded: str) -> list[Named]:
        """The library's names whose fold begins so, by name."""
        rest = "WHERE id IN (SELECT file FROM name WHERE folded >= ? AND folded < ?)"
        found = self._of("file", rest, (folded, folded + "\U0010ffff"))
        names = [name for row in found for name in names_in(row) if name.folded.startswith(folded)]
        return sorted(names, key=lambda name: (name.name, name.slug))

    def all(self) -> list[Named]:
        """Every name of every monograph, by slug."""
        return [name for row in self._of("file", "WHERE card NOTNULL ORDER BY slug") for name in names_in(row)]

    def with_bones(self, bones: Iterable[str]) -> list[str]:
        """The folded names with some skeletons, codes left out."""
        sql = "SELECT DISTINCT folded FROM name WHERE bones IN (SELECT value FROM json_each(?))"
        return [row["folded"] for row in self.rows("name", sql, (json.dumps([*bones]),))]

    def of_length(self, shortest: int, longest: int) -> list[str]:
        """The folded names of so many letters, codes left out."""
        sql = (
            "SELECT group_concat(folded, ' ') AS names FROM name WHERE bones NOTNULL AND length(folded) BETWEEN ? AND ?"
        )
        (row,) = self.rows("name", sql, (shortest, longest))
        return [*dict.fromkeys((row["names"] or "").split())]

    def without_salt(self, folded: str) -> set[str]:
        """The slugs that have it for a title, INN or slug, but for salt words."""
        sql = "SELECT slug FROM file WHERE id IN (SELECT file FROM bare WHERE folded = ?)"
        return {row["slug"] for row in self.rows("name", sql, (folded,))}

    def combinations(self) -> dict[str, str]:
        """The titles that join several ingredients, by slug."""
        found = self._of("file", "WHERE id IN (SELECT file FROM combination) ORDER BY slug")
        return {row["slug"]: json.loads(row["card"])["title"] for row in found}

    def titles(self, slugs: Iterable[str]) -> dict[str, str]:
        """The titles of monographs that there are."""
        wanted = list(set(slugs))
        found = self._of("file", f"WHERE card NOTNULL AND {_AMONG}", (json.dumps(wanted),), count=len(wanted))
        return {row["slug"]: json.loads(row["card"])["title"] for row in found}

    # ------------------------------------------------------------ monographs

    def classed(self) -> list[tuple[str, ...]]:
        """The classes that monographs have, each combination of them once."""
        return [tuple(json.loads(row["classes"])) for row in self.rows("class", "SELECT DISTINCT classes FROM class")]

    def of_classes(self, classes: Iterable[Sequence[str]]) -> list[str]:
        """The slugs of the monographs with just one of these combinations of classes."""
        among = "SELECT file FROM class WHERE classes IN (SELECT value FROM json_each(?))"
        sql = f"SELECT slug FROM file WHERE id IN ({among})"
        return [row["slug"] for row in self.rows("class", sql, (json.dumps([*map(compact, classes)]),))]

    def banned(self) -> list[str]:
        """The slugs of the monographs that their front matter marks as banned."""
        sql = "SELECT slug FROM file WHERE id IN (SELECT file FROM class WHERE is_banned)"
        return [row["slug"] for row in self.rows("file", sql)]

    def cards(self, slugs: Iterable[str] | None = None) -> list[Card]:
        """What a list shows, by title: of these monographs, or of all."""
        found = []
        among, values = ("", ()) if slugs is None else (f" AND {_AMONG}", (json.dumps(list(slugs)),))
        for row in self._of("file", f"WHERE card NOTNULL{among}", values):
            card = json.loads(row["card"])
            brands = tuple(name for _, name, field in card["names"] if field == "brand")
            found.append(
                Card(
                    row["slug"],
                    card["title"],
                    tuple(card["classes"]),
                    brands,
                    card["is_banned"],
                    card["last_modified"],
                    card["description"],
                )
            )
        return sorted(found, key=lambda c: (c.title.casefold(), c.slug))

    def monograph(self, slug: str) -> Monograph | None:
        """The monograph, or None where there is none by that slug."""
        for file in self.file(slug):
            from druginfo.parse import assembled
            from druginfo.parse.front_matter import unpacked

            (body,) = self._of("body", "WHERE id = ?", (file["id"],), count=1)
            head, _, text = zlib.decompress(body["body"]).decode("utf-8", "surrogatepass").partition("\n")
            first, pairs = json.loads(head)
            front = [(unpacked(*key), unpacked(*value)) for key, value in pairs]
            return assembled(front, text, first, slug, file["path"])
        return None

    def examples(self, folded: Sequence[str], but: str = "") -> Rows:
        """Of each role and class that texts give one of the names as an example of, the first text, by slug and line,
        that does, of all monographs `but` one: `target`, `role`, `strengths`, `section`, `line`, `text`, `slug`."""
        marks = ", ".join("?" * len(folded))
        rest = f"WHERE folded IN ({marks}) AND slug != ? GROUP BY target, role, strengths ORDER BY slug, line"
        return self._of("example", rest, (*folded, but), ", min(slug || char(1) || printf('%09d', line))")

    def file(self, slug: str, count: int | None = None) -> Rows:
        """The row of a monograph's file, with its `stamp`; none where there is no monograph by that slug."""
        return self._of("file", "WHERE slug = ? AND card NOTNULL", (slug,), ", stamp", count)

    def faults(self) -> list[Fault]:
        """The files that could not be read, by path."""
        found = self._of("file", "WHERE fault NOTNULL ORDER BY path")
        return [Fault(row["path"], row["line"], row["fault"]) for row in found]

    def faqs(self, slug: str | None = None) -> list[FaqHit]:
        """The questions of one monograph or of all, by title, in the monograph's order."""
        where, values = "rowid & ?", tuple[int, ...]((FAQ,))
        if slug is not None:
            first, last = self._numbers_of(slug)
            where, values = "rowid BETWEEN ? AND ?", (first + FAQ, last)
        rows = self._of("passage", f"WHERE {where} ORDER BY rowid", values)
        hits: dict[str, list[Faq]] = {}
        for row in rows:
            hits.setdefault(row["slug"], []).append(Faq(row["heading"], row["text"], row["line"]))
        titles = self.titles(hits)
        order = sorted(hits, key=lambda each: (titles[each].casefold(), each))
        return [FaqHit(each, titles[each], faq, None) for each in order for faq in hits[each]]

    # ------------------------------------------------------------ passages

    def search_faqs(self, terms: Sequence[Sequence[str]], limit: int) -> list[FaqHit]:
        """The FAQs that best match any of the terms, best first; of more than can be compared, those that match all.

        A term is a word with the words that mean the same; a hit in the question counts more than one in the answer.
        """
        groups = [" OR ".join(f'"{word}"' for word in term if word.isalnum()) for term in terms]
        groups = [f"({group})" for group in groups if group]
        if not groups:
            return []
        scores, is_whole = self._ranked_faqs(" OR ".join(groups))
        if not is_whole and len(groups) > 1:
            with_all, _ = self._ranked_faqs(" AND ".join(groups))
            scores = with_all if len(with_all) >= limit else scores | with_all
        least = sorted(scores.values(), reverse=True)[:limit][-1:]  # all that rank equally, for their order is another
        numbers = json.dumps([number for number, score in scores.items() if [score] >= least])
        rows = self._of("passage", "WHERE rowid IN (SELECT value FROM json_each(?))", (numbers,))
        rows.sort(key=lambda row: (-scores[row["rowid"]], row["slug"], row["line"]))
        titles = self.titles(row["slug"] for row in rows[:limit])
        faqs = (Faq(row["heading"], row["text"], row["line"]) for row in rows)
        return [
            FaqHit(row["slug"], titles[row["slug"]], faq, round(scores[row["rowid"]], 3))
            for row, faq in zip(rows[:limit], faqs, strict=False)
        ]

    def _numbers_of(self, slug: str) -> tuple[int, int]:
        """The first and the last number that the passages of a monograph can have; the same where there is none."""
        file = self.rows("passage", "SELECT id FROM file WHERE slug = ?", (slug,))
        return passages_of(file[0]["id"]) if file else (0, 0)

    def _ranked_faqs(self, query: str) -> tuple[dict[int, float], bool]:
        """The score of each of the FAQs that match, by number, and whether these are all that match."""
        sql = "SELECT -bm25(passage, 0, 6, 1) AS score, rowid FROM passage WHERE passage MATCH ? AND rowid & ? LIMIT ?"
        found = self.rows("passage", sql, (query, FAQ, _MOST_COMPARED))
        return {row["rowid"]: row["score"] for row in found}, len(found) < _MOST_COMPARED

    def ranked(
        self, query: str, slug: str | None = None, limit: int = -1, among: int | None = None
    ) -> list[tuple[float, int]]:
        """(score, passage) of the passages that match an FTS5 query best, of all without `limit`; higher is better.

        What ranks equally comes in the order of its number. With `among`, no more than the first so many matches by
        number are compared: to rank every one of 25,000 takes longer than all the rest of a search.
        """
        sql = "SELECT -bm25(passage) AS score, rowid FROM passage WHERE passage MATCH ?"
        values: tuple[Any, ...] = (query,)
        if slug is not None:
            sql, values = f"{sql} AND rowid BETWEEN ? AND ?", (query, *self._numbers_of(slug))
        elif among is not None:
            sql, values = f"SELECT score, rowid FROM ({sql} LIMIT ?)", (query, among)
        found = self.rows("passage", f"{sql} ORDER BY score DESC, rowid LIMIT ?", (*values, limit))
        return [(round(row["score"], 6), row["rowid"]) for row in found]

    def places(self, passages: Sequence[int]) -> Rows:
        """Of each passage `rowid`, `slug`, `section` (its key), `line`, `kind`."""
        return [row for passage in passages for row in self._of("passage", "WHERE rowid = ?", (passage,))]

    def marked(self, query: str, passage: int) -> tuple[str, str, str]:
        """A passage's names, heading and text, each word that the query hits between U+0002 and U+0003."""
        columns = "".join(f", highlight(passage, {n}, char(2), char(3)) AS marked_{n}" for n in range(3))
        (row,) = self._of("passage", "WHERE passage MATCH ? AND rowid = ?", (query, passage), columns, count=1)
        return row["marked_0"], row["marked_1"], row["marked_2"]

    def holds(self, query: str) -> bool:
        """Whether any passage matches an FTS5 query."""
        return bool(self.rows("passage", "SELECT 1 FROM passage WHERE passage MATCH ? LIMIT 1", (query,)))

    def slugs(self, query: str) -> set[str]:
        """The monographs with a passage that matches an FTS5 query."""
        of = f"SELECT DISTINCT rowid / {PASSAGES_PER_FILE} FROM passage WHERE passage MATCH ?"
        return {row["slug"] for row in self.rows("passage", f"SELECT slug FROM file WHERE id IN ({of})", (query,))}

    def texts(self, most: int) -> Iterator[str]:
        """Everything that can be searched in the first monographs, by slug."""
        for file in self.rows("passage", "SELECT id FROM file ORDER BY slug LIMIT ?", (most,)):
            for row in self._of("passage", "WHERE rowid BETWEEN ? AND ?", passages_of(file["id"])):
                yield f"{row['name']} {row['heading']} {row['text']}"

    def meanings(self, word: str) -> list[str]:
        """What an abbreviation stands for, or how words are abbreviated, as monographs define it, commonest first."""
        folded, found = word.casefold(), list[str]()
        for have, want in (("short", "long"), ("long", "short")):
            counts: dict[str, int] = {}
            for row in self._of("abbreviation", f"WHERE {have} = ? ORDER BY rowid LIMIT {_MOST_DEFINED}", (folded,)):
                counts[row[want]] = counts.get(row[want], 0) + 1
            found += sorted(counts, key=lambda each: (-counts[each], each))[:3]
        return found

    def indications(self, query: str) -> Rows:
        """Of each indication that matches an FTS5 query: slug, line, text, whole."""
        where = "WHERE rowid IN (SELECT rowid FROM indicated WHERE indicated MATCH ?) ORDER BY file, rowid"
        return self._of("indication", where, (query,))


def read(
    connection: sqlite3.Connection, sql: str, values: Sequence[Any] = (), checked: str = "", count: int | None = None
) -> Rows:
    """Every row of a query's result; those of the table `checked` are compared with their checksum.

    Raises Damaged where the file is, where a checksum is another, and where there are not `count` rows.
    """
    try:
        found: Rows = connection.execute(sql, values).fetchall()
    except UnicodeEncodeError:  # a lone surrogate, as undecodable bytes on a command line give: no file has any
        return []
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error
    if count is not None and len(found) != count:
        raise Damaged("a row is lost")
    if checked:
        columns = len(CHECKED[checked])
        for row in found:
            if checksum(row[:columns]) != row["crc"]:
                raise Damaged(f"a row of {checked} is not as it was written")
    return found


def names_in(row: sqlite3.Row) -> Iterator[Named]:
    """The names that a row of a file has."""
    if row["card"]:
        card = json.loads(row["card"])
        for folded, name, field in card["names"]:
            yield Named(folded, name, field, row["slug"], card["title"])
