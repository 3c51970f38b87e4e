"""What a label says: a group of patients, an indication, a qualifier, or only how the text is arranged."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

from druginfo.dosing import bands, organs, words
from druginfo.dosing.quantities import amounts
from druginfo.dosing.regimen import route
from druginfo.dosing.signs import Pattern, level, outside_parentheses
from druginfo.model import Monograph

Kind = Literal["population", "indication", "qualifier", "structure"]

_PEOPLE = (
    r"adults?|child(?!\W{0,2}(?:turcotte|pugh))(?:ren)?(?:'s)?|pa?ediatrics?|infants?|neonat\w+|newborns?|toddlers?|adolescents?|teenagers?|elderly|geriatrics?|seniors?|"
    r"older\s+(?:adults?|patients?(?!-)|people|persons?)|pregnan\w+|breast-?feeding|lactati\w+|nursing\s+mothers|women|men|males?|females?|"
    r"patients?(?!-)|people|persons?|individuals|subjects|(?:pre|post)-?menopausal|obes\w+|debilitated|boys|girls|preterm|premature|kids|babies|bab(?:y|ies)|pts|low\s+body\s+weight|underweight"
)
_PEOPLE_FIRST = Pattern(
    rf"^(?:(?:[\w-]+-(?:na[iï]ve|tolerant|experienced|resistant|refractory|dependent|exposed|treated|depleted|positive|negative|intolerant)|all|most|other|healthy|young|younger|older|hospitali[sz]ed|special|specific|selected|high-risk|frail|male|female|asian|black|"
    rf"normal|overweight|full-term|term|critically\s+ill|in|for|use\s+in)\s+)*(?:{_PEOPLE})\b",
    re.I,
)
_ORGAN_GROUP = Pattern(
    r"\b(?:renal|kidney|hepatic|liver)\b[\w\s,/-]{0,25}\b(?:impair\w+|insufficiency|dysfunction|failure|disease|function|adjust\w+|dos\w+)\b"
    r"|\b(?:h(?:a)?emodialysis|peritoneal\s+dialysis|dialysis(?!\s+(?:circuit|session|membrane|catheter|fluid|line))|HD|CRRT|CVVHD?F?|CAPD|end-stage\s+(?:renal|kidney)|ESRD)\b|\bimpaired\s+(?:renal|kidney|hepatic|liver)"
    r"|\b(?:poor|intermediate|rapid|ultra-?rapid|extensive)\s+metaboli[sz]ers?\b|\bco-?morbid|^(?:renal|hepatic|kidney|liver)\W*$"
    r"|^(?:elderly|geriatric)",
    re.I,
)
_QUALIFIER = Pattern(
    r"^(?:(?:usual|recommended|typical|standard|oral|intravenous|iv|im|subcutaneous|parenteral|target|total|daily|weekly|monthly|starting|"
    r"initial|maximum|maintenance|loading|induction|consolidation|max\.?|minimum|first|second|third|single|repeat|later|subsequent|"
    r"basal|bolus|prandial|effective|average|adult|alternative|usually)\s*(?:and\s+)?)*"
    r"(?:dos(?:e|es|age|ing|ages)|start(?:ing)?|initiation|initial(?:ly)?|titration|maintenance|loading|induction|consolidation|maximum|max|"
    r"minimum|target|increases?|decreases?|reductions?|duration|frequency|route|range|schedule|regimen|step\s+\d+|phase\s+\w+|"
    r"then|thereafter|followed\s+by|first|second|third|fourth|level\s+-?\d+|cycles?|escalation|administration|infusion|bolus|injection|"
    r"conversion|tapering?|discontinuation|re-?treatment|premedication|option\s+\d+|regimen\s+\w|monotherapy|combination(?:\s+therapy)?)\b(?!\s+of\s)"
    r"|^(?:\w+\s+)?(?:cream|ointment|gel|lotion|foam|tablets?|capsules?|suspension|solution|syrup|drops|patch(?:es)?|suppositor\w+|inhaler|"
    r"nebuli[sz]\w+|spray|powder|(?:extended|immediate|delayed)-release|[IEXS]R|enema|lozenges?|pump|implant)\b"
    r"|^(?:switch|transfer|convert|conversion|chang|restart|interrupt|stopp)\w*\b"
    r"|^(?:on\s+)?(?:day|week|month|cycle|step|grade|visit|hour|dose|year|line|session|weeks|days|months|cycles|grades|occurrence)s?\s*[-\d≥<>]"
    r"|^(?:first|second|third|fourth|next|after|following|then|until|from|by|at|before|during|thereafter|subsequent(?:ly)?|on|if|when|already)\b"
    r"|\b(?:following|consider|these|below)\b|\b(?:doses?|dosage|dosing)\b|\b(?:regimens?|schedules?|protocols?|scale)\b(?:\s*\(.*\))?$|^(?:once|twice|daily|weekly|monthly|every|each)\b"
    r"|^(?:mild|moderate|severe|normal|grade|ANC|platelet|neutrophil|neutropenia|thrombocytopenia|stable|unstable|uncomplicated|complicated)\b"
    r"(?!\s+(?:to\s+\w+\s+)?(?:\w+\s+)?(?:arthritis|psoriasis|asthma|pain|hypertension|depress\w+|colitis|atopic|disease\s+activity))"
    r"|^(?:[<>≥≤]|\d)|(?:[<>≥≤]|\b(?:above|below|over|under|than|to))\s*\d[\d.,]*\s*(?:%|mg/|mmol|g/|mcg/|/|x\s?ULN|U/)|\bChild[\s-]*Pugh\b|^(?:e?GFR|CrCl|Cr\s?Cl|ClCr|creatinine\s+clearance|body\s+weight|weigh\w+|weight|aged?|ages)\b"
    r"|^(?:not\s+tolerated|response|inadequate|tolerat|missed|restarting|low|high|medium)\b|^(?:with|without)\b",
    re.I,
)
_GRADED_DISEASE = Pattern(
    r"(?:mild|moderate|severe|stable|unstable|uncomplicated|complicated)\b(?!.*\bimpairment)", re.I
)
_GRADED_ORGAN = Pattern(
    r"(?:mild|moderate|severe|normal)\b(?:\s+(?:to|or|and|-)\s+\w+)?\s*(?:\([^)]*\))?\s*(?:,|$)", re.I
)
"""A grade of impairment and then something else: "Severe (CrCl <30 mL/min), duodenal ulcer"."""
_STUDIED = Pattern(r"(?:[\w-]+\s+)*(?:stud(?:y|ies)|trials?)$", re.I)
_ARRANGEMENT = Pattern(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:important\s+|general\s+|other\s+|additional\s+|basic\s+|key\s+)?(?:(?:recommended|standard|usual|approved|special|clinical|dosage|dosing|dose|"
    r"method|mode|posology|administration|use|cases?|adjustments?|modifications?|considerations?|guidelines?|information|instructions?|regimens?|"
    r"groups?|patients|practical|schedules?|recommendations?|overview|summary|notes?|monitoring|preparation|reconstitution|storage|handling|populations?|situations?|"
    r"treatment|therapy|tables?|forms?|strengths?|for|of|and|in|the|by|to|before|prior|testing|screening|missed|switching|compatibility|"
    r"specific|general|scenarios?|contexts?|settings?|circumstances?|toxicit\w+|adverse|reactions?|missed|doses?|with|on|based|conversion|"
    r"\W)\s*)+$",
    re.I,
)
_DISEASE = Pattern(
    r"\b\w+(?:itis|osis|oses|emia|aemia|oma|omas|pathy|algia|uria|penia|plegia|rrh?ea|asthenia|phobia|mania|lepsy|trophy|cytosis|sclerosis|iasis)\b"
    r"|\b(?:arthritis|disease|disorder|syndrome|infections?|cancer|carcinoma|tumou?rs?|pain|hypertension|diabetes|asthma|COPD|seizures?|epilep\w+|"
    r"depress\w+|anxiety|migraine|angina|fibrillation|flutter|failure|stroke|infarction|embolism|thrombosis|ulcers?|reflux|GERD|insomnia|nausea|"
    r"vomiting|psoria\w+|lupus|gout|malaria|tubercul\w+|HIV|COVID(?:-19)?|influenza|sepsis|shock|prophylaxis|prevention|transplant\w*|an(?:a)?esthesia|"
    r"sedation|intubation|withdrawal|overdose|edema|arrhythmias?|tachycardia|spasms?|spasticity|acne|eczema|dermatitis|alopecia|deficiency|"
    r"fever|allerg\w+|rhinitis|conjunctivitis|glaucoma|incontinence|hyperplasia|menopause|contraception|infertility|bleeding|wounds?|surgery|"
    r"hypothyroidism|hyperthyroidism|obesity|weight\s+(?:loss|management|reduction)|cessation|schizophrenia|bipolar|ADHD|dementia|parkinson\w*|"
    r"alzheimer\w*|lymphoma|leuk(?:a)?emia|myeloma|melanoma|sarcoma|vertigo|motion\s+sickness|hiccups?|cough|cold|chickenpox|shingles|herpes|"
    r"candid\w+|aspergillosis|onchocerciasis|strongyloid\w+|scabies|lice|worms?|scurvy|poisoning|toxicity|an(?:a)?phylaxis|DVT|PE|VTE|ACS|NVAF|AF|RA|UTI|"
    r"pneumonia|bronchitis|sinusitis|pharyngitis|gonorrh(?:o)?ea|chlamydia|syphilis|anthrax|plague|hyperlipid\w+|hypercholesterol\w+)\b",
    re.I,
)
_COMMON = frozenset(
    "adult adults children patients patient with treatment therapy dose dosage initial maintenance disease "
    "severe moderate mild active other from that have this used use indicated days weeks years older than less "
    "more oral intravenous single combination daily risk high response inadequate after before during alone "
    "only including acute chronic prescribed adjunct reduce standard renal hepatic impairment kidney liver "
    "elderly pediatric recommended general loading starting start maximum target tablets injection infusion "
    "solution weight month months week year lines line prior without which these those been such also "
    "prevention".split()
)


class Vocabulary:
    """What a monograph says of itself: its indications' words and the abbreviations that it defines."""

    def __init__(self, monograph: Monograph) -> None:
        self.monograph = monograph

    @cached_property
    def usage_words(self) -> frozenset[str]:
        """Words of the sections that tell what the drug is for."""
        told = " ".join(s.text for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0]))
        return frozenset(w for w in re.findall(r"[a-z][\w-]{3,}", told.lower()) if w not in _COMMON)

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviation → the words before it: "rheumatoid arthritis (RA)"."""
        found: dict[str, str] = {}
        for section in self.monograph.sections:
            for match in re.finditer(r"\(((?=[a-z/-]*[A-Z])[A-Za-z][A-Za-z0-9/-]{1,10})s?\)", section.text):
                before = section.text[max(0, match.start() - 100) : match.start()].rsplit("\n", 1)[-1]
                meaning = _expansion(re.findall(r"[\w'’-]+", before)[-8:], match[1])
                if meaning:
                    found.setdefault(match[1], meaning)
        return found

    @cached_property
    def _answers(self) -> dict[str, bool]:
        return {}

    def is_indication(self, label: str) -> bool:
        """Whether the label names something that the drug is given for."""
        if label not in self._answers:
            self._answers[label] = self._names_indication(label)
        return self._answers[label]

    def _names_indication(self, label: str) -> bool:
        return bool(_DISEASE.search(label)) or self.is_known(label)

    def is_known(self, label: str) -> bool:
        """Whether the monograph's own words for its indications are in the label."""
        shorts = set(re.findall(r"[A-Z][A-Za-z0-9/-]+", label)) & self.abbreviations.keys()
        if any(_DISEASE.search(self.abbreviations[s]) or self._is_told(self.abbreviations[s]) for s in shorts):
            return True
        return self._is_told(label)

    def _is_told(self, label: str) -> bool:
        own = [w for w in re.findall(r"[a-z][\w-]{3,}", label.lower()) if w not in _COMMON]
        return bool(own) and sum(w in self.usage_words for w in own) * 2 > len(own)


