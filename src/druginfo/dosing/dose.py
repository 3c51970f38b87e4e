"""Which amount of a statement is the dose, if any is for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from druginfo.dosing import words
from druginfo.dosing.quantities import CONCENTRATION, STRENGTH, Amount, amounts
from druginfo.dosing.signs import Pattern
from druginfo.model import Quantity

Span = tuple[int, int]

_PRIOR = Pattern(
    r"\b(?:on|from|instead\s+of|rather\s+than|than|taking|receiving|tolerat\w+|already\s+on|current(?:ly)?(?:\s+dose)?(?:\s+of|\s+is)?|"
    r"previously|prior\s+dose\s+of|established\s+on|stabili[sz]ed\s+on|(?:tablets?|capsules?|vials?|ampoules?|syringes?|pens?|patch(?:es)?|strengths?)\s+(?:of|with|in)|equivalent\s+to|equals?|corresponds\s+to|similar\s+to|"
    r"resume[sd]?\s+when|containing|contains?|strengths?\s*(?:of|:)?|supplied\s+as|available\s+(?:as|in)|"
    r"below|above|over|in\s+excess\s+of|exceed(?:s|ing)?|(?<!no\s)(?<!not\s)less\s+than|more\s+than|greater\s+than|higher\s+than|lower\s+than|[<>]|"
    r"(?:taking|receiving|treated\s+with)\s+[\w-]+|each\s+mL|rounded\s+to(?:\s+the\s+nearest)?|nearest|every)\s*(?:a\s+|the\s+|an\s+)?(?:dose\s+of\s+|doses\s+of\s+)?$",
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
_ONE_AT_A_TIME = Pattern(r"\s*at\s+a\s+time\b", re.I)
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


class Choice(NamedTuple):
    """The dose of a statement, if it is certain, and whether the statement gives any."""

    dose: Quantity | None
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
        if joined or hiding or not _is_dose(flat, amount, own_names):
            other = amount
            outside = outside or not (in_brackets or hiding)
            continue
        (aside if in_brackets else open_).append(amount)
    chosen = _single(flat, open_)
    if chosen is None and not open_ and not outside and len({_key(a) for a in aside}) == 1:
        chosen = aside[0] if not re.search(r"\be\.?g\.|\bexample|\bi\.e\.", _bracket(flat, aside[0].start)) else None
    return Choice(_bounded(flat, chosen) if chosen and not chosen.shared else None, bool(open_ or aside))


def _goes_on(flat: str, other: Amount, amount: Amount) -> bool:
    """Whether an amount is of a kind with the one before, which is no dose: "on doses of 5 mg or 10 mg"."""
    between = flat[other.end : amount.start].strip()
    if between == "to":
        return _STEP_BEFORE.search(flat[: other.start]) is not None
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


_EXAMPLE_BEFORE = Pattern(
    r"\b(?:for\s+example|e\.g\.|i\.e\.,?\s+(?!(?:an?|the|about|approximately)\b)[a-z])[^.;]*$",
    re.I,
    ("example", "e.g", "i.e"),
)
_LEVEL_BEFORE = Pattern(
    r"\b(?:levels?|concentrations?|troughs?|peaks?|creatinine|bilirubin|hemoglobin|glucose|INR|AUC|albumin)\b[^.;,]{0,30}$",
    re.I,
    (
        "level",
        "concentr",
        "trough",
        "peak",
        "creatinine",
        "bilirubin",
        "hemoglobin",
        "glucose",
        "inr",
        "auc",
        "albumin",
    ),
)
_COUNT_BEFORE = Pattern(r"(?:\d|\b(?:one|two|three|four|five|six|half))\s*(?:x|×|of)?\s*$", re.I)
_COUNTED_AFTER = Pattern(r"\s*-?\s*(?:tablet|capsule|vial|patch)", re.I, ("tablet", "capsule", "vial", "patch"))
_COURSE_AFTER = Pattern(r"\s*(?:for|over|during)\s+the\s+(?:whole|entire|full)\s+course", re.I, ("course",))
_RATIO_AFTER = Pattern(r"\s?/\s?\w|\s?%|\s?[x×]\s?ULN")
_NEAR = 160
"""Characters around an amount that tell what it is."""


def _is_dose(flat: str, amount: Amount, own_names: frozenset[str]) -> bool:
    before, after = flat[max(0, amount.start - _NEAR) : amount.start], flat[amount.end : amount.end + _NEAR]
    per, unit = amount.quantity.per or "", amount.quantity.unit
    if CONCENTRATION.search(per) or STRENGTH.search(per) or _RATIO_AFTER.match(after):
        return False
    if _EXAMPLE_BEFORE.search(before) or _LEVEL_BEFORE.search(before) or _COURSE_AFTER.match(after):
        return False
    if unit == "mL" and per.startswith(("min", "kg/min")):
        return False
    if _PRIOR.search(before) or _STEP_BEFORE.search(before) or _STEP_AFTER.match(after) or _ONE_AT_A_TIME.match(after):
        return False
    if not per and _FORM_AFTER.match(after):
        return False
    if unit == "mL" and (_DILUENT_BEFORE.search(before) or _DILUENT_AFTER.match(after)):
        return False
    if per.endswith(("min", "hour")) and _RATE_BEFORE.search(before):
        return False
    if _COUNTED_AFTER.match(after) and _COUNT_BEFORE.search(before):
        return False
    return not _others(before, after, own_names)


_OTHER_MEDICINES = frozenset(
    "inhibitor inhibitors inducer inducers anticonvulsant anticonvulsants antacid antacids diuretic diuretics "
    "opioid opioids corticosteroid corticosteroids anticoagulant anticoagulants antibiotic antibiotics interacting "
    "concomitant coadministered other others".split()
)
_DETERMINERS = (
    r"(?:(?:the|any|all|their|of|dose|doses|dosage|daily|total|use|therapy|treatment|with|a|an|strong|moderate|potent|"
    r"oral)\s+)*"
)
_AUXILIARIES = (
    r"(?:\s+(?:should|must|may|can|be|is|are|was|were|has|been|have|to|dose|doses|dosage|therapy|treatment|temporarily|first|"
    r"gradually|also))*"
)


def is_said_of_another(flat: str, start: int, end: int, own_names: frozenset[str]) -> bool:
    """Whether a verb's object or subject is another drug: "reduce the insulin", "warfarin should be discontinued"."""
    object_ = re.match(rf"\s+{_DETERMINERS}([a-z][a-z-]+)", flat[end : end + 80], re.I)
    if object_ and is_another(object_[1], own_names):
        return True
    subject = re.search(rf"([a-z][a-z-]+){_AUXILIARIES}\s+$", flat[max(0, start - 80) : start], re.I)
    return bool(subject and is_another(subject[1], own_names))


