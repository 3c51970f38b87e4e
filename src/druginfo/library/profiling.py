"""A monograph → what a question about two drugs needs of it; the examples that it gives are read for the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo import topics
from druginfo.classes import kin, of_drug, phrase, wordings, words
from druginfo.classes.abbreviations import defined_in
from druginfo.classes.profile import BY_NAME_ALONE, Example, Index, OwnRole, Passage, Passages, Profile, Role, Sense
from druginfo.classes.roles import ENZYME, effects, effects_of, role_mentions, strengths_in, targets_in
from druginfo.classes.senses import sense, sentence_senses
from druginfo.markup import lead_in, plain, plain_text
from druginfo.model import Block, Monograph, Section
from druginfo.names import fold, ingredients
from druginfo.names.drugs import generic_names
from druginfo.terms import sentences, words_in
from druginfo.terms.phrase_list import phrases_of
from druginfo.topics.outline import heads_of, records

_SAYS = phrases_of("roles")


def read(monograph: Monograph) -> Profile:
    """Everything that is read of a monograph, which is of the classes that its name shows where it gives none. Never
    raises."""
    monograph = monograph._replace(classes=monograph.classes or of_drug(monograph.title))
    passages = tuple(_passages(monograph))
    on_classes = (*monograph.classes, monograph.description or "")
    qualities = {word.word for text in on_classes for word in words(text)}
    called = tuple(_called(monograph))
    roles = tuple(_unique(_own_roles(monograph, passages, _pattern(called))))
    if any(each.role.target == "QT" for each in roles):
        qualities.add("prolonging")
    defined = tuple(defined_in(monograph))
    quality = tuple(sorted(qualities))
    shared = tuple(sorted(" ".join(each) for each in kin(monograph.classes)))
    meant = tuple(sorted(" ".join(each) for each in wordings(monograph.classes, defined)))
    all_words = Index.of((*words_in(passage.own.casefold()), *phrase(passage.own)) for passage in passages)
    acting = Index.of((role.meaning for mention in p.roles for role in mention.roles) for p in passages)
    head = (monograph.title, monograph.is_banned, monograph.classes)
    by_name_alone = tuple(number for number, passage in enumerate(passages) if passage.kind in BY_NAME_ALONE)
    kept = Passages.of(passages)
    return Profile(*head, called, defined, quality, roles, shared, meant, all_words, acting, by_name_alone, kept)


# ---------------------------------------------------------------- passages


_KINDS = {
    "danger": ("contraindications",),
    "boxed": ("boxed-warning",),
    "interactions": ("interactions",),
    "advice": ("dosage", "precautions", "combinations", "usage", "alcohol"),
}
_LEFT_OUT = ("names", "overdose")


def is_left_out(section: Section) -> bool:
    """Whether a section says nothing of taking the drug together with another."""
    return topics.has_any(_LEFT_OUT, section)


def kind_of(section: Section) -> str:
    """What a section's passages are, as `Passage.kind` has it."""
    if topics.is_faq(section):
        return "faq"
    return next((kind for kind, keys in _KINDS.items() if topics.has_any(keys, section)), "rest")


def _passages(monograph: Monograph) -> Iterator[Passage]:
    for section in monograph.sections:
        if is_left_out(section):
            continue
        kind = kind_of(section)
        if section.title and "/" in section.key and section.text:
            last = section.blocks[-1].line
            yield read_passage(
                section.key, section.line, last, f"{section.title}\n{section.text}", section.title, kind, 0
            )
        blocks = section.blocks
        heads = heads_of(blocks)
        whole = records(blocks, heads)
        in_records = {row for rows in whole.values() for row in rows}
        for i, block in enumerate(blocks):
            if i in whole:
                yield _record(section, block, [blocks[row] for row in whole[i]], kind)
            elif i in in_records:
                continue
            elif block.kind == "row":
                table = [blocks[each] for each in heads[i] if blocks[each].kind == "header"]
                text = plain_text([*table, block])
                yield read_passage(section.key, block.line, block.line, text, plain_text([block]), kind, 0)
            elif block.kind not in ("header", "rule"):
                parents = [blocks[number] for number in heads[i]]
                if any(_SAYS.left_out_label.search(plain(each.text)) for each in (*parents, block)):
                    continue
                nested = [other for other, over in zip(blocks, heads, strict=True) if i in over]
                own = plain(block.text)
                text = own if not parents and not nested else _outline([*parents, block, *nested])
                last = nested[-1].line if nested else block.line
                yield read_passage(section.key, block.line, last, text, own, kind, label_of(block, own))
    for faq in topics.faqs_beside(monograph):
        text = f"{faq.question}\n{faq.answer}"
        yield read_passage("faq", max(faq.line, 1), faq.line, text, text, "faq", 0)


