"""When a name that is not known may still open: as a prefix, or as a slip in writing one name and no other.

Each guard is a named rule with its reason; the constants were set on the sets of `tests/scorecard`, names held out
of the lexicon among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from druginfo.names import fold
from druginfo.names.nearness import cost
from druginfo.names.vocabulary import Drug, Entry, Vocabulary

SHORTEST_PREFIX = 5
EDITS = 2
"""Names are compared that sound like the query but for this many edits."""
COMPARED = 30
"""The most names that are compared."""
SLOPE, OFFSET, DEAREST = 0.16, 0.5, 2.2
"""Dearest slip that opens a name: `SLOPE` for each of its telling letters, and `OFFSET`, but `DEAREST` at most."""
STEM_WEIGHT = 0.2
"""How much a letter of the stem tells: new drugs of a class share it and differ before it."""
BRAND_STRICTER, UNLISTED_STRICTER = 1.0, 1.2
"""How much less a slip of a brand may cost: brands follow no pattern, and an unknown one may differ by a letter. More
so for the brands and by-names that only the lexicon has, which are many."""
ONE_EDIT, LONG = 1.1, 8
"""What a slip of a name so long, not a brand, may cost whatever its stem: one letter too many or too few."""
MARGIN = 0.3
"""How much dearer the next drug's name must be than the one that opens; a brand or by-name of the lexicon counts as so
much dearer than it is, unless what would open is such a name itself."""
MARGIN_AS_FEW = 0.8
"""The same where the next name is no more edits away: pentobarbital and phenobarbital for "penobarbital"."""
LOOK_ALIKE_MARGIN = 1.0
"""How much dearer the other name of an official look-alike pair must be."""

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


class Near(NamedTuple):
    """A drug near to a query."""

    drug: Drug
    entry: Entry
    """The nearest of its names; where one of those that may open is near enough, the nearest of these."""
    cost: float
    """The cost of its nearest name, whichever it is."""
    rival: float
    """The cost of its nearest nonproprietary or library name, or that of its nearest name and `MARGIN`."""


class Verdict(NamedTuple):
    """What likeness says of a query: `opens`, or which rule refused."""

    rule: str
    reason: str
    nearest: tuple[Near, ...]
    """Nearest first; for a verdict that opens, the first is what opens."""
    opens: bool = False
    choose: bool = False
    """Whether several drugs are equally good."""


def shared_stem(query: str, name: str) -> int:
    """How many letters of a name are a stem that the query ends in too, be it with another language's ending
    (Oracilline, oxacillin)."""
    bare = query.rstrip("aeo")
    return next((len(each) for each in STEMS if name.endswith(each) and bare.endswith(each.rstrip("aeo"))), 0)


def dearest(query: str, entry: Entry, title: str) -> float:
    """What a slip may cost and `query` still be read as that name of the drug of that title."""
    length = len(entry.folded)
    telling = length - (1 - STEM_WEIGHT) * shared_stem(query, entry.folded)
    limit = min(DEAREST, SLOPE * telling + OFFSET)
    if is_brand(entry):
        return limit - BRAND_STRICTER
    if is_unlisted(entry, title):
        return limit - UNLISTED_STRICTER
    return max(limit, ONE_EDIT) if length >= LONG else limit


def is_brand(entry: Entry) -> bool:
    """Whether a name is one of the library's brands."""
    return entry.named is not None and entry.named.field == "brand"


def is_unlisted(entry: Entry, title: str) -> bool:
    """Whether a name is a brand or by-name that only the lexicon has: these are many and short, and brands stand among
    the names of pharmacopoeias too. Those that share the stem of the title are national names (frusemide)."""
    if entry.kind not in "gn":
        return entry.kind == "b"
    folded = fold(title)
    return entry.folded != folded and not shared_stem(folded, entry.folded)


