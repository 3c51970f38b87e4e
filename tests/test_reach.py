"""What a patient is told where the text has other words, other ages or another drug: kept open, never left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Cli
from druginfo.answers.mentions import absent_subject
from druginfo.classes.roles import known_roles
from druginfo.dosing import told_figures
from druginfo.dosing.indications import names_disease
from druginfo.library import Library
from druginfo.terms.conditions import condition_rows
from druginfo.terms.files import data_rows

MakeLibrary = Callable[..., Path]
HEAD = "---\ntitle: Testdrug\n---\n"


def answer(inside: Cli, shelf: MakeLibrary, text: str, *arguments: str) -> dict[str, Any]:
    """The JSON of `dose` of a monograph with this text."""
    ran = inside("dose", "testdrug", *arguments, "--json", "--monographs", str(shelf(testdrug=HEAD + text)))
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def texts(found: dict[str, Any], key: str) -> list[str]:
    return [row["text"] for row in found["rows"] if row[key]]


@pytest.mark.parametrize("before", ["Adjunctive therapy in patients aged", "Treatment of epilepsy in children"])
def test_what_is_said_of_a_treatment_before_whom_it_is_for_makes_no_duration_of_an_age(before: str) -> None:
    (found,) = told_figures(f"{before} 2 years and older.")
    assert (found.kind, found.text) == ("age", "2 years and older")


EPILEPSY = """## Usage

### Epilepsy

- Focal seizures and seizures of Lennox-Gastaut syndrome. It does not treat absences. Myoclonic seizures.

### Bipolar disorder

- Maintenance treatment of bipolar disorder.

## Dosage

- **Epilepsy:** 100 mg once daily.
- **Bipolar disorder:** 400 mg once daily.
"""


def test_what_the_uses_name_under_a_label_is_not_left_out(inside: Cli, shelf: MakeLibrary) -> None:
    found = answer(inside, shelf, EPILEPSY, "--for", "Lennox-Gastaut")
    assert texts(found, "applies") == ["100 mg once daily."]
    assert not texts(found, "specific")


def test_a_use_after_a_denial_in_its_line_is_a_use(inside: Cli, shelf: MakeLibrary) -> None:
    assert "100 mg once daily." in texts(answer(inside, shelf, EPILEPSY, "--for", "myoclonic seizures"), "applies")


INFECTIONS = """## Usage

- Serious infections of the respiratory tract, such as empyema. Severe skin infections (cellulitis).

## Dosage

- **Serious infections:** 150 mg every 6 hours.
- **More severe infections:** 450 mg every 6 hours.
"""


@pytest.mark.parametrize("asked", ["cellulitis", "pneumonia"])
def test_labels_that_name_only_a_kind_of_diseases_are_open_for_each(
    asked: str, inside: Cli, shelf: MakeLibrary
) -> None:
    found = answer(inside, shelf, INFECTIONS, "--for", asked)
    assert texts(found, "applies") == ["150 mg every 6 hours.", "450 mg every 6 hours."]


AMEBIASIS = """## Usage

- Acute intestinal amebiasis (amebic dysentery) and amebic liver abscess.
- Giardiasis.

## Dosage

### Amebiasis

- **For acute intestinal amebiasis (amebic dysentery):** 750 mg three times daily.
- **For amebic liver abscess:** 500 mg three times daily.
- **Pediatric patients:** 35 mg/kg daily.

### Giardiasis

- 250 mg three times daily.
"""


@pytest.mark.parametrize(
    ("asked", "own", "other"),
    [("amebic dysentery", "750 mg", "500 mg"), ("amebic liver abscess", "500 mg", "750 mg")],
)
def test_a_heading_s_own_rows_are_for_each_kind_under_it(
    asked: str, own: str, other: str, inside: Cli, shelf: MakeLibrary
) -> None:
    kept = " ".join(texts(answer(inside, shelf, AMEBIASIS, "--for", asked), "applies"))
    assert own in kept
    assert "35 mg/kg daily." in kept
    assert other not in kept
    assert "250 mg" not in kept


def test_who_takes_something_besides_is_not_whoever_is_of_the_group(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Dosage

- 10 mg once daily.
- **CYP2D6 poor metabolizers:** 5 mg once daily.
- **CYP2D6 poor metabolizers taking strong CYP3A4 inhibitors:** 2.5 mg once daily.
"""
    found = answer(inside, shelf, text, "--population", "CYP2D6 poor metabolizer")
    assert texts(found, "specific") == ["5 mg once daily."]
    assert "2.5 mg once daily." in texts(found, "applies")


