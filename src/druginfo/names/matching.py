"""Opening the right drug: a query becomes one drug of the library, or a refusal with its reason.

The rules and the figures behind them: docs/matching.md. In short: a name that is known is that drug and no other; a
prefix or a slip opens only what nothing else is near to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.guard import arguments
from druginfo.model import Candidate, Kind, Named
from druginfo.names import codes, nearness
from druginfo.names.evidence import (
    MARKS,
    SHORT,
    Likeness,
    Near,
    begins,
    exactly,
    is_brand,
    is_word_of_several,
    ranked,
    resembles,
)
from druginfo.names.exact import LONGEST, holders
from druginfo.names.folding import fold, ingredients, is_joined, joins, reordered, same_marks
from druginfo.names.lexicon import lexicon
from druginfo.names.listed import LibraryNames, NameList
from druginfo.names.makers import without_maker
from druginfo.names.replies import SUGGESTIONS, Replies, listed
from druginfo.names.resolution import Compared, Explanation, QueryLine, Resolution, notice, shown
from druginfo.names.salts import ESTERS, METALS, SALT_WORDS, in_full, same_moiety, without_misspelled_salt
from druginfo.names.vocabulary import DrugKey, Entry, named_so
from druginfo.terms import runs
from druginfo.terms.affixes import IN_SHORT

__all__ = ["Compared", "Explanation", "LibraryNames", "NameList", "Named", "Resolution", "notice", "resolve", "shown"]

_WRITABLE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ().,/+&;:%#[]")
"""What a folded name consists of. A query with anything else, another script or a control character, is no slip."""


_COMPOUND = (
    r"(?:METABOLITE |IMPURITY )?[A-Z]\d{1,2}(?:[,-] ?[A-Z]{0,2}\d{0,2})*|\d{1,3}[A-Z]{1,2}|[RSEZ](?:, ?[RSEZ])*|"
    r"[+±/-]+|[0-9a-z,]*[RSEZ]|(?:[A-Z][A-Za-z]?\d{1,2}){2,}"
)
"""What in parentheses tells a metabolite, an isotope, an isomer or a formula: (M7), (13C), (R), (Na6P4O13)."""
_NUMBERED = r"(?i)(.{5,} (?!d3$)[a-z]{1,3}) ?\d{1,2}$"
"""A brand whose letters have the strength written after them: Glycomet GP1, Glycomet GP 2."""
_PARTS = r"(?<![\d/])(\d\d)/(\d\d)(?![\d/])"


def resolve(query: str, names: LibraryNames, *, exact: bool = False, explain: bool = False) -> Resolution:
    """What a query opens: one drug of the library, or nothing, with the reason.

    `exact` allows neither prefix nor typo; `explain` fills `explanation`. Raises nothing, whatever the text. A name
    that the library has is answered without reading the lexicon.
    """
    return _Question(query, names, exact, explain).answer()


def prepare() -> None:
    """Load what likeness is measured with, for many queries."""
    lexicon().prepare()
    nearness.prepare()


class _Question(Replies):
    """One query on its way through the rules."""

    # ---------------------------------------------------------------- the rules, in order

    def answer(self) -> Resolution:
        if not self.folded:
            return self.refuse("not_found", "unreadable", "Nothing was asked.")
        if len(self.query) > LONGEST:
            message = f"The query is longer than {LONGEST} characters; no drug's name is."
            return self.refuse("not_found", "unreadable", message)
        if own := named_so(self.names, self.folded):
            slugs = holders(own)
            named = next(each for each in own if each.slug == slugs[0])
            entry = Entry(self.folded, named.name, "l", slugs, named)
            return self.known(entry if len(slugs) == 1 else self.words.entry(self.folded) or entry, None)
        if (known := self.words.entry(self.folded)) and known.kind != "x":
            return self.family(self.query) or self.known(known, None)
        is_word = self.query.isalpha()
        if not is_word:
            if (code := codes.read(self.query)) and (answer := self.by_code(code)):
                return answer
            self.line = read(self.query)
            # PEG 3350, which is no tube, and Pen V, which is no injector
            if len(self.line.name) < 3 and (name := next(self.numbered(""), "")):
                self.line = self.line._replace(name=name)
        if not _WRITABLE.issuperset(self.folded if is_word else fold(self.line.name)):
            message = f"Nothing is called {self.quoted}: no list has names with such characters."
            return self.refuse("not_found", "foreign characters", message)
        if not self.line.name:
            message = f"{self.quoted} says how a drug is given, but not which."
            if not any(map(str.isalpha, self.query)):
                message = f"{self.quoted} is a number. A code is written as NDC 0002-8215-01, RXCUI:161 or N02BE01."
            return self.refuse("not_found", "only directions", message)
        if is_word:
            return self.known(known, None) if known else self.by_likeness()
        return self.several_drugs() or self.by_name() or self.by_ingredients() or self.by_salt() or self.by_likeness()

    def by_code(self, code: codes.Code) -> Resolution | None:
        """The query is a code: of one drug, of several or a group of them, or known to no list."""
        drugs = self.words.coded(code)
        if not drugs:
            if code.is_group and code.shown.upper() == f"ATC {self.query.strip().upper()}":
                return None  # three letters and digits can be anything
            message = f"{code.shown}: neither a monograph nor any list here has this code."
            return self.refuse("not_found", "unknown code", message)
        entry = Entry(self.folded, code.shown, "n", drugs, None)
        if len(drugs) == 1 and not code.is_group:
            return self.known(entry, None, "code")
        near = sorted(exactly(entry), key=self.in_use_first)
        titles = [self.words.title(each.drug) for each in near]
        more = len(titles) - SUGGESTIONS
        some = ", ".join(titles[:SUGGESTIONS]) + (f" and {more} more" if more > 0 else "")
        what = "a group of medicines" if code.is_group else "a code of several"
        message = f"{code.shown} is {what}: {some}."
        if not any(isinstance(each.drug, str) for each in near):
            return self.refuse("not_found", "code of several", f"{message} The library has none of them.", near)
        choices = self.choices(near, self.folded)
        return self.refuse("ambiguous", "code of several", f"{message} Choose one.", near, choices)

    def several_drugs(self) -> Resolution | None:
        """A line that names a second drug after the first one's directions, or another one in brackets."""
        if not (self.line.rest or self.line.aside) or not (first := self.meant(self.line.name)):
            return None
        named = (next(filter(None, self.others(text)), None) for text in self.line.rest)
        if others := [other for other in named if other and set(other.drugs).isdisjoint(first.drugs)]:
            return self.two([first, *others])
        for text in self.line.aside:
            is_name = len(text) <= LONGEST and not complains(text)
            entry = self.meant(read(text).name or text) if is_name else None
            if entry and entry.kind != "x" and len(entry.folded) > SHORT - 1 and self.are_others(entry, first):
                title, other = self.words.title(first.drugs[0]).lower(), self.words.title(entry.drugs[0]).lower()
                if other.removeprefix(title).strip().isdigit():  # polyethylene glycol (MiraLax): 3350
                    return self.known(entry, text)
                of_it = read(text).strengths and other in METALS and ("ferr" if other == "iron" else other) in title
                if not of_it:  # what Mag-Ox (241 mg magnesium) has of its metal is no other drug
                    return self.two([first, entry])
        return None

    def others(self, text: str) -> Iterator[Entry | None]:
        """The medicines that a run of words after the first one's directions may name, long names first."""
        if not text.startswith("+ "):
            words = text.split()[:12]
            yield from (self.is_ingredient(" ".join(words[first:end])) for first, end in runs(len(words), 4))
        else:  # as a line begins: brands of one country, and those that are English words, are meant there too
            words = text.split()[1:5]
            found = (self.meant(" ".join(words[:size])) for size in range(len(words), 0, -1))
            yield from (entry for entry in found if entry and entry.kind not in "xc" and len(entry.folded) > 3)

    def are_others(self, entry: Entry, first: Entry) -> bool:
        """Whether what is in brackets is another medicine: neither the drug, nor an ingredient of it."""
        if not entry.drugs or not set(entry.drugs).isdisjoint(first.drugs):
            return False
        apart = all(self.parts(one).isdisjoint(self.parts(own)) for one in entry.drugs for own in first.drugs)
        return apart or any(map(self.words.is_joint, entry.drugs))

    def parts(self, drug: DrugKey) -> frozenset[DrugKey]:
        return frozenset(drug) if isinstance(drug, frozenset) else frozenset([drug])

    def meant(self, name: str) -> Entry | None:
        """What a name means, as written or without salt words or its maker's name."""
        for each in (name, in_full(name), *same_moiety(name), *without_maker(name)):
            if (entry := self.words.entry(fold(each))) and entry.drugs:
                return entry
        return None

    def by_name(self) -> Resolution | None:
        """The query is a name, or is one without dosage and salt words or with its words in another order."""
        for reading in self.readings():
            if not (entry := self.words.entry(fold(reading))) or self.is_chance(entry, reading):
                continue
            if mark := next((each for each in self.line.aside if re.fullmatch(_COMPOUND, each)), ""):
                message = f"“({mark})” makes it another compound than {entry.shown}, or a part of one."
                return self.refuse("not_found", "another compound", message)
            if (several := self.family(reading)) and not self.line.strengths:
                return several
            if mixed := self.mixed(entry):
                return self.known(mixed, reading)
            one = entry.kind not in "xc" and not all(map(self.words.is_joint, entry.drugs))
            if self.line.strengths > 1 and one:
                return self.two_strengths(entry)
            return self.known(entry, None if reading == self.query else reading)
        return None

    def is_chance(self, entry: Entry, reading: str) -> bool:
        """Whether a brand is met only by leaving words out that are no dosage: salts go with nonproprietary names, and
        a short brand is exact."""
        if entry.kind not in "bw" or reading == self.query:
            return False
        is_salt = reading != self.line.name and reading in same_moiety(self.line.name)
        return is_salt or (len(entry.folded) <= SHORT and not self.line.is_dosed)

    def mixed(self, entry: Entry) -> Entry | None:
        """The premixed insulin where two numbers after an insulin's name are parts in a hundred, quick and slow
        (Humalog 75/25)."""
        parts = re.search(_PARTS, self.query)
        if not parts or int(parts[1]) + int(parts[2]) != 100:
            return None
        if not all("insulin" in self.words.title(drug).lower() for drug in entry.drugs):
            return None
        joint = [drug for drug in entry.drugs if self.words.is_joint(drug)]
        if joint:
            return entry._replace(drugs=tuple(joint[:1]), countries=entry.countries[:1])
        return self.words.entry(fold(f"{self.words.title(entry.drugs[0])} mix"))

    def readings(self) -> Iterator[str]:
        yield self.query
        bare = self.line.name
        if any(letter.isdigit() for letter in self.query):
            yield from self.numbered(bare)
        if bare and bare != self.query:
            yield bare
        if (full := in_full(bare)) != bare:
            yield full
        if not is_joined(bare):
            yield from same_moiety(bare)
            for each in without_maker(bare):
                if (entry := self.words.entry(fold(each))) and entry.kind in "gln" and not is_brand(entry):
                    yield each
            if (
                (found := re.match(_NUMBERED, bare))
                and (entry := self.words.entry(fold(found[1])))
                and entry.kind == "b"
            ):
                yield found[1]
            yield from self.without_class(bare)
            for each in reordered(bare):
                if (entry := self.words.entry(fold(each))) and len(entry.written.split()) == len(each.split()):
                    yield each

    def without_class(self, bare: str) -> Iterator[str]:
        """A brand without the word for what it is before or after it: "Insulin Lantus", "Human Actrapid", "H.
        Mixtard"."""
        words = bare.split()
        for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            if word.lower().rstrip(".") not in ("insulin", "human", "h") or not (
                entry := self.words.entry(fold(" ".join(rest)))
            ):
                continue
            if entry.drugs and all("insulin" in self.words.title(drug).lower() for drug in entry.drugs):
                yield " ".join(rest)

    def numbered(self, bare: str) -> Iterator[str]:
        """The name with the number after it: a number that names another product is no strength (Tylenol 3)."""
        at = self.query.lower().find(bare.lower())
        words = self.query[max(at, 0) :].split()
        first = len(bare.split())
        for size in range(min(first + 2, len(words)), first, -1):
            name = " ".join(words[:size]).strip(".,;")
            if (bare or size == 2) and (known := self.words.entry(fold(name))) and known.drugs:
                yield name

    def family(self, name: str) -> Resolution | None:
        """A name that is not its drug's title but begins another's: "mycophenolate" is the acid or the mofetil."""
        folded = fold(name)
        entry = self.words.entry(folded)
        if not entry or len(entry.drugs) != 1 or entry.kind not in "gn" or len(folded) < 5:
            return None
        own = self.words.title(entry.drugs[0])
        # a monograph's title without its salt words is its own too
        bare = same_moiety(own) if isinstance(entry.drugs[0], str) else ()
        if folded in map(fold, (own, *bare)):
            return None
        found = {near.drug: near for near in exactly(entry)}
        for each in self.words.beginning(folded):
            for drug in each.drugs:
                title = self.words.lexicon.drug(drug).title if isinstance(drug, int) else self.words.title(drug)
                added = title.lower().removeprefix(name.lower() + " ").split()
                if (
                    " ".join(added) != title.lower()
                    and not self.words.is_joint(drug)
                    and not _ADDS_NOTHING.issuperset(added)
                ):
                    found.setdefault(drug, Near(drug, each, 0.0, 0.0))
        if len(found) < 2 or not any(isinstance(drug, str) for drug in found):
            return None
        near = sorted(found.values(), key=self.in_use_first)
        message = f"{self.quoted} is {listed([self.words.title(each.drug) for each in near], 'or')}: choose one."
        return self.refuse("ambiguous", "stem of several", message, near, self.choices(near, folded))

    def in_use_first(self, near: Near) -> tuple[bool, int]:
        """The library's drugs before others, those most in use first."""
        return not isinstance(near.drug, str), -self.words.use(near.drug)

    def known(self, entry: Entry, read_as: str | None, rule: str = "lexicon") -> Resolution:
        """The answer to a name that is known."""
        rule = "exact" if entry.named else rule
        if entry.kind == "x":
            if (start := begins(entry.folded, self.words)) and is_word_of_several(entry.folded, start):
                return self.beginning(start, entry.folded)
            message = f"{self.quoted} is known, but not as a medicine."
            near = ranked(entry.folded, self.words)
            return self.refuse("not_found", "not a drug", message, near, self.suggestions(near, entry.folded))
        if entry.kind == "c":
            message = "names a substance that was never marketed as far as known; there is no monograph of it."
            return self.refuse("absent", "never marketed", f"{entry.shown} {message}", known_as=entry.shown)
        near = exactly(entry)
        slugs = [drug for drug in entry.drugs if isinstance(drug, str)]
        if len(near) == 1 and slugs:
            if (other := self.another_ester(read_as or self.query, slugs[0])) is not None:
                return other
            return self.open(near, "exact", read_as, rule, "It is a name of that drug.")
        if slugs or len(near) > 1:
            message = f"{self.quoted} is a name of {listed(self.titles_with_countries(entry), 'and')}"
            rule = "name of several drugs"
            if entry.kind == "e":
                rule = "error-prone abbreviation"
                message = message.replace("is a name of", "is written, or has been read, for", 1)
            if slugs:
                choices = self.choices(near, self.folded)
                return self.refuse("ambiguous", rule, f"{message}: choose one.", near, choices)
            known_as = listed(sorted(self.title(drug, entry) for drug in entry.drugs), "or")
            related = list(self.related(entry))[:SUGGESTIONS]
            message += "; the library has none of them."
            return self.refuse("absent", rule, message, near, related, known_as=known_as)
        return self.absent(entry, near, rule)

    def another_ester(self, asked: str, slug: str) -> Resolution | None:
        """The refusal of an ester of a drug where the monograph is of another one: their doses differ."""
        title = self.words.title(slug) if " " in asked else ""
        mine, own = (
            {word for word in name.lower().split() if word in ESTERS and word != "acetate"} for name in (asked, title)
        )
        if not (mine and own) or mine & own:
            return None
        name = f"{asked[:1].upper()}{asked[1:].lower()}"
        message = f"{name} is another ester than {title}; the library has no monograph of it."
        return self.refuse("absent", "another ester", message, (), [Candidate(slug, title, title, 0)], known_as=name)

    def by_ingredients(self) -> Resolution | None:
        """The query is several drugs: a combination that is one, or just these side by side."""
        bare = self.line.name
        joined = is_joined(bare)
        names = [read(part).name or part for part in ingredients(bare)] if joined else self.segments(bare)
        names = [*names[:1], *(IN_SHORT.get(name.lower(), name) for name in names[1:])]
        if len(names) < 2:
            return None
        found = [entry for entry in map(self.is_ingredient, names) if entry]
        if len(found) < len(names):
            return None
        named = zip(names, found, strict=True)
        drug = self.words.combination(
            name if self.words.drugs_called(name) else self.words.title(entry.drugs[0]) for name, entry in named
        )
        drugs = self.words.owned([drug])
        one = [each for each in drugs if isinstance(each, str)]
        if not joined and all(set(entry.drugs) == set(found[0].drugs) for entry in found):
            drugs = found[0].drugs  # a drug beside its own brand
        elif not one and not self.words.is_product(drug):
            return self.two(found)
        entry = Entry(self.folded, " / ".join(names), "g", drugs, None, ((),) * len(drugs))
        if joined and len(drugs) == 1 and not self.words.is_joint(drugs[0]) and len(set(map(fold, names))) > 1:
            return self.known(found[0], bare) if len({each for e in found for each in e.drugs}) == 1 else None
        return self.known(entry, None if bare == self.query else bare, "combination")

    def is_ingredient(self, part: str) -> Entry | None:
        """A medicine of that name, as one can stand in a row of them. English words that are brands somewhere are
        none."""
        if len(fold(part)) <= 3:
            return None
        entry = self.meant(part) or self.meant(f"{part}e")  # Oxycodon/Naloxon, as German and others leave the e out
        if entry is None or entry.kind in "wxc":
            return None
        if entry.kind == "b" and not any(isinstance(drug, str) for drug in entry.drugs):
            return entry if max(map(len, entry.countries), default=0) > 2 else None
        return entry

    def segments(self, text: str) -> list[str]:
        """The names that a text without separators is made of; empty where a word belongs to none."""
        words = text.replace("-", " ").split()
        if not 2 <= len(words) <= 8:
            return []
        found: list[str] = []
        while words:
            short = len(found) > 0 and words[0].lower() in IN_SHORT
            sizes = range(len(words), 0, -1)
            size = 1 if short else next((n for n in sizes if self.is_ingredient(" ".join(words[:n]))), 0)
            if not size:
                return []
            found.append(" ".join(words[:size]))
            words = words[size:]
        return found

    def by_salt(self) -> Resolution | None:
        """The query is a name with a misspelled salt ("metformin hydrocloride"), and no slip of another drug's name
        ("isosorbide dinitrat")."""
        bare = self.line.name
        if self.exact or is_joined(bare) or " " not in bare:
            return None
        head = without_misspelled_salt(bare)
        entry = self.words.entry(fold(head)) if head != bare else None
        if entry is None or entry.kind in "xc":
            return None
        if any(near.drug not in entry.drugs for near in ranked(fold(bare), self.words)):
            return None
        return self.known(entry, head)

    # ---------------------------------------------------------------- likeness

    def by_likeness(self) -> Resolution:
        """The query begins a name or is a slip of one; nothing opens that another drug's name is near to."""
        bare = self.line.name if self.line.is_dosed else self.query
        read_as = None if bare == self.query else bare
        folded = fold(bare)
        if known := self.words.entry(folded):
            return self.known(known, read_as)
        if self.exact:
            return self.not_found("exact only", "No name is exactly that.", ranked(folded, self.words), folded)
        if " " in bare and complains(bare):
            return self.not_found("complaint", "Words for a complaint are no slip of a name.", (), folded)
        start = begins(folded, self.words)
        if (
            start
            and start.opens
            and joins(start.nearest[0].entry.written) == joins(bare)
            and same_marks(self.query, start.nearest[0].entry.written, begins=True)
            and (bare.isalpha() or len(re.split(r"[\s-]", bare)[-1]) > 2)  # "losartan a" begins no "losartana"
        ):
            return self.opened(start, "prefix", read_as)
        if start and is_word_of_several(folded, start):
            return self.beginning(start, folded)
        if found := self.beside_a_word(bare):
            return found
        verdict = resembles(bare, folded, self.words, briefly=not self.explain)
        if verdict.opens:
            return self.opened(verdict, "typo", read_as)
        slugs = [near for near in verdict.nearest if isinstance(near.drug, str)]
        if verdict.choose and slugs:
            titles = [self.words.title(near.drug) for near in verdict.nearest[:3]]
            message = f"{self.quoted} could be a slip of {listed(titles, 'or')}."
            choices = self.choices(verdict.nearest, folded)
            return self.refuse("ambiguous", verdict.rule, message, verdict.nearest, choices)
        if start and any(isinstance(near.drug, str) for near in start.nearest):
            return self.beginning(start, folded)
        near = verdict.nearest
        if start and not slugs:
            begun = {each.drug for each in start.nearest[:3]}
            near = (*start.nearest[:3], *(each for each in near if each.drug not in begun))
        return self.not_found(verdict.rule, verdict.reason, near, folded)

    def opened(self, verdict: Likeness, kind: Kind, read_as: str | None) -> Resolution:
        """What a prefix or a slip comes to: the drug, or that it is absent."""
        first = verdict.nearest[0]
        if self.line.strengths > 1 and not self.words.is_joint(first.drug):
            return self.two_strengths(first.entry)
        if isinstance(first.drug, str):
            return self.open(verdict.nearest, kind, read_as, verdict.rule, verdict.reason)
        return self.absent(first.entry, verdict.nearest, "slip of an absent drug", first.entry.shown)

    def beside_a_word(self, bare: str) -> Resolution | None:
        """A drug's name and a word that is not a drug's: "voriconazole vision"."""
        words = bare.split()
        if not 2 <= len(words) <= 12 or is_joined(" ".join(words[:-1]) if words[-1].lower() in MARKS else bare):
            return None
        for size in range(len(words) - 1, 0, -1):
            for part, other in ((words[:size], words[size:]), (words[-size:], words[:-size])):
                entry = self.meant(" ".join(part))
                if not entry or not entry.drugs or entry.kind in "wxc" or len(entry.folded) < 4:
                    continue
                if entry.kind == "b" and not self.is_ingredient(" ".join(part)):
                    continue
                rest = " ".join(other)
                near = exactly(entry)
                title = self.words.title(entry.drugs[0])
                if rest.lower().rstrip(".") in MARKS:
                    message = f"“{shown(rest)}” makes another medicine of {title}, and no list has that."
                    return self.refuse("not_found", "another medicine", message, near)
                if len(rest) < 3 or all(near.drug in entry.drugs for near in ranked(fold(bare), self.words)[:1]):
                    message = f"“{shown(rest)}” is not part of any name of {title}."
                    slug = next((drug for drug in entry.drugs if isinstance(drug, str)), None)
                    if slug:
                        message += f" `druginfo search {slug} {arguments(rest)}` looks for it."
                    return self.refuse("not_found", "another word", message, near, self.choices(near, fold(bare)))
        return None


_ADDS_NOTHING = SALT_WORDS | METALS | ESTERS


def read(text: str) -> QueryLine:
    """A medication line, read (`druginfo.names.lines`, loaded only where a query is more than a word)."""
    from druginfo.names.lines import read

    return read(text)


def complains(text: str) -> bool:
    """Whether words only say what a patient has (`druginfo.names.lines`)."""
    from druginfo.names.lines import complains

    return complains(text)
