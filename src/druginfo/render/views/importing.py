"""What became of label files."""

from __future__ import annotations

from druginfo.answers.importing import Import
from druginfo.render.page import LABEL, Page, Styled


def put(page: Page, answer: Import) -> None:
    """Every record that was read: what was written, what another label replaces, what was skipped and why."""
    for done in answer.imported:
        kind = "combination, " if done.is_combination else ""
        label = f"{done.title} ({kind}label of {done.effective or 'no date'}{', replaced' if done.replaced else ''})"
        page.put(Styled(label, LABEL).append(f" {done.path}"), 0, 2, full=True)
        for what, titles in (("changed", done.changed), ("kept, as a person changed it", done.kept)):
            if titles:
                page.put(f"{what}: {', '.join(titles)}", 2, 4, full=True)
    kept_back = [(each.source, each.position, each.reason) for each in answer.kept_back]
    skipped = [(each.source, each.position, each.reason) for each in answer.skipped]
    remarks = [(each.source, each.position, each.text) for each in answer.remarks]
    for heading, entries in (("Kept back", kept_back), ("Skipped", skipped), ("Remarks", remarks)):
        if entries:
            page.heading(heading)
        for source, position, text in entries:
            page.put(f"{source}{f', record {position}' if position else ''}: {text}", 2, 4, full=True)
    page.blank()
    counts = (len(answer.imported), len(answer.kept_back), len(answer.skipped))
    page.put("Imported {}, kept back {}, skipped {}; into {}.".format(*counts, answer.into))
