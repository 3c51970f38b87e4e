"""Words for people: stages of life with their ages, and groups that exclude each other.

The ages are those by which FDA labels and the ICH guideline E11 use the words; where texts differ, the wider age counts
for leaving a row out and the narrower one for saying that it is meant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing.signs import Pattern, level
from druginfo.terms.same import EXCLUSIVE

DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}
"""Days in a unit of age, for comparison."""

YEAR = DAYS["years"]
OLDEST = 130 * YEAR


class Stage(NamedTuple):
    """A word for a stage of life, in days: outside `low` to `high` nobody is meant, inside `surely` everybody is."""

    words: str
    low: float
    high: float
    surely: tuple[float, float]

    def __contains__(self, days: object) -> bool:
        return isinstance(days, float) and self.low <= days < self.high


def _years(words: str, low: float, high: float, surely: tuple[float, float] | None = None) -> Stage:
    narrow = surely or (low, high)
    return Stage(words, low * YEAR, high * YEAR, (narrow[0] * YEAR, narrow[1] * YEAR))


ADULTS = _years(r"(?<!older )adults?\b(?! dos\w+)", 18, 130)
ELDERLY = _years(r"(?:elderly|geriatrics?|seniors?|older\s+(?:adults|patients|people))\b", 60, 130, (65, 130))
CHILDREN = _years(
    r"(?:child(?:ren)?|pa?ediatrics?|peds|kids|boys|girls)\b(?!\W?pugh|\W?turcotte|bearing)", 0, 18, (2, 12)
)
STAGES = (
    ADULTS,
    ELDERLY,
    CHILDREN,
    _years(r"(?:adolescents?|teen(?:ager)?s?)\b", 10, 18, (12, 18)),
    _years(r"toddlers?\b", 1, 4, (1, 3)),
    Stage(r"(?:infants?|bab(?:y|ies))\b", 0, 2 * YEAR, (29, YEAR)),
    Stage(r"(?:neonat\w+|newborns?)\b", 0, 29, (0, 29)),
    _years(r"(?:growth\s+and\s+)?puberty\s+(?:is\s+)?complete\w*|post-?pubertal", 10, 130, (0, 0)),
    _years(r"pre-?puber\w+", 0, 16, (0, 0)),
    _years(r"post-?menopausal", 35, 130, (0, 0)),
    _years(r"(?:childbearing|reproductive)\s+(?:potential|age)|premenopausal", 9, 60, (0, 0)),
    _years(r"(?:gravid\w*|pregnan\w+)\b", 9, 60, (0, 0)),
)
_STAGE = Pattern(r"(?<!non)(?<!non-)(?<!non )\b(?:" + "|".join(f"({stage.words})" for stage in STAGES) + ")", re.I)
_NEGATED = Pattern(r"\bnon[\s-]?(elderly|geriatric|pa?ediatric|adults?|pregnant)\b", re.I)
_MOTHERS = Pattern(r"\b(?:mothers?|breast\W?fe\w+|lactat\w+|nursing)\b", re.I)
_ANY_STAGE = "|".join(stage.words for stage in STAGES)
_OTHERS = Pattern(
    rf"\b(?:{_ANY_STAGE})(?:\s+patients)?(?:\s*\([^)]*\))?\s*(?:,[^;:]*?)?\b(?:and/)?or\s+(?!(?:the\s+)?(?:{_ANY_STAGE})|"
    r"(?:older|younger|over|above|under|more|less|greater)\b)"
    r"|\bor\s+(?:the\s+)?elderly\b"
    r"|\b(?:years?|months?|weeks?|days?)(?:\s+(?:of\s+age|old))?,?\s+or\s+"
    r"(?:(?:body\s+)?weigh|with\b|in\b|those\b|debilitated|frail)",
    re.I,
)
"""An age as one of several things of which any will do: "Elderly or debilitated", "under 6 years or with eGFR <30"."""


@lru_cache(maxsize=1024)
def stages(text: str) -> tuple[Stage, ...]:
    """The stages of life that a text names; none where it speaks of mothers."""
    flat = level(text)
    if _MOTHERS.search(flat):
        return ()
    found = {match.lastindex for match in _STAGE.finditer(flat)}
    return tuple(stage for number, stage in enumerate(STAGES, 1) if number in found)


def stages_left_out(text: str) -> tuple[Stage, ...]:
    """The stages that a text says it does not mean: "Non-elderly"."""
    return tuple(stage for match in _NEGATED.finditer(level(text)) for stage in stages(match[1]))


def names_others(text: str) -> bool:
    """Whether a text that names an age means others too, whatever their age."""
    return _OTHERS.search(level(text)) is not None


EVERYBODY = Pattern(r"\W*(?:(?:all|most|other|the|any)\s+)*(?:patients?|people|persons?|individuals)?\W*", re.I)
"""A label that restricts nothing."""


def exclude_each_other(told: str, wanted: str) -> bool:
    """Whether two groups, as `same` has them, cannot hold for one patient."""
    for group in EXCLUSIVE:
        have, want = ({word for word in group if re.search(rf"\b{word}", text)} for text in (told, wanted))
        if have and want and not have & want:
            return True
    asked, named = stages(wanted), stages(told)
    return bool(asked and named) and not any(a.low < n.high and n.low < a.high for a in asked for n in named)
