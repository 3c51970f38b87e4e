"""Drug names: folding for comparison, what a person writes around a name, and which words are a drug's name.

For other rooms, to rely on: `fold(name)`; `is_drug(words) -> bool`, whether words are a medicine's name and nothing
else; `whose_drug(words, own) -> "own" | "other" | None`, whether it is the medicine that a monograph's names (`own`:
title, INN, brands …) name too. Both know the medicines of the world, take a few microseconds once the lexicon is
read, remember their answers and never raise. They read the lexicon when first called, not when imported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import permutations
from typing import Literal

_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015\u2212'\u2018\u2019\u201b\u02bc`\u00b4®™©]+")
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def fold(name: str) -> str:
    """The form in which names are compared: NFKC, without case, accents, hyphens, apostrophes, spaces, ® and ™.

    Letters of other scripts stay what they are, so a Cyrillic look-alike never equals a Latin name.

    >>> fold("Insulin-Glargine®"), fold("Éfavirenz"), fold("Œstradiol")
    ('insulinglargine', 'efavirenz', 'oestradiol')
    """
    bare = _IGNORED.sub("", name)
    if bare.isascii():
        return bare.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", bare).casefold())
    return _IGNORED.sub("", "".join(c for c in decomposed if not unicodedata.combining(c))).translate(_LIGATURES)


_TOGETHER = r"(?i)\s*(?:[+&,;]|/(?!\d)|(?<!\d)/|\b(?:and|with|plus)\b|\s-\s)\s*"


def ingredients(name: str) -> tuple[str, ...]:
    """The names that a combination's name joins by `/`, `+`, `&`, commas, "and", "with" or "plus".

    >>> ingredients("amoxicillin and clavulanic acid"), ingredients("codeine")
    (('amoxicillin', 'clavulanic acid'), ('codeine',))
    """
    return tuple(each for each in re.split(_TOGETHER, name.strip()) if each)


def is_joined(name: str) -> bool:
    """Whether a name is written as a combination's, even with an ingredient missing ("amoxicillin/")."""
    return re.search(_TOGETHER, name) is not None


def joins(name: str) -> int:
    """How many ingredients a name joins; 0 where it joins one to nothing ("amoxicillin/")."""
    parts = len(ingredients(name))
    return 1 if not is_joined(name) else parts if parts > 1 else 0


_DOSAGE_WORDS_TEXT = """
    tab tabs tabl tbl tablet tablets cap caps capsule capsules caplet caplets inj injection injections injectable syr
    syp syrup susp suspension soln solution drop drops gtt cream crm oint ointment gel lotion patch patches spray
    inhaler inhalers inh inhalation neb nebs nebules nebuliser nebulizer suppository suppositories supp supps pessary
    pessaries sachet sachets powder pwd elixir amp amps ampoule ampoules ampule ampules vial vials pen pens film
    lozenge lozenges foam enema infusion pill pills implant liquid granules chewable dispersible effervescent
    prefilled syringe syringes kit tablette tabletten filmtabletten kapsel kapseln comprime comprimes comprimido
    comprimidos compressa compresse gelule gelules oral orally po iv im sc sq subcut subcutaneous intravenous
    intramuscular sublingual topical nasal ophthalmic otic rectal pr vaginal transdermal inhaled eye ear xr er sr cr
    xl la mr ir dr ec extended release modified sustained slow prolonged delayed enteric coated retard daily bd bid
    tid tds qid qds qd od prn once twice stat hs nocte mane weekly per day rx mg mcg ug µg μg g gm gram grams ml iu
    unit units meq mmol microgram micrograms milligram milligrams % mg/ml mcg/ml strength dose usp bp ip
"""
DOSAGE_WORDS = frozenset(_DOSAGE_WORDS_TEXT.split())
"""Forms, routes, release, frequencies and units: words that say how a drug is given, not which."""

