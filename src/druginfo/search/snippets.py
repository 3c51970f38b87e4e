"""A passage with its hits marked → the words of it that are shown, and the line they stand on."""

from __future__ import annotations

import re
from collections.abc import Callable

from druginfo.markup import plain_text
from druginfo.model import MARKS, Section, Snippet

_LENGTH = 240
_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_MARKED = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}")


def hits(marked: str) -> list[str]:
    """The words that were hit."""
    return _MARKED.findall(marked)


def bare(marked: str) -> str:
    """The text without marks."""
    return marked.replace(MARKS[0], "").replace(MARKS[1], "")


def unmarked(marked: str, is_meant: Callable[[str], bool]) -> str:
    """The text with only those hits marked that are meant."""
    return _MARKED.sub(lambda match: match[0] if is_meant(match[1]) else match[1], marked)


def best_line(marked: str) -> tuple[int, str]:
    """The line with the most different hits, the first of them, and its number from 0.

    What a line that ends in a colon introduces stands behind it.
    """
    lines = marked.split("\n")
    counts = [len({hit.casefold() for hit in hits(line)}) for line in lines]
    best = counts.index(max(counts))
    told = lines[best].strip()
    for line in lines[best + 1 :]:
        if not bare(told).endswith(":") or len(bare(told)) > _LENGTH or _indent(line) < _indent(lines[best]):
            break
        told += f" {_BULLET.sub('', line.strip())}"
    return best, told


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def line_of(section: Section, number: int) -> int:
    """The file's line of a line of the section's text."""
    for block in section.blocks:
        if block.kind != "rule":
            height = plain_text([block]).count("\n") + 1
            if number < height:
                return block.line + min(number, len(block.lines) - 1)
            number -= height
    return section.line


def cut(marked: str) -> Snippet:
    """A line shortened to the words around its first hit."""
    text = _BULLET.sub("", marked.strip()).replace("\n", " ")
    if len(bare(text)) <= _LENGTH:
        return Snippet(text)
    first = max(text.find(MARKS[0]), 0)
    start = 0 if first < _LENGTH * 2 // 3 else text.rfind(" ", 0, first - _LENGTH // 3) + 1
    end = min(len(text), start + _LENGTH)
    if end < len(text) and (space := text.rfind(" ", first + 1, end)) > 0:
        end = space
    kept = text[start:end]
    if kept.count(MARKS[0]) > kept.count(MARKS[1]):
        end = text.index(MARKS[1], end) + 1
        kept = text[start:end]
    return Snippet(f"{'…' if start else ''}{kept}{'…' if end < len(text) else ''}")