_USAGE = Pattern(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)


def _expansion(before: list[str], short: str) -> str | None:
    """The words before an abbreviation that its letters begin."""
    letters = [c.lower() for c in short if c.isalpha()]
    for count in range(1, min(len(before), len(letters) + 3) + 1):
        tail = before[-count:]
        initials = [w[0].lower() for word in tail for w in word.split("-") if w]
        if initials and initials[0] == letters[0] and _subsequence(letters, initials, " ".join(tail).lower()):
            return " ".join(tail)
    return None


def _subsequence(letters: list[str], initials: list[str], joined: str) -> bool:
    if letters == [i for i in initials if i in letters][: len(letters)] and len(initials) <= len(letters) + 2:
        return True
    at = 0
    for letter in letters:
        at = joined.find(letter, at) + 1
        if not at:
            return False
    return len(initials) <= len(letters)


@lru_cache(maxsize=256)
def heading_label(title: str) -> str:
    """A heading without its number and "Recommended Dosage for": what it adds to the rows below it.

    >>> heading_label("2.1 Recommended Dosage for Rheumatoid Arthritis")
    'Rheumatoid Arthritis'
    """
    bare = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", title.strip()).rstrip(":").strip()
    return re.sub(
        r"^(?:(?:recommended|standard|usual|approved|starting|initial|general)\s+)*(?:dos(?:age|ing|e)s?)(?:\s+(?:and\s+administration|regimens?|"
        r"schedules?|recommendations?|guidelines?|adjustments?|modifications?|reductions?))*\s+(?:for|in|of)\s+(?:the\s+(?:treatment|management)\s+of\s+|use\s+in\s+)?",
        "",
        bare,
        flags=re.I,
    )


