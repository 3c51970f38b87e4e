"""The dosing table of a drug."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import shorten

from druginfo import topics
from druginfo.answers.bedside import OnTopic
from druginfo.answers.dose import Doses, Row
from druginfo.model import Block, DoseNote, FilterName
from druginfo.render.page import DANGER, DIM, HEADING, LABEL, Page, Styled
from druginfo.render.views.parts import head, sections, unbroken
from druginfo.terms import abridged, sentences
from druginfo.terms.phrase_list import Phrases

_FILTERS = {"for": "indication", "egfr": "eGFR", "crcl": "CrCl", "hepatic": "hepatic impairment"}
_FILTER_UNITS = {"age": "years", "weight": "kg", "egfr": "mL/min/1.73 m²", "crcl": "mL/min"}
_SHORT = 70  # characters of a statement that is named
_AGES = {"m": "months", "w": "weeks", "d": "days"}


def put(page: Page, answer: Doses) -> None:
    """The answer on the page: the rows for this patient first, then those for everybody."""
    head(page, answer.match, answer.monograph, "dose", answer.scope)
    if answer.boxed_warnings:
        page.put(Styled(f"{page.warning}Boxed warning: ", DANGER).append(answer.boxed_warnings[0]), 0, 2)
        for each in answer.boxed_warnings[1:]:
            page.put(each, 2, 2)
        if answer.whole_boxed_warning:
            page.put("All of it is below the doses.", 2, 2)
        elif any("…" in each for each in answer.boxed_warnings):
            page.put(f"All of it: druginfo show {answer.match.slug} boxed warning", 2, 2)
    if answer.filters:
        page.put(Styled("Patient: ", LABEL).append(patient(answer.filters)), 0, 2)
    for notice in answer.notices:
        if notice != topics.not_covered(answer.match):  # `head` has said that
            page.warn(notice)
    for limit in answer.limits:
        page.put(limit, 0, 2)
    passages(page, answer.passages, first=True, but=("boxed-warning",))
    titles = answer.titles
    is_of_patient = bool(answer.filters.keys() - {"for"})
    if is_of_patient and not any(_is_order(row) for row in answer.rows if not (row.is_open or row.left_out)):
        page.blank()
        page.put("No dose here is given for this patient in particular.", 0, 2)
    shown = answer.short or answer
    by_patient(page, shown.rows, titles)
    passages(page, answer.passages, first=False)
    if answer.more:
        page.heading("Also said of such patients")
        for each in answer.more:
            page.item(page.bullet, Styled(each), 2)
    if answer.whole_boxed_warning:
        page.heading("All of the boxed warning")
        for each in answer.whole_boxed_warning:
            page.put(each, 2, 2)
    _notes(page, shown.notes, titles, filtered=bool(answer.filters))
    if not_shown := _not_shown(answer, titles):
        page.blank()
        page.put(f"Not shown: {not_shown} (--all shows them).")
    if answer.left_out and not any(row.left_out for row in answer.rows):
        if not not_shown:
            page.blank()
        others = answer.other_indications or 0
        counts = ((others, "for other indications"), (answer.left_out - others, "not for this patient"))
        left = " and ".join(f"{count} row{'s' * (count > 1)} {why}" for count, why in counts if count)
        page.put(f"Left out: {left} (--all shows them).")


_GROUPS = 4


def _not_shown(answer: Doses, titles: Mapping[str, str]) -> str:
    """What a short answer leaves out of what may also apply: how many rows, of whom, and how many notes."""
    if answer.short is None:
        return ""
    rows = [row.row for row in answer.rows if row not in answer.short.rows]
    groups = list(dict.fromkeys(re.sub(r" *\(.*?\)", "", row.population or titles[row.section]) for row in rows))
    named = "; ".join(groups[:_GROUPS]) + "; …" * (len(groups) > _GROUPS)
    notes = len(answer.notes) - len(answer.short.notes)
    counts = (
        (len(rows), f"row{'s' * (len(rows) > 1)} that may also apply ({named})"),
        (notes, f"note{'s' * (notes > 1)}"),
    )
    return " and ".join(f"{count} {what}" for count, what in counts if count)


def passages(page: Page, about: Sequence[OnTopic], level: int = 0, *, first: bool, but: tuple[str, ...] = ()) -> None:
    """What the rest of a monograph says, under its own headings, `but` for sections on some topics; what one topic has
    shown whole the next does not repeat. Long paragraphs have only what is on the topic."""
    seen: set[tuple[str, int]] = set()
    for each in about:
        found = []
        for section in each.sections[: each.first] if first else each.sections[each.first :]:
            if but and topics.has_any(but, section):
                continue
            new = tuple(block for block in section.blocks if (section.key, block.line) not in seen)
            if new:
                shown = tuple(_on_topic(block, each, first=first) for block in new)
                whole = (block for block in shown if block in new)  # the next topic is in other sentences of the rest
                seen.update((section.key, block.line) for block in whole)
                found.append(topics.narrowed(section, new)._replace(blocks=shown))
        if found:
            what = "the monograph says" if each.named else "no dosing row covers it; the monograph says"
            what = "boxed warning and contraindications" if first else what
            page.heading(f"{each.called}: {what}", level)
            sections(page, found, level + 1)


_LONG = 400
_LONGER = 2000
"""Characters of a paragraph that is shown whole above the doses, and below them."""
_AROUND = 3
"""Sentences that are shown below the doses before one on the topic, and after it."""
_GOES_ON = re.compile(r"(?:In )?(?:These|This|Such|They|It)\b|However\b", re.I)
_LEADS_IN = Phrases("contraindicated | do not | not be")


def _on_topic(block: Block, on: OnTopic, *, first: bool) -> Block:
    """A block; of a long one only the sentences on a topic and those that go on from them, `…` for others."""
    every = sentences(block.text) if len(block.text) > (_LONG if first else _LONGER) else []
    found = [number for number, each in enumerate(every) if on.pattern.search(each)]
    shown = {0} if found and _LEADS_IN.search(every[0]) else set()
    for number in found:
        if first:
            shown |= {number, *([number + 1] if _GOES_ON.match("".join(every[number + 1 : number + 2])) else [])}
        else:
            shown |= {*range(number - _AROUND, number + _AROUND + 1)}
    text = abridged(each if number in shown else "…" for number, each in enumerate(every))
    return block._replace(lines=(text,)) if found else block


def by_patient(page: Page, rows: Sequence[Row], titles: Mapping[str, str], level: int = 0) -> None:
    """Rows in the order of what they are for a patient; `titles` are those of sections, by key."""
    for heading, group in _by_patient(rows):
        if heading:
            page.heading(heading, level)
        _groups(page, group, titles, level=level + 1 if heading else level)


def _by_patient(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows that could not be judged, then those for this patient, for others too, and that do not apply."""
    undecided = sorted(
        (row for row in rows if row.undecided), key=lambda row: (not row.named, row.row.action != "avoid")
    )
    if not undecided and not any(row.specific for row in rows):
        return [("", list(rows))]
    unweighed = [row for row in rows if row.unweighed]
    specific = [row for row in rows if row.specific and not row.unweighed]
    specific.sort(key=lambda row: not row.fit.first)
    groups = (
        (f"Could not be judged: give {missing(undecided)}", undecided),
        ("For this patient", specific),
        ("For this patient, by weight: give --weight", unweighed),
        (f"What {_referring(rows)} refers to", [row for row in rows if row.referred]),
        (
            "May also apply: not specific to this patient",
            sorted((row for row in rows if row.is_open), key=lambda row: not row.named),
        ),
        ("Not for this patient", [row for row in rows if row.left_out]),
    )
    return [(heading, group) for heading, group in groups if group]


