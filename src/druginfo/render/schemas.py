"""The JSON Schemas (draft 2020-12) of what the commands print with `--json`. A new key is no change; a lost one is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from druginfo.errors import Usage

Schema = dict[str, Any]

_STRING: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_BOOLEAN: Schema = {"type": "boolean"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def _object(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {"type": "object", "required": [n for n in named if n not in optional], "properties": named}


_TEXT = _or_null(_STRING)
_LINE: Schema = {"type": "integer", "minimum": 1}
_MATCH = _object(
    ("read_as", "confused_with"),
    query=_STRING,
    slug=_STRING,
    title=_STRING,
    matched=_STRING,
    field=_one_of("title", "inn", "brand", "synonym", "slug"),
    kind=_one_of("exact", "prefix", "typo"),
    distance={"type": "integer", "minimum": 0},
    read_as=_STRING,
    confused_with=_list(_object(**{"name": _STRING, "tall_man": _STRING, "with": _STRING, "with_tall_man": _STRING})),
)
_CANDIDATE = _object(slug=_TEXT, title=_STRING, matched=_STRING, distance={"type": "integer", "minimum": 0})
_FAQ = _object(question=_STRING, answer=_STRING)
_SECTION = _object(
    key=_STRING,
    title=_STRING,
    level={"type": "integer", "minimum": 0, "maximum": 6},
    line=_LINE,
    markdown=_STRING,
    text=_STRING,
)
_MONOGRAPH = _object(
    slug=_STRING,
    title=_STRING,
    description=_TEXT,
    is_banned=_BOOLEAN,
    last_modified=_TEXT,
    names=_list(_object(name=_STRING, field=_one_of("title", "inn", "brand", "synonym", "slug"))),
    classes=_list(_STRING),
    sources=_list(_object(title=_TEXT, id=_TEXT, revised=_TEXT, url=_TEXT)),
    path=_STRING,
    sections=_list(_SECTION),
    faqs=_list(_FAQ),
)
_CARD = _object(
    slug=_STRING,
    title=_STRING,
    classes=_list(_STRING),
    brands=_list(_STRING),
    is_banned=_BOOLEAN,
    last_modified=_TEXT,
)


def _bounds(**more: Schema) -> Schema:
    ends = {"min": _or_null(_NUMBER), "min_included": _or_null(_BOOLEAN)}
    return _object(**ends, max=_or_null(_NUMBER), max_included=_or_null(_BOOLEAN), **more)


_ROW = _object(
    ("applies", "reason", "specific"),
    text=_STRING,
    line=_LINE,
    section=_STRING,
    indication=_TEXT,
    population=_TEXT,
    qualifier=_TEXT,
    action=_one_of("give", "increase", "reduce", "avoid", "no_adjustment", "note"),
    dose=_or_null(_object(text=_STRING, low=_or_null(_NUMBER), high=_or_null(_NUMBER), unit=_STRING, per=_TEXT)),
    route=_TEXT,
    frequency=_TEXT,
    duration=_TEXT,
    maximum=_TEXT,
    condition=_TEXT,
    age=_or_null(_bounds(unit=_STRING)),
    weight=_or_null(_bounds(unit=_STRING)),
    renal=_or_null(_bounds(measure=_or_null(_one_of("eGFR", "CrCl")), severity=_list(_STRING))),
    hepatic=_or_null(_object(severity=_list(_STRING), child_pugh=_list(_STRING))),
    unsure=_TEXT,
    applies=_BOOLEAN,
    reason=_TEXT,
    specific=_BOOLEAN,
)
_FAULT = _object(path=_STRING, line={"type": "integer", "minimum": 0}, message=_STRING)
_STATEMENT = _object(
    slug=_STRING,
    section=_STRING,
    line=_LINE,
    text=_STRING,
    mentions=_list(_STRING),
    via=_one_of("name", "class"),
)

_DRUG = _object(match=_MATCH, monograph=_MONOGRAPH)
_TOPIC = _object(
    topic=_object(query=_STRING, key=_STRING),
    results=_list(_object(slug=_STRING, title=_STRING, sections=_list(_SECTION), faqs=_list(_FAQ))),
)
_LIST = _object(monographs=_list(_CARD))

_ANSWERS: dict[str, list[Schema]] = {
    "show": [_DRUG, _TOPIC, _LIST],
    "dose": [
        _object(
            ("scope", "boxed_warning"),
            match=_MATCH,
            scope=_STRING,
            boxed_warning=_BOOLEAN,
            title=_STRING,
            is_banned=_BOOLEAN,
            last_modified=_TEXT,
            rows=_list(_ROW),
            notes=_list(_object(text=_STRING, line=_LINE, section=_STRING)),
            filters={"type": "object"},
            left_out={"type": "integer", "minimum": 0},
        )
    ],
    "faq": [
        _object(
            ("absent",),
            match=_or_null(_MATCH),
            absent=_list(_STRING),
            faqs=_list(_object(slug=_STRING, title=_STRING, question=_STRING, answer=_STRING, score=_or_null(_NUMBER))),
        )
    ],
    "search": [
        _object(
            query=_STRING,
            hits=_list(
                _object(
                    slug=_STRING,
                    title=_STRING,
                    section=_TEXT,
                    heading=_STRING,
                    line={"type": "integer", "minimum": 0},
                    snippet=_STRING,
                    score=_NUMBER,
                    kind=_one_of("section", "faq", "name"),
                )
            ),
        )
    ],
    "list": [_LIST],
    "match": [
        _object(
            ("explanation",),
            query=_STRING,
            status=_one_of("found", "absent", "ambiguous", "not_found"),
            match=_or_null(_MATCH),
            known_as=_TEXT,
            candidates=_list(_CANDIDATE),
            explanation={"type": "object"},
        )
    ],
    "compare": [
        _object(
            ("banned",),
            drugs=_list(_MATCH),
            banned=_list(_STRING),
            sections=_list(_object(key=_STRING, title=_STRING, entries=_list(_object(slug=_STRING, text=_TEXT)))),
        )
    ],
    "interactions": [
        _object(
            ("banned",),
            drugs=_list(_MATCH),
            banned=_list(_STRING),
            pairs=_list(
                _object(a=_STRING, b=_STRING, status=_one_of("listed", "not_listed"), statements=_list(_STATEMENT))
            ),
        )
    ],
    "check": [
        _object(
            files={"type": "integer", "minimum": 0},
            findings=_list(
                _object(
                    path=_STRING,
                    line={"type": "integer", "minimum": 0},
                    code=_STRING,
                    level=_one_of("error", "warning"),
                    message=_STRING,
                )
            ),
        )
    ],
    "import": [
        _object(
            into=_STRING,
            imported=_list(
                _object(
                    path=_STRING,
                    slug=_STRING,
                    title=_STRING,
                    source=_STRING,
                    position=_LINE,
                    effective=_STRING,
                    replaced=_BOOLEAN,
                    is_combination=_BOOLEAN,
                )
            ),
            skipped=_list(_object(source=_STRING, position={"type": "integer", "minimum": 0}, reason=_STRING)),
            kept_back=_list(_object(source=_STRING, position=_LINE, slug=_STRING, title=_STRING, reason=_STRING)),
        )
    ],
    "info": [
        _object(
            version=_STRING,
            monographs={"type": "integer", "minimum": 0},
            roots=_list(_STRING),
            index=_object(state=_STRING, path=_TEXT),
            skipped=_list(_FAULT),
        )
    ],
}

_ERROR = _object(
    error=_object(
        code=_one_of("failed", "usage", "not_found", "absent", "ambiguous"),
        message=_STRING,
        query=_TEXT,
        candidates=_list(_CANDIDATE),
    )
)


def schema(command: str) -> Schema:
    """The schema of everything that `druginfo COMMAND --json` can print, errors included; of one line for `match`.

    Raises Usage for a command that prints no JSON.
    """
    if command not in _ANSWERS:
        raise Usage(f"There is no schema of “{command}”; there is one of {', '.join(_ANSWERS)}.", query=command)
    version = {"schema_version": {"const": 1}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"druginfo {command} --json",
        "type": "object",
        "required": ["schema_version"],
        "properties": version,
        "anyOf": [*_ANSWERS[command], _ERROR],
    }


def commands() -> list[str]:
    """The commands whose JSON has a schema."""
    return list(_ANSWERS)


def row_columns(command: str) -> list[str]:
    """The fields of one row of a command's answer, keys joined by dots, in the schema's order."""
    return list(_columns(_row(command)))


def check_fields(command: str, fields: Sequence[str], *, of_rows: bool) -> None:
    """Raises Usage for a field, keys joined by dots, that a command's JSON (`of_rows`: a row of it) never has."""
    found = [_row(command)] if of_rows else _ANSWERS.get(command, [])
    for field in fields:
        if field != "schema_version" and not any(_has(schema, field.split(".")) for schema in found):
            known = dict.fromkeys(path for schema in found for path in _paths(schema))
            meant = next((p for p in known if p.endswith(f".{field}") or field.endswith(f".{p}")), None)
            top = ", ".join(path for path in known if "." not in path) or "none"
            hint = f"say {meant}" if meant else f"there are {top}"
            raise Usage(f"--fields {field}: there is no such field; {hint}.", query=field)


