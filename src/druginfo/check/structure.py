"""S: sections and headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import zip_longest

from druginfo.check.document import Document
from druginfo.check.rule import Faults, Level, Rule, rule
from druginfo.markup import slugify
from druginfo.model import Section
from druginfo.topics import is_faq, known

_TITLES = {
    "boxed-warning": "Boxed Warning", "usage": "Usage", "names": "Alternate Names", "mechanism": "How It Works",
    "dosage": "Dosage", "side-effects": "Side Effects", "contraindications": "Contraindications",
    "interactions": "Drug Interactions", "pregnancy": "Pregnancy and Breastfeeding", "summary": "Drug Profile Summary",
    "combinations": "Popular Combinations", "precautions": "Precautions",
}  # fmt: skip
"""The topics with a section of their own, in order, and what it is called."""
ORDER = tuple(_TITLES)
CORE = ("usage", "dosage", "side-effects", "contraindications", "interactions", "pregnancy")
"""Topics without whose section a monograph is not safe to use."""
OTHERS = tuple(topic for topic in ORDER[1:] if topic not in CORE)
_EMPHASIS = re.compile(r"^(\*{1,3}|_{1,3})(?=\S).*\S?\1:?$")
_BOLD_LINE = re.compile(r"(\*{2,3}|_{2,3})([^*_]{2,60})\1:?")


def _missing(code: str, level: Level, summary: str, topics: Sequence[str]) -> Rule:
    """A rule that asks for a section on each of some topics."""

    def find(document: Document) -> Faults:
        for topic in topics:
            if not document.sections(topic):
                yield document.first, f"no section “{_TITLES[topic]}”"

    return rule(code, level, summary)(find)


CORE_SECTION_MISSING = _missing(
    "S201", "error", "no section on use, dosage, side effects, contraindications, interactions or pregnancy", CORE
)
OTHER_SECTION_MISSING = _missing(
    "S202", "warning", "no section on names, mechanism, summary, combinations or precautions", OTHERS
)


@rule("S203", "error", "section given twice")
def duplicate_section(document: Document) -> Faults:
    first: dict[tuple[tuple[str, ...], str], int] = {}
    for section in document.monograph.sections:
        place = (section.over, slugify(section.title))
        if section.level and place in first:
            yield section.line, f"“{section.title}” appears twice; the first is in line {first[place]}"
        first.setdefault(place, section.line)


@rule("S204", "error", "section without content")
def empty_section(document: Document) -> Faults:
    sections = document.monograph.sections
    for section, after in zip_longest(sections, sections[1:]):
        has_parts = after is not None and after.level > section.level
        if section.level > 1 and not section.text.strip() and not has_parts:
            yield section.line, f"“{section.title}” is empty: say what the source says, or leave the heading out"


@rule("S205", "warning", "section out of order")
def misordered_section(document: Document) -> Faults:
    top = (s for s in document.monograph.sections if s.level and "/" not in s.key and not is_faq(s))
    ranked = [(ORDER.index(topic), section) for section in top if (topic := _topic(section))]
    kept = _longest_run([rank for rank, _ in ranked])
    for place, (rank, section) in enumerate(ranked):
        if place not in kept:
            after = [other for at, (its, other) in enumerate(ranked) if at in kept and its < rank]
            where = f"after “{after[-1].title}”" if after else "at the top"
            yield section.line, f"“{section.title}” belongs {where}"


@rule("S206", "warning", "heading level that is skipped", imported="warning")
def level_skipped(document: Document) -> Faults:
    above = 1
    for heading in document.headings:
        if heading.level > above + 1:
            yield heading.line, f"level {heading.level} follows level {above}: write {'#' * (above + 1)}"
        above = heading.level


@rule("S207", "warning", "heading in emphasis or with a colon")
def decorated_heading(document: Document) -> Faults:
    for heading in document.headings:
        text = heading.text.strip()
        if _EMPHASIS.match(text):
            yield heading.line, "heading in emphasis: leave the asterisks out"
        elif text.endswith(":"):
            yield heading.line, "heading with a colon: leave it out"


@rule("S208", "error", "heading inside another heading or with half its emphasis", imported="warning")
def broken_heading(document: Document) -> Faults:
    for heading in document.headings:
        if re.search(r"\S[ \t]+#{2,6}[ \t]+\S", heading.text):
            yield heading.line, "two headings in one line: give each its own"
        elif (heading.text.count("**") - heading.text.count(r"\**")) % 2:
            yield heading.line, "heading with a stray `**`"


@rule("S209", "warning", "bold line used as a heading")
def bold_line(document: Document) -> Faults:
    for section in document.monograph.sections:
        for block in () if is_faq(section) else section.blocks:
            bold = _BOLD_LINE.fullmatch(block.text) if block.kind == "paragraph" and not block.depth else None
            if bold and not bold[2].rstrip().endswith((".", "?", "!")):
                yield block.line, f"“{bold[2]}” is bold where a heading is meant: write it with #"


@rule("S210", "warning", "text before the first heading")
def text_before_headings(document: Document) -> Faults:
    for section in document.monograph.sections:
        if not section.level and section.blocks:
            yield section.blocks[0].line, "text before the first heading: it belongs to no section"


@rule("S211", "warning", "heading of level 1")
def title_in_body(document: Document) -> Faults:
    for heading in document.headings:
        if heading.level == 1:
            yield heading.line, "heading of level 1: the title belongs in the front matter, sections begin with ##"


def _topic(section: Section) -> str | None:
    """The topic that a top-level section is about."""
    return next((key for key in ORDER if (topic := known(key)) and topic.is_headed(section.title)), None)


def _longest_run(ranks: Sequence[int]) -> set[int]:
    """The places of a longest subsequence that does not fall: what is not in it has been moved."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int | None] = []
    for place, rank in enumerate(ranks):
        at = bisect_left(ends, rank + 1)
        before.append(tails[at - 1] if at else None)
        ends[at : at + 1] = [rank]
        tails[at : at + 1] = [place]
    kept: set[int] = set()
    at_place = tails[-1] if tails else None
    while at_place is not None:
        kept.add(at_place)
        at_place = before[at_place]
    return kept
