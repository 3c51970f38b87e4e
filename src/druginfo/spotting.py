"""Where in a person's words a drug is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from druginfo import topics
from druginfo.library import Library
from druginfo.model import Match
from druginfo.names import fold
from druginfo.topic_words import EVERYDAY

LONGEST_NAME = 24
"""Words. Only so many at the beginning of a query are tried as a drug's name with a topic behind it."""

_LONGEST_SENTENCE = 40


def split_drug(library: Library, query: Sequence[str]) -> tuple[Match | None, Sequence[str]]:
    """The drug that the first words name exactly, as many words as possible, and the words behind it."""
    for count in range(min(len(query), LONGEST_NAME), 0, -1):
        name = " ".join(query[:count])
        if library.knows(name):
            return library.find(name, exact=True), query[count:]
    return None, query


def names_within(library: Library, query: Sequence[str]) -> tuple[Match, Sequence[str]] | None:
    """The drug that a sentence names exactly somewhere, the longest name first, and the other words."""
    for words, others in _runs(query):
        if library.knows(words) and not topics.known(words):
            return library.find(words, exact=True), others
    return None


def absent_within(library: Library, query: Sequence[str]) -> Iterator[str]:
    """The known drugs without a monograph that a sentence names exactly."""
    for words, _ in _runs(query):
        if len(fold(words)) > 3 and not topics.known(words) and fold(words) not in EVERYDAY:
            resolution = library.resolve(words, exact=True)
            if resolution.status == "absent" and resolution.known_as:
                yield resolution.known_as


def _runs(query: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Every run of up to three words, longest first, without its outer punctuation, and the words around it.

    None of what is too long to be a sentence.
    """
    if len(query) > _LONGEST_SENTENCE:
        return
    for length in (3, 2, 1):
        for at in range(len(query) - length + 1):
            words = " ".join(query[at : at + length]).strip('.,;:?!()"“”')
            yield words, [*query[:at], *query[at + length :]]
