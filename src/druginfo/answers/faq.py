"""`faq`: questions and answers of one drug, or the best-matching ones of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.answers.listing import of_class
from druginfo.answers.spotting import (
    LONGEST_SENTENCE,
    absent_within,
    is_absent,
    misspelled_within,
    split_drug,
    well_named,
)
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Faq, FaqHit, Hidden, Match, Sparse
from druginfo.terms import words_in
from druginfo.topics.synonyms import COMMON
from druginfo.topics.wording import Wanted, by_topic, same, telling, wanted, widened


class Faqs(NamedTuple):
    """Questions and answers: of one drug (`match`), or the best-matching ones of all."""

    match: Match | None
    faqs: tuple[FaqHit, ...]
    absent: Sparse[tuple[str, ...]] = ()
    """Known drugs that the query names and the library has no monograph of, where it names no other."""
    questions_only: Hidden[bool] = False
    """Whether the screen leaves out the answers."""


_MOST = 0.5
"""More than this share of what the words tell must be in a question or its answer; as much, if the question has it."""
_OFTEN = 0.4
"""A word in more than this share of a drug's questions tells none of them from the others."""
_UNKNOWN = 1.3
"""What a word weighs that neither the tables nor any of the drug's questions have: it asks for something else."""
_PERSONS = frozenset({"children", "elderly", "pregnancy", "breastfeeding"})
"""Whom a question is about, if not an adult; it comes after that of an adult, where nobody is named."""
_APART = frozenset({"breastfeeding", "overdose", "missed-dose"})
"""Topics of questions whose answers speak of effects, but in these cases only."""
_LOOKED_AT = 400
"""So many questions of all drugs are looked at, those with most of the words first."""


def faq(library: Library, words: Sequence[str], *, exact: bool = False, limit: int = 10) -> Faqs:
    """Every question; those of a drug; those that are about a question, the best first, of the drugs that it names.

    A question is about another if it and its answer hold all words that tell anything, or what means the same, and the
    other drugs named; of one drug alone, where none holds all, if it holds most of what they tell.
    Raises NotFound where none is, Absent, Ambiguous.
    """
    query = " ".join(words).split()
    if not query:
        return Faqs(None, tuple(library.faqs()), questions_only=True)
    whole = " ".join(query)
    match, rest = split_drug(library, query)
    if match and not rest:
        return Faqs(match, tuple(library.faqs(match.slug)))
    if len(query) > LONGEST_SENTENCE:
        raise NotFound(f"No question is about so many words; {LONGEST_SENTENCE} are the most.", query=whole)
    drugs, others = well_named(library, query) if not topics.known(whole) else ([], list(query))
    absent: tuple[str, ...] = ()
    if not drugs and not topics.known(whole):
        found = _by_another_name(library, query, exact=exact)
        if found:
            drugs, others = [found[0]], list(found[1])
            if not others:
                return Faqs(found[0], tuple(library.faqs(found[0].slug)))
        else:
            absent = tuple(absent_within(library, query))
    asked = _Asked(library, drugs, others, absent)
    hits = asked.best(limit)
    if not hits and absent:
        library.find(absent[0])
    if not hits:
        raise _none(drugs, others, whole)
    return Faqs(drugs[0] if len(drugs) == 1 else None, tuple(hits), absent=absent)


def _by_another_name(library: Library, query: Sequence[str], *, exact: bool) -> tuple[Match, Sequence[str]] | None:
    """The drug that the question names by a slip, and the other words. Raises Absent for an absent drug alone."""
    whole = " ".join(query)
    match = library.resolve(whole, exact=exact).match
    if match and match.kind != "exact":
        return match, ()
    if not exact and (found := misspelled_within(library, query)):
        return found
    if len(query) == 1 and is_absent(library, whole):
        library.find(whole, exact=exact)
    return None


