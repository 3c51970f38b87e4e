"""How safely names are matched: `python -m tests.scorecard` prints the table of docs/matching.md.

The library is of some 950 generic names, those on most national lists; everything random has a fixed seed. Each
query has one right answer or none: "opened wrong" is any other drug. The names held out are a fifth of the lexicon's
other drugs, which the matcher is made to have never heard of: they stand for the names that no list holds.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from pathlib import Path

from druginfo.lexicon import Known, Lexicon, lexicon
from druginfo.look_alikes import look_alikes
from druginfo.matching import resolve
from druginfo.names import fold
from druginfo.vocabulary import Named, NameList, Vocabulary

SEED = 20261122
BRANDS = 3
GUARDED = (
    *("names of drugs taken out", "names of the lexicon", "combinations"),
    *("look-alikes, one absent", "look-alikes, one unheard of", "misspelled look-alikes"),
    *("foreign names that the lexicon has", "look-alikes abroad, one absent", "misspelled look-alikes abroad"),
    "words",
)
"""The sets in which a single wrong opening fails the run."""
HELD_OUT = 5
"""One drug in so many is held out of the lexicon."""

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = [
    tuple(pair.split("-"))
    for pair in (
        "ph-f f-ph y-i i-y c-k k-c s-z z-s c-s x-ks ks-x th-t t-th rh-r qu-k ae-e e-ae oe-e g-j j-g "
        "ei-ie ie-ei ine-in in-ine ol-al il-yl"
    ).split()
]


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


@dataclass
class Score:
    opened: int = 0
    among_three: int = 0
    asked: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.opened + self.asked + self.refused + len(self.wrong)


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, in per cent (Wilson 1927)."""
    if not total:
        return 0.0, 100.0
    z, share = 1.96, count / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return 100 * max(0.0, (middle - half) / whole), 100 * min(1.0, (middle + half) / whole)


class World:
    """The library and the lexicon that everything is asked of."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        self.lexicon = lexicon()
        self.names_of: dict[int, list[Known]] = {}
        for place in range(len(self.lexicon.names)):
            known = self.lexicon.at(place)
            if not known.joint:
                for drug in known.drugs:
                    self.names_of.setdefault(drug, []).append(known)
        asked = {*_lines("generics.txt"), *(line.split("\t")[1] for line in _lines("misspellings.tsv")), *look_alikes()}
        found = [self.lexicon.find(fold(name)) for name in sorted(asked)]
        self.drugs = sorted({known.drugs[0] for known in found if known and not known.joint})
        self.rest = sorted(set(self.names_of) - set(self.drugs))
        self.held = set(self.random.sample(self.rest, len(self.rest) // HELD_OUT))

    def named(self, drugs: Sequence[int]) -> Iterator[Named]:
        """A library of drugs: each by its title and some brands."""
        for drug in drugs:
            title = self.lexicon.titles[drug]
            brands = [each for each in self.names_of[drug] if each.kind == "b" and len(each.drugs) == 1]
            brands = random.Random(drug).sample(brands, min(BRANDS, len(brands)))
            for name, called in ((title, "title"), *((each.written, "brand") for each in brands)):
                yield Named(fold(name), name, called, fold(title), title)  # type: ignore[arg-type]

    @cached_property
    def library(self) -> NameList:
        return NameList(self.named(self.drugs))

    @cached_property
    def unaware(self) -> NameList:
        """The same library in a world where the held-out drugs were never heard of."""
        names = NameList(self.named(self.drugs))
        remember(names, self.lexicon.without(self.held))
        return names

    def combinations(self, chance: random.Random) -> Iterator[Query]:
        """Every combination of the lexicon, and pairs of the library's drugs joined as people join them."""
        for place, written in enumerate(self.lexicon.written):
            if self.lexicon.at(place).joint:
                yield Query(written)
        for _ in range(500):
            one, other = chance.sample(self.drugs, 2)
            joint = chance.choice(["/", " + ", " and ", "-", " "])
            yield Query(f"{self.title(one).lower()}{joint}{self.title(other).lower()}")

    def kindred(self, drug: int) -> frozenset[str]:
        """The library's titles of the same moiety: another salt or ester is not another drug."""
        words = (word for word in self.title(drug).lower().split() if len(word) > 4)
        return frozenset().union(*(self._titles_with.get(word, ()) for word in words))

    @cached_property
    def _titles_with(self) -> dict[str, set[str]]:
        """The library's titles by their words."""
        found: dict[str, set[str]] = {}
        for title in map(self.title, self.drugs):
            for word in title.lower().split():
                found.setdefault(word, set()).add(title)
        return found

    def called(self, name: str) -> list[int]:
        """The drugs of a name that is no combination's."""
        known = self.lexicon.find(fold(name))
        return list(known.drugs) if known and not known.joint else []

    def may_open(self, generic: str) -> frozenset[str]:
        """The library's titles that are right for a name of a drug, given by its generic name."""
        drugs = self.called(generic)
        own = {self.title(drug) for drug in drugs if drug in set(self.drugs)}
        return frozenset(own.union(*map(self.kindred, drugs)))

    def title(self, drug: int) -> str:
        return self.lexicon.titles[drug]


