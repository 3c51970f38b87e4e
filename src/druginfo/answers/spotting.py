"""Which drugs a person's words name, and what else they say: one reading, which every question shares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from druginfo import topics
from druginfo.errors import Absent, Ambiguous, Usage
from druginfo.library import Library
from druginfo.model import Card, Match
from druginfo.names import fold, is_joined
from druginfo.terms import runs
from druginfo.terms.files import word_list
from druginfo.topics.synonyms import COMMON, EVERYDAY, FILLERS, LIGHT

LONGEST_SENTENCE = 40
"""Words. What is longer is not read as a question."""
_LONGEST_LEADING = 24
"""Words. Only so many at the beginning are tried as a drug's name with words after it."""
_LONGEST_WITHIN = 5
"""Words of a name within a sentence."""
_LONGEST_RUN = 3
"""Words of an absent drug or a class within a sentence."""
_AROUND = '.,;:?!()"“”'
_CLEAR_PREFIX = 5
"""Letters: what is the beginning of a drug's name for longer is that name, though the index may know it as a word."""


class Spot(NamedTuple):
    """Where in some words a drug is named; `match.kind` says how sure that is."""

    match: Match
    first: int
    after: int
    """The number of the word after the name."""


class Words:
    """What a person wrote: the drugs and the class that it names, exactly or by a slip, and the other words.

    A name within a sentence has as many words as possible; a short one counts only in capitals (ASA, UFH), and none
    that is a topic or an everyday word too. What finds a name of several drugs raises Ambiguous, if `strict`.
    """

    def __init__(self, library: Library, words: Sequence[str], *, strict: bool = True) -> None:
        self.library = library
        self.strict = strict
        self.words = " ".join(words).split()
        self.whole = " ".join(self.words)

    @property
    def is_sentence(self) -> bool:
        """Whether they are few enough for a question."""
        return len(self.words) <= LONGEST_SENTENCE

    def text(self, first: int, after: int) -> str:
        """Some of the words, without the signs around them and a possessive's ending."""
        return " ".join(self.words[first:after]).strip(_AROUND).removesuffix("'s").removesuffix("’s")

    def but(self, *spots: Spot) -> list[str]:
        """The words that are in none of some names, without the signs around them."""
        taken = {number for spot in spots for number in range(spot.first, spot.after)}
        return [word.strip(_AROUND) for number, word in enumerate(self.words) if number not in taken]

    @property
    def with_it(self) -> list[str]:
        """The words with "it" in place of each name, as turns of speech have it: "half an it"."""
        named = {number: spot.first for spot in self.spots for number in range(spot.first, spot.after)}
        return [
            "it" if number in named else w for number, w in enumerate(self.words) if named.get(number, number) == number
        ]

    # ------------------------------------------------------------ exact names

    @cached_property
    def leading(self) -> Spot | None:
        """The drug that the first words name."""
        return self._spot(0, _LONGEST_LEADING)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Where drugs are named, in order; of more words than a question has only at the beginning."""
        found = [self.leading] if self.leading else []
        at = found[0].after if found else 0
        while at < len(self.words) and self.is_sentence:
            spot = self._spot(at, _LONGEST_WITHIN, within=True)
            found += [spot] if spot else []
            at = spot.after if spot else at + 1
        return tuple(found)

    @property
    def drugs(self) -> list[Match]:
        """The drugs that are named, each once, in order."""
        return list({spot.match.slug: spot.match for spot in reversed(self.spots)}.values())[::-1]

    def _spot(self, first: int, most: int, *, within: bool = False) -> Spot | None:
        for after in range(min(first + most, len(self.words)), first, -1):
            name = self.text(first, after)
            if within and not _may_name(name, shortest=3 if name.isupper() and name.isalpha() else 4):
                continue
            if self.library.knows(name):
                try:
                    return Spot(self.library.find(name, exact=True), first, after)
                except Ambiguous:
                    if self.strict:
                        raise
        return None

    # ------------------------------------------------------------ slips, absent drugs, classes

    def slip(self, *, exact: bool = False) -> tuple[Match, Sequence[str]] | None:
        """The drug that a misspelled name means, and the words beside it: `baricitinb kidney`, `INR warfrin`.

        Words before a topic, one or two before other words; else one within a question that no text has, or with a
        capital one that is its name elsewhere in the world. Raises Absent, Ambiguous where the first words are no name
        of one drug of the library.
        """
        refused = None
        for count in range(min(len(self.words) - 1, _LONGEST_LEADING), 0, -1):
            name, rest = " ".join(self.words[:count]), self.words[count:]
            if count > 1 and name[-1].isdigit():  # "warfrin 5 mg"
                continue
            is_before_topic = topics.known(" ".join(rest)) is not None
            if not is_before_topic and (count > 2 or topics.known(name) or is_ordinary(self.library, name)):
                continue
            found = self.library.resolve(name, exact=exact)
            if found.match:
                return found.match, rest
            refused = refused or (name if found.status in ("absent", "ambiguous") else None)
        for at in range(1, len(self.words) if self.is_sentence else 0):
            name = self.text(at, at + 1)
            is_written = _is_written(self.library, name)
            if is_written and (
                not name[:1].isupper() or is_plain(name) or not _may_name(name, shortest=3 if name.isupper() else 4)
            ):
                continue
            if match := self.library.resolve(name, exact=exact or is_written).match:
                return match, [*self.words[:at], *self.words[at + 1 :]]
        if refused:
            self.library.find(refused, exact=exact)
        return None

    def absent(self) -> Iterator[str]:
        """The known drugs without a monograph that a question names exactly."""
        for first, after in self._runs(_LONGEST_RUN):
            name = self.text(first, after)
            if not _may_name(name) or not is_absent(self.library, name):
                continue
            if after - first > 1 and all(map(is_plain, name.split()[:2])):  # "brand new", "first puff" are products
                continue
            if not any(of_class(self.library, word) for word in name.split()):  # a statin is no nystatin
                yield from filter(None, [self.library.resolve(name, exact=True).known_as])

    def of_class(self, *, at_ends: bool = False) -> Iterator[tuple[str, tuple[Card, ...], list[str]]]:
        """The classes that the words name, the longest names first: the name, its drugs, the words beside it.

        `at_ends`: only at the beginning or the end.
        """
        for first, after in self._runs(len(self.words) - 1 if at_ends else _LONGEST_RUN):
            name = " ".join(self.words[first:after])
            if at_ends and first and after < len(self.words):
                continue
            if not topics.known(name) and (cards := of_class(self.library, name)):
                yield name, cards, [*self.words[:first], *self.words[after:]]

    def _runs(self, longest: int) -> Iterator[tuple[int, int]]:
        """Every run of so many words or fewer, long ones first; none of what is too long for a question."""
        return runs(len(self.words) if self.is_sentence else 0, longest)


def is_plain(word: str) -> bool:
    """Whether a word is one of everyday speech or of the tables, whatever product may have taken it for its name."""
    from druginfo.topics import spoken
    from druginfo.topics.wording import same

    return word.casefold() in COMMON | FILLERS | LIGHT or bool(same(word)) or not spoken.read(word).rest


def is_ordinary(library: Library, word: str) -> bool:
    """Whether a word need not be a slip of a drug's name: a topic, an everyday word, or one that the texts use."""
    if not _may_name(word, shortest=3 if word.isupper() else 4):
        return True
    return library.resolve(word, exact=True).status == "not_found" and _is_written(library, word)


