"""`check`: what the linter found."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Count, Finding


class Findings(NamedTuple):
    """What the linter found in some files."""

    files: Count
    """How many files were checked."""
    findings: tuple[Finding, ...]
    """By path, line, code and message."""
