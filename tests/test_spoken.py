"""What people say when they ask: the table of turns, how a question is read, and that the right FAQ answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.questions_scorecard import answered, asked, is_right

from conftest import Cli
from druginfo import Library
from druginfo.answers.faq import faq
from druginfo.errors import Ambiguous, NotFound
from druginfo.topics import spoken

SET = Path(__file__).parent / "data" / "asked_spoken.tsv"


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library()


def test_every_row_of_the_table_can_be_read() -> None:
    table = spoken._table()
    every = {*table.words.items(), *((turn, sense) for found in table.turns.values() for sense, turn in found)}
    assert {wider for _, sense in every for wider in sense.wider} <= {sense.name for _, sense in every}
    meant: dict[str, set[str]] = {}
    for turn, sense in every:
        meant.setdefault(turn, set()).add(sense.name)
        first, *rest = turn.split(" ")
        assert "…" not in (first, *rest[-1:]), turn
        for slot in (first, *rest):
            for word in [slot] if slot == "…" else spoken._alternatives(slot):
                assert slot == "…" or re.fullmatch(r"\*?[^\W_]+(?:[-&.][^\W_]+)*\*?", word), turn
    assert {turn: names for turn, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("question", "senses"),
    [
        ("my niece brought the whole lot up", ["children", "vomiting"]),
        ("I can't keep my eyes open", ["drowsy"]),
        ("can I sit down, after shots of whisky?", ["sitting down", "alcohol"]),  # no mood, no vaccine
        ("he is 78", ["elderly"]),
        ("is 8 too young", ["children"]),
        ("did it come out? In spots?", []),  # a turn ends with its clause
        ("do you mind if I say so", []),
        ("glandular fever", []),  # which the other tables have
        ("two of the 250s", []),
        ("my 70-year-old aunt", ["elderly"]),
        ("how much may my child take", ["children", "usual dose"]),  # who is meant within a turn counts
        ("what is the dose for gout", ["usual dose", "gout"]),  # no question of what it is for
        ("does it give me the shakes", ["tremor"]),
        ("do I stop it before surgery", ["stop suddenly", "surgery"]),
        ("do I need another dose with kidney disease", ["lower dose", "kidney"]),  # not one dose more
        ("my sore knees", ["joint pain"]),
        ("abrupt stop", ["stop suddenly"]),
        ("I keep nodding off", ["drowsy"]),  # a turn in any form of its words
        ("swallowed a whole strip", ["overdose"]),  # no question of swallowing it whole
        ("I mustn't lie down", ["lying down"]),
        ("thinking of getting pregnant", ["trying to conceive"]),
        ("can I eat grapefruit with it", ["what foods", "grapefruit"]),  # nothing else is said within a turn
    ],
)
def test_a_question_is_read_once(question: str, senses: list[str]) -> None:
    assert [sense.name for sense in spoken.read(question).senses] == senses


def test_the_longest_turn_counts() -> None:
    assert [sense.name for sense in spoken.read("I get up all night to pee").senses] == ["frequent urination"]


@pytest.mark.parametrize(
    ("asked_in", "question"),
    [
        ("cephalexin Penicillin once gave me hives, is this one okay?", "I am allergic to penicillin. Can I take it?"),
        ("metoclopramide I have been feeling really down since I started", "Can it affect my mood?"),
        ("clopidogrel I take something for heartburn, does that get along with it?",
         "Can I take omeprazole or another stomach medicine with clopidogrel?"),
        ("sulfasalazine my pee is bright orange", "Why is my urine orange?"),
        ("finasteride my wife is having a baby and handles my pills", "My partner is pregnant. Is that a problem?"),
        ("what does Cymbalta treat", "What is duloxetine used for?"),  # "what does it treat"
        ("half an Ambien at 3am", "I woke up in the night. Can I take another?"),
        ("hyperglycaemia from dexamethasone", "Does it raise blood sugar?"),  # a word of the other tables in its sense
        ("postural hypotension on Seroquel", "Why do I feel dizzy when I stand up?"),
        ("still no effect from Advil after a week", "How long until it helps my arthritis?"),  # which it is for
        ("Benemid while my big toe is still on fire, do I start it", "Can I start probenecid during a gout attack?"),
        ("Tamiflu, symptoms started 4 days ago", "When must I start?"),
    ],
)  # fmt: skip
def test_roundabout_words_find_the_question(shipped: Library, asked_in: str, question: str) -> None:
    assert faq(shipped, asked_in.split()).faqs[0].faq.question == question


@pytest.mark.parametrize(
    ("asked_in", "question"),
    [
        ("is it OK to simply stop Prolia", "Can I just stop it?"),
        ("Xalatan and my lashes", "Do my eyelashes grow?"),
        ("Flagyl was prescribed for me, must my husband be treated too", "Does my partner need treatment too?"),
        ("leflunomide, I am the father and we want a baby", "I am a man. Does it matter if I want a child?"),
        ("overactive bladder tablet Ditropan and wine", "Can I drink alcohol?"),
        ("Humira alongside Orencia", "Can I combine adalimumab with another biologic?"),  # abatacept has no monograph
        ("why 5 mg Ambien for women", "Why is the dose lower for women?"),
        ("Diovan on dialysis", "Do I need another dose with kidney or liver disease?"),
        ("Januvia eGFR 25", "Do I need a lower dose with kidney problems?"),  # not the one on dialysis
        ("14/40 and on Lanoxin, ok to carry on?", "Can I take digoxin when pregnant?"),
        ("Eliquis and paracetamol or should I use Advil", "Can I take pain relievers with apixaban?"),
        (
            "penicillin made me swell up, GP gave Dalacin instead",
            "I am allergic to penicillin. Is clindamycin an option?",
        ),
        ("Zyrtec allergy, is Atarax safe", "I am allergic to cetirizine. Can I take hydroxyzine?"),
        ("Zocor in a 12 yr old with FH", "Can children take simvastatin?"),
        ("metallic mouth on Dalacin", "Why does my mouth taste of metal?"),  # a name that the monograph lacks
    ],
)
def test_what_decides_nothing_hides_no_question(shipped: Library, asked_in: str, question: str) -> None:
    found = faq(shipped, asked_in.split())
    assert found.faqs[0].faq.question == question
    assert found.missing == ()


def test_the_question_on_the_person_whom_it_is_for_says_what_it_leaves_out(shipped: Library) -> None:
    found = faq(shipped, "Flomax for my wife's bladder".split())
    assert (found.faqs[0].faq.question, found.missing) == ("Can women or children take tamsulosin?", ("bladder",))


@pytest.mark.parametrize(
    "asked_in",
    [
        "Keppra for my daughter's hair loss",  # a complaint of which nothing is said, whoever has it
        "Lipitor for my son's acne",
        "Celebrex for my grandma's insomnia",
        "Keppra for my daughter's hair",
        "BP is lovely now, can I come off Istin",  # about stopping, not about blood pressure
        "my cholesterol is fine now, can I come off Lipitor",
        "is Celebrex stronger than naproxen",  # about neither with the other
        "is Tylenol stronger than Advil",
    ],
)
def test_what_neither_a_question_nor_its_answer_speaks_of_is_refused(shipped: Library, asked_in: str) -> None:
    with pytest.raises(NotFound):
        faq(shipped, asked_in.split())


@pytest.mark.parametrize(
    ("asked_in", "question"),
    [
        ("Cibinqo - still put my hydrocortisone on?", "Can I use steroid creams with abrocitinib?"),
        ("could I fall pregnant on Arava", "Can I get pregnant on leflunomide?"),
        ("gums growing over my teeth on Epanutin", "What are the common side effects of phenytoin?"),
        ("black tarry poo since I began Celebrex", "Can it cause stomach bleeding?"),
        ("bits of Depakote in his poo", "I see parts of the tablet in my stool. Is that bad?"),
        ("how long before Arava is out of my system", "How long does leflunomide stay in the body?"),
        ("over how many minutes is Rocephin infused", "How is ceftriaxone given?"),
        ("how long after Fosamax can I have breakfast", "How do I take it?"),
        (
            "through a whole Ventolin inhaler every fortnight now",
            "I need my inhaler more often than usual. What does that mean?",
        ),
        ("Uloric vs allopurinol, heart deaths", "Why the heart warning?"),
    ],
)
def test_partners_kinds_and_what_people_see(shipped: Library, asked_in: str, question: str) -> None:
    assert faq(shipped, asked_in.split()).faqs[0].faq.question == question


def test_a_drugs_own_name_is_not_missing_from_its_question(shipped: Library) -> None:
    found = faq(shipped, "warfarin and cephalexin".split())
    assert (found.faqs[0].slug, found.missing) == ("cephalexin", ())


def test_an_abbreviation_of_two_drugs_is_no_word_of_other_drugs_questions(shipped: Library) -> None:
    with pytest.raises(Ambiguous, match="Mitoxantrone"):
        faq(shipped, "MTX for RA - daily or once a week".split())


@pytest.mark.parametrize("asked_in", ["Paxlovid rebound", "lactic acid and Januvia", "hep C and Januvia"])
def test_an_answer_that_only_has_words_of_a_topic_is_not_about_it(shipped: Library, asked_in: str) -> None:
    with pytest.raises(NotFound):
        faq(shipped, asked_in.split())


def test_what_the_first_question_leaves_out_is_said(cli: Cli, library: Callable[..., Path]) -> None:
    text = "---\ntitle: Drugoline\nfaqs:\n- q: I have a rash. What now?\n  a: Stop.\n---\n"
    ran = cli("faq", "drugoline", "rash and headache", "--monographs", library(drugoline=text))
    assert "Neither the first question nor its answer speaks of “headache”." in ran.out


def test_a_refusal_shows_what_the_text_has(shipped: Library) -> None:
    with pytest.raises(NotFound) as error:
        faq(shipped, "denosumab will I put on weight with these shots".split())
    assert "“put on weight”" in error.value.message
    with pytest.raises(NotFound) as error:
        faq(shipped, "bisoprolol could this be why my hands and feet are always cold".split())
    assert "Peripheral vascular disease" in error.value.mentions[0].text


@pytest.mark.slow
def test_questions_in_the_words_of_patients_relatives_and_clinicians(shipped: Library) -> None:
    """Before questions were read for what is said in them, 379 of 706 were right."""
    every = list(asked(SET))
    right = [is_right(each, answered(shipped, each)) for each in every]
    wrong = [each.query for each, good in zip(every, right, strict=True) if not good and not each.right]
    assert sum(right) >= 0.95 * len(right)
    assert wrong == []


def test_where_no_passage_is_about_all_of_it_those_on_a_part_are_shown(cli: Cli, library: Callable[..., Path]) -> None:
    text = (
        "---\ntitle: Drugoline\nfaqs:\n- q: Can I drive?\n  a: Yes.\n---\n\n## Precautions\n\n- Avoid live vaccines.\n"
        "- Plan pregnancies.\n"
    )
    asked = "can I go on a plane after my vaccines and see the dentist"
    ran = cli("faq", "drugoline", asked, "--monographs", library(drugoline=text))
    assert ran.status == 3
    assert "on “vaccines” it says:" in ran.err
    assert "Avoid live vaccines." in ran.err
    assert "Plan pregnancies" not in ran.err


def test_blocked_arteries_are_coronary_artery_disease(cli: Cli) -> None:
    ran = cli("faq", "hydralazine", "is it safe for someone with angina and blocked arteries")
    assert "coronary artery disease is a contraindication" in ran.out


_FEEDS = """---
title: Drugoline
faqs:
- q: Can I breastfeed while taking drugoline?
  a: Weigh it with your doctor.
