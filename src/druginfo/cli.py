"""Arguments → one call → one renderer → exit status."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, NoReturn

import typer

from druginfo import __version__
from druginfo.errors import DruginfoError, ExitStatus, Usage

app = typer.Typer(
    name="druginfo",
    help="man for medicines: monographs, doses and FAQs, offline.",
    epilog="Not medical advice: verify with the official label.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

Words = Annotated[list[str] | None, typer.Argument(metavar="QUERY…", show_default=False)]
Drug = Annotated[list[str] | None, typer.Argument(metavar="DRUG…", show_default=False)]


@dataclass
class Session:
    """The options that every command has, and what follows from them."""

    json: bool
    monographs: Sequence[str]
    exact: bool
    color: str
    width: int | None
    no_pager: bool
    _library: Any = field(default=None, init=False)

    @property
    def library(self) -> Any:
        if self._library is None:
            from druginfo.library import Library

            self._library = Library(self.monographs)
        return self._library

    def answer(self, value: Any) -> None:
        """Print an answer, and on standard error what was skipped on the way to it."""
        self.report_skipped()
        if self.json:
            from druginfo.render import json

            write_json(json.dumps(json.answer(value)))
        else:
            from datetime import date

            from druginfo import terminal
            from druginfo.render import views

            screen = terminal.detect(self.color, self.width)  # type: ignore[arg-type]
            terminal.write(views.render(value, screen, date.today()), pager=not self.no_pager)

    def report_skipped(self) -> None:
        for fault in self.library.skipped():
            place = f"{fault.path}:{fault.line}" if fault.line else fault.path
            say(f"skipped {place}: {fault.message}")


_COMMON = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])
    for name, kind, default, option in (
        ("json", bool, False, typer.Option("--json", help="One JSON document on standard output.")),
        (
            "monographs",
            list[str] | None,
            None,
            typer.Option(
                "--monographs", metavar="DIR", help="Use these monographs instead of the library. Repeatable."
            ),
        ),
        ("exact", bool, False, typer.Option("--exact", help="Open exact names only: no prefix, no typo.")),
        ("color", str, "auto", typer.Option("--color", metavar="WHEN", help="auto, always or never.")),
        ("width", int | None, None, typer.Option("--width", metavar="N", min=20, help="Columns to write for.")),
        ("no_pager", bool, False, typer.Option("--no-pager", help="Never use a pager.")),
    )
]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command; it gets a Session made of the options that every command has."""

    @wraps(function)
    def run(**values: Any) -> None:
        common = {p.name: values.pop(p.name) for p in _COMMON}
        if common["color"] not in ("auto", "always", "never"):
            raise Usage(f"--color {common['color']}: say auto, always or never.", query=common["color"])
        function(Session(**{**common, "monographs": common["monographs"] or ()}), **values)

    own = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in signature(function).parameters.values()][1:]
    run.__signature__ = signature(function).replace(parameters=[*own, *_COMMON])  # type: ignore[attr-defined]
    app.command(name=function.__name__.rstrip("_"))(run)
    return run


@app.callback()
def druginfo(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    pass


@command
def show(session: Session, query: Words = None) -> None:
    """Show a monograph, a topic of it (`show olumiant kidney`), or a topic of every drug (`show pregnancy`)."""
    from druginfo import answers

    session.answer(answers.show(session.library, need(query, "show", "a drug or a topic"), exact=session.exact))


@command
def dose(
    session: Session,
    drug: Drug = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="INDICATION", help="Rows for this indication.")] = None,
    population: Annotated[str | None, typer.Option(metavar="TEXT", help="Rows for this group of patients.")] = None,
    age: Annotated[str | None, typer.Option(metavar="YEARS", help="The patient's age: 45, 6mo, 10d.")] = None,
    weight: Annotated[str | None, typer.Option(metavar="KG", help="The patient's weight.")] = None,
    egfr: Annotated[str | None, typer.Option(metavar="N", help="eGFR in mL/min/1.73 m².")] = None,
    crcl: Annotated[str | None, typer.Option(metavar="N", help="Creatinine clearance in mL/min.")] = None,
    hepatic: Annotated[str | None, typer.Option(metavar="SEVERITY", help="mild, moderate or severe.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show the rows that do not apply too, marked.")] = False,
) -> None:
    """Show the dosing table, or the rows of it that apply to a patient. Nothing is ever computed."""
    from druginfo import answers
    from druginfo.dosing import Patient

    patient = Patient.parse(for_, population, age, weight, egfr, crcl, hepatic)
    words = need(drug, "dose", "a drug")
    session.answer(answers.dose(session.library, words, patient, exact=session.exact, show_all=all_))


