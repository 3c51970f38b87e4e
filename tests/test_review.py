"""A medication list reviewed: every line is told, none is taken for another drug, everything is quoted."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import SHIPPED, Cli
from druginfo import Library, listing
from druginfo.answers.dose import Doses, doses_of
from druginfo.answers.review import review
from druginfo.dosing import Patient
from druginfo.model import Match
from druginfo.render.schemas import schema

MakeLibrary = Callable[..., Path]

METFORMIN = """---
title: Metformin
classes: [Biguanide]
---
## Dosage

### Adults

- 500 mg twice daily.

### Patients with Renal Impairment

- eGFR <30 mL/min: Contraindicated.
- eGFR 30 to 45 mL/min: Reduce the dose by half.

## Contraindications

- Severe hepatic impairment.
- Pregnancy.
"""
METOPROLOL = """---
title: Metoprolol
classes: [Beta blocker]
---
## Dosage

- 50 mg twice daily.

## Drug Interactions

- **Metformin:** Signs of low blood sugar may be hidden. Monitor.
- **Tofacitinib:** Not studied.
"""
CARVEDILOL = """---
title: Carvedilol
aliases: [Coreg]
classes: [Beta blocker]
---
## Contraindications

- Metformin with acidosis.
"""
LIST = """Discharge medications:

