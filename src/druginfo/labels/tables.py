"""SPL tables with their spans → tables of plain cells, a row complete in itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from xml.etree.ElementTree import Element, SubElement

from druginfo.labels.label import LabelBlock, Paragraph, Table, may_lead
from druginfo.labels.lines import as_text, tidy
from druginfo.labels.xmltree import is_emphasised
from druginfo.terms import without_brackets
from druginfo.terms.phrase_list import phrases_of

MOST_COLUMNS = 100
MOST_CELLS = 50_000
"""Spans beyond these bounds are not repeated; real tables stay under 40 columns and 3,000 cells."""
MOST_HEADER_ROWS = 4

Blocks = Callable[[Element], tuple[LabelBlock, ...]]
_Group = tuple[str, int]
"""`thead`, `tbody` or `tfoot`, and how many rows are before it."""
_Cells = list[tuple[_Group, list[Element]]]
"""Of each row its group and its cells."""


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    group: str
    """`thead`, `tbody` or `tfoot`."""
    is_heading: bool
    """Every cell that holds words is a `th` or all in bold."""
    is_whole: bool
    """One cell that spans the table."""
    reach: int = 1
    """How many rows its longest cell spans, itself counted."""
    notes: tuple[tuple[int, str], ...] = ()
    """Footnotes whose marks come first in this row: column of the mark, and mark and note."""

    @property
    def paragraphs(self) -> list[LabelBlock]:
        """Its words, each once, and its notes, where it is outside the table."""
        words = " ".join(dict.fromkeys(filter(None, self.cells)))
        return [Paragraph(text) for text in (words, *(note for _, note in self.notes))]


def read_table(element: Element, blocks_of: Blocks, marks: list[str]) -> list[LabelBlock]:
    """Caption, the rows that span the whole table over it and under it, and the table between them.

    A cell that spans rows or columns is repeated in each; header rows are joined into one, column by column; a footnote
    is a row under the one that refers to it. A table of one column is a frame around paragraphs and is read as those.
    `blocks_of` reads a cell and adds the notes in it to `marks`.
    """
    rows: _Cells = []
    outside = Element("text")
    _part(element, ("tbody", 0), rows, outside)

    def with_notes(each: Element) -> list[LabelBlock]:
        before = len(marks)
        return [*blocks_of(each), *map(Paragraph, _noted(marks, before))]

    found = [_plain(block) for each in (outside, *element.findall("caption")) for block in with_notes(each)]
    if all(len(cells) <= 1 for _, cells in rows):
        return found + [block for _, cells in rows for cell in cells for block in with_notes(cell)]
    grid = [row for row in _grid(rows, blocks_of, marks) if any(row.cells)]
    over = len(list(takewhile(lambda row: row.is_whole, grid)))
    feet = len(list(takewhile(lambda row: row.is_whole or row.group == "tfoot", reversed(grid[over:]))))
    if over and any(row.is_whole for row in grid[over : len(grid) - feet]) and not _header_rows(grid[over:]):
        over -= 1  # of a table without column names it is the first of several rows that each head the next ones
    heads, body, foot = grid[:over], grid[over : len(grid) - feet], grid[len(grid) - feet :]
    found += [block for row in heads for block in row.paragraphs]
    return [*found, *_tables(body), *(block for row in foot for block in row.paragraphs)]


def _noted(marks: list[str], before: int) -> list[str]:
    return [f"[{number}] {note}" for number, note in enumerate(marks[before:], before + 1)]


def _tables(rows: list[_Row]) -> list[LabelBlock]:
    """One table, or several where its header comes again under a heading row ("ADULT … PEDIATRIC …")."""
    if not rows:
        return []
    heads, width = _header_rows(rows), len(rows[0].cells)
    header = [row.cells for row in rows[:heads]]
    found: list[LabelBlock] = []
    body: list[tuple[str, ...]] = []

    def add(text: str, column: int) -> None:
        body.append(tuple(text if i == column else "" for i in range(width)))

    def add_notes(row: _Row) -> None:
        """Each under its mark; never in the first column, where a text alone reads as the heading of what follows."""
        for column, note in row.notes:
            add(note, min(max(column, 1), width - 1))

    def end_table() -> None:
        if body or not found:
            found.append(Table(_header(header, width), tuple(body)))
            body.clear()

    for row in rows[:heads]:
        add_notes(row)
    at = heads
    while at < len(rows):
        row = rows[at]
        if row.is_whole and heads and [r.cells for r in rows[at + 1 : at + 1 + heads]] == header:
            end_table()
            found += row.paragraphs
            at += heads
        elif row.is_whole:
            add(row.cells[0], 0)
        else:
            body.append(row.cells)
        if body:
            add_notes(row)
        at += 1
    end_table()
    return found


def _plain(block: LabelBlock) -> LabelBlock:
    return Paragraph(block.text) if isinstance(block, Paragraph) else block


def _part(element: Element, group: _Group, rows: _Cells, outside: Element, row: list[Element] | None = None) -> None:
    """The rows in an element with their cells, also those that something else holds, as annotations do, and cells
    without a row. What is in no cell goes `outside`, before the table, where browsers show it."""
    if (element.text or "").strip():
        SubElement(outside, "paragraph").text = element.text
    for child in element:
        if child.tag in ("td", "th"):
            if row is None:
                rows.append((group, row := []))
            row.append(child)
        elif child.tag == "tr":
            rows.append((group, []))
            _part(child, group, rows, outside, rows[-1][1])
            row = None
        elif any(inner.tag in ("tr", "td", "th") for inner in child.iter()):
            inner = (child.tag, len(rows)) if child.tag in ("thead", "tbody", "tfoot") else group
            _part(child, inner, rows, outside, row)
        elif child.tag != "caption" or element.tag != "table":
            SubElement(outside, "paragraph").append(child)
            continue  # its tail goes with it
        if (child.tail or "").strip():
            SubElement(outside, "paragraph").text = child.tail


def _grid(rows: _Cells, blocks_of: Blocks, marks: list[str]) -> list[_Row]:
    spans = {id(cell): (_span(cell, "colspan"), _span(cell, "rowspan")) for _, row in rows for cell in row}
    widths = Counter(sum(spans[id(cell)][0] for cell in row) for _, row in rows)
    width = min(MOST_COLUMNS, max(widths, default=0))
    usual = max(widths, key=lambda each: (widths[each], each), default=0)  # one odd row does not change it
    room = MOST_CELLS
    below: dict[int, tuple[str, int]] = {}  # column → text and how many more rows it spans
    grid: list[_Row] = []
    before = None
    for part, row in sorted(rows, key=lambda r: r[0][0] == "tfoot"):  # HTML lets tfoot stand before tbody
        group = part[0]
        if part != before and below and sum(spans[id(cell)][0] for cell in row) + len(below) > width:
            below.clear()  # no cell reaches from one group of rows into the next, as browsers take it
            grid = [replace(done, reach=min(done.reach, len(grid) - at)) for at, done in enumerate(grid)]
        before = part
        cells = [""] * width
        taken = set(below)
        for column, (text, more) in list(below.items()):
            cells[column] = text
            below[column] = (text, more - 1)
            if more <= 1:
                del below[column]
        at, reach, heading, whole = 0, 1, True, False
        notes: list[tuple[int, str]] = []
        lines: dict[int, list[str]] = {}
        for cell in row:
            while at in taken:
                at += 1
            noted = len(marks)
            text, bold, is_line = _cell_text(cell, blocks_of, " " if group == "thead" else "; ")
            if len(marks) > noted:
                notes += [(at, note) for note in _noted(marks, noted)]
            across, down = spans[id(cell)]
            heading = heading and (not text or cell.tag == "th" or bold)
            reach = max(reach, down)
            if not is_line and len(written := _lines(cell)) != 1:
                lines[at] = written if across == down == 1 and group == "tbody" else []
            whole = len(row) == 1 and not taken and across >= usual > 1
            if at >= width:
                cells[-1] = " ".join(filter(None, (cells[-1], text)))  # more cells than columns: nothing is lost
                continue
            for column in range(at, min(at + across, width)):
                if column == at or (column not in taken and room > 0):  # what is not repeated always has room
                    cells[column] = text
                    room -= 1
                    if down > 1 and room > 0:
                        below[column] = (text, down - 1)
            at += across
        for each in _side_by_side(cells, {} if notes else lines):
            grid.append(_Row(tuple(each), group, heading, whole, reach, tuple(notes)))
    return grid


def _side_by_side(cells: list[str], lines: dict[int, list[str]]) -> Iterator[list[str]]:
    """The rows that one row holds whose cells list, line by line, what belongs together: "> 10" and "0 to 10" beside
    "200" and "100". Two columns at least must be of figures alone, so that no line is the end of another."""
    figures = [each for each in lines.values() if each and all(map(_FIGURE_FIRST.match, each))]
    if len(figures) < 2 or len(set(map(len, lines.values()))) > 1:
        yield cells
        return
    for together in zip(*lines.values(), strict=True):
        own = dict(zip(lines, together, strict=True))
        yield [own.get(column, text) for column, text in enumerate(cells)]


_FIGURE_FIRST = re.compile(r"[<>≥≤]?\s?\d.*(?<![-–,])(?<!\bto)(?<!\bor)(?<!\bevery)(?<!\bthan)$")


def _span(cell: Element, side: str) -> int:
    try:
        if not (span := cell.get(side)):
            return 1
        number = int(span)
        return max(1, min(number, 1000)) if number or side == "colspan" else 1000  # to the end of its group of rows
    except ValueError:
        return 1


def _cell_text(cell: Element, blocks_of: Blocks, joint: str) -> tuple[str, bool, bool]:
    """A cell's text, whether all of it is in bold, and whether it is surely one line."""
    inside, before, after, bold = cell, "", "", False
    while len(inside) == 1 and (only := inside[0]).tag in ("paragraph", "content") and only.keys() in _PLAIN_KEYS:
        before, after = f"{before}{inside.text or ''} ", f" {only.tail or ''}{after}"
        bold = bold or is_emphasised(only)
        inside = only
    is_alone = not f"{before}{after}".strip()
    if not len(inside) and (is_alone or (inside.tag == "paragraph" and not bold)):  # as most are
        text = tidy(f"{before}{inside.text or ''}{after}")
        return text, bold and may_lead(text), is_alone and (bool(text) or not len(cell))
    blocks = blocks_of(cell)
    bold = bool(blocks) and all(isinstance(b, Paragraph) and b.lead == len(b.text) for b in blocks)
    return as_text(blocks, joint), bold, False