def _row(command: str) -> Schema:
    (found,) = _ANSWERS[command]
    lists = [p["items"] for p in found["properties"].values() if "items" in p and "properties" in p["items"]]
    return found if command == "match" else lists[0]


def _has(schema: Schema, path: Sequence[str]) -> bool:
    if "anyOf" in schema:
        return any(_has(each, path) for each in schema["anyOf"])
    if "items" in schema:
        return _has(schema["items"], path)
    if not path or schema == {"type": "object"}:
        return True
    return path[0] in schema.get("properties", ()) and _has(schema["properties"][path[0]], path[1:])


def _paths(schema: Schema, above: str = "") -> Iterator[str]:
    """Every field below, keys joined by dots, through lists and what may be null."""
    for inner in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from _paths(inner, above)
    for name, below in schema.get("properties", {}).items():
        yield above + name
        yield from _paths(below, f"{above}{name}.")


def _columns(schema: Schema, path: str = "") -> Iterator[str]:
    inner = next((s for s in schema.get("anyOf", ()) if "properties" in s), schema)
    if "properties" not in inner:
        yield path
        return
    for name, below in inner["properties"].items():
        yield from _columns(below, f"{path}.{name}" if path else name)


def text(command: str | None) -> str:
    """The schema of a command, or of all commands by name, as JSON text."""
    found = schema(command) if command else {name: schema(name) for name in _ANSWERS}
    return json.dumps(found, ensure_ascii=False, indent=1)
