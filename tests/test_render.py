"""What the screen shows: golden pages, and no word lost, altered or parted from its unit on the way there.

`pytest tests/test_render.py --update-golden` writes the golden pages anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHIPPED, TESTS
from druginfo import Library, terminal
from druginfo.answers.across import AskedTopic, TopicOfAll, TopicOfDrug
from druginfo.answers.compare import Aligned, Comparison, DrugText
from druginfo.answers.dose import dose
from druginfo.answers.faq import faq
from druginfo.answers.interactions import Interactions, Pair
from druginfo.answers.show import Shown, show
from druginfo.guard import visible
from druginfo.markup import plain
from druginfo.model import Block, Match, Monograph, Section, Statement
from druginfo.parse import parse
from druginfo.render.page import Styled
from druginfo.render.text import TextPage, _longest_word, cell_len, wrap
from druginfo.render.text import text as render
from druginfo.render.views.interactions import _mentioning
from druginfo.render.views.parts import age
from druginfo.terminal import Screen

TODAY = date(2026, 1, 2)
GOLDEN = TESTS / "golden"
SLUGS = sorted(path.stem for path in SHIPPED.glob("*.md"))
ESCAPE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;.*?\x1b\\")
terminal.prepare()


def drug(monograph: Monograph) -> Shown:
    slug, title = monograph.slug, monograph.title
    return Shown(Match(slug, slug, title, title, "title", "exact", 0), monograph)


@cache
def shipped(slug: str) -> Monograph:
    path = SHIPPED / f"{slug}.md"
    return parse(path.read_text("utf-8"), slug, str(path))


def flat(text: str) -> str:
    return "".join(text.split())


def page(markdown: str, width: int = 80, **screen: bool) -> str:
    return render(drug(parse(markdown, "a", "a.md")), Screen(width, **screen), TODAY)


# ---------------------------------------------------------------- golden pages


@pytest.fixture(params=[50, 80, 140])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=[False, True], ids=["plain", "colour"])
def colour(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("command", ["show", "dose", "faq"])
@pytest.mark.parametrize("slug", ["velmorine", "baricitinib"])
def test_golden_pages(
    slug: str, command: str, width: int, colour: bool, export: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from druginfo.dosing import Patient

    source = export if slug == "velmorine" else SHIPPED / f"{slug}.md"
    (tmp_path / f"{slug}.md").write_bytes(source.read_bytes())
    library = Library([tmp_path])
    answer = {
        "show": lambda: show(library, [slug]),
        "dose": lambda: dose(library, [slug], Patient.read()),
        "faq": lambda: faq(library, [slug]),
    }[command]()
    page = render(answer, Screen(width, colour), TODAY)
    golden = GOLDEN / f"{command}-{slug}-{width}{'-colour' if colour else ''}.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(page, "utf-8")
    assert page == golden.read_text("utf-8")


# ---------------------------------------------------------------- nothing is lost


def shown_whole(sections: tuple[Section, ...], page: str) -> Iterator[str]:
    """What the page does not show: the texts of blocks, and the words of table cells."""
    everything = flat(page)
    tokens = {*page.split(), *(word.removesuffix(":") for word in page.split())}
    for section in sections:
        if flat(visible(section.title)) not in everything:
            yield section.title
        for block in section.blocks:
            if block.cells:
                yield from (w for cell in block.cells for w in visible(plain(cell)).split() if w not in tokens)
            elif block.kind == "code":
                yield from (line for line in block.lines if flat(visible(line)) not in everything)
            elif block.kind != "rule" and flat(visible(plain(block.text))) not in everything:
                yield block.text


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.slow
def test_every_word_of_every_shipped_monograph_is_on_the_screen(slug: str) -> None:
    monograph = shipped(slug)
    for columns in (40, 80, 200):
        page = render(drug(monograph), Screen(columns), TODAY)
        assert list(shown_whole(monograph.sections, page)) == []
        assert max(map(len, page.split("\n"))) <= columns
        assert not re.search(r"\d\n *(?:mg|mcg|g|mL|kg|units?|mmol|%|hours?|days?|weeks?|months?|years?)\b", page)
        assert ESCAPE.sub("", render(drug(monograph), Screen(columns, colour=True, links=True), TODAY)) == page


@pytest.mark.parametrize("columns", [20, 33, 50, 64, 99, 140])
def test_every_word_of_an_export_is_on_the_screen(columns: int, export: Path) -> None:
    monograph = parse(export.read_text("utf-8"), "velmorine", str(export))
    page = render(drug(monograph), Screen(columns), TODAY)
    assert list(shown_whole(monograph.sections, page)) == []
    for each in monograph.faqs:
        assert flat(each.question) in flat(page)
        assert all(flat(line.strip().removeprefix("- ")) in flat(page) for line in each.answer.split("\n"))


BODY = st.text(st.sampled_from("abcd 2.5*_`[]()#->:≥²é\u0301布\u202e\x1b\n"), max_size=120)


@given(BODY, st.integers(20, 200))
@settings(max_examples=250, deadline=None)
def test_no_word_of_any_block_is_lost_at_any_width(body: str, columns: int) -> None:
    monograph = parse("## Dosage\n" + body, "a", "a.md")
    page = render(drug(monograph), Screen(columns), TODAY)
    assert list(shown_whole(monograph.sections, page)) == []
    coloured = render(drug(monograph), Screen(columns, colour=True), TODAY)
    assert ESCAPE.sub("", coloured) == page


CELLS = st.lists(st.text(st.sampled_from("ab 2.5é布"), max_size=30), max_size=5)


@given(st.lists(CELLS, max_size=5), st.integers(20, 200))
@settings(max_examples=60, deadline=None)
def test_no_character_of_any_table_is_lost(rows: list[list[str]], columns: int) -> None:
    markdown = "## Dosage\n| x | y |\n|---|---|\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows if row)
    page = flat(render(drug(parse(markdown, "a", "a.md")), Screen(columns), TODAY))
    assert "x" in page
    assert "y" in page
    for character in set("ab25é布"):
        assert page.count(character) >= sum(cell.count(character) for row in rows for cell in row)


@given(st.lists(st.text(st.sampled_from("abcdefg  布≥\u0301"), max_size=30), max_size=8))
def test_the_longest_word_of_a_column_is_that_of_all_its_cells(cells: list[str]) -> None:
    texts = sorted(set(cells), key=cell_len)
    assert _longest_word(texts) == max([1, *(cell_len(word) for cell in cells for word in cell.split())])


@given(st.text(st.sampled_from("abc 25mg布≥\u0301"), max_size=80), st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_lines_leave_out_nothing_but_the_spaces_between_them(text: str, first: int, rest: int) -> None:
    lines = wrap(text, first, rest)
    assert flat("".join(text[a:b] for a, b in lines)) == flat(text)
    assert all(a <= b <= c for (a, b), (c, _) in pairwise(lines))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_written_to_an_ascii_terminal(text: str) -> None:
    written = page(f"## Dosage\n\n5 mg {text}", unicode=False).encode("ascii", "druginfo").decode("ascii")
    assert "5 mg" in written
    for word in re.findall(r"[a-z0-9]{2,}", text):
        assert word in flat(written)


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("≥65 years", ">=65 years"),
        ("5 µg", "5 microg"),
        ("10² and 10⁻³", "10^2 and 10^-3"),
        ("H₂O", "H2O"),
        ("Sjögren", "Sjogren"),
        ("eGFR ≮ 30", "eGFR <U+226E> 30"),
        ("½ tablet", "1/2 tablet"),
    ],
)
def test_signs_that_an_encoding_lacks_are_spelled_out_and_never_change_a_number(text: str, ascii: str) -> None:
    assert text.encode("ascii", "druginfo").decode() == ascii


# ---------------------------------------------------------------- layout


def test_a_number_keeps_its_unit() -> None:
    text = "the dose of this drug is 250 mg every 12 hours for 7 days, at least ≥ 65 years"
    for columns in range(12, 60):
        lines = [text[a:b] for a, b in wrap(text, columns, columns)]
        assert not [line for line in lines if re.match(r"(mg|hours|days|years|65)\b", line)], lines


def test_a_range_keeps_its_ends_and_a_day_its_number() -> None:
    text = "days 1 to 7 take 2 to 4 mg or 2.5 or 5 mg on day 8 and as ever"
    for columns in range(13, 60):
        lines = [text[a:b] for a, b in wrap(text, columns, columns)]
        assert not [line for line in lines if re.match(r"(7|4|5|8|1|to|or 5)\b", line)], lines


DOSAGE = """\
## {title}

