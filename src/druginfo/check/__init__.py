"""The linter: rules with permanent codes over monograph files. `docs/check.md` has each with samples."""

from druginfo.check.run import check, gather, rules

__all__ = ["check", "gather", "rules"]
