"""What a sentence says of taking two drugs together: that it is forbidden, that it matters, that nothing happens; or that
it speaks of something else: a trial, a switch. The words are those of `data/senses.txt`. Read when the store is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.classes.profile import Sense
from druginfo.terms.files import data_tables
from druginfo.terms.phrase_list import Phrases

_TABLES = {
    table: {getattr(Sense, row.upper()): Phrases(written) for row, written in rows.items()}
    for table, rows in data_tables("senses.txt").items()
}
_SENSES = _TABLES["sentence"]


def sense(text: str) -> int:
    """What a text says, as `Sense` flags joined."""
    low = text.casefold()
    found = 0
    for flag, phrases in _SENSES.items():
        if any(map(low.__contains__, phrases.parts)) and phrases.pattern.search(text):
            found |= flag
    if found & Sense.DENIES and not _SENSES[Sense.GRAVE].search(_SENSES[Sense.DENIES].sub("", text)):
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
    done = sum(flag for flag, phrases in _TABLES["passage"].items() if phrases.search(text))
    yield 0, 0, done | (sense(text[label:] if text == own else text) if is_whole else 0)
