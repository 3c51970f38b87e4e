"""`show`: a monograph or the part of it that was asked for, or a topic of every drug."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import dropwhile, islice
from typing import NamedTuple

from druginfo import topics
from druginfo.answers import across
from druginfo.answers.across import TopicOfAll
from druginfo.answers.listing import Cards
from druginfo.answers.spotting import Words, is_absent, of_class, read_as, spelled_out
from druginfo.errors import Absent, NotFound
from druginfo.guard import argument, arguments
from druginfo.library import Library
from druginfo.model import Faq, Hidden, Match, Monograph, Section, Sparse
from druginfo.names import fold, is_joined, without_dosage
from druginfo.terms import words_in
from druginfo.terms.files import word_list
from druginfo.terms.patterns import PERIOD
from druginfo.topics import spoken
from druginfo.topics.excerpts import Beside, WithWords, brief, with_beside, with_words
from druginfo.topics.synonyms import COMMON, EVERYDAY, FILLERS, WIDE
from druginfo.topics.terms import Topic
from druginfo.topics.wording import QueryWord, any_of, by_topic, called, is_test, respelled, same, telling, wanted


class Shown(NamedTuple):
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
_ASKS = word_list("questions", "places")
"""Words of a form, unit, pharmacopoeia or direction that without an amount are a question: "omeprazole Mg"."""
_RELEASE = word_list("questions", "release")
"""Words of a product that releases its drug slowly or late, which are part of many products' names."""
_GIVEN = _RELEASE | word_list("questions", "given")
"""Words of the tables that say how a drug is given."""
_TIMES = re.compile(rf"(?:{PERIOD}|hrs?|am|pm|times?|st|nd|rd|th)")


class _Shown(NamedTuple):
    """What is shown of a monograph, under which name, and what to say about it first."""

    topic: str
    sections: tuple[Section, ...]
    faqs: tuple[Faq, ...]
    notice: str | None = None
    finds: Callable[[str], bool] | None = None
    """Whether a label or heading is about it; None where the sections are whole."""
    is_whole: bool = False
    """Whether passages hold all the words."""
    is_test: bool = False
    """Whether it is something that is measured."""


LINES = 41
"""How tall the passages of an answer, with its scope, are before only those that matter most are shown."""
_WIDTH = 74


def of_drug(
    library: Library, match: Match, rest: Sequence[str], whole: str, *, exact: bool, most: int | None = None
) -> Shown:
    """The monograph, or what it says of the words after its name.

    Raises NotFound where it says nothing of them, Absent and Ambiguous where the words together name another product.
    """
    monograph = library.open(match.slug)
    scope = topics.scope(monograph)
    if not rest:
        return Shown(match, monograph, scope=scope)
    asked = " ".join(rest)
    if found := _known(monograph, asked):
        return _part(match, monograph, found, scope, most)
    is_known = same(asked) and _GIVEN.isdisjoint(map(str.casefold, rest))  # then nothing has to be set aside
    bare = list(rest) if is_known else without_dosage(asked).split()
    bare = bare if any(word.casefold() not in FILLERS for word in bare) else []
    if bare and not _is_line(word for word in rest if word not in bare):
        bare = list(rest)
    bare = bare or [word for word in rest if topics.known(word)]
    if not bare:  # the drug with its form or strength, another product, or a question on times and routes
        from druginfo.names.lines import directs

        is_question = _asks(rest)
        is_route = not _GIVEN.isdisjoint(map(str.casefold, rest)) and not any(map(str.isdigit, asked))
        if is_question or is_route:
            found = _with_all(library, monograph, rest, exact=True)
            if found and found.is_whole:
                if is_route and _is_outside(scope, rest):
                    found = found._replace(notice=f"This text does not cover “{asked}”. {found.notice}")
                return _part(match, monograph, found, scope, most)
            if is_question and not directs(rest):
                raise _nothing(library, match, monograph, rest, whole)
        product = library.find(whole, exact=exact)
        if is_route and product.slug == match.slug and _RELEASE.isdisjoint(map(str.casefold, rest)):
            raise _nothing(library, match, monograph, rest, whole)
        shown = of_drug(library, product, (), whole, exact=exact)
        return shown._replace(notice=f"Set aside: “{asked}”.") if product.slug == match.slug else shown
    try:
        other = _product(library, match, bare, whole)
    except Absent as error:  # "isoniazid pyridoxine": they are sold together, and the text speaks of pyridoxine
        is_product = is_joined(whole) or bare != list(rest) or library.knows(" ".join(bare))
        found = None if is_product else _with_all(library, monograph, bare, exact=True)
        if found is None or not found.is_whole:
            raise
        notice = f"{found.notice} {error.message.partition(' `')[0]}"
        return _part(match, monograph, found._replace(notice=notice), scope, most)
    if other:
        return of_drug(library, other, (), whole, exact=exact)
    aside = [word for word in rest if word not in bare and word.casefold() not in FILLERS]
    known = found = _known(monograph, " ".join(bare))
    may_ask = aside and (found is None or _asks(aside))  # "muscle pain", "eye exam", "ACE inhibitor 36 hours"
    every = _with_all(library, monograph, rest, exact=True) if may_ask else None
    found = found or _with_all(library, monograph, bare, exact=exact)
    if every and (every.is_whole or found is None):
        found, aside = every, []
    if found is None:
        refusal = _nothing(library, match, monograph, bare, whole)
        is_name = isinstance(refusal, Absent)
        if is_name:
            found = _as_known(library, monograph, " ".join(bare))
        else:
            found = _as_spoken(library, monograph, bare) or (None if exact else _in_part(library, monograph, bare))
        if found is None:
            raise refusal
    elif not (known or found.is_whole) and (meant := _as_spoken(library, monograph, bare)) and meant.is_whole:
        found = meant
    if aside:
        notice = f"Set aside: “{' '.join(aside)}”."
        found = found._replace(notice=f"{notice} {found.notice}" if found.notice else notice)
    return _part(match, monograph, found, scope, most)


