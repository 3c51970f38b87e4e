"""The whole openFDA drug label export (https://open.fda.gov/apis/downloads/), part by part, resumable.

`download.json` names the parts of every export; those of drug labels are zips of about 20,000 records each. A part is
fetched into a file, imported and deleted, so that the disk holds one at a time. What is done is noted beside the
monographs: an errand that broke off goes on with the part, and within it with the byte, where it stopped.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from druginfo.errors import Failed
from druginfo.labels import ImportProgress, ImportReport, Remark
from druginfo.labels.fetch import server
from druginfo.labels.importing import import_labels, write_whole
from druginfo.labels.web import Interrupted, Web

PLACE = ".openfda-export"
"""The directory beside the monographs that holds the part under way and what is done."""
LARGEST_LIST = 16 * 1024 * 1024
LARGEST_PART = 4 * 1024 * 1024 * 1024
"""Bytes; a part has about 150 MB."""
MOST_PARTS = 1000
HOURS = 12 * 3600.0
"""Seconds that the whole errand may take."""
SHARE_OF_DRUGS = 0.12
"""Monographs for each record: 20,000 of 170,000 (counted in the export of 2026)."""
SIZE_OF_MONOGRAPH = 90_000
"""Bytes; the mean of an imported one, with its rows in the index."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of the export."""

    url: str
    megabytes: float
    records: int


@dataclass(frozen=True, slots=True)
class Export:
    """What there is to fetch."""

    date: str
    parts: tuple[ExportFile, ...]
    done: int
    """How many of the parts an earlier errand has imported."""

    @property
    def megabytes(self) -> float:
        """Of the parts that are still to be fetched."""
        return sum(part.megabytes for part in self.parts[self.done :])

    @property
    def records(self) -> int:
        """Of the parts that are still to be fetched."""
        return sum(part.records for part in self.parts[self.done :])

    @property
    def needs(self) -> float:
        """Megabytes of disk: the largest part, and the monographs, by what such an export has held."""
        largest = max((part.megabytes for part in self.parts[self.done :]), default=0.0)
        return largest + self.records * SHARE_OF_DRUGS * SIZE_OF_MONOGRAPH / 1e6


def look_up(into: Path, web: Web, base: str | None = None) -> Export:
    """What the export holds and how much of it `into` has. Raises Failed, also where the disk has too little room."""
    base = server(base)
    status, body = web.get(f"{base}/download.json", {}, LARGEST_LIST)
    try:
        listed = json.loads(body)["results"]["drug"]["label"] if status == 200 else None
        parts = tuple(_part(each, base, web) for each in listed["partitions"]) if listed else ()
        date = str(listed["export_date"])[:40] if listed else ""
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        parts, date = (), ""
    if not parts or len(parts) > MOST_PARTS:
        raise Failed(f"openFDA's list of downloads is not of the form that it documents (HTTP {status}).")
    done = len(_noted(into, date))
    export = Export(date, parts, min(done, len(parts)))
    room = shutil.disk_usage(next(path for path in (into, *into.absolute().parents) if path.exists())).free / 1e6
    if room < export.needs:
        raise Failed(f"The export needs about {export.needs:,.0f} MB of disk; {into} has {room:,.0f} MB free.")
    return export


def fetch_export(
    export: Export,
    into: Path,
    web: Web,
    *,
    all_labels: bool = False,
    overwrite: bool = False,
    progress: ImportProgress | None = None,
    fetching: Callable[[int, int | None], None] | None = None,
) -> ImportReport:
    """Fetch and import what is still to do of an export, and say what became of every record.

    `progress` is called with (records read, of how many), `fetching` with (kilobytes fetched, of how many), both of the
    whole errand. Raises Failed; what was imported by then stays, and the next errand goes on from there.
    """
    report = ImportReport()
    place = into / PLACE
    place.mkdir(parents=True, exist_ok=True)
    names = _noted(into, export.date)
    counted, gave_way, had = 0, 0, 0.0
    for part in export.parts[export.done :]:
        path = place / _name(part.url)

        def fetched(size: int, before: float = had) -> None:
            if fetching:
                fetching(round(before * 1000 + size / 1000), round(export.megabytes * 1000))

        _fetch(part, path, web, fetched)
        had += part.megabytes

        def read(done: int, _: int | None, before: int = counted) -> None:
            if progress:
                progress(before + done, max(export.records, before + done + 1))

        found = import_labels([path], into, all_labels=all_labels, overwrite=overwrite, progress=read)
        counted += part.records
        gave_way += len(found.kept_back)
        _add(report, found)
        names = [*names, _name(part.url)]
        write_whole(place / "done.json", json.dumps({"export_date": export.date, "done": names}))
        path.unlink(missing_ok=True)
    if progress:
        progress(counted, counted)
    remark = f"the export of {export.date}, {len(export.parts)} parts, is complete"
    if gave_way:
        remark += f"; {gave_way:,} labels gave way to a newer one of the same drug"
    report.remarks.insert(0, Remark("openFDA", 0, remark))
    return report