def _is_written(library: Library, word: str) -> bool:
    """Whether the tables or texts have a word, and it is not clearly the beginning of a drug's name."""
    from druginfo.answers.query import fts, parse
    from druginfo.topics.wording import same

    if not _may_name(word):
        return True
    if not same(word) and not all(library.holds(fts(term)) for term in parse(word)):
        return False
    found = library.resolve(word).match if len(word) > _CLEAR_PREFIX else None
    return found is None or found.kind != "prefix"


def is_absent(library: Library, words: str) -> bool:
    """Whether words are the name of a known drug without a monograph. Two drugs' names side by side are not their
    combination's in a sentence: "tofacitinib alcohol"."""
    found = library.resolve(words, exact=True, explain=True)
    side_by_side = found.explanation and found.explanation.rule == "combination" and not is_joined(words)
    return found.status == "absent" and not side_by_side


def spelled_out(library: Library, slug: str, words: Iterable[str]) -> dict[str, str]:
    """The abbreviations among words that no table has, each with the phrase of a drug's text that it stands for."""
    from druginfo.topics.wording import same

    unknown = [word for word in words if word.isupper() and not same(word) and not library.meanings(word)]
    if not unknown:
        return {}
    from druginfo.classes.abbreviations import by_initials
    from druginfo.terms.conditions import own_names

    text = "\n".join(f"{section.title}\n{section.text}" for section in library.open(slug).sections)
    folded = text.casefold()
    named = {word: (name for name in own_names(word.casefold()) if " " in name and name in folded) for word in unknown}
    return {word: phrase for word in unknown if (phrase := by_initials(word, text) or next(named[word], ""))}


def read_as(initials: Mapping[str, str]) -> str:
    """How abbreviations were read, as an answer says it: "HLH: hemophagocytic lymphohistiocytosis."."""
    return " ".join(f"{short}: {phrase}." for short, phrase in initials.items())


