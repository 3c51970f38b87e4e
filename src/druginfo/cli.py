"""Arguments → one call → one renderer → exit status."""

import os
import signal
import sys
from collections.abc import Callable
from copy import copy
from functools import wraps
from inspect import Parameter, getdoc, signature
from typing import Annotated, Any, NoReturn

import typer

from druginfo import __version__, commandline, completion
from druginfo.errors import Ambiguous, DruginfoError, ExitStatus, Failed, NotFound, Usage
from druginfo.session import ROWS_OF, Session, choose, report, tell, words, write_json

app = typer.Typer(
    name="druginfo",
    help="man for medicines: monographs, doses and FAQs, offline.",
    epilog="Not medical advice: verify with the official label.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # help is text: [brackets] stay, and Rich is not loaded
)


Query = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY…",
        help="A drug by any of its names, a topic, or a drug and a topic.",
        show_default=False,
        autocompletion=completion.drug_and_topic,
    ),
]
Drug = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DRUG…", help="A drug by any of its names.", show_default=False, autocompletion=completion.drug
    ),
]
Drugs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DRUG DRUG…",
        help="Drugs, each in one argument: insulin-glargine.",
        show_default=False,
        autocompletion=completion.drugs,
    ),
]

_FORMS = ("json", "jsonl", "csv", "tsv", "markdown")
_COMMON: dict[str, tuple[Any, Any, Any]] = {
    "json": (bool, False, typer.Option("--json", help="One JSON document on standard output.")),
    "jsonl": (bool, False, typer.Option("--jsonl", help="JSON Lines: one row a line.")),
    "csv": (bool, False, typer.Option("--csv", help="Rows for a spreadsheet; the header has the JSON keys.")),
    "tsv": (bool, False, typer.Option("--tsv", help="The same, separated by tabs.")),
    "markdown": (bool, False, typer.Option("--markdown", help="The monograph's own Markdown.")),
    "fields": (str | None, None, typer.Option("--fields", metavar="A,B.C", help="Only these JSON fields.")),
    "monographs": (
        list[str] | None,
        None,
        typer.Option("--monographs", metavar="DIR", help="Use these monographs instead of the library. Repeatable."),
    ),
    "exact": (bool, False, typer.Option("--exact", help="Open exact names only: no prefix, no typo.")),
    "color": (
        str,
        "auto",
        typer.Option(
            "--color",
            metavar="WHEN",
            help="auto, always or never.",
            autocompletion=completion.any_of("auto", "always", "never"),
        ),
    ),
    "width": (int | None, None, typer.Option("--width", metavar="N", min=20, help="Columns to write for.")),
    "no_pager": (bool, False, typer.Option("--no-pager", help="Never use a pager.")),
}


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"druginfo {__version__}")
        raise typer.Exit


