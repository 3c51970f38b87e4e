"""Sentences made of groups of people and doses: nobody's own dose is left out, and nobody gets another's as theirs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest

from druginfo.dosing import Patient, apply, read_doses
from druginfo.errors import NotFound
from druginfo.model import NO_COLUMNS, RowForPatient
from druginfo.parse import parse

DOSES = ("10 mg", "20 mg", "40 mg")
ORDERS = ("half of the dose", "not recommended", "no adjustment is needed")


class Group(NamedTuple):
    """How a group can be called, and one of its patients."""

    names: tuple[str, ...]
    patient: dict[str, str]


SCHEMES = (
    (
        Group(("under 6 years", "younger than 6 years", "below 6 years of age"), {"age": "5"}),
        Group(("6 to 11 years", "between 6 and 11 years", "aged 6 to 11 years"), {"age": "8"}),
        Group(("12 years and older", "at least 12 years of age", "over 11 years"), {"age": "13"}),
    ),
    (
        Group(("below 20 kg", "weighing less than 20 kg"), {"weight": "17"}),
        Group(("20 to 39 kg", "between 20 kg and 39 kg", "weighing 20 to less than 40 kg"), {"weight": "25"}),
        Group(("40 kg or more", "at least 40 kg", "over 39 kg"), {"weight": "52"}),
    ),
    (
        Group(("CrCl 60 mL/min or above", "a creatinine clearance of at least 60 mL/min"), {"crcl": "72"}),
        Group(("CrCl 30 to 59 mL/min", "a creatinine clearance of 30 to 59 mL/min"), {"crcl": "41"}),
        Group(("CrCl below 30 mL/min", "a creatinine clearance under 30 mL/min"), {"crcl": "20"}),
    ),
    (
        Group(("mild hepatic impairment", "mild (Child-Pugh A) hepatic impairment"), {"hepatic": "mild"}),
        Group(("moderate impairment", "moderate hepatic impairment", "moderate"), {"hepatic": "moderate"}),
        Group(("severe impairment", "severe hepatic impairment", "severe"), {"hepatic": "severe"}),
    ),
    (
        Group(("adults", "adult patients"), {"age": "40"}),
        Group(("children", "pediatric patients"), {"age": "8"}),
    ),
    (
        Group(("CrCl 26 to 50", "CrCl 26-50 mL/min"), {"crcl": "35"}),
        Group(("CrCl 10-25 mL/min", "CrCl 10 to 25 mL/min"), {"crcl": "20"}),
        Group(("CrCl <10", "CrCl below 10 mL/min"), {"crcl": "6"}),
    ),
)


def sentences(names: Sequence[str], doses: Sequence[str], orders: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """The ways to say it, with the words that each group's row is known by."""
    pairs = list(zip(names, doses, strict=False))
    yield "; ".join(f"{name}: {dose}" for name, dose in pairs) + ".", doses
    yield "\n".join(f"- {name}: {dose}" for name, dose in pairs), doses
    yield "; ".join(f"for {name}, {dose} daily" for name, dose in pairs) + ".", doses
    yield "; ".join(f"if {name}, give {dose} twice daily" for name, dose in pairs) + ".", doses
    yield "; ".join(f"in {name} the dose is {dose}" for name, dose in pairs) + ".", doses
    yield ", and ".join(f"{dose} daily for patients with {name}" for name, dose in pairs) + ".", doses
    yield f"Patients with {names[0]} should receive {doses[0]}, and patients with {names[1]} {doses[1]}.", doses
    halved = f"The dose should be halved in patients with {names[0]} and quartered in patients with {names[1]}."
    yield halved, ("halved", "quartered")
    yield f"{orders[0]} in {names[0]} and {orders[1]} in {names[1]}.".capitalize(), orders
    yield "; ".join(f"{name}: {order}" for name, order in zip(names, orders, strict=False)) + ".", orders


def table(*rows: Sequence[str]) -> str:
    header, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((header, "|---" * len(rows[0]) + "|", *body))


