"""What `dose DRUG --for WORDS` makes of the words of relatives and tired juniors; and of what the drug is not for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from druginfo import Library
from druginfo.answers.dose import dose
from druginfo.dosing import Patient
from druginfo.errors import NotFound
from druginfo.terms.asked import read
from druginfo.terms.conditions import named

DRUG = """---
title: Baricitinib
---

## Usage

- **Medical Conditions:** Baricitinib is used to improve wakefulness in excessive sleepiness from:
    - Shift work disorder.
- Chronic bacterial prostatitis.
- Nephropathy in type 2 diabetes.
- Surgical prophylaxis, single dose.
- Anxiety and tension.
- Cold sores.
- Treatment and prophylaxis of influenza.

## Dosage

### Standard Dosage

#### Adults

- **Shift Work Disorder:** 11 mg orally once daily.
- **Chronic Bacterial Prostatitis:** 12 mg orally once daily.
- **Nephropathy in Type 2 Diabetes:** 13 mg orally once daily.
- **Surgical Prophylaxis:** 14 mg intravenously as a single dose.
- **Anxiety and Tension:** 15 mg orally once daily.
- **Cold Sores:** 16 mg orally once daily.
- **Treatment of Influenza:** 17 mg orally once daily.
- **Prophylaxis of Influenza:** 18 mg orally once daily.
"""


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("one")
    (root / "baricitinib.md").write_text(DRUG, "utf-8")
    return root


@pytest.mark.parametrize(
    ("asked", "dosed", "aside"),
    [
        ("night shift worker sleepy", "11 mg", "night"),
        ("prostate infection", "12 mg", ""),
        ("infected prostate, every night", "12 mg", "every night"),
        ("prostate, infected", "12 mg", ""),
        ("kidney disease from diabetes", "13 mg", ""),
        ("one shot before surgery", "14 mg", "one shot"),
        ("nerves, anxious", "15 mg", ""),
        ("gets anxious after meals", "15 mg", "gets after meals"),
        ("has got the flu", "17 mg", "got"),
        ("flu prevention for the whole ward", "18 mg", "whole ward"),
    ],
)
def test_words_choose_among_the_indications(one: Path, asked: str, dosed: str, aside: str) -> None:
    found = dose(Library([one]), ["baricitinib"], Patient.read(indication=asked))
    assert {row.row.dose.text for row in found.rows if row.row.dose and not row.is_open} == {dosed}
    said = [each for each in found.notices if each.startswith("Set aside")]
    assert bool(said) is bool(aside)
    assert all(each.startswith(f"Set aside: “{aside}”.") for each in said)


@pytest.mark.parametrize(
    "asked",
    [
        "prostate cancer", "kidney infection", "kidney stones from diabetes", "bladder infection", "cold",
        "shift in vision", "got a cold", "one shot before dialysis", "prostate", "sleepy from epilepsy",
    ],
)  # fmt: skip
def test_what_is_wrong_counts_as_much_as_where(one: Path, asked: str) -> None:
    with pytest.raises(NotFound):
        dose(Library([one]), ["baricitinib"], Patient.read(indication=asked))


def test_what_the_uses_refuse_is_refused_in_any_stage(tmp_path: Path) -> None:
    uses = "- Urinary tract infection.\n- **Not For:** Pyelonephritis.\n"
    doses = (
        "## Dosage\n\n### Standard Dosage\n\n#### Adults\n\n- **Urinary Tract Infection:** 50 mg orally once daily.\n"
    )
    (tmp_path / "baricitinib.md").write_text(f"---\ntitle: Baricitinib\n---\n\n## Usage\n\n{uses}\n{doses}", "utf-8")
    for asked in ("pyelonephritis", "acute pyelonephritis", "kidney infection", "acute kidney infection in a man"):
        with pytest.raises(NotFound):
            dose(Library([tmp_path]), ["baricitinib"], Patient.read(indication=asked))


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ("infection of the prostate", "prostatitis"),
        ("inflamed joints", "arthritis"),
        ("nerve damage", "neuropathy"),
        ("nephropathy", "renal disease"),
        ("neck carcinoma", "neck cancer"),
    ],
)
def test_medical_words_are_made_of_parts(asked: str, called: str) -> None:
    assert called in named(asked)


def test_an_infected_joint_is_no_arthritis() -> None:
    assert "arthritis" not in named("joint infection")
    assert [part.text for part in read("bladder cancer").parts] == ["bladder cancer"]


@pytest.mark.slow
def test_what_the_drug_is_not_for_is_refused_in_whatever_words() -> None:
    """The organ is right and what is wrong with it is not, the kind, the stage, whom it is for: a refusal each."""
    library = Library()
    answered = []
    for line in (Path(__file__).parent / "data" / "asked_refused.tsv").read_text("utf-8").splitlines():
        drug, asked = line.split("\t")
        with suppress(NotFound):
            found = dose(library, drug.split(), Patient.read(indication=asked))
            answered.append((line, [row.row.text for row in found.rows if not row.is_open]))
    assert answered == []


def test_what_a_label_names_as_the_cause_is_not_what_it_treats(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Usage\n\n- Bipolar disorder.\n- Agitation associated with bipolar mania.\n\n"
        "## Dosage\n\n### Bipolar I Disorder\n\n"
        "**Acute Treatment of Manic and Mixed Episodes, Adults:** 15 mg daily.\n\n"
        "### Agitation Associated with Bipolar Mania\n\n#### Adults\n\nThe recommended dose is 9.75 mg.\n"
    )
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    library = Library([tmp_path])
    for asked, dosed in (("bipolar mania", "15 mg"), ("agitation in bipolar mania", "9.75 mg")):
        found = dose(library, ["testdrug"], Patient.read(indication=asked))
        (first, *_) = (row.row.dose.text for row in found.rows if row.named and row.row.dose)
        assert dosed in first


HARMS = """---
title: Testdrug
---

