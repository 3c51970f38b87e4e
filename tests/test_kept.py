"""What was read of single monographs and kept is what reading them now gives, whatever befalls the kept files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import druginfo.library
from conftest import SHIPPED, Cli
from druginfo import listing
from druginfo.answers import across, bedside
from druginfo.answers.across import TopicOfAll
from druginfo.answers.bedside import regimens
from druginfo.answers.dose import Doses, dose
from druginfo.answers.review import Review, review
from druginfo.answers.search import search as ask_for
from druginfo.answers.show import show
from druginfo.dosing import read_doses
from druginfo.dosing.patient import Patient
from druginfo.errors import NotFound
from druginfo.library import Library, keeping, kept, profiling
from druginfo.model import Band, Condition, Fault, Regimens

TEXT = """---
title: Drugoline
---

## Dosage

- **Adults:** {dose} mg orally once daily.
- Do not crush the tablets.

## Drug Interactions

- **NSAIDs:** Avoid.
"""


@pytest.fixture
def root(library: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(listing, "_RACY_NS", 0)
    return library(drugoline=TEXT.format(dose=2))


def ask(root: Path) -> Regimens:
    """The doses, as a process that is started now gives them."""
    return regimens(Library([root]), "drugoline")


def amounts(found: Regimens) -> list[str]:
    return [row.dose.text for row in found.rows if row.dose]


def files(root: Path) -> list[Path]:
    store = Library([root]).store.path
    assert store
    directory = keeping.beside(store)
    return sorted(directory.iterdir()) if directory.is_dir() else []


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may read doses or profiles of a monograph."""

    def read(*_: object, **how: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("druginfo.dosing.doses.read_dosing", read)
    monkeypatch.setattr(profiling, "read", read)


@pytest.mark.slow
def test_every_shipped_monograph_is_kept_as_it_is_read() -> None:
    """Each drug asked twice: read and kept the first time, only loaded the second."""
    first, second = Library([SHIPPED]), Library([SHIPPED])
    for monograph in first.monographs():
        fresh = read_doses(monograph)
        assert regimens(first, monograph.slug, for_patient=True) == fresh
        assert regimens(second, monograph.slug, for_patient=True) == fresh
    for slug in ("warfarin", "tamoxifen", "baricitinib"):
        fresh_profile = profiling.read(first.open(slug))
        assert first.profile(slug) == second.profile(slug) == fresh_profile


def test_a_noun_is_kept_as_it_was_and_each_part_once() -> None:
    """What is equal is read back as one; `1`, `1.0` and `True` stay apart."""
    child = Condition("age", "Children", (Band(1, True, 1.0, True, "years"),), says=("ages",))
    faults = (Fault("a", 1, "x"), Fault("a", True, "x"))
    noun = ((child, child), (Condition(*child), "Children", None, 2.5), faults)
    again = kept.unpacked(kept.packed(noun))
    assert repr(again) == repr(noun)
    assert again[0][0] is again[0][1] is again[1][0]
    assert kept.unpacked(kept.packed((0, ()))) == (0, ())


def test_read_once(root: Path, request: pytest.FixtureRequest) -> None:
    found, profile = ask(root), Library([root]).profile("drugoline")
    request.getfixturevalue("forbidden")
    assert ask(root) == found
    assert Library([root]).profile("drugoline") == profile
    assert amounts(found) == ["2 mg"]
    assert [path.stat().st_mode & 0o777 for path in files(root)] == [0o600, 0o600]


@pytest.mark.parametrize("filters", [{}, {"age": "82", "egfr": "28"}])
def test_what_was_asked_before_is_answered_without_opening_a_monograph(
    root: Path, monkeypatch: pytest.MonkeyPatch, filters: dict[str, str]
) -> None:
    def answers() -> tuple[Doses, Review]:
        return dose(Library([root]), ["drugoline"], patient), review(Library([root]), ["drugoline"], patient)

    patient = Patient.read(**filters)
    first = answers()
    monkeypatch.setattr(Library, "monograph", lambda *_: pytest.fail("opened again"))
    assert answers() == first


def test_read_again_when_the_file_changed(root: Path) -> None:
    ask(root)
    (root / "drugoline.md").write_text(TEXT.format(dose=8), "utf-8")
    assert amounts(ask(root)) == ["8 mg"]
    assert len(files(root)) == 1


def test_read_again_by_changed_code(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(root)
    monkeypatch.setattr(kept, "code", lambda: "00000000")
    monkeypatch.setattr("druginfo.dosing.doses.read_dosing", lambda *_, **how: Regimens((), ()))
    assert ask(root) == Regimens((), ())


def test_code_is_decided_by_every_file_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "room").mkdir()
    rule = tmp_path / "room" / "rule.py"
    rule.write_text("1")
    monkeypatch.setattr(kept, "_CODE", tmp_path)
    before = kept.code.__wrapped__()
    assert kept.code.__wrapped__() == before
    os.utime(rule, ns=(1, 1))
    assert kept.code.__wrapped__() != before


@pytest.mark.parametrize("how", ["flipped", "cut", "empty", "foreign", "link", "pipe", "directory"])
def test_damage_is_never_an_answer(root: Path, how: str) -> None:
    found = ask(root)
    (path,) = files(root)
    content = path.read_bytes()
    if how == "flipped":
        for at in range(0, len(content), 7):
            path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
            assert ask(root) == found
        return
    path.unlink()
    match how:
        case "cut":
            path.write_bytes(content[:-5])
        case "empty":
            path.write_bytes(b"")
        case "foreign":
            path.write_bytes(b"not ours\n" * 100)
        case "link":
            path.symlink_to(root / "nothing")
        case "pipe":
            os.mkfifo(path)
        case "directory":
            path.mkdir()
    assert ask(root) == found


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a user who may write everywhere")
def test_a_place_that_cannot_be_written(root: Path) -> None:
    store = Library([root]).store.path
    assert store
    store.parent.chmod(0o500)
    try:
        assert amounts(ask(root)) == ["2 mg"]
    finally:
        store.parent.chmod(0o700)


def test_nothing_can_be_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "_write", full)
    assert amounts(ask(root)) == ["2 mg"]
    assert files(root) == []


