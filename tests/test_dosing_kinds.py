"""Kinds of official labels' language, each with a sentence of our own."""

from __future__ import annotations

from time import process_time

import pytest
from tests.reading import age, regimen, said
from tests.test_dosing_cases import read

from druginfo.dosing.indications import IndicationWords
from druginfo.parse import parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Give 20 mg on Day 1 as a single 20 mg dose, on Day 2 as 40 mg/day, and on Day 3 as 60 mg/day.",
            ["Give 20 mg on Day 1 as a single 20 mg dose,", "on Day 2 as 40 mg/day,", "and on Day 3 as 60 mg/day."],
        ),
        (
            "The starting dose is 3 mg/day, with titration to 6 mg/day after 4 days, and a target dose of 9 mg/day.",
            ["The starting dose is 3 mg/day,", "with titration to 6 mg/day after 4 days,",
             "and a target dose of 9 mg/day."],
        ),
        (
            "Moderate pain - 5 mg to 10 mg b.i.d. Severe pain - 15 mg to 20 mg b.i.d.",
            ["5 mg to 10 mg b.i.d.", "15 mg to 20 mg b.i.d."],
        ),
        (
            "The dose is 0.3 mg/kg/day in kidney disease, 0.1 mg/kg/day in heart disease, and 0.2 mg/kg/day in asthma.",
            ["The dose is 0.3 mg/kg/day in kidney disease,", "0.1 mg/kg/day in heart disease,",
             "and 0.2 mg/kg/day in asthma."],
        ),
        (
            "300 mg/day Children with asthma (2.5): 40 mg/m²/day Adults with gout (2.6): 200 mg/day",
            ["300 mg/day", "40 mg/m²/day", "200 mg/day"],
        ),
        (
            "Take 5 mg once daily (2.1) Elderly patients: 2.5 mg once daily (2.2) Swallow whole (2.3)",
            ["Take 5 mg once daily (2.1)", "2.5 mg once daily (2.2)", "Swallow whole (2.3)"],
        ),
        (
            "0.3 mg/kg/day capsules or 0.4 mg/kg/day oral suspension, divided in two doses",
            ["0.3 mg/kg/day capsules", "or 0.4 mg/kg/day oral suspension, divided in two doses"],
        ),
        ("The dosage is 40 mg or 80 mg once daily.", ["The dosage is 40 mg or 80 mg once daily."]),
        ("Start at 60 mg and titrate to 90 mg daily.", ["Start at 60 mg", "and titrate to 90 mg daily."]),
        (
            "Adjust in increments of 0.5 mg or 1 mg per day to a recommended dose of 3 mg per day.",
            ["Adjust in increments of 0.5 mg or 1 mg per day", "to a recommended dose of 3 mg per day."],
        ),
        (
            "Start at 15 mg/day and titrate in 15 mg increments every 5 days to reach 60 mg/day (15 mg q6h). "
            "Then it may be raised by 20 mg every 5 days to achieve 120 mg/day (30 mg four times a day).",
            [
                "Start at 15 mg/day and titrate in 15 mg increments every 5 days to reach 60 mg/day (15 mg q6h).",
                "Then it may be raised by 20 mg every 5 days to achieve 120 mg/day (30 mg four times a day).",
            ],
        ),
        (
            "The starting dose is 8 mg/kg/day, increasing weekly by 3 to 6 mg/kg/day until seizures stop.",
            ["The starting dose is 8 mg/kg/day, increasing weekly by 3 to 6 mg/kg/day until seizures stop."],
        ),
        (
            "Start with 4 mg once daily and increase by 4 mg every week to a target dose of 16 mg once daily.",
            ["Start with 4 mg once daily and increase by 4 mg every week", "to a target dose of 16 mg once daily."],
        ),
        (
            "The initial daily dose is 80 mg in single or divided doses, but may range from 20 to 160 mg daily.",
            ["The initial daily dose is 80 mg in single or divided doses,", "but may range from 20 to 160 mg daily."],
        ),
        (
            "The usual dose is 3 mg daily, but the dosage may vary from 1.5 mg to 6 mg daily.",
            ["The usual dose is 3 mg daily,", "but the dosage may vary from 1.5 mg to 6 mg daily."],
        ),
        (
            "Raise it within a week to 30 mg daily, with further titrations to a target dose of 120 mg daily.",
            ["Raise it within a week to 30 mg daily,", "with further titrations to a target dose of 120 mg daily."],
        ),
        (
            "Give 35 mg per day for a week before increasing to 70 mg per day.",
            ["Give 35 mg per day for a week", "before increasing to 70 mg per day."],
        ),
        (
            "Increase by 50 mg/day every week to a maintenance dose of 400 mg/day.",
            ["Increase by 50 mg/day every week", "to a maintenance dose of 400 mg/day."],
        ),
        (
            "Increase by increments of 14 mg/kg to the recommended daily dose of 42 mg/kg (21 mg/kg twice daily).",
            ["Increase by increments of 14 mg/kg", "to the recommended daily dose of 42 mg/kg (21 mg/kg twice daily)."],
        ),
        (
            "Begin with 5 mg t.i.d. for 4 days 10 mg t.i.d. for 4 days 20 mg t.i.d. for 4 days",
            ["Begin with 5 mg t.i.d. for 4 days", "10 mg t.i.d. for 4 days", "20 mg t.i.d. for 4 days"],
        ),
        (
            "The dose is 2 g on day 1, 1 g on day 2, and 500 mg daily thereafter.",
            ["The dose is 2 g on day 1,", "1 g on day 2,", "and 500 mg daily thereafter."],
        ),
        (
            "For patients treated with 300 mg a day, reduce the dose to 150 mg daily before it is stopped.",
            ["For patients treated with 300 mg a day, reduce the dose to 150 mg daily before it is stopped."],
        ),
        (
            "In a study of 4 mg at bedtime, 8 mg at bedtime and 16 mg at bedtime, no difference was demonstrated.",
            ["In a study of 4 mg at bedtime, 8 mg at bedtime and 16 mg at bedtime, no difference was demonstrated."],
        ),
        (
            "Daily doses above 3 mg in children and 6 mg in adults are not recommended.",
            ["Daily doses above 3 mg in children and 6 mg in adults are not recommended."],
        ),
        (
            "The dosage is one 5 mg tablet daily, except for women without estrogen, for whom it is 10 mg daily.",
            ["The dosage is one 5 mg tablet daily,", "except for women without estrogen, for whom it is 10 mg daily."],
        ),
        (
            "The dose may be increased to 20 mg or decreased to 5 mg.",
            ["The dose may be increased to 20 mg", "or decreased to 5 mg."],
        ),
        (
            "Use 1 spray once daily CHILDREN UNDER 4 YEARS OF AGE do not use",
            ["Use 1 spray once daily", "CHILDREN UNDER 4 YEARS OF AGE do not use"],
        ),
        (
            "For patients who otherwise receive 8 mg twice daily, the recommended dosage is 8 mg once daily.",
            ["For patients who otherwise receive 8 mg twice daily, the recommended dosage is 8 mg once daily."],
        ),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_where_another_regimen_begins(text: str, parts: list[str]) -> None:
    assert [part.text for part in said(text)] == parts


