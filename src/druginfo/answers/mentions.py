"""Where a monograph means another drug: by one of its names, by a class that it is of, or by a role that it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from druginfo.classes import (
    ClassWords,
    equals,
    is_left_out,
    is_negated,
    is_part_of_another,
    is_said_of,
    is_umbrella,
    kin,
    of_drug,
    phrase,
    qualified,
    same_class,
    spelled,
    wordings,
)
from druginfo.classes import words as placed
from druginfo.classes.abbreviations import Definition, spelled_out
from druginfo.classes.profile import (
    BY_NAME_ALONE,
    Index,
    Names,
    OwnRole,
    Passage,
    Passages,
    Profile,
    Role,
    RoleMention,
    Sense,
    Spelled,
    as_strong,
    meant_by,
)
from druginfo.library import Library
from druginfo.library.rows import Rows
from druginfo.model import Danger, Ground, Statement
from druginfo.names import fold
from druginfo.terms import words_in
from druginfo.terms.files import word_list
from druginfo.terms.patterns import AMOUNT_WORDS, TIME_WORDS


class Subject:
    """A drug as other texts may mean it, and the passages in which its own monograph may mean others."""

    def __init__(
        self,
        library: Library,
        slug: str,
        profile: Profile | None = None,
        names: Sequence[str] = (),
        example_of: Rows | None = None,
    ) -> None:
        """A drug of the library, or one without a monograph, of which profile, names and `example_of` are given."""
        self.library = library
        self.slug = slug
        self.profile = profile or library.profile(slug)
        self.names = names or [named.name for named in library.names_of(slug)]
        self._example_of = example_of
        self._places: dict[ClassWords, frozenset[int]] = {}
        self._spelled: dict[int, Spelled] = {}

    @cached_property
    def called(self) -> Names:
        """What finds any of its names."""
        return Names(self.profile.called)

    def spelled(self, number: int) -> Spelled:
        """The words of a passage. A list of drugs asks for the same ones many times."""
        if number not in self._spelled:
            self._spelled[number] = Spelled.of(self.profile.passages[number].own)
        return self._spelled[number]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its passages, folded: a phrase with any other is in none of them."""
        return frozenset(self.profile.words.words)

    @cached_property
    def acting(self) -> frozenset[str]:
        """The roles by which its passages mean drugs."""
        return frozenset(self.profile.acting.words)

    def places(self, words: ClassWords) -> frozenset[int]:
        """The numbers of the passages that have all of some words."""
        if words not in self._places:
            self._places[words] = frozenset.intersection(*map(self.profile.words.numbers, words))
        return self._places[words]

    @cached_property
    def grounds(self) -> tuple[tuple[Role, Ground], ...]:
        """Its roles, each with where it was read: in its own text, else where another gives it as an example."""
        own = [
            (role, Ground(_in_words(role), self.slug, section, line, text))
            for role, section, line, text in self.profile.roles
        ]
        for row in self._example_of or _example_of(self.library, self.names, self.slug):
            if row["role"] != "class":
                given = Role(row["target"], row["role"], frozenset(row["strengths"].split()))
                own.append((given, Ground(_in_words(given), row["slug"], row["section"], row["line"], row["text"])))
        graded = {(role.target, role.role) for role, _ in own if len(role.strengths) == 1}
        return tuple(
            (role, ground) for role, ground in own if len(role.strengths) < 2 or (role.target, role.role) not in graded
        )

    @cached_property
    def by_asked(self) -> dict[str, list[tuple[Role, Ground]]]:
        """The same by the roles by which a text can mean it."""
        found: dict[str, list[tuple[Role, Ground]]] = {}
        for role, ground in self.grounds:
            for asked in meant_by(role):
                found.setdefault(asked, []).append((role, ground))
        return found

    @cached_property
    def asked(self) -> frozenset[str]:
        """The roles by which a text can mean it."""
        return frozenset(self.by_asked)

    @cached_property
    def wordings(self) -> frozenset[ClassWords]:
        """The phrases that mean the drug's classes, abbreviations read as its own text defines them."""
        return frozenset(tuple(each.split()) for each in self.profile.wordings)

    def wordings_with(self, other: Subject) -> frozenset[ClassWords]:
        """The same, abbreviations read as another text defines them too."""
        known, forms = self._class_words, other.definitions
        if known.isdisjoint(other._clues):
            return self.wordings
        unread = new = other._defined - self._defined
        while near := [each for each in unread if forms[each][0] <= known or forms[each][1] <= known]:
            unread = unread.difference(near)
            known = known.union(*(form for each in near for form in forms[each]))
        if unread is new:
            return self.wordings
        classes, defined = self.profile.classes, self.profile.defined
        both = (*defined, *(each for each in other.profile.defined if each in new and each not in unread))
        return self.wordings if spelled(classes, both) == spelled(classes, defined) else wordings(classes, both)

    @cached_property
    def _defined(self) -> frozenset[Definition]:
        return frozenset(self.profile.defined)

    @cached_property
    def definitions(self) -> dict[Definition, tuple[frozenset[str], frozenset[str]]]:
        """The abbreviations that its monograph defines, each with the words of its short and its long form."""
        defined = self.profile.defined
        return {each: (frozenset(phrase(each.short)), frozenset(phrase(each.long))) for each in defined}

    @cached_property
    def _clues(self) -> frozenset[str]:
        """Of each short and long form of its abbreviations the longest word."""
        return frozenset(max(form, key=len) for forms in self.definitions.values() for form in forms if form)

    @cached_property
    def _class_words(self) -> frozenset[str]:
        """The words of its classes, and of what its own text abbreviates."""
        forms = (form for forms in self.definitions.values() for form in forms)
        return frozenset().union(*map(phrase, self.profile.classes), *forms)

    @cached_property
    def _kin(self) -> frozenset[str]:
        return frozenset(self.profile.kin)

    def class_with(self, other: Subject) -> str | None:
        """The class that it and another drug are both of, as `same_class` has it."""
        if self._kin.isdisjoint(other._kin):
            return None
        return same_class(self.profile.classes, other.profile.classes)


