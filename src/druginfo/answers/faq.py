"""`faq`: questions and answers of one drug, or the best-matching ones of all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from druginfo import topics
from druginfo.answers.spotting import LONGEST_SENTENCE, Words, is_absent, spelled_out
from druginfo.errors import Absent, Ambiguous, NotFound
from druginfo.guard import arguments
from druginfo.library import Library
from druginfo.model import FaqHit, Hidden, Match, Sparse, Statement
from druginfo.names import is_drug
from druginfo.terms import words_in
from druginfo.terms.files import data_tables, names_of, word_list
from druginfo.terms.phrase_list import Phrases
from druginfo.terms.word_parts import is_part_of_body
from druginfo.topics import spoken
from druginfo.topics.synonyms import COMMON, FILLERS
from druginfo.topics.wording import QueryWord, alike, any_of, by_topic, called, is_amount_of_time, same, wanted


class Faqs(NamedTuple):
    """Questions and answers: of one drug (`match`), or the best-matching ones of all."""

    match: Match | None
    faqs: tuple[FaqHit, ...]
    absent: Sparse[tuple[str, ...]] = ()
    """Known drugs that the query names and the library has no monograph of, where it names no other."""
    missing: Sparse[tuple[str, ...]] = ()
    """What was asked and neither the first question nor its answer speaks of."""
    questions_only: Hidden[bool] = False
    """Whether the screen leaves out the answers."""


_WEIGHTS = {"=": 1.0, "~": 0.3, "+": 0.5, "!": 2.0}
"""What weighs each kind of sense; a word that the tables know as much as the first."""
_BACKGROUND = 0.7
"""What counts what only leads to the question: "I am thirsty all day, could it be sugar?"."""
_UNKNOWN = 0.5
"""What weighs a word that the tables do not have; and all such words together, beside others."""
_DRUG = 1.5
"""What weighs another drug that is named."""
_ALIKE, _WIDER, _NARROWER = 0.9, 0.7, 0.5
"""What counts a question about what is alike, wider or narrower, beside one about the thing itself."""
_MOST = 0.4
"""This share of what the words tell must be in a question or its answer."""
_ASKED, _HELD = 0.3, 0.7
"""This share must be in the question itself, or that at least with the answer."""
_OPEN, _CLOSED, _TAKING, _TAKEN, _PERSONS, _FOR_WHOM = (
    frozenset(names_of(data_tables("word_lists.txt")["senses"][row]))
    for row in ("open", "closed", "taking", "taken", "persons", "for whom")
)
"""Names of turns of speech, by what questions about them are."""
_COMPARED = "same as"
"""A question that compares two drugs is about no other that names both."""
_OPENLY = Phrases("^ what/which/when/how/why")
"""How a question begins that asks for more than yes or no."""
_JOINED = re.compile(r"\b(?:and|or)\b")
"""In a question that asks about several things."""
_EXTRA = 2.0
"""What counts for a question that asks about the person who is named, and against one about another."""
_OFTEN, _COUNTED_OFTEN = 0.4, 0.2
"""What more than this share of a drug's questions ask about decides between them so much less."""
_NO_USE = frozenset({"Scope", "Not For", "Limitations"})
"""Labels of what a section on use says that names no use."""
_COUNTED_USE = 0.4
"""What counts between questions what the one drug is for."""
_RELEASE = word_list("questions", "release")
"""Words of a product's name that are said of it in questions too: Toprol XL."""
_SMALL = 0.5
"""What counts a small word where wordings are compared."""
_LOOKED_AT = 400
"""So many questions of all drugs are looked at, those with most of the words first."""
_PASSAGES = 3
"""So many are shown where no question is about the words."""


