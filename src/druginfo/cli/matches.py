"""`druginfo match`: names in, one result a line out, as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from druginfo import terminal, topics
from druginfo.cli.session import Session, write_json
from druginfo.errors import ExitStatus
from druginfo.guard import visible
from druginfo.names.exact import LONGEST
from druginfo.render.json import document, dumps

if TYPE_CHECKING:
    from druginfo.names.resolution import Resolution

STATUS = {
    "found": ExitStatus.OK,
    "absent": ExitStatus.NOT_FOUND,
    "not_found": ExitStatus.NOT_FOUND,
    "ambiguous": ExitStatus.AMBIGUOUS,
}


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream as they come, without their ends; bytes that are no UTF-8 become U+FFFD."""
    for line in stream:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def names(given: Iterable[str], stream: BinaryIO) -> Iterator[str]:
    """The names given, and in the place of `-` those of the stream, one a line."""
    for name in given:
        yield from lines(stream) if name == "-" else [name]


def stream(session: Session, names: Iterable[str], *, explain: bool) -> ExitStatus:
    """Write the result of each name as soon as it is known; the status of the first that was not found, else OK."""
    worst: list[ExitStatus] = []

    @lru_cache(4096)  # lists of many patients have the same lines again and again
    def resolve(name: str) -> Resolution:
        return session.library.resolve(name, exact=session.exact, explain=explain)

    def resolved() -> Iterator[Resolution]:
        for name in names:
            resolution = resolve(name) if len(name) <= LONGEST else resolve.__wrapped__(name)
            if STATUS[resolution.status] and not worst:
                worst.append(STATUS[resolution.status])
            yield resolution

    if session.form in ("csv", "tsv", "jsonl"):
        session.rows(map(document, resolved()))
    else:
        for resolution in resolved():
            if session.form == "json":
                write_json(dumps(document(resolution), indent=None, fields=session.fields))
            else:
                terminal.write(_text(resolution) + "\n")
    return worst[0] if worst else ExitStatus.OK


def _text(resolution: Resolution) -> str:
    match = resolution.match
    if match:
        how = match.kind if match.kind != "typo" else f"typo, {match.distance} edit{'s' * (match.distance != 1)}"
        read = f", read as {match.read_as}" if match.read_as else ""
        answer = f"{match.title} ({match.field} {match.matched}, {how}{read})"
        if warning := topics.not_covered(match):
            answer += f". {warning}"
        if match.confused_with:
            answer += f", not to be confused with {', '.join(pair.with_tall_man for pair in match.confused_with)}"
    else:
        answer = f"{resolution.status.replace('_', ' ')}: {resolution.message}"
        titles = dict.fromkeys(each.title for each in resolution.candidates)
        if resolution.status == "ambiguous" and not any(title in resolution.message for title in titles):
            answer += f" Among them: {', '.join(titles)}."
    shown = [f"{resolution.query}: {answer}"]
    if resolution.explanation:
        shown += [f"  {line}" for line in _explained(resolution)]
    return visible("\n".join(shown))


def _explained(resolution: Resolution) -> Iterator[str]:
    explanation = resolution.explanation
    assert explanation
    yield f"compared as {explanation.folded}"
    yield f"decided by {explanation.rule}: {explanation.reason}"
    for each in explanation.compared:
        where = each.slug or "not in the library"
        yield f"{each.title} ({where}): {each.name}, distance {each.distance}, weighed {each.cost:.2f}"
