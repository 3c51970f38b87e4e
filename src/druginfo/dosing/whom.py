"""Whom words are for: ages, weights, kidney and liver, each as a condition that was read whole or was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.people import stages
from druginfo.model import Band, BandUnit, ChildPugh, Condition, Grade, Hepatic, Renal
from druginfo.terms import patterns
from druginfo.terms.phrases import Range
from druginfo.terms.scan import Token
from druginfo.terms.tables import CHILD_PUGH, GRADES

_MONTHS = {"month": 1, "year": 12}
_TOLD = re.compile("[4RW]|(?:nz|d)t")
"""What is in all items that give an age, a weight or a range for the kidney."""


@lru_cache(maxsize=1024)
def bands(line: Line, first: int, last: int, *, label: bool) -> tuple[Condition, ...]:
    """The ages, weights and kidney ranges that items are for, in the order of these kinds, each kind once.

    In a label ("2 to less than 9 years") less has to be said than in a sentence.
    """
    if not _TOLD.search(line.shape, first, last):
        return ()
    if first_of_life := _first_of_life(line, first, last, label):
        return (first_of_life,)
    ages = [at for at in _ranges(line, first, last, "age") if _is_age(line, first, at, last, label)]
    weights = [at for at in _ranges(line, first, last, "weight") if _is_weight(line, first, at, label)]
    if not weights and (grams := re.compile(r"W[:JO]?[<>]1").search(line.shape, first, last)):
        weight, sign = line.items[grams.end() - 1], line.items[grams.end() - 2]
        if weight.sense.unit == "g":  # "birth weight <1,500 g"
            value, included = weight.sense.low, bool(sign.sense)
            below = sign.code == "<"
            grams_band = Band(None, None, value, included, "g") if below else Band(value, included, None, None, "g")
            return (*bands(line, grams.end(), last, label=label), Condition("weight", weight.word, (grams_band,)))
    found: list[Condition] = []
    begin = _criteria(line, first, last)
    for kind, places in (("age", ages), ("weight", weights)):
        if not places:
            continue
        ranges, criteria = _without_equivalents(line, places), places[-1] >= begin
        if kind == "age" and len(ranges) == 1:
            ranges = [_opened(ranges[0], line.text[line.items[places[0]].end :])]
        text = line.words(min(ages[:1] + places) if len(ages) > 1 else places[0], places[-1] + 1)
        one = None if criteria else the_one(ranges)
        whole = tuple(filter(None, map(_whole, ranges)))
        if one and (band := _band(one)):
            found.append(Condition(kind, text, (band,)))  # type: ignore[arg-type]
        elif whole and (len(ranges) == 1 if one else not criteria and _are_both(line, first, last, ranges)):
            found.append(Condition(kind, text, whole, read=True))  # type: ignore[arg-type]
        else:
            found.append(Condition(kind, text, whole, read=False))  # type: ignore[arg-type]
    if kidney := _kidney(line, first, last):
        found.append(kidney if begin == last else kidney._replace(read=False))
    return tuple(found)


_BOTH = re.compile("4[^4;·:1678]{0,6}[&ø][^4;·:1678]{0,4}4")
""" "12 to 14 years of age with …, and those 15 years and older": any of the ages will do."""


def _are_both(line: Line, first: int, last: int, ranges: Sequence[Range]) -> bool:
    """Whether ages one after the other are joined, of which any will do."""
    apart = all(one.high is not None and two.low is not None and one.high <= two.low for one, two in pairwise(ranges))
    alike = len({found.unit for found in ranges}) == 1 and ranges[0].unit not in ("kg", "lb")
    return apart and alike and _BOTH.search(line.shape, first, last) is not None


_OF_LIFE = re.compile(r"(?P<nth>nz|d)(?P<period>t|4)(?:O(?P<what>z))?")
_NTH = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4}


def _first_of_life(line: Line, first: int, last: int, label: bool) -> Condition | None:
    """A week or month of life that is counted: "1st week of life", and "Neonates, 1st week" in a label."""
    for match in _OF_LIFE.finditer(line.shape, first, last):
        nth, period, what = _NTH.get(line.items[match.start()].word), line.items[match.start("period")], match["what"]
        unit = period.sense
        if period.code == "4":  # "the first two weeks of life"
            nth, unit = period.sense.high if nth == 1 else None, period.sense.unit
        of_life = line.items[match.start("what")].word == "life" if what else False
        newborn = label and not what and any(people.sense.group == "neonates" for people in line.having("H"))
        if nth and (of_life or newborn):
            later = match.start() > first and line.items[match.start() - 1].word == "after"
            low, high = (nth, None) if later else (None if period.code == "4" else nth - 1 or None, nth)
            sides = (low, None if low is None else True, high, None if high is None else False)
            alone = not codes("[4C]").search(line.shape[match.end() : last])  # "… and every 8 hours thereafter"
            if of := BAND_UNITS.get(unit):
                return Condition("age", line.words(match.start(), match.end()), (Band(*sides, of),), alone)
    return None


_BETWEEN_PARTS = re.compile(r"[1678hJ~;]|(?<!F)V|[&ø,]z[#F]")
_GROUPED = re.compile("[4GHRY].*[4GHRY]")
_UNMEASURED = re.compile(r"(?<![RW])(?:[<>ûō]n(?![mt%/])|n[–o&]n(?![mt%/]))")
""" "10 to 49", "below 10": of what is said before."""


@lru_cache(maxsize=1024)
def parted(line: Line, first: int, last: int) -> frozenset[str]:
    """By what a statement tells several groups apart, `age`, `weight` or `organ`, each with its own order: "half in
    mild impairment and a quarter in severe", "avoid in adults and halve in children". None of them is whom all of it is
    for."""
    shape = line.shape[first:last]
    if not (_GROUPED.search(shape) or _UNMEASURED.search(shape)) or not _BETWEEN_PARTS.search(shape):
        return frozenset()
    before: dict[str, tuple[object, int]] = {}
    found = set()
    for at in line.places("4GHRY", first, last):
        group = _group(line, at, last)
        if group is None or line.depths[at]:
            continue
        sort, key = group
        since = before[sort][1] if sort in before else first
        is_compared = any(item.word in ("same", "than") for item in line.items[since:at])
        if is_compared or _OF_WHAT_OTHERS_GET.search(line.shape, since, at):
            continue  # "the same as in patients with normal renal function"
        if sort in before and before[sort][0] != key and _BETWEEN_PARTS.search(line.shape, before[sort][1], at):
            found.add(sort)
        before[sort] = key, at + 1
    for bare in _UNMEASURED.finditer(line.shape, first, last):  # "by half in CrCl 40 to 60 and by two thirds below 40"
        apart = (_BETWEEN_PARTS.search(line.shape, *sorted((bare.start(), at))) for _, at in before.values())
        found.update(sort for sort, is_apart in zip(before, apart, strict=True) if is_apart)
    return frozenset(found)


_OF_WHAT_OTHERS_GET = codes("OŵV[F#]")
""" "One-half of that recommended for patients with normal hepatic function"."""


def tells_apart(line: Line, first: int, last: int, codes_of_groups: str = "4GHRY") -> set[str]:
    """By what a statement says whom it is for, read or not: `age`, `weight`, `organ`; it takes the place of what the
    words before it say of the same: "under 2 years, 10 mg; if between 2 and 5, 20 mg"."""
    found = {group[0] for at in line.places(codes_of_groups, first, last) if (group := _group(line, at, last))}
    amount = codes("[167]").search(line.shape, first, last)
    bare = _UNMEASURED.search(line.shape, first, amount.start() if amount else last)
    return found | {"age", "weight", "organ"} if bare else found


def is_of_another_group(line: Line, first: int, last: int, label: Line) -> bool:
    """Whether a statement begins with other people, or another grade or range of an organ, than an earlier label names:
    "Adults: 10 mg; in children the dose is 5 mg". An age goes on with the people: "children under 6: …; over 6: …"."""
    amount = codes("[1678]").search(line.shape, first, last)
    theirs = _people_and_organs(label, 0, len(label.items))
    its = _people_and_organs(line, first, amount.start() if amount else last)
    apart = {sort for sort, _ in its} | ({"organ"} if measured_before(line, first, last) else set())
    return bool(theirs) and theirs.isdisjoint(its) and {sort for sort, _ in theirs} <= apart


def _people_and_organs(line: Line, first: int, last: int) -> set[tuple[str, object]]:
    groups = {at: group for at in line.places("4GHRY", first, last) if (group := _group(line, at, last))}
    return {group for at, group in groups.items() if group[0] == "organ" or line.shape[at] == "H"}


def measured_before(line: Line, first: int, last: int) -> Line | None:
    """The bare figures that a statement begins with, with the measure of the kidney said before them in the line: "in
    CrCl of 50 or more 10 mg; in 10 to 49 5 mg"."""
    bare = _BEGINS_BARE.match(line.shape, first, last) if "R" in line.shape[:first] else None
    if not bare:
        return None
    measure = line.having("R", 0, first)[-1]
    return read_line(f"{line.text[measure.start : measure.end]} {line.words(*bare.span('figures'))}")


