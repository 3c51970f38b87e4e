"""Words compared: folded, in full or by a beginning, British or American, one word for each group of them."""

from __future__ import annotations

import re
from functools import lru_cache

from druginfo.terms import without_brackets

_SAME_TEXT = """
pregnancy = pregnan*, gravid*
breastfeeding = breast fe*, breastfe*, lactat*, nursing
hemodialysi dialysi = hemodialysi, haemodialysi, hd
peritoneal dialysi = peritoneal dialysi, capd
renal failure = esrd, eskd, end stage renal disease, end stage kidney disease, kidney failure
renal = kidney
hepatic = liver
heart = cardiac
impairment = impaired, dysfunction, insufficiency
female = woman, women, girl
male = man, men, boy
prevention = prevent*, prophyla*
treatment = treat*, therapy
transplant = transplant*, homotransplant*, allotransplant*, graft
surgery = surgical, operation
"""
_SAME = {
    wording.strip(): meant.strip()
    for row in _SAME_TEXT.strip().splitlines()
    for meant, words in [row.split("=")]
    for wording in words.split(",")
}
"""Words as they are folded, `*` for any ending → the word that they are compared by."""

_ENDINGS = {
    "penic": "penia", "phrenic": "phrenia", "emic": "emia", "algic": "algia", "plegic": "plegia", "uric": "uria",
    "manic": "mania", "peptic": "pepsia", "leptic": "lepsy", "otic": "osi", "itic": "iti", "riatic": "riasi",
    "tensive": "tension", "ressed": "ression", "betic": "bete", "thmatic": "thma", "llergic": "llergy",
    "pothyroid": "pothyroidism", "perthyroid": "perthyroidism", "obese": "obesity", "infected": "infection",
}  # fmt: skip
"""How a word for people ends, folded → how that for their disease does: "neutropenic patients" have neutropenia. Before
another noun it makes another disease of it: "psoriatic arthritis"."""

EXCLUSIVE = (
    ("female", "male"),
    ("poor metaboli", "intermediate metaboli", "normal metaboli", "rapid metaboli", "ultrarapid metaboli"),
    ("naive", "tolerant", "experienced"),
    ("hemodialysi", "peritoneal dialysi"),
)
"""Groups of which a patient is in one, as `same` has them."""

NAMELESS = frozenset(
    "mild moderate severe acute chronic active grade stage class type child pugh renal hepatic kidney liver impairment "
    "dose dosage day daily week weekly month year hour time mg mcg g kg ml min unit tablet capsule oral intravenou "
    "inr qtc qt bmi egfr crcl alt ast hba1c patient all any other indication use treatment therapy initial "
    "maintenance disease starting loading maximum and or the of for in with to a an".split()
)
"""Words that name no indication by themselves, folded: grades, measurements, units, words of dosing."""

QUALIFIERS = frozenset(
    "active advanced chronic common essential established moderate moderately mild persistent primary recurrent "
    "severe stable symptomatic".split()
)
"""Words before the name of a disease that labels leave out, folded. Not "acute": what prevents attacks treats none."""

AROUND = frozenset("indication use treatment therapy dose dosage patient and or the of for in with to a an".split())
"""Words around the name of an indication, folded."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words in lower case without accents, plural s and signs, one space between."""
    plain = without_accents(text).casefold()
    return re.sub(r"(?<=[a-z0-9]{4})(?<!s)s\b", "", " ".join(re.findall(r"[a-z0-9]+", plain)))


def without_accents(text: str) -> str:
    """A text whose letters have no accents, compatible signs as one."""
    if text.isascii():
        return text
    import unicodedata

    plain = unicodedata.normalize("NFKD", text)
    return (
        "".join(c for c in plain if not unicodedata.combining(c))
        if any(map(unicodedata.combining, set(plain)))
        else plain
    )


@lru_cache(maxsize=4096)
def same(text: str) -> str:
    """A text folded, with one word for each group.

    >>> same("Pregnant women"), same("Kidney transplantation")
    ('pregnancy female', 'renal transplant')
    """
    of_disease = _endings().sub(lambda found: _ENDINGS[found[0]], folded(text))
    return _groups().sub(lambda found: _meant(found[0]), of_disease)


def _meant(words: str) -> str:
    if words in _SAME:
        return _SAME[words]
    return next(meant for wording, meant in _SAME.items() if wording[-1] == "*" and words.startswith(wording[:-1]))


@lru_cache(maxsize=1)
def _endings() -> re.Pattern[str]:
    people = r"(?:patient|people|person|individual|subject|adult|adolescent|child|children|infant|women|men)\b"
    return re.compile(rf"(?:{'|'.join(_ENDINGS)})(?=$| {people})")


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    longest = sorted(_SAME, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(wording.replace('*', r'[a-z]*') for wording in longest)})\b")


def holds(text: str, words: str) -> bool:
    """Whether every wanted word is in the text, British or American, from five letters on as a beginning too.

    Both are folded.
    """
    have = f" {text} "
    return bool(words) and all(
        any(f" {each}{' ' * (len(each) < 5)}" in have for each in _spellings(word)) for word in words.split()
    )


def sources(word: str) -> list[str]:
    """What a text has, in small letters `without_accents`, where `same` has a word that begins like this one."""
    spelled = _spellings(word)
    groups = (wording for wording, meant in _SAME.items() if any(f" {each}" in f" {meant}" for each in spelled))
    found = [*spelled, *(wording.rstrip("*").split()[0] for wording in groups)]
    for ending, of_disease in _ENDINGS.items():
        parts = [of_disease[:length] for length in range(1, len(of_disease) + 1)]
        found += [each.removesuffix(part) + ending for each in found for part in parts if each.endswith(part)]
    return found


@lru_cache(maxsize=256)
def _spellings(word: str) -> list[str]:
    from druginfo.terms.spelling import variants

    return variants(word)


def bare(text: str, without: frozenset[str] = NAMELESS) -> str:
    """The words of a text that name something, folded, but for brackets."""
    words = folded(without_brackets(text, "")).split()
    return " ".join(word for word in words if word not in without)
