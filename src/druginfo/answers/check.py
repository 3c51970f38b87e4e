"""`check`: what the linter found."""

from __future__ import annotations

from typing import Literal, NamedTuple

from druginfo.model import Count


class Finding(NamedTuple):
    """One fault that the linter found."""

    path: str
    """As the file was asked for."""
    line: Count
    """1 where the fault is the whole file's."""
    code: str
    """The rule's permanent code: `F102`."""
    level: Literal["error", "warning"]
    message: str


class Findings(NamedTuple):
    """What the linter found in some files."""

    files: Count
    """How many files were checked."""
    findings: tuple[Finding, ...]
    """By path, line, code and message."""
