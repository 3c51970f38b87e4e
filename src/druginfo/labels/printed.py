"""openFDA's tables, given once more as markup, and where their words stand in its running text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import read_blocks
from druginfo.labels.label import Block, Paragraph
from druginfo.labels.xmltree import fragment

FEW_LETTERS = 20
"""The words of a table as short as that may stand in a text by chance, so it is placed once."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as openFDA gives it once more."""

    markup: str
    root: Element | None
    words: str
    """Its words without white space."""
    shown: str
    """The same as a browser shows them, a foot that stands before the body after it."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that may stand in a text, the longest first; `placed` has the words of all that were found in some."""

    printed: tuple[Printed, ...]
    placed: set[str]


def printed(markup: str) -> Printed:
    """A table of openFDA's, with its words; without a root and words where its markup is broken beyond mending."""
    root = fragment(markup)
    if root is None:
        return Printed(markup, None, "", "")
    groups = sorted(root, key=lambda child: child.tag == "tfoot")
    return Printed(markup, root, _bare([root]), _bare(groups) if groups != list(root) else "")


def _bare(elements: Iterable[Element]) -> str:
    return "".join("".join(text for element in elements for text in element.itertext()).split())


def begins_with_table(text: str, tables: Tables) -> bool:
    """Whether the text's first words are a table's."""
    bare = text[: 2 * max((len(table.words) for table in tables.printed), default=0)].replace(" ", "")
    return any(words and bare.startswith(words) for table in tables.printed for words in (table.words, table.shown))


def places(text: str, tables: Tables) -> Iterator[tuple[int, int, list[Block]]]:
    """Start, end and blocks of each table whose words stand in `text`, as often as they do."""
    if not tables.printed:
        return
    bare = text.replace(" ", "")
    starts = list(accumulate(map(len, text.split(" ")), initial=0))  # of each word in `bare`, and the end
    taken: list[tuple[int, int]] = []
    for table in tables.printed:
        for words in filter(None, (table.words, table.shown)):
            for at in _occurrences(words, bare):
                end = at + len(words)
                if any(start < end and at < until for start, until in taken) or not _is_cut(bare, starts, at, end):
                    continue
                taken.append((at, end))
                tables.placed.add(table.words)
                # what lies between an index and the number of the word that it falls in are the spaces
                yield at + bisect_right(starts, at) - 1, end + bisect_right(starts, end - 1) - 1, table_blocks(table)
                if len(words) < FEW_LETTERS:
                    break


def _occurrences(words: str, bare: str) -> Iterator[int]:
    at = bare.find(words)
    while at >= 0:
        yield at
        at = bare.find(words, at + len(words))


def _is_cut(bare: str, starts: Sequence[int], *cuts: int) -> bool:
    """Whether no number or word is parted there; openFDA glues a table's first word to a sentence's full stop."""
    return all(
        starts[bisect_left(starts, cut)] == cut or not (bare[cut - 1].isalnum() and bare[cut].isalnum()) for cut in cuts
    )


def table_blocks(table: Printed) -> list[Block]:
    """The table's blocks; one paragraph of its words where its markup is broken."""
    if table.root is None:
        words = " ".join(re.sub(r"<[^<>]*>", " ", table.markup).split())
        return [Paragraph(words)] if words else []
    frame = Element("text")
    frame.append(table.root)
    return list(read_blocks(frame))
