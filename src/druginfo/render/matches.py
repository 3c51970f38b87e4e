"""`druginfo match`: names in, one result a line out, as they are read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from druginfo.errors import ExitStatus
from druginfo.library import Library
from druginfo.render.json import dumps
from druginfo.render.json import resolution as resolution_document
from druginfo.terminal import visible

if TYPE_CHECKING:
    from druginfo.matching import Resolution

_STATUS = {
    "found": ExitStatus.OK,
    "absent": ExitStatus.NOT_FOUND,
    "not_found": ExitStatus.NOT_FOUND,
    "ambiguous": ExitStatus.AMBIGUOUS,
}


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream as they come, without their ends; bytes that are no UTF-8 become U+FFFD."""
    for line in stream:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def stream(library: Library, names: Iterable[str], *, json: bool, exact: bool, explain: bool) -> list[ExitStatus]:
    """Write the result of each name as soon as it is known; the status of each, in order."""
    statuses = []
    for name in names:
        resolution = library.resolve(name, exact=exact, explain=explain)
        _write(_document(resolution) if json else _text(resolution))
        statuses.append(_STATUS[resolution.status])
    return statuses


def _write(line: str) -> None:
    sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


def _document(resolution: Resolution) -> str:
    return dumps(resolution_document(resolution), indent=None)


def _text(resolution: Resolution) -> str:
    match = resolution.match
    if match:
        how = match.kind if match.kind != "typo" else f"typo, {match.distance} edit{'s' * (match.distance != 1)}"
        answer = f"{match.title} ({match.field} {match.matched}, {how})"
    else:
        answer = f"{resolution.status.replace('_', ' ')}: {resolution.message}"
    told = [f"{visible(resolution.query)}: {answer}"]
    if resolution.explanation:
        told += [f"  {line}" for line in _explained(resolution)]
    return "\n".join(told)


def _explained(resolution: Resolution) -> Iterator[str]:
    explanation = resolution.explanation
    assert explanation
    yield f"compared as {visible(explanation.folded)}"
    yield f"decided by {explanation.rule}: {explanation.reason}"
    for each in explanation.compared:
        where = each.slug or "not in the library"
        yield f"{each.title} ({where}): {each.name}, distance {each.distance}, weighed {each.cost:.2f}"
