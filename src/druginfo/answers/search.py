"""`search`: passages of all monographs, the best first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import combinations, islice
from typing import Literal, NamedTuple

from druginfo import topics
from druginfo.answers.query import Term, fts, parse, phrase, related_words
from druginfo.answers.spotting import Words, read_as, spelled_out
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.markup import plain_text
from druginfo.model import MARKS, Count, Section, Snippet, Sparse
from druginfo.names import fold
from druginfo.terms import words_in
from druginfo.terms.spelling import respelled
from druginfo.topics.synonyms import LIGHT
from druginfo.topics.terms import Topic
from druginfo.topics.wording import alike


class Hit(NamedTuple):
    """A passage, an FAQ or a drug's names, found by a search."""

    slug: str
    title: str
    section: str | None
    """Section key; None for a name or an FAQ."""
    heading: str
    line: Count
    """Where the passage begins in the file."""
    snippet: Snippet
    """The passage, cut to the words around the hit."""
    score: float
    kind: Literal["section", "faq", "name"]


class Hits(NamedTuple):
    """What a query finds, best first."""

    query: str
    hits: tuple[Hit, ...]
    notice: Sparse[str | None] = None
    more: Sparse[bool] = False
    """Whether there are further hits than were asked for."""


_MOST_COMBINED = 6
_ENOUGH = 200  # matches taken at first; all are where these do not suffice
_RANKED = 1_000  # matches compared at first: words of more passages than that do not tell them apart
_COMPARED = 30  # hits of near ranks among which those with all words in one line come first
_MOST_HITS = 1_000_000
_MOST_ECHOED = 200  # characters of a query that messages repeat
_TIERS = {"drug": 400, "name": 300, "heading": 200, "text": 100, "related": 0, "some": -100, "few": -200}
"""What a hit's score begins at; the rank of the text itself is added, at most 99: 50 for all words in one line."""


def search(library: Library, arguments: Sequence[str], *, topic: str | None = None, limit: int = 10) -> Hits:
    """Passages that hold all the words; then those with words that mean the same; else those that hold most of them.

    A drug's name before other words looks in that drug first. `topic` keeps the passages about a topic. Raises Usage,
    and NotFound, which offers words of the library for misspelled ones.
    """
    query = " ".join(" ".join(arguments).split())
    echo = query if len(query) <= _MOST_ECHOED else f"{query[:_MOST_ECHOED]}…"
    terms = parse(query)
    if not terms:
        raise NotFound(f"Nothing found for “{echo}”: it has no letter or digit.", query=query)
    if limit < 1:
        raise Usage(f"-n {limit}: ask for at least one hit.")
    limit = min(limit, _MOST_HITS)
    about, notice = _topic(topic) if topic is not None else (None, None)
    one = _Search(library, terms, about, limit + 1)
    slug, rest = one.drug
    if slug and (initials := spelled_out(library, slug, [term.written for term in rest])):
        terms = [parse(f'"{initials[term.written]}"')[0] if term.written in initials else term for term in terms]
        notice = " ".join(filter(None, (notice, read_as(initials))))
        one = _Search(library, terms, about, limit + 1)
    if found := one.run():
        remark = " ".join(filter(None, (notice, *_not_covered(library, query), one.silent("Others:"))))
        return Hits(query, found[:limit], remark or None, len(found) > limit)
    if better := _Search(library, terms, about, limit).respelled():
        raise NotFound(f"Nothing found for “{echo}”. Did you mean “{better}”?", query=query)
    one = _Search(library, terms, about, limit + 1)
    if found := one.some():
        remark = one.silent("Others hold some of it:") or f"No passage holds all of “{echo}”; these hold some of it."
        return Hits(query, found[:limit], f"{notice} {remark}" if notice else remark, len(found) > limit)
    within = f" in {about.words[0]}" if about else ""
    raise NotFound(f"Nothing found for “{echo}”{within}. Try fewer or other words.", query=query)


def _not_covered(library: Library, query: str) -> list[str]:
    """What is said of the products in a query that open a monograph whose scope leaves them out."""
    return [
        sentence for match in Words(library, [query], strict=False).drugs if (sentence := topics.not_covered(match))
    ]


def better_spelled(library: Library, query: str) -> str | None:
    """The query with the library's own words in place of those that it does not have; None if that is no help."""
    return _Search(library, parse(query), None, 1).respelled()


