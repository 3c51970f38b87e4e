"""A drug and any words, a class and a topic, words alone: the passages that a colleague would point to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from druginfo import Library
from druginfo.answers.across import TopicOfAll
from druginfo.answers.faq import faq
from druginfo.answers.search import search
from druginfo.answers.show import Shown, show
from druginfo.errors import Absent, Ambiguous, NotFound
from druginfo.topics.wording import expression, same, wanted

MakeLibrary = Callable[..., Path]
LISINAPRIL = """---
title: Testopril
aliases: [Zestopil]
classes: [Angiotensin-converting enzyme (ACE) inhibitor]
faqs:
  - q: Can I take it when pregnant?
    a: No. It harms the unborn child, and children born early too.
  - q: Can children take it?
    a: From 6 years of age.
  - q: How much do I take?
    a: 10 mg once daily, less with weak kidneys.
---

## Boxed Warning

- **Fetal Toxicity:** Stop as soon as pregnancy is detected.

## Usage

- **Scope:** Tablets only.
- Hypertension.

## Dosage

### Standard Dosage

#### Adults

- **Hypertension:** 10 mg orally once daily.

#### Special Cases

- **Patients with Renal Impairment:**
    - CrCl <30 mL/min: 5 mg orally once daily.
- **Patients with Hepatic Impairment:** No adjustment.

## Contraindications

- Angioedema in the past

## Side Effects

- Hyperkalemia, cough, raised norepinephrine
- Absolute neutrophil count (ANC) below 500 in collagen disease
- Lightheadedness; carriers of HLA-B\\*58:01 have skin reactions

## Drug Interactions

- **Potassium supplements:** Higher risk of hyperkalemia.
- **Bananafarin:** The INR may rise.

## Pregnancy and Breastfeeding

- **Pregnancy:** Harms the fetus.
- **Breastfeeding:** Not recommended.
- **Fertility and Contraception:** Not studied.

## Precautions

- Kidney transplant recipients: no experience.
- Wait 36 hours after Bananafarin. Keep it in the pill box.
- Eye examinations at the start.
- Heart: weigh benefit in aortic stenosis.
- Bronchospastic disease: start low. Blood: agranulocytosis occurs. Take it with milk; give pyridoxine too.
"""
OTHER = """---
title: Otherpril
classes: [ACE inhibitor]
---

## Contraindications

- Pregnancy

## Side Effects

