"""A topic or any words without a drug → what the monographs say of them, drug by drug; of all or of a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from druginfo import topics
from druginfo.answers.spotting import Words
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Card, Count, Faq, Hidden, Monograph, Section, Sparse
from druginfo.topics.excerpts import brief, passages, with_words
from druginfo.topics.synonyms import FILLERS
from druginfo.topics.terms import Topic
from druginfo.topics.wording import QueryWord, any_of, telling, wanted


class AskedTopic(NamedTuple):
    """A topic as it was asked for, and its key."""

    query: str
    key: str


class TopicOfDrug(NamedTuple):
    """What one monograph says on a topic."""

    slug: str
    title: str
    sections: tuple[Section, ...]
    """What it says; nothing here and in `faqs` where no more than the counts were asked for."""
    faqs: tuple[Faq, ...]
    is_banned: Hidden[bool] = False
    passages: Count = 0
    """How many paragraphs, list items, table rows and questions these are."""


class TopicOfAll(NamedTuple):
    """One topic, or any words, of every monograph that says something on it, or of those of a class, by title."""

    topic: AskedTopic
    results: tuple[TopicOfDrug, ...]
    notice: Sparse[str | None] = None
    title: Hidden[str] = ""
    """The topic or words, and the class: "pregnancy, statins"."""
    short: Hidden[tuple[TopicOfDrug, ...]] = ()
    """The passages that matter most of as many of them as a screen holds."""
    left_out: Hidden[int] = 0
    """How many passages `short` is without."""


MOST_OF_ALL = 300
"""Monographs: a whole country's would be 10,000 entries, of which nobody reads the last."""
_LINES = 54
_WIDTH = 74
_HEAD = 3
"""Lines around a drug's passages: its name, and the blank ones."""
_LEAST = 4
"""Lines that a drug has at least, where many drugs share a screen."""


def of_class_and_topic(asked: Words, most: int | None, *, counts: bool = False) -> TopicOfAll | None:
    """What each drug of a class says of a topic or of words beside it (`statins pregnancy`, `pregnancy statins`).

    None where no word or run of words at either end names a class.
    """
    for name, cards, rest in asked.of_class(at_ends=True):
        tells = (word for word in rest if telling(wanted([word])) and word.lower() not in FILLERS)
        if topics.known(" ".join(rest)) or any(tells):
            return of_all(asked.library, " ".join(rest), asked.whole, most, cards, name, counts=counts)
    return None


class _Way(NamedTuple):
    """One way to look for what was asked: what it is called, which drugs may have something, what each has."""

    name: str
    finds: Callable[[str], bool]
    cards: Callable[[], Iterable[Card]]
    part: Callable[[Monograph], Monograph | None]
    notice: str | None


