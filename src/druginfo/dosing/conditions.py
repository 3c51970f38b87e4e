"""A row → the conditions that its statement, its labels and the headings over it make of whom it is for."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from druginfo.dosing.pattern import Pattern
from druginfo.dosing.people import NEGATED, but_for_exceptions, stage_words, stages, stages_left_out
from druginfo.model import Band, Condition, ConditionKind, DoseRow, Hepatic, Renal
from druginfo.terms import patterns
from druginfo.terms.stages import ADULTS, DAYS, NEWBORNS, OLDEST, SPECIAL
from druginfo.terms.tables import CHILD_PUGH, GRADES, RENAL_CATEGORIES

ORGANS = frozenset({"kidney", "liver"})
_DIALYSIS = ("dialysis", "hd", "capd", "crrt", "cvvh")
_LATE = ("stage", "esrd", "eskd", "anuri", "anephri")
_GENES = ("cyp", "vkorc", "ugt1", "tpmt", "nudt", "dpyd", "slco")
_NAMED = {
    name: Pattern(words, re.I, hints)
    for name, words, hints in (
        ("kidney", patterns.ILL_KIDNEY, ("renal", "kidney", *_DIALYSIS, *_LATE)),
        ("liver", patterns.IMPAIRED_LIVER, ("hepat", "liver", "cirrho")),
        ("normal kidney", patterns.NORMAL_ORGAN["kidney"], ("normal", "without")),
        ("normal liver", patterns.NORMAL_ORGAN["liver"], ("normal", "without")),
        ("dialysis", patterns.DIALYSIS, _DIALYSIS),
        ("after dialysis", patterns.AFTER_DIALYSIS, ("dialysis",)),
        ("end-stage", patterns.END_STAGE, _LATE),
        ("kidney failure", patterns.FAILED_KIDNEY, ("failure",)),
        ("creatinine", patterns.CREATININE, ("creatinine",)),
        ("others", rf"{patterns.TAKEN_TOO}|{patterns.TAKEN_BESIDE}|{patterns.METABOLIZERS}|{patterns.GENOTYPE}",
         ("taking", "receiving", "inhibitor", "inducer", "concomitant", "admin", "interact", "metaboli", "zygo",
          *_GENES)),
    )
}  # fmt: skip
"""What words can name that decides whom a row is for: impairment of an organ in whatever grade, or none of it; how far
it has gone; groups that no figure of a patient tells."""


@lru_cache(maxsize=1 << 10)
def named_in(text: str) -> tuple[str, ...]:
    """What of this a text names, and `ages` where it has a word for some."""
    ages = ("ages",) if stages(text) or stages_left_out(text) else ()
    if not any(map(text.lower().__contains__, _STEMS)):
        return ages
    text = _INCLUDING.blank(text)
    return (*(name for name, words in _NAMED.items() if words.search(text)), *ages)


def of_words(
    kind: ConditionKind, text: str, bands: tuple[Band | Renal | Hepatic, ...] = (), *, read: bool = True
) -> Condition:
    """A condition, with what its words name."""
    return Condition(kind, text, bands, read, says=named_in(text))


_INCLUDING = Pattern(rf"\bincluding\b[^.;:()]*?{patterns.DIALYSIS}", re.I, hints=("including",))
""" "Renal impairment, including those on dialysis": no fewer are meant for it."""
_STEMS = (
    "renal", "kidney", "hepat", "liver", "cirrho", "dialy", "hd", "capd", "crrt", "cvvh", "esrd", "eskd", "stage",
    "anuri", "anephri", "creatinine", "crcl", "gfr", "clcr", "taking", "receiving", "inhibitor", "inducer",
    "concomitant", "admin", "interact", "metaboli", "zygo", *_GENES,
)  # fmt: skip
"""One of these is in every text that names one of them."""


def organs_in(text: str) -> frozenset[str]:
    """The organs of which words name an impairment: `kidney`, `liver`."""
    return ORGANS.intersection(named_in(text))


def labels(row: DoseRow) -> list[str]:
    """The labels beside and over a row."""
    return [label for label in (row.indication, row.qualifier, row.population) if label]


def sort_of(band: Band | Renal | Hepatic) -> str:
    """What ranges are compared with each other: ages, weights, one measure of the kidney, grades of the liver."""
    if isinstance(band, Hepatic):
        return "liver"
    if isinstance(band, Renal):
        return f"kidney {band.measure}"
    return "age" if band.unit in DAYS else "weight"


def filter_of(band: Band | Renal | Hepatic) -> str:
    """Which filter asks for what a range or a grade is of: `age`, `weight`, `kidney`, `liver`."""
    return "kidney" if isinstance(band, Renal) else sort_of(band)


_IN_WHOM = Pattern(patterns.IN_WHOM, re.I)
_WHO_FIRST = Pattern(patterns.WHO_FIRST, re.I)
_DOSE_OF_WHOM = Pattern(patterns.DOSE_OF_WHOM, re.I)
_BEYOND_WEIGHT = Pattern(patterns.BEYOND_WEIGHT, re.I)
_WITH = Pattern(patterns.WITH_WHAT, re.I)
_NOT_FOR = Pattern(patterns.NOT_FOR, re.I)
_BEGINS_WITH_AGE = Pattern(patterns.AGE_FIRST, re.I)
_AFTER_FIRST = Pattern(patterns.AFTER_FIRST, re.I)
_FOR_EXAMPLE = Pattern(patterns.WHOM_FOR_EXAMPLE, re.I, hints=("e.g.", "such as"))


def completed(rows: Sequence[DoseRow], people: Mapping[str, str]) -> Iterator[DoseRow]:
    """The rows with all that is said of whom they are for, outermost first, each thing once.

    A heading that a label under it goes beyond was over other text: of whom the rows after that are is not known.
    `people`: the monograph's abbreviations of groups, with what they mean.
    """
    ended: list[tuple[str, str]] = []
    of_adults = {
        (row.section, row.line) for row in rows if any(ADULTS in stages(each) for each in (row.text, *labels(row)))
    }
    short = re.compile(rf"(?:\b[A-Z]+\d\w*\s+)?\b({'|'.join(map(re.escape, people))})s?\b") if people else None
    for row in rows:
        says = named_in(row.text)
        found = dict.fromkeys(
            _nearest(row, _as_lists(row, list(_told(row, says, (row.section, row.line) in of_adults))), ended)
        )
        for text in (row.text, *(c.text for c in found)) if short else ():
            for match in short.finditer(text):  # type: ignore[union-attr]
                found[of_words("population", match[0].replace(match[1], people[match[1]]))] = None
        if "kidney" in named_in("; ".join(labels(row))):  # under "Normal Renal Function", whose end the source lost
            found = {c: None for c in found if c.says != ("normal kidney",) or c.text in (row.text, *labels(row))}
        yield row._replace(conditions=tuple(found), says=says)


def _but_for_capped(row: DoseRow) -> str:
    """The words of a row without the people after its ceiling, which may be of that alone: "10 mg daily, not to exceed
    20 mg daily in the elderly"."""
    before, ceiling, after = row.text.partition(row.maximum or "\n")
    of_ceiling = row.dose and before.rstrip().endswith(",") and after.startswith((" in ", " for "))
    return f"{before}{ceiling}" if of_ceiling else row.text


