"""What people type and records send, and what it must come to; the rule is in the last column."""

from __future__ import annotations

import pytest

from druginfo.names import fold
from druginfo.names.matching import Named, NameList, Resolution, resolve

TITLES = {
    "Sildenafil": ("Viagra",),
    "Lisdexamfetamine": ("Vyvanse",),
    "Ibuprofen": (),
    "Aspirin": (),
    "Albuterol": (),
    "Metformin": ("Glucophage",),
    "Apixaban": (),
    "Duloxetine": (),
    "Esomeprazole": ("Nexium",),
    "Gabapentin": ("Neurontin",),
    "Warfarin": ("Coumadin",),
    "Tacrolimus": (),
    "Prednisone": (),
    "Metoprolol": ("Toprol-XL",),
    "Voriconazole": (),
    "Amlodipine": (),
    "Nevirapine": (),
    "Amoxicillin": (),
    "Acetaminophen": ("Tylenol",),
    "Antihemophilic factor (VIII)": (),
    "Edetate disodium": (),
    "Amphotericin B": (),
    "Methylprednisolone": (),
    "Mycophenolate mofetil": (),
    "Mycophenolic acid": (),
    "Insulin lispro": (),
    "Insulin aspart": (),
    "Olanzapine": (),
}
LIBRARY = NameList(
    Named(fold(name), name, field, title.lower(), title)  # type: ignore[arg-type]
    for title, brands in TITLES.items()
    for name, field in ((title, "title"), *((brand, "brand") for brand in brands))
)


def ask(query: str) -> Resolution:
    return resolve(query, LIBRARY, explain=True)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("viarga", "Sildenafil"),
        ("vyvasne", "Lisdexamfetamine"),
        ("ibupofren", "Ibuprofen"),
        ("metoformin", "Metformin"),
        ("apirin", "Aspirin"),
        ("abuterol", "Albuterol"),
        ("nurofen", "Ibuprofen"),
        ("ecosprin", "Aspirin"),
        ("glycomet", "Metformin"),
        ("Apo-Apixaban", "Apixaban"),
        ("APO-METFORMIN", "Metformin"),
        ("ACH-Duloxetine", "Duloxetine"),
        ("esomeprazole (Nexium)", "Esomeprazole"),
        ("esomeprazole [Nexium]", "Esomeprazole"),
        ("Nexium (esomeprazole)", "Esomeprazole"),
        ("gabapentin 100 MG Oral Capsule [Neurontin]", "Gabapentin"),
        ("warfarin (Marevan)", "Warfarin"),
        ("prednisone 5 MG Oral Tablet [Rayos]", "Prednisone"),
        ("tacrolimus 1mg q12h", "Tacrolimus"),
        ("Prednisone 10 mg po daily x 5 days", "Prednisone"),
        ("24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]", "Metoprolol"),
        ("nevirapine (NVP)", "Nevirapine"),
    ],
)
def test_opens(query: str, title: str) -> None:
    found = ask(query)
    assert found.match is not None, found.message
    assert found.match.title == title


@pytest.mark.parametrize(
    ("query", "known_as"),
    [
        ("telmisarten", "Telmisartan"),
        ("seretide", "Fluticasone and salmeterol"),
        ("trulicity", "Dulaglutide"),
        ("voltarol", "Diclofenac"),
        ("clonazapam", "Clonazepam"),
        ("veletri", "Epoprostenol"),
        ("edetate calcium disodium", "Edetate calcium disodium"),
        ("ambisome", "Amphotericin B liposomal"),
        ("depo-medrol", "Methylprednisolone acetate depot"),
        ("insulin lispro protamine", "Insulin lispro protamine"),
        ("insulin aspart protamine", "Insulin aspart protamine"),
        ("olanzapine pamoate", "Olanzapine pamoate"),
        ("tylenol 3", "Acetaminophen and codeine"),
        ("telmapitant", "Telmapitant"),
    ],
)
def test_is_a_drug_that_the_library_lacks(query: str, known_as: str) -> None:
    found = ask(query)
    assert (found.status, found.known_as) == ("absent", known_as)


@pytest.mark.parametrize(
    "query",
    [
        "voriconazole vision",
        "amlodipine peak",
        "warfarin aspirin",
        "insulin lispro protamine and insulin lispro",
        "amoxicillin 875-125 mg",
        "amoxicillin 875 mg/125 mg",
        "amlodipine 5/320/25 mg",
        "metformin 1000 mg/5 mg",
        "factor VIIa",
        "factor VIIII",
        "diabetes",
        "aspirin 81 mg daily and metformin 500 mg daily",
        "warfarin 5 mg [Glucophage]",
        "лизиноприл",
        "take 1 tablet by mouth daily",
        "nitrofenn",
    ],
)
def test_opens_nothing(query: str) -> None:
    assert ask(query).match is None


