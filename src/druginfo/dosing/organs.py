"""Kidney and liver: ranges of eGFR and CrCl, grades of impairment, Child-Pugh classes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from druginfo.dosing.quantities import number
from druginfo.dosing.ranges import NUMBER, START, Range, range_in, ranges, read_range
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Hepatic, Renal

Measure = Literal["eGFR", "CrCl"]

_MEASURE = (
    r"(?P<measure>\be?GFR\b|\bCr\.?\s?Cl\b|\bCl\s?cr\b|\bCLcr\b|\bC(?:rea)?tinine\s+clearance\b|"
    r"\bcreatinine\s+clearance\b|\bglomerular\s+filtration\s+rate\b)"
)
_FLOW = r"m[lL](?:\s?/\s?|\s+per\s+)min(?:ute)?\b(?:\s?(?:/|per)\s?1\.73\s?m[2²])?"


_KIDNEY_FIGURES = Pattern(
    rf"\d.*(?:{_FLOW})|{_MEASURE}.*\d|\d.*{_MEASURE.replace('measure', 'behind')}", re.I, ("gfr", "cl", "min", "filtr")
)


def renal_range(text: str) -> Renal | None:
    """Kidney function in figures: eGFR or CrCl, in mL/min.

    >>> renal_range("Moderate impairment (eGFR 30 to <60 mL/min/1.73 m²)").max
    60
    """
    flat = level(text)
    if not _KIDNEY_FIGURES.search(flat):
        return None
    if re.search(r"\bm[lL]/s(?:ec)?\b", flat):
        return None
    found: list[tuple[Range, Measure | None]] = []
    for match in re.finditer(_MEASURE, flat, re.I):
        one = _range_before(flat, match.start()) or _range_after(flat, match.end())
        if one:
            if _ANOTHER_RANGE.match(flat, one.end):
                return None
            between = flat[match.end() : one.start] if one.start >= match.end() else ""
            named = re.search(_MEASURE, between, re.I)
            found.append((one, _measure_name(named[0] if named else match[0])))
    if not found:
        found = [(one, None) for one in ranges(flat, rf"(?:{_FLOW})")]
    bounds = {one.bounds for one, _ in found}
    names = {name for _, name in found if name}
    if len(bounds) != 1 or len(names) > 1:
        return None
    low, low_included, high, high_included = bounds.pop()
    return Renal(_measure(names), low, low_included, high, high_included, ())


_FILLER = (
    r"(?:\s*\([^()\d]{1,30}\)|\s*\(m[lL][^()]{0,25}\)|\s*\[[^\[\]]{1,30}\]|\s+(?:estimated|values?|rate|levels?|is|"
    r"are|of|"
    r"between|was|remains|falls|in\s+the\s+range\s+of|by\s+Cockcroft-Gault|in\s+m[lL]/min)\b|\s*[:,|=]|"
    r"\s*m[lL]/min(?:/1\.73\s?m[2²])?)*\s*"
)


_ANOTHER_RANGE = Pattern(
    r"\s*(?:m[lL]/min\S*)?(?:\s*1\.73\s*m[2²])?\s*(?:,|or|,\s*or)\s*[<>≥≤]?\s*\d+(?:\s*(?:-|to)\s*\d|\s*m[lL]/min)"
)


def _range_after(flat: str, start: int) -> Range | None:
    filler = re.match(_FILLER, flat[start:], re.I)
    at = start + (filler.end() if filler else 0)
    back = re.search(r"between\s*$", flat[start:at], re.I)
    match = re.compile(range_in(rf"(?:{_FLOW})"), re.I).match(flat, at)
    if not match or re.match(r"\s?(?:%|mg|years?|kg)", flat[match.end() :]):
        return None
    if back and match["high"] is None:
        return None
    return read_range(match, "mL/min")


def _range_before(flat: str, end: int) -> Range | None:
    """ "30 ≤ CrCl < 60", "≥30 mL/min CrCl" """
    two = re.search(
        rf"{START}(?P<low>{NUMBER})\s*(?:{_FLOW})?\s*(?P<sign>[<≤])\s*$",
        flat[:end],
        re.I,
    )
    if not two:
        return None
    after = re.compile(_MEASURE + rf"\s*(?P<sign2>[<≤])\s*(?P<high>{NUMBER})", re.I).match(flat, end)
    low = number(two["low"])
    if after:
        high = number(after["high"])
        return Range(low, two["sign"] == "≤", high, after["sign2"] == "≤", "mL/min", two.start(), after.end(), True)
    return Range(low, two["sign"] == "≤", None, None, "mL/min", two.start(), end, True)


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
    r"\b(?:renal(?:ly)?|kidneys?|nephropathy|CrCl|ClCr|e?GFR|creatinine\s+clearance|CKD|ESRD|h(?:a)?emodialysis|"
    r"dialysis)\b",
    re.I,
)
HEPATIC_WORDS = Pattern(r"\b(?:hepatic(?:ally)?|liver|Child[\s-]*(?:Turcotte[\s-]*)?Pugh|cirrho\w+)\b", re.I)
_GRADE = r"(?:mild(?:ly)?|moderate(?:ly)?|severe(?:ly)?)"
_GRADED = Pattern(
    rf"(?<!not )(?<!non-)(?<![\w-])(?P<grades>{_GRADE}"
    rf"(?:(?:\s*(?:,|/|-)\s*(?:and|or)?\s*|\s+(?:to|or|and|through)\s+){_GRADE})*)\b"
    r"(?P<after>\s*(?:$|[(,:;.|]|-\s|with(?:out)?\s+ascites\b|(?:(?:(?:degrees?\s+of|impaired|acute|chronic|pre-existing)\s+)?"
    r"(?:(?:renal|kidney|hepatic|liver)(?:\s*(?:or|and|/)\s*(?:renal|kidney|hepatic|liver))?\s+)?"
    r"(?:impairment|insufficiency|dysfunction|disease|failure|reduction|cirrhosis|renal|kidney|hepatic|liver|"
    r"function)\b)))",
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
