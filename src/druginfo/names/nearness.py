"""How near a misspelled name is to a name: edits weighed by how people come to make them.

A person drops one of two doubled letters, hears `ph` for `f`, swaps neighbours, takes one vowel for another; nobody
writes `bar` for `abr`. So an edit costs the less the likelier it is a slip, and one that is no slip costs the whole
of 1: two different drugs differ by edits that are dear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import product

from druginfo.names.folding import fold

VOWELS = frozenset("aeiouy")

CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
OTHER, UNLIKE = 1.1, 1.3
"""One letter for another that neither sounds alike nor is beside it on the keyboard; for a vowel a consonant."""

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_HEARD_ALIKE = "ck cs ks sz kq gj fv bp dt mn vw xz xs lr gk iy"


def _substitutions() -> dict[str, float]:
    cost = {}
    for row, keys in enumerate(_KEYBOARD):
        for place, key in enumerate(keys):
            beside = keys[place + 1 : place + 2]
            below = _KEYBOARD[row + 1][max(place - 1, 0) : place + 1] if row < 2 else ""
            cost.update(dict.fromkeys((key + other for other in beside + below), 0.8))
    cost.update(dict.fromkeys((a + b for a, b in product(VOWELS, VOWELS) if a < b), 0.6))
    cost.update(dict.fromkeys(_HEARD_ALIKE.split(), 0.6))
    cost |= {a + b: UNLIKE for a, b in product(VOWELS, CONSONANTS) if a + b not in cost and b + a not in cost}
    cost |= {"iy": 0.3, "ck": 0.3, "sz": 0.3, "cs": 0.4}
    return {pair: price for key, price in cost.items() for pair in (key, key[::-1])}


SUBSTITUTION = _substitutions()
"""Cost of one letter for another where it is less than 1: the same sound, a vowel for a vowel, a key beside."""

_PRICES: dict[str, dict[str, float]] = {}
for _pair, _price in SUBSTITUTION.items():
    _PRICES.setdefault(_pair[0], {})[_pair[1]] = _price
_NONE: dict[str, float] = {}

_SPELLINGS = """
    ph-f 0.3  ae-e 0.2  oe-e 0.2  ks-x 0.3  cs-x 0.4  ck-k 0.3  ck-c 0.3  ch-k 0.4  qu-k 0.4  qu-c 0.5  kw-q 0.5
    ee-i 0.5  oo-u 0.5  ou-u 0.5  au-o 0.5  ea-e 0.5  ei-i 0.5  ie-i 0.5  ie-y 0.5  ei-e 0.5
    sc-s 0.4  th-t 0.4  rh-r 0.3  sh-s 0.5  gh-g 0.4
