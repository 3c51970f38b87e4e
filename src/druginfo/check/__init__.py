"""The linter: rules with permanent codes over monograph files. `docs/check.md` has each with samples."""

from druginfo.check.run import check, codes, gather, rules, summary

__all__ = ["check", "codes", "gather", "rules", "summary"]
