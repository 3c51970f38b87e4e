"""`dose`: the dosing table of a drug, or the rows of it that apply to a patient."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Count, DoseNote, DoseRow, Flat, Hidden, Match, Monograph, Section, Sparse


class Verdict(NamedTuple):
    """Whether a row applies to the patient."""

    applies: bool
    reason: str | None
    """Why it does not apply, or what was read into it that it does."""
    specific: bool
    """Whether it is for this patient and not for everybody."""
    missing: tuple[str, ...] = ()
    """The filters that would decide whether it applies: `crcl` where the row speaks of that and eGFR was given."""

    referred_from: Sparse[int | None] = None
    """The line of a row for this patient that refers to this one: "See the adult dose"."""


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

    @property
    def undecided(self) -> bool:
        """Whether it speaks of the kidney that was asked about, in the measure that was not given."""
        return not self.left_out and self.verdict is not None and bool({"egfr", "crcl"} & {*self.verdict.missing})

    @property
    def referred(self) -> bool:
        """Whether a row for this patient refers to it."""
        return self.verdict is not None and self.verdict.referred_from is not None

    @property
    def is_open(self) -> bool:
        """Whether it applies as it does to others too."""
        return not (self.left_out or self.specific or self.undecided or self.referred)


class Passages(NamedTuple):
    """What a monograph says on one topic, outside of its doses."""

    topic: str
    sections: tuple[Section, ...]
    """Narrowed to the passages: boxed warning and contraindications first."""
    first: Hidden[int]
    """How many of the sections are a boxed warning or contraindications."""


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
    other_indications: Sparse[int | None] = None
    """How many of the rows that do not apply are for other indications."""
    notices: Sparse[tuple[str, ...]] = ()
    """What must be known before the rows are read: a name or an indication that the text does not cover, or that the
    rows stand under no heading of doses."""
    passages: Sparse[tuple[Passages, ...]] = ()
    """What the rest of the monograph says of the patient's organs, age or pregnancy."""
