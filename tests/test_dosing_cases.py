"""Lines that failed once, each standing for its whole kind."""

from __future__ import annotations

from typing import Any

import pytest

from druginfo.dosing import Patient, apply, read_dosing
from druginfo.model import Band, DoseRow, Renal
from druginfo.parse import parse


def read(dosage: str, title: str = "Testdrug") -> tuple[list[DoseRow], list[str]]:
    text = f"---\ntitle: {title}\n---\n## Usage\n\n- pain, fever, gout\n\n## Dosage\n\n{dosage}\n"
    regimens = read_dosing(parse(text, "testdrug", "testdrug.md"))
    return list(regimens.rows), [note.text for note in regimens.notes]


def applying(dosage: str, **filters: str) -> list[str]:
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- pain, fever, gout\n\n## Dosage\n\n{dosage}\n"
    monograph = parse(text, "testdrug", "testdrug.md")
    return [row.text for row in apply(lambda: monograph, read_dosing(monograph), Patient.read(**filters)).kept]


def key(row: DoseRow, name: str) -> Any:
    value = getattr(row, name)
    return (value.low, value.high, value.unit, value.per) if name == "dose" and value else value


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        # a digit group parted by a blank, a comma before three figures, a raised point, a multiplier: two readings
        ("Give 0. 2 5 mg once.", {"dose": None}),
        ("Give 2 0 mcg per kg once.", {"dose": None}),
        ("0,125 mg daily.", {"dose": None}),
        ("10.000 IU daily.", {"dose": None}),
        ("2·5 mg daily.", {"dose": None}),
        ("2 × 100 mg twice daily.", {"dose": None}),
        ("½ to 1 tablet daily.", {"dose": None}),
        ("Start with half of 50 mg daily.", {"dose": None}),
        ("4 mg/1 mg to 24 mg/6 mg per day.", {"dose": None}),
        ("1 DS (double strength) tablet or 2 tablets every 12 hours.", {"dose": None, "action": "give"}),
        ("Adultos: 1.000 mg cada 8 horas.", {"dose": None}),
        ("Die Dosis darf 20 mg pro Tag nicht überschreiten.", {"dose": None}),
    ],
)
def test_an_amount_that_is_not_read_says_so(line: str, wanted: dict[str, Any]) -> None:
    rows, notes = read(f"### Adults\n\n- {line}")
    assert not notes
    assert [row.unsure for row in rows if row.unsure]
    assert all(key(rows[0], name) == value for name, value in wanted.items())


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        # a condition ends where a new subject and its verb begin
        (
            "On occasions when one drug is enough, the usual initial dosage is 2 mg/kg per day.",
            {"dose": (2, 2, "mg", "kg/day")},
        ),
        (
            "If there is no response after 4 weeks the dosage may be increased to 3 mg/kg/day.",
            {
                "dose": (3, 3, "mg", "kg/day"),
                "action": "increase",
                "condition": "If there is no response after 4 weeks",
            },
        ),
        ("In general, 10 mg daily.", {"condition": None}),
        # every amount in the clause of a cap word belongs to the cap
        ("Maximum dose of the syrup is 300 mg twice daily.", {"dose": None}),
        (
            "The dose should not exceed 1600 mg of the one and 320 mg of the other part.",
            {"dose": None, "maximum": "should not exceed 1600 mg of the one and 320 mg"},
        ),
        ("Do not give more than 6 doses in 24 hours.", {"action": "note", "dose": None}),
        ("Doses of 37.5 mg and up to 50 mg/day should be given in three divided doses.", {"dose": None}),
        # another drug's dose
        (
            "When given with Testdrug, the recommended dose of helperol is 500 mg once monthly.",
            {"action": "note", "dose": None},
        ),
        ("Reduce sertraline to 25 mg daily.", {"action": "note", "dose": None}),
        ("With Testdrug, limit citalopram to 20 mg daily.", {"action": "note", "dose": None}),
        # an action is a verb with an object; a purpose is no order
        ("Start at half the usual dose to avoid low sugar.", {"action": "reduce"}),
        # a phrase is read whole or not at all
        (
            "150 mg twice daily for the first 14 days of each 21-day cycle until progression.",
            {"duration": "for the first 14 days of each 21-day cycle until progression"},
        ),
        ("5 mg three or more times weekly.", {"frequency": "three or more times weekly"}),
        ("5 mg every hour and a half.", {"frequency": "every hour and a half"}),
        ("5 mg eleven times weekly.", {"frequency": "eleven times weekly"}),
        ("500 mg 8 hourly.", {"frequency": "8 hourly"}),
        ("500 mg bd.", {"frequency": "bd"}),
        # a figure's word in parentheses is transparent
        (
            "2 (two) tablets every six (6) hours as needed.",
            {"dose": (2, 2, "tablets", None), "frequency": "every six (6) hours as needed"},
        ),
        ("5 mg two (2) times a day.", {"frequency": "two (2) times a day"}),
        # a regimen without an amount
        ("Apply a thin layer to the skin twice daily.", {"action": "give", "frequency": "twice daily"}),
        # a total and its division
        ("6 g per day in divided doses of 3 g twice daily.", {"dose": (3, 3, "g", None), "frequency": "twice daily"}),
        # divisors, in every spelling
        ("75 mg per square metre.", {"dose": (75, 75, "mg", "m2")}),
        ("0.375 mcg kg-1 min-1 IV.", {"dose": (0.375, 0.375, "mcg", "kg/min")}),
        ("0.5 µg·kg⁻¹·min⁻¹ IV.", {"dose": (0.5, 0.5, "mcg", "kg/min")}),
        ("3 mg·m⁻² IV weekly.", {"dose": (3, 3, "mg", "m2")}),
        ("5 mg for each kg of body weight orally.", {"dose": (5, 5, "mg", "kg")}),
        # an exact value is a band of one value; entities are decoded
        ("CrCl 15 mL/min: 100 mg daily.", {"renal": Renal("CrCl", 15, True, 15, True, ())}),
        ("&#x3C;30 mL/min: 5 mg daily", {"renal": Renal(None, None, None, 30, False, ())}),
        # ages before an amount
        (
            "adults and children 12 years and over 15 mL every 4 hours",
            {"dose": (15, 15, "mL", None), "age": Band(12, True, None, None, "years")},
        ),
        # pounds in parentheses say it again
        (
            "10 kg (22 lb) to less than 20 kg (44 lb): 9 mg once daily.",
            {"weight": Band(10, True, 20, False, "kg")},
        ),
        ("40 kg (88 pounds) and above: 7 mg once daily.", {"weight": Band(40, True, None, None, "kg")}),
    ],
)
def test_a_line_is_read_as_a_reader_reads_it(line: str, wanted: dict[str, Any]) -> None:
    rows, _ = read(f"### Adults\n\n- {line}")
    assert {name: key(rows[0], name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("line", "doses"),
    [
        ("½ tablet daily for 1 week, then 1 tablet daily.", [None, "1 tablet"]),
        ("7.5 mg three days a week and 5 mg four days a week.", ["7.5 mg", "5 mg"]),
        (
            "Initial dose at 8 mg/kg as an infusion over 90 minutes Subsequent doses at 6 mg/kg every 3 weeks",
            ["8 mg/kg", "6 mg/kg"],
        ),
        (
            "Patients weighing ≤44 kg – 4 tablets Patients weighing 45 to 54 kg – 5 tablets Patients weighing ≥55 kg – "
            "6 tablets",
            ["4 tablets", "5 tablets", "6 tablets"],
        ),
        ("CrCl 30-59 mL/min: 5 mg once daily CrCl less than 30 mL/min: 2.5 mg every 48 hours", ["5 mg", "2.5 mg"]),
        (
            "adults and children 12 years and over 15 mL every 4 hours children 6 to under 12 years 7.5 mL every "
            "4 hours",
            ["15 mL", "7.5 mL"],
        ),
    ],
)
def test_two_regimens_are_two_rows(line: str, doses: list[str | None]) -> None:
    rows, _ = read(f"### Adults\n\n- {line}")
    assert [row.dose and row.dose.text for row in rows] == doses


def test_who_and_how_often_hold_for_alternatives() -> None:
    line = "Patients with a CrCl of 10 to 30 mL/min should receive 500 mg or 250 mg every 12 hours."
    (row,) = read(f"### Adults\n\n- {line}")[0]
    assert row.renal == Renal("CrCl", 10, True, 30, True, ())
    assert (row.dose, row.frequency) == (None, "every 12 hours")


def test_an_amount_per_minute_is_a_rate_and_the_former_route_is_none() -> None:
    (row,) = read("### Substitution for Oral Therapy\n\n- 15 mg/kg IV at 2 mg/kg/min.")[0]
    assert (key(row, "dose"), row.route) == ((15, 15, "mg", "kg"), "IV")


def test_a_volume_of_diluent_is_no_dose() -> None:
    table = "| Patient weight | Volume of saline for dilution |\n|---|---|\n| 10 kg or less | 10 mL |"
    rows, notes = read(f"### Preparation and Administration\n\n{table}")
    assert not [row.dose for row in rows if row.dose]
    assert rows or notes


def test_the_scope_of_the_following_doses_holds_for_them() -> None:
    dosage = (
        "### Children\n\nThe following doses are for 3 to 12 years.\n\n0.05 to 0.15 mg/kg per day.\n\n"
        "Not intended for children under 3 years."
    )
    for age in ("2", "10d"):
        assert "0.05 to 0.15 mg/kg per day." not in applying(dosage, age=age)
    assert "0.05 to 0.15 mg/kg per day." in applying(dosage, age="5")


def test_a_paragraph_of_people_is_a_label() -> None:
    dosage = "Adults:\n\n5 mg once daily\n\nChildren:\n\n2 mg once daily"
    assert applying(dosage, age="5") == ["2 mg once daily"]


def test_for_whom_governs_its_clause() -> None:
    line = "2 mg/kg for infants; for older children and adolescents the dose is 1 mg/kg."
    assert "for older children and adolescents the dose is 1 mg/kg." not in applying(
        f"### Infants and Children\n\n- {line}", age="10d"
    )


def test_what_is_commented_out_or_struck_is_never_a_dose() -> None:
    dosage = (
        "### Adults\n\n- **Fever:** 10 mg once daily.\n<!-- - **Fever:** 500 mg once daily. -->\n"
        "- ~~**Cough:** 60 mg once daily.~~\n<!--\n- **Gout:** 900 mg once daily.\n-->"
    )
    rows, notes = read(dosage)
    assert [row.dose and row.dose.text for row in rows] == ["10 mg"]
    assert all(words in " ".join(notes) for words in ("500 mg", "60 mg", "900 mg"))


@pytest.mark.parametrize(
    "label",
    ["INR 4.5 to 10", "QTc above 500 ms", "BMI ≥30 kg/m²", "Height over 150 cm", "Serum potassium >5.5 mEq/L"],
)
def test_a_measurement_is_no_indication(label: str) -> None:
    (row,) = read(f"### Adults\n\n- **{label}:** 600 mg once daily.")[0]
    assert (row.indication, row.qualifier) == (None, label)


def test_several_ages_in_a_line_are_none() -> None:
    line = (
        "Use only the enclosed cup Weight (lb) Age (yr) Dose (mL) under 24 under 2 years ask a doctor 24-35 2-3 years "
        "5 mL "
        "36-47 4-5 years 7.5 mL repeat dose every 4 hours do not give more than 5 times in 24 hours"
    )
    rows, _ = read(f"### Directions\n\n{line}")
    assert all(row.age is None and row.action != "avoid" for row in rows)
    assert applying(f"### Directions\n\n{line}", age="5") == [row.text for row in rows]


def test_a_headings_people_hold_beside_a_nearer_label() -> None:
    dosage = (
        "### Adults\n\n- **Fever:** 1 g every 6 hours.\n- **Patients with low body weight (<50 kg):** 15 mg/kg every "
        "6 hours.\n\n"
        "### Children\n\n- **Fever:** 10 mg/kg every 6 hours."
    )
    assert applying(dosage, age="3", weight="14") == ["10 mg/kg every 6 hours."]


@pytest.mark.parametrize(
    ("label", "from_age"),
    [
        ("Epilepsy, Monotherapy (16 years and older)", 16),
        ("Combination therapy (10 years and older)", 10),
        ("After 2 years of therapy", None),
    ],
)
def test_an_age_in_brackets_is_for_itself(label: str, from_age: int | None) -> None:
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n### Children\n- **{label}:** 10 mg daily.\n"
    (row,) = read_dosing(parse(text, "testdrug", "testdrug.md")).rows
    assert (row.age.min if row.age else None) == from_age


def test_the_nearest_label_that_names_one_organ_wins_over_a_heading_of_several() -> None:
    dosage = (
        "### Adult Kidney, Liver, or Heart Transplant Patients\n\n"
        "| Patient Population | Initial Dosage |\n|---|---|\n"
        "| Kidney Transplant | |\n| With azathioprine | 0.2 mg/kg/day |\n"
        "| Liver Transplant | |\n| Alone | 0.1 mg/kg/day |\n\n"
        "### Pediatric Kidney, Liver, or Heart Transplant Patients\n\n"
        "| Patient Population | Initial Dosage |\n|---|---|\n"
        "| Pediatric heart transplant patients | 0.3 mg/kg/day |\n\n"
        "For pediatric liver transplant patients, the intravenous dose is 0.03 mg/kg/day."
    )
    told = [row.indication for row in read(dosage)[0]]
    assert told == ["Kidney Transplant", "Liver Transplant", "heart transplant", "liver transplant"]


def test_a_heading_that_names_another_disease_is_not_of_the_outer_one() -> None:
    dosage = (
        "### Dosage in Children\n\n#### Fever\n\n##### Gout\n\n5 mg once daily.\n\n"
        "##### Fever in Children\n\n2 mg daily."
    )
    assert [row.indication for row in read(dosage)[0]] == ["Gout", "Fever"]


@pytest.mark.parametrize(
    "line",
    [
        "A significant increase in plasma levels is anticipated with other inhibitors.",
        "The higher dose requirements may decrease as the child grows older.",
        "An increase in gout flares may occur after initiation of therapy.",
    ],
)
def test_a_change_of_something_else_is_no_order(line: str) -> None:
    rows, _ = read(f"### Adults\n\n{line}")
    assert all(row.action == "note" for row in rows)


def test_doses_of_a_trials_participants_are_no_orders() -> None:
    head = "| Time | Men N = 114, Dose (mg/kg) | Women N = 56, Dose (mg/kg) |"
    dosage = f"### Adults\n\n{head}\n|---|---|---|\n| Day 7 | 0.18 | 0.23 |"
    rows, notes = read(dosage)
    assert (rows, notes) == ([], ["Day 7 | 0.18 | 0.23"])


def test_a_dose_in_a_law_of_pharmacology_is_no_order() -> None:
    line = "A linear dose-response relationship exists with single doses up to 800 mg."
    rows, _ = read(f"### Adults\n\n{line}")
    assert all(row.dose is None and row.action == "note" for row in rows)


def test_a_table_written_as_one_paragraph_gives_no_doses() -> None:
    flat = (
        "Table 1. Dose Adjustment Original dose Adjusted dose 0.6 mg twice a day 0.3 mg once a day 1.2 mg (2 tablets) "
        "followed by 0.6 mg 1 hour later. 0.6 mg (1 tablet) x 1 dose. Maximum daily dose of 1.2 mg to 2.4 mg. "
        "Maximum daily dose of 0.6 mg (may be given as 0.3 mg twice a day)"
    )
    rows, _ = read(f"### Adults\n\n{flat}")
    assert rows
    assert all(row.dose is None and row.maximum is None and row.unsure for row in rows)


def test_a_cell_of_a_weight_and_its_dose_beside_ages() -> None:
    dosage = (
        "| Indication | Dosage Regimen and Duration, Patient Age | Dosage Regimen and Duration, Weight-Based Dose (mg) "
        "| Dosage Regimen and Duration, Regimen and Duration |\n|---|---|---|---|\n"
        "| Fever | 1 to 16 years | 10 to less than 20 kg: 10 mg | Once daily for up to 4 weeks |"
    )
    (row,) = read(dosage)[0]
    assert (key(row, "dose"), row.frequency) == ((10, 10, "mg", None), "Once daily")
    assert (row.age, row.weight) == (Band(1, True, 16, True, "years"), Band(10, True, 20, False, "kg"))


def test_a_footnote_with_a_dose_is_a_row() -> None:
    dosage = (
        "| Patients | Dose |\n|---|---|\n| Adults | 20 mg once daily [1] |\n"
        "| | [1] Dose at 10 mg once daily if the response is inadequate. |"
    )
    assert [row.dose and row.dose.text for row in read(dosage)[0]] == ["20 mg", "10 mg"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("do not exceed 25 mg in a 48-hour period", "do not exceed 25 mg in a 48-hour period"),
        ("Do not take more than 10 tablets in 24 hours.", "Do not take more than 10 tablets in 24 hours"),
        ("The maximum dose is 25 mg within a 48 hour period.", "maximum dose is 25 mg within a 48 hour period"),
    ],
)
def test_a_maximum_holds_its_period(line: str, wanted: str) -> None:
    (row,) = read(f"### Adults\n\n- {line}")[0]
    assert (row.maximum, row.dose) == (wanted, None)


