"""`interactions`: what the monographs say of each pair of drugs, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, Literal, NamedTuple

from druginfo.answers.mentions import Ranked, Subject, absent_subject, statements
from druginfo.answers.spotting import MOST_COMBINED, named
from druginfo.errors import Absent
from druginfo.library import Library
from druginfo.library.rows import Progress
from druginfo.model import DANGERS, Ground, Match, Pair, Sparse, Statement


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
        name = error.query or ""
        mentions = MutualMentions(library, slugs, (name,)).read().of(name)
        raise Absent(error.message, query=error.query, candidates=error.candidates, mentions=mentions)
    matches = asked.several("interactions", MOST_COMBINED)
    slugs = [match.slug for match in matches]
    pairs = tuple(pair for _, pair in MutualMentions(library, slugs).read().pairs())
    banned = tuple(slug for slug in slugs if library.profile(slug).is_banned)
    return Interactions(matches, pairs, banned, asked.twice)


class MutualMentions:
    """What the monographs of some drugs say of each other, and of drugs without one.

    What two drugs say is kept: they come together again, in other lists, and to compare them takes longer than all the
    rest of an answer.
    """

    def __init__(self, library: Library, slugs: Sequence[str], absent: Sequence[str] = ()) -> None:
        self._library = library
        self._slugs, self._absent = slugs, absent
        self._known = {slug: library.gathered(slug, "said") for slug in slugs}

    def unread(self) -> int:
        """How often one drug is yet to be looked for in the monograph of another."""
        others = {*self._slugs, *self._absent}
        return sum(len(others.difference(known, (slug,))) for slug, known in self._known.items())

    def read(self, progress: Progress = lambda done, total: None) -> MutualMentions:
        """The same with nothing unread, and kept. `progress` gets the drugs that are done, of how many."""
        if not self.unread():
            return self
        total = len(self._slugs)
        subjects = {name: absent_subject(self._library, name) for name in self._absent}
        for done, slug in enumerate(self._slugs, 1):
            subjects[slug] = Subject(self._library, slug)
            progress(done // 2, total)
        for done, (slug, known) in enumerate(self._known.items(), total + 1):
            if new := [name for name in subjects if name != slug and name not in known]:
                known.update((name, _packed(subjects[slug], subjects[name])) for name in new)
                self._library.gather(slug, "said", known)
            progress(done // 2, total)
        return self

    def pairs(self) -> Iterator[tuple[tuple[int, ...], Pair]]:
        """Every pair of the drugs, with how soon it is to be read: lower is sooner."""
        for a, b in combinations(self._slugs, 2):
            same_class, of_other = self._known[a][b]
            ranked = [*map(_unpacked, of_other), *map(_unpacked, self._known[b][a][1])]
            ordered = _in_order(_exceptions_first(ranked))
            status: Literal["listed", "not_listed"] = "listed" if ordered else "not_listed"
            danger = min((each.danger for each in ordered), key=DANGERS.index, default=None)
            yield min((each.rank for each in ranked), default=()), Pair(a, b, status, ordered, same_class, danger)

    def of(self, absent: str) -> tuple[Statement, ...]:
        """What the monographs say of a drug without one."""
        return _in_order([_unpacked(each) for slug in self._slugs for each in self._known[slug][absent][1]])


def _packed(a: Subject, b: Subject) -> tuple[Any, ...]:
    """The class that both are of, and what the monograph of one says of the other, as it is kept."""
    found = [
        (rank, (*of[:-2], of.because and tuple(of.because), of.danger), *marks) for rank, of, *marks in statements(a, b)
    ]
    return a.class_with(b), found


def _unpacked(kept: tuple[Any, ...]) -> Ranked:
    rank, fields, *marks = kept
    statement = Statement(*fields)
    if statement.because:
        statement = statement._replace(because=Ground(*statement.because))
    return Ranked(rank, statement, *marks)


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


def _in_order(found: Sequence[Ranked]) -> tuple[Statement, ...]:
    return tuple(each.statement for each in sorted(found, key=lambda each: each.rank))