def _told(row: DoseRow, says: Sequence[str], beside_adults: bool) -> Iterator[Condition]:
    """What was read, and what the statement's own words say beside it; `says` is what these name. `beside_adults`: its
    line has a dose for adults."""
    if row.indication and not any(c.kind == "indication" for c in row.conditions):
        ages = (c.bands for c in row.conditions if c.kind == "age" and c.text == row.indication and c.read)
        yield of_words("indication", row.indication, tuple(band for bands in ages for band in bands))
    words = but_for_exceptions(_but_for_capped(row))  # "except in neonates, where …" is for all others
    conditions: Sequence[Condition] = [
        c for c in row.conditions if c.bands or c.text in words or c.text not in row.text
    ]
    apart: Container[str] = ()
    if "ages" in says or not _BESIDE.isdisjoint(says):
        from druginfo.dosing.line import read_line  # only where it is needed: rows that are kept are judged without it
        from druginfo.dosing.whom import parted

        line = read_line(row.text)
        apart = parted(line, 0, len(line.items))
    if "ages" in says:
        if "age" in apart:
            yield of_words("any", words, read=False)
            conditions = [c for c in conditions if c.bands or c.text not in words]
        else:
            of_whom, *conditions = whom_first(words, conditions)
            if of_whom.text:
                yield of_whom
        for negated in NEGATED.finditer(row.text):
            if stages_left_out(negated[0]):
                yield of_words("other", negated[0], read=False)
    if not _BESIDE.isdisjoint(says):
        yield from (each._replace(read="organ" not in apart or each.kind == "drug") for each in beside_what(row.text))
    if (example := _FOR_EXAMPLE.search(words)) and len(sorts_in(example["whom"])) > 1:
        yield of_words("any", example["whom"])
    begins = _BEGINS_WITH_AGE.match(row.text)  # "children under 6 years: …; and over 6 years, …": not its label's
    later = _AFTER_FIRST.match(row.text)
    for each in conditions:
        own = bool(each.bands) and each.text in row.text
        if each.bands and not own and row.action != "avoid" and _NOT_FOR.search(each.text):
            # a label: "doses above 400 mg are not recommended" in a statement is a cap in moderate impairment
            each = each._replace(excludes=True)
        elif own and row.action == "avoid" and _UNTIL.search(row.text.partition(each.text)[0]):
            each = each._replace(excludes=True)  # "must not be used until the child weighs 40 kg"
        elif not own and begins and beside_adults and ages_in(each) and stages(each.text):
            each = of_words("population", stage_words(each.text))
        elif not own and ((ages_in(each) and (begins or later)) or (later and NEWBORNS in stages(each.text))):
            each = each._replace(read=False)  # "after the first two weeks, these children": of life or of treatment
        yield each
    if "ages" in says and (who := _WHO_FIRST.match(row.text) or _DOSE_OF_WHOM.search(row.text)):
        yield of_words("population", who["whom"], read="age" not in apart)