## Usage

- Lowering the risk of stroke and systemic embolism in adults with atrial fibrillation (AF).
- Treatment of pulmonary embolism.
- Prevention of deep vein thrombosis after hip replacement, which may lead to pulmonary embolism.
- Muscle spasm from local disease (inflammation of muscles or joints).
- Pneumocystis jirovecii pneumonia.

## Dosage

- **Atrial Fibrillation:** 20 mg orally once daily.
- **Pulmonary Embolism:** 15 mg orally once daily.
- **Prevention of Thrombosis after Hip Replacement:** 10 mg orally once daily.
- **Muscle Spasm:** 5 mg orally once daily.
- **Pneumocystis Jirovecii Pneumonia:** 30 mg orally once daily.
"""


@pytest.mark.parametrize(
    ("asked", "dosed"),
    [("stroke", "20 mg"), ("joint inflammation", "5 mg"), ("pneumocystis pneumonia", "30 mg"), ("spasm", "5 mg")],
)
def test_of_labels_the_one_that_the_text_has_whole_is_for_the_harm_or_cause_beside_it(
    tmp_path: Path, asked: str, dosed: str
) -> None:
    (tmp_path / "testdrug.md").write_text(HARMS, "utf-8")
    found = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked)).rows
    assert [each.row.dose.text for each in found if each.row.dose] == [dosed]


def test_pneumocystis_is_no_pneumonia_of_anybody(tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(HARMS, "utf-8")
    with pytest.raises(NotFound):
        dose(Library([tmp_path]), ["testdrug"], Patient.read(indication="chest infection"))


def test_an_abbreviation_in_brackets_is_no_other_name_of_what_is_before_them(tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n\n## Usage\n\n"
        "Testdrug is indicated for the treatment of major depressive disorder (MDD) in adults.\n\n"
        "## Dosage\n\n### Dose Selection\n\nThe usual dose is 50 mg daily.\n\n"
        "### Strong CYP3A4 Inhibitors\n\nReduce the dose of Testdrug by half.\n\n"
        "### Discontinuation of Treatment with Testdrug\n\nReduce the dose gradually.\n",
        "utf-8",
    )
    answer = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication="major depressive disorder"))
    assert len(answer.rows) == 3
    assert not answer.left_out


def test_a_use_is_named_by_an_item_and_what_it_is_listed_under(tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n\n## Usage\n\nTestdrug is indicated for bipolar I disorder:\n\n"
        "- Acute manic episodes\n- Maintenance treatment\n\n## Dosage\n\nThe usual dose is 300 mg twice daily.\n",
        "utf-8",
    )
    answer = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication="bipolar maintenance"))
    assert any("line 10" in notice for notice in answer.notices)
    with pytest.raises(NotFound):
        dose(Library([tmp_path]), ["testdrug"], Patient.read(indication="epilepsy maintenance"))


def test_angina_patients_are_not_those_with_hypertension(tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n\n## Usage\n\nTestdrug is indicated for angina and hypertension.\n\n## Dosage\n\n"
        "Therapy of hypertension or angina is begun with 30 mg once daily. Angina patients on capsules may be "
        "changed to 90 mg once daily.\n",
        "utf-8",
    )
    for asked, specific in (("hypertension", [True, False]), ("angina", [True, True])):
        answer = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked, age="55"))
        assert [row.specific for row in answer.rows] == specific
        assert not answer.left_out


@pytest.mark.parametrize(
    ("uses", "asked", "is_found"),
    [
        ("the management of pain severe enough to need an opioid", "acute pain", True),
        ("the management of pain severe enough to need an opioid", "chronic pain", True),
        ("the management of acute pain", "chronic pain", False),
        ("mild to moderate hypertriglyceridemia", "severe hypertriglyceridemia", False),
        ("hypertriglyceridemia", "severe hypertriglyceridemia", True),
        ("the prevention of gout", "acute gout", False),
    ],
)
def test_a_course_or_grade_that_the_uses_leave_open_is_a_narrower_condition(
    tmp_path: Path, uses: str, asked: str, is_found: bool
) -> None:
    (tmp_path / "testdrug.md").write_text(
        f"---\ntitle: Testdrug\n---\n\n## Usage\n\nTestdrug is indicated for {uses}.\n\n"
        "## Dosage\n\nThe usual dose is 50 mg daily.\n",
        "utf-8",
    )
    if not is_found:
        with pytest.raises(NotFound):
            dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked))
        return
    answer = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked))
    assert any("a wider condition than" in each for each in answer.notices)
    assert not answer.left_out


def amounts(tmp_path: Path, uses: str, doses: str, asked: str) -> list[str]:
    """The amounts that are shown for an indication, where no label names one."""
    (tmp_path / "testdrug.md").write_text(
        f"---\ntitle: Testdrug\n---\n\n## Usage\n\nTestdrug is indicated for {uses}.\n\n## Dosage\n\n{doses}\n", "utf-8"
    )
    found = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked)).rows
    return [row.row.dose.text for row in found if row.row.dose]


@pytest.mark.parametrize(("asked", "amount"), [("asthma", "15 mg"), ("bronchitis", "30 mg"), ("hypertension", "60 mg")])
def test_each_amount_of_a_sentence_is_for_its_own_disease(tmp_path: Path, asked: str, amount: str) -> None:
    doses = (
        "The initial dose is 15 mg for asthma, 30 mg for bronchitis, and 60 mg for hypertension. "
        "The maintenance dose is 5 to 10 mg daily."
    )
    assert amounts(tmp_path, "asthma, bronchitis and hypertension", doses, asked) == [amount, "5 to 10 mg"]


@pytest.mark.parametrize(
    ("grade", "its"), [("mild", ["15 mg"]), ("moderate", ["30 mg"]), ("severe", ["30 mg", "60 mg"])]
)
def test_each_amount_of_a_sentence_is_for_its_own_grade(tmp_path: Path, grade: str, its: list[str]) -> None:
    doses = "The dosage is 15 mg for mild gout, 30 mg for moderately severe gout, and 60 mg for severe gout."
    assert amounts(tmp_path, "gout", doses, f"{grade} gout") == its


def shown(tmp_path: Path, uses: str, doses: str, asked: str) -> dict[str, bool]:
    """The rows for an indication that are shown, each with whether it is marked as the patient's."""
    (tmp_path / "testdrug.md").write_text(
        f"---\ntitle: Testdrug\n---\n\n## Usage\n\n{uses}\n\n## Dosage\n\n{doses}\n", "utf-8"
    )
    found = dose(Library([tmp_path]), ["testdrug"], Patient.read(indication=asked, age="45")).rows
    return {row.row.text: row.specific for row in found}


