"""A table row → statements with their labels, by what the header says of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from druginfo.dosing.line import Line, read_line
from druginfo.dosing.signs import Pattern
from druginfo.model import Quantity
from druginfo.terms import tables

Column = Literal["indication", "population", "qualifier", "dose", "detail", "maximum", "remark", ""]

_WORDS = {kind: frozenset(words.split()) for kind, words in tables.COLUMNS.items()}
_BAND = re.compile(r"(?:H|z(?=[gW]))?[dz]?[gW]+z?(?:⟨.*|/.*)?$|H?[WgRKLEY](?:[^D]*|[^D]*@.*)$")
_MAXIMUM = re.compile(r"M(?:[dDTŧ2=r]|pt|pD)*(?:⟨.*)?$")
_UNIT = Pattern(r"\((kg|g|years?|yrs?|months?|weeks?|days?|m[lL]/min[^)]*)\)|,\s*(kg|years?|months?)$", re.I)


class TableStatement(NamedTuple):
    """One statement of a table row.

    `text` is the row's words in their order; `dose`, `maximum` the cells that hold them (with `dose_header`, which may
    name the unit); `labels` are (column kind, cell) and `bands` the same cells as their header completes them.
    """

    text: str
    dose: str
    dose_header: str
    maximum: str | None
    duration: str | None
    labels: tuple[tuple[Column, str], ...]
    bands: tuple[str, ...]


@lru_cache(maxsize=256)
def column_kind(header: str) -> Column:
    """What a column holds; "" where its header does not say."""
    line = read_line(header)
    lowest = line.shape.rfind(",") + 1  # of two header rows the lower one says what the column holds
    own = _kind(line, lowest) if lowest and line.shape[lowest : lowest + 1] not in ("&", "⟨") else ""
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
    if "x" not in shape and (words & _WORDS["dose"] or re.search("[um]", shape)):
        return "dose"
    if words & _WORDS["population"] or (shape[-1] == "H" and items[-1].sense.group == "patients"):
        return "population"
    dated = any(item.code == "t" and item.sense in _DATES for item in items)
    return "qualifier" if dated or re.search("[gWRKLYixE]", shape) or words & _WORDS["qualifier"] else ""


_DATES = frozenset("day week month year cycle".split())


def table_statements(cells: Sequence[str], header: Sequence[str]) -> list[TableStatement]:
    """The statements of a row: one, or one for each of several dose columns, labelled with their headers.

    A cell that spans columns of one header is read once.
    """
    header = [*header, *[""] * (len(cells) - len(header))]
    spans = [
        i > 0 and bool(header[i]) and (cells[i], header[i]) == (cells[i - 1], header[i - 1]) for i in range(len(cells))
    ]
    whole = " ".join(cell for cell in cells if cell)
    cells = [cell for cell, spanned in zip(cells, spans, strict=True) if not spanned]
    header = [title for title, spanned in zip(header, [*spans, *[False] * len(header)], strict=False) if not spanned]
    kinds = _kinds(cells, header)
    labels = [
        (k, _named(header[i], c) if k in ("", "qualifier") else c, i)
        for i, (k, c) in enumerate(zip(kinds, cells, strict=True))
        if k in ("", "indication", "population", "qualifier") and _told(c)
    ]
    bands = [
        (c, _completed(h, c))
        for k, h, c in zip(kinds, header, cells, strict=False)
        if k in ("", "qualifier", "population") and _told(c)
    ]
    filled = [i for i, kind in enumerate(kinds) if kind in ("dose", "detail", "maximum", "remark") and _told(cells[i])]
    doses = [i for i in filled if kinds[i] == "dose"] or filled[:1]
    if not doses:
        return [TableStatement(whole, whole, "", None, None, (), ())] if whole else []
    found = []
    for begin, end in _groups(kinds, doses, filled):
        inside = range(begin, end)
        text = " ".join(cell for cell, _ in groupby(cells[i] for i in inside if cells[i]))  # "Avoid | Avoid" is one
        text = text if text in whole else whole  # verbatim all the same
        own: list[tuple[Column, str]] = [(kind, label) for kind, label, i in labels if i not in inside]
        dose_at = next((i for i in inside if i in doses), begin)
        caps = [cells[i] for i in inside if kinds[i] == "maximum" and _told(cells[i])]
        if kinds[dose_at] in ("maximum", "remark"):
            own.append(("qualifier", header[dose_at]))
        elif len(doses) > 1 and header[dose_at]:
            own.append(("", header[dose_at]))
        elif re.search(r"[0-9nNuvTer]|⟨.+⟩", read_line(header[dose_at]).shape):
            own.append(("qualifier", header[dose_at]))
        found.append(
            TableStatement(
                text,
                cells[dose_at],
                header[dose_at] if kinds[dose_at] != "remark" else "",
                caps[0] if len(caps) == 1 and kinds[dose_at] != "maximum" else None,
                next((d for d in (_duration(header[i], cells[i]) for i in inside) if d), None),
                tuple(own),
                tuple(completed for cell, completed in bands if cell != cells[dose_at]),
            )
        )
    return found


def _kinds(cells: Sequence[str], header: Sequence[str]) -> list[Column]:
    kinds: list[Column] = [column_kind(title) for title in header[: len(cells)]]
    labelled = any(k in ("indication", "population", "qualifier") for k in kinds)
    if len(kinds) > 1 and (kinds[0] == "" or (kinds[0] in ("dose", "detail") and not labelled and "dose" in kinds[1:])):
        kinds[0] = "qualifier" if header and _says_one_of(header[0], frozenset({"level"})) else ""
    shapes = [read_line(cell).shape for cell in cells]
    for i, shape in enumerate(shapes):
        if kinds[i] == "detail" and re.match("[167].*2", shape) and "dose" in kinds:
            kinds[i] = "dose"  # "3.2 mL twice daily" beside "3.2 mg twice daily"
        elif kinds[i] == "detail" and re.fullmatch("[<>]?n(?:[–o]n)?", shape):
            kinds[i] = "remark"  # a trough or a volume, which its header alone explains
    for i in range(1 if len(kinds) > 1 else 0, len(kinds)):
        if kinds[i] == "" and shapes[i][:1] in ("<", ">") and not _holds_dose(cells[i]):
            kinds[i] = "qualifier"
        elif kinds[i] == "":
            kinds[i] = "dose" if header[i] or not any(header) else "detail"
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
        kinds[spare[0] if spare else -1] = "dose"
    return kinds


_REPLACED = frozenset("original usual normal unadjusted intended".split())
_ADJUSTED = frozenset("adjusted reduced modified adjustment".split())


def _says_one_of(title: str, words: frozenset[str]) -> bool:
    return any(item.word in words for item in read_line(title).items)


def _holds_dose(cell: str) -> bool:
    return bool(re.search("[167]", read_line(cell).shape))


def _groups(kinds: Sequence[Column], doses: Sequence[int], filled: Sequence[int]) -> list[tuple[int, int]]:
    """Column ranges, one a dose column: details behind it are its own, those before the first dose the first's.

    A remark is a statement of its own, and so is a maximum beside several doses.
    """
    several = kinds.count("dose") > 1
    apart = [i for i in filled if i not in doses and (kinds[i] == "remark" or (kinds[i] == "maximum" and several))]
    told = [i for i in filled if i not in apart]
    groups = [(i, i + 1) for i in apart]
    for number, at in enumerate(doses):
        following = doses[number + 1] if number + 1 < len(doses) else len(kinds)
        begin = min((told or doses)[0], at) if number == 0 else at
        end = max((i for i in told if at <= i < following), default=at) + 1
        groups.append((begin, end))
    return sorted(groups)


_TIME_SPAN = re.compile("(?:[<>û]?[34]|[<>û]?n(?:[–oø]n)?[Dt])[^;·:AB167]*$")


def _duration(header: str, cell: str) -> str | None:
    """A cell of a column that tells how long, where it does so with its unit: "7 to 14 days", "6 cycles"."""
    title, line = read_line(header), read_line(cell)
    lasts = any(item.word in _WORDS["length"] or item.word == "doses" for item in title.items) or "long" in header
    span = re.sub(r"(?:⟨[nz]⟩)+$", "", line.shape)  # without its footnotes
    if not lasts or not _TIME_SPAN.match(span) or line.items[0].word.endswith(("kg", "lb", "year", "years", "min")):
        return None
    return line.words(0, len(span)).strip(" .*†‡§¶")


def _told(cell: str) -> bool:
    return bool(cell) and cell not in "-–—"


def _named(header: str, cell: str) -> str:
    """A label cell of mere figures or a letter, with its header: "CrCl (mL/min): 30 to 50"."""
    worded = any(len(item.word) > 1 and item.code not in "nNo&ø<>ABZb–" for item in read_line(cell).items)
    return cell if worded or not header else f"{header}: {cell}"


def _completed(header: str, cell: str) -> str:
    """A cell as its header completes it: "Body weight (kg)", "2.6 to <4" → "Body weight: 2.6 to <4 kg"."""
    unit = _UNIT.search(header)
    if unit is None:
        return f"{header}: {cell}"
    bare, named = _UNIT.blank(header).strip(), unit[1] or unit[2]
    line = read_line(cell)
    if re.fullmatch("n[AB]", line.shape):  # "30 or more"
        return f"{bare}: {line.words(0, 1)} {named} {line.words(1, 2)}"
    return (
        f"{bare}: {cell} {named}"
        if re.fullmatch("[^a-zA-Z46]*", line.shape) or "n" in line.shape
        else f"{bare}: {cell}"
    )


def with_unit(cell: str, header: str) -> Quantity | None:
    """A table cell of bare numbers, read with the unit that its column's header names.

    >>> with_unit("250 to 500", "Dose (mg/kg)").per
    'kg'
    >>> with_unit("2.5", "mL per dose")
    Quantity(text='2.5', low=2.5, high=2.5, unit='mL', per=None)
    """
    bare = re.fullmatch(r"(?:n|n[–o]n)", read_line(cell).shape)
    named = read_line("1 " + header[unit.start() :].strip("(), ")) if (unit := _LAST_UNIT.search(header)) else None
    if not bare or named is None or not named.shape.startswith("1"):
        return None
    amount = named.items[0].sense
    ends = [item.sense for item in read_line(cell).items if item.code == "n"]
    if ends[0] > ends[-1] or (named.shape[1:] and not re.match("[2T⟩,]", named.shape[1:])):
        return None
    return Quantity(cell.strip(), ends[0], ends[-1], amount.unit, None if amount.per == "dose" else amount.per)


_LAST_UNIT = Pattern(
    r"(?:^|\(|,\s*|\bin\s+)(?=(?:mg|m?cg|µg|g|units?|IU|mL|mmol|mEq|tablets?|capsules?|puffs?|drops?)\b[^(),]*(?:,\s*[^(),]*)?\)?\s*$)",
    re.I,
)
