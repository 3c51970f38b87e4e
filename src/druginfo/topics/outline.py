"""What belongs under what in a section: lists in lists, and what a line introduces without being a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from druginfo.markup import plain
from druginfo.model import Block


def heads_of(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block the numbers of the blocks that it belongs under, outermost first.

    These are the list items around it; a paragraph that ends in a colon, over the list, the table or the one paragraph
    that follows; a paragraph in bold type alone, over everything up to the next such paragraph; and a table's header.
    """
    found: list[tuple[int, ...]] = []
    over: list[int] = []
    header: tuple[int, ...] = ()
    for number, block in enumerate(blocks):
        while over and not _holds(blocks, over[-1], number):
            over.pop()
        found.append((*over, *(header if block.kind == "row" and block.header else ())))
        if block.kind in ("item", "paragraph"):
            over.append(number)
        elif block.kind == "header":
            header = (number,)
    return found


def nested(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that no other one belongs under, each after those that it belongs under."""
    heads = heads_of(blocks)
    above = {number for each in heads for number in each}
    for number, block in enumerate(blocks):
        if number not in above:
            yield [*(blocks[each] for each in heads[number]), block]


def with_heads(blocks: Sequence[Block], chosen: Iterable[int]) -> tuple[Block, ...]:
    """The blocks with these numbers, and those that they belong under."""
    heads = heads_of(blocks)
    kept = {each for number in chosen for each in (number, *heads[number])}
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
