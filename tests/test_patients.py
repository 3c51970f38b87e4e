"""A patient asked of whole monographs: what a nurse sees first, and what never goes unsaid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Cli
from druginfo import Library
from druginfo.answers.dose import dose
from druginfo.dosing import Patient

MakeLibrary = Callable[..., Path]
ROOT = Path(__file__).resolve().parent.parent / "monographs"


@pytest.fixture
def library(shelf: MakeLibrary) -> MakeLibrary:
    return shelf


def groups(text: str) -> dict[str, str]:
    """What is on the screen under each heading of the groups of rows."""
    headings = r"^(Could not be judged.*|For this patient|What “.*|May also apply.*|Left out.*|Notes.*)$"
    parts = re.split(headings, text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def asked(inside: Cli, *arguments: str) -> tuple[str, dict[str, Any]]:
    """The text and the JSON of `dose`."""
    text = inside("dose", *arguments, "--monographs", str(ROOT))
    answer = inside("dose", *arguments, "--json", "--monographs", str(ROOT))
    assert (text.status, answer.status) == (0, 0)
    return text.out, json.loads(answer.out)


def rows(answer: dict[str, Any], key: str) -> list[str]:
    return [row["text"] for row in answer["rows"] if row[key]]


def test_a_row_that_answers_the_population_is_shown_beside_the_kidney_s(inside: Cli) -> None:
    text, answer = asked(inside, "rosuvastatin", "--crcl", "30", "--population", "asian")
    assert "Start with 5 mg once daily." in rows(answer, "specific")
    assert "Asian Patients" in groups(text)["For this patient"]


@pytest.mark.parametrize(
    ("drug", "given", "missing"),
    [("nitrofurantoin", ("--egfr", "25"), "crcl"), ("metformin", ("--crcl", "25"), "egfr")],
)
def test_a_contraindication_in_the_other_measure_comes_before_the_doses(
    drug: str, given: tuple[str, str], missing: str, inside: Cli
) -> None:
    text, answer = asked(inside, drug, *given)
    first = f"Could not be judged: give --{missing}"
    assert next(iter(groups(text))) == first
    assert "Contraindicated." in groups(text)[first].splitlines()[3]
    assert "⚠ Contraindications" in text[: text.index(first)]
    assert all(
        row["missing"] == [missing] for row in answer["rows"] if row["text"] == "Contraindicated." and row["renal"]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("upadacitinib --for malaria", "no doses for “malaria”. Indications: Rheumatoid Arthritis"),
        ("baricitinib --for mild", "“mild” is not an indication. Indications: Rheumatoid Arthritis"),
    ],
)
def test_what_is_no_indication_of_the_text_is_not_found(arguments: str, said: str, inside: Cli) -> None:
    ran = inside("dose", *arguments.split(), "--monographs", str(ROOT))
    assert (ran.status, ran.out) == (3, "")
    assert said in ran.err


SCOPED = """---
title: Testdrug
---
## Usage

- **Scope:** The label of Onevy injection. Products for type 2 diabetes (Twovy) are not covered.
- Weight management.

## Dosage

- **All Injection Indications:** 0.25 mg once weekly.
- **Weight Management:** 2.4 mg once weekly.
"""


def test_an_indication_that_the_scope_excludes_is_not_found(library: MakeLibrary, inside: Cli) -> None:
    where = ("--monographs", str(library(testdrug=SCOPED)))
    ran = inside("dose", "testdrug", "--for", "type 2 diabetes", *where)
    assert (ran.status, ran.out) == (3, "")
    assert (
        "does not cover “type 2 diabetes”. Its scope: Products for type 2 diabetes (Twovy) are not covered." in ran.err
    )
    assert inside("dose", "testdrug", "--for", "weight", *where).status == 0


PLAIN = """---
title: Testdrug
---
## Usage

- Hypertension in adults.

## Dosage

