"""A page: what a view puts on it, whether it becomes text for a terminal (`text`) or HTML (`html`).

Strings put on a page are data: control characters and other signs that could move or hide text are made visible as a
`Styled` is made, so that no view and no kind of page can forget it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from druginfo.guard import visible

HEADING, LABEL, DANGER, DIM, DRUG = "bold cyan", "bold", "bold red", "dim", "bold underline"


class StyledRange(NamedTuple):
    """A part of a styled string, by offsets into its text."""

    start: int
    end: int
    style: str
    """Rich's words: `bold cyan`."""
    url: str | None = None


class Styled:
    """A string with styles on parts of it."""

    __slots__ = ("spans", "text")

    def __init__(self, text: str = "", style: str = "") -> None:
        self.text = ""
        self.spans: list[StyledRange] = []  # in order, none over another
        self.append(text, style)

    def __bool__(self) -> bool:
        return bool(self.text)

    def append(self, text: str, style: str = "", url: str | None = None) -> Styled:
        """Add a string in a style, as a link where `url` is given and can be shown as it is."""
        text, start = visible(text), len(self.text)
        url = url if url and visible(url) == url else None
        self.text += text
        if (style or url) and text:
            self.spans.append(StyledRange(start, len(self.text), style, url))
        return self

    def extend(self, other: Styled) -> Styled:
        """Add another styled string."""
        start = len(self.text)
        self.text += other.text
        self.spans += [span._replace(start=start + span.start, end=start + span.end) for span in other.spans]
        return self

    def parts(self) -> Iterator[tuple[str, StyledRange | None]]:
        """All of the text in order, what has a style or a link with its span."""
        at = 0
        for span in self.spans:
            yield self.text[at : span.start], None
            yield self.text[span.start : span.end], span
            at = span.end
        yield self.text[at:], None

    def dimmed(self) -> Styled:
        """The same text in nothing but dim."""
        return Styled(self.text, DIM)


class Page(ABC):
    """Lines, tables and headings, top to bottom. Indents are columns; two are one level of nesting.

    `today` is the day on which the page is written.
    """

    bullet = "•"
    dot = " · "
    warning = "⚠ "

    def __init__(self, today: date) -> None:
        self.today = today
        self._name = ""

    @abstractmethod
    def finish(self) -> str:
        """Everything put so far, as text that ends in a line end."""

    def title(self, text: Styled) -> None:
        """What the page is about."""
        self.put(text)

    def name(self, text: str) -> None:
        """What a page is called that shows no title."""
        self._name = Styled(text).text

    @abstractmethod
    def heading(self, text: str, level: int = 0, *, indent: int = 0, style: str = HEADING) -> None:
        """A heading, 0 the highest, after a blank line."""

    @abstractmethod
    def put(self, text: Styled | str, indent: int = 0, hang: int | None = None, *, full: bool = False) -> None:
        """A paragraph: its first line after `indent` columns, the others after `hang`. Its line breaks stay.

        `full`: as wide as the screen, where prose would be hard to read.
        """

    def warn(self, text: str) -> None:
        """A warning, in a paragraph of its own."""
        self.put(Styled(self.warning + text, DANGER), 0, 2)

    @abstractmethod
    def item(self, marker: str, text: Styled, indent: int) -> None:
        """A list item; `marker` is a bullet or a number."""

    def line(self, text: Styled) -> None:
        """A line that is never broken: editors and scripts read it."""
        self.put(text)

    @abstractmethod
    def code(self, lines: Sequence[str], indent: int) -> None:
        """Lines whose own indents and ends are kept."""

    @abstractmethod
    def quote(self, text: Styled, indent: int) -> None:
        """A quotation."""

    @abstractmethod
    def rule(self, indent: int) -> None:
        """A line across."""

    @abstractmethod
    def blank(self) -> None:
        """An empty line, unless there is one already."""

    @abstractmethod
    def grid(self, header: Sequence[Styled], rows: Sequence[Sequence[Styled]], indent: int = 0) -> None:
        """A table: a header that may be empty, and rows."""

    @abstractmethod
    def pair(self, label: Styled, text: Styled, indent: int) -> None:
        """A text with its label beside it; the label is empty where it is the one above."""

    @abstractmethod
    def passage(self, lines: Sequence[tuple[int, Styled]], indent: int) -> None:
        """A quoted passage: each line with the columns of its own indent; list items hang under their first word."""

    @abstractmethod
    def beside(self, titles: Sequence[str], texts: Sequence[str]) -> None:
        """Texts of several lines side by side, or one after the other under their titles."""

    @abstractmethod
    def head_beside(self, titles: Sequence[str]) -> None:
        """The titles over what follows side by side."""
