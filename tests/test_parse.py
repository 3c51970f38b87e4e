"""A monograph is read as its author meant it, or refused with the line and the reason."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHIPPED, TESTS, words
from druginfo.errors import Unreadable
from druginfo.model import Monograph, Name
from druginfo.parse import MAX_BYTES, decode, parse
from druginfo.parse.faqs import clean_answer, split_question

front_matter = importlib.import_module("druginfo.parse.front_matter")  # a function of that name hides the module
WILD = TESTS / "fixtures" / "wild"


def read(content: str | bytes, slug: str = "example") -> Monograph:
    return parse(decode(content.encode() if isinstance(content, str) else content), slug, f"{slug}.md")


def wild(name: str) -> Monograph:
    return read((WILD / f"{name}.md").read_bytes(), name)


def refusal(content: str | bytes) -> tuple[int, str]:
    with pytest.raises(Unreadable) as caught:
        read(content)
    return caught.value.line, caught.value.reason


def said(monograph: Monograph) -> list[str]:
    return words(
        " ".join(f"{s.title} {' '.join(b.marker + ' ' + b.text for b in s.blocks)}" for s in monograph.sections)
    )


# ---------------------------------------------------------------- the publisher's export


@pytest.fixture
def velmorine(export: Path) -> Monograph:
    return read(export.read_bytes(), "velmorine")


def test_sections_of_an_export(velmorine: Monograph, export: Path) -> None:
    top = [s.key for s in velmorine.sections if "/" not in s.key]
    assert top == [
        "usage", "alternate-names", "how-it-works", "dosage", "side-effects", "contraindications", "drug-interactions",
        "pregnancy-and-breastfeeding", "faqs-frequently-asked-questions",
    ]  # fmt: skip
    lines = export.read_text("utf-8").split("\n")
    assert all(s.title in lines[s.line - 1].replace("*", "") for s in velmorine.sections)
    adults = next(s for s in velmorine.sections if s.title == "Adults")
    assert adults.key == "dosage/standard-dosage/adults"
    assert adults.over == ("Dosage", "Standard Dosage")


def test_joined_sections_are_the_body_verbatim(velmorine: Monograph, export: Path) -> None:
    body = export.read_text("utf-8").split("---\n", 2)[2]
    assert "".join(s.markdown for s in velmorine.sections).rstrip("\n") == body.rstrip("\n")


def test_faqs_of_an_export_are_clean(velmorine: Monograph) -> None:
    assert [f.question for f in velmorine.faqs] == [
        "How much Velmorine should I take?",
        "Is Velmorine safe in pregnancy?",
        "May I drink alcohol?",
    ]
    assert velmorine.faqs[0].answer.split("\n") == [
        "That depends on the reason:",
        "    - Gout: 20 mg once daily, at most 40 mg.",
        "    - Kidney stones:  Adults: 10 mg twice daily. Children: 5 mg once daily.",
    ]
    assert velmorine.faqs[2].answer == "A little does no harm;  a lot brings the gout back."


def test_head_of_an_export(velmorine: Monograph) -> None:
    assert velmorine.title == "Velmorine"
    assert velmorine.is_banned is False
    assert velmorine.last_modified == "2025-03-04T08:09:10.111Z"
    assert velmorine.names == (
        Name("Velmorine", "title"),
        Name("Velmorine", "inn"),
        Name("Zelvorin", "brand"),
        Name("Urapax", "brand"),
    )
    assert velmorine.classes == ("Xanthine oxidase (XO) inhibitor", "Urate-lowering agent")
    assert velmorine.description
    assert velmorine.description.startswith("Medical Conditions: Velmorine is given for: Long-standing gout")
    assert velmorine.description.endswith("alo...")


# ---------------------------------------------------------------- front matter


def test_byte_order_mark_and_line_ends() -> None:
    expected = [("dosage", 5)]
    for name in ("bom", "old-mac"):
        monograph = wild(name)
        assert (monograph.title, [(s.key, s.line) for s in monograph.sections]) == ("Orzulate", [("dosage", 4)])
    monograph = wild("crlf")
    assert [(s.key, s.line) for s in monograph.sections][:1] == expected
    assert monograph.is_banned is True
    assert "\r" not in "".join(s.markdown for s in monograph.sections)


def test_utf_16_with_its_mark() -> None:
    assert read("---\ntitle: Ibuprofène\n---\n## Dosage\n5 mg".encode("utf-16")).title == "Ibuprofène"


def test_no_front_matter() -> None:
    monograph = read("## Dosage\n\n5 mg\n", "insulin-glargine")
    assert (monograph.title, monograph.sections[0].line, monograph.faqs) == ("Insulin glargine", 1, ())
    assert monograph.names == (Name("Insulin glargine", "title"),)


def test_empty_file_and_empty_front_matter() -> None:
    assert read("").sections == ()
    assert read("---\n---\n").title == "Example"


@pytest.mark.parametrize("text", ["---\ntitle: A\n\n## Dosage\n", (WILD / "pandoc-end.md").read_text()])
def test_front_matter_without_an_end_is_refused(text: str) -> None:
    assert refusal(text) == (1, "front matter begins here and never ends; close it with a line ---")


def test_toml_is_refused() -> None:
    line, reason = refusal((WILD / "toml.md").read_bytes())
    assert line == 1
    assert "TOML" in reason


def test_duplicate_keys_keep_the_first_and_are_noted() -> None:
    monograph = read("---\ntitle: First\nlayout: x\ntitle: Second\n---\n")
    assert monograph.title == "First"
    assert [(f.line, "title" in f.message) for f in monograph.faults] == [(4, True)]


@pytest.mark.parametrize(
    ("written", "title"), [("No", "No"), ("1.10", "1.10"), ("2024-01-02", "2024-01-02"), ('"a\\nb"', "a b")]
)
def test_scalars_stay_as_written(written: str, title: str) -> None:
    assert read(f"---\ntitle: {written}\n---\n").title == title


@pytest.mark.parametrize("date", ["2024-05-06", "'2024-05-06'", "2024-05-06T07:08:09Z"])
def test_dates_stay_as_written(date: str) -> None:
    assert read(f"---\nlastModified: {date}\n---\n").last_modified == date.strip("'")


@pytest.mark.parametrize("date", ["", "~", "null", "[]"])
def test_no_date(date: str) -> None:
    assert read(f"---\nlastModified: {date}\n---\n").last_modified is None


def test_content_and_unknown_keys_do_no_harm() -> None:
    monograph = read("---\ntitle: A\ncontent: hidden\nmetadata: {a: [1]}\n? [x]\n: y\n---\n## Dosage\n5 mg\n")
    assert (monograph.title, [s.text for s in monograph.sections]) == ("A", ["5 mg"])


@pytest.mark.parametrize(
    ("value", "banned", "faults"),
    [("true", True, 0), ("Yes", True, 0), ("false", False, 0), ("", False, 0), ("in the EU", True, 1)],
)
def test_a_ban_that_is_not_understood_is_a_ban(value: str, banned: bool, faults: int) -> None:
    monograph = read(f"---\ntitle: A\nis_banned: {value}\n---\n")
    assert (monograph.is_banned, len(monograph.faults)) == (banned, faults)


@pytest.mark.parametrize("value", ["[1, 2]", "{a: b}", "~", "text"])
@pytest.mark.parametrize("key", ["title", "faqs", "aliases", "classes", "sources", "description", "is_banned"])
def test_a_value_of_another_shape_is_survived(key: str, value: str) -> None:
    assert read(f"---\n{key}: {value}\n---\n## Dosage\n5 mg\n").sections[0].text == "5 mg"


@pytest.mark.parametrize(
    ("front", "line", "why"),
    [
        ("title: A\nbad: a: b\n", 3, "a value has a colon and a space; put it in quotes"),
        ("- a\n- b\n", 2, "not a list of"),
        ("title: A\nx: \x07\n", 3, "U+0007"),
        ("title: A\nfaqs: &a [*a]\n", 3, "alias"),
        ("title: *A*\n", 2, "not valid YAML"),
        ("a: " + "[" * 200 + "\n", 2, "nested"),
    ],
)
def test_refusals_say_where_and_why(front: str, line: int, why: str) -> None:
    at, reason = refusal(f"---\n{front}---\n## Dosage\n")
    assert at == line
    assert why in reason


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"a\nb \xff c", 2, "0xFF"),
        (b"a\n\nb\0", 3, "NUL"),
        ("a\n\nb".encode("utf-16-le"), 1, "NUL"),
        (b"\xff\xfea", 1, "UTF-16"),
        (b"a" * (MAX_BYTES + 1), 0, "larger than"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, line: int, why: str) -> None:
    at, reason = refusal(content)
    assert at == line
    assert why in reason


# ---------------------------------------------------------------- sections


def test_keys_are_unique_and_join_from_the_top_level() -> None:
    monograph = read("intro\n# Title\n## A\n#### deep\n### B\n## A\n## A\n")
    assert [s.key for s in monograph.sections] == ["introduction", "title", "a", "a/deep", "a/b", "a-2", "a-3"]


def test_several_top_headings_are_the_top_level() -> None:
    assert [s.key for s in read("# A\n## B\n# C\n").sections] == ["a", "a/b", "c"]


def test_the_only_top_heading_is_the_title_where_the_front_matter_has_none() -> None:
    assert wild("setext").title == "Orzulate"


def test_underlined_headings_are_sections() -> None:
    assert [(s.key, s.level, s.line) for s in wild("setext").sections] == [
        ("orzulate", 1, 1),
        ("dosage", 2, 4),
        ("storage", 2, 16),
    ]


def test_chinese() -> None:
    monograph = wild("chinese")
    assert [s.key for s in monograph.sections] == ["用法用量", "禁忌"]
    assert monograph.sections[0].title == "用法用量"
    assert [n.name for n in monograph.names if n.field == "synonym"] == ["乙酰水杨酸", "Aspirin"]
    assert [(f.question, f.answer) for f in monograph.faqs] == [("可以喝酒吗？", "不可以。")]
    assert monograph.last_modified == "2024-05-06"


@pytest.mark.parametrize("path", sorted(WILD.glob("*.md")), ids=lambda p: p.stem)
def test_markdown_from_the_wild_is_read_word_for_word_or_refused(path: Path) -> None:
    text = decode(path.read_bytes())
    if path.stem in ("toml", "pandoc-end"):
        refusal(path.read_bytes())
        return
    body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    assert said(read(path.read_bytes())) == words(body)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda p: p.stem)
@pytest.mark.slow
def test_joined_sections_of_every_shipped_monograph_are_its_body(path: Path) -> None:
    text = path.read_text("utf-8")
    monograph = read(text, path.stem)
    assert "".join(s.markdown for s in monograph.sections).strip("\n") == text.split("---\n", 2)[2].strip("\n")
    assert said(monograph) == words(text.split("---\n", 2)[2])
    assert monograph.faults == ()


@given(st.text(st.sampled_from("ab1 #-*>|`~\n."), max_size=80))
@settings(max_examples=200)
def test_joined_sections_are_any_body_verbatim(body: str) -> None:
    monograph = read("---\ntitle: A\n---\n" + body)
    joined = "".join(s.markdown for s in monograph.sections)
    assert joined.strip() == "" if not body.strip() else words(joined) == words(body)


# ---------------------------------------------------------------- names


def names_of(body: str) -> list[tuple[str, str]]:
    return [(n.name, n.field) for n in read(f"---\ntitle: A\n---\n{body}", "a").names if n.field != "title"]


def test_names_by_their_labels() -> None:
    assert names_of(
        "## Alternate Names\n- **INN:** Bee\n- Other Names: Cee (USAN), Dee; 2,4-Eff\n- **Brand Names:**\n    - Gee® \n"
        "    - Haitch / Eye\n"
    ) == [("Bee", "inn"), ("Gee", "brand"), ("Haitch", "brand"), ("Eye", "brand"), ("Cee", "synonym"),
          ("Dee", "synonym"), ("2,4-Eff", "synonym")]  # fmt: skip


def test_an_ingredient_never_becomes_a_name_of_the_combination() -> None:
    found = names_of("## Alternate Names\n- **Other Names:** Amoxicillin / clavulanate\n")
    assert found == [("Amoxicillin / clavulanate", "synonym")]


@pytest.mark.parametrize(
    "body",
    [
        "## Dosage\n### Switching Between Brands\n- Do not switch to Warfarin, Heparin\n",
        "## Alternate Names\n- **Brand Names:** Bee\n\nNot to be confused with Warfarin, Heparin.\n",
        "## Alternate Names\n- **Brand Names:** Bee\n- Look-alikes: Warfarin, Heparin\n",
        "## Alternate Names\n- **Brand Names:**\n    - Bee\n\nNot Warfarin, Heparin.\n",
        "## Warnings\nBrand names differ: Warfarin, Heparin\n",
    ],
)
def test_a_drug_that_is_merely_spoken_of_is_no_name(body: str) -> None:
    assert not {"Warfarin", "Heparin", "Heparin."} & {name for name, _ in names_of(body)}


def test_names_in_a_table_and_under_headings_of_their_own() -> None:
    assert names_of("## Names\n| Brand Names | Bee, Cee |\n| Pack | Dee |\n") == [("Bee", "brand"), ("Cee", "brand")]
    assert names_of("## Names\n### Brand Names\n- Bee\n- Cee\n") == [("Bee", "brand"), ("Cee", "brand")]


def test_nothing_is_no_name() -> None:
    assert names_of("## Alternate Names\n- **Brand Names:** None, N/A (generic only), Various\n") == []


def test_a_slug_that_no_name_folds_to_is_a_name() -> None:
    assert read("---\ntitle: Insulin Glargine\n---\n", "insulin-glargine").names == (Name("Insulin Glargine", "title"),)
    assert read("---\ntitle: Glargine\n---\n", "insulin-glargine").names[-1] == Name("insulin-glargine", "slug")


@pytest.mark.parametrize(
    ("line", "classes"),
    [
        ("**Pharmacological Classification:** A (b, c), D; E.", ("A (b, c)", "D", "E")),
        ("**Drug Class**: A (b", ("A (b",)),
        ("**Pregnancy Class:** X", ()),
        ("**First-class evidence:** no", ()),
    ],
)
def test_classes(line: str, classes: tuple[str, ...]) -> None:
    assert read(f"## Usage\n- {line}\n").classes == classes


# ---------------------------------------------------------------- FAQs


@pytest.mark.parametrize(
    ("written", "question", "answer"),
    [
        ("1. What is it?", "What is it?", ""),
        ("Q12:  What\n is it?", "What is it?", ""),
        ("**Q: What is it?**", "What is it?", ""),
        ("What is it?**\n\n**A:** That.", "What is it?", "That."),
        ("What is it?** A: That.", "What is it?", "That."),
        ("What is it?\nAnswer: That.", "What is it?", "That."),
        ("2.5 mg or 5 mg?", "2.5 mg or 5 mg?", ""),
        ("Q2.5 mg?", "Q2.5 mg?", ""),
        ("Is hepatitis A: a problem?", "Is hepatitis A: a problem?", ""),
        ("What of vitamin A: too much?", "What of vitamin A: too much?", ""),
    ],
)
def test_questions(written: str, question: str, answer: str) -> None:
    assert split_question(written) == (question, answer)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("A:** Yes.", "Yes."),
        ("**A:** Yes, **2*3** mg.", "Yes, 2*3 mg."),
        ("Answer: Yes.\n\n\n\nMore.", "Yes.\n\nMore."),
        ("A little.", "A little."),
    ],
)
def test_answers(written: str, answer: str) -> None:
    assert clean_answer(written) == answer


def test_faqs_of_the_body_join_those_of_the_front_matter() -> None:
    monograph = read(
        "---\nfaqs:\n  - q: One?\n    a: First.\n  - q: One?\n    a: Other.\n  - question: Two?\n    answer: Second.\n"
        "---\n## FAQs\n### Q1: One?\nFrom the body.\n### Q2: Three?\n**A:** Third.\n"
    )
    assert [(f.question, f.answer, f.line) for f in monograph.faqs] == [
        ("One?", "First.", 3),
        ("One?", "Other.", 5),
        ("Two?", "Second.", 7),
        ("Three?", "Third.", 13),
    ]


def test_faqs_as_bold_paragraphs() -> None:
    monograph = read("## FAQ\n**Q: One?** First.\n\n**Two?**\n\nSecond.\n\nQ3. 2.5 mg a day?\n\n- Third\n")
    assert [(f.question, f.answer) for f in monograph.faqs] == [
        ("One?", "First."),
        ("Two?", "Second."),
        ("2.5 mg a day?", "Third"),
    ]


@pytest.mark.parametrize(
    ("faqs", "line"),
    [("faqs: hello", 3), ("faqs: {q: Why?}", 3), ("faqs:\n  - just text", 4), ("faqs:\n  - a: An answer.", 4)],
)
def test_faqs_that_are_none_are_reported(faqs: str, line: int) -> None:
    read = parse(f"---\ntitle: A\n{faqs}\n---\n", "a", "a.md")
    assert (read.faqs, [fault.line for fault in read.faults]) == ((), [line])


def test_an_answer_that_is_a_list_is_its_lines() -> None:
    (faq,) = parse("---\ntitle: A\nfaqs:\n  - q: Why?\n    a: [One., Two.]\n---\n", "a", "a.md").faqs
    assert faq.answer == "One.\nTwo."


# ---------------------------------------------------------------- front matter in the plain form

_WORDS = st.text(st.sampled_from("ab Z9:#'\"-,[]{}é²\t\\&*|>%@.\xa0"), max_size=9)
_KNOWN = ["a:", "b: c", "- q: x", "  a: y", "  - q: x", "    a: y", "- x", "  - x", "k: [a, b]", "k: []"]
_BEFORE = st.sampled_from([f"{at}{key}" for at in ("", "  ", "    ", "- ", "  - ") for key in ("", "k: ")])
_LINES = st.lists(st.one_of(st.sampled_from(_KNOWN), st.builds("{}{}".format, _BEFORE, _WORDS)), max_size=7)


def _shape(node: Any) -> Any:
    if isinstance(node.value, str):
        return node.value
    if node.id == "mapping":
        return [(key.value, _shape(value)) for key, value in node.value]
    return ["sequence", *((_shape(each), each.start_mark.line) for each in node.value)]


@settings(max_examples=600, deadline=None)
@given(_LINES)
@pytest.mark.slow
def test_the_plain_form_of_front_matter_is_read_as_yaml_reads_it(lines: list[str]) -> None:
    front = "\n".join(lines)
    plain = front_matter._plain_pairs(front)
    if plain is None:
        return
    try:
        slow = front_matter._pairs(front)
    except Unreadable as error:
        pytest.fail(f"{front!r}: {error.reason}")
    both = [[(key.value, key.start_mark.line, _shape(value)) for key, value in pairs] for pairs in (plain, slow)]
    assert both[0] == both[1]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_every_shipped_monograph_has_the_plain_form(path: Path) -> None:
    front, _, _ = front_matter.split(path.read_text("utf-8"))
    assert front_matter._plain_pairs(front) is not None
