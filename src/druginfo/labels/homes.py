"""Which sections labels have, how they are coded and titled, and where each goes in a monograph: `data/labels.txt`."""

from __future__ import annotations

import re

from druginfo.terms.files import data_tables
from druginfo.terms.patterns import BREASTFEEDING, PREGNANT, UNBORN

UNCLASSIFIED = "spl_unclassified_section"
HIGHLIGHTS = "highlights"
"""The summary that a label gives of a section before its full text. That of the dosage has a home of its own, so that a
regimen is in the Dosage section once."""

TABLES = data_tables("labels.txt")
HOMES = {home: tuple(keys.split()) for home, keys in TABLES["sections"].items()}
"""Section of a monograph → keys of the parts that go there."""
del HOMES["-"]
HOME_OF = {key: home for home, keys in HOMES.items() for key in keys}


def _spread(code: str) -> list[str]:
    """A code, of a range of the EMA's (`ema:800-804`) each."""
    system, _, ends = code.rpartition(":")
    if system != "ema":
        return [code]
    first, _, last = ends.partition("-")
    return [f"ema:{number}" for number in range(int(first), int(last or first) + 1)]


CODES = {one: key for key, codes in TABLES["codes"].items() for code in codes.split() for one in _spread(code)}
"""Code, with the prefix of its system → key."""

OPEN_PARTS = frozenset({"precautions", "use_in_specific_populations", UNCLASSIFIED})
"""Parts that are collections: what has a home of its own leaves them for it. Every other part stays whole."""

TITLE = {
    key: re.compile(rf"(?:{title})(?![\w&]|-\w)[:.]?", re.IGNORECASE)
    for key, title in TABLES["titles in the US"].items()
}
_TITLE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? ")
_OF_CHILDBEARING = re.compile(rf"{PREGNANT}|{UNBORN}|{BREASTFEEDING}|\blabor", re.IGNORECASE)


def key_of_title(title: str) -> str:
    """The key of a section that carries no code, from its title; `UNCLASSIFIED` where the title is none of those known.

    >>> key_of_title("2 DOSAGE AND ADMINISTRATION"), key_of_title("8.2 Lactation"), key_of_title("Rx only")
    ('dosage_and_administration', 'lactation', 'spl_unclassified_section')
    """
    bare = title[match.end() :] if (match := _TITLE_NUMBER.match(title)) else title
    for key, pattern in TITLE.items():
        if pattern.fullmatch(bare.strip()):
            return key
    return "lactation" if len(bare) <= 80 and _OF_CHILDBEARING.search(bare) else UNCLASSIFIED
