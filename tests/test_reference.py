"""The command reference and the man page are what the program is; the README names every command."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from druginfo.cli import commands
from druginfo.errors import ExitStatus
from sample import Sample

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = list(commands.COMMANDS)
sys.path.insert(0, str(ROOT / "tools"))
reference = pytest.importorskip("reference")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("reference"))


@pytest.mark.parametrize(("name", "made"), [("commands.md", "markdown"), ("druginfo.1", "man")])
def test_pages_are_in_step(name: str, made: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    assert text == getattr(reference, made)(), "run python tools/reference.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_the_pages(command: str) -> None:
    assert f"druginfo {command}" in (ROOT / "README.md").read_text("utf-8")
    assert f"\n## {command}\n" in reference.markdown()
    assert f".SS {command}\n" in reference.man()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_the_help_is_in_the_reference(sample: Sample, command: str) -> None:
    said = sample.run(command, "--help", COLUMNS="200").out
    options = {word for word in said.replace(",", " ").split() if word.startswith("--") and word.strip("-")}
    assert options
    section = reference.markdown().split(f"\n## {command}\n")[1].split("\n## ")[0]
    common = reference.markdown().split("\n## Options of every command")[1]
    assert [option for option in options if option not in section + common] == []


def test_every_exit_status_is_reported() -> None:
    for status in ExitStatus:
        assert f"| `{int(status)}` |" in reference.markdown()
        assert f".TP\n.B {int(status)}\n" in reference.man()


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_man_page_is_sound() -> None:
    page = str(ROOT / "docs" / "druginfo.1")
    done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    shown = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-P-cbou", page], capture_output=True, text=True
    ).stdout
    assert "--no-pager" in shown
    assert '"phrases"' in shown


@pytest.mark.parametrize("line", reference._EXAMPLES)
def test_the_examples_run(line: str, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("olumiant\nwarfarin\n", "utf-8")
    command, _, source = line.partition(" < ")
    stdin = (tmp_path / source).read_bytes() if source else b""
    arguments = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(arguments, input=stdin, capture_output=True, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout
