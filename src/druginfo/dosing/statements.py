"""A line's text → its labels and statements: one regimen or one verdict each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing import organs, words
from druginfo.dosing.other_drugs import names_another
from druginfo.dosing.quantities import CONCENTRATION, amounts
from druginfo.dosing.signs import Pattern, collapse, level, outside_parentheses

_ABBREVIATION = Pattern(
    r"(?:\b(?:e\.?g|i\.?e|vs|approx|max|(?<!/)(?<!\d)(?<!\d\s)min|no|st|dr|fig|sec|incl|resp|cf|ca|wt|viz|etc|al)|"
    r"\b[a-z]\.[a-z])$",
    re.I,
)
_SENTENCE_END = Pattern(r"[.!?][\"')\]]*\s+(?=[A-Z0-9<>≥≤(\"'•*]|if\b|then\b|or\b|eGFR\b)")
_ENDS = Pattern(r"(?<!e\.g)(?<!i\.e)(?<!vs)(?<!approx)(?<!\b[A-Z])[.?!]\s|;", 0, (".", "?", "!", ";"))
_LABEL_END = Pattern(r"(?<=[\w)\]%\"'·†*])(?:\s:(?=\s)|:(?=\s|$))")
"""A label's colon stands right behind a word or a bracket: neither " :" nor the end of ":pill:" is one."""
_VERB = Pattern(
    r"\b(?:is|are|was|were|should|may|must|can|will|follows?|includes?|consists?|recommended\s+to|depends?|has|have|"
    r"do|does)\b",
    re.I,
)
_KEPT = Pattern(
    r"^(?:tables?\s+\d+|figures?\s+\d+|note|important|caution|warning|example|see|e\.g|i\.e|n\.?b|reference|source)\b",
    re.I,
)


_LISTS = Pattern(r"\b(?:the\s+following|of\s+these)\b[^:]*$", re.I, ("following", "these"))
"""A colon that leads criteria within the sentence: "In those with two of the following: age ≥80, …, give 2.5 mg"."""


