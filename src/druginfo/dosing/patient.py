"""Whom the doses are asked for, from the words of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import meant, stages
from druginfo.errors import Usage
from druginfo.model import FilterName, Grade
from druginfo.terms import patterns
from druginfo.terms.stages import ADULTS, CHILDREN, DAYS, ELDERLY
from druginfo.terms.tables import CHILD_PUGH, GRADES, NORMAL_KIDNEY

_AGE = Pattern(rf"\s*(\d+(?:\.\d+)?)\s*({patterns.AGE_UNIT})?\s*", re.I)
_AGE_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
_OLDEST = 130.0  # years
_HEAVIEST = 700.0  # kg
_FASTEST = 400.0  # mL/min
_KILOGRAMS = r"kg|kilos?|kilograms?"
_FLOW = r"mL/min(?:/1\.73\s?m[2²])?"


class Age(NamedTuple):
    """A patient's age: `6mo` is 6 months."""

    value: float
    unit: str

    @property
    def days(self) -> float:
        """For comparison only."""
        return self.value * DAYS[self.unit]


class Patient(NamedTuple):
    """Whom the doses are asked for; None where that is not said."""

    indication: str | None = None
    population: str | None = None
    """The groups of people that they are of, parted by semicolons."""
    age: Age | None = None
    weight: float | None = None
    """kg"""
    egfr: float | None = None
    """mL/min/1.73 m²"""
    crcl: float | None = None
    """mL/min"""
    hepatic: Grade | None = None
    given: Mapping[FilterName, str] = MappingProxyType({})
    """The filters as the user wrote them."""
    besides: tuple[str, ...] = ()
    """The other groups of a patient who is judged as one of a single group."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of people that they are of, each in its own words."""
        return tuple(self.population.split(_BETWEEN)) if self.population else ()

    def of_each_group(self) -> Iterator[Patient]:
        """The same patient as one of each of their groups alone."""
        for group in self.groups:
            others = tuple(each for each in self.groups if each != group)
            yield self._replace(population=group, besides=others)

    @classmethod
    def read(
        cls,
        *,
        indication: str | None = None,
        population: str | None = None,
        age: str | None = None,
        weight: str | None = None,
        egfr: str | None = None,
        crcl: str | None = None,
        hepatic: str | None = None,
    ) -> Patient:
        """A patient from the words of the command line.

        Raises Usage where a filter is no age or number that a patient can have, or no grade of liver impairment.
        """
        given: dict[FilterName, str | None] = {
            "for": indication,
            "population": population,
            "age": age,
            "weight": weight,
            "egfr": egfr,
            "crcl": crcl,
            "hepatic": hepatic,
        }
        return cls(
            _words("for", indication),
            _BETWEEN.join(map(_group, groups_in(_words("population", population) or ""))) or None,
            _age(age),
            _number("weight", weight, "kilograms, such as 2.5 or 70", _HEAVIEST, _KILOGRAMS, above_zero=True),
            _number("egfr", egfr, "mL/min/1.73 m², such as 45", _FASTEST, _FLOW),
            _number("crcl", crcl, "mL/min, such as 45", _FASTEST, "mL/min"),
            _grade(hepatic),
            {key: value for key, value in given.items() if value is not None},
        )


