"""What monographs say across drugs: the same sections side by side, and what they say of each other, quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from druginfo.library import Library

if TYPE_CHECKING:
    from druginfo.answers.compare import Comparison
    from druginfo.answers.interactions import Interactions


def compare(library: Library, arguments: Sequence[str], section: str | None = None) -> Comparison:
    """See `comparing.compare`."""
    from druginfo.relations import comparing

    return comparing.compare(library, arguments, section)


def interactions(library: Library, arguments: Sequence[str]) -> Interactions:
    """See `pairs.interactions`."""
    from druginfo.relations import pairs

    return pairs.interactions(library, arguments)
