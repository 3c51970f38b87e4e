"""`info`: the program and its library."""

from __future__ import annotations

import os
from typing import NamedTuple

from druginfo import __version__
from druginfo.library import Library
from druginfo.library.keeping import StoreState
from druginfo.model import Count, Fault
from druginfo.places import own


class Store(NamedTuple):
    """The file that makes asking quick."""

    state: StoreState
    path: str | None
    """Null in memory."""


class Info(NamedTuple):
    """The program and its library."""

    version: str
    monographs: Count
    roots: tuple[str, ...]
    """Directories in order; a later one overrides an earlier one. The user's own is there once it exists."""
    own: str
    """The user's own directory, whether it is there or not."""
    index_: Store
    skipped: tuple[Fault, ...]


def info(library: Library) -> Info:
    """What is running on what."""
    store = library.store
    index = Store(store.state, str(store.path) if store.path else None)
    roots = tuple(str(root.absolute()) for root in library.roots if os.path.isdir(root))
    return Info(__version__, len(library.cards()), roots, str(own()), index, tuple(library.skipped()))