- 80 mg once daily.
"""


def test_where_no_dose_names_an_indication_a_refusal_quotes_the_use(library: MakeLibrary, inside: Cli) -> None:
    ran = inside("dose", "testdrug", "--for", "migraine", "--monographs", str(library(testdrug=PLAIN)))
    assert (ran.status, ran.out) == (3, "")
    assert "no doses for “migraine”" in ran.err
    assert "Usage: “Hypertension in adults.”" in ran.err


FOR_ALL = PLAIN.replace(
    "- 80 mg once daily.",
    "".join(f"- **Zzyx{chr(97 + n)}:** {n} mg once daily, with food and a full glass.\n" for n in range(26))
    + "- **Hypertension:** Reduce the dose slowly.\n- 80 mg once daily.",
)  # fmt: skip


def test_a_dose_for_all_is_on_the_screen_where_the_indication_has_none(library: MakeLibrary, inside: Cli) -> None:
    where = ("--monographs", str(library(testdrug=FOR_ALL)))
    shown = inside("dose", "testdrug", "--for", "hypertension", *where).out
    assert "80 mg once daily." in shown


def test_a_ceiling_that_names_no_use_is_on_the_screen_beside_doses_that_do(library: MakeLibrary, inside: Cli) -> None:
    capped = FOR_ALL.replace("Reduce the dose slowly.", "40 mg once daily.") + "- Maximum 160 mg per day.\n"
    where = ("--monographs", str(library(testdrug=capped)))
    shown = " ".join(inside("dose", "testdrug", "--for", "hypertension", *where).out.split())
    assert "Maximum 160 mg per day." in shown
    assert "Not shown" in shown


def test_every_nausea_is_nausea(inside: Cli) -> None:
    text, answer = asked(inside, "ondansetron", "--for", "nausea")
    named = {row["indication"] for row in answer["rows"] if row["specific"]}
    assert {"Highly Emetogenic Chemotherapy", "Radiotherapy", "Postoperative Nausea and Vomiting"} <= named
    assert "other indications" not in text
    text, answer = asked(inside, "ondansetron", "--for", "radiotherapy")
    assert answer["other_indications"] > 0
    assert f"Left out: {answer['other_indications']} rows for other indications (--all shows them)." in text


def test_an_indication_is_answered_within_a_screen_and_nothing_is_lost(inside: Cli) -> None:
    text, answer = asked(inside, "everolimus", "--for", "breast cancer", "--width", "80")
    assert text.count("\n") <= 64
    shown = groups(text)
    assert "10 mg orally once daily until disease" in shown["For this patient"]
    counted = r"Not shown: \d+ rows that may also apply \(.*\) and \d+ notes \(--all shows them\)"
    assert re.search(counted, " ".join(text.split()))
    assert len(answer["rows"]) > 40
    assert len(answer["notes"]) > 10
    assert "With Strong CYP3A4 Inducers" in text  # of what may also apply that for the indication comes first
    answered = dose(Library(), ["everolimus"], Patient.read(indication="breast cancer"))
    assert answered.short
    lines = {row.row.line for row in answered.short.rows}
    assert [row for row in answered.rows if row.row.line in lines] == list(answered.short.rows)  # no line is cut
    whole, _ = asked(inside, "everolimus", "--for", "breast cancer", "--all", "--width", "80")
    assert "Missed Dose" in whole
    assert "Not shown" not in whole


def test_growth_is_not_complete_at_three_months(inside: Cli) -> None:
    text, answer = asked(inside, "levothyroxine", "--age", "3mo", "--weight", "5")
    assert "10 to 15 mcg/kg once daily." in rows(answer, "specific")
    assert "1.6 mcg/kg once daily." not in [row["text"] for row in answer["rows"]]
    assert "Growth and puberty complete" not in text


def test_a_measure_takes_only_its_own_unit(inside: Cli) -> None:
    ran = inside("dose", "apixaban", "--weight", "45 mL/min", "--monographs", str(ROOT))
    assert (ran.status, ran.out) == (2, "")
    assert "--weight must be a number, in kilograms" in ran.err


def test_a_name_that_the_scope_excludes_is_said_first(inside: Cli) -> None:
    text, answer = asked(inside, "macrobid")
    said = f"This text does not cover Macrobid: {answer['scope']}"
    assert " ".join(text.split()).startswith(f"⚠ {said}")
    assert answer["notices"] == [said]
    assert answer["match"]["scope"] == answer["scope"]
    assert not asked(inside, "nitrofurantoin")[1].get("notices")


@pytest.mark.parametrize(
    "arguments",
    [
        "show macrobid",
        "show macrobid dose",
        "faq macrobid",
        "match macrobid",
        "compare macrobid ciprofloxacin",
        "search macrobid",
        "interactions macrobid warfarin",
    ],
)
def test_it_is_said_wherever_the_text_is_shown(arguments: str, inside: Cli) -> None:
    ran = inside(*arguments.split(), "--monographs", str(ROOT))
    assert "does not cover Macrobid" in ran.out


@pytest.mark.parametrize("form", ["--csv", "--jsonl", "--tsv"])
def test_rows_for_a_program_are_not_silent_either(form: str, inside: Cli) -> None:
    ran = inside("dose", "macrobid", form, "--monographs", str(ROOT))
    assert "does not cover Macrobid" not in ran.out
    assert "does not cover Macrobid" in ran.err


def test_the_rows_that_a_row_for_dialysis_refers_to_are_shown_next(inside: Cli) -> None:
    text, answer = asked(inside, "gabapentin", "--population", "dialysis")
    found = groups(text)
    (line,) = {row["referred_from"] for row in answer["rows"] if row.get("referred_from")}
    first, said = list(found)[:2]
    assert first == "For this patient"
    assert said.startswith("What “")
    assert said.endswith(f"(line {line}) refers to")
    assert "200 to 700 mg once daily." in found[said]
    assert "CrCl 15 mL/min" in found[said]


SILENT = """---
title: Testdrug
---
## Dosage

### Adults

- 5 mg once daily.

### Patients with Renal Impairment

- CrCl <30 mL/min: 2 mg once daily.

## How It Works

- Metabolized in the liver; the kidney excretes it.

## Contraindications

- Severe hepatic impairment.
- Severe renal failure with anuria.
- Pregnancy.
- Known hypersensitivity.

## Precautions