_EXAMPLES = re.compile(r"\W*(?:examples?|drugs?)\b", re.I)


def _record(section: Section, head: Block, rows: Sequence[Block], kind: str) -> Passage:
    """A row or line with the rows that say one thing each of it, of which the examples are part of its label."""
    named = [each for each in rows if _EXAMPLES.match(plain(each.cells[0]))]
    label = "; ".join(plain_text([each]) for each in (head, *named)).strip(" |")
    statements = [": ".join(map(plain, each.cells)) for each in rows if each not in named]
    own = "\n".join((f"{label}:", *statements))
    text = "\n".join((plain_text([head]).rstrip(" |"), plain_text(rows)))
    return read_passage(section.key, head.line, rows[-1].line, text, own, kind, len(label))


def label_of(block: Block, own: str) -> int:
    """The length of a block's lead-in label, with or without emphasis: "Bleeding: more likely with NSAIDs"."""
    found = lead_in(block.text)[0] or re.match(r"[^:.|]{2,80}(?=: )|", own)
    return len(found if isinstance(found, str) else found[0] if found else "")


def read_passage(section: str, line: int, last: int, text: str, own: str, kind: str, label: int) -> Passage:
    """A passage with the roles and the senses of its sentences, the fields as `Passage` has them."""
    roles = () if kind in ("rest", "faq") else tuple(role_mentions(own))
    senses = tuple(sentence_senses(own, label, text, is_whole=kind in ("danger", "interactions")))
    return Passage(section, line, last, text, own, kind, label, roles, senses)


def _outline(blocks: Sequence[Block]) -> str:
    lines = plain_text(blocks).split("\n")
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return "\n".join(line[margin:] for line in lines)


# ---------------------------------------------------------------- names


def _pattern(called: Sequence[str]) -> str:
    """A regular expression for any of a drug's names as a whole word."""
    loose = (re.escape(name).replace(r"\ ", r"[^\w!-&(-,/:-@\[-`{-~]{0,3}") for name in called)
    capital = (f"(?-i:{each[0]}){each[1:]}" if each[0].isupper() else each for each in loose)
    return rf"(?<![^\W_])(?:{'|'.join(capital) or '(?!)'})(?![^\W_])"


def _called(monograph: Monograph) -> Iterator[str]:
    """The drug's names, the lexicon's other generic names of it among them, long ones first."""
    found = {name.name: name.field for name in monograph.names if len(fold(name.name)) > 2}
    for named in (name.name for name in monograph.names if name.field in ("title", "inn")):
        for name in generic_names(named):
            found.setdefault(name, "synonym")
    called = [name.name for name in monograph.names if name.field in ("title", "inn", "synonym")]
    for part in (part for name in called for part in ingredients(name) if part != name):
        if len(fold(part)) > 4:  # what is said of an ingredient concerns the combination
            found.setdefault(part, "inn")
    for name, field in sorted(found.items(), key=lambda item: (-len(item[0]), item[0])):
        words = " ".join(words_in(name)).casefold()
        if words:  # a brand that is an ordinary word in lower case is that word
            yield words[0].upper() + words[1:] if field == "brand" else words


# ---------------------------------------------------------------- what the drug does


_MINOR = re.compile(r"\b(?:minor|minimal|lesser|little|small|possible|slight)\b[^.;,]{0,60}$", re.I)
_IS = r"(?:is|acts\s+as)\s+(?:also\s+)?(?:both\s+)?(?:an?\s+)?$"
_VERB = re.compile(
    r"(?P<strength>\w+ly\s+)?\b(?P<role>inhibits|induces)\s+(?P<rest>[^.;]{2,80})(?P<late>\s+(?:strongly|moderately|weakly))?",
    re.I,
)
_GOES_ON = re.compile(r"(?:\balso|\band|[;,])$", re.I)
_INDUCED = ("CYP3A", "CYP2C9", "CYP2C19")
"""What a general inducer of the liver's enzymes induces: these answer to the same receptors (PXR, CAR)."""


def _unique(found: Iterator[OwnRole]) -> Iterator[OwnRole]:
    seen: set[Role] = set()
    for each in found:
        if each.role not in seen:
            seen.add(each.role)
            yield each


