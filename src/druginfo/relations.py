"""What monographs say across drugs: the same sections side by side, and what they say of each other, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from druginfo import topics
from druginfo.answers import Compared, Comparison, Entry, Interactions, Pair, Statement
from druginfo.classes import (
    RESTRICTING,
    Definition,
    Phrase,
    Role,
    Word,
    defined_in,
    fits,
    phrase,
    qualified,
    role_mentions,
    roles_of,
    wordings,
    words,
)
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.markup import lead_in, plain, plain_text, slugify
from druginfo.model import Block, Match, Monograph, Section
from druginfo.names import fold

MOST_COMPARED = 4
MOST_COMBINED = 10

# ---------------------------------------------------------------- which drugs


def drugs(library: Library, arguments: Sequence[str], command: str, most: int) -> tuple[Match, ...]:
    """The drugs that arguments name exactly, two at least; a name of several words may stand in several arguments.

    Raises Usage for too few, too many or one twice; NotFound, Absent, Ambiguous for a name that is not exactly one's.
    """
    found: list[Match] = []
    rest = [word for word in (" ".join(argument.split()) for argument in arguments) if word]
    while rest:
        count = _name_length(library, rest)
        found.append(library.find(" ".join(rest[:count]), exact=True))
        rest = rest[count:]
    if not 2 <= len(found) <= most:
        raise Usage(f"{command} takes two to {most} drugs, not {len(found)}.")
    for one, other in combinations(found, 2):
        if one.slug == other.slug:
            raise Usage(f"“{one.query}” and “{other.query}” are the same drug, {one.title}.", query=other.query)
    return tuple(found)


def _name_length(library: Library, arguments: Sequence[str]) -> int:
    """How many arguments are the first name: the most that make one, unless each of them is one by itself."""
    for known in (library.knows, lambda name: library.resolve(name, exact=True).status != "not_found"):
        for count in range(min(len(arguments), 6), 1, -1):
            if not all(map(known, arguments[:count])) and known(" ".join(arguments[:count])):
                return count
        if known(arguments[0]):
            return 1
    return 1


# ---------------------------------------------------------------- compare


def compare(library: Library, arguments: Sequence[str], section: str | None = None) -> Comparison:
    """The same sections of two to four drugs, or one topic of them. Sections line up by topic, then by heading.

    Raises Usage, NotFound (also where no monograph has the section), Absent, Ambiguous.
    """
    matches = drugs(library, arguments, "compare", MOST_COMPARED)
    monographs = [library.open(match.slug) for match in matches]
    if section is None:
        return Comparison(matches, tuple(_aligned(monographs)))
    topic = topics.known(section) or topics.near(section)
    if topic and topic.key == "dosage" and (rows := tuple(_doses(monographs))):
        return Comparison(matches, rows)
    texts = [_on_topic(m, topic) if topic else _text(topics.heading_sections(m, section)) for m in monographs]
    if not any(texts) and topic:
        raise NotFound(f"None of these monographs says anything on {topic.words[0]}.", query=section)
    if not any(texts):
        known = ", ".join(topics.words())
        raise NotFound(f"None of them has “{section}”. Topics are {known}, and their headings.", query=section)
    key, title = (topic.key, topic.words[0].capitalize()) if topic else (slugify(section), section)
    return Comparison(matches, (_row(key, title, monographs, texts),))


def _row(key: str, title: str, monographs: Sequence[Monograph], texts: Sequence[str | None]) -> Compared:
    return Compared(key, title, tuple(Entry(m.slug, text or None) for m, text in zip(monographs, texts, strict=True)))


def _on_topic(monograph: Monograph, topic: topics.Topic) -> str:
    sections, faqs = topics.about(monograph, topic)
    return _text(sections) or "\n".join(f"{faq.question}\n{faq.answer}" for faq in faqs)


def _text(sections: Iterable[Section]) -> str:
    """Sections as plain text, subsections under their headings."""
    parts = []
    for section in sections:
        if "/" in section.key:
            parts.append(f"{section.title}:")
        if section.text:
            parts.append(section.text)
    return "\n".join(parts)


def _aligned(monographs: Sequence[Monograph]) -> Iterator[Compared]:
    """Rows in the order of the first monograph that has them. Sections with a topic in common are about the same."""
    heads = [[s for s in m.sections if "/" not in s.key and not topics.is_faq(s)] for m in monographs]
    groups: dict[str, str] = {}  # topic or folded title → the group's name

    def group(name: str) -> str:
        while groups.setdefault(name, name) != name:
            name = groups[name]
        return name

    for head in (s for own in heads for s in own):
        first, *others = _subjects(head)
        for other in others:
            groups[group(other)] = group(first)
    titles: dict[str, str] = {}
    keys: dict[str, str] = {}
    texts: dict[str, list[list[str]]] = {}
    for number, (monograph, own) in enumerate(zip(monographs, heads, strict=True)):
        for head in own:
            name = group(_subjects(head)[0])
            titles.setdefault(name, head.title or "Introduction")
            keys.setdefault(name, head.key)
            within = [s for s in monograph.sections if s.key == head.key or s.key.startswith(head.key + "/")]
            texts.setdefault(name, [[] for _ in monographs])[number].append(_text(within))
    for name, columns in texts.items():
        if any(any(column) for column in columns):
            joined = ["\n".join(filter(None, column)) for column in columns]
            yield _row(keys[name], titles[name], monographs, joined)


def _subjects(head: Section) -> list[str]:
    """What a top-level section is about: topics, else its folded title."""
    return topics.of_heading(head.title) or [f"={fold(head.title)}"]


def _doses(monographs: Sequence[Monograph]) -> Iterator[Compared]:
    """The dosing tables, indication by indication, and the notes under the tables."""
    from druginfo.dosing import read_dosing

    rows: dict[frozenset[str], tuple[str, list[list[str]]]] = {}
    notes: list[list[str]] = []
    others = {d.short.lower(): d.long for m in monographs for d in defined_in(m)}
    for number, monograph in enumerate(monographs):
        regimens = read_dosing(monograph)
        long = others | {d.short.lower(): d.long for d in defined_in(monograph)}
        notes.append([note.text for note in regimens.notes])
        for row in regimens.rows:
            asked = _indication(row.indication or "", long)
            key = next((known for known in rows if _same_indication(asked, known)), asked)
            title, columns = rows.setdefault(key, (row.indication or "", [[] for _ in monographs]))
            own = row.indication if row.indication != title else None
            who = ", ".join(filter(None, (own, row.population, row.qualifier)))
            columns[number].append(f"{who}: {row.text}" if who else row.text)
    for title, columns in rows.values():
        place = f"dosage/{slugify(title)}" if title else "dosage"
        yield _row(place, title or "Indication not said", monographs, ["\n".join(column) for column in columns])
    if any(notes):
        yield _row("dosage/notes", "Notes", monographs, ["\n".join(column) for column in notes])


_NOT_AN_INDICATION = frozenset(
    "and or of the in for with a an to active severe severely moderate moderately mild adult patient treatment therapy "
    "management disease disorder chronic acute initial maintenance prevention".split()
)


def _indication(text: str, long: dict[str, str]) -> frozenset[str]:
    """What tells an indication from others: its words, abbreviations written out."""
    spelled = re.sub(r"[^\W_][\w-]*", lambda m: long.get(m[0].lower(), m[0]), re.sub(r"\([^()]*\)", " ", text))
    own = frozenset(phrase(spelled))
    return own - _NOT_AN_INDICATION or own


def _same_indication(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or bool(one and other and (one <= other or other <= one))


# ---------------------------------------------------------------- interactions


def interactions(library: Library, arguments: Sequence[str]) -> Interactions:
    """What the monographs say of each pair. Nothing is judged; a pair of which nothing is said is `not_listed`.

    Raises Usage, NotFound, Absent, Ambiguous: an unknown name is never a pair without interactions.
    """
    matches = drugs(library, arguments, "interactions", MOST_COMBINED)
    known = {match.slug: Subject(library, library.open(match.slug)) for match in matches}
    pairs = []
    for one, other in combinations(matches, 2):
        a, b = known[one.slug], known[other.slug]
        said = sorted([*statements(a, b), *statements(b, a)], key=lambda s: _rank(known[s.slug].monograph, s))
        pairs.append(Pair(one.slug, other.slug, tuple(said)))
    return Interactions(matches, tuple(pairs))


class Subject:
    """A drug as other texts may mean it, and the passages in which its own monograph may mean others."""

    def __init__(self, library: Library, monograph: Monograph) -> None:
        self.library = library
        self.monograph = monograph
        self.called = _called(monograph)
        self.defined = tuple(defined_in(monograph))
        self.roles: frozenset[Role] = roles_of(monograph, self.called)
        said = (*monograph.classes, monograph.description or "")
        self.qualities = {word.word for text in said for word in words(text)}
        self.passages = tuple(_passages(monograph))

    def wordings(self, defined: Iterable[Definition] = ()) -> frozenset[Phrase]:
        """The phrases that mean the drug's classes, abbreviations read as it or another text defines them."""
        return wordings(self.monograph.classes, (*self.defined, *defined))