_BEGINS_BARE = re.compile(r"[&,ø]?[#F@]?(?P<figures>[<>ûō]n|n[–oAB]n?)(?=[D:,–1678])")
_COMPARED = ("as", "than", "like", "as in", "than in")


def _group(line: Line, at: int, last: int) -> tuple[str, object] | None:
    """By what an item tells people apart, and which of them it names."""
    item, code = line.items[at], line.shape[at]
    after = line.shape[at + 1 : min(at + 3, last)]
    if code == "H":
        compared = at >= 2 and line.items[at - 2].word in _COMPARED
        its_dose = after[:1] == "D" and line.items[at + 1].lead == line.items[at + 1].start  # not "in adults the dose"
        named = () if compared or its_dose else stages(line.words(at, at + 1))
        return ("age", named) if named else None
    if code == "G":
        is_normal = item.word == "normal" and after[:1] in ("K", "L", "R")
        return ("organ", item.word) if item.sense in GRADES or is_normal else None
    if code == "Y":
        return "organ", line.words(at + 1, min(at + 3, last))
    if code == "R":
        return ("organ", line.words(at + 1, min(at + 3, last))) if re.match("[<>ûō]?[n6]", after) else None
    unit = item.sense.unit
    if unit in ("kg", "lb"):
        return "weight", item.sense[:4]
    if unit == "mL/min":
        return "organ", item.sense[:4]
    is_age = unit.endswith("year") or (unit == "month" and item.sense.is_explicit)
    return ("age", item.sense[:4]) if is_age else None