_Version = Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)]


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command, which is built when it is run: `_built`."""
    app.command(name=function.__name__.rstrip("_"))(function)
    return function


def _built(command: Any) -> Any:
    """The command with the options that every command has; it gets a Session made of them."""
    name, function = command.name, command.callback
    left_out = {*(() if name in ROWS_OF else ("jsonl", "csv", "tsv")), *(() if name == "show" else ("markdown",))}
    common = {key: value for key, value in _COMMON.items() if key not in left_out}

    @wraps(function)
    def run(**values: Any) -> None:
        del values["version"]  # printed, if it was asked for
        function(_session(name, {key: values.pop(key) for key in common}), **values)

    shape = signature(function)
    own = [p.replace(kind=Parameter.KEYWORD_ONLY) for p in shape.parameters.values()][1:]
    options = [
        Parameter(key, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])
        for key, (kind, default, option) in common.items()
    ]
    options.append(Parameter("version", Parameter.KEYWORD_ONLY, default=False, annotation=_Version))
    run.__signature__ = shape.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    built = copy(command)
    built.callback = run
    return built


def _session(name: str, given: dict[str, Any]) -> Session:
    forms = [form for form in _FORMS if given.get(form)]
    if len(forms) > 1:
        raise Usage(f"--{forms[0]} and --{forms[1]} exclude each other; say one.")
    fields = tuple(field.strip() for field in (given["fields"] or "").split(",") if field.strip())
    if fields and (not forms or forms == ["markdown"]):
        raise Usage("--fields picks from --json, --jsonl, --csv or --tsv; say one of them too.")
    if fields:
        from druginfo.render import schemas

        schemas.check_fields(name, fields, of_rows=forms != ["json"])
    if given["color"] not in ("auto", "always", "never"):
        raise Usage(f"--color {given['color']}: say auto, always or never.", query=given["color"])
    return Session(
        name,
        forms[0] if forms else "text",  # type: ignore[arg-type]
        fields,
        tuple(given["monographs"] or ()),
        given["exact"],
        given["color"],
        given["width"],
        not given["no_pager"],
    )


@app.callback()
def druginfo(version: _Version = False) -> None:
    pass


@command
def show(session: Session, query: Query = None) -> None:
    """Show a monograph, a topic of it (`show olumiant kidney`), or a topic of every drug (`show pregnancy`)."""
    from druginfo import questions

    session.answer(questions.show(session.library, words(query, "show", "a drug or a topic"), exact=session.exact))


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
    hepatic: Annotated[
        str | None,
        typer.Option(
            metavar="SEVERITY",
            help="mild, moderate or severe.",
            autocompletion=completion.any_of("mild", "moderate", "severe"),
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show the rows that do not apply too, marked.")] = False,
) -> None:
    """Show the dosing table, or the rows of it that apply to a patient. Nothing is ever computed."""
    from druginfo import questions
    from druginfo.dosing import Patient

    patient = Patient.read(
        indication=for_, population=population, age=age, weight=weight, egfr=egfr, crcl=crcl, hepatic=hepatic
    )
    name = words(drug, "dose", "a drug")
    session.answer(questions.dose(session.library, name, patient, exact=session.exact, show_all=all_))


@command
def faq(session: Session, query: Query = None) -> None:
    """Show questions and answers: all questions, a drug's, or those that match words best."""
    from druginfo import questions

    session.answer(questions.faq(session.library, query or (), exact=session.exact))


@command
def search(
    session: Session,
    query: Annotated[list[str] | None, typer.Argument(metavar="WORDS…", show_default=False)] = None,
    in_: Annotated[
        str | None,
        typer.Option("--in", metavar="TOPIC", help="Only passages about this topic.", autocompletion=completion.topics),
    ] = None,
    n: Annotated[int, typer.Option("-n", metavar="N", min=1, help="At most so many hits.")] = 10,
) -> None:
    """Search all monographs: words, "phrases", prefixes*. Hits stand in [brackets]."""
    from druginfo.search import search as find

    session.answer(find(session.library, words(query, "search", "words"), topic=in_, limit=n))


@command
def compare(
    session: Session,
    drug: Drugs = None,
    section: Annotated[
        str | None,
        typer.Option("--section", metavar="TOPIC", help="Only this section.", autocompletion=completion.topics),
    ] = None,
) -> None:
    """Compare two to four drugs, section by section. Exact names only."""
    from druginfo import relations

    session.answer(relations.compare(session.library, words(drug, "compare", "two drugs"), section))


@command
def interactions(session: Session, drug: Drugs = None) -> None:
    """Quote what the monographs of two to ten drugs say of each other. Exact names only."""
    from druginfo import relations

    session.answer(relations.interactions(session.library, words(drug, "interactions", "two drugs")))


