"""From a person's words to an answer: which drug, which topic, what of it. Nothing here prints or formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from druginfo import __version__, topics
from druginfo.answers import Cards, Doses, Drug, Faqs, Import, Info, TopicOfAll
from druginfo.errors import Absent, DruginfoError, NotFound
from druginfo.library import Library
from druginfo.model import Candidate, Card, Match
from druginfo.names import fold
from druginfo.spelling import variants
from druginfo.spotting import LONGEST_NAME, absent_within, is_absent, misspelled_within, names_within, split_drug
from druginfo.topic_words import FILLERS, Topic

if TYPE_CHECKING:
    from druginfo.dosing import Patient


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
    likely = resolution.match is not None and resolution.match.kind != "exact"
    unsure = not exact and (likely or resolution.status == "not_found")
    if unsure and (found := _misspelled_before_topic(library, query)):  # "warfrin dose" asks for doses
        return found
    if resolution.match:
        return _drug(library, resolution.match, "", whole, exact=exact)
    if resolution.status == "not_found":
        if not exact and (topic := topics.near(whole)):
            return _topic_of_all(library, topic, whole)._replace(notice=f"Showing {topic.words[0]} for “{whole}”.")
        if error := _named_within(library, query):
            raise error
    library.find(whole, exact=exact)
    raise AssertionError("a name that does not resolve raises")


def dose(
    library: Library, words: Sequence[str], patient: Patient, *, exact: bool = False, show_all: bool = False
) -> Doses:
    """The dosing table of a drug: the rows that apply to the patient, and how many do not.

    Raises NotFound (also where no row applies), Absent, Ambiguous.
    """
    from druginfo.dosing import apply, read_dosing

    try:
        match = library.find(" ".join(words), exact=exact)
    except NotFound as error:
        asked = " ".join(words).split()
        if split_drug(library, asked)[0] is None:
            raise
        hint = f"dose takes a drug alone; `druginfo show {' '.join(asked)}` takes words behind it."
        raise NotFound(f"{error.message} {hint}", query=error.query, candidates=error.candidates) from None
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
    absent: tuple[str, ...] = ()
    if match is None and not topics.known(whole):
        if found := _drug_of_question(library, query, exact=exact):
            match, rest = found
        elif is_absent(library, whole):
            library.find(whole, exact=exact)
        else:
            absent = tuple(absent_within(library, query))
    if match and not rest:
        return Faqs(match, tuple(library.faqs(match.slug)))
    wanted = " ".join(rest) or whole
    hits = library.search_faqs(_terms(wanted), match.slug if match else None, limit)
    if not hits and absent:
        library.find(absent[0])
    if not hits:
        of = f" of {match.title}" if match else ""
        raise NotFound(
            f"No question{of} is about “{wanted}”. Try fewer or other words, or `druginfo search`.", query=wanted
        )
    return Faqs(match, tuple(hits), absent=absent)


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
        from druginfo.search import better_spelled

        better = better_spelled(library, condition) if condition else None
        hint = f"Did you mean “{better}”?" if better else "`druginfo list` shows all with their classes."
        raise NotFound(f"No monograph fits {' '.join(asked)}. {hint}", query=of or condition)
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


def of_class(library: Library, query: str) -> tuple[Card, ...]:
    """The drugs of the class that the query names; none where it names none.

    One word must be the whole name of a class or its abbreviation, for it may be a drug's: insulin is no insulin
    secretagogue, but JAK is a Janus kinase (JAK) inhibitor.
    """
    if len(fold(query)) < 3:
        return ()
    cards = tuple(card for card in library.cards() if _in_class(card, query))
    return cards if " " in query or _is_class(cards, query) else ()


# ---------------------------------------------------------------- parts


def _drug_of_question(library: Library, query: Sequence[str], *, exact: bool) -> tuple[Match, Sequence[str]] | None:
    """The drug that a question names, be it misspelled, and the other words; none where the words as they stand are
    found in the FAQs."""
    if inside := names_within(library, query):
        return inside
    whole = " ".join(query)
    match = library.resolve(whole, exact=exact).match
    if match and not library.search_faqs(_terms(whole), None, 1):
        return match, ()
    return None if exact else misspelled_within(library, query)


def _drug(library: Library, match: Match, asked: str, whole: str, *, exact: bool) -> Drug:
    monograph = library.open(match.slug)
    if not asked:
        return Drug(match, monograph, scope=topics.scope(monograph))
    topic, notice = topics.known(asked), None
    if topic is None:
        if sections := topics.heading_sections(monograph, asked):
            part = monograph._replace(sections=sections, faqs=())
            return Drug(match, part, asked, scope=topics.scope(monograph))
        if not exact and (topic := topics.near(asked)):
            notice = f"Showing {topic.words[0]} for “{asked}”."
    if topic is None:
        if exact:
            raise _no_topic(match, asked)
        return _drug(library, _with_more_words(library, match, asked, whole), "", whole, exact=exact)
    sections, faqs = topics.about(monograph, topic)
    if not sections and not faqs:
        raise NotFound(f"The monograph of {match.title} says nothing on {topic.words[0]}.", query=asked)
    part = monograph._replace(sections=sections, faqs=faqs)
    return Drug(match, part, topic.words[0], notice, topics.scope(monograph))


def _with_more_words(library: Library, match: Match, asked: str, whole: str) -> Match:
    """What a drug's name and words that are no topic mean together: the drug with its salt or strength, or another.

    Raises NotFound where they mean nothing, Absent and Ambiguous.
    """
    try:
        return library.find(whole)
    except NotFound:
        raise _no_topic(match, asked) from None


def _no_topic(match: Match, asked: str) -> NotFound:
    names = ", ".join(topics.words())
    return NotFound(
        f"“{asked}” is no topic of {match.title}. `druginfo search {match.slug} {asked}` looks for it, "
        f"`druginfo show {match.slug}` has all. Topics are {names}.",
        query=asked,
    )


def _named_within(library: Library, query: Sequence[str]) -> DruginfoError | None:
    """What to tell a person who typed a sentence: the drug that it names, and where to ask."""
    if len(query) < 3:
        return None
    whole = " ".join(query)
    if inside := names_within(library, query):
        match, _ = inside
        message = f"“{whole}” is no drug and no topic. Try `druginfo show {match.slug}` or `druginfo faq {whole}`."
        return NotFound(message, query=whole, candidates=(Candidate(match.slug, match.title, match.matched, 0),))
    for known_as in absent_within(library, query):
        return Absent(f"{known_as} is a known drug, but the library has no monograph of it.", query=whole)
    return None


def _is_class(cards: Sequence[Card], query: str) -> bool:
    """Whether the query is the whole name of a class or an abbreviation in it, and not just a word of it."""
    from druginfo.classes import phrase, wordings

    short = f"({query})".casefold()
    return any(phrase(query) in wordings(c.classes) or short in " ".join(c.classes).casefold() for c in cards)


def _topic_of_all(library: Library, topic: Topic, query: str) -> TopicOfAll:
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
    for count in range(min(len(query) - 1, LONGEST_NAME), 0, -1):
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
        if word.lower() in FILLERS:
            continue
        topic = topics.known(word)
        same = [w for w in topic.words if " " not in w] if topic else []
        found.append(list(dict.fromkeys([*variants(word), *same])))
    return found or [[word] for word in re.findall(r"[^\W_]+", words)]
