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
    """Those that speak of the combination by danger, then by name, by class or role; denials last."""
    same_class: str | None = None
    """The class that both are of, as a monograph words it: "Beta blocker"."""


class Interactions(NamedTuple):
    """All pairs of two to ten drugs, in the order asked for."""

    drugs: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    banned: Sparse[tuple[str, ...]] = ()
    """Slugs of those that their monographs mark as banned."""
    duplicates: Sparse[tuple[Match, ...]] = ()
    """Names that mean a drug that another name has meant already."""
