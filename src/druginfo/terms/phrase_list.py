"""Phrases that are looked for in a text without reading it: a list that a person can read, instead of an expression.

Headings, lint, what a sentence says of taking two drugs together: each asks whether a text has one of some phrases, and
scanning the whole text for that would cost more than it gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from types import SimpleNamespace

from druginfo.terms.files import data_tables


class Phrases:
    """Finds any of some phrases in a text, in capitals or not: `avoid* | not recommended/advised | no _2 effect`.

    `|` comes between phrases, `/` between words of which one is there; between words are spaces or a hyphen. `*` is any
    ending, or any beginning; `(be)` may be missing, `!be` must not follow; `_` is any word, `_2` up to two of them; `…`
    is anything within the sentence, `…40` as many characters of it. `^` is the beginning of the text, `$` all that is
    left of it, if that is one clause, `$0` its end.

    >>> found = Phrases("must not | (dose) adjust* | no _2 effect/change | allerg* … to $")
    >>> [bool(found.search(text)) for text in ("Must not be used", "No clinically relevant effect", "dose adjusted")]
    [True, True, True]
    >>> found.search("Allergic reactions to other")[0], found.search("Allergy. Given to")
    ('Allergic reactions to other', None)
    """

    def __init__(self, *written: str) -> None:
        self._phrases = [phrase.split() for phrase in " | ".join(written).split(" | ")]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The same as a regular expression; compiled when it is first needed, which takes longer than a search."""
        return re.compile(self.expression, re.I)

    @property
    def expression(self) -> str:
        """The same, to be part of another expression that has no case."""
        inside = [_expression(words) for words in self._phrases if words[0][0] == "*"]
        begun = [_expression(words) for words in self._phrases if words[0][0] not in "*^"]
        first = [_expression(words) for words in self._phrases if words[0] == "^"]
        return "|".join([*([rf"\b(?:{'|'.join(begun)})"] if begun else ()), *inside, *first])

    @cached_property
    def _each(self) -> list[tuple[tuple[str, ...], str]]:
        """The phrases as they come in the expression, each after parts of words one of which a text with it has."""
        order = sorted(self._phrases, key=lambda words: (words[0][0] == "*") + 2 * (words[0] == "^"))
        return [
            (_parts(words), ("" if words[0][0] in "*^" else r"\b") + f"(?:{_expression(words)})") for words in order
        ]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Parts of words one of which a text with any of the phrases has: to look for these first is far quicker."""
        return tuple(dict.fromkeys(part for parts, _ in self._each for part in parts))

    def search(self, text: str) -> re.Match[str] | None:
        """The first of the phrases in a text. Only those are compiled of which the text has a part."""
        low = text.casefold()
        if not any(map(low.__contains__, self.parts)):
            return None
        likely = [_compiled(each) for parts, each in self._each if any(map(low.__contains__, parts))]
        found = filter(None, (each.search(text) for each in likely))
        return min(found, key=lambda match: match.start(), default=None)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else for each of the phrases."""
        return self.pattern.sub(by, text) if self.search(text) else text


_compiled = lru_cache(maxsize=None)(partial(re.compile, flags=re.I))


def _parts(words: list[str]) -> tuple[str, ...]:
    """Parts of words one of which every text with a phrase has."""
    slots = [
        [max(each.strip("*").casefold().split("-"), key=len) for each in word.split("/")]
        for word in words
        if word[0] not in "_…(^$!"
    ]
    return tuple(max(slots, key=lambda slot: min(map(len, slot))))


def _expression(words: list[str]) -> str:
    """A phrase as a regular expression, without the word boundary before it."""
    found, gap = "", ""
    for word in words:
        if word == "^":
            found = r"\A\W*"
        elif word[0] == "$":
            found += rf"\s*[^.;:]{{0,{word[1:]}}}\Z"
        elif word[0] == "!":
            found += rf"\b(?![\s-]+(?:{'|'.join(map(_word, word[1:].split('/')))}))"
        elif word[0] == "…":
            found, gap = found + rf"[^.;:]{{0,{word[1:]}}}?", r"\b"
        elif word[0] == "_":
            found, gap = found + rf"{gap}(?:\w+\s+){{{'0,' + word[1:] if word[1:] else 1}}}", ""
        else:
            slot = f"(?:{'|'.join(map(_word, word.strip('()').split('/')))})"
            if word[0] == "(":
                found += f"(?:{gap}{slot})?" if gap else rf"(?:{slot}[\s-]+)?"
            else:
                found, gap = found + gap + slot, r"[\s-]+"
    return found


def _word(word: str) -> str:
    return word.strip("*").replace("-", "-?") + (r"\w*" if word[-1] == "*" else r"\b")


def phrases_of(table: str) -> SimpleNamespace:
    """The rows of a table of `data/phrases.txt`, by their names: `phrases_of("doses").no_regimen.search(text)`."""
    return SimpleNamespace(**{row: Phrases(written) for row, written in data_tables("phrases.txt")[table].items()})
