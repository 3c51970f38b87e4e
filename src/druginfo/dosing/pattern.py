"""Regular expressions that are compiled when first used, and tried only on texts that can hold a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from operator import methodcaller
from typing import Any, NamedTuple

from druginfo.terms.files import data_rows

codes = lru_cache(maxsize=None)(re.compile)
"""A pattern over the codes of a line's items, compiled when it is first used."""


class Found(NamedTuple):
    """Where a rule's pattern was found in the codes of a sentence, and which of them its groups ask something of."""

    says: str
    of_amount: tuple[str, ...]
    start: int
    end: int
    groups: tuple[tuple[str, int, int], ...]

    def fits(self, so: Callable[[str, int], bool]) -> bool:
        """Whether each group has an item that is as its name asks."""
        for name, at, last in self.groups:
            while at < last and not so(name, at):
                at += 1
            if at == last:
                return False
        return True


class FirstOfEach:
    """Where each rule of a table is found first, as far as that was asked for."""

    def __init__(self, table: str, codes: str) -> None:
        matches = (
            (rule, match) for rule in rules(table) if rule.needs in codes and (match := rule.pattern.search(codes))
        )
        self.found: list[Found] = []
        self.rest = (_found(rule, match) for rule, match in matches)

    def __iter__(self) -> Iterator[Found]:
        yield from self.found
        for each in self.rest:
            self.found.append(each)
            yield each


first_of_each = lru_cache(maxsize=4096)(FirstOfEach)
"""The same, kept: whatever the words, sentences with the same codes have the same, and many have, as most regimens are
said in one of a few ways."""


@lru_cache(maxsize=4096)
def all_of_each(table: str, codes: str, those: frozenset[str]) -> tuple[Found, ...]:
    """Wherever each rule of a table is found that says one of `those`, of all where there are none."""
    return tuple(
        _found(rule, match)
        for rule in rules(table)
        if rule.needs in codes and (rule.says in those or not those)
        for match in rule.pattern.finditer(codes)
    )


def _found(rule: SentenceRule, match: re.Match[str]) -> Found:
    span = match.span
    groups = [(name, *span(name)) for name in match.re.groupindex]
    return Found(rule.says, rule.of_amount, *span(), tuple([each for each in groups if each[1] >= 0]))


class Pattern:
    """A regular expression that is compiled when it is first used: one monograph does not need them all.

    `hints` are strings in lower case of which every match holds one: a text without them is not searched.
    """

    _seen = ("", "")
    """A text and the same in lower case."""

    def __init__(self, expression: str, flags: int = 0, hints: tuple[str, ...] = ()) -> None:
        self.expression = expression
        self.flags = flags
        self.hints = hints

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself."""
        compiled = re.compile(self.expression, self.flags)
        if not self.hints:  # nothing stands between the caller and the expression
            self.search, self.finditer = compiled.search, compiled.finditer  # type: ignore[method-assign, assignment]
        return compiled

    def __getattr__(self, name: str) -> Any:
        self.__dict__[name] = found = getattr(self.compiled, name)
        return found

    def hopeless(self, text: str) -> bool:
        """Whether the text holds none of the hints."""
        if not self.hints:
            return False
        seen = Pattern._seen
        if seen[0] is not text:  # dozens of expressions in a row ask of the same text
            seen = Pattern._seen = (text, text.lower())
        return not any(map(seen[1].__contains__, self.hints))

    def search(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return None if self.hopeless(text) else self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return iter(()) if self.hopeless(text) else self.compiled.finditer(text)

    def blank(self, text: str) -> str:
        """The text with spaces for what matches."""
        return text if self.hopeless(text) else self.compiled.sub(lambda m: " " * len(m[0]), text)


class SentenceRule(NamedTuple):
    """A row of `data/dosing_rules.txt`: what follows where its pattern is found in the codes of a sentence, which it
    never is where they are without those in `needs`."""

    says: str
    needs: str
    of_amount: tuple[str, ...]
    """What its groups ask of the amount itself, which need not be searched for."""
    pattern: Pattern


@cache
def rules(table: str) -> tuple[SentenceRule, ...]:
    """The rules of a table, in their order."""
    rows = data_rows("dosing_rules.txt")
    begin = rows.index(f"[{table}]") + 1
    columns = map(methodcaller("split", "\t"), takewhile(lambda row: row[0] != "[", rows[begin:]))
    return tuple(
        SentenceRule(says, needs, tuple(_OF_AMOUNT.findall(pattern)), Pattern(pattern))
        for says, needs, pattern, *_ in columns
    )


_OF_AMOUNT = re.compile(r"\(\?P<(\w+)>(?=(?:\(\?P<\w+>)*█)")
_SINGLE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n", " "),
        "\u03bc": "µ", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＜": "<", "＞": ">", "’": "'",
    }
)  # fmt: skip
_DOUBLE = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "&ge;": "≥", "&le;": "≤", "&lt;": "<", "&gt;": ">"}


@lru_cache(maxsize=2048)
def level(text: str) -> str:
    """The text with one code for each meaning; as long as the text, so positions in it are positions in the text.

    >>> level("2–4 mg, CrCl >=30")
    '2-4 mg, CrCl ≥ 30'
    """
    text = text.translate(_SINGLE)
    if "<" in text or ">" in text or "&" in text:
        text = re.sub(r"<br\s*/?>", lambda m: " " * len(m[0]), text)
        text = re.sub(r">=|=>|<=|=<|&(?:[gl]e|[gl]t);", lambda m: _DOUBLE[m[0]].ljust(len(m[0])), text)
    return text
