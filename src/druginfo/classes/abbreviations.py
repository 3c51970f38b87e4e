"""Abbreviations as texts define them: "rheumatoid arthritis (RA)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from druginfo.model import Monograph
from druginfo.terms.files import word_list

_ABBREVIATION = re.compile(r"\(([A-Za-z0-9][\w-]{0,8}?[A-Z0-9])s?\)")


class Definition(NamedTuple):
    """An abbreviation as a text defines it."""

    short: str
    long: str


def definitions(text: str) -> Iterator[Definition]:
    """The abbreviations that a text defines: "rheumatoid arthritis (RA)".

    The letters of the abbreviation must be found in the words before it, its first letter at the beginning of the first
    (Schwartz and Hearst, Pacific Symposium on Biocomputing 2003).
    """
    for match in _ABBREVIATION.finditer(text):
        short = match[1]
        before = re.split(r"[.;:()\n]", text[max(0, match.start() - 120) : match.start()])[-1].rstrip()
        if long := spelled_out(short, " ".join(before.split()[-min(len(short) + 5, 2 * len(short)) :])):
            yield Definition(short, long)


def spelled_out(short: str, before: str) -> str | None:
    """The words at the end of a text that an abbreviation after it is short for; None where it is short for none of them."""
    at = len(before)
    letters = [c.lower() for c in short if c.isalnum()]
    if sum(c.isalpha() for c in letters) < 2:
        return None
    starts = [m.start() for m in re.finditer(r"[^\W_]+", before)][-len(letters) :]
    if [before[start].lower() for start in starts] == letters:
        return before[starts[0] :].strip()
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (before[at].lower() != letter or (number == 0 and at and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    long = before[at:].strip()
    return long if len(long) > len(short) + 1 and short.lower() not in long.lower().split() else None


_CAPITALS = re.compile(r"[A-Z]{3,5}")


def by_initials(short: str, text: str) -> str | None:
    """The one phrase of a text that three to five capitals, which it does not have, are short for; None for none or several.

    Each of its words begins with a letter of them, and the other letters begin parts of a compound.

    >>> by_initials("HLH", "Hemophagocytic lymphohistiocytosis"), by_initials("MOH", "monitor hearing")
    ('hemophagocytic lymphohistiocytosis', None)
    """
    if not _CAPITALS.fullmatch(short) or re.search(rf"\b{short}", text):
        return None
    letters = "".join(
        rf"(?:[a-z]*[ -]{each}|[a-z]+(?:(?<=o)|(?<=anti)|(?<=poly)){each}(?=[a-z]{{3}}))" for each in short[1:]
    )
    phrases = {match[0].lower() for match in re.finditer(rf"\b{short[0]}{letters}[a-z]*\b", text, re.I)}
    never = word_list("phrases", "never")
    found = {
        each for each in phrases if len(words := each.replace("-", " ").split(" ")) > 1 and never.isdisjoint(words)
    }
    return found.pop() if len(found) == 1 else None


def defined_in(monograph: Monograph) -> Iterator[Definition]:
    """The abbreviations that a monograph defines, each wording once."""
    texts = [*monograph.classes, monograph.description or "", *(section.text for section in monograph.sections)]
    seen = set()
    for found in definitions("\n".join(text for text in texts if "(" in text)):
        key = (found.short, found.long.lower())
        if key not in seen:
            seen.add(key)
            yield found


def other_forms(monograph: Monograph) -> Callable[[str], list[str]]:
    """What gives the abbreviations that a monograph defines for some words, or the words for an abbreviation of it."""
    known = tuple(defined_in(monograph))

    def of(words: str) -> list[str]:
        long = words.casefold()
        return [*(d.short for d in known if d.long.casefold() == long), *(d.long for d in known if d.short == words)]

    return of
