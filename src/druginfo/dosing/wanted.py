"""Which rows are for the indication that `--for` asks: words compared, folded, in full or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from druginfo.dosing.indications import Vocabulary
from druginfo.dosing.judging import HOLDS, Finding
from druginfo.dosing.people import stages
from druginfo.dosing.signs import Pattern
from druginfo.errors import NotFound
from druginfo.markup import plain
from druginfo.model import Block, Condition, DoseRow, Monograph, Section

_KINDS = r"(?:indication|condition|use|infection|disease)s?\b"
_ALL = Pattern(rf"\b(?:all|any)\s+(?:\w+\s+)?{_KINDS}", re.I)
_OTHER = Pattern(rf"\bother\s+(?:\w+\s+)?{_KINDS}", re.I)
_NO_INDICATION = frozenset(
    "mild moderate severe acute chronic active grade stage class type child pugh renal hepatic kidney liver impairment "
    "dose dosage day daily week weekly month year hour time mg mcg g kg ml min unit tablet capsule oral intravenou "
    "inr qtc qt bmi egfr crcl alt ast hba1c patient all any other indication use treatment therapy initial "
    "maintenance disease starting loading maximum and or the of for in with to a an".split()
)
"""Words that name no indication by themselves, folded: grades, measurements, units, words of dosing."""

OTHER_INDICATIONS = "for other indications"
"""How the reason begins that leaves a row out for its indication."""

_MAINTENANCE = Pattern(r"maintenance\s+(?:of|treatment\s+of|therapy\s+(?:of|in|for))\s+\w", re.I)
"""An indication that is a phase of a disease: "Maintenance of Healing of Erosive Esophagitis"."""

_EXCLUDED = Pattern(r"\b(?:not|no|except|never|without|nor|cannot|unless)\b", re.I)
_USAGE = Pattern(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)


class Wanted:
    """An indication that was asked for, in one monograph's rows.

    `also`: what monographs call it, where the words are those of every day; used where they name nothing themselves.
    Raises NotFound where no row, and no line on uses and doses, names it.
    """

    def __init__(
        self, monograph: Monograph, rows: Sequence[DoseRow], dosage: Sequence[Section], asked: str, also: Sequence[str]
    ) -> None:
        self.vocabulary = Vocabulary(monograph)
        self.rows = rows
        self.dosage = dosage
        self.monograph = monograph
        words = folded(asked).split()
        nameless = all(word in _NO_INDICATION or word.isdigit() or stages(word) for word in words)
        if nameless and not (
            words == ["maintenance"] and any(_MAINTENANCE.match(row.indication or "") for row in rows)
        ):
            raise NotFound(f"“{asked}” is not an indication.", query=asked)
        self.phrases: tuple[str, ...] = (asked,)
        self.by_label = self._labelled()
        if not self.by_label and also:
            self.phrases = tuple(also)
            self.by_label = self._labelled()
        self.lines: tuple[int, ...] = ()
        """Where the text names it, where no label does."""
        if not self.by_label:
            self.phrases = (asked, *also)
            self.lines = tuple(sorted({block.line for block in self._naming()}))
            if not self.lines:
                raise NotFound(f"{monograph.title} has no doses for “{asked}”.", query=asked)

    def _labelled(self) -> bool:
        return any(self.names(label) for row in self.rows for label in labels(row) if not is_generic(label))

    def _naming(self) -> Iterator[Block]:
        """The lines on uses and doses that name it, but for those that exclude it."""
        usage = [s for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0])]
        for section in (*usage, *self.dosage):
            for block in section.blocks:
                sentences = re.split(r"(?<=[.;])\s+", plain(block.text))
                if any(self.names(each) and not _EXCLUDED.search(each) for each in sentences):
                    yield block

    def of(self, row: DoseRow, conditions: Sequence[Condition]) -> Finding | None:
        """What a row says: by its indication, by the labels over it, else by its text."""
        told = [c.text for c in conditions if c.kind == "indication"] or ([row.indication] if row.indication else [])
        others = [label for label in told if _OTHER.search(label)]
        named = [label for label in told if not is_generic(label)]
        if any(map(self.names, (*named, *others))):
            return HOLDS
        if others:
            beside = any(self.names(label) for label in self._beside(row))
            return Finding("fails", OTHER_INDICATIONS) if beside else HOLDS
        if any(map(self.names, labels(row))):
            return HOLDS
        if self.lines:  # no label has the words: none can exclude a row either
            if self.names(row.text):
                return HOLDS
            return Finding("open", f"for {named[-1]}, which may be another name for it") if named else None
        if named:
            label = named[-1]
            if self._is_linked(label):
                return HOLDS
            if self.vocabulary.is_indication(label):
                return Finding("fails", f"{OTHER_INDICATIONS}: {label}")
            return Finding("open", f"for {label}, which may be another indication")
        another = next((label for label in (*labels(row), row.text) if self._names_another(label)), None)
        if another is None and any(map(self._is_of_another, labels(row))):
            return Finding("open", "its label may name another indication")
        if another is None:
            return None
        if another is row.text:
            return Finding("open", "the words speak of another indication")
        return Finding("fails", f"{OTHER_INDICATIONS}: {another}")

    def _beside(self, row: DoseRow) -> Iterator[str]:
        """The other indications that are named for a row's population."""
        for other in self.rows:
            same = (other.section, other.population) == (row.section, row.population)
            if same and other.indication and other.indication != row.indication:
                yield other.indication

    def _is_linked(self, label: str) -> bool:
        """Whether one line on uses names what was asked with this label and no other: "radiotherapy" for nausea."""
        parts = (label, *re.split(r",\s+|\s+(?:and|or)\s+|/", label))
        return any(
            self._in(part, words)
            and all(_bare(other) == _bare(part) for other in self._indications if self._in(other, words))
            for part in parts
            for words in self._uses
        )

    @cached_property
    def _uses(self) -> list[str]:
        """The folded lines on uses that name what was asked."""
        usage = [s for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0])]
        lines = (plain(block.text) for section in usage for block in section.blocks)
        return [folded(line) for line in lines if self.names(line) and not _EXCLUDED.search(line)]

    @cached_property
    def _indications(self) -> list[str]:
        return list(dict.fromkeys(row.indication for row in self.rows if row.indication))

    @staticmethod
    def _in(label: str, line: str) -> bool:
        return holds(line, _bare(label))

    def names(self, told: str) -> bool:
        """Whether a label holds the wanted words."""
        spelled = {self.spelled(told), folded(told)}
        return any(holds(text, words) for text in spelled for words in self._wanted)

    @property
    def _wanted(self) -> set[str]:
        return {words for phrase in self.phrases for words in (self.spelled(phrase), folded(phrase))}

    def spelled(self, text: str) -> str:
        """The words folded, abbreviations that the monograph defines written out."""
        for short, meaning in self.vocabulary.abbreviations.items():
            if short.lower() in text.lower():
                text = re.sub(rf"(?<!\w){re.escape(short)}s?(?!\w)", meaning, text, flags=re.I if len(short) > 3 else 0)
                if text.strip().lower() == short.lower():
                    text = meaning
        return folded(text)

    @cached_property
    def _diseases(self) -> frozenset[str]:
        """The names of the rows' indications one by one: "RA or alopecia areata" are two."""
        parts = (
            part for told in self._indications for part in re.split(r"[,;:()/]|\bor\b|\band\b|\bwith\b|\bin\b", told)
        )
        named = (part for part in parts if self.vocabulary.is_indication(part) and not is_generic(part))
        return frozenset(words for words in map(self.spelled, named) if words)

    def _is_of_another(self, label: str) -> bool:
        """Whether a label is of people with a disease that the monograph's uses know: "Children with HoFH"."""
        suffering = _SUFFERING.search(label)
        return bool(suffering and self.vocabulary.is_known(suffering["what"]))

    def _names_another(self, text: str) -> bool:
        """Whether a text that is no indication names some of the monograph's, and none that is wanted.

        "Severe, COVID-19" does where RA is wanted; "More pain" does not where it is severe pain.
        """
        told = f" {self.spelled(text)} "
        named = [f" {disease} " for disease in self._diseases if f" {disease} " in told]
        return bool(named) and not any(disease in f" {asked} " for disease in named for asked in self._wanted)


_SUFFERING = Pattern(r"\b(?:with|for|of)\s+(?P<what>(?!age\b|use\b).+)", re.I)


def _bare(label: str) -> str:
    """The words of a label that name something, folded."""
    words = folded(re.sub(r"\([^)]*\)", "", label)).split()
    return " ".join(word for word in words if word not in _NO_INDICATION)


def labels(row: DoseRow) -> list[str]:
    """The labels beside and over a row."""
    return [label for label in (row.indication, row.qualifier, row.population) if label]


def is_generic(label: str) -> bool:
    """Whether a label means indications without naming one: "All Indications", "All Other Indications"."""
    return bool(_ALL.search(label) or _OTHER.search(label))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words in lower case without accents, plural s and signs, one space between."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def holds(text: str, words: str) -> bool:
    """Whether every wanted word stands in the text, British or American, from five letters on as a beginning too."""
    have = text.split()
    return bool(words) and all(
        any(h == each or (len(each) >= 5 and h.startswith(each)) for each in _spellings(word) for h in have)
        for word in words.split()
    )


@lru_cache(maxsize=256)
def _spellings(word: str) -> list[str]:
    from druginfo.spelling import variants

    return variants(word)
