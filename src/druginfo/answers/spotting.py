"""Where in a person's words a drug is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from druginfo import topics
from druginfo.answers.listing import of_class
from druginfo.library import Library
from druginfo.model import Match
from druginfo.names import fold, is_joined
from druginfo.topics.synonyms import EVERYDAY

LONGEST_NAME = 24
"""Words. Only so many at the beginning of a query are tried as a drug's name with a topic after it."""

_AROUND = '.,;:?!()"“”'
LONGEST_SENTENCE = 40
"""Words. What is longer is not read as a question."""


def split_drug(library: Library, query: Sequence[str]) -> tuple[Match | None, Sequence[str]]:
    """The drug that the first words name exactly, as many words as possible, and the words after it."""
    for count in range(min(len(query), LONGEST_NAME), 0, -1):
        name = " ".join(query[:count])
        if library.knows(name):
            return library.find(name, exact=True), query[count:]
    return None, query


def well_named(library: Library, query: Sequence[str]) -> tuple[list[Match], list[str]]:
    """Every drug that a sentence names exactly, the longest names first, in its order, and the other words."""
    found: dict[int, Match] = {}
    taken: set[int] = set()
    for length in (3, 2, 1):
        for at in range(len(query) - length + 1):
            places = set(range(at, at + length))
            words = " ".join(query[at : at + length]).strip(_AROUND)
            if taken & places or not words or not _may_name(words):
                continue
            bare = words.removesuffix("'s").removesuffix("’s")
            if library.knows(bare):
                match = library.find(bare, exact=True)
                taken |= places
                if match.slug not in {each.slug for each in found.values()}:
                    found[at] = match
    drugs = [found[at] for at in sorted(found)]
    return drugs, [word.strip(_AROUND) for at, word in enumerate(query) if at not in taken]


def misspelled_within(library: Library, query: Sequence[str]) -> tuple[Match, Sequence[str]] | None:
    """The drug that a word of a sentence is a slip of, and the other words: a word that neither a topic nor any FAQ
    knows."""
    for word, others in _runs(query, lengths=(1,)):
        if not _may_name(word) or library.faq_holds(word) or of_class(library, word):
            continue
        if match := library.resolve(word).match:
            return match, others
    return None


def is_ordinary(library: Library, word: str) -> bool:
    """Whether a word need not be a slip of a drug's name: a topic, an everyday word, or one that the texts use."""
    from druginfo.answers.query import fts, parse
    from druginfo.topics.wording import same

    if not _may_name(word):
        return True
    if library.resolve(word, exact=True).status != "not_found":
        return False
    found = library.resolve(word).match
    if found and found.kind == "prefix" and len(word) > _CLEAR_PREFIX:
        return False
    return bool(same(word)) or all(library.holds(fts(term)) for term in parse(word))


_CLEAR_PREFIX = 5
"""Letters: what is the beginning of a drug's name for longer is that name, though the index may know it as a word."""


def absent_within(library: Library, query: Sequence[str]) -> Iterator[str]:
    """The known drugs without a monograph that a sentence names exactly."""
    for words, _ in _runs(query):
        if not _may_name(words) or not is_absent(library, words):
            continue
        if not any(of_class(library, word) for word in words.split()):  # a statin is no nystatin
            yield from filter(None, [library.resolve(words, exact=True).known_as])


def is_absent(library: Library, words: str) -> bool:
    """Whether words are the name of a known drug without a monograph. Two drugs' names side by side are not their
    combination's in a sentence: "tofacitinib alcohol"."""
    found = library.resolve(words, exact=True, explain=True)
    side_by_side = found.explanation and found.explanation.rule == "combination" and not is_joined(words)
    return found.status == "absent" and not side_by_side


def _may_name(words: str) -> bool:
    return len(fold(words)) > 3 and not topics.known(words) and fold(words) not in EVERYDAY


def _runs(query: Sequence[str], lengths: Sequence[int] = (3, 2, 1)) -> Iterator[tuple[str, Sequence[str]]]:
    """Every run of so many words without its outer punctuation, and the words around it.

    None of what is too long to be a sentence.
    """
    if len(query) > LONGEST_SENTENCE:
        return
    for length in lengths:
        for at in range(len(query) - length + 1):
            words = " ".join(query[at : at + length]).strip(_AROUND)
            yield words, [*query[:at], *query[at + length :]]