def _own_roles(monograph: Monograph, passages: Sequence[Passage], called: str) -> Iterator[OwnRole]:
    for wording in (*monograph.roles, *monograph.classes):
        for mention in role_mentions(f"{wording} drugs") if not ENZYME.search(wording) else role_mentions(wording):
            yield from (OwnRole(role, None, 1, wording) for role in mention.roles)
    given = {role.casefold() for role in monograph.roles}
    named = [(Role(key, "effect"), key) for key in effects() if key.casefold() in given]
    shared = [each for each in effects_of(monograph.classes) if each[0].target.casefold() not in given]
    yield from (OwnRole(role, None, 1, name) for role, name in (*named, *shared))
    yield from _by_text(monograph, called)
    for passage in passages:
        yield from _by_interactions(passage)
    for section in monograph.sections:
        yield from _by_effects(section)


def _by_text(monograph: Monograph, called: str) -> Iterator[OwnRole]:
    """Sentences whose subject the drug is, and the line on its metabolism."""
    for section in monograph.sections:
        about_it = topics.has_any(("mechanism", "pharmacokinetics", "summary"), section)
        for block in section.blocks:
            text = plain(block.text)
            if not ENZYME.search(text):
                continue
            fate = about_it and _SAYS.fate.search(text)
            for sentence in sentences(text):
                if not ENZYME.search(sentence) or _SAYS.in_vitro.search(sentence):
                    continue
                found = list(_said_of_it(sentence, called, about_it))
                if fate and not found and not _SAYS.acts.search(sentence) and not _SAYS.denied.search(sentence):
                    found = [
                        Role(target, "substrate")
                        for target, at in targets_in(sentence)
                        if not _MINOR.search(sentence[:at])
                    ]
                yield from (OwnRole(role, section.key, block.line, sentence.strip()) for role in _general(found))


def _general(found: Sequence[Role]) -> Iterator[Role]:
    """The roles; a general inducer of the liver's enzymes induces those that answer to the same receptors."""
    for role in found:
        if role.target != "CYP":
            yield role
        elif role.role == "inducer":
            yield from (role._replace(target=target) for target in _INDUCED)


def _said_of_it(sentence: str, called: str, about_it: bool) -> Iterator[Role]:
    """The roles that a sentence gives the drug; `about_it`: one without a subject or with "it" does."""
    subject = rf"(?:{called}|\bit|\bwhich)" if about_it else called
    bare = re.sub(r"^\W*(?:[^:.]{1,60}:\s+)?", "", sentence)
    for mention in role_mentions(bare):
        before = bare[: mention.start]
        roles = [role for role in mention.roles if role.role != "effect"]
        if re.search(rf"{subject}\s+(?:also\s+)?{_IS}", before, re.I) or (about_it and _SAYS.also_a.search(before)):
            yield from roles
    for match in _VERB.finditer(bare):
        before = bare[: match.start()].rstrip()
        elided = about_it and (not before or _GOES_ON.search(before))
        own = elided or re.search(rf"{subject}(?:\s+also)?$", before, re.I)
        if own and not _SAYS.of_others.search(before):
            kind = {"inhibits": "inhibitor", "induces": "inducer"}[match["role"].lower()]
            strengths = strengths_in(f"{match['strength']} {match['late']}")
            yield from (Role(target, kind, strengths) for target, _ in targets_in(match["rest"]))


def _by_interactions(passage: Passage) -> Iterator[OwnRole]:
    """What an interaction says of the drug itself: it is a substrate of what an inhibitor is said to raise it by, an
    inhibitor of what breaks down the drugs that it raises, and one of "other" nephrotoxic drugs itself."""
    if passage.kind != "interactions":
        return
    body = passage.own[passage.label :]
    for mention in passage.roles:
        before = passage.own[: mention.start]
        for role in mention.roles:
            if role.role == "effect":
                labelled = passage.label and mention.end <= passage.label
                adds = labelled and (_SAYS.additive.search(body) or effects()[role.target].itself.search(body))
                if adds or _SAYS.another.search(before):
                    yield OwnRole(Role(role.target, "effect"), passage.section, passage.line, passage.own)
            elif not passage.label or mention.end > passage.label or sense(body) & Sense.DENIES or role.target == "CYP":
                continue
            elif role.role == "substrate":
                up, down = _SAYS.up.search(body), _SAYS.down.search(body)
                if up and (not down or up.start() < down.start()):
                    yield OwnRole(Role(role.target, "inhibitor"), passage.section, passage.line, passage.own)
                elif down:
                    yield OwnRole(Role(role.target, "inducer"), passage.section, passage.line, passage.own)
            else:
                yield OwnRole(Role(role.target, "substrate"), passage.section, passage.line, passage.own)