Bleeding.

## Dosage

### Standard Dosage

#### Adults

- **Shock:**
  - By Genotype:
    - GG: 5 mg daily.
    - AG: 4 mg daily.
  - Alone: 3 mg daily.
"""


def dosing(title: str, columns: int, **patient: str) -> tuple[str, dict[str, object]]:
    """The page of the invented monograph's doses, in colour, and its JSON."""
    from druginfo.dosing import Patient
    from druginfo.render import json

    with TemporaryDirectory() as root:
        Path(root, "a.md").write_text(DOSAGE.format(title=title), "utf-8")
        answer = dose(Library([root]), ["a"], Patient.read(**patient))
    return render(answer, Screen(columns, colour=True), TODAY), json.document(answer)


@pytest.mark.parametrize("columns", [50, 80])
def test_a_label_that_rows_share_is_put_over_them_once(columns: int) -> None:
    lines = ESCAPE.sub("", dosing("Usage", columns)[0]).split("\n")
    assert lines.count("    By Genotype") == 1
    labels = [line for line in lines if re.match(r" +(GG|AG|Alone)\b", line)]
    assert [len(line) - len(line.lstrip()) for line in labels] == [6, 6, 4]


LONG = " ".join(f"It was seen in study {n}, in which {n} patients took it for {n} weeks." for n in range(2, 20))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Bleeding. It may be fatal.", ["Bleeding. It may be fatal."]),
        (
            "**WARNING: SERIOUS BLEEDING**\n\nIt may be fatal. Stop it (5.1).",
            ["SERIOUS BLEEDING: It may be fatal. Stop it (5.1)."],
        ),
        (
            f"- **Bleeding:** It may be fatal. {LONG}\n- **Early Stop:** More clots. It is contraindicated in stroke.",
            ["Bleeding: It may be fatal. …", "Early Stop: More clots. It is contraindicated in stroke."],
        ),
        (
            f"**WARNING: BLEEDING and CLOTS**\n\nBleeding may kill. {LONG} Consider another drug in stroke.",
            ["BLEEDING and CLOTS: Bleeding may kill. … Consider another drug in stroke."],
        ),
        (
            f"**WARNING: BLEEDING**\n\nBleeding May Kill\n\nIt can be fatal. {LONG} Fetal Risk The drug harms. {LONG}",
            ["BLEEDING", "Bleeding May Kill: It can be fatal. … Fetal Risk The drug harms. …"],
        ),
        (
            f"BLEEDING HAS BEEN SEEN. {LONG.upper()} THE DRUG SHOULD NOT BE GIVEN AFTER A STROKE.",
            ["BLEEDING HAS BEEN SEEN. … THE DRUG SHOULD NOT BE GIVEN AFTER A STROKE."],
        ),
        (
            "**WARNING: FATAL BLEEDING**\n\nSee full prescribing information.\n\n- It can kill. Stop it.",
            ["FATAL BLEEDING: It can kill. Stop it."],
        ),
    ],
)
def test_doses_say_what_the_boxed_warning_says(text: str, about: list[str]) -> None:
    page, document = dosing(f"Boxed Warning\n\n{text}\n\n## Other", 300)
    assert f"⚠ Boxed warning: \x1b[0m{about[0]}\n" in page
    assert all(f"\n  {each}\n" in page for each in about[1:])
    assert ("All of it: druginfo show a boxed warning" in page) is (LONG[:20].casefold() in text.casefold())
    assert document["boxed_warning"] is True
    assert document["boxed_warnings"] == about
    page, document = dosing("Usage", 80)
    assert "oxed warning" not in page
    assert "boxed_warning" not in document


