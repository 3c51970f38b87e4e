"""The names that a query is compared with: the library's and the lexicon's, each with the drug it belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

from druginfo.model import Named
from druginfo.names import fold, ingredients
from druginfo.names.exact import holders
from druginfo.names.lexicon import Known, Lexicon, lexicon
from druginfo.names.nearness import sound
from druginfo.names.salts import same_moiety

Drug = str | int | frozenset[int | str]
"""What a name belongs to: a slug of the library; else a drug of the lexicon by its number, or a combination of such
(an ingredient that the lexicon does not know stands by its folded name)."""

OTHERS = "other ingredients"
"""Stands for the unknown ingredients of a combination."""


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


class Entry(NamedTuple):
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
        self._by_title = sorted((fold(title), slug, title) for slug, title in self.titles.items())
        self._owners = self._own()
        self._joint = {each.slug for each in self.library if each.field == "title" and len(ingredients(each.title)) > 1}
        self._by_name: dict[str, list[Named]] = {}
        for each in self.library:
            self._by_name.setdefault(each.folded, []).append(each)
        self._sorted = sorted(self._by_name)
        self._heard: Sounds | None = None
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
        if not known.joint:
            return known.drugs
        return (frozenset(known.drugs if len(known.drugs) > 1 else (*known.drugs, OTHERS)),)

    def owned(self, drugs: Iterable[Drug]) -> tuple[Drug, ...]:
        """Drugs of the lexicon as the library has them: a slug in place of each that it has."""
        found: dict[Drug, None] = {}
        for drug in drugs:
            found.update(dict.fromkeys(sorted(self._owners.get(drug, ())) or (drug,)))
        return self.settled(tuple(found))

    def settled(self, drugs: tuple[Drug, ...]) -> tuple[Drug, ...]:
        """Drugs without the library's salts of others among them: "Metformin hydrochloride" beside "Metformin" is no
        other drug."""
        if len(drugs) < 2:
            return drugs
        return tuple(drug for drug in drugs if not any(self._is_salt(drug, of) for of in drugs))

    def _is_salt(self, drug: Drug, of: Drug) -> bool:
        if not (isinstance(drug, str) and isinstance(of, str)) or drug == of:
            return False
        return fold(self.titles[of]) in map(fold, same_moiety(self.titles[drug]))

    def title(self, drug: Drug) -> str:
        """What a drug is called."""
        if isinstance(drug, str):
            return self.titles[drug]
        if isinstance(drug, int):
            return self.lexicon.titles[drug]
        first, *rest = sorted(
            (self.lexicon.titles[each] if isinstance(each, int) else each for each in drug),
            key=lambda each: (each == OTHERS, each),
        )
        return " and ".join([first, *(each.lower() for each in rest)])

    def titled(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Slug and title of each monograph whose folded title begins so."""
        for folded, slug, title in self._by_title[bisect_left(self._by_title, (beginning,)) :]:
            if not folded.startswith(beginning):
                return
            yield slug, title

    def is_joint(self, drug: Drug) -> bool:
        """Whether a drug is a combination."""
        return isinstance(drug, frozenset) or drug in self._joint

    def entry(self, folded: str) -> Entry | None:
        """What goes by a folded name. The library's names come first: what it calls its own is not asked further."""
        if own := self._by_name.get(folded):
            drugs = self.settled(holders(own))
            named = next(each for each in own if each.slug == drugs[0])
            return Entry(folded, named.name, "l", drugs, named)
        known = self.lexicon.find(folded)
        if known is None:
            return None
        return Entry(folded, known.written, known.kind, self.owned(self._drugs(known)), None)

    def beginning(self, folded: str) -> Iterator[Entry]:
        """What goes by names that begin with `folded`."""
        for name in self._sorted[bisect_left(self._sorted, folded) :]:
            if not name.startswith(folded):
                break
            if found := self.entry(name):
                yield found
        for known in self.lexicon.beginning(folded):
            if known.folded not in self._by_name:
                yield Entry(known.folded, known.written, known.kind, self.owned(self._drugs(known)), None)

    def near(self, folded: str, edits: int) -> list[tuple[int, Entry]]:
        """Names that sound like `folded` but for at most `edits`, with that number."""
        if self._heard is None:
            self._heard = Sounds(list({*self.lexicon.comparable(), *self._by_name}))
        found = ((distance, self.entry(name)) for distance, name in self._heard.near(folded, edits))
        return [(distance, entry) for distance, entry in found if entry is not None]

    def like(self, folded: str, most: int) -> list[Entry]:
        """The library's names that are most like `folded`, however little, nearest first: to suggest, never to open."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        if self._library_sounds is None:
            heard = sound("\n".join(self._by_name)).split("\n") if self._by_name else []
            self._library_sounds = dict(zip(self._by_name, heard, strict=True))
        found = extract(
            sound(folded), self._library_sounds, scorer=OSA.normalized_distance, score_cutoff=0.5, limit=most
        )
        return [entry for *_, name in found if (entry := self.entry(name))]


class Sounds:
    """Names by what they sound like.

    Two edits seldom fall on both ends of a name, so a query is compared with the names of about its length that begin
    like it (or with its second letter, where the first was lost or swapped) or end like it.
    """

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._sounds = sound("\n".join(names)).split("\n")
        self._by_length: dict[int, list[int]] = {}
        for place, heard in enumerate(self._sounds):
            self._by_length.setdefault(len(heard), []).append(place)
        self._shelves: dict[int, dict[str, tuple[list[str], list[int]]]] = {}

    def _shelf(self, length: int) -> dict[str, tuple[list[str], list[int]]]:
        """The names of a length: sounds and places by first letter, and by the last two after a `-`."""
        if length not in self._shelves:
            shelf = self._shelves[length] = {}
            for place in self._by_length.get(length, ()):
                heard = self._sounds[place]
                for end in (heard[0], "-" + heard[-2:]):
                    sounds, places = shelf.setdefault(end, ([], []))
                    sounds.append(heard)
                    places.append(place)
        return self._shelves[length]

    def near(self, folded: str, edits: int) -> list[tuple[int, str]]:
        """Names at most so many edits from `folded` as heard, nearest first, with the edits as heard or as written, the
        fewer of the two."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        heard = sound(folded)
        found: dict[int, int] = {}
        for length in range(max(1, len(heard) - edits), len(heard) + edits + 1):
            shelf = self._shelf(length)
            for end in {*heard[:2], "-" + heard[-2:]}:
                sounds, places = shelf.get(end, ((), ()))
                for _, distance, at in extract(heard, sounds, scorer=OSA.distance, score_cutoff=edits, limit=None):
                    place = places[at]
                    found[place] = int(min(distance, OSA.distance(folded, self._names[place])))
        return sorted((distance, self._names[place]) for place, distance in found.items())


_vocabularies: WeakKeyDictionary[LibraryNames, Vocabulary] = WeakKeyDictionary()


def vocabulary(names: LibraryNames) -> Vocabulary:
    """The vocabulary of a library with the shipped lexicon, built once for each `names`."""
    if (found := _vocabularies.get(names)) is None:
        found = _vocabularies[names] = Vocabulary(names, lexicon())
    return found
