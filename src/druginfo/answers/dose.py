"""`dose`: the dosing table of a drug, or the rows of it that apply to a patient."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from druginfo import topics
from druginfo.answers import bedside
from druginfo.answers.bedside import OnTopic
from druginfo.answers.spotting import Words
from druginfo.errors import NotFound
from druginfo.guard import arguments
from druginfo.library import Library
from druginfo.markup import plain
from druginfo.model import (
    Affirmed,
    Count,
    DoseNote,
    DoseRow,
    FilterName,
    Flat,
    Head,
    Hidden,
    Match,
    Monograph,
    Regimens,
    RowForPatient,
    Sparse,
)
from druginfo.terms import abridged, sentences, told_once, words_in
from druginfo.terms.phrase_list import Phrases
from druginfo.terms.stages import ADULTS
from druginfo.topics.boxed import MOST_ABOVE, brief, whole

if TYPE_CHECKING:
    from druginfo.dosing import Patient


class Row(NamedTuple):
    """A row of the table."""

    row: Flat[DoseRow]
    verdict: Flat[RowForPatient | None] = None
    """None where no patient was described."""

    @property
    def fit(self) -> RowForPatient:
        """The verdict; where no patient was described, that the row applies to everybody."""
        return self.verdict or RowForPatient(self.row, True, None)

    @property
    def left_out(self) -> bool:
        """Whether it does not apply to the patient."""
        return not self.fit.applies

    @property
    def specific(self) -> bool:
        """Whether it is for the patient who was described."""
        return self.fit.specific

    @property
    def undecided(self) -> bool:
        """Whether it speaks of the kidney that was asked about, in the measure that was not given."""
        return not self.left_out and bool({"egfr", "crcl"} & {*self.fit.missing})

    @property
    def unweighed(self) -> bool:
        """Whether it is for this patient at some weight, and none was given."""
        return self.specific and "weight" in self.fit.missing

    @property
    def referred(self) -> bool:
        """Whether a row for this patient refers to it."""
        return self.fit.referred_from is not None

    @property
    def named(self) -> bool:
        """Whether its indication is the one that was asked for."""
        return self.fit.named

    @property
    def of_indication(self) -> bool:
        """Whether it is for the indication that was asked for: by name, or as a label does that holds for it, too ("All
        Injection Indications"): rows for others do not apply."""
        return self.named or (self.row.indication is not None and not self.left_out)

    @property
    def is_open(self) -> bool:
        """Whether it applies as it does to others too."""
        return not (self.left_out or self.specific or self.undecided or self.referred)


class Screenful(NamedTuple):
    """Of the rows and notes those that fit a screen."""

    rows: tuple[Row, ...]
    """Those for the patient, all of them; then for the indication, what to avoid, and others that may also apply."""
    notes: tuple[DoseNote, ...]
    """Those about the indication or the patient."""


class Doses(NamedTuple):
    """The dosing table of a drug."""

    match: Match
    title: str
    is_banned: bool
    last_modified: str | None
    document: Sparse[str | None]
    """The official document that the monograph is an import of."""
    language: Sparse[str | None]
    """Of the text, where it is not English: no figure was read then."""
    rows: tuple[Row, ...]
    """The rows that apply; all where all were asked for."""
    notes: tuple[DoseNote, ...]
    filters: dict[FilterName, str]
    """What was said of the patient, as it was said."""
    left_out: Count
    """How many rows do not apply."""
    scope: Sparse[str | None]
    """What the monograph says it covers, where that is not the whole drug."""
    boxed_warning: Sparse[bool | None]
    boxed_warnings: Sparse[tuple[str, ...]]
    """What the boxed warning says, by its titles: all of a short one, else what is of the patient, refuses, orders."""
    whole_boxed_warning: Sparse[tuple[str, ...]]
    """All of it, where `boxed_warnings` leaves some of it out for a patient: below the doses on the screen."""
    monograph: Hidden[Head]
    titles: Hidden[dict[str, str]]
    """Of the sections with its doses, by key."""
    other_indications: Sparse[int | None] = None
    """How many of the rows that do not apply are for other indications."""
    notices: Sparse[tuple[str, ...]] = ()
    """What must be known before the rows are read: a name or an indication that the text does not cover, or that the
    rows are under no heading of doses."""
    limits: Sparse[tuple[str, ...]] = ()
    """What Usage limits the indication to, and what the monograph warns of in such patients; each with its line."""
    passages: Sparse[tuple[OnTopic, ...]] = ()
    """What the rest of the monograph says of the patient's organs, age or pregnancy."""
    more: Sparse[tuple[str, ...]] = ()
    """What else the monograph warns of in such patients, each with its line: below the doses on the screen."""
    short: Hidden[Screenful | None] = None
    """What an indication that was asked for needs first; null where all was asked for."""


def dose(
    library: Library, words: Sequence[str], patient: Patient, *, exact: bool = False, show_all: bool = False
) -> Doses:
    """The dosing table of a drug: the rows that apply to the patient, and how many do not.

    Raises NotFound (also where no row applies), Absent, Ambiguous.
    """
    try:
        match = library.find(" ".join(words), exact=exact)
    except NotFound as error:
        asked = Words(library, words)
        if asked.leading is None:
            raise
        hint = f"dose takes a drug alone; `druginfo show {arguments(asked.whole)}` takes words after it."
        raise NotFound(f"{error.message} {hint}", query=error.query, candidates=error.candidates) from None
    return doses_of(library, match, patient, show_all=show_all)


def doses_of(
    library: Library, match: Match, patient: Patient, *, show_all: bool = False, always: bool = False
) -> Doses:
    """The dosing table of one drug, without opening the monograph where its kept doses suffice.

    Raises NotFound where it has no doses, and, but for `always`, where no row applies or none names what was asked.
    """
    regimens = bedside.regimens(library, match.slug, for_patient=bool(patient.given))
    if not regimens.rows:
        raise _no_doses(library.open(match.slug))
    monograph = bedside.head(library, match.slug)
    warning = topics.not_covered(match)
    every = Doses(
        match,
        monograph.title,
        monograph.is_banned,
        monograph.last_modified,
        monograph.document,
        monograph.language if monograph.language != "en" else None,
        tuple(Row(row, RowForPatient(row, True, None) if show_all else None) for row in regimens.rows),
        regimens.notes,
        filters={},
        left_out=0,
        scope=match.scope,
        boxed_warning=bool(monograph.boxed_warnings) or None,
        boxed_warnings=brief(monograph.boxed_warnings),
        whole_boxed_warning=(),
        monograph=monograph,
        titles=dict(regimens.titles),
        notices=(*([warning] if warning else []), *regimens.notices),
    )
    if not patient.given:
        return every
    try:
        return _for_patient(library, every, regimens, patient, show_all, always)
    except NotFound as error:
        wanted = patient.indication
        instead = _with_class(library, wanted) if wanted and error.query == wanted else None
        if instead is None:
            raise
        try:
            found = _for_patient(library, every, regimens, patient._replace(indication=instead), show_all, always)
        except NotFound:
            raise error from None
        read = f"“{wanted}” is read as “{instead}”."
        return found._replace(filters=dict(patient.given), notices=(read, *found.notices))


def _for_patient(
    library: Library, every: Doses, regimens: Regimens, patient: Patient, show_all: bool, always: bool
) -> Doses:
    from druginfo.dosing import apply

    match, wanted = every.match, patient.indication
    if wanted:
        patient = _with_people(patient, wanted, regimens)
    asked = bedside.passages(library, match.slug, patient)
    passages = tuple(each for each in asked if each.sections)
    is_of_patient = bedside.may_be_of(library, match.slug, patient)
    noted = bedside.noted(asked, regimens.notes, is_of_patient)
    refused, advised, is_denied = bedside.refusals(library, match.slug, patient, is_of_patient)
    refused = tuple(told_once((*refused, *bedside.not_for_adults(library, match.slug, patient))))
    against = bedside.against(library, match.slug, passages, is_of_patient)

    @cache
    def affirmed() -> Sequence[Affirmed]:
        return library.affirming(wanted or "").get(match.slug, ())

    try:
        if wanted and (warning := topics.outside_scope(match.scope, wanted)):
            raise NotFound(f"The text of {match.title} does not cover “{wanted}”. Its scope: {warning}", query=wanted)
        selection = apply(
            partial(library.open, match.slug),
            regimens,
            patient,
            meanings=library.meanings,
            on_children=bedside.of_children(passages),
            passages=always or bool(passages or noted),
            forbidden=bedside.forbidden(patient, against),
            against=against,
            affirmed=affirmed,
            meant=bedside.rows_on(library, match.slug, regimens, patient),
            outside=bedside.outside_uses(library, match.slug, patient, affirmed),
        )
        if is_denied and not any(each.applies and each.named for each in selection.rows) and not affirmed():
            raise NotFound(f"{match.title} has no doses for “{wanted}”.", query=wanted)
    except NotFound as error:
        if patient.population and error.query == patient.population and len(patient.given) > 1:
            given: dict[FilterName, str] = {n: value for n, value in patient.given.items() if n != "population"}
            anybody = patient._replace(population=None, given=given)
            found = _for_patient(library, every, regimens, anybody, show_all, always)
            unnamed = _UNNAMED.format(patient.population)
            return found._replace(filters=dict(patient.given), notices=(*found.notices, unnamed))
        elsewhere = " and ".join(f"`druginfo show {match.slug} {arguments(each.topic)}`" for each in passages)
        named = any(row.indication for row in regimens.rows)
        used = bedside.uses(library, match.slug) if wanted and not named else ""
        besides = (each for each in refused if each.partition(": ")[2].strip("“”") not in error.message)
        message = " ".join(filter(None, (error.message, used, *besides)))
        message += f" See also {elsewhere}." if elsewhere else ""
        if wanted:
            passages = (*bedside.on(library, match.slug, wanted), *passages)
        mentions = bedside.quotes(match.slug, passages, is_of_patient, refused, each_topic=True)
        raise NotFound(message, query=error.query, mentions=mentions) from None

    def is_asked(text: str) -> bool:
        return any(each.pattern.search(text) for each in passages) and is_of_patient(text)

    limits = _limits(selection.limits, is_of_patient, refused)
    if not any(each.applies and each.specific and each.row.gives for each in selection.rows):
        uses = [[(each.line, next(iter(sentences(plain(each.text))), "")) for each in affirmed()]] if wanted else []
        if patient.age and patient.age.days < ADULTS.low:
            uses.append(bedside.usage(library, match.slug))
        for stated in uses:
            limits += [each for each in bedside.for_others(stated, is_of_patient) if each not in limits]
    shown = bedside.needed(passages, selection.answered, selection.named)
    said_first = (
        *([selection.notice] if selection.notice else []),
        *refused,
        *(f"What is not known: “{text}”" for text in selection.unknown),
    )
    unsaid = selection.unsaid - {each.topic for each in passages} - noted.keys()
    said_first += tuple(_UNNAMED.format(each) for each in patient.groups if each in unsaid)
    unsaid -= {*patient.groups}
    warned, more = bedside.besides(match.slug, passages, shown, is_of_patient, [text for _, text in limits])
    unanswered = (its for topic, its in noted.items() if topic not in selection.answered)
    limited = (
        *(f"Usage, line {line}: “{text}”" for line, text in limits),
        *warned,
        *(text for its in unanswered for text in [*its.values()][: bedside.MOST_TOLD]),
        *(f"Nothing in this text speaks of {_CALLED.get(each, each)}." for each in sorted(unsaid)),
    )
    boxed = whole(every.monograph.boxed_warnings)
    above = brief(every.monograph.boxed_warnings, MOST_ABOVE, is_asked)
    found = every._replace(
        rows=tuple(Row(each.row, each) for each in selection.rows if each.applies or show_all),
        filters=selection.filters,
        left_out=selection.left_out,
        other_indications=selection.other_indications or None,
        notices=(*every.notices, *said_first),
        boxed_warnings=above,
        whole_boxed_warning=boxed if above != boxed else (),
        limits=limited,
        passages=shown,
        more=(*more, *advised),
    )
    if wanted and not show_all:
        told_of = {note for its in noted.values() for note in its}
        of_patient = (*(note for note in every.notes if note in told_of), *selection.notes)
        others = [note for note in selection.other_notes if note not in told_of]
        found = found._replace(short=_brief(found, tuple(dict.fromkeys(of_patient)), others))
    return found


def _with_class(library: Library, indication: str) -> str | None:
    """An indication with the class of a drug in place of its name: a fentanyl overdose is one of an opioid."""
    from druginfo.classes import of_drug

    words = indication.split()
    for at, word in enumerate(words):
        classes = of_drug(word)
        if classes and len(words) > 1 and library.resolve(word, exact=True).status in ("found", "absent"):
            return " ".join((*words[:at], classes[0], *words[at + 1 :]))
    return None


_UNNAMED = "Neither doses nor warnings here name “{}”: what follows is not about that."
_CALLED = {"kidney": "the kidney", "liver": "the liver"}
_LINES = 44
"""Lines of a screen for scope, rows and notes."""
_BOXED = 8
"""Of these, what a boxed warning takes at most."""
_HEADINGS = 4
"""Lines over the notes."""
_ORDERS, _LEAST_ORDERS = 14, 8
"""Lines for the orders of other notes, at most and at least."""
_LABEL, _TEXT, _NOTE = 30, 44, 74
"""How wide labels, texts and notes are on a terminal of 80 columns."""
_ORDERING = Phrases(
    "do/does not | should/must | cannot | not … recommended/approved/indicated/established/studied/evaluated/known",
    "avoid* | only | individuali* | titrat* | adjust* | at least | before/after/with/without _2 meal*/food | prior to",
    "monitor* | discontinu*/stop* | contraindicated | ^ administer/give/take/swallow/inject/use/start/begin/apply",
)
"""What a note orders; and what is only of preparing the drug."""
_PREPARING = Phrases("reconstitut* | dilut* | vial* | syringe* | diluent* | admixture* | refrigerat* | discard*")


def _orders(note: DoseNote) -> DoseNote | None:
    """A note with only its sentences that order something, "…" for the others; None where none does."""
    parts = [each if _ORDERING.search(each) and not _PREPARING.search(each) else "…" for each in sentences(note.text)]
    text = abridged(parts)
    return note._replace(text=text) if text.strip("… ") else None


def _lines(note: DoseNote) -> int:
    """Lines of a note, about."""
    return 1 + len(note.text) // _NOTE


def _brief(found: Doses, of_patient: Sequence[DoseNote], others: Sequence[DoseNote]) -> Screenful:
    """The rows for the patient, usual doses and refusals of the indication; while they fit, the notes that are about
    these (all notes where no row has a dose), what else is for it; then what the `others` of the notes order.

    What one line of the file says is shown whole or not at all.
    """
    lines: dict[int, list[Row]] = {}
    for row in found.rows:
        lines.setdefault(row.row.line, []).append(row)
    has_dose = any(row.row.dose for row in found.rows)
    kept = {line for line, rows in lines.items() if not all(row.is_open and not row.fit.on_organ for row in rows)}
    if not has_dose:  # an insulin's text: its rows and notes are all there is on giving it
        kept |= {
            line for line, rows in lines.items() if any(row.of_indication or not row.row.indication for row in rows)
        }
    left = (
        _LINES
        - len(found.scope or "") // _NOTE
        - sum(1 + len(notice) // _NOTE for notice in (*found.notices, *found.limits))
    )
    left -= min(_BOXED, sum(1 + len(each) // _NOTE for each in found.boxed_warnings))
    left -= sum(_tall(row, None) for line in kept for row in lines[line])
    notes: list[DoseNote] = []
    room = left // 2 if has_dose else left
    for note in of_patient if has_dose else found.notes:
        room -= _lines(note)
        if room < 0:
            break
        left -= _lines(note) + (0 if notes else _HEADINGS)
        notes.append(note)
    least, over = (0 if kept else 3), None
    first = {line: rows[0] for line, rows in lines.items() if line not in kept}
    of_all = not any(row.named and row.row.dose for row in found.rows)  # one indication, or doses that are for all

    def is_usual(row: Row) -> bool:
        for_all = row.row.indication is None and (of_all or row.row.maximum)  # so is a ceiling that names no use
        if not (row.of_indication or for_all):
            return False
        return row.row.action == "avoid" or bool(row.row.maximum) if row.row.dose is None else _by_age(row.row)

    usual = {line for line in first if any(map(is_usual, lines[line]))}

    orders = tuple(filter(None, map(_orders, others if has_dose else ())))
    ordered = min(_ORDERS, _HEADINGS + sum(map(_lines, orders)))

    # the indication's usual doses and refusals, all of them; what else is for it, then what is to be avoided
    order = sorted(
        first, key=lambda at: (at not in usual, not first[at].of_indication, first[at].row.action != "avoid", at)
    )
    for line in order:
        for row in lines[line]:
            left -= _tall(row, over)
            over = row
        spare = left - (0 if first[line].of_indication else ordered)
        if spare < 0 and len(kept) >= least and line not in usual:
            break
        kept.add(line)
    left = max(left, min(ordered, _LEAST_ORDERS))
    for note in orders:
        tall = _lines(note) + (0 if notes else _HEADINGS)
        if tall <= left:
            left -= tall
            notes.append(note)
    notes.sort(key=lambda note: note.line)
    return Screenful(tuple(row for row in found.rows if row.row.line in kept), tuple(notes))


def _by_age(row: DoseRow) -> bool:
    """Whether a row names people by their age, disease or healthy kidneys, or not at all, and no drug taken too."""
    from druginfo.dosing.conditions import named_in

    people = row.population or ""
    if "others" in named_in(row.qualifier or ""):
        return False
    return {"ages", "normal kidney"}.issuperset(named_in(people)) and _TAKING.isdisjoint(words_in(people.lower()))


_TAKING = frozenset("taking receiving concomitant concomitantly".split())


def _tall(row: Row, over: Row | None) -> int:
    """Lines of a row, about, with the heading that it brings after another one."""
    label = ", ".join(filter(None, (row.row.indication, row.row.qualifier)))
    own = max(len(label) // _LABEL, len(row.row.text + (row.fit.reason or "")) // _TEXT) + 1
    return own + 2 * (over is None or (row.row.section, row.row.population) != (over.row.section, over.row.population))


_MOST_LIMITS = 3


def _limits(
    found: Sequence[tuple[int, str]], is_of_patient: Callable[[str], bool], quoted: Sequence[str]
) -> list[tuple[int, str]]:
    """What Usage says to limit the indication asked for, but for what was `quoted` and what is of other patients."""
    new = {*told_once([*quoted, *(text for _, text in found)])} - {*quoted}
    kept: list[tuple[int, str]] = []
    for line, text in found:
        if text in new and is_of_patient(text):
            parts = kept.pop()[1] if kept and kept[-1][0] == line and kept[-1][1].endswith(";") else ""
            kept.append((line, f"{parts} {text}".strip()))
    return kept[: max(1, _MOST_LIMITS - len(quoted))]


def _with_people(patient: Patient, wanted: str, regimens: Regimens) -> Patient:
    """The patient as one of the people whom an indication's words name ("ADHD in a child"), if doses are for them."""
    from druginfo.dosing.people import stages
    from druginfo.terms import asked

    whom = None if patient.population or patient.age else asked.whom(wanted)
    if whom is None:
        return patient
    named = {stage for row in regimens.rows for stage in stages(row.population or "")}
    if named.isdisjoint(stages(whom)):
        return patient
    return patient._replace(population=whom, given={**patient.given, "population": whom})


def _no_doses(monograph: Monograph) -> NotFound:
    from druginfo.dosing import dosage_sections

    dosage = topics.known("dosage")
    parts = dosage_sections(monograph) or (dosage and topics.about(monograph, dosage)[0])
    where = (
        f"Its words on dosage: `druginfo show {monograph.slug} dosage`." if parts else "It has no section on dosage."
    )
    return NotFound(f"The monograph of {monograph.title} has no doses that can be read. {where}", query=monograph.title)