1. Metformin 500 mg po bid
- [ ] carvedilol 6.25 mg
* metoprolol 25 mg, metformin
tofacitinib 5 mg bid
Blorbix 5 mg
"""


@pytest.fixture
def library(shelf: MakeLibrary) -> MakeLibrary:
    return shelf


@pytest.fixture
def where(library: MakeLibrary, tmp_path: Path) -> tuple[str, ...]:
    directory = library(metformin=METFORMIN, metoprolol=METOPROLOL, carvedilol=CARVEDILOL)
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    return (str(tmp_path / "list.txt"), "--monographs", str(directory))


def reviewed(inside: Cli, where: tuple[str, ...], *arguments: str) -> dict[str, Any]:
    ran = inside("review", *where, *arguments, "--json")
    assert ran.status == 3  # tofacitinib is absent
    document: dict[str, Any] = json.loads(ran.out)
    Draft202012Validator(schema("review")).validate(document)
    return document


def test_every_line_is_reported(inside: Cli, where: tuple[str, ...]) -> None:
    found = reviewed(inside, where)
    assert [(item["line"], item["status"], item["match"] and item["match"]["slug"]) for item in found["items"]] == [
        (3, "found", "metformin"),
        (4, "found", "carvedilol"),
        (5, "found", "metoprolol"),
        (5, "found", "metformin"),
        (6, "absent", None),
        (7, "not_found", None),
    ]
    assert found["headings"] == [{"line": 1, "text": "Discharge medications:"}]
    assert found["items"][4]["known_as"] == "Tofacitinib"


def test_the_rows_and_passages_are_the_patient_s(inside: Cli, where: tuple[str, ...]) -> None:
    metformin, *_ = reviewed(inside, where, "--egfr", "25", "--hepatic", "severe")["items"]
    assert [(row["text"], row["specific"]) for row in metformin["rows"]] == [("Contraindicated.", True)]
    assert metformin["others"] == 1
    assert metformin["passages"][0]["sections"][0]["markdown"] == "- Severe hepatic impairment.\n"
    metformin, *_ = reviewed(inside, where, "--crcl", "25")["items"]
    assert [(row["text"], row["missing"]) for row in metformin["rows"]] == [
        ("Contraindicated.", ["egfr"]),
        ("Reduce the dose by half.", ["egfr"]),
    ]


def test_without_a_patient_no_rows_are_chosen(inside: Cli, where: tuple[str, ...]) -> None:
    found = reviewed(inside, where)
    assert found["patient"] == {}
    assert not any(item["rows"] or item["passages"] for item in found["items"])


def test_pregnant_is_a_population(inside: Cli, where: tuple[str, ...]) -> None:
    found = reviewed(inside, where, "--pregnant")
    assert found["patient"] == {"population": "pregnancy"}
    assert found["items"][0]["passages"][0]["sections"][0]["markdown"] == "- Pregnancy.\n"
    both = reviewed(inside, where, "--pregnant", "--population", "dialysis")
    assert both["patient"] == {"population": "pregnancy; dialysis"}


def test_the_gravest_pairs_come_first(inside: Cli, where: tuple[str, ...]) -> None:
    found = reviewed(inside, where)
    assert [(pair["a"], pair["b"]) for pair in found["pairs"]] == [
        ("metformin", "carvedilol"),
        ("metformin", "metoprolol"),
    ]
    assert found["pairs"][0]["statements"][0]["section"] == "contraindications"
    assert found["not_listed"] == 1


def test_one_drug_twice_and_two_of_one_class(inside: Cli, where: tuple[str, ...]) -> None:
    assert reviewed(inside, where)["duplicates"] == [
        {"lines": [3, 5], "slugs": ["metformin", "metformin"], "of": "Metformin"},
        {"lines": [4, 5], "slugs": ["carvedilol", "metoprolol"], "of": "Beta blocker"},
    ]


def test_what_the_others_say_of_an_absent_drug(inside: Cli, where: tuple[str, ...]) -> None:
    absent = reviewed(inside, where)["items"][4]
    assert [(each["slug"], each["text"]) for each in absent["mentions"]] == [
        ("metoprolol", "Tofacitinib: Not studied.")
    ]


def test_a_drug_without_doses_says_so(inside: Cli, where: tuple[str, ...]) -> None:
    carvedilol = reviewed(inside, where, "--age", "70")["items"][1]
    assert "has no doses that can be read" in carvedilol["notices"][0]


@pytest.mark.parametrize("form", ["--html", "--markdown", "--color=never"])
def test_the_page_says_all_of_it(form: str, inside: Cli, where: tuple[str, ...]) -> None:
    ran = inside("review", *where, "--egfr", "25", form)
    said = " ".join(ran.out.split())
    for words in (
        "Not known here",
        "Blorbix",
        "More than once",
        "Contraindicated.",
        "Tofacitinib",
        "Pairs",
        "Read as headings",
    ):
        assert words in said, words
    assert ran.status == 3


def test_rows_for_a_program(inside: Cli, where: tuple[str, ...]) -> None:
    lines = inside("review", *where, "--jsonl").out.splitlines()
    assert [json.loads(line)["line"] for line in lines] == [3, 4, 5, 5, 6, 7]
    header, *rows = inside("review", *where, "--csv").out.splitlines()
    assert header.startswith("line,query,status,match.query,match.slug")
    assert len(rows) == 6


def test_a_list_from_standard_input(inside: Cli, where: tuple[str, ...]) -> None:
    ran = inside("review", "-", *where[1:], stdin="metformin 500 mg\r\n")
    assert ran.status == 0
    assert "1. Metformin" in ran.out


@pytest.mark.parametrize(
    ("text", "said"), [("", "names no drug"), ("\n \nMeds:\n", "names no drug"), ("x\n" * 1001, "1,000 lines")]
)
def test_a_list_that_is_none(text: str, said: str, inside: Cli, where: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(text, "utf-8")
    ran = inside("review", str(tmp_path / "other.txt"), *where[1:])
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_list_that_cannot_be_read(inside: Cli, where: tuple[str, ...]) -> None:
    ran = inside("review", "/nonexistent.txt", *where[1:])
    assert ran.status == 1
    assert ran.err == "druginfo: /nonexistent.txt: No such file or directory\n"


def test_a_combination_is_not_taken_apart(inside: Cli, where: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("metformin/sitagliptin 500-50 mg\n", "utf-8")
    ran = inside("review", str(tmp_path / "other.txt"), *where[1:], "--json")
    (item,) = json.loads(ran.out)["items"]
    assert item["match"] is None


def test_a_long_table_of_rows_to_be_judged_is_cut_but_no_refusal(
    inside: Cli, library: MakeLibrary, tmp_path: Path
) -> None:
    bands = "\n".join(f"- CrCl {n} to {n + 4} mL/min: {n} mg once daily." for n in range(20, 120, 5))
    text = (
        f"---\ntitle: Tablerol\n---\n\n## Dosage\n\n### Patients with Renal Impairment\n\n{bands}\n"
        "- CrCl <10 mL/min: Contraindicated.\n\n## Precautions\n\n- **Kidney:** Watch renal function.\n"
        "- **Overdose:** Dialysis removes half of it.\n"
    )
    (tmp_path / "list.txt").write_text("tablerol\n", "utf-8")
    where = ("--monographs", str(library(tablerol=text)))
    ran = inside("review", str(tmp_path / "list.txt"), "--egfr", "50", *where)
    assert "Left out: 20 rows to judge by --crcl (--all shows them)." in ran.out  # nobody takes a part for the whole
    assert "Contraindicated." in ran.out
    assert "mg once daily." not in ran.out
    assert "Dialysis" not in ran.out
    every = inside("review", str(tmp_path / "list.txt"), "--egfr", "50", "--all", *where)
    assert every.out.count("mg once daily.") == 20
    assert "Left out" not in every.out
    (item,) = json.loads(inside("review", str(tmp_path / "list.txt"), "--egfr", "50", "--json", *where).out)["items"]
    assert len(item["rows"]) == 21


def test_what_else_was_read_into_a_row_to_be_judged_is_shown(inside: Cli, library: MakeLibrary, tmp_path: Path) -> None:
    text = "---\ntitle: Tablerol\n---\n\n## Dosage\n\n### Adults\n\n- CrCl <50 mL/min, weight 60 kg: 5 mg once daily.\n"
    where = ("--monographs", str(library(tablerol=text)))
    ran = inside("dose", "tablerol", "--egfr", "40", "--weight", "70", *where)
    (row,) = json.loads(inside("dose", "tablerol", "--egfr", "40", "--weight", "70", "--json", *where).out)["rows"]
    assert "which was not given" not in ran.out
    for reason in row["reason"].split("; "):
        assert reason.endswith("which was not given") or reason in " ".join(ran.out.split())


def test_what_a_monograph_covers_is_known_from_its_names(library: MakeLibrary) -> None:
    text = METFORMIN + "\n## Notes\n\n- **Scope:** Tablets; *not* covered: Glumetza.\n"
    asked = Library([library(metformin=text, metoprolol=METOPROLOL)])
    assert asked.find("metformin").scope == "Tablets; not covered: Glumetza."
    assert asked.find("metoprolol").scope is None


@pytest.mark.parametrize(
    ("scope", "line", "form"),
    [
        ("Tablets; not the solution, patch or gel.", "metformin gel 1% tds", "gel"),
        ("Tablets. Patches and injection are not covered.", "metformin patch 10 mcg/h", "patch"),
        ("Tablets. Patches and injection are not covered.", "metformin inj 10 mg", "inj"),
        ("Immediate-release tablets; not the extended-release tablets.", "metformin XR 500 mg", "XR"),
        ("Immediate-release tablets; not the extended-release tablets.", "metformin 500 mg tablets", None),
        ("Tablets; not the gel.", "metformin 500 mg bd", None),
        ("Tablets; not the film.", "metformin film-coated tablets 500 mg", None),
    ],
)
def test_a_form_that_the_scope_leaves_out_is_said_first(
    scope: str, line: str, form: str | None, inside: Cli, library: MakeLibrary, tmp_path: Path
) -> None:
    directory = library(metformin=f"{METFORMIN}\n## Notes\n\n- **Scope:** {scope}\n")
    (tmp_path / "list.txt").write_text(f"{line}\nmetformin\n", "utf-8")
    where = (str(tmp_path / "list.txt"), "--monographs", str(directory))
    for more in ((), ("--age", "50")):
        warning = f"You asked for “{form}”; this text does not cover it: {scope}"
        shown = " ".join(inside("review", *where, *more).out.split())
        first, plain = json.loads(inside("review", *where, *more, "--json").out)["items"]
        assert first.get("notices", []) == ([warning] if form else [])
        assert "notices" not in plain
        assert shown.count(warning) == bool(form)
    matched = inside("match", line, "--monographs", str(directory)).out
    assert ("does not cover" in matched) == bool(form)


@pytest.mark.parametrize(
    "line",
    [
        "DISCHARGE MEDICATIONS",
        "Current meds",
        "Medication list -",
        "Medicines on admission",
        "Discharge medications (14 Nov)",
        "Medication list as of Nov 14, 2026",
        "Medications 14/11/26:",
    ],
)
def test_words_of_lists_alone_are_a_heading(inside: Cli, where: tuple[str, ...], line: str, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(f"{line}\nmetformin\n", "utf-8")
    ran = inside("review", *where, "--json")
    assert ran.status == 0
    assert json.loads(ran.out)["headings"] == [{"line": 1, "text": line}]


def test_a_drug_on_several_lines_is_shown_once(inside: Cli, where: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("metformin\ncarvedilol\nmetformin 500 mg\nmetoprolol\nmetformin\n", "utf-8")
    found = json.loads(inside("review", *where, "--json").out)["duplicates"]
    assert [(each["lines"], each["of"]) for each in found] == [([1, 3, 5], "Metformin"), ([2, 4], "Beta blocker")]
    page = inside("review", *where, "--egfr", "25").out
    assert page.count("eGFR <30") == 1
    assert page.count("See 1.") == 2


def test_a_drug_on_several_lines_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def judge(library: Library, match: Match, *rest: Any, **more: Any) -> Doses:
        asked.append(match.slug)
        return doses_of(library, match, *rest, **more)

    monkeypatch.setattr("druginfo.answers.review.doses_of", judge)
    lines = ["Warfarin", "warfarin 5 mg daily", "Coumadin", "metformin"]
    items = review(Library([SHIPPED]), lines, Patient.read(age="78", egfr="28")).items
    assert asked == ["warfarin", "warfarin", "metformin"]  # a brand may be what the text does not cover
    assert [(item.line, item.query) for item in items] == list(enumerate(lines, 1))
    assert items[0].rows == items[1].rows != ()


def test_the_summary_comes_first_and_json_has_it(inside: Cli, where: tuple[str, ...]) -> None:
    found = reviewed(inside, where, "--egfr", "25", "--hepatic", "severe")
    assert found["summary"] == {
        "lines": 6,
        "found": 4,
        "not_found": 2,
        "avoid": [3],
        "contraindications": [3],
        "reduce": [],
        "undecided": [],
        "drugs": {"avoid": ["metformin"], "contraindications": ["metformin"], "reduce": [], "undecided": []},
        "pairs": {
            "contraindicated": 1,
            "avoid": 0,
            "serious": 0,
            "dose": 0,
            "monitor": 1,
            "mentioned": 0,
            "no_effect": 0,
        },
    }
    page = " ".join(inside("review", *where, "--egfr", "25", "--hepatic", "severe").out.split())
    for line in (
        "Summary Lines 6: 4 drugs found, 2 drugs not known here, 1 heading Not known here 6. tofacitinib 5 mg bid; 7.",
        "More than once Metformin (3, 5); Beta blocker (4, 5) Doses: to avoid 3. Metformin Contraindications or boxed",
        "Pairs 2 of 3 mentioned: 1 contraindicated, 1 to monitor",
    ):
        assert line in page, line


_DRUG = "---\ntitle: {}\nclasses: [{}]\n---\n\n## Drug Interactions\n\n{}\n"


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("**Testolol:** Contraindicated.", "contraindicated"),
        ("**Testolol:** Do not start it.", "contraindicated"),
        ("**Testolol:** Avoid.", "avoid"),
        ("**Testolol:** Fatal bleeding. Reduce the dose.", "serious"),
        ("**Testolol:** Its level doubles. Reduce the dose by half.", "dose"),
        ("**Testolol:** Its level doubles; a lower dose may be required.", "dose"),
        ("**Testolol:** Its level rises. Monitor.", "monitor"),
        ("**Testolol:** Its level rises. Stop at the first cough.", "monitor"),
        ("**Testolol:** Its level rises.", "mentioned"),
        ("**Testolol:** No effect on its level.", "no_effect"),
        ("**Testolol:** Never replace it abruptly.", "mentioned"),
    ],
)
def test_what_a_pair_says_is_graded_by_its_words(said: str, danger: str, inside: Cli, library: MakeLibrary) -> None:
    where = (
        "--monographs",
        str(library(a=_DRUG.format("Probol", "X", f"- {said}"), b=_DRUG.format("Testolol", "Y", ""))),
    )
    (pair,) = json.loads(inside("review", "-", "--json", *where, stdin="probol\ntestolol\n").out)["pairs"]
    assert (pair["danger"], pair["statements"][0]["danger"]) == (danger, danger)


@pytest.mark.parametrize(
    ("line", "danger"),
    [
        ("With testolol.", "contraindicated"),
        ("Abrupt discontinuation of alcohol or testolol.", "mentioned"),
        ("Testolol-induced thrombocytopenia.", "mentioned"),
    ],
)
def test_a_condition_that_a_drug_caused_is_no_combination(
    line: str, danger: str, inside: Cli, library: MakeLibrary
) -> None:
    texts = (_DRUG.format("Probol", "X", "") + f"## Contraindications\n\n- {line}\n", _DRUG.format("Testolol", "Y", ""))
    where = ("--monographs", str(library(a=texts[0], b=texts[1])))
    found = json.loads(inside("review", "-", "--json", *where, stdin="probol\ntestolol\n").out)
    assert [pair["danger"] for pair in found["pairs"]] == [danger]


def test_pairs_beyond_the_gravest_are_named_and_all_are_quoted_when_asked(inside: Cli, library: MakeLibrary) -> None:
    drugs = {f"d{n}": _DRUG.format(f"Drugol{'abcdefgh'[n]}", "Z", "") for n in range(8)}
    said = "\n".join(f"- **{title}:** Monitor level {n}." for n, title in enumerate(f"Drugol{c}" for c in "abcdefgh"))
    drugs = {slug: text + said + "\n" for slug, text in drugs.items()}
    where = ("--monographs", str(library(**drugs)))
    names = "".join(f"drugol{c}\n" for c in "abcdefgh")
    short = inside("review", "-", *where, stdin=names).out
    assert "Monitoring or another measure: 28 pairs" in short
    assert short.count("Monitor level") == 20
    assert "8 pairs are not quoted: --all quotes them, `druginfo interactions DRUG DRUG` one of them." in " ".join(
        short.split()
    )
    assert "1 more statement: `druginfo interactions d0 d1`" in " ".join(short.split())
    every = inside("review", "-", "--all", *where, stdin=names).out
    assert every.count("Monitor level") == 56
    assert "not quoted" not in every


AMOXICILLIN = """---
title: Amoxicillin
classes: [Penicillin antibacterial, Antibacterial]
---
## Contraindications

