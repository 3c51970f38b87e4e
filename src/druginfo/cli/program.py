"""The program as Typer has it: a group whose commands are built when they are called, and `show` for a drug's name."""

from __future__ import annotations

from functools import cache
from inspect import getdoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from druginfo.cli import commands
from druginfo.cli.options import BEFORE, VersionOption, built
from druginfo.errors import Usage
from druginfo.places import named_in

_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Program(TyperGroup):
    """Building every command with its options takes half a start, so only the one that is called is built."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order in which help lists them."""
        return list(commands.COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command as a list of commands needs it: its name and its help."""
        return listed(cmd_name) if cmd_name in commands.COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The name of the command that is called, the command with its options, and the arguments after it."""
        return args[0], command(args[0]), args[1:]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer parses them, with the command first. Raises Usage where no command or drug is given."""
        return super().parse_args(ctx, arranged(args, guess=not ctx.resilient_parsing))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Commands, and what `show` offers, for which a drug's name alone is short."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-") or found:
            return found
        show = command("show").make_context("show", [], parent=ctx, resilient_parsing=True)
        query = next(each for each in show.command.params if each.name == "query")
        return query.shell_complete(show, incomplete)


def arranged(arguments: list[str], *, guess: bool = True) -> list[str]:
    """A command line with the command first: `show` where the first word is no command; options may come before it.

    Raises Usage for a word that is clearly a slip of a command's name, unless a shell is only asking (`guess`).
    """
    at = _first_word(arguments)
    if at is None or at == len(arguments):
        alone = [each for each in arguments if each in ("--version", "--help", "-h")]
        if at and not alone:
            raise Usage("Give a command or a drug; `druginfo --help` lists the commands.")
        return alone[:1] or arguments
    word, others = arguments[at], [*arguments[:at], *arguments[at + 1 :]]
    if word in commands.COMMANDS:
        return [word, *others]
    if word in ("help", "version"):
        return arranged([*others, f"--{word}"], guess=guess)
    if guess and (meant := _near(word)) and not _is_name(word, arguments):
        raise Usage(f"There is no command “{word}”. Did you mean “{meant}”?", query=word)
    return ["show", *arguments]


def _first_word(arguments: list[str]) -> int | None:
    """Where the first argument is that is neither an option nor an option's value; else how many there are.

    None where an option comes first that only a command has.
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-") and arguments[at] != "--":
        name, is_whole, _ = arguments[at].partition("=")
        if name not in BEFORE:
            return None
        at += 2 if BEFORE[name] and not is_whole else 1
    return min(at, len(arguments))


def _near(word: str) -> str | None:
    """The command that a word may be a slip of; none for a word that begins a question: "how", "does"."""
    from difflib import get_close_matches

    from druginfo.topics.synonyms import FILLERS

    if word.lower() in FILLERS:
        return None
    return next(iter(get_close_matches(word.lower(), commands.COMMANDS, n=1, cutoff=0.7)), None)


def _is_name(word: str, arguments: list[str]) -> bool:
    from druginfo.library import Library

    return Library(named_in(arguments)).knows(word)


def listed(name: str) -> TyperCommand:
    """A command without its options."""
    return TyperCommand(name, help=getdoc(commands.COMMANDS[name]), rich_markup_mode=None)


@cache
def command(name: str) -> Any:
    """A command with its options, as it is called."""
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    function = commands.COMMANDS[name]
    examples = "\n".join(["\b", "Examples:", *(f"  {each}" for each in function.examples)])  # type: ignore[attr-defined]
    alone.command(name, context_settings=_SETTINGS, epilog=examples)(built(name, function))
    return typer.main.get_command(alone)


def having(option: str) -> list[str]:
    """The commands that have an option."""
    return [name for name in commands.COMMANDS if any(option in each.opts for each in command(name).params)]


def valued() -> set[str]:
    """The options that a value follows."""
    params = [each for name in commands.COMMANDS for each in command(name).params]
    return {option for each in params if not getattr(each, "is_flag", True) for option in each.opts}


app = typer.Typer(
    name="druginfo",
    cls=Program,
    help="man for medicines: monographs, doses and FAQs, offline.",
    epilog="Not medical advice: verify with the official label.",
    context_settings=_SETTINGS,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help is text: [brackets] stay, and Rich is not loaded
)


@app.callback()
def _before_commands(version: VersionOption = False) -> None:
    pass
