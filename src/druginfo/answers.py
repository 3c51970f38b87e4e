"""From a person's words to an answer: which drug, which topic, what of it. Nothing here prints or formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from druginfo import __version__, topics
from druginfo.errors import DruginfoError, NotFound
from druginfo.library import Library
from druginfo.model import Card, DoseNote, FaqHit, Fault, Match, Monograph
from druginfo.names import fold

if TYPE_CHECKING:
    from druginfo.dosing import Judged, Patient
    from druginfo.labels import ImportReport

_LONGEST_NAME = 24
"""Words. Only so many at the beginning of a query are tried as a drug's name with a topic behind it."""


class Drug(NamedTuple):
    """A monograph, or the part of it that was asked for."""

    match: Match
    monograph: Monograph
    """With a topic, `sections` and `faqs` hold only what is about it."""
    topic: str | None = None
    notice: str | None = None
    """What is said about a topic that was not spelled as any is."""


class TopicOfAll(NamedTuple):
    """One topic of every monograph that says something on it, by title."""

    query: str
    key: str
    results: tuple[Monograph, ...]
    notice: str | None = None


class Cards(NamedTuple):
    """The library, or the part of it that was asked for, by title."""

    cards: tuple[Card, ...]
    heading: str | None = None


class Doses(NamedTuple):
    """The dosing table of a drug; `rows` are all rows with whether each applies and why not."""

    match: Match
    monograph: Monograph
    rows: tuple[Judged, ...]
    notes: tuple[DoseNote, ...]
    filters: dict[str, str]
    left_out: int
    show_all: bool = False


class Faqs(NamedTuple):
    """Questions and answers: of one drug (`match`), or the best-matching ones of all."""

    match: Match | None
    hits: tuple[FaqHit, ...]
    questions_only: bool = False


class Info(NamedTuple):
    """The program and its library."""

    version: str
    monographs: int
    roots: tuple[str, ...]
    """Directories in order; a later one overrides an earlier one. The user's own is there once it exists."""
    index_state: dict[str, str | None]
    """`state` (fresh, refreshed, built, in memory) and `path`, null in memory."""
    skipped: tuple[Fault, ...]


MARKS = "\x02", "\x03"
"""Stand before and after each word of a snippet that a search hit."""


class Hit(NamedTuple):
    """A passage, an FAQ or a drug's names."""

    slug: str
    title: str
    section: str | None
    """Section key; None for a name or an FAQ."""
    heading: str
    line: int
    """Where the passage begins in the file."""
    snippet: str
    """The passage, plain, cut to the words around the hit, with each hit between `MARKS`."""
    score: float
    kind: str
    """`section`, `faq`, `name`."""


class Hits(NamedTuple):
    """What a query finds, best first."""

    query: str
    hits: tuple[Hit, ...]
    notice: str | None = None


class Entry(NamedTuple):
    """What one drug's monograph says under a heading; None where it has nothing there."""

    slug: str
    text: str | None


class Compared(NamedTuple):
    """The sections of the compared monographs that are about the same."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    """One for each drug, in the order asked for."""


class Comparison(NamedTuple):
    """Two to four drugs, section by section."""

    drugs: tuple[Match, ...]
    rows: tuple[Compared, ...]


class Statement(NamedTuple):
    """What a monograph says of another drug."""

    slug: str
    """The monograph that says it."""
    section: str
    """Its section's key; `faq` for a question of its front matter."""
    line: int
    text: str
    """The list item, paragraph, table row or sentences, plain, with the items that it is nested in."""
    mentions: tuple[str, ...]
    """The words in it that mean the other drug."""
    via: str
    """`name` or `class`."""


class Pair(NamedTuple):
    """Two drugs and what either monograph says of the other: contraindications, interactions, the rest."""

    a: str
    b: str
    statements: tuple[Statement, ...]

    @property
    def status(self) -> str:
        return "listed" if self.statements else "not_listed"


class Interactions(NamedTuple):
    """All pairs of two to ten drugs, in the order asked for."""

    drugs: tuple[Match, ...]
    pairs: tuple[Pair, ...]


class Import(NamedTuple):
    """What became of label files."""

    into: str
    """The directory that was written to."""
    report: ImportReport


