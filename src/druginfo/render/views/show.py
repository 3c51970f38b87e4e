"""A monograph, a part of one, or a topic of every drug."""

from __future__ import annotations

from druginfo import topics
from druginfo.answers.show import Drug, TopicOfAll
from druginfo.markup import slugify
from druginfo.model import Faq, Monograph
from druginfo.render.page import DIM, DRUG, LABEL, Page, Styled
from druginfo.render.views.parts import banned, head, questions, sections


def put(page: Page, answer: Drug | TopicOfAll) -> None:
    """The answer on the page."""
    if isinstance(answer, Drug):
        _drug(page, answer)
    else:
        _topic(page, answer)


def _drug(page: Page, answer: Drug) -> None:
    """A monograph: what endangers patients first, the rest in its own order, questions last."""
    monograph = answer.monograph
    head(page, answer.match, monograph, answer.topic, answer.scope)
    if answer.notice:
        page.put(answer.notice)
    shown = answer.short or monograph
    parts = shown.sections
    if answer.topic is None:
        danger = tuple(s for s in parts if topics.endangers(s))
        parts = (*danger, *(s for s in parts if not topics.endangers(s)))
    sections(page, parts)
    questions(page, _unprinted(shown))
    if answer.left_out:
        _more(page, answer.left_out, f"{answer.match.slug} {answer.topic}")


def _unprinted(monograph: Monograph) -> list[Faq]:
    """The FAQs that no section of the body holds, question and answer."""
    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if topics.is_faq(s)))
    return [f for f in monograph.faqs if not all(slugify(part) in body for part in (f.question, f.answer) if part)]


def _topic(page: Page, answer: TopicOfAll) -> None:
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
        _more(page, answer.left_out, answer.topic.query)


def _more(page: Page, count: int, query: str) -> None:
    page.blank()
    page.put(Styled(f"{count} more that mention it: druginfo show {query} -n 0", DIM))
