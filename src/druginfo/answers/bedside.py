"""What the rest of a monograph says of a patient's organs, age or pregnancy, where its doses do not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from druginfo import topics
from druginfo.library import Library
from druginfo.library.kept import packed, unpacked
from druginfo.markup import plain, plain_text
from druginfo.model import Affirmed, Block, Condition, DoseNote, Head, Hidden, Monograph, Regimens, Section, Statement
from druginfo.terms import abridged, patterns, sentences, told_once, without_brackets, words_in
from druginfo.terms.phrase_list import Phrases
from druginfo.terms.same import folded, holds

if TYPE_CHECKING:
    from druginfo.dosing import Patient
    from druginfo.dosing.pattern import Pattern


class OnTopic(NamedTuple):
    """What a monograph says on one topic, outside of its doses."""

    topic: str
    sections: tuple[Section, ...]
    """Narrowed to the passages: boxed warning and contraindications first."""
    first: Hidden[int]
    """How many of the sections are a boxed warning or contraindications."""
    named: Hidden[bool] = False
    """Whether some dosing row is for them, though it is not known to be for this patient."""
    words: Hidden[str] = ""
    """A regular expression for what was asked in other words than a topic's."""
    near: Hidden[tuple[str, ...]] = ()
    """The words of the text that are only near these, where it has none of them."""
    dosed: Hidden[frozenset[tuple[str, int]]] = frozenset()
    """Where in the doses those are named that are no topic: sections and lines."""

    @property
    def called(self) -> str:
        """Its name, with the words of the text that are near it: "Asthma (bronchospastic disease)"."""
        near = f" ({', '.join(self.near)})" if self.near else ""
        return f"{self.topic[:1].upper()}{self.topic[1:]}{near}"

    @property
    def pattern(self) -> Pattern | re.Pattern[str]:
        """What finds the topic, or any of the words by which something else was asked."""
        from druginfo.dosing.patient import TOPICS

        if self.topic == "weight":
            return _KILOGRAMS
        if self.topic in ("children", "elderly") and (known := topics.known(self.topic)):
            return known.pattern  # with figures: "are age 60 or older"
        return TOPICS.get(self.topic) or re.compile(self.words or "|".join(map(re.escape, words_in(self.topic))), re.I)


def regimens(library: Library, slug: str, *, for_patient: bool = False) -> Regimens:
    """The rows and notes on doses of a monograph; `for_patient`: the rows with their conditions.

    Raises NotFound for none by that slug.
    """

    def read() -> list[Any]:
        from druginfo.dosing import read_doses

        return packed(read_doses(library.open(slug), conditions=for_patient))

    found: Regimens = unpacked(library.kept(slug, "doses-for-patients" if for_patient else "doses", read))
    return found


def head(library: Library, slug: str) -> Head:
    """What a monograph says of itself, over its doses. Raises NotFound for none by that slug."""

    def read() -> list[Any]:
        from druginfo.topics.boxed import boxed_warnings

        m = library.open(slug)
        return packed(Head(m.title, m.is_banned, m.last_modified, m.document, m.language, boxed_warnings(m), m.faults))

    found: Head = unpacked(library.kept(slug, "head", read))
    return found


_MOTHERS = ("pregnancy", "breastfeeding")


def passages(library: Library, slug: str, patient: Patient) -> tuple[OnTopic, ...]:
    """The passages on what was asked of the patient, by topic: boxed warning and contraindications first.

    Then what precautions and the sections for groups of patients say, but for overdose; only where they say
    nothing, the rest of the monograph but for doses. A topic of which all this says nothing has no sections.
    """
    from druginfo.dosing import topics_of
    from druginfo.dosing.patient import TOPICS

    return tuple(
        _on(library, slug, key)
        if key in TOPICS
        else _on_weight(library, slug, patient)
        if key == "weight"
        else _in_group_words(library, slug, key)
        for key in topics_of(patient)
    )


def noted(
    asked: Iterable[OnTopic], notes: Sequence[DoseNote], is_of_patient: Callable[[str], bool]
) -> dict[str, dict[DoseNote, str]]:
    """The notes on doses that name what was asked, by topic, each with its sentences that do, and with its line."""
    from druginfo.dosing.patient import TOPICS

    found = defaultdict[str, dict[DoseNote, str]](dict)
    for each in asked:
        is_topic = each.topic in TOPICS
        for note in notes if is_topic or each.dosed else ():
            if is_topic or (note.section, note.line) in each.dosed:
                its = [text for text in sentences(note.text) if each.pattern.search(text) and is_of_patient(text)]
                if its:
                    found[each.topic][note] = f"{each.called}, line {note.line}: “{' '.join(its)}”"
    return found