def show(library: Library, words: Sequence[str], *, exact: bool = False) -> Drug | TopicOfAll | Cards:
    """One monograph; part of one, where a topic follows the drug; a topic of every drug; the drugs of a class.

    Raises NotFound, Absent, Ambiguous.
    """
    query = " ".join(words).split()
    match, rest = split_drug(library, query)
    if match:
        return _drug(library, match, " ".join(rest), " ".join(query), exact=exact)
    whole = " ".join(query)
    if topic := topics.known(whole):
        return _topic_of_all(library, topic, whole)
    if cards := of_class(library, whole):
        return Cards(cards, whole)
    resolution = library.resolve(whole, exact=exact)
    if resolution.match:
        return _drug(library, resolution.match, "", whole, exact=exact)
    if resolution.status == "not_found":
        if not exact and (found := _misspelled_before_topic(library, query)):
            return found
        if not exact and (topic := topics.near(whole)):
            return _topic_of_all(library, topic, whole)._replace(notice=f"Showing {topic.words[0]} for “{whole}”.")
    library.find(whole, exact=exact)
    raise AssertionError("a name that does not resolve raises")


def dose(
    library: Library, words: Sequence[str], patient: Patient, *, exact: bool = False, show_all: bool = False
) -> Doses:
    """The dosing table of a drug: the rows that apply to the patient, and how many do not.

    Raises NotFound (also where no row applies), Absent, Ambiguous.
    """
    from druginfo.dosing import apply, read_dosing

    match = library.find(" ".join(words), exact=exact)
    monograph = library.open(match.slug)
    regimens = read_dosing(monograph)
    selection = apply(monograph, regimens, patient)
    return Doses(match, monograph, selection.rows, regimens.notes, selection.filters, selection.left_out, show_all)


def faq(library: Library, words: Sequence[str], *, exact: bool = False, limit: int = 10) -> Faqs:
    """Every question; those of a drug; the best-matching ones of a drug or of all.

    Raises NotFound, Absent, Ambiguous.
    """
    query = " ".join(words).split()
    if not query:
        return Faqs(None, tuple(library.faqs()), questions_only=True)
    whole = " ".join(query)
    match, rest = split_drug(library, query)
    if match is None and not topics.known(whole):
        resolution = library.resolve(whole, exact=exact)
        if resolution.match and not library.search_faqs(_terms(whole), None, 1):
            match = resolution.match
        elif resolution.status == "absent":
            library.find(whole, exact=exact)
    if match and not rest:
        return Faqs(match, tuple(library.faqs(match.slug)))
    wanted = " ".join(rest) or whole
    hits = library.search_faqs(_terms(wanted), match.slug if match else None, limit)
    if not hits:
        of = f" of {match.title}" if match else ""
        raise NotFound(
            f"No question{of} is about “{wanted}”. Try fewer or other words, or `druginfo search`.", query=wanted
        )
    return Faqs(match, tuple(hits))


def cards(library: Library, *, of: str | None = None, condition: str | None = None, banned: bool = False) -> Cards:
    """The library by title: of a class, for a condition, banned. Raises NotFound where nothing is left."""
    found: Sequence[Card] = library.cards()
    if of is not None:
        found = [card for card in found if _in_class(card, of)]
    if condition is not None:
        treated = library.treats(condition)
        found = [card for card in found if card.slug in treated]
    if banned:
        found = [card for card in found if card.is_banned]
    asked = (
        [f"--class {of}"] * (of is not None) + [f"--for {condition}"] * (condition is not None) + ["--banned"] * banned
    )
    if asked and not found:
        raise NotFound(f"No monograph fits {' '.join(asked)}.", query=of or condition)
    return Cards(tuple(found))


def info(library: Library) -> Info:
    """What is running on what."""
    state, path = library.ask(lambda index: (index.state, index.path))
    roots = tuple(str(root.absolute()) for root in library.roots if root.is_dir())
    index = {"state": state, "path": str(path) if path else None}
    return Info(__version__, len(library.cards()), roots, index, tuple(library.skipped()))


