"""What one statement says: dose, route, frequency, duration, maximum, condition, action.

Everything is the statement's own words. Where two readings are left, nothing is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing import words
from druginfo.dosing.clauses import ceiling_behind, condition_span, maximum_span
from druginfo.dosing.dose import Choice, Span, bracketed, choose_dose, choose_step, steps_of
from druginfo.dosing.other_drugs import is_amount_of_another, is_of_another, is_said_of_another, names_another
from druginfo.dosing.quantities import amounts, place
from druginfo.dosing.signs import Pattern, level
from druginfo.model import Action, Quantity

LONGEST = 2_000
"""Characters of a statement: nothing is read from a longer one, which is no regimen that anyone wrote."""


class Regimen(NamedTuple):
    """The readings of one statement."""

    action: Action
    dose: Quantity | None
    route: str | None
    frequency: str | None
    duration: str | None
    maximum: str | None
    condition: str | None


NOTHING = Regimen("note", None, None, None, None, None, None)
"""What a statement says that nothing is read from."""


@lru_cache(maxsize=1024)
def read_regimen(text: str, own_names: frozenset[str] = frozenset()) -> Regimen:
    """Read a statement. `own_names` are the drug's names in lower case: another drug's dose is not its dose."""
    if len(text) > LONGEST:
        return NOTHING
    flat = level(text)
    condition = condition_span(flat)
    maximum = maximum_span(flat)
    verdict = action(flat, maximum, own_names)
    of_another = is_of_another(flat, own_names)
    if of_another and verdict in ("increase", "reduce", "no_adjustment"):
        verdict = "note"
    no_dose = (
        of_another
        or _changes_another(flat, own_names)
        or verdict == "avoid"
        or words.HANDLING.match(flat)
        or words.SOLD.search(flat)
        or words.EQUIVALENT.search(flat)
        or words.STUDIED.search(flat.partition(";")[0])
    )
    dose, at, given = Choice(None, -1, False) if no_dose else choose_dose(text, flat, condition, maximum, own_names)
    if verdict in ("increase", "reduce") and not no_dose:
        if dose and _changes_later(text, flat, dose, verdict):
            verdict = "give"
        elif steps_of(text, flat):
            dose, at, given = choose_step(text, flat, (condition, maximum))
    if verdict == "note" and (dose or _is_in_words(flat)):
        verdict = "give"
    if dose and not maximum:
        maximum = ceiling_behind(text, flat, dose)
    outside = _blank(flat, condition)
    if verdict == "note" and (leading := words.FREQUENCY.match(flat)) and leading.end() > leading.start():
        verdict = "give"
    frequency = _frequency(outside, at)
    route = _route(outside, at)
    if verdict == "note" and given and (frequency or route or _USED.search(flat)):
        verdict = "give"
    duration = _duration(_blank(outside, frequency))
    if duration and _is_pause(flat, duration, verdict):
        duration = None  # how long it is withheld, not given
    return Regimen(
        verdict,
        dose,
        _words(text, route),
        _words(text, frequency),
        _words(text, duration),
        _words(text, maximum),
        _words(text, condition),
    )


def _is_in_words(flat: str) -> bool:
    return any(words_of.match(flat) for words_of in (words.DOSE_IN_WORDS, words.COUNTED_FORMS, words.SHARE))


_USED = Pattern(r"\b(?:may|can|should)\s+be\s+(?:used|given|administered)\b", re.I)


def _words(text: str, span: Span | None) -> str | None:
    if span is None:
        return None
    found = " ".join(text[span[0] : span[1]].split()).strip(" ,;")
    return (found if _DOTTED.search(found) else found.strip(".")) or None


_DOTTED = Pattern(r"\b[a-z]\.[a-z]\.$", re.I)
"""An abbreviation's last dot is its own: "o.d.", "p.r.n."."""


def _blank(flat: str, span: Span | None) -> str:
    return flat if span is None else flat[: span[0]] + " " * (span[1] - span[0]) + flat[span[1] :]


# ---------------------------------------------------------------- action


def _changes_another(flat: str, own_names: frozenset[str]) -> bool:
    """ "Reduce the dexamethasone to 10 mg": whatever amount follows is the other drug's."""
    return any(
        is_said_of_another(flat, m.start(), m.end(), own_names)
        for pattern in (words.REDUCE, words.INCREASE)
        for m in pattern.finditer(flat)
    )


def _is_pause(flat: str, duration: Span, verdict: Action) -> bool:
    """ "Withhold until …", "do not repeat until …"."""
    if not re.match(r"(?:treatment\s+)?until", flat[duration[0] :], re.I):
        return False
    return verdict == "avoid" or bool(re.search(r"\bnot\s[^.;]*$", flat[: duration[0]], re.I))


def _changes_later(text: str, flat: str, dose: Quantity, verdict: Action) -> bool:
    """ "Start with 5 mg daily and titrate slowly": a change behind the dose, to no amount of its own."""
    first = (words.INCREASE if verdict == "increase" else words.REDUCE).search(flat)
    behind = place(level(dose.text), flat) + len(dose.text)
    if not first or not 0 < behind <= first.start():
        return False
    steps = steps_of(text, flat)
    if any(amount not in steps for amount in amounts(text) if amount.start >= first.start()):
        return False
    return bool(re.search(r",|\band\b", flat[behind : first.start()]))


