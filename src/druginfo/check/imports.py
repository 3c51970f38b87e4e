"""I: what an import could not do for certain, for whoever compares it with the official document."""

from __future__ import annotations

import re

from druginfo.check.document import Document
from druginfo.check.rule import Faults, rule
from druginfo.terms.patterns import UNIT

_BROKEN_FIGURE = re.compile(rf"(?<![\d.])\d+ ?\. \d(?: ?\d)*(?= ?(?:{UNIT}|L|%)\b)|(?<![\d.])\d+ \.\d+\b")
"""openFDA parts digits that its source had marked up: `0. 2 5 mg`, `1 .5 mL`."""
_LOST = re.compile(r"Error! (?:Hyperlink reference not valid|Reference source not found|Bookmark not defined)\.|\ufffd")
"""What word processors leave of a lost reference, and the sign for bytes that were no text."""
_NOT_ARRIVED = "  lost: "
"""What the import notes in the front matter, quoted where YAML needs it."""
_UNPLACED = "other-label-text/"
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? ")
_TITLE_LEVEL = 4
"""Headings from this level down in an openFDA import that have no number were recovered from running text."""


@rule("I801", "warning", "figure that the source broke in pieces", imported="warning")
def broken_figure(document: Document) -> Faults:
    if document.imported:
        for line, match in document.occurrences(_BROKEN_FIGURE):
            yield line, f"“{match[0]}” is broken in the source: compare it with the official document"


@rule("I802", "warning", "section that the import could not place", imported="warning")
def unplaced_section(document: Document) -> Faults:
    for section in document.monograph.sections if document.imported else ():
        if section.key.startswith(_UNPLACED) and section.key.count("/") == 1:
            yield section.line, f"“{section.title}” fits none of the sections: it is in Other Label Text"


@rule("I803", "warning", "headings that were recovered from running text", imported="warning")
def guessed_headings(document: Document) -> Faults:
    entry = document.entry("imported")
    if entry is None or "openFDA" not in document.text[: document.text.find("\n---", 4)]:
        return
    guessed = [
        section
        for section in document.monograph.sections
        if section.level >= _TITLE_LEVEL and section.title != "Highlights" and not _NUMBERED.match(section.title)
    ]
    if guessed:
        count = f"{len(guessed)} headings were" if len(guessed) > 1 else "1 heading was"
        yield guessed[0].line, f"{count} recovered from running text, “{guessed[0].title}” first"


@rule("I804", "warning", "words that the source lost", imported="warning")
def lost_words(document: Document) -> Faults:
    if document.imported:
        for line, match in document.occurrences(_LOST):
            yield line, f"“{match[0]}” is what the source has left of a reference or a sign"


@rule("I805", "warning", "words that the import lost", imported="warning")
def words_not_arrived(document: Document) -> Faults:
    for line, text in enumerate(document.lines[: document.first - 1], 1):
        if document.imported and text.startswith(_NOT_ARRIVED):
            lost = text.removeprefix(_NOT_ARRIVED).removeprefix("'").removesuffix("'").replace("''", "'")
            yield line, f"the import lost {lost}: compare the section with the official document"
