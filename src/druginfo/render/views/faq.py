"""Questions and answers."""

from __future__ import annotations

from druginfo.answers.faq import Faqs
from druginfo.render.page import DANGER, HEADING, Page, Styled
from druginfo.render.views.parts import came_by, look_alikes, question


def put(page: Page, answer: Faqs) -> None:
    """The answer on the page."""
    came_by(page, answer.match)
    look_alikes(page, answer.match)
    for known_as in answer.absent:
        warning = (
            f"{known_as} is a known drug, but the library has no monograph of it. These answers are of other drugs."
        )
        page.put(Styled(warning, DANGER), 0, 2)
    if answer.missing:
        listed = " or ".join(f"“{words}”" for words in answer.missing)
        page.put(Styled(f"Neither the first question nor its answer speaks of {listed}.", DANGER), 0, 2)
    if not answer.faqs:
        page.put("The monograph has no questions." if answer.match else "No monograph has questions.")
    last = None
    for hit in answer.faqs:
        if hit.title != last:
            page.heading(hit.title, style=HEADING)
            last = hit.title
        elif not answer.questions_only:
            page.blank()
        if answer.questions_only:
            page.put(hit.faq.question, 2, 4)
        else:
            question(page, hit.faq)
