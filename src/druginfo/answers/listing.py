"""`list`, and `show` of a class: the library, or the part of it that was asked for."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Card


class Cards(NamedTuple):
    """Drugs by title."""

    monographs: tuple[Card, ...]
