"""Which people a text names: stages of life, others beside them, and groups that exclude each other."""

from __future__ import annotations

import re
from functools import lru_cache

from druginfo.dosing.pattern import Pattern, level
from druginfo.terms import patterns
from druginfo.terms.same import EXCLUSIVE, holds, same, sources, without_accents
from druginfo.terms.stages import ELDERLY, STAGES, LifeStage

_ANY_STAGE = "|".join(stage.words for stage in STAGES)
_STAGE = Pattern(
    r"\b(?:" + "|".join(f"({stage.words})" for stage in STAGES) + ")", re.I,
    hints=tuple(dict.fromkeys(hint for stage in STAGES for hint in stage.hints)),
)  # fmt: skip
NEGATED = Pattern(patterns.NEGATED_GROUP, re.I, hints=("no", "without", "except", "exclud", "other"))
_MOTHERS = Pattern(patterns.MOTHERS, re.I, hints=("mother", "breast", "lactat", "nursing"))
_OTHERS = Pattern(
    rf"\b(?:{_ANY_STAGE})(?:\s+patients)?(?:\s*\([^)]*\))?\s*(?:,[^;:]*?)?\b(?:and/)?or\s+(?!(?:the\s+)?(?:{_ANY_STAGE})|"
    r"(?:older|younger|over|above|under|more|less|greater)\b)"
    rf"|\bor\s+(?:the\s+)?{ELDERLY.words}"
    rf"|\b{patterns.PERIOD}(?:\s+(?:of\s+age|old))?,?\s+or\s+"
    rf"(?:(?:body\s+)?weigh|with\b|in\b|those\b|{patterns.FRAIL})",
    re.I,
)
"""An age as one of several things of which any will do: "Elderly or debilitated", "under 6 years or with eGFR <30"."""


@lru_cache(maxsize=1024)
def stages(text: str) -> tuple[LifeStage, ...]:
    """The stages of life that a text names; none where it speaks of mothers."""
    if _STAGE.hopeless(text):
        return ()
    flat = NEGATED.blank(level(text))
    if _MOTHERS.search(flat):
        return ()
    found = {match.lastindex for match in _STAGE.finditer(flat)}
    return tuple(stage for number, stage in enumerate(STAGES, 1) if number in found)


def stage_words(text: str) -> str:
    """The words alone by which a text names the stages of life: "children", of "children under 6 years"."""
    return " ".join(match[0] for match in _STAGE.finditer(NEGATED.blank(level(text))))


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


def stages_left_out(text: str) -> tuple[LifeStage, ...]:
    """The stages that a text says it does not mean."""
    return () if _STAGE.hopeless(text) else tuple(stage for what in left_out(text) for stage in stages(what))


@lru_cache(maxsize=1024)
def names_others(text: str) -> bool:
    """Whether a text that names an age means others too, whatever their age."""
    return _OR.search(text) is not None and _OTHERS.search(level(text)) is not None


def without_frail(text: str) -> str:
    """A text that names an age without the frail beside them: "elderly or debilitated patients" says nothing of those
    who are neither old nor said to be frail."""
    return _FRAIL.sub("", text)


_FRAIL = re.compile(
    rf"(?:,?\s*(?:and/)?or|,)\s+(?:(?:in\s+)?(?:the\s+)?(?:presence\s+of\s+)?){patterns.FRAIL}"
    r"(?:\s+(?:diseases?|conditions?))?",
    re.I,
)
_OR = Pattern(
    rf"\bor\b(?!\s+(?:younger|over|above|under|more|less|greater|older(?!\s+{patterns.WHOM}))\b)",
    re.I,
    ("or",),
)
"""Not "18 years or older"."""
EVERYBODY = Pattern(patterns.EVERYBODY, re.I)
"""A label that restricts nothing."""


def names_group(text: str, asked: str, *, aged: bool = True) -> bool:
    """Whether two wordings name one group of people, as "pediatric" and "Children" do.

    `aged`: whether the first may name a stage of life.
    """
    text = text if left_out(asked) else meant(text)
    if aged and not set(stages(asked)).isdisjoint(stages(text)):
        return not exclude_each_other(text, asked)  # term and preterm infants are of one age
    return any(holds(same(text), each) for each in _called(asked))


@lru_cache(maxsize=64)
def _called(asked: str) -> tuple[str, ...]:
    """What a group is called, and the diseases in general that theirs is a kind of: those with angina have a heart
    disease."""
    if stages(asked) or not same(asked):
        return (same(asked),)
    from druginfo.terms.conditions import kinds  # a thousand rows, for a disease alone

    return tuple(dict.fromkeys((same(asked), *map(same, kinds(asked)))))


def may_name(text: str, asked: str) -> bool:
    """The same, by strings alone: true of every text that does, and of some others."""
    of_ages, of_names = _hints(asked)
    plain = without_accents(text.lower())
    if any(map(plain.__contains__, of_ages)):
        return True
    return any(all(any(map(plain.__contains__, each)) for each in words) for words in of_names)


@lru_cache(maxsize=64)
def _hints(asked: str) -> tuple[list[str], list[list[list[str]]]]:
    """Of the ages that a group is of, and of each word of each of its names, strings of which a text that names them
    has one."""
    ages = [hint for stage in stages(asked) for hint in stage.hints]
    return ages, [[*map(sources, name.split())] for name in _called(asked)]


@lru_cache(maxsize=4096)
def exclude_each_other(text: str, asked: str) -> bool:
    """Whether two groups cannot hold for one patient."""
    wanted = same(asked)
    wants = [(group, want) for group in EXCLUSIVE if (want := _begun(wanted, group))]
    if not wants and _STAGE.hopeless(text):
        return False
    label = same(text)
    if any((have := _begun(label, group)) and have.isdisjoint(want) for group, want in wants):
        return True
    ages, named = stages(wanted), stages(label)
    return bool(ages and named) and not any(a.low < n.high and n.low < a.high for a in ages for n in named)


@lru_cache(maxsize=1024)
def _begun(text: str, beginnings: tuple[str, ...]) -> frozenset[str]:
    """Of some beginnings those with which a word of a text begins."""
    return frozenset(each for each in beginnings if f" {each}" in f" {text}")
