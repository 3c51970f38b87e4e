"""Which conditions of a row hold for a patient, fail or are open: one patient before the rows of one monograph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from druginfo.dosing import judging
from druginfo.dosing.conditions import (
    ORGANS,
    ages_in,
    ends,
    filter_of,
    is_list,
    labels,
    named_in,
    sort_of,
    sorts_in,
)
from druginfo.dosing.judging import (
    HOLDS,
    NONE_BESIDE,
    Bands,
    Judgement,
    Kidney,
    State,
    all_of,
    any_of,
    as_read,
    in_words,
)
from druginfo.dosing.patient import TOPICS, Patient, has_failed_kidneys, is_on_dialysis, topics_of
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import (
    EVERYBODY,
    exclude_each_other,
    left_out,
    may_name,
    meant,
    names_group,
    names_others,
    stages,
)
from druginfo.dosing.row_facts import WHO, bands_of, is_for_ages, is_reduced, organs_named, place_of, rivals
from druginfo.model import (
    Band,
    Condition,
    DoseNote,
    DoseRow,
    FilterName,
    Hepatic,
    Regimens,
    Renal,
)  # fmt: skip
from druginfo.terms import patterns, sentences
from druginfo.terms.stages import ADULTS, CHILDREN, DAYS, YEAR
from druginfo.terms.tables import GRADES, NUMERALS

if TYPE_CHECKING:
    from druginfo.dosing.wanted import WantedIndication

_FIGURES = ("age", "weight", "kidney", "liver")


class Judgements(NamedTuple):
    """What the filters find of one row."""

    by: dict[str, Judgement]
    """By the filter's name: `for`, `age`, `weight`, `population`, `kidney`, `liver`."""
    unasked: bool
    """The row is for an organ or a group of patients that was not asked about."""

    @property
    def held(self) -> frozenset[str]:
        """The filters that hold."""
        return frozenset(name for name, finding in self.by.items() if finding.state == "holds")

    @property
    def answers(self) -> frozenset[str]:
        """The filters that the row answers; none where one excludes it or leaves it open, but for want of a weight."""
        is_open = any(finding.state != "holds" and finding.missing != "weight" for finding in self.by.values())
        return frozenset() if is_open else self.held

    @property
    def applies(self) -> bool:
        """Whether no filter excludes the row: one that is left open does not."""
        return all(finding.state != "fails" for finding in self.by.values())

    def unweighed(self, *, of_nobody: bool) -> Judgements:
        """The same without what only a weight would decide, and without any missing figure for a row `of_nobody`."""
        kept = {name: each for name, each in self.by.items() if each.missing != "weight"}
        return self._replace(by={n: f._replace(missing=None) for n, f in kept.items()} if of_nobody else kept)


_NO_DATA = Pattern(
    rf"{patterns.NO_DATA}|{patterns.NO_ADVICE}",
    re.I,
    hints=tuple("data experience information studies established studied determined recomm guidance".split()),
)