def _in_words(library: Library, slug: str, words: str, is_quoted: Callable[[Section], bool]) -> OnTopic:
    """What some sections say in these words, as of people who are no topic: boxed warning, contraindications first."""
    from druginfo.classes.abbreviations import other_forms
    from druginfo.topics.excerpts import with_words
    from druginfo.topics.outline import with_heads
    from druginfo.topics.wording import telling, wanted, widened

    monograph = library.open(slug)
    ways = (words, _SINCE_WHEN.sub("", words), _HOW_BAD.sub("", words), *_bracketed(words), *_more_widely(words))
    for way in dict.fromkeys(ways):
        asked = wanted((way or words).split(), other_forms(monograph))
        found = with_words(monograph, asked)
        if found and not found.missing:
            break
    terms = telling(asked)
    terms = widened(terms) if found and found.near else terms
    near = found.near if found else ()
    pattern = "|".join(each.pattern.pattern for each in terms)
    every = found.sections if found and not found.missing else ()
    dosed = set() if near else {(section.key, block.line) for section in every for block in section.blocks}
    held = [section for section in every if is_quoted(section)]
    of_drug = next(filter(None, (_of_drug(library, slug, way) for way in (words, *_bracketed(words)))), ())
    if meant := [each for each in of_drug if each.via != "name" or not every]:
        pattern = "|".join([pattern, *(re.escape(mention) for each in meant for mention in each.mentions)])
        lines = {(each.section, each.line) for each in meant}
        dosed |= lines
        lines |= {(section.key, block.line) for section in held for block in section.blocks}
        titled = {s.key for s in monograph.sections if (s.key, s.line) in lines}  # by the title: all of it

        def meant_in(section: Section) -> Iterator[int]:
            for number, block in enumerate(section.blocks):
                if section.key in titled or (section.key, block.line) in lines:
                    yield number

        kept = ((section, with_heads(section.blocks, meant_in(section))) for section in monograph.sections)
        held = [topics.narrowed(section, blocks) for section, blocks in kept if blocks and is_quoted(section)]
    return _soonest_first(words, held, pattern, near)._replace(dosed=frozenset(dosed))


def _in_group_words(library: Library, slug: str, group: str) -> OnTopic:
    """What the sections that may warn of somebody say of a group in its own words.

    What the patient had a reaction to is sought as an allergy, by its names and class too. Where no passage has all of
    the words, those on each drug, class, disease and topic in them count: of CABG, of "5 days after CABG"; in boxed
    warning and contraindications those that have any of the words.
    """
    found = _in_words(library, slug, group, _may_tell)
    if (reacted := _REACTED.search(group)) and (allergy := _on_allergy(library, slug, reacted["what"])):
        return _together(library, slug, group, [found, allergy])
    if found.sections:
        return found
    from druginfo.topics.wording import telling, wanted

    parts: dict[str, OnTopic] = {}
    for word in dict.fromkeys(term.typed for term in telling(wanted(group.split()))):
        is_told = _may_tell if _is_of_medicine(library, slug, word) else _is_soonest
        if word != group and (part := _in_words(library, slug, word, is_told)).sections:
            parts[word] = part
    return _together(library, slug, group, parts.values())._replace(near=tuple(parts)) if parts else found


def _together(library: Library, slug: str, topic: str, parts: Iterable[OnTopic]) -> OnTopic:
    """What several passages say, as on one topic."""
    with_text = [part for part in parts if part.sections]
    lines: dict[str, set[int]] = defaultdict(set)
    for section in (section for part in with_text for section in part.sections):
        lines[section.key] |= {block.line for block in section.blocks}
    whole = (section for section in library.open(slug).sections if section.key in lines)
    narrowed = [topics.narrowed(s, tuple(b for b in s.blocks if b.line in lines[s.key])) for s in whole]
    words = "|".join(part.pattern.pattern for part in with_text)
    return _soonest_first(topic, narrowed, words)._replace(dosed=frozenset().union(*(p.dosed for p in with_text)))


def _may_tell(section: Section) -> bool:
    """Whether a section may warn of somebody, or is of what is taken too."""
    return _may_warn(section) or topics.has_section("interactions", section)


def _is_soonest(section: Section) -> bool:
    return topics.has_any(topics.SOONEST, section)


def _on_allergy(library: Library, slug: str, what: str) -> OnTopic | None:
    """What boxed warning, contraindications and precautions say of an allergy, by names and classes."""
    from druginfo.answers.allergies import allergens

    found = allergens(library, [what], [slug])
    sections = [section for each in found for drug in each.drugs for section in drug.sections]
    return _soonest_first(what, sections, "|".join(each.found_by for each in found)) if sections else None


_REACTED = re.compile(
    rf"{patterns.REACTION}[^,;]*?\b(?:to|from|with|on|after|by)\s+(?:an?\s+|the\s+)?(?P<what>[^,;]+)", re.I
)
"""What somebody reacted to: "hives with Keflex"."""


def _is_of_medicine(library: Library, slug: str, words: str) -> bool:
    """Whether words are a drug, a class, a disease or a topic by themselves."""
    from druginfo.dosing.indications import names_disease
    from druginfo.topics.wording import alike

    return (
        names_disease(words) or topics.known(words) is not None or bool(alike(words)) or _drug(library, slug, words)[0]
    )


def _bracketed(words: str) -> tuple[str, ...]:
    """What is around brackets and what is in them, which says the same: "oral contraceptives (the pill)"."""
    inside = re.findall(r"\(([^()]+)\)", words)
    return (without_brackets(words).strip(), *inside) if inside else ()


def _more_widely(words: str) -> Iterator[str]:
    """What a disease is a kind of, and the same without the words before it that tell it apart: "fungal infection" of
    "invasive fungal infection"."""
    from druginfo.dosing.indications import names_disease
    from druginfo.terms.conditions import kinds

    yield from kinds(words)
    each = words.split()
    ways = (" ".join(each[at:]) for at in range(1, len(each)))
    for way in ways if len(each) <= _LONGEST_NAME else ():
        if names_disease(way) and (" " in way or way.endswith(_NAMING)):
            yield way


