"""Lines → labels and statements; a statement → dose, route, frequency, duration, action."""

from __future__ import annotations

import re

import pytest
from tests.reading import age, regimen, said

from druginfo.dosing.line import read_line
from druginfo.dosing.pattern import SentenceRule, rules


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        (
            "RA: Moderate impairment (eGFR 30 to <60): 1 mg once daily. Severe impairment: Not recommended.",
            [
                (("RA", "Moderate impairment (eGFR 30 to <60)"), "1 mg once daily."),
                (("Severe impairment",), "Not recommended."),
            ],
        ),
        ("If recommended dose is 2 mg, reduce to 1 mg.", [((), "If recommended dose is 2 mg, reduce to 1 mg.")]),
        ("10 mg daily for 7 days, then 5 mg daily.", [((), "10 mg daily for 7 days,"), ((), "then 5 mg daily.")]),
        ("2 g every 8 hours; maximum 6 g/day.", [((), "2 g every 8 hours; maximum 6 g/day.")]),
        ("Adults: 4 mg; children: 2 mg", [(("Adults",), "4 mg"), (("children",), "2 mg")]),
        ("500 mg daily or 250 mg twice daily", [((), "500 mg daily"), ((), "or 250 mg twice daily")]),
        ("500 mg or 250 mg every 12 hours", [((), "500 mg or 250 mg every 12 hours")]),
        ("Give 2.5 mg (approx. half) at 8 a.m. daily.", [((), "Give 2.5 mg (approx. half) at 8 a.m. daily.")]),
        ("Hypertension – 5 mg once daily", [(("Hypertension",), "5 mg once daily")]),
        ("Give 2 - 4 mg daily", [((), "Give 2 - 4 mg daily")]),
        ("Titration:", [(("Titration",), "")]),
        ("Infants receive 5 mg/kg daily, and those over 12 weeks receive 10 mg/kg daily.",
         [((), "Infants receive 5 mg/kg daily,"), ((), "and those over 12 weeks receive 10 mg/kg daily.")]),
        ("Adult, initially 25 mg once daily; Child 12–17 years, 10 mg once daily.",
         [(("Adult",), "initially 25 mg once daily"), (("Child 12–17 years",), "10 mg once daily.")]),
        ("CrCl 10–50: 50% q24h; HD: dose after HD; <10: avoid",
         [(("CrCl 10–50",), "50% q24h"), (("HD",), "dose after HD"), (("<10",), "avoid")]),
        ("10 mmol/hour by a peripheral line, or up to 20 mmol/hour by a central one.",
         [((), "10 mmol/hour by a peripheral line,"), ((), "or up to 20 mmol/hour by a central one.")]),
        ("1 mg on days 1, 4 and 11 of a 28-day cycle, with thalidomide 50 mg PO daily.",
         [((), "1 mg on days 1, 4 and 11 of a 28-day cycle, with thalidomide 50 mg PO daily.")]),
        ("30 mg as an intravenous bolus plus 1 mg/kg subcutaneously.",
         [((), "30 mg as an intravenous bolus"), ((), "plus 1 mg/kg subcutaneously.")]),
        ("75 mg/m² followed by cisplatin 75 mg/m² every 3 weeks.",
         [((), "75 mg/m² followed by cisplatin 75 mg/m² every 3 weeks.")]),
        ("Interrupt until recovery, then resume at 60 mg/m².",
         [((), "Interrupt until recovery,"), ((), "then resume at 60 mg/m².")]),
        ("The recommended dose is as follows: 5 mg", [((), "The recommended dose is as follows: 5 mg")]),
    ],
)  # fmt: skip
def test_statements_of_a_line(line: str, statements: list[tuple[tuple[str, ...], str]]) -> None:
    assert [(s.labels, s.text) for s in said(line)] == statements


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("If recommended dose is 2 mg, reduce to 1 mg.", 1, 1),
        ("may benefit from a lower starting dose (2 mg) or closer monitoring.", 2, 2),
        ("Decrease dose from 4 mg to 2 mg every 4 hours.", 2, 2),
        ("Increase from 200 mg every 12 hours to 300 mg every 12 hours.", 300, 300),
        ("About 1 mg/kg (50 to 100 mg) orally daily", 1, 1),
        ("1 gram twice daily, with clarithromycin 500 mg and lansoprazole 30 mg", 1, 1),
        ("15 mg/kg every 12 hours (target trough 15-20 mcg/mL)", 15, 15),
        ("15 to 20 mg/kg IV at a rate not exceeding 50 mg/min", 15, 20),
        ("2 to 4 mg every 4 hours (max 20 mg/day)", 2, 4),
        ("75 mg/kg every 8 hours, up to 2 g per dose", 75, 75),
        ("up to 4 mg daily", None, 4),
        ("at least 2 g daily", 2, None),
        ("Not less than 2 g once daily", 2, None),
        ("Give 10 mg rather than 5 mg", 10, 10),
        ("300 mg (150 mg if <50 kg) once daily", 300, 300),
    ],
)
def test_the_dose(text: str, low: float | None, high: float | None) -> None:
    dose = regimen(text).dose
    assert dose is not None
    assert (dose.low, dose.high) == (low, high)
    assert dose.text in text


