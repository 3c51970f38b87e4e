"""The directories: where monographs are, and where the index of them is. Loaded before anything else at every start."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal


def shipped() -> Path:
    """The directory of the monographs that come with druginfo, in a checkout and in an installed wheel."""
    here = Path(__file__).resolve().parent
    installed = here / "monographs"
    return installed if installed.is_dir() else here.parents[1] / "monographs"


def own() -> Path:
    """The user's own directory of monographs, which overrides the shipped ones by slug. It need not exist."""
    return _directory("data") / "monographs"


def cache() -> Path | None:
    """Where the index is kept; None where there is no such place."""
    directory = _directory("cache")
    return directory if directory.is_absolute() else None


def _directory(of: Literal["data", "cache"]) -> Path:
    if sys.platform == "linux":  # as platformdirs says, which takes a tenth of a start to load
        home = {"data": "~/.local/share", "cache": "~/.cache"}[of]
        return Path(os.environ.get(f"XDG_{of.upper()}_HOME", "").strip() or os.path.expanduser(home), "druginfo")
    import platformdirs

    directory = platformdirs.user_data_dir if of == "data" else platformdirs.user_cache_dir
    return Path(directory("druginfo", appauthor=False))


def roots(named: Sequence[str | os.PathLike[str]]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The directories of a library, a later one overriding an earlier one, and those of them that need not exist.

    Those that are named, else those of the variable DRUGINFO_MONOGRAPHS, else the shipped one and the user's own.
    """
    given = named or [part for part in os.environ.get("DRUGINFO_MONOGRAPHS", "").split(os.pathsep) if part]
    return (tuple(map(Path, given)), ()) if given else ((shipped(), own()), (own(),))


def named_in(arguments: Sequence[str]) -> list[str]:
    """The directories that a command line names with `--monographs`."""
    found = []
    for argument, after in zip(arguments, [*arguments, ""][1:], strict=True):
        name, is_whole, value = argument.partition("=")
        if name == "--monographs":
            found.append(value if is_whole else after)
    return found


def index(roots: Sequence[Path], optional: Sequence[Path], store: str = "named") -> Path | None:
    """Where a store of the monographs below these directories is kept; None where there is no such place."""
    directory = cache()
    if directory is None:
        return None
    there = [root for root in roots if root not in optional or os.path.isdir(root)]
    key = "\n".join(os.path.abspath(root) for root in there).encode("utf-8", "surrogateescape")
    of = "" if store == "named" else f"-{store}"
    return directory / f"{zlib.crc32(key):08x}{zlib.adler32(key):08x}{of}.sqlite"


_LARGE = 16_000_000
"""Bytes of an index from which on looking at all files takes clearly longer than having another process do so."""
_ASK_LATER = {"mcp", "import", "new", "schema", "diff", "--help", "-h", "--version"}
"""Words of command lines that ask nothing of the library, or nothing yet."""


def large(arguments: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Path, ...]] | None:
    """The `roots` of the library that a command line asks at once, if it is a large one."""
    if _ASK_LATER.intersection(arguments):
        return None
    if not arguments:  # in a shell that asks what could be typed
        arguments = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()
    asked = roots(named_in(arguments))
    try:
        found = index(*asked)
        return asked if found and os.stat(found).st_size > _LARGE else None
    except (OSError, ValueError):  # there is no index yet; a path that no system takes
        return None
