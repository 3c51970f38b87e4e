"""Answers as Markdown: a monograph's own, verbatim; of any other answer its page, in which text from monographs is
escaped, so that none of it becomes a heading or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from druginfo.answers.across import TopicOfAll
from druginfo.answers.listing import Cards
from druginfo.answers.show import Shown
from druginfo.errors import Usage
from druginfo.model import Faq, Section
from druginfo.render import views
from druginfo.render.page import HEADING, Page, Styled

_SIGNS = {ord(sign): f"\\{sign}" for sign in r"\`*_[]<>|#~"}
"""What Markdown would read, with a backslash before it."""


def markdown(answer: Any) -> str:
    """A monograph's body, verbatim; of a topic the sections, then the FAQs; a review as its page.

    Raises Usage for a list of drugs.
    """
    match answer:
        case Shown(topic=None):
            return "".join(section.markdown for section in answer.monograph.sections)
        case Shown():
            return _part(answer.monograph.sections, answer.monograph.faqs)
        case TopicOfAll():
            return "\n".join(f"# {one.title}\n\n{_part(one.sections, one.faqs)}" for one in answer.results)
        case Cards():
            raise Usage("--markdown shows monographs; a list has no Markdown.")
    page = MarkdownPage(date.today())
    views.put(page, answer)
    return page.finish()


def _part(sections: Sequence[Section], faqs: Sequence[Faq]) -> str:
    heading = {s.key: f"{'#' * s.level} {s.title}\n\n" for s in sections}
    parts = [s.markdown if s.markdown.lstrip().startswith("#") else heading[s.key] + s.markdown for s in sections]
    return "".join(parts) + "".join(f"\n**{f.question}**\n\n{f.answer}\n" for f in faqs)


class MarkdownPage(Page):
    """Paragraphs, lists and tables of Markdown, a blank line between them."""

    bullet = "-"

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.blocks: list[list[str]] = []

    def finish(self) -> str:
        return "\n\n".join("\n".join(block) for block in self.blocks) + "\n"

    def title(self, text: Styled) -> None:
        self.blocks.append([f"# {_escaped(text.text)}"])

    def heading(self, text: str, level: int = 0, *, indent: int = 0, style: str = HEADING) -> None:
        self.blocks.append([f"{'#' * min(level + 2, 6)} {_escaped(Styled(text).text)}"])

    def put(self, text: Styled | str, indent: int = 0, hang: int | None = None, *, full: bool = False) -> None:
        self.blocks.append([_inline(text if isinstance(text, Styled) else Styled(text)).replace("\n", "  \n")])

    def item(self, marker: str, text: Styled, indent: int) -> None:
        self._listed(f"{'  ' * (indent // 2)}{marker} {_inline(text)}")

    def code(self, lines: Sequence[str], indent: int) -> None:
        fence = "```"
        while any(fence in line for line in lines):
            fence += "`"
        self.blocks.append([fence, *(Styled(line).text for line in lines), fence])

    def quote(self, text: Styled, indent: int) -> None:
        self.blocks.append([f"> {line}" for line in _inline(text).split("\n")])

    def rule(self, indent: int) -> None:
        self.blocks.append(["---"])

    def blank(self) -> None:
        """Blocks have a blank line between them anyway."""

    def grid(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int = 0) -> None:
        width = max((len(row) for row in (header, *rows)), default=0)
        cells = [[*(_inline(c).replace("\n", " ") for c in row), *[""] * (width - len(row))] for row in (header, *rows)]
        lines = [f"| {' | '.join(row)} |" for row in cells]
        self.blocks.append([lines[0], f"|{'---|' * width}", *lines[1:]])

    def pair(self, label: Styled, text: Styled, indent: int) -> None:
        lead = f"**{_escaped(label.text)}:** " if label else ""
        self._listed(f"- {lead}{_inline(text)}")

    def passage(self, lines: Sequence[tuple[int, Styled]], indent: int) -> None:
        self.blocks.append([f"> {'&nbsp;' * own}{_inline(line)}  " for own, line in lines])

    def beside(self, titles: Sequence[str], texts: Sequence[str]) -> None:
        for title, text in zip(titles, texts, strict=True):
            self.heading(title, 1)
            self.put(text)

    def head_beside(self, titles: Sequence[str]) -> None:
        self.title(Styled(" / ".join(titles)))

    def _listed(self, line: str) -> None:
        """One more item of the list that is open, or the first of one."""
        if self.blocks and re.match(r"\s*(?:-|\d+[.)])\s", self.blocks[-1][0]):
            self.blocks[-1].append(line)
        else:
            self.blocks.append([line])


def _escaped(text: str) -> str:
    """The text with a backslash before each sign that Markdown would read."""
    return re.sub(r"^(\s*(?:\d{1,9}(?=[.)])|(?=[-+])))(.)(?=\s)", r"\1\\\2", text.translate(_SIGNS), flags=re.M)


def _inline(text: Styled) -> str:
    found = ""
    for part, span in text.parts():
        inner = _escaped(part)
        bare = inner.strip()
        is_strong = bare and span and "bold" in span.style.split()
        found += inner.replace(bare, f"**{bare}**", 1) if is_strong else inner
    return found
