"""Titles and headings that run into sentences: where they end, from the words and from what the label itself tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from druginfo.labels.homes import TABLES
from druginfo.terms.patterns import AGES_IN_A_TITLE, AMOUNT_WORDS, PERIOD, UNIT, WHOM_BY_AGE
from druginfo.terms.tables import (
    ALONE_AS_TITLES,
    ARRANGEMENT,
    DISEASE_ENDINGS,
    DISEASES,
    DOSAGE_OF,
    DOSES,
    GROUPS_BY_AGE,
    KINDS_OF_PEOPLE,
    OF_GROUPS_BY_AGE,
    PHASES,
    PREPARATIONS,
)

_WORDS = {name: frozenset(words.split()) for name, words in TABLES["title words"].items()}
_SMALL, _OPENERS, _IMPERATIVES, _LINKS = (_WORDS[name] for name in ("small", "opens", "orders", "links"))
_ARTICLES, _AGED, _BOUNDS, _GRADES = (_WORDS[name] for name in ("articles", "aged", "bounds", "grades"))
_STARTERS = _OPENERS | _WORDS["starts"]
_BEGIN_TEXT = _OPENERS | _IMPERATIVES
_JOINS = _SMALL | _LINKS
_CLOSES = _WORDS["closes"]
"""Words, in lower case, that end a title and that no further noun of it follows."""
AIMS = _WORDS["aims"]
_DISEASES = frozenset(DISEASES.split()) - {"bipolar", "cold"}
_FORMS = frozenset(word for word in PREPARATIONS if "-" not in word and len(word) > 2) | {"injection"}
_MAY_END = _CLOSES | _DISEASES | _FORMS
_DOSES, _OF_DOSES = frozenset(DOSES.split()), _WORDS["of doses"]
_GO_ON = _JOINS | _WORDS["goes on"]
"""Words that go on with a title, capitalised or not: "… Deep Vein Thrombosis Following Surgery"."""

_AFTER_TITLES, _GROUPS = (frozenset(TABLES["known headings"][row].split("|")) for row in ("after titles", "groups"))
_STAND_ALONE = _GROUPS | _AFTER_TITLES

Title = tuple[str, ...]


def by_first_word(titles: Iterable[str]) -> dict[str, list[Title]]:
    """Titles as their words, in lower case without punctuation, the longest first."""
    found: dict[str, list[Title]] = {}
    for words in sorted({tuple(map(folded, title.split())) for title in titles}, key=len, reverse=True):
        if words and words[0]:
            found.setdefault(words[0], []).append(words)
    return found


@lru_cache(4096)
def folded(word: str) -> str:
    """A word as titles are compared: in lower case, without punctuation."""
    return word.lower().replace("(s)", "s").strip(",.:;®™()[]").replace("’", "'")


_KNOWN_HEADINGS = by_first_word(TABLES["known headings"]["headings"].split("|"))


class Evidence(NamedTuple):
    """What a label tells of its own titles beside the words of one."""

    names: frozenset[str] = frozenset()
    """The drug's own, in lower case."""
    titles: Mapping[str, Sequence[Title]] = {}
    """Titles and labels that it has elsewhere, as `by_first_word` gives them."""
    uses: str = ""
    """The words of its indications without punctuation, a blank before and after each."""
    folded_uses: str = ""
    """The same in lower case."""


NO_EVIDENCE = Evidence()

BULLETS = "•●○◦▪■‣⁃"
_LONGEST_TITLE = 40
"""Words in a numbered heading."""
LOOKED_AT = 2 * _LONGEST_TITLE + 1
"""Words after a number that tell where its heading ends."""


def is_title_case(words: Sequence[str]) -> bool:
    """Whether these few words can be a heading: every one capitalised but for the small ones, the last among them."""
    fits = (word in _SMALL or word[0].isupper() or not word[0].isalpha() for word in words)
    return 0 < len(words) <= 9 and words[-1] not in _SMALL and all(fits)


