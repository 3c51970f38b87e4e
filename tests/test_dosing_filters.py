"""A patient → the rows that apply, with the reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from conftest import Cli
from druginfo.dosing import Patient, Selection, apply, read_dosing
from druginfo.dosing.judging import Bands, by_weight
from druginfo.dosing.patient import DAYS
from druginfo.dosing.people import may_name, names_group
from druginfo.errors import NotFound, Usage
from druginfo.model import Band, Condition, Monograph, Regimens, RowForPatient
from druginfo.parse import decode, parse

EXPORT = Path(__file__).parent / "fixtures" / "dosing" / "baricitinib.md"
BARICITINIB = parse(decode(EXPORT.read_bytes()), "baricitinib", str(EXPORT))


parse, read_dosing = cache(parse), cache(read_dosing)  # most texts are asked about several times


def select(**filters: str) -> Selection:
    return apply(lambda: BARICITINIB, read_dosing(BARICITINIB), Patient.read(**filters))


def of(dosage: str, **filters: str) -> list[tuple[str, bool, str | None]]:
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- rheumatoid arthritis (RA), sepsis\n\n## Dosage\n\n{dosage}\n"
    monograph = parse(text, "testdrug", "testdrug.md")
    selection = apply(lambda: monograph, read_dosing(monograph), Patient.read(**filters))
    return [(judged.row.text, judged.applies, judged.reason) for judged in selection.rows]


def test_no_filter_leaves_nothing_out() -> None:
    selection = select()
    assert selection.left_out == 0
    assert selection.filters == {}
    assert len(selection.kept) == len(selection.rows) == 21


@pytest.mark.parametrize("words", ["RA", "ra", "rheumatoid arthritis", "Rheumatoid Arthritis", "arthritis", "rheumat"])
def test_an_indication_in_full_or_abbreviated(words: str) -> None:
    named = {row.indication for row in select(indication=words).kept if row.indication}
    assert named == {"Rheumatoid Arthritis", "RA"}


def test_rows_without_an_indication_are_for_all() -> None:
    assert any(row.indication is None for row in select(indication="RA").kept)


def test_what_was_left_out_is_counted_and_explained() -> None:
    selection = select(indication="RA", age="45")
    assert selection.filters == {"for": "RA", "age": "45"}
    assert selection.left_out == sum(not judged.applies for judged in selection.rows) > 0
    assert all(judged.reason for judged in selection.rows if not judged.applies)


def test_a_severity_is_read_by_the_monographs_own_range() -> None:
    reasons = {j.row.text: j.reason for j in select(indication="alopecia", egfr="45").rows if j.applies and j.row.renal}
    assert reasons["If recommended dose is 2 mg, reduce to 1 mg."] == (
        "moderate read as eGFR 30 to less than 60 mL/min, as this monograph has it"
    )


def test_a_severity_without_a_range_is_read_by_the_fda_category() -> None:
    dosage = "### Renal Impairment\n\n- Mild: 5 mg daily.\n- Moderate: 4 mg daily.\n- Severe: Avoid."
    (mild, moderate, severe) = of(dosage, crcl="45")
    assert (mild[1], moderate[1], severe[1]) == (False, True, False)
    assert moderate[2] == "moderate read as 30 to 59 mL/min, the FDA's category"
    assert [applies for _, applies, _ in of(dosage, crcl="60")] == [True, False, False]
    assert [applies for _, applies, _ in of(dosage, crcl="29.5")] == [False, False, True]
    assert [applies for _, applies, _ in of(dosage, crcl="10")] == [False, False, True]


def test_severe_ends_where_failure_is_named() -> None:
    (severe, _) = of("### Renal Impairment\n\n- Severe: 2 mg daily.\n- ESRD: Avoid.", crcl="10")
    assert severe[1] is False
    dialysis = "### Renal Impairment\n\n- Severe: 2 mg daily.\n- Hemodialysis: Avoid."  # nobody below 15 need be on it
    (severe, _) = of(dialysis, crcl="10")
    assert (severe[1], "worse kidneys have a row of their own" in severe[2]) == (True, True)
    assert specific(dialysis, crcl="10") == []
    (alone,) = of("### Renal Impairment\n\n- Severe: Avoid.", crcl="10")
    assert alone[1:] == (
        True,
        "severe read as 15 to 29 mL/min, the FDA's category, and below, as nothing here is said of kidney failure",
    )


def test_a_warning_for_severe_impairment_is_not_taken_back_by_a_dose_for_kidney_failure() -> None:
    dosage = "### Renal Impairment\n\n- Severe: {}\n- CrCl <10 mL/min: 100 mg daily."
    for warning in ("Not studied.", "Avoid.", "Consider the risks before starting treatment."):
        severe, failure = of(dosage.format(warning), crcl="8")
        assert (severe[1], failure[1]) == (True, True), warning
    severe, _ = of(dosage.format("200 mg daily."), crcl="8")
    assert severe[1] is False


def specific(dosage: str, **filters: str) -> list[str]:
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- rheumatoid arthritis (RA), sepsis\n\n## Dosage\n\n{dosage}\n"
    read = parse(text, "testdrug", "testdrug.md")
    return [j.row.text for j in apply(lambda: read, read_dosing(read), Patient.read(**filters)).rows if j.specific]


def test_rows_that_answer_every_filter() -> None:
    (row,) = [judged.row for judged in select(indication="RA", egfr="45").rows if judged.specific]
    assert (row.text, row.qualifier) == ("1 mg once daily.", "Moderate impairment (eGFR 30 to <60 mL/min/1.73 m²)")


def test_nothing_is_specific_without_a_filter() -> None:
    assert not any(judged.specific for judged in select().rows)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"age": "45"}, ["1 mg daily.", "4 mg daily."]),
        ({"age": "5"}, ["2 mg daily."]),
        ({"weight": "30"}, ["3 mg daily."]),
        ({"age": "45", "weight": "50"}, ["4 mg daily."]),
        ({"hepatic": "mild"}, ["5 mg daily."]),
        ({"population": "elderly"}, []),
    ],
)
def test_what_a_row_says_of_the_patient(filters: dict[str, str], expected: list[str]) -> None:
    dosage = (
        "- Adults: 1 mg daily.\n- Children 2 to 11 years: 2 mg daily.\n- <40 kg: 3 mg daily.\n"
        "- Adults ≥40 kg: 4 mg daily.\n- Mild hepatic impairment: 5 mg daily.\n- 6 mg daily."
    )
    if "population" in filters:
        with pytest.raises(NotFound):
            specific(dosage, **filters)
    else:
        assert specific(dosage, **filters) == expected


def test_another_label_names_the_indication_too() -> None:
    dosage = (
        "- RA: 5 mg daily.\n- Sepsis: 9 mg daily.\n\n### Renal Impairment\n\n- Severe, sepsis: Avoid.\n"
        "- Severe, RA or sepsis: 1 mg daily.\n- Mild: 3 mg daily."
    )
    judged = {text: applies for text, applies, _ in of(dosage, indication="rheumatoid arthritis")}
    assert judged == {
        "5 mg daily.": True,
        "9 mg daily.": False,
        "Avoid.": False,
        "1 mg daily.": True,
        "3 mg daily.": True,
    }


def test_the_other_measure_excludes_nothing() -> None:
    dosage = "- CrCl <30 mL/min: Avoid.\n- eGFR <30: 5 mg daily."
    (crcl, egfr) = of(dosage, crcl="20")
    assert crcl[1]
    assert egfr[1:] == (True, "the row speaks of eGFR, which was not given")


@pytest.mark.parametrize(
    ("value", "applies"), [("30", True), ("29.9", False), ("59.9", True), ("60", False)]
)  # 30 to <60
def test_bounds(value: str, applies: bool) -> None:
    rows = {j.row.qualifier: j.applies for j in select(indication="RA", egfr=value).rows if j.row.renal}
    assert rows["Moderate impairment (eGFR 30 to <60 mL/min/1.73 m²)"] is applies


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("1", []),
        ("23mo", []),
        ("24mo", ["2 mg once daily."]),
        ("8", ["2 mg once daily."]),
        ("9", ["4 mg once daily."]),
        ("10d", []),
    ],
)
def test_age_in_any_unit(age: str, expected: list[str]) -> None:
    kept = [row.text for row in select(age=age).kept if row.population == "Children"]
    assert kept == expected


def test_a_last_year_of_age_lasts_to_the_birthday() -> None:
    dosage = "- Children 2 to 11 years: 5 mg daily.\n- 12 years and older: 10 mg daily."
    assert [applies for _, applies, _ in of(dosage, age="11.5")] == [True, False]
    assert [applies for _, applies, _ in of(dosage, age="12")] == [False, True]


def test_words_for_ages_exclude_what_they_cannot_mean() -> None:
    dosage = "### Adults\n\n- 5 mg daily.\n\n### Children\n\n- 2 mg daily.\n\n### Pregnancy\n\n- Avoid."
    assert [applies for _, applies, _ in of(dosage, age="6mo")] == [False, True, False]
    assert [applies for _, applies, _ in of(dosage, age="45")] == [True, False, True]


def test_weight_and_liver() -> None:
    dosage = "- <40 kg: 5 mg daily.\n- ≥40 kg: 10 mg daily.\n- Child-Pugh B hepatic impairment: Avoid."
    assert [applies for _, applies, _ in of(dosage, weight="40", hepatic="mild")] == [False, True, False]
    assert [applies for _, applies, _ in of(dosage, weight="39.5kg", hepatic="moderate")] == [True, False, True]


def test_a_row_that_applies_has_a_reason_only_where_something_was_read_into_it() -> None:
    dosage = "- ≥40 kg: 10 mg daily.\n- Moderate hepatic impairment: 5 mg daily.\n- Child-Pugh B: 2 mg daily."
    assert [reason for _, _, reason in of(dosage, weight="50", hepatic="moderate")] == [
        None,
        None,
        "moderate read as Child-Pugh B",
    ]


def test_a_population_by_another_word() -> None:
    judged = select(population="pediatric").rows
    assert {each.row.population for each in judged if each.specific} == {"Children"}
    assert {each.row.population for each in judged if not each.applies} > {"Adults"}


_GROUPS = """
Pregnancy; Gravid patients; Pregnant women in labour; non-pregnant adults; Post-menopausal women; Patients with
ESKD; end-stage renal disease; Hepatic insufficiency; hepatic dysfunction; Kidney transplantation; Allograft;
neutropenic patients; Neutropenia; Patients with diabetes; diabetic adults; Obesity; obese children; Nursing
mothers; lactation; on haemodialysis; hémodialysis; HD; CAPD; paediatric patients; Élderly; Senior citizens;
adolescents; teenagers; Neonates; newborn; girls; men; CYP2D6 poor metabolisers; opioid-naïve; surgical
patients; operation; tumour; oesophageal varices; anaemic women; prophylactic use; Treated patients; not for
children; except the elderly; hypertensive; pulmonary hypertension
"""


def test_strings_tell_what_names_no_group() -> None:
    """Every text that names a group is one that strings let through, in whatever spelling."""
    every = [" ".join(each.split()) for each in _GROUPS.split(";")]
    for asked in every:
        assert not may_name("12 mg 2 x 1", asked)
        for text in every:
            assert may_name(text, asked) or not names_group(text, asked), (text, asked)


@pytest.mark.parametrize("filters", [{"indication": "gout"}, {"population": "dogs"}])
def test_a_filter_that_matches_nothing_lists_what_there_is(filters: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="Rheumatoid Arthritis; Alopecia Areata"):
        select(**filters)


def test_no_row_left_is_not_found() -> None:
    with pytest.raises(NotFound, match="No row of Testdrug applies to --age 5"):
        of("- Adults: 5 mg daily.", age="5")


@pytest.mark.parametrize(
    "filters",
    [
        {"age": "old"}, {"age": "-5"}, {"age": "6 parsecs"}, {"age": ""}, {"weight": "heavy"}, {"egfr": "30-60"},
        {"crcl": "nan"}, {"hepatic": "bad"}, {"indication": " "}, {"age": "500"}, {"age": "1600mo"}, {"weight": "0"},
        {"weight": "3500"}, {"egfr": "-5"}, {"weight": "45 mL/min"}, {"crcl": "45 kg"}, {"crcl": "45 mL/min/1.73 m2"},
        {"egfr": "4500"}, {"crcl": "abc"},
    ],
)  # fmt: skip
def test_a_filter_that_says_nothing_is_wrong_usage(filters: dict[str, str]) -> None:
    with pytest.raises(Usage) as caught:
        Patient.read(**filters)
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith("--")


@pytest.mark.parametrize("letter", ["C", "c", "Child-Pugh C", "class C"])
def test_a_letter_of_child_pugh_is_refused_with_its_grade(letter: str) -> None:
    with pytest.raises(Usage, match="Child-Pugh C is severe"):
        Patient.read(hepatic=letter)


def test_units_of_age() -> None:
    assert DAYS["days"] < DAYS["weeks"] < DAYS["months"] < DAYS["years"]


@pytest.mark.parametrize(("age", "kept"), [("8", ["2 mg."]), ("40", ["4 mg."]), ("70", [])])
def test_a_groups_word_closes_what_its_band_leaves_open(age: str, kept: list[str]) -> None:
    dosage = "- RA: 1 mg.\n\n### Adults\n\n- Less than 65 years: 4 mg.\n\n### Children\n\n- 2 years and older: 2 mg."
    assert [text for text, applies, _ in of(dosage, age=age) if applies and text != "1 mg."] == kept


@pytest.mark.parametrize(("age", "applies"), [("10d", False), ("3mo", True), ("11mo", True), ("8", False)])
def test_ages_from_one_unit_to_another(age: str, applies: bool) -> None:
    """No band holds them, but they keep a child of eight from an infant's dose."""
    dosage = "- Sepsis (1 month to less than 1 year):\n    - 10 kg and greater: 10 mg daily.\n- RA: 1 mg."
    assert of(dosage, age=age)[0][1] is applies


def test_a_last_year_after_months_lasts_to_the_birthday() -> None:
    dosage = "- Children 6 months to 11 years: 5 mg daily.\n- RA: 1 mg."
    assert [of(dosage, age=age)[0][1] for age in ("11.5", "12")] == [True, False]


IMPAIRED = "### Patients with Renal Impairment\n\n"


@pytest.mark.parametrize(
    ("label", "age", "applies"),
    [
        ("Children ≥2 years, severe", "82", False),
        ("Children", "40", False),
        ("Adults taking 5 mg", "5", False),
        ("Peds", "45", False),
        ("Peds", "8", True),
        ("Toddlers", "8", False),
        ("Older adults", "30", False),
        ("Non-elderly", "75", False),
        ("Non-elderly", "40", True),
        ("Women of childbearing potential", "30", True),
        ("Mothers of newborns", "30", True),
    ],
)
def test_a_word_for_an_age_in_any_label(label: str, age: str, applies: bool) -> None:
    assert of(f"- RA: 1 mg.\n\n{IMPAIRED}- {label}: 5 mg daily.", age=age)[1][1] is applies


def test_a_statement_that_begins_with_whom_it_is_for() -> None:
    dosage = f"- RA: 1 mg.\n\n{IMPAIRED}In children with CrCl below 30 mL/min, 5 mg daily."
    assert of(dosage, age="40")[1][1:] == (False, "for children")
    assert of(dosage, age="8")[1][1]


@pytest.mark.parametrize(
    "label", ["Elderly or debilitated", "Elderly (≥60 years) or frail", "Elderly, debilitated or malnourished patients"]
)
def test_the_old_or_frail_are_neither_the_young_nor_only_the_old(label: str) -> None:
    """A debilitated patient of 40 is meant too, if somebody says that this one is."""
    dosage = f"- RA: 5 mg daily.\n\n### {label}\n\n- 2 mg daily."
    (_, row) = of(dosage, age="40")
    assert not row[1]
    assert of(dosage, age="40", population="frail" if "frail" in label else "debilitated")[1][1]
    assert "2 mg daily." in specific(dosage, age="70")


def test_an_age_among_other_conditions_excludes_nobody() -> None:
    dosage = "- RA: 5 mg daily.\n\n### Elderly or underweight patients\n\n- 2 mg daily."
    (_, row) = of(dosage, age="40")
    assert row[1]
    assert "names others too" in str(row[2])
    assert "2 mg daily." not in specific(dosage, age="40")
    assert "2 mg daily." in specific(dosage, age="70")


def test_a_last_month_ends_where_the_next_band_begins() -> None:
    dosage = "### Children\n\n- 0 to 3 months: 1 mg daily.\n- 3 to 6 months: 2 mg daily.\n- 7 to 11 months: 3 mg daily."
    assert [applies for _, applies, _ in of(dosage, age="100d")] == [False, True, False]
    assert [applies for _, applies, _ in of(dosage, age="3mo")] == [True, True, False]
    assert [applies for _, applies, _ in of(dosage, age="6.5mo")] == [False, True, False]


def test_over_60_may_hold_in_the_year_that_begins_then() -> None:
    dosage = "- Adults: 40 mg daily.\n- Patients over 60 years: 20 mg daily."
    (_, row) = of(dosage, age="60")
    assert row[1]
    assert "may hold" in str(row[2])
    assert specific(dosage, age="60") == ["40 mg daily."]
    assert "20 mg daily." in specific(dosage, age="61")


@pytest.mark.parametrize(("crcl", "expected"), [("59.5", [False, True, False]), ("29.4", [False, False, True])])
def test_a_range_goes_up_to_the_next(crcl: str, expected: list[bool]) -> None:
    dosage = f"{IMPAIRED}- CrCl ≥60 mL/min: 3 mg.\n- CrCl 30 to 59 mL/min: 2 mg.\n- CrCl 15 to 29 mL/min: 1 mg."
    judged = of(dosage, crcl=crcl)
    assert [applies for _, applies, _ in judged] == expected
    assert "where the next range begins" in str(judged[expected.index(True)][2])


def test_a_range_without_a_next_ends_at_its_figure() -> None:
    assert not of(f"- RA: 1 mg.\n\n{IMPAIRED}- CrCl 10 to 30 mL/min: 2 mg.", crcl="30.5")[1][1]


def test_a_weight_between_two_bands() -> None:
    dosage = "- 2.6 to 2.9 kg: 1 mg.\n- 3 to 3.9 kg: 2 mg.\n- 4 to 9 kg: 3 mg."
    assert [applies for _, applies, _ in of(dosage, weight="2.95")] == [True, False, False]


def test_a_row_that_names_no_measure_says_which_was_read() -> None:
    (row,) = of(f"{IMPAIRED}- GFR less than 30 mL/min: 2 mg.", crcl="20")
    assert row[1:] == (True, "the row names neither eGFR nor CrCl, read with the CrCl given")


def test_a_category_that_the_monograph_has_otherwise_is_left_open() -> None:
    """25 is severe for the FDA, but not here: it may be moderate."""
    dosage = f"{IMPAIRED}- Mild to moderate: 5 mg daily.\n- Severe (CrCl <20 mL/min): Avoid."
    assert of(dosage, crcl="25")[0][1:] == (True, "no range is known: severe is CrCl less than 20 mL/min here")
    assert specific(dosage, crcl="25") == []


def test_impairment_in_no_grade() -> None:
    dosage = f"- RA: 5 mg daily.\n\n{IMPAIRED}- 2 mg daily.\n\n### Patients with Hepatic Dysfunction\n\n- 3 mg daily."
    assert specific(dosage, egfr="50") == ["2 mg daily."]
    assert specific(dosage, egfr="95") == []
    assert specific(dosage, hepatic="mild") == ["3 mg daily."]
    assert specific(dosage, egfr="50", hepatic="mild") == ["2 mg daily.", "3 mg daily."]


def test_impairment_is_graded_by_the_rows_beside() -> None:
    dosage = f"{IMPAIRED}- Adjustments are necessary.\n- Severe: 2 mg daily."
    assert specific(dosage, egfr="75") == []


def test_the_kidneys_dose_is_in_the_place_of_the_usual_one() -> None:
    dosage = f"### Adults\n\n- RA: 5 mg daily.\n\n{IMPAIRED}- CrCl <30 mL/min: 2 mg daily."
    assert specific(dosage, indication="RA", age="40", weight="70", crcl="20") == ["2 mg daily."]
    assert specific(dosage, indication="RA", age="40", weight="70", crcl="80") == ["5 mg daily."]
    assert specific(dosage, indication="RA", age="40") == ["5 mg daily."]


def test_what_is_said_of_no_age_is_not_for_a_child() -> None:
    dosage = f"{IMPAIRED}- CrCl <30 mL/min: 2 mg daily.\n- Children, CrCl <30 mL/min: 1 mg daily."
    assert specific(dosage, crcl="20", age="8") == ["1 mg daily."]
    assert specific(dosage, crcl="20") == ["2 mg daily."]


def test_what_is_for_those_who_take_another_drug_is_not_known_to_be_for_this_patient() -> None:
    dosage = f"{IMPAIRED}- CrCl <30 mL/min: 2 mg daily.\n\n### With Rifampin\n\n- CrCl <80 mL/min: Avoid."
    assert specific(dosage, crcl="20") == ["2 mg daily."]
    assert [applies for _, applies, _ in of(dosage, crcl="20")] == [True, True]


def test_a_maximum_of_the_old_leaves_the_dose_of_adults_open() -> None:
    dosage = "### Adults\n\n- RA: 40 mg daily.\n\n### Patients over 60 Years\n\n- Maximum 20 mg daily."
    assert specific(dosage, indication="RA", age="70") == ["Maximum 20 mg daily."]
    assert specific(dosage, indication="RA", age="50") == ["40 mg daily."]
    assert [applies for _, applies, _ in of(dosage, indication="RA", age="70")] == [True, True]


@pytest.mark.parametrize(
    "words",
    ["without dialysis", "no hemodialysis", "not on dialysis", "not receiving hemodialysis", "not on chronic dialysis"],
)
@pytest.mark.parametrize("whom", ["CrCl <30 mL/min", "End-stage renal disease"])
def test_what_is_for_those_without_dialysis_is_not_for_a_patient_on_dialysis(whom: str, words: str) -> None:
    dosage = f"{IMPAIRED}- {whom} {words}: 2 mg daily.\n- Hemodialysis: 1 mg after each hemodialysis."
    assert specific(dosage, population="dialysis") == ["1 mg after each hemodialysis."]
    assert [applies for _, applies, _ in of(dosage, population="dialysis")] == [False, True]
    assert specific(dosage, crcl="10") == ["2 mg daily."]


def test_with_or_without_dialysis_is_for_both() -> None:
    dosage = f"{IMPAIRED}- CrCl <30 mL/min, with or without dialysis: 2 mg daily."
    assert specific(dosage, population="dialysis") == specific(dosage, crcl="10") == ["2 mg daily."]