def is_unsure(condition: Condition) -> bool:
    """Whether ages or weights are no one band, so that no key of a row has them, nor the weights beside them."""
    return condition.kind in ("age", "weight") and (not condition.read or len(condition.bands) > 1)


def single(conditions: Iterable[Condition], kind: str) -> Band | Renal | None:
    """The one band of a kind that conditions give, as a row's key has it: in the figures of the text."""
    for condition in conditions:
        if condition.kind == kind and condition.read and len(condition.bands) == 1:
            band = condition.bands[0]
            ends = [end for end in (band.min, band.max) if end is not None]  # type: ignore[union-attr]
            if all(f"{end:g}" in condition.text.replace(",", "") for end in ends):
                return band  # type: ignore[return-value]
    return None


# ---------------------------------------------------------------- age and weight


def _ranges(line: Line, first: int, last: int, kind: str) -> Iterator[int]:
    for at in line.places("4", first, last):
        unit = line.items[at].sense.unit
        if (kind == "weight") == (unit in ("kg", "lb")) and unit in BAND_UNITS and not _is_of_others(line, first, at):
            yield at


def _is_of_others(line: Line, first: int, at: int) -> bool:
    """Whether what is said holds for the others all the more, "not to be exceeded even in patients over 51 kg", or is
    compared with that of these: "the same as in patients with CrCl >60"."""
    clause = codes(r"[^4;·:,⟨⟩]{0,8}$").search(line.shape[first:at])
    words = [item.word for item in line.items[first + clause.start() : at]] if clause else []
    compared = any(one in ("as", "same") and two in ("as", "in", "for") for one, two in pairwise(words))
    return compared or any(word in ("even", "regardless") for word in words)


BAND_UNITS: dict[str, BandUnit | None] = {
    "kg": "kg", "lb": "lb", "day": "days", "week": "weeks", "month": "months", "year": "years", "day to week": None,
    "day to month": None, "week to month": None, "month to year": None, "week to year": None, "day to year": None,
}  # fmt: skip
"""Units of ages and weights, with those of a `Band`: None for a range from one unit to another."""


