"""The tables of words that are kept as text in `data/`, where a clinician can mend them."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path


def data_rows(table: str) -> list[str]:
    """The lines of a table in `data/`, without its comments."""
    text = (Path(__file__).parents[1] / "data" / table).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def data_tables(file: str) -> dict[str, dict[str, str]]:
    """The tables of a file in `data/` by their names, `[name]`; each has its rows, `row: words`, by theirs."""
    tables: dict[str, dict[str, str]] = {}
    rows: dict[str, str] = {}
    name = ""
    for line in data_rows(file):
        if line[0] == "[":
            rows = tables[line.strip("[]")] = {}
        elif line[0] == " ":
            rows[name] += line[1:]
        else:
            name, _, words = line.partition(": ")
            rows[name] = words
    return tables


def word_list(table: str, row: str) -> frozenset[str]:
    """The words of a row of `data/word_lists.txt`."""
    return frozenset(data_tables("word_lists.txt")[table][row].split())


@cache
def _squeezed(table: str) -> tuple[tuple[str, str], ...]:
    """The rows of a table, each with its letters and figures alone."""
    rows = data_rows(table)
    return tuple(zip("\n".join(rows).casefold().translate(_SIGNS).split("\n"), rows, strict=True))


_SIGNS = {ord(sign): None for sign in f"{string.punctuation} ’"}


def rows_with(table: str, letters: str) -> Iterator[str]:
    """The rows that have these letters and figures side by side: to read them all takes longer than an answer."""
    return (row for squeezed, row in _squeezed(table) if letters in squeezed)


def names_of(cell: str) -> tuple[str, ...]:
    """The names of a row, or of a side of it."""
    return tuple(cell.split(", "))
