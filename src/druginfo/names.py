"""Drug names: folding for comparison."""

from __future__ import annotations

import re
import unicodedata

_IGNORED = re.compile(r"[\s\u00ad\-\u2010-\u2015\u2212'\u2018\u2019\u201b\u02bc`\u00b4®™©]+")


def fold(name: str) -> str:
    """The form in which names are compared: NFKC, without case, accents, hyphens, apostrophes, spaces, ® and ™.

    Letters of other scripts stay what they are, so a Cyrillic look-alike never equals a Latin name.

    >>> fold("Insulin-Glargine®"), fold("Éfavirenz")
    ('insulinglargine', 'efavirenz')
    """
    bare = _IGNORED.sub("", name)
    if bare.isascii():
        return bare.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold())
    return _IGNORED.sub("", "".join(c for c in decomposed if not unicodedata.combining(c)))
