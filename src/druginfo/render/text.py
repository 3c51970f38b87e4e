"""A page as text: wrapping, hanging indents, tables, and the escape codes of a terminal.

Rich gives the widths of characters and the codes of styles. Its `Console` is not used: it doubles the start-up, its
tables cut, its markup and emoji codes change text. Here a string stays the string it is; lines break at spaces, never
between a number and its unit or in a range of numbers, and a word wider than the line is folded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Any

from druginfo.render import views
from druginfo.render.page import DIM, HEADING, LABEL, Page, Styled
from druginfo.terminal import Screen
from druginfo.terms.patterns import PERIOD, UNIT


def text(answer: Any, screen: Screen, today: date) -> str:
    """The answer as text for a screen, ending in a line end."""
    page = TextPage(screen, today)
    views.put(page, answer)
    return page.finish()


MEASURE = 100
"""Columns of a line of prose; a longer one is hard to read."""

_UNITS = rf"{UNIT}|{PERIOD}|d?L|mol|%|percent|mm\s?Hg|doses?|tablets?|capsules?|puffs?|drops?|times|fold|cells|m²|m2|cm"
_JOINED = re.compile(
    rf" (?:(?<=\d )(?:{_UNITS})(?![A-Za-z])|(?<=\d mm )Hg(?![A-Za-z])|(?<=[<>≥≤=] )\d|(?<=\d )(?:to|or)(?= \d)"
    r"|(?<=\d (?:to|or) )\d|(?<=rade )\d|(?<=[Dd]ay )\d|(?<=[Dd]ays )\d)"
)
"""A space at which a line is never broken: between a number and its unit, in "2 to 4 mg", in "day 8"."""
_LEAST_ROOM = 16
_WIDEST_LABEL = 40  # columns of the labels beside dosing rows
_SIDE_BY_SIDE_FROM = 64  # columns: below, a row's label is put over its text
_NARROWEST_COLUMN = 36  # of texts side by side


def cell_len(text: str) -> int:
    """The columns that a string takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as measured

    return measured(text)


def wrap(text: str, first: int, rest: int) -> list[tuple[int, int]]:
    """Where the lines of a text begin and end, the first `first` and the others `rest` columns wide.

    Only the spaces at which a line breaks are in no line.
    """
    if cell_len(text) <= first:
        return [(0, len(text.rstrip()))]
    is_plain = text.isascii() and text.isprintable() and "  " not in text and text[0] != " "
    if is_plain and (plain := _wrapped(text, first, rest)):
        return plain
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    room = first
    for at, after in _words(text):
        width = cell_len(text[at:after])
        gap = at - end if lines or end else at
        if end > start and used + gap + width > room:
            lines.append((start, end))
            start, used, gap, room = at, 0, 0, rest
        if gap + width > room and not used:
            for stop in _fold(text, at, after, room, rest):
                lines.append((start, stop))
                start = at = stop
                room = rest
            gap, width = 0, cell_len(text[at:after])
        end, used = after, used + gap + width
    if end > start or not lines:
        lines.append((start, end))
    return lines