def test_the_patient_is_reported_with_units() -> None:
    page = ESCAPE.sub("", dosing("Usage", 140, age="25", weight="68", egfr="45")[0])
    assert "Patient: age 25 years, weight 68 kg, eGFR 45 mL/min/1.73 m²\n" in page
    assert "Patient: age 30 years, CrCl 20 mL/min\n" in ESCAPE.sub("", dosing("Usage", 140, age="30y", crcl="20")[0])
    assert "Patient: age 240 months, weight 68 kg\n" in ESCAPE.sub(
        "", dosing("Usage", 140, age="240m", weight="68kg")[0]
    )


def test_the_other_drug_is_bold_in_what_is_quoted_and_sections_are_by_drug() -> None:
    said = [
        Statement("a", "interactions", 3, "Azoles (fluconazole, Betazole,\n  zole-like)", ("betazole",), "name"),
        Statement("a", "interactions/more", 4, "Betazole: rises.", ("betazole",), "name"),
        Statement("b", "precautions", 5, "Alphazole.", ("alphazole",), "name"),
    ]
    matches = tuple(Match(s, s, t, t, "title", "exact", 0) for s, t in (("a", "Alphazole"), ("b", "Betazole")))
    pairs = (Pair("a", "b", "listed", tuple(said), None, "dose"), Pair("b", "a", "not_listed", ()))
    shown = render(Interactions(matches, pairs), Screen(100, colour=True), TODAY)
    assert "(fluconazole, \x1b[1mBetazole\x1b[0m," in shown
    assert "zole-like" in shown
    assert "another dose (Alphazole: interactions; Betazole: precautions)" in shown


