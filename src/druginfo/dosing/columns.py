"""A table row → statements with their labels, by what the header says of each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby, takewhile, zip_longest
from typing import Literal, NamedTuple

from druginfo.dosing.actions import action
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.labels import is_group, names_whom
from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.statements import says_in
from druginfo.dosing.whom import tells_apart
from druginfo.markup import plain
from druginfo.model import Block, Quantity
from druginfo.terms import tables
from druginfo.terms.phrases import Amount

Column = Literal["indication", "population", "qualifier", "dose", "detail", "maximum", "remark", ""]

_WORDS = {kind: frozenset(words.split()) for kind, words in tables.COLUMNS.items()}
_BAND = re.compile(r"(?:H|z(?=[gW]))?[dz]?[gW]+z?(?:⟨.*|/.*)?$|H?[WgRKLEY](?:[^D]*|[^D]*@.*)$")
_BARE = re.compile("[<>]?n(?:[–oø]n)?")
_BARE_BAND = re.compile("[<>]?n(?:[–oø][<>]?n|[AB])?")
_MAXIMUM = re.compile(r"M(?:[dDTŧ2=r]|pt|pD)*(?:⟨.*)?$")


class TableStatement(NamedTuple):
    """One statement of a table row.

    `text` is the row's words in their order; `dose`, `maximum` the cells that hold them (with `dose_header`, which may
    name the unit); `frequency` is a cell that says how often for all of the row's doses; `labels` are (column kind,
    cell) and `bands` the same cells as their header completes them.
    """

    text: str
    dose: str
    dose_header: str
    maximum: str | None
    duration: str | None
    frequency: str | None
    labels: tuple[tuple[Column, str], ...]
    bands: tuple[str, ...]


# ---------------------------------------------------------------- which rows are the header

MOST_HEADER_ROWS = 4
_TITLE = re.compile(r"(?:F?H)?[WgRx][RdH]*#?[uvtklq/]*$")
"""How a column is called whose cells hold bands: "Patient's weight", "Age range"."""
_UNIT_ALONE = re.compile(r"[⟨]?(?:[kltuv]|v/t)[⟩]?$")
_FIGURES = re.compile("[1-79nN]|8(?![xz])")
"""What is no mere name of a column; that "0.9% sodium chloride" is."""


def with_headers(blocks: Sequence[Block], drug: OwnDrug) -> list[Block]:
    """Blocks with the header rows of tables that stand among their rows; the rows of a header are joined column by
    column."""
    dosed = {block.cells for block in blocks if block.kind == "header" and _is_row(block.cells, drug)}
    if dosed:  # a table without a header: its first row was written as one
        kinds = ("row" if block.cells in dosed else block.kind for block in blocks)
        pairs = zip(blocks, kinds, strict=True)
        blocks = [b._replace(kind=k, header=() if b.header in dosed else b.header) for b, k in pairs]
    out: list[Block] = []
    for (kind, header), same in groupby(blocks, key=lambda block: (block.kind, block.header)):
        table = list(same)
        out += _headed(table, header, drug) if kind == "row" else table
    return out


def _is_row(cells: Sequence[str], drug: OwnDrug) -> bool:
    """Whether a header tells some people what to take, and is no title of columns."""
    first, *others = [plain(cell) for cell in cells] or [""]
    if codes("H.*4").search(read_line(first).shape):
        return any(says_in(cell, drug) for cell in others)
    often = any(_TAKEN_OFTEN.search(read_line(cell).shape) for cell in others)
    is_title = _names_column(first) or codes(_ORGAN).fullmatch(read_line(first).shape)  # "Renal function" over ranges
    return often and says_for_whom(first) and not is_title


_TAKEN_OFTEN = re.compile("[167].*[23]")


def _headed(table: list[Block], given: tuple[str, ...], drug: OwnDrug) -> list[Block]:
    """The rows of a table, each with its header; a row of the header has its own cells as such."""
    cells = [tuple(" ".join(plain(cell).split()) for cell in row.cells) for row in table]
    group = len(list(takewhile(lambda row: len(_filled(row)) < 2 and (row[:1] != ("",) or not any(row)), cells)))
    above = [given] if any(cell.strip() for cell in given) else []
    heads = group
    while heads < min(group + MOST_HEADER_ROWS, len(table) - 1) and _is_header(cells, heads, group, above, drug):
        heads += 1
    if (
        heads == group + 1
        and not above
        and _is_one_title(cells[group])
        and not _is_dosed(cells[group], cells[heads:], drug)
    ):
        heads = group
    rows = [*above, *(row.cells for row in table[group:heads])]
    first = header = _with_corner(_joined(rows) if heads > group else given, cells[heads:])
    out = []
    for i, (row, own) in enumerate(zip(table, cells, strict=True)):
        is_head = group <= i < heads
        if i > heads and own in cells[group:heads]:
            is_head, header = True, first
        elif i > heads and _begins_again(own, cells[max(heads, i - _ENOUGH) : i], drug):
            is_head = True
            header = tuple(cell or title for cell, title in zip_longest(row.cells, first, fillvalue=""))
        out.append(row._replace(header=row.cells if is_head else header))
        if i >= heads and (named := _parted(first, own, drug)):
            header = named
    return _with_usual_doses(out)


_ENOUGH = 40
"""Rows above one that show what its columns hold; a table of thousands is not read anew for each."""


def _with_corner(titles: tuple[str, ...], cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The titles of columns whose measure or organ stands over the labels at their left: "Age (years) | <2 | 2 to 5",
    "Hepatic impairment | Mild | Severe"."""
    corner, *others = [plain(title).strip() for title in titles] or [""]
    shapes = [read_line(title).shape for title in (corner, *others) if title]
    if not _CORNERED.fullmatch("|".join(shapes)):
        return titles
    if any(says_for_whom(row[0]) or _is_bare(row[0]) for row in cells if row):
        return titles  # the corner is the title of these
    return "", *(f"{corner}: {title}" if title else "" for title in others)


