"""Pages as HTML: every word that the screen shows, well-formed, and nothing in them that runs or is fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SHIPPED, Cli
from druginfo.parse import parse
from druginfo.render.html import HtmlPage, html
from druginfo.render.page import Styled
from druginfo.render.text import text
from druginfo.terminal import Screen
from test_render import TODAY, drug

pytestmark = pytest.mark.slow

MakeLibrary = Callable[..., Path]
VOID = {"meta", "br", "hr"}
ASKED = (
    "show warfarin",
    "show baricitinib kidney",
    "show pregnancy",
    "dose metformin --egfr 40",
    "dose metformin --egfr 40 --all",
    "compare apixaban warfarin",
    "interactions apixaban warfarin sertraline",
)


class Reader(HTMLParser):
    """The words of a page outside its head and footer; fails where an element is not closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self.open:
            self.words += words(data)


def words(shown: str) -> list[str]:
    return re.findall(r"[^\W_]+", shown)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert not reader.seen.keys() & {"script", "iframe", "img", "link", "object", "form"}
    assert reader.seen["h1"] == 1
    return reader


@pytest.mark.parametrize("asked", ASKED)
def test_every_word_of_the_screen_is_on_the_page(asked: str, inside: Cli) -> None:
    page = read(inside(*asked.split(), "--html").out)
    shown = Counter(words(inside(*asked.split(), "--width", "400").out))
    assert not shown - Counter(page.words) - Counter(dict.fromkeys(words("Apixaban Warfarin"), 1000))


@pytest.mark.parametrize("slug", [path.stem for path in sorted(SHIPPED.glob("*.md"))[::7]])
def test_shipped_monographs(slug: str) -> None:
    monograph = parse((SHIPPED / f"{slug}.md").read_text("utf-8"), slug, "x.md")
    page = read(html(drug(monograph), TODAY))
    assert Counter(page.words) == Counter(words(text(drug(monograph), Screen(400), TODAY)))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab <>&\"'`*_|-#\n:1.)[]()/\\\x1b\u202e")), max_size=120))
def test_whatever_a_monograph_holds_is_text(content: str) -> None:
    monograph = parse(f"---\ntitle: Orzulate\n---\n## Dosage\n{content}\n", "a", "a.md")
    page = html(drug(monograph), TODAY)
    read(page)
    assert not {"\x1b", "\u202e"} & set(page)


def test_markup_in_a_monograph_is_shown_not_run(library: MakeLibrary, inside: Cli) -> None:
    body = (
        "## Usage\n\n<script>alert(1)</script> <b>5 mg</b> [x](javascript:alert(1)) [y](https://example.org/a?b=1&c)\n"
    )
    root = library(orzulate=f"---\ntitle: Orzulate <i>\n---\n{body}")
    page = inside("show", "orzulate", "--html", "--monographs", str(root)).out
    reader = read(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert reader.links == ["https://example.org/a?b=1&c"]


def test_only_pages_have_html(inside: Cli) -> None:
    assert inside("list", "--html").status == 2
    assert inside("show", "warfarin", "--html", "--json").status == 2


def test_a_table_of_doses_is_indented_as_its_heading_is() -> None:
    page = HtmlPage(date(2026, 11, 29))
    for indent in (2, 4):
        page.pair(Styled("Start"), Styled(f"{indent} mg"), indent)
    outer, inner = page.finish().split("<table")[1:]
    assert "margin-left" not in outer.rpartition("</table>")[0]
    assert outer.rstrip().endswith('<div style="margin-left:1em">')
    assert "4 mg" in inner
