"""How medicines are written down on wards, prescriptions and labels: the words around a name, and the patterns of
amounts, schedules and frequencies, in English and what is met of other languages. The words are in
`data/medication_lines.txt`.

`DOSAGE_WORDS` and `DIRECTIONS` say how a medicine is given, not which. The few of them that as often make another
medicine of a name ("Losartan comp", "Motrin PM") are in `terms.affixes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from druginfo.terms.files import data_tables

_TABLES = data_tables("medication_lines.txt")
_WORDS = {row: frozenset(words.split()) for row, words in _TABLES["words"].items()}
FORMS, ORDERS, COMPLAINTS = (_WORDS[row] for row in ("forms", "orders", "complaints"))
_STOPPED = _TABLES["not taken"]["said"].split(", ")
DIRECTIONS = _WORDS["directions"].union(each.replace("/", "") for each in _STOPPED if " " not in each)
DOSAGE_WORDS = FORMS.union(*(_WORDS[row] for row in ("routes", "release", "times", "units", "around")))
"""Forms, routes, release, frequencies and units: words that say how a drug is given, not which."""
PRODUCT_WORDS = DOSAGE_WORDS - _WORDS["times"]
"""The same without times."""
KEEPS_ITS_NUMBER = _WORDS["keep_their_number"]
_FORMS_IN_SHORT = {short: form for form, names in _TABLES["forms in short"].items() for short in names.split(", ")}
_FORM_IN_TEXT = (
    r"(?i)\b(?:tab(?:let|l)?s?|tbl|cap(?:sule|let)?s?|inj(?:ections?|ectable)?|amp(?:oule)?s?|vials?|susp(?:ension)?|syrup"
    r"|sol(?:utio)?n?|drops?|gtts?|cre?a?m|oint(?:ment)?|gel|lotion|patch(?:es)?|spray|inhalers?|film(?![\s-]coated)"
    r"|suppositor(?:y|ies)|supps?|powder|granules|lozenges?|foam|enema|infusion|implant|extended[\s-]release|[exs]r|xl)\b"
)


def forms_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The forms that a medication line names, as written, each with the names that a text has for it.

    >>> list(forms_in("diclofenac inj 75 mg"))
    [('inj', ('injection', 'injections'))]
    """
    for found in re.finditer(_FORM_IN_TEXT, text):
        name = " ".join(found[0].lower().split())
        name = _FORMS_IN_SHORT.get(name) or re.sub(r"(?<=ch)es$|(?<=[^s])s$", "", re.sub(r"ies$", "y", name))
        plural = f"{name[:-1]}ies" if name.endswith("y") else name + ("es" if name.endswith("ch") else "s")
        more = ("extended-release",) if name == "extended release" else ()
        yield found[0], (name, plural, *more)


UNIT = (
    r"(?:%|(?:mg|mcg|ug|[µμ]g|gm?|kg|ml|cc|l|iu|unt|units?|u|meq|mmol|micrograms?|milligrams?|mgs|mls|grams?|mill?ion"
    r"\s+units?)\b)"
)
NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|\.\d+|½|¼|¾)"
VOLUME = (
    r"(?:ml|l|g|kg|m2|h|hr|hour|day|d|dose|tab|tablet|cap|capsule|puff|actuation|actuat|act|spray|inh|drop|patch|vial"
    r"|min)"
)
STRENGTH = (
    rf"(?i)(?<![\w.])(?P<first>{NUMBER})\s*(?P<unit>{UNIT})?(?P<more>(?:\s*[-/+]\s*{NUMBER}\s*{UNIT}?)+)?"
    rf"(?:\s*/\s*[\d.]*\s*{VOLUME}\b)*(?:\s*{UNIT})?(?:\s*/\s*[\d.]*\s*{VOLUME}\b)*"
)
_EACH = r"(?:\d{1,3}(?:[.,/]\d{1,2})?|[½¼¾])\s*(?:u|iu|units?|e|ie|tabs?)?"
SCHEDULE = rf"(?<![\w./-]){_EACH}(?:\s?-\s?{_EACH}){{2,3}}(?![\w./-])"
"""What is taken in the morning, at noon, in the evening and at night: 1-0-1, 1/2-0-1/2, 20U-0-14U."""
COUNTED = r"(?i)\s*(?:tabs?|caps?|tablets?|capsules?|puffs?|drops?|sachets?|sprays?|times|x|qds|tds)\b"
HOURS = r"(?i)[\s-]*(?:hours?|hrs?|h)\b"
MIXED = r"(?i)\b(mix)(?=\d)"
"""Humalog Mix25."""
SLASHED = r"(?i)(?<![\w/])([a-z])/([a-z])(?![\w/])"
"""m/r, s/c, i/v, p/o."""
MORE = rf"\s*([-/+])\s*({NUMBER})\s*({UNIT})?"
PER_VOLUME = re.compile(r"(?:ml|cc|l)$", re.IGNORECASE)
FREQUENCY = (
    r"(?i)(?:q\.?\d{1,2}(?:-\d{1,2})?\.?(?:h|hr|hrs|hours?|d|w|wk|min|m)?|q\.?(?:h|d|w|am|pm|hs|od|day|week|month|night)|"
    r"\d{1,2}(?:[.,]\d)?(?:-\d{1,2}(?:[.,]\d)?){2,3}|[½1]-[½01]-[½01]|"
    r"[1-6](?:-\d)?[x×](?:/?(?:d|day|daily|w|week|wk))?|[x×]\d+(?:d|/7|/52|/12|days?|weeks?)?|\d+/(?:7|52|12)|#\d+|"
    r"\d+(?:st|nd|rd|th)|\d+-?hourly|\d+(?:hr?|hrs|hours?|days?|d|weeks?|wks?|months?))$"
)
LIST_MARK = re.compile(r"\s*(?:(?:\(?\d{1,3}[.)]|[-*•·–—◦▪]|#\d{1,2}[.):]?|\[[ xX]?\])\s+)+(?=\S)")
LEADING = re.compile(
    rf"\s*(?:{NUMBER}\s*(?:HR|HOUR|ML|ACTUAT|MG|MCG|UNT|UNITS)\b\s*|[TC]\.\s*(?=[A-Za-z]{{4}})|[TC]\s(?=[A-Z][a-z])|"
    r"E/D\s+|(?i:tab|cap|inj|syr|syp|susp|oint|supp|neb)\.(?=[A-Za-z]{4}))+"
)
"""RxNorm's "24 HR" and "0.25 ML", and the ward's letter for tablet or capsule, before the name."""
_STATUS = (
    r"(?:dose\s+)?(?:new(?:ly)?|(?:re-?)?start(?:ed|ing)?|commenc(?:e|ed|ing)|resum(?:e|ed|ing)|continu(?:e|es|ed|ing)|"
    r"stop(?:ped|ping)?|ceased?|discontinued?|d/c|(?:on\s+)?hold|held|withh(?:old|eld)|paused?|suspend(?:ed)?|"
    r"omit(?:ted)?|(?:un)?changed?|amend(?:ed)?|increased?|reduced?|decreased?|switch(?:ed)?|previously|currently|"
    r"no longer|not(?=\s+(?:taking|on)\b)|now(?=\s+(?:taking|on)\b)|takes|taking)(?:\s+(?:taking|takes|on|to)\b)?"
)
_IN_A_LABEL = (
    *(":", "=", "–", "d/c", "hold", "held", "withh", "no longer", "not", "now", "new", "start", "commenc", "resum"),
    *("continu", "stop", "cease", "paus", "suspend", "omit", "chang", "amend", "increas", "reduc", "decreas", "switch"),
    *("previous", "current", "tak"),
)
"""One of these is in every line that begins with a label."""


