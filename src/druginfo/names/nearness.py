"""How near a misspelled name is to a name: edits weighed by how people come to make them.

A person drops one of two doubled letters, hears `ph` for `f`, swaps neighbours, takes one vowel for another; nobody
writes `bar` for `abr`. So an edit costs the less the likelier it is a slip, and one that is no slip costs the whole
of 1: two different drugs differ by edits that are dear.
"""

from __future__ import annotations

import re
from itertools import product

from druginfo.names import fold

VOWELS = frozenset("aeiouy")

CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
OTHER, UNLIKE = 1.1, 1.3
"""One letter for another that neither sounds alike nor is beside it on the keyboard; for a vowel a consonant."""

_SOUNDS = (
    *(("ph", "f"), ("rh", "r"), ("th", "t"), ("ch", "s"), ("sh", "s"), ("ks", "x"), ("qu", "s")),
    *(("y", "i"), ("c", "s"), ("k", "s"), ("q", "s"), ("z", "s"), ("j", "g"), ("w", "v")),
    *((2 * letter, letter) for letter in "abdefgilmnoprstuv"),
)
"""Hard and soft c become one, as which it is depends on a letter that may be the misspelled one."""


def sound(names: str) -> str:
    """Names (one, or many a line) as they are heard: `ph` is `f`, `y` is `i`, doubled letters are single …

    >>> sound("sulphasalazine"), sound("cyclosporine")
    ('sulfasalasine', 'sislosporine')
    """
    for written, heard in _SOUNDS:
        names = names.replace(written, heard)
    return names


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

_SPELLINGS = """
    ph-f 0.3  ae-e 0.2  oe-e 0.2  ks-x 0.3  cs-x 0.4  ck-k 0.3  ck-c 0.3  ch-k 0.4  qu-k 0.4  qu-c 0.5  kw-q 0.5
    ee-i 0.5  oo-u 0.5  ou-u 0.5  au-o 0.5  ea-e 0.5  ei-i 0.5  ie-i 0.5  ie-y 0.5  ei-e 0.5
    sc-s 0.4  th-t 0.4  rh-r 0.3  sh-s 0.5  gh-g 0.4
"""
_TWO_FOR_ONE = {(pair[:2], pair[3:]): float(price) for pair, price in zip(*[iter(_SPELLINGS.split())] * 2, strict=True)}
"""Cost of two letters for one that sounds the same."""

_PAIRS = _TWO_FOR_ONE | {(one, two): price for (two, one), price in _TWO_FOR_ONE.items()}
_SWAP, _SWAP_OVER, _FIRST, _FIRST_UNLIKE, _LAST = 0.7, 1.1, 0.5, 0.9, 0.3
"""Neighbours swapped; two letters swapped over the one between (amlopidine); more for an edit of the first letter, the
more for one that sounds otherwise (Naklofen, baclofen), and for a last letter that is nothing like."""
_ALIKE = 0.6


def _loss(name: str, place: int) -> float:
    """Cost of leaving out the letter at `place`, or of writing it where it does not belong."""
    letter = name[place]
    if (place and name[place - 1] == letter) or name[place + 1 : place + 2] == letter:
        return 0.3
    if letter == "h" or (letter == "e" and place == len(name) - 1):
        return 0.5
    return 0.8 if letter in VOWELS else 1.0


def cost(query: str, name: str) -> float:
    """What it costs to have written `query` for `name`: 0 for the same, about 1 an edit, less for likely slips.

    The cheapest way through a Damerau-Levenshtein table with the costs above, which also takes two letters for one.
    What both names begin and end with is left out of the table, but for a letter that an edit may look back at.

    >>> cost("amoxicilin", "amoxicillin"), cost("hydralazine", "hydroxyzine") > 2
    (0.3, True)
    """
    start, shorter = 0, min(len(query), len(name))
    while start < shorter and query[start] == name[start]:
        start += 1
    end = 0
    while end < shorter - start and query[-1 - end] == name[-1 - end]:
        end += 1
    start = max(start - 1, 0)
    end = max(end - 1, 0)
    rows, columns = len(query) - end, len(name) - end
    last = (len(query) - 1, len(name) - 1)
    losses = [_loss(name, column) for column in range(start, columns)]
    earlier: list[float] = []
    before: list[float] = []
    above = [0.0]
    for column, loss in enumerate(losses, start):
        above.append(above[-1] + loss + (_FIRST if column == 0 else 0))
    for row in range(start, rows):
        a, dropped = query[row], _loss(query, row)
        line = [above[0] + dropped + (_FIRST if row == 0 else 0)]
        for place, loss in enumerate(losses):
            column = start + place
            b = name[column]
            other = 0.0 if a == b else SUBSTITUTION.get(a + b, OTHER)
            if other and row == 0 == column:
                other += _FIRST if other <= _ALIKE else _FIRST_UNLIKE
            elif other > 1 and (row, column) == last:
                other += _LAST
            best = min(above[place] + other, above[place + 1] + dropped, line[place] + loss)
            if row > start and column > start:
                if a == name[column - 1] and b == query[row - 1] and a != b:
                    best = min(best, before[place - 1] + _SWAP + (_FIRST if row == column == 1 else 0))
                elif (
                    row > start + 1 and column > start + 1 and a == name[column - 2] and b == query[row - 2] and a != b
                ):
                    middle = 0.0 if query[row - 1] == name[column - 1] else 1.0
                    best = min(best, earlier[place - 2] + _SWAP_OVER + middle)
            if row > start and (two := _PAIRS.get((query[row - 1 : row + 1], b))) is not None:
                best = min(best, before[place] + two)
            if column > start and (two := _PAIRS.get((a, name[column - 1 : column + 1]))) is not None:
                best = min(best, above[place - 1] + two)
            line.append(best)
        earlier, before, above = before, above, line
    return round(above[-1], 3)


def has_word_beside(query: str, folded: str) -> bool:
    """Whether a query, as written, is nearer to a folded name without its first or last words: a word that the name
    has not says something else, and is no slip.

    >>> has_word_beside("warfarin foo", "warfarin"), has_word_beside("warf arn", "warfarin")
    (True, False)
    """
    words = re.split(r"[\s-]+", query.strip())
    whole = cost(fold(query), folded)
    return any(
        cost(fold("".join(part)), folded) < whole
        for place in range(1, len(words))
        for part in (words[:place], words[place:])
    )
