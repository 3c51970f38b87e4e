"""Which rows are for a patient's age: bands in any unit, and the words for ages."""

from __future__ import annotations

import re
from typing import NamedTuple

from druginfo.dosing.finding import SILENT, Finding, band_words, between, within
from druginfo.dosing.patient import DAYS, Age
from druginfo.dosing.signs import Pattern
from druginfo.model import DoseRow

_YEAR = DAYS["years"]


class Group(NamedTuple):
    """A word for an age, in days: outside `low` to `high` it excludes, inside `surely` it is said."""

    pattern: Pattern
    low: float
    high: float
    surely: tuple[float, float]


_OLD = 200 * _YEAR
GROUPS = (
    Group(Pattern(r"\badults?\b", re.I), 18 * _YEAR, _OLD, (18 * _YEAR, _OLD)),
    Group(
        Pattern(r"\b(?:child(?:ren)?|pa?ediatrics?|kids)\b(?!\W?pugh)", re.I), 0, 18 * _YEAR, (2 * _YEAR, 12 * _YEAR)
    ),
    Group(
        Pattern(r"\b(?:elderly|geriatric|older\s+(?:adults|patients|people))\b", re.I),
        60 * _YEAR,
        _OLD,
        (65 * _YEAR, _OLD),
    ),
    Group(Pattern(r"\badolescents?\b", re.I), 10 * _YEAR, 18 * _YEAR, (12 * _YEAR, 18 * _YEAR)),
    Group(Pattern(r"\binfants?\b", re.I), 0, 2 * _YEAR, (29, _YEAR)),
    Group(Pattern(r"\b(?:neonat\w+|newborns?)\b", re.I), 0, 29, (0, 29)),
)
"""As wide as labels use the words."""


def same_group(told: str, wanted: str) -> bool:
    """ "pediatric" asks for "Children", "geriatric" for "Elderly"."""
    return any(group.pattern.search(wanted) and group.pattern.search(told) for group in GROUPS)


def by_age(row: DoseRow, age: Age) -> Finding:
    """What a row says of an age, in its band or in its population's word."""
    if row.age and row.age.unit in DAYS:
        scale = DAYS[row.age.unit]
        low = None if row.age.min is None else row.age.min * scale
        high = None if row.age.max is None else row.age.max * scale
        inside = between(age.days, low, row.age.min_included, high, row.age.max_included) or (
            row.age.unit == age.unit and within(row.age, age.value)
        )
        # "2 to 11 years" holds a child until the twelfth birthday
        if not inside and high is not None and row.age.max_included and low is not None:
            inside = low <= age.days < high + scale
        return Finding(inside, None if inside else f"for age {band_words(row.age)}", inside)
    named = [group for group in GROUPS if group.pattern.search(row.population or "")]
    if not named:
        return SILENT
    if not any(group.low <= age.days < group.high for group in named):
        return Finding(False, f"for {row.population}")
    return Finding(True, None, any(group.surely[0] <= age.days < group.surely[1] for group in named))
