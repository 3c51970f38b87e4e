"""`review`: a patient's medication list, drug by drug, and what the monographs say of the patient and of each pair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from druginfo import topics
from druginfo.answers import bedside
from druginfo.answers.bedside import Passages
from druginfo.answers.dose import Row, judged
from druginfo.answers.interactions import Pair, all_pairs, said_of
from druginfo.answers.mentions import Subject
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.model import Candidate, Count, Hidden, Match, Sparse, Statement, Status
from druginfo.names.resolution import Resolution

if TYPE_CHECKING:
    from druginfo.dosing import Patient


class Item(NamedTuple):
    """One drug of the list."""

    line: int
    """Where it stands in the list, 1-based."""
    query: str
    """The line, or the part of it that names this drug, as it was written."""
    status: Status
    match: Match | None
    known_as: str | None
    """The known drug that the library has no monograph of, where `status` is `absent`."""
    candidates: tuple[Candidate, ...]
    """Suggestions, never answers."""
    rows: tuple[Row, ...]
    """Dosing rows for this patient, those that could not be judged for want of a figure, and those that they refer to;
    none where no patient was described."""
    passages: tuple[Passages, ...]
    """What the rest of the monograph says of the patient's organs, age or pregnancy."""
    others: Count = 0
    """How many further rows apply, but to others too."""
    notices: Sparse[tuple[str, ...]] = ()
    """Why the line opened nothing, or what must be known before the rows are read."""
    mentions: Sparse[tuple[Statement, ...]] = ()
    """Of an absent drug: what the monographs of the list say of it."""
    titles: Hidden[tuple[tuple[str, str], ...]] = ()
    """Key and title of the sections with its doses."""


class Duplicate(NamedTuple):
    """The lines with one drug, or with two drugs of one class."""

    lines: tuple[int, ...]
    slugs: tuple[str | None, ...]
    """The drug of each of these lines; null where it is absent."""
    of: str
    """The drug's title, or the class that both are of."""


class Unread(NamedTuple):
    """A line that holds no drug: a heading."""

    line: int
    text: str


class Review(NamedTuple):
    """A medication list, reviewed. Nothing in it is computed or judged; everything is quoted."""

    patient: dict[str, str]
    """What was said of the patient, as it was said."""
    items: tuple[Item, ...]
    """In the order of the list."""
    pairs: tuple[Pair, ...]
    """The pairs that the monographs speak of, contraindications and boxed warnings first."""
    not_listed: Count
    """How many pairs no monograph speaks of. That is not evidence that they can be combined."""
    duplicates: tuple[Duplicate, ...]
    headings: Sparse[tuple[Unread, ...]] = ()
    """Lines that were taken for headings."""


LONGEST_LIST = 1_000
_MARKER = r"\s*(?:(?:[-*+•·–—▪●○]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])\s+|\[[ xX]?\]\s*|[☐☑✓✔]\s*)+"
_HEADING = (
    r"(?i)\s*(?:#+\s*.*|[^\d]{2,60}:"
    r"|(?:(?:discharge|admission|inpatient|home|current|active|regular|scheduled|new|prn|stat|oral|iv|list|of|my|the|chart|"
    r"and|all|[—–-])\s+)*(?:meds|medications?|medicines|medication\s+(?:list|chart|record)|prescriptions|drugs|drug\s+chart)"
    r"(?:\s+(?:list|chart|on\s+(?:discharge|admission)|at\s+home))?\W*)\s*"
)
_IN_A_HEADING = ("#", ":", "med", "prescription", "drug")
_BETWEEN = re.compile(r"\s*(?:[;,+&]|\band\b|\bplus\b)\s*", re.I)
_MOST_PARTS = 12


