"""A patient → the rows that apply, each that does not with its reason.

A row applies when nothing in it excludes the patient. Figures are compared, never computed: units of age are converted
for the comparison only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from druginfo.dosing.labels import Vocabulary
from druginfo.dosing.patient import DAYS, Age, Patient
from druginfo.dosing.signs import Pattern
from druginfo.errors import NotFound
from druginfo.model import Band, DoseRow, Monograph, Regimens, Renal

KIDNEY_CATEGORIES = {"mild": (60.0, 90.0), "moderate": (30.0, 60.0), "severe": (15.0, 30.0), "failure": (0.0, 15.0)}
"""eGFR or CrCl in mL/min, lower bound included, upper not: mild 60 to 89, moderate 30 to 59, severe 15 to 29, failure
below 15 (FDA, guidance for industry on pharmacokinetics in patients with impaired renal function)."""

_ADULT_YEARS = 18


class Judged(NamedTuple):
    """A row, whether it applies, and why (not): the reason of a row that applies names what was read into it."""

    row: DoseRow
    applies: bool
    reason: str | None


class Selection(NamedTuple):
    """All rows in document order, judged; `left_out` counts those that do not apply; `filters` is what was asked."""

    rows: tuple[Judged, ...]
    left_out: int
    filters: dict[str, str]

    @property
    def kept(self) -> tuple[DoseRow, ...]:
        """The rows that apply."""
        return tuple(judged.row for judged in self.rows if judged.applies)


def apply(monograph: Monograph, regimens: Regimens, patient: Patient) -> Selection:
    """Judge every row for the patient.

    Raises NotFound, listing what the monograph has, where `--for` or `--population` names nothing in it or no row at
    all is left.
    """
    judge = _Judge(monograph, regimens, patient)
    judge.check_words()
    rows = tuple(judge.judged(row) for row in regimens.rows)
    left_out = sum(not judged.applies for judged in rows)
    if rows and left_out == len(rows):
        raise NotFound(f"No row of {monograph.title} applies to {_echo(patient)}. {judge.inventory()}")
    return Selection(rows, left_out, dict(patient.given))


def _echo(patient: Patient) -> str:
    return ", ".join(f"--{key} {value}" for key, value in patient.given.items())


class _Judge:
    def __init__(self, monograph: Monograph, regimens: Regimens, patient: Patient) -> None:
        self.monograph = monograph
        self.regimens = regimens
        self.patient = patient
        self.vocabulary = Vocabulary(monograph)
        self.ranges = _severity_ranges(regimens)

    def check_words(self) -> None:
        """Raise NotFound where a word filter matches no row that says anything of it."""
        indication, population = self.patient.indication, self.patient.population
        rows = self.regimens.rows
        if indication and not any(self.is_for(row, indication) for row in rows if row.indication):
            raise NotFound(
                f"{self.monograph.title} has no doses for “{indication}”. {self.inventory()}", query=indication
            )
        if population and not any(self.is_population(row, population) for row in rows if row.population):
            raise NotFound(
                f"{self.monograph.title} has no doses for the population “{population}”. {self.inventory()}",
                query=population,
            )

    def inventory(self) -> str:
        """What the monograph has, for an error message."""
        parts = []
        for name, values in (
            ("Indications", [row.indication for row in self.regimens.rows]),
            ("Populations", [row.population for row in self.regimens.rows]),
        ):
            known = list(dict.fromkeys(value for value in values if value))
            if known:
                parts.append(f"{name}: {'; '.join(known)}.")
        return " ".join(parts) or "Its doses name neither indications nor populations."

    def judged(self, row: DoseRow) -> Judged:
        notes: list[str] = []
        for applies, reason in self.findings(row):
            if not applies:
                return Judged(row, False, reason)
            if reason:
                notes.append(reason)
        return Judged(row, True, "; ".join(notes) or None)

    def findings(self, row: DoseRow) -> Iterator[tuple[bool, str | None]]:
        """(applies, reason) of every filter that has something to say of the row."""
        patient = self.patient
        if patient.indication and row.indication and not self.is_for(row, patient.indication):
            yield False, f"for {row.indication}"
        if patient.population and row.population and not self.is_population(row, patient.population):
            yield False, f"for {row.population}"
        if patient.age:
            yield _by_age(row, patient.age)
        if patient.weight is not None and row.weight:
            unit = 1000.0 if row.weight.unit == "g" else 1.0
            inside = _within(row.weight, patient.weight * unit)
            yield inside, None if inside else f"for weight {_band_words(row.weight)}"
        if patient.egfr is not None or patient.crcl is not None:
            yield self.by_kidney(row)
        if patient.hepatic:
            yield _by_liver(row, patient.hepatic)

    # ------------------------------------------------------------ words

    def is_for(self, row: DoseRow, wanted: str) -> bool:
        """Whether a row's indication holds the wanted words, in full or as the monograph abbreviates them."""
        return bool(row.indication) and self.names(row.indication or "", wanted)

    def is_population(self, row: DoseRow, wanted: str) -> bool:
        """Whether a row's population or qualifier names the wanted group."""
        told = f"{row.population or ''} {row.qualifier or ''}"
        return self.names(told, wanted) or bool(_same_group(told, wanted))

    def names(self, told: str, wanted: str) -> bool:
        spelled = [self.spelled(told), _folded(told)]
        asked = {self.spelled(wanted), _folded(wanted)}
        return any(_holds(text, words) for text in spelled for words in asked)

    def spelled(self, text: str) -> str:
        """The words folded, abbreviations that the monograph defines written out."""
        for short, meaning in self.vocabulary.abbreviations.items():
            text = re.sub(rf"(?<!\w){re.escape(short)}s?(?!\w)", meaning, text, flags=re.I if len(short) > 3 else 0)
            if text.strip().lower() == short.lower():
                text = meaning
        return _folded(text)

    # ------------------------------------------------------------ kidney

    def by_kidney(self, row: DoseRow) -> tuple[bool, str | None]:
        if row.renal is None:
            return True, None
        value, compared = self.kidney_value(row.renal)
        if value is None:
            return True, f"the row speaks of {row.renal.measure}, which was not given"
        if row.renal.min is not None or row.renal.max is not None:
            applies = _between(value, row.renal.min, row.renal.min_included, row.renal.max, row.renal.max_included)
            return applies, None if applies and not compared else f"for {_renal_words(row.renal)}{compared}"
        for severity in row.renal.severity:
            applies, read = self.by_severity(severity, value, row.renal.measure)
            if applies:
                return True, read
        readings = [self.by_severity(severity, value, None)[1] for severity in row.renal.severity]
        return False, "for " + ", ".join(reading or "" for reading in readings)

    def kidney_value(self, renal: Renal) -> tuple[float | None, str]:
        """The patient's value for the row's measure; the other measure does where the row names none."""
        egfr, crcl = self.patient.egfr, self.patient.crcl
        if renal.measure == "eGFR":
            return egfr, ""
        if renal.measure == "CrCl":
            return crcl, ""
        return (egfr, "") if egfr is not None else (crcl, "")

    def by_severity(self, severity: str, value: float, measure: str | None) -> tuple[bool, str | None]:
        known = self.ranges.get(severity)
        if known is not None and (known.measure is None or self.kidney_value(known)[0] is not None):
            own = self.kidney_value(known)[0]
            value = own if own is not None else value
            words = f"{severity} read as {_renal_words(known)}, as this monograph has it"
            return _between(value, known.min, known.min_included, known.max, known.max_included), words
        low, high = KIDNEY_CATEGORIES.get(severity, (None, None))
        if low is None or high is None:
            return True, f"{severity} has no range"
        if severity == "severe":
            low = 0.0  # what is said of severe impairment is not withheld from kidney failure
        words = {"mild": "60 to 89", "moderate": "30 to 59", "severe": "15 to 29 or less", "failure": "below 15"}[
            severity
        ]
        return low <= value < high, f"{severity} read as {words} mL/min, the FDA's category"