def _topic(name: str) -> tuple[Topic, str | None]:
    """The topic of that name, and what is said where it is misspelled. Raises NotFound."""
    if topic := topics.known(name):
        return topic, None
    if topic := topics.near(name):
        return topic, f"Searching {topic.words[0]} for “{name}”."
    near = ", ".join(topics.nearest(name))
    raise NotFound(f"“{name}” is not a topic. Nearest: {near}; `druginfo topics` lists all.", query=name)


class RankedPassage(NamedTuple):
    """A passage that matches."""

    rank: float
    passage: int
    slug: str
    section: str | None
    line: int
    kind: Literal["section", "faq", "name"]


class Marked(NamedTuple):
    """A passage's texts with the hits in them between marks."""

    name: str
    heading: str
    text: str


class _Search:
    """One query in one state of the library."""

    def __init__(self, library: Library, terms: Sequence[Term], topic: Topic | None, limit: int) -> None:
        self.library = library
        self.terms = terms
        self.topic = topic
        self.limit = limit
        self.taken: set[int] = set()
        self.hits: list[Hit] = []
        self.has_own = False
        """Whether the text of the drug that the query names has a hit."""
        self.meanings = cache(library.meanings)

    def run(self) -> tuple[Hit, ...]:
        """Passages that hold all the words, or words that mean the same."""
        exact = " AND ".join(self.groups(self.terms, related=False))
        wide = " AND ".join(self.groups(self.terms, related=True))
        slug, rest = self.drug
        if slug and rest:
            for tier, related in (("drug", False), ("drug", True)):
                self.take(tier, " AND ".join(self.groups(rest, related=related)), slug)
            telling = [term for term in rest if term.written.lower() not in LIGHT]
            if not self.hits and telling and len(telling) < len(rest):  # "can I", "tablets" may be missing
                self.take("drug", " AND ".join(self.groups(telling, related=True)), slug)
        self.take("name", f"name : ({exact})")
        self.take("heading", f"{{name heading}} : ({exact})")
        self.take("text", exact)
        if wide != exact:
            self.take("related", wide)
        if slug and rest and not self.hits:
            self.take("related", " AND ".join(self.groups(rest, related=True)))
        return tuple(self.hits)

    def some(self) -> tuple[Hit, ...]:
        """Passages that hold some of several words, those with more of them first; of a drug named, its own first, and
        its name alone is not a hit."""
        slug, rest = self.drug
        groups = [each for term in rest for each in self.groups([term], related=True)]  # "kidney stones" too
        if not slug and len(groups) < 2:
            return ()
        for own in [slug, None] if slug else [None]:
            for count in range(len(groups) - 1, 1, -1) if len(groups) <= _MOST_COMBINED else ():
                together = (f"({' AND '.join(chosen)})" for chosen in combinations(groups, count))
                self.take("some", " OR ".join(together), own)
            self.take("few", " OR ".join(groups), own)
        return tuple(self.hits)

    def respelled(self) -> str | None:
        """See `better_spelled`."""

        def holds(term: Term, word: str) -> bool:
            return self.library.holds(fts(term._replace(words=(word,))))

        unknown = [(term.written, [word for word in term.words if not holds(term, word)]) for term in self.terms]
        return respelled(self.library, unknown)

    @cached_property
    def drug(self) -> tuple[str | None, Sequence[Term]]:
        """The drug that the first terms name, else the last drug that any do ("ibuprofen with warfarin"), and the
        other terms."""
        words = Words(self.library, [term.written for term in self.terms], strict=False)
        if not words.spots:
            return None, self.terms
        spot = words.leading or words.spots[-1]
        of_words = [term for term in self.terms for _ in term.written.split()]  # a "phrase" has several
        named = of_words[spot.first : spot.after]
        return spot.match.slug, [term for term in self.terms if term not in named]

    def silent(self, then: str) -> str | None:
        """What is said where a drug is named and its text has none of the other words; None elsewhere."""
        slug, rest = self.drug
        if not slug or not rest or self.has_own:
            return None
        title = self.library.titles([slug]).get(slug)
        return f"{title}'s text has nothing on “{' '.join(term.written for term in rest)}”. {then}"

    def groups(self, terms: Sequence[Term], *, related: bool) -> Iterator[str]:
        """An FTS5 expression for each term: itself, its abbreviation or what it abbreviates; or also related words."""
        at = 0
        while at < len(terms):
            taken, others = 1, list[str]()
            for count in range(min(len(terms) - at, 5), 0, -1):
                run = terms[at : at + count]
                if any(term.is_prefix for term in run):
                    continue
                words = " ".join(word for term in run for word in term.words)
                others = [*self.meanings(words), *(self.related(words) if related else ())]
                if others:
                    taken = count
                    break
            own = " AND ".join(fts(term) for term in terms[at : at + taken])
            meant = [each for other in others if (each := words_in(other))]
            yield f"({' OR '.join([f'({own})', *map(phrase, meant)])})"
            at += taken

    def related(self, words: str) -> Iterator[str]:
        """What means about the same by the tables, and the other names of a drug."""
        yield from related_words(words)
        yield from alike(words)
        for slug in dict.fromkeys(match.slug for match in self.library.exact(fold(words))):
            yield from (name.name for name in self.library.open(slug).names if name.field != "slug")

    def take(self, tier: str, query: str, slug: str | None = None) -> None:
        """Add the best hits of an FTS5 query, as many as are still wanted; of near ranks those with all in one line."""
        wanted = self.limit - len(self.hits)
        if wanted <= 0:
            return
        places = self.in_order(query, slug, wanted)
        while wanted > 0 and (group := list(islice(places, max(wanted, _COMPARED)))):
            new = [place for place in group if place.passage not in self.taken]
            marked = [(place, self.marked(query, place.passage, holds_all=_TIERS[tier] >= 0)) for place in new]
            found = [(self.score(tier, place, text), place, text) for place, text in marked if text]
            if marked and not found and not self.has_number:  # only words that look alike; what follows ranks lower
                break
            for score, place, text in sorted(found, key=lambda each: -each[0]):
                if wanted > 0 and (hit := self.hit(place, text)):
                    self.taken.add(place.passage)
                    self.has_own |= slug is not None
                    self.hits.append(hit._replace(score=min([score, *(h.score for h in self.hits[-1:])])))
                    wanted -= 1

    def marked(self, query: str, passage: int, *, holds_all: bool) -> Marked | None:
        """A passage with its hits; None where only the look of a word is hit, or a number within others."""
        every = self.library.marked(query, passage)
        text = Marked(*(unmarked(part, self.is_meant) for part in every))
        has_all = not holds_all or numbers(every) == numbers(text)
        return text if has_all and any(map(hits, text)) else None

    @cached_property
    def has_number(self) -> bool:
        """Whether a word of the query is one."""
        return any(word.isdecimal() for term in self.terms for word in term.words)

    def score(self, tier: str, place: RankedPassage, text: Marked) -> float:
        """The order of a hit: its tier, up to 49 for its rank there, 50 for all words in one line."""
        stems = {hit.casefold()[:5] for hit in hits(best_line(text.text)[1])}  # "inhibitor" and "inhibitors" are one
        together = len(stems) >= len(self.terms) > 1
        return round(_TIERS[tier] + min(place.rank, 49.0) + 50 * together, 3)

    def in_order(self, query: str, slug: str | None, wanted: int) -> Iterator[RankedPassage]:
        """Matches, best first; few that rank equally by slug and line. No more are looked up than are taken."""
        found = self.library.ranked(query, slug, _ENOUGH, _RANKED)
        more = len(found) == _ENOUGH
        start, step = 0, wanted + len(self.taken)
        while start < len(found):
            end = min(start + step, len(found))
            while end < len(found) and found[end][0] == found[end - 1][0]:
                end += 1
            scores = {passage: score for score, passage in found[start:end]}
            yield from sorted(
                (
                    RankedPassage(
                        scores[row["rowid"]], row["rowid"], row["slug"], row["section"], row["line"], row["kind"]
                    )
                    for row in self.library.places(list(scores))
                ),
                key=lambda place: (-place.rank, place.slug, place.line, place.passage),
            )
            start, step = end, 4 * step
            if more and start == len(found):
                before = {passage for _, passage in found}
                found = [each for each in self.library.ranked(query, slug) if each[1] not in before]
                start, more = 0, False

    def hit(self, place: RankedPassage, marked: Marked) -> Hit | None:
        """The hit as it is shown; None where it is not about the topic."""
        slug, title = place.slug, self.library.titles([place.slug]).get(place.slug, place.slug)
        name, heading, text = marked
        if place.kind == "name":
            shown = next((part for part in marked if hits(part)), name)
            return None if self.topic else Hit(slug, title, None, title, place.line, cut(shown), 0.0, place.kind)
        if place.kind == "faq":
            if self.topic and not self.topic.is_in(bare(f"{heading} {text}")):
                return None
            shown = best_line(text)[1] if hits(text) else f"{heading} {text}"
            return Hit(slug, title, None, bare(heading), place.line, cut(shown), 0.0, place.kind)
        section = next(each for each in self.library.open(slug).sections if each.key == place.section)
        number, shown = best_line(text)
        topic = self.topic  # whose own section it is, or which the line speaks of where no section is its own
        if topic and not topics.has_section(topic.key, section) and (topic.heading or not topic.is_in(bare(shown))):
            return None
        if not hits(shown):
            shown = f"{heading}: {cut(shown)}" if shown else heading
        return Hit(slug, title, place.section, bare(heading), line_of(section, number), cut(shown), 0.0, place.kind)

    def is_meant(self, hit: str) -> bool:
        """Whether a word that was hit is meant, and not just cut down to the same letters by the index.

        An abbreviation has no endings but the plural's ("AD" is not "added"), and one written in capitals that the
        library defines is not a word in lower case ("AS" is not "as"). 2.5 is not 2-5, which has the same figures.
        """
        decimals = (number for term in self.terms for number in _DECIMAL.findall(term.written))
        if any(re.search(number.replace(".", r"(?![.,·]\d)\D+"), hit) for number in decimals):
            return False
        if " " in hit or any(len(word) > 3 for term in self.terms for word in term.words):
            return True
        for word in (term.words[0] for term in self.terms if len(term.words) == 1 and not term.is_prefix):
            if hit.casefold().startswith(word.casefold()):
                own, ending = hit[: len(word)], hit[len(word) :]
                ordinary = word.isupper() and not own.isupper() and bool(self.meanings(word))
                return ending in ("", "s") and not ordinary
        return True


