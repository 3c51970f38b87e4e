"""What a monograph is for: its indications' words and the abbreviations that it defines."""

from __future__ import annotations

import re
from functools import cached_property

from druginfo.dosing.signs import Pattern
from druginfo.model import Monograph

_DISEASE = Pattern(
    r"\b\w+(?:itis|osis|oses|emia|aemia|oma|omas|pathy|algia|uria|penia|plegia|rrh?ea|asthenia|phobia|mania|lepsy|"
    r"trophy|cytosis|sclerosis|iasis|spasms?)\b"
    r"|\b(?:arthritis|disease|disorder|syndrome|infections?|cancer|carcinoma|tumou?rs?|pain|hypertension|diabetes|"
    r"asthma|COPD|seizures?|epilep\w+|"
    r"depress\w+|anxiety|migraine|angina|fibrillation|flutter|failure|stroke|infarction|embolism|thrombosis|ulcers?|"
    r"reflux|GERD|insomnia|nausea|"
    r"vomiting|psoria\w+|lupus|gout|malaria|tubercul\w+|HIV|COVID(?:-19)?|influenza|sepsis|shock|prophylaxis|"
    r"prevention|transplant\w*|an(?:a)?esthesia|"
    r"sedation|intubation|withdrawal|overdose|edema|arrhythmias?|tachycardia|spasms?|spasticity|acne|eczema|"
    r"dermatitis|alopecia|deficiency|"
    r"fever|allerg\w+|rhinitis|conjunctivitis|glaucoma|incontinence|hyperplasia|menopause|contraception|infertility|"
    r"bleeding|wounds?|surgery|inflammation|"
    r"hypothyroidism|hyperthyroidism|obesity|weight\s+(?:loss|management|reduction)|cessation|schizophrenia|bipolar|"
    r"ADHD|dementia|parkinson\w*|"
    r"alzheimer\w*|lymphoma|leuk(?:a)?emia|myeloma|melanoma|sarcoma|vertigo|motion\s+sickness|hiccups?|cough|cold|"
    r"chickenpox|shingles|herpes|"
    r"candid\w+|aspergillosis|onchocerciasis|strongyloid\w+|scabies|lice|worms?|scurvy|poisoning|toxicity|"
    r"an(?:a)?phylaxis|DVT|PE|VTE|ACS|NVAF|AF|RA|UTI|"
    r"pneumonia|bronchitis|sinusitis|pharyngitis|gonorrh(?:o)?ea|chlamydia|syphilis|anthrax|plague|hyperlipid\w+|"
    r"hypercholesterol\w+)\b",
    re.I,
)
_COMMON = frozenset(
    "adult adults children patients patient with treatment therapy dose dosage initial maintenance disease "
    "severe moderate mild active other from that have this used use indicated days weeks years older than less "
    "more oral intravenous single combination daily risk high response inadequate after before during alone "
    "only including acute chronic prescribed adjunct reduce standard renal hepatic impairment kidney liver "
    "elderly pediatric recommended general loading starting start maximum target tablets capsules injection infusion "
    "solution weight month months week year lines line prior without which these those been such also "
    "prevention".split()
)


class Vocabulary:
    """What a monograph says of itself: its indications' words and the abbreviations that it defines."""

    def __init__(self, monograph: Monograph) -> None:
        self.monograph = monograph
        self._answers: dict[str, bool] = {}

    @cached_property
    def usage_words(self) -> frozenset[str]:
        """Words of the sections that tell what the drug is for, but for its names."""
        told = " ".join(s.text for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0]))
        return frozenset(self._telling(told))

    @cached_property
    def _names(self) -> str:
        return " ".join(each.name for each in self.monograph.names).lower()

    def _telling(self, text: str) -> list[str]:
        """The words that are neither common nor the drug's name."""
        words = re.findall(r"[a-z][\w-]{3,}", text.lower())
        return [word for word in words if word not in _COMMON and word not in self._names]

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

    def is_indication(self, label: str) -> bool:
        """Whether the label names something that the drug is given for."""
        if label not in self._answers:
            self._answers[label] = self._names_indication(label)
        return self._answers[label]

    def _names_indication(self, label: str) -> bool:
        return self.is_disease(label) or self.is_known(label)

    @staticmethod
    def is_disease(label: str) -> bool:
        """Whether the label has the name of a disease, or of something that is treated."""
        return _DISEASE.search(label) is not None

    def is_known(self, label: str) -> bool:
        """Whether the monograph's own words for its indications are in the label."""
        shorts = set(re.findall(r"[A-Za-z][A-Za-z0-9/-]+", label)) & self.abbreviations.keys()
        if any(_DISEASE.search(self.abbreviations[s]) or self._is_told(self.abbreviations[s]) for s in shorts):
            return True
        return self._is_told(label)

    def _is_told(self, label: str) -> bool:
        own = self._telling(label)
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
