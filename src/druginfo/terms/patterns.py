"""The tables' words as fragments of patterns, for texts that are searched and not scanned.

Headings, the prose of labels, lint, a line that must not break: each asks for one word at one place, and scanning the
whole text for it would cost more than it tells. A fragment is one group or an alternation of stems; whoever uses it
adds the boundaries. Nothing here is compiled, for what is never asked for should cost a start nothing.
"""

from __future__ import annotations

from druginfo.terms.tables import UNITS, VOLUMES

_SHORT = sorted((unit for unit in UNITS if " " not in unit and unit not in VOLUMES), key=len, reverse=True)
UNIT = rf"(?:{'|'.join(each.replace('units', 'units?') for each in _SHORT)}|[µμu]g|kg|mL|ml|U)"
"""A unit of a drug's amount, as doses are written in English."""
UNIT_ABROAD = rf"(?:{UNIT}|microgram\w*|mikrogram\w*|microgramos|UI|IE|MBq|unidades|%)"
"""The same as strengths are written in the official documents of Europe."""
PERIOD = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
PERIODIC = r"(?:hourly|daily|nightly|weekly|monthly)"
PEOPLE = r"(?:adults?|child(?:ren)?|infants?|neonates?|adolescents?)"
"""People by age, as labels of doses call them."""
WHOM = rf"(?:{PEOPLE}|patients?|people|women|men)"

AMOUNT_WORDS = frozenset("kg lb lbs mg mcg mL g years year months month weeks days hours".split())
"""Units that titles write in small letters."""
TIME_WORDS = frozenset("daily day days week weeks month months year years hour hours".split())
"""What a question, or the words beside a name, may say of time without asking for anything."""

PREGNANT = r"\bpregnan|\btrimester"
UNBORN = (
    r"\bf(?:o)?etus|\bf(?:o)?etal|\bembryo|\bteratogen|\bunborn|\b(?:birth|neural tube) defect"
    r"|\breproductive (?:potential|age)"
)
BREASTFEEDING = r"\bbreast-?\s?(?:feed|fed|milk)|\blactati|\bnursing\b|\bhuman milk|\bthe mother's milk"
CHILDREN = (
    r"\bchild(?!.?pugh|.?bearing)|\bp(?:a)?ediatric|\binfan|\bneonat|\bnewborn|\badolescen|\bbab(?:y|ies)\b"
    r"|\btoddler"
)
CHILD_AGE = (
    r"\b(?:\d+ (?:weeks|months)|(?:[1-9]|1[0-7]|one|two|six|twelve) years) (?:of age )?(?:and|or) (?:older|over|above)"
    r"|\b1?\d years (?:of age )?(?:and|or) (?:younger|under)"
    r"|(?:less than|under|below|younger than|up to) (?:the age of |age )?(?:\d|1[0-8])"
    r"(?: years|\b(?! ?[\w/%.]|,\d|-fold))"
)
NO_AGE = (
    r"(?! ?(?:%|/|[.,]\d|m[cglm]|mEq|min|k[gc]|[nup]g|units?|hours?|days?|weeks?|months?|sec|beats|bpm|square)"
    r"| ?(?:to|-|–) ?(?:less than |<)?\d+ ?m)"
)
"""Behind a number that is an amount, a time, a rate or a part of one, and no age."""
YOUNG = r"\bjuvenile|\bpremature|\bpreterm|\bteen"
"""Words that are mostly, but not always, of children: a premature beat is none."""
ELDERLY = r"\belderly|geriatric|\bolder (?:adult|patient|people|person|wom[ae]n|m[ae]n)|\bseniors?\b|\bBeers\b|old age"
KIDNEY = r"\brenal|\bkidney"
"""The organ by its names; with an illness or a figure beside it, its impairment."""
KIDNEY_MEASURE = r"\bCr ?Cl\b|\bCL ?cr\b|\bcreatinine\s+clearance|\be?GFR\b"
KIDNEY_FAILURE = r"\b(?:h(?:a)?emo|peritoneal )?dialy[sz]|\bESRD\b|\bCKD\b"
LIVER = r"\bhepatic|\bliver"
LIVER_FAILURE = r"\bchild.?pugh|\bcirrho"
ILLNESS = r"(?:impair|insufficien|dysfunction|disease|fail|injur|replacement|transplant|problem)\w*"
"""What makes an organ's name its illness."""
ORGAN = r"(?:kidney|renal|liver|hepatic|heart|cardiac|lung|pancreas)"

AGE_UNIT = r"y|yr|yrs|years?|m|mo|mos|months?|w|wk|wks|weeks?|d|days?"
"""A unit of age as it is typed."""
AGE_IN_FIGURES = r"\d\W?(?:years?|yrs?|months?)\b|\bage[ds]?\W{0,3}\d"
AGES_FIRST = (
    r"\W*(?P<low>\d+)\s*(?P<low_unit>day|week|month|year)s?\s*(?:-|–|to|through)\s*(?P<open>(?:less\s+than|under|<)\s*)?"
    r"(?P<high>\d+)\s*(?P<high_unit>week|month|year)s?\b(?!\s+(?:of\s+(?!age)|after|apart))"
)
"""Ages from one unit to another at the beginning of a text: "1 month to less than 1 year"."""
IN_WHOM = (
    r"(?<!\bas )(?<!\bthan )\b(?:in|for|to)\s+(?:[\w-]+\s+){0,3}?"
    r"(?P<whom>(?:adults?|child(?:ren)?|pa?ediatric|adolescents?|infants?|neonates?|newborns?|elderly|geriatric)"
    r"(?:\s+(?:and|or)\s+(?:adults?|adolescents?|children|(?:pa?ediatric|adult|elderly|geriatric)(?:\s+patients)?))?)"
)
"""Whom a statement is for, in its own words: "in children"."""
OF_AGE = rf"\b(?:{PERIOD}|age[ds]?)\b"
OF_WEIGHT = r"\b(?:kg|weigh\w*)\b"
OF_THE_KIDNEY = r"\b(?:crcl|egfr|gfr|creatinine|clcr)\b"
MOTHERS = r"\b(?:mothers?|breast\W?fe\w+|lactat\w+|nursing)\b"
DIALYSIS = r"\b(?:(?:ha?emo)?dialysis|(?-i:HD|CAPD|CRRT|CVVHD?F?))\b"
END_STAGE = r"\b(?:end[\s-]stage|ESRD|ESKD|(?:renal|kidney)\s+failure|stage\s+5|anuri\w+)\b"
_IMPAIRMENT = r"(?:\s+(?:or|and)\s+\w+)?\s+(?:impairment|dysfunction|insufficiency|disease)\b"
IMPAIRED_KIDNEY = (
    rf"(?<!without\s)(?<!normal\s)\b(?:renal|kidney)\b{_IMPAIRMENT}|\bimpaired\s+(?:renal|kidney)"
    r"|\brenally\s+impaired"
)
IMPAIRED_LIVER = (
    rf"(?<!without\s)(?<!normal\s)\b(?:hepatic|liver)\b{_IMPAIRMENT}|\bimpaired\s+(?:hepatic|liver)"
    r"|\bhepatically\s+impaired|\bcirrho"
)
