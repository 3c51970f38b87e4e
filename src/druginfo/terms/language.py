"""Whether a text is English: figures of another language are written, and mean, otherwise."""

from __future__ import annotations

import re

_OTHER = frozenset(
    # Spanish, Portuguese, Italian, French, German, Dutch, Scandinavian: function words, and the words of regimens
    "cada hora horas dia dias día días vez veces por para los las del el una uno con como niños adultos semana "
    "semanas dosis "
    "em ao dos das não crianças adulto dose_única vezes ogni ore giorno giorni volte al gli della nei adulti "
    "bambini e_poi "
    "et les des une le du par jour jours heures fois chez pour dans enfants adultes semaine avec est sont "
    "und der die das mit pro tag täglich stunden alle für bei nicht kinder erwachsene einmal zweimal oder ist "
    "darf wird auf "
    "dosierung en het van een per_dag dagen keer voor bij volwassenen kinderen uur og til børn barn voksne "
    "daglig dagligt och "
    "gånger vuxna".split()
)
_SHARED = frozenset("die dos do dose per pro a in is or the con pm am uno le on".split())
_ENGLISH = frozenset(
    "the of to and or for in with is are by be not if at as on from than after every daily once twice day days "
    "hours hour weeks "
    "week mg oral orally give take tablet tablets dose adults children patients".split()
)


def is_english(text: str) -> bool:
    """Whether nothing in a text speaks for another language: its script, or its small words."""
    lower = text.lower()
    if not text.isascii():
        letters = [c for c in lower if c.isalpha()]
        if sum(c > "ɏ" and not "Ͱ" <= c <= "Ͽ" for c in letters) * 3 > len(letters) > 0:
            return False
    words = _WORD.findall(lower)
    if _OTHER.isdisjoint(words):
        return True
    others = [word for word in words if word in _OTHER]
    english = sum(word in _ENGLISH and word not in _OTHER for word in words)
    return _SHARED.issuperset(others) or english >= 2 * len(others)


_WORD = re.compile(r"[^\W\d_]+")