def test_nobody_on_dialysis_has_normal_kidneys(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Dosage

- **Patients with normal renal function:** 5 mg twice daily.
- **Severe renal impairment (CrCl <30 mL/min):** 5 mg once daily.
- **Patients on hemodialysis:** Give the dose after the session.
"""
    found = answer(inside, shelf, text, "--population", "hemodialysis")
    assert "5 mg twice daily." not in texts(found, "applies")
    assert texts(found, "specific") == ["Give the dose after the session."]
    assert "5 mg once daily." in texts(found, "applies")


WARNED = """## Dosage

- 10 mg once daily.
- **Taking phenytoin:** Increase the dose.

## Contraindications

- Systemic fungal infections.

## Interactions

- **Phenytoin:** Monitor the concentrations of phenytoin.
- With phenytoin, increase the dose from 200 mg to 400 mg every 12 hours (200 mg in patients below 40 kg).
"""


def test_a_disease_told_by_more_words_than_the_text_has_is_found_by_the_text_s(inside: Cli, shelf: MakeLibrary) -> None:
    found = answer(inside, shelf, WARNED, "--population", "invasive fungal infection")
    assert "Systemic fungal infections." in json.dumps(found["passages"])


def test_another_dose_of_a_drug_is_said_before_what_to_watch(inside: Cli, shelf: MakeLibrary) -> None:
    found = answer(inside, shelf, WARNED, "--population", "phenytoin", "--weight", "70")
    said = json.dumps(found)
    assert "from 200 mg to 400 mg" in said
    assert said.index("from 200 mg to 400 mg") < said.index("Monitor the concentrations")


OF_AGES = """## Usage

Testdrug is indicated for:

- Asthma in children 12 months to 8 years of age.

## Dosage

- 0.5 mg once daily.
- In symptomatic children, 0.25 mg once daily.
"""


@pytest.mark.parametrize(("age", "is_theirs"), [("8mo", False), ("4", True)])
def test_what_is_used_at_other_ages_alone_is_nobody_s_dose_in_particular(
    age: str, is_theirs: bool, inside: Cli, shelf: MakeLibrary
) -> None:
    found = answer(inside, shelf, OF_AGES, "--age", age)
    assert bool(texts(found, "specific")) is is_theirs
    assert texts(found, "applies")


def test_a_row_that_names_what_was_told_besides_is_not_left_out(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Usage

- Hypertension.
- Angina.

## Dosage

- **Hypertension:** 10 mg once daily.
- **Angina:** 20 mg once daily.
- **Angina:** Avoid it in patients with asthma.
"""
    kept = texts(answer(inside, shelf, text, "--for", "hypertension", "--population", "asthma"), "applies")
    assert kept == ["10 mg once daily.", "Avoid it in patients with asthma."]


TWO = """## Usage

- Type 2 diabetes.
- Bone metastases from solid tumors.
- Meningitis. Lower respiratory tract infections of mild to moderate severity.

## Dosage

- 10 mg once daily; 20 mg once daily for severe infections.
"""


@pytest.mark.parametrize(
    "asked",
    [
        "type 2 diabetes with previous heart attack",
        "bone metastases from prostate cancer",
        "breast cancer with bone metastases",
        "bacterial meningitis",
        "severe pneumonia",
    ],
)
def test_a_condition_set_apart_from_another_is_found_and_no_dose_is_surely_for_both(
    asked: str, inside: Cli, shelf: MakeLibrary
) -> None:
    found = answer(inside, shelf, TWO, "--for", asked)
    assert texts(found, "applies")
    assert not texts(found, "specific")
    assert any("no dose here is surely for it" in notice for notice in found["notices"])


@pytest.mark.parametrize("asked", ["type 1 diabetes with previous heart attack", "heart attack from smoking"])
def test_what_is_not_there_is_refused_whatever_else_is_said(asked: str, inside: Cli, shelf: MakeLibrary) -> None:
    where = str(shelf(testdrug=HEAD + TWO))
    assert inside("dose", "testdrug", "--for", asked, "--monographs", where).status == 3


def test_a_cause_that_the_uses_name_otherwise_is_set_aside_and_another_refused(inside: Cli, shelf: MakeLibrary) -> None:
    text = "## Usage\n\n- Edema due to heart failure or renal disease.\n\n## Dosage\n\n- **Edema:** 20 mg daily.\n"
    found = answer(inside, shelf, text, "--for", "edema due to chronic kidney disease")
    assert texts(found, "applies") == ["20 mg daily."]
    where = str(shelf(testdrug=HEAD + text))
    assert inside("dose", "testdrug", "--for", "edema due to preeclampsia", "--monographs", where).status == 3


def test_a_disease_named_beside_its_cause_is_still_named(inside: Cli, shelf: MakeLibrary) -> None:
    text = "## Usage\n\n- Prevention of angina due to coronary artery disease.\n\n## Dosage\n\n- 20 mg twice daily.\n"
    assert texts(answer(inside, shelf, text, "--for", "stable angina"), "applies") == ["20 mg twice daily."]


def test_groups_in_a_list_by_semicolons_are_alternatives(inside: Cli, shelf: MakeLibrary) -> None:
    text = (
        "## Dosage\n\n- 500 mg daily.\n- Discontinue it in patients with an eGFR between 30 and 60 mL/min/1.73 m²; "
        "in patients with a history of liver disease; or in patients who will be given intra-arterial contrast.\n"
    )
    found = answer(inside, shelf, text, "--egfr", "70", "--hepatic", "moderate")
    assert any("Discontinue" in each for each in texts(found, "applies"))


def test_what_the_patient_has_besides_may_be_a_row_s_label(inside: Cli, shelf: MakeLibrary) -> None:
    text = (
        "## Usage\n\n- Hypertension.\n\n## Dosage\n\n- **Hypertension:** 2.5 mg daily.\n"
        "- **Volume Depletion or Renal Artery Stenosis:** Start with 1.25 mg daily.\n"
    )
    found = answer(inside, shelf, text, "--for", "hypertension", "--population", "renal artery stenosis")
    assert texts(found, "applies") == ["2.5 mg daily.", "Start with 1.25 mg daily."]


def test_an_overdose_of_a_drug_is_one_of_its_class(inside: Cli, shelf: MakeLibrary) -> None:
    text = "## Usage\n\n- Opioid overdose.\n\n## Dosage\n\n- 4 mg into one nostril.\n"
    found = answer(inside, shelf, text, "--for", "fentanyl overdose")
    assert texts(found, "applies") == ["4 mg into one nostril."]
    assert "“fentanyl overdose” is read as “opioid overdose”." in found["notices"]


@pytest.mark.parametrize("asked", ["tetracycline allergy", "penicillin allergy", "pramipexole withdrawal"])
def test_a_drug_called_as_its_class_is_refused_like_any_other(asked: str, inside: Cli, shelf: MakeLibrary) -> None:
    where = str(shelf(testdrug=HEAD + "## Usage\n\n- Opioid overdose.\n\n## Dosage\n\n- 4 mg into one nostril.\n"))
    ran = inside("dose", "testdrug", "--for", asked, "--monographs", where)
    assert ran.status == 3
    assert f"no doses for “{asked}”" in ran.err


CARDIAC = """## Dosage

- The full dose is 1.6 mcg/kg daily. In patients with underlying cardiac disease, start with 12.5 mcg daily.
"""


@pytest.mark.parametrize("whom", ["coronary artery disease", "angina", "cardiac disease"])
def test_a_disease_is_one_of_those_that_a_row_names_in_general(whom: str, inside: Cli, shelf: MakeLibrary) -> None:
    found = answer(inside, shelf, CARDIAC, "--population", whom)
    assert any("12.5 mcg" in text for text in texts(found, "specific"))


def test_a_dose_gives_way_to_a_lower_one_for_the_old_that_is_not_told(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Usage

- Hypothyroidism.

## Dosage

- **Adults with hypothyroidism:** 1.6 mcg/kg daily.
- **Adults at risk for atrial fibrillation or with underlying cardiac disease:** Use a lower starting dose.
- **Geriatric patients:** Use a lower starting dose.
"""
    for age, own in (("81", ["Use a lower starting dose."]), ("40", ["1.6 mcg/kg daily."])):
        assert texts(answer(inside, shelf, text, "--for", "hypothyroidism", "--age", age), "specific") == own


def test_another_organism_s_label_is_not_for_the_one_asked_for(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Usage

- Cervicitis due to Chlamydia trachomatis or Neisseria gonorrhoeae.

## Dosage

- **Non-gonococcal cervicitis:** 1 g once.
- **Gonococcal cervicitis:** 2 g once.
"""
    assert texts(answer(inside, shelf, text, "--for", "chlamydial cervicitis"), "applies") == ["1 g once."]


def test_what_is_not_known_below_an_age_in_a_disease_opens_its_doses(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Dosage

### Pediatric Patients

- **Pneumonia:** 10 mg/kg once daily.

## Specific Populations

### Pediatric Use

Safety in the treatment of pediatric patients with otitis media and pneumonia under 6 months of age has not been
established.
"""
    for age, is_theirs in (("5mo", False), ("3", True)):
        found = answer(inside, shelf, text, "--for", "pneumonia", "--age", age)
        assert bool(texts(found, "specific")) is is_theirs


def test_what_follows_another_drug_s_doses_is_nobody_s_in_particular(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Dosage

- 5 mg once daily. The doses of prednisone vary. One center began with 200 mg tapered to 20 mg daily.
"""
    found = answer(inside, shelf, text, "--age", "40")
    assert not any("200 mg" in row for row in texts(found, "specific"))
    assert any("200 mg" in row for row in texts(found, "applies"))


def test_a_drug_without_a_monograph_does_what_labels_say_of_it(shelf: MakeLibrary, inside: Cli) -> None:
    library = Library([shelf(testdrug=HEAD + "## Dosage\n\n- 10 mg once daily.\n")])
    roles = {(own.role.target, own.role.role) for own in absent_subject(library, "itraconazole").profile.roles}
    assert ("CYP3A", "inhibitor") in roles


@pytest.mark.parametrize("name", ["St. John's Wort", "St John’s wort"])
def test_a_drug_s_role_is_known_by_either_apostrophe(name: str) -> None:
    assert {role.role for role, _ in known_roles([name])} == {"inducer"}


def test_every_drug_of_the_roles_is_in_one_row_of_a_role_and_enzyme() -> None:
    places = [
        (drug, role.split()[-2:])
        for role, drugs in (row.split(": ") for row in data_rows("roles.txt"))
        for drug in drugs.split(", ")
    ]
    assert len(places) == len({(drug, *role) for drug, role in places})


def test_a_medicine_s_kind_is_no_disease() -> None:
    assert not names_disease("Use with CNS Depressants")
    assert names_disease("Depression")


@pytest.mark.parametrize("table", ["conditions.txt", "clinical_names.txt"])
def test_tables_of_conditions_name_each_condition_once_by_a_sign(table: str) -> None:
    seen = set()
    for names, sign, meant in condition_rows("", table):
        assert names
        assert meant
        for name in names:
            key = (name, sign, *(meant if sign == "<" else ()))
            assert key not in seen, key
            seen.add(key)
            assert name == name.lower().replace("-", " ").strip()


@pytest.mark.parametrize(
    "course",
    [
        "patients comply with the full 7-day regimen",
        "patients with a 7-day course",
        "patients should finish all 7 days",
    ],
)
def test_a_course_of_days_is_no_age(course: str, inside: Cli, shelf: MakeLibrary) -> None:
    text = f"## Usage\n\n- Ulcers.\n\n## Dosage\n\nTake 10 mg twice daily; it matters that {course}.\n"
    assert texts(answer(inside, shelf, text, "--age", "47"), "applies")


def test_titles_in_two_rows_over_an_empty_corner_are_no_doses(inside: Cli, shelf: MakeLibrary) -> None:
    text = """## Usage

- Clots in children.

## Dosage

|  |  |  |  |
|---|---|---|---|
|  |  | Days 1-7 | Days 8 and beyond |
| Presentation | Body weight / (kg) | Dosing schedule | Dosing schedule |
| Tablet 0.5 mg | 6 to less than 9 | 2 mg twice daily | 1 mg twice daily |
| Tablet 0.5 mg | 9 to less than 12 | 3 mg twice daily | 1.5 mg twice daily |
"""
    found = answer(inside, shelf, text, "--weight", "9.5", "--age", "14mo")
    assert texts(found, "applies") == texts(found, "specific") == ["3 mg twice daily", "1.5 mg twice daily"]