def test_where_and_by_what_an_infection_is_may_be_said_in_two_sentences(tmp_path: Path) -> None:
    uses = (
        "Testdrug is indicated for severe infections caused by methicillin-resistant staphylococci. "
        "It has been effective in septicemia and lower respiratory tract infections."
    )
    doses = (
        "- **Adults:** 2 g daily.\n\n### Oral Use\n\nOral testdrug is used in treating colitis. "
        "The usual adult dose is 500 mg daily."
    )
    found = shown(tmp_path, uses, doses, "MRSA pneumonia")
    assert found == {"2 g daily.": True, "The usual adult dose is 500 mg daily.": False}
    with pytest.raises(NotFound):
        shown(tmp_path, uses, doses, "Pseudomonas pneumonia")


def test_what_is_not_for_prevention_is_not_refused_for_treatment(tmp_path: Path) -> None:
    uses = (
        "Testdrug is indicated for the acute treatment of migraine.\n\n**Limitations of Use**\n\n"
        "- Testdrug is not indicated for the prevention of migraine attacks."
    )
    assert list(shown(tmp_path, uses, "The dose is 10 mg.", "migraine attack")) == ["The dose is 10 mg."]
    with pytest.raises(NotFound):
        shown(tmp_path, uses, "The dose is 10 mg.", "migraine prevention")


