"""Which monographs are in force, and opening one. The front door for Python:

>>> from druginfo import Library
>>> library = Library()
>>> library.open(library.find("olumiant").slug).title
'Baricitinib'
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from druginfo import listing, places
from druginfo.errors import Absent, Ambiguous, Failed, NotFound
from druginfo.guard import argument, arguments
from druginfo.library import kept
from druginfo.library.keeping import Opened, forget, open_store
from druginfo.library.rows import STORE_OF, Damaged, Progress, Reading, Rows, names_in, read
from druginfo.model import Affirmed, Fault, Match, Monograph, Named
from druginfo.names import fold
from druginfo.names.exact import named
from druginfo.terms import words_in

if TYPE_CHECKING:
    from druginfo.classes.profile import Profile
    from druginfo.names.listed import NameList
    from druginfo.names.resolution import Resolution
    from druginfo.terms.asked import Asked


T = TypeVar("T")
R = TypeVar("R")


def _own(slug: str, path: str, own: str) -> str | None:
    """What is said of a monograph that is the user's own, in the directory `own`; None for any other."""
    if not path.startswith(own):
        return None
    replaces = "; it is used instead of the shipped one" if (places.shipped() / f"{slug}.md").is_file() else ""
    return f"Your own monograph{replaces}"


class Library(Reading):
    """All monographs in force: those of `roots`, a later root overriding an earlier one by slug.

    Without `roots`: the variable DRUGINFO_MONOGRAPHS, else the shipped ones and then the user's own. The state of the
    directories is taken once, when first asked, and kept in a store beside them (`library.rows`), which answers.
    Methods raise Failed where a root cannot be read or no monograph is there at all.
    """

    def __init__(self, roots: Sequence[str | os.PathLike[str]] = (), *, progress: Progress | None = None) -> None:
        self._stores: dict[str, Opened] = {}
        self._files: dict[str, Any] = {}
        self._of_length: dict[tuple[int, int], list[str]] = {}
        self.roots, self._optional = places.roots(roots)
        self._progress = progress
        self._listed = listing.listing((), ())
        self._scopes: dict[str, tuple[str | None, str | None]] = {}
        self._opened: dict[str, Monograph] = {}
        self._names: NameList | None = None
        self._asked = 0

    # ------------------------------------------------------------ what is in force

    @cached_property
    def _own_path(self) -> str:
        return f"{places.own()}{os.sep}"

    @property
    def store(self) -> Opened:
        """The store of the names and texts, opened when first asked for."""
        if "named" not in self._stores:
            self._list()
            self._stores["named"] = self._open("named")
        return self._stores["named"]

    def _list(self) -> None:
        self._listed = listing.listing(self.roots, self._optional)
        if self._listed.is_empty:
            raise self._empty()

    def _open(self, store: str, *, in_memory: bool = False) -> Opened:
        path = None if in_memory else places.index(self.roots, self._optional, store)
        return open_store(self._listed, path, self._progress, store)

    def rows(
        self, table: str, sql: str, values: Sequence[Any] = (), *, checked: bool = False, count: int | None = None
    ) -> Rows:
        """Rows of the stores. One that proves damaged is forgotten, built anew, in memory if need be, and asked again.

        Raises Failed where the files changed meanwhile, for an answer never mixes two states of the library.
        """
        store, of = STORE_OF.get(table, "named"), table if checked else ""
        if self.store and store not in self._stores:
            self._stores[store] = self._open(store)
        try:
            return read(self._stores[store].connection, sql, values, of, count)
        except Damaged:
            path, listed = self._stores[store].path, self._listed
        for in_memory in (False, True):
            self.close()
            forget(path)
            self._list()
            if not self._listed.is_noted(listed.note):
                raise Failed("The monographs changed while they were read; ask again.")
            for each in dict.fromkeys(("named", store)):
                self._stores[each] = self._open(each, in_memory=in_memory and each == store)
            try:
                return read(self._stores[store].connection, sql, values, of, count)
            except Damaged as error:
                reason = str(error)
        raise Failed(f"What was read cannot be read back, not even in memory ({reason}); is the memory damaged?")

    def close(self) -> None:
        """Let go of the stores; the next question opens them again."""
        for opened in self._stores.values():
            opened.connection.close()
        self._stores.clear()
        self._files.clear()
        self._of_length.clear()

    def __del__(self) -> None:
        self.close()  # a connection and its statements refer to each other and would wait for the collector

    def files(self) -> tuple[list[Path], list[Fault]]:
        """The files in force, by slug, and those left out unread. Opens no store."""
        found = listing.listing(self.roots, self._optional)
        if found.is_empty:
            raise self._empty()
        in_force, doubles = listing.files(found)
        return [Path(file.path) for file in in_force], [*found.skipped, *doubles]

    def skipped(self) -> list[Fault]:
        """The files that were left out, and why."""
        faults = self.faults()
        return sorted([*self._listed.skipped, *faults], key=lambda f: (f.path, f.line))

    def _empty(self) -> Failed:
        where = ", ".join(map(str, self.roots))
        return Failed(f"No monographs in {where}: name a directory of .md files with --monographs.")

    # ------------------------------------------------------------ drugs by name

    def resolve(self, query: str, *, exact: bool = False, explain: bool = False) -> Resolution:
        """What a name means, found or not; raises nothing for an unknown name."""
        if self._asked > MANY:
            self.hold_names()
        names = self._names or self
        if not explain and (match := named(query, names)):
            from druginfo.names.resolution import Resolution, notice

            return Resolution(query, "found", self._scoped(match), None, (), notice(match) or match.title)
        from druginfo.names.matching import resolve

        self._asked += 1
        found = resolve(query, names, exact=exact, explain=explain)
        match = found.match and self._scoped(found.match)
        return found if match is found.match else found._replace(match=match)

    def hold_names(self) -> None:
        """Read the rows of all names at once, for many queries."""
        if self._names is None:
            from druginfo.names.listed import NameList

            held = self._of("file", "WHERE card NOTNULL ORDER BY slug", (), ", stamp")
            self._files.update((row["slug"], row) for row in held)
            self._names = NameList(name for row in held for name in names_in(row))

    def find(self, query: str, *, exact: bool = False) -> Match:
        """The drug of that name. Raises NotFound, Absent, Ambiguous, each with candidates."""
        if match := named(query, self):
            return self._scoped(match)
        resolution = self.resolve(query, exact=exact)
        if resolution.match:
            return resolution.match
        message, candidates = resolution.message, resolution.candidates
        if resolution.status == "absent":
            parts = [each.slug for each in candidates if each.slug]
            if len(parts) > 1:  # a combination of drugs that have monographs
                hint = f"`druginfo interactions {' '.join(parts)}` shows what these say of each other."
            else:
                known = str(resolution.known_as)
                hint = (
                    f"`druginfo import --fetch {argument(known.lower())}` gets its label; "
                    f"`druginfo search {arguments(known)}` shows what the others say of it."
                )
            raise Absent(f"{message} {hint}", query=query, candidates=candidates)
        raise (Ambiguous if resolution.status == "ambiguous" else NotFound)(message, query=query, candidates=candidates)

    def _scoped(self, match: Match) -> Match:
        """The match with what its monograph says it covers, and whether that is the user's own."""
        if match.slug not in self._scopes:
            row = self._file(match.slug, 1)
            self._scopes[match.slug] = json.loads(row["card"])["scope"], _own(match.slug, row["path"], self._own_path)
        scope, own = self._scopes[match.slug]
        return match._replace(scope=scope, own=own) if scope or own else match

    def of_length(self, shortest: int, longest: int) -> list[str]:
        """The folded names of so many letters, codes left out. They are held: the words of one query ask for the same
        ones, and of 10,000 monographs it takes three milliseconds to read them."""
        key = shortest, longest
        if key not in self._of_length:
            self._of_length[key] = super().of_length(shortest, longest)
        return self._of_length[key]

    def knows(self, name: str) -> bool:
        """Whether a monograph has exactly this name, folded."""
        return bool(self.exact(fold(name)))

    def open(self, slug: str) -> Monograph:
        """The monograph with that slug. Raises NotFound."""
        monograph = self._opened.get(slug) or self.monograph(slug)
        if monograph is None:
            raise self._no_such(slug)
        if len(self._opened) >= _MOST_OPENED:
            self._opened.clear()
        self._opened[slug] = monograph
        return monograph

    def _no_such(self, slug: str) -> NotFound:
        return NotFound(f"There is no monograph “{slug}”.", query=slug)

    def profile(self, slug: str) -> Profile:
        """What a question about two drugs needs of the monograph, read when it is first asked for and then kept.

        Raises NotFound.
        """
        from druginfo.classes.profile import unpacked

        def read() -> list[Any]:
            from druginfo.classes.profile import packed
            from druginfo.library import profiling

            return packed(profiling.read(self.open(slug)))

        return unpacked(self.kept(slug, "profile", read))

    def kept(self, slug: str, what: str, read: Callable[[], list[Any]]) -> list[Any]:
        """What `read` gives of a monograph's present text: read when it is first asked for, then kept (`library.kept`).

        Raises NotFound.
        """
        row = self._file(slug)
        mark = f"{what} {slug} {row['stamp']}"
        found: list[Any] = kept.value(self.store.path, f"{row['id']:x}.{what}", mark, read)
        return found

    def gathered(self, slug: str, what: str) -> dict[str, Any]:
        """What was found of a monograph together with others, by their names, in the library's present state.

        Raises NotFound.
        """
        return kept.loaded(*self._gathered(slug, what)) or {}

    def gather(self, slug: str, what: str, found: dict[str, Any]) -> None:
        """Keep what is now `gathered`. Raises NotFound."""
        kept.keep(*self._gathered(slug, what), found)

    def _gathered(self, slug: str, what: str) -> tuple[Path | None, str, str]:
        store = self.store
        return store.path, f"{self._file(slug)['id']:x}.{what}", json.dumps([what, slug, store.note])

    def names_of(self, slug: str) -> list[Named]:
        """Every name of one monograph. Raises NotFound."""
        return list(names_in(self._file(slug)))

    def _file(self, slug: str, count: int | None = None) -> Any:
        """The row of a monograph's file, which must be there where `count` is 1. Raises NotFound."""
        if slug not in self._files:
            self._files.update((slug, row) for row in self.file(slug, count))
        if slug not in self._files:
            raise self._no_such(slug)
        return self._files[slug]

    def kept_of_all(self, what: str, read: Callable[[], T]) -> T:
        """What `read` gives of the library in its present state: read when first asked for, then kept for a while."""
        name = f"{zlib.crc32(what.encode('utf-8', 'surrogatepass')) % _KEPT_OF_ALL}.all"
        mark = json.dumps([what, self.store.note])
        found: T = kept.value(self.store.path, name, mark, read)
        return found

    def at_once(self, here: Callable[[], T], there: Callable[[], R], *, pays: bool) -> tuple[T, R]:
        """What both give; where it pays and a processor is idle, the second in a copy of this process.

        What that one gives comes through a pipe. It must ask nothing of the library that only this process holds.
        """
        from druginfo.processes import Copy, idle_processors

        if not (pays and self.store.path and idle_processors() > 1):
            return here(), there()
        note, ours = self.store.note, os.getpid()

        def apart() -> R:
            if os.getpid() != ours:  # else no copy could be made, or it came to nothing
                self.close()  # two processes cannot read by one connection
                if self.store.note != note:
                    raise Failed("The monographs changed while they were read; ask again.")
            return there()

        copy = Copy(apart)
        try:
            return here(), copy.result()
        finally:
            copy.close()

    def words(self, shortest: int, longest: int) -> dict[str, int]:
        """The words of so many letters, with how often they occur in the first monographs and in all names."""

        def read() -> str:
            counts: dict[str, int] = {}
            for text in (*self.texts(_SAMPLE), *(each.name for each in self.all())):
                for word in re.findall(r"[^\W\d_]{3,}", text.casefold()):
                    counts[word] = counts.get(word, 0) + 1
            lines: list[list[str]] = [[] for _ in range(_LONGEST_WORD + 1)]
            for word, count in counts.items():
                lines[min(len(word), _LONGEST_WORD)].append(f"{word} {count}")
            return "\n".join(map(" ".join, lines))

        lines = self.kept_of_all("words", read).split("\n")
        found = " ".join(lines[max(shortest, 0) : longest + 1]).split()
        return dict(zip(found[::2], map(int, found[1::2]), strict=True))

    def monographs(self) -> Iterator[Monograph]:
        """Every monograph, by title."""
        for card in self.cards():
            yield self.open(card.slug)

    def treats(self, condition: str) -> set[str]:
        """The slugs of the monographs whose indications name the condition, with every qualifier of it.

        "Migraine prevention" is what an indication of prophylaxis, prevention or a lower risk names.
        """
        return set(self.affirming(condition))

    def affirming(self, condition: str) -> dict[str, list[Affirmed]]:
        """The same, each with the lines of its indications that do."""
        from druginfo.terms.asked import asks_prevention, read

        written = " ".join(condition.split())
        found = {} if asks_prevention(written) else self._naming(written)
        asked = read(written, self.meanings)
        return found if found and len(asked.conditions) < 2 else self._naming_parts(asked) | found

    def _naming(self, written: str) -> dict[str, list[Affirmed]]:
        """The indications that name a condition or an organism by the words as they are written, or what a condition is
        a kind of, unless the text denies that very kind."""
        from druginfo.terms.conditions import organism, own_names
        from druginfo.topics.indications import denies, is_against, is_for

        organisms = organism(written)
        asked = organisms or self._wordings(written)
        rows = [
            row
            for row in self._with_words_of(asked)
            if (is_against(row["whole"], organisms) if organisms else is_for(row["text"], asked))
        ]
        own = own_names(written)
        if organisms or not own or set(asked) <= set(own):
            return _by_slug(rows)
        by_name = {row["slug"] for row in rows if is_for(row["text"], own)}
        in_general = {row["slug"] for row in rows} - by_name
        denied = {slug for slug in in_general if denies(self.open(slug), written)}
        return _by_slug(row for row in rows if row["slug"] not in denied)

    def _naming_parts(self, asked: Asked) -> dict[str, list[Affirmed]]:
        """Those that name each part of a phrase, one of its conditions as what the drug is for; of a prevention also as
        what is to be prevented."""
        from druginfo.terms.asked import PREVENTION, TREATMENT
        from druginfo.topics.indications import AIM, is_for

        aims = [part.stage for part in asked.parts if part.stage and part.stage.group == "aim"]
        stages = {part.stage.key: part.text for part in asked.parts[::-1] if part.stage}  # "acute migraine attack"
        kinds = [text for (group, _), text in reversed(stages.items()) if group != "aim"]
        conditions = [tuple(" ".join((*kinds, way)) for way in part.ways) for part in asked.conditions]
        is_prevention = asked.has(PREVENTION)

        def is_named(row: Any) -> bool:
            text = row["text"].removeprefix(AIM) if is_prevention else row["text"]
            whole = text if len(conditions) == 1 else row["whole"]
            return (
                any(is_for(text, each) for each in conditions)
                and all(is_for(whole, each) for each in conditions)
                and all(aim.is_in(whole) for aim in aims if aim.name != TREATMENT)
            )

        return _by_slug(filter(is_named, self._with_words_of(conditions[0]))) if conditions else {}

    def _wordings(self, written: str) -> tuple[str, ...]:
        """All names of a condition that the tables know; else it as written, without the British hyphen
        ("gastro-oesophageal"), and as texts may call it."""
        from druginfo.terms.conditions import named
        from druginfo.topics.indications import fewest

        if known := named(written):
            return fewest(known)
        joined = re.sub(r"(?<=[a-z]{3})-(?=[a-z]{4})", "", written)
        return tuple(dict.fromkeys((written, joined, *self.called_too(written))))

    def _with_words_of(self, conditions: Iterable[str]) -> Rows:
        """The indications of the monographs that have the words of any of the conditions."""
        from druginfo.terms.spelling import variants

        parts = []
        for words in filter(None, (words_in(each) for each in conditions)):
            spelled = (" OR ".join(f'"{each}"' for each in variants(word)) for word in words)
            parts.append(f"({' AND '.join(f'({each})' for each in spelled)})")
        return self.indications(" OR ".join(parts)) if parts else []

    def called_too(self, condition: str) -> tuple[str, ...]:
        """What monographs call a condition that was named in everyday words or abbreviated."""
        from druginfo.terms.asked import meant_by

        meant = self.meanings(" ".join(condition.split()))
        return (
            *meant_by(condition),
            *(each if len(each) >= _LONGEST_ABBREVIATION or " " in each else each.upper() for each in meant),
        )


MANY = 8
"""Queries after which all names are read at once."""
_LONGEST_ABBREVIATION = 9
_LONGEST_WORD = 64
_KEPT_OF_ALL = 256
"""Files: what was asked long ago makes room for what is asked now."""
_SAMPLE = 300
"""Monographs whose words are offered in place of a misspelled one."""
_MOST_OPENED = 64
"""Monographs that are held, so that an answer that comes to one again does not read it again."""


def _by_slug(rows: Iterable[Any]) -> dict[str, list[Affirmed]]:
    found: dict[str, list[Affirmed]] = {}
    for row in rows:
        lines, line = found.setdefault(row["slug"], []), Affirmed(row["line"], row["whole"])
        lines += [line] if line not in lines else []
    return found