def remember(names: NameList, known: Lexicon) -> None:
    """Makes a library be asked with another lexicon than the shipped one."""
    from druginfo import vocabulary as module

    module._vocabularies[names] = Vocabulary(names, known)


def _lines(name: str) -> list[str]:
    return (Path(__file__).parent / "data" / name).read_text("utf-8").splitlines()


def slip(name: str, chance: random.Random) -> str:
    """One edit such as people make."""
    place = chance.randrange(len(name)) if chance.random() < 0.07 else chance.randrange(1, len(name))
    letter = name[place]
    kind = chance.choices(
        ("vowel", "sound", "drop", "double", "single", "swap", "key", "extra"), (24, 16, 20, 6, 8, 9, 9, 8)
    )[0]
    if kind == "vowel":
        places = [n for n, each in enumerate(name) if each in "aeiou"]
        if places:
            place = chance.choice(places)
            return name[:place] + chance.choice("aeiou".replace(name[place], "")) + name[place + 1 :]
    if kind == "sound":
        found = [(a, b) for a, b in SOUNDS if a in name]
        if found:
            a, b = chance.choice(found)
            return name.replace(a, b, 1)
    if kind == "double":
        return name[:place] + letter + name[place:]
    if kind == "single":
        places = [n for n in range(1, len(name)) if name[n] == name[n - 1]]
        if places:
            place = chance.choice(places)
            return name[:place] + name[place + 1 :]
    if kind == "swap" and place + 1 < len(name):
        return name[:place] + name[place + 1] + letter + name[place + 2 :]
    if kind in ("key", "extra"):
        row = next((keys for keys in KEYS if letter in keys), letter)
        at = row.index(letter)
        beside = chance.choice(
            (row[at - 1 : at] or row[at + 1 : at + 2]) + (row[at + 1 : at + 2] or row[at - 1 : at]) or "e"
        )
        return name[:place] + beside + name[place + (kind == "key") :]
    return name[:place] + name[place + 1 :]


def misspelled(name: str, chance: random.Random) -> str:
    """One slip, or in two of five names two; at most two edits in all."""
    from rapidfuzz.distance import OSA

    while True:
        wrong = slip(name, chance)
        if chance.random() < 0.4:
            wrong = slip(wrong, chance)
        if 1 <= OSA.distance(fold(wrong), fold(name)) <= 2:
            return wrong


