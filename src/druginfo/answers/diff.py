"""`diff`: two versions of a monograph."""

from __future__ import annotations

from typing import Literal, NamedTuple

from druginfo.model import DoseRow

Change = Literal["added", "gone", "changed"]


class Version(NamedTuple):
    """One of the two versions."""

    path: str
    slug: str
    title: str
    document: str | None
    """The official document that it is an import of."""
    last_modified: str | None


class SectionChange(NamedTuple):
    """A section that only one version has, or whose own words differ."""

    change: Change
    key: str
    title: str
    old: tuple[str, ...]
    """The lines that only the old version has, plain; all of them where the section is gone."""
    new: tuple[str, ...]
    """The lines that only the new version has, plain; all of them where the section is new."""


class RowChange(NamedTuple):
    """A dosing row that only one version has, or whose fields differ though it is for the same patients."""

    change: Change
    old: DoseRow | None
    new: DoseRow | None


class Diff(NamedTuple):
    """What changed from one version of a monograph to another."""

    old: Version
    new: Version
    sections: tuple[SectionChange, ...]
    rows: tuple[RowChange, ...]
