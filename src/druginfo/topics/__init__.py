"""A person's words for a part of a monograph → the sections or passages that are about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from druginfo.model import SCOPE, Block, Faq, Match, Monograph, Section
from druginfo.names import fold
from druginfo.terms import sentences, words_in
from druginfo.terms.patterns import ORGAN
from druginfo.terms.phrase_list import Phrases
from druginfo.topics.synonyms import FILLERS
from druginfo.topics.terms import TOPICS, Topic


@cache
def _by_word() -> dict[str, Topic]:
    return {fold(word): topic for topic in TOPICS for word in (topic.key, *topic.words, *topic.narrower)}


def known(query: str) -> Topic | None:
    """The topic that people mean by exactly these words, apart from fillers ("in pregnancy", "the kidneys")."""
    table = _by_word()
    if topic := table.get(fold(query)):
        return topic
    kept = without_fillers(query)
    return table.get(fold(" ".join(kept))) if kept else None


def without_fillers(query: str) -> list[str]:
    """The words of a query in small letters, without those that say nothing."""
    return [word for word in re.findall(r"[\w'’-]+", query.lower()) if word not in FILLERS]


def nearest(query: str, most: int = 5) -> list[str]:
    """The names of the topics whose words are nearest to a query, five at most."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    ranked = extract(fold(query), list(_by_word()), scorer=OSA.normalized_distance, limit=None)
    return list(dict.fromkeys(_by_word()[word].words[0] for word, _, _ in ranked))[:most]


def is_narrower(query: str, topic: Topic) -> bool:
    """Whether the words mean a part of the topic only: the QT interval, of the heart."""
    asked = {fold(query), fold(" ".join(without_fillers(query)))}
    return any(fold(word) in asked for word in topic.narrower)


def near(query: str) -> Topic | None:
    """The one topic that the query misspells by one edit, or two in a long word; its first letter must be right."""
    from druginfo.names import nearness

    folded = fold(query)
    allowed = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    found = nearness.near(folded, [word for word in _by_word() if word[:1] == folded[:1]], allowed)
    nearest = {_by_word()[word].key: _by_word()[word] for edits, word in found if edits == found[0][0]}
    return next(iter(nearest.values())) if len(nearest) == 1 else None


def own_sections(monograph: Monograph, topic: Topic) -> tuple[Section, ...]:
    """The sections that the topic has to itself, with their subsections; a top-level one hides deeper ones."""
    heads = [s for s in monograph.sections if "/" not in s.key and topic.is_headed(s.title)] or [
        s for s in monograph.sections if "/" in s.key and topic.is_headed(s.title) and not is_faq(s)
    ]
    return _with_parts(monograph, heads)


def heading_sections(monograph: Monograph, query: str) -> tuple[Section, ...]:
    """The sections whose heading or key is the query, folded, with their subsections."""
    wanted = fold(query)
    return _with_parts(monograph, [s for s in monograph.sections if wanted in (fold(s.title), fold(s.key))])


def _with_parts(monograph: Monograph, heads: Sequence[Section]) -> tuple[Section, ...]:
    return tuple(s for s in monograph.sections if any(within(s, head) for head in heads))


def about(monograph: Monograph, topic: Topic) -> tuple[tuple[Section, ...], tuple[Faq, ...]]:
    """What the monograph says on a topic, danger first, and the FAQs that ask about it.

    A topic with a section of its own is that section; one that is everywhere, or has none, is shown in passages: the
    paragraphs, list items and table rows that speak of it, or that belong under what does, verbatim in their sections'
    `markdown` and `text`. The summary is left out where others say anything: it says it again.
    """
    if topic.key == "faq":
        return (), monograph.faqs
    own = tuple(_cut_by_label(monograph, topic))
    sections = own
    if topic.everywhere or not own:
        keys = {section.key for section in own}
        sections = (*own, *(s for s in passages(monograph, topic) if s.key not in keys))
    sections = in_order(sections, own)
    faqs = tuple(f for f in monograph.faqs if _asks_about(f, topic, has_own=bool(own)))
    return sections, faqs


def passages(monograph: Monograph, topic: Topic, *, but: Container[str] = ()) -> Iterator[Section]:
    """Every passage on a topic, also outside of sections that it has to itself; none of the sections with these keys."""

    def finds(text: str) -> bool:
        return topic.is_in(text) and topic.is_in(without_grafts(text))

    titles = {s.key: s.title for s in monograph.sections}
    for section in monograph.sections:
        if is_faq(section) or section.key in but:
            continue
        path = section.key.split("/")
        headings = [titles.get("/".join(path[: n + 1]), "") for n in range(len(path))]
        if any(finds(title) and not _is_shared(title) for title in headings):
            yield section
        elif blocks := _blocks_about(section.blocks, finds):
            yield narrowed(section, blocks)


