"""What monographs say across drugs: the same sections side by side, and what they say of each other, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from druginfo import topics
from druginfo.answers.compare import Compared, Comparison, Entry
from druginfo.answers.interactions import Interactions, Pair
from druginfo.classes import phrase
from druginfo.classes.abbreviations import defined_in
from druginfo.errors import NotFound, Usage
from druginfo.library import Library
from druginfo.markup import slugify
from druginfo.model import Match, Monograph, Section, Statement
from druginfo.names import fold
from druginfo.relations.mentions import Subject, kind_of, statements
from druginfo.topics.terms import Topic

MOST_COMPARED = 4
MOST_COMBINED = 10
_IN_WORDS = {MOST_COMPARED: "four", MOST_COMBINED: "ten"}

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
        raise Usage(f"{command} takes two to {_IN_WORDS[most]} drugs, not {len(found)}.")
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
    rows = tuple(_aligned(monographs)) if section is None else _of_section(monographs, section)
    return Comparison(matches, rows, _banned(monographs))


def _of_section(monographs: Sequence[Monograph], section: str) -> tuple[Compared, ...]:
    """What the monographs say on one topic or under one heading. Raises NotFound."""
    topic = topics.known(section) or topics.near(section)
    if topic and topic.key == "dosage" and (rows := tuple(_doses(monographs))):
        return rows
    texts = [_on_topic(m, topic) if topic else _text(topics.heading_sections(m, section)) for m in monographs]
    if not any(texts) and topic:
        raise NotFound(f"None of these monographs says anything on {topic.words[0]}.", query=section)
    if not any(texts):
        known = ", ".join(topics.words())
        raise NotFound(f"None of them has “{section}”. Topics are {known}, and their headings.", query=section)
    key, title = (topic.key, topic.words[0].capitalize()) if topic else (slugify(section), section)
    return (_row(key, title, monographs, texts),)


def _banned(monographs: Iterable[Monograph]) -> tuple[str, ...]:
    return tuple(monograph.slug for monograph in monographs if monograph.is_banned)


def _row(key: str, title: str, monographs: Sequence[Monograph], texts: Sequence[str | None]) -> Compared:
    return Compared(key, title, tuple(Entry(m.slug, text or None) for m, text in zip(monographs, texts, strict=True)))


def _on_topic(monograph: Monograph, topic: Topic) -> str:
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
            within = [s for s in monograph.sections if topics.within(s, head)]
            texts.setdefault(name, [[] for _ in monographs])[number].append(_text(within))
    for name, columns in texts.items():
        if any(any(column) for column in columns):
            joined = ["\n".join(filter(None, column)) for column in columns]
            yield _row(keys[name], titles[name], monographs, joined)


def _subjects(head: Section) -> list[str]:
    """What a top-level section is about: topics, else its folded title."""
    return topics.of_heading(head.title) or [f"={fold(head.title)}"]


def _doses(monographs: Sequence[Monograph]) -> Iterator[Compared]:
    """The dosing tables, indication by indication; then what is said of no indication, and the notes."""
    from druginfo.dosing import read_dosing

    rows: dict[frozenset[str], tuple[str, list[list[str]]]] = {}
    notes: list[list[str]] = []
    defined = [{d.short.lower(): d.long for d in defined_in(m)} for m in monographs]
    others = {short: long for each in defined for short, long in each.items()}
    for number, monograph in enumerate(monographs):
        regimens = read_dosing(monograph)
        long = others | defined[number]
        notes.append([note.text for note in regimens.notes])
        for row in regimens.rows:
            asked = _indication(row.indication or "", long)
            key = next((known for known in rows if _same_indication(asked, known)), asked)
            title, columns = rows.setdefault(key, (row.indication or "", [[] for _ in monographs]))
            own = row.indication if row.indication != title else None
            who = ", ".join(filter(None, (own, row.population, row.qualifier)))
            columns[number].append(f"{who}: {row.text}" if who else row.text)
    for title, columns in sorted(rows.values(), key=lambda row: not row[0]):
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
        pairs.append(Pair(one.slug, other.slug, "listed" if said else "not_listed", tuple(said)))
    return Interactions(matches, tuple(pairs), _banned(subject.monograph for subject in known.values()))


_ORDER = ("danger", "interactions", "advice", "rest")


def _rank(monograph: Monograph, statement: Statement) -> tuple[int, int]:
    section = next((s for s in monograph.sections if s.key == statement.section), None)
    return _ORDER.index(kind_of(section) if section else "rest"), statement.via != "name"
