"""Whether a text of a monograph names the indication that was asked for, by any of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from druginfo.dosing.conditions import organs_in
from druginfo.dosing.indications import USAGE, IndicationWords, names_disease
from druginfo.dosing.pattern import Pattern
from druginfo.markup import plain
from druginfo.model import Monograph, Regimens
from druginfo.terms import sentences, without_brackets
from druginfo.terms.asked import (
    PhrasePart,
    stages_in,
)
from druginfo.terms.conditions import is_another
from druginfo.terms.files import word_list
from druginfo.terms.same import AROUND, NAMELESS, bare, folded, holds, same
from druginfo.terms.tables import ROUTES

EXCLUDED = Pattern(
    r"\b(?:not|no|except|never|(?<!with or )without|nor|cannot|unless)\b",
    re.I,
    hints=("no", "except", "never", "without", "cannot", "unless"),
)
_UNTIL_RESUMED = Pattern(
    r"\b(?:when|if|where|because|as)\s[^,;.:]*\b(?:not|cannot|no)\b[^,;.:]*,(?=\s+(?:as|to|for|in|is|are)\b)",
    re.I,
    hints=("no", "cannot"),
)
""" "When other therapy is not possible, to reduce …": the comma before a preposition or verb ends what is denied."""
NOT_IT = re.compile(r"\bnon[- ]([\w-]+)", re.I)
_MARKERS = re.compile(r"(?:,\s*)?\b(?:[\w+]+-(?:positive|negative|mutated|rearranged)|[BT]-cell)\b,?", re.I)
"""What a tumor is told apart by, amid its name: "Follicular, CD20-Positive, B-Cell NHL"."""
ANY_DISEASE = NAMELESS | word_list("indications", "of any disease")
"""Words that name no disease by themselves, folded."""
_LONGEST_LIST = 200  # characters; what is longer is a sentence
KINDS = r"(?:indication|condition|use|infection|disease)s?\b"
_ALL = Pattern(rf"\b(?:all|any)\s+(?:\w+\s+)?{KINDS}", re.I, hints=("all", "any"))
OTHER = Pattern(
    rf"\bother\s+(?:\w+\s+)?{KINDS}(?!\s+than)|\b{KINDS}\s+in\s+general\b", re.I, hints=("other", "general")
)
PHASES = frozenset({"aim", "phase", "order"})
"""Groups of stages that are of a disease and its treatment, not kinds of a disease."""
NOT_FOR = re.compile(r"\W*(?:not for|limitation)", re.I)
"""Before what a drug is not for."""


class Naming:
    """What was asked for, as texts of one monograph may name it: by other names and spellings, its abbreviations, or as
    one item of a list."""

    def __init__(self, monograph: Monograph, regimens: Regimens) -> None:
        self.vocabulary = IndicationWords(monograph)
        self.usage = [s for s in monograph.sections if USAGE.search(s.key.split("/", 1)[0])]
        self._indications = list(dict.fromkeys(row.indication for row in regimens.rows if row.indication))
        self.spelled, self._has_words = cache(self._spelled), cache(self._holds_words)  # asked again for each row
        self._forms, self._wordings = cache(self._forms_of), cache(self._wordings_of)
        self._parts: tuple[PhrasePart, ...] = ()

    def _look_for(self, parts: Iterable[PhrasePart]) -> None:
        """Look for these parts of a phrase from now on."""
        self._parts = tuple(parts)
        self._asked_words = frozenset(word for part in self._parts for way in part.ways for word in folded(way).split())
        self._diseases_asked = self._diseases_in(" ".join(way for part in self._parts for way in part.ways))

    def _is_used(self, word: str) -> bool:
        """Whether the uses have a word, folded."""
        return any(holds(line, word) for line in self._use_lines)

    def names(self, text: str) -> bool:
        """Whether a text names what was asked, one item of a list all of it."""
        return bool(self._parts) and all(self._has(part, text) for part in self._parts)

    def names_some(self, text: str) -> bool:
        """Whether a text names one of the conditions that were asked for."""
        return any(self._has(in_general_too(part), text) for part in self._parts if not part.stage and not part.is_soft)

    def _is_asked(self, text: str) -> bool:
        """Whether a text names what was asked, or no more than that or what it is a kind of."""
        words = f" {self.spelled(text)} "
        if any(words in f" {self.spelled(way)} " for part in self._parts for way in part.ways):
            return True
        return all(self._in_label(part, text, in_general=True) for part in self._parts if not part.stage)

    def names_another(self, text: str) -> bool:
        """Whether a text names a disease of the monograph's, and none that was asked for: ALL is not CML."""
        if self.names_some(text):
            return False
        if self._shorts_in(text):
            return True
        found = self._diseases_in(text)
        return bool(found) and found.isdisjoint(self._diseases_asked)

    def _diseases_in(self, text: str) -> frozenset[str]:
        """The words for diseases in a text that the uses or an indication have too, but for organs that fail."""
        spelled = self.spelled(text).replace("renal failure", "").replace("hepatic failure", "")
        return self._own_diseases.intersection(spelled.split())

    @cached_property
    def _own_diseases(self) -> frozenset[str]:
        words = {*" ".join((*self._use_lines, *map(self.spelled, self._indications))).split()} - ANY_DISEASE
        return frozenset(word for word in words if names_disease(word) or names_disease(f"{word}s"))

    def _shorts_in(self, text: str) -> frozenset[str]:
        """What the monograph's abbreviations for diseases in a text are short for, but for those of organs."""
        shorts = self._short_diseases
        return (
            frozenset(shorts[word] for word in re.findall(r"[\w-]+", text) if word in shorts) if shorts else frozenset()
        )

    @cached_property
    def _short_diseases(self) -> dict[str, str]:
        """What the monograph's abbreviations for diseases are short for."""
        known = self.vocabulary.abbreviations.items()
        return {short: self.spelled(long) for short, long in known if names_disease(long) and not organs_in(long)}

    def _in_label(self, part: PhrasePart, label: str, *, in_general: bool) -> bool:
        """Whether a label has a condition; or only what that is a kind of, and names no kind of it itself."""
        label = affirmed_part(label) or label
        if self._has(part, label) or not in_general:
            return self._has(part, label)
        items = re.split(r",\s+|\s+(?:and|or)\s+|/", label)
        share = (
            items_of(label) == [label] and len(items) > 2 and not stages_in(label)
        )  # infections of the ear, the nose and the throat
        wide = (way for way in part.wider if self._has(part._replace(ways=(way,)), label))
        return any(share or any(self._is_no_more(item, way) for item in (label, *items)) for way in wide)

    def _is_no_more(self, label: str, way: str) -> bool:
        """Whether a label says no more than a condition, its stage and the rest of what was asked: "social anxiety
        disorder" is no general one."""
        rest = set(bare(joined(label)).split()) - {"mellitu"} - set(same(way).split()) - set(folded(way).split())
        return holds(same(label), bare(way, AROUND)) and all(
            each in self._asked_words or stages_in(each) for each in rest
        )

    def _has(self, part: PhrasePart, text: str) -> bool:
        """Whether a text has a part of a phrase, a condition within one item of a list."""
        if part.stage:
            return part.stage.is_in(without_brackets(text) if part.stage.group in PHASES else text)
        return any(self._has_words(way, text) for way in part.ways)

    def _holds_words(self, way: str, text: str) -> bool:
        if way.isupper() and " " not in way:
            return re.search(rf"(?<!\w)(?<!non.){re.escape(way)}s?(?!\w)", text) is not None
        forms, wordings = self._forms(text), self._wordings(way)
        return any(_holds(form, words) and not is_another(words, form) for words in wordings for form in forms)

    def _wordings_of(self, way: str) -> frozenset[str]:
        """What a condition is called, as it is compared."""
        long, plain_way = self.vocabulary.abbreviations.get(way.upper(), way), joined(way)
        return frozenset((same(plain_way), folded(plain_way), self.spelled(long), bare(plain_way, AROUND)))

    def _forms_of(self, text: str) -> frozenset[str]:
        """The items of a text as they are compared: post-herpetic, postherpetic."""
        items = {item for whole in (text, _MARKERS.sub(" ", text)) for item in map(joined, items_of(whole))}
        ways = {way for item in items for way in (item, item.replace("-", ""))}
        return frozenset(form for way in ways for form in (self.spelled(way), same(way), folded(way)))

    @cached_property
    def _abbreviations(self) -> list[tuple[str, str, str]]:
        return [(short.lower(), short, meaning) for short, meaning in self.vocabulary.abbreviations.items()]

    def _spelled(self, text: str) -> str:
        """The words as they are compared, abbreviations that the monograph defines written out."""
        whole, low = text, text.lower()
        for lowered, short, meaning in self._abbreviations:
            if lowered in low:
                flags = re.I if len(short) > 3 else 0
                whole = re.sub(rf"(?<!\w){re.escape(short)}s?(?!\w)", meaning, whole, flags=flags)
        return same(joined(whole))

    @cached_property
    def _uses(self) -> list[tuple[int, str]]:
        """The lines on uses, with what is over them, as far as they exclude nothing."""
        lines = []
        for section in self.usage:
            heads: dict[int, str] = {}
            for block in section.blocks:
                text = heads[block.depth] = plain(block.text)
                head = heads.get(block.depth - 1, "")
                whole = f"{head} {text}" if head.endswith(":") else text
                lines.append((block.line, " ".join(map(affirmed_part, sentences(whole)))))
        return [each for each in lines if each[1].strip()]

    @cached_property
    def _use_lines(self) -> dict[str, str]:
        """The same folded, each with its text."""
        return {f"{folded(text)} {self.spelled(text)}": text for _, text in self._uses}