_ORGAN = "(?:[iz]O)?[KL]i"
_CORNERED = re.compile(rf"{_ORGAN}(?:\|Gi?)+|(?:R(?:⟨.*⟩)?|[gW](?:⟨[tkl]⟩|[,#][tkl]))(?:\|(?:{_BARE_BAND.pattern}))+")


def _parted(titles: Sequence[str], cells: Sequence[str], drug: OwnDrug) -> tuple[str, ...]:
    """The titles of the rows after one whose cells part a title that spans columns: "Original dose | Adjusted dose"."""
    spans = [i for i, title in enumerate(titles) if title and titles.count(title) > 1 and i < len(cells)]
    parts = [cells[i] for i in spans]
    named = len({*parts}) == len(parts) > 1 and all("D" in read_line(part).shape for part in parts)
    if not named or not _are_titles(parts, drug) or any(_FIGURES.search(read_line(part).shape) for part in parts):
        return ()
    return tuple(f"{title}, {cells[i]}" if i in spans else title for i, title in enumerate(titles))


def _with_usual_doses(rows: list[Block]) -> list[Block]:
    """The rows below the one for healthy kidneys, with its doses in the titles of columns that have one title together:
    which dose they replace is all that tells the columns apart."""
    for number, row in enumerate(rows):
        titles = row.header
        alike = [i for i, title in enumerate(titles) if i and titles.count(title) > 1]
        if not alike or row.cells == titles or "R" not in read_line(plain(titles[0])).shape:
            continue
        usual = {i: row.cells[i] for i in alike if i < len(row.cells)}
        if _is_open(read_line(plain(row.cells[0]))) and len(set(usual.values())) == len(alike) and all(usual.values()):
            own = tuple(f"{title}: {usual[i]}" if i in usual else title for i, title in enumerate(titles))
            below = (other._replace(header=own) if other.header == titles else other for other in rows[number + 1 :])
            return [*rows[: number + 1], *below]
    return rows


def _is_open(line: Line) -> bool:
    """Whether a cell is a bound from which kidney function goes up: ">60", "60 mL/min or above"."""
    ranges = [item.sense for item in line.items if item.code == "4"]
    if not ranges:
        return codes(r">n[^n]*$|nA$").search(line.shape) is not None
    return len(ranges) == 1 and ranges[0].high is None


def _begins_again(cells: Sequence[str], above: Sequence[Sequence[str]], drug: OwnDrug) -> bool:
    """Whether a row amid a table is a header of what follows: one title that spans columns but the first, all of which
    hold doses or verdicts in the rows above. Over labels beside their verdicts it is but a label."""
    return _is_one_title(cells) and _are_titles(_filled(cells), drug) and _is_dosed(cells, above, drug)


def _is_one_title(cells: Sequence[str]) -> bool:
    """Whether one title spans columns but the first."""
    return len(_filled(cells)) == 1 < sum(map(bool, cells)) and not cells[0]


def _is_dosed(titles: Sequence[str], rows: Sequence[Sequence[str]], drug: OwnDrug) -> bool:
    """Whether each column that has a title has doses or verdicts in most of its cells."""
    columns = ([row[i] for row in rows if i < len(row) and row[i]] for i, title in enumerate(titles) if title)
    return all(2 * sum(says_in(cell, drug) for cell in column) > len(column) for column in columns)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The title of each column under all rows of a header: "Dose, Day 1", "Creatinine clearance (mL/min): 30 to 49"."""
    header = []
    broken = _is_broken(rows)
    for column in zip_longest(*rows, fillvalue=""):
        *upper, last = dict.fromkeys(title.strip() for title in column if title.strip()) or ("",)
        upper = [title for title in upper if broken or not _says_nothing(read_line(plain(title)))]
        joint = " " if broken or (upper and last[0] == "(") else ": " if _is_bare(plain(last)) else ", "
        header.append((" " if broken else ", ").join(upper) + joint + last if upper else last)
    return tuple(header)


def _is_broken(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows of a header are the lines of one: "Creatinine clearance, | All | Lung" over "mL/min | infections
    | infections"."""
    above = [title.strip() for row in rows[:-1] for title in row]
    return len(rows) > 1 and len({*filter(None, above)}) == len(above) and any(t[-1] == "," for t in above)


