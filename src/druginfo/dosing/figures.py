"""A row's figures: each from the statement, or from the nearest label over it that has one; and its conditions, all."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from druginfo.dosing import whom
from druginfo.dosing.conditions import REFERRED, of_words
from druginfo.dosing.labels import is_group
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.regimen import route_of
from druginfo.model import Band, Condition, ConditionKind, Hepatic, Renal

_COMPARING = ("as", "than", "like")  # "for as long as in adults"


class Who(NamedTuple):
    """Age, weight, kidney and liver that a row is for."""

    age: Band | None = None
    weight: Band | None = None
    renal: Renal | None = None
    hepatic: Hepatic | None = None

    def or_else(self, other: Who) -> Who:
        """Each of these, or the other's where there is none."""
        if None not in self or other == NOBODY:
            return self
        return Who(
            self.age or other.age, self.weight or other.weight, self.renal or other.renal, self.hepatic or other.hepatic
        )  # fmt: skip


NOBODY = Who()


class Figures(NamedTuple):
    """What words give in figures and grades."""

    who: Who
    kinds: frozenset[str]
    """Of their bands, `unread` where ages or weights were not read whole."""
    conditions: tuple[Condition, ...]


SORTS = {"age": "age", "weight": "weight", "renal": "organ", "hepatic": "organ", "population": "age"}
"""By what each kind of condition tells people apart (see `whom.tells_apart`)."""
_NO_FIGURES = Figures(NOBODY, frozenset(), ())
_FIGURES = re.compile("[4RWGY]|(?:nz|d)t")
"""What is in all items that give an age, a weight, a range or a grade; under a label of the liver letters do, too."""
_NOT_FOR = re.compile("ZF?V?[F#]H+4")
""" "Not for use in children under 6 months"."""


class _Label(NamedTuple):
    """A label over a statement, and what is to be known of it."""

    text: str
    line: Line
    organ: str | None
    """The one that it names, "renal" or "hepatic"; "" where it names both, None where neither."""
    has_figures: bool
    route: str | None
    """The one that it names; where it joins several things ("Topical and eye") that is no one's."""


@lru_cache(maxsize=1024)
def _read_label(text: str) -> _Label:
    line = read_line(text)
    renal, hepatic = whom.names_organ(line, "renal"), whom.names_organ(line, "hepatic")
    organ = None if not (renal or hepatic) else "" if renal and hepatic else "renal" if renal else "hepatic"
    route = None if "&" in line.shape or len(line.items) > 24 else route_of(line)
    return _Label(text, line, organ, _FIGURES.search(line.shape) is not None, route)


