"""The store is never the reason for an answer: whatever befalls its file, answers are those given without one."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from druginfo import listing, places
from druginfo.answers.search import search
from druginfo.errors import DruginfoError, Failed
from druginfo.library import Library, keeping, writing

pytestmark = pytest.mark.slow

TEXT = """---
title: {title}
classes: [Invented inhibitor, Group {group}]
faqs:
  - q: How much {title} is version {version}?
    a: Version {version}, always.
---

## Alternate Names

- **Brand Names:** {title}via

## Usage

Invented arthritis (IA), version {version}.

## Drug Interactions

- **Word{version}:** Avoid.
"""


def write(root: Path, number: int, version: int = 0) -> Path:
    path = root / f"drug-{number}.md"
    text = TEXT.format(title=f"Drugol{number}ine", group=number % 2, version=version)
    path.with_suffix(".new").write_text(text, "utf-8")
    os.replace(path.with_suffix(".new"), path)
    return path


def everything(opened: Library) -> list[Any]:
    """Answers of every kind."""

    def found(words: str) -> Any:
        try:
            return search(opened, words.split(), limit=5)
        except DruginfoError as error:
            return error.message

    return [
        opened.all(),
        opened.cards(),
        list(opened.monographs()),
        opened.faqs(),
        opened.search_faqs([["version"]], 3),
        sorted(opened.treats("IA")),
        opened.skipped(),
        [found(words) for words in ("arthritis", "IA", "word1", "drugol3ine version", "inhibitor", "ia*")],
        opened.resolve("drugol1inevia"),
    ]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(listing, "_RACY_NS", 0)
    directory = tmp_path / "library"
    directory.mkdir()
    for number in range(6):
        write(directory, number)
    return directory


@pytest.fixture
def without(root: Path) -> Callable[[], list[Any]]:
    """The answers without an index file."""

    def ask() -> list[Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(places, "index", lambda roots, optional, store: None)
            return everything(Library([root]))

    return ask


def state(opened: Library) -> str:
    opened.knows("x")
    return opened.store.state


def file_of(root: Path, store: str = "named") -> Path:
    path = places.index([root], (), store)
    assert path is not None
    return path


def settle() -> None:
    """Wait until the clock of the file system has surely moved on."""
    time.sleep(0.02)


# ---------------------------------------------------------------- a library that changes


def test_built_once_then_fresh(root: Path, without: Callable[[], list[Any]]) -> None:
    assert state(Library([root])) == "built"
    again = Library([root])
    assert everything(again) == without()
    assert state(again) == "fresh"


def test_a_file_edited_in_its_place_takes_part_in_the_next_question(root: Path) -> None:
    """Also by a name that until then was another's alone, and where size and directory stay as they are."""
    first, second = root / "drug-1.md", root / "drug-2.md"
    names = "---\ntitle: {}\naliases: [{}]\n---\n\n## Usage\n\n{}.\n"
    first.write_text(names.format("Firstol", "Oneal", "Pain"))
    second.write_text(names.format("Secondol", "Twoal", "Gout"))
    settle()
    assert state(Library([root])) == "built"
    assert Library([root]).find("oneal").slug == "drug-1"
    at_first = root.stat().st_mtime_ns
    with open(second, "r+") as file:
        file.write(names.format("Secondol", "Oneal", "Acne"))
    assert root.stat().st_mtime_ns == at_first
    settle()
    assert Library([root]).resolve("oneal").status == "ambiguous"
    assert Library([root]).resolve("twoal").status == "not_found"
    assert Library([root]).open("drug-2").sections[0].text == "Acne."


def test_what_few_questions_need_is_read_when_one_first_asks(root: Path, without: Callable[[], list[Any]]) -> None:
    opened = Library([root])
    assert opened.open("drug-1").title
    places = [file_of(root, store) for store in ("named", "texts", "readings")]
    assert [place.exists() for place in places] == [True, False, False]
    assert sorted(opened.treats("IA")) == without()[5]
    for place in places:
        place.write_bytes(b"no store")
        assert sorted(Library([root]).treats("IA")) == without()[5]


def test_opening_again_needs_no_yaml(root: Path) -> None:
    front = "title: Folded\ndescription: >-\n  One line\n  and more\nfaqs:\n- q: 'Why?'\n  a: |-\n    So.\n"
    (root / "folded.md").write_text(f"---\n{front}---\n## Dosage\n\n5 mg\n", "utf-8")
    again = (
        "import sys; from druginfo import Library; from druginfo import listing; listing._RACY_NS = 0\n"
        "m = Library([sys.argv[1]]).open('folded'); print(m.description, m.faqs[0].answer, 'yaml' in sys.modules)"
    )
    settle()
    found = [run(again, root).stdout for _ in range(2)]
    assert found == ["One line and more So. True\n", "One line and more So. False\n"]


