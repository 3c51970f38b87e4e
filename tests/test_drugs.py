"""Which words are a medicine's name, and whose."""

from __future__ import annotations

import pytest

from druginfo.names import is_drug, whose_drug


@pytest.mark.parametrize(
    "words", ["warfarin", "Warfarin", "insulin", "insulin glargine", "metoprolol succinate", "salbutamol", "Coumadin"]
)
def test_a_medicine_by_any_of_its_names_is_a_drug(words: str) -> None:
    assert is_drug(words)


@pytest.mark.parametrize(
    "words",
    ["", "  ", "tablet", "potassium", "sodium chloride hydrate", "acetate", "dose", "warfarinx", "!"],
)
def test_a_salt_an_element_or_another_word_is_none(words: str) -> None:
    assert not is_drug(words)


def test_whose_drug_it_is_whatever_the_name() -> None:
    own = ("Albuterol", "Ventolin")
    assert whose_drug("salbutamol", own) == whose_drug("albuterol sulfate", own) == whose_drug("ventolin", own) == "own"
    assert whose_drug("digoxin", own) == "other"
    assert whose_drug("inhaler", own) is None


def test_an_ingredient_of_a_combination_is_its_own() -> None:
    assert whose_drug("amoxicillin", ["Amoxicillin and clavulanate"]) == "own"
    assert whose_drug("insulin", ["Insulin glargine"]) == "own"
    assert whose_drug("insulin", ["Metformin"]) == "other"
