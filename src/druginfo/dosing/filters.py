"""A patient → the rows that apply, the rows that are for this patient and for nobody else, and what each says of it.

Each row has a list of conditions. One that was read whole and fails leaves the row out; one that is open leaves it in,
with the figure that is missing. What is left is ranked: see `_specific`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from druginfo.dosing import judging
from druginfo.dosing.conditions import (
    NO_DOSE,
    ORGANS,
    ages_in,
    ends,
    filter_of,
    is_list,
    labels,
    named_in,
    sort_of,
    sorts_in,
)
from druginfo.dosing.judging import (
    HOLDS,
    NONE_BESIDE,
    OTHER_INDICATIONS,
    Bands,
    Judgement,
    Kidney,
    State,
    all_of,
    any_of,
    as_read,
    in_words,
)
from druginfo.dosing.patient import TOPICS, Patient, has_failed_kidneys, is_on_dialysis, topics_of
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import (
    EVERYBODY,
    exclude_each_other,
    left_out,
    may_name,
    meant,
    names_group,
    names_others,
    stages,
)
from druginfo.errors import NotFound
from druginfo.model import (
    NO_COLUMNS,
    OF_OTHER_DRUG,
    Affirmed,
    Band,
    Condition,
    DoseNote,
    DoseRow,
    FilterName,
    Hepatic,
    Monograph,
    Regimens,
    Renal,
    RowForPatient,
)  # fmt: skip
from druginfo.terms import patterns, sentences
from druginfo.terms.stages import ADULTS, CHILDREN, DAYS, ELDERLY, NEWBORNS, OLDEST, YEAR, LifeStage
from druginfo.terms.tables import GRADES, NUMERALS

if TYPE_CHECKING:
    from druginfo.dosing.wanted import WantedIndication
    from druginfo.terms.asked import Meanings

_FIGURES = ("age", "weight", "kidney", "liver")
_WHO = frozenset({"age", "weight", "population"})
_SPECIAL = frozenset({*ORGANS, "population"})
"""Filters for what not everybody has: a row that answers one takes the place of the usual dose."""


NO_ROWS: Mapping[str, Container[int]] = MappingProxyType({})


class Selection(NamedTuple):
    """All rows in document order, judged."""

    rows: tuple[RowForPatient, ...]
    left_out: int
    """How many rows do not apply."""
    filters: dict[FilterName, str]
    """What was asked."""
    notice: str | None = None
    """Where no label names the indication that was asked for, but the text does."""
    answered: frozenset[str] = frozenset()
    """Of `topics_of` the patient those that a row answers."""
    named: frozenset[str] = frozenset()
    """And those of which some row is, though it may not apply or not be for this patient alone."""
    unsaid: frozenset[str] = frozenset()
    """The organs, the young, the mothers and the group of people that were asked about and that no row names."""
    notes: tuple[DoseNote, ...] = ()
    """Those that name the indication that was asked for."""
    other_notes: tuple[DoseNote, ...] = ()
    """The rest, but for those that name another indication or other ages."""
    unknown: tuple[str, ...] = ()
    """The words of notes and rows by which nothing is known of the doses of such a patient."""
    limits: tuple[tuple[int, str], ...] = ()
    """What the uses say to limit the indication that was asked for: sentences with their lines."""
    is_spoken_of: bool = True
    """Whether some row is for the group of people that was asked about, or for others than theirs."""

    @property
    def kept(self) -> tuple[DoseRow, ...]:
        """The rows that apply."""
        return tuple(each.row for each in self.rows if each.applies)

    @property
    def other_indications(self) -> int:
        """How many rows are left out because they are for other indications."""
        return sum(not each.applies and (each.reason or "").startswith(OTHER_INDICATIONS) for each in self.rows)


class Judgements(NamedTuple):
    """What the filters find of one row."""

    by: dict[str, Judgement]
    """By the filter's name: `for`, `age`, `weight`, `population`, `kidney`, `liver`."""
    unasked: bool
    """The row is for an organ or a group of patients that was not asked about."""

    @property
    def held(self) -> frozenset[str]:
        """The filters that hold."""
        return frozenset(name for name, finding in self.by.items() if finding.state == "holds")

    @property
    def answers(self) -> frozenset[str]:
        """The filters that the row answers; none where one excludes it or leaves it open, but for want of a weight."""
        is_open = any(finding.state != "holds" and finding.missing != "weight" for finding in self.by.values())
        return frozenset() if is_open else self.held

    @property
    def applies(self) -> bool:
        """Whether no filter excludes the row: one that is left open does not."""
        return all(finding.state != "fails" for finding in self.by.values())

    def unweighed(self, *, of_nobody: bool) -> Judgements:
        """The same without what only a weight would decide, and without any missing figure for a row `of_nobody`."""
        kept = {name: each for name, each in self.by.items() if each.missing != "weight"}
        return self._replace(by={n: f._replace(missing=None) for n, f in kept.items()} if of_nobody else kept)


def _with_older(rows: Sequence[DoseRow], found: list[Judgements]) -> list[Judgements]:
    """The judgements for an adult. "In children 6 years and older" has no upper age: where no other dose is an adult's,
    whether it is meant for them, too, is open."""
    if any(row.dose and each.applies for row, each in zip(rows, found, strict=True)):
        return found

    def is_open_above(row: DoseRow, each: Judgements) -> bool:
        by_age = each.by.get("age")
        others = each._replace(by={name: finding for name, finding in each.by.items() if name != "age"})
        from_age = row.age is not None and row.age.min is not None and row.age.max is None
        titled = any(
            CHILDREN in stages(label) and not _AMOUNT.search(label) for label in labels(row) if label[0].isupper()
        )
        is_from = row.dose and from_age and not titled  # under "Children" alone nobody else is
        return bool(is_from and by_age and by_age.state == "fails" and others.applies)

    return [
        each._replace(by=each.by | {"age": _NONE_FOR_ADULTS}) if is_open_above(row, each) else each
        for row, each in zip(rows, found, strict=True)
    ]


_AMOUNT = re.compile(r"\d")
_NONE_FOR_ADULTS = Judgement("open", "it is for children from an age on, and the text has no dose for adults")


def apply(
    opened: Callable[[], Monograph], regimens: Regimens, patient: Patient, *, meanings: Meanings = lambda word: (),
    on_children: Sequence[tuple[str, bool]] = (), passages: bool = False, forbidden: Container[str] = (),
    against: Container[str] = (), affirmed: Callable[[], Sequence[Affirmed]] = tuple,
    meant: Mapping[str, Container[int]] = NO_ROWS, outside: str | None = None,
) -> Selection:  # fmt: skip
    """Judge every row for the patient: as one of each group that they are of, one after the other, where they are of
    several.

    `opened` gives the monograph, and is called only for an indication that was asked for and for an error. `meanings`:
    what an abbreviation stands for in other monographs. `on_children`: what the rest of the monograph says of children,
    each text with whether it is of contraindications. `passages`: whether the rest of the monograph answers for a group
    of patients that no row names; `forbidden`: the groups to which it refuses the drug; `against`: the organs of which
    it speaks against the usual dose in such a patient. `affirmed`: the lines of the uses that affirm the indication
    that was asked for, each with its text. `meant`: the numbers of the rows that mean a drug that was asked for as a
    population by its class or role, by the group. `outside`: why no use is for the patient's age.

    Raises NotFound, listing what the monograph has, where `--for` or `--population` names nothing in it or no row at
    all is left.
    """
    assert regimens.has_conditions
    if patient.population and not any(map(str.isalpha, patient.population)):  # a figure names nobody
        message = f"“{patient.population}” is not a group of people. {_inventory(regimens)}"
        raise NotFound(message, query=patient.population)
    found = [
        _of_one_group(
            opened, regimens, each, meanings, on_children, (each.population or "") in forbidden, against, affirmed,
            meant, outside,
        )
        for each in ([*patient.of_each_group()] or [patient])
    ]  # fmt: skip
    selection = (
        found[0]
        if len(found) == 1
        else _of_all_groups(found, is_forbidden=any(each in forbidden for each in patient.groups))
    )
    if patient.population and not (passages or selection.is_spoken_of):
        message = f"{opened().title} has no doses for the population “{patient.population}”. {_inventory(regimens)}"
        raise NotFound(message, query=patient.population)
    if regimens.rows and selection.left_out == len(regimens.rows) and not passages:
        given = ", ".join(f"--{key} {value}" for key, value in patient.given.items())
        raise NotFound(f"No row of {opened().title} applies to {given}. {_inventory(regimens)}")
    return selection


