"""What a monograph is for: its indications' words and the abbreviations that it defines."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise

from druginfo.model import Monograph
from druginfo.terms import tables, without_brackets

_DISEASES, _COMMON = frozenset(tables.DISEASES.split()), frozenset(tables.COMMON.split())
_NO_USE = frozenset(tables.NO_USE.split())
_ENDINGS, _BEGINNINGS = tuple(tables.DISEASE_ENDINGS.split()), tuple(tables.DISEASE_BEGINNINGS.split())


@lru_cache(maxsize=1024)
def names_disease(text: str) -> bool:
    """Whether a word of a text names a disease, a complaint or what is done about one."""
    written = _LETTERS.findall(text)
    words = [*map(str.lower, written)]
    if not (_DISEASES.isdisjoint(words) and _SHORT.isdisjoint(written)):
        return True
    if any((len(word) > 3 and word.endswith(_ENDINGS)) or word.startswith(_BEGINNINGS) for word in words):
        return True
    return not _DISEASES.isdisjoint(map("_".join, pairwise(words)))


_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL = re.compile("[a-z]+")
_LONG = re.compile(r"[a-z][\w-]{3,}")
_SHORTENED = re.compile("[A-Za-z][A-Za-z0-9/-]+")
_SHORT = frozenset(tables.DISEASES_IN_LETTERS.split())
_HEAD_OF = re.compile(r"\s*[,;:/–—]|\s+-|\s+(?:with|in|for|of|on|due|after|to|by|during|from|and|or)\b", re.I)
"""What the words that a label is about come before."""


@lru_cache(maxsize=1024)
def _head_of(label: str) -> str:
    """The word that a label is about, "" where it has none."""
    words = _singular(_HEAD_OF.split(without_brackets(label).strip(), maxsplit=1)[0])
    return words[-1] if words else ""


def _singular(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _SMALL.findall(text.lower())]


class IndicationWords:
    """What a monograph says of itself: its indications' words and the abbreviations that it defines."""

    def __init__(self, monograph: Monograph) -> None:
        self.monograph = monograph
        self._answers: dict[str, bool] = {}

    @cached_property
    def usage_words(self) -> frozenset[str]:
        """Words of the sections that tell what the drug is for, but for its names."""
        return frozenset(self._telling(self._usage))

    @cached_property
    def _names(self) -> str:
        return " ".join(each.name for each in self.monograph.names).lower()

    @cached_property
    def own(self) -> frozenset[str]:
        """The words of the drug's names."""
        return frozenset(word for word in re.findall(r"[a-z][\w-]{3,}", self._names) if word not in _COMMON)

    def _telling(self, text: str) -> list[str]:
        """The words that are neither common nor the drug's name."""
        words = _LONG.findall(text.lower())
        return [word for word in words if word not in _COMMON and word not in self._names]

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviation → the words before it: "rheumatoid arthritis (RA)"."""
        found: dict[str, str] = {}
        for section in self.monograph.sections:
            for match in re.finditer(r"\(((?=[a-z/-]*[A-Z])[A-Za-z][A-Za-z0-9/-]{1,10})s?\)", section.text):
                before = section.text[max(0, match.start() - 100) : match.start()].rsplit("\n", 1)[-1]
                meaning = _expansion(re.findall(r"[\w'’-]+", before)[-8:], match[1])
                if meaning:
                    found.setdefault(match[1], meaning)
        return found

    def is_indication(self, label: str) -> bool:
        """Whether the label names something that the drug is given for."""
        if label not in self._answers:
            self._answers[label] = self._names_indication(label)
        return self._answers[label]

    def _names_indication(self, label: str) -> bool:
        return not self.is_no_use(label) and (names_disease(label) or self.is_known(label))

    def is_no_use(self, label: str) -> bool:
        """Whether a label is, by its head, a test, an event, a stage of treatment or other medicines, of which the uses
        have nothing: "Tuberculosis (TB) infection evaluation", "Temporary Interruption for Surgery"."""
        if not any(map(label.lower().__contains__, _NO_USE)):
            return False
        head = _head_of(label)
        return head in _NO_USE and head not in self._usage_has

    @cached_property
    def _usage_has(self) -> frozenset[str]:
        return frozenset(_singular(self._usage))

    @cached_property
    def _usage(self) -> str:
        return " ".join(s.text for s in self.monograph.sections if USAGE.search(s.key.split("/", 1)[0]))

    @staticmethod
    def is_disease(label: str) -> bool:
        """Whether the label has the name of a disease, or of something that is treated."""
        return names_disease(label)

    def is_known(self, label: str) -> bool:
        """Whether the monograph's own words for its indications are in the label."""
        shorts = self.abbreviations.keys() & _SHORTENED.findall(label) if self.abbreviations else ()
        if any(names_disease(self.abbreviations[s]) or self._is_told(self.abbreviations[s]) for s in shorts):
            return True
        return self._is_told(label)

    def _is_told(self, label: str) -> bool:
        own = self._telling(label)
        return bool(own) and sum(w in self.usage_words for w in own) * 2 > len(own)


USAGE = re.compile(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)


def _expansion(before: list[str], short: str) -> str | None:
    """The words before an abbreviation that its letters begin."""
    letters = [c.lower() for c in short if c.isalpha()]
    tails = [before[-count:] for count in range(1, min(len(before), len(letters) + 3) + 1)]
    by_initials = [tail for tail in tails if [word[0].lower() for word in tail] == letters]
    for tail in (*by_initials, *tails):  # MM is "multiple myeloma", though "myeloma" alone has the letters
        initials = [w[0].lower() for word in tail for w in word.split("-") if w]
        if initials and initials[0] == letters[0] and _subsequence(letters, initials, " ".join(tail).lower()):
            return " ".join(tail)
    return None


def _subsequence(letters: list[str], initials: list[str], joined: str) -> bool:
    if letters == [i for i in initials if i in letters][: len(letters)] and len(initials) <= len(letters) + 2:
        return True
    at = 0
    for letter in letters:
        at = joined.find(letter, at) + 1
        if not at:
            return False
    return len(initials) <= len(letters)
