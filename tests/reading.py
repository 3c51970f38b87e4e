"""What tests ask of the reader: one text → its amounts, bands, statements and readings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from druginfo.dosing import whom
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.line import read_line
from druginfo.dosing.regimen import Regimen, read
from druginfo.dosing.statements import statements
from druginfo.model import Band, Renal
from druginfo.terms.phrases import Amount


class Said(NamedTuple):
    """A statement as the tests write it."""

    labels: tuple[str, ...]
    text: str


def regimen(text: str, names: Iterable[str] = ()) -> Regimen:
    """The readings of one statement."""
    drug = OwnDrug(names)
    line = read_line(text, drug.words)
    return read(line, 0, len(line.items), drug)


def said(text: str) -> list[Said]:
    """The statements of a line."""
    line = read_line(text)
    return [
        Said(
            statement.labels,
            line.text[statement.start : statement.end].strip().removesuffix(";").rstrip(),
        )
        for statement in statements(line, OwnDrug(()))
    ]


def amounts(text: str) -> list[tuple[Amount, str]]:
    """The amounts of a text, read or not, each with its words."""
    return [(i.sense, text[i.start : i.end]) for i in read_line(text).items if i.code in "1567"]


def _band(text: str, kind: str, *, label: bool) -> Band | Renal | None:
    line = read_line(text)
    return whom.single(whom.bands(line, 0, len(line.items), label=label), kind)


def age(text: str, *, label: bool = True) -> Band | Renal | None:
    return _band(text, "age", label=label)


def weight(text: str, *, label: bool = True) -> Band | Renal | None:
    return _band(text, "weight", label=label)


def renal(text: str) -> Band | Renal | None:
    return _band(text, "renal", label=True)


def grades(text: str, organ: str, *, in_context: bool) -> tuple[str, ...]:
    line = read_line(text)
    return whom.grades(line, 0, len(line.items), organ, in_context=in_context)


def child_pugh(text: str) -> tuple[str, ...]:
    line = read_line(text)
    return whom.child_pugh(line, 0, len(line.items), in_context=False)
