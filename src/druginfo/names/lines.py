"""Medication lines: which words of a line name the drug, and which say how it is given.

Wards, prescriptions and RxNorm write a drug's name among its form, strength, route and directions: "T. Ecosprin 75 OD",
"24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]", "prednisone 10 mg PO daily x 5 days, #30".
The words before any of these are the name; what follows an amount, a form or a time is directions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.names.resolution import QueryLine
from druginfo.terms import letters_in, words_in
from druginfo.terms.affixes import AFFIXES, AFFIXES_BY_PLACE
from druginfo.terms.prescribing import (
    AROUND,
    BRACKETS,
    COMPLAINTS,
    COUNTED,
    DIRECTIONS,
    DOSAGE_WORDS,
    FORMS,
    FREQUENCY,
    GLUED,
    HOURS,
    JOINER,
    KEEPS_ITS_NUMBER,
    LEADING,
    LIST_MARK,
    MIXED,
    MORE,
    NUMBER,
    ORDERS,
    PER_VOLUME,
    PRODUCT_WORDS,
    SCHEDULE,
    SLASHED,
    STRENGTH,
    UNIT,
    label,
)


def directs(words: Sequence[str]) -> bool:
    """Whether words only say how a drug is given: none is a complaint that directions name too ("for itching")."""
    return all(_is_dosage(word) for word in words)


def complains(text: str) -> bool:
    """Whether words only say what a patient has and how a drug is given for it: "(pen allergy!)", "muscle ache"."""
    words = [word for word in letters_in(text.lower()) if word not in DIRECTIONS - COMPLAINTS]
    return any(word in COMPLAINTS for word in words) and all(word in COMPLAINTS | DOSAGE_WORDS for word in words)


_FOR_ADULTS = re.compile(r"(?<=\w)\s+adults?(?=\s+\d|\s*$)", re.I)
"""Elvanse Adult 50 mg is Elvanse; what is for children may be another medicine (Children's Pepto), as is Adult Cold."""


def read(text: str) -> QueryLine:
    """A medication line.

    >>> read("T. Ecosprin 75 OD").name, read("24 HR metoprolol 50 MG Extended Release Oral Tablet [Toprol]").name
    ('Ecosprin', 'metoprolol')
    >>> read("amoxicillin 875-125 mg").strengths, read("amoxicillin 250 mg/5 mL susp").strengths
    (2, 1)
    """
    text = _FOR_ADULTS.sub("", text)
    for mark in (LIST_MARK.match, label):
        text = text[found.end() :] if (found := mark(text)) else text
    head, _, remark = text.partition(";")
    if not head.strip():
        head, remark = text.replace(";", " "), ""
    aside = [each.strip() for each in BRACKETS.findall(head)]
    bare = _BRACKET.sub(" ", BRACKETS.sub(" ", head))
    if aside and all(_is_dosage(word) or word == "/" for word in bare.split()):  # RxNorm: {7 (metformin 500 MG)} Pack
        head, aside = (" / " if "/" in bare else " ").join(aside), []
    else:
        head = bare
    head = LEADING.sub("", head, count=1) if LEADING.match(head) else head
    words, strengths = _words(head)
    whole = len(words)
    while words and _is_dosage(words[0]) and not _is_joiner(words[0]):
        words.pop(0)
    while words and words[0].lower().strip(AROUND) in ORDERS:
        words.pop(0)
        while words and (_is_dosage(words[0]) or _is_direction(words[0])):
            words.pop(0)
    if 1 < len(words) < whole and all(_is_dosage(word) or _is_direction(word) for word in words):
        words = []  # tab bd after food; but "10 mg cough" asks about a cough
    name: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if name and (_is_affix(words, at) or (_is_joiner(word) and _goes_on(words[at + 1 :]))):
            name.append(word)
        elif (
            name
            and not _is_joiner(name[-1])
            and not _keeps_number(name, word)
            and (_is_dosage(word) or _is_direction(word))
        ):
            after = at
            while after < len(words) and (words[after] == _MARK or words[after].strip(AROUND).lower() in PRODUCT_WORDS):
                after += 1
            if after + 1 < len(words) and words[after] in "/+&" and after > at and _goes_on(words[after + 1 :]):
                name.append(words[after])  # amlodipine 5 MG / benazepril 10 MG
                at = after
            else:
                break
        elif not _is_dosage(word) or _keeps_number(name, word):
            name.append(word)
        at += 1
    directions = next((place for place in range(at, len(words)) if _is_direction(words[place])), len(words))
    for place in range(at, directions) if name else ():
        if _is_affix(words, place, after_amount=True) and words[at:place].count(_MARK) < 2:  # 10 mg 1 comp: tablets
            name.append(words[place])
    rest: list[str] = []
    run: list[str] = []
    dosed = at == len(words) or any(map(_is_dosage, words[at:])) or bool(strengths)
    is_solvent = False  # 1 g in dextrose 5 %
    for place, word in enumerate([*words[at:], _MARK], at):
        directs_on = _is_direction(word)
        if not (directs_on or _is_dosage(word) or word in "/+&"):
            run = [*(run if run != [","] else []), word.strip(AROUND)]
            continue
        if run and run not in _NEXT and not is_solvent:
            rest.append(" ".join(run))
        is_solvent = (word.lower() == "in" and _MARK in words[at:place]) or (is_solvent and not run and not directs_on)
        goes_on = run in _NEXT and _is_form(word)  # 50 mg OD + Tab Amlong, 50 mg OD, Tab Amlong
        run = ["+"] if word in "/+&" or goes_on else [","] if word == "," else []
    if remark.strip():
        aside.append(remark.strip())
    written = " ".join(name)
    written = re.sub(r"\s+,", ",", written).strip(AROUND + " ")
    return QueryLine(written, tuple(each for each in aside if each), strengths, tuple(filter(None, rest)), dosed)


_MARK = "\x00"
_NEXT = (["+"], [","])
_BRACKET = re.compile(r"[()\[\]{}]")


def _words(text: str) -> tuple[list[str], int]:
    """The words of a text, with a mark in the place of each amount; and how many ingredients an amount speaks of."""
    most = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal most
        whole, more = found[0], found["more"] or ""
        parts = re.findall(MORE, more, re.IGNORECASE) if more else []
        units = [found["unit"], *(unit for *_, unit in parts)]
        has_unit = bool(found["unit"] or re.search(UNIT, whole, re.IGNORECASE))
        dotted = not has_unit and re.match(rf"{NUMBER}\s*(?:{UNIT})?(?:\s*/\s*(?:7|52|12))\s*$", whole)
        if dotted or (most and not has_unit and parts):  # after a strength 1-2 are tablets or puffs, or a target
            return f" {_MARK} "
        before, number = text[: found.start()], found["first"] or ""
        keeps = _keeps(before, number, several=bool(parts)) and not re.compile(HOURS).match(text, found.end())
        if not has_unit and (keeps or (not parts and not _bare_strength(text, found))):
            return whole
        if not has_unit and parts and any(sign != "/" and sign != "-" for sign, *_ in parts):
            return whole
        masses = 1 + sum(1 for _, _, unit in parts if not (unit and PER_VOLUME.search(unit)))
        if parts and not has_unit and masses > 1 and not _bare_strength(text, found):
            return whole
        if parts and PER_VOLUME.search(units[-1] or "") and units[0] is None:
            masses = 1  # 5-10 mL
        if masses == 2 and _is_range(found["first"], parts[0]):
            masses = 1
        is_counted = re.compile(COUNTED).match(text, found.end())
        if not has_unit and is_counted:
            masses = 0  # 1-2 tablets
        elif masses == 2 and not units[-1] and is_counted and _is_count(parts[0][1]):
            masses = 1  # 500 mg - 2 tablets
        most = max(most, masses)
        return f" {_MARK} "

    # what is not in a line is not looked for, for to make ready for it takes longer than to read the line
    has_number = any(map(str.isnumeric, text))
    if "/" in text:
        text = re.sub(SLASHED, r"\1\2", text)
    if has_number:
        text = re.sub(MIXED, r"\1 ", text)
    timed = re.sub(SCHEDULE, f" {_MARK} ", text, flags=re.IGNORECASE) if text.count("-") > 1 else text
    marked = re.sub(STRENGTH, mark, timed) if has_number else timed
    marked = (
        re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_])", "", marked)
        if marked.count(".") > 1 and re.search(r"\b(?:[a-z]\.){2,}", marked, re.I)
        else marked
    )
    if not {"/", "+", "&"}.isdisjoint(marked):
        marked = re.sub(
            r"(?<!\S)[/+&](?!\S)|(?<=[a-z)])\s*([/+&])\s*(?=[a-z])", lambda m: f" {m[0].strip()} ", marked, flags=re.I
        )
    marked = re.sub(r"(?<=\w),(?=\s)", " , ", marked)
    words = [_loosened(word) for word in marked.split()]
    return [word for word in words if word == _MARK or word in JOINER or word.strip(AROUND)], most


