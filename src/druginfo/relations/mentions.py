"""Where a monograph means another drug: by one of its names, or by a class that the other's monograph gives itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from druginfo import topics
from druginfo.classes import Phrase, is_part_of_another, is_said_of, qualified, wordings, words
from druginfo.classes.abbreviations import Definition, defined_in
from druginfo.classes.roles import Role, fits, role_mentions, roles_of
from druginfo.library import Library
from druginfo.markup import lead_in, plain, plain_text, slugify
from druginfo.model import Block, Monograph, Section, Statement
from druginfo.names import fold
from druginfo.topics.outline import standing_under


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
        self.qualities |= {"prolonging"} & {role.role for role in self.roles}
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
        via: Literal["name", "class"] = "name"
        if not mentions and passage.kind != "rest":
            if asked is None:
                asked = (on.wordings(of.defined), of.wordings())
            mentions, via = list(_by_class(passage, on, *asked)), "class"
        text = _quoted(passage, mentions)
        if mentions and slugify(text) not in seen:
            seen.add(slugify(text))
            quoted = passage.last
            yield Statement(of.monograph.slug, passage.section, passage.line, text, tuple(dict.fromkeys(mentions)), via)


_DANGER = ("contraindications", "boxed-warning")
_ADVICE = ("dosage", "precautions", "combinations", "usage", "overdose", "alcohol")


def kind_of(section: Section) -> str:
    """What a section's passages are, as `Passage.kind` has it."""
    if topics.is_faq(section):
        return "rest"
    for kind, keys in (("danger", _DANGER), ("interactions", ("interactions",)), ("advice", _ADVICE)):
        if any(topics.has_section(key, section) for key in keys):
            return kind
    return "rest"


# ---------------------------------------------------------------- passages

_LONG = 600  # characters: of a longer passage only the sentences with the mention are quoted


def _passages(monograph: Monograph) -> Iterator[Passage]:
    for section in monograph.sections:
        kind = kind_of(section)
        if section.title and "/" in section.key and section.text:
            last = section.blocks[-1].line
            yield Passage(section.key, section.line, last, f"{section.title}\n{section.text}", section.title, kind)
        blocks = section.blocks
        under = standing_under(blocks)
        header: Block | None = None
        for i, block in enumerate(blocks):
            if block.kind == "header":
                header = block
            elif block.kind == "row":
                with_header = [header, block] if header and block.header else [block]
                own = plain_text([block])
                yield Passage(section.key, block.line, block.line, plain_text(with_header), own, kind)
            elif block.kind != "rule":
                parents = [blocks[number] for number in under[i]]
                nested = [other for other, over in zip(blocks, under, strict=True) if i in over]
                text = plain(block.text) if not parents and not nested else _outline([*parents, block, *nested])
                last = nested[-1].line if nested else block.line
                yield Passage(section.key, block.line, last, text, plain(block.text), kind)
    body = slugify(" ".join(f"{s.title} {s.text}" for s in monograph.sections if topics.is_faq(s)))
    for faq in monograph.faqs:
        if slugify(f"{faq.question} {faq.answer}") not in body:
            text = f"{faq.question}\n{faq.answer}"
            yield Passage("faq", max(faq.line, 1), faq.line, text, text, "rest")


def _outline(blocks: Sequence[Block]) -> str:
    lines = plain_text(blocks).split("\n")
    margin = min(len(line) - len(line.lstrip(" ")) for line in lines)
    return "\n".join(line[margin:] for line in lines)


def _quoted(passage: Passage, mentions: Sequence[str]) -> str:
    """The passage; of a long one the sentences with a mention, from the first to the last of each of its lines."""
    text = passage.text
    if len(text) <= _LONG or (len(text) <= 2 * _LONG and ("\n" in text or lead_in(text)[0])):
        return text
    lines = [line for line in text.split("\n") if any(mention in line for mention in mentions)]
    return "\n".join(_sentences(line, mentions) for line in lines) or text