def absent_subject(library: Library, query: str) -> Subject:
    """A known drug without a monograph: its names are the lexicon's, its classes and roles those that texts give it.

    A class or role by itself ("SSRI", "strong CYP3A4 inhibitor") has no more than that.
    """
    from druginfo.classes.roles import effects_of, known_roles, role_mentions
    from druginfo.names.drugs import generic_names

    found = library.resolve(query, exact=True)
    is_drug, known = found.status != "not_found", found.known_as or query
    names = list(dict.fromkeys((known, query, *generic_names(known))))
    parts = sorted((name for name in names if len(name) > 2), key=lambda name: (-len(name), name))
    example_of = _example_of(library, names)
    read = (row["target"] for row in example_of if row["role"] == "class")
    classes = dict.fromkeys((*read, *(each for name in names for each in of_drug(name)), *([] if is_drug else [query])))
    called = tuple(filter(None, (" ".join(words_in(name)).casefold() for name in parts)))
    shared, meant = (tuple(" ".join(each) for each in find(classes)) for find in (kin, wordings))
    acting = [(role, query) for each in ([] if is_drug else role_mentions(query)) for role in each.roles]
    roles = tuple(OwnRole(role, None, 1, name) for role, name in (*acting, *known_roles(names), *effects_of(classes)))
    nothing = (Index(), Index(), (), Passages(()))
    profile = Profile(known, False, tuple(classes), called, (), (), roles, shared, meant, *nothing)
    return Subject(library, "", profile, names, example_of)


def _example_of(library: Library, names: Sequence[str], but: str = "") -> Rows:
    return library.examples(sorted({fold(name) for name in names}), but)


def _in_words(role: Role) -> str:
    if role.role == "effect":
        return role.target
    words = (" or ".join(sorted(role.strengths)), role.target.replace("PGP", "P-gp"), role.role)
    return " ".join(filter(None, words))


