"""Amounts that are no dose: strengths, levels, diluents, speeds, what was given before, what another drug gets."""

from __future__ import annotations

import re

from druginfo.dosing.other_drugs import is_amount_of_another
from druginfo.dosing.quantities import CONCENTRATION, STRENGTH, Amount
from druginfo.dosing.signs import Pattern

PRIOR = Pattern(
    r"\b(?:on|from|last|previous|instead\s+of|(?<!no\sless\s)(?<!not\sless\s)than|taking|receiving|tolerat\w+|already\s+on|"
    r"current(?:ly)?(?:\s+dose)?(?:\s+of|\s+is)?|"
    r"previously|prior\s+dose\s+of|established\s+on|stabili[sz]ed\s+on|(?:tablets?|capsules?|vials?|ampoules?|"
    r"syringes?|pens?|patch(?:es)?|strengths?)\s+(?:of|with|in)|equivalent\s+to|equals?|corresponds\s+to|"
    r"similar\s+to|"
    r"resume[sd]?\s+when|containing|contains?|strengths?\s*(?:of|:)?|supplied\s+as|available\s+(?:as|in)|"
    r"below|above|over|in\s+excess\s+of|exceed(?:s|ing)?|[<>]|"
    r"(?:taking|receiving|treated\s+with)\s+[\w-]+|otherwise\s+(?:be\s+)?(?:receiv|tak|us|giv)\w*|per|each\s+mL|"
    r"rounded\s+to(?:\s+the\s+nearest)?|nearest|every)\s*(?:a\s+|the\s+|an\s+)?(?:dose\s+of\s+|doses\s+of\s+)?$",
    re.I,
)
STEP_BEFORE = Pattern(
    r"\b(?:(?<!followed\s)(?<!replaced\s)by|increments?\s+of|steps?\s+of|decrements?\s+of|intervals\s+of)"
    r"\s+(?:about\s+|up\s+to\s+|approximately\s+|a\s+further\s+"
    r"|an\s+additional\s+|no\s+more\s+than\s+|not\s+more\s+than\s+|at\s+most\s+)?$",
    re.I,
)
_STEP_AFTER = Pattern(
    r"\s*(?:(?:daily|/day|per\s+day|weekly)\s+)?(?:steps?|increments?|decrements?|increases|reductions?)\b", re.I
)
_COMPARED_AFTER = Pattern(r"\s*(?:(?:daily|/day|per\s+day|weekly)\s+)?(?:less|more|lower|higher)\s+than\b", re.I)
_ONE_AT_A_TIME = Pattern(r"\s*at\s+a\s+time\b", re.I)
_DILUENT_BEFORE = Pattern(
    r"\b(?:in|with|into|using|to\s+a\s+(?:final\s+)?volume\s+of|add|of\s+water|flush\w*\s+with|dilut\w+\s+(?:in|to|"
    r"with))\s+(?:\w+\s+)?$",
    re.I,
)
_DILUENT_AFTER = Pattern(
    r"\s*(?:of\s+)?(?:(?:sterile|normal|tap|purified|cold)\s+)?(?:water|saline|sodium\s+chloride|dextrose|diluent|"
    r"0\.9|5%|milk|juice|infusion\s+bag|bag)",
    re.I,
)
_FOOD_AFTER = Pattern(
    r"\s*of\s+(?:\w+\s+)?(?:water|apple\s?sauce|apple\s+juice|juice|milk|yogh?urt|food|pudding|formula)\b", re.I
)
_RATE_BEFORE = Pattern(r"\b(?:rate|rates|speed)\b[^.;]{0,30}$", re.I)
FORM_AFTER = Pattern(
    r"\s*-?\s*(?:(?:\w+-release|coated|oral|chewable|scored|film-coated|extended|delayed|disintegrating|dispersible|"
    r"single-dose|prefilled|pre-filled|enteric-coated)\s+)*"
    r"(?:tablets?|capsules?|vials?|ampoules?|pens?|syringes?|cartridges?|sachets?|packets?|strengths?|patch(?:es)?|"
    r"autoinjectors?|formulation|preparation)\b",
    re.I,
)
_EXAMPLE_BEFORE = Pattern(
    r"\b(?:for\s+example|e\.g\.|i\.e\.,?\s+(?!(?:an?|the|about|approximately)\b)[a-z])[^.;]*$",
    re.I,
    ("example", "e.g", "i.e"),
)
_LEVEL_BEFORE = Pattern(
    r"\b(?:levels?|concentrations?|troughs?|peaks?|creatinine|bilirubin|hemoglobin|glucose|INR|AUC|"
    r"albumin)\b[^.;,]{0,30}$",
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
NEAR = 160
"""Characters around an amount that tell what it is."""


def is_dose(flat: str, amount: Amount, own_names: frozenset[str]) -> bool:
    """Whether an amount is the drug's dose, by the words around it."""
    before, after = flat[max(0, amount.start - NEAR) : amount.start], flat[amount.end : amount.end + NEAR]
    per, unit = amount.quantity.per or "", amount.quantity.unit
    if CONCENTRATION.search(per) or STRENGTH.search(per) or _RATIO_AFTER.match(after):
        return False
    if _EXAMPLE_BEFORE.search(before) or _LEVEL_BEFORE.search(before) or _COURSE_AFTER.match(after):
        return False
    if unit == "mL" and per.startswith(("min", "kg/min", "hour")):
        return False
    if PRIOR.search(before) or is_step(before, after) or _COMPARED_AFTER.match(after) or _ONE_AT_A_TIME.match(after):
        return False
    if not per and FORM_AFTER.match(after):
        return False
    if unit == "mL" and (_DILUENT_BEFORE.search(before) or _DILUENT_AFTER.match(after)):
        return False
    if _FOOD_AFTER.match(after):
        return False
    if per in ("min", "hour") and _RATE_BEFORE.search(before):
        return False
    if _COUNTED_AFTER.match(after) and _COUNT_BEFORE.search(before):
        return False
    return not is_amount_of_another(before, after, own_names)


def is_step(before: str, after: str) -> bool:
    """Whether an amount is how much a dose goes up or down: "by 2 units", "in 50 mg increments"."""
    return bool(STEP_BEFORE.search(before) or _STEP_AFTER.match(after))
