"""File content → `Monograph`. Tolerant: export faults are mended and noted, never passed on and never fatal."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import Any

from druginfo.errors import Unreadable
from druginfo.model import SCOPE, Monograph
from druginfo.parse.body import first_heading, sections
from druginfo.parse.called import classes, is_of_names, names
from druginfo.parse.faqs import faqs, misshapen
from druginfo.parse.front_matter import (
    codes,
    description,
    document,
    front_matter,
    is_banned,
    nodes,
    sources,
    split,
    string,
    strings,
)

MAX_BYTES = 2 * 1024 * 1024
"""A larger file is refused. The publisher's monographs have 15 kB."""


def read_bytes(path: str) -> bytes:
    """The file's content; one byte more than `MAX_BYTES` of a larger one. Raises Unreadable."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("is not a regular file")
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable((getattr(error, "strerror", None) or str(error)).lower()) from None


def _without_waiting(path: str, flags: int) -> int:
    """Open even what became a pipe that nobody writes to."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(content: bytes) -> str:
    """The file's text, line ends as `\\n`.

    UTF-8 with or without a byte order mark, and UTF-16 with one. Raises Unreadable for anything else, for a NUL
    character and for a file over `MAX_BYTES`.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 1024 // 1024} MB, which no monograph is; split or remove it")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        bad = content[error.start : error.start + 1].hex().upper()
        raise Unreadable(
            f"not {encoding.upper().removesuffix('-SIG')} text (byte 0x{bad}); save it as UTF-8", line
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable(
            "has a NUL character, so it is not plain text; save it as UTF-8", text.count("\n", 0, text.index("\0")) + 1
        )
    return text


def parse(text: str, slug: str, path: str) -> Monograph:
    """Read a monograph from its decoded text. `slug` and `path` are the file's, kept as they are.

    Raises Unreadable where the front matter cannot be read at all: a monograph without its front matter could carry
    the wrong name.
    """
    front, body, first = split(text)
    return assembled(nodes(front), body, first, slug, path)


def assembled(
    front: Sequence[tuple[Any, Any]], body: str, first: int, slug: str, path: str, *, names_alone: bool = False
) -> Monograph:
    """A monograph from the nodes of its front matter, its body and the number of the body's first line.

    With `names_alone`, what gives neither name nor class nor scope is left out: that takes half the time.
    """
    fields, faults = front_matter(front, path)
    faults += misshapen(fields, path)
    given = tuple(strings(fields, "classes"))
    named = " ".join((string(fields, "title") or "").split())

    def wanted(title: str, lines: Sequence[str]) -> bool:
        text = "\n".join(lines)
        return is_of_names(title) or SCOPE in text or (not given and "class" in text.casefold())

    found = sections(body, first, wanted if names_alone and named else None)
    title = named or first_heading(found) or slug.replace("-", " ").capitalize()
    return Monograph(
        slug=slug,
        title=title,
        description=description(fields),
        is_banned=is_banned(fields, path, faults),
        last_modified=string(fields, "lastModified"),
        names=tuple(names(title, slug, strings(fields, "aliases"), found)),
        classes=given or tuple(classes(found)),
        sources=tuple(sources(fields)),
        path=path,
        sections=found,
        faqs=() if names_alone else tuple(faqs(fields, found)),
        faults=tuple(faults),
        language=(string(fields, "language") or "").lower() or None,
        document=document(fields),
        roles=tuple(strings(fields, "roles")),
        codes=tuple(codes(fields)),
    )