class Ranked(NamedTuple):
    """A statement, and how soon it is to be read: lower is sooner."""

    rank: tuple[int, ...]
    statement: Statement
    is_rule: bool = False
    """Whether it is an interaction by a role in which one drug changes the level of another."""
    is_exception: bool = False
    """Whether it is an interaction by name that denies an effect."""


_NONE = frozenset[ClassWords]()


def statements(of: Subject, on: Subject) -> Iterator[Ranked]:
    """What the monograph of one drug says of another, in document order, each statement once."""
    has = of.words.issuperset
    if asked := {p: of.places(p) for p in on.wordings_with(of) if has(p)}:
        shared = _shared(of, on)
        asked = {p: places for p, places in asked.items() if p not in shared}
    names, roles = of.words & on.called.firsts, of.acting & on.asked
    if not (asked or names or roles):  # of two drugs in three, when the whole ward's list is asked
        return
    by_class = set[int]().union(*asked.values())
    by_name = set[int]().union(*map(of.profile.words.numbers, names))
    by_role = set[int]().union(*map(of.profile.acting.numbers, roles))
    seen: set[str] = set()
    quoted = 0  # up to which line
    labelled = 0  # the last line whose label names it
    for number in sorted(by_name | (by_class | by_role).difference(of.profile.by_name_alone)):
        passage = of.profile.passages[number]
        if passage.section != "faq" and passage.line <= quoted:
            continue
        named = _named(of.spelled(number), on) if number in by_name else []
        meant = frozenset([each for each, places in asked.items() if number in places]) if number in by_class else _NONE
        if any(end <= passage.label for _, end in named):
            labelled = passage.line
        mentions = [hit for hit in named if not _is_beside_the_point(passage, *hit, by_name=True)]
        via: Literal["name", "class", "role"] = "name"
        because: Ground | None = None
        if not mentions and passage.kind not in BY_NAME_ALONE:
            if meant:
                mentions, via = list(_by_class(passage, of, on, meant)), "class"
            is_named = labelled > 0 and passage.line == labelled + 1
            if not mentions and passage.roles and (found := _by_role(passage, on, is_named=is_named)):
                (start, end), because = found
                mentions, via = [(start, end)], "role"
        umbrella = via == "class" and all(is_umbrella(passage.own[start:end]) for start, end in mentions)
        if not mentions or (umbrella and passage.section.startswith(_AMONG_OTHERS)):
            continue
        if via == "name" and mentions[0][0] >= passage.label > 0 and meant:  # its class is the label
            mentions = [hit for hit in _by_class(passage, of, on, meant) if hit[1] <= passage.label] + mentions
        matched = tuple(dict.fromkeys(passage.own[start:end] for start, end in mentions))
        text = _quoted(passage, matched)
        if (key := _bare(text)) not in seen:
            seen.add(key)
            quoted = passage.last
            rank = _rank(passage, mentions[0], via, because, umbrella=umbrella)
            if rank[0] == _DENIALS and because and because.role.endswith("substrate"):
                continue  # that it leaves levels of many drugs alone says nothing of this one
            danger = _danger(passage, mentions[0], rank[0], by_name=via == "name")
            statement = Statement(of.slug, passage.section, passage.line, text, matched, via, because, danger)
            is_interaction = passage.kind == "interactions"
            denial = is_interaction and via == "name" and rank[0] == _DENIALS
            yield Ranked(rank, statement, is_interaction and _is_on_levels(because) and rank[0] != _DENIALS, denial)


def means(of: Subject, on: Subject, label: str) -> bool:
    """Whether a label of one drug's doses ("strong CYP3A4 inhibitors") means another drug by its class or role."""
    from druginfo.library.profiling import read_passage

    passage = read_passage("", 0, 0, label, label, "interactions", 0)
    between = (label[one.end : other.start] for one, other in pairwise(passage.roles))
    if any(_TOGETHER.search(text) for text in between) and not all(_fitting(each, on) for each in passage.roles):
        return False
    of_class = frozenset(each for each in on.wordings_with(of) if set(each) <= set(phrase(label)))
    return bool(_by_role(passage, on, is_named=False)) or any(_by_class(passage, of, on, of_class))


