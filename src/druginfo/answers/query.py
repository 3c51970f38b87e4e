"""What a person types → the terms of a query, and these as expressions of the full-text index (FTS5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, product
from typing import NamedTuple

from druginfo import topics
from druginfo.terms import words_in
from druginfo.terms.conditions import conditions
from druginfo.terms.spelling import variants
from druginfo.topics.synonyms import FILLERS, groups

_MOST_TERMS = 24


class Term(NamedTuple):
    """A word, "phrase" or prefix* of the query; a word with a hyphen is several in a row."""

    written: str
    words: tuple[str, ...]
    is_prefix: bool = False
    is_phrase: bool = False


def parse(query: str) -> list[Term]:
    """The words, "phrases" and prefixes* of a query, without words that say nothing unless there are no others."""
    found = []
    for match in re.finditer(r"[\"“”„]([^\"“”„]*)[\"“”„]|(\S+)", query):
        is_phrase = match[1] is not None
        for part in [match[1]] if is_phrase else match[2].replace(";", ",").split(","):
            words = tuple(words_in(part))
            if words:
                found.append(Term(part, words, not is_phrase and part.rstrip("\"'”)").endswith("*"), is_phrase))
    telling = [term for term in found if term.is_phrase or term.written.lower() not in FILLERS]
    return (telling or found)[:_MOST_TERMS]


def fts(term: Term) -> str:
    """A term as an FTS5 expression, its words in their British and American spelling."""
    if term.is_prefix:
        return f'"{" ".join(term.words)}" *'
    spelled = islice(product(*(variants(word) for word in term.words)), _MOST_TERMS)
    return f"({' OR '.join(map(phrase, spelled))})"


def phrase(words: Iterable[str]) -> str:
    """Words in a row, as an FTS5 expression."""
    return f'"{" ".join(words)}"'


def related_words(words: str) -> list[str]:
    """Words that mean about the same, by the topics and by people's names of conditions and groups."""
    topic = topics.known(words)
    folded = words.casefold()
    return [
        *(word for word in (topic.words if topic else ()) if len(word) > 2),
        *conditions().get(folded, ()),
        *groups().get(folded, ()),
    ]
