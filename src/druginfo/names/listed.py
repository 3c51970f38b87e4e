"""The names of a library, as resolving a query needs them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Protocol, TypeVar

from druginfo.model import Named
from druginfo.names import codes
from druginfo.names.folding import fold, ingredients
from druginfo.names.salts import same_moiety
from druginfo.names.skeleton import skeleton

T = TypeVar("T")
K = TypeVar("K")

OF_THE_DRUG = frozenset({"title", "inn", "slug"})
"""The fields of names that say which drug a monograph is about."""


class LibraryNames(Protocol):
    """The names of a library, as `resolve` needs them. Of 10,000 monographs a query asks for those of a few."""

    def exact(self, folded: str) -> Sequence[Named]:
        """The names whose fold equals `folded`, by slug."""

    def beginning(self, folded: str) -> Sequence[Named]:
        """The names whose fold begins so."""

    def with_bones(self, bones: Set[str]) -> Sequence[str]:
        """The folded names with some skeletons, each once, codes left out."""

    def of_length(self, shortest: int, longest: int) -> Sequence[str]:
        """The folded names of so many letters, each once, codes left out."""

    def without_salt(self, folded: str) -> Set[str]:
        """The slugs that have it for a title, INN or slug, but for salt words."""

    def titles(self, slugs: Iterable[str]) -> Mapping[str, str]:
        """The titles of monographs."""

    def combinations(self) -> Mapping[str, str]:
        """The titles that join several ingredients, by slug."""


class NameList:
    """Library names held in memory."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = tuple(names)
        self._by_fold = grouped(self._names, lambda name: name.folded)
        self._of_length: dict[tuple[int, int], list[str]] = {}

    def exact(self, folded: str) -> Sequence[Named]:
        return self._by_fold.get(folded, ())

    def all(self) -> Sequence[Named]:
        """Every name, by slug."""
        return self._names

    def beginning(self, folded: str) -> Sequence[Named]:
        found = []
        for place in range(bisect_left(self._sorted, folded), len(self._sorted)):
            if not (name := self._sorted[place]).startswith(folded):
                break
            found += self._by_fold[name]
        return found

    def with_bones(self, bones: Set[str]) -> Sequence[str]:
        own = self._by_bones
        return [name for each in bones if each in own for name in own[each]]

    def of_length(self, shortest: int, longest: int) -> Sequence[str]:
        if (found := self._of_length.get((shortest, longest))) is None:
            lengths = range(shortest, longest + 1)
            found = [name for length in lengths for name in self._by_length.get(length, ())]
            self._of_length[shortest, longest] = found
        return found

    def without_salt(self, folded: str) -> Set[str]:
        return self._by_bare.get(folded, frozenset())

    def titles(self, slugs: Iterable[str]) -> Mapping[str, str]:
        return {slug: self._by_slug[slug] for slug in slugs if slug in self._by_slug}

    def combinations(self) -> Mapping[str, str]:
        return {slug: title for slug, title in self._by_slug.items() if is_combination(title)}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._by_fold)

    @cached_property
    def _compared(self) -> list[str]:
        return [folded for folded, own in self._by_fold.items() if not all(map(is_code, own))]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        return grouped(self._compared, len)

    @cached_property
    def _by_slug(self) -> dict[str, str]:
        return {each.slug: each.title for each in self._names}

    @cached_property
    def _by_bones(self) -> dict[str, list[str]]:
        return grouped(self._compared, skeleton)

    @cached_property
    def _by_bare(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in self._names:
            for bare in bare_names(each.name) if each.field in OF_THE_DRUG else ():
                found.setdefault(bare, set()).add(each.slug)
        return found


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Items in their order, by what `key` gives of each."""
    found: dict[K, list[T]] = {}
    for each in items:
        found.setdefault(key(each), []).append(each)
    return found


def is_code(name: Named) -> bool:
    """Whether a name is a code: such are found, and never compared."""
    return name.field == "synonym" and codes.is_key(name.folded)


SHORTEST_PART = 6


def parts(title: str) -> tuple[str, ...]:
    """The ingredients that a title joins, by a hyphen too where both are long ("Trimethoprim-sulfamethoxazole"); what
    is shorter is no ingredient (Beta-carotene)."""
    joined = title.split("-") if title.count("-") == 1 and " " not in title else [""]
    return tuple(joined) if min(map(len, joined)) >= SHORTEST_PART else ingredients(title)


def is_combination(title: str) -> bool:
    """Whether a title joins several ingredients."""
    return len(parts(title)) > 1


def bare_names(name: str) -> list[str]:
    """A name without its salt words, folded; none where it has no such words."""
    return [fold(bare) for bare in same_moiety(name)] if " " in name else []
