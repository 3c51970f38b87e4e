"""A patient → the rows that apply, the rows that are for this patient and for nobody else, and what each says of it.

Each row has a list of conditions. One that was read whole and fails leaves the row out; one that is open leaves it in,
with the figure that is missing. What is left is ranked: see `ranks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from druginfo.dosing.conditions import (
    NO_DOSE,
    ORGANS,
    labels,
)
from druginfo.dosing.for_patient import Judge, Judgements
from druginfo.dosing.judging import (
    OTHER_INDICATIONS,
    Judgement,
)
from druginfo.dosing.patient import Patient, topics_of
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import (
    stages,
)
from druginfo.dosing.ranks import Ranks
from druginfo.dosing.row_facts import SPECIAL, is_for_old, organs_named
from druginfo.errors import NotFound
from druginfo.model import (
    Affirmed,
    DoseNote,
    DoseRow,
    FilterName,
    Monograph,
    Regimens,
    RowForPatient,
)  # fmt: skip
from druginfo.terms import patterns
from druginfo.terms.stages import ADULTS, CHILDREN

if TYPE_CHECKING:
    from druginfo.dosing.wanted import WantedIndication
    from druginfo.terms.asked import Meanings

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
    wanted = None
    if patient.indication:
        from druginfo.dosing.wanted import WantedIndication

        try:
            wanted = WantedIndication(opened(), regimens, patient.indication, meanings, affirmed)
        except NotFound as error:
            message = f"{error.message} {_inventory(regimens, indications_alone=True)}"
            raise NotFound(message, query=error.query) from None
    if patient.population and not any(map(str.isalpha, patient.population)):  # a figure names nobody
        message = f"“{patient.population}” is not a group of people. {_inventory(regimens)}"
        raise NotFound(message, query=patient.population)
    found = [
        _of_one_group(
            regimens, each, wanted, on_children, (each.population or "") in forbidden, against, meant, outside
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
    what not everybody has: what refuses always, a dose unless the monograph refuses the drug to another of the groups
    or some row is for more of them.
    """
    by_row = [*zip(*(each.rows for each in found), strict=True)]
    answering = [sum(each.specific and each.first for each in own) for own in by_row]
    most = max(answering, default=0)

    def is_answer(own: Sequence[RowForPatient], count: int) -> bool:
        return count > 0 and (own[0].row.action == "avoid" or (count == most and not is_forbidden))

    rows = tuple(_of_row(own, is_answer=is_answer(own, count)) for own, count in zip(by_row, answering, strict=True))
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
    regimens: Regimens, patient: Patient, wanted: WantedIndication | None, on_children: Sequence[tuple[str, bool]],
    is_forbidden: bool, against: Container[str], meant: Mapping[str, Container[int]], outside: str | None,
) -> Selection:  # fmt: skip
    judge = Judge(regimens, patient, wanted, on_children, against, meant, outside)
    rows = regimens.rows
    found = [judge.findings(row) for row in rows]
    if patient.age and patient.age.days >= ADULTS.low:
        found = _with_older(rows, found)
    is_named = any("population" in each.held for each in found)
    of_kidneys = judge.kidney.dialysis and any("kidney" in c.says for row in rows for c in row.conditions)
    is_spoken_of = any("population" in each.by and each.by["population"].state != "fails" for each in found)
    specific = Ranks(judge, found, forbidden=is_forbidden and not is_named).ranked()
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
        answered -= {"elderly"} - held_by(i for i in saying if is_for_old(rows[i]))
    noted = [each.row for each in verdicts if each.applies and each.row.action == "note"]
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
    named = organs_named(rows)
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
    first = specific and bool(findings.answers & SPECIAL or is_for_old(row) or (young and row.action == "avoid"))
    besides = "; ".join(finding.reason for finding in found if finding.reason and not finding.missing)
    return RowForPatient(
        row, True, reasons or None, specific, missing, first=first, besides=besides or None,
        named="for" in findings.held, on_organ=not SPECIAL.isdisjoint(findings.by),
    )  # fmt: skip


_BEFORE_TREATMENT = Pattern(patterns.BEFORE_TREATMENT, re.I, hints=("before", "prior"))


_MOST_NAMED = 8


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
