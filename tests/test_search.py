"""Search: what a clinician means is found; what a person types never breaks it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from druginfo.answers.dose import dose
from druginfo.answers.faq import faq
from druginfo.answers.listing import cards
from druginfo.answers.query import parse
from druginfo.answers.search import Hit, search
from druginfo.answers.show import show
from druginfo.answers.spotting import of_class
from druginfo.dosing import Patient
from druginfo.errors import DruginfoError, NotFound
from druginfo.library import Library
from druginfo.model import MARKS
from druginfo.render import json
from druginfo.render.text import text as render
from druginfo.terminal import Screen
from druginfo.topics.synonyms import FILLERS

ALPHA = """---
title: Alfacitinib
description: For joints.
classes: [Janus kinase (JAK) inhibitor]
faqs:
  - q: Is neutropenia common?
    a: It is rare, and blood counts show it early.
---

## Usage

- **Medical Conditions:**
    - Rheumatoid arthritis (RA) in adults
- **Not For:** Psoriasis.

## Dosage

### Standard Dosage

#### Special Cases

- **Patients with Renal Impairment:** 1 mg orally once daily.

## Side Effects

- Nausea
- Neutropenia, seldom with fever

## Drug Interactions

- **Live vaccines:** Avoid grapefruit too.
- **Vaccines, live or not:** See the schedule.
"""
BETA = """---
title: Betamab
classes: [TNF blocker]
---

## Usage

RA after methotrexate, and psoriasis.

## Neutropenia

Rare.

## Precautions

- **Kidneys:** Watch them. Alfacitinib is another matter.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        (root / "alfacitinib.md").write_text(ALPHA, "utf-8")
        (root / "betamab.md").write_text(BETA, "utf-8")
        opened = Library([root])
        opened.all()
    return opened


def found(library: Library, *words: str, topic: str | None = None) -> list[Hit]:
    return list(search(library, words, topic=topic).hits)


def bare(hit: Hit) -> str:
    return hit.snippet.replace(MARKS[0], "").replace(MARKS[1], "")


def test_names_then_headings_then_text(library: Library) -> None:
    assert [hit.kind for hit in found(library, "alfacitinib")][:2] == ["name", "section"]
    hits = found(library, "neutropenia")
    assert {(hit.slug, hit.kind) for hit in hits[:2]} == {("betamab", "section"), ("alfacitinib", "faq")}
    assert hits[-1].section == "side-effects"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_where_too_many_passages_match_all_of_them_are_found_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = {(hit.slug, hit.line) for hit in search(library, ["neutropenia"], limit=50).hits}
    monkeypatch.setattr("druginfo.answers.search._RANKED", 2)
    monkeypatch.setattr("druginfo.answers.search._ENOUGH", 1)
    assert len(search(library, ["neutropenia"], limit=1).hits) == 1
    assert {(hit.slug, hit.line) for hit in search(library, ["neutropenia"], limit=50).hits} == every


def test_the_line_is_the_passages_own(library: Library) -> None:
    (hit,) = (hit for hit in found(library, "neutropenia") if hit.section == "side-effects")
    assert ALPHA.split("\n")[hit.line - 1] == "- Neutropenia, seldom with fever"
    assert bare(hit) == "Neutropenia, seldom with fever"


@pytest.mark.parametrize(
    ("words", "slug", "reported"),
    [
        (["jak", "inhibitors"], "alfacitinib", "Janus kinase (JAK) inhibitor"),
        (["rheumatoid arthritis"], "betamab", "RA after methotrexate"),
        (["RA"], "alfacitinib", "Rheumatoid arthritis"),
        (["renal", "impairment"], "betamab", "Kidneys"),
        (["neutro*"], "betamab", "Neutropenia"),
        (["alfacitinib", "kidney"], "alfacitinib", "Renal Impairment"),
        (["kidney", "alfacitinib"], "alfacitinib", "Renal Impairment"),
    ],
)
def test_what_a_clinician_means(library: Library, words: list[str], slug: str, reported: str) -> None:
    assert any(hit.slug == slug and reported in f"{hit.heading}: {bare(hit)}" for hit in found(library, *words))


