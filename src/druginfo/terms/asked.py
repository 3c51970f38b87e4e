"""What a person asks doses or drugs for, read as a phrase: an aim, conditions, stages, people, in any order.

"Stroke prevention in AF" is an aim and two conditions, "first episode genital HSV" a stage and a condition. What people
call a condition is in `data/conditions.txt`, the words of aims and stages in `data/indications.txt`. A text is for what
was asked where it has every part of it; whoever compares says which of them it may do without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from druginfo.terms import words_in
from druginfo.terms.conditions import conditions, either, named, organisms, spellings, ways, wider
from druginfo.terms.files import data_tables, word_list
from druginfo.terms.phrase_list import Phrases
from druginfo.terms.same import NAMELESS
from druginfo.terms.spelling import american
from druginfo.terms.stages import ADULTS, DAYS, ELDERLY
from druginfo.terms.word_parts import composed, is_part_of_body, is_wrong, nouns

# ---------------------------------------------------------------- aims and stages


class Stage(NamedTuple):
    """An aim of a treatment or a stage of a disease: how a person says it, and a text."""

    name: str
    group: str
    """A text that has another stage of the group, and not this one, is of that other one."""
    words: Phrases
    asked: Phrases
    """How a person says it, where a text says more."""

    @property
    def key(self) -> tuple[str, str]:
        """Its group and name."""
        return self.group, self.name

    def is_in(self, text: str) -> bool:
        """Whether a text has it, in its own words."""
        return self.words.search(_AIM_OF_AIM.sub(r"\1", text)) is not None


PREVENTION, TREATMENT, MAINTENANCE, ACUTE = "prevention", "treatment", "maintenance", "acute"
_TABLES = data_tables("indications.txt")
_SOFT_STAGES = frozenset(each for row in _TABLES["may be left out"].values() for each in row.split(", "))
_AIM_OF_AIM = re.compile(
    r"\b(maintenance|prevent\w+|prophyla\w+|suppress\w+)\s+(?:of\s+)?(?:treatment|therapy|healing)", re.I
)
""" "Maintenance of healing" heals nothing."""


@cache
def stages() -> tuple[Stage, ...]:
    """All aims and stages."""
    return tuple(_stage(*name.split(), *words.split(" ~ ")) for name, words in _TABLES["stages"].items())


def _stage(group: str, name: str, words: str, asked: str | None = None) -> Stage:
    found = Phrases(words, *([words.replace("-", " ")] if "-" in words else ()))
    return Stage(name, group, found, Phrases(asked) if asked else found)


@lru_cache(maxsize=512)
def stages_in(text: str) -> frozenset[tuple[str, str]]:
    """The aims and stages that a text has, each by its group and name."""
    begun = f" {' '.join(words_in(text.casefold()))}"
    may_have = (stage for stage in stages() if any(f" {part}" in begun for part in stage.words.parts))
    return frozenset(stage.key for stage in may_have if stage.is_in(text))


def aims_in(text: str) -> frozenset[tuple[str, str]]:
    """The aims alone that a text has."""
    return frozenset(key for key in stages_in(text) if key[0] == "aim")


def is_of_another(stage: Stage, text: str) -> bool:
    """Whether a text has another stage of the same group, but for treatment, which every text of uses has."""
    others = (each for each in stages() if each.group == stage.group and each.name not in (stage.name, TREATMENT))
    return any(each.is_in(text) for each in others)


def is_excluded(asked: Iterable[tuple[str, str]], has: Iterable[tuple[str, str]]) -> bool:
    """Whether what has these aims and stages has another one of a group, and not the one that is asked."""
    groups: dict[str, set[str]] = {}
    for group, name in has:
        groups.setdefault(group, set()).add(name)
    return any(name not in groups.get(group, {name}) for group, name in asked)


def asks_prevention(asked: str) -> bool:
    """Whether a person asks for a prevention."""
    return stages()[0].asked.search(asked) is not None


# ---------------------------------------------------------------- the phrase


class PhrasePart(NamedTuple):
    """One thing that a phrase names."""

    text: str
    """As written."""
    ways: tuple[str, ...] = ()
    """What texts call it; an abbreviation in capitals, to be found only so."""
    wider: tuple[str, ...] = ()
    """What it is a kind of: what is for that in general is for it."""
    stage: Stage | None = None
    is_soft: bool = False
    """Whether a text that says nothing of it may be for it."""
    is_known: bool = False
    """Whether the tables have it as a condition or an organism."""

    @property
    def is_aside(self) -> bool:
        """Whether it tells nothing of a condition: who has it, when, how many tablets."""
        return not self.is_known and self.stage is None and self.text.casefold() in _ASIDE


class Asked(NamedTuple):
    """A phrase, read."""

    parts: tuple[PhrasePart, ...]
    whom: str | None = None
    """The words for people by their age."""

    def has(self, stage: str) -> bool:
        """Whether an aim or a stage is among its parts."""
        return any(part.stage is not None and part.stage.name == stage for part in self.parts)

    @property
    def conditions(self) -> tuple[PhrasePart, ...]:
        """What it names besides aims and stages."""
        return tuple(part for part in self.parts if part.stage is None)


SOFT, _NOISE, WEAK = (frozenset(_TABLES["words"][row].split()) for row in ("soft", "noise", "weak"))
OF_A_PLACE = WEAK | frozenset(_TABLES["words"]["of_what"].split())
"""Words for what is another disease in another part of the body."""
_ASIDE = word_list("indications", "aside")
_PROCEDURE = re.compile(
    r"surg|operat|c[- ]section|ca?esarean|replace|transplant|graft|therapy|procedure|intervention|injur|fracture"
    r"|(?:ectomy|plasty|scopy)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"(?:older |elderly |young )?(?:adults?|child(?:ren)?|kids?|elderly|infants?|babies|baby|neonat(?:es?|al)"
    r"|newborns?|toddlers?|adolescents?|teen(?:ager)?s?|pa?ediatrics?|pregnancy|pregnant(?: wom[ae]n)?)\b"
)
_STARTED = re.compile(
    r"(?:while|whilst|when|before|after|on) (?:starting|initiating|commencing|beginning)"
    r"((?: (?!(?:for|in|with|to|by|who|against)\b)[\w-]+){1,4})"
)
""" "Gout prevention while starting allopurinol": labels of a prevention leave out when it begins. Beside a symptom it
may be the cause."""
_NO_DRUG = re.compile(r"chemo|radi[ao]|dialysis", re.I)


@cache
def _compounds() -> tuple[tuple[Phrases, str], ...]:
    return tuple((Phrases(short), long.strip("-")) for short, long in _TABLES["compounds"].items())


_LONGEST = 7  # words
_LONGEST_ABBREVIATION = 7  # letters


Meanings = Callable[[str], Iterable[str]]
"""What an abbreviation is short for beyond the tables."""


def whom(asked: str) -> str | None:
    """The people whom a phrase names by their age, if any."""
    return read(asked).whom if _PEOPLE.search(_with_ages(asked).casefold()) else None


def read(asked: str, meanings: Meanings = lambda word: ()) -> Asked:
    """What a phrase names.

    >>> [part.text for part in read("prevention of stroke in AF").parts]
    ['prevention', 'stroke', 'AF']
    """
    for short, long in _compounds():
        asked = short.sub(long, asked)
    bare = re.sub(r"['’]s?\b|(?<=s)['’]", "", _with_ages(asked).replace("'S", "'s"))
    written = [word for word in re.split(r"[\s/,;:()+\-‐-―]+", bare) if word]
    low = [american(word) for word in written]
    parts: list[PhrasePart] = []
    people: list[str] = []
    at = 0
    while at < len(low):
        taken = next(_from(written, low, at, meanings))
        at += taken[0]
        if isinstance(taken[1], PhrasePart):
            parts.append(taken[1])
        elif taken[1]:
            people.append(taken[1])
    aims = {part.stage.name for part in parts if part.stage and part.stage.group == "aim"}
    named = {TREATMENT} if aims - {TREATMENT} else set()  # "maintenance treatment"
    named |= {ACUTE} if PREVENTION in aims else set()  # of attacks: it treats none
    parts = [part for part in parts if not (part.stage and part.stage.name in named)]
    if any(_PROCEDURE.search(way) for part in parts for way in part.ways):  # what is for an operation is for after it
        parts = [part for part in parts if not (part.stage and part.stage.group == "time")]
    parts = _bound(parts)
    telling = [part for part in parts if not (part.text.casefold() in WEAK or part.stage or part.is_aside)]
    weak = WEAK if telling else frozenset()
    if any(
        is_part_of_body(part.text.casefold()) for part in telling
    ):  # cancer of the bladder is no other trouble of it
        weak = frozenset(word for word in weak if not is_wrong(word))
    kept = [part for part in parts if part.text.casefold() not in weak]
    return Asked(tuple(dict.fromkeys(kept)), people[0] if people else None)


def _bound(parts: list[PhrasePart]) -> list[PhrasePart]:
    """The parts, of which one of the body and what is wrong with it are one even if apart: "prostate, infected"."""
    body = [part for part in parts if is_part_of_body(part.text.casefold())]
    wrong = [part for part in parts if is_wrong(part.text.casefold())]
    if len(body) != 1 or len(wrong) != 1:
        return parts
    both = PhrasePart(
        f"{body[0].text} {wrong[0].text}", composed(f"{body[0].text} {wrong[0].text}".casefold()), is_known=True
    )
    return [both, *(part for part in parts if part not in (body[0], wrong[0]))]


def _with_ages(asked: str) -> str:
    return re.sub(r"\b(\d+)[ -]?(?:years?|yrs?|yo?)\b(?:[ -]olds?)?", _by_age, asked)


def _by_age(found: re.Match[str]) -> str:
    years = int(found[1]) * DAYS["years"]
    return "child" if years < ADULTS.low else "elderly" if years >= ELDERLY.surely[0] else "adult"


def _from(
    written: Sequence[str], low: Sequence[str], at: int, meanings: Meanings
) -> Iterator[tuple[int, PhrasePart | str | None]]:
    """How many words from a place on are one thing, and what it is."""
    rest = " ".join(low[at:])
    found = ((stage, stage.asked.search(rest)) for stage in stages())
    begun = ((stage, len(match[0].split())) for stage, match in found if match and match.start() == 0)
    named = [_as_stage(stage, written[at : at + count]) for stage, count in begun]
    yield from sorted((*_as_conditions(written, low, at), *named), key=lambda each: -each[0])
    started = _STARTED.match(rest) if asks_prevention(" ".join(low)) else None
    if started and not _is_treatment(started[1].strip()):
        count = len(started[0].split())
        yield count, PhrasePart(" ".join(written[at : at + count]), (started[1].strip(),), is_soft=True)
    if people := _PEOPLE.match(rest):
        yield len(people[0].split()), people[0]
    if low[at] in _NOISE:
        yield 1, None
    if low[at] in _LEVELS and at + 1 < len(low) and low[at + 1] not in _NOISE:
        yield 2, PhrasePart(" ".join(written[at : at + 2]), (f"{_LEVELS[low[at]]}{low[at + 1].removesuffix('e')}",))
    count = 2 if low[at] in ("non", "not", "no", "without") and at + 1 < len(low) else 1
    words = " ".join(written[at : at + count])
    as_spelled = " ".join(low[at : at + count])
    short = words if len(words) < _LONGEST_ABBREVIATION and count == 1 else ""
    yield count, PhrasePart(words, (words, as_spelled, *(meanings(short) if short else ())), is_soft=low[at] in SOFT)


def _is_treatment(words: str) -> bool:
    """Whether words name an operation, another treatment than a drug, or a condition, for which doses may be."""
    named = any(map(_known, (words, *words.split())))
    return named or any(p.search(re.sub(r"\btherapy\b", "", words)) for p in (_PROCEDURE, _NO_DRUG))


def _as_conditions(written: Sequence[str], low: Sequence[str], at: int) -> Iterator[tuple[int, PhrasePart]]:
    for count in range(min(_LONGEST, len(low) - at), 0, -1):
        if count == 1 and low[at] in _NOISE | NAMELESS and not written[at].isupper():
            return
        words = " ".join(low[at : at + count])
        joined = words.replace(" ", "", 1) if low[at] not in _NOISE else ""  # post-traumatic, posttraumatic
        is_short = count == 1 and written[at].isupper()  # HES is no plural of HE
        known = _known(words, may_be_many=not is_short) or (_known(joined) if count > 1 else None)
        if not known and count == 1:
            known = next(filter(None, map(_known, nouns(words))), None)
        if known:
            yield count, PhrasePart(" ".join(written[at : at + count]), *known, is_known=True)


def _as_stage(stage: Stage, words: Sequence[str]) -> tuple[int, PhrasePart]:
    named = " ".join(words)
    is_soft = not _SOFT_STAGES.isdisjoint((stage.group, " ".join(stage.key))) and not asks_prevention(named)
    return len(words), PhrasePart(named, stage=stage, is_soft=is_soft)


@lru_cache(maxsize=256)
def _known(words: str, *, may_be_many: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What texts call a condition or an organism of the tables, and what it is a kind of."""
    for spelled in spellings(words):
        if not may_be_many and f"{spelled}s" == words:
            continue
        if found := ways(spelled):
            return found, wider(spelled)
        if found := organisms().get(re.sub(r"coccal$", "coccus", spelled)) or either(spelled):
            return found, ()
    return None


