"""`dose`: the dosing table of a drug, or the rows of it that apply to a patient."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Count, DoseNote, DoseRow, Flat, Hidden, Match, Monograph, Sparse


class Verdict(NamedTuple):
    """Whether a row applies to the patient."""

    applies: bool
    reason: str | None
    """Why it does not apply, or what was read into it that it does."""
    specific: bool
    """Whether it is for this patient and not for everybody."""


class Row(NamedTuple):
    """A row of the table."""

    row: Flat[DoseRow]
    verdict: Flat[Verdict | None] = None
    """None where no patient was described."""

    @property
    def left_out(self) -> bool:
        """Whether it does not apply to the patient."""
        return self.verdict is not None and not self.verdict.applies

    @property
    def specific(self) -> bool:
        """Whether it is for the patient who was described."""
        return self.verdict is not None and self.verdict.specific


class Doses(NamedTuple):
    """The dosing table of a drug."""

    match: Match
    title: str
    is_banned: bool
    last_modified: str | None
    document: Sparse[str | None]
    """The official document that the monograph is an import of."""
    language: Sparse[str | None]
    """Of the text, where it is not English: no figure was read then."""
    rows: tuple[Row, ...]
    """The rows that apply; all where all were asked for."""
    notes: tuple[DoseNote, ...]
    filters: dict[str, str]
    """What was said of the patient, as it was said."""
    left_out: Count
    """How many rows do not apply."""
    scope: Sparse[str | None]
    """What the monograph says it covers, where that is not the whole drug."""
    boxed_warning: Sparse[bool | None]
    monograph: Hidden[Monograph]