- Taste changes
"""


@pytest.fixture
def library(shelf: MakeLibrary) -> MakeLibrary:
    return shelf


@pytest.fixture
def small(library: MakeLibrary) -> Library:
    return Library([library(testopril=LISINAPRIL, otherpril=OTHER)])


def drug(library: Library, query: str, **options: bool) -> Shown:
    found = show(library, query.split(), **options)
    assert isinstance(found, Shown)
    return found


def told(found: Shown) -> str:
    return "\n".join([*(s.text for s in found.monograph.sections), *(f.question for f in found.monograph.faqs)])


@pytest.mark.parametrize(
    ("query", "holds", "not_held"),
    [
        ("testopril hyperkalaemia", "Hyperkalemia", "CrCl"),  # British
        ("testopril ANC", "neutrophil", "cough"),  # as the text abbreviates it
        ("testopril absolute neutrophil count", "(ANC)", "cough"),
        ("testopril high potassium", "Hyperkalemia", "CrCl"),
        ("testopril coughing", "cough", "CrCl"),
        ("testopril tablets 10 mg cough", "cough", "CrCl"),
        ("testopril xr 500 mg kidney", "CrCl <30", "aortic"),
        ("testopril kidney dose", "CrCl <30", "Hepatic"),
        ("testopril kidney liver", "Patients with Hepatic Impairment", "aortic"),
        ("testopril pregnancy", "Stop as soon as", "Not recommended"),
        ("testopril breastfeeding", "Breastfeeding: Not", "Harms the fetus"),
        ("testopril children", "Can children take it", "when pregnant"),
        ("testopril kidney", "CrCl <30", "norepinephrine"),
        ("testopril kidney", "CrCl <30", "transplant"),
        ("testopril 5 mg interactions", "Potassium supplements", "cough"),
        ("zestopil INR", "Bananafarin", "cough"),
        ("testopril the INR", "Bananafarin", "cough"),
        ("testopril K+", "hyperkalemia", "Kidney"),  # a symbol
        ("testopril light headed", "Lightheadedness", "CrCl"),  # parted otherwise
        ("testopril light-headed", "Lightheadedness", "CrCl"),
        ("testopril pillbox", "pill box", "CrCl"),
        ("testopril HLA-B*5801", "58:01", "CrCl"),
        ("testopril eye exam", "Eye examinations", "CrCl"),
        ("testopril 36 hours", "Wait 36 hours", "CrCl"),  # no strength
        ("testoprl potassium", "Potassium supplements", "CrCl"),  # the name misspelled
        ("testopril coufhing", "cough", "CrCl"),  # the word misspelled
        ("potassium in testopril", "Potassium supplements", "CrCl"),  # the other way round
        ("does testopril cause cough", "cough", "CrCl"),
        ("testopril milk", "Take it with milk", "Breastfeeding"),  # the food
        ("testopril FBC", "neutrophil", "CrCl"),  # what it counts
        ("testopril COPD", "Bronchospastic", "CrCl"),  # the wider word
        ("testopril pyridoxine", "give pyridoxine", "CrCl"),
    ],
)
def test_a_drug_and_words(small: Library, query: str, holds: str, not_held: str) -> None:
    text = told(drug(small, query))
    assert holds in text
    assert not_held not in text


def test_danger_comes_first(small: Library) -> None:
    keys = [s.key for s in drug(small, "testopril pregnancy").monograph.sections]
    assert keys[0] == "boxed-warning"


def test_a_wider_topic_is_said_to_be_wider(small: Library) -> None:
    found = drug(small, "testopril QT")
    assert found.notice == "Nothing on “QT”. On heart it says:"
    assert "aortic stenosis" in told(found)


def test_what_was_set_aside_is_said(small: Library) -> None:
    assert drug(small, "testopril xr 500 mg kidney").notice == "Set aside: “xr 500 mg”."
    found = drug(small, "testopril 10 mg cough")
    assert found.notice
    assert found.notice.startswith("Set aside: “10 mg”.")
    found = drug(small, "testopril tablets 10 mg")
    assert (found.topic, found.notice) == (None, "Set aside: “tablets 10 mg”.")
    with pytest.raises(NotFound, match="nothing on “itching”"):  # directions name complaints too
        drug(small, "testopril itching")


def test_a_route_without_an_amount_is_asked_for(library: MakeLibrary) -> None:
    usage = "## Usage\n\n- **Scope:** A spray; not the injection.\n- Pain.\n"
    small = Library([library(anasol=f"---\ntitle: A\n---\n\n{usage}\n## Dosage\n\n- 1 mg.\n")])
    found = drug(small, "anasol injection")
    assert "not the injection" in told(found)
    assert (found.notice or "").startswith("This text does not cover “injection”.")
    with pytest.raises(NotFound, match="nothing on “infusion”"):
        drug(small, "anasol infusion")
    with pytest.raises(NotFound, match="nothing on “spacer”"):
        drug(small, "anasol spacer")
    assert drug(small, "anasol xr").topic is None
    assert drug(small, "anasol 5 mg injection").topic is None


def test_a_part_of_pregnancy_is_answered_from_pregnancy(small: Library) -> None:
    assert drug(small, "testopril third trimester").notice == "Nothing on “third trimester”. On pregnancy it says:"


def test_what_is_only_near_is_said_to_be(small: Library) -> None:
    assert drug(small, "testopril low potassium").notice == ("Nothing on “low potassium”. On potassium it says:")


def test_a_word_of_two_senses_is_shown_in_the_other_one_where_the_text_has_no_more(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Pregnancy and Breastfeeding\n\n- **Breastfeeding:** Passes into milk.\n"
    assert "Passes into milk" in told(drug(Library([library(amilk=text)]), "amilk milk"))


def test_of_a_test_what_is_said_of_monitoring_comes_first(library: MakeLibrary) -> None:
    doses = "".join(f"- ANC below {n}: reduce, reduce, reduce, reduce, reduce.\n" for n in range(90))
    text = f"---\ntitle: A\n---\n\n## Dosage\n\n{doses}\n## Precautions\n\n- **Monitoring:** ANC weekly.\n"
    short = drug(Library([library(anclozol=text)]), "anclozol FBC").short
    assert short
    assert short.sections[-1].text.endswith("ANC weekly.")


def test_beside_passages_with_all_words_the_dangers_with_a_telling_one_come_first(library: MakeLibrary) -> None:
    boxed = "## Boxed Warning\n\n- HLA-B*1502 carriers: severe rash.\n- Blood: counts fall.\n"
    doses = (
        "## Dosage\n\n- HLA-B*1502 typing before the start.\n- Blood tests before the start.\n- Blood tests later.\n"
    )
    text = f"---\ntitle: A\n---\n\n{boxed}\n{doses}\n## Precautions\n\n- Blood tests, blood loss.\n- Blood.\n"
    anazepine = Library([library(anazepine=text)])
    found = drug(anazepine, "anazepine HLA typing")
    assert found.notice == "The passages with “HLA typing”. First, the warnings with “HLA”."
    assert [s.key for s in found.monograph.sections] == ["boxed-warning", "dosage"]
    assert "counts fall" not in told(found)
    assert "counts fall" not in told(drug(anazepine, "anazepine blood loss"))  # blood is all over the text


def test_a_test_leads_to_what_it_tests(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Side Effects\n\n- Long QTc\n- Gynecomastia\n\n## Precautions\n\n- ECG yearly\n"
    anapram = Library([library(anapram=text)])
    found = drug(anapram, "anapram EKG")
    assert "Long QTc" in told(found)
    assert "ECG yearly" in told(found)
    assert "Gynecomastia" in told(drug(anapram, "anapram breast swelling"))


@pytest.mark.parametrize(
    ("query", "line", "notice"),
    [
        ("anasone gargle", "Rinse the mouth after it.", "Read “gargle” as “rinse mouth”."),
        ("anasone runs", "Diarrhea", "Read “runs” as “diarrhea”."),
        ("anasone tight chest", "Tightness or pressure in the chest", "The passages with “tight chest”."),
        ("anasone eyesight gone", "Eyes: blurred.", "Read “eyesight gone” as “eyes”."),
        ("anasone soya", "Soybean flour binds it.", "The passages with “soya” or soy, soybean."),
        ("anasone Zantac", "Ranitidine raises it.", "Zantac is Ranitidine. The passages with “Ranitidine”."),
    ],
)
def test_everyday_words_are_what_medicine_calls_them(library: MakeLibrary, query: str, line: str, notice: str) -> None:
    lines = "Rinse the mouth after it.", "Diarrhea", "Tightness or pressure in the chest", "Eyes: blurred."
    text = "".join(f"- {each}\n" for each in (*lines, "Soybean flour binds it.", "Ranitidine raises it."))
    found = drug(Library([library(anasone=f"---\ntitle: A\n---\n\n## Side Effects\n\n{text}")]), query)
    assert [block.text for section in found.monograph.sections for block in section.blocks] == [line]
    assert found.notice == notice


def test_words_that_are_only_partly_there_are_said(small: Library) -> None:
    found = drug(small, "testopril cough zebra")
    assert found.notice
    assert "nothing with “zebra”" in found.notice
    assert "cough" in told(found)


HANDS = """---
title: A
faqs:
  - q: How long may I take it?
    a: Not for years.
