"""What a label says: a group of patients, an indication, a qualifier, or only how the text is arranged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from druginfo.dosing import whom
from druginfo.dosing.indications import IndicationWords, names_disease
from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import Pattern, codes
from druginfo.dosing.regimen import route_of
from druginfo.terms import patterns, tables

LabelKind = Literal["population", "indication", "qualifier", "structure"]

_STATES = frozenset(tables.STATES.split())
_KINDS_OF_PEOPLE = frozenset(tables.KINDS_OF_PEOPLE.split())
_ARRANGEMENT = frozenset(tables.ARRANGEMENT.split())
_PHASES = frozenset(tables.PHASES.split())
_ORDINALS = frozenset(tables.ORDINALS.split())
_NO_DIALYSIS = tables.SENTENCES["no dialysis"]
_NAMELESS = tables.SENTENCES["nameless"]
"""How a label begins that names nothing."""

_ORGAN = re.compile(r"[KL](?:[^;:·,]{0,4}[iD]|[^;:·,]{0,3}V)|iO?[KL]|^[KL](?:[&øH,/]+[KL])*[⟨:]?$|E")
_QUALIFIER = re.compile(
    r"(?:[dMHrT2&,]|V(?=[dD])|t(?=D))*(?:D|é(?!é))|[rd]?d+z?[x#]|[MCUSIQTcf~@b§RWgemGn]|[<>ō1-8]|Z[iŧ]|ŧ(?:$|[,:;–⟨])|t[n–<>w]"
)
_QUALIFIED = re.compile(r"Y|[<>ō]5|[<>]8|:[<>]?n(?:[–o]<?n)?$")
_GRADED_ORGAN = re.compile(r"G(?:[o&ø–]G)?(?:⟨[^⟩]*⟩)?(?:,|$)")
"""A grade of impairment and then something else: "Severe (CrCl <30 mL/min), duodenal ulcer"."""
_OF_WHOM = re.compile("[4<>KLERWHgi]")
_AMOUNT = re.compile("[167]")
_MEASURED = re.compile("x*(?:z|x)?x[^DVJ]{0,3}[<>nNbûō41568]|[<>ō]n?l|4$")
"""A measurement: "INR 4.5 to 10", "QTc above 500 ms"."""
_TAKEN_TOO = Pattern(patterns.TAKEN_TOO, re.I)
_HEADED = re.compile(r"(?:[dV]|z(?=[dDV]))*D(?:&ŧ|D|V|z(?=[F#O]))*[F#O](?:ŧ[#O](?=.))?")


@lru_cache(maxsize=512)
def heading_label(title: str) -> str:
    """A heading without its number and "Recommended Dosage for": what it adds to the rows below it.

    >>> heading_label("2.1 Recommended Dosage for Rheumatoid Arthritis")
    'Rheumatoid Arthritis'
    """
    line = read_line(title.strip().rstrip(": -–—"))
    first = codes("(?:[nN]·?(?=[^⟩]))?").match(line.shape).end()  # type: ignore[union-attr]
    lead = _HEADED.match(line.shape, first)
    if (
        lead
        and lead.end() < len(line.items)
        and not any(verb.sense.does == "avoid" for verb in line.having("V", first, lead.end()))
    ):
        first = lead.end()
        if line.shape[first - 2 : first] == "ŧO" and line.items[first - 2].lead == line.items[first - 2].start:
            first -= 2  # "for Treatment of …" names the treatment, "for the treatment of" does not
        elif line.items[first].word == "management" and line.shape[first + 1 : first + 2] == "O":
            first += 2
    return line.text[line.items[first].lead :] if first < len(line.items) else ""


def heading_kind(title: str, words_of: IndicationWords) -> LabelKind:
    """What a heading says of the rows below it."""
    label = heading_label(title)
    line = read_line(label)
    if _arranges(line):
        return "structure"
    disease = words_of.is_indication(label)
    if disease and _is_graded_disease(line):
        return "indication"
    if is_group(label) and not _starts_with_disease(line, words_of):
        return "population"
    if is_qualifier(label) or route_of(line):
        return "indication" if disease and not route_of(line) and not _leads_as_qualifier(line) else "qualifier"
    return "indication" if disease else "structure"


@lru_cache(maxsize=1024)
def label_kind(
    label: str, words_of: IndicationWords, *, special: bool, adjusting: bool, nested: bool, has_population: bool,
    has_indication: bool,
) -> LabelKind:  # fmt: skip
    """What a lead-in label says.

    `special`: it stands in a section about groups of patients or about changes of dose (`adjusting`); `nested`: under a
    label.
    """
    line = read_line(label)
    if _arranges(line):
        return "structure"
    if is_group(label) and not _starts_with_disease(line, words_of):
        return "qualifier" if has_population and (nested or special) else "population"
    if (_GRADED_ORGAN.match(line.shape) and (special or "renal" in _bands(line))) or _MEASURED.match(line.shape):
        return "qualifier"
    if label in words_of.abbreviations and words_of.is_known(label) and not has_indication:
        return "indication"  # "HS", "PE": letters that mean something else where no monograph explains them
    names = words_of.is_known if special else words_of.is_indication
    head = _outside_parentheses(line)
    qualifies = is_qualifier(head or label) or codes("[167]").search(read_line(head).shape)
    if not has_indication and not words_of.is_no_use(label):
        parts = head.split(", ")  # "Gout, loading dose"
        before = (", ".join(parts[:count]) for count in range(1, len(parts)))
        names_one = words_of.is_disease if _AMOUNT.search(line.shape) else names  # "Cortisone, 25 mg"
        is_disease = any(names_one(disease) and not is_qualifier(disease) for disease in before)
        if is_disease or (names(label) if not qualifies else _is_graded_disease(line) and names(head)):
            return "indication"
    if qualifies:
        own = special and not nested and not has_population and line.items[0].word == "with"
        return "population" if own else "qualifier"
    if special:
        return "qualifier" if nested or has_population or adjusting else "population"
    if nested or has_indication or "r" in line.shape or is_of_studies(label) or _TAKEN_TOO.search(label):
        return "qualifier"
    first = line.items[0]
    is_clause = "J" in line.shape and not _OF_WHOM.search(line.shape)  # "There are three dose packs available"
    is_other = first.code in "V#@~OoF" or first.word in _NAMELESS | words_of.own or words_of.is_no_use(label)
    is_other = is_other or is_clause
    return "qualifier" if is_other else "indication"


@lru_cache(maxsize=1024)
def is_group(label: str) -> bool:
    """Whether the label names a group of patients."""
    line = read_line(label)
    return _begins_with_people(line) or _is_of_organ(line)


def names_whom(label: str) -> bool:
    """Whether the label names a group of patients or is a band: "Children", "20 to 40 kg"."""
    return is_group(label) or bool(_bands(read_line(label)))


def is_organ(label: str) -> bool:
    """Whether the label names a group by its kidneys or liver, not by who they are."""
    line = read_line(label)
    return _is_of_organ(line) and not _begins_with_people(line)


@lru_cache(maxsize=1024)
def sort_of(label: str) -> str:
    """What a label tells apart: ages, weights, kidney function, phases of treatment, or its first word's things."""
    line = read_line(label)
    bands = _bands(line)
    if kind := next((kind for kind in ("age", "weight", "renal") if kind in bands), None):
        return kind
    if _ORGAN.match(line.shape):
        return "renal"
    first = line.items[0]
    if first.code in "dŧM" or first.word in ("prophylaxis", "prevention"):
        return "phase"
    return "figures" if first.code in "<>" or first.word[:1].isdigit() else first.word


