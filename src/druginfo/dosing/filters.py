"""A patient → the rows that apply, each that does not with its reason.

A row applies when nothing in it excludes the patient. Figures are compared, never computed: units of age are converted
for the comparison only.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from druginfo.dosing.ages import Ages, is_young, names_group, same_group
from druginfo.dosing.bearing import Findings, specific_rows
from druginfo.dosing.finding import SILENT, Finding, band_words, before_next, impaired, within
from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.kidney import Kidney
from druginfo.dosing.naming import Naming, holds, is_for_all, is_for_others, population_words
from druginfo.dosing.patient import DAYS, Patient
from druginfo.dosing.signs import Pattern
from druginfo.errors import NotFound
from druginfo.model import DoseRow, Monograph, Regimens


class Judged(NamedTuple):
    """A row, whether it applies, and why (not): the reason of a row that applies names what was read into it."""

    row: DoseRow
    applies: bool
    reason: str | None
    specific: bool = False
    """Filters were given, and the row itself is for this patient and not for everybody: see `bearing`."""


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
    rows = tuple(judge.judged())
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
        self.ages = Ages(regimens.rows, patient.age) if patient.age else None
        self.graded = {(row.section, row.population) for row in regimens.rows if row.hepatic}
        self.weights = {row.weight.min for row in regimens.rows if row.weight and row.weight.min is not None}

    def check_words(self) -> None:
        """Raise NotFound where a word filter matches no row that says anything of it."""
        indication, population = self.patient.indication, self.patient.population
        rows = self.regimens.rows
        if indication and not any(self.by_indication(row, indication).said for row in rows):
            raise NotFound(
                f"{self.monograph.title} has no doses for “{indication}”. {self.inventory()}", query=indication
            )
        if population and not any(self.is_population(row, population) for row in rows):
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

    def judged(self) -> list[Judged]:
        """Every row with its verdict."""
        found = [self.findings(row) for row in self.regimens.rows]
        specific = specific_rows(list(zip(self.regimens.rows, found, strict=True)), young=self.is_young())
        return [
            self.verdict(row, findings, index in specific)
            for index, (row, findings) in enumerate(zip(self.regimens.rows, found, strict=True))
        ]

    def verdict(self, row: DoseRow, findings: Findings, specific: bool) -> Judged:
        excluding = next((finding for finding in findings.values() if not finding.applies), None)
        if excluding:
            return Judged(row, False, excluding.reason)
        reasons = "; ".join(finding.reason for finding in findings.values() if finding.reason)
        return Judged(row, True, reasons or None, specific)

    def is_young(self) -> bool:
        """Whether a child is asked for: what is said of no age is then not said of this patient."""
        age, population = self.patient.age, self.patient.population
        return (age is not None and age.days < 18 * DAYS["years"]) or (population is not None and is_young(population))

    def findings(self, row: DoseRow) -> Findings:
        """What each filter that was given finds of the row."""
        patient = self.patient
        found: Findings = {}
        if patient.indication:
            found["for"] = self.by_indication(row, patient.indication)
        if self.ages:
            found["age"] = self.ages.of(row)
        if patient.weight is not None:
            found["weight"] = self.by_weight(row, patient.weight)
        if patient.egfr is not None or patient.crcl is not None:
            found["kidney"] = self.kidney.by_kidney(row)
        if patient.hepatic:
            found["liver"] = self.by_liver(row, patient.hepatic)
        if patient.population:
            answered = any(found[organ].said for organ in ("kidney", "liver") if organ in found)
            found["population"] = self.by_population(row, patient.population, answered)
        return found

    def by_indication(self, row: DoseRow, wanted: str) -> Finding:
        """Whether a row is for the wanted indication, by its own or by one that its other labels name."""
        if row.indication and is_for_others(row.indication) and not self.naming.names(row.indication, wanted):
            named = any(self.naming.names(other, wanted) for other in self.indications_beside(row))
            return Finding(False, f"for {row.indication}") if named else Finding(True, None, True)
        if row.indication and not is_for_all(row.indication):
            applies = self.naming.names(row.indication, wanted)
            return Finding(applies, None if applies else f"for {row.indication}", applies)
        labels = [label for label in (row.qualifier, row.population) if label]
        if any(self.naming.names(label, wanted) for label in labels):
            return Finding(True, None, True)
        another = next((label for label in labels if self.naming.names_another(label, wanted)), None)
        return Finding(False, f"for {another}") if another else SILENT

    def indications_beside(self, row: DoseRow) -> list[str]:
        """The other indications that are named for a row's population."""
        return [
            other.indication
            for other in self.regimens.rows
            if other.indication
            and other.indication != row.indication
            and (other.section, other.population) == (row.section, row.population)
        ]

    def by_population(self, row: DoseRow, wanted: str, answered: bool) -> Finding:
        """Whether a row is for the wanted group; one that answers for the patient's organs is not for another group."""
        if self.is_population(row, wanted):
            return Finding(True, None, True)
        if row.population and not (answered and not names_group(row.population)):
            return Finding(False, f"for {row.population}")
        return SILENT

    def is_population(self, row: DoseRow, wanted: str) -> bool:
        """Whether a row's population or qualifier names the wanted group."""
        told = f"{row.population or ''} {row.qualifier or ''}"
        if self.naming.names(told, wanted) or same_group(told, wanted):
            return True
        return holds(population_words(told), population_words(wanted))

    def by_weight(self, row: DoseRow, kilograms: float) -> Finding:
        """Whether a row's weights hold the patient's."""
        band = row.weight
        if band is None:
            exact = next(filter(None, map(_EXACT_WEIGHT.match, filter(None, (row.qualifier, row.population)))), None)
            if exact and float(exact[1]) != kilograms:
                return Finding(True, f"the row is for {exact[1]} kg and names no range")
            return Finding(True, None, exact is not None)
        value = kilograms * (1000.0 if band.unit == "g" else 1.0)
        if within(band, value):
            return Finding(True, None, True)
        following = before_next(value, band.min, band.max, band.max_included, self.weights)
        if following is not None:
            return Finding(True, f"{band_words(band)} read as below {following:g}, where the next range begins", True)
        if any(label and _OR_WEIGHT.search(label) for label in (row.population, row.qualifier, row.indication)):
            return Finding(True, f"not by weight (for {band_words(band)}), but the row names others too")
        return Finding(False, f"for weight {band_words(band)}")

    def by_liver(self, row: DoseRow, grade: str) -> Finding:
        """Whether a row is for the grade: one for impairment in no grade is for all, if no row beside it is for one."""
        if row.hepatic is None:
            graded = row.qualifier or (row.section, row.population) in self.graded
            return Finding(True, None, not graded and impaired(row.population, "hepatic|liver"))
        classes = {"mild": "A", "moderate": "B", "severe": "C"}
        if row.hepatic.severity:
            applies = grade in row.hepatic.severity
            return Finding(
                applies, None if applies else f"for {' or '.join(row.hepatic.severity)} hepatic impairment", applies
            )
        applies = classes[grade] in row.hepatic.child_pugh
        read = f"{grade} read as Child-Pugh {classes[grade]}"
        return Finding(applies, read if applies else f"for Child-Pugh {' or '.join(row.hepatic.child_pugh)}", applies)


_EXACT_WEIGHT = Pattern(r"\s*(\d+(?:\.\d+)?)\s*kg(?=\s*(?:[,;:]|$))", re.I)
_OR_WEIGHT = Pattern(r"\bor\s+(?:body\s+)?weigh", re.I)
