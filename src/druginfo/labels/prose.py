"""Running text as openFDA gives it, without its line ends, → headings, paragraphs and lists again.

openFDA keeps a section's words and loses its layout: titles run into sentences, list items into each other. What the
words themselves tell is restored (section numbers, bullets, title case before a sentence); words are never changed,
moved or dropped, and where nothing is certain the text stays one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo.labels.blocks import tidy
from druginfo.labels.label import Block, Listing, Paragraph

_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "due",
        "during",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "per",
        "than",
        "the",
        "to",
        "vs",
        "vs.",
        "via",
        "with",
        "without",
    ]
)
_STARTERS = frozenset(
    [
        "A",
        "Administer",
        "Advise",
        "After",
        "All",
        "Although",
        "An",
        "Any",
        "As",
        "Assess",
        "At",
        "Available",
        "Avoid",
        "Based",
        "Because",
        "Before",
        "Both",
        "Carefully",
        "Caution",
        "Clinical",
        "Closely",
        "Concomitant",
        "Consider",
        "Do",
        "Doses",
        "During",
        "Each",
        "Either",
        "Evaluate",
        "Follow",
        "For",
        "From",
        "Given",
        "Handle",
        "Has",
        "If",
        "In",
        "Inform",
        "Initiate",
        "Instruct",
        "Interrupt",
        "It",
        "Limit",
        "Maintain",
        "Most",
        "Monitor",
        "No",
        "Not",
        "Obtain",
        "Of",
        "On",
        "Only",
        "Other",
        "Patients",
        "Permanently",
        "Prior",
        "Reduce",
        "Safety",
        "Since",
        "Some",
        "Start",
        "Studies",
        "Such",
        "Swallow",
        "Take",
        "Taper",
        "Temporarily",
        "The",
        "There",
        "These",
        "They",
        "This",
        "Those",
        "Titrate",
        "To",
        "Treatment",
        "Treat",
        "Two",
        "Until",
        "Use",
        "Verify",
        "We",
        "When",
        "Where",
        "Whether",
        "While",
        "With",
        "Withhold",
        "You",
        "Your",
    ]
)
"""Words that begin sentences of labels: after title-case words, one of them and a lower-case word end a heading."""

_LINKS = frozenset(
    [
        "above",
        "after",
        "against",
        "among",
        "and/or",
        "associated",
        "before",
        "below",
        "between",
        "following",
        "including",
        "or/and",
        "over",
        "that",
        "under",
    ]
)
"""Words inside titles if a capital follows, else the beginning of a sentence's verb or object."""

_KNOWN = (
    *(["Risk Summary", "Clinical Considerations", "Data", "Human Data", "Animal Data", "Contraception", "Infertility"]),
    *(["Pregnancy Testing", "Pregnancy Exposure Registry", "Disease-Associated Maternal and/or Embryo/Fetal Risk"]),
    *(
        [
            "Absorption",
            "Distribution",
            "Elimination",
            "Metabolism",
            "Excretion",
            "Specific Populations",
            "Effect of Food",
        ]
    ),
    *(["Drug Interaction Studies", "Cardiac Electrophysiology", "Geriatric Patients", "Pediatric Patients"]),
    *(["Patients with Renal Impairment", "Patients with Hepatic Impairment", "Renal Impairment", "Hepatic Impairment"]),
)
_KNOWN_HEADINGS = sorted((tuple(known.split()) for known in _KNOWN), key=len, reverse=True)
"""Headings within the subsections that 21 CFR 201.57(c)(9) and the FDA's labeling guidances name."""

_OPENERS = frozenset(["A", "An", "As", "At", "For", "If", "In", "The", "There", "These", "This", "When", "While"])
"""Words that titles write in lower case, so that the capital begins a sentence."""

