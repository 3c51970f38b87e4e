"""Dosing: the Dosage section of any monograph as rows and notes, and which rows apply to a patient.

Each name is loaded when it is first asked for: rows that were read before are judged without their reader.
"""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from druginfo.dosing.context import dosage_sections, sections_elsewhere
    from druginfo.dosing.doses import read_doses
    from druginfo.dosing.filters import RowForPatient, Selection, apply
    from druginfo.dosing.judging import has_figure, may_be_of, told_figures
    from druginfo.dosing.patient import Age, Patient, topics_of
    from druginfo.dosing.reading import read_dosing

_PART_OF = {
    "Age": "patient",
    "RowForPatient": "filters",
    "Patient": "patient",
    "Selection": "filters",
    "apply": "filters",
    "dosage_sections": "context",
    "has_figure": "judging",
    "may_be_of": "judging",
    "read_doses": "doses",
    "read_dosing": "reading",
    "sections_elsewhere": "context",
    "told_figures": "judging",
    "topics_of": "patient",
}
__all__ = [
    "Age",
    "Patient",
    "RowForPatient",
    "Selection",
    "apply",
    "dosage_sections",
    "has_figure",
    "may_be_of",
    "read_doses",
    "read_dosing",
    "sections_elsewhere",
    "told_figures",
    "topics_of",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _PART_OF:
        raise AttributeError(f"module 'druginfo.dosing' has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"druginfo.dosing.{_PART_OF[name]}"), name)
    return found
