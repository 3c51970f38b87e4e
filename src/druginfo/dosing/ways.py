"""In what ways a phrase that was asked for is looked for: whole, without what tells no condition, in part.

What is left aside of it is said; what would make another condition, aim or course of it is no way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from druginfo.dosing.conditions import labels
from druginfo.dosing.indications import names_disease
from druginfo.dosing.naming import ANY_DISEASE, EXCLUDED, NOT_FOR, PHASES, Naming, in_general_too, is_generic, items_of
from druginfo.dosing.pattern import Pattern
from druginfo.markup import plain
from druginfo.model import Monograph, Regimens
from druginfo.terms import patterns, sentences, without_brackets, words_in
from druginfo.terms.asked import (
    ACUTE,
    MAINTENANCE,
    OF_A_PLACE,
    PREVENTION,
    SOFT,
    TREATMENT,
    Asked,
    Meanings,
    PhrasePart,
    Stage,
    asks_prevention,
    is_excluded,
    is_procedure,
    is_symptom,
    read,
    stages_in,
)  # fmt: skip
from druginfo.terms.conditions import is_another
from druginfo.terms.same import NAMELESS, bare, folded
from druginfo.terms.word_parts import is_part_of_body

STEM, _LONGEST_ENDING = 4, 3  # letters
DENIED = Pattern(
    r"\b(?:is|are|was|were|has|have|does|do)\s+(?:not|no)\b"
    r"|\bnot\s+(?:been|for|approved|indicated|recommended|established|studied|covered)\b",
    re.I,
    hints=("no",),
)
""" "Efficacy in Crohn's disease is not established"; "angina, without vasospasm" is a use."""
_WILL_NOT = re.compile(r"\bwill\s+not\s+(?:provide|give|relieve|help|treat)\b", re.I)
_MARKER = re.compile(r"[A-Z]+[A-Z\d-]*\d\w*|(?:positive|negative|mutated|mutant|rearranged|amplified)")
"""What a tumor is told apart by, a word: "HER2", "positive"."""
WHEN = re.compile(r"\b(?:when|if|who|whom|whose|where|unless)\b", re.I)
_WHY = re.compile(patterns.WHY, re.I)
COMES_OF = re.compile(patterns.COMES_OF, re.I)
"""Before what a disease comes of, which is not what is treated."""
_BESIDES = re.compile(r",\s*|\s+(?:(?:in|at|on)\s+the|during|after|not|despite|that|which|because)\s+", re.I)
_JOINED = re.compile(r",\s*|\s+(?:with|and|plus)\s+|[()]", re.I)
"""Between conditions that a person has."""
PAIN = re.compile(r"(?<!chest )(?<!heart )(?<!cardiac )(?<!anginal )\b(?:pain|\w*aches?)\b", re.I)
_PAIN_OF_ANY = PhrasePart("pain", ("pain",), is_known=True)
"""Of whatever it comes."""
ITEM = re.compile(r"[,;/]\s*|\s+(?:and|or)\s+")
_MAY_BE_OPEN = PHASES | {"grade", "course", "time", "line"}
"""Groups of stages without which a condition is no other one."""


class Way(NamedTuple):
    """A way to look for what was asked."""

    parts: Sequence[PhrasePart]
    by_labels: bool = True
    """Whether the labels of rows are looked at, and not the lines of uses and doses."""
    by_uses: bool = False
    """Whether lines of the uses count that affirm it by another name."""
    aside: str = ""
    """What is set aside of what was asked."""
    is_sure: bool = True
    """Whether a dose may be surely for what was asked then."""


class Ways(Naming):
    """A phrase that was asked for, as it may be looked for in one monograph's rows and text."""

    def __init__(self, monograph: Monograph, regimens: Regimens, asked: str) -> None:
        super().__init__(monograph, regimens)
        self.rows = regimens.rows
        self.asked = asked
        self._own_labels = [label for label in self._indications if not is_generic(label)]

    def _readings(self, phrase: Asked, meanings: Meanings) -> Iterator[Way]:
        """In what ways to look for a phrase, the nearest to it first: whole, by labels and in the text; without what
        tells no condition; by what the uses affirm; then parts of it, for which no dose is surely."""
        is_of_aim = phrase.has(PREVENTION) or phrase.has(TREATMENT)
        yield Way(phrase.parts)
        if not (is_of_aim and phrase.conditions):
            yield Way((PhrasePart(self.asked, (self.asked,)),))
        yield Way(phrase.parts, by_labels=False)
        yield from self._without_aside(phrase.parts)
        yield Way(phrase.parts, by_labels=False, by_uses=True)
        yield from self._before_besides(meanings)
        for kept, aside in self._in_part(phrase, meanings):
            yield Way(kept, aside=aside, is_sure=False)
            yield Way(kept, by_labels=False, by_uses=True, aside=aside, is_sure=False)

    def _without_aside(self, parts: Sequence[PhrasePart]) -> Iterator[Way]:
        """By the words of a label in other forms, or without the words that tell no condition."""
        for every in (*self._as_labelled(parts), parts):
            aside = [part for part, after in zip_longest(every, every[1:]) if part.is_aside or _is_when(part, after)]
            left = [part for part in every if part not in aside]
            if left and len(left) < len(parts):
                for by_labels in (True, False):
                    yield Way(left, by_labels=by_labels, aside=" ".join(part.text for part in aside))

    def _before_besides(self, meanings: Meanings) -> Iterator[Way]:
        """Without what is told besides, of where, when or in spite of what: "influenza prophylaxis, nursing home
        outbreak"; not where that is a disease, an organ or an aim of its own."""
        for apart in _BESIDES.finditer(self.asked):
            head, rest = read(self.asked[: apart.start()], meanings), read(self.asked[apart.end() :], meanings)
            words = words_in(self.asked[apart.end() :].lower())
            if any(part.is_known or part.stage for part in rest.parts) or any(map(is_part_of_body, words)) or rest.whom:
                return
            of_symptom = any(map(is_symptom, head.parts))
            if of_symptom and not self.asked[apart.start() :].startswith(","):
                return  # of what it comes
            if of_symptom or any(part.is_known for part in head.parts):
                aside = self.asked[apart.end() :].strip()
                yield Way(head.parts, aside=aside)
                for way in self._without_aside(head.parts):
                    yield way._replace(aside=" ".join(filter(None, (way.aside, aside))))
                yield Way(head.parts, by_labels=False, aside=aside)

    def _in_part(self, phrase: Asked, meanings: Meanings) -> Iterator[tuple[list[PhrasePart], str]]:
        """A condition of it, set apart from another, and the rest: that of "diabetes with a previous heart attack".

        So is one without its grade. An aim or a course is not set aside, nor what tells a condition apart, nor what is
        to be prevented.
        """
        course = [part for part in phrase.parts if part.stage and not self._may_be_aside(part.stage)]
        treated = COMES_OF.split(self.asked)[0].rstrip()
        segments = [read(each, meanings).conditions for each in _JOINED.split(treated)]
        segments += [()] if treated != self.asked else []
        apart = [each for each in segments if len(each) == 1 and each[0].is_known] if len(segments) > 1 else []
        bare = tuple(map(_without_soft, phrase.conditions))
        whole = () if phrase.has(PREVENTION) else (phrase.conditions, bare, *apart)
        for way in dict.fromkeys(whole):
            kept = [*way, *course]
            is_apart = way and {*kept} != {*phrase.parts} and not any(map(self._is_of_another_name, way))
            aside = [part for part in phrase.parts if part not in kept]
            is_apart = is_apart and not any(self._is_denied_by(part.text) for part in aside)
            if is_apart and not (treated != self.asked and self._has_causes(way, self.asked[len(treated) :])):
                yield kept, " ".join(part.text for part in aside)
        alone = self._alone(phrase)
        if alone and not (treated != self.asked and self._has_causes(alone[0], self.asked[len(treated) :])):
            yield alone

    def _alone(self, phrase: Asked) -> tuple[list[PhrasePart], str] | None:
        """The one condition that the text names, and all else that was asked, of which it says nothing: "gout" of
        "gout, between attacks", "acne" of "scarring acne of the back"; not where that makes another condition of it."""
        if EXCLUDED.search(self.asked):
            return None
        is_before = phrase.has(PREVENTION) or asks_prevention(self.asked)
        known = [part for part in phrase.conditions if part.is_known or part.text in self.vocabulary.abbreviations]
        known = [part for part in known if is_before or not _is_operation(part)]
        if not known and PAIN.search(self.asked) and any(map(self._is_of_pain, self._own_labels)):
            return [_PAIN_OF_ANY], self.asked
        texts = [*self._own_labels, *(each for _, text in self._uses for each in sentences(text))]
        naming = {part: [text for text in texts if self._has(part, text)] for part in known}
        found = [part for part, where in naming.items() if where] or known
        if len(found) != 1 or is_symptom(found[0]) or self._is_of_another_name(found[0]):
            return None
        (it,) = found
        self._look_for([it])
        course = {p.stage.key for p in phrase.parts if p.stage and (is_before or not self._may_be_aside(p.stage))}
        if self._is_made_another(it, phrase.parts, is_before=is_before) or self._is_denied():
            return None
        if self._is_of_another_course(course, naming[it]):
            return None
        stages = {key for text in naming[it] for key in stages_in(without_brackets(text))}
        kept = [p for p in phrase.parts if p is it or (p.stage and (p.stage.key in stages or not naming[it]))]
        return kept, " ".join(part.text for part in phrase.parts if part not in kept)

    def _is_made_another(self, it: PhrasePart, parts: Sequence[PhrasePart], *, is_before: bool) -> bool:
        """Whether what is around a condition makes another of it: a word right before it that tells a kind, as of
        hemiplegic migraine; what the uses deny; another disease; a part of the body; where it is to be prevented
        (`is_before`), also an operation, or a disease by any of its names, which may bring it."""
        at = parts.index(it)
        before, after = ([part for part in each if not part.stage] for each in (parts[:at], parts[at + 1 :]))
        around, before = (*before, *after), [part for part in before if not part.is_soft]
        return (
            any(part.is_known and not is_symptom(part) for part in before)
            or (bool(before) and not (after or all(_MARKER.fullmatch(part.text) for part in before)))
            or any(names_disease(part.text) or self._is_denied_by(part.text) for part in around)
            or (_is_of_a_place(it) and any(is_part_of_body(part.text.casefold()) for part in around))
            or (is_before and any(_is_operation(part) or any(map(names_disease, part.ways)) for part in around))
        )

    def _is_of_another_course(self, asked: Collection[tuple[str, str]], naming: Sequence[str]) -> bool:
        """Whether the texts that name a condition are for another aim, course or grade of it than was asked, by what
        they say or deny; what they have in brackets are but its signs: "gout (acute attacks, tophi)"."""
        whole = {key for text in naming for key in stages_in(text)}
        apart = {key for text in naming for key in stages_in(without_brackets(text))}
        in_brackets = whole - apart
        denied = {*asked} & {*in_brackets, *self._stages_denied}
        return bool(denied) or is_excluded(asked, in_brackets) or _is_for_another(asked, apart)

    def _is_of_pain(self, label: str) -> bool:
        """Whether a label has pain of whatever kind as an item: "Management of Pain, Primary Dysmenorrhea"."""
        return any(bare(item) == "pain" for item in ITEM.split(label))

    def _has_causes(self, conditions: Sequence[PhrasePart], cause: str) -> bool:
        """Whether the uses say of which known conditions these come, and not of the one that was told: sleepiness "from
        narcolepsy" is no other."""
        named = (text for _, text in self._uses if all(self._has(in_general_too(part), text) for part in conditions))
        causes = [each for text in named for each in COMES_OF.split(text)[1:]]
        own = {word for each in causes for word in self.spelled(each).split()}
        if own & {word for word in self.spelled(cause).split() if word not in NAMELESS or word == "renal"}:
            return False
        return any(part.is_known for each in causes for part in read(each).parts)

    def _may_be_aside(self, stage: Stage) -> bool:
        """Whether a stage is when something else was, that treatment goes on, or a grade that a dose is for and the
        uses do not name."""
        graded = (each for row in self.rows if row.dose for each in (row.text, *labels(row)))
        goes_on = stage.key == ("aim", MAINTENANCE) and not any(map(stage.is_in, self._own_labels))
        return stage.group == "time" or goes_on or (stage.group == "grade" and any(map(stage.is_in, graded)))

    def _is_denied_by(self, words: str) -> bool:
        """Whether labels or uses have one of some words with "non" before it: a valve, of nonvalvular fibrillation; or
        a sentence that denies what was asked for has it: "not for asymptomatic hyperuricemia"."""
        texts = (*self._own_labels, *(text for _, text in self._uses))
        begun = "|".join(re.escape(word[:STEM]) for word in words_in(words.lower()) if len(word) >= STEM)
        denied = (each for each in self._denied if self.names_some(each))
        return bool(begun) and (
            any(re.search(rf"\bnon[- ]?(?:{begun})", each, re.I) for each in texts)
            or any(re.search(rf"\b(?:{begun})", each, re.I) for each in denied)
        )

    def _is_of_another_name(self, part: PhrasePart) -> bool:
        """Whether a condition is only in the name of another one that was asked for: no hypertension is portal."""
        return any(is_another(word, self.asked) for word in words_in(part.text.lower()))

    def _as_labelled(self, parts: Sequence[PhrasePart]) -> Iterator[list[PhrasePart]]:
        """The parts with those as one that have all words of a label in any form: the shift worker's is shift work."""
        for label in (item for whole in self._own_labels for item in items_of(whole)):
            words = frozenset(bare(label).split()) - ANY_DISEASE
            taken = [part for part in parts if not part.stage and any(is_alike(part.text, each) for each in words)]
            if len(words) > 1 and all(any(is_alike(part.text, each) for part in taken) for each in words):
                one = PhrasePart(" ".join(part.text for part in taken), (label,), is_known=True)
                yield [one, *(part for part in parts if part not in taken)]

    def _is_denied(self) -> bool:
        """Whether a line of the uses on what the drug is not for names what was asked, and not only a kind of it:
        "uncomplicated first urinary tract infections"."""
        lines = (plain(block.text) for section in self.usage for block in section.blocks)
        lined = ((line, _WHY.split(each)[0]) for line in lines for each in sentences(line))
        denied = (each for line, each in lined if NOT_FOR.match(line) or _WILL_NOT.search(each))
        asked = [part for part in self._parts if not part.stage]
        named = (each for each in denied if asked and all(self._has(part, each) for part in asked))
        return any(stages_in(each) - {("aim", TREATMENT)} <= stages_in(self.asked) for each in named)

    @cached_property
    def _denied(self) -> tuple[str, ...]:
        """The sentences of the uses on what the drug is not for."""
        lines = (plain(block.text) for section in self.usage for block in section.blocks)
        lined = ((line, _WHY.split(each)[0]) for line in lines for each in sentences(line))
        return tuple(each for line, each in lined if NOT_FOR.match(line) or DENIED.search(WHEN.split(each)[0]))

    @cached_property
    def _stages_denied(self) -> frozenset[tuple[str, str]]:
        """The aims and courses in these, of whatever: "not for the relief of acute bronchospasm" says it of asthma."""
        return frozenset(key for each in self._denied for key in stages_in(each))

    def _refusing(self, phrase: Asked) -> Sequence[str]:
        """What the uses deny of a condition of a phrase, or of its aim or course: "not for acute bronchospasm"."""
        asked = {part.stage.key for part in phrase.parts if part.stage and part.stage.group in PHASES}
        asked -= {("aim", TREATMENT)}
        own = (each for each in self._denied if not is_excluded(asked, stages_in(each)))
        return [each for each in own if self.names_some(each) or asked & stages_in(each)]


