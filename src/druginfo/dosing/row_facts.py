"""What a row says of whom it is for, as its judge and the ranks ask it: its bands, its organs, its ages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from druginfo.dosing.conditions import (
    ORGANS,
    filter_of,
    is_list,
    labels,
)
from druginfo.dosing.people import (
    stages,
)
from druginfo.model import (
    Band,
    DoseRow,
    Hepatic,
    Renal,
)  # fmt: skip
from druginfo.terms.stages import ADULTS, DAYS, ELDERLY, OLDEST, YEAR, LifeStage

WHO = frozenset({"age", "weight", "population"})
SPECIAL = frozenset({*ORGANS, "population"})
"""Filters for what not everybody has: a row that answers one takes the place of the usual dose."""


def bands_of(row: DoseRow) -> Iterator[Band | Renal | Hepatic]:
    """The ranges and grades of a row's conditions."""
    return (band for condition in row.conditions for band in condition.bands)


def organs_named(rows: Sequence[DoseRow]) -> set[str]:
    """The organs that rows name, in words or by a range or grade, but in indications."""
    named = {name for row in rows for name in (*row.says, *map(filter_of, bands_of(row)))}
    named.update(name for row in rows for c in row.conditions if c.kind != "indication" for name in c.says)
    return named & ORGANS


def place_of(row: DoseRow) -> tuple[str, str | None, str | None]:
    """A row's section, population and indication."""
    return row.section, row.population, row.indication


def is_reduced(row: DoseRow, other: DoseRow) -> bool:
    """Whether the other gives for impaired kidneys the dose that a row gives for healthy ones."""
    return bool(row.dose and other.dose) and rivals(row, other) and is_for_ages(row) == is_for_ages(other)


def rivals(row: DoseRow, other: DoseRow) -> bool:
    """Whether two rows may be for one indication."""
    return row.indication == other.indication or not (row.indication and other.indication)


def is_for_ages(row: DoseRow) -> bool:
    """Whether a row is only for children or only for the elderly."""
    return _oldest(row) < ADULTS.low or any(
        named and ADULTS not in named for named in stages_of(row, "indication", "any")
    )


def is_for_old(row: DoseRow) -> bool:
    """Whether a row is for the elderly: by its ages, or by its words, which name no other adults."""
    if row.age and row.age.min is not None:
        return row.age.unit == "years" and row.age.min * YEAR >= ELDERLY.low
    return any(ELDERLY in named and ADULTS not in named for named in stages_of(row, "indication"))


def _oldest(row: DoseRow) -> float:
    """Up to which age a row is, in days, by its figures."""
    return row.age.max * DAYS[row.age.unit] if row.age and row.age.max is not None else OLDEST


def stages_of(row: DoseRow, *without: str) -> Iterator[tuple[LifeStage, ...]]:
    """The stages of life that each label of a row names, and each condition that is not of some kinds."""
    own = (label for label in labels(row) if "any" not in without or not is_list(label))
    return map(stages, (*own, *(c.text for c in row.conditions if c.kind not in without)))