class Over:
    """The labels over a statement, nearest first; one of them may be its indication. `others` are headings of other
    people than a nearer label names: they give no figure."""

    def __init__(self, labels: tuple[str, ...], indication: str | None, others: Container[str]) -> None:
        self.labels = [*map(_read_label, labels)]
        self.indication = indication
        about = next((label.organ for label in self.labels if label.organ is not None), None)
        self.renal = about == "renal"
        self.hepatic = about == "hepatic"
        self.own = [label for label in self.labels if label.text not in others]

    def figures(self, line: Line, first: int, last: int, *, label: bool = False) -> Figures:
        """What items give, under these labels."""
        if bare := whom.measured_before(line, first, last):
            return _figures(bare, 0, len(bare.items), label=True, renal=False, hepatic=False)
        if not (self.hepatic or _FIGURES.search(line.shape, first, last)):
            return _NO_FIGURES
        renal, hepatic = self.renal, self.hepatic
        if not label and "G" in line.shape[first:last]:
            renal, hepatic = whom.organs_before(line, first) or (renal, hepatic)
        return _figures(line, first, last, label=label, renal=renal, hepatic=hepatic)

    @cached_property
    def who(self) -> Who:
        """The nearest figures of each kind. Ages and weights that were not read whole end those of outer labels."""
        age = weight = None
        found = NOBODY
        aged = mixed = False  # "6 months to <4 years": in no one unit, and no outer label's age
        for label in self.own:
            if not (label.has_figures or self.hepatic):
                continue
            its, kinds, _ = self.figures(label.line, 0, len(label.line.items), label=True)
            aged = aged or "unread" in kinds
            if not aged:
                if not (age or mixed):
                    age = its.age or self.young(label)
                    mixed = not age and "age" in kinds
                weight = weight or its.weight
            found = found.or_else(its)
        return found._replace(age=age, weight=weight) if age or weight or found is not NOBODY else found

    def young(self, label: _Label) -> Band | None:
        """A label that is nothing but a range of months under one that names children, of days under newborns."""
        line = label.line
        if line.shape != "4" and not line.shape.startswith("4⟨"):
            return None
        found = line.items[0].sense
        groups = {"month": ("children", "infants", "neonates"), "week": ("neonates", "infants")}
        wanted = groups.get("week" if found.unit == "day" else found.unit, ())
        named = any(item.sense.group in wanted for label in self.labels for item in label.line.having("H"))
        unit = whom.BAND_UNITS.get(found.unit)
        if found.low == found.high or not named or not unit:
            return None
        return Band(found.low, found.low_included, found.high, found.high_included, unit)

    @cached_property
    def route(self) -> str | None:
        """The route that the nearest label names, in its words; None where none does."""
        return next((label.route for label in self.own if label.route), None)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What the labels say of whom their rows are for, outermost first."""
        found: list[Condition] = []
        for label in reversed(self.labels):
            own = conditions_of(label.text, self.renal, self.hepatic)
            if label.text == self.indication:  # in its place: a nearer title's people take the place of an outer one's
                own = [c._replace(kind="age") for c in own if c.bands]
                ages = tuple(band for c in own if c.read for band in c.bands)
                found.append(of_words("indication", label.text, ages))
            found += own
            if label.has_figures and (young := self.young(label)):
                found.append(of_words("age", label.text, (young,)))
        return found


@lru_cache(maxsize=1024)
def _figures(line: Line, first: int, last: int, *, label: bool, renal: bool, hepatic: bool) -> Figures:
    """The bands and grades of items; as one condition where any of them will do ("below 6 years or with eGFR <30")."""
    bands = whom.bands(line, first, last, label=label)
    kidney = whom.renal_of(line, first, last, label=label, in_context=renal)
    liver = whom.hepatic_of(line, first, last, in_context=hepatic)
    found = list(bands)
    text = line.words(first, last)
    graded = kidney.severity if kidney else ()
    if excepted := whom.grades(line, first, last, "renal", in_context=renal) if not graded else ():
        without = Renal(None, None, None, None, None, excepted)
        found.append(Condition("renal", line.words(whom.unless(line, first, last), last), (without,), excludes=True))
    elif graded and kidney:
        in_figures = next((c for c in found if c.kind == "renal"), None)
        if in_figures is None:
            found.append(Condition("renal", text, (kidney,)))
        elif in_figures.read and len(in_figures.bands) == 1 and isinstance(in_figures.bands[0], Renal):
            found[found.index(in_figures)] = in_figures._replace(bands=(kidney,))
    if liver:
        found.append(Condition("hepatic", text, (liver,)))
    if len({c.kind for c in found}) > 1 and codes("4[^4;·]*ø[^4;·]*4").search(line.shape, first, last):
        found = [Condition("other", text, tuple(band for c in found for band in c.bands))]
    if label and _NOT_FOR.search(line.shape):
        bands = ()
    apart = frozenset() if label or not found else whom.parted(line, first, last)
    if apart:
        found = [c._replace(read=False) if SORTS.get(c.kind) in apart else c for c in found]
        bands = tuple(c._replace(read=False) if SORTS.get(c.kind) in apart else c for c in bands)
        if "organ" in apart:
            kidney = liver = None
    kinds = frozenset("unread" if whom.is_unsure(c) else c.kind for c in bands)
    who = Who(whom.single(bands, "age"), whom.single(bands, "weight"), kidney, liver)  # type: ignore[arg-type]
    return Figures(who, kinds, tuple(found))


@lru_cache(maxsize=1024)
def conditions_of(label: str, renal: bool, hepatic: bool) -> list[Condition]:
    """The conditions of one label: its bands and grades, and its words where it names people, an organ or a drug."""
    line = read_line(label)
    found: tuple[Condition, ...] = ()
    if hepatic or _FIGURES.search(line.shape):
        found = _figures(line, 0, len(line.items), label=True, renal=renal, hepatic=hepatic).conditions
    kind: ConditionKind = "population" if is_group(label) else "other"
    if any(item.sense.group == "pregnancy" for item in line.having("H")):
        kind = "pregnancy"
    elif codes("§[ae]*[zyjH]|V§").match(line.shape):
        kind = "drug"
    ages = tuple(band for c in found if c.kind == "age" and c.read for band in c.bands)
    rest = (c for c in found if c.kind != "age" or not c.read)
    return [of_words(kind, label, ages), *(of_words(c.kind, label, c.bands, read=c.read) for c in rest)]


def conditions_in(line: Line, first: int, last: int, over: Over, leading: ItemRange | None = None) -> list[Condition]:
    """The conditions of a statement's own words: who governs the clause, bands and grades.

    "For older children", "pregnant patients should …". After words that lead to it less has to be said, as in a label:
    "for those under 2 years, 5 mg; between 2 and 5 years, 10 mg".
    """
    found = list(over.figures(line, first, last).conditions)
    if leading and (apart := whom.tells_apart(line, first, last, "4GRY")):
        led = {c.kind for c in over.figures(line, *leading).conditions} - {c.kind for c in found}
        alike = over.figures(line, first, last, label=True).conditions if led else ()
        found += (c for c in alike if c.kind in led and SORTS[c.kind] in apart)
    shape = line.shape[first:last]
    who = codes("(?:^(?=H+J)|[F#])(?:A|G|E)?H+(?:[&ø,]H)*").search(shape) if "H" in shape else None
    before = line.words(first, first + who.start()) if who and who.start() else ""
    if who and not REFERRED.search(before) and not before.lower().endswith(_COMPARING):
        begin, end = first + who.start() + (who[0][0] in "F#"), first + who.end()
        older = "A" in who[0] and line.items[begin].word == "older"
        bands = (Band(2, True, None, None, "years"),) if older else ()
        expecting = any(item.sense.group == "pregnancy" for item in line.having("H", begin, end))
        kind: ConditionKind = "pregnancy" if expecting else "population"
        is_all = "age" not in whom.parted(line, first, last)
        found.insert(0, Condition(kind, line.words(begin, end), bands, read=is_all))
    return [of_words(c.kind, c.text, c.bands, read=c.read)._replace(excludes=c.excludes) for c in found]


def of_statement(line: Line, first: int, last: int, over: Over, leading: ItemRange | None) -> Who:
    """Age, weight, kidney and liver of a statement: its own, else those that lead its sentence, else the labels'."""
    own = NOBODY
    for span in _outside_asides(line, first, last):
        own = own.or_else(over.figures(line, *span).who)
    if leading:
        before = over.figures(line, *leading).who
        apart = whom.tells_apart(line, first, last)
        if apart:
            its = conditions_in(line, first, last, over, leading)
            liver = next((c.bands[0] for c in its if c.kind == "hepatic" and c.read), None)
            age, weight, kidney = (whom.single(its, kind) for kind in ("age", "weight", "renal"))
            own = own.or_else(Who(age, weight, kidney, liver))  # type: ignore[arg-type]
        own = own.or_else(before._replace(**{name: None for name in before._fields if SORTS[name] in apart}))
    if own.age and own.weight and "ø" in line.shape[first:last]:
        own = own._replace(age=None, weight=None)
    return own.or_else(over.who)


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
