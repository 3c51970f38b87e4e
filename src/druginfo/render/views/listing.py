"""A list of drugs."""

from __future__ import annotations

from druginfo.answers.listing import Cards
from druginfo.render.page import DANGER, LABEL, Page, Styled


def put(page: Page, answer: Cards) -> None:
    """The answer on the page."""
    rows = []
    for card in answer.monographs:
        title = Styled(card.title, LABEL).append(" (banned)" if card.is_banned else "", DANGER)
        values = (", ".join(card.brands), ", ".join(card.classes), (card.last_modified or "")[:10])
        rows.append([title, *map(Styled, values)])
    page.grid([Styled(word, LABEL) for word in ("Drug", "Brands", "Class", "Reviewed")], rows)
