"""What people call the parts of a monograph, and what finds these: the table `data/topics.txt`. `topics` uses it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from druginfo.terms import patterns
from druginfo.terms.files import data_tables, line_of, names_of
from druginfo.terms.phrase_list import Phrases


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it; the first one names it in messages."""
    heading: Phrases | str
    """Finds the headings of sections of its own, by phrases or a regular expression; empty where it never has one."""
    passage: Phrases | str
    """Finds a text that speaks of it; empty where none does by its words."""
    narrower: tuple[str, ...] = ()
    """Words for a part of it. Passages with the word itself come first, and a wider answer says that it is wider."""
    everywhere: bool = False
    """Whether what other sections say of it belongs to the answer, its own section or not: pregnancy is a
    contraindication too."""

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return self.pattern.search(text) is not None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds what speaks of it in a text."""
        return _pattern(self.passage)

    def is_headed(self, title: str) -> bool:
        """Whether a section with this heading is its own."""
        return bool(self.heading) and _pattern(self.heading).search(title) is not None


@cache
def _pattern(found_by: Phrases | str) -> re.Pattern[str]:
    return found_by.pattern if isinstance(found_by, Phrases) else re.compile(found_by or "(?!)", re.I)


def _topic(key: str, rows: dict[str, str]) -> Topic:
    """The topic of a table. Raises ValueError, with the line, for a row that no topic has or one that it needs."""
    for row in sorted(_ROWS ^ rows.keys()):
        if row in rows:
            raise ValueError(f"{line_of(_FILE, key, row)}: a topic has no row “{row}”")
        if row == "words":
            raise ValueError(f"{line_of(_FILE, key)}: “{key}” has no row “words”")
    words, narrower = (names_of(rows[row]) if row in rows else () for row in ("words", "narrower"))
    try:
        headed, speaks = (_found_by(rows.get(row, "")) for row in ("headed", "speaks"))
    except (KeyError, ValueError, TypeError) as error:
        raise ValueError(
            f"{line_of(_FILE, key)}: “{key}” names a pattern that terms/patterns.py lacks: {error}"
        ) from error
    return Topic(key, words, headed, speaks, narrower, everywhere="everywhere" in rows)


def _found_by(written: str) -> Phrases | str:
    return written % vars(patterns) if written[:1] in ("", "%", "\\") else Phrases(written)


_FILE = "topics.txt"
_ROWS = frozenset({"words", "narrower", "headed", "speaks", "everywhere"})
TOPICS = tuple(_topic(key, rows) for key, rows in data_tables(_FILE).items())
"""In the order of the table."""
