"""What one statement says: dose, route, frequency, duration, maximum, condition, action.

Everything is the statement's own words. Where two readings are left, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing import words
from druginfo.dosing.quantities import CONCENTRATION, STRENGTH, Amount, amounts
from druginfo.dosing.signs import Pattern, level, outside_parentheses
from druginfo.model import Action, Quantity

Span = tuple[int, int]


class Regimen(NamedTuple):
    """The readings of one statement."""

    action: Action
    dose: Quantity | None
    route: str | None
    frequency: str | None
    duration: str | None
    maximum: str | None
    condition: str | None


@lru_cache(maxsize=1024)
def read_regimen(text: str, own_names: frozenset[str] = frozenset()) -> Regimen:
    """Read a statement. `own_names` are the drug's names in lower case: another drug's dose is not its dose."""
    flat = level(text)
    condition = condition_span(flat)
    maximum = maximum_span(flat)
    verdict = action(flat, maximum)
    no_dose = (
        _is_of_another(flat, own_names) or verdict == "avoid" or words.HANDLING.match(flat) or words.SOLD.search(flat)
    )
    dose = None if no_dose else choose_dose(text, flat, condition, maximum, own_names)
    if verdict == "note" and (dose or maximum):
        verdict = "give"
    if dose and not maximum:
        maximum = _ceiling_behind(text, flat, dose)
    outside = _blank(flat, condition)
    if verdict == "note" and (leading := words.FREQUENCY.match(flat)) and leading.end() > leading.start():
        verdict = "give"
    frequency = _frequency(outside, flat.find(level(dose.text)) if dose else 0)
    duration = _duration(_blank(outside, frequency))
    return Regimen(
        verdict,
        dose,
        _words(text, _route(outside)),
        _words(text, frequency),
        _words(text, duration),
        _words(text, maximum),
        _words(text, condition),
    )


def _words(text: str, span: Span | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()).strip(" ,;.") or None if span else None


def _blank(flat: str, span: Span | None) -> str:
    return flat if span is None else flat[: span[0]] + " " * (span[1] - span[0]) + flat[span[1] :]


# ---------------------------------------------------------------- clauses


def condition_span(flat: str) -> Span | None:
    """The condition under which the statement holds: from "if", "when", "once" … to the end of its clause.

    A leading "For patients with …," or "In … ," counts too.
    """
    match = words.CONDITION.search(outside_parentheses(flat))
    if match:
        leads = not re.search(r"\w", flat[: match.start()])
        return match.start(), _clause_end(flat, match.end(), leads)
    match = re.match(
        r"\s*((?:For|In|After|Following|With)\s+(?!\d|the\s+first|a\s+total|days?\b|weeks?\b)[^.;:]{3,160}?),\s", flat
    )
    if match and not re.search(r"\d\s?(?:mg|mcg|g|units|mL)\b", match[1]):
        return match.span(1)
    return None


_MAIN_CLAUSE = Pattern(
    r",\s+(?:then|up\s+to|max|not\s+to|do\s+not|but|to\s+a|with|at|increas|reduc|decreas|titrat|start|give|use|continue|the\s+dose|dose|\d)",
    re.I,
)


_MAIN_VERB = Pattern(r"\s(?=(?:give|use|start|increase|reduce|decrease|administer|take|repeat|consider)\s)", re.I)


def _clause_end(flat: str, start: int, leads: bool) -> int:
    """Where a condition ends: one that leads at the next comma, another where a main clause follows a comma.

    Without a comma a leading condition ends before the verb: "if no response give 150 mg".
    """
    depth = 0
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


def _ceiling_behind(text: str, flat: str, dose: Quantity) -> Span | None:
    """ "25 mg/kg, up to 1 g": a ceiling behind a dose that is not itself "up to"."""
    if dose.low is None:
        return None
    for amount in amounts(flat):
        before = re.search(r"\bup\s+to\s+(?:a\s+(?:maximum|total)\s+(?:of\s+)?)?$", flat[: amount.start], re.I)
        if before and text[amount.start : amount.end] != dose.text:
            return before.start(), amount.end
    return None


# ---------------------------------------------------------------- dose

_PRIOR = Pattern(
    r"\b(?:on|from|instead\s+of|rather\s+than|than|taking|receiving|tolerat\w+|already\s+on|current(?:ly)?(?:\s+dose)?(?:\s+of|\s+is)?|"
    r"previously|prior\s+dose\s+of|established\s+on|stabili[sz]ed\s+on|(?:tablets?|capsules?|vials?|ampoules?|syringes?|pens?|patch(?:es)?|strengths?)\s+(?:of|with|in)|equivalent\s+to|equals?|corresponds\s+to|similar\s+to|"
    r"resume[sd]?\s+when|containing|contains?|strengths?\s*(?:of|:)?|supplied\s+as|available\s+(?:as|in)|"
    r"below|above|over|exceed(?:s|ing)?|(?<!no\s)(?<!not\s)less\s+than|more\s+than|greater\s+than|higher\s+than|lower\s+than|[<>]|"
    r"each\s+mL|rounded\s+to(?:\s+the\s+nearest)?|nearest|every)\s*(?:a\s+|the\s+|an\s+)?(?:dose\s+of\s+|doses\s+of\s+)?$",
    re.I,
)
_STEP_BEFORE = Pattern(
    r"\b(?:(?<!followed\s)(?<!replaced\s)by|increments?\s+of|steps?\s+of|decrements?\s+of|intervals\s+of|in\s+increments\s+of)\s+(?:about\s+|up\s+to\s+|approximately\s+|a\s+further\s+"
    r"|an\s+additional\s+|no\s+more\s+than\s+|not\s+more\s+than\s+|at\s+most\s+|increments\s+of\s+)?$",
    re.I,
)
_STEP_AFTER = Pattern(
    r"\s*(?:(?:daily|/day|per\s+day|weekly)\s+)?(?:steps?|increments?|decrements?|increases|reductions?|(?:less|more|lower|higher)\s+than)\b",
    re.I,
)
_DILUENT_BEFORE = Pattern(
    r"\b(?:in|with|into|using|to\s+a\s+(?:final\s+)?volume\s+of|add|of\s+water|flush\w*\s+with|dilut\w+\s+(?:in|to|with))\s+(?:\w+\s+)?$",
    re.I,
)
_DILUENT_AFTER = Pattern(
    r"\s*(?:of\s+)?(?:(?:sterile|normal|tap|purified|cold)\s+)?(?:water|saline|sodium\s+chloride|dextrose|diluent|0\.9|5%|milk|juice|infusion\s+bag|bag)",
    re.I,
)
_RATE_BEFORE = Pattern(r"\b(?:rate|rates|speed)\b[^.;]{0,30}$", re.I)
_FORM_AFTER = Pattern(
    r"\s*-?\s*(?:(?:\w+-release|coated|oral|chewable|scored|film-coated|extended|delayed|disintegrating|dispersible|single-dose|prefilled|pre-filled|enteric-coated)\s+)*"
    r"(?:tablets?|capsules?|vials?|ampoules?|pens?|syringes?|cartridges?|sachets?|packets?|strengths?|patch(?:es)?|autoinjectors?|formulation|preparation)\b",
    re.I,
)
_OTHER_DRUG_STEM = Pattern(
    r"(?:mab|nib|pril|sartan|olol|statin|azole|cillin|mycin|micin|floxacin|prazole|parin|dipine|gliptin|gliflozin|glutide|"
    r"setron|triptan|vir|cycline|sone|solone|lone|thiazide|semide|barbital|pam|lam|zepam|platin|rubicin|taxel|tecan|bine|"
    r"phylline|terol|tropium|afil|prost|fibrate|grel|xaban|gatran|tidine|profen|oxicam|coxib|fenac|caine|curium|curonium|"
    r"formin|zide|glitazone|glinide|conazole|fungin|oxetine|ipramine|triptyline|apine|idone|peridol|zine|mide|toin|"
    r"amine|tadine|rizine|xone|codone|morphone|phan|lukast|relin|poetin|racetam|gabalin|gabapentin|trexate|purine|prine|sulfa\w*|prim|quine|quin|thromycin|penem|ceph\w+|cef\w+|kacin|mustine|"
    r"cristine|blastine|poside|fosfamide|phosphamide|dronate|dronic|leucovorin|vitamin|acid|salicylate)$",
    re.I,
)
_OTHER_DRUGS = frozenset(
    "aspirin paracetamol acetaminophen heparin warfarin insulin prednisone codeine morphine digoxin lithium caffeine "
    "epinephrine adrenaline ibuprofen naproxen probenecid cyclosporine ciclosporin tacrolimus fluorouracil levodopa "
    "carbidopa estradiol testosterone levothyroxine iron calcium zinc magnesium potassium sodium bismuth efavirenz "
    "acid rifampin rifampicin isoniazid ethambutol pyrazinamide metronidazole theophylline allopurinol clavulanate "
    "sulbactam "
    "tazobactam cilastatin avibactam ritonavir cobicistat folate cytarabine bortezomib melphalan".split()
)
_NOT_A_DRUG = frozenset("acid sodium calcium potassium magnesium zinc iron lone".split())


def choose_dose(
    text: str,
    flat: str,
    condition: Span | None,
    maximum: Span | None,
    own_names: frozenset[str],
) -> Quantity | None:
    """The one dose that the statement gives, or None: amounts that are something else are set aside first."""
    hidden = [span for span in (condition, maximum) if span]
    open_: list[Amount] = []
    bracketed: list[Amount] = []
    for amount in amounts(text):
        if any(a <= amount.start < b for a, b in hidden) or not _is_dose(flat, amount, own_names):
            continue
        (bracketed if _bracketed(flat, amount.start) else open_).append(amount)
    chosen = _single(flat, open_)
    if chosen is None and not open_ and len({_key(a) for a in bracketed}) == 1:
        chosen = (
            bracketed[0] if not re.search(r"\be\.?g\.|\bexample|\bi\.e\.", _bracket(flat, bracketed[0].start)) else None
        )
    return _bounded(flat, chosen) if chosen else None


def _key(amount: Amount) -> tuple[object, ...]:
    q = amount.quantity
    return q.low, q.high, q.unit, q.per


def _bracketed(flat: str, at: int) -> bool:
    before = flat[:at]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def _bracket(flat: str, at: int) -> str:
    start = max(flat.rfind("(", 0, at), flat.rfind("[", 0, at))
    return flat[start:at]


def _is_dose(flat: str, amount: Amount, own_names: frozenset[str]) -> bool:
    before, after = flat[: amount.start], flat[amount.end :]
    per, unit = amount.quantity.per or "", amount.quantity.unit
    if CONCENTRATION.search(per) or STRENGTH.search(per) or re.match(r"\s?/\s?\w|\s?%|\s?[x×]\s?ULN", after):
        return False
    if unit == "mL" and per.startswith(("min", "kg/min")):
        return False
    if _PRIOR.search(before) or _STEP_BEFORE.search(before) or _STEP_AFTER.match(after):
        return False
    if not per and _FORM_AFTER.match(after):
        return False
    if unit == "mL" and (_DILUENT_BEFORE.search(before) or _DILUENT_AFTER.match(after)):
        return False
    if re.search(r"(?:min|hour)$", per) and _RATE_BEFORE.search(before):
        return False
    if re.search(
        r"\b(?:levels?|concentrations?|troughs?|peaks?|creatinine|bilirubin|hemoglobin|glucose|INR|AUC|albumin)\b[^.;,]{0,30}$",
        before,
        re.I,
    ):
        return False
    if re.search(r"(?:\d|\b(?:one|two|three|four|five|six|half))\s*(?:x|×|of)?\s*$", before, re.I) and re.match(
        r"\s*-?\s*(?:tablet|capsule|vial|patch)", after, re.I
    ):
        return False
    if re.match(r"\s*(?:for|over|during)\s+the\s+(?:whole|entire|full)\s+course", after, re.I):
        return False
    return not _others(before, after, own_names)


def _is_of_another(flat: str, own_names: frozenset[str]) -> bool:
    """Whether the statement is about another drug's dose: "the digoxin dose", "the dose of digoxin"."""
    found = re.search(r"\b([A-Za-z-]+)\s+(?:dose|dosage)\b|\b(?:dose|dosage)\s+of\s+(?:the\s+)?([A-Za-z-]+)", flat)
    return bool(found and _is_other_drug(found[1] or found[2], own_names))


