"""A table's rows → rows and notes: each statement of its cells (see `columns`) under the labels of its other cells, and
under the rows of one filled cell above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing import whom
from druginfo.dosing.columns import TableStatement, says_for_whom, table_statements, under_caption, with_unit
from druginfo.dosing.context import Context
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.labels import is_group
from druginfo.dosing.line import Line
from druginfo.dosing.pattern import codes
from druginfo.dosing.regimen import Regimen, read
from druginfo.dosing.rows import LONGEST_LINE, THERAPY, RowWriter, collapse, plain
from druginfo.dosing.statements import holds_dose, statements, whole_of
from druginfo.dosing.verdicts import makes_row
from druginfo.model import Action, Block, DoseRow, Section
from druginfo.terms import sentences
from druginfo.terms.asked import aims_in, is_excluded


class TableReader(RowWriter):
    """Reads the rows of a section's tables."""

    def __init__(
        self, section: Section, context: Context, vocabulary: IndicationWords, drug: OwnDrug, conditions: bool
    ) -> None:
        super().__init__(section, context, vocabulary, drug, conditions)
        self.groups: list[tuple[str, str]] = []
        """The labels of table rows with one filled cell over the rows below, outermost first, each with its kind."""
        self.nesting = False  # the row before was such a label
        self.titles: list[str] = []  # the header of the row before
        self.titled = False  # its first title is over the rows
        self.beside = ""  # the kind of the label that the row before begins with, under such labels
        self.spanning = ""  # the label of a table row, which holds for rows below where it is not said again
        self.introduction = ""  # the end of the paragraph before a table
        self.disease = ""  # what the last cell names of a column that says what the doses are for
        self.dosed: frozenset[int] = frozenset()  # the columns of a table that hold doses and verdicts
        self.partners: dict[int, str] = {}  # the rows of a table that are of a drug taken too, by their line
        self.marked: dict[str, list[DoseRow]] = {}  # the rows of the last table by the marks of footnotes in them
        self.caption = ""  # the caption of a table, or the title over it, which may name the unit of its figures

    def header(self, block: Block, following: Block | None) -> None:
        """Keep the header of a table without rows as a note; of any other its rows have it."""
        if following is None or following.kind != "row":
            self.note(" | ".join(map(plain, block.cells)), block.line)

    def table_row(self, block: Block) -> None:
        """Make rows or notes of one row of a table, or a label over the next ones."""
        context = self.context_at(block.depth)
        cells = [collapse(plain(cell)).lstrip("•● ") for cell in block.cells]
        header = [collapse(plain(cell)) for cell in block.header]
        filled = list(dict.fromkeys(cell for cell in cells if cell))
        if sum(map(len, cells)) > LONGEST_LINE:
            self.note(" ".join(filter(None, cells)), block.line)
            return
        if len(filled) == 1 and _FOOTNOTE.match(filled[0]) and self.tells_nothing(filled[0]):
            self.note(filled[0], block.line)
            return
        over = filled[0] if len(filled) == 1 and (cells[0] or len(list(filter(None, cells))) > 1) else ""
        if len(cells) > 1 and over and not self.says(over) and codes(r"[^\W\d]{2}").search(over):
            self.group(context, over)
            self.unused.append((len(self.rows), over, block.line, [over]))
            return
        if header != self.titles:
            self.titles = header.copy()
            self.titled = not all(map(says_for_whom, header)) and self.under_title(context, cells[0], header[0])
        if self.titled:
            header[0] = ""  # it is over the rows until the next group
        self.nesting = False
        shown = " | ".join(filter(None, cells))
        if cells[0]:
            self.spanning = "" if self.says(cells[0]) else cells[0]
        elif len(filled) > 1 and any(map(self.says, filled)):
            cells[0] = self.spanning
        if self.groups and self.is_another(cells[0]):
            self.groups = []
        self.beside = self.kind_of(context, [cells[0]]) if self.groups and cells[0] else ""
        first = len(self.rows)
        context = self.labelled(context, [label for _, label in self.groups])
        if len(filled) > 1:
            cells[0] = self.without_refusals(block.line, cells[0], context)
        self.cells(block.line, cells, header, context, shown)
        for mark in dict.fromkeys(_MARK.findall(" ".join(cells))):
            self.marked.setdefault(mark, []).extend(self.rows[first:])

    def without_refusals(self, number: int, cell: str, context: Context) -> str:
        """A label's cell without the sentences after its first that refuse the drug, which are rows of their own."""
        first, *more = sentences(cell)
        kept = [first]
        for each in more:
            reading = self.reading(each)
            if reading.action == "avoid":
                line = self.lined(each)
                self.row(line, whole_of(line), number, context, reading)
            else:
                kept.append(each)
        return " ".join(kept)

    def footnoted(self, context: Context, text: str, start: int) -> Context:
        """The context of what begins at `start` in a line of footnotes: for what and whom the sentence right after a
        mark is, the rows with that mark tell."""
        marks = list(_MARK.finditer(text, 0, start + 4)) if _MARK.match(text) else []
        if not marks or _SENTENCE.search(text, marks[-1].end(), max(start, marks[-1].end())):
            return context
        rows = self.marked.get(marks[-1][0], [])
        whats, whoms = (
            list(dict.fromkeys(each)) for each in ([r.indication for r in rows], [r.population for r in rows])
        )
        if whats and all(whats):
            context = context._replace(indication="; ".join(map(str, whats)))
        if whoms and all(whoms):
            context = context._replace(population="; ".join(map(str, whoms)))
        return context

    def under_title(self, context: Context, cell: str, title: str) -> bool:
        """Set the title of the first column over the rows, where it names people and the cells do not: "ADULTS:"."""
        line = self.lined(title.rstrip(": "))
        named = any(people.sense.group != "patients" for people in line.having("H"))
        over = (
            named
            and line.shape[-1] in "H4AB⟩"
            and is_group(title.rstrip(": "))
            and not (is_group(cell) or self.is_band(cell))
        )
        if over:
            self.group(context, title.rstrip(": "))
        return over

    def group(self, context: Context, label: str) -> None:
        """Set a label over the rows below: in place of those from the last one of its kind on, or of all; nested in
        them where it stands right below one, or beside rows of its kind: "Adults | 40 mg", then "Children" alone."""
        kind = self.kind_of(context, [label])
        kind = "" if kind == "indication" and not self.vocabulary.is_disease(label) else kind
        kinds = [each for each, _ in self.groups]
        if kind in kinds or not (self.nesting or (kind and kind == self.beside)):
            del self.groups[kinds.index(kind) if kind in kinds else 0 :]
        self.groups.append((kind, label))
        self.nesting, self.spanning = True, ""

    def is_another(self, label: str) -> bool:
        """Whether a row's label names another disease than the groups over it: "Treatment of sepsis" is not a kind of
        "Prophylaxis of sepsis following:", "Hip surgery" is."""
        over = " ".join(group for _, group in self.groups)
        named = self.vocabulary.is_disease(label) and self.vocabulary.is_indication(over)
        return named and (not over.endswith(":") or "Regimen:" in over[-8:].title() or THERAPY.match(label) is not None)

    def tells_nothing(self, footnote: str) -> bool:
        """Whether a footnote orders nothing and names no dose."""
        reading = self.reading(footnote)
        return reading.action in ("give", "note") and not (reading.dose or reading.maximum)

    def cells(self, number: int, cells: list[str], header: list[str], context: Context, shown: str) -> None:
        """Make rows of the cells of line `number`; where there are none, the whole row (`shown`) is a note."""
        found = table_statements(cells, header, self.dosed, self.drug)
        is_row = False
        left_over: list[TableStatement] = []
        for statement in found:
            below = self.below_cells(context, statement.labels)
            line = self.lined(statement.text)
            if number in self.partners and holds_dose(line, 0, len(line.items)):
                reading = Regimen(unsure=f"a dose of {self.partners[number]}")
                self.row(line, whole_of(line), number, below, reading, statement.bands)
                is_row = True
                continue
            ahead, dosed, rest = statement.text.partition(statement.dose)
            apart = dosed and not (ahead and rest)
            parts = statements(self.lined(statement.dose), self.drug) if apart else []
            banded = len(parts) == 1 and bool(parts[0].labels) and not ahead  # "10 to 20 kg: 10 mg" in one cell
            if not (len(parts) > 1 or banded) or not all(part.first < part.last for part in parts):
                whole = whole_of(line)
                reading = (
                    Regimen()
                    if _EQUATED.search(" ".join((self.introduction, *context.scope, *context.over)))
                    or _OF_PARTICIPANTS.search(" ".join(header))
                    else self.of_cells(statement)
                )
                if makes_row(line, whole, reading, below, self.drug):
                    self.row(line, whole, number, below, reading, statement.bands)
                    is_row = True
                else:
                    left_over.append(statement)
                continue
            is_row = True
            others = self.listed_with(statement.labels, len(parts))
            dose = self.lined(statement.dose)
            detail = self.lined(rest.strip())
            often = self.reading(ahead).frequency if ahead else None
            at = below = below.with_column("qualifier", ahead.strip(), self.vocabulary) if ahead else below
            has_second = holds_dose(detail, 0, len(detail.items))  # a second regimen in the column beside
            for part, of_another in zip(parts, others, strict=True):
                at = self.labelled(below, part.labels) if part.labels else at
                reading = read(dose, part.first, part.last, self.drug)
                reading = reading._replace(
                    frequency=reading.frequency or often, duration=statement.duration or reading.duration
                )
                if of_another:
                    reading = reading._replace(dose=None, maximum=None, action="note", unsure=None)
                text = None
                if part is parts[-1] and rest and not has_second:  # with its details
                    beside = self.reading(detail.text)
                    reading = reading._replace(
                        frequency=reading.frequency or beside.frequency, duration=reading.duration or beside.duration
                    )
                    text = statement.text[part.start :].strip()
                self.row(dose, part, number, at, reading, statement.bands, text)
            for further in statements(detail, self.drug) if has_second else ():
                self.row(detail, further, number, below, None, statement.bands)

        if not is_row:
            self.note(shown, number)
        for statement in left_over if is_row else ():
            self.note(statement.text, number)

    def of_cells(self, statement: TableStatement) -> Regimen:
        """A table row's statement: the dose from its own cell, with the header's unit where the cell has none."""
        if _HANDLED.search(statement.dose_header):
            return Regimen()  # a volume of diluent, a concentration
        whole = self.reading(statement.text)
        cell = self.reading(statement.dose) if statement.dose != statement.text else whole
        dose = cell.dose or with_unit(statement.dose, statement.dose_header)
        dose = dose or under_caption(statement.dose, statement.dose_header, self.caption)
        action = cell.action if cell.action != "note" else whole.action
        if action == "note":
            action = "give" if dose else self.share_of_dose(statement.dose, statement.dose_header)
        if _ADJUSTED.search(statement.dose_header) and statement.dose.strip(" .").lower() in _NONE:
            action = "no_adjustment"
        if action in ("note", "give") and _STEPPED.search(statement.dose_header):
            action = "increase"
        header = self.lined(statement.dose_header)
        unsure = cell.unsure or whole.unsure
        if not unsure and action in ("note", "give"):
            unsure = self.without_unit(statement, header)
        often = None
        if dose and "day" not in (dose.per or "") and self.is_daily(statement, whole.frequency or cell.frequency):
            dose = dose._replace(per="/".join(filter(None, (dose.per, "day"))))
        if dose and (statement.frequency or not holds_dose(header, 0, len(header.items))):
            often = self.reading(statement.frequency or statement.dose_header).frequency
            often = often or (None if cell.dose else self.reading(self.caption).frequency)
        return whole._replace(
            dose=dose,
            frequency=whole.frequency or cell.frequency or often,
            duration=statement.duration or whole.duration,
            condition=whole.condition if cell.condition in (whole.condition, None) else cell.condition,
            action=action,
            maximum=statement.maximum or whole.maximum,
            unsure=None if dose else unsure,
        )

    def share_of_dose(self, words: str, title: str) -> Action:
        """What a bare share orders below a title of shares of this drug's dose, "Per cent of the usual dose", or after
        such a share: "mild: 75% of the dose; severe: 50%"."""
        if not (share := codes(r"(\d{1,3})\s?%?(?:$|\D)").match(words.strip(" .:"))) or not SHARE.search(title):
            return "note"
        line = self.lined(title)
        of_other = any(self.drug.is_other(line, at - 1) for at in line.places("D", 1, len(line.items)))
        return "note" if of_other else "no_adjustment" if share[1] == "100" else "reduce"

    def is_daily(self, statement: TableStatement, often: str | None) -> bool:
        """Whether a cell is the dose of a day: its column is one of daily doses, and no frequency parts it."""
        daily = _DAILY.search(statement.dose_header)
        at_once = _AT_ONCE.match(often or statement.frequency or "")
        return daily is not None and bool(at_once or (daily["total"] and not often))

    def without_unit(self, statement: TableStatement, header: Line) -> str | None:
        """Why there is no dose in a cell of bare figures of a column of doses: nothing says in what they are, or they
        are several: "40+10"."""
        line = self.lined(statement.dose)
        bare = codes("(?P<figures>[nwN](?:[–o]n|(?P<sum>±n)+)?)(?P<often>,?2)?(?![^·])").match(line.shape)
        measured = (
            codes("D(?!.*%)|[uv]").search(header.shape)
            if bare and bare["sum"]
            else codes("D(?!.*%)").search(header.shape)
        )
        if not bare or not (bare["often"] or measured):
            return None
        words = line.words(0, bare.end("figures"))
        return (
            f"“{words}” is not read" if bare["sum"] or line.shape[0] == "N" else f"the unit of “{words}” is not certain"
        )

    def below_cells(self, context: Context, labels: Sequence[tuple[str, str]]) -> Context:
        """The context below a row's label cells.

        A column of doses for treatment under a heading of prophylaxis is not for what the heading names, nor the other
        way round.
        """
        for kind, label in labels:
            if context.indication and _AIM.match(label) and is_excluded(aims_in(label), aims_in(context.indication)):
                context = context._replace(indication=None)
            of_group = context.indication in [group for _, group in self.groups]
            if kind == "indication" and self.is_band(label):  # "Epilepsy Under 6 yr", then "6-12 yr" below it
                kind = "qualifier"
                context = context if of_group else context._replace(indication=self.disease or context.indication)
            elif kind == "indication":
                line = self.lined(label)
                whom_at = next(iter(line.places("H4<>RW⟨", 1, len(line.items))), 0)
                self.disease = line.words(0, whom_at).rstrip(" ,") if whom_at else label
                kind = "qualifier" if of_group and context.indication else kind
            context = context.with_column(kind, label, self.vocabulary)  # type: ignore[arg-type]
        return context

    def is_band(self, label: str) -> bool:
        """Whether a label begins with an age, a weight or a range for the kidney, and names no disease."""
        line = self.lined(label)
        is_range = line.shape.lstrip("<>")[:1] == "4" and whom.bands(line, 0, len(line.items), label=True)
        return bool(is_range) and not self.vocabulary.is_disease(label)

    def listed_with(self, labels: Sequence[tuple[str, str]], count: int) -> list[bool]:
        """Which statements of a cell are another drug's, where a label cell lists as many drugs: "A; B", "1 g; 2 g"."""
        for _, label in labels:
            listed = label.split("; ")
            if count > 1 and len(listed) == count:
                return [self.drug.is_other(self.lined(drug), 0) for drug in listed]
        return [False] * count