class Passage(NamedTuple):
    """A block of a monograph that can be quoted by itself, with what it is nested in and what is nested in it."""

    section: str
    line: int
    last: int
    """The line on which the last block of `text` begins."""
    text: str
    own: str
    """The part of `text` that a mention must stand in: the block without the items around it."""
    kind: str
    """`danger` (contraindications, boxed warning), `interactions`, `advice` (other sections on use), `rest`."""


def statements(of: Subject, on: Subject) -> Iterator[Statement]:
    """What the monograph of one drug says of another, in document order, each statement once."""
    asked = None
    seen: set[str] = set()
    quoted = 0  # up to which line
    for passage in of.passages:
        if passage.section != "faq" and passage.line <= quoted:
            continue
        mentions = _named(passage.own, on)
        via = "name"
        if not mentions and passage.kind != "rest":
            if asked is None:
                asked = (on.wordings(of.defined), of.wordings())
            mentions, via = list(_by_class(passage, of, on, *asked)), "class"
        text = _quoted(passage, mentions)
        if mentions and slugify(text) not in seen:
            seen.add(slugify(text))
            quoted = passage.last
            yield Statement(of.monograph.slug, passage.section, passage.line, text, tuple(dict.fromkeys(mentions)), via)


_ORDER = ("danger", "interactions", "advice", "rest")


