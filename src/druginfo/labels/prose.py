"""Running text as openFDA gives it, without its line ends, → headings, paragraphs and lists again.

openFDA keeps a section's words and loses its layout: titles run into sentences, list items into each other. What the
words themselves tell is restored (section numbers, bullets, title case before a sentence); words are never changed,
moved or dropped, and where nothing is certain the text stays one paragraph.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from druginfo.dosing.leads import CAPTION, title_at_end
from druginfo.labels.label import LabelBlock, Listing, Paragraph
from druginfo.labels.lines import closed_up
from druginfo.labels.titles import (
    AIMS,
    BULLETS,
    NO_EVIDENCE,
    SMALL_WORDS,
    Evidence,
    heading_length,
    is_said_again,
    is_title_case,
    is_titled,
    known_title,
    may_begin_title,
    titles_in,
)
from druginfo.terms.patterns import AGES_IN_A_TITLE, PEOPLE, PERIOD, PERIODIC, UNIT, WHOM_BY_AGE
from druginfo.terms.tables import HEADINGS

_LETTER_BULLET = re.compile(r"(?<=[.:\])] )o(?= [A-Z])")
"""A bullet that a word processor made of the letter: "… once daily. o Give with food"."""
_TRAILING = re.compile(r"(?<=[.\])]) (?P<last>[A-Z][^.;:\[\]]{2,190}:?)$")
_MAY_START = (
    rf"(?:Table|Figure) \d|{AGES_IN_A_TITLE}|[A-Z“][^ ]*(?= (?:[^a-z ]|(?:a|an|and|at|by|for|from|in|into|of|on"
    r"|or|the|to|via|vs|with|without|who|aged|taking|receiving|weighing|undergoing) ))"
)
"""A sentence's first word, where the second may go on with a title: sentences mostly go on in lower case."""
_OPENING, _OPENING_OF_ANY = (
    re.compile(
        r" (?=[A-Z“\d<>≥≤])(?:(?=(The|For|In|An?|If|When|Initiate|Start|Administer) [a-z])(?<=[^\s.;:?!,–—(\[-] )"
        rf"|(?=[A-Z])(?=((?i:{WHOM_BY_AGE})\b))|(?<=[.!?\]):] ){may_follow})"
    )
    for may_follow in (f"(?={_MAY_START})", "")
)
"""The blank before what may open a sentence or a heading: a sentence's first word without an end before it, a group of
people, what may start a title, or anything, after an end. The blank comes first because a pattern that begins with a
literal is twice as quick."""
_STARTS = re.compile(_MAY_START)
_REFERENCE_END = re.compile(r" \(\d{1,2}(?:\.\d{1,2})?(?:, ?\d{1,2}(?:\.\d{1,2})?)*\)\.? (?=[A-Z])")
_IS_NONE_BEFORE = re.compile(
    r"(?:\b[A-Z]|\b(?:vs|St|Dr|No)|[ei]\.[ge]|(?:^|[.;:)\]] )\d\d?)\.$|(?:^|[.;:)\]] )(?:Table|Figure) \d\d?[.:]$"
)
"""What ends as a sentence does but is not one: an abbreviation, the number of a step, an item, a table."""
_CAPTION = re.compile(r"(?:Table|Figure) \d{1,2}[.:]? [A-Z]")

