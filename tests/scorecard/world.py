"""The library and the lexicon that everything is asked of."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from zlib import crc32

from druginfo.model import Named
from druginfo.names import fold
from druginfo.names.lexicon import Known, Lexicon, lexicon
from druginfo.names.listed import NameList
from druginfo.names.look_alikes import look_alikes
from druginfo.names.salts import same_moiety
from druginfo.names.vocabulary import Vocabulary

SEED = 20261122
BRANDS = 3
HELD_OUT = 5
"""One drug in so many is held out of the lexicon, by a checksum of its title: another lexicon holds out the same."""


class World:
    """Some 950 generic names with three brands each, those on most national lists, and what is known besides."""

    def __init__(self) -> None:
        self.lexicon = lexicon()
        self.names_of: dict[int, list[Known]] = {}
        self.names = sorted(self.lexicon)
        for known in self.names:
            for meaning in known.meanings:
                if len(meaning.drugs) == 1:
                    self.names_of.setdefault(meaning.drugs[0], []).append(known)
        asked = {*lines("generics.txt"), *(line.split("\t")[1] for line in lines("misspellings.tsv")), *look_alikes()}
        found = [self.lexicon.find(fold(name)) for name in sorted(asked)]
        self.drugs = sorted({known.drugs[0] for known in found if known and known.drugs and not known.joint})
        self.rest = sorted(set(self.names_of) - set(self.drugs))
        self.held = {drug for drug in self.rest if crc32(self.title(drug).encode()) % HELD_OUT == 0}

    def named(self, drugs: Sequence[int]) -> Iterator[Named]:
        """A library of drugs: each by its title and some brands."""
        for drug in drugs:
            title = self.lexicon.drug(drug).title
            brands = [each for each in self.names_of[drug] if each.kind == "b" and len(each.drugs) == 1]
            brands = random.Random(drug).sample(brands, min(BRANDS, len(brands)))
            for name, called in ((title, "title"), *((each.written, "brand") for each in brands)):
                yield Named(fold(name), name, called, fold(title), title)  # type: ignore[arg-type]

    @cached_property
    def library(self) -> NameList:
        return NameList(self.named(self.drugs))

    @cached_property
    def unaware(self) -> NameList:
        """The same library in a world where the held-out drugs were never heard of."""
        names = NameList(self.named(self.drugs))
        remember(names, self.lexicon.without(self.held))
        return names

    def kindred(self, drug: int) -> frozenset[str]:
        """The library's titles of the same moiety: another salt or ester is not another drug."""
        words = (word for word in self.title(drug).lower().split() if len(word) > 4)
        return frozenset().union(*(self._titles_with.get(word, ()) for word in words))

    @cached_property
    def _titles_with(self) -> dict[str, set[str]]:
        """The library's titles by their words."""
        found: dict[str, set[str]] = {}
        for title in map(self.title, self.drugs):
            for word in title.lower().split():
                found.setdefault(word, set()).add(title)
        return found

    def called(self, name: str) -> list[int]:
        """The drugs of a name that is no combination's."""
        found = (self.lexicon.find(fold(each)) for each in (name, *same_moiety(name)))
        known = next(filter(None, found), None)
        return list(known.drugs) if known and not known.joint else []

    def may_open(self, generic: str) -> frozenset[str]:
        """The library's titles that are right for a name of a drug, given by its generic name."""
        drugs = self.called(generic)
        own = {self.title(drug) for drug in drugs if drug in set(self.drugs)}
        return frozenset(own.union(*map(self.kindred, drugs)))

    def title(self, drug: int) -> str:
        return self.lexicon.drug(drug).title


def remember(names: NameList, known: Lexicon) -> None:
    """Makes a library be asked with another lexicon than the shipped one."""
    from druginfo.names import vocabulary as module

    module._vocabularies[names] = Vocabulary(names, known)


def lines(name: str) -> list[str]:
    """The lines of a file of `tests/data`."""
    return (Path(__file__).parents[1] / "data" / name).read_text("utf-8").splitlines()
