"""A medication list, reviewed: what is not known, what is there twice, then drug by drug, then the pairs."""

from __future__ import annotations

from druginfo import topics
from druginfo.answers.review import Duplicate, Item, Review
from druginfo.render.page import DANGER, DRUG, HEADING, LABEL, Page, Styled
from druginfo.render.views import dose, interactions
from druginfo.render.views.parts import came_by, look_alikes

_MOST_STATEMENTS = 2
"""Of each pair, the gravest; JSON has all."""
_MOST_UNDECIDED = 12
"""Of each drug, the rows that need a figure which was not given: nobody reviews a table of seventy. JSON has all."""


def put(page: Page, answer: Review) -> None:
    """The answer on the page."""
    page.title(Styled("Medication review", "bold"))
    given = dose.patient(answer.patient) or "not described: no dosing rows are shown"
    page.put(Styled("Patient: ", LABEL).append(given), 0, 2)
    unknown = [item for item in answer.items if item.match is None]
    if unknown:
        page.heading("Not known here", style=DANGER)
    for item in unknown:
        page.put(Styled(f"{item.line}. {item.query}: ", LABEL).append(" ".join(item.notices)), 2, 4)
    if answer.duplicates:
        page.heading("More than once", style=DANGER)
    queries = {(item.line, item.match.slug if item.match else None): item.query for item in answer.items}
    for each in answer.duplicates:
        _duplicate(page, each, queries)
    firsts: dict[str, int] = {}
    for item in answer.items:
        _item(page, item, firsts.setdefault(item.match.slug, item.line) if item.match else item.line)
    titles = {item.match.slug: item.match.title for item in answer.items if item.match}
    _pairs(page, answer, titles)
    for item in unknown:
        if item.mentions:
            page.heading(f"{item.known_as} (no monograph of it here)", style=DRUG)
            interactions.quotes(page, item.mentions, titles)
    if answer.headings:
        page.heading("Read as headings")
    for heading in answer.headings:
        page.put(f"{heading.line}. {heading.text}", 2, 4)


def _duplicate(page: Page, each: Duplicate, queries: dict[tuple[int, str | None], str]) -> None:
    """Which lines have the same drug, or drugs of one class."""
    lines = (f"{line}. {queries[line, slug]}" for line, slug in zip(each.lines, each.slugs, strict=True))
    page.put(Styled(f"{each.of}: ", LABEL).append(" and ".join(lines)), 2, 4)


def _item(page: Page, item: Item, first: int) -> None:
    """One drug: how the line was read, the rows and passages for the patient, if no line before had them; that is the
    `first` line with the drug."""
    if item.match is None:
        return
    page.heading(f"{item.line}. {item.match.title}", style=HEADING if first < item.line else DRUG)
    came_by(page, item.match)
    if first < item.line:
        page.put(f"See {first}.")
        return
    look_alikes(page, item.match)
    for notice in item.notices:
        if notice != topics.not_covered(item.match):  # `came_by` says that first
            page.warn(notice)
    dose.passages(page, item.passages, 1, first=True)
    undecided = [row for row in item.rows if row.undecided]
    held_back = set(map(id, [row for row in undecided if row.row.action != "avoid"][_MOST_UNDECIDED:]))
    dose.by_patient(page, [row for row in item.rows if id(row) not in held_back], dict(item.titles), 1)
    if held_back:
        page.put(f"{len(held_back)} more rows need {dose.missing(undecided)}: `druginfo dose {item.match.slug}`.")
    dose.passages(page, item.passages, 1, first=False)
    if item.others:
        count = f"{item.others} {'more rows apply' if item.rows else 'rows apply'}"
        page.put(f"{count} to others too: `druginfo dose {item.match.slug}`.")


def _pairs(page: Page, answer: Review, titles: dict[str, str]) -> None:
    """The pairs that the monographs speak of, the gravest first, and how many they do not speak of."""
    if answer.pairs:
        page.heading("Pairs", style=DRUG)
    for pair in answer.pairs:
        interactions.put_pair(page, pair, titles, 1, _MOST_STATEMENTS)
    if answer.not_listed:
        pairs = "1 pair is" if answer.not_listed == 1 else f"{answer.not_listed} pairs are"
        page.blank()
        page.put(Styled(f"{pairs} not listed: {interactions.NO_STATEMENT}", "bold"), 0, 2)
