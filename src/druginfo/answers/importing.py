"""`import`: what became of label files."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.labels import Imported, KeptBack, Remark, Skipped


class Import(NamedTuple):
    """What became of every record of the label files, each once."""

    into: str
    """The directory that was written to."""
    imported: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    kept_back: tuple[KeptBack, ...]
    remarks: tuple[Remark, ...]
    """What was mended in reading a record, and what a fetch chose among many labels."""
