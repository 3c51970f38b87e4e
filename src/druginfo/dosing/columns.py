"""A table row → statements with their labels, by what the header says of each column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.dosing.quantities import amounts
from druginfo.dosing.signs import level

_COLUMNS = (
    ("indication", re.compile(r"\bindications?\b|\bconditions?\b|\bdiseases?\b|\binfections?\b|\bdiagnosis\b|\buse\b", re.I)),
    ("statement", re.compile(r"\bdos(?:e|es|age|ing|ages)\b|\bregimens?\b|\brecommend|\baction\b|\badjustment|\bmodification|\bfrequency|\binterval"
                             r"|\bduration|\broute|\bmaximum|\bmax\b|\bcomments?|\bnotes?\b|\bremarks?|\bschedule|\badminist|\bmaintenance|\bloading"
                             r"|\bmanagement|\bm?cg\b|\bmg\b|\bunits\b|\btablets?\b|\bhow\b|\bmonitor|\btreatment\b", re.I)),
    ("population", re.compile(r"\bpopulations?\b|\bpatients?\s*(?:group|population|type)?s?$|\bgroups?\b", re.I)),
    ("qualifier", re.compile(r"\bage\b|\bweight\b|\bcrcl\b|\be?gfr\b|\bclearance\b|\brenal|\bkidney|\bhepatic|\bliver|\bchild|\bseverity|\bgrade|\bclass"
                             r"|\bday|\bweek|\bmonth|\bcycle|\bstep|\bphase|\btoxicit|\bfunction|\bstage|\blevel|\bANC\b|\bplatelet|\bBSA\b|\btime", re.I)),
)  # fmt: skip


def column_kind(header: str) -> str:
    """What a column holds: indication, population, qualifier, statement, or "" where its header does not say."""
    flat = level(header)
    if re.match(r"\s*(?:patient'?s?\s+)?(?:body\s+)?(?:weight|age|crcl|e?gfr)\b", flat, re.I):
        return "qualifier"
    return next((kind for kind, pattern in _COLUMNS if pattern.search(flat)), "")


def table_statements(cells: list[str], header: list[str]) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """(text, labels as (kind, label), header of the dose column) for each statement of a row.

    Several columns that each hold a dose are several statements, labelled with their headers.
    """
    kinds = [column_kind(h) for h in header[: len(cells)]]
    if kinds and not kinds[0] and len(cells) > 1:
        kinds[0] = "label"
    if "statement" not in kinds:
        kinds = ["label" if i == 0 and len(cells) > 1 else (k if k != "" else "statement") for i, k in enumerate(kinds)]
    kinds = [k or "statement" for k in kinds]
    if "statement" not in kinds and kinds:
        kinds[-1] = "statement"
    labels = [
        (k if k != "label" else "", c)
        for k, c in zip(kinds, cells, strict=True)
        if k != "statement" and c and c not in "-–—"
    ]
    told = [i for i, k in enumerate(kinds) if k == "statement" and cells[i]]
    dosed = [i for i in told if next(amounts(cells[i]), None) is not None]
    if not told:
        yield " ".join(c for c in cells if c), [], ""
        return
    parallel = [i for i in told if i in dosed and not re.search(r"max", header[i], re.I)]
    if len(parallel) > 1 and len({header[i] for i in parallel}) == len(parallel):
        for i in told:
            own = [*labels, ("", header[i])] if header[i] else labels
            yield cells[i], own, header[i]
        return
    first, last = told[0], told[-1]
    inside = [i for i in range(first, last + 1) if cells[i]]
    outer = [(k, c) for k, c in labels if c not in [cells[i] for i in inside if kinds[i] != "statement"]]
    dose_header = header[dosed[0] if dosed else told[0]]
    yield " ".join(cells[i] for i in inside), outer, dose_header
