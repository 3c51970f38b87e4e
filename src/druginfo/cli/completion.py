"""What a shell offers while a person types: drug names, brands, topics.

The functions with `ctx` and `incomplete` are called by Typer, which gives the line's parsed values and its last word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from druginfo.errors import DruginfoError
from druginfo.guard import is_plain


def drug_and_topic(ctx: Any, incomplete: str) -> list[str]:
    """A drug's name; behind it, or alone, the topics."""
    before = ctx.params.get("query") or ()
    found = names(incomplete, before, _roots(ctx))
    behind_a_name = before and (not found or _is_name(before, _roots(ctx)))
    return [*found, *topics(incomplete)] if behind_a_name or (incomplete and not before) else found


def drug(ctx: Any, incomplete: str) -> list[str]:
    """A drug's name, which may have several words."""
    return names(incomplete, ctx.params.get("drug") or (), _roots(ctx))


def drugs(ctx: Any, incomplete: str) -> list[str]:
    """The name of one more drug."""
    return names(incomplete, (), _roots(ctx))


def topics(incomplete: str) -> list[str]:
    """The topics that begin so."""
    from druginfo.topics import words

    start = incomplete.casefold()
    joined = (word.replace(" ", "-") for word in words())
    return [incomplete + word[len(start) :] for word in joined if word.startswith(start)]


def schemas() -> list[str]:
    """The commands that `druginfo schema` knows."""
    from druginfo.render.schemas import commands

    return commands()


def any_of(*words: str) -> Callable[[], list[str]]:
    """One of these words."""
    return lambda: list(words)


def names(incomplete: str, before: Sequence[str] = (), roots: Sequence[str] = ()) -> list[str]:
    """The names that begin with the words before and the incomplete one: what of them is still to be typed.

    Nothing for words that begin no name. A name of several words stands with hyphens, which names the same drug. Only
    words that no shell reads as anything else are offered; for a name with other signs the slug, or nothing.
    """
    import re

    from druginfo.library import Library
    from druginfo.names import fold

    try:
        found = Library(roots).beginning(fold(" ".join((*before, incomplete))))
    except (DruginfoError, OSError):
        return []
    typed = sum(len(re.split("[ -]+", word.strip(" -"))) for word in before)
    start = incomplete.casefold()

    def rest(name: str) -> str:
        """What is still to be typed, as it would be offered; empty where that is not possible."""
        left = "-".join(re.split("[ -]+", name)[typed:]).casefold()
        return incomplete + left[len(start) :] if left.startswith(start) and is_plain(left) else ""

    return sorted({rest(each.name) or rest(each.slug) for each in found} - {""})


def _is_name(words: Sequence[str], roots: Sequence[str]) -> bool:
    from druginfo.library import Library

    return Library(roots).knows(" ".join(words))


def _roots(ctx: Any) -> Sequence[str]:
    return ctx.params.get("monographs") or ()


def for_shell(arguments: list[str]) -> list[str]:
    """`--install-completion zsh` and `--show-completion zsh` without the shell, which Typer takes for the one it is in.

    Alone the options mean the shell that they run in.
    """
    option, is_whole, named = (arguments[0] if arguments else "").partition("=")
    if option not in ("--install-completion", "--show-completion") or not (is_whole or arguments[1:]):
        return arguments
    shell = named if is_whole else arguments[1]
    import shellingham  # type: ignore[import-untyped]

    shellingham.detect_shell = lambda: (shell, shell)
    return [option]