@command
def list_(
    session: Session,
    class_: Annotated[str | None, typer.Option("--class", metavar="TEXT", help="Drugs of this class.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="CONDITION", help="Drugs for this condition.")] = None,
    banned: Annotated[bool, typer.Option("--banned", help="Banned drugs.")] = False,
) -> None:
    """List the library."""
    from druginfo import questions

    session.answer(questions.cards(session.library, of=class_, condition=for_, banned=banned))


@command
def match(
    session: Session,
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME…", show_default=False)] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what was compared and which rule decided.")] = False,
) -> None:
    """Resolve names without opening anything; without names, or with -, one name a line from standard input."""
    from druginfo.render import matches

    raise typer.Exit(matches.stream(session, matches.names(name or ["-"], sys.stdin.buffer), explain=explain))


@command
def check(
    session: Session,
    path: Annotated[list[str] | None, typer.Argument(metavar="PATH…", show_default=False)] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only these rules: F113,Q or D5.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these rules.")] = None,
) -> None:
    """Lint monographs, files or directories; without PATH the library. Exits with 1 if a fault is an error."""
    from druginfo import check as linter
    from druginfo.progress import Bar

    files, left_out = linter.gather(path or (), session.monographs)
    found = linter.check(
        files, left_out, select=linter.codes(select), ignore=linter.codes(ignore), progress=Bar("checking")
    )
    session.answer(found)
    if session.form == "text":
        tell(linter.summary(found))
    raise typer.Exit(ExitStatus.FAILED if any(f.level == "error" for f in found.findings) else ExitStatus.OK)


@command
def import_(
    session: Session,
    file: Annotated[list[str] | None, typer.Argument(metavar="FILE…", show_default=False)] = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="DIR", help="Where to write; your own monographs by default.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Keep every label of a drug, not only the newest.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Also files that a person wrote or changed.")] = False,
    fetch: Annotated[
        list[str] | None, typer.Option("--fetch", metavar="NAME", help="Get the labels of a drug from openFDA.")
    ] = None,
) -> None:
    """Import FDA labels (openFDA JSON, SPL XML, zips, directories of them) as monographs."""
    from druginfo import questions

    if not fetch:
        words(file, "import", "a label file or --fetch NAME")
    done = questions.import_labels(file or (), fetch or (), into, all_labels=all_, overwrite=overwrite)
    session.answer(done)
    raise typer.Exit(ExitStatus.OK if done.report.imported or done.report.kept_back else ExitStatus.FAILED)


@command
def info(session: Session) -> None:
    """Show the version, where the monographs come from, and what was skipped and why."""
    from druginfo import questions

    session.answer(questions.info(session.library))


@command
def schema(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="COMMAND", show_default=False, autocompletion=completion.schemas)
    ] = None,
) -> None:
    """Print the JSON Schema of a command's JSON, or of all of them."""
    from druginfo.render import schemas

    write_json(schemas.text(name))


# ---------------------------------------------------------------- running


def main() -> NoReturn:
    """The command line. Exits with an `ExitStatus`; nothing that a user does ends in a traceback."""
    from druginfo import terminal

    terminal.prepare()
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except OSError as error:  # standard output cannot be written to
        status = ExitStatus.OK
        if not isinstance(error, BrokenPipeError):
            status = report(Failed(f"Standard output: {error.strerror or error}."), as_json=None)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        status = 128 + signal.SIGINT
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run a command line; its exit status."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    as_json = next((form for form in ("json", "jsonl") if f"--{form}" in options), None)
    try:
        return _run(arguments)
    except Ambiguous as error:
        if rest := None if as_json else choose(error, arguments):
            return run(rest)
        failure: DruginfoError = error
    except DruginfoError as error:
        failure = error
    except MemoryError:
        failure = Failed("Not enough memory.")
    except RecursionError:
        failure = Failed("Something is nested too deep to be read.")
    except OSError as error:
        if not error.filename:
            raise
        failure = Failed(f"{error.filename}: {error.strerror or error}.")
    except Exception as error:
        if hasattr(error, "format_message"):  # a wrong command line, in Typer's words
            failure = _wrong(error)
        elif sys.flags.dev_mode:
            raise
        else:
            fault = f"{type(error).__name__}: {error}"
            failure = Failed(f"A fault of druginfo's own, please report it: {fault}.")
    return report(failure, as_json=as_json)  # out here, where what filled the memory is let go


