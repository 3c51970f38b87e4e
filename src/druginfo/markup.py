"""Markdown as monographs are really written: text → headings and blocks, a block's text → styled spans.

CommonMark folds a list that follows its paragraph without a blank line and is indented by four spaces (the publisher's
exports do that), takes `2*3*4 mg` for emphasis, drops surplus table cells and makes code of deep indentation: each of
these loses or hides a line of a monograph. So the reading is line by line: every source line lands in exactly one
heading or block, and what is no known construct is a paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from druginfo.model import Block, BlockKind

_LONGEST_HEADING = 300
"""Characters. A longer line is a paragraph: headings are repeated in the keys of everything below them."""
_LONGEST_TABLE_HEADER = 1000
"""Characters. A longer line is an ordinary row: a header is repeated in every row below it."""

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*))?$", re.M)
_CLOSING_MARKS = re.compile(r"(?:^|[ \t]+)#+$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$", re.M)
_ITEM = re.compile(r"^([ \t]*)(?:([-*+]|\d{1,3}[.)])(?:[ \t]+(.*))?|([•◦▪‣●○■])[ \t]*(.*))$")
_ITEM_MARKS = frozenset("-*+•◦▪‣●○■")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^`]*)$")
_CELL_BAR = re.compile(r"(?<!\\)\|")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}]*\}$")


class Heading(NamedTuple):
    """A heading: `text` is Markdown, `line` its first line, `last` its last (an underlined heading has two)."""

    level: int
    text: str
    line: int
    last: int


class Span(NamedTuple):
    """A run of plain text in one style. `url` is set on the words of a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None


