"""`faq`: questions and answers of one drug, or the best-matching ones of all."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import FaqHit, Hidden, Match, Sparse


class Faqs(NamedTuple):
    """Questions and answers: of one drug (`match`), or the best-matching ones of all."""

    match: Match | None
    faqs: tuple[FaqHit, ...]
    absent: Sparse[tuple[str, ...]] = ()
    """Known drugs that the query names and the library has no monograph of, where it names no other."""
    questions_only: Hidden[bool] = False
    """Whether the screen leaves out the answers."""
