"""`search`: passages of all monographs, the best first."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Hit, Sparse


class Hits(NamedTuple):
    """What a query finds, best first."""

    query: str
    hits: tuple[Hit, ...]
    notice: Sparse[str | None] = None