def review(library: Library, lines: Iterable[str], patient: Patient, *, exact: bool = False) -> Review:
    """The drugs of a list, a line a drug, with what their monographs say for the patient and of each other.

    An empty line is nothing, a heading ("Medications:") is told as such; a line with several drugs gives as many items.
    Raises Usage for a list without a drug or of more than a thousand lines.
    """
    listing = list(islice(lines, LONGEST_LIST + 1))
    if len(listing) > LONGEST_LIST:
        raise Usage(f"A list has at most {LONGEST_LIST:,} lines.")
    read: list[tuple[int, Resolution]] = []
    headings = []
    for number, line in enumerate(listing, 1):
        marked = None if line[:2].isalpha() else re.match(_MARKER, line)
        text = line[marked.end() if marked else 0 :].strip()
        if not re.search(r"\w", text):
            continue
        if _is_heading(text):
            headings.append(Unread(number, text))
            continue
        read += ((number, found) for found in _drugs(library, text, exact=exact))
    if not read:
        raise Usage("The list names no drug: write one a line.")
    items = list(_items(library, read, patient))
    known = [Subject(library, slug) for slug in dict.fromkeys(item.match.slug for item in items if item.match)]
    pairs = list(all_pairs(known))
    listed = tuple(pair for _, pair in sorted(pairs, key=lambda each: each[0]) if pair.statements)
    items = [_with_mentions(library, item, [subject.slug for subject in known]) for item in items]
    of_class = {frozenset((pair.a, pair.b)): pair.same_class for _, pair in pairs}
    duplicates = tuple(_duplicates(items, of_class))
    return Review(dict(patient.given), tuple(items), listed, len(pairs) - len(listed), duplicates, tuple(headings))


def _is_heading(line: str) -> bool:
    """Whether a line names no drug but those under it: with a number sign, a colon, or of words of lists."""
    return any(map(line.casefold().__contains__, _IN_A_HEADING)) and re.fullmatch(_HEADING, line) is not None


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


def _items(library: Library, read: Iterable[tuple[int, Resolution]], patient: Patient) -> Iterator[Item]:
    """The items of a list; what was found for a drug is not looked for again where another line has it by that name."""
    known: dict[tuple[object, ...], Item] = {}
    for line, found in read:
        place = (*found.match[1:5], topics.not_covered(found.match)) if found.match else (line, found.query)
        if place not in known:
            known[place] = _item(library, line, found, patient)
        yield known[place]._replace(line=line, query=found.query, match=found.match)


def _item(library: Library, line: int, found: Resolution, patient: Patient) -> Item:
    notices: tuple[str, ...] = () if found.match else (found.message,)
    shared = (line, found.query, found.status, found.match, found.known_as, found.candidates)
    if found.match is None or not patient.given:
        warning = topics.not_covered(found.match) if found.match else None
        return Item(*shared, (), (), 0, (*notices, warning) if warning else notices)
    try:
        doses = judged(library, found.match, patient, always=True)
    except NotFound as error:
        passages = bedside.passages(library, found.match.slug, patient)
        return Item(*shared, (), passages, 0, (error.message,))
    rows = tuple(row for row in doses.rows if not row.is_open)
    others = len(doses.rows) - len(rows)
    return Item(*shared, rows, doses.passages, others, doses.notices, (), doses.regimens.titles)


def _with_mentions(library: Library, item: Item, slugs: Sequence[str]) -> Item:
    """An absent drug with what the monographs of the others say of it."""
    if item.status != "absent" or not item.known_as:
        return item
    return item._replace(mentions=said_of(library, item.known_as, slugs))


def _duplicates(items: Sequence[Item], of_class: Mapping[frozenset[str], str | None]) -> Iterator[Duplicate]:
    """The items of one drug, with a monograph or absent, then those of two drugs of one class."""
    by_drug: dict[tuple[str | None, str | None], list[Item]] = {}
    for item in items:
        if item.match or item.known_as:
            by_drug.setdefault((item.match and item.match.slug, item.known_as), []).append(item)
    for (slug, known_as), same in by_drug.items():
        if len(same) > 1:
            title = same[0].match.title if same[0].match else str(known_as)
            yield Duplicate(tuple(item.line for item in same), (slug,) * len(same), title)
    for (one, _), (other, _) in combinations((key for key in by_drug if key[0]), 2):
        if of := of_class.get(frozenset((str(one), str(other)))):
            both = sorted((item.line, slug) for slug in (one, other) for item in by_drug[slug, None])
            yield Duplicate(tuple(line for line, _ in both), tuple(slug for _, slug in both), of)