@pytest.mark.parametrize("how", [", dialysis", " on hemodialysis", ", requiring dialysis", " (hemodialysis)"])
def test_a_range_of_those_on_dialysis_is_open_where_dialysis_was_not_said(how: str) -> None:
    dosage = f"{IMPAIRED}- CrCl <30 mL/min, no dialysis: 2 mg daily.\n- CrCl <30 mL/min{how}: 1 mg daily."
    assert specific(dosage, crcl="22") == ["2 mg daily."]
    assert of(dosage, crcl="22")[1] == ("1 mg daily.", True, "whether the patient is on dialysis was not said")
    assert specific(dosage, crcl="22", population="dialysis") == ["1 mg daily."]


@pytest.mark.parametrize("label", ["CrCl <30 mL/min or dialysis", "CrCl <30 mL/min, including those on dialysis"])
def test_a_range_beside_dialysis_needs_none(label: str) -> None:
    assert of(f"{IMPAIRED}- {label}: 1 mg daily.", crcl="22") == [("1 mg daily.", True, None)]


LIGHT = """### Adults

- 17 to 64 years, 50 kg or more: 60 mg once.

### Children

- All Indications: {refusal}

### Elderly Patients

- ≥65 years: 30 mg once.

### Special Cases

- Body Weight Below 50 kg: 15 mg once."""


@pytest.mark.parametrize("refusal", ["Not recommended.", "Contraindicated.", "Do not use.", "Avoid use."])
def test_a_weight_alone_is_not_known_to_be_of_a_child_who_is_refused(refusal: str) -> None:
    dosage = LIGHT.format(refusal=refusal)
    assert specific(dosage, age="5", weight="19") == [refusal]
    reason = f"elsewhere, “Children”: {refusal[0].lower()}{refusal[1:-1]}"
    assert of(dosage, age="5", weight="19")[-1] == ("15 mg once.", True, reason)
    assert specific(LIGHT.format(refusal="Monitor growth."), age="5", weight="19")[-1] == "15 mg once."


def test_a_low_weight_counts_beside_the_dose_of_the_old() -> None:
    dosage = LIGHT.format(refusal="Not recommended.")
    assert specific(dosage, age="82", weight="48") == ["30 mg once.", "15 mg once."]
    assert specific(dosage, age="82", weight="70") == ["30 mg once."]
    assert specific(dosage, age="40", weight="48") == ["15 mg once."]


@pytest.mark.parametrize("usual", ["Most patients", "Usual dose", "All other patients"])
def test_the_dose_of_most_patients_gives_way_to_a_criterion_that_is_met(usual: str) -> None:
    dosage = f"### Adults\n\n#### RA\n\n- {usual}: 5 mg daily.\n- Body weight ≤60 kg: 2 mg daily."
    assert specific(dosage, indication="RA", age="40", weight="55") == ["2 mg daily."]
    assert specific(dosage, indication="RA", age="40", weight="80") == ["5 mg daily."]


def test_any_and_all_other_indications() -> None:
    dosage = (
        "### Adults\n\n- RA: 5 mg daily.\n- Any Indication, Response Inadequate: 6 mg daily.\n\n"
        "### Children\n\n- Sepsis: 1 mg daily.\n- All Other Indications: Not established."
    )
    kept = {text: applies for text, applies, _ in of(dosage, indication="RA")}
    assert kept == {"5 mg daily.": True, "6 mg daily.": True, "1 mg daily.": False, "Not established.": True}
    assert "Not established." in specific(dosage, indication="RA", age="8")
    assert not {text: applies for text, applies, _ in of(dosage, indication="sepsis")}["Not established."]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Pregnancy", "pregnant"),
        ("Pregnant Women", "pregnancy"),
        ("Haemodialysis", "dialysis"),
        ("Haemodialysis", "hemodialysis"),
        ("Breastfeeding Women", "lactation"),
        ("Children", "kids"),
        ("Elderly Patients", "geriatric"),
        ("Patients with Hepatic Impairment", "liver"),
        ("Patients with Renal Impairment", "kidney"),
    ],
)
def test_a_population_by_another_word_for_it(label: str, words: str) -> None:
    assert specific(f"- RA: 1 mg.\n\n### {label}\n\n- 5 mg daily.", population=words) == ["5 mg daily."]


def test_a_population_of_an_age_keeps_the_rows_for_the_kidney_that_was_asked_about() -> None:
    dosage = f"### Adults\n\n- 5 mg daily.\n\n{IMPAIRED}- CrCl <30 mL/min: 2 mg daily."
    assert [applies for _, applies, _ in of(dosage, population="adults", crcl="20")] == [True, True]
    assert specific(dosage, population="adults") == ["5 mg daily."]


def test_a_row_for_one_weight_is_not_for_another() -> None:
    dosage = "### Children\n\n- Sepsis:\n    - 10 kg: 5 mL daily.\n    - 40 kg: 10 mL daily."
    assert specific(dosage, age="3", weight="10") == ["5 mL daily."]
    assert specific(dosage, age="3", weight="15") == []
    assert [applies for _, applies, _ in of(dosage, weight="15")] == [True, True]


def test_children_means_every_child_that_no_band_or_narrower_word_leaves_out() -> None:
    children = "### Children\n\n- Sepsis: Not established."
    assert specific(children, age="5mo") == specific(children, age="16") == ["Not established."]
    assert specific(f"{children}\n- RA (6 months and older): 5 mg daily.", age="5mo") == []
    assert specific(f"{children}\n\n### Adolescents\n\n- 5 mg daily.", age="16") == ["5 mg daily."]


def test_groups_that_were_not_asked_about() -> None:
    dosage = (
        "### Adults\n\n- RA: 5 mg daily.\n\n### Elderly Patients\n\n- RA: 2 mg daily.\n\n"
        "### CYP2D6 Poor Metabolizers\n\n- RA: 3 mg daily.\n\n### Children\n\n- RA: 1 mg daily."
    )
    assert specific(dosage, indication="RA") == ["5 mg daily."]
    assert specific(dosage, indication="RA", population="CYP2D6") == ["3 mg daily."]
    assert specific(dosage, indication="RA", age="8") == ["1 mg daily."]


@pytest.mark.parametrize("label", ["CrCl <60 mL/min", "Significant impairment"])
def test_the_usual_dose_is_not_for_whom_a_kidney_row_is_left_open(label: str) -> None:
    dosage = f"### Adults\n\n- RA: 10 mg daily.\n\n{IMPAIRED}- {label}: 5 mg daily."
    assert specific(dosage, indication="RA", egfr="40") == []
    assert [applies for _, applies, _ in of(dosage, indication="RA", egfr="40")] == [True, True]


def test_the_dose_for_the_elderly_is_shown_beside_the_kidneys() -> None:
    dosage = (
        f"### Adults\n\n- RA: 40 mg daily.\n\n### Patients over 60 Years\n\n- Maximum 20 mg daily.\n\n{IMPAIRED}"
        "- CrCl <30 mL/min: 10 mg daily."
    )
    assert specific(dosage, indication="RA", age="70", crcl="20") == ["Maximum 20 mg daily.", "10 mg daily."]


def test_a_grade_is_read_by_the_figures_in_the_column_beside_it() -> None:
    dosage = (
        "### Renal Impairment\n\n| Degree | eGFR (mL/min/1.73 m²) | Dose |\n|---|---|---|\n"
        "| Mild | 50 to 80 | 500 mg twice daily |\n| Moderate | 30 to 49 | 250 mg twice daily |\n"
        "| Severe | <30 | 250 mg once daily |\n\n- Moderate impairment, sepsis: Halve the dose."
    )
    assert [applies for _, applies, _ in of(dosage, egfr="55")] == [True, False, False, False]
    assert [applies for _, applies, _ in of(dosage, egfr="12")] == [False, False, True, False]


@pytest.mark.parametrize("words", ["anaemia", "anemia", "generalised anemia", "generalized anaemia"])
def test_an_indication_in_british_and_american(words: str) -> None:
    dosage = "- Generalised anaemia: 5 mg daily.\n- Sepsis: 2 mg daily."
    assert [applies for _, applies, _ in of(dosage, indication=words)] == [True, False]
    american = "- Generalized anemia: 5 mg daily.\n- Sepsis: 2 mg daily."
    assert [applies for _, applies, _ in of(american, indication=words)] == [True, False]


def test_a_grade_without_an_end_is_left_open_where_end_stage_disease_has_its_own_row() -> None:
    dosage = f"{IMPAIRED}- Moderate or severe (CrCl <60 mL/min): 5 mg daily.\n- End-stage renal disease: 1 mg daily."
    assert specific(dosage, crcl="8") == ["1 mg daily."]
    assert specific(dosage, crcl="20") == ["5 mg daily."]


def test_a_heading_s_age_holds_beside_a_nearer_label() -> None:
    """Low body weight is said of adults here, though the label takes the place of the heading."""
    dosage = "### Adults\n\n- **Patients with low body weight (<50 kg):** 15 mg/kg.\n\n### Children\n\n- 10 mg/kg."
    assert [applies for _, applies, _ in of(dosage, age="3", weight="14")] == [False, True]


def test_a_nearer_label_for_another_age_takes_the_heading_s_place() -> None:
    dosage = "### Adults\n\n- 5 mg daily.\n- Children 2 to 11 years: 2 mg daily."
    assert [applies for _, applies, _ in of(dosage, age="8")] == [False, True]


def test_either_of_two_conditions_will_do() -> None:
    dosage = (
        "### Children\n\n- 6 years and older: 5 mg daily.\n\n"
        "Not recommended in children below 6 years or in children with eGFR <30 mL/min."
    )
    assert specific(dosage, age="4") == [
        "Not recommended in children below 6 years or in children with eGFR <30 mL/min."
    ]
    assert [applies for _, applies, _ in of(dosage, age="8")] == [True, True]
    assert specific(dosage, age="8") == ["5 mg daily."]


@pytest.mark.parametrize(
    ("label", "age", "applies"),
    [
        ("Growth and puberty complete", "3mo", False),
        ("Growth and puberty complete", "15", True),
        ("Postmenopausal women", "12", False),
        ("Women of childbearing potential", "3", False),
        ("Pregnancy", "70", False),
    ],
)
def test_a_stage_of_life_that_the_age_excludes(label: str, age: str, applies: bool) -> None:
    assert of(f"- RA: 1 mg.\n\n### Special Cases\n\n- {label}: 5 mg daily.", age=age)[1][1] is applies


def test_what_was_asked_in_the_other_measure_says_which_figure_is_missing() -> None:
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n\n- Adults: 5 mg daily.\n\n{IMPAIRED}- CrCl <60 mL/min: Avoid.\n"
    read = parse(text, "testdrug", "testdrug.md")
    usual, kidney = apply(lambda: read, read_dosing(read), Patient.read(egfr="25")).rows
    assert (kidney.applies, kidney.missing, kidney.specific) == (True, ("crcl",), False)
    assert (usual.missing, usual.specific) == ((), False)


def test_no_adjustment_leaves_the_usual_dose_in_its_place() -> None:
    dosage = f"### Adults\n\n- RA: 5 mg daily.\n\n{IMPAIRED}- No dose adjustment is needed."
    assert specific(dosage, age="50", crcl="40") == ["5 mg daily.", "No dose adjustment is needed."]


def test_a_row_that_answers_the_population_is_for_the_patient_beside_the_kidney_s() -> None:
    dosage = (
        f"### Adults\n\n- RA: 5 mg daily.\n\n### Asian Patients\n\n- 2 mg daily.\n\n{IMPAIRED}- CrCl <30 mL/min: 1 mg."
    )
    assert specific(dosage, population="asian", crcl="20") == ["2 mg daily.", "1 mg."]
    assert specific(dosage, population="asian", age="50") == ["2 mg daily."]


def test_groups_exclude_each_other_only_where_nobody_is_in_both() -> None:
    dosage = (
        "### CYP2D6 Poor Metabolizers\n\n- 1 mg.\n\n### CYP2D6 Ultrarapid Metabolizers\n\n- 9 mg.\n\n"
        "### Patients with Heart Failure\n\n- 2 mg.\n\n### Men\n\n- 3 mg.\n\n### Women\n\n- 4 mg."
    )
    kept = [text for text, applies, _ in of(dosage, population="poor metabolizers") if applies]
    assert kept == ["1 mg.", "2 mg.", "3 mg.", "4 mg."]
    assert [text for text, applies, _ in of(dosage, population="women") if applies] == [
        "1 mg.",
        "9 mg.",
        "2 mg.",
        "4 mg.",
    ]


@pytest.mark.parametrize(("value", "expected"), [("15", ["2 mg."]), ("15.5", ["3 mg."]), ("12", ["1 mg."])])
def test_an_exact_value_is_a_band_of_one(value: str, expected: list[str]) -> None:
    dosage = f"{IMPAIRED}- CrCl >15 to 29 mL/min: 3 mg.\n- CrCl 15 mL/min: 2 mg.\n- CrCl <15 mL/min: 1 mg."
    assert specific(dosage, crcl=value) == expected


@pytest.mark.parametrize("words", ["mild", "stage 3", "severe renal impairment", "CrCl <30", "500 mg", "adults", "INR"])
def test_what_names_no_disease_is_no_indication(words: str) -> None:
    with pytest.raises(NotFound, match="is not an indication"):
        of("- RA: 5 mg daily.\n- Severe: 2 mg daily.", indication=words)


@pytest.mark.parametrize("label", ["All Indications", "Any Indication", "All Other Indications", "Other uses"])
def test_a_row_for_all_indications_is_no_answer_by_itself(label: str) -> None:
    with pytest.raises(NotFound, match="has no doses for “malaria”"):
        of(f"- RA: 5 mg daily.\n- {label}: 2 mg daily.", indication="malaria")


USES = """---
title: Testdrug
---
## Usage

- Nausea from chemotherapy.
- Nausea from radiotherapy.
- Postoperative nausea.
- Not indicated for motion sickness.

## Dosage

"""


def of_uses(dosage: str, indication: str) -> Selection:
    read = parse(USES + dosage, "testdrug", "testdrug.md")
    return apply(lambda: read, read_dosing(read), Patient.read(indication=indication))


def test_a_word_common_to_several_indications_keeps_them_all() -> None:
    dosage = (
        "- **Chemotherapy:** 8 mg.\n- **Radiotherapy:** 4 mg.\n- **Postoperative nausea:** 16 mg.\n- **Pain:** 1 mg."
    )
    judged = of_uses(dosage, "nausea").rows
    assert [each.row.text for each in judged if each.specific] == ["8 mg.", "4 mg.", "16 mg."]
    assert judged[-1].reason == "for other indications: Pain"


def test_an_indication_that_only_the_text_names_is_said_with_its_lines() -> None:
    found = of_uses("- **Vomiting:** 8 mg.\n- 4 mg in nausea of radiotherapy.", "radiotherapy")
    assert found.notice == "No dose is labelled “radiotherapy”; the text names it in lines 7, 14."
    assert [each.applies for each in found.rows] == [True, True]
    assert [each.row.text for each in found.rows if each.specific] == ["4 mg in nausea of radiotherapy."]


STD = (
    "---\ntitle: Testdrug\n---\n\n## Usage\n\n- Urethritis and cervicitis in adults (Chlamydia trachomatis, Neisseria "
    "gonorrhoeae).\n- Active psoriatic arthritis, without uveitis.\n- Pneumonia.\n\n## Dosage\n\n- **Pneumonia:** 5 mg."
    "\n- **Non-Gonococcal Urethritis:** 1 g.\n- **Gonococcal Urethritis:** 2 g.\n- **Psoriatic Arthritis:** 4 mg.\n"
)


@pytest.mark.parametrize(
    ("asked", "doses", "notice"),
    [
        (
            "chlamydia",
            ["1 g."],
            "No dose is labelled “chlamydia”; these are for “Non-Gonococcal Urethritis” (see line 7).",
        ),
        ("gonococcal urethritis", ["2 g."], None),
        (
            "active psoriatic arthritis",
            ["4 mg."],
            "No dose is labelled “active psoriatic arthritis”; these are for “Psoriatic Arthritis” (see line 8).",
        ),
    ],
)
def test_an_indication_that_labels_call_otherwise(asked: str, doses: list[str], notice: str | None) -> None:
    read = parse(STD, "testdrug", "testdrug.md")
    found = apply(lambda: read, read_dosing(read), Patient.read(indication=asked))
    assert [row.text for row in found.kept] == doses
    assert found.notice == notice


ROUTES = """---
title: Testdrug
---

## Usage

- Serious infections.
{use}

## Dosage

- **Serious Infections:** 500 mg intravenously every 6 hours.
- **Colitis:** 125 mg orally 4 times daily.

### Patients with Renal Impairment

- CrCl 30 mL/min: 465 mg intravenously once. Then 100 mg daily.
- CrCl 20 mL/min: 60 mg orally daily.
- Anuria: Monitor levels.
"""


@pytest.mark.parametrize(
    ("use", "states"),
    [
        ("- Colitis.", [False, True, True, True, True, True]),
        ("- By mouth: colitis.", [False, True, False, False, True, True]),
    ],
)
def test_rows_of_another_route_than_all_doses_for_what_was_asked(use: str, states: list[bool]) -> None:
    read = parse(ROUTES.format(use=use), "testdrug", "testdrug.md")
    found = apply(lambda: read, read_dosing(read), Patient.read(indication="colitis")).rows
    assert [each.applies for each in found] == states
    assert [each.row.text for each in found if each.specific] == ["125 mg orally 4 times daily."]
    why = "given intravenously; the doses for “colitis” are oral"
    assert [why in (each.reason or "") for each in found] == [False, False, True, True, False, False]


WORDY = (
    "---\ntitle: Testdrug\n---\n\n## Usage\n\n- Gout flares: prophylaxis and treatment.\n- Malaria.\n- Schizophrenia.\n"
    "- Cystitis in women.\n- Tremor.\n- Nausea.\n- Thrombosis in medical patients with restricted mobility.\n"
    "\n## Dosage\n\n- **Prophylaxis of Gout Flares:** 1 mg.\n- **Treatment of Gout Flares:** 2 mg.\n"
    "- **Prevention of Malaria:** 3 mg.\n- **Treatment of Malaria:** 4 mg.\n- **Schizophrenia:** 5 mg.\n"
    "- **Schizophrenia, Maintenance:** 6 mg.\n"
    "- **Cystitis:** 7 mg.\n- **Essential Tremor:** 8 mg.\n- **Medical Patients:** 9 mg.\n- **Nausea:** 10 mg.\n"
)


@pytest.mark.parametrize(
    ("asked", "dose"),
    [
        ("gout prevention while starting allopurinol", "1 mg."),
        ("gout prophylaxis when initiating urate lowering therapy", "1 mg."),
        ("holiday malaria tablets", "3 mg."),
        ("malaria tablets for a holiday", "3 mg."),
        ("relapse prevention in schizophrenia", "6 mg."),
        ("prevention of relapse in schizophrenia", "6 mg."),
        ("cystitis in a young woman", "7 mg."),
        ("the shakes", "8 mg."),
        ("bed-bound medical patient", "9 mg."),
        ("really bad nausea", "10 mg."),
    ],
)
def test_words_around_an_aim_and_a_condition(asked: str, dose: str) -> None:
    read = parse(WORDY, "testdrug", "testdrug.md")
    found = apply(lambda: read, read_dosing(read), Patient.read(indication=asked))
    assert [each.row.text for each in found.rows if each.specific] == [dose]


@pytest.mark.parametrize(
    "asked",
    [
        "nausea when starting sertraline",  # its cause
        "nausea prevention before starting chemotherapy",
        "sepsis prevention while starting allopurinol",
        "holiday cholera tablets",
    ],
)
def test_words_around_it_answer_nothing_else(asked: str) -> None:
    read = parse(WORDY, "testdrug", "testdrug.md")
    with pytest.raises(NotFound):
        apply(lambda: read, read_dosing(read), Patient.read(indication=asked))


def test_an_indication_that_the_uses_exclude_is_not_found() -> None:
    with pytest.raises(NotFound):
        of_uses("- **Vomiting:** 8 mg.", "motion sickness")


def test_people_with_another_disease_are_not_known_to_be_meant() -> None:
    dosage = "### Children with Sepsis\n\n- 9 mg daily.\n\n### Children with RA\n\n- 5 mg daily."
    assert specific(dosage, indication="RA", age="8") == ["5 mg daily."]


def test_a_row_that_refers_to_others_brings_them_in() -> None:
    children = "### Children\n\n- 40 kg or more: See the adult dose.\n- <40 kg: 1 mg."
    dosage = f"### Adults\n\n- 5 mg daily.\n- Maximum 9 mg.\n\n{children}"
    judged = of(dosage, age="12", weight="45")
    assert [applies for _, applies, _ in judged] == [True, True, True, False]
    assert judged[0][2] == "line 17 refers to this row"


def test_a_label_whose_ages_were_not_read_is_not_for_the_patient() -> None:
    dosage = "- **Children 12 years and older weighing 40 kg and adults less than 65 years:** 15 mg daily.\n- RA: 1 mg."
    assert "15 mg daily." not in specific(dosage, age="70")


def test_a_heading_for_two_organs_is_for_either() -> None:
    dosage = (
        "### Patients with Renal or Hepatic Impairment\n\n- CrCl <30 mL/min: 2 mg daily.\n"
        "- Severe hepatic impairment (Child-Pugh C): Avoid."
    )
    assert specific(dosage, crcl="20") == ["2 mg daily."]
    assert specific(dosage, hepatic="severe") == ["Avoid."]


LISTED = (
    "- RA: 50 mg daily.\n\nConsider 25 mg in patients over 65 years, patients with hepatic impairment, and patients "
    "with severe renal impairment (CrCl <30 mL/min)."
)


@pytest.mark.parametrize(
    "filters",
    [{"age": "50", "crcl": "20"}, {"age": "70"}, {"age": "70", "crcl": "80"}, {"age": "50", "hepatic": "mild"}],
)
def test_a_list_of_people_is_for_any_of_them(filters: dict[str, str]) -> None:
    assert [text[:14] for text in specific(LISTED, **filters)] == ["Consider 25 mg"]


@pytest.mark.parametrize(
    ("filters", "applies"), [({"age": "50"}, True), ({"age": "50", "crcl": "80", "hepatic": "mild"}, True)]
)
def test_nobody_is_left_out_of_a_list_by_one_of_its_parts(filters: dict[str, str], applies: bool) -> None:
    assert of(LISTED, **filters)[1][1] is applies


def test_what_a_list_says_is_not_joined_with_its_heading() -> None:
    dosage = (
        "### Children 6 years and older\n\n- 5 mg daily.\n\n"
        "Not recommended in children below 6 years or in children with eGFR <30 mL/min."
    )
    assert specific(dosage, age="8") == ["5 mg daily."]