- **Liver:** Check liver enzymes in mild hepatic impairment.
- **Children:** Not studied below 18 years.
"""


@pytest.mark.parametrize(
    ("given", "topic", "first", "then"),
    [
        (("--hepatic", "moderate"), "liver", "- Severe hepatic impairment.", "Check liver enzymes"),
        (("--crcl", "20"), "kidney", "- Severe renal failure with anuria.", None),
        (("--age", "5"), "children", "- **Children:**", None),
        (("--population", "pregnant"), "pregnancy", "- Pregnancy.", None),
    ],
)
def test_what_no_row_answers_is_answered_from_the_rest_of_the_monograph(
    given: tuple[str, str], topic: str, first: str, then: str | None, library: MakeLibrary, inside: Cli
) -> None:
    where = ("--monographs", str(library(testdrug=SILENT)))
    (told,) = json.loads(inside("dose", "testdrug", *given, "--json", *where).out)["passages"]
    assert told["topic"] == topic
    assert told["sections"][0]["markdown"].startswith(first)
    text = inside("dose", "testdrug", *given, *where).out
    if first.startswith("- **"):
        assert "no dosing row covers it" in text
    else:
        assert text.index(first[2:]) < text.index("mg once daily")
    assert (then in text) if then else "Check liver" not in text
    assert "excretes" not in text
    assert "hypersensitivity" not in text


@pytest.mark.parametrize(
    ("given", "is_said"), [(("--hepatic", "moderate"), True), (("--age", "5"), True), (("--age", "30"), False)]
)
def test_it_is_said_where_no_dose_is_for_the_patient_alone(
    given: tuple[str, str], is_said: bool, library: MakeLibrary, inside: Cli
) -> None:
    text = inside("dose", "testdrug", *given, "--monographs", str(library(testdrug=SILENT))).out
    assert ("No dose here is given for this patient in particular." in text) == is_said


@pytest.mark.parametrize("words", ["Start with a lower dose.", "Titrate slowly.", "Initiate at half of it."])
def test_what_is_said_of_the_doses_of_the_elderly_is_told(words: str, library: MakeLibrary, inside: Cli) -> None:
    text = f"{SILENT}- **Elderly:** {words}\n- **Older adults:** In studies, 40 were over 65 years.\n"
    told = inside("dose", "testdrug", "--age", "80", "--monographs", str(library(testdrug=text))).out
    assert words in told
    assert "In studies" not in told


def test_a_topic_that_a_row_names_is_not_said_to_be_without_one(library: MakeLibrary, inside: Cli) -> None:
    named = SILENT.replace("### Adults", "### Children\n\nCheck growth.\n\n- <40 kg: 1 mg.\n\n### Adults")
    text = inside("dose", "testdrug", "--age", "5", "--crcl", "20", "--monographs", str(library(testdrug=named))).out
    assert "Children: no dosing row covers it" not in text


WARNING = """---
title: Testdrug
---
## Dosage

### Adults

- 10 mg once daily.
- **Pregnancy:** adjust the dose.
- **CrCl below 30 mL/min:** 5 mg once daily.

## Use in Specific Populations

### Pregnancy

Testdrug may cause malformations: harm to the fetus is known.

### Geriatric Use

Testdrug has not been studied in geriatric patients.

### Renal Impairment

Avoid it in severe renal impairment. In mild renal impairment monitor closely.

### Hepatic Impairment

{liver}

### Lower Weight Individuals

Patients weighing less than 55 kg vomited more.
"""


@pytest.mark.parametrize(
    ("given", "said", "unsaid"),
    [
        ("--population pregnancy", "Pregnancy, line 16: “Testdrug may cause malformations: harm", None),
        ("--age 74", "Elderly, line 20: “Testdrug has not been studied", None),
        ("--crcl 20", "Kidney, line 24: “Avoid it in severe renal impairment.”", "monitor closely"),
        ("--weight 47", "Patients weighing less than 55 kg vomited more.", None),
        ("--weight 70", "10 mg once daily.", "vomited"),
    ],
)
def test_what_warns_of_such_patients_is_quoted_where_a_row_answers_too(
    given: str, said: str, unsaid: str | None, library: MakeLibrary, inside: Cli
) -> None:
    where = ("--monographs", str(library(testdrug=WARNING.format(liver="None."))))
    text = " ".join(inside("dose", "testdrug", *given.split(), *where).out.split())
    assert said in text
    assert unsaid is None or unsaid not in text


@pytest.mark.parametrize(
    ("liver", "is_for"),
    [
        ("No dosage adjustment is needed in mild or moderate hepatic impairment.", True),
        (
            "No dosage adjustment is needed in mild hepatic impairment. Use caution in moderate hepatic impairment.",
            False,
        ),
        ("Use caution in hepatic impairment.", False),
        ("Contraindicated in severe hepatic impairment.", True),
        ("No dosing recommendations can be made for patients with liver disease.", False),
        ("", True),
    ],
)
def test_the_usual_dose_is_for_an_organ_against_which_nothing_is_said(
    liver: str, is_for: bool, library: MakeLibrary, inside: Cli
) -> None:
    text = (
        WARNING.format(liver=liver)
        if liver
        else WARNING.format(liver="None.").replace("### Hepatic Impairment", "### Other")
    )
    where = ("--monographs", str(library(testdrug=text)))
    ran = inside("dose", "testdrug", "--age", "40", "--hepatic", "moderate", "--json", *where)
    answer = json.loads(ran.out)
    assert any(row["specific"] for row in answer["rows"]) == is_for
    assert ("Nothing in this text speaks of the liver." in answer.get("limits", [])) == (not liver)


@pytest.mark.parametrize(
    ("words", "is_for"),
    [
        ("Testdrug can cause fetal harm.", False),
        ("When pregnancy is detected, discontinue it.", False),
        ("It is not recommended in pregnancy.", False),
        ("Pregnancy does not change its clearance.", True),
    ],
)
def test_the_usual_dose_is_not_for_people_to_whom_the_rest_refuses_the_drug(
    words: str, is_for: bool, library: MakeLibrary, inside: Cli
) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Dosage\n\n### Adults\n\n- 10 mg once daily.\n\n"
        f"## Use in Specific Populations\n\n### Pregnancy\n\n{words}\n"
    )
    where = ("--monographs", str(library(testdrug=text)))
    answer = json.loads(inside("dose", "testdrug", "--age", "30", "--population", "pregnancy", "--json", *where).out)
    assert any(row["specific"] for row in answer["rows"]) == is_for


@pytest.mark.parametrize("asked", ["gemfibrozil", "on gemfibrozil"])
def test_what_is_taken_too_is_looked_for_among_interactions(asked: str, library: MakeLibrary, inside: Cli) -> None:
    where = ("--monographs", str(library(testdrug=f"{SILENT}\n## Interactions\n\n- Gemfibrozil: avoid it.\n")))
    assert "Gemfibrozil: avoid it." in inside("dose", "testdrug", "--population", asked, *where).out


def test_a_normal_kidney_needs_no_passages(library: MakeLibrary, inside: Cli) -> None:
    ran = inside("dose", "testdrug", "--crcl", "95", "--json", "--monographs", str(library(testdrug=SILENT)))
    assert "passages" not in json.loads(ran.out)


LEAFLET = """---
title: Testdrug
---
## What Testdrug Is For

