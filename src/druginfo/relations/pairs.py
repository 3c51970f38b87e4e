"""What monographs say of each pair of drugs, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

from druginfo.answers.interactions import Interactions, Pair
from druginfo.classes import same_class
from druginfo.errors import Absent, Usage
from druginfo.library import Library
from druginfo.model import Statement
from druginfo.relations.mentions import AbsentSubject, Ranked, Subject, statements
from druginfo.relations.naming import IN_WORDS, MOST_COMBINED, named, same_drug


def interactions(library: Library, arguments: Sequence[str]) -> Interactions:
    """What the monographs say of each pair. Nothing is judged; a pair of which nothing is said is `not_listed`.

    A name that means a drug a second time is told. Raises Usage, NotFound, Ambiguous: an unknown name is never a pair
    without interactions. Raises Absent for a drug without a monograph, with what the others say of it.
    """
    matches, twice, absent = named(library, arguments)
    if absent:
        raise _absent(library, absent[0], [match.slug for match in matches])
    if not 2 <= len(matches) <= MOST_COMBINED:
        if twice and len(matches) == 1:
            raise same_drug(matches[0], twice[0])
        raise Usage(f"interactions takes two to {IN_WORDS[MOST_COMBINED]} drugs, not {len(matches)}.")
    known = {match.slug: Subject(library, match.slug) for match in matches}
    pairs = []
    for one, other in combinations(matches, 2):
        a, b = known[one.slug], known[other.slug]
        said = _in_order([*statements(a, b), *statements(b, a)])
        status: Literal["listed", "not_listed"] = "listed" if said else "not_listed"
        pairs.append(Pair(one.slug, other.slug, status, said, same_class(a.profile.classes, b.profile.classes)))
    banned = tuple(slug for slug, subject in known.items() if subject.profile.is_banned)
    return Interactions(matches, tuple(pairs), banned, twice)


def _in_order(found: Sequence[Ranked]) -> tuple[Statement, ...]:
    return tuple(each.statement for each in sorted(found, key=lambda each: each.rank))


def _absent(library: Library, error: Absent, slugs: Sequence[str]) -> Absent:
    """The error, with what the monographs of the other drugs say of the one that has none."""
    on = AbsentSubject(library, error.query or "")

    def said() -> Iterator[Ranked]:
        for slug in slugs:
            yield from statements(Subject(library, slug), on)

    return Absent(error.message, query=error.query, candidates=error.candidates, mentions=_in_order([*said()]))
