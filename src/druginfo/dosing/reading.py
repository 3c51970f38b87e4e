"""Dosage section → rows and notes: its lines and tables in order, each under the labels that stand over it. A line that
is only a label is over what follows; any other is cut into statements (see `statements`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, zip_longest

from druginfo.dosing import whom
from druginfo.dosing.actions import action as order_of
from druginfo.dosing.columns import dosed_columns, partners, with_headers
from druginfo.dosing.conditions import completed
from druginfo.dosing.context import BOLD, Context, contexts, dosage_sections, is_another, join
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.figures import NOBODY
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.labels import heading_label, is_group, is_organ, measured, names_whom, sort_of
from druginfo.dosing.leads import CAPTION, COLUMNS_LOST, Leads, only_names, row_labels, run_in_title, title_at_end
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.people import stages
from druginfo.dosing.regimen import Regimen, read
from druginfo.dosing.rows import LONGEST_LINE, THERAPY, collapse, is_cap, plain
from druginfo.dosing.statements import Clause, holds_dose, is_share, says, sentences, statements
from druginfo.dosing.table_rows import SHARE, TableReader
from druginfo.dosing.verdicts import OF_ORGAN, handles, makes_row, withholds
from druginfo.markup import lead_in
from druginfo.model import NO_COLUMNS, Block, DoseNote, DoseRow, Monograph, Regimens, Section
from druginfo.terms.language import is_english
from druginfo.terms.tables import SENTENCES


def read_dosing(
    monograph: Monograph, sections: Sequence[Section] | None = None, *, conditions: bool = True
) -> Regimens:
    """The rows and notes of a monograph's Dosage section, or of these sections, in document order.

    Every block of the section is in rows or notes once; a label alone is in the rows below it. A monograph without the
    section has neither. `conditions`: whether to gather all that is said of whom a row is for, which only a patient
    needs, and which is an eighth of the reading.
    """
    if monograph.language not in (None, "en"):
        from druginfo.dosing.untranslated import unread

        return unread(dosage_sections(monograph), monograph.language)
    vocabulary = IndicationWords(monograph)
    drug = OwnDrug(name.name for name in monograph.names)
    rows: list[DoseRow] = []
    headed: list[str | None] = []
    notes: list[DoseNote] = []
    for section, context in contexts(dosage_sections(monograph) if sections is None else sections, vocabulary):
        reader = _SectionReader(section, context, vocabulary, drug, conditions)
        reader.read()
        rows += reader.rows
        headed += [context.indication] * len(reader.rows)
        notes += reader.notes
    own = _of_own_indications(rows, headed, vocabulary)
    if not conditions:
        return Regimens(tuple(own), tuple(notes), has_conditions=False)
    texts = {row.text for row in rows}.union(
        *([row.indication or "", *(c.text for c in row.conditions)] for row in rows)
    )
    joined = "\n".join(texts)
    meanings = [pair for pair in vocabulary.abbreviations.items() if pair[0] in joined]
    people = {short: m for short, m in meanings if not is_group(short) and (is_organ(m) or is_group(m.split()[-1]))}
    return Regimens(tuple(completed(own, people)), tuple(notes))


def _of_own_indications(
    rows: Sequence[DoseRow], headed: Sequence[str | None], vocabulary: IndicationWords
) -> list[DoseRow]:
    """The rows, with a label that is an indication by itself elsewhere as theirs in place of the heading's (`headed`).

    "OTITIS MEDIA … Pharyngitis: 12 mg/kg", where a table of all indications has "Pharyngitis".
    """
    own = {row.indication.casefold() for row in rows if row.indication}
    return [
        row._replace(indication=row.qualifier, qualifier=None)
        if row.indication
        and row.indication == heading
        and row.qualifier
        and row.qualifier.casefold() in own
        and is_another(row.qualifier, heading, vocabulary)
        else row
        for row, heading in zip(rows, headed, strict=True)
    ]


class _SectionReader(TableReader):
    """Reads one section's blocks in order."""

    def __init__(
        self, section: Section, context: Context, vocabulary: IndicationWords, drug: OwnDrug, conditions: bool
    ) -> None:
        super().__init__(section, context, vocabulary, drug, conditions)
        self.commented = False
        self.run_in = False
        """Whether a label of ages that another text follows in its line is over what comes after that."""
        self.over_table: Block | None = None  # the last text, if it introduces a table by a label
        self.paragraphs: list[tuple[str, Context]] = []  # labels that are paragraphs, each with its kind
        self.written = (0, 0, 0)
        """How many rows, notes and labels there were right after the last of these."""
        self.flat: tuple[int, list[str], int] | None = None
        """An item that names people, over the items beside it: its depth, its labels, the deepest item that it is over.
        Where one has items nested in it, those beside it are still its own if they are in a list of such items."""

    def read(self) -> None:
        shown = [b for b in self.section.blocks if b.kind != "rule"]
        shown = [part for b, next_ in zip_longest(shown, shown[1:]) for part in self.parted(b, next_)]
        blocks = with_headers(shown, self.drug)
        if self.base.title:
            self.below_paragraphs(self.base, [heading_label(self.base.title)])
            self.levels.append((-1, self.paragraphs[-1][1]))
            self.run_in = True
        for i, block in enumerate(blocks):
            before = blocks[i - 1] if i else None
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            captioned = following and following.kind == "paragraph" and CAPTION.match(following.text)
            if captioned and _INTRODUCES.search(block.text):
                following = blocks[i + 2] if blocks[i + 2 :] else following  # a table that its caption is between
            uncommented = self.uncommented(block)
            if uncommented is None:
                continue
            block = uncommented
            if block.kind in ("header", "row") and (before is None or before.kind not in ("header", "row")):
                self.introduction = collapse(before.text)[-240:] if before else ""
            if block.kind == "code":
                self.note(collapse(block.text), block.line)
            elif block.kind == "header":
                self.header(block, following)
            elif block.kind == "row":
                if before is None or before.kind != "row":
                    self.groups, self.titles, self.spanning, self.disease, self.marked = [], [], "", "", {}
                if before is None or before.header != block.header:
                    title = (self.section.title, *self.context_at(block.depth).scope)[-1]
                    self.caption = self.introduction if CAPTION.match(self.introduction) else title
                    self.dosed = dosed_columns(blocks[i:], self.drug, self.caption)
                    self.partners = partners(blocks[i:], self.drug)
                if block.header and block.cells == block.header[: len(block.cells)]:
                    self.note(" | ".join(filter(None, map(plain, block.cells))), block.line)
                else:
                    self.table_row(block)
            else:
                self.line(block, before, following)
        self.keep_unused_labels()
        if self.excluded and self.conditions:  # an exclusion in a scope excludes from all of it
            rows = (
                r if r.action == "avoid" else r._replace(conditions=(*r.conditions, *self.excluded)) for r in self.rows
            )
            self.rows = list(rows)

    def parted(self, block: Block, following: Block | None) -> Iterator[Block]:
        """A paragraph or an item, parted where the titles begin that have run into its sentences, or into its end where
        they are of what follows, each as a paragraph in bold."""
        if following and block.kind in ("paragraph", "item") and len(block.lines) == 1 and not following.depth:
            text = block.lines[0].strip()
            if end := title_at_end(text, self.vocabulary.is_indication):
                title = text[end:]
                yield from self.parted(block._replace(lines=(text[:end].rstrip(),)), None)
                shown = title if CAPTION.match(title) else f"**{title}**"
                yield Block("paragraph", block.line, 0, "", (shown,))
                return
        if block.kind in ("paragraph", "item") and len(block.lines) == 1:
            line = self.lined(collapse(plain(block.text)))
            if labels := [] if self.is_flattened(line) else [*row_labels(line)]:
                yield from self.rows_apart(block, line, labels)
                return
        if block.kind != "paragraph" or len(block.lines) > 1 or not _ORDERED.search(block.text):
            yield block
            return
        line = self.lined(collapse(plain(block.text)))
        done = 0
        for first, last in sentences(line):
            at = run_in_title(line, first, last)
            title = line.text[line.items[first].lead : line.items[at].lead].strip() if at else ""
            if at is None or not (is_group(title) or THERAPY.match(title) or self.names_any(title)):
                continue
            before = line.text[done : line.items[first].lead].strip()
            done = line.items[at].lead
            if before:
                yield block._replace(lines=(before,))
            yield block._replace(lines=(f"**{title}**",), marker=_RUN_IN)
        yield block._replace(lines=(line.text[done:],)) if done else block

    @staticmethod
    def rows_apart(block: Block, line: Line, labels: Sequence[ItemRange]) -> Iterator[Block]:
        """The rows of a table that was written as one line, each an item under its label, and what is around them."""
        text, done = line.text, 0
        for (first, last), next_ in zip_longest(labels, labels[1:]):
            sentence = next(end for _, end in sentences(line) if end > last)
            begin, end = line.items[first].lead, line.items[min(sentence, next_[0] if next_ else sentence) - 1].end
            if before := text[done:begin].strip():
                yield block._replace(lines=(before,))
            label, dose = text[begin : line.items[last].start].rstrip(" -–—"), text[line.items[last].start : end]
            yield block._replace(kind="item", lines=(f"**{label}:** {dose}",))
            done = end
        if rest := text[done:].strip():
            yield block._replace(lines=(rest,))

    def end_title(self) -> None:
        """End the heading of the section, if it is but the first of the titles of its text: one without a number."""
        *above, last = (self.base.qualifier or "").split("; ")
        title = self.section.title
        if self.base.headings[-1:] == (title,) and last == heading_label(title) and not title[:1].isdigit():
            self.base = self.base._replace(qualifier="; ".join(above) or None, headings=self.base.headings[:-1])

    def names_any(self, text: str) -> bool:
        """Whether a text names a disease, of which it may be a test, or what the drug is for."""
        return self.vocabulary.is_disease(text) or self.vocabulary.is_known(text)

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
        struck = "".join(codes(r"~~.*?~~").findall(kept))
        kept = re.sub(r"~~.*?~~", "", kept)
        self.note(collapse(plain(f"{hidden} {struck}")), block.line)
        if not codes(r"\w").search(kept):
            return None
        cells = tuple(re.sub(r"<!--.*?-->|~~.*?~~", "", cell) for cell in block.cells)
        return block._replace(lines=(kept,) if block.kind != "code" else block.lines, cells=cells)

    def line(self, block: Block, before: Block | None, following: Block | None) -> None:
        markdown = block.text
        text = collapse(plain(markdown))
        if block.marker == _RUN_IN:
            if not is_group(text):
                self.end_title()
            self.label_line(block, text, [text], self.context_at(block.depth - 1), block.depth - 1)
            return
        if not text or self.kept_whole(block, before, text):
            return
        leads, bold = _leads(block, following), _is_bold(markdown) or self.names_whom(block, text, following)
        begins_bold = markdown.startswith(("**", "__"))
        line = self.lined(collapse(_with_colon(markdown, self.lined)) if begins_bold else text)
        if self.run_in and OF_ORGAN.search(line.shape):
            self.run_in = False  # what is said of an organ is for all ages again
            self.levels.clear()
            self.paragraphs.clear()
        found = statements(line, self.drug)
        if len(found) == 1 and (leads or bold) and self.is_bare_label(line, found[0], leads and bold):
            (all_of_it,) = found
            label = line.part(all_of_it.first, all_of_it.last)
            found = [all_of_it._replace(labels=(*all_of_it.labels, label), first=all_of_it.last)]
        stands_over = leads or (block.kind != "item" and bold)
        depth = block.depth if block.kind == "item" else block.depth - 1  # a paragraph's label is over its neighbours
        ends_list = block.kind != "item" and before is not None and before.kind in ("item", "row")
        if before is not None and before == self.over_table and CAPTION.match(text) and not self.is_for_others([text]):
            stands_over = False  # it is below the label of the text that introduces the table
        context = self.context_at(depth if stands_over or ends_list else block.depth)
        if ends_list and self.run_in and self.paragraphs and not stands_over:  # a title goes on after its table
            context = self.paragraphs[-1][1]
            self.levels.append((depth, context))
        inside = block.kind == "item" and self.flat is not None and self.flat[0] <= block.depth
        beside = self.flat if inside else None
        own = [label for s in found for label in s.labels]
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
                block.kind == "item" and not leads and len(labels) == 1 and names_whom(labels[0])
                and not context.handling
                and following is not None and (following.kind, following.depth) == ("item", block.depth)
            ):  # fmt: skip
                self.flat = (block.depth, labels, 99)
                self.unused.append((len(self.rows), text, block.line, labels))
                return
            if flat and leads and flat[0] == block.depth and labels and all(map(is_group, labels)):
                self.flat = (block.depth, labels, block.depth)
            self.label_line(block, text, labels, context, depth if stands_over else None)
            return
        if (
            block.kind == "paragraph"
            and block.depth == 0
            and (self.is_for_others(own) or block.line in self.titles_with_text)
        ):
            above = self.context_at(depth)
            title = own[:1] if self.kind_of(above, own[:1]) == "population" else [heading_label(own[0])]
            context = self.below_paragraphs(above, title)
            self.levels.append((depth, self.labelled(context, title)))
            self.run_in = True
        if self.scopes(block, line, context, following, depth):
            return
        if self.is_dosing(block, context, line, found):
            below = self.statements(block, line, context, found)
        else:
            self.prose(block, line, context, found)
            below = self.labelled(context, found[0].labels)
        if text.endswith(":") and "of" in text and _counts_criteria(line):
            below = below._replace(criteria=True)
        over_table = leads and own and following is not None and following.kind in ("header", "row")
        self.over_table = block if over_table else None
        if block.kind == "item" or over_table or (leads and text.endswith(":")):
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
        if not self.is_flattened(line) or not holds_dose(line, statement.first, statement.last):
            return reading
        return reading._replace(dose=None, frequency=None, duration=None, maximum=None, unsure=NO_COLUMNS)

    @staticmethod
    def is_flattened(line: Line) -> bool:
        """Whether a line is a table that was written as one paragraph, whose columns cannot be told."""
        table = CAPTION.match(line.text) or _FLATTENED.search(line.shape)
        return line.shape.count("1") > 5 and table is not None

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

    def kept_whole(self, block: Block, before: Block | None, text: str) -> bool:
        """Whether the line was told as it stands: one too long to be taken apart, or a footnote behind a table."""
        footnote = block.kind == "paragraph" and before is not None and before.kind in ("row", "paragraph")
        unread = ""
        if len(text) > LONGEST_LINE:
            unread = "the line is too long to be read"
        elif ((footnote and _MARKED.match(text)) or _SEE.match(text)) and self.tells_nothing(text):
            pass
        elif not is_english(text):
            unread = "the text is not known to be English"
        elif COLUMNS_LOST.match(self.lined(text).shape):
            unread = NO_COLUMNS
        else:
            return False
        if unread and (len(text) > LONGEST_LINE or codes(r"\d").search(text)):
            context = self.context_at(block.depth)
            self.add(text, block.line, context, Regimen(unsure=unread), NOBODY, ())
        else:
            self.note(text, block.line)
        return True

    def names_whom(self, block: Block, text: str, following: Block | None) -> bool:
        """Whether a paragraph only names people or an indication, or an item people and the next one a dose: it is a
        label over what follows."""
        if block.kind not in ("paragraph", "item") or following is None or len(text) > 120 or text[-1:] in ".;!?":
            return False
        if CAPTION.match(text):
            return False
        bare = text.rstrip(": ")
        if block.kind == "item":  # "children 6 to 12 years", then "take 1 tablet daily" beside it
            beside = (following.kind, following.depth) == ("item", block.depth)
            if not (
                beside and names_whom(bare) and holds_dose(next_ := self.lined(following.text), 0, len(next_.items))
            ):
                return False
        return only_names(self.lined(bare), self.vocabulary.is_indication)

    def scopes(self, block: Block, line: Line, context: Context, following: Block | None, depth: int) -> bool:
        """A caption, a sentence that gives the scope of "the following doses", or one that introduces what is nested.

        It is a label over what follows, and told in a note.
        """
        if context.handling or holds_dose(line, 0, len(line.items)):
            return False
        text = line.text
        who = codes("[H4KLRE]").search(line.shape) is not None
        words = text.lower()
        caption = bool(CAPTION.match(text)) and following is not None
        leads = text.endswith(":") and _leads(block, following)
        introduced = _INTRODUCED.search(line.shape) if leads else None
        scope = _SCOPE.match(line.shape) and any(w in words[:40] for w in ("following", "these", "below", "this"))
        aged = next((i for i in line.items if i.code == "3" and "year" in i.word), None)  # "for 3 to 12 years"
        if not (caption or introduced or (scope and (who or aged))):
            return False
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
        """A paragraph's label ends the last one of its kind and what stood below that; of another kind it is below.

        An indication, or what is neither that nor people, is below a label only if nothing stands between them.
        """
        kind = self.kind_of(context, labels)
        kinds = [each for each, _ in self.paragraphs]
        written = len(self.rows), len(self.notes), len(self.unused)
        if self.paragraphs and written == self.written and kind not in kinds:
            pass  # right below: "Adults:", "Hypertension:"
        elif kind in kinds and (kind != "indication" or kinds.index(kind)):
            del self.paragraphs[kinds.index(kind) :]
        elif kind in ("", "indication"):
            self.paragraphs.clear()
        below = self.paragraphs[-1][1] if self.paragraphs else context
        if kind:
            self.paragraphs.append((kind, self.labelled(below, labels)))
        self.written = *written[:2], written[2] + 1
        return below

    @cached_property
    def titles_with_text(self) -> frozenset[int]:
        """The lines of labels in bold that name a disease, have text of their own and are still over the groups of
        people after them, since the same groups come again under another disease: "**Seizures:** …", "**Adults:** …",
        "**Panic disorder:**", "**Adults:** …"."""
        labels = ((block, plain(lead_in(block.text)[0] or "")) for block in self.section.blocks if not block.depth)
        labelled = [(block.line, label) for block, label in labels if label and block.kind == "paragraph"]
        under: dict[int, set[str]] = {}
        for line, label in labelled:
            if self.vocabulary.is_disease(label):
                under[line] = set()
            elif under and is_group(label):
                under[[*under][-1]].add(label)
            else:
                under[line] = set()
        return frozenset(
            line for line, own in under.items() if any(own & other for each, other in under.items() if each != line)
        )

    def is_for_others(self, labels: Sequence[str]) -> bool:
        """Whether a paragraph's labels begin with one for other ages than the paragraph's label above it, "Dosage in
        Children: …" after "Dosage in Adults", or for another indication. It is over what follows, too."""
        above = next((c.indication for kind, c in self.paragraphs if kind == "indication"), None)
        if labels and above and self.vocabulary.is_disease(labels[0]):
            return is_another(labels[0], above, self.vocabulary)
        over = [c.over[-1] for _, c in self.paragraphs if c.over and stages(c.over[-1])]
        return bool(labels and over) and bool(stages(labels[0])) and stages(labels[0]) != stages(over[-1])

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

    def statements(self, block: Block, line: Line, above: Context, found: Sequence[Clause]) -> Context:
        """Rows for the statements of a line; returns the context for what is nested in it."""
        below = context = whose = above
        seen = False
        reading: Regimen | None = None
        chain: tuple[str, ...] = ()
        leads = Leads(line, self.vocabulary, whole=block.kind == "item")
        for statement in found:
            labels = statement.labels
            if labels:
                chain = _continued(chain, measured(labels, chain))
                context = self.relabelled(above, below if seen else above, chain)
                if not seen:
                    below = context
                whose = context
            elif chain and whom.is_of_another_group(line, statement.first, statement.last, self.lined(chain[-1])):
                whose = self.labelled(above, chain[:-1])
            seen = True
            number = _line_of(block, line.text, statement.start)
            if statement.first < statement.last:
                after = reading if statement.goes_on else None
                reading = read(line, statement.first, statement.last, self.drug, capped=is_cap(context), after=after)
                reading = self.ordered(self.as_told(reading, line, statement), context.over)
                if reading.action == "note" and is_share(line, statement.first, statement.last):
                    titles = (*context.over, line.text[: statement.begin])
                    title = next(filter(SHARE.search, titles), "")
                    reading = reading._replace(action=self.share_of_dose(line.text[statement.start :], title))
                if reading.action == "note" and (withheld := withholds(line, statement, context)):
                    reading = reading._replace(action=withheld)
                under = self.footnoted(leads.over(whose, statement, reading), line.text, statement.start)
                if makes_row(line, statement, reading, context, self.drug):
                    self.row(line, statement, number, under, reading)
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
        if _names_the_rest(self.lined(labels[-1])):
            return first._replace(population=above.population, qualifier=join(above.qualifier, labels[-1]))
        if fresh.indication in labels:
            if first.indication not in (None, above.indication) and not self.vocabulary.is_known(
                fresh.indication or ""
            ):
                return first._replace(qualifier=join(above.qualifier, "; ".join(labels)))
            return first._replace(
                indication=fresh.indication,
                qualifier=fresh.qualifier,
            )
        if fresh.population in labels:
            return first._replace(population=fresh.population, qualifier=fresh.qualifier)
        if first.population != above.population and _takes_place(
            self.lined(labels[-1]), self.lined(first.population or "")
        ):
            first = first._replace(population=above.population)
        return first._replace(qualifier=fresh.qualifier)

    def prose(self, block: Block, line: Line, context: Context, found: Sequence[Clause]) -> None:
        """A paragraph: rows for its regimens, one note for each run of other sentences."""
        reading: Regimen | None = None
        done = 0  # up to where the text stands in rows and notes
        leads = Leads(line, self.vocabulary, whole=block.kind == "item")
        for statement in found:
            if statement.first >= statement.last:
                continue
            after = reading if statement.goes_on else None
            reading = read(line, statement.first, statement.last, self.drug, after=after)
            reading = self.as_told(reading, line, statement)
            reading = self.ordered(reading, (*context.over, *statement.labels))
            under = leads.over(self.labelled(context, statement.labels), statement, reading)
            under = self.footnoted(under, line.text, statement.start)
            if reading.unsure != NO_COLUMNS and not makes_row(line, statement, reading, context, self.drug, prose=True):
                continue
            self.remark(block, line.text, done, max(statement.begin, done))
            self.row(line, statement, _line_of(block, line.text, statement.start), under, reading)
            done = statement.end
        self.remark(block, line.text, done, len(line.text))

    def remark(self, block: Block, text: str, begin: int, end: int) -> None:
        """Notes of what stands between two rows: one for each line that a sentence begins on."""
        between = text[begin:end].strip().lstrip(";").lstrip()
        if not codes(r"\w").search(between):
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