def names_another(after: str) -> bool:
    """Whether the next word is another drug: "oral | aspirin"."""
    word = re.match(r"\s+([a-z][a-z-]+)", after, re.I)
    return bool(word and _is_other_drug(word[1], frozenset()))


def is_another(word: str, own_names: frozenset[str]) -> bool:
    """Whether a word is another medicine, by its name's stem or by what it does ("inhibitor")."""
    return word.lower() in _OTHER_MEDICINES or _is_other_drug(word, own_names)


def is_of_another(flat: str, own_names: frozenset[str]) -> bool:
    """Whether the statement is about another drug's dose: "the digoxin dose", "the dose of digoxin"."""
    if "dos" not in flat:
        return False
    if re.match(r"\s*(?:the\s+)?(?:concomitant|background)\b", flat, re.I):
        return True
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


_SPEED = Pattern(r"\b(?:at|at\s+a\s+rate\s+of|over|not\s+faster\s+than)\s+(?:about\s+|up\s+to\s+)?$", re.I)


def _single(flat: str, found: Sequence[Amount]) -> Amount | None:
    """The amount that is left when ceilings, speeds ("5 mg at 1 mg/minute") and what a target replaces are aside."""
    if any(not _by_time(a) for a in found):
        found = [a for a in found if not (_by_time(a) and _SPEED.search(flat[: a.start]))]
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


def _by_time(amount: Amount) -> bool:
    return (amount.quantity.per or "").endswith(("minute", "min", "hour"))


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
