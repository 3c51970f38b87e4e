"""Which of the rows that apply are the patient's: those that answer most, but for those that others displace."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from druginfo.dosing.conditions import (
    ORGANS,
    ages_in,
    labels,
)
from druginfo.dosing.for_patient import Judge, Judgements
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.row_facts import SPECIAL, WHO, bands_of, is_for_ages, is_for_old, place_of, rivals, stages_of
from druginfo.model import (
    NO_COLUMNS,
    OF_OTHER_DRUG,
    Band,
    DoseRow,
)  # fmt: skip
from druginfo.terms import patterns
from druginfo.terms.stages import DAYS, NEWBORNS


class Ranks:
    """The rows that answer the patient, by their numbers, and which of them give way to which."""

    def __init__(self, judge: Judge, found: Sequence[Judgements], *, forbidden: bool) -> None:
        self.judge, self.rows, self.found, self.forbidden = judge, judge.rows, found, forbidden
        each = zip(self.rows, found, strict=True)
        self.is_dosed = any(row.dose and "age" in findings.answers for row, findings in each)
        self.answers = {number: findings.answers for number, findings in enumerate(found) if self.is_answer(number)}
        self.special = {number for number, answers in self.answers.items() if answers & SPECIAL}

    def is_answer(self, number: int) -> bool:
        """Whether a row answers a filter and is for nobody who was not asked about.

        For a child it must speak of age, weight or the group, or change every dose of those who are dosed; words for
        the old are no answer for the young, nor words for some ages where none was given.
        """
        row, findings, young = self.rows[number], self.found[number], self.judge.young
        answers = findings.answers
        if findings.unasked or not answers:
            return False
        if not young:
            return not findings.by.keys().isdisjoint(("age", "population")) or not is_for_ages(row)
        if is_for_old(row) and "age" not in answers:
            return False  # "65 years or older, or less than 50 kg" means no child
        of_every_dose = row.action in ("avoid", "no_adjustment") or (self.is_dosed and not (row.dose or row.maximum))
        return bool(answers & WHO) or bool(answers & ORGANS and of_every_dose) or self.judge.dosed_alike

    def ranked(self) -> set[int]:
        """Those that are for this patient: for an organ or a group of theirs, and the usual doses that are left. Of a
        table whose columns are lost nobody knows which row is whose, nor of what follows another drug's doses."""
        for gives_way in (_of_circumstances, _unnamed, _undialysed, _of_fewer):
            self.special.difference_update(list(gives_way(self, self.special)))
        usual = self.answers.keys() - self.special
        for gives_way in (
            _of_circumstances, _refused, _displaced, _without_indication, _in_other_lines, _answering_less,
            _beside_first_or_last,
        ):  # fmt: skip
            usual.difference_update(list(gives_way(self, usual)))
        return {i for i in self.special | usual if self.rows[i].unsure not in (NO_COLUMNS, OF_OTHER_DRUG)}

    def place(self, number: int) -> tuple[str, str | None]:
        """A row's section and population."""
        return self.rows[number].section, self.rows[number].population

    def is_light(self, number: int) -> bool:
        """Whether a row is for a low weight that was given, at whatever age."""
        row, answers = self.rows[number], self.answers[number]
        return "weight" in answers and "age" not in answers and bool(row.weight and row.weight.min is None)


# The rules: each gives the numbers of the rows, among these, that give way, and its docstring says to what.


