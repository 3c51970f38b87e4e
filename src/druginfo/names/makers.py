"""Makers' names before or after a generic name: "Apo-Apixaban", "Omeprazol-ratiopharm", "Sandoz metoprolol"."""

from __future__ import annotations

from collections.abc import Iterator

from druginfo.terms.files import word_list

MAKERS = word_list("words", "makers", "names.txt")

_BEFORE_ALONE = frozenset(["ct", "m", "novo", "pro"])
"""After a name these are part of it: chlorthalidone, metformin or montelukast, another product."""


def without_maker(name: str) -> Iterator[str]:
    """A name of several words without a maker's before or after it; what is left must be looked up.

    >>> list(without_maker("Apo-Apixaban")), list(without_maker("metoprolol Sandoz")), list(without_maker("apo"))
    (['Apixaban'], ['metoprolol'], [])
    """
    words = name.replace("-", " ").split()
    if len(words) < 2:
        return
    if words[0].lower() in MAKERS:
        yield " ".join(words[1:])
    if words[-1].lower() in MAKERS - _BEFORE_ALONE:
        yield " ".join(words[:-1])
