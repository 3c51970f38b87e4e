"""A medication list, as a ward writes it → which drugs it names, and what monographs say of them for the patient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from druginfo import questions, topics
from druginfo.answers.review import Duplicate, Item, Review, Unread
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.names.resolution import Resolution
from druginfo.questions import bedside
from druginfo.relations.mentions import Subject
from druginfo.relations.pairs import all_pairs, said_of

if TYPE_CHECKING:
    from druginfo.dosing import Patient

LONGEST_LIST = 1_000
_MARKER = re.compile(r"\s*(?:(?:[-*+•·–—▪●○]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])\s+|\[[ xX]?\]\s*|[☐☑✓✔]\s*)+")
_HEADING = re.compile(r"\s*(?:#+\s*.*|[^\d]{2,60}:)\s*")
_BETWEEN = re.compile(r"\s*(?:[;,+&]|\band\b|\bplus\b)\s*", re.I)
_MOST_PARTS = 12


def review(library: Library, lines: Iterable[str], patient: Patient, *, exact: bool = False) -> Review:
    """The drugs of a list, a line a drug, with what their monographs say for the patient and of each other.

    An empty line is nothing, a heading ("Medications:") is told as such; a line with several drugs gives as many items.
    Raises Usage for a list without a drug or of more than a thousand lines.
    """
    read: list[tuple[int, Resolution]] = []
    headings = []
    for number, line in enumerate(lines, 1):
        if number > LONGEST_LIST:
            raise Usage(f"A list has at most {LONGEST_LIST:,} lines.")
        text = _MARKER.sub("", line, count=1).strip() if _MARKER.match(line) else line.strip()
        if not re.search(r"\w", text):
            continue
        if _HEADING.fullmatch(text):
            headings.append(Unread(number, text))
            continue
        read += ((number, found) for found in _drugs(library, text, exact=exact))
    if not read:
        raise Usage("The list names no drug: write one a line.")
    items = [_item(library, number, found, patient) for number, found in read]
    known = [Subject(library, slug) for slug in dict.fromkeys(item.match.slug for item in items if item.match)]
    pairs = list(all_pairs(known))
    listed = tuple(pair for _, pair in sorted(pairs, key=lambda each: each[0]) if pair.statements)
    items = [_with_mentions(library, item, [subject.slug for subject in known]) for item in items]
    of_class = {frozenset((pair.a, pair.b)): pair.same_class for _, pair in pairs}
    duplicates = tuple(_duplicates(items, of_class))
    return Review(dict(patient.given), tuple(items), listed, len(pairs) - len(listed), duplicates, tuple(headings))


def _drugs(library: Library, text: str, *, exact: bool) -> list[Resolution]:
    """What a line names: one drug, or several that commas, "and" or plus signs part, each by its exact name."""
    parts = [part for part in _BETWEEN.split(text) if re.search(r"[^\W\d]{3}", part)]
    whole = library.resolve(text, exact=exact)
    if 2 <= len(parts) <= _MOST_PARTS:
        found = [library.resolve(part, exact=True) for part in parts]
        named = [each for each in found if each.match or each.status == "absent"]
        slugs = {each.match.slug if each.match else each.known_as for each in named}
        if len(named) == len(found) and len(slugs) > 1:
            return found
    return [whole]


def _item(library: Library, line: int, found: Resolution, patient: Patient) -> Item:
    notices: tuple[str, ...] = () if found.match else (found.message,)
    shared = (line, found.query, found.status, found.match, found.known_as, found.candidates)
    if found.match is None or not patient.given:
        said = topics.not_covered(found.match) if found.match else None
        return Item(*shared, (), (), 0, (*notices, said) if said else notices)
    try:
        doses = questions.doses_of(library, found.match, patient, always=True)
    except NotFound as error:
        monograph = library.open(found.match.slug)
        passages = bedside.passages(monograph, patient)
        return Item(*shared, (), passages, 0, (error.message,), (), monograph)
    rows = tuple(row for row in doses.rows if not row.is_open)
    others = len(doses.rows) - len(rows)
    return Item(*shared, rows, doses.passages, others, doses.notices, (), doses.monograph)


def _with_mentions(library: Library, item: Item, slugs: Sequence[str]) -> Item:
    """An absent drug with what the monographs of the others say of it."""
    if item.status != "absent" or not item.known_as:
        return item
    return item._replace(mentions=said_of(library, item.known_as, slugs))


def _duplicates(items: Sequence[Item], of_class: Mapping[frozenset[str], str | None]) -> Iterator[Duplicate]:
    """Two items of one drug, with a monograph or absent, or of one class."""
    for one, other in combinations(items, 2):
        lines = (one.line, other.line)
        if one.match and other.match:
            slugs = (one.match.slug, other.match.slug)
            of = one.match.title if slugs[0] == slugs[1] else of_class.get(frozenset(slugs))
            if of:
                yield Duplicate(lines, slugs, of)
        elif one.known_as and one.known_as == other.known_as:
            yield Duplicate(lines, (None, None), one.known_as)
