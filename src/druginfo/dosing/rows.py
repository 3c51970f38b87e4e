"""A statement under its labels → a row: what it says itself, and of whom, for which its sentence and the labels over it
count too. What makes no row is a note; both are kept here in document order.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from druginfo.dosing import whom
from druginfo.dosing.conditions import beside_what, whom_first
from druginfo.dosing.context import Context
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.figures import SORTS, Over, Who, conditions_in, of_statement
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.labels import heading_label, is_group, is_of_studies
from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.people import EVERYBODY, stages
from druginfo.dosing.regimen import Regimen, read, read_text, route_of
from druginfo.dosing.statements import AMOUNT, Clause, holds_dose, says_in
from druginfo.markup import plain as without_marks
from druginfo.model import OF_OTHER_DRUG, Condition, DoseNote, DoseRow, Section


def collapse(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def plain(markdown: str) -> str:
    """Markdown without its marks, entities decoded: "&lt;30" is "<30"."""
    text = without_marks(markdown)
    return html.unescape(text) if "&" in text else text


_CAPPED_FOR = re.compile(r"[^;·]*?[16][^;·]*?,[ûao]{0,2}M[^;·,1]{0,6}1[2T]?(?=#)")
""" "10 mg daily, not to exceed 20 mg in the elderly": the people after a ceiling may be those of the ceiling alone."""
_NEXT_CAP = re.compile(r"[,;]?[&ø]1[2T]?#")
""" "… or 100 mg in children": each ceiling has its own people, and the dose before them is for all."""
_OF_ONE = "it gives the amount of one ingredient of several"
_DOSES_OF = re.compile("(?:^|(?<=·))[zdVaT]*D+O[zx]")
LONGEST_LINE = 20_000
"""Characters: a longer line is not taken apart."""
THERAPY = re.compile(
    r"(?:treatment|prophylaxis|prevention|reduction|maintenance|management|induction|relief|eradication)\b", re.I
)


class RowWriter:
    """The rows and notes of a section so far; `levels` holds the context below each open list item."""

    def __init__(
        self, section: Section, context: Context, vocabulary: IndicationWords, drug: OwnDrug, conditions: bool
    ) -> None:
        self.section = section
        self.conditions = conditions
        """Whether rows have them."""
        self.base = context
        self.vocabulary = vocabulary
        self.drug = drug
        self.levels: list[tuple[int, Context]] = []
        self.rows: list[DoseRow] = []
        self.notes: list[DoseNote] = []
        self.unused: list[tuple[int, str, int, list[str]]] = []  # rows before, text, line and labels of label lines
        self.excluded: list[Condition] = []
        self.below: dict[tuple[Context, str], Context] = {}  # what was found to be below a label

    def context_at(self, depth: int) -> Context:
        """What the labels over a line say of it; those nested as deep or deeper (`depth`) end here."""
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()
        return self.levels[-1][1] if self.levels else self.base

    def lined(self, text: str) -> Line:
        """A text read into items, with the names of this drug known."""
        return read_line(text, self.drug.words)

    def kind_of(self, context: Context, labels: Sequence[str]) -> str:
        """What a label is: `indication`, `population` (people and bands), `phase` ("Maintenance"), "" for any other."""
        if THERAPY.fullmatch(labels[-1].strip(" :")):
            return "phase"  # "Prophylaxis" under a title that names the disease
        below = self.labelled(context, labels)
        line = read_line(labels[-1])
        if below.indication != context.indication:
            return "indication"
        if below.population != context.population or whom.bands(line, 0, len(line.items), label=True):
            return "population"
        return "phase" if codes("[dDM]").match(line.shape) else ""

    def labelled(self, context: Context, labels: Sequence[str]) -> Context:
        """What lines below some labels, outermost first, have over them."""
        for label in labels:
            below = self.below.get((context, label))
            if below is None:
                below = self.below[context, label] = context.with_label(label, self.vocabulary)
            context = below
        return context

    def says(self, text: str) -> bool:
        """Whether a text says something that a row is made of: a dose or a verdict."""
        return says_in(text, self.drug)

    def reading(self, text: str) -> Regimen:
        """The regimen that a text says of this drug."""
        return read_text(text, self.drug)

    def row(
        self, line: Line, statement: Clause, number: int, context: Context, reading: Regimen | None = None,
        cells: Sequence[str] = (), text: str | None = None,
    ) -> None:  # fmt: skip
        """Add a row. `cells` are a table row's label cells as their headers complete them: a grade in one and its
        figures in the next are one reading."""
        context = context.narrowed(line.text[statement.start : statement.end])
        nearest = (context.qualifier or "").rsplit("; ", 1)[-1]
        cap = is_cap(context)
        if reading is None or (cap and not cells):
            reading = read(line, statement.first, statement.last, self.drug, capped=cap)
        if self.drug.partners and (of_one := self.of_partners(line, statement)):
            if reading.dose and reading.dose.text in of_one:
                reading = reading._replace(dose=None, unsure=_OF_ONE)
            if reading.maximum and sum(amount in reading.maximum for amount in of_one) == 1:
                reading = reading._replace(maximum=None, unsure=_OF_ONE)
        if reading.dose and self.is_of_other(line, statement):
            reading = reading._replace(dose=None, unsure=OF_OTHER_DRUG)
        if cap and reading.dose and reading.dose.low is not None and cells:
            whole = read(line, statement.first, statement.last, self.drug, capped=True).maximum or ""
            maximum = whole if whole.startswith(reading.dose.text) else reading.dose.text
            reading = reading._replace(dose=None, maximum=maximum)
        if cap and reading.action in ("give", "increase"):
            reading = reading._replace(action="note")
        if is_of_studies(nearest):
            reading = reading._replace(dose=None, action="note")
        above = over_row(context, tuple(cells))
        goes_on = reading.action == "increase" or (
            reading.action == "reduce" and holds_dose(line, statement.first, statement.last)
        )
        its_own: list[Condition] = []
        first, last = statement.first, statement.last
        capped = _CAPPED_FOR.match(line.shape, first, last) if reading.dose and reading.maximum else None
        if capped and _NEXT_CAP.match(line.shape, last):
            last = capped.end()
        if self.conditions or goes_on:
            its_own = conditions_in(line, first, last, above)
            if capped and last != capped.end():
                its = conditions_in(line, first, capped.end(), above)
                its_own = [c if c in its else c._replace(read=False) for c in its_own]
            goes_on = goes_on and not any(c.bands or not EVERYBODY.fullmatch(c.text) for c in its_own)
        leading = _leading(line, statement, goes_on=goes_on)
        if leading:
            its_own = conditions_in(line, first, last, above, leading)
        who = of_statement(line, first, capped.end() if capped else last, above, leading or statement.shared)
        if context.criteria:
            who = who._replace(age=None, weight=None)
        over_it = above.conditions if leading or self.conditions else []
        if statement.shared:
            # it may be of the last alternative alone: "5 mg, or 10 mg in patients over 80 kg"
            its_own += [c._replace(read=False) for c in conditions_in(line, *statement.shared, above) if c.bands]
        if leading:
            known = {c.kind for c in (*its_own, *(c for c in over_it if c.text in line.text))}
            apart = whom.tells_apart(line, statement.first, statement.last)
            shared = [
                c._replace(read=c.read and not (SORTS.get(c.kind) in apart and (c.bands or stages(c.text))))
                for c in conditions_in(line, *leading, above)
                if c.kind not in known
            ]
            of_whom, *shared = whom_first(line.words(*leading), shared, leads=True)
            if of_whom.text and of_whom.text not in [c.text for c in (*over_it, *shared)] and "population" not in known:
                shared.append(of_whom)
            if known.isdisjoint(("renal", "hepatic")) and not any(
                beside_what(line.text[statement.start : statement.end])
            ):
                shared += beside_what(line.words(*leading))
            its_own += shared
            groups = (c.text for c in shared if c.kind == "population")
            group = next((text for text in groups if not codes(r"(?:^|\b(?:or|and) )patients$").search(text)), None)
            if (group and group in of_whom.text) or leading[1] <= _sentence(line, statement.first):
                group = of_whom.text or group
            context = context._replace(population=context.population or group)
            own_way = "é" in line.shape[statement.first : statement.last]  # "… IV, then as an infusion"
            if not (own_way or reading.route) and leading[0] == _sentence(line, statement.first):
                reading = reading._replace(route=route_of(line, *leading))
        conditions = (*over_it, *its_own)
        if reading.action == "avoid" and _EXCLUDES.match(line.shape, statement.first, statement.last):
            self.excluded += [c._replace(excludes=True) for c in its_own if c.kind == "age" and c.read]
        if reading.route is None:
            reading = reading._replace(route=above.route)
        words = (
            (text if text is not None else line.text[statement.start : statement.end])
            .strip()
            .lstrip("/ ")
            .rstrip("; /•")
        )
        self.add(words, number, context, reading, who, conditions)

    def of_partners(self, line: Line, statement: Clause) -> list[str]:
        """The amounts that are of one of a combination's ingredients, in words."""
        amounts = line.places("1", statement.first, statement.last)
        return [line.words(at, at + 1) for at in amounts if self.drug.of_partner(line, at)]

    def is_of_other(self, line: Line, statement: Clause) -> bool:
        """Whether a sentence before began with the doses of another drug, and none since names this one: "Schedules of
        prednisone vary. One center started with 200 mg"."""
        begin = line.shape.rfind("j", 0, statement.last) + 1
        sentences_before = _DOSES_OF.finditer(line.shape, begin, _sentence(line, statement.first))
        return any(self.drug.is_other(line, each.end() - 1) for each in sentences_before)

    def add(
        self, text: str, number: int, context: Context, reading: Regimen, who: Who, conditions: tuple[Condition, ...]
    ) -> None:
        """Add a row as it is read, of line `number`."""
        self.rows.append(
            DoseRow(
                text, number, self.section.key, context.indication, context.population, context.qualifier,
                reading.action, reading.dose, reading.route, reading.frequency, reading.duration, reading.maximum,
                reading.condition, *who, reading.unsure, conditions if self.conditions else (),
            )
        )  # fmt: skip

    def note(self, text: str, line: int) -> None:
        """Keep a text of the section that is no row, unless it is empty."""
        if text.strip():
            self.notes.append(DoseNote(text, line, self.section.key))