_AIM = re.compile(
    r"(?:recommended\s+)?(?:treatment|therap\w+|prophyla\w+|prevent\w+|maintenance|induction)\s+(?:dos\w+|regimen|schedule)",
    re.I,
)
"""The title of a column of doses with one aim: "Prophylaxis Dosage for 10 days"."""

_MARK = re.compile(r"\[\w\]")
_SENTENCE = re.compile(r"[.;]\s")
_FOOTNOTE = re.compile(r"(?:\[\d+\]|[*†‡§¶]+|\(\d\))\s*\S")
_HANDLED = re.compile(
    r"dilut|reconstitut|saline|diluent|concentration|infusate|vehicle|\bwater\b|bottles?\b|compound|equivalen|\bcapsules\b.*strength"
    r"|\bper\s+(?:\w+\s+)?course\b",
    re.I,
)
_EQUATED = re.compile(r"\bequivalent\s+(?:\w+\s+)?(?:dos(?:es|age)|exposure)\b|\bdos\w+\s+equivalen", re.I)
_OF_PARTICIPANTS = re.compile(r"\bN\s*=\s*\d")
"""A header that counts a trial's participants: the doses below it were given in the trial, they are no order."""
_DAILY = re.compile(r"\b(?P<total>total\s+)?daily\s+(?:\w+\s+)?dos(?:e|age)\b|\bdos(?:e|age)\s+(?:per|a)\s+day\b", re.I)
_AT_ONCE = re.compile("$|once|daily|in |divided|single", re.I)
_ADJUSTED = re.compile("adjust|modif|chang", re.I)
_NONE = frozenset({"none", "no", "nil", "not needed", "not required", "unchanged"})
_STEPPED = re.compile("increment|titration step", re.I)
SHARE = re.compile(r"(?:per\s?cent\w*|%|fraction)\s+of\b.*\bdos|\bdos\w+\s*\(%\)", re.I)
