"""What one condition of a row is for one patient: it holds, it fails, or it is open.

Nothing is computed: figures are compared, units of age converted for the comparison only. A function for each kind of
condition; None is the answer of a condition that says nothing of what was asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Literal, NamedTuple

from druginfo.dosing.conditions import ages_in, filter_of, is_list
from druginfo.dosing.patient import Patient
from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import names_group, names_others, stages, stages_left_out, without_frail
from druginfo.model import Band, Condition, DoseRow, FilterName, Grade, Hepatic, Renal
from druginfo.terms import patterns, sentences
from druginfo.terms.stages import ADULTS, CHILDREN, DAYS, ELDERLY, PER_KILOGRAM
from druginfo.terms.tables import CHILD_PUGH, GRADES, NORMAL_KIDNEY, NUMERALS, RENAL_CATEGORIES

State = Literal["holds", "fails", "open"]


class Judgement(NamedTuple):
    """What a row says to one filter."""

    state: State
    reason: str | None = None
    """Why it fails or is open, or what was read into it that it holds."""
    missing: FilterName | None = None
    """The filter that would decide what is open: `crcl`."""


HOLDS = Judgement("holds")
OTHER_INDICATIONS = "for other indications"
"""How the reason begins that leaves a row out for its indication."""
_CREATININE = Judgement("open", "the row speaks of serum creatinine, which is not asked for")
DIALYSIS_UNSAID = Judgement("open", "whether the patient is on dialysis was not said", "population")


def all_of(findings: Iterable[Judgement | None]) -> Judgement | None:
    """What conditions say together: one that fails decides, then one that is open."""
    return _first(findings, ("fails", "open", "holds"))


def any_of(findings: Iterable[Judgement | None]) -> Judgement | None:
    """What alternatives say together: one that holds decides, then one that is open."""
    return _first(findings, ("holds", "open", "fails"))


def _first(findings: Iterable[Judgement | None], order: Sequence[State]) -> Judgement | None:
    found = [each for each in findings if each]
    return min(found, key=lambda each: order.index(each.state)) if len(found) > 1 else next(iter(found), None)


def as_read(condition: Condition, finding: Judgement | None) -> Judgement | None:
    """What a condition says as it was read: not read whole, it decides nothing; if it excludes, it says the reverse."""
    if finding is None or finding.state == "open":
        return finding
    if condition.excludes:
        if finding.state == "fails":
            return None
        finding = Judgement("fails", f"not for {condition.text}")
    return (
        finding
        if condition.read
        else Judgement("open", f"whom it is for could not be read for certain: {condition.text}")
    )


# ---------------------------------------------------------------- ranges


def within(value: float, band: Band | Renal, scale: float = 1.0) -> bool:
    """Whether a range holds the value, which is in units of which `scale` make one of the range's."""
    low, high = band.min, band.max
    if low is not None and (value < low * scale or (value == low * scale and not band.min_included)):
        return False
    return high is None or value < high * scale or (value == high * scale and bool(band.max_included))


def may_be_of(text: str, patient: Patient, read: Callable[[str], Sequence[Condition]]) -> bool:
    """Whether a sentence may be of a patient: of what it names of ages, weights and grades of organs it names theirs.

    `read`: what gives its ranges and grades (see `told_figures`).
    """
    by_filter: dict[str, list[Judgement | None]] = defaultdict(list)
    for condition in read(text) if has_figure(text) else ():
        for band in condition.bands:
            by_filter[filter_of(band)].append(_in_band(band, patient) if condition.read else None)
    if any(all(each and each.state == "fails" for each in found) for found in by_filter.values()):
        return False
    named = () if by_filter["age"] or patient.age is None else stages(text)
    return not named or is_list(text) or any(patient.age.days in stage for stage in named)  # type: ignore[union-attr]


def _in_band(band: Band | Renal | Hepatic, patient: Patient) -> Judgement | None:
    """What one range or grade alone is for a patient, whichever it is of; None where the figure was not given."""
    if isinstance(band, Renal):
        kidney = Kidney(patient.egfr, patient.crcl, {})
        return (
            kidney.by_renal(band, NONE_BESIDE, below="open", end_stage_beside=False)
            if kidney.given is not None
            else None
        )
    if isinstance(band, Hepatic):
        return _of_grade(band, patient.hepatic) if patient.hepatic else None
    if band.unit in DAYS:
        return _in_age_band(patient, band, NONE_BESIDE) if patient.age else None
    return _in_weight_band(patient.weight, band, NONE_BESIDE) if patient.weight is not None else None


