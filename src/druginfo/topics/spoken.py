"""How people say it when they ask, and what medicine calls it: a question read once, framing set aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from druginfo.terms.conditions import conditions
from druginfo.terms.files import data_rows, data_tables, word_list
from druginfo.terms.patterns import SHORT_TIME, TIME_IN_WORDS


class Concept(NamedTuple):
    """What medicine calls a turn of everyday speech; no name for what only frames a question."""

    name: str
    sign: Literal["=", "~", "+", "!", "-"] = "="
    """`~`: a circumstance (who, how much, when), which tells little beside anything else; `+`: what may be done about
    something (skip it, stop it); `!`: something else than medicine, so that nothing beside it tells what is asked."""
    wider: tuple[str, ...] = ()
    """What it is part of."""


class Read(NamedTuple):
    """A question: what it speaks of, and its other words."""

    senses: dict[Concept, str]
    """Each with the words that say it."""
    rest: tuple[str, ...]
    """The words that no turn covers, in order."""
    between: tuple[str, ...] = ()
    """The words in the gaps of turns: "formula" in "baby formula milk", "pyridoxine" in "what is pyridoxine for"."""
    background: frozenset[Concept] = frozenset()
    """Those of the senses that only lead to what is asked: "I am thirsty all day, could it be sugar?"."""


_GAP = "…"
_LONGEST_GAP = 4
"""Words between two of a turn."""
_CONTRACTED = {
    short: whole for whole, words in data_tables("word_lists.txt")["contractions"].items() for short in words.split()
}
_ENDING = {"m": " am", "ve": " have", "re": " are", "ll": " will", "d": " would", "s": ""}
_SHORT_TIME = re.compile(SHORT_TIME, re.I)
_WORD = re.compile(r"[^\W_]+(?:[-&.][^\W_]+)*|[.,;:?!()]")


def _plain(text: str) -> list[str]:
    """The words of a question without apostrophes; a full stop for any sign between clauses."""
    plain = re.sub(r"(?i)n't\b", "nt", text.replace("’", "'"))
    plain = re.sub(r"\b(\d+)['s]s?\b", r"\1", plain)  # "two of the 250s"
    plain = _SHORT_TIME.sub(lambda found: f"{found[1]} {TIME_IN_WORDS.get(found[2], found[2].strip())}", plain)
    plain = re.sub(r"(?i)'(m|ve|re|ll|d|s)\b", lambda found: _ENDING[found[1].casefold()], plain).replace("'", "")
    found: list[str] = []
    for word in _WORD.findall(plain):
        found += ["."] if word in ".,;:?!()" else _CONTRACTED.get(word.casefold(), word).split()
    return found


def _unjoined(word: str) -> list[str]:
    """A word, or the words that a hyphen joins where no turn begins with it: "70-year-old"."""
    return word.split("-") if "-" in word and not any(_beginning(word.casefold())) else [word]


def read(question: str) -> Read:
    """What a question speaks of: of the turns that begin at a word the one with most words counts.

    >>> [(sense.name, words) for sense, words in read("I've come out in blotches, is that bad?").senses.items()]
    [('rash', 'come out in blotches')]
    """
    words = [part for word in _plain(question) for part in _unjoined(word)]
    folded = [word.casefold() for word in words]
    senses: dict[Concept, str] = {}
    rest: list[str] = []
    between: list[str] = []
    stated: set[Concept] = set()
    asked: set[Concept] = set()
    asks = _asks(folded, 0)
    at = 0
    while at < len(words):
        fits = [
            (len(slots) - slots.count(None), end, sense, slots)
            for sense, slots in _beginning(folded[at])
            if (end := _ends(slots, folded, at + 1))
        ]
        if fits:
            _, end, sense, slots = max(fits, key=lambda each: each[:2])
            if None in slots:
                filled = [slot for slot in slots if slot]
                for n in range(at + 1, end):
                    if any(slot.has(folded[n]) for slot in filled):
                        continue
                    if (within := _table().words.get(folded[n])) and within.sign == "~":  # "how much may my child take"
                        senses.setdefault(within, words[n])
                    else:
                        between.append(words[n])
            if sense.sign != "-":
                (asked if asks else stated).add(sense)
                senses[sense] = " ".join([*filter(None, [senses.get(sense)]), *words[at:end]])
            at = end
        elif named := _named(folded, at):
            rest += words[at:named]
            at = named
        else:
            rest += [words[at]] if words[at] != "." else []
            asks = _asks(folded, at + 1) if words[at] == "." else asks
            at += 1
    is_background = any(sense.sign in "=!" for sense in asked)
    return Read(senses, tuple(rest), tuple(between), frozenset(stated - asked) if is_background else frozenset())


_LONGEST_NAME = 3  # words
_LINKS = frozenset({"the", "a", "before", "after"})
"""No name begins with these that means something else than what follows: "before surgery", "the shakes"."""


def _named(words: list[str], at: int) -> int:
    """Where the name of a condition ends that begins at a word; 0 where none does: glandular fever is no fever."""
    if words[at] in _LINKS:
        return 0
    ends = range(min(at + _LONGEST_NAME, len(words)), at + 1, -1)
    return next((end for end in ends if " ".join(words[at:end]) in conditions()), 0)


_ASKING = word_list("questions", "asking")


def _asks(words: list[str], at: int) -> bool:
    """Whether a clause that begins at a word asks."""
    return at < len(words) and (words[at] in _ASKING or words[at : at + 2] == ["have", "i"])


class _Slot(NamedTuple):
    """The words of which one is there."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    numbers: tuple[range, ...]

    def has(self, word: str) -> bool:
        """Whether a word is one of these, in any form that it has."""
        return (
            not self.words.isdisjoint(_forms(word))
            or word.startswith(self.beginnings)
            or word.endswith(self.endings)
            or (word.isdecimal() and any(int(word) in each for each in self.numbers))
        )


