"""Whose: the drug of a monograph, and which words of a line name another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from druginfo.dosing.line import Line
from druginfo.terms import tables
from druginfo.terms.scan import scan
from druginfo.terms.tables import SALTS


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


_NO_NAMES = tables.SENTENCES["no name"]
_AGENTS = frozenset(tables.AGENTS.split())
_STEMS = tuple(tables.STEMS.split())
_ORDINARY = frozenset(tables.NO_MEDICINES.split())