_PLAIN_KEYS: tuple[list[str], ...] = ([], ["styleCode"])


def _lines(cell: Element) -> list[str]:
    """The lines of a cell as they are set; none where it holds more than lines."""
    if any(each.tag not in ("td", "th", "br", "paragraph", "p", "content") for each in cell.iter()):
        return []
    return [line for each in _broken(cell).split("\n") if (line := tidy(each))]


def _broken(element: Element) -> str:
    ends = "\n" if element.tag in ("br", "paragraph", "p") else ""
    inside = "".join(f"{_broken(child)}{child.tail or ''}" for child in element)
    return f"{ends}{' '.join((element.text or '').split())} {inside}{ends}"


def _header_rows(rows: list[_Row]) -> int:
    """How many of the first rows are the header: those that the label marks, else those that can be nothing else.

    A row of data that became the header would put its dose over everybody else's; so an unmarked row needs two cells
    with a header's words, no figure, no verdict, and figures below it, or such words in every cell.
    """
    marked = len(list(takewhile(lambda row: row.group == "thead", rows)))
    more = len(list(takewhile(lambda row: row.is_heading and not row.is_whole and any(row.cells[1:]), rows[marked:])))
    if more > 2 or marked + more == len(rows):  # a table set in heading cells or bold throughout
        more = 0 if marked else min(1, more)
    heads = marked + more
    if not heads and len(rows) > 1 and _is_header(rows):
        heads = 1
    if 0 < heads < len(rows) - 1 and _has_spans(last := rows[heads - 1]):
        heads += last.reach == 2 or _is_bare_header(rows[heads:]) or _names_columns(last, rows[heads:])
    return min(heads, MOST_HEADER_ROWS)