@pytest.mark.parametrize(
    ("title", "endangers"), [("Boxed Warning", True), ("Contraindications", True), ("Usage", False)]
)
def test_a_comparison_marks_what_endangers_patients(title: str, endangers: bool) -> None:
    row = Aligned(title.lower(), title, (DrugText("a", "Bleeding."), DrugText("b", None)))
    matches = tuple(Match(s, s, s, s, "title", "exact", 0) for s in "ab")
    shown = render(Comparison(matches, (row,)), Screen(100, colour=True), TODAY)
    assert ("\x1b[1;31m⚠ " in shown) is endangers


def test_a_banned_drug_is_reported_wherever_drugs_are_together(tmp_path: Path) -> None:
    from druginfo.answers.compare import compare
    from druginfo.answers.interactions import interactions
    from druginfo.render import json

    for name, banned in (("alphazole", "true"), ("betazole", "false")):
        text = f"---\ntitle: {name.capitalize()}\nis_banned: {banned}\n---\n## Usage\n\nPain.\n"
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    library = Library([tmp_path])
    for answer in (
        compare(library, ["alphazole", "betazole"]),
        compare(library, ["alphazole", "betazole"], "usage"),
        interactions(library, ["alphazole", "betazole"]),
    ):
        assert json.document(answer)["banned"] == ["alphazole"]
        shown = render(answer, Screen(80), TODAY)
        assert shown.startswith("⚠ BANNED: this monograph marks Alphazole as banned.\n\n")
        assert shown.count("BANNED") == 1


