"""The command reference and the man page, made from the program itself.

python tools/reference.py            # writes docs/commands.md and docs/druginfo.1
python tools/reference.py --check    # says which of them is out of step; exit status 1 then
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from typer.main import get_command

from druginfo import __version__
from druginfo.cli.commands import COMMANDS
from druginfo.cli.program import app
from druginfo.cli.program import command as built
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
    "PAGER, DRUGINFO_PAGER": "the pager for long text; the second goes first, an empty one means no pager",
    "LESS": "options of less; -R is added, without which it would show no colour",
    "NO_COLOR": "no colour",
    "FORCE_COLOR, CLICOLOR_FORCE": "colour although it is no terminal",
    "COLUMNS": "the width to write for",
    "XDG_DATA_HOME": "where your own monographs are: druginfo/monographs below it (by default ~/.local/share)",
    "XDG_CACHE_HOME": "where the index is: druginfo below it (by default ~/.cache); it may be deleted at any time",
}
_EXAMPLES = {
    "druginfo baricitinib": "the monograph; so is druginfo olumiant, a brand",
    "druginfo show baricitinib kidney": "what it says on the kidneys",
    "druginfo show pregnancy": "what every monograph says on pregnancy",
    "druginfo dose baricitinib --egfr 45": "the dosing rows that apply to a patient with this eGFR",
    "druginfo match --csv < names.txt": "one row for every line",
    "druginfo list --jsonl --fields slug,brands": "the library for a script",
}
"""Command lines that the tests run, and what they show."""


@cache
def _commands() -> list[Any]:
    return [built(name) for name in COMMANDS]


def _usage(command: Any) -> str:
    arguments = (p.metavar if p.required else f"[{p.metavar}]" for p in command.params if _is_argument(p))
    return " ".join(["druginfo", command.name, "[OPTIONS]", *arguments])


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _options(command: Any) -> dict[str, str]:
    """The options of a command as they are written, and their help."""
    found = {}
    for option in command.params:
        if not _is_argument(option):
            value = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
            found[", ".join(option.opts) + value] = option.help or ""
    return found


@cache
def _common() -> dict[str, str]:
    """The options that every command has."""
    first, *others = map(_options, _commands())
    return {name: meaning for name, meaning in first.items() if all(name in options for options in others)} | {
        "-h, --help": "Show this message and exit."
    }


@cache
def _alone() -> dict[str, str]:
    """The options that stand without a command."""
    options = _options(get_command(app))
    shell = {"--install-completion": ", or for the one named after it: bash, zsh, fish, powershell, pwsh."}
    return {name: meaning.removesuffix(".") + shell.get(name, ".") for name, meaning in options.items()}


def _own(command: Any) -> dict[str, str]:
    return {name: meaning for name, meaning in _options(command).items() if name not in _common()}


def markdown() -> str:
    """docs/commands.md."""
    lines = [
        "# Commands",
        "",
        "Made by `python tools/reference.py` from the program; do not edit.",
        "",
        "`druginfo DRUG` is `druginfo show DRUG`.",
    ]
    for command in _commands():
        lines += ["", f"## {command.name}", "", f"`{_usage(command)}`", "", command.help or ""]
        lines += _table("option", _own(command)) if _own(command) else []
    lines += ["", "## Options of every command", *_table("option", _common())]
    lines += ["", "## Options without a command", *_table("option", _alone())]
    lines += ["", "## Exit status", *_table("status", {str(int(k)): v for k, v in _STATUSES.items()})]
    lines += ["", "## Environment", *_table("variable", {k.replace(", ", "`, `"): v for k, v in _ENVIRONMENT.items()})]
    lines += ["", "## Examples", *_table("command", _EXAMPLES)]
    return "\n".join(lines) + "\n"


def _table(head: str, rows: Mapping[str, str]) -> list[str]:
    return [
        "",
        f"| {head} | meaning |",
        "|---|---|",
        *(f"| `{_cell(name)}` | {_cell(meaning)} |" for name, meaning in rows.items()),
    ]


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
    for usage in ("druginfo [OPTIONS] DRUG…", *map(_usage, _commands())):
        yield from (".br", f".B {_roff(usage)}")
    yield ".SH DESCRIPTION"
    yield _roff(
        "Shows drug monographs, understands a drug or a topic however it is spelled, and never opens another drug than "
        "the one meant. Not medical advice: verify with the official label."
    )
    yield ".SH COMMANDS"
    for command in _commands():
        yield from (f".SS {_roff(command.name)}", _roff(command.help or ""), *_paragraphs(_own(command)))
    yield from (".SH OPTIONS OF EVERY COMMAND", *_paragraphs(_common()))
    yield from (".SH OPTIONS WITHOUT A COMMAND", *_paragraphs(_alone()))
    yield from (".SH EXIT STATUS", *_paragraphs({str(int(k)): v for k, v in _STATUSES.items()}))
    yield from (".SH ENVIRONMENT", *_paragraphs(_ENVIRONMENT))
    yield from (".SH EXAMPLES", *_paragraphs(_EXAMPLES))


def _paragraphs(rows: Mapping[str, str]) -> Iterator[str]:
    for name, meaning in rows.items():
        yield from (".TP", f".B {_roff(name)}", _roff(meaning))


def _roff(text: str) -> str:
    """Text as roff takes it: every hyphen is one that can be copied, no mark of Markdown, no request by accident."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "").replace('"', r"\(dq")
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