def test_a_phrase_is_a_phrase(library: Library) -> None:
    (hit,) = found(library, '"live vaccines"')
    assert bare(hit) == "Live vaccines: Avoid grapefruit too."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("5 mg", ["Give [5] [mg] daily.", "Then 2-[5] [mg]."]),
        ('"5 mg"', ["Give [5 mg] daily.", "Then 2-[5 mg]."]),
        ("2.5 mg", ["Never [2.5] [mg]."]),
        ("0.5 mg", ["Up to [0.5] [mg]."]),
        ("2 mg", ["Then [2]-5 [mg]."]),
        ("1,000 mg", ["Rarely [1],[000] [mg]."]),
    ],
)
def test_a_number_is_no_part_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, expected: list[str]
) -> None:
    texts = ["Up to 0.5 mg.", "Then 2-5 mg.", "Never 2.5 mg.", "Rarely 1,000 mg.", "Give 5 mg daily.", "Or 1·5 mg."]
    body = "".join(f"\n## Section {letter}\n\n{text}\n" for letter, text in zip("abcdef", texts, strict=True))
    (tmp_path / "zorbitinib.md").write_text(f"---\ntitle: Zorbitinib\n---\n{body}", encoding="utf-8")
    monkeypatch.setenv("DRUGINFO_INDEX", str(tmp_path / "index"))
    hits = found(Library([tmp_path]), query)
    assert sorted(hit.snippet.replace(MARKS[0], "[").replace(MARKS[1], "]") for hit in hits) == expected


def test_a_drugs_own_passages_come_first(library: Library) -> None:
    assert found(library, "alfacitinib", "fever")[0].slug == "alfacitinib"


def test_a_topic_keeps_what_is_about_it(library: Library) -> None:
    assert {hit.section for hit in found(library, "grapefruit", topic="interactions")} == {"drug-interactions"}
    with pytest.raises(NotFound):
        found(library, "grapefruit", topic="side effects")
    with pytest.raises(NotFound):
        found(library, "grapefruit", topic="no such thing at all")


@pytest.mark.parametrize(
    ("typed", "meant"), [("rheumatiod", "rheumatoid"), ("neutropenai", "neutropenia"), ("alfacitnib", "alfacitinib")]
)
def test_a_typo_gets_a_suggestion_and_no_answer(library: Library, typed: str, meant: str) -> None:
    with pytest.raises(NotFound, match=meant):
        found(library, typed)


def test_words_that_never_meet_say_so(library: Library) -> None:
    answer = search(library, ["methotrexate", "grapefruit"])
    assert answer.notice
    assert {hit.slug for hit in answer.hits} == {"alfacitinib", "betamab"}


