"""Dosage section → rows and notes: blocks → lines under their labels → statements → rows."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

from druginfo.dosing import whom
from druginfo.dosing.actions import action as order_of
from druginfo.dosing.columns import TableStatement, dosed_columns, table_statements, with_headers, with_unit
from druginfo.dosing.conditions import beside_what, completed
from druginfo.dosing.context import Context, contexts, dosage_sections, join
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.figures import Over, Who, conditions_of, contradicts, of_items, of_statement, over
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.labels import heading_label, is_group, is_of_studies, sort_of
from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import signs
from druginfo.dosing.regimen import Regimen, read, route_of
from druginfo.dosing.statements import Clause, holds_dose, says, sentences, statements
from druginfo.dosing.verdicts import handles, makes_row
from druginfo.markup import plain as without_marks
from druginfo.model import Block, Condition, DoseNote, DoseRow, Monograph, Regimens, Section
from druginfo.terms.language import is_english


def read_dosing(monograph: Monograph, sections: Sequence[Section] | None = None) -> Regimens:
    """The rows and notes of a monograph's Dosage section, or of these sections, in document order.

    Every block of the section is in rows or notes once; a label alone is in the rows below it. A monograph without the
    section has neither.
    """
    if monograph.language not in (None, "en"):
        from druginfo.dosing.untranslated import unread

        return unread(dosage_sections(monograph), monograph.language)
    vocabulary = IndicationWords(monograph)
    drug = OwnDrug(name.name for name in monograph.names)
    rows: list[DoseRow] = []
    notes: list[DoseNote] = []
    for section, context in contexts(dosage_sections(monograph) if sections is None else sections, vocabulary):
        reader = _SectionReader(section, context, vocabulary, drug)
        reader.read()
        rows += reader.rows
        notes += reader.notes
    return Regimens(tuple(completed(rows)), tuple(notes))


def collapse(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def plain(markdown: str) -> str:
    """Markdown without its marks, entities decoded: "&lt;30" is "<30"."""
    text = without_marks(markdown)
    return html.unescape(text) if "&" in text else text


_FOOTNOTE = re.compile(r"(?:\[\d+\]|[*†‡§¶]+|\(\d\))\s*\S")
_MARKED = re.compile(r"[*†‡§¶]+\s*[A-Z]")
_SPECIAL_GROUPS = re.compile(
    r"(?:special|specific|particular|other)\s+(?:patient\s+)?(?:populations?|groups?|patients|cases?|situations?|considerations?)\W*$",
    re.I,
)
_THERAPY = re.compile(
    r"(?:treatment|prophylaxis|prevention|reduction|maintenance|management|induction|relief|eradication)\b", re.I
)
_COLUMNS_LOST = "it is from a table whose columns are lost"
_LONGEST_LINE = 20_000
"""Characters: a longer line is not taken apart."""


class _SectionReader:
    """Reads one section's blocks in order; `levels` holds the context below each open list item."""

    def __init__(self, section: Section, context: Context, vocabulary: IndicationWords, drug: OwnDrug) -> None:
        self.section = section
        self.base = context
        self.vocabulary = vocabulary
        self.drug = drug
        self.levels: list[tuple[int, Context]] = []
        self.rows: list[DoseRow] = []
        self.notes: list[DoseNote] = []
        self.groups: list[tuple[str, str]] = []
        """The labels of table rows with one filled cell over the rows below, outermost first, each with its kind."""
        self.nesting = False  # the row before was such a label
        self.spanning = ""  # the label of a table row, which holds for rows below where it is not said again
        self.unused: list[tuple[int, str, int, list[str]]] = []  # rows before, text, line and labels of label lines
        self.introduction = ""  # the end of the paragraph before a table
        self.dosed: frozenset[int] = frozenset()  # the columns of a table that hold doses and verdicts
        self.commented = False
        self.paragraphs: list[tuple[str, Context]] = []  # labels that are paragraphs, each with its kind
        self.excluded: list[Condition] = []
        self.flat: tuple[int, list[str], int] | None = None
        """An item that names people, over the items beside it: its depth, its labels, the deepest item that it is over.
        Where one has items nested in it, those beside it are still its own if they are in a list of such items."""

    def read(self) -> None:
        blocks = with_headers([b for b in self.section.blocks if b.kind != "rule"], self.drug)
        for i, block in enumerate(blocks):
            before = blocks[i - 1] if i else None
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            shown = self.uncommented(block)
            if shown is None:
                continue
            block = shown
            if block.kind in ("header", "row") and (before is None or before.kind not in ("header", "row")):
                self.introduction = collapse(before.text)[-240:] if before else ""
            if block.kind == "code":
                self.note(collapse(block.text), block.line)
            elif block.kind == "header":
                self.header(block, following)
            elif block.kind == "row":
                if before is None or before.kind != "row":
                    self.groups, self.spanning = [], ""
                if before is None or before.header != block.header:
                    self.dosed = dosed_columns(blocks[i:], self.drug)
                if block.header and block.cells == block.header[: len(block.cells)]:
                    self.note(" | ".join(filter(None, map(plain, block.cells))), block.line)
                else:
                    self.table_row(block)
            else:
                self.line(block, before, following)
        self.keep_unused_labels()
        if self.excluded:  # an exclusion in a scope excludes from all of it
            rows = (
                r if r.action == "avoid" else r._replace(conditions=(*r.conditions, *self.excluded)) for r in self.rows
            )
            self.rows = list(rows)

    def uncommented(self, block: Block) -> Block | None:
        """A block without what is in an HTML comment or struck out, which a note keeps; None where nothing is left."""
        text = block.text
        if not (self.commented or "<!--" in text or "~~" in text):
            return block
        kept, hidden, rest = "", "", text
        while rest:
            if self.commented:
                inside, end, rest = rest.partition("-->")
                hidden += inside + end
                self.commented = not end
            else:
                shown, begin, rest = rest.partition("<!--")
                kept, hidden = kept + shown, hidden + begin
                self.commented = bool(begin)
        struck = "".join(signs(r"~~.*?~~").findall(kept))
        kept = re.sub(r"~~.*?~~", "", kept)
        self.note(collapse(plain(f"{hidden} {struck}")), block.line)
        if not signs(r"\w").search(kept):
            return None
        cells = tuple(re.sub(r"<!--.*?-->|~~.*?~~", "", cell) for cell in block.cells)
        return block._replace(lines=(kept,) if block.kind != "code" else block.lines, cells=cells)

    def context_at(self, depth: int) -> Context:
        while self.levels and self.levels[-1][0] >= depth:
            self.levels.pop()
        return self.levels[-1][1] if self.levels else self.base

    def lined(self, text: str) -> Line:
        return read_line(text, self.drug.words)

    # ------------------------------------------------------------ lists and paragraphs

    def line(self, block: Block, before: Block | None, following: Block | None) -> None:
        text = collapse(plain(block.text))
        if not text or self.kept_whole(block, before, text):
            return
        leads, bold = _leads(block, following), _is_bold(block.text) or self.names_whom(block, text, following)
        line = self.lined(collapse(_with_colon(block.text, self.lined)))
        found = statements(line, self.drug)
        if len(found) == 1 and (leads or bold) and self.is_bare_label(line, found[0], leads and bold):
            found = [found[0]._replace(labels=(*found[0].labels, (found[0].first, found[0].last)), first=found[0].last)]
        stands_over = leads or (block.kind != "item" and bold)
        depth = block.depth if block.kind == "item" else block.depth - 1  # a paragraph's label is over its neighbours
        ends_list = block.kind != "item" and before is not None and before.kind in ("item", "row")
        context = self.context_at(depth if stands_over or ends_list else block.depth)
        inside = block.kind == "item" and self.flat is not None and self.flat[0] <= block.depth
        beside = self.flat if inside else None
        own = [label for s in found for label in self.labels_of(line, s)]
        if beside and beside[0] == block.depth and (leads or any(map(is_group, own))):
            beside = None
        self.flat, flat = beside, self.flat
        if beside and block.depth <= beside[2]:
            context = self.labelled(context, beside[1])
        if leads and len(found) == 1 and text.endswith(":") and self.is_for_these(line, following):
            self.label_line(block, text, [text.rstrip(":")], context, depth)
            return
        if not any(s.first < s.last for s in found):
            labels = own
            if (
                block.kind == "item" and not leads and len(labels) == 1 and is_group(labels[0]) and not context.handling
                and following is not None and (following.kind, following.depth) == ("item", block.depth)
            ):  # fmt: skip
                self.flat = (block.depth, labels, 99)
                self.unused.append((len(self.rows), text, block.line, labels))
                return
            if flat and leads and flat[0] == block.depth and labels and all(map(is_group, labels)):
                self.flat = (block.depth, labels, block.depth)
            self.label_line(block, text, labels, context, depth if stands_over else None)
            return
        if self.scopes(block, line, text, context, following):
            return
        if self.is_dosing(block, context, line, found):
            below = self.statements(block, line, context, found)
        else:
            self.prose(block, line, context, found)
            below = self.labelled(context, self.labels_of(line, found[0]))
        if text.endswith(":") and "of" in text and _counts_criteria(line):
            below = below._replace(criteria=True)
        if block.kind == "item" or (leads and text.endswith(":")):
            self.levels.append((depth, below))

    def is_for_these(self, line: Line, following: Block | None) -> bool:
        """Whether a sentence gives one dose "in the following populations:", who are the items of a list."""
        if following is None or following.kind != "item" or not _FOR_THESE.search(line.shape.rstrip(":")):
            return False
        item = collapse(plain(following.text))
        return is_group(item) and not self.says(item) and holds_dose(line, 0, len(line.items))

    def as_told(self, reading: Regimen, line: Line, statement: Clause) -> Regimen:
        """What a statement says, but for the amounts of a table that was written as one paragraph: whose they are and
        which of them are the usual dose and which the adjusted one is lost with its columns."""
        if statement.shared:
            trailing = read(line, *statement.shared, self.drug)
            reading = reading._replace(
                frequency=reading.frequency or trailing.frequency, duration=reading.duration or trailing.duration,
                route=reading.route or trailing.route,
            )  # fmt: skip
        if (
            not (_TABLE.match(line.text) or _FLATTENED.search(line.shape))
            or line.shape.count("1") < 6
            or not holds_dose(line, statement.first, statement.last)
        ):
            return reading
        return reading._replace(dose=None, frequency=None, duration=None, maximum=None, unsure=_COLUMNS_LOST)

    def ordered(self, reading: Regimen, labels: Sequence[str]) -> Regimen:
        """What stands under "Discontinue it for:" or "Contraindicated in patients with:" is that order; a dose "for the
        following patients:" is that of each."""
        if not labels or reading.action != "note" or reading.dose or reading.unsure:
            return reading
        label = self.lined(labels[-1].rstrip(": "))
        if _FOR_THESE.search(label.shape) and holds_dose(label, 0, len(label.items)):
            return read(label, 0, len(label.items), self.drug)
        if label.shape[-1:] not in ("F", "#", "§"):
            return reading
        return reading._replace(action=order_of(label, 0, len(label.items), (), self.drug))

    def labels_of(self, line: Line, statement: Clause) -> tuple[str, ...]:
        ends = [line.items[b].start if b < len(line.items) else len(line.text) for _, b in statement.labels]
        return tuple(
            line.text[line.items[a].lead : end].rstrip() for (a, _), end in zip(statement.labels, ends, strict=True)
        )

    def kept_whole(self, block: Block, before: Block | None, text: str) -> bool:
        """Whether the line was told as it stands: one too long to be taken apart, or a footnote behind a table."""
        footnote = block.kind == "paragraph" and before is not None and before.kind in ("row", "paragraph")
        if len(text) > _LONGEST_LINE:
            reading = Regimen(unsure="the line is too long to be read")
            self.add(text, block.line, self.context_at(block.depth), reading, (None, None, None, None), ())
        elif ((footnote and _MARKED.match(text)) or _SEE.match(text)) and self.tells_nothing(text):
            self.note(text, block.line)
        elif not is_english(text):
            self.foreign(text, block)
        else:
            return False
        return True

    def foreign(self, text: str, block: Block) -> None:
        """Text that is not known to be English keeps its words; its figures are not read."""
        if signs(r"\d").search(text):
            reading = Regimen(unsure="the text is not known to be English")
            self.add(text, block.line, self.context_at(block.depth), reading, (None, None, None, None), ())
        else:
            self.note(text, block.line)

    def names_whom(self, block: Block, text: str, following: Block | None) -> bool:
        """Whether a paragraph only names people or an indication: it is a label over what follows."""
        if block.kind != "paragraph" or following is None or len(text) > 120 or text[-1:] in ".;!?":
            return False
        line = self.lined(text.rstrip(": "))
        if (
            not line.items
            or signs("[1256789CI;·]|J").search(line.shape)
            or any(i.code == "V" and i.sense.form == "do" for i in line.items)
        ):
            return False
        if _TABLE.match(text):
            return False
        bare = text.rstrip(": ")
        named = is_group(bare) or bool(whom.bands(line, 0, len(line.items), label=True))
        return named or (bare[:1].isupper() and len(bare.split()) < 12 and self.vocabulary.is_indication(bare))

    def scopes(self, block: Block, line: Line, text: str, context: Context, following: Block | None) -> bool:
        """A caption, a sentence that gives the scope of "the following doses", or one that introduces what is nested.

        It is a label over what follows, and told in a note.
        """
        if context.handling or holds_dose(line, 0, len(line.items)):
            return False
        who = signs("[H4KLRE]").search(line.shape) is not None
        words = text.lower()
        caption = bool(_TABLE.match(text)) and following is not None
        leads = text.endswith(":") and _leads(block, following)
        introduced = _INTRODUCED.search(line.shape) if leads else None
        scope = _SCOPE.match(line.shape) and any(w in words[:40] for w in ("following", "these", "below", "this"))
        aged = next((i for i in line.items if i.code == "3" and "year" in i.word), None)  # "for 3 to 12 years"
        if not (caption or introduced or (scope and (who or aged))):
            return False
        depth = block.depth if block.kind == "item" else block.depth - 1
        if introduced:
            label = text[: line.items[introduced.start()].lead].strip(" ,") if introduced.start() else ""
            below = self.labelled(context, [label]) if label and who else context
            self.levels.append((depth, below))
            if below is not context:
                self.unused.append((len(self.rows), text, block.line, [text]))
            else:
                self.note(text, block.line)
            return True
        self.note(text, block.line)
        if caption:
            self.levels.append((depth, context._replace(scope=(*context.scope, text))))
            return True
        people = f"aged {line.text[aged.start + 4 : aged.end]}" if aged else text
        self.base = self.base._replace(scope=(*self.base.scope, people))
        self.levels = [(d, c._replace(scope=(*c.scope, people))) for d, c in self.levels]
        return True

    def label_line(self, block: Block, text: str, labels: list[str], context: Context, depth: int | None) -> None:
        """A line that is only labels: over what is nested below `depth`, or over nothing where that is None."""
        if depth is not None and _SPECIAL_GROUPS.match(text):
            self.levels.append((depth, context._replace(special=True)))
            self.note(text, block.line)
        elif depth is not None and labels and not context.handling:
            if block.kind == "paragraph" and block.depth == 0:
                context = self.below_paragraphs(context, labels)
            self.levels.append((depth, self.labelled(context, labels)))
            self.unused.append((len(self.rows), text, block.line, labels))
        else:
            self.note(text, block.line)

    def below_paragraphs(self, context: Context, labels: Sequence[str]) -> Context:
        """A paragraph's label ends the last one of its kind and what stood below that; of another kind it is below."""
        kind = self.kind_of(context, labels)
        kinds = [each for each, _ in self.paragraphs]
        if kind in ("", "indication"):
            self.paragraphs.clear()
        elif kind in kinds:
            del self.paragraphs[kinds.index(kind) :]
        below = self.paragraphs[-1][1] if self.paragraphs else context
        if kind:
            self.paragraphs.append((kind, self.labelled(below, labels)))
        return below

    def kind_of(self, context: Context, labels: Sequence[str]) -> str:
        """`indication`, `population` (people and bands), `phase` ("Maintenance"), or "" for any other."""
        if _THERAPY.fullmatch(labels[-1].strip(" :")):
            return "phase"  # "Prophylaxis" under a title that names the disease
        below = self.labelled(context, labels)
        line = read_line(labels[-1])
        if below.indication != context.indication:
            return "indication"
        if below.population != context.population or whom.bands(line, 0, len(line.items), label=True):
            return "population"
        return "phase" if signs("[dDM]").match(line.shape) else ""

    def is_bare_label(self, line: Line, statement: Clause, set_apart: bool) -> bool:
        """Whether a line that others are nested in is a label without its colon: "ALL (1 to 18 years)".

        One that is `set_apart` in bold may hold a dose: "Breast cancer, starting dose 100 mg/m²".
        """
        text = line.text[statement.start : statement.end].strip()
        short = statement.first < statement.last and bool(text) and text[-1] not in ".;!?" and len(text.split()) <= 12
        return short and (set_apart or not says(line, statement.first, statement.last, self.drug))

    def is_dosing(self, block: Block, context: Context, line: Line, found: Sequence[Clause]) -> bool:
        """Whether every statement of the line is a row: so in list items and behind labels, not in prose."""
        if context.handling:
            return False
        if any(s.labels for s in found):
            return True
        return block.kind == "item" and not all(handles(line, s) for s in found)

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

    def statements(self, block: Block, line: Line, above: Context, found: Sequence[Clause]) -> Context:
        """Rows for the statements of a line; returns the context for what is nested in it."""
        below = context = above
        seen, role = False, ""
        chain: tuple[str, ...] = ()
        for statement in found:
            labels = self.labels_of(line, statement)
            if labels:
                chain = _continued(chain, labels)
                context = self.relabelled(above, below if seen else above, chain)
                if not seen:
                    below = context
            seen = True
            number = _line_of(block, line.text, statement.start)
            if statement.first < statement.last:
                after = role if statement.goes_on else ""
                reading = read(line, statement.first, statement.last, self.drug, capped=_is_cap(context), after=after)
                role = reading.goes_on
                reading = self.ordered(self.as_told(reading, line, statement), context.over)
                if makes_row(line, statement, reading, context, self.drug):
                    self.row(line, statement, number, context, reading)
                else:
                    self.note(": ".join((*labels, line.text[statement.start : statement.end].strip())), number)
            else:
                self.note(": ".join(labels) + ":", number)
        return below

    def relabelled(self, above: Context, first: Context, labels: Sequence[str]) -> Context:
        """A later label of the line takes the place of the earlier one of its kind."""
        fresh = self.labelled(above, labels)
        if first is above:
            return fresh
        first = first._replace(over=fresh.over)
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

    def prose(self, block: Block, line: Line, context: Context, found: Sequence[Clause]) -> None:
        """A paragraph: rows for its regimens, one note for each run of other sentences."""
        role = ""
        done = 0  # up to where the text stands in rows and notes
        for statement in found:
            if statement.first >= statement.last:
                continue
            reading = read(line, statement.first, statement.last, self.drug, after=role if statement.goes_on else "")
            role = reading.goes_on
            reading = self.as_told(reading, line, statement)
            reading = self.ordered(reading, (*context.over, *self.labels_of(line, statement)))
            if reading.unsure != _COLUMNS_LOST and not makes_row(
                line, statement, reading, context, self.drug, prose=True
            ):
                continue
            begin = line.items[statement.labels[0][0]].lead if statement.labels else statement.start
            self.remark(block, line.text, done, max(begin, done))
            labelled = self.labelled(context, self.labels_of(line, statement))
            self.row(line, statement, _line_of(block, line.text, statement.start), labelled, reading)
            done = statement.end
        self.remark(block, line.text, done, len(line.text))

    def remark(self, block: Block, text: str, begin: int, end: int) -> None:
        """Notes of what stands between two rows: one for each line that a sentence begins on."""
        between = text[begin:end].strip().lstrip(";").lstrip()
        if not signs(r"\w").search(between):
            return
        at = text.index(between, begin)
        if len(block.lines) == 1:
            self.note(between, block.line)
            return
        line = read_line(between)
        starts = [line.items[a].lead for a, _ in sentences(line)] or [0]
        starts[0] = 0
        lines = [
            (_line_of(block, text, at + a), between[a:b].strip())
            for a, b in zip(starts, [*starts[1:], len(between)], strict=True)
        ]
        for number, same in groupby(lines, key=lambda pair: pair[0]):
            self.note(" ".join(sentence for _, sentence in same), number)

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
            self.note(" ".join(filter(None, cells)), block.line)
            return
        if len(filled) == 1 and _FOOTNOTE.match(filled[0]) and self.tells_nothing(filled[0]):
            self.note(filled[0], block.line)
            return
        if len(cells) > 1 and len(filled) == 1 and not self.says(cells[0]) and signs(r"[^\W\d]{2}").search(cells[0]):
            self.group(context, cells[0])
            self.unused.append((len(self.rows), cells[0], block.line, [cells[0]]))
            return
        self.nesting = False
        shown = " | ".join(filter(None, cells))
        if cells[0]:
            self.spanning = "" if self.says(cells[0]) else cells[0]
        elif len(filled) > 1 and any(map(self.says, filled)):
            cells[0] = self.spanning
        if self.groups and self.is_another(cells[0]):
            self.groups = []
        self.cells(block.line, cells, header, self.labelled(context, [label for _, label in self.groups]), shown)

    def group(self, context: Context, label: str) -> None:
        """Set a label over the rows below: in place of those from the last one of its kind on, or of all; nested in
        them where it stands right below one."""
        kind = self.kind_of(context, [label])
        kind = "" if kind == "indication" and not self.vocabulary.is_disease(label) else kind
        kinds = [each for each, _ in self.groups]
        if kind in kinds or not self.nesting:
            del self.groups[kinds.index(kind) if kind in kinds else 0 :]
        self.groups.append((kind, label))
        self.nesting, self.spanning = True, ""

    def is_another(self, label: str) -> bool:
        """Whether a row's label names another disease than the groups over it: "Treatment of sepsis" is not a kind of
        "Prophylaxis of sepsis following:", "Hip surgery" is."""
        over = " ".join(group for _, group in self.groups)
        named = self.vocabulary.is_disease(label) and self.vocabulary.is_indication(over)
        return named and (not over.endswith(":") or _THERAPY.match(label) is not None)

    def tells_nothing(self, footnote: str) -> bool:
        reading = self.reading(footnote)
        return reading.action in ("give", "note") and not reading.dose

    def says(self, text: str) -> bool:
        line = self.lined(text)
        return says(line, 0, len(line.items), self.drug)

    def cells(self, number: int, cells: list[str], header: list[str], context: Context, shown: str) -> None:
        found = table_statements(cells, header, self.dosed, self.says)
        is_row = False
        left_over: list[TableStatement] = []
        for statement in found:
            below = self.below_cells(context, statement.labels)
            line = self.lined(statement.text)
            parts = (
                statements(self.lined(statement.dose), self.drug) if statement.text.startswith(statement.dose) else []
            )
            banded = len(parts) == 1 and bool(parts[0].labels)  # "10 to 20 kg: 10 mg" in one cell
            if not (len(parts) > 1 or banded) or not all(part.first < part.last for part in parts):
                whole = Clause((), 0, len(line.items), 0, len(line.text), 0)
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
            at = below
            others = self.listed_with(statement.labels, len(parts))
            dose = self.lined(statement.dose)
            for part, of_another in zip(parts, others, strict=True):
                labels = self.labels_of(dose, part)
                at = self.labelled(below, labels) if labels else at
                reading = read(dose, part.first, part.last, self.drug)
                reading = reading._replace(duration=statement.duration or reading.duration)
                if of_another:
                    reading = reading._replace(dose=None, maximum=None, action="note", unsure=None)
                if part is parts[-1]:  # with its details
                    end = len(line.text)
                    detail = self.lined(statement.text[len(statement.dose) :].strip())
                    if holds_dose(detail, 0, len(detail.items)):  # a second regimen in the column beside
                        self.row(dose, part, number, at, reading, statement.bands)
                        for further in statements(detail, self.drug):
                            self.row(detail, further, number, below, None, statement.bands)
                        continue
                    beside = self.reading(statement.text[len(statement.dose) :].strip())
                    reading = reading._replace(
                        frequency=reading.frequency or beside.frequency, duration=reading.duration or beside.duration
                    )
                    self.row(dose, part, number, at, reading, statement.bands, statement.text[part.start : end].strip())
                else:
                    self.row(dose, part, number, at, reading, statement.bands)

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
        action = cell.action if cell.action != "note" else whole.action
        own_words = statement.dose.strip(" .").lower()
        if re.search(r"adjust|modif|chang", statement.dose_header, re.I) and own_words in (
            "none",
            "no",
            "nil",
            "not needed",
            "not required",
            "unchanged",
        ):
            action = "no_adjustment"
        elif (
            action == "note"
            and re.search(r"(?:percent\w*|%|fraction)\s+of\b.*\bdos|\bdos\w+\s*\(%\)", statement.dose_header, re.I)
            and (share := signs(r"(\d{1,3})\s?%?(?:$|\D)").match(own_words))
        ):
            action = "no_adjustment" if share[1] == "100" else "reduce"
        often = (
            self.reading(statement.frequency or statement.dose_header)
            if dose
            and (
                statement.frequency or not holds_dose(header := self.lined(statement.dose_header), 0, len(header.items))
            )
            else None
        )
        if action in ("note", "give") and re.search(r"increment|titration step", statement.dose_header, re.I):
            action = "increase"
        return whole._replace(
            dose=dose,
            frequency=whole.frequency or cell.frequency or (often.frequency if often else None),
            duration=statement.duration or whole.duration,
            condition=whole.condition
            if whole.condition and whole.condition in (cell.condition or whole.condition)
            else cell.condition,
            action="give" if dose and action == "note" else action,
            maximum=statement.maximum or whole.maximum,
            unsure=None if dose else cell.unsure or whole.unsure,
        )

    def below_cells(self, context: Context, labels: Sequence[tuple[str, str]]) -> Context:
        """The context below a row's label cells; one that would displace another cell's label is a qualifier."""
        taken: set[str] = set()
        for kind, label in labels:
            of_group = context.indication in [group for _, group in self.groups]
            kind = "qualifier" if kind == "indication" and of_group and context.indication else kind
            further = context.with_column(kind, label, self.vocabulary)  # type: ignore[arg-type]
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
                return [self.drug.is_other(self.lined(drug), 0) for drug in listed]
        return [False] * count

    # ------------------------------------------------------------ rows and notes

    def reading(self, text: str) -> Regimen:
        line = self.lined(text)
        return read(line, 0, len(line.items), self.drug)

    def row(
        self, line: Line, statement: Clause, number: int, context: Context, reading: Regimen | None = None,
        cells: Sequence[str] = (), text: str | None = None,
    ) -> None:  # fmt: skip
        """Add a row. `cells` are a table row's label cells as their headers complete them: a grade in one and its
        figures in the next are one reading."""
        context = context.narrowed(line.text[statement.start : statement.end])
        nearest = (context.qualifier or "").rsplit("; ", 1)[-1]
        cap = _is_cap(context)
        if reading is None or (cap and not cells):
            reading = read(line, statement.first, statement.last, self.drug, capped=cap)
        if cap and reading.dose and reading.dose.low is not None and cells:
            reading = reading._replace(dose=None, maximum=reading.dose.text)
        if cap and reading.action in ("give", "increase"):
            reading = reading._replace(action="note")
        if is_of_studies(nearest):
            reading = reading._replace(dose=None, action="note")
        labels = labels_over(context, cells)
        above = over(("; ".join(cells), *labels) if len(cells) > 1 else labels)
        its_own = self.said_of(line, (statement.first, statement.last), above)
        dosed = reading.action == "reduce" and holds_dose(line, statement.first, statement.last)
        leading = _leading(line, statement, goes_on=(reading.action == "increase" or dosed) and not its_own)
        who = of_statement(line, statement.first, statement.last, above, leading)
        if context.criteria:
            who = (None, None, who[2], who[3])
        over_it = everything_over(context, cells).conditions
        if leading:
            known = {c.kind for c in (*its_own, *over_it)}
            shared = [c for c in self.said_of(line, leading, above) if c.kind not in known]
            if known.isdisjoint(("renal", "hepatic")) and not any(
                beside_what(line.text[statement.start : statement.end])
            ):
                shared += beside_what(line.words(*leading))
            its_own += shared
            groups = (c.text for c in shared if c.kind == "population")
            group = next((text for text in groups if not signs(r"(?:^|\b(?:or|and) )patients$").search(text)), None)
            context = context._replace(population=context.population or group)
            own_way = "é" in line.shape[statement.first : statement.last]  # "… IV, then as an infusion"
            if not (own_way or reading.route) and leading[0] == _sentence(line, statement.first):
                reading = reading._replace(route=route_of(line, *leading))
        aged = [c for c in conditions_of(context.indication or "", above.renal, above.hepatic) if c.bands]
        aged = [c._replace(kind="age") for c in aged if not contradicts(c, over_it)]
        is_nearest = (*context.headings[-1:], *context.over)[-1:] == (context.indication,)
        own = (*over_it, *aged, *its_own) if is_nearest else (*aged, *over_it, *its_own)
        conditions = tuple(c._replace(line=number) for c in own)
        its_own = [c._replace(line=number) for c in its_own]
        if reading.action == "avoid" and _EXCLUDES.match(line.shape, statement.first, statement.last):
            self.excluded += [
                c._replace(excludes=True) for c in conditions if c.kind == "age" and c.read and c in its_own
            ]
        if reading.route is None:
            reading = reading._replace(route=above.route)
        words = (
            (text if text is not None else line.text[statement.start : statement.end])
            .strip()
            .removesuffix(";")
            .rstrip()
        )
        self.add(words, number, context, reading, who, conditions)

    def said_of(self, line: Line, span: tuple[int, int], above: Over) -> list[Condition]:
        return list(of_items(line, *span, label=False, renal=above.renal, hepatic=above.hepatic))

    def add(
        self, text: str, number: int, context: Context, reading: Regimen, who: Who, conditions: tuple[Condition, ...]
    ) -> None:
        age, weight, renal, hepatic = who
        self.rows.append(
            DoseRow(
                text, number, self.section.key, context.indication, context.population, context.qualifier,
                reading.action, reading.dose, reading.route, reading.frequency, reading.duration, reading.maximum,
                reading.condition, age, weight, renal, hepatic, reading.unsure, conditions,
            )
        )  # fmt: skip

    def note(self, text: str, line: int) -> None:
        if text.strip():
            self.notes.append(DoseNote(text, line, self.section.key))


