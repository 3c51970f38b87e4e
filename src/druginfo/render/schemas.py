"""The JSON Schemas (draft 2020-12) of what the commands print with `--json`, read from the types of their answers.

A new key is no change; a lost one is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from druginfo.errors import Usage
from druginfo.model import Candidate, Sparse, Statement
from druginfo.render.json import fields_of

Schema = dict[str, Any]

_ANSWERS = {
    "show": ["answers.show:Shown", "answers.across:TopicOfAll", "answers.listing:Cards"],
    "dose": ["answers.dose:Doses"],
    "faq": ["answers.faq:Faqs"],
    "search": ["answers.search:Hits"],
    "list": ["answers.listing:Cards"],
    "match": ["names.resolution:Resolution"],
    "compare": ["answers.compare:Comparison"],
    "interactions": ["answers.interactions:Interactions"],
    "review": ["answers.review:Review"],
    "check": ["answers.check:Findings"],
    "diff": ["answers.diff:Diff"],
    "import": ["answers.importing:Import"],
    "info": ["answers.info:Info"],
    "topics": ["answers.topics:Topics"],
    "new": ["answers.new:Begun"],
}
"""The types of what each command answers."""

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}


def _answers(command: str) -> list[Schema]:
    """The schemas of a command's answers. Raises Usage for a command that prints no JSON."""
    if command not in _ANSWERS:
        raise Usage(f"There is no schema for “{command}”; there is one for {', '.join(_ANSWERS)}.", query=command)
    places = (place.split(":") for place in _ANSWERS[command])
    return [_noun(getattr(import_module(f"druginfo.{module}"), name)) for module, name in places]


@cache
def _noun(noun: type) -> Schema:
    """The schema of a noun: an object that has every field but the sparse ones, whatever else it has."""
    hints = get_type_hints(noun, include_extras=True)
    required: list[str] = []
    properties: dict[str, Schema] = {}
    for field, key, mark in fields_of(noun):
        hint = get_args(hints[field])[0] if mark else hints[field]
        if mark == "flat":
            inner = _noun(_without_null(hint))
            required += inner["required"] if hint is _without_null(hint) else ()
            properties |= inner["properties"]
        elif mark == "sparse":
            properties[key] = _of(_without_null(hint))
        else:
            required.append(key)
            properties[key] = _of(hint)
    return {"type": "object", "required": required, "properties": properties}


def _of(hint: Any) -> Schema:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {**_of(inner[0]), **inner[1]}
    if origin is Literal:
        kind = {"type": "string"} if all(isinstance(each, str) for each in inner) else {}
        return {**kind, "enum": list(inner)}
    if origin in (Union, UnionType):
        if set(inner) == {int, float}:
            return _PLAIN[float]
        given = _of(_without_null(hint))
        return {"anyOf": [given, {"type": "null"}]} if NoneType in inner else given
    if origin in (tuple, list):
        return {"type": "array", "items": _of(inner[0])}
    if origin in (dict, Mapping) or hint is dict:
        names = {key: words for key, words in _of(inner[0]).items() if key == "enum"} if inner else {}
        return {"type": "object", **({"propertyNames": names} if names else {})}
    plain = next((_PLAIN[kind] for kind in _PLAIN if isinstance(hint, type) and issubclass(hint, kind)), None)
    return plain or _noun(hint)


def _without_null(hint: Any) -> Any:
    kept = [each for each in get_args(hint) if each is not NoneType]
    return Union[tuple(kept)] if get_origin(hint) in (Union, UnionType) and kept else hint  # noqa: UP007


class _Error(NamedTuple):
    """Why there is no answer."""

    code: Literal["failed", "usage", "not_found", "absent", "ambiguous"]
    message: str
    query: str | None
    candidates: tuple[Candidate, ...]
    mentions: Sparse[tuple[Statement, ...]] = ()
    """Of a drug without a monograph: what the others that were asked for say of it; of words that no question
    of a drug is about: what its text says of them; of a patient for whom no dose is found: the sentences of the
    monograph that refuse or warn, boxed warning and contraindications first."""


def schema(command: str) -> Schema:
    """The schema of everything that `druginfo COMMAND --json` can print, errors included; of one line for `match`.

    Raises Usage for a command that prints no JSON.
    """
    found = _answers(command)
    failed = {"type": "object", "required": ["error"], "properties": {"error": _noun(_Error)}}
    version = {"schema_version": {"const": 1}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"druginfo {command} --json",
        "type": "object",
        "required": ["schema_version"],
        "properties": version,
        "anyOf": [*found, failed],
    }


def commands() -> list[str]:
    """The commands whose JSON has a schema."""
    return list(_ANSWERS)


def row_columns(command: str) -> list[str]:
    """The fields of one row of a command's answer, keys joined by dots, in the schema's order."""
    return [path for path, below in _paths(_row(command), in_lists=False) if not any(_paths(below, in_lists=False))]


def check_fields(command: str, fields: Sequence[str], *, of_rows: bool) -> None:
    """Raises Usage for a field, keys joined by dots, that a command's JSON (`of_rows`: a row of it) never has."""
    found = [_row(command)] if of_rows else _answers(command) if command in _ANSWERS else []
    known = {"schema_version": _PLAIN[int], **dict(each for schema in found for each in _paths(schema))}
    has_any = tuple(f"{p}." for p, below in known.items() if any(map(_is_open, (below, *below.get("anyOf", ())))))
    for field in fields:
        if field not in known and not field.startswith(has_any):
            meant = next((p for p in known if p.endswith(f".{field}") or field.endswith(f".{p}")), None)
            top = ", ".join(path for path in known if "." not in path and path != "schema_version") or "none"
            hint = f"say {meant}" if meant else f"there are {top}"
            raise Usage(f"--fields {field}: there is no such field; {hint}.", query=field)


def _is_open(schema: Schema) -> bool:
    """Whether it is of an object whose keys are not named."""
    return schema.get("type") == "object" and "properties" not in schema


def _row(command: str) -> Schema:
    (found,) = _answers(command)
    lists = [p["items"] for p in found["properties"].values() if "items" in p and "properties" in p["items"]]
    return found if command == "match" else lists[0]


def _paths(schema: Schema, above: str = "", *, in_lists: bool = True) -> Iterator[tuple[str, Schema]]:
    """Every field below, keys joined by dots, with its schema: of what may be null too, and of lists' items."""
    for inner in (*schema.get("anyOf", ()), *([schema["items"]] if in_lists and "items" in schema else ())):
        yield from _paths(inner, above, in_lists=in_lists)
    for name, below in schema.get("properties", {}).items():
        yield above + name, below
        yield from _paths(below, f"{above}{name}.", in_lists=in_lists)


def text(command: str | None) -> str:
    """The schema of a command, or of all commands by name, as JSON text."""
    found = schema(command) if command else {name: schema(name) for name in _ANSWERS}
    return json.dumps(found, ensure_ascii=False, indent=1)
