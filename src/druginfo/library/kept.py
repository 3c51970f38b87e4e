"""What was read of single monographs, each kept in a small file beside the store from when it was first asked for: to
read doses takes longer than all the rest of an answer, and of 20,000 monographs few are ever asked for.

A file counts only where its mark (the program's code, the monograph and its stamp) and its checksum are right. Whatever
is wrong with it, the monograph is read again. It is never written to in its place, and where none can be written, none
is.
"""

from __future__ import annotations

import json
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


def text(store: Path | None, name: str, mark: str, read: Callable[[], str]) -> str:
    """What `read` gives: as it was kept under this name and mark, else read now, and kept where that is possible.

    `mark` is one line, and differs wherever what `read` gives may differ for other reasons than the program's code.
    """
    if store is None:
        return read()
    path, head = beside(store) / name, f"{code()} {mark}\n".encode("utf-8", "surrogatepass")
    found = _loaded(path, head)
    if found is None:
        found = read()
        with suppress(OSError):
            _write(path, head + zlib.compress(found.encode("utf-8", "surrogatepass"), 1))
    return found


@cache
def code() -> str:
    """What differs after any change of the program: a rule that was mended reads everything again."""
    found = [__version__]
    for directory, _, names in os.walk(_CODE):
        for name in names:
            if not name.endswith((".pyc", ".md")):
                status = os.stat(f"{directory}{os.sep}{name}")
                found.append(f"{name} {status.st_mtime_ns} {status.st_size}")
    return f"{zlib.crc32(' '.join(sorted(found)).encode()):08x}"


def _loaded(path: Path, head: bytes) -> str | None:
    try:
        with open(path, "rb", opener=without_waiting) as file:
            content = file.read() if is_ours(os.fstat(file.fileno())) else b""
        checksum, body = content[:8], content[8:]
        if body.startswith(head) and checksum == _checksum(body):
            return zlib.decompress(body[len(head) :]).decode("utf-8", "surrogatepass")
    except (OSError, ValueError, zlib.error):
        pass
    return None


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


# ---------------------------------------------------------------- nouns as text


def packed(noun: Any) -> str:
    """A noun of `model`, with all that it holds, as text."""
    return json.dumps(_packed(noun), ensure_ascii=False, separators=(",", ":"))


def _packed(value: Any) -> Any:
    """A noun as an object with its name and its fields, a tuple as one without a name."""
    if isinstance(value, tuple):
        return {value.__class__.__name__ if hasattr(value, "_fields") else "": [*map(_packed, value)]}
    return value


def unpacked(text: str) -> Any:
    """The noun that `packed` wrote."""
    return _read(text)


def _noun(pairs: list[tuple[str, list[Any]]]) -> Any:
    ((name, fields),) = pairs
    return _maker(name)(fields)


_read = json.JSONDecoder(object_pairs_hook=_noun).decode


@cache
def _maker(name: str) -> Callable[[list[Any]], Any]:
    return partial(tuple.__new__, getattr(model, name)) if name else tuple