def told_figures(text: str, *, label: bool = False) -> Sequence[Condition]:
    """The ranges and grades in a sentence or a label. Their reader takes longer to load than the rest of an answer."""
    from druginfo.dosing.line import read_line
    from druginfo.dosing.whom import bands, hepatic_of, renal_of

    line = read_line(text if label else _OTHER_DOSE.sub("", text))
    last = len(line.items)
    found = (() if label else bands(line, 0, last, label=False)) or bands(line, 0, last, label=True)
    organs = renal_of(line, 0, last, label=False, in_context=False), hepatic_of(line, 0, last, in_context=False)
    return (*found, *(Condition("other", text, (each,)) for each in organs if each))


_OTHER_DOSE = re.compile(patterns.OTHER_DOSE, re.I)


def has_figure(text: str) -> bool:
    """Whether a text has an age, a weight or kidney function in figures, or a grade of an organ's impairment."""
    return _WITH_FIGURE.search(text) is not None


_WITH_FIGURE = Pattern(
    rf"\d\W*(?:{patterns.AGE_UNIT})\b|\d\s*(?:kg|lbs?)\b|\bmL/min|\b(?:{'|'.join(GRADES)}|Child)\b",
    re.I,
    hints=("y", "m", "w", "d", "kg", "lb", "severe", "child"),
)


def in_words(band: Band | Renal) -> str:
    """A band in words ("30 to less than 60 kg", "at least 12 years", "CrCl less than 30 mL/min")."""
    low, high = band.min, band.max
    if low is not None and low == high:
        figures = f"{low:g}"
    elif low is not None and high is not None:
        figures = (
            f"{'' if band.min_included else 'more than '}{low:g} to {'' if band.max_included else 'less than '}{high:g}"
        )
    elif low is not None:
        figures = f"{'at least' if band.min_included else 'more than'} {low:g}"
    else:
        figures = f"{'at most' if band.max_included else 'less than'} {high or 0:g}"
    if isinstance(band, Band):
        return f"{figures} {band.unit}"
    return " ".join(filter(None, (band.measure, figures, "mL/min")))


class Bands:
    """The ranges of one sort that stand beside each other in a monograph, for where one goes on to the next."""

    def __init__(self, bands: Iterable[Band | Renal]) -> None:
        self.bands = frozenset(bands)

    def goes_on(self, value: float, band: Band | Renal, scale: float = 1.0) -> float | None:
        """Where the next range begins, of a value between a range's last figure and that: 59.5 of "30 to 59"."""
        if band.max is None or not band.max_included or band.min == band.max:
            return None
        step = 1.0 if band.max == int(band.max) else 0.1
        if not band.max * scale < value < (band.max + step) * scale:
            return None
        starts = (other.min for other in self.bands if other.min is not None)
        return next((start for start in starts if abs(start - band.max - step) < 1e-6), None)

    def cover(self, days: float) -> bool:
        """Whether one of the ranges of age holds a patient of so many days, or there is none."""
        return not self.bands or any(within(days, b, DAYS[b.unit]) for b in self.bands if isinstance(b, Band))

    def has_nearest(self, value: float, band: Band | Renal) -> bool:
        """Whether a range is a single figure, and of theirs the nearest below or above a value that none holds: of a
        table that gives CrCl 20 and 30 mL/min these two are next to 25."""
        if band.min is None or band.min != band.max or any(within(value, each) for each in self.bands):
            return False
        points = [each.min for each in self.bands if each.min is not None and each.min == each.max]
        return not any(band.min < point < value or value < point < band.min for point in points)


NONE_BESIDE = Bands(())


# ---------------------------------------------------------------- age and weight


