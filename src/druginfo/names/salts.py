"""Salts of a drug are that drug: which words of a name only tell the salt, hydrate or free form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from druginfo.names.folding import fold
from druginfo.terms.files import data_tables, word_list

_NAMES = "names.txt"
SALT_WORDS, METALS, BINDERS, ESTERS = (
    word_list("words", row, _NAMES) for row in ("salts", "metals", "binders", "esters")
)
"""Counter-ions and hydrates; metals of which each salt is a medicine of its own; what takes up a metal or gives one;
esters and organic bases that make no other medicine. `data/names.txt` says why."""
_IN_SHORT, _ABROAD = (
    {word: salt for salt, words in data_tables(_NAMES)[table].items() for word in words.split()}
    for table in ("in short", "abroad")
)
_MEANT = _ABROAD | _IN_SHORT
_FULL = _IN_SHORT | {"ins": "insulin", "reg": "regular"}
_HYDRATES = frozenset("anhydrous hydrous hydrated base free".split()).union(
    word for word in SALT_WORDS if word.endswith("hydrate")
)
_ESTERS_SODIUM = frozenset(("phosphate", "succinate", "hydrogensuccinate", "hemisuccinate"))
_LEADING = frozenset(["sodium", "disodium", "potassium", "calcium", "anhydrous"])
_OF = frozenset(["de", "di", "of"])
_ELIDED = re.compile(r"\bd['’](?=\w)", re.IGNORECASE)


def in_english(word: str) -> str:
    """A salt word of another language in English, any other word in lower case.

    >>> in_english("Natrium"), in_english("Hydrochlorid"), in_english("tartrato"), in_english("warfarin")
    ('sodium', 'hydrochloride', 'tartrate', 'warfarin')
    """
    folded = word.lower() if word.isascii() else fold(word)
    if folded.endswith(("at", "id")) and folded + "e" in SALT_WORDS:
        return folded + "e"
    if folded.endswith("ato") and folded[:-1] + "e" in SALT_WORDS:
        return folded[:-1] + "e"
    return _MEANT.get(folded, folded)


def in_full(name: str) -> str:
    """A name of several words with the words in full that wards write in short.

    >>> in_full("Pot. chlor"), in_full("Ins glargine"), in_full("Mag")
    ('potassium chloride', 'insulin glargine', 'Mag')
    """
    words = name.split()
    return " ".join(_FULL.get(word.lower().rstrip("."), word) for word in words) if len(words) > 1 else name


def same_moiety(name: str) -> Iterator[str]:
    """Names that `name` has without its salt words, in upper or lower case as given, barest first.

    >>> list(same_moiety("warfarin sodium")), list(same_moiety("sodium valproate")), list(same_moiety("zinc sulfate"))
    (['warfarin'], ['valproate', 'valproic acid'], [])
    >>> list(same_moiety("clorhidrato de metformina")), list(same_moiety("mésilate d'imatinib"))
    (['metformina'], ['imatinib'])
    """
    words = _ELIDED.sub("de ", name.replace(",", " ")).split()
    if len(words) < 2:
        return
    english = [in_english(word) for word in words]
    if not BINDERS.isdisjoint(english):
        return
    start, end = 0, len(words)
    while end - start > 1 and (english[end - 1] in SALT_WORDS or (english[end - 1] in _OF and end < len(words))):
        end -= 1
    if _ends_in_compound(name):
        return
    if end - start > 2 and english[start] in SALT_WORDS and english[start + 1] in _OF:
        start += 2
    while end - start > 1 and english[start] in _LEADING:
        start += 1
    if (start, end) == (0, len(words)) or all(word in SALT_WORDS | METALS for word in english[start:end]):
        return
    kept = words[start:end]
    yield " ".join(kept)
    if (last := kept[-1]).lower().endswith("ate"):
        acid = "IC ACID" if last.isupper() else "ic acid"
        yield " ".join([*kept[:-1], last[:-3] + acid])


def _ends_in_compound(name: str) -> bool:
    """Whether a second medicine comes at the end: "aspirin calcium carbonate" is no salt of aspirin."""
    words = [in_english(word) for word in name.replace(",", " ").replace("-", " ").split()]
    return any(
        metal in METALS
        and anion in SALT_WORDS - METALS - _HYDRATES
        and not (metal in ("sodium", "disodium") and anion in _ESTERS_SODIUM)
        for metal, anion in pairwise(words[1:])
    )


def without_misspelled_salt(name: str) -> str:
    """A name of several words without its last ones that are salt words or nearly so ("hydrocloride")."""
    words = name.split()
    kept = list(words)
    while len(kept) > 1 and _is_nearly_salt(kept[-1].lower()):
        kept.pop()
    if kept == words or kept[-1].lower() in METALS or _ends_in_compound(name):
        return name
    return " ".join(kept)


@lru_cache(maxsize=4096)
def _is_nearly_salt(word: str) -> bool:
    from druginfo.names.nearness import LEAST_EDIT, cost, near

    if word in SALT_WORDS:
        return True
    prices = ((0.8, range(6, 12)), (1.6, range(12, 99)))
    return any(
        cost(word, salt, most) <= most
        for most, lengths in prices
        for _, salt in near(word, [salt for salt in SALT_WORDS if len(salt) in lengths], int(most / LEAST_EDIT))
    )