class Judge:
    """One patient before the rows of one monograph."""

    def __init__(
        self, regimens: Regimens, patient: Patient, wanted: WantedIndication | None,
        on_children: Sequence[tuple[str, bool]], against: Container[str], meant: Mapping[str, Container[int]],
        outside: str | None,
    ) -> None:  # fmt: skip
        self.patient = patient
        self.outside = outside
        """Why the uses are for none of the patient's age, if they are not."""
        whom = patient.population or ""
        named = {topic for topic, filters in topics_of(patient).items() if "population" in filters}
        self.is_told_besides = bool(named) and named.isdisjoint(TOPICS) and not (stages(whom) or _SEX.search(whom))
        """Whether a disease, a drug or a gene was told, and not who the patient is."""
        self.meant, self.meant_besides = (
            {
                id(row)
                for number, row in enumerate(regimens.rows)
                if any(number in meant.get(each, ()) for each in groups)
            }
            for groups in ((whom,), patient.besides)
        )
        """The rows that mean a drug by its class or role, by `id`: the one that was asked for, and those besides."""
        self.against = against
        self.rows, self.notes = regimens.rows, regimens.notes
        self.titles = dict(regimens.titles)
        self._by_figures: dict[tuple[str, int], dict[str, Judgement | None]] = {}
        self.wanted = wanted
        conditions = {id(c): c for row in self.rows for c in row.conditions}
        self.special = {number for number, c in conditions.items() if _may_be_for_others(c)}
        """Conditions that may be for somebody else, by `id`."""
        beside: dict[tuple[str, str], set[Band | Renal]] = defaultdict(set)
        ranges: dict[str, set[Renal]] = defaultdict(set)
        self.graded: set[tuple[str, str, str | None]] = set()
        for row in self.rows:
            for band in bands_of(row):
                if not isinstance(band, Band):
                    self.graded.add((filter_of(band), row.section, row.population))
                if not isinstance(band, Hepatic):
                    beside[row.section, sort_of(band)].add(band)
                if isinstance(band, Renal) and len(band.severity) == 1 and (band.min, band.max) != (None, None):
                    ranges[band.severity[0]].add(band)
        self.beside = {place: Bands(found) for place, found in beside.items()}
        own = {word: next(iter(found)) for word, found in ranges.items() if len(found) == 1}
        self.kidney = Kidney(
            patient.egfr, patient.crcl, own, dialysis=is_on_dialysis(patient), failed=has_failed_kidneys(patient)
        )
        given = (self.kidney.given, patient.hepatic, patient.population, patient.age, patient.weight)
        names = ("kidney", "liver", "population", "age", "weight")
        self.asked = frozenset(name for name, value in zip(names, given, strict=True) if value is not None)
        days = patient.age.days if patient.age else ADULTS.low
        self.is_child = days < ADULTS.low
        aged = {c.text for c in conditions.values() if "ages" in c.says} if patient.age else ()
        young = {stage for text in aged for stage in stages(text) if stage.high <= CHILDREN.high}
        self.narrower = any(days in stage for stage in young - {CHILDREN})
        self.uncovered = {at for (at, sort), each in self.beside.items() if sort == "age" and not each.cover(days)}
        texts = (*on_children, *((note.text, False) for note in self.notes))
        self.of_children = judging.of_the_rest(texts, days, self.is_wanted) if self.is_child else {}
        self.dosed_alike = "known" in self.of_children and not any(
            "ages" in c.says or ages_in(c) for c in conditions.values()
        )
        """Whether children are treated, and no dose of the monograph is for some ages: what it says of organs holds."""
        is_small = patient.weight is not None and patient.weight < _OF_AN_ADULT
        population = stages(patient.population or "")
        named_young = bool(population) and all(stage.high <= CHILDREN.high for stage in population)
        self.young = self.is_child or named_young or (is_small and patient.age is None)

    def is_wanted(self, text: str) -> bool:
        """Whether a text names the indication that was asked for."""
        return self.wanted is not None and self.wanted.names(text)

    def is_unsaid(self, found: Sequence[Judgements]) -> bool:
        """Whether an impaired organ that was asked about is in no row for such a patient, and rows for other people
        name it or the rest of the monograph speaks against the usual dose; or it is worse than where a row says that
        the dose needs no change."""

        def failing(*names: str) -> list[DoseRow]:
            """The rows that fail none of the filters but these."""
            return [
                row
                for row, findings in zip(self.rows, found, strict=True)
                if all(each.state != "fails" or name in names for name, each in findings.by.items())
            ]

        rows = failing(*ORGANS)
        if any(row.action == "no_adjustment" and any(map(self.is_worse, bands_of(row))) for row in rows):
            return True
        asked = ORGANS & topics_of(self.patient).keys() - organs_named(rows)
        return any(organ in self.against for organ in asked) or not asked.isdisjoint(
            organs_named(failing(*ORGANS, *WHO))
        )

    def is_worse(self, band: Band | Renal | Hepatic) -> bool:
        """Whether the patient's kidneys or liver are worse than all that a range or grade holds."""
        if isinstance(band, Renal):
            return (value := self.kidney.value(band)) is not None and value < ends(band)[0]
        grade = self.patient.hepatic
        return isinstance(band, Hepatic) and grade is not None and GRADES.index(grade) > ends(band)[1]

    def unknown(self, text: str) -> Iterator[str]:
        """The sentences of a note that say that nothing is known of people of the patient's age, all or those with an
        organ impaired that was asked about; where one names no age, the label that the note begins with may."""
        age = self.patient.age
        if age is None or not _NO_DATA.search(text):
            return
        parts = sentences(text)
        label = parts[0][: parts[0].find(": ") + 1]
        for sentence in parts:
            organs = ORGANS & sorts_in(sentence)
            if not _NO_DATA.search(sentence) or ("dialysis" in named_in(sentence) and not self.kidney.dialysis):
                continue
            ages = stages(sentence) or stages(label)
            if (not organs or not organs.isdisjoint(self.asked)) and any(age.days in stage for stage in ages):
                yield sentence

    def may_be_told(self, note: DoseNote) -> bool:
        """Whether a note names neither another indication than the one asked for nor only other ages."""
        is_of_patient = judging.may_be_of(note.text, self.patient, lambda text: ())
        return is_of_patient and not (self.wanted and self.wanted.names_another(note.text))

    # ------------------------------------------------------------ one row

    def findings(self, row: DoseRow) -> Judgements:
        """What each filter that was given finds of the row."""
        by_filter: dict[str, list[Judgement | None]] = {name: [] for name in _FIGURES}
        telling = [c for c in row.conditions if c.bands or c.says]
        # figures say it better than words
        unread = ORGANS.difference(filter_of(band) for c in telling for band in c.bands)
        for condition in telling:
            found = self.by_figures(row, condition)
            if condition.kind == "any":
                in_words = {organ: self.by_words(row, organ, condition.says) for organ in sorted(unread)}
                found = self.alternatives(condition, found | in_words)
            for name, each in found.items():
                by_filter.setdefault(name, []).append(each)
        worded = (c for c in telling if c.kind not in ("indication", "any") and not _EITHER_KIDNEY.issubset(c.says))
        words = {name for c in worded for name in c.says}
        for organ in sorted(unread & self.asked) if words else ():
            by_filter[organ].append(self.by_words(row, organ, words))
        if "kidney" not in unread and _has_dialysis_label(row):  # a caption's range is not the label's
            by_filter["kidney"].append(self.by_words(row, "kidney", ("dialysis",)))
        elif self.kidney.given is not None and not self.kidney.dialysis and any(map(_is_of_dialysed, labels(row))):
            by_filter["kidney"].append(judging.DIALYSIS_UNSAID)
        if self.kidney.failed and self.kidney.given is None and (found_of := self.by_failure(row, telling)):
            by_filter["kidney"].append(found_of)
        by = {name: all_of(each) for name, each in by_filter.items()}
        if row.action == "no_adjustment" and (unless := _UNLESS.search(row.text)):
            open_for = (organ for organ in ORGANS & topics_of(self.patient).keys() if TOPICS[organ].search(unless[0]))
            by |= dict.fromkeys(open_for, Judgement("open", unless[0].strip()))
        if id(row) in self.criteria:
            by |= self.by_criteria(row, *self.criteria[id(row)])
        if self.is_child and row.action != "avoid" and not any(map(ages_in, telling)):
            its, reason = by["age"], self.of_children.get("never") or self.outside
            if its and its.state == "holds":  # in a word alone
                reason = reason or self.of_children.get("unknown") or self.after_others.get(id(row))
            elif not its and by["weight"]:
                reason = reason or self.refused
            by["age"] = all_of((its, Judgement("open", reason))) if reason else its
        elif self.outside and by["age"] is None and row.action != "avoid":
            by["age"] = Judgement("open", self.outside)
        if self.is_child and id(row) in self.before_children:
            by["age"] = all_of((by["age"], _CHILDREN_NEXT))
        if by["age"] and by["age"].state == "fails" and id(row) in self.of_organs_after:
            by["age"] = Judgement("open", f"what comes before it in its line is {by['age'].reason}")
        by["for"] = self.wanted.of(row, row.conditions) if self.wanted else None
        is_open = by["for"] is None or by["for"].state == "holds"
        if self.wanted and is_open and id(row) in self.side_by_side and not self.wanted.names(row.text):
            by["for"] = Judgement("open", "another dose stands beside it, and not what each is for")
        by["population"] = self.by_population(row)
        is_theirs, use = by["population"] is HOLDS, by["for"]
        if is_theirs and use and use.state == "fails" and (self.is_told_besides or self.is_labelled_with(row)):
            by["for"] = Judgement("open", f"{use.reason}, but it names “{self.patient.population}”")
        if by["population"] is HOLDS and any(c.kind == "any" or names_others(c.text) for c in telling):
            by["age"] = None if by["age"] and by["age"].state == "open" else by["age"]  # one of a list that is met
        if self.wanted and by["for"] in (None, HOLDS) and by["population"] is not HOLDS:
            whom = self.wanted.people_with_another(self.begun.get(id(row), "") + row.text)
            titles = (self.titles.get(row.section, ""), row.population or "")
            whom = whom or next(filter(None, map(self.wanted.title_with_another, titles)), None)
            by["for"] = Judgement("open", f"for {whom}") if whom else by["for"]
        unasked = "kidney" not in self.asked and not by["kidney"]
        on_dialysis = self.kidney.dialysis and by["population"] is HOLDS
        if unasked and id(row) in self.by_kidney_function and not on_dialysis:
            by["kidney"] = _UNDIALYSED if self.kidney.dialysis else _by_function(row)
        elif by["kidney"] and not self.kidney.dialysis and "after dialysis" in row.says:
            by["kidney"] = all_of((by["kidney"], judging.DIALYSIS_UNSAID))
        known = {name: finding for name, finding in by.items() if finding}
        return Judgements(known, self.is_for_others(row, known))

    @staticmethod
    def by_failure(row: DoseRow, telling: Sequence[Condition]) -> Judgement | None:
        """What a row that does not name failed kidneys is for somebody who has them, without a figure."""
        words = {*row.says, *(word for c in telling for word in c.says)}
        if any(c.kind == "any" for c in telling) or not words.isdisjoint(_OF_FAILURE):
            return None
        if "normal kidney" in words:
            return Judgement("fails", "for normal kidney function")
        severe = any(isinstance(band, Renal) for band in bands_of(row))
        return Judgement("open", "it does not say whether that holds on dialysis, too") if severe else None

    @cached_property
    def of_organs_after(self) -> set[int]:
        """Rows on an organ, of no age, that come after others under the same people in their line: the people may be of
        those alone."""
        return {
            id(row)
            for before, row in pairwise(self.rows)
            if row.line == before.line and row.population == before.population and ORGANS.intersection(row.says)
            and not stages(row.text) and not any(ages_in(c) for c in row.conditions if c.text in row.text)
        }  # fmt: skip

    @cached_property
    def criteria(self) -> dict[int, tuple[int, list[Condition]]]:
        """Rows for those who meet so many of some criteria: how many of which, those of a list after them too."""
        found = {}
        for row in self.rows:
            if not (counted := _COUNTED.search(row.text)):
                continue
            its = [c._replace(read=True) for c in row.conditions if c.bands and c.text in row.text]
            for note in self.notes if row.text.endswith(":") else ():
                if row.line < note.line <= row.line + len(its) + 3:
                    its += judging.told_figures(note.text, label=True)
            found[id(row)] = int(NUMERALS[counted["least"].lower()]), its
        return found

    def by_criteria(self, row: DoseRow, least: int, criteria: Sequence[Condition]) -> dict[str, Judgement]:
        """What counted criteria say to the filters that they are of: enough of them are met, or they may be."""
        asked = [(name, each) for c in criteria for name, each in self.by_figures(row, c).items() if each]
        met = sum(each.state == "holds" for _, each in asked)
        enough = HOLDS if met >= least else Judgement("open", f"for those who meet {least} of its criteria")
        return {name: enough for name, each in asked if each.state == "holds" or enough is not HOLDS}

    @cached_property
    def refused(self) -> str | None:
        """What a row says that refuses all patients of the child's age: a weight alone is an adult's then."""
        for row in self.rows:
            everyone = not (row.indication and not _OF_ALL.match(row.indication)) and row.action == "avoid"
            if not (everyone and _NOT_FOR.match(row.text)) or (row.qualifier and not stages(row.qualifier)):
                continue
            conditions = [c for c in row.conditions if c.kind != "indication"]
            by_age = all_of(self.by_figures(row, c).get("age") for c in conditions)
            alone = all(filter_of(band) == "age" for band in bands_of(row)) and self.special.isdisjoint(
                map(id, conditions)
            )
            if by_age and by_age.state == "holds" and alone:
                whom = row.qualifier or row.population or "children"
                return f"elsewhere, “{whom}”: {row.text[0].lower()}{row.text[1:].rstrip('.')}"
        return None

    @cached_property
    def begun(self) -> dict[int, str]:
        """Of the rows that go on with a sentence what rows before them say of it: "followed by 2 mg daily"."""
        found = dict[int, str]()
        for row, after in pairwise(self.rows):
            if row.line == after.line and after.text[:1].islower() and not row.text.endswith("."):
                found[id(after)] = f"{found.get(id(row), '')}{row.text} "
        return found

    @cached_property
    def before_children(self) -> set[int]:
        """Rows whose next sentence begins with children and gives them a dose of their own: "1 to 2 mg/kg after each
        dialysis. In children, 2 mg/kg may be given." """
        return {
            id(row)
            for row, after in pairwise(self.rows)
            if row.line == after.line and labels(row) == labels(after) and row.dose and after.dose
            and _IN_CHILDREN.match(after.text) and not any(map(ages_in, row.conditions)) and not stages(row.text)
        }  # fmt: skip

    @cached_property
    def after_others(self) -> dict[int, str]:
        """Rows after others under the same labels that are for ages beyond infancy, none of them the patient's."""
        found, given = dict[int, str](), defaultdict[object, list[Band]](list)
        for row in self.rows if self.patient.age else ():
            before = given[place_of(row)]
            if before and not Bands(before).cover(self.patient.age.days):  # type: ignore[union-attr]
                found[id(row)] = f"what comes before it is for age {in_words(before[0])}"
            ages = (
                band for c in row.conditions for band in ages_in(c) if row.action != "avoid" and len(before) < _MANY
            )
            before += (band for band in ages if band.max is None or band.max * DAYS[band.unit] > _INFANTS)
        return found

    def by_figures(self, row: DoseRow, condition: Condition) -> dict[str, Judgement | None]:
        """What one condition says of the patient's figures, by filter, as it was read."""
        place = row.section, id(condition)
        if place not in self._by_figures:  # the rows under a heading share it
            patient, found = self.patient, dict[str, Judgement | None]()
            if patient.age:
                bands, covered = self.next_to(row, "age"), row.section not in self.uncovered
                found["age"] = judging.by_age(condition, patient, bands, narrower=self.narrower, covered=covered)
            if condition.bands:
                found["weight"] = judging.by_weight(condition, patient, self.next_to(row, "weight"))
                beyond = self.kidney.failed and any(map(self.kidney.is_beyond, condition.bands))
                unmet = Judgement("fails", f"for {condition.text}, which nobody has whose kidneys have failed")
                found["kidney"] = unmet if beyond else None
                found["liver"] = judging.by_liver(condition, patient.hepatic) if patient.hepatic else None
            self._by_figures[place] = {name: as_read(condition, each) for name, each in found.items()}
        known = self._by_figures[place]
        if not condition.bands or self.kidney.given is None:
            return known
        return {**known, "kidney": as_read(condition, self.by_renal(row, condition))}

    def by_words(self, row: DoseRow, organ: str, words: Container[str]) -> Judgement | None:
        """What words say of an organ that was asked about."""
        if not words or organ not in self.asked:
            return None
        graded = self.is_graded(organ, row)
        return (self.kidney.by_words if organ == "kidney" else judging.by_words_of_liver)(words, graded=graded)

    def alternatives(self, condition: Condition, found: dict[str, Judgement | None]) -> dict[str, Judgement | None]:
        """Where one condition is a list of groups, any of them will do: "under 6 years, or eGFR <30"."""
        names = _sorts_of(condition)
        asked = {name: each for name, each in found.items() if each}
        known = asked.keys() | ({"kidney"} & names if self.kidney.is_normal else set())  # words find nothing there
        best = any_of(asked.values())
        if best is None:
            return {}
        if best.state == "fails" and len(known) < len(names):
            best = Judgement("open", f"not decided ({best.reason}): the row names another condition too")
            return dict.fromkeys(names - known, best)  # it hangs on what was not asked
        unmet = Judgement("open", best.reason) if best.state == "open" else None
        return {name: best if each.state == best.state else unmet for name, each in asked.items()}

    def next_to(self, row: DoseRow, sort: str) -> Bands:
        """The ranges of a sort in the rows beside one."""
        return self.beside.get((row.section, sort), NONE_BESIDE)

    def by_renal(self, row: DoseRow, condition: Condition) -> Judgement | None:
        """Whether the kidney ranges of a condition hold for the patient."""
        bands = [band for band in condition.bands if isinstance(band, Renal)]
        if not bands:
            return None
        beside = [(r, s) for r, s in self.failing if r.section == row.section and rivals(row, r) and r is not row]
        below: State = "fails" if "fails" in {state for _, state in beside} else "open" if beside else "holds"
        if below == "fails" and row.dose is None:
            below = "open"  # a warning for severe impairment is not taken back by a dose for worse kidneys
        in_words = any(other.renal is None for other, state in beside if state == "fails")
        return any_of(
            self.kidney.by_renal(band, self.next_to(row, sort_of(band)), below=below, end_stage_beside=in_words)
            for band in bands
        )

    def is_graded(self, organ: str, row: DoseRow) -> bool:
        """Whether rows beside this one are for grades of an organ's impairment, or a label of its own may be one."""
        return (organ, row.section, row.population) in self.graded or bool(_MAY_GRADE.search(row.qualifier or ""))

    @cached_property
    def by_kidney_function(self) -> set[int]:
        """The rows of usual doses that go by kidney function: one is for healthy kidneys, others are for the rest."""
        ranged = [
            row
            for row in self.rows
            if any(isinstance(b, Renal) for b in bands_of(row)) and not any(c.kind == "any" for c in row.conditions)
        ]
        healthy = [row for row in ranged if any(map(_is_normal, bands_of(row)))]
        reduced = [row for row in ranged if not any(map(_is_normal, bands_of(row)))]
        usual = {
            place_of(row)
            for row in healthy
            if not any(ORGANS.intersection(c.says) for c in row.conditions)
            and any(place_of(row) == place_of(other) or is_reduced(row, other) for other in reduced)
        }
        return {id(row) for row in ranged if place_of(row) in usual}

    @cached_property
    def side_by_side(self) -> set[int]:
        """Rows of a line with different regimens under the same labels: what tells them apart was not read."""
        beside = defaultdict(list)
        for row in self.rows:
            if row.action == "give" and row.text[:1].isdigit():
                beside[row.line, *labels(row)].append(row)
        return {id(row) for rows in beside.values() if len({row.text for row in rows}) > 1 for row in rows}

    @cached_property
    def failing(self) -> list[tuple[DoseRow, State]]:
        """The rows for kidney failure or dialysis, with what "severe" beside them is below its range."""
        return [(row, state) for row in self.rows if (state := judging.below_severe(row))]

    def by_population(self, row: DoseRow) -> Judgement | None:
        """Whether a row is for the group that was asked for; only a group that excludes it leaves the row out."""
        asked = self.patient.population
        if asked is None:
            return None
        groups = [row.population or "", *(c.text for c in row.conditions if c.kind != "indication")]
        if self.is_labelled_with(row):
            return HOLDS
        own = [label for label in labels(row) if "others" in named_in(label)]
        if own or (row.renal and row.renal.min and TOPICS["kidney"].search(asked)):  # then a title's list says not whom
            groups = [text for text in groups if not (_TITLED.match(text) or (not own and _OR_DIALYSIS.search(text)))]
        near = "; ".join(groups)
        if self.kidney.dialysis or may_name(f"{row.text}; {near}", asked):
            excepted = ((text, what) for text in (*groups, row.text) for what in left_out(text))
            for text, what in excepted:
                of_dialysed = self.kidney.dialysis and _DIALYSIS.search(what)
                if of_dialysed or names_group(what, asked):  # a statement may speak of what is to be made sure of
                    return Judgement("open" if text in row.text else "fails", f"not for {what.strip()}")
            in_text = names_group(row.text, asked, aged="ages" in row.says)
            if in_text or names_group(near, asked):
                also = "; ".join(text[m.start() :] for text in groups if (m := _and_takes(text, asked)))
                words = f"{also} {_OF_THE_SAME.sub('', row.text)}"
                taken = None if in_text or _TAKEN.search(asked) or self.is_taken(row, words) else _TAKEN.search(words)
                unread = (
                    as_read(c, HOLDS) for c in row.conditions if not c.read and "ages" in c.says and stages(asked)
                )
                return Judgement("open", f"for {taken[0]}") if taken else next(unread, HOLDS)
        if id(row) in self.meant:
            return HOLDS
        for condition in row.conditions:
            if exclude_each_other(condition.text, asked) and not (
                condition.kind == "any" or names_others(condition.text)
            ):
                return Judgement("fails", f"for {condition.text}")
        if self.kidney.dialysis:  # "on dialysis" is for hemodialysis, too
            on_it = (
                _ON_DIALYSIS.search(meant(each)) and not exclude_each_other(each, asked) for each in (row.text, *groups)
            )
            return HOLDS if any(on_it) else None
        return None

    def is_taken(self, row: DoseRow, words: str) -> bool:
        """Whether what a row says is taken too is another of the patient's groups."""
        return id(row) in self.meant_besides or any(names_group(words, each) for each in self.patient.besides)

    def is_labelled_with(self, row: DoseRow) -> bool:
        """Whether what the patient has besides is what a row is labelled with: "Volume Depletion or Renal Artery
        Stenosis"."""
        asked = self.patient.population or ""
        return bool(row.indication and " " in asked and not stages(asked)) and names_group(row.indication or "", asked)

    def is_for_others(self, row: DoseRow, by: dict[str, Judgement]) -> bool:
        """Whether a row is only for an organ, or for a group of patients, that was not asked about."""
        if "population" in by:
            return False
        if row.qualifier and any(map(_FIGURE.fullmatch, row.qualifier.split("; "))):
            return True  # what a label's figure counts was not read
        on_dialysis = "dialysis" in row.says and not row.hepatic and row.action != "no_adjustment"
        if _SUCH_CASES.search(row.text) or (on_dialysis and "kidney" not in by):
            return True
        for condition in row.conditions:
            if condition.kind == "any" and by.keys().isdisjoint(_sorts_of(condition)):
                return True  # a list of groups of which none was asked about
            if id(condition) not in self.special:
                continue
            named = _organs_of(condition)
            if named and not named & by.keys():  # "Renal or Hepatic Impairment" is for either
                return True
            if condition.kind == "pregnancy" or (condition.kind == "drug" and not self.is_partner(row, condition)):
                return True
            if condition.kind != "indication" and "others" in condition.says:
                of_list = named & by.keys() and is_list(condition.text)  # of "Hepatic Impairment or Poor Metabolizers"
                if not (of_list or self.is_of_organ(row, condition, by)):
                    return True
                continue
            of_wanted = self.wanted and by.get("for") is HOLDS and self.wanted.names(condition.text)  # "with PMDD"
            is_told = named or of_wanted or row.age is not None or "weight" in by
            if condition.kind == "population" and not is_told:
                return True
        return False

    @staticmethod
    def is_of_organ(row: DoseRow, condition: Condition, by: dict[str, Judgement]) -> bool:
        """Whether a row for the patient's organ is under a heading that names no drug taken too.

        "Concomitant Strong" is cut off, and a title of the organ under it is one of its own.
        """
        named = ORGANS.intersection(named_in(row.population or ""))
        holds = any(organ in by and by[organ].state == "holds" for organ in named)
        title = condition.text not in row.text and not _organs_of(condition)
        return holds and title and not _NAMES_DRUG.search(condition.text)

    def is_partner(self, row: DoseRow, condition: Condition) -> bool:
        """Whether a drug belongs to every dose for an indication: "Heart Transplant: With azathioprine: …"."""
        if not row.indication or condition.text not in (row.qualifier or ""):
            return False
        beside = [r for r in self.rows if place_of(r) == place_of(row) and r.route == row.route and r.dose]
        return all(condition in other.conditions or condition.text in (other.qualifier or "") for other in beside)

    def is_of_nobody(self, row: DoseRow, findings: Judgements) -> bool:
        """Whether a row is for a group or an age that was not asked about: it hangs on more than a figure."""
        return findings.unasked or (row.action != "avoid" and is_for_ages(row) and not WHO & self.asked)

    # ------------------------------------------------------------ rows that refer to others

    def referred(self, found: Sequence[Judgements], specific: set[int]) -> dict[int, int]:
        """The rows that a row for this patient refers to, with that row's number: "See the adult dose"."""
        targets: dict[int, int] = {}
        for number in sorted(specific):
            row = self.rows[number]
            reference = _REFERENCE.search(row.text)
            if reference is None or (_of_adults(reference) and row.dose):  # "5 mg/kg, for as long as in adults"
                continue
            for index, other in enumerate(self.rows):
                failing = {name for name, finding in found[index].by.items() if finding.state == "fails"}
                is_open = index not in specific and failing <= (WHO if _of_adults(reference) else {"population"})
                if is_open and rivals(row, other) and self.is_meant(reference, other):
                    targets.setdefault(index, number)
        return targets

    def is_meant(self, reference: re.Match[str], row: DoseRow) -> bool:
        """Whether a row is what a reference refers to."""
        if _of_adults(reference):
            return any(ADULTS in stages(c.text) for c in row.conditions) and not any(map(_organs_of, row.conditions))
        if reference["kidney"]:
            return any(isinstance(band, Renal) for band in bands_of(row))
        return row.section.rsplit("/", 1)[-1].startswith(reference["section"].replace(".", "-") + "-")


