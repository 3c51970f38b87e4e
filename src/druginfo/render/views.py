"""Answers as text for a terminal: what stands where on the screen.

Text from a monograph is data: characters that could move or hide anything are shown as their code point, and no word is
lost or altered on the way to the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from druginfo import topics
from druginfo.answers.compare import Comparison
from druginfo.answers.dose import Doses, Row
from druginfo.answers.faq import Faqs
from druginfo.answers.info import Info
from druginfo.answers.interactions import Interactions
from druginfo.answers.listing import Cards
from druginfo.answers.search import Hits
from druginfo.answers.show import Drug, TopicOfAll
from druginfo.markup import lead_in, slugify, spans
from druginfo.model import Block, DoseNote, Faq, Findings, Match, Monograph, Section
from druginfo.render.text import Canvas, Styled
from druginfo.terminal import Screen, visible

if TYPE_CHECKING:
    from druginfo.answers.importing import Import

_HEADING, _LABEL, _DANGER, _DIM = "bold cyan", "bold", "bold red", "dim"
_FILTERS = {"for": "indication", "egfr": "eGFR", "crcl": "CrCl", "hepatic": "hepatic impairment"}
_FILTER_UNITS = {"age": "years", "weight": "kg", "egfr": "mL/min/1.73 m²", "crcl": "mL/min"}
_AGES = {"m": "months", "w": "weeks", "d": "days"}
_WIDEST_LABEL = 40  # columns of the labels beside dosing rows
_LONGEST_LABEL = 60  # characters of a list item that is only a label
_SIDE_BY_SIDE_FROM = 64  # columns: below, a row's label stands over its text


def render(answer: Any, screen: Screen, today: date) -> str:
    """The answer as text, ending in a line end."""
    page = Page(screen, today)
    match answer:
        case Drug():
            page.drug(answer)
        case TopicOfAll():
            page.topic(answer)
        case Cards():
            page.cards(answer)
        case Doses():
            page.doses(answer)
        case Faqs():
            page.faqs(answer)
        case Findings():
            page.findings(answer)
        case Info():
            page.info(answer)
        case Hits() | Comparison() | Interactions():
            from druginfo.render import across

            across.put(page, answer)
        case _ if type(answer).__name__ == "Import":  # its type loads all of `labels`
            page.imported(answer)
        case _:
            raise TypeError(f"no text for {type(answer).__name__}")
    return page.finish()


def age(last_modified: str | None, today: date) -> str | None:
    """How long ago a date (RFC 3339 or a date) was, in words; None where it is none.

    >>> age("2025-09-22T17:21:52.345Z", date(2026, 11, 22))
    '14 months ago'
    """
    try:
        then = date.fromisoformat((last_modified or "")[:10])
    except ValueError:
        return None
    if then > today:
        return "in the future"
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < 1:
        days = (today - then).days
        return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"
    return f"{months} month{'s' * (months > 1)} ago" if months < 24 else f"{months // 12} years ago"


class Page(Canvas):
    """One answer on one screen."""

    def __init__(self, screen: Screen, today: date) -> None:
        super().__init__(screen)
        self.today = today
        self.bullet = "•" if screen.unicode else "-"
        self.dot = " · " if screen.unicode else " - "
        self.warning = "⚠ " if screen.unicode else "! "

    def markdown(self, text: str, style: str = "") -> Styled:
        """A block's Markdown as styled text, its lead-in label set apart."""
        label, rest = lead_in(_unbroken(text))
        styled = Styled(f"{visible(label)}:{' ' * bool(rest)}" if label else "", _LABEL)
        for span in spans(rest):
            styles = (style, "bold" * span.bold, "italic" * span.italic)
            safe = span.url if span.url and visible(span.url) == span.url else None
            styled.append(visible(span.text), " ".join(filter(None, styles)), safe)
        return styled

    # ------------------------------------------------------------ monographs

    def drug(self, answer: Drug) -> None:
        monograph = answer.monograph
        self.head(answer.match, monograph, answer.topic, answer.scope)
        if answer.notice:
            self.put(visible(answer.notice))
        sections = monograph.sections
        if answer.topic is None:
            danger = tuple(s for s in sections if topics.endangers(s))
            sections = (*danger, *(s for s in sections if not topics.endangers(s)))
        self.sections(sections)
        self.questions(_unprinted(monograph))

    def head(self, match: Match, monograph: Monograph, part: str | None, scope: str | None) -> None:
        """Which drug this is, how the query came to it, what the text covers, what it is called, how old it is."""
        self.came_by(match)
        self.put(Styled(visible(monograph.title), "bold").append(self.dot + visible(part) if part else ""))
        if monograph.is_banned:
            self.banned(monograph.title)
        self.look_alikes(match)
        if scope:
            self.put(Styled("Scope: ", _LABEL).append(visible(scope)), 0, 2)
        if part is None:
            if monograph.description and not _cut_off(monograph):
                self.put(visible(monograph.description))
            self.called(monograph)
        since = age(monograph.last_modified, self.today)
        if monograph.last_modified:
            day = monograph.last_modified[:10] if since else monograph.last_modified
            is_old = since is not None and since.endswith("years ago")
            said = f"Last reviewed {day}{f', {since}' if since else ''}."
            self.put(Styled(visible(said), _LABEL if is_old else _DIM))
        if part is None:
            for source in monograph.sources:
                revised = f", revised {source.revised}" if source.revised else ""
                named = source.title or source.id or source.url or ""
                self.put(Styled(visible(f"Source: {named}{revised}."), _DIM), hang=2)

    def came_by(self, match: Match | None) -> None:
        if match:
            from druginfo.names.resolution import notice

            if said := notice(match):
                self.put(visible(said) + ".")

    def look_alikes(self, match: Match | None) -> None:
        for pair in match.confused_with if match else ():
            told = f"Not to be confused with {pair.with_tall_man} (this is {pair.tall_man})."
            self.put(Styled(told, "bold"), hang=2)

    def banned(self, title: str) -> None:
        self.put(Styled(f"{self.warning}BANNED: this monograph marks {visible(title)} as banned.", _DANGER), hang=2)

    def called(self, monograph: Monograph) -> None:
        brands = [n.name for n in monograph.names if n.field == "brand"]
        others = [n.name for n in monograph.names if n.field in ("inn", "synonym") and n.name != monograph.title]
        for label, values in (("Brands", brands), ("Also called", others), ("Class", monograph.classes)):
            if values:
                self.put(visible(f"{label}: {', '.join(values)}"), hang=2)

    def sections(self, sections: Iterable[Section]) -> None:
        """Sections under their headings, each heading once."""
        above: tuple[str, ...] = ()
        for section in sections:
            path = (*section.over, section.title)
            for depth, title in enumerate(path):
                if title and (above[: depth + 1] != path[: depth + 1] or depth == len(path) - 1):
                    self.heading(title, depth, topics.endangers(section))
            above = path
            self.blocks(section.blocks, 2 * len(path) if section.level else 0)

    def heading(self, title: str, depth: int, danger: bool) -> None:
        style = _DANGER if danger else _HEADING if depth == 0 else _LABEL
        self.blank()
        self.put(Styled((self.warning if danger and depth == 0 else "") + visible(title), style), 2 * depth)

    def blocks(self, blocks: Sequence[Block], indent: int) -> None:
        i = 0
        while i < len(blocks):
            block = blocks[i]
            end = i + 1
            if block.kind in ("header", "row"):
                while end < len(blocks) and blocks[end].kind == "row":
                    end += 1
                self.table(blocks[i:end], indent + 2 * block.depth)
            else:
                if block.kind == "paragraph" and i:
                    self.blank()
                self.block(block, indent + 2 * block.depth)
            i = end

    def block(self, block: Block, indent: int) -> None:
        match block.kind:
            case "item":
                marker = block.marker if block.marker[0].isdigit() else self.bullet
                style = _LABEL if _is_label(block.text) else ""
                text = self.markdown(block.text, style)
                self.put(Styled(f"{marker} ").extend(text), indent, indent + len(marker) + 1)
            case "code":
                self.blank()
                if block.marker:
                    self.put(Styled(visible(block.marker), _DIM), indent + 2)
                for line in block.lines:
                    inner = len(line) - len(line.lstrip())
                    self.put(visible(line.strip()), indent + 2 + inner, indent + 4 + inner)
                self.blank()
            case "quote":
                bar = "│ " if self.screen.unicode else "> "
                self.put(Styled(bar).extend(self.markdown(block.text)), indent, indent + 2)
            case "rule":
                self.put(Styled(("─" if self.screen.unicode else "-") * 20, _DIM), indent)
            case _:
                self.put(self.markdown(block.text), indent)

    def table(self, blocks: Sequence[Block], indent: int) -> None:
        header = [self.markdown(c, _LABEL) for b in blocks if b.kind == "header" for c in b.cells]
        self.blank()
        self.grid(header, [[self.markdown(c) for c in b.cells] for b in blocks if b.kind == "row"], indent)
        self.blank()

    # ------------------------------------------------------------ FAQs, topics, lists

    def questions(self, faqs: Sequence[Faq]) -> None:
        if faqs:
            self.blank()
            self.put(Styled("FAQs", _HEADING))
        for number, faq in enumerate(faqs):
            if number:
                self.blank()
            self.question(faq)

    def question(self, faq: Faq) -> None:
        self.put(Styled(visible(faq.question), _LABEL), 2, 4)
        for line in faq.answer.split("\n"):
            inner = 4 + len(line) - len(line.lstrip())
            self.put(visible(line.strip()), inner, inner + 2 * bool(re.match(r"\s*(?:[-*+•]|\d+[.)])\s", line)))

    def faqs(self, answer: Faqs) -> None:
        self.came_by(answer.match)
        self.look_alikes(answer.match)
        for known_as in answer.absent:
            told = (
                f"{known_as} is a known drug, but the library has no monograph of it. These answers are of other drugs."
            )
            self.put(Styled(visible(told), _DANGER), 0, 2)
        if not answer.faqs:
            self.put("The monograph has no questions." if answer.match else "No monograph has questions.")
        last = None
        for hit in answer.faqs:
            if hit.title != last or not answer.questions_only:
                self.blank()
            if hit.title != last:
                self.put(Styled(visible(hit.title), _HEADING))
                last = hit.title
            if answer.questions_only:
                self.put(visible(hit.faq.question), 2, 4)
            else:
                self.question(hit.faq)

    def topic(self, answer: TopicOfAll) -> None:
        if answer.notice:
            self.put(visible(answer.notice))
        for drug in answer.results:
            self.blank()
            self.put(Styled(visible(drug.title), "bold underline"))
            if drug.is_banned:
                self.banned(drug.title)
            self.sections(drug.sections)
            self.questions(drug.faqs)

    def cards(self, answer: Cards) -> None:
        rows = []
        for card in answer.monographs:
            title = Styled(visible(card.title), _LABEL).append(" (banned)" if card.is_banned else "", _DANGER)
            values = (", ".join(card.brands), ", ".join(card.classes), (card.last_modified or "")[:10])
            rows.append([title, *(Styled(visible(value)) for value in values)])
        self.grid([Styled(word, _LABEL) for word in ("Drug", "Brands", "Class", "Reviewed")], rows)

    def findings(self, answer: Findings) -> None:
        """A line each, never wrapped: editors and scripts read them."""
        for path, line, code, level, message in answer.findings:
            styled = Styled(visible(f"{path}:{line}: ")).append(code, _DANGER if level == "error" else _LABEL)
            self.lines.append(self.paint(styled.append(visible(f" {message}")), 0, len(styled.text)))

    def imported(self, answer: Import) -> None:
        """Every record that was read: what was written, what gave way to another label, what was skipped and why."""
        for done in answer.imported:
            kind = "combination, " if done.is_combination else ""
            told = f"{done.title} ({kind}label of {done.effective or 'no date'}{', replaced' if done.replaced else ''})"
            self.put(Styled(visible(told), _LABEL).append(visible(f" {done.path}")), 0, 2, width=self.screen.width)
        for heading, entries in (("Kept back", answer.kept_back), ("Skipped", answer.skipped)):
            if entries:
                self.blank()
                self.put(Styled(heading, _HEADING))
            for entry in entries:
                where = f"{entry.source}, record {entry.position}" if entry.position else entry.source
                self.put(visible(f"{where}: {entry.reason}"), 2, 4, width=self.screen.width)
        self.blank()
        counts = (len(answer.imported), len(answer.kept_back), len(answer.skipped))
        self.put(visible("Imported {}, kept back {}, skipped {}; into {}.".format(*counts, answer.into)))

    def info(self, answer: Info) -> None:
        facts = [
            ("Version", answer.version),
            ("Monographs", str(answer.monographs)),
            *(("From", root) for root in answer.roots),
            ("Index", f"{answer.index_.state}, {answer.index_.path or 'no file'}"),
            *(("Skipped", f"{f.path}{f':{f.line}' if f.line else ''}: {f.message}") for f in answer.skipped),
        ]
        for label, value in facts:
            self.put(Styled(f"{label:<11}", _LABEL).append(visible(value)), 0, 11, width=self.screen.width)

    # ------------------------------------------------------------ doses

    def doses(self, answer: Doses) -> None:
        self.head(answer.match, answer.monograph, "dose", answer.scope)
        if answer.boxed_warning:
            where = f"druginfo show {visible(answer.match.slug)} boxed warning"
            self.put(Styled(f"{self.warning}Boxed warning: ", _DANGER).append(f"see {where}"), 0, 2)
        if answer.filters:
            self.put(Styled("Patient: ", _LABEL).append(visible(_asked(answer.filters))), 0, 2)
        titles = {section.key: section.title for section in answer.monograph.sections}
        for heading, rows in _by_bearing(answer.rows):
            if heading:
                self.blank()
                self.put(Styled(heading, _HEADING))
            self.dose_groups(rows, titles, _LABEL if heading else _HEADING)
        if not answer.rows:
            self.blank()
            self.put("The monograph has no dosing rows.")
        self.dose_notes(answer.notes, bool(answer.filters))
        if answer.left_out and not any(row.left_out for row in answer.rows):
            self.blank()
            rows_that = "row that does" if answer.left_out == 1 else "rows that do"
            self.put(f"Left out: {answer.left_out} {rows_that} not apply to this patient (--all shows them).")

    def dose_groups(self, shown: Sequence[Row], titles: Mapping[str, str], style: str) -> None:
        """Rows by the patients they are for, or else by the heading over them, and by indication."""
        for group, rows in groupby(shown, key=lambda judged: judged.row.population or titles[judged.row.section]):
            self.blank()
            self.put(Styled(visible(group), style))
            for indication, same in groupby(rows, key=lambda judged: judged.row.indication):
                self.dose_rows(indication, list(same))

    def dose_rows(self, indication: str | None, rows: Sequence[Row]) -> None:
        """The rows of one indication: it stands beside them, or over them where they have labels of their own."""
        if not any(judged.row.qualifier for judged in rows):
            self.labelled([((indication,) if indication else (), judged) for judged in rows], 2, _LABEL)
            return
        if indication:
            self.put(Styled(visible(_unbroken(indication)), _LABEL), 2, 4)
        parts = [(tuple((judged.row.qualifier or "").split("; ")), judged) for judged in rows]
        self.labelled(parts, 4 if indication else 2, "" if indication else _LABEL)

    def labelled(self, rows: Sequence[tuple[tuple[str, ...], Row]], indent: int, style: str) -> None:
        """Rows with their labels, outer ones first. An outer label that several rows share stands over them, once."""
        has_labels = any(any(labels) for labels, _ in rows)
        for outer, group in groupby(rows, key=lambda row: row[0][:1]):
            same = list(group)
            if len(same) > 1 and any(len(labels) > 1 for labels, _ in same):
                self.put(Styled(visible(outer[0]), _LABEL), indent, indent + 2)
                self.labelled([(labels[1:], judged) for labels, judged in same], indent + 2, "")
                continue
            for labels, inner in groupby(same, key=lambda row: row[0]):
                who = Styled(visible(_unbroken("; ".join(labels))), style)
                for _, judged in inner:
                    self.dose_row(who, judged, indent, has_labels)
                    who = Styled()

    def dose_row(self, who: Styled, judged: Row, indent: int, labelled: bool) -> None:
        text = Styled(visible(_unbroken(judged.row.text)), _DANGER if judged.row.action == "avoid" else "")
        if judged.row.unsure:
            text.append(f" [unsure: {visible(judged.row.unsure)}]", _DIM)
        if judged.verdict and judged.verdict.reason:
            text.append(f" [{'does not apply: ' * judged.left_out}{visible(judged.verdict.reason)}]", _DIM)
        if judged.left_out:
            who, text = who.dimmed(), text.dimmed()
        if not labelled:
            self.put(text, indent, indent + 2)
            return
        if self.measure >= _SIDE_BY_SIDE_FROM:
            left = min(_WIDEST_LABEL, self.measure * 2 // 5) - indent
            self.columns([who, text], [left, self.measure - left - indent - 2], indent)
            return
        if who:
            self.put(who, indent, indent + 2)
        self.put(text, indent + 2, indent + 4)

    def dose_notes(self, notes: Sequence[DoseNote], filtered: bool) -> None:
        if not notes:
            return
        self.blank()
        self.put(Styled("Notes (for all patients)" if filtered else "Notes", _HEADING))
        for note in notes:
            self.put(f"{self.bullet} {visible(note.text)}", 2, 4)


# ---------------------------------------------------------------- parts


def _unbroken(text: str) -> str:
    """The text with a space for each line break that a table's cell can only have as HTML."""
    return re.sub(r"\s*<br\s*/?>\s*", " ", text) if "<br" in text else text


def _by_bearing(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows that are said of this patient first, then those said of others too, then those that do not apply."""
    if not any(judged.specific for judged in rows):
        return [("", list(rows))]
    groups = (
        ("For this patient", [row for row in rows if row.specific]),
        ("Not limited to this patient", [row for row in rows if not row.left_out and not row.specific]),
        ("Not for this patient", [row for row in rows if row.left_out]),
    )
    return [(heading, group) for heading, group in groups if group]


def _is_label(text: str) -> bool:
    """Whether a list item only tells what stands below it: "COVID-19:"."""
    return text.endswith(":") and len(text) <= _LONGEST_LABEL and not lead_in(text)[0]


def _asked(filters: Mapping[str, str]) -> str:
    """The patient in words, with units as they were read: "age 6 months" for `6m`, "weight 18 kg" for `18`."""
    found = []
    for name, value in filters.items():
        figure = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*).*", value, re.I)
        if name in _FILTER_UNITS and figure:
            unit = _AGES.get(figure[2][:1].lower()) if name == "age" else None
            value = f"{figure[1]} {unit or _FILTER_UNITS[name]}"
        found.append(f"{_FILTERS.get(name, name)} {value}")
    return ", ".join(found)


def _cut_off(monograph: Monograph) -> bool:
    """Whether the description is an export's cut-off copy of what the body says in full."""
    description = monograph.description or ""
    if not description.endswith(("...", "…")):
        return False
    return slugify(description.rstrip(".…")) in slugify(" ".join(s.text for s in monograph.sections))


def _unprinted(monograph: Monograph) -> list[Faq]:
    """The FAQs that no section of the body holds, question and answer."""
    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if topics.is_faq(s)))
    return [f for f in monograph.faqs if not all(slugify(part) in body for part in (f.question, f.answer) if part)]