def test_an_old_review_is_not_dim() -> None:
    for year, code in (("2025", "2"), ("2019", "1")):
        shown = page_of(f"---\ntitle: A\nlastModified: {year}-12-01\n---\n")
        assert f"\x1b[{code}mLast reviewed {year}" in shown


def page_of(text: str) -> str:
    return render(drug(parse(text, "a", "a.md")), Screen(80, colour=True), TODAY)


def test_an_item_that_is_only_a_label_is_set_apart() -> None:
    shown = page("## Dosage\n\n- COVID-19:\n  - Adults: 5 mg\n- **Uses:** these are:\n", colour=True)
    assert "\x1b[1mCOVID-19:\x1b[0m" in shown
    assert "• Adults: 5 mg" in shown
    assert "\x1b[1mUses: \x1b[0mthese are:" in shown


def test_a_table_folds_and_becomes_blocks_where_it_is_too_narrow() -> None:
    rows = ("| Indication | Dose | How often |", "|---|---|---|", "| Rheumatoid arthritis | 2.5 mg | once daily |")
    table = "\n".join(("## Dosage", "", *rows))
    assert "Rheumatoid arthritis  2.5 mg  once daily" in page(table)
    narrow = page(table, 24)
    assert "Indication: Rheumatoid" in narrow
    assert "Howoften:oncedaily" in flat(narrow)
    assert "Beta heading:" in page("## Dosage\n\n| Alpha heading | Beta heading |\n|---|---|\n| 2.5 mg daily | |", 20)


def test_a_table_of_sentences_is_read_row_by_row() -> None:
    said = "Its exposure is significantly reduced by the other one; their use together is contraindicated at any dose."
    head = "## Interactions\n\n| Drug | What happens | What to do |\n|---|---|---|\n"
    for count, text in ((1, said), (4, said * 4)):
        shown = page(head + f"| Rifampin | {text} | {text} |\n" * count)
        assert "What happens: Its exposure is significantly" in shown
        assert flat(text) in flat(shown)
    compared = page(head + f"| Rifampin | {said} | {said} |\n" * 4)
    assert "What happens:" not in compared
    words = page(head + "| Rifampin | reduced | avoid |\n")
    assert "Rifampin  reduced       avoid" in words


def test_what_was_asked_cannot_hide_anything() -> None:
    asked = TopicOfAll(AskedTopic("pregnanccy\u202e", "pregnancy"), (), "Showing pregnancy for “pregnanccy\u202e”.")
    assert "\u202e" not in render(asked, Screen(80), TODAY)


@pytest.mark.slow
def test_a_huge_table_needs_no_memory() -> None:
    markdown = "## Dosage\n" + "|a" * 4_000 + "|\n" + "|b|\n" * 4_000
    assert page(markdown).count("b") >= 4_000


def test_danger_comes_first_and_the_rest_in_order(export: Path) -> None:
    text = page(export.read_text("utf-8"))
    titles = ("⚠ Contraindications", "⚠ Pregnancy and Breastfeeding", "Usage", "Dosage")
    places = [text.index(f"\n{title}\n") for title in titles]
    assert places == sorted(places)


def test_a_ban_is_said_in_words_on_every_page() -> None:
    banned = parse("---\ntitle: A\nis_banned: true\n---\n## Dosage\n5 mg\n", "a", "a.md")
    for answer in (
        drug(banned),
        TopicOfAll(
            AskedTopic("x", "dosage"), (TopicOfDrug(banned.slug, banned.title, banned.sections, banned.faqs, True),)
        ),
    ):
        assert "BANNED" in render(answer, Screen(unicode=False), TODAY)


def test_faqs_are_reported_once(export: Path) -> None:
    assert page(export.read_text("utf-8")).count("a lot brings the gout back") == 1


def test_an_answer_that_only_the_front_matter_has_is_reported() -> None:
    text = page("---\nfaqs:\n  - q: Why?\n    a: So.\n---\n## FAQs\n### Q1: Why?\n**A:** Because.\n")
    assert text.count("Why?") == 2
    assert "So." in text