SMALL_WORDS = _SMALL | _WORDS["within"] | AMOUNT_WORDS
"""Words that titles write in lower case."""
_AGES = re.compile(AGES_IN_A_TITLE)
_FRAGMENT = re.compile(r"(?:ed|ing|s|es|ly|ion|ions|tion|ment|al|f?ic|ous)[,:]?$")
"""The rest of a word that openFDA broke in two: "Recommend ed Dosage"."""
_LEADS = (_JOINS | _WORDS["leads on"]) - frozenset("a above below over under as".split())
"""Words that no title ends with: "above" does, "12 Years of Age and Above"."""
_FEW_WORDS = 8
_DASHES, _JOINTS = frozenset("-–—"), frozenset("-–—/&,≥≤<>")


# ---------------------------------------------------------------- what is known to be a title


def known_title(words: Sequence[str], evidence: Evidence) -> int:
    """How many of the first words are a title that labels have, or this one elsewhere: of several joined, all
    ("Rheumatoid Arthritis, COVID-19, or Alopecia Areata"), and its abbreviation in brackets."""
    length = _one_title(words, evidence)
    while 0 < length < len(words):
        if words[length][0] == "(" and not words[length][1:2].isdigit() and words[length - 1][-1] not in ".,:;":
            end = next((i for i in range(length, min(length + 6, len(words))) if words[i][-1] == ")"), -1)
            if end < 0:
                break
            length = end + 1
            continue
        joined = words[length] in ("and", "or", "and/or")
        more = _one_title(words[length + joined :], evidence) if joined or words[length - 1][-1] == "," else 0
        if not more:
            break
        length += joined + more
    return length


def may_begin_title(word: str, evidence: Evidence) -> bool:
    """Whether a known title begins with this word."""
    first = folded(word)
    return first in evidence.titles or first in _KNOWN_HEADINGS


def _one_title(words: Sequence[str], evidence: Evidence) -> int:
    if not words or not words[0][:1].isupper():
        return 0
    first = folded(words[0])
    found = 0
    for titles in (_KNOWN_HEADINGS, evidence.titles):
        if of_first := titles.get(first):
            its = tuple(map(folded, words[: len(of_first[0])]))
            found = max(found, next((len(title) for title in of_first if title == its[: len(title)]), 0))
    return 0 if any(words[i][-1] in ".;:" for i in range(found - 1)) else found


def _sentence_follows(words: Sequence[str], at: int, evidence: Evidence) -> bool:
    """Whether after a known title, the first `at` words, a sentence, another title or nothing follows."""
    rest = words[at:]
    if not rest:
        return True
    if words[at - 1][-1] in ".,;":
        return False
    first, second = rest[0], rest[1] if len(rest) > 1 else ""
    if first.lower() in _AGED:
        return False  # "Neonates and Infants Aged less than 12 weeks"
    is_own = first[:1].isupper() and folded(first) in evidence.names
    if first in BULLETS or first in _IMPERATIVES or (first in _OPENERS and (first != "A" or second not in _SMALL)):
        return True
    if folded(words[at - 1]) in _WHOSE or all(
        (each := folded(word)) in evidence.names or each in _FORMS or each in _SMALL for word in words[:at]
    ):
        return is_own and not second[:1].isupper() and folded(words[0]) not in evidence.names
    if first in _STARTERS or (is_own and not second[:1].isupper()):
        return True
    if not is_titled(words[:at]):
        return False  # "Major depressive disorder in adults Generalized anxiety disorder" are two of a list
    return _one_title(rest, evidence) > 0 or (first[:1].isupper() and second[:1].islower())


def is_titled(words: Sequence[str]) -> bool:
    """Whether words are written as in a title: every one capitalised but for the small ones."""
    return all(word in SMALL_WORDS or not word[:1].islower() for word in words)


def heading_length(words: Sequence[str], evidence: Evidence = NO_EVIDENCE) -> int:
    """How many of the first words are a heading that a sentence follows; 0 where that is not certain."""
    length = _heading_length(words, evidence)
    if not length or _whole(words, length) != length:
        return 0
    before = words[length - 2]
    return 0 if words[length - 1].isdigit() and (before in _BOUNDS or not before[:1].isalpha()) else length