class _Reader:
    """Reads lines in order and collects headings and blocks; at most the last one is open, so that the next line may go
    on with it: a paragraph, an item or a quotation."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.first = first
        self.found: list[Heading | Block] = []
        self.indents: list[int] = []  # of the list items around the current line, outermost first
        self.numbers: set[int] = set()  # of the numbered items so far
        self.open: Block | None = None
        self.more: list[str] = []  # further lines of the open one: most have none
        self.last_fence = {
            m[1][0]: i
            for i, m in ((i, _FENCE.match(line)) for i, line in enumerate(lines) if "``" in line or "~~" in line)
            if m
        }

    def read(self) -> list[Heading | Block]:
        i = 0
        while i < len(self.lines):
            i = self.step(i)
        self.close()
        return self.found

    def step(self, i: int) -> int:
        """Read the construct that begins at index `i`; return the index after it.

        So do the methods below, one a construct, or they return None where another one begins there.
        """
        line = self.lines[i]
        bare = line.strip()
        if not bare:
            self.close()
            return i + 1
        # What a construct begins with, so that a line of words is not compared with each of them.
        mark = bare[0]
        if mark in "#`~" and (after := self.heading(i, line) or self.fence(i, line)):
            return after
        if "|" in line and (after := self.table(i, line)):
            return after
        if mark in "=-*_" and not bare.strip("=-*_ \t") and (after := self.underline(i, line) or self.rule(i, line)):
            return after
        if (mark in _ITEM_MARKS or mark.isdecimal()) and (after := self.item(i, line)):
            return after
        if mark == ">" and (after := self.quote(i, bare)):
            return after
        self.text(i, line)
        return i + 1

    def close(self) -> None:
        if self.more and self.open:
            self.found[-1] = self.open._replace(lines=(*self.open.lines, *self.more))
            self.more = []
        self.open = None

    def begin(self, kind: BlockKind, i: int, depth: int, marker: str, text: str) -> None:
        if self.more:
            self.close()
        self.open = Block(kind, self.first + i, depth, marker, (text,))
        self.found.append(self.open)

    def depth(self, indent: int) -> int:
        """How many open list items a line with this indentation is in; the others are closed."""
        while self.indents and indent < self.indents[-1] + 2:
            self.indents.pop()
        return len(self.indents)

    def heading(self, i: int, line: str) -> int | None:
        match = _HEADING.match(line) if len(line) <= _LONGEST_HEADING else None
        if not match:
            return None
        self.close()
        self.indents.clear()
        number = self.first + i
        text = _CLOSING_MARKS.sub("", (match[2] or "").strip())
        self.found.append(Heading(len(match[1]), text, number, number))
        return i + 1

    def underline(self, i: int, line: str) -> int | None:
        match = _UNDERLINE.match(line)
        above = self.open
        if not match or not above or above.kind != "paragraph" or above.depth or self.more:
            return None
        if len(above.lines[0]) > _LONGEST_HEADING:
            return None
        self.open = None
        self.found.pop()
        self.indents.clear()
        self.found.append(Heading(1 if match[1][0] == "=" else 2, above.lines[0].strip(), above.line, above.line + 1))
        return i + 1

    def rule(self, i: int, line: str) -> int | None:
        bare = line.strip()
        if bare[0] == "=" or _indent(line) > 3 or bare.strip(f"{bare[0]} \t") or bare.count(bare[0]) < 3:
            return None
        self.close()
        self.found.append(Block("rule", self.first + i, 0, "", (bare,)))
        return i + 1

    def fence(self, i: int, line: str) -> int | None:
        match = _FENCE.match(line)
        if not match or self.last_fence.get(match[1][0], i) <= i:
            return None
        for end in range(i + 1, len(self.lines)):
            closing = self.lines[end].strip(" \t")
            if closing.startswith(match[1]) and not closing.strip(match[1][0]):
                break
        else:
            self.last_fence[match[1][0]] = i
            return None
        self.close()
        depth = self.depth(_indent(line))
        self.found.append(Block("code", self.first + i + 1, depth, match[2].strip(), tuple(self.lines[i + 1 : end])))
        return end + 1

    def table(self, i: int, line: str) -> int | None:
        if "|" not in line:
            return None
        below = self.lines[i + 1] if i + 1 < len(self.lines) else ""
        has_header = "|" in below and len(line) <= _LONGEST_TABLE_HEADER and _is_delimiter(below)
        if not has_header and not (
            line.strip().startswith("|") and line.strip().endswith("|") and len(line.strip()) > 1
        ):
            return None
        self.close()
        depth = self.depth(_indent(line))
        header = cells(line) if has_header else ()
        if has_header:
            self.found.append(Block("header", self.first + i, depth, "", (line.strip(),), header))
            i += 2
        while i < len(self.lines) and "|" in self.lines[i] and not _HEADING.match(self.lines[i]):
            row = self.lines[i]
            if not (_is_delimiter(row) and "--" in row):  # a row of single dashes says that nothing applies
                self.found.append(Block("row", self.first + i, depth, "", (row.strip(),), cells(row), header))
            i += 1
        return i

    def item(self, i: int, line: str) -> int | None:
        match = _ITEM.match(line)
        if not match:
            return None
        space, mark, numbered, bullet, after = match.groups("")
        marker, text = mark or bullet, numbered or after
        number = int(marker[:-1]) if marker[0].isdigit() else 1
        is_next = number == 1 or number - 1 in self.numbers
        if self.open and (not (text and number == 1) if self.open.kind == "paragraph" else not is_next):
            return None  # a wrapped sentence that happens to begin with "65." or a dash
        if marker[0].isdigit():
            self.numbers.add(number)
        indent = len(space.expandtabs(4)) if space else 0
        depth = self.depth(indent)
        self.begin("item", i, depth, marker, text)
        self.indents.append(indent)
        return i + 1

    def quote(self, i: int, bare: str) -> int | None:
        text = bare[1:].removeprefix(" ")
        if self.open and self.open.kind == "quote":
            self.more.append(text)
        elif text.lstrip("=. ")[:1].isdecimal():
            return None  # "> 60 kg" is more than 60 kg
        else:
            self.begin("quote", i, self.depth(_indent(self.lines[i])), "", text)
        return i + 1

    def text(self, i: int, line: str) -> None:
        if self.open:
            self.more.append(line.lstrip())
        else:
            self.begin("paragraph", i, self.depth(_indent(line)), "", line.lstrip())


def read(lines: Sequence[str], first: int = 1) -> list[Heading | Block]:
    """Headings and blocks of `lines` in document order; `first` is the number of the first line.

    Every line that is not blank, a fence, a heading's underline or a table's delimiter row is in exactly one of them.
    """
    return _Reader(lines, first).read()


def headings(text: str, first: int) -> list[Heading] | None:
    """The headings that `read` finds in a text's lines, without reading these; None where only that can tell."""
    if "``" in text or "~~" in text or _UNDERLINE.search(text):
        return None
    found, line, at = [], first, 0
    for match in _HEADING.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if len(match[0]) <= _LONGEST_HEADING:
            found.append(Heading(len(match[1]), _CLOSING_MARKS.sub("", (match[2] or "").strip()), line, line))
    return found