@command
def faq(session: Session, query: Words = None) -> None:
    """Show questions and answers: all questions, a drug's, or those that match words best."""
    from druginfo import answers

    session.answer(answers.faq(session.library, query or (), exact=session.exact))


@command
def list_(
    session: Session,
    class_: Annotated[str | None, typer.Option("--class", metavar="TEXT", help="Drugs of this class.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="CONDITION", help="Drugs for this condition.")] = None,
    banned: Annotated[bool, typer.Option(help="Banned drugs.")] = False,
) -> None:
    """List the library."""
    from druginfo import answers

    session.answer(answers.cards(session.library, of=class_, condition=for_, banned=banned))


@command
def match(
    session: Session,
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME…", show_default=False)] = None,
    explain: Annotated[bool, typer.Option(help="Say what was compared and which rule decided.")] = False,
) -> None:
    """Resolve names without opening anything; without names, or with -, one name a line from standard input."""
    from druginfo.render import matches

    names = name if name and name != ["-"] else matches.lines(sys.stdin.buffer)
    session.report_skipped()
    statuses = matches.stream(session.library, names, json=session.json, exact=session.exact, explain=explain)
    raise typer.Exit(next((status for status in statuses if status), ExitStatus.OK))


@command
def info(session: Session) -> None:
    """Show the version, where the monographs come from, and what was skipped and why."""
    from druginfo import answers

    session.answer(answers.info(session.library))


@command
def schema(session: Session, name: Annotated[str | None, typer.Argument(metavar="COMMAND")] = None) -> None:
    """Print the JSON Schema of a command's JSON, or of all of them."""
    from druginfo.render import schemas

    write_json(schemas.text(name))


# ---------------------------------------------------------------- running


def need(words: Sequence[str] | None, command: str, what: str) -> Sequence[str]:
    if not words or not any(word.strip() for word in words):
        raise Usage(f"{command} needs {what}: druginfo {command} --help says more.")
    return words


def write_json(text: str) -> None:
    """JSON is UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """One line on standard error."""
    from druginfo.terminal import visible

    print(f"druginfo: {visible(' '.join(message.split()))}", file=sys.stderr)


def main() -> NoReturn:
    """The command line. Exits with an `ExitStatus`; nothing a user does ends in a traceback."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"druginfo {__version__}")
        sys.exit(ExitStatus.OK)
    from druginfo import terminal

    terminal.prepare()
    try:
        sys.exit(run(arguments))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def run(arguments: list[str]) -> int:
    _only(arguments)
    try:
        return int(app(arguments, prog_name="druginfo", standalone_mode=False) or ExitStatus.OK)
    except DruginfoError as error:
        return fail(error, as_json="--json" in arguments)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return fail(DruginfoError(f"{error.filename or 'system'}: {error.strerror or error}"), "--json" in arguments)
    except Exception as error:
        if hasattr(error, "format_message"):  # a wrong command line, in Typer's words
            return fail(Usage(error.format_message()), as_json="--json" in arguments)
        raise


def _only(arguments: list[str]) -> None:
    """Leave out the commands that are not asked for: Typer spends a millisecond on each."""
    asked = next((argument for argument in arguments if not argument.startswith("-")), None)
    app.registered_commands = [c for c in app.registered_commands if c.name == asked] or app.registered_commands


def fail(error: DruginfoError, as_json: bool) -> int:
    if as_json:
        from druginfo.render import json

        write_json(json.dumps(json.error(error)))
    else:
        say(error.message)
    return error.status