def _of_all_groups(found: Sequence[Selection], *, is_forbidden: bool) -> Selection:
    """What holds for a patient of several groups, judged as one of each.

    A row is left out if one of them leaves it out. It is for this patient if each of them says so; also if one does for
    what not everybody has, unless the monograph refuses the drug to another or some row is for more of them.
    """
    by_row = [*zip(*(each.rows for each in found), strict=True)]
    answering = [sum(each.specific and each.first for each in own) for own in by_row]
    most = 0 if is_forbidden else max(answering, default=0)
    rows = tuple(_of_row(own, is_answer=count == most > 0) for own, count in zip(by_row, answering, strict=True))
    first = found[0]
    others = {note for each in found[1:] for note in each.other_notes}
    return first._replace(
        rows=rows,
        left_out=sum(not each.applies for each in rows),
        answered=frozenset().union(*(each.answered for each in found)),
        named=frozenset().union(*(each.named for each in found)),
        unsaid=frozenset().union(*(each.unsaid for each in found)),
        other_notes=tuple(note for note in first.other_notes if note in others),
        unknown=tuple(dict.fromkeys(text for each in found for text in each.unknown)),
        is_spoken_of=any(each.is_spoken_of for each in found),
    )


def _of_row(own: Sequence[RowForPatient], *, is_answer: bool) -> RowForPatient:
    """A row's verdicts for the patient as one of each group, as one."""
    decided = next((each for each in own if each.referring), None) or next((e for e in own if not e.applies), None)
    if decided:
        return decided
    specific = all(each.specific for each in own) or is_answer
    reasons, besides = (
        "; ".join(dict.fromkeys(part for each in texts if each for part in each.split("; "))) or None
        for texts in ([each.reason for each in own], [each.besides for each in own])
    )
    return own[0]._replace(
        reason=reasons, specific=specific, missing=tuple(dict.fromkeys(name for each in own for name in each.missing)),
        first=specific and any(each.first for each in own), besides=besides, named=any(each.named for each in own),
        on_organ=any(each.on_organ for each in own),
    )  # fmt: skip


def _of_one_group(
    opened: Callable[[], Monograph], regimens: Regimens, patient: Patient, meanings: Meanings,
    on_children: Sequence[tuple[str, bool]], is_forbidden: bool, against: Container[str],
    affirmed: Callable[[], Sequence[Affirmed]], meant: Mapping[str, Container[int]], outside: str | None,
) -> Selection:  # fmt: skip
    try:
        judge = _Judge(opened, regimens, patient, meanings, on_children, affirmed, against, meant, outside)
    except NotFound as error:
        message = f"{error.message} {_inventory(regimens, indications_alone=True)}"
        raise NotFound(message, query=error.query) from None
    rows = regimens.rows
    found = [judge.findings(row) for row in rows]
    if patient.age and patient.age.days >= ADULTS.low:
        found = _with_older(rows, found)
    is_named = any("population" in each.held for each in found)
    of_kidneys = judge.kidney.dialysis and any("kidney" in c.says for row in rows for c in row.conditions)
    is_spoken_of = any("population" in each.by and each.by["population"].state != "fails" for each in found)
    specific = _Ranks(judge, found, forbidden=is_forbidden and not is_named).ranked()
    for number, (row, each) in enumerate(zip(rows, found, strict=True)):
        if number not in specific and any(finding.missing for finding in each.by.values()):
            found[number] = each.unweighed(of_nobody=judge.is_of_nobody(row, each))
    referring = {number: rows[by] for number, by in judge.referred(found, specific).items()}
    verdicts = tuple(
        _judged(row, each, number in specific, referring.get(number), young=judge.young)
        for number, (row, each) in enumerate(zip(rows, found, strict=True))
    )
    left_out = sum(not each.applies for each in verdicts)
    topics = topics_of(patient)

    def held_by(numbers: Iterable[int]) -> frozenset[str]:
        """The topics that were asked about and that some of the rows answer."""
        held = [(rows[i], found[i].held) for i in numbers]
        return frozenset(
            topic for topic, names in topics.items() if any(not held.isdisjoint(names) for row, held in held)
        )

    saying = [i for i in specific if rows[i].action != "note" or not NO_DOSE.search(rows[i].text)]
    answered = held_by(saying)  # what the label does say of those whom no dose can be given is needed then
    if "elderly" in answered and topics["elderly"] == ("age",):
        answered -= {"elderly"} - held_by(i for i in saying if _is_for_old(rows[i]))
    wanted, noted = judge.wanted, [each.row for each in verdicts if each.applies and each.row.action == "note"]
    notes = tuple(
        note for note in regimens.notes if wanted and (wanted.names(note.text) or _BEFORE_TREATMENT.search(note.text))
    )
    unknown = (
        *(each for note in regimens.notes for each in judge.unknown(note.text)),
        *(f"{row.indication}: {each}" if row.indication else each for row in noted for each in judge.unknown(row.text)),
    )
    return Selection(
        verdicts,
        left_out,
        dict(patient.given),
        wanted.notice if wanted else None,
        answered,
        held_by(range(len(rows))),
        frozenset(_unsaid(topics, rows, found)),
        notes,
        tuple(note for note in regimens.notes if note not in notes and judge.may_be_told(note)),
        unknown,
        wanted.limits if wanted else (),
        of_kidneys or is_spoken_of,
    )


def _unsaid(topics: Mapping[str, Sequence[str]], rows: Sequence[DoseRow], found: Sequence[Judgements]) -> Iterator[str]:
    """The topics that no row names, but for the elderly and weight, of which a text need not speak."""
    named = _organs_named(rows)
    for topic, filters in topics.items():
        if topic in ORGANS:
            is_named = topic in named
        else:
            is_named = topic in ("elderly", "weight") or any(not each.by.keys().isdisjoint(filters) for each in found)
        if not is_named:
            yield topic


def _judged(
    row: DoseRow, findings: Judgements, specific: bool, referring: DoseRow | None, *, young: bool
) -> RowForPatient:
    if referring is not None:
        reason = f"line {referring.line} refers to this row"
        return RowForPatient(row, True, reason, referred_from=referring.line, referring=referring.text)
    found = findings.by.values()
    failing = [finding.reason for finding in found if finding.state == "fails"]
    if failing:
        return RowForPatient(row, False, failing[0])
    reasons = "; ".join(dict.fromkeys(finding.reason for finding in found if finding.reason))
    missing = tuple(finding.missing for finding in found if finding.missing)
    first = specific and bool(findings.answers & _SPECIAL or _is_for_old(row) or (young and row.action == "avoid"))
    besides = "; ".join(finding.reason for finding in found if finding.reason and not finding.missing)
    return RowForPatient(
        row, True, reasons or None, specific, missing, first=first, besides=besides or None,
        named="for" in findings.held, on_organ=not _SPECIAL.isdisjoint(findings.by),
    )  # fmt: skip