@pytest.mark.parametrize(
    ("text", "action", "low", "high", "frequency"),
    [
        ("Increase by 2 units every 3 days.", "increase", 2, 2, "every 3 days"),
        ("Reduce the dose by 2 to 4 units.", "reduce", 2, 4, None),
        ("Increase by 25 to 50 mg per day.", "increase", 25, 50, None),
        ("Titrate in steps of 10 mg.", "increase", 10, 10, None),
        ("Increase in 25 mg increments weekly.", "increase", 25, 25, "weekly"),
        ("Increase by 5 mg weekly to 40 mg.", "increase", 5, 5, "weekly"),
        ("Increase by 5 mg weekly, up to 40 mg once daily.", "increase", 5, 5, "weekly"),
        ("Reduce by 10 mg every 2 weeks until 20 mg daily is reached.", "reduce", 10, 10, "every 2 weeks"),
        ("Increase by up to 75 mg daily.", "increase", None, 75, "daily"),
        ("Start with 10 mg daily and increase by 5 mg weekly.", "give", 10, 10, "daily"),
    ],
)
def test_a_step_is_the_dose_of_its_row(
    text: str, action: str, low: float | None, high: float | None, frequency: str | None
) -> None:
    reading = regimen(text)
    assert reading.dose is not None
    assert (reading.action, reading.dose.low, reading.dose.high, reading.frequency) == (action, low, high, frequency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("During the honeymoon phase 0.2-0.4 units/kg/day may be enough.", 0.2, 0.4),
        ("In the first week 5–10 mg daily.", 5, 10),
        ("Day 1 - 500 mg", 500, 500),
        ("The requirement may rise to 1.2 units/kg/day or more.", 1.2, None),
        ("Give <= 4 mg daily.", None, 4),
        ("2 to 2.5 mg/kg, given as about 40 mg every 10 seconds.", 2, 2.5),
        ("Give 1 unit each week.", 1, 1),
        ("60 mg/m² IV every 2 weeks, with pegfilgrastim 6 mg SC on day 2.", 60, 60),
        ("In conjunction with methotrexate, 3 mg/kg at 0, 2 and 6 weeks.", 3, 3),
        ("One 500 mg tablet orally in the evening.", 500, 500),
        ("Consider a lower initial rate of 15 units/kg/hour.", 15, 15),
        ("20 mg daily, given as 10 mg twice daily", 20, 20),
        ("15 mg/kg/day divided into 2 equal doses, i.e. 7.5 mg/kg every 12 hours.", 15, 15),
        ("The dose may be increased to 500 mg but should not be given for longer than 10 days.", 500, 500),
        ("Reduce to 55 mg/m² or the treatment should be discontinued.", 55, 55),
    ],
)
def test_never_half_a_range_and_what_is_said_again(text: str, low: float | None, high: float | None) -> None:
    dose = regimen(text).dose
    assert dose is not None
    assert (dose.low, dose.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "500 mg or 250 mg every 12 hours",
        "1 g given as 500 mg twice daily",
        "Reduce by 10 mg to 40 mg daily.",
        "Taper by no more than 10 mg per week.",
        "Increase the infusion rate by 50 mL/hour.",
        "Do not increase by more than 25 mg per week.",
        "Reduce the dose by 20%.",
        "Maximum 40 mg daily.",
        "Aspirin 75 to 100 mg daily may be added.",
        "with cisplatin 75 mg/m² on day 1",
        "Tablets of 5 mg and 10 mg are available.",
        "two 5 mg tablets once daily",
        "Protamine, 1 part per 100 units of heparin given.",
        "Start one week after the last 2.4 mg injection.",
        "Maximum 60 mg/kg/day (up to 4 g/day).",
        "Sprinkle on one teaspoon of applesauce.",
        "Prednisolone 5 mg = dexamethasone 0.75 mg.",
        "40 mL/hour",
        "One 500 mg tablet in the morning and two in the evening.",
        "Doses above 40 mg are not recommended.",
        "No benefit was shown above 60 mg daily.",
        "Each mL contains 100 units/mL.",
        "Dilute 4 mg in 250 mL of dextrose.",
        "serum level of 15 mcg/mL",
        "If the dose is 4 mg, ask.",
        "Avoid doses of 40 mg.",
        "10 000 units daily",
        "Adults on 5 mg twice daily: ask.",
    ],
)
def test_no_certain_dose(text: str) -> None:
    assert regimen(text).dose is None