---

## Contraindications

- Allergy to anaprofen

## Dosage

### Standard Dosage

#### Adults

- **Pain:** 10 mg orally once daily for at most 5 days.

## Side Effects

- Raynaud's phenomenon
- Diabetic retinopathy

## Precautions

- Watch fingers and toes.
- Gene test: HLA-B*58:01 before the start.
- Carriers of HLA-B*58:01 in Han Chinese are frequent: consider a gene test.
"""


@pytest.mark.parametrize(
    ("query", "line", "notice"),
    [
        ("anaprofen fingers gone purple yesterday", "Watch fingers", "nothing with “purple”"),
        ("anaprofen cold fingers in winter", "Raynaud", "nothing with “winter”"),
        ("anaprofen diabetic eye lesion", "Diabetic retinopathy", "nothing with “lesion”"),
        ("anaprofen max number of days", "at most 5 days", "how long"),
        ("anaprofen Han Chinese HLA", "before the start", "Beside them, what is said of “HLA”."),
    ],
)
def test_what_holds_part_of_the_words_is_shown(library: MakeLibrary, query: str, line: str, notice: str) -> None:
    found = drug(Library([library(anaprofen=HANDS)]), query)
    assert line in told(found)
    assert notice in (found.notice or "")


@pytest.mark.parametrize("query", ["anaprofen latex allergy", "anaprofen hair falling out"])
def test_what_says_nothing_alone_is_not_shown(library: MakeLibrary, query: str) -> None:
    with pytest.raises(NotFound, match="nothing on"):
        drug(Library([library(anaprofen=HANDS)]), query)


def test_what_is_said_of_another_drug_s_class_is_shown_where_it_is_not_named(library: MakeLibrary) -> None:
    own = "---\ntitle: A\n---\n\n## Drug Interactions\n\n- Beta blockers: slow the heart.\n- Others: none at 10 mg.\n"
    other = "---\ntitle: Bisolol\nclasses: [Beta blocker]\n---\n\n## Usage\n\n- Hypertension.\n"
    found = drug(Library([library(anaprofen=own, bisolol=other)]), "anaprofen bisolol")
    assert [block.text for section in found.monograph.sections for block in section.blocks] == [
        "Beta blockers: slow the heart."
    ]
    assert (found.notice or "").startswith("Nothing on Bisolol by name. On its class (Beta blocker) it says")


def test_what_is_said_of_the_class_of_a_drug_without_a_monograph_is_shown(library: MakeLibrary) -> None:
    own = "---\ntitle: A\n---\n\n## Drug Interactions\n\n- Beta blockers: slow the heart.\n- Others: none at 10 mg.\n"
    found = drug(Library([library(anaprofen=own)]), "anaprofen propranolol")
    assert [block.text for section in found.monograph.sections for block in section.blocks] == [
        "Beta blockers: slow the heart."
    ]
    assert found.notice == "Nothing on Propranolol by name. On its class (beta blocker) it says:"
    with pytest.raises(Absent, match="does not mention Digoxin"):
        drug(Library([library(anaprofen=own)]), "anaprofen digoxin")


def test_what_is_near_few_passages_comes_beside_them(library: MakeLibrary) -> None:
    text = (
        "---\ntitle: A\n---\n\n## Contraindications\n\n- Asthma\n\n## Precautions\n\n- Bronchospasm: use with care.\n"
    )
    found = drug(Library([library(anaprofen=text)]), "anaprofen asthmatic")
    assert "use with care" in told(found)
    assert (found.notice or "").endswith("Beside them, what is said of “bronchospasm”.")


def test_a_slip_with_a_strength_is_the_drug(library: MakeLibrary) -> None:
    text = "---\ntitle: Warfaprin\n---\n\n## Dosage\n\n- 5 mg orally once daily.\n"
    assert drug(Library([library(warfaprin=text)]), "warfaprn 5 mg").notice == "Set aside: “5 mg”."


def test_a_class_of_both_drugs_says_nothing_of_the_other(library: MakeLibrary) -> None:
    own = "---\ntitle: A\nclasses: [Anticoagulant]\n---\n\n## Dosage\n\n- Changing from other anticoagulants: 10 mg.\n"
    other = "---\ntitle: Bisolol\nclasses: [Direct oral anticoagulant]\n---\n\n## Usage\n\n- Stroke.\n"
    with pytest.raises(Ambiguous, match="druginfo interactions"):
        drug(Library([library(anaprofen=own, bisolol=other)]), "anaprofen bisolol")


def test_an_abbreviation_that_no_table_has_is_read_by_the_initials_of_the_text(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Precautions\n\n- Pure red cell aplasia.\n- Antiphospholipid syndrome.\n- Gout.\n"
    own = Library([library(anaprofen=text)])
    for asked, phrase in (("PRCA", "pure red cell aplasia"), ("APLS", "antiphospholipid syndrome")):
        found = drug(own, f"anaprofen {asked}")
        assert found.notice == f"{asked}: {phrase}. The passages with “{phrase}”."
        assert told(found).strip().lower() == f"- {phrase}."
    for asked in ("prca", "RCAP", "GAT"):
        with pytest.raises(NotFound, match="has nothing on"):
            drug(own, f"anaprofen {asked}")


def test_search_and_faq_of_a_drug_read_initials_too(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Precautions\n\n- Pure red cell aplasia.\n- Gout.\n"
    own = Library([library(anaprofen=text)])
    found = search(own, ["anaprofen", "PRCA"])
    assert found.notice == "PRCA: pure red cell aplasia."
    assert len(found.hits) == 1
    with pytest.raises(NotFound, match="aplasia"):
        faq(own, ["anaprofen", "PRCA"])


def test_an_abbreviation_of_two_phrases_is_not_read(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Precautions\n\n- Quick red cell assays.\n- Quite renal clearance alone.\n"
    with pytest.raises(NotFound, match="has nothing on “QRCA”"):
        drug(Library([library(anaprofen=text)]), "anaprofen QRCA")


def test_signs_of_ions_are_their_elements(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Side Effects\n\n- High calcium.\n- Low phosphate.\n- Hypokalemia.\n- Rash.\n"
    own = Library([library(anaprofen=text)])
    for asked, line in (("raised Ca2+", "- High calcium."), ("PO4", "- Low phosphate."), ("low K+", "- Hypokalemia.")):
        assert told(drug(own, f"anaprofen {asked}")).strip() == line


def test_mg_in_capitals_is_no_milligram(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Precautions\n\n- Caution in myasthenia gravis.\n- Not above 10 mg.\n"
    assert told(drug(Library([library(anaprofen=text)]), "anaprofen MG")).strip() == "- Caution in myasthenia gravis."


def test_food_says_nothing_of_grapefruit(library: MakeLibrary) -> None:
    text = "---\ntitle: A\n---\n\n## Dosage\n\n- With or without food.\n"
    with pytest.raises(NotFound, match="nothing on “grapefruit”; it has `druginfo show anaprofen food`"):
        drug(Library([library(anaprofen=text)]), "anaprofen grapefruit")


def test_nothing_is_one_sentence_with_what_is_near(small: Library) -> None:
    with pytest.raises(NotFound) as error:
        drug(small, "testopril zebra")
    assert error.value.message == (
        "Testopril's monograph has nothing on “zebra”; `druginfo search zebra` looks in the others."
    )
    with pytest.raises(NotFound, match="it has “bananafarin”: `druginfo show testopril bananafarin`"):
        drug(small, "testopril banenafarin")


def test_an_absent_drug_is_recognised_as_such(small: Library) -> None:
    with pytest.raises(Absent, match=r"druginfo import --fetch tofacitinib"):
        drug(small, "testopril tofacitinib")


def across(library: Library, query: str) -> TopicOfAll:
    found = show(library, query.split())
    assert isinstance(found, TopicOfAll)
    return found


def test_a_class_and_a_topic(small: Library) -> None:
    for query in ("ACE inhibitors pregnancy", "pregnancy ace inhibitors"):
        found = across(small, query)
        assert [m.slug for m in found.results] == ["otherpril", "testopril"]
        assert "pregnancy" in found.title
        assert "ace inhibitors" in found.title.lower()
    assert [m.slug for m in across(small, "ace inhibitor taste").results] == ["otherpril"]


def test_words_alone_are_answered_drug_by_drug_with_counts(small: Library) -> None:
    found = across(small, "hyperkalemia")
    assert [(each.slug, each.passages) for each in found.results] == [("testopril", 2)]
    assert found.notice
    assert "druginfo search hyperkalemia" in found.notice


def test_of_a_large_library_the_first_monographs_are_read_and_it_is_said(
    small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = across(small, "pregnancy")
    assert len(every.results) > 1
    assert every.notice is None
    monkeypatch.setattr("druginfo.answers.across.MOST_OF_ALL", 1)
    for query in ("pregnancy", "hyperkalemia"):
        found = across(small, query)
        assert len(found.results) == 1
        assert found.notice
        assert "first 1 monographs" in found.notice
    whole = show(small, ["pregnancy"], most=0)
    assert isinstance(whole, TopicOfAll)
    assert whole.results == every.results


def test_many_passages_are_cut_to_a_screen_and_counted(library: MakeLibrary) -> None:
    lines = "".join(f"- Effect {n} is likelier with grapefruit.\n" for n in range(90))
    text = f"---\ntitle: Longopril\n---\n\n## Side Effects\n\n{lines}\n## Contraindications\n\n- Grapefruit\n"
    large = Library([library(longopril=text)])
    found = drug(large, "longopril grapefruit")
    assert found.short
    shown = sum(len(s.blocks) for s in found.short.sections)
    assert shown + found.left_out == 91
    assert found.short.sections[0].key == "contraindications"
    every = show(large, ["longopril", "grapefruit"], most=0)
    assert isinstance(every, Shown)
    assert every.left_out == 0


@pytest.mark.parametrize(
    ("words", "text", "is_held"),
    [
        ("bruises", "easy bruising", True),
        ("dizzy", "Dizziness", True),
        ("AS", "as needed", False),
        ("INR", "INRs above 4", True),
        ("liver", "delivery", False),
        ("hyperkalaemia", "hyperkalemia", True),
        ("sun", "sundry", False),
        ("low potassium", "hypokalemia", True),
        ("infused", "by infusion", True),  # the same stem
        ("am I", "acute myocardial infarction", False),
        ("cataract surgery", "cataract or glaucoma surgery", True),
        ("pins and needles", "tingling", True),
        ("periods", "assessed periodically", False),
        ("hearing", "heart failure", False),
        ("DI", "diabetes insipidus", True),
        ("st johns wort", "St. John's Wort", True),
    ],
)
def test_words_find_their_other_forms_and_no_other_word(words: str, text: str, is_held: bool) -> None:
    (term,) = wanted(words.split())
    assert bool(term.pattern.search(text)) is is_held


def test_the_tables_of_words_hold_words() -> None:
    assert "hypokalemia" in same("low potassium")
    assert expression("") == "(?!)"


def test_the_topics_of_a_drug_are_counted(small: Library) -> None:
    from druginfo.answers.topics import topics_of

    every = topics_of(small, ())
    assert every.match is None
    assert {topic.passages for topic in every.topics} == {None}
    own = topics_of(small, ["zestopil"])
    counts = {topic.key: topic.passages for topic in own.topics}
    assert counts["interactions"] == 2
    assert "driving" not in counts
