"""`show`: a monograph or the part of it that was asked for, or a topic of every drug."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from druginfo import topics
from druginfo.answers import across
from druginfo.answers.across import TopicOfAll
from druginfo.answers.listing import Cards, of_class
from druginfo.answers.spotting import LONGEST_NAME, LONGEST_SENTENCE, absent_within, is_absent, names_within, split_drug
from druginfo.errors import Absent, DruginfoError, NotFound
from druginfo.library import Library
from druginfo.model import Candidate, Faq, Hidden, Match, Monograph, Section, Sparse
from druginfo.names import fold, without_dosage
from druginfo.topics.excerpts import brief, with_words
from druginfo.topics.terms import EVERYDAY, FILLERS, Topic
from druginfo.topics.wording import Wanted, by_topic, same, wanted


class Drug(NamedTuple):
    """A monograph, or the part of it that was asked for."""

    match: Match
    monograph: Monograph
    """With a topic, `sections` and `faqs` hold only what is about it."""
    topic: Sparse[str | None] = None
    notice: Sparse[str | None] = None
    """How the topic was understood, where it is not spelled as any is."""
    scope: Sparse[str | None] = None
    """What the whole monograph says it covers, where that is not the whole drug."""
    short: Hidden[Monograph | None] = None
    """The passages that matter most, where all of them are more than a screen; null where all are shown."""
    left_out: Hidden[int] = 0
    """How many passages `short` is without."""


_LONGEST_TOPIC = 4
_WIDE = 6
"""Words. What is longer is a sentence, of which not all words must be found."""
_BODY_PARTS = frozenset("eye eyes ear ears nasal rectal vaginal nose skin scalp mouth oral bp hr meal meals".split())
"""Words of a product's form, pharmacopoeia or direction that by themselves are a question: "hydroxychloroquine eye"."""
_MOST_TOPICS_NAMED = 5


class _Shown(NamedTuple):
    """What is shown of a monograph, under which name, and what is said about it first."""

    topic: str
    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    notice: str | None = None
    finds: Callable[[str], bool] | None = None
    """Whether a label or heading is about it; None where the sections are whole."""
    is_whole: bool = False
    """Whether passages hold all the words."""


LINES = 44
"""How tall the passages of an answer are before only those that matter most are shown."""


def of_drug(
    library: Library, match: Match, rest: Sequence[str], whole: str, *, exact: bool, most: int | None = None
) -> Drug:
    """The monograph, or what it says of the words after its name.

    Raises NotFound where it says nothing of them, Absent and Ambiguous where the words together name another product.
    """
    monograph = library.open(match.slug)
    scope = topics.scope(monograph)
    if not rest:
        return Drug(match, monograph, scope=scope)
    asked = " ".join(rest)
    if found := _known(monograph, asked):
        return _part(match, monograph, found, scope, most)
    bare = without_dosage(asked).split()
    if not bare:  # "eye" and "dose" are words of a form or direction too
        bare = list(rest) if asked.casefold() in _BODY_PARTS else [word for word in rest if topics.known(word)]
    if not bare:  # the drug with its form or strength, or another product
        return of_drug(library, library.find(whole, exact=exact), (), whole, exact=exact)
    if other := _product(library, match, bare, whole):
        return of_drug(library, other, (), whole, exact=exact)
    found = _known(monograph, " ".join(bare))
    if found is None and len(bare) < len(rest):  # what is set aside may be meant: "muscle pain"
        found = next(
            (each for each in [_with_all(library, monograph, list(rest), exact=True)] if each and each.is_whole), None
        )
    found = found or _with_all(library, monograph, bare, exact=exact)
    if found is None:
        raise _nothing(library, match, monograph, bare, whole)
    return _part(match, monograph, found, scope, most)


def _product(library: Library, match: Match, words: Sequence[str], whole: str) -> Match | None:
    """The other product that a drug's name and another's make together; None where they are two drugs, or words.

    Raises Absent where the library does not have it: a combination is not its ingredient.
    """
    asked = " ".join(words)
    if len(words) > _LONGEST_TOPIC or same(asked) or topics.known(asked) or fold(asked) in EVERYDAY:
        return None
    from druginfo.names.drugs import is_drug

    if not library.knows(asked) and not is_drug(asked):
        return None
    found = library.resolve(whole, exact=True)
    if found.status == "absent":
        return library.find(whole, exact=True)
    return found.match if found.match and found.match.slug != match.slug else None