def _is_outside(scope: str | None, route: Sequence[str]) -> bool:
    """Whether a scope says that a route is not covered: an injection, where something by vein or muscle is asked."""
    words = {*route, *(each for word in route for each in same(word))}
    words |= {"injection"} if words & {"intravenous", "intramuscular", "subcutaneous"} else set()
    return any(topics.outside_scope(scope, word) for word in words)


def _is_line(aside: Iterable[str]) -> bool:
    """Whether words that were set aside are of a medication line: "500 mg", not "disease" of "diabetic eye disease"."""
    from druginfo.names.lines import directs
    from druginfo.terms.prescribing import DIRECTIONS

    return all(
        any(map(str.isdigit, word)) or word.casefold() in DIRECTIONS | FILLERS or directs([word]) for word in aside
    )


def _asks(directions: Sequence[str]) -> bool:
    """Whether words that name no drug and no topic ask something: times and places, but no amount and no form.

    >>> _asks(["36", "hours"]), _asks(["NG", "tube"]), _asks(["500", "mg"]), _asks(["tablets"])
    (True, True, False, False)
    """
    from druginfo.terms.prescribing import PRODUCT_WORDS

    amounts = re.findall(r"\d[\d.,/-]*\s*-?([a-z%µμ]*)", " ".join(directions).casefold())
    return all(map(_TIMES.fullmatch, amounts)) and any(
        word in _ASKS or word not in PRODUCT_WORDS for word in map(str.casefold, directions)
    )


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


def _part(match: Match, monograph: Monograph, found: _Shown, scope: str | None, most: int | None) -> Shown:
    part = monograph._replace(sections=found.sections, faqs=found.faqs)
    if found.finds is None:
        return Shown(match, part, found.topic, found.notice, scope)
    lines = LINES - len(scope or "") // _WIDTH
    shown = brief(found.sections, found.faqs, found.finds, lines, most, is_test=found.is_test)
    short = monograph._replace(sections=shown.sections, faqs=shown.faqs)
    return Shown(match, part, found.topic, found.notice, scope, short, shown.left_out)


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
    if found := _on(monograph, topic):
        return found
    raise NotFound(f"The monograph of {monograph.title} says nothing on {topic.words[0]}.", query=asked)


