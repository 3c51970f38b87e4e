"""Whom a statement is for, in figures: age and weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from druginfo.dosing.ranges import Range, range_in, ranges, read_range, singular, the_one
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Band

_AGE_UNIT = r"(?:years?|yrs?|y|months?|mos?|weeks?|wks?|days?)(?!\w)"
_AGE_NAMES = {"y": "years", "yr": "years", "mo": "months", "wk": "weeks"}
_NO_AGE = Pattern(
    r"gestation|postmenstrual|postconception|post-?menstrual|corrected|\bPMA\b|duration|\btherapy\b|"
    r"treatment\s+(?:for|of)"
    r"|menopaus|\bsurvival\b",
    re.I,
)
_TIME_BEFORE = Pattern(
    r"\b(?:for|after|within|every|last|first|next|over|during|in|by|until|day|week|month|year|past|previous|another|"
    r"of|least|additional|course|then)\s*$",
    re.I,
)


_MAY_BE_AGE = Pattern(r"\d\s?-?\+?[dmwy]|\d.*age|age.*\d", re.I)


@lru_cache(maxsize=1024)
def age(text: str, *, label: bool) -> Band | None:
    """The age that `text` is for. In a label ("2 to less than 9 years") less has to be said than in a sentence.

    >>> age("9 years and older", label=True)
    Band(min=9, min_included=True, max=None, max_included=None, unit='years')
    """
    flat = level(text)
    if not _MAY_BE_AGE.search(flat):
        return None
    found = [r for r in ranges(flat, _AGE_UNIT) if _is_age(flat, r, label)]
    found += _ages_by_word(flat, found)
    one = the_one(_first_of_equivalents(flat, found))
    return _band(one, _age_unit(one.unit)) if one else None


def _ages_by_word(flat: str, known: list[Range]) -> Iterator[Range]:
    """ "age ≥65", "aged 6 to 12", "patients over 65": years, where no unit is written."""
    if "age" not in flat.lower():
        return
    for cue in re.finditer(r"\b(?:age[ds]?|ages)\s*(?:of\s+|:\s*)?", flat, re.I):
        match = re.match(range_in(r"(?!)"), flat[cue.end() :], re.I)
        after = flat[cue.end() + match.end() :] if match else ""
        if match and not re.match(rf"\s?-?(?:{_AGE_UNIT}|%|[a-zµ]+/|mg|kg|mcg)", after, re.I):
            found = read_range(match, "years")
            if found and not any(k.start <= cue.end() + found.start < k.end for k in known):
                yield found


_BORN_EARLY = Pattern(r"\b(?:pre-?term|pre-?mature(?:ly)?|neonat\w+|newborns?|born)\b", re.I)


def may_be_gestation(text: str, unit: str, low: float | None, high: float | None) -> bool:
    """Whether weeks of a newborn are counted from conception: "Preterm, below 34 weeks" is no age.

    >>> may_be_gestation("Preterm, below 34 weeks", "weeks", None, 34)
    True
    """
    return unit == "weeks" and max(low or 0, high or 0) > 20 and _BORN_EARLY.search(text) is not None


def _is_age(flat: str, found: Range, label: bool) -> bool:
    if may_be_gestation(flat, _age_unit(found.unit), found.low, found.high):
        return False
    before, after = flat[: found.start], flat[found.end :]
    around = flat[max(0, found.start - 40) : found.end + 25]
    if _NO_AGE.search(around) or re.match(r"\s*(?:after|before|prior|of\s+(?:treatment|therapy))\b", after, re.I):
        return False
    said = re.match(r"\s*(?:of\s+age|old|postnatal|PNA)\b", after, re.I) or re.search(
        r"\bof\s+age|\bold\b|older|younger", flat[found.start : found.end + 1], re.I
    )
    aged = re.search(r"\b(?:age[ds]?|ages|PNA)\b(?:\s*/[^:.;]{1,20}:)?\s*(?:is|of|:|between|from)?\s*$", before, re.I)
    years = _age_unit(found.unit) == "years"
    if said or aged:
        return True
    who = re.search(
        r"\b(?:infants?|neonates?|newborns?|those|children|child|adolescents?|adults?|elderly|pa?ediatric|patients?|"
        r"toddlers?|"
        r"boys|girls|women|men|seniors?|geriatric|teenagers?)\b[^.;:]{0,25}$",
        before,
        re.I,
    )
    if who and not re.search(r"\b(?:for|after|every|during|within|treated|last|first|weeks?|days?)\b", who[0], re.I):
        return True
    if re.match(r"\s*(?:children|infants|adolescents|adults|patients|neonates)\b", after, re.I):
        return True
    if _TIME_BEFORE.search(before):
        return False
    if not label:
        at_ages = found.high is not None and _DOSE_AT.search(before) is not None
        return at_ages or _leads_a_dose(flat, found) or bool(years and _BY_AGE.match(flat, found.start))
    alone = found.by_sign and before.rstrip()[-1:] in ("", "(", ",") and after.lstrip()[:1] in ("", ")", ",", ":")
    return (years or alone) and not re.search(r"\b(?:treatment|use|disease|diagnosis)\b", flat, re.I)


_BY_AGE = Pattern(r"\s*(?:under|below|above|(?:younger|older)\s+than)\b", re.I)
_DOSE_AT = Pattern(r"\d\s?(?:mg|mcg|µg|g|units?|mL)\b[^.;]*\bat\s+$", re.I)
""" "1,000 mg daily at 12 to 15 years, 1,200 mg daily above 15 years": years that are of people, not of treatment."""


def _leads_a_dose(flat: str, found: Range) -> bool:
    """ "From 6 to 11 months 100 micrograms/kg": a statement that begins with the ages, the amount right behind."""
    if found.high is None or found.low is None or singular(found.unit) not in ("month", "mo", "year", "yr"):
        return False
    begins = not re.search(r"\w", re.sub(r"^\s*(?:from|between)\b", "", flat[: found.start], flags=re.I))
    return begins and bool(
        re.match(
            r"[\s,:-]*\d[\d.,]*(?:\s*(?:-|to)\s*\d[\d.,]*)?\s?(?:mg|m?cg|µg|micrograms?|g|units?|mL)\b",
            flat[found.end :],
            re.I,
        )
    )


def _first_of_equivalents(flat: str, found: list[Range]) -> list[Range]:
    """Drop a range in parentheses that gives the range before it in another unit."""
    kept: list[Range] = []
    for one in found:
        inside = flat.count("(", 0, one.start) > flat.count(")", 0, one.start)
        repeats = kept and inside and _age_unit(kept[-1].unit) != _age_unit(one.unit)
        if not repeats:
            kept.append(one)
    return kept


def _age_unit(unit: str) -> str:
    bare = singular(unit)
    return _AGE_NAMES.get(bare, bare + "s")


def _band(found: Range, unit: str) -> Band:
    return Band(*found.bounds, unit)


_WEIGHT_UNIT = r"(?:kg|kilograms?|grams?|g)(?!\s?/|\w|\s+per\b)"


_MAY_BE_WEIGHT = Pattern(r"\d\s?-?(?:kg|g\b|kilo|gram)", re.I)


@lru_cache(maxsize=1024)
def weight(text: str, *, label: bool) -> Band | None:
    """The body weight that `text` is for.

    >>> weight("2.6 to less than 4 kg, days 1 to 7", label=True)
    Band(min=2.6, min_included=True, max=4, max_included=False, unit='kg')
    """
    flat = level(text)
    if not _MAY_BE_WEIGHT.search(flat):
        return None
    found = []
    for one in ranges(flat, _WEIGHT_UNIT):
        before, after = flat[: one.start], flat[one.end :]
        weighed = re.search(r"\bweigh(?:t|s|ing|ed)?\b[^.;]{0,25}$", before, re.I) or re.match(
            r"\s*(?:body\s+weight|weight|in\s+weight)\b", after, re.I
        )
        if re.search(r"\b(?:gain|gained|loss|lose|lost|increase|decrease|BMI)\b[^.;]{0,20}$", before, re.I):
            continue
        if singular(one.unit) in ("g", "gram") and not weighed:
            continue
        grouped = re.search(
            r"\b(?:patients|children|adults|adolescents|infants|those|persons?)\b[^.;]{0,30}$", before, re.I
        )
        if weighed or grouped or label or one.by_sign:
            found.append(one)
    one_ = the_one(found)
    if one_ is None:
        return None
    return _band(one_, "g" if singular(one_.unit) in ("g", "gram") else "kg")


_COUNTED_CRITERIA = Pattern(r"\b(?:any|one|two|three|2|3)\s+(?:or\s+more\s+)?of\b|\bcriteri", re.I, (" of", "criteri"))
_UNLIKE_CRITERIA = Pattern(
    r"(?:years?|yrs?|\d\s?y|months?|old|older|age)\W+or\s[^.;]*\d\s?kg|\d\s?kg\W+or\s[^.;]*(?:years|yrs?\b|\d\s?y\b|"
    r"months|age)",
    0,
    ("kg",),
)


@lru_cache(maxsize=1024)
def either(text: str) -> bool:
    """Whether the text counts criteria ("at least two of …") or joins unlike ones by "or": no single band then.

    >>> either("age ≥80 years or weight ≤60 kg")
    True
    """
    flat = level(text)
    return bool(_COUNTED_CRITERIA.search(flat) or _UNLIKE_CRITERIA.search(flat))
