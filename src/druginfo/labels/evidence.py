"""What a label whose layout is lost tells of its own titles: they are numbered, or stand before a colon, elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, pairwise

from druginfo.labels.titles import (
    SMALL_WORDS,
    Evidence,
    Title,
    by_first_word,
    heading_length,
    is_title,
    may_begin_title,
    numbered_headings,
    numbered_titles,
    title_length,
    titles_in,
)

TELL = {"indications_and_usage": "1", "dosage_and_administration": "2"}
"""The sections that are looked through, and their numbers."""
_REFERENCES = [
    re.compile(
        rf"{first}(?i:osage and administration)[:,] "
        r"([A-Z][A-Za-z’'-]*(?: (?:[A-Z][A-Za-z’'-]*|of|in|and|for|with|the|to))*)"
    )
    for first in "Dd"  # each is found much sooner than both together
]
_BEFORE_COLON = re.compile(r"[.:;)\]•●○] ([A-Z][^.:;•●○()\[\]]{2,70})$")
_COLON = re.compile(r":(?= |$)")
_SENTENCE = re.compile(r" (?<=[.!?\]):] )(?=([A-Z][^ ]*)(?: ([a-z][^ ]*))?)")
_DOSAGE_FOR = re.compile(r"^(?:\w+ ){0,2}(?:Dos\w+|Use|Recommendations) (?:for|in) (?:the )?(?:Treatment of )?(.+)$")
_BRACKETS = re.compile(r"^(.+) \(([A-Z][A-Za-z-]{1,9})\)$")
_PARTED_NUMBER = re.compile(r"^(\d{1,2}\.) ?(\d) ?(\d?)\.? ")
_LONGEST, _LONGEST_USES, _MOST = 200_000, 20_000, 1_000
"""Characters of a section and of the indications that are looked through, and titles; real labels have less."""


def evidence_of(texts: Iterable[tuple[str, str]], names: frozenset[str]) -> Evidence:
    """What the indications and the dosage among a label's texts, by key, tell of its titles.

    They are numbered, or stand before a colon or for certain before a sentence; a reference has them ("see DOSAGE AND
    ADMINISTRATION: Pediatric Use"); "Dosage for Plaque Psoriasis (PsO)" has two. `names` are the drug's own.
    """
    evidence = Evidence(names)
    uses: list[str] = []
    numbered: list[list[str]] = []
    titles: set[str] = set()
    for key, text in texts:
        if key not in TELL:
            titles.update(match[1] for each in _REFERENCES for match in islice(each.finditer(text), _MOST))
            continue
        text = text[:_LONGEST]
        uses += text[:_LONGEST_USES].split() if key == "indications_and_usage" else ()
        for at in numbered_headings(text, TELL[key]):
            numbered.append(_PARTED_NUMBER.sub("", text[at : at + 300]).split(" "))
            titles.add(" ".join(numbered[-1][: title_length(numbered[-1], evidence)]))
        opened = f". {text}"
        for colon in _COLON.finditer(opened):
            if match := _BEFORE_COLON.search(opened[max(0, colon.start() - 74) : colon.start()]):
                titles.add(match[1])
        for match in _SENTENCE.finditer(opened):
            first, second = match.groups()
            if second and second not in SMALL_WORDS and not may_begin_title(first, evidence):
                continue  # the second word of a sentence, as of most
            words = text[match.end() - 2 : match.end() + 180].split(" ", 24)
            titles.add(" ".join(words[: heading_length(words, evidence)]))
    titles.update(part for title in [*titles] for match in _BRACKETS.finditer(title) for part in match.groups())
    use_words = f" {' '.join(word.strip(',.:;()®') for word in uses)} "
    evidence = Evidence(names, _titles(titles, names), use_words, use_words.lower())
    parted: set[str] = set()
    whole = ((words, [0, *titles_in(words, evidence), len(words)]) for words in (title.split(" ") for title in titles))
    for words, starts in (*((words, numbered_titles(words, evidence)) for words in numbered), *whole):
        parted.update(" ".join(words[start:end]) for start, end in pairwise(starts))
    parted.update(_DOSAGE_FOR.sub(r"\1", title) for title in [*parted])
    return evidence._replace(titles=_titles(parted, names))


def _titles(titles: Iterable[str], names: frozenset[str]) -> dict[str, list[Title]]:
    found = (title.rstrip(" :") for title in sorted(titles))
    return by_first_word(islice((title for title in found if title and is_title(title.split(" "), names)), _MOST))