def _whole(words: Sequence[str], length: int) -> int:
    """The length of a title without what it would cut in two: an amount, a range, a bracket, or a word and what it
    leads on to. It ends before that, "in Adults | 50 mcg to 100 mcg may be", and after a bracket that more follows.

    A dose of which one end is in the title is a wrong dose: "Adults 50 mcg to | 100 mcg may be given".
    """
    text = " ".join(words[: length + _LONGEST_AMOUNT])
    end = len(" ".join(words[:length]))
    opened = max(text.rfind("(", 0, end), text.rfind("[", 0, end))
    if opened > max(text.rfind(")", 0, end), text.rfind("]", 0, end)):
        if closed := _BRACKET_ENDS.search(text, end):
            return text.count(" ", 0, closed.end()) + 1
        if ")" in text[end:]:
            end = opened - 1
    while cut := next((each for each in _AMOUNT.finditer(text) if each.start() < end < each.end()), None):
        end = cut.start() - 1
    whole = text.count(" ", 0, max(end, 0)) + 1
    while whole > 1 and (words[whole - 1].lower() in _LEADS or (whole < length and words[whole - 1] in _IMPERATIVES)):
        whole -= 1
    return whole


_LONGEST_AMOUNT = 12
"""Words after a title's end that may be of an amount or a bracket which begins in the title."""
_OF_AMOUNT = (
    rf"(?:(?:USP |international )?{UNIT}|{PERIOD}|%|(?:tablet|capsule|puff|drop|spray|spoonful|vial|dose|time)s?)"
)
_AMOUNT = re.compile(
    rf"(?<!\S)[<>≥≤]? ?\d[\d.,]*(?:(?: ?{_OF_AMOUNT}\S*)?(?: ?(?:to|or|through|and|-|–) ?\d[\d.,]*)+"
    rf"(?: ?{_OF_AMOUNT}(?!\w))?| {_OF_AMOUNT}(?!\w))"
)
"""An amount with its unit, or two of a range."""
_BRACKET_ENDS = re.compile(r"[^()\[\]]*[)\]](?= [A-Z])")


def _heading_length(words: Sequence[str], evidence: Evidence) -> int:
    if len(words) < 3 or words[0] in _ARTICLES or (words[0] in _IMPERATIVES and words[1][:1].isdigit()):
        return 0
    if not (words[0][:1].isupper() or _AGES.match(" ".join(words[:8]))):
        return 0
    if (known := known_title(words, evidence)) and _sentence_follows(words, known, evidence):
        return known
    named = _named_use(words, evidence)
    if named and words[named][:1].isupper() and words[named + 1][:1].islower() and words[named + 1] not in _SMALL:
        return named
    capitals, open_bracket, closed = 0, False, 0
    is_caption = words[0] in ("Table", "Figure")
    for i, word in enumerate(words[:26]):
        follows = words[i + 1] if i + 1 < len(words) else ""
        if open_bracket:
            open_bracket = ")" not in word
            continue
        is_lower = word[:1].islower()
        before = words[i - 1] if i else "See"
        if before in _DASHES and capitals and word[:1].isupper() and follows[:1].islower():
            named = words[0] not in ("Table", "Figure") and "See" not in words[:i]
            if named and not _leads_on(words, i):
                return i  # "Nausea and Vomiting - Antiemetics should"
        if not is_lower and before != "See" and before[-1:] != "," and before.lower() not in _SMALL:
            if _begins_sentence(word, follows, words[i + 2] if i + 2 < len(words) else "", capitals):
                return i
            if i == 1 and word in _STARTERS and follows[:1].islower() and follows not in _SMALL and _is_stage(words[0]):
                return i
            own = word[:1].isupper() and folded(word) in evidence.names
            goes_on = (follows[:1].islower() or follows[:1] == "(") and follows not in _SMALL
            goes_on = goes_on or (follows == "and" and i + 2 < len(words) and folded(words[i + 2]) in evidence.names)
            if own and goes_on and not is_caption and _may_end(before) and (i > 1 or words[0] not in _STARTERS):
                return i
        if capitals > 1 and before not in _SMALL and _says_again(words, i):
            return i
        if is_lower and (word in evidence.names or word in _FORMS) and folded(before) in evidence.names:
            continue  # "Conversion from Other Opioids to ZELVA tablets | There is"
        if is_lower and word not in SMALL_WORDS:
            # a word that no title has: what is after the last word that ends one can only be a sentence's subject
            is_over = closed == i - 1 and words[closed][:1].isupper() and words[closed].lower() not in _AGED
            return closed if is_over else 0
        figures = word.lstrip("<>≥≤")[:1].isdigit() and word[-1] not in ".;"
        if is_lower or word in _JOINTS or figures:
            if not i and not word[:1].isdigit():
                return 0
        elif word[:1] == "(" and i and not re.fullmatch(r"\(\d+(?:\.\d+)?\)", word):
            open_bracket = ")" not in word
        elif word[:1].isupper() and word[-1] not in ".;?!])" and "NDC" not in word:
            capitals += 1
            if word[-1] == ":" and not follows[:1].isupper():
                return 0
            if word[-1] == "," and not (follows[:1].isupper() or follows in ("or", "and", "and/or")):
                return 0
            is_caption = is_caption or word[-1] == ":"
            closes = word.lower() in _CLOSES or (
                _is_disease(word) and folded(word) not in _GO_ON and not _goes_on(words, i)
            )
            if capitals > 1 and closes and not is_caption:
                closed = i + 1
        else:
            return 0
    return 0


