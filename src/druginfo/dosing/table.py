"""Dosage section → rows and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from druginfo.dosing import bands, words
from druginfo.dosing.columns import Column, TableStatement, table_statements
from druginfo.dosing.labels import Vocabulary, heading_kind, heading_label, label_kind
from druginfo.dosing.quantities import amounts, with_unit
from druginfo.dosing.regimen import Regimen, read_regimen, route
from druginfo.dosing.signs import Pattern, collapse
from druginfo.dosing.statements import Statement, holds_dose, read_line, says
from druginfo.markup import plain
from druginfo.model import Band, Block, DoseNote, DoseRow, Hepatic, Monograph, Regimens, Renal, Section

_DOSAGE = Pattern(r"\b(?:dosage|dosing|posology|doses?)\b", re.I)
_NOT_DOSAGE = Pattern(r"\b(?:forms?|strengths?|supplied|overdos\w+)\b", re.I)
_SPECIAL = Pattern(
    r"special|specific|populations?|impairment|renal|hepatic|kidney|liver|elderly|geriatric|considerations",
    re.I,
)
_ADJUSTING = Pattern(r"adjust|modif|interact|co-?administ|toxicit|adverse|reduction|levels", re.I)
_HANDLING = Pattern(
    r"^(?:\d+(?:\.\d+)*\s+)?(?:(?:method|mode|route)s?\s+of\s+)?(?:administration|preparation|reconstitution|storage|monitoring|handling|missed\s+dose|premedication|"
    r"compatib|instructions|how\s+to|important\s+administration|switching|overdos)",
    re.I,
)


class Context(NamedTuple):
    """The labels over a statement, and what the headings say of it."""

    population: str | None = None
    indication: str | None = None
    qualifier: str | None = None
    labelled: bool = False
    """A list label, not only a heading, gave the population or the indication."""
    special: bool = False
    adjusting: bool = False
    handling: bool = False
    criteria: bool = False
    """Criteria are listed of which some must be met: no one of them is a band."""
    headings: tuple[str, ...] = ()

    def with_column(self, kind: Column, label: str, vocabulary: Vocabulary) -> Context:
        """The context of a table row with one more label cell."""
        if kind == "population":
            return self._replace(population=label, labelled=True)
        if kind == "indication":
            return self._replace(indication=label, labelled=True)
        if kind == "qualifier":
            return self._replace(qualifier=_join(self.qualifier, label), labelled=True)
        return self.with_label(label, vocabulary)

    def with_label(self, label: str, vocabulary: Vocabulary) -> Context:
        """The context below one more label."""
        kind = label_kind(
            label,
            vocabulary,
            special=self.special,
            adjusting=self.adjusting,
            nested=self.labelled,
            has_population=self.population is not None,
            has_indication=self.indication is not None,
        )
        if kind == "population":
            return self._replace(population=label, labelled=True)
        if kind == "indication":
            return self._replace(indication=label, labelled=True)
        joined = f"{self.qualifier}; {label}" if self.qualifier else label
        return self._replace(qualifier=joined, labelled=True)


def read_dosing(monograph: Monograph) -> Regimens:
    """The rows and notes of a monograph's Dosage section, in document order.

    Every block of the section is in rows or notes once; a label alone is in the rows below it. A monograph without the
    section has neither.
    """
    vocabulary = Vocabulary(monograph)
    names = frozenset(w.lower() for name in monograph.names for w in re.findall(r"[A-Za-z][A-Za-z-]+", name.name))
    rows: list[DoseRow] = []
    notes: list[DoseNote] = []
    for section, context in _contexts(dosage_sections(monograph), vocabulary):
        reader = _SectionReader(section, context, vocabulary, names)
        reader.read()
        rows += reader.rows
        notes += reader.notes
    return Regimens(tuple(rows), tuple(notes))


def dosage_sections(monograph: Monograph) -> list[Section]:
    """The top-level section about dosage and its subsections."""
    found: list[Section] = []
    inside: int | None = None
    for section in monograph.sections:
        top = "/" not in section.key and section.level
        if top and (inside is None or section.level <= inside):
            is_dosage = _DOSAGE.search(section.title) and not _NOT_DOSAGE.search(section.title) and section.level <= 2
            inside = section.level if is_dosage else None
        if inside is not None:
            found.append(section)
    return found


def _contexts(sections: Sequence[Section], vocabulary: Vocabulary) -> Iterator[tuple[Section, Context]]:
    path: list[tuple[int, Context]] = []
    for section in sections:
        while path and path[-1][0] >= section.level:
            path.pop()
        above = path[-1][1] if path else Context()
        context = _below_heading(above, section.title, vocabulary) if path else above._replace(headings=())
        path.append((section.level, context))
        yield section, context


def _below_heading(above: Context, title: str, vocabulary: Vocabulary) -> Context:
    kind, label = heading_kind(title, vocabulary), heading_label(title)
    context = above._replace(
        special=above.special or bool(_SPECIAL.search(title) or _ADJUSTING.search(title)),
        adjusting=above.adjusting or (bool(_ADJUSTING.search(title)) and not _SPECIAL.search(title)),
        handling=bool(_HANDLING.match(title)) or above.handling,
        headings=(*above.headings, title),
    )
    if kind == "population":
        return context._replace(population=label)
    if kind == "indication":
        return (
            context._replace(qualifier=_join(above.qualifier, label))
            if above.indication
            else context._replace(indication=label)
        )
    if kind == "qualifier":
        return context._replace(qualifier=_join(above.qualifier, label))
    return context


def _join(first: str | None, second: str) -> str:
    return f"{first}; {second}" if first else second


class _SectionReader:
    """Reads one section's blocks in order; `levels` holds the context below each open list item."""

    def __init__(self, section: Section, context: Context, vocabulary: Vocabulary, names: frozenset[str]) -> None:
        self.section = section
        self.base = context
        self.vocabulary = vocabulary
        self.names = names
        self.levels: list[tuple[int, Context]] = []
        self.rows: list[DoseRow] = []
        self.notes: list[DoseNote] = []
        self.group: str | None = None  # the label that a table row with one filled cell sets over the rows below it
        self.unused: list[tuple[int, str, int, list[str]]] = []  # rows before, text, line and labels of label lines

    def read(self) -> None:
        blocks = [b for b in self.section.blocks if b.kind != "rule"]
        for i, block in enumerate(blocks):
            before = blocks[i - 1] if i else None
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            if block.kind == "code":
                self.note(collapse(block.text), block.line)
            elif block.kind == "header":
                self.header(block, following)
            elif block.kind == "row":
                if before is None or before.kind != "row":
                    self.group = None
                self.table_row(block)
            else:
                self.line(block, before, following)
        self.keep_unused_labels()

    def context_at(self, depth: int) -> Context:
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()
        return self.levels[-1][1] if self.levels else self.base

    # ------------------------------------------------------------ lists and paragraphs

    def line(self, block: Block, before: Block | None, following: Block | None) -> None:
        text = collapse(plain(block.text))
        if not text:
            return
        statements = list(read_line(_with_colon(block.text)))
        leads = _leads(block, following)
        if len(statements) == 1 and (leads or _is_bold(block.text)) and _is_bare_label(statements[0].text):
            statements = [Statement((*statements[0].labels, statements[0].text), "", 0)]
        stands_over = leads or (block.kind != "item" and _is_bold(block.text))
        depth = block.depth if block.kind == "item" else block.depth - 1  # a paragraph's label is over its neighbours
        ends_list = block.kind != "item" and before is not None and before.kind in ("item", "row")
        context = self.context_at(depth if stands_over or ends_list else block.depth)
        if not any(s.text for s in statements):
            labels = [label for s in statements for label in s.labels]
            if stands_over and not context.handling:
                self.levels.append((depth, self.labelled(context, labels)))
                self.unused.append((len(self.rows), text, block.line, labels))
            else:
                self.note(text, block.line)
            return
        if self.is_dosing(block, context, statements):
            below = self.statements(block, text, context, statements)
        else:
            self.prose(block, text, context, statements)
            below = self.labelled(context, statements[0].labels)
        if text.endswith(":") and bands.either(text):
            below = below._replace(criteria=True)
        if block.kind == "item" or (leads and text.endswith(":")):
            self.levels.append((depth, below))

    def is_dosing(self, block: Block, context: Context, statements: Sequence[Statement]) -> bool:
        """Whether every statement of the line is a row: so in list items and behind labels, not in prose."""
        if context.handling:
            return False
        if any(s.labels for s in statements):
            return True
        return block.kind == "item" and not all(words.HANDLING.match(s.text) for s in statements)

    def keep_unused_labels(self) -> None:
        """Note the labels that no row below them carries, so that no line is lost."""
        for first, text, line, labels in self.unused:
            if not any(_carries(row, labels) for row in self.rows[first:]):
                self.note(text, line)
        self.notes.sort(key=lambda note: note.line)

    def labelled(self, context: Context, labels: Sequence[str]) -> Context:
        for label in labels:
            context = context.with_label(label, self.vocabulary)
        return context

    def statements(self, block: Block, text: str, above: Context, statements: Sequence[Statement]) -> Context:
        """Rows for the statements of a line; returns the context for what is nested in it."""
        below = context = above
        seen = False
        chain: tuple[str, ...] = ()
        for statement in statements:
            if statement.labels:
                chain = _continued(chain, statement.labels)
                context = self.relabelled(above, below if seen else above, chain)
                if not seen:
                    below = context
            seen = True
            line = _line_of(block, text, statement.start)
            if statement.text:
                self.row(statement.text, line, context)
            else:
                self.note(": ".join(statement.labels) + ":", line)
        return below

    def relabelled(self, above: Context, first: Context, labels: Sequence[str]) -> Context:
        """A later label of the line takes the place of the earlier one of its kind."""
        fresh = self.labelled(above, labels)
        if first is above:
            return fresh
        if fresh.indication != above.indication:
            if first.indication not in (None, above.indication) and not self.vocabulary.is_known(
                fresh.indication or ""
            ):
                return first._replace(qualifier=_join(above.qualifier, "; ".join(labels)))
            return first._replace(
                indication=fresh.indication,
                population=fresh.population if fresh.population != above.population else first.population,
                qualifier=fresh.qualifier,
            )
        if fresh.population != above.population:
            return first._replace(population=fresh.population, qualifier=fresh.qualifier)
        return first._replace(qualifier=fresh.qualifier)

    def prose(self, block: Block, text: str, context: Context, statements: Sequence[Statement]) -> None:
        """A paragraph: rows for its regimens, one note for each run of other sentences."""
        told = 0  # up to where the text stands in rows and notes
        for statement in statements:
            reading = self.reading(statement.text)
            if not statement.text or not _is_regimen(statement.text, reading, context):
                continue
            begin = statement.start - sum(len(label) + 2 for label in statement.labels)
            self.remark(block, text, told, max(begin, told))
            labelled = self.labelled(context, statement.labels)
            self.row(statement.text, _line_of(block, text, statement.start), labelled, reading)
            told = statement.start + len(statement.text)
        self.remark(block, text, told, len(text))

    def remark(self, block: Block, text: str, begin: int, end: int) -> None:
        """A note of what stands between two rows."""
        between = text[begin:end].strip().lstrip(";").lstrip()
        if re.search(r"\w", between):
            self.note(between, _line_of(block, text, begin))

    # ------------------------------------------------------------ tables

    def header(self, block: Block, following: Block | None) -> None:
        if following is None or following.kind != "row":
            self.note(" | ".join(map(plain, block.cells)), block.line)

    def table_row(self, block: Block) -> None:
        context = self.context_at(block.depth)
        cells = [collapse(plain(cell)) for cell in block.cells]
        header = [collapse(plain(cell)) for cell in block.header]
        header += [""] * (len(cells) - len(header))
        filled = dict.fromkeys(cell for cell in cells if cell)
        if len(cells) > 1 and len(filled) == 1 and not says(cells[0]) and re.search(r"[^\W\d]{2}", cells[0]):
            self.group = cells[0]
            self.unused.append((len(self.rows), cells[0], block.line, [cells[0]]))
            return
        if self.group:
            context = self.labelled(context, [self.group])
        self.cells(block.line, cells, header, context)

    def cells(self, line: int, cells: list[str], header: list[str], context: Context) -> None:
        for statement in table_statements(cells, header):
            below = context
            for kind, label in statement.labels:
                below = below.with_column(kind, label, self.vocabulary)
            parts = list(read_line(statement.text)) if statement.text == statement.dose else []
            if len(parts) < 2 or not all(part.text for part in parts):
                self.row(statement.text, line, below, _read_cells(statement, self.names), statement.bands)
                continue
            context = below
            for part in parts:
                context = self.labelled(below, part.labels) if part.labels else context
                self.row(part.text, line, context, cells=statement.bands)

    # ------------------------------------------------------------ rows and notes

    def reading(self, text: str) -> Regimen:
        return read_regimen(text, self.names)

    def row(
        self, text: str, line: int, context: Context, reading: Regimen | None = None, cells: Sequence[str] = ()
    ) -> None:
        """Add a row. `cells` are a table row's label cells as their headers complete them."""
        reading = _capped(reading or self.reading(text), text, context.qualifier)
        labels = [*cells, *(label for label in _labels_over(context))]
        age, weight = (None, None) if context.criteria else _nearest_bands(text, labels)
        self.rows.append(
            DoseRow(
                text=text,
                line=line,
                section=self.section.key,
                indication=context.indication,
                population=context.population,
                qualifier=context.qualifier,
                action=reading.action,
                dose=reading.dose,
                route=reading.route or next((r for r in map(_route_of_label, labels) if r), None),
                frequency=reading.frequency,
                duration=reading.duration,
                maximum=reading.maximum,
                condition=reading.condition,
                age=age,
                weight=weight,
                renal=_nearest_renal(text, labels),
                hepatic=_nearest_hepatic(text, labels),
            )
        )

    def note(self, text: str, line: int) -> None:
        if text.strip():
            self.notes.append(DoseNote(text, line, self.section.key))


