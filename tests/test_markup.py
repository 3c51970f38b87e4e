"""Markdown as it is really written is read whole: every line in one block, no sign of a dose taken for emphasis."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import words
from druginfo.markup import Heading, cells, lead_in, plain, plain_text, read, slugify, spans
from druginfo.model import Block

MARKED = st.text(st.sampled_from("ab 2.5*_`[]()\\#|->~:!\n\t"), max_size=60)


def outline(text: str) -> list[tuple[str, int, str]]:
    """(kind, depth or level, text) of everything in the text."""
    found = []
    for each in read(text.split("\n")):
        if isinstance(each, Heading):
            found.append(("heading", each.level, each.text))
        else:
            found.append((each.kind, each.depth, each.text))
    return found


# ---------------------------------------------------------------- blocks


def test_a_list_straight_after_its_paragraph_is_a_list() -> None:
    assert outline("**A:** That depends:\n    - Gout: 20 mg.\n    - Stones: 10 mg.") == [
        ("paragraph", 0, "**A:** That depends:"),
        ("item", 0, "Gout: 20 mg."),
        ("item", 0, "Stones: 10 mg."),
    ]


@pytest.mark.parametrize("marker", ["-", "*", "+", "•", "1.", "12)"])
def test_every_list_marker(marker: str) -> None:
    (block,) = read([f"{marker} 5 mg"])
    assert isinstance(block, Block)
    assert (block.kind, block.marker, block.text) == ("item", marker, "5 mg")


def test_bullet_signs_need_no_space() -> None:
    assert outline("•5 mg\n•10 mg") == [("item", 0, "5 mg"), ("item", 0, "10 mg")]


def test_nesting_by_indentation() -> None:
    text = "- one\n    - two\n      - three\n\n        paragraph of three\n- four\n1. five\n\t* six"
    assert [(kind, depth) for kind, depth, _ in outline(text)] == [
        ("item", 0), ("item", 1), ("item", 2), ("paragraph", 3), ("item", 0), ("item", 0), ("item", 1)
    ]  # fmt: skip


def test_a_wrapped_sentence_is_no_list() -> None:
    assert outline("The dose is\n2. mg daily") == [("paragraph", 0, "The dose is 2. mg daily")]
    assert outline("- Adults over\n65. Give 5 mg\n2. Then") == [("item", 0, "Adults over 65. Give 5 mg 2. Then")]
    assert [text for _, _, text in outline("1. one\n    - two\n2. three\n3. four")] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("bound", [">60 kg: 10 mg", "> 60 kg: 10 mg", ">=60 kg: 10 mg"])
def test_more_than_is_no_quotation(bound: str) -> None:
    assert outline(bound) == [("paragraph", 0, bound)]
    assert outline(f"> The label has\n{bound}")[0][0] == "quote"


def test_headings_of_any_depth_with_and_without_closing_marks() -> None:
    assert outline("# One\n###### Six ##\n####### Seven\n#none\n## \n## C# ") == [
        ("heading", 1, "One"),
        ("heading", 6, "Six"),
        ("paragraph", 0, "####### Seven #none"),
        ("heading", 2, ""),
        ("heading", 2, "C#"),
    ]


def test_underlined_headings() -> None:
    assert outline("One\n===\n\nTwo\n---\ntext\n\n---") == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("paragraph", 0, "text"),
        ("rule", 0, "---"),
    ]


def test_a_line_too_long_for_a_heading_is_a_paragraph() -> None:
    assert [kind for kind, _, _ in outline("# " + "a" * 400)] == ["paragraph"]


def test_a_code_fence_holds_headings_lists_and_spaces() -> None:
    assert outline("```text\n# no heading\n  - a   b\n```\n# Heading") == [
        ("code", 0, "# no heading\n  - a   b"),
        ("heading", 1, "Heading"),
    ]


def test_an_unclosed_fence_swallows_nothing() -> None:
    assert outline("```\n7 mg\n# After") == [("paragraph", 0, "``` 7 mg"), ("heading", 1, "After")]


def test_table_rows_keep_surplus_cells_and_know_their_header() -> None:
    found = read("| Age | Dose |\n|:---|---:|\n| 2 | 5 mg | extra |\n| - | - |".split("\n"))
    assert [(b.kind, b.cells, b.header) for b in found if isinstance(b, Block)] == [
        ("header", ("Age", "Dose"), ()),
        ("row", ("2", "5 mg", "extra"), ("Age", "Dose")),
        ("row", ("-", "-"), ("Age", "Dose")),
    ]


def test_cells_keep_escaped_bars_and_empty_places() -> None:
    assert cells(r"| a \| b |  | c |") == (r"a \| b", "", "c")


@given(st.lists(st.text(st.sampled_from("ab1 -*#>|`~=\t."), max_size=12), max_size=12))
@settings(max_examples=300)
@example(["| a |", "|--|", "text"])
def test_every_word_of_every_line_is_in_one_block(lines: list[str]) -> None:
    """Fences' info strings stand in `marker`; a numbered item's number too."""
    read_words = []
    for each in read(lines):
        if isinstance(each, Heading):
            read_words += words(each.text)
        else:
            read_words += words(each.marker) + words("\n".join(each.lines))
    assert read_words == words("\n".join(lines))


@given(st.lists(st.text(st.sampled_from("ab1 -*#>|`~=\t."), max_size=12), max_size=12), st.integers(1, 99))
@settings(max_examples=100)
def test_blocks_are_at_their_lines(lines: list[str], first: int) -> None:
    for each in read(lines, first):
        source = lines[each.line - first]
        start = each.text if isinstance(each, Heading) else each.lines[0] if each.lines else ""
        assert start.strip() in source


# ---------------------------------------------------------------- inline


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Adults:** 5 mg", "Adults: 5 mg"),
        ("2*3*4 mg and snake_case_name", "2*3*4 mg and snake_case_name"),
        ("5* and 10* mg", "5* and 10* mg"),
        ("** p < 0.01", "** p < 0.01"),
        ("**unclosed", "**unclosed"),
        ("***both*** __bold__ _italic_", "both bold italic"),
        (r"\*as is\* 1\.5", "*as is* 1.5"),
        ("`2*3` ``a`b``", "2*3 a`b"),
        (r"\``` x `` y", "` x  y"),
        ("[label](https://x.org/a_b_c)", "label (https://x.org/a_b_c)"),
        ("[2 mg] once [daily] <x> :pill: [/b]", "[2 mg] once [daily] <x> :pill: [/b]"),
        ("a ![chart](c.png)", "a chart (c.png)"),
    ],
)
def test_plain(markdown: str, text: str) -> None:
    assert plain(markdown) == text
    assert "".join(span.text for span in spans(markdown)) == text


@given(MARKED)
@settings(max_examples=400)
def test_no_letter_and_no_figure_is_lost_in_a_line(text: str) -> None:
    kept = [c for c in text if c.isalnum()]
    assert [c for c in plain(text) if c.isalnum()] == kept
    assert "".join(span.text for span in spans(text)) == plain(text)


@given(MARKED)
@settings(max_examples=200)
def test_a_label_and_its_rest_are_the_text(text: str) -> None:
    label, rest = lead_in(text)
    assert [c for c in (label or "") + plain(rest) if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    ("markdown", "label", "rest"),
    [
        ("**Adults:** 5 mg", "Adults", "5 mg"),
        ("**Adults**: 5 mg", "Adults", "5 mg"),
        ("__Adults__:5 mg", "Adults", "5 mg"),
        ("**Adults** 5 mg", None, "**Adults** 5 mg"),
        ("Adults: 5 mg", None, "Adults: 5 mg"),
    ],
)
def test_lead_in(markdown: str, label: str | None, rest: str) -> None:
    assert lead_in(markdown) == (label, rest)


def test_plain_text_indents_items_and_joins_cells() -> None:
    blocks = [b for b in read("- **a:** 1\n    - b\n\n| x | y |".split("\n")) if isinstance(b, Block)]
    assert plain_text(blocks) == "- a: 1\n  - b\nx | y"


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Pregnancy & Breastfeeding", "pregnancy-breastfeeding"),
        ("Crohn’s Disease", "crohns-disease"),
        ("Dosage {#dose .wide}", "dosage"),
        ("用法用量", "用法用量"),
        ("***", "section"),
    ],
)
def test_slugs(heading: str, slug: str) -> None:
    assert slugify(heading) == slug