def test_iron_is_the_own_substance_of_its_salts() -> None:
    dose = regimen("Give 65 mg of elemental iron daily.", ["Ferrous sulfate"]).dose
    assert dose is not None
    assert dose.text == "65 mg"
    assert regimen("Give 65 mg of elemental iron daily.", ["Testdrug"]).dose is None


def test_another_drugs_dose_is_known_by_its_name() -> None:
    assert regimen("Cisplatin 75 mg/m² every 3 weeks", frozenset({"cisplatin"})).dose is not None
    assert regimen("Cisplatin 75 mg/m² every 3 weeks").dose is None


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("2 mg orally once daily.", "route", "orally"),
        ("250 mg PO q12h", "route", "PO"),
        ("85 mg/m² by continuous IV infusion", "route", "continuous IV infusion"),
        ("1 g IV or IM", "route", "IV or IM"),
        ("switch from IV to oral treatment with 400 mg", "route", "oral"),
        ("2.5 mg by nebulizer", "route", "by nebulizer"),
        ("1 spray in each nostril", "route", "in each nostril"),
        ("oral contraceptives", "route", None),
        ("250 mg PO q12h for 5–7 days", "frequency", "q12h"),
        ("500 mg BID x 10 days", "frequency", "BID"),
        ("2 puffs every 4 to 6 hours as needed", "frequency", "every 4 to 6 hours as needed"),
        ("5 mg once daily at bedtime", "frequency", "once daily at bedtime"),
        ("Take 15 mg, not daily.", "frequency", None),
        ("Give 10 mg, but never at bedtime.", "frequency", None),
        ("Take 15 mg once a week, never every day.", "frequency", "once a week"),
        ("30 mg/kg/day in two divided doses", "frequency", "in two divided doses"),
        ("85 mg/m² on day 1 of each 14-day cycle", "frequency", "on day 1 of each 14-day cycle"),
        ("the total daily dose is 5 mg", "frequency", None),
        ("by 25 mg every 3 days to 150 mg daily", "frequency", "every 3 days"),
        ("4 mg for 14 days or until hospital discharge, whichever occurs first.", "duration",
         "for 14 days or until hospital discharge, whichever occurs first"),
        ("every 3 weeks until disease progression or unacceptable toxicity.", "duration",
         "until disease progression or unacceptable toxicity"),
        ("10 mg for the first 7 days", "duration", "for the first 7 days"),
        ("500 mg BID x 10 days", "duration", "x 10 days"),
        ("patients treated for cancer", "duration", None),
        ("30 mg/kg/day, not to exceed 1 g/day", "maximum", "not to exceed 1 g/day"),
        ("Maximum 40 mg once daily.", "maximum", "Maximum 40 mg once daily"),
        ("Can be increased to 4 mg if the response is inadequate.", "condition", "if the response is inadequate"),
        ("Once an adequate response is achieved, reduce.", "condition", "Once an adequate response is achieved"),
        ("For extensive scalp hair loss, consider starting with 4 mg.", "condition", "For extensive scalp hair loss"),
        ("2 mg if at least two of age, weight, creatinine are met.", "condition",
         "if at least two of age, weight, creatinine are met"),
        ("4 mg once daily", "condition", None),
        ("Return at once to the former dose.", "condition", None),
        ("Stop at once.", "frequency", None),
        ("50 mg IV once over 30 minutes", "condition", None),
        ("For example, 5 mg", "condition", None),
        ("If age ≥80 years, weight ≤60 kg, or creatinine ≥1.5 mg/dL, reduce to 2.5 mg.", "condition",
         "If age ≥80 years, weight ≤60 kg, or creatinine ≥1.5 mg/dL"),
        ("In patients with renal, hepatic, or cardiac disease, reduce the dose.", "condition",
         "In patients with renal, hepatic, or cardiac disease"),
        ("1 g IM once before surgery", "frequency", "once"),
        ("2.5 mg TID–QID.", "frequency", "TID–QID"),
        ("300 mg SC at weeks 0, 1 and 2, then every 4 weeks", "frequency", "at weeks 0, 1 and 2, then every 4 weeks"),
        ("5 mg/kg IV at 0, 2 and 6 weeks", "frequency", "at 0, 2 and 6 weeks"),
        ("After each 4 hours of hemodialysis, 50 mg", "frequency", None),
        ("1 mg/kg SC every 12 hours with oral aspirin", "route", "SC"),
        ("75 mg/m² IV every 3 weeks, up to 6 cycles", "duration", "up to 6 cycles"),
        ("250 mg daily for five days", "duration", "for five days"),
        ("Life-threatening infection: 5 mg for Life-Threatening disease", "duration", None),
        ("Withhold until recovery.", "duration", None),
        ("Interrupt treatment until recovery.", "duration", None),
        ("16 mg/kg weekly for weeks 1 to 9.", "duration", "for weeks 1 to 9"),
        ("10 mg/kg IVPB q8h × 14–21 d", "duration", "× 14–21 d"),
        ("1 mg/min x 6 h", "duration", "x 6 h"),
        ("40 mg o.d. for 5 days", "frequency", "o.d."),
        ("1 drop q.d.s.; reduce", "frequency", "q.d.s."),
        ("20 mg nocte", "frequency", "nocte"),
        ("10 mg/kg IVPB q8h × 14–21 d", "route", "IVPB"),
        ("200 mg PO 5×/d × 10 d", "frequency", "5×/d"),
        ("increased if necessary to 50 mg once daily", "condition", "if necessary"),
        ("increased if necessary to 50 mg once daily", "frequency", "once daily"),
        ("For those who would otherwise receive 5 mg twice daily, give 5 mg once daily.", "frequency", "once daily"),
        ("1.3 mg/m² on days 1, 4, 8 and 11, one cycle.", "frequency", "on days 1, 4, 8 and 11"),
        ("75 mg/m² every 21 days, with prednisone 5 mg orally twice daily.", "route", None),
        ("Start with 4 units at bedtime, increasing by 1 unit each week.", "frequency", "at bedtime"),
        ("50 mg/kg, not to exceed the adult dose of 2,000 mg.", "maximum", "not to exceed the adult dose of 2,000 mg"),
        ("5 to 50 mcg/kg/min, at most 4 mg/kg/hour.", "maximum", "at most 4 mg/kg/hour"),
    ],
)  # fmt: skip
def test_words(text: str, key: str, value: str | None) -> None:
    assert getattr(regimen(text), key) == value


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("2 mg once daily.", "give"),
        ("Can be increased to 4 mg once daily.", "increase"),
        ("Titrate weekly.", "increase"),
        ("Titrate slowly.", "note"),
        ("100 % dose", "no_adjustment"),
        ("omit; consider carboplatin", "avoid"),
        ("One 875 mg/125 mg tablet every 12 hours.", "give"),
        ("the dosage may be reduced to 2 mg once daily.", "reduce"),
        ("may benefit from a lower starting dose (2 mg)", "reduce"),
        ("50% of the usual dose", "reduce"),
        ("dose reductions based on eGFR.", "reduce"),
        ("Not recommended.", "avoid"),
        ("Contraindicated in children under 12 years.", "avoid"),
        ("do not give.", "avoid"),
        ("Discontinue permanently", "avoid"),
        ("No adjustment needed for mild or moderate impairment.", "no_adjustment"),
        ("dose adjustment is not necessary", "no_adjustment"),
        ("no change.", "no_adjustment"),
        ("Dose adjustments are necessary.", "note"),
        ("Use with caution.", "note"),
        ("Choose the dose with care, because kidney function is often reduced.", "note"),
        ("Consider delaying escalation for 4 weeks.", "note"),
        ("Give one third of the usual dose.", "reduce"),
        ("Use 80% of the former dose.", "reduce"),
        ("100% of the dose.", "no_adjustment"),
        ("Give a dose as large as three times 50% of the usual dose.", "reduce"),
        ("Reduce insulin by 50%.", "note"),
        ("Insulin reduce by 50 %", "note"),
        ("The inhibitor is withdrawn.", "note"),
        ("Warfarin should be discontinued.", "note"),
        ("The drug should be discontinued.", "avoid"),
        ("No adjustment of the phenytoin dose is needed.", "note"),
        ("This reduced serum concentrations.", "note"),
        ("Levels above 2 mcg/mL should be avoided.", "note"),
        ("0.1 units/kg once daily, and titrate slowly.", "give"),
        ("Go up to 300 mg every 4 weeks.", "increase"),
        ("250 mg, 500 mg, or 750 mg every 24 hours", "give"),
        ("One sixth of the total daily dose, every 2 to 4 hours.", "give"),
        ("Maximum 40 mg daily.", "note"),
        ("Boluses of 10 mg or 20 mg may be used.", "give"),
        ("The usual dose every 48 hours.", "give"),
        ("50% q24h", "give"),
        ("Never give 875 mg.", "avoid"),
        ("No 875 mg dose at a GFR below 30.", "avoid"),
        ("The 875 mg dose is ruled out.", "avoid"),
        ("875 mg is too much at a GFR below 30.", "avoid"),
        ("875 mg is not suitable.", "avoid"),
        ("Patients with sepsis were excluded from the trials.", "note"),
        ("No information on dosing adjustment is available.", "note"),
        ("No dosage adjustment has been established.", "note"),
        ("No dosage adjustment.", "no_adjustment"),
        ("25 mg twice daily, withdrawn over 2 weeks.", "give"),
        ("Never daily.", "note"),
        ("The label gives no dose adjustment.", "note"),
        ("1,200 mg gave no additional benefit.", "note"),
    ],
)
def test_action(text: str, action: str) -> None:
    assert regimen(text).action == action


