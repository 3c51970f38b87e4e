"""A line read once: its phrases and the tokens between them as items, with one sign for each in `shape`.

Everything after this asks the shape and the items; positions lead back to the text, which is quoted verbatim.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from druginfo.terms.phrases import Phrase, phrases
from druginfo.terms.scan import scan
from druginfo.terms.tables import SALTS

SIGNS = {"often": "2", "lasting": "3", "range": "4", "percent": "8"}
_AMOUNTS = {"dose": "1", "level": "5", "unread": "6", "ratio": "7"}


_ADJECTIVES = frozenset(
    "oral intravenous iv intramuscular subcutaneous topical rectal inhaled intrathecal nebulized nebulised intranasal "
    "buccal "
    "sublingual ophthalmic otic vaginal transdermal cutaneous nasal".split()
)


class Item(NamedTuple):
    """A phrase (digits: 1 amount, 2 how often, 3 how long, 4 range, 5 level, 6 unread amount, 7 ratio, 8 percent) or a
    token with its own class."""

    code: str
    start: int
    end: int
    word: str
    sense: Any
    lead: int
    """Where it begins with the words before it that say nothing of note: "the", "about"."""


class Line:
    """A text, its items, their signs in one string, and how many parentheses each stands in."""

    __slots__ = ("depths", "items", "shape", "text")

    def __init__(self, text: str, own: frozenset[str]) -> None:
        self.text = text
        scanned = scan(text)
        tokens = scanned.tokens
        found = iter([*phrases(scanned), Phrase("", len(tokens), len(tokens), None)])
        phrase = next(found)
        items: list[Item] = []
        at, lead = 0, -1
        while at < len(tokens):
            token = tokens[at]
            if at == phrase.first:
                code = _AMOUNTS[phrase.sense.kind] if phrase.kind == "amount" else SIGNS[phrase.kind]
                words = " ".join(t.word for t in tokens[phrase.first : phrase.last])
                begin = token.start if lead < 0 else lead
                items.append(Item(code, token.start, tokens[phrase.last - 1].end, words, phrase.sense, begin))
                at, lead = phrase.last, -1
                phrase = next(found)
                continue
            begin = token.start if lead < 0 else lead
            if token.code == "_":
                lead = begin
            else:
                code = token.code
                behind = bool(items) and items[-1].code == "j"
                if code in "zx" and (behind if token.word in SALTS else token.word in own):
                    code = "j"
                items.append(Item(code, *token[1:], begin))
                lead = -1
            at += 1
        for i, item in enumerate(items[:-1]):  # "oral contraceptives", "intravenous line": an adjective, no route
            if item.code == "r" and item.word in _ADJECTIVES and items[i + 1].code in "zmx":
                items[i] = item._replace(code="z")
        self.items = items
        self.shape = "".join(item.code for item in items)
        depth, depths = 0, []
        for item in items:
            depth += item.code == "⟨"
            depths.append(depth)
            depth -= item.code == "⟩" and depth > 0
        self.depths = depths

    def words(self, first: int, last: int) -> str:
        """The text of items, verbatim."""
        return self.text[self.items[first].start : self.items[last - 1].end] if first < last else ""

    def find(self, pattern: re.Pattern[str], first: int, last: int) -> re.Match[str] | None:
        return pattern.search(self.shape, first, last)


@lru_cache(maxsize=1024)
def read_line(text: str, own: frozenset[str] = frozenset()) -> Line:
    """The line of a text. `own` holds the drug's own names in lower case."""
    return Line(text, own)
