"""Dosage section → rows and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from druginfo.dosing import bands, organs, words
from druginfo.dosing.columns import Column, table_statements
from druginfo.dosing.context import Context, contexts, dosage_sections, join
from druginfo.dosing.figures import (
    capped,
    labels_over,
    nearest_bands,
    nearest_hepatic,
    nearest_renal,
    nearest_route,
    read_cells,
)
from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.labels import sort_of
from druginfo.dosing.other_drugs import is_another
from druginfo.dosing.quantities import amounts
from druginfo.dosing.regimen import LONGEST, Regimen, read_regimen
from druginfo.dosing.signs import Pattern, collapse
from druginfo.dosing.statements import Statement, holds_dose, read_line, says, sentences
from druginfo.markup import plain
from druginfo.model import Block, DoseNote, DoseRow, Monograph, Regimens, Section


def read_dosing(monograph: Monograph, sections: Sequence[Section] | None = None) -> Regimens:
    """The rows and notes of a monograph's Dosage section, or of these sections, in document order.

    Every block of the section is in rows or notes once; a label alone is in the rows below it. A monograph without the
    section has neither.
    """
    if monograph.language not in (None, "en"):
        from druginfo.dosing.untranslated import unread

        return unread(dosage_sections(monograph), monograph.language)
    vocabulary = Vocabulary(monograph)
    names = frozenset(w.lower() for name in monograph.names for w in re.findall(r"[A-Za-z][A-Za-z-]+", name.name))
    rows: list[DoseRow] = []
    notes: list[DoseNote] = []
    for section, context in contexts(dosage_sections(monograph) if sections is None else sections, vocabulary):
        reader = _SectionReader(section, context, vocabulary, names)
        reader.read()
        rows += reader.rows
        notes += reader.notes
    return Regimens(tuple(rows), tuple(notes))


_FOOTNOTE = Pattern(r"(?:\[\d+\]|[*†‡§¶]+|\(\d\))\s*\S")
_MARKED = Pattern(r"[*†‡§¶]+\s*[A-Z]")
_SPECIAL_GROUPS = Pattern(
    r"(?:special|specific|particular|other)\s+(?:patient\s+)?(?:populations?|groups?|patients|cases?|situations?|"
    r"considerations?)\W*$",
    re.I,
)
_THERAPY = Pattern(
    r"(?:treatment|prophylaxis|prevention|reduction|maintenance|management|induction|relief|eradication)\b", re.I
)


_LONGEST_LINE = 20_000
"""Characters: a longer line is not taken apart."""


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
        if not text or self.kept_whole(block, before, text):
            return
        leads, bold = _leads(block, following), _is_bold(block.text)
        statements = list(read_line(_with_colon(block.text)))
        if len(statements) == 1 and (leads or bold) and _is_bare_label(statements[0].text, leads and bold):
            statements = [Statement((*statements[0].labels, statements[0].text), "", 0)]
        stands_over = leads or (block.kind != "item" and bold)
        depth = block.depth if block.kind == "item" else block.depth - 1  # a paragraph's label is over its neighbours
        ends_list = block.kind != "item" and before is not None and before.kind in ("item", "row")
        context = self.context_at(depth if stands_over or ends_list else block.depth)
        if not any(s.text for s in statements):
            labels = [label for s in statements for label in s.labels]
            self.label_line(block, text, labels, context, depth if stands_over else None)
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

    def kept_whole(self, block: Block, before: Block | None, text: str) -> bool:
        """Whether the line was told as it stands: one too long to be taken apart, or a footnote behind a table."""
        footnote = block.kind == "paragraph" and before is not None and before.kind in ("row", "paragraph")
        if len(text) > _LONGEST_LINE and block.kind == "item":
            self.row(text, block.line, self.context_at(block.depth))
        elif len(text) > _LONGEST_LINE or (footnote and _MARKED.match(text) and self.reading(text).action != "avoid"):
            self.note(text, block.line)
        else:
            return False
        return True

    def label_line(self, block: Block, text: str, labels: list[str], context: Context, depth: int | None) -> None:
        """A line that is only labels: over what is nested below `depth`, or over nothing where that is None."""
        if depth is not None and _SPECIAL_GROUPS.match(text):
            self.levels.append((depth, context._replace(special=True)))
            self.note(text, block.line)
        elif depth is not None and not context.handling:
            self.levels.append((depth, self.labelled(context, labels)))
            self.unused.append((len(self.rows), text, block.line, labels))
        else:
            self.note(text, block.line)

    def is_dosing(self, block: Block, context: Context, statements: Sequence[Statement]) -> bool:
        """Whether every statement of the line is a row: so in list items and behind labels, not in prose."""
        if context.handling:
            return False
        if any(s.labels for s in statements):
            return True
        aside = (words.HANDLING.match(s.text) or words.EQUIVALENT.search(s.text) for s in statements)
        return block.kind == "item" and not all(aside)

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
        if fresh.indication in labels:
            if first.indication not in (None, above.indication) and not self.vocabulary.is_known(
                fresh.indication or ""
            ):
                return first._replace(qualifier=join(above.qualifier, "; ".join(labels)))
            return first._replace(
                indication=fresh.indication,
                population=fresh.population if fresh.population in labels else first.population,
                qualifier=fresh.qualifier,
            )
        if fresh.population in labels:
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
        """Notes of what stands between two rows: one for each line that a sentence begins on."""
        between = text[begin:end].strip().lstrip(";").lstrip()
        if not re.search(r"\w", between):
            return
        at = text.index(between, begin)
        told = [(_line_of(block, text, at + offset), sentence) for offset, sentence in sentences(between)]
        for line, same in groupby(told, key=lambda pair: pair[0]):
            self.note(" ".join(sentence for _, sentence in same), line)

    # ------------------------------------------------------------ tables

    def header(self, block: Block, following: Block | None) -> None:
        if following is None or following.kind != "row":
            self.note(" | ".join(map(plain, block.cells)), block.line)

    def table_row(self, block: Block) -> None:
        context = self.context_at(block.depth)
        cells = [collapse(plain(cell)) for cell in block.cells]
        header = [collapse(plain(cell)) for cell in block.header]
        filled = list(dict.fromkeys(cell for cell in cells if cell))
        if sum(map(len, cells)) > _LONGEST_LINE:
            self.row(" ".join(filter(None, cells)), block.line, context)
            return
        if len(filled) == 1 and _FOOTNOTE.match(filled[0]) and self.reading(filled[0]).action in ("give", "note"):
            self.note(filled[0], block.line)
            return
        if len(cells) > 1 and len(filled) == 1 and not says(cells[0]) and re.search(r"[^\W\d]{2}", cells[0]):
            self.group = cells[0]
            self.unused.append((len(self.rows), cells[0], block.line, [cells[0]]))
            return
        if self.group and all(map(self.names_treatment, (self.group, cells[0]))):
            self.group = None  # "Treatment of …" is not a kind of "Prophylaxis of …"
        if self.group:
            context = self.labelled(context, [self.group])
        self.cells(block.line, cells, header, context)

    def names_treatment(self, label: str) -> bool:
        return bool(_THERAPY.match(label)) or self.vocabulary.is_indication(label)

    def cells(self, line: int, cells: list[str], header: list[str], context: Context) -> None:
        for statement in table_statements(cells, header):
            below = self.below_cells(context, statement.labels)
            parts = list(read_line(statement.dose)) if statement.text.startswith(statement.dose) else []
            if len(parts) < 2 or not all(part.text for part in parts):
                self.row(statement.text, line, below, read_cells(statement, self.names), statement.bands)
                continue
            at = below
            others = self.listed_with(statement.labels, len(parts))
            for part, of_another in zip(parts, others, strict=True):
                at = self.labelled(below, part.labels) if part.labels else at
                text = part.text if part is not parts[-1] else statement.text[part.start :]  # with its details
                reading = self.reading(part.text)
                reading = reading._replace(duration=statement.duration or reading.duration)
                if of_another:
                    reading = reading._replace(dose=None, maximum=None, action="note")
                self.row(text, line, at, reading, statement.bands)

    def below_cells(self, context: Context, labels: Sequence[tuple[Column, str]]) -> Context:
        """The context below a row's label cells; one that would displace another cell's label is a qualifier."""
        taken: set[str] = set()
        for kind, label in labels:
            kind = "qualifier" if kind == "indication" and context.indication == self.group is not None else kind
            further = context.with_column(kind, label, self.vocabulary)
            slot = next((slot for slot in ("population", "indication") if getattr(further, slot) == label), None)
            if slot and slot in taken and getattr(context, slot) != label:
                context = context._replace(qualifier=join(context.qualifier, label))
            else:
                taken |= {slot} if slot else set()
                context = further
        return context

    def listed_with(self, labels: Sequence[tuple[str, str]], count: int) -> list[bool]:
        """Which statements of a cell are another drug's, where a label cell lists as many drugs: "A; B", "1 g; 2 g"."""
        for _, label in labels:
            listed = label.split("; ")
            if count > 1 and len(listed) == count:
                return [is_another(drug.split(" ")[0], self.names) for drug in listed]
        return [False] * count

    # ------------------------------------------------------------ rows and notes

    def reading(self, text: str) -> Regimen:
        return read_regimen(text, self.names)

    def row(
        self, text: str, line: int, context: Context, reading: Regimen | None = None, cells: Sequence[str] = ()
    ) -> None:
        """Add a row. `cells` are a table row's label cells as their headers complete them: a grade in one and its
        figures in the next are one reading."""
        reading = capped(reading or self.reading(text), text, context.qualifier)
        labels = [*cells, *labels_over(context)]
        said = text if len(text) <= LONGEST else ""
        age, weight = (None, None) if context.criteria else nearest_bands(said, labels)
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
                route=reading.route or nearest_route(labels),
                frequency=reading.frequency,
                duration=reading.duration,
                maximum=reading.maximum,
                condition=reading.condition,
                age=age,
                weight=weight,
                renal=nearest_renal(said, ["; ".join(cells), *labels] if len(cells) > 1 else labels),
                hepatic=nearest_hepatic(said, labels),
            )
        )

    def note(self, text: str, line: int) -> None:
        if text.strip():
            self.notes.append(DoseNote(text, line, self.section.key))