def test_a_dose_and_the_speed_of_its_injection() -> None:
    dose = regimen("5 to 10 mg IV at 1 to 2 mg/minute").dose
    assert dose is not None
    assert (dose.low, dose.high, dose.per) == (5, 10, None)


@pytest.mark.parametrize("text", ["2*3*4 mg :pill: [/b]", "Note :pill: 5 mg", ": 5 mg", "a :b: c"])
def test_a_labels_colon_is_after_a_word(text: str) -> None:
    assert [statement.labels for statement in said(text)] == [()]


def test_a_unit_at_the_end_of_a_sentence_is_no_abbreviation() -> None:
    assert len(list(said("No change at >30 mL/min. Reduce to 5 mg at <30 mL/min."))) == 2


def test_an_initial_does_not_end_a_label() -> None:
    (statement,) = said("H. pylori infection, triple therapy: 1 g twice daily")
    assert statement.labels == ("H. pylori infection, triple therapy",)


@pytest.mark.parametrize(
    "text",
    [
        "Each 5 mL contains 250 mg.",
        "The digoxin dose should be halved to 0.125 mg.",
        "4 mg less than the previous dose",
        "not to exceed 10 mg/kg or 400 mg per day",
        "Give doses greater than 200 mg in two parts.",
        "250, 500 or 750 mg once daily",
        "Doses in excess of 40 mg are not needed.",
        "Patients on doses of 5 mg or 10 mg daily: reduce by half.",
        "Patients receiving Testdrug 40 mg daily need another treatment.",
        "In a clinical trial patients took 80 mg daily.",
        "A dose higher than 200 mg (400 mg per day) gave no benefit.",
        "In increments of 300 mg to 450 mg/day",
        "Reduce the dexamethasone to 10 mg per dose.",
        "For example, 75 mg daily for 37.5 mg twice daily",
        "Adults at risk need an average of 1200 mg/day of elemental calcium.",
        "The recommended intake of vitamin D is 600-800 IU daily.",
        "Give 1000 mg of supplemental calcium and 400 IU of vitamin D daily.",
        "Take 20 mEq of potassium chloride daily.",
        "15 mg of the drug is roughly equal to 90 mg of codeine.",
        "Take half a 5 mg tablet once daily.",
        "The 5 mg tablet is white.",
    ],
)
def test_amounts_that_are_something_else(text: str) -> None:
    assert regimen(text).dose is None


