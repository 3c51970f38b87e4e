"""`interactions`: what the monographs say of each pair of drugs, quoted."""

from __future__ import annotations

from typing import Literal, NamedTuple

from druginfo.model import Match, Sparse, Statement


class Pair(NamedTuple):
    """Two drugs and what either monograph says of the other: contraindications, interactions, the rest."""

    a: str
    b: str
    status: Literal["listed", "not_listed"]
    """Whether either monograph says anything of the other."""
    statements: tuple[Statement, ...]


class Interactions(NamedTuple):
    """All pairs of two to ten drugs, in the order asked for."""

    drugs: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    banned: Sparse[tuple[str, ...]] = ()
    """Slugs of those that their monographs mark as banned."""