_LENGTH = 240
_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_MARKED = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}")
_DECIMAL = re.compile(r"\d+\.\d+")
_IN_NUMBER = re.compile(  # the index parts a number at its point or comma
    rf"(?<=\d[.,·]){MARKS[0]}(\d[^{MARKS[1]}]*){MARKS[1]}|{MARKS[0]}([^{MARKS[1]}]*\d){MARKS[1]}(?=[.,·]\d)"
)


def hits(marked: str) -> list[str]:
    """The words that were hit."""
    return _MARKED.findall(marked)


def bare(marked: str) -> str:
    """The text without marks."""
    return marked.replace(MARKS[0], "").replace(MARKS[1], "")


def unmarked(marked: str, is_meant: Callable[[str], bool]) -> str:
    """The text with only those hits marked that are meant; the 5 of 0.5 and the 1 of 1,000 are not."""
    whole = _IN_NUMBER.sub(lambda match: match[1] or match[2], marked)
    return _MARKED.sub(lambda match: match[0] if is_meant(match[1]) else match[1], whole)


def numbers(marked: Iterable[str]) -> set[tuple[str, ...]]:
    """The hits with figures, as words, whatever is between them."""
    return {tuple(words_in(hit)) for part in marked for hit in hits(part) if any(map(str.isdecimal, hit))}


