"""Whether a query is a slip in writing one name and no other, or the beginning of one: the evidence for and against.

No single threshold tells a slip from another name. What is weighed: how likely people make just this edit (`cost`), how
much of the name tells it from others, how much the medicine is in use, and whether any other medicine is near. The
weights were fitted to half of the misspellings of people that we have, and to names of medicines held out of the
lexicon; the other half measures them (docs/matching.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import log, sqrt
from typing import NamedTuple

from druginfo.names.folding import fold, joins, same_marks
from druginfo.names.look_alikes import look_alikes
from druginfo.names.nearness import LEAST, LEAST_EDIT, cost, edits, has_word_beside
from druginfo.names.skeleton import skeleton
from druginfo.names.vocabulary import DrugKey, Entry, Vocabulary
from druginfo.terms.affixes import AFFIXES, AFFIXES_BY_PLACE, BEFORE_NAMES
from druginfo.terms.files import word_list

SHORTEST_PREFIX = 5
SHORT = 4
"""Names so short, and queries, are exact: an edit of one in four letters makes another name of it."""
EDITS, LONG = 2, 9
"""Names are compared that are so many edits away; of `LONG` letters or more, one edit more."""
FARTHEST = 2.4
"""What a slip may cost at most to be compared, and to be suggested."""
BESIDE = 1.5
"""What is so much dearer than the nearest name is not worth comparing."""
A_LETTER = 0.34
"""The same for each letter of the shorter of the two names."""

STEMS = word_list("words", "stems", "names.txt")
_LONGEST_STEM = max(map(len, STEMS))
STEM_WEIGHT = 0.2
"""How much a letter of the stem tells: new drugs of a class share it and differ before it."""


class Near(NamedTuple):
    """A drug near to a query."""

    drug: DrugKey
    entry: Entry
    """The name that it is most likely a slip of."""
    cost: float
    weight: float
    """How likely that name is meant, costs and use weighed: the higher, the likelier."""
    edits: int = 0
    also: tuple[Near, ...] = ()
    """The drug's other names that are near."""


def exactly(entry: Entry) -> tuple[Near, ...]:
    """The drugs of a name that is written as it is."""
    return tuple(Near(drug, entry, 0.0, 0.0) for drug in entry.drugs)


class Likeness(NamedTuple):
    """What likeness says of a query: `opens`, or which rule refused."""

    rule: str
    reason: str
    nearest: tuple[Near, ...]
    """Likeliest first; for a verdict that opens, the first is what opens."""
    opens: bool = False
    choose: bool = False
    """Whether several drugs are about as likely."""


# ---------------------------------------------------------------- the beginning of a name


def begins(folded: str, words: Vocabulary) -> Likeness | None:
    """What a query of some letters begins; None where nothing begins with it.

    A name that only adds words to one of the library's, and is of a drug that the library lacks (abacavir impurity B),
    counts for nothing beside it: who writes that one whole is shown the library's drug too.
    """
    if not (found := [*words.beginning(folded)]):
        return None
    if len(folded) >= SHORTEST_PREFIX:
        own = {entry.written.lower() for entry in found if all(isinstance(drug, str) for drug in entry.drugs)}
        found = [entry for entry in found if entry.written.lower() in own or own.isdisjoint(_shorter(entry.written))]
    by_drug: dict[DrugKey, Near] = {}
    for entry in sorted(found, key=_rank):
        for drug in entry.drugs:
            by_drug.setdefault(drug, Near(drug, entry, 0.0, 0.0))
    nearest = tuple(
        sorted(
            (by_drug[drug] for drug in words.settled(tuple(by_drug))),
            key=lambda near: (
                words.is_joint(near.drug) and not isinstance(near.drug, str),
                not isinstance(near.drug, str),
                near.entry.named is None,
                near.entry.named is not None and near.entry.named.field != "title",
                not fold(words.title(near.drug)).startswith(folded),
                -words.use(near.drug),
                near.entry.folded,
            ),
        )
    )
    if not nearest:
        return None
    first = nearest[0]
    if len(nearest) == 1 and isinstance(first.drug, str) and first.entry.kind in "lg":
        if len(folded) >= SHORTEST_PREFIX:
            return Likeness("prefix", f"Only names of {words.title(first.drug)} begin with it.", nearest, opens=True)
        return Likeness("short prefix", f"It is shorter than {SHORTEST_PREFIX} letters.", nearest, choose=True)
    return Likeness("prefix of several", "Names of several drugs begin with it.", nearest, choose=True)


def _rank(entry: Entry) -> tuple[bool, bool, bool, int]:
    """The drug's own title before its other names, these before the lexicon's, generic ones before brands, short
    first."""
    of_library = entry.named is not None
    return not of_library, of_library and entry.named.field != "title", entry.kind == "b", len(entry.folded)  # type: ignore[union-attr]