def _filled(cells: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, cells)))


def _is_header(
    rows: Sequence[Sequence[str]], at: int, first: int, given: Sequence[Sequence[str]], drug: OwnDrug
) -> bool:
    """Whether a row goes on with the header, or begins it: it holds no dose and no verdict, and rows below it do."""
    row, above = rows[at], [*given, *rows[first:at]][-1:]
    if above:
        corner = plain(above[0][0]).strip() if above[0] else ""
        return (
            bool(
                (row[0] and row[0] == corner)  # a title that spans the rows of the header
                or _UNIT_ALONE.match(read_line(row[0]).shape)
                or ((not row[0] or (not corner and any(map(_names_column, row)))) and _are_titles(row, drug))
                or (_spans_all(above[0], row) and _are_titles(row, drug) and not _is_bare(row[0]))
                or (at > first and not given and not _says_anything(row, drug) and len(_filled(row)) > 1)
            )
            and any(below[0] not in (row[0], "") for below in rows[at + 1 :])
        )
    if at + 2 < len(rows) and _spans_all(row, rows[at + 1]) and _are_titles(rows[at + 1], drug):
        return any(_says_anything(below, drug) for below in rows[at + 2 :])
    if _names_column(row[0]) and any(not _names_column(below[0]) for below in rows[at + 1 :]):
        return True
    if len(_filled(row)) > 1 and all(map(says_for_whom, filter(None, row))) and _are_titles(row, drug):
        say = (all(says_in(cell, drug) for cell in below[not row[0] :] if _told(cell)) for below in rows[at + 1 :])
        if (is_said := any(say)) or row[0]:
            return is_said
    names_only = _are_titles(row, drug) if not row[0] else not _says_anything(row, drug)
    return names_only and any(_says_anything(below, drug) for below in rows[at + 1 :])


def _is_bare(cell: str) -> bool:
    return _BARE.fullmatch(read_line(cell).shape) is not None


def _spans_all(titles: Sequence[str], row: Sequence[str]) -> bool:
    """Whether titles span columns, and a row below them has a title of its own for each of these: "Weight | Weight |
    Dose | Dose" over "From | To | Day 1 | Day 2"."""
    pairs = [(title, cell) for title, cell in zip(titles, row, strict=False) if cell != title]
    alone = [title for title, cell in pairs if titles.count(title) == 1 and cell]
    return len(titles) == len(row) and len(pairs) > 1 and not alone and len({*pairs}) == len(pairs)


def _names_column(cell: str) -> bool:
    """Whether a cell is the name of a column of labels and no label itself: "Body weight (kg)", "Indication"."""
    line = read_line(cell)
    bare = "".join(code for code, depth in zip(line.shape, line.depths, strict=True) if not depth)
    named = line.items[:1] and line.items[-1].word in _WORDS["indication"] | _WORDS["product"] | _WORDS["population"]
    named = named and (len(line.items) == 1 or bare in ("Dz", "Hz") or line.items[0].word in _SORTS)
    return not _FIGURES.search(bare) and (named or _TITLE.match(bare) is not None)


_SORTS = frozenset("type types kind site severity".split())


def _are_titles(cells: Sequence[str], drug: OwnDrug) -> bool:
    """Whether cells hold no amount and no verdict."""
    lines = map(read_line, cells)
    return not any(codes("[1567]").search(line.shape) or _orders(line, drug) for line in lines)


def _orders(line: Line, drug: OwnDrug) -> bool:
    """Whether a cell gives a verdict: "Amount to be added" is the name of a column."""
    verdict = action(line, 0, len(line.items), (), drug)
    if verdict in ("avoid", "no_adjustment", "note"):
        return verdict != "note"
    return len(line.items) > (3 if line.shape[0] == "V" and line.items[0].sense.form == "do" else 8)


def _says_anything(row: Sequence[str], drug: OwnDrug) -> bool:
    for cell in row:
        line = read_line(cell, drug.words)
        bare = "".join(code for code, depth in zip(line.shape, line.depths, strict=True) if not depth)
        if _FIGURES.search(bare) or _orders(line, drug):
            return True
    return False


