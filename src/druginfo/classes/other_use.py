"""What a mention of a drug is where it is not taken together with another: an allergy's cause, something tried or in the past,
what is given against an effect. Read when two drugs are asked about."""

from __future__ import annotations

import re

_TRIED = re.compile(
    r"\b(?:inadequate(?:ly)?|not adequately|refractory to|failed|failure (?:of|on|with)|intoleran\w+)\b[^.;:]*$",
    re.IGNORECASE,
)
"""Before a mention: what a patient took without success."""
_TRIED_AFTER = re.compile(
    r"^\W*(?:\w+\s){0,2}(?:fail|(?:are|is|were|was) (?:not (?:tolerated|enough|effective)|ineffective|inadequate))",
    re.I,
)
_ALLERGY = re.compile(
    r"\b(?:allerg\w+|hypersensitiv\w+|anaphyla\w+|sensitiv(?:e|ity)|angioedema|react(?:ed|ions?|ing))\b[^.;:]*?\b(?:to|from|after|with|on|of)\b"
    r"[^.;:]*$|\b(?:asthma|urticaria|rhinitis|polyps?)\b[^.;]*\b(?:after|from|with|by|to)\b[^.;]*$",
    re.I,
)
"""Before a mention: what a patient reacted to."""
_ALLERGY_AFTER = re.compile(
    r"^\W*(?:and other \w+ |or other \w+ )?(?:\w+\s)?(?:allerg|hypersensitiv|sensitiv|intoleran|-?allergic|triad|(?:-|\s)?exacerbated)",
    re.I,
)
_HISTORY = re.compile(
    r"\b(?:history|earlier|previous(?:ly)?|prior|past|before|once|formerly)\b[^.;:]{0,60}\b(?:with|on|to|of|after|by|use|took|therapy)\b[^.;:]{0,40}$",
    re.I,
)
_GIVEN_AGAINST = re.compile(
    r"\b(?:treat(?:ed|ment)?|manag\w+|revers\w+|counter\w+|relieved?) (?:it |them |this )?(?:with|by)\b[^.;]*$", re.I
)


def is_other_use(before: str, after: str) -> int:
    """Whether what stands between is an allergy's cause (1), something tried or in the past (2), or what is given
    against an effect (4)."""
    found = 1 if _ALLERGY.search(before) or _ALLERGY_AFTER.match(after) else 0
    found |= 2 if _TRIED.search(before) or _TRIED_AFTER.match(after) or _HISTORY.search(before) else 0
    return found | (4 if _GIVEN_AGAINST.search(before) else 0)