def _wrapped(text: str, first: int, rest: int) -> list[tuple[int, int]]:
    """The same of a text whose words have a single space between; nothing where a word is wider than a line."""
    lines: list[tuple[int, int]] = []
    start, end, room = 0, len(text.rstrip()), first
    while end - start > room:
        at = text.rfind(" ", start, start + room + 1)
        while at > start and _JOINED.match(text, at):
            at = text.rfind(" ", start, at)
        if at <= start:
            return []
        lines.append((start, at))
        start, room = at + 1, rest
    return [*lines, (start, end)]


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where what a line is never broken in begins and ends: a word, or several that `_JOINED` joins."""
    start = end = -1
    for word in re.finditer(r"\S+", text):
        if word.start() != end + 1 or start < 0 or not _JOINED.match(text, end):
            if start >= 0:
                yield start, end
            start = word.start()
        end = word.end()
    if start >= 0:
        yield start, end


def _fold(text: str, start: int, end: int, first: int, rest: int) -> Iterator[int]:
    """Where to break a word wider than the line: at a space inside it (a number and its unit), else anywhere."""
    room, used, space = first, 0, 0
    at = start
    for i in range(start, end):
        width = cell_len(text[i])
        if text[i] == " ":
            space = i
        if used + width > room and i > at:
            stop = space if space > at else i
            yield stop
            at, room = stop, rest
            used = cell_len(text[at:i])
            space = 0
        used += width


class TextPage(Page):
    """A page for one screen."""

    def __init__(self, screen: Screen, today: date) -> None:
        super().__init__(today)
        self.screen = screen
        self.measure = min(screen.width, MEASURE)
        self.lines: list[str] = []
        if not screen.unicode:
            self.bullet, self.dot, self.warning = "-", " - ", "! "

    def finish(self) -> str:
        return "".join(line + "\n" for line in self.lines)

    def heading(self, text: str, level: int = 0, *, indent: int = 0, style: str = HEADING) -> None:
        self.blank()
        self.put(Styled(text, style), indent)

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def put(self, text: Styled | str, indent: int = 0, hang: int | None = None, *, full: bool = False) -> None:
        styled = text if isinstance(text, Styled) else Styled(text)
        room = self.screen.width if full else self.measure
        deepest = max(0, room - _LEAST_ROOM)  # however deep the nesting, some columns remain for words
        indent, hang = min(indent, deepest), min(indent if hang is None else hang, deepest)
        at = 0
        for number, paragraph in enumerate(styled.text.split("\n")):
            margin = hang if number else indent
            for start, end in wrap(paragraph, room - margin, room - hang):
                self.lines.append(" " * margin * (end > start) + self.paint(styled, at + start, at + end))
                margin = hang
            at += len(paragraph) + 1

    def item(self, marker: str, text: Styled, indent: int) -> None:
        self.put(Styled(f"{marker} ").extend(text), indent, indent + len(marker) + 1)

    def line(self, text: Styled) -> None:
        self.lines.append(self.paint(text, 0, len(text.text)))

    def code(self, lines: Sequence[str], indent: int) -> None:
        for line in lines:
            inner = len(line) - len(line.lstrip())
            self.put(line.strip(), indent + inner, indent + 2 + inner)

    def quote(self, text: Styled, indent: int) -> None:
        self.put(Styled("│ " if self.screen.unicode else "> ").extend(text), indent, indent + 2)

    def rule(self, indent: int) -> None:
        self.put(Styled(("─" if self.screen.unicode else "-") * 20, DIM), indent)

    def pair(self, label: Styled, text: Styled, indent: int) -> None:
        if self.measure >= _SIDE_BY_SIDE_FROM:
            left = min(_WIDEST_LABEL, self.measure * 2 // 5) - indent
            right = self.measure - left - indent - 2
            if len(_lines(label.text, left)) > 1 < len(_lines(text.text, right)):  # each would part the other's words
                self.put(label, indent, indent + 2)
                label = Styled("")
            self.columns([label, text], [left, right], indent)
            return
        if label:
            self.put(label, indent, indent + 2)
        self.put(text, indent + 2, indent + 4)

    def passage(self, lines: Sequence[tuple[int, Styled]], indent: int) -> None:
        for inner, text in lines:
            first, rest = _hung(inner, text.text, self.measure - indent)
            self.put(text, indent + first, indent + rest)

    def head_beside(self, titles: Sequence[str]) -> None:
        if width := self._width_beside(len(titles)):
            self.columns([Styled(title, "bold underline") for title in titles], [width] * len(titles))

    def beside(self, titles: Sequence[str], texts: Sequence[str]) -> None:
        texts = [Styled(text).text for text in texts]
        if width := self._width_beside(len(titles)):
            columns = [_lines(text, width) for text in texts]
            for height in range(max(map(len, columns))):
                line = [Styled(column[height] if height < len(column) else "") for column in columns]
                self.columns(line, [width] * len(titles))
            return
        for title, text in zip(titles, texts, strict=True):
            self.put(Styled(title, LABEL), 2)
            for each in _lines(text, self.measure - 4):
                self.put(each.lstrip(" "), 4 + len(each) - len(each.lstrip(" ")))

    def _width_beside(self, count: int) -> int:
        """The width of columns side by side; 0 where they would be too narrow."""
        width = (self.screen.width - 2 * (count - 1)) // count
        return width if width >= _NARROWEST_COLUMN else 0

    def columns(self, cells: Sequence[Styled], widths: Sequence[int], indent: int = 0, gap: int = 2) -> None:
        """Cells side by side, each wrapped to its width."""
        wrapped = [wrap(cell.text, width, width) for cell, width in zip(cells, widths, strict=True)]
        for height in range(max(map(len, wrapped), default=0)):
            line, used, due = "", 0, indent
            for cell, lines, width in zip(cells, wrapped, widths, strict=True):
                if height < len(lines) and lines[height][1] > lines[height][0]:
                    start, end = lines[height]
                    line += " " * (due - used) + self.paint(cell, start, end)
                    used = due + cell_len(cell.text[start:end])
                due += width + gap
            self.lines.append(line)

    def grid(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int = 0) -> None:
        # cells fold; where columns get too narrow for them, a row is a block with the header as labels
        count = max([len(header), *map(len, rows)], default=0)
        room = self.screen.width - indent - 2 * (count - 1)
        if room < count:  # before a table is made of it, for it may be huge
            self._stacked(header, rows, indent)
            return
        table = [[*row, *(Styled() for _ in range(count - len(row)))] for row in (header, *rows)]
        widths = _shares(table, room)
        if widths is None or _is_long(table[1:], widths):
            self._stacked(header, rows, indent)
            return
        if any(header):
            self.columns(table[0], widths, indent)
            rule = "─" if self.screen.unicode else "-"
            self.columns([Styled(rule * width, "dim") for width in widths], widths, indent)
        for row in table[1:]:
            self.columns(row, widths, indent)

    def _stacked(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int) -> None:
        filled = {column for row in rows for column, cell in enumerate(row) if cell}
        for column, label in enumerate(header):
            if label and column not in filled:
                self.put(Styled(f"{label.text}:", "bold"), indent)
        for row in rows:
            first = True
            for label, cell in zip_longest(header[: len(row)], row, fillvalue=Styled()):
                if cell:
                    text = Styled(f"{label.text}: ", "bold") if label else Styled()
                    self.put(text.extend(cell), indent if first else indent + 2, indent + 4)
                    first = False

    def paint(self, styled: Styled, start: int, end: int) -> str:
        """A part of a styled string with the terminal's codes for its styles."""
        if not (self.screen.colour or self.screen.links) or not styled.spans:
            return styled.text[start:end]
        painted, at = "", start
        first = bisect_right(styled.spans, start, key=lambda span: span.end)
        last = bisect_left(styled.spans, end, key=lambda span: span.start)
        for low, high, style, url in styled.spans[first:last]:
            low, high = max(low, start), min(high, end)
            marked = _codes(
                styled.text[low:high], style if self.screen.colour else "", url if self.screen.links else None
            )
            painted, at = painted + styled.text[at:low] + marked, high
        return painted + styled.text[at:end]