@pytest.mark.parametrize("query", ["warfarin aspirin", "amlodipine peak", "voriconazole vision", "warfarin, metformin"])
def test_is_a_combination_is_said_only_of_a_product(query: str) -> None:
    assert "combination" not in ask(query).message


def test_two_drugs_point_to_what_is_said_of_each_other() -> None:
    found = ask("warfarin aspirin")
    assert found.status == "ambiguous"
    assert "`druginfo interactions warfarin aspirin`" in found.message


def test_a_stem_of_two_products_asks() -> None:
    found = ask("mycophenolate")
    assert found.status == "ambiguous"
    assert {each.title for each in found.candidates} == {"Mycophenolate mofetil", "Mycophenolic acid"}


def test_a_family_lists_what_is_in_use_and_says_how_many_more() -> None:
    found = ask("insulin")
    assert found.status == "ambiguous"
    assert [each.title for each in found.candidates[:2]] == ["Insulin aspart", "Insulin lispro"]
    assert " more)." in found.message


def test_a_name_of_two_countries_shows_both() -> None:
    found = ask("telma")
    assert (found.status, found.match) == ("absent", None)
    assert "Telmisartan (India)" in found.message
    assert "Temozolomide (Brazil)" in found.message


def test_what_was_never_marketed_is_said_to_be_so() -> None:
    assert "never marketed as far as known" in ask("telmapitant").message


def test_a_slip_is_recognised_as_what_it_was_read() -> None:
    assert ask("clonazapam").message.startswith("Read “clonazapam” as Clonazepam.")


def test_what_was_read_is_in_the_match() -> None:
    match = ask("metoprolol succ ER 50 mg PO BID x 5 days, #30").match
    assert match is not None
    assert (match.title, match.read_as) == ("Metoprolol", "metoprolol")
    match = ask("T. Ecosprin 75 OD").match
    assert match is not None
    assert (match.title, match.read_as) == ("Aspirin", "Ecosprin")


def test_nothing_is_suggested_that_no_slip_can_be() -> None:
    found = ask("xyzzyplugh")
    assert found.candidates == ()
    assert "druginfo search" in found.message


@pytest.mark.slow
def test_a_real_list_takes_no_more_than_moments() -> None:
    lines = [f"{title} {number} mg PO BID" for title in TITLES for number in range(1, 60)]
    assert all(resolve(line, LIBRARY).match for line in lines if "factor" not in line)


FAMILY = {
    "Insulin lispro": ("Humalog", "Admelog"),
    "Insulin aspart": ("NovoLog", "NovoRapid"),
    "Insulin human": ("Humulin R", "Novolin R"),
    "Losartan": ("Cozaar",),
    "Enalapril": ("Renitec",),
    "Ibuprofen": ("Motrin",),
    "Acetaminophen": ("Panadol", "Tylenol"),
    "Telmisartan": ("Telma", "Micardis"),
    "Olmesartan": (),
    "Levocetirizine": ("Xyzal",),
    "Lisinopril": (),
    "Irbesartan": (),
    "Fexofenadine": ("Telfast",),
    "Morphine": (),
    "Magnesium sulfate": (),
    "Methotrexate": (),
    "Potassium chloride": (),
    "Hydrochlorothiazide": (),
    "Aspirin": (),
}
FAMILIES = NameList(
    Named(fold(name), name, field, title.lower(), title)  # type: ignore[arg-type]
    for title, brands in FAMILY.items()
    for name, field in ((title, "title"), *((brand, "brand") for brand in brands))
)
LISPRO, ASPART, HUMAN = (
    "Insulin lispro and insulin lispro protamine",
    "Insulin aspart and insulin aspart protamine",
    "Insulin human and insulin isophane",
)


@pytest.mark.parametrize(
    ("query", "known_as"),
    [
        ("Humalog Mix", LISPRO),
        ("Humalog Mix75/25 KwikPen", LISPRO),
        ("Humalog 50/50", LISPRO),
        ("insulin lispro 75/25", LISPRO),
        ("insulin lispro protamine/insulin lispro", LISPRO),
        ("NovoMix 30 FlexPen 100 units/ml", ASPART),
        ("NovoLog 70/30", ASPART),
        ("biphasic insulin aspart", ASPART),
        ("Ryzodeg", "Insulin aspart and insulin degludec"),
        ("IDegAsp", "Insulin aspart and insulin degludec"),
        ("Novolin 70/30", HUMAN),
        ("Humulin M3", HUMAN),
        ("Insuman Comb 25", HUMAN),
        ("Mixtard 30/70 20U-0-14U S/C", HUMAN),
        ("insulin human 70/30", HUMAN),
        ("Humulin N", "Insulin isophane"),
        ("Monotard", "Insulin zinc"),
    ],
)
def test_a_premixed_insulin_is_not_the_quick_one_in_it(query: str, known_as: str) -> None:
    found = resolve(query, FAMILIES)
    assert (found.match, found.known_as) == (None, known_as)