@pytest.mark.parametrize(
    ("text", "dose", "per"),
    [
        ("Give 150 units of testdrug sodium per kilogram.", "150 units of testdrug sodium per kilogram", "kg"),
        ("The dose is 0.4 mg (half tablet) per day.", "0.4 mg (half tablet) per day", "day"),
        ("Give 2 tsp (200 mg)/day.", None, None),
        ("Start with Testdrug Presto Tablets 3 mg daily.", "3 mg", None),
        ("The starting dose of testdrug calcium is 10 mg once daily.", "10 mg", None),
        ("Increase to 25 mg once daily in patients tolerating 10 mg once daily.", "25 mg", None),
        ("Those who respond to treatment with 4 mg may take 2 mg daily.", "2 mg", None),
        ("Eczema due to sunlight 800 mg three times a day for 7 days.", "800 mg", None),
        ("Folic acid 5 mg once weekly.", None, None),
        ("The first dose is 50 mg given as one tablet a day.", "50 mg", None),
        ("The dosage is 5 mL (125 mg/5 mL), or one teaspoonful, three times daily.", "5 mL", None),
        ("40 mg/day (given as 20 mg twice daily) to 60 mg/day (given once daily).",
         "40 mg/day (given as 20 mg twice daily) to 60 mg/day", "day"),
        ("For example, a patient who weighs 60 kg could be given 60 mg every 16 hours.", None, None),
        ("In a controlled trial of testdrug, patients were administered 10 to 60 mg/day.", None, None),
        ("It is recommended that a 2 mg dose be given before the procedure.", "2 mg", None),
        ("The dosage is 20 mg[1] once daily.", "20 mg", None),
        ("Frail patients may be started on 2.5 mg once daily.", "2.5 mg", None),
        ("Patients who are maintained on 8 mg daily need close watching.", None, None),
        ("The dosage may vary from 5 mg to 60 mg per day.", "5 mg to 60 mg per day", "day"),
        ("It is recommended that 25 mg be given on waking.", "25 mg", None),
        ("Give it as two 500 mg infusions two weeks apart.", "500 mg", None),
        ("The dose is 80 mg, usually divided into 40 mg twice a day.", "40 mg", None),
        ("A dose of 800 mg should be administered as 400 mg twice a day.", "400 mg", None),
        ("Give 400 mg 6 hours after the first dose (total dosage = 2000 mg).", "400 mg", None),
        ("A dose of 200 mg achieves an exposure similar to 3 mg/kg intravenously.", None, None),
        ("The dosage is 0.5 mg to 1 mg per pound (1 to 2 mg/kg) per day.",
         "0.5 mg to 1 mg per pound (1 to 2 mg/kg) per day", "lb/day"),
        ("Give 5 mg/kg to 7 mg/kg of body weight per 24 hours.", "5 mg/kg to 7 mg/kg of body weight per 24 hours",
         "kg/day"),
        ("The dose is 500 mg to 2 g every 12 hours.", None, None),
        ("Start with a daily dose of 500 mg given as twice daily dosing (250 mg twice daily).", "250 mg", None),
        ("Give twice daily dosing totaling 100 mg.", "100 mg", "day"),
        ("Administer aspirin to all patients early and go on dosing with 75 to 325 mg once daily.", None, None),
        ("Take ½ tablet (2.5 mg) once daily.", "2.5 mg", None),
        ("The total daily dose should not exceed 1600 mg sulfamethoxazole and 320 mg trimethoprim.", None, None),
        ("Patients whose pressure is controlled with 25 mg may go on.", None, None),
        ("Patients who respond and then lose it may be treated with 10 mg/kg.", "10 mg/kg", "kg"),
        ("A dose of 1,200 mg/day has been shown to be effective where treatment has been initiated.", None, None),
        ("One week after discontinuing 0.5 mg of the injection.", None, None),
        ("Dose adjustments of up to 5 mg/day should occur gradually.", None, None),
        ("Give 600 mg/intravenous every 12 hours.", None, None),
        ("A dose of 3 mg provides the same control as 250 mg of tolbutamide.", None, None),
        ("Begin by initiating treatment with testdrug oral suspension at 600 mg/day.", "600 mg/day", "day"),
        ("The daily dose is 2 g divided as 500 mg every 6 hours.", "500 mg", None),
        ("The dose required to keep stable concentrations is 1.9 mg/kg daily.", "1.9 mg/kg", "kg"),
        ("Adjustments can be made in increments of 25 mg to 50 mg twice a day.", "25 mg to 50 mg", None),
        ("Increments may be given (1000 mg/day every 2 weeks) to a maximum of 3000 mg.", "1000 mg/day", "day"),
        ("The maximum daily dose is 0.6 mg (may be given as 0.3 mg twice a day).", None, None),
        ("For daily dosing of 800 mg and above, dosing should be accomplished using the 400 mg tablet.", None, None),
        ("The usual dosage is 1 Testdrug DS (double strength) tablet every 12 hours.",
         "1 Testdrug DS (double strength) tablet", None),
        ("The effective dose range is 1 mg to 6 mg per day, as studied in trials.", "1 mg to 6 mg per day", "day"),
        ("Consider a lower starting dosage (200 mg or 350 mg/day).", "200 mg or 350 mg/day", "day"),
        ("The dosage is 2 mg or 4 mg/kg.", None, None),
        ("Start at 15 mg/day and titrate in 15 mg increments to reach 60 mg/day.", "15 mg/day", "day"),
        ("It may be raised by 20 mg every 5 days to achieve 120 mg/day.", "20 mg", None),
        ("After reaching a daily dose of 3 mg, increase in increments of 1 mg.", "1 mg", None),
        ("Cumulative doses up to a total of 24 mg/day may be given.", "up to a total of 24 mg/day", "day"),
        ("The dosage is 7.5 mg (one 5 mg tablet and one 2.5 mg tablet) once daily.", "7.5 mg", None),
        ("Give two Testdrug 300 mg tablets or one 600 mg tablet twice daily (1,200 mg daily dose).", "1,200 mg", "day"),
        ("Sicker patients in one study responded to a mean dose of 340 mg per day.", None, None),
        ("The median dose was 5 mg twice daily.", None, None),
        ("It has been systematically evaluated and shown to be effective at 10 to 20 mg/day.", None, None),
        ("The mean dosage in the trials was 5 mg daily.", None, None),
        ("Followed about 8 hours later by 60 mg twice daily.", "60 mg", None),
        ("Patients whose daily insulin requirement is 20 units or less may begin.", None, None),
        ("Doses of 50 mg/kg to 100 mg/kg may be administered with oxygen.", "50 mg/kg to 100 mg/kg", "kg"),
        ("Doses of 3600 mg/day have been administered to a few patients.", None, None),
        ("Multiply the creatinine (mg/100 mL) by 8.", None, None),
        ("1-mg, 2-mg, or 4-mg testdrug tablets may be placed in water.", None, None),
        ("The 10-mg dose may provide more than the 5-mg dose.", None, None),
        ("In adults taking propranolol, only the 5-mg dose of testdrug is recommended.", "5-mg", None),
        ("Occasional patients required as much as 10 mg per day.", None, None),
        ("Patients who have received 5 mg daily may continue with testdrug.", None, None),
        ("1,800 mg/day of testdrug corresponds to 1,200 mg of its prodrug.", None, None),
        ("12,000 to 500,000 USP Units daily with calcium lactate 4 g.", "12,000 to 500,000 USP Units", None),
        ("7,500 units of testdrug are added to 100 mL of dextrose.", None, None),
        ("3 g, given either as a single dose or in three divided doses of 1 g each.", "3 g", None),
        ("Infuse 500 mg, initial rate 50 mg.", "500 mg", None),
    ],
)  # fmt: skip
def test_which_amount_is_the_dose(text: str, dose: str | None, per: str | None) -> None:
    found = regimen(text, ["Testdrug"]).dose
    assert ((found.text, found.per) if found else (None, None)) == (dose, per)


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("Doses above 40 mg once daily are not recommended.", "Doses above 40 mg once daily are not recommended"),
        ("The maximum recommended daily oral dose is 15 mg.", "maximum recommended daily oral dose is 15 mg"),
        ("Inpatients may be given up to but not in excess of 600 mg/day.", "not in excess of 600 mg/day"),
        ("The maximum 24-hour dose is 240 mg.", "maximum 24-hour dose is 240 mg"),
        ("The maximum dose per 24 hours is 8 mg.", "maximum dose per 24 hours is 8 mg"),
        ("The dose must not exceed 400 mg (310 mg base).", "must not exceed 400 mg (310 mg base)"),
        ("Daily doses of more than 12 mg should not be used.", "Daily doses of more than 12 mg should not be used"),
        ("For patients with moderate renal impairment doses greater than 400 mg are not recommended.",
         "doses greater than 400 mg are not recommended"),
        ("The maximum dosage for those over 60 years, those with liver disease, and poor metabolizers is 20 mg daily.",
         "maximum dosage for those over 60 years, those with liver disease, and poor metabolizers is 20 mg daily"),
        ("The maximum cumulative dose that may be given in 24 hours is 8 mg, two 4 mg injections an hour apart.",
         "maximum cumulative dose that may be given in 24 hours is 8 mg, two 4 mg injections"),
        ("The maximum amount which can be given in one day is 4 g (eight 500 mg tablets).",
         "maximum amount which can be given in one day is 4 g (eight 500 mg tablets)"),
    ],
)  # fmt: skip
def test_a_ceiling_is_no_dose_and_no_refusal(text: str, maximum: str) -> None:
    found = regimen(text)
    assert (found.maximum, found.dose, found.action) == (maximum, None, "note")


