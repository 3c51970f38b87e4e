"""Whether a text is English: other languages write figures otherwise, and mean others. What a language is called."""

from __future__ import annotations

from druginfo.terms import letters_in
from druginfo.terms.files import data_tables, word_list

_OTHER, _SHARED, _ENGLISH = (word_list("languages", row) for row in ("other", "shared", "english"))


def is_english(text: str) -> bool:
    """Whether nothing in a text speaks for another language: its script, or its small words."""
    lower = text.lower()
    if not text.isascii():
        of_other_scripts = [c for c in set(lower) if c > "ɏ" and not "Ͱ" <= c <= "Ͽ" and c.isalpha()]
        if of_other_scripts and sum(map(lower.count, of_other_scripts)) * 3 > sum(map(str.isalpha, lower)):
            return False
    words = lower.translate(_APART).split() if lower.isascii() else letters_in(lower)
    if _OTHER.isdisjoint(words):
        return True
    others = [word for word in words if word in _OTHER]
    english = sum(word in _ENGLISH and word not in _OTHER for word in words)
    return _SHARED.issuperset(others) or english >= 2 * len(others)


_APART = {code: " " for code in range(128) if not chr(code).isalpha()}


def language_name(code: str) -> str:
    """The English name of a language by its ISO 639-1 code (`fr` → `French`); an unknown code stays as it is."""
    return data_tables("word_lists.txt")["language names"].get(code, code)