_BAND = (
    rf"\d[\d.]*\s?(?:(?:to|-|–)\s?(?:less than |<\s?|under )?\d[\d.]*\s?(?:(?i:{PERIOD})|kg|lbs?|mL/min)"
    rf"|(?:(?i:{PERIOD})|kg|mL/min))\b"
)
_BEGINS = rf"[A-Z≥≤<>“]|(?:{PEOPLE}|patients)\b|{_BAND}"
_CLOSED = re.compile(
    rf"\b(?:{PERIODIC}|{PERIOD}|{UNIT}|bedtime|needed|meals?|breakfast|L|tablets?|capsules?|teaspoons?|doses?|times|once"
    rf"|twice|doctor|physician|adjustment|necessary|required|recommended)\)? (?={_BEGINS})"
)
"""The word that closes a regimen where the label of the next one follows: "5 mg daily | CrCl <30 mL/min: 2.5 mg"."""
_HOW_OFTEN = re.compile(rf"(?:{PERIODIC}|\b{PERIOD})\)?$", re.IGNORECASE)
_OPENED = re.compile(rf"[.!?;:\])] (?={_BEGINS})")
_DOSED = re.compile(rf"{PEOPLE}(?: \(_+\))? (?=\d[\d.,]*\s?{UNIT}\b)", re.IGNORECASE)
"""A group right before its dose, as a label whose colon was lost: "… daily Children 10 mg/kg"."""
_COLON = re.compile(r":(?<! :)(?= |$)")
_IS_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|should|may|must|can|will|has|have|had|do|does|did|following|follows?|includ(?:es?|ed|ing)|occurr\w+|reported|observed|e\.g|i\.e)\b"
    r"|^(?:See|Table|Figure)\b",
    re.IGNORECASE,
)
_STAGE = (
    r"(?:initial(?:ly)?|starting|loading|induction|titration|maintenance|maximum|usual|subsequent|then)"
    r"(?: (?:dos(?:e|age)|therapy|treatment|phase))?"
)
_LABEL = re.compile(r"[A-Z][^.:;]{2,40}:")
"""A label right after another's colon: "Arthritis, including flares of chronic disease: Suggested dosage: 400 mg"."""
_IS_STAGE = re.compile(rf"{_STAGE}:", re.IGNORECASE)
_WHO_AND_STAGE = re.compile(rf"(?P<who>.*[^\W\d]) ?[-–—] ?(?P<stage>{_STAGE}:)", re.IGNORECASE)
"""A label of two ranks: "Children 6 to 12 years of age-Initial:"; the stages that follow are the same children's."""
_UNDER = re.compile(r"(?P<heading>[A-Z][^():]{2,80} \([^()]{2,60}\)) (?P<label>(?-i:[A-Z]).*:)")
"""A title with a remark, and a label right after it: "Epilepsy (SEE INDICATIONS) Adults: "."""
_LONGEST_LABEL = 160
_FEW_WORDS = 9
"""A longer label is one only if its words are a title's."""
_NUMBERED = re.compile(r"(?<![\d,/]) (\d{1,2})\. (?=[A-Z“])")
_COUNTED = re.compile(
    r"(?:section|table|figure|version|type|phase|step|stage|grade|class|factor|and|or|to|see)$", re.IGNORECASE
)


