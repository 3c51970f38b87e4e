"""What belongs under what in a section: lists in lists, and what a line introduces without being a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from druginfo.markup import plain
from druginfo.model import Block


def standing_under(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block the numbers of the blocks that it belongs under, outermost first.

    These are the list items around it; a paragraph that ends in a colon, over the list, the table or the one paragraph
    that follows; and a paragraph in bold type alone, over everything up to the next such paragraph.
    """
    found: list[tuple[int, ...]] = []
    over: list[int] = []
    for number, block in enumerate(blocks):
        while over and not _holds(blocks, over[-1], number):
            over.pop()
        found.append(tuple(over))
        if block.kind in ("item", "paragraph"):
            over.append(number)
    return found


def header_rows(blocks: Sequence[Block]) -> list[int | None]:
    """For each block the number of its table's header row; None for what is not a row under one."""
    found: list[int | None] = []
    header: int | None = None
    for number, block in enumerate(blocks):
        header = number if block.kind == "header" else header
        found.append(header if block.kind == "row" and block.header else None)
    return found


def with_heads(blocks: Sequence[Block], chosen: Iterable[int]) -> tuple[Block, ...]:
    """The blocks with these numbers, those that they belong under, and their tables' header rows."""
    under, headers = standing_under(blocks), header_rows(blocks)
    kept: set[int] = set()
    for number in chosen:
        kept |= {number, *under[number]}
    kept |= {header for number in kept if (header := headers[number]) is not None}
    return tuple(blocks[number] for number in sorted(kept))


def _holds(blocks: Sequence[Block], head: int, number: int) -> bool:
    above, block = blocks[head], blocks[number]
    if block.depth != above.depth:
        return block.depth > above.depth
    if above.kind != "paragraph" or block.kind == "rule":
        return False
    if _is_title(above):
        return not _is_title(block)
    return plain(above.text).rstrip().endswith(":") and (block.kind != "paragraph" or number == head + 1)


def _is_title(block: Block) -> bool:
    return block.kind == "paragraph" and bool(re.fullmatch(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1:?", block.text.strip()))