def faq(library: Library, words: Sequence[str], *, exact: bool = False, limit: int = 10) -> Faqs:
    """Every question; those of a drug; those that are about a question, the best first, of the drugs that it names.

    A question is about another if it and its answer speak of what that speaks of, in whatever words, and of the other
    drugs named; of one drug alone, where none speaks of all, if it asks about most of it.
    Raises NotFound where none is, with the passages that the drug's text has of it; Absent, Ambiguous.
    """
    asked = Words(library, words)
    whole = asked.whole
    if not whole:
        return Faqs(None, tuple(library.faqs()), questions_only=True)
    after = asked.words[asked.leading.after :] if asked.leading else []
    if asked.leading and not after:
        return _of(library, asked.leading.match)
    if not asked.is_sentence:
        raise NotFound(f"A question can have {LONGEST_SENTENCE} words at most.", query=whole)
    is_topic = topics.known(whole) is not None
    drugs, others = ([], asked.words) if is_topic else (asked.drugs, asked.but(*asked.spots))
    absent: tuple[str, ...] = ()
    if not drugs and not is_topic:
        if found := _by_another_name(asked, exact=exact):
            if not found[1]:
                return _of(library, found[0])
            drugs, others = [found[0]], list(found[1])
        else:
            absent = tuple(asked.absent())
    with_it = asked.with_it if asked.drugs else list(others)
    if len(drugs) == 1 and (initials := spelled_out(library, drugs[0].slug, others)):
        others, after, with_it = (
            " ".join(initials.get(word, word) for word in words).split() for words in (others, after, with_it)
        )
    question = _Question(asked, drugs, others, absent, after, with_it)
    if not (best := question.best()):
        if absent:
            library.find(absent[0])
        raise question.none(whole)
    hits = tuple(each.hit._replace(score=round(each.score, 3)) for each in best[:limit])
    return Faqs(drugs[0] if len(drugs) == 1 else None, hits, absent=absent, missing=best[0].missing)


def _of(library: Library, drug: Match) -> Faqs:
    return Faqs(drug, tuple(library.faqs(drug.slug)))


def _by_another_name(asked: Words, *, exact: bool) -> tuple[Match, Sequence[str]] | None:
    """The drug that the question names by a slip, and the other words. Raises Absent for an absent drug alone."""
    match = asked.library.resolve(asked.whole, exact=exact).match
    if match and match.kind != "exact":
        return match, ()
    try:
        if not exact and (found := asked.slip()):
            return found
    except Absent:
        pass
    except Ambiguous:
        if asked.words[0].isupper():  # MTX is a drug's name, whichever
            asked.library.find(asked.words[0], exact=exact)
    if len(asked.words) == 1 and is_absent(asked.library, asked.whole):
        asked.library.find(asked.whole, exact=exact)
    return None


class _Scored(NamedTuple):
    score: float
    hit: FaqHit
    missing: tuple[str, ...] = ()
    """What neither it nor its answer speaks of."""


class _Term(NamedTuple):
    """Something that a question speaks of."""

    as_asked: str
    wanted: QueryWord
    """Finds all that speaks of its topic."""
    own: re.Pattern[str]
    """Finds the words themselves."""
    weight: float
    sense: spoken.Concept | None = None
    """That of the turn of speech that it is, or that what means the same is."""
    is_turn: bool = False
    """Whether it is a turn of speech."""

    @property
    def name(self) -> str | None:
        """The medical term that it is a turn of speech for."""
        return self.sense and self.sense.name

    @property
    def called(self) -> str:
        """What monographs call it where the tables have it; else as it was said."""
        name = self.wanted.typed
        return name if same(name) or topics.known(name) else self.as_asked

    def is_asked_by(self, hit: FaqHit, asked: Container[spoken.Concept], *, of_all: bool) -> float:
        """How well a monograph's question asks about it: 1 for itself; less for what is wider or narrower, if it asks
        about nothing else that is not `asked` or what the drug is for, or lists several; or for what is near.

        `of_all`: the questions of all drugs are so many that none is read, only searched.
        """
        question = hit.faq.question
        is_there = self.own.search(question) is not None
        if not self.is_turn or of_all:
            if is_there:
                return 1.0
            if self.wanted.pattern.search(question):
                return _ALIKE
        if self.sense and not of_all:
            senses = senses_of(question, hit.title)
            wide = [each for each in senses if each.name in self.sense.wider]
            narrow = [each for each in senses if self.name in each.wider]
            beside = {each for each in senses if each.sign != "~" and each not in asked}
            if self.sense in senses or (is_there and not beside):
                return 1.0
            if not beside.issubset([*wide, *narrow]) and ", " not in question:
                return _NARROWER if is_there or ((wide or narrow) and _JOINED.search(question)) else 0.0
            if wide:
                return _WIDER - min(self.sense.wider.index(each.name) for each in wide) / 10
            if narrow or is_there:
                return _NARROWER
        return _WIDER if self.wanted.near and self.wanted.near.search(question) else 0.0


