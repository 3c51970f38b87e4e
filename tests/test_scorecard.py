"""The scorecard fails when a wrong drug opens, and when a page shows other figures than it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scorecard import __main__ as scorecard
from tests.scorecard.rules import RULES
from tests.scorecard.scores import LIMITS, SUMMARY, Score, Scores, too_bad

from druginfo import Library
from druginfo.names.listed import NameList


@pytest.fixture
def scores() -> Scores:
    sets = [each for summed in SUMMARY.values() for each in summed]
    return {each: {rule: Score(opened=960, among_three=990, refused=40) for rule in RULES} for each in sets}


def test_every_rule_answers() -> None:
    names = NameList(Library().all())
    for each in RULES.values():
        assert each(names)("baricitinib")[0] == "Baricitinib"


def test_one_wrong_opening_of_a_known_name_is_too_bad(scores: Scores) -> None:
    assert list(too_bad(scores)) == []
    scores["names of the lexicon"]["druginfo"].wrong.append("abrocitinib → Baricitinib")
    scores["brands held out"]["druginfo"].wrong.append("Donamet → Methyldopa")
    assert [each.split(":")[0] for each in too_bad(scores)] == ["names of the lexicon"]
    scores["brands held out"]["druginfo"].wrong *= 25
    scores["misspellings, unseen"]["druginfo"].opened = 100
    assert [each.split(":")[0] for each in too_bad(scores)] == [
        *("misspellings, unseen", "names of the lexicon", "brands held out")
    ]


def test_limits_are_of_sets_that_there_are() -> None:
    told_beside = {"foreign names that the lexicon has"}
    assert set(LIMITS) <= told_beside | {each for summed in SUMMARY.values() for each in summed}


def test_the_pages_show_what_was_measured(scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorecard, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    for page in scorecard.PAGES:
        (tmp_path / page).write_text(f"Before\n{scorecard.BEGIN}{scorecard.END}After\n", "utf-8")
    assert list(scorecard.quoted(scores, write=True)) == list(scorecard.PAGES)
    assert list(scorecard.quoted(scores, write=False)) == []
    text = (tmp_path / "docs/matching.md").read_text("utf-8")
    assert text.startswith("Before\n")
    assert text.endswith("|\n<!-- scorecard ends -->\nAfter\n")
    scores["words"]["druginfo"].refused += 1
    assert list(scorecard.quoted(scores, write=False)) == list(scorecard.PAGES)


@pytest.mark.parametrize("page", scorecard.PAGES)
def test_each_page_has_a_table(page: str) -> None:
    text = (scorecard.ROOT / page).read_text("utf-8")
    assert "| asked for |" in text.partition(scorecard.BEGIN)[2].partition(scorecard.END)[0]


@pytest.mark.slow
def test_a_set_can_be_asked_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(scorecard, "run", lambda only, compare: {})
    monkeypatch.setattr("sys.argv", ["scorecard", "--only", "medication lines of systems"])
    assert scorecard.main() == 0
    header, _, row = capsys.readouterr().out.splitlines()
    assert header.startswith("| names |")
    assert row.startswith("| medication lines of systems |")
    monkeypatch.setattr("sys.argv", ["scorecard", "--only", "no such set"])
    assert scorecard.main() == 1
    assert "No set has “no such set” in its name." in capsys.readouterr().err
