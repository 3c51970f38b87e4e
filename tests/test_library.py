"""Which monographs are in force: roots, overriding, and what becomes of files that are none."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import SHIPPED, Cli
from druginfo import Library
from druginfo.errors import Ambiguous, Failed, NotFound
from druginfo.places import own, shipped

MakeLibrary = Callable[..., Path]
ORZULATE = "---\ntitle: Orzulate\n---\n## Dosage\n\n5 mg\n"


def skipped(root: Path) -> list[tuple[str, int, str]]:
    return [(os.path.relpath(f.path, root), f.line, f.message) for f in Library([root]).skipped()]


@pytest.mark.slow
def test_shipped_monographs_are_in_force_without_being_asked_for() -> None:
    assert {path.name for path in shipped().iterdir()} == {path.name for path in SHIPPED.iterdir()}
    library = Library()
    assert {card.slug for card in library.cards()} == {path.stem for path in SHIPPED.glob("*.md")}
    assert library.open(library.find("Olumiant").slug).title == "Baricitinib"
    assert library.skipped() == []


@pytest.mark.slow
def test_own_directory_adds_and_overrides_by_slug(hermetic: Path) -> None:
    own().mkdir(parents=True)
    (own() / "Baricitinib.MD").write_text(ORZULATE.replace("Orzulate", "Mine"))
    (own() / "orzulate.md").write_text(ORZULATE)
    library = Library()
    assert library.open("baricitinib").title == "Mine"
    assert library.find("orzulate").slug == "orzulate"
    assert library.find("olumiant").slug == "baricitinib"  # the lexicon knows whose brand it is
    assert library.skipped() == []


def test_named_directories_replace_the_library_and_the_variable_does_too(
    library: MakeLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library(orzulate=ORZULATE, other=ORZULATE)
    second = tmp_path / "second"
    second.mkdir()
    (second / "other.md").write_text(ORZULATE.replace("Orzulate", "Later"))
    assert [(c.slug, c.title) for c in Library([first, second]).cards()] == [
        ("other", "Later"),
        ("orzulate", "Orzulate"),
    ]
    monkeypatch.setenv("DRUGINFO_MONOGRAPHS", f"{first}{os.pathsep}{second}")
    assert [c.title for c in Library().cards()] == ["Later", "Orzulate"]
    assert [c.title for c in Library([first]).cards()] == ["Orzulate", "Orzulate"]


def test_one_file_of_two_with_one_slug_counts_and_the_other_is_reported(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE)
    (root / "sub").mkdir()
    (root / "sub" / "ORZULATE.md").write_text(ORZULATE.replace("Orzulate", "Other"))
    assert Library([root]).open("orzulate").title == "Orzulate"
    ((path, line, message),) = skipped(root)
    assert (path, line) == (os.path.join("sub", "ORZULATE.md"), 0)
    assert "same slug" in message


def test_only_monographs_are_read(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE, README="no drug", notes="")
    (root / ".hidden.md").write_text(ORZULATE)
    (root / ".git").mkdir()
    (root / ".git" / "x.md").write_text(ORZULATE)
    (root / "notes.md").rename(root / "notes.txt")
    assert [c.slug for c in Library([root]).cards()] == ["orzulate"]


def test_a_bad_file_is_reported_with_line_and_reason_and_the_rest_works(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE, bad="---\ntitle: A\nbad: a: b\n---\n")
    assert [c.slug for c in Library([root]).cards()] == ["orzulate"]
    ((path, line, message),) = skipped(root)
    assert (path, line) == ("bad.md", 3)
    assert "YAML" in message


def test_a_bad_file_is_reported_once_a_run(library: MakeLibrary, cli: Cli) -> None:
    root = library(orzulate=ORZULATE, bad="---\ntitle: A\n")
    for _ in range(2):  # also where the index remembers it
        ran = cli("show", "orzulate", "--monographs", str(root))
        assert ran.status == 0
        assert ran.err.count("bad.md:1:") == 1
        assert len(ran.err.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_links_pipes_and_loops(library: MakeLibrary, tmp_path: Path) -> None:
    root = library(orzulate=ORZULATE)
    (root / "gone.md").symlink_to("nowhere")
    (root / "loop.md").symlink_to("loop.md")
    (root / "up").symlink_to(root)
    (root / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe.md")
    (root / "dir.md").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.md").write_text(ORZULATE.replace("Orzulate", "Linked"))
    (root / "there").symlink_to(elsewhere)
    assert [c.slug for c in Library([root]).cards()] == ["linked", "orzulate"]
    assert {path: message for path, _, message in skipped(root)} == {
        "gone.md": "is a link to nothing",
        "loop.md": "is a link to nothing",
        "zero.md": "is not a regular file",
        "pipe.md": "is not a regular file",
    }


@pytest.mark.skipif(os.name == "nt", reason="paths have other limits there")
@pytest.mark.slow
def test_what_cannot_be_looked_at_is_reported_once(library: MakeLibrary, cli: Cli) -> None:
    """A directory that lies so deep that no system call takes its path."""
    root = library(orzulate=ORZULATE)
    kept = os.open(".", os.O_RDONLY)
    try:
        os.chdir(root)
        for _ in range(20):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
        Path("deep.md").write_text(ORZULATE)
        Path("e.md").write_text(ORZULATE)
    finally:
        os.fchdir(kept)
        os.close(kept)
    for arguments in (["list"], ["info"], ["list", "--json"]):
        ran = cli(*arguments, "--monographs", str(root))
        assert ran.status == 0
        (line,) = ran.err.splitlines()
        assert "cannot be looked at: file name too long" in line
    assert "file name too long" in " ".join(cli("info", "--monographs", str(root)).out.split())


@pytest.mark.slow
def test_an_own_directory_that_cannot_be_looked_at_is_reported(cli: Cli) -> None:
    for home in ("/x" * 3000, "/" + "y" * 300):
        ran = cli("show", "baricitinib", env={"XDG_DATA_HOME": home})
        assert ran.status == 0
        assert "file name too long" in ran.err
        assert len(ran.err.splitlines()) == 1
        assert "file name too long" in " ".join(cli("info", env={"XDG_DATA_HOME": home}).out.split())


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_whose_name_is_no_text_is_reported(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE)
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.md")).write_text(ORZULATE)
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    ((_, _, message),) = skipped(root)
    assert "not UTF-8" in message


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is unreadable for root")
def test_unreadable_files_and_directories_are_reported(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE, secret=ORZULATE)
    (root / "locked").mkdir()
    (root / "locked").chmod(0)
    (root / "secret.md").chmod(0)
    try:
        assert sorted((path, message) for path, _, message in skipped(root)) == [
            ("locked", "permission denied"),
            ("secret.md", "permission denied"),
        ]
    finally:
        (root / "locked").chmod(0o700)


def test_a_root_that_is_no_directory_fails(library: MakeLibrary, tmp_path: Path) -> None:
    file = library(orzulate=ORZULATE) / "orzulate.md"
    for root in (file, tmp_path / "missing"):
        with pytest.raises(Failed, match=str(root)):
            Library([root]).cards()


def test_a_library_of_nothing_but_bad_files_knows_no_name(library: MakeLibrary, cli: Cli) -> None:
    ran = cli("show", "zorbu", "--monographs", str(library(zorba="---\ntitle: [x\n---\n")))
    assert ran.status == 3
    assert "Nothing is called “zorbu”" in ran.err


def test_a_library_without_monographs_fails(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="No monographs"):
        Library([tmp_path]).cards()


def test_changes_show_at_once(library: MakeLibrary) -> None:
    root = library(orzulate=ORZULATE)
    assert Library([root]).open("orzulate").title == "Orzulate"
    (root / "orzulate.md").write_text(ORZULATE.replace("Orzulate", "Orzulatt"))
    assert Library([root]).open("orzulate").title == "Orzulatt"
    (root / "second.md").write_text(ORZULATE)
    (root / "orzulate.md").unlink()
    assert [c.slug for c in Library([root]).cards()] == ["second"]


def test_one_name_of_two_drugs_is_ambiguous(library: MakeLibrary) -> None:
    names = "---\ntitle: {}\naliases: [Shared]\n---\n"
    found = Library([library(one=names.format("One"), two=names.format("Two"))])
    with pytest.raises(Ambiguous) as caught:
        found.find("shared")
    assert {c.slug for c in caught.value.candidates} == {"one", "two"}


@pytest.mark.slow
def test_what_is_asked_of_an_unknown_slug() -> None:
    with pytest.raises(NotFound):
        Library().open("zzzz")
    assert Library().knows("OLUMIANT®")
    assert not Library().knows("\udcff")


def test_a_class_is_looked_up_as_every_card_would_be() -> None:
    from druginfo.answers.listing import cards
    from druginfo.classes import phrase, wordings

    def is_among(classes: Sequence[str], query: str) -> bool:
        wanted = phrase(query)
        return wanted in wordings(classes) or any(set(wanted) <= set(phrase(name)) for name in classes)

    library = Library([shipped()])
    for query in ("statin", "beta blocker", "JAK", "antidiabetic"):
        expected = [card.slug for card in library.cards() if is_among(card.classes, query)]
        assert [card.slug for card in cards(library, of=query).monographs] == expected != []
    assert {card.slug for card in library.cards() if card.is_banned} == set(library.banned())


def test_of_each_role_the_first_text_that_gives_it_is_the_ground(library: MakeLibrary) -> None:
    text = "---\ntitle: {}\n---\n## Drug Interactions\n\n- Strong CYP3A inhibitors (ketoconazole): {}\n- Other.\n- {}\n"
    again = "CYP3A inhibitors (clarithromycin, ketoconazole): less."
    found = Library([library(
        aone=text.format("Aone", "avoid.", again), btwo=text.format("Btwo", "reduce.", again), ketoconazole=ORZULATE,
    )])  # fmt: skip
    every = {
        (row["target"], row["role"], row["strengths"]): (row["slug"], row["line"])
        for row in found.examples(["ketoconazole"])
    }
    assert every == {("CYP3A", "inhibitor", "strong"): ("aone", 6), ("CYP3A", "inhibitor", ""): ("aone", 8)}
    of_others = {row["slug"] for row in found.examples(["ketoconazole"], "aone")}
    assert of_others == {"btwo"}
    assert found.examples(["unknown"]) == []


def test_the_names_of_a_length_are_read_once(library: MakeLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Library([library(orzulate=ORZULATE)])
    asked = list[str]()
    rows = small.rows

    def counted(table: str, *rest: Any, **more: Any) -> Any:
        asked.append(table)
        return rows(table, *rest, **more)

    monkeypatch.setattr(small, "rows", counted)
    assert small.of_length(3, 9) == small.of_length(3, 9) == ["orzulate"]
    assert asked == ["name"]
    small.close()
    assert small.of_length(3, 9) == ["orzulate"]
    assert asked == ["name", "name"]