def tables_and_lists(names: Sequence[str], doses: Sequence[str], orders: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ways to write it as a table or a list, with the words that each group's row is known by."""
    titles = [name[0].upper() + name[1:] for name in names]
    doses, orders, nothing = doses[: len(titles)], orders[: len(titles)], [""] * len(titles)
    figures = [dose.removesuffix(" mg") for dose in doses]
    often = [f"{dose} twice daily" for dose in doses]
    yield table(titles, doses), *doses
    yield table([f"**{title}**" for title in titles], often), *doses
    yield table(nothing, titles, doses), *doses
    yield table(titles, orders), *orders
    yield table(titles, (*doses[:-1], "Not recommended")), *doses[:-1], "not recommended"
    yield table(("", *titles), ("Dose", *doses), ("Frequency", *["once daily"] * len(doses))), *doses
    yield table(("Group", *titles), ("Dose (mg)", *figures), ("Duration", *["7 days"] * len(doses))), *figures
    yield table(("", *titles), ("Starting dose", *doses), ("Maximum dose", *["90 mg"] * len(doses))), *doses
    yield table(("", *titles), ("Tablets", *orders)), *orders
    yield table(("Infection", *["Patients"] * len(titles)), ("Infection", *titles), ("Pneumonia", *doses)), *doses
    yield table(("Patients", "Dose"), *zip(titles, doses, strict=True)), *doses
    yield table(*zip(titles, often, strict=True)), *doses
    yield ", ".join(f"{name}: {dose}" for name, dose in zip(titles, doses, strict=True)), *doses
    yield ", ".join(f"{name}: {dose} by mouth" for name, dose in zip(titles, doses, strict=True)), *doses
    yield " / ".join(f"{name}: {dose} every 8 hours" for name, dose in zip(titles, doses, strict=True)), *doses


def asked(text: str, patient: dict[str, str]) -> Sequence[RowForPatient]:
    monograph = parse(f"---\ntitle: Testdrug\n---\n## Dosage\n\n{text}\n", "testdrug", "testdrug.md")
    try:
        return apply(lambda: monograph, read_doses(monograph), Patient.read(**patient)).rows
    except NotFound:
        return ()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme[0].names[0])
def test_nobodys_dose_is_left_out_and_nobody_gets_anothers(scheme: tuple[Group, ...]) -> None:
    made = random.Random(7)
    faults = []
    for _ in range(12):
        names = [made.choice(group.names) for group in scheme]
        orders = made.sample(ORDERS, len(ORDERS))
        arranged = ((text, words) for text, *words in tables_and_lists(names, DOSES, orders))
        for text, words in (*sentences(names, DOSES, orders), *arranged):
            for number, group in enumerate(scheme):
                if number >= len(words) or words[number] not in text.lower():
                    continue
                rows = asked(text, group.patient)
                its = [row for row in rows if words[number] in row.row.text.lower()]
                others = [row for row in rows if row not in its and any(word in row.row.text.lower() for word in words)]
                if not any(row.applies for row in its) or any(row.specific for row in others):
                    faults.append((text, group.patient))
    assert not faults, f"{len(faults)}: {faults[:3]}"


