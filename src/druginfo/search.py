"""Words → passages of all monographs, the best first. What a person types is data: no operator, no syntax error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from druginfo import topics
from druginfo.answers import MARKS, Hit, Hits
from druginfo.errors import NotFound, Usage
from druginfo.index import Index
from druginfo.library import Library
from druginfo.markup import plain_text
from druginfo.model import Monograph, Section

_MOST_TERMS = 24
_SNIPPET = 240
_ENOUGH = 500  # matches ranked at first; all are where these do not suffice
_SAMPLE = 300  # monographs whose words are offered in place of a misspelled one
_TIERS = {"drug": 400, "name": 300, "heading": 200, "text": 100, "related": 0, "some": -100}
"""What a hit's score begins at; the rank of the text itself is added, at most 99."""


class Term(NamedTuple):
    """A word or phrase of the query."""

    written: str
    words: tuple[str, ...]
    is_prefix: bool = False
    is_phrase: bool = False


def search(library: Library, arguments: Sequence[str], *, topic: str | None = None, limit: int = 10) -> Hits:
    """Passages that hold all the words; then those with words that mean the same; else those that hold some.

    A drug's name before other words looks in that drug first. `topic` keeps the passages about a topic. Raises Usage,
    and NotFound, which offers words of the library for misspelled ones.
    """
    query = " ".join(" ".join(arguments).split())
    terms = parse(query)
    if not terms:
        raise NotFound(f"Nothing found for “{query}”: there is no letter or digit in it.", query=query)
    if limit < 1:
        raise Usage(f"-n {limit}: ask for one hit at least.")
    about = None
    if topic is not None and (about := topics.known(topic) or topics.near(topic)) is None:
        raise NotFound(f"“{topic}” is no topic. Topics are {', '.join(topics.words())}.", query=topic)
    hits = library.ask(lambda index: _Search(index, about, limit).run(terms))
    if hits:
        return Hits(query, hits)
    if topic is None and (better := library.ask(lambda index: _respelled(index, terms))):
        raise NotFound(f"Nothing found for “{query}”. Did you mean “{better}”?", query=query)
    some = library.ask(lambda index: _Search(index, about, limit).some(terms)) if len(terms) > 1 else ()
    if some:
        return Hits(query, some, f"No passage holds all of “{query}”; these hold some of it.")
    within = f" in {about.words[0]}" if about else ""
    raise NotFound(f"Nothing found for “{query}”{within}. Try fewer or other words.", query=query)


def parse(query: str) -> list[Term]:
    """The words, "phrases" and prefixes* of a query, without words that say nothing unless there are no others."""
    found = []
    for match in re.finditer(r"[\"“”„]([^\"“”„]*)[\"“”„]|(\S+)", query):
        is_phrase = match[1] is not None
        for part in [match[1]] if is_phrase else re.split(r"[,;]+", match[2]):
            words = tuple(re.findall(r"[^\W_]+", part))
            if words:
                found.append(Term(part, words, not is_phrase and part.rstrip("\"'”)").endswith("*"), is_phrase))
    telling = [term for term in found if term.is_phrase or term.written.lower() not in topics.FILLERS]
    return (telling or found)[:_MOST_TERMS]


class _Search:
    """One query in one state of the library."""

    def __init__(self, index: Index, topic: topics.Topic | None, limit: int) -> None:
        self.index = index
        self.topic = topic
        self.limit = limit
        self.taken: set[int] = set()
        self.hits: list[Hit] = []
        self.monographs: dict[str, Monograph] = {}

    def run(self, terms: Sequence[Term]) -> tuple[Hit, ...]:
        exact = " AND ".join(self.groups(terms, related=False))
        wide = " AND ".join(self.groups(terms, related=True))
        slug, rest = self.drug(terms)
        if slug and rest:
            for tier, related in (("drug", False), ("drug", True)):
                self.take(tier, " AND ".join(self.groups(rest, related=related)), slug)
        self.take("name", f"name : ({exact})")
        self.take("heading", f"{{name heading}} : ({exact})")
        self.take("text", exact)
        if wide != exact:
            self.take("related", wide)
        return tuple(self.hits)

    def some(self, terms: Sequence[Term]) -> tuple[Hit, ...]:
        self.take("some", " OR ".join(self.groups(terms, related=False)))
        return tuple(self.hits)

    def drug(self, terms: Sequence[Term]) -> tuple[str | None, Sequence[Term]]:
        """The drug that the first or the last terms name, and the other terms."""
        from druginfo.names import fold

        for count in range(min(len(terms), 5), 0, -1):
            for name, rest in ((terms[:count], terms[count:]), (terms[-count:], terms[:-count])):
                slugs = {n.slug for n in self.index.exact(fold(" ".join(term.written for term in name)))}
                if len(slugs) == 1:
                    return slugs.pop(), rest
        return None, terms

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
                others = self.index.meanings(words)
                topic = topics.known(words) if related else None
                others += [w for w in topic.words if len(w) > 2] if topic else []
                if others:
                    taken = count
                    break
            own = " AND ".join(_fts(term) for term in terms[at : at + taken])
            quoted = [f'"{each}"' for other in others if (each := " ".join(re.findall(r"[^\W_]+", other)))]
            yield f"({' OR '.join([f'({own})', *quoted])})"
            at += taken

    def take(self, tier: str, query: str, slug: str | None = None) -> None:
        """Add the best hits of an FTS5 query, as many as are still wanted."""
        wanted = self.limit - len(self.hits)
        if wanted <= 0:
            return
        for score, passage, slug_, section, line, kind in self.in_order(query, slug, wanted):
            if len(self.hits) == self.limit:
                break
            if passage not in self.taken and (hit := self.hit(query, passage, slug_, section, line, kind)):
                self.taken.add(passage)
                self.hits.append(hit._replace(score=round(_TIERS[tier] + min(score, 99.0), 3)))

    def in_order(self, query: str, slug: str | None, wanted: int) -> Iterator[tuple[float, int, str, str, int, str]]:
        """Matches, best first; what ranks equally by slug and line. No more are looked up than are taken."""
        found = self.index.ranked(query, slug, _ENOUGH)
        more = len(found) == _ENOUGH
        start, step = 0, wanted + len(self.taken)
        while start < len(found) or more:
            end = min(start + step, len(found))
            while start < end < len(found) and found[end][0] == found[end - 1][0]:
                end += 1
            if more and end == len(found):  # what ranks equally may not have been fetched
                found, more = self.index.ranked(query, slug), False
                continue
            scores = {passage: score for score, passage in found[start:end]}
            yield from sorted(
                (
                    (scores[p], p, of, section, line, kind)
                    for p, of, section, line, kind in self.index.places(list(scores))
                ),
                key=lambda row: (-row[0], row[2], row[4], row[1]),
            )
            start, step = end, 4 * step

    def hit(self, query: str, passage: int, slug: str, key: str | None, line: int, kind: str) -> Hit | None:
        """The hit as it is shown; None where it is not about the topic."""
        name, heading, text = self.index.marked(query, passage)
        title = self.index.titles([slug]).get(slug, slug)
        if kind == "name":
            told = next((part for part in (name, heading, text) if MARKS[0] in part), name)
            return None if self.topic else Hit(slug, title, None, title, line, _cut(told), 0.0, kind)
        if kind == "faq":
            if self.topic and not re.search(self.topic.passage, _bare(f"{heading} {text}"), re.I):
                return None
            told = heading if MARKS[0] in heading and MARKS[0] not in text else _best_line(text)[1]
            return Hit(slug, title, None, _bare(heading), line, _cut(told), 0.0, kind)
        section = self.section(slug, key)
        number, told = _best_line(text)
        if self.topic and not _is_about(section, self.topic, _bare(told)):
            return None
        if MARKS[0] not in told and MARKS[0] in heading:
            told = f"{heading}: {told}" if told else heading
        return Hit(slug, title, key, _bare(heading), _line(section, number), _cut(told), 0.0, kind)

    def section(self, slug: str, key: str | None) -> Section:
        if slug not in self.monographs:
            monograph = self.index.monograph(slug)
            assert monograph is not None
            self.monographs[slug] = monograph
        return next(section for section in self.monographs[slug].sections if section.key == key)


