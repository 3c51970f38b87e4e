"""From words to an answer: the right drug, the right part of it, or an honest refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from druginfo import Library
from druginfo.answers.across import TopicOfAll
from druginfo.answers.dose import dose
from druginfo.answers.faq import faq
from druginfo.answers.info import info
from druginfo.answers.listing import Cards, cards
from druginfo.answers.show import Shown
from druginfo.answers.show import show as asked
from druginfo.errors import Absent, Ambiguous, NotFound

MakeLibrary = Callable[..., Path]


@pytest.fixture
def small(library: MakeLibrary, export: Path) -> Library:
    other = (
        "---\ntitle: Insulin Glarzine\nclasses: [Insulin]\nis_banned: true\nfaqs:\n"
        "  - q: May I drink alcohol with it?\n    a: No.\n---\n## Usage\n\nDiabetes.\n\n## Side Effects\n\nLow sugar.\n"
        "## Bespoke Heading\n\nText.\n"
    )
    return Library([library(velmorine=export.read_text("utf-8"), insulin_glarzine=other)])


def show(library: Library, query: str, **options: bool) -> Shown | TopicOfAll | Cards:
    return asked(library, query.split(), **options)


def test_a_dosage_word_after_a_misspelled_drug_asks_for_its_doses(small: Library) -> None:
    found = show(small, "velmorin dose")
    assert isinstance(found, Shown)
    assert (found.match.slug, found.match.kind, found.topic) == ("velmorine", "prefix", "dosage")


@pytest.mark.parametrize("query", ["velmorine", "ZELVORIN", "Urapax®"])
def test_a_drug_by_any_of_its_names(small: Library, query: str) -> None:
    found = show(small, query)
    assert isinstance(found, Shown)
    assert (found.match.slug, found.match.kind, found.topic) == ("velmorine", "exact", None)


@pytest.mark.parametrize(
    ("query", "slug", "topic", "keys"),
    [
        ("insulin glarzine side effects", "insulin-glarzine", "side effects", ["side-effects"]),
        ("zelvorin contraindications", "velmorine", "contraindications", ["contraindications"]),
        ("insulin-glarzine bespoke heading", "insulin-glarzine", "bespoke heading", ["bespoke-heading"]),
    ],
)
def test_a_topic_after_the_drug(small: Library, query: str, slug: str, topic: str, keys: list[str]) -> None:
    found = show(small, query)
    assert isinstance(found, Shown)
    assert (found.match.slug, found.topic, [s.key for s in found.monograph.sections]) == (slug, topic, keys)


def test_a_misspelled_topic_is_said_and_not_taken_when_exact(small: Library) -> None:
    found = show(small, "velmorine side efects")
    assert isinstance(found, Shown)
    assert found.notice == "Showing side effects for “side efects”."
    with pytest.raises(NotFound, match="has nothing on"):
        show(small, "velmorine side efects", exact=True)


def test_a_topic_alone_is_of_every_drug(small: Library) -> None:
    found = show(small, "usage")
    assert isinstance(found, TopicOfAll)
    assert [m.slug for m in found.results] == ["insulin-glarzine", "velmorine"]
    assert all(s.key == "usage" for m in found.results for s in m.sections)


def test_a_class_alone_is_its_drugs(small: Library) -> None:
    found = show(small, "xanthine oxidase inhibitors")
    assert isinstance(found, Cards)
    assert [c.slug for c in found.monographs] == ["velmorine"]


@pytest.mark.parametrize("query", ["velmorine boxed warning", "velmorine nonsense", "zzzzqq", "insulin glarzine xx yy"])
def test_what_there_is_not(small: Library, query: str) -> None:
    with pytest.raises(NotFound):
        show(small, query)


def test_a_known_drug_without_a_monograph_is_absent(small: Library) -> None:
    with pytest.raises(Absent, match=r"(?i)tofacitinib"):
        show(small, "tofacitinib")
    with pytest.raises((Absent, NotFound, Ambiguous)):
        show(small, "insulin glargine")  # one letter from a monograph, and another drug


@pytest.mark.slow
def test_words_by_the_thousand_are_answered(small: Library) -> None:
    with pytest.raises(NotFound):
        asked(small, ["kidney"] * 5000)
    with pytest.raises(NotFound):
        faq(small, ["zzz"] * 5000)


def test_faqs_in_all_four_forms(small: Library) -> None:
    every = faq(small, ())
    assert (every.match, every.questions_only, len(every.faqs)) == (None, True, 4)
    of_drug = faq(small, ["zelvorin"])
    assert of_drug.match
    assert [h.slug for h in of_drug.faqs] == ["velmorine"] * 3
    best = faq(small, ["zelvorin", "alcohol"])
    assert best.faqs[0].faq.question == "May I drink alcohol?"
    everywhere = faq(small, ["alcohol"])
    assert {h.slug for h in everywhere.faqs} == {"velmorine", "insulin-glarzine"}
    assert all(h.score is not None for h in everywhere.faqs)
    with pytest.raises(NotFound, match="about “xylophone”"):
        faq(small, ["zelvorin", "xylophone"])


def test_the_list_and_its_filters(small: Library) -> None:
    assert [c.slug for c in cards(small).monographs] == ["insulin-glarzine", "velmorine"]
    assert [c.slug for c in cards(small, of="insulins").monographs] == ["insulin-glarzine"]
    assert [c.slug for c in cards(small, condition="gout").monographs] == ["velmorine"]
    assert [c.slug for c in cards(small, banned=True).monographs] == ["insulin-glarzine"]
    with pytest.raises(NotFound, match="--class x --banned"):
        cards(small, of="x", banned=True)


def test_info(small: Library, library: MakeLibrary) -> None:
    library(broken=b"\xff")
    found = info(Library(small.roots))
    assert found.monographs == 2
    assert found.roots == (str(small.roots[0]),)
    assert [Path(f.path).name for f in found.skipped] == ["broken.md"]


@pytest.mark.parametrize(
    ("query", "questions_of"),
    [("velmorinne", 2), ("velmorinne alcohol", 1), ("alcohol on velmorinne", 1)],
)
def test_a_misspelled_drugs_questions(small: Library, query: str, questions_of: int) -> None:
    found = faq(small, query.split())
    assert found.match is not None
    assert (found.match.slug, found.match.kind in ("prefix", "typo")) == ("velmorine", True)
    assert {hit.slug for hit in found.faqs} == {"velmorine"}
    assert len(found.faqs) >= questions_of


def test_a_misspelled_drug_is_none_when_exact(small: Library) -> None:
    with pytest.raises(NotFound):
        faq(small, ["velmorinne"], exact=True)


def test_words_beside_an_absent_drug_make_no_combination(small: Library) -> None:
    """Alcohol is a drug too."""
    with pytest.raises(Absent, match="Tofacitinib"):
        faq(small, ["tofacitinib", "alcohol"])


@pytest.mark.parametrize(
    ("drug", "words", "indication"),
    [
        ("sertraline", "depression", "Major Depressive Disorder"),
        ("apixaban", "AF", "Nonvalvular Atrial Fibrillation"),
        ("amlodipine", "high blood pressure", "Hypertension"),
    ],
)
@pytest.mark.slow
def test_doses_for_a_condition_in_everyday_words(drug: str, words: str, indication: str) -> None:
    from druginfo.dosing import Patient

    found = dose(Library(), [drug], Patient.read(indication=words))
    named = {judged.row.indication for judged in found.rows if judged.specific}
    assert any(indication in (each or "") for each in named), named
    assert found.filters == {"for": words}


@pytest.mark.slow
def test_two_drugs_side_by_side_point_to_their_interactions() -> None:
    with pytest.raises(Ambiguous, match=r"names two drugs.*`druginfo interactions warfarin apixaban`"):
        asked(Library(), ["warfarin", "apixaban"])


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("can norepinephrine run in 0.9% NaCl alone", "Can it go in saline alone?"),
        ("codeine unused tablets, what now", "What do I do with leftover tablets?"),
        ("digoxin what must I measure myself daily", "What should I check every day?"),
        ("hydralazine with aortic regurgitation", "Can I take it with a heart valve problem?"),
        ("a bottle of beer with metronidazole", "Can I drink alcohol while I take metronidazole?"),
        ("can I tan on doxycycline", "Can I go into the sun?"),
        ("I skipped apixaban yesterday evening", "What should I do if I miss a dose?"),
        ("my little daughter puked after her apixaban", "My child vomited after a dose. What now?"),
        ("am I ok to drive on pregabalin", "Can I drive?"),  # no AMI
        ("do I have to finish the amoxicillin", "I feel better. May I stop early?"),
        ("my legs ache since I started atorvastatin", "What should I do about muscle pain on atorvastatin?"),
        ("can I change my trulicity from Monday to Thursday", "Can I change the day of the week?"),
        ("is salbutamol the same thing as albuterol", "Is albuterol the same as salbutamol?"),
        ("can pantoprazole granules go in milk", "Can I stir the granules into water or milk?"),
        ("noradrenaline has extravasated what now", "What if it leaks out of the vein?"),
        ("can a 10 year old have ibuprofen", "Can children take these tablets?"),
        ("I have cirrhosis can I take paracetamol", "Can I take acetaminophen if I have liver problems?"),
        ("I got hives from penicillin can I take cefalexin", "I am allergic to penicillin. Can I take it?"),
        ("is it ok to give blood on atorvastatin", None),
        ("is tacrolimus the same as prograf", "Can I switch between tacrolimus brands?"),
        ("is it dangerous to stop prednisone", "Can I stop prednisone suddenly?"),
        ("how much tylenol is safe in a day", "How much acetaminophen may an adult take?"),  # not of a child
        ("can I eat bananas on spironolactone", "Can I use a salt substitute or potassium tablets?"),
        ("can my dog have metformin", None),
        ("is there gluten in levothyroxine tablets", None),
        ("can I travel abroad with methotrexate", None),
        ("can I donate blood while on methotrexate", None),
        ("is there a cheaper version of warfarin", None),
    ],
)
def test_common_verbs_rule_no_question_out(asked: str, question: str | None) -> None:
    library = Library()
    if question:
        assert faq(library, asked.split()).faqs[0].faq.question == question
        return
    with pytest.raises(NotFound, match=r"`druginfo \w+ .*` (looks in the others|shows more of its text)"):
        faq(library, asked.split())


@pytest.mark.parametrize(("query", "topic"), [("plaquenil eyes", "eyes"), ("mirabegron BP", "BP")])
def test_a_word_that_is_a_form_too_is_not_set_aside(query: str, topic: str) -> None:
    found = show(Library(), query)
    assert isinstance(found, Shown)
    assert found.topic == topic


def test_digitalis_is_digoxin_and_british_hyphens_are_none() -> None:
    from druginfo.answers.interactions import interactions

    library = Library()
    assert interactions(library, ["furosemide", "digoxin"]).pairs[0].status == "listed"
    assert library.treats("gastro-oesophageal reflux") == library.treats("gastroesophageal reflux")
    assert library.treats("phaeochromocytoma") == library.treats("pheochromocytoma")


def test_of_more_questions_than_are_compared_the_one_with_all_words_is_found(
    library: MakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Drugol{}ine\nfaqs:\n  - q: May I swim {}?\n    a: Yes.\n---\n"
    monographs = {f"d{n}": text.format(n, "in winter" if n == 17 else "then") for n in range(30)}
    large = Library([library(**monographs)])
    asked_of = [[each.slug for each in faq(large, words.split()).faqs] for words in ("swim winter", "swim")]
    monkeypatch.setattr("druginfo.library.rows._MOST_COMPARED", 3)
    assert [each.slug for each in faq(large, ["swim", "winter"]).faqs] == asked_of[0] == ["d17"]
    assert len(faq(large, ["swim"]).faqs) == 3
    assert len(asked_of[1]) == 10