_BEFORE_TREATMENT = Pattern(patterns.BEFORE_TREATMENT, re.I, hints=("before", "prior"))
_MOST_NAMED = 8
_NO_DATA = Pattern(
    rf"{patterns.NO_DATA}|{patterns.NO_ADVICE}",
    re.I,
    hints=tuple("data experience information studies established studied determined recomm guidance".split()),
)


def _inventory(regimens: Regimens, *, indications_alone: bool = False) -> str:
    """What the monograph has, for an error message: so many of each as fit in a few lines."""
    parts = []
    for name, values in (
        ("Indications", [row.indication for row in regimens.rows]),
        ("Populations", [] if indications_alone else [row.population for row in regimens.rows]),
    ):
        if known := list(dict.fromkeys(value for value in values if value)):
            more = f"; {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else ""
            parts.append(f"{name}: {'; '.join(known[:_MOST_NAMED])}{more}.")
    return " ".join(parts) or "Its doses name neither indications nor populations."


# ---------------------------------------------------------------- the judge


class _Judge:
    """One patient before the rows of one monograph."""

    def __init__(
        self, opened: Callable[[], Monograph], regimens: Regimens, patient: Patient, meanings: Meanings,
        on_children: Sequence[tuple[str, bool]], affirmed: Callable[[], Sequence[Affirmed]], against: Container[str],
        meant: Mapping[str, Container[int]], outside: str | None,
    ) -> None:  # fmt: skip
        self.patient = patient
        self.outside = outside
        """Why the uses are for none of the patient's age, if they are not."""
        whom = patient.population or ""
        named = {topic for topic, filters in topics_of(patient).items() if "population" in filters}
        self.is_told_besides = bool(named) and named.isdisjoint(TOPICS) and not (stages(whom) or _SEX.search(whom))
        """Whether a disease, a drug or a gene was told, and not who the patient is."""
        self.meant, self.meant_besides = (
            {
                id(row)
                for number, row in enumerate(regimens.rows)
                if any(number in meant.get(each, ()) for each in groups)
            }
            for groups in ((whom,), patient.besides)
        )
        """The rows that mean a drug by its class or role, by `id`: the one that was asked for, and those besides."""
        self.against = against
        self.rows, self.notes = regimens.rows, regimens.notes
        self.titles = dict(regimens.titles)
        self._by_figures: dict[tuple[str, int], dict[str, Judgement | None]] = {}
        self.wanted: WantedIndication | None = None
        if patient.indication:
            from druginfo.dosing.wanted import WantedIndication

            self.wanted = WantedIndication(opened(), regimens, patient.indication, meanings, affirmed)
        conditions = {id(c): c for row in self.rows for c in row.conditions}
        self.special = {number for number, c in conditions.items() if _may_be_for_others(c)}
        """Conditions that may be for somebody else, by `id`."""
        beside: dict[tuple[str, str], set[Band | Renal]] = defaultdict(set)
        ranges: dict[str, set[Renal]] = defaultdict(set)
        self.graded: set[tuple[str, str, str | None]] = set()
        for row in self.rows:
            for band in _bands(row):
                if not isinstance(band, Band):
                    self.graded.add((filter_of(band), row.section, row.population))
                if not isinstance(band, Hepatic):
                    beside[row.section, sort_of(band)].add(band)
                if isinstance(band, Renal) and len(band.severity) == 1 and (band.min, band.max) != (None, None):
                    ranges[band.severity[0]].add(band)
        self.beside = {place: Bands(found) for place, found in beside.items()}
        own = {word: next(iter(found)) for word, found in ranges.items() if len(found) == 1}
        self.kidney = Kidney(
            patient.egfr, patient.crcl, own, dialysis=is_on_dialysis(patient), failed=has_failed_kidneys(patient)
        )
        given = (self.kidney.given, patient.hepatic, patient.population, patient.age, patient.weight)
        names = ("kidney", "liver", "population", "age", "weight")
        self.asked = frozenset(name for name, value in zip(names, given, strict=True) if value is not None)
        days = patient.age.days if patient.age else ADULTS.low
        self.is_child = days < ADULTS.low
        aged = {c.text for c in conditions.values() if "ages" in c.says} if patient.age else ()
        young = {stage for text in aged for stage in stages(text) if stage.high <= CHILDREN.high}
        self.narrower = any(days in stage for stage in young - {CHILDREN})
        self.uncovered = {at for (at, sort), each in self.beside.items() if sort == "age" and not each.cover(days)}
        texts = (*on_children, *((note.text, False) for note in self.notes))
        self.of_children = judging.of_the_rest(texts, days, self.is_wanted) if self.is_child else {}
        self.dosed_alike = "known" in self.of_children and not any(
            "ages" in c.says or ages_in(c) for c in conditions.values()
        )
        """Whether children are treated, and no dose of the monograph is for some ages: what it says of organs holds."""
        is_small = patient.weight is not None and patient.weight < _OF_AN_ADULT
        population = stages(patient.population or "")
        named_young = bool(population) and all(stage.high <= CHILDREN.high for stage in population)
        self.young = self.is_child or named_young or (is_small and patient.age is None)

    def is_wanted(self, text: str) -> bool:
        """Whether a text names the indication that was asked for."""
        return self.wanted is not None and self.wanted.names(text)

    def is_unsaid(self, found: Sequence[Judgements]) -> bool:
        """Whether an impaired organ that was asked about is in no row for such a patient, and rows for other people
        name it or the rest of the monograph speaks against the usual dose; or it is worse than where a row says that
        the dose needs no change."""

        def failing(*names: str) -> list[DoseRow]:
            """The rows that fail none of the filters but these."""
            return [
                row
                for row, findings in zip(self.rows, found, strict=True)
                if all(each.state != "fails" or name in names for name, each in findings.by.items())
            ]

        rows = failing(*ORGANS)
        if any(row.action == "no_adjustment" and any(map(self.is_worse, _bands(row))) for row in rows):
            return True
        asked = ORGANS & topics_of(self.patient).keys() - _organs_named(rows)
        return any(organ in self.against for organ in asked) or not asked.isdisjoint(
            _organs_named(failing(*ORGANS, *_WHO))
        )

    def is_worse(self, band: Band | Renal | Hepatic) -> bool:
        """Whether the patient's kidneys or liver are worse than all that a range or grade holds."""
        if isinstance(band, Renal):
            return (value := self.kidney.value(band)) is not None and value < ends(band)[0]
        grade = self.patient.hepatic
        return isinstance(band, Hepatic) and grade is not None and GRADES.index(grade) > ends(band)[1]

    def unknown(self, text: str) -> Iterator[str]:
        """The sentences of a note that say that nothing is known of people of the patient's age, all or those with an
        organ impaired that was asked about; where one names no age, the label that the note begins with may."""
        age = self.patient.age
        if age is None or not _NO_DATA.search(text):
            return
        parts = sentences(text)
        label = parts[0][: parts[0].find(": ") + 1]
        for sentence in parts:
            organs = ORGANS & sorts_in(sentence)
            if not _NO_DATA.search(sentence) or ("dialysis" in named_in(sentence) and not self.kidney.dialysis):
                continue
            ages = stages(sentence) or stages(label)
            if (not organs or not organs.isdisjoint(self.asked)) and any(age.days in stage for stage in ages):
                yield sentence

    def may_be_told(self, note: DoseNote) -> bool:
        """Whether a note names neither another indication than the one asked for nor only other ages."""
        is_of_patient = judging.may_be_of(note.text, self.patient, lambda text: ())
        return is_of_patient and not (self.wanted and self.wanted.names_another(note.text))

    # ------------------------------------------------------------ one row

    def findings(self, row: DoseRow) -> Judgements:
        """What each filter that was given finds of the row."""
        by_filter: dict[str, list[Judgement | None]] = {name: [] for name in _FIGURES}
        telling = [c for c in row.conditions if c.bands or c.says]
        # figures say it better than words
        unread = ORGANS.difference(filter_of(band) for c in telling for band in c.bands)
        for condition in telling:
            found = self.by_figures(row, condition)
            if condition.kind == "any":
                in_words = {organ: self.by_words(row, organ, condition.says) for organ in sorted(unread)}
                found = self.alternatives(condition, found | in_words)
            for name, each in found.items():
                by_filter.setdefault(name, []).append(each)
        worded = (c for c in telling if c.kind not in ("indication", "any") and not _EITHER_KIDNEY.issubset(c.says))
        words = {name for c in worded for name in c.says}
        for organ in sorted(unread & self.asked) if words else ():
            by_filter[organ].append(self.by_words(row, organ, words))
        if "kidney" not in unread and _has_dialysis_label(row):  # a caption's range is not the label's
            by_filter["kidney"].append(self.by_words(row, "kidney", ("dialysis",)))
        elif self.kidney.given is not None and not self.kidney.dialysis and any(map(_is_of_dialysed, labels(row))):
            by_filter["kidney"].append(judging.DIALYSIS_UNSAID)
        if self.kidney.failed and self.kidney.given is None and (found_of := self.by_failure(row, telling)):
            by_filter["kidney"].append(found_of)
        by = {name: all_of(each) for name, each in by_filter.items()}
        if row.action == "no_adjustment" and (unless := _UNLESS.search(row.text)):
            open_for = (organ for organ in ORGANS & topics_of(self.patient).keys() if TOPICS[organ].search(unless[0]))
            by |= dict.fromkeys(open_for, Judgement("open", unless[0].strip()))
        if id(row) in self.criteria:
            by |= self.by_criteria(row, *self.criteria[id(row)])
        if self.is_child and row.action != "avoid" and not any(map(ages_in, telling)):
            its, reason = by["age"], self.of_children.get("never") or self.outside
            if its and its.state == "holds":  # in a word alone
                reason = reason or self.of_children.get("unknown") or self.after_others.get(id(row))
            elif not its and by["weight"]:
                reason = reason or self.refused
            by["age"] = all_of((its, Judgement("open", reason))) if reason else its
        elif self.outside and by["age"] is None and row.action != "avoid":
            by["age"] = Judgement("open", self.outside)
        if self.is_child and id(row) in self.before_children:
            by["age"] = all_of((by["age"], _CHILDREN_NEXT))
        if by["age"] and by["age"].state == "fails" and id(row) in self.of_organs_after:
            by["age"] = Judgement("open", f"what comes before it in its line is {by['age'].reason}")
        by["for"] = self.wanted.of(row, row.conditions) if self.wanted else None
        is_open = by["for"] is None or by["for"].state == "holds"
        if self.wanted and is_open and id(row) in self.side_by_side and not self.wanted.names(row.text):
            by["for"] = Judgement("open", "another dose stands beside it, and not what each is for")
        by["population"] = self.by_population(row)
        is_theirs, use = by["population"] is HOLDS, by["for"]
        if is_theirs and use and use.state == "fails" and (self.is_told_besides or self.is_labelled_with(row)):
            by["for"] = Judgement("open", f"{use.reason}, but it names “{self.patient.population}”")
        if by["population"] is HOLDS and any(c.kind == "any" or names_others(c.text) for c in telling):
            by["age"] = None if by["age"] and by["age"].state == "open" else by["age"]  # one of a list that is met
        if self.wanted and by["for"] in (None, HOLDS) and by["population"] is not HOLDS:
            whom = self.wanted.people_with_another(self.begun.get(id(row), "") + row.text)
            titles = (self.titles.get(row.section, ""), row.population or "")
            whom = whom or next(filter(None, map(self.wanted.title_with_another, titles)), None)
            by["for"] = Judgement("open", f"for {whom}") if whom else by["for"]
        unasked = "kidney" not in self.asked and not by["kidney"]
        on_dialysis = self.kidney.dialysis and by["population"] is HOLDS
        if unasked and id(row) in self.by_kidney_function and not on_dialysis:
            by["kidney"] = _UNDIALYSED if self.kidney.dialysis else _by_function(row)
        elif by["kidney"] and not self.kidney.dialysis and "after dialysis" in row.says:
            by["kidney"] = all_of((by["kidney"], judging.DIALYSIS_UNSAID))
        known = {name: finding for name, finding in by.items() if finding}
        return Judgements(known, self.is_for_others(row, known))

    @staticmethod
    def by_failure(row: DoseRow, telling: Sequence[Condition]) -> Judgement | None:
        """What a row that does not name failed kidneys is for somebody who has them, without a figure."""
        words = {*row.says, *(word for c in telling for word in c.says)}
        if any(c.kind == "any" for c in telling) or not words.isdisjoint(_OF_FAILURE):
            return None
        if "normal kidney" in words:
            return Judgement("fails", "for normal kidney function")
        severe = any(isinstance(band, Renal) for band in _bands(row))
        return Judgement("open", "it does not say whether that holds on dialysis, too") if severe else None

    @cached_property
    def of_organs_after(self) -> set[int]:
        """Rows on an organ, of no age, that come after others under the same people in their line: the people may be of
        those alone."""
        return {
            id(row)
            for before, row in pairwise(self.rows)
            if row.line == before.line and row.population == before.population and ORGANS.intersection(row.says)
            and not stages(row.text) and not any(ages_in(c) for c in row.conditions if c.text in row.text)
        }  # fmt: skip

    @cached_property
    def criteria(self) -> dict[int, tuple[int, list[Condition]]]:
        """Rows for those who meet so many of some criteria: how many of which, those of a list after them too."""
        found = {}
        for row in self.rows:
            if not (counted := _COUNTED.search(row.text)):
                continue
            its = [c._replace(read=True) for c in row.conditions if c.bands and c.text in row.text]
            for note in self.notes if row.text.endswith(":") else ():
                if row.line < note.line <= row.line + len(its) + 3:
                    its += judging.told_figures(note.text, label=True)
            found[id(row)] = int(NUMERALS[counted["least"].lower()]), its
        return found

    def by_criteria(self, row: DoseRow, least: int, criteria: Sequence[Condition]) -> dict[str, Judgement]:
        """What counted criteria say to the filters that they are of: enough of them are met, or they may be."""
        asked = [(name, each) for c in criteria for name, each in self.by_figures(row, c).items() if each]
        met = sum(each.state == "holds" for _, each in asked)
        enough = HOLDS if met >= least else Judgement("open", f"for those who meet {least} of its criteria")
        return {name: enough for name, each in asked if each.state == "holds" or enough is not HOLDS}

    @cached_property
    def refused(self) -> str | None:
        """What a row says that refuses all patients of the child's age: a weight alone is an adult's then."""
        for row in self.rows:
            everyone = not (row.indication and not _OF_ALL.match(row.indication)) and row.action == "avoid"
            if not (everyone and _NOT_FOR.match(row.text)) or (row.qualifier and not stages(row.qualifier)):
                continue
            conditions = [c for c in row.conditions if c.kind != "indication"]
            by_age = all_of(self.by_figures(row, c).get("age") for c in conditions)
            alone = all(filter_of(band) == "age" for band in _bands(row)) and self.special.isdisjoint(
                map(id, conditions)
            )
            if by_age and by_age.state == "holds" and alone:
                whom = row.qualifier or row.population or "children"
                return f"elsewhere, “{whom}”: {row.text[0].lower()}{row.text[1:].rstrip('.')}"
        return None

    @cached_property
    def begun(self) -> dict[int, str]:
        """Of the rows that go on with a sentence what rows before them say of it: "followed by 2 mg daily"."""
        found = dict[int, str]()
        for row, after in pairwise(self.rows):
            if row.line == after.line and after.text[:1].islower() and not row.text.endswith("."):
                found[id(after)] = f"{found.get(id(row), '')}{row.text} "
        return found

    @cached_property
    def before_children(self) -> set[int]:
        """Rows whose next sentence begins with children and gives them a dose of their own: "1 to 2 mg/kg after each
        dialysis. In children, 2 mg/kg may be given." """
        return {
            id(row)
            for row, after in pairwise(self.rows)
            if row.line == after.line and labels(row) == labels(after) and row.dose and after.dose
            and _IN_CHILDREN.match(after.text) and not any(map(ages_in, row.conditions)) and not stages(row.text)
        }  # fmt: skip

    @cached_property
    def after_others(self) -> dict[int, str]:
        """Rows after others under the same labels that are for ages beyond infancy, none of them the patient's."""
        found, given = dict[int, str](), defaultdict[object, list[Band]](list)
        for row in self.rows if self.patient.age else ():
            before = given[_place(row)]
            if before and not Bands(before).cover(self.patient.age.days):  # type: ignore[union-attr]
                found[id(row)] = f"what comes before it is for age {in_words(before[0])}"
            ages = (
                band for c in row.conditions for band in ages_in(c) if row.action != "avoid" and len(before) < _MANY
            )
            before += (band for band in ages if band.max is None or band.max * DAYS[band.unit] > _INFANTS)
        return found

    def by_figures(self, row: DoseRow, condition: Condition) -> dict[str, Judgement | None]:
        """What one condition says of the patient's figures, by filter, as it was read."""
        place = row.section, id(condition)
        if place not in self._by_figures:  # the rows under a heading share it
            patient, found = self.patient, dict[str, Judgement | None]()
            if patient.age:
                bands, covered = self.next_to(row, "age"), row.section not in self.uncovered
                found["age"] = judging.by_age(condition, patient, bands, narrower=self.narrower, covered=covered)
            if condition.bands:
                found["weight"] = judging.by_weight(condition, patient, self.next_to(row, "weight"))
                beyond = self.kidney.failed and any(map(self.kidney.is_beyond, condition.bands))
                unmet = Judgement("fails", f"for {condition.text}, which nobody has whose kidneys have failed")
                found["kidney"] = unmet if beyond else None
                found["liver"] = judging.by_liver(condition, patient.hepatic) if patient.hepatic else None
            self._by_figures[place] = {name: as_read(condition, each) for name, each in found.items()}
        known = self._by_figures[place]
        if not condition.bands or self.kidney.given is None:
            return known
        return {**known, "kidney": as_read(condition, self.by_renal(row, condition))}

    def by_words(self, row: DoseRow, organ: str, words: Container[str]) -> Judgement | None:
        """What words say of an organ that was asked about."""
        if not words or organ not in self.asked:
            return None
        graded = self.is_graded(organ, row)
        return (self.kidney.by_words if organ == "kidney" else judging.by_words_of_liver)(words, graded=graded)

    def alternatives(self, condition: Condition, found: dict[str, Judgement | None]) -> dict[str, Judgement | None]:
        """Where one condition is a list of groups, any of them will do: "under 6 years, or eGFR <30"."""
        names = _sorts_of(condition)
        asked = {name: each for name, each in found.items() if each}
        known = asked.keys() | ({"kidney"} & names if self.kidney.is_normal else set())  # words find nothing there
        best = any_of(asked.values())
        if best is None:
            return {}
        if best.state == "fails" and len(known) < len(names):
            best = Judgement("open", f"not decided ({best.reason}): the row names another condition too")
            return dict.fromkeys(names - known, best)  # it hangs on what was not asked
        unmet = Judgement("open", best.reason) if best.state == "open" else None
        return {name: best if each.state == best.state else unmet for name, each in asked.items()}

    def next_to(self, row: DoseRow, sort: str) -> Bands:
        return self.beside.get((row.section, sort), NONE_BESIDE)

    def by_renal(self, row: DoseRow, condition: Condition) -> Judgement | None:
        bands = [band for band in condition.bands if isinstance(band, Renal)]
        if not bands:
            return None
        beside = [(r, s) for r, s in self.failing if r.section == row.section and _rivals(row, r) and r is not row]
        below: State = "fails" if "fails" in {state for _, state in beside} else "open" if beside else "holds"
        if below == "fails" and row.dose is None:
            below = "open"  # a warning for severe impairment is not taken back by a dose for worse kidneys
        in_words = any(other.renal is None for other, state in beside if state == "fails")
        return any_of(
            self.kidney.by_renal(band, self.next_to(row, sort_of(band)), below=below, end_stage_beside=in_words)
            for band in bands
        )

    def is_graded(self, organ: str, row: DoseRow) -> bool:
        """Whether rows beside this one are for grades of an organ's impairment, or a label of its own may be one."""
        return (organ, row.section, row.population) in self.graded or bool(_MAY_GRADE.search(row.qualifier or ""))

    @cached_property
    def by_kidney_function(self) -> set[int]:
        """The rows of usual doses that go by kidney function: one is for healthy kidneys, others are for the rest."""
        ranged = [
            row
            for row in self.rows
            if any(isinstance(b, Renal) for b in _bands(row)) and not any(c.kind == "any" for c in row.conditions)
        ]
        healthy = [row for row in ranged if any(map(_is_normal, _bands(row)))]
        reduced = [row for row in ranged if not any(map(_is_normal, _bands(row)))]
        usual = {
            _place(row)
            for row in healthy
            if not any(ORGANS.intersection(c.says) for c in row.conditions)
            and any(_place(row) == _place(other) or _is_reduced(row, other) for other in reduced)
        }
        return {id(row) for row in ranged if _place(row) in usual}

    @cached_property
    def side_by_side(self) -> set[int]:
        """Rows of a line with different regimens under the same labels: what tells them apart was not read."""
        beside = defaultdict(list)
        for row in self.rows:
            if row.action == "give" and row.text[:1].isdigit():
                beside[row.line, *labels(row)].append(row)
        return {id(row) for rows in beside.values() if len({row.text for row in rows}) > 1 for row in rows}

    @cached_property
    def failing(self) -> list[tuple[DoseRow, State]]:
        """The rows for kidney failure or dialysis, with what "severe" beside them is below its range."""
        return [(row, state) for row in self.rows if (state := judging.below_severe(row))]

    def by_population(self, row: DoseRow) -> Judgement | None:
        """Whether a row is for the group that was asked for; only a group that excludes it leaves the row out."""
        asked = self.patient.population
        if asked is None:
            return None
        groups = [row.population or "", *(c.text for c in row.conditions if c.kind != "indication")]
        if self.is_labelled_with(row):
            return HOLDS
        own = [label for label in labels(row) if "others" in named_in(label)]
        if own or (row.renal and row.renal.min and TOPICS["kidney"].search(asked)):  # then a title's list says not whom
            groups = [text for text in groups if not (_TITLED.match(text) or (not own and _OR_DIALYSIS.search(text)))]
        near = "; ".join(groups)
        if self.kidney.dialysis or may_name(f"{row.text}; {near}", asked):
            excepted = ((text, what) for text in (*groups, row.text) for what in left_out(text))
            for text, what in excepted:
                of_dialysed = self.kidney.dialysis and _DIALYSIS.search(what)
                if of_dialysed or names_group(what, asked):  # a statement may speak of what is to be made sure of
                    return Judgement("open" if text in row.text else "fails", f"not for {what.strip()}")
            in_text = names_group(row.text, asked, aged="ages" in row.says)
            if in_text or names_group(near, asked):
                also = "; ".join(text[m.start() :] for text in groups if (m := _and_takes(text, asked)))
                words = f"{also} {_OF_THE_SAME.sub('', row.text)}"
                taken = None if in_text or _TAKEN.search(asked) or self.is_taken(row, words) else _TAKEN.search(words)
                unread = (
                    as_read(c, HOLDS) for c in row.conditions if not c.read and "ages" in c.says and stages(asked)
                )
                return Judgement("open", f"for {taken[0]}") if taken else next(unread, HOLDS)
        if id(row) in self.meant:
            return HOLDS
        for condition in row.conditions:
            if exclude_each_other(condition.text, asked) and not (
                condition.kind == "any" or names_others(condition.text)
            ):
                return Judgement("fails", f"for {condition.text}")
        if self.kidney.dialysis:  # "on dialysis" is for hemodialysis, too
            on_it = (
                _ON_DIALYSIS.search(meant(each)) and not exclude_each_other(each, asked) for each in (row.text, *groups)
            )
            return HOLDS if any(on_it) else None
        return None

    def is_taken(self, row: DoseRow, words: str) -> bool:
        """Whether what a row says is taken too is another of the patient's groups."""
        return id(row) in self.meant_besides or any(names_group(words, each) for each in self.patient.besides)

    def is_labelled_with(self, row: DoseRow) -> bool:
        """Whether what the patient has besides is what a row is labelled with: "Volume Depletion or Renal Artery
        Stenosis"."""
        asked = self.patient.population or ""
        return bool(row.indication and " " in asked and not stages(asked)) and names_group(row.indication or "", asked)

    def is_for_others(self, row: DoseRow, by: dict[str, Judgement]) -> bool:
        """Whether a row is only for an organ, or for a group of patients, that was not asked about."""
        if "population" in by:
            return False
        if row.qualifier and any(map(_FIGURE.fullmatch, row.qualifier.split("; "))):
            return True  # what a label's figure counts was not read
        on_dialysis = "dialysis" in row.says and not row.hepatic and row.action != "no_adjustment"
        if _SUCH_CASES.search(row.text) or (on_dialysis and "kidney" not in by):
            return True
        for condition in row.conditions:
            if condition.kind == "any" and by.keys().isdisjoint(_sorts_of(condition)):
                return True  # a list of groups of which none was asked about
            if id(condition) not in self.special:
                continue
            named = _organs_of(condition)
            if named and not named & by.keys():  # "Renal or Hepatic Impairment" is for either
                return True
            if condition.kind == "pregnancy" or (condition.kind == "drug" and not self.is_partner(row, condition)):
                return True
            if condition.kind != "indication" and "others" in condition.says:
                of_list = named & by.keys() and is_list(condition.text)  # of "Hepatic Impairment or Poor Metabolizers"
                if not (of_list or self.is_of_organ(row, condition, by)):
                    return True
                continue
            of_wanted = self.wanted and by.get("for") is HOLDS and self.wanted.names(condition.text)  # "with PMDD"
            is_told = named or of_wanted or row.age is not None or "weight" in by
            if condition.kind == "population" and not is_told:
                return True
        return False

    @staticmethod
    def is_of_organ(row: DoseRow, condition: Condition, by: dict[str, Judgement]) -> bool:
        """Whether a row for the patient's organ is under a heading that names no drug taken too.

        "Concomitant Strong" is cut off, and a title of the organ under it is one of its own.
        """
        named = ORGANS.intersection(named_in(row.population or ""))
        holds = any(organ in by and by[organ].state == "holds" for organ in named)
        title = condition.text not in row.text and not _organs_of(condition)
        return holds and title and not _NAMES_DRUG.search(condition.text)

    def is_partner(self, row: DoseRow, condition: Condition) -> bool:
        """Whether a drug belongs to every dose for an indication: "Heart Transplant: With azathioprine: …"."""
        if not row.indication or condition.text not in (row.qualifier or ""):
            return False
        beside = [r for r in self.rows if _place(r) == _place(row) and r.route == row.route and r.dose]
        return all(condition in other.conditions or condition.text in (other.qualifier or "") for other in beside)

    def is_of_nobody(self, row: DoseRow, findings: Judgements) -> bool:
        """Whether a row is for a group or an age that was not asked about: it hangs on more than a figure."""
        return findings.unasked or (row.action != "avoid" and _is_for_ages(row) and not _WHO & self.asked)

    # ------------------------------------------------------------ rows that refer to others

    def referred(self, found: Sequence[Judgements], specific: set[int]) -> dict[int, int]:
        """The rows that a row for this patient refers to, with that row's number: "See the adult dose"."""
        targets: dict[int, int] = {}
        for number in sorted(specific):
            row = self.rows[number]
            reference = _REFERENCE.search(row.text)
            if reference is None or (_of_adults(reference) and row.dose):  # "5 mg/kg, for as long as in adults"
                continue
            for index, other in enumerate(self.rows):
                failing = {name for name, finding in found[index].by.items() if finding.state == "fails"}
                is_open = index not in specific and failing <= (_WHO if _of_adults(reference) else {"population"})
                if is_open and _rivals(row, other) and self.is_meant(reference, other):
                    targets.setdefault(index, number)
        return targets

    def is_meant(self, reference: re.Match[str], row: DoseRow) -> bool:
        if _of_adults(reference):
            return any(ADULTS in stages(c.text) for c in row.conditions) and not any(map(_organs_of, row.conditions))
        if reference["kidney"]:
            return any(isinstance(band, Renal) for band in _bands(row))
        return row.section.rsplit("/", 1)[-1].startswith(reference["section"].replace(".", "-") + "-")