def test_a_criterion_of_several_leaves_nobody_out() -> None:
    dosage = (
        "### Children\n\n- RA: 1 mg.\n\nNot recommended in children less than 6 months of age with any of the "
        "following: less than 37 weeks of gestation at birth, body weight of less than 2.6 kg."
    )
    assert of(dosage, age="2mo", weight="4.5")[1][1]
    assert not of(dosage, age="2", weight="12")[1][1]


def test_one_of_several_risk_factors_is_no_age() -> None:
    dosage = "In patients having one of the following: age greater than 75 years or diabetes, 5 mg daily."
    (judged,) = rows_for(dosage, age="40")
    assert judged.applies
    assert judged.row.age is None


def test_whom_a_dose_is_compared_with_is_not_whom_it_is_for() -> None:
    dosage = (
        "Adjust the dose in patients with CrCl of 60 mL/min or less. In these patients, the recommended initial dose "
        "should be the same as in patients with CrCl greater than 60 mL/min except in patients undergoing hemodialysis."
    )
    *_, judged = rows_for(dosage, crcl="40")
    assert judged.applies
    assert judged.row.renal
    assert (judged.row.renal.min, judged.row.renal.max) == (None, 60)


def test_ages_that_a_statement_begins_with() -> None:
    dosage = (
        "### Children\n\n- **Sepsis:** 1 month to less than 1 year 10 kg and greater: 10 mg once daily.\n- RA: 1 mg."
    )
    assert not of(dosage, age="5", weight="12")[0][1]
    assert of(dosage, age="6mo", weight="12")[0][1]


def test_the_usual_dose_is_not_for_an_organ_of_which_no_row_speaks_and_the_rest_speaks_against_it() -> None:
    dosage = f"### Adults\n\n- RA: 5 mg daily.\n\n{IMPAIRED}- CrCl <30 mL/min: 2 mg daily."
    assert specific(dosage, age="50", hepatic="severe") == ["5 mg daily."]
    monograph, regimens = regimens_of(dosage)
    given = Patient.read(age="50", hepatic="severe")
    found = apply(lambda: monograph, regimens, given, against={"liver"}, passages=True).rows
    assert not any(each.specific for each in found)
    assert specific(dosage, age="50", crcl="80") == ["5 mg daily."]
    assert specific("### Adults\n\n- RA: 5 mg daily.", age="50", egfr="95") == ["5 mg daily."]


def test_a_figure_is_no_group_of_people(inside: Cli) -> None:
    ran = inside("dose", "baricitinib", "--population", "30")
    assert ran.status == 3
    assert "“30” is not a group of people" in ran.err


OTHERS = """- **Adults, Indications Other than OCD:** 1 mg daily.
- **Adults with OCD:** 2 mg daily."""


def named(dosage: str, usage: str, asked: str) -> list[str]:
    """The rows that apply to an indication."""
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n{usage}\n\n## Dosage\n\n{dosage}\n"
    read = parse(text, "testdrug", "testdrug.md")
    return [
        j.row.text for j in apply(lambda: read, read_dosing(read), Patient.read(indication=asked)).rows if j.applies
    ]


def test_indications_other_than_the_one_asked_for() -> None:
    usage = "- Obsessive-compulsive disorder (OCD).\n- Panic disorder."
    assert named(OTHERS, usage, "OCD") == ["2 mg daily."]
    assert named(OTHERS, usage, "panic disorder")[0] == "1 mg daily."


def test_an_indication_of_the_rest_leaves_those_out_that_the_uses_name_apart() -> None:
    usage = "- Severe acne.\n- Syphilis.\n- Malaria."
    dosage = "- **All Other Indications:** 1 mg daily.\n- **Early Syphilis:** 2 mg daily."
    assert named(dosage, usage, "acne") == ["1 mg daily."]
    assert named("- **Early Syphilis:** 2 mg daily.\n- 3 mg daily.", usage, "acne") == ["3 mg daily."]


def test_only_a_label_that_is_known_for_another_condition_leaves_its_doses_out() -> None:
    usage = (
        "Used as monotherapy and adjunctive therapy of complex partial seizures. Used as sole and adjunctive therapy of"
        " absence seizures."
    )
    dosage = (
        "### Epilepsy\n\n#### Monotherapy (Initial Therapy)\n\nStart with 10 mg/kg/day.\n\n#### Conversion to"
        " Monotherapy\n\nStart with 12 mg/kg/day.\n\n#### Adjunctive Therapy\n\nAdd 14 mg/kg/day.\n\n"
        "#### Absence Seizures\n\nStart with 15 mg/kg/day."
    )
    started = ["Start with 10 mg/kg/day.", "Start with 12 mg/kg/day.", "Add 14 mg/kg/day."]
    assert named(dosage, usage, "complex partial seizures") == started


def test_a_product_in_the_place_of_an_indication_leaves_out_what_is_for_another_under_it() -> None:
    usage = "- Metoprolol succinate tablets: angina.\n- Metoprolol succinate tablets: heart failure."
    dosage = "- **Succinate Tablets:**\n  - **Angina:** 100 mg daily.\n  - **Heart Failure:** 25 mg daily."
    assert named(dosage, usage, "angina") == ["100 mg daily."]


def test_a_word_that_two_lines_of_the_uses_share_links_nothing() -> None:
    usage = "- Partial seizures, alone or adjunctive.\n- Absence seizures, alone or adjunctive."
    dosage = "- **Absence Seizures:** 1 mg daily.\n- **Partial Seizures, Alone or Adjunctive:** 2 mg daily."
    assert named(dosage, usage, "absence seizures") == ["1 mg daily."]


def test_an_organ_is_an_indication_where_a_label_is_of_it_and_not_of_its_impairment() -> None:
    usage = "- Prevention of rejection in kidney and heart transplants."
    dosage = "- **Kidney Transplant:** 1 mg daily.\n- **Heart Transplant:** 2 mg daily."
    assert named(dosage, usage, "kidney") == ["1 mg daily."]
    with pytest.raises(NotFound, match="is not an indication"):
        named("- **Arthritis:** 1 mg daily.\n- **Renal impairment:** 2 mg daily.", "- Arthritis.", "kidney")


def judged(dosage: str, **filters: str) -> list[tuple[str, bool, bool, tuple[str, ...]]]:
    """Text, whether it applies, whether it is for this patient, the filters that are missing."""
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- Asthma.\n- Bronchospasm.\n\n## Dosage\n\n{dosage}\n"
    read = parse(text, "testdrug", "testdrug.md")
    rows = apply(lambda: read, read_dosing(read), Patient.read(**filters)).rows
    return [(j.row.text, j.applies, j.specific, j.missing) for j in rows]


LIST_OF_GROUPS = """- **Patients <65 years of age:** One dose of 60 mg.
- **Patients ≥65 years of age, renally impaired and/or less than 50 kg (110 lbs):** One dose of 30 mg."""


@pytest.mark.parametrize(
    ("filters", "for_the_patient"),
    [
        ({"age": "72"}, ["One dose of 30 mg."]),
        ({"age": "30", "weight": "45"}, ["One dose of 30 mg."]),
        ({"age": "30", "weight": "80"}, ["One dose of 60 mg."]),
        ({"age": "12"}, []),  # a limit above says nothing of children
    ],
)
def test_a_list_of_groups_is_for_each_of_them(filters: dict[str, str], for_the_patient: list[str]) -> None:
    assert [row[0] for row in judged(LIST_OF_GROUPS, **filters) if row[2]] == for_the_patient


def test_an_age_of_a_list_takes_the_place_of_the_heading_s() -> None:
    dosage = (
        "### Pediatric Patients 6 years of age and older\n\nThe dose is 5 mg daily.\n\n"
        "Not recommended in patients <6 years or with glomerular filtration rate <30 mL/min."
    )
    (dose, refusal) = judged(dosage, age="4")
    assert (dose[1], *refusal[1:3]) == (False, True, True)


def test_a_dose_for_the_old_takes_the_place_of_the_usual_one() -> None:
    dosage = "- **Adults:** 10 mg daily.\n- **Elderly Patients:** 5 mg daily."
    assert [row[0] for row in judged(dosage, age="75") if row[2]] == ["5 mg daily."]
    careful = "- **Adults:** 10 mg daily.\n- **Elderly Patients:** Start at the low end of the range."
    assert [row[2] for row in judged(careful, age="75")] == [True, True]


def test_the_weight_that_is_missing_is_said() -> None:
    dosage = (
        "- **Children 2 to 11 years, 10 to 20 kg:** 1 mg daily.\n- **Children 2 to 11 years, above 20 kg:** 2 mg daily."
    )
    assert [row[3] for row in judged(dosage, age="5")] == [("weight",), ("weight",)]
    assert [row[3] for row in judged(dosage, age="5", weight="15")] == [(), ()]


def test_a_heading_for_a_wider_disease_is_not_for_the_narrower_one() -> None:
    dosage = (
        "### Recommended Dosage for Bronchospasm\n\n- Adults: 2 mg every 4 hours.\n\n"
        "### Recommended Dosage for Prevention of Exercise-Induced Bronchospasm\n\n- Adults: 1 mg before exercise."
    )
    rows = judged(dosage, age="30", indication="exercise-induced bronchospasm")
    assert [row[2] for row in rows] == [False, True]


def test_doses_side_by_side_without_their_labels_are_not_for_one_indication() -> None:
    dosage = "| CrCl | Dose | Dose |\n|---|---|---|\n| 20 to 40 mL/min | 2 mg every 6 hours | 3 mg every 6 hours |"
    rows = judged(f"- **Asthma:** 4 mg daily.\n\n{dosage}", crcl="30", indication="asthma")
    assert [row[2] for row in rows if "every 6 hours" in row[0]] == [False, False]


def test_a_drug_that_goes_with_every_dose_for_an_indication() -> None:
    dosage = "- **Asthma:**\n    - With theophylline: 4 mg daily.\n- **With Rifampin:** 8 mg daily."
    assert [row[2] for row in judged(dosage, indication="asthma")] == [True, False]


def test_a_list_names_each_of_its_indications_alone() -> None:
    usage = "- Breast cancer.\n- Renal angiomyolipoma.\n- Renal cell carcinoma."
    dosage = "- **Breast Cancer, LAM, and Renal Angiomyolipoma:** 1 mg daily.\n- **Renal Cell Carcinoma:** 2 mg daily."
    assert named(dosage, usage, "kidney cancer") == ["2 mg daily."]
    with pytest.raises(NotFound):
        named(dosage.splitlines()[0], "- Breast cancer.\n- Renal angiomyolipoma.", "kidney cancer")


def test_initials_of_what_was_asked_for() -> None:
    usage = "- Multiple myeloma.\n- Mantle cell lymphoma."
    dosage = "- **Combination Therapy for MM:** 1 mg daily.\n- **Mantle Cell Lymphoma:** 2 mg daily."
    assert named(dosage, usage, "multiple myeloma") == ["1 mg daily."]


def test_a_warning_for_the_old_is_quoted_for_a_patient_that_old(inside: Cli, tmp_path: Path) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Boxed Warning\n\n- **Age:** ≥75 years of age: generally not recommended.\n\n"
        "## Usage\n\n- Asthma.\n\n## Dosage\n\n- **Adults:** 5 mg daily.\n"
    )
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    for age, is_said in (("80", True), ("40", False)):
        ran = inside("dose", "testdrug", "--age", age, "--monographs", str(tmp_path))
        quoted = ran.out[ran.out.index("Patient:") :]  # above it the boxed warning says what it is about
        assert ("generally not recommended" in quoted) is is_said


def test_a_dose_for_those_who_take_another_drug_is_not_for_one_who_was_not_said_to() -> None:
    dosage = (
        "### Adults\n\n- RA: 5 mg daily.\n- RA: Reduce the dose by half with strong CYP3A4 inhibitors.\n\n"
        "### Dosage Modifications with Concomitant Use of Inducers\n\n- Adults: 10 mg daily."
    )
    assert specific(dosage, age="50") == ["5 mg daily."]


def test_a_group_of_metabolizers_was_not_asked_about() -> None:
    dosage = "- **Adults:** 5 mg daily.\n- **Adults, CYP2D6 Poor Metabolizers:** 2 mg daily."
    assert specific(dosage, age="50") == ["5 mg daily."]
    assert "2 mg daily." in specific(dosage, population="CYP2D6 poor metabolizer")


def test_a_statement_says_itself_for_which_organ_it_is() -> None:
    dosage = "### Neonates\n\n- 15 mg/kg every 12 hours.\n- In marked renal impairment, 250 mg once every several days."
    assert specific(dosage, age="10d") == ["15 mg/kg every 12 hours."]


def test_people_with_whom_a_statement_begins() -> None:
    dosage = (
        "### Adults\n\n1 mg/kg every 8 hours.\n\nChildren 2 mg/kg every 8 hours.\n\nElderly patients may need less."
    )
    assert specific(dosage, age="40") == ["1 mg/kg every 8 hours."]
    assert specific(dosage, age="5") == ["Children 2 mg/kg every 8 hours."]


def test_a_refusal_for_an_age_or_weight_takes_the_place_of_the_dose_beside_it() -> None:
    dosage = "### Pediatric Patients\n\n- 0.7 mg/kg once daily.\n- Not recommended in patients below 6 years of age."
    assert specific(dosage, age="2") == ["Not recommended in patients below 6 years of age."]
    assert specific(dosage, age="8") == ["0.7 mg/kg once daily."]


def test_a_label_that_says_whom_its_doses_are_not_for() -> None:
    dosage = (
        "- **Pediatric Patients. Not for use in pediatric patients under 6 months:** 1 mg three times daily.\n"
        "- Not recommended in renal impairment."
    )
    assert [row[1] for row in of(dosage, age="9")] == [True, True]
    assert [row[1] for row in of(dosage, age="3mo")] == [False, True]


def test_words_close_an_age_that_figures_leave_open() -> None:
    dosage = "### Hypertension in Adults\n\n- **Pediatric Hypertensive Patients ≥6 Years of Age:** 1 mg/kg daily."
    assert of(dosage, age="9")[0][1]


def test_what_a_bare_figure_of_a_label_counts_is_not_known() -> None:
    dosage = "### Children\n\n- **5:** 50 mg.\n- **10:** 100 mg."
    assert specific(dosage, age="1", weight="5") == []


def test_a_list_that_ends_in_a_group_without_a_figure() -> None:
    dosage = (
        "- 40 mg daily.\n\nThe maximum is 20 mg daily for patients who are older than 60 years, patients with hepatic "
        "impairment, and for CYP2C19 poor metabolizers."
    )
    for filters in ({"age": "70"}, {"age": "45", "hepatic": "severe"}, {"population": "CYP2C19 poor metabolizer"}):
        assert [text[:11] for text in specific(dosage, **filters)] == ["The maximum"], filters
    assert of(dosage, age="45")[1][1]


TITLED_LIST = (
    "### Rheumatoid Arthritis\n\n- 20 mg daily.\n\n### 2.4 Modifications for Elderly Patients, Patients with Severe "
    "Renal Impairment and Patients with Severe Hepatic Impairment\n\nThe initial dose is 10 mg daily for elderly "
    "patients, patients with severe renal impairment and patients with severe hepatic impairment. The dose should "
    "not exceed 40 mg."
)


@pytest.mark.parametrize(
    "filters",
    [{"age": "46", "hepatic": "severe"}, {"age": "46", "crcl": "20"}, {"age": "78"}, {"age": "78", "indication": "RA"}],
)
def test_of_a_title_that_lists_groups_any_is_enough_for_all_its_rows(filters: dict[str, str]) -> None:
    found = specific(TITLED_LIST, **filters)
    assert [text[:11] for text in found if text != "20 mg daily."] == ["The initial", "The dose sh"], filters


def test_a_list_of_groups_that_hangs_on_what_was_not_asked_leaves_the_usual_dose_in_its_place() -> None:
    assert specific(TITLED_LIST, age="58", crcl="45", indication="RA") == ["20 mg daily."]


def test_patients_with_the_indication_that_was_asked_for_are_no_others() -> None:
    dosage = "### Patients with Sepsis\n\nThe recommended dose in adults is 50 mg daily."
    assert specific(dosage, age="31", indication="sepsis") == ["The recommended dose in adults is 50 mg daily."]
    assert specific(dosage, age="31") == []


def test_dialysis_that_was_said_is_not_asked_for_again() -> None:
    dosage = f"{IMPAIRED}- CrCl 10 to 30 mL/min: 5 mg daily.\n- Hemodialysis: 2 mg after each dialysis."
    (_, dialysed) = judged(dosage, crcl="8", population="dialysis")
    assert dialysed[1:] == (True, True, ())


@pytest.mark.parametrize(("crcl", "applies"), [("95", True), ("75", True), ("40", False)])
def test_normal_kidneys_are_those_of_nobody_below_60(crcl: str, applies: bool) -> None:
    dosage = "- **Patients with normal renal function:** 5 mg daily.\n- **CrCl <60 mL/min:** 2 mg daily."
    assert of(dosage, crcl=crcl)[0][1] is applies


def test_serum_creatinine_is_another_measure() -> None:
    dosage = "- **Moderately raised serum creatinine:** 2 mg daily.\n- 5 mg daily."
    assert [row[1] for row in of(dosage, crcl="40")] == [True, True]
    assert specific(dosage, crcl="40") == []


@pytest.mark.parametrize(
    ("label", "holds", "fails"),
    [
        ("Children below the age of 12 years", "11", "12"),
        ("Children under the age of 6", "5", "6"),
        ("Children over the age of 6 years", "7", "5"),
        ("Infants up to the age of 6 months", "3mo", "9mo"),
        ("Children between the ages of 2 and 5", "3", "7"),
        ("Neonates, 1st week", "4d", "10d"),
        ("Neonates after the first week of life", "10d", "4d"),
    ],
)
def test_ages_with_the_word_age_between_the_bound_and_the_figure(label: str, holds: str, fails: str) -> None:
    dosage = f"- **{label}:** 5 mg daily.\n- 1 mg daily."
    assert [of(dosage, age=age)[0][1] for age in (holds, fails)] == [True, False]


def test_a_week_of_life_beside_another_age_leaves_nobody_out() -> None:
    dosage = "10 mg/kg every 12 hours for neonates in the 1st week of life and every 8 hours thereafter up to 1 month."
    assert of(dosage, age="10d")[0][1]


def test_a_usual_dose_by_kidney_function_waits_for_it() -> None:
    dosage = (
        "### Adults\n\n- **Asthma, CrCl >50 mL/min:** 20 mg daily.\n- **Asthma, CrCl ≤50 mL/min:** 15 mg daily.\n"
        "- **Bronchospasm:** 5 mg daily.\n\n### Children\n\n- **Asthma, eGFR <50 mL/min:** Avoid."
    )
    assert judged(dosage, age="50")[:3] == [
        ("20 mg daily.", True, False, ("crcl",)),
        ("15 mg daily.", True, False, ("crcl",)),
        ("5 mg daily.", True, True, ()),
    ]
    assert specific(dosage, age="50", crcl="40") == ["15 mg daily."]


def test_a_dose_for_dialysis_takes_the_place_of_those_by_kidney_function() -> None:
    dosage = (
        f"{IMPAIRED}- **CrCl <30 mL/min:** 5 mg every 12 hours.\n- **ESRD on dialysis:** 5 mg every 24 hours.\n"
        "- **CrCl <40 mL/min:** After dialysis give an additional dose of 2 mg."
    )
    assert "5 mg every 12 hours." not in specific(dosage, crcl="8", population="dialysis")
    assert specific(dosage, crcl="25") == ["5 mg every 12 hours."]


def test_whom_a_statement_compares_its_own_to_is_no_condition() -> None:
    dosage = (
        f"{IMPAIRED}In these patients the first dose is the same as in patients with CrCl greater than 60 mL/min: 5 mg."
    )
    assert of(dosage, crcl="20")[0][1]


def test_bounds_that_were_not_read_leave_nobody_out() -> None:
    dosage = (
        f"{IMPAIRED}| Creatinine Clearance | Dose |\n|---|---|\n| <60 or ESRD* | 7.5 mg daily |\n| ≥60 | 15 mg daily |"
    )
    assert of(dosage, crcl="22")[0][1]


def test_a_heading_for_the_pregnant_ends_at_a_label_for_an_organ() -> None:
    dosage = "### Treatment of Pregnant Women\n\n- 5 mg daily.\n- **Hepatic Impairment:** 2 mg daily."
    assert specific(dosage, age="70", hepatic="severe") == ["2 mg daily."]


def test_elderly_or_others_are_not_the_elderly_alone() -> None:
    dosage = "### Adults\n\n4 mg daily.\n\nFor elderly or underweight patients, 1 mg daily."
    assert [row[1] for row in of(dosage, age="50")] == [True, True]


@pytest.mark.parametrize("asked", ["Clostridioides difficile colitis", "C. difficile", "colitis"])
def test_a_germ_by_any_way_of_writing_it_and_the_sentence_before_the_dose(asked: str) -> None:
    dosage = (
        "Adults: 2 g a day intravenously.\n\nIt is used in colitis caused by C. difficile. It is not absorbed. "
        "The usual adult dose is 500 mg a day for 7 days."
    )
    rows = judged(dosage, age="45", indication=asked)
    assert [row[0] for row in rows if row[2]] == ["The usual adult dose is 500 mg a day for 7 days."]


def test_a_label_of_dialysis_under_a_caption_with_a_range_is_for_dialysis() -> None:
    dosage = (
        f"{IMPAIRED}Dosage in renal impairment (CrCl <50 mL/min):\n\n| Function | Dose |\n|---|---|\n"
        "| CrCl 10 to 19 mL/min | 5 mg daily |\n| Hemodialysis or CAPD | 2 mg daily |"
    )
    assert specific(dosage, crcl="15") == ["5 mg daily"]


def test_an_adult_dosage_is_for_adults() -> None:
    dosage = "### Adult Dosage Regimen\n\nFor patients weighing 100 kg or less, 45 mg every 12 weeks."
    with pytest.raises(NotFound):
        of(dosage, age="5", weight="20")
    assert specific(dosage, age="40", weight="80") == ["For patients weighing 100 kg or less, 45 mg every 12 weeks."]


def test_a_sentence_that_treats_another_disease_is_not_for_the_one_asked_for() -> None:
    dosage = (
        "- **Asthma, Adults:** 5 mg daily.\n\nAdults: The dose for treatment of patients with documented pneumocystis "
        "pneumonia is 50 mg daily."
    )
    rows = judged(dosage, age="40", indication="asthma")
    assert [row[2] for row in rows] == [True, False]


SHIPPED = sorted((Path(__file__).resolve().parent.parent / "monographs").glob("*.md"))[::9]
"""A ninth of the shipped monographs: all of them take a minute."""


@pytest.fixture(scope="module")
def shipped() -> list[tuple[Monograph, Regimens]]:
    read = (parse(path.read_text("utf-8"), path.stem, str(path)) for path in SHIPPED)
    return [(monograph, read_dosing(monograph)) for monograph in read]


