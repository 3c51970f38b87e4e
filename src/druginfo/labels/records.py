"""Label files → raw records one at a time: openFDA JSON of any size, SPL XML, and zips of either.

A bulk file is never held whole: its records are cut out of the stream by their braces and decoded one by one, so that
a broken record costs itself and not the rest.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO, Any, NamedTuple

LARGEST_RECORD = 64 * 1024 * 1024
"""Bytes; the largest labels are about 5 MB."""
MOST_UNPACKED = 8 * 1024 * 1024 * 1024
"""Bytes that one zip may unpack to; a part of the openFDA export has about 1.6 GB."""
MOST_TIMES = 200
"""How many times its packed size a zip's file may have, beyond `ALWAYS_UNPACKED` bytes; openFDA's have 8."""
ALWAYS_UNPACKED = 64 * 1024 * 1024
MOST_MEMBERS = 200_000
"""Files in a zip."""
DEEPEST_ZIP = 2
"""Zips in a zip: DailyMed's bulk downloads hold a zip for each label."""
_CHUNK = 1 << 20
_PREAMBLE = 1 << 16
"""Bytes in which a response comes to its `results`; openFDA's before them has 500."""

_MARK = re.compile(rb'[{}\[\]"]')
_RESULTS = re.compile(rb'"results"\s*:\s*\[')
_NEXT_RECORD = re.compile(rb"\}[\s,\x00\x1e]*(?=\{)")
"""Where a record ends and the next begins, if not an object in a list inside a record."""
_SEVERAL, _SHORT = 8, 500
_SPACE = re.compile(rb"[\s,\x00\x1e]*")
_SCALAR = re.compile(rb"[^\s,\]}]*")


_INSTEAD = "which is not read; import the label's JSON or XML (SPL, FHIR ePI) instead"
_NOT_READ = {
    b"%PDF-": f"a PDF, {_INSTEAD}",
    b"{\\rtf": f"a rich text file, {_INSTEAD}",
    b"\xd0\xcf\x11\xe0": f"an old Word or other Office file, {_INSTEAD}",
    b"\x1f\x8b": "a gzip file, which is not read; unpack it first",
}
"""What is said of files that people have labels in and that no label is read from, by how they begin. A PDF's signs are
not reliably its text's: µg set in the font Symbol is read as mg by some (findings/)."""
_NOT_READ_ZIPS = {
    "[Content_Types].xml": f"a Word or other Office file, {_INSTEAD}",
    "mimetype": f"an OpenDocument or EPUB file, {_INSTEAD}",
}
"""The same of those that are zips, by a member that each has."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError)
"""What reading a zip may raise."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record of a file. Exactly one of `json`, `xml`, `fault` is set."""

    source: str
    """The file, and after `!` the member of the zip."""
    position: int
    """1-based, in its file or member."""
    json: dict[str, Any] | None = None
    xml: bytes | None = None
    fault: str | None = None
    """Why it could not be read."""
    done: float = 0.0
    """How much of the file has been read with it, 0 to 1."""
    remark: str = ""
    """What was mended in reading it: repeated keys, bytes that are no UTF-8."""
    place: Place | None = None
    """Where it is, so that it can be read again without what is before it; None for XML."""


class Place(NamedTuple):
    """Where a JSON record is: the file, the members of zips on the way to it, and its first and last byte there."""

    path: str
    members: tuple[str, ...]
    begin: int
    end: int


def reread(places: Sequence[Place]) -> Iterator[bytes | None]:
    """The bytes of records, in the order given; None for one that is not there any more. Those of one file should stand
    together and in their order, because a zip is unpacked up to each."""
    for (path, members), inside in groupby(places, key=lambda place: place[:2]):
        wanted = list(inside)
        given = 0
        try:
            with ExitStack() as stack:
                stream: IO[bytes] = stack.enter_context(open(path, "rb"))
                for member in members:
                    archive = stack.enter_context(zipfile.ZipFile(stream))
                    stream = stack.enter_context(archive.open(member))
                for place in wanted:
                    stream.seek(place.begin)
                    content = stream.read(place.end - place.begin)
                    given += 1
                    yield content
        except _UNREADABLE:
            yield from [None] * (len(wanted) - given)