def _by_effects(section: Section) -> Iterator[OwnRole]:
    """The effects that Side Effects, Precautions and the boxed warning head."""
    is_effect = topics.has_section("side-effects", section)
    if not is_effect and not topics.has_any(("precautions", "boxed-warning"), section):
        return
    is_common = is_effect and "common" in section.title.casefold()
    for block in section.blocks:
        text = plain(block.text)
        lines = [part.strip() for part in re.split(r"[,;]\s+", text)] if is_effect else [text]
        for part in lines:
            head = _SAYS.gravity.sub("", part.lstrip("- ")).lstrip()
            for effect, named in effects().items():
                if (is_common and effect != "QT") or not named.itself.match(head) or _SAYS.denied.search(head[:80]):
                    continue
                if effect != "QT" and is_effect and part is not lines[0]:
                    continue
                if is_effect and effect in _WARNED_OF and not _SAYS.grave.search(part):
                    continue
                yield OwnRole(Role(effect, "effect"), section.key, block.line, text)
            if is_effect and _SAYS.prolongs.search(part) and not _SAYS.denied.search(part):
                yield OwnRole(Role("QT", "effect"), section.key, block.line, text)


_WARNED_OF = frozenset({"bleeding", "myelosuppressive", "seizures", "nephrotoxic", "hepatotoxic"})
"""Effects that many drugs have had now and then: the drug is one of those that do it where its text warns of it or
calls it severe."""


# ---------------------------------------------------------------- examples


_GIVEN = r"(?:e\.g\.,?\s*|such as\s+|including\s+|like\s+|for example\s+)?"
_BRACKET = re.compile(rf"\s*(?:\({_GIVEN}([^()]{{3,600}})\)|(?:such as|including|like)\s+([^.;:()]{{3,300}}))", re.I)
_CLASS = re.compile(
    rf"(?:^|and |, )\W*(?:other\s+|some\s+|certain\s+)?([A-Za-z][^():,;]{{2,50}}s)\s*\({_GIVEN}([^()]{{3,400}})\)", re.I
)


def examples(monograph: Monograph) -> Iterator[Example]:
    """The drugs that the text gives as examples of a role or of a class, in brackets right after it."""
    for section in monograph.sections:
        if not any(map(_may_give, (section.title, section.text))) or is_left_out(section):
            continue
        kind = kind_of(section)
        if kind in ("faq", "rest"):
            continue
        if "/" in section.key and section.text:
            yield from _examples(section, section.line, section.title, kind)
        heads: list[tuple[int, ...]] = []
        for number, block in enumerate(section.blocks):
            if block.kind in ("header", "rule") or not _may_give(block.text):
                continue
            own = plain_text([block]) if block.kind == "row" else plain(block.text)
            found = list(_examples(section, block.line, own, kind, block))
            if found and block.kind != "row":
                heads = heads or heads_of(section.blocks)
                over = (*(section.blocks[each] for each in heads[number]), block)
                if any(_SAYS.left_out_label.search(plain(each.text)) for each in over):
                    continue
            yield from found


def _may_give(text: str) -> bool:
    """Whether a look at brackets and words alone leaves it open that a text gives examples."""
    return "(" in text or "such as" in text or "including" in text or "like" in text


def _examples(section: Section, line: int, own: str, kind: str, block: Block | None = None) -> Iterator[Example]:
    if not _may_give(own):
        return
    mentions = tuple(role_mentions(own))
    for mention in mentions:
        match = _BRACKET.match(own, mention.end)
        if not match or len({role.role for role in mention.roles}) != 1:
            continue
        if len(mention.roles) > 1 and not mention.all and _OR.search(own, mention.start, mention.end):
            continue
        for name in _listed(match[1] or match[2]):
            for role in mention.roles:
                yield Example(fold(name), role, section.key, line, own)
    if kind == "interactions" and not mentions and block and block.kind != "row":
        for match in _CLASS.finditer(own[: label_of(block, own)]):
            role = Role(" ".join(phrase(match[1])), "class")
            for name in _listed(match[2]):
                yield Example(fold(name), role, section.key, line, own)


_OR = re.compile(r"\bor\b|,")


def _listed(text: str) -> Iterator[str]:
    for part in re.split(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|;\s*", text):
        name = part.strip(" .")
        if 3 < len(name) < 40 and len(name.split()) <= 3 and name[:1].isalpha():
            yield name
