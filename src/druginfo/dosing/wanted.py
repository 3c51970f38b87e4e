"""Which rows are for what `--for` asks.

The question and each label, heading and line are read for what conditions and stages they name; the rows whose labels
are nearest to the question hold. What else a row names without them leaves it open, or out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

from druginfo.dosing.conditions import labels, named_in, organs_in
from druginfo.dosing.indications import names_disease
from druginfo.dosing.judging import HOLDS, OTHER_INDICATIONS, Judgement
from druginfo.dosing.naming import (
    ANY_DISEASE,
    KINDS,
    NOT_FOR,
    NOT_IT,
    OTHER,
    PHASES,
    affirmed_part,
    in_general_too,
    is_generic,
    is_route,
    joined,
)
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import stages
from druginfo.dosing.use_limits import limits
from druginfo.dosing.ways import COMES_OF, DENIED, ITEM, PAIN, STEM, WHEN, Way, Ways, aims_only_other, is_alike
from druginfo.errors import NotFound
from druginfo.markup import plain
from druginfo.model import Affirmed, Condition, DoseRow, Monograph, Regimens
from druginfo.terms import patterns, sentences, without_brackets
from druginfo.terms.asked import (
    ACUTE,
    PREVENTION,
    TREATMENT,
    WEAK,
    Meanings,
    PhrasePart,
    aims_in,
    is_excluded,
    is_implied,
    is_of_another,
    is_symptom,
    read,
    stages_in,
)
from druginfo.terms.conditions import organism, siblings
from druginfo.terms.phrase_list import Phrases
from druginfo.terms.same import NAMELESS, bare, folded, holds, same
from druginfo.terms.tables import ROUTES

T = TypeVar("T")
_OTHER_THAN = Pattern(
    rf"(?P<rest>\b{KINDS}\s+)?\(?\b(?:other\s+than|except(?:ing|\s+for)?|excluding|but\s+not)\s+(?P<what>[^,;:()]+)\)?",
    re.I,
    hints=("other", "except", "excluding", "but"),
)
""" "Indications other than OCD", "All Indications (except nosocomial pneumonia)"."""
_OF_PAST = re.compile(
    r"\b(?:after|following|history of)\s+(?:an?\s+)?(?:acute\s+)?(?:MI|myocardial|heart attack|stroke|infarct)[^,;.:]*",
    re.I,
)
"""An event whose survivors a use is for: it treats none."""
_HAS_IT = Phrases("has/have/having/got/caught !had | down with")
"""Of a disease that a drug prevents and treats, whoever has got it is to be treated."""
_SUFFERING = re.compile(r"\b(?:with|for|of)\s", re.I)
_IS_A = re.compile(r"\bis\s+an?\s", re.I)
_TREATED = Pattern(
    r"\b(?:(?:treatment|prophylaxis|prevention|management)\s+of|used\s+(?:in\s+treating|to\s+treat))\s+(?P<what>[^.,;:]{3,60})",
    re.I,
)
_DOSED_FOR = Pattern(
    rf"\bdos(?:e|es|age|ages|ing)\b[^.,;:()]{{0,60}}?\bfor\s+(?P<what>(?!(?:\w+\s+)?(?:{patterns.WHOM}|those)\b)[^.,;:()]{{3,60}}?)\s+(?:is|are|was|should|may|can)\b",
    re.I,
    hints=("for",),
)
""" "The usual initial dose of furosemide tablets for hypertension is 80 mg"."""
_LEAD = re.compile(
    r"\W*for\s+(?:the\s+)?(?:(?:acute\s+|initial\s+)?(?:treatment|prophylaxis|prevention|management|relief)\s+of\s+)?"
    r"(?:the\s+)?(?P<what>[^.,;:()]{3,60}?)(?=,|:)",
    re.I,
)
"""What a row says first that it is for."""
_TESTS = re.compile(r"\b(?:tests?|testing|diagnosis)\s+(?:for|of|to)\b", re.I)
"""Of what a drug diagnoses, which is a use of its own."""
_RUN_IN = re.compile(r"(?P<what>[A-Z][^.:;]{3,120}?)\s+(?:The|Initiate|Start|Administer|Give|Take|Begin(?:ning)?)\s")
"""A title that has run into the order after it."""
_EXAMPLES = re.compile(r"\b(?:such\s+as|including|e\.g\.|for\s+example|like)", re.I)
_FIGURE = re.compile(r"\d|\b(?:half|halve|third|quarter)", re.I)
_SHORT_NAME = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_FOR_USE = re.compile(r"\W*for\s+(?:[\w-]+\s+){1,2}use\b", re.I)
_GIVEN_FOR = Pattern(
    rf"\d[\d.,]*\s*\w+\s+for\s+(?:the\s+treatment\s+of\s+)?(?P<what>(?![^.,;:()]*\b{patterns.WHOM}\b)[^.,;:()]{{3,60}})",
    re.I,
    hints=(" for ",),
)
"""What an amount is said to be for, but for people."""
_AND_FOR = re.compile(r"\W*(?:and|or)\s+\d[\d.,]*\s*\S+\s+(?:for|in)\s+(?P<what>[^.,;:()]{3,60})", re.I)
_FOR = re.compile(r"\b(?:for|of)\s+(?P<what>[^.,;:()]{3,60})")
_MOST_NAMED = 3
_NEAR = 2  # sentences
_FIRST = 4  # words
_NAMED_IN_LABELS = frozenset({"renal", "hepatic", "heart", "maintenance", "treatment", "prevention"})
"""Words that name an indication where a label has them: "kidney" is for a transplant."""
_AMOUNT = re.compile(r"\d")
_PEOPLE_WITH = Pattern(
    rf"\b(?:{patterns.WHOM}|those)\s+(?:at\s+risk\s+(?:for|of)\s+[^.,;:()]{{3,60}}?\s+or\s+)?(?:with|who\s+have|whose)"
    r"\s+(?P<what>[^.,;:()]{3,60})",
    re.I,
    hints=("with", "have", "whose"),
)
_WHOM_WITH = re.compile(rf"\b{patterns.WHOM}\b[^.,;:()]*?\bwith\s(?P<what>[^.;:()]+)", re.I)
_PATIENTS_OF = Pattern(r"^(?P<what>[^\W\d]+)\s+patients\b", re.I, hints=("patients",))
"""Whose a statement is that begins with them: "Angina patients controlled on …"."""


class WantedIndication(Ways):
    """An indication that was asked for, in one monograph's rows.

    `affirmed`: the lines of the uses that affirm it, by whatever name.

    Raises NotFound where no row, and no line on uses and doses, names it.
    """

    def __init__(
        self, monograph: Monograph, regimens: Regimens, asked: str, meanings: Meanings,
        affirmed: Callable[[], Sequence[Affirmed]] = tuple,
    ) -> None:  # fmt: skip
        super().__init__(monograph, regimens, asked)
        self.monograph = monograph
        keys = {row.section for row in regimens.rows} | {note.section for note in regimens.notes}
        self.dosage = [section for section in monograph.sections if section.key in keys]
        self.titles = {section.key: section.title for section in self.dosage}
        self._apart: tuple[str, ...] = ()
        """How the names of organisms begin beside the one that was asked for."""
        self._of_rows: dict[int, Judgement] = {}
        """What the labels of rows say of a phrase, by the row's identity."""
        self.lines: tuple[int, ...] = ()
        """Where the text names it, where no label does."""
        self._is_wider = False
        """Whether the uses affirm it by a wider name alone."""
        self._by_text = False
        """Whether only the text names it."""
        self._aside: str | None = None
        """What had to be set aside of it for the rest to be found, so that no dose is surely for it."""
        self.notice: str | None = None
        """What is said where no label names it as it was asked for."""
        phrase = read(asked, meanings)
        self._stages_asked = frozenset(part.stage.key for part in phrase.parts if part.stage)
        self._look_for(phrase.conditions or phrase.parts)
        if not any(part.is_known for part in phrase.parts) and self._is_nameless():
            raise NotFound(f"“{asked}” is not an indication.", query=asked)
        if _HAS_IT.search(asked) and {("aim", PREVENTION), ("aim", TREATMENT)} <= aims_in("; ".join(self._own_labels)):
            phrase = phrase._replace(parts=(*phrase.parts, *read(TREATMENT).parts))
        for way in self._readings(phrase, meanings):
            if (
                self._choose(way.parts)
                if way.by_labels
                else self._by_lines(way.parts, affirmed if way.by_uses else tuple)
            ):
                self._set_aside(way)
                return
        self._look_for(phrase.conditions or phrase.parts)
        refused = "".join(f" Uses: “{each}”" for each in self._refusing(phrase)[:1])
        raise NotFound(f"{self.monograph.title} has no doses for “{asked}”.{refused}", query=asked)

    def _set_aside(self, way: Way) -> None:
        """Say what was set aside of what was asked, for it to be found."""
        notice = None
        if not way.is_sure:
            self._aside = way.aside
            called = " ".join(part.text for part in way.parts)
            self.notice = f"The text names “{called}”, not “{self.asked}”: no dose here is surely for it."
        elif way.aside:
            notice = f"Set aside: “{way.aside}”."
        self.notice = " ".join(filter(None, (notice, self.notice))) or None

    @property
    def has_labels(self) -> bool:
        """Whether any label names an indication."""
        return bool(self._own_labels)

    def _is_nameless(self) -> bool:
        """Whether words name no disease: a grade, a figure, people; unless a label is of them, not of their organ."""
        words = folded(self.asked).split()
        if not all(word in NAMELESS or word.isdigit() or stages(word) for word in words):
            return False
        if not _NAMED_IN_LABELS.intersection(same(self.asked).split()):
            return True
        return not any(self.names(label) and not organs_in(label) for label in self._own_labels)

    # ---------------------------------------------------------------- by labels

    def _choose(self, parts: Sequence[PhrasePart]) -> bool:
        """Whether labels have a condition of a phrase and nothing that its other parts exclude, and which are nearest.

        A part that no label has must be in a line of the uses that is about the label, or in the condition's own name,
        or be of such that a text may leave out; among other people another label may be the nearest.
        """
        places = self._fitting(parts)
        best: dict[str | None, int] = defaultdict(int)
        for (population, _), rows in places.items():
            best[population] = max(best[population], *(fit.score for _, fit in rows))
        nearest = {
            place: rows for place, rows in places.items() if max(fit.score for _, fit in rows) == best[place[0]] > 0
        }
        phase = max((fit.phase or 0 for rows in nearest.values() for _, fit in rows), default=0)
        chosen: list[tuple[str | None, _Fit]] = []
        for (population, label), rows in places.items():
            for row, fit in rows:
                is_nearest = (population, label) in nearest
                if is_nearest and not fit.excluded and fit.phase in (None, phase):
                    judgement = HOLDS
                    chosen.append((population, fit))
                elif fit.score and not (is_nearest or fit.unsaid or fit.lines or fit.is_cause):
                    judgement = Judgement("open", f"for {fit.label}; other labels are nearer to what was asked")
                elif fit.excluded or (not fit.is_unsure and (is_nearest or best[population] or not fit.lacks)):
                    judgement = Judgement("fails", f"{OTHER_INDICATIONS}: {'; '.join(labels(row)) or fit.label}")
                else:
                    judgement = Judgement("open", f"it says nothing of “{fit.lacks}”")
                self._of_rows[id(row)] = judgement
        if not chosen:
            self._of_rows.clear()
            return False
        _, best_fit = max(chosen, key=lambda each: each[1].score)
        held = {part.text for part in best_fit.held if not part.stage} or {part.text for part in parts}
        self._look_for(part for part in parts if part.text in held)
        whom = next(population for population, _ in nearest if any(population == each for each, _ in chosen))
        if best_fit.lines or best_fit.unsaid:
            self._say([label for population, label in nearest if population == whom], best_fit.lines, best_fit.unsaid)
        return True

    def _say(self, called: Iterable[str], lines: Sequence[int], unsaid: Iterable[str] = ()) -> None:
        """Say what the labels call it, where the text has the rest of what was asked, and what of it nothing has."""
        names = list(dict.fromkeys(f"“{label}”" for label in called))
        some = ", ".join(names[:_MOST_NAMED]) + " and others" * (len(names) > _MOST_NAMED)
        nothing = f" The text says nothing of “{' '.join(unsaid)}”." if unsaid else ""
        where = f" (see {_in_lines(lines)})" if lines else ""
        self.notice = f"No dose is labelled “{self.asked}”; these are for {some}{where}.{nothing}"

    def _fitting(self, parts: Sequence[PhrasePart]) -> dict[tuple[str | None, str], list[tuple[DoseRow, _Fit]]]:
        """The rows whose labels have a condition of a phrase, by people and label, and how they fit.

        What is for a condition in general counts where no label has it itself, and the uses do not deny it.
        """
        has_wider = any(part.wider for part in parts) and not self._is_denied()
        places: dict[tuple[str | None, str], list[tuple[DoseRow, _Fit]]] = defaultdict(list)
        known: dict[tuple[str, ...], _Fit] = {}
        for row in self.rows:
            key = (*labels(row), self.titles.get(row.section, ""))
            if key not in known:
                known[key] = self._fit(parts, row)
                if has_wider and not known[key].score:
                    known[key] = max(known[key], self._fit(parts, row, in_general=True), key=lambda fit: fit.score)
            if known[key].held:
                places[row.population, known[key].label].append((row, known[key]))
        return places

    def _fit(self, parts: Sequence[PhrasePart], row: DoseRow, *, in_general: bool = False) -> _Fit:
        """How the labels of a row fit a phrase, the nearest first."""
        near = [label for label in (row.indication, *(row.qualifier or "").split("; ")) if label]
        near += [label for label in (row.population, self.titles.get(row.section)) if label and not row.indication]
        near = [label for label in near if not is_generic(label)]
        conditions = [part for part in parts if not part.stage] or parts
        called = [
            (label, [part for part in conditions if self._in_label(part, label, in_general=in_general)])
            for label in near
        ]
        if in_general:
            called = [(label, list(map(in_general_too, each))) for label, each in called]
            parts = list(map(in_general_too, parts))
        held = list(dict.fromkeys(part for _, each in called for part in each))
        asked = {part.stage.key for part in parts if part.stage}
        if not held and not row.indication:  # of the one disease that the drug is for
            whole = "; ".join(labels(row))
            if (stages_in(whole) & asked or is_excluded(asked, stages_in(whole))) and self._own_labels:
                held = [p for p in conditions if p.stage or all(self._has(p, each) for each in self._own_labels)]
                called = [(whole, held)]
        if not held or all(part.is_soft for part in held):
            return _NO_FIT
        label = next(label for label, each in called if each)
        uses = [*(text for _, text in self._uses), *self._own_labels]
        if label == row.population and not any(all(self._has(part, text) for part in held) for text in uses):
            return _NO_FIT  # patients with heart failure, of a drug for something else
        if row.indication not in (None, *near) and not any(part.is_known for part in held):
            return _NO_FIT  # one of all indications
        is_other = label is not row.indication and row.indication in near and names_disease(row.indication)
        if is_other and not aims_in(label) and not self._is_kind(label, row.indication or ""):
            return _NO_FIT  # what the patient has besides; what is treated is a kind of it
        own = [each for each, _ in called]
        has = _stages_of(own)
        held += [part for part in parts if part.stage and part.stage.key in has]
        aims = {name for group, name in has if group == "aim"}
        implied = {("aim", TREATMENT), *([("phase", ACUTE)] if TREATMENT in aims else [])}
        lines = self._lines_on(row, held)
        name = " ".join((label, *(way for part in held for way in part.ways)))
        found: set[int] = set()
        unsaid: list[str] = []
        lacks, confirmed, is_whole, is_sure = "", 0, True, False
        for part in parts:
            if part in held or is_implied(part, name) or (part.stage and part.stage.key in implied):
                continue
            if where := [line for line, text in lines if self._has(part, text)]:
                found.update(where)
                confirmed += 1
            elif part.is_soft and not (part.stage and any(is_of_another(part.stage, text) for _, text in lines)):
                unsaid.append(part.text)
            else:
                lacks, is_whole = (part.text if part.stage or not part.is_known else lacks), False
                is_sure |= part.is_known or part.stage is not None
        kinds = {key for part in parts if part.is_known for key in stages_in(part.ways[0]) if key[0] not in PHASES}
        excluded = is_excluded(asked | kinds, has) or self._denies(own)
        excluded |= ("phase", ACUTE) in asked and aims_only_other(has)
        if label is row.indication and len(ITEM.split(label)) > 1:  # one of those that the heading names
            own_people = [each for each in (row.population, *(row.qualifier or "").split("; ")) if each]
            excluded |= any(self.names_another(each) and self._is_part(each, label) for each in own_people)
        if label == row.population:  # a title over several tables, of which a caption may name another disease
            excluded |= any(self.names_another(each) for each in own if each != label)
        nearest = called[0][1] if row.indication else held
        head = COMES_OF.split(label)[0].rstrip() or label
        nearest = [part for part in nearest if head == label or self._in_label(part, head, in_general=in_general)]
        weights = sum((2 if part.is_soft else 4) if part.stage else 16 if part in nearest else 6 for part in held)
        is_cause = bool(held) and not nearest and head != label and names_disease(head)
        score = 0 if excluded or not is_whole else weights + confirmed - (3 if in_general else 0)
        phases = {key for key in has if key[0] in PHASES and key[1] != TREATMENT}
        phase = max(1 + (key[0] == "aim") if key in asked else 0 for key in phases) if phases else None
        return _Fit(
            label,
            tuple(held),
            tuple(sorted(found)),
            tuple(unsaid),
            lacks,
            excluded,
            score,
            phase,
            bool(lacks) and not is_sure,
            is_cause,
        )

    def _is_kind(self, label: str, heading: str) -> bool:
        """Whether a label names a kind of the disease in the heading over it: "Follicular NHL" of "NHL", "amebic liver
        abscess" of amebiasis."""
        names = {same(without_brackets(heading)).strip(), *_SHORT_NAME.findall(heading)}
        words = f"{self.spelled(label)} {label}"
        alike = any(is_alike(one, each) for one in bare(label).split() for each in names if " " not in each)
        return alike or any(holds(words, each) for each in names if each)

    def _is_part(self, label: str, heading: str) -> bool:
        """Whether a heading of several diseases has all that a label names: "PsO" of "RA and plaque psoriasis"."""
        named = self._shorts_in(label) or self._diseases_in(label)
        words = self.spelled(heading)
        return bool(named) and all(holds(words, each) for each in named)

    def _denies(self, near: Iterable[str]) -> bool:
        """Whether a label is for all but what was asked, "non-gonococcal urethritis", or for another organism."""
        for label in near:
            words = folded(joined(label)).split()
            if self._apart and any(word.startswith(self._apart) for word in words):
                return True
            if any(self._has(part, each[1]) for each in NOT_IT.finditer(label) for part in self._parts):
                return True
            asked = {way for part in self._parts for way in organism(part.text)}
            others = asked and [each for each in map(organism, words) if each]
            if others and all(asked.isdisjoint(each) for each in others):
                return True
        return False

    def _lines_on(self, row: DoseRow, held: Sequence[PhrasePart]) -> list[tuple[int, str]]:
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

    # ---------------------------------------------------------------- by the text

    def _by_lines(self, parts: Sequence[PhrasePart], affirmed: Callable[[], Sequence[Affirmed]] = tuple) -> bool:
        """Whether the text names it where no label does: what it has in brackets, "urethritis (Chlamydia trachomatis)",
        may have its dose under what is before them."""
        name = " ".join(way for part in parts if not part.stage for way in part.ways)
        parts = [part for part in parts if not (part.stage and is_implied(part, name))]  # "acute psychosis"
        self._look_for(parts)
        naming = list(self._naming())
        if not naming and not self._is_denied():
            naming = [(each.line, each.text) for each in affirmed()] or list(self._naming_wider(parts))
            self._is_wider = bool(naming)
            self._look_for(parts)
        if not naming:
            return False
        self.lines = tuple(sorted({line for line, _ in naming}))
        of_rows: dict[int, Judgement] = {}
        for _, sentence in naming:
            self._look_for(parts)
            for way, apart in list(self._in_brackets(sentence)):
                self._apart = apart
                if self._choose(read(way).parts):
                    of_rows |= {
                        row: judgement for row, judgement in self._of_rows.items() if of_rows.get(row) is not HOLDS
                    }
                    break
        self._of_rows = of_rows
        called = [label for row in self.rows if of_rows.get(id(row)) is HOLDS for label in labels(row)[:1]]
        self._by_text = not called
        if called:
            self._say(called, self.lines)
            return True
        none, it = f"No dose is labelled “{self.asked}”", "it"
        if not self._own_labels:
            none, it = "The doses name no indication", f"“{self.asked}”"
        where, wider = _in_lines(self.lines), f"a wider condition than “{self.asked}”"
        self.notice = f"{none}; the text names {wider if self._is_wider else it} in {where}."
        self._apart = ()
        self._look_for(parts)
        if self._is_wider and PAIN.search(self.asked):
            self._diseases_asked |= self._diseases_in("pain")
        return True

    def _naming_wider(self, parts: Sequence[PhrasePart]) -> Iterator[tuple[int, str]]:
        """Where doses name no disease, the lines that name what it is a kind of, and no other kind of that: "chronic
        pain" of a text on pain, not of one on acute pain."""
        called = [row.indication or "" for row in self.rows if row.dose]
        labelled = [self._names_own_disease(each) for each in called]
        is_of_pain = PAIN.search(self.asked) is not None
        # other texts than those on pain may have a dose for all, and labels for some
        is_labelled = any(labelled) and (all(labelled) or is_of_pain)
        is_treated = not any(labelled) or any(map(_is_infection, parts))
        others = [folded(each) for part in parts for way in part.ways for each in siblings(way)]
        if is_of_pain:  # of whatever it comes
            course = (part for part in parts if part.stage and part.stage.group != "time")
            parts = [*course, PhrasePart("pain", ("pain",))]
        of_symptoms = all(part.stage or is_symptom(part) for part in parts)
        shades = [p.stage for p in parts if p.stage and (p.is_soft or (of_symptoms and p.stage.name == ACUTE))]
        if is_labelled:  # a label tells it
            shades += [p.stage for p in parts if p.stage and any(map(p.stage.is_in, self._own_labels))]
        general = [in_general_too(part) for part in parts if part.stage is None or part.stage not in shades]
        whole = {block.line: plain(block.text) for section in self.usage for block in section.blocks}
        self._look_for(general)
        naming = list(self._naming())
        if not naming and any(organism(part.text) for part in general):  # where, and of what, in a sentence each
            each_of = []
            for part in general:
                self._look_for([part])
                each_of.append(list(self._naming()))
            naming = [each for its in each_of for each in its] if all(each_of) else []
            self._look_for(general)
        for line, sentence in naming:
            named = folded(_EXAMPLES.split(sentence)[0])  # "respiratory infections such as empyema" are all of these
            is_own = all(self._has(part, sentence) for part in parts if not part.stage)
            is_of_others = not is_own and any(holds(named, each) for each in others)
            is_own = is_treated or self._is_treated(general, sentence)
            if is_labelled:
                is_own = self._is_whom_for(general, called, sentence)
            if (
                is_own
                and not is_of_others
                and not any(is_of_another(each, whole.get(line, sentence)) for each in shades)
            ):
                yield line, sentence

    def _is_whom_for(self, parts: Sequence[PhrasePart], called: Sequence[str], sentence: str) -> bool:
        """Whether a sentence says that those with these conditions are treated for what the labels are of, and no label
        is of the conditions: "bronchospasm in patients with …"."""
        whom = _WHOM_WITH.search(sentence)
        if whom is None or any(map(self.names, self._own_labels)):
            return False
        before = self._diseases_in(sentence[: whom.start()])
        is_of_label = any(map(before.issuperset, filter(None, map(self._diseases_in, called))))
        conditions = [part for part in parts if not part.stage]
        return is_of_label and all(self._has(part, sentence[whom.start("what") :]) for part in conditions)

    def _is_treated(self, parts: Sequence[PhrasePart], sentence: str) -> bool:
        """Whether a sentence says of these conditions first that they are treated: "management of symptoms of …"."""
        begun = (" ".join(found["what"].split()[:_FIRST]) for found in _TREATED.finditer(sentence))
        conditions = [part for part in parts if not part.stage]
        return any(all(self._has(part, each) for part in conditions) for each in begun)

    @staticmethod
    def _names_own_disease(label: str) -> bool:
        """Whether a label names a disease, not only a kind of diseases or all of them."""
        return names_disease(label) and not (_kind_of_disease(label) or is_generic(label))

    def _in_brackets(self, sentence: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What is before the brackets that name what was asked, without whom it is in, whole and in its parts.

        With each how the other names in the brackets begin.
        """
        found = re.search(r"(?P<what>[^:;()]+)\((?P<inside>[^()]*)\)", sentence)
        items = re.split(r"[,;]\s+", found["inside"]) if found else []
        if found and any(map(self.names, items)) and not self.names(found["what"]):  # not "depressive disorder (MDD)"
            others = [word[:STEM] for each in items if not self.names(each) for word in folded(each).split()]
            whole = found["what"].strip()
            if COMES_OF.search(whole) or _IS_A.search(whole):
                return  # "spasm from local disease (inflammation of joints)": what causes it, or what the drug is
            what = re.split(r"\s+(?:in|of)\s+", whole)[0]
            for way in (whole, what, *re.split(r",\s+|\s+(?:and|or)\s+", what)):
                yield way, tuple(each for each in others if len(each) == STEM)

    def _naming(self) -> Iterator[tuple[int, str]]:
        """The lines on uses and doses that name it, but for those that exclude it, and the sentence that does."""
        dosed = {row.line for row in self.rows if row.dose or row.unsure}
        for section in (*self.usage, *self.dosage):
            leads = ""
            for block in section.blocks:
                text = plain(block.text)
                if block.kind != "item":
                    leads = text if text.endswith(":") and section in self.usage else ""
                if NOT_FOR.match(text) or (section not in self.usage and block.line not in dosed):
                    continue
                over = leads if block.kind == "item" and not self.names(leads) else ""
                for sentence in sentences(text):
                    named = _OF_PAST.sub(" ", affirmed_part(f"{over} {sentence}"))
                    if self.names(named) and not DENIED.search(WHEN.split(sentence)[0]):
                        yield block.line, sentence

    @cached_property
    def limits(self) -> tuple[tuple[int, str], ...]:
        """What the uses say to limit the indication that was asked for, or all: a sentence each, with its line."""
        return limits(self, self.lines)

    # ---------------------------------------------------------------- what a row says

    def of(self, row: DoseRow, conditions: Sequence[Condition]) -> Judgement | None:
        """What a row says: by its labels and the heading over it, else by what else it names."""
        names = [c.text for c in conditions if c.kind == "indication"] or ([row.indication] if row.indication else [])
        over = [*labels(row), self.titles.get(row.section, "")]
        for label in (*names, *over):
            if found := self._other_than(label):
                return found
        found = self._of_rows.get(id(row)) or self._of_rest(row, names, over)
        if self._aside and found in (None, HOLDS):
            return Judgement("open", f"“{self._aside}” is not named")
        if found and found.state == "fails" and (not row.qualifier or stages(row.qualifier)):
            if (row.indication, row.section) in self._over_kinds:
                return HOLDS
            if (row.indication, row.section) in self._beside_kinds:
                return Judgement("open", f"for {row.indication}, of which “{self.asked}” is a kind")
        if found and found.state == "fails" and self._is_undosed and row.dose:
            return Judgement("open", f"under another label, but “{self.asked}” has no dose under its own")
        if found in (None, HOLDS) and (whom := self._beside.get(id(row))):
            return Judgement("open", f"for {whom}, beside a dose for “{self.asked}”")
        if found is HOLDS and id(row) in self._dosed_for_others:
            return Judgement("open", "its words speak of another indication than its label")
        nearer = (row.qualifier or "").split("; ") if found is HOLDS and row.indication in names else ()
        beside = (each for each in nearer if _is_like(each, row.indication) and not self.names_some(each))
        if another := next(beside, None):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {another}")
        if another := next(filter(self._is_another_use, nearer), None):
            return Judgement("open", f"for {another}, which may be another indication")
        return found

    @cached_property
    def _over_kinds(self) -> frozenset[tuple[str | None, str]]:
        """The headings, each with its section, under which labels of kinds of their disease are what was asked: what is
        under the heading alone is for all kinds."""
        return frozenset((heading, section.rsplit("/", 1)[0]) for heading, section in self._beside_kinds)

    @cached_property
    def _beside_kinds(self) -> frozenset[tuple[str | None, str]]:
        """The headings, each with its section, of rows whose own label is what was asked."""
        held = (row for row in self.rows if row.qualifier and self._of_rows.get(id(row)) is HOLDS)
        return frozenset((row.indication, row.section) for row in held)

    @cached_property
    def _is_undosed(self) -> bool:
        """Whether labels have what was asked, and their rows tell no figure: there it may be called otherwise."""
        held = [row for row in self.rows if self._of_rows.get(id(row)) is HOLDS]
        is_refused = all(row.action == "avoid" for row in held)
        return not is_refused and not any(row.dose or row.maximum or _FIGURE.search(row.text) for row in held)

    def _is_another_use(self, label: str) -> bool:
        """Whether a label is another of the uses."""
        if aims_in(label) or stages(label):
            return False
        return self.names_another(label) and self.vocabulary.is_indication(label)

    def _other_than(self, label: str) -> Judgement | None:
        """What "indications other than …" says: the ones that are named are left out."""
        found = _OTHER_THAN.search(label)
        if not found:
            return None
        if self.names(found["what"]):
            asked = " ".join(f"{self.spelled(way)} {same(way)}" for part in self._parts for way in part.ways)
            known = holds(asked, same(found["what"]))
            return Judgement("fails" if known else "open", f"{OTHER_INDICATIONS}: {label}")
        if not (found["rest"] or is_generic(label)):
            return None
        return (
            Judgement("open", f"for {label}; another label names what was asked") if self._is_labelled_itself else HOLDS
        )

    @cached_property
    def _is_labelled_itself(self) -> bool:
        """Whether the label of a dose names what was asked, and not by what it is other than."""
        named = (row for row in self.rows if row.dose and self._of_rows.get(id(row)) is HOLDS)
        return any(not any(map(_OTHER_THAN.search, labels(row))) for row in named)

    def people_with_another(self, text: str) -> str | None:
        """Whom a row's words are for who have something else than what was asked: "patients with cystic fibrosis",
        "Angina patients"."""
        amount = _AMOUNT.search(text)
        words = text[: amount.start()] if amount else text
        for found in (*_PEOPLE_WITH.finditer(words), *_PATIENTS_OF.finditer(words)):
            what = found["what"]
            is_asked = folded(self.asked).endswith(folded(what)) or self.names_some(what)
            if names_disease(what) and not organs_in(what) and not is_asked:
                return found[0]
        return None

    def title_with_another(self, title: str) -> str | None:
        """Whom a title is for who have something else besides what was asked: "Hypertensive Patients with Left
        Ventricular Hypertrophy"."""
        found = _PEOPLE_WITH.search(title)
        what = title[found.start("what") :] if found else ""
        is_another = names_disease(what) and not organs_in(what) and not self.names_some(what)
        return title[found.start() :] if found and is_another else None

    def _of_rest(self, row: DoseRow, names: Sequence[str], over: Sequence[str]) -> Judgement | None:
        """What a row says of which no label is what was asked: it may name it in words, or something else."""
        own = [part for label in over[:-1] if label not in names for part in label.split("; ")]
        own = [part for part in own if not self.vocabulary.is_no_use(part) or _TESTS.search(part)]
        if denied := next((label for label in (*names, *own) if self._denies([label])), None):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {denied}")
        if any(map(OTHER.search, names)):
            return Judgement("fails", OTHER_INDICATIONS) if self._is_beside(row) else HOLDS
        named = [label for label in names if not is_generic(label)]
        if self._is_of_another_grade(row.text):
            return Judgement("fails", f"{OTHER_INDICATIONS}, by its words")
        if is_excluded({key for key in self._stages_asked if key[0] == "alone"}, stages_in(over[-1])):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {over[-1]}")
        is_told = (row.line, row.text) in self._told
        if is_told and (self._by_text or any(label.lower() in row.text.lower() for label in named)):
            return HOLDS
        if named and is_told:
            return Judgement("open", f"for {named[-1]}, but its words name what was asked")
        by_label = None
        if named and not (named[-1] in row.text and self._is_only_for_another(row.text)):
            by_label = self._of_other_label(named[-1])
            if by_label.state != "open":
                return by_label
        aims = {key for key in self._stages_asked if key[0] == "aim"}
        for label in map(affirmed_part, own):
            its_aims = aims_in(label)
            if aims and is_excluded(aims, its_aims):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
            if aims & its_aims and not any(part.is_known for part in read(label).parts):
                continue  # a column for just that aim
            if self._is_labelled(row, label):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
            if by_label is None and self.names_another(label):
                return Judgement("open", f"for {label}, which may be another indication")
        if by_label:
            return by_label
        if is_told:
            return HOLDS
        if row.dose and (test := next(filter(_TESTS.search, own), None)) and not self.names(test):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {test}")
        if self._is_of_other_people(row.population or ""):
            if is_excluded(stages_in(self.asked), stages_in(row.population or "")):
                return Judgement("fails", f"{OTHER_INDICATIONS}: {row.population}")
            return Judgement("open", f"for {row.population}, where other doses are for people with what was asked")
        if self._is_only_for_another(row.text):
            return Judgement("fails", f"{OTHER_INDICATIONS}, by its words")
        if id(row) in self._of_others or self.names_another(row.text) or self._is_for_labelled(row.text):
            return Judgement("open", "the words speak of another indication")
        if self.names_another(without_brackets(over[-1])) and not self.vocabulary.is_no_use(over[-1]):
            return Judgement("open", "its heading names another indication, or a wider one")
        way, own_ways = self._ways.get(id(row)), self._ways_asked
        if way and own_ways and own_ways.isdisjoint(_routes(way)):
            why = f"given {way}; the doses for “{self.asked}” are {' or '.join(sorted(own_ways))}"
            uses = [text for _, text in self._uses if self.names(text)]
            is_said = uses and all(any(map(is_route, re.split(r":\s*", text))) for text in uses)
            return Judgement("fails", f"{OTHER_INDICATIONS}: {why}") if is_said else Judgement("open", why)
        return None

    def _is_of_other_people(self, label: str) -> bool:
        """Whether a label of people says what they have, "Patients with Ph+ ALL", as one of other rows does that names
        what was asked."""
        return self._are_people_named and " with " in label.lower() and not set(named_in(label)) - {"ages"}

    @cached_property
    def _are_people_named(self) -> bool:
        chosen = (row.population or "" for row in self.rows if self._of_rows.get(id(row)) is HOLDS)
        return any(" with " in each.lower() and self.names(each) for each in chosen)

    def _is_for_labelled(self, text: str) -> bool:
        """Whether a text says that it is for what a label of other rows names, of several words, and not for what was
        asked: "Use for glycemic control is not recommended"."""
        asked, others = self._named
        what = " ".join(f" {self.spelled(each['what'])} " for each in _FOR.finditer(text))
        named = (each for each in (*asked, *others) if " " in each and f" {each} " in what)
        return bool(what) and not self.names_some(text) and next((each not in asked for each in named), False)

    def _is_only_for_another(self, text: str) -> bool:
        """Whether a row is for an indication that the uses affirm and which is none of what was asked, by how it begins
        or what it says of its dose: "For the treatment of migraine, …", "30 mg for bronchitis"."""
        if self._is_wider or self.names(text):
            return False
        found = filter(None, (_LEAD.match(text), *_GIVEN_FOR.finditer(text)))
        others = (folded(each["what"]) for each in found if self.names_another(each["what"]))
        return any(holds(line, each) for each in others for line in self._use_lines)

    def _is_of_another_grade(self, text: str) -> bool:
        """Whether a row is for what was asked in another grade or course: "30 mg for severe hyperthyroidism"."""
        called = (each["what"] for each in _FOR.finditer(text)) if self._stages_asked else ()
        begun = (" ".join(what.split()[:2]) for what in called if self.names_some(what))
        return is_excluded(self._stages_asked, {key for words in begun for key in stages_in(words)})

    @cached_property
    def _ways(self) -> dict[int, str]:
        """The routes of rows, those of the same line before them where they say none."""
        return {id(row): route for row, _, route in self._carried(lambda row: row.route) if route}

    @cached_property
    def _ways_asked(self) -> frozenset[str]:
        """The routes of the rows that are labelled with what was asked; none where a dose of theirs has no route."""
        labelled = [row for row in self.rows if row.dose and self._of_rows.get(id(row)) is HOLDS]
        routes = [_routes(self._ways.get(id(row), "")) for row in labelled]
        return frozenset().union(*routes) if all(routes) else frozenset()

    def _of_other_label(self, label: str) -> Judgement:
        """What the label of an indication says that does not name what was asked: only one that is known for another
        leaves its doses out, not one in merely other words ("Monotherapy (Initial Therapy)", of partial seizures)."""
        if not self._by_text and self._is_only_with(label):
            return HOLDS  # "radiotherapy", where nausea was asked
        if self._is_surely_another(label) and (self._may_be_of_rest or not self._by_text):
            return Judgement("fails", f"{OTHER_INDICATIONS}: {label}")
        return Judgement("open", f"for {label}, which may be another name for it")

    def _is_surely_another(self, label: str) -> bool:
        """Whether a label names a condition that is none of what was asked. Where no label names what was asked, the
        uses must name it apart, and neither may be a kind of the other."""
        known = [part for part in read(label).parts if part.is_known]
        if self._is_head(known):
            return False
        is_apart = self._is_label_apart(label)
        if not self._by_text:
            return is_apart or bool(known or names_disease(label) or self._shorts_in(label))
        if not (known or names_disease(label)) or self._is_related(label, known) or self._is_over(label):
            return False
        if any(self._is_beside_asked(each) for each in self._shorts_in(label)):
            return False
        return is_apart or (bool(known) and self._is_elsewhere(label))

    def _is_beside_asked(self, disease: str) -> bool:
        """Whether a line of the uses names a disease and what was asked: MDS "associated with a deletion 5q"."""
        return any(holds(line, disease) and self.names(text) for line, text in self._use_lines.items())

    def _is_head(self, known: Sequence[PhrasePart]) -> bool:
        """Whether the one condition that a label names is the word that the name of the one asked for ends with, by any
        name: epilepsy of "complex partial seizures"."""
        heads = [same(way) for part in known for way in part.ways if " " not in same(way)]
        asked = [same(way) for part in self._parts if part.is_known for way in part.ways]
        return len(known) == 1 and any(way.endswith(f" {head}") for way in asked for head in heads)

    def _is_over(self, label: str) -> bool:
        """Whether the uses name what was asked under a label, by a title or what leads to it: "Lennox-Gastaut syndrome"
        under "Epilepsy"."""
        diseases = self._diseases_in(label)
        return any(not diseases.isdisjoint(self._diseases_in(over)) for over in self._over_asked)

    @cached_property
    def _over_asked(self) -> frozenset[str]:
        """The titles, and the words before a colon, under which the uses name what was asked."""
        found = set()
        for section in self.usage:
            for text in (plain(block.text) for block in section.blocks):
                lead, colon, rest = text.partition(":")
                if self.names_some(rest if colon else text):
                    found |= {section.title, lead if colon else ""}
        return frozenset(found)

    @cached_property
    def _may_be_of_rest(self) -> bool:
        """Whether some dose is left where what is labelled for another condition is left out."""
        return any(
            row.dose
            and (not row.indication or is_generic(row.indication) or not self._is_surely_another(row.indication))
            for row in self.rows
        )

    def _is_related(self, label: str, known: Sequence[PhrasePart]) -> bool:
        """Whether what was asked is a kind of a label's conditions, the `known` ones by any name, or they are of it."""
        asked = [same(way) for part in self._parts for way in part.ways]
        wider = [same(way) for part in self._parts for way in part.wider]
        named = [same(way) for part in known for way in part.ways]
        kind = _kind_of_disease(label)
        return (
            (kind is not None and any(holds(way, kind) for way in (*asked, *wider)))
            or any(holds(same(label), each) and self._is_no_more(label, each) for each in wider)
            or any(holds(way, each) for way in asked for each in named)
            or any(holds(way, same(each)) for way in asked for part in known for each in part.wider)
        )

    def _is_only_with(self, label: str) -> bool:
        """Whether the uses name a label that is no disease only with what was asked, and no other label there."""
        if names_disease(re.sub(r"\w*therapy", "", label)):
            return False
        for part in filter(None, map(bare, (label, *re.split(r",\s+|\s+(?:and|or)\s+|/", label)))):
            lines = [line for line in self._use_lines if holds(line, part)]
            others = {other for line in lines for other in map(bare, self._own_labels) if holds(line, other)}
            if lines and others <= {part} and all(self.names(self._use_lines[line]) for line in lines):
                return True
        return False

    def _is_apart(self, words: Collection[str]) -> bool:
        """Whether lines of the uses have some of these names, and none of them names what was asked."""
        lines = [text for line, text in self._use_lines.items() if any(holds(line, each) for each in words)]
        return bool(lines) and not any(map(self.names, lines))

    def _is_label_apart(self, label: str) -> bool:
        """Whether lines of the uses have all words of a label that they know, and none of them what was asked."""
        words = [
            w for w in self.spelled(bare(label)).split() if self._is_used(w) and w not in NAMELESS and not w.isdigit()
        ]
        return self._is_apart((" ".join(words),))

    def _is_elsewhere(self, label: str) -> bool:
        """Whether the uses name a label in other sentences than what was asked, or in other numbered ones' titles."""
        words = self.spelled(bare(label))
        named = [each for _, text in self._uses for each in sentences(text) if holds(self.spelled(each), words)]
        titles = [each.title for each in self.usage if "/" in each.key]
        own = [each for each in titles if holds(self.spelled(each), words)]
        if own and any(map(self.names, titles)):
            return not any(map(self.names, own))
        return bool(named) and not any(map(self.names, named))

    @cached_property
    def _any_together(self) -> bool:
        """Whether the uses name a label together with what was asked."""
        return not all(map(self._is_label_apart, self._own_labels))

    def _is_beside(self, row: DoseRow) -> bool:
        """Whether the label of another indication for a row's population names what was asked."""
        return any(
            (other.section, other.population) == (row.section, row.population)
            and other.indication not in (None, row.indication)
            and self.names(other.indication or "")
            for other in self.rows
        )

    @cached_property
    def _told(self) -> frozenset[tuple[int, str]]:
        """Line and text of the rows whose words name what was asked, or right after whose name they are in a line."""

        def names_it(row: DoseRow) -> bool | None:
            in_words = any(self.names(affirmed_part(each)) for each in sentences(row.text))
            if not in_words and (self._opens_with_another(row) or (row.dose and self._is_for_another(row.text))):
                return False
            is_told = in_words or (self._by_text and self._is_introduced(row))
            return True if is_told and id(row) not in self._of_others else None

        return frozenset(
            (row.line, row.text)
            for row, own, carried in self._carried(names_it)
            if (own or (self._by_text and carried)) and id(row) not in self._of_others
        )

    @cached_property
    def _beside(self) -> dict[int, str]:
        """Whom or what the rows are for that go on after one that names what was asked and do not name it: "… 400 mg in
        chronic phase CML and 600 mg in accelerated phase"."""
        pairs = pairwise(row for row in self.rows if row.dose)
        found = ((row, _AND_FOR.match(row.text)) for before, row in pairs if self._goes_on(before, row))
        return {id(row): match["what"].strip() for row, match in found if match and not self.names(match["what"])}

    def _goes_on(self, before: DoseRow, row: DoseRow) -> bool:
        return (before.section, before.line) == (row.section, row.line) and self.names(before.text)

    def _opens_with_another(self, row: DoseRow) -> bool:
        """Whether a row opens with a title that names another disease: "Edema associated with chronic renal failure The
        recommended dose is …"."""
        title = _RUN_IN.match(row.text)
        return title is not None and names_disease(title["what"]) and not self.names_some(title["what"])

    def _is_for_another(self, text: str) -> bool:
        """Whether a text says "for …" of another disease of the monograph's: "30 mg for bronchitis"."""
        return any(self.names_another(each["what"]) for each in _FOR.finditer(text))

    def _is_introduced(self, row: DoseRow) -> bool:
        """Whether the sentences right before a row, in its own line, name what was asked."""
        for block in (block for section in self.dosage for block in section.blocks if block.line == row.line):
            before = sentences(plain(block.text).partition(row.text)[0].strip())
            return row.line in self.lines and any(map(self.names, before[-_NEAR:]))
        return False

    @cached_property
    def _of_others(self) -> frozenset[int]:
        """The rows that say what else they treat, and doses and maxima after them in their line until another does."""

        def is_of_other(row: DoseRow) -> bool | None:
            treated = _TREATED.search(row.text) or _TREATED.search(self._said_before.get(id(row), ""))
            if not treated:
                return not self.names(row.text) if _FOR_USE.match(row.text) else None
            excepted = _OTHER_THAN.search(treated["what"])
            return (
                self.names(excepted["what"])
                if excepted
                else names_disease(treated["what"]) and not self.names(row.text)
            )

        return self._with_following(is_of_other)

    @cached_property
    def _said_before(self) -> dict[int, str]:
        """Where the text alone names what was asked: what a line says before its first dose, unless it names it."""
        blocks = {block.line: plain(block.text) for section in self.dosage for block in section.blocks}
        first = {row.line: row for row in reversed(self.rows)} if self._by_text else {}
        before = ((row, blocks.get(line, "").partition(row.text)[0]) for line, row in first.items())
        return {id(row): text for row, text in before if not self.names(text)}

    @cached_property
    def _dosed_for_others(self) -> frozenset[int]:
        """The rows that say "the dose for …" of another use, or begin with a title that names it, and all rows after
        them in their line until another does."""

        def is_of_other(row: DoseRow) -> bool | None:
            what = _RUN_IN.match(row.text) or _DOSED_FOR.search(row.text)
            return self.names_another(what["what"]) and not self.names(row.text) if what else None

        return self._with_following(is_of_other, doses_alone=False)

    def _with_following(
        self, is_of_other: Callable[[DoseRow], bool | None], *, doses_alone: bool = True
    ) -> frozenset[int]:
        return frozenset(
            id(row)
            for row, own, carried in self._carried(is_of_other)
            if carried and (own or not doses_alone or row.dose or row.maximum)
        )

    def _carried(self, says: Callable[[DoseRow], T | None]) -> Iterator[tuple[DoseRow, T | None, T | None]]:
        """Each row with what it says itself, and what it says or else the last one before it in its line that did."""
        place, carried = None, None
        for row in self.rows:
            own = says(row)
            if own is not None or (row.section, row.line) != place:
                carried = own
            place = row.section, row.line
            yield row, own, carried

    # ---------------------------------------------------------------- what a text names

    def _is_labelled(self, row: DoseRow, text: str) -> bool:
        """Whether a label that is no indication names one that has a label, or gives the dose for what the uses name
        apart, where another label is for what was asked."""
        words = f" {self.spelled(text)} "
        asked, others = self._named
        if any(f" {each} " in words for each in asked):
            return False
        if not self._by_text and any(f" {each} " in words for each in others):
            return True
        if not self.names_another(text) or any(each.kind == "drug" for each in row.conditions):
            return False  # a drug taken too is none of the uses: "With Other Biologic DMARDs"
        found = self._diseases_in(text)
        is_of_use = _SUFFERING.search(text) and self._any_together if self._by_text else found & self._diseases_labelled
        return bool(row.dose or is_of_use) and self._is_apart(self._shorts_in(text) or found)

    @cached_property
    def _diseases_labelled(self) -> frozenset[str]:
        return frozenset(disease for label in self._own_labels for disease in self._diseases_in(label))

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        """What the labels of indications name, "RA or alopecia areata" are two: what was asked for, and the rest."""
        chosen = {row.indication for row in self.rows if self._of_rows.get(id(row)) is HOLDS}
        named = set()
        for label in self._own_labels:
            head, *rest = re.split(r"\b(?:with|in)\b", label)
            parts = re.split(r"[,;:()/]|\b(?:or|and)\b", head if label in chosen else "/".join((head, *rest)))
            named |= {part for part in parts if self.vocabulary.is_indication(part)}
        asked = frozenset(map(self.spelled, filter(self._is_asked, named)))
        others = frozenset(map(self.spelled, named)) - asked
        return asked, frozenset(each for each in others if not ANY_DISEASE.issuperset(each.split()))


class _Fit(NamedTuple):
    """How the labels of a row fit a phrase."""

    label: str
    """The one that names a condition of it."""
    held: tuple[PhrasePart, ...]
    """The parts that they have; none where they name no condition."""
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
    is_unsure: bool = False
    """Whether all that they lack is known for nothing: "contact", of flu contact prophylaxis."""
    is_cause: bool = False
    """Whether they name it only as what another disease comes of: "insomnia due to anxiety"."""


_NO_FIT = _Fit("", (), (), (), "", False, 0, None)


def _stages_of(near: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The aims and stages of labels, the nearer ones for what those before them leave open."""
    found: set[tuple[str, str]] = set()
    for label in near:
        groups = {group for group, _ in found}
        found |= {key for key in stages_in(label) if key[0] not in groups}
    return frozenset(found)


def _is_like(label: str, heading: str | None) -> bool:
    """Whether a label begins as the heading over it does, beside which it belongs: "For the relief of …" and again."""
    begun, before = folded(label).split()[:_FORMULA], folded(heading or "").split()[:_FORMULA]
    return len(begun) == _FORMULA and begun == before and bool(aims_in(" ".join(begun)))


_FORMULA = 4  # words


def _kind_of_disease(label: str) -> str | None:
    """The kind of diseases that a label names and no disease of: that of "Serious infections"."""
    words = bare(label).split()
    return words[0] if len(words) == 1 and words[0] in WEAK else None


def _is_infection(part: PhrasePart) -> bool:
    """Whether a condition is a kind of infection."""
    return any("infection" in way for way in (*part.ways, *part.wider))


def _routes(words: str) -> frozenset[str]:
    """The routes that some words name: "intravenously or orally" two."""
    low = f" {words.casefold()} "
    return frozenset(
        route for route, known in ROUTES.items() if any(f" {each.replace('_', ' ')} " in low for each in known.split())
    )


def _in_lines(lines: Sequence[int]) -> str:
    return f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
