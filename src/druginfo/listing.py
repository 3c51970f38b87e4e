"""The monograph files of directories as they are now: what the store compares at every start.

Over 10,000 files each microsecond counts ten thousandfold, so a start makes no object a file: a directory is a list of
names and one of numbers. What is needed only where a store is made or mended is made of these then.
"""

from __future__ import annotations

import errno
import marshal
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from druginfo.errors import Failed
from druginfo.processes import Copy, idle_processors

if TYPE_CHECKING:
    from druginfo.model import Fault

_RACY_NS = 2_100_000_000
"""The coarsest clock of a file system in use (FAT: two seconds)."""
_POSIX = os.name == "posix"
_BY_DESCRIPTOR = os.stat in os.supports_dir_fd and os.listdir in os.supports_fd
_README = len("README.md")
_SHORT = 700
"""Bytes of a path to which every system lets a file's name be joined."""


class File(NamedTuple):
    """A monograph file in force. `stamp` changes whenever its content may have."""

    slug: str
    path: str
    stamp: str


class Directory(NamedTuple):
    """The monograph files of a directory, without those deeper down."""

    root: int
    path: str
    names: list[str]
    """In the order in which the file system has them: to sort 10,000 takes a tenth of the whole look at them."""
    numbers: list[int]
    """Of each file, in the order of the names: the time of its last change, its size, its inode."""
    is_racy: bool
    """Whether one changed so lately that the clock could hide a second change."""

    def sorted(self) -> Directory:
        """The same, by name."""
        files = sorted(zip(self.names, *(self.numbers[i::3] for i in range(3)), strict=True))
        return self._replace(names=[name for name, *_ in files], numbers=[n for _, *each in files for n in each])


class FileListing(NamedTuple):
    """What is below the roots."""

    now: int
    directories: list[Directory]
    skipped: list[Fault]
    """What cannot be a monograph file, and why."""
    digest: str
    """What differs for another listing, or for the same in another order."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no monograph file."""
        return not any(directory.names for directory in self.directories)

    @property
    def note(self) -> str:
        """What a store notes of the listing that it was made for."""
        return f"{self.digest}\t{self.in_order()}"

    def is_noted(self, note: str) -> bool:
        """Whether a note is of this listing, in whatever order it was then found."""
        found, _, in_order = note.partition("\t")
        return found == self.digest or in_order == self.in_order()

    def in_order(self) -> str:
        """The digest of the files by name."""
        return _digest([each.sorted() for each in self.directories], self.now)


_LATE = 1.0
"""Seconds after which what was looked at ahead no longer counts: a person may have been asked something meanwhile."""
_ahead: dict[tuple[Sequence[Path], Sequence[Path]], tuple[float, Callable[[], FileListing]]] = {}
"""What gives the listing of roots that were looked at ahead, and when that began."""


def look_ahead(roots: Sequence[Path], optional: Sequence[Path]) -> Copy[FileListing] | None:
    """Have a copy of this process look at the files below the roots while this one loads the rest of the program.

    The first `listing` of the same roots takes what that saw. To be closed; None where no processor is idle.
    """
    if idle_processors() < 2:
        return None
    copy = Copy(partial(_look_below, roots, optional))

    def seen() -> FileListing:
        try:
            return copy.result()
        finally:
            copy.close()

    _ahead[roots, optional] = time.monotonic(), seen
    return copy


def seen_now(roots: Sequence[Path], optional: Sequence[Path]) -> FileListing | None:
    """What is below the roots now, for a copy of this process to give to it; None where that has been looked at ahead,
    or cannot be read."""
    try:
        return None if (roots, optional) in _ahead else _look_below(roots, optional)
    except Failed:
        return None


def take(roots: Sequence[Path], optional: Sequence[Path], found: FileListing) -> None:
    """Have the first `listing` of the roots take what a copy of this process has just seen there."""
    _ahead[roots, optional] = time.monotonic(), lambda: found


def listing(roots: Sequence[Path], optional: Sequence[Path]) -> FileListing:
    """The files below the roots; an optional root need not be there. Raises Failed for one that cannot be read."""
    began, seen = _ahead.pop((roots, optional), (0.0, None))
    if seen and time.monotonic() < began + _LATE:
        return seen()
    return _look_below(roots, optional)


def _look_below(roots: Sequence[Path], optional: Sequence[Path]) -> FileListing:
    now = time.time_ns()
    found: list[Directory] = []
    skipped: list[Fault] = []
    for number, root in enumerate(roots):
        if root not in optional or _is_there(root, skipped):
            found += _walk(number, root, now, skipped)
    return FileListing(now, found, skipped, _digest(found, now))


def _digest(directories: Sequence[Directory], now: int) -> str:
    parts = [(each.root, each.path, "/".join(each.names), each.numbers, each.is_racy and now) for each in directories]
    written = marshal.dumps(parts, 2)
    return f"{len(written):x} {zlib.crc32(written):08x}{zlib.adler32(written):08x}"


def files(listing: FileListing) -> tuple[list[File], list[Fault]]:
    """The files in force, by slug, a later root's before an earlier one's; and those that are not in force.

    A file's stamp changes whenever its content may have: on POSIX by the time of its last change of any kind, which
    nobody can reset. One changed so lately that the clock could hide a second change never equals itself again.
    """
    found: dict[str, File] = {}
    doubles: list[Fault] = []
    for _, directories in groupby(listing.directories, lambda directory: directory.root):
        mine: dict[str, File] = {}
        for file in sorted(_each(directories, listing.now), key=lambda file: file.path.replace(os.sep, "\0")):
            if file.slug in mine:
                counts = mine[file.slug].path
                doubles.append(_fault(file.path, f"has the same slug as {counts}, which counts; rename one"))
            else:
                mine[file.slug] = found[file.slug] = file
    return [found[slug] for slug in sorted(found)], doubles