_Marked = tuple[tuple[str, re.Pattern[str]], ...]
_FLAT_POWERS: _Marked = (
    *((m, re.compile(rf"{m}(?: (?=/))?(?![\w.,]*\d| ?(?:m?c?g|times|doses|tablets)\b)")) for m in ("m 2", "m 3")),
    ("10 ", re.compile(r"10 (?:[3-9]|1[0-2]) (?=/(?:[mµ]?L|kg)\b)")),
)
"""What is in a text that may hold a power, and the power where openFDA set its exponent apart (`mg/m 2 /day`)."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def prose(text: str, evidence: Evidence = NO_EVIDENCE, *, over_table: bool = False) -> list[LabelBlock]:
    """The blocks of a stretch of text, after which a table may come; their words in order are the text's.

    A paragraph is cut only where a scope ends: at a heading, a label, an item. A long one stays whole, because the
    sentence that says for whom a dose is may stand far before the dose.
    """
    found: list[LabelBlock] = []
    items: list[tuple[LabelBlock, ...]] = []
    marks: list[str] = []

    def end_list() -> None:
        if items:
            found.append(Listing(tuple(items)))
            items.clear()
            marks.clear()

    if " o " in text:
        text = _LETTER_BULLET.sub("○", text)
    text = _replaced(_FLAT_POWERS, _power, text.replace("\n", " "))
    present = "".join(sign for sign in BULLETS if sign in text)  # one is found five times as soon as any of all
    pieces = re.split(rf"([{present}])(?=\s)(?<!\S.)", text) if present else [text]
    pieces[::2] = closed_up("\n".join(map(str.strip, pieces[::2]))).split("\n")
    follows = pieces[2] if len(pieces) > 2 else _A_TABLE if over_table else ""
    before, heading = _trailing_heading(pieces[0], follows, evidence, is_item=False)
    found.extend([*_arranged(_cut(before, evidence)), *heading])
    for i in range(1, len(pieces), 2):
        same_level_follows = i + 2 < len(pieces) and pieces[i + 2] in (pieces[i], marks[0] if marks else pieces[i])
        is_last = i + 2 >= len(pieces)
        follows = pieces[i + 3] if same_level_follows else _A_TABLE if is_last and over_table else ""
        body, heading = _trailing_heading(pieces[i + 1], follows, evidence)
        body, running_on = _item_alone(body, pieces[2:i:2]) if is_last and not heading else (body, "")
        own, *after = _cut(body, evidence) or [_Piece("")]
        if own.rank and not after:
            own = _Piece(body)  # an item that is nothing but the name of an indication
        inside: list[_Piece] = []
        while after and i + 2 < len(pieces) and not heading and not after[0].rank:
            inside.append(after.pop(0))  # labels amid a list are its item's
        if own.text and items and pieces[i] != marks[0]:
            items[-1] = _nested(items[-1], own)
        elif own.text:
            items.append((own.block(), *_arranged(inside)))
            marks.append(pieces[i])
            inside = []
        after = [*inside, *after, *_cut(running_on, evidence)]
        if after or heading:
            end_list()
            found.extend([*_arranged(after), *heading])
    end_list()
    return found


_A_TABLE = "|"
"""What follows a text where no bullet does but a table."""


def _item_alone(text: str, others: Sequence[str]) -> tuple[str, str]:
    """The last item of a list of a few words each, and the paragraph that has run into it: it ends with the word with
    which another item ends, and a sentence begins after that: "39 kg – 1,800 mg/day In the clinical trial, …"."""
    longest = max(map(len, others), default=0)
    if not others or longest > _LONGEST_LABEL or any(other[-1:] in ".;" for other in others):
        return text, ""
    ends = {other.split()[-1] for other in others if other.strip()}
    for match in _SENTENCE_BEGINS.finditer(text, 0, 2 * longest):
        item, rest = text[: match.start()], text[match.end() :]
        if item.split()[-1] in ends and ". " in f"{rest} ":
            return item, rest
    return text, ""


_SENTENCE_BEGINS = re.compile(r"(?<=[\w)%]) (?=[A-Z][a-z]* [a-z])")


def _trailing_heading(text: str, after: str, evidence: Evidence, is_item: bool = True) -> tuple[str, list[Paragraph]]:
    """What comes after the last sentence and leads the bullets or the table that follow: a title, anything up to a
    colon before bullets, or what the next bullet, `after`, says again.

    Left in the item before, "Atopic Dermatitis:" would be read with the disease before it.
    """
    if not after or text[-1:] in ".;[]":
        return text, []
    follows = after.split()
    begin = title_at_end(text)
    is_title = begin > 0
    if not begin:
        match = _TRAILING.search(text if is_item else f". {text}", max(0, len(text) - 200))
        if not match or after == _A_TABLE:
            return text, []
        begin = match.start("last") - (not is_item) * 2
        last = text[begin:]
        lowest = _apart(last, evidence, follows)[-1].split()
        is_title = is_title_case(last.split()) or (last[-1] != ":" and is_said_again(lowest, follows))
        if not last.endswith(":") and not is_title:
            return text, []
    if CAPTION.match(text, begin):
        return text[:begin].rstrip(), [Paragraph(text[begin:])]
    if after == _A_TABLE and heading_length(text[begin:].split(" "), evidence):
        return text, []
    *above, last = _apart(text[begin:], evidence, follows)
    lead = len(last) if is_title or is_title_case(last.rstrip(":").split()) else 0
    return text[:begin].rstrip(), [*(Paragraph(title, len(title), 1) for title in above), Paragraph(last, lead)]


def _apart(title: str, evidence: Evidence, follows: Sequence[str] = ()) -> list[str]:
    """The titles that are run together in one, which it is alone where there are none."""
    words = title.split(" ")
    starts = (0, *titles_in(words, evidence, follows), len(words))
    return [" ".join(words[start:end]) for start, end in itertools.pairwise(starts)]


def _nested(item: tuple[LabelBlock, ...], piece: _Piece) -> tuple[LabelBlock, ...]:
    *before, last = item
    before, items = (before, last.items) if isinstance(last, Listing) else ([*item], ())
    return (*before, Listing((*items, (piece.block(),))))


def ranked(blocks: Iterable[LabelBlock]) -> Iterator[LabelBlock]:
    """The blocks, with each heading that is right below another, without text between them, a level below it.

    So are those after it that name the same kind of people or organ, or what the upper one does: "Gout Flares |
    Prophylaxis of Gout Flares … | Treatment of Gout Flares …". Any other ends what is under the upper one.
    """
    over, below, last = "", "", None
    for block in blocks:
        is_title = isinstance(block, Paragraph) and block.lead == len(block.text)
        if isinstance(block, Paragraph) and is_title:
            is_first = last is not None and last.heading == 1
            if is_first and last:
                over, below = last.text, block.text
            elif last is None and not _is_under(block.text, over, below):
                over = ""
            if block.heading == 1 and over:
                block = replace(block, heading=2)
        last = block if isinstance(block, Paragraph) and is_title else None
        yield block


def _is_under(title: str, over: str, below: str) -> bool:
    both_named = bool(_NAMES_WHOM.search(title) and _NAMES_WHOM.search(below))
    return bool(over) and title != over and (both_named or over.lower() in title.lower())


_NAMES_WHOM = re.compile(rf"\b(?:{WHOM_BY_AGE}|{PERIOD}|{'|'.join(HEADINGS['special'].split())})\b", re.IGNORECASE)


class _Piece(NamedTuple):
    """What one cut leaves: a heading, or a paragraph with the label that leads it."""

    text: str
    lead: int = 0
    rank: int = 0
    """1 for a heading, 2 for one below such; 0 for a paragraph."""

    def block(self) -> Paragraph:
        return Paragraph(self.text, len(self.text) if self.rank else self.lead, self.rank)


def _arranged(pieces: Sequence[_Piece]) -> list[LabelBlock]:
    """The pieces as blocks; labels after a clause that ends in a colon are its items, numbered steps a list."""
    found: list[LabelBlock] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        found.extend(_steps(piece))
        if not piece.rank and piece.text.endswith(":") and piece.lead < len(piece.text):
            items = _items(pieces[at:])
            if items:
                found.append(Listing(tuple((item.block(),) for item in items)))
                at += len(items)
    return found


def _items(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """The labelled pieces that a clause before them introduces: as long as each goes on like the first, with a figure
    or in lower case. "The recommended dosage is: Induction: 30 mg … Maintenance: 15 mg … Crohn’s Disease: For patients"
    are two."""
    rests = (piece.text[piece.lead :].lstrip() if piece.lead and not piece.rank else "" for piece in pieces)
    return pieces[: len(list(takewhile(lambda rest: rest and not rest[0].isupper(), rests)))]


def _steps(piece: _Piece) -> Iterator[LabelBlock]:
    """The piece, its numbered steps as a list: "1. Empty the packet. 2. Stir. 3. Drink." """
    if piece.rank or " 2. " not in piece.text:
        yield piece.block()
        return
    text = f" {piece.text}"
    places: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(text):
        before = text[: match.start()]
        if int(match[1]) != len(places) + 1 or (before and _COUNTED.search(before[-12:])):
            continue
        if places and before.rstrip()[-1:] not in ".:!?)]":
            continue
        places.append((match.start(), match.end()))
    if len(places) < 2:
        yield piece.block()
        return
    if intro := text[: places[0][0]].strip():
        yield _Piece(intro, min(piece.lead, len(intro))).block()
    ends = [*(start for start, _ in places[1:]), len(text)]
    steps = [text[start:end].strip() for (_, start), end in zip(places, ends, strict=True)]
    yield Listing(tuple((Paragraph(step),) for step in steps), ordered=True)


def _cut(text: str, evidence: Evidence) -> list[_Piece]:
    """The text cut before each heading and label, and after each item of the highlights."""
    found: list[_Piece] = []
    within_group = False  # a heading that names a group is open: stages below it are the group's
    for item in _highlights(text):
        for piece in _labelled(item, evidence):
            if piece.rank == 2:
                within_group = True
            elif piece.rank == 1:
                within_group = False
            elif within_group and piece.lead and not _IS_STAGE.fullmatch(piece.text[: piece.lead]):
                found.append(_Piece(piece.text[: piece.lead].rstrip(": "), 0, 2))
                piece = _Piece(piece.text[piece.lead :].strip())
            if piece.text:
                found.append(piece)
    return found


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


def _labelled(text: str, evidence: Evidence) -> Iterator[_Piece]:
    """A text's pieces: headings in title case that a sentence follows, and labels before a colon."""
    if not text:
        return
    # neither sentences nor labels end in brackets
    flat = _replaced(_BRACKETED, lambda found: f"({'_' * (len(found[0]) - 2)})", text)
    starts: set[int] = set()
    again: dict[int, int] = {}
    groups: list[int] = []
    fresh: list[int] = []  # sentences for others, without an end before them: "1 mg daily In children"
    last = -1
    opening = _OPENING_OF_ANY if evidence.titles else _OPENING
    for found in opening.finditer(opened := f". {flat}"):
        at = found.start() - 1
        if opened[at] in _ENDS:
            begun = _STARTS.match(flat, at)
            if begun and at != last:  # what is right after another is its sentence: "Note: See"
                starts.add(at)
                last = begun.end() + 1
            begins = evidence.titles and may_begin_title(flat[at : at + 160].split(" ", 1)[0], evidence)
            if begins and known_title(text[at : at + 160].split(" ", 16), evidence):
                starts.add(at)
        if found[1] and (titled := _said_again(text, flat, at, alone=bool(evidence.titles))):
            again.update([titled])
        elif found[1] in ("In", "For") and _HOW_OFTEN.search(flat, max(0, at - 24), at - 1):
            fresh.append(at)
        elif found[2]:
            # a title may follow a regimen without a period: "… daily Patients Less than 1 Year of Age"
            groups.append(at)
            if _is_closed(flat, at):
                starts.add(at)
    starts |= again.keys()
    cuts: dict[int, tuple[int, bool]] = {}  # where a piece begins → the end of its heading or label, and which it is
    taken = 0
    for at in sorted(starts):
        if at < taken or (at and _is_none_before(text, at)):
            continue
        begin = at
        while (length := _heading_at(text, begin, evidence)) and text[begin + length - 1] != ":":
            cuts[begin] = (begin + length, True)
            taken = begin = begin + length + 1
        if again.get(at, 0) > cuts.get(at, (at, False))[0]:
            cuts[at] = (again[at], True)
            taken = again[at] + 1
        if at not in cuts and at and text[at] in "TF" and _CAPTION.match(text, at):
            cuts[at] = (at, False)
    headings = [(begin, stop) for begin, (stop, is_heading) in cuts.items() if is_heading]
    for start, end in (*_labels(flat), *_dosed(flat, groups)):
        before = bisect_left(headings, (end,))
        if not before or headings[before - 1][1] <= start:
            cuts[start] = (end, False)
    labelled = any(end > start for start, (end, _) in cuts.items())
    cuts |= {at: (at, False) for at in fresh if labelled and at not in cuts}
    order = sorted(cuts)
    if not order or order[0]:
        order.insert(0, 0)
        cuts.setdefault(0, (0, False))
    for start, after in zip(order, [*order[1:], len(text)], strict=True):
        end, is_heading = cuts[start]
        if is_heading:
            for title in _apart(text[start:end], evidence, text[end + 1 : end + 300].split(" ")):
                yield _Piece(title, 0, 1)
            start = end + 1
        elif end > start:
            *above, label = _apart(text[start:end], evidence)
            for title in above:
                yield _Piece(title, 0, 1)
                start += len(title) + 1
            if match := _UNDER.fullmatch(label):
                yield _Piece(match["heading"], 0, 1)
                label, start = match["label"], end - len(match["label"])
            if match := _WHO_AND_STAGE.fullmatch(label):
                yield _Piece(match["who"].strip(), 0, 2)
                start = end - len(match["stage"])
        if rest := text[start:after].strip():
            yield _Piece(rest, end - start if end > start else 0)