def measured(labels: tuple[str, ...], before: Sequence[str]) -> tuple[str, ...]:
    """The labels, a last one of bare figures with the measure of those before it in the line: "10 to 25" after
    "CrCl 26 to 50" is "CrCl 10 to 25"."""
    if sort_of(labels[-1]) not in ("figures", "renal") or "R" in read_line(labels[-1]).shape:
        return labels
    for label in reversed(before):
        earlier = read_line(label)
        if measures := earlier.having("R"):
            return (*labels[:-1], f"{earlier.text[measures[0].start : measures[0].end]} {labels[-1]}")
    return labels


@lru_cache(maxsize=1024)
def with_group(label: str) -> tuple[str, str] | None:
    """A label that ends in a group of patients: what it names, and for whom.

    >>> with_group("AF, adults")
    ('AF', 'adults')
    """
    line = read_line(label)
    if "H" not in line.shape[1:]:
        return None
    found = codes(r",(?=H(?:H|&H?.?|z)?$)|(?<=[zx])(?=H$)").search(line.shape)
    if not found or not found.start() or is_group(label) or line.items[found.end()].sense.group == "patients":
        return None
    titled = line.text[line.items[found.start() - 1].start].isupper() and line.text[line.items[-1].start].isupper()
    if not found[0] and not (titled and found.start() > 1):
        return None  # "Manic and Mixed Episodes Adults": a title that has run on into the next
    return line.words(0, found.start()), line.words(found.end(), len(line.items))


@lru_cache(maxsize=1024)
def of_group(label: str) -> str | None:
    """The people of a label that ends in them and names no disease: "Monotherapy for adults"."""
    line = read_line(label)
    found = codes(r"(?<=[zŧ])[F#](?=H(?:4|⟨g?4⟩)?$)").search(line.shape)
    return label[line.items[found.end()].start :] if found and not names_disease(label) else None


@lru_cache(maxsize=1024)
def with_band(label: str, words_of: IndicationWords) -> tuple[str, str] | None:
    """A label that names an indication and then in whom: "AF, CrCl <30 mL/min" is ("AF", "CrCl <30 mL/min")."""
    if "," not in label:
        return None
    line = read_line(label)
    at = next((i for i in range(len(line.items) - 1, 0, -1) if line.shape[i] == "," and not line.depths[i]), 0)
    if not at or not _OF_WHOM.search(line.shape, at + 1):
        return None
    disease, rest = line.words(0, at), line.text[line.items[at + 1].start :]
    bare = read_line(_outside_parentheses(read_line(rest)))
    in_whom = codes("[<>][n45]").search(bare.shape) or _bands(bare) or is_organ(rest)
    if not in_whom or not words_of.is_indication(disease) or is_qualifier(disease) or is_group(disease):
        return None
    return disease, rest