def _labels_over(context: Context) -> list[str]:
    """Labels over a statement, nearest first."""
    qualifiers = reversed((context.qualifier or "").split("; "))
    found = [*qualifiers, context.population, context.indication, *reversed(context.headings)]
    return list(dict.fromkeys(label for label in found if label))


def _route_of_label(label: str) -> str | None:
    """The route that a label names; one that joins several things ("Topical and eye") is no one's."""
    return None if re.search(r"\band\b|&", label) else route(label)


def _without_asides(text: str) -> str:
    """The statement without parentheses that hold another dose: "300 mg (150 mg if <50 kg)"."""
    return re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]) if holds_dose(m[0]) else m[0], text)


def _nearest_bands(text: str, labels: Sequence[str]) -> tuple[Band | None, Band | None]:
    """Age and weight, each from the statement or the nearest label that names it."""
    age = weight = None
    if labels and bands.either(labels[0]):
        return None, None
    text = _without_asides(text)
    if not bands.either(text):
        age, weight = bands.age(text, label=False), bands.weight(text, label=False)
        if (
            age
            and weight
            and re.search(r"\bor\b(?!\s+(?:more|older|less|younger|over|above|greater|equal))", text, re.I)
        ):
            return None, None
    for label in labels:
        if bands.either(label):
            break
        age = age or bands.age(label, label=True)
        weight = weight or bands.weight(label, label=True)
    return age, weight