def of_all(
    library: Library,
    asked: str,
    query: str,
    most: int | None,
    cards: Sequence[Card] | None = None,
    of: str | None = None,
    notice: str | None = None,
    *,
    counts: bool = False,
) -> TopicOfAll:
    """What the monographs say of a topic or of words, by title. Raises NotFound where none says anything.

    `counts`: the results are no more than that, and kept, so that later only the monographs in `short` are read.
    """
    topic = topics.known(asked) or (topics.near(asked) if notice else None)
    limit = None if cards or most == 0 else MOST_OF_ALL
    results: tuple[TopicOfDrug, ...] = ()
    for way in _ways(library, asked, topic, cards, notice):
        read = partial(_read, library, way, limit)
        results = _counted(library, f"{way.name}\n{of}\n{limit}", read) if counts else tuple(read())
        if results:
            break
    else:
        where = f"monograph of {of}" if of else "monograph"
        raise NotFound(f"No {where} says anything on {topic.words[0] if topic else asked}.", query=query)
    notice = way.notice
    if len(results) == limit:
        first = f"These are the first {limit} monographs that do, in order of title; `-n 0` shows all."
        notice = f"{notice} {first}" if notice else first
    left = _LINES - sum(len(m.title) + 5 for m in results) // _WIDTH
    share = max(_LEAST, left // len(results) - _HEAD)
    short: list[TopicOfDrug] = []
    for one in results:
        own = way.part(library.open(one.slug)) if counts else one
        part = brief(own.sections, own.faqs, way.finds, share, most, least=1) if own else brief((), (), way.finds, 0)
        left -= part.height + _HEAD
        if left < 0 and most is None and short:
            break
        short.append(_of(one, part.sections, part.faqs))
    key = topic.key if topic and way.name == topic.words[0] else way.name
    title = f"{way.name}, {of}" if of else way.name
    left_out = sum(each.passages for each in results) - sum(each.passages for each in short)
    return TopicOfAll(AskedTopic(query, key), results, notice, title, tuple(short), left_out)


def _ways(
    library: Library, asked: str, topic: Topic | None, cards: Sequence[Card] | None, notice: str | None
) -> Iterator[_Way]:
    """The words themselves where they are not a topic, or are a part of one; then the topic."""
    if topic is None or topics.is_narrower(asked, topic):
        terms = wanted(asked.split(), library.meanings)
        likely = partial(_likely, library, terms, cards)
        yield _Way(asked, any_of(terms), likely, partial(_with_words, terms), notice)
    if topic:
        if topics.is_narrower(asked, topic):
            notice = f"Nothing on “{asked}”. On {topic.words[0]} the monographs say:"
        every = library.cards if cards is None else lambda: cards
        on_topic = partial(_on_topic, topic)
        yield _Way(topic.words[0], topic.is_in, every, on_topic, notice)


def _read(library: Library, way: _Way, limit: int | None) -> Iterator[TopicOfDrug]:
    parts = (way.part(library.open(card.slug)) for card in way.cards())
    return islice((_of(part, part.sections, part.faqs) for part in parts if part), limit)


def _counted(library: Library, asked: str, read: Callable[[], Iterator[TopicOfDrug]]) -> tuple[TopicOfDrug, ...]:
    """The same with no more than the counts of passages, which are kept until the library changes."""
    lines = library.kept_of_all(asked, lambda: "\n".join(f"{one.slug}\t{one.passages}" for one in read()))
    counts = dict(line.split("\t") for line in lines.split("\n") if line)
    found = library.cards(counts)
    return tuple(TopicOfDrug(c.slug, c.title, (), (), c.is_banned, int(counts[c.slug])) for c in found)


def _of(drug: Monograph | TopicOfDrug, sections: Sequence[Section], faqs: Sequence[Faq]) -> TopicOfDrug:
    count = passages(sections, faqs)
    return TopicOfDrug(drug.slug, drug.title, tuple(sections), tuple(faqs), drug.is_banned, count)


def _on_topic(topic: Topic, monograph: Monograph) -> Monograph | None:
    sections, faqs = topics.about(monograph, topic)
    return monograph._replace(sections=sections, faqs=faqs) if sections or faqs else None


def _with_words(terms: Sequence[QueryWord], monograph: Monograph) -> Monograph | None:
    part = with_words(monograph, terms)
    return monograph._replace(sections=part.sections, faqs=part.faqs) if part and not part.missing else None


def _likely(library: Library, terms: Sequence[QueryWord], cards: Sequence[Card] | None) -> Iterable[Card]:
    """The monographs that may hold the words, by the index, or all where it cannot tell."""
    from druginfo.answers.query import fts, parse
    from druginfo.topics.wording import same

    found: set[str] | None = None if telling(terms) else set()
    for term in telling(terms):
        words = [term.typed, *same(term.typed), *library.meanings(term.typed)]
        parts = [" AND ".join(map(fts, parsed)) for each in words if (parsed := parse(each))]
        if not parts:
            found = None
            break
        slugs = library.slugs(" OR ".join(f"({part})" for part in parts))
        found = slugs if found is None else found & slugs
    if cards is None:
        return library.cards(found)
    return [card for card in cards if found is None or card.slug in found]
