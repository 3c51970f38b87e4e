"""What every command shares: the library it asks, and the way its answer goes out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from druginfo.errors import Ambiguous, DruginfoError, NotFound, Usage
from druginfo.guard import visible

if TYPE_CHECKING:
    from druginfo.library import Library
    from druginfo.model import Candidate

Form = Literal["text", "json", "jsonl", "csv", "tsv", "markdown", "html"]
ROWS_OF = {
    "dose": "rows",
    "list": "monographs",
    "faq": "faqs",
    "search": "hits",
    "check": "findings",
    "review": "items",
    "match": None,
}
"""The commands whose answer is rows, and the key that these have in the document; `match` prints nothing else."""


_PAGES = {"show", "dose", "compare", "interactions", "review"}


def has_form(command: str, form: str) -> bool:
    """Whether a command's answer can be had in this form; every one can be had as JSON."""
    match form:
        case "jsonl" | "csv" | "tsv":
            return command in ROWS_OF
        case "markdown":
            return command in ("show", "review")
        case "html":
            return command in _PAGES
    return True


class Options(NamedTuple):
    """What every command can be given."""

    command: str
    form: Form = "text"
    fields: tuple[str, ...] = ()
    """The JSON fields wanted, with dots: `match.slug`, `rows.dose.text`; in rows without the rows' own key."""
    monographs: tuple[str, ...] = ()
    exact: bool = False
    color: Literal["auto", "always", "never"] = "auto"
    width: int | None = None
    pager: bool = True


class Session(Options):
    """One run of one command."""

    @cached_property
    def library(self) -> Library:
        """The library; what had to be skipped is reported on standard error, once."""
        from druginfo.cli.progress import Bar
        from druginfo.library import Library

        library = Library(self.monographs, progress=Bar("reading"))
        for fault in library.skipped():
            place = f"{fault.path}:{fault.line}" if fault.line else fault.path
            say(f"skipped {place}: {fault.message}")
        return library

    def answer(self, value: Any) -> None:
        """Print an answer in the form that was asked for, and what was mended in its file on standard error."""
        for fault in getattr(getattr(value, "monograph", None), "faults", ()):
            say(f"{fault.path}:{fault.line}: {fault.message}")
        if self.form not in ("text", "html", "json"):
            _say_what_rows_lack(value)
        if self.form == "text":
            from datetime import date

            from druginfo import terminal
            from druginfo.render.text import text

            page = text(value, terminal.detect(self.color, self.width), date.today())
            if "library" in vars(self):  # held no longer than needed: a pager may stay open for hours
                self.library.close()
            terminal.write(page, pager=self.pager)
        elif self.form == "markdown":
            from druginfo.render.markdown import markdown

            if sys.stdout.isatty():
                sys.stdout.write(visible(markdown(value)))
            else:
                write(markdown(value))
        elif self.form == "html":
            from datetime import date

            from druginfo.render.html import html

            write(html(value, date.today()))
        else:
            from druginfo.render import json

            if self.form == "json":
                for piece in json.written(value, self.fields):
                    sys.stdout.buffer.write(piece.encode("utf-8"))
                write("\n")
            else:
                self.rows(json.document(value)[ROWS_OF[self.command] or ""])

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Print rows as they come, in the session's form of rows."""
        from druginfo.render import tables

        for line in tables.lines(self.form, self.command, self.fields, rows):
            write(line)


def _say_what_rows_lack(value: Any) -> None:
    """On standard error: what must be known before rows are read and is in none of them."""
    from druginfo import topics

    matches = (getattr(value, "match", None), *getattr(value, "drugs", ()))
    warnings = (topics.not_covered(match) for match in matches if match)
    notices = (*filter(None, warnings), *getattr(value, "notices", ()), *getattr(value, "limits", ()))
    for notice in dict.fromkeys(notices):
        say(notice)


def words(given: Sequence[str] | None, command: str, what: str) -> Sequence[str]:
    """The words of a query. Raises Usage where none was given."""
    if not given or not any(word.strip() for word in given):
        raise Usage(f"{command} needs {what}; `druginfo {command} --help` says more.")
    return given


def write(text: str) -> None:
    """Write to standard output at once, as UTF-8 whatever the terminal's encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """One line of the program's own on standard error."""
    tell(f"druginfo: {' '.join(message.split())}")


def tell(line: str) -> None:
    """A line on standard error; where that takes none, the exit status alone says it."""
    with suppress(OSError):
        print(visible(line), file=sys.stderr)


_MOST_MENTIONS = 5


def report(error: DruginfoError, *, as_json: str | None) -> int:
    """Report an error, on standard error or as the JSON document (`jsonl`: on one line); the exit status."""
    if as_json:
        from druginfo.render import json

        write(json.dumps(json.error(error), indent=None if as_json == "jsonl" else 1) + "\n")
    else:
        choice = error.candidates if isinstance(error, Ambiguous) else ()
        unsaid = [candidate.title for candidate in choice if candidate.title not in error.message]
        say(f"{error.message} ({', '.join(unsaid)})" if unsaid else error.message)
        for mention in error.mentions[:_MOST_MENTIONS]:
            tell(f"  {mention.slug}, {mention.section}, line {mention.line}: {' '.join(mention.text.split())}")
    return error.status


def confirmed(question: str) -> bool:
    """Whether a person at a terminal says yes; true where nobody is there to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(f"{visible(question)} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def choose(error: DruginfoError, arguments: Sequence[str]) -> list[str] | None:
    """Let a person at a terminal choose among the candidates of an ambiguous name, or take the only candidate of a name
    that was not found.

    The command line with the chosen drug's slug in place of the name; None where nobody can choose or nothing was
    chosen.
    """
    offered = {c.slug: c for c in error.candidates if c.slug}
    if not offered or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        return None
    if not (place := _place(error.query or "", arguments)):
        return None
    slug = _confirmed(error, offered) if isinstance(error, NotFound) else _picked(error, offered)
    return [*arguments[: place.start], slug, *arguments[place.stop :]] if slug else None


def _confirmed(error: DruginfoError, offered: Mapping[str, Candidate]) -> str | None:
    """The only candidate's slug, if a person says yes to it."""
    slug, candidate = next(iter(offered.items()))
    question = f"Nothing is called “{error.query}”. Show {candidate.title}?"
    return slug if len(error.candidates) == 1 and confirmed(question) else None


def _picked(error: DruginfoError, offered: Mapping[str, Candidate]) -> str | None:
    """The slug of the candidate whose number a person types."""
    if len(offered) < 2:
        return None
    for number, candidate in enumerate(offered.values(), 1):
        matched = f" ({candidate.matched})" if candidate.matched.casefold() != candidate.title.casefold() else ""
        print(f"  {number}  {visible(candidate.title + matched)}", file=sys.stderr)
    print(f"{visible(error.query or '')}: which one? ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        print(file=sys.stderr)
    number = int(answer) if answer.strip().isdecimal() else 0
    return list(offered)[number - 1] if 1 <= number <= len(offered) else None


def _place(query: str, arguments: Sequence[str]) -> range | None:
    """Which arguments, in a row, are the words of the query."""
    for start in range(len(arguments)):
        for stop in range(start + 1, len(arguments) + 1):
            if " ".join(" ".join(arguments[start:stop]).split()) == " ".join(query.split()):
                return range(start, stop)
    return None
