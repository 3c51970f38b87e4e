"""Dosing: the Dosage section of any monograph as rows and notes, and which rows apply to a patient."""

from druginfo.dosing.context import dosage_sections
from druginfo.dosing.filters import Judged, Selection, apply
from druginfo.dosing.patient import Patient
from druginfo.dosing.table import read_dosing

__all__ = ["Judged", "Patient", "Selection", "apply", "dosage_sections", "read_dosing"]
