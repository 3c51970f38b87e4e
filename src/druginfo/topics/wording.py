"""A person's words → what finds them in a text: other forms of the word, words that mean the same, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from druginfo.terms import words_in
from druginfo.terms.conditions import condition_rows
from druginfo.terms.patterns import PERIOD
from druginfo.terms.spelling import variants
from druginfo.terms.word_parts import is_part_of_body
from druginfo.topics.synonyms import FILLERS, LIGHT, TESTS, Same, groups, other_senses, same_words

if TYPE_CHECKING:
    from druginfo.terms.asked import Meanings


class QueryWord(NamedTuple):
    """A word or phrase that a text is to hold."""

    typed: str
    """As typed."""
    pattern: re.Pattern[str]
    """Finds it in any of its forms and spellings, or what means the same."""
    near: re.Pattern[str] | None = None
    """Finds what is near it, for want of better."""
    is_light: bool = False
    """Whether a text may do without it."""
    apart: re.Pattern[str] | None = None
    """Finds a text that has it in another sense: milk that is food, and what passes into milk."""

    def is_in(self, text: str) -> bool:
        """Whether a text has it in the sense that is asked for."""
        return bool(self.pattern.search(text)) and not (self.apart and self.apart.search(text))


@lru_cache(maxsize=512)
def _same(letters: str) -> dict[str, tuple[str, ...]]:
    """For each word or phrase of the rows that have these letters, as `_keys` has it, all that it finds."""
    table: dict[str, tuple[str, ...]] = {}
    for row in same_words(letters):
        for key in (key for each in row.words for key in _keys(each)):
            table[key] = (*table.get(key, ()), *row.words, *row.also)
    for names, sign, meant in condition_rows(letters):
        for name in names if sign in "=>" else ():
            for key in _keys(name):
                table.setdefault(
                    key, (*meant, *(each for each in names if sign == "=" and len(each) > _LONGEST_ABBREVIATION))
                )
    for name, meant in groups().items():
        table.setdefault(_keys(name)[0], meant)
    return table


_LONGEST_ABBREVIATION = 6


def _keys(words: str) -> tuple[str, ...]:
    """Words folded; and without the spaces and hyphens by which people part them ("light headed", "light-headed").

    Not of short ones, which would be abbreviations: "am I" is no AMI.
    """
    if words.isalpha() and words.islower():
        return (words,)
    if words.replace(" ", "").isalnum():
        parts = words.casefold().split(" ")
    else:
        parts = words_in(words.casefold().replace("'", "").replace("’", ""))
    joined = "".join(parts)
    # "raised K" is not "raisedk"
    is_long = len(parts) > 1 and len(joined) > _LONGEST_ABBREVIATION and len(parts[-1]) > 1
    return (" ".join(parts), joined) if is_long else (" ".join(parts),)


def same(words: str) -> tuple[str, ...]:
    """What means the same as these words by the tables; empty where they have nothing.

    >>> "hyperkalemia" in same("high potassium")
    True
    """
    for key in _keys(words):
        for each in dict.fromkeys((key, _singular(key), *(variants(key)))):
            if found := _same(each.replace(" ", "")).get(each):
                return tuple(dict.fromkeys(found))
    stem = _stem(key)
    alike = _same(stem) if key.isalpha() else {}  # "infused" is "infusion"
    known = next((each for each in alike if len(each) > 4 and each.isalpha() and _stem(each) == stem), None)
    return tuple(dict.fromkeys(alike[known])) if known else ()


_STEM = re.compile(r"(?<=\w{3})(?:at(?:ions?|ed|ing|es?)|ions?|ings?|ied|ies|ed|es|ness|e|y|s)$")


def _stem(word: str) -> str:
    return _STEM.sub("", word)


def respelled(word: str) -> str | None:
    """The one word of the tables that a word misspells by one edit, or two in a long word; None where it is one itself.

    >>> respelled("pruritis"), respelled("diarhea"), respelled("cough")
    ('pruritus', 'diarrhea', None)
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    key = _keys(word)[0]
    if len(key) < 5 or not key.isalpha() or same(word):
        return None
    alike = [each for each in _same("") if each.isalpha() and each[0] == key[0]]
    found = extract(key, alike, scorer=OSA.distance, score_cutoff=1 if len(key) < 8 else 2, limit=2)
    if not found or (len(found) > 1 and found[1][1] == found[0][1] and same(found[0][0]) != same(found[1][0])):
        return None
    return found[0][0]


def _singular(words: str) -> str:
    return words[:-1] if len(words) > 4 and words.endswith("s") and not words.endswith("ss") else words


