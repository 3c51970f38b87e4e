"""Tables of official labels: which rows are the header, what a column holds, and whose each cell is."""

from __future__ import annotations

import pytest
from tests.test_dosing_rows import rows

from druginfo.model import DoseRow


def table(*lines: str, header: str = "") -> str:
    width = lines[0].count("|") + 1
    written = [header or " | " * (width - 1), " | ".join(["---"] * width), *lines]
    return "\n".join(f"| {line} |" for line in written)


def told(row: DoseRow) -> tuple[object, ...]:
    """The figures and the unit of a dose."""
    return (row.dose.low, row.dose.high, row.dose.unit, row.dose.per) if row.dose else (None,)


def test_a_title_that_comes_again_makes_the_second_row_a_header_row() -> None:
    found = rows(
        table(
            "Indication | 30 to 49 | 10 to 29 | <10",
            "Cold sores | 2 g every 12 hours | no reduction | 1 g single dose",
            header="Indication | Creatinine clearance (mL/min) | Creatinine clearance (mL/min) | "
            "Creatinine clearance (mL/min)",
        )
    )
    assert [(row.action, row.renal and (row.renal.measure, row.renal.min, row.renal.max)) for row in found] == [
        ("give", ("CrCl", 30, 49)),
        ("no_adjustment", ("CrCl", 10, 29)),
        ("give", ("CrCl", None, 10)),
    ]


def test_header_rows_may_hold_figures_and_strengths() -> None:
    (first, then) = rows(
        table("Weight | 100 mg/5 mL | 100 mg/5 mL", "kg | Day 1 | Days 2 to 5", "5 | 2.5 mL | 1.25 mL")
    )
    assert (told(first), told(then)) == ((2.5, 2.5, "mL", None), (1.25, 1.25, "mL", None))
    assert first.weight == then.weight == (5, True, 5, True, "kg")
    assert (first.qualifier or "").endswith("Day 1")


def test_a_blank_corner_is_a_header_s() -> None:
    (usual, most) = rows(table(" | Single doses | Maximum 24-hour dose", "Sepsis | 15 mg to 60 mg | 360 mg"))
    assert (told(usual)[:2], most.dose, most.maximum) == ((15, 60), None, "360 mg")
    found = rows(table(" | *1/*1 | *1/*2", "GG | 5 mg | 3 mg", header="VKORC1 | CYP2C9 | CYP2C9"))
    assert [(row.qualifier or "").rsplit("; ", 1)[-1] for row in found] == ["CYP2C9, *1/*1", "CYP2C9, *1/*2"]


def test_a_title_amid_a_table_is_over_the_rows_below_it() -> None:
    found = rows(
        table(
            "≥60 | 300 twice daily | 400 twice daily",
            " | Supplement after dialysis (mg) | Supplement after dialysis (mg)",
            "Dialysis | 125 | 150",
            header="CrCl (mL/min) | Dose (mg) | Dose (mg)",
        )
    )
    assert [told(row)[0] for row in found] == [300, 400, 125, 150]
    assert ["Supplement" in f"{row.qualifier} {row.population}" for row in found] == [False, False, True, True]


def test_a_column_is_known_by_its_cells() -> None:
    (first, then, later) = rows(
        table(
            "17 to <40 kg | Day 1: 80 mg; Day 15: 40 mg | 20 mg every other week",
            header="Weight | Dosage, days 1 to 15 | Dosage from day 29",
        )
    )
    assert [told(row)[0] for row in (first, then, later)] == [80, 40, 20]
    assert later.weight == (17, True, 40, False, "kg")


def test_a_criterion_that_no_header_names_is_a_label() -> None:
    (row,) = rows(table("Sepsis | Platelets below the limit | Reduce the dose to 5 mg daily"))
    assert (row.indication, row.qualifier) == ("Sepsis", "Platelets below the limit")


def test_columns_of_bands_are_each_for_their_own() -> None:
    (usual, reduced, dialysis) = rows(
        table(
            "750 mg every 24 hours | 750 mg every 48 hours | 500 mg every 48 hours",
            header="CrCl ≥50 mL/min | CrCl 20 to 49 mL/min | Hemodialysis",
        )
    )
    assert usual.renal is not None
    assert reduced.renal is not None
    assert (usual.renal.min, reduced.renal.max, dialysis.renal) == (50, 49, None)
    assert reduced.qualifier == "750 mg every 24 hours; CrCl 20 to 49 mL/min"