_OF_ALL = Pattern(r"(?:all|any)\b", re.I)


_NOT_FOR = Pattern(
    rf"(?:use\s+is\s+)?(?:{patterns.NOT_FOR})(?!\s+(?:for\s+(?:more|longer)|as|above|with|after)\b)"
    r"|(?:do\s+not\s+(?:use|give)|avoid(?:\s+use)?)\.?$",
    re.I,
)
"""A statement that refuses those whom its row is for, whatever the dose."""


_IN_CHILDREN = Pattern(rf"(?:In|For)\s+(?:{CHILDREN.words})[\w\s]{{0,20}},", re.I)


_CHILDREN_NEXT = Judgement("open", "the sentence after it is for children")


_UNLESS = Pattern(r"\bunless\b[^.;(\[]*", re.I, hints=("unless",))
""" "No adjustment in the elderly, unless kidney function is impaired"."""


_COUNTED = Pattern(r"\bat\s+least\s+(?P<least>two|three|four)\s+(?:\w+\s+)?of\b", re.I, hints=("least",))
""" "In patients with at least two of the following:"."""


_SUCH_CASES = Pattern(
    r"\b(?:such|these)\s+(?:circumstances|cases|situations|instances|events)\b", re.I, hints=("such", "these")
)
""" "If such circumstances are present, 1.25 mg daily": they are in the sentence before."""