def test_a_brand_of_three_insulins_asks_which() -> None:
    """Humulin R, Humulin N and Humulin 70/30."""
    found = resolve("Humulin", FAMILIES)
    assert found.status == "ambiguous"
    assert "Insulin isophane" in found.message


@pytest.mark.parametrize(
    "query",
    [
        *("Cozaar Comp", "Losartan comp", "Enalapril comp 20", "Renitec plus", "enalapril 20 plus", "Micardis Duo"),
        *("Motrin PM", "Ibuprofen PM", "Panadol Night", "Telma CT", "Telma AM", "Olmesartan AM", "Xyzal M"),
        *(
            "Losartan A",
            "Ibuprofen L",
            "Tylenol Allergy",
            "Panadol up",
            "Co-Irbesartan",
            "CoIrbesartan",
            "Co-Lisinopril",
            "losartanhct",
            "Losartan 50 HCT 12.5",
        ),
        *("Panadol Cold & Flu", "Tylenol Sinus", "Panadol Forte", "Humalog Plus"),
    ],
)
def test_what_makes_another_medicine_of_a_name_never_opens_the_plain_one(query: str) -> None:
    found = resolve(query, FAMILIES)
    assert found.match is None
    assert found.status in ("absent", "not_found")


@pytest.mark.parametrize(
    ("query", "known_as"),
    [
        ("Losartan HCT", "Hydrochlorothiazide and losartan"),
        ("Apo-Lisinopril HCTZ", "Hydrochlorothiazide and lisinopril"),
        ("losartan 50 mg HCT 12.5 mg", "Hydrochlorothiazide and losartan"),
        ("sitagliptin met", "Metformin and sitagliptin"),
        ("Claritin D 24 hour", "Loratadine and pseudoephedrine"),
    ],
)
def test_an_ingredient_in_short_is_one(query: str, known_as: str) -> None:
    assert resolve(query, FAMILIES).known_as == known_as


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("losartan 50 mg pm", "Losartan"),
        ("losartan at night", "Losartan"),
        ("losartan 50 mg am and pm", "Losartan"),
        ("Enalapril 10 mg 1 comp cada 12 h", "Enalapril"),
        ("Motrin IB", "Ibuprofen"),
        ("acetaminophen 500 mg prn pain", "Acetaminophen"),
        ("Telfast 180 max 1 tab daily", "Fexofenadine"),
    ],
)
def test_the_same_words_are_directions_elsewhere(query: str, title: str) -> None:
    match = resolve(query, FAMILIES).match
    assert match is not None
    assert match.title == title


@pytest.mark.parametrize(
    "query",
    ["MSO4", "MgSO4 2 g IV", "MS", "MTX 15 mg weekly", "K+", "HCT", "T3", "AZT", "TAC", "dex 4 mg", "pred", "oxy 5 mg"],
)
def test_an_error_prone_abbreviation_opens_nothing_and_says_why(query: str) -> None:
    """ISMP's list of error-prone abbreviations: MSO4 has been read as magnesium sulfate."""
    found = resolve(query, FAMILIES)
    assert found.match is None
    assert "has been read, for" in found.message


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("TMP/SMX DS", "Sulfamethoxazole and trimethoprim"),
        ("5-FU", "Fluorouracil"),
        ("pip-tazo 4.5 g IV q6h", "Piperacillin and tazobactam"),
        ("KCl 20 mEq", "Potassium chloride"),
        ("HCTZ 25 mg", "Hydrochlorothiazide"),
        ("ASA 81", "Aspirin"),
    ],
)
def test_an_abbreviation_of_one_drug_is_its_name(query: str, meant: str) -> None:
    found = resolve(query, FAMILIES)
    assert meant in (found.known_as, found.match and found.match.title)


def test_two_syllables_joined_by_a_hyphen_are_no_slip_of_one_word() -> None:
    """Pip-Taz is piperacillin and tazobactam, one edit from a brand of pioglitazone."""
    pioglitazone = NameList(
        Named(fold(name), name, field, "pioglitazone", "Pioglitazone")  # type: ignore[arg-type]
        for name, field in (("Pioglitazone", "title"), ("Piotaz", "brand"))
    )
    assert resolve("Pip-Taz 4.5gm TDS", pioglitazone).known_as == "Piperacillin and tazobactam"
    assert resolve("Pio-Tax", pioglitazone).match is None


@pytest.mark.parametrize(
    "query", ["TMP/SMX DS", "SMZ-TMP", "co-trimoxazole", "bactrim 800/160 mg", "cotrimoxazole 960 mg"]
)
def test_a_title_that_joins_two_ingredients_by_a_hyphen_is_a_combination(query: str) -> None:
    title = "Trimethoprim-sulfamethoxazole"
    names = NameList(
        [Named(fold(title), title, "title", "tmp-smx", title), Named("bactrim", "Bactrim", "brand", "tmp-smx", title)]
    )
    match = resolve(query, names).match
    assert match is not None
    assert match.title == title