@pytest.mark.parametrize(
    ("header", "cell", "dose"),
    [
        ("Total daily dose (mg/day) [1]", "25 to 50", (25, 50, "mg", "day")),
        ("Total daily dose (mg/day)* minimum", "1,200", (1200, 1200, "mg", "day")),
        ("Dose mg/24 h", "1,545", (1545, 1545, "mg", "day")),
        ("Dose (mg)", "500 twice daily", (500, 500, "mg", None)),
        ("Number of tablets", "2", (2, 2, "tablets", None)),
        ("Total daily dosage (mg), 0.5 mg/kg", "20", (20, 20, "mg", "day")),
        ("Oral tablets", "2", (None,)),
        ("Dose (mg or mL)", "2", (None,)),
        ("Trough (ng/mL)", "5", (None,)),
    ],
)
def test_a_unit_in_the_header_is_that_of_bare_figures(header: str, cell: str, dose: tuple[object, ...]) -> None:
    found = rows(table(f"Sepsis | {cell} | 7 days", header=f"Infection | {header} | Duration"))
    assert told(found[0]) == dose if found else dose == (None,)


def test_how_often_and_how_long_after_several_doses_hold_for_each() -> None:
    header = "Infection | Children | Adults | Frequency | Duration (days)"
    found = rows(table("Sepsis | 10 mg/kg | 600 mg | every 12 hours | 10 to 14", header=header))
    assert [(row.frequency, row.duration) for row in found] == [("every 12 hours", "10 to 14 days")] * 2


def test_a_total_for_the_whole_course_is_no_dose() -> None:
    found = rows(table("10 kg | 5 mL | 15 mL", header="Weight | Dose, days 1 to 3 | Total mL per treatment course"))
    assert [row.dose.low for row in found if row.dose] == [5]


def test_volumes_of_preparation_are_no_doses() -> None:
    text = table(
        "Dose | 0.9% sodium chloride bag volume to be used | Volume to be withdrawn", "200 mg | 250 mL | 40 mL"
    )
    assert [row.dose.low for row in rows(text) if row.dose] in ([], [200])


def test_labels_of_a_table_nest_and_take_each_other_s_place() -> None:
    found = rows(
        table(
            "Duodenal ulcer | | ",
            "First weeks | 15 mg | once daily",
            "Eradication of an infection | | ",
            "Triple therapy: | | ",
            "Testdrug | 30 mg | twice daily",
            "Dual therapy: | | ",
            "Testdrug | 40 mg | three times daily",
            header="Indication | Dose | Frequency",
        )
    )
    assert [row.indication for row in found] == ["Duodenal ulcer", *["Eradication of an infection"] * 2]
    assert [(row.qualifier or "").split("; ")[0] for row in found[1:]] == ["Triple therapy:", "Dual therapy:"]


def test_the_row_s_own_disease_is_none_of_a_group_that_ends_in_a_colon() -> None:
    found = rows(
        table(
            "Prophylaxis of sepsis following: | ",
            "Hip surgery | 5 mg",
            "Prophylaxis of gout | 2 mg",
            header="For | Dose",
        )
    )
    assert [row.indication for row in found] == ["Prophylaxis of sepsis following:", "Prophylaxis of gout"]


def test_the_same_dose_again_is_a_verdict() -> None:
    (row,) = rows(table("ALC ≥500 cells/µL | Maintain dosage", header="Laboratory value | Recommendation"))
    assert row.action == "no_adjustment"


def test_ages_that_leave_out_a_nearer_label_s_were_over_other_text() -> None:
    text = "### Epilepsy in Patients 10 Years of Age and Older\n\nTable 2: Doses for Patients 2 to 9 Years of Age\n\n"
    (row,) = rows(text + table("up to 11 | 150", header="Weight (kg) | Dose (mg/day)"))
    assert row.age == (2, True, 9, True, "years")
    assert [band for c in row.conditions for band in c.bands if c.kind != "weight"] == [(2, True, 9, True, "years")]


def test_amounts_with_nothing_between_them_are_of_a_lost_table() -> None:
    found = rows(
        "It is expected with others 6 mg twice a day 6 mg once a day 3 mg once a day 3 mg once every other day 12 mg "
        "(2 tablets) followed by 6 mg (1 tablet) 1 hour later. Repeat no earlier than 3 days."
    )
    assert not any(row.dose for row in found)


def test_ages_from_one_unit_to_another_are_no_outer_labels() -> None:
    text = "### Children 1 Month to < 6 Months\n\n- 6 Months to < 4 Years: 20 mg once daily"
    (row,) = rows(text)
    assert row.age is None
    assert [band.max for c in row.conditions for band in c.bands] == [48]


