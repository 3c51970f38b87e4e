"""Rows of an answer as CSV, TSV or JSON Lines. Column names are the JSON keys with dots: `dose.low`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from druginfo.guard import cell
from druginfo.render.json import dumps
from druginfo.render.schemas import row_columns


def lines(form: str, command: str, fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of text, one for each row as it comes, after a header but for JSON Lines.

    `fields` choose the columns and their order.
    """
    if form == "jsonl":
        yield from (dumps(row, indent=None, fields=fields) + "\n" for row in rows)
        return
    columns = row_columns(command)
    wanted: list[str] = []
    for field in fields:  # those below it; itself where it reaches into a list
        wanted += [each for each in columns if each == field or each.startswith(f"{field}.")] or [field]
    wanted = wanted or columns
    line = _csv_line if form == "csv" else _tsv_line
    yield line(wanted) + "\n"
    for row in rows:
        yield line([_text(_at(row, column.split("."))) for column in wanted]) + "\n"


_SPLITS = frozenset(',;"\t\r\n')
"""What some spreadsheet would cut a cell at."""


def _csv_line(values: Sequence[str]) -> str:
    """Cells between commas, in quotes where they hold what some spreadsheet would cut at, semicolons among it."""
    if values == [""]:  # an empty line would be no row
        return '""'
    return ",".join(
        value if _SPLITS.isdisjoint(value) else f'"{value.replace(chr(34), chr(34) * 2)}"' for value in values
    )


def _tsv_line(values: Sequence[str]) -> str:
    """Cells between tabs, never quoted; white space in a cell is one space."""
    return "\t".join(" ".join(value.split()) for value in values)


def _at(value: Any, path: Sequence[str]) -> Any:
    for key in path:
        if isinstance(value, list):
            return [_at(item, path) for item in value]
        value = value.get(key) if isinstance(value, Mapping) else None
        path = path[1:]
    return value


def _text(value: Any) -> str:
    """A cell: nothing for null, `true` and `false` as in JSON, a list of words joined by semicolons, else JSON.

    Text passes the guard; a number needs none.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return cell("; ".join(map(_words, value)))
    return str(value) if isinstance(value, (int, float)) else cell(_words(value))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