def _on(monograph: Monograph, topic: Topic, notice: str | None = None) -> _Shown | None:
    """What it says on a topic, in full where that is a section of its own; None where it says nothing."""
    sections, faqs = topics.about(monograph, topic)
    is_own = notice is None and not topic.everywhere and topics.own_sections(monograph, topic)
    found = _Shown(topic.words[0], sections, faqs, notice, None if is_own else topic.is_in)
    return found if sections or faqs else None


def _narrower(monograph: Monograph, asked: str, topic: Topic) -> _Shown:
    """The passages with the word; else what the monograph has on the wider topic, with a notice."""
    asked = " ".join(dropwhile(lambda word: word.casefold() in FILLERS, asked.split())) or asked
    terms = wanted(asked.split())
    if (found := with_words(monograph, terms)) and not found.missing and not found.near:
        return _Shown(asked, found.sections, found.faqs, _passages_with(asked, found), any_of(terms))
    wide = topic.words[0]
    on_topic = _on(monograph, topic, f"Nothing on “{asked}”. On {wide} it says:")
    if on_topic and not EVERYDAY.isdisjoint(asked.casefold().split()):  # food in general says nothing of grapefruit
        more = f"it has `druginfo show {monograph.slug} {wide}`"
        raise NotFound(f"{monograph.title}'s monograph has nothing on “{asked}”; {more}.", query=asked)
    if on_topic:
        return on_topic
    raise NotFound(f"The monograph of {monograph.title} says nothing on {asked}, nor on {wide}.", query=asked)


def _several(asked: str) -> list[Topic]:
    """The topics that the words are, one after the other; empty where a word belongs to none."""
    words = topics.without_fillers(asked)
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
    """What it says on each of several topics; of doses and a kind of patient, the doses for such patients."""
    if len(several) == 2 and several[0].key != several[1].key and "dosage" in {topic.key for topic in several}:
        other = several[0] if several[1].key == "dosage" else several[1]
        if not other.heading or other.everywhere:
            sections, _ = topics.about(monograph, other)
            doses = [s for s in sections if topics.has_section("dosage", s)]
            if doses:
                danger = [s for s in sections if topics.endangers(s) and not topics.has_section("pregnancy", s)]
                rest = [s for s in sections if topics.has_section("precautions", s)]
                return _Shown(f"{other.words[0]}, dosage", (*danger, *doses, *rest), (), None, other.is_in)
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
    name = ", ".join(topic.words[0] for topic in several)
    finds: Callable[[str], bool] = lambda text: any(topic.is_in(text) for topic in several)  # noqa: E731
    return _Shown(name, topics.in_order(sections), tuple(faqs), notice, finds)


def _joined(monograph: Monograph, parts: Sequence[Section]) -> Section:
    """One section with every block of its parts, in the file's order."""
    if len(parts) == 1:
        return parts[0]
    blocks = sorted({block for part in parts for block in part.blocks}, key=lambda block: block.line)
    whole = next(section for section in monograph.sections if section.key == parts[0].key)
    return topics.narrowed(whole, tuple(blocks))


# ---------------------------------------------------------------- words that are no topic


def _with_all(library: Library, monograph: Monograph, words: Sequence[str], *, exact: bool) -> _Shown | None:
    terms = wanted(words, _meanings(library, monograph))
    asked = " ".join(term.typed for term in telling(terms)) or " ".join(words)
    found = with_words(monograph, [by_topic(term) for term in terms]) if terms else None
    if found and not found.missing:
        beside = with_beside(monograph, found, terms)
        notice = _passages_with(asked, found, _other(library, " ".join(words), monograph)) + _told(beside)
        return _Shown(asked, beside.sections, found.faqs, notice, any_of(terms), is_whole=True, is_test=is_test(terms))
    if found is None or found.missing:  # "statins": the text may name some of them
        terms = wanted(words, _meanings(library, monograph, within=" ".join(words)))
        named = with_words(monograph, terms) if terms else None
        if named and not named.missing and not named.near:
            return _Shown(asked, named.sections, named.faqs, _passages_with(asked, named), any_of(terms), is_whole=True)
        other = _other(library, " ".join(words), monograph)
        more = ", and `druginfo interactions` has what both monographs say of each other"
        if other and (its := _by_class(monograph, other.title, library.open(other.slug).classes, more)):
            return its
    topic = None if exact else topics.near(asked)
    if topic and (on_topic := _on(monograph, topic, f"Showing {topic.words[0]} for “{asked}”.")):
        return on_topic
    if initials := spelled_out(library, monograph.slug, words):
        spelled = " ".join(initials.get(word, word) for word in words).split()
        if meant := _with_all(library, monograph, spelled, exact=exact):
            return meant._replace(notice=f"{read_as(initials)} {meant.notice}")
    if not exact and (better := {word: read for word in words if (read := respelled(word))}):
        meant = _with_all(library, monograph, [better.get(word, word) for word in words], exact=True)
        if meant and meant.is_whole:
            return meant._replace(notice=f"Read {_listed(better)} as {_listed(better.values())}. {meant.notice}")
    return _partly(monograph, asked, found, terms) if found else None