def _is_count(number: str) -> bool:
    """Whether a number is one of tablets or puffs rather than of milligrams: up to four, halves too."""
    return number in ("½", "0.5", "1", "1.5", "2", "2.5", "3", "4")


def _is_range(first: str, more: tuple[str, str, str]) -> bool:
    """Whether two amounts are from how much to how much of one drug, the second half as much again, twice or thrice the
    first (2.5-5 mg), or units (6-8 units); the two of a combination seldom are (20-12.5 mg, 5-325 mg)."""
    sign, second, unit = more
    try:
        low, high = (float(each.replace(",", ".")) for each in (first, second))
    except ValueError:
        return False
    in_units = (unit or "").lower() in ("u", "iu", "unit", "units", "unt")
    return sign == "-" and (high in (1.5 * low, 2 * low, 3 * low) or (in_units and low < high))


def _keeps(before: str, number: str, *, several: bool = False) -> bool:
    """Whether the words before a bare number, or several, make it part of the name: a letter does ("vitamin B 12"), but
    not of a round one ("penicillin V 500")."""
    words = words_in(before.lower())
    if not words or _is_direction(words[-1]):
        return False
    return words[-1] in KEEPS_ITS_NUMBER or (
        not (several or (len(words) > 1 and _is_round(number)))
        and len(words[-1]) < 3
        and words[-1].isalpha()
        and words[-1] not in DOSAGE_WORDS
    )