def all_rows(monograph: Monograph, regimens: Regimens, filters: dict[str, str]) -> tuple[RowForPatient, ...]:
    return apply(lambda: monograph, regimens, Patient.read(**filters), passages=True).rows


@pytest.mark.parametrize(
    ("fewer", "more"),
    [
        ({"age": "10d"}, {"weight": "3.2"}),
        ({"age": "5"}, {"weight": "18", "egfr": "40"}),
        ({"age": "82"}, {"crcl": "22", "weight": "45"}),
        ({"egfr": "59.9"}, {"hepatic": "severe"}),
        ({"hepatic": "moderate"}, {"age": "50", "crcl": "95"}),
    ],
)
@pytest.mark.slow
def test_a_figure_more_brings_back_no_row_that_failed(
    fewer: dict[str, str], more: dict[str, str], shipped: list[tuple[Monograph, Regimens]]
) -> None:
    for monograph, regimens in shipped:
        few, many = (all_rows(monograph, regimens, p) for p in (fewer, fewer | more))
        back = [
            a.row.text for a, b in zip(few, many, strict=True) if not a.applies and b.applies and not b.referred_from
        ]
        assert back == [], monograph.title


@pytest.mark.slow
def test_a_row_is_left_out_only_by_a_condition_that_was_read(shipped: list[tuple[Monograph, Regimens]]) -> None:
    """What is left out has a reason, what is for this patient answers something, and what is open is for nobody."""
    for monograph, regimens in shipped:
        for filters in ({"age": "9", "weight": "28"}, {"age": "70", "egfr": "22"}, {"hepatic": "severe"}):
            for each in all_rows(monograph, regimens, filters):
                assert each.applies or each.reason
                assert not (each.specific and not each.applies)
                assert not {"egfr", "crcl"} & {*each.missing} or not each.specific


@pytest.mark.parametrize(("value", "rows"), [("59.9", [True, False]), ("60", [False, True]), ("29.9", [False, False])])
def test_where_one_range_ends_the_next_begins(value: str, rows: list[bool]) -> None:
    dosage = (
        f"{IMPAIRED}- **CrCl 30 to 59 mL/min:** 5 mg daily.\n- **CrCl 60 to 89 mL/min:** 10 mg daily.\n- With food."
    )
    assert [row[1] for row in of(dosage, crcl=value)][:2] == rows


@pytest.mark.parametrize("asked", ["post-herpetic pain", "postherpetic pain", "asthma attack"])
def test_hyphens_and_phases_of_a_disease(asked: str) -> None:
    usage = "- Asthma, acute attacks too.\n- Post-herpetic pain."
    dosage = "- **Asthma:** 1 mg daily.\n- **Postherpetic Pain:** 2 mg daily."
    assert named(dosage, usage, asked) == ["1 mg daily." if "asthma" in asked else "2 mg daily."]


@pytest.mark.parametrize("crcl", ["10", "25", "40", "60"])
def test_a_heading_for_one_grade_leaves_nobody_of_another_out_whom_its_text_names(crcl: str) -> None:
    dosage = (
        "### Severe Renal Impairment\n\n- 30 mg once daily.\n- Although no dose adjustment is recommended in patients"
        " with CrCl 30 to 50 mL/min and CrCl 50 to 80 mL/min, observe these patients for bleeding."
    )
    usual, observed = of(dosage, crcl=crcl)
    assert usual[1] is (crcl in ("10", "25"))
    assert observed[1]


@pytest.mark.parametrize(
    ("dosage", "filters", "own"),
    [
        (
            "### Hypofunction in Adults and in Adolescents\n\n20 mg daily.\n\n#### Pediatric Dosage\n\n"
            "| Age | Dose |\n|---|---|\n| 1-5 years | 5 mg daily |\n| 6-12 years | 7 mg daily |",
            {"age": "8"},
            ["7 mg daily"],
        ),
        ("### Adolescents and Adults\n\n- 6 to 12 years: 7 mg daily.", {"age": "8"}, ["7 mg daily."]),
        ("### Adults\n\n20 mg daily.\n\n- 16 years and older: 7 mg daily.", {"age": "17"}, ["7 mg daily."]),
        (
            "### Pediatric Patients\n\n**Pregnancy:** 30 mg daily.",
            {"age": "29", "population": "pregnant"},
            ["30 mg daily."],
        ),
        (
            "### Adults and Pediatric Patients (Birth to Less than 18 Years)\n\n- Sepsis: 9 mg daily.",
            {"age": "45"},
            ["9 mg daily."],
        ),
        ("### Adults and Children 2 to 12 Years\n\n- Sepsis: 9 mg daily.", {"age": "45"}, ["9 mg daily."]),
        # what narrows a heading, or names its people in general, leaves it in force
        ("### Children\n\n- 12 years and older: 9 mg daily.", {"age": "45"}, None),
        ("### Patients 12 to 17 Years of Age\n\n- Pediatric patients: 9 mg daily.", {"age": "8"}, None),
        ("### Adolescents\n\n- Pediatric patients: 9 mg daily.", {"age": "5"}, None),
        (
            "### Adults and Pediatric Patients Aged 10 Years and Older\n\n- Adult and pediatric patients: 9 mg daily.",
            {"age": "8"},
            None,
        ),
        ("9 mg daily in adults and children older than 12 years.", {"age": "8"}, None),
    ],
)
def test_a_nearer_label_that_goes_beyond_a_heading(dosage: str, filters: dict[str, str], own: list[str] | None) -> None:
    if own is None:
        with pytest.raises(NotFound, match="No row of Testdrug applies"):
            of(dosage, **filters)
    else:
        assert specific(dosage, **filters) == own


def test_a_heading_that_has_ended_leaves_nobody_out_and_is_for_nobody() -> None:
    dosage = "### Pediatric Patients\n\n2 mg daily.\n\n**Pregnancy:** 30 mg daily.\n\n**New onset:** 25 mg daily."
    before, of_mothers, after = of(dosage, age="29", population="pregnant")
    assert (before[1], of_mothers[1], after[1]) == (False, True, True)
    assert after[2] == "whom it is for could not be read for certain: Pediatric Patients"
    assert specific(dosage, age="8") == ["2 mg daily."]


BY_AIM = (
    "---\ntitle: Testdrug\n---\n## Usage\n\n- Treatment of influenza\n- Prophylaxis of influenza\n\n## Dosage\n\n"
    "### Treatment of Influenza\n\n- Adults: 75 mg twice daily.\n\n### Prophylaxis of Influenza\n\n"
    "- Adults: 75 mg once daily.\n\n"
    "| Weight | Treatment Dosage for 5 days | Prophylaxis Dosage for 10 days |\n|---|---|---|\n"
    "| 15 kg or less | 30 mg twice daily | 30 mg once daily |\n"
    "| 15.1 to 23 kg | 45 mg twice daily | 45 mg once daily |\n\n"
    "### Renal Impairment\n\n"
    "| Creatinine Clearance | Recommended Treatment Regimen | Recommended Prophylaxis Regimen |\n|---|---|---|\n"
    "| 30 to 60 mL/min | 31 mg twice daily | 31 mg once daily |\n"
)


@pytest.mark.parametrize(
    ("asked", "filters", "own"),
    [
        ("treatment of influenza", {"age": "4", "weight": "18"}, "45 mg twice daily"),
        ("prophylaxis of influenza", {"age": "4", "weight": "18"}, "45 mg once daily"),
        ("treatment of influenza", {"age": "50", "crcl": "42"}, "31 mg twice daily"),
        ("prophylaxis of influenza", {"age": "50", "crcl": "42"}, "31 mg once daily"),
    ],
)
def test_a_column_of_one_aim_is_for_that_aim_whatever_the_heading_names(
    asked: str, filters: dict[str, str], own: str
) -> None:
    monograph = parse(BY_AIM, "testdrug", "testdrug.md")
    selection = apply(lambda: monograph, read_dosing(monograph), Patient.read(indication=asked, **filters))
    assert [judged.row.text for judged in selection.rows if judged.specific] == [own]
    assert all(
        row.indication != "Prophylaxis of Influenza" for row in read_dosing(monograph).rows if "twice" in row.text
    )


def test_a_caption_of_another_disease_is_nearer_than_the_title_over_all_tables() -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Usage\n\n- Rheumatoid arthritis\n- COVID-19\n\n## Dosage\n\n"
        "### Dosage Modifications for Patients with Renal Impairment Rheumatoid Arthritis\n\n"
        "Table 3: Dosage Modifications for Patients with Rheumatoid Arthritis and Renal Impairment\n\n"
        "| eGFR | Recommendation |\n|---|---|\n| 30 to 60 mL/min | 1 mg once daily |\n\n"
        "Table 4: Dosage Modifications for Patients with COVID-19 and Renal Impairment\n\n"
        "| eGFR | Recommendation |\n|---|---|\n| 30 to 60 mL/min | 2 mg once daily |\n"
    )
    monograph = parse(text, "testdrug", "testdrug.md")
    patient = Patient.read(indication="rheumatoid arthritis", egfr="45")
    selection = apply(lambda: monograph, read_dosing(monograph), patient)
    assert [judged.row.text for judged in selection.rows if judged.applies] == ["1 mg once daily"]


BY_GROUPS = (
    "- Patients <65 years of age: 60 mg.\n- Patients ≥65 years of age, renally impaired and/or less than 50 kg: 30 mg."
)


@pytest.mark.parametrize(
    ("filters", "own"),
    [
        ({"age": "45", "weight": "82", "crcl": "100"}, ["60 mg."]),
        ({"age": "78", "weight": "64", "crcl": "100"}, ["30 mg."]),
        ({"age": "45", "weight": "82", "crcl": "40"}, ["30 mg."]),
        ({"age": "9", "weight": "30"}, []),
    ],
)
def test_groups_of_which_any_will_do(filters: dict[str, str], own: list[str]) -> None:
    assert specific(BY_GROUPS, **filters) == own


def test_an_order_for_either_organ_s_impairment_leaves_the_usual_dose_to_normal_kidneys() -> None:
    dosage = "- 2 mg daily.\n\n### Patients with Renal Impairment or Hepatic Impairment\n\n- Interrupt it if ALT rises."
    assert specific(f"### Asthma\n\n{dosage}", age="33", egfr="95") == specific(f"### Asthma\n\n{dosage}", age="33")


def test_a_maximum_by_weight_is_beside_the_dose_that_it_caps() -> None:
    dosage = "3 mg twice daily for 2 weeks. The maximum dose is 50 mg twice daily in patients weighing over 85 kg."
    found = specific(f"### Heart Failure\n\n{dosage}", age="70", weight="92", indication="heart failure")
    assert [text.split()[0] for text in found] == ["3", "The"]


def test_doses_are_no_disease() -> None:
    dosage = "- Sepsis, Multiple Doses: 30 mg.\n- Elderly Patients:\n    - Multiple doses: 15 mg every 6 hours."
    assert specific(dosage, age="70", indication="sepsis") == ["15 mg every 6 hours."]


def test_of_a_note_only_the_sentence_is_quoted_that_says_what_is_not_known() -> None:
    monograph = parse(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n- Adults: 60 mg daily.\n- Other bottles are not recommended, as there "
        "are no "
        "stability data. Show the parents of children how to shake it. There is no experience in infants and children. "
        "Keep it cold.\n",
        "testdrug",
        "testdrug.md",
    )
    selection = apply(lambda: monograph, read_dosing(monograph), Patient.read(age="4"))
    assert selection.unknown == ("There is no experience in infants and children.",)


OF_TWO_USES = (
    "---\ntitle: Testdrug\n---\n## Usage\n\n- Epilepsy: monotherapy\n- Preventive treatment of migraine\n"
    "- Empiric therapy for febrile neutropenic patients\n- Urinary tract infections\n\n## Dosage\n\n"
    "### 2.1 Dosing in Monotherapy Epilepsy\n\n#### Adults and Children\n\n400 mg daily.\n\n"
    "### 2.2 Preventive Treatment of Migraine\n\n100 mg daily.\n\n### 2.3 Children\n\n"
    "50 mg/kg every 12 hours for urinary tract infections and pyelonephritis. "
    "50 mg/kg every 8 hours for febrile neutropenic patients.\n\n"
    "**Maintenance in Epilepsy:** 300 mg daily.\n\n**Urinary Tract Infections:** 60 mg daily.\n"
)


def by_words(asked: str, **filters: str) -> dict[str, str]:
    monograph = parse(OF_TWO_USES, "testdrug", "testdrug.md")
    selection = apply(lambda: monograph, read_dosing(monograph), Patient.read(indication=asked, **filters))
    return {j.row.text: "own" if j.specific else "may" if j.applies else "out" for j in selection.rows}


def test_a_row_of_another_indication_is_never_specific() -> None:
    found = by_words("migraine", age="11")
    assert found["400 mg daily."] == "out"  # its heading has a number and names what the uses name apart
    assert found["300 mg daily."] in ("may", "out")
    assert found["100 mg daily."] == "may"
    assert found["50 mg/kg every 8 hours for febrile neutropenic patients."] != "own"


def test_a_row_that_names_what_was_asked_is_not_of_another() -> None:
    found = by_words("urinary tract infection", age="4", weight="16")
    assert found["50 mg/kg every 12 hours for urinary tract infections and pyelonephritis."] == "own"
    assert found["50 mg/kg every 8 hours for febrile neutropenic patients."] == "may"


@pytest.mark.parametrize("asked", ["febrile neutropenia", "febrile neutropenic", "neutropenia", "epileptic patients"])
def test_an_indication_by_a_word_of_one_stem(asked: str) -> None:
    named = "400 mg daily." if asked.startswith("epi") else "50 mg/kg every 8 hours for febrile neutropenic patients."
    assert by_words(asked, age="5", weight="20")[named] == "own"


@pytest.mark.parametrize(
    ("words", "filters"),
    [
        ("In otherwise healthy, non-elderly individuals, 20 mg daily.", {"age": "78"}),
        ("20 mg daily in nonelderly patients.", {"population": "elderly"}),
        ("In patients who are not elderly, 20 mg daily.", {"age": "78"}),
        ("20 mg daily, except in the elderly.", {"age": "78"}),
        ("In patients not on hemodialysis, 20 mg daily.", {"population": "hemodialysis"}),
        ("20 mg daily in non-dialysis patients.", {"population": "dialysis"}),
        ("The same as for others, 20 mg daily, except in patients on hemodialysis.", {"population": "hemodialysis"}),
        ("In non-pregnant women, 20 mg daily.", {"population": "pregnant"}),
    ],
)
def test_who_is_not_meant_is_not_named(words: str, filters: dict[str, str]) -> None:
    dosage = f"### Adults\n\n{words}\n\n- Elderly: 5 mg daily.\n- Hemodialysis: 5 mg daily.\n- Pregnancy: 5 mg daily."
    assert not any("20 mg" in text for text in specific(dosage, **filters))


@pytest.mark.parametrize(
    "words",
    [
        "The dose for hemodialysis patients is 100 mg on day 1, followed by 50 mg every 24 hours.",
        "In patients undergoing dialysis, give 100 mg at once, then 50 mg every 24 hours.",
        "For patients on peritoneal dialysis, 100 mg once, and 50 mg every 24 hours for pneumonia.",
    ],
)
def test_the_parts_of_a_sentence_are_for_those_whom_it_names(words: str) -> None:
    dosage = f"90 mg daily.\n\n### Renal Impairment\n\n{words}\n\n- CrCl <30 mL/min: 70 mg daily."
    assert not any(applies for text, applies, _ in of(dosage, crcl="90", age="45") if "50 mg" in text)
    assert any("50 mg" in text for text in specific(dosage, population="dialysis"))


def test_a_row_of_dialysis_in_a_table_of_kidney_function_waits_for_dialysis() -> None:
    dosage = (
        "### Patients with Renal Impairment\n\nTable 1: Doses for Creatinine Clearance ≤60 mL/min\n\n"
        "| Creatinine Clearance (mL/min) | Dose |\n|---|---|\n| 11 to 60 | 2 g daily |\n"
        "| Hemodialysis [1] | 1 g daily |"
    )
    assert specific(dosage, crcl="25") == ["2 g daily"]
    assert ("1 g daily", True, "whether the patient is on dialysis was not said") in of(dosage, crcl="25")


def test_a_dose_that_refers_to_adults_for_its_duration_brings_none_of_theirs() -> None:
    dosage = "### Adults\n\n2 g daily.\n\n### Children\n\n50 mg/kg daily, for as long as in adults."
    assert [text for text, applies, _ in of(dosage, age="4") if applies] == [
        "50 mg/kg daily, for as long as in adults."
    ]


def test_an_age_that_brackets_open_is_no_single_age() -> None:
    for label in ("Aged 3 Months (12 Weeks and Older)", "3 Months (12 Weeks) and Older", "3 months (or older)"):
        assert specific(f"### Children {label}\n\n20 mg/kg daily.", age="8") == ["20 mg/kg daily."]


@pytest.mark.parametrize(
    "heading", ["Dose Modification Guidelines Concomitant Strong", "Concomitant Use", "Interactions"]
)
def test_a_row_for_the_organ_of_the_patient_is_specific_under_a_heading_that_names_no_drug(heading: str) -> None:
    dosage = (
        f"### Adults\n\n400 mg daily.\n\n### {heading}\n\n**Renal Impairment:** Patients with moderate "
        "renal impairment (CrCl = 20-39 mL/min) should receive a 50% decrease in the dose. Doses greater than 300 mg "
        "are not recommended in moderate renal impairment. Use with caution in severe renal impairment."
    )
    found = specific(dosage, age="70", crcl="30")
    assert found[0].startswith("Patients with moderate renal impairment")
    assert any("300 mg" in text for text, applies, _ in of(dosage, age="70", crcl="30") if applies)
    with_drug = dosage.replace(heading, "With Strong CYP3A4 Inhibitors")
    assert specific(with_drug, age="70", crcl="30") == []


@pytest.mark.parametrize(
    ("moderate", "crcl", "severe_applies"),
    [("20-39", "25", False), ("20-39", "19", True), ("30 to 50", "29", True), ("15 to 40", "20", False)],
)
def test_severe_ends_where_the_monographs_own_moderate_begins(moderate: str, crcl: str, severe_applies: bool) -> None:
    dosage = f"### Renal Impairment\n\n- Moderate (CrCl {moderate} mL/min): 5 mg daily.\n- Severe: 2 mg daily."
    assert {text: applies for text, applies, _ in of(dosage, crcl=crcl)}["2 mg daily."] is severe_applies


def test_a_title_that_another_follows_at_once_is_over_it() -> None:
    for phase, other in (("Treatment", "Prophylaxis"), ("Induction", "Maintenance"), ("Management", "Prevention")):
        dosage = (
            f"**Sepsis:**\n\n**{phase}:**\n\n**Adults:** 20 mg daily.\n\n**{other}:**\n\n**Adults:** 10 mg daily.\n\n"
            "**Rheumatoid Arthritis:**\n\n**Adults:** 5 mg daily."
        )
        assert specific(dosage, indication="sepsis", age="40") == ["20 mg daily.", "10 mg daily."]
        assert [text for text, applies, _ in of(dosage, indication="RA") if applies] == ["5 mg daily."]


def test_an_organ_by_its_letters_is_no_other_indication() -> None:
    usage = (
        "---\ntitle: Testdrug\n---\n## Usage\n\n- Treatment of influenza\n- Prophylaxis of influenza\n\n## Dosage\n\n"
    )
    for label in ("ESRD Patients on Hemodialysis", "Patients with ESRD", "End-Stage Renal Disease (ESRD)"):
        text = (
            f"{usage}### Treatment of Influenza\n\n75 mg daily.\n\n### Patients with end-stage renal disease (ESRD)\n\n"
            f"- {label}: 30 mg after dialysis.\n"
        )
        read = parse(text, "testdrug", "testdrug.md")
        selection = apply(lambda read=read: read, read_dosing(read), Patient.read(indication="treatment of influenza"))
        assert all(judged.applies for judged in selection.rows)


@pytest.mark.parametrize(
    ("words", "adult", "child"),
    [
        ("Children over 50 kg and adults", None, "fails"),
        ("Children and adolescents over 50 kg (110 lb) and adults", None, "fails"),
        ("Adolescents weighing 50 kg or more, and all adults", None, "fails"),
        ("Children of at least 50 kg body weight or adults", None, "fails"),
        ("Adults and children over 50 kg", "open", "fails"),
        ("Patients over 50 kg", "fails", "fails"),
        ("Children over 50 kg and adults over 60 kg", "fails", "fails"),
    ],
)
def test_a_weight_does_not_bind_a_group_named_after_it(words: str, adult: str | None, child: str) -> None:
    condition = Condition("weight", words, (Band(50, True, None, None, "kg"),))
    for age, expected in (("30", adult), ("10", child)):
        found = by_weight(condition, Patient.read(age=age, weight="45"), Bands(()))
        assert (found and found.state) == expected
        within = by_weight(condition, Patient.read(age=age, weight="55"), Bands(()))
        assert within is None or within.state == "holds"


@pytest.mark.parametrize(
    ("note", "filters", "is_said"),
    [
        ("Data are not available in children with CrCl below 50 mL/min.", {"age": "8", "crcl": "30"}, True),
        ("Data are not available in children with CrCl below 50 mL/min.", {"age": "8"}, False),
        ("Data are not available in children with CrCl below 50 mL/min.", {"age": "40", "crcl": "30"}, False),
        ("There is no dosing experience in infants.", {"age": "6mo"}, True),
        ("There is no dosing experience in infants.", {"age": "30"}, False),
        ("Doses for children have not been established.", {"age": "9"}, True),
        ("Doses in children on dialysis have not been studied.", {"age": "9", "crcl": "40"}, False),
        ("CrCl below 50 mL/min: no information.", {"age": "40", "crcl": "30"}, False),  # of whom, its label may say
    ],
)
def test_what_is_not_known_of_such_a_patient_is_said_first(
    cli: Cli, library: Callable[..., Path], note: str, filters: dict[str, str], is_said: bool
) -> None:
    text = f"---\ntitle: Drugoline\n---\n\n## Dosage\n\nTake 5 mg orally once daily.\n\n{note}\n"
    asked = [part for name, value in filters.items() for part in (f"--{name}", value)]
    document = json.loads(cli("dose", "drugoline", *asked, "--json", "--monographs", library(drugoline=text)).out)
    assert any(note in notice for notice in document.get("notices") or ()) is is_said


def test_a_group_by_the_letters_that_the_monograph_has_for_it() -> None:
    dosage = (
        "Adults: 40 mg once daily, for CYP2D6 poor metabolizers (PMs) see below.\n\n- CYP2D6 PMs: 20 mg once daily.\n"
        "- Moderate HI (Child-Pugh Class B): 10 mg once daily.\n"
    )
    assert ("20 mg once daily.", True, None) in of(dosage, population="CYP2D6 poor metabolizer")
    assert specific(dosage, hepatic="moderate") == ["10 mg once daily."]


