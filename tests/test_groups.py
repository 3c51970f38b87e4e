"""A patient of several groups of people, in the ward's own words: none of them is passed over in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Cli
from druginfo.dosing.patient import Patient, groups_in
from druginfo.errors import Usage

MakeLibrary = Callable[..., Path]

TEXT = """---
title: Testdrug
---
## Usage

- Treatment of pain.

## Dosage

- **Adults:** 20 mg once daily.
- **CYP2D6 poor metabolizers:** 10 mg once daily.
- **Strong CYP3A4 inhibitors:** 8 mg once daily.
- **CYP2D6 poor metabolizers taking strong CYP3A4 inhibitors:** 5 mg once daily.

## Contraindications

- Use of monoamine oxidase inhibitors (MAOIs) within 14 days.
- The setting of coronary artery bypass graft (CABG) surgery.
- Hypersensitivity to cephalosporins.
- Urinary retention.

## Precautions

- Avoid live vaccines during treatment.

## Specific Populations

### Pregnancy

- Testdrug can cause fetal harm. Do not use it in pregnancy.
"""


@pytest.fixture
def asked(inside: Cli, shelf: MakeLibrary) -> Callable[..., dict[str, Any]]:
    place = str(shelf(testdrug=TEXT))

    def ask(*groups: str) -> dict[str, Any]:
        options = [word for group in groups for word in ("--population", group)]
        ran = inside("dose", "testdrug", *options, "--age", "40", "--json", "--monographs", place)
        assert ran.status == 0, ran.err
        found: dict[str, Any] = json.loads(ran.out)
        return found

    return ask


def said(found: dict[str, Any]) -> str:
    passages = (section["markdown"] for each in found.get("passages", ()) for section in each["sections"])
    return " ".join((*found.get("limits", ()), *found.get("notices", ()), *passages))


def specific(found: dict[str, Any]) -> list[str]:
    return [row["text"] for row in found["rows"] if row["specific"]]


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("pregnant; on warfarin", ("pregnant", "on warfarin")),
        ("pregnant, taking warfarin", ("pregnant", "taking warfarin")),
        ("type 1 diabetic on insulin", ("type 1 diabetic", "on insulin")),
        ("on warfarin and amiodarone", ("on warfarin", "amiodarone")),
        ("child with heart failure", ("child", "heart failure")),
        ("heart failure and asthma", ("heart failure", "asthma")),
        ("renal and hepatic impairment", ("renal and hepatic impairment",)),
        ("heart failure, NYHA class IV", ("heart failure, NYHA class IV",)),
        ("taking CYP3A4 and CYP2D6 inhibitors", ("taking CYP3A4 and CYP2D6 inhibitors",)),
        ("patients not taking an inducer", ("patients not taking an inducer",)),
        ("not on dialysis", ("not on dialysis",)),
        ("angioedema on lisinopril", ("angioedema on lisinopril",)),
    ],
)
def test_what_is_a_group_by_itself(words: str, groups: tuple[str, ...]) -> None:
    assert groups_in(words) == groups


@given(st.text(st.characters(codec="utf-8", exclude_characters=";"), max_size=60))
def test_no_word_of_a_group_is_lost(words: str) -> None:
    kept = re.findall(r"\w+", " ".join(groups_in(words)))
    left = [each for each in re.findall(r"\w+", words) if each.casefold() not in ("and", "plus", "with")]
    assert {*left} <= {*kept} <= {*re.findall(r"\w+", words)}


def test_each_of_several_groups_is_answered(asked: Callable[..., dict[str, Any]]) -> None:
    for groups in (("pregnant", "took an MAOI last week"), ("pregnant; took an MAOI last week",)):
        words = said(asked(*groups))
        assert "fetal harm" in words
        assert "monoamine oxidase" in words


def test_a_group_that_nothing_names_is_said_to_be_unnamed(asked: Callable[..., dict[str, Any]]) -> None:
    found = asked("pregnant", "collects stamps")
    assert any("“collects stamps”" in each for each in found["notices"])
    assert "fetal harm" in said(found)


def test_a_dose_for_two_of_the_groups_takes_the_place_of_one_for_one(asked: Callable[..., dict[str, Any]]) -> None:
    both = ["5 mg once daily."]
    assert specific(asked("CYP2D6 poor metabolizer", "taking a strong CYP3A4 inhibitor")) == both
    assert specific(asked("CYP2D6 poor metabolizer on ritonavir")) == both
    assert specific(asked("CYP2D6 poor metabolizer")) == ["10 mg once daily."]


def test_no_dose_is_for_a_patient_of_whom_one_group_is_refused(asked: Callable[..., dict[str, Any]]) -> None:
    assert not specific(asked("CYP2D6 poor metabolizer", "pregnant"))


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("5 days after CABG", "coronary artery bypass"),
        ("hives with Keflex", "cephalosporins"),
        ("in retention with a catheter", "Urinary retention"),
        ("MMR vaccine due", "live vaccines"),
    ],
)
def test_words_around_what_the_text_names_do_not_hide_it(
    asked: Callable[..., dict[str, Any]], group: str, words: str
) -> None:
    assert words in said(asked(group))


def test_an_empty_group_is_wrong_usage() -> None:
    with pytest.raises(Usage, match="--population needs a word"):
        Patient.read(population="pregnant; ")


USES = """---
title: Testdrug
---
## Usage

