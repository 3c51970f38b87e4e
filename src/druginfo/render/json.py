"""Answers as JSON documents, as the contract has them. Every key is always there; absent values are null."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from druginfo import topics
from druginfo.answers import (
    MARKS,
    Cards,
    Comparison,
    Doses,
    Drug,
    Faqs,
    Hit,
    Hits,
    Import,
    Info,
    Interactions,
    Pair,
    TopicOfAll,
)
from druginfo.errors import DruginfoError, Usage
from druginfo.model import Candidate, Faq, Fault, Findings, LookAlike, Match, Monograph, Section

if TYPE_CHECKING:
    from druginfo.names.resolution import Resolution

SCHEMA_VERSION = 1

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def dumps(document: Mapping[str, Any], *, indent: int | None = 1, fields: Sequence[str] = ()) -> str:
    """A document as JSON text, or only these fields of it."""
    if fields:
        document = pick(document, fields)
    return escape(json.dumps({"schema_version": SCHEMA_VERSION, **document}, ensure_ascii=False, indent=indent))


def escape(text: str) -> str:
    """JSON text that is UTF-8 unescaped, but for what could move or hide text on a terminal."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


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


def markdown(value: Any) -> str:
    """The Markdown of an answer of `show`, verbatim: a monograph's body; of a topic the sections, then the FAQs."""
    match value:
        case Drug(topic=None):
            return "".join(section.markdown for section in value.monograph.sections)
        case Drug():
            return _markdown(value.monograph)
        case TopicOfAll():
            return "\n".join(f"# {m.title}\n\n{_markdown(m)}" for m in value.results)
    raise Usage("--markdown shows monographs; a list has no Markdown.")


def _markdown(value: Monograph) -> str:
    heading = {s.key: f"{'#' * s.level} {s.title}\n\n" for s in value.sections}
    parts = [s.markdown if s.markdown.lstrip().startswith("#") else heading[s.key] + s.markdown for s in value.sections]
    return "".join(parts) + "".join(f"\n**{f.question}**\n\n{f.answer}\n" for f in value.faqs)


def answer(value: Any) -> dict[str, Any]:
    """The document of an answer, without `schema_version`."""
    match value:
        case Drug():
            return {"match": match_(value.match), "monograph": monograph(value.monograph)}
        case TopicOfAll():
            return {
                "topic": {"query": value.query, "key": value.key},
                "results": [
                    {"slug": m.slug, "title": m.title, "sections": [section(s) for s in m.sections],
                     "faqs": [faq(f) for f in m.faqs]}
                    for m in value.results
                ],
            }  # fmt: skip
        case Cards():
            keys = ("slug", "title", "classes", "brands", "is_banned", "last_modified")
            return {"monographs": [{key: _plain(getattr(c, key)) for key in keys} for c in value.cards]}
        case Doses():
            return _doses(value)
        case Faqs():
            hits = [{"slug": h.slug, "title": h.title, **faq(h.faq), "score": h.score} for h in value.hits]
            found = {"match": value.match and match_(value.match), "faqs": hits}
            return {**found, "absent": list(value.absent)} if value.absent else found
        case Findings():
            return {"files": value.files, "findings": [finding._asdict() for finding in value.findings]}
        case Hits():
            return {"query": value.query, "hits": [_hit(hit) for hit in value.hits]}
        case Comparison():
            return {
                **_drugs(value),
                "sections": [
                    {"key": row.key, "title": row.title, "entries": [entry._asdict() for entry in row.entries]}
                    for row in value.rows
                ],
            }
        case Interactions():
            return {**_drugs(value), "pairs": [_pair(pair) for pair in value.pairs]}
        case Import():
            from dataclasses import asdict

            parts = ("imported", "skipped", "kept_back")
            return {"into": value.into, **{part: [asdict(e) for e in getattr(value.report, part)] for part in parts}}
        case Info():
            return {
                "version": value.version,
                "monographs": value.monographs,
                "roots": list(value.roots),
                "index": value.index_state,
                "skipped": [fault(f) for f in value.skipped],
            }
    raise TypeError(f"no JSON for {type(value).__name__}")