def _leads_on(words: Sequence[str], at: int) -> bool:
    """Whether a label ends soon after these words, of which they may be the beginning."""
    return any(word[-1:] == ":" for word in words[at : at + _FEW_WORDS])


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether more of a title or a label may follow the name of a disease: "Acute Otitis | Media"."""
    return folded("".join(words[at + 1 : at + 2])) in _GO_ON or _leads_on(words, at)


def _is_stage(word: str) -> bool:
    """Whether a word alone is a title, of a stage or of people: "Titration | Dosage adjustments should"."""
    return folded(word) in _CLOSES or folded(word) in _PHASES


def _named_use(words: Sequence[str], evidence: Evidence) -> int:
    """How many of the first words are a disease as the indications write it: "Exogenous Obesity | Usual dosage is"."""
    named = 0
    for length in range(1, min(_LONGEST_USE, len(words) - 2) + 1):
        word = words[length - 1]
        named_so = word[0].isupper() or word in _SMALL
        if not named_so or word[-1] in ",.;:" or f" {' '.join(words[:length])} " not in evidence.uses:
            break
        if _is_disease(words[length - 1]):
            named = length
    goes_on = named and (_goes_on(words, named - 1) or _is_one_name(words[named - 1], words[named], evidence))
    return 0 if goes_on else named


_LONGEST_USE = 6


def _says_again(words: Sequence[str], at: int) -> bool:
    """Whether a title's own words are said again: "Weight Gain Weight gain can", "For Oral Use Oral testdrug is"."""
    again = words[at : at + 2]
    if words[0] == "For":
        return again[0] == words[1] and len(again) > 1 and again[1][:1].islower()
    same = again[0] == words[0] and again[-1] == (words[1] if len(words[1]) == 1 else words[1].lower())  # "Hepatitis B"
    return same and words[0] not in ("Table", "Figure")


def _begins_sentence(word: str, follows: str, after: str, capitals: int) -> bool:
    """Whether a capitalised word after title-case words can only begin a sentence.

    One word is title enough before an article, preposition or conjunction, which no title writes with a capital.
    """
    if word.isupper() and len(word) >= 4 and word.isalpha() and follows[:1].islower() and follows not in _SMALL:
        return capitals >= 2  # a brand: "Intravenous Injection ZELVA injection should"
    if word in ("Table", "Figure"):  # "Pediatric Patients Table 1 displays", no caption: "Table 1 Pediatric Dosage"
        return capitals >= 2 and (after[:1].islower() if follows.isdigit() else follows[:-1].isdigit())
    if word in _OPENERS and not (word.isupper() and follows.isupper()):
        return capitals >= 2 or (capitals == 1 and not follows[:1].isupper())
    if word in _IMPERATIVES and follows.isupper() and len(follows) >= 4 and after[:1].islower():
        return capitals >= 2  # "7 to 17 Years of Age Initiate ZELVA in"
    if not follows[:1].islower() or capitals < 1:
        return False
    if word in _IMPERATIVES:
        return capitals >= 2 or follows in ("the", "a", "an")
    return (
        word in _STARTERS and capitals >= 2 and (follows not in _SMALL or (after[:1].islower() and after not in _SMALL))
    )


