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


_ADJECTIVE = re.compile("r(?=[zmx])")


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
        items: list[Item] = []
        at, lead = 0, -1
        for phrase in (*phrases(scanned), Phrase("", len(tokens), len(tokens), None)):
            for token in tokens[at : phrase.first]:
                code, start, end, word, sense = token
                begin = start if lead < 0 else lead
                if code == "_":
                    lead = begin
                    continue
                if code in "zx" and (items and items[-1].code == "j" if word in SALTS else word in own):
                    code = "j"
                items.append(Item(code, start, end, word, sense, begin))
                lead = -1
            if phrase.first < len(tokens):
                inside = tokens[phrase.first : phrase.last]
                code = _AMOUNTS[phrase.sense.kind] if phrase.kind == "amount" else SIGNS[phrase.kind]
                words = " ".join([token.word for token in inside])
                start = inside[0].start
                items.append(Item(code, start, inside[-1].end, words, phrase.sense, start if lead < 0 else lead))
                lead = -1
            at = phrase.last
        shape = "".join([item.code for item in items])
        for found in _ADJECTIVE.finditer(shape):  # "oral contraceptives", "intravenous line": an adjective, no route
            i = found.start()
            if items[i].word in _ADJECTIVES:
                items[i] = items[i]._replace(code="z")
                shape = f"{shape[:i]}z{shape[i + 1 :]}"
        self.items = items
        self.shape = shape
        self.depths = [0] * len(items)
        if "⟨" in shape:
            depth = 0
            for i, code in enumerate(shape):
                depth += code == "⟨"
                self.depths[i] = depth
                depth -= code == "⟩" and depth > 0

    def words(self, first: int, last: int) -> str:
        """The text of items, verbatim."""
        return self.text[self.items[first].start : self.items[last - 1].end] if first < last else ""


@lru_cache(maxsize=1024)
def read_line(text: str, own: frozenset[str] = frozenset()) -> Line:
    """The line of a text. `own` holds the drug's own names in lower case."""
    return Line(text, own)
