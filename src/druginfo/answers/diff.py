"""`diff`: two versions of a monograph."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal, NamedTuple

from druginfo.errors import Failed, Unreadable
from druginfo.library import Library
from druginfo.model import DoseRow, Monograph, Section

Change = Literal["added", "gone", "changed"]


class Version(NamedTuple):
    """One of the two versions."""

    path: str
    slug: str
    title: str
    document: str | None
    """The official document that it is an import of."""
    last_modified: str | None


class SectionChange(NamedTuple):
    """A section that only one version has, or whose own words differ."""

    change: Change
    key: str
    title: str
    old: tuple[str, ...]
    """The lines that only the old version has, plain; all of them where the section is gone."""
    new: tuple[str, ...]
    """The lines that only the new version has, plain; all of them where the section is new."""


class RowChange(NamedTuple):
    """A dosing row that only one version has, or whose fields differ though it is for the same patients."""

    change: Change
    old: DoseRow | None
    new: DoseRow | None


class Diff(NamedTuple):
    """What changed from one version of a monograph to another."""

    old: Version
    new: Version
    sections: tuple[SectionChange, ...]
    rows: tuple[RowChange, ...]


def diff(library: Library, old: str, new: str, *, exact: bool = False) -> Diff:
    """What changed from `old` to `new`; each is a monograph file, or a name in the library.

    White space and the places of lines are no change. Raises Failed for a file that cannot be read, and what
    `Library.find` raises for a name.
    """
    first, second = (_version(library, each, exact) for each in (old, new))
    return Diff(_as_version(first), _as_version(second), tuple(_sections(first, second)), tuple(_rows(first, second)))


def _version(library: Library, asked: str, exact: bool) -> Monograph:
    from druginfo.parse import decode, parse, read_bytes

    path = Path(asked)
    if path.suffix.lower() == ".md" or path.is_file():
        try:
            return parse(decode(read_bytes(asked)), path.stem.lower(), asked)
        except Unreadable as error:
            place = f"{asked}:{error.line}" if error.line else asked
            raise Failed(f"{place}: {error.reason}") from None
    return library.open(library.find(asked, exact=exact).slug)


def _as_version(monograph: Monograph) -> Version:
    return Version(monograph.path, monograph.slug, monograph.title, monograph.document, monograph.last_modified)


def _sections(old: Monograph, new: Monograph) -> Iterator[SectionChange]:
    """The new version's changed and added sections in its order, each gone one after what it followed."""
    before, after = ({section.key: section for section in each.sections} for each in (old, new))
    order = SequenceMatcher(None, list(before), list(after), autojunk=False)
    for what, a, b, c, d in order.get_opcodes():
        if what == "equal":
            for key in list(after)[c:d]:
                yield from _changed(before[key], after[key])
            continue
        for key in list(before)[a:b]:
            if key not in after:
                yield SectionChange("gone", key, before[key].title, tuple(_lines(before[key])), ())
        for key in list(after)[c:d]:
            if key not in before:
                yield SectionChange("added", key, after[key].title, (), tuple(_lines(after[key])))
            else:  # it has moved
                yield from _changed(before[key], after[key])


def _changed(old: Section, new: Section) -> Iterator[SectionChange]:
    first, second = _lines(old), _lines(new)
    if first == second:
        return
    opcodes = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    lost = tuple(line for what, a, b, _, _ in opcodes if what != "equal" for line in first[a:b])
    come = tuple(line for what, _, _, c, d in opcodes if what != "equal" for line in second[c:d])
    yield SectionChange("changed", new.key, new.title, lost, come)


def _lines(section: Section) -> list[str]:
    return [" ".join(line.split()) for line in section.text.split("\n") if line.strip()]


def _rows(old: Monograph, new: Monograph) -> Iterator[RowChange]:
    """Rows that differ: those with the same words are the same, those for the same patients under the same heading, one
    in each version, are one that changed."""
    from druginfo.dosing import read_dosing

    first, second = (read_dosing(each, conditions=False).rows for each in (old, new))
    opcodes = SequenceMatcher(None, [_content(r) for r in first], [_content(r) for r in second], autojunk=False)
    for what, a, b, c, d in opcodes.get_opcodes():
        if what != "equal":
            yield from _paired(first[a:b], second[c:d])


def _paired(old: Sequence[DoseRow], new: Sequence[DoseRow]) -> Iterator[RowChange]:
    left = list(old)
    for row in new:
        same = [each for each in left if _who(each) == _who(row)]
        if len(same) == 1 and sum(_who(each) == _who(row) for each in new) == 1:
            left.remove(same[0])
            yield RowChange("changed", same[0], row)
        else:
            yield RowChange("added", None, row)
    yield from (RowChange("gone", row, None) for row in left)


def _content(row: DoseRow) -> Hashable:
    return row._replace(line=0, section="")


def _who(row: DoseRow) -> Hashable:
    return row.section, row.indication, row.population, row.qualifier