def _shorter(name: str) -> Iterator[str]:
    """The first word of a name, its first two and so on, in lower case."""
    yield from (name[: end.start()].lower() for end in re.finditer(r"\W+", name) if end.start())


def is_word_of_several(folded: str, start: Likeness) -> bool:
    """Whether a query is the first words of several drugs' names: "insulin" is no slip of inulin."""
    named = (near for near in start.nearest if folded in map(fold, _shorter(near.entry.written)))
    return len(list(islice(named, 2))) == 2


# ---------------------------------------------------------------- a slip in writing one


A_COST, A_USE, GENERIC, A_BRAND_USE, A_COUNTRY, OWN = 4.0, 0.2, 2.5, 0.3, 1.2, 2.0
"""How likely one name is meant rather than another: what a slip's cost of 1 takes; what a step in use (of ten) of the
drug adds to a nonproprietary name, that it is one, and what the step adds to a brand; the square root of the number of
countries where a brand is sold; and that the library has the name."""

BASE = -2.25
AN_EDIT, THREE, DEAR = -1.64, -2.72, -1.34
"""Each edit; that there are three of them; each 1 of cost for ten letters of the name."""
SAME_BONES, LOST = 0.52, 0.35
"""That only vowels and doubled letters differ; a letter lost or too many, since another name differs in a letter more
often than people take one for another."""
LETTER, LETTERS = 0.18, 12
"""Each letter that tells the name from others, and how many count."""
NAMED, BRAND = 4.88, 5.08
"""That the library has the name, or lacks the drug and this is its nonproprietary name; for another name, that it is a
well-known brand. Few would ask for a drug of the library by a name that only the lexicon has."""
STEP, BRAND_STEP = 0.25, 0.14
"""Each step in use of the drug, for its nonproprietary names and for brands."""
APART, MOST_APART = 0.16, 8.0
"""How much likelier it is than the next drug."""
CROWD = -0.86
"""The logarithm of how many drugs have a name near: where many are, this one is the less likely meant."""
ENOUGH = -0.4
"""What all of these must come to."""
CLEAR = 1.3
"""What a slip may cost at most to be called one of a drug that the library lacks."""
AS_NEAR, AS_FEW, IN_USE, WELL_KNOWN = 0.3, 0.8, 2, 2
"""A name of the library, or a nonproprietary one of a drug at least so much in use or a brand of it in so many
countries, is as near if it costs no more than so much more; a nonproprietary one that is no more edits away, so much
more: quinidine for "quiniine"."""


US = "the United States"


def weight(price: float, entry: Entry, words: Vocabulary, drug: DrugKey) -> float:
    """How likely a name is meant that costs so much."""
    return weighed(entry, words).likely[drug] - A_COST * price


class Weighed(NamedTuple):
    """What a name weighs that costs nothing."""

    likely: dict[DrugKey, float]
    """How likely it is meant for each of its drugs."""
    most: float
    """The most of these."""
    counting: frozenset[DrugKey]
    """Its drugs for which it says that a name as near may not be meant."""
    has_own: bool
    """Whether the library has one of its drugs."""


def weighed(entry: Entry, words: Vocabulary) -> Weighed:
    """What a name weighs; of each it is reckoned once."""
    if (found := words.weighed.get(entry.folded)) is None:
        likely: dict[DrugKey, float] = {}
        for drug in entry.drugs:
            use = words.use(drug)
            brand = A_BRAND_USE * use + A_COUNTRY * sqrt(min(entry.sold, 8))
            likely[drug] = (brand if is_brand(entry) else GENERIC + A_USE * use) + OWN * (entry.named is not None)
        counting = frozenset(drug for drug in likely if _counts(entry, drug, words))
        most = max(likely.values(), default=-99.0)
        found = Weighed(likely, most, counting, any(isinstance(drug, str) for drug in likely))
        words.weighed[entry.folded] = found
    return found


def evidence(
    query: str,
    near: Near,
    nearest: Sequence[Near],
    words: Vocabulary,
    *,
    named: bool | None = None,
    unseen: int = 0,
) -> float:
    """The evidence that a query is a slip in writing that name, and of none of the others that are near; `named` as if
    the library had the name, or had it not; the least that it can be where so many others are `unseen`."""
    entry, use, edits = near.entry, words.use(near.drug), min(near.edits, EDITS + 1)
    others = [each.weight for each in nearest if each.drug != near.drug]
    apart = 0.0 if unseen else min(near.weight - max(others), MOST_APART) if others else MOST_APART
    found = BASE + AN_EDIT * edits + THREE * (edits > EDITS) + DEAR * 10 * near.cost / len(entry.folded)
    found += LETTER * min(telling(query, entry), LETTERS) + APART * apart + CROWD * log(len(others) + unseen + 1)
    found += SAME_BONES * (skeleton(query) == skeleton(entry.folded)) + LOST * (len(query) != len(entry.folded))
    if named is None:
        named = entry.named is not None or entry.kind == "g"
    if named:
        found += NAMED
    elif is_brand(entry) and is_well_known(entry):
        found += BRAND
    return round(found + (BRAND_STEP if is_brand(entry) else STEP) * use, 2)


