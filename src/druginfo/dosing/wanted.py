"""Which rows are for the indication that `--for` asks: words compared, folded, in full or abbreviated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from druginfo.dosing.conditions import labels, organs_in
from druginfo.dosing.indications import IndicationWords, names_disease
from druginfo.dosing.judging import HOLDS, OTHER_INDICATIONS, Judgement
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import stages
from druginfo.errors import NotFound
from druginfo.markup import plain
from druginfo.model import Condition, DoseRow, Monograph, Regimens, Section
from druginfo.terms import without_brackets
from druginfo.terms.asked import (
    ACUTE,
    PREVENTION,
    TREATMENT,
    Asked,
    Meanings,
    Part,
    is_excluded,
    is_implied,
    is_of_another,
    read,
    stages_in,
)
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

_EXCLUDED = Pattern(r"\b(?:not|no|except|never|(?<!with or )without|nor|cannot|unless)\b", re.I)
_DENIED = Pattern(
    r"\b(?:is|are|was|were|has|have|does|do)\s+(?:not|no)\b"
    r"|\bnot\s+(?:been|for|approved|indicated|recommended|established|studied|covered)\b",
    re.I,
)
""" "Efficacy in Crohn's disease is not established"; "angina, without vasospasm" is a use."""
_NOT_FOR = re.compile(r"\W*(?:not for|limitation)", re.I)
_OF_PAST = re.compile(
    r"\b(?:after|following|history of)\s+(?:an?\s+)?(?:acute\s+)?(?:MI|myocardial|heart attack|stroke|infarct)[^,;.:]*",
    re.I,
)
"""An event whose survivors a use is for: it treats none."""
_WHEN = re.compile(r"\b(?:when|if|who|where|unless)\b", re.I)
_USAGE = Pattern(r"usage|(?<!contra)(?<!contra-)indication|^uses?$|therapeutic", re.I)
_SUFFERING = Pattern(r"\b(?:with|for|of)\s+(?P<what>(?!age\b|use\b).+)", re.I)
_TREATED = Pattern(r"\b(?:treatment|prophylaxis|prevention|management)\s+of\s+(?P<what>[^.,;:]{3,60})", re.I)
_FOR_USE = re.compile(r"\W*for\s+(?:[\w-]+\s+){1,2}use\b", re.I)
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

    Raises NotFound where no row, and no line on uses and doses, names it.
    """

    def __init__(self, monograph: Monograph, regimens: Regimens, asked: str, meanings: Meanings) -> None:
        self.vocabulary = IndicationWords(monograph)
        self.rows = regimens.rows
        keys = {row.section for row in regimens.rows} | {note.section for note in regimens.notes}
        self.dosage = [section for section in monograph.sections if section.key in keys]
        self.monograph = monograph
        self.titles = {section.key: section.title for section in self.dosage}
        self._apart: tuple[str, ...] = ()
        """How the names of organisms begin beside the one that was asked for."""
        self.asked = asked
        self._labels: dict[str, bool] = {}
        """Whether they name it, as far as that is known."""
        self._parts: tuple[Part, ...] = ()
        self._formed: dict[str, frozenset[str]] = {}
        self._used: dict[str, bool] = {}
        self._known: dict[str, bool] = {}
        self._of_rows: dict[int, Judgement] = {}
        """What the labels of rows say of a phrase, by the row's identity."""
        self.lines: tuple[int, ...] = ()
        """Where the text names it, where no label does."""
        self.called: str | None = None
        """What the labels call it, where they call it otherwise than was asked."""
        self.notice: str | None = None
        """What is said where no label names it as it was asked for."""
        phrase = read(asked, meanings)
        if not any(part.is_known for part in phrase.parts) and self._is_nameless(asked):
            raise NotFound(f"“{asked}” is not an indication.", query=asked)
        if self._by_parts(phrase):
            return
        ways = [each for each in ((asked,), _of_species(asked)) if each]
        for way in ways if not phrase.has(PREVENTION) and not phrase.has(TREATMENT) else ways * (not phrase.conditions):
            self._ask(way)
            if self.by_label:
                return
        self._ask(tuple(dict.fromkeys(words for way in ways for words in way)))
        self._by_lines(phrase)

    def _by_parts(self, phrase: Asked) -> bool:
        """Whether labels have a condition of a phrase and nothing that its other parts exclude, and which are nearest.

        A part that no label has must be in a line of the uses that is about the label, or in the condition's own name,
        or be of such that a text may leave out; among other people another label may be the nearest.
        """
        places = self._fitting(phrase.parts)
        best: dict[str | None, int] = defaultdict(int)
        for (population, _), rows in places.items():
            best[population] = max(best[population], *(fit.score for _, fit in rows))
        nearest = {
            place: rows for place, rows in places.items() if max(fit.score for _, fit in rows) == best[place[0]] > 0
        }
        phase = max((fit.phase or 0 for rows in nearest.values() for _, fit in rows), default=0)
        chosen: list[tuple[str, _Fit]] = []
        for (population, label), rows in places.items():
            for number, fit in rows:
                is_nearest = (population, label) in nearest
                if is_nearest and not fit.excluded and fit.phase in (None, phase):
                    said = HOLDS
                    chosen.append((label, fit))
                elif is_nearest or best[population] or fit.excluded or not fit.lacks:
                    said = Judgement("fails", f"{OTHER_INDICATIONS}: {'; '.join(labels(self.rows[number]))}")
                else:
                    said = Judgement("open", f"it says nothing of “{fit.lacks}”")
                self._of_rows[id(self.rows[number])] = said
        if not chosen:
            self._of_rows.clear()
            return False
        best_fit = max((fit for _, fit in chosen), key=lambda fit: fit.score)
        self._look_for([part for part in best_fit.held if not part.stage])
        self._labels = {label: False for _, label in places} | {label: True for label, _ in chosen}
        whom = next(population for (population, label) in nearest if any(label == each for each, _ in chosen))
        self._say([label for population, label in nearest if population == whom], best_fit)
        return True

    def _say(self, labels: Iterable[str], fit: _Fit) -> None:
        """Say what the labels call it, where parts of the phrase are in the text only or not even there."""
        if not (fit.lines or fit.unsaid):
            return
        names = list(dict.fromkeys(f"“{label}”" for label in labels))
        some = ", ".join(names[:_MOST_NAMED]) + " and others" * (len(names) > _MOST_NAMED)
        unsaid = f" The text says nothing of “{' '.join(fit.unsaid)}”." if fit.unsaid else ""
        where = f" (see {_in_lines(fit.lines)})" if fit.lines else ""
        self.notice = f"No dose is labelled “{self.asked}”; these are for {some}{where}.{unsaid}"

    def _fitting(self, parts: Sequence[Part]) -> dict[tuple[str | None, str], list[tuple[int, _Fit]]]:
        """The rows whose labels have a condition of a phrase, by people and label: number and how they fit.

        What is for a condition in general counts where no label has it itself, and the uses do not deny it.
        """
        is_denied = self._is_denied(parts)
        places: dict[tuple[str | None, str], list[tuple[int, _Fit]]] = defaultdict(list)
        known: dict[tuple[str, ...], _Fit | None] = {}
        for number, row in enumerate(self.rows):
            key = tuple(labels(row))
            if key not in known:
                known[key] = None if any(map(is_generic, key)) else self._fit(parts, row)
                if not is_denied and not (known[key] or _NO_FIT).score and any(part.wider for part in parts):
                    wider = self._fit(parts, row, in_general=True)
                    known[key] = wider if wider and wider.score else known[key]
            if fit := known[key]:
                places[row.population, fit.label].append((number, fit))
        return places

    def _is_denied(self, parts: Sequence[Part]) -> bool:
        """Whether a line of the uses on what the drug is not for names a phrase."""
        lines = (plain(block.text) for section in self._usage for block in section.blocks)
        conditions = [part for part in parts if not part.stage]
        return any(_NOT_FOR.match(each) and all(self._has(part, each) for part in conditions) for each in lines)

    def _fit(self, parts: Sequence[Part], row: DoseRow, *, in_general: bool = False) -> _Fit | None:
        called = [
            (label, [part for part in parts if not part.stage and self._in_label(part, _affirmed(label), in_general)])
            for label in (row.indication, *(row.qualifier or "").split("; "), row.population)
            if label and (label is not row.population or not row.indication)
        ]
        held = list(dict.fromkeys(part for _, conditions in called for part in conditions))
        asked = {part.stage.key for part in parts if part.stage}
        by_drug = "; ".join(labels(row)) if not row.indication else ""
        own = stages_in(by_drug)
        if not held and (own & asked or is_excluded(asked, own)):  # of the one disease that the drug is for
            conditions = [part for part in parts if not part.stage]
            held = [part for part in conditions if all(self._has(part, each) for each in self._own_labels)]
            called = [(by_drug, held)]
        if not held or all(part.is_soft for part in held):
            return None
        label = next(label for label, conditions in called if conditions)
        if (
            label == row.population
            and self._has(held[0], label)
            and not any(all(self._has(part, text) for part in held) for _, text in self._uses)
        ):
            return None  # patients with heart failure, of a drug for something else
        if label is not row.indication and row.indication and names_disease(row.indication):
            return None  # what the patient has besides
        kinds = {
            key
            for part in parts
            if part.is_known
            for key in stages_in(part.ways[0])
            if key[0] not in _PHASES_OF_A_DISEASE
        }
        has = _stages_of([label for label, _ in called])
        aims = {name for group, name in has if group == "aim"}
        denied = (each[1] for label, _ in called for each in _NOT_IT.finditer(label))
        excluded = any(self._has(part, each) for each in denied for part in parts if not part.stage)
        if label is row.population:  # a title over several tables, of which a caption may name another disease
            nearer = [each for each in (row.qualifier or "").split("; ") if not any(self._has(p, each) for p in held)]
            excluded |= any(map(self._has_own_disease, nearer))
        excluded = (
            excluded
            or is_excluded(asked | kinds, has)
            or (("phase", ACUTE) in asked and bool(aims) and TREATMENT not in aims)
        )
        held += [part for part in parts if part.stage and part.stage.key in has]
        implied = {("aim", TREATMENT), *([("phase", ACUTE)] if TREATMENT in aims else [])}
        lines = self._lines_on(row, held)
        name = " ".join((label, *(way for part in held for way in part.ways)))
        found: set[int] = set()
        unsaid: list[str] = []
        lacks = ""
        confirmed, is_whole = 0, True
        for part in parts:
            if part in held or is_implied(part, name) or (part.stage and part.stage.key in implied):
                continue
            if where := [line for line, text in lines if self._has(part, text, in_general=in_general)]:
                found.update(where)
                confirmed += 1
            elif part.is_soft and not (part.stage and any(is_of_another(part.stage, text) for _, text in lines)):
                unsaid.append(part.text)
            else:
                lacks, is_whole = (part.text if part.stage else lacks), False
        nearest = called[0][1] if row.indication else held
        weights = sum((2 if part.is_soft else 4) if part.stage else 16 if part in nearest else 6 for part in held)
        phases = {key for key in has if key[0] in _PHASES_OF_A_DISEASE and key[1] != TREATMENT}
        score = 0 if excluded or not is_whole else weights + confirmed - (3 if in_general else 0)
        return _Fit(
            label,
            tuple(held),
            tuple(sorted(found)),
            tuple(unsaid),
            lacks,
            excluded,
            score,
            max(1 + (group == "aim") if (group, name) in asked else 0 for group, name in phases) if phases else None,
        )

    @cached_property
    def _own_labels(self) -> list[str]:
        """The labels of indications, but for those of all or others."""
        return [label for label in self._indications if not is_generic(label)]

    def _lines_on(self, row: DoseRow, held: Sequence[Part]) -> list[tuple[int, str]]:
        """The lines of the uses on a row's own label, an item of it, as far as they know its words; and the row."""
        label = row.indication or ""
        for own in (label,), tuple(re.split(r",|;|/|\b(?:and|or)\b", label)):
            wanted = [" ".join(word for word in bare(each).split() if self._is_used(word)) for each in own]
            if lines := [each for each in self._uses if any(holds(folded(each[1]), words) for words in wanted)]:
                break
            if not any(wanted):
                conditions = [part for part in held if not part.stage]
                lines = [each for each in self._uses if all(self._has(part, each[1]) for part in conditions)]
        return [*lines, (row.line, row.text)]

    def _is_used(self, word: str) -> bool:
        """Whether the uses have a word, folded."""
        if word not in self._used:
            self._used[word] = any(holds(line, word) for line in self._use_lines)
        return self._used[word]

    def _by_lines(self, phrase: Asked) -> None:
        """What the text names where no label does."""
        if phrase.conditions:
            self._look_for(phrase.parts)
        naming = list(self._naming())
        self.lines = tuple(sorted({line for line, _ in naming}))
        if not self.lines:
            raise NotFound(f"{self.monograph.title} has no doses for “{self.asked}”.", query=self.asked)
        sentences = [sentence for _, sentence in naming]
        self._named_with = self._words_beside(sentences)
        self._ask_otherwise(sentences)
        where = _in_lines(self.lines)
        found = f"these are for “{self.called}” (see {where})" if self.called else f"the text names it in {where}"
        self.notice = f"No dose is labelled “{self.asked}”; {found}."

    def _ask_otherwise(self, sentences: Sequence[str]) -> None:
        """Look for what has in brackets after it what was asked: "urethritis (Chlamydia trachomatis)"."""
        before = self._parts
        for apart, way in [each for sentence in sentences for each in self._in_brackets(sentence)]:
            self._apart = apart
            self._ask((way,))
            if way and self.by_label:
                self.called = way
                return
        self._apart = ()
        self._look_for(before)

    def _in_brackets(self, sentence: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is before the brackets that name what was asked, without whom it is in, whole and in its parts.

        With each how the other names in the brackets begin.
        """
        found = re.search(r"(?P<what>[^:;()]+)\((?P<inside>[^()]*)\)", sentence)
        items = re.split(r"[,;]\s+", found["inside"]) if found else []
        if found and any(map(self.names, items)):
            own = {word[:_STEM] for item in items if self.names(item) for word in folded(item).split()}
            others = {word[:_STEM] for item in items for word in folded(item).split() if len(word) > _STEM}
            what = re.split(r"\s+(?:in|of)\s+", found["what"].strip())[0]
            for way in (what, *re.split(r",\s+|\s+(?:and|or)\s+", what)):
                yield tuple(others - own), way

    def _is_of_another_organism(self, label: str) -> bool:
        return bool(self._apart) and any(w.startswith(self._apart) for w in folded(_NOT_IT.sub("", label)).split())

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
        named = {label for row in self.rows for label in labels(row) if not is_generic(label)}
        whom = {row.population for row in self.rows if not row.indication}
        in_uses = any(self.names(text) for _, text in self._uses)
        return any(self.names(_affirmed(label)) for label in named if in_uses or label not in whom)

    def _naming(self) -> Iterator[tuple[int, str]]:
        """The lines on uses and doses that name it, but for those that exclude it, and the sentence that does."""
        dosed = {row.line for row in self.rows if row.dose}
        for section in (*self._usage, *self.dosage):
            for block in section.blocks:
                if section not in self._usage and block.line not in dosed:
                    continue
                for sentence in () if _NOT_FOR.match(plain(block.text)) else _SENTENCES.split(plain(block.text)):
                    if self.names(_OF_PAST.sub(" ", _affirmed(sentence))) and not _DENIED.search(
                        _WHEN.split(sentence)[0]
                    ):
                        yield block.line, sentence

    # ---------------------------------------------------------------- what a row says

    def of(self, row: DoseRow, conditions: Sequence[Condition]) -> Judgement | None:
        """What a row says: by its indication, by the labels and the heading over it, else by its text."""
        names = [c.text for c in conditions if c.kind == "indication"] or ([row.indication] if row.indication else [])
        over = [*labels(row), self.titles.get(row.section, "")]
        for label in (*names, *over):
            if found := self._other_than(label):
                return found
        if found := self._of_rows.get(id(row)):
            return found
        for label in (*names, *over):
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

    def _is_known(self, label: str) -> bool:
        """Whether the uses name a label apart from what was asked, or the tables have a condition or organism in it."""
        if label not in self._known:
            is_apart = self._is_apart(label.split(",")[0])
            self._known[label] = is_apart or any(part.is_known for part in read(label).parts)
        return self._known[label]

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
            if self.vocabulary.is_indication(label) or self._is_known(label):
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
        if self._treats_another(row.text) or self._names_another(row.text) or self._is_of_other_diseases(row.text):
            return Judgement("open", "the words speak of another indication")
        heading = re.sub(r"\([^)]*\)", "", over[-1])
        if self._is_of_another(heading, for_sure=True) or self._is_of_other_diseases(heading):
            return Judgement("open", "its heading names another indication, or a wider one")
        return None

    def _by_text(self, row: DoseRow, named: Sequence[str], over: Sequence[str]) -> Judgement | None:
        """What a row says where no label has the words: one may be another name of what was asked.

        A label that the uses name apart from what was asked is another indication, if a row is left for the rest.
        """
        of_another = id(row) in self._of_others
        if (row.line, row.text) in self._told and not of_another:
            return HOLDS
        for label in (*reversed(named), *(part for each in over[:-1] for part in each.split("; "))):
            suffering = _SUFFERING.search(label)
            if label in named or (suffering and self.vocabulary.is_known(suffering["what"])):
                known = self._is_apart(label) and (self._has_rest or self._any_near)
                known = known or (self._any_beside and not self._is_beside(label))
                reason = f"{OTHER_INDICATIONS}: {label}" if known else f"for {label}, which may be another name for it"
                return Judgement("fails" if known else "open", reason)
            if self._is_of_other_diseases(label):
                return Judgement("open", f"for {label}, which may be another name for it")
        if of_another or self._is_of_other_diseases(row.text):
            return Judgement("open", "the words speak of another indication")
        return None

    def _treats_another(self, text: str) -> bool:
        """Whether words say what a dose treats, and that is not what was asked: "infections other than meningitis"."""
        treated = _TREATED.search(text)
        what = treated["what"] if treated else ""
        if excepted := _OTHER_THAN.search(what):
            return self.names(excepted["what"])
        use = _FOR_USE.match(text)
        return bool(use or self.vocabulary.is_disease(what)) and not self.names(text)

    @cached_property
    def _of_others(self) -> frozenset[int]:
        """The rows that say what else they treat, and doses and maxima after them in their line until another does."""
        found = set()
        place, is_other = None, False
        for row in self.rows:
            if (row.section, row.line) != place:
                place, is_other = (row.section, row.line), False
            says = _TREATED.search(row.text) or _FOR_USE.match(row.text)
            is_other = self._treats_another(row.text) if says else is_other
            if is_other and (says or row.dose or row.maximum):
                found.add(id(row))
        return frozenset(found)

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

    @cached_property
    def _any_near(self) -> bool:
        """Whether the uses name any label's disease together with what was asked."""
        return any(not is_generic(label) and not self._is_apart(label) for label in self._indications)

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
        if self._labels and names_disease(re.sub(r"\w*therapy", "", label)):
            return False  # where a label names what was asked, other diseases are beside it
        parts = (label, *re.split(r",\s+|\s+(?:and|or)\s+|/", label))
        for part in filter(None, map(bare, parts)):
            lines = [line for line in self._use_lines if holds(line, part)]
            others = (other for line in lines for other in map(bare, self._indications) if holds(line, other))
            if lines and all(map(self._in_line, lines)) and all(other == part for other in others):
                return True
        return False

    def _in_line(self, line: str) -> bool:
        return self.names(self._use_lines[line])

    @cached_property
    def _usage(self) -> list[Section]:
        return [s for s in self.monograph.sections if _USAGE.search(s.key.split("/", 1)[0])]

    @cached_property
    def _uses(self) -> list[tuple[int, str]]:
        """The lines on uses, with what is over them, as far as they exclude nothing."""
        lines = []
        for section in self._usage:
            heads: dict[int, str] = {}
            for block in section.blocks:
                text = heads[block.depth] = plain(block.text)
                head = heads.get(block.depth - 1, "")
                whole = f"{head} {text}" if head.endswith(":") else text
                lines.append((block.line, _affirmed(whole)))
        return [each for each in lines if each[1].strip()]

    @cached_property
    def _use_lines(self) -> dict[str, str]:
        """The same folded, each with its text."""
        return {f"{folded(text)} {self.spelled(text)}": text for _, text in self._uses}

    @cached_property
    def _indications(self) -> list[str]:
        return list(dict.fromkeys(row.indication for row in self.rows if row.indication))

    # ---------------------------------------------------------------- words

    def names(self, label: str) -> bool:
        """Whether a label holds the wanted words, one item of a list all of them, or their initials: "MM"."""
        if label in self._labels:
            return self._labels[label]
        if _NOT_IT.search(label) and not any(
            map(_NOT_IT.search, self.phrases)
        ):  # non-gonococcal, where gonococcal is asked
            label = _NOT_IT.sub("", label)
        if self._parts:
            return all(self._has(part, label) for part in self._parts)
        if any(folded(label) == folded(phrase) for phrase in self.phrases):
            return True
        if self._initials and re.search(rf"\b(?:{'|'.join(self._initials)})\b", label):
            return True
        forms = self._forms(label)
        if not any(map(_NOT_IT.search, self.phrases)):
            forms = frozenset(_NOT_IT.sub("", form) for form in forms)
        return any(_holds(text, words) for text in forms for words in self._wanted)

    def _in_label(self, part: Part, label: str, in_general: bool) -> bool:
        """Whether a label has a condition; or only what that is a kind of, and names no kind of it itself."""
        if self._has(part, label) or not in_general:
            return self._has(part, label)
        items = re.split(r",\s+|\s+(?:and|or)\s+|/", label)
        share = _items(label) == [label] and len(items) > 2  # infections of the ear, the nose and the throat
        wide = (way for way in part.wider if self._has(part._replace(ways=(way,)), label))
        return any(share or any(_is_no_more(item, way) for item in (label, *items)) for way in wide)

    def _has(self, part: Part, text: str, *, in_general: bool = False) -> bool:
        """Whether a text has a part of a phrase, a condition within one item of a list."""
        if part.stage:
            return part.stage.is_in(without_brackets(text) if part.stage.group in _PHASES_OF_A_DISEASE else text)
        forms = self._forms(text)
        if not any(map(_NOT_IT.search, part.ways)):
            text, forms = _NOT_IT.sub("", text), frozenset(_NOT_IT.sub("", form) for form in forms)
        ways = (*part.ways, *part.wider) if in_general else part.ways
        return any(self._has_words(way, text, forms) for way in ways)

    def _has_words(self, way: str, text: str, forms: Collection[str]) -> bool:
        if way.isupper() and " " not in way:
            return re.search(rf"(?<!\w){re.escape(way)}s?(?!\w)", text) is not None
        spelled = {same(way), folded(way), self.spelled(way), bare(way, AROUND)}
        return any(_holds(form, words) for words in spelled for form in forms)

    def _forms(self, text: str) -> frozenset[str]:
        """The items of a text as they are compared."""
        if text not in self._formed:
            ways = (
                way for each in _items(text) for way in {each, each.replace("-", "")}
            )  # post-herpetic, postherpetic
            self._formed[text] = frozenset(form for way in ways for form in (self.spelled(way), same(way), folded(way)))
        return self._formed[text]

    def _look_for(self, parts: Sequence[Part]) -> None:
        """Look for these parts of a phrase from now on."""
        self._parts = tuple(parts)
        self.phrases = tuple(way for part in parts for way in part.ways)
        self._wanted = {words for way in self.phrases for words in (self.spelled(way), same(way), folded(way))}
        self._initials: list[str] = []

    def _ask(self, phrases: tuple[str, ...]) -> None:
        """Look for these words from now on, and for their initials where the monograph has no other use of those."""
        self._parts = ()
        self.phrases = phrases
        ways = {way for phrase in phrases for way in (phrase, phrase.replace("-", ""))}
        self._wanted = {words for way in ways for words in (self.spelled(way), same(way), folded(way))}
        several = (re.findall(r"[a-z]+", phrase.lower()) for phrase in phrases)
        named = (words for words in several if 2 <= len(words) <= 5 and min(map(len, words)) > _SMALL_WORD)
        shorts = {"".join(word[0] for word in words).upper() for words in named}
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
        if self._has_short(text) and not self.names(text):
            return True  # ALL is not CML, though both are leukemias
        found = _diseases_in(self.spelled(text))
        return not found.isdisjoint(self._own_diseases) and found.isdisjoint(_diseases_in(" ".join(self._wanted)))

    def _has_own_disease(self, text: str) -> bool:
        """Whether a text has a word for a disease that the uses or an indication name."""
        return self._has_short(text) or not _diseases_in(self.spelled(text)).isdisjoint(self._own_diseases)

    def _has_short(self, text: str) -> bool:
        return any(re.search(rf"\b{re.escape(short)}\b", text) for short in self._short_diseases)

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


def _stages_of(labels: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The aims and stages of labels, the nearer ones for what those before them leave open."""
    found: set[tuple[str, str]] = set()
    for label in labels:
        groups = {group for group, _ in found}
        found |= {key for key in stages_in(label) if key[0] not in groups}
    return frozenset(found)


class _Fit(NamedTuple):
    """How the labels of a row fit a phrase."""

    label: str
    """The one that names a condition of it."""
    held: tuple[Part, ...]
    """The parts that they have."""
    lines: tuple[int, ...]
    """Where the uses have the others."""
    unsaid: tuple[str, ...]
    """What the text says nothing of."""
    lacks: str
    """The stage that it would have to name."""
    excluded: bool
    """Whether they name another aim, stage or kind."""
    score: int
    """How near they are; 0 where they are not for it."""
    phase: int | None
    """How well a phase of the disease that they name is the one that was asked: 0 for another one, 2 for its aim."""


_NO_FIT = _Fit("", (), (), (), "", False, 0, None)
_PHASES_OF_A_DISEASE = frozenset({"aim", "phase", "order"})
_MOST_NAMED = 3
_SMALL_WORD = 2  # letters


def _holds(text: str, words: str) -> bool:
    """Whether a text holds words, both folded; a figure counts what is beside it: type 1 is not "type 2, 1 tablet"."""
    return f" {words} " in f" {text} " if any(map(str.isdigit, words.split())) else holds(text, words)


def _affirmed(text: str) -> str:
    """A text up to what it excludes."""
    excluded = _EXCLUDED.search(text)
    return text[: excluded.start()] if excluded else text


def _is_no_more(label: str, way: str) -> bool:
    """Whether a label says no more than a condition, but for its stage: "social anxiety disorder" is no general one."""
    rest = set(bare(label).split()) - {"mellitu"} - set(same(way).split()) - set(folded(way).split())
    return holds(same(label), bare(way, AROUND)) and all(map(stages_in, rest))


def _in_lines(lines: Sequence[int]) -> str:
    return f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"


def _items(label: str) -> list[str]:
    """The items of a label that lists several; one where they share a noun: "Kidney, Liver or Lung Transplant"."""
    items = re.split(r"[,;]\s+", label)
    share = any(" " not in item.strip() and not item.isupper() for item in items)
    return [label] if share or len(items) < 3 or len(label) > _LONGEST_LIST else items


def is_generic(label: str) -> bool:
    """Whether a label means indications without naming one: "All Indications", "All Other Indications"."""
    return bool(_ALL.search(label) or _OTHER.search(label))
