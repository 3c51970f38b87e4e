"""`review`: a patient's medication list, drug by drug, and what the monographs say of the patient and of each pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from druginfo import topics
from druginfo.answers import allergies, bedside
from druginfo.answers.allergies import Allergy
from druginfo.answers.bedside import OnTopic
from druginfo.answers.dose import Row, doses_of
from druginfo.answers.interactions import MutualMentions
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.library.rows import Progress
from druginfo.model import DANGERS, Candidate, Count, Danger, FilterName, Hidden, Match, Pair, Sparse, Statement, Status
from druginfo.names.resolution import Resolution
from druginfo.terms.prescribing import not_taken

if TYPE_CHECKING:
    from druginfo.dosing import Patient


class Item(NamedTuple):
    """One drug of the list."""

    line: int
    """Its line in the list, 1-based."""
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
    passages: tuple[OnTopic, ...]
    """What the rest of the monograph says of the patient's organs, age or pregnancy."""
    others: Count = 0
    """How many further rows apply, but to others too."""
    notices: Sparse[tuple[str, ...]] = ()
    """Why the line opened nothing, or what must be known before the rows are read."""
    mentions: Sparse[tuple[Statement, ...]] = ()
    """Of an absent drug: what the monographs of the list say of it."""
    titles: Hidden[tuple[tuple[str, str], ...]] = ()
    """Key and title of the sections with its doses."""
    not_taken: Sparse[str | None] = None
    """The words by which the line says that the drug is stopped or held. What is said of it is shown all the same."""


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


_Concern = Literal["avoid", "contraindications", "reduce", "undecided"]


class Summary(NamedTuple):
    """The counts of a review, and which lines are to be looked at first."""

    lines: Count
    """Lines with anything on them."""
    found: Count
    """Items with a monograph."""
    not_found: Count
    """Items without one."""
    avoid: tuple[int, ...]
    """The lines of drugs with a row for such patients that says not to give it; what is said of the usual dose is not
    counted ("stop after 3 days")."""
    contraindications: tuple[int, ...]
    """Those whose boxed warning or contraindications speak of the patient's organs, age or pregnancy."""
    reduce: tuple[int, ...]
    """Those with such a row that says to give less, and none that says not to."""
    undecided: tuple[int, ...]
    """Those with rows that could not be judged for want of a figure."""
    drugs: dict[_Concern, tuple[str, ...]]
    """The slugs of the drugs for which these four have their lines, for a line may name other drugs too."""
    pairs: dict[Danger, int]
    """How many pairs there are of each danger, the worst first."""


class Review(NamedTuple):
    """A medication list, reviewed. Nothing in it is computed or judged; everything is quoted."""

    patient: dict[FilterName, str]
    """What was said of the patient, as it was said."""
    items: tuple[Item, ...]
    """In the order of the list."""
    pairs: tuple[Pair, ...]
    """The pairs that the monographs speak of, the worst that they say first."""
    not_listed: Count
    """How many pairs no monograph speaks of. That is not evidence that they can be combined."""
    duplicates: tuple[Duplicate, ...]
    summary: Summary
    allergies: Sparse[tuple[Allergy, ...]] = ()
    """Lines on what the patient is allergic to; none of them is an item."""
    headings: Sparse[tuple[Unread, ...]] = ()
    """Lines that were taken for headings."""
    show_all: Hidden[bool] = False
    """Whether a page leaves nothing of it out."""


LONGEST_LIST = 1_000
_MARKER = r"\s*(?:(?:[-*+•·–—▪●○]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])\s+|\[[ xX]?\]\s*|[☐☑✓✔]\s*)+"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{1,4}}[\s./-]+(?:\d\d?|{_MONTH})|{_MONTH}\s+\d\d?)(?:[\s.,/-]+\d{{2,4}})?"
_HEADING = (
    r"(?i)\s*(?:#+\s*.*|[^\d]{2,60}:"
    r"|(?:(?:discharge|admission|inpatient|home|current|active|regular|scheduled|new|prn|stat|oral|iv|list|of|my|the|chart|"
    r"and|all|[—–-])\s+)*(?:meds|medications?|medicines|medication\s+(?:list|chart|record)|prescriptions|drugs|drug\s+chart)"
    rf"(?:\s+(?:list|chart|on\s+(?:discharge|admission)|at\s+home))?(?:\W+(?:as\s+of\s+|on\s+)?{_DATE})?\W*)\s*"
)
_IN_A_HEADING = ("#", ":", "med", "prescription", "drug")
_BETWEEN = re.compile(r"\s*(?:[;,+&]|\band\b|\bplus\b)\s*", re.I)
_MOST_PARTS = 12


