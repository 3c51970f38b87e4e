"""The recipes run: console blocks print what they show; shell blocks are sound, and run where their programs are."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sample import Sample

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "recipes.md").read_text("utf-8")
PROGRAMS = ("jq", "fzf", "duckdb", "sqlite3", "csvcut", "csvlook", "glow", "pandoc", "cron")
INTERACTIVE = ("fzf", "glow", "/srv/")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)


def commands(block: str) -> list[str]:
    """The command lines of a shell block, those that are continued or compound as one."""
    found, open_line = [], ""
    for line in block.splitlines():
        if line.startswith("#") or not line:
            continue
        open_line += line + "\n"
        whole = subprocess.run(["sh", "-n", "-c", open_line], capture_output=True).returncode == 0
        if whole and not line.endswith(("\\", "|")):
            found.append(open_line)
            open_line = ""
    assert not open_line, open_line
    return found


CONSOLE = [re.split(r"^\$ (.*)\n", block, flags=re.M)[1:] for block in blocks("console")]
SHELL = [commands(block) for block in blocks("sh")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("recipes"))


def run(sample: Sample, command: str) -> subprocess.CompletedProcess[str]:
    environment = sample.environment()
    del environment["DRUGINFO_MONOGRAPHS"]
    return subprocess.run(
        command, shell=True, capture_output=True, text=True, env=environment, cwd=sample.root, timeout=120
    )


@pytest.mark.parametrize("parts", CONSOLE, ids=[parts[0] for parts in CONSOLE])
def test_consoles_print_what_they_show(sample: Sample, parts: list[str]) -> None:
    for command, expected in zip(parts[::2], parts[1::2], strict=True):
        assert run(sample, command).stdout == expected, command


def cannot_run(command: str) -> bool:
    """Whether a command needs a person, a server or a program that is not installed."""
    missing = [p for p in PROGRAMS if re.search(rf"\b{p}\b", command) and not shutil.which(p)]
    return bool(missing) or "result.tsv" in command or any(word in command for word in INTERACTIVE)


@pytest.mark.parametrize("block", SHELL, ids=[block[0].strip()[:40] for block in SHELL])
def test_shell_recipes_run(sample: Sample, block: list[str]) -> None:
    possible = [command for command in block if not cannot_run(command)]
    if not possible:
        pytest.skip("needs a person, a server or a program that is not installed")
    for command in possible:
        ran = run(sample, command.replace("tail -n +2 > slugs.txt", "tail -n 3 > slugs.txt"))
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout or ">" in command
    if "doses.csv" in possible[-1]:
        with (sample.root / "doses.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header[:2] == ["slug", "text"]
        assert len({row[0] for row in rows}) == 3
        assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize("code", blocks("python"))
def test_python_recipes_run(sample: Sample, code: str) -> None:
    environment = sample.environment()
    del environment["DRUGINFO_MONOGRAPHS"]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert ran.stderr == ""
    assert "absent Ruxolitinib" in ran.stdout