def _is_age(line: Line, first: int, at: int, last: int, label: bool) -> bool:
    shape, item = line.shape, line.items[at]
    found: Range = item.sense
    whom = next((i for i in range(at - 1, max(first, at - 4) - 1, -1) if shape[i] == "H"), None)
    begin = item.start - 40 if whom is None else line.items[whom].start  # "therapy in patients aged 2 years"
    before = line.text[max(0, begin) : item.start].lower().rpartition(". ")[2]  # of its sentence
    if label:  # "Combination therapy (16 years and older)": what stands in brackets is for itself
        before = before.rpartition("(")[2]
    behind = codes(r", |; |\. ").split(line.text[item.end : item.end + 25].lower(), maxsplit=1)[0]
    if _NO_AGE.search(f"{before}{item.word}{behind}"):
        return False
    left, right = shape[first:at], shape[at + 1 : last]
    if right.startswith(("S", "z")) and line.items[at + 1].word in _APART:
        return False
    is_of_age = any(sign in item.word for sign in ("age", "old", "younger")) or right.startswith("g")
    if found.unit == "week" and max(found.low or 0, found.high or 0) >= 20:
        born = codes(patterns.NEWBORN).search(line.text.lower())
        if born or not is_of_age:
            return False  # weeks from conception: "preterm, below 34 weeks"; or of pregnancy: "from 20 weeks"
    if is_of_age or codes("g[:JOfb]?$").search(left):
        return True
    if codes("g/W:$").search(left):
        return True
    if (who := codes(r"[HE][^;·:12]{0,6}$").search(left)) and not codes("[FSe2t]|&[<>]$|#$").search(who[0]):
        # "patients complete all 7 days" are of no age, nor is a 7-day course
        return found.unit not in ("day", "week") or not (codes("[Vz]").search(who[0]) or _OF_COURSE.match(behind))
    if right.startswith("H"):
        return True
    if codes("[FSe@UC#O]$|t$").search(left) and not (left.endswith("@") and "1" in left):
        return False
    years = found.unit == "year" or found.unit.endswith("to year")
    if not label:
        if left.endswith("@"):
            return "1" in left and found.low != found.high
        leads = (
            not left.strip("fb")
            and found.low != found.high
            and codes(r"[,:–]?[1]").match(right)
            and found.unit != "week"
            and found.unit != "day"
        )
        certain = found.low is None or "1" in left or found.unit != "year"  # "1 month to less than 1 year"
        return bool(leads) or (years and found.is_explicit and certain)
    if found.low == found.high and not found.is_explicit:
        return years and not left and not right
    alone = found.is_explicit and left[-1:] in ("", "⟨", ",") and right[:1] in ("", "⟩", ",", ":", "&")
    return (years or alone or (found.unit.find(" to ") > 0)) and not codes("treatment|use|disease|diagnosis").search(
        line.text.lower()
    )


_OF_COURSE = re.compile(r"\W*(?:courses?|regimens?|treatments?|cycles?|periods?|supply)\b")
_APART = ("after", "before", "prior", "prior to", "following", "apart", "later")
_NO_AGE = re.compile(
    r"gestation|postmenstrual|postconception|corrected|duration|\btherapy|menopaus|survival"
    rf"|treatment (?:for|of)(?! (?:\w+ ){{0,2}}{patterns.WHOM}\b)"
    r"|\bpma\b|\bintervals?\b"
)


def _is_weight(line: Line, first: int, at: int, label: bool) -> bool:
    left = line.shape[first:at]
    words = line.text[max(0, line.items[at].start - 24) : line.items[at].start].lower()
    if any(word in words for word in ("gain", "loss", "lost", "lose", "increase", "decrease", "bmi")):
        return False
    right = line.shape[at + 1 : at + 2]
    return label or bool(codes("[WH][^;·]{0,6}$").search(left)) or right == "W" or line.items[at].sense.is_explicit


def _criteria(line: Line, first: int, last: int) -> int:
    """From where on items count criteria ("any of …", "at least two of …") or join unlike ones by "or", so that none of
    them is a band by itself; `last` where they do not."""
    shape = line.shape[first:last]
    if counted := codes(r"(?:a|[nw]A?)O(?=[^;·]*4)").search(shape):
        return first + counted.start()
    if codes(r"[nw]A?g[^;·]*4").search(shape) and len(codes("[4x]").findall(shape)) > 1:
        return first
    for match in codes(r"4[^4;·]{0,3}ø[^4;·]{0,5}4").finditer(shape):
        a, b = line.items[first + match.start()].sense.unit, line.items[first + match.end() - 1].sense.unit
        if (a == "kg") != (b == "kg") and "mL/min" not in (a, b):
            return first
    return first if codes("N–?4").search(shape) else last


