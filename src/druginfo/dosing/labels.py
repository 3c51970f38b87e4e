"""What a label says: a group of patients, an indication, a qualifier, or only how the text is arranged."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from druginfo.dosing import whom
from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.line import read_line
from druginfo.dosing.regimen import route_of
from druginfo.dosing.signs import Pattern, level, outside_parentheses


def route(text: str) -> str | None:
    return route_of(read_line(text))


def _bands(text: str) -> dict[str, bool]:
    line = read_line(text)
    return {c.kind: True for c in whom.bands(line, 0, len(line.items), label=True) if c.read}


def amounts(text: str) -> bool:
    return bool(re.search("[167]", read_line(text).shape))


Kind = Literal["population", "indication", "qualifier", "structure"]

_PEOPLE = (
    r"adults?|child(?!\W{0,2}(?:turcotte|pugh))(?:ren)?(?:'s)?|pa?ediatrics?|pa?eds|infants?|neonat\w+|newborns?|"
    r"toddlers?|adolescents?|teenagers?|elderly|geriatrics?|seniors?|"
    r"older\s+(?:adults?|patients?(?!-)|people|persons?)|pregnan\w+|breast-?feeding|lactati\w+|nursing\s+mothers|"
    r"women|men|males?|females?|"
    r"patients?(?!-)|people|persons?|individuals|subjects|(?:pre|post)-?menopausal|obes\w+|debilitated|boys|girls|"
    r"preterm|premature|kids|babies|bab(?:y|ies)|pts|low\s+body\s+weight|underweight"
)
_PEOPLE_FIRST = Pattern(
    rf"^(?:(?:[\w-]+-(?:na[iï]ve|tolerant|experienced|resistant|refractory|dependent|exposed|treated|depleted|"
    rf"positive|negative|intolerant)|all|most|other|healthy|young|younger|older|hospitali[sz]ed|special|specific|"
    rf"selected|high-risk|frail|male|female|asian|black|"
    rf"normal|overweight|full-term|term|critically\s+ill|in|for|use\s+in)\s+)*(?:{_PEOPLE})\b",
    re.I,
)
_ORGAN_GROUP = Pattern(
    r"\b(?:renal|kidney|hepatic|liver)\b[\w\s,/-]{0,25}\b(?:impair\w+|insufficiency|dysfunction|failure|disease|"
    r"function|adjust\w+|dos\w+)\b"
    r"|\b(?:h(?:a)?emodialysis|peritoneal\s+dialysis|dialysis(?!\s+(?:circuit|session|membrane|catheter|fluid|line))|"
    r"HD|CRRT|CVVHD?F?|CAPD|end-stage\s+(?:renal|kidney)|ESRD)\b|\bimpaired\s+(?:renal|kidney|hepatic|liver)"
    r"|\b(?:poor|intermediate|rapid|ultra-?rapid|extensive)\s+metaboli[sz]ers?\b|\bco-?morbid|^(?:renal|hepatic|"
    r"kidneys?|livers?)\W*$"
    r"|^(?:elderly|geriatric)",
    re.I,
)
_QUALIFIER = Pattern(
    r"^(?:(?:usual|recommended|typical|standard|oral|intravenous|iv|im|subcutaneous|parenteral|target|total|daily|"
    r"weekly|monthly|starting|"
    r"initial|maximum|maintenance|loading|induction|consolidation|max\.?|minimum|first|second|third|single|repeat|"
    r"later|subsequent|"
    r"basal|bolus|prandial|effective|average|adult|alternative|usually)\s*(?:and\s+)?)*"
    r"(?:dos(?:e|es|age|ing|ages)|start(?:ing)?|initiation|initial(?:ly)?|titration|maintenance|loading|induction|"
    r"consolidation|maximum|max|"
    r"minimum|target|increases?|decreases?|reductions?|duration|frequency|route|range|schedule|regimen|step\s+\d+|"
    r"phase\s+\w+|"
    r"then|thereafter|followed\s+by|first|second|third|fourth|level\s+-?\d+|cycles?|escalation|administration|"
    r"infusion|bolus|injection|"
    r"conversion|tapering?|discontinuation|re-?treatment|premedication|option\s+\d+|regimen\s+\w|monotherapy|"
    r"combination(?:\s+therapy)?)\b(?!\s+of\s)"
    r"|^(?:\w+\s+)?(?:cream|ointment|gel|lotion|foam|tablets?|capsules?|suspension|solution|syrup|drops|patch(?:es)?|"
    r"suppositor\w+|inhaler|"
    r"nebuli[sz]\w+|spray|powder|(?:extended|immediate|delayed)-release|[IEXS]R|enema|lozenges?|pump|implant)\b"
    r"|^(?:gradual\s+)?withdrawal$|^(?:switch|transfer|convert|conversion|chang|restart|interrupt|stopp)\w*\b|\b(?:titration|escalation|"
    r"conversion|tapering)$"
    r"|^(?:on\s+)?(?:day|week|month|cycle|step|grade|visit|hour|dose|year|line|session|weeks|days|months|cycles|"
    r"grades|occurrence)s?\s*[-\d≥<>]"
    r"|^(?:first|second|third|fourth|next|after|following|then|until|from|by|at|before|during|thereafter|"
    r"subsequent(?:ly)?|on|if|when|already)\b"
    r"|\b(?:following|consider|these|below)\b|\b(?:doses?|dosage|dosing)\b|\b(?:regimens?|schedules?|protocols?|"
    r"scale)\b(?:\s*\(.*\))?$|^(?:once|twice|daily|weekly|monthly|every|each)\b"
    r"|^(?:mild|moderate|severe|normal|grade|ANC|platelets?|neutrophils?|h(?:a)?emoglobin|bilirubin|neutropenia|thrombocytopenia|stable|unstable|"
    r"uncomplicated|complicated)\b"
    r"(?!\s+(?:to\s+\w+\s+)?(?:\w+\s+)?(?:arthritis|psoriasis|asthma|pain|hypertension|depress\w+|colitis|atopic|"
    r"disease\s+activity))"
    r"|^(?:[<>≥≤]|\d)|(?:[<>≥≤]|\b(?:above|below|over|under|than|to))\s*\d[\d.,]*\s*(?:%|mg/|mmol|g/|mcg/|/|x\s?ULN|"
    r"U/)|\bChild[\s-]*Pugh\b|^(?:e?GFR|CrCl|Cr\s?Cl|ClCr|creatinine\s+clearance|body\s+weight|weigh\w+|weight|aged?|"
    r"ages)\b"
    r"|^(?:not\s+tolerated|response|inadequate|tolerat|missed|restarting|low|high|medium)\b|^(?:with|without)\b",
    re.I,
)
_GRADED_DISEASE = Pattern(
    r"(?:mild|moderate|severe|stable|unstable|uncomplicated|complicated|(?:first|second|third|"
    r"later)-line)\b(?!.*\bimpairment)",
    re.I,
)
_GRADED_ORGAN = Pattern(
    r"(?:mild|moderate|severe|normal)\b(?:\s+(?:to|or|and|-)\s+\w+)?\s*(?:\([^)]*\))?\s*(?:,|$)", re.I
)
"""A grade of impairment and then something else: "Severe (CrCl <30 mL/min), duodenal ulcer"."""
_STUDIED = Pattern(r"(?:[\w-]+\s+)*(?:stud(?:y|ies)|trials?)$", re.I)
_ARRANGEMENT = Pattern(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:important\s+|general\s+|other\s+|additional\s+|basic\s+|key\s+)?(?:(?:recommended|"
    r"standard|usual|approved|special|clinical|dosage|dosing|dose|"
    r"method|mode|posology|administration|use|cases?|adjustments?|modifications?|considerations?|guidelines?|"
    r"information|instructions?|regimens?|"
    r"groups?|patients|practical|schedules?|recommendations?|overview|summary|notes?|monitoring|preparation|"
    r"reconstitution|storage|handling|populations?|situations?|"
    r"treatment|therapy|tables?|forms?|strengths?|for|of|and|in|the|by|to|before|prior|testing|screening|missed|"
    r"switching|compatibility|"
    r"specific|general|organs?|function|impairment|scenarios?|contexts?|settings?|circumstances?|toxicit\w+|adverse|"
    r"reactions?|missed|doses?|with|on|based|conversion|"
    r"\W)\s*)+$",
    re.I,
)


@lru_cache(maxsize=256)
def heading_label(title: str) -> str:
    """A heading without its number and "Recommended Dosage for": what it adds to the rows below it.

    >>> heading_label("2.1 Recommended Dosage for Rheumatoid Arthritis")
    'Rheumatoid Arthritis'
    """
    bare = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", title.strip()).rstrip(":").strip()
    return re.sub(
        r"^(?:(?:recommended|standard|usual|approved|starting|initial|general)\s+)*(?:dos(?:age|ing|"
        r"e)s?)(?:\s+(?:and\s+administration|regimens?|"
        r"schedules?|recommendations?|guidelines?|adjustments?|modifications?|reductions?))*\s+(?:for|in|"
        r"of)\s+(?:the\s+(?:treatment|management)\s+of\s+|use\s+in\s+)?",
        "",
        bare,
        flags=re.I,
    )


def heading_kind(title: str, words_of: Vocabulary) -> Kind:
    """What a heading says of the rows below it."""
    flat = level(heading_label(title))
    if _ARRANGEMENT.match(flat):
        return "structure"
    if _GRADED_DISEASE.match(flat) and words_of.is_indication(flat):
        return "indication"
    if is_group(flat) and not _starts_with_disease(flat, words_of):
        return "population"
    if _is_qualifier(flat) or route(flat):
        return (
            "indication"
            if words_of.is_indication(flat) and not route(flat) and not _QUALIFIER.match(flat)
            else "qualifier"
        )
    return "indication" if words_of.is_indication(flat) else "structure"


_PHASE = Pattern(
    r"(?:treatment|therapy|prophylaxis|prevention|induction|maintenance|loading|consolidation|continuation|initial|"
    r"start\w*|starting|"
    r"titration|maximum)\b",
    re.I,
)


@lru_cache(maxsize=1024)
def sort_of(label: str) -> str:
    """What a label tells apart: ages, weights, kidney function, phases of treatment, or its first word's things."""
    sorts = (
        ("age", "age" in _bands(label)),
        ("weight", "weight" in _bands(label)),
        ("renal", "renal" in _bands(label) or _ORGAN_GROUP.match(label)),
        ("phase", _PHASE.match(label)),
        ("figures", re.match(r"[<>≥≤]?\s*\d", level(label))),
    )
    return next((sort for sort, found in sorts if found), label.split()[0].lower())


