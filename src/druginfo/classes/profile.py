"""What a question about two drugs needs of a monograph, as the store keeps it: what its drug is and does, and the
passages that may speak of another drug. `classes.profile` reads it; nothing here searches a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from druginfo.classes.abbreviations import Definition
from druginfo.terms import words_in


class Sense:
    """What a sentence says, as flags that are joined."""

    FORBIDDEN, AVOID, GRAVE, DENIES, ONLY_DENIES, PERMITS, TOGETHER = 1, 2, 4, 8, 16, 32, 64
    CUE, COMPARISON, TRIAL, SUBSTITUTE, EVIDENCE, HINT, EFFECT = 128, 256, 512, 1024, 2048, 4096, 8192


class Role(NamedTuple):
    """What a drug does to an enzyme or transporter, or to patients; or what a text says of drugs that do."""

    target: str
    """The enzyme or transporter; of an effect on patients the effect: `QT`, `nephrotoxic`."""
    role: str
    """`inhibitor`, `inducer`, `substrate`; `effect`."""
    strengths: frozenset[str] = frozenset()
    """`strong`, `moderate`, `weak`; empty where the text does not say."""


class RoleMention(NamedTuple):
    """A part of a text that means drugs by their roles."""

    start: int
    end: int
    roles: tuple[Role, ...]
    all: bool
    """Whether a drug must have each of the roles ("combined P-gp and strong CYP3A4 inhibitors"), not just one."""


class Passage(NamedTuple):
    """A block of a monograph that can be quoted by itself, with what it is nested in and what is nested in it."""

    section: str
    line: int
    last: int
    """The line on which the last block of `text` begins."""
    text: str
    own: str
    """The part of `text` that a mention must stand in: the block without the items around it."""
    kind: str
    """`danger` (contraindications), `boxed`, `interactions`, `advice` (other sections on use), `rest`, `faq`."""
    label: int
    """How many characters of `own` are its lead-in label; 0 where it has none."""
    roles: tuple[RoleMention, ...]
    sentences: tuple[tuple[int, int, int], ...]
    """Where each sentence of `own` begins and ends, and its sense: `Sense` flags, joined; last from 0 to 0 the
    whole."""


class OwnRole(NamedTuple):
    """What the drug does, and where that was read."""

    role: Role
    section: str | None
    """None for the front matter."""
    line: int
    text: str


class Passages(Sequence[Passage]):
    """Passages as the store keeps them, each made when it is asked for: a question comes to few."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self.rows = rows
        self._made: dict[int, Passage] = {}

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Passages:
        """These passages."""

        def mention(each: RoleMention) -> list[Any]:
            roles = [[role.target, role.role, *sorted(role.strengths)] for role in each.roles]
            return [each.start, each.end, each.all, roles]

        return cls(
            [
                (
                    p.section,
                    p.line,
                    p.last,
                    p.text if p.text != p.own else 0,
                    p.own,
                    p.kind,
                    p.label,
                    [mention(m) for m in p.roles],
                    p.sentences,
                )
                for p in passages
            ]
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Passages) and [*self] == [*other]

    def __hash__(self) -> int:
        return hash(tuple(self.texts()))

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: Any) -> Any:
        if number not in self._made:
            section, line, last, whole, own, kind, label, mentions, senses = self.rows[number]
            roles = tuple(_mention(*each) for each in mentions)
            self._made[number] = Passage(
                section, line, last, whole or own, own, kind, label, roles, tuple(map(tuple, senses))
            )
        return self._made[number]

    def texts(self) -> Iterator[str]:
        """What a mention must stand in, of each."""
        return (row[4] for row in self.rows)

    def acting(self) -> Iterator[tuple[int, Passage]]:
        """Those that mean drugs by their roles, each with its number."""
        return ((number, self[number]) for number, row in enumerate(self.rows) if row[7])


class Called(NamedTuple):
    """A name of a drug as texts may write it."""

    pattern: str
    """A regular expression, without what is around it."""
    firsts: tuple[str, ...]
    """The words with which it can begin, folded: a text without them does not hold the name."""


@lru_cache(maxsize=256)
def whole_words(names: tuple[Called, ...]) -> re.Pattern[str]:
    """What finds any of the names as whole words."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(each.pattern for each in names) or '(?!)'})(?![^\W_])", re.I)


class Profile(NamedTuple):
    """One monograph, read."""

    title: str
    is_banned: bool
    classes: tuple[str, ...]
    called: tuple[Called, ...]
    """The drug's names, long ones first."""
    defined: tuple[Definition, ...]
    """The abbreviations that it defines."""
    qualities: tuple[str, ...]
    """The words of its classes and description, folded: what a qualified class ("oral anticoagulants") may ask for."""
    roles: tuple[OwnRole, ...]
    wordings: tuple[str, ...]
    """The phrases that mean the drug's classes, words apart by spaces, abbreviations read as the text defines them."""
    words: frozenset[str]
    """The words of its passages, folded: a phrase with any other is in none of them."""
    begun: frozenset[str]
    """The words of its passages as `Called.firsts` has those of names."""
    passages: Passages


class Example(NamedTuple):
    """A drug that a text gives as an example of a role or class: "strong CYP3A4 inducers (rifampin, phenytoin)"."""

    folded: str
    role: Role
    """Of a class `target` is the class as the text has it, folded, and `role` is `class`."""
    section: str
    line: int
    text: str


# ---------------------------------------------------------------- kept in the index


def packed(profile: Profile) -> str:
    """The profile as text, for the store."""
    roles = [[r.role.target, r.role.role, sorted(r.role.strengths), r.section, r.line, r.text] for r in profile.roles]
    word_lists = (" ".join(sorted(each)) for each in (profile.words, profile.begun))
    values = [*profile[:6], roles, profile.wordings, *word_lists, profile.passages.rows]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Profile:
    """The profile that `packed` wrote. Raises ValueError, TypeError."""
    title, is_banned, classes, called, defined, qualities, roles, wordings, words, begun, passages = json.loads(text)
    return Profile(
        title,
        is_banned,
        tuple(classes),
        tuple(Called(pattern, tuple(firsts)) for pattern, firsts in called),
        tuple(Definition(*each) for each in defined),
        tuple(qualities),
        tuple(OwnRole(Role(t, r, frozenset(s)), section, line, wording) for t, r, s, section, line, wording in roles),
        tuple(wordings),
        frozenset(words.split()),
        frozenset(begun.split()),
        Passages(passages),
    )


def _mention(start: int, end: int, every: bool, roles: list[list[str]]) -> RoleMention:
    return RoleMention(start, end, tuple(Role(t, r, frozenset(s)) for t, r, *s in roles), every)


def first_words(name: str) -> set[str]:
    """The words, folded, with which a name can begin, however its parts are joined: "co", "cotrimoxazole"."""
    pieces = words_in(name.casefold())
    return {"".join(pieces[:count]) for count in range(1, len(pieces) + 1)}


def meant_by(own: Role) -> Iterator[tuple[str, str]]:
    """Target and role of whatever a drug with that role can be meant by, but for its strength."""
    yield own.target, own.role
    if own.target.startswith("CYP") and own.role != "substrate":
        yield "CYP", own.role


def as_strong(asked: Role, own: Role) -> bool:
    """Whether a strength that is asked for is the drug's, of "mild or moderate" the lower one."""
    least = [each for each in ("weak", "moderate", "strong") if each in own.strengths][:1]
    return not asked.strengths or bool(asked.strengths.intersection(least))