- q: Why do I take vitamin B6 with it?
  a: It prevents nerve damage.
---

## Precautions

- Children: fortified formula lowers the effect.
- **Enteral Feeding:** Lower levels.
- G6PD deficiency: hemolysis.
- Licorice: low potassium.
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("drugoline and baby formula milk", "fortified formula"),  # breastfeeding is another matter
        ("drugoline down the PEG with the feed", "Lower levels"),
        ("favism and drugoline", "hemolysis"),
        ("liquorice with drugoline", "low potassium"),
        ("drugoline down the hatch with glitter", "No passage of its text holds “hatch” or “glitter” either"),
        ("can I halve drugoline with my G6PD", "on “G6PD” it says:"),
    ],
)
def test_a_refusal_says_what_was_looked_for(cli: Cli, library: Callable[..., Path], asked: str, said: str) -> None:
    ran = cli("faq", *asked.split(), "--monographs", library(drugoline=_FEEDS))
    assert ran.status == 3
    assert said in " ".join(ran.err.split())


def test_what_is_between_the_words_of_a_turn_counts(cli: Cli, library: Callable[..., Path]) -> None:
    folder = library(drugoline=_FEEDS)
    assert "vitamin B6" in cli("faq", "drugoline what is the pyridoxine for", "--monographs", folder).out
    assert "breastfeed" in cli("faq", "drugoline and baby milk", "--monographs", folder).out
    assert spoken.read("what is the pyridoxine for").between == ("is", "the", "pyridoxine")
