"""Which people a text names: stages of life, others beside them, and groups that exclude each other."""

from __future__ import annotations

import re
from functools import lru_cache

from druginfo.dosing.pattern import Pattern, level
from druginfo.terms import patterns, words_in
from druginfo.terms.same import EXCLUSIVE
from druginfo.terms.stages import ELDERLY, STAGES, Stage

_ANY_STAGE = "|".join(stage.words for stage in STAGES)
_STAGE = Pattern(
    r"\b(?:" + "|".join(f"({stage.words})" for stage in STAGES) + ")", re.I,
    hints=("adult", "elder", "geriatric", "senior", "older", "child", "diatric", "peds", "kids", "boys", "girls",
           "adolescent", "teen", "toddler", "infant", "bab", "neonat", "newborn", "pubert", "menopaus", "reproductive",
           "gravid", "pregnan", "puber"),
)  # fmt: skip
NEGATED = Pattern(patterns.NEGATED_GROUP, re.I, hints=("no", "except", "exclud", "other"))
_MOTHERS = Pattern(patterns.MOTHERS, re.I, hints=("mother", "breast", "lactat", "nursing"))
_OTHERS = Pattern(
    rf"\b(?:{_ANY_STAGE})(?:\s+patients)?(?:\s*\([^)]*\))?\s*(?:,[^;:]*?)?\b(?:and/)?or\s+(?!(?:the\s+)?(?:{_ANY_STAGE})|"
    r"(?:older|younger|over|above|under|more|less|greater)\b)"
    rf"|\bor\s+(?:the\s+)?{ELDERLY.words}"
    rf"|\b{patterns.PERIOD}(?:\s+(?:of\s+age|old))?,?\s+or\s+"
    r"(?:(?:body\s+)?weigh|with\b|in\b|those\b|debilitated|frail)",
    re.I,
)
"""An age as one of several things of which any will do: "Elderly or debilitated", "under 6 years or with eGFR <30"."""


@lru_cache(maxsize=1024)
def stages(text: str) -> tuple[Stage, ...]:
    """The stages of life that a text names; none where it speaks of mothers."""
    if _STAGE.hopeless(text):
        return ()
    flat = NEGATED.blank(level(text))
    if _MOTHERS.search(flat):
        return ()
    found = {match.lastindex for match in _STAGE.finditer(flat)}
    return tuple(stage for number, stage in enumerate(STAGES, 1) if number in found)


def meant(text: str) -> str:
    """A text without the groups that it says it does not mean."""
    return NEGATED.blank(level(text))


def but_for_exceptions(text: str) -> str:
    """A text without whom it excepts, though with whom its people are not: "not on dialysis"."""
    excepted = [match.span() for match in NEGATED.finditer(text) if match["clause"] is not None]
    for start, end in excepted:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=1024)
def left_out(text: str) -> tuple[str, ...]:
    """The groups that a text says it does not mean: "non-elderly", "except pregnant women"; none that has figures."""
    found = (match["what"] for match in NEGATED.finditer(level(text)))
    return tuple(what for what in found if what and not re.search(r"\d", what))


def stages_left_out(text: str) -> tuple[Stage, ...]:
    """The stages that a text says it does not mean."""
    return () if _STAGE.hopeless(text) else tuple(stage for what in left_out(text) for stage in stages(what))


@lru_cache(maxsize=1024)
def names_others(text: str) -> bool:
    """Whether a text that names an age means others too, whatever their age."""
    return "or" in words_in(text.lower()) and _OTHERS.search(level(text)) is not None


EVERYBODY = Pattern(patterns.EVERYBODY, re.I)
"""A label that restricts nothing."""


@lru_cache(maxsize=4096)
def exclude_each_other(label: str, wanted: str) -> bool:
    """Whether two groups, as `same` has them, cannot hold for one patient."""
    for group in EXCLUSIVE:
        want = _begun(wanted, group)
        if want and (have := _begun(label, group)) and have.isdisjoint(want):
            return True
    asked, named = stages(wanted), stages(label)
    return bool(asked and named) and not any(a.low < n.high and n.low < a.high for a in asked for n in named)


@lru_cache(maxsize=1024)
def _begun(text: str, beginnings: tuple[str, ...]) -> frozenset[str]:
    """Of some beginnings those with which a word of a text begins."""
    return frozenset(each for each in beginnings if f" {each}" in f" {text}")