def is_of_studies(label: str) -> bool:
    """Whether the label tells where a dose was studied: "Long-term studies"."""
    return label.lower().rstrip().endswith(("study", "studies", "trial", "trials"))


@lru_cache(maxsize=1024)
def is_qualifier(label: str) -> bool:
    """Whether the label tells a phase, a form, a measurement, a time or a dose, and no disease."""
    line = read_line(label)
    dosed = "D" in line.shape and (  # "Weekly schedule", not "schedule in T2DM"
        any(item.word.startswith("dos") for item in line.having("D"))
        or codes(r"D(?:⟨.*)?$").search(line.shape) is not None
    )
    return dosed or _leads_as_qualifier(line) or bool(_QUALIFIED.search(line.shape)) or bool(_bands(line))


def _leads_as_qualifier(line: Line) -> bool:
    if not line.items:
        return False
    if line.shape[0] == "#" and len(line.items) > 1:  # "in combination with NAME"
        return line.items[1].word in _PHASES and "O" not in line.shape
    first, beside = line.items[0].word, line.items[1].word if len(line.items) > 1 else ""
    if first in _PHASES or f"{first}_{beside}" in _PHASES:
        return not codes(".(?:O|ŧ[OF#])[^H]").match(line.shape)
    if (first in _ORDINALS and line.shape[1:2] in ("n", "–", "4", "<", ">")) or first in tables.PREPARATIONS:
        return True
    if line.items[-1].word in ("titration", "escalation", "conversion", "tapering"):
        return True
    return _QUALIFIER.match(line.shape) is not None or (beside in tables.PREPARATIONS and line.shape[0] != "V")


def _begins_with_people(line: Line) -> bool:
    for item in line.items:
        if item.code == "H":
            return True
        led = item.code in "F#AB" or item.word in _KINDS_OF_PEOPLE or item.word.rpartition("-")[2] in _STATES
        if not led and (item.code, item.word) != ("ŧ", "use"):
            return False
    return False


def _is_of_organ(line: Line) -> bool:
    found = _ORGAN.search(line.shape)
    if found is None:
        on_dialysis = "s" in line.shape and any("dialysis" in item.word for item in line.having("s"))
        return on_dialysis or (
            "H" in line.shape and any(people.sense.group == "metabolizers" for people in line.having("H"))
        )
    first, beside = line.items[found.start()], line.items[found.end() : found.end() + 1]
    return not first.word.startswith("cirrho") and not (first.code == "E" and beside and beside[0].word in _NO_DIALYSIS)


def _arranges(line: Line) -> bool:
    """Whether a label is nothing but words by which a text is arranged."""
    counted = line.items and line.items[0].word in ("table", "tables")
    arranged = False
    for item in line.items:
        if item.word in _ARRANGEMENT or item.code in "Dŧ":
            arranged = True
        elif not (item.code in "#FO&ø@o§~,–/:" or item.word in _ARRANGED or (item.code == "n" and counted)):
            return False
    return arranged


_ARRANGED = tables.SENTENCES["arranged"]


def _is_graded_disease(line: Line) -> bool:
    """Whether a label is a disease by grade or line ("moderate to severe pain", "first-line …")."""
    first = line.items[0] if line.items else None
    if first is None or any(i.code == "i" and i.word == "impairment" for i in line.items):
        return False
    graded = first.code == "G" or first.word in ("stable", "unstable", "uncomplicated", "complicated")
    return graded or first.word.endswith("-line")


def _starts_with_disease(line: Line, words_of: IndicationWords) -> bool:
    """Whether a label is an indication with its group ("infection in infants under 12 weeks", "neonatal sepsis")."""
    at = line.shape.find("H")
    if at < 0:
        return False
    first = line.items[0]
    if at == 0 and first.word in ("neonatal", "pediatric", "paediatric", "juvenile", "adult"):
        rest = line.items[1] if len(line.items) > 1 else None
        return rest is not None and rest.code not in "HD&ø,/" and words_of.is_indication(line.text[rest.start :])
    return at > 0 and not is_group(line.text) and words_of.is_indication(line.text)


def _bands(line: Line) -> frozenset[str]:
    """The kinds of bands that a label gives and that are read whole."""
    return frozenset(c.kind for c in whom.bands(line, 0, len(line.items), label=True) if c.read)


def _outside_parentheses(line: Line) -> str:
    if "⟨" not in line.shape:
        return line.text[: line.items[-1].end].strip() if line.items else ""
    kept, end = "", 0
    for item, depth in zip(line.items, line.depths, strict=True):
        kept += "" if depth else line.text[end : item.end]
        end = item.end
    return kept.strip()