def _severity_ranges(regimens: Regimens) -> dict[str, Renal]:
    """The range that the monograph itself gives a severity word; none where it gives two different ones."""
    found: dict[str, set[Renal]] = {}
    for row in regimens.rows:
        if row.renal and len(row.renal.severity) == 1 and (row.renal.min is not None or row.renal.max is not None):
            found.setdefault(row.renal.severity[0], set()).add(row.renal)
    return {severity: next(iter(ranges)) for severity, ranges in found.items() if len(ranges) == 1}


def _renal_words(renal: Renal) -> str:
    bounds = _bounds_words(renal.min, renal.min_included, renal.max, renal.max_included)
    return " ".join(part for part in (renal.measure, bounds, "mL/min") if part)


# ---------------------------------------------------------------- bands

_GROUPS = (
    ("adults", Pattern(r"\badults?\b", re.I), _ADULT_YEARS * DAYS["years"], None),
    (
        "children",
        Pattern(r"\b(?:child(?:ren)?|pa?ediatrics?)\b(?!\W?pugh)", re.I),
        0.0,
        _ADULT_YEARS * DAYS["years"],
    ),
    (
        "elderly",
        Pattern(r"\b(?:elderly|geriatric|older\s+(?:adults|patients|people))\b", re.I),
        60 * DAYS["years"],
        None,
    ),
    ("adolescents", Pattern(r"\badolescents?\b", re.I), 10 * DAYS["years"], _ADULT_YEARS * DAYS["years"]),
    ("infants", Pattern(r"\binfants?\b", re.I), 0.0, 2 * DAYS["years"]),
    ("neonates", Pattern(r"\b(?:neonat\w+|newborns?)\b", re.I), 0.0, 29.0),
)
"""Words for ages in days, as wide as labels use them: what lies outside is excluded, what lies inside is not proved."""


