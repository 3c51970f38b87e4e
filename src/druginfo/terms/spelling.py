"""Words spelled otherwise: British and American, and the library's own word in place of a misspelled one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol


class Called(Protocol):
    """A name of a monograph."""

    @property
    def name(self) -> str:
        """The name as it is written."""


class Worded(Protocol):
    """A library, as far as its words are asked for."""

    def texts(self, most: int) -> Iterator[str]:
        """Everything that can be searched in the first monographs."""

    def all(self) -> Sequence[Called]:
        """Every name of every monograph."""


_SAMPLE = 300  # monographs whose words are offered in place of a misspelled one

_PAIRS_TEXT = """
haem hem, aemi emi, oedem edem, oesoph esoph, oestr estr, rrhoe rrhe, pnoe pne, coel cel, foet fet, paed ped,
gynaec gynec, anaesth anesth, caec cec, faec fec, leuc leuk, sulph sulf, tumour tumor, colour color, odour odor,
behaviour behavior, labour labor, isation ization, ise ize, ising izing, yse yze, litre liter, fibre fiber,
centre center, ageing aging, phaeo pheo, aetio etio, naev nev, amoeb ameb, homoeo homeo,
palaeo paleo, traveller traveler, travelling traveling
"""
_PAIRS = [tuple(pair.split()) for pair in _PAIRS_TEXT.split(",")]
"""What the British write and what the Americans write."""


def variants(word: str) -> list[str]:
    """The word as written, as Americans and as the British write it; a spelling that nobody uses does no harm.

    >>> variants("hyperkalaemia")
    ['hyperkalaemia', 'hyperkalemia']
    """
    american = word.casefold()
    for ours, theirs in _PAIRS:
        american = american.replace(ours, theirs)
    british = american
    for ours, theirs in _PAIRS:
        british = british.replace(theirs, ours)
    return [word, *(each for each in dict.fromkeys((american, british)) if each != word.casefold())]


def respelled(library: Worded, query: Iterable[tuple[str, Sequence[str]]]) -> str | None:
    """A query with the library's own words in place of those that it does not have; None if that is no help.

    `query`: its parts as they are written, each with the words of it that the library does not have.
    """
    parts = list(query)
    if not any(unknown for _, unknown in parts):
        return None
    known = _known(library)
    better = []
    for text, unknown in parts:
        for word in unknown:
            nearest = _nearest(word.casefold(), known)
            if nearest is None:
                return None
            text = text.replace(word, nearest)
        better.append(text)
    return " ".join(better)


def _known(library: Worded) -> dict[str, int]:
    """The library's words, and how often each stands in the monographs sampled; every name is among them."""
    counts: dict[str, int] = {}
    for word in _words(library):
        counts[word] = counts.get(word, 0) + 1
    return counts


def _words(library: Worded) -> Iterator[str]:
    for text in (*library.texts(_SAMPLE), *(named.name for named in library.all())):
        yield from re.findall(r"[^\W\d_]{3,}", text.casefold())


def _nearest(word: str, known: Mapping[str, int]) -> str | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    common = list(known) if len(word) > 4 else [each for each, count in known.items() if count > 2]
    found = extract(word, common, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return min(((d, -known[w], w) for w, d, _ in found), default=(0, 0, None))[2]
