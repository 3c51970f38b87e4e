"""What people say and what texts call it, everyday, clinical and British: the tables of `data/`, and small words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from druginfo.terms.files import data_rows, names_of, rows_with, word_list
from druginfo.terms.patterns import TIME_WORDS

LIGHT = word_list("questions", "light") | TIME_WORDS
"""Words that may be missing where the others are found."""

COMMON = word_list("questions", "common")
"""Common verbs and the like: they decide between questions and never rule one out."""

TESTS = word_list("questions", "tests")
"""What is measured: what is said of monitoring it comes before where else it is mentioned."""

WIDE = word_list("questions", "wide")
"""Words that tell nothing without what they are said of."""

ALONE_NOTHING = WIDE | COMMON | word_list("indications", "common") | frozenset("0123456789")
"""What is not worth showing for itself: "severe" of a severe gastroparesis."""

EVERYDAY = word_list("questions", "everyday")
"""Words of every day that are drugs' names too."""

FILLERS = word_list("questions", "fillers")
"""Words that say nothing about what is asked."""


class Same(NamedTuple):
    """Words that mean the same."""

    words: tuple[str, ...]
    also: tuple[str, ...]
    """What they find too, and what does not find them."""
    near: tuple[str, ...]
    """What is near them, and counts only where nothing else is found."""


def same_words(letters: str = "") -> Iterator[Same]:
    """What people say and what texts call it; a word may be in several rows. Those rows that have these letters."""
    for row in rows_with("same_words.txt", letters):
        rest, _, near = row.partition(" >> ")
        words, _, also = rest.partition(" > ")
        yield Same(*(names_of(part) if part else () for part in (words, also, near)))


@cache
def other_senses() -> dict[str, tuple[str, ...]]:
    """A word that means two things → what a passage speaks of that has it in the sense less often asked for."""
    rows = (row.split(" = ") for row in data_rows("other_senses.txt"))
    return {each: names_of(meant) for words, meant in rows for each in names_of(words)}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """What people call a group of drugs → what monographs call it."""
    rows = (row.split(" = ") for row in data_rows("groups.txt"))
    return {each: names_of(meant) for names, meant in rows for each in names_of(names)}
