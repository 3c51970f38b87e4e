"""Whole sections → rows and notes, in every layout; what must hold for any of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dosing_scorecard import numbers, words

from druginfo.dosing import read_dosing
from druginfo.markup import plain
from druginfo.model import DoseRow, Monograph, Regimens
from druginfo.parse import decode, parse
from druginfo.render.json import document

ROOT = Path(__file__).parent
SHIPPED = sorted((ROOT.parent / "monographs").glob("*.md"))
SLOTS = ("indication", "population", "qualifier")
USAGE = "## Usage\n\n- rheumatoid arthritis (RA), sepsis, acute otitis media\n\n"


def monograph(dosage: str, *, heading: str = "## Dosage") -> Monograph:
    return parse(f"---\ntitle: Testdrug\n---\n{USAGE}{heading}\n\n{dosage}\n", "testdrug", "testdrug.md")


def rows(dosage: str) -> list[DoseRow]:
    return list(read_dosing(monograph(dosage)).rows)


def test_the_contracts_example_comes_out_exactly() -> None:
    path = ROOT / "fixtures" / "dosing" / "baricitinib.md"
    regimens = read_dosing(parse(decode(path.read_bytes()), "baricitinib", str(path)))
    expected = json.loads((path.with_suffix(".dose.json")).read_text(encoding="utf-8"))
    assert document(regimens)["rows"] == expected["rows"]
    assert document(regimens)["notes"] == expected["notes"]


@pytest.mark.parametrize(
    "heading", ["## Dosage", "## **Dosing:**", "## Posology", "## DOSAGE AND ADMINISTRATION", "## 2 Dosage"]
)
def test_headings_of_the_section(heading: str) -> None:
    (row,) = read_dosing(monograph("- 5 mg once daily", heading=heading)).rows
    assert row.dose is not None
    assert row.frequency == "once daily"


@pytest.mark.parametrize("heading", ["## Dosage Forms and Strengths", "## Overdosage", "## Storage"])
def test_other_sections_have_no_rows(heading: str) -> None:
    assert read_dosing(monograph("- 5 mg once daily", heading=heading)) == Regimens((), ())


@pytest.mark.parametrize("marker", ["-", "*", "+", "1."])
@pytest.mark.parametrize("indent", [2, 3, 4])
def test_nesting(marker: str, indent: int) -> None:
    width = max(indent, 3) if marker == "1." else indent
    lines = ["Adults:", "RA:", "Loading dose:", "Day 1:", "Severe disease:", "5 mg once daily."]
    text = "\n".join(f"{' ' * width * depth}{marker} {line}" for depth, line in enumerate(lines))
    (row,) = rows(text)
    assert (row.population, row.indication) == ("Adults", "RA")
    assert row.qualifier == "Loading dose; Day 1; Severe disease"
    assert row.text == "5 mg once daily."


@pytest.mark.parametrize(
    "label", ["**Adults:** ", "**Adults**: ", "Adults: ", "**Adults** – ", "**Adults** ", "Adults - ", "__Adults:__ "]
)
def test_labels_of_a_line(label: str) -> None:
    (row,) = rows(f"- {label}5 mg once daily.")
    assert (row.population, row.text) == ("Adults", "5 mg once daily.")


def test_a_later_label_takes_the_place_of_the_earlier_one() -> None:
    first, second, third = rows("- Patients <60 kg: 5 mg daily. Patients ≥60 kg: 10 mg daily. RA: 15 mg daily.")
    assert (first.population, second.population) == ("Patients <60 kg", "Patients ≥60 kg")
    assert first.weight is not None
    assert second.weight is not None
    assert (first.weight.max, second.weight.min) == (60, 60)
    assert third.indication == "RA"


def test_a_later_label_stays_under_those_of_another_sort() -> None:
    young, old = rows("- CrCl <30 mL/min: Younger than 75 years: 4 mg daily. 75 years and older: 2 mg daily.")
    assert (young.age, old.age) == ((None, None, 75, False, "years"), (75, True, None, None, "years"))
    assert young.renal == old.renal
    assert old.renal is not None
    treatment, prophylaxis = rows("- Under 2 months: Treatment: 2 mg/kg daily. Prophylaxis: 1 mg/kg daily.")
    assert treatment.age == prophylaxis.age == (None, None, 2, False, "months")


@pytest.mark.parametrize("heading", ["Adult Rheumatoid Arthritis", "Unstable Angina", "Ocular Inflammation"])
def test_headings_that_name_a_disease(heading: str) -> None:
    (row,) = rows(f"### {heading}\n\n- 4 mg once daily.")
    assert (row.indication, row.population) == (heading, None)


def test_a_laboratory_value_is_no_disease() -> None:
    (row,) = rows("- Platelets <100 × 10⁹/L: reduce to 2 mg.")
    assert (row.indication, row.qualifier) == (None, "Platelets <100 × 10⁹/L")


def test_a_line_of_treatment_is_part_of_its_disease() -> None:
    (row,) = rows("- **Second-line rheumatoid arthritis after another regimen:** 4 mg once daily.")
    assert row.indication == "Second-line rheumatoid arthritis after another regimen"


def test_a_heading_of_a_group_and_what_it_has() -> None:
    (row,) = rows("#### **Adults: Rheumatoid Arthritis**\n\n- 4 mg once daily.")
    assert (row.population, row.indication) == ("Adults", "Rheumatoid Arthritis")


def test_a_bold_label_over_a_list_may_hold_a_dose() -> None:
    (row,) = rows("- **Rheumatoid arthritis, starting dose 4 mg**\n    - Neutropenia: reduce to 2 mg.")
    assert row.indication == "Rheumatoid arthritis, starting dose 4 mg"


def test_a_cell_of_two_regimens_beside_its_duration() -> None:
    first, second = rows(
        "| Indication | Dose | Duration |\n|---|---|---|\n"
        "| RA | 1 mg every 12 hours or 2 mg once daily | at least 5 days |"
    )
    assert (first.text, second.text) == ("1 mg every 12 hours", "or 2 mg once daily at least 5 days")
    assert first.duration == second.duration == "at least 5 days"


def test_a_column_that_tells_how_often_beside_one_of_bare_figures() -> None:
    (row,) = rows(
        "| CrCl (mL/min) | Total daily dose (mg/day) | Regimen |\n|---|---|---|\n| <15 | 100–300 | once daily |"
    )
    assert row.dose is not None
    assert (row.text, row.dose.low, row.dose.per, row.frequency) == ("100–300 once daily", 100, "day", "once daily")


def test_columns_of_bolus_and_rate_are_rows_of_their_own() -> None:
    low, high, same = rows(
        "| aPTT (seconds) | Repeat bolus | Rate change |\n|---|---|---|\n"
        "| <35 | 80 units/kg | Increase by 4 units/kg/hour |\n| 46–70 | | No change |"
    )
    assert [(row.text, row.action) for row in (low, high, same)] == [
        ("80 units/kg", "give"),
        ("Increase by 4 units/kg/hour", "increase"),
        ("No change", "no_adjustment"),
    ]


def test_a_maximum_beside_several_doses_is_a_row_of_its_own_and_a_remark_a_note() -> None:
    found = rows(
        "| Indication | Initial dose | Maintenance | Maximum | Comment |\n|---|---|---|---|---|\n"
        "| RA | 40 mg once daily | 20 mg once daily | 80 mg/day | Recheck counts every 2 weeks |"
    )
    assert [(row.dose and row.dose.text, row.maximum) for row in found] == [
        ("40 mg", None),
        ("20 mg", None),
        (None, "80 mg/day"),
    ]


def test_a_level_beside_a_dose_is_a_note() -> None:
    (dose,) = rows("| Time | Dose (mg/kg) | Trough (ng/mL) |\n|---|---|---|\n| Day 7 | 0.18 | 12.0 |")
    assert dose.dose is not None
    assert (dose.text, dose.dose.low) == ("0.18", 0.18)


def test_a_figure_with_its_headers_unit_and_frequency() -> None:
    (row,) = rows("| Body weight (kg) | Dose (mg once daily) |\n|---|---|\n| 30 or more | 500–600 |")
    assert row.dose is not None
    assert (row.dose.low, row.dose.high, row.dose.unit) == (500, 600, "mg")
    assert row.weight == (30, True, None, None, "kg")


def test_a_grade_and_its_figures_in_two_columns() -> None:
    (row,) = rows(
        "| Degree of renal impairment | eGFR (mL/min) | Dose |\n|---|---|---|\n| Severe | 15–29 | 2 mg daily |"
    )
    assert row.renal == ("eGFR", 15, True, 29, True, ("severe",))


def test_dialysis_in_a_line_of_bands_has_none_of_them() -> None:
    band, dialysis, below = rows("- Switch: CrCl 10–50: 50% q24h; HD: dose after HD; <10: avoid")
    assert band.renal is not None
    assert dialysis.renal is None
    assert below.action == "avoid"


def test_a_footnote_after_a_table_is_a_note() -> None:
    found = read_dosing(monograph("| Weight | Dose |\n|---|---|\n| ≥40 kg | 5 mg† |\n\n† Or as 5 mL of the solution."))
    assert (len(found.rows), [note.text for note in found.notes]) == (1, ["† Or as 5 mL of the solution."])


def test_a_later_label_that_the_heading_has_too() -> None:
    found = rows("### Adults\n\n- Children: 5 mg once daily. Adults: 4 mg once daily; children: 2 mg once daily.")
    assert [row.population for row in found] == ["Children", "Adults", "children"]


def test_labels_over_a_list_without_headings() -> None:
    text = "**Adults**\n\n- 5 mg daily\n\n**Children**\n\n- 2 mg daily"
    assert [(r.population, r.text) for r in rows(text)] == [("Adults", "5 mg daily"), ("Children", "2 mg daily")]


def test_the_nearest_band_counts() -> None:
    (row,) = rows("#### Children\n\n- **Sepsis (2 years and older):**\n    - 9 years and older: 4 mg once daily.")
    assert row.age is not None
    assert (row.age.min, row.indication, row.qualifier) == (9, "Sepsis (2 years and older)", "9 years and older")


def test_table_with_a_column_for_each_indication() -> None:
    table = (
        "### Renal Impairment\n\n| CrCl (mL/min) | RA | Sepsis |\n|---|---|---|\n| 30 to 50 | 5 mg daily | Avoid |\n"
    )
    first, second = rows(table)
    assert (first.indication, second.indication) == ("RA", "Sepsis")
    assert (first.text, second.action) == ("5 mg daily", "avoid")
    assert first.renal is not None
    assert (first.renal.measure, first.renal.min, first.renal.max) == ("CrCl", 30, 50)


def test_table_with_units_in_its_header() -> None:
    header = "| Body weight (kg) | Dose (mg) | Schedule | Maximum |\n|---|---|---|---|\n"
    table = header + "| 4 to <12 | 3 | twice daily | 6 mg |\n"
    (row,) = rows(table)
    assert row.dose is not None
    assert (row.dose.low, row.dose.unit, row.frequency, row.maximum) == (3, "mg", "twice daily", "6 mg")
    assert row.weight == (4, True, 12, False, "kg")
    assert row.text == "3 twice daily 6 mg"


def test_a_table_row_with_one_filled_cell_is_a_label() -> None:
    table = (
        "| Regimen | Dose | Trough |\n|---|---|---|\n| Sepsis | | |\n| With steroids | 5 mg daily | 5 to 20 ng/mL |\n"
    )
    (row,) = rows(table)
    assert (row.indication, row.qualifier, row.text) == ("Sepsis", "With steroids", "5 mg daily 5 to 20 ng/mL")
    assert row.dose is not None
    assert row.dose.low == 5


def test_a_column_that_tells_how_long() -> None:
    header = "| Infection | Dose | Infusion time | Interval | Duration |\n|---|---|---|---|---|\n"
    sepsis_row = "| Sepsis | 5 mg/kg IV | over 3 hours | every 8 hours | 7–14 days [1] |\n"
    (sepsis, arthritis) = rows(header + sepsis_row + "| RA | 2 mg | – | once daily | 6 cycles |")
    assert (sepsis.indication, sepsis.frequency, sepsis.duration) == ("Sepsis", "every 8 hours", "7–14 days")
    assert arthritis.duration == "6 cycles"


def test_several_dose_columns_are_several_rows_with_their_own_labels() -> None:
    header = "| CrCl (mL/min) | Days 1-7, Dosing schedule | Days 8 and beyond, Dosing schedule |\n|---|---|---|\n"
    found = rows(header + "| 30 to 50 | 10 mg once, then 5 mg twice daily | 2 mg once, then 1 mg twice daily |")
    assert [(row.dose.low if row.dose else None, (row.qualifier or "").split("; ")[-1]) for row in found] == [
        (10, "Days 1-7, Dosing schedule"),
        (5, "Days 1-7, Dosing schedule"),
        (2, "Days 8 and beyond, Dosing schedule"),
        (1, "Days 8 and beyond, Dosing schedule"),
    ]


def test_a_cell_that_spans_columns_is_one_row() -> None:
    (row,) = rows("| Indication | Dosage | Dosage |\n|---|---|---|\n| RA | 5 mg once daily | 5 mg once daily |")
    assert row.text == "5 mg once daily"


def test_a_group_of_a_table_ends_where_another_treatment_begins() -> None:
    table = (
        "| Indication | Dose |\n|---|---|\n| Prophylaxis of sepsis following: | |\n| Hip surgery | 5 mg |\n"
        "| Treatment of sepsis | 10 mg |"
    )
    assert [(row.qualifier, row.indication) for row in rows(table)][1] == (None, "Treatment of sepsis")


def test_drugs_listed_beside_their_doses() -> None:
    found = rows("| Regimen | Dose |\n|---|---|\n| Testdrug; Amoxicillin; Clarithromycin | 20 mg; 1000 mg; 500 mg |")
    assert [row.dose.low if row.dose else None for row in found] == [20, None, None]


def test_a_row_that_names_a_disease_ends_the_group_of_another() -> None:
    (crises, other) = rows(
        "| Indication | Dose |\n|---|---|\n| **Rheumatoid arthritis** | |\n| First flare | 4 mg |\n| Sepsis | 2 mg |"
    )
    assert (crises.indication, crises.qualifier) == ("Rheumatoid arthritis", "First flare")
    assert (other.indication, other.qualifier) == ("Sepsis", None)


def test_a_tables_footnote_is_a_note() -> None:
    read = read_dosing(
        monograph("| Weight | Dose |\n|---|---|\n| >40 kg | 5 mg |\n| | [1] Exposure matched 20 mg in adults. |")
    )
    assert len(read.rows) == 1
    assert [note.text for note in read.notes] == ["[1] Exposure matched 20 mg in adults."]


def test_months_are_ages_under_children() -> None:
    (child,) = rows("### Children\n\n- 6 to 23 months: 10 mg/kg twice daily")
    (adult,) = rows("### Adults\n\n- 1 to 3 months: 10 mg twice daily")
    assert child.age is not None
    assert adult.age is None


def test_a_grade_and_an_indication_are_a_qualifier() -> None:
    (row,) = rows("### Renal Impairment\n\n- Moderate or severe (CrCl ≤60 mL/min), sepsis: 5 mg once daily")
    assert (row.indication, row.population) == (None, "Renal Impairment")
    assert row.qualifier == "Moderate or severe (CrCl ≤60 mL/min), sepsis"


@pytest.mark.parametrize(
    "label", ["Withdraw gradually", "Oral to subcutaneous", "In severe attacks", "Long-term studies"]
)
def test_labels_that_name_nothing_are_no_indications(label: str) -> None:
    (row,) = rows(f"- {label}: 5 mg once daily")
    assert (row.indication, row.qualifier) == (None, label)


def test_a_heading_in_bold_over_groups_is_a_note() -> None:
    read = read_dosing(monograph("**Special populations**\n- Elderly: start with 5 mg"))
    assert [(row.population, row.qualifier) for row in read.rows] == [("Elderly", None)]
    assert [note.text for note in read.notes] == ["Special populations"]


def test_listed_criteria_are_no_bands() -> None:
    lead = "The dose is 2.5 mg daily in patients with at least two of the following:"
    text = f"{lead}\n\n- age 80 years or older\n- weight under 60 kg"
    assert all(row.age is None and row.weight is None for row in rows(text))


def test_table_with_more_cells_than_headers_loses_none() -> None:
    (row,) = rows("| Age | Dose |\n|---|---|\n| 6 to 11 years | 5 mg | once daily | with food |\n")
    assert row.text == "5 mg once daily with food"


def test_prose_gives_rows_for_regimens_and_notes_for_the_rest() -> None:
    regimens = read_dosing(
        monograph("Wash hands. The usual dose is 5 mg once daily. Serum levels above 20 ng/mL are toxic.")
    )
    assert [row.text for row in regimens.rows] == ["The usual dose is 5 mg once daily."]
    assert [note.text for note in regimens.notes] == ["Wash hands.", "Serum levels above 20 ng/mL are toxic."]


def test_wrapped_lines_keep_their_numbers() -> None:
    regimens = read_dosing(monograph("- RA: 5 mg\n  once daily. Then\n  10 mg once daily."))
    first = regimens.rows[0].line
    assert [row.line for row in regimens.rows] == [first, first + 1]


def test_administration_is_in_notes() -> None:
    regimens = read_dosing(monograph("### Administration\n\n- **Missed Dose:** Skip it.\n- Dilute 4 mg in 250 mL."))
    assert not regimens.rows
    assert [note.text for note in regimens.notes] == ["Missed Dose: Skip it.", "Dilute 4 mg in 250 mL."]


def test_a_label_without_rows_below_it_is_a_note() -> None:
    regimens = read_dosing(monograph("- **Preparation steps:**\n    - Dilute 4 mg in 250 mL.\n- **Later:**"))
    assert [note.text for note in regimens.notes] == ["Preparation steps:", "Dilute 4 mg in 250 mL.", "Later:"]


def test_a_maximum_under_its_label_is_no_dose() -> None:
    (row,) = rows("- Maximum daily dose: 4 g.")
    assert (row.dose, row.maximum) == (None, "4 g")
    (row,) = rows("- Maximum: reduce from 15 mg to 5 mg once daily.")
    assert (row.dose, row.maximum) == (None, "5 mg once daily")


def test_a_limit_of_duration_refuses_no_dose() -> None:
    (row,) = rows("- RA: 5 mg once daily; do not use for more than 14 days.")
    assert row.dose is not None
    assert (row.action, row.dose.text) == ("give", "5 mg")
    (row,) = rows("- RA: do not use.")
    assert row.action == "avoid"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.slow
def test_shipped_monographs(path: Path) -> None:
    content = decode(path.read_bytes())
    read = parse(content, path.stem, str(path))
    regimens = read_dosing(read)
    assert regimens.rows
    check(read, regimens, content.split("\n"))


def check(read: Monograph, regimens: Regimens, lines: list[str]) -> None:
    """Nothing lost, nothing twice, nothing invented, everything in its order."""
    assert [row.line for row in regimens.rows] == sorted(row.line for row in regimens.rows)
    assert [note.line for note in regimens.notes] == sorted(note.line for note in regimens.notes)
    sections = {section.key: section for section in read.sections}
    for row in regimens.rows:
        told = squeezed(lines[row.line - 1])
        if row.line < len(lines):  # a wrapped statement goes on below
            told += squeezed(" ".join(lines[row.line : row.line + 8]))
        assert squeezed(row.text) in told
        titles = " ".join(sections[key].title for key in ancestors(row.section))
        labels = " ".join(filter(None, (row.indication, row.population, row.qualifier)))
        known = numbers(f"{row.text} {labels} {titles}")
        for figures in (row.dose, row.age, row.weight, row.renal):
            for end in ("low", "high", "min", "max"):
                value = getattr(figures, end, None)
                assert value is None or float(value) in known
        for key in ("route", "frequency", "duration", "maximum", "condition"):
            value = getattr(row, key)
            assert value is None or squeezed(value) in squeezed(f"{row.text} {labels} {titles}")
    entries = [*regimens.rows, *regimens.notes]
    have = [w for e in entries for k in ("text", *SLOTS) for w in words(getattr(e, k, None))]
    for section in dosage_sections_of(read):
        for block in section.blocks:
            if block.kind in ("rule", "header"):
                continue
            source = set(words(plain(" ".join(block.cells) if block.cells else block.text)))
            assert source <= set(have), (block.line, source - set(have))
            here = [e for e in entries if block.line <= e.line < block.line + len(block.lines)]
            carried = {w for e in here for k in ("text", *SLOTS) for w in words(getattr(e, k, None))}
            assert not here or source <= carried, (block.line, source - carried)
    for line in {entry.line for entry in entries}:
        told_once = [w for e in entries if e.line == line for w in words(e.text)]
        there = words(plain(" ".join(lines[line - 1 : line + 8])))
        assert all(told_once.count(w) <= there.count(w) for w in set(told_once))


def squeezed(text: str) -> str:
    return re.sub(r"[\s*_|`\\]+", "", text)


def ancestors(key: str) -> list[str]:
    parts = key.split("/")
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def dosage_sections_of(read: Monograph) -> list[Any]:
    return [section for section in read.sections if section.key.split("/")[0] == "dosage"]


LABELS = st.sampled_from(
    [
        *("Adults", "Children", "RA", "Sepsis", "Elderly (≥65 years)", "2 to less than 9 years", "CrCl 15–29 mL/min"),
        *("Loading dose", "Severe impairment", "Patients with Renal Impairment", "Child-Pugh B", "<40 kg", "Day 1"),
        *("With Ketoconazole", "Missed dose", "Oral", "Zorblax"),
    ]
)
STATEMENTS = st.sampled_from(
    [
        "5 mg once daily.",
        "2 to 4 mg/kg/day in 2 divided doses, maximum 100 mg/day",
        "Not recommended.",
        "No adjustment needed.",
        "1,000 units IV every 8 hours for 7 days; then 500 units once daily.",
        "Reduce from 4 mg to 2 mg.",
        "If tolerated, increase to 10 mg.",
        "Use with caution.",
        "85 mg/m² on day 1 of each 14-day cycle",
        "500 mg or 250 mg every 12 hours",
        "Dilute 4 mg in 250 mL.",
        "No change for CrCl ≥30 mL/min; avoid below.",
        "Two tablets at bedtime",
        "Serum level 15 mcg/mL.",
        "Adults: 4 mg; children: 2 mg",
        "See: note (a: b).",
        "Titrate weekly",
    ]
)


@st.composite
def items(draw: st.DrawFn) -> str:
    lines = []
    depth = 0
    for _ in range(draw(st.integers(1, 6))):
        depth = draw(st.integers(0, min(depth + 1, 5)))
        label = draw(st.none() | LABELS)
        bold = draw(st.booleans())
        text = draw(st.lists(STATEMENTS, min_size=0 if label else 1, max_size=3))
        lead = "" if label is None else f"**{label}:** " if bold else f"{label}: "
        lines.append(f"{'    ' * depth}- {lead}{' '.join(text)}".rstrip())
    return "\n".join(lines)


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    header = draw(
        st.lists(
            st.sampled_from(
                [
                    "Age",
                    "CrCl (mL/min)",
                    "Dose",
                    "Dose (mg)",
                    "RA",
                    "Indication",
                    "Population",
                    "Weight (kg)",
                    "Notes",
                    "Maximum",
                    "",
                ]
            ),
            min_size=columns,
            max_size=columns,
        )
    )
    cells = st.lists(
        LABELS | STATEMENTS | st.sampled_from(["", "–", "5", "30 to 50"]), min_size=columns, max_size=columns
    )
    body = draw(st.lists(cells, min_size=1, max_size=3))
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * columns, *body])


HEADINGS = st.sampled_from(
    ["### Adults", "### **Children:**", "#### Special Cases", "### RA", "### Renal Impairment", "### Administration"]
)
SECTIONS = st.lists(
    HEADINGS | items() | tables() | st.lists(STATEMENTS, min_size=1, max_size=4).map(" ".join), max_size=6
)


@settings(max_examples=150, deadline=None)
@given(SECTIONS)
@pytest.mark.slow
def test_nothing_is_lost_or_invented(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    read = monograph(text)
    lines = f"---\ntitle: Testdrug\n---\n{USAGE}## Dosage\n\n{text}\n".split("\n")
    check(read, read_dosing(read), lines)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0125.,:;()[]-–/|*_#<>≥ \n\tmgkdaily%²±½xto"), max_size=200)
    | st.text(max_size=200)
)
@pytest.mark.slow
def test_any_text_can_be_read(text: str) -> None:
    read_dosing(monograph(text))
    read_dosing(monograph(f"- **{text}:** {text}"))


def test_a_headings_age_is_not_another_groups() -> None:
    (row,) = rows("### Adults (18 to 64 years)\n\n- **Elderly:** 5 mg once daily.")
    assert row.population == "Elderly"
    assert row.age is None


def test_an_organs_failure_after_a_disease() -> None:
    (row,) = rows("### Special Cases\n\n- Renal impairment:\n    - Sepsis, end-stage renal disease on dialysis: 2 mg.")
    assert (row.indication, row.population) == ("Sepsis", "Renal impairment")
    assert row.qualifier == "end-stage renal disease on dialysis"


def test_a_colon_that_leads_criteria_ends_no_label() -> None:
    (row,) = rows("- In patients with two of the following: age over 80, weight below 60 kg, give 2 mg twice daily.")
    assert row.text.startswith("In patients with two of the following:")
    assert row.dose is not None


def test_a_label_with_a_dose_before_its_band() -> None:
    (row,) = rows("- Recommended dose 2 mg, eGFR 30 to 60 mL/min: 1 mg orally once daily.")
    assert (row.text, row.qualifier) == ("1 mg orally once daily.", "Recommended dose 2 mg, eGFR 30 to 60 mL/min")
    assert row.renal is not None


def test_a_label_that_qualifies_its_indication() -> None:
    """What it is given for stays whole; in whom is told apart."""
    loading, kidney = rows("- **Rheumatoid Arthritis, Loading Dose:** 4 mg.\n- **Sepsis, CrCl <30 mL/min:** 2 mg.")
    assert (loading.indication, loading.qualifier) == ("Rheumatoid Arthritis, Loading Dose", None)
    assert (kidney.indication, kidney.qualifier) == ("Sepsis", "CrCl <30 mL/min")
    assert kidney.renal is not None
    assert kidney.renal.max == 30


def test_a_label_that_is_an_indication_elsewhere_ends_what_the_heading_is_over() -> None:
    """Headings that lost their rank: "OTITIS MEDIA … Pharyngitis/Tonsillitis: 12 mg/kg" is no dose for the ear."""
    _, ear, joint, usual = rows(
        "- **Rheumatoid arthritis:** 12 mg/kg once daily.\n\n### Acute otitis media\n\nGive 30 mg/kg once.\n\n"
        "Rheumatoid arthritis: The recommended dose is 12 mg/kg once daily.\n\nMaintenance: Give 10 mg/kg once daily."
    )
    assert ear.indication == "Acute otitis media"
    assert (joint.indication, joint.qualifier) == ("Rheumatoid arthritis", None)
    assert (usual.indication, usual.qualifier) == ("Acute otitis media", "Maintenance")


@pytest.mark.parametrize("piece", ["5 mg or 10 mg or ", "a" * 50, "Give 5 mg daily. "])
def test_nothing_is_read_from_what_is_longer_than_any_regimen(piece: str) -> None:
    line = (piece * (30_000 // len(piece))).strip()
    (row,) = rows(f"- {line}")
    assert (row.text, row.action, row.dose) == (line, "note", None)


@pytest.mark.parametrize("slug", ["baricitinib", "warfarin", "gentamicin"])
def test_rows_are_the_same_without_their_conditions(slug: str) -> None:
    path = ROOT.parent / "monographs" / f"{slug}.md"
    monograph = parse(decode(path.read_bytes()), slug, str(path))
    whole, plain_ones = read_dosing(monograph), read_dosing(monograph, conditions=False)
    assert any(row.conditions for row in whole.rows)
    assert plain_ones.notes == whole.notes
    assert list(plain_ones.rows) == [row._replace(conditions=(), says=()) for row in whole.rows]
    assert (whole.has_conditions, plain_ones.has_conditions) == (True, False)


def test_a_volume_for_one_site_is_no_dose() -> None:
    assert not any(row.dose or row.maximum for row in rows("The maximum volume per injection site is 3 mL."))


def test_an_item_that_only_names_people_is_over_the_doses_beside_it() -> None:
    """A leaflet's directions, whose lines are items of one list."""
    found = rows(
        "- **adults and children 12 years and over:**\n- take 2 tablets every 6 hours\n"
        "- children 6 years to under 12 years\n- take 1 tablet every 6 hours\n"
        "- **children under 6 years:** ask a doctor"
    )
    assert [(row.age and (row.age.min, row.age.max), row.dose and row.dose.low) for row in found] == [
        ((12, None), 2),
        ((6, 12), 1),
        ((None, 6), None),
    ]


