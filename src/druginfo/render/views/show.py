"""A monograph, or a part of one."""

from __future__ import annotations

from druginfo import topics
from druginfo.answers.show import Shown
from druginfo.markup import slugify
from druginfo.model import Faq, Monograph
from druginfo.render.page import Page
from druginfo.render.views.parts import head, more, questions, sections


def put(page: Page, answer: Shown) -> None:
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
        more(page, answer.left_out, f"{answer.match.slug} {answer.topic}")


def _unprinted(monograph: Monograph) -> list[Faq]:
    """The FAQs that no section of the body holds, question and answer."""
    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if topics.is_faq(s)))
    return [f for f in monograph.faqs if not all(slugify(part) in body for part in (f.question, f.answer) if part)]
