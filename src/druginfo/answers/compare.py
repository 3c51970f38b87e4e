"""`compare`: two to four drugs, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.answers.spotting import MOST_COMPARED, named
from druginfo.classes import phrase
from druginfo.classes.abbreviations import defined_in
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.markup import slugify
from druginfo.model import Match, Monograph, Section, Sparse
from druginfo.names import fold
from druginfo.terms import without_brackets
from druginfo.terms.files import word_list
from druginfo.topics.terms import Topic


class DrugText(NamedTuple):
    """What one drug's monograph says under a heading; null where it has nothing there."""

    slug: str
    text: str | None


class Aligned(NamedTuple):
    """The sections of the compared monographs that are about the same."""

    key: str
    title: str
    entries: tuple[DrugText, ...]
    """One for each drug, in the order asked for."""


class Comparison(NamedTuple):
    """Two to four drugs, section by section."""

    drugs: tuple[Match, ...]
    sections: tuple[Aligned, ...]
    banned: Sparse[tuple[str, ...]] = ()
    """Slugs of those that their monographs mark as banned."""


def compare(library: Library, arguments: Sequence[str], section: str | None = None) -> Comparison:
    """The same sections of two to four drugs, or one topic of them. Sections line up by topic, then by heading.

    Raises Usage, NotFound (also where no monograph has the section), Absent, Ambiguous.
    """
    asked = named(library, arguments)
    if asked.absent or asked.twice:
        raise asked.absent[0] if asked.absent else asked.same_drug()
    matches = asked.several("compare", MOST_COMPARED)
    monographs = [library.open(match.slug) for match in matches]
    rows = tuple(_aligned(monographs)) if section is None else _of_section(monographs, section)
    return Comparison(matches, rows, tuple(monograph.slug for monograph in monographs if monograph.is_banned))


def _of_section(monographs: Sequence[Monograph], section: str) -> tuple[Aligned, ...]:
    """What the monographs say on one topic or under one heading. Raises NotFound."""
    topic = topics.known(section) or topics.near(section)
    if topic and topic.key == "dosage" and (rows := tuple(_doses(monographs))):
        return rows
    texts = [_on_topic(m, topic) if topic else _text(topics.heading_sections(m, section)) for m in monographs]
    if not any(texts) and topic:
        raise NotFound(f"None of these monographs says anything on {topic.words[0]}.", query=section)
    if not any(texts):
        near = ", ".join(topics.nearest(section))
        raise NotFound(f"None of them has “{section}”. Nearest: {near}; `druginfo topics` lists all.", query=section)
    key, title = (topic.key, topic.words[0].capitalize()) if topic else (slugify(section), section)
    return (_row(key, title, monographs, texts),)


def _row(key: str, title: str, monographs: Sequence[Monograph], texts: Sequence[str | None]) -> Aligned:
    return Aligned(key, title, tuple(DrugText(m.slug, text or None) for m, text in zip(monographs, texts, strict=True)))


def _on_topic(monograph: Monograph, topic: Topic) -> str:
    sections, faqs = topics.about(monograph, topic)
    return _text(sections) or "\n".join(f"{faq.question}\n{faq.answer}" for faq in faqs)


def _text(sections: Iterable[Section]) -> str:
    """Sections as plain text, subsections under their headings; sections too where they are several."""
    parts = []
    found = tuple(sections)
    several = len({section.key.split("/")[0] for section in found if section.text}) > 1
    for section in found:
        if "/" in section.key or (several and section.text):
            parts.append(f"{section.title}:")
        if section.text:
            parts.append(section.text)
    return "\n".join(parts)


def _aligned(monographs: Sequence[Monograph]) -> Iterator[Aligned]:
    """Rows in the order of the first monograph that has them. Sections with a topic in common are about the same."""
    heads = [[s for s in m.sections if "/" not in s.key and not topics.is_faq(s)] for m in monographs]
    groups: dict[str, str] = {}  # topic or folded title → the group's name

    def group(name: str) -> str:
        while groups.setdefault(name, name) != name:
            name = groups[name]
        return name

    for head in (s for own in heads for s in own):
        first, *others = _subjects(head)
        for other in others:
            groups[group(other)] = group(first)
    rows: dict[str, tuple[str, str, list[list[str]]]] = {}
    for number, (monograph, own) in enumerate(zip(monographs, heads, strict=True)):
        for head in own:
            new = (head.key, head.title or "Introduction", [list[str]() for _ in monographs])
            within = [s for s in monograph.sections if topics.within(s, head)]
            rows.setdefault(group(_subjects(head)[0]), new)[2][number].append(_text(within))
    for key, title, columns in rows.values():
        if any(any(column) for column in columns):
            yield _row(key, title, monographs, ["\n".join(filter(None, column)) for column in columns])


def _subjects(head: Section) -> list[str]:
    """What a top-level section is about: topics, else its folded title."""
    return topics.of_heading(head.title) or [f"={fold(head.title)}"]


def _doses(monographs: Sequence[Monograph]) -> Iterator[Aligned]:
    """The dosing tables, indication by indication; then the rows without an indication, and the notes."""
    from druginfo.dosing import read_dosing

    rows: dict[frozenset[str], tuple[str, list[list[str]]]] = {}
    notes: list[list[str]] = []
    defined = [{d.short.lower(): d.long for d in defined_in(m)} for m in monographs]
    others = {short: long for each in defined for short, long in each.items()}
    for number, monograph in enumerate(monographs):
        regimens = read_dosing(monograph, conditions=False)
        long = others | defined[number]
        notes.append([note.text for note in regimens.notes])
        for row in regimens.rows:
            asked = _indication(row.indication or "", long)
            key = next(
                (known for known in rows if asked == known or (asked and known and (asked <= known or known <= asked))),
                asked,
            )
            title, columns = rows.setdefault(key, (row.indication or "", [[] for _ in monographs]))
            own = row.indication if row.indication != title else None
            who = ", ".join(filter(None, (own, row.population, row.qualifier)))
            columns[number].append(f"{who}: {row.text}" if who else row.text)
    for title, columns in sorted(rows.values(), key=lambda row: not row[0]):
        place = f"dosage/{slugify(title)}" if title else "dosage"
        yield _row(place, title or "No indication given", monographs, ["\n".join(column) for column in columns])
    if any(notes):
        yield _row("dosage/notes", "Notes", monographs, ["\n".join(column) for column in notes])


_NOT_AN_INDICATION = word_list("indications", "common")


def _indication(text: str, long: dict[str, str]) -> frozenset[str]:
    """What distinguishes an indication from others: its words, abbreviations written out."""
    spelled = re.sub(r"[^\W_][\w-]*", lambda m: long.get(m[0].lower(), m[0]), without_brackets(text))
    own = frozenset(phrase(spelled))
    return own - _NOT_AN_INDICATION or own
