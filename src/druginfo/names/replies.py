"""What is answered to a query: the drug that opens, or a refusal with its message and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from druginfo.guard import arguments
from druginfo.model import Candidate, Field, Kind, Match, Status
from druginfo.names.evidence import SHORT, Likeness, Near, evidence, exactly, is_word_of_several, weight
from druginfo.names.exact import LONGEST
from druginfo.names.folding import fold
from druginfo.names.listed import LibraryNames
from druginfo.names.look_alikes import confusable
from druginfo.names.nearness import cost, edits
from druginfo.names.resolution import Compared, Explanation, QueryLine, Resolution, notice, shown
from druginfo.names.vocabulary import DrugKey, Entry, Vocabulary, named_so, vocabulary

SUGGESTIONS = 5
ABSENT_BEHIND = 1.5
"""How much likelier a drug without a monograph must be than one with it, to be suggested before it."""
FARTHEST_LIKE = 0.34
"""What a letter of the query may cost for a name of the library to be suggested."""

_FIELDS: dict[str, Field] = {"b": "brand", "w": "brand", "g": "synonym", "n": "synonym"}
_COUNTED = {2: "two", 3: "three", 4: "four"}


class Replies:
    """The answers that a query can get."""

    def __init__(self, query: str, names: LibraryNames, exact: bool, explain: bool) -> None:
        self.query = query
        self.names = names
        self.exact = exact
        self.folded = fold(query[: LONGEST + 1])
        self.line = QueryLine(query, (), 0, (), True)
        self.explain = explain
        self._words: Vocabulary | None = None

    @property
    def words(self) -> Vocabulary:
        """All names of medicines, of the library and the lexicon; put together when a query first needs them."""
        if self._words is None:
            self._words = vocabulary(self.names)
        return self._words

    # ---------------------------------------------------------------- one drug

    def open(self, near: Sequence[Near], kind: Kind, read_as: str | None, rule: str, reason: str) -> Resolution:
        """The first drug opens: `found`, with its match. `kind` and `rule` say how the query was read."""
        slug, entry = near[0].drug, near[0].entry
        assert isinstance(slug, str)
        title = self.title(slug, entry)
        called = entry.named.field if entry.named else _FIELDS.get(entry.kind, "synonym")
        distance = near[0].edits if kind == "typo" else 0
        pairs = confusable(self.names).get(slug, ())
        match = Match(self.query, slug, title, entry.shown, called, kind, distance, read_as, pairs)
        explanation = self.explanation(rule, reason, near)
        return Resolution(self.query, "found", match, None, (), notice(match) or title, explanation)

    def absent(self, entry: Entry, near: Sequence[Near], rule: str, read: str | None = None) -> Resolution:
        """That the library has no monograph of a known drug; `read` is the name as which a slip was read."""
        drug = entry.drugs[0]
        name = self.words.title(drug)
        what = "combination" if self.words.is_joint(drug) else "drug"
        message = f"{name} is a known {what}, but the library has no monograph of it."
        if read:
            message = f"Read {self.quoted} as {read}. {message}"
        if rule != "combination" and fold(entry.written) not in (self.folded, fold(name), fold(read or "")):
            message = message.replace(name, f"{name} ({entry.shown})", 1)
        others = list(self.related(entry))
        if read:  # or it was meant for a drug that is there
            own = [each for each in near[1:] if isinstance(each.drug, str)]
            others += (each for each in self.choices(own, self.folded) if each not in others)
        return self.refuse("absent", rule, message, near, others[:SUGGESTIONS], known_as=name)

    # ---------------------------------------------------------------- several

    def two(self, entries: Sequence[Entry]) -> Resolution:
        """The refusal of two drugs side by side, or more."""
        near = [exactly(entry)[0] for entry in entries if entry.drugs]
        titles = list(dict.fromkeys(self.words.title(each.drug) for each in near))
        slugs = [each.drug for each in near if isinstance(each.drug, str)]
        message = f"{self.quoted} names {_COUNTED.get(len(titles), str(len(titles)))} drugs, {listed(titles, 'and')}"
        if not slugs:
            message += f"; the library has {'neither' if len(titles) == 2 else 'none of them'}."
            return self.refuse("not_found", "several drugs", message, near)
        if len(slugs) > 1:
            message += f". `druginfo interactions {' '.join(slugs)}` shows what is said of each other"
        return self.refuse("ambiguous", "several drugs", f"{message}.", near, self.choices(near, self.folded))

    def two_strengths(self, entry: Entry) -> Resolution:
        """Refuses one drug that was written with the strengths of several: "amoxicillin 875-125 mg"."""
        number, title = _COUNTED.get(self.line.strengths, "several"), self.words.title(entry.drugs[0])
        message = f"{self.quoted} has the strengths of {number} ingredients, but names only {title}."
        near = exactly(entry)
        return self.refuse("not_found", "two strengths", message, near, self.choices(near, self.folded))

    def beginning(self, start: Likeness, folded: str) -> Resolution:
        """The refusal of a query that begins names of several drugs, or too few letters of one."""
        if not is_word_of_several(folded, start) and not any(isinstance(near.drug, str) for near in start.nearest):
            return self.not_found(start.rule, start.reason, start.nearest, folded)
        choices = self.choices(start.nearest, folded)
        message = f"Names that begin with “{shown(self.line.name or self.query)}” belong to several drugs: choose one"
        if start.rule == "short prefix":
            message = f"{self.quoted} is too short to open a drug by"
        if (more := len({near.drug for near in start.nearest}) - len(choices)) > 0:
            message += f" ({', '.join(each.title for each in choices)} and {more} more)"
        return self.refuse("ambiguous", start.rule, f"{message}.", start.nearest, choices)

    # ---------------------------------------------------------------- refusals

    def refuse(
        self,
        status: Status,
        rule: str,
        message: str,
        near: Sequence[Near] = (),
        candidates: Sequence[Candidate] = (),
        reason: str | None = None,
        known_as: str | None = None,
    ) -> Resolution:
        """No drug opens: the status says why, `message` tells a person, `rule` and `reason` are for `--explain`."""
        explanation = self.explanation(rule, reason or message, near)
        return Resolution(self.query, status, None, known_as, tuple(candidates), message, explanation)

    def not_found(self, rule: str, reason: str, near: Sequence[Near], folded: str) -> Resolution:
        """Refuses a query that is nobody's name, with the nearest names as suggestions."""
        candidates = self.suggestions(near, folded)
        message = f"Nothing is called {'exactly ' * self.exact}{self.quoted}."
        if candidates:
            named = (
                each.title if fold(each.matched) == fold(each.title) else f"{each.matched} ({each.title})"
                for each in candidates[:3]
            )
            message += f" Nearest: {', '.join(named)}."
        else:
            search = " ".join(["druginfo search", arguments(self.query, "")]).rstrip()
            message += f" `{search}` looks for words, `druginfo list --for` for what treats a condition."
        return self.refuse("not_found", rule, message, near, candidates, reason)

    def explanation(self, rule: str, reason: str, near: Sequence[Near]) -> Explanation | None:
        """Why the query was read so, with the ten nearest names and their distances; None unless it was asked for."""
        if not self.explain:
            return None
        compared = (
            Compared(
                each.entry.shown,
                self.title(each.drug, each.entry),
                each.drug if isinstance(each.drug, str) else None,
                edits(self.folded, each.entry.folded) if each.cost else 0,
                each.cost,
            )
            for each in near[:10]
        )
        return Explanation(self.folded, rule, reason, tuple(compared))

    # ---------------------------------------------------------------- what may have been meant

    def choices(self, near: Sequence[Near], folded: str) -> list[Candidate]:
        """The likeliest drugs, the library's before those that it lacks where they are as likely."""
        ordered = sorted(near, key=lambda each: -self.likely(each, near, folded))
        return [self.candidate(each, folded) for each in ordered[:SUGGESTIONS]]

    def suggestions(self, near: Sequence[Near], folded: str) -> list[Candidate]:
        """The likeliest drugs, those of the library among them whose names are not much farther."""
        if len(folded) <= SHORT or not self.line.is_whole:
            return self.choices(near, folded)
        most = FARTHEST_LIKE * len(folded)
        found = {each.drug: each for each in near}
        offered = {each.drug: self.likely(each, near, folded) for each in near}
        for apart, name in self.words.like(folded, 2 if len(folded) < 8 else 3 if len(folded) < 12 else 4):
            price = cost(folded, name, most)
            if price >= most or (entry := self.words.entry(name)) is None:
                continue
            for drug in entry.drugs:
                each = Near(drug, entry, price, weight(price, entry, self.words, drug), apart)
                if drug not in offered or self.likely(each, near, folded) > offered[drug]:
                    found[drug], offered[drug] = each, self.likely(each, near, folded)
        return self.choices(list(found.values()), folded)

    def likely(self, near: Near, among: Sequence[Near], folded: str) -> float:
        """How likely a drug is meant: what the library lacks the less."""
        behind = 0.0 if isinstance(near.drug, str) else ABSENT_BEHIND
        return (evidence(folded, near, among, self.words) if near.edits else near.weight) - behind

    def candidate(self, near: Near, folded: str) -> Candidate:
        """A drug to choose from, with the number of edits between its name and the query."""
        slug = near.drug if isinstance(near.drug, str) else None
        distance = near.edits or edits(folded, near.entry.folded)
        return Candidate(slug, self.title(near.drug, near.entry), near.entry.shown, distance)

    def related(self, entry: Entry) -> Iterator[Candidate]:
        """Monographs to suggest for an absent drug: of its ingredients, or whose titles begin with its first word."""
        for drug in entry.drugs:
            if isinstance(drug, frozenset):
                for each in sorted(each for each in drug if isinstance(each, int)):
                    for slug in self.words.owners(each):
                        yield Candidate(slug, self.words.title(slug), self.words.title(slug), 0)
            else:
                first = fold(self.words.title(drug).split()[0])
                if len(first) > 3:
                    yield from (Candidate(slug, title, title, 0) for slug, title in self.words.titled(first))

    # ---------------------------------------------------------------- how it is worded

    @property
    def quoted(self) -> str:
        """The query as messages quote it."""
        return f"“{shown(self.query)}”"

    def title(self, drug: DrugKey, entry: Entry) -> str:
        """What a drug is called: the title of its monograph, else its name in the lexicon."""
        if isinstance(drug, str) and entry.named is not None:
            if entry.named.slug == drug:
                return entry.named.title
            return next(each.title for each in named_so(self.names, entry.folded) if each.slug == drug)
        return self.words.title(drug)

    def titles_with_countries(self, entry: Entry) -> list[str]:
        """The drugs of a name, each with some of the countries where the name means it, or with its slug where two
        monographs have one title."""
        found: list[str] = []
        titles = [self.title(drug, entry) for drug in entry.drugs]
        for place, drug in enumerate(entry.drugs):
            title, countries = titles[place], entry.countries[place] if place < len(entry.countries) else ()
            if titles.count(title) > 1 and isinstance(drug, str):
                title = f"{title} ({drug})"
            more = f" and {len(countries) - 3} more" if len(countries) > 3 else ""
            found.append(f"{title} ({', '.join(countries[:3])}{more})" if countries else title)
        return sorted(found)


def listed(titles: Sequence[str], word: str) -> str:
    """Titles in a sentence, the last after `word`."""
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} {word} {titles[-1]}"