_BULLETS = "•●○◦▪■‣⁃"
_BULLET = re.compile(rf"(?:^|(?<=\s))([{_BULLETS}])(?=\s)")
_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bvs\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bNo\.)(?<!e\.g\.)(?<!i\.e\.) (?=[A-Z“])"
)
_LONG = 700
"""Characters; longer paragraphs get breaks at sentence ends, at least `_SHORT` characters apart."""
_SHORT = 350
_LONGEST_TITLE = 25
"""Words in a numbered heading."""


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

    pieces = _BULLET.split(text)
    before, heading = _trailing_heading(tidy(pieces[0]), len(pieces) > 1)
    found.extend([*_paragraphs(before), *heading])
    for i in range(1, len(pieces), 2):
        body, heading = _trailing_heading(tidy(pieces[i + 1]), i + 2 < len(pieces))
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
    """Title-case words that stand after the last sentence and before a bullet, cut off as a heading of their own."""
    if not bullet_follows or not (match := re.search(r"(?<=[.\])]) (?P<last>[A-Z][^.;:\[\]]{2,80})$", text)):
        return text, []
    words = match["last"].split()
    if (
        len(words) > 9
        or not all(w in _SMALL or w[0].isupper() or not w[0].isalpha() for w in words)
        or words[-1] in _SMALL
    ):
        return text, []
    return text[: match.start()], [Paragraph(match["last"], len(match["last"]))]


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
    lead = heading_length(text.split(" "))
    at = " ".join(text.split(" ")[:lead])
    if len(text) <= _LONG:
        yield Paragraph(text, len(at))
        return
    line = ""
    for sentence in _SENTENCE_END.split(text):
        line = f"{line} {sentence}" if line else sentence
        if len(line) >= _SHORT:
            yield Paragraph(line, len(at))
            line, at = "", ""
    if line:
        yield Paragraph(line, len(at))


def _under_headings(text: str) -> list[str]:
    """The text cut before each heading that stands between two sentences."""
    words = text.split(" ")
    parts, start = [], 0
    for i, word in enumerate(words[:-3]):
        if i + 1 > start and word[-1:] in (".", "]", ":") and heading_length(words[i + 1 : i + 14]):
            parts.append(" ".join(words[start : i + 1]))
            start = i + 1
    parts.append(" ".join(words[start:]))
    return [part for part in parts if part]


def heading_length(words: Sequence[str]) -> int:
    """How many of the first words are a heading in title case that a sentence follows; 0 where that is not certain."""
    for known in _KNOWN_HEADINGS:
        if tuple(words[: len(known)]) == known and len(words) > len(known) and words[len(known)][:1].isupper():
            return len(known)
    capitals = 0
    for i, word in enumerate(words[:12]):
        follows = words[i + 1] if i + 1 < len(words) else ""
        if word in _STARTERS and capitals >= 2 and follows[:1].islower() and words[i - 1] not in _SMALL:
            return i
        if word in _SMALL or word in ("-", "–", "/", "&"):
            if not i:
                return 0
        elif word[:1].isupper() and word[-1] not in ".,;:?!])":
            capitals += 1
        else:
            return 0
    return 0


def title_length(words: Sequence[str], names: frozenset[str]) -> int:
    """How many of the first words are the title after a section number; `names` are the drug's own, in lower case.

    Unlike `heading_length` it nearly always ends somewhere: a number has announced the title. It ends before a word
    that can only begin a sentence, before the title's own words said again ("Drowsiness Drowsiness has been"), or
    before the subject of the first clause: the capitalised words, drug names and links to the left of its verb.
    """
    folded = [word.lower().strip(",.:®™") for word in words[: 2 * _LONGEST_TITLE]]
    for length in range(1, min(_LONGEST_TITLE, len(folded) // 2) + 1):
        if folded[:length] == folded[length : 2 * length]:
            return length
    for i, word in enumerate(words[:_LONGEST_TITLE]):
        follows = words[i + 1] if i + 1 < len(words) else ""
        bare = word.strip("()[],:;“”’'")
        if word in _BULLETS or word.startswith("\x1e"):
            return i
        if not i:
            continue
        if words[i - 1][-1] == "." and len(words[i - 1]) > 4:
            return i
        if word in ("Table", "Figure") and follows[:1].isdigit():
            return i
        if word in _OPENERS:
            return i
        if not bare[:1].islower() or bare in _SMALL or _has_capital(bare):
            continue
        if bare in _LINKS and follows[:1].isupper():
            continue
        start = i - 1
        while start > 1 and (words[start] in _SMALL or words[start - 1] in _SMALL or folded[start - 1] in names):
            start -= 1
        return max(start, 1)
    return len(words) if len(words) <= _LONGEST_TITLE else 0


def _has_capital(word: str) -> bool:
    return any(c.isupper() for c in word)


def numbered_headings(text: str, number: str) -> Iterator[int]:
    """Where the subsections `number`.1, `number`.2 … of a section begin."""
    last, at = 0, 0
    for match in re.finditer(rf"(?<![\d.,(/\w-])(?<!\( ){number}\.(\d{{1,2}})\.? (?=[A-Z“])", text):
        before = text[at : match.start()].rstrip()[-12:]
        if last < int(match[1]) <= last + 3 and not re.search(
            r"(?:[,(]|\b(?:and|see|or|[Tt]able|[Ss]ection|[Ff]igure))$", before
        ):
            last = int(match[1])
            yield match.start()
