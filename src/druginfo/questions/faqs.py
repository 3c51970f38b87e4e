"""A person's question → the questions and answers of the library that are about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo import topics
from druginfo.answers.faq import Faqs
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Match
from druginfo.questions.spotting import absent_within, is_absent, misspelled_within, names_within, split_drug
from druginfo.spelling import variants
from druginfo.topics.terms import FILLERS


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
