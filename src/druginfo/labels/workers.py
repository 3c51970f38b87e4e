"""Rewriting records in processes of their own, for files with thousands of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from druginfo.labels.drugname import DrugName
from druginfo.labels.label import Paragraph, Part
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import names_and_date, plain_parts, read_openfda
from druginfo.labels.records import decoded
from druginfo.processes import Pool, processors

WORTH_IT = 8_000_000
"""Bytes of label files from which on starting processes (about 0.1 s each) pays."""
MOST_WORKERS = 4


def rewritten(given: dict[str, Any] | bytes, name: DrugName) -> str:
    """The monograph of an openFDA record, decoded or as the bytes in its file.

    A record whose layout defeats the reader keeps its words in plain paragraphs, because a label must not be lost to a
    fault of ours, and notes that its layout is lost. Raises ValueError for bytes that are no record.
    """
    record = decoded(given) if isinstance(given, bytes) else given
    try:
        return monograph(read_openfda(record), name)
    except Exception:
        texts = plain_parts(record)
        parts = tuple(Part(key, "", (Paragraph(text),)) for key, text in texts)
        plain = replace(names_and_date(record), parts=parts, source=(texts,))
        return monograph(plain, name, without="its headings, lists and tables, which could not be read")


Given = tuple[dict[str, Any] | bytes, DrugName]


def workers(size: int) -> Pool[Given, str | None]:
    """Processes that rewrite records where `size`, the bytes of label files to come, is worth them; else this one does.
    For bytes that are no record they give None."""
    return Pool(_rewritten, min(processors(), MOST_WORKERS) if size >= WORTH_IT else 0)


def _rewritten(given: Given) -> str | None:
    try:
        return rewritten(*given)
    except ValueError:
        return None
