"""Codes of medicines in the place of names: RxCUI, ATC and NDC, as records and labels have them.

A code is exact or it is none: no code is ever taken for a slip of another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ATC = r"(?i)(?:ATC[\s:#-]*)?([A-DGHJL-NPRSV]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?)"
"""WHO's Anatomical Therapeutic Chemical code: a medicine in seven signs, a group of them in three to five."""
_RXCUI = r"(?i)(?:RX[\s-]?CUI|RX[\s-]?NORM)[\s:#=-]*(\d{1,8})"
"""RxNorm's concept identifier. A bare number is none: it could be anything."""
_NDC = r"(?i)(NDC[\s:#=-]*)?(?:(\d{4,5})-(\d{3,4})(?:-\d{1,2})?|(?(1)(\d{10,11})|(\d{11})))"
"""The FDA's National Drug Code: labeler and product, mostly with the package; in bills as eleven digits."""
_WHOLE_ATC = 7


class Code(NamedTuple):
    """A code, read."""

    shown: str
    """As it is written by those who give it: "RxCUI 161", "ATC N02BE01", "NDC 0002-8215"."""
    keys: tuple[str, ...]
    """What it is looked up by; several for an NDC of ten digits, which can be divided in three ways."""
    is_group: bool = False
    """Whether it is of several medicines: the beginning of an ATC code."""


def read(text: str) -> Code | None:
    """The code that a text is, and nothing else; None where it is none.

    >>> read("RXCUI:161"), read("ndc 0002-8215-01").keys, read("n02be").is_group, read("161")
    (Code(shown='RxCUI 161', keys=('rxcui161',), is_group=False), ('ndc000028215',), True, None)
    """
    written = text.strip()
    begins, is_number = written[:3].lower(), written[:1].isdigit()  # a look at these spares three expressions
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
        if len(digits) == 11:
            return Code(f"NDC {digits}", (f"ndc{digits[:9]}",))
        return Code(f"NDC {digits}", tuple(_ndc(digits[:n], digits[n:m]) for n, m in ((4, 8), (5, 8), (5, 9))))
    return None


def _ndc(labeler: str, product: str) -> str:
    return f"ndc{labeler:0>5}{product:0>4}"


def listed(codes: Iterable[tuple[str, str]]) -> Iterator[Code]:
    """The codes of a monograph's front matter, each by the key that it stands under: `rxcui`, `atc` or `ndc`. What is
    no such code is left out, and so are groups."""
    for system, code in codes:
        found = read(code if system == "atc" else f"{system} {code}")
        if found and not found.is_group:
            yield found


def is_key(folded: str) -> bool:
    """Whether a folded name of a library is a code: such are found, and never compared."""
    return folded[-1:].isdigit() and re.fullmatch(r"rxcui\d+|ndc\d{9}|[a-v]\d\d[a-z]{2}\d\d", folded) is not None