_UNTIL = Pattern(r"\b(?:until|unless)\b[^.;,]{0,40}$", re.I, hints=("until", "unless"))
_BESIDE = frozenset({"kidney", "liver", "others"})
NO_DOSE = Pattern(patterns.NO_DOSE, re.I, hints=("no ", "not "))
"""That no dose can be given to those whom a statement is for."""
REFERRED = Pattern(r"\b(?:refer\s+to|(?<!no\s)information\s+(?:regarding|on|about|for))\b[^.;]*$", re.I)
"""Before whom other texts are about: "for information regarding dosing in …"."""


def whom_first(words: str, conditions: Iterable[Condition], *, leads: bool = False) -> Iterator[Condition]:
    """Whom words are for by the stages of life that they name, without a text where they name none; then the
    conditions, a weight with whom it does not bind. What only `leads` to a statement may begin with its people."""
    who = _IN_WHOM.search(words) or (_WHO_FIRST.match(words) if leads else None)
    whole = who["whom"] if who and not REFERRED.search(words[: who.start()]) else ""
    yield of_words("other", whole)
    free = _BEYOND_WEIGHT.search(whole) is not None
    yield from (c._replace(text=whole, says=named_in(whole)) if free and c.text in whole else c for c in conditions)


def beside_what(text: str) -> Iterator[Condition]:
    """The impaired organs, metabolizers and drugs taken too that the words of a statement are about."""
    for what in _WITH.finditer(but_for_exceptions(text)):
        yield of_words("drug", what["drug"]) if what["drug"] else of_words("other", what["what"] or what[0])


# ---------------------------------------------------------------- lists of groups

_PARTED = Pattern(patterns.BETWEEN_GROUPS, re.I)
_SORTS = {
    "age": Pattern(patterns.OF_AGE, re.I, ("year", "age", "month")),
    "weight": Pattern(patterns.OF_WEIGHT, re.I, ("kg", "weigh")),
    "kidney": Pattern(patterns.OF_THE_KIDNEY, re.I, ("crcl", "gfr", "creatinine", "clcr")),
    "others": _NAMED["others"],
}


def sorts_in(words: str) -> set[str]:
    """By what words tell people apart: age, weight, kidney, liver, what they inherited or take too (`others`)."""
    found = {sort for sort, pattern in _SORTS.items() if pattern.search(words)} | organs_in(words)
    return found | {"age"} if stages(words) else found


