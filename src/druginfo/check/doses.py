"""D: how doses are written, and whether the Dosage section has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.check.document import Document
from druginfo.check.rule import Faults, rule, written_rule
from druginfo.markup import plain
from druginfo.terms import sentences
from druginfo.terms.patterns import UNIT
from druginfo.terms.phrase_list import phrases_of

_SAYS = phrases_of("doses")

_NO_LEVEL = r"(?!\w)(?!\s?(?:/|per)\s?(?:d?[lL](?:\b|it)|deci))(?!(?<=[nµμc]g)\s?(?:/|per)\s?m[lL])"
"""Not followed by what makes an amount a level in the blood."""
_RANGE = r"(?:\s?(?:-|–|to)\s?[\d.,]+)?"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_AMOUNT = re.compile(rf"\d[\s-]?(?:{UNIT}\b|m[ui]|nanog|gram|international)", re.I)
_GIVEN = rf"(?:{UNIT}|tablets?|capsules?|drops?|puffs?|sprays?)"
_FROM_TO = re.compile(
    r"(?P<low>\d(?<![\w.,/–-]\d)(?<!from \d)(?<!by \d)(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d*(?:\.\d+)?))"
    rf"\s?(?P<first>{UNIT}\b)?\s?(?:-|–|\bto)\s?(?P<high>{_FIGURE})\s?(?P<unit>{UNIT}){_NO_LEVEL}"
)


_LONGEST_LABEL = 200
_BASE = {"g": 1e6, "mg": 1e3, "mcg": 1.0, "ng": 1e-3}
_DOSE_UNITS = frozenset({*_BASE, "units", "mmol", "mEq"})


@rule("D501", "warning", "line of the Dosage section with a dose that is not in the dosing table")
def dose_in_note(document: Document) -> Faults:
    from druginfo.dosing.drug import OwnDrug
    from druginfo.dosing.regimen import read_text

    drug = OwnDrug(name.name for name in document.monograph.names)
    for note in document.dosing.notes:
        if _is_handling(note.section) or not _AMOUNT.search(note.text):
            continue
        reading = read_text(note.text, drug)
        if reading.dose and (reading.frequency or reading.route):
            yield note.line, f"“{reading.dose.text}” is in a note, not in the dosing table: give it a bullet"


# Each pattern begins with the characters that it looks for, and looks back from there: `re` then skips to them.
MICRO_SIGN = written_rule(
    "D502", "error", "microgram written with µ", "warning", "is misread as mg: write mcg",
    r"[µμ]g\b|u(?:(?<=\du)|(?<=\d\su))g\b",
)  # fmt: skip
UNIT_LETTER = written_rule(
    "D503", "error", "units written U or IU", "warning", "is misread as a zero or as IV: write units",
    r"\d(?<![\w.,/]\d)(?<![^\W\d]-\d)[\d,.]*\s?(?:I\.?U\.?|i\.?u\.?|U)(?![\w²]|\.\w)"
    r"(?!\s?(?:/|per)\s?(?:d?[lL]|m[lL])(?:\b|it))",
)  # fmt: skip
TRAILING_ZERO = written_rule(
    "D504", "error", "trailing zero in a dose", "warning",
    "is misread as ten times the dose: leave the trailing zero out",
    rf"(\d(?<![\d.,]\d)[\d,]*\.\d*0{_RANGE}\s?{_GIVEN}){_NO_LEVEL}",
    rf"[-–o](?:(?<=[-–])|(?<=\bto))\s?(\d[\d,]*\.\d*0\s?{_GIVEN}){_NO_LEVEL}",
)  # fmt: skip
NAKED_DECIMAL = written_rule(
    "D505", "error", "decimal point without a zero before it", "warning",
    "is misread without its point: write a zero before it", r"\.(?<![\w.)\]%\"'”’]\.)\d+",
)  # fmt: skip
LATIN_DAY = written_rule(
    "D506", "error", "QD or QOD", "warning", "is misread as QID or the other: write once daily or every other day",
    r"[Qq](?<![\w.][Qq])\.?[Oo]?\.?[Dd]\.?(?!\w)",
)  # fmt: skip
NO_COMMA = written_rule(
    "D507", "warning", "thousands without a comma", None, "is hard to read: write the thousands with a comma",
    rf"\d(?<![\d.,]\d)\d{{3,}}(?:\.\d+)?(?=\s?{UNIT}{_NO_LEVEL})",
)  # fmt: skip
MULTIPLIED = written_rule(
    "D508", "warning", "multiplication sign before a dose", None,
    "reads as one figure: write what is given in words",
    rf"[×x](?:(?<=\d[×x])|(?<=\d\s[×x]))\s?{_FIGURE}\s?{UNIT}{_NO_LEVEL}",
)  # fmt: skip


@rule("D509", "warning", "dose in a FAQ or the summary that the Dosage section does not have")
def dose_elsewhere(document: Document) -> Faults:
    if not document.dosage:
        return
    given = {(value, unit) for text in _dosage_texts(document) for value, unit, _ in _doses(text)}
    for line, where, text in _repeated(document):
        for value, unit, written in _doses(text):
            if (value, unit) not in given and not _is_of_another(document, text, written):
                yield line, f"“{written}” in {where} is nowhere in the Dosage section"


@rule("D510", "warning", "Dosage section without a row for the dosing table")
def no_rows(document: Document) -> Faults:
    if document.dosage and not document.dosing.rows:
        yield document.dosage[0].line, "the Dosage section gives no row: write a bullet for each regimen"


@rule("D512", "warning", "plain line of the Dosage section that gives no row for the dosing table")
def plain_line(document: Document) -> Faults:
    rows = {row.line for row in document.dosing.rows}
    for section in document.dosage if rows else ():
        if _is_handling(section.key) or section.key.endswith("adjustments"):
            continue
        for block in section.blocks:
            text = plain(block.text).strip()
            is_sentence = text.rstrip('"”’)').endswith((".", "!", ";")) and ": " not in text[:_LONGEST_LABEL]
            is_plain = block.kind in ("paragraph", "item") and is_sentence
            needs_none = _SAYS.no_regimen.search(text) or text.rstrip('.!;"”’) ').endswith(" only")
            if is_plain and block.line not in rows and not needs_none:
                yield block.line, f"“{_begin(text)}” gives no row: say who gets how much, how often"


@rule("D511", "error", "range that runs backwards")
def backward_range(document: Document) -> Faults:
    for number, found in document.occurrences(_FROM_TO):
        if _value(found["low"]) > _value(found["high"]) and found["first"] in (None, found["unit"]):
            yield number, f"“{found['low']} to {found['high']} {found['unit']}” runs backwards"


def _begin(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))


def _is_handling(key: str) -> bool:
    return any(map(key.__contains__, ("administration", "preparation", "storage", "switch", "missed", "monitoring")))


# ---------------------------------------------------------------- doses given twice


def _dosage_texts(document: Document) -> Iterator[str]:
    for section in document.dosage:
        yield section.title
        for block in section.blocks:
            if block.kind == "row":
                for head, cell in zip(block.header, block.cells, strict=False):
                    units = re.findall(rf"\b{UNIT}\b", head)
                    yield f"{plain(cell)} {units[-1] if units else ''}"
            yield plain(block.text)


def _repeated(document: Document) -> Iterator[tuple[int, str, str]]:
    """The texts that repeat doses: line, what it is, text."""
    for faq in document.monograph.faqs:
        yield faq.line or 1, "a FAQ", f"{faq.question}\n{faq.answer}"
    for section in document.sections("summary"):
        yield from (
            (block.line, "the summary", plain(block.text))
            for block in section.blocks
            if _SAYS.on_dose.search(block.text)
        )


def _doses(text: str) -> Iterator[tuple[float, str, str]]:
    """The doses of a text, each end of a range by itself, masses in mcg: value, unit, as written."""
    from druginfo.terms.phrases import phrases
    from druginfo.terms.scan import scan

    scanned = scan(text) if _AMOUNT.search(text) else None
    for phrase in phrases(scanned) if scanned else ():
        if phrase.kind != "amount" or phrase.sense.kind != "dose" or phrase.sense.unit not in _DOSE_UNITS:
            continue
        assert scanned
        written = text[scanned.tokens[phrase.first].start : scanned.tokens[phrase.last - 1].end]
        unit = phrase.sense.unit
        for value in {phrase.sense.low, phrase.sense.high} - {None}:
            factor = _BASE.get(unit)
            yield round((value or 0) * (factor or 1), 6), "mcg" if factor else unit, written


def _is_of_another(document: Document, text: str, written: str) -> bool:
    """Whether the sentence names another drug or substance, whose dose it can be."""
    from druginfo.names import fold
    from druginfo.names.lexicon import lexicon
    from druginfo.terms.scan import WORDS

    names = " ".join(name.name.lower() for name in document.monograph.names)
    own = {*re.findall(r"[a-z][a-z-]+", names), *WORDS}  # "Twice" is a product too, in Italy
    sentence = next((s for s in sentences(text) if written in s), text)
    for word in re.findall(r"[A-Za-z][a-z-]{3,}", sentence):
        if word.lower() not in own and (found := lexicon().find(fold(word))) and found.is_medicine:
            return True
    return False
