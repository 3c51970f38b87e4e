"""Which rows are for a patient's age: bands in any unit, and the words for ages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from druginfo.dosing.finding import Finding, band_words, between, within
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
    Group(Pattern(r"(?<!non-)(?<!older )\badults?\b", re.I), 18 * _YEAR, _OLD, (18 * _YEAR, _OLD)),
    Group(
        Pattern(r"\b(?:child(?:ren)?|pa?ediatrics?|peds|kids)\b(?!\W?pugh)", re.I),
        0,
        18 * _YEAR,
        (2 * _YEAR, 12 * _YEAR),
    ),
    Group(
        Pattern(r"(?<!non-)\b(?:elderly|geriatric|seniors?|older\s+(?:adults|patients|people))\b", re.I),
        60 * _YEAR,
        _OLD,
        (65 * _YEAR, _OLD),
    ),
    Group(Pattern(r"\b(?:adolescents?|teen(?:ager)?s?)\b", re.I), 10 * _YEAR, 18 * _YEAR, (12 * _YEAR, 18 * _YEAR)),
    Group(Pattern(r"\btoddlers?\b", re.I), _YEAR, 4 * _YEAR, (_YEAR, 3 * _YEAR)),
    Group(Pattern(r"\b(?:infants?|bab(?:y|ies))\b", re.I), 0, 2 * _YEAR, (29, _YEAR)),
    Group(Pattern(r"\b(?:neonat\w+|newborns?)\b", re.I), 0, 29, (0, 29)),
)
"""As wide as labels use the words."""

_ADULTS = GROUPS[0]
_ELDERLY = GROUPS[2]
_CHILDREN, *_NARROWER = (group for group in GROUPS if group.high <= 18 * _YEAR)
_AGE_WORD = "|".join(group.pattern.expression for group in GROUPS)
_OTHERS = Pattern(
    r"\b(?:elderly|geriatric|older\s+(?:adults|patients|people))\b(?:\s+patients)?(?:\s*\([^)]*\))?\s*(?:,[^;:]*?)?"
    rf"\b(?:and/)?or\s+(?!{_AGE_WORD})|\bor\s+(?:the\s+)?elderly\b"
    rf"|\b(?:child(?:ren)?|adults?|adolescents?|infants?|neonates?)\b(?:\s*\([^)]*\))?\s+or\s+(?!{_AGE_WORD})"
    r"|\b(?:years?|months?|weeks?|days?)(?:\s+(?:of\s+age|old))?,?\s+or\s+"
    r"(?:(?:body\s+)?weigh|with\b|those\b|debilitated|frail)",
    re.I,
)
"""An age as one of several conditions: "Elderly or debilitated", "less than 12 weeks or weighing less than 40 kg"."""

_OPENING = Pattern(rf"(?:in|for)\s+(?:(?:an?|the|all|most)\s+)?(?P<whom>{_AGE_WORD})", re.I)
"""A statement that begins with whom it is for: "In children with …"."""

_NEGATED = Pattern(r"\bnon[\s-]?(elderly|geriatric|pa?ediatric|adults?)\b", re.I)

_MOTHERS = Pattern(r"\b(?:mothers?|pregnan\w+|breast\W?fe\w+|lactat\w+|nursing)\b", re.I)


def same_group(told: str, wanted: str) -> bool:
    """ "pediatric" asks for "Children", "geriatric" for "Elderly"."""
    return any(group.pattern.search(wanted) and group.pattern.search(told) for group in GROUPS)


def is_young(wanted: str) -> bool:
    """Whether words ask for a group below 18 years."""
    named = _groups(wanted)
    return bool(named) and all(group.high <= 18 * _YEAR for group in named)


def is_below_adult(band: Band | None) -> bool:
    """Whether a band of ages ends before adults begin."""
    return band is not None and band.max is not None and band.unit in DAYS and band.max * DAYS[band.unit] < 18 * _YEAR


def labels_of(row: DoseRow) -> list[str]:
    """The labels that may name whom a row is for."""
    return [label for label in (row.population, row.qualifier, row.indication) if label]


def is_for_old(row: DoseRow) -> bool:
    """Whether a row is for the elderly: by its ages, or by its words and no other ages'."""
    if row.age and row.age.min is not None:
        return row.age.unit == "years" and row.age.min * _YEAR >= _ELDERLY.low
    return any(_groups(label) == [_ELDERLY] for label in labels_of(row))


def names_group(label: str) -> bool:
    """Whether a label names people of an age."""
    return bool(_groups(label))


def names_adults(label: str) -> bool:
    """Whether a label names adults, alone or with others."""
    return _ADULTS in _groups(label)


