"""What belongs under what in a section: lists in lists, and what a line introduces without being a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from druginfo.markup import plain
from druginfo.model import Block


def heads_of(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block the numbers of the blocks that it belongs under, outermost first.

    These are the list items around it; a paragraph that ends in a colon, over the list, the table or the one paragraph
    that follows; a paragraph in bold type alone, over everything up to the next such paragraph; a line that is no
    sentence, over a table without column names; a table's header; and of its rows the last that fills the first cell
    alone.
    """
    found: list[tuple[int, ...]] = []
    over: list[int] = []
    table: tuple[int, ...] = ()
    """The header of a table, and the row over the next ones."""
    for number, block in enumerate(blocks):
        while over and not _holds(blocks, over[-1], number):
            over.pop()
        is_over = block.kind == "row" and _is_group(block)
        found.append((*over, *(table[:1] if is_over else table if block.kind == "row" and block.header else ())))
        if block.kind in ("item", "paragraph"):
            over.append(number)
        elif block.kind == "header":
            table = (number,)
        elif is_over:
            table = (*table[:1], number)
    return found


def records(blocks: Sequence[Block], heads: Sequence[tuple[int, ...]]) -> dict[int, list[int]]:
    """The rows and lines over rows that each say one thing of them, with the numbers of these rows.

    So are the interactions of many labels set: a row "Strong CYP3A4 inducers" over the rows "Clinical Impact" and
    "Intervention" (21 CFR 201.57(c)(8) asks for both). Other words for them come again under the next such row.
    """
    under: dict[int, list[int]] = {}
    first: dict[int, str] = {}
    for number, block in enumerate(blocks):
        over = [each for each in heads[number] if blocks[each].kind != "header"]
        if over and block.kind == "row" and len(block.cells) == 2 and not _is_group(block):
            under.setdefault(over[-1], []).append(number)
            first[number] = plain(block.cells[0]).casefold()
    counts = Counter(each for rows in under.values() for each in {first[row] for row in rows})
    of_it = {row for row, each in first.items() if counts[each] > 1 or _SAYS_OF_IT.match(each)}
    return {head: rows for head, rows in under.items() if 2 * len(of_it.intersection(rows)) > len(rows)}


_SAYS_OF_IT = re.compile(
    r"\W*(?:(?:potential )?clinical (?:impact|effects?|implications?|comments?|recommendations?)|interventions?|examples?"
    r"|mechanism|prevention|management|recommendations?|comments?)\b"
)
"""What is said of drugs in an interaction, in the words of FDA labels."""


_CAPTION = re.compile(r"\W*table\s+\d", re.I)


def _is_group(row: Block) -> bool:
    """Whether a table's row fills its first cell alone."""
    return bool(row.header and len(row.cells) > 1 and row.cells[0]) and not any(row.cells[1:])


def nested(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks that no other one belongs under, each after those that it belongs under; a record is together."""
    heads = heads_of(blocks)
    whole = records(blocks, heads)
    above = {number for each in (*heads, *whole.values()) for number in each}
    for number in range(len(blocks)):
        if number in whole or number not in above:
            yield [blocks[each] for each in (*heads[number], number, *whole.get(number, ()))]


def with_heads(blocks: Sequence[Block], chosen: Iterable[int]) -> tuple[Block, ...]:
    """The blocks with these numbers, those that they belong under, and the whole of each record that they are of."""
    heads = heads_of(blocks)
    kept = {each for number in chosen for each in (number, *heads[number])}
    for head, rows in records(blocks, heads).items():
        if head in kept:
            kept.update(rows)
    return tuple(blocks[number] for number in sorted(kept))


def _holds(blocks: Sequence[Block], head: int, number: int) -> bool:
    above, block = blocks[head], blocks[number]
    if block.depth != above.depth:
        return block.depth > above.depth
    if above.kind != "paragraph" or block.kind == "rule":
        return False
    if _is_title(above):
        return not _is_title(block)
    last = plain(above.text).rstrip()[-1:]
    if block.kind in ("header", "row") and not any(block.header or block.cells):
        return (
            not _CAPTION.match(above.text)
            and last not in ".;!?"
            and (number == head + 1 or blocks[number - 1].kind in ("header", "row"))
        )
    return last == ":" and (block.kind != "paragraph" or number == head + 1)


def _is_title(block: Block) -> bool:
    return block.kind == "paragraph" and bool(re.fullmatch(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1:?", block.text.strip()))
