"""Official labels → monographs. Here is what became of every record; `importing` does it.

The network is left alone unless `fetch` or `export` is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from druginfo.model import Count, LineNumber

ImportProgress = Callable[[int, int | None], None]
"""Called after each record with how many were read and how many there will be, as far as the files' sizes tell."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A monograph that was written."""

    path: str
    slug: str
    title: str
    source: str
    """The label file, and after `!` the member of a zip."""
    position: LineNumber
    """The record in it, 1-based."""
    effective: str
    """The label's date, YYYY-MM-DD, or empty."""
    replaced: bool
    """Whether an earlier import's file was there."""
    is_combination: bool
    changed: tuple[str, ...] = ()
    """The sections in which it differs from the file that was there, by title."""
    kept: tuple[str, ...] = ()
    """What of that file is a person's and was kept: sections by title, `front matter`."""
    form: str = ""
    """The product's form or route of administration, as the label's data have it."""
    instead_of: Displaced | None = None
    """The monograph of other text or another form that the drug's name opened until now and no longer opens."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """A monograph in whose place an import is used."""

    title: str
    covers: str
    """Its scope or form in words; empty where it says none."""
    is_shipped: bool
    """Whether it is one that comes with druginfo, and is still there; else an import of another form, now gone."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of a record or of a fetch that was imported all the same."""

    source: str
    position: Count
    """0 where it is the whole file."""
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record or a whole file that was not imported."""

    source: str
    position: Count
    """0 where it is the whole file."""
    reason: str


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A good label that gave way to another of the same drug."""

    source: str
    position: LineNumber
    slug: str
    title: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What became of every record, each once; in the order of the files but for `imported`, which is by slug."""

    imported: list[Imported] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    kept_back: list[KeptBack] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def replaced(self) -> list[Imported]:
        """Those of `imported` that took the place of an older file."""
        return [done for done in self.imported if done.replaced]


def __getattr__(name: str) -> Any:
    """Load `import_labels` with its readers of labels when it is asked for: the types above need none of them."""
    if name == "import_labels":
        return import_module("druginfo.labels.importing").import_labels
    raise AttributeError(f"module 'druginfo.labels' has no attribute {name!r}")