@pytest.mark.parametrize("text", ["Doses above 20 mg have not been studied.", "40 mg is the maximum that was studied."])
def test_what_was_not_studied_is_no_ceiling_in_figures(text: str) -> None:
    assert regimen(text).dose is None
    assert "20 mg" not in (regimen(text).maximum or "")


@pytest.mark.parametrize(
    "text",
    [
        "At least 14 days must elapse between stopping it and starting phenelzine.",
        "For CrCl 30 to 50 mL/min, start warfarin 2 days before the last capsule.",
        "Resume treatment when the patient can eat.",
        "Adult patients should receive doses at the lower end of the range.",
        "In patients with impaired liver function the initial dosing should be conservative.",
        "Dosing recommendations for patients with CrCl below 15 mL/min cannot be provided.",
        "The optimal dose for patients on dialysis has not been studied.",
        "The first dose should be given no sooner than 6 hours after surgery.",
        "Do not abruptly stop treatment in patients who depend on it.",
        "Data are not available on its use in children with CrCl below 40 mL/min.",
        "Use with caution in patients with severe hepatic impairment.",
        "Patients with moderate renal impairment should be monitored closely for bleeding.",
        "Extra doses should not be required after CAPD.",
        "Supplementation following the hemodialysis session should be considered.",
        "Pregnant patients should not be treated in the first weeks.",
    ],
)
def test_an_instruction_without_an_amount_is_a_row(text: str) -> None:
    rows, _ = read(f"Prose of a label comes first. {text}")
    assert [row.text for row in rows] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The clearance of the drug may be reduced in severe liver disease.",
        "Individualize treatment.",
        "Monitoring of platelets is recommended in patients with kidney disease.",
        "The following doses are recommended in adults:",
    ],
)
def test_what_is_no_instruction_on_the_dose_is_a_note(text: str) -> None:
    assert not read(f"Prose of a label comes first. {text}")[0]