def _is_header(rows: list[_Row]) -> bool:
    """Whether the first row, which the label does not mark, can be nothing but the names of columns."""
    first = rows[0]
    names = set(first.cells)
    each_names = len(names) > 1 and all(map(_is_column, names)) and not _says_or_counts(first)
    with_words = sum(_SAYS.header.search(cell) is not None for cell in names)
    return each_names or _names_only(first) or (_is_bare_header(rows) and with_words > 1)


def _is_column(cell: str) -> bool:
    """Whether a cell may be the name of a column on interactions or laboratory values, and no label of its row."""
    bare = without_brackets(cell, "")
    return len(bare) < _LONGEST_NAME and not bare.endswith(":") and _SAYS.column.search(bare) is not None


_LONGEST_NAME = 60  # characters
_SAYS = phrases_of("label tables")
_NAME_ONLY = re.compile(
    rf"(?:(?:{_SAYS.header.expression}|of|or|and|per|the|your)[\s/]*)+(?:\([^()\d]{{1,20}}\))?\W*", re.IGNORECASE
)


def _names_only(row: _Row) -> bool:
    """Whether every cell is nothing but a column's name: "Age", "Weight (lb)", "Dose (mL)*"."""
    return len(set(row.cells)) > 1 and all(_NAME_ONLY.fullmatch(cell) for cell in row.cells)


def _is_bare_header(rows: list[_Row]) -> bool:
    """The first row has words and neither figures nor verdicts; the next has figures beside its first cell."""
    if rows[0].is_whole or _says_or_counts(rows[0]):
        return False
    below = next((row for row in rows[1:] if not row.is_whole), None)
    return below is not None and any(map(_has_figure, below.cells[1:]))


def _says_or_counts(row: _Row) -> bool:
    """Whether a cell has a figure or a verdict, but for what is in brackets."""
    bare = (without_brackets(cell, "") for cell in row.cells)
    return any(_has_figure(cell) or _SAYS.verdict.search(cell) for cell in bare)


def _has_figure(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _names_columns(over: _Row, rows: list[_Row]) -> bool:
    """Whether the first row tells the columns under a spanning cell apart: it alone has no label of its own."""
    first, *below = (row for row in rows if not row.is_whole)
    return (
        not rows[0].is_whole
        and first.cells[0] in ("", over.cells[0])
        and all(first.cells[1:])
        and len(set(first.cells[1:])) > 1
        and len(below) > 1
        and all(row.cells[0] not in ("", over.cells[0]) for row in below)
    )


def _has_spans(row: _Row) -> bool:
    return any(one == other or not one for one, other in zip(row.cells, row.cells[1:], strict=False))


def _header(rows: list[tuple[str, ...]], width: int) -> tuple[str, ...]:
    if not rows:
        return ("",) * width
    return tuple(", ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True))
