"""Official labels → monographs. The network is left alone unless `fetch.fetch_labels` is called."""

from druginfo.labels.importing import Imported, ImportReport, KeptBack, Progress, Remark, Skipped, import_labels

__all__ = ["ImportReport", "Imported", "KeptBack", "Progress", "Remark", "Skipped", "import_labels"]
