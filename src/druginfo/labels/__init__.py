"""FDA labels → monographs. The network is left alone unless `fetch_labels` is called."""

from __future__ import annotations

from druginfo.labels.importing import Imported, ImportReport, KeptBack, Progress, Skipped, import_labels

__all__ = ["ImportReport", "Imported", "KeptBack", "Progress", "Skipped", "fetch_labels", "import_labels"]


def __getattr__(name: str) -> object:
    if name == "fetch_labels":
        from druginfo.labels.fetch import fetch_labels

        return fetch_labels
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