def _rank(monograph: Monograph, statement: Statement) -> tuple[int, int]:
    section = next((s for s in monograph.sections if s.key == statement.section), None)
    return _ORDER.index(_kind(section) if section else "rest"), statement.via != "name"


_DANGER = ("contraindications", "boxed-warning")
_ADVICE = ("dosage", "precautions", "combinations", "usage", "overdose", "alcohol")


def _kind(section: Section) -> str:
    if topics.is_faq(section):
        return "rest"
    for kind, keys in (("danger", _DANGER), ("interactions", ("interactions",)), ("advice", _ADVICE)):
        if any(topics.has_section(key, section) for key in keys):
            return kind
    return "rest"


# ---------------------------------------------------------------- passages

_LONG = 600  # characters: of a longer paragraph only the sentences with the mention are quoted


def _passages(monograph: Monograph) -> Iterator[Passage]:
    for section in monograph.sections:
        kind = _kind(section)
        if section.title and "/" in section.key and section.text:
            last = section.blocks[-1].line
            yield Passage(section.key, section.line, last, f"{section.title}\n{section.text}", section.title, kind)
        blocks = section.blocks
        parents: list[Block] = []
        header: Block | None = None
        for i, block in enumerate(blocks):
            while parents and parents[-1].depth >= block.depth and not _leads(parents[-1], block):
                parents.pop()
            if block.kind == "header":
                header = block
            elif block.kind == "row":
                with_header = [header, block] if header and block.header else [block]
                own = plain_text([block])
                yield Passage(section.key, block.line, block.line, plain_text(with_header), own, kind)
            elif block.kind != "rule":
                nested = _nested(blocks, i)
                text = plain(block.text) if not parents and not nested else _outline([*parents, block, *nested])
                last = nested[-1].line if nested else block.line
                yield Passage(section.key, block.line, last, text, plain(block.text), kind)
            if block.kind in ("item", "paragraph"):
                parents.append(block)
    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if topics.is_faq(s)))
    for faq in monograph.faqs:
        if slugify(f"{faq.question} {faq.answer}") not in body:
            text = f"{faq.question}\n{faq.answer}"
            yield Passage("faq", max(faq.line, 1), faq.line, text, text, "rest")


