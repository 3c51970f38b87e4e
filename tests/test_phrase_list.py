"""Phrases that are looked for: what the signs of a list mean, and that the first look for their words hides none."""

from __future__ import annotations

from importlib import import_module

import pytest

from conftest import SHIPPED
from druginfo.classes.roles import effects
from druginfo.classes.senses import table
from druginfo.terms.phrase_list import Phrases
from druginfo.topics.terms import TOPICS

ROOMS = """answers.mentions check.contradictions check.doses classes.roles library.profiling
    parse.called parse.faqs topics topics.indications""".split()
USED = [
    *(each for room in ROOMS for each in vars(import_module(f"druginfo.{room}")).values() if isinstance(each, Phrases)),
    *(phrases for name in ("sentence", "passage", "around") for phrases in table(name).values()),
    *(each.drugs for each in effects().values() if each.drugs),
    *(found_by for topic in TOPICS for found_by in (topic.heading, topic.passage) if isinstance(found_by, Phrases)),
]


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("avoid*", "It is avoided.", "avoided"),
        ("avoid*", "unavoidable", None),  # a phrase begins with a word
        ("*toxic*", "cardiotoxicity", "toxicity"),
        ("not recommended/advised", "Not  advised", "Not  advised"),
        ("not (be) used", "not be used", "not be used"),
        ("not (be) used", "not used", "not used"),
        ("(dose) adjusted", "dose adjusted", "dose adjusted"),
        ("(dose) adjusted", "adjusted", "adjusted"),
        ("no _2 effect", "no clinically relevant effect", "no clinically relevant effect"),
        ("no _2 effect", "no effect", "no effect"),
        ("no _2 effect", "no very clear lasting effect", None),
        ("less … than", "less harmful, as a rule, than", "less harmful, as a rule, than"),
        ("less … than", "less harmful. Other than", None),
        ("history …5 of", "history in short of", None),
        ("^ with", "– with food", "– with"),
        ("^ with", "taken with food", None),
        ("failed $", "where it failed on two", "failed on two"),
        ("failed $", "it failed. Then", None),
        ("drinking !water", "drinking wine", "drinking"),
        ("drinking !water", "drinking water", None),
        ("malignan* !syndrome*", "neuroleptic malignant syndrome", None),
        ("sensitive $0", "highly sensitive ", "sensitive "),
        ("sensitive $0", "sensitive patients", None),
        ("potassium raising", "potassium-raising", "potassium-raising"),
        ("co-administ*", "coadministration", "coadministration"),
    ],
)
def test_the_signs_of_a_list(written: str, text: str, found: str | None) -> None:
    match = Phrases(written).search(text)
    assert (match and match[0]) == found


@pytest.mark.parametrize(
    "slug", ["baricitinib", *(pytest.param(slug, marks=pytest.mark.slow) for slug in ("warfarin", "amiodarone"))]
)
def test_the_first_look_hides_no_phrase(slug: str) -> None:
    lines = (SHIPPED / f"{slug}.md").read_text("utf-8").split("\n")
    for phrases in USED:
        searched = [phrases.search(line) for line in lines]
        whole = [phrases.pattern.search(line) for line in lines]
        assert [each and each.span() for each in searched] == [each and each.span() for each in whole]
