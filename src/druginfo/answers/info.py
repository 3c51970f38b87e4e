"""`info`: the program and its library."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Count, Fault


class Index(NamedTuple):
    """The file that makes asking quick."""

    state: str
    """`fresh`, `refreshed`, `built` or `in memory`."""
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
    index_: Index
    skipped: tuple[Fault, ...]
