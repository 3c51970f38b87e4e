"""What the commands answer: immutable, neither printed nor formatted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from druginfo.model import Card, DoseNote, FaqHit, Fault, Match, Monograph

if TYPE_CHECKING:
    from druginfo.dosing import Judged
    from druginfo.labels import ImportReport


class Drug(NamedTuple):
    """A monograph, or the part of it that was asked for."""

    match: Match
    monograph: Monograph
    """With a topic, `sections` and `faqs` hold only what is about it."""
    topic: str | None = None
    notice: str | None = None
    """What is said about a topic that was not spelled as any is."""
    scope: str | None = None
    """What the whole monograph says it covers, where that is not the whole drug."""


class TopicOfAll(NamedTuple):
    """One topic of every monograph that says something on it, by title."""

    query: str
    key: str
    results: tuple[Monograph, ...]
    notice: str | None = None


class Cards(NamedTuple):
    """The library, or the part of it that was asked for, by title."""

    cards: tuple[Card, ...]


class Doses(NamedTuple):
    """The dosing table of a drug; `rows` are all rows with whether each applies and why not."""

    match: Match
    monograph: Monograph
    rows: tuple[Judged, ...]
    notes: tuple[DoseNote, ...]
    filters: dict[str, str]
    left_out: int
    show_all: bool = False

    @property
    def shown(self) -> list[Judged]:
        """The rows that apply, or all where all were asked for."""
        return [judged for judged in self.rows if judged.applies or self.show_all]


class Faqs(NamedTuple):
    """Questions and answers: of one drug (`match`), or the best-matching ones of all."""

    match: Match | None
    hits: tuple[FaqHit, ...]
    questions_only: bool = False
    absent: tuple[str, ...] = ()
    """Known drugs that the query names and the library has no monograph of, where it names no other."""


class Info(NamedTuple):
    """The program and its library."""

    version: str
    monographs: int
    roots: tuple[str, ...]
    """Directories in order; a later one overrides an earlier one. The user's own is there once it exists."""
    index_state: dict[str, str | None]
    """`state` (fresh, refreshed, built, in memory) and `path`, null in memory."""
    skipped: tuple[Fault, ...]


MARKS = "\x02", "\x03"
"""Stand before and after each word of a snippet that a search hit."""


class Hit(NamedTuple):
    """A passage, an FAQ or a drug's names."""

    slug: str
    title: str
    section: str | None
    """Section key; None for a name or an FAQ."""
    heading: str
    line: int
    """Where the passage begins in the file."""
    snippet: str
    """The passage, plain, cut to the words around the hit, with each hit between `MARKS`."""
    score: float
    kind: str
    """`section`, `faq`, `name`."""


class Hits(NamedTuple):
    """What a query finds, best first."""

    query: str
    hits: tuple[Hit, ...]
    notice: str | None = None


class Entry(NamedTuple):
    """What one drug's monograph says under a heading; None where it has nothing there."""

    slug: str
    text: str | None


class Compared(NamedTuple):
    """The sections of the compared monographs that are about the same."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    """One for each drug, in the order asked for."""


class Comparison(NamedTuple):
    """Two to four drugs, section by section."""

    drugs: tuple[Match, ...]
    rows: tuple[Compared, ...]
    banned: tuple[str, ...] = ()
    """Slugs of those that their monographs mark as banned."""


class Statement(NamedTuple):
    """What a monograph says of another drug."""

    slug: str
    """The monograph that says it."""
    section: str
    """Its section's key; `faq` for a question of its front matter."""
    line: int
    text: str
    """The list item, paragraph, table row or sentences, plain, with the items that it is nested in."""
    mentions: tuple[str, ...]
    """The words in it that mean the other drug."""
    via: str
    """`name` or `class`."""


class Pair(NamedTuple):
    """Two drugs and what either monograph says of the other: contraindications, interactions, the rest."""

    a: str
    b: str
    statements: tuple[Statement, ...]

    @property
    def status(self) -> str:
        """`listed` or `not_listed`: whether either monograph says anything of the other."""
        return "listed" if self.statements else "not_listed"


class Interactions(NamedTuple):
    """All pairs of two to ten drugs, in the order asked for."""

    drugs: tuple[Match, ...]
    pairs: tuple[Pair, ...]
    banned: tuple[str, ...] = ()
    """Slugs of those that their monographs mark as banned."""


class Import(NamedTuple):
    """What became of label files."""

    into: str
    """The directory that was written to."""
    report: ImportReport
