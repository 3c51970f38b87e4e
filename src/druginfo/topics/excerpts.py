"""The passages of a monograph that hold a person's words, and of many passages those that matter most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from druginfo.model import Block, Faq, Monograph, Section
from druginfo.topics import SOONEST, has_any, has_section, in_order, is_faq, known, label_of, narrowed, without_grafts
from druginfo.topics.outline import heads_of, with_heads
from druginfo.topics.synonyms import ALONE_NOTHING
from druginfo.topics.wording import QueryWord, held, near_words, telling, widened


class WithWords(NamedTuple):
    """What a monograph says with a person's words in it."""

    sections: tuple[Section, ...]
    """Narrowed to the passages, danger first."""
    faqs: tuple[Faq, ...]
    missing: tuple[str, ...]
    """The words, as typed, that the passages do without."""
    near: tuple[str, ...] = ()
    """What they hold that is only near the words, where nothing holds these."""

    @property
    def text(self) -> str:
        """All of it, plain."""
        return "\n".join([*(s.text for s in self.sections), *(f"{f.question} {f.answer}" for f in self.faqs)])


def with_words(monograph: Monograph, asked: Sequence[QueryWord], *, half: bool = True) -> WithWords | None:
    """The passages and FAQs that hold all the words, or what means the same, else as many as any holds of them.

    A passage holds what it, what it belongs under and the headings over it hold; one of the words must not be the
    heading's. None where no passage holds `half` of the words, or any of them.
    """
    terms = telling(asked)
    found = _with_terms(monograph, terms, half=half)
    if (found is None or found.missing) and (wide := widened(terms)) and (near := _with_terms(monograph, wide)):
        return near._replace(near=tuple(near_words(terms, near.text))) if found is None or not near.missing else found
    if found is None and any(term.apart for term in terms):
        return with_words(monograph, [term._replace(apart=None) for term in terms])
    return found


def _with_terms(monograph: Monograph, terms: Sequence[QueryWord], *, half: bool = True) -> WithWords | None:
    if not terms:
        return None
    found: list[tuple[int, Section]] = []
    for section in monograph.sections:
        if not is_faq(section):
            found += _holding(section, terms)
    faqs = [(len(list(held(terms, f"{faq.question} {faq.answer}"))), faq) for faq in monograph.faqs]
    most = max([count for count, _ in found] + [count for count, _ in faqs], default=0)
    enough = len(terms) / 2 if half else 1
    if not most or most < enough:
        return None
    best = max((count for count, _ in found), default=0)
    sections = tuple(section for count, section in found if count == best) if best >= enough else ()
    kept = tuple(faq for count, faq in faqs if count == most)
    text = "\n".join(
        [*(f"{' '.join((*s.over, s.title))} {s.text}" for s in sections), *(f"{f.question} {f.answer}" for f in kept)]
    )
    missing = tuple(term.typed for term in terms if not term.pattern.search(text)) if most < len(terms) else ()
    return WithWords(in_order(sections), kept, missing)


_RARE, _FEW = 10, 3
"""A word tells what is meant if at most one in so many of a monograph's passages has it, or so few; none that is a
topic: "children"."""
_SHORT, _ROOM = 12, 30
"""Lines: what is shorter leaves room for more, and how much there may be in all."""


class Beside(NamedTuple):
    """Passages with those beside them that hold some of the words only."""

    sections: tuple[Section, ...]
    dangers: tuple[str, ...] = ()
    """The words that dangers beside them hold."""
    others: tuple[str, ...] = ()
    """The words that other passages beside them hold."""


