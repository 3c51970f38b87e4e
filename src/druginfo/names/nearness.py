"""How near a misspelled name is to a name: edits weighed by how people come to make them.

A person drops one of two doubled letters, hears `ph` for `f`, swaps neighbours, takes one vowel for another; nobody
writes `bar` for `abr`. So an edit costs the less the likelier it is a slip, and one that is no slip costs the whole
of 1: two different drugs differ by edits that are dear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

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
LEAST_EDIT = 0.15
"""What an edit costs at least: `ph` for `f` is two."""


_LOST = dict.fromkeys(VOWELS, 0.8) | {"h": 0.5}


@lru_cache(maxsize=1 << 15)
def _losses(name: str) -> list[float]:
    """Cost of leaving out each letter, or of writing it where it does not belong."""
    found = [_LOST.get(letter, 1.0) for letter in name]
    if name.endswith("e"):
        found[-1] = 0.5
    for place, (one, next_) in enumerate(pairwise(name)):
        if one == next_:
            found[place] = found[place + 1] = 0.3
    return found


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
            other = min(other, _losses(query)[at] + _losses(name)[at])
        return round(other, 3)
    if ours + theirs != 1:
        return 0.0 if ours + theirs == 0 else None
    longer, shorter = (query, name) if ours else (name, query)
    found = _losses(longer)[at] + (_FIRST if at == 0 else 0)
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
    rows, columns, most = len(query) - end, len(name) - end, most + 1e-6  # sums of tenths are not quite such
    if ours * theirs > 9 and (  # no edit is as wide: the first one is not the last
        _outermost(query, name, start, start) + _outermost(query, name, rows - 1, columns - 1) > most
    ):
        return 99.0
    start, rows, columns = max(start - 1, 0), min(rows + 1, len(query)), min(columns + 1, len(name))
    last = (len(query) - 1, len(name) - 1)
    inner = name[start:columns]
    lost, dropped = _losses(name)[start:columns], _losses(query)
    pairs = ["", *map(str.__add__, inner, inner[1:])]
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
        pair = previous + a
        if pair not in _TWOS:
            pair = ""
        priced = _PRICES.get(a, _NONE).get
        best = above[0] + drop + (_FIRST if row == 0 else 0)
        line = [best]
        edge, twos = row == 0 or row == last[0], pair or pairs
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
                if b == previous and place and a == inner[place - 1]:
                    other = min(other, before[place - 1] + _SWAP + (_FIRST if row == start + place == 1 else 0))
                elif b == over and place > 1 and a == inner[place - 2]:
                    middle = 0.0 if previous == inner[place - 1] else 1.0
                    other = min(other, earlier[place - 2] + _SWAP_OVER + middle)
            best += lost[place]
            if other < best:
                best = other
            if twos:
                if pair and (two := _PAIRS.get((pair, b))) is not None:
                    best = min(best, before[place] + two)
                if pairs and (two := _PAIRS.get((a, pairs[place]))) is not None:
                    best = min(best, above[place - 1] + two)
            dear = above[place + 1] + drop
            if dear < best:
                best = dear
            line.append(best)
        if min(line) > most and row > start and min(above) > most and min(before) + _SWAP_OVER > most:
            return 99.0
        earlier, before, above = before, above, line
        previous, over = a, previous
    return round(above[-1], 3)


def _outermost(query: str, name: str, at: int, there: int) -> float:
    """The least that the first edit, or the last, can cost, where two names differ at these places and are the same
    before, or after."""
    ours, theirs = slice(max(at - 1, 0), at + 2), slice(max(there - 1, 0), there + 2)
    one, other = query[ours], name[theirs]
    if not _TWOS.isdisjoint((one[:2], one[-2:], other[:2], other[-2:])):
        return LEAST
    swapped = _SWAP if query[at] in other and name[there] in one else OTHER
    price = SUBSTITUTION.get(query[at] + name[there], OTHER)
    return min(price, swapped, *_losses(query)[ours], *_losses(name)[theirs])


def near(query: str, names: Sequence[str], most: int) -> list[tuple[int, str]]:
    """Edits (restricted Damerau-Levenshtein) and name, of the names that are at most so many edits from a query; the
    nearest first, then by name.

    The first few queries of a process are compared in Python: RapidFuzz takes longer to load than they take. Both give
    the same numbers.
    """
    global _compared
    _compared += 1
    if _compared > FEW or len(names) > _MANY:
        extract, distance = _rapid()
        found = extract(query, names, scorer=distance, score_cutoff=most, limit=None)
        return sorted([(int(edits), name) for name, edits, _ in found])
    length, has = len(query), _places(query)
    counted = ((_edits(length, has, name), name) for name in names if abs(len(name) - length) <= most)
    return sorted(each for each in counted if each[0] <= most)


def prepare() -> None:
    """Load RapidFuzz, for many queries."""
    global _compared
    _compared = FEW
    _rapid()


@cache
def _rapid() -> tuple[Callable[..., Any], Callable[..., Any]]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    return extract, OSA.distance


def edits(query: str, name: str) -> int:
    """How many letters were written too many, too few or for another, neighbours swapped counting one."""
    return int(_rapid()[1](query, name)) if _compared > FEW else _edits(len(query), _places(query), name)


def _places(query: str) -> dict[str, int]:
    has: dict[str, int] = {}
    for place, letter in enumerate(query):
        has[letter] = has.get(letter, 0) | 1 << place
    return has


def _edits(length: int, has: dict[str, int], name: str) -> int:
    """The edits between a query of so many letters, each at its bits of `has`, and a name (Hyyrö's bit vectors)."""
    if not length:
        return len(name)
    full, last = (1 << length) - 1, 1 << length - 1
    more, less, before, same = full, 0, 0, 0
    distance = length
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


_compared = 0
FEW = 3
"""Queries of a process that are compared without RapidFuzz."""
_MANY = 4_000
"""Names with which even one is compared by it."""


def has_word_beside(query: str, folded: str) -> bool:
    """Whether a query, as written, is nearer to a folded name without its first or last words: a word that the name
    has not says something else, and is no slip.

    >>> has_word_beside("warfarin foo", "warfarin"), has_word_beside("warf arn", "warfarin")
    (True, False)
    """
    words = [] if query.isalpha() else query.replace("-", " ").split()
    if len(words) < 2:
        return False
    whole = cost(fold(query), folded)
    return any(
        cost(fold("".join(part)), folded) < whole
        for place in range(1, len(words))
        for part in (words[:place], words[place:])
    )