@pytest.mark.parametrize(
    ("dosage", "doses"),
    [
        ("- 50 mg sitagliptin and 1000 mg metformin hydrochloride twice daily", [None]),
        ("- sitagliptin 50 mg once daily", [None]),
        ("- 300 mg; 100 mg", [None, None]),
        ("- one tablet (50 mg sitagliptin and 500 mg metformin) twice daily", [1]),
        ("- 4 grams (sitagliptin 2 grams and metformin 2 grams) every 8 hours", [4]),
        ("- 500 mg (of the metformin component) once daily", [500]),
        ("- 5 mg of sitagliptin and metformin once daily", [5]),
    ],
)
def test_no_ingredient_s_amount_is_the_dose_of_a_combination(dosage: str, doses: list[float | None]) -> None:
    text = f"---\ntitle: Sitagliptin and metformin\n---\n{USAGE}## Dosage\n\n{dosage}\n"
    found = read_dosing(parse(text, "x", "x.md")).rows
    assert [row.dose and row.dose.low for row in found] == doses
    assert all(row.dose or row.unsure for row in found)


def test_an_insulin_s_directions_are_rows() -> None:
    text = (
        "Inspect it. Inject Testdrug subcutaneously within 5-10 minutes before a meal into the thigh. Rotate the sites."
    )
    found = rows(f"### 2.2 Administration Instructions\n\n{text}")
    assert [(row.action, row.frequency, row.route) for row in found] == [
        ("give", "within 5-10 minutes before a meal", "subcutaneously")
    ]


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("The maximum recommended daily oral dose of testdrug tablets is 15 mg.", "15 mg"),
        (
            "The dose may be increased by a maximum of 600 mg/day at weekly intervals; the maximum recommended daily"
            " dose is 1,200 mg/day.",
            "1,200 mg/day",
        ),
        (
            "It may be increased by a maximum increment of 600 mg/day to achieve the maximum recommended daily dose of"
            " 2,400 mg/day.",
            "2,400 mg/day",
        ),
        ("The dose may be increased by a maximum of 600 mg/day.", "600 mg/day"),
    ],
)
def test_the_maximum_is_of_the_dose_before_it_is_of_a_step(text: str, maximum: str) -> None:
    (row,) = rows(text)
    assert row.dose is None
    assert (row.maximum or "").endswith(maximum)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("If needed, the dose can be increased to a maximum of 10 mg.", None),
        ("Increase the dose as needed.", None),
        ("If needed, increase to 10 mg every 12 hours.", "every 12 hours"),
        ("Take 5 mg as needed.", "as needed"),
    ],
)
def test_when_a_dose_is_changed_is_no_frequency(text: str, frequency: str | None) -> None:
    (row,) = rows(text)
    assert row.frequency == frequency


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Clinical trials show that the usual dose is 80 mg to 120 mg three times a day.", "80 mg to 120 mg"),
        ("In clinical trials the dose was 80 mg three times a day.", None),
        ("Consider beginning titration at 40 mg three times a day.", "40 mg"),
        ("Initiate titration with 40 mg daily.", "40 mg"),
    ],
)
def test_what_trials_show_to_be_usual_is_a_dose_and_what_they_gave_is_none(text: str, dose: str | None) -> None:
    (row,) = rows(text)
    assert (row.dose and row.dose.text) == dose