class _Question:
    """A question: of which drugs, in which words, beside which other drugs."""

    def __init__(
        self,
        asked: Words,
        drugs: Sequence[Match],
        words: Sequence[str],
        absent: Sequence[str],
        after: Sequence[str],
        with_it: Sequence[str],
    ) -> None:
        """`words`: without the drugs' names; `after`: what follows the first drug's name, if the question begins with
        one; `with_it`: the words with "it" in place of a name."""
        self.asked = asked
        self.library = library = asked.library
        self.drugs = drugs
        self.absent = absent
        self.first = drugs[0].slug if after else None
        in_names = (word for spot in asked.spots for word in asked.words[spot.first + 1 : spot.after])
        forms = (word for word in in_names if word.lower() in _RELEASE)
        read = spoken.read(" ".join([*(after or (with_it if len(drugs) == 1 else words)), *forms]))
        self.raw = {word.lower() for word in words_in(" ".join(words))}
        self.used_for: dict[str, str] = {}
        self.terms = [
            _term(
                called(sense.name, as_asked),
                _WEIGHTS[sense.sign] * (_BACKGROUND if sense in read.background else 1),
                as_asked,
                sense,
            )
            for sense, as_asked in read.senses.items()
            if not any(
                sense.name in each.wider and each.name not in sense.wider
                for each in read.senses
                if each not in read.background
            )
        ]
        self.drugs_names = drugs_names = {word.casefold() for word in after} - {word.casefold() for word in words}
        unknown = 0.0
        self.common: list[_Term] = []
        rest, between = (
            [
                term
                for term in wanted([word for word in words if word.casefold() not in drugs_names], library.meanings)
                if not (term.is_light and term.typed.casefold() not in COMMON)
                and not is_amount_of_time(term.typed)
                and term.typed.casefold() not in FILLERS
            ]
            for words in (read.rest, read.between)
        )
        self.between: list[_Term] = []
        """What is in the gap of a turn and no table has: "formula" in "baby formula milk"."""
        is_circumstance = all(sense.sign == "~" for sense in read.senses)
        for term in (*rest, *between):
            is_known = same(term.typed) or topics.known(term.typed) or any(library.meanings(term.typed))
            if term in between and not is_circumstance:
                self.between += [] if is_known or term.typed.casefold() in COMMON else [_term(term, 0)]
            elif term.typed.casefold() in COMMON:
                self.common.append(_term(term, 1.0))
            else:
                is_name = not is_known and is_drug(term.typed)
                meant = library.resolve(term.typed, exact=True).known_as if is_name else None
                self.terms.append(
                    _term(called(meant, term.typed) if meant else term, _WEIGHTS["="] if is_known else _UNKNOWN)
                )
                unknown += 0 if is_known else _UNKNOWN
        uses = [term for term in self.terms if len(drugs) == 1 and self.is_of_use(term)]
        self.uses_asked = uses if len(uses) < len(self.terms) else []
        """What tells little of it, as the one drug is for that."""
        known = sum(term.weight for term in self.terms) - unknown
        self.others = max(len(drugs) - 1, 0)
        self.whole = known + (min(unknown, _UNKNOWN) if known else unknown) + _DRUG * self.others
        """What all of it weighs."""

    def best(self) -> list[_Scored]:
        """The questions that are about it, best first."""
        candidates = [hit for hit in self.candidates() if self.has_between(hit)]
        own = [hit for hit in candidates if hit.slug == self.first] or candidates
        found = list(self.scored(own)) or (list(self.scored(own, in_answers=True)) if self.drugs else [])
        if not any(self.names_others(each.hit) for each in found):
            found = [each for each in self.scored(candidates) if self.names_others(each.hit)] or found
        found = found or list(self.scored(candidates)) or self.by_common(candidates) or self.for_whom(own)
        return sorted(found, key=lambda each: -each.score)

    def for_whom(self, hits: Sequence[FaqHit]) -> list[_Scored]:
        """The questions on the person whom the drug is for: "for my wife's bladder", but not "for my daughter's hair
        loss", as what is wrong with somebody must be in a question or its answer."""
        of_person = [term for term in self.terms if term.name in _FOR_WHOM]
        others = [term for term in self.terms if term not in of_person]
        named = "|".join(re.escape(term.as_asked.removeprefix("for ")) for term in of_person)
        is_for = named and re.search(rf"(?i)\bfor\W+(?:\w+\W+){{0,2}}(?:{named})", self.asked.whole)
        is_part = all(
            is_part_of_body(term.as_asked.lower()) and self.passages(self.drugs[0].slug, [term])[0] for term in others
        )
        if not is_for or len(self.drugs) != 1 or not is_part:
            return []
        self.terms, self.whole = of_person, sum(term.weight for term in of_person)
        hits = [hit for hit in hits if all(sense.name in _FOR_WHOM for sense in self.beside(hit))]
        return [each._replace(missing=tuple(term.as_asked for term in others)) for each in self.scored(hits)]

    def names_others(self, hit: FaqHit) -> bool:
        """Whether a monograph's question itself names each other drug that is named."""
        return all(
            drug.slug == hit.slug or self.speaks_of(hit.faq.question, drug.slug) or _is_meant(drug, hit)
            for drug in self.drugs
        )

    def none(self, whole: str) -> NotFound:
        """The error where no question is about it, with the passages that the drug's text has of it."""
        telling = self.telling()
        about = " ".join(term.as_asked for term in telling) or whole
        if len(self.drugs) > 1:
            slugs = " ".join(drug.slug for drug in self.drugs)
            step = f"`druginfo interactions {slugs}` shows what their monographs say of each other."
            return NotFound(f"No question is about “{whole}”. {step}", query=whole)
        names = " ".join(term.called for term in telling) or about
        if not self.drugs:
            step = f"`druginfo search {arguments(names)}` looks in the texts."
            return NotFound(f"No question is about “{about}”. {step}", query=whole)
        drug = self.drugs[0]
        sought = list(self.sought(telling))
        tried = ((terms, *self.passages(drug.slug, terms)) for terms in sought)
        terms, passages, near = next((each for each in tried if each[1]), (telling, (), ()))
        if terms != telling:
            near = tuple(f"“{term.as_asked}”" for term in terms)
        more = f"`druginfo {drug.slug} {arguments(names)}` shows more of its text."
        if near:
            more = f"No passage of its text holds all of it, but on {' and '.join(near[:2])} it says:"
        elif not passages:
            as_asked = " or ".join(dict.fromkeys(f"“{term.as_asked}”" for terms in sought for term in terms))
            search = f"`druginfo search {arguments(names)}`"
            more = f"No passage of its text holds {as_asked} either; {search} looks in the others."
        return NotFound(f"No question of {drug.title} is about “{about}”. {more}", query=whole, mentions=passages)

    def telling(self) -> list[_Term]:
        """What tells most: what medicine has a name for; else other words; who, when and how much if nothing else."""
        telling = [term for term in self.terms if term.weight > _WEIGHTS["~"]]
        return [term for term in telling if term.is_turn] or telling or self.terms

    def sought(self, telling: list[_Term]) -> Iterator[list[_Term]]:
        """What its text is searched for, until it has some of it: what is in the gaps of turns, all that tells, each
        alone; a plane is in no text, and what is beside it tells nothing."""
        if self.between:
            yield self.between
        yield telling
        is_medical = all(term.weight <= _WEIGHTS["="] for term in telling)
        others = [term for term in self.terms if not term.is_turn] if is_medical else []
        yield from ([term] for term in dict.fromkeys((*telling, *others)) if term.weight <= _WEIGHTS["="])

    def passages(self, slug: str, of: Sequence[_Term]) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """The passages of a drug's text that matter most of those that hold it; what these hold that is only near."""
        from druginfo.markup import plain
        from druginfo.topics.excerpts import brief, with_words
        from druginfo.topics.outline import nested

        terms = [term.wanted for term in of]
        found = with_words(self.library.open(slug), terms) if terms else None
        if not found:
            return (), ()
        kept = brief(found.sections, (), any_of(terms), 0, _PASSAGES).sections
        statements = tuple(
            Statement(slug, section.key, blocks[-1].line, " ".join(plain(block.text) for block in blocks), (), "name")
            for section in kept
            for blocks in nested(section.blocks)
        )
        return statements, found.near

    def candidates(self) -> Iterable[FaqHit]:
        """The questions of the drugs named, of the drugs of a class named, or of all."""
        if self.drugs:
            return [hit for drug in self.drugs for hit in self.library.faqs(drug.slug)]
        if cards := self.class_named():
            return [hit for card in cards for hit in self.library.faqs(card)]
        spelled = [_spellings(term.as_asked, term.wanted.typed) for term in self.terms]
        return self.library.search_faqs(spelled, _LOOKED_AT) if spelled else ()

    def class_named(self) -> list[str]:
        """The drugs of a class that the question names; its words then need not be found."""
        for name, cards, _ in self.asked.of_class():
            left = {w.lower() for w in name.split()}
            if kept := [t for t in self.terms if not left & {w.lower() for w in t.wanted.typed.split()}]:
                self.terms = kept
                return [card.slug for card in cards]
        return []

    def by_common(self, hits: Sequence[FaqHit]) -> list[_Scored]:
        """Of words that are all common, the one question that has one that no other has; beside words that neither the
        tables nor the drug's text know ("kit opened, some left, keep it?"), the one that alone has two of them."""
        if self.terms and (not self.drugs or not self.is_unknown()):
            return []
        common = [term for term in self.common if self.terms or not term.wanted.is_light]
        having = [[hit for hit in hits if term.own.search(hit.faq.question)] for term in common]
        telling = Counter(found[0] for found in having if len(found) == 1)
        if len(telling) != 1 or sum(telling.values()) < 1 + bool(self.terms):
            return []
        (hit,) = telling
        return [_Scored(self.likeness(hit.faq.question), hit)]

    def is_unknown(self) -> bool:
        """Whether all that it speaks of is known neither to the tables nor to the text of the drug named."""
        return all(term.weight == _UNKNOWN and not self.passages(self.drugs[0].slug, [term])[0] for term in self.terms)

    def scored(self, hits: Sequence[FaqHit], *, in_answers: bool = False) -> Iterable[_Scored]:
        """The questions that speak of it, or of most of it. `in_answers`: what answers say in everyday words counts."""
        hits = [hit for hit in hits if self.is_of_all(hit)]
        senses = {term.sense for term in self.terms if term.sense}
        uses = [self.uses(hit) for hit in hits]
        asked_by = [
            [term.is_asked_by(hit, senses | own, of_all=not self.drugs) for term in self.terms]
            for hit, own in zip(hits, uses, strict=True)
        ]
        often = [
            (_COUNTED_OFTEN if self.drugs and sum(asked[at] == 1 for asked in asked_by) > _OFTEN * len(hits) else 1)
            * (_COUNTED_USE if term in self.uses_asked else 1)
            for at, term in enumerate(self.terms)
        ]
        weights = [term.weight for term in self.terms]
        for hit, asked, own in zip(hits, asked_by, uses, strict=True):
            named = _DRUG * sum(self.speaks_of(hit.faq.question, d.slug) for d in self.drugs if d.slug != hit.slug)
            held = [] if all(asked) else self.held(hit, asked, in_answers=in_answers)
            by_words = sum(map(mul, weights, asked))
            in_answer = sum(term.weight for term in held) + _DRUG * self.others - named
            covered = by_words + named + in_answer
            of_use = sum(
                term.weight * max(each, term in held)
                for term, each in zip(self.terms, asked, strict=True)
                if term in self.uses_asked
            )
            is_about = any(
                whole
                and covered - less >= _MOST * whole
                and (by_words + _DRUG * self.others - less >= _ASKED * whole or covered - less >= _HELD * whole)
                for less, whole in (
                    (0.0, self.whole),
                    (of_use, self.whole - sum(term.weight for term in self.uses_asked)),
                )
            )
            unsaid = [
                term
                for term, is_asked in zip(self.terms, asked, strict=True)
                if not is_asked and term not in held and term not in self.uses_asked
            ]
            if not is_about or self.is_of_another_matter(unsaid):
                continue
            missing = [
                term.as_asked
                for term in unsaid
                if term.weight > _WEIGHTS["~"] and term.as_asked.casefold() not in self.drugs_names
            ]
            if missing and not self.drugs:
                continue
            score = sum(map(mul, map(mul, weights, asked), often)) + named + 0.4 * in_answer
            beside = [sense for sense in self.beside(hit) if sense not in own] if self.drugs else ()
            extra = sum(_EXTRA if sense.name in _PERSONS else _WEIGHTS[sense.sign] for sense in beside)
            extra -= _EXTRA * any(
                each == 1 and term.name in _PERSONS for term, each in zip(self.terms, asked, strict=True)
            )
            yield _Scored(10 * score / self.whole - extra + self.likeness(hit.faq.question), hit, tuple(missing))

    def is_of_another_matter(self, unsaid: Sequence[_Term]) -> bool:
        """Whether it asks about nothing but what the drug is for, where something is to be done ("my blood pressure is
        fine, can I come off it?"); or about nothing but two drugs, which it does not compare. `unsaid`: what neither it
        nor its answer speaks of."""
        return len(unsaid) == len(self.terms) - len(self.uses_asked) and any(
            (self.uses_asked and term.is_turn and term.weight == _WEIGHTS["+"])
            or (self.others and term.name == _COMPARED)
            for term in unsaid
        )

    def uses(self, hit: FaqHit) -> set[spoken.Concept]:
        """What a monograph's question asks about that its drug is for."""
        senses = senses_of(hit.faq.question, hit.title) if self.drugs else {}
        return {each for each, typed in senses.items() if each.sign == "=" and self.is_use(hit.slug, each.name, typed)}

    def is_of_use(self, term: _Term) -> bool:
        """Whether something is what the one drug is for, or is, which says little beside anything else."""
        if term.name and any(term.name in (each.name, *each.wider) for each in spoken.read(self.drugs[0].title).senses):
            return True
        return term.weight in (_WEIGHTS["="], _BACKGROUND, _UNKNOWN) and self.is_use(
            self.drugs[0].slug, term.name or term.wanted.typed, term.as_asked
        )

    def is_use(self, slug: str, name: str, as_asked: str) -> bool:
        """Whether a drug is for what is called so, by its section on that."""
        if slug not in self.used_for:
            usage = topics.known("usage")
            sections = topics.own_sections(self.library.open(slug), usage) if usage else ()
            blocks = (block for section in sections for block in section.blocks)
            self.used_for[slug] = "\n".join(b.text for b in blocks if topics.label_of(b) not in _NO_USE)
        return name not in _PERSONS and called(name, as_asked).pattern.search(self.used_for[slug]) is not None

    def beside(self, hit: FaqHit) -> list[spoken.Concept]:
        """What a monograph's question asks about beside what is asked."""
        asked = {term.sense for term in self.terms}
        return [sense for sense in senses_of(hit.faq.question, hit.title) if sense not in asked]

    def held(self, hit: FaqHit, asked: Sequence[float], *, in_answers: bool) -> list[_Term]:
        """What the answer speaks of and the question does not ask about.

        Where it does not ask for a list, only words themselves count: chest pain is in an answer on migraine. Of the
        signs of one thing two must be asked about.
        """
        answer = hit.faq.answer
        senses = senses_of(hit.faq.question, hit.title) if self.drugs else {}
        names = {sense.name for sense in senses}
        is_apart = any(
            sense.sign != "~" or sense.name in _PERSONS for sense in (self.beside(hit) if self.drugs else ())
        )
        is_list = not _OPEN.isdisjoint(names)
        is_open = is_list or (not is_apart and _OPENLY.search(hit.faq.question) and names.isdisjoint(_CLOSED))
        is_of_taking = not is_apart and not _TAKEN.isdisjoint(names)
        spoken_of = senses_of(answer, hit.title) if in_answers or (self.drugs and any(asked)) else {}
        found = [
            term
            for term, is_asked in zip(self.terms, asked, strict=True)
            if not is_asked
            and (any(asked) or is_open or not term.is_turn or (term.name in _TAKING and is_of_taking))
            and (term.sense in spoken_of or term.own.search(answer))
        ]
        return [] if is_list and is_apart and len(found) < 2 and not any(asked) else found

    def is_of_all(self, hit: FaqHit) -> bool:
        """Whether a question speaks of every other drug that is named."""
        text = f"{hit.faq.question} {hit.faq.answer}"
        return all(
            drug.slug == hit.slug or self.speaks_of(text, drug.slug) or _is_meant(drug, hit) for drug in self.drugs
        ) and all(re.search(rf"\b{re.escape(name)}", text, re.I) for name in self.absent)

    def has_between(self, hit: FaqHit) -> bool:
        """Whether it has what is in the gaps of turns, as far as the drug's text has it at all."""
        text = f"{hit.faq.question} {hit.faq.answer}"
        return not self.drugs or all(
            term.wanted.pattern.search(text) or not self.passages(hit.slug, [term])[0] for term in self.between
        )

    def likeness(self, question: str) -> float:
        """How alike the wording is; it decides between questions that hold the same."""
        own = {word.lower() for word in words_in(question)}
        shared, every = (
            sum(_SMALL if word in FILLERS else 1 for word in words) for words in (own & self.raw, own | self.raw)
        )
        return 5 * shared / max(every, 1)

    def speaks_of(self, text: str, slug: str) -> bool:
        """Whether a text names a drug, or a class of it."""
        from druginfo.classes import words as class_words
        from druginfo.classes.profile import Names, Spelled

        profile = self.library.profile(slug)
        if any(Names(profile.called).places(Spelled.of(text))):
            return True
        worded = f" {' '.join(word.word for word in class_words(text))} "
        return any(len(each) > 3 and f" {each} " in worded for each in profile.wordings)


