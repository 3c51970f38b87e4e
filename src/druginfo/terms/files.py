"""The tables of words that are kept as text in `data/`, where a clinician can mend them."""

from __future__ import annotations

from pathlib import Path


def data_rows(table: str) -> list[str]:
    """The lines of a table in `data/`, without its comments."""
    text = (Path(__file__).parents[1] / "data" / table).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


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
