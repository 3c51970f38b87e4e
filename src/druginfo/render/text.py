"""Styled text and its layout: wrapping, hanging indents, tables, and the escape codes of a terminal.

Rich gives the widths of characters and the codes of styles. Its `Console` is not used: it doubles the start-up, its
tables cut, its markup and emoji codes change text. Here a string stays the string it is; lines break at spaces, never
between a number and its unit or in a range of numbers, and a word wider than the line is folded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from druginfo.terminal import Screen

MEASURE = 100
"""Columns of a line of prose; a longer one is hard to read."""

_UNITS = (
    r"mg|mcg|µg|μg|ng|g|kg|m?L|ml|dL|units?|IU|m?mol|mEq|%|percent|mm\s?Hg|hours?|minutes?|seconds?|days?|weeks?|months?"
    r"|years?|doses?|tablets?|capsules?|puffs?|drops?|times|fold|cells|m²|m2|cm"
)
_WORD = re.compile(
    rf"\S+(?: (?:(?<=\d )(?:{_UNITS})(?![A-Za-z])|(?<=[<>≥≤=] )\d|(?<=\d )(?:to|or)(?= \d)|(?<=\d (?:to|or) )\d"
    r"|(?<=rade )\d|(?<=[Dd]ay )\d|(?<=[Dd]ays )\d)\S*)*"
)
"""What a line is never broken in: a word, a number with its unit, "2 to 4 mg", "day 8"."""
_LEAST_ROOM = 16


class Styled:
    """A string with styles on parts of it. Styles are Rich's words: `bold cyan`."""

    __slots__ = ("marks", "text")

    def __init__(self, text: str = "", style: str = "") -> None:
        self.text = ""
        self.marks: list[tuple[int, int, str, str | None]] = []  # start, end, style, url; in order, none over another
        self.append(text, style)

    def __bool__(self) -> bool:
        return bool(self.text)

    def append(self, text: str, style: str = "", url: str | None = None) -> Styled:
        """Add a string in a style, as a link where `url` is given."""
        start = len(self.text)
        self.text += text
        if (style or url) and text:
            self.marks.append((start, len(self.text), style, url))
        return self

    def extend(self, other: Styled) -> Styled:
        """Add another styled string."""
        start = len(self.text)
        self.text += other.text
        self.marks += [(start + a, start + b, style, url) for a, b, style, url in other.marks]
        return self

    def dimmed(self) -> Styled:
        """The same text in nothing but dim."""
        return Styled(self.text, "dim")


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
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    room = first
    for word in _WORD.finditer(text):
        width = cell_len(word[0])
        gap = word.start() - end if lines or end else word.start()
        if end > start and used + gap + width > room:
            lines.append((start, end))
            start, used, gap, room = word.start(), 0, 0, rest
        at = word.start()
        if gap + width > room and not used:
            for stop in _fold(text, at, word.end(), room, rest):
                lines.append((start, stop))
                start = at = stop
                room = rest
            gap, width = 0, cell_len(text[at : word.end()])
        end, used = word.end(), used + gap + width
    if end > start or not lines:
        lines.append((start, end))
    return lines


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


class Canvas:
    """Lines for one screen, top to bottom."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.measure = min(screen.width, MEASURE)
        self.lines: list[str] = []

    def finish(self) -> str:
        """Everything put so far, each line ended."""
        return "".join(line + "\n" for line in self.lines)

    def blank(self) -> None:
        """An empty line, unless there is one already."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def put(self, text: Styled | str, indent: int = 0, hang: int | None = None, width: int = 0) -> None:
        """Wrap a text: its first line behind `indent` columns, the others behind `hang`. Its line ends stay."""
        styled = text if isinstance(text, Styled) else Styled(text)
        room = width or self.measure
        deepest = max(0, room - _LEAST_ROOM)  # however deep the nesting, some columns remain for words
        indent, hang = min(indent, deepest), min(indent if hang is None else hang, deepest)
        at = 0
        for number, paragraph in enumerate(styled.text.split("\n")):
            margin = hang if number else indent
            for start, end in wrap(paragraph, room - margin, room - hang):
                self.lines.append(" " * margin * (end > start) + self.paint(styled, at + start, at + end))
                margin = hang
            at += len(paragraph) + 1

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
        """A table whose cells fold; where its columns get too narrow, a block a row with the header as labels."""
        count = max([len(header), *map(len, rows)], default=0)
        room = self.screen.width - indent - 2 * (count - 1)
        if room < count:  # before a table is made of it, for it may be huge
            self._stacked(header, rows, indent)
            return
        table = [[*row, *(Styled() for _ in range(count - len(row)))] for row in (header, *rows)]
        widths = _shares(table, room)
        if widths is None:
            self._stacked(header, rows, indent)
            return
        if any(header):
            self.columns(table[0], widths, indent)
            rule = "─" if self.screen.unicode else "-"
            self.columns([Styled(rule * width, "dim") for width in widths], widths, indent)
        for row in table[1:]:
            self.columns(row, widths, indent)

    def _stacked(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int) -> None:
        told = {column for row in rows for column, cell in enumerate(row) if cell}
        for column, label in enumerate(header):
            if label and column not in told:
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
        if not (self.screen.colour or self.screen.links) or not styled.marks:
            return styled.text[start:end]
        painted, at = "", start
        first = bisect_right(styled.marks, start, key=lambda mark: mark[1])
        last = bisect_left(styled.marks, end, key=lambda mark: mark[0])
        for low, high, style, url in styled.marks[first:last]:
            low, high = max(low, start), min(high, end)
            marked = _codes(
                styled.text[low:high], style if self.screen.colour else "", url if self.screen.links else None
            )
            painted, at = painted + styled.text[at:low] + marked, high
        return painted + styled.text[at:end]


def _codes(text: str, style: str, url: str | None) -> str:
    if style:
        text = _style(style).render(text)
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url else text


@cache
def _style(style: str):  # type: ignore[no-untyped-def]
    from rich.style import Style

    return Style.parse(style)


def _shares(table: Sequence[Sequence[Styled]], room: int) -> list[int] | None:
    """Widths of a table's columns: none wider than it needs; None where one would be too narrow to read."""
    wanted = [max(max(cell_len(cell.text) for cell in column), 1) for column in zip(*table, strict=True)]
    if sum(wanted) <= room:
        return wanted
    longest = [
        max((cell_len(word[0]) for c in column for word in _WORD.finditer(c.text)), default=1)
        for column in zip(*table, strict=True)
    ]
    least = [min(want, max(word, 10)) for want, word in zip(wanted, longest, strict=True)]
    if sum(least) > room:
        return None
    hunger = [want - low for want, low in zip(wanted, least, strict=True)]
    spare = room - sum(least)
    return [low + spare * more // (sum(hunger) or 1) for low, more in zip(least, hunger, strict=True)]