def in_general_too(part: PhrasePart) -> PhrasePart:
    """A condition with what it is a kind of."""
    return part._replace(ways=(*part.ways, *part.wider))


@lru_cache(maxsize=1024)
def is_route(words: str) -> bool:
    """Whether words are a route and no more: "By mouth", not "Oral thrush"."""
    return any(words.casefold().replace(" ", "_") in known.split() for known in ROUTES.values())


def joined(text: str) -> str:
    """A text with what something is not as one word: what is non-gonococcal is not gonococcal."""
    return NOT_IT.sub(r"non\1", text) if "non" in text.lower() else text


def _holds(text: str, words: str) -> bool:
    """Whether a text holds words, both folded; a figure counts what is beside it: type 1 is not "type 2, 1 tablet". So
    does a route, before or after it: "vaginal candidiasis: one oral dose" is no oral candidiasis."""
    each = words.split()
    if len(each) > 1 and any(map(is_route, each)):
        return any(f" {' '.join(way)} " in f" {text} " for way in (each, each[::-1]))
    return f" {words} " in f" {text} " if any(map(str.isdigit, each)) else holds(text, words)


def affirmed_part(text: str) -> str:
    """A text up to what it excludes, but for when it is given that is said in between: "or alone when a statin is not
    possible, as an adjunct to diet in …"."""
    text = _UNTIL_RESUMED.blank(text)
    excluded = EXCLUDED.search(text)
    return text[: excluded.start()].strip() if excluded else text


def items_of(label: str) -> list[str]:
    """The items of a label that lists several; one where they share a noun: "Kidney, Liver or Lung Transplant"."""
    items = re.split(r"[,;]\s+", label)
    share = any(" " not in item.strip() and not item.isupper() for item in items)
    return [label] if share or len(items) < 3 or len(label) > _LONGEST_LIST else items


def is_generic(label: str) -> bool:
    """Whether a label means indications without naming one: "All Indications", "All Other Indications"."""
    return bool(_ALL.search(label) or OTHER.search(label))
