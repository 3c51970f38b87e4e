"""The walls of the house, read from the imports themselves: the architecture document that cannot go stale."""

from __future__ import annotations

import ast
import doctest
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

import druginfo
from druginfo.terms import tables

SOURCE = Path(druginfo.__file__).resolve().parent
FILES = sorted(SOURCE.rglob("*.py"))


class Read(NamedTuple):
    """What the tests ask of a file, which is parsed once; the trees of all would be a burden to the collector."""

    imports: list[tuple[str, bool]]
    """The modules that it imports, each with whether only a type checker asks for it."""
    texts: list[str]
    called: set[str]
    """The names that it calls, and those of methods with a dot in front."""
    defined: list[str]
    """The classes and names at its top."""
    bound: set[str]
    """The names of its variables and parameters."""


@cache
def read(path: Path) -> Read:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(_nodes(tree))
    functions = [node.func for node in nodes if isinstance(node, ast.Call)]
    called = {f.id if isinstance(f, ast.Name) else f".{f.attr}" for f in functions if isinstance(f, NAMED)}
    defined = []
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else ()
        names = [target.id for target in targets if isinstance(target, ast.Name) and not target.id.isupper()]
        defined += [node.name] if isinstance(node, ast.ClassDef) else names
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return Read(list(_imports(path, [tree], is_for_typing=False)), texts, called, defined, bound)


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, as `ast.walk` has them but in another order, in half the time."""
    left = [tree]
    while left:
        node = left.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                left.extend(each for each in value if isinstance(each, ast.AST))
            elif isinstance(value, ast.AST):
                left.append(value)


NAMED = (ast.Name, ast.Attribute)


def _imports(path: Path, body: list[ast.AST], *, is_for_typing: bool) -> Iterator[tuple[str, bool]]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, is_for_typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from ((f"{node.module}.{alias.name}", is_for_typing) for alias in node.names)
        is_guard = isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = is_for_typing or (is_guard and part == "body")
            yield from _imports(path, getattr(node, part, []), is_for_typing=inner)


def modules(path: Path, *, for_typing: bool = True) -> list[str]:
    """Every module that a file imports, anywhere in it; or none of those that only a type checker asks for."""
    return [name for name, is_for_typing in read(path).imports if for_typing or not is_for_typing]


def files_of(room: str) -> list[Path]:
    """The files of a room: the package's, or the one module."""
    return [SOURCE / room] if room.endswith(".py") else sorted((SOURCE / room).rglob("*.py"))


def rooms() -> list[str]:
    """The rooms as CONTRIBUTING.md has them in its table, from the outside in."""
    page = (Path(__file__).resolve().parents[1] / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|", page, re.MULTILINE)
    return [room.rstrip("/") for row in rows for room in re.findall(r"`([^`]+)`", row)]


ROOMS = rooms()


def test_the_table_of_rooms_is_the_tree() -> None:
    tree = {path.name for path in SOURCE.iterdir()} - {"__init__.py", "__pycache__", "py.typed", "monographs"}
    assert sorted(ROOMS) == sorted(tree)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_is_below_it(room: str) -> None:
    above = {f"druginfo.{other.removesuffix('.py')}" for other in ROOMS[: ROOMS.index(room)]}
    imported = {name for path in files_of(room) for name in modules(path, for_typing=False)}
    assert not {name for name in imported if ".".join(name.split(".")[:2]) in above}


def test_no_circles() -> None:
    """No file needs itself, by whatever way round: in its own room too, and for types alone."""
    names = {".".join(("druginfo", *path.relative_to(SOURCE).with_suffix("").parts)): path for path in FILES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}

    def module(imported: str) -> str:
        while imported not in names:
            imported = imported.rpartition(".")[0]
        return imported

    needs = {
        name: {module(each) for each in modules(path) if each.split(".")[0] == "druginfo"} - {name}
        for name, path in names.items()
    }
    needs["druginfo"] = set()  # its names are looked up when they are asked for
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError, which names the circle


def test_eight_floors_at_most() -> None:
    """No chain of rooms, each needing the next, is longer."""
    floors: dict[str, int] = {}
    for room in reversed(ROOMS):
        needed = {
            name.split(".")[1] for path in files_of(room) for name in modules(path) if name.startswith("druginfo.")
        }
        below = [floors[other] for other in floors if other.removesuffix(".py") in needed]
        floors[room] = 1 + max(below, default=0)
    assert max(floors.values()) <= 8, floors


KINDS = {
    "unit": {w for words in tables.UNITS.values() for w in words.split()} - {"u", "g", "l"},
    "period": {w for key, words in tables.PERIODS.items() for w in (key, *words.split())}.union(tables.ADVERBS)
    - set("d h w y s min mo sec meal meals course courses session cycle feed feeding".split()),
    "people": {w for words in tables.PEOPLE.values() for w in words.split()},
    "organ": {*tables.KIDNEYS.split(), *tables.LIVERS.split(), *tables.DIALYSIS.split()},
}
"""Words of `terms.tables`, by their kind."""


def spelled(path: Path) -> set[str]:
    """The kinds of words of which a pattern in the file's text names two or more."""
    found = set()
    for literal in (each for each in read(path).texts if re.search(r"\w\|\w|\?\||\|\(\?|\|\\\\b", each)):
        words = {re.sub(r"\\b|\W", "", each).lower() for each in re.split(r"[|\n]|\(\?:|\)", literal)}
        found |= {kind for kind, known in KINDS.items() if len(words & known) >= 2}
    return found


def test_units_periods_people_and_organs_are_spelled_out_in_terms_alone() -> None:
    found = {p.relative_to(SOURCE).as_posix(): kinds for p in FILES if (kinds := spelled(p))}
    assert not {path for path in found if not path.startswith("terms/")}, "spell it in terms/patterns.py"


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
        ("typer", {"cli/commands.py", "cli/completion.py", "cli/options.py", "cli/program.py"}),
        ("click", set()),
        ("rich", {"render/text.py"}),
        ("frontmatter", {"parse/front_matter.py"}),
        ("sqlite3", {"library/rows.py", "library/keeping.py", "library/writing.py"}),
    ],
)
def test_who_may_import_a_library(package: str, allowed: set[str]) -> None:
    assert importers(package) <= allowed


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    written = [*project["dependencies"], *extras["fetch"], *extras["mcp"]]
    declared = {
        re.split(r"[^\w-]", each)[0].lower().replace("python-", "").replace("pyyaml", "yaml") for each in written
    }
    imported = {name.split(".")[0] for path in FILES for name in modules(path)}
    assert imported - set(sys.stdlib_module_names) - {"druginfo"} <= declared