def test_doses_after_those_of_another_drug_are_not_this_drug_s_until_it_is_named() -> None:
    found = rows(
        "Different schedules of prednisone appear to be alike. One center started with an initial dose of 200 mg. "
        "Start testdrug at 5 mg daily. Increase to 10 mg daily."
    )
    assert [(row.dose and row.dose.text, bool(row.unsure)) for row in found] == [
        (None, True),
        ("5 mg", False),
        ("10 mg", False),
    ]


@pytest.mark.parametrize(
    ("text", "is_row"),
    [
        ("Not for use in pediatric patients under 6 months.", True),
        ("Not to be used in children under 2 years.", True),
        ("Not for use in patients with renal impairment.", True),
        ("Not for intravenous use.", False),
        ("Not for use in the eyes.", False),
    ],
)
def test_not_for_use_in_people_is_a_refusal(text: str, is_row: bool) -> None:
    assert [row.action for row in rows(text)] == ["avoid"] * is_row


def test_a_disease_with_text_of_its_own_is_over_the_people_who_come_again_under_the_next() -> None:
    dosage = (
        "**Seizure disorders:** Other drugs add to its effects.\n\n**Adults:** The maximum dose is 20 mg.\n\n"
        "**Panic disorder:**\n\n**Adults:** The dose is 1 mg daily.\n"
    )
    assert [row.indication for row in rows(dosage)] == ["Seizure disorders", "Panic disorder"]
    once = dosage.replace("**Adults:** The dose", "The dose")
    assert [row.indication for row in rows(once)] == [None, "Panic disorder"]


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("Therapy with testdrug tablets should not exceed 12 weeks in duration.", "should not exceed 12 weeks"),
        ("The duration of therapy should not exceed 14 days.", "should not exceed 14 days"),
        ("Treatment should be limited to 4 weeks.", "limited to 4 weeks"),
        ("The maximum duration of therapy is 12 weeks.", "maximum duration of therapy is 12 weeks"),
        ("Do not exceed 7 days of treatment.", "Do not exceed 7 days of treatment"),
    ],
)
def test_how_long_a_treatment_may_last_is_a_maximum(text: str, maximum: str) -> None:
    (row,) = rows(text)
    assert (row.dose, row.maximum) == (None, maximum)


@pytest.mark.parametrize("text", ["Do not store for more than 24 hours.", "The infusion should not exceed 60 minutes."])
def test_how_long_something_else_lasts_is_none(text: str) -> None:
    assert not any(row.maximum for row in rows(text))


def test_a_label_right_over_another_of_another_kind_is_over_it() -> None:
    dosage = (
        "**Initial Adult Dosage:**\n\n**A single infusion by weight:**\n\n| Weight | Dose |\n|---|---|\n"
        "| up to 55 kg | 260 mg |\n\n**Maintenance Dosage:**\n\n90 mg every 8 weeks.\n"
    )
    first, second = rows(dosage)
    assert "Initial Adult Dosage; A single infusion by weight" in (first.qualifier or "")
    assert "Initial Adult" not in (second.qualifier or "")


def test_people_right_over_an_indication_are_over_it() -> None:
    dosage = "**Adults:**\n\n**Sepsis:**\n\n10 mg daily.\n\n**Children:**\n\n**Sepsis:**\n\n5 mg daily.\n"
    assert [(row.population, row.indication) for row in rows(dosage)] == [("Adults", "Sepsis"), ("Children", "Sepsis")]
