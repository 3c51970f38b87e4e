"""`list`, and `show` of a class: the library, or the part of it that was asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Candidate, Card
from druginfo.names import fold


class Cards(NamedTuple):
    """Drugs by title."""

    monographs: tuple[Card, ...]


def cards(library: Library, *, of: str | None = None, condition: str | None = None, banned: bool = False) -> Cards:
    """The library by title: of a class, for a condition, banned. Raises NotFound where nothing is left."""
    of_class_too = None if of is None else _named_by_class(library, of)
    treated = None if condition is None else library.affirming(condition)
    parts = (of_class_too, treated, library.banned() if banned else None)
    wanted = [set(part) for part in parts if part is not None]
    found = library.cards(set.intersection(*wanted) if wanted else None)
    if treated is not None:
        found = [card._replace(indications=tuple(treated[card.slug])) for card in found]
    asked = (
        [f"--class {of}"] * (of is not None) + [f"--for {condition}"] * (condition is not None) + ["--banned"] * banned
    )
    if asked and not found:
        from druginfo.answers.search import better_spelled
        from druginfo.terms.asked import meant_by

        if condition and (more := _in_general(library, condition)):
            raise more
        better = better_spelled(library, condition) if condition and not meant_by(condition) else None
        hint = "`druginfo list` shows all with their classes."
        if condition:
            hint = f"`druginfo search {condition}` looks in all texts."
        if better and library.treats(better):
            hint = f"Did you mean “{better}”?"
        raise NotFound(f"No monograph fits {' '.join(asked)}. {hint}", query=of or condition)
    return Cards(tuple(found))


def _in_general(library: Library, condition: str) -> NotFound | None:
    """Nothing is for this kind of a condition by its words: which drugs are for the condition, of whatever kind."""
    from druginfo.terms.conditions import named
    from druginfo.topics.indications import denies, in_general

    if not (found := in_general(next(iter(named(condition)), condition))):
        return None
    general, kinds = found
    affirmed = library.affirming(general)
    open_to_all = {slug for slug, lines in affirmed.items() if any(not kinds.search(line.text) for line in lines)}
    kept = library.cards(open_to_all)
    kept = [card for card in kept[:_MOST_READ] if not denies(library.open(card.slug), condition)]
    if not kept:
        return None
    some = ", ".join(card.title for card in kept[:_MOST_NAMED]) + (" and others" if len(kept) > _MOST_NAMED else "")
    return NotFound(
        f"No monograph names {condition}. For {general} in general: {some}. `druginfo list --for {general}` quotes "
        "what they say.",
        query=condition,
        candidates=tuple(Candidate(card.slug, card.title, card.title, 0) for card in kept[:_MOST_NAMED]),
    )


_MOST_READ = 50
_MOST_NAMED = 5


def of_class(library: Library, query: str) -> tuple[Card, ...]:
    """The drugs of the class that the query names; none where it names none.

    One word must be the whole name of a class or its abbreviation, for it may be a drug's: insulin is no insulin
    secretagogue, but JAK is a Janus kinase (JAK) inhibitor.
    """
    if len(fold(query)) < 3:
        return ()
    cards = tuple(library.cards(_named_by_class(library, query)))
    return cards if " " in query or _is_class(cards, query) else ()


def _is_class(cards: Sequence[Card], query: str) -> bool:
    """Whether the query is the whole name of a class or an abbreviation in it, and not just a word of it."""
    from druginfo.classes import phrase, wordings

    short = f"({query})".casefold()
    return any(phrase(query) in wordings(c.classes) or short in " ".join(c.classes).casefold() for c in cards)


def _named_by_class(library: Library, query: str) -> list[str]:
    """The drugs of whose classes a query means one, in any wording of it, or part of it: "JAK", "proton pump"."""
    from druginfo.classes import is_vague, phrase, wordings

    wanted = phrase(query)
    if not wanted or is_vague(wanted):
        return []

    def worded(classes: Sequence[str]) -> str:
        named = [*map(" ".join, wordings(classes))], [" ".join(phrase(name)) for name in classes]
        return json.dumps([classes, *named], ensure_ascii=False)

    kept = library.kept_of_all("classes", lambda: "\n".join(map(worded, library.classed())))
    found = []
    for line in kept.split("\n"):
        if all(word in line for word in wanted):
            classes, called, names = json.loads(line)
            if " ".join(wanted) in called or any(set(wanted) <= set(name.split()) for name in names):
                found.append(classes)
    return library.of_classes(found)
