"""What a shell offers while a person types: drug names, brands, topics."""

from __future__ import annotations

from collections.abc import Sequence

from druginfo.errors import DruginfoError


def names(incomplete: str) -> list[str]:
    """The library's names that begin so; a name of several words with hyphens, which names the same drug."""
    from druginfo.library import Library
    from druginfo.names import fold

    start = fold(incomplete)
    try:
        known = Library().names()
    except (DruginfoError, OSError):
        return []
    found = {"-".join(n.name.split()) for n in known if n.folded.startswith(start)}
    return sorted({name.lower() for name in found} if incomplete.islower() or not incomplete else found)


def names_and_topics(before: Sequence[str], incomplete: str) -> list[str]:
    """Topics behind a drug's name, else names and topics."""
    from druginfo import topics

    offered = [word for word in topics.words() if word.startswith(incomplete.lower())]
    return offered if before else [*names(incomplete), *(offered if incomplete else [])]