- Serious hypersensitivity (e.g., anaphylaxis) to amoxicillin or other beta-lactams.
"""
CEPHALEXIN = """---
title: Cephalexin
classes: [Cephalosporin, Antibacterial]
---
## Precautions

- **Hypersensitivity:** Ask about penicillins; up to 10% cross-react.
- **Bleeding:** Seen with penicillins, too.
"""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Allergies: penicillin", [("penicillin", None)]),
        ("ALLERGIES/ADRs - Penicillin (rash), codeine", [("Penicillin", "rash"), ("codeine", None)]),
        ("Allergic to penicillin - anaphylaxis; latex", [("penicillin", "anaphylaxis"), ("latex", None)]),
        ("Penicillin allergy", [("Penicillin", None)]),
        ("Drug allergy status: none known", []),
        ("NKDA/NKFA", []),
        ("Patient denies allergies", []),
        ("Pt is allergic to penicillin", [("penicillin", None)]),
        ("Adverse drug reactions: penicillin -> angioedema", [("penicillin", "angioedema")]),
        ("Allergies (drug): codeine nausea and vomiting", [("codeine", "nausea and vomiting")]),
        (
            "Intolerances: ACE inhibitors (cough), eggs (if raw, hives)",
            [("ACE inhibitors", "cough"), ("eggs", "if raw, hives")],
        ),
        ("Allergies: codeine and latex", [("codeine", None), ("latex", None)]),
        ("No known drug allergies", []),
        ("Allergies:\n- penicillin (rash, hives)\n- latex\n", [("penicillin", "rash, hives"), ("latex", None)]),
    ],
)
def test_allergies_are_set_apart(
    line: str, named: list[tuple[str, str | None]], inside: Cli, library: MakeLibrary
) -> None:
    where = ("--monographs", str(library(amoxicillin=AMOXICILLIN, cephalexin=CEPHALEXIN, metformin=METFORMIN)))
    ran = inside("review", "-", "--json", *where, stdin=f"{line}\n\nAmoxicillin 500 mg tds\nCephalexin\nMetformin\n")
    assert ran.status == 0
    found = json.loads(ran.out)
    Draft202012Validator(schema("review")).validate(found)
    assert [item["match"]["slug"] for item in found["items"]] == ["amoxicillin", "cephalexin", "metformin"]
    allergens = [each for allergy in found["allergies"] for each in allergy["allergens"]]
    assert [(each["name"], each["reaction"]) for each in allergens] == named
    for each in allergens:
        if each["name"].casefold() == "penicillin":
            first, second = each["drugs"]
            assert (first["slug"], first["same_class"], first["is_it"]) == (
                "amoxicillin",
                "Penicillin antibacterial",
                False,
            )
            assert (second["slug"], second["same_class"]) == ("cephalexin", None)
            assert second["sections"][0]["text"] == "- Hypersensitivity: Ask about penicillins; up to 10% cross-react."


def test_the_page_says_what_an_allergy_has_to_do_with_the_list(inside: Cli, library: MakeLibrary) -> None:
    where = ("--monographs", str(library(amoxicillin=AMOXICILLIN, cephalexin=CEPHALEXIN, metformin=METFORMIN)))
    page = inside("review", "-", *where, stdin="Allergies: amoxicillin, latex\namoxicillin\ncephalexin\nNKDA\n").out
    said = " ".join(page.split())
    assert "Allergy: amoxicillin 2. Amoxicillin (is this drug); 3. Cephalexin (speaks of this allergy)" in said
    assert "precautions, line 7: • Hypersensitivity: Ask about penicillins; up to 10% cross-react." in said
    assert "latex: no drug on the list is it or belongs to its class" in said
    assert "not evidence that all of them are safe" in said
    assert "4. NKDA No allergy is named." in said


def test_a_medicine_for_allergies_is_no_allergy(inside: Cli, library: MakeLibrary) -> None:
    head = "---\ntitle: Loratadine\naliases: [Claritin]\nclasses: [Antihistamine]\n---\n"
    loratadine = f"{head}\n## Uses\n\n- Allergic rhinitis.\n"
    where = ("--monographs", str(library(loratadine=loratadine, metformin=METFORMIN)))
    lines = "Claritin Allergy\nloratadine prn allergies\nmetformin\n"
    found = json.loads(inside("review", "-", "--json", *where, stdin=lines).out)
    assert "allergies" not in found
    assert [item["line"] for item in found["items"]] == [1, 2, 3]


WARD = ["warfarin", "aspirin", "ibuprofen", "amiodarone", "terfenadine", "clarithromycin"]


def test_what_monographs_say_of_each_other_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever list, order and patient the drugs come in then."""
    library, patient = Library([SHIPPED]), Patient.read(age="78")
    first = review(library, WARD, Patient.read())
    with monkeypatch.context() as patch:
        patch.setattr("druginfo.answers.interactions._packed", lambda *_: pytest.fail("compared again"))
        again = review(library, WARD, patient)
        turned = review(library, WARD[::-1][:-1], patient)
    assert again.pairs == first.pairs != ()
    assert again.duplicates == first.duplicates != ()
    assert any(item.mentions for item in again.items)
    monkeypatch.setattr(Library, "gathered", lambda *_: {})
    assert turned == review(library, WARD[::-1][:-1], patient)