def test_what_is_compared_is_no_ceiling() -> None:
    assert regimen("Higher doses were not more effective than 5 or 10 mg/day.").maximum is None


def test_a_change_of_dose_is_for_those_of_the_sentence_before_though_it_names_patients() -> None:
    text = (
        "For those weighing less than 45 kg start with 3 mg/day. It can be increased to 6 mg in patients who need it."
    )
    assert [row.weight.max for row in read(text)[0] if row.weight] == [45, 45]


def test_a_label_for_other_ages_is_over_what_follows_until_an_organ() -> None:
    first, second, third, kidney = read(
        "**Dosage in Adults:**\n\n**Sepsis:** 300 mg once daily.\n\n**Dosage in Children:** 4 mg/kg once daily.\n\n"
        "**Sepsis:** 8 mg/kg once daily.\n\n**Impaired Renal Function:** For CrCl below 40 mL/min give half the dose."
    )[0]
    assert [[c.text for c in row.conditions if "ages" in c.says] for row in (first, second, third, kidney)] == [
        ["Dosage in Adults"],
        ["Dosage in Children"],
        ["Children"],
        [],
    ]


def test_unless_leaves_a_grade_out() -> None:
    (row,) = read("- Renal impairment: no reduction is needed unless the impairment is severe.")[0]
    assert row.renal is None
    assert [c.excludes for c in row.conditions if c.bands] == [True]


def test_a_child_pugh_class_ends_a_sentence() -> None:
    text = (
        "Halve it in mild or moderate hepatic impairment, Child-Pugh A and B. It was not studied in severe (Class C)."
    )
    assert [part.text for part in said(text)] == [text[:68], text[69:]]


def test_the_amount_of_another_drug_is_no_second_regimen() -> None:
    text = "The dose is 2 g testdrug, 400 mg clarithromycin, and 20 mg lansoprazole, all given twice daily."
    assert [part.text for part in said(text)] == [text]


def test_a_title_before_a_long_dash_is_a_label() -> None:
    title = "Dosage adjustment for use with a strong inhibitor or in patients who are known to be slow metabolizers"
    (row,) = read(f"{title} — In children up to 60 kg treatment should be started at 0.4 mg/kg/day.")[0]
    assert title in (row.indication, row.population, row.qualifier)
    assert row.text.startswith("In children")


def test_the_second_half_of_a_sentence_is_for_those_of_the_first() -> None:
    whom = "In children and adolescents over 60 kg and adults"
    first, second = read(f"{whom} it should be started at 30 mg/day and only then be raised to 60 mg/day.")[0]
    assert second.population == "children and adolescents over 60 kg and adults"
    assert [c.text for c in second.conditions if c.kind == "weight"] == [
        c.text for c in first.conditions if c.kind == "weight"
    ]


def test_how_often_is_read_where_it_belongs() -> None:
    assert regimen("Titrate as needed for pain to 1800 mg/day (600 mg three times a day).").frequency == (
        "three times a day"
    )
    assert (
        regimen("Give a single dose of 2 grams intravenously 1/2 to 2 hours before surgery.").frequency == "single dose"
    )
    assert regimen("Give 250 mg to 1 g once every several days.").frequency == "once every several days"
    often = "as needed for pain relief every 4 to 6 hours"
    assert regimen(f"Testdrug 40 to 80 mg can be given {often}, not to exceed 400 mg per day.").frequency == often
    raised = (
        "The dosage may be increased to the maximum dosage of 12 mg once daily at an interval of no less than 1 week."
    )
    assert regimen(raised).frequency == "once daily"
    found = regimen("0.75 mg/kg every 12 hours (maximum 75 mg for the first two doses only).")
    assert (found.maximum, found.duration) == ("maximum 75 mg for the first two doses", None)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Although no dose adjustment is recommended at CrCl 30 to 50, watch these patients.", "no_adjustment"),
        ("Changes with inhibitors: Testdrug dose should be reduced to one sixth of the original dose.", "reduce"),
        ("While immediate discontinuation may be acceptable for some, a slow one is best for others.", "note"),
        ("The frequency of testdrug dosing may be increased to every 8 hours.", "increase"),
        ("Increase the frequency of glucose checks.", "note"),
        ("Based on studies, the dosage of testdrug should be increased by at least 50%.", "increase"),
        ("About 68% of the total amount of testdrug will be removed by dialysis.", "note"),
        ("Half the daily dose twice daily.", "give"),
        ("Start with 15 mg once daily, with an increase to a maximum dosage of 30 mg once daily.", "give"),
        ("This results in a 50% decrease in plasma concentrations.", "note"),
        ("It is excreted by the kidneys as unchanged drug.", "note"),
        ("There is no need to adjust single doses.", "no_adjustment"),
        ("No supplemental dose appears to be necessary.", "no_adjustment"),
        ("The dosing interval should be increased to 12 hours.", "reduce"),
        ("Increase the interval between doses.", "reduce"),
        ("Reduce the dose or lengthen the interval.", "reduce"),
        ("Testdrug should be withdrawn gradually.", "reduce"),
        ("8 mg and 4 mg on alternate days, then stop.", "give"),
        ("Discontinue slowly to avoid a rebound.", "reduce"),
        ("Withdraw over at least 1 week.", "reduce"),
        ("A gradual reduction in the dose, rather than abrupt cessation, is recommended whenever possible.", "reduce"),
        ("Some patients may be controlled with lower or higher serum concentrations.", "note"),
        ("Whether or not higher doses are needed for the severely ill is unknown.", "note"),
        ("Start with 12 mg daily and titrate in 4 mg increments to reach 24 mg daily.", "give"),
        ("The dose may be increased at intervals of 2 weeks.", "increase"),
        ("Do not give it at a dose exceeding 300 mg per day.", "note"),
        ("There are no standard tapering schedules for all.", "note"),
        ("In severe renal impairment, a reduction of 30% of the maximum dosage is recommended.", "reduce"),
        ("A reduction of the dose by 40% is recommended.", "reduce"),
        ("Supplemental doses are not recommended after dialysis.", "no_adjustment"),
        ("Pregnant patients should not be treated in the first weeks.", "avoid"),
        ("Patients should not be treated with a second sedative.", "note"),
        ("Wait 4 weeks before considering an increase.", "note"),
        ("Reduce, interrupt or discontinue treatment.", "reduce"),
        ("Adjust the dose up to 40 mg daily.", "increase"),
    ],
)
def test_what_is_ordered(text: str, action: str) -> None:
    assert regimen(text, ["Testdrug"]).action == action


