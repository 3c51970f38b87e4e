"""Codes of medicines in the place of names: RxCUI, ATC and NDC, as records, labels and barcodes have them.

A code is taken exactly or not at all: none is ever taken for a slip of another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ATC = r"(?i)(?:ATC[\s:#-]*)?([A-DGHJL-NPRSV]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?)"
"""WHO's Anatomical Therapeutic Chemical code: a medicine in seven signs, a group of them in three to five."""
_RXCUI = r"(?i)(?:RX[\s-]?CUI|RX[\s-]?NORM)[\s:#=-]*(\d{1,8})"
"""RxNorm's concept identifier. A bare number does not count: it could be anything."""
_NDC = r"(?i)(NDC[\s:#=-]*)?(?:(\d{4,6})-(\d{3,4})(?:-\d{1,2})?|(?(1)(\d{10,12})|(\d{11}|0\d{11})))"
"""The FDA's National Drug Code: labeler and product, mostly with the package; in bills as eleven digits. From March
2033 all have twelve, six of them the labeler's; those of before get zeros in front (91 FR 10749, 5 March 2026)."""
_BARCODE = r"(?:\](?:d2|C1))?(?:\(01\)|01)003(\d{11})(?:\D.*|1[017]\d.*)?|(?:00)?3(\d{11})"
"""GS1's number of an American medicine, as scanners type it: 3, the ten digits of its NDC and a check digit, alone or
before the expiry date, the lot and the serial number of the package."""
_WAYS = {True: ((4, 8),), False: ((5, 8), (5, 9))}
"""Where ten digits of an NDC without hyphens can be divided, by whether they begin with a zero: all labelers of four
digits do and none of five does, and each labeler has one way (21 CFR 207.33). Read in the other ways they are another
drug's: 0009-3410 would be 0093-0410 of another labeler."""
_WHOLE_ATC = 7


class Code(NamedTuple):
    """A code, read."""

    shown: str
    """As it is written by those who give it: "RxCUI 161", "ATC N02BE01", "NDC 0002-8215"."""
    keys: tuple[str, ...]
    """What it is looked up by; several for an NDC of ten digits without hyphens."""
    is_group: bool = False
    """Whether it is of several medicines: the beginning of an ATC code."""


def read(text: str) -> Code | None:
    """The code that a text is, and nothing else; None where it is not a code.

    >>> read("RXCUI:161"), read("ndc 0002-8215-01").keys, read("n02be").is_group, read("161")
    (Code(shown='RxCUI 161', keys=('rxcui161',), is_group=False), ('ndc000028215',), True, None)
    """
    written = text.strip()
    begins, is_number = written[:3].lower(), written[:1].isdigit()  # a look at these spares four expressions
    if begins[:2] == "rx" and (found := re.fullmatch(_RXCUI, written)):
        number = found[1].lstrip("0") or "0"
        return Code(f"RxCUI {number}", (f"rxcui{number}",))
    if (begins == "atc" or written[1:2].isdigit()) and (found := re.fullmatch(_ATC, written)):
        code = found[1].upper()
        return Code(f"ATC {code}", (code.lower(),), len(code) < _WHOLE_ATC)
    if (begins == "ndc" or is_number) and (found := re.fullmatch(_NDC, written)):
        _, labeler, product, short, long = found.groups()
        if labeler:
            return Code(f"NDC {labeler}-{product}", (_ndc(labeler, product),))
        digits = short or long
        if len(digits) == 10:
            return Code(f"NDC {digits}", _undivided(digits))
        return Code(f"NDC {digits}", (_ndc(digits[:-6], digits[-6:-2]),))
    if (is_number or begins[:1] in "(]") and (found := re.fullmatch(_BARCODE, written)):
        digits = found[1] or found[2]
        if _is_checked(f"3{digits}"):
            return Code(f"GTIN 003{digits}", _undivided(digits[:10]))
    return None


def _ndc(labeler: str, product: str) -> str:
    return f"ndc{labeler.lstrip('0'):0>5}{product:0>4}"


def _undivided(digits: str) -> tuple[str, ...]:
    return tuple(_ndc(digits[:n], digits[n:m]) for n, m in _WAYS[digits[0] == "0"])


def _is_checked(number: str) -> bool:
    """Whether the last digit is GS1's check digit: the others, threefold and onefold by turns from the right, add up
    with it to tens."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(number))) % 10 == 0


def listed(codes: Iterable[tuple[str, str]]) -> Iterator[Code]:
    """The codes of a monograph's front matter, each with its key: `rxcui`, `atc` or `ndc`. What is
    no such code is left out, and so are groups."""
    for system, code in codes:
        found = read(code if system == "atc" else f"{system} {code}")
        if found and not found.is_group:
            yield found


def is_key(folded: str) -> bool:
    """Whether a folded name of a library is a code: such are found, and never compared."""
    return folded[-1:].isdigit() and re.fullmatch(r"rxcui\d+|ndc\d{9,10}|[a-v]\d\d[a-z]{2}\d\d", folded) is not None
