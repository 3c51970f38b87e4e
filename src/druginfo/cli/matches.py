"""Lists of names: `druginfo match`, one result a line out as they are read; the lines of a list for `review`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from druginfo import terminal
from druginfo.cli.session import Session, say, write
from druginfo.errors import ExitStatus, Failed
from druginfo.guard import visible
from druginfo.library import MANY
from druginfo.names import matching
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

WORTH_IT = 200
"""Names for which one more process pays: to make it and to take its answers lasts as long as half as many take."""
MOST_PROCESSES = 8
_BLOCK = 1 << 16
_SOME = 400
"""Bytes of more names than are looked up one by one."""


def answered(session: Session, given: list[str] | None, explain: bool) -> ExitStatus:
    """Answer the names given, else those of standard input."""
    return stream(session, names(given or ["-"], sys.stdin.buffer), explain=explain)


def prepare() -> None:
    """Load what names are looked up with, where many have come already."""
    import fcntl
    import termios

    with suppress(OSError):  # nothing is there to be read
        come = fcntl.ioctl(0, termios.FIONREAD, bytes(4))
        if int.from_bytes(come, sys.byteorder) > _SOME:
            matching.prepare()


def names(given: Iterable[str], stream: BinaryIO) -> Iterator[list[str]]:
    """The names given, and in the place of `-` those of the stream, one a line; as many at a time as are there."""
    for name in given:
        yield from lines(stream) if name == "-" else [[name]]


def lines(stream: BinaryIO) -> Iterator[list[str]]:
    """The lines of a stream, without their ends, as many at a time as have come; bytes that are not UTF-8 become
    U+FFFD."""
    begun: list[bytes] = []
    while block := stream.read1(_BLOCK):  # type: ignore[attr-defined]
        whole, end, rest = block.rpartition(b"\n")
        if end:
            yield [_decoded(line) for line in b"".join([*begun, whole]).split(b"\n")]
            begun.clear()
        begun.append(rest)
    if any(begun):
        yield [_decoded(b"".join(begun))]


def lines_of(file: str | None) -> Iterator[str]:
    """The lines of a file, of standard input for None or `-`. Raises Failed where they cannot be read."""
    try:
        with nullcontext(sys.stdin.buffer) if file in (None, "-") else open(str(file), "rb") as stream:
            yield from chain.from_iterable(lines(stream))
    except OSError as error:
        raise Failed(f"{file or '-'}: {error.strerror or error}") from None


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n")


def stream(session: Session, batches: Iterable[list[str]], *, explain: bool) -> ExitStatus:
    """Write the result of each name as soon as it is known; the status of the first that was not found, else OK."""
    worst: list[ExitStatus] = []
    batches = iter(batches)
    first = next(batches, [])
    if not first:
        say("No names: write them after `druginfo match`, or one per line on standard input.")

    def made() -> Iterator[list[Any]]:
        for answers in _answers(session, chain([first], batches), explain):
            if not worst:
                worst.extend(STATUS[status] for status, _ in answers if STATUS[status])
            yield [answer for _, answer in answers]

    if session.form in ("csv", "tsv"):
        session.rows(chain.from_iterable(made()))
    else:
        for texts in made():
            (terminal.write if session.form == "text" else write)("".join(texts))
    return worst[0] if worst else ExitStatus.OK


_Answer = tuple[str, Any]
"""A status, and what is written: text, or a row."""


def _answers(session: Session, batches: Iterable[list[str]], explain: bool) -> Iterator[list[_Answer]]:
    """What is answered to each name, in order. Where many have come at once, other processes do their share."""
    answer = _answering(session, explain)
    for names in batches:
        if len(names) > MANY:
            session.library.hold_names()
            matching.prepare()
        if (count := _processes(len(names))) < 2:
            yield from ([answer(name)] for name in names)
            continue
        from druginfo.processes import in_copies

        for name in names[:MANY]:  # what all need is read once, before there are several
            answer(name)
        shares = shared_out(names, count)
        with in_copies(lambda share: [*map(answer, share)], shares, count) as answers:
            found = dict(chain.from_iterable(zip(*each, strict=True) for each in zip(shares, answers, strict=True)))
            yield [found[name] for name in names]


def _processes(names: int) -> int:
    """How many processes answer so many names."""
    if names < 2 * WORTH_IT:
        return 1
    from druginfo.processes import processors

    return min(processors(), MOST_PROCESSES, names // WORTH_IT)


def shared_out(names: list[str], count: int) -> list[list[str]]:
    """Some names, each once, in shares for so many processes to take, large ones first and small ones in the end, so
    that all end together. Names that begin alike go together, for they are near to the same names, which are then
    looked up in one process."""
    names = sorted(set(names), key=str.casefold)
    least, shares = 1 + len(names) // 400, []
    while names:
        size = max(least, len(names) // (2 * count))
        shares.append(names[:size])
        names = names[size:]
    return shares


def _answering(session: Session, explain: bool) -> Callable[[str], _Answer]:
    """Answers a name, and remembers it: lists of many patients have the same lines again and again."""

    def answer(name: str) -> _Answer:
        found = session.library.resolve(name, exact=session.exact, explain=explain)
        if session.form in ("csv", "tsv"):
            return found.status, document(found)
        if session.form == "text":
            return found.status, _text(found) + "\n"
        return found.status, dumps(document(found), indent=None, fields=session.fields) + "\n"

    remembered = lru_cache(4096)(answer)
    return lambda name: remembered(name) if len(name) <= LONGEST else answer(name)


def _text(resolution: Resolution) -> str:
    from druginfo import topics

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