_INTRODUCES = re.compile(r"\bTables?\b|\b(?:follow(?:s|ing)|below)\b|:\W*$|^\W*\*\*[^*]+\*\*\W*$", re.I)
"""Words that lead to a table, or nothing but a title."""
_RUN_IN = "title"
"""The marker of a paragraph that is a title of the text after it."""
_ORDERED = re.compile(r"[\w)] (?:Administer|Give|Take|Initiate|Start|Begin|Inject|The)\b")
"""An order or "The" with a capital within a sentence: what is before it may be a title."""
_MARKED = re.compile(r"[*†‡§¶]+\s*[A-Z]")
_SPECIAL_GROUPS = re.compile(
    r"(?:special|specific|particular|other)\s+(?:patient\s+)?(?:populations?|groups?|patients|cases?|situations?|considerations?)\W*$",
    re.I,
)
_SEE = re.compile(r"\[\w\]\s*See\b")
_FOR_THESE = re.compile("[#F]S[GzV]*[Hz]$")
""" "In the following populations", "for the following patients"."""
_FLATTENED = re.compile(r"(?:12?(?:⟨[^⟩]*⟩)?){3}")
"""Amounts with nothing between them: the cells of a row."""
_SCOPE = re.compile(r"[dzSVTaj]{0,4}D[^·;:1I]{0,6}J?(?:V)?[Foj#][^·;:1I]{0,6}[H43]|[dzSVTaj]{0,4}D[^·;:1I]{0,4}J3")
_INTRODUCED = re.compile(r",?a?[dVTG]*D(?:Oj?z*)?J?(?:V|VF)?:?$|(?:J(?:V))?:?$(?<=J)")


def _counts_criteria(line: Line) -> bool:
    return bool(codes(r"[nw]A?O").search(line.shape))


def _is_bold(text: str) -> bool:
    return ("**" in text or "__" in text) and BOLD.fullmatch(text) is not None


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


def _takes_place(label: Line, earlier: Line) -> bool:
    """Whether a label tells people apart by what the one before it in the line does: "Normal renal function: …; CrCl 26
    to 50: …"."""
    by, earlier_by = (whom.tells_apart(line, 0, len(line.items)) for line in (label, earlier))
    return bool(earlier_by) and earlier_by <= by


def _names_the_rest(label: Line) -> bool:
    """Whether a label is but a word for those of whom the labels before it are not: "others", "all other patients"."""
    return all(item.word in _REST or item.code in "aH" for item in label.items) and label.has_word(_REST)


_REST = SENTENCES["the rest"]


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
    match = _BOLD_LEAD.match(markdown)
    if match and codes(r"[^\W\d]").search(match[2]) and not codes("[1567]").search(lined(match[2]).shape):
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