@pytest.mark.parametrize(
    ("text", "patient", "its"),
    [
        (
            "The dose should be halved in patients over 75 and quartered in those over 85 years.",
            {"age": "80"},
            "halved",
        ),
        (
            "Reduce by one third in patients with CrCl 40 to 60 and by two thirds below 40.",
            {"crcl": "30"},
            "two thirds",
        ),
        ("Normal renal function: 10 mg; CrCl 26-50: 20 mg; 10-25: 40 mg; <10: 80 mg.", {"crcl": "20"}, "40 mg"),
        ("If below 2 years, give 10 mg; if between 2 and 5 years, give 20 mg.", {"age": "3"}, "20 mg"),
        ("For mild hepatic impairment, 10 mg; for moderate, 20 mg once daily.", {"hepatic": "moderate"}, "20 mg"),
        ("Infants 1-6 months: 10 mg; 6-12 months: 20 mg.", {"age": "9mo"}, "20 mg"),
        ("Normal renal function: 100% of the dose; CrCl 10 to 29: 50%; <10: 25%.", {"crcl": "20"}, "50%"),
        ("Percentage of the usual dose: CrCl 50 or above: 100%; CrCl 10-49: 75%.", {"crcl": "20"}, "75%"),
        ("In CrCl of 30 or more the dose is 10 mg; in 15 to 29 the dose is 20 mg.", {"crcl": "20"}, "20 mg"),
        ("- CrCl 50 or above: 10 mg; in 10-25 the dose is 20 mg.", {"crcl": "20"}, "20 mg"),
        ("CrCl 50 or above – 10 mg; CrCl 20 – 49 – 59 mg; <20 – 30 mg.", {"crcl": "30"}, "59 mg"),
        ("EGFR above 29 – 10 mg; 15-29 – 20 mg; <15 – 30 mg.", {"egfr": "10"}, "30 mg"),
        ("Adults 10 mg daily, adolescents 20 mg, children 6-11 years 30 mg daily.", {"age": "8"}, "30 mg"),
        ("In adults the dose is 10 mg daily, in children the dose is 20 mg.", {"age": "8"}, "20 mg"),
        ("<2 years: 10 mg daily, aged 2 to 5 years: not recommended.", {"age": "1"}, "10 mg"),
        (
            "The dose is 10 mg for CrCl of at least 50, 20 mg for CrCl 20 to 49, and 30 mg for CrCl <20.",
            {"crcl": "10"},
            "30 mg",
        ),
        ("- Adults: 10 mg daily. In children the dose is 20 mg daily.", {"age": "8"}, "20 mg"),
        ("Children under 6 years: 10 mg daily; older: 20 mg daily.", {"age": "9"}, "20 mg"),
        ("CrCl <30 mL/min: 10 mg daily; all other patients: 20 mg daily.", {"crcl": "80"}, "20 mg"),
        ("- Below 20 kg\n- 10 mg\n- 20 to 40 kg\n- 20 mg", {"weight": "30"}, "20 mg"),
        (
            table(("Use", "CrCl ≥60 mL/min (mg)", "CrCl <60 mL/min (mg)"), ("Pneumonia", "10", "20")),
            {"crcl": "30"},
            "20",
        ),
    ],
)
def test_of_several_groups_each_has_its_dose(text: str, patient: dict[str, str], its: str) -> None:
    rows = asked(text, patient)
    assert [row.applies for row in rows if its in row.row.text] == [True], rows
    (row,) = (row.row for row in rows if its in row.row.text)
    assert its == (row.dose.text if row.dose else its)


def test_an_inner_titles_people_take_the_place_of_an_outer_ones() -> None:
    text = (
        "### Hypothyroidism in Adults\n\nThe usual dose is 10 mg daily.\n\n"
        "#### Hypothyroidism in Pediatric Patients\n\nThe usual dose is 20 mg daily.\n\n"
        "#### Hypothyroidism in Pregnant Patients\n\nThe usual dose is 40 mg daily.\n"
    )
    monograph = parse(f"---\ntitle: Testdrug\n---\n## Usage\n\n- hypothyroidism\n\n## Dosage\n\n{text}", "t", "t.md")
    patient = Patient.read(age="34", indication="hypothyroidism")
    rows = {each.row.text[18:23]: each for each in apply(lambda: monograph, read_doses(monograph), patient).rows}
    assert [rows[dose].applies for dose in ("10 mg", "20 mg", "40 mg")] == [True, False, True]
    assert not rows["40 mg"].specific


def test_the_usual_is_no_group_of_its_own() -> None:
    text = "- eGFR 45 mL/min or more: The dose is the same as in patients with normal renal function."
    assert [row.specific for row in asked(text, {"egfr": "60"})] == [True]


def test_a_table_whose_columns_are_lost_is_nobodys_in_particular() -> None:
    text = "#### Adults\n\nWeight 10 to 20 kg 20 to 30 kg over 30 kg Dose 2.5 mg 5 mg 7.5 mg"
    rows = [row for row in asked(text, {"age": "40"}) if row.row.unsure == NO_COLUMNS]
    assert rows
    assert all(row.applies and not row.specific for row in rows)