def label(line: str) -> re.Match[str] | None:
    """What a list writes before a line: "STOPPED:", "Sig:", "Home med:", "On hold -", "Changed to". Not an allergy,
    whose drug is not given."""
    return _label().match(line) if any(map(line.casefold().__contains__, _IN_A_LABEL)) else None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:(?:{_STATUS}|current|regular|prn|stat|home|discharge|admission|outpatient|inpatient|tt[oa]s?|sig|rx|meds?|"
        r"medications?|drug|order|prescription|name|item|prescribed)\b[ .]*)+[:=–]\s*"
        rf"|[^\w\[({{]*{_STATUS}\**(?:\s*[-–—]+)?\s+(?=[^\W\d_])",
        re.IGNORECASE,
    )


def not_taken(line: str) -> str:
    """The words by which a medication line says that its drug is stopped or held; empty where it does not: of what is
    only planned, or done on a condition, the drug is still taken.

    >>> not_taken("warfarin 5 mg - stopped 2024"), not_taken("Hold metformin"), not_taken("nifedipine (hold if BP <90)")
    ('stopped 2024', 'Hold', '')
    """
    stated, ordered, not_before, conditions, planned = _not_taken()
    for is_order, pattern in enumerate((stated, ordered)):
        for found in pattern.finditer(line):
            before, rest = line[: found.start(1)], line[found.end() :]
            clause = re.split(r"[,;()\[\]{}]|\s[-–—]\s|\.\s", rest, maxsplit=1)[0]
            begins = not re.search(r"\w", before)
            rest = re.split(r"(?i)\b(?:until|till)\b", rest, maxsplit=1)[0]
            is_planned = planned.search(rest) or (not begins and found[1].lower() in _ENDS and re.search(r"\d", clause))
            if not_before.search(before) or conditions.search(rest) or (is_order and is_planned):
                continue
            return found[1] if begins else f"{found[1]}{clause[:40]}".strip(AROUND + " ")
    return ""


_ENDS = ("stop", "cease", "discontinue")
"""What a number after it makes a plan: "stop 12/3"."""


@cache
def _not_taken() -> Sequence[re.Pattern[str]]:
    any_of = {
        row: "|".join(re.escape(each) for each in sorted(words.split(", "), key=len, reverse=True))
        for row, words in _TABLES["not taken"].items()
    }
    patterns = (
        rf"(?<![\w/-])({any_of['said']})(?![\w-])",
        rf"(?:^\W*|[(\[{{;:–—]\s*|\s-\s*)({any_of['ordered']})(?![\w/-])",
        rf"(?<!\w)(?:{any_of['not before']})[\s-]+$",
        rf"(?<!\w)(?:{any_of['conditions']})(?!\w)|[<>≤≥]",
        rf"(?<!\w)(?:{any_of['planned']})(?!\w)",
    )
    return [re.compile(each, re.IGNORECASE) for each in patterns]


BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
AROUND = '.,:;!?"“”„«»*•·-–—'
"""What is around a word but not part of it: a list's bullet, a sentence's end, quotation marks."""
JOINER = frozenset(("/", "+", "&", "and", "with", "plus", ","))
GLUED = r"(?i)([^\W\d_]{5,})(?:-\d\d[\d.]*|\d+(?:\.\d+)?(?:%|mg|mcg|g|ml|iu|units?)?)$"