def _add(report: ImportReport, found: ImportReport) -> None:
    """Add one part's report to that of all: a drug with a newer label in a later part is listed once, with that label;
    the 150,000 labels that give way are only counted."""
    fresh = {done.slug for done in found.imported}
    report.imported = sorted(
        [done for done in report.imported if done.slug not in fresh] + found.imported, key=lambda done: done.slug
    )
    report.skipped += found.skipped
    report.remarks += found.remarks


def _part(listed: dict[str, Any], base: str, web: Web) -> ExportFile:
    url = str(listed["file"])
    here, there = urlsplit(base).hostname or "", urlsplit(url).hostname or ""
    if there != here and not (here.endswith(".fda.gov") and there.endswith(".fda.gov")):
        raise web.failed(f"openFDA's list of downloads leads to another host, {there[:80]}; nothing was fetched.")
    web.must_be_safe(url)
    return ExportFile(url, max(float(listed["size_mb"]), 0.0), max(int(listed["records"]), 0))


def _name(url: str) -> str:
    name = "".join(c if c.isalnum() or c in "-." else "-" for c in urlsplit(url).path.rpartition("/")[2])
    return name.lstrip(".")[-120:] or "part.zip"


def _noted(into: Path, date: str) -> list[str]:
    """The parts of the export of this date that were imported into a directory."""
    try:
        noted = json.loads((into / PLACE / "done.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    is_same = isinstance(noted, dict) and noted.get("export_date") == date
    return [str(name) for name in noted["done"]] if is_same and isinstance(noted.get("done"), list) else []


def _fetch(part: ExportFile, path: Path, web: Web, progress: Callable[[int], None]) -> None:
    """The part into `path`, going on where an earlier try stopped if the server still has the same file."""
    beside, mark = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.etag")

    def whole() -> None:
        have = beside.stat().st_size if beside.exists() else 0
        tag = mark.read_text("utf-8") if have and mark.exists() else ""
        headers = {"Range": f"bytes={have}-", "If-Range": tag} if have and tag else {}
        with web.open(part.url, {}, {"Accept": "application/zip", "Accept-Encoding": "identity", **headers}) as answer:
            if answer.status_code not in (200, 206):
                raise web.failed(f"openFDA does not give {part.url} (HTTP {answer.status_code}).")
            goes_on = answer.status_code == 206 and bool(headers)
            range_ = answer.headers.get("Content-Range", "")
            if answer.status_code == 206 and not range_.startswith(f"bytes {have}-"):
                raise web.failed(f"openFDA sent a different piece of {part.url} from the one asked for.")
            size = have if goes_on else 0
            mark.write_text(answer.headers.get("ETag", ""), "utf-8")
            length = answer.headers.get("Content-Length", "")
            expected = size + int(length) if length.isdecimal() and len(length) < 16 else 0
            with beside.open("ab" if goes_on else "wb") as file:
                for chunk in web.chunks(answer, raw=True):
                    size += len(chunk)
                    if size > LARGEST_PART:
                        raise web.failed(f"{part.url} is larger than {LARGEST_PART >> 30} GB; it was not read.")
                    file.write(chunk)
                    progress(size)
            if size < expected:
                raise Interrupted(f"openFDA broke off within {part.url}. Try again later; what has arrived is kept.")

    web.again(whole)
    beside.replace(path)
    with contextlib.suppress(OSError):
        mark.unlink()
