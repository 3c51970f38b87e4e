"""The command line: arguments → one command → exit status. Nothing that a user does ends in a traceback."""

import os
import signal
import sys
from functools import wraps
from typing import Any, NoReturn

from druginfo import listing, places, terminal
from druginfo.cli import completion
from druginfo.cli.session import choose, report
from druginfo.errors import Ambiguous, DruginfoError, ExitStatus, Failed, NotFound, Usage, is_out_of_memory
from druginfo.guard import argument, arguments


def main() -> NoReturn:
    """The command line. Exits with an `ExitStatus`; nothing that a user does ends in a traceback."""
    try:
        terminal.prepare()
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except OSError as error:  # standard output cannot be written to
        if is_out_of_memory(error):
            raise
        status = ExitStatus.OK
        if not isinstance(error, BrokenPipeError):
            status = report(Failed(f"Standard output: {error.strerror or error}."), as_json=None)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        status = 128 + signal.SIGINT
    try:
        sys.stderr.flush()
    except OSError:  # nobody is there to read it; what is left over would be written again, and fail, at the very end
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run a command line; its exit status."""
    as_json = _json_form(arguments[: _end_of_options(arguments)])
    try:
        return _run(arguments)
    except (Ambiguous, NotFound) as error:
        if rest := None if as_json else choose(error, arguments):
            return run(rest)
        failure: DruginfoError = error
    except Exception as error:
        if (found := _failure(error)) is None:
            raise
        failure = found
    if isinstance(failure, Usage):  # which may be that an option took `--` or `--json` for its value
        as_json = _json_form(arguments)
    return report(failure, as_json=as_json)  # out here, where what filled the memory is let go


def _failure(error: Exception) -> DruginfoError | None:
    """What a user reads of an exception; None for one that is not to be caught."""
    if isinstance(error, DruginfoError):
        return error
    if is_out_of_memory(error):
        return Failed("Not enough memory.")
    if isinstance(error, RecursionError):
        return Failed("Something is nested too deep to be read.")
    if isinstance(error, OSError):
        return Failed(f"{error.filename}: {error.strerror or error}.") if error.filename else None
    if hasattr(error, "format_message"):  # a wrong command line, in Typer's words
        return _wrong(error)
    if sys.flags.dev_mode:
        return None
    return Failed(f"Internal error in druginfo; please report it: {type(error).__name__}: {error}.")


def _json_form(options: list[str]) -> str | None:
    return next((form for form in ("json", "jsonl") if f"--{form}" in options), None)


def _end_of_options(arguments: list[str]) -> int:
    """Where `--` ends the options; after an option it may be that one's value."""
    before = ["", *arguments]
    ends = (i for i, argument in enumerate(arguments) if argument == "--" and not before[i].startswith("-"))
    return next(ends, len(arguments))


def _run(arguments: list[str]) -> int:
    """Run the command that is asked for; its exit status."""
    if arguments[:1] == ["match"] and (asked := _read_in_a_copy(arguments)):
        from druginfo.cli import matches

        return matches.answered(*asked)
    from druginfo.cli.program import app, valued

    try:
        return int(
            app(completion.for_shell(arguments or ["--help"], valued), prog_name="druginfo", standalone_mode=False)
            or ExitStatus.OK
        )
    except SystemExit as leaving:  # Typer's way to end when a pipe is closed; ours is to end well
        if isinstance(leaving.__context__, BrokenPipeError):
            raise leaving.__context__ from None
        raise


def _read_in_a_copy(arguments: list[str]) -> Any:
    """What `match` is asked: a session, the names, whether to explain. A copy of this process reads it with Typer,
    which takes half a start to load, and looks at the library's files, while this one loads what answers. None where it
    has to be read here: no processor is idle, or the command line asks for something else or is wrong."""
    from druginfo.processes import Copy, idle_processors

    if idle_processors() < 2:
        return None
    here = os.getpid()
    copy = Copy(lambda: _asked_of_match(arguments) if os.getpid() != here else None)
    try:
        from druginfo.cli import matches

        matches.prepare()
        asked, (roots, optional), found = copy.result() or (None, ((), ()), None)
        if found:
            listing.take(roots, optional, found)
        return asked
    finally:
        copy.close()


def _asked_of_match(arguments: list[str]) -> Any:
    from druginfo.cli import commands
    from druginfo.cli.program import app

    asked: list[Any] = [None]

    @wraps(commands.match)
    def read(session: Any, name: list[str] | None = None, explain: bool = False) -> None:
        asked.append((session, name, explain))

    commands.COMMANDS["match"] = read
    try:
        app(arguments, prog_name="druginfo", standalone_mode=False)
    except (Exception, SystemExit):
        return None
    if asked[-1] is None:
        return None
    roots = places.roots(asked[-1][0].monographs)
    return asked[-1], roots, listing.seen_now(*roots)


def _in_plain_words(message: str) -> str:
    """What Typer says of a value or an option, without its signs."""
    import re

    for typers, ours in (
        (r"Invalid value for '(\S+)': (\S+) is not in the range x>=(\d+)", r"\1 must be \3 or more; not “\2”"),
        (r"Invalid value for '(\S+)': '(.*)' is not a valid int range", r"\1 must be a whole number; not “\2”"),
        (r" \(Possible options: (.+)\)", r"; there is \1"),
    ):
        message = re.sub(typers, ours, message)
    return message


def _wrong(error: Any) -> Usage:
    """A wrong command line, in Typer's words; of an option that another command has, which one has it."""
    from druginfo.cli.program import having

    message = _in_plain_words(error.format_message().rstrip("."))
    more = f"`{error.ctx.command_path} --help` says more" if error.ctx else ""
    if error.ctx and error.ctx.info_name == "list" and "extra argument" in message:
        words = message.rpartition(" (")[2].removesuffix(")")
        of, show = f"druginfo list --class {argument(words)}", f"druginfo show {arguments(words, 'TEXT')}"
        return Usage(f"list takes no words of its own. Write `{of}` or `{show}`.")
    option = getattr(error, "option_name", None)
    if option and hasattr(error, "possibilities") and (others := having(option)):
        message, more = error.message, f"{', '.join(others)} {'have' if len(others) > 1 else 'has'} it"
    return Usage(f"{message}{'; ' * bool(more)}{more}.")