# ---------------------------------------------------------------- one title in another


def is_said_again(title: Sequence[str], follows: Sequence[str]) -> bool:
    """Whether the telling words of a title, two at least, come in this order in the sentence after it: "Coronary artery
    disease | The dose for patients with coronary artery disease is"."""
    telling = [each for each in map(folded, title) if len(each) > 2 and each not in _SMALL]
    end = next((i for i, word in enumerate(follows) if word[-1:] == "."), len(follows)) + 1
    rest = map(folded, follows[:end])
    return len(telling) > 1 and all(each in rest for each in telling)


def titles_in(words: Sequence[str], evidence: Evidence, follows: Sequence[str] = ()) -> list[int]:
    """Where in a title the headings below it begin that openFDA ran into it; empty where it is a single one.

    `follows` is the text after it. Each begins where what is before it can end and what it says is known to be a title:
    what alone of it is said again in the text, one of the label's own, a group
    on its own ("Special Populations | Hepatic Impairment", "Seizures | Adults 16 Years of Age and Older", but "Dosage
    in Patients with Severe Renal Impairment"), an indication ("Adult Dosage | Abdominal Surgery"), or it is on dosage
    again.
    """
    starts: list[int] = []
    while at := _second(words[(starts or [0])[-1] :], evidence, follows):
        starts.append((starts or [0])[-1] + at)
    return starts


def _second(words: Sequence[str], evidence: Evidence, follows: Sequence[str]) -> int:
    """Where the second title in these begins; 0 where there is none."""
    first = 1 if words and words[0][:1].isdigit() and "." in words[0] else 0
    for i in range(first + 1, len(words)):
        before, word = words[i - 1], words[i]
        if word == "For" and before.lower() in _WHOM and i + 1 < len(words):
            return i  # "Adults | For Edema"
        if not word[:1].isupper() or folded(word) in _GO_ON:
            continue
        if before.lower() in _JOINS or before in _JOINTS or before in _GRADES or before[-1] in ",/:(":
            continue
        is_below = _is_below(words[first:i], words[i:], evidence) and not _is_one_name(before, word, evidence)
        if not is_below and follows and follows[0] in _BEGIN_TEXT and len(words) - i > 2 and _may_be_above(before):
            is_below = is_said_again(words[i:], follows) and not is_said_again(words[first:], follows)
        if is_below and _whole(words, i) == i:
            return i
    return 0


def _may_be_above(word: str) -> bool:
    """Whether a title can end with a word, of which one is no group whom more words describe: "Elderly | Patients"."""
    return (_may_end(word) or folded(word) == "indications") and folded(word) not in _WHOM | _NEVER_LAST | {"patients"}


def _is_one_name(word: str, follows: str, evidence: Evidence) -> bool:
    """Whether the indications have two words one after the other: "bipolar I disorder", "lupus erythematosus"."""
    return any(f" {word.lower()} {each} " in evidence.uses for each in (follows, follows.lower()))