def is_brand(entry: Entry) -> bool:
    """Whether a name is a brand."""
    return entry.kind == "b" or (entry.named is not None and entry.named.field == "brand")


def is_well_known(entry: Entry) -> bool:
    """Whether a brand is sold in several countries, or in the largest market."""
    return entry.sold > WELL_KNOWN or any(US in each for each in entry.countries)


def shared_stem(query: str, name: str) -> int:
    """How many letters of a name are a stem that the query ends in too, be it with another language's ending
    (Oracilline, oxacillin)."""
    bare = query.rstrip("aeo")
    return next((len(stem) for stem, spoken in _stems(name) if bare.endswith(spoken)), 0)


@lru_cache(maxsize=1 << 14)
def _stems(name: str) -> list[tuple[str, str]]:
    """The stems that a name ends in, the longest first, each with and without its last vowel."""
    ends = (name[-length:] for length in range(min(_LONGEST_STEM, len(name)), 1, -1))
    return [(end, end.rstrip("aeo")) for end in ends if end in STEMS]


def telling(query: str, entry: Entry) -> float:
    """How many letters of a name tell it from others."""
    return len(entry.folded) - (1 - STEM_WEIGHT) * shared_stem(query, entry.folded)


def resembles(bare: str, folded: str, words: Vocabulary, *, briefly: bool = False) -> Likeness:
    """Which drug's name a query, written `bare`, is a slip of, if any. `briefly`, where a drug of the library opens
    whatever the names cost that need not be priced for it, these are in no verdict."""
    nearest, left_out = _compared(folded, words, briefly=briefly)
    unseen = sum(entry.drugs != (nearest[0].drug,) for entry in left_out)
    verdict = guarded(_verdict(folded, nearest, words, unseen), bare, folded)
    if left_out and not (verdict.opens and _is_first_anyway(nearest)):
        return resembles(bare, folded, words)
    return verdict


def _is_first_anyway(nearest: Sequence[Near]) -> bool:
    """Whether the likeliest drug is that whatever the names cost that were left out."""
    first = nearest[0]
    fewest = min(each.edits for near in nearest for each in (near, *near.also))
    return first.cost <= BESIDE and first.edits == fewest


def _verdict(folded: str, nearest: tuple[Near, ...], words: Vocabulary, unseen: int = 0) -> Likeness:
    if not nearest:
        return Likeness("nothing near", "No known name is near.", ())
    if len(folded) <= SHORT:
        return Likeness("short", f"A name of {SHORT} letters or fewer opens only as it is written.", nearest)
    first, others = nearest[0], nearest[1:]
    enough = evidence(folded, first, nearest, words, unseen=unseen)
    if enough < ENOUGH:
        reason = f"The evidence for it does not suffice ({enough:g}, at least {ENOUGH:g})."
        return Likeness("too far", reason, nearest)
    if any(_is_as_near(each, first, words) for near in others for each in (near, *near.also)):
        choose = any(isinstance(near.drug, str) for near in nearest[:3])
        return Likeness("not clearly nearer", "Another drug's name is about as near.", nearest, choose=choose)
    if not isinstance(first.drug, str) and first.cost > CLEAR:
        return Likeness("nearer to an absent drug", "The nearest name is of a drug without a monograph.", nearest)
    if len(first.entry.drugs) > 1:
        return Likeness("name of several drugs", "The nearest name belongs to several drugs.", nearest, choose=True)
    return Likeness("typo", f"Its name is near, and no other drug's is (evidence {enough:g}).", nearest, opens=True)


def _is_as_near(near: Near, first: Near, words: Vocabulary) -> bool:
    if not _counts(near.entry, near.drug, words):
        return False
    if near.cost < first.cost + AS_NEAR:
        return True
    return not is_brand(near.entry) and near.edits <= first.edits and near.cost < first.cost + AS_FEW


def _counts(entry: Entry, drug: DrugKey, words: Vocabulary) -> bool:
    """Whether a name that is as near as the likeliest says that this one may not be meant."""
    if entry.named is not None:
        return True
    return (entry.sold >= WELL_KNOWN if is_brand(entry) else entry.kind == "g") and words.use(drug) >= IN_USE


