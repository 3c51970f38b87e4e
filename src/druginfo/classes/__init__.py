"""What a monograph says its drug is: pharmacological classes in all the wordings that a text may use for them. The
words are data; a wording that would fit other drugs too is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from druginfo.classes.abbreviations import Definition, spelled_out
from druginfo.terms import without_brackets
from druginfo.terms.files import data_rows, data_tables, names_of, word_list

ClassWords = tuple[str, ...]
"""Words in lower case and singular."""

_WORD = re.compile(r"(?:(?:non|anti)[-‐‑–])?[^\W_]+", re.I)

RESTRICTING = word_list("classes", "restricting")
"""Words before a class that leave only some of its drugs."""

_NOUNS_TOO = frozenset({"biologic", "biological", "sedative", "coumarin"})
"""Of these the ones that are also a class; in the plural, for a text that means the class."""

_ADJECTIVES_TOO = frozenset({"hypoglycemic", "immunosuppressive"})
"""Classes only in the plural: "oral hypoglycemics", but "hypoglycemic episodes"."""

_NOT_ITS_DRUGS = word_list("classes", "after")
"""Words after a class that make it something else: "the anticoagulant effect", "opioid withdrawal"."""

_HEADS = word_list("classes", "heads")
"""Words that are a class only together with others."""
_AGENTS = ("agent", "drug", "medicine", "medication")
_FAMILIES = word_list("classes", "families")
"""Names of chemical families that mean their drugs without "antibacterial", "analgesic" …"""


class Word(NamedTuple):
    """A word of a text: folded, and its place."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words(text: str) -> Sequence[Word]:
    """The words of a text in lower case and singular; "non-" and "anti-" are part of the next word."""
    return [Word(word, *found.span()) for word, found in zip(phrase(text), _WORD.finditer(text), strict=True)]


@lru_cache(maxsize=4096)
def phrase(text: str) -> ClassWords:
    """The words of a text, folded."""
    return tuple(map(_folded, _WORD.findall(text)))


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    """A word in lower case and singular, without hyphens."""
    return _GREEK.get(word) or _singular("".join(filter(str.isalnum, word.lower())))


_GREEK = {"α": "alpha", "β": "beta", "ß": "beta"}
"""Letters of a class, the last of them the one that is typed for beta: "ß-adrenergic blocking agents"."""


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def wordings(classes: Iterable[str], known: Iterable[Definition] = ()) -> frozenset[ClassWords]:
    """All the phrases by which a text may mean one of the classes and nothing else.

    >>> ("jak", "inhibitor") in wordings(["Janus kinase (JAK) inhibitor"])
    True
    """
    return _wordings(spelled(tuple(classes), tuple(known)))


@lru_cache(maxsize=256)
def spelled(classes: tuple[str, ...], known: tuple[Definition, ...]) -> frozenset[ClassWords]:
    """The classes as they are written, and with abbreviations for their long forms and the other way round."""
    found: set[ClassWords] = set()
    for name in classes:
        if not re.search(r"\b(?:CYP\d|P-gp|OATP?\d|BCRP|UGT)", name):
            found |= set(_of_one(name))
    for short, long in ((phrase(d.short), phrase(d.long)) for d in known):
        has = set().union(*found).issuperset
        turned = [(own, other) for own, other in ((long, short), (short, long)) if has(own)]
        found |= {_replaced(each, own, other) for own, other in turned for each in found}
    return frozenset(found - {()})