_MANY = 50


_INFANTS = 2 * YEAR
"""Ages up to here say nothing of what "children" beside them are."""


_OF_AN_ADULT = 40.0
"""kg: from here on labels give adults' doses; a weight below is a child's, though no age was given."""


_EITHER_KIDNEY = frozenset({"kidney", "normal kidney"})
"""What a title says of all: "Dosage in Patients with Normal Renal Function and Renal Impairment"."""


_TITLED = Pattern(r"Table\s|\d+\.\d", re.I)


_TAKEN = Pattern(rf"(?:\b[\w-]+\s+){{0,2}}{patterns.TAKEN_TOO}", re.I)


_AND = re.compile(rf"\b{patterns.TAKES}\b", re.I)


_SEX = re.compile(patterns.SEX, re.I)


_OF_FAILURE = ("dialysis", "end-stage", "kidney failure")


def _and_takes(label: str, asked: str) -> re.Match[str] | None:
    """Where a label of the group that was asked for goes on to what they take: "poor metabolizers taking …"."""
    found = _AND.search(label)
    return found if found and names_group(label[: found.start()], asked) else None


_OF_THE_SAME = re.compile(r"\bif\s+(?:it\s+is\s+)?used\s+(?:concomitantly|together|concurrently)\b", re.I)
""" "If used concomitantly" of the drug that the label names."""


