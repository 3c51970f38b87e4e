"""Words spelled otherwise: British and American, and the library's own word in place of a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from druginfo.terms.files import data_tables


class Worded(Protocol):
    """A library, as far as its words are asked for."""

    def words(self, shortest: int, longest: int) -> Mapping[str, int]:
        """Its words of so many letters, and how often it has each."""


_PAIRS = tuple(data_tables("word_lists.txt")["British and American"].items())
"""What the British write and what the Americans write."""


def american(word: str) -> str:
    """The word as Americans write it, in small letters."""
    spelled = word.casefold()
    for ours, theirs in _PAIRS:
        spelled = spelled.replace(ours, theirs)
    return spelled


@lru_cache(maxsize=4096)
def variants(word: str) -> tuple[str, ...]:
    """The word as written, as Americans and as the British write it; a spelling that nobody uses does no harm.

    >>> variants("hyperkalaemia")
    ('hyperkalaemia', 'hyperkalemia')
    """
    theirs_too = american(word)
    british = theirs_too
    for ours, theirs in _PAIRS:
        british = british.replace(theirs, ours)
    return word, *(each for each in dict.fromkeys((theirs_too, british)) if each != word.casefold())


def respelled(library: Worded, query: Iterable[tuple[str, Sequence[str]]]) -> str | None:
    """A query with the library's own words in place of those that it does not have; None if that is no help.

    `query`: its parts as they are written, each with the words of it that the library does not have.
    """
    parts = list(query)
    if not any(unknown for _, unknown in parts):
        return None
    better = []
    for text, unknown in parts:
        for word in unknown:
            nearest = _nearest(word.casefold(), library)
            if nearest is None:
                return None
            text = text.replace(word, nearest)
        better.append(text)
    return " ".join(better)


def _nearest(word: str, library: Worded) -> str | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    known = library.words(len(word) - allowed, len(word) + allowed)
    common = list(known) if len(word) > 4 else [each for each, count in known.items() if count > 2]
    found = extract(word, common, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return min(((d, -known[w], w) for w, d, _ in found), default=(0, 0, None))[2]
