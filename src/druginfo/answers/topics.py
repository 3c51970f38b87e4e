"""`topics`: what can be asked of a monograph, and how much one says of it."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Match


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it, the name that messages use first."""
    passages: int | None
    """How many paragraphs, list items, table rows and questions the drug's monograph has on it; null without a drug."""


class Topics(NamedTuple):
    """The topics there are, or those that one monograph says anything on."""

    match: Match | None
    topics: tuple[Topic, ...]