_Slots = tuple[_Slot | None, ...]
"""The words of a turn after its first; None: up to four words between."""


def _ends(slots: _Slots, words: list[str], at: int) -> int:
    """Where a turn that begins at a word ends; 0 where it is not there."""
    for number, slot in enumerate(slots):
        if slot is None:
            for skipped in range(_LONGEST_GAP + 1):
                if skipped and _parts(words[min(at + skipped, len(words)) - 1]):
                    return 0
                if end := _ends(slots[number + 1 :], words, at + skipped):
                    return end
            return 0
        if at >= len(words) or not slot.has(words[at]):
            return 0
        at += 1
    return at


def _parts(word: str) -> bool:
    """Whether a word parts a turn: the end of a clause, or what something else is called."""
    found = _table().words.get(word)
    return word == "." or (found is not None and found.sign in "=!")


_KEY = 3
"""Letters by which turns are looked up whose first word has any ending; none has fewer before it."""


def _beginning(word: str) -> Iterator[tuple[Concept, _Slots]]:
    """The turns that begin with a word."""
    table = _table()
    if word in table.words:
        yield table.words[word], ()
    for form in _forms(word):
        for sense, turn in table.turns.get(form, ()):
            yield sense, _slots(turn)
    for key in (f"{word[:_KEY]}*", "0" if word.isdecimal() else ""):
        for sense, turn in table.turns.get(key, ()):
            if _slot(turn.partition(" ")[0]).has(word):
                yield sense, _slots(turn)


_IRREGULAR = {
    form: verb for verb, forms in data_tables("word_lists.txt")["irregular verbs"].items() for form in forms.split()
}


@cache
def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it may be a form of; a turn that has the plain form is said in any.

    >>> _forms("stopped"), _forms("took")
    (('stopped', 'stop', 'stoppe', 'stopp'), ('took', 'take'))
    """
    found = [word, _IRREGULAR.get(word, word)]
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and word[-2:] not in ("ss", "us", "is"):
            found += [stem[:-1]] if ending in ("ing", "ed") and stem[-1] == stem[-2] else []
            found += [f"{stem[:-1]}y"] if ending in ("es", "ed") and stem[-1] == "i" else []
            found += [f"{stem}e", stem] if ending != "s" else [stem]
            break
    return tuple(dict.fromkeys(found))


@cache
def _slots(turn: str) -> _Slots:
    return tuple(None if slot == _GAP else _slot(slot) for slot in turn.split(" ")[1:])


@cache
def _slot(written: str) -> _Slot:
    words = _alternatives(written)
    ranges = [each.split("-") for each in words if each[0].isdigit() and "-" in each]
    return _Slot(
        frozenset(words),
        tuple(each[:-1] for each in words if each[-1] == "*"),
        tuple(each[1:] for each in words if each[0] == "*"),
        tuple(range(int(low), int(high) + 1) for low, high in ranges),
    )


def _alternatives(written: str, names: Mapping[str, str] | None = None) -> list[str]:
    """The words of a slot, with those of each `@name` in it."""
    if "@" not in written:
        return written.split("/")
    names = names or _table().names
    return [word for each in written.split("/") for word in (names[each].split("/") if each[0] == "@" else (each,))]


class _Table(NamedTuple):
    words: dict[str, Concept]
    """The turns of one word."""
    turns: dict[str, list[tuple[Concept, str]]]
    """The others by their first words, or the first letters of these."""
    names: dict[str, str]
    """The words of each `@name`."""


@cache
def _table() -> _Table:
    words: dict[str, Concept] = {}
    turns: defaultdict[str, list[tuple[Concept, str]]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in data_rows("spoken.txt"):
        named, sign, written = _ROW.split(row, maxsplit=1)
        if named[:1] == "@":
            names[named] = written
            continue
        name, _, wider = named.partition(" > ")
        sense = Concept(name, sign, tuple(wider.split(", ")) if wider else ())  # type: ignore[arg-type]
        for each in (*written.split(", "), *filter(None, [name])):
            if each.isalpha():
                words[each] = sense
                continue
            for turn in _orders(each):
                first = turn.partition(" ")[0]
                if first.isalpha():
                    turns[first].append((sense, turn))
                    continue
                for word in _alternatives(first, names):
                    turns[word if word.isalpha() else _key(word)].append((sense, turn))
    return _Table(words, turns, names)


def _orders(written: str) -> list[str]:
    """A turn; of two parts with `&` between, which may be in either order, both: "knee & sore"."""
    if " & " not in written:
        return [written]
    first, _, last = written.partition(" & ")
    return [f"{first} {_GAP} {last}", f"{last} {_GAP} {first}"]


_ROW = re.compile("(?:^| )([=~+!-]) ")


def _key(word: str) -> str:
    return "0" if word[0].isdigit() else f"{word[:_KEY]}*" if word[-1] == "*" else word