def _sentences(line: str, mentions: Sequence[str]) -> str:
    if len(line) <= _LONG:
        return line
    places = [(line.find(mention), line.rfind(mention) + len(mention)) for mention in mentions if mention in line]
    breaks = [0, *(m.end() for m in re.finditer(r"(?<=[.!?;])\s+(?=[A-Z(\[•])", line)), len(line)]
    first = max(b for b in breaks if b <= min(start for start, _ in places))
    last = min(b for b in breaks if b >= max(end for _, end in places))
    return line[first:last].strip()


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
    from druginfo.names.lexicon import lexicon

    known = lexicon()
    found = [known.find(fold(name.name)) for name in monograph.names if name.field in ("title", "inn")]
    drugs = {each.drugs[0] for each in found if each and len(each.drugs) == 1}
    return {name for drug in drugs for name in (known.drug(drug).title.lower(), *known.drug(drug).also)}


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
    from druginfo.names.lexicon import lexicon
    from druginfo.names.salts import same_moiety

    folded = fold(name)
    if on.library.knows(name):
        return on.library.find(name, exact=True).slug != on.monograph.slug
    known = lexicon().find(folded)
    if known is None or not known.is_medicine or any(on.called.fullmatch(bare) for bare in same_moiety(name)):
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
    r"\b(?:more|less|higher|greater|lower|fewer)\b[^.]*\bthan\b|\b(?:compared|relative)\b", re.IGNORECASE
)
_TRIED = re.compile(
    r"\b(?:inadequate(?:ly)?|not adequately|refractory to|failed|failure (?:of|on|with)|intoleran\w+)\b[^.;:]*$",
    re.IGNORECASE,
)
"""Before a class: what a patient took without success."""


def _by_class(passage: Passage, on: Subject, asked: frozenset[Phrase], own: frozenset[Phrase]) -> Iterator[str]:
    """The words of a passage that mean drugs of the other's class; none where the text means its own class by them."""
    text = passage.own
    for mention in role_mentions(text):
        if fits(mention, on.roles):
            yield text[mention.start : mention.end]
    found = words(text)
    at = 0
    while at < len(found):
        length = max((len(p) for p in asked if tuple(w.word for w in found[at : at + len(p)]) == p), default=0)
        if length and is_said_of(text, found, at, length) and not is_part_of_another(found, at, length, asked):
            first, restricting = qualified(text, found, at)
            start, end = found[first].start, found[at + length - 1].end
            if (not restricting or restricting & on.qualities) and _is_advice(passage, start, end):
                name = tuple(w.word for w in found[at : at + length])
                before = {w.word for w in found[max(0, first - 2) : first]}
                if name not in own or before & _OTHER or _is_label(passage, start):
                    yield text[start:end]
        at += max(length, 1)


def _is_advice(passage: Passage, start: int, end: int) -> bool:
    """Whether the class there is spoken of as taken together with the drug, neither compared nor given up before."""
    if passage.kind == "interactions":
        return True
    sentence = _sentence(passage.own, start, end)
    if _COMPARISON.search(sentence) or _TRIED.search(passage.own[:start]):
        return False
    return passage.kind != "advice" or bool(_CUE.search(sentence))


def _is_label(passage: Passage, start: int) -> bool:
    """Whether an interaction's own heading stands there; elsewhere a text that names its own class means itself."""
    text = passage.own
    return passage.kind == "interactions" and start < next(
        (m.start() for m in re.finditer(r":(?=\s|$)| \| ", text)), len(text)
    )


def _sentence(text: str, start: int, end: int) -> str:
    begin = max((m.end() for m in re.finditer(r"[.!?]\s+", text[:start])), default=0)
    stop = re.search(r"[.!?](?:\s|$)", text[end:])
    return text[begin : end + stop.end() if stop else len(text)]
