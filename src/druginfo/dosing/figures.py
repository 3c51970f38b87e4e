"""A row's figures: each from the statement, or from the nearest label over it that has one; and its conditions, all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cached_property, lru_cache

from druginfo.dosing import whom
from druginfo.dosing.conditions import REFERRED, of_words
from druginfo.dosing.labels import is_group
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.regimen import route_of
from druginfo.model import Band, Condition, ConditionKind, Hepatic, Renal

_COMPARING = ("as", "than", "like")  # "for as long as in adults"
Who = tuple[Band | None, Band | None, Renal | None, Hepatic | None]
"""Age, weight, kidney and liver that a row is for."""


class Over:
    """The labels over a statement, nearest first; one of them may be its indication. `others` are headings of other
    people than a nearer label names: they give no figure."""

    def __init__(self, labels: tuple[str, ...], indication: str | None, others: Container[str]) -> None:
        self.labels = labels
        self.indication = indication
        about = next((organ for organ in map(_organ, labels) if organ is not None), None)
        self.renal = about == "renal"
        self.hepatic = about == "hepatic"
        self.own = [label for label in labels if label not in others]

    @cached_property
    def who(self) -> Who:
        """The nearest figures of each kind. Ages and weights that were not read whole end those of outer labels."""
        of_labels = [self.keys(line, 0, len(line.items), label=True) for line in map(read_line, self.own)]
        age = weight = None
        mixed = False  # "6 months to <4 years": in no one unit, and no outer label's age
        for label, (keys, kinds) in zip(self.own, of_labels, strict=True):
            if "unread" in kinds:
                break
            if not (age or mixed):
                age = keys[0] or self.young(label)
                mixed = not age and "age" in kinds
            weight = weight or keys[1]
        _, _, renal, hepatic = _first_of_each(keys for keys, _ in of_labels)
        return age, weight, renal, hepatic

    def keys(self, line: Line, first: int, last: int, *, label: bool) -> tuple[Who, frozenset[str]]:
        if not (self.hepatic or _FIGURES.search(line.shape, first, last)):
            return _NOBODY
        return _keys(line, first, last, label=label, renal=self.renal, hepatic=self.hepatic)

    def young(self, label: str) -> Band | None:
        """A label that is nothing but a range of months under one that names children, of days under newborns."""
        line = read_line(label)
        if line.shape != "4" and not line.shape.startswith("4⟨"):
            return None
        found = line.items[0].sense
        groups = {"month": ("children", "infants", "neonates"), "week": ("neonates", "infants")}
        wanted = groups.get("week" if found.unit == "day" else found.unit, ())
        lines = map(read_line, self.labels)
        named = any(item.sense.group in wanted for line in lines for item in line.having("H"))
        if found.low == found.high or not named:
            return None
        return Band(found.low, found.low_included, found.high, found.high_included, f"{found.unit}s")

    @cached_property
    def route(self) -> str | None:
        return next(filter(None, map(route_of_label, self.own)), None)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What the labels say of whom their rows are for, outermost first."""
        found: list[Condition] = []
        for label in self.labels:
            own = [*conditions_of(label, self.renal, self.hepatic)]
            if label == self.indication:
                own = [c._replace(kind="age") for c in own if c.bands]
            if young := self.young(label):
                own.append(of_words("age", label, (young,)))
            found = [*own, *found]
        return found


_FIGURES = re.compile("[4RWGY]|(?:nz|d)t")
"""What is in all items that give an age, a weight, a range or a grade; under a label of the liver letters do, too."""
_NOBODY: tuple[Who, frozenset[str]] = ((None, None, None, None), frozenset())
_NOT_FOR = re.compile("ZF?V?[F#]H+4")
""" "Not for use in children under 6 months"."""


@lru_cache(maxsize=1024)
def _keys(line: Line, first: int, last: int, *, label: bool, renal: bool, hepatic: bool) -> tuple[Who, frozenset[str]]:
    """The figures of items, and the kinds of their bands, with `unread` where ages or weights were not read whole."""
    bands = () if label and _NOT_FOR.search(line.shape) else whom.bands(line, first, last, label=label)
    kinds = {"unread" if whom.is_unsure(c) else c.kind for c in bands}
    kidney = whom.renal_of(line, first, last, label=label, in_context=renal)
    liver = whom.hepatic_of(line, first, last, in_context=hepatic)
    return (whom.single(bands, "age"), whom.single(bands, "weight"), kidney, liver), frozenset(kinds)  # type: ignore


@lru_cache(maxsize=1024)
def conditions_of(label: str, renal: bool, hepatic: bool) -> tuple[Condition, ...]:
    """The conditions of one label: its bands and grades, and its words where it names people, an organ or a drug."""
    line = read_line(label)
    found = _figures(line, 0, len(line.items), label=True, renal=renal, hepatic=hepatic)
    kind: ConditionKind = "population" if is_group(label) else "other"
    if any(item.sense.group == "pregnancy" for item in line.having("H")):
        kind = "pregnancy"
    elif codes("§[ae]*[zyjH]|V§").match(line.shape):
        kind = "drug"
    ages = tuple(band for c in found if c.kind == "age" and c.read for band in c.bands)
    rest = (c for c in found if c.kind != "age" or not c.read)
    return (of_words(kind, label, ages), *(of_words(c.kind, label, c.bands, read=c.read) for c in rest))


