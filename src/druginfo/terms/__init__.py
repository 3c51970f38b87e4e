"""The language of medicine, once: words, units, periods, people, organs as tables; one scanner; one grammar.

A text is scanned into tokens (`scan`), these are read into phrases (`phrases`). What asks for the sense of a text asks
these; none searches the text again. What looks for a single word in a text that is not read finds its pattern in
`patterns`, or lists it as `phrase_list.Phrases`. Each is imported by itself: a start that only looks for words does not
load the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def words_in(text: str) -> list[str]:
    """The words of a text as they are written: its runs of letters and figures."""
    return re.findall(r"[^\W_]+", text)


def runs(count: int, longest: int) -> Iterator[tuple[int, int]]:
    """Where each run of so many of `count` things or fewer begins and ends, long ones first."""
    return ((at, at + size) for size in range(min(longest, count), 0, -1) for at in range(count - size + 1))


def letters_in(text: str) -> list[str]:
    """The runs of letters of a text."""
    return re.findall(r"[^\W\d_]+", text)


def abridged(texts: Iterable[str]) -> str:
    """Texts in a row, of which several `…` side by side are one."""
    return re.sub(r"(?:… ?)+", "… ", " ".join(texts)).strip()


def without_brackets(text: str, instead: str = " ") -> str:
    """The text without what is in round brackets."""
    return re.sub(r"\([^()]*\)", instead, text)


def told_once(texts: Iterable[str]) -> list[str]:
    """The sentences without fragments, and without those that say again what one before them says, as a summary and
    what it sums up do: four words in five are the same.

    >>> told_once(["Avoid it in severe renal impairment.", "(8.6)", "Avoid it in severe renal impairment (8.6)."])
    ['Avoid it in severe renal impairment.']
    """
    kept: dict[str, set[str]] = {}
    for text in texts:
        words = set(words_in(text.lower()))
        is_again = any(len(words & each) > 0.8 * min(len(words), len(each)) for each in kept.values())
        if any(len(word) > 2 and word.isalpha() for word in words) and not is_again:
            kept[text] = words
    return list(kept)


def sentences(text: str) -> list[str]:
    """The sentences of a text, and what semicolons or line ends separate; "C. difficile" and "e.g." end none.

    The titles "Limitations of Use" and those of Drug Facts ("Do not use", "Ask a doctor before use if", 21 CFR 201.66)
    begin one, also where the source ran them into what is before them.
    """
    return _SENTENCE_ENDS.split(text)


_SENTENCE_ENDS = re.compile(
    r"(?<=[.;!?])(?<!\b[A-Z]\.)(?<!\b[ei]\.[eg]\.)(?<!\bvs\.)\s+|\n|(?<=[a-z)\]])\s+"
    r"(?=(?:Limitations? of Use|Do not use if|Ask a doctor|Stop use and ask|When using this product|If pregnant or)\b)"
)