def missing(rows: Sequence[Row]) -> str:
    """The options that would decide whether rows apply: "--egfr and --crcl"."""
    names = dict.fromkeys(name for row in rows for name in row.fit.missing)
    return " and ".join(f"--{name}" for name in names)


def _is_order(row: Row) -> bool:
    """Whether a row says what to give, or not to."""
    return bool(row.row.dose or row.row.maximum) or row.row.action != "note"


def _referring(rows: Sequence[Row]) -> str:
    """The beginnings of the statements that refer to others of the rows, with their lines."""
    found = dict.fromkeys((row.fit.referring or "", row.fit.referred_from) for row in rows if row.referred)
    return " and ".join(f"“{shorten(words, _SHORT, placeholder=' …')}” (line {line})" for words, line in found)


def _groups(page: Page, shown: Sequence[Row], titles: Mapping[str, str], level: int) -> None:
    """Rows by the patients they are for, or else by the heading over them, and by indication."""
    for group, rows in groupby(shown, key=lambda row: row.row.population or titles[row.row.section]):
        page.heading(group, level, style=LABEL if level else HEADING)
        for indication, same in groupby(rows, key=lambda row: row.row.indication):
            _rows(page, indication, list(same))


def _reasons_once(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, of which those after the first do not say again why it may apply."""
    last = None
    for row in rows:
        before, last = last, row.fit.reason
        is_again = last is not None and last == before and not row.left_out
        yield row._replace(verdict=row.fit._replace(reason=None, besides=None)) if is_again else row


def _rows(page: Page, indication: str | None, rows: Sequence[Row]) -> None:
    """The rows of one indication: beside them, or over them where they have labels of their own."""
    rows = list(_reasons_once(rows))
    if not any(row.row.qualifier for row in rows):
        _labelled(page, [((indication,) if indication else (), row) for row in rows], 2, LABEL)
        return
    if indication:
        page.put(Styled(unbroken(indication), LABEL), 2, 4)
    parts = [(tuple((row.row.qualifier or "").split("; ")), row) for row in rows]
    _labelled(page, parts, 4 if indication else 2, "" if indication else LABEL)


def _labelled(page: Page, rows: Sequence[tuple[tuple[str, ...], Row]], indent: int, style: str) -> None:
    """Rows with their labels, outer ones first. An outer label that several rows share is put over them, once."""
    has_labels = any(any(labels) for labels, _ in rows)
    for outer, group in groupby(rows, key=lambda row: row[0][:1]):
        same = list(group)
        if len(same) > 1 and any(len(labels) > 1 for labels, _ in same):
            page.put(Styled(outer[0], LABEL), indent, indent + 2)
            _labelled(page, [(labels[1:], row) for labels, row in same], indent + 2, "")
            continue
        for labels, inner in groupby(same, key=lambda row: row[0]):
            who = Styled(unbroken("; ".join(labels)), style)
            for _, row in inner:
                _row(page, who, row, indent, has_labels=has_labels)
                who = Styled()


def _row(page: Page, who: Styled, row: Row, indent: int, *, has_labels: bool) -> None:
    text = Styled(unbroken(row.row.text), DANGER if row.row.action == "avoid" else "")
    if row.row.unsure:
        text.append(f" [unsure: {row.row.unsure}]", DIM)
    reason = row.fit.besides if row.undecided else row.fit.reason
    if reason and not row.referred:  # the heading over undecided rows says which figure to give
        text.append(f" [{'does not apply: ' * row.left_out}{reason}]", DIM)
    if row.left_out:
        who, text = who.dimmed(), text.dimmed()
    if has_labels:
        page.pair(who, text, indent)
    else:
        page.put(text, indent, indent + 2)


def _notes(page: Page, notes: Sequence[DoseNote], titles: Mapping[str, str], *, filtered: bool) -> None:
    """The notes under their own headings: a note on children is not one on adults."""
    if notes:
        page.heading("Notes (whoever the patient is)" if filtered else "Notes")
    for section, group in groupby(notes, key=lambda note: note.section):
        page.put(Styled(titles[section], LABEL), 2)
        for note in group:
            page.item(page.bullet, Styled(note.text), 2)


def patient(filters: Mapping[FilterName, str]) -> str:
    """The patient in words, with units as they were read: "age 6 months" for `6m`, "weight 18 kg" for `18`."""
    found = []
    for name, value in filters.items():
        figure = re.fullmatch(r"\s*([\d.]+)\s*([a-z]*).*", value, re.I)
        if name in _FILTER_UNITS and figure:
            unit = _AGES.get(figure[2][:1].lower()) if name == "age" else None
            value = f"{figure[1]} {unit or _FILTER_UNITS[name]}"
        found.append(f"{_FILTERS.get(name, name)} {value}")
    return ", ".join(found)
