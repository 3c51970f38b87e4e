"""The program and its library."""

from __future__ import annotations

from druginfo.answers.info import Info
from druginfo.render.page import LABEL, Page, Styled


def put(page: Page, answer: Info) -> None:
    """The answer on the page, a fact a line."""
    facts = [
        ("Version", answer.version),
        ("Monographs", str(answer.monographs)),
        *(("From", root) for root in answer.roots),
        ("Yours", answer.own if answer.own in answer.roots else f"{answer.own} (not there yet)"),
        ("Index", f"{answer.index_.state}, {answer.index_.path or 'no file'}"),
        *(("Skipped", f"{f.path}{f':{f.line}' if f.line else ''}: {f.message}") for f in answer.skipped),
    ]
    for label, value in facts:
        page.put(Styled(f"{label:<11}", LABEL).append(value), 0, 11, full=True)