def _is_round(number: str) -> bool:
    """Whether a number is one that strengths are, not names: 20, 125, 500; coenzyme Q 10 is a name."""
    return number.isdigit() and int(number) >= 20 and int(number) % 5 == 0


def _keeps_number(name: Sequence[str], word: str) -> bool:
    return word.isdigit() and _keeps(" ".join(name), word)


def _bare_strength(text: str, found: re.Match[str]) -> bool:
    """Whether a number without a unit is set off as a word, after one."""
    before, after = text[: found.start()], text[found.start() + len(found[0].rstrip()) :]
    words = re.findall(r"[^\W\d_]{2,}", before)  # a letter is part of a name: Clopilet A 75/75
    if any(map(_is_direction, words)):
        return False
    return bool(re.search(r"\w[\s,]*\s$", before)) and (
        not after or after[:1] in " ,;.)" or _JOINED_ON.match(after) is None
    )


_JOINED_ON = re.compile(r"[\w/-]")


def _loosened(word: str) -> str:
    """A word without the strength written onto it ("captopril25", "metformin-500"), unless its kind of name has
    numbers; a lone digit after a hyphen is a name's (omega-3)."""
    found = None if word.isalpha() else re.match(GLUED, word)
    return found[1] if found and not found[1].lower().startswith(tuple(KEEPS_ITS_NUMBER)) else word


def _is_joiner(word: str) -> bool:
    return word.lower() in JOINER


def _is_affix(words: Sequence[str], at: int, *, after_amount: bool = False) -> bool:
    """Whether a word after a name makes another medicine of it (`AFFIXES`)."""
    bare = words[at].strip(AROUND).lower()
    after = words[at + 1 :]
    if _is_joiner(bare):  # aspirin plus caffeine
        return bare in AFFIXES and not (_goes_on(after) and len(after[0]) > 2)
    if bare in AFFIXES_BY_PLACE:
        is_time = bool(after) and (_is_dosage(after[0]) or _is_direction(after[0])) and not _is_form(after[0])
        return not after_amount and (not is_time or after[0] == _MARK)
    return bare in AFFIXES


def _goes_on(words: Sequence[str]) -> bool:
    """Whether after a joining word another name comes, and no direction."""
    if not words:
        return False
    first = words[0]
    return not (_is_dosage(first) or _is_direction(first) or _is_joiner(first)) and first.strip(AROUND)[:1].isalpha()


def _is_dosage(word: str) -> bool:
    if word == _MARK:
        return True
    bare = word.strip(AROUND).lower()
    if not bare or bare.isdigit():
        return True
    if (bare[0] == "q" or not bare.isalpha()) and re.match(FREQUENCY, bare):
        return True
    if "." in bare and bare.replace(".", "") in DOSAGE_WORDS:
        return True
    return all(part in DOSAGE_WORDS for part in bare.replace("/", "-").split("-"))


def _is_form(word: str) -> bool:
    return word.strip(AROUND).lower() in FORMS


def _is_direction(word: str) -> bool:
    if word in ("n.", "b."):  # German for after (Marcumar n. Quick) and where needed (b. Bed.)
        return True
    return (word.strip(AROUND).lower() in DIRECTIONS and not _is_joiner(word)) or word.lower() in ("and", "with", ",")