@pytest.mark.parametrize(("weight", "applies"), [("9", False), ("12", True), ("19", True), ("21", False)])
def test_a_weight_in_pounds(weight: str, applies: bool) -> None:
    assert of("- 22 to 44 lb: 5 mL\n- Children: 0.2 mL/kg", weight=weight)[0][1] is applies


PHRASES = """---
title: Testdrug
---
## Usage

- Lowering the risk of stroke in nonvalvular atrial fibrillation.
- Prevention of deep vein thrombosis after knee replacement.
- Treatment of gout flares and their prophylaxis.
- Genital herpes.
- Moderate plaque psoriasis.
- Type 2 diabetes.
- **Not For:** Plaque psoriasis in relapse.

## Dosage

- **Atrial Fibrillation:** 1 mg daily.
- **Prevention of DVT after Knee Replacement:** 2 mg daily.
- **Treatment of Gout Flares:** 3 mg daily.
- **Prophylaxis of Gout Flares:** 4 mg daily.
- **Genital Herpes, Initial Episode:** 5 mg daily.
- **Genital Herpes, Recurrent Episodes:** 6 mg daily.
- **Genital Herpes, Suppression:** 7 mg daily.
- **Plaque Psoriasis:** 8 mg daily.
- **Type 2 Diabetes:** 9 mg daily.
- **Colon Cancer, Adjuvant:** 10 mg daily.
"""


def of_phrases(asked: str) -> Selection:
    read = parse(PHRASES, "testdrug", "testdrug.md")
    return apply(lambda: read, read_dosing(read), Patient.read(indication=asked))


@pytest.mark.parametrize(
    ("asked", "dose"),
    [
        ("stroke prevention in AF", "1 mg"),  # the label has AF, the uses the rest
        ("prophylaxis of stroke in non-valvular atrial fibrillation", "1 mg"),
        ("thromboprophylaxis after TKR", "2 mg"),
        ("VTE prevention post total knee replacement", "2 mg"),
        ("acute gout attack", "3 mg"),
        ("gout flare", "3 mg"),  # of an attack that has begun, prophylaxis is no treatment
        ("preventing gout attacks", "4 mg"),
        ("first episode genital HSV", "5 mg"),
        ("recurrence of genital herpes", "6 mg"),
        ("suppressive therapy for recurrent genital herpes", "7 mg"),
        ("patients with T2DM", "9 mg"),
        ("colon cancer after surgery", "10 mg"),
    ],
)
def test_a_phrase_is_an_aim_conditions_and_stages_in_any_order(asked: str, dose: str) -> None:
    assert [row.text for row in of_phrases(asked).kept] == [f"{dose} daily."]


def test_a_stage_of_which_the_text_says_nothing_is_said() -> None:
    found = of_phrases("established plaque psoriasis")
    assert [row.text for row in found.kept] == ["8 mg daily."]
    assert found.notice == (
        "No dose is labelled “established plaque psoriasis”; these are for “Plaque Psoriasis”. "
        "The text says nothing of “established”."
    )


@pytest.mark.parametrize(
    "asked",
    [
        "type 1 diabetes",
        "valvular atrial fibrillation",
        "treatment of stroke",
        "thromboprophylaxis after THR",
        "severe plaque psoriasis",  # the uses are of moderate
        "acute plaque psoriasis attack",
        "gout without flares",
        "stroke prevention after TIA",
        "genital warts",
    ],
)
def test_a_phrase_of_which_the_text_lacks_what_makes_another_dose_is_refused(asked: str) -> None:
    with pytest.raises(NotFound, match="has no doses for"):
        of_phrases(asked)


@pytest.mark.parametrize(
    ("usage", "label", "asked", "is_for"),
    [
        ("Hypertension. Myocardial infarction.", "Acute Myocardial Infarction", "STEMI", True),  # a kind of it
        ("Anxiety disorders.", "Social Anxiety Disorder", "GAD", False),  # which names another kind
        ("Diabetes mellitus.", "Diabetes Mellitus", "T1DM", True),
        ("Type 2 diabetes mellitus.", "Type 2 Diabetes Mellitus", "T1DM", False),
        (
            "Urinary tract infections.\n- **Not For:** Pyelonephritis.",
            "Urinary Tract Infection",
            "pyelonephritis",
            False,
        ),
        ("Non-Hodgkin lymphoma (NHL).", "NHL", "Hodgkin lymphoma", False),
        ("Heart failure after a heart attack.", "Heart Failure", "acute MI", False),  # of its survivors
        ("Lowering the risk of exacerbations of COPD.", "COPD", "prevention of COPD exacerbations", True),
        ("Ear, nose and throat infections.", "Ear, Nose and Throat Infections", "acute otitis media", True),
        ("Migraine, with or without aura.", "Migraine", "migraine with aura", True),
        ("Spasticity.", "Spasticity", "spasticity in MS", True),
        ("Mycobacterial infections.", "Mycobacterial Infections", "MAC", True),
        ("Glycemic control in type 2 diabetes.", "Glycemic Control", "blood sugar control", True),
        ("COVID-19.", "COVID-19", "COVID-19 pneumonia", True),
        ("Hyperuricemia in gout.", "Gout", "tophaceous gout", True),
    ],
)
def test_kinds_of_a_condition_and_what_it_is_not(usage: str, label: str, asked: str, is_for: bool) -> None:
    try:
        found = named(f"- **{label}:** 1 mg daily.", f"- {usage}", asked)
    except NotFound:
        found = []
    assert found == ["1 mg daily."] * is_for


def test_active_tuberculosis_is_treated_and_not_prevented() -> None:
    doses = "- **Treatment of tuberculosis:** 5 mg daily.\n- **Preventive therapy of tuberculosis:** 1 mg daily."
    assert named(doses, "- Tuberculosis.", "active pulmonary TB") == ["5 mg daily."]
    assert named(doses, "- Tuberculosis.", "active tuberculosis") == ["5 mg daily."]
    assert named(doses, "- Tuberculosis.", "TB prophylaxis") == ["1 mg daily."]


def test_people_in_a_phrase_are_the_population(inside: Cli) -> None:
    ran = inside("dose", "amphetamine-mixed-salts", "--for", "ADHD in a 7 year old", "--json")
    rows = [row for row in json.loads(ran.out)["rows"] if row["specific"]]
    assert rows
    assert {row["population"] for row in rows} == {"Children"}


def test_an_abbreviation_of_two_conditions_is_what_the_drug_is_for() -> None:
    dosage = "- **{}:** 1 mg daily."
    for disease in ("Atopic Dermatitis", "Alzheimer's Disease"):
        assert named(dosage.format(disease), f"- {disease}.", "AD") == ["1 mg daily."]
    with pytest.raises(NotFound):
        named(dosage.format("Asthma"), "- Asthma.", "AD")


def test_a_row_of_a_table_for_several_groups_is_for_its_own() -> None:
    dosage = (
        "Table 2: Adjustments in Poor Metabolizers and Patients Taking Inhibitors\n\n| Factor | Dosage |\n|---|---|\n"
        "| Poor metabolizers | half of the usual dose |\n"
        "| Poor metabolizers taking inhibitors | a quarter of it |\n| Strong inducers | double the usual dose |\n"
    )
    found = specific(f"5 mg once daily.\n\n{dosage}", population="poor metabolizer")
    assert found == ["half of the usual dose"]


def test_an_adult_dose_is_no_childs() -> None:
    assert of("The recommended adult oral dose is 2 grams daily.\n\nChildren: 5 mg/kg.", age="4")[0][1] is False


def test_an_age_beside_an_indication_holds_for_all_that_is_under_it() -> None:
    dosage = (
        "### Adults\n\n- **Sepsis (17 years and older):**\n"
        "    - Start: 9 mg once daily.\n    - Then: 12 mg once daily.\n"
        "### Children\n\n- **RA (12 years and older):**\n    - Start: 5 mg once daily.\n    - Then: 8 mg once daily.\n"
        "- **RA (below 12 years):** Not recommended.\n"
    )
    kept = {age: [text for text, applies, _ in of(dosage, age=age) if applies] for age in ("3", "14", "17", "40")}
    assert kept == {
        "3": ["Not recommended."],
        "14": ["5 mg once daily.", "8 mg once daily."],
        "17": ["9 mg once daily.", "12 mg once daily.", "5 mg once daily.", "8 mg once daily."],
        "40": ["9 mg once daily.", "12 mg once daily."],
    }
    adults = [text for text, applies, _ in of(dosage, population="adults") if applies]
    assert adults[:2] == ["9 mg once daily.", "12 mg once daily."]


@pytest.mark.parametrize(
    ("age", "weight", "own", "adults"),
    [
        ("6", "20", "holds", False),
        ("11", "55", "open", False),
        ("13", "45", "holds", False),
        ("16", "60", "fails", True),
    ],
)
def test_several_ages_of_which_a_weight_may_bind_one(age: str, weight: str, own: str, adults: bool) -> None:
    dosage = (
        "- Adults: 200 mg once daily.\n- Children 2 to 11 years of age and 12 to 14 years of age weighing less than "
        "50 kg: 9 mg/kg.\n- Children 12 to 14 years of age weighing at least 50 kg and 15 years of age and older: give "
        "the adult dosing regimen.\n"
    )
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n\n{dosage}"
    monograph = parse(text, "testdrug", "testdrug.md")
    found = apply(lambda: monograph, read_dosing(monograph), Patient.read(age=age, weight=weight))
    for_adults, young, _ = found.rows
    assert (young.specific, young.applies) == {"holds": (True, True), "open": (False, True), "fails": (False, False)}[
        own
    ]
    assert (for_adults.referred_from is not None) is adults


def test_nobody_on_dialysis_has_a_clearance_from_30_on() -> None:
    dosage = (
        "- CrCl 30 to 49: 20 mg once daily\n- CrCl 10 to 29: 10 mg once daily\n- Hemodialysis: 5 mg after dialysis\n"
    )
    assert [applies for _, applies, _ in of(dosage, population="hemodialysis")] == [False, True, True]


def test_treatment_for_patients_of_an_age_is_of_that_age() -> None:
    dosage = (
        "- The dose as treatment for patients 12 years of age and older is 60 mg daily.\n- Children: 1 mg/kg daily.\n"
    )
    assert [applies for _, applies, _ in of(dosage, age="9")] == [False, True]


def test_those_who_have_an_organ_impaired_are_no_other_group() -> None:
    dosage = "- For those patients who have hepatic impairment: In moderate hepatic impairment give half the dose.\n"
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n\n{dosage}"
    monograph = parse(text, "testdrug", "testdrug.md")
    (row,) = apply(lambda: monograph, read_dosing(monograph), Patient.read(hepatic="moderate")).rows
    assert row.specific


def test_a_bound_for_which_something_holds_even_then_leaves_nobody_out() -> None:
    dosage = (
        "- Children: 10 mg/kg (maximum 600 mg, not to be exceeded even in patients weighing more than 60 kg) daily\n"
    )
    assert of(dosage, age="6", weight="20")[0][1] is True


def test_doses_for_other_uses_in_a_line_are_not_for_the_one_that_the_text_names() -> None:
    dosage = (
        "Children. For the treatment of skin infections, the dose is 50 mg/kg daily. It should not exceed 2 grams. "
        "For the treatment of infections other than meningitis, the dose is 60 mg/kg daily. In the treatment of "
        "meningitis, the dose is 100 mg/kg daily. For preoperative use, give 1 gram.\n"
    )
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- skin infections, meningitis\n\n## Dosage\n\n{dosage}"
    monograph = parse(text, "testdrug", "testdrug.md")
    found = apply(lambda: monograph, read_dosing(monograph), Patient.read(indication="meningitis"))
    assert [each.row.dose and each.row.dose.text for each in found.rows if each.specific] == ["100 mg/kg"]


def seen(dosage: str, **filters: str) -> list[str]:
    """What becomes of each row: it is `for` the patient, `may` apply, or is left `out`."""
    monograph = parse(f"---\ntitle: Testdrug\n---\n## Dosage\n\n{dosage}", "testdrug", "testdrug.md")
    found = apply(lambda: monograph, read_dosing(monograph), Patient.read(**filters), passages=True).rows
    return ["for" if each.specific else "may" if each.applies else "out" for each in found]


ORGANS = (
    "### Renal or Hepatic Impairment\n\n#### Renal Impairment\n\n- Severe (eGFR <30): avoid.\n\n"
    "#### Hepatic Impairment\n\n- Severe hepatic impairment: avoid use.\n"
)


def test_a_title_of_both_organs_is_narrowed_by_a_nearer_one() -> None:
    assert specific(ORGANS, egfr="20", hepatic="moderate") == ["avoid."]
    assert of(ORGANS, egfr="20", hepatic="moderate")[0][2] is None


def test_a_title_of_one_organ_ends_that_of_another() -> None:
    dosage = (
        "### Patients with Hepatic Impairment\n\nReduce the dose by half.\n\n#### Patients with Renal Impairment\n\n"
    )
    dosage += "With a CrCl below 30 mL/min reduce the dose by half.\n"
    assert specific(dosage, crcl="20") == ["With a CrCl below 30 mL/min reduce the dose by half."]


@pytest.mark.parametrize(
    ("title", "words", "filters"),
    [
        ("Severe Renal Impairment", "No adjustment is needed for mild or moderate renal impairment.", {"egfr": "45"}),
        ("Severe Hepatic Impairment", "No adjustment is needed for mild hepatic impairment.", {"hepatic": "mild"}),
    ],
)
def test_the_grade_of_a_statement_counts_before_that_of_its_title(
    title: str, words: str, filters: dict[str, str]
) -> None:
    assert specific(f"### {title}\n\nStart at half the dose. {words}\n", **filters) == [words]


def test_any_of_several_graded_ranges_will_do() -> None:
    words = "Reduce the dose by half in patients with mild (CrCl 60 to 89 mL/min) or moderate (CrCl 30 to 59 mL/min) "
    words += "renal impairment."
    assert [seen(words, crcl=value) for value in ("45", "75", "20")] == [["for"], ["for"], ["out"]]


def test_whom_a_sentence_begins_with_is_whom_its_doses_are_for_under_a_label_too() -> None:
    dosage = "### Patients Weighing at Least 2 kg\n\nFor patients of at least 40 kg a first dose of 200 mg on day 1 is "
    dosage += "recommended, followed by 100 mg once daily.\n"
    assert seen(dosage, age="4", weight="16") == ["out", "out"]


@pytest.mark.parametrize(
    "words",
    [
        "Start pediatric patients weighing 40 to 50 kg at 1 mg/kg twice daily.",
        "No data are available in pediatric patients with a CrCl below 30 mL/min.",
    ],
)
def test_what_a_statement_says_of_children_is_not_for_those_whose_age_is_not_known(words: str) -> None:
    dosage = f"### Severe Renal Impairment\n\nReduce the dose by half. {words}\n"
    assert specific(dosage, crcl="20") == ["Reduce the dose by half."]


def test_a_weight_that_may_be_an_adults_chooses_no_dose_of_children() -> None:
    dosage = "- Children 6 to 12 years:\n  - 20 kg or more: 10 mg daily\n  - below 20 kg: 5 mg daily\n"
    assert specific(dosage, weight="70") == []
    assert specific(dosage, weight="22") == ["10 mg daily"]


def test_what_an_organ_forbids_or_spares_holds_for_a_child() -> None:
    dosage = (
        "### Renal Impairment\n\n- Severe: avoid use.\n- Moderate: no dose adjustment is needed.\n- Mild: 5 mg daily."
    )
    assert specific(dosage, age="8", egfr="20") == ["avoid use."]
    assert specific(dosage, age="8", egfr="40") == ["no dose adjustment is needed."]
    assert specific(dosage, age="8", egfr="70") == []


DIALYSIS = "### Renal Impairment\n\n- CrCl up to 50 mL/min (no dialysis): half the dose\n- ESRD: 5 mg daily\n"


def test_a_patient_on_dialysis_has_end_stage_disease() -> None:
    assert specific(DIALYSIS, population="dialysis") == ["5 mg daily"]
    assert seen(DIALYSIS, population="dialysis") == ["out", "for"]


def test_a_patient_on_dialysis_is_asked_for_no_clearance() -> None:
    dosage = "For CrCl above 50 mL/min give 25 mg once daily. For CrCl 30 to 50 mL/min give 25 mg every other day."
    assert seen(dosage, population="dialysis") == ["out", "out"]


def test_a_label_of_an_organ_and_a_drug_is_for_those_who_take_it() -> None:
    dosage = "### Renal Impairment\n\n- Severe renal impairment (CrCl <30 mL/min): 5 mg daily.\n"
    dosage += "- Severe renal impairment (CrCl <30 mL/min) taking concomitant xyzavir: 2 mg daily.\n"
    assert specific(dosage, crcl="20") == ["5 mg daily."]


USUAL = "### Adults\n\nThe dose is 10 mg daily.\n\n"


def test_the_usual_dose_is_not_known_to_be_for_worse_kidneys_than_those_that_need_no_change() -> None:
    dosage = USUAL + "### Renal Impairment\n\nNo adjustment is needed in mild or moderate renal impairment.\n"
    assert specific(dosage, age="40", egfr="20") == []
    assert "The dose is 10 mg daily." in specific(dosage, age="40", egfr="70")


def test_the_usual_dose_is_not_known_to_be_for_kidneys_that_only_other_patients_rows_name() -> None:
    dosage = USUAL + "### Children\n\nAvoid use in children with a CrCl below 30 mL/min.\n"
    assert specific(dosage, age="40", crcl="20") == []


def test_a_remark_does_not_displace_a_dose_that_needs_no_change() -> None:
    dosage = USUAL + "### Renal Impairment\n\nNo adjustment is needed in patients with any degree of renal impairment. "
    dosage += "Give it without regard to the timing of dialysis in renal impairment.\n"
    assert "The dose is 10 mg daily." in specific(dosage, age="40", egfr="20")


def test_impairment_of_either_organ_is_of_both() -> None:
    words = "No dosage adjustment is necessary for patients with impairment of renal or hepatic function."
    assert specific(words, hepatic="severe") == [words]
    assert specific(words, egfr="20") == [words]


def test_a_refusal_displaces_no_other() -> None:
    dosage = "Avoid use in premature neonates. Do not use it in neonates up to 28 days old who need calcium.\n"
    assert len(specific(dosage, age="10d")) == 2


def test_the_first_weeks_of_life_are_a_band() -> None:
    words = "Newborns should, in the first two weeks of life, receive 5 mg/kg every 72 hours."
    assert seen(words, age="10d") == ["for"]
    assert seen(words, age="20d") == ["out"]


def test_ages_in_a_title_that_names_the_disease_are_read() -> None:
    first, second = "The dose is 1 mg/kg daily.", "Avoid use in children younger than 1 year."
    dosage = f"### Pediatric Sepsis, 6 to 16 Years of Age\n\n{first} {second}\n"
    assert (specific(dosage, age="8"), specific(dosage, age="6mo")) == ([first], [second])


def test_the_words_of_a_row_tell_which_of_a_titles_groups_it_is_for() -> None:
    dosage = "### Poor Metabolizers of CYP2D6 or Patients Taking Strong CYP2D6 Inhibitors\n\n"
    first = "The maximum dose is 10 mg daily in known CYP2D6 poor metabolizers."
    dosage += f"{first} Halve the dose when patients are receiving a strong CYP2D6 inhibitor.\n"
    assert specific(dosage, population="poor metabolizer") == [first]


def test_a_table_row_that_orders_half_of_the_dose_is_no_header() -> None:
    dosage = "| Factors | Adjustment |\n|---|---|\n| Known poor metabolizers | Administer half of usual dose |\n"
    dosage += "| Strong inhibitors | Administer a quarter of usual dose |\n| Inducers | Double usual dose |\n"
    assert specific(dosage, population="poor metabolizer") == ["Administer half of usual dose"]


def test_a_group_that_is_listed_whole_is_not_narrowed_to_one_of_its_words() -> None:
    dosage = "### Acute and Recurrent Diabetic Gastroparesis\n\n"
    dosage += "For acute and recurrent diabetic gastroparesis give 10 mg daily.\n"
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- diabetic gastroparesis\n\n## Dosage\n\n{dosage}"
    (row,) = read_dosing(parse(text, "testdrug", "testdrug.md")).rows
    assert row.indication == "Acute and Recurrent Diabetic Gastroparesis"


def test_an_adult_dose_is_for_adults_wherever_the_sentence_names_it() -> None:
    dosage = (
        "Testdrug and others: see above. Triple therapy testdrug/other The recommended adult dosage is 500 mg daily.\n"
    )
    assert seen(dosage, age="8") == ["out"]


def test_adults_below_an_age_are_no_children() -> None:
    dosage = "- Adults <65 years: 10 mg daily\n- Adults 65 years and older: 5 mg daily\n"
    assert seen(dosage, age="4") == ["out", "out"]


def test_whom_alternatives_end_in_may_be_meant_by_all_of_them() -> None:
    dosage = (
        "The dose is 75 mg twice daily, or 50 mg three times daily in patients with a CrCl of at least 60 mL/min.\n"
    )
    first, second = of(dosage, crcl="20")
    assert (first[1], second[1]) == (True, False)
    assert "could not be read for certain" in (first[2] or "")


THESE = (
    "Elderly or debilitated patients may be especially sensitive to its effects. The dose in these patients is 5 mg. "
    "Patients with mild to moderate hepatic impairment clear it less rapidly than normal subjects. In such patients, "
    "give 2 mg daily."
)


def test_these_patients_are_whom_the_sentence_before_names() -> None:
    assert seen(THESE, age="80") == ["for", "may"]
    assert seen(THESE, hepatic="mild") == ["may", "for"]
    assert seen(THESE, hepatic="severe") == ["may", "out"]


BY_FUNCTION = (
    "- **Adults:**\n    - CrCl >30 mL/min: 150 mg twice daily.\n    - CrCl 15 to 30 mL/min: 75 mg twice daily.\n"
    "    - CrCl <15 mL/min or on dialysis: No dosing recommendation can be given.\n"
)


def test_on_dialysis_usual_doses_by_kidney_function_stand_behind_the_row_that_names_it() -> None:
    assert seen(BY_FUNCTION, population="dialysis") == ["out", "may", "for"]
    assert all(each[2] != "crcl" for each in of(BY_FUNCTION, population="dialysis"))


POINTS = "| CrCl | 60 kg | 70 kg |\n|---|---|---|\n" + "".join(
    f"| {crcl} mL/min | {crcl}0 mcg | {crcl}5 mcg |\n" for crcl in (10, 20, 30)
)