_AMOUNT = (
    r"(?<![\w.])\d[\d.,/]*(?:\s*-\s*\d[\d.,]*)?\s*(?:%|(?:mg|mcg|ug|[µμ]g|g|gm|ml|iu|units?|u|meq|mmol|micrograms?|"
    r"milligrams?|grams?)\b)(?:\s*/\s*[\d.]*\s*(?:kg|m2|mg|ml|g|l|h|hr|hour|day|d|dose|tab|tablet|puff|actuation)\b)*"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_TIMES_A_DAY = re.compile(r"\d(?:-\d){2,3}$")
"""How much in the morning, at noon, in the evening, at night: 1-0-1."""
_STRENGTHS = re.compile(r"\d[\d.]*(?:/\d[\d.]*)+$")
_FORM_LETTER = re.compile(r"[TC]\.$", re.IGNORECASE)
"""T. for tablet and C. for capsule, before the name."""
_KEEPS_ITS_NUMBER_TEXT = """
    vitamin factor type interferon interleukin coenzyme macrogol polyethylene glycol polysorbate poloxamer protein
    globulin iodine iodide technetium strontium samarium radium xenon krypton fluorine gallium indium thallium
    phosphorus phosphate chromium rubidium carbon lutetium yttrium cobalt ammonia mix insulin
"""
_KEEPS_ITS_NUMBER = frozenset(_KEEPS_ITS_NUMBER_TEXT.split())
"""After these a bare number is part of the name: vitamin B 12, iodine 131, factor 8."""

_AROUND = '.,:;!?"“”„«»*•·-'
"""What stands around a name and is no part of it: a list's bullet, a sentence's end, quotation marks."""
_BRACKETS = "()[]{}"
_IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]+)[)\]}]$")


def without_dosage(query: str) -> str:
    """The query without the dosage words, amounts, strengths and punctuation around the name; empty if nothing is left.

    >>> without_dosage("tab. warfarin"), without_dosage("metformin (500mg) tablets"), without_dosage("vitamin B 12")
    ('warfarin', 'metformin', 'vitamin B 12')
    """
    words = [_loosened(word) for word in re.sub(_AMOUNT, " ", query, flags=re.IGNORECASE).split()]
    words = [word for word in words if word.strip(_AROUND + _BRACKETS) or is_joined(word)]
    while words and (_says_how(words[0]) or _NUMBER.match(_bare(words[0])) or _FORM_LETTER.match(words[0])):
        words.pop(0)
    while words and (_says_how(words[-1]) or _is_strength(_bare(words[-1]), words[:-1])):
        words.pop()
    bare = " ".join(words).strip(_AROUND)
    return found[1] if (found := _IN_BRACKETS.match(bare)) else bare


_GLUED = re.compile(r"([^\W\d_]{5,})(?:-\d\d[\d.]*|\d+(?:\.\d+)?(?:%|mg|mcg|g|ml|iu|units?)?)$", re.IGNORECASE)


def _bare(word: str) -> str:
    return word.strip(_AROUND + _BRACKETS)


def _loosened(word: str) -> str:
    """A word without the strength written onto it ("captopril25", "metformin-500"), unless its kind of name has
    numbers; a lone digit after a hyphen is a name's (omega-3)."""
    found = _GLUED.match(word)
    return found[1] if found and not found[1].lower().startswith(tuple(_KEEPS_ITS_NUMBER)) else word


def _says_how(word: str) -> bool:
    parts = _bare(word).lower().split("-")
    return all(part in DOSAGE_WORDS for part in parts)


def are_strengths(word: str) -> bool:
    """Whether a word is the strengths of several ingredients: 875/125."""
    return _STRENGTHS.match(word) is not None


def _is_strength(word: str, before: list[str]) -> bool:
    if are_strengths(word):
        return is_joined(" ".join(before)) or bool(before and before[0].lower().startswith("co-"))
    if _TIMES_A_DAY.match(word):
        return True
    if not _NUMBER.match(word) or not before:
        return False
    last = before[-1].lower()
    return last in DOSAGE_WORDS or (len(last) > 2 and last not in _KEEPS_ITS_NUMBER)


def reordered(query: str) -> Iterator[str]:
    """A name of two to four words with its words in every other order ("glargine insulin")."""
    words = query.replace(",", " ").split()
    if 2 <= len(words) <= 4:
        yield from (" ".join(each) for each in permutations(words) if list(each) != words)


def same_letters(query: str, name: str) -> bool:
    """Whether the numbers of a name and the letters that stand alone in it stand in the query too, be it without the
    space."""
    if re.findall(r"\d+", query) != re.findall(r"\d+", name):
        return False
    asked, own = _letters(query), _letters(name)
    return asked == own or (not asked and fold(query).endswith(own[-1]))


def _letters(name: str) -> list[str]:
    together = re.sub(r"\b([a-z])[ -](?=\d)", r"\1", name.lower())
    return re.findall(r"(?<![^\W_])(?:[a-z]|\d+)(?![^\W_])", together)


def is_drug(words: str) -> bool:
    """Whether words are a medicine's name and nothing else (`druginfo.names.drugs` says more)."""
    from druginfo.names.drugs import is_drug

    return is_drug(words)


def whose_drug(words: str, own: Collection[str]) -> Literal["own", "other"] | None:
    """Whose medicine words name: that of a monograph with the names `own`, another's, or no medicine (None)."""
    from druginfo.names.drugs import whose_drug

    return whose_drug(words, own)
