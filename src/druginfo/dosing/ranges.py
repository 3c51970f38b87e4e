"""Ranges of numbers in words and signs: "30 to <60", "≥12", "2 to less than 9", "65 and older", "under 2".

A range is read only where the text leaves one reading; two ranges that do not agree are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing.quantities import number

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d^×]|[,.]\d)"
START = r"(?<![\w.,/^×*])(?<!\w-)"

_LOWER = {  # sign or words before a number → is the number itself inside
    "≥": True,
    "at least": True,
    "at or above": True,
    "greater than or equal to": True,
    "more than or equal to": True,
    "equal to or greater than": True,
    "no less than": True,
    "not less than": True,
    "from": True,
    "minimum": True,
    ">": False,
    "more than": False,
    "greater than": False,
    "above": False,
    "over": False,
    "older than": False,
    "heavier than": False,
    "higher than": False,
    "exceeding": False,
}
_UPPER = {
    "≤": True,
    "up to": True,
    "at most": True,
    "at or below": True,
    "less than or equal to": True,
    "equal to or less than": True,
    "no more than": True,
    "not more than": True,
    "maximum": True,
    "birth to": True,
    "<": False,
    "less than": False,
    "lower than": False,
    "fewer than": False,
    "below": False,
    "under": False,
    "younger than": False,
    "lighter than": False,
    "birth to <": False,
    "birth to less than": False,
}
_SIGN = "|".join(sorted((re.escape(sign) for sign in _LOWER | _UPPER), key=len, reverse=True)).replace(r"\ ", r"\s+")
_ABOVE = r"(?:older|over|above|more|greater|higher|heavier|up|upwards?|beyond)"
_BELOW = r"(?:younger|under|below|less|lower|lighter)"


@lru_cache
def range_in(unit: str) -> str:
    """A regular expression for one range in `unit`, which may be left out at the first number of two."""
    return (
        rf"(?:(?P<sign>{_SIGN})\s*)?{START}(?P<low>{NUMBER})(?:\s?-?(?P<low_unit>{unit}))?"
        rf"(?:\s*(?:-|\bto\b|\bthrough\b|\bthru\b|,?\s*\bbut\b|,?\s*\band\b)\s*(?:(?P<sign2>{_SIGN})\s*)?"
        rf"(?P<high>{NUMBER})(?:\s?-?(?P<unit>{unit}))?)?"
        rf"(?:\s+(?:of\s+age|old))?(?:(?:\s*,)?\s+(?:and|or)\s+(?P<tail>{_ABOVE}|{_BELOW})\b|(?P<plus>\s?\+))?"
    )


class Range(NamedTuple):
    """One range as found: bounds, unit as written, and where it stands."""

    low: int | float | None
    low_included: bool | None
    high: int | float | None
    high_included: bool | None
    unit: str
    start: int
    end: int
    by_sign: bool
    """A sign or word says which side is open, so it is no mere pair of numbers."""

    @property
    def bounds(self) -> tuple[int | float | None, bool | None, int | float | None, bool | None]:
        return self.low, self.low_included, self.high, self.high_included


@lru_cache
def _compiled(unit: str) -> re.Pattern[str]:
    return re.compile(range_in(unit), re.I)


def ranges(text: str, unit: str, default: str = "") -> Iterator[Range]:
    for match in _compiled(unit).finditer(text):
        found = read_range(match, default)
        if found:
            yield found


def read_range(match: re.Match[str], default: str) -> Range | None:
    sign, sign2 = (" ".join((match[name] or "").lower().split()) for name in ("sign", "sign2"))
    written = match["unit"] or match["low_unit"] or default
    if not written:
        return None
    low, high = number(match["low"]), number(match["high"]) if match["high"] else None
    bounds: tuple[int | float | None, bool | None, int | float | None, bool | None] | None
    by_sign = True
    if high is not None and not (match["unit"] or default):
        high = None if match["low_unit"] else high
        if high is not None:
            return None
    if high is not None:
        if match["low_unit"] and match["unit"] and singular(match["low_unit"]) != singular(match["unit"]):
            return None
        joined = re.search(
            r"\band\s*$", match.string[match.end("low") : match.start("high")].rstrip(sign2 or " "), re.I
        )
        between = re.search(r"\bbetween\s*$", match.string[: match.start()], re.I)
        if sign in _UPPER or sign2 in _LOWER or low >= high or (joined and not (sign and sign2) and not between):
            return None
        bounds = (low, _LOWER.get(sign, True), high, _UPPER.get(sign2, True))
        by_sign = bool(sign or sign2 or between)
    elif sign in _UPPER:
        bounds = (None, None, low, _UPPER[sign])
    elif sign in _LOWER:
        bounds = (low, _LOWER[sign], None, None)
    elif match["plus"] or re.fullmatch(_ABOVE, match["tail"] or "", re.I):
        bounds = (low, True, None, None)
    elif match["tail"]:
        bounds = (None, None, low, True)
    else:
        return None
    return Range(bounds[0], bounds[1], bounds[2], bounds[3], written, match.start(), match.end(), by_sign)


def the_one(found: Iterable[Range]) -> Range | None:
    """The one range that the text means: all say the same, or all are open to the same side (then the widest)."""
    ranges = list({(*r.bounds, singular(r.unit)): r for r in found}.values())
    if len(ranges) <= 1:
        return ranges[0] if ranges else None
    if len({singular(r.unit) for r in ranges}) == 1:
        if all(r.high is None for r in ranges):
            return min(ranges, key=lambda r: r.low or 0)
        if all(r.low is None for r in ranges):
            return max(ranges, key=lambda r: r.high or 0)
    return None


def singular(unit: str) -> str:
    bare = unit.lower().strip(". ")
    return bare[:-1] if bare.endswith("s") and len(bare) > 2 else bare