- Pain.

## How should I take Testdrug?

- Adults: 5 mg twice daily.

## Plan

| Week | Dosing |
|---|---|
| 1 | 10 mg once daily |
"""


def test_doses_under_no_heading_of_dosage_are_read_and_it_is_said(library: MakeLibrary, inside: Cli) -> None:
    where = ("--monographs", str(library(testdrug=LEAFLET)))
    answer = json.loads(inside("dose", "testdrug", "--json", *where).out)
    assert [row["text"] for row in answer["rows"]] == ["5 mg twice daily.", "10 mg once daily"]
    places = "“How should I take Testdrug?” (line 8); “Plan” (line 12)"
    assert answer["notices"] == [f"No doses under a heading of dosage: these are read from {places}."]


@pytest.mark.parametrize("body", ["## Usage\n\n- Pain.\n", "## Dosage\n\nSee the package insert.\n"])
def test_no_doses_at_all_is_not_found(body: str, library: MakeLibrary, inside: Cli) -> None:
    ran = inside("dose", "testdrug", "--monographs", str(library(testdrug=f"---\ntitle: Testdrug\n---\n{body}")))
    assert (ran.status, ran.out) == (3, "")
    assert "has no doses that can be read" in ran.err


def test_contraindications_are_said_of_a_population_that_is_no_topic(inside: Cli, tmp_path: Path) -> None:
    dosage = "## Dosage\n\nThe dose is 5 mg daily.\n\n"
    refusal = "## Contraindications\n\n- History of intracranial hemorrhage.\n- Allergy to it.\n\n"
    warned = "## Precautions\n\n- Take care in smokers.\n"
    (tmp_path / "testdrug.md").write_text(f"---\ntitle: Testdrug\n---\n{dosage}{refusal}{warned}", "utf-8")
    answer = inside("dose", "testdrug", "--population", "intracranial haemorrhage", "--monographs", str(tmp_path))
    assert (answer.status, "History of intracranial hemorrhage." in answer.out) == (0, True)
    assert "Take care" not in answer.out
    answer = inside("dose", "testdrug", "--population", "smokers", "--monographs", str(tmp_path))
    assert "Take care in smokers." in answer.out
    assert inside("dose", "testdrug", "--population", "left-handers", "--monographs", str(tmp_path)).status == 3


def test_a_contraindication_is_said_that_has_the_text_s_own_abbreviation(inside: Cli, tmp_path: Path) -> None:
    text = (
        "## Boxed Warning\n\nIt may cause medullary thyroid carcinoma (MTC).\n\n## Dosage\n\nThe dose is 5 mg daily.\n"
        "\n## Contraindications\n\n- A personal or family history of MTC.\n"
    )
    (tmp_path / "testdrug.md").write_text(f"---\ntitle: Testdrug\n---\n{text}", "utf-8")
    for asked in ("family history of medullary thyroid carcinoma", "family history of MTC"):
        answer = inside("dose", "testdrug", "--population", asked, "--monographs", str(tmp_path))
        assert (answer.status, "A personal or family history of MTC." in answer.out) == (0, True)


@pytest.mark.parametrize(
    ("words", "is_quoted"),
    [
        ("In severe hepatic impairment titrate slowly.", True),
        ("Start at the low end of the dosing range in hepatic impairment.", True),
        (
            "Initiate therapy with low doses and increase them gradually in patients with impaired hepatic function.",
            True,
        ),
        ("Start older adults low, reflecting the greater frequency of decreased hepatic function.", False),
        ("Hepatic impairment was found in 2 of 40 volunteers.", False),
    ],
)
def test_how_a_dose_is_raised_in_such_patients_is_quoted_beside_their_row(
    words: str, is_quoted: bool, library: MakeLibrary, inside: Cli
) -> None:
    text = WARNING.format(liver=words).replace("**CrCl below", "**Hepatic impairment:** 2 mg daily.\n- **CrCl below")
    where = ("--monographs", str(library(testdrug=text)))
    found = " ".join(inside("dose", "testdrug", "--hepatic", "severe", *where).out.split())
    assert ("Liver, line" in found) == is_quoted


def test_a_refusal_of_an_indication_leads_to_what_is_said_of_the_patient(inside: Cli) -> None:
    answer = inside("dose", "leflunomide", "--age", "9", "--for", "juvenile arthritis", "--monographs", str(ROOT))
    assert answer.status == 3
    assert "See also `druginfo show leflunomide children`." in answer.err


def test_what_is_due_before_treatment_is_shown_with_an_indication(inside: Cli) -> None:
    answer = inside("dose", "clozapine", "--for", "schizophrenia", "--monographs", str(ROOT))
    assert "A baseline ANC is needed before the first dose" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("drug", "indication", "crcl", "texts"),
    [
        (
            "semaglutide",
            "weight loss",
            None,
            ["0.25 mg subcutaneously once weekly.", "2.4 mg subcutaneously once weekly."],
        ),
        ("colchicine", "gout", "20", ["1.2 mg orally once.", "0.6 mg orally once, maximum 1.8 mg over 1 hour."]),
        ("famotidine", "ulcer", "20", ["40 mg orally once daily for up to 8 weeks."]),
        ("rosuvastatin", "cholesterol", "20", ["5 mg to 40 mg orally once daily, depending on the"]),
    ],
)
def test_no_usual_dose_of_the_indication_is_cut(drug: str, indication: str, crcl: str | None, texts: list[str]) -> None:
    answered = dose(Library(), [drug], Patient.read(indication=indication, crcl=crcl))
    assert answered.short
    adults = [row.row.text for row in answered.short.rows if row.row.population == "Adults"]
    assert all(any(each.startswith(text) for each in adults) for text in texts)


@pytest.mark.parametrize("group", ["pregnancy", "pregnant", "breastfeeding", "kidney", "liver", "children", "elderly"])
def test_a_group_asked_by_the_name_of_its_topic_gets_what_is_said_of_it(
    inside: Cli, tmp_path: Path, group: str
) -> None:
    said = (
        "In renal and hepatic impairment, children, the elderly, pregnancy and lactation choose doses with great care."
    )
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n\nThe dose is 5 mg daily.\n\n## Pregnancy\n\n{said}\n"
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    answer = inside("dose", "testdrug", "--population", group, "--monographs", str(tmp_path))
    assert "great care" in " ".join(answer.out.split())


BRIEF = """---
title: Testdrug
---
## Usage