@pytest.mark.parametrize(("typed", "meant"), [("rheumatoid artritis", "arthritis"), ("neutropaenia", "neutropenia")])
def test_a_typo_beside_a_topic_gets_a_suggestion_too(library: Library, typed: str, meant: str) -> None:
    with pytest.raises(NotFound, match=meant):
        found(library, typed, topic="usage")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("clinic")
    told = {
        "one": "Hyperkalemia, anemia and diarrhea.",
        "two": "Ankylosing spondylitis (AS) and atrial fibrillation.\n\n- With kidney disease:\n    - Halve it.",
        "three": "As needed. Added to diuretics. Kidney stones, and disease of the bones elsewhere.",
        "four": "Warfarin was given in heart surgery. Aspirin was not.\n\nAspirin with warfarin bleeds.",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for slug, text in told.items():
            faq = "faqs:\n  - q: Is grapefruit bad?\n    a: Not at all.\n" if slug == "four" else ""
            (root / f"{slug}.md").write_text(f"---\ntitle: Drug {slug}\n{faq}---\n\n## Usage\n\n{text}\n", "utf-8")
        opened = Library([root])
        opened.all()
    return opened


@pytest.mark.parametrize(
    ("typed", "slugs", "snippet"),
    [
        ("hyperkalaemia", ["one"], "[Hyperkalemia], anemia and diarrhea."),
        ("anaemia diarrhoea", ["one"], "Hyperkalemia, [anemia] and [diarrhea]."),
        ("AS", ["two"], "[Ankylosing spondylitis] ([AS]) and atrial fibrillation."),
        ("afib", ["two"], "Ankylosing spondylitis (AS) and [atrial fibrillation]."),
        ("a-fib", ["two"], "Ankylosing spondylitis (AS) and [atrial fibrillation]."),
        (
            "water pill",
            ["three"],
            "As needed. Added to [diuretics]. Kidney stones, and disease of the bones elsewhere.",
        ),
        ("kidney disease", ["two", "three"], "With [kidney] [disease]: Halve it."),
        ("grapefruit", ["four"], "Is [grapefruit] bad? Not at all."),
    ],
)
def test_as_a_clinician_types_it(clinic: Library, typed: str, slugs: list[str], snippet: str) -> None:
    hits = found(clinic, typed)
    assert [hit.slug for hit in hits] == slugs
    assert hits[0].snippet.replace(MARKS[0], "[").replace(MARKS[1], "]") == snippet
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_those_that_hold_more_of_the_words_come_first(clinic: Library) -> None:
    answer = search(clinic, ["kidney", "stones", "warfarin", "diuretics"])
    assert answer.notice
    assert [hit.slug for hit in answer.hits] == ["three", "two", "four"]


def test_a_long_query_is_not_repeated_whole(clinic: Library) -> None:
    with pytest.raises(NotFound) as caught:
        search(clinic, ["zyzzyva " * 1250])
    assert len(caught.value.message) < 400


def test_a_misspelled_topic_is_said(library: Library) -> None:
    assert "interactions" in (search(library, ["grapefruit"], topic="interctions").notice or "")


def test_at_most_so_many(library: Library) -> None:
    assert len(search(library, ["neutropenia"], limit=1).hits) == 1


def test_hits_are_marked_without_colour(library: Library) -> None:
    answer = search(library, ["nausea"])
    assert "[Nausea]" in render(answer, Screen(width=80), date(2026, 1, 1))
    assert json.document(answer)["hits"][0]["snippet"] == "**Nausea**"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(max_size=20)
        | st.sampled_from(
            ["AND", "OR", "NOT", "NEAR(a b)", '"', "*", "^x", "name:", "{a b}", "-", "+", "(", "a*b", "'"]
        ),
        min_size=1,
        max_size=5,
    )
)
@pytest.mark.slow
def test_nothing_typed_breaks_it(library: Library, words: list[str]) -> None:
    try:
        answer = search(library, words)
    except DruginfoError:
        return
    for hit in answer.hits:
        assert hit.snippet.count(MARKS[0]) == hit.snippet.count(MARKS[1])
        assert hit.line >= 0


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True).filter(lambda w: w not in FILLERS), min_size=1, max_size=6)
)
def test_every_word_typed_is_in_a_term(words: list[str]) -> None:
    assert [word for term in parse(" ".join(words)) for word in term.words] == words
    assert [term.words for term in parse(f'"{" ".join(words)}"')] == [tuple(words)]


# ---------------------------------------------------------------- lists


def test_a_class_in_any_wording(library: Library) -> None:
    for asked in ("JAK inhibitors", "jak", "janus kinase inhibitor", "Janus kinase (JAK) inhibitor"):
        assert [card.slug for card in of_class(library, asked)] == ["alfacitinib"], asked
    assert [card.slug for card in of_class(library, "biologics")] == ["betamab"]
    assert of_class(library, "inhibitor") == ()