def match_(value: Match) -> dict[str, Any]:
    """A match; with `read_as` where dosage words stood around the name, `confused_with` where it has look-alikes."""
    found: dict[str, Any] = {
        key: getattr(value, key) for key in ("query", "slug", "title", "matched", "field", "kind", "distance")
    }
    if value.read_as:
        found["read_as"] = value.read_as
    if value.confused_with:
        found["confused_with"] = [_look_alike(pair) for pair in value.confused_with]
    return found


def _look_alike(pair: LookAlike) -> dict[str, str]:
    return {"name": pair.name, "tall_man": pair.tall_man, "with": pair.other, "with_tall_man": pair.other_tall_man}


def candidate(value: Candidate) -> dict[str, Any]:
    return value._asdict()


def resolution(value: Resolution) -> dict[str, Any]:
    """One line of `match`; with `explanation` where it was asked for."""
    found = {
        "query": value.query,
        "status": value.status,
        "match": value.match and match_(value.match),
        "known_as": value.known_as,
        "candidates": [candidate(c) for c in value.candidates],
    }
    return found if value.explanation is None else {**found, "explanation": _plain(value.explanation)}


def monograph(value: Monograph) -> dict[str, Any]:
    return {
        "slug": value.slug,
        "title": value.title,
        "description": value.description,
        "is_banned": value.is_banned,
        "last_modified": value.last_modified,
        "names": [name._asdict() for name in value.names],
        "classes": list(value.classes),
        "sources": [source._asdict() for source in value.sources],
        "path": value.path,
        "sections": [section(s) for s in value.sections],
        "faqs": [faq(f) for f in value.faqs],
    }


def section(value: Section) -> dict[str, Any]:
    return {key: getattr(value, key) for key in ("key", "title", "level", "line", "markdown", "text")}


def faq(value: Faq) -> dict[str, str]:
    return {"question": value.question, "answer": value.answer}


def _doses(value: Doses) -> dict[str, Any]:
    rows = []
    for judged in value.shown:
        row = _plain(judged.row.public())
        if value.show_all:
            row |= {"applies": judged.applies, "reason": judged.reason}
        if value.filters:
            row["specific"] = judged.specific
        rows.append(row)
    scope = topics.scope(value.monograph)
    return {
        "match": match_(value.match),
        **({"scope": scope} if scope else {}),
        **({"boxed_warning": True} if topics.has_boxed_warning(value.monograph) else {}),
        "title": value.monograph.title,
        "is_banned": value.monograph.is_banned,
        "last_modified": value.monograph.last_modified,
        "rows": rows,
        "notes": [note._asdict() for note in value.notes],
        "filters": value.filters,
        "left_out": value.left_out,
    }


def _drugs(value: Comparison | Interactions) -> dict[str, Any]:
    """The drugs asked for; with `banned` where a monograph marks one as banned."""
    found: dict[str, Any] = {"drugs": [match_(match) for match in value.drugs]}
    return {**found, "banned": list(value.banned)} if value.banned else found


def _hit(value: Hit) -> dict[str, Any]:
    """A hit of a search, with what it hit between `**` in the snippet."""
    snippet = value.snippet.replace(MARKS[0], "**").replace(MARKS[1], "**")
    return {**value._asdict(), "snippet": snippet}


def _pair(value: Pair) -> dict[str, Any]:
    said = [{**statement._asdict(), "mentions": list(statement.mentions)} for statement in value.statements]
    return {"a": value.a, "b": value.b, "status": value.status, "statements": said}


def fault(value: Fault) -> dict[str, Any]:
    return value._asdict()


def error(value: DruginfoError) -> dict[str, Any]:
    """The document of an error, without `schema_version`."""
    return {
        "error": {
            "code": value.code,
            "message": value.message,
            "query": value.query,
            "candidates": [candidate(c) for c in value.candidates],
        }
    }


def _plain(value: Any) -> Any:
    """Nouns as objects and tuples as lists, all the way down."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
