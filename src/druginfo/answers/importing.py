"""`import`: what became of label files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from druginfo.errors import Failed
from druginfo.labels import Imported, ImportReport, KeptBack, Remark, Skipped
from druginfo.library import own


class Import(NamedTuple):
    """What became of every record of the label files, each once."""

    into: str
    """The directory that was written to."""
    imported: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    kept_back: tuple[KeptBack, ...]
    remarks: tuple[Remark, ...]
    """What was mended in reading a record, and what a fetch chose among many labels."""


Progress = Callable[[int, int | None], None]


def import_labels(
    files: Sequence[str],
    names: Sequence[str],
    into: str | None,
    *,
    all_labels: bool,
    overwrite: bool,
    progress: Progress | None = None,
) -> Import:
    """Write a monograph for every drug in the label files, and for the labels of these names from openFDA.

    `into` is the user's own directory where it is not said; `progress` is called with (labels read, of how many).
    Raises Failed, and NotFound for a name without a label.
    """
    from tempfile import TemporaryDirectory

    from druginfo.labels.fetch import fetch
    from druginfo.labels.importing import import_labels as write_monographs

    with TemporaryDirectory() as directory:
        fetched, chose = [], []
        for number, name in enumerate(names):
            (place := Path(directory, str(number))).mkdir()
            found = fetch(name, place)
            fetched.append(found.path)
            chose.append(Remark("openFDA", 0, found.chose))
        target = Path(into) if into else own()
        report = write_monographs(
            [*map(Path, files), *fetched], target, all_labels=all_labels, overwrite=overwrite, progress=progress
        )
    report.remarks[:0] = chose
    return _import(target, report)


def fetch_all(
    into: str | None,
    progress: tuple[Progress, Progress],
    *,
    confirm: Callable[[str], bool] | None,
    all_labels: bool,
    overwrite: bool,
) -> Import:
    """Fetch and import the whole openFDA export; `progress` is called while fetching (kilobytes), while importing.

    `confirm` is asked first, with what it takes. Raises Failed, also where the answer is no.
    """
    from druginfo.labels.export import HOURS, fetch_export, look_up
    from druginfo.labels.web import Web

    target = Path(into) if into else own()
    web = Web(total=HOURS)
    export = look_up(target, web)
    if export.done == len(export.parts):
        report = ImportReport()
        report.remarks.append(Remark("openFDA", 0, f"the export of {export.date} was imported before; nothing to do"))
        return _import(target, report)
    takes = (
        f"The openFDA export of {export.date}: {len(export.parts) - export.done} of {len(export.parts)} parts, "
        f"{export.megabytes:,.0f} MB to fetch, about {export.needs:,.0f} MB of disk, {export.records:,} labels. Go on?"
    )
    if confirm and not confirm(takes):
        raise Failed("Nothing was fetched.")
    fetching, importing = progress
    report = fetch_export(
        export, target, web, all_labels=all_labels, overwrite=overwrite, progress=importing, fetching=fetching
    )
    return _import(target, report)


def _import(target: Path, report: ImportReport) -> Import:
    return Import(
        str(target), tuple(report.imported), tuple(report.skipped), tuple(report.kept_back), tuple(report.remarks)
    )
