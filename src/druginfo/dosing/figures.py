"""A row's figures: each from the statement, or from the nearest label over it that has one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from druginfo.dosing import bands, organs
from druginfo.dosing.columns import TableStatement
from druginfo.dosing.context import Context
from druginfo.dosing.labels import heading_label, is_group, is_of_studies
from druginfo.dosing.quantities import place, with_unit
from druginfo.dosing.regimen import Regimen, read_regimen, route
from druginfo.dosing.signs import Pattern, collapse
from druginfo.dosing.statements import holds_dose
from druginfo.model import Band, Hepatic, Renal


def nearest_route(labels: Sequence[str]) -> str | None:
    return next((found for found in map(route_of_label, labels) if found), None)


@lru_cache(maxsize=1024)
def route_of_label(label: str) -> str | None:
    """The route that a label names; one that joins several things ("Topical and eye") is no one's."""
    return None if re.search(r"\band\b|&", label) else route(label)


@lru_cache(maxsize=256)
def _without_asides(text: str) -> str:
    """The statement without parentheses that hold another dose: "300 mg (150 mg if <50 kg)"."""
    if "(" not in text:
        return text
    return re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]) if holds_dose(m[0]) else m[0], text)


_YOUNG = Pattern(r"\b(?:child(?:ren)?(?!\W?pugh)|pa?ediatrics?|infants?|neonat\w+|newborns?|kids|babies)\b", re.I)
_NEWBORN = Pattern(r"\b(?:neonat\w+|newborns?|infants?|babies)\b", re.I)
_MONTHS = Pattern(r"\s*\d+\s*(?:m\w*\s*)?(?:-|–|to)\s*\d+\s*(?:months?|mo)\s*(?:\(.*\))?\s*", re.I)
_DAYS = Pattern(r"\s*\d+\s*(?:[dw]\w*\s*)?(?:-|–|to)\s*\d+\s*(?:days?|weeks?)\s*(?:\(.*\))?\s*", re.I)


def _is_young_age(label: str, over: Sequence[str]) -> bool:
    """Whether a label is nothing but a range of months where the labels over it name children, or of days or weeks
    where they name newborns."""
    named = _YOUNG if _MONTHS.fullmatch(label) else _NEWBORN if _DAYS.fullmatch(label) else None
    return named is not None and any(map(named.search, over))


def nearest_bands(text: str, labels: Sequence[str]) -> tuple[Band | None, Band | None]:
    """Age and weight, each from the statement or the nearest label that names it."""
    age = weight = None
    if labels and bands.either(labels[0]):
        return None, None
    text = _without_asides(text)
    if not bands.either(text):
        age, weight = bands.age(text, label=False), bands.weight(text, label=False)
        if (
            age
            and weight
            and re.search(
                r"\bor\b(?!\s+(?:two|three|four|six|twice|more|older|less|younger|over|above|greater|equal))",
                text,
                re.I,
            )
        ):
            return None, None
    told = _bands_of_labels(tuple(labels))
    return age or told[0], weight or told[1]


@lru_cache(maxsize=256)
def _bands_of_labels(labels: tuple[str, ...]) -> tuple[Band | None, Band | None]:
    age = weight = None
    for label in labels:
        if bands.either(label):
            break
        age = age or bands.age(label, label=True)
        if age is None and _is_young_age(label, labels):
            age = bands.age(f"aged {label}", label=True)
        if age and any(bands.may_be_gestation(over, age.unit, age.min, age.max) for over in labels):
            return None, weight
        weight = weight or bands.weight(label, label=True)
    return age, weight


def nearest_renal(text: str, labels: Sequence[str]) -> Renal | None:
    of_labels = tuple(labels)
    return organs.renal(_without_asides(text), in_context=_about(of_labels) == "renal") or _renal_of_labels(of_labels)


@lru_cache(maxsize=256)
def _renal_of_labels(labels: tuple[str, ...]) -> Renal | None:
    in_context = _about(labels) == "renal"
    return next((r for r in (organs.renal(label, in_context=in_context) for label in labels) if r), None)


def nearest_hepatic(text: str, labels: Sequence[str]) -> Hepatic | None:
    of_labels = tuple(labels)
    return organs.hepatic(text, in_context=_about(of_labels) == "hepatic") or _hepatic_of_labels(of_labels)