def begins(folded: str, words: Vocabulary) -> Verdict | None:
    """What a query of some letters begins; None where nothing begins with it.

    A name that only adds words to one of the library's, and is of a drug that the library lacks (abacavir impurity B),
    counts for nothing beside it: who writes that one whole is shown the library's drug too.
    """
    found = [entry for entry in words.beginning(folded) if entry.kind != "x"]
    if len(folded) >= SHORTEST_PREFIX:
        own = {entry.written.lower() for entry in found if all(isinstance(drug, str) for drug in entry.drugs)}
        found = [entry for entry in found if entry.written.lower() in own or own.isdisjoint(_shorter(entry.written))]
    by_drug: dict[Drug, Near] = {}
    for entry in sorted(found, key=_rank):
        for drug in entry.drugs:
            by_drug.setdefault(drug, Near(drug, entry, 0.0, 0.0))
    nearest = tuple(
        sorted(
            (by_drug[drug] for drug in words.settled(tuple(by_drug))),
            key=lambda near: (isinstance(near.drug, int | frozenset), near.entry.folded),
        )
    )
    if not nearest:
        return None
    first = nearest[0]
    if len(nearest) == 1 and isinstance(first.drug, str) and first.entry.kind in "lg":
        if len(folded) >= SHORTEST_PREFIX:
            return Verdict("prefix", f"Only names of {words.title(first.drug)} begin with it.", nearest, opens=True)
        return Verdict("short prefix", f"It is shorter than {SHORTEST_PREFIX} letters.", nearest, choose=True)
    return Verdict("prefix of several", "Names of several drugs begin with it.", nearest, choose=True)


def _rank(entry: Entry) -> tuple[bool, bool, int]:
    """The drug's own title before its other names, these before the lexicon's, short ones first."""
    return entry.named is None, entry.named is not None and entry.named.field != "title", len(entry.folded)


def _shorter(name: str) -> Iterator[str]:
    """The first word of a name, its first two and so on, in lower case."""
    yield from (name[: end.start()].lower() for end in re.finditer(r"\W+", name) if end.start())


def is_word_of_several(folded: str, start: Verdict) -> bool:
    """Whether a query is the first words of several drugs' names: "insulin" is no slip of inulin."""
    named = (near for near in start.nearest if folded in map(fold, _shorter(near.entry.written)))
    return len(list(islice(named, 2))) == 2


def resembles(folded: str, words: Vocabulary) -> Verdict:
    """Which drug's name a query is a slip of, if any."""
    nearest = ranked(folded, words)
    if not nearest:
        return Verdict("nothing near", "No known name is near.", ())
    first, others = nearest[0], nearest[1:]
    limit = dearest(folded, first.entry, words.title(first.drug))
    price = cost(folded, first.entry.folded)
    if price > limit:
        return Verdict("too far", f"The nearest name is too far ({price:g}, at most {limit:.2g}).", nearest)
    obscure = is_brand(first.entry) or is_unlisted(first.entry, words.title(first.drug))
    if rivals := [near for near in others if _is_rival(folded, near, first, obscure)]:
        choose = any(isinstance(near.drug, str) for near in (first, *rivals))
        return Verdict("not clearly nearer", "Another drug's name is about as near.", nearest, choose=choose)
    if not isinstance(first.drug, str):
        return Verdict("nearer to an absent drug", "The nearest name is of a drug without a monograph.", nearest)
    if len(first.entry.drugs) > 1:
        return Verdict("name of several drugs", "The nearest name belongs to several drugs.", nearest, choose=True)
    return Verdict("typo", "Its name is near, and no other drug's is.", nearest, opens=True)


def _is_rival(folded: str, near: Near, first: Near, obscure: bool) -> bool:
    """Whether a query could as well be a slip of the one name as of the first; a brand or by-name is `obscure`."""
    from rapidfuzz.distance import OSA

    if (near.cost if obscure else near.rival) < first.cost + MARGIN:
        return True
    nonproprietary = near.rival == near.cost
    if not nonproprietary or near.cost >= first.cost + MARGIN_AS_FEW:
        return False
    return OSA.distance(folded, near.entry.folded) <= OSA.distance(folded, first.entry.folded)


def ranked(folded: str, words: Vocabulary) -> tuple[Near, ...]:
    """The drugs with names near to a query, nearest first."""
    found = words.near(folded, EDITS)
    priced: dict[Drug, list[tuple[float, Entry]]] = {}
    for distance, entry in found[:COMPARED]:
        if distance > found[0][0] + 1:
            break
        price = cost(folded, entry.folded)
        for drug in entry.drugs or (frozenset([entry.folded]),):
            priced.setdefault(drug, []).append((price, entry))
    nearest = (_near(folded, drug, names, words) for drug, names in priced.items())
    return tuple(sorted(nearest, key=lambda near: (near.cost, not isinstance(near.drug, str), near.entry.folded)))


def _near(folded: str, drug: Drug, names: list[tuple[float, Entry]], words: Vocabulary) -> Near:
    names.sort(key=lambda each: (each[0], each[1].named is None))
    price, entry = names[0]
    rival = min(each + (0 if other.kind in "lg" else MARGIN) for each, other in names)
    if len(names) > 1:
        title = words.title(drug)
        entry = next((other for each, other in names if each <= dearest(folded, other, title)), entry)
    return Near(drug, entry, price, rival)
