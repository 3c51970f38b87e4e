"""What became of the queries, in tables, and how bad it may be."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from tests.scorecard.rules import RULES, Answer
from tests.scorecard.sets import Case, cases
from tests.scorecard.world import SEED, World

PLAIN_SAMPLE = 150
"""Queries of a set that the plain rules are asked: they are slow, and a share is all that is told of them."""

UNHEARD, PEOPLE, MADE = 20, 3, 2
LIMITS = {
    "misspellings of people": PEOPLE,
    "misspellings, unseen": PEOPLE,
    "misspellings, made": PEOPLE,
    "misspelled names of drugs taken out": MADE,
    "misspelled look-alikes": MADE,
    "misspelled look-alikes abroad": MADE,
    "foreign names that the lexicon has": 12,
    "foreign names unheard of": UNHEARD,
    "nonproprietary names held out": UNHEARD,
    "brands held out": UNHEARD,
    "other names held out": UNHEARD,
    "words, unseen": 20,
}
"""How many wrong openings in a thousand a set may have; in every other not one. A foreign name that the lexicon has can
be another drug's in another country."""
LEAST_RIGHT, LEAST_IN_THREE = 91, 98
"""Per cent of people's misspellings that must be opened right, and be right or among the first three candidates."""

SUMMARY: dict[str, tuple[str, ...]] = {
    "misspelled by people": ("misspellings of people", "misspellings, unseen"),
    "misspelled by rule": ("misspellings, made", "misspelled look-alikes", "misspelled look-alikes abroad"),
    "known drug, not in the library": ("names of drugs taken out", "names of the lexicon", "combinations"),
    "the same, misspelled": ("misspelled names of drugs taken out",),
    "official look-alike of a drug": ("look-alikes, one absent", "look-alikes abroad, one absent"),
    "name that no list has": (
        *("foreign names unheard of", "nonproprietary names held out", "brands held out", "other names held out"),
    ),
    "English word": ("words", "words, unseen"),
}
"""The sets that a line of the README's table sums up."""
BESIDE = ("WRatio 90", "Jaro-Winkler 90", "partial_ratio 90")


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

    def share(self, count: int, places: int = 1) -> str:
        return f"{100 * count / self.total:.{places}f} %"

    @property
    def wrong_share(self) -> str:
        return f"{len(self.wrong)} ({self.share(len(self.wrong), 2)})"


Scores = dict[str, dict[str, Score]]
"""By set and rule."""


def run(only: str = "", *, compare: bool = True) -> Scores:
    """Asks every set whose name holds `only`; druginfo alone, or the plain rules too."""
    scores: Scores = {}
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


def too_bad(scores: Scores) -> Iterator[str]:
    """What is worse than it may be."""
    for name, by_rule in scores.items():
        score, limit = by_rule["druginfo"], LIMITS.get(name, 0)
        if 1000 * len(score.wrong) > limit * score.total:
            yield f"{name}: a wrong drug opened more than {limit} times in 1,000: {'; '.join(score.wrong)}"
        if limit == PEOPLE and 100 * score.opened < LEAST_RIGHT * score.total:
            yield f"{name}: the right drug opened less than {LEAST_RIGHT} times in 100"
        if limit == PEOPLE and 100 * score.among_three < LEAST_IN_THREE * score.total:
            yield f"{name}: the right drug was among the first three less than {LEAST_IN_THREE} times in 100"


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, in per cent (Wilson 1927)."""
    if not total:
        return 0.0, 100.0
    z, part = 1.96, count / total
    middle = part + z * z / (2 * total)
    half = z * sqrt(part * (1 - part) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return 100 * max(0.0, (middle - half) / whole), 100 * min(1.0, (middle + half) / whole)


def full(scores: Scores) -> Iterator[str]:
    """The scores as Markdown tables: druginfo's own, then the wrong openings beside the plain rules'."""
    yield "| asked for | queries | opened right | right or in three | asked | refused | opened wrong | 95 % interval |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, by_rule in scores.items():
        score = by_rule["druginfo"]
        low, high = wilson(len(score.wrong), score.total)
        shares = map(score.share, (score.opened, score.among_three, score.asked, score.refused))
        yield f"| {name} | {score.total:,} | {' | '.join(shares)} | {score.wrong_share} | {low:.2f}–{high:.2f} % |"
    rules = list(next(iter(scores.values())))
    if len(rules) == 1:
        return
    yield ""
    yield "| opened right / opened wrong, % | " + " | ".join(rules) + " |"
    yield "|---|" + "--:|" * len(rules)
    for name, by_rule in scores.items():
        told = ((100 * each.opened / each.total, 100 * len(each.wrong) / each.total) for each in by_rule.values())
        yield f"| {name} | {' | '.join(f'{right:.1f} / {wrong:.1f}' for right, wrong in told)} |"


def short(scores: Scores) -> Iterator[str]:
    """The same summed up for the README: how often the right drug opened, and how often another, by each rule."""
    yield "| asked for | queries | opened right | right or in three | **opened wrong** | " + " | ".join(BESIDE) + " |"
    yield "|---|--:|--:|--:|--:|" + "--:|" * len(BESIDE)
    for name, sets in SUMMARY.items():
        score = together([scores[each]["druginfo"] for each in sets])
        right = (score.share(score.opened), score.share(score.among_three)) if score.among_three else ("none is",) * 2
        others = [together([scores[each][rule] for each in sets]) for rule in BESIDE]
        beside = " | ".join(each.share(len(each.wrong)) for each in others)
        yield f"| {name} | {score.total:,} | {' | '.join(right)} | **{score.wrong_share}** | {beside} |"


def together(scores: Sequence[Score]) -> Score:
    """Several sets as one."""
    found = Score()
    for each in scores:
        found.opened += each.opened
        found.among_three += each.among_three
        found.asked += each.asked
        found.refused += each.refused
        found.wrong += each.wrong
    return found