def _leads(above: Block, block: Block) -> bool:
    """Whether a paragraph that ends in a colon introduces the item."""
    return above.kind == "paragraph" and block.kind == "item" and plain(above.text).rstrip().endswith(":")


def _nested(blocks: Sequence[Block], at: int) -> list[Block]:
    found = []
    for block in blocks[at + 1 :]:
        if block.depth <= blocks[at].depth and not (_leads(blocks[at], block) and block.kind == "item"):
            break
        found.append(block)
    return found


def _outline(blocks: Sequence[Block]) -> str:
    lines = plain_text(blocks).split("\n")
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return "\n".join(line[margin:] for line in lines)


def _quoted(passage: Passage, mentions: Sequence[str]) -> str:
    """The passage; of a long one without structure the sentences from the first mention to the last."""
    if len(passage.text) <= _LONG or "\n" in passage.text or not mentions or lead_in(passage.text)[0]:
        return passage.text
    places = [passage.text.find(mention) for mention in mentions]
    ends = [place + len(mention) for place, mention in zip(places, mentions, strict=True)]
    breaks = [0, *(m.end() for m in re.finditer(r"(?<=[.!?])\s+(?=[A-Z(\[])", passage.text)), len(passage.text)]
    first = max(b for b in breaks if b <= min(places))
    last = min(b for b in breaks if b >= max(ends))
    return passage.text[first:last].strip()


# ---------------------------------------------------------------- mentions by name


def _called(monograph: Monograph) -> re.Pattern[str]:
    """A pattern for the drug's names as whole words, the lexicon's other generic names of it among them."""
    found = {name.name: name.field for name in monograph.names if len(fold(name.name)) > 2}
    for name in _generic_names(monograph):
        found.setdefault(name, "synonym")
    parts = []
    for name, field in sorted(found.items(), key=lambda item: -len(item[0])):
        pieces = [re.escape(piece) for piece in re.findall(r"[^\W_]+", name)]
        if pieces:
            loose = r"[\s\-‐-―'’.®™]{0,3}".join(pieces)
            if field == "brand" and loose[0].isalpha():  # a brand that is an ordinary word in lower case is that word
                loose = f"(?-i:{loose[0].upper()})(?:{loose[1:]})"
            parts.append(loose)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts) or '(?!)'})(?![^\W_])", re.I)


def _generic_names(monograph: Monograph) -> set[str]:
    """The lexicon's generic names (INN, USAN, BAN, JAN …) of the drug that the title or INN names."""
    from druginfo.lexicon import lexicon

    known = lexicon()
    found = [known.find(fold(name.name)) for name in monograph.names if name.field in ("title", "inn")]
    owners = {str(each.drugs[0]) for each in found if each and len(each.drugs) == 1}
    places = (i for i, owner in enumerate(known.owners) if owner in owners and known.kinds[i] == "g")
    return {known.written[place] for place in places}


def _named(text: str, on: Subject) -> list[str]:
    """The other drug's names in a text, those inside another drug's name left out."""
    return [m[0] for m in on.called.finditer(text) if not _inside_another(text, m, on)]


