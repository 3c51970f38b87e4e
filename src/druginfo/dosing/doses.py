"""The doses of a monograph, wherever they are: under a heading of dosage, else under those that only may hold some."""

from __future__ import annotations

from druginfo.dosing.context import sections_elsewhere
from druginfo.dosing.reading import read_dosing
from druginfo.model import Monograph, Regimens


def read_doses(monograph: Monograph, *, conditions: bool = True) -> Regimens:
    """The rows and notes on doses, with a notice where they were found if under no heading of dosage; no rows where the
    monograph has no dose that can be read. `conditions` as for `read_dosing`."""
    regimens = read_dosing(monograph, conditions=conditions)
    elsewhere = [] if regimens.rows else sections_elsewhere(monograph)
    found = read_dosing(monograph, elsewhere, conditions=conditions) if elsewhere else Regimens((), ())
    if found.rows:
        keys = {row.section for row in found.rows}
        places = "; ".join(f"“{s.title}” (line {s.line})" for s in elsewhere if s.key in keys)
        notice = f"No doses under a heading of dosage: these are read from {places}."
        regimens = regimens._replace(rows=found.rows, notes=(*regimens.notes, *found.notes), notices=(notice,))
    keys = {row.section for row in regimens.rows} | {note.section for note in regimens.notes}
    return regimens._replace(titles=tuple((s.key, s.title) for s in monograph.sections if s.key in keys))