def heading_kind(title: str, words_of: Vocabulary) -> Kind:
    """What a heading says of the rows below it."""
    flat = level(heading_label(title))
    if _ARRANGEMENT.match(flat):
        return "structure"
    if is_group(flat):
        return "population"
    if _is_qualifier(flat) or route(flat):
        return (
            "indication"
            if words_of.is_indication(flat) and not route(flat) and not _QUALIFIER.match(flat)
            else "qualifier"
        )
    return "indication" if words_of.is_indication(flat) else "structure"


@lru_cache(maxsize=1024)
def is_group(label: str) -> bool:
    """Whether the label names a group of patients."""
    return bool(_PEOPLE_FIRST.match(label) or _ORGAN_GROUP.search(label))


def _is_qualifier(label: str) -> bool:
    if _QUALIFIER.search(label):
        return True
    return bool(bands.age(label, label=True) or bands.weight(label, label=True) or organs.renal_range(label))


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
    if _GRADED_ORGAN.match(flat) and (special or organs.renal_range(flat)):
        return "qualifier"
    head = outside_parentheses(flat).replace("·", "").strip()
    if (_is_qualifier(head or flat) or amounts(head)) and not (
        not has_indication
        and _GRADED_DISEASE.match(flat)
        and (words_of.is_known(head) if special else words_of.is_indication(head))
    ):
        return (
            "population"
            if special and not nested and not has_population and re.match(r"with\b", flat, re.I)
            else "qualifier"
        )
    names_one = words_of.is_known(flat) if special else words_of.is_indication(flat)
    if names_one and not has_indication:
        return "indication"
    if special:
        return "qualifier" if nested or has_population or adjusting else "population"
    if nested or has_indication:
        return "qualifier"
    nameless = words.ROUTE.search(flat) or _NO_NAME.match(flat) or is_of_studies(flat)
    return "qualifier" if nameless else "indication"


_NO_NAME = Pattern(
    r"(?:withdraw\w*|stop\w*|start\w*|tak(?:e|ing)|giv(?:e|ing)|us(?:e|ing)|convert\w*|in|as|by|of|to|for|how|what|why|where|practical(?:ities)?|tips?|"
    r"points?|other|others|general|alternatively|otherwise|exceptions?)\b",
    re.I,
)
"""How a label begins that names nothing."""


def is_of_studies(label: str) -> bool:
    """Whether the label tells where a dose was studied: "Long-term studies"."""
    return bool(_STUDIED.fullmatch(label.strip()))


def _starts_with_disease(label: str, words_of: Vocabulary) -> bool:
    """ "Infection in infants under 12 weeks" is an indication with its group."""
    match = re.search(rf"\b(?:{_PEOPLE})\b", label, re.I)
    return bool(
        match
        and match.start() > 0
        and not _PEOPLE_FIRST.match(label)
        and not _ORGAN_GROUP.search(label)
        and words_of.is_indication(label)
    )
