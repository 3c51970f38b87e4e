"""The first rule of matching: the query is a library name. It needs neither the lexicon nor a measure of likeness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from druginfo.model import Match, Named
from druginfo.names.folding import fold
from druginfo.names.look_alikes import confusable

if TYPE_CHECKING:
    from druginfo.names.listed import LibraryNames

LONGEST = 200
"""Characters of a query; no name is longer, and what is longer is refused unread."""


def holders(named: Sequence[Named]) -> tuple[str, ...]:
    """The slugs that a name of the library belongs to: where it is one's title, or else its slug, no other's."""
    for field in ("title", "slug"):
        if own := [each for each in named if each.field == field]:
            return tuple(dict.fromkeys(each.slug for each in own))
    return tuple(dict.fromkeys(each.slug for each in named))


def named(query: str, names: LibraryNames) -> Match | None:
    """The drug to which, alone, the library gives exactly this name; None where there is none, or several."""
    folded = fold(query) if len(query) <= LONGEST else ""
    found = names.exact(folded) if folded else ()
    slugs = holders(found) if found else ()
    if len(slugs) != 1:
        return None
    first = next(each for each in found if each.slug == slugs[0])
    pairs = confusable(names).get(first.slug, ())
    return Match(query, first.slug, first.title, first.name, first.field, "exact", 0, None, pairs)