def dosed_columns(blocks: Sequence[Block], drug: OwnDrug, caption: str) -> frozenset[int]:
    """The columns of the table that blocks begin with whose cells are doses and verdicts: under a title that says for
    whom, also figures whose unit only the table's caption names."""
    rows = takewhile(lambda b: (b.kind, b.header) == ("row", blocks[0].header), blocks)
    cells = [
        [read_line(plain(cell)) for cell in row.cells] for row in rows if row.cells != row.header[: len(row.cells)]
    ]
    found = []
    for i in range(max(map(len, cells), default=0)):
        column = [row[i] for row in cells if i < len(row) and _told(row[i].text)]
        title = plain(blocks[0].header[i]) if i < len(blocks[0].header) else ""
        doses = sum(_BEGINS_DOSED.match(line.shape) is not None for line in column)
        doses += sum(under_caption(line.text, title, caption) is not None for line in column)
        doses += sum(with_unit(line.text, title) is not None for line in column) if says_for_whom(title) else 0
        if doses and 2 * (doses + sum(_orders(line, drug) for line in column)) >= len(column):
            found.append(i)
    return frozenset(found)


_BARE_OR_ORGAN = re.compile(rf"(?P<figures>{_BARE.pattern})[ø&@⟨Z]+E")
_BEGINS_DOSED = re.compile(r"(?:tn(?:&[^:]{1,9})?:)?[VabûMdD]*(?:[167]|n(?:[–o]n)?2)")


def partners(blocks: Sequence[Block], drug: OwnDrug) -> dict[int, str]:
    """The rows of the table that blocks begin with that are another drug's, by their line → its name: a cell names that
    drug where one of the same column, under the same title of a group, names the monograph's."""
    rows = takewhile(lambda b: (b.kind, b.header) == ("row", blocks[0].header), blocks)
    found = {}
    for _, run in groupby(rows, key=lambda row: len(_filled(row.cells)) < 2):
        group = [(row.line, i, read_line(plain(cell), drug.words)) for row in run for i, cell in enumerate(row.cells)]
        named = {i for _, i, line in group if line.items and line.items[0].word in drug.words}
        for number, i, line in group:
            if i in named and drug.is_other(line, 0) and drug.words.isdisjoint(item.word for item in line.items):
                found[number] = line.text
    return found


# ---------------------------------------------------------------- what the columns hold


_PARTED = re.compile(r"(?<=[a-z]{4})(?=[A-Z][a-z])")
"""Where a line's end was lost in a title: "MaximumDaily Dose"."""


@lru_cache(maxsize=256)
def column_kind(header: str) -> Column:
    """What a column holds; "" where its header does not say."""
    line = read_line(_PARTED.sub(" ", header))
    lowest = line.shape.rfind(",") + 1  # of two header rows the lower one says what the column holds
    own = _kind(line, lowest) if lowest and line.shape[lowest : lowest + 1] not in ("&", "⟨") else ""
    if lowest and own in ("", "detail") and line.shape[lowest : lowest + 1] in tuple("157"):
        return column_kind(header.split(", ")[0])  # "Doses (mL), Frequency: daily, 25 mg/5 mL suspension"
    return own or _kind(line, 0)


def _kind(line: Line, first: int) -> Column:
    items, shape = line.items[first:], line.shape[first:]
    words = {item.word for item in items}
    if not items:
        return ""
    if len(items) == 1 and items[0].word in _WORDS["remark"]:
        return "remark"
    if not _WORDS["product"].isdisjoint(item.word for item in items[:2]):
        return "qualifier"
    if _BAND.match(shape) and words.isdisjoint(_WORDS["detail"]):
        return "qualifier"
    if _MAXIMUM.match(shape) and "maintenance" not in words:
        return "maximum"
    if words & _WORDS["length"]:
        return "detail" if not words & _WORDS["dosed"] or items[0].word in _WORDS["length"] else "dose"
    if items[-1].word in _WORDS["detail"] or ("é" in shape and items[-1].word == "time"):
        return "detail" if "R" not in shape else "qualifier"
    if words & _WORDS["dosed"] or (shape.startswith("d") and "D" in shape):
        return "dose"
    if words & _WORDS["indication"]:
        return "indication"
    if words & _WORDS["detail"] or ("D" in shape and not words & _WORDS["dose"]):
        return "detail" if "R" not in shape else "qualifier"
    if "x" not in shape and (words & _WORDS["dose"] or codes("[um]").search(shape)):
        return "dose"
    if words & _WORDS["population"] or (shape[-1] == "H" and items[-1].sense.group == "patients"):
        return "population"
    dated = any(item.code == "t" and item.sense in _DATES for item in items)
    return "qualifier" if dated or codes("[gWRKLYixE]").search(shape) or words & _WORDS["qualifier"] else ""


_DATES = frozenset("day week month year cycle".split())


