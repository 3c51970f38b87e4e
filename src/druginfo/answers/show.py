"""`show`: a monograph or the part of it that was asked for, or a topic of every drug."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Count, Faq, Hidden, Match, Monograph, Section, Sparse


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
    short: Hidden[Monograph | None] = None
    """The passages that matter most, where all of them are more than a screen; null where all are shown."""
    left_out: Hidden[int] = 0
    """How many passages `short` is without."""


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
    passages: Count = 0
    """How many paragraphs, list items, table rows and questions these are."""


class TopicOfAll(NamedTuple):
    """One topic, or any words, of every monograph that says something on it, or of those of a class, by title."""

    topic: Topic
    results: tuple[TopicOfDrug, ...]
    notice: Sparse[str | None] = None
    title: Hidden[str] = ""
    """The topic or words, and the class: "pregnancy, statins"."""
    short: Hidden[tuple[TopicOfDrug, ...]] = ()
    """The passages that matter most of as many of them as a screen holds."""
    left_out: Hidden[int] = 0
    """How many passages `short` is without."""