def expression(words: str) -> str:
    """A regular expression for words side by side, each in any of its forms and spellings; its stem begins a word.

    `#` finds an amount of time.
    """
    found = []
    for before, word in pairwise(["", *re.findall(r"#|[^\W_]+", re.sub(r"['’]s?\b", "", words))]):
        if word in _ROMAN and before.lower().rstrip("s") in _NUMBERED:
            found.append(rf"(?:{word}|{_ROMAN[word]})\b")
            continue
        if word == "#":
            found.append(rf"\d[\d.,]*(?: (?:to|or) \d+)? {PERIOD}\b")
            continue
        spelled = dict.fromkeys(_form(each) for each in dict.fromkeys((word, *variants(word))))
        found.append(next(iter(spelled)) if len(spelled) == 1 else f"(?:{'|'.join(spelled)})")
    return r"\b" + _BETWEEN.join(found) if found else r"(?!)"


_BETWEEN = r"(?:['’]s)?(?:[\s\-‐-―'’/.*:\\]{0,3}|-(?:,? (?:and |or )?\w+-?){1,4} )"
"""Between words side by side, of which the first may be one of several: "poor-, intermediate- and rapid metabolizer"."""


_NUMBERED = frozenset({"type", "grade", "stage", "phase"})
_ROMAN = {"1": "I|one", "2": "II|two", "3": "III|three", "4": "IV|four"}
"""How texts write the number after such a word: "type 1 diabetes", "Type I diabetes mellitus"."""
_ENDINGS = "nesses ness ings ing ies ied ically ation ations ion ions ed es ly s y e".split()


def _form(word: str) -> str:
    """A word's stem with any ending; a short word, an abbreviation or one with a figure only in few endings."""
    if word.isdigit():
        return rf"{'[:,]?'.join(word)}\b"  # 1,500; HLA-B*58:01
    if enzyme := _ENZYME.fullmatch(word):
        return rf"(?:CYP|P[ -]?450)[ -]?(?:isozyme )?{enzyme[1]}\b"
    if len(word) < 5 or word.lower() in _WHOLE or any(c.isdigit() for c in word) or (word.isupper() and len(word) < 7):
        return rf"(?-i:{word}s?)\b" if word in _AMBIGUOUS else rf"{word}(?:s|es|ing|ed|d)?\b"
    lower = word.lower()
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= (
            5 if ending in ("ing", "ings", "ion", "ions", "ation", "ations", "ed") else 4
        ):
            lower = lower.removesuffix(ending)
            break
    return rf"{lower}\w*"


_ENZYME = re.compile(r"CYP(\d[A-Z]\d\d?)", re.I)
"""An enzyme that older texts call "cytochrome P450 2D6"."""
_WHOLE = frozenset({"period", "periods", "labor", "plane", "stoma", "store"})
"""Words that begin others, of which a text must have just these: "periodically" does not speak of periods."""


def _parted(word: str) -> str:
    """A compound as two words: "pill box" for "pillbox"."""
    return rf"\b{word[:3]}{''.join(f'[ -]?{c}' for c in word[3:-2])}[ -]?{word[-2:]}"


_AMBIGUOUS = frozenset(
    {"AS", "ALT", "AST", "TEN", "ED", "IT", "IS", "AN", "PAD", "AD", "DRESS", "DOE", "MG", "Mg", "RAI"}
)
"""Abbreviations that are words in lower case."""


def wanted(words: Sequence[str], meanings: Meanings = lambda _: ()) -> list[QueryWord]:
    """What to look for, for a person's words in order: the longest runs that the tables or `meanings` know, then words.

    Fillers are left out; where nothing else is left, light words count.
    """
    from druginfo.topics import known

    bare = [re.sub(r"^[^\w]+|[^\w]+$", "", word) for word in words]
    bare = [word for word in bare if word]
    found: list[QueryWord] = []
    at = 0
    while at < len(bare):
        for count in range(min(_LONGEST_PHRASE, len(bare) - at), 0, -1):
            run = " ".join(bare[at : at + count])
            if aged := _AGED.fullmatch(run):
                age = int(aged[1]) if "year" in run else 0
                run = "children" if age < _ADULT else "elderly" if age > _OLD else run
            if count == 1 and run.casefold() in FILLERS:
                break
            others = [*same(run), *meanings(run)]
            ends = {bare[at].casefold(), bare[at + count - 1].casefold()}
            if (
                others
                or count == 1
                or _PERIOD.fullmatch(run)
                or _KIND.fullmatch(run)
                or (not ends & FILLERS and known(run))
            ):
                found.append(_wanted(run, others, count == 1 and run.casefold() in LIGHT))
                at += count - 1
                break
        at += 1
    return found


@lru_cache(maxsize=512)
def called(name: str, *turns: str) -> QueryWord:
    """What to look for, for what medicine calls something that was said otherwise, each as a whole."""
    return _wanted(name, (*same(name), *(each for words in turns for each in (words, *same(words)))), False)


