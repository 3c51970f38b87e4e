"""`review`: a patient's medication list, drug by drug, and what the monographs say of the patient and of each pair."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.answers.dose import Passages, Row
from druginfo.answers.interactions import Pair
from druginfo.model import Candidate, Count, Hidden, Match, Monograph, Sparse, Statement, Status


class Item(NamedTuple):
    """One drug of the list."""

    line: int
    """Where it stands in the list, 1-based."""
    query: str
    """The line, or the part of it that names this drug, as it was written."""
    status: Status
    match: Match | None
    known_as: str | None
    """The known drug that the library has no monograph of, where `status` is `absent`."""
    candidates: tuple[Candidate, ...]
    """Suggestions, never answers."""
    rows: tuple[Row, ...]
    """Dosing rows for this patient, those that could not be judged for want of a figure, and those that they refer to;
    none where no patient was described."""
    passages: tuple[Passages, ...]
    """What the rest of the monograph says of the patient's organs, age or pregnancy."""
    others: Count = 0
    """How many further rows apply, but to others too."""
    notices: Sparse[tuple[str, ...]] = ()
    """Why the line opened nothing, or what must be known before the rows are read."""
    mentions: Sparse[tuple[Statement, ...]] = ()
    """Of an absent drug: what the monographs of the list say of it."""
    monograph: Hidden[Monograph | None] = None


class Duplicate(NamedTuple):
    """Two lines with one drug, or with two drugs of one class."""

    lines: tuple[int, int]
    slugs: tuple[str | None, str | None]
    """Null for drugs that are absent."""
    of: str
    """The drug's title, or the class that both are of."""


class Unread(NamedTuple):
    """A line that holds no drug: a heading."""

    line: int
    text: str


class Review(NamedTuple):
    """A medication list, reviewed. Nothing in it is computed or judged; everything is quoted."""

    patient: dict[str, str]
    """What was said of the patient, as it was said."""
    items: tuple[Item, ...]
    """In the order of the list."""
    pairs: tuple[Pair, ...]
    """The pairs that the monographs speak of, contraindications and boxed warnings first."""
    not_listed: Count
    """How many pairs no monograph speaks of. That is not evidence that they can be combined."""
    duplicates: tuple[Duplicate, ...]
    headings: Sparse[tuple[Unread, ...]] = ()
    """Lines that were taken for headings."""
