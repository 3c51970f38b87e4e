"""The Dosage section of a monograph in another language than English: its words, whole, and no figure read from them.

"2,5 mg" is two and a half milligrams in most languages and twenty-five for a reader of English; "annenhver" is every
second day. So nothing is read: a line with a figure is a row whose words are the answer, any other line is a note.
"""

from __future__ import annotations

from collections.abc import Iterable

from druginfo.markup import plain
from druginfo.model import DoseNote, DoseRow, Regimens, Section

_NONE = (None,) * 10


def unread(sections: Iterable[Section], language: str) -> Regimens:
    """Every block of the sections in a row or a note, in document order; a table's row with its header's words."""
    rows: list[DoseRow] = []
    notes: list[DoseNote] = []
    why = f"the text is not in English (language: {language}), so no figure is read from it"
    for section in sections:
        for block in section.blocks:
            if block.kind in ("rule", "header"):
                continue
            if block.kind == "row":
                pairs = zip((*block.header, *[""] * len(block.cells)), block.cells, strict=False)
                text = "; ".join(f"{plain(h)}: {plain(c)}" if h.strip() else plain(c) for h, c in pairs if c.strip())
            else:
                text = block.text if block.kind == "code" else plain(block.text)
            text = " ".join(text.split())
            if any(map(str.isdigit, text)):
                rows.append(DoseRow(text, block.line, section.key, None, None, None, "note", *_NONE, unsure=why))
            elif text:
                notes.append(DoseNote(text, block.line, section.key))
    return Regimens(tuple(rows), tuple(notes))