def best_line(marked: str) -> tuple[int, str]:
    """The line with the most different hits, the first of them, and its number from 0.

    A line that ends in a colon is followed by what it introduces.
    """
    lines = marked.split("\n")
    counts = [len({hit.casefold() for hit in hits(line)}) for line in lines]
    best = counts.index(max(counts))
    shown = lines[best].strip()
    for line in lines[best + 1 :]:
        if not bare(shown).endswith(":") or len(bare(shown)) > _LENGTH or _indent(line) < _indent(lines[best]):
            break
        shown += f" {_BULLET.sub('', line.strip())}"
    return best, shown


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def line_of(section: Section, number: int) -> int:
    """The file's line of a line of the section's text."""
    for block in section.blocks:
        if block.kind != "rule":
            height = plain_text([block]).count("\n") + 1
            if number < height:
                return block.line + min(number, len(block.lines) - 1)
            number -= height
    return section.line


def cut(marked: str) -> Snippet:
    """A line shortened to the words around its first hit."""
    text = _BULLET.sub("", marked.strip()).replace("\n", " ")
    if len(bare(text)) <= _LENGTH:
        return Snippet(text)
    first = max(text.find(MARKS[0]), 0)
    start = 0 if first < _LENGTH * 2 // 3 else text.rfind(" ", 0, first - _LENGTH // 3) + 1
    end = min(len(text), start + _LENGTH)
    if end < len(text) and (space := text.rfind(" ", first + 1, end)) > 0:
        end = space
    kept = text[start:end]
    if kept.count(MARKS[0]) > kept.count(MARKS[1]):
        end = text.index(MARKS[1], end) + 1
        kept = text[start:end]
    return Snippet(f"{'…' if start else ''}{kept}{'…' if end < len(text) else ''}")