def _is_below(above: Sequence[str], rest: Sequence[str], evidence: Evidence) -> bool:
    """Whether the second part of a title is a heading below the first, which could end there."""
    before, several = above[-1], len(rest) > 1
    if before.lower().split("/")[-1] in _NEVER_LAST:
        return False
    if " ".join(rest[:2]).rstrip(":") in _STAND_ALONE:
        return True
    if _names_group([before, *rest]) or _is_of_dosage([*above, rest[0]]):
        return True
    own = folded(rest[0]) in evidence.names
    again = rest[0] if not own else rest[1] if several else ""
    if again in ("Dosage", "Dosing") and again in above and not before.isupper():
        return True  # "Modifications of the Dosage | ZELVA Dosage in Adults"
    if folded(before) in _DOSES and folded(rest[0]) in _OF_DOSES:
        return False
    together = " ".join(above)
    if together.count("(") > together.count(")") or before in ("Table", "Figure"):
        return False
    if _is_disease(before) and _AIMED.match(" ".join(rest)) and any(map(_is_disease, rest)):
        return True  # "Dosage for Colorectal Cancer | Adjuvant Treatment of Colon Cancer"
    if len(rest) > 2 and rest[0] == above[0] and len(above) > 2 and is_titled(above):
        return True  # "Recommended Dosage for Injection | Recommended Maintenance Dosage of Injection"
    whole = known_title(above, evidence) == len(above)
    if _is_abbreviation(before):
        return len(rest) > 2 and not rest[0].endswith("ed")
    if not whole and not _may_end(before):
        return False
    if _is_tiled(rest, evidence) or (not several and folded(rest[0]) in _FORMS):
        return folded(before) not in evidence.names
    if whole:  # "Hypertension | Initial therapy in adults: 10 mg"
        return len(rest) > 2 or (several and not _is_of_kind(rest[-1])) or folded(rest[0]) in _PHASES
    if several and own:
        return all(
            (each := folded(word)) in evidence.names or each in _FORMS for word in rest
        )  # "Missed Doses | ZELVA Injection"
    begin = " ".join(word.strip(",.:;()®").lower() for word in rest[:5])
    return several and (
        (f" {begin} " in evidence.folded_uses and (len(rest) > 2 or not _is_of_kind(rest[-1])))
        or any(
            len(title) == len(rest) > 2 and sum(a != folded(b) for a, b in zip(title, rest, strict=True)) == 1
            for title in evidence.titles.get(folded(rest[0]), ())
        )
    )


_AIMED = re.compile(rf"(?:\w+(?:ant|ive|ary) )?(?:{'|'.join(sorted(AIMS))}) of ")


def _may_end(word: str) -> bool:
    return folded(word) in _MAY_END or _is_disease(word)


def _is_disease(word: str) -> bool:
    return folded(word).removesuffix("s") in _DISEASES or _DISEASE.search(word) is not None


_DISEASE = re.compile(rf"(?:{'|'.join(DISEASE_ENDINGS.split())})$")
_PHASES = frozenset(PHASES.split())


def _is_tiled(words: Sequence[str], evidence: Evidence) -> bool:
    """Whether words are known titles, one after the other."""
    at = 0
    while at < len(words) and (length := known_title(words[at:], evidence)):
        at += length
    return at == len(words)


def _is_abbreviation(word: str) -> bool:
    return re.fullmatch(r"\([A-Z][a-z-]?[A-Z][A-Za-z-]{0,7}\)", word) is not None


def is_title(words: Sequence[str], names: frozenset[str]) -> bool:
    """Whether words that stand as a title once may be looked for elsewhere: of single words only those of diseases."""
    if len(words) == 1:
        word = words[0]
        named = folded(word) in _DISEASES or _DISEASE.search(word) is not None
        return named or (word.isupper() and folded(word) not in names)
    return is_title_case(words) and words[0] not in ("Table", "Figure", "See", "Note")


def _is_of_kind(word: str) -> bool:
    """Whether a word says what kind of text a title is over: no title is that alone."""
    return folded(word) in _KINDS


def _names_group(words: Sequence[str]) -> bool:
    """Whether a title, after its first word, is people with or without their ages: "Seizures Adults", not "Healthy
    Adults"."""
    before, first, *rest = words
    if first.lower() not in _WHOM and first not in ("Patients", "Patient", "Pediatric"):
        return False
    if before.lower() in _DESCRIBING or before.endswith(("ed", "ive", "ing")) or before.lower() in _WHOM:
        return False
    return first.lower() in _WHOM or any(word[:1].isdigit() for word in rest)


