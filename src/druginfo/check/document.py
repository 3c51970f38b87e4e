"""A monograph file as the linter sees it: its text, its YAML nodes, and the monograph that was read from them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from druginfo.markup import Heading
from druginfo.model import Block, Monograph, Regimens, Section

READ_ALOUD = frozenset({"title", "description", "aliases", "classes", "faqs"})
"""The keys of the front matter whose values a person reads as text."""

EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)[^*_]*[*_](?!\w)")
"""Marks of emphasis in a text that should be plain."""

_SIGNS = re.compile(r"^ {0,3}#{1,6}(?=\s|$)|\s#+\s*$")
_LINE_END = "\0\n"
_UNSPOKEN = re.compile(r"https?://[^\s)>]+|`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class YamlEntry:
    """One `key: value` of the front matter; `value` is a YAML node."""

    key: str
    line: int
    value: Any

    @property
    def text(self) -> str | None:
        """The value as written, where it is one string."""
        written = getattr(self.value, "value", None)
        return written.strip() if isinstance(written, str) else None

    @property
    def read_as(self) -> str:
        """What a YAML reader takes the value for: `str`, `bool`, `int`, `timestamp`, `null`, `seq`, `map` …"""
        return str(self.value.tag).rsplit(":", 1)[-1]


@dataclass(frozen=True)
class Document:
    """One file. `path` is as a person wrote it; lines count from 1 at the top of the file."""

    path: str
    text: str
    entries: tuple[YamlEntry, ...]
    """The front matter's top level, duplicates included; empty where there is no front matter."""
    first: int
    """The number of the body's first line."""
    monograph: Monograph

    @property
    def slug(self) -> str:
        """The monograph's identity: the file's stem in small letters."""
        return self.monograph.slug

    def entry(self, key: str) -> YamlEntry | None:
        """The entry that counts for a key: the first one."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def line(self, key: str) -> int:
        """The line of a key, else the file's first."""
        entry = self.entry(key)
        return entry.line if entry else 1

    @property
    def imported(self) -> bool:
        """Whether the label importer wrote the file: its words are the label's."""
        return self.entry("imported") is not None

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines, without line ends."""
        return self.text.split("\n")

    @cached_property
    def body(self) -> list[tuple[int, str]]:
        """The lines below the front matter, with their numbers."""
        return list(enumerate(self.lines[self.first - 1 :], self.first))

    @cached_property
    def headings(self) -> list[Heading]:
        """The body's headings as written, without their number signs."""
        written = (
            (section.level, section.line, _SIGNS.sub("", self.lines[section.line - 1]))
            for section in self.monograph.sections
            if section.level
        )
        return [Heading(level, text.strip(), line, line) for level, line, text in written]

    @cached_property
    def prose(self) -> list[tuple[int, str]]:
        """The lines that are read as text, addresses and code blanked: the body's and those of `READ_ALOUD`."""
        spoken: list[tuple[int, str]] = []
        for entry in self.entries:
            if entry.key in READ_ALOUD:
                end = entry.value.end_mark.line + 1
                spoken += ((n, self.lines[n - 1]) for n in range(entry.line, min(end, self.first - 1) + 1))
        return [(number, _UNSPOKEN.sub("…", line)) for number, line in sorted({*spoken, *self.body})]

    def occurrences(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Where the pattern matches in `prose`, with the number of the line on which the match begins."""
        text, starts = self._speech
        for match in pattern.finditer(text):
            yield self.prose[bisect_right(starts, match.start()) - 1][0], match

    @cached_property
    def _speech(self) -> tuple[str, list[int]]:
        """The text of `prose` as one, in which no run of spaces goes over a line's end, and where its lines begin."""
        lines = [line for _, line in self.prose]
        return _LINE_END.join(lines), [0, *accumulate(len(line) + len(_LINE_END) for line in lines[:-1])]

    @cached_property
    def dosing(self) -> Regimens:
        """The Dosage section, read."""
        from druginfo.dosing import read_dosing

        return read_dosing(self.monograph, conditions=False)

    @cached_property
    def dosage(self) -> tuple[Section, ...]:
        """The Dosage section and its subsections."""
        from druginfo.dosing import dosage_sections

        return tuple(dosage_sections(self.monograph))

    def sections(self, topic: str) -> tuple[Section, ...]:
        """The sections that a topic has to itself."""
        from druginfo.topics import known, own_sections

        found = known(topic)
        return own_sections(self.monograph, found) if found else ()


def read(content: bytes, slug: str, path: str) -> Document:
    """The file's `Document`. Raises Unreadable."""
    from druginfo.parse import decode, parse
    from druginfo.parse.front_matter import split

    text = decode(content)
    monograph = parse(text, slug, path)
    front, _, first = split(text)
    return Document(path, text, tuple(entries(_compose(front))), first, monograph)


def _compose(front: str) -> Any:
    import yaml

    return yaml.compose(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def entries(mapping: Any) -> Iterator[YamlEntry]:
    """The entries of a YAML mapping node; none of any other node."""
    pairs = getattr(mapping, "value", None)
    for pair in pairs if isinstance(pairs, list) else ():
        if isinstance(pair, tuple):
            key, value = pair
            yield YamlEntry(str(key.value), key.start_mark.line + 1, value)


def items(sequence: Any) -> list[Any]:
    """The nodes of a YAML list; the node itself where it is one string; none where it is empty or a mapping."""
    value = getattr(sequence, "value", None)
    if isinstance(value, str):
        return [sequence] if value.strip() else []
    return [node for node in value or () if not isinstance(node, tuple)]


def with_labels(section: Section) -> Iterator[tuple[Block, str]]:
    """Each block with its text, after the texts of those that it belongs under."""
    from druginfo.topics.outline import heads_of

    for block, over in zip(section.blocks, heads_of(section.blocks), strict=True):
        yield block, " ".join([*(section.blocks[number].text for number in over), block.text])


def speaks_of(topic: str, text: str) -> bool:
    """Whether a text speaks of a topic."""
    from druginfo.topics import known

    found = known(topic)
    return found is not None and found.is_in(text)
