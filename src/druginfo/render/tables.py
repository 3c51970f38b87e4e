"""Rows of an answer as CSV, TSV or JSON Lines. Column names are the JSON keys with dots: `dose.low`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from druginfo.errors import Usage
from druginfo.render.json import SCHEMA_VERSION, escape, pick
from druginfo.render.schemas import row_columns

Rows = Iterable[Mapping[str, Any]]


def writer(form: str, command: str, fields: Sequence[str]) -> Callable[[Rows], Iterator[str]]:
    """What turns rows into lines of text, one by one as they come. Raises Usage for a field that rows have not."""
    columns = row_columns(command)
    for field in fields:
        if not any(column == field or column.startswith(field + ".") for column in columns):
            raise Usage(f"--fields {field}: rows have {', '.join(columns)}.", query=field)
    if form == "jsonl":
        return lambda rows: _json_lines(rows, fields)
    wanted = [c for f in fields for c in columns if c == f or c.startswith(f + ".")] or columns
    return lambda rows: _separated(rows, wanted, "," if form == "csv" else "\t")


def _json_lines(rows: Rows, fields: Sequence[str]) -> Iterator[str]:
    for row in rows:
        document = {"schema_version": SCHEMA_VERSION, **(pick(row, fields) if fields else row)}
        yield escape(json.dumps(document, ensure_ascii=False)) + "\n"


def _separated(rows: Rows, columns: Sequence[str], separator: str) -> Iterator[str]:
    line = io.StringIO()
    table = csv.writer(line, delimiter=separator, lineterminator="\n")
    for values in _values(rows, columns):
        table.writerow(
            [value.replace("\t", " ").replace("\n", " ") if separator == "\t" else value for value in values]
        )
        yield escape(line.getvalue())
        line.seek(0)
        line.truncate()


def _values(rows: Rows, columns: Sequence[str]) -> Iterator[Sequence[str]]:
    yield columns
    for row in rows:
        yield [_text(_at(row, column.split("."))) for column in columns]


def _at(value: Any, path: Sequence[str]) -> Any:
    for key in path:
        if isinstance(value, list):
            return [_at(item, path) for item in value]
        value = value.get(key) if isinstance(value, Mapping) else None
        path = path[1:]
    return value


def _text(value: Any) -> str:
    """A cell: nothing for null, `true` and `false` as in JSON, a list of words joined by semicolons, else JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "; ".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
