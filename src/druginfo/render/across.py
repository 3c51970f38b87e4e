"""Answers that span drugs as text: hits of a search, sections side by side, what monographs say of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from druginfo import topics
from druginfo.answers.compare import Comparison
from druginfo.answers.interactions import Interactions, Pair
from druginfo.answers.search import Hits
from druginfo.model import MARKS
from druginfo.render.text import Styled, wrap
from druginfo.terminal import visible

if TYPE_CHECKING:
    from druginfo.render.views import Page

NOT_LISTED = "Neither monograph mentions the other. That is not evidence that they can be combined."
NOT_IN = "Not in this monograph."
_NARROWEST_COLUMN = 36
_HEADING, _LABEL, _DIM = "bold cyan", "bold", "dim"


def put(page: Page, answer: Hits | Comparison | Interactions) -> None:
    """The answer on a page."""
    match answer:
        case Hits():
            hits(page, answer)
        case Comparison():
            banned(page, answer)
            comparison(page, answer)
        case Interactions():
            banned(page, answer)
            interactions(page, answer)


def banned(page: Page, answer: Comparison | Interactions) -> None:
    """The drugs that are banned, before anything is said of them."""
    for match in answer.drugs:
        if match.slug in answer.banned:
            page.banned(match.title)
    if answer.banned:
        page.blank()


def marked(snippet: str) -> Styled:
    """A snippet with each hit in brackets and bold."""
    found = Styled()
    for number, part in enumerate(re.split(f"[{MARKS[0]}{MARKS[1]}]", snippet)):
        found.append(visible(f"[{part}]" if number % 2 else part), "bold" if number % 2 else "")
    return found


def hits(page: Page, answer: Hits) -> None:
    if answer.notice:
        page.put(visible(answer.notice))
    for hit in answer.hits:
        page.blank()
        place = f" ({hit.section or ('FAQ' if hit.kind == 'faq' else 'names')}, line {hit.line})"
        head = Styled(visible(hit.title), _HEADING)
        if hit.kind != "name":
            head.append(page.dot + visible(hit.heading))
        page.put(head.append(visible(place), _DIM), 0, 4)
        page.put(marked(hit.snippet), 2, 4)


# ---------------------------------------------------------------- compare


def comparison(page: Page, answer: Comparison) -> None:
    for match in answer.drugs:
        page.look_alikes(match)
    count = len(answer.drugs)
    width = (page.screen.width - 2 * (count - 1)) // count
    titles = [visible(match.title) for match in answer.drugs]
    side_by_side = width >= _NARROWEST_COLUMN
    if side_by_side:
        page.columns([Styled(title, "bold underline") for title in titles], [width] * count)
    for row in answer.sections:
        page.heading(row.title, 0, any(key in topics.DANGERS for key in topics.of_heading(row.title)))
        texts = [NOT_IN if entry.text is None else visible(entry.text) for entry in row.entries]
        if side_by_side:
            columns = [_lines(text, width) for text in texts]
            for height in range(max(map(len, columns))):
                line = [Styled(column[height] if height < len(column) else "") for column in columns]
                page.columns(line, [width] * count)
            continue
        for title, text in zip(titles, texts, strict=True):
            page.put(Styled(title, _LABEL), 2)
            for each in _lines(text, page.measure - 4):
                page.put(each.lstrip(" "), 4 + len(each) - len(each.lstrip(" ")))


def _hung(line: str, width: int) -> tuple[str, int, int]:
    """A line without its indent, the columns of that, and those of the lines that follow: items hang under a word."""
    body = line.lstrip(" ")
    first = min(len(line) - len(body), width // 3)
    marker = re.match(r"(?:[-*+•]|\d{1,3}[.)])\s+", body)
    return body, first, min(first + (len(marker[0]) if marker else 0), width // 2)


def _lines(text: str, width: int) -> list[str]:
    """A text's lines wrapped to a width; list items hang under their first word."""
    found = []
    for line in text.split("\n"):
        body, first, rest = _hung(line, width)
        for number, (start, end) in enumerate(wrap(body, width - first, width - rest)):
            found.append(" " * (rest if number else first) + body[start:end])
    return found


# ---------------------------------------------------------------- interactions


def interactions(page: Page, answer: Interactions) -> None:
    for match in answer.drugs:
        page.look_alikes(match)
    titles = {match.slug: match.title for match in answer.drugs}
    if len(answer.pairs) > 1:
        _table(page, answer, titles)
    for pair in answer.pairs:
        if pair.statements or len(answer.pairs) == 1:
            _pair(page, pair, titles)


def _table(page: Page, answer: Interactions, titles: dict[str, str]) -> None:
    """All pairs, each with where the monographs speak of it."""
    rows = []
    for pair in answer.pairs:
        sections: dict[str, dict[str, None]] = {}
        for statement in pair.statements:
            sections.setdefault(titles[statement.slug], {})[statement.section.split("/")[0]] = None
        places = "; ".join(f"{title}: {', '.join(names)}" for title, names in sections.items())
        said = Styled(visible(places or "not listed"))
        rows.append([Styled(visible(titles[pair.a]), _LABEL), Styled(visible(titles[pair.b]), _LABEL), said])
    page.grid([Styled(word, _LABEL) for word in ("Drug", "With", "Mentioned in")], rows)
    if any(not pair.statements for pair in answer.pairs):
        page.blank()
        page.put(Styled(f"Not listed: {NOT_LISTED[0].lower()}{NOT_LISTED[1:]}", "bold"), hang=2)


def _pair(page: Page, pair: Pair, titles: dict[str, str]) -> None:
    page.blank()
    page.put(Styled(visible(f"{titles[pair.a]} and {titles[pair.b]}"), _HEADING))
    if not pair.statements:
        page.put(NOT_LISTED, 2)
    for statement in pair.statements:
        by_class = f", by class: {', '.join(statement.mentions)}" if statement.via == "class" else ""
        source = f"{titles[statement.slug]}, {statement.section}, line {statement.line}{by_class}"
        page.put(Styled(visible(f"{source}:"), _DIM), 2, 4)
        for line in visible(statement.text).split("\n"):
            body, first, rest = _hung(line, page.measure - 4)
            page.put(_mentioning(body, statement.mentions), 4 + first, 4 + rest)


def _mentioning(text: str, mentions: Sequence[str]) -> Styled:
    """A statement with the words in bold that mean the other drug."""
    words = "|".join(re.escape(visible(mention)) for mention in sorted(mentions, key=len, reverse=True) if mention)
    found = Styled()
    for number, part in enumerate(re.split(rf"(?<!\w)({words})(?!\w)", text, flags=re.I) if words else [text]):
        found.append(part, "bold" if number % 2 else "")
    return found