_JOINS = re.compile(r"\bor\b|\band\b", re.I)
_LAST_OF_LIST, _IN_LIST = re.compile(r";\s+or\s+(?:in|for|with)\b"), re.compile(r";\s+(?=(?:in|for|with)\b)")
""" "In patients with …; in those with …; or in …": any of these."""
_JOINED = re.compile(r"[^.;]{0,20}\b(?:or|and)\b[^.;]{0,20}", re.I)


@lru_cache(maxsize=1 << 10)
def is_list(words: str) -> bool:
    """Whether words name several groups of which any is meant, each by one thing: age, weight, an organ."""
    if not _JOINS.search(words) or len(sorts_in(words)) < 2:
        return False
    plain = re.sub(r"\([^()]*\)", " ", words)
    if _LAST_OF_LIST.search(plain):
        plain = _IN_LIST.sub("; or ", plain)
    parts = list(_PARTED.finditer(plain))
    if not any(part["any"] for part in parts):
        return False
    starts, ends = [0, *(part.end() for part in parts)], [*(part.start() for part in parts), len(plain)]
    sorts = [sorts_in(plain[start:end]) for start, end in zip(starts, ends, strict=True)]
    of_groups = [
        (number, each) for number, each in enumerate(sorts) if each
    ]  # "elderly, debilitated or renally impaired"
    return all(len(each) < 2 for each in sorts) and any(
        before != after and any(part["any"] for part in parts[first:second])
        for (first, before), (second, after) in pairwise(of_groups)
    )


def _as_lists(row: DoseRow, conditions: Sequence[Condition]) -> Sequence[Condition]:
    """The conditions, those that belong to a list of groups as one, of which any will do."""
    words = next(filter(is_list, (row.text, *labels(row))), None)
    groups = [c for c in conditions if not c.bands and c.kind != "indication" and c.text in row.text and stages(c.text)]
    if words is None and len(groups) > 1 and _are_joined(row.text, groups):
        return (*(c for c in conditions if c not in groups), of_words("any", row.text))
    if words is None:
        return [c._replace(kind="any") if len(set(map(filter_of, c.bands))) > 1 else c for c in conditions]
    named = [c for c in conditions if c.kind != "indication" and (c.text not in labels(row) or c.text == words)]
    members = [c for c in named if c.text in words and (c.bands or sorts_in(c.text))]
    bands = tuple(dict.fromkeys(band for each in members for band in each.bands))
    others = list(_listed_in_titles([each for each in conditions if each not in members]))
    organs = ORGANS & {*organs_in(words), *map(filter_of, bands)}
    ages = bool(stages(words))
    if words != row.text and any(
        _organs(each) and (_organs(each) < organs or (ages and each.bands and not is_list(each.text)))
        for each in others
    ):
        return others  # a nearer label says for which of them
    return (*others, of_words("any", words, bands, read=all(each.read for each in members)))


