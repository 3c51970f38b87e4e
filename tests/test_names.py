"""Folding, and what people write around a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from druginfo.names import fold, ingredients, is_joined, without_dosage
from druginfo.names.lines import complains
from druginfo.names.lines import read as read_line
from druginfo.names.salts import same_moiety, without_misspelled_salt


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Insulin-Glargine®", "insulin glargine"),
        ("Éfavirenz", "EFAVIRENZ"),
        ("ｍｅｔｆｏｒｍｉｎ", "metformin"),
        ("St. John’s wort", "st. john's wort"),
        ("œstradiol", "oestradiol"),
        ("\ufeffmetformin\r", "metformin"),
        ("met\u00adformin", "metformin"),
    ],
)
def test_what_is_written_differently_is_the_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_another_scripts_letter_is_another_letter() -> None:
    assert fold("сodeine") != fold("codeine")


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("metformin 500mg tablets", "metformin"),
        ("tab. warfarin", "warfarin"),
        ("captopril25", "captopril"),
        ("lidocaine2%", "lidocaine"),
        ("inj gentamicin", "gentamicin"),
        ("Inj. Ceftriaxone 1gm IV BD", "Ceftriaxone"),
        ("metformin XR 500", "metformin"),
        ("metformin extended-release tablets", "metformin"),
        ("paracetamol 250 mg/5 ml oral suspension", "paracetamol"),
        ("morphine 10-20 mg", "morphine"),
        ("aspirin 81", "aspirin"),
        ("amoxicillin/clavulanate 500/125 mg", "amoxicillin / clavulanate"),
        ("levodopa + carbidopa 25/100", "levodopa + carbidopa"),
        ("tablets", ""),
        ("metformin (500mg) tablets", "metformin"),
        ("metformin, 500 mg", "metformin"),
        ("Tab Metformin-500", "Metformin"),
        ("T. metformin 500 1-0-1", "metformin"),
        ("Tab. Augmentin 625mg (1-0-1)", "Augmentin"),
        ("1. warfarin", "warfarin"),
        ("• warfarin 5mg.", "warfarin"),
        ("“warfarin”", "warfarin"),
        ("(warfarin)", "warfarin"),
        ("metoprolol retard", "metoprolol"),
    ],
)
def test_dosage_words_are_left_out(query: str, name: str) -> None:
    assert without_dosage(query) == name


@pytest.mark.parametrize(
    "name",
    [
        "vitamin B 12",
        "iodine 131",
        "factor 8",
        "warfarin tree",
        "interferon 2",
        "vitaminb12",
        "omega-3",
        "warfarin/",
    ],
)
def test_a_number_or_word_that_belongs_to_the_name_stays(name: str) -> None:
    assert without_dosage(name) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("amoxicillin/clavulanate", ("amoxicillin", "clavulanate")),
        ("amoxicillin and clavulanic acid", ("amoxicillin", "clavulanic acid")),
        ("levodopa + carbidopa", ("levodopa", "carbidopa")),
        ("candesartan", ("candesartan",)),
        ("humulin 70/30", ("humulin 70/30",)),
    ],
)
def test_ingredients(name: str, parts: tuple[str, ...]) -> None:
    assert ingredients(name) == parts


def test_half_a_combination_is_written_as_one() -> None:
    assert is_joined("amoxicillin/")


@pytest.mark.parametrize(
    ("name", "moiety"),
    [
        ("warfarin sodium", "warfarin"),
        ("sodium valproate", "valproic acid"),
        ("alendronate sodium trihydrate", "alendronic acid"),
        ("methylprednisolone sodium succinate", "methylprednisolone"),
        ("WARFARIN SODIUM", "WARFARIN"),
        ("Levothyroxin Natrium", "Levothyroxin"),
        ("metoprolol succinat", "metoprolol"),
        ("enalapril maleato", "enalapril"),
        ("clorhidrato de metformina", "metformina"),
        ("valproate de sodium", "valproate"),
        ("diclofenaco sódico", "diclofenaco"),
    ],
)
def test_a_salt_is_its_drug(name: str, moiety: str) -> None:
    assert moiety in same_moiety(name)


@pytest.mark.parametrize(
    "name",
    [
        "magnesium sulfate",  # not magnesium hydroxide
        "sodium chloride",
        "potassium citrate",
        "fluticasone furoate",  # not the propionate: other doses
        "haloperidol decanoate",
        "mycophenolate mofetil",
        "aspirin calcium carbonate",  # two drugs
        "phenylbutazone-sodium chloride",
        "omeprazole sodium bicarbonate",
        "Natrium chlorid",
    ],
)
def test_what_is_a_medicine_of_its_own_is_no_salt(name: str) -> None:
    assert list(same_moiety(name)) == []


def test_a_misspelled_salt_is_a_salt() -> None:
    assert without_misspelled_salt("metformin hydrocloride") == "metformin"
    assert without_misspelled_salt("fluticasone furoate") == "fluticasone furoate"


@pytest.mark.parametrize(
    ("line", "strengths"),
    [("metformin 500mg - 2 tabs", 1), ("warfarin 5 mg - 1 tablet", 1), ("enalapril 20mg-12.5mg tabs", 2)],
)
def test_tablets_after_a_strength_are_no_second_strength(line: str, strengths: int) -> None:
    assert read_line(line).strengths == strengths


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("STOPPED: Ramipril 5mg (AKI)", "Ramipril", ()),
        ("Home med: lisinopril 20 mg daily", "lisinopril", ()),
        ("ceftriaxone 1 g in dextrose 5% 50 mL IVPB q24h", "ceftriaxone", ()),
        ("norepinephrine 8 mg in 250 mL dextrose infusion", "norepinephrine", ()),
        ("aspirin 75 mg, warfarin 3 mg", "aspirin", ("warfarin",)),
        ("potassium in warfarin", "potassium", ("warfarin",)),
        ("Humalog Mix25 10 units", "Humalog Mix", ()),
        ("Tamsulosin ret. 0,4 mg 0-0-1", "Tamsulosin", ()),
        ("simvastatin 40 mg nocte + ezetimibe 10 mg od", "simvastatin", ("+ ezetimibe",)),
        ("Naproxen 500mg BD + PPI cover", "Naproxen", ("+ PPI cover",)),
        ("amlodipine 5 MG / benazepril 10 MG Oral Capsule", "amlodipine / benazepril", ()),
        ("budesonide 0.16 MG/ACTUAT / formoterol 0.0045 MG/ACTUAT Inhaler", "budesonide / formoterol", ()),
        ("{7 (metformin hydrochloride 500 MG Oral Tablet) } Pack", "metformin hydrochloride", ()),
        ("Tenormin 50 OD + Tab Amlong 5 OD", "Tenormin", ("+ Amlong",)),
        ("Tab Tenormin 50 OD, Tab Amlong 5 OD", "Tenormin", ("+ Amlong",)),
        ("Kardégic 75 mg 1 sachet/j", "Kardégic", ()),
        ("Salbutamol DA 2 Hübe 1-0-1", "Salbutamol", ()),
    ],
)
def test_labels_and_solvents_are_no_names(line: str, name: str, rest: tuple[str, ...]) -> None:
    read = read_line(line)
    assert (read.name, read.rest) == (name, rest)


def test_an_allergy_is_no_label() -> None:
    assert read_line("Allergy: penicillin").name != "penicillin"


def test_a_dose_from_nothing_is_a_range() -> None:
    assert read_line("insulin lispro 0-12 Units TID").strengths == 1


@pytest.mark.parametrize(
    "line",
    [
        "STOPPED: Ramipril 5 mg (AKI)", "Stop ramipril 5 mg", "STOP - ramipril 5mg", "CHANGED: ramipril 5 mg to 10 mg",
        "On hold: ramipril 5 mg", "ON HOLD ramipril 5 mg", "Withheld: ramipril", "Reduced ramipril 2.5 mg od",
        "Dose increased: ramipril 10 mg", "Increase ramipril to 10 mg", "New - ramipril 5 mg", "Continue ramipril 5 mg",
        "D/C ramipril", "Changed to ramipril 5 mg", "Previously on ramipril 5 mg", "No longer taking: ramipril",
        "?stop ramipril 5 mg", "ramipril 5 mg - on hold", "Ramipril 5 mg STOPPED", "Unchanged ramipril 5 mg",
        "TTO: ramipril",
    ],
)  # fmt: skip
def test_what_became_of_a_drug_is_no_name(line: str) -> None:
    assert read_line(line).name.lower() == "ramipril"


@pytest.mark.parametrize(
    ("line", "strengths"),
    [
        ("insulin aspart 6-8 units", 1), ("insulin glargine 10-12 IU", 1), ("lisinopril-HCTZ 20-25 mg", 2),
        ("amoxicillin 875-125 mg", 2), ("oxycodone 5-10 mg", 1),
    ],
)  # fmt: skip
def test_from_how_many_to_how_many_units(line: str, strengths: int) -> None:
    assert read_line(line).strengths == strengths


@pytest.mark.parametrize(
    ("words", "only"),
    [("pen allergy!", True), ("muscle ache", True), ("for pain", True), ("Toprol", False), ("pain, or Toprol", False)],
)
def test_words_for_a_complaint(words: str, only: bool) -> None:
    assert complains(words) is only


_WORDS_OF_TEXTS = {"application", "click"}
"""Amounts of dosing texts that are English words beside a name."""


def test_every_form_of_dosing_texts_is_one_of_medication_lines() -> None:
    from druginfo.terms import tables
    from druginfo.terms.prescribing import FORMS

    forms = {form.replace("_", "-") for form in tables.FORMS.split()} - _WORDS_OF_TEXTS
    ends = {"gummy": "gummies", "pessary": "pessaries", "suppository": "suppositories", "patch": "patches"}
    several = {ends.get(form, f"{form}s") for form in forms if form not in ("tabs", "caps")}
    assert forms | several <= FORMS
