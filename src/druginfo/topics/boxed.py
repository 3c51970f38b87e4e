"""What a boxed warning says, for whoever asks for a dose: all of a short one; of a long one each title with its first
sentence, and the sentences that speak of the patient, refuse the drug or order something."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence

from druginfo.markup import plain
from druginfo.model import Monograph
from druginfo.terms import abridged
from druginfo.terms.phrase_list import Phrases
from druginfo.topics import has_section, label_of

_WHOLE = 800
"""Characters of a boxed warning that is said whole: ten lines."""
MOST, MOST_ABOVE = 2000, 1000
"""Characters that are said of a longer one, but for its titles, which are always said; and above a patient's doses, where
all of it comes below them."""
_TITLE = 200
"""Letters of a paragraph in capitals that is a title: whole warnings are printed in capitals, too."""
_CALLED = re.compile(r"^(?:(?:BOXED )?WARNINGS?(?: SECTION)?\b[ :-]*)+")
_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!e\.g\.)\s+(?=[\"“(]?[A-Z])|(?<=\])\s+(?=[A-Z])")
_RUN_IN = re.compile(r"[A-Z][A-Z/, -]{11,} [A-Z]\w*[a-z]|([A-Z][a-z]+[ ,]+){2,}[a-z]|(?i:(\w{6,}(?: \w+){0,6}?) \2\b)")
"""How a sentence begins that a title ran into: "ACCIDENTAL INGESTION Accidental ingestion of …", "Fetal Risk Valproate can …"."""
_REFERS = Phrases("see full prescribing information")
_REFUSES = Phrases(
    "contraindicated | avoid* | do not | must/should/can not | not be used/given/treated/administered",
    "not recommended/indicated/approved/appropriate | not for | only if/when/for/after/by | should only",
)
_ORDERS = Phrases("discontinu* | must | reserve* | consider* | should be tested/screened/monitored/measured | monitor*")


def boxed_warnings(monograph: Monograph) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What its boxed warning says: its titles, each with the sentences under it, verbatim."""
    return tuple((title, tuple(sentences)) for title, sentences in _parts(monograph) if title or sentences)


def brief(
    parts: Sequence[tuple[str, Sequence[str]]], most: int = MOST, is_asked: Callable[[str], bool] | None = None
) -> tuple[str, ...]:
    """A title each: the title and its sentences, of a long warning `most` characters; `…` for those left out.

    Sentences on what `is_asked` come first, those that refuse before others.
    """
    everything = [sentence for _, sentences in parts for sentence in sentences]
    if sum(map(len, everything)) <= _WHOLE:
        return whole(parts)
    asked = list(filter(is_asked, everything)) if is_asked else []
    refusing, ordering = (list(filter(words.search, everything)) for words in (_REFUSES, _ORDERS))
    first = [each for _, sentences in parts for each in _first(sentences)]
    ranked = (*(each for each in asked if each in refusing), *first[:1], *asked, *refusing, *first)
    left, kept = most, set()
    for each in dict.fromkeys((*ranked, *filter(_RUN_IN.match, everything), *ordering)):
        left -= len(each)
        if left >= 0:
            kept.add(each)
    return tuple(_part(title, sentences, kept) for title, sentences in parts)


def whole(parts: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """A title each: the title and all of its sentences."""
    return tuple(_part(title, sentences, sentences) for title, sentences in parts)


def _first(sentences: Sequence[str]) -> Iterator[str]:
    """The first sentence of a part, after what is no sentence: a title without a full stop."""
    for each in sentences:
        yield each
        if each[-1] in ".!?])":
            return


def _parts(monograph: Monograph) -> list[tuple[str, list[str]]]:
    """Its titles, each with the sentences that follow; those of no title come after an empty one."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for section in monograph.sections:
        if not has_section("boxed-warning", section):
            continue
        if not has_section("boxed-warning", section._replace(key=section.key.rsplit("/", 1)[-1])):
            parts.append((section.title, []))
        for block in section.blocks:
            text = plain(block.text)
            label = label_of(block)
            if not label and len(text) <= _TITLE and _is_title(text):
                label = text
            name = _CALLED.sub("", label.strip(" :.;•"))
            if len(name) > 2 and not (name.casefold() in parts[-1][0].casefold() and not parts[-1][1]):
                parts.append((name, []))
            rest = _CALLED.sub("", text.removeprefix(label).lstrip(" :.;•-"))
            parts[-1][1].extend(each.strip() for each in _END.split(rest) if each.strip() and not _REFERS.search(each))
    return parts


def _is_title(text: str) -> bool:
    """Whether a paragraph is in capitals, or has no stop and no word of more than three letters in small ones."""
    return text == text.upper() or (text[-1] not in ".;:)]" and all(w[0].isupper() for w in text.split() if len(w) > 3))


def _part(title: str, sentences: Sequence[str], kept: Container[str]) -> str:
    words = abridged(each if each in kept else "…" for each in sentences)
    return f"{title}: {words}" if title and words else title or words