def _leading(line: Line, statement: Clause, *, goes_on: bool) -> tuple[int, int] | None:
    """The words before the first dose of the sentence that a statement is cut from: they say for whom all of its parts
    are. What only changes a dose goes on from the sentence before it: "Over 40 kg, start with 1 g. Increase by …"."""
    if statement.labels:
        return None
    begin = _sentence(line, statement.first)
    if named := _these(line, begin, statement.last):
        return named
    if amount := AMOUNT.search(line.shape, begin, statement.first):
        return (begin, amount.start()) if amount.start() > begin else None
    for _ in range(3):
        if not (goes_on and begin):
            break
        end, begin = begin, _sentence(line, begin - 1)
        amount = AMOUNT.search(line.shape, begin, end)
        if _WHOM.search(line.shape, begin, amount.start() if amount else end):
            return (begin, amount.start()) if amount else None
        goes_on = any(verb.sense.does in ("increase", "reduce") for verb in line.having("V", begin, end))
    return None


def _these(line: Line, begin: int, last: int) -> tuple[int, int] | None:
    """Whom "in these patients" takes up: of the sentences before, the nearest that names people."""
    items = line.items[begin:last]
    takes_up = any(
        one.word in ("these", "such", "this") and (two.code == "H" or two.word in _GROUPS)
        for one, two in pairwise(items)
    )
    while takes_up and begin:
        end, begin = begin, _sentence(line, begin - 1)
        compared = next((at for at in range(begin, end) if line.items[at].word in ("than", "as")), end)
        if _WHOM.search(line.shape, begin, compared):
            return begin, compared
    return None


