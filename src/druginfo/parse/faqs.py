"""Questions and answers, of the front matter and of the body, clean of what exports leave in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from druginfo.markup import plain, slugify
from druginfo.model import Faq, Fault, Section
from druginfo.parse.front_matter import mappings, scalar
from druginfo.terms.phrase_list import Phrases

_FAQ_SECTION = Phrases("faq/faqs | frequently asked")
QUESTION_NUMBER = re.compile(r"^(?:Q(?:uestion)? ?\d* ?[:.)](?!\d)|\d{1,3}[.)](?!\S)) *", re.I)
LEADING_MARK = re.compile(r"\A\s*\**\s*(?:A|Answer)\**:[ \t]*\**[ \t]*")
_ANSWER_MARK = re.compile(
    r"(?:^[ \t]*+|(?<=[?？])\*{0,3}\s*+|(?<=\s)(?=\*\*))\*{0,3}(?:A|Answer):[ \t]*+\*{0,3}[ \t]*+", re.M
)
"""At the beginning of a line, after a question mark, or in bold: not in "What is hepatitis A: …"."""


def faqs(fields: dict[str, Any], sections: Sequence[Section]) -> Iterator[Faq]:
    """The front matter's, then those of the body that the front matter does not have."""
    seen: set[str] = set()
    answered: set[tuple[str, str]] = set()
    for faq in _front_faqs(fields):
        key = slugify(faq.question)
        if faq.question and (key, faq.answer) not in answered:
            seen.add(key)
            answered.add((key, faq.answer))
            yield faq
    for faq in body_faqs(sections):
        key = slugify(faq.question)
        if faq.question and key not in seen:
            seen.add(key)
            yield faq


def misshapen(fields: dict[str, Any], path: str) -> Iterator[Fault]:
    """What of the front matter's FAQs cannot be shown, since it is not a list of questions with their answers."""
    node = fields.get("faqs")
    if node is None or (node.id == "scalar" and not scalar(node)):
        return
    if node.id != "sequence":
        line = node.start_mark.line + 1
        yield Fault(path, line, "`faqs` is not a list of `- q: …` with `a: …`; it is not shown")
        return
    readable = {line for entry, line in mappings(fields, "faqs") if _text_of(entry, "q", "question")}
    for entry in node.value:
        line = entry.start_mark.line + 1
        if line not in readable:
            yield Fault(path, line, "a FAQ without a question (`q: …`) is not shown")


def _text_of(entry: dict[str, Any], *keys: str) -> str:
    """What the first of the keys has: a text, or the lines of a list."""
    for key in keys:
        node = entry.get(key)
        found = scalar(node) or "\n".join(
            filter(None, map(scalar, node.value)) if node is not None and node.id == "sequence" else ()
        )
        if found:
            return found
    return ""


def _front_faqs(fields: dict[str, Any]) -> Iterator[Faq]:
    for entry, line in mappings(fields, "faqs"):
        asked = _text_of(entry, "q", "question")
        answered = _text_of(entry, "a", "answer")
        question, inside = split_question(asked)
        answer = clean_answer(answered)
        if inside and slugify(inside) not in slugify(answer):
            answer = f"{answer}\n{inside}" if answer else inside
        yield Faq(question, answer, line)


def body_faqs(sections: Sequence[Section]) -> Iterator[Faq]:
    """The questions of the body's own FAQ section."""
    inside = False
    for section in sections:
        if "/" not in section.key:
            inside = bool(_FAQ_SECTION.search(section.title))
            if inside:
                yield from _paragraph_faqs(section)
        elif inside:
            question, answered = split_question(section.title)
            content = section.markdown.partition("\n")[2]  # below the heading
            yield Faq(question, clean_answer("\n".join(filter(None, (answered, content)))), section.line)


def _paragraph_faqs(section: Section) -> Iterator[Faq]:
    """Questions written as bold paragraphs or items: `**Q: …?**` and their answers below or beside."""
    question, line = "", 0
    answer: list[str] = []
    for block in section.blocks:
        match = re.match(r"\s*\*\*(.+?\?)\s*+\*\*:?\s*|\s*Q\s*+\d*+\s*+[:.)](?!\d)\s*(.+?\?)\s*", block.text, re.S)
        if match:
            if question:
                yield Faq(question, clean_answer("\n".join(answer)), line)
            question, _ = split_question(match[1] or match[2])
            line, answer = block.line, [block.text[match.end() :]]
        elif question:
            answer.append(block.text)
    if question:
        yield Faq(question, clean_answer("\n".join(answer)), line)


def split_question(text: str) -> tuple[str, str]:
    """A question, and the answer that an export left in the same string; both plain and without numbering and `A:`."""
    parts = _ANSWER_MARK.split(text, maxsplit=1) if "A:" in text or "Answer:" in text else [text]
    question = " ".join(_without_stray_marks(parts[0]).split())
    return QUESTION_NUMBER.sub("", question), clean_answer(parts[1]) if len(parts) > 1 else ""


def clean_answer(text: str) -> str:
    """An answer, plain, without its leading `A:`; its lines stay lines."""
    bare = text.strip()
    if "A:" in bare or "Answer:" in bare:
        bare = LEADING_MARK.sub("", bare)
    if "\n" not in bare:
        return _without_stray_marks(bare).strip()
    lines = [_without_stray_marks(line.rstrip()) for line in bare.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_stray_marks(line: str) -> str:
    bare = plain(line)
    return re.sub(r"(?<!\d)\*\*(?!\d)", "", bare) if "**" in bare else bare