def test_an_unapproved_use_is_told_where_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n\n## Usage\n\nAcute lymphoblastic leukemia.\n\n## Dosage\n\nGive 50 mg daily.\n\n"
        "## Precautions\n\nLymphoma was reported in patients with inflammatory bowel disease, an unapproved use.\n",
        "utf-8",
    )
    with pytest.raises(NotFound, match="unapproved use"):
        dose(Library([tmp_path]), ["testdrug"], Patient.read(indication="IBD"))


NHL = (
    "### Recommended Dose for Non-Hodgkin's Lymphoma (NHL)\n\nThe dose is 375 mg/m² by these schedules:\n\n"
    "#### Low-Grade or Follicular, CD20-Positive, B-Cell NHL\n\nGive 4 doses, 375 mg/m² each.\n\n"
    "#### Diffuse Large B-Cell NHL\n\nGive 8 doses, 375 mg/m² each.\n\n"
    "### Recommended Dose for Rheumatoid Arthritis (RA)\n\nThe dose is 1,000 mg.\n"
)


def test_a_heading_is_over_the_kinds_of_its_disease(tmp_path: Path) -> None:
    found = shown(tmp_path, "- Non-Hodgkin's lymphoma (NHL)\n- Rheumatoid arthritis", NHL, "follicular lymphoma")
    assert [text.split(",")[0] for text, specific in found.items() if specific] == [
        "The dose is 375 mg/m² by these schedules:",
        "Give 4 doses",
    ]
    assert not any("1,000 mg" in text for text in found)


def test_doses_under_other_labels_are_left_open_where_what_was_asked_has_none(tmp_path: Path) -> None:
    doses = "- **Gout:** Reduce the rate if it is painful.\n- **Asthma:** 20 mg daily.\n"
    assert list(shown(tmp_path, "Gout and asthma.", doses, "gout").values()) == [True, False]


def test_a_dose_for_others_beside_one_that_names_what_was_asked_is_theirs(tmp_path: Path) -> None:
    doses = "The dose is 400 mg/day for adults in chronic phase CML and 600 mg/day for adults in accelerated phase.\n"
    found = shown(tmp_path, "Chronic phase CML and accelerated phase.", doses, "chronic phase CML")
    assert list(found.values()) == [True, False]


def test_a_title_that_begins_as_the_one_over_it_is_beside_it(tmp_path: Path) -> None:
    doses = (
        "### For the Relief of Symptomatic Gastroesophageal Reflux\n\nGive 10 mg daily.\n\n"
        "**For the Relief of Diabetic Gastroparesis (Gastric Stasis)**\n\nGive 20 mg daily.\n"
    )
    assert list(shown(tmp_path, "Reflux and gastroparesis.", doses, "reflux")) == ["Give 10 mg daily."]


@pytest.mark.parametrize(
    ("uses", "asked", "is_found"),
    [
        ("the management of pain severe enough to need an opioid", "hip fracture pain", True),
        ("the management of pain severe enough to need an opioid", "severe back pain", True),
        ("the management of pain severe enough to need an opioid", "chest pain", False),
        ("the treatment of hypertension", "hypertension not controlled by olmesartan", True),
        ("the treatment of hypertension", "hypertension, nursing home", True),
        ("the treatment of hypertension", "pulmonary hypertension", False),
        ("the treatment of hypertension", "hypertension in preeclampsia", False),
        ("seizures", "seizures after craniotomy", True),
        ("seizures", "seizures after stroke", False),
        ("nausea", "nausea after craniotomy", False),
    ],
)
def test_what_is_told_besides_a_condition_is_set_aside_unless_it_is_a_condition_of_its_own(
    tmp_path: Path, uses: str, asked: str, is_found: bool
) -> None:
    uses = f"Testdrug is indicated for {uses}."
    if is_found:
        assert list(shown(tmp_path, uses, "The usual dose is 50 mg daily.", asked)) == [
            "The usual dose is 50 mg daily."
        ]
        return
    with pytest.raises(NotFound):
        shown(tmp_path, uses, "The usual dose is 50 mg daily.", asked)


def test_an_organism_may_be_asked_for_as_an_adjective(tmp_path: Path) -> None:
    uses = "Testdrug is indicated for infections caused by Chlamydia trachomatis: conjunctivitis of the newborn."
    assert list(shown(tmp_path, uses, "Give 50 mg daily.", "chlamydial conjunctivitis")) == ["Give 50 mg daily."]
