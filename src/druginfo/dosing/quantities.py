"""Amounts of a drug: numbers, ranges, units and what they are counted by.

A number that could be read in two ways ("2,5", "10 000", "1/2", "2 x 10^6") is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing.signs import Pattern, level
from druginfo.model import Quantity

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d^×]|,\d|\.\d|\s?x\s?10|\s?×)"
_START = r"(?<![\w.,/^×*])(?<!\d-)(?<!\w-)(?<!\d\s(?=\d{3}\b))"

WORD_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split(),
    )
}

_MASS = r"mg\sPE|mg|mcg|µg|ug|ng|g|milligrams?|micrograms?|nanograms?|grams?"
_ACTIVITY = r"(?:million\s)?(?:international\s)?units?|million\sIU|IU|(?-i:U)|mmol|mEq|MBq|GBq|mCi|µCi"
_COUNTED = (
    r"tablets?|capsules?|caplets?|pills?|puffs?|inhalations?|actuations?|sprays?|drops?|patch(?:es)?|vials?|"
    r"ampoules?|suppositor(?:y|ies)|lozenges?|sachets?|packets?|applicatorfuls?|films?|teaspoon(?:ful)?s?|"
    r"tablespoon(?:ful)?s?|implants?|enemas?|pump\spresses"
)
_VOLUME = r"mL|milliliters?|millilitres?"
_UNIT = rf"(?:{_MASS}|{_ACTIVITY}|{_VOLUME}|{_COUNTED})(?![\w>])"
_BODY = r"(?:\s+(?:of\s+)?(?:(?:actual|ideal|lean|total|adjusted)\s+)?body\s?(?:weight|surface\sarea))?"
_PER_NOUN = (
    r"kg|kilogram|m2|m²|m\^2|square\smeter|day|d|24\shours|24\s?h|dose|hours?|hr|h|minutes?|min|weeks?|wk|months?|"
    r"injection|infusion|cycle|treatment|(?:\d+(?:\.\d+)?\s?)?(?:mL|dL|L)|mm3|mm³|µL|lb|"
    r"tablet|capsule|puff|actuation|spray|inhalation|drop|vial|syringe|pen|patch|nostril|eye"
)
_PER_WORD = r"(?:\s?/\s?|\s+per\s+|\s+a\s+(?=day|week|month|dose)|\s+each\s+(?=dose))"
_PER = rf"(?P<per>(?:{_BODY}{_PER_WORD}(?:{_PER_NOUN})(?!\w))*)"
_LINK = r"\s*(?:-|\bto\b|\bthrough\b)\s*"

AMOUNT = (
    rf"{_START}(?P<low>{NUMBER})(?:\s?-?(?P<low_unit>{_UNIT}){_PER.replace('?P<per>', '?P<low_per>')})?"
    rf"(?:(?:{_LINK}|(?P<and>\s+and\s+))(?P<high>{NUMBER})(?:\s?-?(?P<unit>{_UNIT}){_PER})?)?"
)
_AMOUNT = Pattern(AMOUNT, re.I)
COUNT = (
    rf"\b(?P<low>{'|'.join(WORD_NUMBERS)})(?:\s+(?:to|or)\s+(?P<high>{'|'.join(WORD_NUMBERS)}))?\s+"
    rf"(?P<unit>(?:{_COUNTED}))(?!\w){_PER}"
)
_COUNT = Pattern(
    COUNT,
    re.I,
    (
        "tabl",
        "caps",
        "capl",
        "pill",
        "puff",
        "inhal",
        "actu",
        "spray",
        "drop",
        "patch",
        "vial",
        "ampo",
        "suppos",
        "lozen",
        "sachet",
        "packet",
        "applic",
        "film",
        "spoon",
        "implant",
        "enema",
        "press",
    ),
)

_UNIT_NAMES = {
    "µg": "mcg",
    "ug": "mcg",
    "microgram": "mcg",
    "micrograms": "mcg",
    "milligram": "mg",
    "milligrams": "mg",
    "gram": "g",
    "grams": "g",
    "nanogram": "ng",
    "nanograms": "ng",
    "unit": "units",
    "u": "units",
    "milliliter": "mL",
    "milliliters": "mL",
    "millilitre": "mL",
    "millilitres": "mL",
    "ml": "mL",
}
_PER_NAMES = {
    "kilogram": "kg",
    "m²": "m2",
    "m^2": "m2",
    "square meter": "m2",
    "d": "day",
    "h": "hour",
    "hr": "hour",
    "hours": "hour",
    "24h": "24 hours",
    "24 h": "24 hours",
    "wk": "week",
    "weeks": "week",
    "months": "month",
}
CONCENTRATION = Pattern(r"(?:mL|dL|\bL|mm3|mm³|µL|lb)$", re.I)
_DIGIT = Pattern(r"\d")
STRENGTH = Pattern(r"(?:tablet|capsule|puff|actuation|spray|inhalation|drop|vial|syringe|pen|patch)$", re.I)


class Amount(NamedTuple):
    """A quantity found in a text, with where it stands."""

    quantity: Quantity
    start: int
    end: int
    shared: bool = False
    """A bare number before it shares its unit, "10 or 15 mg": it is not the only amount that the text gives."""


def number(text: str) -> int | float:
    """`3,600` → 3600, `0.5` → 0.5, `5.0` → 5, `two` → 2."""
    if text.lower() in WORD_NUMBERS:
        return WORD_NUMBERS[text.lower()]
    value = float(text.replace(",", ""))
    return int(value) if value.is_integer() else value


@lru_cache(maxsize=2048)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount with a unit, in order: its number stands right before the unit, or begins a range that does.

    >>> [(a.quantity.low, a.quantity.high, a.quantity.unit, a.quantity.per) for a in amounts("2–4 mg/kg per day")]
    [(2, 4, 'mg', 'kg/day')]
    """
    flat = level(text)
    found = list(_measured(text, flat)) if _DIGIT.search(flat) else []
    found += _counted(text, flat)
    return tuple(sorted(found, key=lambda amount: amount.start))