def test_no_place_at_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/no")
    assert amounts(ask(root)) == ["2 mg"]


def test_an_index_that_is_built_anew_keeps_nothing_of_before(root: Path) -> None:
    ask(root)
    store = Library([root]).store.path
    assert store
    store.unlink()
    assert files(root) == []


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["baricitinib"], {"druginfo.dosing.reading", "druginfo.dosing.filters"}),
        (["ciprofloxacin", "--for", "uti", "--age", "8"], {"druginfo.dosing.line", "druginfo.terms.scan"}),
        (["atorvastatin", "--for", "migraine", "--age", "8"], {"druginfo.dosing.line", "druginfo.terms.scan"}),
    ],
)
def test_a_second_question_loads_no_reader(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], unneeded: set[str]
) -> None:
    # a cache of its own: processes that other tests start meanwhile remove all but the stores used last
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / f"{words[0]}.md").symlink_to(SHIPPED / f"{words[0]}.md")  # a copy is as new as what nothing is kept of
    asked = ["dose", *words, "--json", "--monographs", str(tmp_path)]
    code = (
        f"import sys\nfrom druginfo import cli\nsys.argv = ['druginfo', *{asked}]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)\n"
    )
    cli(*asked)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert "druginfo.answers.dose" in done.stderr.split()
    assert not unneeded & set(done.stderr.split())


@pytest.mark.slow
def test_places_of_passages_are_kept_and_give_what_a_search_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library([SHIPPED])
    patient = Patient.read(age="78", egfr="28")
    slugs = [card.slug for card in library.cards()][::12]
    found = []
    for search in (bedside._search, forbidden_search):
        monkeypatch.setattr(bedside, "_search", search)
        found.append([bedside.passages(library, slug, patient) for slug in slugs])
    assert found[0] == found[1]
    for passages in (each for of_drug in found[0] for each in of_drug):
        assert all(section.markdown.strip() for section in passages.sections)