_IMPLIED = _TABLES["implied"]


def is_implied(part: PhrasePart, by: str) -> bool:
    """Whether the name of a condition says a part of a phrase already."""
    words = (part.stage.name,) if part.stage else tuple(each for each in _IMPLIED if each in part.ways)
    return any(word in _IMPLIED and re.search(_IMPLIED[word], by, re.I) for word in words)


def is_symptom(condition: PhrasePart) -> bool:
    """Whether it is a symptom alone, which a text on it treats when it is acute, too: pain, but not gout."""
    return any(re.fullmatch(_IMPLIED["symptom"], way, re.I) for way in condition.ways)


def is_procedure(words: str) -> bool:
    """Whether words name an operation or another procedure, or an injury."""
    return _PROCEDURE.search(words) is not None


# ---------------------------------------------------------------- everyday words


def meant_by(asked: str) -> tuple[str, ...]:
    """What monographs call a condition that was named in everyday words; nothing where the words are no such name.

    The words count whole, without small ones ("after a heart attack"), or a part of them is put otherwise ("diabetic
    nerve pain"). What is high or low has a name of its own: "high aldosterone" is hyperaldosteronism.
    """
    if found := named(asked):
        return found
    words = _telling(next(spellings(asked), ""))
    if len(words) == 2 and words[0] in _LEVELS and " ".join(words) not in _by_telling():
        return (f"{_LEVELS[words[0]]}{words[1].removesuffix('e')}",)
    parts = list(_parts(words))
    if all(part == meant for part, *rest in parts for meant in rest):
        return ()
    every = (dict.fromkeys(rest) for _, *rest in parts)
    return tuple(islice(map(" ".join, product(*every)), _MOST))


_MOST = 8
_LEVELS = {"high": "hyper", "raised": "hyper", "elevated": "hyper", "low": "hypo"}


def _parts(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words one after the other, those that have a name together as one, each with what monographs call it."""
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            part = " ".join(words[start:end])
            meant = _by_telling().get(part) or _by_telling().get(part.removesuffix("s"))
            if meant or end == start + 1:
                yield part, *(meant or (part,))
                start = end
                break


@lru_cache(maxsize=1)
def _by_telling() -> Mapping[str, tuple[str, ...]]:
    return {" ".join(_telling(name)): meant for name, meant in reversed(conditions().items())}


def _telling(text: str) -> list[str]:
    return [word for word in text.split() if word not in _NOISE]