def review(
    library: Library,
    lines: Iterable[str],
    patient: Patient,
    *,
    exact: bool = False,
    show_all: bool = False,
    progress: Progress = lambda done, total: None,
) -> Review:
    """The drugs of a list, a line a drug, with what their monographs say for the patient and of each other.

    An empty line is nothing; a heading ("Medications:") and what the patient is allergic to are set apart; a line with
    several drugs gives as many items. `show_all`: a page of it leaves nothing out. `progress` gets what is done, of how
    much.
    Raises Usage for a list without a drug or of more than a thousand lines.
    """
    listing = list(islice(lines, LONGEST_LIST + 1))
    if len(listing) > LONGEST_LIST:
        raise Usage(f"A list has at most {LONGEST_LIST:,} lines.")
    read: list[tuple[int, Resolution]] = []
    headings = []
    reactions: list[tuple[int, str, tuple[str, ...]]] = []
    on_allergies = allergies.Lines(library)
    for number, line in enumerate(listing, 1):
        marked = None if line[:2].isalpha() else re.match(_MARKER, line)
        text = line[marked.end() if marked else 0 :].strip()
        if not re.search(r"\w", text):
            on_allergies.end()
        elif (names := on_allergies.named(text)) is not None:
            reactions.append((number, text, names))
        elif _is_heading(text):
            on_allergies.end()
            headings.append(Unread(number, text))
        else:
            read += ((number, found) for found in _drugs(library, text, exact=exact))
    if not read:
        raise Usage("The list names no drug. Write one drug per line.")
    slugs = tuple(dict.fromkeys(found.match.slug for _, found in read if found.match))
    absent = tuple(dict.fromkeys(found.known_as for _, found in read if found.status == "absent" and found.known_as))

    def in_turn() -> list[Item]:
        found = []
        for item in _items(library, read, patient):
            found.append(item)
            progress(len(found), len(read))
        return found

    mutual = MutualMentions(library, slugs, absent)
    pays = bool(patient.given) and mutual.unread() > _WORTH_IT
    mutual, found = library.at_once(lambda: mutual.read(progress), in_turn, pays=pays)
    mentions = {name: mutual.of(name) for name in absent}
    items = [item._replace(mentions=mentions.get(item.known_as or "", ())) for item in found]
    ranked = sorted(mutual.pairs(), key=lambda each: (DANGERS.index(each[1].danger or DANGERS[-1]), each[0]))
    pairs = tuple(pair for _, pair in ranked if pair.statements)
    of_class = {frozenset((pair.a, pair.b)): pair.same_class for _, pair in ranked if pair.same_class}
    items = [item._replace(not_taken=words) if (words := not_taken(item.query)) else item for item in items]
    lines_read = {item.line for item in items}
    return Review(
        dict(patient.given),
        tuple(items),
        pairs,
        len(slugs) * (len(slugs) - 1) // 2 - len(pairs),
        tuple(_duplicates(items, of_class)),
        _summary(items, pairs, len(lines_read) + len(reactions) + len(headings)),
        tuple(Allergy(number, text, allergies.allergens(library, names, slugs)) for number, text, names in reactions),
        tuple(headings),
        show_all,
    )


_WORTH_IT = 100
"""How often a drug is looked for in the monograph of another for which one more process pays."""


def _summary(items: Sequence[Item], pairs: Sequence[Pair], lines: int) -> Summary:
    first = {item.match.slug: item for item in reversed(items) if item.match}
    drugs = sorted(first.values(), key=lambda item: item.line)

    def says(item: Item, *actions: str) -> bool:
        mine = (row for row in item.rows if row.fit.first or (row.specific and row.row.weight is not None))
        return any(row.row.action in actions for row in mine)

    kinds: dict[_Concern, Callable[[Item], bool]] = {
        "avoid": lambda item: says(item, "avoid"),
        "contraindications": lambda item: any(each.first for each in item.passages),
        "reduce": lambda item: says(item, "reduce") and not says(item, "avoid"),
        "undecided": lambda item: any(row.undecided for row in item.rows),
    }
    of_kind = {kind: [item for item in drugs if is_so(item)] for kind, is_so in kinds.items()}
    found = sum(item.match is not None for item in items)
    dangers = [pair.danger for pair in pairs]
    return Summary(
        lines,
        found,
        len(items) - found,
        **{kind: tuple(dict.fromkeys(item.line for item in those)) for kind, those in of_kind.items()},
        drugs={kind: tuple(item.match.slug for item in those if item.match) for kind, those in of_kind.items()},
        pairs={danger: dangers.count(danger) for danger in DANGERS},
    )


def _is_heading(line: str) -> bool:
    """Whether a line names no drug but those under it: with a number sign, a colon, or of words of lists."""
    return any(map(line.casefold().__contains__, _IN_A_HEADING)) and re.fullmatch(_HEADING, line) is not None


def _drugs(library: Library, text: str, *, exact: bool) -> list[Resolution]:
    """What a line names: one drug, or several that commas, "and" or plus signs part, each by its exact name.

    Parts that together are the name of one drug are that one: "budesonide and formoterol".
    """
    whole = library.resolve(text, exact=exact)
    between = [(0, 0), *(each.span() for each in _BETWEEN.finditer(text)), (len(text), len(text))]
    parts = [(start, end) for (_, start), (end, _) in pairwise(between) if re.search(r"[^\W\d]{3}", text[start:end])]
    if not 2 <= len(parts) <= _MOST_PARTS or (whole.match and whole.match.kind == "exact"):
        return [whole]
    found: list[Resolution] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts) if at else len(parts) - 1, at, -1):
            named = library.resolve(text[parts[at][0] : parts[end - 1][1]], exact=True)
            if named.match or (named.status == "absent" and end == at + 1):
                break
        else:
            return [whole]
        found.append(named)
        at = end
    slugs = {each.match.slug if each.match else each.known_as for each in found}
    return found if len(slugs) > 1 else [whole]


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
        doses = doses_of(library, found.match, patient, always=True)
    except NotFound as error:
        passages = tuple(each for each in bedside.passages(library, found.match.slug, patient) if each.sections)
        return Item(*shared, (), passages, 0, (error.message,))
    rows = tuple(row for row in doses.rows if not row.is_open)
    others = len(doses.rows) - len(rows)
    return Item(*shared, rows, doses.passages, others, doses.notices, (), tuple(doses.titles.items()))


def _duplicates(items: Sequence[Item], of_class: Mapping[frozenset[str], str]) -> Iterator[Duplicate]:
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