def _is_for_another(asked: Collection[tuple[str, str]], named: Collection[tuple[str, str]]) -> bool:
    """Whether texts that name some aims and stages of a condition are for others than those asked for, or whether what
    they do not name may make it another."""
    if any(group not in _MAY_BE_OPEN for group, _ in {*asked} - {*named}) or is_excluded(asked, named):
        return True
    if ("phase", ACUTE) in asked:
        return aims_only_other(named)
    is_acute_alone = ("phase", ACUTE) in named and not _aims_of(named)
    return is_acute_alone and any(group == "aim" and name != TREATMENT for group, name in asked)


def aims_only_other(named: Collection[tuple[str, str]]) -> bool:
    """Whether all aims that texts name are others than treatment: no attack is treated by what prevents it."""
    aims = _aims_of(named)
    return bool(aims) and TREATMENT not in aims


def _aims_of(keys: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(name for group, name in keys if group == "aim")


def _is_operation(part: PhrasePart) -> bool:
    """Whether a condition is an operation or another procedure: PCI, beside the infarction that it is for."""
    return any(map(is_procedure, (part.text, *part.ways)))


def _is_of_a_place(part: PhrasePart) -> bool:
    """Whether a condition is another one in each part of the body: an infection, an edema, but not acne."""
    return not OF_A_PLACE.isdisjoint(folded(f"{part.text} {part.ways[0]}").split())


def _without_soft(part: PhrasePart) -> PhrasePart:
    """A condition by its name without words that a text need not have: "bacterial meningitis" as meningitis."""
    first, _, rest = part.text.partition(" ")
    shorter = read(rest).conditions if part.is_known and first.casefold() in SOFT else ()
    return shorter[0] if len(shorter) == 1 and shorter[0].is_known else part


def _is_when(part: PhrasePart, after: PhrasePart | None) -> bool:
    """Whether a part only begins what is set aside: "after meals"."""
    return part.stage is not None and part.stage.group == "time" and after is not None and after.is_aside


def is_alike(one: str, other: str) -> bool:
    """Whether two words are forms of one: "worker" and "work"."""
    one, other = folded(one), folded(other)
    begun = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return begun >= STEM and max(len(one), len(other)) - begun <= _LONGEST_ENDING