_OF_ALL = Pattern(r"(?:all|any)\b", re.I)
_NOT_FOR = Pattern(
    rf"(?:use\s+is\s+)?(?:{patterns.NOT_FOR})(?!\s+(?:for\s+(?:more|longer)|as|above|with|after)\b)"
    r"|(?:do\s+not\s+(?:use|give)|avoid(?:\s+use)?)\.?$",
    re.I,
)
"""A statement that refuses those whom its row is for, whatever the dose."""
_IN_CHILDREN = Pattern(rf"(?:In|For)\s+(?:{CHILDREN.words})[\w\s]{{0,20}},", re.I)
_CHILDREN_NEXT = Judgement("open", "the sentence after it is for children")
_UNLESS = Pattern(r"\bunless\b[^.;(\[]*", re.I, hints=("unless",))
""" "No adjustment in the elderly, unless kidney function is impaired"."""
_COUNTED = Pattern(r"\bat\s+least\s+(?P<least>two|three|four)\s+(?:\w+\s+)?of\b", re.I, hints=("least",))
""" "In patients with at least two of the following:"."""
_SUCH_CASES = Pattern(
    r"\b(?:such|these)\s+(?:circumstances|cases|situations|instances|events)\b", re.I, hints=("such", "these")
)
""" "If such circumstances are present, 1.25 mg daily": they are in the sentence before."""
_MANY = 50
_INFANTS = 2 * YEAR
"""Ages up to here say nothing of what "children" beside them are."""
_OF_AN_ADULT = 40.0
"""kg: from here on labels give adults' doses; a weight below is a child's, though no age was given."""
_EITHER_KIDNEY = frozenset({"kidney", "normal kidney"})
"""What a title says of all: "Dosage in Patients with Normal Renal Function and Renal Impairment"."""
_TITLED = Pattern(r"Table\s|\d+\.\d", re.I)
_TAKEN = Pattern(rf"(?:\b[\w-]+\s+){{0,2}}{patterns.TAKEN_TOO}", re.I)
_AND = re.compile(rf"\b{patterns.TAKES}\b", re.I)


