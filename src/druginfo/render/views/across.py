"""A topic of every drug."""

from __future__ import annotations

from druginfo.answers.across import TopicOfAll
from druginfo.render.page import DRUG, LABEL, Page, Styled
from druginfo.render.views.parts import banned, more, questions, sections


def put(page: Page, answer: TopicOfAll) -> None:
    """What was asked and how much each monograph has of it; then the passages that matter most."""
    if answer.title:
        count = sum(drug.passages for drug in answer.results)
        page.title(Styled(f"{answer.title}: {count} passages in {len(answer.results)} monographs", LABEL))
    if answer.notice:
        page.put(answer.notice)
    page.put(page.dot.join(f"{drug.title} {drug.passages}" for drug in answer.results), indent=2)
    for drug in answer.short or answer.results:
        page.heading(drug.title, style=DRUG)
        if drug.is_banned:
            banned(page, drug.title)
        sections(page, drug.sections)
        questions(page, drug.faqs)
    if answer.left_out:
        more(page, answer.left_out, answer.topic.query)
