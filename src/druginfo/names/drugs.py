"""What a drug is, for every room that reads text: whether words name a medicine, and whose medicine it is.

Only exact names count (after folding, salt words set aside): in running text a near word is another word.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from druginfo.names.folding import fold, ingredients
from druginfo.names.lexicon import Known, lexicon
from druginfo.names.salts import METALS, SALT_WORDS, in_english, same_moiety

_SHORTEST = 3


@lru_cache(maxsize=4096)
def is_drug(words: str) -> bool:
    """Whether words are a medicine's name and nothing else: "warfarin", "Insulin Glargine", "metoprolol succinate".

    A salt or an element by itself ("potassium", "acetate") is not one, nor is a brand in lower case: brands are
    ordinary words too ("advance"). Never raises.
    """
    return _known(words) is not None or fold(words) in _FAMILIES


def whose_drug(words: str, own: Collection[str]) -> Literal["own", "other"] | None:
    """Whose drug words name: "own" if it is one that `own` (a monograph's title and other names) names too, by whatever
    of its names, or one of its ingredients; "other" for any other medicine; None where they name none.

    >>> own = ["Albuterol", "Ventolin"]
    >>> whose_drug("salbutamol", own), whose_drug("warfarin", own), whose_drug("tablet", own)
    ('own', 'other', None)
    """
    return _whose(words, tuple(own))


@lru_cache(maxsize=4096)
def _whose(words: str, own: tuple[str, ...]) -> Literal["own", "other"] | None:
    folded = fold(words)
    if folded and folded in {fold(name) for name in own}:
        return "own"
    if not is_drug(words):
        return None
    if folded in _FAMILIES:
        return "own" if any(fold(name).startswith(folded) for name in own) else "other"
    found = _known(words)
    return "own" if found and set(found.drugs) & _drugs_of(own) else "other"


def generic_names(name: str) -> tuple[str, ...]:
    """The lexicon's generic names (INN, USAN, BAN, JAN …) of the drug that a name means; none of several drugs."""
    found = lexicon().find(fold(name))
    if not found or len(found.drugs) != 1:
        return ()
    drug = lexicon().drug(found.drugs[0])
    return (drug.title.lower(), *drug.also)


@lru_cache(maxsize=64)
def _drugs_of(own: tuple[str, ...]) -> frozenset[int]:
    names = {each for name in own for each in (name, *ingredients(name))}
    return frozenset(drug for name in names if (found := _known(name.capitalize())) for drug in found.drugs)


def _known(words: str) -> Known | None:
    english = [in_english(word) for word in words.split()]
    if all(word in SALT_WORDS or word in METALS for word in english):
        return None
    for each in (words, *same_moiety(words)):
        folded = fold(each)
        if len(folded) < _SHORTEST or not (found := lexicon().find(folded)) or not found.is_medicine:
            continue
        if found.kind not in "bwe" or not each[:1].islower():
            return found
    return None


_FAMILIES = frozenset("insulin interferon heparin insulins interferons heparins".split())
"""What begins the names of several drugs and is said for all of them."""