def test_stores_that_were_refreshed_apart_agree(root: Path, without: Callable[[], list[Any]]) -> None:
    """A file's number may differ between them: two slugs can want the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_wanted", lambda slug: 0)
        everything(Library([root]))
        for number in (0, 9):
            settle()
            (root / "drug-0.md").unlink(missing_ok=True)
            write(root, number, 1)
            Library([root]).knows("x")  # brings only the names up to date
        assert everything(Library([root])) == without()


def change(root: Path) -> Iterator[None]:
    settle()
    write(root, 2, 1)
    yield
    write(root, 77)
    yield
    (root / "drug-3.md").unlink()
    yield
    (root / "drug-4.md").rename(root / "drug-5.md")
    yield
    (root / "drug-1.md").write_bytes(b"---\ntitle: [\n---\n")
    yield
    (root / "deeper").mkdir()
    write(root / "deeper", 9, 3)
    yield
    status = (root / "drug-2.md").stat()
    text = (root / "drug-2.md").read_text("utf-8")
    (root / "drug-2.md").write_text(text.replace("version 1", "version 8"), "utf-8")
    os.utime(root / "drug-2.md", ns=(status.st_atime_ns, status.st_mtime_ns))  # same size, same modification time
    yield


def test_every_change_is_picked_up_in_place(root: Path, without: Callable[[], list[Any]]) -> None:
    Library([root]).all()
    for _ in change(root):
        settle()
        opened = Library([root])
        assert everything(opened) == without()
        assert state(opened) == "refreshed"
        opened.close()
        assert state(Library([root])) == "fresh"


def test_what_ranks_equally_has_one_order_whatever_the_index_went_through(
    root: Path, without: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("druginfo.answers.search._ENOUGH", 2)
    for number in range(6, 30):
        settle()
        write(root, 36 - number)
        Library([root]).all()
    assert everything(Library([root])) == without()


def test_a_change_within_the_clocks_tick_is_not_missed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_RACY_NS", 10**12)
    Library([root]).all()
    assert state(Library([root])) == "refreshed"


def test_a_reader_keeps_its_state_and_holds_nobody_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Library([root])
    before = everything(reader)
    settle()
    write(root, 2, 1)
    writer = Library([root])
    assert "version 1" in writer.open("drug-2").sections[1].text
    assert everything(reader) == before
    writer.close()
    assert state(Library([root])) == "fresh"


def test_most_of_it_changed(root: Path, without: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PARALLEL_FROM", 2)
    Library([root]).all()
    settle()
    for number in range(6):
        write(root, number, 4)
    opened = Library([root])
    assert everything(opened) == without()
    assert state(opened) == "built"


# ---------------------------------------------------------------- a file that is damaged


def test_random_bytes_changed(root: Path, without: Callable[[], list[Any]]) -> None:
    expected = without()
    chance = random.Random(11)
    for _ in range(25):
        Library([root]).all()
        path = file_of(root)
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 1, 1, 20, 500))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        assert everything(Library([root])) == expected


def test_truncated(root: Path, without: Callable[[], list[Any]]) -> None:
    expected = without()
    chance = random.Random(5)
    for _ in range(8):
        Library([root]).all()
        with open(file_of(root), "r+b") as file:
            file.truncate(chance.randrange(file.seek(0, os.SEEK_END)))
        assert everything(Library([root])) == expected


def _run(path: Path, sql: str, *, sealed: bool = False) -> None:
    """Run one statement on an index's file; `sealed` gives it the modification time that counts as ours."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    if sealed:
        (seal,) = connection.execute("SELECT value FROM meta WHERE key = 'seal'").fetchone()
    connection.close()
    if sealed:
        os.utime(path, ns=(int(seal), int(seal)))


def _foreign(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE file (id, slug)")


def _older(path: Path) -> None:
    _run(path, "UPDATE meta SET value = 'druginfo 1' WHERE key = 'schema'", sealed=True)


def _lost_rows(path: Path) -> None:
    _run(path, "DELETE FROM name WHERE file = (SELECT id FROM file WHERE slug = 'drug-1')")


def _bad_body(path: Path) -> None:
    _run(path, "UPDATE body SET body = zeroblob(9)", sealed=True)


def _stale_journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    path.write_bytes(b"")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "harm",
    [
        _foreign,
        _older,
        _lost_rows,
        _bad_body,
        _stale_journal,
        _folder,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("no database " * 900, "utf-8"),
        lambda path: path.unlink(),
    ],
)
def test_no_longer_ours(root: Path, without: Callable[[], list[Any]], harm: Callable[[Path], None]) -> None:
    Library([root]).all()
    harm(file_of(root))
    assert everything(Library([root])) == without()
    assert everything(Library([root])) == without()


