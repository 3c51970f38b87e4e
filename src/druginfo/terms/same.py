"""Words compared: folded, in full or by a beginning, British or American, one word for each group of them."""

from __future__ import annotations

import re
from functools import lru_cache

from druginfo.terms import without_brackets
from druginfo.terms.files import data_tables

_TABLES = data_tables("indications.txt")
_SAME = {wording: meant for meant, words in _TABLES["same"].items() for wording in words.split(", ")}
"""Words as they are folded, `*` for any ending → the word that they are compared by."""
_ENDINGS = _TABLES["endings"]

EXCLUSIVE = (
    ("female", "male"),
    ("poor metaboli", "intermediate metaboli", "normal metaboli", "rapid metaboli", "ultrarapid metaboli"),
    ("naive", "tolerant", "experienced"),
    ("hemodialysi", "peritoneal dialysi"),
    *((early, f"term {who}") for early in ("preterm", "premature") for who in ("infant", "neonat", "newborn")),
)
"""Groups of which a patient is in one, as `same` has them."""

NAMELESS, QUALIFIERS, AROUND = (
    frozenset(_TABLES["words"][row].split()) for row in ("nameless", "qualifiers", "around")
)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words in lower case without accents, plural s and signs, one space between; "type II" is "type 2"."""
    words = " ".join(re.findall(r"[a-z0-9]+", without_accents(text).casefold()))
    numbered = _ROMAN.sub(_numbered, words) if " i" in words else words
    return re.sub(r"(?<=[a-z0-9]{4})(?<!s)s\b", "", numbered)


_ROMAN = re.compile(
    r"\b(?:types?|grades?|class|classes|stages?|phases?) (?:iv|i{1,3})(?: (?:or|and|to|through|iv|i{1,3})\b)*\b"
)
_FIGURES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _numbered(found: re.Match[str]) -> str:
    return " ".join(_FIGURES.get(word, word) for word in found[0].split())


def without_accents(text: str) -> str:
    """A text whose letters have no accents, compatible signs as one."""
    if text.isascii():
        return text
    import unicodedata

    plain = unicodedata.normalize("NFKD", text)
    return (
        "".join(c for c in plain if not unicodedata.combining(c))
        if any(map(unicodedata.combining, set(plain)))
        else plain
    )


@lru_cache(maxsize=4096)
def same(text: str) -> str:
    """A text folded, with one word for each group.

    >>> same("Pregnant women"), same("Kidney transplantation")
    ('pregnancy female', 'renal transplant')
    """
    of_disease = _endings().sub(lambda found: _ENDINGS[found[0]], folded(text))
    return _groups().sub(lambda found: _meant(found[0]), of_disease)


def _meant(words: str) -> str:
    if words in _SAME:
        return _SAME[words]
    return next(meant for wording, meant in _SAME.items() if wording[-1] == "*" and words.startswith(wording[:-1]))


@lru_cache(maxsize=1)
def _endings() -> re.Pattern[str]:
    people = r"(?:patient|people|person|individual|subject|adult|adolescent|child|children|infant|women|men)\b"
    return re.compile(rf"(?:{'|'.join(_ENDINGS)})(?=$| {people})")


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    longest = sorted(_SAME, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(wording.replace('*', r'[a-z]*') for wording in longest)})\b")


def holds(text: str, words: str) -> bool:
    """Whether every wanted word is in the text, British or American, from five letters on as a beginning too.

    Both are folded.
    """
    have = f" {text} "
    return bool(words) and all(any(each in have for each in ways) for ways in _needles(words))


@lru_cache(maxsize=4096)
def _needles(words: str) -> list[list[str]]:
    """For each word the ways in which a text between blanks has it."""
    return [[f" {each}{' ' * (len(each) < 5)}" for each in _spellings(word)] for word in words.split()]


def sources(word: str) -> list[str]:
    """What a text has, in small letters `without_accents`, where `same` has a word that begins like this one."""
    spelled = _spellings(word)
    groups = (wording for wording, meant in _SAME.items() if any(f" {each}" in f" {meant}" for each in spelled))
    found = [*spelled, *(wording.rstrip("*").split()[0] for wording in groups)]
    for ending, of_disease in _ENDINGS.items():
        parts = [of_disease[:length] for length in range(1, len(of_disease) + 1)]
        found += [each.removesuffix(part) + ending for each in found for part in parts if each.endswith(part)]
    return found


def _spellings(word: str) -> tuple[str, ...]:
    from druginfo.terms.spelling import variants

    return variants(word)


def bare(text: str, without: frozenset[str] = NAMELESS) -> str:
    """The words of a text that name something, folded, but for brackets."""
    words = folded(without_brackets(text, "")).split()
    return " ".join(word for word in words if word not in without)