def test_grades_joined_by_hyphens_or_with_their_figures_between() -> None:
    rows, _ = read("### Adults\n\n- No changes in dose are recommended in mild-to-moderate hepatic impairment.")
    assert rows[0].hepatic is not None
    assert rows[0].hepatic.severity == ("mild", "moderate")


def test_an_item_of_people_is_over_the_items_beside_it() -> None:
    dosage = (
        "- do not take more than directed\n- **adults and children 12 years and over:**\n"
        "- take 2 tablets every 4 hours\n"
        "- do not take more than 10 tablets in 24 hours\n- **children under 6 years:** ask a doctor"
    )
    rows, _ = read(dosage)
    people = {row.text: row.population for row in rows}
    assert people["take 2 tablets every 4 hours"] == "adults and children 12 years and over"
    assert people["do not take more than 10 tablets in 24 hours"] == "adults and children 12 years and over"
    assert people["ask a doctor"] == "children under 6 years"
    assert applying(dosage, age="4") == ["ask a doctor"]


def test_maintenance_of_a_disease_is_asked_by_its_phase() -> None:
    dosage = "- **Maintenance of Healing of Gout:** 20 mg once daily.\n- **Fever:** 5 mg once daily."
    assert applying(dosage, indication="maintenance") == ["20 mg once daily."]


def test_the_dose_that_an_adjusted_one_replaces_is_its_label() -> None:
    dosage = (
        "| Interacting drug | Original dose | Adjusted dose |\n|---|---|---|\n"
        "| Otherdrug | 0.6 mg twice a day | 0.3 mg once a day |"
    )
    (row,) = read(dosage)[0]
    assert key(row, "dose") == (0.3, 0.3, "mg", None)
    assert "0.6 mg twice a day" in (row.qualifier or "")


def test_a_second_regimen_in_the_column_beside_is_a_row_of_its_own() -> None:
    dosage = (
        "| Indication | Dosage | Duration |\n|---|---|---|\n"
        "| Fever | Testdrug 20 mg three times daily. Testdrug 40 mg once daily | 10 days; if fever persists, "
        "continue 5 mg once daily for 18 days. |"
    )
    assert [row.dose and row.dose.text for row in read(dosage)[0]] == ["20 mg", "40 mg", "5 mg"]