@pytest.mark.slow
def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "gathered", lambda *_: {})
    library, patient = Library([SHIPPED]), Patient.read(age="78", egfr="20")
    alone = review(library, WARD, patient)
    monkeypatch.setattr("druginfo.processes.idle_processors", lambda: 2)
    monkeypatch.setattr("druginfo.answers.review._WORTH_IT", 1)
    assert review(library, WARD, patient) == alone


@pytest.mark.slow
def test_what_a_copy_finds_is_of_the_same_state_of_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("druginfo.processes.idle_processors", lambda: 2)
    monkeypatch.setattr(listing, "_RACY_NS", 0)
    (tmp_path / "metformin.md").write_text(METFORMIN, "utf-8")
    asked = Library([tmp_path])
    here, there = asked.at_once(os.getpid, os.getpid, pays=True)
    assert here == os.getpid() != there or sys.platform in ("win32", "darwin")
    (tmp_path / "metoprolol.md").write_text(METOPROLOL, "utf-8")
    assert asked.at_once(os.getpid, os.getpid, pays=True) == (os.getpid(), os.getpid())


@pytest.mark.parametrize(
    ("line", "drugs"),
    [
        ("budesonide and formoterol", ["budesonide-formoterol"]),
        ("lisinopril + hydrochlorothiazide", ["lisinopril-hydrochlorothiazide"]),
        ("amoxicillin and clavulanate, warfarin 5 mg", ["amoxicillin-clavulanate", "warfarin"]),
        ("warfarin 5 mg, aspirin 81 mg and ibuprofen 400 mg prn", ["warfarin", "aspirin", "ibuprofen"]),
        ("warfarin and aspirin", ["warfarin", "aspirin"]),
    ],
)
def test_the_name_of_a_combination_is_one_drug(line: str, drugs: list[str], inside: Cli) -> None:
    ran = inside("review", "-", "--json", "--monographs", str(SHIPPED), stdin=f"{line}\n")
    assert [item["match"]["slug"] for item in json.loads(ran.out)["items"]] == drugs