def with_beside(monograph: Monograph, found: WithWords, asked: Sequence[QueryWord]) -> Beside:
    """The passages, the dangers that hold half of those words that tell, and where there are few others that hold such a
    word, or what is near it.

    "HLA typing" is said of the start, and the boxed warning has HLA only. A word that is all over the text tells nothing.
    """
    terms = telling(asked)
    texts = [block.text for section in monograph.sections for block in section.blocks]
    most = max(len(texts) // _RARE, _FEW)
    near = [term._replace(pattern=term.near) for term in terms if term.near and not found.near]
    rare, nearby = ([each for each in some if sum(map(each.is_in, texts)) <= most] for some in (terms, near))
    rare = rare if len(terms) > 1 else []
    few = [term for term in rare if not known(term.typed) and term.typed.casefold() not in ALONE_NOTHING] + nearby
    if not rare and not few:
        return Beside(found.sections)
    there = {section.key for section in found.sections}
    dangers = tuple(s for s in monograph.sections if has_any(SOONEST, s) and s.key not in there)
    grave = _with_terms(monograph._replace(sections=dangers, faqs=()), rare)
    with_grave = in_order((*grave.sections, *found.sections)) if grave else found.sections
    first = tuple(term.typed for term in rare if grave and term.typed not in grave.missing)
    if brief(with_grave, found.faqs, bool, _SHORT).left_out:
        return Beside(with_grave, first)
    shown = {section.key: section for section in with_grave}
    beside = [_with_more(section, few, shown.get(section.key)) for section in monograph.sections]
    every = in_order([section for section in beside if section])
    seen = {block for section in with_grave for block in section.blocks}
    added = [block.text for section in every for block in section.blocks if block not in seen]
    if not added or brief(every, found.faqs, bool, _ROOM).left_out:
        return Beside(with_grave, first)
    text = "\n".join(added)
    typed = (term.typed for term in few if term not in nearby and any(map(term.is_in, added)))
    return Beside(every, first, tuple(dict.fromkeys((*typed, *near_words(nearby, text)))))


def _with_more(section: Section, rare: Sequence[QueryWord], shown: Section | None) -> Section | None:
    """A section's passages that are shown, and those that hold some of the words."""
    if is_faq(section) or has_section("summary", section):
        return shown
    blocks = set(shown.blocks if shown else ())
    counts = _counts(section, rare)
    kept = [
        number
        for number, block in enumerate(section.blocks)
        if block in blocks or (counts[number] >= max(1, len(rare) // 2) and block.kind != "header")
    ]
    return narrowed(section, with_heads(section.blocks, kept)) if kept else None


def _holding(section: Section, terms: Sequence[QueryWord]) -> Iterator[tuple[int, Section]]:
    """The section narrowed to the passages that hold most of the words, and how many these are."""
    titles = " ".join((*section.over, section.title))
    terms = [term for term in terms if not (term.apart and term.apart.search(titles))]
    whole = f"{titles}\n{section.text}"
    if not any(term.pattern.search(whole) for term in terms):
        return
    if len(list(held(terms, titles))) == len(terms):
        yield len(terms), section
        return
    counts = _counts(section, terms)
    best = max(counts, default=0)
    kept = [n for n, count in enumerate(counts) if count == best and section.blocks[n].kind != "header"]
    if best and kept:
        yield best, narrowed(section, with_heads(section.blocks, kept))


def _counts(section: Section, terms: Sequence[QueryWord]) -> list[int]:
    """How many of the words each block holds, with what it belongs under and the headings over it; of which it or what
    it belongs under holds one."""
    under_title = {term.typed for term in held(terms, " ".join((*section.over, section.title)))}
    heads = heads_of(section.blocks)
    own = [{term.typed for term in held(terms, without_grafts(block.text))} for block in section.blocks]
    near = (words.union(*(own[each] for each in over)) for words, over in zip(own, heads, strict=True))
    return [len(each | under_title) if each else 0 for each in near]


_LINE = 60
"""Characters of a line on a terminal of 80 columns, indented as passages are."""


_COLUMNS = 4
"""More do not fit side by side on such a terminal."""


class Brief(NamedTuple):
    """The passages that matter most of an answer, and how many others it has."""

    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    left_out: int
    height: int
    """Lines, about."""


def brief(
    sections: Sequence[Section],
    faqs: Sequence[Faq],
    finds: Callable[[str], bool],
    lines: int,
    most: int | None = None,
    least: int = 3,
    *,
    is_test: bool = False,
) -> Brief:
    """As many passages as fit in so many lines, or `most`: dangers, then what is labelled so, then what mentions it.

    Of a test, what is said of monitoring comes after the dangers. They are in the order of `sections`; a passage comes
    with what it belongs under. `most` of 0 is all.
    """
    height = sum(_tall(block) for s in sections for block in s.blocks) + 2 * len(sections)
    height += sum(1 + _height(faq.question) + _height(faq.answer) for faq in faqs)
    if most == 0 or (most is None and height <= lines):
        return Brief(tuple(sections), tuple(faqs), 0, height)
    ranked: list[tuple[int, int, int, int]] = []  # rank, section or -1, block or FAQ, lines
    under = [heads_of(section.blocks) for section in sections]
    for at, section in enumerate(sections):
        is_danger = has_any(SOONEST, section)
        titled = any(finds(title) for title in (*section.over, section.title))
        parents = {number for over in under[at] for number in over}
        for number, block in enumerate(section.blocks):
            if number in parents or block.kind == "header":
                continue
            heads = [section.blocks[each] for each in (*under[at][number], number)]
            labels = [label_of(head) or head.text[:80] for head in heads]
            is_monitoring = is_test and any(each.startswith("Monitoring") for each in labels)
            rank = 0 if is_danger or is_monitoring else 1 if titled or any(map(finds, labels)) else 3
            ranked.append((rank, at, number, _tall(block)))
    ranked += [
        (2 if finds(faq.question) else 4, -1, number, 1 + _height(faq.question) + _height(faq.answer))
        for number, faq in enumerate(faqs)
    ]
    kept: set[tuple[int, int]] = set()
    opened: set[tuple[int, int]] = set()
    left = lines
    for rank, at, number, tall in sorted(ranked, key=lambda each: each[0]):
        fresh = {(at, -1), *((at, each) for each in under[at][number])} - opened if at >= 0 else set()
        cost = tall + sum(2 if each < 0 else _tall(sections[at].blocks[each]) for at, each in fresh)
        if (most and len(kept) >= most) or (most is None and cost > left and len(kept) >= least):
            if most is None and rank <= 1:
                continue
            break
        left -= cost
        kept.add((at, number))
        opened |= fresh
    shown = []
    for at, section in enumerate(sections):
        if blocks := with_heads(section.blocks, (number for where, number in kept if where == at)):
            shown.append(narrowed(section, blocks))
    questions = tuple(faq for number, faq in enumerate(faqs) if (-1, number) in kept)
    return Brief(tuple(shown), questions, len(ranked) - len(kept), lines - left)


def _tall(block: Block) -> int:
    """Lines of a block; a table's row is as tall as its longest cell in its share of the line, or a line a cell."""
    if not block.cells:
        return _height(block.text)
    if len(block.cells) > _COLUMNS and sum(len(cell) + 3 for cell in block.cells) > _LINE:
        return len(block.cells)
    return max(1 + len(cell) * (len(block.cells) + 1) // _LINE for cell in block.cells)


def _height(text: str) -> int:
    return 1 + len(text) // _LINE


def passages(sections: Sequence[Section], faqs: Sequence[Faq]) -> int:
    """How many passages: blocks that no other one shown belongs under, and questions."""
    return brief(sections, faqs, lambda _: False, 0, 1).left_out + 1