@pytest.mark.parametrize(
    "text",
    [
        "One 500 mg tablet orally in the morning and one in the evening.",
        "Take two 5 mg film-coated tablets once daily.",
    ],
)
def test_counted_tablets_of_a_strength_are_given(text: str) -> None:
    assert (regimen(text).action, regimen(text).dose) == ("give", None)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Increase gradually if needed and tolerated.", "increase"),
        ("Taper gradually.", "reduce"),
        ("Consider a higher dose if necessary.", "increase"),
        ("A higher dose may be needed when the inhibitor is stopped.", "increase"),
        ("Higher doses have been needed and tolerated in several studies.", "note"),
        ("Start with a lower than usual dose and titrate carefully.", "reduce"),
        ("Reduce the dose or stop.", "reduce"),
        ("A temporary reduction of the initial dose may be needed.", "reduce"),
        ("Dose reduction is generally not required.", "no_adjustment"),
        ("It is not clear whether a reduction is necessary.", "note"),
        ("Do not change the dose at intervals shorter than seven days.", "note"),
        ("No dosing recommendation can be given.", "note"),
        ("The label does not give a dose.", "note"),
        ("Trials in adults did not support use.", "note"),
        ("Monitor the INR closely when the other drug is started, stopped or changed in dose.", "note"),
        ("Reduce to the original level after the inducer is stopped.", "reduce"),
        ("Withdraw the other drug by 20% each week over 4 weeks.", "note"),
        ("Consider a lower dose of the insulin.", "note"),
        ("Do not use together.", "avoid"),
        ("Discontinue promptly.", "avoid"),
        ("Consider a rapid stop only for a serious adverse event.", "note"),
        ("Measure TSH every 4 weeks and adjust until it is within range.", "note"),
        ("See the adult dose.", "note"),
        ("Consider treating with increased doses of diuretics.", "note"),
        ("Consider reducing the dose of concomitant diuretics.", "note"),
        ("Fluid retention should be treated by an increase in the dose of diuretics.", "note"),
        ("The dose of the insulin secretagogue should be reduced.", "note"),
        ("Lower doses of CNS depressants may be necessary.", "note"),
        ("The dosage of other agents should be reduced by half.", "note"),
        (
            "If after increasing the dosage, pain is worse after a dosage increase, consider reducing the dosage.",
            "reduce",
        ),
        ("Identify the source of increased pain before increasing the dosage.", "note"),
        ("As the dosage is titrated upward, concentrations of clonazepam may be affected.", "note"),
        ("If a dose is missed, there is no need to double the dose at the next time.", "note"),
        ("The dose does not need to be adjusted in elderly patients.", "no_adjustment"),
        ("The dose need not be adjusted in elderly patients.", "no_adjustment"),
        ("Concomitant use not recommended.", "avoid"),
        ("Patients who require reduction in LDL-C greater than 45% may be started at 40 mg once daily.", "give"),
        ("The renal clearance of lithium may decrease to pre-pregnancy concentrations.", "note"),
        ("Excretion would be expected to decrease with advancing age.", "note"),
        ("The initial dose is 50 mg given as one tablet a day either alone or added to diuretic therapy.", "give"),
        ("The initial dosage is 50 mg daily with lower dose increases until uric acid is normal.", "give"),
        ("Give 4 mg/kg daily, with 10% of the total dose as an initial bolus.", "give"),
        ("The usual dose is 5 mg daily, with a 5 mg increase every 2 weeks.", "give"),
        ("Add 10 mL of apple juice and shake.", "note"),
        ("Add the required amount of suspension to formula, milk or water.", "note"),
        ("Do not chew, cut, or crush the tablets.", "note"),
        ("Pregnancy must be ruled out.", "note"),
        ("The INR will be right only after the drug has been stopped for at least 2 days.", "note"),
        ("Extend the dosing interval to every 48 hours.", "reduce"),
        ("Less frequent dosing should be considered in the elderly.", "reduce"),
        ("Use less frequent administration in the elderly.", "reduce"),
        ("A less frequent dosing schedule may be more convenient.", "note"),
        ("The interval between doses should be prolonged.", "reduce"),
        ("If required, longer intervals between dose adjustments can be used.", "note"),
        ("Use when coadministered with ketoconazole is contraindicated.", "avoid"),
        ("If fluid collects, treat with increased doses of diuretics, lowering the dose of the medicine.", "reduce"),
    ],
)
def test_an_action_is_a_verb_with_an_object(text: str, action: str) -> None:
    assert regimen(text).action == action