def _listed_in_titles(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """The conditions, those of one title or label that lists groups as one, whatever the nearer words list."""
    listed = dict.fromkeys(c.text for c in conditions if c.kind == "population" and not c.excludes and is_list(c.text))
    for text in listed:
        its = [c for c in conditions if c.text == text]
        bands = tuple(dict.fromkeys(band for each in its for band in each.bands))
        yield of_words("any", text, bands, read=all(each.read for each in its))
    yield from (c for c in conditions if c.text not in listed)


def _are_joined(text: str, groups: Sequence[Condition]) -> bool:
    """Whether a statement names groups of several ages one after the other, of which any is meant: "in pregnancy or in
    pediatric patients"."""
    places = sorted((text.find(c.text), text.find(c.text) + len(c.text), stages(c.text)) for c in groups)
    neighbours = pairwise(places)
    return any(one != other and _JOINED.fullmatch(text[end:begin]) for (_, end, one), (begin, _, other) in neighbours)


def _organs(condition: Condition) -> frozenset[str]:
    if not (condition.says or condition.bands):
        return frozenset()
    return ORGANS & {*condition.says, *map(filter_of, condition.bands)}


# ---------------------------------------------------------------- conditions that nobody meets together

_ORGAN_WORDS = Pattern(rf"{patterns.ILL_KIDNEY}|{patterns.IMPAIRED_LIVER}", re.I)


class _Placed(NamedTuple):
    """A condition of a row, with what it is compared by."""

    condition: Condition
    span: tuple[float, float] | None
    """From which to which age, in days."""
    organs: frozenset[str]
    is_label: bool
    """Whether it is of a label or a heading, not in the words of the row."""


def _nearest(row: DoseRow, conditions: Sequence[Condition], ended: list[tuple[str, str]]) -> Sequence[Condition]:
    """The conditions of a row, without those of headings that a nearer one takes the place of.

    Of ages that nobody has together, and where it goes beyond the heading, the nearer counts, and of the heading only
    its organ is left; the heading is `ended` for the rows after it, too. A heading for one special group is not over a
    label for another. Of ranges of the kidney or weights that nobody has together none was read for certain: a table's
    column may have been taken for another's label.
    """
    placed = [_Placed(c, _span(c), _organs(c), c.text not in row.text) for c in conditions]
    over = [heading for section, heading in ended if section == row.section]
    banded = [each for each in placed if each.condition.bands]
    aged = [each for each in placed if each.span]
    organic = [each for each in placed if each.organs]
    if not over and len(banded) < 2 and len(aged) + len(organic) < 2:
        return conditions
    own = [each.condition for each in banded if not each.is_label]
    kept = []
    for number, (condition, span, organs, is_label) in enumerate(placed, 1):
        nearer = placed[number:]
        if is_label and not condition.read and ages_in(condition) and any(map(_is_of_ages, nearer)):
            continue  # "This section is for those over 12 years and aged 2 to 12 years" over "Aged 2 to 12 years"
        aged = aged[bool(span) :]
        beyond = [each for each in aged if _ends_heading(each, condition, span, is_label)] if span else []
        is_ended = bool(over) and any(condition.text in heading for heading in over)
        if is_label and condition.text != row.indication and any(each.is_label for each in beyond):
            ended += [(row.section, condition.text)] if condition.text not in over else []
            over.append(condition.text)
        if beyond or (aged and is_ended):
            if organ := _ORGAN_WORDS.search(condition.text):
                kept.append(of_words("other", organ[0], read=condition.read))
        elif is_label and condition.bands and any(_exclude(condition, each) for each in own):
            continue  # "no adjustment in mild impairment" under "Severe Renal Impairment"
        elif is_ended or (
            condition.bands
            and condition.read
            and any(_exclude(condition, each.condition) for each in banded if is_label or not each.is_label)
        ):
            kept.append(condition._replace(read=False))
        elif is_label and not condition.bands and organs and (taken := _narrowed(organs, nearer)):
            if taken < organs:
                kept.append(condition._replace(says=tuple(name for name in condition.says if name not in taken)))
        elif not (organic and _is_special(condition)) or not any(
            each.condition.kind == "population" and each.organs - organs for each in nearer
        ):
            kept.append(condition)
    return kept


def _is_of_ages(placed: _Placed) -> bool:
    return placed.condition.read and bool(ages_in(placed.condition))


def _ends_heading(nearer: _Placed, heading: Condition, its: tuple[float, float], is_label: bool) -> bool:
    """Whether a nearer condition takes the place of ages over it."""
    assert nearer.span
    low, high = nearer.span
    apart = high <= its[0] or its[1] <= low
    return apart or ((is_label or nearer.is_label) and _goes_beyond(nearer.condition, heading, its))


def _narrowed(its: frozenset[str], nearer: Sequence[_Placed]) -> frozenset[str]:
    """The organs of a title that a nearer one, or the row's own words, take from it: "Renal or Hepatic Impairment" over
    "Hepatic Impairment". A title of one organ is ended by one of another, not by words of the row."""
    fewer = [each.organs for each in nearer if each.organs and each.organs < its]
    if fewer:
        return its.difference(*fewer)
    ended = any(each.organs and each.is_label and not each.organs & its for each in nearer)
    return its if ended else frozenset()


def _is_special(condition: Condition) -> bool:
    """Whether a condition is only for the old or for women who are pregnant or may be."""
    named = () if condition.bands else stages(condition.text)
    return bool(named) and all(stage in SPECIAL for stage in named)


def _exclude(condition: Condition, other: Condition) -> bool:
    """Whether two conditions have ranges or grades of one sort, not of ages, and no value is in both."""
    pairs = [(one, two) for one in condition.bands for two in other.bands if _are_of_one_sort(one, two)]
    return bool(pairs) and not any(_overlap(one, two) for one, two in pairs)


def _are_of_one_sort(one: Band | Renal | Hepatic, two: Band | Renal | Hepatic) -> bool:
    """Whether ranges can be compared, ages apart: a grade of kidney function has no measure of its own."""
    graded = any(isinstance(each, Renal) and each.measure is None and each.severity for each in (one, two))
    return (graded and filter_of(one) == filter_of(two)) or sort_of(one) == sort_of(two) != "age"


def _overlap(one: Band | Renal | Hepatic, two: Band | Renal | Hepatic) -> bool:
    (low, high), (other_low, other_high) = ends(one), ends(two)
    low, high = max(low, other_low), min(high, other_high)
    return low < high or (low == high and _has_end(one, low) and _has_end(two, low))


def _has_end(band: Band | Renal | Hepatic, at: float) -> bool:
    """Whether a value is one of the ends that a range includes."""
    if isinstance(band, Hepatic):
        return False
    return (band.min == at and bool(band.min_included)) or (band.max == at and bool(band.max_included))


def ends(band: Band | Renal | Hepatic) -> tuple[float, float]:
    """From where to where a range goes; a grade of kidney function without figures has the FDA's, severe from 0 on,
    one of the liver its number."""
    if isinstance(band, Hepatic):
        found = [GRADES.index(each) for each in (*band.severity, *(CHILD_PUGH[letter] for letter in band.child_pugh))]
        return min(found), max(found) + 0.5
    if isinstance(band, Renal) and band.severity and band.min is None and band.max is None:
        lows, highs = zip(*(RENAL_CATEGORIES[grade] for grade in band.severity), strict=True)
        return (0.0 if "severe" in band.severity else min(lows)), max(highs)
    return band.min or 0, float("inf") if band.max is None else band.max


@lru_cache(maxsize=512)
def _span(condition: Condition) -> tuple[float, float] | None:
    """From which to which age a condition is for anybody, in days: words close what figures leave open."""
    bands = ages_in(condition)
    named = stages(condition.text)
    if condition.excludes or not (bands or named):
        return None
    low = min((stage.low for stage in named), default=0.0)
    high = max((stage.high for stage in named), default=OLDEST)
    if bands and all(band.min is not None for band in bands):
        low = min((band.min or 0) * DAYS[band.unit] for band in bands)
    if bands and all(band.max is not None for band in bands):
        high = max((band.max or 0) * DAYS[band.unit] for band in bands)
    return low, OLDEST if ADULTS in named and high <= ADULTS.low else high


def ages_in(condition: Condition) -> list[Band]:
    """The ages that a condition gives in figures."""
    return [band for band in condition.bands if isinstance(band, Band) and band.unit in DAYS]


def _goes_beyond(condition: Condition, heading: Condition, its: tuple[float, float]) -> bool:
    """Whether a condition is for ages that a heading over it has no room for: "6 to 12 years" under "Adults and
    Adolescents". Figures count on the sides that they close; a word that the heading has not, where most of those whom
    it means are outside, but for one that holds all of the heading's too ("pediatric patients" of adolescents)."""
    if condition.excludes or not condition.read or condition.text in heading.text:
        return False
    if bands := ages_in(condition):
        return any(
            (band.min is not None and band.min * DAYS[band.unit] < its[0])
            or (band.max is not None and band.max * DAYS[band.unit] > its[1])
            for band in bands
        )
    known = stages(heading.text)
    return any(
        2 * (min(stage.high, its[1]) - max(stage.low, its[0])) < stage.high - stage.low
        and (stage.low > its[0] or stage.high < its[1])
        for stage in stages(condition.text)
        if stage not in known and (stage.surely != (0, 0) or condition.kind == "pregnancy")
    )
