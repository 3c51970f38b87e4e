"""Narrative markup (paragraphs, lists, tables, notes, images) → blocks: SPL's, openFDA's tables, the XHTML of FHIR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase
from xml.etree.ElementTree import Element

from druginfo.labels.label import LabelBlock, Listing, Paragraph, may_lead
from druginfo.labels.lines import as_text, tidy
from druginfo.labels.xmltree import is_emphasised

_BREAK = "\x1e"
_BULLET = re.compile(r"[•●○◦▪■□▫‣⁃·∙*o§–—-]|[\uf000-\uf0ff]")
_STYLED_TAGS = frozenset({"b", "strong", "i", "em", "u", "ins"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_LISTS, _ITEMS = frozenset({"list", "ul", "ol"}), frozenset({"item", "li"})
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_STRUCK = re.compile(r"line-through|strike", re.IGNORECASE)
_HIDDEN = re.compile(r"display: ?none|visibility: ?hidden|mso-hide: ?all", re.IGNORECASE)
BLOCKS = _HEADINGS | frozenset(
    "paragraph text caption title item list table tr td th footnote br p div li ul ol dl dd pre blockquote section hr"
    " article aside header footer main nav address center figure figcaption".split()
)
"""Elements that begin and end lines; any other is amid one, as those of word processors are."""
_FRACTIONS = {unicodedata.normalize("NFKC", sign): sign for sign in "½⅓⅔¼¾⅛⅜⅝⅞"}
"""A raised and a lowered digit around a slash: `1<sup>1</sup>/<sub>2</sub>` is 1½."""
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_MARK = r"(?:\d{1,2}|[a-pr-z])"
_RAISED = re.compile(rf"(?:[0-9+\-−–=()a-pr-z]{{1,8}}|{_MARK}(?:(?: ?[,;–-] ?| ){_MARK}|[†‡*§¶#])+)[,;]?")
"""An exponent, a charge, a note's mark, or several of these."""
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ORDINAL = re.compile(r"st|nd|rd|th|ers?|res?|[eè]mes?", re.IGNORECASE)
_UP = re.compile(r"vertical-align: ?(?:super|[1-9])|mso-text-raise: ?[1-9]|(?<![\w-])top: ?-", re.IGNORECASE)
_DOWN = re.compile(r"vertical-align: ?(?:sub|-)|mso-text-raise: ?-|(?<![\w-])top: ?[1-9]", re.IGNORECASE)
_LETTERED = re.compile(r"\b(little|lower|big|upper)-?(alpha|latin|roman)\b", re.IGNORECASE)
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_POWER_OF = re.compile(r"(?:(?<![^\W\d_])(?:[µcdkm]?m|s|sec|kg|[Ll]|10)|\d)$")
Images = Mapping[str, str]
"""Image id → what its file says it shows."""


def read_blocks(element: Element, images: Images | None = None) -> tuple[LabelBlock, ...]:
    """The blocks inside `element`, all its words in document order.

    A footnote is put in parentheses in the place of its mark. A table keeps the mark, `[1]`, and the note becomes a row
    below that row, because in the cell its figures would be taken for the cell's.
    """
    notes = {note.get("ID", ""): note for note in element.iter("footnote")}
    return _Reader(images or {}, notes).read(element)