_TOGETHER = re.compile(r"\b(?:with|plus|and)\b(?!/)", re.I)
"""Between roles of which a drug needs each: "moderate CYP3A4 inhibitors with strong CYP2C19 inhibitors"."""


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """The words of a text, by which one that is quoted twice is known."""
    return re.sub(r"\W+", " ", text.casefold())


_AMONG_OTHERS = ("us", "indication", "popular", "combination")
"""Sections that name what the drug is given along with: "hypertension, with other antihypertensive drugs"."""


# ---------------------------------------------------------------- order

_FIRST = ("danger", "boxed", "interactions", "advice", "faq", "rest")


_ON_LEVELS = ("substrate", "inhibitor", "inducer")
"""Roles by which one drug changes the level of another: read after those by which both do the same to the patient."""


_OF_ANOTHER, _DENIALS = 7, 9


def _is_on_levels(because: Ground | None) -> bool:
    return because is not None and " " in because.role and because.role.split()[-1] in _ON_LEVELS


def _rank(
    passage: Passage, hit: tuple[int, int], via: str, because: Ground | None, *, umbrella: bool
) -> tuple[int, ...]:
    """Passages that speak of the combination by danger; then interactions by name, by class, by role; denials last.

    `umbrella`: of a class by what its drugs are for, which says no more than a role.
    """
    whole = passage.sentences[-1][2]  # how little it says of what to do: another dose, another measure, nothing
    sense = whole if passage.kind in ("danger", "interactions") else _sense(passage, *hit)
    grave = 0 if passage.kind == "danger" or sense & Sense.FORBIDDEN else 1 if sense & Sense.AVOID else 2
    denied = bool(sense & Sense.DENIES) and grave > 1
    if denied and not sense & Sense.ONLY_DENIES and passage.kind == "interactions":
        denied, grave = False, 3
    elif grave == 2 and not sense & Sense.GRAVE:
        grave = 4
    if passage.kind == "advice" and passage.section.startswith(("us", "indication")):
        denied = denied or bool(sense & Sense.PERMITS)
    place = _FIRST.index(passage.kind)
    if passage.kind == "boxed" and grave >= 2:
        grave = 1 if sense & Sense.TOGETHER else 5
    by = ("name", "class", "role").index(via) if not umbrella else 2
    if denied:
        tier = _DENIALS
    elif passage.kind == "interactions" and _is_anothers(passage, *hit):
        tier = _OF_ANOTHER
    elif place <= 2:  # what is forbidden or advised against, then lines by name, then by class or role
        tier = grave if grave < 2 else 2 + min(by, 1) + 3 * (grave > 4)
    else:
        tier = grave + 4 if place == 3 else 8
    enzyme = int(_is_on_levels(because))
    where = place if tier else place * (place > 1)
    little = 0 if whole & Sense.NEW_DOSE else 1 if whole & Sense.MEASURE else 2
    return tier, by, where, enzyme, grave if little else min(grave, 2), little, passage.line


def _danger(passage: Passage, hit: tuple[int, int], tier: int, *, by_name: bool) -> Danger:
    """What the words of a passage say at worst of taking both drugs.

    Among interactions and contraindications it is on that as a whole; elsewhere only by the sentence that names the
    drug, or that says of a class or role that it is taken together.
    """
    if tier == _DENIALS:
        return "no_effect"
    if tier == _OF_ANOTHER or passage.kind in BY_NAME_ALONE:
        return "mentioned"
    start, end = hit
    sense = passage.sentences[-1][2]
    if passage.kind not in ("danger", "interactions"):
        own = _sense(passage, start, end)
        if by_name or passage.kind == "boxed" or own & Sense.TOGETHER:
            sense &= ~(0 if own & Sense.AVOID else Sense.ADVISED_AGAINST)
            sense = own & Sense.FORBIDDEN | (sense if own & (Sense.AVOID | Sense.GRAVE) else 0)
        else:
            sense = sense & ~Sense.ADVISED_AGAINST if own & Sense.GRAVE else 0
    if passage.kind == "danger":
        from druginfo.classes.senses import has_its_own, is_condition

        around = passage.own[:start], passage.own[end:]
        if has_its_own(*around):
            return "mentioned"
        if not is_condition(*around):
            return "contraindicated"
    elif passage.kind == "boxed" and _sense(passage, start, end) & Sense.TOGETHER:
        sense |= Sense.SERIOUS
    return next((danger for flag, danger in _BY_SENSE if sense & flag), "mentioned")


