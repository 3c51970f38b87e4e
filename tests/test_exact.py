"""The short way of exact names says what the whole of matching says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from druginfo import places
from druginfo.errors import Ambiguous, NotFound
from druginfo.library import Library
from sample import Sample

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("exact"))


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, sample: Sample) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(sample.root / "cache"))
    monkeypatch.delenv("DRUGINFO_MONOGRAPHS", raising=False)


def test_every_shipped_name_opens_what_matching_opens() -> None:
    shipped = Library([places.shipped()])
    for each in shipped.all():
        resolution = shipped.resolve(each.name)
        if resolution.match is None:
            with pytest.raises(Ambiguous):
                shipped.find(each.name)
        else:
            assert shipped.find(each.name) == resolution.match


@pytest.mark.parametrize("query", ["ZORBILANT®", " insulin  zorgine ", "Insulin-Zorgine", "zorgine long-acting"])
def test_folded_names_too(sample: Sample, query: str) -> None:
    found = Library([sample.library])
    assert found.find(query) == found.resolve(query).match


def test_a_name_of_two_drugs_asks(tmp_path: Path) -> None:
    for slug in ("one", "two"):
        (tmp_path / f"{slug}.md").write_text(
            f"---\ntitle: {slug}\naliases: [Zorb]\n---\n\n## Usage\n\nNone.\n", "utf-8"
        )
    with pytest.raises(Ambiguous):
        Library([tmp_path]).find("zorb")


def test_an_endless_query_is_refused_the_same_way(sample: Sample) -> None:
    padded = "zorbitinib" + " " * 500
    assert Library([sample.library]).resolve(padded).match is None
    with pytest.raises(NotFound):
        Library([sample.library]).find(padded)


def test_an_exact_name_needs_no_matching(sample: Sample) -> None:
    code = (
        "import sys\nfrom druginfo import Library\n"
        f"library = Library([{str(sample.library)!r}])\nassert library.find('zorbilant').slug == 'zorbitinib'\n"
        "heavy = ('druginfo.names.matching', 'druginfo.names.lexicon', 'rapidfuzz', 'platformdirs')\n"
        "print(*(name for name in heavy if name in sys.modules))"
    )
    sample.run("list")
    ran = subprocess.run([sys.executable, "-c", code], env=sample.environment(), capture_output=True, text=True)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


@pytest.mark.parametrize("value", [None, "", "  ", "/some/where"])
def test_directories_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert places.own() == Path(platformdirs.user_data_dir("druginfo", appauthor=False)) / "monographs"
    assert places.cache() == Path(platformdirs.user_cache_dir("druginfo", appauthor=False))