def _is_regimen(text: str, reading: Regimen, context: Context) -> bool:
    """Whether a sentence of prose is a regimen, a verdict, or said of a named group of patients."""
    if context.handling:
        changes = reading.action in ("increase", "reduce") and holds_dose(text)
        return bool((reading.dose or changes) and reading.frequency)
    if reading.dose or reading.maximum or (reading.frequency and holds_dose(text)):
        return True
    if context.population:
        return True
    return reading.action != "note" and bool(
        context.indication
        or organs.RENAL_WORDS.search(text)
        or organs.HEPATIC_WORDS.search(text)
        or bands.age(text, label=False)
    )


def _is_bare_label(text: str, set_apart: bool) -> bool:
    """Whether a line that others are nested in is a label without its colon: "ALL (1 to 18 years)".

    One that is `set_apart` in bold may hold a dose: "Breast cancer, starting dose 100 mg/m²".
    """
    return bool(text) and text[-1] not in ".;!?" and len(text.split()) <= 12 and (set_apart or not says(text))


def _is_bold(text: str) -> bool:
    return ("**" in text or "__" in text) and bool(re.fullmatch(r"\s*(\*\*|__)[^*_]+\1\s*:?\s*", text))


def _continued(chain: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a later statement, which go on under those of the first that are of another sort.

    "Scale: BG 150 to 200: 1 unit; BG 201 to 250: 2 units" goes on under "Scale", "CrCl <30: Under 75 years: …. 75 years
    and older: …" under "CrCl <30".
    """
    if len(labels) != 1 or len(chain) < 2:
        return labels
    sort = sort_of(labels[0])  # bare figures are what the figures before them are: "CrCl 10 to 25: …; <10: …"
    told = ("age", "weight", "renal", "figures") if sort == "figures" else (sort,)
    alike = [i for i, label in enumerate(chain) if i and sort_of(label) in told]
    return (*chain[: alike[-1]], *labels) if alike else labels


def _leads(block: Block, following: Block | None) -> bool:
    """Whether the next block is nested in this one, or is the list or table that this paragraph introduces."""
    if following is None or following.line <= block.line:
        return False
    if block.kind == "item":
        return following.depth > block.depth
    return following.kind in ("item", "header", "row") and following.depth >= block.depth


def _carries(row: DoseRow, labels: Sequence[str]) -> bool:
    over = f"{row.indication or ''}\n{row.population or ''}\n{row.qualifier or ''}"
    return all(part.strip() in over for label in labels for part in label.split(","))


def _with_colon(markdown: str) -> str:
    """The line, plain; a bold lead-in that has no colon gets one: `**Adults** 5 mg`."""
    if not markdown.startswith(("**", "__")):
        return plain(markdown)
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
