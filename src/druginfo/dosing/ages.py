"""Which rows are for a patient's age: bands in any unit, and the words for ages."""

from __future__ import annotations

import re
from typing import NamedTuple

from druginfo.dosing.finding import SILENT, Finding, band_words, between, within
from druginfo.dosing.patient import DAYS, Age
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Band, DoseRow

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
    """What a row says of an age: in its band, in the ages of two units that its labels name, in its population's word.

    A side that the band leaves open is closed by the word: "Children, 12 years and older" is not for the old.
    """
    named = [group for group in GROUPS if group.pattern.search(row.population or "")]
    if row.age and row.age.unit in DAYS:
        if not _in_band(row.age, age):
            return Finding(False, f"for age {band_words(row.age)}")
        low = min((group.low for group in named), default=0.0) if row.age.min is None else 0.0
        high = max((group.high for group in named), default=_OLD) if row.age.max is None else _OLD
        return Finding(True, None, True) if low <= age.days < high else Finding(False, f"for {row.population}")
    for label in filter(None, (row.qualifier, row.indication, row.population)):
        if span := _SPAN_OF_UNITS.search(level(label)):
            inside = _days(span, "low") <= age.days < _days(span, "high")
            return Finding(inside, None if inside else f"for age {span[0]}", inside)
    if not named:
        return SILENT
    if not any(group.low <= age.days < group.high for group in named):
        return Finding(False, f"for {row.population}")
    return Finding(True, None, any(group.surely[0] <= age.days < group.surely[1] for group in named))


def _in_band(band: Band, age: Age) -> bool:
    scale = DAYS[band.unit]
    low = None if band.min is None else band.min * scale
    high = None if band.max is None else band.max * scale
    if between(age.days, low, band.min_included, high, band.max_included):
        return True
    if band.unit == age.unit and within(band, age.value):
        return True
    # "2 to 11 years" holds a child until the twelfth birthday
    return high is not None and bool(band.max_included) and low is not None and low <= age.days < high + scale


_SPAN_OF_UNITS = Pattern(
    r"(?P<low>\d+)\s*(?P<low_unit>day|week|month)s?\s*(?:-|to|through)\s*(?P<open>(?:less\s+than|under|<)\s*)?"
    r"(?P<high>\d+)\s*(?P<high_unit>week|month|year)s?\b",
    re.I,
)
"""Ages from one unit to another, which no band holds: "1 month to less than 1 year"."""


def _days(span: re.Match[str], side: str) -> float:
    """An end of the span in days; a last week, month or year lasts to its end."""
    last = 1 if side == "high" and not span["open"] else 0
    return (int(span[side]) + last) * DAYS[f"{span[f'{side}_unit'].lower()}s"]
