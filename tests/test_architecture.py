"""The walls of the house, read from the imports themselves: the architecture document that cannot go stale."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import druginfo

SOURCE = Path(druginfo.__file__).resolve().parent
FILES = sorted(SOURCE.rglob("*.py"))

LONG = {
    "cli.py": "every command's options stand in one place",
    "dosing/table.py": "one walk over the Dosage section",
    "dosing/words.py": "the words of regimens are data",
    "markup.py": "one grammar: blocks and the text in them",
    "names/matching.py": "the rules of the contract in their order, each with its reason",
    "model.py": "the nouns, each field with what it means",
    "render/schemas.py": "the schemas of every command are data",
    "render/views.py": "one page, one method for each thing on it",
    "topics/terms.py": "people's words for topics are data",
}


def modules(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(room: str) -> list[Path]:
    """The files of a room: the package's, or the one module."""
    return [SOURCE / room] if room.endswith(".py") else sorted((SOURCE / room).rglob("*.py"))


def importers(package: str) -> set[str]:
    """The files that import a top-level package, as paths from the source directory."""
    return {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        if any(name.split(".")[0] == package for name in modules(path))
    }


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("typer", {"cli.py"}),
        ("click", set()),
        ("rich", {"render/text.py"}),
        ("frontmatter", {"parse/front_matter.py"}),
        ("sqlite3", {"index/__init__.py", "index/keeping.py", "index/writing.py"}),
    ],
)
def test_who_may_import_a_library(package: str, allowed: set[str]) -> None:
    assert importers(package) <= allowed


def test_the_nouns_import_nothing() -> None:
    for name in modules(SOURCE / "model.py"):
        assert name.split(".")[0] in sys.stdlib_module_names, name


def test_the_errors_import_nothing_of_ours() -> None:
    assert not [name for name in modules(SOURCE / "errors.py") if name.split(".")[0] not in sys.stdlib_module_names]


OUTER = {"cli.py", "__main__.py", "session.py", "completion.py", "progress.py"}
INNER = [path for path in FILES if path.name not in OUTER]


@pytest.mark.parametrize("path", INNER, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_nothing_deeper_than_the_command_line_knows_it_or_exits(path: Path) -> None:
    outer = ("druginfo.cli",) if path.parent.name == "render" else ("druginfo.cli", "druginfo.session")
    assert not [name for name in modules(path) if name.startswith(outer)]
    calls = [n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    assert "print" not in [f.id for f in calls if isinstance(f, ast.Name)]
    assert "exit" not in [f.attr for f in calls if isinstance(f, ast.Attribute)]


READING = "classes dosing index library.py markup.py names parse relations search topics".split()


@pytest.mark.parametrize("room", READING)
def test_reading_does_not_know_showing(room: str) -> None:
    for path in files_of(room):
        assert not [name for name in modules(path) if name.startswith(("druginfo.render", "druginfo.terminal"))]


def test_showing_does_not_read() -> None:
    for path in (SOURCE / "render").glob("*.py"):
        assert not [n for n in modules(path) if n.startswith(("druginfo.parse", "druginfo.index", "druginfo.cli"))]


def test_no_room_without_a_name_from_the_field() -> None:
    assert not [p for p in FILES if any(word in p.stem for word in ("util", "helper", "manager", "common", "misc"))]


def test_a_long_file_has_its_reason() -> None:
    long = {p.relative_to(SOURCE).as_posix() for p in FILES if p.read_text("utf-8").count("\n") > 300}
    assert long <= LONG.keys(), long - LONG.keys()


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of the command line loads."""
    code = (
        "import sys\n"
        "from druginfo import cli\n"
        "sys.argv = ['druginfo', *sys.argv[1:]]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "never"),
    [
        (["--version"], {"yaml", "frontmatter", "rapidfuzz", "sqlite3", "rich", "json"}),
        (["--help"], {"yaml", "frontmatter", "rapidfuzz", "sqlite3"}),
        (["show", "baricitinib", "--json"], {"rich", "rapidfuzz", "frontmatter", "yaml", "httpx"}),
        (["show", "baricitinib"], {"rich.console", "rich.markdown", "rich.table", "httpx"}),
        (["list", "--json"], {"rich", "rapidfuzz"}),
        (["match", "olumiant", "--json"], {"rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_a_start_never_loads(arguments: list[str], never: set[str]) -> None:
    loaded(*arguments)  # the index is built now
    modules = loaded(*arguments)
    assert "druginfo.cli" in modules
    assert not never & modules