def _nearest_renal(text: str, labels: Sequence[str]) -> Renal | None:
    in_context = _about(labels) == "renal"
    told = (_without_asides(text), *labels)
    return next((r for r in (bands.renal(t, in_context=in_context) for t in told) if r), None)


def _nearest_hepatic(text: str, labels: Sequence[str]) -> Hepatic | None:
    in_context = _about(labels) == "hepatic"
    return next((h for h in (bands.hepatic(t, in_context=in_context) for t in (text, *labels)) if h), None)


def _about(labels: Sequence[str]) -> str | None:
    """The organ that the nearest label is about; None where a label names both or none does."""
    for label in labels:
        renal, hepatic = bands.RENAL_WORDS.search(label), bands.HEPATIC_WORDS.search(label)
        if renal or hepatic:
            return None if renal and hepatic else "renal" if renal else "hepatic"
    return None


def _capped(reading: Regimen, text: str, qualifier: str | None) -> Regimen:
    """Under a label "Maximum" an exact dose is the ceiling and no dose."""
    if not qualifier or not reading.dose or reading.dose.low is None or reading.maximum:
        return reading
    if not re.match(r"(?:\w+\s+)?max(?:imum|imal)?\b", qualifier.rsplit("; ", 1)[-1], re.I):
        return reading
    at = text.find(reading.dose.text)
    tail = re.search(r"[.;,(]", text[at + len(reading.dose.text) :])
    end = at + len(reading.dose.text) + tail.start() if tail else len(text)
    return reading._replace(dose=None, maximum=text[at:end].strip())


