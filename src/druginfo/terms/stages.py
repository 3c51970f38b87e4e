"""Words for stages of life, and the ages for which they are used.

The ages are those by which FDA labels and the ICH guideline E11 use the words; where texts differ, the wider age counts
for leaving a row out and the narrower one for saying that it is meant.
"""

from __future__ import annotations

from typing import NamedTuple

DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}
"""Days in a unit of age, for comparison."""

PER_KILOGRAM = {"g": 1000.0, "lb": 2.20462}
"""Other units of weight in a kilogram, for comparison."""

YEAR = DAYS["years"]
OLDEST = 130 * YEAR


class LifeStage(NamedTuple):
    """A word for a stage of life, in days: outside `low` to `high` nobody is meant, inside `surely` everybody is."""

    words: str
    low: float
    high: float
    surely: tuple[float, float]
    hints: tuple[str, ...]
    """Strings in small letters of which every text with the word has one."""

    def __contains__(self, days: object) -> bool:
        return isinstance(days, float) and self.low <= days < self.high


def _years(words: str, low: float, high: float, surely: tuple[float, float], *hints: str) -> LifeStage:
    return LifeStage(words, low * YEAR, high * YEAR, (surely[0] * YEAR, surely[1] * YEAR), hints)


ADULTS = _years(r"(?<!older )adults?\b", 18, 130, (18, 130), "adult")
ELDERLY = _years(
    r"(?:elderly|geriatrics?|seniors?|older\s+(?:adults|patients|people))\b", 60, 130, (65, 130),
    "elder", "geriatric", "senior", "older",
)  # fmt: skip
CHILDREN = _years(
    r"(?:child(?:ren)?|pa?ediatrics?|peds|kids|boys|girls)\b(?!\W?pugh|\W?turcotte|bearing)", 0, 18, (2, 12),
    "child", "diatric", "peds", "kids", "boys", "girls",
)  # fmt: skip
NEWBORNS = LifeStage(r"(?:neonat\w+|newborns?)\b", 0, 29, (0, 29), ("neonat", "newborn"))
STAGES = (
    ADULTS,
    ELDERLY,
    CHILDREN,
    _years(r"(?:adolescents?|teen(?:ager)?s?)\b", 10, 18, (12, 18), "adolescent", "teen"),
    _years(r"toddlers?\b", 1, 4, (1, 3), "toddler"),
    LifeStage(r"(?:infants?|bab(?:y|ies))\b", 0, 2 * YEAR, (29, YEAR), ("infant", "bab")),
    NEWBORNS,
    _years(r"(?:growth\s+and\s+)?puberty\s+(?:is\s+)?complete\w*|post-?pubertal", 10, 130, (0, 0), "pubert"),
    _years(r"pre-?puber\w+", 0, 16, (0, 0), "puber"),
    _years(r"post-?menopausal", 35, 130, (0, 0), "menopaus"),
    _years(r"(?:childbearing|reproductive)\s+(?:potential|age)|premenopausal", 9, 60, (0, 0),
           "childbearing", "reproductive", "menopaus"),
    _years(r"(?:gravid\w*|pregnan\w+)\b", 9, 60, (0, 0), "gravid", "pregnan"),
)  # fmt: skip
SPECIAL = (ELDERLY, *STAGES[-2:])
"""Groups of adults for whom texts have headings of their own: the old, women who may be pregnant or are."""
