"""A line read once: its phrases and the tokens between them as items, with one code for each in `shape`.

Everything after this asks the shape and the items; positions lead back to the text, which is quoted verbatim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter

from druginfo.terms.phrases import Amount, phrases
from druginfo.terms.scan import Token, scan, token_of
from druginfo.terms.tables import SALTS, SENTENCES

_SIGNS = {"often": "2", "lasting": "3", "range": "4", "percent": "8"}
_AMOUNTS = {"dose": "1", "level": "5", "unread": "6", "ratio": "7"}
"""Phrases by their codes: 1 amount, 2 how often, 3 how long, 4 range, 5 level, 6 unread amount, 7 ratio, 8 per cent."""
_ADJECTIVES = SENTENCES["adjectives"]
_ADJECTIVE = re.compile("r(?=[zmx])")

ItemRange = tuple[int, int]
"""Items of a line, from the first up to the one after the last."""


class Line:
    """A text, its items, their codes in one string, and how many parentheses each stands in."""

    __slots__ = ("_places", "_words", "depths", "items", "scanned", "shape", "text")

    def __init__(self, text: str, items: list[Token]) -> None:
        self.text = text
        self._places: dict[str, list[int]] = {}
        self._words: frozenset[str] | None = None
        self.items = self.scanned = items
        self.shape = "".join(map(_code_of, items))
        if "r" in self.shape:
            self.items = items.copy()
            for found in _ADJECTIVE.finditer(self.shape):  # "oral contraceptives", "intravenous line": no route
                i = found.start()
                if self.items[i].word in _ADJECTIVES:
                    self.items[i] = token_of(("z", *self.items[i][1:]))
                    self.shape = f"{self.shape[:i]}z{self.shape[i + 1 :]}"
        self.depths = [0] * len(items)
        if "⟨" in self.shape:
            depth = 0
            for i, code in enumerate(self.shape):
                depth += code == "⟨"
                self.depths[i] = depth
                depth -= code == "⟩" and depth > 0

    def places(self, codes: str, first: int, last: int) -> Sequence[int]:
        """The items with one of these codes, in order."""
        found = self._places.get(codes)
        if found is None:
            is_there = len(codes) > 1 or codes in self.shape
            found = [*map(re.Match.start, _any_of(codes).finditer(self.shape))] if is_there else []
            self._places[codes] = found
        if not found or (first <= found[0] and found[-1] < last):
            return found
        return found[bisect_left(found, first) : bisect_left(found, last)]

    def having(self, codes: str, first: int = 0, last: int | None = None) -> list[Token]:
        """The same items themselves, of all of the line's where no last one is given."""
        return [self.items[at] for at in self.places(codes, first, len(self.items) if last is None else last)]

    def has_word(self, words: frozenset[str]) -> bool:
        """Whether one of these is a word of the line: most lines need not be asked more about them."""
        if self._words is None:
            self._words = frozenset([item.word for item in self.items])
        return not words.isdisjoint(self._words)

    def is_cut(self, first: int) -> bool:
        """Whether an item is within a sentence, so that a statement beginning there goes on with it."""
        return first > 0 and self.shape[first - 1] not in "·:;"

    def words(self, first: int, last: int) -> str:
        """The text of items, verbatim."""
        return self.text[self.items[first].start : self.items[last - 1].end] if first < last else ""

    def part(self, first: int, last: int) -> str:
        """The text of items up to the next one, or of all that is left; read by itself it has these items, too."""
        start = self.items[first].lead
        text = self.text[start : self.items[last].start if last < len(self.items) else len(self.text)].rstrip()
        if self.scanned:
            _parts[text] = (self.scanned[first:last], start)
            _line(text)
            _parts.clear()
        return text


@cache
def _any_of(codes: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(codes)}]")


def read_line(text: str, own: frozenset[str] = frozenset()) -> Line:
    """The line of a text. `own` holds the drug's own names in lower case."""
    line = _line(text)
    return _marked(line, own) if own and line.has_word(own) else line


_parts: dict[str, tuple[list[Token], int]] = {}
"""A part of a line while it is made a line of its own: its items there, and where it begins."""


@lru_cache(maxsize=1024)
def _line(text: str) -> Line:
    if text not in _parts:
        return Line(text, _items(text))
    items, at = _parts[text]
    return Line(
        text, [token_of((code, a - at, b - at, word, sense, lead - at)) for code, a, b, word, sense, lead in items]
    )


_code_of = itemgetter(0)
_OWN_COUNTED = re.compile(r"[nw](?:j[&/–]*)+z?(?:⟨[^⟩]{1,3}⟩)?m(?![/p])")
"""A form counted by the drug's own name: "one NAME DS (double strength) tablet"."""


@lru_cache(maxsize=1024)
def _marked(bare: Line, own: frozenset[str]) -> Line:
    """The line with the drug's own names among its items marked as such."""
    items = bare.scanned.copy()
    named = [i for i, item in enumerate(items) if item.word in own and item.code in "zx" and item.word not in SALTS]
    for i in named:
        items[i] = token_of(("j", *items[i][1:]))
        while i + 1 < len(items) and items[i + 1].word in SALTS and items[i + 1].code in "zx":
            i += 1  # "atorvastatin calcium"
            items[i] = token_of(("j", *items[i][1:]))
    if not named:
        return bare
    line = Line(bare.text, items)
    for found in reversed(list(_OWN_COUNTED.finditer(line.shape))):
        number, form = items[found.start()], items[found.end() - 1]
        amount = Amount(number.sense, number.sense, form.word, None)
        words = " ".join(item.word for item in items[found.start() : found.end()])
        items[found.start() : found.end()] = [Token("1", number.start, form.end, words, amount, number.lead)]
        line = Line(bare.text, items)
    line.scanned = []
    return line


def _items(text: str) -> list[Token]:
    scanned = scan(text)
    tokens = scanned.tokens
    items: list[Token] = []
    at = 0
    for kind, first, last, sense in phrases(scanned):
        items += tokens[at:first]
        code = _AMOUNTS[sense.kind] if kind == "amount" else _SIGNS[kind]
        begin = tokens[first]
        words = begin.word if last - first == 1 else " ".join([token.word for token in tokens[first:last]])
        items.append(token_of((code, begin.start, tokens[last - 1].end, words, sense, begin.lead)))
        at = last
    return items + tokens[at:]