def test_a_condition_ends_where_the_words_of_a_maximum_begin() -> None:
    found = regimen("Increase if pain persists to a maximum of 40 mg daily.")
    assert (found.condition, found.maximum) == ("if pain persists", "to a maximum of 40 mg daily")


def test_an_order_in_a_label_holds_for_what_is_under_it() -> None:
    rows, _ = read("- Discontinue the drug for: severe skin reactions.\n- Reduce the dose in: neutropenia.")
    assert [row.action for row in rows] == ["avoid", "reduce"]


def test_a_change_goes_on_from_the_sentence_before_it() -> None:
    text = "For those weighing 20 to 40 kg, start with 500 mg daily. Increase every 2 weeks by 250 mg. Give with food."
    rows, _ = read(text)
    assert [row.weight and row.weight.max for row in rows[:2]] == [40, 40]
    assert all(c.kind != "weight" for row in rows[2:] for c in row.conditions)


def test_who_and_route_of_a_sentence_hold_for_its_later_parts() -> None:
    text = "In adults, the usual intravenous dose is 500 mg every 6 hours or 1 g every 12 hours."
    rows, _ = read(text)
    assert [(row.route, row.population) for row in rows] == [("intravenous", None), ("intravenous", "adults")]


def test_a_maximum_for_a_group_is_for_that_group() -> None:
    rows, _ = read("For patients with moderate renal impairment doses greater than 400 mg are not recommended.")
    assert rows[0].renal
    assert not any(condition.excludes for condition in rows[0].conditions)


def test_two_changes_of_one_sentence_are_two_rows() -> None:
    text = "Increase from 400 mg to 600 mg in chronic phase, or from 600 mg to 800 mg in blast crisis may help."
    rows, _ = read(text)
    assert [row.dose and row.dose.high for row in rows] == [600, 800]


def test_a_band_in_brackets_closes_the_amount_before_it() -> None:
    rows, _ = read("- 0.5 mg: (body weight below 20 kg) 1 mg: (body weight 20 kg and above)")
    assert [(row.dose and row.dose.low, row.weight and row.weight.min) for row in rows] == [(0.5, None), (1, 20)]


def test_the_number_of_an_item_is_no_sentence() -> None:
    rows, notes = read("- 1. Stop testdrug until platelets recover. 2. Restart at 400 mg daily.")
    assert [row.text[:2] for row in rows] == ["1.", "2."]
    assert not notes


def test_what_trails_alternatives_holds_for_each() -> None:
    rows, _ = read("- Children: 0.3 mg/kg/day capsules or 0.4 mg/kg/day oral suspension, divided in two doses")
    assert [row.frequency for row in rows] == ["divided in two doses"] * 2


def test_a_heading_names_the_patients_whatever_is_around_them() -> None:
    rows, _ = read("### 2.4 Dosage Information for Patients with Renal Impairment\n\n- 5 mg once daily.")
    assert rows[0].population == "Patients with Renal Impairment"


def test_a_column_of_doses_and_how_often_holds_doses() -> None:
    rows, _ = read("| Indication | Recommended Dose and Frequency |\n|---|---|\n| Gout | 5 mg once daily |")
    assert [(row.indication, row.dose and row.dose.text, row.frequency) for row in rows] == [
        ("Gout", "5 mg", "once daily")
    ]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Testdrug should not be used simultaneously with cyclosporine.", "avoid"),
        ("Not approved for use in children.", "avoid"),
        ("If there is no response, Testdrug tablets should be discontinued and another drug chosen.", "avoid"),
        ("In these patients, dosage adjustments should be considered.", "note"),
        ("The total daily dose should remain the same.", "note"),
        ("Testdrug has not been studied in dialysis.", "note"),
        ("Do not use for more than 7 days.", "note"),
    ],
)
def test_a_verdict_in_a_plain_paragraph_is_a_row(text: str, action: str) -> None:
    rows, notes = read(f"It is a good drug. {text}")
    assert [(row.text, row.action) for row in rows] == [(text, action)]
    assert notes == ["It is a good drug."]


def test_a_verdict_among_instructions_is_a_row() -> None:
    rows, _ = read("### 2.1 Important Administration Instructions\n\nTestdrug should not be used with cyclosporine.")
    assert [row.action for row in rows] == ["avoid"]


def test_how_a_product_is_prepared_is_no_row() -> None:
    rows, notes = read("Add 15 mL of water to the bottle and use a syringe. Give 5 mg once daily.")
    assert [row.text for row in rows] == ["Give 5 mg once daily."]
    assert notes == ["Add 15 mL of water to the bottle and use a syringe."]


def test_a_footnote_with_a_dose_is_a_row() -> None:
    rows, _ = read("Text.\n\n‡Dosage reduction to 5 mg once daily is recommended for hepatic impairment.")
    assert [row.dose and row.dose.text for row in rows] == ["5 mg"]