_LONGEST_NAME = 5  # words
_NAMING = ("itis", "osis", "emia", "oma", "pathy", "algia", "uria")
"""How a word ends that names a disease alone: "infectious mononucleosis" is one, no kidney failure is a failure."""
_SINCE_WHEN = re.compile(rf"^(?:{patterns.SINCE_WHEN})+", re.I)
_HOW_BAD = re.compile(rf"^(?:{patterns.SINCE_WHEN}|{patterns.HOW_BAD})+", re.I)
"""Texts on a disease are on a severe one, too, where none has that word."""


def _soonest_first(topic: str, sections: Sequence[Section], words: str = "", near: tuple[str, ...] = ()) -> OnTopic:
    """The passages on a topic, boxed warning and contraindications first."""
    ranked = sorted(sections, key=lambda each: not topics.has_any(topics.SOONEST, each))
    first = sum(topics.has_any(topics.SOONEST, each) for each in ranked)
    return OnTopic(topic, tuple(ranked), first, words=words, near=near)


def _of_drug(library: Library, slug: str, words: str) -> tuple[Statement, ...]:
    """What a monograph says of a drug of that name, by its name, class or role; nothing where it is no drug's."""
    from druginfo.answers.interactions import MutualMentions

    is_drug, other = _drug(library, slug, words)
    if not is_drug:
        return ()
    if other is None:
        return MutualMentions(library, [slug], [words]).read().of(words)
    pairs = MutualMentions(library, [slug, other]).read().pairs()
    return tuple(each for _, pair in pairs for each in pair.statements if each.slug == slug)


def _drug(library: Library, slug: str, words: str) -> tuple[bool, str | None]:
    """Whether words mean another drug than a monograph's, by its name or by a class or role ("CYP3A4 inhibitor"); and
    the slug of the one of that name where it has a monograph."""
    found = library.resolve(words, exact=True)
    other = found.match.slug if found.match and found.match.kind == "exact" else None
    if found.status == "not_found":
        from druginfo.answers.spotting import of_class
        from druginfo.classes import is_class
        from druginfo.classes.roles import role_mentions

        return any(role_mentions(words)) or is_class(words) or bool(of_class(library, words)), None
    return other != slug and (other is not None or found.status == "absent"), other


def rows_on(library: Library, slug: str, regimens: Regimens, patient: Patient) -> dict[str, frozenset[int]]:
    """For each group that was asked about, the numbers of the rows that mean it as a drug: by any of its names ("taking
    propranolol", of Inderal), else by its class or role, ketoconazole by "strong CYP3A4 inhibitors".

    None by a role where it is not known whether the drug is a strong or a moderate one, or where an organ decides, too.
    """
    from druginfo.dosing import topics_of

    topics_asked = topics_of(patient) if patient.groups else {}
    return {each: _rows_on_all(library, slug, regimens, each) for each in patient.groups if each in topics_asked}


def _rows_on_all(library: Library, slug: str, regimens: Regimens, group: str) -> frozenset[int]:
    """The rows that mean all drugs of a group of nothing else: "darunavir boosted with ritonavir"."""
    if ways := _bracketed(group):  # "Norvasc (amlodipine)"
        return next(filter(None, (_rows_on_all(library, slug, regimens, each) for each in ways)), frozenset())
    drugs = [each for each in _TOGETHER.split(_FOR_WHAT.split(group)[0].strip()) if each]
    if len(drugs) == 1 or not all(_drug(library, slug, each)[0] for each in drugs):
        return _rows_on(library, slug, regimens, drugs[0] if len(drugs) == 1 else group)
    return frozenset.intersection(*(_rows_on(library, slug, regimens, each) for each in drugs))


_TOGETHER = re.compile(r"\s*(?:/|\+|,|\b(?:boosted\s+(?:with|by)|plus|and|with)\b)\s*", re.I)
"""Between drugs that are taken together."""
_FOR_WHAT = re.compile(r"\s+for\s+", re.I)
"""Before what somebody takes a drug for."""


def _rows_on(library: Library, slug: str, regimens: Regimens, drug: str) -> frozenset[int]:
    rows = regimens.rows
    is_drug, other = _drug(library, slug, drug) if rows else (False, None)
    if not is_drug:
        return frozenset()
    from druginfo.answers.mentions import Subject, absent_subject, means
    from druginfo.classes.profile import Spelled
    from druginfo.classes.roles import role_mentions, strengths_in

    of = Subject(library, slug)
    on = Subject(library, other) if other else absent_subject(library, drug)
    nearest: dict[int, str] = {}
    named: set[int] = set()
    for number, row in enumerate(rows):
        of_organ = any({"kidney", "liver"}.intersection(c.says) for c in row.conditions)
        if _TAKEN.search(row.text) and any(on.called.places(Spelled.of(row.text))):
            named.add(number)
        for condition in row.conditions if not (of_organ or row.renal or row.hepatic) else ():
            if condition.kind == "drug" or "others" in condition.says:
                nearest[number] = condition.text
                if any(on.called.places(Spelled.of(condition.text))):
                    named.add(number)
    if named:
        return frozenset(named)
    meant = {number: label for number, label in nearest.items() if means(of, on, label)}
    for number, row in enumerate(rows):
        of_organ = any({"kidney", "liver"}.intersection(c.says) for c in row.conditions)
        mention = None if number in meant or of_organ else next(role_mentions(row.text), None)
        if mention and _TAKEN.search(row.text[: mention.start]):  # "in patients taking strong inhibitors of …"
            label = row.text[mention.start : mention.end]
            meant |= {number: label} if means(of, on, label) else {}
    strengths = {strength for label in meant.values() for strength in strengths_in(label)}
    return frozenset(meant) if len(strengths) < 2 else frozenset()


