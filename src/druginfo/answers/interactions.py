"""`interactions`: what the monographs say of each pair of drugs, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from druginfo.answers.mentions import Ranked, Subject, absent_subject, statements
from druginfo.answers.spotting import MOST_COMBINED, named
from druginfo.errors import Absent
from druginfo.library import Library
from druginfo.model import DANGERS, Match, Pair, Sparse, Statement


class Interactions(NamedTuple):
    """All pairs of two to ten drugs, in the order asked for."""

    drugs: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    banned: Sparse[tuple[str, ...]] = ()
    """Slugs of those that their monographs mark as banned."""
    duplicates: Sparse[tuple[Match, ...]] = ()
    """Names that mean a drug that another name has meant already."""


def interactions(library: Library, arguments: Sequence[str]) -> Interactions:
    """What the monographs say of each pair. Nothing is judged; a pair of which they say nothing is `not_listed`.

    Names that mean one drug are `duplicates`. Raises Usage, NotFound, Ambiguous: an unknown name is never a pair
    without interactions. Raises Absent for a drug without a monograph, with what the others say of it.
    """
    asked = named(library, arguments)
    if asked.absent:
        error, slugs = asked.absent[0], [match.slug for match in asked.found]
        mentions = said_of(library, error.query or "", slugs)
        raise Absent(error.message, query=error.query, candidates=error.candidates, mentions=mentions)
    matches = asked.several("interactions", MOST_COMBINED)
    known = [Subject(library, match.slug) for match in matches]
    pairs = tuple(pair for _, pair in all_pairs(known))
    banned = tuple(subject.slug for subject in known if subject.profile.is_banned)
    return Interactions(matches, pairs, banned, asked.twice)


def all_pairs(known: Sequence[Subject]) -> Iterator[tuple[tuple[int, ...], Pair]]:
    """Every pair of the drugs, with how soon it is to be read: lower is sooner."""
    for a, b in combinations(known, 2):
        ranked = [*statements(a, b), *statements(b, a)]
        ordered = _in_order(_exceptions_first(ranked))
        status: Literal["listed", "not_listed"] = "listed" if ordered else "not_listed"
        danger = min((each.danger for each in ordered), key=DANGERS.index, default=None)
        yield (
            min((each.rank for each in ranked), default=()),
            Pair(a.slug, b.slug, status, ordered, a.class_with(b), danger),
        )


def _exceptions_first(found: Sequence[Ranked]) -> list[Ranked]:
    """The statements, one that denies an effect by the drug's name right before what the same text says of its role: it
    is the exception to the rule.

    Only of roles by which one drug changes the level of another: "no dose adjustment" says nothing of what both do to
    the heart.
    """
    rules: dict[str, tuple[int, ...]] = {}
    for each in found:
        if each.is_rule and each.rank < rules.get(each.statement.slug, (99,)):
            rules[each.statement.slug] = each.rank
    return [
        each._replace(rank=(*rules[each.statement.slug][:-1], -1))
        if each.is_exception and each.statement.slug in rules
        else each
        for each in found
    ]


def said_of(library: Library, name: str, slugs: Sequence[str]) -> tuple[Statement, ...]:
    """What the monographs of these drugs say of a known drug that has none."""
    on = absent_subject(library, name)
    return _in_order([ranked for slug in slugs for ranked in statements(Subject(library, slug), on)])


def _in_order(found: Sequence[Ranked]) -> tuple[Statement, ...]:
    return tuple(each.statement for each in sorted(found, key=lambda each: each.rank))
