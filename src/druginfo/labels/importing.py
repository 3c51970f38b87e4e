"""Label files → monograph files in a directory, and a report of what became of every record."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from druginfo.errors import Failed
from druginfo.labels import Displaced, Imported, ImportProgress, ImportReport, KeptBack, Remark, Skipped
from druginfo.labels.drugname import DrugName, monograph_name
from druginfo.labels.epi import from_xml, is_fhir, read_epi
from druginfo.labels.label import Label, Refused
from druginfo.labels.lines import shown
from druginfo.labels.merging import changes, merged
from druginfo.labels.monograph import is_untouched, lost_words, monograph
from druginfo.labels.openfda import names_and_date, read_openfda
from druginfo.labels.records import Place, RawRecord, records, reread
from druginfo.labels.spl import spl_label
from druginfo.labels.workers import Given, workers
from druginfo.labels.xmltree import document
from druginfo.parse import MAX_BYTES
from druginfo.processes import Pool

_WORTH_A_BAR = 200
"""Monographs from which on writing them takes long enough to be shown."""
_REVISED = re.compile(r"^  revised: '?(\d{4}-\d\d-\d\d)", re.MULTILINE)
_FORM = re.compile(r"^  form: '?(.+?)'?$", re.MULTILINE)


def import_labels(
    files: Iterable[Path],
    into: Path,
    *,
    all_labels: bool = False,
    overwrite: bool = False,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Write a monograph for every drug in `files` (openFDA JSON, SPL XML, zips; a directory means those in it).

    Of several labels of one drug the newest is written; `all_labels` writes each, with the beginning of its set id in
    the file name. A file that a person wrote is left alone unless `overwrite`; so is a newer label of an earlier
    import.
    Of an import that a person changed their sections stay and the others become the newer label's. Each file is
    written whole or not at all. Raises `Failed` where `into` cannot be written.
    """
    try:
        into.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise Failed(f"Cannot write to {into}: not a directory.") from None
    except OSError as error:
        raise Failed(f"Cannot write to {into}: {error.strerror or error}.") from error
    if not os.access(into, os.R_OK | os.W_OK | os.X_OK):
        raise Failed(f"Cannot write to {into}: {os.strerror(errno.EACCES)}.")
    paths = [inside for path in files for inside in _label_files(path)]
    run = _Import(into, all_labels, overwrite, workers(sum(map(_size, paths))))
    try:
        count = 0
        for count, (raw, done) in enumerate(_all_records(paths), 1):
            run.take(raw)
            if progress:
                progress(count, round(count / done) if done else None)
        for written, of in run.write_chosen():
            if progress and of > _WORTH_A_BAR:
                progress(count - of + written, count)
        run.workers.finish()
    finally:
        run.workers.close()
    run.report.imported.extend(run.chosen[slug].entry for slug in sorted(run.chosen) if run.chosen[slug].written)
    return run.report


def _all_records(paths: Sequence[Path]) -> Iterator[tuple[RawRecord, float]]:
    """Every record, and how much of all files has been read with it."""
    sizes = [_size(path) for path in paths]
    total, before = max(sum(sizes), 1), 0
    for path, size in zip(paths, sizes, strict=True):
        found = 0
        for raw in [] if path.is_dir() else records(path):
            found += 1
            yield raw, (before + size * raw.done) / total
        before += size
        if not found:
            nothing = "no label files in it" if path.is_dir() else "no label records in it"
            yield RawRecord(str(path), 0, fault=nothing), before / total


def _label_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = [p for p in sorted(path.iterdir()) if p.suffix.lower() in (".json", ".xml", ".zip") and p.is_file()]
    return found or [path]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(slots=True)
class _Chosen:
    """The best label of a drug so far."""

    entry: Imported
    rank: tuple[str, int, str]
    name: DrugName
    place: Place | None = None
    """Where its record is read again, once every file has been looked at and no newer label can come."""
    written: bool = False


