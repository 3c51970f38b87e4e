"""The tables of words that are kept as text in `data/`, where a clinician can mend them."""

from __future__ import annotations

from pathlib import Path


def data_rows(table: str) -> list[str]:
    """The lines of a table in `data/`, without its comments."""
    text = (Path(__file__).parents[1] / "data" / table).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
