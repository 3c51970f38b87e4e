"""Opening the right drug: a query becomes one drug of the library, or a refusal with its reason.

The rules and the figures behind them: docs/matching.md. In short: a name that is known is that drug and no other; a
prefix or a slip opens only what nothing else is near to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo.model import Candidate, Field, Kind, Match, Named, Status
from druginfo.names import (
    are_strengths,
    fold,
    ingredients,
    is_joined,
    joins,
    reordered,
    same_letters,
    without_dosage,
)
from druginfo.names.exact import LONGEST, holders
from druginfo.names.likeness import LOOK_ALIKE_MARGIN, Near, Verdict, begins, is_word_of_several, ranked, resembles
from druginfo.names.look_alikes import confusable, look_alikes
from druginfo.names.nearness import cost, has_word_beside
from druginfo.names.resolution import Compared, Explanation, Resolution, notice, shown
from druginfo.names.salts import same_moiety, without_misspelled_salt
from druginfo.names.vocabulary import Drug, Entry, LibraryNames, NameList, Vocabulary, vocabulary

__all__ = ["Compared", "Explanation", "LibraryNames", "NameList", "Named", "Resolution", "notice", "resolve", "shown"]

SUGGESTIONS = 5
ABSENT_COSTS = 0.5
"""By how much a drug without a monograph stands behind one with it among the suggestions."""

_WRITABLE = re.compile(r"[a-z0-9 ().,/+&;:%]*$")
"""What a folded name consists of. A query with anything else, another script or a control character, is no slip."""


def resolve(query: str, names: LibraryNames, *, exact: bool = False, explain: bool = False) -> Resolution:
    """What a query opens: one drug of the library, or nothing, with the reason.

    `exact` allows neither prefix nor typo; `explain` fills `explanation`. Raises nothing, whatever the text. A name
    that the library has is answered without reading the lexicon.
    """
    found = _Question(query, names, exact).answer()
    return found if explain else found._replace(explanation=None)


class _Question:
    """One query on its way through the rules."""

    def __init__(self, query: str, names: LibraryNames, exact: bool) -> None:
        self.query = query
        self.names = names
        self.exact = exact
        self.folded = fold(query[: LONGEST + 1])

    @property
    def words(self) -> Vocabulary:
        return vocabulary(self.names)

    def answer(self) -> Resolution:
        if not self.folded:
            return self.refuse("not_found", "unreadable", "Nothing was asked.")
        if len(self.query) > LONGEST:
            return self.refuse(
                "not_found", "unreadable", f"The query is longer than {LONGEST} characters; no drug's name is."
            )
        if own := self.names.exact(self.folded):
            slugs = holders(own)
            named = next(each for each in own if each.slug == slugs[0])
            entry = Entry(self.folded, named.name, "l", slugs, named)
            return self.known(entry if len(slugs) == 1 else self.words.entry(self.folded) or entry, None)
        return self.by_name() or self.by_ingredients() or self.by_salt() or self.by_likeness()

    def by_name(self) -> Resolution | None:
        """The query is a name, or is one without dosage and salt words or with its words in another order."""
        for reading in self.readings():
            if entry := self.words.entry(fold(reading)):
                return self.known(entry, None if reading == self.query else reading)
        return None

    def readings(self) -> Iterator[str]:
        yield self.query
        bare = without_dosage(self.query)
        if bare and bare != self.query:
            yield bare
        if not is_joined(self.query):
            yield from same_moiety(bare)
            yield from reordered(bare)

    def known(self, entry: Entry, read_as: str | None, rule: str = "lexicon") -> Resolution:
        """The answer to a name that is known."""
        rule = "exact" if entry.named else rule
        if entry.kind == "x":
            if (start := begins(entry.folded, self.words)) and is_word_of_several(entry.folded, start):
                return self.several(start, entry.folded)
            message = f"“{shown(self.query)}” is known, but not as a medicine."
            suggestions = self.suggestions(ranked(self.folded, self.words), self.folded)
            return self.refuse("not_found", "not a drug", message, (), suggestions)
        near = tuple(Near(drug, entry, 0.0, 0.0) for drug in entry.drugs)
        slugs = [drug for drug in entry.drugs if isinstance(drug, str)]
        if len(near) == 1 and slugs:
            return self.open(near, "exact", read_as, rule, "It is a name of that drug.")
        if slugs:
            titles = sorted(self.title(drug, entry) for drug in entry.drugs)
            message = f"“{shown(self.query)}” is a name of {_listed(titles, 'and')}: choose one."
            return self.refuse("ambiguous", "name of several drugs", message, near, self.choices(near, self.folded))
        name = _listed(sorted(self.words.title(drug) for drug in entry.drugs), "or")
        what = "combination" if any(map(self.words.is_joint, entry.drugs)) else "drug"
        known = what if rule == "combination" else f"known {what}"  # two names side by side are nobody's product yet
        message = f"{name} is a {known}, but the library has no monograph of it."
        found = self.refuse("absent", rule, message, near, list(self.related(entry))[:SUGGESTIONS])
        return found._replace(known_as=name)

    def by_ingredients(self) -> Resolution | None:
        """The query is several drugs: their combination, or none of them."""
        bare = without_dosage(self.query) or self.query
        parts = ingredients(bare) if is_joined(bare) else self.segments(bare)
        if len(parts) < 2 or not all(self.is_ingredient(part) for part in parts):
            return None
        drugs = self.words.owned([self.words.combination(without_dosage(part) for part in parts)])
        entry = Entry(self.folded, " / ".join(parts), "g", drugs, None)
        return self.known(entry, None if bare == self.query else bare, "combination")

    def is_ingredient(self, part: str) -> bool:
        bare = without_dosage(part)
        entry = self.words.entry(fold(bare))
        return bool(self.words.drugs_called(bare)) or (entry is not None and entry.kind == "l")

    def segments(self, text: str) -> tuple[str, ...]:
        """The names that a text without separators is made of; empty where a word belongs to none."""
        words = [word for word in re.split(r"[\s\-()\[\]]+", text) if word]
        if words and are_strengths(words[-1]):
            words.pop()
        if not 2 <= len(words) <= 8:
            return ()
        found: list[str] = []
        while words:
            size = next((n for n in range(len(words), 0, -1) if self.is_ingredient(" ".join(words[:n]))), 0)
            if not size:
                return ()
            found.append(" ".join(words[:size]))
            words = words[size:]
        return tuple(found)

    def by_salt(self) -> Resolution | None:
        """The query is a name with a misspelled salt ("metformin hydrocloride"), and no slip of another drug's name
        ("isosorbide dinitrat")."""
        bare = without_dosage(self.query)
        if self.exact or is_joined(bare):
            return None
        head = without_misspelled_salt(bare)
        entry = self.words.entry(fold(head)) if head != bare else None
        if entry is None or any(near.drug not in entry.drugs for near in ranked(fold(bare), self.words)):
            return None
        return self.known(entry, head)

    def by_likeness(self) -> Resolution:
        """The query begins a name or is a slip of one; nothing opens that another drug's name is near to."""
        bare = without_dosage(self.query) or self.query
        read_as = None if bare == self.query else bare
        folded = fold(bare)
        if not _WRITABLE.match(folded):
            message = f"Nothing is called “{shown(self.query)}”: it has characters that no drug's name has."
            return self.refuse("not_found", "foreign characters", message, (), self.suggestions((), folded))
        if self.exact:
            near = ranked(folded, self.words)
            return self.not_found("exact only", "No name is exactly that.", near, folded)
        start = begins(folded, self.words)
        if start and start.opens and self.parts_agree(start, bare) and self.numbers_agree(start):
            return self.open(start.nearest, "prefix", read_as, start.rule, start.reason)
        if start and is_word_of_several(folded, start):
            return self.several(start, folded)
        verdict = self.guarded(resembles(folded, self.words), bare, folded)
        if verdict.opens:
            return self.open(verdict.nearest, "typo", read_as, verdict.rule, verdict.reason)
        if verdict.choose:
            titles = [self.words.title(near.drug) for near in verdict.nearest[:3]]
            message = f"“{shown(self.query)}” could be a slip of {_listed(titles, 'or')}."
            return self.refuse(
                "ambiguous", verdict.rule, message, verdict.nearest, self.choices(verdict.nearest, folded)
            )
        if start and any(isinstance(near.drug, str) for near in start.nearest):
            return self.several(start, folded)
        near = verdict.nearest
        if start and not any(isinstance(each.drug, str) for each in near[:1]):
            near = (
                *start.nearest,
                *(each for each in near if each.drug not in {begun.drug for begun in start.nearest}),
            )
        return self.not_found(verdict.rule, verdict.reason, near, folded)

    def guarded(self, verdict: Verdict, bare: str, folded: str) -> Verdict:
        """A verdict that opens, unless what the names are written with says that they are two drugs'."""
        if not verdict.opens:
            return verdict
        if not self.parts_agree(verdict, bare):
            reason = "A combination is not its ingredient, nor an ingredient a combination."
            return verdict._replace(rule="another number of ingredients", reason=reason, opens=False)
        if not same_letters(bare, verdict.nearest[0].entry.written):
            reason = "A number, or a letter that stands alone, tells one drug from another: vitamin D is not vitamin C."
            return verdict._replace(rule="another letter", reason=reason, opens=False)
        if has_word_beside(bare, verdict.nearest[0].entry.folded):
            reason = "A word beside the name is no slip of it."
            return verdict._replace(rule="another word", reason=reason, opens=False)
        if self.partner_is_near(verdict, folded):
            return verdict._replace(rule="official look-alike", opens=False, choose=True)
        return verdict

    def several(self, start: Verdict, folded: str) -> Resolution:
        """The refusal of a query that begins names of several drugs, or too few letters of one."""
        if not any(isinstance(near.drug, str) for near in start.nearest):
            return self.not_found(start.rule, start.reason, start.nearest, folded)
        message = f"Names that begin with “{shown(self.query)}” belong to several drugs: choose one."
        if start.rule == "short prefix":
            message = f"“{shown(self.query)}” is too short to open a drug by."
        return self.refuse("ambiguous", start.rule, message, start.nearest, self.choices(start.nearest, folded))

    def parts_agree(self, verdict: Verdict, bare: str) -> bool:
        """Whether the name that would open joins as many ingredients as the query: neither opens the other's."""
        return joins(verdict.nearest[0].entry.written) == joins(bare)

    def numbers_agree(self, start: Verdict) -> bool:
        """Whether the query has no other number than the name that would open: Humulin 50 is not Humulin 70/30."""
        own, asked = (re.findall(r"\d+", each) for each in (start.nearest[0].entry.written, self.query))
        return not own or not asked or own == asked

    def partner_is_near(self, verdict: Verdict, folded: str) -> bool:
        """Whether the query could as well be a slip of an official look-alike of the name that would open."""
        first = verdict.nearest[0]
        partners = look_alikes().get(first.entry.folded, ())
        return any(cost(folded, fold(pair.with_)) < first.cost + LOOK_ALIKE_MARGIN for pair in partners)

    def title(self, drug: Drug, entry: Entry) -> str:
        if isinstance(drug, str) and entry.named is not None:
            return next(each.title for each in self.names.exact(entry.folded) if each.slug == drug)
        return self.words.title(drug)

    def related(self, entry: Entry) -> Iterator[Candidate]:
        """Monographs to suggest for an absent drug: of its ingredients, or whose titles begin with its first word."""
        for drug in entry.drugs:
            if isinstance(drug, frozenset):
                for slug in self.words.owned(sorted(each for each in drug if isinstance(each, int))):
                    if isinstance(slug, str):
                        yield Candidate(slug, self.words.title(slug), self.words.title(slug), 0)
            else:
                first = fold(self.words.title(drug).split()[0])
                if len(first) > 3:
                    yield from (Candidate(slug, title, title, 0) for slug, title in self.words.titled(first))

    def choices(self, near: Sequence[Near], folded: str) -> list[Candidate]:
        """The nearest drugs, the library's before those that it lacks."""
        ordered = sorted(
            (each for each in near if each.cost <= len(folded) / 2),
            key=lambda each: each.cost + (0 if isinstance(each.drug, str) else ABSENT_COSTS),
        )
        return [self.candidate(each.drug, each.entry, folded) for each in ordered][:SUGGESTIONS]

    def suggestions(self, near: Sequence[Near], folded: str) -> tuple[Candidate, ...]:
        """The nearest drugs, then the library's that are less near."""
        found = self.choices(near, folded)
        if len(found) < SUGGESTIONS and _WRITABLE.match(folded):
            offered = {each.drug for each in near}
            for entry in self.words.like(folded, 2 * SUGGESTIONS):
                found += [self.candidate(drug, entry, folded) for drug in entry.drugs if drug not in offered]
                offered.update(entry.drugs)
        return tuple(found[:SUGGESTIONS])

    def candidate(self, drug: Drug, entry: Entry, folded: str) -> Candidate:
        slug = drug if isinstance(drug, str) else None
        return Candidate(slug, self.title(drug, entry), _written(entry), _edits(folded, entry.folded))

    def open(self, near: tuple[Near, ...], kind: Kind, read_as: str | None, rule: str, reason: str) -> Resolution:
        slug, entry = near[0].drug, near[0].entry
        assert isinstance(slug, str)
        title = self.title(slug, entry)
        called = entry.named.field if entry.named else _FIELDS.get(entry.kind, "synonym")
        distance = _edits(fold(read_as or self.query), entry.folded) if kind == "typo" else 0
        pairs = confusable(self.names).get(slug, ())
        match = Match(self.query, slug, title, _written(entry), called, kind, distance, read_as, pairs)
        explanation = self.explanation(rule, reason, near)
        return Resolution(self.query, "found", match, None, (), notice(match) or title, explanation)

    def refuse(
        self,
        status: Status,
        rule: str,
        message: str,
        near: Sequence[Near] = (),
        candidates: Sequence[Candidate] = (),
        reason: str | None = None,
    ) -> Resolution:
        explanation = self.explanation(rule, reason or message, near)
        return Resolution(self.query, status, None, None, tuple(candidates), message, explanation)

    def not_found(self, rule: str, reason: str, near: Sequence[Near], folded: str) -> Resolution:
        candidates = self.suggestions(near, folded)
        message = f"Nothing is called {'exactly ' * self.exact}“{shown(self.query)}”."
        if candidates:
            message += f" Nearest: {', '.join(each.title for each in candidates[:3])}."
        return self.refuse("not_found", rule, message, near, candidates, reason)

    def explanation(self, rule: str, reason: str, near: Sequence[Near]) -> Explanation:
        compared = tuple(
            Compared(
                _written(each.entry),
                self.title(each.drug, each.entry),
                each.drug if isinstance(each.drug, str) else None,
                _edits(self.folded, each.entry.folded) if each.cost else 0,
                each.cost,
            )
            for each in near[:10]
        )
        return Explanation(self.folded, rule, reason, compared)


_FIELDS: dict[str, Field] = {"b": "brand", "g": "synonym", "n": "synonym"}


def _written(entry: Entry) -> str:
    """A name as the monograph writes it, or the lexicon's lower-case name with a capital."""
    return entry.written if entry.named else entry.written[:1].upper() + entry.written[1:]


def _edits(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other)) if one != other else 0


def _listed(titles: Sequence[str], word: str) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} {word} {titles[-1]}"