def by_age(condition: Condition, patient: Patient, beside: Bands, *, narrower: bool, covered: bool) -> Judgement | None:
    """Whether the ages that a condition gives, in figures and words, hold the patient's.

    `narrower`: some row has a narrower word for the patient's age than "children". `covered`: no band beside it leaves
    the patient out.
    """
    if patient.age is None or not (condition.bands or "ages" in condition.says):
        return None
    bands = ages_in(condition)
    if patient.age.days >= ADULTS.low and ADULTS in stages(condition.text):
        # "Adults and children 2 to 12 years": the figures are the children's
        bands = [band for band in bands if band.max is None or band.max * DAYS[band.unit] > ADULTS.low]
    if patient.age.days < CHILDREN.high:
        # "Adults below 65 years" only parts adults from the old, and says nothing of children
        bands = [b for b in bands if b.min is not None or b.max is None or b.max * DAYS[b.unit] <= CHILDREN.high]
    found = any_of(_in_age_band(patient, band, beside) for band in bands)
    if found is None or (found.state == "holds" and all(None in (band.min, band.max) for band in bands)):
        # a word closes what figures leave open: "Children, 12 years and older"
        stage = _in_stages(
            condition.text, patient.age.days, narrower=narrower, covered=covered, unread=not condition.bands
        )
        found = all_of((found, stage))
    asked = patient.population
    others = condition.text if asked and names_group(condition.text, asked) else without_frail(condition.text)
    if found and found.state == "fails" and names_others(others):
        return Judgement("open", f"not by age ({found.reason}), but the row names others too")
    return found


def _in_age_band(patient: Patient, band: Band, beside: Bands) -> Judgement:
    age = patient.age
    assert age is not None
    scale = DAYS[band.unit]
    if age.unit == band.unit and age.value == band.min and not band.min_included:
        return Judgement("open", f"“{in_words(band)}” may hold in the year, month or week that begins then")
    if within(age.days, band, scale) or (band.unit == age.unit and within(age.value, band)):
        return HOLDS
    # "2 to 11 years" holds a child until the twelfth birthday, "0 to 3 months" before "3 to 6 months" does not
    last = band.min is not None and band.max is not None and band.max_included and age.days >= band.min * scale
    if last and age.days < (band.max + 1) * scale:  # type: ignore[operator]
        starts = (other.min * DAYS[other.unit] for other in beside.bands if isinstance(other, Band) and other.min)
        if not any(band.max * scale <= start < (band.max + 1) * scale for start in starts):  # type: ignore[operator]
            return HOLDS
    return Judgement("fails", f"for age {in_words(band)}")


_AGE_IN_FIGURES = Pattern(patterns.AGE_IN_FIGURES, re.I, hints=("year", "yr", "month", "age"))


def _in_stages(text: str, days: float, *, narrower: bool, covered: bool, unread: bool) -> Judgement | None:
    """What the words for ages say; "Children" means all of them where no other row is for some."""
    if any(days in stage for stage in stages_left_out(text)):
        return Judgement("fails", f"for {text}")
    named = stages(text)
    if not named:
        return None
    if not any(days in stage for stage in named):
        return Judgement("fails", f"for {text}")
    if unread and _AGE_IN_FIGURES.search(text):
        return Judgement("open", "the ages of its label could not be read for certain")
    for stage in named:
        whole = stage is CHILDREN and not narrower and covered
        low, high = (stage.low, stage.high) if whole else stage.surely
        if low <= days < high:
            return HOLDS
    return Judgement("open", f"for {text}, who may be of this age or not") if named == (ELDERLY,) else None


_BELOW_AGE = Pattern(patterns.BELOW_AGE, re.I, hints=("year", "month"))
_FROM_AGE = Pattern(patterns.FROM_AGE, re.I, hints=("year", "month"))
_OF_SOME = Pattern(r"(?<!contraindicated)(?<!recommended)(?<!used)\s(?:in|for|of)\s+(?:all\s+|the\s+)?$", re.I)
""" "Suspected disorder in children under 2 years": what is before them is of what is refused."""
_KNOWN = Pattern(patterns.ESTABLISHED, re.I, hints=("established",))
_FOR_OTHERS = Pattern(
    r"\b(?:for|in)\s+(?:any\s+)?(?:indication|condition|use|disorder)s?\s+other\s+than\s+(?P<what>[^.;]+)",
    re.I,
    hints=("other",),
)
""" "Not established in pediatric patients for indications other than OCD"."""
_NOT_KNOWN = Pattern(rf"{patterns.NO_DATA}|{patterns.NOT_FOR}", re.I)


