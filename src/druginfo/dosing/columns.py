"""A table row → statements with their labels, by what the header says of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from druginfo.dosing.line import read_line
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Quantity

Column = Literal["indication", "population", "qualifier", "dose", "detail", "maximum", "remark", ""]

_COLUMNS: tuple[tuple[Column, str], ...] = (
    (
        "dose",
        r"\btarget\s+dos(?:e|age)\b|\b(?:dosing|dosage|dose)\s+schedules?\b|\bbolus(?:es)?\b|\brate\s+(?:change|adjustment)s?\b",
    ),
    ("remark", r"^(?:comments?|remarks?|notes?)$"),
    (
        "qualifier",
        r"^(?:(?:dosage|dose|dosing)\s+)?(?:forms?|formulations?|presentations?|products?|strengths?|preparations?)\b",
    ),
    (
        "detail",
        r"^(?:infusion|treatment|therapy)\s+(?:time|length|duration)\b|^(?:(?:no\.?|number)\s+of\s+)?(?:cycles|"
        r"courses|doses)$|^infuse\b",
    ),
    (
        "qualifier",
        r"^(?:patient'?s?\s+)?(?:body\s+)?(?:weight|age|crcl|e?gfr|creatinine|child|renal|kidney|hepatic|liver)\b",
    ),
    (
        "maximum",
        r"^max(?:imum|\.)?(?:\s+(?:recommended|total|daily|single|dos(?:e|age)|per\s+day|per\s+dose))*(?:\s*\(.*\))?$",
    ),
    ("indication", r"\b(?:indications?|conditions?|diseases?|infections?|diagnosis|disorders?|use)\b"),
    (
        "detail",
        r"\b(?:frequency|interval|duration|route|comments?|notes?|remarks?|schedule|monitor\w*|how\s+often|timing|"
        r"length|"
        r"troughs?|concentrations?|rates?|volumes?|examples?|rationale|reason|targets?)\b",
    ),
    (
        "dose",
        r"\b(?:dos(?:e|es|age|ing|ages)|regimens?|recommend\w*|actions?|adjust\w+|modif\w+|administ\w+|maintenance|"
        r"loading|management|"
        r"m?cg|mg|units|tablets?|treatment|initial)\b",
    ),
    (
        "population",
        r"\bpopulations?\b|^patient\s+characteristics?$|\bpatients?(?:\s+(?:groups?|populations?|types?))?$|"
        r"\bgroups?\b",
    ),
    (
        "qualifier",
        r"\b(?:age|weight|clearance|renal|kidney|hepatic|liver|child-pugh|severity|grade|class|days?|weeks?|months?|"
        r"cycle|step|phase|"
        r"toxicit\w+|function|stage|level|anc|platelets?|bsa|time|visit|event|reaction|parameter|"
        r"bilirubin|transaminases?|AL[TP]|AST|albumin|INR|potassium|sodium|glucose|FPG|HbA1c|h(?:a)?emoglobin|"
        r"neutrophils?|creatinine)\b",
    ),
)
_UNIT = Pattern(r"\((kg|g|years?|yrs?|months?|weeks?|days?|m[lL]/min[^)]*)\)|,\s*(kg|years?|months?)$", re.I)


_OWN_BAND = Pattern(r",\s*(?:patient'?s?\s+)?(?:body\s+)?(?:age|weight)(?:\s+range)?(?:\s*\([^)]*\))?$", re.I)


_OWN_DOSE = Pattern(r",\s*(?:(?!max)[\w-]+\s+){0,2}dos(?:e|age)(?:\s*\([^)]*\))?$", re.I)


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
    flat = level(header).strip()
    if _OWN_BAND.search(flat):  # "Dosage Regimen, Patient Age": two header rows, the lower one says what it holds
        return "qualifier"
    if _OWN_DOSE.search(flat):
        return "dose"
    return next((kind for kind, pattern in _COLUMNS if re.search(pattern, flat, re.I)), "")


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
        elif re.search(r"\d|\(.+\)|\b(?:daily|weekly|every|mg|mcg|units|mL|g)\b", header[dose_at]):
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
        kinds[0] = "qualifier" if header and re.search(r"\blevel\b", header[0], re.I) else ""
    for i, cell in enumerate(cells):
        if kinds[i] == "detail" and _begins_with_dose(cell) and "2" in read_line(cell).shape and "dose" in kinds:
            kinds[i] = "dose"  # "3.2 mL twice daily" beside "3.2 mg twice daily"
        elif kinds[i] == "detail" and _FIGURES.fullmatch(cell):
            kinds[i] = "remark"  # a trough or a volume, which its header alone explains
    for i in range(1 if len(kinds) > 1 else 0, len(kinds)):
        if kinds[i] == "" and re.match(r"[<>≥≤]", level(cells[i])) and not _holds_dose(cells[i]):
            kinds[i] = "qualifier"
        elif kinds[i] == "":
            kinds[i] = "dose" if header[i] or not any(header) else "detail"
    for i, kind in enumerate(kinds):  # the dose that another one replaces is a label of that one
        if (
            kind == "dose"
            and _REPLACED.search(header[i])
            and any(kinds[j] == "dose" and _ADJUSTED.search(header[j]) for j in range(len(kinds)) if j != i)
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


_REPLACED = Pattern(r"\b(?:original|usual|normal|unadjusted|intended)\b(?!.*\badjusted\b)", re.I)
_ADJUSTED = Pattern(r"\b(?:adjusted|reduced|modified)\b|\b(?:dose|dosage)\s+adjustment\b", re.I)
_FIGURES = Pattern(r"[<>≥≤]?\s*\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?")


def _begins_with_dose(cell: str) -> bool:
    return read_line(cell).shape[:1] in ("1", "6", "7")


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


_LASTS = Pattern(r"\b(?:duration|length|cycles|courses|doses|how\s+long)\b", re.I)
_TIME_SPAN = Pattern(
    r"(?:(?:at\s+least|up\s+to|about|≥|≤|>|<)\s*)?\d[\d.]*(?:\s*(?:-|to|"
    r"or)\s*\d[\d.]*)?[\s-]*(?:hours?|days?|weeks?|months?|years?|doses|cycles?|courses?|nights?)\b(?!\s+and\s+older)[^.;]{0,60}",
    re.I,
)


def _duration(header: str, cell: str) -> str | None:
    """A cell of a column that tells how long, where it does so with its unit: "7 to 14 days", "6 cycles"."""
    words = re.sub(r"\s*(?:\[\d+\]|[*†‡§¶]+)*\s*$", "", cell).strip(" .")
    return words if "year" not in words and _LASTS.search(header) and _TIME_SPAN.fullmatch(level(words)) else None


def _told(cell: str) -> bool:
    return bool(cell) and cell not in "-–—"


def _named(header: str, cell: str) -> str:
    """A label cell of mere figures or a letter, with its header: "CrCl (mL/min): 30 to 50"."""
    bare = re.sub(r"\b(?:to|and|or|than|less|more|greater|under|over|at|least|above|below|up)\b", "", cell, flags=re.I)
    return f"{header}: {cell}" if header and not re.search(r"[^\W\d]{2,}", bare) else cell


def _completed(header: str, cell: str) -> str:
    """A cell as its header completes it: "Body weight (kg)", "2.6 to <4" → "Body weight: 2.6 to <4 kg"."""
    unit = _UNIT.search(header)
    bare = _UNIT.blank(header).strip()
    named = unit and (unit[1] or unit[2])
    if named and (more := re.fullmatch(r"(\d[\d.]*)(\s+(?:or|and)\s+\w+)", cell)):  # "30 or more"
        return f"{bare}: {more[1]} {named}{more[2]}"
    return (
        f"{bare}: {cell} {named}"
        if named and not re.search(rf"{re.escape(named[:2])}", cell, re.I)
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