def _each(directories: Iterator[Directory], now: int) -> Iterator[File]:
    for _, path, names, numbers, _ in directories:
        for name, changed, size, inode in zip(names, numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            racy = f" {now}" if _is_racy(changed, now) else ""
            yield File(name[:-3].lower(), f"{path}{os.sep}{name}", f"{changed} {size} {inode}{racy}")


def _is_racy(changed: int, now: int) -> bool:
    return now - _RACY_NS < changed < now + _RACY_NS


def _walk(number: int, root: Path, now: int, skipped: list[Fault]) -> Iterator[Directory]:
    """Every directory below `root` in a fixed order, once, but for hidden ones."""
    top = os.path.abspath(root)
    try:
        waiting = [(top, os.stat(top))]
    except OSError as error:
        raise _no_root(root, error) from None
    seen = set()
    while waiting:
        path, status = waiting.pop()
        if (identity := (status.st_dev, status.st_ino)) in seen:
            continue
        seen.add(identity)
        try:
            names, numbers, inside = _look(path, skipped)
        except OSError as error:
            if path == top:
                raise _no_root(root, error) from None
            skipped.append(_fault(path, _reason(error)))
            continue
        if path == top and not _is_plain(top):
            raise Failed(f"{root}: its path is not UTF-8, or has a tab or a line end; rename it.")
        changed = numbers[::3]
        is_racy = max(changed, default=0) > now - _RACY_NS and any(_is_racy(each, now) for each in changed)
        yield Directory(number, path, names, numbers, is_racy)
        waiting += reversed(inside)


def _look(directory: str, skipped: list[Fault]) -> tuple[list[str], list[int], list[tuple[str, os.stat_result]]]:
    """The monograph files of a directory, with their numbers, and the directories in it.

    README.md and hidden files are not monographs. Raises OSError where it cannot be read.
    """
    with _opened(directory) as at:
        every = os.listdir(directory if at is None else at)
        names = [name for name in every if name[-3:] == ".md" and name[0] != "." and len(name) != _README]
        numbers = [] if at is None else _numbers(names, at)
        if not numbers:
            names = []
        inside = []
        rest = set(every).difference(names) if len(names) < len(every) else ()
        for name in sorted(name for name in rest if name[0] != "."):
            path = f"{directory}{os.sep}{name}"
            try:
                status = os.stat(path) if at is None else os.stat(name, dir_fd=at)
            except OSError as error:
                _cannot_be_looked_at(directory, name, error, skipped)
                continue
            if stat.S_ISDIR(status.st_mode):
                if _is_plain(name):
                    inside.append((path, status))
            elif not _is_monograph(name):
                continue
            elif not stat.S_ISREG(status.st_mode):
                skipped.append(_fault(path, "is not a regular file"))
            elif not _is_plain(name):
                skipped.append(_fault(path, "its name is not UTF-8, or has a tab or a line end; rename it"))
            else:
                names.append(name)
                numbers += (status.st_ctime_ns if _POSIX else status.st_mtime_ns, status.st_size, status.st_ino)
    return names, numbers, inside


def _numbers(names: Sequence[str], at: int) -> list[int]:
    """The numbers of files, where all are regular ones with plain names; else none, and each is to be looked at."""
    numbers: list[int] = []
    modes: set[int] = set()
    number, mode = numbers.append, modes.add
    try:
        for name in names:
            status = os.stat(name, dir_fd=at)
            number(status.st_ctime_ns)
            number(status.st_size)
            number(status.st_ino)
            mode(status.st_mode)
    except OSError:
        return []
    return numbers if all(map(stat.S_ISREG, modes)) and _is_plain("/".join(names)) else []


@contextmanager
def _opened(directory: str) -> Iterator[int | None]:
    """What looks up names in a directory in two thirds of the time that their paths take.

    None where there is no such thing, and where a file's path may be too long for it to be opened.
    """
    if not _BY_DESCRIPTOR or len(os.fsencode(directory)) > _SHORT:
        yield None
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _cannot_be_looked_at(directory: str, name: str, error: OSError, skipped: list[Fault]) -> None:
    path = f"{directory}{os.sep}{name}"
    is_gone = isinstance(error, FileNotFoundError) or error.errno == errno.ELOOP
    if _is_monograph(name):
        is_link = is_gone and os.path.islink(path)
        skipped.append(_fault(path, "is a link to nothing" if is_link else _reason(error)))
    elif not is_gone and not any(fault.path == directory for fault in skipped[-1:]):
        skipped.append(_fault(directory, f"what is in it cannot be looked at: {_reason(error)}"))


def _is_there(root: Path, skipped: list[Fault]) -> bool:
    """Whether an optional root is a directory; one that cannot be looked at is a fault, and is not there."""
    try:
        return stat.S_ISDIR(os.stat(root).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        skipped.append(_fault(os.fspath(root), f"cannot be looked at: {_reason(error)}"))
        return False


def _is_monograph(name: str) -> bool:
    return name[-3:].lower() == ".md" and name.lower() != "readme.md"


def _is_plain(name: str) -> bool:
    """Whether a name can be shown in a line: no line end, no tab, no byte that is not UTF-8."""
    try:
        return bool(name.encode("utf-8")) and not any(sign in name for sign in "\n\t")
    except UnicodeEncodeError:
        return False


def _fault(path: str, message: str) -> Fault:
    from druginfo.model import Fault  # of no use to most starts

    return Fault(path, 0, message)


def _no_root(root: Path, error: OSError) -> Failed:
    return Failed(f"{root}: {_reason(error)}; name a directory of monographs.")


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
