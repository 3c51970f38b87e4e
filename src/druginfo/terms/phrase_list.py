"""Phrases that are looked for in a text without reading it: a list that a person can read, instead of an expression.

Headings, lint, what a sentence says of taking two drugs together: each asks whether a text has one of some phrases, and
scanning the whole text for that would cost more than it tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property


class Phrases:
    """Finds any of some phrases in a text, in capitals or not: `avoid* | not recommended/advised | no (_) effect`.

    `|` stands between phrases, `/` between words of which one is there. `*` is any ending, or any beginning; `(be)` may
    be missing; `_` is any word, `_4` up to four of them; `…` is anything within the sentence, `…40` as many characters
    of it. `^` and `$` are the beginning and the end of the text.
    """

    def __init__(self, *written: str) -> None:
        self._phrases = [phrase.split() for phrase in " | ".join(written).split(" | ")]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same as a regular expression; compiled when it is first needed, since that takes longer than to search."""
        return re.compile("|".join(map(_expression, self._phrases)), re.I)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Parts of words of which a text that has one of the phrases has one: to look for these first is far quicker."""
        found: dict[str, None] = {}
        for words in self._phrases:
            slots = [re.sub(r"[*^$]", "", word).casefold().split("/") for word in words if not re.match(r"[_…(]", word)]
            found |= dict.fromkeys(max(slots, key=lambda slot: min(map(len, slot))))
        return tuple(found)

    def search(self, text: str) -> re.Match[str] | None:
        """The first of the phrases in a text."""
        low = text.casefold()
        return self.pattern.search(text) if any(map(low.__contains__, self._parts)) else None

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else for each of the phrases."""
        return self.pattern.sub(by, text) if self.search(text) else text


def _expression(words: list[str]) -> str:
    """A phrase as a regular expression."""
    found, gap = "", ""
    for word in words:
        if word in ("^", "$"):
            found, gap = found + {"^": r"\A\W*", "$": r"[^.;:]*\Z"}[word], ""
        elif word[0] == "…":
            found, gap = found + rf"\b[^.;:]{{0,{word[1:]}}}?", "" if word[1:] else r"\b"
        elif optional := re.fullmatch(r"\((.+)\)", word):
            found, gap = found + rf"{gap}(?:{_slot(optional[1])}\s+)?", ""
        elif word[0] == "_":
            found, gap = found + rf"{gap}(?:\w+\s+){{{'0,' + word[1:] if word[1:] else 1}}}", ""
        else:
            found, gap = found + gap + _slot(word), r"\s+"
    return found


def _slot(word: str) -> str:
    """Words of which one is there."""
    return f"(?:{'|'.join(map(_word, word.split('/')))})"


def _word(word: str) -> str:
    bare = word.strip("*").replace("-", "-?")
    start, end = "" if word[0] == "*" else r"\b", r"\w*" if word[-1] == "*" else r"\b"
    return f"{start}{bare}{end}"