def _leading(line: Line, statement: Clause, *, goes_on: bool) -> tuple[int, int] | None:
    """The words before the first dose of the sentence that a statement is cut from: they say for whom all of its parts
    are. What only changes a dose goes on from the sentence before it: "Over 40 kg, start with 1 g. Increase by …"."""
    if statement.labels:
        return None
    begin = _sentence(line, statement.first)
    if amount := _AMOUNT.search(line.shape, begin, statement.first):
        return (begin, amount.start()) if amount.start() > begin else None
    for _ in range(3):
        if not (goes_on and begin):
            break
        end, begin = begin, _sentence(line, begin - 1)
        amount = _AMOUNT.search(line.shape, begin, end)
        if _WHOM.search(line.shape, begin, amount.start() if amount else end):
            return (begin, amount.start()) if amount else None
        goes_on = any(i.code == "V" and i.sense.does in ("increase", "reduce") for i in line.items[begin:end])
    return None


def _sentence(line: Line, at: int) -> int:
    """Where the sentence begins that an item is in."""
    while at and line.shape[at - 1] != "·":
        at -= 1
    return at


_AMOUNT = re.compile("[167]")
_WHOM = re.compile("[HKLERWg]")


def everything_over(context: Context, cells: Sequence[str]) -> Over:
    """All labels and headings over a statement: a nearer one does not erase what an outer one says of whom."""
    beside = ["; ".join(cells)] if cells else []  # a grade in one cell and its figures in the next are one reading
    labels = [label for label in reversed(context.over) if label != context.indication]
    parts = (context.qualifier or "").split("; ")
    group = context.population or ""
    titles = [title for title in context.headings if heading_label(title) == group]
    own = [] if titles else [group]  # a label's group is nearer than any heading, a heading's is where its heading is
    found = [*beside, *labels, *reversed(parts), *own, *reversed(context.scope)]
    for title in reversed(context.headings):
        found += [group, title] if title in titles else [title]
    return over(tuple(dict.fromkeys(label for label in found if label)))


