"""`import`: what became of label files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from druginfo.errors import Failed
from druginfo.labels import Displaced, Imported, ImportProgress, ImportReport, KeptBack, Remark, Skipped
from druginfo.parse import decode, parse, read_bytes
from druginfo.places import own, shipped
from druginfo.topics import scope


class Import(NamedTuple):
    """What became of every record of the label files, each once."""

    into: str
    """The directory that was written to."""
    imported: tuple[Imported, ...]
    skipped: tuple[Skipped, ...]
    kept_back: tuple[KeptBack, ...]
    remarks: tuple[Remark, ...]
    """What was mended in reading a record, and what a fetch chose among many labels."""


def import_labels(
    files: Sequence[str],
    names: Sequence[str],
    into: str | None,
    *,
    all_labels: bool,
    overwrite: bool,
    progress: ImportProgress | None = None,
) -> Import:
    """Write a monograph for every drug in the label files, and for the labels of these names from openFDA.

    `into` is the user's own directory where it is not written; `progress` is called with (labels read, of how many).
    Raises Failed, and NotFound for a name without a label.
    """
    from tempfile import TemporaryDirectory

    from druginfo.labels.fetch import fetch_labels
    from druginfo.labels.importing import import_labels as write_monographs

    with TemporaryDirectory() as directory:
        fetched, chose = [], []
        for number, name in enumerate(names):
            (place := Path(directory, str(number))).mkdir()
            found = fetch_labels(name, place)
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
    progress: tuple[ImportProgress, ImportProgress],
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


def notices(done: Import) -> list[str]:
    """What to say of the imports that are used in place of other monographs, a sentence or two for each kind."""
    hidden = [each for each in done.imported if each.instead_of and each.instead_of.is_shipped]
    gone = [each for each in done.imported if each.instead_of and not each.instead_of.is_shipped]
    written = []
    for found, other, undo in (
        (hidden, "the shipped monograph", "delete {}"),
        (gone, "an earlier import of another form", "import that label with --overwrite"),
    ):
        if found:
            names = ", ".join(_with(each.title, each.form) for each in found[:_MOST_NAMED])
            more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
            one = len(found) == 1 and found[0].instead_of
            what = _with(other, one.covers.split(". ")[0].rstrip(".")) if one else other
            label = "label is" if one else "labels are"
            where = undo.format(found[0].path if one else f"their files in {done.into}")
            written.append(
                f"{names}{more}: the imported {label} now used instead of {what}. To undo, {where}; to keep both, do "
                "that and import with --all."
            )
    return written


_MOST_NAMED = 5


def _with(name: str, remark: str) -> str:
    return f"{name} ({remark})" if remark else name


def _import(target: Path, report: ImportReport) -> Import:
    done = tuple(report.imported)
    if target.resolve() == own().resolve():
        done = tuple(each if each.replaced else replace(each, instead_of=_shipped(each.slug)) for each in done)
    return Import(str(target), done, tuple(report.skipped), tuple(report.kept_back), tuple(report.remarks))


def _shipped(slug: str) -> Displaced | None:
    """The shipped monograph that a new one in the user's own directory is used instead of."""
    path = shipped() / f"{slug}.md"
    if not path.is_file():
        return None
    monograph = parse(decode(read_bytes(str(path))), slug, str(path))
    return Displaced(monograph.title, scope(monograph) or "", is_shipped=True)
