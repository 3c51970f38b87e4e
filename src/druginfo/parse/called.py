"""What a monograph says its drug is called, and of which class it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo.markup import lead_in, plain
from druginfo.model import Field, Name, Section
from druginfo.names import fold
from druginfo.terms import without_brackets, words_in
from druginfo.terms.files import word_list
from druginfo.terms.phrase_list import Phrases

_OF_NAMES = word_list("names", "headings")
"""A whole heading over names; one that merely speaks of brands ("Switching Between Brands") is not one."""
_NAME_FIELDS: tuple[tuple[Field, Phrases], ...] = (
    ("inn", Phrases("*non-proprietary* | INN")),
    ("brand", Phrases("brand* | trade* | proprietary*")),
    ("synonym", Phrases("*synonym* | other | also known* | *generic* | USAN/BAN/JAN | name/names")),
)
_SEPARATORS = re.compile(r",(?!\d)|[;\n]| or ")
_BRAND_SEPARATORS = re.compile(r",(?!\d)|[;\n]| or | / |(?<=\w\w\w)/(?=\w\w\w)")
_NO_NAME = {"none", "na", "n/a", "notavailable", "notapplicable", "various", "unknown", "etc", "others"}
_CLASS_LABEL = Phrases("*classification* | class/classes $0")
_OTHER_CLASS = Phrases("*pregnan*/*legal*/*controlled*/*schedul*/*biopharm*")


def is_of_names(heading: str) -> bool:
    """Whether a section of this title is on names."""
    words = set(words_in(heading.casefold()))
    return bool(words) and words <= _OF_NAMES


def names(title: str, slug: str, aliases: Sequence[str], sections: Sequence[Section]) -> Iterator[Name]:
    """Title, INN, brands, synonyms, each once, and the slug where none of them folds to it."""
    found = [Name(title, "title"), *_alternate_names(sections), *(Name(alias, "synonym") for alias in aliases)]
    order: dict[Field, int] = {"title": 0, "inn": 1, "brand": 2, "synonym": 3, "slug": 4}
    seen: set[tuple[str, str]] = set()
    for name in sorted(found, key=lambda n: order[n.field]):
        folded = fold(name.name)
        known = {f for f, field in seen if name.field != "inn" or field != "title"}
        if folded and folded not in known:
            seen.add((folded, name.field))
            yield name
    if fold(slug) not in {folded for folded, _ in seen}:
        yield Name(slug, "slug")


def _alternate_names(sections: Sequence[Section]) -> Iterator[Name]:
    for section in sections:
        if not is_of_names(section.title):
            continue
        over = _name_field(section.title) if "/" in section.key else None
        field, depth, bare = over, -1, True
        for block in section.blocks:
            label, rest = (block.cells[0], ", ".join(block.cells[1:])) if block.cells else _label(block.text)
            if label:
                field, depth = _name_field(label), block.depth if rest else -1
            elif block.depth <= depth or (block.kind == "paragraph" and not bare):
                field, depth = None, -1  # a sentence after the names
            bare = bool(label) and not rest
            if field:
                for name in listed(plain(rest), field):
                    yield Name(name, field)


def _label(text: str) -> tuple[str | None, str]:
    """A lead-in, bold or bare, before a colon."""
    label, rest = lead_in(text)
    before, colon, after = text.partition(":")
    if label is None and colon and 2 <= len(before) <= 60 and not after[:1].strip():
        return plain(before), after.lstrip()
    return label, rest


def _name_field(label: str) -> Field | None:
    return next((field for field, pattern in _NAME_FIELDS if pattern.search(label)), None)


def listed(text: str, field: Field = "synonym") -> list[str]:
    """Names in a line, separated by commas, semicolons or "or", without remarks in parentheses.

    A slash separates brands alone: in "amoxicillin / clavulanic acid" it joins a combination, and an ingredient must
    never become a name of the whole.
    """
    separators = _BRAND_SEPARATORS if field == "brand" else _SEPARATORS
    parts = (" ".join(part.split()).strip(" .*®™") for part in separators.split(without_brackets(text)))
    return [p for p in parts if p and len(p) <= 80 and fold(p) not in _NO_NAME and any(c.isalpha() for c in p)]


def classes(sections: Sequence[Section]) -> Iterator[str]:
    """Classes from the monograph's own classification line: `**Pharmacological Classification:** A (a), B.`"""
    for section in sections:
        for block in section.blocks:
            label, rest = lead_in(block.text)
            if label and _CLASS_LABEL.search(label) and not _OTHER_CLASS.search(label):
                for part in _outside_parentheses(plain(rest)):
                    if name := " ".join(part.split()).rstrip("."):
                        yield name
                return


def _outside_parentheses(text: str) -> Iterator[str]:
    """The parts of a text between commas and semicolons that no parentheses enclose."""
    start = depth = 0
    for at, sign in enumerate(text):
        if sign in "()":
            depth = max(0, depth + (1 if sign == "(" else -1))
        elif sign in ",;" and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]
