"""Sentences made of two groups and two orders: each order is a row of its own, and nobody's is another's."""

from __future__ import annotations

import random

import pytest
from tests.test_patients_made import asked

GROUPS = {
    "kidney": (
        ("patients with mild renal impairment", {"crcl": "70"}),
        ("patients with moderate renal impairment", {"crcl": "45"}),
        ("patients with severe renal impairment", {"crcl": "20"}),
    ),
    "crcl": (
        ("patients with a creatinine clearance of 50 to 80 mL/min", {"crcl": "65"}),
        ("patients with a creatinine clearance of 30 to 49 mL/min", {"crcl": "40"}),
        ("patients with a creatinine clearance below 30 mL/min", {"crcl": "20"}),
    ),
    "liver": (
        ("patients with mild hepatic impairment (Child-Pugh A)", {"hepatic": "mild"}),
        ("moderate hepatic impairment (Child-Pugh class B)", {"hepatic": "moderate"}),
        ("severe hepatic impairment", {"hepatic": "severe"}),
    ),
    "age": (
        ("children under 6 years", {"age": "4"}),
        ("children 6 to 12 years", {"age": "8"}),
        ("adolescents over 12 years", {"age": "15"}),
    ),
    "weight": (
        ("patients under 20 kg", {"weight": "15"}),
        ("patients weighing 20 to 40 kg", {"weight": "30"}),
        ("patients over 40 kg", {"weight": "60"}),
    ),
}
ORDERS = (
    ("no dosage adjustment is required", "no_adjustment", None, None),
    ("the dose should be reduced by half", "reduce", None, None),
    ("use is not recommended", "avoid", None, None),
    ("Testdrug is contraindicated", "avoid", None, None),
    ("the dose should not exceed 10 mg daily", "note", None, "should not exceed 10 mg daily"),
    ("the dosing interval should be extended to every 48 hours", "reduce", None, None),
    ("the recommended dose is 20 mg once daily", "give", "20 mg", None),
    ("reduce the dose to 25 mg twice daily", "reduce", "25 mg", None),
    ("avoid use", "avoid", None, None),
    ("discontinue treatment", "avoid", None, None),
)
FRAMES = (
    "{a} in {one}. {b2} in {two}.",
    "{a} in {one}; {b} in {two}.",
    "{a} in {one} and {b} in {two}.",
    "{a} in {one}, and {b} in {two}.",
    "{a} in {one}, but {b} in {two}.",
    "{a} in {one}; however, {b} in {two}.",
    "in {one}, {a}. In {two}, {b}.",
    "in {one}, {a}; in {two}, {b}.",
    "in {one} {a}, and in {two} {b}.",
)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


@pytest.mark.slow
@pytest.mark.parametrize("groups", GROUPS.values(), ids=GROUPS)
def test_of_two_orders_in_a_sentence_each_is_a_row_for_its_own(groups: tuple[tuple[str, dict[str, str]], ...]) -> None:
    made = random.Random(12)
    faults = []
    for frame in FRAMES * 3:
        orders, pair = made.sample(ORDERS, 2), made.sample(groups, 2)
        text = frame.format(a=orders[0][0], b=orders[1][0], b2=capital(orders[1][0]), one=pair[0][0], two=pair[1][0])
        text = capital(text)
        for (_, patient), (words, action, dose, maximum) in zip(pair, orders, strict=True):
            rows = asked(text, patient)
            its = [row for row in rows if words.lower() in row.row.text.lower()]
            others = [row for row in rows if row not in its]
            read = [(row.row.action, row.row.dose and row.row.dose.text, row.row.maximum) for row in its]
            own = len(its) == 1 and its[0].applies and its[0].specific
            if not own or read != [(action, dose, maximum)] or any(row.specific for row in others):
                faults.append((text, patient, read, rows))
    assert not faults, f"{len(faults)}: {faults[:2]}"


@pytest.mark.parametrize(
    "text",
    [
        "Do not exceed 20 mg daily with diltiazem or 10 mg daily with clarithromycin.",
        "Do not exceed 40 mg once daily with ticagrelor, 20 mg once daily with amiodarone, or 10 mg daily with it.",
    ],
)
def test_each_ceiling_of_a_list_is_one(text: str) -> None:
    rows = [each.row for each in asked(text, {})]
    assert len(rows) > 1
    assert all((row.action, row.dose) == ("note", None) and row.maximum for row in rows)
