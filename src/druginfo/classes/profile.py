"""What a question about two drugs needs of a monograph, as the store keeps it: what its drug is and does, and the
passages that may speak of another drug. `library.profiling` reads it; nothing here searches a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from druginfo.classes.abbreviations import Definition


class Sense:
    """What a sentence says, as flags that are joined."""

    FORBIDDEN, AVOID, GRAVE, DENIES, ONLY_DENIES, PERMITS, TOGETHER = 1, 2, 4, 8, 16, 32, 64
    CUE, COMPARISON, TRIAL, SUBSTITUTE, EVIDENCE, HINT, EFFECT = 128, 256, 512, 1024, 2048, 4096, 8192
    NEW_DOSE, MEASURE, ADVISED_AGAINST, SERIOUS = 1 << 14, 1 << 15, 1 << 16, 1 << 17
    """Only of a whole passage: that it speaks of another dose, of something else to do, of not using the two together, of
    what harms or kills."""


class Role(NamedTuple):
    """What a drug does to an enzyme or transporter, or to patients; or what a text says of drugs that do."""

    target: str
    """The enzyme or transporter; of an effect on patients the effect: `QT`, `nephrotoxic`."""
    role: str
    """`inhibitor`, `inducer`, `substrate`; `effect`."""
    strengths: frozenset[str] = frozenset()
    """`strong`, `moderate`, `weak`; empty where the text does not say."""

    @property
    def meaning(self) -> str:
        """The role without its strength: "CYP3A inhibitor"."""
        return f"{self.target} {self.role}"


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
    """The part of `text` that a mention must be in: the block without the items around it."""
    kind: str
    """`danger` (contraindications), `boxed`, `interactions`, `advice` (other sections on use), `rest`, `faq`."""
    label: int
    """How many characters of `own` are its lead-in label; 0 where it has none."""
    roles: tuple[RoleMention, ...]
    sentences: tuple[tuple[int, int, int], ...]
    """Where each sentence of `own` begins and ends, and its sense: `Sense` flags, joined; last from 0 to 0 that of the
    whole `text`."""


BY_NAME_ALONE = ("rest", "faq")
"""The kinds of passages that mean other drugs by their names alone."""


class OwnRole(NamedTuple):
    """What the drug does, and where that was read."""

    role: Role
    section: str | None
    """None for the front matter."""
    line: int
    text: str


class Passages(Sequence[Passage]):
    """Passages as the store keeps them, a line of JSON each, made when it is asked for: a question comes to few."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = lines
        self._made: dict[int, Passage] = {}

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Passages:
        """These passages."""

        def mention(each: RoleMention) -> list[Any]:
            roles = [[role.target, role.role, *sorted(role.strengths)] for role in each.roles]
            return [each.start, each.end, each.all, roles]

        lines = ([*p[:3], 0 if p.text == p.own else p.text, *p[4:7], [*map(mention, p.roles)], p[8]] for p in passages)
        return cls(tuple(map(_json, lines)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Passages) and self.lines == other.lines

    def __hash__(self) -> int:
        return hash(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, number: Any) -> Any:
        if number not in self._made:
            section, line, last, whole, own, kind, label, mentions, senses = json.loads(self.lines[number])
            roles = tuple(_mention(*each) for each in mentions)
            self._made[number] = Passage(
                section, line, last, whole or own, own, kind, label, roles, tuple(map(tuple, senses))
            )
        return self._made[number]


class Index(NamedTuple):
    """In which passages each of some words is, as the store keeps it: their numbers are read when they are asked for."""

    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """The numbers of the passages that each is in."""

    @classmethod
    def of(cls, words: Iterable[Iterable[str]]) -> Index:
        """What each passage has, in their order."""
        found: dict[str, dict[int, None]] = {}
        for number, each in enumerate(words):
            for word in each:
                found.setdefault(word, {})[number] = None
        return cls(tuple(found), tuple(",".join(map(str, found[word])) for word in found))

    def numbers(self, word: str) -> frozenset[int]:
        """The numbers of the passages that have the word, which is one of `words`."""
        return frozenset(map(int, self.places[self.words.index(word)].split(",")))


class Spelled(NamedTuple):
    """A text with its words, folded, and the place of each."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Spelled:
        """A text, read."""
        words = re.compile(r"[^\W_]+")
        return cls(
            text,
            tuple([word.casefold() for word in words.findall(text)]),
            tuple([found.span() for found in words.finditer(text)]),
        )

    def between(self, at: int) -> str:
        """What is between the word before a place among the words and the word after it."""
        return self.text[self.places[at - 1][1] : self.places[at][0]]


class Names:
    """Finds a drug's names in texts, however their words are joined there: "co-trimoxazole", "cotrimoxazole"."""

    def __init__(self, called: Iterable[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for name in called:
            parts = name.split(" ")
            for count in range(1, len(parts) + 1):
                self._by_first.setdefault("".join(parts[:count]).casefold(), []).append(parts)
        self.firsts = frozenset(self._by_first)
        """The words with which they can begin, folded: a text without them holds no name."""

    def places(self, text: Spelled) -> Iterator[tuple[int, int]]:
        """Of each name, the longest first, the number of its first word and that of the word after it."""
        after = 0
        for at in [place for place, word in enumerate(text.words) if word in self.firsts]:
            if at >= after:
                word = text.words[at]
                ends = (_end(text, at, parts) for parts in self._by_first[word])
                if end := next(filter(None, ends), 0):
                    yield at, end
                    after = end

    def has(self, name: str) -> bool:
        """Whether a text is one of the names and nothing else."""
        text = Spelled.of(name)
        if not text.words or text.places[0][0] or text.places[-1][1] < len(name):
            return False
        return any(_end(text, 0, parts) == len(text.words) for parts in self._by_first.get(text.words[0], ()))


_NEVER_WITHIN = frozenset('!"#$%&()*+,/:;<=>?@[\\]^_`{|}~')
"""Between the words of a name are spaces, hyphens, apostrophes, a period, signs beyond ASCII."""


def _end(text: Spelled, at: int, parts: Sequence[str]) -> int | None:
    """The number of the word after a name that begins at a word; None where none does."""
    if parts[0][0].isupper() and text.text[text.places[at][0]] != parts[0][0]:
        return None
    number = 0
    while True:
        word, joined = text.words[at], ""
        while number < len(parts) and len(joined) < len(word):
            joined += parts[number].casefold()
            number += 1
        at += 1
        if joined != word:
            return None
        if number == len(parts):
            return at
        if at == len(text.words) or len(gap := text.between(at)) > 3 or not _NEVER_WITHIN.isdisjoint(gap):
            return None


class Profile(NamedTuple):
    """One monograph, read."""

    title: str
    is_banned: bool
    classes: tuple[str, ...]
    called: tuple[str, ...]
    """The drug's names as texts may have them, long ones first: words in small letters with a space between, the first
    letter of a brand a capital, for in small letters it may be an ordinary word."""
    defined: tuple[Definition, ...]
    """The abbreviations that it defines."""
    qualities: tuple[str, ...]
    """The words of its classes and description, folded: what a qualified class ("oral anticoagulants") may ask for."""
    roles: tuple[OwnRole, ...]
    kin: tuple[str, ...]
    """The wordings by which its classes can be another drug's, as `classes.kin` has them."""
    wordings: tuple[str, ...]
    """The phrases that mean the drug's classes, words apart by spaces, abbreviations read as the text defines them."""
    words: Index
    """The words of its passages, as `classes.phrase` and as `Names.firsts` has them."""
    acting: Index
    """The roles by which its passages mean drugs, as `meant_by` has them."""
    by_name_alone: tuple[int, ...]
    """The numbers of the passages that are `BY_NAME_ALONE`."""
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


def packed(profile: Profile) -> list[Any]:
    """The profile as lists and texts: one text for all words, one for all places, one for all passages."""
    roles = [(r.role.target, r.role.role, [*r.role.strengths], r.section, r.line, r.text) for r in profile.roles]
    head = (*profile[:4], [*map(tuple, profile.defined)], profile.qualities, roles, profile.kin, profile.wordings)
    indexes = ("\t".join(each) for index in (profile.words, profile.acting) for each in index)
    return [*head, *indexes, profile.by_name_alone, "\n".join(profile.passages.lines)]


def unpacked(kept: Sequence[Any]) -> Profile:
    """The profile that `packed` was given."""
    title, is_banned, classes, called, defined, qualities, roles, kin, wordings, *rest = kept
    words, places, acting, acts, by_name_alone, lines = rest
    return Profile(
        title,
        is_banned,
        classes,
        called,
        tuple(Definition(*each) for each in defined),
        qualities,
        tuple(OwnRole(Role(t, r, frozenset(s)), section, line, wording) for t, r, s, section, line, wording in roles),
        kin,
        wordings,
        Index(_parted(words, "\t"), _parted(places, "\t")),
        Index(_parted(acting, "\t"), _parted(acts, "\t")),
        by_name_alone,
        Passages(_parted(lines, "\n")),
    )


def _parted(text: str, at: str) -> tuple[str, ...]:
    return tuple(text.split(at)) if text else ()


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _mention(start: int, end: int, every: bool, roles: list[list[str]]) -> RoleMention:
    return RoleMention(start, end, tuple(Role(t, r, frozenset(s)) for t, r, *s in roles), every)


def meant_by(own: Role) -> Iterator[str]:
    """Target and role of whatever a drug with that role can be meant by, but for its strength."""
    yield own.meaning
    if own.target.startswith("CYP") and own.role != "substrate":
        yield f"CYP {own.role}"


def as_strong(asked: Role, own: Role) -> bool:
    """Whether a strength that is asked for is the drug's, of "mild or moderate" the lower one."""
    least = [each for each in ("weak", "moderate", "strong") if each in own.strengths][:1]
    return not asked.strengths or bool(asked.strengths.intersection(least))