- Chronic pain.
- Testdrug is not indicated for acute pain.
- In migraine, Testdrug is used for nausea and not as treatment of the attack. In one trial it did not show any benefit
  in neuralgia.

## Dosage

### General

{}
The starting dose is 5 mg daily. The maximum dose is 90 mg daily.

### Renal Impairment

- CrCl 15 to 30 mL/min: 2 mg daily.
- CrCl below 15 mL/min: 1 mg daily.
- Give a supplemental dose after each hemodialysis.

## Contraindications

- Bronchial asthma.

## Precautions

### Elderly Patients

It is not recommended for frail patients with chronic pain.

### Gout

The safety and efficacy of Testdrug in gout have not been established. It is not recommended for children with chronic
pain.
"""


def test_the_brief_answer_leaves_out_nothing_on_an_organ_that_was_asked_about(
    library: MakeLibrary, inside: Cli
) -> None:
    others = "".join(f"- **Strong inhibitor number {n}:** Reduce the dose slowly to {n} mg.\n" for n in range(2, 40))
    where = ("--monographs", str(library(testdrug=BRIEF.format(others))))
    text = inside("dose", "testdrug", "--for", "chronic pain", "--crcl", "10", *where).out
    assert "Give a supplemental dose after each hemodialysis." in text
    assert "Not shown" in text


def test_the_brief_answer_has_the_usual_doses_of_a_drug_for_one_thing(library: MakeLibrary, inside: Cli) -> None:
    others = "".join(f"- **Strong inhibitor number {n}:** Avoid it.\n" for n in range(2, 60))
    where = ("--monographs", str(library(testdrug=BRIEF.format(others))))
    text = inside("dose", "testdrug", "--for", "chronic pain", *where).out
    assert "The maximum dose is 90 mg daily." in text


def test_a_class_that_only_a_title_names_first_is_that_of_the_drug_taken(library: MakeLibrary, inside: Cli) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n\n## Usage\n\nPain.\n\n## Dosage\n\n- 5 mg daily.\n\n## Drug Interactions\n\n"
        "### Tricyclic Antidepressants\n\nTestdrug should be given with extreme caution to patients treated so.\n"
    )
    where = ("--monographs", str(library(testdrug=text)))
    for more in ([], ["--age", "72"], ["--for", "pain"], ["--for", "gout"]):
        ran = inside("dose", "testdrug", "--population", "amitriptyline", *more, *where)
        assert "with extreme caution" in ran.out + ran.err


def test_of_a_text_without_any_dose_the_brief_answer_has_the_notes(library: MakeLibrary, inside: Cli) -> None:
    text = (
        "---\ntitle: Testsulin\n---\n# Testsulin\n\n## Usage\n\nTestsulin is for diabetes mellitus.\n\n## Dosage\n\n"
        "### Injection\n\nIndividualize by the glycemic control goal.\n\n"
        "### Adjustment\n\nDosage adjustments may be needed with changes in renal function.\n"
    )
    ran = inside("dose", "testsulin", "--for", "diabetes", "--monographs", str(library(testsulin=text)))
    assert "Individualize by the glycemic control goal." in ran.out


def test_the_brief_answer_has_what_notes_order_but_nothing_of_other_uses_and_ages(
    library: MakeLibrary, inside: Cli
) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Usage\n\n- Chronic pain.\n- Migraine.\n\n## Dosage\n\n### Adults\n\n"
        "The dose is 5 mg daily. Food does not matter much. It was found in clinical practice. Do not divide the "
        "capsule.\n\n### Important\n\nNewborns should be watched. Migraine should be confirmed first. Reconstitute as "
        "shown; do not shake.\n"
    )
    ran = inside("dose", "testdrug", "--for", "pain", "--age", "40", "--monographs", str(library(testdrug=text)))
    assert "Do not divide the capsule." in ran.out
    assert not any(each in ran.out for each in ("clinical practice", "Newborns", "confirmed", "shake"))


@pytest.mark.parametrize(
    ("indication", "said"),
    [
        ("asthma", "Contraindications: “Bronchial asthma.”"),
        ("acute pain", "Uses: “Testdrug is not indicated for acute pain.”"),
        ("migraine", "Uses: “In migraine, Testdrug is used for nausea and not as treatment of the attack.”"),
        ("neuralgia", "Uses: “In one trial it did not show any benefit in neuralgia.”"),
        ("gout", "Gout: “The safety and efficacy of Testdrug in gout have not been established.”"),
        ("chronic pain", None),
    ],
)
def test_what_the_text_has_against_an_indication_is_said(
    indication: str, said: str | None, library: MakeLibrary, inside: Cli
) -> None:
    ran = inside("dose", "testdrug", "--for", indication, "--monographs", str(library(testdrug=BRIEF.format(""))))
    text = " ".join((ran.out + ran.err).split())
    named = ("Contraindications: “", "Uses: “", "Gout: “", "Elderly Patients: “")
    assert said in text if said else not any(each in text for each in named)


def test_the_usual_dose_is_not_for_who_is_to_ask_a_doctor_first(library: MakeLibrary, inside: Cli) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Usage\n\nHeadache.\n\n## Dosage\n\n- Adults: 2 tablets every 6 hours.\n\n"
        "## Warnings\n\nAsk a doctor before use if you have liver disease.\n"
    )
    where = ("--monographs", str(library(testdrug=text)))
    assert "For this patient" in inside("dose", "testdrug", "--age", "40", *where).out
    answer = inside("dose", "testdrug", "--age", "40", "--hepatic", "severe", *where).out
    assert "For this patient" not in answer
    assert "Ask a doctor before use if you have liver disease." in answer


@pytest.mark.parametrize(("age", "is_said"), [("34", True), ("3d", False)])
def test_that_a_drug_is_not_for_adults_is_said_of_an_adult(
    age: str, is_said: bool, library: MakeLibrary, inside: Cli
) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Boxed Warning\n\nTestdrug is not approved for use in adolescents or adults. It "
        "is not recommended for adults with asthma.\n\n## Usage\n\nSeizures of newborns.\n\n## Dosage\n\n"
        "20 mg/kg once.\n"
    )
    ran = inside("dose", "testdrug", "--for", "gout", "--age", age, "--monographs", str(library(testdrug=text)))
    assert ran.status == 3
    assert ("Boxed warning: “Testdrug is not approved for use in adolescents or adults.”" in ran.err) == is_said


def test_rows_for_others_are_no_answer_where_the_uses_deny_what_was_asked(library: MakeLibrary, inside: Cli) -> None:
    text = PLAIN.replace("in adults.", "in adults.\n- It is not indicated for obesity.").replace(
        "- 80", "- **Hypertension:** 80"
    )
    ran = inside("dose", "testdrug", "--for", "obesity", "--monographs", str(library(testdrug=text)))
    assert (ran.status, ran.out) == (3, "")
    assert "Uses: “It is not indicated for obesity.”" in ran.err


USES = """---
title: Testdrug
---
## Boxed Warning