def _resealed(path: Path, content: bytes) -> None:
    """Write a file's content and give it the time of modification that it had: damage that no seal shows."""
    status = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_one_bit_flipped_under_the_seal(root: Path, without: Callable[[], list[Any]]) -> None:
    """Every place where a text stands that is shown; a hit less is possible, another text is not."""
    expected = without()
    everything(Library([root]))
    stores = {file_of(root, store): file_of(root, store).read_bytes() for store in ("named", "texts", "readings")}
    words = [b"version 0", b"Invented inhibitor", b"Drugol1ine", b"drug-2", b"arthritis", b"word1", b"inflammatory"]
    places = [(path, at) for path, whole in stores.items() for word in words for at in _all_of(whole, word)]
    assert {path for path, _ in places} == set(stores)
    assert len(places) > 60
    for path, at in random.Random(3).sample(places, 60):
        content = bytearray(stores[path])
        content[at] ^= 1
        _resealed(path, content)
        opened = Library([root])
        found = everything(opened)
        opened.close()
        for part, right in zip(found[:7], expected[:7], strict=True):
            assert part == right
        assert found[8] == expected[8]
        for hits, right in zip(found[7], expected[7], strict=True):
            assert isinstance(hits, str) or set(hits) <= set(right) or hits == right
        _resealed(path, stores[path])


def _all_of(content: bytes, word: bytes) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        yield at + len(word) // 2
        at = content.find(word, at + 1)


@pytest.mark.parametrize("suffix", ["-wal", "-journal", "-shm"])
def test_what_lies_beside_the_file_is_not_read_and_goes_with_a_build(
    root: Path, without: Callable[[], list[Any]], suffix: str, tmp_path: Path
) -> None:
    """A write-ahead log, and a journal that would be played back, as another program leaves them."""
    Library([root]).all()
    path = file_of(root)
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(path.read_bytes())
    other = sqlite3.connect(copy, isolation_level=None)
    other.execute(f"PRAGMA journal_mode = {'DELETE' if suffix == '-journal' else 'WAL'}")
    other.execute("PRAGMA cache_spill = 1")
    other.execute("PRAGMA cache_size = 1")
    other.execute("BEGIN")
    other.execute("UPDATE file SET card = replace(card, 'Drugol', 'Lie')")
    other.execute("UPDATE body SET body = zeroblob(9)")
    if suffix != "-journal":
        other.execute("COMMIT")
    left = copy.with_name(copy.name + suffix).read_bytes()
    beside = path.with_name(path.name + suffix)
    beside.write_bytes(left)
    opened = Library([root])
    assert everything(opened) == without()
    assert state(opened) == "fresh"
    opened.close()
    settle()
    write(root, 2, 1)
    assert everything(Library([root])) == without()
    assert not beside.exists()
    other.close()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_to_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to(path.with_name("pipe"))


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


@pytest.mark.parametrize("harm", [_pipe, _link_to_pipe, _device, _loop])
def test_only_a_regular_file_is_opened(
    root: Path, without: Callable[[], list[Any]], harm: Callable[[Path], None]
) -> None:
    expected = without()
    Library([root]).all()
    harm(file_of(root))
    done = run("import sys\nfrom druginfo import Library\nprint(len(Library([sys.argv[1]]).cards()))", root)
    assert done.stdout == "6\n", done.stderr
    assert everything(Library([root])) == expected


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_not_trusted(root: Path, without: Callable[[], list[Any]]) -> None:
    Library([root]).all()
    status = file_of(root).stat()
    os.chown(file_of(root), 12345, 12345)
    os.utime(file_of(root), ns=(status.st_atime_ns, status.st_mtime_ns))
    opened = Library([root])
    assert everything(opened) == without()
    assert state(opened) == "built"


def test_the_files_of_a_library_that_changes_while_its_store_is_mended(root: Path) -> None:
    opened = Library([root])
    opened.all()
    settle()
    write(root, 2, 1)
    opened.store.connection.execute("SELECT 1")
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    opened._stores["named"] = keeping.Opened(connection, None, "fresh", "")  # one in which no table is
    with pytest.raises(Failed, match="changed while"):
        opened.cards()