def _unnamed(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """A dose without the indication asked for gives way to one that has it, under the same label of people, and is for
    no fewer of the patient's organs and groups."""
    named: dict[tuple[str, str | None], set[frozenset[str]]] = defaultdict(set)
    for i in among:
        if "for" in ranks.answers[i]:
            named[ranks.place(i)].add(ranks.answers[i])
    unnamed = (i for i in among if ranks.rows[i].dose and "for" not in ranks.answers[i])
    return (i for i in unnamed if any(ranks.answers[i] & SPECIAL <= each for each in named[ranks.place(i)]))


def _undialysed(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """A dose by kidney function alone gives way to one for dialysis, of a patient on dialysis."""
    on_it = (ranks.rows[i] for i in among if ranks.judge.kidney.dialysis and _names_dialysis(ranks.rows[i]))
    sections = {row.section for row in on_it if row.dose}
    by_function = (i for i in among if ranks.rows[i].section in sections and ranks.rows[i].renal)
    return (i for i in by_function if ranks.rows[i].dose and not _names_dialysis(ranks.rows[i]))


def _of_fewer(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """A dose for an organ or a group alone gives way to the row beside it, under the same title, that is for what was
    asked besides: "severe renal impairment" to "severe renal impairment, taking ritonavir"."""

    def is_nearer(i: int, other: int) -> bool:
        less, more = ranks.rows[i], ranks.rows[other]
        is_more = (
            ranks.answers[i] & SPECIAL < ranks.answers[other] & SPECIAL and ranks.answers[i] <= ranks.answers[other]
        )
        is_beside = place_of(less)[:2] == place_of(more)[:2] and more.indication in (None, less.indication)
        return is_more and is_beside and less.action != "avoid" and not _changes_nothing(more)

    rivals = () if ranks.judge.kidney.dialysis else among  # what is given after a dialysis takes no dose's place
    return (i for i in among if any(is_nearer(i, other) for other in rivals))


def _of_circumstances(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """What is under a title of a change to the drug, of its end or of a missed dose gives way to all else, but for what
    names the group that was asked for: whether the patient is there was not asked."""
    titles = ranks.judge.titles
    return (
        i for i in among - {i for i in among if "population" in ranks.answers[i]}
        if any(map(_CIRCUMSTANCE.search, (titles.get(ranks.rows[i].section, ""), *labels(ranks.rows[i]))))
    )  # fmt: skip


_CIRCUMSTANCE = Pattern(patterns.CIRCUMSTANCE, re.I)


def _refused(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """A dose gives way to a refusal beside it for ages or weights of its own."""
    rows = ranks.rows
    refusals = [rows[i] for i, answers in ranks.answers.items() if answers & WHO and rows[i].action == "avoid"]
    doses = (i for i in among if rows[i].action != "avoid")
    return (i for i in doses if any(_refuses(each, rows[i]) for each in refusals))


def _displaced(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """The usual dose, but for that of the old, gives way to any row for the organ or the group that was asked about,
    also where one is open: it may be too much. Only "no adjustment" leaves it in its place. Nor is it known to be for
    a patient of whose impaired organ no row speaks, or to whose group the drug is `forbidden`."""
    judge, rows = ranks.judge, ranks.rows
    spared = any(rows[i].action == "no_adjustment" for i in ranks.special)
    harmless = ("no_adjustment", "note") if spared else ("no_adjustment",)
    asked = SPECIAL & judge.asked - ({"kidney"} if judge.kidney.is_normal else set())
    is_displaced = (
        ranks.forbidden
        or judge.is_unsaid(ranks.found)
        or any(
            each.applies and row.action not in harmless and asked & each.by.keys()
            and ("for" not in each.by or {"for", "population"} & each.held)
            for row, each in zip(rows, ranks.found, strict=True)
        )
    )  # fmt: skip
    return (i for i in among if is_displaced and not is_for_old(rows[i]))


def _without_indication(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """What has no indication gives way to what has the one asked for, but for the doses of some ages."""
    wanted, rows = ranks.judge.wanted, ranks.rows
    if wanted is None:
        return
    asked_for = [ranks.answers[i] for i in among if "for" in ranks.answers[i] and rows[i].dose]
    each = zip(rows, ranks.found, strict=True)
    is_named = bool(asked_for or (wanted.lines and wanted.has_labels)) or any(
        row.indication and row.action == "give" and findings.applies and "for" in findings.held
        for row, findings in each
    )
    for i in among:
        is_unnamed = "for" not in ranks.answers[i] and not _is_for_first_or_last(rows[i])
        is_less = any(ranks.answers[i] < more for more in asked_for)
        if is_unnamed and (is_less or (is_named and not is_for_ages(rows[i]))):
            yield i


def _in_other_lines(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """Where no label names the indication asked for, a dose gives way to those in a line that does, and under its
    labels; but for one with an age or weight in figures."""
    wanted, rows = ranks.judge.wanted, ranks.rows
    lines = wanted.lines if wanted else ()
    named = [rows[i] for i in among if rows[i].line in lines and (rows[i].dose or rows[i].unsure)]
    beside = {place for row in named for place in (row.line, (row.section, *labels(row)))}
    for i in among if named else ():
        row = rows[i]
        if row.dose and not (row.age or row.weight) and beside.isdisjoint((row.line, (row.section, *labels(row)))):
            yield i


def _answering_less(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """What answers less gives way to what answers more for the same indication; no dose does to a ceiling, to what
    leaves it as it is, or, by the kilogram, to one that only counts the weight besides."""

    def is_more(i: int, other: int, more: frozenset[str]) -> bool:
        row, answers = ranks.rows[i], ranks.answers[i]
        if not (answers | {"for"} < more | {"for"} and rivals(row, ranks.rows[other])):
            return False
        beside = ranks.rows[other]
        is_added = beside.dose is None and (beside.maximum is not None or _changes_nothing(beside))
        by_kilogram = row.dose is not None and (row.dose.per or "").startswith("kg")
        return not (row.dose and is_added) and not (by_kilogram and more - answers == {"weight"})

    answers = {i: ranks.answers[i] for i in among}
    return (i for i in among if any(is_more(i, other, more) for other, more in answers.items()))


def _beside_first_or_last(ranks: Ranks, among: set[int]) -> Iterator[int]:
    """What is for everybody gives way to a dose, a maximum or a refusal for newborns or for the old, but for that of a
    low weight; a dose also to a lower one that is not told."""
    own = {i for i in among if _is_for_first_or_last(ranks.rows[i])}
    dosed = [row for row in map(ranks.rows.__getitem__, own) if row.gives]
    lower = [row for row in map(ranks.rows.__getitem__, own) if row.action == "reduce"]
    for i in among - own:
        row = ranks.rows[i]
        if not ranks.is_light(i) and any(rivals(row, each) for each in (*dosed, *(lower if row.dose else ()))):
            yield i


def _names_dialysis(row: DoseRow) -> bool:
    return any("dialysis" in condition.says for condition in row.conditions)


def _refuses(refusal: DoseRow, row: DoseRow) -> bool:
    """Whether a refusal for some ages or weights of its own takes the place of a dose beside it."""
    its = {band for band in bands_of(refusal) if isinstance(band, Band)}
    of_some = _ONLY_IF.search(refusal.text)
    return refusal.section == row.section and rivals(refusal, row) and bool(its - set(bands_of(row))) and not of_some


_ONLY_IF = Pattern(r"\b(?:if|when|unless)\b", re.I, hints=("if", "when", "unless"))
"""A refusal of some of those whom it names: "contraindicated in newborns if they need calcium"."""


def _changes_nothing(row: DoseRow) -> bool:
    """Whether a row says that the dose stays as it is, or what else is to be done."""
    return row.action in ("no_adjustment", "note") and not (row.dose or row.maximum)


def _is_for_first_or_last(row: DoseRow) -> bool:
    """Whether a row is for the elderly, or for newborns and nobody older."""
    ages = (band for c in row.conditions if c.kind == "age" and not c.excludes for band in ages_in(c))
    is_of_days = any(band.max is not None and band.max * DAYS[band.unit] <= NEWBORNS.high for band in ages)
    of_newborns = is_of_days or any(named == (NEWBORNS,) for named in stages_of(row, "indication"))
    return of_newborns or is_for_old(row)