_SEX = re.compile(patterns.SEX, re.I)
_OF_FAILURE = ("dialysis", "end-stage", "kidney failure")


def _and_takes(label: str, asked: str) -> re.Match[str] | None:
    """Where a label of the group that was asked for goes on to what they take: "poor metabolizers taking …"."""
    found = _AND.search(label)
    return found if found and names_group(label[: found.start()], asked) else None


_OF_THE_SAME = re.compile(r"\bif\s+(?:it\s+is\s+)?used\s+(?:concomitantly|together|concurrently)\b", re.I)
""" "If used concomitantly" of the drug that the label names."""
_NAMES_DRUG = Pattern(r"\b(?:inhibitor|inducer)|\bmetaboli[sz]er", re.I)
_REFERENCE = Pattern(patterns.REFERENCE, re.I, hints=("adult", "creatinine", "crcl", "egfr", "renal", "2."))
_GRADED = Pattern(rf"\d|\b(?:{'|'.join(GRADES)})\b|{patterns.IMPAIRED_KIDNEY}", re.I)
_MAY_GRADE = Pattern(r"\d|impair|function|insufficien|failure|disease|\b(?:" + "|".join(GRADES) + r")\b", re.I)
""" "Significant impairment": a grade that is none of the known ones."""
_FIGURE = Pattern(r"[<>≥≤\s]*\d[\d.,\s]*(?:(?:to|-|–)[<>\s]*\d[\d.,]*|and\s+\w+|or\s+\w+)?\s*", re.I)
"""A label that is a figure and nothing else."""