def _without_equivalents(line: Line, places: Sequence[int]) -> list[Range]:
    """The ranges without those in parentheses that give the range before in another unit."""
    kept: list[Range] = []
    for at in places:
        found: Range = line.items[at].sense
        if kept and line.depths[at] and kept[-1].unit != found.unit:
            continue
        kept.append(found)
    return kept


_OPENED = re.compile(r"\s*\((?:[^()]*\b(?:and|or)\s+(?:older|over|above)\b|[^()]*\)\s+(?:and|or)\s+older\b)", re.I)


def _opened(found: Range, after: str) -> Range:
    """A single age with the side that brackets part it from: "3 months (12 weeks and older)"."""
    is_open = found.low == found.high and found.low is not None and _OPENED.match(after)
    return found._replace(low_included=True, high=None, high_included=None) if is_open else found


def the_one(found: Sequence[Range]) -> Range | None:
    """The one range that is meant: all say the same, or all are open to the same side (then the widest)."""
    ranges = list({r[:5]: r for r in found}.values())
    if len(ranges) <= 1:
        return ranges[0] if ranges else None
    if len({r.unit for r in ranges}) == 1:
        if all(r.high is None for r in ranges):
            return min(ranges, key=lambda r: r.low or 0)
        if all(r.low is None for r in ranges):
            return max(ranges, key=lambda r: r.high or 0)
    return None


def _band(found: Range) -> Band | None:
    unit = BAND_UNITS.get(found.unit)
    return Band(found.low, found.low_included, found.high, found.high_included, unit) if unit else None


def _whole(found: Range) -> Band | None:
    """A range as a band to judge by: ages from one unit to another in months, a last year to its end."""
    if band := _band(found):
        return band
    low_unit, _, high_unit = found.unit.partition(" to ")
    if low_unit not in ("day", "week", "month") or high_unit not in _MONTHS or found.high is None or found.low is None:
        return None
    per_month = {"day": 30.4375, "week": 4.348, "month": 1}[low_unit]
    return Band(
        found.low / per_month, True, (found.high + bool(found.high_included)) * _MONTHS[high_unit], False, "months"
    )


# ---------------------------------------------------------------- kidney

_OR_GRADED = re.compile(r"4[^⟩⟨]*⟩(?:,?[ø&]|[,o])G⟨[^⟩⟨]*")
""" "Mild (CrCl 60 to 89 mL/min) or moderate (CrCl 30 to 59 mL/min)": any of the ranges will do."""
_BARE = re.compile(
    r"R(?:⟨[^⟩n4]{1,9}⟩)?(?:⟨?v[/p]t(?:[/p]nq)?⟩?)?[JOfb:zVa¦i,]{0,5}?(?P<sign>[<>û]?)(?P<low>n)(?:(?P<link>[–o]|,?&)(?P<sign2>[<>]?)(?P<high>n))?(?P<tail>[AB±]?)"
    r"(?![%mkt/–4nR])"
)
_BETWEEN = re.compile(r"n(?P<sign>[<>])R(?P<sign2>[<>])(?:n|4)")


def _kidney(line: Line, first: int, last: int) -> Condition | None:
    """Kidney function in figures, with the measure that stands beside them."""
    shape, items = line.shape, line.items
    found: list[tuple[Range, str | None, int]] = []
    for at in line.places("4", first, last):
        if items[at].sense.unit == "mL/min" and not _is_of_others(line, first, at):
            nearest = shape.rfind("R", first, at)
            nearest = nearest if nearest >= 0 else shape.find("R", at + 1, min(last, at + 3))
            measure = items[nearest].sense if nearest >= 0 else None
            found.append((items[at].sense, measure, at))
    if "R" in shape[first:last]:
        for match in _BETWEEN.finditer(shape, first, last):
            a = items[match.start()]
            b = items[match.end() - 1]
            high = b.sense if b.code == "n" else b.sense.high or b.sense.low
            both = Range(
                a.sense, items[match.start("sign")].sense, high, items[match.start("sign2")].sense, "mL/min", True
            )
            found = [(both, items[match.start() + 2].sense, match.end() - 1)]
        if not any(at == match.end() - 1 for match in _BETWEEN.finditer(shape, first, last) for *_, at in found):
            for match in _BARE.finditer(shape, first, last):
                if ranged := _bare(items, match):
                    found.append((ranged, items[match.start()].sense, match.end() - 1))
    if not found:
        return None
    begin = next((i for i in range(found[0][2], first - 1, -1) if shape[i] in "Rn"), found[0][2])
    begin = begin if shape[begin] == "R" else next((i for i in range(begin, first - 1, -1) if shape[i] == "R"), begin)
    begin -= 2 if shape[max(first, begin - 2) : begin] in ("n<", "n>") else 0  # "30 ≤ CrCl < 60"
    text = line.words(begin, found[-1][2] + 1)
    renal = {Renal(_MEASURES.get(m or ""), *r[:4], ()) for r, m, _ in found}
    bounds = {r[1:5] for r in renal}
    measures = {r.measure for r in renal if r.measure}
    if len(bounds) == 1 and len(measures) <= 1:
        one = next(iter(renal))._replace(measure=next(iter(measures), None))
        return Condition("renal", text, (one,))
    between = (shape[one:two] for (*_, one), (*_, two) in pairwise(found))
    return Condition("renal", text, tuple(sorted(renal, key=str)), read=all(map(_OR_GRADED.fullmatch, between)))