def of_the_rest(
    texts: Iterable[tuple[str, bool]], days: float, is_asked: Callable[[str], bool] = lambda what: False
) -> dict[str, str]:
    """What a monograph says outside of its doses of all children up to an age that holds the patient's: `never`, they
    are contraindicated; `unknown`, not known to be right, or not recommended; `known`, of children without an age.

    `texts`: each with whether it is of contraindications; `is_asked`: whether words name the indication asked for.
    """
    found: dict[str, str] = {}
    floors: dict[float, str] = {}
    for text, forbids in texts:
        floors |= {_days_in(each): each["from"] for each in _FROM_AGE.finditer(text) if _days_in(each) < ADULTS.low}
        for sentence in sentences(text):
            if _KNOWN.search(sentence) and not (_NOT_KNOWN.search(sentence) or _AGE_IN_FIGURES.search(sentence)):
                found["known"] = sentence
            other = _FOR_OTHERS.search(sentence)
            if other and CHILDREN in stages(sentence) and _NOT_KNOWN.search(sentence) and not is_asked(other["what"]):
                found.setdefault("unknown", f"elsewhere in the text: not established in children {other[0].strip()}")
            for below in _BELOW_AGE.finditer(sentence):
                if days >= _days_in(below) or (below["what"] and not is_asked(below["what"])):
                    continue
                some = below["only"] or _OF_SOME.search(sentence[: below.start()])
                if (forbids or "contraindicated" in sentence) and not some:
                    found.setdefault("never", f"elsewhere in the text: contraindicated in those {below['below']}")
                elif _NOT_KNOWN.search(sentence):
                    found.setdefault("unknown", f"elsewhere in the text: not established in those {below['below']}")
    if floors and days < min(floors):
        found.setdefault("unknown", f"elsewhere in the text: for those {floors[min(floors)]}")
    return found


def _days_in(found: re.Match[str]) -> float:
    return float(NUMERALS.get(found["age"].lower(), found["age"])) * DAYS[f"{found['unit'].lower()}s"]


_BEYOND_WEIGHT = Pattern(patterns.BEYOND_WEIGHT, re.I, hints=("kg",))
_OF_SOME_AGES = Pattern(patterns.WEIGHT_OF_SOME_AGES, re.I, hints=("kg",))
_OF_THE_YOUNG = Pattern(patterns.WEIGHT_OF_THE_YOUNG, re.I, hints=("adult",))


def by_weight(condition: Condition, patient: Patient, beside: Bands) -> Judgement | None:
    """Whether the weights that a condition gives hold the patient's; open where the age alone was given.

    They do not bind a group that is named after them ("over 70 kg and adults"), nor for certain adults named before
    them together with the young ("adults and children over 40 kg").
    """
    bands = [band for band in condition.bands if isinstance(band, Band) and band.unit not in DAYS]
    if not bands:
        return None
    beyond = _BEYOND_WEIGHT.search(condition.text)
    free = stages(beyond["whom"]) if beyond else ()
    if free and patient.age and any(patient.age.days in stage for stage in free):
        return None
    if patient.weight is None:
        weights = " or ".join(map(in_words, bands))
        return Judgement("open", f"for {weights}: give --weight", "weight") if patient.age else None
    found = any_of(_in_weight_band(patient.weight, band, beside) for band in bands)
    if found and found.state == "fails":
        if _OF_SOME_AGES.search(condition.text):
            return Judgement("open", f"not by weight ({found.reason}), which may be of some of its ages alone")
        if _OF_THE_YOUNG.search(condition.text) and (not patient.age or patient.age.days >= ADULTS.low):
            return Judgement("open", f"not by weight ({found.reason}), which may be of the young alone")
    return found


def _in_weight_band(kilograms: float, band: Band, beside: Bands) -> Judgement:
    value = kilograms * PER_KILOGRAM.get(band.unit, 1.0)
    if within(value, band):
        return HOLDS
    following = beside.goes_on(value, band)
    if following is not None:
        return Judgement("holds", f"{in_words(band)} read as below {following:g}, where the next range begins")
    if beside.has_nearest(value, band):
        return Judgement("open", f"the row is for {in_words(band)} and names no range")
    return Judgement("fails", f"for weight {in_words(band)}")


# ---------------------------------------------------------------- kidney

