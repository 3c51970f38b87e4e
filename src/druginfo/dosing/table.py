"""Dosage section → rows and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from druginfo.dosing import bands
from druginfo.dosing.labels import Vocabulary, heading_kind, heading_label, label_kind
from druginfo.dosing.quantities import with_unit
from druginfo.dosing.regimen import Regimen, read_regimen, route
from druginfo.dosing.signs import collapse, level
from druginfo.dosing.statements import Statement, read_line
from druginfo.markup import plain
from druginfo.model import Block, DoseNote, DoseRow, Monograph, Regimens, Section

_DOSAGE = re.compile(r"\b(?:dosage|dosing|posology|doses?)\b", re.I)
_NOT_DOSAGE = re.compile(r"\b(?:forms?|strengths?|supplied|overdos\w+)\b", re.I)
_SPECIAL = re.compile(
    r"special|adjust|modif|specific|populations?|impairment|renal|hepatic|kidney|liver|elderly|geriatric|interact|co-?administ|"
    r"considerations|toxicit|adverse",
    re.I,
)
_HANDLING = re.compile(
    r"^(?:\d+(?:\.\d+)*\s+)?(?:(?:method|mode|route)s?\s+of\s+)?(?:administration|preparation|reconstitution|storage|monitoring|handling|missed\s+dose|"
    r"compatib|instructions|how\s+to|important\s+administration|switching|overdos)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Context:
    """The labels over a statement, and what the headings say of it."""

    population: str | None = None
    indication: str | None = None
    qualifier: str | None = None
    labelled: bool = False
    """A list label, not only a heading, gave the population or the indication."""
    special: bool = False
    handling: bool = False
    headings: tuple[str, ...] = ()

    def with_label(self, label: str, vocabulary: Vocabulary, fresh: bool) -> Context:
        """The context below one more label; `fresh`: it is the first of its line."""
        kind = label_kind(
            label,
            vocabulary,
            special=self.special,
            nested=self.labelled,
            has_population=self.population is not None,
            has_indication=self.indication is not None,
        )
        if kind == "population":
            return replace(self, population=label, labelled=True)
        if kind == "indication":
            return replace(self, indication=label, labelled=True)
        joined = f"{self.qualifier}; {label}" if self.qualifier else label
        return replace(self, qualifier=joined, labelled=True)


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
        context = _below_heading(above, section.title, vocabulary) if path else replace(above, headings=())
        path.append((section.level, context))
        yield section, context


def _below_heading(above: Context, title: str, vocabulary: Vocabulary) -> Context:
    kind, label = heading_kind(title, vocabulary), heading_label(title)
    context = replace(
        above,
        special=above.special or bool(_SPECIAL.search(title)),
        handling=bool(_HANDLING.match(title)) or above.handling,
        headings=(*above.headings, title),
    )
    if kind == "population":
        if above.population and above.population != label:
            return (
                replace(context, qualifier=_join(above.qualifier, label))
                if _same_people(above.population, label)
                else replace(context, population=label)
            )
        return replace(context, population=label)
    if kind == "indication":
        return (
            replace(context, qualifier=_join(above.qualifier, label))
            if above.indication
            else replace(context, indication=label)
        )
    if kind == "qualifier":
        return replace(context, qualifier=_join(above.qualifier, label))
    return context


def _same_people(_outer: str, _inner: str) -> bool:
    return False


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

    def read(self) -> None:
        blocks = [b for b in self.section.blocks if b.kind != "rule"]
        for i, block in enumerate(blocks):
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            if block.kind == "code":
                self.note(collapse(block.text), block.line)
            elif block.kind == "header":
                self.header(block, following)
            elif block.kind == "row":
                self.table_row(block)
            else:
                self.line(block, following)

    def context_at(self, depth: int) -> Context:
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()
        return self.levels[-1][1] if self.levels else self.base

    # ------------------------------------------------------------ lists and paragraphs

    def line(self, block: Block, following: Block | None) -> None:
        context = self.context_at(block.depth if block.kind == "item" else block.depth)
        text = collapse(plain(_mark_label(block.text)))
        if not text:
            return
        leads = (
            following is not None
            and following.line > block.line
            and (
                following.depth > block.depth
                or (
                    block.kind != "item"
                    and following.kind in ("item", "header", "row")
                    and following.depth >= block.depth
                )
            )
        )
        statements = list(read_line(text))
        only_label = len(statements) == 1 and not statements[0].text
        if only_label and leads:
            below = self.labelled(context, statements[0].labels)
            self.levels.append((block.depth if block.kind == "item" else block.depth - 1, below))
            return
        if only_label:
            if block.kind == "paragraph" and _is_bold(block.text):
                self.levels.append((block.depth - 1, self.labelled(context, statements[0].labels)))
                return
            self.note(text, block.line)
            return
        if context.handling or not self.is_table_of_doses(block, context, statements):
            self.prose(block, text, context, statements)
        else:
            below = self.statements(block, text, context, statements)
            if block.kind == "item":
                self.levels.append((block.depth, below))
            return
        if block.kind == "item":
            first = statements[0].labels
            self.levels.append((block.depth, self.labelled(context, first) if first else context))

    def is_table_of_doses(self, block: Block, context: Context, statements: Sequence[Statement]) -> bool:
        """Whether the line is read statement by statement: a list item or a labelled line is, prose only with doses."""
        return block.kind == "item" or any(s.labels for s in statements)

    def labelled(self, context: Context, labels: Sequence[str]) -> Context:
        for i, label in enumerate(labels):
            context = context.with_label(label, self.vocabulary, fresh=i == 0)
        return context

    def statements(self, block: Block, text: str, above: Context, statements: Sequence[Statement]) -> Context:
        """Rows for the statements of a line; returns the context for what is nested in it."""
        below = context = above
        seen = False
        for statement in statements:
            if statement.labels:
                context = self.relabelled(above, below if seen else above, statement.labels)
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
        probe = self.labelled(replace(first, qualifier=above.qualifier), labels)
        if probe.qualifier != above.qualifier:
            return probe
        return fresh

    def prose(self, block: Block, text: str, context: Context, statements: Sequence[Statement]) -> None:
        """A paragraph: rows for its regimens, one note for each run of other sentences."""
        rows = [(s, self.reading(s.text)) for s in statements]
        if not any(_is_regimen(r, context) for _, r in rows):
            self.note(text, block.line)
            return
        pending: list[Statement] = []
        for statement, reading in rows:
            if _is_regimen(reading, context) and statement.text:
                self.flush(block, text, pending, statement.start)
                pending = []
                labelled = self.labelled(context, statement.labels)
                self.row(statement.text, _line_of(block, text, statement.start), labelled, reading)
            else:
                pending.append(statement)
        self.flush(block, text, pending, len(text))

    def flush(self, block: Block, text: str, pending: Sequence[Statement], end: int) -> None:
        if not pending:
            return
        for statement in pending:
            labels = "".join(f"{label}: " for label in statement.labels)
            self.note(labels + statement.text, _line_of(block, text, statement.start))

    # ------------------------------------------------------------ tables

    def header(self, block: Block, following: Block | None) -> None:
        if following is None or following.kind != "row":
            self.note(" | ".join(map(plain, block.cells)), block.line)

    def table_row(self, block: Block) -> None:
        context = self.context_at(block.depth)
        cells = [collapse(plain(cell)) for cell in block.cells]
        header = [collapse(plain(cell)) for cell in block.header]
        header += [""] * (len(cells) - len(header))
        self.cells(block.line, cells, header, context)

    def cells(self, line: int, cells: list[str], header: list[str], context: Context) -> None:
        from druginfo.dosing.columns import table_statements

        for text, labels, dose_header in table_statements(cells, header):
            below = context
            for kind, label in labels:
                if kind == "population":
                    below = replace(below, population=label, labelled=True)
                elif kind == "indication":
                    below = replace(below, indication=label, labelled=True)
                elif kind == "qualifier":
                    below = replace(below, qualifier=_join(below.qualifier, label), labelled=True)
                else:
                    below = below.with_label(label, self.vocabulary, fresh=True)
            self.row(text, line, below, headers=header, dose_header=dose_header, cells=cells)

    # ------------------------------------------------------------ rows and notes

    def reading(self, text: str) -> Regimen:
        return read_regimen(text, self.names)

    def row(
        self,
        text: str,
        line: int,
        context: Context,
        reading: Regimen | None = None,
        headers: Sequence[str] = (),
        dose_header: str = "",
        cells: Sequence[str] = (),
    ) -> None:
        reading = reading or self.reading(text)
        dose = reading.dose
        action = reading.action
        if dose is None and dose_header:
            dose = with_unit(text, dose_header)
            action = "give" if dose and action == "note" else action
        labels = _labels_over(context)
        titled = [f"{h} {c}" for h, c in zip(headers, cells, strict=False) if h and c and c in labels]
        age = weight = None
        if not bands.either(text):
            age, weight = bands.age(text, label=False), bands.weight(text, label=False)
        for label in (*titled, *labels):
            if bands.either(label):
                break
            age = age or bands.age(label, label=True)
            weight = weight or bands.weight(label, label=True)
        self.rows.append(
            DoseRow(
                text=text,
                line=line,
                section=self.section.key,
                indication=context.indication,
                population=context.population,
                qualifier=context.qualifier,
                action=action,
                dose=dose,
                route=reading.route or next((r for r in map(route, labels) if r), None),
                frequency=reading.frequency,
                duration=reading.duration,
                maximum=reading.maximum,
                condition=reading.condition,
                age=age,
                weight=weight,
                renal=_nearest_renal(text, [*titled, *labels], context),
                hepatic=_nearest_hepatic(text, [*titled, *labels], context),
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


def _nearest_renal(text: str, labels: Sequence[str], context: Context) -> bands.Renal | None:
    about = " ".join(labels)
    in_context = bool(bands.RENAL_WORDS.search(about)) and not (
        bands.HEPATIC_WORDS.search(about) and not bands.RENAL_WORDS.search(" ".join(labels[:2]))
    )
    for candidate in (text, *labels):
        found = bands.renal(candidate, in_context=in_context)
        if found:
            return found
    return None


def _nearest_hepatic(text: str, labels: Sequence[str], context: Context) -> bands.Hepatic | None:
    about = " ".join(labels)
    in_context = bool(bands.HEPATIC_WORDS.search(about)) and not bands.RENAL_WORDS.search(about)
    for candidate in (text, *labels):
        found = bands.hepatic(candidate, in_context=in_context)
        if found:
            return found
    return None


def _is_regimen(reading: Regimen, context: Context) -> bool:
    """Whether a sentence of prose is a regimen: a dose, and outside handling sections no more is asked."""
    if reading.dose is None:
        return (
            reading.action in ("avoid", "no_adjustment") and not context.handling and reading.maximum is None and False
        )
    if context.handling:
        return bool(reading.frequency)
    return True


def _is_bold(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(\*\*|__)[^*_]+\1\s*:?\s*", text))


def _mark_label(markdown: str) -> str:
    """A bold lead-in without its colon gets one in reading: `**Adults** 5 mg`, `**Adults** – 5 mg`."""
    return markdown


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