def test_a_dose_in_the_following_populations_is_that_of_each() -> None:
    lead = "The daily dose should not exceed 25 mg once daily in the following populations:"
    items = "- Patients with severe renal impairment (CrCl 15 to 29 mL/min).\n- Patients with Child-Pugh B cirrhosis.\n"
    (kidney, liver) = rows(f"{lead}\n\n{items}")
    assert kidney.maximum == liver.maximum == "should not exceed 25 mg once daily"
    assert kidney.renal is not None
    assert (kidney.renal.min, kidney.renal.max, liver.hepatic and liver.hepatic.child_pugh) == (15, 29, ("B",))


def test_a_band_beside_its_dose_under_one_title_is_a_label() -> None:
    found = rows(
        table(
            "Sepsis | CrCl > 30 mL/min: | 150 mg twice daily",
            " | CrCl 15 to 30 mL/min: | 75 mg twice daily",
            header="Indication | Dosage | Dosage",
        )
    )
    assert [(row.indication, row.renal and row.renal.min) for row in found] == [("Sepsis", 30), ("Sepsis", 15)]


def test_a_label_that_is_an_amount_or_an_ordinal_keeps_its_header() -> None:
    (row,) = rows(table("10 mg | 20 mg daily", header="Current dose of Otherdrug | Dose of Testdrug"))
    assert row.qualifier == "Current dose of Otherdrug: 10 mg"
    (row,) = rows(table("First | 20 mg daily", header="Dose reduction | Recommended dosage"))
    assert row.qualifier == "Dose reduction: First"


def test_a_label_of_the_same_figures_as_the_dose_is_a_label_still() -> None:
    (row,) = rows(table("45 | 45", header="Weight (kg) | Dose (mg)"))
    assert row.weight == (45, True, 45, True, "kg")


def test_a_title_whose_words_ran_together_is_read() -> None:
    header = "For | Initial Dose | Subsequent Dose | MaximumDaily Dose"
    *_, most = rows(table("Sepsis | 5 mg daily | 7 mg daily | 10 mg daily", header=header))
    assert (most.dose, most.maximum) == (None, "10 mg daily")


@pytest.mark.parametrize("healthy", ["Greater than 60", "≥60 mL/min", "60 or above"])
def test_columns_of_one_title_are_told_apart_by_the_doses_of_healthy_kidneys(healthy: str) -> None:
    found = rows(
        "| Creatinine clearance (mL/min) | Recommended Dosage | Recommended Dosage |\n|---|---|---|\n"
        f"| {healthy} | 300 mg every 12 hours | 600 mg every 12 hours |\n"
        "| 20 to 59 | 300 mg every 24 hours | 600 mg every 24 hours |\n"
        "| Less than 20 | 150 mg every 24 hours | 150 mg every 24 hours |\n"
    )
    below = [(row.text, (row.qualifier or "").partition("Dosage: ")[2]) for row in found if row.renal and row.renal.max]
    assert below == [
        ("300 mg every 24 hours", "300 mg every 12 hours"),
        ("600 mg every 24 hours", "600 mg every 12 hours"),
        ("150 mg every 24 hours", "300 mg every 12 hours"),
        ("150 mg every 24 hours", "600 mg every 12 hours"),
    ]


def test_the_caption_gives_the_unit_and_how_often_to_a_table_of_two_axes() -> None:
    """Micrograms by clearance down and weight across, both printed as points; a cell may have a footnote's mark."""
    found = rows(
        "Table 3. Recommended dose (in micrograms given TWICE daily) by weight and renal function\n\n"
        + table(
            "10 mL/min |  | 62.5\\* | 125 | 19",
            "100 mL/min |  | 125 | 187.5 | 7",
            header="Creatinine Clearance | Body Weight, kg | Body Weight, 40 | Body Weight, 70 | Number of Days Before "
            "Steady State",
        )
    )
    said = [(*told(row)[1:3], row.frequency) for row in found]
    assert set(said) == {(n, "mcg", "TWICE daily") for n in (62.5, 125, 187.5)}
    assert [(told(row)[0], row.weight and row.weight.min, row.renal and row.renal.max) for row in found] == [
        (62.5, 40, 10), (125, 70, 10), (125, 40, 100), (187.5, 70, 100),
    ]  # fmt: skip


def test_a_unit_in_a_caption_is_no_column_s_that_is_for_nobody() -> None:
    found = rows("Table 2. Dose in mg by age\n\n" + table("Adults | 2 | 3", header="Group | Visit | Parts"))
    assert all(row.dose is None for row in found)


def test_a_column_of_another_drug_holds_labels() -> None:
    (row,) = rows(table("Severe | 2.5 | 20", header="Depression | Testdrug (mg/day) | Fluoxetine (mg/day)"))
    assert (told(row), row.qualifier) == ((2.5, 2.5, "mg", "day"), "Severe; Fluoxetine (mg/day): 20; Testdrug (mg/day)")