_TAKEN = Phrases("taking | receiving | with | using | on | treated | combin* | concomitant* | together | coadminist*")
"""Around a drug that a row names as one that is taken, too."""
_FOR_NONE = Phrases(
    "not (be) indicated/approved/recommended/used | contraindicated | not as (a) treatment/therapy for/of",
    "did/does/do not demonstrate/show/establish _3 benefit/efficacy/effectiveness | unapproved use/uses",
)
_UNPROVEN = Phrases(
    "safety/efficacy/effectiveness/benefit/benefits … not (been) established/demonstrated/shown/proven",
    "not (been) shown/demonstrated/proven … safe/effective | not (been) studied/evaluated in/for",
    "fail*/failed to demonstrate/show/establish | no (clinical) benefit/efficacy | not effective/indicated/approved",
    "not recommended for/in/to | should/must not be used/given/taken for/in/to | unapproved use/uses",
)
_GOES_ON = Phrases(
    "not recommended … these/such | avoid* … these/such | in/for/to these/such _ … not | not … in/for/to these/such"
)
"""A refusal of what the sentence before it names: "this drug is not recommended in these settings"."""
_MOST_SAID = 3


def refusals(
    library: Library, slug: str, patient: Patient, is_of_patient: Callable[[str], bool]
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What a monograph says against an indication that was asked for, each after the name of its section, but for
    people who were not asked about.

    Three sentences that refuse it, those of contraindications first, then of boxed warning and uses, then what other
    sections say was not shown; what else it tells not to do in it; and whether the uses refuse it.
    """
    from druginfo.dosing import topics_of
    from druginfo.dosing.patient import TOPICS
    from druginfo.terms.asked import PREVENTION, aims_in, is_of_another, read

    parts = read(patient.indication or "", library.meanings).parts
    if any(part.is_known for part in parts):
        parts = tuple(part for part in parts if part.is_known or part.stage)  # around it the ward says when and where
    prevents = any(part.stage and part.stage.name == PREVENTION for part in parts)
    asked = topics_of(patient)

    def is_named(text: str) -> bool:
        words = folded(text)
        return all(
            part.stage.is_in(text) or (part.is_soft and not is_of_another(part.stage, text))  # of every grade
            if part.stage
            else any(holds(words, folded(way)) for way in part.ways)
            for part in parts
        )

    def is_general(called: str, text: str) -> bool:
        words = f"{called} {text}"
        return called in _CALLED.values() or not any(
            topic not in asked and pattern.search(words) for topic, pattern in TOPICS.items()
        )

    found = {
        folded(each): (called, each)
        for called, each in _against(library, slug)
        if parts and is_named(each) and is_of_patient(each) and is_general(called, each)
    }
    refusing = [called in _CALLED.values() or _UNPROVEN.search(each) is not None for called, each in found.values()]
    quoted = [f"{called}: “{each}”" for called, each in found.values()]
    first = told_once(each for each, refuses in zip(quoted, refusing, strict=True) if refuses)[:_MOST_SAID]
    more = [each for each in told_once((*first, *quoted)) if each not in first]
    is_denied = any(
        called == _CALLED["usage"]
        and is_named(re.split(patterns.WHY, each, maxsplit=1)[0])
        and (prevents or ("aim", PREVENTION) not in aims_in(each))  # which was not asked
        for called, each in found.values()
    )
    return tuple(first), tuple(more), is_denied


def _against(library: Library, slug: str) -> tuple[tuple[str, str], ...]:
    """The sentences that may refuse a use, each after what its section is called: those of contraindications first."""

    def read() -> list[Any]:
        found: dict[str, list[tuple[str, str]]] = {key: [] for key in (*_CALLED, "")}
        for section in library.open(slug).sections:
            key = next((key for key in _CALLED if topics.has_section(key, section)), "")
            forbids = key == "contraindications"
            if forbids:
                refuses: Callable[[str], object] = bool
            else:
                refuses = _FOR_NONE.search if key else lambda text: _UNPROVEN.search(text) or _is_refusal(text)
            if key or _is_near(section) or topics.has_section("interactions", section):
                each_of = [each.strip(" -•\n") for each in sentences(section.text)]
                called = _CALLED.get(key, section.title)
                for number, each in enumerate(each_of):
                    if refuses(each):
                        after = [i for i in (number + 1, number + 2) if _GOES_ON.search("".join(each_of[i : i + 1]))]
                        through = after[0] + 1 if after and not forbids else number + 1
                        found[key].append((called, " ".join(each_of[number:through])))
        return packed(tuple(each for every in found.values() for each in every))

    found: tuple[tuple[str, str], ...] = unpacked(library.kept(slug, "against", read))
    return found


def not_for_adults(library: Library, slug: str, patient: Patient) -> tuple[str, ...]:
    """What boxed warning and uses say of all adults where the patient is one: "not approved for use in adults"."""
    from druginfo.terms.patterns import NOT_FOR_ADULTS
    from druginfo.terms.stages import ADULTS

    if patient.age is None or patient.age.days < ADULTS.low:
        return ()
    every = (f"{called}: “{each}”" for called, each in _against(library, slug) if re.search(NOT_FOR_ADULTS, each, re.I))
    return tuple(told_once(every))[:1]


def usage(library: Library, slug: str) -> list[tuple[int, str]]:
    """The sentences of Usage, each with its line."""
    used = [section for section in library.open(slug).sections if topics.has_section("usage", section)]
    blocks = (block for section in used for block in section.blocks)
    return [(block.line, each) for block in blocks for each in sentences(plain(block.text))]


def for_others(stated: Sequence[tuple[int, str]], is_of_patient: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Of sentences on uses, with their lines, the first that is for others ("in adults who have not responded"), where
    none says that it is to be used for people of the patient's age."""
    from druginfo.dosing.people import stages

    of_others = [each for each in stated if not is_of_patient(each[1])]
    of_patient = (text for line, text in stated if (line, text) not in of_others)
    return [] if any(stages(text) and _TO_USE.search(text) for text in of_patient) else of_others[:1]


def outside_uses(
    library: Library, slug: str, patient: Patient, affirmed: Callable[[], Sequence[Affirmed]]
) -> str | None:
    """Why no use is for the patient's age, of those that affirm the indication where one was asked for: each names ages
    and none of them is theirs. None where some use may be for them."""
    from druginfo.dosing import has_figure
    from druginfo.dosing.people import stages

    if patient.age is None:
        return None
    is_of_age = may_be_of(library, slug, patient._replace(weight=None, egfr=None, crcl=None, hepatic=None))

    def is_for_others(text: str) -> bool:
        named = [each for each in sentences(plain(text)) if has_figure(each) or stages(each)]
        return bool(named) and not any(map(is_of_age, named))

    def read() -> list[Any]:
        from druginfo.topics.indications import indications

        every = (each.words for each in indications(library.open(slug), {}))
        return packed(tuple(each for each in every if not each.endswith(":")))

    if patient.indication:
        uses: Sequence[str] = [each.text for each in affirmed()]
    else:
        uses = unpacked(library.kept(slug, "uses", read))
    return "its uses are for other ages" if uses and all(map(is_for_others, uses)) else None


_TO_USE = Phrases("indicated/approved | treatment/management/prevention/prophylaxis/relief of | to treat")


def uses(library: Library, slug: str) -> str:
    """What Usage affirms first, for an error where no dose names an indication; empty where it affirms nothing."""
    from textwrap import shorten

    from druginfo.topics.indications import indications

    found = next((each.words for each in indications(library.open(slug), {})), "")
    return f"Usage: “{shorten(found, _USED, placeholder=' …')}”" if found else ""


_USED = 240  # characters
_CALLED = {"contraindications": "Contraindications", "boxed-warning": "Boxed warning", "usage": "Uses"}


def may_be_of(library: Library, slug: str, patient: Patient) -> Callable[[str], bool]:
    """What says whether a sentence of a monograph may be of a patient: it names figures and grades of theirs, or none.

    Those in its sentences are kept: their reader takes longer to load than all the rest.
    """
    if not _FIGURES.intersection(patient.given):
        return lambda text: True
    from druginfo.dosing import may_be_of, told_figures

    @cache
    def known() -> dict[str, tuple[Condition, ...]]:
        return _figures(library, slug)

    def figures_in(text: str) -> Sequence[Condition]:
        found = known().get(text)
        return told_figures(text) if found is None else found

    return lambda text: may_be_of(text, patient, figures_in)


def _figures(library: Library, slug: str) -> dict[str, tuple[Condition, ...]]:
    """The ranges and grades in the sentences that may warn of somebody, and in those of notes on doses."""
    from druginfo.dosing import has_figure, told_figures
    from druginfo.topics.outline import nested

    def read() -> list[Any]:
        sections = [each for each in library.open(slug).sections if _may_warn(each)]
        texts = [plain(block.text) for section in sections for block in section.blocks]
        texts += [_whole(blocks) for section in sections for blocks in nested(section.blocks) if len(blocks) > 1]
        texts += [note.text for note in regimens(library, slug, for_patient=True).notes]
        boxed = (each for _, parts in head(library, slug).boxed_warnings for each in parts)
        every = (*(each for text in texts for each in sentences(text)), *boxed)
        return packed(tuple((each, told_figures(each)) for each in dict.fromkeys(every) if has_figure(each)))

    return dict(unpacked(library.kept(slug, "figures", read)))


def _on_weight(library: Library, slug: str, patient: Patient) -> OnTopic:
    """What sections that may warn of somebody say of people of the patient's weight, in figures."""
    is_of_patient = may_be_of(library, slug, patient)
    whose = [
        text
        for text, conditions in _figures(library, slug).items()
        if any(map(_is_of_weight, conditions)) and is_of_patient(text)
    ]
    found = []
    for section in library.open(slug).sections if whose else ():
        if _may_warn(section):
            blocks = tuple(b for b in section.blocks if not set(sentences(plain(b.text))).isdisjoint(whose))
            found += [topics.narrowed(section, blocks)] if blocks else []
    return _soonest_first("weight", found)


def _is_of_weight(condition: Condition) -> bool:
    """Whether a condition is for people by their weight: "100 mg in a 50 kg patient" says how a dose is counted."""
    return condition.kind == "weight" and any(band.min != band.max for band in condition.bands)  # type: ignore[union-attr]


_FIGURES = frozenset({"age", "weight", "egfr", "crcl", "hepatic"})


def _may_warn(section: Section) -> bool:
    """Whether a section is of those that may warn of somebody."""
    return topics.has_any((*topics.SOONEST, "usage"), section) or _is_near(section)


def of_children(found: tuple[OnTopic, ...]) -> tuple[tuple[str, bool], ...]:
    """The texts on children among passages, each with whether it is of contraindications."""
    about = (section for each in found if each.topic == "children" for section in each.sections)
    return tuple((section.text, topics.has_section("contraindications", section)) for section in about)


def against(library: Library, slug: str, found: Iterable[OnTopic], is_of_patient: Callable[[str], bool]) -> set[str]:
    """The topics of which the rest of the monograph speaks against the usual dose in such a patient: contraindications
    name them; of an organ it warns or has another dose, and does not say that none is needed; of people it refuses
    them the drug."""

    def speaks_against(passages: OnTopic) -> bool:
        words = passages.pattern
        on_topic = [
            (topics.has_section("contraindications", section), sentence)
            for section in passages.sections
            if _may_warn(section)
            for block in section.blocks
            for sentence in sentences(plain(block.text))
            if is_of_patient(sentence) and (words.search(sentence) or words.search(section.title))
        ]
        if any(forbids or "contraindicated" in text for forbids, text in on_topic):
            return True
        if passages.topic not in ("kidney", "liver"):
            return any(_REFUSED.search(text) for _, text in on_topic)
        read = _figures(library, slug) if any(_SPARED.search(text) for _, text in on_topic) else {}
        if any(_SPARED.search(text) and all(each.read for each in read.get(text, ())) for _, text in on_topic):
            return False
        return any(_warns(text, passages.topic) or _ADJUSTED.search(text) for _, text in on_topic)

    return {each.topic for each in found if not each.near and speaks_against(each)}


def forbidden(patient: Patient, against: Container[str]) -> set[str]:
    """The groups that were asked about, of whose topics the monograph speaks `against` the usual dose."""
    from druginfo.dosing import topics_of

    def is_against(topic: str) -> bool:
        return (known.words[0] if (known := topics.known(topic)) else topic) in against

    found = set()
    for group in patient.groups:
        asked = topics_of(patient._replace(population=group))
        if any("population" in by and is_against(topic) for topic, by in asked.items()):
            found.add(group)
    return found


_REFUSED = Phrases(
    "discontinue*/stop … pregnan* | pregnan* … discontinue*/stop* | not recommended | avoid use | do not use/give"
    " | should/must not be used/taken/given | should/must not use/take/receive | can/may/could cause fetal harm"
    " | contraindicated"
)
"""What refuses the drug to people, whatever else they take."""
_REFUSES = Phrases(
    "avoid* | do not _ | should/must …24 not use/take/receive/be | not approved/indicated/for"
    " | discontinue*/stop …24 before/prior/if/in"
)
"""What refuses it, or another one beside it."""


def _is_refusal(text: str) -> bool:
    return (_REFUSED.search(text) or _REFUSES.search(text)) is not None


_SPARED = Phrases(
    "no _2 adjustment* | not need/require* … adjust* | need not … adjusted"
    " | adjustment* … not necessary/needed/required/recommended/warranted"
)
_ADJUSTED = Phrases("reduce* | lower* | adjust* | decreas* | half | caution* | ask (a) doctor/pharmacist/physician")


def _on(library: Library, slug: str, key: str) -> OnTopic:
    """The passages on a topic. They are kept: to search a monograph takes longer than all the rest."""

    def read() -> list[Any]:
        monograph = library.open(slug)
        whole = {section.key: section for section in monograph.sections}
        first, others = _search(monograph, regimens(library, slug, for_patient=True), key)
        found = (
            each if each is whole[each.key] else topics.narrowed(whole[each.key], each.blocks)
            for each in (*first, *others)
        )
        return packed((len(first), tuple(found)))

    first, sections = unpacked(library.kept(slug, f"on-{key}", read))
    topic = topics.known(key)
    return OnTopic(topic.words[0] if topic else key, sections, first)


def _search(monograph: Monograph, regimens: Regimens, key: str) -> tuple[list[Section], list[Section]]:
    """What a monograph says on a topic in boxed warning and contraindications, and elsewhere."""
    doses = {row.section for row in regimens.rows} | {note.section for note in regimens.notes}
    topic = topics.known(key)
    assert topic is not None
    about = [section for section in topics.passages(monograph, topic, but=doses) if section.text]
    first = [s for name in topics.SOONEST for s in about if topics.has_section(name, s)]
    others = [kept for s in about if s not in first and (kept := _without_overdose(s)).text]
    near = filter(_is_near, others)
    beside = (s if key in _MOTHERS or not _is_of_mothers(s) else _not_of_mothers(s, topic.is_in) for s in near)
    return first, [s for s in beside if s.blocks] or others


def _not_of_mothers(section: Section, is_on_topic: Callable[[str], bool]) -> Section:
    """What a section on pregnancy or breastfeeding has on a topic in sentences of other people: labels run on."""

    def is_kept(text: str) -> bool:
        return any(is_on_topic(each) and not _OF_MOTHERS.search(each) for each in sentences(plain(text)))

    return topics.narrowed(section, tuple(block for block in section.blocks if is_kept(block.text)))


_OF_MOTHERS = Phrases(
    "pregnan* | breast* | nursing | lactat* | milk | *fetal | fetus* | mother* | maternal* | women | neonat* | newborn*"
    " | infant* | offspring | postnatal* | rat/rats | rabbit* | monkey* | animal* | birth | miscarriage | labor"
)


def needed(found: tuple[OnTopic, ...], answered: frozenset[str], named: frozenset[str]) -> tuple[OnTopic, ...]:
    """Of a topic that a dosing row answers, only the boxed warning and the contraindications; for the elderly, of whom
    most labels say how they were studied, what is about their dose."""
    kept = []
    for passages in found:
        first, others = passages.sections[: passages.first], passages.sections[passages.first :]
        if passages.topic in answered:
            others = ()
        elif passages.topic == "elderly":
            others = tuple(topics.narrowed(s, tuple(b for b in s.blocks if _DOSING.search(b.text))) for s in others)
        if sections := tuple(s for s in (*first, *others) if s.text):
            kept.append(passages._replace(sections=sections, named=passages.topic in named))
    return tuple(kept)


def on(library: Library, slug: str, words: str) -> tuple[OnTopic, ...]:
    """What boxed warning, contraindications, precautions and uses say of a condition, in its own words."""
    found = _in_words(
        library, slug, words, lambda each: topics.has_any((*topics.SOONEST, "precautions", "usage"), each)
    )
    return (found,) if found.sections else ()


def besides(
    slug: str,
    found: Iterable[OnTopic],
    shown: Iterable[OnTopic],
    is_of_patient: Callable[[str], bool],
    known: Iterable[str],
) -> tuple[list[str], list[str]]:
    """What the rest of the monograph warns of on each topic, where it is neither `known` nor shown above the doses, and
    what is left of that for below them: refusals first, two of each topic above. A boxed warning is shown anyhow."""
    places: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for each in shown:
        for number, section in enumerate(each.sections):
            boxed = "boxed" if topics.has_section("boxed-warning", section) else "above"
            where = boxed if number < each.first else "below"
            places[where] |= {(section.key, block.line) for block in section.blocks}
    above_them, below = places["above"], places["below"] - places["above"] | places["boxed"]
    first: list[str] = []
    rest: list[str] = []
    quoted = [*known]
    told_of = set[tuple[str, int]]()
    for each in found:
        lines = quotes(slug, [each], is_of_patient, quoted, close=True)
        known_lines = above_them | told_of if each.topic == "weight" else above_them  # a child's dose names weights
        fresh = [line for line in lines if (line.section, line.line) not in known_lines]
        fresh.sort(key=lambda line: (not _is_refusal(line.text), not _GIVES_DOSE.search(line.text)))
        above = [line for line in fresh if (line.section, line.line) not in below or _is_refusal(line.text)]
        for line in fresh:
            is_first = line in above[:MOST_TOLD]
            if is_first or (line.section, line.line) not in below:
                heading = next((s.title for s in each.sections if s.key == line.section), "")
                under = f" ({heading})" if _says_more(heading, line, each) else ""
                (first if is_first else rest).append(f"{each.called}, line {line.line}{under}: “{line.text}”")
                quoted += sentences(line.text)
                told_of.add((line.section, line.line))
    return first, rest


def _says_more(heading: str, line: Statement, on: OnTopic) -> bool:
    """Whether a heading of its own says what a sentence is about: "Infantile Hypertrophic Pyloric Stenosis" of "the
    risk of developing IHPS"."""
    words = [word for word in words_in(folded(heading)) if not word.isdigit()]
    is_topic = len(words) < _NAMES_MORE and on.pattern.search(heading)  # "8.6 Renal Impairment"
    is_own = "/" in line.section and not is_topic and not topics.of_heading(heading)
    return is_own and not {*words_in(folded(line.text))}.issuperset(words)


_NAMES_MORE = 4  # words
MOST_TOLD = 2


def quotes(
    slug: str,
    found: Sequence[OnTopic],
    is_of_patient: Callable[[str], bool],
    known: Iterable[str] = (),
    *,
    each_topic: bool = False,
    close: bool = False,
) -> tuple[Statement, ...]:
    """The sentences of passages that refuse or warn, a statement a paragraph, list item or row: those of boxed warnings
    and contraindications first. Left out is what is not `is_of_patient`, and what is `known`.

    `each_topic`: of a topic of which nothing warns the passage that names it first is quoted too. `close`: only what
    names its topic, or is under its heading.
    """
    from druginfo.topics.outline import nested

    lines: dict[tuple[str, int], list[tuple[str, bool]]] = {}
    of_topic: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for soonest in (True, False):
        for passages in found:
            for section in passages.sections[: passages.first] if soonest else passages.sections[passages.first :]:
                of_others = passages.topic not in _MOTHERS and _is_of_mothers(section)

                def is_told(text: str, of_others: bool = of_others) -> bool:
                    return is_of_patient(text) and not (of_others and _OF_MOTHERS.search(text))

                for blocks in nested(section.blocks):
                    if blocks[-1].kind != "row" or soonest or passages.words:
                        where = section.key, blocks[-1].line
                        of_topic[passages.topic].append(where)
                        text = _whole(blocks)
                        over = text if [b.kind for b in blocks[-2:]] == ["row", "row"] else ""
                        titled = passages.pattern.search(f"{section.title} {over}")
                        is_on_topic = titled or (soonest and len(text) < _SHORT)
                        named = close and not is_on_topic
                        warned = _warnings(text, passages, is_told, whole=soonest, named=named)
                        before = dict(lines.get(where, ()))  # a paragraph may be on several of what was asked
                        lines[where] = [(each, warns or before.pop(each, False)) for each, warns in warned]
                        lines[where] += before.items()
    for topic, places in of_topic.items() if each_topic else ():
        if not any(warns for where in places for _, warns in lines[where]):
            words = next(each.pattern for each in found if each.topic == topic)
            where = min(places, key=lambda each: not words.search(" ".join(text for text, _ in lines[each])[:_LABEL]))
            lines[where] = [(text, number < _MOST_SENTENCES) for number, (text, _) in enumerate(lines[where])]
    first = [*known]
    once = {*told_once([*first, *(text for each in lines.values() for text, warns in each if warns)])} - {*first}
    statements = []
    for where, own in lines.items():
        parts = [text if warns and text in once else "…" for text, warns in own]
        once -= {text for text, _ in own}
        if any(part != "…" for part in parts):
            text = abridged(parts).strip("… ")
            statements.append(Statement(slug, *where, text, (), "name"))
    return tuple(statements)


def _whole(blocks: Sequence[Block]) -> str:
    """A block's text after those that it is under."""
    return " ".join(
        plain_text([block]) if block.kind == "row" else plain(block.text)
        for block in blocks
        if block.kind != "header" or any(block.cells)
    )


def _warnings(
    text: str, on: OnTopic, is_of_patient: Callable[[str], bool], *, whole: bool, named: bool
) -> list[tuple[str, bool]]:
    """The sentences of a text, each with whether it refuses or warns; all of a short one where that is what its section
    is for. Where many do, or it is to be `named`, the first of those that name the topic."""
    is_short = whole and len(text) < _SHORT
    every = sentences(text)
    words = on.pattern
    kept = [each for each in every if is_short or (_warns(each, on.topic) and is_of_patient(each))]
    if named or len(kept) > _MOST_SENTENCES:
        kept = [each for each in kept if words.search(each)] or ([] if named else kept)
        kept = [each for each in kept if each in kept[:_MOST_SENTENCES] or _is_refusal(each)]
    return [(each, each in kept) for each in every]


def _warns(sentence: str, topic: str) -> bool:
    """Whether a sentence refuses or warns: of people of some weight whatever it says."""
    if topic in ("kidney", "liver") and _OF_THE_OLD.search(sentence):
        return False
    is_grave = _is_refusal(sentence) or _WARNING.search(sentence) is not None
    return topic == "weight" or (is_grave and not _HARMLESS.search(sentence))


_KILOGRAMS = re.compile(r"\bweigh|(?<![/\w])kg\b", re.I)
_HARMLESS = Phrases("no (overall) (clinically) (meaningful/significant/important) difference*")
_OF_THE_OLD = Phrases("reflecting (the) greater frequency of decreased")
"""What every label says of the elderly names organs, and is no warning of theirs."""
_MOST_SENTENCES, _LABEL = 3, 80
"""Of a paragraph; characters in which its label is."""
_SHORT = 300  # characters
_GIVES_DOSE = re.compile(patterns.CHANGED_DOSE, re.I)
_WARNING = Phrases(
    "contraindicated | avoid* | discontinue* | must | monitor* | adjust* | modif* | maximum | exceed*"
    " | not … recommended/approved/indicated/established/studied/evaluated/determined/known"
    "/demonstrated/shown/suitable/appropriate/used/given/administered | should/must/do/does not | not be used/given"
    " | not … first choice | first choice | fail*/failed to demonstrate/show"
    " | not demonstrate/show … benefit/efficacy/effectiveness | no … data/experience/studies/information"
    " | no (dose/dosing/dosage) recommendation*"
    " | reduc*/reduction/lower*/decreas*/increas*/doubl*/halv* _4 dose/doses/dosage/dosing/interval/frequency"
    " | half/halve/quarter _3 dose/doses/dosage"
    " | increased/greater/higher … risk/incidence/mortality/rate | risk/chance/risks/rate … greater/higher/increas*"
    " | more likely/often/frequent* | caution* | only if/when/for/after | reserve/reserved"
    " | may/is/are not (be) effective | not for | risk/risks of/for/that | harm* | closely monitor* | monitor … closely"
    " | serious/severe/fatal … reaction* | life-threatening | reports of"
    " | titrat* _3 slow*/gradual*/cautious* | slow* _2 titrat* | increas* _3 gradually/slowly | low* end of"
    " | start/started/starting/initiate/initiated _5 low*/small*/reduced (_) dose/doses/dosage"
    " | low*/small*/reduced (_) initial/starting dose/doses/dosage"
)


_DOSING = Phrases("dose/doses/dosage/dosing/titrat*/initiat*")


def _without_overdose(section: Section) -> Section:
    """A section without its paragraph on overdose: that dialysis removes a drug does not say how to use it."""
    from druginfo.topics.outline import heads_of

    heads = {n for n, block in enumerate(section.blocks) if topics.label_of(block).lower().startswith("overdos")}
    if not heads:
        return section
    over = heads_of(section.blocks)
    kept = (b for n, b in enumerate(section.blocks) if n not in heads and heads.isdisjoint(over[n]))
    return topics.narrowed(section, tuple(kept))


def _is_near(section: Section) -> bool:
    """Whether a section is about whom to take care of, not about how the drug was studied or works."""
    top = section.key.split("/", 1)[0]
    return (
        topics.has_section("precautions", section) or "population" in top or "special" in top or _is_of_mothers(section)
    )


def _is_of_mothers(section: Section) -> bool:
    """Whether a section, or one that it is in, is on pregnancy or breastfeeding."""
    return any(key in _MOTHERS for part in section.key.split("/") for key in topics.of_heading(part.replace("-", " ")))
