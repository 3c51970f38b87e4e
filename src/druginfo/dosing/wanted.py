"""Which rows are for the indication that `--for` asks: words compared, folded, in full or abbreviated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from druginfo.dosing.conditions import labels, organs_in
from druginfo.dosing.indications import IndicationWords, names_disease
from druginfo.dosing.judging import HOLDS, OTHER_INDICATIONS, Judgement
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import stages
from druginfo.errors import NotFound
from druginfo.markup import plain
from druginfo.model import Condition, DoseRow, Monograph, Regimens, Section
from druginfo.terms.same import AROUND, NAMELESS, QUALIFIERS, bare, folded, holds, same

_KINDS = r"(?:indication|condition|use|infection|disease)s?\b"
_ALL = Pattern(rf"\b(?:all|any)\s+(?:\w+\s+)?{_KINDS}", re.I)
_OTHER = Pattern(rf"\bother\s+(?:\w+\s+)?{_KINDS}(?!\s+than)", re.I)
_OTHER_THAN = Pattern(
    r"(?P<rest>\b(?:indication|condition|use|infection|disease)s?\s+)?\(?\b(?:other\s+than|except(?:ing|\s+for)?|excluding|but\s+not)"
    r"\s+(?P<what>[^,;:()]+)\)?",
    re.I,
)
""" "Indications other than OCD", "All Indications (except nosocomial pneumonia)"."""

_MAINTENANCE = Pattern(r"maintenance\s+(?:of|treatment\s+of|therapy\s+(?:of|in|for))\s+\w", re.I)
"""An indication that is a phase of a disease: "Maintenance of Healing of Erosive Esophagitis"."""

_EXCLUDED = Pattern(r"\b(?:not|no|except|never|without|nor|cannot|unless)\b", re.I)
_DENIED = Pattern(
    r"\b(?:is|are|was|were|has|have|does|do)\s+(?:not|no)\b"
    r"|\bnot\s+(?:been|for|approved|indicated|recommended|established|studied|covered)\b",
    re.I,
)
""" "Efficacy in Crohn's disease is not established"; "angina, without vasospasm" is a use."""
_WHEN = re.compile(r"\b(?:when|if|who|where|unless)\b", re.I)
_USAGE = Pattern(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)
_SUFFERING = Pattern(r"\b(?:with|for|of)\s+(?P<what>(?!age\b|use\b).+)", re.I)
_TREATED = Pattern(r"\b(?:treatment|prophylaxis|prevention|management)\s+of\s+(?P<what>[^.,;:]{3,60})", re.I)
_NOT_IT = re.compile(r"\bnon[- ]([\w-]+)", re.I)
_STEM = 4  # letters
_ANY_DISEASE = frozenset(
    "infection disease disorder syndrome symptom episode condition adult child people use used year older case due "
    "cause caused associated relief alone together".split()
)
_PHASES = frozenset({"treatment", "prevention"})
_TITLE = r"\d+(?:\.\d+)+\s+(?:(?:recommended|dos\w+|and|administration|in|for|of|the)\s+)*{}.*"
"""A numbered heading of an indication alone: one that has run on from another title may be over text of both."""
_STOPPING = Pattern(r"discontinu|withdraw|switch|conver|interrupt", re.I)
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
        self._apart: tuple[str, ...] = ()
        """How the names of organisms begin beside the one that was asked for."""
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
        self.called: str | None = None
        """What the labels call it, where they call it otherwise than was asked."""
        if not self.by_label:
            self._ask(tuple(dict.fromkeys(words for way in ways for words in way)))
            self._first = self._wanted
            naming = list(self._naming())
            self.lines = tuple(sorted({line for line, _ in naming}))
            if not self.lines:
                raise NotFound(f"{monograph.title} has no doses for “{asked}”.", query=asked)
            self._named_with = self._words_beside([sentence for _, sentence in naming])
            self._ask_otherwise(asked, [sentence for _, sentence in naming])

    def _ask_otherwise(self, asked: str, sentences: Sequence[str]) -> None:
        """Look for the disease without its qualifiers, or for the one that has what was asked in brackets after it.

        "Active psoriatic arthritis"; "urethritis and cervicitis (Chlamydia trachomatis, …)".
        """
        before = self.phrases
        plain_words = [word for word in asked.split() if bare(word, AROUND | QUALIFIERS)]
        for apart, way in (
            ((), " ".join(plain_words)),
            *(way for each in sentences for way in self._in_brackets(each)),
        ):
            if way and way not in before:
                self._apart = apart
                self._ask((way,))
                if self.by_label:
                    self.called = way
                    return
        self._apart = ()
        self._ask(before)

    def _in_brackets(self, sentence: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is before the brackets that name what was asked, without whom it is in, whole and in its parts.

        With each how the other names in the brackets begin.
        """
        found = re.search(r"(?P<what>[^:;()]+)\((?P<inside>[^()]*)\)", sentence)
        items = re.split(r"[,;]\s+", found["inside"]) if found else []
        if found and any(map(self._has_first, items)):
            own = {word[:_STEM] for item in items if self._has_first(item) for word in folded(item).split()}
            others = {word[:_STEM] for item in items for word in folded(item).split() if len(word) > _STEM}
            what = re.split(r"\s+(?:in|of)\s+", found["what"].strip())[0]
            for way in (what, *re.split(r",\s+|\s+(?:and|or)\s+", what)):
                yield tuple(others - own), way

    def _is_of_another_organism(self, label: str) -> bool:
        return bool(self._apart) and any(w.startswith(self._apart) for w in folded(_NOT_IT.sub("", label)).split())

    def _has_first(self, text: str) -> bool:
        return any(holds(spelled, words) for spelled in (self.spelled(text), folded(text)) for words in self._first)

    def _words_beside(self, sentences: Sequence[str]) -> frozenset[str]:
        """What else the sentences name that name what was asked."""
        asked = set(" ".join(self._wanted).split())
        words = (word for each in sentences for word in self.spelled(each).split())
        return frozenset(w for w in words if len(w) > 3 and w not in NAMELESS | QUALIFIERS | _ANY_DISEASE | asked)

    def _is_nameless(self, asked: str) -> bool:
        """Whether words name no disease: a grade, a figure, people. An organ names what is done to it, if anything."""
        words = folded(asked).split()
        if not all(word in NAMELESS or word.isdigit() or stages(word) for word in words):
            return False
        named = [row.indication or "" for row in self.rows]
        if words == ["maintenance"]:
            return not any(map(_MAINTENANCE.match, named))
        organs = set(same(asked).split()) - {"acute", "chronic", "disease"}
        if not organs <= _ORGANS.keys():
            return True
        return not any(holds(self.spelled(each), " ".join(organs)) and not organs_in(each) for each in named)

    @property
    def by_label(self) -> bool:
        """Whether the label of a row, or a heading over it, names what is wanted."""
        return any(self.names(label) for row in self.rows for label in labels(row) if not is_generic(label))

    def _naming(self) -> Iterator[tuple[int, str]]:
        """The lines on uses and doses that name it, but for those that exclude it, and the sentence that does."""
        for section in (*self._usage, *self.dosage):
            for block in section.blocks:
                for sentence in _SENTENCES.split(plain(block.text)):
                    excluded = _EXCLUDED.search(sentence)
                    before = sentence[: excluded.start()] if excluded else sentence
                    if self.names(before) and not _DENIED.search(_WHEN.split(sentence)[0]):
                        yield block.line, sentence

    # ---------------------------------------------------------------- what a row says

    def of(self, row: DoseRow, conditions: Sequence[Condition]) -> Judgement | None:
        """What a row says: by its indication, by the labels and the heading over it, else by its text."""
        names = [c.text for c in conditions if c.kind == "indication"] or ([row.indication] if row.indication else [])
        over = [*labels(row), self.titles.get(row.section, "")]
        for label in (*names, *over):
            if found := self._other_than(label):
                return found
            denied = any(self.names(each[1]) and not self.names(label) for each in _NOT_IT.finditer(label))
            if denied or self._is_of_another_organism(label):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
        parts = [part for label in labels(row) for part in label.split("; ") if label not in names]
        if another := next(filter(self._is_other_phase, parts), None):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {another}")
        if any(self.names(label) for label in names if not _ALL.search(label)):
            nearer = (part for part in parts if part in self._text_of_lines.get(row.line, "") and not self.names(part))
            if another := next((p for p in nearer if self._is_of_other_diseases(p) and self._is_apart(p)), None):
                return Judgement("open", f"for {another}, under a title that names it")
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
        by_text = self.lines and not self.called
        return self._by_text(row, named, over) if by_text else self._by_labels(row, named, over)

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
        in_text = any(self.names(each) and not _EXCLUDED.search(each) for each in _SENTENCES.split(row.text))
        if named:
            label = named[-1]
            if self._is_linked(label) or (label.lower() in row.text.lower() and self.names(row.text)):
                return HOLDS
            if in_text:
                return Judgement("open", f"for {label}, but its words name what was asked")
            if self.vocabulary.is_indication(label):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
            return Judgement("open", f"for {label}, which may be another indication")
        if _OTHER.search(row.text):
            return None  # "For other indications, no adjustment is needed"
        own = over[:-1]
        if another := next(filter(self._names_another, own), None):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {another}")
        for label in filter(self._is_of_other_diseases, (part for each in own for part in each.split("; "))):
            titled = any(re.fullmatch(_TITLE.format(re.escape(label)), c.text, re.I) for c in row.conditions)
            is_its_own = titled or (row.line in self._parted and label in self._text_of_lines.get(row.line, ""))
            if (
                is_its_own and self._is_apart(label) and not _STOPPING.search(label)
            ):  # a run-in title may stand over lines that are not its own
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
            return Judgement("open", f"for {label}, which may be another indication")
        if any(map(self._is_of_another, own)):
            return Judgement("open", "its label may name another indication")
        if in_text:
            return HOLDS
        treated = _TREATED.search(row.text)
        of_another = treated and self.vocabulary.is_disease(treated["what"]) and not self.names(treated["what"])
        if of_another or self._names_another(row.text) or self._is_of_other_diseases(row.text):
            return Judgement("open", "the words speak of another indication")
        heading = re.sub(r"\([^)]*\)", "", over[-1])
        if self._is_of_another(heading, for_sure=True) or self._is_of_other_diseases(heading):
            return Judgement("open", "its heading names another indication, or a wider one")
        return None

    def _by_text(self, row: DoseRow, named: Sequence[str], over: Sequence[str]) -> Judgement | None:
        """What a row says where no label has the words: one may be another name of what was asked.

        A label that the uses name apart from what was asked is another indication, if a row is left for the rest.
        """
        if (row.line, row.text) in self._told:
            return HOLDS
        for label in (*reversed(named), *(part for each in over[:-1] for part in each.split("; "))):
            suffering = _SUFFERING.search(label)
            if label in named or (suffering and self.vocabulary.is_known(suffering["what"])):
                known = (self._is_apart(label) and self._has_rest) or (self._any_beside and not self._is_beside(label))
                reason = f"{OTHER_INDICATIONS}: {label}" if known else f"for {label}, which may be another name for it"
                return Judgement("fails" if known else "open", reason)
            if self._is_of_other_diseases(label):
                return Judgement("open", f"for {label}, which may be another name for it")
        if self._is_of_other_diseases(row.text):
            return Judgement("open", "the words speak of another indication")
        return None

    def _is_beside(self, label: str) -> bool:
        """Whether a label names something that the text names together with what was asked."""
        return not self._named_with.isdisjoint(self.spelled(label).split())

    @cached_property
    def _any_beside(self) -> bool:
        """Whether any label does: then those that do not are other indications."""
        return any(map(self._is_beside, self._indications))

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
        if _NOT_IT.search(label) and not any(
            map(_NOT_IT.search, self.phrases)
        ):  # non-gonococcal, where gonococcal is asked
            label = _NOT_IT.sub("", label)
        if any(folded(label) == folded(phrase) for phrase in self.phrases):
            return True
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

    def _is_other_phase(self, label: str) -> bool:
        """Whether a label is for treatment where prophylaxis was asked for, or the other way round."""
        asked = {same(phrase) for phrase in self.phrases}
        return asked <= _PHASES and same(label) in _PHASES - asked

    def _is_of_other_diseases(self, text: str) -> bool:
        """Whether a text has a word for a disease that the uses or an indication name, and none that was asked for."""
        if organs_in(text):
            return False
        found = _diseases_in(self.spelled(text))
        shorts = (re.search(rf"\b{re.escape(short)}\b", text) for short in self._short_diseases)
        if any(shorts) and not self.names(text):
            return True  # ALL is not CML, though both are leukemias
        return not found.isdisjoint(self._own_diseases) and found.isdisjoint(_diseases_in(" ".join(self._wanted)))

    @cached_property
    def _short_diseases(self) -> list[str]:
        return [short for short, meaning in self.vocabulary.abbreviations.items() if self.vocabulary.is_known(meaning)]

    @cached_property
    def _parted(self) -> frozenset[int]:
        """The lines that a label is over to their end: items of a list and rows of a table. A paragraph may go on."""
        blocks = (block for section in self.dosage for block in section.blocks)
        return frozenset(block.line for block in blocks if block.kind in ("item", "row"))

    @cached_property
    def _text_of_lines(self) -> dict[int, str]:
        return {block.line: plain(block.text) for section in self.dosage for block in section.blocks}

    @cached_property
    def _own_diseases(self) -> frozenset[str]:
        return _diseases_in(" ".join((*self._use_lines, *map(self.spelled, self._indications))))


def _diseases_in(spelled: str) -> frozenset[str]:
    """The words for diseases in a text, as they are compared: without the last s."""
    words = frozenset(spelled.split()) - NAMELESS - _ANY_DISEASE - {"surgery"}  # for which a drug is stopped, too
    return frozenset(word for word in words if names_disease(word) or names_disease(f"{word}s"))


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
