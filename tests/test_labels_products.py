"""Kits, parts and product names: the monograph is named after its drug, never after what only goes along."""

from __future__ import annotations

import pytest

from druginfo.labels.drugname import DrugName, drug_name
from druginfo.labels.importing import read_xml
from druginfo.labels.label import Refused
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import names_and_date, read_openfda
from druginfo.parse import parse


def ingredient(name: str, kind: str = "ACTIB") -> str:
    moiety = f"<activeMoiety><activeMoiety><name>{name}</name></activeMoiety></activeMoiety>" if kind != "IACT" else ""
    substance = f"<ingredientSubstance><name>{name}</name>{moiety}</ingredientSubstance>"
    return f'<ingredient classCode="{kind}">{substance}</ingredient>'


def part(brand: str, generic: str, ingredients: str) -> str:
    return f"<part><partProduct>{_named(brand, generic)}{ingredients}</partProduct></part>"


def _named(brand: str, generic: str) -> str:
    medicine = f"<genericMedicine><name>{generic}</name></genericMedicine>"
    return f"<name>{brand}</name><asEntityWithGeneric>{medicine}</asEntityWithGeneric>"


def spl(brand: str, generic: str, inside: str) -> DrugName:
    product = f"<manufacturedProduct>{_named(brand, generic)}{inside}</manufacturedProduct>"
    subject = f"<subject><manufacturedProduct>{product}</manufacturedProduct></subject>"
    uses = '<component><section><code code="34067-9"/><text>For gout.</text></section></component>'
    body = f"<component><section>{subject}</section></component>{uses}"
    document = f"<document><component><structuredBody>{body}</structuredBody></component></document>"
    return drug_name(read_xml(document.encode())[0])


@pytest.mark.parametrize("kind", ["IACT", "ACTIB"])
def test_a_swab_is_not_the_drug_of_its_kit(kind: str) -> None:
    drug = part("Zelva", "zelvanib", ingredient("ZELVANIB"))
    swab = part("Alcohol Swabs", "alcohol", ingredient("ISOPROPYL ALCOHOL", kind))
    found = spl("Zelva", "zelvanib", drug + swab)
    assert (found.title, found.aliases, found.brands, found.is_combination) == ("Zelvanib", (), ("Zelva",), False)
    assert spl("Zelva", "zelvanib, alcohol", drug + swab).title == "Zelvanib"


def test_a_diluent_is_not_the_drug_of_its_kit() -> None:
    drug = part("Zelva", "zelvanib", ingredient("ZELVANIB"))
    assert spl("Zelva Kit", "zelvanib", drug + part("Sterile Water", "water", ingredient("WATER"))).title == "Zelvanib"


def test_a_product_of_its_own_may_be_alcohol_or_water() -> None:
    assert spl("Clean", "isopropyl alcohol", ingredient("ISOPROPYL ALCOHOL")).title == "Isopropyl alcohol"
    assert spl("", "", part("Swab", "alcohol", ingredient("ALCOHOL"))).title == "Alcohol"


def test_a_kit_of_drugs_is_their_combination_and_their_brands_are_no_names_of_it() -> None:
    inside = part("Zelva", "zelvanib", ingredient("ZELVANIB")) + part("Tussol", "tussin", ingredient("TUSSIN"))
    found = spl("Zelvapak", "zelvanib and tussin", inside)
    assert (found.title, found.brands) == ("Zelvanib and tussin", ("Zelvapak",))
    assert found.is_combination
    assert found.aliases == ()
    assert spl("Tussin", "zelvanib and tussin", inside).brands == ()


