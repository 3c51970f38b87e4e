"""docs/check.md and the rules are in step: every code, level and summary, and every sample runs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from druginfo.check import check, rules

PAGE = (Path(__file__).parents[1] / "docs" / "check.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w\d{3})\n\n(.*?)(?=^## \w: |^### \w\d{3}$|\Z)", PAGE, re.M | re.S))
FENCE = re.compile(r"^(?P<fence>`{3,})(?P<form>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)\n(?P=fence)$", re.M | re.S)
WITHOUT_SAMPLE = {"U002"}


class Written(date):
    """The day on which the page was written: samples do not grow old."""

    @classmethod
    def today(cls) -> Written:
        return cls(2026, 11, 29)


def samples(code: str, word: str) -> list[tuple[str, str]]:
    """File names and contents of a rule's bad or good sample."""
    parts = re.split(r"^(Bad|Good):$", SECTIONS[code], flags=re.M)
    text = parts[parts.index(word) + 1]
    return [(m["name"] or "example.md", whole(m["form"], m["name"], m["text"])) for m in FENCE.finditer(text)]


def whole(form: str, name: str | None, text: str) -> str:
    if name:
        return text + "\n"
    title = "" if text.startswith("title:") else "title: Example\n"
    return f"---\n{title}{text}\n---\n" if form == "yaml" else f"---\n{title}---\n\n{text}\n"


def codes_in(files: list[tuple[str, str]], code: str, directory: Path) -> set[str]:
    paths = []
    for name, text in files:
        (directory / name).write_text(text, encoding="utf-8")
        paths.append((name, directory / name))
    return {finding.code for finding in check(paths, select=[code]).findings}


def test_every_rule_is_documented_and_nothing_else():
    assert list(SECTIONS) == [rule.code for rule in rules()]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_level_and_summary_are_the_rules(rule):
    imported = {None: "not on imported labels", rule.level: "on imported labels too"}
    where = imported.get(rule.imported, f"{rule.imported} on imported labels")
    assert SECTIONS[rule.code].startswith(f"{rule.level}: {rule.summary} ({where}).\n")


@pytest.mark.parametrize("code", [rule.code for rule in rules() if rule.code not in WITHOUT_SAMPLE])
def test_bad_sample_is_found_and_good_sample_is_not(code, tmp_path, monkeypatch):
    monkeypatch.setattr("druginfo.check.front_matter.date", Written)
    assert codes_in(samples(code, "Bad"), code, tmp_path) == {code}
    assert codes_in(samples(code, "Good"), code, tmp_path) == set()
