"""`list`, and `show` of a class: the library, or the part of it that was asked for."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.errors import NotFound
from druginfo.guard import argument, arguments
from druginfo.library import Library
from druginfo.model import Candidate, Card


class Cards(NamedTuple):
    """Drugs by title."""

    monographs: tuple[Card, ...]


def cards(library: Library, *, of: str | None = None, condition: str | None = None, banned: bool = False) -> Cards:
    """The library by title: of a class, for a condition, banned. Raises NotFound where nothing is left."""
    of_class_too = None
    if of is not None:
        from druginfo.answers.spotting import named_by_class

        of_class_too = named_by_class(library, of)
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
            hint = f"`druginfo search {arguments(condition)}` looks in all texts."
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
        f"No monograph names {condition}. For {general} in general: {some}. `druginfo list --for {argument(general)}` "
        "quotes what they say.",
        query=condition,
        candidates=tuple(Candidate(card.slug, card.title, card.title, 0) for card in kept[:_MOST_NAMED]),
    )


_MOST_READ = 50
_MOST_NAMED = 5
