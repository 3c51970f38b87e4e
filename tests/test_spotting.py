"""Which drugs a person's words name: read once, for every question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from druginfo import Library
from druginfo.answers.faq import faq
from druginfo.answers.search import search
from druginfo.answers.show import show
from druginfo.answers.spotting import Words
from druginfo.errors import Ambiguous, NotFound

MakeLibrary = Callable[..., Path]


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library()


@pytest.mark.parametrize(
    ("query", "slugs", "others"),
    [
        ("warfarin INR", ["warfarin"], "INR"),
        ("Eliquis, missed dose?", ["apixaban"], "missed dose"),
        ("can I crush (Eliquis)?", ["apixaban"], "can I crush"),
        ("what is Eliquis's usual dose", ["apixaban"], "what is usual dose"),
        ("warfarin when warfarin is stopped", ["warfarin"], "when is stopped"),
        ("take ibuprofen with warfarin", ["ibuprofen", "warfarin"], "take with"),
        ("low sugar on insulin glargine", ["insulin-glargine"], "low sugar on"),
        ("bleeding on UFH", ["heparin"], "bleeding on"),  # short names count in capitals
        ("ufh dose", ["heparin"], "dose"),  # or at the beginning
        ("give ufh slowly", [], "give ufh slowly"),
        ("level of T4", [], "level of T4"),  # a test too
        ("pregnancy", [], "pregnancy"),
    ],
)
def test_the_drugs_that_words_name_and_the_others(shipped: Library, query: str, slugs: list[str], others: str) -> None:
    found = Words(shipped, [query])
    assert [drug.slug for drug in found.drugs] == slugs
    assert " ".join(found.but(*found.spots)) == others


@pytest.mark.parametrize(
    ("query", "slug", "others"),
    [
        ("warfrin INR", "warfarin", "INR"),
        ("INR warfrin", "warfarin", "INR"),  # what a test is called begins many names, and is none
        ("can I crush eliqis", "apixaban", "can I crush"),
        ("baricitinb in pregnancy", "baricitinib", "in pregnancy"),
        ("weight loss", None, ""),  # "Loss" is a brand of alendronate, abroad
        ("dose for toenail fungus", None, ""),
        ("will it make me go hypo", None, ""),
    ],
)
def test_the_drug_that_a_slip_means(shipped: Library, query: str, slug: str | None, others: str) -> None:
    found = Words(shipped, [query]).slip()
    assert (found and found[0].slug) == slug
    assert found is None or (found[0].kind in ("typo", "prefix"), " ".join(found[1])) == (True, others)


@pytest.mark.parametrize(
    ("query", "names"),
    [("statins in pregnancy", ["statins"]), ("can I take statins", ["statins"]), ("JAK and a rash", ["JAK"])],
)
def test_the_classes_that_words_name(shipped: Library, query: str, names: list[str]) -> None:
    found = [(name, len(cards)) for name, cards, _ in Words(shipped, [query]).of_class()]
    assert [name for name, count in found if count > 1] == names


@pytest.mark.parametrize("ask", [show, faq])
def test_every_question_reads_them_alike(shipped: Library, ask: Callable[[Library, Sequence[str]], Any]) -> None:
    for words in ("missed dose eliqis", "(Eliquis) missed dose", "missed dose Eliquis"):
        assert ask(shipped, words.split()).match.slug == "apixaban"
    with pytest.raises(NotFound, match="Nitroglycerin"):  # not a crash
        ask(shipped, "GTN zebra".split())


def test_a_search_knows_the_drug_between_signs(shipped: Library) -> None:
    assert search(shipped, ["(Eliquis) missed dose"]).hits[0].slug == "apixaban"
    assert search(shipped, ["driving on lacosamide?"]).hits[0].slug == "lacosamide"


def test_a_search_is_not_refused_for_a_name_of_two_drugs(library: MakeLibrary) -> None:
    text = "---\ntitle: {}\naliases: [Commonol]\n---\n## Usage\n\nCommonol helps against hives.\n"
    both = Library([library(aone=text.format("Aone"), btwo=text.format("Btwo"))])
    for query in ("commonol hives", "hives commonol", "commonol"):
        assert {hit.slug for hit in search(both, [query]).hits} == {"aone", "btwo"}
        with pytest.raises(Ambiguous):
            show(both, query.split())


def test_a_capital_name_that_no_monograph_has_counts_within_a_question(shipped: Library) -> None:
    found = Words(shipped, ["metallic mouth on Dalacin"]).slip()
    assert found
    assert (found[0].slug, found[0].kind, found[1]) == ("clindamycin", "exact", ["metallic", "mouth", "on"])