def test_directions_of_several_products_are_under_their_products() -> None:
    def product(title: str, dose: str) -> str:
        inner = f'<section><code code="34068-7"/><title>Directions</title><text>{dose}</text></section>'
        return f"<section><title>{title}</title><component>{inner}</component></section>"

    def headings(*sections: str) -> list[tuple[int, str, str]]:
        body = "".join(f"<component>{section}</component>" for section in sections)
        named = "<manufacturedProduct><name>Zelvapak</name></manufacturedProduct>"
        document = f"<document>{named}<component><structuredBody>{body}</structuredBody></component></document>"
        written = parse(monograph(read_xml(document.encode())[0]), "zelvapak", "")
        return [(s.level, s.title, s.text) for s in written.sections if s.key.startswith("dosage")]

    day, night = product("Day Powder", "One packet."), product("Night Powder", "Two packets.")
    assert headings(day, night) == [
        (2, "Dosage", ""),
        (3, "Day Powder", ""),
        (4, "Directions", "One packet."),
        (3, "Night Powder", ""),
        (4, "Directions", "Two packets."),
    ]
    assert headings(product("Drug Facts", "One.")) == [(2, "Dosage", ""), (3, "Directions", "One.")]


def test_a_brand_s_suffix_is_a_word_of_its_own() -> None:
    found = spl("Tussol<suffix>Night Time</suffix>", "tussin", ingredient("TUSSIN"))
    assert found.brands == ("Tussol Night Time",)


def record(elements: str = "", **about: list[str]) -> DrugName:
    record = {
        "indications_and_usage": ["Zelvanib and tussin is indicated for gout."],
        "active_ingredient": ["Active ingredients Titanol oxide 2%, zelvanib 5%"],
        "spl_product_data_elements": [elements],
        "openfda": about,
    }
    return drug_name(names_and_date(record))


def test_openfda_s_list_of_substances_has_the_swab_too() -> None:
    both = ["ZELVANIB", "ISOPROPYL ALCOHOL"]
    routes = ["SUBCUTANEOUS", "TOPICAL"]
    assert record(generic_name=["ZELVANIB"], substance_name=both, route=routes).title == "Zelvanib"
    assert record(generic_name=["ZELVANIB, ALCOHOL"], substance_name=both, route=routes).title == "Zelvanib"
    wash = record(generic_name=["Zelvanib, isopropyl alcohol"], substance_name=both, route=["TOPICAL"])
    assert wash.title == "Zelvanib and isopropyl alcohol"


@pytest.mark.parametrize(
    ("generic", "substances", "title"),
    [
        ("PANCRELIPASE", ["PANCRELIPASE LIPASE", "PANCRELIPASE AMYLASE"], "Pancrelipase"),
        ("CONJUGATED ESTROGENS", ["ESTRONE SODIUM SULFATE", "EQUILIN SODIUM SULFATE"], "Conjugated estrogens"),
        ("Influenza virus vaccine", ["A/ONE/1/2022 ANTIGEN", "B/TWO/2/2021 ANTIGEN"], "Influenza virus vaccine"),
        (
            "Tetanus Toxoid and Acellular Pertussis Vaccine, Adsorbed",
            ["CLOSTRIDIUM TETANI TOXOID", "BORDETELLA TOXOID", "PERTACTIN"],
            "Tetanus toxoid and acellular pertussis vaccine, adsorbed",
        ),
        ("Crotalid antivenom", ["ONE ANTIVENIN", "TWO ANTIVENIN"], "Crotalid antivenom"),
        ("METFORMIN", ["METFORMIN HYDROCHLORIDE", "ZELVANIB"], "Metformin hydrochloride and zelvanib"),
        ("SUNSCREEN", ["AVOBENZONE", "OCTISALATE"], "Avobenzone and octisalate"),
    ],
)
def test_one_name_may_be_for_several_substances(generic: str, substances: list[str], title: str) -> None:
    found = record(generic_name=[generic], substance_name=substances)
    assert (found.title, found.aliases) == (title, ())


@pytest.mark.parametrize(
    ("generic", "title", "aliases"),
    [
        ("Zelvanib Tablets USP, 200 mg", "Zelvanib", ("Zelvanib tosylate",)),
        ("Zelvanib inhalation spray", "Zelvanib inhalation spray", ("Zelvanib", "Zelvanib tosylate")),
        ("ZELVANIB EXTENDED-RELEASE", "Zelvanib extended-release", ("Zelvanib", "Zelvanib tosylate")),
        ("Tablets", "Tablets", ("Zelvanib tosylate", "Zelvanib")),
    ],
)
def test_a_product_s_form_does_not_hide_the_drug(generic: str, title: str, aliases: tuple[str, ...]) -> None:
    found = record(generic_name=[generic], substance_name=["ZELVANIB TOSYLATE"])
    assert (found.title, found.aliases) == (title, aliases)


