"""Sections of drugs side by side."""

from __future__ import annotations

from druginfo import topics
from druginfo.answers.compare import Comparison
from druginfo.render.page import Page
from druginfo.render.views.parts import section_heading, warnings

NOT_IN = "Not in this monograph."


def put(page: Page, answer: Comparison) -> None:
    """The answer on the page."""
    warnings(page, answer.drugs, answer.banned)
    titles = [match.title for match in answer.drugs]
    page.head_beside(titles)
    for row in answer.sections:
        danger = any(key in topics.DANGERS for key in topics.of_heading(row.title))
        section_heading(page, row.title, 0, danger=danger)
        page.beside(titles, [NOT_IN if entry.text is None else entry.text for entry in row.entries])