def test_items_beside_a_nested_list_are_still_of_its_group() -> None:
    rows, _ = read(
        "- **adults and children 12 years and over:**\n- take 2 tablets every 6 hours\n"
        "- **children 6 years to under 12 years**\n    - take 1 tablet every 6 hours\n"
        "- do not take more than 4 tablets in 24 hours"
    )
    assert [row.age and (row.age.min, row.age.max) for row in rows] == [(12, None), (6, 12), (6, 12)]


def test_a_scheme_of_equal_doses_is_no_regimen() -> None:
    rows, _ = read(
        "The following dose equivalency scheme is used:\n\n| Children | Adults |\n|---|---|\n| 3 mg/kg | 100 mg |"
    )
    assert not [row for row in rows if row.dose]


def test_a_header_row_may_hold_a_verb() -> None:
    rows, _ = read(
        "|  |  |\n|---|---|\n| Vial Size | Amount of Diluent to be Added |\n| 250 mg | 0.9 mL |\n| 1 g | 3.6 mL |"
    )
    assert not [row for row in rows if row.dose]


def test_letters_after_what_they_are_short_for_are_no_frequency() -> None:
    assert regimen("The dose for hidradenitis suppurativa (HS) depends on weight.").frequency is None
    assert regimen("10 mg HS").frequency == "HS"


def test_shares_of_the_dose_in_a_table() -> None:
    rows, _ = read("| CrCl (mL/min) | Recommended Dose (%) |\n|---|---|\n| >50 | 100 |\n| ≤50 | 50 |")
    assert [row.action for row in rows] == ["no_adjustment", "reduce"]


def test_the_mark_of_a_footnote_is_no_part_of_a_unit() -> None:
    found = regimen("5 mg¹ four times daily")
    assert found.dose is not None
    assert found.dose.text == "5 mg"
    assert regimen("5 mg/m² daily").dose is not None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Newborns should not be treated with testdrug.", "avoid"),
        ("The starting dose in those who are not treated with testdrug is 2 mg daily.", "give"),
    ],
)
def test_who_is_not_to_be_treated_and_who_is_not(text: str, action: str) -> None:
    assert regimen(text, ["Testdrug"]).action == action


@pytest.mark.parametrize(
    "repeated",
    [", on Day 2 as 5 mg",
     *(pytest.param(each, marks=pytest.mark.slow) for each in (
         ", and a target dose of 10 mg/day", " or 10 mg capsules", " by 5 mg to a dose of 10 mg/day",
         ". Increase it by 5 mg", ". Doses above 5 mg daily, which were given, are used"))],
)  # fmt: skip
@pytest.mark.slow
def test_a_sentence_without_end_takes_no_time_without_end(repeated: str) -> None:
    begin = process_time()
    read("- Give 5 mg daily" + repeated * 500)
    assert process_time() - begin < 8


def test_alternatives_with_their_own_frequency_share_whom_they_are_for() -> None:
    one, other = read(
        "- The dose is 75 mg twice daily or 50 mg three times daily in patients with CrCl of at least 60 mL/min."
    )[0]
    assert one.renal == other.renal
    assert one.renal is not None
    assert (one.frequency, other.frequency) == ("twice daily", "three times daily")


@pytest.mark.parametrize(
    ("text", "maximum", "frequency"),
    [
        ("It is not indicated for use in doses above 20 mg.", "is not indicated for use in doses above 20 mg", None),
        ("Do not give doses over 2 g.", "Do not give doses over 2 g", None),
        ("It is not given in doses larger than 5 mg/kg.", "is not given in doses larger than 5 mg/kg", None),
        ("Experience with doses greater than 16 mg is limited.", None, None),
        ("It should not be used at doses greater than 40 mg.", "should not be used at doses greater than 40 mg", None),
        ("The maximum dosage of Testdrug when used with an inhibitor is 20 mg once daily",
         "maximum dosage of Testdrug when used with an inhibitor is 20 mg once daily", "once daily"),
        ("Maximum 40 mg daily", "Maximum 40 mg daily", None),
        ("The dose may be increased by 1 mg/kg steps or 50 mg steps to a maximum of 350 mg every 12 hours.",
         "to a maximum of 350 mg every 12 hours", None),
    ],
)  # fmt: skip
def test_ceilings_in_other_words(text: str, maximum: str | None, frequency: str | None) -> None:
    found = regimen(text)
    assert (found.dose, found.maximum, found.frequency) == (None, maximum, frequency)


def test_thresholds_are_no_doses() -> None:
    assert regimen("An increase to a dose greater than the target dose of 10 mg/day is rarely needed.").dose is None
    found = regimen("If taking: 10 mg twice daily, reduce to 5 mg twice daily.")
    assert (found.action, found.dose and found.dose.text) == ("reduce", "5 mg")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Children below 40 kg should receive half of the oral maintenance dose.", "reduce"),
        ("Consider interruption or reduction in Testdrug dose before surgery.", "reduce"),
        ("Dose interruption is recommended for management of anemia.", "avoid"),
        ("Interrupt use of Testdrug tablets if an infection develops.", "avoid"),
        ("Testdrug should be gradually tapered over 2 weeks.", "reduce"),
        ("Use the same dose as in adults with normal renal function.", "no_adjustment"),
        ("When discontinuing Testdrug, taper gradually over a week.", "reduce"),
        ("The safety of doses above 20 mg/day has not been evaluated.", "note"),
        ("Testdrug has not been systematically studied in patients over 65 years of age.", "note"),
    ],
)
def test_verdicts_in_a_paragraph_are_rows(text: str, action: str) -> None:
    found, _ = read(f"### Important Administration Instructions\n\nSwallow it whole. {text}")
    free, _ = read(text)
    assert [row.action for row in free] == [action]
    assert [row.action for row in found] == (
        [action] if text.startswith(("Consider", "Dose", "Interrupt", "When")) else []
    )


@pytest.mark.parametrize(
    "text",
    [
        "The recommended dose is displayed in Table 1.",
        "See footnote b under Table 3.",
        "The equation may be used to estimate creatinine clearance.",
    ],
)
def test_what_sends_the_reader_elsewhere_is_no_row(text: str) -> None:
    assert read(f"### Children\n\n{text}")[0] == []


