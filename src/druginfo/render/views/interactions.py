"""What monographs say of each other, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from druginfo.model import Pair, Statement
from druginfo.render.page import DIM, HEADING, LABEL, Page, Styled
from druginfo.render.views.parts import warnings

if TYPE_CHECKING:
    from druginfo.answers.interactions import Interactions

NO_STATEMENT = (
    "no statement on this pair was found in either monograph. That is not evidence that they can be combined."
)

IN_WORDS = {
    "contraindicated": ("Contraindicated, or not to be given together", "contraindicated", "contraindicated"),
    "avoid": ("To be avoided, or not recommended", "to be avoided", "to be avoided"),
    "serious": ("Serious effects", "serious effects", "with serious effects"),
    "dose": ("Another dose", "another dose", "with another dose"),
    "monitor": ("Monitoring or another measure", "monitoring", "to monitor"),
    "mentioned": ("Mentioned", "mentioned", "only mentioned"),
    "no_effect": ("No effect expected", "no effect expected", "with no effect expected"),
}
"""What the gravest statement on a pair says: over the pairs, of one pair, and after a number of pairs."""


def put(page: Page, answer: Interactions) -> None:
    """The answer on the page: a table of the pairs where there are several, then the statements on each."""
    page.name("Interactions: " + ", ".join(match.title for match in answer.drugs))
    warnings(page, answer.drugs, answer.banned)
    titles = {match.slug: match.title for match in answer.drugs}
    for match in answer.duplicates:
        page.put(f"“{match.query}” is {match.title} too.")
    if len(answer.pairs) > 1:
        _table(page, answer, titles)
    for pair in answer.pairs:
        if pair.statements or len(answer.pairs) == 1:
            put_pair(page, pair, titles)


def _table(page: Page, answer: Interactions, titles: Mapping[str, str]) -> None:
    """All pairs, each with where the monographs speak of it."""
    rows = []
    for pair in answer.pairs:
        places: dict[str, dict[str, None]] = {}
        for statement in pair.statements:
            places.setdefault(titles[statement.slug], {})[statement.section.split("/")[0]] = None
        listed = "; ".join(f"{title}: {', '.join(names)}" for title, names in places.items())
        how = f"{IN_WORDS[pair.danger][1]} ({listed})" if pair.danger else "not listed"
        both = f"; both: {pair.same_class}" if pair.same_class else ""
        rows.append([Styled(f"{titles[pair.a]} and {titles[pair.b]}", LABEL), Styled(how + both)])
    page.grid([Styled(word, LABEL) for word in ("Pair", "At worst, and where mentioned")], rows)
    if any(not pair.statements for pair in answer.pairs):
        page.blank()
        page.put(Styled(f"Not listed: {NO_STATEMENT}", "bold"), hang=2)


def put_pair(page: Page, pair: Pair, titles: Mapping[str, str], level: int = 0, most: int | None = None) -> None:
    """What two monographs say of each other, or the gravest `most` statements of it; `titles` by slug."""
    page.heading(f"{titles[pair.a]} and {titles[pair.b]}", level, style=HEADING)
    if pair.same_class:
        page.put(Styled(f"Both belong to one class: {pair.same_class}.", LABEL), 2)
    if not pair.statements:
        page.put(f"N{NO_STATEMENT[1:]}", 2)
    quotes(page, pair.statements[:most], titles)
    if most is not None and (left := len(pair.statements) - most) > 0:
        statements = f"{left} more statement{'s' * (left > 1)}"
        page.put(f"{statements}: `druginfo interactions {pair.a} {pair.b}`.", 2, 4)


def quotes(page: Page, statements: Sequence[Statement], titles: Mapping[str, str]) -> None:
    """Statements, each with its place; `titles` by slug."""
    for statement in statements:
        place = f"{titles[statement.slug]}, {statement.section}, line {statement.line}{_how(statement, titles)}"
        page.put(Styled(f"{place}:", DIM), 2, 4)
        lines = [(len(line) - len(line.lstrip(" ")), line.lstrip(" ")) for line in statement.text.split("\n")]
        page.passage([(indent, _mentioning(line, statement.mentions)) for indent, line in lines], 4)


def _how(statement: Statement, titles: Mapping[str, str]) -> str:
    """By what the other drug is meant, where it is not named; of a role in which text it was read."""
    if statement.via == "class":
        return f", by class: {', '.join(statement.mentions)}"
    if because := statement.because:
        whose = titles.get(because.slug) or because.slug.capitalize()
        where = f"{because.section}, line {because.line}" if because.section else "its class"
        return f", by role: {because.role}, which {whose}'s text says ({where})"
    return ""


def _mentioning(text: str, mentions: Sequence[str]) -> Styled:
    """A statement with the words in bold that mean the other drug."""
    found, at, low = Styled(), 0, text.lower()
    words = [word.lower() for word in mentions if word] if len(low) == len(text) else []
    while hits := [(start, -len(word)) for word in words if (start := _whole_word(low, word, at)) >= 0]:
        start, length = min(hits)
        found.append(text[at:start]).append(text[start : start - length], "bold")
        at = start - length
    return found.append(text[at:])


def _whole_word(text: str, word: str, start: int) -> int:
    """Where a word is in a text from there on, not inside another; -1 where it does not."""
    at = text.find(word, start)
    while at >= 0 and any(
        c.isalnum() or c == "_" for c in (text[at - 1 : at] + text[at + len(word) : at + len(word) + 1])
    ):
        at = text.find(word, at + 1)
    return at
