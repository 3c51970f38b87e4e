"""What one filter finds of one row, and the words for its bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from druginfo.dosing.signs import Pattern
from druginfo.model import Band


class Finding(NamedTuple):
    """Whether a filter lets a row apply, why (not), and whether the row itself says so."""

    applies: bool
    reason: str | None = None
    said: bool = False
    """The row answers the filter: it does not only leave the question open."""


SILENT = Finding(True)
"""The row says nothing of what the filter asks."""


def within(band: Band, value: float) -> bool:
    return between(value, band.min, band.min_included, band.max, band.max_included)


def between(
    value: float, low: float | None, low_included: bool | None, high: float | None, high_included: bool | None
) -> bool:
    if low is not None and (value < low or (value == low and not low_included)):
        return False
    return high is None or value < high or (value == high and bool(high_included))


def before_next(
    value: float, low: float | None, high: float | None, high_included: bool | None, starts: Iterable[float]
) -> float | None:
    """Where the next range begins, of a value between a range's last figure and that: 59.5 of "30 to 59", then "60"."""
    if low is None or high is None or not high_included:
        return None
    step = 1.0 if high == int(high) else 0.1
    if not high < value < high + step:
        return None
    return next((start for start in starts if abs(start - high - step) < 1e-6), None)


def impaired(population: str | None, organ: str) -> bool:
    """Whether a population is that with an impaired organ, in no grade: "Patients with Renal or Hepatic Impairment"."""
    if not population or _UNIMPAIRED.search(population):
        return False
    return re.search(rf"\b(?:{organ})\b(?:\s+(?:or|and)\s+\w+)?\s+{_IMPAIRMENT}", population, re.I) is not None


_IMPAIRMENT = r"(?:impairment|dysfunction|insufficiency)\b"
_UNIMPAIRED = Pattern(r"\b(?:without|normal|no|non)\b", re.I)


def band_words(band: Band) -> str:
    return f"{bounds_words(band.min, band.min_included, band.max, band.max_included)} {band.unit}"


def bounds_words(low: float | None, low_included: bool | None, high: float | None, high_included: bool | None) -> str:
    """ "30 to less than 60", "at least 12", "less than 30"."""
    if low is not None and high is not None:
        return f"{'' if low_included else 'more than '}{low:g} to {'' if high_included else 'less than '}{high:g}"
    if low is not None:
        return f"{'at least' if low_included else 'more than'} {low:g}"
    return f"{'at most' if high_included else 'less than'} {high:g}" if high is not None else ""
