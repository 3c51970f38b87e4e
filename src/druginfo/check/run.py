"""Which rules run over which files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from druginfo.answers.check import Finding, Findings
from druginfo.check.document import Document, read
from druginfo.check.rule import Rule
from druginfo.errors import Failed, Unreadable, Usage
from druginfo.model import Fault
from druginfo.parse import read_bytes

if TYPE_CHECKING:
    from druginfo.library.rows import Progress

UNREADABLE = Rule("U001", "error", "file that cannot be read", "error", lambda _: iter(()))
LEFT_OUT = Rule("U002", "error", "file that the library leaves out", "error", lambda _: iter(()))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    from druginfo.check import (
        across,
        contradictions,
        doses,
        faqs,
        front_matter,
        imports,
        renal_bands,
        rendering,
        structure,
    )

    modules = (front_matter, structure, faqs, rendering, doses, contradictions, renal_bands, imports, across)
    found = [each for module in modules for each in vars(module).values() if isinstance(each, Rule)]
    return tuple(sorted((UNREADABLE, LEFT_OUT, *found), key=lambda rule: rule.code))


def check(
    files: Sequence[tuple[str, Path]],
    left_out: Sequence[Fault] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Findings:
    """The findings in these files, sorted by path, line, code and message.

    `files` are paths as findings name them, and where they are; `left_out` are files that a library does not take.
    `select` and `ignore` are codes or beginnings of codes ("D", "Q30"). Raises Usage for one that no rule has.
    """
    chosen = chosen_rules(select, ignore)
    documents: list[Document] = []
    found = [
        Finding(f.path, max(f.line, 1), LEFT_OUT.code, LEFT_OUT.level, f.message)
        for f in left_out
        if LEFT_OUT in chosen
    ]
    for number, (name, path) in enumerate(files):
        if progress:
            progress(number, len(files))
        try:
            document = read(read_bytes(os.fspath(path)), path.stem.lower(), name)
        except Unreadable as error:
            if UNREADABLE in chosen:
                found.append(Finding(name, max(error.line, 1), UNREADABLE.code, UNREADABLE.level, error.reason))
            continue
        documents.append(document)
        found += _found([document], chosen, compares=False)
    found += _found(documents, chosen, compares=True)
    if progress:
        progress(len(files), len(files))
    ordered = sorted(set(found), key=lambda f: (f.path, f.line, f.code, f.message))
    return Findings(len(files), tuple(ordered))


def chosen_rules(select: Sequence[str], ignore: Sequence[str]) -> frozenset[Rule]:
    """The rules of some codes or beginnings of codes, without others. Raises Usage for one that no rule has."""
    for code in (*select, *ignore):
        if not any(rule.code.startswith(code.upper()) for rule in rules()):
            raise Usage(f"There is no rule “{code}”; docs/check.md lists them.", query=code)
    wanted, unwanted = (tuple(code.upper() for code in codes) for codes in (select, ignore))
    return frozenset(
        rule
        for rule in rules()
        if (not wanted or rule.code.startswith(wanted)) and not (unwanted and rule.code.startswith(unwanted))
    )


def codes(given: Iterable[str] | None) -> tuple[str, ...]:
    """Codes from options, several of them in one separated by commas or spaces."""
    return tuple(" ".join(given or ()).replace(",", " ").split())


def summary(found: Findings) -> str:
    """How many faults of which level there are, and by which rules."""
    counts = [
        f"{number} {level}{'s' * (number > 1)} ({', '.join(sorted({f.code for f in of_level}))})"
        for level in ("error", "warning")
        if (number := len(of_level := [f for f in found.findings if f.level == level]))
    ]
    files = f"{found.files} file{'s' * (found.files != 1)}"
    return f"{files}: {' and '.join(counts) or 'nothing to mend'}."


def gather(paths: Sequence[str], monographs: Sequence[str] = ()) -> tuple[list[tuple[str, Path]], list[Fault]]:
    """The monograph files of files and directories, named as asked for, and what is left out below the directories.

    Without paths: the library's, or those of the directories `monographs`. Raises Failed for a path that is
    neither, and for a directory that cannot be read or holds no monograph.
    """
    from druginfo.library import Library

    if not paths:
        below, faults = Library(monographs).files()
        return [(_from_here(each), each) for each in below], [f._replace(path=_from_here(Path(f.path))) for f in faults]
    files: list[tuple[str, Path]] = []
    left_out: list[Fault] = []
    for path in paths:
        if not os.path.isdir(path):
            if not os.path.exists(path):
                raise Failed(f"{path}: no such file or directory.")
            files.append((path, Path(path)))
            continue
        below, faults = Library([path]).files()
        files += ((_as_asked(each, path), each) for each in below)
        left_out += (fault._replace(path=_as_asked(Path(fault.path), path)) for fault in faults)
    return list(dict.fromkeys(files)), left_out


def _as_asked(path: Path, root: str) -> str:
    return os.path.join(root, os.path.relpath(path, os.path.abspath(root)))


def _from_here(path: Path) -> str:
    """A path as short as it can be written in the current directory."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else os.fspath(path)


def _found(documents: Sequence[Document], chosen: Iterable[Rule], *, compares: bool) -> Iterator[Finding]:
    for rule in (rule for rule in chosen if rule.compares is compares):
        for document, line, message in rule.find(documents):
            if level := rule.imported if document.imported else rule.level:
                yield Finding(document.path, line, rule.code, level, " ".join(message.split()))
