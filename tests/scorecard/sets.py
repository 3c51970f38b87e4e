"""What is asked: sets of queries, each with its right answers and with the names among which it is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.scorecard.slips import misspelled
from tests.scorecard.world import SEED, World, lines, remember

from druginfo.names import fold
from druginfo.names.listed import NameList
from druginfo.names.look_alikes import look_alikes


@dataclass(frozen=True)
class Query:
    text: str
    right: frozenset[str] = frozenset()
    """The titles that may open; empty where nothing may."""


@dataclass(frozen=True)
class Case:
    """One set of queries, and the matcher's world in which they are asked."""

    name: str
    queries: list[Query]
    names: NameList


def cases(world: World) -> Iterator[Case]:
    """Every set, in the order of the table."""
    for each in (misspellings, absent, pairs, words, abroad, held_out):
        yield from each(world, random.Random(SEED))


def misspellings(world: World, chance: random.Random) -> Iterator[Case]:
    """Names of the library's drugs, misspelled by people and by rule."""
    from rapidfuzz.distance import OSA

    usual = [
        Query(wrong, frozenset(map(world.title, found.drugs)))
        for wrong, right in _pairs("misspellings.tsv")
        if (found := world.lexicon.find(fold(right))) and set(found.drugs) <= set(world.drugs)
    ]
    yield Case("misspellings of people", usual, world.library)
    unseen = [
        Query(wrong, titles)
        for wrong, right in _pairs("misspellings_unseen.tsv")
        if OSA.distance(fold(wrong), fold(right)) <= 2 and (titles := world.may_open(right))
    ]
    yield Case("misspellings, unseen", unseen, world.library)
    made = [_slip_of(world, drug, chance) for drug in world.drugs for _ in range(5)]
    yield Case("misspellings, made", [query for query in made if query], world.library)


def _slip_of(world: World, drug: int, chance: random.Random) -> Query | None:
    """A title misspelled by rule; None if that is another drug's name."""
    title = world.title(drug)
    wrong = misspelled(title.lower(), chance)
    return None if set(world.called(wrong)) - {drug} else Query(wrong, frozenset([title]))


def absent(world: World, chance: random.Random) -> Iterator[Case]:
    """Names of known drugs, asked of a library without these, and combinations, some joined as people join them."""
    half = chance.sample(world.drugs, len(world.drugs) // 2)
    others = NameList(world.named([drug for drug in world.drugs if drug not in set(half)]))
    taken = [Query(name.written) for drug in half for name in world.names_of[drug] if name.drugs == (drug,)]
    yield Case("names of drugs taken out", taken, others)

    wrong = (misspelled(world.title(drug).lower(), chance) for drug in half for _ in range(3))
    yield Case("misspelled names of drugs taken out", [Query(each) for each in wrong if not world.called(each)], others)

    rest = [
        Query(name.written)
        for drug in world.rest
        for name in world.names_of[drug]
        if not set(name.drugs) & set(world.drugs)
    ]
    yield Case("names of the lexicon", rest, world.library)

    known = [Query(each.written) for each in world.names if each.joint]
    two = (chance.sample(world.drugs, 2) for _ in range(500))
    joined = [
        Query(chance.choice(["/", " + ", " and ", "-", " "]).join(map(world.title, each)).lower()) for each in two
    ]
    yield Case("combinations", known + joined, world.library)


def pairs(world: World, chance: random.Random) -> Iterator[Case]:
    """Official look-alikes, one of each pair absent, and both misspelled."""
    official = sorted({(pair.name, pair.with_) for each in look_alikes().values() for pair in each})
    ids = {name: drugs[0] for name, _ in official if (drugs := world.called(name))}
    for side in (0, 1):
        asked = sorted({pair[side] for pair in official if pair[0] < pair[1]})
        missing = {ids[name] for name in asked}
        queries = [Query(text) for name in asked for text in (name, f"{name} tablets")]
        yield Case("look-alikes, one absent", queries, NameList(world.named(sorted(set(world.drugs) - missing))))
        unaware = NameList(world.named(sorted(set(ids.values()) - missing)))
        remember(unaware, world.lexicon.without(missing))
        yield Case("look-alikes, one unheard of", queries, unaware)
    slips = [
        Query(misspelled(name, chance), frozenset([world.title(ids[name])])) for name, _ in official for _ in range(20)
    ]
    yield Case("misspelled look-alikes", slips, world.library)

    foreign = _pairs("look_alikes_abroad.tsv")
    ids = {name: drugs[0] for pair in foreign for name in pair if len(drugs := world.called(name)) == 1}
    foreign = [(one, other) for one, other in foreign if ids.get(one) != ids.get(other)]
    everything = set(world.drugs) | set(ids.values())
    for names in apart(foreign):
        missing = {ids[name] for name in names if name in ids}
        library = NameList(world.named(sorted(everything - missing)))
        known = {name: set(world.called(name)) - missing for name in sorted(names) if world.called(name)}
        asked = [Query(name, frozenset(map(world.title, drugs))) for name, drugs in known.items()]
        yield Case("look-alikes abroad, one absent", asked, library)
    wrong = ((name, misspelled(name, chance)) for name in sorted(ids) for _ in range(5))
    slips = [
        Query(each, frozenset([world.title(ids[name])]) | world.kindred(ids[name]))
        for name, each in wrong
        if not set(world.called(each)) - {ids[name]}
    ]
    yield Case("misspelled look-alikes abroad", slips, NameList(world.named(sorted(everything))))


def words(world: World, chance: random.Random) -> Iterator[Case]:
    """Words that are no drug's name."""
    for called, file in (("words", "words.txt"), ("words, unseen", "words_unseen.txt")):
        yield Case(called, [Query(word) for word in lines(file) if not world.called(word)], world.library)


def abroad(world: World, chance: random.Random) -> Iterator[Case]:
    """Brands and new nonproprietary names from abroad."""
    for heard, called in ((True, "that the lexicon has"), (False, "unheard of")):
        asked = [
            Query(name, world.may_open(generic))
            for name, generic in _pairs("foreign_names.tsv")
            if bool(world.lexicon.find(fold(name))) == heard
        ]
        yield Case(f"foreign names {called}", asked, world.library)


def held_out(world: World, chance: random.Random) -> Iterator[Case]:
    """Names of a fifth of the lexicon's other drugs, of which the matcher has never heard: they stand for the names
    that no list holds."""
    kinds = {"g": "nonproprietary names held out", "b": "brands held out", "n": "other names held out"}
    for kind, called in kinds.items():
        held = [
            Query(name.written, world.kindred(drug))
            for drug in sorted(world.held)
            for name in world.names_of[drug]
            if name.kind == kind and set(name.drugs) <= world.held
        ]
        yield Case(called, chance.sample(held, min(3000, len(held))), world.unaware)


@cache
def _pairs(file: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (line.split("\t") for line in lines(file))]


def apart(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """The names in as many groups as it takes for no pair to be in one group."""
    groups: list[set[str]] = []
    for name in sorted({name for pair in pairs for name in pair}):
        partners = {each for pair in pairs if name in pair for each in pair}
        group = next((each for each in groups if not each & partners), None)
        if group is None:
            groups.append(group := set())
        group.add(name)
    return groups
