"""A patient → the rows that apply, each that does not with its reason.

A row applies when nothing in it excludes the patient. Figures are compared, never computed: units of age are converted
for the comparison only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from druginfo.dosing.ages import by_age, same_group
from druginfo.dosing.finding import SILENT, Finding, band_words, within
from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.kidney import Kidney
from druginfo.dosing.naming import Naming, is_for_all
from druginfo.dosing.patient import Patient
from druginfo.errors import NotFound
from druginfo.model import DoseRow, Monograph, Regimens


class Judged(NamedTuple):
    """A row, whether it applies, and why (not): the reason of a row that applies names what was read into it."""

    row: DoseRow
    applies: bool
    reason: str | None
    specific: bool = False
    """Filters were given, and the row itself answers each of them: it is for this patient and not for everybody."""


class Selection(NamedTuple):
    """All rows in document order, judged; `left_out` counts those that do not apply; `filters` is what was asked."""

    rows: tuple[Judged, ...]
    left_out: int
    filters: dict[str, str]

    @property
    def kept(self) -> tuple[DoseRow, ...]:
        """The rows that apply."""
        return tuple(judged.row for judged in self.rows if judged.applies)


def apply(monograph: Monograph, regimens: Regimens, patient: Patient) -> Selection:
    """Judge every row for the patient.

    Raises NotFound, listing what the monograph has, where `--for` or `--population` names nothing in it or no row at
    all is left.
    """
    judge = _Judge(monograph, regimens, patient)
    judge.check_words()
    rows = tuple(judge.judged(row) for row in regimens.rows)
    left_out = sum(not judged.applies for judged in rows)
    if rows and left_out == len(rows):
        raise NotFound(f"No row of {monograph.title} applies to {_echo(patient)}. {judge.inventory()}")
    return Selection(rows, left_out, dict(patient.given))


def _echo(patient: Patient) -> str:
    return ", ".join(f"--{key} {value}" for key, value in patient.given.items())


class _Judge:
    def __init__(self, monograph: Monograph, regimens: Regimens, patient: Patient) -> None:
        self.monograph = monograph
        self.regimens = regimens
        self.patient = patient
        self.naming = Naming(Vocabulary(monograph), (row.indication for row in regimens.rows if row.indication))
        self.kidney = Kidney(regimens.rows, patient)

    def check_words(self) -> None:
        """Raise NotFound where a word filter matches no row that says anything of it."""
        indication, population = self.patient.indication, self.patient.population
        rows = self.regimens.rows
        if indication and not any(self.by_indication(row, indication).said for row in rows):
            raise NotFound(
                f"{self.monograph.title} has no doses for “{indication}”. {self.inventory()}", query=indication
            )
        if population and not any(self.is_population(row, population) for row in rows if row.population):
            raise NotFound(
                f"{self.monograph.title} has no doses for the population “{population}”. {self.inventory()}",
                query=population,
            )

    def inventory(self) -> str:
        """What the monograph has, for an error message."""
        parts = []
        for name, values in (
            ("Indications", [row.indication for row in self.regimens.rows]),
            ("Populations", [row.population for row in self.regimens.rows]),
        ):
            known = list(dict.fromkeys(value for value in values if value))
            if known:
                parts.append(f"{name}: {'; '.join(known)}.")
        return " ".join(parts) or "Its doses name neither indications nor populations."

    def judged(self, row: DoseRow) -> Judged:
        findings = list(self.findings(row))
        excluding = next((finding for finding in findings if not finding.applies), None)
        if excluding:
            return Judged(row, False, excluding.reason)
        reasons = "; ".join(finding.reason for finding in findings if finding.reason)
        return Judged(row, True, reasons or None, bool(findings) and all(finding.said for finding in findings))

    def findings(self, row: DoseRow) -> Iterator[Finding]:
        """What each filter that was given finds of the row."""
        patient = self.patient
        if patient.indication:
            yield self.by_indication(row, patient.indication)
        if patient.population:
            yield self.by_population(row, patient.population)
        if patient.age:
            yield by_age(row, patient.age)
        if patient.weight is not None:
            yield _by_weight(row, patient.weight)
        if patient.egfr is not None or patient.crcl is not None:
            yield self.kidney.by_kidney(row)
        if patient.hepatic:
            yield _by_liver(row, patient.hepatic)

    def by_indication(self, row: DoseRow, wanted: str) -> Finding:
        """Whether a row is for the wanted indication, by its own or by one that its other labels name."""
        if row.indication and not is_for_all(row.indication):
            applies = self.naming.names(row.indication, wanted)
            return Finding(applies, None if applies else f"for {row.indication}", applies)
        labels = [label for label in (row.qualifier, row.population) if label]
        if any(self.naming.names(label, wanted) for label in labels):
            return Finding(True, None, True)
        another = next((label for label in labels if self.naming.names_another(label, wanted)), None)
        return Finding(False, f"for {another}") if another else SILENT

    def by_population(self, row: DoseRow, wanted: str) -> Finding:
        if self.is_population(row, wanted):
            return Finding(True, None, True)
        return Finding(False, f"for {row.population}") if row.population else SILENT

    def is_population(self, row: DoseRow, wanted: str) -> bool:
        """Whether a row's population or qualifier names the wanted group."""
        told = f"{row.population or ''} {row.qualifier or ''}"
        return self.naming.names(told, wanted) or same_group(told, wanted)


def _by_weight(row: DoseRow, kilograms: float) -> Finding:
    if row.weight is None:
        return SILENT
    inside = within(row.weight, kilograms * (1000.0 if row.weight.unit == "g" else 1.0))
    return Finding(inside, None if inside else f"for weight {band_words(row.weight)}", inside)


def _by_liver(row: DoseRow, grade: str) -> Finding:
    if row.hepatic is None:
        return SILENT
    classes = {"mild": "A", "moderate": "B", "severe": "C"}
    if row.hepatic.severity:
        applies = grade in row.hepatic.severity
        return Finding(
            applies, None if applies else f"for {' or '.join(row.hepatic.severity)} hepatic impairment", applies
        )
    applies = classes[grade] in row.hepatic.child_pugh
    read = f"{grade} read as Child-Pugh {classes[grade]}"
    return Finding(applies, read if applies else f"for Child-Pugh {' or '.join(row.hepatic.child_pugh)}", applies)
