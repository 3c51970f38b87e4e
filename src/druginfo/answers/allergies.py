"""What a medication list says the patient is allergic to, and which of its drugs the monographs connect with that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.classes import is_umbrella, phrase, same_class, wordings
from druginfo.library import Library
from druginfo.model import Hidden, Monograph, Section, Status
from druginfo.terms import letters_in
from druginfo.terms.files import word_list
from druginfo.terms.phrase_list import phrases_of
from druginfo.topics.outline import heads_of, with_heads
from druginfo.topics.wording import expression, same


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
    found_by: Hidden[str] = ""
    """A regular expression for its names and those of its classes."""


class Allergy(NamedTuple):
    """A line on allergies."""

    line: int
    text: str
    allergens: tuple[Allergen, ...]
    """Empty where it says that none is known."""


_SIGNS, _BESIDE, _NOTHING, _GIVEN, _GENERAL = (
    word_list("allergies", row) for row in ("signs", "beside", "nothing", "given", "general")
)
_WORD = re.compile(r"[^\W\d_]+")


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
        words = letters_in(text.casefold())
        known = _SIGNS.union(_BESIDE, _NOTHING)
        if not _NOTHING.isdisjoint(words) and known.issuperset(words):
            return () if self._goes_on or not _SIGNS.isdisjoint(words) or words[0].startswith("nk") else None
        if _SIGNS.isdisjoint(words):
            return tuple(_parts(text)) if self._goes_on else None
        if (what := _after_label(text)) is not None:
            self._goes_on = not what
            return tuple(_parts(what))
        before = re.fullmatch(rf"(?i)([^\d]+?)[\s-]+(?:{'|'.join(_SIGNS)})\W*", text)
        if before and _GIVEN.isdisjoint(words) and not self._is_for_allergies(text):
            return tuple(_parts(before[1]))
        return None

    def _is_for_allergies(self, text: str) -> bool:
        """Whether a line is of a medicine for allergies, as "Claritin Allergy" is."""
        match = self._library.resolve(text, exact=True).match
        return match is not None and match.slug in self._library.treats("allergic rhinitis")


def _after_label(text: str) -> str | None:
    """What comes after "Allergies:", "Known allergy to" and the like; None where a line does not begin so."""
    end, last = 0, ""
    has_sign = False
    for word in _WORD.finditer(text):
        if word[0].casefold() not in _SIGNS | _BESIDE or not re.fullmatch(r"[\s/&,().-]*", text[end : word.start()]):
            break
        end, last = word.end(), word[0].casefold()
        has_sign = has_sign or last in _SIGNS
    rest = text[end:]
    parted = re.match(r"\s*\)?\s*[:：=–—-]+>?", rest)
    if not has_sign or not (parted or last == "to" or not re.search(r"\w", rest)):
        return None
    return rest[parted.end() if parted else 0 :].strip(" .")


def _parts(text: str) -> Iterator[str]:
    parts = re.split(r"\s*[,;](?![^()]*\))\s*", text)
    return (part for part in parts if re.search(r"\w", part))


def allergens(library: Library, parts: Sequence[str], slugs: Sequence[str]) -> tuple[Allergen, ...]:
    """What each of these parts names, and which drugs have to do with it."""
    return tuple(
        _allergen(library, name, reaction, slugs) for part in parts for name, reaction in _named(library, part)
    )


_REACTION = re.compile(r"\W*(?P<name>.+?)\s*(?:\((?P<inner>[^()]*)\)?|(?:\s[–—-]+>?|[:=→>])\s*(?P<after>.*))?\W*")
_HAPPENED = re.compile(
    r"(?i)\s(?:severe|mild|gi|upset|stomach|skin|facial|rash|hive|itch|urticari|nause|vomit|anaphyla|angio|swell|swollen|cough"
    r"|diarr|bronch|wheez|faint|syncop|headach|dizz|confus|hallucin|constip|flush|myalg|stevens|sjs|throat|breath|unknown).*"
)
_AND = re.compile(r"\s*(?:&|\+|\band\b)\s*")


def _named(library: Library, part: str) -> Iterator[tuple[str, str]]:
    """The names in a part of a line, each with the words on what happened: "codeine nausea and vomiting" is codeine."""
    parted = _REACTION.fullmatch(part)
    written, reaction = (parted["name"], parted["inner"] or parted["after"] or "") if parted else (part, "")
    if happened := _HAPPENED.search(written, 1):
        reaction = " ".join(filter(None, (happened[0].strip(), reaction)))
        written = written[: happened.start()]
    whole = library.resolve(written, exact=True)
    names = [written] if whole.match and whole.match.kind == "exact" else _AND.split(written)
    return ((name, reaction) for name in names)


def _allergen(library: Library, name: str, reaction: str, slugs: Sequence[str]) -> Allergen:
    from druginfo.answers.mentions import Subject, absent_subject

    found = library.resolve(name, exact=True)
    slug = found.match.slug if found.match else None
    own = Subject(library, slug) if slug else absent_subject(library, name) if found.status == "absent" else None
    kind = _kind(name)
    called = () if slug else (kind, *same(kind.casefold()))  # a class, or a drug that a class has its name from
    classes = (*called, *(own.profile.classes if own else ()))
    by_name = _called(kind, classes, own.names if own else ())
    drugs = []
    for each in slugs:
        is_it, sections = each == slug, _said(library.open(each), by_name)
        others = library.profile(each).classes
        meant = (of for of in others if any(phrase(name) in wordings([of]) for name in called))
        shared = None if is_it else same_class(others, classes) or next(meant, None)
        if is_it or shared or sections:
            drugs.append(Connected(each, is_it, shared, sections))
    drugs.sort(key=lambda each: (not each.is_it, each.same_class is None))
    return Allergen(name, reaction or None, found.status, slug, found.known_as, tuple(drugs), by_name.pattern)


def _called(kind: str, classes: Sequence[str], names: Iterable[str]) -> re.Pattern[str]:
    """What finds a drug or its classes by any of their names."""
    narrow = (words for each in wordings(classes) if not is_umbrella(words := " ".join(each)))
    return re.compile("|".join(map(expression, dict.fromkeys(filter(None, (kind, *narrow, *names))))), re.I)


def _kind(name: str) -> str:
    """A name without the words that a class may have beside it: "sulfa drugs"."""
    return " ".join(word for word in name.split() if word.casefold().rstrip("s") not in _GENERAL) or name


_ALLERGIC = phrases_of("allergies").allergic
_PLACES = (*topics.SOONEST, "precautions")


def _said(monograph: Monograph, by_name: re.Pattern[str]) -> tuple[Section, ...]:
    """The passages of boxed warning, contraindications and precautions on an allergy to what is looked for."""
    found = []
    for section in monograph.sections:
        if topics.has_any(_PLACES, section) and by_name.search(section.text) and _ALLERGIC.search(section.text):
            under = heads_of(section.blocks)

            def is_on_allergy(number: int, section: Section = section, under: Sequence[Sequence[int]] = under) -> bool:
                over = (section.blocks[each].text for each in (*under[number], number))
                return _ALLERGIC.search(" ".join((section.title, *over))) is not None

            blocks = enumerate(section.blocks)
            kept = [number for number, block in blocks if by_name.search(block.text) and is_on_allergy(number)]
            if kept:
                found.append(topics.narrowed(section, with_heads(section.blocks, kept)))
    return topics.in_order(found)