_MEASURES: dict[str, Literal["eGFR", "CrCl"] | None] = {"eGFR": "eGFR", "CrCl": "CrCl", "GFR": None}


def _bare(items: Sequence[Token], match: re.Match[str]) -> Range | None:
    low = items[match.start("low")].sense
    sign = match["sign"]
    included = bool(items[match.start("sign")].sense) if sign else True
    if match["high"]:
        high = items[match.start("high")].sense
        if low >= high or sign in ("<", "û"):
            return None
        ends = items[match.start("sign2")].sense if match["sign2"] else True
        return Range(low, included, high, bool(ends), "mL/min", True)
    if sign in ("<", "û"):
        return Range(None, None, low, included if sign == "<" else True, "mL/min", True)
    if sign == ">" or match["tail"] in ("A", "±"):
        return Range(low, included, None, None, "mL/min", True)
    if match["tail"] == "B":
        return Range(None, None, low, True, "mL/min", True)
    return Range(low, True, low, True, "mL/min", False)


# ---------------------------------------------------------------- grades


_ORGANS = {"renal": frozenset("KRE"), "hepatic": frozenset("LY")}


def names_organ(line: Line, organ: str) -> bool:
    """Whether a label or heading speaks of the kidneys (`renal`) or the liver (`hepatic`)."""
    return not _ORGANS[organ].isdisjoint(line.shape)


def organs_before(line: Line, at: int) -> tuple[bool, bool] | None:
    """Whether the organ that a line names last before an item is the kidneys, or the liver: "mild hepatic impairment:
    10 mg; moderate: 5 mg". None where it names neither."""
    kidneys = max(line.shape.rfind(code, 0, at) for code in _ORGANS["renal"])
    liver = max(line.shape.rfind(code, 0, at) for code in _ORGANS["hepatic"])
    return None if kidneys == liver else (kidneys > liver, liver > kidneys)


_FURTHER_GRADE = re.compile(r"(?:⟨[^⟩GV;·]{0,12}⟩)?(?P<joint>[,/–o&ø]|,[ø&])G")
""" "Mild to moderate", "mild (CrCl 50 to 80 mL/min) to moderate"."""


@lru_cache(maxsize=1024)
def grades(line: Line, first: int, last: int, organ: str, *, in_context: bool) -> tuple[Grade, ...]:
    """The grades of an organ that items name, mildest first.

    A grade without its organ counts only `in_context`: under a label or heading that names the organ. "Mild to severe"
    holds moderate.
    """
    shape, items = line.shape, line.items
    if "G" not in shape:
        return ()
    own, other = ("KRE", "L") if organ == "renal" else ("LY", "KR")
    named: set[str] = set()
    at = first
    while at < last:
        if shape[at] != "G" or items[at].sense not in GRADES or (at > first and shape[at - 1] == "Z"):
            at += 1
            continue
        end = at + 1
        run = [items[at].sense]
        spread = False
        while more := _FURTHER_GRADE.match(shape, end, last):
            spread = spread or more["joint"] in "o–"
            run.append(items[more.end() - 1].sense)
            end = more.end()
        short = (
            shape[end : min(end + 2, last)] in ("z⟨", "z") and line.text[items[end].start : items[end].end].isupper()
        )
        behind = shape[end + short : last]  # "moderate HI (Child-Pugh Class B)", "Severe RI"
        behind = re.sub(r"^⟨[^⟩]*⟩(?=[KL]i)", "", behind) if len(run) > 1 else behind
        if after := codes(r"(?:i*O?a?[V]?)?(?P<organ>[KL](?:[ø&/][KL])?)|(?P<alone>$|[⟨,:;·–iYR4]|i|§)").match(behind):
            beside = after["organ"] or ""
            if not beside and (tail := codes(r"[i,]*⟨[^⟩]{0,12}").match(behind)):
                beside = "".join(c for c in tail[0] if c in "KLRYE")
            elif not beside and (tail := codes(r"i[^;·,]{0,3}[KL]|[,]?[RY]").match(behind)):
                beside = "".join(c for c in tail[0] if c in "KLRY")
            if any(c in own for c in beside) or (not any(c in other for c in beside) and in_context):
                levels = [g for g in run if g in GRADES]
                named.update(
                    GRADES[GRADES.index(levels[0]) : GRADES.index(levels[-1]) + 1]
                    if spread and len(levels) == 2
                    else levels
                )
        at = end
    return tuple(grade for grade in GRADES if grade in named)


