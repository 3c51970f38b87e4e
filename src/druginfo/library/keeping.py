"""Keeping the store's file in line with the library: found fresh, refreshed, built anew, or held in memory.

The file is never written to. A new one is made beside it, anew or from a copy of it, and put in its place at once, so
whatever process is killed at whatever moment leaves the old one or the new one. A reader opens it as immutable: SQLite
then takes no lock and reads no other file (a journal or write-ahead log that lies beside it is not ours).

It is trusted only where it is a regular file of this user whose time of modification is the one written inside it:
a seal that only druginfo knows, so that writing by anyone else shows.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from druginfo.library.rows import SCHEMA, Damaged, Progress
from druginfo.listing import FileListing

_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite would read or write beside a file."""
_TRIES = 5


StoreState = Literal["fresh", "refreshed", "built", "in memory"]
"""How a store came to be what the library is now."""


class Opened(NamedTuple):
    """A store to read from. `path` is None where it is in memory."""

    connection: sqlite3.Connection
    path: Path | None
    state: StoreState
    note: str
    """What it notes of the listing that it was made for."""


def open_store(
    listing: FileListing, path: Path | None, progress: Progress | None = None, store: str = "named"
) -> Opened:
    """The store of exactly a listing's files: the file at `path` if fresh, else refreshed, rebuilt, or in memory.

    `store`: `named`, `texts` or `readings`, as `writing` has them.
    """
    if path is not None:
        try:
            return _open_file(listing, path, progress, store)
        except (OSError, ValueError, sqlite3.Error, Damaged):  # ValueError: a path that no system takes
            pass
    from druginfo.library import writing

    connection = _connection(":memory:")
    writing.fill(connection, listing, progress, store)
    return Opened(connection, None, "in memory", listing.note)


def beside(store: Path) -> Path:
    """The directory of what was read of single monographs (`library.kept`), which goes with its store."""
    return store.with_suffix(".read")


def forget(path: Path | None) -> None:
    """Remove a store that proved damaged, and what lies beside it."""
    if path is not None:
        for each in (path, *(path.with_name(path.name + suffix) for suffix in _BESIDE)):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _open_file(listing: FileListing, path: Path, progress: Progress | None, store: str) -> Opened:
    """Fresh, refreshed or built; several tries, because other processes may see other states of the library."""
    state: StoreState = "fresh"
    for _ in range(_TRIES):
        try:
            connection, note = _connect(path, store)
        except (Damaged, sqlite3.Error, OSError):
            _build(listing, path, progress, store)
            state = "built"
            continue
        if listing.is_noted(note):
            return Opened(connection, path, state, note)
        connection.close()
        try:
            _build(listing, path, progress, store, based_on=path)
            state = "refreshed"
        except (Damaged, sqlite3.DatabaseError, UnicodeDecodeError, TypeError, ValueError):
            _build(listing, path, progress, store)
            state = "built"
    raise Damaged("replaced by other processes all the time")


def _connection(name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=uri, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def _connect(path: Path, store: str) -> tuple[sqlite3.Connection, str]:
    """Open for reading: the connection, and the note of the listing that it was made for.

    Raises Damaged, OSError, sqlite3.Error.
    """
    status = path.stat()
    if not is_ours(status):
        raise Damaged("not a regular file of this user")
    connection = _connection(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("BEGIN")
        meta = {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM meta")}
        if meta.get("schema") != f"{SCHEMA} {store}" or "listing" not in meta:
            raise Damaged("made by another version")
        now = path.stat()
        if (now.st_ino, now.st_mtime_ns, now.st_size) != (status.st_ino, status.st_mtime_ns, status.st_size):
            raise Damaged("replaced at this moment")
        if meta.get("seal") != str(status.st_mtime_ns):
            raise Damaged("written to by something else")
    except UnicodeDecodeError as error:
        connection.close()
        raise Damaged(str(error)) from error
    except BaseException:
        connection.close()
        raise
    _mark_used(path, status)
    return connection, meta["listing"]


def is_ours(status: os.stat_result) -> bool:
    """Whether it is a regular file of this user."""
    return stat.S_ISREG(status.st_mode) and (os.name != "posix" or status.st_uid == os.geteuid())


def _build(
    listing: FileListing, path: Path, progress: Progress | None, store: str, based_on: Path | None = None
) -> None:
    """Make a store beside the old one, anew or from a copy of `based_on`, and put it in the old one's place."""
    from druginfo.library import writing

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _prune(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if based_on:
            _copy(based_on, fresh)
        connection = _connection(os.fspath(fresh))
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            if based_on:
                writing.bring_up_to_date(connection, listing, progress, store)
            else:
                writing.fill(connection, listing, progress, store)
            seal = writing.seal(connection)
        finally:
            connection.close()
        with open(fresh, "rb+") as written:
            os.fsync(written.fileno())
        os.utime(fresh, ns=(seal, seal))
        if not based_on and store == "named":
            _empty(beside(path))
        for suffix in _BESIDE:  # a reader of ours never looks at them; a curious person's `sqlite3` would
            with suppress(OSError):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _copy(path: Path, to: Path) -> None:
    import shutil

    with open(path, "rb", opener=without_waiting) as source, open(to, "wb") as copy:
        if not is_ours(os.fstat(source.fileno())):
            raise Damaged("not a regular file of this user")
        shutil.copyfileobj(source, copy, 1 << 20)


def without_waiting(path: str, flags: int) -> int:
    """Open even what became a pipe that nobody writes to."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _prune(path: Path, keep: int = 24) -> None:
    """Remove what killed processes left behind, and all stores but those that were used last.

    What is beside a store goes with it, and so does what a process that still read a removed one has kept since.
    """
    names = set(os.listdir(path.parent))
    stores = {name for name in names if name.endswith(".sqlite")}
    for store in sorted(map(path.with_name, stores), key=_last_used)[:-keep] if len(stores) > keep else ():
        forget(store)
        stores.discard(store.name)
    for name in names:
        if name.endswith(".read"):
            if f"{name.removesuffix('.read')}.sqlite" not in stores:
                _empty(path.with_name(name))
        elif ".sqlite." in name and time.time() - _last_used(path.with_name(name)) > _HOUR:
            with suppress(OSError):
                path.with_name(name).unlink()


_MINUTE, _HOUR = 60, 3600


def _last_used(path: Path) -> float:
    """When a file was made or, to the minute, read (`_mark_used`); 0 where it is gone."""
    try:
        return path.lstat().st_ctime
    except OSError:
        return 0


def _mark_used(path: Path, status: os.stat_result) -> None:
    """Let a file's time of its last change of any kind, which nothing sets back, be now; its seal stays."""
    if time.time() - status.st_ctime > _MINUTE:
        with suppress(OSError):
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _empty(directory: Path) -> None:
    from shutil import rmtree

    rmtree(directory, ignore_errors=True)