def _may_name(words: str, shortest: int = 4) -> bool:
    folded = fold(words.lstrip("0123456789., %"))  # 0.9% NaCl
    return len(folded) >= shortest and not topics.known(words) and folded not in EVERYDAY | COMMON


# ---------------------------------------------------------------- classes


def of_class(library: Library, query: str) -> tuple[Card, ...]:
    """The drugs of the class that the query names; none where it names none.

    One word must be the whole name of a class or its abbreviation, for it may be a drug's: insulin is no insulin
    secretagogue, but JAK is a Janus kinase (JAK) inhibitor.
    """
    if len(fold(query)) < 3:
        return ()
    cards = tuple(library.cards(named_by_class(library, query)))
    return cards if " " in query or _is_class(cards, query) else ()


def _is_class(cards: Sequence[Card], query: str) -> bool:
    """Whether the query is the whole name of a class or an abbreviation in it, and not just a word of it."""
    from druginfo.classes import phrase, wordings

    short = f"({query})".casefold()
    return any(phrase(query) in wordings(c.classes) or short in " ".join(c.classes).casefold() for c in cards)


def named_by_class(library: Library, query: str) -> list[str]:
    """The drugs of whose classes a query means one, in any wording of it, or part of it: "JAK", "proton pump"."""
    from druginfo.classes import is_vague, phrase, wordings

    wanted = phrase(query)
    if not wanted or is_vague(wanted):
        return []

    def worded(classes: Sequence[str]) -> str:
        named = [*map(" ".join, wordings(classes))], [" ".join(phrase(name)) for name in classes]
        return json.dumps([classes, *named], ensure_ascii=False)

    kept = library.kept_of_all("classes", lambda: "\n".join(map(worded, library.classed())))
    whole = " ".join(wanted)
    acted_on = tuple(f"{whole} {acting}" for acting in word_list("classes", "acting"))
    of_it: list[Sequence[str]] = []
    acting: list[Sequence[str]] = []
    part: list[Sequence[str]] = []
    for line in kept.split("\n"):
        if all(word in line for word in wanted):
            classes, called, names = json.loads(line)
            having = [name for name in names if set(wanted) <= set(name.split())]
            if whole in called:
                of_it.append(classes)
            elif having:
                (acting if all(name.endswith(acted_on) for name in having) else part).append(classes)
    return library.of_classes([*of_it, *part, *([] if of_it else acting)])


# ---------------------------------------------------------------- nothing but names

MOST_COMPARED = 4
MOST_COMBINED = 10
_IN_WORDS = {MOST_COMPARED: "four", MOST_COMBINED: "ten"}


class NamedDrugs(NamedTuple):
    """The drugs that the arguments of `compare` and `interactions` name."""

    found: tuple[Match, ...]
    """Each once, in the order asked for."""
    twice: tuple[Match, ...]
    """The names that mean one of them again."""
    absent: tuple[Absent, ...]
    """What is wrong with the names of drugs that the library does not have."""

    def several(self, command: str, most: int) -> tuple[Match, ...]:
        """Those found. Raises Usage where they are fewer than two or too many."""
        if len(self.found) == 1 and self.twice:
            raise self.same_drug()
        if not 2 <= len(self.found) <= most:
            raise Usage(f"{command} takes two to {_IN_WORDS[most]} drugs, not {len(self.found)}.")
        return self.found

    def same_drug(self) -> Usage:
        """What is wrong with two names of one drug."""
        other = self.twice[0]
        one = next(match for match in self.found if match.slug == other.slug)
        return Usage(f"“{one.query}” and “{other.query}” are the same drug, {one.title}.", query=other.query)


def named(library: Library, arguments: Sequence[str]) -> NamedDrugs:
    """The drugs that arguments name exactly, each perhaps in several of them. Raises NotFound, Ambiguous."""
    found: list[Match] = []
    twice: list[Match] = []
    absent: list[Absent] = []
    rest = [word for word in (" ".join(argument.split()) for argument in arguments) if word]
    while rest:
        count = _name_length(library, rest)
        name, rest = " ".join(rest[:count]), rest[count:]
        try:
            match = library.find(name, exact=True)
        except Absent as error:
            absent.append(error)
            continue
        (twice if match.slug in {each.slug for each in found} else found).append(match)
    return NamedDrugs(tuple(found), tuple(twice), tuple(absent))


def _name_length(library: Library, arguments: Sequence[str]) -> int:
    """How many arguments are the first name: the most that make one, unless each of them is one by itself."""
    for known in (library.knows, lambda name: library.resolve(name, exact=True).status != "not_found"):
        for count in range(min(len(arguments), 6), 1, -1):
            if not all(map(known, arguments[:count])) and known(" ".join(arguments[:count])):
                return count
        if known(arguments[0]):
            return 1
    return 1
