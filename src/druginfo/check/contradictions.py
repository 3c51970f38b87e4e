"""C: sections that do not agree. Everything is read through the rows of the dosing table and the topics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from druginfo.check.document import Document, speaks_of, with_labels
from druginfo.check.rule import Faults, Level, Rule, rule
from druginfo.dosing.whom import grades_in, renal_range
from druginfo.markup import plain
from druginfo.model import DoseRow, Renal
from druginfo.terms import sentences
from druginfo.terms.patterns import ILL_KIDNEY, IMPAIRED_LIVER, KIDNEY_MEASURE, LIVER_FAILURE, PREGNANT
from druginfo.terms.phrase_list import phrases_of
from druginfo.terms.tables import CHILD_PUGH

_SAYS = phrases_of("contradictions")

KIDNEY_ILL = re.compile(f"{ILL_KIDNEY}|{KIDNEY_MEASURE}", re.I)
_IMPAIRED = {
    "renal": re.compile(rf"{ILL_KIDNEY}|(?:{KIDNEY_MEASURE})[^.;]{{0,60}}\d", re.I),
    "hepatic": re.compile(f"{IMPAIRED_LIVER}|{LIVER_FAILURE}", re.I),
}
"""What speaks of an organ's disease: a measure of its function only where figures follow."""
_PREGNANT = re.compile(PREGNANT, re.I)


def _organ_left_out(code: str, disease: str, organ: str) -> Rule:
    """A rule that asks for each grade of the organ's disease that Dosage refuses in the other sections."""

    def find(document: Document) -> Faults:
        named = list(_named_grades(document, organ))
        seen: set[tuple[str, ...]] = set()
        for row in _refusals(document):
            wanted = _grades_of(row, organ)
            if wanted is None or wanted in seen:
                continue
            seen.add(wanted)
            if not any(not found or not wanted or set(found) & set(wanted) for found in named):
                who = " ".join([" and ".join(wanted), organ, "impairment"]).strip()
                yield row.line, f"Dosage says “{row.text}” for {who}; name it in Contraindications or Precautions"

    summary = f"Dosage refuses a grade of {disease} disease that Contraindications and Precautions leave out"
    return rule(code, "error", summary)(find)


def _group_left_out(code: str, level: Level, refused: str, group: str, name: str, topics: Sequence[str]) -> Rule:
    """A rule that asks for a group that Dosage refuses in the sections on these topics."""
    silent = " and ".join(topic.title() for topic in topics[:2])

    def find(document: Document) -> Faults:
        for row in _refusals(document):
            who = _who(row)
            if speaks_of(group, who) and not any(
                speaks_of(group, f"{s.title} {s.text}") for topic in topics for s in document.sections(topic)
            ):
                yield row.line, f"Dosage says “{row.text}” for {name} ({who}); {silent} do not mention them"
                return

    return rule(code, level, f"Dosage refuses {refused}")(find)


KIDNEY_LEFT_OUT = _organ_left_out("C601", "kidney", "renal")
LIVER_LEFT_OUT = _organ_left_out("C602", "liver", "hepatic")
PREGNANCY_LEFT_OUT = _group_left_out(
    "C603", "error", "pregnant women, but no other section warns them", "pregnancy", "pregnancy",
    ("contraindications", "precautions", "pregnancy"),
)  # fmt: skip
NURSING_LEFT_OUT = _group_left_out(
    "C604", "error", "breastfeeding women, but no other section warns them", "breastfeeding", "breastfeeding",
    ("contraindications", "precautions", "breastfeeding"),
)  # fmt: skip
CHILDREN_LEFT_OUT = _group_left_out(
    "C605", "warning", "children, but Contraindications and Precautions do not mention them", "children", "children",
    ("contraindications", "precautions", "boxed-warning"),
)  # fmt: skip
ELDERLY_LEFT_OUT = _group_left_out(
    "C606", "warning", "the elderly, but Contraindications and Precautions do not mention them",
    "elderly", "the elderly", ("contraindications", "precautions", "boxed-warning"),
)  # fmt: skip


@rule("C607", "error", "FAQ and Contraindications that disagree on pregnancy")
def faq_on_pregnancy(document: Document) -> Faults:
    if not document.sections("contraindications"):
        return
    listed = _names_pregnancy(document)
    for faq in document.monograph.faqs:
        answer = faq.answer if _PREGNANT.search(faq.question) else _sentences_on_pregnancy(faq.answer)
        forbidden = _forbids(answer)
        if forbidden and not listed:
            yield faq.line or 1, "a FAQ calls pregnancy a contraindication, Contraindications does not"
        if listed and not forbidden and _PREGNANT.search(faq.question) and _is_safe(answer):
            yield faq.line or 1, "a FAQ calls the drug safe in pregnancy, which Contraindications names"