_GROUPS = frozenset("group groups population populations".split())


def _sentence(line: Line, at: int) -> int:
    """Where the sentence begins that an item is in."""
    while at and line.shape[at - 1] != "·":
        at -= 1
    return at


_WHOM = re.compile("[HKLERWg]")


@lru_cache(maxsize=512)
def over_row(context: Context, cells: tuple[str, ...]) -> Over:
    """All labels and headings over a statement, nearest first: a nearer one does not erase what an outer one says of
    whom. A label's group is nearer than any heading, a heading's is where its heading is."""
    beside = ["; ".join(cells)] if cells else []  # a grade in one cell and its figures in the next are one reading
    titles = {heading_label(title) for title in context.headings}  # these are where their heading is
    found = [
        *beside,
        *reversed(context.over),
        *(part for part in reversed((context.qualifier or "").split("; ")) if part not in titles),
    ]
    headed, others = _headed(context.headings, context.population or "", context.indication or "", context.scope)
    return Over(tuple(filter(None, dict.fromkeys((*found, *headed)))), context.indication, others)


@lru_cache(maxsize=512)
def _headed(
    headings: tuple[str, ...], population: str, indication: str, scope: tuple[str, ...]
) -> tuple[list[str], set[str]]:
    """The keys of a row and the headings, nearest first; and those headings that name other people."""
    keys = (population, indication)
    labels = list(map(heading_label, headings))
    titled = {label: title for title, label in zip(headings, labels, strict=True) if label in keys}
    found = [*(key for key in keys if key not in titled), *reversed(scope)]
    for title in reversed(headings):
        found += [*(key for key in keys if titled.get(key) == title), title]
    others = {title for title, label in zip(headings, labels, strict=True) if is_group(label)} if population else set()
    return found, others - {titled.get(population)}


def is_cap(context: Context) -> bool:
    """Whether the nearest label says that what it stands over is a maximum."""
    return context.qualifier is not None and _MAXIMUM.match(context.qualifier.rsplit("; ", 1)[-1]) is not None


_MAXIMUM = re.compile(r"(?:\w+\s+)?(?i:max(?:imum|imal|\.)?)(?![a-z])")
_EXCLUDES = re.compile(r"Z(?:V|FV?|z)F?[^1678,;]{0,6}4[g·]*$|JZV")
"""How a statement begins that leaves people out: "Not intended for children under 3 years"."""