def _read_cells(statement: TableStatement, names: frozenset[str]) -> Regimen:
    """A table row's statement: the dose from its own cell, with the header's unit where the cell has none."""
    whole = read_regimen(statement.text, names)
    cell = read_regimen(statement.dose, names) if statement.dose != statement.text else whole
    dose = cell.dose or with_unit(statement.dose, statement.dose_header)
    action = cell.action if cell.action != "note" else whole.action
    if re.search(r"adjust|modif|chang", statement.dose_header, re.I) and re.fullmatch(
        r"\W*(?:none|no|nil|not\s+needed|not\s+required|unchanged)\W*", statement.dose, re.I
    ):
        action = "no_adjustment"
    return whole._replace(
        dose=dose,
        action="give" if dose and action == "note" else action,
        maximum=statement.maximum or whole.maximum,
    )


def _is_regimen(text: str, reading: Regimen, context: Context) -> bool:
    """Whether a sentence of prose is a regimen, a verdict, or said of a named group of patients."""
    if context.handling:
        return bool(reading.dose and reading.frequency)
    if reading.dose or reading.maximum or (reading.frequency and holds_dose(text)):
        return True
    if context.population:
        return True
    return reading.action != "note" and bool(
        context.indication
        or bands.renal(text, in_context=False)
        or bands.hepatic(text, in_context=False)
        or bands.age(text, label=False)
    )