@pytest.mark.parametrize(
    ("text", "maximum"),
    [
        ("Maximum single dose 10 mg; maximum daily dose 40 mg.", "Maximum single dose 10 mg; maximum daily dose 40 mg"),
        ("The maximum dose during lactation is 10 mg.", "maximum dose during lactation is 10 mg"),
        ("10 mg daily (maximum 20 mg per dose, 60 mg per day).", "maximum 20 mg per dose, 60 mg per day"),
        ("Stop it if ALT exceeds 5 times the upper limit of normal.", None),
    ],
)
def test_two_ceilings_are_two_and_a_threshold_is_none(text: str, maximum: str | None) -> None:
    assert regimen(text).maximum == maximum


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If CrCl <30 give every 24 h instead of every 12 h.", "If CrCl <30"),
        (
            "The dose when coadministered with an inhibitor is 10 mg once daily.",
            "when coadministered with an inhibitor",
        ),
        ("Discontinue if transaminases exceed 3 times normal.", "if transaminases exceed 3 times normal"),
    ],
)
def test_a_condition_ends_where_the_order_begins(text: str, condition: str) -> None:
    assert regimen(text).condition == condition


def test_a_figure_without_a_known_unit_is_unsure() -> None:
    assert regimen("Give 10 u daily.").unsure == "the unit of “10 u” is not certain"