@pytest.mark.parametrize(
    ("cell", "action"),
    [("Same as patients with normal renal function.", "no_adjustment"), ("Same as adults.", None)],
)
def test_what_holds_for_healthy_organs_holds_without_a_change(cell: str, action: str | None) -> None:
    found = rows("- 5 mg once daily\n\n" + table(f"Mild | {cell}", header="Renal impairment | Dose"))
    assert [row.action for row in found[1:]] == ([action] if action else [])


def test_what_another_drug_s_column_orders_is_a_label_that_names_it() -> None:
    steps = ("Step 1 | 200 mg/day | Decrease to 500 mg/day", "Step 2 | 300 mg/day | Discontinue.")
    found = rows(table(*steps, header=" | Testdrug | Valproate"))
    assert [(told(row)[0], row.qualifier) for row in found] == [
        (200, "Step 1; Valproate: Decrease to 500 mg/day"),
        (300, "Step 2; Valproate: Discontinue."),
    ]


def test_a_row_of_a_drug_that_is_taken_too_gives_no_dose() -> None:
    triple = ("Triple therapy | | ", "Testdrug | 30 mg | twice daily", "Amoxicillin | 1 gram | twice daily")
    others = ("Other ulcers | | ", "Healing | 30 mg | once daily", "With amoxicillin | 15 mg | once daily")
    found = rows(table(*triple, *others, header="Indication | Dose | Frequency"))
    assert [(row.dose and row.dose.text, row.frequency, row.unsure) for row in found] == [
        ("30 mg", "twice daily", None),
        (None, None, "a dose of Amoxicillin"),
        ("30 mg", "once daily", None),
        ("15 mg", "once daily", None),
    ]


def test_a_band_in_the_column_of_indications_is_for_what_the_cells_above_name() -> None:
    found = rows(
        table("Epilepsy Under 6 years | 10 mg/kg/day", "6 to 12 years | 100 mg", "Neuralgia | 50 mg",
              header="Indication | Initial dose")
    )  # fmt: skip
    assert [(row.indication, row.age and row.age.max) for row in found] == [
        ("Epilepsy Under 6 years", 6), ("Epilepsy", 12), ("Neuralgia", None),
    ]  # fmt: skip


def test_people_alone_in_a_row_are_beside_the_people_in_the_rows_before() -> None:
    """ "Gout | ; Adults | 40 mg; Children | ; 15 to 40 kg | 20 mg": the children have gout too."""
    found = rows(
        table("Gout |", "Adults | 40 mg", "Children (5 years and older) |", "15 kg to < 40 kg | 20 mg", "Sepsis |",
              "Adults | 80 mg", header="Indication | Dose")
    )  # fmt: skip
    assert [(row.indication, row.population) for row in found if row.weight] == [
        ("Gout", "Children (5 years and older)")
    ]
    assert [row.indication for row in found] == ["Gout", "Gout", "Sepsis"]


def test_a_footnote_is_for_what_the_rows_with_its_mark_are() -> None:
    found = rows(
        "## Usage\n\n- Esophagitis\n- Hypersecretory conditions\n\n## Dosage\n\n"
        + table(
            "Esophagitis | 20 mg[1] once daily",
            "Hypersecretory conditions | 40 mg twice daily[2]",
            header="Indication | Dose",
        )
        + "\n\n[1] A maximum of 10 mg once daily is recommended in the elderly. [2] A dose of 20 mg twice daily is "
        "recommended in the elderly. Increase the dose by 5 mg after a week.\n"
    )
    assert [row.indication for row in found if "elderly" in row.text] == ["Esophagitis", "Hypersecretory conditions"]
    assert [row.indication for row in found if "Increase" in row.text] == [None]