def test_a_body_without_its_own_faqs_ends_with_those_of_the_front_matter() -> None:
    text = page("---\nfaqs:\n  - q: Why?\n    a: So.\n---\n## Usage\nx\n")
    assert text.index("Usage") < text.index("FAQs") < text.index("Why?") < text.index("So.")


def test_text_cannot_style_move_or_hide_anything() -> None:
    evil = "[red]x[/red] :pill: \x1b[2J \u202e \x07 \x9b31m \u200b \U000e0041 \r"
    text = page(f'---\ntitle: "{"a"}"\n---\n## Dosage {evil}\n- {evil}\n\n| {evil} |\n\n```{"x"}\n{evil}\n```\n')
    assert not set("\x1b\u202e\x07\x9b\u200b\U000e0041\r") & set(text)
    assert text.count("[red]x[/red]") == 4
    assert "<U+202E>" in text


@pytest.mark.parametrize(
    ("modified", "said"),
    [
        ("2026-01-02", "today"),
        ("2026-01-01T23:00:00Z", "yesterday"),
        ("2025-12-20", "13 days ago"),
        ("2025-12-02", "1 month ago"),
        ("2024-01-02", "2 years ago"),
        ("2027-01-01", "in the future"),
        ("someday", None),
        (None, None),
    ],
)
def test_age(modified: str | None, said: str | None) -> None:
    assert age(modified, TODAY) == said


def test_links_carry_their_address_where_the_terminal_can() -> None:
    text = page("## Usage\nsee [label](https://x.org/a)\n", links=True)
    assert "\x1b]8;;https://x.org/a\x1b\\label\x1b]8;;\x1b\\ (https://x.org/a)" in text
    assert "\x1b" not in page("## Usage\nsee [label](https://x.org/a\x1b[2J)\n", links=True)


def test_painting_a_part_paints_only_it() -> None:
    styled = Styled("ab").append("cd", "bold").append("ef")
    canvas = TextPage(Screen(colour=True), TODAY)
    assert ESCAPE.sub("", canvas.paint(styled, 1, 5)) == "bcde"
    assert canvas.paint(styled, 0, 2) == "ab"
    assert canvas.paint(styled, 3, 4) == TextPage(Screen(colour=True), TODAY).paint(Styled("d", "bold"), 0, 1)


def test_a_block_of_any_kind_can_be_shown() -> None:
    for kind in ("paragraph", "item", "header", "row", "code", "quote", "rule"):
        block = Block(kind, 1, 0, "-", ("x",), ("x",) if kind in ("header", "row") else ())  # type: ignore[arg-type]
        section = Section("a", "A", 2, 1, "## A\n", "", (block,))
        monograph = parse("", "a", "a.md")._replace(sections=(section,))
        assert render(drug(monograph), Screen(), TODAY)


def test_a_line_break_in_a_cell_is_a_space() -> None:
    shown = page_of("| Drug | Dose |\n|---|---|\n| A<br/>(oral) | 5 mg<br>once daily |")
    assert "A (oral)" in shown
    assert "5 mg once daily" in shown


@pytest.mark.parametrize(
    ("text", "mentions", "bold"),
    [
        ("Aspirin and aspirins; baby ASPIRIN.", ("aspirin",), ["Aspirin", "ASPIRIN"]),
        ("ACE inhibitors, inhibitors", ("inhibitors", "ACE inhibitors"), ["ACE inhibitors", "inhibitors"]),
        ("CYP3A4_x CYP3A4", ("CYP3A4",), ["CYP3A4"]),
        ("nothing", ("", "other"), []),
    ],
)
def test_what_means_the_other_drug_is_bold_as_whole_words(
    text: str, mentions: tuple[str, ...], bold: list[str]
) -> None:
    shown = _mentioning(text, mentions)
    assert shown.text == text
    assert [text[span.start : span.end] for span in shown.spans] == bold
