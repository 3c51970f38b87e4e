"""The labels over a statement: what headings and labels say of the lines below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from druginfo.dosing.columns import Column
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.labels import (
    heading_kind,
    heading_label,
    is_group,
    is_organ,
    label_kind,
    of_group,
    with_band,
    with_group,
)  # fmt: skip
from druginfo.dosing.line import read_line
from druginfo.dosing.pattern import Pattern, codes
from druginfo.model import Monograph, Section
from druginfo.terms import patterns, tables

_COMMON = frozenset(tables.COMMON.split())
_HEADINGS = {kind: frozenset(words.split()) for kind, words in tables.HEADINGS.items()}


@lru_cache(maxsize=512)
def _heads(title: str, kind: str, *, first: bool = False) -> bool:
    """Whether one of the words of a kind of heading stands in a title, or `first` in it but for its number."""
    line = read_line(title)
    items = [item for item in line.items if item.code not in "n·N"]
    if first:
        if codes("[KL]i").search(line.shape):
            return False  # "Administration for patients with impaired renal function": their doses
        items = items[1:2] if items[:1] and items[0].word in ("important", "emergency") else items[:1]
    words = _HEADINGS[kind]
    return any(item.word in words or not words.isdisjoint(item.word.split()) for item in items)


class Context(NamedTuple):
    """The labels over a statement, and what the headings say of it."""

    population: str | None = None
    indication: str | None = None
    qualifier: str | None = None
    labelled: bool = False
    """A list label, not only a heading, gave the population or the indication."""
    special: bool = False
    adjusting: bool = False
    handling: bool = False
    criteria: bool = False
    """Criteria are listed of which some must be met: no one of them is a band."""
    headings: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    """The labels of lines and cells over a statement, outermost first."""
    scope: tuple[str, ...] = ()
    """Sentences and captions that say for whom the doses below are, outermost first: they stand in no key."""
    title: str = ""
    """People whom the last paragraph before the heading names: a label over what is below that, up to the next one."""

    def with_column(self, kind: Column, label: str, vocabulary: IndicationWords) -> Context:
        """The context of a table row with one more label cell."""
        return self._below(kind, label) if kind else self.with_label(label, vocabulary)

    def with_label(self, label: str, vocabulary: IndicationWords) -> Context:
        """The context below one more label."""
        if self.population is None and (parts := with_group(label)):
            below = self.with_label(parts[0], vocabulary)
            return below._replace(population=parts[1], labelled=True, over=(*below.over, parts[1]))
        if self.indication is None and (parts := with_band(label, vocabulary)):
            return self.with_label(parts[0], vocabulary).with_label(parts[1], vocabulary)
        if not self.labelled and _heads(label, "handling", first=True):
            self = self._replace(handling=True)
        kind = label_kind(
            label,
            vocabulary,
            special=self.special,
            adjusting=self.adjusting,
            nested=self.labelled,
            has_population=self.population is not None,
            has_indication=self.indication is not None,
        )
        return self if kind == "structure" and label.lower().startswith("table ") else self._below(kind, label)

    def _below(self, kind: str, label: str) -> Context:
        over = (*self.over, label)
        if kind == "population":
            return self._replace(population=label, labelled=True, over=over)
        if kind == "indication":
            return self._replace(indication=label, labelled=True, over=over)
        return self._replace(qualifier=join(self.qualifier, label), labelled=True, over=over)

    def narrowed(self, text: str) -> Context:
        """The context of a statement under a heading that lists several organs or diseases.

        Of "Kidney, Liver, or Heart Transplant" the nearest label that names just one, "Pediatric liver transplant
        patients", gives the indication.
        """
        listed = self.indication and _LISTED.match(self.indication)
        if not listed:
            return self
        names = [
            re.escape(name) for name in re.findall(r"[\w-]+", listed["items"]) if name.lower() not in ("or", "and")
        ]
        one = re.compile(rf"(?<!\bor )(?<!\band )\b(?P<name>{'|'.join(names)})\s+{re.escape(listed['head'])}", re.I)
        nearest = (*reversed(self.over), *reversed((self.qualifier or "").split("; ")), self.population or "")
        for label in (text, *nearest):
            found = [] if label == self.indication else list(one.finditer(label))
            if len({match["name"].lower() for match in found}) == 1 and not _LISTED.match(label):
                whole = label is not text and found[0].start() == 0  # "Mantle cell lymphoma (VcR-CAP)"
                return self._replace(indication=label if whole else found[0][0])
        return self


_LISTED = Pattern(
    rf"(?:{patterns.WHOM_BY_AGE}\s+)?(?P<items>\b[\w-]+(?:,\s+[\w-]+)*,?\s+(?:or|and)\s+[\w-]+)\s+(?P<head>(?!patients?\b|and\b|or\b)[^\W\d]{{4,}})",
    re.I,
)


def dosage_sections(monograph: Monograph) -> list[Section]:
    """The top-level section about dosage and its subsections."""
    found: list[Section] = []
    inside: int | None = None
    for section in monograph.sections:
        top = "/" not in section.key and section.level
        if top and (inside is None or section.level <= inside):
            is_dosage = _heads(section.title, "dosage") and not _heads(section.title, "supply")
            inside = section.level if is_dosage and section.level <= 2 else None
        if inside is not None:
            found.append(section)
    return found


_TAKING = Pattern(
    r"\bhow\s+(?:should|do|to|much|often)\b.*\b(?:take|taken|use|used|give|given|inject|apply|dose)\b"
    r"|^(?:directions|recommended\s+dos\w+|treatment\s+(?:plan|schedule)|regimens?|administration)\b",
    re.I,
)


def sections_elsewhere(monograph: Monograph) -> list[Section]:
    """Where doses are looked for in a monograph whose Dosage section has none, with subsections.

    Headings such as a leaflet's "How should I take", and sections with a table that has a column of doses.
    """
    heads = [
        section
        for section in monograph.sections
        if section.level
        and not _heads(section.title, "supply")
        and (
            _TAKING.search(section.title)
            or any(_heads(cell, "dosage") for b in section.blocks if b.kind == "header" for cell in b.cells)
        )
    ]
    keys = tuple(head.key for head in heads)
    return [s for s in monograph.sections if s.key in keys or s.key.startswith(tuple(f"{key}/" for key in keys))]


def contexts(sections: Sequence[Section], vocabulary: IndicationWords) -> Iterator[tuple[Section, Context]]:
    """Each section with what the headings over it say.

    One that names people or an indication, and holds nothing but whom it is for, is over those beside it that name no
    such thing: "Complex Partial Seizures", "For adults and children 10 years of age or older.", then "Monotherapy". So
    is a title of people at the end of a section over the headings in that.
    """
    path: list[tuple[float, Context]] = []
    for section, following in zip_longest(sections, sections[1:]):
        level: float = section.level
        beside = level - _BESIDE
        stays = any(each == beside for each, _ in path) and _goes_on(section.title, vocabulary)
        while path and path[-1][0] >= (level if stays else beside):
            path.pop()
        above = path[-1][1] if path else Context()
        context = _below_heading(above, section.title, vocabulary) if path else above._replace(headings=())
        yield section, context
        goes_on = following and (following.level == level or _goes_on(following.title, vocabulary))
        if goes_on and (whom := _only_scope(section, vocabulary)) is not None:
            path.append((beside, context._replace(scope=(*context.scope, *whom))))
        else:
            path.append((level, context))
        if following and following.level > level and (title := _title_at_end(section, vocabulary)):
            path.append((following.level - _BESIDE, context._replace(title=title)))


_BESIDE = 0.5
"""How much higher a heading is than those of its level that it is over."""


def _only_scope(section: Section, vocabulary: IndicationWords) -> tuple[str, ...] | None:
    """The sentence by which a section under people or an indication only says for whom it is; None for any other."""
    texts = tuple(block.text.strip() for block in section.blocks)
    is_it = len(texts) < 2 and all(is_group(text) and _WHOM.fullmatch(read_line(text).shape) for text in texts)
    named = is_it and not section.title[:1].isdigit() and heading_kind(section.title, vocabulary)
    return texts if named in ("indication", "population") else None


_WHOM = re.compile("[^J125678IV;·]+·?")


BOLD = re.compile(r"\s*(\*\*|__)(?P<title>[^*_]+)\1\s*:?\s*")
"""A paragraph that is nothing but words in bold."""


def _title_at_end(section: Section, vocabulary: IndicationWords) -> str | None:
    """People whom the last paragraph of a section names, in bold and alone: a title over the headings in it."""
    last = section.blocks[-1].text.strip() if section.blocks else ""
    bold = BOLD.fullmatch(last)
    title = bold["title"].strip(" :") if bold else ""
    return title if title and heading_kind(title, vocabulary) == "population" else None


def _goes_on(title: str, vocabulary: IndicationWords) -> bool:
    """Whether a heading tells a role, a phase or a way to give it, and names neither people nor a condition."""
    others = any(_heads(title, kind) for kind in ("special", "adjusting", "handling"))
    return not title[:1].isdigit() and not others and heading_kind(title, vocabulary) == "qualifier"


def _below_heading(above: Context, title: str, vocabulary: IndicationWords) -> Context:
    group, colon, rest = title.partition(": ")
    if (
        rest and heading_kind(rest, vocabulary) == "structure" and _heads(rest, "special")
    ):  # "…: Dosing in Special Populations"
        return above._replace(special=True, headings=(*above.headings, title))
    if colon and rest.strip() and heading_kind(group, vocabulary) == "population":  # "Adults: Multiple Myeloma"
        return _below_heading(_below_heading(above, group, vocabulary), rest, vocabulary)
    kind, label = heading_kind(title, vocabulary), heading_label(title)
    context = above._replace(
        special=above.special or _heads(title, "special") or _heads(title, "adjusting"),
        adjusting=above.adjusting or (_heads(title, "adjusting") and not _heads(title, "special")),
        handling=above.handling or _heads(title, "handling", first=True),
        headings=(*above.headings, title),
    )
    if kind == "population":
        if above.population and is_organ(label) and not is_organ(above.population):  # adults whose kidneys are impaired
            return context._replace(qualifier=join(above.qualifier, label))
        disease = label.rpartition(" with ")[2]  # "Adults with Ulcerative Colitis"
        known = (
            disease != label
            and vocabulary.is_known(disease)
            and vocabulary.is_disease(disease)
            and not is_organ(disease)
        )
        return context._replace(population=label, indication=disease if known else above.indication)
    if kind == "indication":
        if above.indication and not is_narrower(label, above.indication, vocabulary):
            return context._replace(qualifier=join(above.qualifier, label))
        return context._replace(indication=label)
    if kind == "qualifier":
        context = context._replace(qualifier=join(above.qualifier, label))
    if above.population is None and (parts := with_group(label)):
        return context._replace(population=parts[1])
    return context._replace(population=above.population or of_group(label)) if kind == "qualifier" else context


def is_another(label: str, above: str, vocabulary: IndicationWords) -> bool:
    """Whether a nested heading names a disease that the outer one does not: "FMF" under "Gout Flares"."""
    meaning = vocabulary.abbreviations.get(label.strip(), label)
    known = vocabulary.is_known(label) and not _heads(label, "phase")
    outer = " ".join((above, *(m for short, m in vocabulary.abbreviations.items() if short in above))).lower()
    return known and not any(word in outer for word in re.findall(r"[^\W\d]{3,}", f"{label} {meaning}".lower()))


def is_narrower(label: str, above: str, vocabulary: IndicationWords) -> bool:
    """Whether a nested heading names a disease in words that the outer one has not: "Metastatic Breast Cancer" under
    "Breast Cancer", "FMF" under "Gout Flares"."""
    outer, inner = (frozenset(re.findall(r"[^\W\d]{3,}", text.lower())) for text in (above, label))
    named = vocabulary.is_disease(label) and not inner <= outer | _COMMON and not _heads(label, "phase")
    return is_another(label, above, vocabulary) or (named and vocabulary.is_known(label))


def join(first: str | None, second: str) -> str:
    """Two labels as one, "first; second", or the second alone."""
    return f"{first}; {second}" if first else second
