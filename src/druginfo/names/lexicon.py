"""The lexicon: the names of the medicines of the world, in the library or not. `tools/build_lexicon.py` makes its file.

The file is read in parts, as few as a question needs: a line of JSON that says how long each part is, then parts that
are each compressed by themselves:

1. the drugs, most used first, a line each: title, tier, use (0 to 9), then its other nonproprietary names;
2. the skeletons of all names, sorted, a line each;
3. the combinations that are sold, as their drugs' numbers joined by `+`, a line each;
4. `never` and `others`: names without meaning, as sorted checksums (CRC-32): nonproprietary names of what was never
   marketed, and words and names of substances that are no medicine's. Of a million other words some five are taken for
   one of these;
5. the codes of medicines, sorted, a line each: the code as `druginfo.names.codes` folds it, a tab, the drugs' numbers
   joined by `+`;
6. the shelves: the names of so many skeletons each (a line a skeleton), compressed with the common beginning of all
   shelves as their dictionary.

A shelf has two halves divided by NUL, of as many lines: the names, and what they mean. The names of a skeleton are
divided by tabs, those that a slip is compared with before a vertical tab, the others after it. What a name means is
written `kM`: `k` is its kind, `M` its meanings, divided by `|`: the drugs' numbers, joined by `+` for a combination,
then a letter for each country (`COUNTRIES`) where it means that.
"""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Set
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from druginfo.names.nearness import FEW, near
from druginfo.names.skeleton import skeleton
from druginfo.terms.files import DATA, data_tables

PATH = DATA / "lexicon.bin"

COUNTRIES = data_tables("names.txt")["countries"]
"""Where names were taken from, a register or our own list, by the letter that stands for them in the file."""

Tier = str
"""How far a drug is in use: `A` marketed, in two registers of medicines or more, `a` in one; `B` approved somewhere, or
in the WHO's ATC index; `V` for animals only."""

_MEANING = re.compile(r"([\d+]+)([a-zA-Z]*)$")


UNMEANT = {"never": "c", "others": "x"}
"""The parts of the file that hold names without meaning, and their kinds."""


class Drug(NamedTuple):
    """A medicine, by its moiety: salts, solvates and esters of it are the same drug."""

    title: str
    tier: Tier
    use: int
    """0 (unknown) to 9: claims, products and countries, on a scale of powers of ten."""
    also: tuple[str, ...]
    """Its other nonproprietary names, lower case: national ones, INN, USAN …"""


class Meaning(NamedTuple):
    """What a name means: one drug, or several together."""

    drugs: tuple[int, ...]
    countries: tuple[str, ...]
    """The countries whose registers say so; none where only lists of names do."""


class Known(NamedTuple):
    """What the lexicon knows of one name."""

    folded: str
    written: str
    """Lower case."""
    kind: str
    """`g` nonproprietary, `b` brand, `w` brand that is an English word too, `n` other name, `e` abbreviation that has
    been taken for another drug's; `c` nonproprietary name of what was never marketed as far as is known, `x` no
    medicine's name, both without meanings; a capital where it is another name with salt words, with which no slip need
    be compared."""
    meanings: tuple[Meaning, ...]

    @property
    def sold(self) -> int:
        """In how many countries it is sold."""
        return max((len(meaning.countries) for meaning in self.meanings), default=0)

    @property
    def is_medicine(self) -> bool:
        """Whether it is the name of a medicine, marketed or not."""
        return self.kind != "x"

    @property
    def drugs(self) -> tuple[int, ...]:
        """All drugs that it belongs to: several where it is ambiguous, or where `joint` says that it is a
        combination."""
        return tuple(dict.fromkeys(drug for meaning in self.meanings for drug in meaning.drugs))

    @property
    def joint(self) -> bool:
        """Whether it means nothing but one combination."""
        return len(self.meanings) == 1 and len(self.meanings[0].drugs) > 1


