"""Q: questions and answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from druginfo.check.document import EMPHASIS, Document, entries, items
from druginfo.check.rule import Faults, rule
from druginfo.markup import slugify
from druginfo.model import Faq
from druginfo.parse.faqs import LEADING_MARK, QUESTION_NUMBER, body_faqs, clean_answer, split_question
from druginfo.topics import is_faq

FEWEST, MOST = 8, 12


class WrittenFaq(NamedTuple):
    """An entry of `faqs`."""

    written: str
    """The question as it is written."""
    question: str
    inside: str
    """The answer that an export left in the question."""
    answer: str
    """As it is written."""
    line: int
    answer_line: int


def _asked(document: Document) -> Iterator[WrittenFaq]:
    faqs = document.entry("faqs")
    for node in items(faqs.value) if faqs else ():
        known = {entry.key: entry for entry in reversed(list(entries(node)))}
        question, answer = known.get("q") or known.get("question"), known.get("a") or known.get("answer")
        start = node.start_mark.line + 1
        written = (question and question.text) or ""
        lines = (each.line if each else start for each in (question, answer))
        yield WrittenFaq(written, *split_question(written), (answer and answer.text) or "", *lines)


@rule("Q301", "error", "answer inside the question")
def answer_in_question(document: Document) -> Faults:
    for asked in _asked(document):
        if asked.inside:
            yield asked.line, f"the answer is part of the question “{_short(asked.question)}”"


@rule("Q302", "error", "answer that begins with `A:`")
def answer_mark(document: Document) -> Faults:
    for asked in _asked(document):
        if mark := LEADING_MARK.match(asked.answer):
            yield asked.answer_line, f"the answer begins with `{mark[0].strip()}`"


@rule("Q303", "warning", "emphasis or numbering in a question or answer")
def marks_in_faq(document: Document) -> Faults:
    for asked in _asked(document):
        question = "" if asked.inside else asked.written
        if EMPHASIS.search(question):
            yield asked.line, "emphasis in the question: write plain text"
        if QUESTION_NUMBER.match(question):
            yield asked.line, "numbered question: leave the number out"
        if EMPHASIS.search(LEADING_MARK.sub("", asked.answer)):
            yield asked.answer_line, "emphasis in the answer: write plain text"


@rule("Q304", "error", "front matter and body that answer one question differently")
def answers_disagree(document: Document) -> Faults:
    front = {slugify(asked.question): asked for asked in _asked(document)}
    for faq in _in_body(document):
        asked = front.get(slugify(faq.question))
        if asked and slugify(clean_answer(asked.answer)) != slugify(faq.answer):
            yield faq.line, f"“{_short(faq.question)}” has another answer in line {asked.answer_line}"


@rule("Q305", "warning", "question that only the front matter or only the body has")
def questions_disagree(document: Document) -> Faults:
    front = {slugify(asked.question): asked.line for asked in _asked(document)}
    body = {slugify(faq.question): faq for faq in _in_body(document)}
    if not front or not body:
        return
    for key, line in front.items():
        if key not in body:
            yield line, "this question is not among the FAQs of the body"
    for key, faq in body.items():
        if key not in front:
            yield faq.line, f"“{_short(faq.question)}” is not among the FAQs of the front matter"


@rule("Q306", "warning", "question asked twice")
def duplicate_question(document: Document) -> Faults:
    seen: Counter[str] = Counter()
    for asked in _asked(document):
        key = slugify(asked.question)
        seen[key] += bool(asked.question)
        if asked.question and seen[key] == 2:
            yield asked.line, f"“{_short(asked.question)}” is asked twice; only the first answer is shown"


@rule("Q307", "error", "question without an answer, or answer without a question")
def half_faq(document: Document) -> Faults:
    for asked in _asked(document):
        if not asked.question:
            yield asked.line, "answer without a question"
        elif not clean_answer(asked.answer) and not asked.inside:
            yield asked.line, f"“{_short(asked.question)}” has no answer"


@rule("Q308", "warning", f"fewer than {FEWEST} or more than {MOST} FAQs")
def number_of_faqs(document: Document) -> Faults:
    number = len(document.monograph.faqs)
    if document.entries and not FEWEST <= number <= MOST:
        count = "no FAQs" if not number else "one FAQ" if number == 1 else f"{number} FAQs"
        yield document.line("faqs"), f"{count}: write {FEWEST} to {MOST}"


@rule("Q309", "warning", "question without a question mark")
def no_question_mark(document: Document) -> Faults:
    for asked in _asked(document):
        if asked.question and not asked.question.rstrip("\"'”’)").endswith(("?", "？", "؟")):
            yield asked.line, f"“{_short(asked.question)}” does not end in a question mark"


def _in_body(document: Document) -> list[Faq]:
    """The body's own FAQs: one heading each, or bold lines."""
    return list(body_faqs(document.monograph.sections)) if any(map(is_faq, document.monograph.sections)) else []


def _short(question: str) -> str:
    return question if len(question) <= 60 else question[:59].rstrip() + "…"
