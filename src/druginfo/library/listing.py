"""The monograph files of directories as they are now, in one string: what the store compares at every start.

Over 10,000 files each microsecond counts ten thousandfold, so a start makes no object a file. A line `name<TAB>stamp`
is a file of the directory that the last line `<TAB>path` names; `<TAB><TAB>path` begins a root.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from druginfo.errors import Failed
from druginfo.library.rows import File
from druginfo.model import Fault

_RACY_NS = 2_100_000_000
"""The coarsest clock of a file system in use (FAT: two seconds)."""
_POSIX = os.name == "posix"


class Listing(NamedTuple):
    """What is below the roots."""

    text: str
    skipped: tuple[Fault, ...]
    """What cannot be a monograph file, and why."""
    is_empty: bool


def listing(roots: Sequence[Path], optional: Sequence[Path]) -> Listing:
    """The files below the roots; an optional root need not be there. Raises Failed for one that cannot be read."""
    now = time.time_ns()
    lines: list[str] = []
    skipped: list[Fault] = []
    for root in roots:
        if root not in optional or _is_there(root, skipped):
            lines.append(f"\t\t{root}")
            _walk(root, now, lines, skipped)
    return Listing("\n".join(lines), tuple(skipped), all(line[0] == "\t" for line in lines))


def files(text: str) -> tuple[list[File], list[Fault]]:
    """A listing's files in force, by slug, a later root's before an earlier one's; and those that are not in force."""
    found: dict[str, File] = {}
    mine: dict[str, File] = {}
    doubles: list[Fault] = []
    directory = ""
    for line in text.split("\n"):
        name, _, rest = line.partition("\t")
        if name:
            slug, path = name[:-3].lower(), f"{directory}{os.sep}{name}"
            if slug in mine:
                counts = mine[slug].path
                doubles.append(Fault(path, 0, f"has the same slug as {counts}, which counts; rename one"))
            else:
                mine[slug] = found[slug] = File(slug, path, rest)
        elif rest[:1] == "\t":
            mine = {}
        else:
            directory = rest
    return [found[slug] for slug in sorted(found)], doubles


def _walk(root: Path, now: int, lines: list[str], skipped: list[Fault]) -> None:
    """Every monograph file below `root` in a fixed order. README.md and hidden files are none.

    A file's stamp changes whenever its content may have: on POSIX by the time of its last change of any kind, which
    nobody can reset. One changed so lately that the clock could hide a second change never equals itself again.
    """
    top = os.path.abspath(root)
    try:
        waiting = [_entries(top)]
        seen = {_identity(os.stat(top))}
    except OSError as error:
        raise Failed(f"{root}: {_reason(error)}; name a directory of monographs.") from None
    if not _is_plain(top):
        raise Failed(f"{root}: its path is not UTF-8, or has a tab or a line end; rename it.")
    lines.append(f"\t{top}")
    low, high = now - _RACY_NS, now + _RACY_NS
    while waiting:
        directory, names = waiting[-1]
        for name in names:
            path = f"{directory}{os.sep}{name}"
            monograph = name[-3:].lower() == ".md" and name.lower() != "readme.md"
            try:
                status = os.stat(path)
                if stat.S_ISREG(status.st_mode):
                    if not monograph:
                        continue
                    if not (name.isprintable() or _is_plain(name)):
                        skipped.append(Fault(path, 0, "its name is not UTF-8, or has a tab or a line end; rename it"))
                        continue
                    changed = status.st_ctime_ns if _POSIX else status.st_mtime_ns
                    racy = f" {now}" if low < changed < high else ""
                    lines.append(f"{name}\t{changed} {status.st_size} {status.st_ino}{racy}")
                elif stat.S_ISDIR(status.st_mode):
                    if _is_plain(name) and (identity := _identity(status)) not in seen:
                        seen.add(identity)
                        waiting.append(_entries(path))
                        lines.append(f"\t{path}")
                        break
                elif monograph:
                    skipped.append(Fault(path, 0, "is not a regular file"))
            except OSError as error:
                if isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP:
                    if monograph:
                        skipped.append(
                            Fault(path, 0, "is a link to nothing" if os.path.islink(path) else _reason(error))
                        )
                elif monograph or os.path.isdir(path):
                    skipped.append(Fault(path, 0, _reason(error)))
                elif not any(fault.path == directory for fault in skipped[-1:]):
                    skipped.append(Fault(directory, 0, f"what is in it cannot be looked at: {_reason(error)}"))
        else:
            waiting.pop()
            if waiting:
                lines.append(f"\t{waiting[-1][0]}")


def _is_there(root: Path, skipped: list[Fault]) -> bool:
    """Whether an optional root is a directory; one that cannot be looked at is a fault, and is not there."""
    try:
        return stat.S_ISDIR(os.stat(root).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        skipped.append(Fault(os.fspath(root), 0, f"cannot be looked at: {_reason(error)}"))
        return False


def _entries(directory: str) -> tuple[str, Iterator[str]]:
    """A directory and the names in it, but for hidden ones, in order."""
    return directory, iter([name for name in sorted(os.listdir(directory)) if name[0] != "."])


def _is_plain(name: str) -> bool:
    """Whether a listing can hold a name: no line end, no tab, no byte that is not UTF-8."""
    try:
        return bool(name.encode("utf-8")) and not any(sign in name for sign in "\n\t")
    except UnicodeEncodeError:
        return False


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
