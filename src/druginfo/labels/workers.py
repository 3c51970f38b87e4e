"""Rewriting records in processes of their own, for files with thousands of them."""

from __future__ import annotations

from collections.abc import Callable
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
    fault of ours. Raises ValueError for bytes that are no record.
    """
    record = decoded(given) if isinstance(given, bytes) else given
    try:
        return monograph(read_openfda(record), name)
    except Exception:
        texts = plain_parts(record)
        parts = tuple(Part(key, "", (Paragraph(text),)) for key, text in texts)
        return monograph(replace(names_and_date(record), parts=parts, source=(texts,)), name)


class Workers:
    """Takes records and hands each one's monograph to `done`, in the order in which they were given."""

    def __init__(self, size: int) -> None:
        """Start workers where `size`, the bytes of label files to come, is worth it; else rewrite in this process."""
        count = min(processors(), MOST_WORKERS) if size >= WORTH_IT else 0
        self._pool: Pool[tuple[dict[str, Any] | bytes, DrugName], str | None] = Pool(_rewritten, count)
        self.processes = self._pool.processes
        self.finish, self.stop = self._pool.finish, self._pool.close

    def give(self, record: dict[str, Any] | bytes, name: DrugName, done: Callable[[str | None], None]) -> None:
        """Have a record rewritten; `done` is called with the text, now or when its turn comes; with None for bytes that
        are no record."""
        self._pool.give((record, name), done)


def _rewritten(given: tuple[dict[str, Any] | bytes, DrugName]) -> str | None:
    try:
        return rewritten(*given)
    except ValueError:
        return None
