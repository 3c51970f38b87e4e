"""Whom a statement is for, in figures: ranges of age, weight and kidney function, grades of kidney and liver disease.

A range is read only where the text leaves one reading; two ranges that do not agree are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from druginfo.dosing.quantities import number
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Band, Hepatic, Renal

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d^×]|[,.]\d)"
_START = r"(?<![\w.,/^×*])(?<!\w-)"

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
def _range(unit: str) -> str:
    """A regular expression for one range in `unit`, which may be left out at the first number of two."""
    return (
        rf"(?:(?P<sign>{_SIGN})\s*)?{_START}(?P<low>{_NUMBER})(?:\s?-?(?P<low_unit>{unit}))?"
        rf"(?:\s*(?:-|\bto\b|\bthrough\b|\bthru\b|,?\s*\bbut\b|,?\s*\band\b)\s*(?:(?P<sign2>{_SIGN})\s*)?"
        rf"(?P<high>{_NUMBER})(?:\s?-?(?P<unit>{unit}))?)?"
        rf"(?:\s+(?:of\s+age|old))?(?:(?:\s*,)?\s+(?:and|or)\s+(?P<tail>{_ABOVE}|{_BELOW})\b|(?P<plus>\s?\+))?"
    )


Measure = Literal["eGFR", "CrCl"]


class _Found(NamedTuple):
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


def _ranges(text: str, unit: str, default: str = "") -> Iterator[_Found]:
    for match in re.finditer(_range(unit), text, re.I):
        found = _read(match, default)
        if found:
            yield found


def _read(match: re.Match[str], default: str) -> _Found | None:
    sign, sign2 = (re.sub(r"\s+", " ", (match[name] or "").lower()) for name in ("sign", "sign2"))
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
        if match["low_unit"] and match["unit"] and _plural(match["low_unit"]) != _plural(match["unit"]):
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
    return _Found(bounds[0], bounds[1], bounds[2], bounds[3], written, match.start(), match.end(), by_sign)


def _one(found: Iterable[_Found]) -> _Found | None:
    """The one range that the text means: all say the same, or all are open to the same side (then the widest)."""
    ranges = list({(*r.bounds, _plural(r.unit)): r for r in found}.values())
    if len(ranges) <= 1:
        return ranges[0] if ranges else None
    if len({_plural(r.unit) for r in ranges}) == 1:
        if all(r.high is None for r in ranges):
            return min(ranges, key=lambda r: r.low or 0)
        if all(r.low is None for r in ranges):
            return max(ranges, key=lambda r: r.high or 0)
    return None


def _without_parentheses(text: str, start: int) -> str:
    """What stands in parentheses behind a range repeats it in another unit: "12 weeks (3 months)"."""
    return text[:start]


# ---------------------------------------------------------------- age and weight

_AGE_UNIT = r"(?:years?|yrs?|y|months?|mos?|weeks?|wks?|days?)(?!\w)"
_AGE_NAMES = {"y": "years", "yr": "years", "mo": "months", "wk": "weeks"}
_AGE_CUE = (
    r"\b(?:aged?|ages|old|older|younger|age|years?|infants?|neonates?|newborns?|children|adolescents?|adults?|elderly|"
    r"pa?ediatric|patients?|geriatric|seniors?|boys|girls|women|men)\b"
)
_NO_AGE = Pattern(
    r"gestation|postmenstrual|postconception|post-?menstrual|corrected|\bPMA\b|duration|\btherapy\b|treatment\s+(?:for|of)"
    r"|menopaus|\bsurvival\b",
    re.I,
)
_TIME_BEFORE = Pattern(
    r"\b(?:for|after|within|every|last|first|next|over|during|in|by|until|day|week|month|year|past|previous|another|"
    r"of|least|additional|course|then)\s*$",
    re.I,
)


@lru_cache(maxsize=1024)
def age(text: str, *, label: bool) -> Band | None:
    """The age that `text` is for. In a label ("2 to less than 9 years") less has to be said than in a sentence.

    >>> age("9 years and older", label=True)
    Band(min=9, min_included=True, max=None, max_included=None, unit='years')
    """
    flat = level(text)
    if not re.search(r"\d", flat) or not re.search(r"\d\s?-?\+?[dmwy]|age", flat, re.I):
        return None
    found = [r for r in _ranges(flat, _AGE_UNIT) if _is_age(flat, r, label)]
    found += _ages_by_word(flat, found)
    one = _one(_first_of_equivalents(flat, found))
    return _band(one, _age_unit(one.unit)) if one else None


def _ages_by_word(flat: str, known: list[_Found]) -> Iterator[_Found]:
    """ "age ≥65", "aged 6 to 12", "patients over 65": years, where no unit is written."""
    for cue in re.finditer(r"\b(?:age[ds]?|ages)\s*(?:of\s+|:\s*)?", flat, re.I):
        match = re.match(_range(r"(?!)"), flat[cue.end() :], re.I)
        after = flat[cue.end() + match.end() :] if match else ""
        if match and not re.match(rf"\s?-?(?:{_AGE_UNIT}|%|[a-zµ]+/|mg|kg|mcg)", after, re.I):
            found = _read(match, "years")
            if found and not any(k.start <= cue.end() + found.start < k.end for k in known):
                yield found


def _is_age(flat: str, found: _Found, label: bool) -> bool:
    before, after = flat[: found.start], flat[found.end :]
    around = flat[max(0, found.start - 40) : found.end + 25]
    if _NO_AGE.search(around) or re.match(r"\s*(?:after|before|prior|of\s+(?:treatment|therapy))\b", after, re.I):
        return False
    said = re.match(r"\s*(?:of\s+age|old)\b", after, re.I) or re.search(
        r"\bof\s+age|\bold\b|older|younger", flat[found.start : found.end + 1], re.I
    )
    aged = re.search(r"\b(?:age[ds]?|ages)\s*(?:is|of|:|between|from)?\s*$", before, re.I)
    years = _age_unit(found.unit) == "years"
    if said or aged:
        return True
    who = re.search(
        r"\b(?:infants?|neonates?|newborns?|children|child|adolescents?|adults?|elderly|pa?ediatric|patients?|toddlers?|"
        r"boys|girls|women|men|seniors?|geriatric|teenagers?)\b[^.;:]{0,25}$",
        before,
        re.I,
    )
    if who and not re.search(r"\b(?:for|after|every|during|within|treated|last|first|weeks?|days?)\b", who[0], re.I):
        return True
    if re.match(r"\s*(?:children|infants|adolescents|adults|patients|neonates)\b", after, re.I):
        return True
    if not label or _TIME_BEFORE.search(before):
        return False
    alone = found.by_sign and before.rstrip()[-1:] in ("", "(", ",") and after.lstrip()[:1] in ("", ")", ",", ":")
    return (years or alone) and not re.search(r"\b(?:treatment|use|disease|diagnosis)\b", flat, re.I)


def _first_of_equivalents(flat: str, found: list[_Found]) -> list[_Found]:
    """Drop a range in parentheses that gives the range before it in another unit."""
    kept: list[_Found] = []
    for one in found:
        inside = flat.count("(", 0, one.start) > flat.count(")", 0, one.start)
        repeats = kept and inside and _age_unit(kept[-1].unit) != _age_unit(one.unit)
        if not repeats:
            kept.append(one)
    return kept


def _age_unit(unit: str) -> str:
    bare = _plural(unit)
    return _AGE_NAMES.get(bare, bare + "s")


def _plural(unit: str) -> str:
    bare = unit.lower().strip(". ")
    return bare[:-1] if bare.endswith("s") and len(bare) > 2 else bare


def _band(found: _Found, unit: str) -> Band:
    return Band(*found.bounds, unit)


_WEIGHT_UNIT = r"(?:kg|kilograms?|grams?|g)(?!\s?/|\w|\s+per\b)"


@lru_cache(maxsize=1024)
def weight(text: str, *, label: bool) -> Band | None:
    """The body weight that `text` is for.

    >>> weight("2.6 to less than 4 kg, days 1 to 7", label=True)
    Band(min=2.6, min_included=True, max=4, max_included=False, unit='kg')
    """
    flat = level(text)
    if not re.search(r"\d\s?-?(?:kg|g\b|kilo|gram)", flat, re.I):
        return None
    found = []
    for one in _ranges(flat, _WEIGHT_UNIT):
        before, after = flat[: one.start], flat[one.end :]
        weighed = re.search(r"\bweigh(?:t|s|ing|ed)?\b[^.;]{0,25}$", before, re.I) or re.match(
            r"\s*(?:body\s+weight|weight|in\s+weight)\b", after, re.I
        )
        if re.search(r"\b(?:gain|gained|loss|lose|lost|increase|decrease|BMI)\b[^.;]{0,20}$", before, re.I):
            continue
        if _plural(one.unit) in ("g", "gram") and not weighed:
            continue
        grouped = re.search(
            r"\b(?:patients|children|adults|adolescents|infants|those|persons?)\b[^.;]{0,30}$", before, re.I
        )
        if weighed or grouped or label or one.by_sign:
            found.append(one)
    one_ = _one(found)
    if one_ is None:
        return None
    return _band(one_, "g" if _plural(one_.unit) in ("g", "gram") else "kg")


@lru_cache(maxsize=1024)
def either(text: str) -> bool:
    """Whether the text counts criteria ("at least two of …") or joins unlike ones by "or": no single band then.

    >>> either("age ≥80 years or weight ≤60 kg")
    True
    """
    flat = level(text)
    if re.search(r"\b(?:any|one|two|three|2|3)\s+(?:or\s+more\s+)?of\b|\bcriteri", flat, re.I):
        return True
    return bool(
        re.search(
            r"(?:years?|months?|old|older|age)\W+or\s[^.;]*\d\s?kg|\d\s?kg\W+or\s[^.;]*(?:years|months|age)", flat
        )
    )


# ---------------------------------------------------------------- kidney

_MEASURE = (
    r"(?P<measure>\be?GFR\b|\bCr\.?\s?Cl\b|\bCl\s?cr\b|\bCLcr\b|\bC(?:rea)?tinine\s+clearance\b|"
    r"\bcreatinine\s+clearance\b|\bglomerular\s+filtration\s+rate\b)"
)
_FLOW = r"m[lL]\s?/\s?min(?:ute)?\b|m[lL]\s+per\s+min(?:ute)?\b"


def renal_range(text: str) -> Renal | None:
    """Kidney function in figures: eGFR or CrCl, in mL/min.

    >>> renal_range("Moderate impairment (eGFR 30 to <60 mL/min/1.73 m²)").max
    60
    """
    flat = level(text)
    if not re.search(r"\d", flat) or not re.search(rf"{_MEASURE}|{_FLOW}", flat, re.I):
        return None
    if re.search(r"\bm[lL]/s(?:ec)?\b", flat):
        return None
    found: list[tuple[_Found, Measure | None]] = []
    for match in re.finditer(_MEASURE, flat, re.I):
        one = _range_before(flat, match.start()) or _range_after(flat, match.end())
        if one:
            if _ANOTHER_RANGE.match(flat, one.end):
                return None
            between = flat[match.end() : one.start] if one.start >= match.end() else ""
            named = re.search(_MEASURE, between, re.I)
            found.append((one, _measure_name(named[0] if named else match[0])))
    if not found:
        found = [(one, None) for one in _ranges(flat, rf"(?:{_FLOW})")]
    bounds = {one.bounds for one, _ in found}
    names = {name for _, name in found if name}
    if len(bounds) != 1 or len(names) > 1:
        return None
    low, low_included, high, high_included = bounds.pop()
    return Renal(_measure(names), low, low_included, high, high_included, ())


_FILLER = (
    r"(?:\s*\([^()\d]{1,30}\)|\s*\(m[lL][^()]{0,25}\)|\s*\[[^\[\]]{1,30}\]|\s+(?:estimated|values?|rate|levels?|is|are|of|"
    r"between|was|remains|falls|in\s+the\s+range\s+of|by\s+Cockcroft-Gault|in\s+m[lL]/min)\b|\s*[:,|=]|"
    r"\s*m[lL]/min(?:/1\.73\s?m[2²])?)*\s*"
)


_ANOTHER_RANGE = Pattern(
    r"\s*(?:m[lL]/min\S*)?(?:\s*1\.73\s*m[2²])?\s*(?:,|or|,\s*or)\s*[<>≥≤]?\s*\d+(?:\s*(?:-|to)\s*\d|\s*m[lL]/min)"
)


def _range_after(flat: str, start: int) -> _Found | None:
    filler = re.match(_FILLER, flat[start:], re.I)
    at = start + (filler.end() if filler else 0)
    back = re.search(r"between\s*$", flat[start:at], re.I)
    match = re.compile(_range(rf"(?:{_FLOW})"), re.I).match(flat, at)
    if not match or re.match(r"\s?(?:%|mg|years?|kg)", flat[match.end() :]):
        return None
    if back and match["high"] is None:
        return None
    return _read(match, "mL/min")


def _range_before(flat: str, end: int) -> _Found | None:
    """ "30 ≤ CrCl < 60", "≥30 mL/min CrCl" """
    two = re.search(
        rf"{_START}(?P<low>{_NUMBER})\s*(?:{_FLOW})?\s*(?P<sign>[<≤])\s*$",
        flat[:end],
        re.I,
    )
    if not two:
        return None
    after = re.compile(_MEASURE + rf"\s*(?P<sign2>[<≤])\s*(?P<high>{_NUMBER})", re.I).match(flat, end)
    low = number(two["low"])
    if after:
        high = number(after["high"])
        return _Found(low, two["sign"] == "≤", high, after["sign2"] == "≤", "mL/min", two.start(), after.end(), True)
    return _Found(low, two["sign"] == "≤", None, None, "mL/min", two.start(), end, True)


def _measure_name(written: str) -> Measure | None:
    bare = re.sub(r"[\s.]", "", written).lower()
    if bare == "egfr":
        return "eGFR"
    return None if bare in ("gfr", "glomerularfiltrationrate") else "CrCl"


def _measure(names: set[Measure]) -> Measure | None:
    return names.pop() if len(names) == 1 else None


# ---------------------------------------------------------------- grades

GRADES = ("mild", "moderate", "severe")
RENAL_WORDS = Pattern(
    r"\b(?:renal(?:ly)?|kidneys?|nephropathy|CrCl|ClCr|e?GFR|creatinine\s+clearance|CKD|ESRD|h(?:a)?emodialysis|dialysis)\b",
    re.I,
)
HEPATIC_WORDS = Pattern(r"\b(?:hepatic(?:ally)?|liver|Child[\s-]*(?:Turcotte[\s-]*)?Pugh|cirrho\w+)\b", re.I)
_GRADE = r"(?:mild(?:ly)?|moderate(?:ly)?|severe(?:ly)?)"
_GRADED = Pattern(
    rf"(?<!not )(?<!non-)(?<![\w-])(?P<grades>{_GRADE}"
    rf"(?:(?:\s*(?:,|/|-)\s*(?:and|or)?\s*|\s+(?:to|or|and|through)\s+){_GRADE})*)\b"
    r"(?P<after>\s*(?:$|[(,:;.|]|-\s|(?:(?:(?:degrees?\s+of|impaired|acute|chronic|pre-existing)\s+)?"
    r"(?:(?:renal|kidney|hepatic|liver)(?:\s*(?:or|and|/)\s*(?:renal|kidney|hepatic|liver))?\s+)?"
    r"(?:impairment|insufficiency|dysfunction|disease|failure|reduction|cirrhosis|renal|kidney|hepatic|liver|function)\b)))",
    re.I,
)


def grades(text: str, *, organ: str, in_context: bool) -> tuple[str, ...]:
    """The grades of `organ` ("renal" or "hepatic") that the text names, mildest first.

    A grade without its organ counts only `in_context`: under a label or heading that names the organ. "Mild to severe"
    holds moderate.

    >>> grades("No adjustment needed for mild or moderate impairment.", organ="hepatic", in_context=True)
    ('mild', 'moderate')
    """
    words, others = (RENAL_WORDS, HEPATIC_WORDS) if organ == "renal" else (HEPATIC_WORDS, RENAL_WORDS)
    named: set[str] = set()
    flat = level(text)
    if not any(word in flat.lower() for word in GRADES):
        return ()
    for match in _GRADED.finditer(flat):
        phrase = match["after"]
        tail = phrase + flat[match.end() : match.end() + 45] if phrase.strip().startswith("(") else phrase
        own, other = words.search(tail), others.search(tail)
        if own or (not other and in_context):
            named.update(_spread(match["grades"].lower()))
    return tuple(grade for grade in GRADES if grade in named)


def _spread(written: str) -> list[str]:
    found = re.findall(r"mild|moderate|severe", written)
    if len(found) == 2 and re.search(r"\bto\b|\bthrough\b|-", written):
        return list(GRADES[GRADES.index(found[0]) : GRADES.index(found[1]) + 1])
    return found


def child_pugh(text: str) -> tuple[str, ...]:
    """Child-Pugh classes that the text names.

    >>> child_pugh("Child-Pugh class A or B")
    ('A', 'B')
    """
    flat = level(text)
    classes: set[str] = set()
    if "pugh" not in flat.lower():
        return ()
    for match in re.finditer(
        r"Child[\s-]*(?:Turcotte[\s-]*)?Pugh(?:\s+(?:class(?:es)?|categor(?:y|ies)|grade|score|stage))?\s*[:(]?\s*"
        r"(?P<letters>[ABC]\b(?:\s*(?:,|/|-|to|through|and|or|,\s*(?:and|or))\s*(?:class\s+)?[ABC]\b)*)",
        flat,
        re.I,
    ):
        letters = re.findall(r"\b[ABC]\b", match["letters"])
        if len(letters) == 2 and re.search(r"\bto\b|through|-", match["letters"]):
            letters = list("ABC"["ABC".index(letters[0]) : "ABC".index(letters[1]) + 1])
        classes.update(letters)
    return tuple(sorted(classes))


@lru_cache(maxsize=1024)
def renal(text: str, *, in_context: bool) -> Renal | None:
    """Kidney function that the text is for, in figures and grades; None where it names neither."""
    figures = renal_range(text)
    named = grades(text, organ="renal", in_context=in_context)
    if figures is None:
        return Renal(None, None, None, None, None, named) if named else None
    return Renal(figures.measure, figures.min, figures.min_included, figures.max, figures.max_included, named)


@lru_cache(maxsize=1024)
def hepatic(text: str, *, in_context: bool) -> Hepatic | None:
    """Liver function that the text is for; None where it names neither grade nor class."""
    named, classes = grades(text, organ="hepatic", in_context=in_context), child_pugh(text)
    if in_context and not classes:
        classes = tuple(sorted(set(re.findall(r"\bclass\s+([ABC])\b", level(text), re.I))))
    return Hepatic(named, classes) if named or classes else None