@lru_cache(maxsize=256)
def _hepatic_of_labels(labels: tuple[str, ...]) -> Hepatic | None:
    in_context = _about(labels) == "hepatic"
    return next((h for h in (organs.hepatic(label, in_context=in_context) for label in labels) if h), None)


@lru_cache(maxsize=256)
def _about(labels: tuple[str, ...]) -> str | None:
    """The organ that the nearest label is about; None where a label names both or none does."""
    return next((organ for organ in map(_organ, labels) if organ is not None), None) or None


@lru_cache(maxsize=1024)
def _organ(label: str) -> str | None:
    """ "renal", "hepatic", "" where the label names both, None where neither."""
    renal, hepatic = organs.RENAL_WORDS.search(label), organs.HEPATIC_WORDS.search(label)
    if not (renal or hepatic):
        return None
    return "" if renal and hepatic else "renal" if renal else "hepatic"


def capped(reading: Regimen, text: str, qualifier: str | None) -> Regimen:
    """Under a label "Maximum" an exact dose is the ceiling and no dose; under "Long-term studies" it is none at all."""
    nearest = qualifier.rsplit("; ", 1)[-1] if qualifier else ""
    if is_of_studies(nearest):
        return reading._replace(dose=None, action="note")
    if not qualifier or not reading.dose or reading.dose.low is None or reading.maximum:
        return reading
    if not re.match(r"(?:\w+\s+)?max(?:imum|imal)?\b", nearest, re.I):
        return reading
    at = place(reading.dose.text, text)
    tail = re.search(r"[.;,(]", text[at + len(reading.dose.text) :])
    end = at + len(reading.dose.text) + tail.start() if tail else len(text)
    action = "note" if reading.action == "give" else reading.action
    return reading._replace(action=action, dose=None, maximum=text[at:end].strip())


def read_cells(statement: TableStatement, names: frozenset[str]) -> Regimen:
    """A table row's statement: the dose from its own cell, with the header's unit where the cell has none."""
    whole = read_regimen(statement.text, names)
    cell = read_regimen(statement.dose, names) if statement.dose != statement.text else whole
    dose = cell.dose or with_unit(statement.dose, statement.dose_header)
    action = cell.action if cell.action != "note" else whole.action
    if re.search(r"adjust|modif|chang", statement.dose_header, re.I) and re.fullmatch(
        r"\W*(?:none|no|nil|not\s+needed|not\s+required|unchanged)\W*", statement.dose, re.I
    ):
        action = "no_adjustment"
    elif action == "note" and _SHARE.search(statement.dose_header) and re.match(r"\d{1,2}\s?%", statement.dose):
        action = "reduce"
    return whole._replace(
        dose=dose,
        frequency=whole.frequency or cell.frequency or (_frequency_of(statement.dose_header) if dose else None),
        duration=statement.duration or whole.duration,
        condition=_within_cell(whole.condition, statement) or cell.condition,
        action="give" if dose and action == "note" else action,
        maximum=statement.maximum or whole.maximum,
    )


_SHARE = Pattern(r"(?:percent\w*|%|fraction)\s+of\s+(?:\w+\s+)*dos", re.I)
"""A column of shares: "Percent of recommended dose"."""


def _within_cell(words: str | None, statement: TableStatement) -> str | None:
    """Words of a table row that do not run from one cell into the next."""
    apart = (statement.dose, statement.text.replace(statement.dose, "", 1))
    return words if words and any(words in collapse(cell) for cell in apart) else None


def _frequency_of(header: str) -> str | None:
    """How often, where a column's header tells nothing else: "Dose, 3 times a day"."""
    return None if holds_dose(header) or re.search(r"\bdays?\s+\d", header, re.I) else read_regimen(header).frequency


def labels_over(context: Context) -> list[str]:
    """Labels over a statement, nearest first; a heading's group is left out where a label names another group."""
    qualifiers = reversed((context.qualifier or "").split("; "))
    headings = [
        title
        for title in reversed(context.headings)
        if not (context.population and is_group(heading_label(title)) and heading_label(title) != context.population)
    ]
    found = [*qualifiers, context.population, context.indication, *headings]
    return list(dict.fromkeys(label for label in found if label))