_MILDER = {"severe": "moderate", "moderate": "mild"}
_CATEGORY_WORDS = {"mild": "60 to 89", "moderate": "30 to 59", "severe": "15 to 29", "failure": "below 15"}


def below_severe(row: DoseRow) -> State | None:
    """What "severe" beside a row is for kidneys that are worse: it fails for them where the row is for kidney failure
    or a range below 15 mL/min and no other, and is open where it is for dialysis; None where it is for neither."""
    if row.renal and row.renal.max is not None:
        return "fails" if row.renal.max <= RENAL_CATEGORIES["failure"][1] else None
    if row.renal and row.renal.severity:
        return None
    words = {name for each in (row.says, *(condition.says for condition in row.conditions)) for name in each}
    return (
        "open" if words & {"dialysis", *_FAILURE} == {"dialysis"} else None if words.isdisjoint(_FAILURE) else "fails"
    )


_FAILURE = frozenset({"end-stage", "kidney failure"})


class Kidney(NamedTuple):
    """How a monograph's words for kidney function are read for one patient."""

    egfr: float | None
    crcl: float | None
    ranges: dict[str, Renal]
    """The range that the monograph itself gives a severity word."""
    dialysis: bool = False
    """Whether the patient is said to be on dialysis."""
    failed: bool = False
    """Whether that, or to have end-stage disease."""

    def value(self, renal: Renal) -> float | None:
        """The patient's value for a row's measure; either does where the row names none."""
        if renal.measure:
            return self.egfr if renal.measure == "eGFR" else self.crcl
        return self.given

    @property
    def given(self) -> float | None:
        """The eGFR, or else the CrCl, that was given."""
        return self.egfr if self.egfr is not None else self.crcl

    @property
    def is_normal(self) -> bool:
        """Whether a measure was given and is normal."""
        return self.given is not None and self.given >= NORMAL_KIDNEY

    @staticmethod
    def is_beyond(band: Band | Renal | Hepatic) -> bool:
        """Whether a range or grade is of kidneys no worse than moderately impaired: it is nobody's on dialysis."""
        if not isinstance(band, Renal):
            return False
        return band.min >= _SEVERE if band.min is not None else bool(band.severity) and "severe" not in band.severity

    def by_renal(self, renal: Renal, beside: Bands, *, below: State, end_stage_beside: bool) -> Judgement:
        """What figures and grades are for the patient's eGFR or CrCl.

        `below`: what "severe" is for worse kidneys, by other rows for the same; `end_stage_beside`: one is for kidney
        failure, in words alone.
        """
        value = self.value(renal)
        if value is None:
            missing: FilterName = "egfr" if renal.measure == "eGFR" else "crcl"
            return Judgement("open", f"the row speaks of {renal.measure}, which was not given", missing)
        if renal.min is None and renal.max is None:
            return self.by_severity(renal, value, below)
        found = self.by_range(renal, value, beside)
        if found.state == "holds" and value < 15 and renal.severity and renal.min is None and end_stage_beside:
            return Judgement("open", "the row gives a grade, and another is for end-stage disease")
        return found

    def by_range(self, renal: Renal, value: float, beside: Bands) -> Judgement:
        """Figures for figures, in mL/min; a gap between two bands belongs to the one below (`beside`)."""
        measure = "eGFR" if self.egfr is not None else "CrCl"
        read = None if renal.measure else f"the row names neither eGFR nor CrCl, read with the {measure} given"
        if within(value, renal):
            return Judgement("holds", read)
        following = beside.goes_on(value, renal)
        if following is not None:
            return Judgement("holds", f"{in_words(renal)} read as below {following:g}, where the next range begins")
        if beside.has_nearest(value, renal):
            return Judgement("open", f"the row is for {in_words(renal)} and names no range")
        return Judgement("fails", "; ".join(filter(None, (f"for {in_words(renal)}", read))))

    def by_severity(self, renal: Renal, value: float, below: State) -> Judgement:
        """Severity words by the ranges that the monograph itself gives them, else by the FDA's categories."""
        found = any_of(self.of_word(word, value, below) for word in renal.severity)
        assert found is not None
        category = next((word for word, (low, high) in RENAL_CATEGORIES.items() if low <= value < high), "")
        own = self.ranges.get(category)
        differs = own is not None and self.value(own) is not None and not within(value, own)
        if found.state == "fails" and own and differs and not all(word in self.ranges for word in renal.severity):
            return Judgement("open", f"no range is known: {category} is {in_words(own)} here")
        return found

    def of_word(self, word: str, value: float, below: State) -> Judgement:
        """One grade: in the range that the monograph gives it, else in that of the FDA."""
        own = self.ranges.get(word)
        if own is not None and (given := self.value(own)) is not None:
            read = f"{word} read as {in_words(own)}, as this monograph has it"
            return Judgement("holds", read) if within(given, own) else Judgement("fails", f"for {read}")
        low, high = RENAL_CATEGORIES[word]
        read = f"{word} read as {_CATEGORY_WORDS[word]} mL/min, the FDA's category"
        milder = self.ranges.get(_MILDER.get(word, ""))
        if milder is not None and milder.min is not None and self.value(milder) is not None and milder.min != high:
            high = milder.min
            read = f"{word} read as below {high:g} mL/min, where {_MILDER[word]} begins in this monograph"
        if word == "severe" and value < low and below != "fails":
            because = (
                "worse kidneys have a row of their own" if below == "open" else "nothing here is said of kidney failure"
            )
            return Judgement(below, f"{read}, and below, as {because}")
        return Judgement("holds", read) if low <= value < high else Judgement("fails", f"for {read}")

    def by_words(self, words: Container[str], *, graded: bool) -> Judgement | None:
        """Impairment in no grade is for all below normal where no row beside it has one (`graded`)."""
        value = self.given
        if value is None:
            return None
        if "normal kidney" in words:
            state: State = "holds" if value >= NORMAL_KIDNEY else "fails" if value < _IMPAIRED else "open"
            return Judgement(state, None if state == "holds" else "for normal kidney function")
        if "dialysis" in words and self.dialysis:
            return HOLDS
        if "end-stage" in words or "kidney failure" in words:
            read = "kidney failure read as below 15 mL/min, the FDA's category"
            if _FAILING <= value < _IMPAIRED and "end-stage" not in words:
                return Judgement("open", f"{read}; texts call less than that so too")
            return Judgement("holds", read) if value < _FAILING else Judgement("fails", f"for {read}")
        if "dialysis" in words:
            return Judgement("fails", "for patients on dialysis") if value >= _SEVERE else DIALYSIS_UNSAID
        if value >= NORMAL_KIDNEY:
            return None
        if "creatinine" in words:
            return _CREATININE
        found = ungraded("kidney", words, graded=graded)
        return found and found._replace(
            reason=found.reason or "renal impairment read as below 90 mL/min, the FDA's categories"
        )