def _part(match: Match, monograph: Monograph, found: _Shown, scope: str | None, most: int | None) -> Drug:
    part = monograph._replace(sections=found.sections, faqs=found.faqs)
    if found.finds is None:
        return Drug(match, part, found.topic, found.notice, scope)
    shown = brief(found.sections, found.faqs, found.finds, LINES, most)
    short = monograph._replace(sections=shown.sections, faqs=shown.faqs)
    return Drug(match, part, found.topic, found.notice, scope, short, shown.left_out)


def _on(topic: Topic) -> Callable[[str], bool]:
    pattern = re.compile(topic.passage, re.I)
    return lambda text: pattern.search(text) is not None


def _any_of(terms: Sequence[Wanted]) -> Callable[[str], bool]:
    return lambda text: any(term.pattern.search(text) for term in terms if not term.is_light)


def _known(monograph: Monograph, asked: str) -> _Shown | None:
    """A topic, several topics, or a heading of the monograph's own. Raises NotFound where it says nothing on one."""
    topic = topics.known(asked)
    if topic is None:
        if sections := topics.heading_sections(monograph, asked):
            return _Shown(asked, sections, ())
        several = _several(asked)
        return _on_all(monograph, several) if several else None
    if topics.is_narrower(asked, topic):
        return _narrower(monograph, asked, topic)
    sections, faqs = topics.about(monograph, topic)
    if sections or faqs:
        finds = None if topic.heading and not topic.everywhere and topics.own_sections(monograph, topic) else _on(topic)
        return _Shown(topic.words[0], sections, faqs, None, finds)
    raise NotFound(f"The monograph of {monograph.title} says nothing on {topic.words[0]}.", query=asked)


def _narrower(monograph: Monograph, asked: str, topic: Topic) -> _Shown:
    """The passages with the word; else what is said of the wider topic, which is said."""
    terms = wanted(asked.split())
    if (found := with_words(monograph, terms)) and not found.missing:
        return _Shown(asked, found.sections, found.faqs, _passages_with(asked), _any_of(terms))
    sections, faqs = topics.about(monograph, topic)
    wide = topic.words[0]
    if not sections and not faqs:
        raise NotFound(f"The monograph of {monograph.title} says nothing on {asked}, nor on {wide}.", query=asked)
    return _Shown(wide, sections, faqs, f"Nothing on “{asked}”. On {wide} it says:", _on(topic))


def _several(asked: str) -> list[Topic]:
    """The topics that the words are, one after the other; none where a word is no part of any."""
    words = [word for word in re.findall(r"[\w'’-]+", asked.lower()) if word not in FILLERS]
    found: list[Topic] = []
    at = 0
    while at < len(words):
        for count in range(min(_LONGEST_TOPIC, len(words) - at), 0, -1):
            topic = topics.known(" ".join(words[at : at + count]))
            if topic and not topics.is_narrower(" ".join(words[at : at + count]), topic):
                found += [topic] if topic not in found else []
                at += count
                break
        else:
            return []
    return found


def _on_all(monograph: Monograph, several: Sequence[Topic]) -> _Shown:
    """What is said on each of several topics; of doses and a kind of patient, the doses for such patients."""
    if len(several) == 2 and several[0].key != several[1].key and "dosage" in {topic.key for topic in several}:
        other = several[0] if several[1].key == "dosage" else several[1]
        if not other.heading or other.everywhere:
            sections, _ = topics.about(monograph, other)
            doses = [s for s in sections if topics.has_section("dosage", s)]
            if doses:
                danger = [s for s in sections if topics.endangers(s) and not topics.has_section("pregnancy", s)]
                rest = [s for s in sections if topics.has_section("precautions", s)]
                return _Shown(f"{other.words[0]}, dosage", (*danger, *doses, *rest), (), None, _on(other))
    keys: dict[str, list[Section]] = {}
    faqs: dict[Faq, None] = {}
    silent = []
    for topic in several:
        sections, own = topics.about(monograph, topic)
        silent += [] if sections or own else [topic.words[0]]
        for section in sections:
            keys.setdefault(section.key, []).append(section)
        faqs |= dict.fromkeys(own)
    sections = tuple(_joined(monograph, parts) for parts in keys.values())
    if not sections and not faqs:
        raise NotFound(f"The monograph of {monograph.title} says nothing on {' or '.join(silent)}.", query=None)
    notice = f"Nothing on {' or '.join(silent)}." if silent else None
    patterns = [re.compile(topic.passage, re.I) for topic in several]

    def finds(text: str) -> bool:
        return any(pattern.search(text) for pattern in patterns)

    return _Shown(", ".join(topic.words[0] for topic in several), topics.in_order(sections), tuple(faqs), notice, finds)