class Statement(NamedTuple):
    """One statement of a line, with the labels that stand before it in that line."""

    labels: tuple[str, ...]
    text: str
    start: int
    """Position of the text in the line, white space collapsed."""


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their positions. Abbreviations, decimals and parentheses do not end one.

    >>> [s for _, s in sentences("Give 2.5 mg (approx. half). Stop, e.g. for fever.")]
    ['Give 2.5 mg (approx. half).', 'Stop, e.g. for fever.']
    """
    start = 0
    masked = outside_parentheses(text)
    for match in _SENTENCE_END.finditer(masked):
        if masked[match.start()] == "." and _ABBREVIATION.search(masked[max(0, match.start() - 16) : match.start()]):
            continue
        yield start, text[start : match.end()].rstrip()
        start = match.end()
    if text[start:].strip():
        yield start, text[start:].rstrip()


@lru_cache(maxsize=1024)
def split_label(text: str) -> tuple[str | None, str, int]:
    """A label before a colon, what follows, and where that begins. A sentence that ends in a colon is no label.

    >>> split_label("Moderate impairment (eGFR 30 to <60): 1 mg once daily.")
    ('Moderate impairment (eGFR 30 to <60)', '1 mg once daily.', 38)
    """
    flat = outside_parentheses(level(text))
    match = _LABEL_END.search(flat)
    if not match or not 0 < match.start() <= 220:
        return _split_dash(text, flat)
    label = text[: match.start()].strip()
    if (
        not label
        or ":" in outside_parentheses(label)  # a word between colons is no label's end
        or _KEPT.match(label)
        or (_LISTS.search(label) and text[match.end() :].strip())
        or _ENDS.search(flat[: match.start()])
    ):
        return None, text, 0
    verb = _VERB.search(flat[: match.start()])
    if verb and (len(label.split()) > 5 or verb[0].lower() in ("should", "must", "may", "can", "will")):
        return None, text, 0
    rest = text[match.end() :]
    if holds_dose(label) and (len(label.split()) > 12 or (amounts(label)[0].start == 0 and not says(rest))):
        return None, text, 0
    at = match.end() + len(rest) - len(rest.lstrip())
    return label, rest.strip(), at


_GROUP_COMMA = Pattern(
    r"(?P<who>(?:(?i:adults?|child(?:ren)?|infants?|neonates?|adolescents?|elderly))"
    r"(?:\s+(?:(?:over|under|aged|from|up\s+to)\s+)?\d+(?:\s*(?:days?|weeks?|months?|years?))?"
    r"(?:\s*(?:-|to)\s*\d+)?(?:\s*(?:days?|weeks?|months?|years?))?(?:\s+(?:and\s+over|"
    r"of\s+age))?)?(?:\s*\([^()]*\))?),\s+"
    r"(?=initially\b|\d|up\s+to\s+\d|usual|maximum|max\b|loading)",
    0,
    (",",),
)
"""How a formulary begins a regimen: "Child 12–17 years, initially 25 mg once daily"."""


def _split_dash(text: str, flat: str) -> tuple[str | None, str, int]:
    """A short label before a dash with spaces, or a group before a comma: "Adults – 500 mg", "Adult, 500 mg"."""
    if group := _GROUP_COMMA.match(flat):
        return text[: group.end("who")], text[group.end() :].strip(), group.end()
    if " - " not in flat:
        return None, text, 0
    match = re.match(r"[^.;]{0,60}?[^\W\d][^.;]{0,30}?(?=\s-\s)", flat)
    if not match:
        return None, text, 0
    label, at = text[: match.end()].strip(), match.end() + 3
    rest = text[at:].strip()
    ranged = label[-1].isdigit() and rest[:1].isdigit()
    if ranged or len(label.split()) > 8 or says(label) or not says(rest) or _VERB.search(label):
        return None, text, 0
    return label, rest, at + len(text[at:]) - len(text[at:].lstrip())


def read_line(text: str) -> Iterator[Statement]:
    """The statements of a line in order; labels within a sentence begin a statement of their own.

    A line that is only a label yields one statement without text.
    """
    line = collapse(text)
    for start, sentence in sentences(line):
        for at, clause in _clauses(sentence):
            labels, rest, offset = _chain(clause)
            yield Statement(labels, rest, start + at + offset)


def _chain(text: str) -> tuple[tuple[str, ...], str, int]:
    """The labels that a clause begins with, what follows them, and where that begins."""
    labels: list[str] = []
    at = 0
    while len(labels) < 4:
        label, after, offset = split_label(text)
        if label is None:
            break
        labels.append(label)
        text, at = after, at + offset
    return tuple(labels), text, at


_AND_OTHERS = r"(?:and|while|whereas)\s+(?:those|adults|children|infants|neonates|adolescents|patients|older|younger)\s"
_THEN = Pattern(
    r"(?:,|;)?\s+(?=(?:and\s+)?(?:then|thereafter|followed\s+by|subsequently)\b)"
    r"|(?:,|;)\s+(?=(?:and\s+|may\s+(?:be\s+)?|can\s+(?:be\s+)?)*(?:increas|titrat|reduc|decreas|rais)\w+\s)"
    r"|\s+(?=and\s+(?:then\s+)?(?:may\s+(?:be\s+)?)?(?:increas|titrat|reduc|decreas)\w+\s)"
    rf"|(?:,|;)\s+(?={_AND_OTHERS})"
    r"|,?\s+(?=plus\s+\d)"
    r"|,?\s+(?=(?:or|and)\s+(?:up\s+to\s+)?\d)"
    r"|,\s+(?=\d[\d.,]*\s?(?:to\s\d+\s?)?(?:mg|mcg|g|units)\b)"
    r"|,\s+(?=(?:and\s+)?(?:on\s+)?(?:days?|weeks?|months?|CrCl|eGFR|adults|children|patients|maintenance|loading|"
    r"initial)\b[^:,;]{0,40}:)",
    re.I,
    (",", ";", "and ", "or ", "plus ", "then", "thereafter", "followed", "subsequently"),
)
_CAP = Pattern(
    r"^\s*(?:and\s+)?(?:up\s+to\s+)?(?:(?:with|to)\s+)?(?:a\s+|the\s+)?(?:max\b|max\.|maximum|maximal|"
    r"not\s+to\s+exceed|do\s+not\s+exceed|not?\s+more\s+than|not\s+exceeding)",
    re.I,
)


_LONGEST = 1000
"""Characters that a regimen or verdict may have; more of them are not looked through for the place of a cut."""


_SEMICOLON = Pattern(r";\s+", 0, (";",))


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """A sentence cut where a second regimen or verdict begins."""
    flat = level(sentence)
    masked = outside_parentheses(flat)
    cuts = [0]
    points = [(m.start(), m.end(), "semicolon") for m in _SEMICOLON.finditer(masked)]
    points += [(m.start(), m.end(), "then") for m in _THEN.finditer(masked)]
    for begin, end, kind in sorted(points):
        if not 0 <= begin - cuts[-1] <= _LONGEST:
            continue
        left, right = flat[cuts[-1] : begin], flat[end : end + _LONGEST]
        stop = _SEMICOLON.search(outside_parentheses(right))
        right = right[: stop.start()] if stop else right
        if _separate(left, right, kind):
            cuts.append(end)
    for start, end in zip(cuts, [*cuts[1:], len(sentence)], strict=True):
        part = (
            sentence[start:end].rstrip().rstrip(";").rstrip() if end < len(sentence) else sentence[start:end].rstrip()
        )
        if part:
            yield start, part


def _separate(left: str, right: str, kind: str) -> bool:
    left = _chain(left)[1]
    if _CAP.match(right):
        return False
    if kind == "semicolon":
        label, rest, _ = split_label(right)
        if label is not None and says(rest) and (organs.renal_range(label) or _FIGURES.fullmatch(label)):
            return True  # "HD: dose after HD; CrCl <10: avoid"
        return says(left) and (says(right) or (label is not None and bool(rest)))
    condition = words.CONDITION.match(left.lstrip())
    if condition and "," not in left:
        return False
    if re.match(r"followed\s+by\s", right, re.I) and names_another(right[len("followed by") :]):
        return False  # "75 mg/m² followed by cisplatin" is one regimen
    if re.match(r"plus\s", right, re.I):
        return all(holds_dose(side) and words.ROUTE.search(side) for side in (left, right))
    if re.match(_AND_OTHERS, right, re.I):
        return holds_dose(left) and holds_dose(right)
    if re.match(r"(?:or|and)\s", right, re.I) and not re.match(
        r"and\s+(?:then|may|increas|reduc|titrat|decreas|thereafter|followed|subseq)", right, re.I
    ):
        two = holds_dose(left) and _goes_on_with_amount(right) and _tells_how(left) and _tells_how(right)
        return two and not re.search(r"\beither\b", left, re.I)
    if re.match(r"\d", right):
        return holds_dose(left) and len(_after_amount(left).split()) >= 1 and len(_after_amount(right).split()) >= 1
    if split_label(right)[0] is not None and not _tells_how(left) and not _begins_with_amount(left):
        return False  # "Recommended dose 2 mg, eGFR <60: 1 mg" is a label
    withheld = _THEN_AGAIN.match(right) and words.AVOID.match(left.lstrip())
    return (holds_dose(left) or bool(withheld)) and holds_dose(right)


_FIGURES = Pattern(r"[<>≥≤]?\s?\d+(?:\s?[-–]\s?\d+)?")
_THEN_AGAIN = Pattern(r"then\s+(?:reduc|decreas|increas|resum|re-?start|continu|give)", re.I)
""" "Withhold until recovery, then resume at 60 mg/m²": a verdict and a regimen."""


def _after_amount(text: str) -> str:
    found = amounts(text)
    return text[found[-1].end :].strip(" .") if found else ""


def holds_dose(text: str) -> bool:
    """Whether the text holds an amount that is neither a concentration nor a clearance."""
    return any(
        not CONCENTRATION.search(amount.quantity.per or "")
        and not (amount.quantity.unit == "mL" and (amount.quantity.per or "").startswith("min"))
        for amount in amounts(text)
    )


def _begins_with_amount(text: str) -> bool:
    return any(amount.start == 0 for amount in amounts(text.lstrip()))


def _goes_on_with_amount(right: str) -> bool:
    """ "or up to 20 mmol", not the days of "and 11 of a 28-day cycle"."""
    joined = re.match(r"(?:or|and)\s+(?:up\s+to\s+)?", right, re.I)
    return joined is not None and any(amount.start == joined.end() for amount in amounts(right))


def _tells_how(text: str) -> bool:
    """Whether a regimen is complete: how often, by which route, or how fast stands with its amount."""
    if words.INTERVAL.search(text) or words.ROUTE.search(text):
        return True
    return any((amount.quantity.per or "").endswith(("hour", "min", "minute")) for amount in amounts(text))


def says(text: str) -> bool:
    """Whether the text holds a dose or a verdict."""
    verdicts = (words.NO_ADJUSTMENT, words.AVOID, words.REDUCE, words.INCREASE)
    return holds_dose(text) or words.SHARE.match(text) is not None or any(v.search(text) for v in verdicts)