@pytest.mark.parametrize(
    ("cell", "doses", "frequencies"),
    [
        ("500 mg / every 24 hours", [(500, 500, "mg", None)], ["every 24 hours"]),
        ("0.5 to 1 g / IV/IM every 12 hours", [(0.5, 1, "g", None)], ["every 12 hours"]),
        ("2 g every / 8 hours", [(2, 2, "g", None)], ["every / 8 hours"]),
        ("5 mg four times daily (before meals), or / 10 mg three times daily",
         [(5, 5, "mg", None), (10, 10, "mg", None)], ["four times daily", "three times daily"]),
        ("Day 1: 80 mg / Day 15: 40 mg", [(80, 80, "mg", None), (40, 40, "mg", None)], [None, None]),
        ("4 mg / 3. If it persists, reduce to 3 mg", [(4, 4, "mg", None), (3, 3, "mg", None)], [None, None]),
        ("2.5 mL; / (½ tsp)", [(2.5, 2.5, "mL", None)], [None]),
        ("5 mg / kg / day", [(5, 5, "mg", "kg/day")], [None]),
        ("500 mg / 125 mg every 8 hours", [(None,)], ["every 8 hours"]),
    ],
)  # fmt: skip
def test_the_ends_of_lines_in_a_cell_are_no_divisions(
    cell: str, doses: list[tuple[object, ...]], frequencies: list[str | None]
) -> None:
    found = rows(table(f"Sepsis | {cell}", header="Indication | Dosage"))
    assert [told(row) for row in found] == doses
    assert [row.frequency for row in found] == frequencies


def test_a_first_row_of_what_each_column_is_for_is_the_header() -> None:
    found = rows(
        table(
            "CrCl 50 mL/min or above | CrCl 20 to 49 mL/min | CrCl 10 to 19 mL/min",
            "750 mg every 24 hours | 750 mg every 48 hours | 500 mg every 48 hours",
        )
    )
    assert [(told(row)[0], row.renal and (row.renal.min, row.renal.max)) for row in found] == [
        (750, (50, None)),
        (750, (20, 49)),
        (500, (10, 19)),
    ]


def test_a_header_that_says_how_often_and_names_a_sort() -> None:
    (row,) = rows(table("Type of Infection | Dosed Every 24 hours | Duration (days)", "Sepsis | 750 mg | 7 to 14"))
    assert (row.indication, row.frequency, row.duration) == ("Sepsis", "Every 24 hours", "7 to 14 days")


def test_people_in_a_column_of_doses_are_the_label_of_the_dose_beside_them() -> None:
    (_, _, preterm, term) = rows(
        table(
            "First dose | 20 mg/kg | 20 mg/kg",
            "Second dose | Preterm infants | 10 mg/kg",
            "Second dose | Term infants | 20 mg/kg",
        )
    )
    assert (preterm.population, term.population) == ("Preterm infants", "Term infants")


def test_the_volumes_of_two_strengths_are_doses_under_one_title_of_doses() -> None:
    found = rows(
        table(
            "4 kg or lower | 1 | 0.5",
            "More than 4 kg | 1.4 | 0.7",
            header="Weight (kg) | Doses (mL), Frequency: Daily, 25 mg/5 mL suspension | "
            "Doses (mL), Frequency: Daily, 50 mg/5 mL suspension",
        )
    )
    assert [told(row)[:3] for row in found] == [(1, 1, "mL"), (0.5, 0.5, "mL"), (1.4, 1.4, "mL"), (0.7, 0.7, "mL")]


def test_titles_that_span_columns_have_the_columns_own_titles_below_them() -> None:
    found = rows(
        table(
            "If the weight is | If the weight is | Give, with 2- and 5-mg tablets | Give, with 2- and 5-mg tablets",
            "Greater than | And less than | Weeks 1 and 2 | Weeks 3 and 4",
            "6.5 kg | 12 kg | 2 mg every other day | 2 mg every day",
        )
    )
    assert [(told(row), row.weight and (row.weight.min, row.weight.max)) for row in found] == [
        ((2, 2, "mg", None), (6.5, 12)),
        ((2, 2, "mg", None), (6.5, 12)),
    ]
    assert [(row.qualifier or "").rpartition(", ")[2] for row in found] == ["Weeks 1 and 2", "Weeks 3 and 4"]


def test_titles_broken_over_two_rows_are_one_header_and_the_caption_s_unit_is_that_of_all_columns() -> None:
    found = rows(
        "Table 1: Recommended Dosage (as total grams of both ingredients)\n\n"
        + table(
            "Creatinine clearance, | All Indications | Lung",
            "mL/min | (except lung infections) | Infections",
            "Greater than 40 mL/min | 3.5 every 6 hours | 4.5 every 6 hours",
            "20 to 40 mL/min | 2.25 every 6 hours | 3.5 every 6 hours",
        )
    )
    assert [(told(row)[0], row.dose and row.dose.unit, row.frequency) for row in found] == [
        (dose, "g", "every 6 hours") for dose in (3.5, 4.5, 2.25, 3.5)
    ]
    assert [row.renal and row.renal.max for row in found] == [None, None, 40, 40]
    assert found[1].indication == "Lung Infections"
    assert "All Indications (except lung infections)" in f"{found[0].indication} {found[0].qualifier}"


