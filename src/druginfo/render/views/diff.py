"""Two versions of a monograph."""

from __future__ import annotations

from druginfo.answers.diff import Diff, Version
from druginfo.render.page import DANGER, DIM, HEADING, LABEL, Page, Styled

_SIGNS = {"added": "+", "gone": "-", "changed": "~"}


def put(page: Page, answer: Diff) -> None:
    """Both versions, then what changed: sections with their lines, dosing rows."""
    for sign, version in (("-", answer.old), ("+", answer.new)):
        page.put(Styled(f"{sign} {version.title}", LABEL).append(f"{_of(version)} {version.path}"), 0, 2)
    if not answer.sections and not answer.rows:
        page.blank()
        page.put("No section and no dosing row has changed.")
    if answer.rows:
        page.heading("Dosing rows", style=HEADING)
    for row in answer.rows:
        page.blank()
        versions = [(sign, each) for sign, each in (("-", row.old), ("+", row.new)) if each]
        last = versions[-1][1]
        whom = ", ".join(filter(None, (last.indication, last.population, last.qualifier))) or last.section
        page.put(Styled(f"{_SIGNS[row.change]} {row.change}: {whom}", LABEL), 0, 2)
        for sign, each in versions:
            page.put(f"{sign} {each.text}", 2, 4)
    for section in answer.sections:
        page.blank()
        style = DANGER if section.change == "gone" else HEADING
        page.put(
            Styled(f"{_SIGNS[section.change]} {section.title or section.key}", style).append(
                f" ({section.change})", DIM
            )
        )
        for sign, lines in (("-", section.old), ("+", section.new)):
            for line in lines:
                page.put(f"{sign} {line}", 2, 4)


def _of(version: Version) -> str:
    return f", {version.document or 'monograph'}{f' of {version.last_modified}' if version.last_modified else ''},"
