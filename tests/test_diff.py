"""`druginfo diff`: what changed from one version of a monograph to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from druginfo.answers.diff import diff
from druginfo.errors import Failed, NotFound
from druginfo.library import Library
from sample import Sample

OLD = """---
title: Zelvanib
lastModified: 2020-01-01
---
## Usage

Pain.

## Dosage

### Adults
- **Pain:** 5 mg once daily.
- **Fever:** 10 mg once daily.

## Overdose

Call the poison centre.
"""
NEW = (
    OLD.replace("5 mg once daily", "10 mg once daily", 1)
    .replace("Pain.\n", "Pain  .\n", 1)
    .replace("Pain  .", "Pain.")
    .replace("- **Fever:** 10 mg once daily.\n", "- **Migraine:** 20 mg once daily.\n")
    .replace("## Overdose\n\nCall the poison centre.\n", "## Contraindications\n\nBleeding.\n")
    .replace("2020-01-01", "2021-01-01")
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    paths = tmp_path / "old" / "zelvanib.md", tmp_path / "new" / "zelvanib.md"
    for path, text in zip(paths, (OLD, NEW), strict=True):
        path.write_text(text, encoding="utf-8")
    return str(paths[0]), str(paths[1])


def test_sections_and_rows_that_changed_are_listed_and_no_others(files: tuple[str, str]) -> None:
    found = diff(Library(), *files)
    assert [(s.change, s.key, s.old, s.new) for s in found.sections] == [
        (
            "changed",
            "dosage/adults",
            ("- Pain: 5 mg once daily.", "- Fever: 10 mg once daily."),
            ("- Pain: 10 mg once daily.", "- Migraine: 20 mg once daily."),
        ),
        ("gone", "overdose", ("Call the poison centre.",), ()),
        ("added", "contraindications", (), ("Bleeding.",)),
    ]
    assert [(r.change, r.old and r.old.text, r.new and r.new.text) for r in found.rows] == [
        ("changed", "5 mg once daily.", "10 mg once daily."),
        ("added", None, "20 mg once daily."),
        ("gone", "10 mg once daily.", None),
    ]
    assert (found.old.last_modified, found.new.last_modified) == ("2020-01-01", "2021-01-01")


def test_a_version_differs_from_itself_in_nothing(files: tuple[str, str]) -> None:
    found = diff(Library(), files[0], files[0])
    assert (found.sections, found.rows) == ((), ())


def test_names_and_unreadable_files(files: tuple[str, str], tmp_path: Path) -> None:
    library = Library([str(Path(files[1]).parent)])
    assert diff(library, files[0], "zelvanib").new.path.endswith("zelvanib.md")
    with pytest.raises(NotFound):
        diff(library, files[0], "nothing at all")
    with pytest.raises(Failed, match=r"gone\.md"):
        diff(library, files[0], str(tmp_path / "gone.md"))


@pytest.mark.slow
def test_the_command_prints_text_and_json(files: tuple[str, str], tmp_path: Path) -> None:
    (place := tmp_path / "sample").mkdir()
    sample = Sample(place)
    said = sample.run("diff", *files)
    assert said.status == 0
    assert "+ Contraindications (added)" in said.out
    assert "- Overdose (gone)" in said.out
    assert "+ 20 mg once daily." in said.out
    document = json.loads(sample.run("diff", *files, "--json").out)
    assert [section["change"] for section in document["sections"]] == ["changed", "gone", "added"]
    assert document["rows"][0]["new"]["dose"]["low"] == 10
    assert sample.run("diff", files[0]).status == 2
    assert "No section and no dosing row has changed." in sample.run("diff", files[0], files[0]).out