def _others(before: str, after: str, own_names: frozenset[str]) -> bool:
    """Whether the amount is another drug's: the drug stands right before it, or right behind "of"."""
    word = re.search(
        r"([A-Za-z][A-Za-z-]+)\s*(?:,|\(|at|dose\s+of|at\s+a\s+dose\s+of|:|[≤≥<>])?\s*(?:up\s+to\s+|about\s+)?$", before
    )
    if word and _is_other_drug(word[1], own_names):
        return True
    behind = re.match(r"\s*(?:of\s+)(?:oral\s+|intravenous\s+|the\s+)?([A-Za-z][A-Za-z-]+)", after)
    return bool(behind and _is_other_drug(behind[1], own_names) and behind[1].lower() not in _NOT_A_DRUG)


def _is_other_drug(word: str, own_names: frozenset[str]) -> bool:
    lower = word.lower()
    if lower in own_names or lower in _COMMON:
        return False
    return lower in _OTHER_DRUGS or (len(lower) > 5 and bool(_OTHER_DRUG_STEM.search(lower)))


_COMMON = frozenset(
    "alone determine medicine routine baseline guideline bedtime combine decline hormone cyclone amide".split()
)


def _single(flat: str, found: Sequence[Amount]) -> Amount | None:
    if len({_key(a) for a in found}) == 1:
        return found[0]
    uncapped = [
        a for a in found if not re.search(r"\bup\s+to\s+(?:a\s+(?:maximum|total)\s+of\s+)?$", flat[: a.start], re.I)
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


def _changes(text: str) -> bool:
    """Whether the text speaks of a change of dose."""
    return bool(
        words.REDUCE.search(text) or words.INCREASE.search(text) or re.search(r"\b(?:change|switch|adjust)", text, re.I)
    )


def _bounded(flat: str, amount: Amount) -> Quantity:
    """Open a side where the words before say so: "up to 4 mg", "at least 2 g"."""
    q, before = amount.quantity, flat[: amount.start]
    if q.low != q.high:
        return q
    up = re.search(r"(?:\bup\s+to\s+(?:about\s+)?|\bas\s+much\s+as\s+|≤\s*|\bat\s+most\s+)$", before, re.I)
    down = re.search(r"(?:\bat\s+least\s+|\bno(?:t)?\s+less\s+than\s+|≥\s*|\ba\s+minimum\s+of\s+)$", before, re.I)
    after = flat[amount.end :]
    if re.match(r"\s+or\s+(?:less|lower|below)\b", after, re.I):
        return Quantity(q.text, None, q.high, q.unit, q.per)
    if re.match(r"\s+or\s+(?:more|higher|greater|above)\b", after, re.I):
        return Quantity(q.text, q.low, None, q.unit, q.per)
    if up:
        return Quantity(flat[up.start() : amount.end], None, q.high, q.unit, q.per)
    if down:
        return Quantity(flat[down.start() : amount.end], q.low, None, q.unit, q.per)
    return q


# ---------------------------------------------------------------- action


def action(flat: str, maximum: Span | None) -> Action:
    """What the statement tells one to do. A verdict ("not recommended") stands before a change of dose.

    >>> action("Dose adjustments are necessary.", None)
    'note'
    """
    text = words.NOT_THE_DOSE.blank(_blank(_blank(flat, maximum), condition_span(flat)))
    no_adjustment = words.NO_ADJUSTMENT.search(text)
    avoid = words.AVOID.search(text)
    if no_adjustment and (
        not avoid or no_adjustment.start() <= avoid.start() + 3 or avoid.start() >= no_adjustment.start() - 25
    ):
        return "no_adjustment"
    if avoid:
        return "avoid"
    reduce, increase = words.REDUCE.search(text), words.INCREASE.search(text)
    if reduce and increase:
        return "reduce" if reduce.start() < increase.start() else "increase"
    if reduce:
        return "reduce"
    if increase:
        return "increase"
    return "note"


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


def _route(flat: str) -> Span | None:
    runs = _longest_run(flat, words.ROUTE, r"\s*(?:or|and|/|,|or\s+by|,\s*or)?\s*")
    if not runs or len({re.sub(r"ly$", "", flat[a:b].lower()) for a, b in runs}) > 1:
        return None
    return runs[0]


@lru_cache(maxsize=1024)
def route(text: str) -> str | None:
    """The route that a label names ("Intravenous maintenance"), or None."""
    flat = level(text)
    return _words(text, _route(flat))


_FREQUENCY_LINK = r"\s*(?:,|in|and|or|given|on|to)?\s*"


def _frequency(flat: str, dose: int) -> Span | None:
    """The first frequency behind the dose, or else the first: "by 25 mg every 3 days to 150 mg daily" is daily."""
    runs = [
        run
        for run in _longest_run(flat, words.FREQUENCY, _FREQUENCY_LINK)
        if not _is_step_interval(flat, run) and not _bracketed(flat, run[0])
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


def _duration(flat: str) -> Span | None:
    runs = _longest_run(flat, words.DURATION, r"\s*,?\s*(?:and|or|then|and\s+then)?\s*")
    if not runs:
        return None
    start, end = runs[0]
    tail = re.match(r"\s*,?\s*which\s?ever\s+[^.;]*", flat[end:], re.I)
    return start, end + (tail.end() if tail else 0)
