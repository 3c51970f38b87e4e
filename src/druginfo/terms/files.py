"""The tables of words that are kept as text in `data/`, where a clinician can mend them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@cache
def data_rows(table: str) -> tuple[str, ...]:
    """The lines of a table in `data/`, without its comments."""
    return tuple(line for _, line in _lines(table))


def _lines(table: str) -> Iterator[tuple[int, str]]:
    text = (DATA / table).read_text("utf-8")
    return ((number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#")


@cache
def data_tables(file: str) -> dict[str, dict[str, str]]:
    """The tables of a file in `data/` by their names, `[name]`; each has its rows, `row: words`, by theirs.

    Raises ValueError, with its line, for what is neither, and for a name that comes twice.
    """
    tables: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    name = ""
    for number, line in _lines(file):
        if line[0] == " " and name:
            rows[name] += line[1:]
            continue
        table = line[1:].removesuffix("]") if line[0] == "[" else ""
        name, colon, words = line.partition(": ") if not table else ("", "", "")
        if not table and not (colon and tables and name.strip()):
            raise ValueError(f"data/{file}:{number}: neither “[table]” nor “row: words” below one")
        if table in tables or name in rows:
            raise ValueError(f"data/{file}:{number}: “{table or name}” comes twice")
        if table:
            rows = tables[table] = {}
        else:
            rows[name] = words
    return tables


def line_of(file: str, table: str, row: str = "") -> str:
    """Where a table, or a row of it, is in a file of `data/`: `data/topics.txt:12`."""
    is_in = False
    for number, line in _lines(file):
        is_in = line == f"[{table}]" if line[0] == "[" else is_in
        if is_in and line.startswith(f"{row}: " if row else "["):
            return f"data/{file}:{number}"
    return f"data/{file}"


def word_list(table: str, row: str, file: str = "word_lists.txt") -> frozenset[str]:
    """The words of a row of a file in `data/`."""
    return frozenset(data_tables(file)[table][row].split())


@cache
def _squeezed(table: str) -> str:
    """The letters and figures of a table's rows, a row a line."""
    return "\n".join(data_rows(table)).casefold().translate(_SIGNS)


_SIGNS = {ord(sign): None for sign in f"{string.punctuation} ’"}


def rows_with(table: str, letters: str) -> Iterator[str]:
    """The rows that have these letters and figures side by side: to read them all takes longer than an answer."""
    rows, squeezed = data_rows(table), _squeezed(table)
    number = begin = 0
    while (at := squeezed.find(letters, begin)) >= 0:
        number += squeezed.count("\n", begin, at)
        yield rows[number]
        begin, number = squeezed.find("\n", at) + 1, number + 1
        if not begin:  # it was the last row
            return


def names_of(cell: str) -> tuple[str, ...]:
    """The names of a row, or of a side of it."""
    return tuple(cell.split(", "))