_BY_SENSE: tuple[tuple[int, Danger], ...] = (
    (Sense.FORBIDDEN, "contraindicated"),
    (Sense.ADVISED_AGAINST, "avoid"),
    (Sense.SERIOUS, "serious"),
    (Sense.NEW_DOSE, "dose"),
    (Sense.MEASURE, "monitor"),
)


def _sense(passage: Passage, start: int, end: int) -> int:
    """The sense of the sentence around a mention; of one in a label, of the first sentence after it too."""
    found = 0
    for number, (first, last, sense) in enumerate(passage.sentences[:-1]):
        if first < end and start < last:
            found |= sense
            if number == 0 and passage.label and len(passage.sentences) > 2:
                found |= passage.sentences[1][2]
    return found


def _is_anothers(passage: Passage, start: int, end: int) -> bool:
    """Whether the mention comes after a label that names another partner."""
    return bool(passage.label and start >= passage.label and not passage.sentences[0][2] & Sense.EFFECT)


# ---------------------------------------------------------------- mentions by name


def _named(text: Spelled, on: Subject) -> list[tuple[int, int]]:
    """Where the other drug's names are in a passage, those inside another drug's name left out."""
    return [
        (text.places[first][0], text.places[after - 1][1])
        for first, after in on.called.places(text)
        if not _inside_another(text, first, after, on)
    ]


_NEVER_IN_A_NAME = word_list("names", "beside") | TIME_WORDS | AMOUNT_WORDS
"""Words beside a name that make it no other drug's name: a look into the lexicon is spared."""


def _inside_another(text: Spelled, first: int, after: int, on: Subject) -> bool:
    """Whether the words around a name make it another drug's: "estradiol" in "ethinyl estradiol"."""
    begin, end = first, after
    while begin and first - begin < 2 and text.between(begin) in (" ", "-"):
        begin -= 1
    while end < len(text.words) and end - after < 2 and text.between(end) in (" ", "-"):
        end += 1
    if begin < first and text.words[first - 1] in _NEVER_IN_A_NAME:
        begin = first
    if end > after and text.words[after] in _NEVER_IN_A_NAME:
        end = after
    for i in range(first, begin - 1, -1):
        for j in range(after, end + 1):
            whole = text.text[text.places[i][0] : text.places[j - 1][1]]
            if (i, j) != (first, after) and not on.called.has(whole) and _is_another(whole, on):
                return True
    return False


def _is_another(name: str, on: Subject) -> bool:
    from druginfo.names.lexicon import lexicon
    from druginfo.names.salts import same_moiety

    folded = fold(name)
    if on.library.knows(name):
        return on.library.find(name, exact=True).slug != on.slug
    known = lexicon().find(folded)
    if known is None or not known.is_medicine or any(map(on.called.has, same_moiety(name))):
        return False
    own = [lexicon().find(fold(each)) for each in on.names]
    return not set(known.drugs) & {drug for each in own if each and not each.joint for drug in each.drugs}


# ---------------------------------------------------------------- mentions by class

_OTHER = frozenset({"other", "another", "additional", "different", "two", "multiple", "further"})


def _is_beside_the_point(passage: Passage, start: int, end: int, *, by_name: bool) -> bool:
    """Whether what is mentioned there is not taken together with the drug: an allergy, a history, what was tried, what
    a trial compared, what is taken instead, what an effect is treated with."""
    sense = _sense(passage, start, end)
    in_label = bool(passage.label) and end <= passage.label and passage.kind == "interactions"
    if sense & Sense.HINT:
        from druginfo.classes.senses import is_other_use

        first = max((begin for begin, _, _ in passage.sentences[:-1] if begin <= start), default=0)
        other = is_other_use(passage.own[first:start], passage.own[end:])
        if other & 1 and not in_label and not sense & Sense.TOGETHER:
            return True
        if not in_label and (other & 4 or (other & 2 and not by_name)):
            return True
    if passage.kind in ("rest", "advice") and sense & Sense.TRIAL and not sense & Sense.CUE:
        return True
    return not in_label and not by_name and bool(sense & (Sense.SUBSTITUTE | Sense.EVIDENCE))