def _hung(indent: int, text: str, width: int) -> tuple[int, int]:
    """The columns before a line, and before those that follow where it is wrapped: items hang under a word."""
    first = min(indent, width // 3)
    marker = re.match(r"(?:[-*+•]|\d{1,3}[.)])\s+", text)
    return first, min(first + (len(marker[0]) if marker else 0), width // 2)


def _lines(text: str, width: int) -> list[str]:
    """A text's lines wrapped to a width; list items hang under their first word."""
    found = []
    for line in text.split("\n"):
        body = line.lstrip(" ")
        first, rest = _hung(len(line) - len(body), body, width)
        for number, (start, end) in enumerate(wrap(body, width - first, width - rest)):
            found.append(" " * (rest if number else first) + body[start:end])
    return found


def _codes(text: str, style: str, url: str | None) -> str:
    if style:
        text = _style(style).render(text)
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url else text


@cache
def _style(style: str):  # type: ignore[no-untyped-def]
    from rich.style import Style

    return Style.parse(style)


def _longest_word(texts: Sequence[str]) -> int:
    """The width of the longest word in texts that come in the order of their width: few of them are looked at."""
    longest = 1
    for text in reversed(texts):
        if cell_len(text) <= longest:
            break
        longest = max([longest, *(cell_len(text[at:after]) for at, after in _words(text))])
    return longest


def _is_long(rows: Sequence[Sequence[Styled]], widths: Sequence[int]) -> bool:
    """Whether a table is sentences rather than words and figures: they are read along, not down a narrow column."""
    most = 1 if len(rows) < _COMPARED else _MOST_LINES
    return any(cell_len(cell.text) > most * width for row in rows for cell, width in zip(row, widths, strict=True))


_COMPARED = 3
"""So many rows are compared down their columns; fewer are read one by one."""
_MOST_LINES = 5
"""Into how many lines a cell may be folded."""


def _shares(table: Sequence[Sequence[Styled]], room: int) -> list[int] | None:
    """Widths of a table's columns: none wider than it needs; None where one would be too narrow to read."""
    columns = [sorted({cell.text for cell in column}, key=cell_len) for column in zip(*table, strict=True)]
    wanted = [max(cell_len(texts[-1]), 1) for texts in columns]
    if sum(wanted) <= room:
        return wanted
    longest = map(_longest_word, columns)
    least = [min(want, max(word, 10)) for want, word in zip(wanted, longest, strict=True)]
    if sum(least) > room:
        return None
    hunger = [want - low for want, low in zip(wanted, least, strict=True)]
    spare = room - sum(least)
    return [low + spare * more // (sum(hunger) or 1) for low, more in zip(least, hunger, strict=True)]