def test_a_tilde_between_two_figures_means_to() -> None:
    dose = regimen("10~20 mg daily").dose
    assert dose
    assert (dose.low, dose.high) == (10, 20)
    assert age("Children 6 ~ 12 years") == age("Children 6 to 12 years")


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("2 tablets of 325 mg orally every 4 hours", "2 tablets"),
        ("start 25 mg orally once daily, one week after the last 2.4 mg injection.", "25 mg"),
        ("Take one 70 mg tablet once weekly or", "70 mg"),
        ("3.375 g every 6 hours", "3.375 g"),
        ("After each dialysis a supplement of 250 to 500 mg.", "250 to 500 mg"),
        ("Consider a trial of 1,000 mg twice daily.", "1,000 mg"),
        ("1 mL or 2 mL of the injection intramuscularly.", "1 mL or 2 mL"),
        ("10 or 15 mg once daily", "10 or 15 mg"),
        ("Increase in increments of 50 mg or 100 mg weekly.", "50 mg or 100 mg"),
        ("2 mg or 4 mg/kg once daily", None),
        ("5 mg, 10 mg or 15 mg once daily", None),
        ("5 mL of oral suspension twice daily.", "5 mL"),
        ("Valproate goes down by 500 mg/day a week to 500 mg/day.", None),
        ("14 to 18 mg/kg was used in most trials; few centers use the highest dose.", None),
        ("The lower dose serves only patients who do not tolerate 2.4 mg.", None),
        ("With water only (up to 4 ounces).", None),
        ("Corresponds to 2.5 mg of the one drug.", None),
        ("At doses over 2 g per day, monitor.", None),
        ("The recommended dosage is one 30 mg TESTDRUG (testine hydrochloride tablets) tablet daily.", "30 mg"),
        ("Initial dose 0.2 mg tablet twice daily (morning and bedtime).", "0.2 mg"),
        ("Start with a 5 mg tablet orally once daily.", "5 mg"),
        ("10 mg or 20 mg tablet once daily.", None),
        ("Patients who do not respond to a 20 mg dose may be increased to 40 mg once daily.", "40 mg"),
        ("Patients not responding to a 20 mg dosage may benefit from dosage increases at 10 mg increments per cycle.",
         "10 mg"),
    ],
)  # fmt: skip
def test_the_dose_is_the_amount_that_is_given(text: str, dose: str | None) -> None:
    found = regimen(text).dose
    assert (found.text if found else None) == dose