def _is_of_dosage(words: Sequence[str]) -> bool:
    """Whether words are "Adult Dosage" and one that no dosage is called by: "Abdominal", not "Schedule"."""
    *before, word = words
    dosed = len(before) > 1 and before[-1] in ("Dosage", "Dosing") and before[-2].lower() in _FOR_WHOM
    return dosed and word.lower() not in _OF_DOSAGE and word[:1].isupper()


_WHOM, _FOR_WHOM, _WHOSE = (frozenset(words.split()) for words in (GROUPS_BY_AGE, DOSAGE_OF, ALONE_AS_TITLES))
_DESCRIBING = frozenset(f"{KINDS_OF_PEOPLE} {DOSAGE_OF} {OF_GROUPS_BY_AGE}".split())
_NEVER_LAST = (_DESCRIBING | _WHOSE) - {"adults"}
_OF_DOSAGE = frozenset(f"{ARRANGEMENT} {PHASES} {DOSES}".split()) | _WORDS["of dosage"]
_KINDS = _OF_DOSAGE | _CLOSES


# ---------------------------------------------------------------- numbered titles


def numbered_titles(words: Sequence[str], evidence: Evidence) -> list[int]:
    """Where the title after a section number begins, those that openFDA ran into it, and the text.

    The drug's own name begins the text where no title ends for certain after it: "Tablets | ZELVA tablets are".
    """
    length = title_length(words, evidence)
    follows = words[length] if length < len(words) else ""
    if follows not in _BEGIN_TEXT and folded(follows) not in evidence.names:
        certain = heading_length(words, evidence)
        after = words[certain] if certain < len(words) else ""
        is_end = after in _BEGIN_TEXT or after in BULLETS
        if (
            certain > length
            and words[certain - 1] not in _DASHES
            and (is_end or evidence.names.isdisjoint(map(folded, words[length:certain])))
        ):
            length = certain
    known = known_title(words, evidence)
    if known > length and words[known : known + 1] and words[known] not in _SMALL:
        length = known
    return [0, *titles_in(words[:length], evidence, words[length:]), length]


_LABEL_BEGINS = re.compile(
    rf"CrCl|eGFR|CLcr|GFR|Creatinine|(?=[A-Z])(?i:{WHOM_BY_AGE})\b|Mild|Moderate|Severe"
    r"|Initial|Starting|Loading|Maintenance|[<>≥≤\d]"
)
"""How the label of a regimen begins: "CrCl 30-59 mL/min: 5 mg once daily"."""


def title_length(words: Sequence[str], evidence: Evidence = NO_EVIDENCE) -> int:
    """How many of the first words are the title after a section number; it ends before a regimen's label too."""
    length = _title_length(words, evidence.names)
    for i, word in enumerate(words[:length]):
        if word[-1:] == ":" and words[i + 1 : i + 2] and words[i + 1][:1].isdigit():
            length = next((j for j in range(1, i + 1) if _LABEL_BEGINS.match(words[j])), length)
            break
    return _whole(words, length) if length else 0