def _by_class(monograph: Monograph, name: str, classes: Sequence[str], more: str = "") -> _Shown | None:
    """What is said of the classes of another drug, which is not named; the classes of both mean neither."""
    from druginfo.classes import is_vague, wordings

    own = {*wordings(monograph.classes)}
    named = [" ".join(phrase) for phrase in wordings(classes) if phrase not in own and not is_vague(phrase)]
    term = called(name, *named)
    found = with_words(monograph, [term]) if named else None
    if found is None:
        return None
    notice = f"Nothing on {name} by name. On its class ({classes[0]}) it says{more}:"
    return _Shown(name, found.sections, found.faqs, notice, any_of([term]), is_whole=True)


def _partly(monograph: Monograph, asked: str, found: WithWords, terms: Sequence[QueryWord]) -> _Shown | None:
    """Passages that lack some of the words, said so; None where what they hold tells nothing alone: latex "allergy"."""
    if all(term.typed.casefold() in WIDE or term.typed in found.missing for term in telling(terms)):
        return None
    notice = f"No passage holds all of “{asked}”: nothing with {_listed(found.missing)}."
    if not found.missing:
        notice = f"No passage holds all of “{asked}”; these hold most of it."
    beside = with_beside(monograph, found, [term for term in terms if term.typed not in found.missing])
    return _Shown(asked, beside.sections, found.faqs, notice + _told(beside), any_of(terms))


def _told(beside: Beside) -> str:
    """What a notice says of passages beside those that were asked for."""
    dangers = f" First, the warnings with {_listed(beside.dangers)}." if beside.dangers else ""
    return dangers + (f" Beside them, what is said of {_listed(beside.others)}." if beside.others else "")


def _in_part(library: Library, monograph: Monograph, words: Sequence[str]) -> _Shown | None:
    """The passages with any of several words, but for common verbs; None where one of the others is a substance."""
    every = telling(wanted(words, _meanings(library, monograph)))
    terms = [term for term in every if term.typed.casefold() not in COMMON] or every
    found = with_words(monograph, [by_topic(term) for term in terms], half=False) if terms else None
    if found is None or any(is_absent(library, word) for word in found.missing):
        return None
    shown = _partly(monograph, " ".join(words), found, terms)
    return shown._replace(topic=" ".join(term.typed for term in terms)) if shown else None


def _as_known(library: Library, monograph: Monograph, name: str) -> _Shown | None:
    """The passages with a known drug without a monograph, which was asked by another name, or with its class."""
    from druginfo.classes import of_drug

    known = str(library.resolve(name, exact=True).known_as)
    found = _with_all(library, monograph, known.split(), exact=True)
    if found and found.is_whole:
        return found._replace(notice=f"{name} is {known}. {found.notice}")
    return _by_class(monograph, known, of_drug(known))