_NAMES_DRUG = Pattern(r"\b(?:inhibitor|inducer)|\bmetaboli[sz]er", re.I)


_REFERENCE = Pattern(patterns.REFERENCE, re.I, hints=("adult", "creatinine", "crcl", "egfr", "renal", "2."))


_GRADED = Pattern(rf"\d|\b(?:{'|'.join(GRADES)})\b|{patterns.IMPAIRED_KIDNEY}", re.I)


_MAY_GRADE = Pattern(r"\d|impair|function|insufficien|failure|disease|\b(?:" + "|".join(GRADES) + r")\b", re.I)
""" "Significant impairment": a grade that is none of the known ones."""


_FIGURE = Pattern(r"[<>≥≤\s]*\d[\d.,\s]*(?:(?:to|-|–)[<>\s]*\d[\d.,]*|and\s+\w+|or\s+\w+)?\s*", re.I)
"""A label that is a figure and nothing else."""


def _of_adults(reference: re.Match[str]) -> bool:
    return bool(reference["adults"] or reference["adult"])


_UNDIALYSED = Judgement("open", "it goes by kidney function and does not speak of dialysis")


def _by_function(row: DoseRow) -> Judgement:
    """What a usual dose that goes by kidney function says where that was not given: it is not taken as normal."""
    bands = [band for band in bands_of(row) if isinstance(band, Renal)]
    name: FilterName = "crcl" if bands[0].measure == "CrCl" else "egfr"
    ranges = " or ".join(dict.fromkeys(in_words(b) if b.min or b.max else ", ".join(b.severity) for b in bands))
    return Judgement("open", f"for {ranges}: give --{name}", name)


