"""The README's examples are what the program prints. `UPDATE_README=1 pytest tests/test_readme.py` writes them anew.

In a ```console block, a line `$ COMMAND` is run by a shell and what follows is its output; a line `…` there stands for
the rest. So are the Python blocks of docs/python.md and docs/dosing.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.S)
PYTHON = re.compile(r"```python\n(.*?)```", re.S)


def run(command: str) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env={**os.environ, "PATH": path})
    return undated(done.stdout + done.stderr)


def undated(text: str) -> str:
    """Without the age of a monograph, which changes every day."""
    return re.sub(r"(Last reviewed \S+), .*?\.$", r"\1.", text, flags=re.M)


def examples(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ (.*)\n", block, flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


COMMANDS = [example for block in BLOCK.findall(README.read_text("utf-8")) for example in examples(block)]


@pytest.mark.skipif(bool(os.environ.get("UPDATE_README")), reason="being written anew")
@pytest.mark.parametrize(("command", "expected"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_the_readme_shows_what_the_program_prints(command: str, expected: str) -> None:
    if "jq" in command.split() and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    printed = run(command)
    shown, cut, _ = expected.partition("…\n")
    assert printed.startswith(shown) if cut else printed == shown


PROGRAMS = [
    program
    for page in ("docs/python.md", "docs/dosing.md")
    for program in PYTHON.findall((README.parent / page).read_text("utf-8"))
]


@pytest.mark.parametrize("code", PROGRAMS, ids=range(len(PROGRAMS)))
def test_the_python_examples_run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=README.parent)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not os.environ.get("UPDATE_README"), reason="only on demand")
def test_write_the_readme_anew() -> None:
    def fresh(block: re.Match[str]) -> str:
        return "```console\n" + "".join(f"$ {c}\n{run(c)}" for c, _ in examples(block[1])) + "```"

    README.write_text(BLOCK.sub(fresh, README.read_text("utf-8")), "utf-8")