def _as_spoken(library: Library, monograph: Monograph, words: Sequence[str]) -> _Shown | None:
    """The passages with what medicine calls the turns of everyday speech among the words, or what that is part of.

    To gargle is to rinse the mouth; where nothing is said of blindness, "eyesight gone" is of the eyes.
    """
    read = spoken.read(" ".join(words))
    senses = {
        turn: sense
        for sense, turn in read.senses.items()
        if sense.sign in "=+" and not any(name.startswith("what ") for name in (sense.name, *sense.wider))
    }  # an egg is not "what foods"
    rest = [word for word in read.rest if word.casefold() not in COMMON and not word.isdecimal()]
    for names in (
        {turn: sense.name for turn, sense in senses.items()},
        {turn: sense.name if same(turn) else next(iter(sense.wider), sense.name) for turn, sense in senses.items()},
    ):
        terms = [term for name in names.values() for term in wanted(name.split())]
        meant = {turn: name for turn, name in names.items() if turn.casefold() != name}
        found = with_words(monograph, [by_topic(t) for t in (*terms, *wanted(rest, _meanings(library, monograph)))])
        without = (*found.missing, *(WIDE if found.missing else ())) if found else ()
        if meant and found and any(term.typed not in without for term in terms):
            notice = f"Read {_listed(meant)} as {_listed(meant.values())}."
            if found.missing:
                notice += f" No passage holds all of it: nothing with {_listed(found.missing)}."
            asked = " ".join(words)
            return _Shown(asked, found.sections, found.faqs, notice, any_of(terms), is_whole=not found.missing)
    return None


def _meanings(library: Library, monograph: Monograph, *, within: str = "") -> Callable[[str], Iterable[str]]:
    """What words mean beside the tables: what they abbreviate, another drug's names; `within` all that was asked, a
    class's drugs too, and what a drug without a monograph is called elsewhere."""

    def of(words: str) -> Iterable[str]:
        if len(words) < 2:
            return ()
        found = library.meanings(words) if len(words.split()) < 4 else []
        if len(words) > 3 and (other := _other(library, words, monograph)):
            found += [name.name for name in library.open(other.slug).names if name.field != "slug"]
        if within and len(words) > 3 and words.casefold() not in FILLERS:
            found += [card.title for card in of_class(library, words) if card.slug != monograph.slug]
            found += filter(None, [library.resolve(words, exact=True).known_as if words != within else None])
        return found

    return of


def _other(library: Library, words: str, monograph: Monograph) -> Match | None:
    """The other drug of the library that the words name."""
    match = library.find(words, exact=True) if library.knows(words) else None
    return match if match and match.slug != monograph.slug else None


def _passages_with(asked: str, found: WithWords, other: Match | None = None) -> str:
    """What the passages hold: the words, and which of what means the same."""
    if other:
        return f"The passages with {other.title}; `druginfo interactions` has what both monographs say of each other."
    if found.near:
        return f"Nothing on “{asked}”. On {', '.join(found.near[:3])} it says:"
    text = found.text.casefold()
    too = [each for each in same(asked) if len(each) > 2 and each != asked.casefold() and each.casefold() in text]
    return f"The passages with “{asked}” or {', '.join(too[:3])}." if too else f"The passages with “{asked}”."


