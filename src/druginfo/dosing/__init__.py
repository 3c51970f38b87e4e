"""Dosing: the Dosage section of any monograph as rows and notes, and which rows apply to a patient."""

from druginfo.dosing.context import dosage_sections, sections_elsewhere
from druginfo.dosing.filters import Judged, Selection, apply, topics_of
from druginfo.dosing.patient import Patient
from druginfo.dosing.reading import read_dosing

__all__ = [
    "Judged",
    "Patient",
    "Selection",
    "apply",
    "dosage_sections",
    "read_dosing",
    "sections_elsewhere",
    "topics_of",
]