def test_a_method_for_changing_the_dose_changes_none() -> None:
    assert regimen("Use the optimal method for titrating dosage.").action == "note"


def test_a_title_of_people_with_a_disease_names_both() -> None:
    found, _ = read(
        "### Adults with Gout\n\n- 5 mg once daily\n\n### Adults with Renal Impairment\n\n- 2 mg daily\n\n"
        "### Gout: Dosing in Special Populations\n\n- Elderly: 1 mg daily"
    )
    assert [(row.population, row.indication) for row in found] == [
        ("Adults with Gout", "Gout"), ("Adults with Renal Impairment", None), ("Elderly", None),
    ]  # fmt: skip


def test_a_grade_before_letters_for_an_organ_is_that_organ_s() -> None:
    (row,) = read("### Patients with Renal Impairment (RI)\n\n- Severe RI: 5 mg once daily")[0]
    assert row.renal is not None
    assert row.renal.severity == ("severe",)


@pytest.mark.parametrize(
    ("label", "indication"),
    [
        ("Hepatitis (HBV) infection screening", None),
        ("Treatment Discontinuation due to Serious Infection", None),
        ("Temporary Interruption for Surgery", None),
        ("Minor Side Effects", None),
        ("A complete blood count", None),
        ("Gout, Improvement by Day 3", "Gout, Improvement by Day 3"),
        ("Gout and Other Infections", "Gout and Other Infections"),
    ],
)
def test_a_test_an_event_or_a_stage_of_treatment_is_no_indication(label: str, indication: str | None) -> None:
    rows, _ = read(f"- **{label}:** Give 5 mg once daily.")
    assert [row.indication for row in rows] == [indication]
    assert all(label in (row.qualifier or "") for row in rows if indication is None)


def test_a_test_that_the_uses_name_is_an_indication() -> None:
    words = IndicationWords(parse("---\ntitle: A\n---\n## Usage\n\n- Suppression tests of the thyroid.\n", "a", "a.md"))
    assert words.is_indication("Thyroid Suppression Test")
    assert not words.is_indication("Thyroid infection screening")


def test_what_cannot_be_dosed_stands_out_among_instructions() -> None:
    text = "Doses for children with severe renal impairment cannot be accurately administered with these tablets."
    rows, _ = read(f"### Administration\n\nSwallow the tablets whole. {text}")
    assert [(row.text, row.action) for row in rows] == [(text, "avoid")]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Use a gradual taper to discontinue it or reduce the dosage.", "reduce"),
        ("Consider pausing the taper or increasing the dosage to the previous level.", "increase"),
        ("Reduce the dosage, or if necessary, discontinue it.", "reduce"),
        ("Use one third of the testdrug dose.", "reduce"),
        ("Consider a lower or less frequent dosage for the elderly.", "reduce"),
        ("The dosage below 60 mL/min is the same as the recommended dosage in patients with normal renal function.",
         "no_adjustment"),
        ("Dosage should be adjusted so that levels above 12 mcg/mL are avoided.", "note"),
        ("These schedules are not intended as rigid recommendations.", "note"),
        ("Children under 4 years of age do not use", "avoid"),
    ],
)  # fmt: skip
def test_what_a_sentence_orders(text: str, action: str) -> None:
    assert regimen(text, ["Testdrug"]).action == action


def test_a_step_goes_on_as_the_change_it_is() -> None:
    rows, notes = read("The dose may be titrated weekly in increments of 5 mg in children and 10 mg in adults.")
    assert [(row.action, row.dose and row.dose.text) for row in rows] == [("increase", "5 mg"), ("increase", "10 mg")]
    assert notes == []


def test_a_change_that_is_refused_until_something_happens_is_a_row() -> None:
    rows, _ = read("The dose should not be increased until symptoms have settled.")
    assert [(row.action, row.duration) for row in rows] == [("note", "until symptoms have settled")]


def test_the_first_row_of_a_table_without_a_header_is_a_row() -> None:
    rows, _ = read(
        "| Children 2 to 5 years | Take 1 tablet once daily |\n|---|---|\n| Adults | Take 2 tablets once daily |\n"
        "| Children under 2 years | ask a doctor |"
    )
    assert [(row.population, row.text) for row in rows] == [
        ("Children 2 to 5 years", "Take 1 tablet once daily"), ("Adults", "Take 2 tablets once daily"),
        ("Children under 2 years", "ask a doctor"),
    ]  # fmt: skip


def test_whom_a_label_leaves_out_is_not_whom_its_row_is_for() -> None:
    rows, _ = read(
        "| Group | Dose |\n|---|---|\n| Start low. Not for use in children under 6 months. | 1 mg three times daily |"
    )
    (refusal, dosed) = rows
    assert (refusal.action, refusal.dose, refusal.age and refusal.age.max) == ("avoid", None, 6)
    assert (dosed.dose and dosed.dose.text, dosed.age) == ("1 mg", None)


def test_weeks_of_treatment_are_no_age() -> None:
    assert age("About 90% of patients will heal in 8 weeks.", label=False) is None


def test_times_in_a_period() -> None:
    assert regimen("10 mg, 3 or 4 times during the first 24 hours").frequency == (
        "3 or 4 times during the first 24 hours"
    )


def test_saint_is_no_end_of_a_sentence() -> None:
    assert len(said("Avoid the use of St. John's Wort.")) == 1