- Treatment of stroke. Gastric cancer. Treatment of opioid dependence.
- Management of manifestations of psychotic disorders.

## Dosage

- **Gastric cancer:** 800 mg twice daily.
- **Chronic patients:** 10 mg once daily.
- 75 mg once daily.
"""


@pytest.mark.parametrize(
    ("asked_for", "is_answered"),
    [
        ("ischemic stroke two weeks ago", True),
        ("HER2-positive stomach cancer", True),
        ("maintenance treatment of opioid addiction", True),
        ("schizophrenia", True),
        ("hemiplegic migraine", False),
        ("kidney infection", False),
    ],
)
def test_the_ward_s_words_around_an_indication(
    inside: Cli, shelf: MakeLibrary, asked_for: str, is_answered: bool
) -> None:
    ran = inside("dose", "testdrug", "--for", asked_for, "--json", "--monographs", str(shelf(testdrug=USES)))
    assert (ran.status == 0) is is_answered
    if is_answered:
        found = json.loads(ran.out)
        assert found["notices"]
        assert "75 mg once daily." in [row["text"] for row in found["rows"]] or "stomach" in asked_for


AIMS = """---
title: Testdrug
---
## Usage

- Treatment of influenza. Prophylaxis of influenza.

## Dosage

### Patients with Renal Impairment

| Creatinine clearance | Recommended Treatment Regimen | Recommended Prophylaxis Regimen |
|---|---|---|
| 10 to 30 mL/min | 30 mg once daily for 5 days | 30 mg every other day |

## Precautions

- Start post-exposure prophylaxis within 48 hours.
"""


def test_a_column_for_the_aim_that_was_asked_for_is_not_left_out(inside: Cli, shelf: MakeLibrary) -> None:
    place = str(shelf(testdrug=AIMS))
    for asked_for, dose, other in (
        ("influenza prophylaxis", "30 mg every other day", "30 mg once daily for 5 days"),
        ("treatment of influenza", "30 mg once daily for 5 days", "30 mg every other day"),
    ):
        ran = inside("dose", "testdrug", "--for", asked_for, "--crcl", "24", "--json", "--monographs", place)
        shown = [row["text"] for row in json.loads(ran.out)["rows"]]
        assert dose in shown
        assert other not in shown


def test_children_are_not_treated_for_indications_other_than_one(inside: Cli, shelf: MakeLibrary) -> None:
    text = """---
title: Testdrug
---
## Usage

- Depression. OCD.

## Dosage

- In adults and pediatric patients 25 mg daily.

## Specific Populations

### Pediatric Use

Safety and effectiveness have not been established in pediatric patients for indications other than OCD.
"""
    place = str(shelf(testdrug=text))
    for asked_for, is_theirs in (("OCD", True), ("depression", False)):
        ran = inside("dose", "testdrug", "--for", asked_for, "--age", "15", "--json", "--monographs", place)
        assert bool(specific(json.loads(ran.out))) is is_theirs


def test_a_label_that_lacks_an_unknown_word_of_what_was_asked_is_open(inside: Cli, shelf: MakeLibrary) -> None:
    text = """---
title: Testdrug
---
## Usage

- Prophylaxis of influenza.

## Dosage

- **Prophylaxis of influenza:** Give 75 mg once daily after close contact.
- **Prophylaxis of influenza in children:** 60 mg once daily.
"""
    place = str(shelf(testdrug=text))
    ran = inside("dose", "testdrug", "--for", "flu contact prophylaxis", "--age", "9", "--json", "--monographs", place)
    assert "60 mg once daily." in [row["text"] for row in json.loads(ran.out)["rows"]]


def test_what_refuses_one_of_the_groups_is_theirs(inside: Cli, shelf: MakeLibrary) -> None:
    text = """---
title: Testdrug
---
## Dosage

- 20 mg once daily.
- **Pregnancy:** Do not use.
- **Dialysis:** 5 mg once daily.
"""
    options = ("--population", "pregnant", "--population", "on dialysis", "--crcl", "45", "--json", "--monographs")
    rows = json.loads(inside("dose", "testdrug", *options, str(shelf(testdrug=text))).out)["rows"]
    assert "Do not use." in [row["text"] for row in rows if row["specific"]]
    assert "5 mg once daily." in [row["text"] for row in rows]


@pytest.mark.parametrize("group", ["hives with Keflex", "allergic to cephalosporins"])
def test_no_dose_is_for_a_patient_allergic_to_what_is_contraindicated(
    asked: Callable[..., dict[str, Any]], group: str
) -> None:
    assert not specific(asked(group))
