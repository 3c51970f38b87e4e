"""Dosing: the Dosage section of any monograph as rows and notes, and which rows apply to a patient.

Each name is loaded when it is first asked for: rows that were read before are judged without their reader.
"""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from druginfo.dosing.context import dosage_sections as dosage_sections
    from druginfo.dosing.context import sections_elsewhere as sections_elsewhere
    from druginfo.dosing.doses import read_doses as read_doses
    from druginfo.dosing.filters import Selection as Selection
    from druginfo.dosing.filters import apply as apply
    from druginfo.dosing.judging import has_figure as has_figure
    from druginfo.dosing.judging import may_be_of as may_be_of
    from druginfo.dosing.judging import told_figures as told_figures
    from druginfo.dosing.patient import Age as Age
    from druginfo.dosing.patient import Patient as Patient
    from druginfo.dosing.patient import topics_of as topics_of
    from druginfo.dosing.reading import read_dosing as read_dosing

_PARTS = {
    "context": "dosage_sections sections_elsewhere",
    "doses": "read_doses",
    "filters": "Selection apply",
    "judging": "has_figure may_be_of told_figures",
    "patient": "Age Patient topics_of",
    "reading": "read_dosing",
}
_PART_OF = {name: part for part, names in _PARTS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _PART_OF:
        raise AttributeError(f"module 'druginfo.dosing' has no attribute {name!r}")
    globals()[name] = found = getattr(import_module(f"druginfo.dosing.{_PART_OF[name]}"), name)
    return found