class _Reader:
    def __init__(self, images: Images, notes: Mapping[str, Element], marks: list[str] | None = None) -> None:
        """Read into `found`; `marks` collects the texts of the notes inside a table, the first of which is `[1]`."""
        self.images, self.notes, self.marks = images, notes, marks
        self.found: list[LabelBlock] = []
        self.pieces: list[tuple[str, bool]] = []

    def read(self, element: Element, is_item: bool = False) -> tuple[LabelBlock, ...]:
        """The blocks in an element, without the bullet that captions an item of a list."""
        self.inside(element, False, is_item)
        self.flush()
        return tuple(self.found)

    def inside(self, element: Element, styled: bool, is_item: bool = False) -> None:
        self.add(element.text, styled)
        for child in element:
            if not is_item or child.tag != "caption" or not "".join(child.itertext()).strip():
                self.child(child, styled)
            elif mark := _mark(child):
                self.add(f"{mark} ", styled)
            self.add(child.tail, styled)

    def add(self, text: str | None, styled: bool) -> None:
        if text:
            self.pieces.append((text, styled))

    def child(self, element: Element, styled: bool) -> None:
        tag, style = element.tag, element.get("style")
        if tag == "br":
            self.add(_BREAK, styled)
            self.inside(element, styled)
        elif tag not in BLOCKS and (height := _height(element)):
            self.raised(element, styled, height)
        elif tag in _LISTS:
            self.flush()
            self.listing(element)
        elif tag in _STYLED_TAGS:
            self.inside(element, True)
        elif tag in _HEADINGS:
            self.flush()
            self.inside(element, True)
            self.flush()
        elif tag == "table":
            self.flush()
            from druginfo.labels.tables import read_table

            marks: list[str] = []
            self.found += read_table(element, lambda cell: _Reader(self.images, self.notes, marks).read(cell), marks)
        elif tag == "footnote":
            self.note(element, styled)
        elif tag in _STRUCK_TAGS or element.get("revised") == "delete" or (style and _STRUCK.search(style)):
            self.add(" [struck out: ", False)
            self.inside(element, False)
            self.add("] ", False)
        elif style and _HIDDEN.search(style) and "".join(element.itertext()).strip():
            self.add(" [hidden in the document: ", False)
            self.inside(element, False)
            self.add("] ", False)
        elif tag in BLOCKS:
            self.flush()
            self.inside(element, styled or is_emphasised(element))
            if tag == "pre":
                self.pieces = [(text.replace("\n", _BREAK), is_styled) for text, is_styled in self.pieces]
            self.flush()
        elif tag == "footnoteRef":
            if (note := self.notes.get(element.get("IDREF", ""))) is not None:
                self.note(note, styled)
            self.inside(element, styled)
        elif tag in ("renderMultiMedia", "img"):
            self.image(element)
        else:
            self.inside(element, styled or is_emphasised(element))

    def raised(self, element: Element, styled: bool, height: int) -> None:
        """What is above or below the line: a note's mark most often, so no figure of it may join one before it."""
        text = tidy("".join(element.itertext()))
        before = "".join(piece for piece, _ in self.pieces[-3:])
        if height < 0:
            if len(self.pieces) > 1 and self.pieces[-1][0].strip() in ("/", "\u2044"):
                over = unicodedata.normalize("NFKC", self.pieces[-2][0]).strip()
                if fraction := _FRACTIONS.get(f"{over}\u2044{text}"):
                    self.pieces[-2:] = [(fraction, styled)]
                    return
            if before[-1:].isdigit() and text[:1].isdigit():
                self.add(text.translate(_LOWERED), styled)
            else:
                self.inside(element, styled)
        elif before[-1:].isdigit() and _ORDINAL.fullmatch(text):
            self.add(text, styled)
        elif _RAISED.fullmatch(text):
            joins = not before[-1:].isalnum() or (text.lstrip("+-−–").isdecimal() and _POWER_OF.search(before))
            self.add(f"{'' if joins else ' '}{text.translate(_SUPERSCRIPTS)}", styled)
        elif before[-1:].isalnum() and text[:1].isalnum():
            self.add(" (", styled)
            self.inside(element, styled)
            self.add(") ", styled)
        else:
            self.inside(element, styled)

    def note(self, element: Element, styled: bool) -> None:
        words = as_text(_Reader(self.images, {}).read(element))
        if self.marks is not None and words and not _is_reference(words):
            if words not in self.marks:
                self.marks.append(words)
            self.add(f" [{self.marks.index(words) + 1}] ", styled)  # so that a header's cell stays bold throughout
            return
        if words and (not self.pieces or not words.startswith("(")):
            words = f"({words})"
        self.add(f" {words} ", False)

    def image(self, element: Element) -> None:
        shown = tidy(element.get("alt", "") or self.images.get(element.get("referencedObject", ""), ""))
        self.add(f" [Image: {shown}] " if shown else " [Image] ", False)
        self.inside(element, False)

    def listing(self, element: Element) -> None:
        if (caption := element.find("caption")) is not None:
            self.inside(caption, True)
            self.flush()
        own_marks = any(_mark(child) for item in element for child in item)
        first = element.get("start", "")
        number = int(first) if first.isdecimal() and len(first) < 6 else 1
        letters = () if own_marks else _letters(element)[number - 1 :]
        if items := tuple(self.items(element, letters)):
            self.found.append(Listing(items, _is_ordered(element) and not own_marks and not letters, number))

    def items(self, element: Element, letters: Sequence[str] = ()) -> Iterator[tuple[LabelBlock, ...]]:
        """The items of a list, also those that something else in it holds, as annotations do; other text is an item."""
        yield from _loose(element.text)
        caption = element.find("caption")
        left = iter(letters)
        for item in element:
            if item.tag in _LISTS:  # a list in a list and not in its item, as browsers take it
                if inner := tuple(self.items(item)):
                    yield (Listing(inner, _is_ordered(item)),)
            elif item.tag not in _ITEMS and any(inner.tag in _ITEMS for inner in item.iter()):
                yield from self.items(item)
            elif item is not caption:
                reader = _Reader(self.images, self.notes, self.marks)
                if item.tag in _ITEMS and (letter := next(left, "")) and "".join(item.itertext()).strip():
                    reader.add(f"{letter}) ", False)
                if blocks := reader.read(item, is_item=True):
                    yield blocks
            yield from _loose(item.tail)

    def flush(self) -> None:
        pieces, self.pieces = self.pieces, []
        line: list[tuple[str, bool]] = []
        for text, styled in pieces:
            first, *broken = text.split(_BREAK)
            line.append((first, styled))
            for piece in broken:
                self.paragraph(line)
                line = [(piece, styled)]
        self.paragraph(line)

    def paragraph(self, pieces: list[tuple[str, bool]]) -> None:
        text = tidy("".join(piece for piece, _ in pieces))
        if not text:
            return
        last = self.found[-1] if self.found else None
        goes_on = text[0].islower() and not (text[:2] == "o " and _is_bullet(pieces, last))
        if isinstance(last, Paragraph) and goes_on and last.text[-1] not in ".:;" and not last.heading:
            self.found[-1] = Paragraph(f"{last.text} {text}", last.lead)  # a line end amid a sentence
            return
        lead = _lead(pieces, text)
        self.found.append(Paragraph(text, lead, int(lead == len(text) and _reads_as_heading(text))))


