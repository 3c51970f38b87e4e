"""What a lint rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from druginfo.check.document import Document

Level = Literal["error", "warning"]
Faults = Iterator[tuple[int, str]]
"""Lines and messages."""
FaultsOf = Iterator[tuple[Document, int, str]]
"""The same, each with its file."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `find` is given one file at a time, or, where it compares them, all that are checked together."""

    code: str
    """Permanent: a code that is gone is never used again."""
    level: Level
    summary: str
    """What is wrong, in one line."""
    imported: Level | None
    """Its level on an imported label, whose words are not ours to choose; None where it does not apply there."""
    find: Callable[[Sequence[Document]], FaultsOf]
    compares: bool = False


def rule(
    code: str, level: Level, summary: str, imported: Level | None = None
) -> Callable[[Callable[[Document], Faults]], Rule]:
    """Make a rule of a function that finds faults in one file."""

    def made(find: Callable[[Document], Faults]) -> Rule:
        def each(documents: Sequence[Document]) -> FaultsOf:
            return ((document, line, message) for document in documents for line, message in find(document))

        return Rule(code, level, summary, imported, each)

    return made


def library_rule(
    code: str, level: Level, summary: str, imported: Level | None = None
) -> Callable[[Callable[[Sequence[Document]], FaultsOf]], Rule]:
    """Make a rule of a function that compares files."""
    return lambda find: Rule(code, level, summary, imported, find, compares=True)


def written_rule(
    code: str, level: Level, summary: str, imported: Level | None, why: str, *patterns: str, flags: int = 0
) -> Rule:
    """A rule on what is written in the text: what a pattern, or its first group, finds is shown, and then why."""
    compiled = [re.compile(pattern, flags) for pattern in patterns]

    def find(document: Document) -> Faults:
        for each in compiled:
            for line, found in document.occurrences(each):
                yield line, f"`{(found[1] if each.groups else found[0]).strip()}` {why}"

    return rule(code, level, summary, imported)(find)
