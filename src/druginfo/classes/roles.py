"""What drugs do to enzymes, transporters and patients, as texts say it of other drugs: "strong CYP3A4 inhibitors",
"drugs metabolized by CYP2D6", "a substrate of P-gp", "QT-prolonging drugs", "drugs that raise potassium"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from druginfo.classes import phrase, wordings
from druginfo.classes.profile import Role, RoleMention
from druginfo.terms import words_in
from druginfo.terms.files import data_rows, data_tables
from druginfo.terms.patterns import LIVER
from druginfo.terms.phrase_list import Phrases

_TARGET = (
    r"(?:(?:CYP ?|(?i:cytochrome P-?450) (?:\(CYP\) ?)?)\d[A-Z]\d{0,2}(?:/\d+)?(?: ?\(CYP ?\d\w*\))?"
    r"|P-glycoprotein(?: \(P-?gp\))?(?!\w)|P-?gp\b|BCRP|OATs? ?\d|OATP ?\d[A-Z]\d|MATE ?\d?(?:-?K)?"
    rf"|OCT ?\d|UGT(?: ?\d[A-Z]\d{{1,2}})?|(?i:(?:{LIVER}|microsomal|metaboli[sz]ing|drug-metaboli[sz]ing|CYP ?450|CYP"
    r"|cytochrome P-?450)(?: drug-metaboli[sz]ing| microsomal| metabolic)? enzymes?"
    r"|(?:the )?enzymes? of the liver|enzymes?(?=[ -](?:inhibitor|inducer|inducing))))"
)
_STRENGTHS = {
    "strong": "strong", "potent": "strong", "powerful": "strong", "moderate": "moderate", "weak": "weak", "mild": "weak",
}  # fmt: skip
_STRENGTH = rf"(?:{'|'.join(_STRENGTHS)})(?:ly)?"
_JOINT = r"(?:\s*(?:,\s*(?:and|or)|,|/|\band/or|\band|\bor|\bto)\s*)"
ENZYME = re.compile(_TARGET)
_HOW = rf"(?:{_STRENGTH}(?:{_JOINT}{_STRENGTH})*\s+)?"
_ROLES_NAMED = {"inhibitor": "inhibitor", "inducer": "inducer", "substrate": "substrate", "blocker": "inhibitor"}
_ROLE = f"(?:{'|'.join(_ROLES_NAMED)})"
_ROLES = rf"(?P<roles>{_ROLE}s?\b(?:{_JOINT}{_ROLE}s?\b)*)"
_LIST = rf"(?P<targets>{_HOW}{_TARGET}(?:{_JOINT}{_HOW}{_TARGET})*)"
_DRUGS = r"(?:drugs?|agents?|medicines?|medications?|products?|compounds?|substances?)"
_THAT = r"(?:that|which)\s+(?:are\s+)?(?:(?:can|may|also|mainly|largely|chiefly|strongly|both|extensively|are)\s+)*"
_TARGETS = rf"(?P<targets>{_TARGET}(?:{_JOINT}{_TARGET})*)"
_BY_THEM = rf"(?:by|through|via)\s+(?:the\s+)?(?:enzymes?\s+)?{_TARGETS}"
_BEFORE = re.compile(rf"(?P<both>\b(?:combined|dual|both)\s+)?{_LIST}[ -]+{_ROLES}", re.I)
_AFTER = re.compile(
    rf"(?P<strength>{_HOW}){_ROLES}\s+of\s+(?P<both>both\s+)?(?:the\s+)?(?:enzymes?\s+)?{_TARGETS}", re.I
)
_ACTING = tuple(
    re.compile(each, re.I)
    for each in (
        rf"{_LIST}[- ](?P<act>inhibiting|inducing)\b",
        rf"\b{_DRUGS}\s+{_THAT}(?P<act>inhibit|induce|block)\s+(?:the\s+)?{_TARGETS}",
        r"\b(?:metaboli[sz]ed|cleared|eliminated|broken down|degraded|handled|processed|transported|carried)\s+"
        rf"(?:(?:mainly|largely|chiefly|primarily|predominantly|mostly|in part|partly|extensively)\s+)*{_BY_THEM}",
        rf"\b(?:that|which)\s+{_TARGETS}\s+(?:breaks? down|clears?|metaboli[sz]es?)",
    )
)
"""Drugs by what they do to enzymes (`act`), or by the enzymes that break them down."""


# ---------------------------------------------------------------- effects


class Effect:
    """Something that drugs do to patients, and that adds up: a table of `data/effects.txt`."""

    def __init__(self, key: str, rows: dict[str, str]) -> None:
        self.key = key
        self.classes = tuple(rows["classes"].split(", ")) if "classes" in rows else ()
        """Classes whose drugs all do it."""
        self.drugs = Phrases(rows["are"]) if "are" in rows else None
        """What its drugs are called, in the plural: "CNS depressants"."""
        self.parts = Phrases(*(rows[each] for each in ("is", "are", "cause", "do") if each in rows)).parts
        """Parts of words one of which a text on it has, in small letters: to look for these first is far quicker."""
        self._rows = rows

    @cached_property
    def before(self) -> re.Pattern[str]:
        """Finds it before "drugs": "nephrotoxic"."""
        return re.compile(rf"(?:{self._is})(?:\s+[\w-]+)?\s+$", re.I)

    @cached_property
    def after(self) -> re.Pattern[str]:
        """Finds it after "drugs": "that cause bleeding", "with nephrotoxic potential"."""
        noun, verb = self._cause, Phrases(self._rows["do"]).expression
        named = rf"with\s+(?:\w+\s+)?(?:{self._is}|{noun}){_OF_EFFECT}\b"
        return re.compile(rf"\s+(?:{named}|{_WHOSE}(?:{_CAUSING}(?:{noun})|{verb}))", re.I)

    @cached_property
    def itself(self) -> re.Pattern[str]:
        """Finds the effect itself, as a text heads it of its own drug."""
        headed = Phrases(self._rows["headed"]).expression if "headed" in self._rows else self._cause
        return re.compile(rf"(?:{headed})|(?:{self._is})\s+(?:effects?|toxicity)\b", re.I)

    @property
    def _is(self) -> str:
        return Phrases(self._rows["is"]).expression

    @property
    def _cause(self) -> str:
        return Phrases(self._rows["cause"]).expression if "cause" in self._rows else "(?!)"


@cache
def effects() -> dict[str, Effect]:
    """The effects by their keys."""
    return {key: Effect(key, rows) for key, rows in data_tables("effects.txt").items()}


def effects_of(classes: Iterable[str]) -> Iterator[tuple[Role, str]]:
    """The effects that all drugs of some classes have, each with the class."""
    own = wordings(classes)
    for key, effect in effects().items():
        if name := next((each for each in effect.classes if phrase(each) in own), None):
            yield Role(key, "effect"), name


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Drugs → what they do, by `data/roles.txt`."""
    found: dict[str, tuple[str, ...]] = {}
    for role, drugs in (row.split(": ") for row in data_rows("roles.txt")):
        for drug in drugs.split(", "):
            found[drug] = (*found.get(drug, ()), role)
    return found


