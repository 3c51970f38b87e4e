"""Which monographs are in force, and opening one. The front door for Python:

>>> from druginfo import Library
>>> library = Library()
>>> library.open(library.find("olumiant").slug).title
'Baricitinib'
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from druginfo.errors import Absent, Ambiguous, Failed, NotFound
from druginfo.index import Broken, Index, Progress
from druginfo.index.keeping import forget, open_index
from druginfo.index.listing import files, listing
from druginfo.model import Card, Faq, FaqHit, Fault, Match, Monograph, Named
from druginfo.names import fold
from druginfo.names.exact import named

if TYPE_CHECKING:
    from druginfo.names.resolution import Resolution

T = TypeVar("T")


def shipped() -> Path:
    """The directory of the monographs that come with druginfo, in a checkout and in an installed wheel."""
    here = Path(__file__).resolve().parent
    installed = here / "monographs"
    return installed if installed.is_dir() else here.parents[1] / "monographs"


def own() -> Path:
    """The user's own directory of monographs, which overrides the shipped ones by slug. It need not exist."""
    return _directory("data") / "monographs"


def cache() -> Path | None:
    """Where the index is kept; None where there is no such place."""
    directory = _directory("cache")
    return directory if directory.is_absolute() else None


def _directory(of: Literal["data", "cache"]) -> Path:
    if sys.platform == "linux":  # as platformdirs says, which takes a tenth of a start to load
        home = {"data": "~/.local/share", "cache": "~/.cache"}[of]
        return Path(os.environ.get(f"XDG_{of.upper()}_HOME", "").strip() or os.path.expanduser(home), "druginfo")
    import platformdirs

    directory = platformdirs.user_data_dir if of == "data" else platformdirs.user_cache_dir
    return Path(directory("druginfo", appauthor=False))


