"""Keeping the index's file in line with the library: found fresh, refreshed, built anew, or held in memory.

Its seal, a modification time that only druginfo knows, tells foreign writing. A build happens beside the file, which it
replaces whole; a refresh is one transaction in place, or on a copy where a reader keeps the file for long. Whatever
process is killed at whatever moment, what it leaves behind is fresh, stale, or not sealed and built anew.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from druginfo.index import SCHEMA, Broken, Index, Progress

_PATIENCE = 2.0
"""Seconds to wait for another process's lock."""
_TRIES = 5


def open_index(listing: str, path: Path | None, progress: Progress | None = None) -> Index:
    """The index of exactly a listing's files: the file at `path` if fresh, else refreshed, rebuilt, or in memory."""
    if path is not None:
        try:
            return _open_file(listing, path, progress)
        except (OSError, sqlite3.Error, Broken):
            pass
    from druginfo.index import writing

    connection = sqlite3.connect(":memory:", isolation_level=None)
    writing.fill(connection, listing, progress)
    return Index(connection, None, "in memory")


def forget(path: Path | None) -> None:
    """Remove an index that proved broken."""
    if path is not None:
        with suppress(OSError):
            _journal(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)


def _open_file(listing: str, path: Path, progress: Progress | None) -> Index:
    """Fresh, refreshed or built; several tries, because other processes may see other states of the library."""
    state = "fresh"
    for _ in range(_TRIES):
        try:
            connection, known = _connect(path)
        except (Broken, sqlite3.DatabaseError, FileNotFoundError) as error:
            if _is_locked(error):
                raise
            _build(listing, path, progress)
            state = "built"
            continue
        if known == listing:
            return Index(connection, path, state)
        connection.close()
        state = "refreshed"
        try:
            _refresh(listing, path, progress)
        except (Broken, sqlite3.DatabaseError, UnicodeDecodeError, TypeError, ValueError) as error:
            _build(listing, path, progress, based_on=path if _is_locked(error) else None)
            state = state if _is_locked(error) else "built"
    raise Broken("changed by other processes all the time")


def _is_locked(error: Exception) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _connect(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open for reading: the connection, in a transaction, and the listing it was made for. Raises Broken."""
    for patience in (0.01, 0.05, 0.2, None):
        status = path.stat()
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=_PATIENCE
        )
        try:
            connection.execute("BEGIN")
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            if meta.get("schema") != SCHEMA or "listing" not in meta:
                raise Broken("made by another version")
            sealed = path.stat()
            if meta.get("seal") == str(sealed.st_mtime_ns) and sealed.st_ino == status.st_ino:
                return connection, meta["listing"]
        except UnicodeDecodeError as error:
            connection.close()
            raise Broken(str(error)) from error
        except BaseException:
            connection.close()
            raise
        connection.close()
        if patience is None:
            break
        time.sleep(patience)  # another process is between its commit and its seal
    raise Broken("written to by something else")


def _build(
    listing: str,
    path: Path,
    progress: Progress | None,
    based_on: Path | None = None,
) -> None:
    """Make an index beside the old one, anew or from a copy of `based_on`, and put it in the old one's place."""
    from druginfo.index import writing

    path.parent.mkdir(parents=True, exist_ok=True)
    _prune(path)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        if based_on:
            _copy(based_on, fresh)
        connection = sqlite3.connect(fresh, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            if based_on:
                seal = writing.bring_up_to_date(connection, listing, progress) or 0
            else:
                writing.fill(connection, listing, progress)
                connection.execute("BEGIN")
                seal = writing.seal(connection)
                connection.execute("COMMIT")
        finally:
            connection.close()
        with open(fresh, "rb+") as written:
            os.fsync(written.fileno())
        os.utime(fresh, ns=(seal, seal))
        _journal(path).unlink(missing_ok=True)  # left by a killed process, it would be played back into the new file
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _copy(path: Path, to: Path) -> None:
    """Copy an index while nobody writes to it. Raises Broken where it was not left by druginfo."""
    import shutil

    connection, _ = _connect(path)  # its read lock holds off writers
    try:
        shutil.copyfile(path, to)
    finally:
        connection.close()


def _prune(path: Path, keep: int = 8) -> None:
    """Remove what killed processes left behind, and the indexes of libraries that were not used for long."""
    found = []
    for entry in path.parent.glob("*.sqlite*"):
        try:
            status = entry.stat()
        except OSError:
            continue
        if entry.suffix == ".sqlite":
            found.append((status.st_ctime, entry))
        elif time.time() - status.st_ctime > 3600 and not entry.name.endswith("-journal"):
            entry.unlink(missing_ok=True)
    for _, entry in sorted(found, reverse=True)[keep:]:
        entry.unlink(missing_ok=True)


def _refresh(listing: str, path: Path, progress: Progress | None) -> None:
    """Bring a stale index in line with the files in place. Raises Broken where building is the better way."""
    from druginfo.index import writing

    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_PATIENCE
    )
    try:
        connection.execute("PRAGMA cache_spill = OFF")
        seal = writing.bring_up_to_date(connection, listing, progress)
    finally:
        connection.close()
    if seal is not None:
        os.utime(path, ns=(seal, seal))
