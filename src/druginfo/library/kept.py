"""What was read of single monographs, each kept in a small file beside the store from when it was first asked for: to
read doses takes longer than all the rest of an answer, and of 20,000 monographs few are ever asked for.

A file counts only where its mark (the program's code, the monograph and its stamp) and its checksum are right. Whatever
is wrong with it, the monograph is read again. It is never written to in its place, and where none can be written, none
is.
"""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from druginfo import __version__, model
from druginfo.library.keeping import beside, is_ours, without_waiting

_CODE = Path(__file__).parents[1]
_FORMAT = 4
"""Of `marshal`: the one that every Python can read. Nothing is compressed: to undo it took as long as all the rest."""


def value(store: Path | None, name: str, mark: str, read: Callable[[], Any]) -> Any:
    """What `read` gives: as it was kept under this name and mark, else read now, and kept where that is possible.

    It is text, or lists, tuples and dictionaries of texts and numbers. `mark` is one line, and differs wherever what
    `read` gives may differ for other reasons than the program's code.
    """
    found = loaded(store, name, mark)
    if found is None:
        found = read()
        keep(store, name, mark, found)
    return found


def loaded(store: Path | None, name: str, mark: str) -> Any:
    """What was kept under this name and mark; None for nothing."""
    if store is None:
        return None
    try:
        with open(beside(store) / name, "rb", opener=without_waiting) as file:
            content = file.read() if is_ours(os.fstat(file.fileno())) else b""
        checksum, body = content[:8], content[8:]
        head = _head(mark)
        if body.startswith(head) and checksum == _checksum(body):
            return marshal.loads(memoryview(body)[len(head) :])
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return None


def keep(store: Path | None, name: str, mark: str, found: Any) -> None:
    """Keep it, in the place of what was kept under this name, where that is possible."""
    if store is not None:
        with suppress(OSError):
            _write(beside(store) / name, _head(mark) + marshal.dumps(found, _FORMAT))


def _head(mark: str) -> bytes:
    return f"{code()} {mark}\n".encode("utf-8", "surrogatepass")


@cache
def code() -> str:
    """What differs after any change of the program: a rule that was mended reads everything again."""
    found = [__version__]
    for directory, inner, names in os.walk(_CODE):
        if "__pycache__" in inner:
            inner.remove("__pycache__")  # other processes may be writing there
        for name in names:
            if not name.endswith((".pyc", ".md")):
                status = os.stat(f"{directory}{os.sep}{name}")
                found.append(f"{name} {status.st_mtime_ns} {status.st_size}")
    return f"{zlib.crc32(' '.join(sorted(found)).encode()):08x}"


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_checksum(body) + body)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _checksum(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


# ---------------------------------------------------------------- nouns


def packed(noun: Any) -> list[Any]:
    """A noun of `model` as lists, each thing in it once, after what it holds: its name, its fields, and which of these
    are the numbers of others."""
    rows: list[Any] = []
    whole = _pack(noun, rows, {})
    return [*rows, ("", [whole], [0] if isinstance(whole, list) else [])]


def _pack(value: Any, rows: list[Any], known: dict[Any, Any]) -> Any:
    """Texts and numbers as they are; a noun, and a tuple with any, as its number in a list."""
    if not isinstance(value, tuple):
        return known.setdefault(value, value) if isinstance(value, str) else value  # a text that comes again is one
    name = value.__class__.__name__ if hasattr(value, "_fields") else ""
    fields = [_pack(each, rows, known) for each in value]
    numbered = [at for at, each in enumerate(fields) if isinstance(each, list)]
    key = name, repr(fields)
    if key not in known:
        known[key] = [len(rows)] if name or numbered else tuple(fields)
        if isinstance(known[key], list):
            rows.append((name, fields, numbered))
    return known[key]


def unpacked(rows: list[Any]) -> Any:
    """The noun that `packed` was given; what was equal in it is one and the same."""
    made: list[Any] = []
    for name, fields, numbered in rows:
        for at in numbered:
            fields[at] = made[fields[at][0]]
        made.append(_maker(name)(fields))
    return made[-1][0]


@cache
def _maker(name: str) -> Callable[[list[Any]], Any]:
    return partial(tuple.__new__, getattr(model, name)) if name else tuple
