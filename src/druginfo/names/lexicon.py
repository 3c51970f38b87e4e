"""The lexicon: the names of known drugs, in the library or not. `tools/build_lexicon.py` makes its file.

The file is one zlib-compressed text of four blocks divided by NUL, each a list of lines in the same order:

1. the titles of the drugs;
2. the names as written, lower case, sorted by their fold;
3. one letter a name: `g` nonproprietary, `b` brand, `n` other, `x` no drug's at all; a capital where the name is a
   bare one with salt words, so that no slip need be compared with it;
4. for each name its drugs as line numbers in block 1: `12`, `12|40` (any of them), `12+40` (their combination),
   `12+` (a combination of which no other ingredient is known).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parents[1] / "data" / "lexicon.txt.z"

_FOLDED_AWAY = str.maketrans("", "", " -'®™")


class Known(NamedTuple):
    """What the lexicon knows of one name."""

    folded: str
    written: str
    """Lower case."""
    kind: str
    """`g` nonproprietary (INN, USAN, BAN, JAN, pharmacopoeias), `b` brand, `n` other, `x` no drug's name."""
    drugs: tuple[int, ...]
    """The drugs it belongs to: several where it is ambiguous, or where `joint` says that it is their combination."""
    joint: bool


class Lexicon:
    """Names of known drugs. `names` is sorted; `written`, `kinds` and `owners` stand in the same order."""

    def __init__(self, titles: list[str], written: list[str], names: list[str], kinds: str, owners: list[str]) -> None:
        self.titles = titles
        self.written = written
        self.names = names
        self.kinds = kinds
        self.owners = owners

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, tuple[str, ...], bool]]) -> Lexicon:
        """A lexicon of (written name, kind, titles of its drugs, whether it is their combination)."""
        ordered = sorted((name.translate(_FOLDED_AWAY), name, kind, drugs, joint) for name, kind, drugs, joint in rows)
        titles = sorted({title for *_, drugs, _ in ordered for title in drugs})
        number = {title: str(place) for place, title in enumerate(titles)}
        return cls(
            titles,
            [written for _, written, *_ in ordered],
            [folded for folded, *_ in ordered],
            "".join(kind for _, _, kind, *_ in ordered),
            [_owner([number[title] for title in drugs], joint) for *_, drugs, joint in ordered],
        )

    def rows(self) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
        """What `of` makes the lexicon of."""
        for place, kind in enumerate(self.kinds):
            known = self.at(place)
            yield known.written, kind, tuple(self.titles[drug] for drug in known.drugs), known.joint

    def without(self, drugs: Container[int]) -> Lexicon:
        """The lexicon as it would be if it had never heard of some drugs; the others keep their numbers."""
        kept = [
            place
            for place, known in enumerate(map(self.at, range(len(self.names))))
            if not any(drug in drugs for drug in known.drugs)
        ]
        written, names, owners = (
            [column[place] for place in kept] for column in (self.written, self.names, self.owners)
        )
        return Lexicon(self.titles, written, names, "".join(self.kinds[place] for place in kept), owners)

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(zip(self.names, range(len(self.names)), strict=True))

    def find(self, folded: str) -> Known | None:
        """What is known of a folded name."""
        place = self._places.get(folded)
        return None if place is None else self.at(place)

    def at(self, place: int) -> Known:
        """The name at a place of `names`."""
        owner = self.owners[place]
        joint = "+" in owner
        drugs = tuple(map(int, owner.rstrip("+").split("+" if joint else "|"))) if owner else ()
        return Known(self.names[place], self.written[place], self.kinds[place].lower(), drugs, joint)

    def comparable(self) -> list[str]:
        """The names that a slip is compared with: all but another's with salt words, and no drug's."""
        return [name for name, kind in zip(self.names, self.kinds, strict=True) if kind.islower() and kind != "x"]

    def beginning(self, folded: str) -> Iterator[Known]:
        """The names that begin with `folded`, in order."""
        for place in range(bisect_left(self.names, folded), len(self.names)):
            if not self.names[place].startswith(folded):
                return
            yield self.at(place)


def _owner(drugs: list[str], joint: bool) -> str:
    return drugs[0] + "+" if joint and len(drugs) == 1 else ("+" if joint else "|").join(drugs)


def pack(lexicon: Lexicon) -> bytes:
    """The lexicon's file."""
    import zlib

    blocks = ("\n".join(lexicon.titles), "\n".join(lexicon.written), lexicon.kinds, "\n".join(lexicon.owners))
    return zlib.compress("\0".join(blocks).encode(), 9)


def unpack(data: bytes) -> Lexicon:
    """The lexicon that a file holds."""
    import zlib

    titles, written, kinds, owners = zlib.decompress(data).decode().split("\0")
    folded = written
    for ignored in " -'":
        folded = folded.replace(ignored, "")
    return Lexicon(titles.split("\n"), written.split("\n"), folded.split("\n"), kinds, owners.split("\n"))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that is shipped, read once a process."""
    return unpack(PATH.read_bytes())