_BETWEEN = "; "
_BESIDE = re.compile(r",\s*(?:and\s+)?|\s+(?:and|plus|&)\s+", re.I)
_PEOPLE = ("children", "elderly", "pregnancy", "breastfeeding")
"""Topics that are people, not their organs."""
_TAKES = re.compile(rf"(?:(?:also|now|currently)\s+)?(?:on|{patterns.TAKES}|has|allergic|history)\s", re.I)
_SHARED = re.compile(patterns.TAKEN_TOO, re.I)
"""What a list of drugs may share: "CYP3A4 and CYP2D6 inhibitors"."""
_REACTED = re.compile(patterns.REACTION, re.I)
_ON = re.compile(
    r"(?<=\w)(?<!\bnot)(?<!\bis)(?<!\bare)(?<!\bno longer)(?<!patients)(?<!people)(?<!women)(?<!those)\s+"
    rf"(?=(?:on|{patterns.TAKES})\s+\w)",
    re.I,
)
"""Before what somebody is on, who is named before that."""
_TAKING = re.compile(rf"^\W*(?:on|takes?|uses?|gets?|{patterns.TAKES})\s+(?=\w)", re.I)
_MEASURED = re.compile(r"\s*(?!stage|class|type|grade|NYHA)[A-Za-z+]+\s*(?:of\s+)?[<>≤≥]?\s*\d[\d.,]*\s*[\w/%]*", re.I)
"""What was measured, after the disease that it tells: "hyponatremia, sodium 127"."""
_BY_AGE = re.compile(
    rf"^\W*(?:{patterns.WHOM}\s+)?(?:{patterns.OLD_AGE})(?:\s+years?)?(?:\s+(?:old|of\s+age))?\W*$", re.I
)
""" "Over 75", "aged 80 years"."""


def groups_in(text: str) -> tuple[str, ...]:
    """The groups of people that words name beside each other, each in its own words.

    Semicolons part them, and so does what somebody is on; commas, "and" and "plus" where they are between groups,
    "with" after who they are: "renal and hepatic impairment" is one, and so is "heart failure, NYHA class IV".

    >>> groups_in("pregnant, on warfarin"), groups_in("elderly with gout"), groups_in("patients on warfarin")
    (('pregnant', 'on warfarin'), ('elderly', 'gout'), ('patients on warfarin',))
    """
    found: list[str] = []
    for each in text.split(";"):
        parts = _BESIDE.split(each.strip())
        of_drugs = _TAKES.match(parts[0]) and not _SHARED.search(each)
        is_list = len(parts) > 1 and (of_drugs or all(map(_is_group, parts)))
        for part in parts if is_list else [each]:
            found += _who_and_what(part.strip())
    return tuple(dict.fromkeys(filter(None, found)))


def _who_and_what(words: str) -> Sequence[str]:
    """Who somebody is and what they have or are on."""
    if (on := _ON.search(words)) and not _REACTED.search(words[: on.start()]):  # "angioedema on lisinopril"
        return *_who_and_what(words[: on.start()]), words[on.end() :]
    who, has, what = words.partition(" with ")
    return (who, what) if has and _is_people(who) and _is_group(what) else (words,)


def _is_people(words: str) -> bool:
    return bool(stages(words)) or any(TOPICS[topic].search(words) for topic in _PEOPLE)


def _is_group(words: str) -> bool:
    """Whether words name a group of people without any others around them."""
    from druginfo.dosing.indications import names_disease

    return (" " in words and _of_organ(words)) or _is_people(words) or names_disease(words) or bool(_TAKES.match(words))


def _of_organ(words: str) -> bool:
    return any(TOPICS[organ].search(words) for organ in ("kidney", "liver"))


def _group(words: str) -> str:
    words = _BY_AGE.sub("elderly", _TAKING.sub("", words))
    disease, comma, measured = words.partition(",")
    return disease if comma and _MEASURED.fullmatch(measured) and not _of_organ(disease) else words


def _words(name: str, text: str | None) -> str | None:
    if text is not None and not all(re.search(r"\w", part) for part in text.split(";")):
        raise Usage(f"--{name} needs a word", query=text)
    return text


def _age(text: str | None) -> Age | None:
    if text is None:
        return None
    match = _AGE.fullmatch(text)
    if not match:
        raise Usage(f"--age must be in years, months, weeks or days: 45, 6mo, 3wk, 10d; not “{text}”", query=text)
    age = Age(float(match[1]), _AGE_UNITS[(match[2] or "y")[0].lower()])
    if age.days > _OLDEST * DAYS["years"]:
        raise Usage(f"--age must be at most {_OLDEST:g} years; not “{text}”", query=text)
    return age


