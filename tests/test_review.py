"""A medication list reviewed: every line is told, none is taken for another drug, everything is quoted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import SHIPPED, Cli
from druginfo import Library
from druginfo.answers.dose import Judged, judged
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
    both = inside("review", *where, "--pregnant", "--population", "dialysis")
    assert both.status == 2


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
    assert "8 more rows need --crcl: `druginfo dose tablerol`." in ran.out
    assert "Contraindicated." in ran.out
    assert ran.out.count("mg once daily.") == 12
    assert "Dialysis" not in ran.out
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
    "line", ["DISCHARGE MEDICATIONS", "Current meds", "Medication list -", "Medicines on admission"]
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

    def judge(library: Library, match: Match, *rest: Any, **more: Any) -> Judged:
        asked.append(match.slug)
        return judged(library, match, *rest, **more)

    monkeypatch.setattr("druginfo.answers.review.judged", judge)
    lines = ["Warfarin", "warfarin 5 mg daily", "Coumadin", "metformin"]
    items = review(Library([SHIPPED]), lines, Patient.read(age="78", egfr="28")).items
    assert asked == ["warfarin", "warfarin", "metformin"]  # a brand may be what the text does not cover
    assert [(item.line, item.query) for item in items] == list(enumerate(lines, 1))
    assert items[0].rows == items[1].rows != ()