Deaths were seen in children with fever.

## Usage

### Plaque psoriasis

Testdrug treats plaque psoriasis in adults whose disease is not well controlled by creams.

### Eczema of the hand

Testdrug treats eczema of the hand. Keep it for those who have no other choice: reserve it for failures of creams. In
pediatric patients with eczema of the hand it is not a drug of first choice.

### Limitations

Not to be taken with other retinoids.

## Dosage

The dose is 10 mg once daily. In children from 6 years the dose is 5 mg once daily.

### Screening for tuberculosis

- Tuberculosis: do not start it in active disease.

## Contraindications

- Severe liver failure.

## Use in Specific Populations

### Pediatric Use

Growth was normal in a study of 20 children. Fractures: an increased risk was seen in children. It has not been studied
in children below 2 years. The effectiveness in asthma has not been established in pediatric patients.
"""


def limited(inside: Cli, library: MakeLibrary, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """The status of `dose`, its JSON, and its text on one line."""
    where = ("--monographs", str(library(testdrug=USES)))
    ran = inside("dose", "testdrug", *arguments, "--json", *where)
    text = inside("dose", "testdrug", *arguments, *where)
    return ran.status, json.loads(ran.out), " ".join((text.out + text.err).split())


def test_a_condition_that_usage_affirms_is_never_refused(inside: Cli, library: MakeLibrary) -> None:
    status, answer, _ = limited(inside, library, "--for", "psoriasis", "--age", "40")
    assert status == 0
    assert next(row["text"] for row in answer["rows"] if row["applies"]) == "The dose is 10 mg once daily."
    assert answer["notices"][0] == "No dose is labelled “psoriasis”; the text names it in line 12."


def test_what_usage_limits_is_said_of_the_indication_that_was_asked_for(inside: Cli, library: MakeLibrary) -> None:
    _, answer, text = limited(inside, library, "--for", "hand eczema", "--age", "40")
    told = " ".join(answer["limits"])
    assert "reserve it for failures of creams" in told
    assert "other retinoids" in told
    assert "first choice" not in told  # of children; of another indication
    assert "not well controlled" not in told
    assert "Usage, line 16: “" in text
    _, answer, _ = limited(inside, library, "--for", "psoriasis")
    told = " ".join(answer["limits"])
    assert "not well controlled by creams" in told
    assert "reserve" not in told


SIX_AND_OLDER = """---
title: "Testdrug"
description: "A made-up drug."
---
## Usage

