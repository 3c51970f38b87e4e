"""The names that a query is compared with: the library's and the lexicon's, each with the drug it belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Protocol
from weakref import WeakKeyDictionary

from druginfo.lexicon import Known, Lexicon, lexicon
from druginfo.model import Field
from druginfo.names import fold, ingredients
from druginfo.nearness import sound
from druginfo.salts import same_moiety

Drug = str | int | frozenset[int | str]
"""What a name belongs to: a slug of the library; else a drug of the lexicon by its number, or a combination of such
(an ingredient that the lexicon does not know stands by its folded name)."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name of one monograph of the library."""

    folded: str
    name: str
    field: Field
    slug: str
    title: str


class LibraryNames(Protocol):
    """The names of a library, as `resolve` needs them."""

    def exact(self, folded: str) -> Sequence[Named]:
        """The names whose fold equals `folded`."""

    def all(self) -> Sequence[Named]:
        """Every name; asked for once, when an exact name was not found."""


class NameList:
    """Library names held in memory."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = tuple(names)
        self._by_fold: dict[str, list[Named]] = {}
        for name in self._names:
            self._by_fold.setdefault(name.folded, []).append(name)

    def exact(self, folded: str) -> Sequence[Named]:
        return self._by_fold.get(folded, ())

    def all(self) -> Sequence[Named]:
        return self._names


@dataclass(frozen=True, slots=True)
class Entry:
    """One name that a query can be near to."""

    folded: str
    written: str
    kind: str
    """`g`, `b`, `n`, `x` as in the lexicon; `l` for a name of the library."""
    drugs: tuple[Drug, ...]
    """Several where the name is ambiguous."""
    named: Named | None
    """The library's own name."""