def place(quoted: str, text: str) -> int:
    """Where a quoted amount stands in a text, never inside a larger number; -1 where it does not.

    >>> place("5 mg", "15 mg to 5 mg")
    9
    """
    found = re.search(rf"(?<![\d.,]){re.escape(quoted)}", text)
    return found.start() if found else -1


def _measured(text: str, flat: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(flat):
        low, high, low_unit, unit = match["low"], match["high"], match["low_unit"], match["unit"]
        if not (low_unit or unit):
            continue
        if _is_range(flat, match):
            yield _amount(text, match.start(), match.end(), low, high, unit, match["per"])
            continue
        if low_unit:  # "5 mg to 10": what the second number counts is not said
            end = max(match.end("low_unit"), match.end("low_per"))
            shared = _shares(flat, match.start())
            yield _amount(text, match.start(), end, low, None, low_unit, match["low_per"], shared)
        if unit:
            shared = not low_unit and not _is_change(flat, match.start())
            shared = shared and (_shares(flat, match.start("high")) or _is_tight(flat, match))
            yield _amount(text, match.start("high"), match.end(), high, None, unit, match["per"], shared)


_NUMBERS_BEFORE = Pattern(
    rf"(?P<noun>(?:(?<!\d)(?<!\d[\s-])\b[a-z]+)?)\s*{_START}{NUMBER}(?:\s*(?:,|-|/|to|or|and|,\s*(?:or|"
    rf"and))\s*{NUMBER})*"
    r"\s*(?:-|/|,?\s*\b(?:to|or|and))\s*$",
    re.I,
)
_NUMBERED = Pattern(
    r"(?:days?|weeks?|wks?|months?|years?|hours?|cycles?|courses?|grades?|steps?|levels?|stages?|phases?|class|"
    r"visits?|tables?|"
    r"sections?|figures?|types?|lines?|numbers?|no)$",
    re.I,
)


def _shares(flat: str, start: int) -> bool:
    """Whether bare numbers before share the unit: "10 or 15 mg", not "day 2 and 300 mg"."""
    before = _NUMBERS_BEFORE.search(flat[max(0, start - 60) : start])
    return bool(before and not _NUMBERED.match(before["noun"]))


def _is_tight(flat: str, match: re.Match[str]) -> bool:
    """Whether "phase 5-10 mg" may be a range after all: never half of one is read."""
    return (
        match["low"] is not None
        and flat[match.end("low") : match.start("high")].strip(" ") in ("to", "-")
        and (flat[match.end("low")] == "-" or "to" in flat[match.end("low") : match.start("high")])
    )


def _is_range(flat: str, match: re.Match[str]) -> bool:
    """Whether two numbers are the ends of one range, and not two amounts ("5 mg and 10 mg", "from 4 mg to 2 mg")."""
    low_unit, unit = match["low_unit"], match["unit"]
    if match["high"] is None or not unit:
        return False
    if match["and"] and not re.search(r"\bbetween\s+$", flat[max(0, match.start() - 20) : match.start()], re.I):
        return False
    counted = (_unit_name(unit), _per_name(match["per"]))
    low_per = _per_name(match["low_per"]) or counted[1]  # "1200 mg to 2400 mg/day"
    if low_unit and (_unit_name(low_unit), low_per) != counted:
        return False
    if not low_unit and _is_numbered(flat, match):  # "day 1 - 500 mg"
        return False
    return number(match["low"]) < number(match["high"]) and not _is_change(flat, match.start())


_NUMBERED_NOUN = Pattern(r"(?P<before>(?:[a-z-]+\s+){0,3})(?<!\d)(?<!\d[\s-])\b(?P<noun>[a-z]+)\s+$", re.I)
_TOLD_WHICH = Pattern(
    r"\b(?:the|an?|this|that|each|every|per|any|first|second|third|fourth|last|next|initial|honeymoon|maintenance|"
    r"loading|"
    r"acute|induction|consolidation|continuation)\s+(?:[a-z-]+\s+)?$",
    re.I,
)


def _is_numbered(flat: str, match: re.Match[str]) -> bool:
    """Whether the low number counts the noun before it: "day 1 - 500 mg", not "the acute phase 5-10 mg"."""
    found = _NUMBERED_NOUN.search(flat[max(0, match.start() - 60) : match.start()])
    if not found or not _NUMBERED.match(found["noun"]) or "." in match["low"]:
        return False
    return not _TOLD_WHICH.search(found["before"])


def _is_change(flat: str, start: int) -> bool:
    """ "Reduce from 4 mg to 2 mg": two doses, not a range."""
    before = flat[:start]
    return bool(re.search(r"\bfrom\s+$", before, re.I)) and bool(
        re.search(r"\b(?:increas|reduc|decreas|lower|rais|chang|titrat|switch|adjust)\w*\b[^.;]*$", before, re.I)
    )


def _counted(text: str, flat: str) -> Iterator[Amount]:
    for match in _COUNT.finditer(flat):
        yield _amount(text, match.start(), match.end(), match["low"], match["high"], match["unit"], match["per"])


def _amount(
    text: str, start: int, end: int, low: str, high: str | None, unit: str, per: str | None, shared: bool = False
) -> Amount:
    first = number(low)
    quantity = Quantity(text[start:end], first, number(high) if high else first, _unit_name(unit), _per_name(per))
    return Amount(quantity, start, end, shared)


def _unit_name(unit: str) -> str:
    return _UNIT_NAMES.get(unit.lower(), unit)


def _per_name(per: str | None) -> str | None:
    if not per:
        return None
    nouns = re.findall(rf"(?:/\s?|\b(?:per|a|each)\s+)({_PER_NOUN})(?!\w)", per, re.I)
    return "/".join(_PER_NAMES.get(noun.lower(), noun.lower() if "l" not in noun.lower() else noun) for noun in nouns)


def with_unit(cell: str, header: str) -> Quantity | None:
    """A table cell of bare numbers, read with the unit that its column's header names.

    >>> with_unit("250 to 500", "Dose (mg/kg)").per
    'kg'
    >>> with_unit("2.5", "mL per dose")
    Quantity(text='2.5', low=2.5, high=2.5, unit='mL', per=None)
    """
    unit = re.search(
        rf"(?:^|\(|,\s*|\bin\s+)(?P<unit>{_UNIT}){_PER}\s*(?:(?:,\s*|\s+)(?:once|twice|daily|every|"
        rf"per)\b[^(),]*)?\)?\s*$",
        level(header),
        re.I,
    )
    bare = re.fullmatch(rf"\s*(?P<low>{NUMBER})(?:{_LINK}(?P<high>{NUMBER}))?\s*", level(cell))
    if not unit or not bare or CONCENTRATION.search(unit["per"] or ""):
        return None
    low = number(bare["low"])
    high = number(bare["high"]) if bare["high"] else low
    per = _per_name(unit["per"])
    return Quantity(cell.strip(), low, high, _unit_name(unit["unit"]), None if per == "dose" else per)
