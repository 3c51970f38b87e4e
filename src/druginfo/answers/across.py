"""A topic or any words without a drug → what the monographs say of them, drug by drug; of all or of a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from druginfo import topics
from druginfo.answers.listing import of_class
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Card, Count, Faq, Hidden, Monograph, Section, Sparse
from druginfo.topics.excerpts import brief, passages, with_words
from druginfo.topics.synonyms import FILLERS
from druginfo.topics.terms import Topic
from druginfo.topics.wording import Wanted, any_of, telling, wanted


class Asked(NamedTuple):
    """A topic as it was asked for, and its key."""

    query: str
    key: str


class TopicOfDrug(NamedTuple):
    """What one monograph says on a topic."""

    slug: str
    title: str
    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    is_banned: Hidden[bool] = False
    passages: Count = 0
    """How many paragraphs, list items, table rows and questions these are."""


class TopicOfAll(NamedTuple):
    """One topic, or any words, of every monograph that says something on it, or of those of a class, by title."""

    topic: Asked
    results: tuple[TopicOfDrug, ...]
    notice: Sparse[str | None] = None
    title: Hidden[str] = ""
    """The topic or words, and the class: "pregnancy, statins"."""
    short: Hidden[tuple[TopicOfDrug, ...]] = ()
    """The passages that matter most of as many of them as a screen holds."""
    left_out: Hidden[int] = 0
    """How many passages `short` is without."""


MOST_OF_ALL = 500
"""Monographs: a whole country's would be 10,000 entries, of which nobody reads the last."""
_LINES = 54
_WIDTH = 74
_HEAD = 3
"""Lines around a drug's passages: its name, and the blank ones."""
_LEAST = 4
"""Lines that a drug has at least, where many drugs share a screen."""


def of_class_and_topic(library: Library, query: Sequence[str], most: int | None) -> TopicOfAll | None:
    """What each drug of a class says of a topic or of words beside it (`statins pregnancy`, `pregnancy statins`).

    None where no word or run of words at either end names a class.
    """
    for count in range(len(query) - 1, 0, -1):
        for name, rest in ((query[:count], query[count:]), (query[-count:], query[:-count])):
            asked = " ".join(rest)
            if not topics.known(asked) and not any(_tells(word) for word in rest):
                continue
            if topics.known(" ".join(name)) or not (cards := of_class(library, " ".join(name))):
                continue
            return of_all(library, asked, " ".join(query), most, cards, " ".join(name))
    return None


def _tells(word: str) -> bool:
    return bool(telling(wanted([word]))) and word.lower() not in FILLERS


def of_all(
    library: Library,
    asked: str,
    query: str,
    most: int | None,
    cards: Sequence[Card] | None = None,
    of: str | None = None,
    notice: str | None = None,
) -> TopicOfAll:
    """What the monographs say of a topic or of words, by title. Raises NotFound where none says anything."""
    topic = topics.known(asked) or (topics.near(asked) if notice else None)
    name = topic.words[0] if topic else asked
    found: list[tuple[Monograph, Callable[[str], bool]]] = []
    limit = None if cards or most == 0 else MOST_OF_ALL
    if topic is None or topics.is_narrower(asked, topic):
        terms = wanted(asked.split(), library.meanings)
        name = asked
        found = [(m, any_of(terms)) for m in islice(_with_words(library, terms, cards), limit)]
    if not found and topic:
        if topics.is_narrower(asked, topic):
            notice = f"Nothing on “{asked}”. On {topic.words[0]} the monographs say:"
        name = topic.words[0]
        on_topic = islice(_on_topic(library, topic, cards), limit)
        found = [(m, topic.is_in) for m in on_topic]
    if not found:
        where = f"monograph of {of}" if of else "monograph"
        raise NotFound(f"No {where} says anything on {name}.", query=query)
    if len(found) == limit:
        first = f"These are the first {limit} monographs that do, by title; `-n 0` reads on."
        notice = f"{notice} {first}" if notice else first
    results = tuple(_of(m, m.sections, m.faqs) for m, _ in found)
    left = _LINES - sum(len(m.title) + 5 for m in results) // _WIDTH
    share = max(_LEAST, left // len(results) - _HEAD)
    short: list[TopicOfDrug] = []
    for monograph, finds in found:
        part = brief(monograph.sections, monograph.faqs, finds, share, most, least=1)
        left -= part.height + _HEAD
        if left < 0 and most is None and short:
            break
        short.append(_of(monograph, part.sections, part.faqs))
    key = topic.key if topic and name == topic.words[0] else name
    title = f"{name}, {of}" if of else name
    left_out = sum(each.passages for each in results) - sum(each.passages for each in short)
    return TopicOfAll(Asked(query, key), results, notice, title, tuple(short), left_out)


def _of(monograph: Monograph, sections: Sequence[Section], faqs: Sequence[Faq]) -> TopicOfDrug:
    count = passages(sections, faqs)
    return TopicOfDrug(monograph.slug, monograph.title, tuple(sections), tuple(faqs), monograph.is_banned, count)


def _on_topic(library: Library, topic: Topic, cards: Sequence[Card] | None) -> Iterator[Monograph]:
    for card in library.cards() if cards is None else cards:
        monograph = library.open(card.slug)
        sections, faqs = topics.about(monograph, topic)
        if sections or faqs:
            yield monograph._replace(sections=sections, faqs=faqs)


def _with_words(library: Library, terms: Sequence[Wanted], cards: Sequence[Card] | None) -> Iterator[Monograph]:
    if not telling(terms):
        return
    likely = _likely(library, terms)
    for card in library.cards() if cards is None else cards:
        if likely is not None and card.slug not in likely:
            continue
        monograph = library.open(card.slug)
        part = with_words(monograph, terms)
        if part and not part.missing:
            yield monograph._replace(sections=part.sections, faqs=part.faqs)


def _likely(library: Library, terms: Sequence[Wanted]) -> set[str] | None:
    """The monographs that may hold the words, by the index; None where it cannot tell."""
    from druginfo.answers.query import fts, parse
    from druginfo.topics.wording import same

    found: set[str] | None = None
    for term in telling(terms):
        words = [term.typed, *same(term.typed), *library.meanings(term.typed)]
        parts = [" AND ".join(map(fts, parsed)) for each in words if (parsed := parse(each))]
        query = " OR ".join(f"({part})" for part in parts)
        if not query:
            return None
        slugs = library.slugs(query)
        found = slugs if found is None else found & slugs
    return found
