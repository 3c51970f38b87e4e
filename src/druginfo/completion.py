"""What a shell offers while a person types: drug names, brands, topics."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from druginfo.errors import DruginfoError


def names(incomplete: str, before: Sequence[str] = (), roots: Sequence[str] = ()) -> list[str]:
    """The names that begin with the words before and the incomplete one: what of them is still to be typed.

    Nothing for words that begin no name. A name of several words stands with hyphens, which names the same drug.
    """
    from druginfo.library import Library

    try:
        found = Library(roots).names_beginning(" ".join((*before, incomplete)))
    except (DruginfoError, OSError):
        return []
    left = {"-".join(name.split()[len(before) :]).casefold() for name in found}
    start = incomplete.casefold()
    return sorted(incomplete + name[len(start) :] for name in left if name and name.startswith(start))


def names_and_topics(incomplete: str, before: Sequence[str] = (), roots: Sequence[str] = ()) -> list[str]:
    """Names, or what is left of a name of several words; topics behind a drug's name, or alone."""
    from druginfo import topics

    start = incomplete.casefold()
    words = [incomplete + word[len(start) :] for word in topics.words() if word.startswith(start)]
    if before:
        return [*names(incomplete, before, roots), *words]
    return [*names(incomplete, (), roots), *(words if incomplete else [])]


# Where each shell's script puts the line: the line as typed so far, and for bash the number of its last word.
_LINES = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")


def typed(commands: Collection[str]) -> list[str] | None:
    """The finished words of the line that a shell asks completions for; None where none asks.

    A line whose first word can become no command is completed as one of `show`.
    """
    if "_DRUGINFO_COMPLETE" not in os.environ:
        return None
    variable = next((name for name in _LINES if name in os.environ), None)
    line = os.environ[variable].lstrip() if variable else ""
    program, _, rest = line.partition(" ")
    words = rest.split()
    first = words[0] if words else ""
    if variable and first and not first.startswith("-") and not any(c.startswith(first) for c in commands):
        os.environ[variable] = f"{program} show {rest}"
        if os.environ.get("COMP_CWORD", "").isdecimal():
            os.environ["COMP_CWORD"] = str(int(os.environ["COMP_CWORD"]) + 1)
        words.insert(0, "show")
    return words if rest.endswith(" ") else words[:-1]