def _title_length(words: Sequence[str], names: frozenset[str]) -> int:
    """How many of the first words are the title after a section number; `names` are the drug's own, in lower case.

    Unlike `heading_length` it nearly always ends somewhere: a number has announced the title. It ends before a word
    that can only begin a sentence, before the title's own words said again ("Drowsiness Drowsiness has been"), or
    before the subject of the first clause: the capitalised words, drug names and links to the left of its verb.
    """
    lower = [word.strip(",.:®™") for word in " ".join(words[: 2 * _LONGEST_TITLE]).lower().split(" ")]
    for length in range(1, min(_LONGEST_TITLE, len(lower) // 2) + 1):
        again = lower[length] == lower[0] and lower[:length] == lower[length : 2 * length]
        if again and lower[length - 1] not in _LEADS:
            return length
    for i, word in enumerate(words[:_LONGEST_TITLE]):
        follows = words[i + 1] if i + 1 < len(words) else ""
        bare = word.strip("()[],:;“”’'")
        if word in BULLETS or word.startswith("\x1e"):
            return i
        if not i:
            continue
        if (words[i - 1][-1] == "." and len(words[i - 1]) > 4) or word in ("[see", "(see", "(See", "[See"):
            return i
        if (word in ("Table", "Figure") and follows[:1].isdigit()) or f"{word} {follows}" in _AFTER_TITLES:
            return i
        opens = word in _OPENERS and not (word.isupper() and follows.isupper())
        if opens or (word in _IMPERATIVES and i > 1 and lower[i + 1 : i + 2] and lower[i + 1] in names):
            return i
        if not bare[:1].islower() or bare in _SMALL or bare != bare.lower() or any(map(str.isdigit, bare)):
            continue
        if (bare in AMOUNT_WORDS and words[i - 1].lstrip("(")[:1].isdigit()) or (
            _FRAGMENT.fullmatch(bare) and i < len(words) - 1
        ):
            continue
        named = words[i + 2 : i + 3] if follows in ("the", "a", "an") else [follows]
        linked = bare in _LINKS or words[i - 1] in ("and", "or", "of")
        is_named = bool(named) and named[0][:1].isupper() and named[0] not in _STARTERS
        if linked and is_named and folded(named[0]) not in names:
            continue  # "after the Fontan Procedure", "and other Interventions"
        if _is_species(words[i - 1], bare):
            continue
        start = i - 1
        while start > 1 and (
            words[start] in _SMALL
            or words[start - 1] in _SMALL
            or lower[start - 1] in names
            or _is_species(words[start - 1], words[start])
        ):
            begins = words[start][:1].isupper() and lower[start] not in _FORMS and words[start - 1] not in _SMALL
            if begins and words[i - 1] in _SMALL:
                break  # "Converting from or to ZELVA | Switching from warfarin to ZELVA": the name is the title's
            start -= 1
        if (start and words[start - 1] in _LINKS) or (start < 2 and words[1] in _JOINS | _FORMS):
            if i < 2 or words[i - 1] in _SMALL or lower[i - 2] in _LEADS:
                continue
            start = i - 1  # "Discontinuation of Treatment with ZELVA | Adverse reactions may"
        return max(start - 1 if words[start - 1] in _IMPERATIVES and start > 1 else start, 1)
    return len(words) if len(words) <= _LONGEST_TITLE else 0


def _is_species(genus: str, word: str) -> bool:
    """Whether two words are an organism's: "Helicobacter pylori", "H. pylori"."""
    return word in _SPECIES and genus.strip("(")[:1].isupper()


_SPECIES = _WORDS["species"]


def numbered_headings(text: str, number: str) -> Iterator[int]:
    """Where the subsections `number`.1, `number`.2 … of a section begin; openFDA has some as `2. 1 1`.

    Of all places that run in order, by steps of three at most, the longest row is taken, and those where a sentence has
    ended count twice: "Refer to 2.2 Psoriatic Arthritis" is not one while the heading itself comes.
    """
    rows: dict[int, tuple[int, list[int]]] = {0: (0, [])}  # subsection → what the best row up to it counts, its places
    spaced = f" {text}"  # so that the pattern begins with a literal, which is ten times quicker
    for match in re.finditer(rf" {number}\. ?(\d ?\d?)\.? (?=[A-Z“])", spaced):
        before = spaced[max(0, match.start() - 12) : match.start()].rstrip()
        last = int(match[1].replace(" ", ""))
        earlier = [rows[each] for each in range(max(last - 3, 0), last) if each in rows]
        if earlier and not _REFERS.search(before):
            score, places = max(earlier, key=lambda row: row[0])
            score += 2 if before[-1:] in _ENDS or not before else 1
            if last not in rows or score > rows[last][0]:
                rows[last] = score, [*places, match.start()]
    yield from max(rows.values(), key=lambda row: row[0])[1]


_ENDS = frozenset(".!?:;])•") | frozenset(BULLETS)
_REFERS = re.compile(r"(?:[,(/]|\b(?:and|see|or|[Tt]able|[Ss]ection|[Ff]igure))$")