def decoded(content: bytes) -> dict[str, Any]:
    """A record's JSON. Raises ValueError for anything else."""
    value = _decoded(content)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def records(path: Path) -> Iterator[RawRecord]:
    """The records of a file, in order; what cannot be read is a record with a fault. Never raises for a bad file."""
    try:
        with path.open("rb") as stream:
            yield from _records(stream, str(path), path.stat().st_size, (str(path),))
    except OSError as error:
        yield RawRecord(str(path), 0, fault=f"cannot be read ({error.strerror or error})", done=1.0)


def _records(stream: IO[bytes], source: str, size: int, way: tuple[str, ...]) -> Iterator[RawRecord]:
    head = stream.read(4096)
    if fault := next((why for start, why in _NOT_READ.items() if head.startswith(start)), None):
        yield RawRecord(source, 0, fault=fault, done=1.0)
        return
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zipped(stream, source, way)
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")) and not head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        yield RawRecord(source, 0, fault="UTF-16 text that is not XML; save it as UTF-8", done=1.0)
    elif stripped.startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        content = head + stream.read(LARGEST_RECORD - len(head) + 1)
        fault = f"larger than {LARGEST_RECORD >> 20} MB" if len(content) > LARGEST_RECORD else None
        yield RawRecord(source, 1, xml=None if fault else content, fault=fault, done=1.0)
    elif stripped[:1] in (b"{", b"["):
        yield from _Json(stream, head, source, size, way).records()
    elif not stripped and not stream.read(1):
        yield RawRecord(source, 0, fault="the file is empty", done=1.0)
    else:
        yield RawRecord(source, 0, fault="neither JSON nor XML nor a zip of them, so no label", done=1.0)


def _zipped(stream: IO[bytes], source: str, way: tuple[str, ...]) -> Iterator[RawRecord]:
    if len(way) > DEEPEST_ZIP:
        yield RawRecord(source, 0, fault="a zip in a zip in a zip")
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            if fault := next((why for name, why in _NOT_READ_ZIPS.items() if name in archive.NameToInfo), None):
                yield RawRecord(source, 0, fault=fault, done=1.0)
                return
            wanted = [m for m in archive.infolist() if m.filename.lower().endswith((".json", ".xml", ".zip"))]
            if len(wanted) > MOST_MEMBERS or sum(m.file_size for m in wanted) > MOST_UNPACKED:
                most = f"{MOST_MEMBERS:,} files or {MOST_UNPACKED >> 30} GB"
                yield RawRecord(source, 0, fault=f"a zip that unpacks to more than {most}", done=1.0)
                return
            if not wanted:
                yield RawRecord(source, 0, fault="a zip without a .json, .xml or .zip file in it", done=1.0)
            for number, member in enumerate(wanted):
                for record in _member(archive, member, f"{source}!{member.filename}", way):
                    yield replace(record, done=(number + record.done) / len(wanted))
    except _UNREADABLE as error:
        yield RawRecord(source, 0, fault=f"a broken zip ({error})", done=1.0)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, way: tuple[str, ...]
) -> Iterator[RawRecord]:
    if member.file_size > max(ALWAYS_UNPACKED, MOST_TIMES * member.compress_size):
        reason = f"unpacks to more than {MOST_TIMES} times its packed size"
        yield RawRecord(source, 0, fault=reason, done=1.0)
        return
    way = (*way, member.filename)
    try:
        with archive.open(member) as stream:  # gives no more bytes than the zip says that the file has
            if not member.filename.lower().endswith(".zip"):
                yield from _records(stream, source, member.file_size, way)
                return
            import tempfile

            with tempfile.SpooledTemporaryFile(max_size=LARGEST_RECORD) as inner:
                copied = inner.write(stream.read(8 * LARGEST_RECORD))
                inner.seek(0)
                yield from _records(inner, source, copied, way)
    except _UNREADABLE as error:
        yield RawRecord(source, 0, fault=f"cannot be unpacked ({error})", done=1.0)