@pytest.mark.parametrize("place", ["/dev/null/cache", "/proc/nowhere"])
def test_no_place_for_a_file(
    root: Path, without: Callable[[], list[Any]], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    opened = Library([root])
    assert everything(opened) == without()
    assert state(opened) == "in memory"


def test_a_full_disk(root: Path, without: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(writing, "seal", full)
    opened = Library([root])
    assert everything(opened) == without()
    assert state(opened) == "in memory"
    assert not list(file_of(root).parent.glob("*.sqlite.*"))


def test_no_monographs_is_said(tmp_path: Path) -> None:
    with pytest.raises(Failed):
        Library([tmp_path]).all()


# ---------------------------------------------------------------- processes


def run(code: str, root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", code, str(root), *more]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=300)


KILLED_READING = """
import os, signal, sys
from druginfo.library import writing
from druginfo.library import Library
if sys.argv[3] == "parallel":
    writing._PARALLEL_FROM = 2
    writing.processors = lambda: 2
def progress(done, total):
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
Library([sys.argv[1]], progress=progress).all()
"""
KILLED_AT = """
import os, signal, sys
from druginfo.library import writing
from druginfo.library import Library
def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(eval(sys.argv[2]), sys.argv[3], killed)
Library([sys.argv[1]]).all()
"""


@pytest.mark.parametrize(("after", "how"), [("0", "alone"), ("3", "alone"), ("4", "parallel")])
def test_killed_while_reading(root: Path, without: Callable[[], list[Any]], after: str, how: str) -> None:
    assert run(KILLED_READING, root, after, how).returncode == -signal.SIGKILL
    assert everything(Library([root])) == without()


@pytest.mark.parametrize("moment", [("os", "utime"), ("os", "replace"), ("os", "fsync"), ("writing", "seal")])
@pytest.mark.parametrize("kept", [False, True])
def test_killed_while_writing(
    root: Path, without: Callable[[], list[Any]], moment: tuple[str, str], kept: bool
) -> None:
    """Building, or refreshing an index that is there."""
    if kept:
        Library([root]).all()
        settle()
        write(root, 2, 1)
    killed = run(KILLED_AT, root, *moment).returncode == -signal.SIGKILL
    assert killed or (kept and moment[1] in ("replace", "fsync"))
    assert everything(Library([root])) == without()
    assert state(Library([root])) == "fresh"


def test_workers_end_with_their_parent(root: Path) -> None:
    started = """
import subprocess
class Popen(subprocess.Popen):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        print(self.pid, flush=True)
subprocess.Popen = Popen
"""
    done = run(started + KILLED_READING, root, "4", "parallel")
    workers = [int(pid) for pid in done.stdout.split()]
    assert workers
    for _ in range(100):
        if not any(_runs(pid) for pid in workers):
            return
        time.sleep(0.05)
    raise AssertionError("workers outlive their parent")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


READER = """
import random, sys, time
from pathlib import Path
from druginfo import listing
from druginfo.library import keeping
from druginfo.library import Library
from druginfo.parse import decode, parse, read_bytes
from druginfo.answers.search import search
listing._RACY_NS = 0
root, seed = Path(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)
compared = 0
end = time.monotonic() + 40
while compared < 5 and time.monotonic() < end:
    slug = f"drug-{chance.randrange(6)}"
    path = root / f"{slug}.md"
    before = read_bytes(path)
    library = Library([root])
    monograph = library.open(slug)
    hits = search(library, [monograph.title, "version"]).hits
    faqs = library.faqs(slug)
    library.close()
    if read_bytes(path) != before:
        continue
    right = parse(decode(before), slug, str(path))
    assert monograph == right, (monograph, right)
    assert tuple(hit.faq for hit in faqs) == right.faqs
    version = right.faqs[0].answer.split()[1].rstrip(",")
    told = [hit.snippet.replace("\\x02", "").replace("\\x03", "") for hit in hits if hit.slug == slug]
    assert any(f"ersion {version}" in each for each in told), (version, told)
    compared += 1
print(compared)
"""


def test_eight_processes_on_a_changing_library(root: Path, without: Callable[[], list[Any]]) -> None:
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(root), str(seed)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for seed in range(8)
    ]  # fmt: skip
    version = 0
    while any(reader.poll() is None for reader in readers):
        version += 1
        write(root, version % 6, version)
        time.sleep(0.2 * 1.05**version)  # ever slower: on a busy machine each reader comes to read between two changes
    told = [(reader.communicate(), reader.returncode) for reader in readers]
    assert [err for (_, err), status in told if status] == []
    assert sum(int(out) for (out, _), _ in told) > 8
    settle()
    assert everything(Library([root])) == without()
