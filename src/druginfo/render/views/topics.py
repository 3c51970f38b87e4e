"""The topics that can be asked for."""

from __future__ import annotations

from druginfo.answers.topics import Topics
from druginfo.render.page import LABEL, Page, Styled

_SHOWN = 6


def put(page: Page, answer: Topics) -> None:
    """The answer on the page, a topic a line with what else people call it."""
    if answer.match:
        page.title(Styled(f"{answer.match.title}: topics it has passages on", LABEL))
    rows = []
    for topic in answer.topics:
        count = [Styled(str(topic.passages))] if topic.passages is not None else []
        rows.append([Styled(topic.words[0], LABEL), *count, Styled(", ".join(topic.words[1 : _SHOWN + 1]))])
    names = ("Topic", "Passages", "Also called") if answer.match else ("Topic", "Also called")
    page.grid([Styled(name, LABEL) for name in names], rows)