@pytest.mark.parametrize(
    ("text", "dose", "maximum"),
    [
        ("Begin treatment at 30 mg once daily for 1 week before increasing to 60 mg once daily.", "30 mg", None),
        ("The usual dose is one 100 mg extended capsule by mouth three times daily.", "100 mg", None),
        ("Doses up to 50 mg/kg/day have been administered in a long-term study.", None, None),
        ("The maximum single recommended adult dose of the injection for migraine is 6 mg subcutaneously.", None,
         "maximum single recommended adult dose of the injection for migraine is 6 mg"),
        ("Testdrug 25 mg is effective within 8 weeks.", None, None),
        ("1.8 mg is the maximum effective daily dose, but such doses are rarely used.", None,
         "1.8 mg is the maximum effective daily dose"),
        ("40 mg is the maximum recommended dosage.", None, "40 mg is the maximum recommended dosage"),
        ("Raise at 30 mg increments per menstrual cycle up to a maximum of 90 mg per day when dosing daily or 60 mg "
         "per day when dosing intermittently.", "30 mg",
         "up to a maximum of 90 mg per day when dosing daily or 60 mg per day"),
    ],
)  # fmt: skip
def test_one_amount_of_several_is_the_dose(text: str, dose: str | None, maximum: str | None) -> None:
    found = regimen(text, ["Testdrug"])
    assert ((found.dose.text if found.dose else None), found.maximum) == (dose, maximum)


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("After one week at the 0.6 mg once daily dosage, increase to 1.2 mg once daily.", "1.2 mg"),
        ("After at least 2 weeks on 5 mg daily the dose should be increased to 10 mg.", "10 mg"),
        ("After 2 weeks, 10 mg daily.", "10 mg"),
    ],
)
def test_what_was_taken_for_a_while_is_no_dose_to_give(text: str, dose: str) -> None:
    found = [regimen(each.text).dose for each in said(text)]
    assert [each.text for each in found if each] == [dose]


@pytest.mark.parametrize("rule", [*rules("roles"), *rules("joints")], ids=lambda rule: rule.pattern.expression)
def test_a_rule_needs_no_code_that_its_pattern_can_do_without(rule: SentenceRule) -> None:
    outside_sets = re.sub(r"\[[^\]]*\]", "", rule.pattern.expression)
    assert all(code in outside_sets for code in rule.needs)


@pytest.mark.parametrize(
    "text",
    ["Children 6 to 12 years: 5 mg", "CrCl <30 mL/min (severe): 5 mg", "The oral solution, day 1: 5 mg twice daily"],
)
def test_a_label_read_by_itself_has_the_items_of_its_line(text: str) -> None:
    line = read_line(text)
    label = line.part(0, line.shape.index(":"))
    assert label == text.partition(":")[0]
    assert read_line(label).items == read_line(f"{label} ").items  # with a blank it is read anew
    assert [item.word for item in read_line(label).items] == [i.word for i in line.items[: line.shape.index(":")]]
