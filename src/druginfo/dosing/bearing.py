"""Which of the rows that apply are said of this patient, and which of everybody.

With a kidney or liver filter these are the rows that answer it, and those for the elderly of whom the age was asked:
they stand in the place of the usual dose, which is not for this patient either where a row about the organ is left
open. Without one, or where no row speaks of the organ, they are the rows that answer most of the other filters. What is
said of no indication is said of each. Not known to be said of this patient is

- what is said of no age, where a child is asked for, and of children or the elderly, where no age or weight is told;
- what is said of those who take another drug, or of an organ or a group of patients that was not asked about;
- what applies only because its words leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing.ages import is_below_adult, is_for_old, labels_of, names_adults, names_group
from druginfo.dosing.finding import Finding, impaired
from druginfo.dosing.signs import Pattern
from druginfo.model import DoseRow

Findings = dict[str, Finding]
"""What each filter finds of a row, by the filter's name: `for`, `age`, `weight`, `population`, `kidney`, `liver`."""

_ORGANS = frozenset({"kidney", "liver"})
_WHO = frozenset({"age", "weight", "population"})
_WITH_A_DRUG = Pattern(r"\s*with\b", re.I)


def specific_rows(found: Sequence[tuple[DoseRow, Findings]], *, young: bool) -> set[int]:
    """The numbers of the rows that are for this patient; `young` where a child is asked for."""
    answered = {}
    for index, (row, findings) in enumerate(found):
        answers = _answers(findings)
        told = answers & _WHO if young else findings.keys() & _WHO or not _is_for_ages(row)
        if answers and told and not _is_with_a_drug(row):
            answered[index] = answers
    for_organs = {index for index, answers in answered.items() if answers & _ORGANS}
    others = {index: answers for index, answers in answered.items() if index not in for_organs}
    if for_organs or any(_leaves_open(row, findings) for row, findings in found):
        others = {
            index: answers for index, answers in others.items() if "age" in answers and is_for_old(found[index][0])
        }
    else:
        others = {index: answers for index, answers in others.items() if not _is_for_others(found[index][0], answers)}
    open_to_all = {"for"} & {name for _, findings in found for name in findings}
    foremost = {
        index for index, answers in others.items() if not any(answers | open_to_all < more for more in others.values())
    }
    return for_organs | foremost


def _answers(findings: Findings) -> frozenset[str]:
    """The filters that a row answers; none where one excludes it or leaves it open."""
    answers = frozenset(name for name, finding in findings.items() if finding.said)
    for name, finding in findings.items():
        is_open = finding.reason and not finding.said and not (name in _WHO and "population" in answers)
        if not finding.applies or is_open:
            return frozenset()
    return answers


def _leaves_open(row: DoseRow, findings: Findings) -> bool:
    """Whether a row may be for the organ that was asked about, in another measure or in words without figures."""
    applies = all(finding.applies for finding in findings.values())
    return applies and any(_is_for_organ(row, organ) for organ in findings.keys() & _ORGANS)


def _is_for_organ(row: DoseRow, organ: str) -> bool:
    if organ == "kidney":
        return row.renal is not None or impaired(row.population, "renal|kidney")
    return row.hepatic is not None or impaired(row.population, "hepatic|liver")


def _is_with_a_drug(row: DoseRow) -> bool:
    heading = row.section.rsplit("/", 1)[-1].replace("-", " ")
    return any(_WITH_A_DRUG.match(label) for label in (row.population or "", heading))


def _is_for_ages(row: DoseRow) -> bool:
    """Whether a row is only for children or only for the elderly."""
    labels = labels_of(row)
    return is_below_adult(row.age) or any(names_group(label) and not names_adults(label) for label in labels)


def _is_for_others(row: DoseRow, answers: frozenset[str]) -> bool:
    """Whether a row is for an organ, or a group of patients, that was not asked about."""
    if "population" in answers:
        return False
    if any(_is_for_organ(row, organ) for organ in _ORGANS):
        return True
    return bool(row.population and row.age is None and "weight" not in answers and not names_group(row.population))
