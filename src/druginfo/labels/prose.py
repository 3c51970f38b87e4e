"""Running text as openFDA gives it, without its line ends, → headings, paragraphs and lists again.

openFDA keeps a section's words and loses its layout: titles run into sentences, list items into each other. What the
words themselves tell is restored (section numbers, bullets, title case before a sentence); words are never changed,
moved or dropped, and where nothing is certain the text stays one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.labels.blocks import tidy
from druginfo.labels.label import Block, Listing, Paragraph
from druginfo.labels.titles import BULLETS, heading_length, is_title_case

_BULLET = re.compile(rf"([{BULLETS}])(?=\s)(?<!\S.)")
_SENTENCE_END = re.compile(r"[.!?] (?=[A-Z“])")
_TRAILING = re.compile(r"(?<=[.\])]) (?P<last>[A-Z][^.;:\[\]]{2,150}:?)$")
_HEADING_MAY_FOLLOW = re.compile(r"[.\]:] (?=[A-Z][\w/-]* [A-Zaviof])")
_REFERENCE_END = re.compile(r" \(\d{1,2}(?:\.\d{1,2})?(?:, ?\d{1,2}(?:\.\d{1,2})?)*\)\.? (?=[A-Z])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:vs|St|Dr|No)|[ei]\.[ge])\.$")
_LONG = 700
"""Characters; longer paragraphs get breaks at sentence ends, at least `_SHORT` characters apart."""
_SHORT = 350


_FLAT_POWERS = (
    ("m 2", re.compile(r"m 2(?: (?=/))?(?![\w.,]*\d| ?(?:m?c?g|times|doses|tablets)\b)")),
    ("m 3", re.compile(r"m 3(?: (?=/))?(?![\w.,]*\d| ?(?:m?c?g|times|doses|tablets)\b)")),
    ("10 ", re.compile(r"10 (?:[3-9]|1[0-2]) (?=/(?:[mµ]?L|kg)\b)")),
)
"""What is in a text that may hold a power, and the power where openFDA set its exponent apart."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def prose(text: str) -> list[Block]:
    """The blocks of a stretch of text; their words in order are the text's."""
    found: list[Block] = []
    items: list[tuple[Block, ...]] = []
    marks: list[str] = []

    def end_list() -> None:
        if items:
            found.append(Listing(tuple(items)))
            items.clear()
            marks.clear()

    pieces = _BULLET.split(_with_powers(text))
    before, heading = _trailing_heading(tidy(pieces[0]), len(pieces) > 1)
    found.extend([*_paragraphs(before), *heading])
    for i in range(1, len(pieces), 2):
        same_level_follows = i + 2 < len(pieces) and pieces[i + 2] in (pieces[i], marks[0] if marks else pieces[i])
        body, heading = _trailing_heading(tidy(pieces[i + 1]), same_level_follows)
        own, *after = _under_headings(body) or [""]
        if own and items and pieces[i] != marks[0]:
            items[-1] = _nested(items[-1], own)
        elif own:
            items.append((Paragraph(own),))
            marks.append(pieces[i])
        if after or heading:
            end_list()
            found.extend([*(block for part in after for block in _packed(part)), *heading])
    end_list()
    return found


def _trailing_heading(text: str, bullet_follows: bool) -> tuple[str, list[Paragraph]]:
    """What stands after the last sentence and leads the bullets that follow: title-case words, or any up to a colon.

    Left in the item before, "Atopic Dermatitis:" would be read with the disease before it.
    """
    if not bullet_follows or not (match := _TRAILING.search(text, max(0, len(text) - 160))):
        return text, []
    last = match["last"]
    if not last.endswith(":") and not is_title_case(last.split()):
        return text, []
    lead = len(last) if is_title_case(last.rstrip(":").split()) else 0
    return text[: match.start()], [Paragraph(last, lead)]


def _nested(item: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    *before, last = item
    if isinstance(last, Listing):
        return (*before, Listing((*last.items, (Paragraph(text),))))
    return (*item, Listing(((Paragraph(text),),)))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for part in _under_headings(text):
        yield from _packed(part)


def _packed(text: str) -> Iterator[Paragraph]:
    """Paragraphs of whole sentences; a long one is broken, and a heading amid the text leads its paragraph in bold."""
    words = text[:400].split(" ")
    lead = len(" ".join(words[: heading_length(words)]))
    begin = 0
    if len(text) > _LONG:
        for match in _SENTENCE_END.finditer(text):
            end = match.start() + 1
            if end - begin >= _SHORT and not _ABBREVIATION.search(text, max(begin, end - 5), end):
                yield Paragraph(text[begin:end], lead)
                begin, lead = end + 1, 0
    if begin < len(text):
        yield Paragraph(text[begin:], lead)


def _under_headings(text: str) -> list[str]:
    """The text cut before each heading that stands between two sentences, and behind each item of the highlights."""
    return [part for item in _highlights(text) for part in _headed(item)]


def _highlights(text: str) -> Iterator[str]:
    """Items of the highlights, which end with the number of the section that they sum up: "… with food (2.1)".

    Left together, the dose of one indication would be read under the name of the one before it.
    """
    start = 0
    for match in _REFERENCE_END.finditer(text):
        item = text[start : match.end() - 1]
        if item.count("[") == item.count("]"):
            yield item
            start = match.end()
    yield text[start:]


def _headed(text: str) -> list[str]:
    parts, start = [], 0
    for match in _HEADING_MAY_FOLLOW.finditer(text):
        at = match.end()
        if match.start() >= start and heading_length(text[at : at + 200].split(" ")):
            parts.append(text[start : match.start() + 1])
            start = at
    parts.append(text[start:])
    return [part for part in parts if part]


def _with_powers(text: str) -> str:
    """`mg/m 2 /day` → `mg/m²/day`, `10 9 /L` → `10⁹/L`: openFDA sets exponents apart, which changes what is read."""
    for sign, pattern in _FLAT_POWERS:
        if sign in text:
            text = pattern.sub(_power, text)
    return text


def _power(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 6) : match.start()]
    counted = re.search(r"(?:/|\b1\.73 ?|\bper )[mcd]?$" if match[0][0] == "m" else r"(?:^|[^\d.,])$", before)
    base, exponent, *_ = match[0].split(" ")
    return base + exponent.translate(_RAISED) if counted else match[0]