def labels_over(context: Context, cells: Sequence[str]) -> tuple[str, ...]:
    """Labels over a statement, nearest first; a heading's group is left out where a label names another group."""
    qualifiers = (context.qualifier or "").split("; ")
    headings = [
        title
        for title in reversed(context.headings)
        if not (context.population and is_group(heading_label(title)) and heading_label(title) != context.population)
    ]
    keys = (*reversed(qualifiers), context.population, context.indication)
    keyed = [label for label in reversed(context.over) if label in keys]
    found = [*cells, *keyed, *reversed(context.scope), *keys, *headings]
    return tuple(dict.fromkeys(label for label in found if label))


def _is_cap(context: Context) -> bool:
    """Whether the nearest label says that what it stands over is a maximum."""
    nearest = (context.qualifier or "").rsplit("; ", 1)[-1]
    return _MAXIMUM.match(nearest) is not None


_MAXIMUM = re.compile(r"(?:\w+\s+)?(?i:max(?:imum|imal|\.)?)(?![a-z])")
_SEE = re.compile(r"\[\w\]\s*See\b")
_HANDLED = re.compile(
    r"dilut|reconstitut|saline|diluent|concentration|infusate|vehicle|\bwater\b|bottles?\b|compound|equivalen|\bcapsules\b.*strength"
    r"|\bper\s+(?:\w+\s+)?course\b",
    re.I,
)
_EQUATED = re.compile(r"\bequivalent\s+(?:\w+\s+)?(?:dos(?:es|age)|exposure)\b|\bdos\w+\s+equivalen", re.I)
_OF_PARTICIPANTS = re.compile(r"\bN\s*=\s*\d")
"""A header that counts a trial's participants: the doses below it were given in the trial, they are no order."""
_FOR_THESE = re.compile("[#F]S[GzV]*[Hz]$")
""" "In the following populations", "for the following patients"."""
_FLATTENED = re.compile(r"(?:12?(?:⟨[^⟩]*⟩)?){3}")
"""Amounts with nothing between them: the cells of a row."""
_TABLE = re.compile(r"Tables?\s+\w+[.:)\s]", re.I)
_EXCLUDES = re.compile(r"Z(?:V|FV?|z)F?[^1678,;]{0,6}4[g·]*$|JZV")
"""How a statement begins that leaves people out: "Not intended for children under 3 years"."""
_SCOPE = re.compile(r"[dzSVTaj]{0,4}D[^·;:1I]{0,6}J?(?:V)?[Foj#][^·;:1I]{0,6}[H43]|[dzSVTaj]{0,4}D[^·;:1I]{0,4}J3")
_INTRODUCED = re.compile(r",?a?[dVTG]*D(?:Oj?z*)?J?(?:V|VF)?:?$|(?:J(?:V))?:?$(?<=J)")