def _joined(monograph: Monograph, parts: Sequence[Section]) -> Section:
    """One section with every block of its parts, in the file's order."""
    if len(parts) == 1:
        return parts[0]
    blocks = sorted({block for part in parts for block in part.blocks}, key=lambda block: block.line)
    whole = next(section for section in monograph.sections if section.key == parts[0].key)
    return topics.narrowed(whole, tuple(blocks))


# ---------------------------------------------------------------- words that are no topic


def _with_all(library: Library, monograph: Monograph, words: Sequence[str], *, exact: bool) -> _Shown | None:
    asked = " ".join(words)
    terms = wanted(words, _meanings(library, monograph))
    found = with_words(monograph, [by_topic(term) for term in terms]) if terms else None
    if found and not found.missing:
        notice = _passages_with(asked, _other(library, words, monograph))
        return _Shown(asked, found.sections, found.faqs, notice, _any_of(terms), is_whole=True)
    if not exact and (topic := topics.near(asked)):
        sections, faqs = topics.about(monograph, topic)
        if sections or faqs:
            return _Shown(topic.words[0], sections, faqs, f"Showing {topic.words[0]} for “{asked}”.", _on(topic))
    if found:
        notice = f"No passage holds all of “{asked}”: nothing with {_listed(found.missing)}."
        if not found.missing:
            notice = f"No passage holds all of “{asked}”; these hold most of it."
        return _Shown(asked, found.sections, found.faqs, notice, _any_of(terms))
    return None


def _meanings(library: Library, monograph: Monograph) -> Callable[[str], Iterable[str]]:
    def of(words: str) -> Iterable[str]:
        if len(words) < 2:
            return ()
        found = library.meanings(words) if len(words.split()) < 4 else []
        if len(words) > 3 and library.knows(words):
            slug = library.find(words, exact=True).slug
            if slug != monograph.slug:
                found += [name.name for name in library.open(slug).names if name.field != "slug"]
        return found

    return of


def _other(library: Library, words: Sequence[str], monograph: Monograph) -> Match | None:
    """The other drug of the library that the words name."""
    whole = " ".join(words)
    if library.knows(whole) and (match := library.find(whole, exact=True)).slug != monograph.slug:
        return match
    return None


def _passages_with(asked: str, other: Match | None = None) -> str:
    also = (
        ""
        if not (found := [each for each in same(asked) if each != asked.casefold()])
        else f" or {', '.join(found[:3])}"
    )
    if other:
        return f"The passages with {other.title}; `druginfo interactions` has what both monographs say of each other."
    return f"The passages with “{asked}”{also}."


