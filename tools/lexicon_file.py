"""The lexicon's file: how it is written, and what a word would be taken for in a library that has the name.

What it holds, and how it is read: `druginfo.names.lexicon`.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable

from druginfo.names.evidence import ENOUGH, SHORT, evidence, is_well_known, ranked
from druginfo.names.lexicon import COUNTRIES, SHELF, UNMEANT, Drug, Lexicon, Meaning
from druginfo.names.listed import NameList
from druginfo.names.skeleton import skeleton
from druginfo.names.vocabulary import Entry, Vocabulary

_FOLDED_AWAY = str.maketrans("", "", " -'®™")
PERHAPS = -0.8
"""What they must come to for the lexicon to keep a word as no medicine's."""

COMPARED = frozenset("gbn")
"""The kinds of names that a slip is compared with."""


def lexicon_of(drugs: Iterable[Drug], names: Iterable[tuple[str, str, Iterable[Meaning]]]) -> Lexicon:
    """A lexicon of drugs and names (written, kind, meanings by the drugs' places)."""
    return Lexicon(pack(list(drugs), names, level=1))


def pack(
    drugs: list[Drug],
    names: Iterable[tuple[str, str, Iterable[Meaning]]],
    coded: Iterable[tuple[str, tuple[int, ...]]] = (),
    *,
    level: int = 9,
) -> bytes:
    """The lexicon's file."""
    letters = {country: letter for letter, country in COUNTRIES.items()}
    by_bones: dict[str, list[tuple[bool, str, str]]] = {}
    products: set[str] = set()
    marks: dict[str, set[int]] = {kind: set() for kind in UNMEANT.values()}
    for written, kind, meanings in names:
        if kind in marks:
            marks[kind].add(zlib.crc32(written.translate(_FOLDED_AWAY).encode()))
            continue
        codes = []
        for together, countries in meanings:
            joined = "+".join(map(str, sorted(together)))
            codes.append(joined + "".join(sorted(letters[each] for each in countries)))
            if len(together) > 1:
                products.add(joined)
        row = (kind not in COMPARED, written, kind + "|".join(codes))
        by_bones.setdefault(skeleton(written.translate(_FOLDED_AWAY)), []).append(row)
    skeletons = sorted(by_bones)
    lines = []
    for bones in skeletons:
        found = sorted(by_bones[bones])
        compared, others = ("\t".join(name for other, name, _ in found if other == which) for which in (False, True))
        lines.append((f"{compared}\v{others}" if others else compared, "\t".join(code for *_, code in found)))
    shelves = [
        "\0".join("\n".join(half) for half in zip(*lines[at : at + SHELF], strict=True)).encode()
        for at in range(0, len(lines), SHELF)
    ]
    dictionary = _dictionary(shelves)
    packed = []
    for shelf in shelves:
        writer = zlib.compressobj(level, zlib.DEFLATED, 15, 9, zdict=dictionary)
        packed.append(writer.compress(shelf) + writer.flush())
    about = ("\t".join((each.title, f"{each.tier}{each.use}", *each.also)) for each in drugs)
    parts = {
        "drugs": zlib.compress("\n".join(about).encode(), level),
        "skeletons": zlib.compress("\n".join(skeletons).encode(), level),
        "dictionary": zlib.compress(dictionary, level),
        "products": zlib.compress("\n".join(sorted(products)).encode(), level),
    }
    lines_of_codes = sorted(f"{key}\t{'+'.join(map(str, sorted(drugs_of)))}" for key, drugs_of in coded)
    parts["codes"] = zlib.compress("\n".join(lines_of_codes).encode(), level)
    sizes: dict[str, object] = {}
    for unmeant, kind in UNMEANT.items():
        sums = sorted(mark.to_bytes(4, "big") for mark in marks[kind])
        parts[unmeant] = b"".join(mark[1:] for mark in sums)
        sizes[f"{unmeant} from"] = [bisect_left(sums, bytes([first])) for first in range(256)] + [len(sums)]
    at = 0
    for name, part in parts.items():
        sizes[name] = (at, len(part))
        at += len(part)
    starts = [at]
    for part in packed:
        starts.append(starts[-1] + len(part))
    sizes["shelves"] = starts
    return json.dumps(sizes, separators=(",", ":")).encode() + b"\n" + b"".join([*parts.values(), *packed])


def _dictionary(shelves: list[bytes]) -> bytes:
    """What a shelf's names are compressed against: pieces of shelves from all over the alphabet."""
    size = 32_000 // max(1, len(shelves))
    return b"".join(shelf[:size] for shelf in shelves)[-32_000:]


def would_open(folded: str, known: Lexicon, *, whatever: bool = False) -> Entry | None:
    """The name of a medicine that a word would be taken for a slip of in a library that has the name, be it one that
    many have or `whatever` name; to build the lexicon with."""
    words = _everything(known)
    for near in ranked(folded, words) if len(folded) > SHORT else ():
        is_known = near.entry.kind == "g" or is_well_known(near.entry)
        enough = evidence(folded, near, (near,), words, named=True if whatever or is_known else None)
        if enough >= (PERHAPS if is_known else ENOUGH):
            return near.entry
    return None


_EVERYTHING: list[tuple[Lexicon, Vocabulary]] = []


def _everything(known: Lexicon) -> Vocabulary:
    if not _EVERYTHING or _EVERYTHING[0][0] is not known:
        _EVERYTHING[:] = [(known, Vocabulary(NameList(()), known))]
    return _EVERYTHING[0][1]