def _sorts_of(condition: Condition) -> set[str]:
    """By what the groups of a list are told apart."""
    return {*map(filter_of, condition.bands), *sorts_in(condition.text)}


def _organs_of(condition: Condition) -> frozenset[str]:
    """The organs for whose impairment a condition is."""
    figures = frozenset(filter_of(band) for band in condition.bands if not _is_normal(band)) & ORGANS
    if condition.kind == "indication":
        return figures
    named = _FUNCTION if condition.kind == "population" else []  # healthy organs keep nobody out
    by_function = (o for o, words in named if words.search(condition.text) and f"normal {o}" not in condition.says)
    return figures.union(ORGANS.intersection(condition.says), by_function)


_FUNCTION = [(organ, Pattern(words, re.I, hints=("function",))) for organ, words in patterns.FUNCTION.items()]


def _may_be_for_others(condition: Condition) -> bool:
    """Whether a condition names an organ, a drug taken too or a group of patients; of several groups any will do."""
    if condition.kind == "any":
        return False
    if condition.kind in ("pregnancy", "drug") or (condition.kind != "indication" and "others" in condition.says):
        return True
    if condition.kind != "population" or _organs_of(condition):
        return bool(_organs_of(condition))
    is_of_healthy = not {"normal kidney", "normal liver"}.isdisjoint(condition.says)
    return not (condition.bands or is_of_healthy or stages(condition.text) or EVERYBODY.fullmatch(condition.text))


