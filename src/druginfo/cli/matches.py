"""Lists of names: `druginfo match`, one result a line out as they are read; the lines of a list for `review`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, nullcontext
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from druginfo import terminal, topics
from druginfo.cli.session import Session, write
from druginfo.errors import ExitStatus, Failed
from druginfo.guard import visible
from druginfo.library import MANY
from druginfo.names.exact import LONGEST
from druginfo.processes import Pool, idle_processors
from druginfo.render.json import document, dumps

if TYPE_CHECKING:
    from druginfo.names.resolution import Resolution

STATUS = {
    "found": ExitStatus.OK,
    "absent": ExitStatus.NOT_FOUND,
    "not_found": ExitStatus.NOT_FOUND,
    "ambiguous": ExitStatus.AMBIGUOUS,
}

WORTH_IT = 1000
"""Names at once from which on starting processes pays: one starts in the time in which half as many are answered."""
MOST_PROCESSES = 8
_BLOCK = 1 << 16


def names(given: Iterable[str], stream: BinaryIO) -> Iterator[list[str]]:
    """The names given, and in the place of `-` those of the stream, one a line; as many at a time as are there."""
    for name in given:
        yield from lines(stream) if name == "-" else [[name]]


def lines(stream: BinaryIO) -> Iterator[list[str]]:
    """The lines of a stream, without their ends, as many at a time as have come; bytes that are no UTF-8 become
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

    def resolved() -> Iterator[Resolution]:
        for resolution in _resolved(session, batches, explain):
            if STATUS[resolution.status] and not worst:
                worst.append(STATUS[resolution.status])
            yield resolution

    if session.form in ("csv", "tsv", "jsonl"):
        session.rows(map(document, resolved()))
    else:
        for resolution in resolved():
            if session.form == "json":
                write(dumps(document(resolution), indent=None, fields=session.fields) + "\n")
            else:
                terminal.write(_text(resolution) + "\n")
    return worst[0] if worst else ExitStatus.OK


def _resolved(session: Session, batches: Iterable[list[str]], explain: bool) -> Iterator[Resolution]:
    """What each name means, in order. Where many have come at once, other processes do their share; this one answers
    the first of them meanwhile."""
    resolve = _resolver(session, explain)
    with ExitStack() as ending:
        pool: Pool[_Share, list[Resolution]] | None = None
        for names in batches:
            ahead = 0
            if len(names) > MANY:
                session.library.hold_names()
            if pool is None and len(names) >= WORTH_IT and session.library.store.path:
                count = min(idle_processors(), MOST_PROCESSES, 2 * len(names) // WORTH_IT)
                pool, ahead = Pool(_answered, count, takes_part=True), WORTH_IT // 2
                ending.callback(pool.close)
            others = len(pool.processes) if pool and len(names) >= WORTH_IT else 0
            own, *shares = shared_out(names, others, ahead)
            answered: list[list[Resolution]] = []
            for share in shares:
                pool.give((tuple(session), explain, share), answered.append)  # type: ignore[union-attr]
            yield from map(resolve, own)
            if pool:
                pool.finish()
            for each in answered:
                yield from each


def shared_out(names: list[str], others: int, ahead: int) -> list[list[str]]:
    """What this process answers of some names, and what each of the others does, in order; `ahead` is what this one
    answers before the others have started."""
    own = min((len(names) + others * ahead) // (others + 1), len(names))
    size = -(-(len(names) - own) // others) if others else 0
    return [names[:own], *(names[at : at + size] for at in range(own, len(names), size or 1))]


_Share = tuple[tuple[Any, ...], bool, list[str]]


def _answered(share: _Share) -> list[Resolution]:
    """What names mean, asked in another process: the session's options, whether to explain, the names."""
    options, explain, names = share
    return list(map(_resolver_of(options, explain), names))


@lru_cache(1)
def _resolver_of(options: tuple[Any, ...], explain: bool) -> Callable[[str], Resolution]:
    session = Session(*options)
    session.library.hold_names()
    return _resolver(session, explain)


def _resolver(session: Session, explain: bool) -> Callable[[str], Resolution]:
    """Says what a name means, and remembers it: lists of many patients have the same lines again and again."""
    resolve = partial(session.library.resolve, exact=session.exact, explain=explain)
    remembered = lru_cache(4096)(resolve)
    return lambda name: remembered(name) if len(name) <= LONGEST else resolve(name)


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
