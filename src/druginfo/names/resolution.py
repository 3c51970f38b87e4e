"""What became of a query: the drug that it opens, or a refusal with its reason; and the message about it."""

from __future__ import annotations

from typing import NamedTuple

from druginfo.model import Candidate, Hidden, Match, Sparse, Status
from druginfo.names.exact import LONGEST
from druginfo.names.folding import fold


class QueryLine(NamedTuple):
    """A line, read."""

    name: str
    """The words that name the drug, or drugs; empty where the line is only directions."""
    aside: tuple[str, ...]
    """What is in brackets, to be looked at: a brand, a remark."""
    strengths: int
    """How many ingredients the strength speaks of: 2 in "875/125 mg"; 0 where none is said."""
    rest: tuple[str, ...]
    """The words after the name that are no dosage words, in runs: directions in free text, or another drug; after a
    plus, or a comma and a form, a `+` and what comes next."""
    is_dosed: bool = False
    """Whether anything of it says how the drug is given, and not only words do that could be a name's ("pain")."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing but a name was written."""
        return not (self.aside or self.strengths or self.rest)


class Compared(NamedTuple):
    """One drug that a query was compared with, by its nearest name."""

    name: str
    title: str
    slug: str | None
    distance: int
    """Edits, a swap of neighbours counting one."""
    cost: float
    """The same edits weighed: about 1 each, less for likely slips (`nearness.cost`)."""


class Explanation(NamedTuple):
    """Why a query was answered as it was."""

    folded: str
    rule: str
    """What decided: the rule that opened (`exact`, `lexicon`, `combination`, `prefix`, `typo`) or the guard."""
    reason: str
    """The same in a sentence."""
    compared: tuple[Compared, ...] = ()
    """The drugs compared, nearest first; the first is what opened, if anything did, the others are the runners-up."""


class Resolution(NamedTuple):
    """What became of a query."""

    query: str
    status: Status
    match: Match | None
    known_as: str | None
    """The known drug that the library has no monograph of, where `status` is `absent`."""
    candidates: tuple[Candidate, ...]
    """Suggestions, nearest first; never answers."""
    message: Hidden[str]
    """One line for a person."""
    explanation: Sparse[Explanation | None] = None


def notice(match: Match) -> str | None:
    """What must be said over a monograph that opened by something else than its own title; else None."""
    itself = fold(match.matched) in (fold(match.title), fold(match.slug))
    if match.kind in ("prefix", "typo"):
        return f"Showing {match.title}{'' if itself else f' ({match.matched})'} for “{shown(match.query)}”"
    if not itself:
        return f"{match.matched} is {match.title}"
    if match.read_as is not None:
        return f"Read “{shown(match.query)}” as {match.read_as}"
    return None


def shown(query: str) -> str:
    """A query as it can stand in a message: on one line, without control characters, not endless."""
    line = query[: LONGEST + 1]
    if not line.isprintable():
        line = "".join(each if each.isprintable() else " " for each in line)
    line = " ".join(line.split())
    return line if len(line) <= 60 else line[:59] + "…"
