"""What became of label files."""

from __future__ import annotations

from druginfo.answers.importing import Import
from druginfo.render.page import HEADING, LABEL, Page, Styled


def put(page: Page, answer: Import) -> None:
    """Every record that was read: what was written, what gave way to another label, what was skipped and why."""
    for done in answer.imported:
        kind = "combination, " if done.is_combination else ""
        label = f"{done.title} ({kind}label of {done.effective or 'no date'}{', replaced' if done.replaced else ''})"
        page.put(Styled(label, LABEL).append(f" {done.path}"), 0, 2, full=True)
        for what, titles in (("changed", done.changed), ("kept, as a person changed it", done.kept)):
            if titles:
                page.put(f"{what}: {', '.join(titles)}", 2, 4, full=True)
    for heading, entries in (("Kept back", answer.kept_back), ("Skipped", answer.skipped)):
        if entries:
            page.heading(heading, style=HEADING)
        for entry in entries:
            where = f"{entry.source}, record {entry.position}" if entry.position else entry.source
            page.put(f"{where}: {entry.reason}", 2, 4, full=True)
    if answer.remarks:
        page.heading("Remarks", style=HEADING)
    for remark in answer.remarks:
        where = f"{remark.source}, record {remark.position}" if remark.position else remark.source
        page.put(f"{where}: {remark.text}", 2, 4, full=True)
    page.blank()
    counts = (len(answer.imported), len(answer.kept_back), len(answer.skipped))
    page.put("Imported {}, kept back {}, skipped {}; into {}.".format(*counts, answer.into))
