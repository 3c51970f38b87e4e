"""The options that every command has, and the command built with them when it is run."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

from typer import Exit, Option

from druginfo import __version__
from druginfo.cli import completion
from druginfo.cli.session import Session, has_form
from druginfo.errors import Usage

_COLORS = ("auto", "always", "never")
_COLOR = "auto, always or never."
_MONOGRAPHS = "Use these monographs instead of the library. Repeatable."
_GROUP = "The patient's group, e.g. pregnancy, 'taking warfarin'. Repeatable."
_LIVER = "Liver impairment: mild, moderate or severe."
_FORMS = ("json", "jsonl", "csv", "tsv", "markdown", "html")
_COMMON: dict[str, tuple[Any, Any, Any]] = {
    "json": (bool, False, Option("--json", help="One JSON document on standard output.")),
    "jsonl": (bool, False, Option("--jsonl", help="JSON Lines: one row per line.")),
    "csv": (bool, False, Option("--csv", help="Rows for a spreadsheet, with the JSON keys as column names.")),
    "tsv": (bool, False, Option("--tsv", help="The same, separated by tabs.")),
    "markdown": (bool, False, Option("--markdown", help="Output Markdown; for a monograph, its own text.")),
    "html": (bool, False, Option("--html", help="One self-contained HTML page.")),
    "fields": (str | None, None, Option("--fields", metavar="A,B.C", help="Only these JSON fields.")),
    "monographs": (list[str] | None, None, Option("--monographs", metavar="DIR", help=_MONOGRAPHS)),
    "exact": (bool, False, Option("--exact", help="Accept exact names only: no prefixes, no spelling correction.")),
    "color": (str, "auto", Option("--color", metavar="WHEN", help=_COLOR, autocompletion=completion.any_of(*_COLORS))),
    "width": (int | None, None, Option("--width", metavar="N", min=20, help="Width of the text, in columns.")),
    "no_pager": (bool, False, Option("--no-pager", help="Never use a pager.")),
}


PATIENT = {
    "population": (list[str] | None, Option(metavar="TEXT", help=_GROUP, autocompletion=completion.populations)),
    "age": (str | None, Option(metavar="YEARS", help="The patient's age: 45, 6mo, 10d.")),
    "weight": (str | None, Option(metavar="KG", help="The patient's weight.")),
    "egfr": (str | None, Option(metavar="N", help="eGFR in mL/min/1.73 m².")),
    "crcl": (str | None, Option(metavar="N", help="Creatinine clearance in mL/min.")),
    "hepatic": (
        str | None,
        Option(metavar="SEVERITY", help=_LIVER, autocompletion=completion.any_of("mild", "moderate", "severe")),
    ),
}
"""What can be said of a patient: the options that a command has in place of its parameter `described`."""


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"druginfo {__version__}")
        raise Exit


VersionOption = Annotated[bool, Option("--version", help="Print the version.", is_eager=True, callback=_print_version)]

BEFORE = {f"--{key.replace('_', '-')}": kind is not bool for key, (kind, *_) in _COMMON.items()}
"""The options that may come before the command, and whether each takes a value."""


def built(name: str, function: Callable[..., None]) -> Callable[..., None]:
    """A command's function with the options that every command has; it gets a Session made of them."""
    common = {key: value for key, value in _COMMON.items() if key not in _FORMS or has_form(name, key)}

    shape = signature(function)

    @wraps(function)
    def run(**values: Any) -> None:
        del values["version"]  # printed, if it was asked for
        if "described" in shape.parameters:
            described = {key: values.pop(key) for key in PATIENT}
            groups = described["population"]
            values["described"] = described | {"population": groups and "; ".join(groups)}
        function(_session(name, {key: values.pop(key) for key in common}), **values)

    parameters: list[Parameter] = []
    for own in [*shape.parameters.values()][1:]:
        of_patient = (_parameter(key, kind, None, option) for key, (kind, option) in PATIENT.items())
        parameters += of_patient if own.name == "described" else [own.replace(kind=Parameter.KEYWORD_ONLY)]
    for key, (kind, default, option) in common.items():
        parameters.append(_parameter(key, kind, default, _shown(option, key, name)))
    parameters.append(Parameter("version", Parameter.KEYWORD_ONLY, default=False, annotation=VersionOption))
    run.__signature__ = shape.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run


def _parameter(key: str, kind: Any, default: Any, option: Any) -> Parameter:
    return Parameter(key, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option])


def _shown(option: Any, key: str, command: str) -> Any:
    """The option as the command's help has it. What a server answers has one form: there it is taken, but not shown."""
    shown = copy(option)
    shown.hidden = command == "mcp" and key != "monographs"
    return shown


def _session(name: str, given: dict[str, Any]) -> Session:
    forms = [form for form in _FORMS if given.get(form)]
    if len(forms) > 1:
        raise Usage(f"--{forms[0]} and --{forms[1]} cannot be used together.")
    fields = tuple(field.strip() for field in (given["fields"] or "").split(",") if field.strip())
    if fields and (not forms or forms[0] in ("markdown", "html")):
        raise Usage("--fields needs --json, --jsonl, --csv or --tsv.")
    if fields:
        from druginfo.render import schemas

        schemas.check_fields(name, fields, of_rows=forms != ["json"])
    if given["color"] not in _COLORS:
        raise Usage(f"--color is auto, always or never, not {given['color']}.", query=given["color"])
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