def _none(drugs: Sequence[Match], words: Sequence[str], whole: str) -> NotFound:
    of = f" of {drugs[0].title}" if len(drugs) == 1 else ""
    about = " ".join(term.typed for term in telling(wanted(words))) or whole
    if len(drugs) > 1:
        slugs = " ".join(drug.slug for drug in drugs)
        return NotFound(
            f"No question is about “{whole}”. `druginfo interactions {slugs}` shows what their monographs say of each "
            "other.",
            query=whole,
        )
    step = (
        f"`druginfo {drugs[0].slug} {about}` looks in its text."
        if drugs
        else f"`druginfo search {about}` looks in the texts."
    )
    return NotFound(f"No question{of} is about “{about}”. {step}", query=whole)


class _Scored(NamedTuple):
    score: float
    hit: FaqHit


class _Asked:
    """A question: of which drugs, in which words, beside which other drugs."""

    def __init__(self, library: Library, drugs: Sequence[Match], words: Sequence[str], absent: Sequence[str]) -> None:
        self.library = library
        self.drugs = drugs
        self.words = words
        self.topics = set(topics.of_question(" ".join(words)))
        terms = wanted(words, library.meanings)
        telling = [term for term in terms if not term.is_light and not term.typed.isdecimal()]
        self.terms = [by_topic(term, narrower=True) for term in telling]
        self.own = {term.typed: term.pattern for term in telling}
        """What finds the words themselves, not all that speaks of their topics."""
        self.tells = any(term.typed.casefold() not in COMMON for term in telling)
        """Whether any of the words is more than a common verb and the like."""
        self.absent = absent
        self.raw = {word.lower() for word in words_in(" ".join(words))}

    def best(self, limit: int) -> list[FaqHit]:
        """The questions that are about it, best first."""
        candidates = list(self.candidates())
        found = [each for hit in candidates if (each := self.scored(hit))]
        if len(self.drugs) == 1 and not self.absent:
            found += (each for each in self.without_common(candidates) if each.hit not in {one.hit for one in found})
            found = found or list(self.by_near(candidates)) or list(self.nearest(candidates, self.terms))
            found = found or list(self.nearest(candidates, widened(self.terms))) or self.by_common(candidates)
        found.sort(key=lambda each: -each.score)
        if self.drugs and not self.terms and len(self.drugs) == 1 and found:
            found = found if found[0].score > 1 else []
        return [each.hit._replace(score=round(each.score, 3)) for each in found[:limit]]

    def candidates(self) -> Iterable[FaqHit]:
        """The questions of the drugs named, of the drugs of a class named, or of all."""
        if self.drugs:
            return [hit for drug in self.drugs for hit in self.library.faqs(drug.slug)]
        if cards := self.class_named():
            return [hit for card in cards for hit in self.library.faqs(card)]
        spelled = [
            [*words_in(term.typed), *_single(same(term.typed)), *_topic_words(term.typed)] for term in self.terms
        ]
        return self.library.search_faqs(spelled, _LOOKED_AT) if spelled else ()

    def class_named(self) -> list[str]:
        """The drugs of a class that the question names; its words then need not be found."""
        for count in (3, 2, 1):
            for at in range(len(self.words) - count + 1):
                name = " ".join(self.words[at : at + count])
                if topics.known(name) or len(name) < 4:
                    continue
                if cards := of_class(self.library, name):
                    left = {w.lower() for w in name.split()}
                    if kept := [term for term in self.terms if not left & {w.lower() for w in term.typed.split()}]:
                        self.terms = kept
                        return [card.slug for card in cards]
        return []

    def without_common(self, hits: Sequence[FaqHit]) -> Iterable[_Scored]:
        """The questions that hold every word but the common verbs and the like; none where no other word is left."""
        kept = [term for term in self.terms if term.typed.casefold() not in COMMON]
        return (each for hit in hits if (each := self.scored(hit, kept))) if 0 < len(kept) < len(self.terms) else ()

    def by_near(self, hits: Sequence[FaqHit]) -> Iterable[_Scored]:
        """The questions that hold what is near the words: a scan with contrast dye, for a CT."""
        kept = widened([term for term in self.terms if term.typed.casefold() not in COMMON])
        return (each for hit in hits if (each := self.scored(hit, kept))) if kept else ()

    def by_common(self, hits: Sequence[FaqHit]) -> list[_Scored]:
        """Of words that are all common, the one question that has one that no other has."""
        if self.tells:
            return []
        having = [[hit for hit in hits if term.pattern.search(hit.faq.question)] for term in self.terms]
        telling = [found[0] for found in having if len(found) == 1]
        return [_Scored(self.likeness(telling[0].faq.question), telling[0])] if len(set(telling)) == 1 else []

    def scored(self, hit: FaqHit, terms: Sequence[Wanted] | None = None) -> _Scored | None:
        """The question with how well it fits these words, or all; None where it is about something else."""
        question, answer = hit.faq.question, hit.faq.answer
        text = f"{question} {answer}"
        for drug in self.drugs:
            if drug.slug != hit.slug and not self.speaks_of(text, drug.slug):
                return None
        for name in self.absent:
            if not re.search(rf"\b{re.escape(name)}", text, re.I):
                return None
        score = 0.0
        for term in self.terms if terms is None else terms:
            weight = 0.2 if self.tells and term.typed.casefold() in COMMON else 1.0
            if term.pattern.search(question):
                score += weight * (10 if self.own[term.typed].search(question) else 8)
            elif self.tells and term.pattern.search(answer) and not self.asks_otherwise(hit.faq, term):
                score += weight * 4
            else:
                return None
        score += self.likeness(question)
        if len(self.drugs) > 1 and any(self.speaks_of(question, d.slug) for d in self.drugs if d.slug != hit.slug):
            score += 10
        return _Scored(score, hit)

    def nearest(self, hits: Sequence[FaqHit], terms: Sequence[Wanted]) -> Iterable[_Scored]:
        """The drug's own questions that hold most of what the words tell: the rarer among its questions, the more."""
        heavy: list[tuple[Wanted, float]] = []
        for term in terms:
            count = sum(1 for hit in hits if term.pattern.search(hit.faq.question))
            if term.typed.casefold() in COMMON or count > len(hits) * _OFTEN:
                continue
            is_known = bool(same(term.typed) or topics.known(term.typed))
            if not count and not any(term.pattern.search(hit.faq.answer) for hit in hits):
                heavy.append((term, 1.0 if is_known else _UNKNOWN))
            else:
                heavy.append((term, (2.0 if is_known else 1.0) / (1 + count / 4)))
        for hit in hits:
            question, answer = hit.faq.question, hit.faq.answer
            asked = [term for term, _ in heavy if term.pattern.search(question)]
            held = [weight for term, weight in heavy if term in asked or term.pattern.search(answer)]
            share = sum(held) / max(sum(weight for _, weight in heavy), 1)
            if share < _MOST or (share == _MOST and not asked) or not (asked or len(held) > 1):
                continue
            yield _Scored(10 * share + 5 * len(asked) + self.likeness(question), hit)

    def likeness(self, question: str) -> float:
        """How alike the wording is; it decides between questions that hold the same."""
        own = {word.lower() for word in words_in(question)}
        alike = 5 * len(own & self.raw) / max(len(own | self.raw), 1)
        asked = set(topics.of_question(question))
        return alike + 3 * bool(self.topics & asked) - 2 * bool(asked & _PERSONS - self.topics)

    def asks_otherwise(self, faq: Faq, term: Wanted) -> bool:
        """Whether a question asks about another topic than the term's: a child in an answer on pregnancy."""
        topic = topics.known(term.typed)
        asked = set(topics.of_question(faq.question))
        if asked & _APART and not asked & self.topics:
            return True
        return bool(topic and asked and topic.key not in asked and not asked <= {"dosage", "usage", "side-effects"})

    def speaks_of(self, text: str, slug: str) -> bool:
        """Whether a text names a drug, or a class of it."""
        from druginfo.classes import words as class_words
        from druginfo.classes.profile import Names, Spelled

        profile = self.library.profile(slug)
        if any(Names(profile.called).places(Spelled.of(text))):
            return True
        spoken = f" {' '.join(word.word for word in class_words(text))} "
        return any(len(each) > 3 and f" {each} " in spoken for each in profile.wordings)


def _single(words: Iterable[str]) -> list[str]:
    return [part for each in words for part in re.findall(r"[^\W_]{3,}", each)]


def _topic_words(word: str) -> list[str]:
    topic = topics.known(word)
    return [word for each in (topic.words if topic else ()) for word in re.findall(r"[^\W_]{3,}", each)]
