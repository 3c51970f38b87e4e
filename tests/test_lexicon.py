"""The lexicon as shipped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from druginfo.names import fold
from druginfo.names.lexicon import PATH, Drug, Known, Lexicon, Meaning, lexicon
from druginfo.names.salts import same_moiety

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from lexicon_file import lexicon_of, pack


def drugs(name: str) -> set[str]:
    known = next((found for each in (name, *same_moiety(name)) if (found := lexicon().find(fold(each)))), None)
    return {lexicon().drug(drug).title for drug in known.drugs} if known else set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("salbutamol", "albuterol"),
        ("paracetamol", "acetaminophen"),
        ("adrenaline", "epinephrine"),
        ("ciclosporin", "cyclosporine"),
        ("sulphasalazine", "sulfasalazine"),
        ("frusemide", "furosemide"),
        ("coumadin", "warfarin"),
        ("olumiant", "baricitinib"),
        ("warfarin sodium", "warfarin"),
        ("sodium valproate", "valproic acid"),
        ("metoprolol succinate", "metoprolol tartrate"),
        ("forxiga", "dapagliflozin"),
        ("voltarol", "diclofenac"),
        ("fluticasone furoate", "fluticasone"),
        ("trulicity", "dulaglutide"),
        ("veletri", "epoprostenol"),
        ("nurofen", "ibuprofen"),
        ("vitamin b12", "cyanocobalamin"),
    ],
)
def test_names_of_one_drug(one: str, other: str) -> None:
    assert drugs(one) == drugs(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("omeprazole", "esomeprazole"),
        ("edetate calcium disodium", "edetate disodium"),
        ("methylprednisolone acetate", "methylprednisolone"),
        ("insulin lispro protamine", "insulin lispro"),
        ("haloperidol decanoate", "haloperidol"),
        ("sodium polystyrene sulfonate", "calcium polystyrene sulfonate"),
        ("abraxane", "paclitaxel"),
        ("mycophenolate mofetil", "mycophenolic acid"),
        ("tenofovir disoproxil", "tenofovir alafenamide"),
        ("magnesium sulfate", "magnesium hydroxide"),
        ("amphotericin b", "amphotericin b liposomal"),
        ("morphine", "apomorphine"),
        ("amoxicillin", "augmentin"),
    ],
)
def test_names_of_different_drugs(one: str, other: str) -> None:
    assert drugs(one) != drugs(other)


@pytest.mark.parametrize("name", ["augmentin", "co-trimoxazole", "percocet"])
def test_a_combination_is_all_its_ingredients(name: str) -> None:
    known = lexicon().find(fold(name))
    assert known is not None
    assert known.joint
    assert len(known.drugs) > 1


@pytest.mark.parametrize(
    "name",
    ["INCB028050", "NSC-59813", "N-(4-hydroxyphenyl)acetamide", "acer rubrum pollen", "yellow 5", "peg-30 lanolin"],
)
def test_codes_systematic_names_allergens_and_cosmetics_stay_out(name: str) -> None:
    assert drugs(name) == set()


@pytest.mark.parametrize("name", ["glyphosate", "prosulfuron", "apocarotenal", "methylene chloride", "chlorpyrifos"])
def test_pesticides_dyes_and_reagents_are_no_medicines(name: str) -> None:
    assert drugs(name) == set()


def test_a_name_of_two_medicines_has_both_with_their_countries() -> None:
    known = lexicon().find("telma")
    assert known is not None
    meant = {lexicon().drug(each.drugs[0]).title: each.countries for each in known.meanings}
    assert meant == {"Telmisartan": ("India",), "Temozolomide": ("Brazil",)}


def test_what_was_never_marketed_is_named_but_means_no_drug() -> None:
    known = lexicon().find("telmapitant")
    assert known is not None
    assert (known.kind, known.drugs, known.is_medicine) == ("c", (), True)


def test_the_drugs_most_in_use_come_first() -> None:
    use = [lexicon().drug(number).use for number in range(200)]
    assert use == sorted(use, reverse=True)
    assert use[0] == 9


@pytest.mark.slow
def test_it_is_small_and_its_names_are_unique() -> None:
    assert PATH.stat().st_size < 900_000
    names = [known.folded for known in lexicon()]
    assert len(names) == len(set(names)) > 70_000
    assert all(fold(known.written) == known.folded for known in lexicon())
    assert {known.kind.lower() for known in lexicon()} == set("gbnwe")


SMALL = (
    [Drug("Warfarin", "A", 7, ("warfarine",)), Drug("Other", "B", 0, ())],
    [
        ("warfarin", "g", (Meaning((0,), ()),)),
        ("choice", "b", (Meaning((0,), ("Egypt", "France")), Meaning((1,), ("India",)))),
        ("co-both", "g", (Meaning((0, 1), ()),)),
        ("war fare", "x", ()),
    ],
)


def test_a_medicine_has_one_title_however_it_is_made() -> None:
    assert drugs("Xigris") == drugs("drotrecogin alfa (activated)") == {"Drotrecogin alfa"}
    assert drugs("macrogol 3350") == drugs("PEG 3350") == {"Polyethylene glycol 3350"}
    assert drugs("factor IX") == {"Coagulation factor IX human", "Coagulation factor IX recombinant human"}


def test_packing_loses_nothing() -> None:
    drugs, names = SMALL
    again = Lexicon(pack(drugs, names, [("b01aa03", (0,)), ("rxcui5", (0, 1))]))
    assert [again.drug(0), again.drug(1)] == drugs
    assert {(each.written, each.kind, each.meanings) for each in again} == set(names[:-1])
    assert again.find("warfare") == Known("warfare", "warfare", "x", ())
    assert again.find("warfair") is None
    assert list(again.coded("b01")) == [("b01aa03", (0,))]
    assert again.is_product([1, 0])
    assert not again.is_product([0])


def test_a_lexicon_can_forget_drugs() -> None:
    known = lexicon_of(*SMALL).without({0})
    assert known.find("warfarin") is None
    choice = known.find("choice")
    assert choice is not None
    assert choice.drugs == (1,)


def test_names_by_their_beginning() -> None:
    assert [known.written for known in lexicon_of(*SMALL).beginning("war")] == ["warfarin"]


@pytest.mark.slow
def test_an_exact_name_loads_neither_the_lexicon_nor_rapidfuzz() -> None:
    program = """
import sys
from druginfo.names.matching import Named, NameList, resolve
from druginfo.names.lexicon import lexicon
found = resolve("Olumiant®", NameList([Named("olumiant", "Olumiant", "brand", "baricitinib", "Baricitinib")]))
assert found.match and found.match.slug == "baricitinib"
assert lexicon.cache_info().currsize == 0
assert not any(each.startswith("rapidfuzz") for each in sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)
