"""The blind sets of `dose`: what was reached is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from patients_scorecard import SHEETS, conditions, patients, worst


@pytest.mark.slow
def test_conditions_as_people_type_them() -> None:
    found = {asked: findings for asked, findings in conditions() if findings}
    assert not found


@pytest.mark.slow
@pytest.mark.skipif(not SHEETS.is_dir(), reason="the label sheets are not part of the project")
@pytest.mark.parametrize(("name", "right"), [("dose_patients.tsv", 0.85), ("dose_patients_2.tsv", 0.84)])
def test_patients_of_labels_get_no_dangerous_answer(name: str, right: float, tmp_path: Path) -> None:
    answers = dict(patients(tmp_path, name))
    assert [asked for asked, findings in answers.items() if worst(findings) == "dangerous"] == []
    assert sum(not findings for findings in answers.values()) >= right * len(answers)
