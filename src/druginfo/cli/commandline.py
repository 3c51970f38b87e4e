"""Which command a command line asks for, before Typer reads it: a drug's name alone is short for `show`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence


def first_word(arguments: Sequence[str], options: Mapping[str, bool]) -> int | None:
    """Where the first argument stands that is neither an option nor an option's value; how many there are if none is.

    `options` are those that may stand before it, with whether each takes a value; None where another stands there.
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        name, is_whole, _ = arguments[at].partition("=")
        if name not in options:
            return None
        at += 2 if options[name] and not is_whole else 1
    return min(at, len(arguments))


def values(option: str, arguments: Sequence[str]) -> Iterator[str]:
    """The values that an option is given: `--option value` or `--option=value`."""
    for argument, after in zip(arguments, [*arguments[1:], ""], strict=True):
        name, is_whole, value = argument.partition("=")
        if name == option:
            yield value if is_whole else after


def nearest(word: str, commands: Collection[str]) -> str | None:
    """The command that a word may be a slip of."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.lower(), commands, n=1, cutoff=0.7)), None)