def cells(row: str) -> tuple[str, ...]:
    """A table row's cells: all of them, whatever the header has."""
    parts = [cell.strip() for cell in _CELL_BAR.split(row.strip())]
    if parts and not parts[0]:
        parts = parts[1:]
    if parts and not parts[-1]:
        parts = parts[:-1]
    return tuple(parts)


def _is_delimiter(line: str) -> bool:
    """Whether the line is a table's `|---|:--:|`."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return all(set(cell.strip().removeprefix(":").removesuffix(":")) == {"-"} for cell in inner.split("|"))


def _indent(line: str) -> int:
    expanded = line.expandtabs(4) if "\t" in line else line
    return len(expanded) - len(expanded.lstrip(" ")) if expanded.strip() else len(expanded)


def plain_text(blocks: Sequence[Block]) -> str:
    """Blocks as plain text: a line a block, list items with their marker and indented by their depth."""
    shown = []
    for block in blocks:
        kind, depth = block.kind, block.depth
        if kind == "rule":
            continue
        if kind in ("header", "row"):
            text = " | ".join(map(plain, block.cells))
        else:
            text = block.text if kind == "code" else plain(block.text)
            if kind == "item":
                text = f"{block.marker} {text}"
        shown.append("  " * depth + text if depth else text)
    return "\n".join(shown)


@lru_cache(4096)
def slugify(heading: str) -> str:
    """A heading as a slug: letters and digits of any script in lower case, everything else one hyphen.

    >>> slugify("Pregnancy & Breastfeeding")
    'pregnancy-breastfeeding'
    """
    bare = _ATTRIBUTES.sub("", heading.rstrip()).replace("'", "").replace("’", "")
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", bare).casefold()).strip("-") or "section"


# ---------------------------------------------------------------- inline

_TOKEN = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|!?\[(?P<label>[^\[\]\n]{1,500})\]\((?P<url>[^()\s]{1,2000})\)"
    r"|(?P<run>\*+|_+)"
)


def spans(text: str) -> list[Span]:
    """The text's runs in one style; joined they are `plain(text)`.

    Emphasis opens only before a word and not inside one, so `2*3*4` and `snake_case` stay as they are; a marker
    without its partner is text. Links keep their address in parentheses after the words.
    """
    pieces = list(_pieces(text))
    styles = _emphasis(pieces)
    return [s for s in _merged(_styled(pieces, styles)) if s.text]


_MARK = re.compile(r"[*_`\\\[]")
_ONLY_A_LABEL = re.compile(r"\*\*([^\s*_`\\\[](?:[^*_`\\\[]*[^\s*_`\\\[])?)\*\*([^*_`\\\[]*)\Z")
"""The commonest marked text: an emphasised label first, and no other mark. Most of a monograph is that."""


def plain(text: str) -> str:
    """The text without emphasis, code marks, escapes; links as `words (address)`.

    >>> plain("**Adults:** 2*3*4 mg, [label](https://x.org), \\\\*as is\\\\*")
    'Adults: 2*3*4 mg, label (https://x.org), *as is*'
    """
    if not _MARK.search(text):
        return text
    if labelled := _ONLY_A_LABEL.match(text):
        return labelled[1] + labelled[2]
    pieces = list(_pieces(text))
    used = _emphasis(pieces)
    return "".join(piece.text for i, piece in enumerate(pieces) if i not in used)


def lead_in(text: str) -> tuple[str | None, str]:
    """Split `**Adults:** 2 mg` or `**Adults**: 2 mg` into its label and the rest, both Markdown.

    The label has no emphasis and no colon; it is None where the text does not begin with one.

    >>> lead_in("**COVID-19 (2 years and older):** see below")
    ('COVID-19 (2 years and older)', 'see below')
    """
    match = re.match(r"(\*\*\*|\*\*|__)(?=\S)(.{1,300}?)(:?)[ \t]{0,9}\1[ \t]{0,9}(:?)", text)
    if not match or not (match[3] or match[4]):
        return None, text
    return plain(match[2]).strip(), text[match.end() :].lstrip(" \t")


class _Piece(NamedTuple):
    text: str
    run: str = ""
    opens: bool = False
    closes: bool = False
    code: bool = False
    url: str | None = None


def _pieces(text: str) -> Iterator[_Piece]:
    closing: dict[int, deque[int]] = {}
    for ticks in re.finditer(r"`+", text):
        closing.setdefault(len(ticks[0]), deque()).append(ticks.start())
    at = 0
    while match := _TOKEN.search(text, at):
        if match.start() > at:
            yield _Piece(text[at : match.start()])
        at = match.end()
        if match["escape"]:
            yield _Piece(match["escape"])
        elif match["ticks"]:
            ends = closing.get(len(match["ticks"]), deque())
            while ends and ends[0] < at:
                ends.popleft()
            if ends:
                yield _Piece(text[at : ends[0]], code=True)
                at = ends.popleft() + len(match["ticks"])
            else:
                yield _Piece(match["ticks"])
        elif match["url"]:
            label = plain(match["label"]) if match["label"] != match["url"] else match["url"]
            yield _Piece(label, url=match["url"])
            if label != match["url"]:
                yield _Piece(f" ({match['url']})")
        else:
            run, before, after = match["run"], text[match.start() - 1 : match.start()], text[at : at + 1]
            inside_word = bool(before) and before.isalnum()
            yield _Piece(
                run,
                run=run if len(run) <= 3 else "",
                opens=bool(after.strip()) and not inside_word,
                closes=bool(before.strip()) and not (after.isalnum() and (len(run) == 1 or run[0] == "_")),
            )
    if at < len(text):
        yield _Piece(text[at:])


def _emphasis(pieces: Sequence[_Piece]) -> dict[int, tuple[str, int]]:
    """Pair the marker runs: index of each used run → (run, +1 where it opens, -1 where it closes)."""
    used: dict[int, tuple[str, int]] = {}
    opened: list[int] = []
    waiting: dict[str, int] = {}
    for i, piece in enumerate(pieces):
        if not piece.run:
            continue
        if piece.closes and waiting.get(piece.run):
            while opened:
                partner = opened.pop()
                waiting[pieces[partner].run] -= 1
                if pieces[partner].run == piece.run:
                    used[partner], used[i] = (piece.run, 1), (piece.run, -1)
                    break
        elif piece.opens:
            opened.append(i)
            waiting[piece.run] = waiting.get(piece.run, 0) + 1
    return used


def _styled(pieces: Sequence[_Piece], used: dict[int, tuple[str, int]]) -> Iterator[Span]:
    bold = italic = 0
    for i, piece in enumerate(pieces):
        if i in used:
            run, change = used[i]
            bold += change * (len(run) >= 2)
            italic += change * (len(run) != 2)
        else:
            yield Span(piece.text, bold > 0, italic > 0, piece.code, piece.url)


def _merged(styled: Iterable[Span]) -> Iterator[Span]:
    for style, run in groupby(styled, key=lambda span: span[1:]):
        yield Span("".join(span.text for span in run), *style)
