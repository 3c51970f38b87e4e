"""Which of the rows that apply are said of this patient, and which of everybody.

With a kidney or liver filter these are the rows that answer it: they stand in the place of the usual dose. Without one,
or where no row answers it, they are the rows that answer most of the other filters. What is said of no indication is
said of each. Not known to be said of this patient is

- what is said of no age, where a child is asked for, and of children, where nobody's age or weight is told;
- what is said of those who take another drug, or of an organ that was not asked about;
- what applies only because its words leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing.ages import is_young, names_group
from druginfo.dosing.finding import Finding, impaired
from druginfo.dosing.signs import Pattern
from druginfo.model import DoseRow

Findings = dict[str, Finding]
"""What each filter finds of a row, by the filter's name: `for`, `age`, `weight`, `population`, `kidney`, `liver`."""

_ORGANS = frozenset({"kidney", "liver"})
_WITH_A_DRUG = Pattern(r"\s*with\b", re.I)


def specific_rows(found: Sequence[tuple[DoseRow, Findings]], *, young: bool) -> set[int]:
    """The numbers of the rows that are for this patient; `young` where a child is asked for."""
    answered = {}
    for index, (row, findings) in enumerate(found):
        answers = _answers(findings)
        if answers and not _WITH_A_DRUG.match(row.population or "") and not (young and not _tells_age(row)):
            answered[index] = answers
    for_organs = {
        index
        for index, answers in answered.items()
        if answers & _ORGANS
        and (found[index][1].keys() & {"age", "population", "weight"} or not _is_for_young(found[index][0]))
    }
    if for_organs:
        return for_organs
    return {
        index
        for index, answers in answered.items()
        if not answers & _ORGANS
        and not _is_for_organ(found[index][0])
        and not any(answers < others for others in answered.values())
    }


def _answers(findings: Findings) -> frozenset[str]:
    """The filters that a row answers; none where one excludes it or leaves it open."""
    if not all(finding.applies and (finding.said or not finding.reason) for finding in findings.values()):
        return frozenset()
    answers = {name for name, finding in findings.items() if finding.said}
    if answers and "for" in findings:
        answers.add("for")
    return frozenset(answers)


def _labels(row: DoseRow) -> list[str]:
    return [label for label in (row.population, row.qualifier, row.indication) if label]


def _tells_age(row: DoseRow) -> bool:
    return row.age is not None or any(map(names_group, _labels(row)))


def _is_for_young(row: DoseRow) -> bool:
    return any(map(is_young, _labels(row)))


def _is_for_organ(row: DoseRow) -> bool:
    return bool(row.renal or row.hepatic) or impaired(row.population, "renal|kidney|hepatic|liver")