def _said_again(text: str, flat: str, at: int, *, alone: bool) -> tuple[int, int] | None:
    """Where a title begins and ends that the sentence right after it, at `at`, says again: "… in most. Coronary artery
    disease The dose for patients with coronary artery disease is". Where no sentence has ended before it, it is in
    title case. `alone`: a title of a disease or a group without a verb may do without: "Treatment of Onychomycosis
    Toenails with or without fingernail involvement | The recommended dose is"."""
    end = at - 1
    begin = max(0, end - _LONGEST_LABEL)
    ended = [match.end() for match in _ENDED.finditer(flat, begin, end)]
    begin = ended[-1] if ended else begin
    if text.count("(", begin, end) != text.count(")", begin, end):
        return None
    words = text[begin:end].split(" ")
    follows = text[at : at + 299].split(" ")
    is_first = (ended or not begin) and words[0][:1].isupper() and len(words) < _LONG_TITLE
    bare = alone and is_first and words[-1] not in SMALL_WORDS and _IS_TITLE.match(flat, begin, end)
    if is_first and (is_said_again(words, follows) or (bare and not _IS_CLAUSE.search(flat[begin:end]))):
        return begin, end
    while len(words) > _FEW_TITLE_WORDS:
        before = words.pop(0)
        begin += len(before) + 1
        if not before.islower() or not before.isalpha() or before in SMALL_WORDS or words[0].lower() in SMALL_WORDS:
            continue
        if words[0][:1].isupper() and is_titled(words) and is_said_again(words, follows):
            return begin, end
    return None