def cases(world: World) -> Iterator[Case]:
    chance = random.Random(SEED)
    here = {drug: frozenset([world.title(drug)]) for drug in world.drugs}
    known = {
        name.folded: frozenset(map(world.title, name.drugs)) for names in world.names_of.values() for name in names
    }

    human = [line.split("\t") for line in _lines("misspellings.tsv")]
    queries = [
        Query(wrong, frozenset(map(world.title, found.drugs)))
        for wrong, right in human
        if (found := world.lexicon.find(fold(right))) and set(found.drugs) <= set(world.drugs)
    ]
    yield Case("misspellings of people", queries, world.library)

    queries = []
    for drug in world.drugs:
        for _ in range(5):
            wrong = misspelled(world.title(drug).lower(), chance)
            if not (known.get(fold(wrong), here[drug]) - here[drug]):
                queries.append(Query(wrong, here[drug]))
    yield Case("misspellings, made", queries, world.library)

    half = chance.sample(world.drugs, len(world.drugs) // 2)
    others = NameList(world.named([drug for drug in world.drugs if drug not in set(half)]))
    taken = [Query(name.written) for drug in half for name in world.names_of[drug] if name.drugs == (drug,)]
    yield Case("names of drugs taken out", taken, others)

    queries = [Query(misspelled(world.title(drug).lower(), chance)) for drug in half for _ in range(3)]
    queries = [query for query in queries if fold(query.text) not in known]
    yield Case("misspelled names of drugs taken out", queries, others)

    rest = [
        Query(name.written)
        for drug in world.rest
        for name in world.names_of[drug]
        if not set(name.drugs) & set(world.drugs)
    ]
    yield Case("names of the lexicon", rest, world.library)

    yield Case("combinations", list(world.combinations(chance)), world.library)

    pairs = sorted({(pair.name, pair.other) for each in look_alikes().values() for pair in each})
    ids = {name: world.lexicon.find(fold(name)).drugs[0] for name, _ in pairs}  # type: ignore[union-attr]
    for side in (0, 1):
        asked = sorted({pair[side] for pair in pairs if pair[0] < pair[1]})
        missing = {ids[name] for name in asked}
        queries = [Query(text) for name in asked for text in (name, f"{name} tablets")]
        yield Case("look-alikes, one absent", queries, NameList(world.named(sorted(set(world.drugs) - missing))))
        unaware = NameList(world.named(sorted(set(ids.values()) - missing)))
        remember(unaware, world.lexicon.without(missing))
        yield Case("look-alikes, one unheard of", queries, unaware)

    slips = [
        Query(misspelled(name, chance), frozenset([world.title(ids[name])])) for name, _ in pairs for _ in range(20)
    ]
    yield Case("misspelled look-alikes", slips, world.library)

    yield Case("words", [Query(word) for word in _lines("words.txt") if fold(word) not in known], world.library)

    yield from unseen(world)

    for kind, called in (
        ("g", "nonproprietary names held out"),
        ("b", "brands held out"),
        ("n", "other names held out"),
    ):
        held = [
            Query(name.written, world.kindred(drug))
            for drug in sorted(world.held)
            for name in world.names_of[drug]
            if name.kind == kind and set(name.drugs) <= world.held
        ]
        held = chance.sample(held, min(3000, len(held)))
        yield Case(called, held, world.unaware)


def unseen(world: World) -> Iterator[Case]:
    """What was written down by someone who knew neither the rules nor the sets above."""
    from rapidfuzz.distance import OSA

    chance = random.Random(SEED)
    pairs = [line.split("\t") for line in _lines("misspellings_unseen.tsv")]
    near = ((wrong, right) for wrong, right in pairs if OSA.distance(fold(wrong), fold(right)) <= 2)
    asked = [Query(wrong, titles) for wrong, right in near if (titles := world.may_open(right))]
    yield Case("misspellings, unseen", asked, world.library)

    named = [line.split("\t") for line in _lines("foreign_names.tsv")]
    for heard, called in ((True, "that the lexicon has"), (False, "unheard of")):
        asked = [
            Query(name, world.may_open(generic))
            for name, generic in named
            if bool(world.lexicon.find(fold(name))) == heard
        ]
        yield Case(f"foreign names {called}", asked, world.library)

    abroad = [(one, other) for one, other in map(_pair, _lines("look_alikes_abroad.tsv"))]
    ids = {name: drugs[0] for pair in abroad for name in pair if len(drugs := world.called(name)) == 1}
    abroad = [(one, other) for one, other in abroad if ids.get(one) != ids.get(other)]
    everything = set(world.drugs) | set(ids.values())
    for names in apart(abroad):
        missing = {ids[name] for name in names if name in ids}
        library = NameList(world.named(sorted(everything - missing)))
        yield Case("look-alikes abroad, one absent", [Query(name) for name in sorted(names)], library)

    library = NameList(world.named(sorted(everything)))
    asked = []
    for name in sorted(ids):
        right = frozenset([world.title(ids[name])]) | world.kindred(ids[name])
        wrong = (misspelled(name, chance) for _ in range(5))
        asked += [Query(each, right) for each in wrong if not set(world.called(each)) - {ids[name]}]
    yield Case("misspelled look-alikes abroad", asked, library)

    words = [word for word in _lines("words_unseen.txt") if not world.called(word)]
    yield Case("words, unseen", [Query(word) for word in words], world.library)


def _pair(line: str) -> tuple[str, str]:
    one, other = line.split("\t")
    return one, other


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


Answer = tuple[str | None, tuple[str, ...], bool]
"""The title that opens, the titles offered, whether a choice was asked for."""


def druginfo(names: NameList) -> Callable[[str], Answer]:
    def answer(query: str) -> Answer:
        found = resolve(query, names)
        offered = tuple(each.title for each in found.candidates)
        return (found.match.title if found.match else None), offered, found.status == "ambiguous"

    return answer


def plain(scorer: str, least: float) -> Callable[[NameList], Callable[[str], Answer]]:
    """The rule that most tools have: the best score opens if it is high enough."""

    def over(names: NameList) -> Callable[[str], Answer]:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import JaroWinkler

        scorers = {
            "WRatio": fuzz.WRatio,
            "Jaro-Winkler": JaroWinkler.normalized_similarity,
            "partial_ratio": fuzz.partial_ratio,
        }
        cutoff = least / 100 if scorer == "Jaro-Winkler" else least
        choices = [each.folded for each in names.all()]
        titles = [each.title for each in names.all()]

        def answer(query: str) -> Answer:
            found = process.extractOne(fold(query), choices, scorer=scorers[scorer], score_cutoff=cutoff)
            return (titles[found[2]], (titles[found[2]],), False) if found else (None, (), False)

        return answer

    return over


def ask(case: Case, answer: Callable[[str], Answer], into: Score) -> None:
    for query in case.queries:
        opened, offered, asked = answer(query.text)
        if opened is not None and opened not in query.right:
            into.wrong.append(f"{query.text} → {opened}")
        elif opened is not None:
            into.opened += 1
        elif asked:
            into.asked += 1
        else:
            into.refused += 1
        into.among_three += opened in query.right or bool(query.right & set(offered[:3]))


PLAIN_SAMPLE = 150
"""Queries of a set that the plain rules are asked: they are slow, and a share is all that is told of them."""

RULES: dict[str, Callable[[NameList], Callable[[str], Answer]]] = {"druginfo": druginfo} | {
    f"{scorer} {least}": plain(scorer, least)
    for scorer in ("WRatio", "Jaro-Winkler", "partial_ratio")
    for least in (85, 90)
}


def run(only: str, compare: bool) -> dict[str, dict[str, Score]]:
    """The scores by set and rule."""
    scores: dict[str, dict[str, Score]] = {}
    for case in cases(World()):
        if only not in case.name:
            continue
        by_rule = scores.setdefault(case.name, {})
        for name, rule in RULES.items():
            if name == "druginfo":
                ask(case, rule(case.names), by_rule.setdefault(name, Score()))
            elif compare:
                some = random.Random(SEED).sample(case.queries, min(PLAIN_SAMPLE, len(case.queries)))
                ask(Case(case.name, some, case.names), rule(case.names), by_rule.setdefault(name, Score()))
    return scores


def table(scores: dict[str, dict[str, Score]]) -> Iterator[str]:
    """The scores as Markdown tables: druginfo's own, then the wrong openings beside the plain rules'."""
    yield "| asked for | queries | opened right | right or in three | asked | refused | opened wrong | 95 % interval |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, by_rule in scores.items():
        score = by_rule["druginfo"]
        low, high = wilson(len(score.wrong), score.total)
        shares = (share(score.opened, score), share(score.among_three, score), share(score.asked, score))
        yield (
            f"| {name} | {score.total:,} | {' | '.join(shares)} | {share(score.refused, score)} | "
            f"{len(score.wrong)} ({share(len(score.wrong), score, 2)}) | {low:.2f}–{high:.2f} % |"
        )
    rules = list(next(iter(scores.values())))
    if len(rules) == 1:
        return
    yield ""
    yield "| opened right / opened wrong, % | " + " | ".join(rules) + " |"
    yield "|---|" + "--:|" * len(rules)
    for name, by_rule in scores.items():
        pairs = ((100 * each.opened / each.total, 100 * len(each.wrong) / each.total) for each in by_rule.values())
        yield f"| {name} | {' | '.join(f'{right:.1f} / {wrong:.1f}' for right, wrong in pairs)} |"


def share(count: int, score: Score, places: int = 1) -> str:
    return f"{100 * count / score.total:.{places}f} %"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only the sets whose names hold this")
    parser.add_argument("--alone", action="store_true", help="without the plain rules")
    parser.add_argument("--wrong", action="store_true", help="list the wrong openings")
    arguments = parser.parse_args()
    start = time.perf_counter()
    scores = run(arguments.only, not arguments.alone)
    print(*table(scores), sep="\n")
    print(f"\n{time.perf_counter() - start:.0f} s", file=sys.stderr)
    if arguments.wrong:
        for name, by_rule in scores.items():
            print(*(f"{name}: {each}" for each in by_rule["druginfo"].wrong), sep="\n")
    failed = [name for name in scores if name in GUARDED and scores[name]["druginfo"].wrong]
    for name in failed:
        print(f"A wrong drug opened: {name}: {'; '.join(scores[name]['druginfo'].wrong)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
