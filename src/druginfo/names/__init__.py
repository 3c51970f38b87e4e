"""Drug names: folding for comparison, and which words are a drug's name.

For other rooms, to rely on: `fold(name)`; `is_drug(words) -> bool`, whether words are a medicine's name and nothing
else; `whose_drug(words, own) -> "own" | "other" | None`, whether it is the medicine that a monograph's names (`own`:
title, INN, brands …) name too. Both know the medicines of the world, take a few microseconds once the lexicon is
read, remember their answers and never raise. They read the lexicon when first called, not when imported.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from druginfo.names.folding import fold, ingredients, is_joined, joins, reordered, same_marks

__all__ = [
    "fold", "ingredients", "is_drug", "is_joined", "joins", "reordered", "same_marks", "whose_drug", "without_dosage",
]  # fmt: skip


def without_dosage(text: str) -> str:
    """The words of a medication line that name the drug; empty where it is only directions (`druginfo.names.lines`)."""
    from druginfo.names.lines import read

    return read(text).name


def is_drug(words: str) -> bool:
    """Whether words are a medicine's name and nothing else (`druginfo.names.drugs` says more)."""
    from druginfo.names.drugs import is_drug

    return is_drug(words)


def whose_drug(words: str, own: Collection[str]) -> Literal["own", "other"] | None:
    """Whose medicine words name: that of a monograph with the names `own`, another's, or no medicine (None)."""
    from druginfo.names.drugs import whose_drug

    return whose_drug(words, own)
