"""What a medication list says the patient is allergic to, and which of its drugs the monographs connect with that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.library import Library
from druginfo.model import Monograph, Section, Status
from druginfo.terms.phrase_list import Phrases
from druginfo.topics.outline import heads_of, with_heads


class Connected(NamedTuple):
    """A drug of the list that has to do with an allergy."""

    slug: str
    is_it: bool
    """Whether it is what the patient is allergic to."""
    same_class: str | None
    """The class that both are of, or that the allergy names; null for none."""
    sections: tuple[Section, ...]
    """What its boxed warning, contraindications and precautions say of it, narrowed to these passages."""


class Allergen(NamedTuple):
    """One thing that the patient is said to be allergic to."""

    name: str
    """As it was written."""
    reaction: str | None
    """The words after it: what happened."""
    status: Status
    """Whether the name is a drug's; a class is `not_found` or `ambiguous`, and is looked for all the same."""
    slug: str | None
    known_as: str | None
    """The known drug that the library has no monograph of, where `status` is `absent`."""
    drugs: tuple[Connected, ...]


class Allergy(NamedTuple):
    """A line on allergies."""

    line: int
    text: str
    allergens: tuple[Allergen, ...]
    """Empty where it says that none is known."""


_LABEL = (
    r"(?:(?:drug|known|medication|medicine|patient|current)\s+|[/&,]\s*|and\s+|allerg(?:y|ies|ic)\b|adrs?\b|intoleran(?:ces?|t)\b|"
    r"adverse\s+(?:drug\s+)?reactions?\b|(?:hyper)?sensitivit(?:y|ies)\b|status\b|alert\b|\s)+"
)
_NAMED = re.compile(rf"(?i){_LABEL}(?:\bto\b|[:=–—-]|\Z)\s*(?P<what>.*)")
_AFTER = re.compile(r"(?i)(?P<what>[^\d]+?)[\s-]+(?:allerg(?:y|ies|ic)|intolerance|intolerant|hypersensitivity)\W*")
_NONE = re.compile(
    r"(?i)\W*(?:nk[dmf]?as?|nil|none|no|not\s+known|unknown|denies)\b(?:\W+(?:known|any|nil|none|drug|food|medication|medicine|"
    r"allerg(?:y|ies)|adverse|reactions?|recorded|reported|documented|to|other|or|and))*\W*"
)
_SIGNS = ("allerg", "adr", "adverse", "intoleran", "sensitiv", "nkda", "nka", "nkma")


class Lines:
    """Tells the lines on allergies of a list from those of its drugs, in their order."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._goes_on = False  # after "Allergies:" up to an empty line or a heading

    def end(self) -> None:
        """What comes next is of something else: a line was empty, or a heading."""
        self._goes_on = False

    def named(self, text: str) -> tuple[str, ...] | None:
        """What a line says the patient is allergic to; None for a line on something else."""
        low = text.casefold()
        if not any(map(low.__contains__, _SIGNS)):
            return tuple(_parts(text)) if self._goes_on else None
        if _NONE.fullmatch(text):
            return ()
        if found := _NAMED.fullmatch(text):
            self._goes_on = not found["what"].strip()
            return () if _NONE.fullmatch(found["what"]) else tuple(_parts(found["what"]))
        found = _AFTER.fullmatch(text)
        return tuple(_parts(found["what"])) if found and not self._is_for_allergies(text) else None

    def _is_for_allergies(self, text: str) -> bool:
        """Whether a line is of a medicine for allergies, as "Claritin Allergy" is."""
        match = self._library.resolve(text, exact=True).match
        return match is not None and match.slug in self._library.treats("allergic rhinitis")


_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|&|\+)\s*(?![^()]*\))")


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in _BETWEEN.split(text) if re.search(r"\w", part))


def allergens(library: Library, names: Sequence[str], slugs: Sequence[str]) -> tuple[Allergen, ...]:
    """What each of these names is, and which drugs have to do with it."""
    return tuple(_allergen(library, name, slugs) for name in names)


_REACTION = re.compile(r"(?P<name>.+?)\s*(?:\((?P<inner>.*)\)?|(?:\s[–—-]|[:=→>])\s*(?P<after>.*))")


def _allergen(library: Library, written: str, slugs: Sequence[str]) -> Allergen:
    from druginfo.answers.mentions import Subject, absent_subject
    from druginfo.classes import is_umbrella, phrase, same_class, wordings
    from druginfo.topics.wording import expression, same

    parted = _REACTION.fullmatch(written)
    name, reaction = (parted["name"], (parted["inner"] or parted["after"]).rstrip(") ")) if parted else (written, "")
    found = library.resolve(name, exact=True)
    slug = found.match.slug if found.match else None
    own = Subject(library, slug) if slug else absent_subject(library, name) if found.status == "absent" else None
    kind = " ".join(word for word in name.split() if word.casefold().rstrip("s") not in _GENERAL) or name
    called = () if slug else (kind, *same(kind.casefold()))  # a class, or a drug that a class has its name from
    classes = (*called, *(own.profile.classes if own else ()))
    narrow = (words for each in wordings(classes) if not is_umbrella(words := " ".join(each)))
    names = dict.fromkeys(filter(None, (kind, *narrow, *(own.names if own else ()))))
    said = re.compile("|".join(map(expression, names)), re.I)
    drugs = []
    for each in slugs:
        is_it, sections = each == slug, _said(library.open(each), said)
        others = library.profile(each).classes
        meant = (of for of in others if any(phrase(name) in wordings([of]) for name in called))
        shared = None if is_it else same_class(others, classes) or next(meant, None)
        if is_it or shared or sections:
            drugs.append(Connected(each, is_it, shared, sections))
    drugs.sort(key=lambda each: (not each.is_it, each.same_class is None))
    return Allergen(name, reaction or None, found.status, slug, found.known_as, tuple(drugs))


_GENERAL = frozenset({"drug", "medicine", "medication", "antibiotic", "class"})
_ALLERGIC = Phrases(
    "allerg*/hypersensitiv*/anaphyla*/angioedema/urticaria/cross-react*/cross-sensitiv*/sensitive/sensitivity"
)
_PLACES = (*topics.SOONEST, "precautions")


def _said(monograph: Monograph, said: re.Pattern[str]) -> tuple[Section, ...]:
    """The passages of boxed warning, contraindications and precautions on an allergy to what is looked for."""
    found = []
    for section in monograph.sections:
        if topics.has_any(_PLACES, section) and said.search(section.text) and _ALLERGIC.search(section.text):
            under = heads_of(section.blocks)

            def is_on_allergy(number: int, section: Section = section, under: Sequence[Sequence[int]] = under) -> bool:
                over = (section.blocks[each].text for each in (*under[number], number))
                return _ALLERGIC.search(" ".join((section.title, *over))) is not None

            blocks = enumerate(section.blocks)
            kept = [number for number, block in blocks if said.search(block.text) and is_on_allergy(number)]
            if kept:
                found.append(topics.narrowed(section, with_heads(section.blocks, kept)))
    return topics.in_order(found)
