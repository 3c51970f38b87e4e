"""`topics`: what can be asked of a monograph, and how much one says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.library import Library
from druginfo.model import Match
from druginfo.topics.excerpts import passages
from druginfo.topics.terms import TOPICS


class CountedTopic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it, the name that messages use first."""
    passages: int | None
    """How many paragraphs, list items, table rows and questions the drug's monograph has on it; null without a drug."""


class Topics(NamedTuple):
    """The topics there are, or those that one monograph says anything on."""

    match: Match | None
    topics: tuple[CountedTopic, ...]


def topics_of(library: Library, words: Sequence[str], *, exact: bool = False) -> Topics:
    """The topics there are; of a drug those that its monograph says anything on. Raises NotFound, Absent, Ambiguous."""
    if not any(word.strip() for word in words):
        return Topics(None, tuple(CountedTopic(topic.key, topic.words, None) for topic in TOPICS))
    match = library.find(" ".join(words), exact=exact)
    monograph = library.open(match.slug)
    found = []
    for topic in TOPICS:
        sections, faqs = topics.about(monograph, topic)
        if sections or faqs:
            found.append(CountedTopic(topic.key, topic.words, passages(sections, faqs)))
    return Topics(match, tuple(found))
