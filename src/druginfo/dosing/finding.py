"""What one filter finds of one row, and the words for its bounds."""

from __future__ import annotations

from typing import NamedTuple

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


def band_words(band: Band) -> str:
    return f"{bounds_words(band.min, band.min_included, band.max, band.max_included)} {band.unit}"


def bounds_words(low: float | None, low_included: bool | None, high: float | None, high_included: bool | None) -> str:
    """ "30 to less than 60", "at least 12", "less than 30"."""
    if low is not None and high is not None:
        return f"{'' if low_included else 'more than '}{low:g} to {'' if high_included else 'less than '}{high:g}"
    if low is not None:
        return f"{'at least' if low_included else 'more than'} {low:g}"
    return f"{'at most' if high_included else 'less than'} {high:g}" if high is not None else ""
