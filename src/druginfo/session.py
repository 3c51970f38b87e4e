"""What every command shares: the library it asks, and the way its answer goes out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from druginfo.errors import DruginfoError, Usage
from druginfo.terminal import visible

if TYPE_CHECKING:
    from druginfo.library import Library

Form = Literal["text", "json", "jsonl", "csv", "tsv", "markdown"]
ROWS_OF = {"dose": "rows", "list": "monographs", "faq": "faqs", "search": "hits", "match": None}
"""The commands whose answer is rows, and the key that these have in the document; `match` prints nothing else."""


@dataclass(frozen=True)
class Session:
    """One run of one command."""

    command: str
    form: Form = "text"
    fields: tuple[str, ...] = ()
    """The JSON fields wanted, with dots: `match.slug`, `rows.dose.text`; in rows without the rows' own key."""
    monographs: tuple[str, ...] = ()
    exact: bool = False
    color: Literal["auto", "always", "never"] = "auto"
    width: int | None = None
    pager: bool = True

    @cached_property
    def library(self) -> Library:
        """The library; what had to be skipped is told on standard error, once."""
        from druginfo.library import Library

        library = Library(self.monographs)
        for fault in library.skipped():
            place = f"{fault.path}:{fault.line}" if fault.line else fault.path
            say(f"skipped {place}: {fault.message}")
        return library

    def answer(self, value: Any) -> None:
        """Print an answer in the form that was asked for."""
        if self.form == "text":
            from datetime import date

            from druginfo import terminal
            from druginfo.render import views

            screen = terminal.detect(self.color, self.width)
            terminal.write(views.render(value, screen, date.today()), pager=self.pager)
            return
        if self.form == "markdown":
            from druginfo.render import json

            write(json.markdown(value).encode("utf-8"))
            return
        from druginfo.render import json

        document = json.answer(value)
        if self.form == "json":
            write_json(json.dumps(document, fields=self.fields))
        else:
            self.rows(document[ROWS_OF[self.command] or ""])

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Print rows as they come, in the session's form of rows."""
        from druginfo.render import tables

        put = tables.writer(self.form, self.command, self.fields)
        for line in put(rows):
            write(line.encode("utf-8", "surrogatepass"))


def words(given: Sequence[str] | None, command: str, what: str) -> Sequence[str]:
    """The words of a query. Raises Usage where there are none."""
    if not given or not any(word.strip() for word in given):
        raise Usage(f"{command} needs {what}; `druginfo {command} --help` says more.")
    return given


def write(content: bytes) -> None:
    """Write to standard output at once, whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_json(text: str) -> None:
    write(text.encode("utf-8") + b"\n")


def say(message: str) -> None:
    """One line on standard error."""
    print(f"druginfo: {visible(' '.join(message.split()))}", file=sys.stderr)


def report(error: DruginfoError, *, as_json: bool) -> int:
    """Tell of an error, on standard error or as the JSON document; the exit status."""
    if as_json:
        from druginfo.render import json

        write_json(json.dumps(json.error(error)))
    else:
        say(error.message)
    return error.status


def choose(error: DruginfoError) -> str | None:
    """Let a person at a terminal choose among the candidates of an ambiguous name; the slug, or None."""
    offered = [c for c in error.candidates if c.slug]
    if len(offered) < 2 or not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return None
    say(error.message)
    for number, candidate in enumerate(offered, 1):
        print(f"  {number}  {visible(candidate.title)} ({visible(candidate.matched)})", file=sys.stderr)
    print("Which one? ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip()
    if answer.isdecimal() and 1 <= int(answer) <= len(offered):
        slug = offered[int(answer) - 1].slug
        return slug if isinstance(slug, str) else None
    return None


Progress = Callable[[int, int], None]