_BEFORE_CLASS = ("class", "classes", "category", "categories", "score", "grade", "stage", ":", "(")


@lru_cache(maxsize=1024)
def child_pugh(line: Line, first: int, last: int, *, in_context: bool) -> tuple[ChildPugh, ...]:
    """Child-Pugh classes that items name."""
    items = line.items
    classes: set[str] = set()
    for at in range(first, last):
        leads = line.shape[at] == "Y" or (in_context and items[at].word == "class")
        if not leads:
            continue
        i = at + 1
        while i < last and items[i].word in _BEFORE_CLASS:
            i += 1
        run: list[str] = []
        spread = False
        while i < last and items[i].word in ("a", "b", "c") and line.text[items[i].start].isupper():
            run.append(items[i].word.upper())
            i += 1
            while (i < last and line.shape[i] in ",/–o&ø") or (i < last and items[i].word == "class"):
                spread = spread or line.shape[i] in "o–"
                i += 1
        if spread and len(run) == 2:
            run = list("ABC"["ABC".index(run[0]) : "ABC".index(run[1]) + 1])
        classes.update(run)
    return tuple(letter for letter in CHILD_PUGH if letter in classes)


def unless(line: Line, first: int, last: int) -> int:
    """Where items begin to say whom they are not for: "unless the impairment is severe"; `last` where they do not."""
    return next((i for i in range(first, last) if line.items[i].word in ("unless", "except")), last)


def renal_of(line: Line, first: int, last: int, *, label: bool, in_context: bool) -> Renal | None:
    """Kidney function that items are for, in figures and grades; None where they name neither for certain."""
    figures = single(bands(line, first, last, label=label), "renal")
    named = grades(line, first, last, "renal", in_context=in_context)
    named = named and grades(line, first, unless(line, first, last), "renal", in_context=in_context)
    if isinstance(figures, Renal):
        return figures._replace(severity=named)
    return Renal(None, None, None, None, None, named) if named else None


def hepatic_of(line: Line, first: int, last: int, *, in_context: bool) -> Hepatic | None:
    """Liver function that items are for; None where they name neither grade nor class."""
    if not _OF_LIVER.search(line.shape, first, last) and not in_context:
        return None
    named = grades(line, first, last, "hepatic", in_context=in_context)
    classes = child_pugh(line, first, last, in_context=in_context)
    return Hepatic(named, classes) if named or classes else None


_OF_LIVER = re.compile("[GY]")

# ---------------------------------------------------------------- of a whole text


def renal_range(text: str) -> Renal | None:
    """Kidney function in figures that a text is for: eGFR or CrCl, in mL/min; None where it gives none for certain.

    >>> renal_range("Moderate impairment (eGFR 30 to <60 mL/min/1.73 m²)").max
    60
    """
    line = read_line(text)
    found = single(bands(line, 0, len(line.items), label=True), "renal")
    return found if isinstance(found, Renal) else None


def grades_in(text: str, organ: str) -> tuple[Grade, ...]:
    """The grades of an organ's impairment (`renal`, `hepatic`) that a text names, mildest first.

    >>> grades_in("No adjustment needed for mild or moderate hepatic impairment.", "hepatic")
    ('mild', 'moderate')
    """
    line = read_line(text)
    return grades(line, 0, len(line.items), organ, in_context=False)