def _fts(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}'


def _is_about(section: Section, topic: topics.Topic, line: str) -> bool:
    """Whether a passage is about a topic: it stands in the topic's own section, or speaks of it where it has none."""
    return topics.has_section(topic.key, section) or bool(not topic.heading and re.search(topic.passage, line, re.I))


def _best_line(marked: str) -> tuple[int, str]:
    """The line with the most different hits, the first of them, and its number from 0."""
    lines = marked.split("\n")

    def hits(line: str) -> int:
        return len({hit.casefold() for hit in re.findall("\x02([^\x03]*)\x03", line)})

    best = max(range(len(lines)), key=lambda number: (hits(lines[number]), -number))
    return best, lines[best].strip()


def _line(section: Section, number: int) -> int:
    """The file's line of a line of the section's text."""
    for block in section.blocks:
        if block.kind != "rule":
            height = plain_text([block]).count("\n") + 1
            if number < height:
                return block.line + min(number, len(block.lines) - 1)
            number -= height
    return section.line


def _bare(marked: str) -> str:
    return marked.replace(MARKS[0], "").replace(MARKS[1], "")


def _cut(marked: str) -> str:
    """A line shortened to the words around its first hit."""
    text = re.sub(r"^(?:[-*+•]|\d+[.)])\s+", "", marked.strip()).replace("\n", " ")
    if len(_bare(text)) <= _SNIPPET:
        return text
    first = max(text.find(MARKS[0]), 0)
    start = 0 if first < _SNIPPET * 2 // 3 else text.rfind(" ", 0, first - _SNIPPET // 3) + 1
    end = min(len(text), start + _SNIPPET)
    if end < len(text) and (space := text.rfind(" ", first + 1, end)) > 0:
        end = space
    cut = text[start:end]
    if cut.count(MARKS[0]) > cut.count(MARKS[1]):
        end = text.index(MARKS[1], end) + 1
        cut = text[start:end]
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


def _respelled(index: Index, terms: Sequence[Term]) -> str | None:
    """The query with the library's own words in place of those that it does not have; None if that is no help."""
    better = []
    known: dict[str, int] | None = None
    changed = False
    for term in terms:
        unknown = [word for word in term.words if not index.holds(f'"{word}"{" *" if term.is_prefix else ""}')]
        said = term.written
        for word in unknown:
            known = _vocabulary(index) if known is None else known
            nearest = _nearest(word.casefold(), known)
            if nearest is None:
                return None
            said = re.sub(re.escape(word), nearest, said)
            changed = True
        better.append(said)
    return " ".join(better) if changed else None


def _vocabulary(index: Index) -> dict[str, int]:
    """The library's words, and how often each stands in the monographs sampled; every name is among them."""
    counts: dict[str, int] = {}
    for text in (*index.texts(_SAMPLE), *(named.name for named in index.all())):
        for word in re.findall(r"[^\W\d_]{3,}", text.casefold()):
            counts[word] = counts.get(word, 0) + 1
    return counts


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    counts = known if isinstance(known, dict) else dict.fromkeys(known, 1)
    found = extract(word, list(counts), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return min(((d, -counts[w], w) for w, d, _ in found), default=(0, 0, None))[2]
