"""How names are compared: folding, the parts of a combination, the words in another order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import permutations

_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015\u2212'\u2018\u2019\u201b\u02bc`\u00b4®™©]+")
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def fold(name: str) -> str:
    """The form in which names are compared: NFKC, without case, accents, hyphens, apostrophes, spaces, ® and ™.

    Letters of other scripts stay what they are, so a Cyrillic look-alike never equals a Latin name.

    >>> fold("Insulin-Glargine®"), fold("Éfavirenz"), fold("Œstradiol")
    ('insulinglargine', 'efavirenz', 'oestradiol')
    """
    bare = name if name.isalpha() else _IGNORED.sub("", name)
    if bare.isascii():
        return bare.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold())
    return _IGNORED.sub("", "".join(c for c in decomposed if not unicodedata.combining(c))).translate(_LIGATURES)


_TOGETHER = r"(?i)\s*(?:[+&,;]|/(?!\d)|(?<!\d)/|\b(?:and|with|plus)\b|\s-\s)\s*"


@cache
def _together() -> re.Pattern[str]:
    return re.compile(_TOGETHER)


def ingredients(name: str) -> tuple[str, ...]:
    """The names that a combination's name joins by `/`, `+`, `&`, commas, "and", "with" or "plus".

    >>> ingredients("amoxicillin and clavulanic acid"), ingredients("codeine")
    (('amoxicillin', 'clavulanic acid'), ('codeine',))
    """
    return tuple(each for each in _together().split(name.strip()) if each)


def is_joined(name: str) -> bool:
    """Whether a name is written as a combination's, even with an ingredient missing ("amoxicillin/")."""
    return not name.isalpha() and _together().search(name) is not None


def joins(name: str) -> int:
    """How many ingredients a name joins; 0 where it joins one to nothing ("amoxicillin/")."""
    if not is_joined(name):
        return 1
    parts = len(ingredients(name))
    return parts if parts > 1 else 0


def reordered(query: str) -> Iterator[str]:
    """A name of two to four words with its words in every other order ("glargine insulin")."""
    words = query.replace(",", " ").split()
    if 2 <= len(words) <= 4:
        yield from (" ".join(each) for each in permutations(words) if list(each) != words)


def same_marks(query: str, name: str, *, begins: bool = False) -> bool:
    """Whether what tells names of one stem apart is the same in both: numbers, Roman ones too, and letters that stand
    alone. Where the query only `begins` the name, it has no other ones.

    >>> same_marks("vitamin D", "vitamin C"), same_marks("factor VIIa", "factor VIII"), same_marks("alfa2a", "alfa-2a")
    (False, False, True)
    """
    asked, own = _marks(query), _marks(name)
    if begins:
        return not own or not asked or asked == own
    if asked == own:
        return True
    return not asked and len(own) == 1 and own[0].isalpha() and fold(query).endswith(own[0])


def _marks(name: str) -> list[str]:
    if name.isalpha() and len(name) > 1 and (name[0] not in "ivxIVX" or not re.fullmatch(r"(?i)[ivx]+[a-d]?", name)):
        return []
    together = re.sub(r"\b([a-z])[ -](?=\d)", r"\1", name.lower())
    return re.findall(r"\d+[a-z]?(?![a-z])|(?<![^\W_])(?:[a-z]|[ivx]+[a-d]?)(?![^\W_])", together)
