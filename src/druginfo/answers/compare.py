"""`compare`: two to four drugs, section by section."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Match, Sparse


class Entry(NamedTuple):
    """What one drug's monograph says under a heading; null where it has nothing there."""

    slug: str
    text: str | None


class Compared(NamedTuple):
    """The sections of the compared monographs that are about the same."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    """One for each drug, in the order asked for."""


class Comparison(NamedTuple):
    """Two to four drugs, section by section."""

    drugs: tuple[Match, ...]
    sections: tuple[Compared, ...]
    banned: Sparse[tuple[str, ...]] = ()
    """Slugs of those that their monographs mark as banned."""