@pytest.mark.parametrize(
    ("header", "cell", "per"),
    [
        ("Total Daily Dose", "200 mg", "day"),
        ("Total daily dose (mg)", "200", "day"),
        ("Daily dose", "200 mg", "day"),
        ("Daily dose", "200 mg in 2 divided doses", "day"),
        ("Daily dose", "2 mg/kg", "kg/day"),
        ("Daily dose", "200 mg twice daily", None),  # that of a day or that of each time
        ("Total daily dose", "200 mg twice daily", None),
        ("Dose", "200 mg", None),
        ("Total dose", "200 mg", None),
    ],
)
def test_a_column_of_daily_doses_gives_them_by_the_day(header: str, cell: str, per: str | None) -> None:
    (row,) = rows(table(f"10 to 15 lbs | {cell}", header=f"Body Weight | {header}"))
    assert told(row)[2:] == ("mg", per)
    assert row.weight == (10, True, 15, True, "lb")


@pytest.mark.parametrize(
    ("header", "cell", "unsure"),
    [
        ("Number of Capsules or Teaspoons, Dose 1", "2", "the unit of “2” is not certain"),
        ("Sepsis", "3.5 every 6 hours", "the unit of “3.5” is not certain"),
        ("Fluoxetine (mg/day)", "40+10", "“40+10” is not read"),
        ("Dose (mg)", "2", None),
        ("Per cent of the usual dose", "50", None),
    ],
)
def test_a_bare_figure_of_a_column_of_doses_says_that_it_has_no_certain_unit(
    header: str, cell: str, unsure: str | None
) -> None:
    (row,) = rows(table(f"10 kg | {cell}", header=f"Weight | {header}"))
    assert row.unsure == unsure
    assert (row.dose is None) is (header != "Dose (mg)")


def test_a_first_row_of_figures_under_spanning_titles_is_no_header() -> None:
    found = rows(
        table(
            "kg | (lb) | mg/dose | mL/dose",
            " | | q8h | q8h",
            "40 | (88) | 40 | 1",
            "45 | (99) | 45 | 1.1",
            header="Weight | Weight | Usual Dose | Usual Dose",
        )
    )
    assert [told(row)[0] for row in found if row.dose and row.dose.unit == "mg"] == [40, 45]
    assert {row.weight for row in found} == {(kg, True, kg, True, "kg") for kg in (40, 45)}


def test_each_footnote_of_a_line_is_a_statement_of_its_own() -> None:
    lines = (
        "#Infuse over 30 minutes / *Clearance of those not on dialysis **0.75 g should be given after each session on"
    )
    found = rows(
        table("Dialysis\\*\\* | 2.25 g every 12 hours", header="Patients | Dose") + f"\n\n{lines} such days.\n"
    )
    assert [(told(row)[0], row.text.startswith("0.75 g")) for row in found if row.dose] == [(2.25, False), (0.75, True)]
    (row,) = rows("- 5 mg * 2 tablets")  # no line of footnotes
    assert row.text == "5 mg * 2 tablets"


def test_a_first_title_that_names_people_is_over_the_rows_up_to_the_next_people() -> None:
    found = rows(
        table(
            "Anxiety | 2 mg to 10 mg, 2 to 4 times daily",
            "PEDIATRIC PATIENTS: | ",
            "Not for use under 6 months. | 1 mg to 2.5 mg, 3 or 4 times daily",
            header="ADULTS: | USUAL DAILY DOSE:",
        )
    )
    assert [(row.population or "").rstrip(":") for row in found] == ["ADULTS", "PEDIATRIC PATIENTS"]
    assert "ADULTS" not in f"{found[1].qualifier}"
    (child, grown) = rows(table("Children | 1 mg daily", "Adults | 2 mg daily", header="Adults and children | Dose"))
    assert (child.population, grown.population) == ("Children", "Adults")


def test_a_maximum_beside_a_figure_that_is_no_dose_is_a_maximum() -> None:
    (low, none) = rows(
        table(
            "15 to 35 | 16 to 27 | 50 mg daily",
            "<15 | >27 | 25 mg daily",
            header="Creatinine Clearance (mL/min) | Elimination Half-Life (h) | Maximum Dosage",
        )
    )
    assert [(row.dose, row.maximum, row.text) for row in (low, none)] == [
        (None, "50 mg daily", "50 mg daily"),
        (None, "25 mg daily", "25 mg daily"),
    ]


def test_a_title_over_all_columns_but_the_first_is_of_the_header() -> None:
    found = rows(
        table(
            " | Prophylaxis",
            "Drugs | Original dose | Adjusted dose",
            "Ketoconazole | 0.6 mg twice a day | 0.3 mg once a day",
            "Diltiazem | 0.6 mg twice a day | 0.3 mg twice a day",
            header=" | | ",
        ).replace("|  | Prophylaxis |", "|  | Prophylaxis | Prophylaxis |")
    )
    assert [row.frequency for row in found if row.dose] == ["once a day", "twice a day"]


