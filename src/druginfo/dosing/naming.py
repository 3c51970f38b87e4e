"""Words of filters and of labels, compared: folded, in full or as the monograph abbreviates them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.signs import Pattern

_KINDS = r"(?:indication|condition|use|infection|disease)s?\b"
_ALL = Pattern(rf"\b(?:all|any)\s+(?:\w+\s+)?{_KINDS}", re.I)
_OTHER = Pattern(rf"\bother\s+(?:\w+\s+)?{_KINDS}", re.I)

_SAME = (
    (Pattern(r"\bpregnan\w+|\bgravid\w*"), "pregnancy"),
    (Pattern(r"\bbreast ?fe\w+|\blactat\w+|\bnursing\b"), "breastfeeding"),
    (Pattern(r"\bha?emodialysi\b|\bhd\b"), "hemodialysi dialysi"),
    (Pattern(r"\bkidney\b"), "renal"),
    (Pattern(r"\bliver\b"), "hepatic"),
    (Pattern(r"\b(?:impaired|dysfunction|insufficiency)\b"), "impairment"),
    (Pattern(r"\bwom[ae]n\b"), "female"),
    (Pattern(r"\bm[ae]n\b"), "male"),
)
"""Words for one group of patients, as they are folded, and the words that they are compared by."""


class Naming:
    """What a monograph's labels name; `indications` are those of its rows."""

    def __init__(self, vocabulary: Vocabulary, indications: Iterable[str]) -> None:
        self.vocabulary = vocabulary
        self.indications = tuple(dict.fromkeys(indications))

    def names(self, told: str, wanted: str) -> bool:
        """Whether a label holds the wanted words."""
        spelled = [self.spelled(told), folded(told)]
        asked = {self.spelled(wanted), folded(wanted)}
        return any(holds(text, words) for text in spelled for words in asked)

    def spelled(self, text: str) -> str:
        """The words folded, abbreviations that the monograph defines written out."""
        for short, meaning in self.vocabulary.abbreviations.items():
            if short.lower() in text.lower():
                text = re.sub(rf"(?<!\w){re.escape(short)}s?(?!\w)", meaning, text, flags=re.I if len(short) > 3 else 0)
                if text.strip().lower() == short.lower():
                    text = meaning
        return folded(text)

    @cached_property
    def _diseases(self) -> frozenset[str]:
        """The names of the rows' indications one by one: "RA or alopecia areata" are two."""
        parts = (
            part for told in self.indications for part in re.split(r"[,;:()/]|\bor\b|\band\b|\bwith\b|\bin\b", told)
        )
        named = (part for part in parts if self.vocabulary.is_indication(part))
        return frozenset(words for words in map(self.spelled, named) if words)

    def names_another(self, label: str, wanted: str) -> bool:
        """Whether a label that is itself no indication names some of the monograph's, and none that is wanted.

        "Severe, COVID-19" does where RA is wanted; "More pain" does not where it is severe pain.
        """
        told, asked = f" {self.spelled(label)} ", f" {self.spelled(wanted)} "
        named = [f" {disease} " for disease in self._diseases if f" {disease} " in told]
        return bool(named) and not any(disease in asked for disease in named)


def population_words(text: str) -> str:
    """Folded words with one word for each group: "Pregnant Women" → "pregnancy female"."""
    text = folded(text)
    for pattern, word in _SAME:
        text = pattern.compiled.sub(word, text)
    return text


def is_for_others(label: str) -> bool:
    """Whether a label means the indications that no label beside it names: "All Other Indications"."""
    return _OTHER.search(label) is not None


def is_for_all(indication: str) -> bool:
    """Whether an indication's label names none: "All Indications"."""
    return _ALL.search(indication) is not None


def folded(text: str) -> str:
    """Words in lower case without accents, plural s and signs, one space between."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def holds(text: str, words: str) -> bool:
    """Whether every wanted word stands in the text, British or American, from five letters on as a beginning too."""
    have = text.split()
    return bool(words) and all(
        any(h == each or (len(each) >= 5 and h.startswith(each)) for each in _spellings(word) for h in have)
        for word in words.split()
    )


@lru_cache(maxsize=256)
def _spellings(word: str) -> list[str]:
    from druginfo.spelling import variants

    return variants(word)
