"""Which rows are for the indication that `--for` asks: words compared, folded, in full or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from druginfo.dosing.conditions import labels, organs_in
from druginfo.dosing.indications import IndicationWords
from druginfo.dosing.judging import HOLDS, Judgement
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import stages
from druginfo.errors import NotFound
from druginfo.markup import plain
from druginfo.model import Block, Condition, DoseRow, Monograph, Regimens, Section
from druginfo.terms.same import AROUND, NAMELESS, bare, folded, holds, same

_KINDS = r"(?:indication|condition|use|infection|disease)s?\b"
_ALL = Pattern(rf"\b(?:all|any)\s+(?:\w+\s+)?{_KINDS}", re.I)
_OTHER = Pattern(rf"\bother\s+(?:\w+\s+)?{_KINDS}(?!\s+than)", re.I)
_OTHER_THAN = Pattern(
    r"(?P<rest>\b(?:indication|condition|use|infection|disease)s?\s+)?\(?\b(?:other\s+than|except(?:ing|\s+for)?|excluding|but\s+not)"
    r"\s+(?P<what>[^,;:()]+)\)?",
    re.I,
)
""" "Indications other than OCD", "All Indications (except nosocomial pneumonia)"."""

OTHER_INDICATIONS = "for other indications"
"""How the reason begins that leaves a row out for its indication."""

_MAINTENANCE = Pattern(r"maintenance\s+(?:of|treatment\s+of|therapy\s+(?:of|in|for))\s+\w", re.I)
"""An indication that is a phase of a disease: "Maintenance of Healing of Erosive Esophagitis"."""

_EXCLUDED = Pattern(r"\b(?:not|no|except|never|without|nor|cannot|unless)\b", re.I)
_USAGE = Pattern(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)
_SUFFERING = Pattern(r"\b(?:with|for|of)\s+(?P<what>(?!age\b|use\b).+)", re.I)
_TREATED = Pattern(r"\b(?:treatment|prophylaxis|prevention|management)\s+of\s+(?P<what>[^.,;:]{3,60})", re.I)
_SENTENCES = re.compile(r"(?<=[.;])(?<!\b[A-Z]\.)\s+")
_NEAR = 2  # sentences
_LONGEST_LIST = 200  # characters; what is longer is a sentence
_ORGANS = {"renal": "kidney", "hepatic": "liver", "heart": "heart"}


class Wanted:
    """An indication that was asked for, in one monograph's rows.

    `also`: what monographs call it, where the words are those of every day; used where they name nothing themselves.
    Raises NotFound where no row, and no line on uses and doses, names it.
    """

    def __init__(self, monograph: Monograph, regimens: Regimens, asked: str, also: Sequence[str]) -> None:
        self.vocabulary = IndicationWords(monograph)
        self.rows = regimens.rows
        keys = {row.section for row in regimens.rows} | {note.section for note in regimens.notes}
        self.dosage = [section for section in monograph.sections if section.key in keys]
        self.monograph = monograph
        self.titles = {section.key: section.title for section in self.dosage}
        if self._is_nameless(asked):
            raise NotFound(f"“{asked}” is not an indication.", query=asked)
        ways = [
            each
            for each in ((asked,), tuple(also), (bare(asked, AROUND),), _of_species(asked), _of_disease(asked))
            if any(each)
        ]
        for way in ways:
            self._ask(way)
            if self.by_label:
                break
        self.lines: tuple[int, ...] = ()
        """Where the text names it, where no label does."""
        if not self.by_label:
            self._ask(tuple(dict.fromkeys(words for way in ways for words in way)))
            self.lines = tuple(sorted({block.line for block in self._naming()}))
            if not self.lines:
                raise NotFound(f"{monograph.title} has no doses for “{asked}”.", query=asked)

    def _is_nameless(self, asked: str) -> bool:
        """Whether words name no disease: a grade, a figure, people. An organ names what is done to it, if anything."""
        words = folded(asked).split()
        if not all(word in NAMELESS or word.isdigit() or stages(word) for word in words):
            return False
        named = [row.indication or "" for row in self.rows]
        if words == ["maintenance"]:
            return not any(map(_MAINTENANCE.match, named))
        organs = set(same(asked).split())
        if not organs <= _ORGANS.keys():
            return True
        return not any(holds(same(each), " ".join(organs)) and not organs_in(each) for each in named)

    @property
    def by_label(self) -> bool:
        """Whether the label of a row, or a heading over it, names what is wanted."""
        return any(self.names(label) for row in self.rows for label in labels(row) if not is_generic(label))

    def _naming(self) -> Iterator[Block]:
        """The lines on uses and doses that name it, but for those that exclude it."""
        for section in (*self._usage, *self.dosage):
            for block in section.blocks:
                sentences = _SENTENCES.split(plain(block.text))
                if any(self.names(each) and not _EXCLUDED.search(each) for each in sentences):
                    yield block

    # ---------------------------------------------------------------- what a row says

    def of(self, row: DoseRow, conditions: Sequence[Condition]) -> Judgement | None:
        """What a row says: by its indication, by the labels and the heading over it, else by its text."""
        names = [c.text for c in conditions if c.kind == "indication"] or ([row.indication] if row.indication else [])
        over = [*labels(row), self.titles.get(row.section, "")]
        for label in (*names, *over):
            if found := self._other_than(label):
                return found
        if any(self.names(label) for label in names if not _ALL.search(label)):
            return HOLDS
        if any(map(_OTHER.search, names)):
            beside = any(self.names(label) for label in self._beside(row))
            return Judgement("fails", OTHER_INDICATIONS) if beside else HOLDS
        named = [label for label in names if not is_generic(label)]
        if any(self.names(label) and not self._lists(label, named) for label in over):
            if named and self._stands_apart(row, named[-1]):
                return Judgement("open", f"for {named[-1]}, under a heading that names it")
            in_text = [each for each in named if each.lower() in row.text.lower() and not self.names(row.text)]
            return Judgement("fails", f"{OTHER_INDICATIONS}: {in_text[-1]}") if in_text else HOLDS
        return self._by_text(row, named, over) if self.lines else self._by_labels(row, named, over)

    def _lists(self, label: str, named: Sequence[str]) -> bool:
        """Whether a label over a row lists its own indication too: the nearer label says which of them is meant."""
        spelled = self.spelled(label)
        return label not in named and any(holds(spelled, self.spelled(bare(each))) for each in named)

    def _stands_apart(self, row: DoseRow, label: str) -> bool:
        """Whether a row has an indication of its own under a heading over other rows that have none."""
        if not self.vocabulary.is_indication(label):
            return False
        beside = [other for other in self.rows if (other.section, other.population) == (row.section, row.population)]
        return any(not other.indication and other.dose for other in beside)

    def _other_than(self, label: str) -> Judgement | None:
        """What "indications other than …" says: the ones that are named are left out."""
        found = _OTHER_THAN.search(label)
        if not found:
            return None
        if self.names(found["what"]):
            whole = {self.spelled(found["what"]), same(found["what"])}
            known = any(holds(words, each) for words in self._wanted for each in whole)
            return Judgement("fails" if known else "open", f"{OTHER_INDICATIONS}: {label}")
        return HOLDS if found["rest"] or is_generic(label) else None

    def _by_labels(self, row: DoseRow, named: Sequence[str], over: Sequence[str]) -> Judgement | None:
        """What a row says that no label calls what was asked, where the label of another row does."""
        if named:
            label = named[-1]
            if self._is_linked(label) or (label.lower() in row.text.lower() and self.names(row.text)):
                return HOLDS
            if self.vocabulary.is_indication(label):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
            return Judgement("open", f"for {label}, which may be another indication")
        own = over[:-1]
        if another := next(filter(self._names_another, own), None):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {another}")
        if any(map(self._is_of_another, own)):
            return Judgement("open", "its label may name another indication")
        treated = _TREATED.search(row.text)
        of_another = treated and self.vocabulary.is_disease(treated["what"]) and not self.names(treated["what"])
        if of_another or self._names_another(row.text):
            return Judgement("open", "the words speak of another indication")
        if self._is_of_another(re.sub(r"\([^)]*\)", "", over[-1]), for_sure=True):
            return Judgement("open", "its heading names another indication, or a wider one")
        return None

    def _by_text(self, row: DoseRow, named: Sequence[str], over: Sequence[str]) -> Judgement | None:
        """What a row says where no label has the words: one may be another name of what was asked.

        A label that the uses name apart from what was asked is another indication, if a row is left for the rest.
        """
        if (row.line, row.text) in self._told:
            return HOLDS
        for label in (*reversed(named), *over[:-1]):
            suffering = _SUFFERING.search(label)
            if label in named or (suffering and self.vocabulary.is_known(suffering["what"])):
                known = self._is_apart(label) and self._has_rest
                reason = f"{OTHER_INDICATIONS}: {label}" if known else f"for {label}, which may be another name for it"
                return Judgement("fails" if known else "open", reason)
        return None

    @cached_property
    def _told(self) -> frozenset[tuple[int, str]]:
        """Line and text of the rows that name what was asked, and of those that follow in the same line."""
        lines: set[int] = set()
        found = set()
        for row in self.rows:
            if row.line in lines or self.names(row.text) or self._is_introduced(row):
                lines.add(row.line)
                found.add((row.line, row.text))
        return frozenset(found)

    def _is_introduced(self, row: DoseRow) -> bool:
        """Whether the sentences right before a row, in its own line, name what was asked."""
        for block in (block for section in self.dosage for block in section.blocks if block.line == row.line):
            before = _SENTENCES.split(plain(block.text).partition(row.text)[0].strip())
            return row.line in self.lines and any(map(self.names, before[-_NEAR:]))
        return False

    @cached_property
    def _has_rest(self) -> bool:
        """Whether rows are for all indications, or for those that no label names."""
        return any(is_generic(label) or _OTHER_THAN.search(label) for row in self.rows for label in labels(row))

    def _is_apart(self, label: str) -> bool:
        """Whether the uses name a label's disease, and never with what was asked."""
        known = set(" ".join(self._use_lines).split())
        words = " ".join(word for word in self.spelled(bare(label)).split() if word in known and word not in NAMELESS)
        lines = [line for line in self._use_lines if holds(line, words)]
        return bool(lines) and not any(self._in_line(line) for line in lines)

    def _beside(self, row: DoseRow) -> Iterator[str]:
        """The other indications that are named for a row's population."""
        for other in self.rows:
            same_people = (other.section, other.population) == (row.section, row.population)
            if same_people and other.indication and other.indication != row.indication:
                yield other.indication

    def _is_linked(self, label: str) -> bool:
        """Whether the uses name a label only with what was asked, and no other there: "radiotherapy" for nausea."""
        parts = (label, *re.split(r",\s+|\s+(?:and|or)\s+|/", label))
        for part in filter(None, map(bare, parts)):
            lines = [line for line in self._use_lines if holds(line, part)]
            others = (other for line in lines for other in map(bare, self._indications) if holds(line, other))
            if lines and all(map(self._in_line, lines)) and all(other == part for other in others):
                return True
        return False

    def _in_line(self, line: str) -> bool:
        return any(holds(line, words) for words in self._wanted)

    @cached_property
    def _usage(self) -> list[Section]:
        return [s for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0])]

    @cached_property
    def _use_lines(self) -> list[str]:
        """The lines on uses, folded, but for those that say what the drug is not for."""
        lines = (plain(block.text) for section in self._usage for block in section.blocks)
        return [f"{folded(line)} {self.spelled(line)}" for line in lines if not _EXCLUDED.search(line)]

    @cached_property
    def _indications(self) -> list[str]:
        return list(dict.fromkeys(row.indication for row in self.rows if row.indication))

    # ---------------------------------------------------------------- words

    def names(self, label: str) -> bool:
        """Whether a label holds the wanted words, one item of a list all of them, or their initials: "MM"."""
        if self._initials and re.search(rf"\b(?:{'|'.join(self._initials)})\b", label):
            return True
        ways = (item for each in _items(label) for item in {each, each.replace("-", "")})  # post-herpetic, postherpetic
        spelled = {text for item in ways for text in (self.spelled(item), same(item), folded(item))}
        return any(holds(text, words) for text in spelled for words in self._wanted)

    def _ask(self, phrases: tuple[str, ...]) -> None:
        """Look for these words from now on, and for their initials where the monograph has no other use of those."""
        self.phrases = phrases
        ways = {way for phrase in phrases for way in (phrase, phrase.replace("-", ""))}
        self._wanted = {words for way in ways for words in (self.spelled(way), same(way), folded(way))}
        several = (re.findall(r"[a-z]+", phrase.lower()) for phrase in phrases)
        shorts = {"".join(word[0] for word in words).upper() for words in several if 2 <= len(words) <= 5}
        self._initials = [short for short in shorts if short not in self.vocabulary.abbreviations]

    def spelled(self, text: str) -> str:
        """The words as they are compared, abbreviations that the monograph defines written out."""
        for short, meaning in self.vocabulary.abbreviations.items():
            if short.lower() in text.lower():
                text = re.sub(rf"(?<!\w){re.escape(short)}s?(?!\w)", meaning, text, flags=re.I if len(short) > 3 else 0)
                if text.strip().lower() == short.lower():
                    text = meaning
        return same(text)

    @cached_property
    def _diseases(self) -> frozenset[str]:
        """The names of the rows' indications one by one: "RA or alopecia areata" are two."""
        parts = (
            part for each in self._indications for part in re.split(r"[,;:()/]|\bor\b|\band\b|\bwith\b|\bin\b", each)
        )
        named = (part for part in parts if self.vocabulary.is_indication(part) and not is_generic(part))
        return frozenset(words for words in map(self.spelled, named) if words)

    def _is_of_another(self, label: str, *, for_sure: bool = False) -> bool:
        """Whether a label is of people with a disease that the monograph's uses know: "Children with HoFH"."""
        suffering = _SUFFERING.search(label)
        if not suffering or not self.vocabulary.is_known(suffering["what"]):
            return False
        return not for_sure or self.vocabulary.is_disease(suffering["what"])

    def _names_another(self, text: str) -> bool:
        """Whether a text that is no indication names some of the monograph's, and none that is wanted.

        "Severe, COVID-19" does where RA is wanted; "More pain" does not where it is severe pain.
        """
        spelled = f" {self.spelled(text)} "
        named = [f" {disease} " for disease in self._diseases if f" {disease} " in spelled]
        return bool(named) and not any(disease in f" {asked} " for disease in named for asked in self._wanted)