def test_a_share_of_another_drug_s_dose_orders_nothing() -> None:
    (row,) = rows(table("10 kg | 50%", header="Weight | Percent of the usual dose"))
    assert row.action == "reduce"
    found = rows(table("10 mg to 30 mg | 40% to 66%", header="Baseline | Estimate as percent of daily morphine dose"))
    assert "reduce" not in [row.action for row in found]


def test_doses_under_a_title_of_administration_for_impaired_kidneys_are_rows() -> None:
    text = "### Administration for Patients with Normal Renal Function\n\n" + table("120 | 120 mg", header="kg | q8h")
    assert [row.dose and row.dose.high for row in rows(text)] == [120]
    assert rows("### Administration\n\n" + table("120 | 120 mL", header="kg | Volume")) == []


@pytest.mark.parametrize("header", ["", " | From | To"])
def test_columns_from_and_to_are_one_range_below_a_weight_in_its_unit(header: str) -> None:
    lines = [" | From | To"] if not header else []
    lines += ["Weight in kg | Dose (mg/day) | Dose (mg/day)", "20 | 600 | 900", "25 | 900 | 1,200"]
    found = rows(table(*lines, header=header))
    assert [told(row) for row in found] == [(600, 900, "mg", "day"), (900, 1200, "mg", "day")]
    assert [(row.weight and row.weight.min, row.text) for row in found] == [(20, "600 900"), (25, "900 1,200")]
    apart = rows(table("20 kg | 600 | 900", header="Weight | Start dose (mg/day) | Usual dose (mg/day)"))
    assert [told(row)[:2] for row in apart] == [(600, 600), (900, 900)]


def test_how_often_in_a_column_before_the_doses_holds_for_each_regimen_of_a_cell() -> None:
    found = rows(
        table(
            "Under the skin | Initial dose | 5,000 units by intravenous injection, followed by 10,000 units",
            "Into a vein | Every 12 hours | 100 mg; for severe infection: 200 mg",
            header="Method | Frequency | Recommended dose",
        )
    )
    assert [(told(row)[0], row.frequency) for row in found] == [
        (5000, None), (10000, None), (100, "Every 12 hours"), (200, "Every 12 hours"),
    ]  # fmt: skip
    assert (found[2].text, found[2].qualifier) == ("100 mg", "Into a vein; Every 12 hours")


def test_titles_amid_a_table_that_part_a_spanning_one_are_over_the_rows_after_them() -> None:
    found = rows(
        table(
            "Ketoconazole | Original dose | Adjusted dose | 1 mg once",
            "Ketoconazole | 0.6 mg twice a day | 0.3 mg once a day | 1 mg once",
            "Diltiazem | Original dose | Adjusted dose | 2 mg once",
            "Diltiazem | 0.6 mg twice a day | 0.3 mg twice a day | 2 mg once",
            header="Taken | Prophylaxis | Prophylaxis | Treatment",
        )
    )
    assert [row.dose.text for row in found if row.dose] == [
        "1 mg", "0.3 mg", "1 mg", "2 mg", "0.3 mg", "2 mg",
    ]  # fmt: skip


def test_lines_below_columns_of_groups_are_what_columns_are_elsewhere() -> None:
    found = rows(
        table(
            "Dose (mg/kg) | 10 | 20",
            "Dosing interval | every 12 hours | every 24 hours",
            "Maximum daily dose (mg) | 100 | 200",
            header=" | CrCl ≥60 mL/min | CrCl 30 to 59 mL/min",
        )
    )
    assert [(told(row), row.frequency, row.maximum, row.renal and row.renal.min) for row in found] == [
        ((10, 10, "mg", "kg"), None, None, 60),
        ((20, 20, "mg", "kg"), None, None, 30),
        ((None,), "every 12 hours", None, 60),
        ((None,), "every 24 hours", None, 30),
        ((None,), None, "100", 60),
        ((None,), None, "200", 30),
    ]


def test_a_first_row_that_says_what_a_group_takes_is_no_header() -> None:
    found = rows(table("Children | 20 mg once daily", header="Adults | 40 mg twice daily"))
    assert [(row.population, told(row)[0]) for row in found] == [("Adults", 40), ("Children", 20)]


