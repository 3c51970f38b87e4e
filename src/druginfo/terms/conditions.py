"""What people call conditions and organisms, and what texts call them: `data/conditions.txt`, `data/organisms.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from druginfo.terms import words_in
from druginfo.terms.files import data_rows, data_tables, names_of, rows_with
from druginfo.terms.spelling import variants
from druginfo.terms.word_parts import composed, taken_apart

ConditionRow = tuple[tuple[str, ...], str, tuple[str, ...]]
"""Names, a sign, what is meant by them."""
ConditionRows = tuple[ConditionRow, ...]


@lru_cache(maxsize=512)
def condition_rows(letters: str = "", table: str = "conditions.txt") -> ConditionRows:
    """What people call a condition, a sign, what monographs call it. `=`: all of the row mean the same; `>`: the first
    find the others; `<`: the first are kinds of the other; `?`: one of the others, which the text must decide. Those
    rows that have these letters."""
    parts = (re.split(r" ([=<>?]) ", row) for row in rows_with(table, letters))
    return tuple((names_of(names), sign, names_of(meant)) for names, sign, meant in parts)


@lru_cache(maxsize=512)
def conditions(letters: str = "") -> dict[str, tuple[str, ...]]:
    """What people call a condition → what monographs call it. Of the rows that have these letters."""
    return {each: meant for names, sign, meant in condition_rows(letters) if sign != "<" for each in names}


@cache
def _by_name() -> dict[str, ConditionRows]:
    """The rows that have a name, on either side of their sign, those of clinicians too."""
    found: dict[str, list[ConditionRow]] = {}
    for row in (*condition_rows(), *condition_rows("", "clinical_names.txt")):
        for name in {*row[0], *row[2]}:
            found.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _rows(name: str, sign: str) -> Iterator[ConditionRow]:
    return (row for row in _by_name().get(name, ()) if row[1] == sign)


@cache
def organisms() -> dict[str, tuple[str, ...]]:
    """What people call an organism → how indications write it."""
    rows = (row.split(" = ") for row in data_rows("organisms.txt"))
    return {each: names_of(meant) for names, meant in rows for each in names_of(names)}


def spellings(text: str) -> Iterator[str]:
    """Words as the table of conditions may have them: with American spelling, no hyphens, no apostrophes, no plural."""
    for each in variants(" ".join(words_in(text.casefold().replace("'", "").replace("’", "")))):
        numbered = re.sub(r"(?<=\btype )(?:i{1,2}|one|two)\b", lambda m: str(1 + (m[0] in ("ii", "two"))), each)
        yield numbered
        yield numbered.removesuffix("s")
        yield numbered.removesuffix(" disease").removesuffix(" mellitus")


def named(condition: str) -> tuple[str, ...]:
    """What a condition that the tables know is looked for by, the same for all of its names; else nothing.

    A name of one word counts only in capitals, as an abbreviation, unless monographs use it: "fits" are seizures, but
    not whoever is fit.

    >>> named("water infection") == named("UTI") == named("urinary tract infections")
    True
    """
    found = ((*ways(each), *wider(each, of_all=False)) for each in spellings(condition))
    return tuple(dict.fromkeys(next(filter(None, found), ())))


def own_names(condition: str) -> tuple[str, ...]:
    """The same without what it is a kind of."""
    return next(filter(None, map(ways, spellings(condition))), ())


@lru_cache(maxsize=512)
def ways(condition: str) -> tuple[str, ...]:
    """What a condition of the tables is called, and what is part of it."""
    found = _equal(condition)
    for each in (condition, *found):
        found += tuple(way for names, _, meant in _rows(each, ">") if each in names for way in (condition, *meant))
    if not found and any(condition in names for names, _, _ in _rows(condition, "<")):
        found = (condition,)
    called = tuple(dict.fromkeys(found)) or composed(condition)
    parted = () if called else taken_apart(condition)
    return (condition, *parted) if parted else called


def either(abbreviation: str) -> tuple[str, ...]:
    """The conditions one of which an abbreviation means."""
    rows = (meant for names, _, meant in _rows(abbreviation, "?") if abbreviation in names)
    return tuple(each for meant in rows for one in meant for each in ways(one) or (one,))


@lru_cache(maxsize=512)
def wider(condition: str, *, of_all: bool = True) -> tuple[str, ...]:
    """What a condition of the tables is a kind of, by the names of clinicians too or without them."""
    own = {condition, *(each for names, _, meant in _rows(condition, "=") for each in (*names, *meant))}
    known = (row for each in own for row in _rows(each, "<") if each in row[0])
    broader = (each for row in known if of_all or row in condition_rows() for each in row[2])
    return tuple(dict.fromkeys(each for one in broader for each in (_equal(one) or (one,))))


def kinds(condition: str) -> tuple[str, ...]:
    """What a condition, as a person writes it, is a kind of, but for abbreviations: angina is a heart disease."""
    found = (way for each in spellings(condition) for way in wider(each) if not way.isupper())
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def siblings(condition: str) -> tuple[str, ...]:
    """The other kinds of what a condition of the tables is a kind of, by all their names: type 1 diabetes of type 2."""
    own = {condition, *_equal(condition)}
    beside = (names for one in wider(condition) for names, _, meant in _rows(one, "<") if one in meant)
    others = (name for names in beside for name in names if name not in own)
    return tuple(dict.fromkeys(name for each in others for name in (each, *_equal(each))))


_MEASURES = frozenset({"blood pressure", "eye pressure", "cholesterol"})
"""What people say for a condition and texts for what is measured."""


def _equal(condition: str) -> tuple[str, ...]:
    for names, _, meant in _rows(condition, "="):
        kept = (each for each in names if each not in _MEASURES and (" " in each or len(each) < 7))
        words = (each if " " in each else each.upper() for each in kept)
        return tuple(dict.fromkeys((*meant, *words)))
    return ()


def organism(asked: str) -> tuple[str, ...]:
    """How indications write an organism that a person names, with or without "infection"; empty for no organism."""
    for each in spellings(asked):
        each = each.removeprefix("the ")  # "the clap"
        if found := organisms().get(each) or organisms().get(each.removesuffix("s").removesuffix(" infection")):
            return found
    return ()


ANOTHER_BEFORE, ANOTHER_AFTER = (data_tables("indications.txt")[f"another {side}"] for side in ("before", "after"))
"""Words that make another disease of a condition's name, as regular expressions."""


def is_another(name: str, text: str) -> bool:
    """Whether a text has the one word of a condition's name only within the names of others: cold sores are no cold."""
    before, after = ANOTHER_BEFORE.get(name), ANOTHER_AFTER.get(name)
    if not before and not after:
        return False
    own = (rf"(?<!\w){before}\s+" if before else "(?!)", rf"\b{name}\s+{after}\b" if after else "(?!)")
    return not re.search(rf"\b{name}", re.sub(rf"{own[0]}{name}|{own[1]}", " ", text, flags=re.I), re.I)