"""
_TWO_FOR_ONE = {(pair[:2], pair[3:]): float(price) for pair, price in zip(*[iter(_SPELLINGS.split())] * 2, strict=True)}
"""Cost of two letters for one that sounds the same."""

_PAIRS = _TWO_FOR_ONE | {(one, two): price for (two, one), price in _TWO_FOR_ONE.items()}
_TWOS = frozenset(two for two, _ in _TWO_FOR_ONE)
_SWAP, _SWAP_OVER, _FIRST, _FIRST_UNLIKE, _LAST = 0.7, 1.1, 0.5, 0.9, 0.3
"""Neighbours swapped; two letters swapped over the one between (amlopidine); more for an edit of the first letter, the
more for one that sounds otherwise (Naklofen, baclofen), and for a last letter that is nothing like."""
_ALIKE = 0.6
LEAST = min(_TWO_FOR_ONE.values())
"""What a letter more or less costs at least."""


def _loss(name: str, place: int) -> float:
    """Cost of leaving out the letter at `place`, or of writing it where it does not belong."""
    letter = name[place]
    if (place and name[place - 1] == letter) or name[place + 1 : place + 2] == letter:
        return 0.3
    if letter == "h" or (letter == "e" and place == len(name) - 1):
        return 0.5
    return 0.8 if letter in VOWELS else 1.0


@lru_cache(maxsize=1 << 15)
def _losses(name: str) -> list[float]:
    return [_loss(name, place) for place in range(len(name))]


def _single(query: str, name: str, at: int, ours: int, theirs: int) -> float | None:
    """The cost where one letter is lost, one too many or one another; None where that is not all there is to it."""
    if ours and theirs:
        a, b = query[at], name[at]
        other = SUBSTITUTION.get(a + b, OTHER)
        if at == 0:
            return None
        if other > 1:
            if at == len(query) - 1 == len(name) - 1:
                other += _LAST
            other = min(other, _loss(query, at) + _loss(name, at))
        return round(other, 3)
    if ours + theirs != 1:
        return 0.0 if ours + theirs == 0 else None
    longer, shorter = (query, name) if ours else (name, query)
    found = _loss(longer, at) + (_FIRST if at == 0 else 0)
    for place in (at - 1, at):
        if 0 <= place < len(shorter) and (two := _PAIRS.get((longer[place : place + 2], shorter[place]))) is not None:
            found = min(found, two)
    return round(found, 3)


def cost(query: str, name: str, most: float = 99.0) -> float:
    """What it costs to have written `query` for `name`: 0 for the same, about 1 an edit, less for likely slips.

    The cheapest way through a Damerau-Levenshtein table with the costs above, which also takes two letters for one.
    What both names begin and end with is left out of the table, but for a letter that an edit may look back at. Of what
    costs more than `most` it is only said that it does.

    >>> cost("amoxicilin", "amoxicillin"), cost("hydralazine", "hydroxyzine") > 2
    (0.3, True)
    """
    start, shorter = 0, min(len(query), len(name))
    while start < shorter and query[start] == name[start]:
        start += 1
    end = 0
    while end < shorter - start and query[-1 - end] == name[-1 - end]:
        end += 1
    ours, theirs = len(query) - end - start, len(name) - end - start
    if ours + theirs < 3 and (found := _single(query, name, start, ours, theirs)) is not None:
        return found
    start = max(start - 1, 0)
    end = max(end - 1, 0)
    rows, columns = len(query) - end, len(name) - end
    last = (len(query) - 1, len(name) - 1)
    inner = name[start:columns]
    lost, dropped = _losses(name)[start:columns], _losses(query)
    pairs = [name[column - 1 : column + 1] if column > start else "" for column in range(start, columns)]
    if _TWOS.isdisjoint(pairs):
        pairs = []
    earlier: list[float] = []
    before: list[float] = []
    above = [0.0]
    for column, loss in enumerate(lost, start):
        above.append(above[-1] + loss + (_FIRST if column == 0 else 0))
    previous = over = ""
    for row in range(start, rows):
        a, drop = query[row], dropped[row]
        pair = previous + a if previous + a in _TWOS else ""
        priced = _PRICES.get(a, _NONE).get
        best = above[0] + drop + (_FIRST if row == 0 else 0)
        line = [best]
        edge = row == 0 or row == last[0]
        for place, b in enumerate(inner):
            other = above[place]
            if a != b:
                price = priced(b, OTHER)
                if edge:
                    if row == 0 == start + place:
                        price += _FIRST if price <= _ALIKE else _FIRST_UNLIKE
                    elif price > 1 and (row, start + place) == last:
                        price += _LAST
                other += price
            dear = above[place + 1] + drop
            if dear < other:
                other = dear
            dear = best + lost[place]
            if dear < other:
                other = dear
            best = other
            if place and previous and a != b:
                if a == inner[place - 1] and b == previous:
                    best = min(best, before[place - 1] + _SWAP + (_FIRST if row == start + place == 1 else 0))
                elif place > 1 and over and a == inner[place - 2] and b == over:
                    middle = 0.0 if previous == inner[place - 1] else 1.0
                    best = min(best, earlier[place - 2] + _SWAP_OVER + middle)
            if pair and (two := _PAIRS.get((pair, b))) is not None:
                best = min(best, before[place] + two)
            if pairs and (two := _PAIRS.get((a, pairs[place]))) is not None:
                best = min(best, above[place - 1] + two)
            line.append(best)
        if row > start and min(line) > most and min(above) > most:
            return 99.0
        earlier, before, above = before, above, line
        previous, over = a, previous
    return round(above[-1], 3)


class Written:
    """A query as it was written, for comparison with many names by their letters alone.

    The first few queries of a process are compared in Python (Hyyrö's bit vectors, 2003): RapidFuzz takes longer to
    load than they take. Both give the same numbers.
    """

    _asked = 0

    def __init__(self, query: str) -> None:
        self.query = query
        Written._asked += 1

    @cached_property
    def _has(self) -> dict[str, int]:
        has: dict[str, int] = {}
        for place, letter in enumerate(self.query):
            has[letter] = has.get(letter, 0) | 1 << place
        return has

    def near(self, names: Sequence[str], most: int) -> list[tuple[int, str]]:
        """Edits (restricted Damerau-Levenshtein) and name, of the names that are at most so many edits away; the
        nearest first, then by name."""
        if Written._asked > FEW or len(names) > _MANY:
            from rapidfuzz.distance import OSA
            from rapidfuzz.process import extract

            found = extract(self.query, names, scorer=OSA.distance, score_cutoff=most, limit=None)
            return sorted([(int(distance), name) for name, distance, _ in found])
        length = len(self.query)
        near = ((self.edits(name), name) for name in names if abs(len(name) - length) <= most)
        return sorted(each for each in near if each[0] <= most)

    def edits(self, name: str) -> int:
        """How many letters were written too many, too few or for another, neighbours swapped counting one."""
        length = len(self.query)
        if not length:
            return len(name)
        if Written._asked > FEW:
            from rapidfuzz.distance import OSA

            return int(OSA.distance(self.query, name))
        full, last = (1 << length) - 1, 1 << length - 1
        more, less, before, same = full, 0, 0, 0
        distance, has = length, self._has
        for letter in name:
            here = has.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = ((((here & more) + more) ^ more) | here | less | swapped) & full
            up, down = less | ~(same | more), more & same
            if up & last:
                distance += 1
            if down & last:
                distance -= 1
            up, down = up << 1 | 1, down << 1
            more, less = (down | ~(same | up)) & full, up & same
            before = here
        return distance


FEW = 8
"""Queries of a process that are compared without RapidFuzz."""
_MANY = 4_000
"""Names with which even one is compared by it."""


def has_word_beside(query: str, folded: str) -> bool:
    """Whether a query, as written, is nearer to a folded name without its first or last words: a word that the name
    has not says something else, and is no slip.

    >>> has_word_beside("warfarin foo", "warfarin"), has_word_beside("warf arn", "warfarin")
    (True, False)
    """
    words = re.split(r"[\s-]+", query.strip())
    if len(words) < 2:
        return False
    whole = cost(fold(query), folded)
    return any(
        cost(fold("".join(part)), folded) < whole
        for place in range(1, len(words))
        for part in (words[:place], words[place:])
    )
