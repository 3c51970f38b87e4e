"""The language of medicine as tables: every word that dosing depends on, once, with its class and its sense. The words
are in `data/dosing_words.txt`; here is what they are and what is known of them beyond their words.

A word's class is one sign, named there; the grammar in `phrases` is written in these signs. What a word means
beyond its class (its unit, its grade, its age) is its sense.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from druginfo.terms.files import data_tables


class Verb(NamedTuple):
    """What a verb does to the dose: give, increase, reduce, stop, change; `form` is `do`, `done`, `doing`."""

    does: str
    form: str = "do"


class People(NamedTuple):
    """People by age, in years: outside `low` to `high` the word excludes, None where it says nothing of age."""

    group: str
    low: float | None = None
    high: float | None = None


def _age(written: str) -> float | None:
    return None if written == "-" else float(written)


_TABLES = data_tables("dosing_words.txt")
_WORDS, _BOUNDS = _TABLES["words"], _TABLES["bounds"]

# ---------------------------------------------------------------- amounts

UNITS = _TABLES["units"]
"""A unit as a dose has it → how it is written."""
VOLUMES = frozenset({"mL", "L", "dL", "mm3", "µL", "teaspoon", "tablespoon", "oz"})
SALTS = frozenset(_WORDS["salts"].split())
"""Words that name a drug only after its other name: "atorvastatin calcium"."""
FORMS = _WORDS["forms"]
PERIODS = _TABLES["periods"]
ADVERBS = {
    "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
    "hourly": "hour", "quarterly": "quarter", "fortnightly": "fortnight",
}  # fmt: skip
NUMERALS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        range(1, 21),
        strict=True,
    )
)
COUNTS = {"once": 1, "twice": 2, "thrice": 3}
LETTERS = _WORDS["letters"]
"""Frequencies in letters, with dots or without; small or capital."""
ROUTES = _TABLES["routes"]
BELOW, ABOVE = (
    {word: is_in for row, is_in in ((side, False), (f"{side} or at", True)) for word in _BOUNDS[row].split()}
    for side in ("below", "above")
)
"""Words before a number → whether the number itself is in."""

# ---------------------------------------------------------------- people, organs, verbs

PEOPLE = {
    People(group, _age(low), _age(high)): words
    for (group, low, high), words in ((name.split(), words) for name, words in _TABLES["people"].items())
}
MEASURES = _TABLES["measures"]
_Grade = Literal["mild", "moderate", "severe"]
GRADES: tuple[_Grade, ...] = ("mild", "moderate", "severe")
"""Grades of an organ's impairment, mildest first."""
RENAL_CATEGORIES = {"mild": (60.0, 90.0), "moderate": (30.0, 60.0), "severe": (15.0, 30.0), "failure": (0.0, 15.0)}
"""eGFR or CrCl in mL/min, lower bound included, upper not: mild 60 to 89, moderate 30 to 59, severe 15 to 29, failure
below 15 (FDA, guidance for industry on pharmacokinetics in patients with impaired renal function)."""
NORMAL_KIDNEY = 90.0
"""mL/min"""
GRADED = _TABLES["grades"]
CHILD_PUGH: dict[Literal["A", "B", "C"], _Grade] = {"A": "mild", "B": "moderate", "C": "severe"}
VERBS = {Verb(*name.split()): words for name, words in _TABLES["verbs"].items()}
CLASSES = {name[-1]: words for name, words in _TABLES["classes"].items()}
"""The sign of every other class → its words."""
KIDNEYS, LIVERS, DIALYSIS, DOSES = CLASSES["K"], CLASSES["L"], CLASSES["E"], CLASSES["D"]

# ---------------------------------------------------------------- words of labels: what a heading or a lead-in names

STATES, KINDS_OF_PEOPLE, ARRANGEMENT = _WORDS["states"], _WORDS["kinds_of_people"], _WORDS["arrangement"]
GROUPS_BY_AGE, OF_GROUPS_BY_AGE = _WORDS["groups_by_age"], _WORDS["of_groups_by_age"]
DOSAGE_OF, ALONE_AS_TITLES = _WORDS["dosage_of"], _WORDS["alone_as_titles"]
PHASES, ORDINALS = _WORDS["phases"], _WORDS["ordinals"]
PREPARATIONS = frozenset(_WORDS["preparations"].split())
BESIDE_AMOUNTS = {name: frozenset(words.split()) for name, words in _TABLES["beside amounts"].items()}
"""Words beside an amount by which it is known for what it is."""
VERDICTS = {name: frozenset(words.split()) for name, words in _TABLES["verdicts"].items()}
"""Words of verdicts on a dose that are no orders, by what the verdict is."""
SENTENCES = {name: frozenset(words.split()) for name, words in _TABLES["sentences"].items()}
"""Words in a sentence or a label by which it is known what it says."""
COLUMNS = _TABLES["columns"]
"""Words of a table's header by what their column holds."""
HEADINGS = _TABLES["headings"]
"""Words of a section's heading, or of a run-in title, by what the section is about."""
DISEASES, DISEASES_IN_LETTERS = _WORDS["diseases"], _WORDS["diseases_in_letters"]
DISEASE_ENDINGS, DISEASE_BEGINNINGS = _WORDS["disease_endings"], _WORDS["disease_beginnings"]
NO_USE, COMMON = _WORDS["no_use"], _WORDS["common"]
"""Words of a section on what a medicine is for that tell no indication apart."""
AGENTS, STEMS = _WORDS["agents"], _WORDS["stems"]
"""Other medicines by what they do, and by the endings of their names."""
NO_MEDICINES = _WORDS["no_medicines"]
"""Words beside amounts that are no medicines, so that the lexicon is not asked for them."""