def table_statements(
    cells: Sequence[str], header: Sequence[str], dosed: frozenset[int], drug: OwnDrug
) -> list[TableStatement]:
    """The statements of a row: one, or one for each of several dose columns, labelled with their headers.

    A cell that spans columns of one header is read once. The columns that are `dosed` hold doses in the whole table;
    one whose title names another drug holds labels.
    """
    header = [*header, *[""] * (len(cells) - len(header))]
    if _is_turned(cells, header, drug):
        columns = [
            (_bare_title(title), cell) for title, cell in zip(header[1:], cells[1:], strict=False) if _told(cell)
        ]
        read = (
            statement
            for (title, label), cell in dict.fromkeys(columns)
            for statement in table_statements((label, cell), [title, cells[0]], frozenset(), drug)
        )
        name: tuple[Column, str] = ("", cells[0])
        return [s if ("qualifier", cells[0]) in s.labels else s._replace(labels=(name, *s.labels)) for s in read]
    spans = [
        i > 0 and bool(header[i]) and (cells[i], header[i]) == (cells[i - 1], header[i - 1]) for i in range(len(cells))
    ]
    whole = " ".join(cell for cell in cells if cell)
    kept = [i for i, spanned in enumerate(spans) if not spanned]
    dosed = frozenset(number for number, i in enumerate(kept) if i in dosed)
    cells = [cells[i] for i in kept]
    header = [*(header[i] for i in kept), *header[len(spans) :]]
    written = cells.copy()
    for at, low, high, title in [*_bounded(header, cells)]:
        written[at : at + 2] = [" ".join(written[at : at + 2])]
        cells[at : at + 2] = [f"{low} {cells[at]} {high} {cells[at + 1]}"]
        header[at : at + 2] = [title]
        dosed = frozenset(number - (number > at) for number in dosed)
    kinds = _kinds(cells, header, dosed, drug)
    labels = [
        (k, _named(header[i], c, drug) if k in ("", "qualifier") else c, i)
        for i, (k, c) in enumerate(zip(kinds, cells, strict=True))
        if k in ("", "indication", "population", "qualifier") and _told(c)
    ]
    bands = {
        i: _completed(header[i], cell)
        for i, (kind, cell) in enumerate(zip(kinds, cells, strict=True))
        if kind in ("", "qualifier", "population") and _told(cell)
    }
    filled = [i for i, kind in enumerate(kinds) if kind in ("dose", "detail", "maximum", "remark") and _told(cells[i])]
    doses = [i for i in filled if kinds[i] == "dose"] or [i for i in filled if kinds[i] == "maximum"] or filled[:1]
    if not doses:
        return [TableStatement(whole, whole, "", None, None, None, (), ())] if whole else []
    found = []
    behind = [i for i in filled if kinds[i] == "detail" and i > doses[-1]]  # holds for all doses of the row
    often = next((cells[i] for i in behind if codes("2|.*D$").match(read_line(cells[i]).shape)), None)
    for begin, end in _groups(kinds, doses, filled):
        inside = range(begin, end)
        text = " ".join(cell for cell, _ in groupby(written[i] for i in inside if written[i]))  # "Avoid | Avoid" is one
        text = text if text in whole else whole  # verbatim all the same
        own: list[tuple[Column, str]] = [(kind, label) for kind, label, i in labels if i not in inside]
        dose_at = next((i for i in inside if i in doses), begin)
        if doses[0] == 0 < dose_at and _is_open(read_line(header[0])) and all(map(says_for_whom, header)):
            own.append(("qualifier", cells[0]))  # the dose that these are an adjustment of
        caps = [cells[i] for i in inside if kinds[i] == "maximum" and codes("[1n67]").search(read_line(cells[i]).shape)]
        if kinds[dose_at] in ("maximum", "remark"):
            own.append(("qualifier", header[dose_at]))
        elif len(doses) > 1 and header[dose_at]:
            own.append(("", header[dose_at]))
        elif codes(r"[0-9nNuvTer]|⟨.+⟩").search(read_line(header[dose_at]).shape) or (
            _is_bare(cells[dose_at]) and header[dose_at]
        ):  # "50" says nothing without its "Percent of usual dose"
            own.append(("qualifier", header[dose_at]))
        found.append(
            TableStatement(
                text,
                cells[dose_at],
                header[dose_at] if kinds[dose_at] != "remark" else "",
                caps[0] if len(caps) == 1 and kinds[dose_at] != "maximum" else None,
                next((d for d in (_duration(header[i], cells[i]) for i in (*inside, *behind)) if d), None),
                often if dose_at in doses else None,
                tuple(own),
                (*(completed for i, completed in bands.items() if i != dose_at), *_title_band(header, dose_at)),
            )
        )
    return found