class Vocabulary:
    """Every name of a library and of the lexicon. Building it reads both."""

    def __init__(self, names: LibraryNames, known: Lexicon) -> None:
        self.lexicon = known
        self.library = names.all()
        self.titles = {each.slug: each.title for each in self.library}
        self._owners = self._own()
        self._joint = {each.slug for each in self.library if each.field == "title" and len(ingredients(each.title)) > 1}
        self._by_name: dict[str, list[Named]] = {}
        for each in self.library:
            self._by_name.setdefault(each.folded, []).append(each)
        self._own_names = [each for each in self._by_name if known.find(each) is None]
        self._heard: _Index | None = None
        self._library_sounds: dict[str, str] | None = None

    def _own(self) -> dict[Drug, set[str]]:
        """Which slugs are a drug of the lexicon: those with its name for a title or INN, else for a synonym."""
        owners: dict[Drug, set[str]] = {}
        found: set[str] = set()
        for fields in (("title", "inn", "slug"), ("synonym",)):
            for each in self.library:
                if each.field in fields and (fields[0] == "title" or each.slug not in found):
                    for drug in self.drugs_called(each.name):
                        owners.setdefault(drug, set()).add(each.slug)
                        found.add(each.slug)
        return owners

    def drugs_called(self, name: str) -> tuple[Drug, ...]:
        """The lexicon's drugs of that name, salt or combination; none if it is unknown or ambiguous."""
        for each in (name, *same_moiety(name)):
            if found := self.lexicon.find(fold(each)):
                drugs = self._drugs(found)
                return drugs if len(drugs) == 1 else ()
        parts = ingredients(name)
        return (self.combination(parts),) if len(parts) > 1 else ()

    def combination(self, parts: Iterable[str]) -> Drug:
        """The combination of ingredients by their names; the drug itself where all are names of one."""
        together: set[int | str] = set()
        for part in parts:
            called = self.drugs_called(part)
            drug = called[0] if called else fold(part)
            together |= drug if isinstance(drug, frozenset) else {drug}
        return frozenset(together) if len(together) > 1 else together.pop()

    @staticmethod
    def _drugs(known: Known) -> tuple[Drug, ...]:
        return (frozenset(known.drugs),) if known.joint else tuple(known.drugs)

    def owned(self, drugs: Iterable[Drug]) -> tuple[Drug, ...]:
        """Drugs of the lexicon as the library has them: a slug in place of each that it has."""
        found: dict[Drug, None] = {}
        for drug in drugs:
            found.update(dict.fromkeys(sorted(self._owners.get(drug, ())) or (drug,)))
        return tuple(found)

    def title(self, drug: Drug) -> str:
        """What a drug is called."""
        if isinstance(drug, str):
            return self.titles[drug]
        if isinstance(drug, int):
            return self.lexicon.titles[drug]
        first, *rest = sorted(self.lexicon.titles[each] if isinstance(each, int) else each for each in drug)
        return " and ".join([first, *(each.lower() for each in rest)])

    def is_joint(self, drug: Drug) -> bool:
        """Whether a drug is a combination."""
        return isinstance(drug, frozenset) or drug in self._joint

    def entry(self, folded: str) -> Entry | None:
        """What goes by a folded name. The library's names come first: what it calls its own is not asked further."""
        if own := self._by_name.get(folded):
            named = own[0]
            return Entry(folded, named.name, "l", tuple(dict.fromkeys(each.slug for each in own)), named)
        known = self.lexicon.find(folded)
        if known is None:
            return None
        return Entry(folded, known.written, known.kind, self.owned(self._drugs(known)), None)

    def beginning(self, folded: str) -> Iterator[Entry]:
        """What goes by names that begin with `folded`."""
        for name in self._by_name:
            if name.startswith(folded) and (found := self.entry(name)):
                yield found
        for known in self.lexicon.beginning(folded):
            if known.folded not in self._by_name:
                yield Entry(known.folded, known.written, known.kind, self.owned(self._drugs(known)), None)

    def near(self, folded: str, edits: int) -> list[tuple[int, Entry]]:
        """Names that sound like `folded` but for at most `edits`, with that number."""
        if self._heard is None:
            self._heard = _Index([*self.lexicon.names, *self._own_names])
        found = ((distance, self.entry(name)) for distance, name in self._heard.near(folded, edits))
        return [(distance, entry) for distance, entry in found if entry is not None]

    def like(self, folded: str, most: int) -> list[Entry]:
        """The library's names that are most like `folded`, however little, nearest first: to suggest, never to open."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if self._library_sounds is None:
            heard = sound("\n".join(self._by_name)).split("\n")
            self._library_sounds = dict(zip(self._by_name, heard, strict=True))
        found = extract(
            sound(folded), self._library_sounds, scorer=OSA.normalized_distance, score_cutoff=0.6, limit=most
        )
        return [entry for *_, name in found if (entry := self.entry(name))]


class _Index:
    """Names by what they sound like.

    A name within two edits of another has one of that other's three thirds whole, so only names that hold one of
    the thirds are compared. The places of each third are looked up once and kept.
    """

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._text = "\n" + sound("\n".join(names)) + "\n"
        self._sounds = self._text.split("\n")[1:-1]
        self._starts = list(accumulate((len(each) + 1 for each in self._sounds), initial=1))
        by_length = sorted(range(len(names)), key=list(map(len, self._sounds)).__getitem__)
        lengths = [len(self._sounds[place]) for place in by_length]
        self._by_length = {
            length: by_length[bisect_left(lengths, length) : bisect_right(lengths, length)] for length in set(lengths)
        }
        self._holding: dict[str, frozenset[int]] = {}

    def _places(self, third: str) -> frozenset[int]:
        if third not in self._holding:
            places, at, text, starts = set(), 0, self._text, self._starts
            while (at := text.find(third, at)) >= 0:
                line = bisect_right(starts, at) - 1
                places.add(line)
                at = starts[line + 1]
            self._holding[third] = frozenset(places)
        return self._holding[third]

    def near(self, folded: str, edits: int) -> list[tuple[int, str]]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        heard = sound(folded)
        length = len(heard)
        lines: Iterable[int]
        if length < 9 or edits > 2:
            lines = (
                line for size in range(length - edits, length + edits + 1) for line in self._by_length.get(size, ())
            )
        else:
            cuts = [length * part // 3 for part in range(4)]
            thirds = {heard[a:b] for a, b in pairwise(cuts)}
            lines = {line for third in thirds for line in self._places(third)}
        sounds = self._sounds
        choices = {line: sounds[line] for line in lines}
        found = extract(heard, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(int(distance), self._names[line]) for _, distance, line in found]


_vocabularies: WeakKeyDictionary[LibraryNames, Vocabulary] = WeakKeyDictionary()


def vocabulary(names: LibraryNames) -> Vocabulary:
    """The vocabulary of a library with the shipped lexicon, built once for each `names`."""
    if (found := _vocabularies.get(names)) is None:
        found = _vocabularies[names] = Vocabulary(names, lexicon())
    return found