def test_between_printed_figures_the_rows_on_both_sides_are_open() -> None:
    assert seen(POINTS, crcl="20", weight="60") == ["out", "out", "for", "out", "out", "out"]
    assert seen(POINTS, crcl="25", weight="60") == ["out", "out", "may", "out", "may", "out"]
    assert seen(POINTS, crcl="20", weight="66") == ["out", "out", "may", "may", "out", "out"]


def test_a_dose_before_an_increase_is_not_the_dose_after_it() -> None:
    dosage = (
        "Give 30 mg once daily for 2 weeks before considering an increase to the target dose of 60 mg once daily.\n"
    )
    rows = read_dosing(parse(f"---\ntitle: Testdrug\n---\n## Dosage\n\n{dosage}", "testdrug", "testdrug.md")).rows
    assert [(row.action, row.dose and row.dose.text) for row in rows] == [("give", "30 mg"), ("increase", "60 mg")]


def test_a_dose_for_the_old_in_a_rows_own_words_takes_the_place_of_the_usual_one() -> None:
    own = "The dose for most elderly patients and patients with hepatic impairment is 5 mg daily."
    assert specific(USUAL + own, age="82") == [own]
    assert specific(USUAL + own, hepatic="mild") == [own]


def test_other_ages_before_it_leave_a_bare_word_open() -> None:
    first, second = "In children 10 to 17 years start with 2 mg daily.", "With lithium the dose is 2 mg daily, too."
    dosage = f"### Children\n\n{first} {second}\n"
    assert seen(dosage, age="12") == ["for", "for"]
    assert seen(dosage, age="4") == ["out", "may"]
    assert of(dosage, age="4")[1][2] == "what comes before it is for age 10 to 17 years"
    assert seen(f"### Children\n\n{second} {first}\n", age="4") == ["for", "out"]


SAID = [
    ("Safety has not been established in pediatric patients less than 7 years of age.", False),
    ("Contraindicated in:\n- children younger than 2 years of age\n- children below 12 years after surgery", True),
]


@pytest.mark.parametrize(
    ("age", "reasons"),
    [
        ("8", [None, None]),
        ("5", ["elsewhere in the text: not established in those less than 7 years of age", None]),
        ("1", ["elsewhere in the text: contraindicated in those younger than 2 years of age"] * 2),
    ],
)
def test_what_the_rest_of_the_text_says_of_an_age_marks_the_rows(age: str, reasons: list[str | None]) -> None:
    dosage = "### Pediatric Patients\n\nThe dose is 2 mg/kg daily.\n\n### Titration\n\nIncrease it by 5 mg daily.\n"
    monograph = parse(f"---\ntitle: Testdrug\n---\n## Dosage\n\n{dosage}", "testdrug", "testdrug.md")
    found = apply(lambda: monograph, read_dosing(monograph), Patient.read(age=age), on_children=SAID)
    assert [each.reason for each in found.rows] == reasons
    assert [each.specific for each in found.rows] == [age == "8", False]


def test_groups_of_which_other_texts_tell_more_leave_nobody_out() -> None:
    dosage = "Give 30 mg once daily [1] Refer to the other drug's label for dosing in elderly patients.\n"
    dosage += "\n- Give 15 mg once daily. For information on dosing in children refer to the leaflet.\n"
    assert seen(dosage, age="40") == ["may", "may"]


def test_dialysis_that_an_impairment_includes_does_not_narrow_it() -> None:
    words = "No adjustment is needed for the elderly or patients with renal impairment, including those on dialysis."
    assert specific(words, egfr="50") == [words]
    assert specific(words, population="dialysis") == [words]


def test_a_dose_that_begins_with_an_age_is_not_for_its_labels_age_alone() -> None:
    dosage = (
        "For anxiety: in adults, 50 mg q.i.d.; children under 6 years, 50 mg daily in divided doses; and over 6 years, "
    )
    dosage += "50 to 100 mg daily in divided doses.\n"
    assert seen(dosage, age="4") == ["out", "for", "out"]
    assert seen(dosage, age="8") == ["out", "out", "for"]
    assert seen(dosage, age="40") == ["for", "out", "out"]


def test_a_row_of_kidneys_is_not_refused_to_a_patient_on_dialysis() -> None:
    dosage = (
        "- In patients with renal dysfunction (CrCl <40 mL/min) start with 2.5 mg daily.\n- Usual dose: 5 mg daily\n"
    )
    assert [applies for _, applies, _ in of(dosage, population="dialysis")] == [True, True]


def test_a_disorder_that_is_refused_in_children_does_not_refuse_all_children() -> None:
    said = [("Contraindicated in:\n- Suspected POLG-related disorder in children under two years of age (4)", True)]
    monograph = parse("---\ntitle: Testdrug\n---\n## Dosage\n\nThe dose is 2 mg/kg daily.\n", "testdrug", "testdrug.md")
    (row,) = apply(lambda: monograph, read_dosing(monograph), Patient.read(age="1"), on_children=said).rows
    assert row.reason is None


def test_groups_that_a_refusal_names_one_after_the_other_are_each_refused() -> None:
    words = "Testdrug is not recommended for use in pregnancy or for use in pediatric patients."
    assert [specific(words, age="4"), specific(words, population="pregnant")] == [[words], [words]]
    assert seen(words, age="82") == ["may"]


def test_a_group_of_a_list_that_no_filter_asks_for_parts_none_of_the_others() -> None:
    words = "In elderly patients, debilitated or malnourished patients, and patients with impaired renal function, the "
    words += "dose should be conservative."
    assert [seen(words, **filters) for filters in ({"age": "40", "egfr": "28"}, {"age": "82"})] == [["for"], ["for"]]


def test_an_age_is_read_by_the_words_of_its_own_sentence() -> None:
    dosage = "### Children\n\nTestdrug is not intended for children under 3 years old. "
    dosage += "Therapy should begin at 0.5 mg per day. Increase it by 0.5 mg at 5 to 7 day intervals.\n"
    assert seen(dosage, age="2") == ["for", "may", "may"]
    assert seen(dosage, age="8") == ["out", "for", "for"]


def test_what_is_not_known_of_newborns_is_of_newborns() -> None:
    assert seen("No information regarding doses in newborns is available. Give 5 mg daily.", age="9")[-1] == "may"


@pytest.mark.parametrize(
    ("usage", "dosage", "asked", "applying"),
    [
        (
            "- Asthma.\n- Gout.",  # what a label of the liver names is another indication; whom it excepts is not
            "- **Asthma:** 1 mg daily.\n- **Gout:** 2 mg daily.\n\n### Hepatic Impairment\n\n"
            "- Severe, gout: 3 mg daily.\n- Elderly patients (except gout): 4 mg daily.",
            "asthma",
            ["1 mg daily.", "4 mg daily."],
        ),
        (
            "- Asthma.\n- Neutropenia.",  # an order to stop is for all
            "- **Asthma:** 1 mg daily.\n\n### Dosage Adjustments\n\n- Neutropenia: Discontinue.",
            "asthma",
            ["1 mg daily.", "Discontinue."],
        ),
        (
            "- Acute DVT with or without PE.\n- Gout.",
            "- **DVT without PE:** 1 mg daily.\n- **DVT with PE:** 2 mg daily.\n- **Gout:** 3 mg daily.",
            "PE",
            ["2 mg daily."],
        ),
        (
            "- Asthma (also non-allergic wheeze).\n- Rheumatoid arthritis, after disease-modifying antirheumatic drugs "
            "(DMARDs).",  # what must not be taken with it is for all
            "- **Asthma:** 1 mg daily.\n\n### With Other Biologic DMARDs\n\n- Not recommended.",
            "wheeze",
            ["1 mg daily.", "Not recommended."],
        ),
        ("- Binge eating.", "- **No Improvement of Binge Eating:** Discontinue.", "binge eating", ["Discontinue."]),
        (
            "- Otitis media (Haemophilus influenzae).\n- Sinusitis (Haemophilus influenzae).\n- Gout.",
            "- **Otitis Media:** 1 mg daily.\n- **Sinusitis:** 2 mg daily.\n- **Gout:** 3 mg daily.",
            "Haemophilus influenzae",
            ["1 mg daily.", "2 mg daily."],
        ),
        (
            "- Urinary tract infections.\n- Gonorrhea.",
            "- **Infections in General:** 1 g daily.\n- **Gonorrhea:** 250 mg once.",
            "urinary tract infection",
            ["1 g daily."],
        ),
        (
            "- Heart failure after a heart attack.\n- Hypertension.",
            "- **Heart Failure after Infarction:** 1 mg daily.\n- **Hypertension:** 2 mg daily.",
            "LV failure post MI",
            ["1 mg daily."],
        ),
        (
            "- Posttraumatic stress disorder.",
            "- **PTSD:** 1 mg daily.",
            "post-traumatic stress disorder",
            ["1 mg daily."],
        ),
    ],
)
def test_what_a_row_names_besides(usage: str, dosage: str, asked: str, applying: list[str]) -> None:
    assert named(dosage, usage, asked) == applying


def test_a_line_of_treatment_is_one_that_the_uses_name() -> None:
    uses = "---\ntitle: Testdrug\n---\n## Usage\n\n- Breast cancer (first line).\n"
    text = f"{uses}\n## Dosage\n\n- **Breast Cancer:** 1 mg daily.\n"
    monograph = parse(text, "testdrug", "testdrug.md")
    for asked, says in (("first-line breast cancer", "(see line 6)."), ("2nd line breast cancer", "")):
        try:
            found = apply(lambda: monograph, read_dosing(monograph), Patient.read(indication=asked)).notice or ""
        except NotFound:
            found = ""
        assert found.endswith(says), asked
        assert bool(found) is bool(says)


def test_children_from_an_age_on_are_those_whom_a_bare_word_means() -> None:
    dosage = (
        "Patients 65 years and older are at risk. For pediatric patients aged 1 year and older, refer to Table 1.\n\n"
    )
    dosage += "### Pediatric Heart Failure\n\n"
    dosage += "The dose is 2 mg/kg twice daily.\n"
    assert [seen(dosage, age=age) for age in ("10d", "4")] == [["may"], ["for"]]
    assert of(dosage, age="10d")[0][2] == "elsewhere in the text: for those 1 year and older"


def test_weeks_after_which_newborns_are_dosed_otherwise_may_be_of_life() -> None:
    dosage = "Premature newborns, in the first two weeks of life, should receive 6 mg/kg every 72 hours. "
    dosage += "After the first two weeks, these children should be dosed 6 mg/kg once daily.\n"
    assert [seen(dosage, age=age) for age in ("2d", "10d")] == [["for", "may"]] * 2


NO_DOSE = """#### Adults
- **Sepsis:**
    - CrCl >30 mL/min: 150 mg orally twice daily.
    - CrCl <15 mL/min: No dosing recommendation can be given.
- **Patients with Hepatic Impairment:**
    - Mild (Child-Pugh A): No dose adjustment.
    - Moderate (Child-Pugh B): The label gives no dose.
- **Children with Renal Impairment, Weighing Less than 40 kg:** The label has no dosing recommendation.
- **Elderly Patients:** The label gives no other dose.
"""


def regimens_of(dosage: str, uses: str = "- sepsis") -> tuple[Monograph, Regimens]:
    read = parse(f"---\ntitle: Testdrug\n---\n## Usage\n\n{uses}\n\n## Dosage\n\n{dosage}\n", "testdrug", "testdrug.md")
    return read, read_dosing(read)


def rows_for(dosage: str, uses: str = "- sepsis", **asked: str) -> tuple[RowForPatient, ...]:
    """The rows of a text as they are for a patient."""
    monograph, regimens = regimens_of(dosage, uses)
    return apply(lambda: monograph, regimens, Patient.read(**asked)).rows


@pytest.mark.parametrize(
    ("filters", "text", "action"),
    [
        ({"crcl": "10", "indication": "sepsis"}, "No dosing recommendation can be given.", "avoid"),
        ({"hepatic": "moderate", "indication": "sepsis"}, "The label gives no dose.", "note"),
        ({"crcl": "20", "weight": "20", "age": "8"}, "The label has no dosing recommendation.", "note"),
    ],
)
def test_that_no_dose_is_given_is_for_those_whom_its_label_names(
    filters: dict[str, str], text: str, action: str
) -> None:
    assert text in specific(NO_DOSE, **filters)
    assert action in [row.action for row in regimens_of(NO_DOSE)[1].rows if row.text == text]


def test_that_no_dose_is_given_is_a_note_where_no_label_says_to_whom() -> None:
    _, regimens = regimens_of(
        "The label gives no dose.\n\n- 5 mg daily.\n\n- **Elderly Patients:** The label gives no other dose."
    )
    assert [row.text for row in regimens.rows] == ["5 mg daily."]
    assert len(regimens.notes) == 2


def test_what_the_label_says_of_an_organ_is_needed_where_it_gives_no_dose() -> None:
    dosage = "- **Adults:** 5 mg daily.\n- **Patients with Renal Impairment:** {}"
    for text, answered in (("The label gives no dose.", False), ("No dose can be recommended.", True)):
        monograph, regimens = regimens_of(dosage.format(text))
        selection = apply(lambda m=monograph: m, regimens, Patient.read(crcl="20"))
        assert ("kidney" in selection.answered) == answered


def test_a_title_of_an_organs_function_names_no_other_group() -> None:
    dosage = "### Renal Impairment\n\n#### Table 2. Dosage Adjustment Based on Renal Function\n\n"
    dosage += "- CrCl 30 to 60 mL/min: 75 mg daily.\n- CrCl 15 to 30 mL/min: 25 mg daily.\n"
    assert specific(dosage, crcl="40") == ["75 mg daily."]
    dosage = "- **Baseline liver function evaluation:** Not recommended in severe hepatic impairment.\n"
    assert seen(dosage, hepatic="severe") == ["for"]
    assert seen(dosage, age="40") == ["may"]


def test_a_heading_that_lists_groups_is_for_any_of_them() -> None:
    dosage = "### Adults\n\n- 5 mg daily.\n\n### Renal or Hepatic Impairment or Poor Metabolizers\n\n- {}\n"
    text = "It may be necessary to reduce the dose in renal or hepatic impairment or in poor metabolizers."
    assert seen(dosage.format(text), hepatic="severe") == ["may", "for"]
    assert seen(dosage.format(text), age="40") == ["for", "may"]


def test_a_normal_kidney_leaves_the_usual_dose_in_its_place() -> None:
    dosage = "### Adults\n\n- 3 mg twice daily.\n\n### By Renal Function\n\n"
    dosage += "- CrCl 100 mL/min: 4 mg twice daily.\n- CrCl 50 mL/min: 2 mg twice daily.\n"
    assert "3 mg twice daily." in specific(dosage, age="40", crcl="100")
    assert "3 mg twice daily." not in specific(dosage, age="40", crcl="50")


@pytest.mark.parametrize(
    ("said", "dosage", "is_for"),
    [
        ("Safety and effectiveness have been established in pediatric patients.", "- 2 mg/kg daily.", True),
        ("Safety and effectiveness have not been established in pediatric patients.", "- 2 mg/kg daily.", False),
        ("Safety and effectiveness have been established from 10 years on, in pediatric use.", "", False),
        ("Safety and effectiveness have been established in pediatric patients.", "- **Adults:** 80 mg daily.", False),
    ],
)  # fmt: skip
def test_what_is_said_of_an_organ_is_for_children_too_where_no_dose_is_by_age(
    said: str, dosage: str, is_for: bool
) -> None:
    dosage += "\n\n### Renal Impairment\n\nUse the lowest starting dosage in patients with CrCl below 50 mL/min.\n"
    monograph, regimens = regimens_of(dosage)
    given = Patient.read(age="9", crcl="35")
    found = apply(lambda: monograph, regimens, given, on_children=[(said, False)], passages=True).rows
    assert ([each.row.text[:14] for each in found if each.specific] == ["Use the lowest"]) == is_for


def test_a_scope_of_several_ages_gives_way_to_a_nearer_one() -> None:
    dosage = "This section gives doses for patients older than 12 years and patients aged 2 to 12 years.\n\n"
    dosage += "#### Table 2. Patients Aged 2 to 12 Years\n\n- Weeks 1 and 2: 0.3 mg/kg daily.\n"
    assert [seen(dosage, age=age)[-1] for age in ("8", "40")] == ["for", "out"]


def test_groups_by_what_they_inherited_are_no_usual_patients() -> None:
    dosage = "### Adults\n\n- **Sepsis:** 50 mg daily.\n"
    for whom in ("patients who are poor metabolizers", "patients who are heterozygous for TPMT deficiency"):
        text = f"{dosage}- **Sepsis:** Reduce the dose to 5 mg in {whom}.\n"
        assert specific(text, age="40", indication="sepsis") == ["50 mg daily."]
    assert specific("### Adults\n\nThe dose is 5 mg in heterozygous familial hypercholesterolemia.", age="40")


DIALYSED = """### Dosage in Patients with Renal Impairment or End Stage Renal Disease on Dialysis

| Renal impairment | Dose |
|---|---|
| Severe (CrCl >10 to 30 mL/min) | 30 mg once daily |
| Below 15 mL/min (not requiring dialysis) | 20 mg once daily |
| ESRD patients not on dialysis | not recommended |
| Below 15 mL/min (requiring dialysis) | 10 mg once daily |
| Peritoneal dialysis | 5 mg once daily |
"""


@pytest.mark.parametrize(
    ("population", "out"),
    [("hemodialysis", "5 mg once daily"), ("peritoneal dialysis", None), ("dialysis", None)],
)
def test_a_row_for_dialysis_is_for_every_kind_of_it(population: str, out: str | None) -> None:
    found = specific(DIALYSED, population=population)
    assert "10 mg once daily" in found
    assert found == [text for text in ("10 mg once daily", "5 mg once daily") if text != out]


@pytest.mark.parametrize(("forbidden", "is_for"), [(True, False), (False, True)])
def test_the_usual_dose_is_not_for_a_group_that_is_contraindicated(forbidden: bool, is_for: bool) -> None:
    monograph, regimens = regimens_of("- **Sepsis:** 25 mg daily.\n")
    given = Patient.read(indication="sepsis", population="pregnant", age="30")
    refused = {"pregnant"} if forbidden else set()
    (row,) = apply(lambda: monograph, regimens, given, passages=True, forbidden=refused).rows
    assert (row.applies, row.specific) == (True, is_for)


def test_a_childs_weight_alone_is_for_no_light_adult() -> None:
    dosage = "### Patients ≥65 years of age, renally impaired or less than 50 kg\n\n- 15 mg once.\n"
    assert [seen(dosage, weight=weight) for weight in ("19", "45")] == [["may"], ["for"]]


def test_an_impairment_beside_a_phase_is_of_every_grade() -> None:
    dosage = "- **Maintenance dose:** In elderly patients, debilitated patients, and patients with impaired renal or "
    dosage += "hepatic function, the dosing should be conservative.\n"
    assert seen(dosage, age="50", crcl="25") == seen(dosage, hepatic="moderate") == ["for"]
    assert seen(dosage, age="50") == ["may"]


HEADACHES = """---
title: Testdrug
---
## Usage

Testdrug is indicated for the acute treatment of migraine and of cluster headache.

## Dosage

### 2.1 Dosing

The dose for migraine or cluster headache is 6 mg once. For the treatment of migraine, 4 mg may be used. The dose in
adults with a creatinine clearance below 20 mL/min has not been determined. Take it by mouth.
"""


@pytest.mark.parametrize(("asked", "applies"), [("migraine", True), ("cluster headache", False)])
def test_what_begins_with_another_indication_of_the_uses_is_left_out(asked: str, applies: bool) -> None:
    read = parse(HEADACHES, "testdrug", "testdrug.md")
    rows = apply(lambda: read, read_dosing(read), Patient.read(indication=asked)).rows
    assert [row.applies for row in rows if "4 mg" in row.row.text] == [applies]
    assert [row.applies for row in rows if "6 mg" in row.row.text] == [True]


def test_that_a_dose_was_not_determined_is_a_row_for_whom_it_is_of() -> None:
    read = parse(HEADACHES, "testdrug", "testdrug.md")
    rows = apply(lambda: read, read_dosing(read), Patient.read(crcl="14")).rows
    assert [row.row.renal.max for row in rows if row.specific and row.row.renal] == [20]


FOR_TWO = """### Renal Impairment Rheumatoid Arthritis

#### Table 3: Dosage Modifications for Patients with Rheumatoid Arthritis

- eGFR 30 to 60 mL/min: 1 mg daily.

#### Table 4: Dosage Modifications for Patients with COVID-19

- eGFR 30 to 60 mL/min: 2 mg daily.
"""


def test_a_caption_that_abbreviates_another_disease_is_of_that_one() -> None:
    usage = "- Rheumatoid arthritis.\n- Coronavirus disease 2019 (COVID-19)."
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n{usage}\n\n## Dosage\n\n{FOR_TWO}"
    read = parse(text, "testdrug", "testdrug.md")
    given = Patient.read(indication="rheumatoid arthritis", egfr="45")
    found = apply(lambda: read, read_dosing(read), given).rows
    assert "2 mg daily." not in [each.row.text for each in found if each.specific]


@pytest.mark.parametrize(
    ("asked", "labels", "kept"),
    [
        ("arthritis", ("Osteoarthritis", "Rheumatoid Arthritis", "Gout"), ["1 mg.", "2 mg."]),
        ("MDD", ("Major Depressive Disorder", "Bipolar Depression", "Schizophrenia"), ["1 mg."]),
        ("MDD", ("Depression", "Bipolar Depression", "Schizophrenia"), ["1 mg."]),
        ("depression", ("Depression", "Schizophrenia", "Mania"), ["1 mg."]),
    ],
)
def test_a_condition_has_its_kinds_and_not_its_neighbours(asked: str, labels: tuple[str, ...], kept: list[str]) -> None:
    usage = "\n".join(f"- {label}." for label in labels)
    dosage = "\n".join(f"- **{label}:** {number} mg." for number, label in enumerate(labels, 1))
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n{usage}\n\n## Dosage\n\n### Adults\n\n{dosage}\n"
    read = parse(text, "testdrug", "testdrug.md")
    found = apply(lambda: read, read_dosing(read), Patient.read(indication=asked))
    assert [row.text for row in found.kept] == kept


COUNTED = """- **AF:**
    - Most patients: 5 mg twice daily.
    - At least two of three: 2.5 mg twice daily if at least two of age ≥80 years, body weight ≤60 kg and creatinine ≥1.5 are met.
"""  # noqa: E501
COUNTED_BELOW = """The dose for most patients is 5 mg twice daily.

The dose is 2.5 mg twice daily in patients with at least two of the following characteristics:

- age greater than or equal to 80 years
- body weight less than or equal to 60 kg
- serum creatinine greater than or equal to 1.5 mg/dL
"""