def _is_normal(band: Band | Renal | Hepatic) -> bool:
    """Whether a range holds a healthy kidney: it keeps nobody out who was not said to be impaired."""
    return isinstance(band, Renal) and band.min is not None and band.max is None


def _has_dialysis_label(row: DoseRow) -> bool:
    """Whether a row has a label of dialysis alone, without a range or a grade."""
    parts = re.sub(r"\[\w{1,2}\]", "", "; ".join(labels(row))).split("; ")  # but for marks of footnotes
    return any(_DIALYSIS.search(part) and not _GRADED.search(part) for part in parts)


_DIALYSIS = Pattern(patterns.DIALYSIS, re.I, hints=("dialysis", "hd", "capd", "crrt", "cvvh"))


_ON_DIALYSIS = Pattern(rf"{patterns.DIALYSIS}|{patterns.END_STAGE}", re.I)


_OR_DIALYSIS = Pattern(
    rf"(?:/\s*|\b(?:including|or|and)\s+(?:[\w-]+\s+){{0,5}}){patterns.DIALYSIS}|{patterns.DIALYSIS}\s+or\b", re.I
)


@lru_cache(maxsize=1024)
def _is_of_dialysed(label: str) -> bool:
    """Whether a label is for those of a range or a grade who are on dialysis: "CrCl below 30 mL/min, dialysis"."""
    found = _DIALYSIS.search(label) and _GRADED.search(label)
    return bool(found and _DIALYSIS.search(_OR_DIALYSIS.blank(meant(label))))
