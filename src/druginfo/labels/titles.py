"""Titles and headings that run into sentences: where they end, from the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo.labels.homes import TABLES
from druginfo.terms.patterns import AGES_IN_A_TITLE, AMOUNT_WORDS, PEOPLE, PERIOD, UNIT
from druginfo.terms.tables import ARRANGEMENT, DOSES, KINDS_OF_PEOPLE, PHASES

_WORDS = {name: frozenset(words.split()) for name, words in TABLES["title words"].items()}
_SMALL, _OPENERS, _IMPERATIVES, _LINKS = (_WORDS[name] for name in ("small", "opens", "orders", "links"))
_STARTERS = _OPENERS | _WORDS["starts"]

_AFTER_TITLES = frozenset({"Risk Summary", "Clinical Considerations", "Pregnancy Testing", "Pregnancy Exposure"})
"""Of the known headings, the ones that stand right after a subsection's title."""

_KNOWN_HEADINGS: dict[str, list[tuple[str, ...]]] = {}
for _known in sorted(TABLES["known headings"]["headings"].split("|"), key=len, reverse=True):
    _KNOWN_HEADINGS.setdefault(_known.split()[0], []).append(tuple(_known.split()))

BULLETS = "•●○◦▪■‣⁃"
_LONGEST_TITLE = 40
"""Words in a numbered heading."""


def is_title_case(words: Sequence[str]) -> bool:
    """Whether these few words can be a heading: every one capitalised but for the small ones, the last among them."""
    fits = (word in _SMALL or word[0].isupper() or not word[0].isalpha() for word in words)
    return 0 < len(words) <= 9 and words[-1] not in _SMALL and all(fits)


_WITHIN = AMOUNT_WORDS | frozenset("taking receiving undergoing aged weighing who age".split())
"""Words that titles write in lower case beside the small ones: participles that tell whom, units."""
SMALL_WORDS = _SMALL | _WITHIN
_AGES = re.compile(AGES_IN_A_TITLE)
_FRAGMENT = re.compile(r"(?:ed|ing|s|es|ly|ion|ions|tion|ment|al|ic|ous)[,:]?$")
"""The rest of a word that openFDA broke in two: "Recommend ed Dosage"."""
_JOINTS = frozenset({"-", "–", "—", "/", "&", ",", "≥", "≤", "<", ">"})


def heading_length(words: Sequence[str]) -> int:
    """How many of the first words are a heading in title case that a sentence follows; 0 where that is not certain."""
    if not words or len(words) < 3 or not (words[0][:1].isupper() or _AGES.match(" ".join(words[:8]))):
        return 0
    if known := _known_heading(words):
        rest = words[known:]
        if rest and (rest[0] in _STARTERS or _known_heading(rest) or (rest[0][:1].isupper() and _is_lower(rest[1:2]))):
            return known
    capitals, open_bracket = 0, False
    for i, word in enumerate(words[:22]):
        follows = words[i + 1] if i + 1 < len(words) else ""
        if open_bracket:
            open_bracket = ")" not in word
            continue
        after = words[i + 2] if i + 2 < len(words) else ""
        if (
            i
            and words[i - 1] not in _SMALL
            and words[i - 1] != "See"
            and words[i - 1][-1:] != ","
            and _begins_sentence(word, follows, after, capitals)
        ):
            return i
        if capitals > 1 and words[i - 1] not in _SMALL and _says_again(words, i):
            return i
        figures = word.lstrip("<>≥≤")[:1].isdigit() and word[-1] not in ".;"
        if word in _SMALL or word in _JOINTS or word in _WITHIN or figures:
            if word in _OPENERS or (not i and not word[:1].isdigit()):
                return 0
        elif word[:1] == "(" and i:
            open_bracket = ")" not in word
        elif word[:1].isupper() and word[-1] not in ".;?!])":
            capitals += 1
            if word[-1] == ":" and not follows[:1].isupper():
                return 0
            if word[-1] == "," and not (follows[:1].isupper() or follows in ("or", "and", "and/or")):
                return 0
        else:
            return 0
    return 0