def names_others(label: str) -> bool:
    """Whether a label means others too, whatever their age."""
    return _OTHERS.search(level(label)) is not None


class Ages:
    """What rows say of one patient's age; a band's last year ends where the next band of its group begins."""

    def __init__(self, rows: Sequence[DoseRow], age: Age) -> None:
        self.age = age
        self.starts: dict[tuple[str, str | None], set[float]] = {}
        named = {group for row in rows for label in labels_of(row) for group in _groups(label)}
        self.narrower = any(group.low <= age.days < group.high for group in named if group in _NARROWER)
        held: dict[str, bool] = {}
        for row in rows:
            if row.age and row.age.unit in DAYS:
                held[row.section] = held.get(row.section, False) or self.is_inside(row.age, ())
                if row.age.min is not None:
                    start = row.age.min * DAYS[row.age.unit]
                    self.starts.setdefault((row.section, row.indication), set()).add(start)
        self.outside = {section for section, is_held in held.items() if not is_held}

    def of(self, row: DoseRow) -> Finding:
        """In the row's band, in the ages of two units that its labels name, in the words of each label.

        A side that the band leaves open is closed by the word: "Children, 12 years and older" is not for the old.
        """
        labels = labels_of(row)
        if opening := _OPENING.match(row.text):
            labels.append(opening["whom"])
        if row.age and row.age.unit in DAYS:
            finding = self.in_band(row, row.age, labels)
            if finding.applies or not any(map(names_others, (*labels, row.text))):
                return finding
            words = self.in_words(labels, row.section)
            if not words.applies:
                return words
            return Finding(True, f"not by age ({finding.reason}), but the row names others too")
        for label in (row.qualifier, row.indication, row.population):
            if label and (span := _SPAN_OF_UNITS.search(level(label))):
                inside = _days(span, "low") <= self.age.days < _days(span, "high")
                return Finding(inside, None if inside else f"for age {span[0]}", inside)
        return self.in_words(labels, row.section)

    def in_band(self, row: DoseRow, band: Band, labels: Sequence[str]) -> Finding:
        age = self.age
        if age.unit == band.unit and age.value == band.min and not band.min_included:
            return Finding(True, f"“{band_words(band)}” may hold in the year, month or week that begins then")
        if not self.is_inside(band, self.starts.get((row.section, row.indication), set())):
            return Finding(False, f"for age {band_words(band)}")
        for label in labels:
            named = _groups(label)
            low = min((group.low for group in named), default=0.0) if band.min is None else 0.0
            high = max((group.high for group in named), default=_OLD) if band.max is None else _OLD
            if not low <= age.days < high:
                return Finding(False, f"for {label}")
        return Finding(True, None, True)

    def in_words(self, labels: Sequence[str], section: str) -> Finding:
        """What the words for ages in the labels say: each label must hold the age, and one must surely."""
        days, said = self.age.days, False
        for label in labels:
            negated = _NEGATED.search(level(label))
            if negated and any(group.surely[0] <= days < group.surely[1] for group in _groups(negated[1])):
                return Finding(False, f"for {label}")
            named = _groups(label)
            if named and not any(group.low <= days < group.high for group in named):
                if names_others(label):
                    return Finding(True, f"not by age, but the row names others too: {label}")
                return Finding(False, f"for {label}")
            said = said or any(self.is_surely(group, section) for group in named)
        return Finding(True, None, said)

    def is_surely(self, group: Group, section: str) -> bool:
        """Whether a group's word means the age.

        "Children" means all of them where no row has a narrower word, unless the section has bands and none holds it.
        """
        low, high = group.surely
        if group is _CHILDREN and not self.narrower and section not in self.outside:
            low, high = group.low, group.high
        return low <= self.age.days < high

    def is_inside(self, band: Band, starts: Collection[float]) -> bool:
        age, scale = self.age, DAYS[band.unit]
        low = None if band.min is None else band.min * scale
        high = None if band.max is None else band.max * scale
        if between(age.days, low, band.min_included, high, band.max_included):
            return True
        if band.unit == age.unit and within(band, age.value):
            return True
        # "2 to 11 years" holds a child until the twelfth birthday, "0 to 3 months" before "3 to 6 months" does not
        if low is None or high is None or not band.max_included or not low <= age.days < high + scale:
            return False
        return not any(high <= start < high + scale for start in starts)


def _groups(label: str) -> list[Group]:
    """The ages that a label names; none where it speaks of mothers."""
    label = level(label)
    return [] if _MOTHERS.search(label) else [group for group in GROUPS if group.pattern.search(label)]


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
