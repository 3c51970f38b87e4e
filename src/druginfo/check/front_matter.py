"""F: the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from druginfo.check.document import EMPHASIS, READ_ALOUD, Document, YamlEntry, entries, items
from druginfo.check.rule import Faults, Level, Rule, rule
from druginfo.names import fold
from druginfo.names.nearness import edits

LONGEST_DESCRIPTION = 160
OLDEST_SOURCE = 5
"""Years."""

_KEYS = (
    "title", "description", "is_banned", "lastModified", "aliases", "classes", "roles", "atc", "rxcui", "ndc",
    "sources", "faqs", "imported", "language",
)  # fmt: skip
_NESTED = {"faqs": ("q", "a", "question", "answer"), "sources": ("title", "id", "version", "revised", "url")}
_SHAPES = {"title": "str", "description": "str", "lastModified": "str", "faqs": "seq", "sources": "seq"}
_NAMES = ("aliases", "classes", "roles")
_SCALARS = {"bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date", "null": "nothing"}
_YES_OR_NO = ("true", "false", "yes", "no", "on", "off", "1", "0")
_CUT_OFF = re.compile(
    r"(?:(?:\.{3,}|…)[\])]?|[,;:(–-]|\b(?:and|or|the|an?|of|for|to|with|in|by|from|that|which|who))\s*$", re.I
)
_MARKDOWN = re.compile(rf"{EMPHASIS.pattern}|(?m:^\s*(?:[-*+#]|\d+\.) )|\[[^\]]+\]\(|`")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RECORD = re.compile(rf"\brecord, (?:(?P<month>{'|'.join(_MONTHS)})|[a-z]+) (?P<year>\d{{4}})")
"""A title that says which record was read and when: some records have no revision date and no address."""
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?")


@rule("F101", "error", "no front matter", imported="error")
def front_matter_missing(document: Document) -> Faults:
    if not document.entries:
        yield 1, "no front matter: begin the file with `---`, `title: …` and `---`"


@rule("F102", "error", "no title", imported="error")
def title_missing(document: Document) -> Faults:
    title = document.entry("title")
    if document.entries and (title is None or title.read_as == "null" or title.text == ""):
        yield document.line("title"), "no title: write the drug's generic name"


@rule("F103", "error", "title that YAML does not read as text", imported="error")
def title_not_text(document: Document) -> Faults:
    title = document.entry("title")
    if title and title.read_as not in ("str", "null"):
        meant = _SCALARS.get(title.read_as)
        yield title.line, f"YAML reads the title as {meant}: put it in quotes" if meant else "title is not one string"


@rule("F104", "warning", "text that YAML reads as a number, a date, or yes or no")
def text_not_quoted(document: Document) -> Faults:
    for entry in document.entries:
        if entry.key in ("title", "is_banned") or entry.key not in (*READ_ALOUD, "lastModified", "sources"):
            continue
        for line, node in _leaves(entry):
            kind = str(node.tag).rsplit(":", 1)[-1]
            if kind in _SCALARS and kind != "null":
                yield line, f"YAML reads `{node.value}` as {_SCALARS[kind]}: put it in quotes"


@rule("F105", "error", "value of the wrong shape, which is not read", imported="error")
def wrong_shape(document: Document) -> Faults:
    for entry in document.entries:
        wanted = _SHAPES.get(entry.key)
        if entry.key == "title" or wanted is None or entry.read_as == "null":
            continue
        is_list = entry.read_as == "seq"
        if entry.read_as == "map" or is_list != (wanted == "seq"):
            yield entry.line, f"`{entry.key}` is not a {'list' if wanted == 'seq' else 'string'}, so it is not read"
        for node in items(entry.value) if is_list and entry.key in _NESTED else ():
            if not list(entries(node)):
                yield node.start_mark.line + 1, f"an entry of `{entry.key}` is not `key: value`, so it is not read"
    for entry in document.entries:
        for node in (entry.value, *items(entry.value)) if entry.key in _NAMES else ():
            if str(node.tag).endswith(":map") or (node is not entry.value and not isinstance(node.value, str)):
                yield node.start_mark.line + 1, f"`{entry.key}` has more than strings in it, so it is not read"


@rule("F106", "error", "key given twice", imported="error")
def duplicate_key(document: Document) -> Faults:
    for _, within in _mappings(document):
        seen: set[str] = set()
        for entry in within:
            if entry.key in seen:
                yield entry.line, f"`{entry.key}` is given twice; only the first is read"
            seen.add(entry.key)


@rule("F107", "warning", "unknown key that looks like a misspelled one", imported="warning")
def misspelled_key(document: Document) -> Faults:
    for known, within in _mappings(document):
        for entry in within:
            if meant := _meant(entry.key, known):
                yield entry.line, f"`{entry.key}` is not read; is `{meant}` meant?"


@rule("F108", "error", "is_banned that says neither true nor false", imported="error")
def banned_unclear(document: Document) -> Faults:
    entry = document.entry("is_banned")
    if entry and (entry.text or "").lower() not in _YES_OR_NO:
        yield entry.line, "is_banned is neither true nor false: write one of them"


@rule("F109", "error", "value that is not a date", imported="error")
def bad_date(document: Document) -> Faults:
    for line, key, written in _dates(document):
        endings = ("", "-01", "-01-01") if key == "revised" else ("",)  # of a revision a year or a month will do
        if not any(_day(written + ending) for ending in endings):
            yield line, f"`{key}: {written}` is not a date: write it as 2026-01-31"


@rule("F110", "error", "date in the future", imported="error")
def future_date(document: Document) -> Faults:
    for line, key, written in _dates(document):
        day = _day(written)
        if day and day > date.today():
            yield line, f"`{key}: {written}` is in the future"


@rule("F111", "warning", "no lastModified")
def date_missing(document: Document) -> Faults:
    entry = document.entry("lastModified")
    if document.entries and (entry is None or entry.text in ("", "null", "~")):
        yield document.line("lastModified"), "no lastModified: readers cannot tell how old the text is"


def _missing(code: str, field: str, advice: str, imported: Level | None = None) -> Rule:
    """A rule that asks for something in the front matter: a field of the monograph, which is a key too."""

    def find(document: Document) -> Faults:
        if document.entries and not getattr(document.monograph, field):
            yield document.line(field), f"no {field}: {advice}"

    return rule(code, "warning", f"no {field}", imported)(find)


DESCRIPTION_MISSING = _missing("F112", "description", "say in one sentence what the drug is")
CLASSES_MISSING = _missing("F116", "classes", "name one to four, the most exact first")
SOURCES_MISSING = _missing("F117", "sources", "name the label that the facts come from", "warning")


@rule("F113", "error", "description that is cut off", imported="warning")
def description_cut_off(document: Document) -> Faults:
    if _CUT_OFF.search(_description(document)):
        yield document.line("description"), "the description is cut off: write one whole sentence"


@rule("F114", "warning", "description with Markdown in it")
def description_with_markdown(document: Document) -> Faults:
    if _MARKDOWN.search(_description(document)):
        yield document.line("description"), "the description has Markdown in it: write plain text"


@rule("F115", "warning", f"description longer than {LONGEST_DESCRIPTION} characters")
def description_too_long(document: Document) -> Faults:
    length = len(document.monograph.description or "")
    if length > LONGEST_DESCRIPTION:
        yield document.line("description"), f"the description has {length} characters, over {LONGEST_DESCRIPTION}"


@rule("F118", "warning", "source without title, revision date, or a way to find it")
def source_incomplete(document: Document) -> Faults:
    for line, known in _sources(document):
        lacking = [] if known.get("title") else ["title"]
        if not _RECORD.search(known.get("title", "")):
            lacking += [] if known.get("revised") else ["revised"]
            lacking += [] if known.get("id") or known.get("url") else ["id or url"]
        if lacking:
            yield line, f"source without {' and '.join(lacking)}"
        if (url := known.get("url")) and not re.match(r"https?://[^\s/]+\.\S+$", url):
            yield line, f"`{url}` is not a web address"


@rule("F119", "warning", f"source older than {OLDEST_SOURCE} years", imported="warning")
def source_old(document: Document) -> Faults:
    today = date.today()
    last = today.replace(year=today.year - OLDEST_SOURCE, day=min(today.day, 28)).isoformat()
    for line, known in _sources(document):
        record = _RECORD.search(known.get("title", ""))
        dated = known.get("revised") or (record["year"] if record else "")
        if record and record["month"] and not known.get("revised"):
            dated += f"-{_MONTHS.index(record['month']) + 1:02}"
        # Of a date that is only a year or a month, what it does not say is taken as young: "2021" is any day of 2021.
        if dated[:4].isdigit() and dated < last[: len(dated)]:
            yield line, f"source of {dated}, over {OLDEST_SOURCE} years old: look for a newer one"


def _sources(document: Document) -> Iterator[tuple[int, dict[str, str]]]:
    """The sources with their lines; those that are not `key: value` are left to F105."""
    sources = document.entry("sources")
    for node in items(sources.value) if sources else ():
        if known := {entry.key: entry.text or "" for entry in entries(node)}:
            yield node.start_mark.line + 1, known


def _description(document: Document) -> str:
    entry = document.entry("description")
    return (entry.text if entry else None) or ""


def _leaves(entry: YamlEntry) -> Iterator[tuple[int, Any]]:
    """The scalar nodes of an entry, two levels deep, with their lines."""
    for node in items(entry.value):
        if isinstance(node.value, str):
            yield node.start_mark.line + 1, node
        for inner in entries(node):
            if inner.text is not None:
                yield inner.line, inner.value


def _mappings(document: Document) -> Iterator[tuple[tuple[str, ...], tuple[YamlEntry, ...]]]:
    """The front matter, and the mappings in the lists that are read, each with the keys that are read of it."""
    yield _KEYS, document.entries
    for entry in document.entries:
        for node in items(entry.value) if entry.key in _NESTED else ():
            yield _NESTED[entry.key], tuple(entries(node))


def _meant(key: str, known: tuple[str, ...]) -> str | None:
    """The known key that an unknown one misspells: one edit, or two in a long one; case and separators aside."""
    if key in known:
        return None
    written = fold(key.replace("_", ""))
    for name in known:
        right = fold(name.replace("_", ""))
        allowed = 0 if len(right) < 4 else 1 if len(right) < 6 else 2
        if edits(written, right) <= allowed:
            return name
    return None


def _dates(document: Document) -> Iterator[tuple[int, str, str]]:
    """The dates that the front matter gives, as written: line, key, date."""
    entry = document.entry("lastModified")
    if entry and entry.text and entry.text not in ("null", "~"):
        yield entry.line, entry.key, entry.text
    sources = document.entry("sources")
    for node in items(sources.value) if sources else ():
        for inner in entries(node):
            if inner.key == "revised" and inner.text:
                yield inner.line, inner.key, inner.text


def _day(written: str) -> date | None:
    """The day of a date or an RFC 3339 time; None where it is neither."""
    if not _RFC3339.fullmatch(written):
        return None
    try:
        return datetime.fromisoformat(written.upper()).date()
    except ValueError:
        return None
