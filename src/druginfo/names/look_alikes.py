"""Official look-alike names: pairs of drugs that are taken for each other, in tall-man letters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from druginfo.model import LookAlike
from druginfo.names.folding import fold
from druginfo.terms.files import DATA

if TYPE_CHECKING:
    from druginfo.names.listed import LibraryNames


@lru_cache(maxsize=1)
def look_alikes() -> dict[str, tuple[LookAlike, ...]]:
    """The FDA's look-alike pairs by folded name, each seen from that name ("FDA List of Established Drug Names
    Recommended to Use Tall Man Lettering"); where the list gives two ways of capitals, the first."""
    pairs: dict[str, tuple[LookAlike, ...]] = {}
    text = (DATA / "look_alike.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        a, b, tall_a, tall_b = (each.split("|")[0] for each in line.split("\t"))
        for pair in (LookAlike(a, tall_a, b, tall_b), LookAlike(b, tall_b, a, tall_a)):
            pairs[fold(pair.name)] = (*pairs.get(fold(pair.name), ()), pair)
    return pairs


_confusables: WeakKeyDictionary[LibraryNames, dict[str, tuple[LookAlike, ...]]] = WeakKeyDictionary()


def confusable(names: LibraryNames) -> dict[str, tuple[LookAlike, ...]]:
    """The look-alike pairs by slug: a drug is asked about by each of the names that the library gives it."""
    if (found := _confusables.get(names)) is None:
        found = _confusables[names] = {}
        for name, pairs in look_alikes().items():
            for slug in {each.slug for each in names.exact(name)}:
                found[slug] = found.get(slug, ()) + pairs
    return found