def _shared(of: Subject, on: Subject) -> frozenset[ClassWords]:
    """The broader wordings of a class that both drugs are of: "antihypertensives" are not just other beta blockers."""
    narrow = of.class_with(on)
    if narrow is None:
        return frozenset()
    return (of.wordings & on.wordings) - equals(narrow)


def _by_class(passage: Passage, of: Subject, on: Subject, asked: frozenset[ClassWords]) -> Iterator[tuple[int, int]]:
    """The words of a passage that mean drugs of the other's class; none where the text means its own class by them."""
    text = passage.own
    own = of.wordings
    spelled = phrase(text)
    firsts = {phrase[0] for phrase in asked}
    after = 0
    for at in [place for place, word in enumerate(spelled) if word in firsts]:
        if at < after:
            continue
        length = max((len(p) for p in asked if spelled[at : at + len(p)] == p), default=0)
        found = placed(text) if length else ()
        if length and is_said_of(text, found, at, length) and not is_part_of_another(spelled, at, length, asked):
            first, restricting = qualified(text, found, at)
            start, end = found[first].start, found[at + length - 1].end
            if (
                (not restricting or not restricting.isdisjoint(on.profile.qualities))
                and _is_advice(passage, start, end)
                and _is_subject(passage, start, end)
                and _has_role(passage, start, on)
                and not is_left_out(text, start)
                and not is_negated(found, at, length, on.wordings)
                and not _is_beside_the_point(passage, start, end, by_name=False)
            ):
                name, before = spelled[at : at + length], spelled[max(0, first - 2) : first]
                if name not in own or not _OTHER.isdisjoint(before) or _is_label(passage, start):
                    yield _with_long_form(text, start, end), end
        after = at + length


def _with_long_form(text: str, start: int, end: int) -> int:
    """Where a class begins whose abbreviation is in brackets: "angiotensin converting enzyme (ACE) inhibitors"."""
    opened = text.rfind("(", 0, start + 1)
    if ")" not in text[start:end] or text[opened + 1 : start].strip():
        return start
    long = spelled_out(text[start : text.index(")", start)], text[:opened].rstrip())
    return text.rindex(long, 0, opened) if long else start


def _is_advice(passage: Passage, start: int, end: int) -> bool:
    """Whether the class there is spoken of as taken together with the drug, neither compared nor given up before."""
    if passage.kind == "interactions":
        return True
    sense = _sense(passage, start, end)
    return not sense & Sense.COMPARISON and (passage.kind == "danger" or bool(sense & Sense.CUE))


def _is_subject(passage: Passage, start: int, end: int) -> bool:
    """Whether a class or role there is the passage's partner: after a label that names another, it is that one's, but
    for one that is a label itself, of several that have run together."""
    if passage.kind != "interactions" or not passage.label or end <= passage.label or passage.own[end : end + 1] == ":":
        return True
    return bool(passage.sentences[0][2] & Sense.EFFECT) and not any(m.end <= passage.label for m in passage.roles)


def _has_role(passage: Passage, start: int, on: Subject) -> bool:
    """Whether the drug has the role in whose brackets a class is: macrolides among "strong CYP3A4 inhibitors"."""
    opened = passage.own.rfind("(", 0, start)
    if opened < 0 or ")" in passage.own[opened:start]:
        return True
    role = next((m for m in passage.roles if 0 <= opened - m.end <= 2), None)
    if role is None or all(each.role == "effect" for each in role.roles):
        return True
    return _fitting(role, on) is not None