_SHARED = r"(?:, [\w-]+){0,2},? (?:and|or) [\w-]+ "
"""Between two words that others share: "cataract or glaucoma surgery"."""
_PERIOD = re.compile(rf"\d[\d.,]* (?:{PERIOD}|times)", re.I)
"""A number and what it counts are asked for together."""


def is_amount_of_time(words: str) -> bool:
    """Whether words are a number, alone or of minutes, days, times."""
    return words.replace(".", "").isdecimal() or _PERIOD.fullmatch(words) is not None


_LONGEST_PHRASE = 5
_LONGEST_WORD = 45
"""Letters of a word that may be written as two."""
_KIND = re.compile(rf"(?:{'|'.join(_NUMBERED)}) [1-4]", re.I)
_AGED = re.compile(rf"(\d{{1,3}}) {PERIOD} old", re.I)
_ADULT, _OLD = 18, 64


def _wanted(run: str, others: Iterable[str], is_light: bool) -> QueryWord:
    own = () if len(run) == 1 and others else (run,)  # K is potassium, not vitamin K
    every = dict.fromkeys(map(expression, (*own, *(each for each in others if len(each) > 1))))
    for first, last in (words for each in (run, *others) if " " in run and len(words := each.split()) == 2):
        every |= {rf"{expression(first)}{_SHARED}{expression(last)}": None}
    every |= dict.fromkeys(_of_body(run))
    every |= {_parted(run): None} if run.isalpha() and 5 < len(run) <= _LONGEST_WORD else {}
    wide, apart = (
        _finder(map(expression, each)) if each else None for each in (_near_to(run), other_senses().get(run.casefold()))
    )
    return QueryWord(run, _finder(every), wide, is_light, apart)


_NOT_FAR = r"(?:[\s,/-]+[\w-]+){0,4}?[\s,/-]+"
"""Between a part of the body and what it is like: "tightness or pressure in the chest"."""


def _of_body(run: str) -> Iterator[str]:
    """What finds two words of which one is a part of the body in either order: a tight chest is chest tightness."""
    words = run.split()
    if len(words) == 2 and any(map(is_part_of_body, map(str.casefold, words))):
        first, last = map(expression, words)
        yield f"{first}{_NOT_FAR}{last}"
        yield f"{last}{_NOT_FAR}{first}"


def _finder(expressions: Iterable[str]) -> re.Pattern[str]:
    """Finds what any of some expressions finds."""
    return re.compile("|".join(expressions), re.I)


def _near_to(run: str) -> list[str]:
    return [each for row in _rows_of(run) for each in row.near]


def alike(words: str) -> list[str]:
    """What means just the same as these words by the tables, themselves included.

    >>> "soybean" in alike("soya")
    True
    """
    return [each for row in _rows_of(words) for each in row.words]


def _rows_of(words: str) -> Iterator[Same]:
    """The rows of words that mean the same in which these are, in any spelling."""
    for word in (spelled for key in _keys(words) for spelled in variants(key)):
        yield from (row for row in same_words(word.replace(" ", "")) if any(word in _keys(one) for one in row.words))


def near_words(found: Iterable[QueryWord], text: str) -> Iterator[str]:
    """What a text holds that is only near the words."""
    near = dict.fromkeys(word for each in found for word in _near_to(each.typed))
    return (word for word in near if _finder([expression(word)]).search(text))


def widened(found: Sequence[QueryWord]) -> list[QueryWord]:
    """The same, each found by what is near it too; none where nothing is near any of them."""
    if not any(each.near for each in found):
        return []
    return [
        each._replace(pattern=_finder([each.pattern.pattern, each.near.pattern])) if each.near else each
        for each in found
    ]


def by_topic(term: QueryWord, *, narrower: bool = False) -> QueryWord:
    """A word that is a topic's, or of a part of it (`narrower`), is found by whatever speaks of the topic too."""
    from druginfo.topics import is_narrower, known

    topic = known(term.typed)
    if topic is None or term.is_light or (is_narrower(term.typed, topic) and not narrower):
        return term
    return term._replace(pattern=_finder([term.pattern.pattern, topic.pattern.pattern]))


def telling(found: Sequence[QueryWord]) -> list[QueryWord]:
    """Those that a text must hold: all but the light ones, or all where there are no others."""
    return [each for each in found if not each.is_light] or list(found)


def is_test(terms: Iterable[QueryWord]) -> bool:
    """Whether one of them is something that is measured."""
    return any(not TESTS.isdisjoint((each.typed.casefold(), *same(each.typed))) for each in terms)


def any_of(terms: Sequence[QueryWord]) -> Callable[[str], bool]:
    """Whether a text holds any of them but the light ones."""
    return lambda text: any(term.is_in(text) for term in terms if not term.is_light)


def held(terms: Iterable[QueryWord], text: str) -> Iterator[QueryWord]:
    """Those that a text holds."""
    return (term for term in terms if term.is_in(text))