@rule("C608", "error", "sections that disagree on pregnancy")
def sections_on_pregnancy(document: Document) -> Faults:
    if not document.sections("contraindications"):
        return
    listed = _names_pregnancy(document)
    for topic in ("pregnancy", "summary", "precautions"):
        for section in document.sections(topic):
            for block, text in with_labels(section) if _PREGNANT.search(section.text) else ():
                sentence = _sentences_on_pregnancy(plain(text)) or (plain(text) if _PREGNANT.search(text) else "")
                if not sentence or _SAYS.headed.search(text):
                    continue
                if _forbids(sentence) and not listed:
                    yield block.line, f"“{section.title}” says contraindicated in pregnancy, Contraindications does not"
                    return
                if listed and not _forbids(sentence) and _SAYS.safe_in_pregnancy.search(sentence):
                    yield block.line, f"“{section.title}” says safe in pregnancy, which Contraindications names"
                    return


@rule("C611", "error", "Contraindications names a grade of kidney or liver disease that Dosage gives a dose for")
def dose_for_contraindicated(document: Document) -> Faults:
    for organ in ("renal", "hepatic"):
        texts = [s.text for s in document.sections("contraindications")]
        named = {grade for text in texts for grade in grades_in(text, organ)}
        refused = {grade for row in _refusals(document) for grade in _grades_of(row, organ) or ()}
        for row in document.dosing.rows:
            both = set(_grades_of(row, organ) or ()) & named - refused
            if both and row.action in ("give", "increase", "reduce", "no_adjustment"):
                yield row.line, f"“{row.text}” for {' and '.join(sorted(both))} {organ} impairment is contraindicated"
                break


# ---------------------------------------------------------------- groups


def _grades_of(row: DoseRow, organ: str) -> tuple[str, ...] | None:
    """The grades that a row is for, by name or by figures; () for the disease in general, None where it is for none."""
    if organ == "hepatic" and row.hepatic:
        return row.hepatic.severity or tuple(CHILD_PUGH[each] for each in row.hepatic.child_pugh)
    if organ == "renal" and row.renal:
        return row.renal.severity or _grades_by_figures(row.renal)
    return () if _IMPAIRED[organ].search(_who(row)) else None


def _grades_by_figures(renal: Renal) -> tuple[str, ...]:
    """FDA categories (mL/min): mild 60 to 89, moderate 30 to 59, severe below 30."""
    low, high = renal.min or 0, renal.max or 90
    bounds = {"mild": (60, 90), "moderate": (30, 60), "severe": (0, 30)}
    return tuple(grade for grade, (least, most) in bounds.items() if low < most - 1 and high > least + 1)


def _named_grades(document: Document, organ: str) -> Iterator[tuple[str, ...]]:
    """The grades that each passage on the organ's disease in Contraindications or Precautions names; () for all."""
    for topic in ("contraindications", "precautions", "boxed-warning"):
        for section in document.sections(topic):
            for _, text in with_labels(section):
                if _IMPAIRED[organ].search(text):
                    by_name = grades_in(text, organ)
                    figures = renal_range(text) if organ == "renal" and not by_name else None
                    yield _grades_by_figures(figures) if figures else by_name


def _who(row: DoseRow) -> str:
    """The labels over a row."""
    return " ".join(filter(None, (row.population, row.qualifier, row.indication)))


def _refusals(document: Document) -> Iterator[DoseRow]:
    """The rows that refuse the drug to a group, not only a dose of it or to go on with it."""
    for row in document.dosing.rows:
        if (
            row.action == "avoid"
            and _SAYS.refused.search(row.text)
            and not _SAYS.partly.search(_SAYS.no_dose.sub("", row.text))
        ):
            yield row


# ---------------------------------------------------------------- pregnancy


def _names_pregnancy(document: Document) -> bool:
    return any(_PREGNANT.search(section.text) for section in document.sections("contraindications"))


def _forbids(text: str) -> bool:
    return bool(_SAYS.forbidden.search(_SAYS.not_forbidden.sub("", text)))


def _is_safe(answer: str) -> bool:
    """Whether an answer to a question on pregnancy says yes without more."""
    return bool(_SAYS.safe.search(_SAYS.unknown.sub("", answer)) and not _SAYS.but.search(answer))


def _sentences_on_pregnancy(text: str) -> str:
    return " ".join(sentence for sentence in sentences(text) if _PREGNANT.search(sentence))
