"""What must hold for any patient of any monograph: patients made at random, the same ones each time."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from druginfo import Library
from druginfo.answers.dose import dose
from druginfo.dosing import Patient, apply, read_doses
from druginfo.dosing.people import names_others, stages
from druginfo.model import DoseRow, Monograph, Regimens, RowForPatient
from druginfo.parse import parse
from druginfo.terms import patterns, sentences
from druginfo.terms.stages import DAYS

pytestmark = pytest.mark.slow
MONOGRAPHS = sorted((Path(__file__).parent.parent / "monographs").glob("*.md"))
FIGURES = {
    "age": ("10d", "4mo", "4", "9", "15", "40", "82"),
    "weight": ("3", "16", "45", "120"),
    "egfr": ("12", "28", "45", "75"),
    "crcl": ("12", "28", "45", "75"),
    "hepatic": ("mild", "moderate", "severe"),
    "population": ("pregnant", "dialysis", "poor metabolizer", "children"),
}


@cache
def opened(path: Path) -> tuple[Monograph, Regimens]:
    monograph = parse(path.read_text("utf-8"), path.stem, str(path))
    return monograph, read_doses(monograph)


def asked(path: Path, filters: dict[str, str]) -> tuple[RowForPatient, ...]:
    monograph, regimens = opened(path)
    return apply(lambda: monograph, regimens, Patient.read(**filters), passages=True).rows


def patients(seed: int, count: int) -> Iterator[tuple[Path, dict[str, str]]]:
    made = random.Random(seed)
    for _ in range(count):
        names = made.sample(sorted(FIGURES), made.choice((1, 2, 2, 3)))
        yield made.choice(MONOGRAPHS), {name: made.choice(FIGURES[name]) for name in names}


def excluded(row: DoseRow, days: float) -> bool:
    """Whether a row's own key of age, or the only people that its labels name, cannot be the patient."""
    if row.age is not None and row.age.unit in DAYS:
        low, high = ((end or 0) * DAYS[row.age.unit] for end in (row.age.min, row.age.max))
        if days < low or (row.age.max is not None and days >= high + DAYS[row.age.unit]):
            return True
    named = [stages(label) for label in (row.population or "",) if not names_others(label)]
    return any(each and not any(days in stage for stage in each) for each in named)


@pytest.mark.parametrize("seed", range(3))
def test_no_row_of_other_ages_is_for_a_patient(seed: int) -> None:
    for path, filters in patients(seed, 60):
        age = Patient.read(**filters).age
        for each in asked(path, filters) if age else ():
            several = any(condition.kind == "any" for condition in each.row.conditions)
            assert several or not (each.specific and excluded(each.row, age.days)), (path.stem, filters, each.row)  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(3))
def test_what_was_left_out_does_not_become_the_patients_by_a_measure_that_its_row_does_not_name(seed: int) -> None:
    made = random.Random(seed)
    for path, filters in patients(seed, 60):
        more = made.choice(sorted(FIGURES.keys() - filters.keys()))
        before, after = asked(path, filters), asked(path, {**filters, more: made.choice(FIGURES[more])})
        for one, other in zip(before, after, strict=True):
            joined = any(c.kind == "any" or names_others(c.text) or "dialysis" in c.says for c in one.row.conditions)
            assert joined or one.applies or not other.specific, (path.stem, filters, more, one)


@pytest.mark.parametrize("seed", range(2))
def test_no_row_is_for_a_patient_and_left_out_or_open(seed: int) -> None:
    for path, filters in patients(seed, 60):
        for each in asked(path, filters):
            assert each.applies or not each.specific
            assert not (each.specific and "could not be read" in (each.reason or "")), (path.stem, filters, each)


@pytest.mark.slow
def test_a_contraindication_below_an_age_is_always_said() -> None:
    library = Library([MONOGRAPHS[0].parent])
    found = 0
    for path in MONOGRAPHS:
        monograph, _ = opened(path)
        for section in monograph.sections:
            if not section.key.startswith("contraindications"):
                continue
            for sentence in sentences(section.text):
                below = re.search(patterns.BELOW_AGE, sentence, re.I)
                if below and below["age"].isdigit() and below["unit"] == "year":
                    age = str(max(0.1, int(below["age"]) - 1))
                    said = dose(library, [path.stem], Patient.read(age=age), exact=True)
                    texts = [s.text for passages in said.passages for s in passages.sections]
                    assert any(sentence.strip() in text for text in texts), (path.stem, sentence)
                    found += 1
    assert found


@pytest.mark.parametrize("seed", range(2))
def test_every_row_is_judged_and_what_is_left_out_says_why(seed: int) -> None:
    for path, filters in patients(seed, 60):
        found = asked(path, filters)
        assert [each.row for each in found] == list(opened(path)[1].rows)
        assert all(each.applies or each.reason for each in found), (path.stem, filters)
        for each in found:  # what was not read of people's ages makes no row the patient's
            unread = any(not c.read and "ages" in c.says for c in each.row.conditions)
            assert not (each.specific and unread and {"age", "population"} & filters.keys()), (path.stem, filters, each)
