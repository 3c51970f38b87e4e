"""The command reference and the man page, made from the program itself.

python tools/reference.py            # writes docs/commands.md and docs/druginfo.1
python tools/reference.py --check    # says which of them is out of step; exit status 1 then
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from druginfo import __version__
from druginfo.cli import app
from druginfo.errors import ExitStatus

DOCS = Path(__file__).resolve().parents[1] / "docs"

_STATUSES = {
    ExitStatus.OK: "found, printed",
    ExitStatus.FAILED: "something failed: unreadable directory, no monographs at all; `check`: faults of level error",
    ExitStatus.USAGE: "wrong usage",
    ExitStatus.NOT_FOUND: "nothing by that name, topic or filter; or a known drug without a monograph",
    ExitStatus.AMBIGUOUS: "several things by that name",
}
_ENVIRONMENT = {
    "DRUGINFO_MONOGRAPHS": "directories of monographs that replace the library, separated as in PATH",
    "PAGER, LESS": "the pager for what is longer than the terminal, and its options",
    "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE": "no colour; colour although it is no terminal",
    "COLUMNS": "the width to write for",
}


def _commands() -> list[Any]:
    return [command for command in get_command(app).commands.values() if not command.hidden]  # type: ignore[attr-defined]


def _usage(command: Any) -> str:
    return " ".join(["druginfo", command.name, "[OPTIONS]", *(f"[{p.metavar}]" for p in _arguments(command))])


def _arguments(command: Any) -> list[Any]:
    return [p for p in command.params if p.param_type_name == "argument"]


def _options(command: Any) -> list[tuple[str, str]]:
    found = []
    for option in command.params:
        if option.param_type_name == "option":
            name = ", ".join(option.opts)
            value = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
            found.append((name + value, option.help or ""))
    return found


def markdown() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Made by `python tools/reference.py` from the program; do not edit.",
        "",
        "| exit status | when |",
        "|---|---|",
        *(f"| {int(status)} | {meaning} |" for status, meaning in _STATUSES.items()),
        "",
        "| variable | meaning |",
        "|---|---|",
        *(f"| {name} | {meaning} |" for name, meaning in _ENVIRONMENT.items()),
    ]
    for command in _commands():
        lines += ["", f"## {command.name}", "", f"`{_usage(command)}`", "", command.help or "", ""]
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in _options(command)]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def man() -> str:
    """docs/druginfo.1, in man macros."""
    return "\n".join(_man()) + "\n"


def _man() -> Iterator[str]:
    yield f'.TH DRUGINFO 1 "" "druginfo {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"druginfo \- man for medicines: monographs, doses and FAQs, offline"
    yield ".SH SYNOPSIS"
    for command in _commands():
        yield ".br"
        yield f".B {_roff(_usage(command))}"
    yield ".SH DESCRIPTION"
    yield _roff(
        "Shows drug monographs, understands a drug or a topic however it is spelled, and never opens another drug than "
        "the one meant. Not medical advice: verify with the official label."
    )
    yield ".SH COMMANDS"
    for command in _commands():
        yield f".SS {_roff(command.name)}"
        yield _roff(command.help or "")
        for name, meaning in _options(command):
            yield from (".TP", f".B {_roff(name)}", _roff(meaning))
    yield ".SH EXIT STATUS"
    for status, meaning in _STATUSES.items():
        yield from (".TP", f".B {int(status)}", _roff(meaning))
    yield ".SH ENVIRONMENT"
    for variable, meaning in _ENVIRONMENT.items():
        yield from (".TP", f".B {variable}", _roff(meaning))


def _roff(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def main() -> int:
    pages = {DOCS / "commands.md": markdown(), DOCS / "druginfo.1": man()}
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        print("\n".join(f"{name} is out of step: run python tools/reference.py" for name in stale) or "in step")
        return bool(stale)
    for path, text in pages.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