@lru_cache(maxsize=1024)
def is_group(label: str) -> bool:
    """Whether the label names a group of patients."""
    return bool(_PEOPLE_FIRST.match(label) or _ORGAN_GROUP.search(label))


def is_organ(label: str) -> bool:
    """Whether the label names a group by its kidneys or liver, not by who they are."""
    return bool(_ORGAN_GROUP.search(label)) and not _PEOPLE_FIRST.match(label)


_MEASURED = Pattern(r":\s*[<>≥≤]?\s*\d[\d.,]*(?:\s*(?:-|to)\s*<?\s*\d[\d.,]*)?\s*$", re.I)


_THEN_GROUP = Pattern(
    r"(?P<what>.*[^\W\d]{2}.*?),\s+(?P<who>(?:adults?|child(?:ren)?|pa?ediatric\w*|neonat\w+|infants|adolescents|"
    r"elderly)"
    r"(?:\s+(?:patients|only|and\s+\w+))?)\s*",
    re.I,
)


def with_group(label: str) -> tuple[str, str] | None:
    """A label that ends in a group of patients: what it names, and for whom.

    >>> with_group("AF, adults")
    ('AF', 'adults')
    """
    match = None if is_group(label) else _THEN_GROUP.fullmatch(label)
    return (match["what"], match["who"]) if match else None