def _is_label(passage: Passage, start: int) -> bool:
    """Whether that is an interaction's own heading; elsewhere a text that names its own class means itself."""
    text = passage.own
    return passage.kind == "interactions" and start < next(
        (m.start() for m in re.finditer(r":(?=\s|$)| \| ", text)), len(text)
    )


# ---------------------------------------------------------------- mentions by role


_OTHERS = re.compile(r"(?i)^\W*(?:with\s+)?other\s*$")


def _by_role(passage: Passage, on: Subject, *, is_named: bool) -> tuple[tuple[int, int], Ground] | None:
    """The first words that mean drugs with a role of the other's, and where that role was read.

    `is_named`: whether the label right above names the drug: "other strong CYP3A inhibitors" are not that one.
    """
    for mention in passage.roles:
        ground = _fitting(mention, on)
        if ground is None or not _is_subject(passage, mention.start, mention.end):
            continue
        if _is_beside_the_point(passage, mention.start, mention.end, by_name=False):
            continue
        if passage.kind in ("advice", "boxed") and not _speaks_of_use(passage, mention):
            continue
        if _is_narrowed(passage, mention, on) or is_left_out(passage.own, mention.start):
            continue
        if is_named and _is_on_levels(ground) and _OTHERS.search(passage.own, 0, mention.start):
            continue
        return (mention.start, mention.end), ground
    return None


def _speaks_of_use(passage: Passage, mention: RoleMention) -> bool:
    in_label = passage.label and mention.end <= passage.label
    sense = _sense(passage, mention.start, mention.end)
    return bool(in_label or sense & Sense.CUE or " with " in f" {passage.own.lower()}")


def _is_narrowed(passage: Passage, mention: RoleMention, on: Subject) -> bool:
    """Whether words around the role leave only some of its drugs: "QT-prolonging antipsychotics", "opioids that CYP3A4
    breaks down"; or one, which it is said of: "tizanidine (CYP1A2 substrate)"."""
    if passage.own[: mention.start].endswith("(") and passage.own.startswith(")", mention.end):
        return passage.own[: mention.end].endswith(_ON_LEVELS)
    before = re.search(r"([A-Za-z-]+s)\s+(?:that are\s+|which are\s+)?$", passage.own[: mention.start])
    if before and mention.roles[0].role == "substrate":
        head = phrase(before[1])
        return bool(head) and head[0] not in _GENERAL and head not in on.wordings
    return False


_GENERAL = frozenset("drug agent medicine medication product substance compound other substrate".split())


def _fitting(mention: RoleMention, on: Subject) -> Ground | None:
    """Where it was read that the drug has the role, or all of them where all are asked for."""
    known = ([g for role, g in on.by_asked.get(asked.meaning, ()) if as_strong(asked, role)] for asked in mention.roles)
    found = [grounds[0] for grounds in known if grounds]
    return found[0] if found and (not mention.all or len(found) == len(mention.roles)) else None


# ---------------------------------------------------------------- quoting

_LONG = 600  # characters: of a longer passage only the sentences with the mention are quoted


def _quoted(passage: Passage, mentions: Sequence[str]) -> str:
    """The passage; of a long one the sentences with a mention, from the first to the last of each of its lines, and
    the rows of its table."""
    text = passage.text
    if len(text) <= _LONG or (len(text) <= 2 * _LONG and ("\n" in text or passage.label)):
        return text
    lines = [line for line in text.split("\n") if " | " in line or any(mention in line for mention in mentions)]
    return "\n".join(_sentences(line, mentions) for line in lines) or text


def _sentences(line: str, mentions: Iterable[str]) -> str:
    if len(line) <= _LONG or not any(mention in line for mention in mentions):
        return line
    places = [(line.find(mention), line.rfind(mention) + len(mention)) for mention in mentions if mention in line]
    breaks = [0, *(m.end() for m in re.finditer(r"(?<=[.!?;])\s+(?=[A-Z(\[•])", line)), len(line)]
    first = max(b for b in breaks if b <= min(start for start, _ in places))
    last = min(b for b in breaks if b >= max(end for _, end in places))
    return line[first:last].strip()