@pytest.mark.parametrize(
    ("text", "dose", "often"),
    [
        ("The dosage is either 40 mg (recommended) or 30 mg once weekly.",
         "40 mg (recommended) or 30 mg", "once weekly"),
        ("The dosage is either 40 mg (preferred), 30 mg once weekly.", "40 mg (preferred), 30 mg", "once weekly"),
        ("The day after stopping testdrug tablets 15 mg once daily, start testdrug 3 mg once weekly.", "3 mg",
         "once weekly"),
        ("Two weeks after discontinuation of testdrug 50 mg, start 20 mg once daily.", "20 mg", "once daily"),
        ("Twice-daily NPH insulin to once-daily testdrug, the dosage is 70% of the NPH dosage.", None, "once-daily"),
    ],
)  # fmt: skip
def test_the_dose_to_give_is_neither_that_until_now_nor_one_of_two_alternatives(
    text: str, dose: str | None, often: str
) -> None:
    rows, _ = read(f"{text}\n")
    assert [(row.dose and row.dose.text, row.frequency) for row in rows] == [(dose, often)]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The dosage is 70% of the NPH dosage that is being discontinued.", "reduce"),
        ("The dosage is the same as the dosage of NPH that was stopped.", "note"),
        ("Find it by decreasing the initial drug dosage in small steps.", "reduce"),
        ("The dosage is about one-third of the total daily insulin requirements.", "note"),
        ("You may start a second course in patients who relapse.", "note"),
        ("Twice the usual daily dose of corticoid is given every other morning.", "give"),
        ("The course may be repeated after 2 months in patients who relapse.", "note"),
    ],
)
def test_verdicts_without_an_amount_of_their_own(text: str, action: str) -> None:
    rows, _ = read(f"Testdrug is given so. {text}\n")
    assert [(row.text, row.action) for row in rows] == [(text, action)]


def test_half_of_a_dose_excreted_unchanged_is_no_verdict() -> None:
    assert read("Testdrug is given so. Half of the dose is excreted unchanged.\n")[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "Do not administer intravenously or via an insulin pump.",
        "Do not inject by any other route.",
        "Testdrug must not be given intrathecally.",
        "Do not divide the 40 mg packet to make a 20 mg dose for children.",
        "Do not use the 100 mg tablets to make a 50 mg dose for children.",
    ],
)
def test_how_it_must_not_be_given_is_a_verdict_among_instructions_on_handling(text: str) -> None:
    rows, notes = read(f"### Administration\n\nShake it well. {text} Do not split tablets.\n")
    assert [(row.text, row.action) for row in rows] == [(text, "avoid")]
    assert notes == ["Shake it well.", "Do not split tablets."]


@pytest.mark.parametrize(
    ("text", "maximum", "unsure"),
    [
        ("Start with 50 mg sitagliptin and 500 mg metformin twice daily.", None, True),
        ("The usual dose is 50-500 mg twice daily.", None, True),
        ("Sitagliptin monotherapy is effective in once daily doses of 50 mg to 100 mg.", None, True),
        ("The maximum daily dose is 100 mg of sitagliptin and 2000 mg of metformin hydrochloride.",
         "maximum daily dose is 100 mg of sitagliptin and 2000 mg of metformin hydrochloride", False),
        ("Do not exceed sitagliptin 100 mg and metformin 2000 mg.",
         "Do not exceed sitagliptin 100 mg and metformin 2000 mg", False),
        ("Do not exceed 100 mg of sitagliptin.", None, True),
    ],
)  # fmt: skip
def test_the_amounts_of_a_combination_are_of_all_its_ingredients_or_of_none(
    text: str, maximum: str | None, unsure: bool
) -> None:
    ((row,), _) = read(f"- {text}", "Sitagliptin and Metformin Hydrochloride")
    assert (row.dose, row.maximum, row.unsure is not None) == (None, maximum, unsure)


def test_one_tablet_of_a_combination_is_a_dose() -> None:
    ((row,), _) = read("- Take 1 to 2 tablets once daily.", "Sitagliptin and Metformin Hydrochloride")
    assert row.dose is not None


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Lower doses (especially 100 mg) may not maintain a full effect.", None),
        ("Lower doses (100 mg) should be considered.", 100),
        ("Daily dosages of 360 and 480 mg have been used.", None),
        ("Dosages of 100 mg once daily have been administered.", None),
        ("Dosages of 100 mg once daily should be administered.", 100),
        ("Initial 3 mg of oral testdrug per day is suitable.", None),
        ("Begin with 3 mg of oral testdrug per day.", 3),
        ("The usual volume of diluent (5% dextrose) is 50 to 100 mL for adult doses.", None),
        ("The recommended volume is 5 mL once daily.", 5),
        ("If the dose is higher than the contents of a 100 mg container, use two of them.", None),
        ("followed by an increase in hydrochlorothiazide to 25 mg once daily", None),
        ("followed by an increase in testdrug to 25 mg once daily", 25),
    ],
)
def test_remarks_on_doses_are_no_doses(text: str, dose: float | None) -> None:
    found = regimen(text, ["testdrug"]).dose
    assert (found.high if found else None) == dose


def test_remarks_on_too_low_doses_are_no_order() -> None:
    assert regimen("All day long, lower doses may not maintain an effect.").action == "note"
    assert regimen("Lower doses should be considered.").action == "reduce"


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("Daily doses above 30 mg in children and 40 mg in adults have not been studied and are not recommended.",
         "Daily doses above 30 mg in children and 40 mg in adults have not been studied and are not recommended"),
        ("Daily doses above 40 mg have not been studied.", None),
        ("Do not use it if bilirubin exceeds 5 mg/dL (85.5 µmol/L).", None),
    ],
)  # fmt: skip
def test_what_is_not_recommended_above_an_amount_is_capped(text: str, maximum: str | None) -> None:
    assert regimen(text).maximum == maximum
    assert len(said(text)) == 1


def test_a_dose_or_its_equivalent_are_two_rows() -> None:
    text = "The recommended dosage is 0.5 mg (0.5 mL) or dose equivalent to 20 mcg/kg to 30 mcg/kg given orally."
    ((first, then), _) = read(f"- {text}")
    assert first.dose is not None
    assert then.dose is not None
    assert (first.dose.text, then.dose.text) == ("0.5 mg", "20 mcg/kg to 30 mcg/kg")


def test_of_a_list_of_drugs_each_with_its_amount_the_own_one_is_the_dose() -> None:
    found = regimen("Testdrug 20 mg Amoxicillin 1000 mg Take both twice daily", ["testdrug"])
    assert found.dose is not None
    assert (found.dose.text, found.frequency) == ("20 mg", "twice daily")
    assert regimen("Take 20 mg amoxicillin", ["testdrug"]).dose is None