def _counts_criteria(line: Line) -> bool:
    return bool(signs(r"[nw]A?O").search(line.shape))


def _is_bold(text: str) -> bool:
    return ("**" in text or "__" in text) and bool(signs(r"\s*(\*\*|__)[^*_]+\1\s*:?\s*").fullmatch(text))


def _continued(chain: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a later statement, which go on under those of the first that are of another sort.

    "Scale: BG 150 to 200: 1 unit; BG 201 to 250: 2 units" goes on under "Scale", "CrCl <30: Under 75 years: …. 75 years
    and older: …" under "CrCl <30".
    """
    if len(labels) != 1 or len(chain) < 2:
        return labels
    sort = sort_of(labels[0])  # bare figures are what the figures before them are: "CrCl 10 to 25: …; <10: …"
    kinds = ("age", "weight", "renal", "figures") if sort == "figures" else (sort,)
    alike = [i for i, label in enumerate(chain) if i and sort_of(label) in kinds]
    return (*chain[: alike[-1]], *labels) if alike else labels


def _leads(block: Block, following: Block | None) -> bool:
    """Whether the next block is nested in this one, or is the list or table that this paragraph introduces."""
    if following is None or following.line <= block.line:
        return False
    if block.kind == "item":
        return following.depth > block.depth
    return following.kind in ("item", "header", "row") and following.depth >= block.depth


def _carries(row: DoseRow, labels: Sequence[str]) -> bool:
    above = f"{row.indication or ''}\n{row.population or ''}\n{row.qualifier or ''}"
    return all(part.strip() in above for label in labels for part in label.split(","))


_BOLD_LEAD = re.compile(r"(\*\*|__)(?=\S)([^*_]{2,120}?)(?<![.:;,])\1[ \t]*(?:[-–—][ \t]+)?(?=[A-Z0-9(<>≥≤])(?!\()")


def _with_colon(markdown: str, lined) -> str:  # type: ignore[no-untyped-def]
    """The line, plain; a bold lead-in that has no colon gets one: `**Adults** 5 mg`."""
    if not markdown.startswith(("**", "__")):
        return plain(markdown)
    match = _BOLD_LEAD.match(markdown)
    if match and signs(r"[^\W\d]").search(match[2]) and not signs("[1567]").search(lined(match[2]).shape):
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