def _is_bare_label(text: str) -> bool:
    """Whether a line that others are nested in is a label without its colon: "ALL (1 to 18 years)"."""
    return bool(text) and text[-1] not in ".;!?" and len(text.split()) <= 12 and not says(text)


def _is_bold(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(\*\*|__)[^*_]+\1\s*:?\s*", text))


def _continued(chain: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a later statement: "Scale: BG 150 to 200: 1 unit; BG 201 to 250: 2 units" goes on under "Scale"."""
    if len(chain) > 1 and len(labels) == 1 and chain[-1].split()[0].lower() == labels[0].split()[0].lower():
        return (*chain[:-1], *labels)
    return labels


def _leads(block: Block, following: Block | None) -> bool:
    """Whether the next block is nested in this one, or is the list or table that this paragraph introduces."""
    if following is None or following.line <= block.line:
        return False
    if block.kind == "item":
        return following.depth > block.depth
    return following.kind in ("item", "header", "row") and following.depth >= block.depth


def _carries(row: DoseRow, labels: Sequence[str]) -> bool:
    over = f"{row.indication or ''}\n{row.population or ''}\n{row.qualifier or ''}"
    return all(label in over for label in labels)


def _with_colon(markdown: str) -> str:
    """The line, plain; a bold lead-in that has no colon gets one: `**Adults** 5 mg`."""
    match = re.match(
        r"(\*\*|__)(?=\S)([^*_]{2,120}?)(?<![.:;,])\1[ \t]*(?:[-–—][ \t]+)?(?=[A-Z0-9(<>≥≤])(?!\()", markdown
    )
    if match and re.search(r"[^\W\d]", match[2]) and not amounts(match[2]):
        return plain(f"{match[2]}: {markdown[match.end() :]}")
    return plain(markdown)


def _line_of(block: Block, text: str, offset: int) -> int:
    """The file's line on which a position of the block's collapsed plain text stands."""
    if len(block.lines) == 1:
        return block.line
    before = len(text[:offset].split())
    for number, line in enumerate(block.lines, block.line):
        before -= len(plain(line).split())
        if before < 0:
            return number
    return block.line + len(block.lines) - 1