def _cut_by_label(monograph: Monograph, topic: Topic) -> Iterator[Section]:
    """The topic's own sections; of one that it shares, and whose items have labels, the items labelled as its own."""
    for section in own_sections(monograph, topic):
        labels = [label_of(block) for block in section.blocks if block.depth == 0]
        if not _is_shared(section.title) or sum(map(bool, labels)) < 2:
            yield section
            continue
        kept: list[Block] = []
        taken = False
        for block in section.blocks:
            if block.depth == 0:
                label = label_of(block)
                mine = topic.is_in(label) or topic.is_headed(label)
                named = any(each.is_in(label) or label.casefold() in each.words for each in TOPICS if label)
                taken = mine if named else topic.is_in(block.text)
            if taken:
                kept.append(block)
        if kept:
            yield narrowed(section, tuple(kept))


def label_of(block: Block) -> str:
    """A block's lead-in label, plain; empty where it has none."""
    from druginfo.markup import lead_in, plain

    return plain(lead_in(block.text)[0] or "")


SOONEST = ("boxed-warning", "contraindications")
"""The topics whose passages come first in any answer."""
_LATE = ("pharmacokinetics", "mechanism", "usage", "names", "combinations")


def in_order(sections: Sequence[Section], own: Sequence[Section] = ()) -> tuple[Section, ...]:
    """Sections as a reader in a hurry needs them: dangers, the topic's own, doses, the rest; the summary only alone."""

    def place(section: Section) -> int:
        if section in own:
            return 2
        for number, key in enumerate(SOONEST):
            if has_section(key, section):
                return number
        if has_section("dosage", section):
            return 3
        return 6 if has_any(_LATE, section) else 5 if is_faq(section) else 4

    telling = [s for s in sections if not has_section("summary", s)] or list(sections)
    bare = ((s, s if s in own else _without_scope(s)) for s in telling)
    kept = [part for whole, part in bare if part.blocks or part is whole] or telling
    return tuple(sorted(kept, key=place))


def _without_scope(section: Section) -> Section:
    """The section without what the monograph covers, which is shown above every answer."""
    blocks = tuple(block for block in section.blocks if not block.text.startswith(SCOPE))
    return section if len(blocks) == len(section.blocks) else narrowed(section, blocks)


def _asks_about(faq: Faq, topic: Topic, *, has_own: bool) -> bool:
    """Whether a question is about the topic: it asks about it; or it asks how the drug is taken in general, and the
    answer speaks of the topic, where the topic has no section of its own."""
    if topic.is_in(faq.question):
        return True
    if has_own or topic.everywhere or not topic.is_in(without_grafts(faq.answer)):
        return False
    asked = of_question(faq.question)
    return set(asked) <= {"dosage", "usage"} and bool(asked)


@cache
def of_question(question: str) -> tuple[str, ...]:
    """The keys of the topics that a question asks about."""
    return tuple(
        topic.key
        for topic in TOPICS
        if topic.is_in(question)
        or (topic.key == "dosage" and any(map(question.lower().__contains__, ("how much", "how often"))))
    )


_GRAFT = re.compile(
    rf"\b(?:{ORGAN}(?:,? (?:and|or) |, | )?)+"
    r"(?:allo)?(?:transplant\w*|graft\w*|rejection|recipients?)",
    re.I,
)


def without_grafts(text: str) -> str:
    """The text without organs that were transplanted: a kidney transplant does not speak of kidney function."""
    return _GRAFT.sub("transplant", text) if "ra" in text or "re" in text else text


def _is_shared(heading: str) -> bool:
    """Whether a section is about more than the topic that its heading speaks of: "Drug and Food Interactions"."""
    return bool(of_heading(heading)) and (not _JOINING.isdisjoint(heading) or "and" in words_in(heading.lower()))


_JOINING = frozenset("&,/")


def _blocks_about(blocks: Sequence[Block], finds: Callable[[str], bool]) -> tuple[Block, ...]:
    """Blocks about the topic, with those that they belong under.

    All rows are about what their header row speaks of; a row without a first cell goes on with the row above it.
    """
    from druginfo.topics.outline import heads_of, with_heads

    heads = heads_of(blocks)
    hits: set[int] = set()
    for number, block in enumerate(blocks):
        above = set(heads[number])
        above |= {number - 1} if block.kind == "row" and block.cells and not block.cells[0].strip() else set()
        if finds(block.text) or hits & above:
            hits.add(number)
    return with_heads(blocks, (number for number in hits if blocks[number].kind != "header"))