def test_titles_of_ages_may_be_open_or_without_their_unit() -> None:
    found = rows(
        table(
            "Indication | < 2 | ≥2 to <6 | 6 and older",
            "Sepsis | 1 mg | 2 mg | 3 mg",
            header="Indication | Age (years) | Age (years) | Age (years)",
        )
    )
    assert [row.age and row.age[:4] for row in found] == [
        (None, None, 2, False),
        (2, True, 6, False),
        (6, True, None, None),
    ]


@pytest.mark.parametrize(
    "lines", [("Dose | 1 mg | 2 mg | 4 mg",), ("Sepsis | 1 mg | 2 mg | 4 mg", "Gout | 1 mg | 2 mg | 4 mg")]
)
@pytest.mark.parametrize(
    ("header", "key", "bands"),
    [
        ("Age (years) | <2 | 2 to 5 | 6 and older", "age", [(None, 2), (2, 5), (6, None)]),
        ("Weight (kg) | <10 | 10 to <20 | ≥20", "weight", [(None, 10), (10, 20), (20, None)]),
        ("Creatinine clearance (mL/min) | ≥60 | 30–59 | <30", "renal", [(60, None), (30, 59), (None, 30)]),
    ],
)
def test_a_measure_in_the_corner_is_that_of_the_titles_beside_it(
    header: str, key: str, bands: list[tuple[int | None, int | None]], lines: tuple[str, ...]
) -> None:
    found = [getattr(row, key) for row in rows(table(*lines, header=header))]
    assert [band and (band.min, band.max) for band in found] == bands * len(lines)


def test_an_organ_in_the_corner_is_that_of_the_grades_beside_it() -> None:
    header = "Hepatic impairment | Mild | Moderate | Severe"
    found = rows(table("Starting dose | 10 mg | 5 mg | Avoid", "Maximum dose | 20 mg | 10 mg | Avoid", header=header))
    grades = [("mild",), ("moderate",), ("severe",)]
    assert [row.hepatic and row.hepatic.severity for row in found] == grades * 2
    assert [row.maximum for row in found] == [None, None, None, "20 mg", "10 mg", None]


def test_what_is_over_labels_that_are_bands_themselves_is_their_title() -> None:
    found = rows(table("1 to 2 years | 10 mg | 12 mg", header="Age | <10 kg | ≥10 kg"))
    assert [(row.age and row.age.max, row.weight and (row.weight.min, row.weight.max)) for row in found] == [
        (2, (None, 10)),
        (2, (10, None)),
    ]


def test_a_refusal_in_a_column_of_maxima_is_no_maximum() -> None:
    (row,) = rows(table("Severe impairment | Avoid | Avoid", header="Renal function | Usual dose | Maximum dose"))
    assert (row.action, row.maximum) == ("avoid", None)


def test_a_header_of_usual_doses_over_ranges_is_no_row() -> None:
    found = rows(table("CrCl <20 | 250 mg every 24 hours", header="Renal function | 500 mg every 12 hours"))
    assert [(told(row)[0], row.renal and row.renal.max) for row in found] == [(250, 20)]
    assert "500 mg every 12 hours" in (found[0].qualifier or "")


def test_a_title_over_labels_and_their_verdicts_takes_no_label_away() -> None:
    """ "Neutropenia" over "When neutrophils | Recommended course": each verdict keeps what it is for."""
    cells = (
        ("Platelet counts", "", ""),
        ("", "Thrombocytopenia", "Thrombocytopenia"),
        ("", "When platelets", "Recommended course"),
        ("", "Fall below 30,000/mcL", "Interrupt treatment."),
        ("", "For a drop below 30,000/mcL on 5 mg daily", "Interrupt treatment."),
        ("Neutrophil counts", "", ""),
        ("", "Neutropenia in myeloma", "Neutropenia in myeloma"),
        ("", "When neutrophils", "Recommended course"),
        ("", "Fall below 1,000/mcL", "Interrupt treatment."),
    )
    whole = "|  |  |  |\n|---|---|---|\n" + "\n".join(f"| {' | '.join(row)} |" for row in cells)
    for text in (whole, whole.replace("| Platelet counts |  |  |\n", "")):
        found = [row.qualifier or "" for row in rows(text) if row.action == "avoid"]
        assert ["30,000/mcL" in found[0], "1,000/mcL" in found[-1]] == [True, True]


def test_a_refusal_in_the_cell_of_a_label_is_a_row_of_its_own() -> None:
    first, second = rows(
        table("Children. Not for use in children under 6 months. | 5 mg daily", header="Patients | Usual daily dose")
    )
    assert (first.action, first.age and first.age.max) == ("avoid", 6)
    assert (told(second)[0], second.age, "Not for" in (second.qualifier or "")) == (5, None, False)