def _says_again(words: Sequence[str], at: int) -> bool:
    """Whether a title's own words are said again: "Weight Gain Weight gain can", "For Oral Use Oral testdrug is"."""
    again = words[at : at + 2]
    if words[0] == "For":
        return again[0] == words[1] and _is_lower(again[1:])
    return again == [words[0], words[1].lower()] and words[0] not in ("Table", "Figure")


def _begins_sentence(word: str, follows: str, after: str, capitals: int) -> bool:
    """Whether a capitalised word after title-case words can only begin a sentence.

    One word is title enough before an article, preposition or conjunction, which no title writes with a capital.
    """
    if word.isupper() and len(word) >= 4 and word.isalpha() and follows[:1].islower() and follows not in _SMALL:
        return capitals >= 2  # a brand: "Intravenous Injection ZELVA injection should"
    if word in ("Table", "Figure"):  # "Pediatric Patients Table 1 displays", no caption: "Table 1 Pediatric Dosage"
        return capitals >= 2 and follows.isdigit() and after[:1].islower()
    if word in _OPENERS:
        return capitals >= 2 or (capitals == 1 and follows[:1].islower())
    if word in _IMPERATIVES and follows.isupper() and len(follows) >= 4 and after[:1].islower():
        return capitals >= 2  # "7 to 17 Years of Age Initiate ZELVA in"
    if not follows[:1].islower() or capitals < 1:
        return False
    if word in _IMPERATIVES and (follows not in _SMALL or follows in ("the", "a", "an", "by", "to")):
        return capitals >= 2 or follows in ("the", "a", "an")
    return (
        word in _STARTERS and capitals >= 2 and (follows not in _SMALL or (after[:1].islower() and after not in _SMALL))
    )


def known_heading(text: str) -> int:
    """How many characters of a text are a heading that names a group, where another title follows it; else 0."""
    words = text.split(" ")
    known = " ".join(words[:2])
    follows = words[2:3]
    return len(known) if known in _GROUPS and follows and follows[0][:1].isupper() and follows[0] not in _GRADES else 0


def _known_heading(words: Sequence[str]) -> int:
    known = _KNOWN_HEADINGS.get(words[0], ()) if words else ()
    return next((len(heading) for heading in known if tuple(words[: len(heading)]) == heading), 0)


def _is_lower(words: Sequence[str]) -> bool:
    return bool(words) and words[0][:1].islower()


_GROUPS = frozenset(
    {"Adult Patients", "Pediatric Patients", "Geriatric Patients", "Renal Impairment", "Hepatic Impairment"}
)
_GRADES = frozenset("Mild Moderate Severe Renal Hepatic Acute Chronic Combined".split())


def second_title(words: Sequence[str], length: int) -> int:
    """Where in a title, the first `length` words, the first heading below it begins; 0 where none does.

    It names a group on its own ("Special Populations | Hepatic Impairment", "Seizures | Adults 16 Years of Age and
    Older", but "Dosage in Patients with Severe Renal Impairment") or an indication ("Adult Dosage | Abdominal
    Surgery"), or it is on dosage again.
    """
    for i in range(1, length):
        before = words[i - 1]
        joined = before.lower() in _SMALL or before in _JOINTS or before in _GRADES or before[-1] in ",/:"
        if joined:
            continue
        if i > 1 and i < length - 1 and " ".join(words[i : i + 2]).rstrip(":") in _GROUPS:
            return i
        below = heading_length(words[i : i + 24])
        again = words[i] in ("Dosage", "Dosing") and words[i] in words[:i] and not before.isupper()
        if i + below == length and (again or _names_group(words[i - 1 : length]) or _is_of_dosage(words[: i + 1])):
            return i
    return 0


def _names_group(words: Sequence[str]) -> bool:
    """Whether a title, after its first word, is people with or without their ages: "Seizures Adults", not "Healthy
    Adults"."""
    before, first, *rest = words
    described = before.lower() in _DESCRIBING or before.endswith(("ed", "ive", "ing")) or before.lower() in _WHOM
    aged = any(word[:1].isdigit() for word in rest)
    return not described and (first.lower() in _WHOM or (first in ("Patients", "Patient", "Pediatric") and aged))


