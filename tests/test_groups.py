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


NAMED = """---
title: Testdrug
---
## Usage

- Management of gout. Treatment of severe acne. Prevention of migraine. Chronic treatment of asthma.
- Epilepsy.

**Limitations of Use:** Not recommended for pancreatitis.

## Dosage

- 10 mg once daily.
"""


@pytest.mark.parametrize("words", ["gout, between attacks", "gout flare", "scarring acne of the back"])
def test_a_condition_that_the_text_names_is_open_for_what_it_says_nothing_of(
    words: str, inside: Cli, shelf: MakeLibrary
) -> None:
    ran = inside("dose", "testdrug", "--for", words, "--json", "--monographs", str(shelf(testdrug=NAMED)))
    found = json.loads(ran.out)
    (row,) = found["rows"]
    assert row["applies"]
    assert not row["specific"]
    assert f"not “{words}”: no dose here is surely for it" in said(found)


@pytest.mark.parametrize(
    "words",
    [
        "migraine attack",  # what prevents treats none
        "asthma attack",  # what is for the long run treats none
        "hemiplegic migraine",  # another kind
        "infection of the knee",
        "pancreatitis, third attack",
    ],
)
def test_what_makes_another_condition_of_it_is_refused(words: str, inside: Cli, shelf: MakeLibrary) -> None:
    ran = inside("dose", "testdrug", "--for", words, "--monographs", str(shelf(testdrug=NAMED)))
    assert ran.status == 3
    assert "has no doses for" in ran.err


def test_a_refusal_quotes_what_the_uses_deny(inside: Cli, shelf: MakeLibrary) -> None:
    ran = inside("dose", "testdrug", "--for", "acute pancreatitis", "--monographs", str(shelf(testdrug=NAMED)))
    assert ran.status == 3
    assert "Uses: “Limitations of Use: Not recommended for pancreatitis" in " ".join(ran.err.split())


def test_who_a_wider_condition_is_treated_in(inside: Cli, shelf: MakeLibrary) -> None:
    text = """---
title: Testdrug
---
## Usage

- Treatment of bronchospasm in adults and children with reversible obstructive airway disease.

## Dosage

- **Bronchospasm (Acute Episodes):** 2 puffs every 4 hours.
"""
    ran = inside("dose", "testdrug", "--for", "acute asthma", "--json", "--monographs", str(shelf(testdrug=text)))
    assert [row["applies"] for row in json.loads(ran.out)["rows"]] == [True]
    ran = inside("dose", "testdrug", "--for", "pneumonia", "--monographs", str(shelf(testdrug=text)))
    assert ran.status == 3


TAKEN = """---
title: Testdrug
---
## Usage

- Ulcerative colitis and Crohn's disease.

## Dosage

### Adults

- **Ulcerative Colitis:** 45 mg once daily.
- **Crohn's Disease:** 40 mg once daily.

### Interactions

- **Ulcerative Colitis:** In patients taking clarithromycin, 30 mg once daily.
- In patients taking strong inhibitors of cytochrome P450 (CYP) 2C19, 5 mg once daily.
- In patients taking darunavir plus ritonavir, do not exceed 20 mg once daily.
"""


@pytest.mark.parametrize(
    ("group", "dose"),
    [
        ("taking a strong CYP2C19 inhibitor", "5 mg"),
        ("takes Diflucan (fluconazole)", "5 mg"),
        ("on darunavir boosted with ritonavir", "20 mg"),
        ("takes fluconazole for thrush", "5 mg"),
    ],
)
def test_what_is_taken_is_found_in_whatever_words(group: str, dose: str, inside: Cli, shelf: MakeLibrary) -> None:
    place = str(shelf(testdrug=TAKEN))
    ran = inside("dose", "testdrug", "--population", group, "--json", "--monographs", place)
    assert [row["text"] for row in json.loads(ran.out)["rows"] if row["specific"] and dose in row["text"]]


def test_a_usual_dose_gives_way_to_one_for_what_is_taken_though_under_another_label(
    inside: Cli, shelf: MakeLibrary
) -> None:
    options = ("--for", "Crohn's", "--population", "taking clarithromycin")
    ran = inside("dose", "testdrug", *options, "--json", "--monographs", str(shelf(testdrug=TAKEN)))
    assert not [row["text"] for row in json.loads(ran.out)["rows"] if row["specific"]]


def test_what_was_measured_is_no_part_of_the_disease() -> None:
    assert Patient.read(population="hyponatremia, sodium 127").groups == ("hyponatremia",)
    assert Patient.read(population="heart failure, NYHA class 4").groups == ("heart failure, NYHA class 4",)
    assert Patient.read(population="renal impairment, CrCl 20").groups == ("renal impairment, CrCl 20",)


def test_one_paragraph_on_two_of_the_groups_is_quoted_for_both(inside: Cli, shelf: MakeLibrary) -> None:
    text = NAMED + (
        "\n## Contraindications\n\nTestdrug is contraindicated in early pregnancy. Animals tolerated it. "
        "It is contraindicated in patients with hypersensitivity to cephalosporins.\n"
    )
    options = ("--for", "pneumonia", "--population", "pregnant", "--population", "hives with Keflex")
    ran = inside("dose", "testdrug", *options, "--monographs", str(shelf(testdrug=text)))
    assert ran.status == 3
    assert "contraindicated in early pregnancy" in ran.err
    assert "hypersensitivity to cephalosporins" in " ".join(ran.err.split())