class Lexicon:
    """Names of known drugs. Nothing is read of the file before it is asked for."""

    def __init__(self, data: bytes, ignored: Container[int] = ()) -> None:
        head, _, rest = data.partition(b"\n")
        self._sizes = json.loads(head)
        self._data = rest
        self._ignored = ignored
        self._lines = cache(self._lines_of)
        self._shelf = cache(self._opened)
        self._names = lru_cache(1 << 13)(self._names_at)
        self._alike = lru_cache(1 << 14)(self._compared)
        self._asked = 0
        self._marks = [(kind, self._sizes[part][0], self._sizes[f"{part} from"]) for part, kind in UNMEANT.items()]

    def without(self, drugs: Container[int]) -> Lexicon:
        """The lexicon as it would be if it had never heard of some drugs; the others keep their numbers."""
        return Lexicon(json.dumps(self._sizes).encode() + b"\n" + self._data, drugs)

    # ---------------------------------------------------------------- parts of the file

    def _part(self, name: str) -> bytes:
        start, size = self._sizes[name]
        return zlib.decompress(self._data[start : start + size])

    def _lines_of(self, name: str) -> list[str]:
        return self._part(name).decode().split("\n")

    @cached_property
    def drugs(self) -> tuple[Drug, ...]:
        """Every drug; a drug's number is its place here."""
        return tuple(map(self.drug, range(len(self._lines("drugs")))))

    @lru_cache(maxsize=4096)  # noqa: B019  (one lexicon a process)
    def drug(self, number: int) -> Drug:
        """The drug of a number."""
        title, grade, *also = self._lines("drugs")[number].split("\t")
        return Drug(title, grade[0], int(grade[1]), tuple(also))

    @cached_property
    def _dictionary(self) -> bytes:
        return self._part("dictionary")

    @property
    def _skeletons(self) -> list[str]:
        return self._lines("skeletons")

    @cached_property
    def _places(self) -> dict[str, int]:
        return {bones: place for place, bones in enumerate(self._skeletons)}

    def _names_at(self, place: int) -> tuple[list[str], list[str], list[str]]:
        """The names of the skeleton at a place: folded, as written, and what each means."""
        shelf, within = self._shelf(place // SHELF), place % SHELF
        written, meant = shelf.halves
        return _all(shelf.lines[within]), _all(written[within]), meant[within].split("\t")

    def _compared(self, bones: str) -> str:
        """The names of a skeleton that slips are compared with, folded, divided by tabs; empty where it has none."""
        place = self._place(bones)
        return "" if place is None else self._shelf(place // SHELF).lines[place % SHELF].partition("\v")[0]

    @property
    def _place(self) -> Callable[[str], int | None]:
        """Where a skeleton is among all. The first few queries look in the sorted list: a table takes longer to
        make."""
        return self._places.get if self._asked > FEW else self._place_in_list

    def _place_in_list(self, bones: str) -> int | None:
        place = bisect_left(self._skeletons, bones)
        return place if place < len(self._skeletons) and self._skeletons[place] == bones else None

    def _opened(self, number: int) -> _Shelf:
        starts = self._sizes["shelves"]
        reader = zlib.decompressobj(zdict=self._dictionary)
        return _Shelf(reader.decompress(self._data[starts[number] : starts[number + 1]]))

    def _unmeant(self, folded: str) -> Known | None:
        """A name without meaning."""
        mark = zlib.crc32(folded.encode(errors="replace")).to_bytes(4, "big")
        for kind, start, counts in self._marks:
            first, last = start + 3 * counts[mark[0]], start + 3 * counts[mark[0] + 1]
            at = self._data.find(mark[1:], first, last)
            while at > 0 and (at - first) % 3:
                at = self._data.find(mark[1:], at + 1, last)
            if at > 0:
                return Known(folded, folded, kind, ())
        return None

    def _known(self, folded: str, written: str, code: str) -> Known | None:
        meanings = _meanings(code[1:])
        if self._ignored:
            kept = tuple(each for each in meanings if not any(drug in self._ignored for drug in each.drugs))
            if meanings and not kept:
                return None
            meanings = kept
        return Known(folded, written, code[0], meanings)

    def coded(self, beginning: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The codes that begin so, each with the drugs that it means together."""
        codes = self._lines("codes")
        for line in codes[bisect_left(codes, beginning) :]:
            if not line.startswith(beginning):
                return
            code, _, together = line.partition("\t")
            drugs = tuple(map(int, together.split("+")))
            if not any(drug in self._ignored for drug in drugs):
                yield code, drugs

    @cached_property
    def _products(self) -> frozenset[str]:
        return frozenset(self._lines("products"))

    # ---------------------------------------------------------------- questions

    def prepare(self) -> None:
        """Read what many queries need."""
        self._asked = FEW + 1
        self._places, self._dictionary, self._lines("drugs")

    def is_product(self, drugs: Iterable[int]) -> bool:
        """Whether a register has a product of just these drugs together."""
        return "+".join(map(str, sorted(drugs))) in self._products

    def find(self, folded: str) -> Known | None:
        """What is known of a folded name."""
        place = self._place(skeleton(folded))
        if place is not None and folded in self._shelf(place // SHELF).lines[place % SHELF]:
            names, written, meant = self._names(place)
            if folded in names:
                at = names.index(folded)
                return self._known(folded, written[at], meant[at])
        return self._unmeant(folded)

    def beginning(self, folded: str) -> Iterator[Known]:
        """The names that begin with `folded`, in no order."""
        places = self._beginning(skeleton(folded))
        for start in range(places.start - places.start % SHELF, places.stop, SHELF) if places else ():
            shelf = self._shelf(start // SHELF)
            among = range(max(places.start - start, 0), min(places.stop - start, SHELF))
            if len(among) > _SOME and folded not in shelf.folded:  # as of most slips
                continue
            for within in among:
                if folded in shelf.lines[within]:
                    for name, *meant in zip(*self._names(start + within), strict=True):
                        if name.startswith(folded) and (known := self._known(name, *meant)):
                            yield known

    def _beginning(self, bones: str) -> range:
        """The places of the skeletons that begin so."""
        first = bisect_left(self._skeletons, bones)
        return range(first, bisect_left(self._skeletons, bones + "~", first))

    def near(self, bones: Set[str]) -> list[str]:
        """The folded names with some skeletons that a slip can be compared with; `find` says what each means."""
        self._asked += 1
        some = self._places.keys() & bones if self._asked > FEW else bones
        found = "\t".join(filter(None, map(self._alike, some)))
        return found.split("\t") if found else []

    def farther(self, bones: str) -> Set[str]:
        """The skeletons that begin like one and are two letters away."""
        alike = self._beginning(bones[:2])
        return {each for _, each in near(bones, self._skeletons[alike.start : alike.stop], 2)}

    def __iter__(self) -> Iterator[Known]:
        """Every name that means something."""
        return self.beginning("")


class _Shelf:
    """An opened shelf. What its names mean is parted when it is first asked for."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.folded = text[: text.index(b"\0")].translate(None, b" -'").decode()
        self.lines = self.folded.split("\n")

    @cached_property
    def halves(self) -> list[list[str]]:
        """The lines of names as they are written, and those of what they mean."""
        return [half.split("\n") for half in self._text.decode().split("\0")]


def _all(line: str) -> list[str]:
    """The names of a line, those that are compared and the others."""
    return (line.replace("\v", "\t").lstrip("\t") if "\v" in line else line).split("\t")


@lru_cache(maxsize=1 << 14)
def _meanings(code: str) -> tuple[Meaning, ...]:
    """The meanings of a name, without the letter of its kind."""
    found = map(_MEANING.match, code.split("|") if code else ())
    return tuple(
        Meaning(tuple(map(int, each[1].split("+"))), tuple(map(COUNTRIES.__getitem__, each[2])))
        for each in found
        if each
    )


_SOME = 20
"""Skeletons that are looked through one by one sooner than their whole shelf."""
SHELF = 192
"""Skeletons on a shelf: on fewer the names compress badly, more take longer to read."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that is shipped, read once a process."""
    return Lexicon(PATH.read_bytes())