def known_roles(names: Iterable[str]) -> Iterator[tuple[Role, str]]:
    """What labels say that a drug of these names does to the levels of others, each with its words."""
    for name in names:
        for words in _known().get(" ".join(words_in(re.sub("['’]", "", name))).casefold(), ()):
            for mention in role_mentions(words):
                yield from ((role, f"{name}: {words}") for role in mention.roles)


_OF_EFFECT = r"(?:\s+(?:effects?|activity|properties|action|potential))?"
_HEAD = re.compile(rf"\b{_DRUGS}\b", re.I)
_BEFORE_HEAD = 60
"""Characters before "drugs" in which an adjective of theirs can begin."""
_CAUSING = (
    r"(?:cause|causing|produce|lead to|induce|associated with|linked to|(?:increase|raise)\w*\s+the\s+risk(?:\s+(?:of|for))?)"
    r"\s+(?:an?\s+|the\s+)?"
)
_WHOSE = (
    r"(?:(?:that|which)\s+(?:(?:can|may|also|might|are|likely\s+to)\s+)*|(?:are\s+)?known\s+to\s+"
    r"|with\s+(?:an?\s+)?(?:known\s+)?(?:potential|risk)\s+(?:of|to|for)\s+)?"
)


# ---------------------------------------------------------------- where a text means drugs by role


def role_mentions(text: str) -> Iterator[RoleMention]:
    """Where a text means drugs by what they do to enzymes, transporters and patients, in the order of the text."""
    found = sorted(_mentions(text), key=lambda mention: mention.start)
    while found:
        first = found.pop(0)
        while found and (found[0].start < first.end or _AND_ARE.fullmatch(text, first.end, found[0].start)):
            second = found.pop(0)  # "drugs that prolong the QT interval and are metabolized by CYP3A4" do both
            first = RoleMention(first.start, max(first.end, second.end), (*first.roles, *second.roles), True)
        if not _NARROW.search(text[: first.start]) and not _NARROW_AFTER.search(text[first.end :]):
            yield first