def _listed(words: Iterable[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)


def _nothing(
    library: Library, match: Match, monograph: Monograph, words: Sequence[str], whole: str
) -> NotFound | Absent:
    """The error where it says nothing of the words, with what is near.

    Raises Absent, Ambiguous where the words name another product.
    """
    asked = " ".join(words)
    everyday = fold(asked) in EVERYDAY
    if not everyday and is_absent(library, asked):
        known = str(library.resolve(asked, exact=True).known_as)
        return Absent(
            f"{match.title}'s monograph does not mention {known}, and the library has no monograph of it; "
            f"`druginfo import --fetch {argument(known.lower())}` gets its label.", query=asked
        )  # fmt: skip
    if not everyday and library.resolve(whole, exact=True).status in ("absent", "ambiguous"):
        library.find(whole, exact=True)
    near = _near(monograph, words)
    more = f"it has {near}" if near else f"`druginfo search {arguments(asked)}` looks in the others"
    return NotFound(f"{match.title}'s monograph has nothing on “{asked}”; {more}.", query=asked)


def _near(monograph: Monograph, words: Sequence[str]) -> str:
    """What the monograph has that is near: one of the words, a topic near them."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    own = [each for each in wanted(words) if not each.is_light and len(words) > 1 and len(each.typed) > 2]
    held = [each.typed for each in own if (found := with_words(monograph, [by_topic(each)])) and not found.missing]
    if held:
        return f"`druginfo show {monograph.slug} {arguments(held[0])}`"
    text = " ".join(section.text for section in monograph.sections)
    known = list(dict.fromkeys(word for word in words_in(text.lower()) if len(word) > 4 and word.isalpha()))
    for word in (word.lower() for word in words if len(fold(word)) > 4):
        if best := extractOne(word, known, scorer=OSA.distance, score_cutoff=1 + (len(word) > 7)):
            return f"“{best[0]}”: `druginfo show {monograph.slug} {best[0]}`"
    return ""


def show(
    library: Library, words: Sequence[str], *, exact: bool = False, most: int | None = None, counts: bool = False
) -> Shown | TopicOfAll | Cards:
    """One monograph; part of one, where a topic follows the drug; a topic of every drug; the drugs of a class.

    `counts`: a topic of every drug is no more than a screen shows. Raises NotFound, Absent, Ambiguous.
    """
    of_all = partial(across.of_all, library, counts=counts)
    asked = Words(library, words)
    whole = asked.whole
    of = partial(of_drug, library, whole=whole, exact=exact, most=most)
    if asked.leading:
        return of(asked.leading.match, asked.words[asked.leading.after :])
    if topics.known(whole):
        return of_all(whole, whole, most)
    resolution = library.resolve(whole, exact=exact) if len(asked.words) == 1 else None
    if resolution and resolution.match and resolution.match.kind == "typo":  # no need to ask all classes
        return of(resolution.match, ())
    if cards := of_class(library, whole):
        return Cards(cards)
    if found := across.of_class_and_topic(asked, most, counts=counts):
        return found
    resolution = resolution or library.resolve(whole, exact=exact)
    if resolution.status != "found" and (before := _before_a_drug(asked)):
        return of(*before)
    if resolution.status in ("not_found", "ambiguous") and asked.spots:
        if len(asked.drugs) > 1:
            raise _several_named(asked)
        return of_drug(library, asked.drugs[0], asked.but(*asked.spots), whole, exact=True, most=most)
    likely = resolution.match is not None and resolution.match.kind != "exact"
    slip = resolution.status == "absent" and library.resolve(whole, exact=True).status != "absent"
    unsure = not exact and (likely or slip or resolution.status == "not_found")
    if unsure and (misspelled := asked.slip(exact=exact)):  # "warfrin dose" asks for doses
        return of(*misspelled)
    if resolution.match:
        named = len((resolution.match.read_as or whole).split())  # "Voltarol stomach bleed" is no directions
        is_first = asked.text(0, named).casefold() == (resolution.match.read_as or whole).casefold()
        return of(resolution.match, asked.words[named:] if is_first and resolution.match.kind == "exact" else ())
    if resolution.status == "not_found":
        if not exact and (topic := topics.near(whole)):
            return of_all(whole, whole, most, notice=f"Showing {topic.words[0]} for “{whole}”.")
        for known_as in islice(asked.absent(), len(asked.words) > 2):
            library.find(known_as)
        with suppress(NotFound):
            if asked.is_sentence:
                found = of_all(whole, whole, most)
                return found._replace(notice=" ".join(filter(None, (_next_step(library, whole), found.notice))))
    library.find(whole, exact=exact)
    raise AssertionError("a name that does not resolve raises")


def _before_a_drug(asked: Words) -> tuple[Match, Sequence[str]] | None:
    """The drug that the words before another drug's name mean, by a brand of the world, and the words after it."""
    first = next((spot.first for spot in asked.spots), 0)
    match = asked.library.resolve(asked.text(0, first), exact=True).match if 0 < first <= _LONGEST_TOPIC else None
    return (match, asked.words[first:]) if match and not topics.known(asked.text(0, first)) else None


def _several_named(asked: Words) -> NotFound:
    slugs = " ".join(drug.slug for drug in asked.drugs)
    tries = f"`druginfo interactions {slugs}` or `druginfo faq {arguments(asked.whole)}`"
    return NotFound(f"“{asked.whole}” names several drugs. Try {tries}.", query=asked.whole)


def _next_step(library: Library, words: str) -> str:
    """Where else the words lead, which name no drug, class or topic."""
    treated = library.treats(words)
    lists = f" `druginfo list --for {argument(words)}` lists {len(treated)} drugs for it." if treated else ""
    search = f"`druginfo search {arguments(words)}` ranks the passages"
    return f"“{words}” is not a drug; these monographs mention it. {search}.{lists}"
