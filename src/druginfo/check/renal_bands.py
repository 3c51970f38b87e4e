"""C: ranges of kidney function that overlap or leave a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from druginfo.check.contradictions import KIDNEY_ILL
from druginfo.check.document import Document
from druginfo.check.rule import Faults, rule
from druginfo.model import DoseRow
from druginfo.terms import without_brackets, words_in
from druginfo.terms.files import word_list

_BAND_WORDS = word_list("check", "renal bands")


@rule("C609", "warning", "renal bands that overlap")
def overlapping_bands(document: Document) -> Faults:
    for bands in _renal_bands(document):
        for (row, low, high), (other, other_low, other_high) in pairwise(bands):
            if other_low < high and other_high > high and other_low > low:
                yield other.line, f"the band overlaps the one in line {row.line}: {_shown(row)} and {_shown(other)}"


@rule("C610", "warning", "renal bands with a gap between them")
def gap_between_bands(document: Document) -> Faults:
    for bands in _renal_bands(document):
        reach: tuple[DoseRow, float] | None = None
        for row, low, high in bands:
            before, after = reach and reach[0].renal, row.renal
            meet = (before and before.max_included) or (after and after.min_included)  # the bound is in one of them
            apart = reach is not None and (low - reach[1] > 1 or (low == reach[1] and not meet))
            if reach and apart and not _covered_elsewhere(document, row, reach[1], low):
                yield row.line, f"no band between {_shown(reach[0])} in line {reach[0].line} and {_shown(row)}"
            if reach is None or high >= reach[1]:
                reach = row, high


_Band = tuple[DoseRow, float, float]


def _renal_bands(document: Document) -> Iterator[list[_Band]]:
    """The bands of kidney function that belong to one regimen, lowest first; at least two of one measure."""
    groups: dict[tuple[object, ...], dict[tuple[float, float], _Band]] = {}
    for row in document.dosing.rows:
        renal = row.renal
        if renal is None or (renal.min is None and renal.max is None) or not _is_band(row):
            continue
        low = float(renal.min) if renal.min is not None else 0.0
        high = float(renal.max) if renal.max is not None else float("inf")
        group = (row.section, row.population, row.indication, renal.measure, _without_band(row.qualifier or ""))
        groups.setdefault(group, {}).setdefault((low, high), (row, low, high))
    for found in groups.values():
        single = all(low == high for low, high in found)  # "CrCl 10", "CrCl 20": values of a table, no bands
        if len(found) > 1 and not single:
            yield sorted(found.values(), key=lambda band: (band[1], band[2]))


def _is_band(row: DoseRow) -> bool:
    """Whether the figures are in the row's label, which says for whom it is, and not in its text."""
    label = row.qualifier or ""
    return any(map(str.isdigit, label)) and KIDNEY_ILL.search(f"{label} {row.population}") is not None


def _without_band(label: str) -> str:
    """A label without its grades, figures and measure: what is left tells regimens apart."""
    words = words_in(without_brackets(label).lower())
    return " ".join(word for word in words if word not in _BAND_WORDS and not word.isdecimal())


def _covered_elsewhere(document: Document, row: DoseRow, low: float, high: float) -> bool:
    """Whether another row of these patients covers what lies between two bands, or names the bound alone."""
    middle = (low + high) / 2
    for other in document.dosing.rows:
        same = (other.section, other.population) == (row.section, row.population)
        if same and other.indication in (None, row.indication):
            renal, label = other.renal, f"{other.qualifier} {other.text}"
            if renal is None and re.search(rf"(?<![\d.<>≤≥]){middle:g}(?![\d.])", label) and KIDNEY_ILL.search(label):
                return True
            measured = bool(renal and row.renal and renal.measure == row.renal.measure)
            is_range = measured and renal and (renal.min is not None or renal.max is not None)
            if renal and is_range and (renal.min or 0) < middle < (renal.max or float("inf")):
                return True
    return False


def _shown(row: DoseRow) -> str:
    renal = row.renal
    assert renal is not None
    if renal.min is None:
        return f"{'≤' if renal.max_included else '<'}{renal.max:g}"
    if renal.max is None:
        return f"{'≥' if renal.min_included else '>'}{renal.min:g}"
    return f"{renal.min:g} to {'' if renal.max_included else 'less than '}{renal.max:g}"
