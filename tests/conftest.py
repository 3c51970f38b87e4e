"""A hermetic place for every test: a home of its own, no variable that changes the program, a fixed width."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

if sys.dont_write_bytecode:  # else each process of a run would compile the program and rewrite every test anew
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "compiled")

import pytest
from hypothesis import settings

from druginfo import listing, places
from druginfo.library import keeping

settings.register_profile("same", derandomize=True, print_blob=False)
settings.register_profile("search", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
"""The same examples on every run; `HYPOTHESIS_PROFILE=search` looks for new ones."""

TESTS = Path(__file__).resolve().parent
SHIPPED = TESTS.parent / "monographs"
_FOREIGN = ("PAGER", "LESS", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM")
_HOMES = [0]
"""How many empty home directories there were."""
_QUICK_CASES = 2
"""How many cases of one test the quick tests take."""
Cli = Callable[..., "Ran"]


class Ran(NamedTuple):
    """What a run of the command line left behind."""

    status: int
    out: str
    err: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew instead of comparing")


def _is_quick(config: pytest.Config) -> bool:
    return config.option.markexpr == "not slow"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The quick tests do not even load a file whose tests are all slow."""
    is_test = _is_quick(config) and collection_path.name.startswith("test_")
    return (is_test and "\npytestmark = pytest.mark.slow\n" in collection_path.read_text("utf-8")) or None


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Of a test with many cases the quick tests take a few, from the first to the last."""
    if _is_quick(metafunc.config):
        cases = [case for case in metafunc._calls if "slow" not in {mark.name for mark in case.marks}]
        cases = cases or metafunc._calls
        step = max(1, (len(cases) - 1) / (_QUICK_CASES - 1))
        quick = {round(number * step) for number in range(_QUICK_CASES)}
        metafunc._calls[:] = [case for number, case in enumerate(cases) if number in quick]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts the program as a process of its own or tries at random."""
    for item in items:
        is_random = hasattr(getattr(item, "obj", None), "hypothesis")
        if is_random or "cli" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Have the collector of garbage pass over the tests themselves, of which there are thousands."""
    gc.freeze()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where indexes are kept: one place for all tests, whichever process runs them, so that a library is read once."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    cache.mkdir(exist_ok=True)
    return cache


@pytest.fixture(scope="session")
def settled(cache: Path, pytestconfig: pytest.Config) -> Iterator[pytest.MonkeyPatch]:
    """The environment that is the same for all tests: nothing of the caller's shows."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in _FOREIGN or name.startswith(("DRUGINFO_", "_DRUGINFO", "XDG_", "LC_", "PYTHONIOENCODING")):
                patch.delenv(name)
        patch.setenv("XDG_CACHE_HOME", str(cache))
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("PYTHONUTF8", "1")
        if sys.pycache_prefix:
            patch.setenv("PYTHONPYCACHEPREFIX", sys.pycache_prefix)
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("COLUMNS", "80")
        # the tests' many small libraries would else push out the shipped one, which each file would build again
        patch.setattr(keeping._prune, "__defaults__", (sys.maxsize,))
        # a library that was just written would else be read again by every question of its first two seconds
        patch.setattr(listing, "_RACY_NS", 20_000_000)
        patch.setattr(os, "fsync", lambda _: None)  # no test cuts the power
        if not _is_quick(pytestconfig):
            yield patch
            return
        index, kept = cache / "druginfo", _KEPT / _digest()
        if kept.is_dir():
            _copy(kept, index)
        yield patch
        if not kept.is_dir():
            shutil.rmtree(_KEPT, ignore_errors=True)
            _copy(index, kept, places.index([SHIPPED], []).stem)


_KEPT = TESTS.parent / ".pytest_cache" / "index"
"""Where the quick tests keep the index of the shipped monographs, which takes them a fifth of their time to make."""


def _digest() -> str:
    """What tells a state of the program and the monographs, and the Python that runs it, from every other."""
    every = (path for place in (SHIPPED.parent / "src", SHIPPED) for path in sorted(place.rglob("*")))
    read = sha256(sys.version.encode())
    for path in every:
        if path.is_file() and "__pycache__" not in path.parts:
            read.update(path.read_bytes())
    return read.hexdigest()


def _copy(directory: Path, to: Path, stem: str = "") -> None:
    """Copy the files whose names begin with a stem, each in place at once: other processes copy them, too."""

    def in_place(source: str, target: str) -> None:
        shutil.copy2(source, f"{target}.{os.getpid()}")
        os.replace(f"{target}.{os.getpid()}", target)

    to.mkdir(parents=True, exist_ok=True)
    for each in directory.glob(f"{stem}*"):
        if each.is_dir():
            shutil.copytree(each, to / each.name, copy_function=in_place, dirs_exist_ok=True)
        else:
            in_place(str(each), str(to / each.name))


@pytest.fixture(autouse=True)
def hermetic(cache: Path, settled: pytest.MonkeyPatch) -> Path:
    """A home directory that is empty; a test that leaves it so leaves it to the next."""
    home = cache.with_name(f"home{os.getpid()}-{_HOMES[0]}")
    if os.environ.get("HOME") != str(home) or any(home.iterdir()):
        _HOMES[0] += 1
        home = cache.with_name(f"home{os.getpid()}-{_HOMES[0]}")  # `mktemp` looks through all to number one more
        home.mkdir()
        settled.setenv("HOME", str(home))
        settled.setenv("XDG_DATA_HOME", str(home / "data"))
        settled.setenv("XDG_CONFIG_HOME", str(home / "config"))
    return home


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[HTTPServer]:
    """A server on this machine, whose address is `http://127.0.0.1:{server_port}`."""
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def cli() -> Cli:
    """Run `druginfo ARGUMENTS` as a process of its own."""

    def run(*arguments: str | bytes, stdin: str = "", env: dict[str, str] | None = None, **options: Any) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "druginfo", *arguments],
            input=stdin.encode(),
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=300,
            **options,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return run


class _Stream(io.TextIOWrapper):
    """A stream in memory, as little a terminal as a pipe is."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True)

    def written(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run `druginfo ARGUMENTS` in this process, which is faster."""
    from druginfo import cli as program

    def run(*arguments: str, stdin: str = "") -> Ran:
        out, err, given = _Stream(), _Stream(), io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", given)
            status = program.run(list(arguments))
        return Ran(int(status), out.written(), err.written())

    return run


@pytest.fixture
def export() -> Path:
    """A monograph with every fault of the publisher's export."""
    return TESTS / "fixtures" / "export.md"


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Path]:
    """Make a directory of monographs: `library(name="text" or b"bytes")`; `_` in a name is `-`."""
    root = tmp_path / "monographs"
    root.mkdir()

    def make(**files: str | bytes) -> Path:
        for name, content in files.items():
            path = root / f"{name.replace('_', '-')}.md"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """As `library`, for tests that never change it: the same texts are one directory, which is read once."""

    def make(**files: str) -> Path:
        root = tmp_path_factory.getbasetemp() / "shelf" / sha256(repr(sorted(files.items())).encode()).hexdigest()
        if not root.exists():
            root.mkdir(parents=True)
            for name, text in files.items():
                (root / f"{name.replace('_', '-')}.md").write_text(text, "utf-8")
        return root

    return make


def words(text: str) -> list[str]:
    """Letters and digits of a text, a run an element."""
    return re.findall(r"[^\W_]+", text)