@pytest.mark.parametrize("dosage", [COUNTED, COUNTED_BELOW])
@pytest.mark.parametrize(
    ("age", "weight", "states"),
    [("82", "55", ["may", "for"]), ("82", "70", ["for", "may"]), ("50", "55", ["for", "may"])],
)
def test_counted_criteria_are_met_by_as_many_of_them(dosage: str, age: str, weight: str, states: list[str]) -> None:
    assert seen(f"### Adults\n\n{dosage}", age=age, weight=weight) == states


def test_what_is_not_known_of_one_indication_is_said_with_it() -> None:
    monograph, regimens = regimens_of("### Children\n\n- 20 mg daily.\n- **H. pylori:** Not established in children.")
    selection = apply(lambda: monograph, regimens, Patient.read(age="5"), passages=True)
    assert selection.unknown == ("H. pylori: Not established in children.",)


@pytest.mark.parametrize(
    ("given", "is_said"),
    [({"age": "6", "crcl": "20"}, True), ({"age": "6"}, False), ({"age": "40", "crcl": "20"}, False)],
)
def test_that_there_is_no_advice_for_such_a_patient_is_said_first(given: dict[str, str], is_said: bool) -> None:
    said = "There are currently no dosing recommendations for pediatric patients with impaired renal function."
    monograph, regimens = regimens_of(
        f"### Infants\n\n- 30 mg/kg daily.\n- {said}\n\n### Children\n\n- 20 mg/kg daily."
    )
    selection = apply(lambda: monograph, regimens, Patient.read(**given), passages=True)
    assert (said in selection.unknown) == is_said


@pytest.mark.parametrize(
    ("given", "states"),
    [
        ({"age": "80"}, ["may", "for"]),
        ({"age": "80", "crcl": "30"}, ["may", "may"]),
        ({"age": "80", "crcl": "95"}, ["may", "for"]),
        ({"age": "80", "hepatic": "severe"}, ["may", "may"]),
    ],
)
def test_no_adjustment_unless_an_organ_is_impaired_is_not_for_who_has_it_impaired(
    given: dict[str, str], states: list[str]
) -> None:
    dosage = "- 5 mg daily.\n\n### Geriatric Patients\n\nIt is not necessary to adjust the dose in the elderly, unless "
    assert seen(f"{dosage}there is also significant renal or hepatic dysfunction.\n", **given) == states


LISTS = (
    "For patients with renal impairment or hepatic impairment, the dose is 5 mg daily.",
    "For patients with significantly reduced hepatic or renal function or who are currently taking drugs that are "
    "potent inhibitors of CYP3A4, the dose is 5 mg daily.",
    "The dose is 5 mg daily in patients who are elderly, debilitated, or taking strong CYP3A4 inhibitors.",
    "The dose is 5 mg daily in geriatric, hepatically-impaired, or renally-impaired patients.",
)


@pytest.mark.parametrize(
    ("text", "given", "doses"),
    [
        (LISTS[0], {"age": "40"}, ["10 mg"]),
        (LISTS[0], {"age": "40", "hepatic": "severe"}, ["5 mg"]),
        (LISTS[1], {"age": "40"}, ["10 mg"]),
        (LISTS[1], {"age": "40", "crcl": "18"}, ["5 mg"]),
        (LISTS[1], {"age": "40", "hepatic": "severe"}, ["5 mg"]),
        (LISTS[2], {"age": "40"}, ["10 mg"]),
        (LISTS[2], {"age": "78"}, ["5 mg"]),
        (LISTS[3], {"age": "40"}, ["10 mg"]),
        (LISTS[3], {"age": "40", "egfr": "25"}, ["5 mg"]),
        (LISTS[3], {"age": "40", "hepatic": "severe"}, ["5 mg"]),
    ],
)
def test_a_list_of_groups_is_for_whom_one_of_them_was_asked(text: str, given: dict[str, str], doses: list[str]) -> None:
    monograph, regimens = regimens_of(f"### Adults\n\n- The dose is 10 mg daily.\n- {text}\n")
    found = apply(lambda: monograph, regimens, Patient.read(**given), passages=True).rows
    assert all(each.applies for each in found)
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == doses


def test_a_label_with_all_that_was_asked_is_not_left_out_for_a_nearer_one() -> None:
    dosage = (
        "### Irritability Associated with Autistic Disorder\n\n- 1 mg daily.\n\n"
        "### Autistic Disorder\n\n- 2 mg daily.\n\n### Schizophrenia\n\n- 3 mg daily.\n"
    )
    found = rows_for(dosage, indication="autistic disorder")
    assert [(each.applies, each.specific) for each in found] == [(True, False), (True, True), (False, False)]


def test_people_with_another_disease_are_not_those_who_have_what_was_asked() -> None:
    dosage = (
        "### Pediatric Patients With Ph+ CML\n\n- 1 mg daily.\n\n### Pediatric Patients With Ph+ ALL\n\n- 2 mg daily.\n"
    )
    found = rows_for(dosage, "- Ph+ CML in children\n- Ph+ ALL in children", indication="CML", age="8")
    assert [each.specific for each in found] == [True, False]


def test_a_refusal_for_another_use_does_not_take_the_place_of_the_dose() -> None:
    dosage = (
        "- Use for glycemic control is not recommended in patients with an eGFR less than 30 mL/min.\n\n"
        "| Indication | Dose |\n|---|---|\n| Glycemic control in adults | 25 mg once daily |\n"
        "| Chronic kidney disease in adults | 10 mg once daily |\n"
    )
    monograph, regimens = regimens_of(dosage, "- glycemic control in adults\n- chronic kidney disease in adults")
    given = Patient.read(indication="chronic kidney disease", age="61", egfr="24")
    found = apply(lambda: monograph, regimens, given).rows
    assert [each.row.text for each in found if each.specific] == ["10 mg once daily"]


@pytest.mark.parametrize(("given", "is_for"), [({"age": "15", "hepatic": "moderate"}, True), ({"age": "15"}, False)])
def test_a_reduction_of_every_dose_is_for_children_who_are_dosed(given: dict[str, str], is_for: bool) -> None:
    dosage = (
        "### Children 6 years and older\n\n- 40 mg daily.\n\n### Hepatic Impairment\n\n"
        "- In moderate hepatic impairment, doses should be reduced to 50% of the normal dose.\n"
    )
    assert any("reduced" in text for text in specific(dosage, **given)) == is_for


def test_a_dose_by_weight_is_beside_that_of_a_range_of_weights() -> None:
    dosage = (
        "### Children 6 to 16 years\n\n- Start with 8 mg/kg daily.\n\n"
        "| Weight | Target |\n|---|---|\n| 20 to 29 kg | 900 mg/day |\n| 30 to 39 kg | 1200 mg/day |\n"
    )
    assert len(specific(dosage, age="9", weight="27")) == 2


@pytest.mark.parametrize(
    "use",
    [
        "In combination with a statin, or alone when other therapy is not possible, to lower lipids in hyperlipidemia",
        "With a statin, or if a statin is not tolerated, as an adjunct to diet in adults with primary hyperlipidemia",
    ],
)
def test_what_is_not_possible_denies_nothing_after_its_comma(use: str) -> None:
    monograph, regimens = regimens_of("The dose is 10 mg once daily.", f"Testdrug is indicated: {use}.")
    assert [each.applies for each in apply(lambda: monograph, regimens, Patient.read(indication="hyperlipidemia")).rows]


def test_whoever_does_not_respond_is_denied() -> None:
    monograph, regimens = regimens_of(
        "The dose is 10 mg once daily.", "For adults with RA who do not have gout or lupus."
    )
    with pytest.raises(NotFound):
        apply(lambda: monograph, regimens, Patient.read(indication="lupus"))


def test_an_instruction_that_names_the_indication_does_not_take_the_place_of_doses_that_do_not() -> None:
    dosage = (
        "Adults: 2 mg/kg daily.\n\n### Duration\n\n"
        "Start a second course in patients with severe acne who have relapsed after 2 months.\n"
    )
    found = rows_for(dosage, "- severe acne", indication="severe acne", age="22")
    assert any(each.specific and each.row.dose for each in found)


def test_a_label_that_the_uses_have_under_a_title_of_its_own_is_another_indication() -> None:
    dosage = "### Adults\n\n- 5 mg once daily.\n\n#### Coronary artery disease\n\n- 10 mg once daily.\n"
    uses = (
        "### 1.1 Hypertension\n\nFor hypertension. Many such drugs are given for coronary artery disease too.\n\n"
        "### 1.2 Coronary Artery Disease (CAD)\n\nFor coronary artery disease.\n"
    )
    found = rows_for(dosage, uses, indication="hypertension")
    assert [each.applies for each in found] == [True, False]
    found = rows_for(dosage, uses, indication="CAD")
    assert [each.applies for each in found] == [True, True]


@pytest.mark.parametrize(
    ("asked", "doses"),
    [("otitis media", ["75 mg/kg"]), ("pneumonia", ["25 mg/kg"])],
)
def test_a_dose_without_an_indication_gives_way_to_one_for_what_was_asked(asked: str, doses: list[str]) -> None:
    dosage = (
        "### Pediatric Patients\n\nThe recommended dose is 25 mg/kg in divided doses. "
        "For the treatment of otitis media, the recommended dose is 75 mg/kg in divided doses.\n"
    )
    found = rows_for(dosage, "- otitis media\n- pneumonia", indication=asked, age="5")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == doses


def test_other_than_is_not_what_has_a_dose_of_its_own() -> None:
    dosage = (
        "### Adults\n\n- **Otitis media:** 50 mg/kg once.\n- **Serious infections other than meningitis:** 75 mg/kg "
        "daily.\n- **Meningitis:** 100 mg/kg daily.\n"
    )
    found = rows_for(dosage, "- otitis media\n- serious infections\n- meningitis", indication="otitis media", age="40")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == ["50 mg/kg"]


@pytest.mark.parametrize(("asked", "doses"), [("edema", ["20 mg"]), ("hypertension", ["80 mg"])])
def test_a_dose_that_says_for_what_it_is_belongs_to_that(asked: str, doses: list[str]) -> None:
    dosage = (
        "### Edema\n\n**Adults**\n\nThe usual initial dose of testdrug is 20 mg given once.\n\n**Adults**\n\n"
        "The usual initial dose of testdrug for hypertension is 80 mg given once. Adjust the dose by the response.\n"
    )
    found = rows_for(dosage, "For edema. Testdrug may be used in hypertension.", indication=asked, age="60")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == doses
    assert any(each.specific and "response" in each.row.text for each in found) == (asked == "hypertension")


def test_adolescents_and_the_old_have_a_dose_of_their_own() -> None:
    dosage = "### Adults\n\n- 75 mg daily.\n\n### Adolescent and Elderly Patients\n\n- 10 mg daily.\n"
    assert [specific(dosage, age=age) for age in ("15", "40", "75")] == [
        ["10 mg daily."],
        ["75 mg daily."],
        ["10 mg daily."],
    ]


def test_whether_somebody_of_sixty_is_elderly_is_open() -> None:
    dosage = "### Adults\n\nThe usual dose is 5 mg daily. A dose of 2 mg daily is recommended for the frail elderly.\n"
    assert specific(dosage, age="61") == ["The usual dose is 5 mg daily."]


def test_a_tables_introduction_is_over_its_rows() -> None:
    dosage = (
        "Adults: 45 mg every 12 weeks.\n\nPediatric patients 6 to 17 years old: Doses are based on weight.\n\n"
        "| Weight | Dose |\n|---|---|\n| less than 60 kg | 10 mg |\n| 60 kg or more | 30 mg |\n"
    )
    assert [text for text in specific(dosage, age="30", weight="70") if "mg" in text] == ["45 mg every 12 weeks."]
    assert "30 mg" in specific(dosage, age="14", weight="70")


@pytest.mark.parametrize(("asked", "doses"), [("gonorrhea", ["1 g"]), ("gout", ["250 mg"])])
def test_a_dose_without_an_indication_is_not_for_what_a_label_names(asked: str, doses: list[str]) -> None:
    dosage = (
        "The recommended adult dose in gout is 250 mg twice daily.\n\n### Gonococcal infections\n\nGive 1 g once.\n"
    )
    found = rows_for(dosage, "- gout\n- gonococcal infections", indication=asked, age="40")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == doses
    assert not any(each.specific and each.row.dose and each.row.dose.text not in doses for each in found)


def test_a_title_that_has_run_into_its_text_ends_what_was_named_before() -> None:
    dosage = (
        "### Edema\n\nEdema associated with heart failure The recommended initial dose is 10 mg daily. Edema "
        "associated with chronic kidney disease The recommended initial dose is 20 mg daily.\n\n### Hypertension\n\n"
        "5 mg daily.\n"
    )
    found = rows_for(
        dosage,
        "- edema of heart failure or chronic kidney disease\n- hypertension",
        indication="heart failure",
        age="60",
    )
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == ["10 mg"]


def test_people_with_something_else_are_not_whoever_has_what_was_asked() -> None:
    dosage = (
        "### Kidney transplant\n\nAdults: 0.1 mg/kg daily. Patients with cystic fibrosis may require higher doses. "
        "If such circumstances are suspected, start with 0.05 mg/kg daily.\n"
    )
    found = rows_for(dosage, "- kidney transplant", indication="kidney transplant", age="40")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == ["0.1 mg/kg"]
    assert not any(each.specific and "cystic" in each.row.text for each in found)


def test_a_title_below_the_indications_is_of_its_own_use() -> None:
    dosage = (
        "### Motion sickness\n\nThe adult dose is 25 mg twice daily.\n\n**Nausea and vomiting**\n\n"
        "The adult dose is 12.5 mg every 4 hours.\n"
    )
    found = rows_for(dosage, "- motion sickness\n- nausea and vomiting", indication="motion sickness", age="40")
    assert [each.row.dose.text for each in found if each.specific and each.row.dose] == ["25 mg"]


def test_of_two_organs_the_kidneys_reason_is_given() -> None:
    """Not that of whichever comes first in a set."""
    ((_, applies, reason),) = of(
        "Reduce the dose in patients with significantly reduced hepatic or renal function.", egfr="55", hepatic="mild"
    )
    assert applies
    assert reason is not None
    assert reason.startswith("renal impairment read as below 90 mL/min")


@pytest.mark.parametrize(("asked", "applies"), [("type 2 diabetes", [False, True]), ("type 1 diabetes", [True, False])])
def test_people_with_the_other_type_are_left_out(asked: str, applies: list[bool]) -> None:
    dosage = (
        "### Patients with Type 1 Diabetes\n\n- 0.3 units/kg daily.\n\n### Patients with Type 2 Diabetes\n\n"
        "- 0.2 units/kg daily.\n"
    )
    found = rows_for(dosage, "- type 1 and type 2 diabetes mellitus", indication=asked, age="60")
    assert [each.applies for each in found] == applies


LONG_BOXED = " ".join(
    f"In hospital {n} the patients could be observed by a trained nurse at all times." for n in range(20)
)


def test_warnings_on_the_patient_come_first_and_the_rest_below_the_doses(inside: Cli, tmp_path: Path) -> None:
    text = (
        f"---\ntitle: Testdrug\n---\n## Boxed Warning\n\n{LONG_BOXED} Its toxicity is greater in renal impairment.\n\n"
        "## Contraindications\n\n- Patients with seizure disorder.\n\n## Dosage\n\n- **Adults:** 5 mg daily.\n"
        "- **CrCl <30 mL/min:** 2 mg daily.\n\n## Precautions\n\n"
        "- **Kidney:** Monitor renal function.\n- Adjust fluids in renal failure.\n- Avoid gold in renal impairment.\n"
        "- In bronchospastic disease start with 1 mg; it should, in general, not be used.\n"
    )
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    lib = "--monographs", str(tmp_path)
    page = inside("dose", "testdrug", "--age", "50", "--crcl", "20", *lib).out
    above, below = page.split("2 mg daily")
    assert above.index("Its toxicity is greater") < above.index("Avoid gold") < above.index("Monitor renal function")
    assert "Adjust fluids" in below
    assert len(above.splitlines()) < 24
    assert " ".join(below.split()).count("In hospital") == 20
    page = inside("dose", "testdrug", "--population", "asthma", *lib).out
    assert "it should, in general, not be used" in " ".join(page.split())
    rows = json.loads(inside("dose", "testdrug", "--population", "epilepsy", "--json", *lib).out)["rows"]
    assert not any(row["specific"] for row in rows)


def test_a_figure_in_a_table_has_what_its_column_says(tmp_path: Path, inside: Cli) -> None:
    table = (
        "| Creatinine clearance (mL/min) | Percent of usual dose |\n|---|---|\n| ≥60 | 100 |\n| 30 to 59 | 50 |\n"
        "| <30 or ESRD | 25 |\n"
    )
    (tmp_path / "testdrug.md").write_text(f"---\ntitle: Testdrug\n---\n## Dosage\n\n{table}", "utf-8")
    asked = inside("dose", "testdrug", "--crcl", "20", "--json", "--monographs", str(tmp_path))
    (row,) = [row for row in json.loads(asked.out)["rows"] if row["specific"]]
    assert row["qualifier"].startswith("Creatinine clearance (mL/min): <30 or ESRD; Percent of usual dose")
    assert row["renal"]["max"] == 30


def test_people_whom_the_text_does_not_name_are_given_the_usual_doses(inside: Cli, tmp_path: Path) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Usage\n\n- Type 2 diabetes. It is not sufficiently rapid to abort an attack.\n\n"
        "## Contraindications\n\n- Type I diabetes.\n\n## Dosage\n\n- **Adults:** 5 mg daily.\n\n## Precautions\n\n"
        "- Benefits in gout have not been established. Therefore it is not recommended in these settings.\n"
        "- In patients on it the use of salicylates is contraindicated.\n\n## Pregnancy\n\n"
        "Not for pregnant women. Renal harm to the fetus must be avoided. It may not be effective in renal failure.\n"
    )
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    lib = "--monographs", str(tmp_path)
    ran = inside("dose", "testdrug", "--for", "type 2 diabetes", "--population", "acne", *lib)
    assert ran.status == 0
    assert "Neither doses nor warnings here name “acne”" in ran.out
    assert "5 mg daily" in ran.out
    assert "not sufficiently rapid" in ran.out
    assert inside("dose", "testdrug", "--population", "acne", *lib).status == 3
    beside = inside("dose", "testdrug", "--population", "acne", "--crcl", "20", *lib)
    assert "Neither doses nor warnings here name “acne”" in beside.out
    assert "Renal harm" in beside.out
    assert (
        "the use of salicylates is contraindicated" in inside("dose", "testdrug", "--population", "aspirin", *lib).out
    )
    assert "Type I diabetes" in inside("dose", "testdrug", "--for", "type 1 diabetes", *lib).err
    assert "not recommended in these settings" in inside("dose", "testdrug", "--for", "gout", *lib).err
    of_kidney = " ".join(inside("dose", "testdrug", "--age", "50", "--egfr", "20", *lib).out.split())
    assert "It may not be effective in renal failure" in of_kidney
    assert "“Renal harm" not in of_kidney


def test_the_patients_disease_is_one_that_it_is_a_kind_of() -> None:
    usage = "- Metastatic breast cancer.\n- Osteoporosis."
    dosage = (
        "- **Metastatic Breast Cancer:** For patients with breast cancer, give 20 mg daily.\n"
        "- **Osteoporosis:** 5 mg daily."
    )
    assert named(dosage, usage, "metastatic breast cancer") == ["For patients with breast cancer, give 20 mg daily."]


@pytest.mark.parametrize(
    ("group", "applies"),
    [
        ("Patients taking valproate", True),
        ("Patients NOT TAKING phenytoin, primidone,[b] or valproate[a]", False),
        ("Patients taking phenytoin and not taking valproate", False),
        ("Patients taking phenytoin without valproate", False),
        ("Patients with and without valproate", True),
        ("Patients on phenytoin, with/without valproate", True),
        ("Patients whether or not taking valproate", True),
    ],
)
def test_who_does_not_take_a_drug_is_left_out_where_it_is_taken(group: str, applies: bool) -> None:
    found = of(f"- **{group}:** 25 mg daily.\n- **Patients on valproate:** 10 mg daily.", population="valproate")
    assert [kept for _, kept, _ in found] == [applies, True]


def test_a_child_is_told_that_the_use_is_for_adults(tmp_path: Path, inside: Cli) -> None:
    usage = "For recurrent tachycardia in adults who have not responded to others.\n\nRecurrent flutter."
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n{usage}\n\n## Dosage\n\nGive 200 mg once daily.\n"
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    lib = "--monographs", str(tmp_path)
    for asked in (["--for", "flutter"], []):
        assert "in adults who have not responded" in inside("dose", "testdrug", "--age", "8", *asked, *lib).out
    assert "in adults who have" not in inside("dose", "testdrug", "--age", "50", *lib).out


def test_what_is_said_of_a_dose_is_never_only_among_what_is_not_shown(tmp_path: Path, inside: Cli) -> None:
    caps = "\n\n".join(f"- Before dose {number}: check the line, the site and the pump again." for number in range(40))
    dosage = f"{caps}\n\nThe maximum total loading dose is 40 mg/kg.\n\nGive 20 mg/kg once."
    text = f"---\ntitle: Testdrug\n---\n## Usage\n\n- Seizures.\n\n## Dosage\n\n{dosage}\n"
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    ran = inside("dose", "testdrug", "--for", "seizures", "--monographs", str(tmp_path))
    assert "40 mg/kg" in ran.out
    assert "Not shown" in ran.out


def test_a_dose_for_a_genotype_is_no_dose_of_whoever_was_not_asked_about() -> None:
    dosage = "- Give 5 mg daily.\n- **Dose by Genotype:**\n  - **VKORC1 AG, CYP2C9 2/3 or 3/3:** 0.5 to 2 mg daily.\n"
    monograph = parse(f"---\ntitle: Testdrug\n---\n## Dosage\n\n### Adults\n\n{dosage}", "testdrug", "testdrug.md")
    selection = apply(lambda: monograph, read_dosing(monograph), Patient.read(age="60"))
    assert [(each.applies, each.specific) for each in selection.rows] == [(True, True), (True, False)]


@pytest.mark.parametrize("age", ["4", "28"])
def test_a_ceiling_for_two_groups_in_one_sentence_is_no_one_group_s(age: str) -> None:
    text = "Daily doses above 30 mg in pediatrics and 40 mg in adults are not recommended."
    for asked in ({"age": age}, {"population": "children"}):
        (found,) = rows_for(f"### ADHD\n\n{text}", "- ADHD", indication="ADHD", **asked)
        assert (found.applies, found.specific) == (True, False)


@pytest.mark.parametrize(("age", "text"), [("30", "in adults, 25 mg daily"), ("8", "and over 6 years, 80 mg daily.")])
def test_a_statement_that_goes_on_with_an_age_is_for_the_children_before_it(age: str, text: str) -> None:
    dosage = "For pruritus: in adults, 25 mg daily; children under 6 years, 50 mg daily; and over 6 years, 80 mg daily."
    found = rows_for(dosage, "- pruritus", indication="pruritus", age=age)
    assert [each.row.text for each in found if each.specific] == [text]
    assert found[-1].row.age == Band(6, False, None, None, "years")