def _term(wanted: QueryWord, weight: float, as_asked: str = "", sense: spoken.Concept | None = None) -> _Term:
    meant = sense or _sense_of(wanted.typed)
    return _Term(
        as_asked or wanted.typed, by_topic(wanted, narrower=True), wanted.pattern, weight, meant, sense is not None
    )


@lru_cache(maxsize=512)
def _sense_of(word: str) -> spoken.Concept | None:
    """What most turns of speech mean that mean the same as a word by the tables: "hyperglycemia" high blood sugar."""
    read = (spoken.read(each) for each in alike(word))
    found = Counter(next(iter(each.senses)) for each in read if len(each.senses) == 1 and not each.rest)
    return next((sense for sense, _ in found.most_common() if sense.sign == "="), None)


def _is_meant(drug: Match, hit: FaqHit) -> bool:
    """Whether a monograph's question asks about what everyday speech calls a drug: ibuprofen is a painkiller."""
    asked = senses_of(hit.faq.question, hit.title)
    kinds = {kind for sense in spoken.read(drug.title).senses for kind in sense.wider}
    return any(each.name in kinds for each in asked) and not any(kinds.intersection(each.wider) for each in asked)


def _spellings(as_asked: str, name: str) -> list[str]:
    """The words that a question on something may have: its own, and the longer ones of what means the same."""
    topic = topics.known(name)
    alike = words_in(" ".join((*same(name), *(topic.words if topic else ()))))
    return [*words_in(f"{as_asked} {name}"), *(word for word in alike if len(word) > 2)]


@lru_cache(maxsize=4096)
def senses_of(text: str, title: str) -> dict[spoken.Concept, str]:
    """What a question or answer of a monograph speaks of, beside the drug itself, each with the words that say it."""
    return spoken.read(re.sub(re.escape(title), "it", text, flags=re.I)).senses