def test_what_takes_long_says_how_far_it_is(library: MakeLibrary) -> None:
    seen: list[tuple[int, int]] = []
    asked = Library([library(metformin=METFORMIN, metoprolol=METOPROLOL)])
    review(asked, ["metformin", "metoprolol"], Patient.read(), progress=lambda *done: seen.append(done))
    assert seen == [(0, 2), (1, 2), (1, 2), (2, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("section", "line", "danger"),
    [
        ("Precautions", "Chickenpox: Those who are not immune avoid exposure; beta blockers if it develops.", None),
        ("Precautions", "Asthma: Avoid beta blockers together with it.", "avoid"),
        ("Drug Interactions", "**Beta blockers:** Avoid.", "avoid"),
        ("Drug Interactions", "**Tizanidine (CYP1A2 substrate):** Avoid.", None),
        ("Drug Interactions", "**Class III beta blockers:** Avoid.", None),
    ],
)
def test_a_class_is_meant_as_taken_together(
    section: str, line: str, danger: str | None, inside: Cli, library: MakeLibrary
) -> None:
    one = f"---\ntitle: Probol\nclasses: [X]\n---\n\n## {section}\n\n- {line}\n"
    other = _DRUG.format("Testolol", "Beta blocker", "- **Caffeine:** Testolol is a CYP1A2 substrate.")
    where = ("--monographs", str(library(a=one, b=other)))
    found = json.loads(inside("review", "-", "--json", *where, stdin="probol\ntestolol\n").out)["pairs"]
    assert {pair["danger"] for pair in found} <= {danger, "mentioned"}
    assert danger is None or found


def test_the_summary_names_only_the_drugs_of_a_line_that_it_means(inside: Cli) -> None:
    """A line names three drugs, and one of them is to be avoided by this patient."""
    where = ("--monographs", str(SHIPPED), "--egfr", "20")
    lines = "Metformin 500 mg bd, omeprazole 20 mg od, sertraline 50 mg\n"
    page = " ".join(inside("review", "-", *where, stdin=lines).out.split())
    assert "Doses: to avoid 1. Metformin Contraindications or boxed 1. Metformin warning" in page
    summary = json.loads(inside("review", "-", *where, "--json", stdin=lines).out)["summary"]
    assert summary["avoid"] == summary["contraindications"] == [1]
    assert summary["drugs"]["avoid"] == summary["drugs"]["contraindications"] == ["metformin"]


def test_a_reference_to_another_drugs_contraindications_forbids_nothing(inside: Cli, library: MakeLibrary) -> None:
    for line, danger in (
        ("With testolol, also the contraindications of that drug.", "mentioned"),
        ("See also the contraindications of testolol.", "mentioned"),
        ("Use with testolol.", "contraindicated"),
    ):
        one = f"---\ntitle: Probol\n---\n\n## Contraindications\n\n- {line}\n"
        where = ("--monographs", str(library(a=one, b="---\ntitle: Testolol\n---\n\n## Uses\n\n- Pain.\n")))
        (pair,) = json.loads(inside("review", "-", "--json", *where, stdin="probol\ntestolol\n").out)["pairs"]
        assert pair["danger"] == danger


def test_without_a_patient_the_drugs_are_one_table(inside: Cli) -> None:
    lines = "warfarin 5 mg daily\ntramadol\ncoumadin\nwarfarin\n"
    page = " ".join(inside("review", "-", "--monographs", str(SHIPPED), stdin=lines).out.split())
    assert (
        "Drugs 1. Warfarin warfarin 5 mg daily 2. Tramadol tramadol. Not to be confused with traZODone. "
        "3. Warfarin coumadin. Coumadin is Warfarin. See 1. Warfarin. 4. Warfarin warfarin. See 1. Warfarin."
    ) in page


def test_what_is_said_of_the_usual_dose_is_no_refusal_for_the_patient(inside: Cli, library: MakeLibrary) -> None:
    text = (
        "---\ntitle: Tablerol\n---\n\n## Dosage\n\n### Adults\n\n- 5 mg once daily.\n- Stop after 3 days.\n\n"
        "### Elderly Patients\n\n- {}\n"
    )
    for elderly, avoid in (("Start low.", []), ("Avoid.", [1])):
        where = ("--age", "80", "--json", "--monographs", str(library(tablerol=text.format(elderly))))
        assert json.loads(inside("review", "-", *where, stdin="tablerol\n").out)["summary"]["avoid"] == avoid


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("warfarin - stopped 2024", "stopped 2024"),
        ("STOPPED: warfarin", "STOPPED"),
        ("*STOPPED* warfarin 3 mg", "STOPPED"),
        ("Hold warfarin", "Hold"),
        ("warfarin 3 mg (on hold)", "on hold"),
        ("warfarin 3 mg - on hold until INR < 3", "on hold until INR < 3"),
        ("warfarin 3 mg nocte - withheld for surgery", "withheld for surgery"),
        ("warfarin D/C'd by cardiology", "D/C'd by cardiology"),
        ("warfarin (not taking)", "not taking"),
        ("Warfarin 3 mg 1-0-0 (abgesetzt)", "abgesetzt"),
        ("warfarin 3 mg (hold if INR > 3)", None),
        ("warfarin 3 mg; hold for INR >3", None),
        ("Hold warfarin 5 days before surgery", None),
        ("warfarin 3 mg, stop after 3 months", None),
        ("warfarin 3 mg - stop 12/3", None),
        ("warfarin held 3/3, resumed 5/3", None),
        ("warfarin 3 mg od - do not stop", None),
        ("D/C warfarin", None),
    ],
)
def test_a_drug_that_the_line_says_is_stopped_or_held_is_said_to_be(line: str, said: str | None, inside: Cli) -> None:
    where = ("--monographs", str(SHIPPED))
    ran = inside("review", "-", "--json", *where, stdin=f"{line}\namiodarone 200 mg od\n")
    item = json.loads(ran.out)["items"][0]
    assert (item["match"]["slug"], item.get("not_taken")) == ("warfarin", said)
    page = " ".join(inside("review", "-", *where, stdin=f"{line}\namiodarone 200 mg od\n").out.split())
    assert ("Stopped or held, by the list 1. Warfarin" in page) == (said is not None)
    assert f"Warfarin{f' (“{said}”)' if said else ''} and Amiodarone" in page
    assert ("1 of them with a drug that is stopped or held" in page) == (said is not None)


def test_a_drug_that_is_stopped_on_one_line_and_taken_on_another_is_taken(inside: Cli) -> None:
    page = inside(
        "review", "-", "--monographs", str(SHIPPED), stdin="Stop warfarin, start apixaban 5 mg\nCoumadin\n"
    ).out
    assert "1. Warfarin (“Stop”)" in " ".join(page.split())
    assert "Warfarin and Apixaban" in page or "Apixaban and Warfarin" in page
