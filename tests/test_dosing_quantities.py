"""Amounts, bands and kidney function: what is read, and what is better not read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import age, amounts, child_pugh, grades, regimen, renal, weight

from druginfo.dosing.columns import with_unit


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "per"),
    [
        ("2 mg", 2, 2, "mg", None),
        ("0.05–0.1 mcg/kg/min", 0.05, 0.1, "mcg", "kg/min"),
        ("2 mg to 4 mg", 2, 4, "mg", None),
        ("1,200 mg to 2,400 mg/day", 1200, 2400, "mg", "day"),
        ("between 2 and 4 mg", 2, 4, "mg", None),
        ("1,250 mg/m²", 1250, 1250, "mg", "m2"),
        ("130 mg/m^2", 130, 130, "mg", "m2"),
        ("30 mg/kg per day", 30, 30, "mg", "kg/day"),
        ("30 mg/kg of body weight per day", 30, 30, "mg", "kg/day"),
        ("5 mg/kg/dose", 5, 5, "mg", "kg/dose"),
        ("18 units/kg/hr", 18, 18, "units", "kg/hour"),
        ("a 500-mg dose", 500, 500, "mg", None),
        ("500mg", 500, 500, "mg", None),
        ("5.0 µg", 5, 5, "mcg", None),
        ("1.5 million units", 1.5, 1.5, "million units", None),
        ("2.4 megaunits", 2.4, 2.4, "million units", None),
        ("9 MIU/day", 9, 9, "million IU", "day"),
        ("0.05 microg/kg/min", 0.05, 0.05, "mcg", "kg/min"),
        ("two puffs", 2, 2, "puffs", None),
        ("1 to 2 tablets", 1, 2, "tablets", None),
        ("15 to 20 mg PE/kg", 15, 20, "mg PE", "kg"),
        ("400 mg a day", 400, 400, "mg", "day"),
    ],
)
def test_one_amount(text: str, low: float, high: float, unit: str, per: str | None) -> None:
    ((amount, written),) = amounts(text)
    assert (amount.low, amount.high, amount.unit, amount.per) == (low, high, unit, per)
    assert written in text


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Give 10 mg base/kg once.", "kg"),
        ("Give 3 to 6 mg elemental iron/kg/day in 3 divided doses.", "kg/day"),
        ("Give 40 IU of factor IX per kg every 12 hours.", "kg"),
        ("Give 100 U anti-Xa/kg once daily.", "kg"),
        ("Give 1 mEq potassium/kg/day.", "kg/day"),
        ("Give 5 mg once daily per m².", "m2"),
    ],
)
def test_words_between_an_amount_and_what_it_is_counted_by_do_not_part_them(text: str, per: str) -> None:
    dose = regimen(text).dose
    assert dose
    assert dose.per == per


def test_a_maximum_is_quoted_with_what_it_is_counted_by() -> None:
    assert regimen("Give 10 mg base/kg, maximum 25 mg base/kg daily.").maximum == "maximum 25 mg base/kg daily"


@pytest.mark.parametrize(
    "text",
    [
        "0,5 mg",
        ".5 mg",
        "10 000 units",
        "1/2 tablet",
        "½ tablet",
        "2 x 10^6 cells",
        "5 %",
        "for 5 days",
        "type 2 diabetes",
        "-1639G>A",
        "2 mIU/min",
    ],
)
def test_a_number_of_two_readings_is_no_amount(text: str) -> None:
    assert not [amount for amount, _ in amounts(text) if amount.kind == "dose"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5 mg and 10 mg", [5, 10]),
        ("500 mg to 1 g", [None]),
        ("reduce from 4 mg to 2 mg", [4, 2]),
        ("reduce from 20 to 10 mg", [10]),
        ("300 mg twice on day 2 and 300 mg", [300, 300]),
        ("day 1 and 5 mg/kg", [5]),
        ("Day 1-500 mg", [500]),
        ("days 1, 8 and 15 mg", [15]),
        ("5 mg once and 10", [5]),
    ],
)
def test_two_amounts_are_no_range(text: str, numbers: list[float]) -> None:
    assert [amount.low for amount, _ in amounts(text)] == numbers
    assert all(amount.low == amount.high for amount, _ in amounts(text))


@given(
    st.lists(
        st.sampled_from(
            "2 30 5 day week and or to - , mg mg/kg g of on from between days 1 8 twice cycle 2–4 µg units then".split()
        ),
        max_size=12,
    ).map(" ".join)
)
@settings(max_examples=300, deadline=None)
@pytest.mark.slow
def test_an_amounts_numbers_are_before_their_unit(text: str) -> None:
    for amount, words in amounts(text):
        written = words.replace("–", "-")
        exact = re.fullmatch(r"(\d+)\s?[a-zµ].*", written)
        ends = re.fullmatch(r"(?:between )?(\d+)(?:\s?[a-zµ/]+)?\s*(?:-|to|and)\s*(\d+)\s?[a-zµ].*", written)
        if amount.kind == "dose" and amount.low == amount.high:
            assert exact, written
            assert int(exact[1]) == amount.low
        elif amount.kind == "dose":
            assert ends, written
            assert (int(ends[1]), int(ends[2])) == (amount.low, amount.high)


@pytest.mark.parametrize("text", ["15 or 10 mg", "250, 500 or 750 mg", "20 to 10 mg"])
def test_a_unit_that_numbers_share(text: str) -> None:
    assert all(amount.kind == "unread" for amount, _ in amounts(text))


def test_the_header_gives_bare_numbers_their_unit() -> None:
    quantity = with_unit("250 to 500", "Dose (mg/kg)")
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.unit, quantity.per) == (250, 500, "mg", "kg")
    assert with_unit("250", "Dose") is None
    assert with_unit("250", "Level (mg/dL)") is None
    assert with_unit("250 or 500", "Dose (mg)") is None


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("9 years and older", (9, True, None, None, "years")),
        ("2 to less than 9 years", (2, True, 9, False, "years")),
        ("Elderly Patients (≥65 years or ≥75 years)", (65, True, None, None, "years")),
        ("Children 6–11 yrs", (6, True, 11, True, "years")),
        ("under 2 years", (None, None, 2, False, "years")),
        ("Infants less than 12 weeks (3 months)", (None, None, 12, False, "weeks")),
        ("Neonates 0–7 days", (0, True, 7, True, "days")),
        ("birth to less than 18 years", (None, None, 18, False, "years")),
        ("aged 6 to 12", (6, True, 12, True, "years")),
        (">65 years of age", (65, False, None, None, "years")),
        ("Status epilepticus (≥1 month)", (1, True, None, None, "months")),
        ("PNA less than 7 days", (None, None, 7, False, "days")),
        ("Postnatal age: 8 to 28 days", (8, True, 28, True, "days")),
        ("Age / weight: 6 months to 23 months", (6, True, 23, True, "months")),
        ("Children aged 2 years up to 16 years", (2, True, 16, True, "years")),
    ],
)
def test_age(text: str, band: tuple[object, ...]) -> None:
    assert age(text, label=True) == band


@pytest.mark.parametrize(
    "text",
    [
        "6 months to 2 years",  # one unit does not hold both
        "2 to less than 12 years, or 12 to 14 years",
        "Weeks 1 to 4",
        "After 6 months",
        "for at least 3 years",
        "gestational age under 37 weeks",
        "From about 20 weeks",
        "About 30 weeks and later",
        "Duration of therapy over 2 years",
        "Day 8 and beyond",
    ],
)
def test_no_age(text: str) -> None:
    assert age(text, label=True) is None


def test_a_sentence_needs_more_than_a_label_to_speak_of_age() -> None:
    assert age("Reassess at 2 to 3 years.", label=False) is None
    assert age("Patients over 65 years should receive 5 mg.", label=False) == (65, False, None, None, "years")
    assert age("not established under 6 years.", label=False) == (None, None, 6, False, "years")
    assert age("from 6 to 11 months 100 mcg/kg every 4 hours", label=False) == (6, True, 11, True, "months")
    assert age("6 to 11 months after surgery 5 mg", label=False) is None
    assert age("Maximum 1,000 mg daily at 12 to 15 years.", label=False) == (12, True, 15, True, "years")
    assert age("Maximum 1,200 mg daily above 15 years.", label=False) == (15, False, None, None, "years")


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("2.6 to less than 4 kg, days 1 to 7", (2.6, True, 4, False, "kg")),
        ("≥35 kg", (35, True, None, None, "kg")),
        ("weighing 50 kg or more", (50, True, None, None, "kg")),
        ("Birth weight <1,500 g", (None, None, 1500, False, "g")),
        ("5 mg/kg", None),
        ("BMI >30 kg/m²", None),
        ("weight gain of more than 2 kg", None),
        ("5 kg", (5, True, 5, True, "kg")),
    ],
)
def test_weight(text: str, band: tuple[object, ...] | None) -> None:
    assert weight(text) == band


@pytest.mark.parametrize(
    ("text", "measure", "bounds"),
    [
        ("eGFR 30 to <60 mL/min/1.73 m²", "eGFR", (30, True, 60, False)),
        ("CrCl 15–29 mL/min", "CrCl", (15, True, 29, True)),
        ("CrCl below 30", "CrCl", (None, None, 30, False)),
        ("creatinine clearance less than 15 mL/min", "CrCl", (None, None, 15, False)),
        ("ClCr ≤ 20 mL/min", "CrCl", (None, None, 20, True)),
        ("CrCl >=60", "CrCl", (60, True, None, None)),
        ("CrCl >30 to 50 mL/min", "CrCl", (30, False, 50, True)),
        ("30 ≤ CrCl < 60", "CrCl", (30, True, 60, False)),
        ("CrCl between 20 and 40 mL/min", "CrCl", (20, True, 40, True)),
        ("CrCl (mL/min): 30 to 50", "CrCl", (30, True, 50, True)),
        ("eGFR is 45 mL/min or less", "eGFR", (None, None, 45, True)),
        ("GFR 10 to 30 mL/min", None, (10, True, 30, True)),
        ("30 to 59 mL/min/1.73 m²", None, (30, True, 59, True)),
        ("when eGFR is 60 mL/min/1.73 m² or more", "eGFR", (60, True, None, None)),
    ],
)
def test_kidney_function(text: str, measure: str | None, bounds: tuple[object, ...]) -> None:
    found = renal(text)
    assert found is not None
    assert (found.measure, found.min, found.min_included, found.max, found.max_included) == (measure, *bounds)


@pytest.mark.parametrize(
    "text",
    [
        "eGFR 30 to 60 or 60 to 90 mL/min",
        "infuse at 50 mg/min",
        "creatinine ≥1.5 mg/dL",
        "CrCl 0.5 mL/s",
    ],
)
def test_no_kidney_function(text: str) -> None:
    assert renal(text) is None


@pytest.mark.parametrize(
    ("text", "in_context", "severity"),
    [
        ("Mild to moderate impairment, dose reductions based on eGFR.", True, ("mild", "moderate")),
        ("mild to severe renal impairment", False, ("mild", "moderate", "severe")),
        ("Severe impairment", False, ()),
        ("severe infection", True, ()),
        ("moderate CYP3A4 inhibitors", True, ()),
        ("severe hepatic impairment", True, ()),
        ("Not severe", True, ()),
    ],
)
def test_grades(text: str, in_context: bool, severity: tuple[str, ...]) -> None:
    assert grades(text, "renal", in_context=in_context) == severity


@pytest.mark.parametrize(
    ("text", "classes"),
    [("Child-Pugh A", ("A",)), ("Child–Pugh class A or B", ("A", "B")), ("Child-Pugh A–C", ("A", "B", "C"))],
)
def test_child_pugh(text: str, classes: tuple[str, ...]) -> None:
    assert child_pugh(text) == classes


def test_criteria_that_are_counted_are_no_band() -> None:
    assert age("at least two of age ≥80 years, body weight ≤60 kg") is None
    assert age("age ≥80 years or weight ≤60 kg") is None
    assert age("age ≥80 years and weight ≤60 kg") is not None


@pytest.mark.parametrize(
    ("text", "dose", "unsure"),
    [
        ("Inject 7.4 GBq every 8 weeks.", (7.4, "GBq", None), None),
        ("Give 50 kBq/kg once.", (50, "kBq", "kg"), None),
        ("Apply one pump actuation to each arm.", (1, "pump actuation", None), None),
        ("Infuse 5 x 10^13 vg/kg once.", None, "“5 x 10^13 vg/kg” is not read"),
        ("The dose is 1.1 x 10^14 vector genomes (vg) per kg.", None,
         "“1.1 x 10^14 vector genomes (vg) per kg” is not read"),
        ("Give 2 × 10^6 CAR-positive viable T cells per kg.", None,
         "“2 × 10^6 CAR-positive viable T cells per kg” is not read"),
        ("Give 2 mL of solution per kg.", None, "what “2 mL” is for is not certain"),
        ("Infuse 0.5 mL/kg/hour.", None, "what “0.5 mL/kg/hour” is for is not certain"),
        ("Stop it if WBC is below 3 x 10^9 cells/L.", None, None),
        ("Give 20 mL/kg of normal saline.", None, None),
    ],
)  # fmt: skip
def test_units_beyond_milligrams(text: str, dose: tuple[object, ...] | None, unsure: str | None) -> None:
    found = regimen(text)
    assert (found.dose and (found.dose.high, found.dose.unit, found.dose.per), found.unsure) == (dose, unsure)