def _listed(words: Sequence[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)


def _nothing(
    library: Library, match: Match, monograph: Monograph, words: Sequence[str], whole: str
) -> NotFound | Absent:
    """Nothing is said of the words: what is near. Raises Absent, Ambiguous where the words name another product."""
    asked = " ".join(words)
    if is_absent(library, asked):
        known = library.resolve(asked, exact=True).known_as
        return Absent(
            f"{match.title}'s monograph does not speak of {known}, and the library has no monograph of that; "
            f"`druginfo import --fetch {str(known).lower()}` gets its label.", query=asked
        )  # fmt: skip
    if library.resolve(whole, exact=True).status in ("absent", "ambiguous"):
        library.find(whole, exact=True)
    near = _near(monograph, words)
    more = f"it has {near}" if near else f"`druginfo search {asked}` looks in the others"
    return NotFound(f"{match.title}'s monograph has nothing on “{asked}”; {more}.", query=asked)


def _near(monograph: Monograph, words: Sequence[str]) -> str:
    """What the monograph has that is near: one of the words, a topic near them."""
    from rapidfuzz.distance import OSA

    own = [word for word in words if len(words) > 1 and len(word) > 2 and word.lower() not in FILLERS]
    held = [word for word in own if (found := with_words(monograph, wanted([word]))) and not found.missing]
    if held:
        return f"`druginfo show {monograph.slug} {held[0]}`"
    text = " ".join(section.text for section in monograph.sections)
    known = dict.fromkeys(word.lower() for word in re.findall(r"[^\W\d_]{5,}", text))
    for word in words:
        if len(fold(word)) > 4:
            best = min(known, key=lambda each: OSA.distance(word.lower(), each), default="")
            if best and OSA.distance(word.lower(), best) <= 1 + (len(word) > 7):
                return f"“{best}”: `druginfo show {monograph.slug} {best}`"
    return ""


def show(
    library: Library, words: Sequence[str], *, exact: bool = False, most: int | None = None
) -> Drug | TopicOfAll | Cards:
    """One monograph; part of one, where a topic follows the drug; a topic of every drug; the drugs of a class.

    Raises NotFound, Absent, Ambiguous.
    """
    query = " ".join(words).split()
    match, rest = split_drug(library, query)
    if match:
        return of_drug(library, match, rest, " ".join(query), exact=exact, most=most)
    whole = " ".join(query)
    if topics.known(whole):
        return across.of_all(library, whole, whole, most)
    resolution = library.resolve(whole, exact=exact) if len(query) == 1 else None
    if resolution and resolution.match and resolution.match.kind == "typo":  # no need to ask all classes
        return of_drug(library, resolution.match, (), whole, exact=exact)
    if cards := of_class(library, whole):
        return Cards(cards)
    is_sentence = len(query) > LONGEST_SENTENCE
    if not is_sentence and (found := across.of_class_and_topic(library, query, most)):
        return found
    resolution = resolution or library.resolve(whole, exact=exact)
    likely = resolution.match is not None and resolution.match.kind != "exact"
    unsure = not exact and (likely or resolution.status == "not_found")
    if unsure and (drug := _misspelled_before_topic(library, query)):  # "warfrin dose" asks for doses
        return drug
    if resolution.match:
        return of_drug(library, resolution.match, (), whole, exact=exact)
    if resolution.status == "not_found":
        if not exact and (topic := topics.near(whole)):
            return across.of_all(library, whole, whole, most, notice=f"Showing {topic.words[0]} for “{whole}”.")
        if error := _named_within(library, query):
            raise error
        with suppress(NotFound):
            if not is_sentence:
                found = across.of_all(library, whole, whole, most)
                return found._replace(notice=" ".join(filter(None, (_next_step(library, whole), found.notice))))
    library.find(whole, exact=exact)
    raise AssertionError("a name that does not resolve raises")


def _named_within(library: Library, query: Sequence[str]) -> DruginfoError | None:
    """What to tell a person who typed a sentence: the drug that it names, and where to ask."""
    if len(query) < 3:
        return None
    whole = " ".join(query)
    if inside := names_within(library, query):
        match, _ = inside
        message = (
            f"“{whole}” is neither a drug nor a topic. Try `druginfo show {match.slug}` or `druginfo faq {whole}`."
        )
        return NotFound(message, query=whole, candidates=(Candidate(match.slug, match.title, match.matched, 0),))
    for known_as in absent_within(library, query):
        return Absent(f"{known_as} is a known drug, but the library has no monograph of it.", query=whole)
    return None


def _next_step(library: Library, words: str) -> str:
    """Where else the words lead, which name no drug, class or topic."""
    treated = library.treats(words)
    lists = f" `druginfo list --for {words}` lists {len(treated)} drugs for it." if treated else ""
    return f"“{words}” is not a drug; these monographs mention it. `druginfo search {words}` ranks the passages.{lists}"


def _misspelled_before_topic(library: Library, query: Sequence[str]) -> Drug | None:
    """The drug that a misspelled name means, where the words after it are a topic (`baricitinb kidney`); else None."""
    for count in range(min(len(query) - 1, LONGEST_NAME), 0, -1):
        asked = " ".join(query[count:])
        if not topics.known(asked):
            continue
        resolution = library.resolve(" ".join(query[:count]))
        if resolution.match:
            return of_drug(library, resolution.match, query[count:], " ".join(query), exact=False)
        if resolution.status in ("absent", "ambiguous"):
            library.find(" ".join(query[:count]))
    return None
