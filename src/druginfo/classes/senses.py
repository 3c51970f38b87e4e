"""What a sentence says of taking two drugs together: that it is forbidden, that it matters, that nothing happens; or that
it speaks of something else: a trial, a switch, an allergy. The words are those of `data/senses.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from druginfo.classes.profile import Sense
from druginfo.terms.files import data_tables
from druginfo.terms.phrase_list import Phrases


@cache
def table(name: str) -> dict[str, Phrases]:
    """The rows of a table of `data/senses.txt`."""
    return {row: Phrases(written) for row, written in data_tables("senses.txt")[name].items()}


@cache
def _by_flag(name: str) -> dict[int, Phrases]:
    return {getattr(Sense, row.upper()): phrases for row, phrases in table(name).items()}


def sense(text: str) -> int:
    """What a text says, as `Sense` flags joined."""
    low = text.casefold()
    senses = _by_flag("sentence")
    found = 0
    for flag, phrases in senses.items():
        if any(map(low.__contains__, phrases.parts)) and phrases.pattern.search(text):
            found |= flag
    if found & Sense.DENIES and not senses[Sense.GRAVE].search(senses[Sense.DENIES].sub("", text)):
        found |= Sense.ONLY_DENIES
    return found


def sentence_senses(own: str, label: int, text: str, *, is_whole: bool) -> Iterator[tuple[int, int, int]]:
    """Where each sentence begins and ends and what it says, the lead-in label by itself; last, from 0 to 0, what the
    whole `text` says is to be done, and where `is_whole` what it says, but for its label."""
    if label:
        yield 0, label, sense(own[:label])
    start = label
    for match in re.finditer(r"[.!?](?=\s|$)", own[label:]):
        end = label + match.end()
        yield start, end, sense(own[start:end])
        start = end
    if start < len(own):
        yield start, len(own), sense(own[start:])
    done = sum(flag for flag, phrases in _by_flag("passage").items() if phrases.search(text))
    yield 0, 0, done | (sense(text[label:] if text == own else text) if is_whole else 0)


def is_other_use(before: str, after: str) -> int:
    """Whether what is between them is not taken together with another drug: an allergy's cause (1), something tried or
    in the past (2), what is given against an effect (4); these are joined."""
    found = 1 if _is_there("allergy", before) or _is_there("allergy_after", after) else 0
    found |= 2 if _is_there("tried", before) or _is_there("tried_after", after) or _is_there("history", before) else 0
    return found | (4 if _is_there("given_against", before) else 0)


def _is_there(row: str, text: str) -> bool:
    return table("around")[row].search(text) is not None


def is_condition(before: str, after: str) -> bool:
    """Whether what is between them is part of a condition by itself: what was stopped, what it has caused."""
    return _is_there("stopped", before) or _is_there("induced", after)


def has_its_own(before: str, after: str) -> bool:
    """Whether contraindications that what is between them has in its own text are meant.

    >>> has_its_own("With ", ", also the contraindications of that drug."), has_its_own("With ", ": contraindicated")
    (True, False)
    """
    return _is_there("listed", before) or _is_there("listed_after", after)
