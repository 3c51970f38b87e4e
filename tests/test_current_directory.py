"""Nothing of the current directory is ever run, however processes are started. The modules that lie there are harmless:
each only leaves a mark."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from druginfo import processes
from druginfo.labels import workers
from druginfo.safe_path import safe_path

pytestmark = pytest.mark.slow

_OURS = (
    "druginfo",
    "typer",
    "rich",
    "frontmatter",
    "yaml",
    "rapidfuzz",
    "platformdirs",
    "httpx",
    "shellingham",
    "tests",
)
_MARK = """
import os
with open(os.path.join({here!r}, "ran"), "a") as ran:
    ran.write(__name__ + "\\n")
raise ImportError("the current directory is searched for " + __name__)
"""


@pytest.fixture
def shadows(tmp_path: Path) -> Path:
    """A directory with a module by every name that anything imports."""
    here = tmp_path / "here"
    here.mkdir()
    for name in {*sys.stdlib_module_names, *_OURS, "sitecustomize", "usercustomize"}:
        (here / f"{name}.py").write_text(_MARK.format(here=str(here)))
    return here


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """More monographs than one process reads alone."""
    root = tmp_path / "many"
    root.mkdir()
    for number in range(260):
        text = f"---\ntitle: Zorb{number:03}nib\n---\n\n## Usage\n\nCough {number}.\n"
        (root / f"zorb{number:03}nib.md").write_text(text)
    return root


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """A file of labels so large that processes are started for it."""
    words = "This is not a label of any drug. " * 400
    found = [
        {
            "set_id": f"{number:08}-0000-0000-0000-000000000000",
            "effective_time": "20240101",
            "version": "1",
            "openfda": {"generic_name": [f"ZORB{number:03}NIB"], "brand_name": [f"Zorb{number:03}"]},
            "indications_and_usage": ["1 INDICATIONS AND USAGE Zorbnib is indicated for cough."],
            "description": [words],
        }
        for number in range(workers.WORTH_IT // len(words) + 2)
    ]
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"results": found}))
    assert path.stat().st_size > workers.WORTH_IT
    return path


_PROGRAM = "import sys; from druginfo.__main__ import main; sys.path.insert(0, {first!r}); main()"


@pytest.mark.parametrize("first", ["", "."])
def test_the_program(shadows: Path, many: Path, labels: Path, tmp_path: Path, first: str) -> None:
    """Even where the interpreter was given the current directory to search (`PYTHONPATH=` and nothing after it)."""
    for arguments in (
        ["import", str(labels), "--into", str(tmp_path / "out")],
        ["list", "--json", "--monographs", str(many)],
        ["show", "zorb001nib", "--monographs", str(many)],
        ["match", "zorb01nib", "--monographs", str(many)],
        ["search", "cough", "--csv", "--monographs", str(many)],
        ["check", str(many)],
        ["dose", "baricitinib", "--age", "50"],
        ["info"],
        ["--help"],
    ):
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM.format(first=first), *arguments],
            cwd=shadows,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
        )
        assert not (shadows / "ran").exists(), ((shadows / "ran").read_text(), arguments)
        assert done.stdout, done.stderr
        assert "Traceback" not in done.stderr


_SCRIPT = """
import multiprocessing, sys
from pathlib import Path

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    import druginfo.library, druginfo.labels.importing, druginfo.library.writing, druginfo.processes
    sys.path.append("")  # as in an interactive session, where it comes first
    begun = []
    start = druginfo.processes._start
    druginfo.processes._start = lambda *a: begun.append(start(*a)) or begun[-1]
    druginfo.processes.processors = druginfo.library.writing.processors = lambda: 2
    druginfo.labels.workers.processors = lambda: 2
    assert len(druginfo.library.Library([sys.argv[2]]).all()) > 200
    assert len(begun) == 2
    done = druginfo.labels.importing.import_labels([Path(sys.argv[3])], Path(sys.argv[4]))
    assert len(begun) == 4 and len(done.imported) > 200
    print("done")
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_script_under_every_start_method(
    shadows: Path, many: Path, labels: Path, tmp_path: Path, method: str
) -> None:
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT)
    done = subprocess.run(
        [sys.executable, str(script), method, str(many), str(labels), str(tmp_path / "out")],
        cwd=shadows,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert not (shadows / "ran").exists(), (shadows / "ran").read_text()
    assert done.stdout == "done\n", done.stderr


def test_only_directories_that_are_not_here_are_searched(
    shadows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link"
    link.symlink_to(shadows)
    kept = sys.path[:]
    monkeypatch.chdir(shadows)
    monkeypatch.setattr(sys, "path", ["", ".", "below", str(shadows), str(link), *kept])
    assert [entry for entry in safe_path() if entry.startswith(str(tmp_path))] == []
    assert set(safe_path()) == {entry for entry in kept if os.path.isabs(entry)}


# ---------------------------------------------------------------- the pool


def _double(number: int) -> int:
    return 2 * number


def _negative(number: int) -> int:
    """Ends the process that it is not to end in."""
    if number == 7 and os.getpid() != _HERE:
        os._exit(1)
    return -number


_HERE = os.getpid()


def test_results_come_in_order() -> None:
    for count in (0, 1, 2, 3):
        assert list(processes.mapped(abs, range(-100, 0), count, chunk=7)) == list(range(100, 0, -1))
    assert list(processes.mapped(abs, [], 2)) == []


def test_results_larger_than_a_pipe() -> None:
    content = [bytes([number]) * 300_000 for number in range(20)]
    assert list(processes.mapped(bytes.upper, content, 2, chunk=2)) == content


def test_processes_that_die_cost_nothing() -> None:
    pool: processes.Pool[int, int] = processes.Pool(abs, 2)
    done: list[int] = []
    try:
        for number in range(3):
            pool.give(-number, done.append)
        for process in pool.processes:
            process.kill()
            process.wait()
        for number in range(3, 10):
            pool.give(-number, done.append)
        pool.finish()
    finally:
        pool.close()
    assert done == list(range(10))


def test_a_function_that_a_process_cannot_have_is_called_here() -> None:
    """Test modules are in no directory that a process searches."""
    assert list(processes.mapped(_double, range(40), 2, chunk=8)) == [2 * number for number in range(40)]
    assert list(processes.mapped(_negative, range(40), 2, chunk=8)) == [-number for number in range(40)]


def test_where_no_process_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert list(processes.mapped(abs, range(-5, 0), 2)) == [5, 4, 3, 2, 1]
    monkeypatch.setattr(sys, "executable", "")
    assert list(processes.mapped(abs, range(-5, 0), 2)) == [5, 4, 3, 2, 1]