def _of_adults(reference: re.Match[str]) -> bool:
    return bool(reference["adults"] or reference["adult"])


_UNDIALYSED = Judgement("open", "it goes by kidney function and does not speak of dialysis")


def _by_function(row: DoseRow) -> Judgement:
    """What a usual dose that goes by kidney function says where that was not given: it is not taken as normal."""
    bands = [band for band in _bands(row) if isinstance(band, Renal)]
    name: FilterName = "crcl" if bands[0].measure == "CrCl" else "egfr"
    ranges = " or ".join(dict.fromkeys(in_words(b) if b.min or b.max else ", ".join(b.severity) for b in bands))
    return Judgement("open", f"for {ranges}: give --{name}", name)


def _bands(row: DoseRow) -> Iterator[Band | Renal | Hepatic]:
    return (band for condition in row.conditions for band in condition.bands)


def _sorts_of(condition: Condition) -> set[str]:
    """By what the groups of a list are told apart."""
    return {*map(filter_of, condition.bands), *sorts_in(condition.text)}


def _organs_named(rows: Sequence[DoseRow]) -> set[str]:
    """The organs that rows name, in words or by a range or grade, but in indications."""
    named = {name for row in rows for name in (*row.says, *map(filter_of, _bands(row)))}
    named.update(name for row in rows for c in row.conditions if c.kind != "indication" for name in c.says)
    return named & ORGANS


