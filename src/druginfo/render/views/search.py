"""Hits of a search."""

from __future__ import annotations

from druginfo.answers.search import Hits
from druginfo.model import MARKS
from druginfo.render.page import DIM, HEADING, Page, Styled


def put(page: Page, answer: Hits) -> None:
    """The answer on the page."""
    if answer.notice:
        page.put(answer.notice)
    for hit in answer.hits:
        page.blank()
        place = f" ({hit.section or ('FAQ' if hit.kind == 'faq' else 'names')}, line {hit.line})"
        title = Styled(hit.title, HEADING)
        if hit.kind != "name":
            title.append(page.dot + hit.heading)
        page.put(title.append(place, DIM), 0, 4)
        page.put(marked(hit.snippet), 2, 4)
    if answer.more:
        page.blank()
        page.put(f"There are more; `-n {5 * len(answer.hits)}` shows them.")


def marked(snippet: str) -> Styled:
    """A snippet with each hit in brackets and bold."""
    found = Styled()
    for number, part in enumerate(snippet.replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        found.append(f"[{part}]" if number % 2 else part, "bold" if number % 2 else "")
    return found