_IS_TITLE = re.compile(rf"(?:{'|'.join(sorted(AIMS))}|(?i:{WHOM_BY_AGE}))\b(?![^A-Z]*$)(?:(?!\d+[\d.,]* ?{UNIT}\b).)*$")
"""What a title begins with that no sentence says again, if it holds no amount."""
_ENDED = re.compile(r"[.;:?!\])] ")
_ENDS = frozenset(".!?]):")
_LONG_TITLE, _FEW_TITLE_WORDS = 15, 3


def _is_none_before(text: str, at: int) -> bool:
    """Whether what ends right before this place, as a sentence does, is not one."""
    last = text[text.rfind(" ", 0, at - 1) + 1 : at - 2]
    is_word = len(last) > 2 and last.isalpha()  # as most are
    return not is_word and _IS_NONE_BEFORE.search(text, max(0, at - 14), at - 1) is not None


def _heading_at(text: str, at: int, evidence: Evidence) -> int:
    words = text[at : at + 240].split(" ", 28)
    return len(" ".join(words[: heading_length(words, evidence)]))


def _replaced(marked: _Marked, by: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with something else for what the patterns find, each looked for where what it is found by is."""
    for mark, pattern in marked:
        if mark in text:
            text = pattern.sub(by, text)
    return text


def _labels(flat: str) -> Iterator[tuple[int, int]]:
    """Where labels begin and end, their colon included; a clause that ends in a colon is not a label."""
    last = 0
    for colon in _COLON.finditer(flat):
        begin = max(last, colon.start() - _LONGEST_LABEL)
        start = begin if begin == last else -1
        for opened in _OPENED.finditer(flat, max(0, begin - 2), colon.start()):
            start = opened.end()
        if closed := _CLOSED.search(flat, start if start >= 0 else begin, colon.start()):
            start = closed.end()
        last = colon.end()
        while flat[last : last + 1] == " ":
            last += 1
        if start < 0:
            continue
        if flat[start - 2 : start] == ") " and (titled := _TITLED.search(flat, max(0, start - 150), start)):
            start = titled.start("title")
        label = flat[start : colon.start()].strip()
        if (
            label
            and not _is_clause(label, _LABEL.match(flat, last) is not None)
            and any(map(str.isalpha, label))
            and re.match(_BEGINS, label)
            and label.count("(") == label.count(")")
            and (label.count(" ") < _FEW_WORDS or _is_like_a_title(label))
        ):
            yield start, colon.end()


def _is_clause(label: str, above: bool) -> bool:
    """Whether a label is none, but a clause; `above`: right above another label it may say what it includes."""
    clause = _IS_CLAUSE.search(label)
    return clause is not None and not (above and clause[0] == "including")


def _dosed(flat: str, groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a group begins and ends that a dose follows at once, after a sentence, a label or another's regimen."""
    for at in groups:
        dosed = _DOSED.match(flat, at)
        if dosed and (not at or flat[at - 2] in ".;:)]" or _is_closed(flat, at)):
            yield at, dosed.end() - 1


def _is_closed(flat: str, at: int) -> bool:
    """Whether a regimen's last word is right before this place."""
    return any(each.end() == at for each in _CLOSED.finditer(flat, max(0, at - 24), at + 1))


def _is_like_a_title(label: str) -> bool:
    """Whether most words of a long label are capitalised, small, or figures: a sentence's are not."""
    words = label.split()
    return sum(word in SMALL_WORDS or not word[0].islower() for word in words) >= 0.7 * len(words)


_TITLED = re.compile(r"(?:^|[.!?\]] )(?P<title>(?:[A-Z][\w’'-]* ){1,6}\(_+\)) $")
_BRACKETED = (("(", re.compile(r"\([^()]*\)")), ("[", re.compile(r"\[[^\[\]]*\]")))


def _power(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 6) : match.start()]
    counted = re.search(r"(?:/|\b1\.73 ?|\bper )[mcd]?$" if match[0][0] == "m" else r"(?:^|[^\d.,])$", before)
    base, exponent, *_ = match[0].split(" ")
    return base + exponent.translate(_RAISED) if counted else match[0]