def forbidden_search(*_: object) -> None:
    raise AssertionError("nothing is searched again")


# ---------------------------------------------------------------- what was read of all monographs


def counted(root: Path, *words: str) -> list[tuple[str, int]]:
    """How many passages each monograph has, as `show` has them on a screen."""
    found = show(Library([root]), words, counts=True)
    assert isinstance(found, TopicOfAll)
    whole = show(Library([root]), words)
    assert isinstance(whole, TopicOfAll)
    assert found.short == whole.short
    assert found.left_out == whole.left_out
    counts = [(each.slug, each.passages) for each in found.results]
    assert counts == [(each.slug, each.passages) for each in whole.results]
    return counts


@pytest.mark.parametrize("words", [("interactions",), ("nsaids",), ("crush",)])
def test_counts_are_kept_until_a_monograph_changes(
    root: Path, library: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    first = counted(root, *words)
    assert first == [("drugoline", 1)]
    with monkeypatch.context() as patch:
        patch.setattr(across, "_read", lambda *_: pytest.fail("counted again"))
        found = show(Library([root]), words, counts=True)
    assert isinstance(found, TopicOfAll)
    assert [(each.slug, each.passages) for each in found.results] == first
    library(drugoline=TEXT.format(dose=2), other=TEXT.format(dose=3).replace("Drugoline", "Other"))
    assert counted(root, *words) == [*first, ("other", 1)]


def test_words_offered_for_misspelled_ones_are_those_of_the_library_as_it_is(
    root: Path, library: Callable[..., Path]
) -> None:
    for _ in range(2):
        with pytest.raises(NotFound, match="Did you mean “tablets”"):
            ask_for(Library([root]), ["tabletz"])
        with pytest.raises(NotFound, match=r"Nothing found for “capsulez”\. Try"):
            ask_for(Library([root]), ["capsulez"])
    library(other=TEXT.format(dose=3).replace("Drugoline", "Other").replace("tablets", "capsules"))
    with pytest.raises(NotFound, match="Did you mean “capsules”"):
        ask_for(Library([root]), ["capsulez"])
    assert Library([root]).words(7, 8).keys() >= {"tablets", "capsules"}
    assert not Library([root]).words(65, 70)


def test_what_was_asked_of_all_monographs_makes_room(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(druginfo.library, "_KEPT_OF_ALL", 1)
    assert [counted(root, word) for word in ("crush", "nsaids", "crush")] == [[("drugoline", 1)]] * 3
    assert len([path for path in files(root) if path.suffix == ".all"]) == 1


def test_what_was_kept_goes_with_its_store(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a library is asked on after its store was removed for those of other libraries."""
    pruned = keeping._prune
    monkeypatch.setattr(keeping, "_prune", lambda path: pruned(path, keep=1))
    libraries = []
    for number in range(3):
        other = tmp_path / f"library{number}"
        shutil.copytree(root, other)
        libraries.append(Library([other]))
        regimens(libraries[-1], "drugoline")
    for asked in libraries:
        bedside.head(asked, "drugoline")
    ask(root)
    kept_of = {path.stem for path in (tmp_path / "cache" / "druginfo").glob("*.read")}
    assert kept_of == {path.stem for path in (tmp_path / "cache" / "druginfo").glob("*.sqlite")}
    assert len(kept_of) == 2


def test_the_stores_that_were_used_last_are_kept(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those that were made last: one that is asked every day stays."""
    stores = []
    for number in range(3):
        shutil.copytree(root, tmp_path / f"library{number}")
        stores.append(Library([tmp_path / f"library{number}"]).store.path)
        time.sleep(0.02)
    monkeypatch.setattr(keeping, "_MINUTE", -1)
    Library([tmp_path / "library0"]).find("drugoline")
    keeping._prune(stores[0], keep=2)
    assert [store.exists() for store in stores] == [True, False, True]
    assert Library([tmp_path / "library0"]).store.state == "fresh"