def _organs_of(condition: Condition) -> frozenset[str]:
    """The organs for whose impairment a condition is."""
    figures = frozenset(filter_of(band) for band in condition.bands if not _is_normal(band)) & ORGANS
    if condition.kind == "indication":
        return figures
    named = _FUNCTION if condition.kind == "population" else []  # healthy organs keep nobody out
    by_function = (o for o, words in named if words.search(condition.text) and f"normal {o}" not in condition.says)
    return figures.union(ORGANS.intersection(condition.says), by_function)


_FUNCTION = [(organ, Pattern(words, re.I, hints=("function",))) for organ, words in patterns.FUNCTION.items()]


def _may_be_for_others(condition: Condition) -> bool:
    """Whether a condition names an organ, a drug taken too or a group of patients; of several groups any will do."""
    if condition.kind == "any":
        return False
    if condition.kind in ("pregnancy", "drug") or (condition.kind != "indication" and "others" in condition.says):
        return True
    if condition.kind != "population" or _organs_of(condition):
        return bool(_organs_of(condition))
    is_of_healthy = not {"normal kidney", "normal liver"}.isdisjoint(condition.says)
    return not (condition.bands or is_of_healthy or stages(condition.text) or EVERYBODY.fullmatch(condition.text))


def _place(row: DoseRow) -> tuple[str, str | None, str | None]:
    return row.section, row.population, row.indication


def _is_normal(band: Band | Renal | Hepatic) -> bool:
    """Whether a range holds a healthy kidney: it keeps nobody out who was not said to be impaired."""
    return isinstance(band, Renal) and band.min is not None and band.max is None


# ---------------------------------------------------------------- ranking


class _Ranks:
    """The rows that answer the patient, by their numbers, and which of them give way to which."""

    def __init__(self, judge: _Judge, found: Sequence[Judgements], *, forbidden: bool) -> None:
        self.judge, self.rows, self.found, self.forbidden = judge, judge.rows, found, forbidden
        each = zip(self.rows, found, strict=True)
        self.is_dosed = any(row.dose and "age" in findings.answers for row, findings in each)
        self.answers = {number: findings.answers for number, findings in enumerate(found) if self.is_answer(number)}
        self.special = {number for number, answers in self.answers.items() if answers & _SPECIAL}

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
            return not findings.by.keys().isdisjoint(("age", "population")) or not _is_for_ages(row)
        if _is_for_old(row) and "age" not in answers:
            return False  # "65 years or older, or less than 50 kg" means no child
        of_every_dose = row.action in ("avoid", "no_adjustment") or (self.is_dosed and not (row.dose or row.maximum))
        return bool(answers & _WHO) or bool(answers & ORGANS and of_every_dose) or self.judge.dosed_alike

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
        return self.rows[number].section, self.rows[number].population

    def is_light(self, number: int) -> bool:
        """Whether a row is for a low weight that was given, at whatever age."""
        row, answers = self.rows[number], self.answers[number]
        return "weight" in answers and "age" not in answers and bool(row.weight and row.weight.min is None)


# The rules: each gives the numbers of the rows, among these, that give way, and its docstring says to what.


