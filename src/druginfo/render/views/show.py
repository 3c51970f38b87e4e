"""A monograph, or a part of one."""

from __future__ import annotations

from druginfo import topics
from druginfo.answers.show import Shown
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
    questions(page, topics.faqs_beside(shown))
    if answer.left_out:
        more(page, answer.left_out, f"{answer.match.slug} {answer.topic}")
