"""The Markdown below the front matter → sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from druginfo.markup import Heading, headings, plain, plain_text, read, slugify
from druginfo.model import Block, Section


def sections(body: str, first: int, wanted: Callable[[str, Sequence[str]], bool] | None = None) -> tuple[Section, ...]:
    """The body's sections in document order; `first` is the number of the body's first line.

    Keys join the headings from the top level down: level 2, or level 1 where several headings have it. With `wanted`,
    which is asked with a section's title and lines, no more than these sections.
    """
    lines = body.split("\n")
    known = headings(body, first) if wanted else None
    found = read(lines, first) if known is None else []
    placed = [(i, each) for i, each in enumerate(found) if isinstance(each, Heading)]
    placed = placed if known is None else [(0, each) for each in known]
    top = 1 if sum(h.level == 1 for _, h in placed) > 1 else 2
    starts = [(i, h.line) for i, h in placed] + [(len(found), first + len(lines))]

    def blocks(title: str, place: int, next_place: int, start: int, end: int) -> tuple[Block, ...]:
        """Those between two headings, none where the section is not wanted."""
        own = lines[start - first : end - first]
        if wanted and not wanted(title, own):
            return ()
        inside = found[place:next_place] if known is None else read(own, start)
        return cast(tuple[Block, ...], tuple(inside))  # between two headings are blocks alone

    result = []
    if intro := blocks("", 0, starts[0][0], first, starts[0][1]):
        result.append(_section("introduction", "", 0, first, lines[: starts[0][1] - first], intro))
    path: list[tuple[int, str, str]] = []
    taken = {section.key: 1 for section in result}
    for (place, heading), (next_place, end) in zip(placed, starts[1:], strict=True):
        title = plain(heading.text).strip().rstrip(":：").rstrip()
        while path and path[-1][0] >= heading.level:
            path.pop()
        key = _unused("/".join([*(slug for _, slug, _ in path), slugify(title)]), taken)
        over = tuple(title for _, _, title in path)
        if heading.level >= top:
            path.append((heading.level, key.rsplit("/", 1)[-1], title))
        inside = blocks(title, place + 1, next_place, heading.last + 1, end)
        if inside or not wanted:
            own = lines[heading.line - first : end - first]
            result.append(_section(key, title, heading.level, heading.line, own, inside, over))
    return tuple(result)


def _section(
    key: str, title: str, level: int, line: int, lines: list[str], blocks: tuple[Block, ...], over: tuple[str, ...] = ()
) -> Section:
    return Section(key, title, level, line, "\n".join(lines) + "\n", plain_text(blocks), blocks, over)


def _unused(key: str, taken: dict[str, int]) -> str:
    """The key, numbered where it is taken. `taken` has for each key how often it was asked for."""
    free = key
    while free in taken:
        taken[key] += 1
        free = f"{key}-{taken[key]}"
    taken[free] = 1
    return free


def first_heading(sections: Sequence[Section]) -> str | None:
    """The heading of level 1, where there is one alone: it is the document's title."""
    ones = [section.title for section in sections if section.level == 1]
    return ones[0] if len(ones) == 1 and ones[0] else None