class Library:
    """All monographs in force: those of `roots`, a later root overriding an earlier one by slug.

    Without `roots`: the variable DRUGINFO_MONOGRAPHS, else the shipped ones and then the user's own. The state of the
    directories is taken once, when first asked. Methods raise Failed where a root cannot be read or no monograph is
    there at all.
    """

    def __init__(self, roots: Sequence[str | os.PathLike[str]] = (), *, progress: Progress | None = None) -> None:
        named = [Path(root) for root in roots] or [
            Path(part) for part in os.environ.get("DRUGINFO_MONOGRAPHS", "").split(os.pathsep) if part
        ]
        self.roots: tuple[Path, ...] = tuple(named) or (shipped(), own())
        self._optional = () if named else (self.roots[1],)
        self._progress = progress
        self._index: Index | None = None
        self._skipped: tuple[Fault, ...] = ()

    # ------------------------------------------------------------ names

    def resolve(self, query: str, *, exact: bool = False, explain: bool = False) -> Resolution:
        """What a name means, found or not; raises nothing for an unknown name."""
        from druginfo.names.matching import resolve

        return self.ask(lambda index: resolve(query, index, exact=exact, explain=explain))

    def find(self, query: str, *, exact: bool = False) -> Match:
        """The drug of that name. Raises NotFound, Absent, Ambiguous, each with candidates."""
        if match := self.ask(lambda index: named(query, index)):
            return match
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
                    f"`druginfo import --fetch {known.lower()}` gets its label; "
                    f"`druginfo search {known}` shows what the others say of it."
                )
            raise Absent(f"{message} {hint}", query=query, candidates=candidates)
        raise (Ambiguous if resolution.status == "ambiguous" else NotFound)(message, query=query, candidates=candidates)

    def knows(self, name: str) -> bool:
        """Whether a monograph has exactly this name, folded."""
        folded = fold(name)
        return bool(self.ask(lambda index: index.exact(folded)))

    def names(self) -> list[Named]:
        """Every name of every monograph."""
        return self.ask(lambda index: index.all())

    def names_beginning(self, text: str) -> list[Named]:
        """The names whose fold begins with the text's, for a person who is still typing."""
        folded = fold(text)
        return self.ask(lambda index: index.beginning(folded))

    # ------------------------------------------------------------ monographs

    def files(self) -> tuple[list[Path], list[Fault]]:
        """The files in force, by slug, and those left out unread. Opens no index."""
        found = listing(self.roots, self._optional)
        if found.is_empty:
            raise self._empty()
        in_force, doubles = files(found.text)
        return [Path(file.path) for file in in_force], [*found.skipped, *doubles]

    def open(self, slug: str) -> Monograph:
        """The monograph with that slug. Raises NotFound."""
        monograph = self.ask(lambda index: index.monograph(slug))
        if monograph is None:
            raise NotFound(f"There is no monograph “{slug}”.", query=slug)
        return monograph

    def cards(self) -> list[Card]:
        """What a list shows of every monograph, by title."""
        return self.ask(lambda index: index.cards())

    def monographs(self) -> Iterator[Monograph]:
        """Every monograph, by title."""
        for card in self.cards():
            yield self.open(card.slug)

    def faqs(self, slug: str | None = None) -> list[FaqHit]:
        """The questions of one monograph or of all, by title."""
        return [FaqHit(s, title, faq, None) for s, title, faq in self.ask(lambda index: index.faqs(slug))]

    def search_faqs(self, terms: Sequence[Sequence[str]], slug: str | None, limit: int) -> list[FaqHit]:
        """The FAQs that best match any of the terms (each a word and its synonyms), best first."""
        found = self.ask(lambda index: index.search_faqs(terms, slug, limit))
        titles = self.ask(lambda index: index.titles({row[0] for row in found}))
        return [FaqHit(s, titles[s], Faq(q, a, line), round(score, 3)) for s, q, a, line, score in found]

    def treats(self, condition: str) -> set[str]:
        """The slugs of the monographs whose indications name the condition."""
        asked = (condition, *self.called_too(condition))
        found: set[str] = set()
        for words in filter(None, (re.findall(r"[^\W_]+", each) for each in asked)):
            found |= self.ask(lambda index, words=words: index.treating(words))  # type: ignore[misc]
        return found

    def called_too(self, condition: str) -> tuple[str, ...]:
        """What monographs call a condition that was named in everyday words or abbreviated."""
        from druginfo.topics.terms import CONDITIONS

        said = " ".join(condition.split())
        return (*CONDITIONS.get(said.casefold(), ()), *self.ask(lambda index: index.meanings(said)))

    def skipped(self) -> list[Fault]:
        """The files that were left out, and why."""
        faults = self.ask(lambda index: index.faults())
        return sorted([*self._skipped, *faults], key=lambda f: (f.path, f.line))

    def ask(self, question: Callable[[Index], T]) -> T:
        """Answer from the index; where it turns out damaged, build it anew and ask again."""
        if self._index is None:
            self._index = self._open()
        try:
            return question(self._index)
        except Broken:
            path = self._index.path
            self.close()
            forget(path)
        for in_memory in (False, True):
            self._index = self._open(in_memory)
            try:
                return question(self._index)
            except Broken:
                self.close()
        raise Failed("The index cannot be read, not even in memory; is the disk or the memory damaged?")

    def close(self) -> None:
        """Let go of the index, so that other processes can refresh it; the next question takes it up again."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _open(self, in_memory: bool = False) -> Index:
        found = listing(self.roots, self._optional)
        self._skipped = found.skipped
        if found.is_empty:
            raise self._empty()
        return open_index(found.text, None if in_memory else _index_path(self.roots), self._progress)

    def _empty(self) -> Failed:
        where = ", ".join(map(str, self.roots))
        return Failed(f"No monographs in {where}: name a directory of .md files with --monographs.")


def _index_path(roots: Sequence[Path]) -> Path | None:
    import zlib

    directory = cache()
    if directory is None:
        return None
    key = "\n".join(os.path.abspath(root) for root in roots).encode("utf-8", "surrogateescape")
    return directory / f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}.sqlite"