def _number(
    name: str, text: str | None, example: str, most: float, unit: str, *, above_zero: bool = False
) -> float | None:
    """A figure that a patient can have, in its own unit or none: a slip of the hand would otherwise pick the rows."""
    if text is None:
        return None
    match = re.fullmatch(rf"\s*(\d+(?:\.\d+)?)\s*(?:{unit})?\s*", text, re.I)
    if not match:
        raise Usage(f"--{name} must be a number, in {example}; not “{text}”", query=text)
    value = float(match[1])
    if value > most or (above_zero and value == 0):
        least = "above 0 and " if above_zero else ""
        raise Usage(f"--{name} must be {least}at most {most:g}; not “{text}”", query=text)
    return value


def _grade(text: str | None) -> Grade | None:
    if text is None:
        return None
    found = next((grade for grade in GRADES if grade == text.strip().lower()), None)
    if found is None:
        given = re.fullmatch(r"\s*(?:child\W*pugh\s*)?(?:class\s*)?([abc])\s*", text, re.I)
        letter = given and given[1].upper()
        hint = "".join(f". Child-Pugh {each} is {grade}" for each, grade in CHILD_PUGH.items() if each == letter)
        raise Usage(f"--hepatic must be mild, moderate or severe; not “{text}”{hint}", query=text)
    return found


def topics_of(patient: Patient) -> dict[str, tuple[str, ...]]:
    """What was asked of organs, weight, children, pregnancy: the topic, and the filters that ask it; a population that
    is none of these is asked in its own words ("history of stroke")."""
    figures = [value for value in (patient.egfr, patient.crcl) if value is not None]
    by_figures = (
        ("kidney", "kidney", bool(figures) and min(figures) < NORMAL_KIDNEY),
        ("liver", "liver", patient.hepatic),
        ("children", "age", patient.age and patient.age.days < ADULTS.low),
        ("elderly", "age", patient.age and patient.age.days >= ELDERLY.surely[0]),
        ("weight", "weight", patient.weight is not None),
    )
    asked: dict[str, tuple[str, ...]] = {topic: (by,) for topic, by, is_asked in by_figures if is_asked}
    for group in patient.groups:
        topics = [topic for topic, words in TOPICS.items() if words.search(group)]
        for topic in topics if topics or stages(group) else [group]:
            asked[topic] = tuple(dict.fromkeys((*asked.get(topic, ()), "population")))
    return asked


def is_on_dialysis(patient: Patient) -> bool:
    """Whether the patient is said to be on dialysis, in any of their groups."""
    return any(_DIALYSIS.search(meant(group)) for group in (*patient.groups, *patient.besides))


def has_failed_kidneys(patient: Patient) -> bool:
    """Whether the patient is said to be on dialysis or to have end-stage kidney disease, in any of their groups."""
    every = (*patient.groups, *patient.besides)
    return is_on_dialysis(patient) or any(_END_STAGE.search(meant(group)) for group in every)


_DIALYSIS = Pattern(patterns.DIALYSIS, re.I)
_END_STAGE = Pattern(patterns.END_STAGE, re.I)
TOPICS = {
    "kidney": Pattern(rf"{patterns.KIDNEY}|{patterns.KIDNEY_FAILURE}", re.I),
    "liver": Pattern(rf"{patterns.LIVER}|{patterns.LIVER_FAILURE}", re.I),
    "children": Pattern(rf"{patterns.CHILDREN}|{patterns.YOUNG}|\b{CHILDREN.words}", re.I),
    "elderly": Pattern(rf"{patterns.ELDERLY}|\b{ELDERLY.words}|{patterns.OLD_AGE}", re.I),
    "pregnancy": Pattern(rf"{patterns.PREGNANT}|\bgravid", re.I),
    "breastfeeding": Pattern(patterns.BREASTFEEDING, re.I),
}
"""A group of people that was asked for → what the rest of a monograph is asked."""
