"""`show`: a monograph or the part of it that was asked for, or a topic of every drug."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Faq, Hidden, Match, Monograph, Section, Sparse


class Drug(NamedTuple):
    """A monograph, or the part of it that was asked for."""

    match: Match
    monograph: Monograph
    """With a topic, `sections` and `faqs` hold only what is about it."""
    topic: Sparse[str | None] = None
    notice: Sparse[str | None] = None
    """How the topic was understood, where it is not spelled as any is."""
    scope: Sparse[str | None] = None
    """What the whole monograph says it covers, where that is not the whole drug."""


class Topic(NamedTuple):
    """A topic as it was asked for, and its key."""

    query: str
    key: str


class TopicOfDrug(NamedTuple):
    """What one monograph says on a topic."""

    slug: str
    title: str
    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    is_banned: Hidden[bool] = False


class TopicOfAll(NamedTuple):
    """One topic of every monograph that says something on it, by title."""

    topic: Topic
    results: tuple[TopicOfDrug, ...]
    notice: Sparse[str | None] = None