def _of_species(asked: str) -> tuple[str, ...]:
    """A germ with its genus cut to its letter, or without that letter: "Clostridioides difficile", "C. difficile"."""
    genus = re.match(r"\s*(?P<genus>[A-Z](?:\.|[a-z]{4,}))\s+(?P<rest>[a-z]{4,}.*)", asked)
    if not genus:
        return ()
    return (genus["rest"],) if genus["genus"].endswith(".") else (f"{genus['genus'][0]} {genus['rest']}",)


def _of_disease(asked: str) -> tuple[str, ...]:
    """The disease of which words name a phase: "asthma attack"; a heart attack is none."""
    found = re.fullmatch(r"\s*(?P<what>.+?)\s+(?:attack|flare|relapse|episode|exacerbation)s?\s*", asked, re.I)
    return (found["what"],) if found and IndicationWords.is_disease(found["what"]) else ()


def _items(label: str) -> list[str]:
    """The items of a label that lists several; one where they share a noun: "Kidney, Liver or Lung Transplant"."""
    items = re.split(r"[,;]\s+", label)
    share = any(" " not in item.strip() and not item.isupper() for item in items)
    return [label] if share or len(items) < 3 or len(label) > _LONGEST_LIST else items


def is_generic(label: str) -> bool:
    """Whether a label means indications without naming one: "All Indications", "All Other Indications"."""
    return bool(_ALL.search(label) or _OTHER.search(label))
