"""What drugs do to enzymes, transporters and the QT interval, as texts say it: "strong CYP3A4 inhibitors", "a substrate
of P-gp", "drugs that prolong the QT interval"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from druginfo import topics
from druginfo.model import Monograph, Section

_TARGET = (
    r"(?:CYP ?\d[A-Z]\d{0,2}(?:/\d+)?|(?:P-?gp|P-glycoprotein)\b|BCRP|OATs? ?\d|OATP ?\d[A-Z]\d|MATE ?\d?(?:-?K)?"
    r"|OCT ?\d|UGT(?: ?\d[A-Z]\d{1,2})?)"
)
_STRENGTH = r"(?:strong|potent|moderate|weak)(?:ly)?"
_JOINT = r"(?:\s*(?:,\s*(?:and|or)|,|/|\band/or|\band|\bor|\bto)\s*)"
ENZYME = re.compile(_TARGET)
_HOW = rf"(?:{_STRENGTH}(?:{_JOINT}{_STRENGTH})*\s+)?"
_ROLE = r"(?:inhibitor|inducer|substrate)"
_ROLES = rf"(?P<roles>{_ROLE}s?\b(?:{_JOINT}{_ROLE}s?\b)*)"
_BEFORE = re.compile(
    rf"(?P<both>\b(?:combined|dual|both)\s+)?(?P<targets>{_HOW}{_TARGET}(?:{_JOINT}{_HOW}{_TARGET})*)\s+{_ROLES}", re.I
)
_AFTER = re.compile(
    rf"(?P<strength>{_HOW}){_ROLES}\s+of\s+(?P<both>both\s+)?(?:the\s+)?(?:enzymes?\s+)?"
    rf"(?P<targets>{_TARGET}(?:{_JOINT}{_TARGET})*)",
    re.I,
)
_VERB = re.compile(
    rf"(?P<strength>{_STRENGTH}\s+)?\b(?P<role>inhibits|induces)\s+(?P<targets>{_TARGET}(?:{_JOINT}{_TARGET})*)"
    rf"(?P<late>\s+(?:strongly|moderately|weakly))?",
    re.I,
)
_DRUGS = r"(?:drugs?|agents?|medicines?|medications?|products?)"
_PROLONGING = re.compile(
    rf"\bQTc?(?:[ -]interval)?[ -]prolong(?:ing|ation)\s+{_DRUGS}\b"
    rf"|\b{_DRUGS}\s+(?:(?:that|which|known to|with a? ?potential to)\s+)(?:(?:can|may|also|are known to)\s+)*"
    rf"prolong(?:ing|s)?\s+(?:the\s+)?QTc?\b(?:\s+intervals?)?",
    re.I,
)
_PROLONGS = re.compile(r"\bQTc?\b[^.;:]{0,30}\bprolong|\bprolong\w*[^.;:]{0,20}\bQTc?\b|\btorsades?\b", re.I)
_DENIED = re.compile(r"\b(?:no|not|without|never|neither)\b", re.I)
_IS = r"(?:is|acts\s+as)\s+(?:also\s+)?(?:both\s+)?(?:an?\s+)?$"
_ALSO_A = re.compile(r"(?:also\s+)?an?\s+", re.I)
_VAGUE = re.compile(r"\s+with\s+(?:a\s+)?(?:narrow|low)|\bin vitro\b", re.I)


class Role(NamedTuple):
    """What a drug does to an enzyme or transporter, or what a text says of drugs that do."""

    target: str
    role: str
    """`inhibitor`, `inducer`, `substrate`; `prolonging` of the QT interval."""
    strengths: frozenset[str]
    """`strong`, `moderate`, `weak`; empty where the text does not say."""


_PROLONGS_QT = Role("QT", "prolonging", frozenset())


class RoleMention(NamedTuple):
    """A part of a text that means drugs by their roles."""

    start: int
    end: int
    roles: tuple[Role, ...]
    all: bool
    """Whether a drug must have each of the roles ("combined P-gp and strong CYP3A4 inhibitors"), not just one."""


def role_mentions(text: str) -> Iterator[RoleMention]:
    """Where a text means drugs by what they do to enzymes and transporters."""
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            kinds = sorted({kind.lower() for kind in re.findall(_ROLE, parts["roles"], re.I)})
            roles = [
                Role(target, kind, strengths)
                for target, strengths in _targets(parts["targets"], parts.get("strength") or "")
                for kind in kinds
            ]
            yield RoleMention(match.start(), match.end(), tuple(roles), bool(parts["both"]))
    for match in _PROLONGING.finditer(text):
        yield RoleMention(match.start(), match.end(), (_PROLONGS_QT,), False)


def _targets(text: str, strength: str) -> Iterator[tuple[str, frozenset[str]]]:
    said = _strengths(strength)
    for match in re.finditer(rf"({_HOW})({_TARGET})", text, re.I):
        said = _strengths(match[1]) or said
        yield _target(match[2]), said


def _strengths(text: str) -> frozenset[str]:
    found = {each.lower().removesuffix("ly") for each in re.findall(_STRENGTH, text, re.I)}
    return frozenset("strong" if each == "potent" else each for each in found)


def _target(text: str) -> str:
    """One name of an enzyme: labels use CYP3A, CYP3A4 and CYP3A4/5 for the same."""
    bare = re.sub(r"[\s-]", "", text).upper()
    if bare in ("PGP", "PGLYCOPROTEIN"):
        return "PGP"
    return "CYP3A" if bare.startswith("CYP3A") else bare.replace("OATS", "OAT")


def roles_of(monograph: Monograph, called: re.Pattern[str]) -> frozenset[Role]:
    """What the monograph says its own drug does: by class, or in a sentence whose subject the drug is; and whether
    it prolongs the QT interval.

    `called` finds the drug's names. What is only seen in vitro, and what is denied, does not count.
    """
    found = {role for name in monograph.classes for mention in role_mentions(name) for role in mention.roles}
    for section in monograph.sections:
        if _prolongs_qt(section):
            found.add(_PROLONGS_QT)
        if not ENZYME.search(section.text):
            continue
        about_it = any(topics.has_section(key, section) for key in ("mechanism", "pharmacokinetics", "summary"))
        for sentence in re.split(r"(?<=[.;])\s+|\n", section.text):
            if ENZYME.search(sentence) and not _VAGUE.search(sentence):
                found |= set(_own_roles(sentence, called, about_it))
    return frozenset(found)


def _prolongs_qt(section: Section) -> bool:
    """Whether the section warns that the drug prolongs the QT interval: a side effect, or a precaution of that name."""
    is_effect = topics.has_section("side-effects", section)
    if not is_effect and not any(topics.has_section(key, section) for key in ("precautions", "boxed-warning")):
        return False
    lines = [section.title, *section.text.split("\n")]
    return any(
        _PROLONGS.search(line) and not _DENIED.search(line) and (is_effect or re.match(r"[\W\d]*QT", line))
        for line in lines
    )


def _own_roles(sentence: str, called: re.Pattern[str], about_it: bool) -> Iterator[Role]:
    """`about_it`: whether a sentence without a subject, or with "it" for one, speaks of the drug."""
    named = rf"(?:{called.pattern})"
    subject = rf"(?:{named}|\bit|\bwhich)" if about_it else named
    bare = re.sub(r"^\W*(?:[^:.]{1,60}:\s+)?", "", sentence)
    for mention in role_mentions(bare):
        before = bare[: mention.start]
        if re.search(rf"{subject}\s+(?:also\s+)?{_IS}", before, re.I) or (about_it and _ALSO_A.fullmatch(before)):
            yield from mention.roles
    for match in _VERB.finditer(bare):
        before = bare[: match.start()].rstrip()
        elided = about_it and (not before or re.search(r"(?:\balso|\band|[;,])$", before, re.I))
        own = elided or re.search(rf"{subject}(?:\s+also)?$", before, re.I)
        if own and not re.search(r"\b(?:not|neither|nor|no|other|drugs? that)\b", before, re.I):
            role = {"inhibits": "inhibitor", "induces": "inducer"}[match["role"].lower()]
            strength = (match["strength"] or "") + (match["late"] or "")
            yield from (Role(target, role, _strengths(strength)) for target, _ in _targets(match["targets"], ""))


def fits(mention: RoleMention, own: frozenset[Role]) -> bool:
    """Whether a drug with these roles is among the drugs meant; a strength that is asked for must be the drug's."""
    hits = [any(_fits(asked, role) for role in own) for asked in mention.roles]
    return bool(hits) and (all(hits) if mention.all else any(hits))


def _fits(asked: Role, own: Role) -> bool:
    same = (asked.target, asked.role) == (own.target, own.role)
    return same and (not asked.strengths or bool(asked.strengths & own.strengths))