def test_what_acts_on_a_class_is_not_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An insulin secretagogue is no insulin; where nothing is called so, what acts on it is what is meant."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for slug, classes in (
        ("fast", "Rapid-acting insulin"),
        ("glim", "Insulin secretagogue"),
        ("calc", "Calcium blocker"),
    ):
        (tmp_path / f"{slug}.md").write_text(f"---\ntitle: {slug}\nclasses: [{classes}]\n---\n\n## Uses\n\n- Pain.\n")
    made = Library([tmp_path])
    assert [card.slug for card in of_class(made, "insulin")] == ["fast"]
    assert [card.slug for card in cards(made, of="insulin").monographs] == ["fast"]
    assert [card.slug for card in cards(made, of="secretagogue").monographs] == ["glim"]
    assert [card.slug for card in cards(made, of="calcium").monographs] == ["calc"]


def test_conditions_treated_and_conditions_excluded(library: Library) -> None:
    assert [card.slug for card in cards(library, condition="psoriasis").monographs] == ["betamab"]
    both = ["alfacitinib", "betamab"]
    assert [card.slug for card in cards(library, condition="rheumatoid arthritis").monographs] == both
    assert [card.slug for card in cards(library, condition="RA").monographs] == both


def test_a_condition_that_the_usage_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    usages = {
        "one": "Angina, without heart failure.",
        "two": "Heart failure with anemia.",
        "three": "Gout.\n\n- **Scope:** Tablets; anemia and heart failure are not covered.",
    }
    (tmp_path / "library").mkdir()
    for slug, usage in usages.items():
        (tmp_path / "library" / f"{slug}.md").write_text(
            f"---\ntitle: Drug {slug}\n---\n\n## Usage\n\n{usage}\n", "utf-8"
        )
    opened = Library([tmp_path / "library"])
    for asked in ("heart failure", "CHF", "anaemia"):
        assert [card.slug for card in cards(opened, condition=asked).monographs] == ["two"], asked
    with pytest.raises(NotFound, match="failure"):
        cards(opened, condition="heart faliure")


_NAMES = (
    "GTN",
    "HCT",
    "MTX",
    "MS",
    "nitro",
    "insulin",
    "insulins",
    "statins",
    "NSAIDs",
    "ACE inhibitors",
    "iron",
    "water",
)
_NAMES += ("Plavix", "omeprazole", "warfrin", "tofacitinib", "Co-amoxiclav", "St John's wort", "vitamin K", "Lantus")
_WORDS = (
    "headache",
    "and",
    "or",
    "tablets",
    "not",
    "type 2",
    "diabetes",
    "in",
    "kidney",
    "500 mg",
    "missed",
    "flu",
    ",",
    "/",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(_NAMES + _WORDS), min_size=1, max_size=5))
@example(words=["GTN", "tablets", "and", "headache"])
def test_several_names_classes_and_words_in_any_order_are_answered_or_refused(words: list[str]) -> None:
    library, query = Library(), " ".join(words).split()
    patient = Patient.read(indication=f"{' '.join(words)} pain")
    for ask in (faq, search, show, lambda library, _: dose(library, ["aspirin"], patient)):
        with suppress(DruginfoError):
            ask(library, query)


def test_a_short_name_before_other_words_is_the_drug_of_a_question() -> None:
    (first, *_) = faq(Library(), "GTN tablets and headache".split()).faqs
    assert (first.slug, first.faq.question) == ("nitroglycerin", "I get headaches. Is that normal?")


@pytest.mark.parametrize(
    ("query", "slug", "notice"),
    [
        ("levothyroxine soya", "levothyroxine", None),  # soybean
        ("Viagra GTN", "sildenafil", None),  # nitroglycerin
        ("insulin glargine lumps at the injection site", "insulin-glargine", "No passage holds all of"),
        ("Zestril nail varnish", None, "Lisinopril's text has nothing on “nail varnish”. Others hold some of it:"),
    ],
)
def test_a_named_drugs_own_text_comes_first(query: str, slug: str | None, notice: str | None) -> None:
    found = search(Library(), [query])
    assert (found.notice or "").startswith(notice or "")
    assert slug is None or found.hits[0].slug == slug


def test_a_drugs_name_alone_is_no_part_of_an_answer() -> None:
    with pytest.raises(NotFound, match="Nothing found for “warfarin hedgehog”"):
        search(Library(), ["warfarin hedgehog"])
