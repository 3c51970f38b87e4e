"""Which amount of a statement is the dose, if any is for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from druginfo.dosing import words
from druginfo.dosing.asides import FORM_AFTER, NEAR, PRIOR, STEP_BEFORE, is_dose, is_step
from druginfo.dosing.quantities import CONCENTRATION, STRENGTH, Amount, amounts
from druginfo.dosing.signs import Pattern
from druginfo.model import Quantity

Span = tuple[int, int]


class Choice(NamedTuple):
    """The dose of a statement, if it is certain, where it stands, and whether the statement gives any."""

    dose: Quantity | None
    at: int
    given: bool


def choose_dose(
    text: str,
    flat: str,
    condition: Span | None,
    maximum: Span | None,
    own_names: frozenset[str],
) -> Choice:
    """The one dose that the statement gives, if any: amounts that are something else are set aside first."""
    hidden = [span for span in (condition, maximum) if span]
    open_: list[Amount] = []
    aside: list[Amount] = []
    other: Amount | None = None  # the last one that is no dose
    outside = False
    for amount in amounts(text):
        in_brackets = bracketed(flat, amount.start)
        hiding = any(a <= amount.start < b for a, b in hidden)
        joined = other is not None and _goes_on(flat, other, amount)
        if joined or hiding or not is_dose(flat, amount, own_names):
            other = amount
            ceiling = maximum is not None and maximum[0] <= amount.start < maximum[1]
            outside = outside or ceiling or not (in_brackets or hiding)
            continue
        again = bool(open_) and _says_again(flat, open_[-1], amount)
        (aside if in_brackets or again else open_).append(amount)
    chosen = _single(flat, open_)
    if chosen is None and not open_ and not outside and len({_key(a) for a in aside}) == 1:
        chosen = aside[0] if not re.search(r"\be\.?g\.|\bexample|\bi\.e\.", _bracket(flat, aside[0].start)) else None
    if chosen is None and not open_ and not aside:
        chosen = _one_tablet(text, flat)
    if chosen is None or chosen.shared:
        return Choice(None, -1, bool(open_ or aside))
    return Choice(_bounded(text, flat, chosen), chosen.start, True)


def _says_again(flat: str, told: Amount, amount: Amount) -> bool:
    """Whether an amount only tells how the one of the day before it is given: "20 mg daily, given as 10 mg twice"."""
    if not _THAT_IS_BEFORE.search(flat[max(0, amount.start - 30) : amount.start]):
        return False
    between = flat[told.end : amount.start]
    return (told.quantity.per or "").endswith("day") or words.INTERVAL.search(between) is not None


def _goes_on(flat: str, other: Amount, amount: Amount) -> bool:
    """Whether an amount is of a kind with the one before, which is no dose: "on doses of 5 mg or 10 mg"."""
    between = flat[other.end : amount.start].strip()
    if between == "to":
        return STEP_BEFORE.search(flat[: other.start]) is not None
    return re.fullmatch(r"or|and|,|,\s*(?:or|and)", between) is not None


def _key(amount: Amount) -> tuple[object, ...]:
    q = amount.quantity
    return q.low, q.high, q.unit, q.per


def bracketed(flat: str, at: int) -> bool:
    before = flat[:at]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def _bracket(flat: str, at: int) -> str:
    start = max(flat.rfind("(", 0, at), flat.rfind("[", 0, at))
    return flat[start:at]


_THAT_IS_BEFORE = Pattern(r"\b(?:i\.e\.|that\s+is|given\s+as|administered\s+as|taken\s+as),?\s*$", re.I)


def _one_tablet(text: str, flat: str) -> Amount | None:
    """ "One 5 mg tablet twice daily" is 5 mg; "one 500 mg tablet in the morning and two at night" is no one dose."""
    found = [a for a in amounts(text) if FORM_AFTER.match(flat[a.end : a.end + NEAR])]
    if len(found) != 1 or not re.search(r"\b(?:one|1)\s*(?:x|×)?\s*$", flat[: found[0].start], re.I):
        return None
    further = re.search(r"\b(?:and|plus|or)\s+(?:one|two|three|four|half|\d)", flat[found[0].end :], re.I)
    return None if further else found[0]


def steps_of(text: str, flat: str) -> list[Amount]:
    """The amounts by which a statement raises or lowers the dose."""
    return [a for a in amounts(text) if is_step(flat[max(0, a.start - NEAR) : a.start], flat[a.end : a.end + NEAR])]


def choose_step(text: str, flat: str, hidden: Sequence[Span | None]) -> Choice:
    """The one amount by which a statement raises or lowers the dose, if that is all it gives.

    "By 10 mg weekly to 40 mg" is a step of 10 mg. "By 25 mg weekly to 150 mg daily" gives a dose besides, "by 5 mg to
    10 mg" may be a range or not: neither is certain.
    """
    none = Choice(None, -1, True)
    told = [a for a in amounts(text) if not any(span and span[0] <= a.start < span[1] for span in hidden)]
    steps = [a for a in steps_of(text, flat) if a in told]
    if not steps:
        return none
    for amount in told:
        before, after = flat[max(0, amount.start - NEAR) : amount.start], flat[amount.end : amount.end + NEAR]
        if amount in steps:
            continue
        if CONCENTRATION.search(amount.quantity.per or "") or PRIOR.search(before):
            continue
        ends = _ENDS_STEPS.search(before)
        daily = (amount.quantity.per or "").endswith("day") or words.INTERVAL.match(after.lstrip())
        if not ends or amount.start < steps[0].start or (daily and not _is_told_when(flat, steps[0], amount)):
            return none
    first = steps[0]
    if len({_key(step) for step in steps}) != 1 or first.shared or _TWO_UNITS.search(flat[first.start : first.end]):
        return none
    per = first.quantity.per or ""
    if CONCENTRATION.search(per) or STRENGTH.search(per) or (first.quantity.unit == "mL" and per):
        return none
    return Choice(_bounded(text, flat, first), first.start, True)


def _is_told_when(flat: str, step: Amount, end: Amount) -> bool:
    """ "By 10 mg every 2 weeks until 20 mg daily": the step has its own frequency; what it leads to is no dose yet."""
    between = flat[step.end : end.start]
    return words.INTERVAL.search(between) is not None and not re.search(r"(?<!up )\bto\s*$", between, re.I)


_TWO_UNITS = Pattern(r"\d\s?-?[a-zµ]+[\w/²]*\s*(?:\bto\b|-)\s*\d", re.I)
_ENDS_STEPS = Pattern(
    r"\b(?:until|up\s+to|till|reach\w*"
    r"|to(?:\s+(?:an?\s+(?:\w+\s+)?dos(?:e|age)\s+of|about))?)\s+$",
    re.I,
)
"""The words before the dose at which steps end."""


_EVERY_SECONDS = Pattern(r"\s*every\s+\d+(?:\s*(?:-|to)\s*\d+)?\s*sec", re.I)
_SPEED = Pattern(r"\b(?:at|at\s+a\s+rate\s+of|over|not\s+faster\s+than)\s+(?:about\s+|up\s+to\s+)?$", re.I)


def _single(flat: str, found: Sequence[Amount]) -> Amount | None:
    """The amount that is left when ceilings, speeds ("at 1 mg/minute", "20 mg every 10 seconds") and what a target
    replaces are aside."""
    unhurried = [a for a in found if not _EVERY_SECONDS.match(flat, a.end)]
    found = unhurried or found
    if any(not _by_time(a) for a in found):
        found = [a for a in found if not (_by_time(a) and _SPEED.search(flat[: a.start]))]
    if len({_key(a) for a in found}) == 1:
        return found[0]
    uncapped = [
        a
        for a in found
        if not re.search(r"(?<!\bor\s)\bup\s+to\s+(?:a\s+(?:maximum|total)\s+of\s+)?$", flat[: a.start], re.I)
    ]
    if len({_key(a) for a in uncapped}) == 1 and uncapped[0].start < max(a.start for a in found):
        return uncapped[0]
    targets = [
        a
        for a in found
        if re.search(r"\bto\s+(?:a\s+(?:\w+\s+)?(?:dose|total)\s+of\s+|about\s+)?$", flat[: a.start], re.I)
    ]
    if len(targets) == 1 and _changes(flat[: targets[0].start]):
        return targets[0]
    return None


def _by_time(amount: Amount) -> bool:
    return (amount.quantity.per or "").endswith(("minute", "min", "hour"))


def _changes(text: str) -> bool:
    """Whether the text speaks of a change of dose."""
    return bool(
        words.REDUCE.search(text) or words.INCREASE.search(text) or re.search(r"\b(?:change|switch|adjust)", text, re.I)
    )


def _bounded(text: str, flat: str, amount: Amount) -> Quantity:
    """Open a side where the words around say so: "up to 4 mg", "at least 2 g", "10 mg or more"."""
    q, before, after = amount.quantity, flat[: amount.start], flat[amount.end :]
    if q.low != q.high:
        return q
    if less := re.match(r"\s+or\s+(?:less|lower|below)\b", after, re.I):
        return Quantity(text[amount.start : amount.end + less.end()], None, q.high, q.unit, q.per)
    if more := re.match(r"\s+or\s+(?:more|higher|greater|above)\b", after, re.I):
        return Quantity(text[amount.start : amount.end + more.end()], q.low, None, q.unit, q.per)
    if up := re.search(r"(?:\bup\s+to\s+(?:about\s+)?|\bas\s+much\s+as\s+|≤\s*|\bat\s+most\s+)$", before, re.I):
        return Quantity(text[up.start() : amount.end], None, q.high, q.unit, q.per)
    if down := re.search(r"(?:\bat\s+least\s+|\bno(?:t)?\s+less\s+than\s+|≥\s*|\ba\s+minimum\s+of\s+)$", before, re.I):
        return Quantity(text[down.start() : amount.end], q.low, None, q.unit, q.per)
    return q