Treatment of asthma in patients 6 years of age and older.

Maintenance treatment of COPD.

## Dosage

### Asthma

Patients 6 years of age and older: 2 inhalations twice daily.

### COPD

2 inhalations twice daily.

## Contraindications

Severe hypersensitivity to milk proteins or to any of the excipients.
"""


def test_a_use_that_is_for_other_ages_is_said_where_no_row_is_the_patients(inside: Cli, library: MakeLibrary) -> None:
    where = ("--monographs", str(library(testdrug=SIX_AND_OLDER)), "--json")
    for age, is_said in ("4", True), ("7", False):
        ran = inside("dose", "testdrug", "--for", "asthma", "--age", age, *where)
        said = "Treatment of asthma in patients 6 years of age and older." in ran.out
        assert said == is_said, age


def test_an_allergy_finds_what_is_said_of_hypersensitivity(inside: Cli, library: MakeLibrary) -> None:
    where = ("--monographs", str(library(testdrug=SIX_AND_OLDER)), "--json")
    ran = inside("dose", "testdrug", "--for", "asthma", "--population", "milk protein allergy", *where)
    assert "Severe hypersensitivity to milk proteins" in ran.out


def test_a_warning_on_children_is_said_though_a_row_answers(inside: Cli, library: MakeLibrary) -> None:
    _, answer, _ = limited(inside, library, "--for", "hand eczema", "--age", "8")
    told = " ".join(answer["limits"])
    assert "not a drug of first choice" in told
    assert "Fractures: an increased risk was seen in children." in told
    assert "study of 20 children" not in told
    assert "below 2 years" not in told


def test_a_refusal_quotes_what_is_said_of_the_patient(inside: Cli, library: MakeLibrary) -> None:
    status, answer, text = limited(inside, library, "--for", "asthma", "--age", "8", "--hepatic", "severe")
    assert status == 3
    told = [(each["section"].split("/")[0], each["text"]) for each in answer["error"]["mentions"]]
    assert [section for section, _ in told][:2] == ["contraindications", "boxed-warning"]
    assert told[0][1] == "Severe liver failure."
    assert "“The effectiveness in asthma has not been established in pediatric patients.”" in answer["error"]["message"]
    assert "below 2 years" not in told[-1][1]
    assert all(" ".join(each.split("…")[0].split()) in text for _, each in told)


def test_what_refuses_a_disease_refuses_a_severe_one(library: MakeLibrary, inside: Cli) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n\n## Usage\n\n- Asthma\n\n## Dosage\n\n- **Asthma:** 5 mg daily.\n\n"
        "## Contraindications\n\n- {}\n"
    )
    for said, asked, is_quoted in (
        ("Acute episodes of asthma.", "acute severe asthma attack", True),
        ("Mild acute episodes of asthma.", "acute severe asthma attack", False),
    ):
        where = ("--monographs", str(library(testdrug=text.format(said))))
        ran = inside("dose", "testdrug", "--for", asked, *where)
        assert (f"Contraindications: “{said.rstrip('.')}" in ran.out + ran.err) is is_quoted


def test_a_refusal_quotes_what_does_not_warn_where_nothing_does(inside: Cli) -> None:
    ran = inside("dose", "tramadol", "--for", "gout", "--hepatic", "severe", "--monographs", str(ROOT))
    assert ran.status == 3
    assert "Hepatic Impairment: Lower dose in severe impairment" in " ".join(ran.err.split())


def test_a_refusal_says_that_the_uses_deny_it(inside: Cli) -> None:
    where = ("--monographs", str(ROOT))
    ran = inside("dose", "nitrofurantoin", "--for", "pyelonephritis", *where)
    assert ran.status == 3
    assert "Not For: Pyelonephritis" in ran.err
    assert inside("dose", "gentamicin", "--for", "uti", *where).status == 0  # it denies a kind of them alone


WARNED = """---
title: Testdrug
---
## Dosage

10 mg orally daily.

## Contraindications

- Type I diabetes mellitus.
- Bulimia.
- Do not give it to patients who take other drugs that are likely to cause extrapyramidal reactions.

## Drug Interactions