def action(flat: str, maximum: Span | None, own_names: frozenset[str] = frozenset()) -> Action:
    """What the statement tells one to do. A verdict ("not recommended") stands before a change of dose.

    >>> action("Dose adjustments are necessary.", None)
    'note'
    """
    text = words.NOT_THE_DOSE.blank(_blank(_blank(flat, maximum), condition_span(flat)))
    no_adjustment = _first(words.NO_ADJUSTMENT, text, own_names)
    avoid = _first(words.AVOID, text, own_names)
    if no_adjustment and (
        not avoid or no_adjustment.start() <= avoid.start() + 3 or avoid.start() >= no_adjustment.start() - 25
    ):
        return "no_adjustment"
    reduce, increase = _first(words.REDUCE, text, own_names), _first(words.INCREASE, text, own_names)
    if avoid and not (reduce and _OR_STOP.fullmatch(text[reduce.end() : avoid.start()])):
        return "avoid"
    if reduce and increase:
        return "reduce" if reduce.start() < increase.start() else "increase"
    if reduce:
        return "reduce"
    if increase:
        return "increase"
    return "note"


_OR_STOP = Pattern(r"\s+to\s+\d[^.;]{0,30}?,?\s+or\s+(?:(?:the|treatment|therapy|drug|should|must|be|is|it)\s+)*", re.I)
""" "Reduced to 55 mg, or the treatment should be discontinued": the dose comes first."""


def _first(pattern: Pattern, text: str, own_names: frozenset[str]) -> re.Match[str] | None:
    """The first match that is not said of another drug."""
    return next(
        (m for m in pattern.finditer(text) if not is_said_of_another(text, m.start(), m.end(), own_names)),
        None,
    )


# ---------------------------------------------------------------- route, frequency, duration


def _longest_run(flat: str, pattern: Pattern, link: str) -> list[Span]:
    """Spans of `pattern`, neighbours joined where only `link` stands between them."""
    runs: list[Span] = []
    for match in pattern.finditer(flat):
        if not match[0].strip():
            continue
        if runs and re.fullmatch(link, flat[runs[-1][1] : match.start()], re.I):
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return runs


def _route(flat: str, dose: int = -1) -> Span | None:
    """The one route; what stands behind another drug's amount is told of that: "with prednisone 5 mg orally"."""
    runs = _longest_run(flat, words.ROUTE, r"\s*(?:or|and|/|,|or\s+by|,\s*or)?\s*")
    if len(runs) > 1:  # "1 mg/kg SC with oral aspirin"
        runs = [run for run in runs if not names_another(flat[run[1] :])]
    if runs and dose >= 0:
        others = (
            a.start for a in amounts(flat) if a.start > dose and is_amount_of_another(flat[: a.start], "", frozenset())
        )
        end = next(others, len(flat))
        runs = [run for run in runs if run[0] < end]
    if not runs or len({re.sub(r"ly$", "", flat[a:b].lower()) for a, b in runs}) > 1:
        return None
    return runs[0]


@lru_cache(maxsize=1024)
def route(text: str) -> str | None:
    """The route that a label names ("Intravenous maintenance"), or None."""
    flat = level(text)
    return _words(text, _route(flat))


_FREQUENCY_LINK = r"\s*(?:,|in|and|or|given|on|to|-|/|then|,\s*(?:then|and))?\s*"


def _frequency(flat: str, dose: int) -> Span | None:
    """The first frequency behind the dose, or else the first: "by 25 mg every 3 days to 150 mg daily" is daily."""
    runs = [
        run
        for run in _longest_run(flat, words.FREQUENCY, _FREQUENCY_LINK)
        if not _is_step_interval(flat, run) and not bracketed(flat, run[0])
    ]
    return next((run for run in runs if run[0] > dose), runs[0] if runs else None)


def _is_step_interval(flat: str, run: Span) -> bool:
    """ "at 4-week intervals", "monitor weekly": how often something else is done."""
    return bool(
        re.search(
            r"\b(?:monitor\w*|check\w*|measure\w*|assess\w*|titrat\w+|reassess\w*|test\w*|counts?)\s+(?:\w+\s+){0,4}$",
            flat[: run[0]],
            re.I,
        )
    )


def _is_lasting(flat: str, run: Span) -> bool:
    """ "Neutropenia for more than 1 week": what has lasted, not how long to treat, unless that is forbidden."""
    lasts = re.match(r"for\s+(?:more|longer|less)\s+than\b", flat[run[0] : run[1]], re.I)
    return bool(lasts) and not re.search(r"\b(?:not|never|avoid\w*|contra-?indicated)\b", flat[: run[0]], re.I)


def _duration(flat: str) -> Span | None:
    runs = _longest_run(flat, words.DURATION, r"\s*,?\s*(?:and|or|then|and\s+then)?\s*")
    runs = [run for run in runs if not _is_lasting(flat, run)]
    if not runs:
        return None
    start, end = runs[0]
    tail = re.match(r"\s*,?\s*which\s?ever\s+[^.;]*", flat[end:], re.I)
    return start, end + (tail.end() if tail else 0)