def _is_of_dosage(words: Sequence[str]) -> bool:
    """Whether words are "Adult Dosage" and one that no dosage is called by: "Abdominal", not "Schedule"."""
    *before, word = words
    dosed = len(before) > 1 and before[-1] in ("Dosage", "Dosing") and before[-2].lower() in _FOR_WHOM
    return dosed and word.lower() not in _OF_DOSAGE and word[:1].isupper()


_WHOM = frozenset("adults children neonates infants adolescents".split())
_FOR_WHOM = frozenset("adult adults pediatric paediatric geriatric".split())
_DESCRIBING = frozenset(KINDS_OF_PEOPLE.split()) | _FOR_WHOM | {"adolescent", "neonatal"}
_OF_DOSAGE = (
    frozenset(f"{ARRANGEMENT} {PHASES} {DOSES}".split())
    | frozenset("form forms strength strengths range adjustment adjustments modification modifications".split())
    | frozenset("reduction reductions interruption administration calculation considerations table chart".split())
)


_LABEL_BEGINS = re.compile(
    rf"CrCl|eGFR|CLcr|GFR|Creatinine|(?=[A-Z])(?i:{PEOPLE}|patients|pediatric)\b|Mild|Moderate|Severe"
    r"|Initial|Starting|Loading|Maintenance|[<>≥≤\d]"
)
"""How the label of a regimen begins: "CrCl 30-59 mL/min: 5 mg once daily"."""


_COUNTS = re.compile(rf"(?:{UNIT}|{PERIOD}|(?:tablet|capsule|puff|drop|spray|spoonful|vial)s?)\b")


def title_length(words: Sequence[str], names: frozenset[str]) -> int:
    """How many of the first words are the title after a section number; it ends before a regimen's label too."""
    length = _title_length(words, names)
    for i, word in enumerate(words[:length]):
        if word[-1:] == ":" and words[i + 1 : i + 2] and words[i + 1][:1].isdigit():
            return next((j for j in range(1, i + 1) if _LABEL_BEGINS.match(words[j])), length)
    if 1 < length < len(words) and words[length - 1][:1].isdigit() and _COUNTS.match(words[length]):
        return length - 1  # an amount is never parted from its unit
    return length


def _title_length(words: Sequence[str], names: frozenset[str]) -> int:
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
        if word in BULLETS or word.startswith("\x1e"):
            return i
        if not i:
            continue
        if words[i - 1][-1] == "." and len(words[i - 1]) > 4:
            return i
        if (word in ("Table", "Figure") and follows[:1].isdigit()) or f"{word} {follows}" in _AFTER_TITLES:
            return i
        if word in _OPENERS or (word in _IMPERATIVES and i > 1 and folded[i + 1 : i + 2] and folded[i + 1] in names):
            return i
        if not bare[:1].islower() or bare in _SMALL or bare != bare.lower():
            continue
        if (bare in AMOUNT_WORDS and words[i - 1][:1].isdigit()) or (_FRAGMENT.fullmatch(bare) and i < len(words) - 1):
            continue
        if bare in _LINKS and follows[:1].isupper():
            continue
        start = i - 1
        while start > 1 and (words[start] in _SMALL or words[start - 1] in _SMALL or folded[start - 1] in names):
            start -= 1
        return max(start - 1 if words[start - 1] in _IMPERATIVES and start > 1 else start, 1)
    return len(words) if len(words) <= _LONGEST_TITLE else 0


def numbered_headings(text: str, number: str) -> Iterator[int]:
    """Where the subsections `number`.1, `number`.2 … of a section begin; openFDA has some as `2. 1 1`."""
    last = 0
    spaced = f" {text}"  # so that the pattern begins with a literal, which is ten times quicker
    for match in re.finditer(rf" {number}\. ?(\d ?\d?)\.? (?=[A-Z“])", spaced):
        before = spaced[max(0, match.start() - 12) : match.start()]
        found = int(match[1].replace(" ", ""))
        if last < found <= last + 3 and not _REFERS.search(before):
            last = found
            yield match.start()


_REFERS = re.compile(r"(?:[,(/]|\b(?:and|see|or|[Tt]able|[Ss]ection|[Ff]igure))$")
