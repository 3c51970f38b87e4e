"""Where a statement's condition and its ceiling stand."""

from __future__ import annotations

import re
from functools import lru_cache

from druginfo.dosing import words
from druginfo.dosing.dose import Span
from druginfo.dosing.quantities import amounts
from druginfo.dosing.signs import Pattern, outside_parentheses
from druginfo.model import Quantity

_LEADING_CASE = Pattern(
    r"\s*((?:For|In|After|Following|With)\s+(?!\d|example\b|the\s+first|a\s+total|days?\b|weeks?\b)[^.;:]{3,160}?),\s",
    0,
    (",",),
)


@lru_cache(maxsize=256)
def condition_span(flat: str) -> Span | None:
    """The condition under which the statement holds: from "if", "when", "once" … to the end of its clause.

    A leading "For patients with …," or "In … ," counts too.
    """
    outside = outside_parentheses(flat)
    match = next((m for m in words.CONDITION.finditer(outside) if not _is_number_of_times(flat, m)), None)
    if match:
        if brief := _IN_PASSING.match(flat, match.start()):
            return match.start(), brief.end()
        leads = not re.search(r"\w", flat[: match.start()])
        return match.start(), _clause_end(flat, match.end(), leads)
    match = _LEADING_CASE.match(flat)
    if match and not re.search(r"\d\s?(?:mg|mcg|g|units|mL)\b", match[1]):
        listed = re.match(r"[^,.;]{1,40},\s+(?:and|or)\s", flat[match.end() :])
        end = _main_after_list(flat, match.start(1)) if listed else match.end(1)
        return (match.start(1), end) if end else None
    return None


_IN_PASSING = Pattern(
    r"if\s+(?:necessary|needed|required|tolerated|appropriate|indicated)(?=,?\s+(?:to|at|by|up|in|after|every)\b)",
    re.I,
    ("if ",),
)
""" "Increased if necessary to 50 mg once daily": the dose behind is none of the condition."""


def _is_number_of_times(flat: str, condition: re.Match[str]) -> bool:
    """ "50 mg IV once over 30 minutes": behind an amount or a route "once" is how often."""
    number_of_times = r"\s+(?:over|at|before|prior|as|for|during|within|by|with|via)\b"
    return condition[0].lower() == "once" and bool(re.match(number_of_times, flat[condition.end() :], re.I))


_BEGINS_MAIN = Pattern(
    r",\s+(?:(?:then|the|a|an|no|do|it|its|treatment|therapy|dosage|doses?|dosing|increas|reduc|decreas|titrat|start|"
    r"initiate|give|use|"
    r"avoid|consider|continue|discontinue|stop|withhold|hold|interrupt|resume|repeat|administer|take|switch|change|"
    r"add|monitor|"
    r"halve|double|lower|raise|adjust|maximum|max|up\s+to|not|never|patients?|may|should|must|can|limit|inject|"
    r"infuse|begin)\b"
    r"|(?:increas|reduc|decreas|titrat|adjust|recommend|contraindicat)\w+|\d[\d.,]*(?:\s*(?:-|to)\s*\d[\d.,]*)?\s?%?\s?"
    r"(?:mg|mcg|µg|g|units?|mL|mEq|mmol|IU|tablets?|puffs?|of\s+the)\b)",
    re.I,
)
_MAIN_CLAUSE = Pattern(
    r",\s+(?:then|up\s+to|max|not\s+to|do\s+not|but|to\s+a|with|at|increas|reduc|decreas|titrat|start|give|use|"
    r"continue|the\s+dose|dose|\d)",
    re.I,
)


_MAIN_VERB = Pattern(r"\s(?=(?:give|use|start|increase|reduce|decrease|administer|take|repeat|consider)\s)", re.I)


def _clause_end(flat: str, start: int, leads: bool) -> int:
    """Where a condition ends: one that leads at the next comma, another where a main clause follows a comma.

    Without a comma a leading condition ends before the verb: "if no response give 150 mg".
    """
    depth = 0
    if leads and (main := _main_after_list(flat, start)) is not None:
        return main
    for at in range(start, len(flat)):
        depth += {"(": 1, ")": -1}.get(flat[at], 0)
        if depth < 0:
            return at
        sign = flat[at : at + 2]
        if depth == 0 and (
            sign[0] == ";" or sign == ": " or (sign == ", " and (leads or _MAIN_CLAUSE.match(flat, at)))
        ):
            return at
    verb = _MAIN_VERB.search(flat[start:]) if leads else None
    return start + verb.start() if verb else len(flat)


def _main_after_list(flat: str, start: int) -> int | None:
    """Where the main clause begins behind a condition that lists criteria: "if a, b, or c, reduce …"."""
    clause = outside_parentheses(flat)[start:]
    clause = clause[: end.start()] if (end := re.search(r";|:\s", clause)) else clause
    commas = [m.start() for m in re.finditer(r",\s", clause)]
    if len(commas) < 2 or not re.search(r",\s+(?:and|or|and/or)\s", clause[commas[0] :]):
        return None
    mains = (at for at in commas if _BEGINS_MAIN.match(clause, at))
    first = next(mains, None)
    return None if first is None else start + first


def maximum_span(flat: str) -> Span | None:
    """The words that cap the dose: "not to exceed 3,600 mg/day", "maximum 40 mg daily"."""
    if words.CAP.hopeless(flat):
        return None
    found = amounts(flat)
    for match in words.CAP.finditer(flat):
        amount = next((a for a in found if match.end() <= a.start <= match.end() + 12), None)
        if amount is None:
            continue
        tail = words.CAP_INTERVAL.match(flat, amount.end)
        end = tail.end() if tail else amount.end
        for another in found:  # "not to exceed 10 mg/kg or 400 mg"
            if another.start >= end and re.fullmatch(r"\s*(?:or|and|,|/)\s*", flat[end : another.start]):
                end = another.end
        return match.start(), end
    for amount in found:
        tail = re.match(r"\s*(?:\(?max(?:imum)?\b\)?(?!\s+(?:dose|of|\d)))", flat[amount.end :], re.I)
        if tail:
            return amount.start, amount.end + tail.end()
    return None


def ceiling_behind(text: str, flat: str, dose: Quantity) -> Span | None:
    """ "25 mg/kg, up to 1 g": a ceiling behind a dose that is not itself "up to"."""
    if dose.low is None:
        return None
    for amount in amounts(flat):
        near = max(0, amount.start - 40)  # a search in all that stands before takes quadratic time
        before = re.search(r"\bup\s+to\s+(?:a\s+(?:maximum|total)\s+(?:of\s+)?)?$", flat[near : amount.start], re.I)
        if before and text[amount.start : amount.end] != dose.text:
            return near + before.start(), amount.end
    return None
