"""Whether words are another drug's: its dose is not this one's."""

from __future__ import annotations

import re

from druginfo.dosing.signs import Pattern

_OTHER_DRUG_STEM = Pattern(
    r"(?:mab|nib|pril|sartan|olol|statin|azole|cillin|mycin|micin|floxacin|prazole|parin|dipine|gliptin|gliflozin|"
    r"glutide|"
    r"setron|triptan|vir|cycline|sone|solone|lone|thiazide|semide|barbital|pam|lam|zepam|platin|rubicin|taxel|tecan|"
    r"bine|"
    r"phylline|terol|tropium|afil|prost|fibrate|grel|xaban|gatran|tidine|profen|oxicam|coxib|fenac|caine|curium|"
    r"curonium|"
    r"formin|zide|glitazone|glinide|conazole|fungin|oxetine|ipramine|triptyline|apine|idone|peridol|zine|mide|toin|"
    r"amine|tadine|rizine|xone|codone|morphone|phan|lukast|relin|poetin|racetam|gabalin|gabapentin|trexate|purine|"
    r"prine|sulfa\w*|prim|quine|quin|thromycin|penem|ceph\w+|cef\w+|kacin|mustine|"
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
_NOT_GIVEN_WITH = frozenset(
    "approximately another single doses dosage dosing loading maintenance initial starting additional further repeated "
    "increments smaller larger higher around maximum minimum between either intervals infusion injection boluses "
    "tablets capsules vials syringes".split()
)
"""Words between "with" and an amount that are no medicine."""
_NOT_A_DRUG = frozenset("acid sodium calcium potassium magnesium zinc iron lone".split())
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
    r"(?:\s+(?:should|must|may|can|be|is|are|was|were|has|been|have|to|dose|doses|dosage|therapy|treatment|"
    r"temporarily|first|gradually|also))*"
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


_WORD_BEFORE = Pattern(
    r"([A-Za-z][A-Za-z-]+)\s*(?:,|\(|at|dose\s+of|at\s+a\s+dose\s+of|:|[≤≥<>])?\s*(?:up\s+to\s+|about\s+)?$"
)
_BESIDE = Pattern(r"\b(?:combination|conjunction|together|along)\s+with\s+[a-z][a-z\s-]{3,40},\s*$", re.I, ("with",))
""" "In combination with methotrexate, 3 mg/kg": behind the comma it is this drug's again."""
_GIVEN_WITH = Pattern(
    r"\b(?:with|plus)\s+(?:oral\s+|intravenous\s+|IV\s+)?([a-z][a-z-]{5,})\s+$", re.I, ("with", "plus")
)
_BEHIND_OF = Pattern(r"\s*(?:of\s+)(?:oral\s+|intravenous\s+|the\s+)?([A-Za-z][A-Za-z-]+)")


def is_amount_of_another(before: str, after: str, own_names: frozenset[str]) -> bool:
    """Whether the amount is another drug's: the drug stands right before it, or right behind "of"."""
    before = before[-60:]
    if _BESIDE.search(before):
        return False
    word = _WORD_BEFORE.search(before)
    if word and _is_other_drug(word[1], own_names):
        return True
    given_with = _GIVEN_WITH.search(before)
    if given_with and given_with[1].lower() not in own_names | _NOT_GIVEN_WITH:
        return True
    behind = _BEHIND_OF.match(after)
    return bool(behind and _is_other_drug(behind[1], own_names) and behind[1].lower() not in _NOT_A_DRUG)


def _is_other_drug(word: str, own_names: frozenset[str]) -> bool:
    lower = word.lower()
    if lower in own_names or lower in _COMMON:
        return False
    return lower in _OTHER_DRUGS or (len(lower) > 5 and bool(_OTHER_DRUG_STEM.search(lower)))


_COMMON = frozenset(
    "alone determine medicine routine baseline guideline bedtime combine decline hormone cyclone amide".split()
)
