"""A person's words for a part of a monograph → the sections or passages that are about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from druginfo.model import Block, Faq, Monograph, Section
from druginfo.names import fold
from druginfo.topics.terms import FILLERS, TOPICS, Topic

_SCOPE = "**Scope:**"


@cache
def _by_word() -> dict[str, Topic]:
    return {fold(word): topic for topic in TOPICS for word in (topic.key, *topic.words)}


def words() -> list[str]:
    """The name of every topic, for messages and completion."""
    return [topic.words[0] for topic in TOPICS]


def known(query: str) -> Topic | None:
    """The topic that people mean by exactly these words, apart from fillers ("in pregnancy", "the kidneys")."""
    table = _by_word()
    if topic := table.get(fold(query)):
        return topic
    kept = [word for word in re.findall(r"[\w'’-]+", query.lower()) if word not in FILLERS]
    return table.get(fold(" ".join(kept))) if kept else None


def near(query: str) -> Topic | None:
    """The one topic that the query misspells by one edit, or two in a long word; its first letter must be right."""
    from rapidfuzz.distance import OSA

    folded = fold(query)
    allowed = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    distances: dict[str, int] = {}
    for word, topic in _by_word().items():
        distance = OSA.distance(folded, word, score_cutoff=allowed)
        if distance <= allowed and folded[:1] == word[:1]:
            distances[topic.key] = min(distance, distances.get(topic.key, distance))
    best = min(distances.values(), default=None)
    nearest = [key for key, distance in distances.items() if distance == best]
    return _by_word()[fold(nearest[0])] if len(nearest) == 1 else None


def own_sections(monograph: Monograph, topic: Topic) -> tuple[Section, ...]:
    """The sections that the topic has to itself, with their subsections; a top-level one hides deeper ones."""
    if not topic.heading:
        return ()
    pattern = re.compile(topic.heading, re.I)
    heads = [s for s in monograph.sections if "/" not in s.key and pattern.search(s.title)] or [
        s for s in monograph.sections if "/" in s.key and pattern.search(s.title) and not is_faq(s)
    ]
    return tuple(s for s in monograph.sections if any(within(s, head) for head in heads))


def heading_sections(monograph: Monograph, query: str) -> tuple[Section, ...]:
    """The sections whose heading or key is the query, folded, with their subsections."""
    wanted = fold(query)
    heads = [s for s in monograph.sections if wanted in (fold(s.title), fold(s.key))]
    return tuple(s for s in monograph.sections if any(within(s, head) for head in heads))


def about(monograph: Monograph, topic: Topic) -> tuple[tuple[Section, ...], tuple[Faq, ...]]:
    """What the monograph says on a topic: the topic's own sections, else every passage about it; and the FAQs about it.

    A passage is a paragraph, list item or table row; one is about a topic if it, what it stands under or a heading over
    it speaks of it. Passages stand verbatim in their sections' `markdown` and `text`.
    """
    pattern = re.compile(topic.passage, re.I)
    if topic.key == "faq":
        return (), monograph.faqs
    faqs = tuple(f for f in monograph.faqs if pattern.search(f.question))
    sections = own_sections(monograph, topic)
    if not sections:
        sections = tuple(_passages(monograph, pattern))
        faqs = tuple(f for f in monograph.faqs if pattern.search(f.question) or pattern.search(f.answer))
    return sections, faqs


def passages(monograph: Monograph, topic: Topic) -> tuple[Section, ...]:
    """Every passage on a topic, also outside of sections that it has to itself."""
    return tuple(_passages(monograph, re.compile(topic.passage, re.I)))


def _passages(monograph: Monograph, pattern: re.Pattern[str]) -> Iterator[Section]:
    titles = {s.key: s.title for s in monograph.sections}
    for section in monograph.sections:
        if is_faq(section):
            continue
        path = section.key.split("/")
        headings = [titles.get("/".join(path[: n + 1]), "") for n in range(len(path))]
        if any(pattern.search(title) and not _is_shared(title) for title in headings):
            yield section
        elif blocks := _blocks_about(section.blocks, pattern):
            yield narrowed(section, blocks)


def _is_shared(heading: str) -> bool:
    """Whether a section is about more than the topic that its heading speaks of: "Drug and Food Interactions"."""
    return bool(of_heading(heading) and re.search(r"\band\b|[&,/]", heading, re.I))


def _blocks_about(blocks: Sequence[Block], pattern: re.Pattern[str]) -> tuple[Block, ...]:
    """Blocks about the topic, with those that they stand under and their table's header row.

    All rows are about what their header row speaks of; a row without a first cell goes on with the row above it.
    """
    from druginfo.topics.outline import standing_under

    kept: set[int] = set()
    hits: set[int] = set()
    header: int | None = None
    for number, (block, over) in enumerate(zip(blocks, standing_under(blocks), strict=True)):
        above = [*over]
        if block.kind == "header":
            header = number
        elif block.kind == "row":
            above += [header] if header is not None and block.header else []
            above += [number - 1] if block.cells and not block.cells[0].strip() else []
        if pattern.search(block.text) or hits.intersection(above):
            hits.add(number)
            kept |= {number} if block.kind != "header" else set()
            kept |= set(over) | ({header} if block.kind == "row" and header is not None and block.header else set())
    return tuple(blocks[number] for number in sorted(kept))


def narrowed(section: Section, blocks: tuple[Block, ...]) -> Section:
    """The section with only these of its blocks, their lines verbatim."""
    from druginfo.markup import plain_text

    lines = section.markdown.split("\n")
    own = [line for b in blocks for line in lines[b.line - section.line : b.line - section.line + len(b.lines)]]
    return section._replace(markdown="\n".join(own) + "\n", text=plain_text(blocks), blocks=blocks)


def within(section: Section, head: Section) -> bool:
    return section.key == head.key or section.key.startswith(head.key + "/")


DANGERS = ("boxed-warning", "contraindications", "pregnancy")
"""The topics that stand first on the screen."""


def scope(monograph: Monograph) -> str | None:
    """What the monograph says it covers: its item `**Scope:** …`, plain; None where it has none."""
    for section in monograph.sections:
        for block in section.blocks:
            if block.kind == "item" and block.text.startswith(_SCOPE):
                from druginfo.markup import plain

                return plain(block.text[len(_SCOPE) :]).strip()
    return None


def is_faq(section: Section) -> bool:
    """Whether the section, or the one it stands in, is the monograph's own list of FAQs."""
    return bool(re.search(r"\bfaqs?\b|frequently-asked", section.key.split("/")[0]))


def has_section(key: str, section: Section) -> bool:
    """Whether the section, or the top-level one it stands in, is the topic's own."""
    topic = _by_word()[fold(key)]
    return bool(topic.heading and re.search(topic.heading, section.key.split("/")[0].replace("-", " ")))


def is_of(topic: Topic, section: Section, line: str) -> bool:
    """Whether a line is of a topic: it stands in the topic's own section, or speaks of it where it has none."""
    return has_section(topic.key, section) or bool(not topic.heading and re.search(topic.passage, line, re.I))


def endangers(section: Section) -> bool:
    """Whether the section, or the top-level one it stands in, tells what endangers patients most."""
    return not is_faq(section) and any(has_section(key, section) for key in DANGERS)


def has_boxed_warning(monograph: Monograph) -> bool:
    """Whether a section of the monograph is its boxed warning."""
    return any(has_section("boxed-warning", section) for section in monograph.sections)


def of_heading(title: str) -> list[str]:
    """The keys of the topics that a section with this heading has to itself."""
    return [topic.key for topic in TOPICS if topic.heading and re.search(topic.heading, title, re.I)]
