"""The parts of medical words: a part of the body and what is wrong with it, in everyday words or in one Greek word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from druginfo.terms.files import data_tables


class _Part(NamedTuple):
    nouns: tuple[str, ...]
    """What it is called."""
    stems: tuple[str, ...]
    """How its names begin; of what is wrong with it, the ending."""


@cache
def _parts(table: str) -> dict[str, _Part]:
    """The parts of the body, or what may be wrong with one, by what people call it."""
    found: dict[str, _Part] = {}
    alone = ("others", "limbs")
    for name, row in data_tables("word_parts.txt")[table].items():
        words, _, stems = row.partition(" | ")
        every = tuple(words.split())
        nouns = name.split() if table == "wrong" else [w for w in every if w[-1] != "s" or w[:-1] not in every]
        found |= {each: _Part((each,) if name in alone else tuple(nouns), tuple(stems.split())) for each in every}
    return found


def is_part_of_body(word: str) -> bool:
    """Whether a word names a part of the body."""
    return word in _parts("body")


def is_wrong(word: str) -> bool:
    """Whether a word says what may be wrong with a part of the body."""
    return word in _parts("wrong")


_BETWEEN = frozenset("of in on the my his her their your a an is are".split())


@cache
def composed(words: str) -> tuple[str, ...]:
    """What else something wrong with a part of the body is called; nothing where the words are no such thing.

    >>> composed("infection of the prostate")
    ('prostate infection', 'prostatic infection', 'prostatitis')
    """
    first, *between, last = words.split() if " " in words else ("", "")
    body, wrong = _parts("body"), _parts("wrong")
    if not _BETWEEN.issuperset(between):
        return ()
    if first in body and last in wrong:
        where, what = body[first], wrong[last]
    elif first in wrong and last in body:
        where, what = body[last], wrong[first]
    else:
        return ()
    return tuple(dict.fromkeys((*_side_by_side(where, what), *_joined(where, what))))


def _side_by_side(where: _Part, what: _Part) -> Iterator[str]:
    return (f"{part} {noun}" for part in where.nouns for noun in what.nouns)


def _joined(where: _Part, what: _Part) -> Iterator[str]:
    for ending in what.stems:
        for stem in where.stems:
            if stem[-1] == "+" or ending[0] != "+":
                yield stem.strip("+") + ending.strip("+")


@cache
def taken_apart(word: str) -> tuple[str, ...]:
    """What one Greek word for something wrong with a part of the body is called; nothing where it is no such word.

    >>> taken_apart("nephropathy")
    ('kidney disease', 'renal disease', 'kidney damage', 'renal damage')
    """
    return _greek().get(word, ()) if word.endswith(_endings()) else ()


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending.strip("+") for what in _parts("wrong").values() for ending in what.stems)


@cache
def _greek() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    wrong = tuple(dict.fromkeys(_parts("wrong").values()))
    for where in dict.fromkeys(_parts("body").values()):
        for what in wrong:
            for word in _joined(where, what):
                found[word] = (*found.get(word, ()), *_side_by_side(where, what))
    return found


def nouns(word: str) -> Iterator[str]:
    """What a condition may be called that somebody has who is so: the anxious have anxiety.

    >>> list(nouns("itchy"))
    ['itchiness', 'itche', 'itch']
    """
    for ending, of_condition in data_tables("word_parts.txt")["nouns"].items():
        if word.endswith(ending):
            yield from (word.removesuffix(ending) + each.strip("-") for each in of_condition.split())
