"""Whose: the drug of a monograph, and which words of a line name another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from druginfo.dosing.line import Line
from druginfo.terms.scan import scan
from druginfo.terms.tables import SALTS


class OwnDrug:
    """A monograph's drug by its names; `words` are the words of these, in lower case."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.words = (
            frozenset(
                token.word
                for name in self.names
                for token in scan(name).tokens
                if token.code in "zx" and len(token.word) > 2
            )
            - _NO_NAMES
        )

    def is_other(self, line: Line, at: int, *, dosed: bool = False) -> bool:
        """Whether the word at an item names another medicine. `dosed`: it stands behind "dose of", where a word that
        nothing knows is a medicine's name too."""
        items = line.items
        if not 0 <= at < len(items) or items[at].code != "z":
            return False
        word = items[at].word
        if word in self.words:
            return False
        if word in _AGENTS or word.split("-")[0] in _AGENTS:
            return True
        if word in SALTS and at and items[at - 1].code == "z" and dosed is False:
            return True  # "folic acid 5 mg", "ferrous sulfate 325 mg"
        if word in _ORDINARY or not word.isalpha():
            return False
        written = line.text[items[at].start : items[at].end]
        return _is_other(written, self.names) or (dosed and written.islower() and not _is_own(written, self.names))


@lru_cache(maxsize=4096)
def _is_other(word: str, own: tuple[str, ...]) -> bool:
    lower = word.lower()
    if len(lower) < 4:
        return False
    if len(lower) > 5 and lower.endswith(_STEMS):
        return True
    from druginfo.names import whose_drug  # the lexicon takes 50 ms to load: only for what an ending leaves open

    return whose_drug(word, own) == "other" or (lower != word and whose_drug(lower, own) == "other")


@lru_cache(maxsize=4096)
def _is_own(word: str, own: tuple[str, ...]) -> bool:
    from druginfo.names import whose_drug

    return whose_drug(word, own) == "own"


_NO_NAMES = frozenset("extended release oral the and for with human".split())
_AGENTS = frozenset(
    "inhibitor inhibitors inducer inducers anticonvulsant anticonvulsants antacid antacids diuretic diuretics "
    "opioid opioids "
    "corticosteroid corticosteroids anticoagulant anticoagulants antibiotic antibiotics statin statins "
    "sulfonylurea sulfonylureas "
    "benzodiazepine benzodiazepines nsaid nsaids heparin iron insulin aspirin glucocorticoid glucocorticoids "
    "steroid steroids "
    "digoxin digitalis lithium folic folate vitamin vitamins calcium potassium magnesium bicarbonate alcohol".split()
)
"""Other medicines by what they do; and some whose names no ending betrays."""
_STEMS = tuple(
    "mab nib pril sartan olol statin azole cillin mycin micin floxacin prazole parin dipine gliptin gliflozin "
    "glutide setron "
    "triptan navir buvir asvir cycline sone solone thiazide semide barbital azepam zolam zepam platin rubicin "
    "taxel tecan phylline "
    "terol tropium afil prost fibrate grel xaban gatran tidine profen oxicam coxib fenac caine curonium formin "
    "glitazone "
    "glinide conazole fungin oxetine ipramine triptyline peridol toin tadine rizine codone morphone lukast "
    "relin poetin "
    "racetam gabalin trexate thromycin penem mustine cristine blastine poside fosfamide phosphamide dronate "
    "leucovorin".split()
)
"""Endings of international nonproprietary names: a word with one is a medicine's (WHO, the use of stems, 2018)."""
_ORDINARY = frozenset(
    "treatment therapy body tablet weeks dose course need needs response tolerance effect least total daily "
    "bolus loading body "
    "weight elemental base equivalents patient infusion drug medication body surface area high low risk severe "
    "other another these "
    "this that than hours before after only more less given same use over symptoms pain disease adults "
    "medicine product solution "
    "suspension formulation strength vial vials syringe prior until there their each first day increments "
    "additional amount "
    "followed increments lean ideal actual interval intervals occasion adult dosing infection infections "
    "regimen water saline "
    "dextrose evening morning bedtime meal food combination active ingredient this product units hydrochloride "
    "alone plus bid".split()
)
"""Words that stand beside amounts and are no medicines, so that the lexicon is not asked for them."""
