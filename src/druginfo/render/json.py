"""Answers as JSON documents: a field of an answer is a key, by the marks that `model` has for fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from druginfo.errors import DruginfoError
from druginfo.guard import escaped
from druginfo.model import MARKS, Snippet

SCHEMA_VERSION = 1


def dumps(document: Mapping[str, Any], *, indent: int | None = 1, fields: Sequence[str] = ()) -> str:
    """A document as JSON text, or only these fields of it."""
    if fields:
        document = pick(document, fields)
    encoder = _ON_ONE_LINE if indent is None else json.JSONEncoder(ensure_ascii=False, indent=indent)
    return escaped(encoder.encode(whole(document)))


_ON_ONE_LINE = json.JSONEncoder(ensure_ascii=False)


def pick(document: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The document with nothing but these fields, in its own order; a field is keys joined by dots, through lists."""
    picked = _picked(document, [field.split(".") for field in fields])
    assert isinstance(picked, dict)
    return picked


def _picked(value: Any, paths: Sequence[Sequence[str]]) -> Any:
    if isinstance(value, list):
        return [_picked(item, paths) for item in value]
    if not isinstance(value, Mapping) or any(not path for path in paths):
        return value
    below = {key: [path[1:] for path in paths if path[0] == key] for key in value}
    return {key: _picked(value[key], rest) for key, rest in below.items() if rest}


def written(answer: Any, fields: Sequence[str] = ()) -> Iterator[str]:
    """The JSON text of an answer's document, or of only these fields of it, in pieces: of a list an item at a time."""
    if fields:
        yield dumps(document(answer), fields=fields)
        return
    yield f'{{\n "schema_version": {SCHEMA_VERSION}'
    for key, value in _entries(answer):
        yield f",\n {_quoted(key)}: "
        if isinstance(value, tuple) and value and not hasattr(value, "_fields"):
            for number, item in enumerate(value):
                yield ",\n  " if number else "[\n  "
                yield escaped(_text(item, "\n  "))
            yield "\n ]"
        else:
            yield escaped(_text(value, "\n "))
    yield "\n}"


_quoted = json.encoder.encode_basestring


def _text(value: Any, margin: str) -> str:
    """A field's value as `dumps` writes it; `margin` is a line end and the columns before the value.

    `json` takes twice as long where it indents, for then it is not written in C.
    """
    kind = value.__class__
    if kind is str:
        return _quoted(value)
    if value is None or kind is bool:
        return "null" if value is None else "true" if value else "false"
    if kind is tuple or kind is list:
        inner = f"{margin} "
        parts = f",{inner}".join([_text(each, inner) for each in value])
        return f"[{inner}{parts}{margin}]" if value else "[]"
    if hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__") or isinstance(value, Mapping):
        inner = f"{margin} "
        entries = value.items() if isinstance(value, Mapping) else _entries(value)
        parts = f",{inner}".join([f"{_quoted(key)}: {_text(each, inner)}" for key, each in entries])
        return f"{{{inner}{parts}{margin}}}" if parts else "{}"
    return json.dumps(_plain(value), ensure_ascii=False)


def whole(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document with the version of its schema."""
    return {"schema_version": SCHEMA_VERSION, **document}


def document(answer: Any) -> dict[str, Any]:
    """The document of an answer, without `schema_version`: every field a key, in their order."""
    found: dict[str, Any] = {}
    for field, key, mark in fields_of(answer.__class__):
        value = getattr(answer, field)
        if mark is None:
            found[key] = value if value.__class__ in _SIMPLE else _plain(value)
        elif mark == "flat":
            found |= document(value) if value is not None else {}
        elif value is not None and value != ():
            found[key] = _plain(value)
    return found


def _entries(answer: Any) -> Iterator[tuple[str, Any]]:
    for field, key, mark in fields_of(answer.__class__):
        value = getattr(answer, field)
        if mark == "flat":
            yield from _entries(value) if value is not None else ()
        elif mark != "sparse" or (value is not None and value != ()):
            yield key, value


def _plain(value: Any) -> Any:
    """A field's value as JSON has it: nouns as objects, tuples as arrays, all the way down."""
    if value.__class__ in _SIMPLE:
        return value
    if value.__class__ is tuple:
        return [_plain(inner) for inner in value]
    if isinstance(value, Snippet):
        return value.replace(MARKS[0], "**").replace(MARKS[1], "**")
    if hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__"):
        return document(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value


_SIMPLE = frozenset({str, int, float, bool, None.__class__})


@cache
def fields_of(noun: Any) -> tuple[tuple[str, str, str | None], ...]:
    """The fields of a noun that JSON has: its name, its key, its mark (`sparse`, `flat`).

    A field that would be a word of Python ends in an underscore, which its key has not. The marks are read from the
    annotations as they are written, for resolving these takes longer than writing most answers.
    """
    found = []
    for field, hint in noun.__annotations__.items():
        written = getattr(hint, "__forward_arg__", hint)
        mark = next((m for m in ("Sparse", "Flat", "Hidden") if str(written).startswith(f"{m}[")), None)
        if mark != "Hidden":
            found.append((field, field.rstrip("_"), mark and mark.lower()))
    return tuple(found)


def error(value: DruginfoError) -> dict[str, Any]:
    """The document of an error, without `schema_version`."""
    keys = ("code", "message", "query", "candidates")
    found = {key: _plain(getattr(value, key)) for key in keys}
    return {"error": {**found, "mentions": _plain(value.mentions)} if value.mentions else found}