_AND_ARE = re.compile(r"\s*(?:and|that|which|and that|and which)\s+(?:are\s+)?|-|\s*")
_NARROW = Phrases("narrow/low therapeutic index/range/window $0 | sensitive $0")
_NARROW_AFTER = Phrases("^ with (a) narrow/low")


def _mentions(text: str) -> Iterator[RoleMention]:
    heads = list(_HEAD.finditer(text))
    has_enzyme = ENZYME.search(text) is not None
    low = text.lower()
    near: Sequence[Effect] = ()
    every = effects().values()
    plurals = (part for effect in every if effect.drugs for part in effect.drugs.parts)
    if heads or has_enzyme or any(map(low.__contains__, plurals)):
        near = [effect for effect in every if any(map(low.__contains__, effect.parts))]
    if has_enzyme:
        yield from _enzyme_mentions(text, near)
    for match in heads if near else ():
        before = text[max(0, match.start() - _BEFORE_HEAD) : match.start()]
        for effect in near:
            if found := effect.before.search(before):
                start = match.start() - len(before) + found.start()
                yield RoleMention(start, match.end(), (Role(effect.key, "effect"),), False)
            elif found := effect.after.match(text, match.end()):
                yield RoleMention(match.start(), found.end(), (Role(effect.key, "effect"),), False)
    for effect in near:
        for match in effect.drugs.pattern.finditer(text) if effect.drugs else ():
            yield RoleMention(match.start(), match.end(), (Role(effect.key, "effect"),), False)


def _enzyme_mentions(text: str, near: Sequence[Effect]) -> Iterator[RoleMention]:
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            named = (word.removesuffix("s") for word in words_in(parts["roles"].lower()))
            kinds = sorted({_ROLES_NAMED[word] for word in named if word in _ROLES_NAMED})
            roles = [
                Role(target, kind, strengths)
                for target, strengths in _targets(parts["targets"], parts.get("strength") or "")
                for kind in kinds
            ]
            yield RoleMention(match.start(), match.end(), tuple(roles), bool(parts["both"]))
            before = text[max(0, match.start() - _BEFORE_HEAD) : match.start()]
            for effect in near:
                if adjective := effect.before.search(before):
                    start = match.start() - len(before) + adjective.start()
                    yield RoleMention(start, match.start(), (Role(effect.key, "effect"),), False)
    for pattern in _ACTING:
        for match in pattern.finditer(text):
            act = match.groupdict().get("act", "").lower()
            kind = "substrate" if not act else "inducer" if act.startswith("induc") else "inhibitor"
            roles = [Role(target, kind, strengths) for target, strengths in _targets(match["targets"], "")]
            yield RoleMention(match.start(), match.end(), tuple(roles), False)


def _targets(text: str, strength: str) -> Iterator[tuple[str, frozenset[str]]]:
    strengths = strengths_in(strength)
    for match in re.finditer(rf"({_HOW})({_TARGET}|enzymes?)", text, re.I):
        strengths = strengths_in(match[1]) or strengths
        yield target_of(match[2]), strengths


def strengths_in(text: str) -> frozenset[str]:
    """The strengths of inhibitors and inducers that a text names: strong, moderate, weak."""
    found = (word.removesuffix("ly") for word in words_in(text.lower()))
    return frozenset(_STRENGTHS[word] for word in found if word in _STRENGTHS)


_WRITTEN_OUT = re.compile(r"CYTOCHROMEP450(?:\(CYP\))?(\d[A-Z]\d*)")


def target_of(text: str) -> str:
    """One name of an enzyme: labels use CYP3A, CYP3A4 and CYP3A4/5 for the same; `CYP` is any enzyme of the liver."""
    bare = "".join(text.replace("-", "").split()).upper()
    if of_family := _WRITTEN_OUT.match(bare):
        return target_of(f"CYP{of_family[1]}")
    bare = bare.partition("(")[0]
    if bare in ("PGP", "PGLYCOPROTEIN"):
        return "PGP"
    if "ENZYME" in bare:
        return "CYP"
    return "CYP3A" if bare.startswith("CYP3A") else bare.replace("OATS", "OAT")


def targets_in(text: str) -> Iterator[tuple[str, int]]:
    """The enzymes and transporters named in a text, but for "enzymes" in general, and where."""
    for match in ENZYME.finditer(text):
        target = target_of(match[0])
        if target != "CYP":
            yield target, match.start()