@lru_cache(maxsize=256)
def _wordings(written: frozenset[ClassWords]) -> frozenset[ClassWords]:
    found = set(written)
    waiting = list(found)
    while waiting:
        for other in _broader(waiting.pop()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(each for each in found if not (set(each) <= _HEADS or is_vague(each)))


@cache
def equals(name: str) -> frozenset[ClassWords]:
    """The wordings of one class itself, none of a broader one."""
    found = set(_of_one(name))
    return frozenset(found.union(*(row for row in _rows() if found.intersection(row))))


_UMBRELLAS = frozenset(map(phrase, names_of(data_tables("word_lists.txt")["classes"]["umbrellas"])))
"""Classes by what they are given for: two drugs of one are not a duplicate."""


def of_drug(name: str) -> tuple[str, ...]:
    """The classes that a drug's international name shows, by its stem or by itself.

    >>> of_drug("lansoprazole"), of_drug("aripiprazole")
    (('proton pump inhibitor',), ('antipsychotic',))
    """
    drug = name.casefold().split(" ")[0]

    def has(stem: str) -> bool:
        if stem[0] == "*":
            return drug.endswith(stem[1:])
        return drug.startswith(stem[:-1]) if stem[-1] == "*" else drug == stem

    found = []
    for each, written in data_tables("drug_classes.txt")["drugs"].items():
        stems = written.split()
        if any(map(has, stems)) and not any(has(stem[1:]) for stem in stems if stem[0] == "!"):
            found.append(each)
    return tuple(found)


def is_umbrella(wording: str) -> bool:
    """Whether words mean drugs only by what they are given for.

    >>> is_umbrella("other antihypertensive drugs"), is_umbrella("beta blockers")
    (True, False)
    """
    words = phrase(wording)
    bare = words[:-1] if words[-1:] and words[-1] in _AGENTS else words
    return any(each[at:] in _UMBRELLAS for each in (words, bare) for at in range(len(each)))


def same_class(one: Iterable[str], other: Iterable[str]) -> str | None:
    """The class that both are of, the most exact first, as one of them words it; None where they share no class.

    >>> same_class(["Selective serotonin reuptake inhibitor (SSRI)", "Antidepressant"], ["SSRI"])
    'Selective serotonin reuptake inhibitor (SSRI)'
    >>> same_class(["Direct oral anticoagulant", "Anticoagulant"], ["Vitamin K antagonist", "Anticoagulant"])
    'Anticoagulant'
    >>> same_class(["Loop diuretic"], ["Potassium-sparing diuretic"])
    'Diuretic'
    """
    ones, others = tuple(one), tuple(other)
    for name in ones:
        own = equals(name) | _narrow(name)
        if own & _UMBRELLAS:
            continue
        for another in others:
            if equals(name) & equals(another):
                return name
            if shared := own & (equals(another) | _narrow(another)):
                written = (each for each in (*ones, *others) if equals(each) & shared)
                return next(written, " ".join(min(shared)).capitalize())
    return None


def kin(classes: Iterable[str]) -> frozenset[ClassWords]:
    """Every wording by which one of the classes can be another's: two drugs without a common one are of no class."""
    return frozenset[ClassWords]().union(*(equals(name) | _narrow(name) for name in classes))


@cache
def _narrow(name: str) -> frozenset[ClassWords]:
    """The class without the words that leave only some of its drugs: a selective beta blocker is a beta blocker."""
    found: set[ClassWords] = set()
    for own in _of_one(name):
        for at in range(1, len(own) - 1):
            if own[at:] in _equal():
                return frozenset(found.union(*(row for row in _rows() if own[at:] in row)))
        found |= {own[at:] for at in range(1, len(own)) if RESTRICTING.issuperset(own[:at])}
    return frozenset(found)


def is_class(name: str) -> bool:
    """Whether a class is called so in `data/classes.txt`.

    >>> is_class("MAO inhibitors"), is_class("heart failure")
    (True, False)
    """
    return phrase(name) in _equal()


def is_vague(own: ClassWords) -> bool:
    """Whether a phrase is a word that no class is called by: "inhibitor", "oral"."""
    return len(own) == 1 and own[0] in (_HEADS | RESTRICTING) - _FAMILIES - _NOUNS_TOO


def _of_one(name: str) -> Iterator[ClassWords]:
    """The class as written, without its abbreviation, and with the abbreviation in place of its long form."""
    name = re.sub(r"\s*\[\w+\]$", "", name)
    yield phrase(without_brackets(name))
    for match in re.finditer(r"\(([\w-]{2,9})\)", name):
        before, after = name[: match.start()], name[match.end() :]
        long = spelled_out(match[1], before.rstrip()) or before.strip()
        kept = before[: before.rfind(long)] if long in before else ""
        short = phrase(f"{kept} {match[1]} {after}")
        if after.strip() or sum(c.isalpha() for c in match[1]) >= 3:
            yield short


def _broader(own: ClassWords) -> Iterator[ClassWords]:
    """Wordings that mean the same class or one that holds it."""
    yield from _equal().get(own, ())
    if len(own) > 1 and own[0] in RESTRICTING:
        yield own[1:]
    if len(own) > 1 and (own[-1:] in _equal() or own[-1].startswith("anti")):
        yield own[-1:]
    if "selective" in own[1:-1]:
        yield own[own.index("selective") + 1 :]
    if "and" in own[1:-2]:
        yield own[own.index("and") + 1 :]
    if own[-1] in _AGENTS:
        yield from ((*own[:-1], head) for head in _AGENTS)
        if len(own) == 2 and own[0].startswith("anti"):
            yield own[:1]
    elif len(own) == 1 and own[0].startswith("anti"):
        yield from ((*own, head) for head in _AGENTS)
    if len(own) > 1 and own[0] in _FAMILIES and own[-1] not in ("inhibitor", "antagonist"):
        yield own[:1]


@cache
def _rows() -> tuple[tuple[ClassWords, ...], ...]:
    """The wordings of one class, or of one that holds the other, as `data/classes.txt` has them."""
    return tuple(tuple(map(phrase, row.split(" / "))) for row in data_rows("classes.txt") if " < " not in row)


@cache
def _equal() -> dict[ClassWords, tuple[ClassWords, ...]]:
    """For each wording those of the same class, and those of broader ones."""
    table: dict[ClassWords, tuple[ClassWords, ...]] = {}
    for row in _rows():
        for each in row:
            table[each] = (*table.get(each, ()), *row)
    for name, _, broader in (row.partition(" < ") for row in data_rows("classes.txt") if " < " in row):
        for each in table.get(phrase(name), (phrase(name),)):
            table[each] = (*table.get(each, ()), *map(phrase, broader.split(" / ")))
    return table


def is_part_of_another(text: ClassWords, at: int, length: int, own: frozenset[ClassWords]) -> bool:
    """Whether the class at `at` of the words is part of the name of one not among `own`: "TNF-alpha blockers"."""
    for first in range(max(at - 4, 0), at + 1):
        for last in range(at + length, min(at + length + 3, len(text)) + 1):
            whole = text[first:last]
            if last - first > length and whole in _equal() and whole not in own:
                return True
    return False


def is_said_of(text: str, found: Sequence[Word], at: int, length: int) -> bool:
    """Whether the class at `at` means its drugs, not something of them: "the anticoagulant effect"."""
    last = found[at + length - 1]
    plural = text[: last.end].lower().endswith("s")
    if length == 1 and (last.word in RESTRICTING or last.word in _ADJECTIVES_TOO) and not plural:
        return False
    if at + length == len(found) or text[last.end : found[at + length].start].strip(" -"):
        return True
    return found[at + length].word not in _NOT_ITS_DRUGS


_LEFT_OUT = re.compile(
    r"(?i)\b(?:except(?:ing)?(?: for)?|excluding|other than|with the exception of)(?:\s+[\w-]+){0,2}\s*$"
)


def is_left_out(text: str, start: int) -> bool:
    """Whether the words before a place leave out what is named there: "drugs other than loop diuretics".

    >>> is_left_out("antibiotics except macrolides", 19), is_left_out("macrolides", 0)
    (True, False)
    """
    return _LEFT_OUT.search(text, 0, start) is not None


def is_negated(found: Sequence[Word], at: int, length: int, own: frozenset[ClassWords]) -> bool:
    """Whether the class at `at` is in a text that denies one of the classes `own`: "non-potassium-sparing diuretics"."""
    for first in range(max(at - 4, 0), at + length):
        word = found[first].word
        bare = word.removeprefix("non")
        rest = tuple(each.word for each in found[first + 1 : at + length])
        denied = (bare, *rest) if bare else rest
        if bare != word and any(denied[: len(each)] == each for each in own) and (word, *rest) not in own:
            return True
    return False


def _replaced(own: ClassWords, part: ClassWords, by: ClassWords) -> ClassWords:
    for at in range(len(own) - len(part) + 1):
        if part and own[at : at + len(part)] == part:
            return own[:at] + by + own[at + len(part) :]
    return own


_PARTING = frozenset(".;:()")
_OF_THE_KIND = frozenset({"type", "like", "derived", "based", "containing"})


def qualified(text: str, found: Sequence[Word], at: int) -> tuple[int, set[str]]:
    """Where the qualifying words before the class at `at` begin, and which of them leave only some of its drugs."""
    qualifiers: set[str] = set()
    first = at
    while first:
        word, start, end = found[first - 1]
        if word in _OF_THE_KIND and first > 1 and found[first - 2].word in RESTRICTING:
            first -= 1  # coumarin-type anticoagulants
            continue
        qualifies = word in RESTRICTING and not text[start:end].lower().endswith("s")
        joins = bool(qualifiers) and word in ("and", "or", "to")
        if not (qualifies or joins) or not _PARTING.isdisjoint(text[end : found[first].start]):
            break
        first -= 1
        qualifiers |= {word} if qualifies else set()
    while first < at and found[first].word in ("and", "or", "to"):
        first += 1
    return first, qualifiers
