"""The lexicon as shipped."""

from __future__ import annotations

import subprocess
import sys

import pytest

from druginfo.names import fold
from druginfo.names.lexicon import PATH, Lexicon, lexicon, pack, unpack


def drugs(name: str) -> set[str]:
    known = lexicon().find(fold(name))
    return {lexicon().titles[drug] for drug in known.drugs} if known else set()


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
    ],
)
def test_names_of_one_drug(one: str, other: str) -> None:
    assert drugs(one) == drugs(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("omeprazole", "esomeprazole"),
        ("fluticasone furoate", "fluticasone propionate"),
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


def test_it_is_small_and_its_names_are_folded_sorted_and_unique() -> None:
    known = lexicon()
    assert PATH.stat().st_size < 1_500_000
    assert known.names == sorted(set(known.names))
    assert all(fold(written) == name for written, name in zip(known.written, known.names, strict=True))
    assert len(known.names) == len(known.kinds) == len(known.owners)


def test_packing_loses_nothing() -> None:
    rows = [("warfarin", "g", ("Warfarin",), False), ("choice", "b", ("Other", "Warfarin"), False)]
    rows.append(("co-both", "g", ("Other", "Warfarin"), True))
    again = unpack(pack(Lexicon.of(rows)))
    assert list(again.rows()) == sorted(rows)


def test_names_by_their_beginning() -> None:
    assert [
        known.written for known in Lexicon.of([("ab", "g", ("A",), False), ("b", "g", ("B",), False)]).beginning("a")
    ] == ["ab"]


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
