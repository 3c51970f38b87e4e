"""Which rows are for a patient's kidney function."""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing.finding import SILENT, Finding, before_next, between, bounds_words, impaired
from druginfo.dosing.organs import renal_range
from druginfo.dosing.patient import Patient
from druginfo.dosing.signs import Pattern
from druginfo.model import DoseRow, Renal

CATEGORIES = {"mild": (60.0, 90.0), "moderate": (30.0, 60.0), "severe": (15.0, 30.0), "failure": (0.0, 15.0)}
"""eGFR or CrCl in mL/min, lower bound included, upper not: mild 60 to 89, moderate 30 to 59, severe 15 to 29, failure
below 15 (FDA, guidance for industry on pharmacokinetics in patients with impaired renal function)."""

_FAILURE = Pattern(
    r"\b(?:end[\s-]stage|ESRD|ESKD|(?:renal|kidney)\s+failure|(?:h(?:a)?emo)?dialysis|stage\s+5|anuri\w+)\b", re.I
)
_END_STAGE = Pattern(r"\b(?:end[\s-]stage|ESRD|ESKD|(?:renal|kidney)\s+failure)\b", re.I)
_BELOW = CATEGORIES["failure"][1]
_NORMAL = CATEGORIES["mild"][1]


class Kidney:
    """Reads severity words by the ranges that the monograph itself gives them, else by the FDA's categories."""

    def __init__(self, rows: Sequence[DoseRow], patient: Patient) -> None:
        self.patient = patient
        self.ranges = severity_ranges(rows)
        self.failure = [row for row in rows if is_for_failure(row)]
        self.graded = {(row.section, row.population) for row in rows if row.renal}
        self.starts: dict[tuple[str, str | None], set[float]] = {}
        for row in rows:
            renal = told(row)
            if renal and renal.min is not None and renal.min_included:
                self.starts.setdefault((row.section, renal.measure), set()).add(renal.min)

    def by_kidney(self, row: DoseRow) -> Finding:
        """What a row says of the patient's eGFR or CrCl."""
        renal = told(row)
        if renal is None:
            return self.by_impairment(row)
        value = self.value(renal)
        if value is None:
            return Finding(True, f"the row speaks of {renal.measure}, which was not given")
        if renal.min is not None or renal.max is not None:
            found = self.by_range(row.section, renal, value)
            if (
                found.applies
                and value < _BELOW
                and renal.severity
                and renal.min is None
                and self.tells_of_end_stage(row)
            ):
                return Finding(True, "the row gives a grade, and another is for end-stage disease")
            return found
        readings = [self.by_severity(row, severity, value) for severity in renal.severity]
        for applies, read in readings:
            if applies:
                return Finding(True, read, True)
        category = next((word for word, (low, high) in CATEGORIES.items() if low <= value < high), None)
        own = self.ranges.get(category) if category else None
        is_defined = all(word in self.ranges for word in renal.severity)
        if own and not is_defined and self.value(own) is not None and not _inside(own, value):
            return Finding(True, f"no range is known: {category} is {renal_words(own)} here")
        return Finding(False, "for " + ", ".join(read for _, read in readings))

    def by_impairment(self, row: DoseRow) -> Finding:
        """A row for impairment in no grade is for all below the FDA's normal function, if no row beside has a grade."""
        value = self.patient.egfr if self.patient.egfr is not None else self.patient.crcl
        if value is None or value >= _NORMAL or row.qualifier or (row.section, row.population) in self.graded:
            return SILENT
        if not impaired(row.population, "renal|kidney"):
            return SILENT
        return Finding(True, "renal impairment read as below 90 mL/min, the FDA's categories", True)

    def by_range(self, section: str, renal: Renal, value: float) -> Finding:
        """Whether a range holds the value, and with which measure it was read where the row names none."""
        measure = "eGFR" if self.patient.egfr is not None else "CrCl"
        read = None if renal.measure else f"the row names neither eGFR nor CrCl, read with the {measure} given"
        if _inside(renal, value):
            return Finding(True, read, True)
        starts = self.starts.get((section, renal.measure), set())
        following = before_next(value, renal.min, renal.max, renal.max_included, starts)
        if following is not None:
            return Finding(True, f"{renal_words(renal)} read as below {following:g}, where the next range begins", True)
        return Finding(False, "; ".join(filter(None, (f"for {renal_words(renal)}", read))))

    def value(self, renal: Renal) -> float | None:
        """The patient's value for a row's measure; either does where the row names none."""
        egfr, crcl = self.patient.egfr, self.patient.crcl
        if renal.measure == "eGFR":
            return egfr
        if renal.measure == "CrCl":
            return crcl
        return egfr if egfr is not None else crcl

    def by_severity(self, row: DoseRow, severity: str, value: float) -> tuple[bool, str]:
        """Whether a severity word holds the value, and how it was read."""
        known = self.ranges.get(severity)
        own = self.value(known) if known else None
        if known is not None and own is not None:
            return _inside(known, own), f"{severity} read as {renal_words(known)}, as this monograph has it"
        low, high = CATEGORIES[severity]
        words = {"mild": "60 to 89", "moderate": "30 to 59", "severe": "15 to 29", "failure": "below 15"}[severity]
        read = f"{severity} read as {words} mL/min, the FDA's category"
        if severity == "severe" and value < _BELOW and not self.tells_of_failure(row):
            return True, f"{read}, and below, as nothing here is said of kidney failure"
        return low <= value < high, read

    def tells_of_end_stage(self, row: DoseRow) -> bool:
        """Whether another row for the same is for end-stage disease, in words alone."""
        return any(
            other.section == row.section
            and other.population == row.population
            and not (other.renal and other.renal.max is not None)
            and _END_STAGE.search(f"{other.qualifier or ''} {other.indication or ''}")
            for other in self.failure
        )

    def tells_of_failure(self, row: DoseRow) -> bool:
        """Whether another row of the group is for kidney failure: then "severe" ends where that begins."""
        return any(
            other.section == row.section
            and (other.indication == row.indication or not (other.indication and row.indication))
            for other in self.failure
        )