def test_a_dose_for_newborns_stands_before_that_of_an_indication_for_all_children() -> None:
    dosage = (
        "### Pneumonia\n\n#### Birth through 11 Years\n\n- 10 mg/kg every 8 hours.\n\n### Dosage in newborns\n\n"
        "#### Neonates less than 7 days\n\n- 10 mg/kg every 12 hours.\n"
    )
    found = rows_for(dosage, "- Pneumonia", indication="pneumonia", age="5d")
    assert [(each.row.text, each.applies, each.specific) for each in found] == [
        ("10 mg/kg every 8 hours.", True, False),
        ("10 mg/kg every 12 hours.", True, True),
    ]


def test_a_route_beside_another_word_is_no_part_of_a_condition_s_name() -> None:
    dosage = (
        "- **Vaginal Candidiasis:** 150 mg for vaginal candidiasis as one oral dose.\n- **Oral Candidiasis:** 100 mg."
    )
    assert named(dosage, "- Vaginal candidiasis.\n- Oral candidiasis.", "oropharyngeal candidiasis") == ["100 mg."]


def test_whom_a_statement_excepts_is_not_whom_it_is_for() -> None:
    dosage = (
        "Give it over a period of 30 minutes, except in neonates where administration over 60 minutes is recommended."
        " In patients other than neonates, 2 g may be given after calcium."
    )
    adult, newborn = ([(each.applies, each.reason) for each in rows_for(dosage, age=age)] for age in ("40", "5d"))
    assert adult[0] == newborn[0] == (True, None)
    assert adult[1][0]


def test_a_reduction_for_kidneys_gives_way_to_the_one_beside_it_for_a_drug_taken_too() -> None:
    dosage = (
        "### Renal impairment\n\n- **Severe (CrCl below 30 mL/min):** Reduce the dose by 50%.\n"
        "- **Severe (CrCl below 30 mL/min), taking ritonavir:** Reduce the dose by 75%."
    )
    found = rows_for(dosage, crcl="25", population="ritonavir")
    assert [(each.applies, each.specific) for each in found] == [(True, False), (True, True)]
    assert [each.specific for each in rows_for(dosage, crcl="25")] == [True, False]


def test_doses_under_a_title_of_healthy_kidneys_are_for_whom_nothing_was_said_of_theirs() -> None:
    dosage = (
        "### Patients with Normal Renal Function\n\n- **Pediatric Patients:** 6 mg/kg/day.\n- **Adults:** 3 mg/kg/day."
    )
    assert [each.specific for each in rows_for(dosage, age="8")] == [True, False]
    with pytest.raises(NotFound, match="No row"):
        rows_for(dosage, age="8", crcl="20")


def test_a_drug_that_is_taken_too_is_in_the_rows_for_its_role(inside: Cli, tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n- **Adults:** 10 mg daily.\n"
        "- **With a strong CYP3A4 inhibitor:** 5 mg daily.\n- **With a moderate CYP3A4 inhibitor:** 8 mg daily.\n"
        "- **With a moderate CYP3A4 inhibitor and a strong CYP2C19 inhibitor:** 2 mg daily.\n",
        "utf-8",
    )
    for name, strengths in (("strongazole", ["strong"]), ("mildazole", ["moderate"]), ("both", ["strong", "moderate"])):
        roles = ", ".join(f"{each} CYP3A4 inhibitor" for each in strengths)
        text = f"---\ntitle: {name.title()}\nroles: [{roles}]\n---\n## Usage\n\n- Mycoses.\n"
        (tmp_path / f"{name}.md").write_text(text, "utf-8")

    def specific(name: str) -> list[str]:
        ran = inside("dose", "testdrug", "--population", name, "--monographs", str(tmp_path), "--json")
        return [row["text"] for row in json.loads(ran.out).get("rows", ()) if row["specific"]]

    assert specific("strongazole") == ["5 mg daily."]
    assert specific("mildazole") == ["8 mg daily."]
    assert specific("both") == []


def test_what_a_label_says_to_do_about_another_drug_is_quoted_with_the_row_that_names_it(
    inside: Cli, tmp_path: Path
) -> None:
    rows = (
        ("Monoamine Oxidase Inhibitors", ""),
        ("Clinical Impact:", "Serotonin syndrome."),
        ("Intervention:", "Its use is not recommended for 14 days after such a drug."),
        ("Examples:", "Phenelzine, tranylcypromine"),
        ("Anticholinergics", ""),
        ("Clinical Impact:", "Constipation."),
        ("Intervention:", "Not recommended in ileus."),
    )
    table = "\n".join(f"| {label} | {text} |" for label, text in rows)
    text = "---\ntitle: Testdrug\n---\n## Dosage\n\n- **Adults:** 10 mg daily.\n\n## Drug Interactions\n\n"
    (tmp_path / "testdrug.md").write_text(f"{text}|  |  |\n|---|---|\n{table}\n", "utf-8")
    ran = inside("dose", "testdrug", "--population", "phenelzine", "--monographs", str(tmp_path), "--json")
    (quoted,) = json.loads(ran.out)["limits"]
    assert "not recommended for 14 days after such a drug" in quoted
    assert "Serotonin syndrome" in ran.out
    assert "ileus" not in ran.out


@pytest.mark.parametrize(
    "title", ["Switching from Otherine", "2.5 Safe Reduction or Discontinuation", "Missed Doses", "Conversion to Oral"]
)
def test_how_a_treatment_ends_or_changes_is_not_the_patients_dose(inside: Cli, tmp_path: Path, title: str) -> None:
    text = f"---\ntitle: Testdrug\n---\n## Dosage\n\n### Adults\n\n10 mg daily.\n\n### {title}\n\nGive 2 mg daily.\n"
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    ran = inside("dose", "testdrug", "--age", "40", "--weight", "70", "--monographs", str(tmp_path), "--json")
    assert [(row["text"], row["specific"]) for row in json.loads(ran.out)["rows"]] == [
        ("10 mg daily.", True),
        ("Give 2 mg daily.", False),
    ]


def test_a_dose_for_the_kidney_and_a_drug_keeps_its_place_beside_the_indications(inside: Cli, tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n"
        "| Indication | Kidney function | Dose |\n|---|---|---|\n"
        "| Stroke prevention | CrCl above 30 mL/min | 150 mg twice daily |\n"
        "|  | CrCl 30 to 50 mL/min with ketoconazole | Reduce to 75 mg twice daily. |\n\n"
        "### Conversion from Warfarin\n\nFor CrCl 30 to 50 mL/min, give 110 mg.\n",
        "utf-8",
    )
    asked = "--for", "stroke prevention", "--crcl", "40", "--population", "ketoconazole"
    ran = inside("dose", "testdrug", *asked, "--monographs", str(tmp_path), "--json")
    specific = [row["text"] for row in json.loads(ran.out)["rows"] if row["specific"]]
    assert "Reduce to 75 mg twice daily." in specific
    assert not any("110 mg" in text for text in specific)


def test_a_dose_in_the_line_that_names_the_indication_takes_the_place_of_others(inside: Cli, tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n### Adults\n\nGive 500 mg intravenously every 6 hours.\n\n"
        "### Oral Administration\n\nBy mouth it treats colitis caused by C. difficile. Give 125 mg four times a day.\n",
        "utf-8",
    )
    ran = inside("dose", "testdrug", "--for", "colitis", "--age", "45", "--monographs", str(tmp_path), "--json")
    rows = json.loads(ran.out)["rows"]
    assert [row["dose"]["text"] for row in rows if row["specific"] and row["dose"]] == ["125 mg"]
    assert any(row["dose"] and row["dose"]["text"] == "500 mg" for row in rows)


def test_a_line_for_others_takes_no_dose_s_place(inside: Cli, tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n### Adults\n\nFor seizures, give 1.5 mg daily.\n\n"
        "### Children\n\nGive 0.01 mg/kg daily.\n",
        "utf-8",
    )
    ran = inside("dose", "testdrug", "--for", "seizures", "--age", "7", "--monographs", str(tmp_path), "--json")
    assert [row["text"] for row in json.loads(ran.out)["rows"] if row["specific"]] == ["Give 0.01 mg/kg daily."]


@pytest.mark.parametrize(
    ("dosage", "filters", "expected"),
    [
        (
            "### Special Patient Populations\n\nReduce the dose to 5 mg daily in patients with hepatic disease.",
            {"hepatic": "severe"},
            ["Reduce the dose to 5 mg daily in patients with hepatic disease."],
        ),
        (
            "The usual dose is 80 mg. 40 mg daily may do in patients who respond more (e.g., decreased hepatic "
            "function, elderly).",
            {"hepatic": "mild"},
            ["40 mg daily may do in patients who respond more (e.g., decreased hepatic function, elderly)."],
        ),
        (
            "- **Newborns:**\n    - Contraindicated in newborns up to 28 days if they need calcium.\n"
            "    - Give 25 mg/kg in 60 minutes.",
            {"age": "10d"},
            ["Contraindicated in newborns up to 28 days if they need calcium.", "Give 25 mg/kg in 60 minutes."],
        ),
        (
            "Infants and Newborns 7.5 mg/kg/day. Newborns One Week of Age or Less 5 mg/kg/day.",
            {"age": "3d"},
            ["Newborns One Week of Age or Less 5 mg/kg/day."],
        ),
        (
            "- **Children:** Up to 10 years of age or 30 kg, 2 mg daily.",
            {"age": "15"},
            [],
        ),
    ],
)
def test_whose_dose_words_and_figures_make_it(dosage: str, filters: dict[str, str], expected: list[str]) -> None:
    assert specific(dosage, **filters) == expected


def test_the_dose_before_the_one_for_children_is_not_a_childs() -> None:
    text = "After each dialysis 1 to 2 mg/kg is recommended. In children, a dose of 3 mg/kg may be given."
    assert specific(text, population="dialysis", age="9") == []
    assert specific(text, population="dialysis", age="40") == ["After each dialysis 1 to 2 mg/kg is recommended."]


def test_what_is_given_after_dialysis_is_nobodys_who_was_not_said_to_be_on_it() -> None:
    text = (
        "### Elderly Patients or Patients with Renal Impairment\n\nStart with 5 mg daily. Patients on hemodialysis "
        "should be given 2 mg after each dialysis."
    )
    assert specific(text, age="70") == ["Start with 5 mg daily."]
    assert any("after each dialysis" in each for each in specific(text, population="hemodialysis"))


def test_the_adult_dose_that_children_get_is_shown() -> None:
    text = (
        "- **Adults:** 200 mg daily.\n"
        "- **Children:** Over 45 kg, the usual adult dose should be used. Below that, 4 mg/kg daily."
    )
    assert [kept for words, kept, _ in of(text, age="12", weight="50") if "200 mg" in words] == [True]


def test_a_later_part_of_a_sentence_is_for_the_disease_of_the_first() -> None:
    text = (
        "For children with less severe disease, 4 mg/kg on the first day, followed by a dose of 2 mg/kg.\n\n"
        "- **Malaria:** In children 3 mg/kg daily."
    )
    assert specific(text, indication="malaria", age="12") == ["In children 3 mg/kg daily."]


def test_a_drug_is_taken_or_only_named(inside: Cli, tmp_path: Path) -> None:
    text = (
        "---\ntitle: Testdrug\n---\n## Dosage\n\n- **Adults:** 10 mg daily.\n- **With clarithromycin:** 5 mg daily.\n"
    )
    (tmp_path / "testdrug.md").write_text(text, "utf-8")
    for asked in ("clarithromycin", "taking clarithromycin", "on clarithromycin"):
        ran = inside("dose", "testdrug", "--population", asked, "--monographs", str(tmp_path), "--json")
        assert [row["text"] for row in json.loads(ran.out)["rows"] if row["specific"]] == ["5 mg daily."]


def test_a_title_of_people_with_another_disease_besides_is_not_marked(inside: Cli, tmp_path: Path) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n### Hypertension\n\nGive 50 mg daily.\n\n"
        "### Hypertensive Patients with Heart Failure\n\nGive 12.5 mg daily.\n",
        "utf-8",
    )
    asked = "dose", "testdrug", "--monographs", str(tmp_path), "--json"

    def specific(*patient: str) -> list[str]:
        return [row["text"] for row in json.loads(inside(*asked, *patient).out)["rows"] if row["specific"]]

    assert specific("--for", "hypertension", "--age", "50") == ["Give 50 mg daily."]
    assert specific("--for", "heart failure", "--age", "50") == ["Give 12.5 mg daily."]


def test_an_organ_after_children_in_one_line_may_be_everybody_s() -> None:
    dosage = (
        "**Pediatric Patients:** Children weighing less than 45 kg should receive 2.2 mg/kg every 12 hours. No change "
        "of the dose is needed in patients with renal impairment.\n"
    )
    monograph, regimens = regimens_of(dosage)
    given = Patient.read(age="58", crcl="20")
    children, kidney = apply(lambda: monograph, regimens, given, passages=True).rows
    assert not children.applies
    assert kidney.applies
    assert "Pediatric Patients" in (kidney.reason or "")


def test_whoever_is_of_a_list_of_groups_is_meant_at_any_age() -> None:
    dosage = (
        "### Elderly Patients or Patients with Renal Impairment\n\n"
        "| Creatinine clearance (mL/min) | Maximum dose |\n|---|---|\n| 15 to 35 | 50 mg daily |\n"
        "| <15 | 25 mg daily |\n\nPatients on hemodialysis should be given 25 mg after each dialysis.\n"
    )
    by_kidney = rows_for(dosage, age="40", crcl="12")
    assert [each.specific for each in by_kidney] == [False, True, False]
    assert rows_for(dosage, age="40", population="hemodialysis")[-1].specific
    assert rows_for(dosage, age="63", population="hemodialysis")[-1].specific


@pytest.mark.parametrize(
    ("text", "age", "is_told"),
    [
        ("The chance of bleeding is higher if you are age 60 or older.", "68", True),
        ("People over 60 are at greater risk.", "68", True),
        ("Use caution in patients greater than 65 years of age.", "78", True),
        ("Not recommended in patients over 75 years.", "78", True),
        ("Not recommended in patients over 75 years.", "40", False),
        ("Not recommended under 12 years of age.", "8", True),
    ],
)
def test_warnings_that_give_the_age_in_figures_are_quoted(
    inside: Cli, tmp_path: Path, text: str, age: str, is_told: bool
) -> None:
    (tmp_path / "testdrug.md").write_text(
        f"---\ntitle: Testdrug\n---\n## Dosage\n\nThe dose is 5 mg daily.\n\n## Precautions\n\n- Bleeding.\n- {text}\n",
        "utf-8",
    )
    page = inside("dose", "testdrug", "--age", age, "--monographs", str(tmp_path)).out
    assert (text in " ".join(page.split())) is is_told


RENAL_TABLE = (
    "### Dosage in Patients with Renal Impairment\n\n"
    "Table 2 Dosage in Adults with Renal Impairment or End-Stage Renal Disease (ESRD) on Dialysis\n\n"
    "| Renal impairment (creatinine clearance) | Dose |\n|---|---|\n| Mild (>60 to 90 mL/minute) | 75 mg once daily |\n"
    "| Moderate (>30 to 60 mL/minute) | 30 mg once daily |\n| ESRD patients on hemodialysis | 30 mg once |\n"
)


@pytest.mark.parametrize("asked", ["ESRD", "end-stage renal disease", "stage 5 CKD", "hemodialysis"])
def test_no_dose_of_working_kidneys_is_for_those_whose_kidneys_have_failed(asked: str) -> None:
    found = rows_for(RENAL_TABLE, population=asked)
    assert [(each.applies, each.specific) for each in found] == [(False, False), (False, False), (True, True)]


def test_a_caption_that_lists_kidney_failure_does_not_make_all_rows_of_its_table_for_it() -> None:
    assert not any(each.specific for each in rows_for(RENAL_TABLE, population="kidney failure")[:2])


def test_the_people_after_a_ceiling_are_not_those_of_the_dose_before_it() -> None:
    dosage = (
        "### Infants and Children\n\nThe usual dosage is 1 to 2 mg/kg per day, not to exceed 37.5 mg per day in "
        "infants up to 2 years of age or 100 mg per day in children 2 to 12 years of age.\n"
    )
    for age, applies in (("4mo", [True, False]), ("8", [True, True])):
        assert [each.applies for each in rows_for(dosage, age=age)] == applies
    (row,) = rows_for("Give 10 mg daily, not to exceed 20 mg daily in the elderly.", age="40")
    assert row.applies


def test_impaired_kidneys_under_a_heading_for_normal_ones_are_impaired() -> None:
    dosage = (
        "### Patients with Normal Renal Function\n\n#### Adults\n\nThe usual dose is 2 g daily.\n\n"
        "#### Patients with Impaired Renal Function\n\nThe dose must be adjusted. "
        "In severe impairment give 250 mg daily.\n"
    )
    assert [each.applies for each in rows_for(dosage, crcl="20", age="50")] == [False, True, True]


@pytest.mark.parametrize(
    ("population", "words"),
    [
        ("recent myocardial infarction", "acute recovery period after myocardial infarction"),
        ("history of DVT", "Active DVT"),
        ("severe glaucoma", "with narrow-angle glaucoma"),
        ("elective surgery", "before surgery"),
        ("reactive airway disease", "in asthma"),
        ("seizure disorder", "lower the threshold for convulsions"),
    ],
)
def test_when_and_how_badly_somebody_has_a_disease_may_be_said_otherwise(
    inside: Cli, tmp_path: Path, population: str, words: str
) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Contraindications\n\n- The acute recovery period after myocardial infarction.\n"
        "- Active DVT, PE.\n- Patients with narrow-angle glaucoma.\n\n## Dosage\n\nThe dose is 5 mg daily.\n\n"
        "## Precautions\n\n- Discontinue it before surgery.\n- Use with caution in asthma.\n"
        "- It may lower the threshold for convulsions; use with caution in epilepsy.\n",
        "utf-8",
    )
    page = inside("dose", "testdrug", "--population", population, "--monographs", str(tmp_path)).out
    assert words in " ".join(page.split())


@pytest.mark.parametrize(
    ("uses", "age", "words"),
    [
        (
            "Testdrug is recommended for adults only. It should not be given for longer than 12 weeks.",
            "7",
            "adults only",
        ),
        (
            "- Treatment of asthma in patients aged 4 years and older.\n- LABA increase the risk of asthma-related "
            "hospitalization in pediatric patients.",
            "3",
            "aged 4 years and older",
        ),
    ],
)
def test_for_whom_the_uses_are_is_quoted_where_no_dose_is_the_patient_s(
    inside: Cli, tmp_path: Path, uses: str, age: str, words: str
) -> None:
    (tmp_path / "testdrug.md").write_text(
        f"---\ntitle: Testdrug\n---\n## Usage\n\n{uses}\n\n## Dosage\n\n- **Asthma:** 5 mg daily.\n", "utf-8"
    )
    page = inside("dose", "testdrug", "--age", age, "--for", "asthma", "--monographs", str(tmp_path))
    assert words in " ".join(f"{page.out} {page.err}".split())


@pytest.mark.parametrize("asked", ["over 75", "aged 80 years", "75 years and older", ">70 years", "elderly"])
def test_an_age_in_figures_as_a_population_is_the_elderly(asked: str) -> None:
    found = rows_for("- **Adults:** 10 mg daily.\n- **Elderly:** 5 mg daily.\n", population=asked)
    assert [each.specific for each in found] == [False, True]


def test_a_caption_for_normal_and_impaired_kidneys_makes_no_dialysis_normal() -> None:
    dosage = (
        "### Dosage in Adults With Renal Impairment\n\n"
        "Table 1: Dosage in Patients with Normal Renal Function and Renal Impairment\n\n"
        "| Creatinine clearance, mL/min | Dose |\n|---|---|\n| Greater than 40 mL/min | 3 g every 6 hours |\n"
        "| Hemodialysis | 2 g every 12 hours |\n"
    )
    assert [each.specific for each in rows_for(dosage, crcl="95")] == [True, False]
    assert [each.specific for each in rows_for(dosage, crcl="8", population="hemodialysis")] == [False, True]


def test_a_share_of_what_others_get_is_for_those_of_the_statement() -> None:
    text = (
        "In patients with severe hepatic impairment, the dosage should be reduced to one-half of that recommended for "
        "patients with normal hepatic function."
    )
    (row,) = rows_for(text, hepatic="severe")
    assert row.specific
    with pytest.raises(NotFound):
        rows_for(text, hepatic="mild")


@pytest.mark.parametrize("drug", ["propranolol", "Inderal"])
def test_a_drug_is_the_one_that_rows_name_by_whatever_name(inside: Cli, tmp_path: Path, drug: str) -> None:
    (tmp_path / "testdrug.md").write_text(
        "---\ntitle: Testdrug\n---\n## Dosage\n\n"
        "- **Adults:** 10 mg once. In adults taking propranolol, give 5 mg once.\n\n"
        "## Precautions\n\n- Avoid clopidogrel.\n",
        "utf-8",
    )
    lib = "--monographs", str(tmp_path)
    found = json.loads(inside("dose", "testdrug", "--population", drug, "--age", "40", "--json", *lib).out)["rows"]
    assert [row["specific"] for row in found][-1]
    for name in ("clopidogrel", "Plavix"):
        page = inside("dose", "testdrug", "--population", name, "--age", "40", *lib).out
        assert "Avoid clopidogrel" in page


def test_if_used_together_is_of_the_drug_that_the_label_names() -> None:
    table = "| Drug | Dosage |\n|---|---|\n| Gemfibrozil | If used concomitantly, initiate at 5 mg once daily. |\n"
    (row,) = rows_for(table, population="gemfibrozil")
    assert row.specific


def test_what_must_not_be_used_until_a_weight_is_reached_is_for_those_below_it() -> None:
    text = "The 250 mg tablet should not be used until the child weighs at least 40 kg. Give children 5 mg/kg daily."
    assert all(each.applies for each in rows_for(text, age="8", weight="17"))
    assert [each.applies for each in rows_for(text, age="12", weight="45")] == [False, True]
    (row, *_) = rows_for("Do not use unless CrCl is above 30 mL/min. The dose is 5 mg daily.", crcl="20")
    assert row.applies


def test_a_dose_for_children_from_an_age_on_is_open_for_adults_who_have_none() -> None:
    text = "In children 6 years of age and older, start with 5 mg once daily."
    (row,) = rows_for(text, age="28")
    assert (row.applies, row.specific) == (True, False)
    assert [each.applies for each in rows_for(f"- **Adults:** 10 mg daily.\n- {text}", age="28")] == [True, False]