- Avoid it with other anticholinergic drugs.
- Beta blockers: severe hypotension has been seen.
- Some people have less of cytochrome P450 2D6 ("poor metabolizers") and higher levels.
"""
UNCLASSED = "---\ntitle: Propranolol\n---\n## Dosage\n\n40 mg twice daily.\n"


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("type 1 diabetes", "Type I diabetes"),
        ("eating disorder", "Bulimia"),
        ("haloperidol", "extrapyramidal reactions"),
        ("tiotropium", "other anticholinergic drugs"),
        ("propranolol", "severe hypotension"),
        ("CYP2D6 poor metabolizer", "higher levels"),
    ],
)
def test_a_warning_in_other_words_than_those_asked_is_told(
    who: str, said: str, library: MakeLibrary, inside: Cli
) -> None:
    ran = inside(
        "dose", "testdrug", "--population", who, "--monographs", str(library(testdrug=WARNED, propranolol=UNCLASSED))
    )
    assert said in re.sub(r"\s+", " ", ran.out)


TABLED = """---
title: Testdrug
---
## Dosage

10 mg orally daily.

## Drug Interactions

|  |  |
|---|---|
| Serotonergic Drugs |  |
| Clinical Impact: | Serotonin syndrome has been seen. |
| Intervention: | Observe the patient. |
| Monoamine Oxidase Inhibitors |  |
| Clinical Impact: | Toxicity may follow. |
| Intervention: | The use of Testdrug is not recommended within 14 days of them. |
| Examples: | Phenelzine, tranylcypromine |

Testdrug combined with angiotensin converting enzyme inhibitors may lead to severe hypotension.
"""


@pytest.mark.parametrize(
    ("drug", "said"), [("phenelzine", "not recommended within 14 days"), ("lisinopril", "severe hypotension")]
)
def test_what_to_do_about_a_drug_that_is_an_example_of_a_row_is_told(
    drug: str, said: str, library: MakeLibrary, inside: Cli
) -> None:
    ran = inside("dose", "testdrug", "--population", drug, "--monographs", str(library(testdrug=TABLED)))
    assert said in re.sub(r"\s+", " ", ran.out)


NOTED = """---
title: Testdrug
---

## Dosage

The recommended dose is 10 mg once daily. When Testdrug is to be given with a potent inhibitor of CYP3A4, the
advice on interactions should be followed.

For hepatically impaired or elderly patients the section on precautions has advice.

## Interactions

- **Selective serotonin reuptake inhibitors:** Serotonin syndrome may follow.
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--population", "CYP3A4 inhibitor"), "CYP3A4 inhibitor, line 7: “When Testdrug is to be given with a potent"),
        (("--population", "strong CYP3A4 inhibitors"), "line 7: “When Testdrug is to be given with a potent"),
        (("--population", "SSRI"), "Serotonin syndrome may follow"),
        (("--hepatic", "severe", "--age", "58"), "Liver, line 10: “For hepatically impaired or elderly patients the"),
        (("--age", "81"), "Elderly, line 10: “For hepatically impaired or elderly patients the"),
    ],
)
def test_a_note_on_doses_and_a_class_or_role_that_was_asked_about_are_said(
    asked: tuple[str, ...], said: str, library: MakeLibrary, inside: Cli
) -> None:
    ran = inside("dose", "testdrug", *asked, "--monographs", str(library(testdrug=NOTED)))
    out = re.sub(r"\s+", " ", ran.out)
    assert said in out
    assert "Neither doses nor warnings" not in out
    assert "Nothing in this text speaks of" not in out


def test_a_group_that_no_line_names_is_still_said_to_be_unnamed(library: MakeLibrary, inside: Cli) -> None:
    where = ("--monographs", str(library(testdrug=NOTED)))
    assert (
        "Neither doses nor warnings" in inside("dose", "testdrug", "--age", "40", "--population", "statin", *where).out
    )


RUN_ON = """---
title: Testdrug
---

## Dosage

The recommended dose is 10 mg once daily.

## Precautions

### Hypertrophic Pyloric Stenosis (HPS)

Testdrug must not be given to patients with porphyria. {filler} Kidney: avoid it in renal failure, as HPS may follow.
Those weighing less than 40 kg were ill more often. {filler} Pregnancy: Testdrug can cause fetal harm when given to a
pregnant woman. {filler} *Rats had 10 mg/kg, twice the dose of a 50 kg patient.
"""


def test_a_long_paragraph_is_read_anew_for_each_topic_that_was_asked(library: MakeLibrary, inside: Cli) -> None:
    filler = "It is taken up slowly and nothing more is known of that. " * 40
    where = ("--monographs", str(library(testdrug=RUN_ON.format(filler=filler))))
    asked = ("--egfr", "20", "--weight", "35", "--population", "pregnancy")
    out = re.sub(r"\s+", " ", inside("dose", "testdrug", *asked, *where).out)
    above, _, below = out.partition("The recommended dose")
    heading = "line 13 (Hypertrophic Pyloric Stenosis (HPS))"
    assert f"Pregnancy, {heading}: “Pregnancy: Testdrug can cause fetal harm" in above
    assert f"Kidney, {heading}: “Kidney: avoid it in renal failure" in above
    assert "Weight: no dosing row covers it; the monograph says" in below
    assert "Pregnancy: no dosing row covers it; the monograph says" in below
    assert "Weight:" not in inside("dose", "testdrug", "--weight", "70", *where).out