_FAILING, _SEVERE, _IMPAIRED = (RENAL_CATEGORIES[word][1] for word in ("failure", "severe", "moderate"))


def ungraded(organ: str, words: Container[str], *, graded: bool) -> Judgement | None:
    """Impairment in no grade that was read is for every grade, but where rows beside it are for some (`graded`)."""
    if organ not in words:
        return None
    return Judgement("open", f"it does not say for which {organ} function") if graded else HOLDS


# ---------------------------------------------------------------- liver

_CHILD_PUGH = {grade: letter for letter, grade in CHILD_PUGH.items()}


def by_liver(condition: Condition, grade: Grade) -> Judgement | None:
    """Whether grades and classes of hepatic impairment hold the patient's grade."""
    return any_of(_of_grade(band, grade) for band in condition.bands if isinstance(band, Hepatic))


def by_words_of_liver(words: Container[str], *, graded: bool) -> Judgement | None:
    """Impairment in no grade is for all of them where no row beside it has one (`graded`)."""
    if "normal liver" in words:
        return Judgement("fails", "for normal liver function")
    return ungraded("liver", words, graded=graded)


def _of_grade(hepatic: Hepatic, grade: Grade) -> Judgement:
    if hepatic.severity:
        named = " or ".join(hepatic.severity)
        return HOLDS if grade in hepatic.severity else Judgement("fails", f"for {named} hepatic impairment")
    letter = _CHILD_PUGH[grade]
    if letter in hepatic.child_pugh:
        return Judgement("holds", f"{grade} read as Child-Pugh {letter}")
    return Judgement("fails", f"for Child-Pugh {' or '.join(hepatic.child_pugh)}")
