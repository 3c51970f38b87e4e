"""A row → the conditions that its statement, its labels and the headings over it make of whom it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing.judging import names_organ
from druginfo.dosing.signs import Pattern
from druginfo.model import Band, Condition, DoseRow, Hepatic, Renal
from druginfo.terms import patterns
from druginfo.terms.stages import DAYS

ORGANS = frozenset({"kidney", "liver"})


def labels(row: DoseRow) -> list[str]:
    """The labels beside and over a row."""
    return [label for label in (row.indication, row.qualifier, row.population) if label]


def sort_of(band: Band | Renal) -> str:
    """What ranges are compared with each other: ages, weights, one measure of the kidney."""
    if isinstance(band, Renal):
        return f"kidney {band.measure}"
    return "age" if band.unit in DAYS else "weight"


def filter_of(band: Band | Renal | Hepatic) -> str:
    """Which filter asks for what a range or a grade is of: `age`, `weight`, `kidney`, `liver`."""
    if isinstance(band, Hepatic):
        return "liver"
    return "kidney" if isinstance(band, Renal) else sort_of(band)


_IN_WHOM = Pattern(patterns.IN_WHOM, re.I)
_AGES_FIRST = Pattern(patterns.AGES_FIRST, re.I)


def conditions_of(row: DoseRow) -> tuple[Condition, ...]:
    """What is said of whom a row is for, outermost first."""
    made = [Condition("indication", row.indication)] if row.indication else []
    if opening := _IN_WHOM.search(row.text):
        made.append(Condition("other", opening["whom"]))
    if (ages := _AGES_FIRST.match(row.text)) and not any(
        c.kind == "age" and c.text in row.text for c in row.conditions
    ):
        low, high = (float(ages[side]) * DAYS[f"{ages[f'{side}_unit'].lower()}s"] for side in ("low", "high"))
        last = 0 if ages["open"] else DAYS[f"{ages['high_unit'].lower()}s"]
        made.append(Condition("age", ages[0], (Band(low, True, high + last, False, "days"),)))
    return (*made, *_listed(row, row.conditions))


_PARTED = Pattern(
    r",|(?P<any>\b(?:and/)?or\b(?!\s+(?:old|young|over|above|und|below|more|great|high|low|up\b|heav|light|equal|less)(?!\w*\s+than))"
    r"|,?\s+and\s+(?=(?:[\w-]+\s+)?patients\b))",
    re.I,
)
"""What parts the groups of a list, `any` where one of them suffices: "≥65 years, renally impaired or below 50 kg"."""

_SORTS = {
    "age": Pattern(patterns.OF_AGE, re.I),
    "weight": Pattern(patterns.OF_WEIGHT, re.I),
    "kidney": Pattern(patterns.OF_THE_KIDNEY, re.I),
}

_CRITERIA = Pattern(r"\b(?:any|one|two|three|either|some)\s+(?:or\s+more\s+)?of\b", re.I)
"""Before criteria of which some must be met: no single one leaves anybody out."""


def _is_list(words: str) -> bool:
    """Whether words name several groups of which any is meant, each by one thing: age, weight, an organ."""
    plain = re.sub(r"\([^()]*\)", " ", words)
    parts = list(_PARTED.finditer(plain))
    if not any(part["any"] for part in parts):
        return False
    starts, ends = [0, *(part.end() for part in parts)], [*(part.start() for part in parts), len(plain)]
    sorts = [_sorts_in(plain[start:end]) for start, end in zip(starts, ends, strict=True)]
    return len(sorts[-1]) == 1 and all(len(each) < 2 for each in sorts) and len(set().union(*sorts)) > 1


def _sorts_in(words: str) -> set[str]:
    found = {sort for sort, pattern in _SORTS.items() if pattern.search(words)}
    return found | {organ for organ in ORGANS if names_organ(organ, words)}


def _listed(row: DoseRow, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions, those of a statement that lists several groups of people as one, of which any will do."""
    if criteria := _CRITERIA.search(row.text):
        after = row.text[criteria.end() :]
        return tuple(c._replace(read=False) if c.bands and c.text and c.text in after else c for c in conditions)
    words = next(filter(_is_list, (row.text, *labels(row))), None)
    if words is None:
        return tuple(conditions)
    said = [c for c in conditions if c.bands and (c.text in words or not c.text)]
    bands = tuple(band for condition in said for band in condition.bands)
    organs = {organ for organ in ORGANS if names_organ(organ, words)}
    if len({filter_of(band) for band in bands} | organs) < 2:
        return tuple(conditions)
    others = tuple(condition for condition in conditions if condition not in said)
    return (*others, Condition("other", words, bands, all(condition.read for condition in said)))
