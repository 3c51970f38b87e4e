"""A newer label into a monograph that a person has changed: their sections stay, all others are the label's.

An import notes a digest of its front matter and of each of its sections. What no longer fits its digest a person has
changed, what has none a person has added, and a section that is gone a person has removed.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from druginfo.markup import slugify

FRONT = "front-matter"
_PARTS = re.compile(r"^  parts: ?(.*)$", re.MULTILINE)
_IMPORTED = re.compile(r"^imported:\n(?:  .*\n)*", re.MULTILINE)
_HEADING = re.compile(r"\n## (?=.)")
"""Searched for in a body with a line end before it, so a place there is the place of `##` in the body."""
_OF_THE_LABEL = frozenset({"lastModified", "language", "sources", "imported"})
"""What of the front matter is always the newer label's."""


class Merged(NamedTuple):
    """A monograph's text, and the titles of its sections that are a person's and of those that the label changed."""

    text: str
    kept: tuple[str, ...]
    changed: tuple[str, ...]


class _Section(NamedTuple):
    key: str
    title: str
    text: str


def noted(front: str, body: str) -> str:
    """What an import notes of its own text: a short digest of the front matter and of each section, by key."""
    pairs = ((FRONT, front), *((section.key, section.text) for section in _sections(body)))
    return " ".join(f"{key}={_short(text)}" for key, text in pairs)


def merged(old: str, new: str) -> Merged | None:
    """The text of `new` with what a person has changed in `old`; None where the import of `old` noted nothing to go by.

    Both are whole files as an import writes them, `old` with a person's changes.
    """
    old_front, old_body = _parted(old)
    new_front, new_body = _parted(new)
    parts = _PARTS.search(old_front)
    if not parts:
        return None
    base = dict(pair.split("=", 1) for pair in parts[1].strip("'\"").split() if "=" in pair)
    own = {section.key: section for section in _sections(old_body)}
    mine = {key for key, section in own.items() if base.get(key) != _short(section.text)}
    removed = base.keys() - own.keys() - {FRONT}
    kept: list[str] = []
    out: list[_Section] = []
    for section in _sections(new_body):
        if section.key in removed:
            kept.append(f"{section.title} (removed)")
        elif section.key in mine and own[section.key].text != section.text:
            kept.append(section.title)
            out.append(own[section.key])
        else:
            out.append(section)
    _put_in(out, [s for s in own.values() if s.key in mine and s.key not in {o.key for o in out}], list(own), kept)
    front = new_front
    if base.get(FRONT) != _short(_IMPORTED.sub("", old_front)):
        front = _merged_front(old_front, new_front)
        kept.insert(0, "front matter")
    text = f"---\n{front}---\n{new_body[: _starts(new_body)[0]]}{''.join(section.text for section in out)}"
    return Merged(text, tuple(kept), changes(old, text))


def changes(old: str, new: str) -> tuple[str, ...]:
    """The titles of the top sections that differ between two texts, with `(new)` or `(gone)` where one has it alone."""
    first, second = ({s.key: s for s in _sections(_parted(text)[1])} for text in (old, new))
    found = [f"{s.title} (new)" if key not in first else s.title for key, s in second.items() if first.get(key) != s]
    return (*found, *(f"{s.title} (gone)" for key, s in first.items() if key not in second))


def _put_in(out: list[_Section], added: Iterable[_Section], order: list[str], kept: list[str]) -> None:
    """Put a person's own sections after the section that they stood after."""
    for section in added:
        before = order[: order.index(section.key)]
        at = next((i + 1 for key in reversed(before) for i, s in enumerate(out) if s.key == key), 0)
        out.insert(at, section)
        kept.append(section.title)


def _merged_front(old: str, new: str) -> str:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        theirs, fresh = (yaml.load(text, Loader=loader) for text in (old, new))
    except yaml.YAMLError:
        return new
    if not isinstance(theirs, Mapping) or not isinstance(fresh, Mapping):
        return new
    both: dict[str, Any] = dict(fresh)
    for key, value in theirs.items():
        stale = key == "description" and str(value).startswith("Imported ")
        if key not in _OF_THE_LABEL and not stale:
            both[key] = value
    return as_yaml({**both, "imported": both.pop("imported", {})})


def as_yaml(front: Mapping[str, Any]) -> str:
    """Front matter, a key a line in the order given."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(dict(front), Dumper=dumper, allow_unicode=True, sort_keys=False, width=1_000)
    return text


def _parted(text: str) -> tuple[str, str]:
    """Front matter, without the lines `---`, and body."""
    unix = text.replace("\r\n", "\n").removeprefix("\ufeff")
    end = unix.find("\n---\n")
    return (unix[4 : end + 1], unix[end + 5 :]) if unix.startswith("---\n") and end > 0 else ("", unix)


def _starts(body: str) -> list[int]:
    """Where the top sections begin, and the end."""
    return [*(match.start() for match in _HEADING.finditer(f"\n{body}")), len(body)]


def _sections(body: str) -> list[_Section]:
    starts = _starts(body)
    found: dict[str, _Section] = {}
    for start, end in itertools.pairwise(starts):
        text = body[start:end].rstrip("\n") + "\n\n"
        title = text[3 : text.index("\n")].strip()
        key = slugify(title)
        while key in found:
            key += "-again"
        found[key] = _Section(key, title, text)
    return list(found.values())


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