def _run(arguments: list[str]) -> int:
    """Run the command that is asked for: the first word, or `show` where that is a drug."""
    known = [command.name or "" for command in app.registered_commands]
    line = completion.typed(known)
    at = commandline.first_word(arguments if line is None else line, _BEFORE)
    if line is not None:
        return _command_line(line[at] if at is not None and at < len(line) else None, [], brief=True)
    if at is None or at == len(arguments):
        alone = [argument for argument in arguments if argument in ("--version", "--help", "-h")]
        if arguments and not alone and at is not None:
            raise Usage("Say a command or a drug; `druginfo --help` lists the commands.")
        return _command_line(None, alone[:1] or completion.for_shell(arguments) or ["--help"])
    word, others = arguments[at], [*arguments[:at], *arguments[at + 1 :]]
    if word in known:
        return _command_line(word, [word, *others])
    if word in ("help", "version"):
        return _run([*others, f"--{word}"])
    if (meant := commandline.nearest(word, known)) and not _is_name(word, arguments):
        raise Usage(f"There is no command “{word}”. Did you mean “{meant}”?", query=word)
    try:
        return _command_line("show", ["show", *arguments])
    except NotFound as error:
        said = f"There is no command “{word}”; `druginfo --help` lists the commands. {error}"
        raise NotFound(said, query=error.query, candidates=error.candidates) from None


_BEFORE = {f"--{key.replace('_', '-')}": kind is not bool for key, (kind, *_) in _COMMON.items()}
"""The options that may stand before the command, and whether each takes a value."""


def _command_line(name: str | None, arguments: list[str], *, brief: bool = False) -> int:
    """Run the arguments with one command; of the others just name and help, for building them takes half a start."""
    chosen = copy(app)
    chosen.registered_commands = [_built(c) if c.name == name else _listed(c, brief) for c in app.registered_commands]
    try:
        return int(chosen(arguments, prog_name="druginfo", standalone_mode=False) or ExitStatus.OK)
    except SystemExit as leaving:  # Typer's way to end when a pipe is closed; ours is to end well
        if isinstance(leaving.__context__, BrokenPipeError):
            raise leaving.__context__ from None
        raise


def whole() -> typer.Typer:
    """The program with every command built, for whoever describes it."""
    program = copy(app)
    program.registered_commands = [_built(command) for command in app.registered_commands]
    return program


def _listed(command: Any, brief: bool) -> Any:
    """The command without its parameters; `brief` where a shell shows the help on one line."""
    listed = copy(command)
    listed.help = getdoc(command.callback)
    listed.short_help = None if brief else listed.help
    listed.callback = _without_parameters
    return listed


def _without_parameters() -> None:
    pass


def _wrong(error: Any) -> Usage:
    """A wrong command line, in Typer's words; of an option that another command has, which one has it."""
    said = error.format_message().rstrip(".").replace("a valid int range", "a whole number")
    more = f"`{error.ctx.command_path} --help` says more" if error.ctx else ""
    option = getattr(error, "option_name", None)
    if option and hasattr(error, "possibilities"):
        commands = typer.main.get_command(whole()).commands.values()  # type: ignore[attr-defined]
        if having := [command.name for command in commands if any(option in p.opts for p in command.params)]:
            more = f"{', '.join(having)} {'have' if len(having) > 1 else 'has'} it"
    return Usage(f"{said}{'; ' * bool(more)}{more}.")


def _is_name(word: str, arguments: list[str]) -> bool:
    from druginfo.library import Library

    return Library(list(commandline.values("--monographs", arguments))).knows(word)
