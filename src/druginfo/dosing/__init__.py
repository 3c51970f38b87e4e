"""Dosing: the Dosage section of any monograph as rows and notes, and which rows apply to a patient."""

from druginfo.dosing.filters import Judged, Patient, Selection, apply
from druginfo.dosing.table import dosage_sections, read_dosing

__all__ = ["Judged", "Patient", "Selection", "apply", "dosage_sections", "read_dosing"]