def _by_age(row: DoseRow, age: Age) -> tuple[bool, str | None]:
    if row.age and row.age.unit in DAYS:
        scale = DAYS[row.age.unit]
        low = None if row.age.min is None else row.age.min * scale
        high = None if row.age.max is None else row.age.max * scale
        inside = _between(age.days, low, row.age.min_included, high, row.age.max_included) or (
            row.age.unit == age.unit and _within(row.age, age.value)
        )
        # "2 to 11 years" holds a child until the twelfth birthday
        if not inside and high is not None and row.age.max_included and low is not None:
            inside = low <= age.days < high + scale
        return inside, None if inside else f"for age {_band_words(row.age)}"
    words = row.population or ""
    named = [(low, high) for _, pattern, low, high in _GROUPS if pattern.search(words)]
    if named and not any(low <= age.days and (high is None or age.days < high) for low, high in named):
        return False, f"for {row.population}"
    return True, None


def _same_group(told: str, wanted: str) -> bool:
    """ "pediatric" asks for "Children", "geriatric" for "Elderly"."""
    return any(pattern.search(wanted) and pattern.search(told) for _, pattern, _, _ in _GROUPS)


def _by_liver(row: DoseRow, grade: str) -> tuple[bool, str | None]:
    if row.hepatic is None:
        return True, None
    classes = {"mild": "A", "moderate": "B", "severe": "C"}
    if row.hepatic.severity:
        applies = grade in row.hepatic.severity
        return applies, None if applies else f"for {' or '.join(row.hepatic.severity)} hepatic impairment"
    named = " or ".join(row.hepatic.child_pugh)
    applies = classes[grade] in row.hepatic.child_pugh
    return applies, f"{grade} read as Child-Pugh {classes[grade]}" if applies else f"for Child-Pugh {named}"


def _within(band: Band, value: float) -> bool:
    return _between(value, band.min, band.min_included, band.max, band.max_included)


def _between(
    value: float, low: float | None, low_included: bool | None, high: float | None, high_included: bool | None
) -> bool:
    if low is not None and (value < low or (value == low and not low_included)):
        return False
    return high is None or value < high or (value == high and bool(high_included))


def _band_words(band: Band) -> str:
    return f"{_bounds_words(band.min, band.min_included, band.max, band.max_included)} {band.unit}"


def _bounds_words(low: float | None, low_included: bool | None, high: float | None, high_included: bool | None) -> str:
    """ "30 to less than 60", "at least 12", "less than 30"."""
    if low is not None and high is not None:
        return f"{'' if low_included else 'more than '}{low:g} to {'' if high_included else 'less than '}{high:g}"
    if low is not None:
        return f"{'at least' if low_included else 'more than'} {low:g}"
    return f"{'at most' if high_included else 'less than'} {high:g}" if high is not None else ""


# ---------------------------------------------------------------- folding


def _folded(text: str) -> str:
    """Words in lower case without accents, plural s and signs, one space between."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def _holds(text: str, words: str) -> bool:
    """Whether every wanted word stands in the text, from five letters on as a word's beginning too."""
    have = text.split()
    return bool(words) and all(
        any(h == word or (len(word) >= 5 and h.startswith(word)) for h in have) for word in words.split()
    )
