"""Text of a label on one line: white space collapsed, blocks joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from druginfo.labels.label import LabelBlock, Listing, Paragraph

NOTHING = re.compile(
    r"[\s.\-–—]*|(?:unavailable|not available|n/?a|nan|no disponible|ikke tilgjengelig|empty)", re.IGNORECASE
)
"""What files have where there is no text."""


def tidy(text: str) -> str:
    """White space collapsed, cross references closed up: `[see Dosage ( 2.2 , 2.3 ) ] .` → `[see Dosage (2.2, 2.3)].`

    Of two words neither is joined nor parted.
    """
    return closed_up(" ".join(text.split()))


def shown(text: str, but: str = "") -> str:
    """A text on one line, with a space for what has no shape and for the signs in `but`."""
    if but or not text.isprintable():
        text = "".join(c if c.isprintable() and c not in but else " " for c in text)
    return " ".join(text.split())


_DEAD_LINK = (
    r"error! ?(?:hyperlink reference not valid|reference source not found|bookmark not defined|no bookmark name given)"
    r"\."
)
_DEAD_LINKS = re.compile(
    rf" ?[(\[] ?(?:see )?{_DEAD_LINK}(?: ?(?:,|;|and|, and) {_DEAD_LINK})* ?[)\]]|(?: ?[,;])? ?{_DEAD_LINK}",
    re.IGNORECASE,
)


def without_dead_links(text: str) -> str:
    """A text without what a word processor prints where a cross reference of its own leads nowhere."""
    return _DEAD_LINKS.sub("", text) if "rror! " in text else text


def closed_up(text: str) -> str:
    """A text whose white space was collapsed, with its cross references closed up and without those that are dead; of
    several at once, a line each, each so."""
    if " " not in text:
        return text
    text = without_dead_links(text)
    for mark, apart, closed in _CLOSED_UP:
        if mark in text and apart in text:  # one sign is found ten times as soon as two
            text = text.replace(apart, closed)
    if ":" in text and " : " in text:
        text = _APART_COLON.sub(":", text)
    return text[:-2] + text[-1] if text[-2:] in (" .", " ,", " ;") else text


_APART_COLON = re.compile(r" :(?<=[^\W\d_] :|\) :)(?= )")
_CLOSED_UP = (
    *((mark, f"{mark} ", mark) for mark in "([“"),
    *((mark, f" {mark}", mark) for mark in ")]”®™"),
    *((mark, f" {mark} ", f"{mark} ") for mark in ".,;"),
    *(("\n", f" {mark}\n", f"{mark}\n") for mark in ".,;"),
)


def distinct(texts: Iterable[str], key: Callable[[str], str] = str.casefold) -> tuple[str, ...]:
    """Of the texts with one key the first, and none that is empty."""
    found: dict[str, str] = {}
    for text in filter(None, texts):
        found.setdefault(key(text), text)
    return tuple(found.values())


def as_text(blocks: Iterable[LabelBlock], joint: str = "; ") -> str:
    """Blocks as one line, a table cell's or a note's; `joint` is put where a block ended without punctuation, and
    before and after each row of a table in a cell: "am 10 mg; pm 15 mg". A line that breaks off amid its words goes on:
    "5 mg every", "8 hours"."""
    line = ""
    was_row = False
    for words, is_row in _words(blocks):
        ended = bool(line) and line[-1] not in ".;:,–-" and not line.endswith(_GOES_ON)
        needs_joint = ended and (is_row or was_row or (not words[0].islower() and words[0] not in "([,;/%"))
        line += (joint if needs_joint else " ") + words if line else words
        was_row = is_row
    return line


_GOES_ON = tuple(f" {word}" for word in "every or and to of for per than with".split())


def _words(blocks: Iterable[LabelBlock]) -> Iterator[tuple[str, bool]]:
    """The texts of blocks, and whether each is a row of a table."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, False
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _words(item)
        else:
            for row in (block.header, *block.rows):
                if any(row):
                    yield " ".join(filter(None, row)), True