LOOK_ALIKE_MARGIN = 1.0
"""How much dearer the other name of an official look-alike pair must be."""
MARKS = AFFIXES | AFFIXES_BY_PLACE | frozenset(BEFORE_NAMES)
"""What before or after a name makes another medicine of it."""


def guarded(verdict: Likeness, bare: str, folded: str) -> Likeness:
    """A verdict that opens, unless what the names are written with says that they are two drugs'."""
    if not verdict.opens or (objection := _objection(verdict.nearest[0], bare, folded)) is None:
        return verdict
    rule, reason = objection
    return verdict._replace(rule=rule, reason=reason or verdict.reason, opens=False, choose=reason is None)


def _objection(first: Near, bare: str, folded: str) -> tuple[str, str | None] | None:
    """The rule by which a slip, written `bare`, is not one of the first name, with its reason; None for the reason
    where either name may be meant."""
    name, written = first.entry.folded, first.entry.written
    is_word = bare.isalpha() and written.isalpha()
    if not is_word and joins(written) != joins(bare):
        reason = "A combination is not its ingredient, nor an ingredient a combination."
        return "another number of ingredients", reason
    if not same_marks(bare, written):
        reason = "A number or a single letter makes another drug of it: vitamin D is not vitamin C."
        return "another letter", reason
    if not is_word and has_word_beside(bare, name):
        return "another word", "A word beside the name is not a slip of it."
    if "-" in bare.strip("-") and not {"-", " "} & set(written):
        return "another word", "A hyphen joins two names, and the nearest name is one."
    if any(edits(each, name) < first.edits for each in _without_affix(folded)):
        return "another medicine", "What is written onto the name makes another medicine of it."
    partners = look_alikes().get(name, ())
    most = first.cost + LOOK_ALIKE_MARGIN
    if any(cost(folded, fold(pair.with_), most) < most for pair in partners):
        return "official look-alike", None
    return None


_BEFORE, _AFTER = tuple(BEFORE_NAMES), tuple(AFFIXES)


def _without_affix(folded: str) -> Iterator[str]:
    """A folded name without what makes another medicine of it: "coirbesartan", "losartanhct"."""
    if folded.startswith(_BEFORE):
        yield from (folded.removeprefix(each) for each in _BEFORE if folded.startswith(each))
    if folded.endswith(_AFTER):
        yield from (folded.removesuffix(each) for each in _AFTER if folded.endswith(each))


def ranked(folded: str, words: Vocabulary) -> tuple[Near, ...]:
    """The drugs with names near to a query, likeliest first."""
    return _compared(folded, words)[0]


def _compared(folded: str, words: Vocabulary, *, briefly: bool = False) -> tuple[tuple[Near, ...], list[Entry]]:
    """The drugs with names near to a query, likeliest first, and the names that were left out.

    Of a drug of which the library has a name that is likelier than another one could be, that other one is not priced.
    `briefly`, where the likeliest of the nearest names is a drug's of the library, names that are more edits away are
    left out unless they are likelier or as near; most need not be priced for that.
    """
    found: list[Near] = []
    own: dict[DrugKey, float] = {}
    least = FARTHEST
    left_out: list[Entry] = []
    first: Near | None = None
    for apart, name in words.near(folded, EDITS if len(folded) < LONG else EDITS + 1):
        entry = words.entry(name)
        if entry is None or len(name) < 3:
            continue
        likely, heaviest, counting, has_own = weighed(entry, words)
        if own and all(heavy - A_COST * LEAST < own.get(drug, -99.0) for drug, heavy in likely.items()):
            continue
        most = min(FARTHEST, least + BESIDE, A_LETTER * min(len(folded), len(name)))
        if briefly and found and found[0].edits < apart:
            first = first or min(found, key=_likelier)
            if isinstance(first.drug, str) or not has_own:
                matters = (heaviest - first.weight) / A_COST
                if counting and counting != {first.drug}:
                    matters = max(matters, first.cost + AS_NEAR)
                most = min(most, matters)
        if most < LEAST_EDIT * apart or (price := cost(folded, name, most)) > most:
            if first:
                left_out.append(entry)
            continue
        least = min(least, price)
        for drug, heavy in likely.items():
            found.append(Near(drug, entry, price, heavy - A_COST * price, apart))
            if entry.named is not None:
                own[drug] = max(own.get(drug, found[-1].weight), found[-1].weight)
    by_drug: dict[DrugKey, list[Near]] = {}
    for near in sorted(found, key=_likelier):
        if near.cost <= least + BESIDE:
            by_drug.setdefault(near.drug, []).append(near)
    nearest = (Near(*first[:5], tuple(others)) if others else first for first, *others in by_drug.values())
    return tuple(nearest), left_out


def _likelier(near: Near) -> tuple[float, float, str]:
    return -near.weight, near.cost, near.entry.folded
