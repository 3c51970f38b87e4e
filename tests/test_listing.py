"""What a start sees of a library's files: the quick look at whole directories is the careful one at each file."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from druginfo import listing
from druginfo.library import Library
from druginfo.listing import Directory, FileListing, files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there each file is looked at by its path")

_FILES = ("a.md", "b.md", "A.MD", "README.md", "readme.MD", "reader.md", ".hidden.md", "notes.txt", "long name.md")
_ODD = ("tab\t.md", "line\n.md", "no\xa0break.md", "é.md", "\udcff.md", "\udcff", "not printable\u200b.md")
_KINDS = ("file", "file", "file", "directory", "link", "to nothing", "to itself", "to above", "pipe")


def make(directory: Path, tree: Sequence[tuple[str, str, Sequence[object]]]) -> None:
    for name, kind, inside in tree:
        path = directory / name
        if path.is_symlink() or path.exists():
            continue
        if kind == "directory":
            path.mkdir()
            make(path, inside)  # type: ignore[arg-type]
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "file":
            path.write_text(name.encode("utf-8", "replace").decode())
        else:
            path.symlink_to({"link": "a.md", "to nothing": "nowhere", "to itself": name, "to above": ".."}[kind])


names = st.sampled_from(_FILES + _ODD)
leaves = st.lists(st.tuples(names, st.sampled_from(_KINDS), st.just(())), max_size=6)
trees = st.recursive(
    leaves, lambda inside: st.lists(st.tuples(names | st.just("dir"), st.sampled_from(_KINDS), inside), max_size=8)
)


def look(*roots: Path) -> FileListing:
    return listing.listing(roots, ())


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(trees, trees, st.randoms(use_true_random=False))
def test_it_is_as_if_each_file_were_looked_at_by_its_path(
    first: list[tuple[str, str, Sequence[object]]],
    second: list[tuple[str, str, Sequence[object]]],
    chance: random.Random,
) -> None:
    with tempfile.TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patch:
        roots = [Path(temporary, name) for name in ("one", "two")]
        for root, tree in zip(roots, (first, second), strict=True):
            root.mkdir()
            make(root, tree)
        patch.setattr(listing, "_RACY_NS", 0)
        quick = look(*roots)
        entries = os.listdir
        patch.setattr(os, "listdir", lambda where: chance.sample(found := entries(where), len(found)))
        shuffled = look(*roots)
        patch.setattr(listing, "_BY_DESCRIPTOR", False)
        careful = look(*roots)
        assert files(quick) == files(shuffled) == files(careful)
        assert sorted(quick.skipped) == sorted(shuffled.skipped) == sorted(careful.skipped)
        assert quick.in_order() == shuffled.in_order() == careful.in_order()
        assert shuffled.is_noted(quick.note)
        assert careful.is_noted(quick.note)


def test_files_come_in_the_order_of_a_walk_and_the_first_of_a_slug_counts(tmp_path: Path) -> None:
    for path in ("b.md", "a/b.md", "a/c/d.md", "a.md", "a-b/d.md", "B.md", "z/b.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    in_force, doubles = files(look(tmp_path))
    assert [os.path.relpath(file.path, tmp_path) for file in in_force] == ["a.md", "B.md", "a/c/d.md"]
    assert [os.path.relpath(fault.path, tmp_path) for fault in doubles] == ["a/b.md", "a-b/d.md", "b.md", "z/b.md"]


# ---------------------------------------------------------------- a change is seen


def _in_place(path: Path) -> None:
    """With the same size and the same time of modification."""
    status = path.stat()
    path.write_text(path.read_text().swapcase())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _by_rename(path: Path) -> None:
    status = path.stat()
    other = path.with_suffix(".new")
    other.write_text(path.read_text().swapcase())
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


def _by_link(path: Path) -> None:
    path.rename(path.with_suffix(".txt"))
    path.symlink_to(path.with_suffix(".txt").name)


def _by_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def _exchanged(path: Path) -> None:
    """The directory makes room for another with files of the same names."""
    inside, text = path.parent, path.read_text()
    inside.rename(inside.with_name(".before"))
    inside.mkdir()
    path.write_text(text)


@pytest.mark.parametrize(
    "change",
    [_in_place, _by_rename, _by_link, _by_directory, _moved, _exchanged, Path.unlink, lambda path: path.chmod(0o600),
     lambda path: path.rename(path.with_name("y.md")), lambda path: (path.parent / "new.md").write_text("x")],
)  # fmt: skip
def test_each_kind_of_change_is_seen(
    change: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_RACY_NS", 0)
    path = tmp_path / "inside" / "x.md"
    path.parent.mkdir()
    for each in (path, tmp_path / "other.md", tmp_path / "another.md"):
        each.write_text("Text")
    before = look(tmp_path)
    time.sleep(0.02)
    assert look(tmp_path).is_noted(before.note)
    change(path)
    after = look(tmp_path)
    assert not after.is_noted(before.note)
    stamps = [{file.path: file.stamp for file in files(found)[0]} for found in (before, after)]
    same = {path for path in stamps[0] if stamps[0][path] == stamps[1].get(path)}
    assert same >= {str(tmp_path / "other.md"), str(tmp_path / "another.md")}


def test_each_part_of_a_directory_counts() -> None:
    """A name by itself, too: not every file system notes the time of a renaming."""
    one = Directory(0, "/a", ["x.md", "y.md"], [1, 2, 3, 4, 5, 6], False)
    other = {"root": 1, "path": "/b", "names": ["x.md", "z.md"], "numbers": [1, 2, 3, 4, 5, 7], "is_racy": True}
    changed = [one._replace(**{field: value}) for field, value in other.items()]
    assert len({listing._digest([each], 9) for each in (one, *changed)}) == 1 + len(other)


def test_what_changed_within_the_clocks_tick_alone_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_RACY_NS", 500_000_000)
    (tmp_path / "old.md").write_text("Old")
    time.sleep(0.6)
    (tmp_path / "new.md").write_text("New")
    found = [look(tmp_path) for _ in range(2)]
    assert not found[1].is_noted(found[0].note)
    (new, old), (new_again, old_again) = (files(each)[0] for each in found)
    assert old == old_again
    assert new != new_again
    later = time.time_ns() + 10**9
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert look(tmp_path).is_noted(look(tmp_path).note)
    monkeypatch.setattr(time, "time_ns", lambda: 0)  # a clock that was set back
    assert look(tmp_path).is_noted(look(tmp_path).note)


# ---------------------------------------------------------------- what hinders


@pytest.mark.parametrize(
    ("error", "message"),
    [(PermissionError(13, "Not permitted"), "not permitted"), (FileNotFoundError(2, "Gone"), "gone")],
)
def test_one_file_that_cannot_be_looked_at_hinders_no_other(
    error: OSError, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text("x")
    status = os.stat

    def refuse(path: str, **how: int) -> os.stat_result:
        if os.path.basename(path) == "b.md":
            raise error
        return status(path, **how)

    monkeypatch.setattr(os, "stat", refuse)
    found = look(tmp_path)
    assert [file.slug for file in files(found)[0]] == ["a", "c"]
    assert [(fault.path, fault.message) for fault in found.skipped] == [(str(tmp_path / "b.md"), message)]


def test_names_that_a_system_gives_in_another_order_are_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(listing, "_RACY_NS", 0)
    root = tmp_path / "library"
    root.mkdir()
    for name in ("a", "b", "c"):
        (root / f"{name}.md").write_text(f"---\ntitle: Drug{name}ol\n---\n")
    entries = os.listdir
    opened = Library([root])
    assert opened.store.state == "built"
    for is_reversed in (False, True):
        monkeypatch.setattr(os, "listdir", lambda where, last=is_reversed: sorted(entries(where), reverse=last))
        again = Library([root])
        assert (again.store.state, again.store.note) == ("fresh", opened.store.note)
        assert [card.slug for card in again.cards()] == ["a", "b", "c"]