def _is_turned(cells: Sequence[str], header: Sequence[str], drug: OwnDrug) -> bool:
    """Whether a row is what a column is elsewhere, "Maximum dose (mg)", below titles that say for whom."""
    titles = [title for title, cell in zip(header[1:], cells[1:], strict=False) if _told(cell)]
    if not titles or not all(map(says_for_whom, titles)) or says_for_whom(cells[0]) or says_in(cells[0], drug):
        return False
    measured = any(with_unit(cell, title) for cell, title in zip(cells[1:], header[1:], strict=False))
    return column_kind(cells[0]) in ("dose", "maximum", "detail") and not measured


def _bounded(header: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """The columns of lower bounds beside one of upper bounds, last first, with the words for these and the rest of
    their title: "Greater than | And less than", "From, Dose (mg) | To, Dose (mg)"."""
    for at in range(min(len(header), len(cells)) - 2, -1, -1):
        one, other = (title.split(", ") for title in header[at : at + 2])
        unlike = [i for i, titles in enumerate(zip(one, other, strict=False)) if len({*titles}) > 1]
        if len(unlike) == 1 and len(one) == len(other) and cells[at] and cells[at + 1]:
            low, high = one.pop(unlike[0]), other[unlike[0]]
            if _FROM.fullmatch(read_line(low).shape) and _TO.fullmatch(read_line(high).shape):
                yield at, low, high, ", ".join(one)


_FROM, _TO = re.compile("[>fō]"), re.compile("&?[<ûo]")


def _kinds(cells: Sequence[str], header: Sequence[str], dosed: frozenset[int], drug: OwnDrug) -> list[Column]:
    says = partial(says_in, drug=drug)
    kinds: list[Column] = [column_kind(title) for title in header[: len(cells)]]
    for i in range(1, len(kinds)):  # known by its cells: the header names for whom or when they are
        holds = i in dosed or (says_for_whom(header[i]) and says(cells[i]))
        named = kinds[i] in ("qualifier", "population") or (kinds[i] == "indication" and i in dosed)
        if named and holds and not _says_one_of(header[i], _TAKEN):
            kinds[i] = "dose"
        elif kinds[i] == "dose" and i not in dosed and max(dosed, default=0) > i and not says(cells[i]):
            kinds[i] = (
                "qualifier" if codes("[4E]").search(read_line(cells[i]).shape) else "dose"
            )  # "CrCl >30 mL/min:" and its dose, under one title
    labelled = any(k in ("indication", "population", "qualifier") for k in kinds)
    if len(kinds) > 1 and (kinds[0] == "" or (kinds[0] in ("dose", "detail") and not labelled and "dose" in kinds[1:])):
        kinds[0] = "qualifier" if header and _says_one_of(header[0], frozenset({"level"})) else ""
    if (0 in dosed or says(cells[0])) and all(map(says_for_whom, header)):
        kinds[0] = "dose"
    shapes = [read_line(cell).shape for cell in cells]
    for i, shape in enumerate(shapes):
        if kinds[i] == "detail" and codes("[167].*2").match(shape) and "dose" in kinds:
            kinds[i] = "dose"  # "3.2 mL twice daily" beside "3.2 mg twice daily"
        elif kinds[i] == "detail" and codes("[<>]?n(?:[–o]n)?").fullmatch(shape) and not _duration(header[i], cells[i]):
            kinds[i] = "remark"  # a trough or a volume, which its header alone explains
    for i in range(1 if len(kinds) > 1 else 0, len(kinds)):
        measured = "maximum" in kinds and _is_bare(cells[i]) and not with_unit(cells[i], header[i])
        if kinds[i] == "" and (measured or (shapes[i][:1] in ("<", ">") and not _holds_dose(cells[i]))):
            kinds[i] = "qualifier"
        elif (
            kinds[i] == ""
            and not any(header)
            and (i not in dosed or is_group(cells[i]))
            and any(map(says, cells[i + 1 :]))
            and not says(cells[i])
        ):
            kinds[i] = (
                "detail" if codes("[23]").search(shapes[i]) else "population" if is_group(cells[i]) else "qualifier"
            )
        elif kinds[i] == "":
            kinds[i] = "dose" if header[i] or not any(header) else "detail"
    kinds = ["qualifier" if k == "dose" and _is_of_another(header[i], drug) else k for i, k in enumerate(kinds)]
    for i, kind in enumerate(kinds):  # the dose that another one replaces is a label of that one
        if (
            kind == "dose"
            and _says_one_of(header[i], _REPLACED)
            and not _says_one_of(header[i], _ADJUSTED)
            and any(kinds[j] == "dose" and _says_one_of(header[j], _ADJUSTED) for j in range(len(kinds)) if j != i)
        ):
            kinds[i] = "qualifier"
    doses = [i for i, kind in enumerate(kinds) if kind == "dose"]
    if any(_holds_dose(cells[i]) or with_unit(cells[i], header[i]) for i in doses):
        for i in doses[1:]:  # how often or how long, beside the column that holds the dose
            if read_line(cells[i]).shape.startswith("2") and not _holds_dose(cells[i]):
                kinds[i] = "detail"
    if "dose" not in kinds:
        spare = [i for i in range(len(kinds) - 1, -1, -1) if kinds[i] in ("detail", "maximum", "remark")]
        if "maximum" not in kinds:
            kinds[spare[0] if spare else -1] = "dose"
    return kinds


def _is_of_another(title: str, drug: OwnDrug) -> bool:
    """Whether a column of doses is another drug's: "Fluoxetine (mg/day)"."""
    line = read_line(title, drug.words)
    named = _NAMED_DOSE.search(line.shape)
    return named is not None and "j" not in line.shape and drug.is_other(line, named.start("drug"))


_NAMED_DOSE = re.compile("(?:^|,)(?P<drug>z)(?:⟨[uv]|D|$)")


def _gives_band(title: str) -> bool:
    """ "CrCl 30 to 49 mL/min", "On dialysis": what a label says, and the header of a column that is for these."""
    return codes("4|[<>]n|n[–oAB]|[EY]|[gWR][^D]*n$").search(read_line(title).shape) is not None


def says_for_whom(title: str) -> bool:
    """Whether the title of a column says for whom it is: people, an organ, its grade or a band."""
    line = read_line(title)
    return _gives_band(title) or names_whom(title) or bool(tells_apart(line, 0, len(line.items), "GHY"))


_TAKEN = _WORDS["product"] | frozenset("current previous prior present".split())
_REPLACED = frozenset("original usual normal unadjusted intended".split())
_ADJUSTED = frozenset("adjusted reduced modified adjustment".split())


def _says_one_of(title: str, words: frozenset[str]) -> bool:
    return any(item.word in words for item in read_line(title).items)


def _holds_dose(cell: str) -> bool:
    return bool(codes("[167]").search(read_line(cell).shape))


def _groups(kinds: Sequence[Column], doses: Sequence[int], filled: Sequence[int]) -> list[tuple[int, int]]:
    """Column ranges, one a dose column: details behind it are its own, those before the first dose the first's.

    A remark is a statement of its own, and so is a maximum beside several doses.
    """
    several = kinds.count("dose") > 1
    apart = [i for i in filled if i not in doses and (kinds[i] == "remark" or (kinds[i] == "maximum" and several))]
    grouped = [i for i in filled if i not in apart]
    groups = [(i, i + 1) for i in apart]
    for number, at in enumerate(doses):
        following = doses[number + 1] if number + 1 < len(doses) else len(kinds)
        begin = min((grouped or doses)[0], at) if number == 0 else at
        end = max((i for i in grouped if at <= i < following), default=at) + 1
        groups.append((begin, end))
    return sorted(groups)


_TIME_SPAN = re.compile("(?:[<>û]?[34]|[<>û]?n(?:[–oø]n)?[Dt])[^;·:AB167]*$")


def _duration(header: str, cell: str) -> str | None:
    """A cell of a column that tells how long, where it does so with its unit: "7 to 14 days", "6 cycles"."""
    title, line = read_line(header), read_line(cell)
    lasts = any(item.word in _WORDS["length"] or item.word == "doses" for item in title.items) or "long" in header
    span = re.sub(r"(?:⟨[nz]⟩)+$", "", line.shape)  # without its footnotes
    unit = next((item for item in title.items if item.code == "t"), None)
    if lasts and unit and codes("[û<]?n(?:[–o]n)?").fullmatch(span):  # "Duration (days)"
        return f"{line.words(0, len(span))} {unit.word}"
    if not lasts or not _TIME_SPAN.match(span) or line.items[0].word.endswith(("kg", "lb", "year", "years", "min")):
        return None
    return line.words(0, len(span)).strip(" .*†‡§¶")


def _told(cell: str) -> bool:
    return bool(cell) and cell not in "-–—"


def _named(header: str, cell: str, drug: OwnDrug) -> str:
    """A label cell of mere figures, an ordinal or a letter with its header: "CrCl (mL/min): 30 to 50", "CrCl (mL/min):
    <30 or on dialysis"; and one that is a dose or a verdict, of what is taken already or of another drug: "Valproate:
    discontinue"."""
    line = read_line(cell)
    if header and _BARE_OR_ORGAN.match(line.shape) and _BAND.match(read_line(header).shape):
        return f"{header}: {cell}"
    worded = any(len(item.word) > 1 and item.code not in "nNo&ø<>ABSZb–1567" for item in line.items)
    counted = len(line.items) == 1 and line.items[0].word in ("first", "second", "third", "fourth")
    return cell if not header or (worded and not counted and not says_in(cell, drug)) else f"{header}: {cell}"


def _completed(header: str, cell: str) -> str:
    """A cell as its header completes it: "Body weight (kg)", "2.6 to <4" → "Body weight: 2.6 to <4 kg"."""
    title, line = read_line(header), read_line(cell)
    unit = _OF_BANDS.search(title.shape)
    if _says_nothing(title):
        return cell
    if unit is None or (title.shape[unit.start("of")] == "u" and title.items[unit.start("of")].sense != "g"):
        return f"{header}: {cell}" if header else cell
    named = title.words(unit.start("of"), unit.end("of"))
    bare = (header[: title.items[unit.start()].start] + header[title.items[unit.end() - 1].end :]).strip()
    if codes("n[AB]").fullmatch(line.shape):  # "30 or more"
        return f"{bare}: {line.words(0, 1)} {named} {line.words(1, 2)}"
    if begun := _BARE_OR_ORGAN.match(line.shape):  # "<30 or on dialysis"
        end = begun.end("figures")
        return f"{bare}: {line.words(0, end)} {named} {line.words(end, len(line.items))}"
    figures = codes("[^a-zA-Z46]*").fullmatch(line.shape) or "n" in line.shape
    return f"{bare}: {cell} {named}" if figures else f"{bare}: {cell}"


def _title_band(header: Sequence[str], at: int) -> Iterator[str]:
    """The figures that a title ends in, completed by the title over them or beside it: of "Lean body weight, kg" and
    "Lean body weight, 40" the second is "Lean body weight: 40 kg"."""
    upper, last = _bare_title(header[at])
    if upper:
        units = (title for title in header if _UNIT_ALONE.match(read_line(title.removeprefix(f"{upper}, ")).shape))
        yield _completed(next(units, upper), last)


def _bare_title(title: str) -> tuple[str, str]:
    """The bare figures that a title ends in, and the title over them: "Age (years): <2"."""
    parts = _UPPER_AND_LOWER.fullmatch(title)
    return parts.groups() if parts and _BARE_BAND.fullmatch(read_line(parts[2]).shape) else ("", title)  # type: ignore[return-value]


_UPPER_AND_LOWER = re.compile("(.+)[,:] (.+)")


def _says_nothing(title: Line) -> bool:
    """Whether a title is but "Patients" or "Patient group", which says nothing that the cells below it do not."""
    named = (i.word in _WORDS["population"] or (i.code == "H" and i.sense.group == "patients") for i in title.items)
    return bool(title.items) and all(named)


_OF_BANDS = re.compile("[⟨,#](?P<of>(?<=⟨)(?:[ktu]|v/t[^⟩]*)(?=⟩)|(?<=[,#])[kt]$)⟩?")
"""The unit in a header of bands: "Weight (kg)", "Age, years", "Weight in kg", "CrCl (mL/min)"."""


def with_unit(cell: str, header: str) -> Quantity | None:
    """A table cell that begins with bare numbers, read with the unit that its column's header names.

    >>> with_unit("250 to 500", "Dose (mg/kg)").per
    'kg'
    >>> with_unit("2.5 twice daily", "mL per dose")
    Quantity(text='2.5', low=2.5, high=2.5, unit='mL', per=None)
    """
    line, title = read_line(cell), read_line(header)
    bare = codes("f?(?P<figures>n(?:[–o]n)?)(?=$|,?2)").match(line.shape)
    units = {_amount_of(title, i) for i in range(len(title.items)) if _is_unit(title, i)}
    amount = units.pop() if len(units) == 1 else None
    if not bare or amount is None:
        return None
    first, last = bare.span("figures")
    low, high = line.items[first].sense, line.items[last - 1].sense
    return Quantity(line.words(first, last), low, high, amount.unit, amount.per) if low <= high else None


def under_caption(cell: str, title: str, caption: str) -> Quantity | None:
    """A cell of bare numbers in a column that is for somebody, with the unit that only the table's caption names: "in
    micrograms given once daily"."""
    dosed = _gives_band(title) or "H" in read_line(title).shape or codes("[no]?n2").search(read_line(cell).shape)
    return with_unit(cell, caption) if dosed and not codes("[uvm]").search(read_line(title).shape) else None


def _is_unit(title: Line, at: int) -> bool:
    """Whether a unit in a header is what its cells are measured in; a form is only where nothing else is said."""
    if title.shape[at] == "m":
        return at == 0 or title.shape[at - 1] in "⟨,#" or title.words(0, at).lower().endswith("number of")
    return title.shape[at] in "uv" and title.shape[at - 1 : at] not in ("/", "p")


def _amount_of(title: Line, at: int) -> Amount | None:
    """What a header's unit makes of a number; None for a concentration and what is not understood."""
    end = next((i for i in range(at, len(title.items)) if title.shape[i] in "⟩,;"), len(title.items))
    named = read_line(f"1 {title.words(at, end)}")
    amount: Amount | None = named.items[0].sense if codes("1(?:$|[2TDzVO⟨])").match(named.shape) else None
    return amount._replace(per=None) if amount and amount.per == "dose" else amount
