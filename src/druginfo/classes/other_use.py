"""What a mention of a drug is where it is not taken together with another: an allergy's cause, something tried or in the past,
what is given against an effect. Read when two drugs are asked about."""

from __future__ import annotations

from druginfo.terms.phrase_list import Phrases

_TRIED = Phrases(  # before a mention: what a patient took without success
    "inadequate/inadequately $ | not adequately $ | refractory to $ | failed $ | failure of/on/with $ | intoleran* $"
)
_TRIED_AFTER = Phrases(
    "^ _2 fail* | ^ _2 are/is/were/was not tolerated*/enough*/effective* | ^ _2 are/is/were/was ineffective*/inadequate*"
)
_ALLERGY = Phrases(  # before a mention: what a patient reacted to
    "allerg*/hypersensitiv*/anaphyla*/sensitive/sensitivity/angioedema/reacted/reaction/reactions/reacting …"
    " to/from/after/with/on/of $ | asthma/urticaria/rhinitis/polyp/polyps … after/from/with/by/to $"
)
_REACTION = "allerg*/hypersensitiv*/sensitiv*/intoleran*/triad*/exacerbated*"
_ALLERGY_AFTER = Phrases(f"^ and/or other _ _1 {_REACTION} | ^ _1 {_REACTION}")
_HISTORY = Phrases(
    "history/earlier/previous/previously/prior/past/before/once/formerly …60 with/on/to/of/after/by/use/took/therapy $40"
)
_GIVEN_AGAINST = Phrases("treat/treated/treatment/manag*/revers*/counter*/relieve/relieved (it/them/this) with/by $")


def is_other_use(before: str, after: str) -> int:
    """Whether what is between them is an allergy's cause (1), something tried or in the past (2), or what is given
    against an effect (4)."""
    found = 1 if _ALLERGY.search(before) or _ALLERGY_AFTER.search(after) else 0
    found |= 2 if _TRIED.search(before) or _TRIED_AFTER.search(after) or _HISTORY.search(before) else 0
    return found | (4 if _GIVEN_AGAINST.search(before) else 0)