def test_a_brand_given_as_the_generic_name_is_none() -> None:
    found = record(generic_name=["PURIXAN"], brand_name=["Purixan"], substance_name=["MERCAPTOPURINE"])
    assert (found.title, found.brands) == ("Mercaptopurine", ("Purixan",))
    unknown = record(generic_name=["ZELVA"], brand_name=["Zelva"], substance_name=["ZELVANIB"])
    assert (unknown.title, unknown.aliases) == ("Zelva", ("Zelvanib",))


@pytest.mark.parametrize(
    ("elements", "title", "brands"),
    [
        ("Zelvapak Zelvanib and Tussin ZELVANIB ZELVANIB TUSSIN TUSSIN", "Zelvanib and tussin", ("Zelvapak",)),
        (
            "Zelvapak Zelvanib, Tussin HBr ZELVANIB TUSSIN HYDROBROMIDE",
            "Zelvanib and tussin hydrobromide",
            ("Zelvapak",),
        ),
        ("Zelvapak Zelvanib/Tussin ZELVANIB ZELVANIB TUSSIN TUSSIN", "Zelvanib and tussin", ("Zelvapak",)),
        (
            "Glow All Day Bronze SPF 46 TITANOL OXIDE, ZELVANIB TITANOL OXIDE TITANOL OXIDE ZELVANIB TALC",
            "Titanol oxide and zelvanib",
            ("Glow All Day Bronze SPF 46",),
        ),
    ],
)
def test_a_combination_that_is_not_harmonised_is_none_of_its_ingredients(
    elements: str, title: str, brands: tuple[str, ...]
) -> None:
    found = record(elements)
    assert (found.title, found.brands, found.is_combination) == (title, brands, True)


@pytest.mark.parametrize(
    ("elements", "active", "title"),
    [
        ("Day and Night Zelvanib, Tussin HBr KIT Day Zelvanib ZELVANIB TUSSIN", "", "Zelvanib and tussin hydrobromide"),
        ("First Aid Kit Kit KIT Burn Cream Zelvanib ZELVANIB ZELVANIB", "Zelvanib 4%", "First aid kit"),
        ("Saline Nose Spray Sodium chloride SODIUM CHLORIDE SODIUM CATION", "Sodium chloride 0.65%", "Sodium chloride"),
        ("Xonol Forte 1 LACTOSE SODIUM SODIUM", "Xonolib 5 mg", ""),
    ],
)
def test_a_kit_goes_by_its_own_name_and_a_salt_may_be_the_drug(elements: str, active: str, title: str) -> None:
    uses = {"indications_and_usage": ["Uses of zelvanib"], "active_ingredient": [active]}
    label = names_and_date({"spl_product_data_elements": [elements], **uses, "openfda": {}})
    if title:
        assert drug_name(label).title == title
    else:
        assert not label.generics


def test_the_table_of_active_ingredients_and_purposes_stays_whole() -> None:
    words = "Active ingredient (in each tablet) Purpose Zelvanib 5 mg Antihistamine"
    rows = ("Active ingredient (in each tablet)", "Purpose"), ("Zelvanib 5 mg", "Antihistamine")
    markup = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    record = {
        "active_ingredient": [words],
        "active_ingredient_table": [f"<table><tbody>{markup}</tbody></table>"],
        "indications_and_usage": ["Uses relieves itching"],
        "openfda": {"generic_name": ["ZELVANIB"]},
    }
    text = monograph(read_openfda(record))
    assert text.count("Zelvanib 5 mg") == 1
    assert "| Active ingredient (in each tablet) | Purpose |\n| Zelvanib 5 mg | Antihistamine |" in text


def test_a_document_without_a_word_is_refused() -> None:
    sections = "<component><section><code code='34067-9'/><title>1 INDICATIONS</title></section></component>"
    body = f"<component><structuredBody>{sections}</structuredBody></component>"
    with pytest.raises(Refused, match="sections are all empty"):
        read_xml(f"<document><setId root='x'/>{body}</document>".encode())
