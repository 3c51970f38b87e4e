"""What a lint rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from druginfo.check.document import Document

Level = Literal["error", "warning"]
Faults = Iterator[tuple[int, str]]
"""Lines and messages."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule over one file."""

    code: str
    """Permanent: a code that is gone is never used again."""
    level: Level
    summary: str
    """What is wrong, in one line."""
    imported: Level | None
    """Its level on an imported label, whose words are not ours to choose; None where it does not apply there."""
    find: Callable[[Document], Faults]


@dataclass(frozen=True, slots=True)
class LibraryRule:
    """One rule over all files that are checked together. `find` gives the file of each fault too."""

    code: str
    level: Level
    summary: str
    imported: Level | None
    find: Callable[[Sequence[Document]], Iterator[tuple[Document, int, str]]]


def rule(
    code: str, level: Level, summary: str, imported: Level | None = None
) -> Callable[[Callable[[Document], Faults]], Rule]:
    """Make a rule of a function that finds faults in one file."""
    return lambda find: Rule(code, level, summary, imported, find)


def library_rule(
    code: str, level: Level, summary: str, imported: Level | None = None
) -> Callable[[Callable[[Sequence[Document]], Iterator[tuple[Document, int, str]]]], LibraryRule]:
    """Make a rule of a function that finds faults between files."""
    return lambda find: LibraryRule(code, level, summary, imported, find)