def import_labels(
    files: Sequence[str], names: Sequence[str], into: str | None, *, all_labels: bool, overwrite: bool
) -> Import:
    """Write a monograph for every drug in the label files, and for the labels of these names from openFDA.

    `into` is the user's own directory where it is not said. Raises Failed, and NotFound for a name without a label.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from druginfo.labels import import_labels as write_monographs
    from druginfo.labels.fetch import fetch_labels
    from druginfo.library import own
    from druginfo.progress import Bar

    with TemporaryDirectory() as directory:
        fetched = []
        for number, name in enumerate(names):
            (place := Path(directory, str(number))).mkdir()
            fetched.append(fetch_labels(name, place))
        target = Path(into) if into else own()
        report = write_monographs(
            [*map(Path, files), *fetched], target, all_labels=all_labels, overwrite=overwrite, progress=Bar("importing")
        )
    return Import(str(target), report)


def split_drug(library: Library, query: Sequence[str]) -> tuple[Match | None, Sequence[str]]:
    """The drug that the first words name exactly, as many words as possible, and the words behind it."""
    for count in range(min(len(query), _LONGEST_NAME), 0, -1):
        name = " ".join(query[:count])
        if library.knows(name):
            return library.find(name, exact=True), query[count:]
    return None, query


def of_class(library: Library, query: str) -> tuple[Card, ...]:
    """The drugs of the class that the query names; none where it names none."""
    return tuple(card for card in library.cards() if _in_class(card, query)) if len(fold(query)) >= 3 else ()


# ---------------------------------------------------------------- parts


def _drug(library: Library, match: Match, asked: str, whole: str, *, exact: bool) -> Drug:
    monograph = library.open(match.slug)
    if not asked:
        return Drug(match, monograph)
    topic, notice = topics.known(asked), None
    if topic is None:
        if sections := topics.heading_sections(monograph, asked):
            return Drug(match, monograph._replace(sections=sections, faqs=()), asked)
        if not exact and (topic := topics.near(asked)):
            notice = f"Showing {topic.words[0]} for “{asked}”."
    if topic is None:
        raise _no_topic(library, match, asked, whole)
    sections, faqs = topics.about(monograph, topic)
    if not sections and not faqs:
        raise NotFound(f"The monograph of {match.title} says nothing on {topic.words[0]}.", query=asked)
    return Drug(match, monograph._replace(sections=sections, faqs=faqs), topic.words[0], notice)


def _no_topic(library: Library, match: Match, asked: str, whole: str) -> DruginfoError:
    """Why words behind a drug's name are no topic: the whole may name another drug, or it is just not one."""
    try:
        library.find(whole)
    except NotFound:
        pass
    except DruginfoError as error:
        return error
    names = ", ".join(topics.words())
    return NotFound(f"“{asked}” is no topic of {match.title}. Topics are {names}, and its own headings.", query=asked)


def _topic_of_all(library: Library, topic: topics.Topic, query: str) -> TopicOfAll:
    results = []
    for monograph in library.monographs():
        sections, faqs = topics.about(monograph, topic)
        if sections or faqs:
            results.append(monograph._replace(sections=sections, faqs=faqs))
    if not results:
        raise NotFound(f"No monograph says anything on {topic.words[0]}.", query=query)
    return TopicOfAll(query, topic.key, tuple(results))


def _misspelled_before_topic(library: Library, query: Sequence[str]) -> Drug | None:
    """`baricitinb kidney`: a misspelled name in front of words that are a topic."""
    for count in range(min(len(query) - 1, _LONGEST_NAME), 0, -1):
        asked = " ".join(query[count:])
        if not topics.known(asked):
            continue
        resolution = library.resolve(" ".join(query[:count]))
        if resolution.match:
            return _drug(library, resolution.match, asked, " ".join(query), exact=False)
        if resolution.status in ("absent", "ambiguous"):
            library.find(" ".join(query[:count]))
    return None


def _in_class(card: Card, query: str) -> bool:
    """Whether a query means one of a drug's classes, in any wording of it, or part of it: "JAK", "proton pump"."""
    from druginfo.classes import is_vague, phrase, wordings

    wanted = phrase(query)
    if not wanted or is_vague(wanted):
        return False
    return wanted in wordings(card.classes) or any(set(wanted) <= set(phrase(name)) for name in card.classes)


def _terms(words: str) -> list[list[str]]:
    """What to look for: for each word the words that mean the same, as far as the topics know them."""
    found = []
    for word in re.findall(r"[^\W_]+", words):
        if word.lower() in topics.FILLERS:
            continue
        topic = topics.known(word)
        found.append(list(dict.fromkeys([word, *(w for w in topic.words if " " not in w)])) if topic else [word])
    return found or [[word] for word in re.findall(r"[^\W_]+", words)]