def _is_bullet(pieces: Iterable[tuple[str, bool]], last: LabelBlock | None) -> bool:
    """Whether the `o` that a paragraph begins with is a word processor's bullet: a wide gap follows it, or the one
    before has a bullet, too. In Spanish and Italian it is "or"."""
    before = last.text[:2] if isinstance(last, Paragraph) else ""
    gap = re.match(r"\s*o(?:\xa0|\s{2})", "".join(piece for piece, _ in pieces))
    return bool(gap) or (before[1:] == " " and _BULLET.fullmatch(before[0]) is not None)


def _loose(text: str | None) -> Iterator[tuple[LabelBlock, ...]]:
    if words := tidy(text or ""):
        yield (Paragraph(words),)


def _mark(caption: Element) -> str:
    """What a list item has instead of a bullet or the list's own number: `a)`, `Step 1`."""
    mark = "".join(caption.itertext()).strip() if caption.tag == "caption" else ""
    return "" if _BULLET.fullmatch(mark) else mark


def _is_reference(note: str) -> bool:
    """Whether a note only points elsewhere, without a figure or a verdict: "See Clinical Pharmacology (12.3)"."""
    return re.fullmatch(r"\W*[Ss]ee [^\d]*(?:\(\d+(?:\.\d+)?\)[^\d]*)*", note) is not None


def _height(element: Element) -> int:
    """1 for what is above the line, -1 for what is below, else 0; word processors say it as a style."""
    if element.tag in ("sup", "sub"):
        return 1 if element.tag == "sup" else -1
    if not (style := element.get("style")):
        return 0
    return 1 if _UP.search(style) else -1 if _DOWN.search(style) else 0


def _is_ordered(element: Element) -> bool:
    return element.tag == "ol" or element.get("listType") == "ordered"


def _letters(element: Element) -> Sequence[str]:
    """What an ordered list numbers its items with instead of figures, which its text may name: "repeat step b"."""
    kind = element.get("type", "")
    if kind in ("a", "A", "i", "I"):
        size, system = ("lower" if kind.islower() else "upper"), ("alpha" if kind in "aA" else "roman")
    elif named := _LETTERED.search(element.get("styleCode") or element.get("style") or ""):
        size, system = named[1].lower(), named[2].lower()
    else:
        return ()
    letters = _ROMANS if system == "roman" else ascii_lowercase
    return [each.upper() for each in letters] if size in ("big", "upper") else letters


def _lead(pieces: Iterable[tuple[str, bool]], text: str) -> int:
    """Length of the emphasised beginning of `text`, 0 where it does not end at a word's end."""
    styled = ""
    for piece, is_styled in pieces:
        if not is_styled and piece.strip():
            break
        styled += piece
    lead = tidy(styled)
    if not may_lead(lead) or not text.startswith(lead):
        return 0
    return len(lead) if not text[len(lead) : len(lead) + 1].isalnum() else 0


def _reads_as_heading(text: str) -> bool:
    return len(text) <= 100 and text[-1] not in ".,;:" and text[0].isalnum() and any(c.isalpha() for c in text)
