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

from druginfo.dosing.ages import is_below_adult, is_young, names_group
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
        if answers and not _is_with_a_drug(row) and not (young and not _tells_age(row)):
            answered[index] = answers
    for_organs = {index for index, answers in answered.items() if answers & _ORGANS and _is_asked_for(*found[index])}
    if for_organs:
        return for_organs
    usual = {
        index: answers
        for index, answers in answered.items()
        if not answers & _ORGANS and ("population" in answers or not _is_for_organ(found[index][0]))
    }
    most = list(usual.values())
    open_to_all = {"for"} & {name for _, findings in found for name in findings}
    return {index for index, answers in usual.items() if not any(answers | open_to_all < others for others in most)}


def _answers(findings: Findings) -> frozenset[str]:
    """The filters that a row answers; none where one excludes it or leaves it open."""
    answers = frozenset(name for name, finding in findings.items() if finding.said)
    for name, finding in findings.items():
        is_open = finding.reason and not finding.said and not (name in _WHO and "population" in answers)
        if not finding.applies or is_open:
            return frozenset()
    return answers


def _is_asked_for(row: DoseRow, findings: Findings) -> bool:
    """Whether a row is not only for children of whom nothing was told."""
    return bool(findings.keys() & _WHO) or not _is_for_young(row)


def _is_with_a_drug(row: DoseRow) -> bool:
    heading = row.section.rsplit("/", 1)[-1].replace("-", " ")
    return any(_WITH_A_DRUG.match(label) for label in (row.population or "", heading))


def _labels(row: DoseRow) -> list[str]:
    return [label for label in (row.population, row.qualifier, row.indication) if label]


def _tells_age(row: DoseRow) -> bool:
    return row.age is not None or any(map(names_group, _labels(row)))


def _is_for_young(row: DoseRow) -> bool:
    return is_below_adult(row.age) or any(map(is_young, _labels(row)))


def _is_for_organ(row: DoseRow) -> bool:
    return bool(row.renal or row.hepatic) or impaired(row.population, "renal|kidney|hepatic|liver")
