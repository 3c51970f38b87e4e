"""What a name is told to be, whether there is a monograph of it or not: brands of the world, slips of everyday brands,
medication lines, names of what was never marketed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.scorecard.world import World, lines

from druginfo.names import fold
from druginfo.names.matching import resolve


@dataclass
class Told:
    name: str
    right: int = 0
    among_three: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)
    """Told as another drug, or opened where nothing should be."""


_OWN = Path(__file__).parents[2] / "tools" / "own_medicines.tsv"
FORMS = {own: base for own, base, *_ in (line.split("\t") for line in _OWN.read_text("utf-8").splitlines()[1:])}
"""Medicines of their own, and the drugs that they are forms of."""


def told(world: World, only: str = "") -> Iterator[Told]:
    """What is told of each set, or of those whose names hold `only`."""
    for name, file in SETS.items():
        if only in name:
            yield _asked(name, _rows(file), world)
    if only in (name := "names of what was never marketed"):
        yield _unsold(name, world)


SETS = {
    "brands of the world": "foreign_names.tsv",
    "slips of everyday brands": "everyday_slips.tsv",
    "medication lines": "medication_lines.tsv",
    "medication lines, unseen": "lines_unseen.tsv",
    "medication lines of systems": "lines_systems.tsv",
    "medication lines, habits": "lines_habits.tsv",
    "medication lines of plans": "lines_plans.tsv",
    "medication lines of wards": "lines_wards.tsv",
}


def _unsold(name: str, world: World) -> Told:
    found = Told(name)
    for text in lines("never_marketed.txt"):
        answer = resolve(text, world.library, explain=True)
        found.total += 1
        assert answer.explanation is not None
        if answer.match:
            found.wrong.append(f"{text} → {answer.match.title}")
        else:
            found.right += answer.explanation.rule == "never marketed"
    found.among_three = found.right
    return found


def _asked(name: str, rows: list[tuple[str, str]], world: World) -> Told:
    found = Told(name)
    for text, drug in rows:
        right = _titles(drug, world)
        if drug and not right:
            continue  # no list has the drug itself
        answer = resolve(text, world.library)
        said = answer.match.title if answer.match else answer.known_as
        found.total += 1
        titles = [_set(each.title) for each in answer.candidates[:3]]
        if not drug:
            found.right += answer.match is None
            found.among_three += answer.match is None
            if answer.match:
                found.wrong.append(f"{text} → {answer.match.title}")
        elif said is not None and any(right in (_set(each), _of(each)) for each in said.split(" or ")):
            found.right += 1
            found.among_three += 1
        elif said is not None and answer.status != "ambiguous":
            found.wrong.append(f"{text} → {said}")
        else:
            found.among_three += right in titles
    return found


def _titles(drug: str, world: World) -> frozenset[str]:
    called = [world.called(each) for each in drug.split(" + ") if each]
    return frozenset(fold(world.title(each[0])) for each in called) if all(called) else frozenset()


def _of(title: str) -> frozenset[str]:
    """What a medicine of its own is a form of: who asks for Xeplion is told paliperidone palmitate."""
    return frozenset([fold(FORMS[title])]) if title in FORMS else frozenset()


def _set(title: str) -> frozenset[str]:
    return frozenset(map(fold, title.replace(", and ", " and ").replace(", ", " and ").split(" and ")))


def _rows(file: str) -> list[tuple[str, str]]:
    return [(text, drug) for text, _, drug in (line.partition("\t") for line in lines(file))]


def table(found: list[Told]) -> Iterator[str]:
    yield "| names | asked | right | right or in three | another |"
    yield "|---|--:|--:|--:|--:|"
    for each in found:
        right, three = (f"{100 * count / each.total:.1f} %" for count in (each.right, each.among_three))
        yield f"| {each.name} | {each.total:,} | {right} | {three} | {len(each.wrong)} |"


LEAST = {
    "brands of the world": 85,
    "slips of everyday brands": 85,
    "medication lines": 95,
    "medication lines, unseen": 92,
    "medication lines of systems": 95,
    "medication lines, habits": 90,
    "medication lines of plans": 90,
    "medication lines of wards": 95,
}
"""Per cent that must be told right."""


def too_few(found: list[Told]) -> Iterator[str]:
    for each in found:
        if 100 * each.right < LEAST.get(each.name, 98) * each.total:
            yield f"{each.name}: only {each.right} of {each.total} told right"
        if each.name == "medication lines" and each.wrong:
            yield f"{each.name}: {'; '.join(each.wrong)}"