def test_the_nouns_import_nothing() -> None:
    for name in modules(SOURCE / "model.py"):
        assert name.split(".")[0] in sys.stdlib_module_names, name


def test_the_errors_import_nothing_of_ours() -> None:
    assert not [name for name in modules(SOURCE / "errors.py") if name.split(".")[0] not in sys.stdlib_module_names]


OUTER = {SOURCE / "__main__.py", *(SOURCE / "cli").glob("*.py")}
INNER = [path for path in FILES if path not in OUTER]


def test_nothing_deeper_than_the_command_line_knows_it_or_exits() -> None:
    for path in INNER:
        assert not [name for name in modules(path) if name.startswith("druginfo.cli")], path
        assert not {"print", ".exit"} & read(path).called, path


def test_showing_does_not_read() -> None:
    for path in files_of("render"):
        assert not [n for n in modules(path) if n.startswith(("druginfo.parse", "druginfo.library"))]


def test_no_room_without_a_name_from_the_field() -> None:
    assert not [p for p in FILES if any(word in p.stem for word in ("util", "helper", "manager", "common", "misc"))]


def test_a_noun_has_one_meaning() -> None:
    """No public class or type has the name of another; `api.Library` is the library, with the questions it answers."""
    found = Counter[str]()
    for path in FILES:
        found.update(read(path).defined)
    assert {name for name, count in found.items() if count > 1 and name[0].isupper()} == {"Library"}


def test_names_explain_themselves() -> None:
    """What was "told" or "said", and by whom, is what the name is to say."""
    vague = {"told", "said", "signs", "bearing", "asides", "judged"}
    assert not {path: found for path in FILES if (found := read(path).bound & vague)}


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of the command line loads."""
    code = (
        "import sys\n"
        "from druginfo import cli\n"
        "sys.argv = ['druginfo', *sys.argv[1:]]\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=300)
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
@pytest.mark.slow
def test_what_a_start_never_loads(arguments: list[str], never: set[str]) -> None:
    loaded(*arguments)  # the index is built now
    modules = loaded(*arguments)
    assert "druginfo.cli" in modules
    assert not never & modules


@pytest.mark.parametrize(
    "path", [path.relative_to(SOURCE) for path in FILES if ">>> " in path.read_text("utf-8")], ids=str
)
def test_the_examples_in_docstrings_hold(path: Path) -> None:
    module = ".".join(("druginfo", *path.with_suffix("").parts)).removesuffix(".__init__")
    assert doctest.testmod(import_module(module)).failed == 0
