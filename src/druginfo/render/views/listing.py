"""A list of drugs."""

from __future__ import annotations

from druginfo.answers.listing import Cards
from druginfo.render.page import DANGER, LABEL, Page, Styled


def put(page: Page, answer: Cards) -> None:
    """The answer on the page."""
    rows = []
    columns: tuple[str, ...] = ("Drug", "Brands", "Class", "Date")
    for card in answer.monographs:
        title = Styled(card.title, LABEL).append(" (banned)" if card.is_banned else "", DANGER)
        if card.indications:
            columns = ("Drug", "Indication")
            titles = [title, *(Styled("") for _ in card.indications[1:])]
            rows += [[name, Styled(each.text)] for name, each in zip(titles, card.indications, strict=True)]
        else:
            values = (", ".join(card.brands), ", ".join(card.classes), (card.last_modified or "")[:10])
            rows.append([title, *map(Styled, values)])
    page.grid([Styled(word, LABEL) for word in columns], rows)