class _Json:
    """Cuts a JSON stream into records: the elements of `results` or of a top-level array, or the top-level object."""

    def __init__(self, stream: IO[bytes], head: bytes, source: str, size: int, way: tuple[str, ...]) -> None:
        self.stream, self.source, self.size, self.way = stream, source, max(size, 1), way
        self.repeated: list[str] = []
        self.buffer = head.removeprefix(b"\xef\xbb\xbf")
        self.dropped = len(head) - len(self.buffer)  # bytes before the buffer
        self.at = 0
        self.before = 0  # bytes of the record before
        self.ended = False
        self.position = 0

    def records(self) -> Iterator[RawRecord]:
        self.more()
        closing: list[bytes] = []  # what ends the list that is open, and the response around it
        while self.skip_space():
            mark, is_first = self.peek(), not closing
            if closing and mark == closing[-1]:
                closing.pop()
                self.at += 1
            elif closing == [b"}"]:  # what a response has beside its results
                if None in (self.value(), self.skip_colon() and self.skip_space() and self.value()):
                    break
            elif is_first and mark == b"[":
                closing.append(b"]")
                self.at += 1
            elif is_first and mark == b"{" and (match := self.results()):
                closing += [b"}", b"]"]
                self.at = match.end()
            elif is_first and mark != b"{":
                yield self.broken("text after the end of the JSON")
                return
            elif not (yield from self.element()):
                return
        if closing:
            yield self.broken("the file is cut off after the record before this")

    def results(self) -> re.Match[bytes] | None:
        """The beginning of a response's records, where the object at hand is a response."""
        match = _RESULTS.search(self.buffer, self.at, self.at + _PREAMBLE)
        before = self.buffer[self.at : match.start()] if match else b""
        return match if before.count(b"{") == before.count(b"}") + 1 else None

    def element(self) -> Generator[RawRecord, None, bool]:
        """The record at hand, or its fault; returns whether there may be another."""
        begin = self.dropped + self.at
        for cut in (self.likely, self.value):
            self.at = begin - self.dropped
            raw, self.repeated = cut(), []
            value = _decoded(raw, self.repeated)
            if value is not _BROKEN:
                self.before = len(raw or b"")
                yield self.record(value, begin, is_text(raw or b""))
                return True
        too_large = f"larger than {LARGEST_RECORD >> 20} MB" if raw is None else "not valid JSON"
        yield self.broken(
            "not valid JSON, or cut off: the file ends amid it" if raw is None and self.ended else too_large
        )
        return self.resync(begin)

    def record(self, value: Any, begin: int, is_utf8: bool) -> RawRecord:
        if not isinstance(value, dict):
            return self.broken(f"not a JSON object but {str(value)[:40]!r}")
        self.position += 1
        remarks = []
        if self.repeated:
            keys = ", ".join(dict.fromkeys(f"“{key[:40]}”" for key in self.repeated[:5]))
            remarks.append(f"a key given twice in one object ({keys}); all its values were kept")
        if not is_utf8:
            remarks.append("bytes that are no UTF-8; each became the sign �")
        place = Place(self.way[0], self.way[1:], begin, self.dropped + self.at) if len(self.way) <= 2 else None
        remark = "; ".join(remarks)
        return RawRecord(self.source, self.position, json=value, done=self.done(), remark=remark, place=place)

    def broken(self, why: str) -> RawRecord:
        self.position += 1
        return RawRecord(self.source, self.position, fault=why, done=self.done())

    def done(self) -> float:
        return min(1.0, (self.dropped + self.at) / self.size)

    def resync(self, begin: int) -> bool:
        """Go on after the next `}, {` after byte `begin`, where a record may begin; false where there is none.

        The buffer still holds everything from `begin` on, because a value is dropped only once it was decoded.
        """
        self.at = max(0, begin - self.dropped)
        while True:
            if match := _NEXT_RECORD.search(self.buffer, self.at + 1):
                self.at = match.end()
                return True
            self.at = max(self.at, len(self.buffer) - 4096)
            if not self.more():
                self.at = len(self.buffer)
                return False

    # ---------------------------------------------------------------- the buffer

    def more(self) -> bool:
        """Read on; what is before `at` is dropped."""
        chunk = self.stream.read(max(_CHUNK, len(self.buffer) - self.at))  # what grows is copied seldom
        self.ended = not chunk
        if chunk:
            self.buffer = self.buffer[self.at :] + chunk
            self.dropped += self.at
            self.at = 0
        return bool(chunk)

    def peek(self) -> bytes:
        return self.buffer[self.at : self.at + 1]

    def skip_space(self) -> bool:
        """Go to the next byte that is neither space nor comma; false at the end of the file."""
        while True:
            self.at = _end(_SPACE, self.buffer, self.at)
            if self.at < len(self.buffer):
                return True
            if not self.more():
                return False

    def skip_colon(self) -> bool:
        found = self.skip_space() and self.peek() == b":"
        self.at += found
        return found

    def likely(self) -> bytes | None:
        """What is up to where the next record seems to begin: if that can be decoded it is the record, and need not be
        looked through for its end. Nothing where none begins within the length of several like the one before."""
        reach = self.at + _SEVERAL * max(self.before, _SHORT)
        match = _NEXT_RECORD.search(self.buffer, self.at, reach) if self.peek() == b"{" else None
        if not match:
            return None
        raw, self.at = self.buffer[self.at : match.start() + 1], match.start() + 1
        return raw

    def value(self) -> bytes | None:
        """The JSON value at `at`, undecoded; None where the file ends amid it or it is larger than any record."""
        if self.peek() not in (b'"', b"{", b"["):
            return self.scalar()
        depth = scan = safe = 0  # counted from `at`: where to look on, and after the last quote, escaped or not
        in_string = False
        while True:
            if in_string:  # goes on where it was left: a string is scanned once, however long
                end = self.buffer.find(b'"', self.at + scan) + 1
                if end:
                    since = self.buffer[self.at + safe : end - 1]
                    in_string = bool((len(since) - len(since.rstrip(b"\\"))) % 2)
            elif match := _MARK.search(self.buffer, self.at + scan):
                end = match.end()
                in_string = match[0] == b'"'
                depth += (match[0] in b"{[") - (match[0] in b"}]")
            else:
                end = 0
            scan = (end or len(self.buffer)) - self.at
            safe = scan if end else safe
            if end and not in_string and depth <= 0:
                raw, self.at = self.buffer[self.at : end], end
                return raw
            if not end and (len(self.buffer) - self.at > LARGEST_RECORD or not self.more()):
                return None

    def scalar(self) -> bytes:
        end = _end(_SCALAR, self.buffer, self.at)
        while end == len(self.buffer) and end - self.at < 1000 and self.more():
            end = _end(_SCALAR, self.buffer, self.at)
        raw = self.buffer[self.at : end]
        self.at = max(end, self.at + 1)
        return raw


_BROKEN = object()


def _end(pattern: re.Pattern[bytes], buffer: bytes, at: int) -> int:
    match = pattern.match(buffer, at)
    return match.end() if match else at


def _decoded(raw: bytes | None, repeated: list[str] | None = None) -> Any:
    """A JSON value, or `_BROKEN`; keys that stand twice in an object are added to `repeated`, their values joined."""
    if raw is None:
        return _BROKEN

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) < len(found):
            made = {}
            for key, value in found:
                if key in made and repeated is not None:
                    repeated.append(key)
                made[key] = _joined(made[key], value) if key in made else value
        return made

    try:
        return json.loads(raw.decode("utf-8", "replace"), strict=False, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return _BROKEN


def _joined(first: Any, second: Any) -> Any:
    """Two values of one key: both lists' items, or both values, and one alone where they are the same."""
    if first == second:
        return first
    return [*(first if isinstance(first, list) else [first]), *(second if isinstance(second, list) else [second])]


def is_text(content: bytes, encoding: str = "UTF-8") -> bool:
    """Whether all bytes are in an encoding; true for one that Python does not know."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    except LookupError:
        pass
    return True