class _Import:
    def __init__(self, into: Path, all_labels: bool, overwrite: bool, workers: Pool[Given, str | None]) -> None:
        self.into, self.all_labels, self.overwrite, self.workers = into, all_labels, overwrite, workers
        self.chosen: dict[str, _Chosen] = {}
        self.report = ImportReport()

    def take(self, raw: RawRecord) -> None:
        try:
            self.choose(raw)
        except Refused as reason:
            self.skip(raw.source, raw.position, str(reason))
        except Exception as error:  # a record is data: whatever is in it, the next one is read
            self.skip(raw.source, raw.position, f"cannot be understood ({type(error).__name__}: {error})"[:300])

    def skip(self, source: str, position: int, reason: str) -> None:
        self.report.skipped.append(Skipped(source, position, reason))

    def choose(self, raw: RawRecord) -> None:
        if raw.remark:
            self.report.remarks.append(Remark(raw.source, raw.position, raw.remark))
        if raw.json is not None and not is_fhir(raw.json):
            self.place(raw, names_and_date(raw.json))
            return
        for label in read_labels(raw):
            try:
                self.place(raw, label)
            except Refused as reason:
                self.skip(raw.source, raw.position, str(reason))

    def place(self, raw: RawRecord, label: Label) -> None:
        name = self.named(label)
        path = self.into / f"{name.slug}.md"
        rank = (label.effective, int(label.version) if label.version.isdecimal() else 0, label.set_id)
        held = self.chosen.get(name.slug)
        if held and rank <= held.rank:
            newer = "newer label" if label.effective < held.entry.effective else "later version"
            reason = f"{held.entry.title} has a {newer}, {_when(held.entry)}"
            reason = "the same label again" if rank == held.rank else reason
            self.keep_back(raw, name, f"{reason} ({_where(held.entry.source, held.entry.position)})")
            return
        there = held.entry.replaced if held else path.exists() or path.is_symlink()
        if there and not held and not self.may_replace(path, raw, name, label):
            return
        entry = Imported(
            str(path), name.slug, name.title, raw.source, raw.position, label.effective, there, name.is_combination
        )
        entry = replace(entry, form=shown(label.form))
        self.chosen[name.slug] = chosen = _Chosen(entry, rank, name)
        if held:
            newer = f"{name.title} has a newer label, {_when(entry)} ({_where(raw.source, raw.position)})"
            old = held.entry
            self.report.kept_back.append(KeptBack(old.source, old.position, old.slug, old.title, newer))
        if label.parts:
            self.write(chosen, monograph(label, name))
        elif raw.place:
            chosen.place = raw.place
        elif raw.json is not None:
            self.workers.give((raw.json, name), lambda text: self.write(chosen, text))

    def write_chosen(self) -> Iterator[tuple[int, int]]:
        """Rewrite the records that were chosen, those that gave way to a newer label not; how many are done, of all."""
        waiting = [chosen for chosen in self.chosen.values() if chosen.place]
        waiting.sort(key=lambda chosen: chosen.place or ())
        contents = reread([chosen.place for chosen in waiting if chosen.place])
        for done, (chosen, content) in enumerate(zip(waiting, contents, strict=True), 1):
            if content is None:
                self.write(chosen, None)
            else:
                self.workers.give((content, chosen.name), partial(self.write, chosen))
            yield done, len(waiting)

    def write(self, chosen: _Chosen, text: str | None) -> None:
        entry = chosen.entry
        if text is None:
            self.skip(entry.source, entry.position, "the file changed while it was read")
            return
        path = Path(entry.path)
        try:
            if entry.replaced and not chosen.written:
                text = self.with_changes(chosen, path, text)
            if (size := len(text.encode())) > MAX_BYTES:
                most = f"{MAX_BYTES >> 20} MB that a monograph can have"
                self.skip(entry.source, entry.position, f"its text is {size / 1e6:.1f} MB, more than the {most}")
                return
            write_whole(path, text)
            chosen.written = True
            if found := lost_words(text):
                remark = f"{entry.path} lacks {found}: compare it with the official document"
                self.report.remarks.append(Remark(entry.source, entry.position, remark))
        except OSError as error:
            self.skip(entry.source, entry.position, f"{entry.path} cannot be written ({error.strerror or error})")

    def with_changes(self, chosen: _Chosen, path: Path, text: str) -> str:
        """The text with what a person has changed in the file that it replaces; the entry says what that was."""
        try:
            old = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return text
        form = _FORM.search(old, 0, old.find("\n---\n") + 1)
        if form and chosen.entry.form and form[1] != chosen.entry.form:
            chosen.entry = replace(chosen.entry, instead_of=Displaced(chosen.entry.title, form[1], is_shipped=False))
        both = merged(old, text) if not self.overwrite and not is_untouched(old) else None
        if both:
            chosen.entry = replace(chosen.entry, changed=both.changed, kept=both.kept)
            return both.text
        chosen.entry = replace(chosen.entry, changed=changes(old, text))
        return text

    def named(self, label: Label) -> DrugName:
        name = monograph_name(label)
        if not self.all_labels:
            return name
        mark = "".join(sign for sign in label.set_id.lower() if sign.isascii() and sign.isalnum())[:8]
        return replace(name, slug=f"{name.slug}-{mark}") if mark else name

    def may_replace(self, path: Path, raw: RawRecord, name: DrugName, label: Label) -> bool:
        """Whether the file at the drug's place is an older import's. Raises `Refused` where it is a person's."""
        if self.overwrite:
            return True
        try:
            held = path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise Refused(f"{path} cannot be read ({error.strerror or error})") from error
        revised = _REVISED.search(held)
        if not is_untouched(held):
            if "\nimported:" not in held:
                raise Refused(f"{path} is a monograph of your own; --overwrite replaces it")
            if "\n  parts: " not in held:
                raise Refused(f"{path} was changed by hand since its import; --overwrite replaces it")
            if revised and label.effective <= revised[1]:
                raise Refused(f"{path} was changed by hand and this label is not newer; --overwrite replaces it")
        if revised and label.effective < revised[1]:
            self.keep_back(raw, name, f"{path} has a newer label, of {revised[1]}; --overwrite replaces it")
            return False
        return True

    def keep_back(self, raw: RawRecord, name: DrugName, reason: str) -> None:
        self.report.kept_back.append(KeptBack(raw.source, raw.position, name.slug, name.title, reason))


def read_labels(raw: RawRecord) -> list[Label]:
    """The labels in a record, texts included. Raises `Refused` where there is none."""
    if raw.fault:
        raise Refused(raw.fault)
    if raw.json is not None:
        return read_epi(raw.json) if is_fhir(raw.json) else [read_openfda(raw.json)]
    return read_xml(raw.xml or b"")


def read_xml(content: bytes) -> list[Label]:
    """The labels in an XML document, SPL or FHIR. Raises `Refused` for any other."""
    root = document(content)
    if root.tag == "document":
        return [spl_label(root)]
    if root.tag in ("Bundle", "Composition") or (root.find("id") is not None and root.find("meta") is not None):
        return read_epi(from_xml(root))
    raise Refused(f"an XML file whose root is <{root.tag[:40]}>, neither an SPL <document> nor a FHIR <Bundle>")


def _when(entry: Imported) -> str:
    return f"of {entry.effective}" if entry.effective else "without a date"


def _where(source: str, position: int) -> str:
    return f"{Path(source).name}, record {position}"


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place first, then moved over it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