def told(row: DoseRow) -> Renal | None:
    """A row's kidney range; a grade whose figures stand in a label beside it is read by those."""
    renal = row.renal
    if renal is None or not renal.severity or renal.min is not None or renal.max is not None:
        return renal
    figures = renal_range(row.qualifier or "")
    return renal if figures is None else Renal(*figures[:5], renal.severity)


def is_for_failure(row: DoseRow) -> bool:
    """Whether a row is for kidney failure, dialysis, or a range below 15 mL/min and no other."""
    if row.renal and row.renal.max is not None:
        return row.renal.max <= _BELOW
    told = f"{row.qualifier or ''} {row.population or ''} {row.text}"
    return not (row.renal and row.renal.severity) and _FAILURE.search(told) is not None


def severity_ranges(rows: Sequence[DoseRow]) -> dict[str, Renal]:
    """The range that the monograph itself gives a severity word; none where it gives two different ones."""
    found: dict[str, set[Renal]] = {}
    for row in rows:
        renal = told(row)
        if renal and len(renal.severity) == 1 and (renal.min is not None or renal.max is not None):
            found.setdefault(renal.severity[0], set()).add(renal)
    return {severity: next(iter(ranges)) for severity, ranges in found.items() if len(ranges) == 1}


def renal_words(renal: Renal) -> str:
    bounds = bounds_words(renal.min, renal.min_included, renal.max, renal.max_included)
    return " ".join(part for part in (renal.measure, bounds, "mL/min") if part)


def _inside(renal: Renal, value: float) -> bool:
    return between(value, renal.min, renal.min_included, renal.max, renal.max_included)