def with_band(label: str, words_of: Vocabulary) -> tuple[str, str] | None:
    """A label that names an indication and then in whom: "AF, CrCl <30 mL/min" is ("AF", "CrCl <30 mL/min")."""
    disease, rest = _parted(label)
    if not rest or not words_of.is_indication(disease) or _is_qualifier(level(disease)) or is_group(disease):
        return None
    bare = outside_parentheses(level(rest))
    in_whom = re.search(r"[<>≥≤]\s*\d", bare) or _is_band(bare) or is_organ(rest)
    return (disease, rest) if in_whom else None


def _parted(label: str) -> tuple[str, str]:
    """A label's words before its last comma and those behind it."""
    at = outside_parentheses(level(label)).rfind(", ")
    return (label[:at], label[at + 2 :]) if at > 0 else (label, "")


def _is_qualifier(label: str) -> bool:
    if _QUALIFIER.search(label) or _MEASURED.search(label):
        return True
    return _is_band(label)


def _is_band(label: str) -> bool:
    return bool(_bands(label))


def label_kind(
    label: str,
    words_of: Vocabulary,
    *,
    special: bool,
    adjusting: bool,
    nested: bool,
    has_population: bool,
    has_indication: bool,
) -> Kind:
    """What a lead-in label says.

    `special`: it stands in a section about groups of patients or about changes of dose (`adjusting`); `nested`: under a
    label.
    """
    flat = level(label)
    if _ARRANGEMENT.match(flat):
        return "structure"
    if is_group(flat) and not _starts_with_disease(flat, words_of):
        return "qualifier" if has_population and (nested or special) else "population"
    if _GRADED_ORGAN.match(flat) and (special or "renal" in _bands(flat)):
        return "qualifier"
    if re.search("^x*(?:z|x)?x[^DVJ]{0,3}[<>nNbûō41568]|^[<>ō]n?l|^4$", read_line(flat).shape):
        return "qualifier"  # a measurement: "INR 4.5 to 10", "QTc above 500 ms"
    head = outside_parentheses(flat).replace("·", "").strip()
    names = words_of.is_known if special else words_of.is_indication
    parts = head.split(", ")  # "Gout, loading dose"
    before = (", ".join(parts[:count]) for count in range(1, len(parts)))
    is_disease = any(names(disease) and not _is_qualifier(disease) for disease in before)
    graded = _GRADED_DISEASE.match(flat) and names(head)
    if (_is_qualifier(head or flat) or amounts(head)) and (has_indication or not (graded or is_disease)):
        return (
            "population"
            if special and not nested and not has_population and re.match(r"with\b", flat, re.I)
            else "qualifier"
        )
    if (names(flat) or is_disease) and not has_indication:
        return "indication"
    if special:
        return "qualifier" if nested or has_population or adjusting else "population"
    if nested or has_indication:
        return "qualifier"
    nameless = "r" in read_line(flat).shape or _NO_NAME.match(flat) or is_of_studies(flat)
    return "qualifier" if nameless else "indication"


_NO_NAME = Pattern(
    r"(?:withdraw\w*|stop\w*|start\w*|tak(?:e|ing)|giv(?:e|ing)|us(?:e|ing)|convert\w*|in|as|by|of|to|for|how|what|"
    r"why|where|practical(?:ities)?|tips?|"
    r"points?|other|others|general|alternatively|otherwise|exceptions?)\b",
    re.I,
)
"""How a label begins that names nothing."""


def is_of_studies(label: str) -> bool:
    """Whether the label tells where a dose was studied: "Long-term studies"."""
    return bool(_STUDIED.fullmatch(label.strip()))


def _starts_with_disease(label: str, words_of: Vocabulary) -> bool:
    """ "Infection in infants under 12 weeks" and "neonatal sepsis" are indications with their groups."""
    if adjective := re.match(r"(?:neonatal|pa?ediatric|juvenile|adult)\s+(?!patient|population|dos)", label, re.I):
        return words_of.is_indication(label[adjective.end() :])
    match = re.search(rf"\b(?:{_PEOPLE})\b", label, re.I)
    return bool(
        match
        and match.start() > 0
        and not _PEOPLE_FIRST.match(label)
        and not _ORGAN_GROUP.search(label)
        and words_of.is_indication(label)
    )
