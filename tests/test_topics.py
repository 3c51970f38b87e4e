"""A person's words find the part of a monograph that is meant, whole and verbatim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import words
from druginfo import Library, topics
from druginfo.model import Monograph
from druginfo.parse import parse
from druginfo.terms import files
from druginfo.topics.terms import TOPICS, _topic
from druginfo.topics.wording import expression


@pytest.fixture
def velmorine(export: Path) -> Monograph:
    return parse(export.read_text("utf-8"), "velmorine", str(export))


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("side effects", "side-effects"),
        ("Side-Effects", "side-effects"),
        ("ADR", "side-effects"),
        ("moa", "mechanism"),
        ("can I drink", "alcohol"),
        ("in pregnancy", "pregnancy"),
        ("the kidneys", "kidney"),
        ("kidney disease", "kidney"),
        ("how to take", "dosage"),
        ("FAQ", "faq"),
        ("black box", "boxed-warning"),
        ("max dose", "dosage"),
        ("newborn", "children"),
        ("switching from", "switching"),
        ("anaphylaxis", "allergy"),
        ("birth control", "contraception"),
    ],
)
def test_what_people_say(query: str, key: str) -> None:
    topic = topics.known(query)
    assert topic
    assert topic.key == key


@pytest.mark.parametrize("query", ["", "the", "warfarin", "kidney beans", "\udcff"])
def test_what_is_no_topic(query: str) -> None:
    assert topics.known(query) is None


@pytest.mark.parametrize(
    ("query", "key"), [("kidny", "kidney"), ("side efects", "side-effects"), ("pregnacy", "pregnancy")]
)
def test_a_misspelled_topic(query: str, key: str) -> None:
    topic = topics.near(query)
    assert topic
    assert topic.key == key


@pytest.mark.parametrize("query", ["xyz", "ci2", "completely else", "", "mood swings", "hood", "kinetic energy"])
def test_too_far_from_any_topic(query: str) -> None:
    assert topics.near(query) is None


def test_no_word_means_two_topics() -> None:
    seen: dict[str, str] = {}
    for name in (topic.words[0] for topic in TOPICS):
        topic = topics.known(name)
        assert topic
        for word in (topic.key, *topic.words):
            assert topics.known(word) is topic, word
            assert not set(word) & set("()[]|?*\\"), word  # words of people, no patterns
            assert seen.setdefault(word, topic.key) == topic.key


def about(monograph: Monograph, query: str) -> tuple[list[str], list[str]]:
    topic = topics.known(query)
    assert topic
    sections, faqs = topics.about(monograph, topic)
    return [s.key for s in sections], [f.question for f in faqs]


def test_a_topic_with_a_section_of_its_own(velmorine: Monograph) -> None:
    keys, questions = about(velmorine, "side effects")
    assert keys == [
        "side-effects", "side-effects/common-side-effects", "side-effects/rare-but-serious-side-effects"
    ]  # fmt: skip
    assert questions == []
    assert about(velmorine, "pregnancy") == (
        ["contraindications", "pregnancy-and-breastfeeding"], ["Is Velmorine safe in pregnancy?"]
    )  # fmt: skip


def test_a_topic_shown_in_passages_is_verbatim_under_its_headings(velmorine: Monograph, export: Path) -> None:
    keys, questions = about(velmorine, "kidney")
    assert "dosage/standard-dosage/special-cases" in keys
    assert questions == ["How much Velmorine should I take?"]
    topic = topics.known("kidney")
    assert topic
    lines = export.read_text("utf-8").split("\n")
    special = next(s for s in topics.about(velmorine, topic)[0] if s.title == "Special Cases")
    assert [line in lines for line in special.markdown.strip("\n").split("\n")] == [True, True]
    assert "Severe impairment (eGFR <30 mL/min/1.73 m²): Not recommended." in special.text
    assert "Elderly" not in special.text


def test_a_table_row_comes_with_its_header(velmorine: Monograph) -> None:
    table = "## Dosage\n| Group | Dose |\n|--|--|\n| Adults | 5 mg |\n| Renal impairment | 2.5 mg |\n"
    topic = topics.known("renal")
    assert topic
    (section,), _ = topics.about(parse(table, "a", "a"), topic)
    assert [b.cells for b in section.blocks] == [("Group", "Dose"), ("Renal impairment", "2.5 mg")]


def test_a_nested_passage_comes_with_the_items_around_it() -> None:
    text = "## Dosage\n- **Gout:**\n    - Adults: 5 mg\n    - Dialysis: avoid\n- **Stones:** 7 mg\n"
    topic = topics.known("kidney")
    assert topic
    (section,), _ = topics.about(parse(text, "a", "a"), topic)
    assert section.text == "- Gout:\n  - Dialysis: avoid"


@pytest.mark.parametrize(
    ("body", "query", "reported"),
    [
        ("## Renal Impairment\n\n- Mild: 5 mg\n- Severe: avoid\n", "kidney", "- Mild: 5 mg\n- Severe: avoid"),
        (
            "## Dosage\n\nIn kidney disease:\n\n- Mild: 5 mg\n- Severe: avoid\n\nOthers: 9 mg\n",
            "kidney",
            "In kidney disease:\n- Mild: 5 mg\n- Severe: avoid",
        ),
        (
            "## Dosage\n\n| CrCl (mL/min) | Dose |\n|---|---|\n| 30 to 60 | 5 mg |\n| below 30 | avoid |\n\nMore.\n",
            "kidney",
            "CrCl (mL/min) | Dose\n30 to 60 | 5 mg\nbelow 30 | avoid",
        ),
        (
            "## Dosage\n\n| For | Dose |\n|--|--|\n| All | 9 mg |\n| Dialysis | 5 mg |\n| | or 3 mg |\n| Old | 1 mg |",
            "kidney",
            "For | Dose\nDialysis | 5 mg\n | or 3 mg",
        ),
        (
            "## Dosage\n\n**Renal impairment**\n\nHalve it.\n\n- Severe: avoid\n\n**Fever**\n\nNone.\n",
            "kidney",
            "Renal impairment\nHalve it.\n- Severe: avoid",
        ),
        ("## Drug and Food Interactions\n\n- Aspirin\n- Grapefruit: avoid\n", "food", "- Grapefruit: avoid"),
        ("## Use in Children\n\nNot established.\n", "kids", "Not established."),
        (
            "## Dosage\n\n- Adults 18 years and older: 5 mg\n- 6 years and older: 2 mg\n",
            "kids",
            "- 6 years and older: 2 mg",
        ),
        ("## Dosage\n\n- Adults: 5 mg\n- Older than 75 years: 2 mg\n", "elderly", "- Older than 75 years: 2 mg"),
        (
            "## Dosage\n\n- Above 80 mg, over 60 minutes, CrCl >60 mL/min, eGFR ≥60 to less than 90 mL/min\n"
            "- Over 65 or frail: 2 mg\n",
            "elderly",
            "- Over 65 or frail: 2 mg",
        ),
        (
            "## Dosage\n\n- Up to 8-fold, below 1,500/µL, up to 2,000 mg\n- Under 6: not established\n",
            "children",
            "- Under 6: not established",
        ),
        ("## Usage\n\n- Binge-eating disorder, bulimia\n- Binge drinking\n", "alcohol", "- Binge drinking"),
        ("## Usage\n\n- UGT: glucuronyl transferases\n- ALT rises\n", "liver", "- ALT rises"),
        (
            "## Dosage\n\n- Missed dose: skip it.\n\n## Precautions\n\n- The trial missed its primary endpoint.\n"
            "- Report a missed menstrual period.\n",
            "missed dose",
            "- Missed dose: skip it.",
        ),
        ("## Dosage\n\n- Adults: 5 mg\n- From Warfarin: INR below 2.\n", "switching", "- From Warfarin: INR below 2."),
    ],
)
def test_nothing_on_a_danger_is_lost_and_nothing_else_shown(body: str, query: str, reported: str) -> None:
    topic = topics.known(query)
    assert topic
    (section,), _ = topics.about(parse(body, "a", "a"), topic)
    assert section.text == reported


def test_faq_topic_is_all_questions(velmorine: Monograph) -> None:
    assert about(velmorine, "faq") == ([], [f.question for f in velmorine.faqs])


@pytest.mark.slow
def test_passages_of_every_shipped_monograph_are_its_own_lines() -> None:
    for monograph in Library().monographs():
        body = set("".join(s.markdown for s in monograph.sections).split("\n"))
        for name in ("kidney", "liver", "elderly", "children", "alcohol", "pregnancy"):
            topic = topics.known(name)
            assert topic
            for section in topics.about(monograph, topic)[0]:
                assert set(section.markdown.split("\n")) <= body
                assert words(section.text) or not section.blocks


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[a]\nwords: x\n[a]\n", "data/topics.txt:3: “a” comes twice"),
        ("[a]\nwords: x\nwords: y\n", "data/topics.txt:3: “words” comes twice"),
        ("# all\n\nwords: x\n[a]\n", "data/topics.txt:3: neither “[table]” nor “row: words” below one"),
        ("[a]\nwords x\n", "data/topics.txt:2: neither “[table]” nor “row: words” below one"),
        ("[a]\n  x\n", "data/topics.txt:2: neither “[table]” nor “row: words” below one"),
        ("[a]\nwords: x,\n  y\nheading: ^ a\n", "data/topics.txt:4: a topic has no row “heading”"),
        ("[a]\nwords: x\n[b]\nspeaks: b\n", "data/topics.txt:3: “b” has no row “words”"),
        (
            "[a]\nwords: x\nspeaks: %(KIDNEYS)s\n",
            "data/topics.txt:1: “a” names a pattern that terms/patterns.py lacks: 'KIDNEYS'",
        ),
    ],
)
def test_a_slip_in_the_table_is_said_with_its_line(
    table: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "topics.txt").write_text(table, "utf-8")
    monkeypatch.setattr(files, "DATA", tmp_path)
    with pytest.raises(ValueError, match=re.escape(said)):
        [_topic(key, rows) for key, rows in files.data_tables.__wrapped__("topics.txt").items()]


def test_every_topic_has_its_own_words_and_can_be_looked_for() -> None:
    owners: dict[str, str] = {}
    for topic in TOPICS:
        for word in (*topic.words, *topic.narrower):
            place = files.line_of("topics.txt", topic.key, "words")
            assert owners.setdefault(word, topic.key) == topic.key, f"{place}: “{word}” is a word of two topics"
        for row, looks in (("headed", topic.is_headed), ("speaks", topic.is_in)):
            try:
                looks("")
            except (re.error, IndexError) as error:
                pytest.fail(f"{files.line_of('topics.txt', topic.key, row)}: cannot be read: {error}")


def test_words_of_a_list_that_share_the_last_are_found() -> None:
    found = re.compile(expression("poor metabolizer"), re.I)
    assert found.search("poor-, intermediate-, and ultrarapid metabolizer phenotypes")
    assert found.search("poor- or rapid metabolizers")
    assert not found.search("poor intake, rapid metabolizers")
