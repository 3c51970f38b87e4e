"""The names of a library, as resolving a query needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from druginfo.model import Named


class LibraryNames(Protocol):
    """The names of a library, as `resolve` needs them."""

    def exact(self, folded: str) -> Sequence[Named]:
        """The names whose fold equals `folded`."""

    def all(self) -> Sequence[Named]:
        """Every name; asked for once, when an exact name was not found."""


class NameList:
    """Library names held in memory."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = tuple(names)
        self._by_fold: dict[str, list[Named]] = {}
        for name in self._names:
            self._by_fold.setdefault(name.folded, []).append(name)

    def exact(self, folded: str) -> Sequence[Named]:
        return self._by_fold.get(folded, ())

    def all(self) -> Sequence[Named]:
        return self._names