def _inside_another(text: str, hit: re.Match[str], on: Subject) -> bool:
    """Whether the words around a name make it another drug's: "estradiol" in "ethinyl estradiol"."""
    before = re.search(r"((?:[^\W_]+[ -]){0,2})$", text[max(0, hit.start() - 60) : hit.start()])
    after = re.match(r"((?:[ -][^\W_]+){0,2})", text[hit.end() : hit.end() + 60])
    left = re.findall(r"[^\W_]+[ -]", before[1]) if before else []
    right = re.findall(r"[ -][^\W_]+", after[1]) if after else []
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            whole = "".join(left[len(left) - i :]) + hit[0] + "".join(right[:j])
            if (i or j) and on.called.fullmatch(whole) is None and _is_another(whole, on):
                return True
    return False


def _is_another(name: str, on: Subject) -> bool:
    from druginfo.lexicon import lexicon
    from druginfo.salts import same_moiety

    folded = fold(name)
    if on.library.knows(name):
        return on.library.find(name, exact=True).slug != on.monograph.slug
    known = lexicon().find(folded)
    if known is None or known.kind == "x" or any(on.called.fullmatch(bare) for bare in same_moiety(name)):
        return False
    own = [lexicon().find(fold(each.name)) for each in on.monograph.names]
    return not set(known.drugs) & {drug for each in own if each and not each.joint for drug in each.drugs}


# ---------------------------------------------------------------- mentions by class

_CUE = re.compile(
    r"combin|together|concomitant|concurrent|simultaneous|co-?administ|co-?prescri|avoid|not recommended|contraindicat"
    r"|\bother\b|\btaking\b|\breceiving\b|\busers? of\b|interact|\badd(?:ed|ing)?\b|^\W*with\b|not for",
    re.I,
)
_OTHER = frozenset({"other", "another", "additional", "different", "two", "multiple"})
_COMPARISON = re.compile(
    r"\b(?:more|less|higher|greater|lower|fewer)\b[^.]*\bthan\b|\b(?:compared|relative)\b|\b(?:after|previous|prior|"
    r"inadequate|inadequately|refractory|"
    r"failed|failure|intoleran\w+)\b[^.]*$",
    re.I,
)


def _by_class(
    passage: Passage, of: Subject, on: Subject, asked: frozenset[Phrase], own: frozenset[Phrase]
) -> Iterator[str]:
    """The words of a passage that mean drugs of the other's class; none where the text means its own class by them."""
    text = passage.own
    for mention in role_mentions(text):
        if fits(mention, on.roles):
            yield text[mention.start : mention.end]
    found = words(text)
    at = 0
    while at < len(found):
        length = max((len(p) for p in asked if tuple(w.word for w in found[at : at + len(p)]) == p), default=0)
        if length and (said := _means(passage, found, at, length, on, own)):
            yield said
        at += max(length, 1)


def _means(
    passage: Passage, found: Sequence[Word], at: int, length: int, on: Subject, own: frozenset[Phrase]
) -> str | None:
    """The words at `at` with their qualifiers, if they mean the other drug's class in advice on combining."""
    text = passage.own
    if length == 1 and found[at].word in RESTRICTING and not text[: found[at].end].endswith("s"):
        return None
    first, restricting = qualified(found, at)
    if restricting and not restricting & on.qualities:
        return None
    start, end = found[first].start, found[at + length - 1].end
    sentence = _sentence(text, start, end)
    advice = passage.kind != "advice" or _CUE.search(sentence)
    if passage.kind != "interactions" and (_COMPARISON.search(sentence) or not advice):
        return None
    name = tuple(w.word for w in found[at : at + length])
    before = {w.word for w in found[max(0, first - 2) : first]}
    if name in own and passage.kind != "interactions" and not before & _OTHER:
        return None
    return text[start:end]


def _sentence(text: str, start: int, end: int) -> str:
    begin = max((m.end() for m in re.finditer(r"[.!?]\s+", text[:start])), default=0)
    stop = re.search(r"[.!?](?:\s|$)", text[end:])
    return text[begin : end + stop.end() if stop else len(text)]
