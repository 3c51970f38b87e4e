"""Whose: the drug of a monograph, and which words of a line name another, or one of a combination's ingredients."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from druginfo.dosing.line import Line
from druginfo.terms import tables
from druginfo.terms.scan import scan
from druginfo.terms.tables import SALTS, UNITS


class OwnDrug:
    """A monograph's drug by its names; `words` are the words of these, in lower case."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.words = (
            frozenset(
                token.word
                for name in self.names
                for token in scan(name).tokens
                if token.code in "zx" and len(token.word) > 2
            )
            - _NO_NAMES
        )
        self.partners = _ingredients(self.names)
        """The first words of a combination's ingredients, none for one drug."""

    def of_partner(self, line: Line, at: int) -> bool:
        """Whether an amount is that of one ingredient of the combination: "50 mg sitagliptin and 500 mg metformin",
        "300 mg; 100 mg"; not "the amoxicillin component", nor what both are named with."""
        if not self.partners:
            return False
        items, shape, amount = line.items, line.shape, line.items[at].sense
        after = at + 1 + (shape[at + 1 : at + 2] == "O")
        if self.names_one(line, after) and items[min(after + 1, len(items) - 1)].word not in _OF_WHOLE:
            return True
        before = at - 1
        while before > 0 and items[before].word in SALTS:
            before -= 1
        if self.names_one(line, before):
            return True
        written = line.text[items[at].start : items[at].end]
        if amount.unit in UNITS and not amount.per and _STRENGTHS.match(written):
            return True
        clause = max(shape.rfind(sign, 0, at) for sign in ",;·") + 1
        if any(self.names_one(line, i) and items[i + 1].word in _ALONE for i in line.places("j", clause, at)):
            return True
        beside = (each for each in (at - 2, at + 2) if 0 <= each < len(items) and shape[each] == "1")
        return any(shape[(at + each) // 2] == ";" and items[each].sense.unit == amount.unit for each in beside)

    def names_one(self, line: Line, at: int) -> bool:
        """Whether an item is the name of one ingredient by itself."""
        items = line.items
        if not 0 <= at < len(items) or items[at].word not in self.partners:
            return False
        joined = (each for each in (at - 2, at + 2, at + 3) if 0 <= each < len(items))
        return not any(
            items[each].word in self.partners - {items[at].word}
            and not any(code in "1567" for code in line.shape[min(at, each) : max(at, each)])
            for each in joined
        )

    def is_other(self, line: Line, at: int, *, dosed: bool = False) -> bool:
        """Whether the word at an item names another medicine. `dosed`: it stands behind "dose of", where a word that
        nothing knows is a medicine's name too."""
        items = line.items
        if not 0 <= at < len(items):
            return False
        at -= at > 0 and items[at - 1].word == "vitamin"  # "vitamin D"
        word = items[at].word
        if word in self.words or not (items[at].code == "z" or (items[at].code == "x" and word in _AGENTS)):
            return False
        if word == "iron" and any(own.startswith("ferr") for own in self.words):
            return False  # "65 mg of elemental iron" of ferrous sulfate
        if word in _AGENTS or word.split("-")[0] in _AGENTS:
            return True
        if word in SALTS and at and items[at - 1].code in "zx" and dosed is False:
            return True  # "folic acid 5 mg", "ferrous sulfate 325 mg"
        if word in _ORDINARY or not word.isalpha():
            return False
        written = line.text[items[at].start : items[at].end]
        return _is_other(written, self.names) or (dosed and written.islower() and not _is_own(written, self.names))


@lru_cache(maxsize=4096)
def _is_other(word: str, own: tuple[str, ...]) -> bool:
    lower = word.lower()
    if len(lower) < 4:
        return False
    if len(lower) > 5 and lower.endswith(_STEMS):
        return True
    from druginfo.names import whose_drug  # the lexicon takes 50 ms to load: only for what an ending leaves open

    return whose_drug(word, own) == "other" or (lower != word and whose_drug(lower, own) == "other")


@lru_cache(maxsize=4096)
def _is_own(word: str, own: tuple[str, ...]) -> bool:
    from druginfo.names import whose_drug

    return whose_drug(word, own) == "own"


def _ingredients(names: Iterable[str]) -> frozenset[str]:
    """The first words of the ingredients that a name joins."""
    for name in names:
        parts = [[word for word in part.lower().split() if word.isalpha()] for part in _JOINED.split(name)]
        first = frozenset(words[0] for words in parts if words and len(words[0]) > 3 and words[0] not in _NO_NAMES)
        if len(first) > 1 and len(first) == len(parts) and first.isdisjoint(_BESIDE):
            return first
    return frozenset()


_JOINED = re.compile(r"\s*(?:\band\b|[/;,+])\s*")
_BESIDE = frozenset("isopropyl povidone chlorhexidine benzalkonium sterile water".split())
"""What is in a kit beside the drug."""
_STRENGTHS = re.compile(r"[\d.]+-[\d.]+\s?[a-z]")
""" "10-12.5 mg" of a combination: the strengths of two ingredients."""
_ALONE = frozenset({"monotherapy", "alone"})
_OF_WHOLE = frozenset("component components equivalent".split())
_NO_NAMES = tables.SENTENCES["no name"]
_AGENTS = frozenset(tables.AGENTS.split())
_STEMS = tuple(tables.STEMS.split())
_ORDINARY = frozenset(tables.NO_MEDICINES.split())