def narrowed(section: Section, blocks: tuple[Block, ...]) -> Section:
    """The section with only these of its blocks, their lines verbatim."""
    from druginfo.markup import plain_text

    lines = section.markdown.split("\n")
    own = [line for b in blocks for line in lines[b.line - section.line : b.line - section.line + len(b.lines)]]
    return section._replace(markdown="\n".join(own) + "\n", text=plain_text(blocks), blocks=blocks)


def within(section: Section, head: Section) -> bool:
    """Whether a section is another one or below it."""
    return section.key == head.key or section.key.startswith(head.key + "/")


DANGERS = ("boxed-warning", "contraindications", "pregnancy")
"""The topics that come first on the screen."""


def scope(monograph: Monograph) -> str | None:
    """What the monograph says it covers: its item `**Scope:** …`, plain; None where it has none."""
    for section in monograph.sections:
        for block in section.blocks if SCOPE in section.markdown else ():
            if block.kind == "item" and block.text.startswith(SCOPE):
                from druginfo.markup import plain

                return plain(block.text[len(SCOPE) :]).strip()
    return None


_NOT_COVERED = Phrases(
    "not _1 cover/covered/included/include/for | not _1 in it/this | does not cover | left out | excluded |"
    " another product"
)


def outside_scope(scope: str | None, name: str) -> str | None:
    """The sentence of a scope that says that a product or a use is not covered; None where none does.

    >>> outside_scope("Furadantin suspension. Dosing of Macrobid capsules is not in it.", "Macrobid")
    'Dosing of Macrobid capsules is not in it.'
    """
    bare = rf"(?<!\w){re.escape(name)}(?!\w)"
    for sentence in sentences(scope or ""):
        is_not_it = re.search(rf"\bnot (?:(?!but\b)[\w-]+,? ){{0,8}}{bare}", sentence, re.I)  # "not the injection"
        if is_not_it or (_NOT_COVERED.search(sentence) and re.search(bare, sentence, re.I)):
            return sentence
    return None


def not_covered(match: Match) -> str | None:
    """The warning about a product or a form that opens a monograph whose scope leaves it out; None where it is covered."""
    if match.scope and match.field == "brand" and outside_scope(match.scope, match.matched):
        return f"This text does not cover {match.matched}: {match.scope}"
    if match.scope and match.read_as and (form := _left_out_form(match.scope, match.query)):
        return f"You asked for “{form}”; this text does not cover it: {match.scope}"
    return None


def _left_out_form(scope: str, query: str) -> str | None:
    """The form that a medication line names and a scope only denies: "gel" where it says "tablets; not the gel"."""
    from druginfo.terms.prescribing import forms_in

    affirmed = " ".join(sentence for sentence in sentences(scope) if not _NOT_COVERED.search(sentence))
    covered = re.sub(r"(?i)\bnot\b[^.;]*", "", affirmed)
    for written, names in forms_in(query):
        meant = [name for name in names if outside_scope(scope, name)]
        if meant and not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", covered, re.I) for name in names):
            return written
    return None


def is_faq(section: Section) -> bool:
    """Whether the section, or the one it is in, is the monograph's own list of FAQs."""
    return _is_faq(section.key.split("/", 1)[0])


@lru_cache(8192)
def _is_faq(top: str) -> bool:
    return not {"faq", "faqs"}.isdisjoint(top.split("-")) or "frequently-asked" in top


def faqs_beside(monograph: Monograph) -> list[Faq]:
    """The FAQs that no section of the monograph's body holds, question and answer."""
    from druginfo.markup import slugify

    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if is_faq(s)))
    return [f for f in monograph.faqs if not all(slugify(part) in body for part in (f.question, f.answer) if part)]


def has_section(key: str, section: Section) -> bool:
    """Whether the section, or the top-level one it is in, is the topic's own."""
    return _is_headed(key, section.key.split("/", 1)[0])


def has_any(keys: Iterable[str], section: Section) -> bool:
    """Whether the section, or the top-level one it is in, is one of the topics' own."""
    return any(has_section(key, section) for key in keys)


@lru_cache(8192)
def _is_headed(key: str, top: str) -> bool:
    topic = _by_word()[fold(key)]
    return topic.is_headed(top.replace("-", " "))


def endangers(section: Section) -> bool:
    """Whether the section, or the top-level one it is in, is on what endangers patients most."""
    return not is_faq(section) and has_any(DANGERS, section)


def of_heading(title: str) -> list[str]:
    """The keys of the topics that a section with this heading has to itself."""
    return [topic.key for topic in TOPICS if topic.is_headed(title)]
