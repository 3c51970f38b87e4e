"""When a name that is not known may still open: as a prefix, or as a slip in writing one name and no other.

Each guard is a named rule with its reason; the constants were set on the sets of `tests/scorecard.py`, names held out
of the lexicon among them.
"""

from __future__ import annotations

from dataclasses import dataclass

from druginfo.nearness import cost
from druginfo.vocabulary import Drug, Entry, Vocabulary

SHORTEST_PREFIX = 5
EDITS = 2
"""Names are compared that sound like the query but for this many edits."""
SLOPE, OFFSET, DEAREST = 0.16, -0.3, 2.2
"""Dearest slip that opens a name: `SLOPE` for each of its telling letters, and `OFFSET`, but `DEAREST` at most."""
STEM_WEIGHT = 0.4
"""A letter of the stem tells less: new drugs of a class share it and differ before it."""
MARGIN = 0.5
"""How much dearer the next drug must be than the one that opens."""
LOOK_ALIKE_MARGIN = 1.0
"""The same between the two of an official look-alike pair."""

_STEMS_TEXT = """
            tinib ciclib rafenib parib zomib degib sertib limus mab zumab ximab lumab limab tumab cept kinra ase
    grel gatran         xaban parin prost prazole tidine setron pitant pride azepam azolam bamate barbital caine
    curium curonium fentanil         adol orphan orphine oxetine triptyline pramine peridol perone apine azine
    idone piprazole triptan gepant dopa         giline capone afil alol olol osin zosin pril prilat sartan
    dipine afil vaptan statin fibrate gliptin gliflozin         glitazone glutide relin relix tocin pressin
    onide olone asone sone ometasone terol tropium phylline lukast cillin         cef penem bactam floxacin
    mycin micin cycline oxacin prim sulfa conazole fungin vir navir tegravir buvir previr         asvir ciclovir
    fovir citabine trexate trexed platin rubicin taxel tecan vinca blastine bendazole quine quin         oxanide
    nidazole dronate dronic stim poetin fensin profen fenac coxib oxicam ac amide thiazide semide actone
    metacin butazone gestrel estrol estradiol sterone terone steride ifene fenib imod mustine platinum sulfan
"""
STEMS = tuple(sorted(_STEMS_TEXT.split(), key=len, reverse=True))
"""Stems of nonproprietary names (WHO, "The use of stems in the selection of INN"), longest first."""


@dataclass(frozen=True, slots=True)
class Near:
    """A drug near to a query by the nearest of its names."""

    drug: Drug
    entry: Entry
    cost: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What likeness says of a query: `opens`, or which rule refused."""

    rule: str
    reason: str
    nearest: tuple[Near, ...]
    """Nearest first; for a verdict that opens, the first is what opens."""
    opens: bool = False
    choose: bool = False
    """Whether several drugs are equally good."""


def stem(name: str) -> str:
    """The stem that a name ends in; empty if none."""
    return next((each for each in STEMS if name.endswith(each) and len(name) > len(each) + 1), "")


def dearest(query: str, name: str) -> float:
    """What a slip may cost and `query` still be read as `name`."""
    ending = stem(name)
    telling = len(name) - ((1 - STEM_WEIGHT) * len(ending) if ending and query.endswith(ending) else 0)
    return min(DEAREST, SLOPE * telling + OFFSET)


def begins(folded: str, words: Vocabulary) -> Verdict | None:
    """What a query of some letters begins; None where nothing begins with it."""
    found = [entry for entry in words.beginning(folded) if entry.kind != "x"]
    by_drug: dict[Drug, Near] = {}
    for entry in sorted(found, key=lambda each: (each.named is None, len(each.folded))):
        for drug in entry.drugs:
            by_drug.setdefault(drug, Near(drug, entry, 0.0))
    nearest = tuple(
        sorted(by_drug.values(), key=lambda near: (isinstance(near.drug, int | frozenset), near.entry.folded))
    )
    if not nearest:
        return None
    first = nearest[0]
    if len(nearest) == 1 and isinstance(first.drug, str) and (first.entry.named or first.entry.kind == "g"):
        if len(folded) >= SHORTEST_PREFIX:
            return Verdict("prefix", f"Only names of {words.title(first.drug)} begin with it.", nearest, opens=True)
        return Verdict("short prefix", f"It is shorter than {SHORTEST_PREFIX} letters.", nearest, choose=True)
    return Verdict("prefix of several", "Names of several drugs begin with it.", nearest, choose=True)


def resembles(folded: str, words: Vocabulary) -> Verdict:
    """Which drug's name a query is a slip of, if any."""
    nearest = ranked(folded, words)
    if not nearest:
        return Verdict("nothing near", "No known name is near.", ())
    first, others = nearest[0], nearest[1:]
    limit = dearest(folded, first.entry.folded)
    if first.cost > limit:
        return Verdict("too far", f"The nearest name is too far ({first.cost:g}, at most {limit:.2g}).", nearest)
    if others and others[0].cost < first.cost + MARGIN:
        rivals = [near for near in nearest if near.cost < first.cost + MARGIN]
        choose = any(isinstance(near.drug, str) for near in rivals)
        return Verdict("not clearly nearer", "Another drug's name is about as near.", nearest, choose=choose)
    if not isinstance(first.drug, str):
        return Verdict("nearer to an absent drug", "The nearest name is of a drug without a monograph.", nearest)
    if len(first.entry.drugs) > 1:
        return Verdict("name of several drugs", "The nearest name belongs to several drugs.", nearest, choose=True)
    return Verdict("typo", "Its name is near, and no other drug's is.", nearest, opens=True)


def ranked(folded: str, words: Vocabulary) -> tuple[Near, ...]:
    """The drugs with names near to a query, each by its nearest name, nearest first."""
    found = sorted(words.near(folded, EDITS), key=lambda each: (each[0], each[1].named is None))
    by_drug: dict[Drug, Near] = {}
    for distance, entry in found[:30]:
        if distance > found[0][0] + 1:
            break
        price = cost(folded, entry.folded)
        for drug in entry.drugs or (entry.folded,):
            if drug not in by_drug or price < by_drug[drug].cost:
                by_drug[drug] = Near(drug, entry, price)
    return tuple(
        sorted(
            by_drug.values(), key=lambda near: (near.cost, isinstance(near.drug, int | frozenset), near.entry.folded)
        )
    )
