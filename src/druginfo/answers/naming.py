"""Which drugs the arguments of `compare` and `interactions` name: exactly, a name perhaps in several arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from druginfo.errors import Absent, Usage
from druginfo.library import Library
from druginfo.model import Match

MOST_COMPARED = 4
MOST_COMBINED = 10
_IN_WORDS = {MOST_COMPARED: "four", MOST_COMBINED: "ten"}


class Named(NamedTuple):
    """The drugs that arguments name."""

    found: tuple[Match, ...]
    """Each once, in the order asked for."""
    twice: tuple[Match, ...]
    """The names that mean one of them again."""
    absent: tuple[Absent, ...]
    """What is wrong with the names of drugs that the library does not have."""

    def several(self, command: str, most: int) -> tuple[Match, ...]:
        """Those found. Raises Usage where they are fewer than two or too many."""
        if len(self.found) == 1 and self.twice:
            raise self.same_drug()
        if not 2 <= len(self.found) <= most:
            raise Usage(f"{command} takes two to {_IN_WORDS[most]} drugs, not {len(self.found)}.")
        return self.found

    def same_drug(self) -> Usage:
        """What is wrong with two names of one drug."""
        other = self.twice[0]
        one = next(match for match in self.found if match.slug == other.slug)
        return Usage(f"“{one.query}” and “{other.query}” are the same drug, {one.title}.", query=other.query)


def named(library: Library, arguments: Sequence[str]) -> Named:
    """The drugs that arguments name exactly. Raises NotFound, Ambiguous."""
    found: list[Match] = []
    twice: list[Match] = []
    absent: list[Absent] = []
    rest = [word for word in (" ".join(argument.split()) for argument in arguments) if word]
    while rest:
        count = _name_length(library, rest)
        name, rest = " ".join(rest[:count]), rest[count:]
        try:
            match = library.find(name, exact=True)
        except Absent as error:
            absent.append(error)
            continue
        (twice if match.slug in {each.slug for each in found} else found).append(match)
    return Named(tuple(found), tuple(twice), tuple(absent))


def _name_length(library: Library, arguments: Sequence[str]) -> int:
    """How many arguments are the first name: the most that make one, unless each of them is one by itself."""
    for known in (library.knows, lambda name: library.resolve(name, exact=True).status != "not_found"):
        for count in range(min(len(arguments), 6), 1, -1):
            if not all(map(known, arguments[:count])) and known(" ".join(arguments[:count])):
                return count
        if known(arguments[0]):
            return 1
    return 1
