"""Answers of `show` as the Markdown that they came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from druginfo.answers.across import TopicOfAll
from druginfo.answers.show import Shown
from druginfo.errors import Usage
from druginfo.model import Faq, Section


def markdown(answer: Any) -> str:
    """A monograph's body, verbatim; of a topic the sections, then the FAQs; a review as its page.

    Raises Usage for a list of drugs.
    """
    match answer:
        case Shown(topic=None):
            return "".join(section.markdown for section in answer.monograph.sections)
        case Shown():
            return _part(answer.monograph.sections, answer.monograph.faqs)
        case TopicOfAll():
            return "\n".join(f"# {one.title}\n\n{_part(one.sections, one.faqs)}" for one in answer.results)
    from druginfo.answers.review import Review

    if isinstance(answer, Review):
        from datetime import date

        from druginfo.render.markdown_page import page_markdown

        return page_markdown(answer, date.today())
    raise Usage("--markdown shows monographs; a list has no Markdown.")


def _part(sections: Sequence[Section], faqs: Sequence[Faq]) -> str:
    heading = {s.key: f"{'#' * s.level} {s.title}\n\n" for s in sections}
    parts = [s.markdown if s.markdown.lstrip().startswith("#") else heading[s.key] + s.markdown for s in sections]
    return "".join(parts) + "".join(f"\n**{f.question}**\n\n{f.answer}\n" for f in faqs)