def _unnamed(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """A dose without the indication asked for gives way to one that has it, under the same label of people, and is for
    no fewer of the patient's organs and groups."""
    named: dict[tuple[str, str | None], set[frozenset[str]]] = defaultdict(set)
    for i in among:
        if "for" in ranks.answers[i]:
            named[ranks.place(i)].add(ranks.answers[i])
    unnamed = (i for i in among if ranks.rows[i].dose and "for" not in ranks.answers[i])
    return (i for i in unnamed if any(ranks.answers[i] & _SPECIAL <= each for each in named[ranks.place(i)]))


def _undialysed(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """A dose by kidney function alone gives way to one for dialysis, of a patient on dialysis."""
    on_it = (ranks.rows[i] for i in among if ranks.judge.kidney.dialysis and _names_dialysis(ranks.rows[i]))
    sections = {row.section for row in on_it if row.dose}
    by_function = (i for i in among if ranks.rows[i].section in sections and ranks.rows[i].renal)
    return (i for i in by_function if ranks.rows[i].dose and not _names_dialysis(ranks.rows[i]))


def _of_fewer(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """A dose for an organ or a group alone gives way to the row beside it, under the same title, that is for what was
    asked besides: "severe renal impairment" to "severe renal impairment, taking ritonavir"."""

    def is_nearer(i: int, other: int) -> bool:
        less, more = ranks.rows[i], ranks.rows[other]
        is_more = (
            ranks.answers[i] & _SPECIAL < ranks.answers[other] & _SPECIAL and ranks.answers[i] <= ranks.answers[other]
        )
        is_beside = _place(less)[:2] == _place(more)[:2] and more.indication in (None, less.indication)
        return is_more and is_beside and less.action != "avoid" and not _changes_nothing(more)

    rivals = () if ranks.judge.kidney.dialysis else among  # what is given after a dialysis takes no dose's place
    return (i for i in among if any(is_nearer(i, other) for other in rivals))


def _of_circumstances(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """What is under a title of a change to the drug, of its end or of a missed dose gives way to all else, but for what
    names the group that was asked for: whether the patient is there was not asked."""
    titles = ranks.judge.titles
    return (
        i for i in among - {i for i in among if "population" in ranks.answers[i]}
        if any(map(_CIRCUMSTANCE.search, (titles.get(ranks.rows[i].section, ""), *labels(ranks.rows[i]))))
    )  # fmt: skip


_CIRCUMSTANCE = Pattern(patterns.CIRCUMSTANCE, re.I)


def _refused(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """A dose gives way to a refusal beside it for ages or weights of its own."""
    rows = ranks.rows
    refusals = [rows[i] for i, answers in ranks.answers.items() if answers & _WHO and rows[i].action == "avoid"]
    doses = (i for i in among if rows[i].action != "avoid")
    return (i for i in doses if any(_refuses(each, rows[i]) for each in refusals))


def _displaced(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """The usual dose, but for that of the old, gives way to any row for the organ or the group that was asked about,
    also where one is open: it may be too much. Only "no adjustment" leaves it in its place. Nor is it known to be for
    a patient of whose impaired organ no row speaks, or to whose group the drug is `forbidden`."""
    judge, rows = ranks.judge, ranks.rows
    spared = any(rows[i].action == "no_adjustment" for i in ranks.special)
    harmless = ("no_adjustment", "note") if spared else ("no_adjustment",)
    asked = _SPECIAL & judge.asked - ({"kidney"} if judge.kidney.is_normal else set())
    is_displaced = (
        ranks.forbidden
        or judge.is_unsaid(ranks.found)
        or any(
            each.applies and row.action not in harmless and asked & each.by.keys()
            and ("for" not in each.by or "for" in each.held)
            for row, each in zip(rows, ranks.found, strict=True)
        )
    )  # fmt: skip
    return (i for i in among if is_displaced and not _is_for_old(rows[i]))


def _without_indication(ranks: _Ranks, among: set[int]) -> Iterator[int]:
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
        if is_unnamed and (is_less or (is_named and not _is_for_ages(rows[i]))):
            yield i


def _in_other_lines(ranks: _Ranks, among: set[int]) -> Iterator[int]:
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


def _answering_less(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """What answers less gives way to what answers more for the same indication; no dose does to a ceiling, to what
    leaves it as it is, or, by the kilogram, to one that only counts the weight besides."""

    def is_more(i: int, other: int, more: frozenset[str]) -> bool:
        row, answers = ranks.rows[i], ranks.answers[i]
        if not (answers | {"for"} < more | {"for"} and _rivals(row, ranks.rows[other])):
            return False
        beside = ranks.rows[other]
        is_added = beside.dose is None and (beside.maximum is not None or _changes_nothing(beside))
        by_kilogram = row.dose is not None and (row.dose.per or "").startswith("kg")
        return not (row.dose and is_added) and not (by_kilogram and more - answers == {"weight"})

    answers = {i: ranks.answers[i] for i in among}
    return (i for i in among if any(is_more(i, other, more) for other, more in answers.items()))


def _beside_first_or_last(ranks: _Ranks, among: set[int]) -> Iterator[int]:
    """What is for everybody gives way to a dose, a maximum or a refusal for newborns or for the old, but for that of a
    low weight; a dose also to a lower one that is not told."""
    own = {i for i in among if _is_for_first_or_last(ranks.rows[i])}
    dosed = [row for row in map(ranks.rows.__getitem__, own) if row.gives]
    lower = [row for row in map(ranks.rows.__getitem__, own) if row.action == "reduce"]
    for i in among - own:
        row = ranks.rows[i]
        if not ranks.is_light(i) and any(_rivals(row, each) for each in (*dosed, *(lower if row.dose else ()))):
            yield i


def _is_reduced(row: DoseRow, other: DoseRow) -> bool:
    """Whether the other gives for impaired kidneys the dose that a row gives for healthy ones."""
    return bool(row.dose and other.dose) and _rivals(row, other) and _is_for_ages(row) == _is_for_ages(other)


def _names_dialysis(row: DoseRow) -> bool:
    return any("dialysis" in condition.says for condition in row.conditions)


def _has_dialysis_label(row: DoseRow) -> bool:
    """Whether a row has a label of dialysis alone, without a range or a grade."""
    parts = re.sub(r"\[\w{1,2}\]", "", "; ".join(labels(row))).split("; ")  # but for marks of footnotes
    return any(_DIALYSIS.search(part) and not _GRADED.search(part) for part in parts)


_DIALYSIS = Pattern(patterns.DIALYSIS, re.I, hints=("dialysis", "hd", "capd", "crrt", "cvvh"))
_ON_DIALYSIS = Pattern(rf"{patterns.DIALYSIS}|{patterns.END_STAGE}", re.I)
_OR_DIALYSIS = Pattern(
    rf"(?:/\s*|\b(?:including|or|and)\s+(?:[\w-]+\s+){{0,5}}){patterns.DIALYSIS}|{patterns.DIALYSIS}\s+or\b", re.I
)


@lru_cache(maxsize=1024)
def _is_of_dialysed(label: str) -> bool:
    """Whether a label is for those of a range or a grade who are on dialysis: "CrCl below 30 mL/min, dialysis"."""
    found = _DIALYSIS.search(label) and _GRADED.search(label)
    return bool(found and _DIALYSIS.search(_OR_DIALYSIS.blank(meant(label))))


def _refuses(refusal: DoseRow, row: DoseRow) -> bool:
    """Whether a refusal for some ages or weights of its own takes the place of a dose beside it."""
    its = {band for band in _bands(refusal) if isinstance(band, Band)}
    of_some = _ONLY_IF.search(refusal.text)
    return refusal.section == row.section and _rivals(refusal, row) and bool(its - set(_bands(row))) and not of_some


_ONLY_IF = Pattern(r"\b(?:if|when|unless)\b", re.I, hints=("if", "when", "unless"))
"""A refusal of some of those whom it names: "contraindicated in newborns if they need calcium"."""


def _rivals(row: DoseRow, other: DoseRow) -> bool:
    return row.indication == other.indication or not (row.indication and other.indication)


def _changes_nothing(row: DoseRow) -> bool:
    """Whether a row says that the dose stays as it is, or what else is to be done."""
    return row.action in ("no_adjustment", "note") and not (row.dose or row.maximum)


def _is_for_ages(row: DoseRow) -> bool:
    """Whether a row is only for children or only for the elderly."""
    return _oldest(row) < ADULTS.low or any(
        named and ADULTS not in named for named in _stages_of(row, "indication", "any")
    )


def _is_for_old(row: DoseRow) -> bool:
    """Whether a row is for the elderly: by its ages, or by its words, which name no other adults."""
    if row.age and row.age.min is not None:
        return row.age.unit == "years" and row.age.min * YEAR >= ELDERLY.low
    return any(ELDERLY in named and ADULTS not in named for named in _stages_of(row, "indication"))


def _is_for_first_or_last(row: DoseRow) -> bool:
    """Whether a row is for the elderly, or for newborns and nobody older."""
    ages = (band for c in row.conditions if c.kind == "age" and not c.excludes for band in ages_in(c))
    is_of_days = any(band.max is not None and band.max * DAYS[band.unit] <= NEWBORNS.high for band in ages)
    of_newborns = is_of_days or any(named == (NEWBORNS,) for named in _stages_of(row, "indication"))
    return of_newborns or _is_for_old(row)


def _oldest(row: DoseRow) -> float:
    """Up to which age a row is, in days, by its figures."""
    return row.age.max * DAYS[row.age.unit] if row.age and row.age.max is not None else OLDEST


def _stages_of(row: DoseRow, *without: str) -> Iterator[tuple[LifeStage, ...]]:
    """The stages of life that each label of a row names, and each condition that is not of some kinds."""
    own = (label for label in labels(row) if "any" not in without or not is_list(label))
    return map(stages, (*own, *(c.text for c in row.conditions if c.kind not in without)))