@lru_cache(maxsize=1024)
def conditions_in(line: Line, first: int, last: int, *, renal: bool, hepatic: bool) -> tuple[Condition, ...]:
    """The conditions of a statement's own words: who governs the clause, bands and grades.

    "For older children", "pregnant patients should …".
    """
    found = _figures(line, first, last, label=False, renal=renal, hepatic=hepatic)
    shape = line.shape[first:last]
    who = codes("(?:^(?=H+J)|[F#])(?:A|G|E)?H+(?:[&ø,]H)*").search(shape) if "H" in shape else None
    before = line.words(first, first + who.start()) if who and who.start() else ""
    if who and not REFERRED.search(before) and not before.lower().endswith(_COMPARING):
        begin, end = first + who.start() + (who[0][0] in "F#"), first + who.end()
        older = "A" in who[0] and line.items[begin].word == "older"
        bands = (Band(2, True, None, None, "years"),) if older else ()
        expecting = any(item.sense.group == "pregnancy" for item in line.having("H", begin, end))
        found.insert(0, Condition("pregnancy" if expecting else "population", line.words(begin, end), bands))
    return tuple(of_words(c.kind, c.text, c.bands, read=c.read)._replace(excludes=c.excludes) for c in found)


def _figures(line: Line, first: int, last: int, *, label: bool, renal: bool, hepatic: bool) -> list[Condition]:
    """The bands and grades of items; as one condition where any of them will do ("below 6 years or with eGFR <30")."""
    if not (hepatic or _FIGURES.search(line.shape, first, last)):
        return []
    found = list(whom.bands(line, first, last, label=label))
    text = line.words(first, last)
    severity = whom.grades(line, first, last, "renal", in_context=renal)
    unless = whom.unless(line, first, last) if severity else last
    if severity and not whom.grades(line, first, unless, "renal", in_context=renal):
        graded = Renal(None, None, None, None, None, severity)
        found.append(Condition("renal", line.words(unless, last), (graded,), excludes=True))
    elif severity:
        figures = next((c for c in found if c.kind == "renal"), None)
        if figures and figures.read and len(figures.bands) == 1 and isinstance(figures.bands[0], Renal):
            found[found.index(figures)] = figures._replace(bands=(figures.bands[0]._replace(severity=severity),))
        elif not figures:
            found.append(Condition("renal", text, (Renal(None, None, None, None, None, severity),)))
    if liver := whom.hepatic_of(line, first, last, in_context=hepatic):
        found.append(Condition("hepatic", text, (liver,)))
    if len({c.kind for c in found}) > 1 and codes("4[^4;·]*ø[^4;·]*4").search(line.shape, first, last):
        return [Condition("other", text, tuple(band for c in found for band in c.bands))]
    return found


@lru_cache(maxsize=1024)
def route_of_label(label: str) -> str | None:
    """The route that a label names; one that joins several things ("Topical and eye") is no one's."""
    line = read_line(label)
    return None if "&" in line.shape or len(line.items) > 24 else route_of(line)


@lru_cache(maxsize=1024)
def _organ(label: str) -> str | None:
    """The organ that a label names, "renal" or "hepatic"; "" where it names both, None where neither."""
    line = read_line(label)
    renal, hepatic = whom.names_organ(line, "renal"), whom.names_organ(line, "hepatic")
    if not (renal or hepatic):
        return None
    return "" if renal and hepatic else "renal" if renal else "hepatic"


def of_statement(line: Line, first: int, last: int, over: Over, leading: ItemRange | None) -> Who:
    """Age, weight, kidney and liver of a statement: its own, else those that lead its sentence, else the labels'."""
    spans = [*_outside_asides(line, first, last), *([leading] if leading else [])]
    own = _first_of_each([over.keys(line, *span, label=False)[0] for span in spans])
    if own[0] and own[1] and "ø" in line.shape[first:last]:
        own = (None, None, *own[2:])
    return _first_of_each((own, over.who))


def _first_of_each(found: Iterable[Who]) -> Who:
    age, weight, renal, hepatic = None, None, None, None
    for each in found:
        age, weight, renal, hepatic = age or each[0], weight or each[1], renal or each[2], hepatic or each[3]
    return age, weight, renal, hepatic


def _outside_asides(line: Line, first: int, last: int) -> Iterator[ItemRange]:
    """The statement without parentheses that hold another dose: "300 mg (150 mg if <50 kg)"."""
    shape = line.shape
    begin = first
    at = shape.find("⟨", first, last)
    while at >= 0:
        close = shape.find("⟩", at, last)
        close = last if close < 0 else close
        if codes("[167]").search(shape, at, close):
            if begin < at:
                yield begin, at
            begin = close + 1
        at = shape.find("⟨", close + 1, last)
    if begin < last:
        yield begin, last
