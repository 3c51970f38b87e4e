"""The look at a large library's files that another process takes while the program loads: never another answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from druginfo import Library, listing, places, processes
from druginfo.errors import Failed

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only where a process can be copied")

TEXT = "---\ntitle: {}\n---\n\n## Usage\n\n{}.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(processes, "_has_threads", lambda: False)  # those that run the tests
    monkeypatch.setattr(listing, "idle_processors", lambda: 2)
    monkeypatch.setattr(listing, "_LATE", 100)
    directory = tmp_path / "library"
    directory.mkdir()
    for title, use in (("Alfacitinib", "Gout"), ("Betamab", "Pain")):
        (directory / f"{title.lower()}.md").write_text(TEXT.format(title, use))
    return directory


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What was looked at in this process."""
    looked: list[Any] = []
    look, ours = listing._look_below, os.getpid()

    def counted(*roots: Any) -> Any:
        if os.getpid() == ours:
            looked.append(roots)
        return look(*roots)

    monkeypatch.setattr(listing, "_look_below", counted)
    yield looked
    assert not listing._ahead
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def without_time(found: listing.FileListing) -> Any:
    return [each._replace(is_racy=False) for each in found.directories], found.skipped


def test_what_was_seen_ahead_is_taken_once(root: Path, here: list[Any]) -> None:
    (root / "gone.md").symlink_to("nowhere")
    with_new = (root,), ()
    listing.look_ahead(*with_new)
    first = listing.listing(*with_new)
    assert not here
    (root / "gammazole.md").write_text(TEXT.format("Gammazole", "Fever"))
    second = listing.listing(*with_new)
    assert here == [with_new]
    assert len(second.directories[0].names) == len(first.directories[0].names) + 1
    (root / "gammazole.md").unlink()
    assert without_time(first) == without_time(listing.listing(*with_new))


@pytest.mark.parametrize("how", ["killed", "fails", "late", "other roots", "no more processes", "no more files"])
def test_else_it_is_seen_here(how: str, root: Path, here: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    roots: tuple[Path, ...] = (root,)

    def none(*arguments: Any) -> Any:
        raise OSError

    if how == "fails":
        monkeypatch.setattr(processes.pickle, "dump", none)
    elif how == "late":
        monkeypatch.setattr(listing, "_LATE", 0)
    elif how == "no more processes":
        monkeypatch.setattr(os, "fork", none)
    elif how == "no more files":
        monkeypatch.setattr(os, "memfd_create", none)
    open_ones = len(os.listdir("/dev/fd"))
    copy = listing.look_ahead(roots, ())
    assert copy
    if how == "killed":
        os.kill(copy._number, signal.SIGSTOP)  # it may have ended already
        os.kill(copy._number, signal.SIGKILL)
    elif how == "other roots":
        roots = (root, root.parent)
    found = listing.listing(roots, ())
    copy.close()
    if how == "other roots":
        listing._ahead.clear()
    assert len(found.directories[0].names) == 2
    assert here or how == "killed"
    assert len(os.listdir("/dev/fd")) == open_ones


def test_a_root_that_cannot_be_read_is_the_same_error(root: Path, here: list[Any]) -> None:
    roots = (root / "none",)
    listing.look_ahead(roots, ())
    with pytest.raises(Failed, match="no such file or directory"):
        listing.listing(roots, ())
    assert here


def test_a_process_whose_children_s_ends_are_ignored_waits_for_nothing(root: Path, here: list[Any]) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        copy = listing.look_ahead((root,), ())
        assert copy
        assert len(listing.listing((root,), ()).directories[0].names) == 2
        copy.close()
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("arguments", [["show", "x"], ["--json", "match", "x"], []])
def test_commands_look_ahead_in_a_large_library(
    arguments: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRUGINFO_MONOGRAPHS", os.fspath(root))
    monkeypatch.setattr(places, "_LARGE", 1_000)
    assert places.large(arguments) is None  # without an index there is all to be read
    Library().knows("x")
    assert places.large(arguments) == ((root,), ())
    monkeypatch.setattr(places, "_LARGE", 1_000_000)
    assert places.large(arguments) is None


@pytest.mark.parametrize("arguments", [["mcp"], ["--monographs", "a", "mcp"], ["import", "x.json"], ["--version"]])
def test_what_asks_later_or_nothing_does_not(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_LARGE", -1)
    monkeypatch.setattr(places, "index", lambda *roots: Path("/"))
    assert places.large(["show", "x"])
    assert places.large(arguments) is None


def test_with_no_second_processor_idle_nothing_is_looked_at_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(listing, "idle_processors", lambda: 1)
    assert listing.look_ahead((), ()) is None


_RUN = """
import atexit, os, sys
from druginfo import listing, places, processes
places._LARGE = 0
listing._LATE = 100
listing.idle_processors = lambda: 2
taken = []
result = processes.Copy.result
processes.Copy.result = lambda copy: taken.append(1) or result(copy)

def end():
    try:
        os.waitpid(-1, os.WNOHANG)
        left = True
    except ChildProcessError:
        open_ones = (f"/dev/fd/{n}" for n in os.listdir("/dev/fd"))
        left = any("memfd" in os.readlink(each) for each in open_ones if os.path.lexists(each))
    open(os.environ["TOLD"], "w").write(f"{len(taken)} {left}")

atexit.register(end)
sys.argv[0] = "druginfo"
from druginfo.__main__ import main; main()
"""


@pytest.mark.slow
def test_the_command_line_sees_every_edit_and_leaves_nothing(root: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    os.symlink("nowhere", root / "gone.md")

    def run(*arguments: str, ahead: bool = True, **more: str) -> tuple[int, bytes, bytes]:
        told.write_text("not looked ahead")
        code = ["-c", _RUN] if ahead else ["-m", "druginfo"]
        ran = subprocess.run(
            [sys.executable, *code, *arguments], capture_output=True, env={**os.environ, "TOLD": str(told), **more}
        )
        return ran.returncode, ran.stdout, ran.stderr

    asked = ("match", "betamab", "gammazole", "--monographs", str(root))
    assert run(*asked) == run(*asked, ahead=False)  # which makes the index
    for title in ("Gammazole", "Betamab", "Deltafarin"):
        (root / "gammazole.md").write_text(TEXT.format(title, "Gout"))
        found = run(*asked)
        assert told.read_text() == "1 False"
        assert found == run(*asked, ahead=False)
    completing = {"_DRUGINFO_COMPLETE": "complete_bash", "COMP_CWORD": "4"}
    line = f"druginfo --monographs {root} show alf"
    assert run(COMP_WORDS=line, **completing)[1].strip() == b"alfacitinib"
    assert told.read_text() == "1 False"
    assert run("topics", DRUGINFO_MONOGRAPHS=str(root)) == run("topics", ahead=False, DRUGINFO_MONOGRAPHS=str(root))
    assert run("show", "--no-such-option", "--monographs", str(root))[0] == 2
    assert told.read_text() == "0 False"
