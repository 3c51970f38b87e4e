"""The gold set stays read as well as docs/dosing.md says."""

from __future__ import annotations

import pytest
from tests.dosing_scorecard import FIGURES, WORDS, scorecard, share

COUNT, FINDINGS = scorecard()


def test_every_line_is_covered() -> None:
    assert COUNT["lines_covered"] == COUNT["lines"] > 100, FINDINGS


@pytest.mark.parametrize("danger", ["invented", "not_verbatim", "wrong", "spurious"])
def test_what_must_never_happen(danger: str) -> None:
    assert COUNT[danger] == 0, FINDINGS


def test_rows_are_split_as_a_reader_splits_them() -> None:
    assert share(COUNT["rows_same"], COUNT["rows_read"]) >= 97, FINDINGS
    assert share(COUNT["rows_same"], COUNT["rows_gold"]) >= 97, FINDINGS


@pytest.mark.parametrize("key", [*FIGURES, *(key for key in WORDS if key not in ("qualifier", "maximum", "condition"))])
def test_fields(key: str) -> None:
    points = COUNT[f"{key}.credit_halves"] / 2
    assert share(points, COUNT[f"{key}.read"]) >= 97, FINDINGS
    assert share(points, COUNT[f"{key}.gold"]) >= 97, FINDINGS
