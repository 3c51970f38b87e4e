"""`druginfo new`: a monograph begun in the user's own directory, never over another one, never under a brand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Cli
from druginfo.places import own


@pytest.mark.slow
def test_a_known_drug_without_a_monograph(inside: Cli) -> None:
    ran = inside("new", "zanubrutinib", "--json")
    begun = json.loads(ran.out)
    path = Path(begun["path"])
    assert path == own() / "zanubrutinib.md"
    assert (begun["slug"], begun["title"]) == ("zanubrutinib", "Zanubrutinib")
    assert "Brukinsa" in begun["brands"]
    shown = json.loads(inside("show", "brukinsa", "--json").out)
    assert shown["monograph"]["path"] == str(path)
    assert inside("check", str(path)).status == 1  # its empty sections are what is still to do
    again = inside("new", "zanubrutinib")
    assert again.status == 1
    assert "already" in again.err


@pytest.mark.slow
def test_codes_and_classes_are_those_of_its_group(inside: Cli) -> None:
    begun = json.loads(inside("new", "fosinopril", "--json").out)
    assert begun["atc"] == ["C09AA09"]
    assert begun["classes"] == ["Angiotensin-converting enzyme (ACE) inhibitor", "Antihypertensive"]
    shown = json.loads(inside("show", "fosinopril", "--json").out)["monograph"]
    assert shown["classes"] == begun["classes"]
    assert json.loads(inside("new", "zanubrutinib", "--json").out)["classes"] == []  # the only one of its group here


def test_a_name_that_no_list_has(inside: Cli) -> None:
    assert inside("new", "our", "house", "mixture").status == 0
    assert "Our house mixture" in (own() / "our-house-mixture.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("brukinsa", 2, "druginfo new zanubrutinib"),
        ("zanubrutinb", 2, "druginfo new zanubrutinib"),
        ("warfarin", 1, "Copy it to"),
        ("coumadin", 1, "Warfarin has a monograph"),
        ("mycophenolate", 4, "Mycophenol"),
        ("???", 2, "no letter or digit"),
    ],
)
def test_what_is_refused(name: str, status: int, said: str, inside: Cli) -> None:
    ran = inside("new", name)
    assert (ran.status, said in ran.err) == (status, True), ran.err
    assert not list(own().glob("*.md"))
