"""R: what other programs, or terminals, will not show as it is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from druginfo.check.across import line_of
from druginfo.check.document import Document
from druginfo.check.rule import Faults, rule, written_rule
from druginfo.guard import hidden
from druginfo.markup import plain
from druginfo.model import Block
from druginfo.terms import letters_in

_ATTRIBUTE = r"\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?"
_HTML = re.compile(
    rf"</?[a-z][a-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|<!--|&(?:[a-zA-Z]{{2,8}}|#\d{{1,6}}|#x[0-9a-fA-F]{{1,5}});", re.I
)
_INNER_STAR = re.compile(r"(?<=[\w)])\*(?=[\w(])")
_STAR_IN_FIGURES = re.compile(r"(?<![\w.,])\d[\d.,]*(?:\*{1,2}| \*{1,2} )(?=\d)")
_CODE = re.compile(r"`[^`]*`")
_MISREAD = re.compile("\ufffd|[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Î[¼±²³]")
_GREEK_LETTERS = frozenset("αβγδεζκλμπσωΑΒΓΔΩ")


@rule("R401", "warning", "HTML, which is shown as written")
def html(document: Document) -> Faults:
    tags: dict[int, dict[str, None]] = {}
    for number, found in document.occurrences(_HTML):
        tags.setdefault(number, {})[f"`{found[0]}`"] = None
    for number, written in tags.items():
        yield number, f"HTML is shown as written: use Markdown or the character itself for {', '.join(written)}"


@rule("R402", "error", "asterisk inside a word or between figures", imported="error")
def inner_star(document: Document) -> Faults:
    for number, line in document.prose:
        if "*" not in line.replace("**", "") and not _STAR_IN_FIGURES.search(line):
            continue
        found = _STAR_IN_FIGURES.search(line)
        if not found and len(stars := list(_INNER_STAR.finditer(line))) > 1:
            found = stars[0]
        if found:
            around = line[max(0, found.start() - 6) : found.end() + 6].strip()
            yield number, f"`{around}`: the asterisk reads as emphasis and is lost; write words, or \\* in a name"


@rule("R403", "warning", "list that its paragraph swallows")
def swallowed_list(document: Document) -> Faults:
    for section in document.monograph.sections:
        for before, block in pairwise(section.blocks):
            if block.kind == "item" and before.kind == "paragraph" and before.line + len(before.lines) == block.line:
                yield block.line, "a list right below its paragraph is swallowed by it: put a blank line between"


@rule("R404", "error", "control character or invisible sign", imported="error")
def control_character(document: Document) -> Faults:
    for number, line in enumerate(document.lines, 1):
        if found := hidden(line):
            shown = ", ".join(f"<{sign}>" for sign in found)
            yield number, f"{shown}: an invisible character; remove it"


@rule("R405", "error", "character that was lost in a conversion", imported="error")
def misread_character(document: Document) -> Faults:
    for number, line in enumerate(document.lines, 1):
        if found := _MISREAD.search(line):
            yield number, f"`{found[0]}` was another character, maybe ≥ or µ, before a conversion: look it up"


@rule("R406", "error", "name with letters of two scripts", imported="error")
def mixed_scripts(document: Document) -> Faults:
    for name in document.monograph.names:
        for word in letters_in(name.name):
            if (odd := _odd_letters(word)) and len(odd) < len(word):
                letters = ", ".join(f"{c} ({unicodedata.name(c).lower()})" for c in odd)
                yield line_of(document, name), f"“{name.name}” mixes Latin letters with {letters}"


@rule("R407", "error", "table row with more or fewer cells than its header", imported="warning")
def uneven_row(document: Document) -> Faults:
    for block in _blocks(document):
        if block.kind == "row" and block.header and len(block.cells) != len(block.header):
            cells = f"{len(block.cells)} cells under a header of {len(block.header)}"
            yield block.line, f"{cells}: one is lost or misplaced"


@rule("R408", "warning", "emphasis that is not closed")
def unclosed_emphasis(document: Document) -> Faults:
    for block in _blocks(document):
        if block.kind == "code" or "**" not in block.text:
            continue
        text = _CODE.sub("", block.text).replace(r"\*", "")
        if "**" in plain(text):
            yield block.line, "`**` without its partner"


LINK = written_rule(
    "R409", "warning", "link or footnote", None, "is a link or footnote: addresses belong in the sources",
    r"\[(?:(?<!\\\[)[^\[\]]+\](?:\([^()\s]+\)|\[[^\[\]]*\])|\^[^\]]+\])",
)  # fmt: skip

MORE_THAN = written_rule(
    "R410", "error", "more-than sign that begins a line or an item", "error",
    "is a quotation elsewhere, without its sign: write \\>", r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(>[ =.]*\d\S*)",
    flags=re.M,
)  # fmt: skip


def _blocks(document: Document) -> Iterator[Block]:
    return (block for section in document.monograph.sections for block in section.blocks)


def _odd_letters(word: str) -> list[str]:
    """The letters of other scripts in a word that has Latin ones too; a Greek letter at its end is part of a name."""
    scripts = {c: unicodedata.name(c, "").split(" ")[0] for c in word}
    if "LATIN" not in scripts.values():
        return []
    odd = [c for c in dict.fromkeys(word) if scripts[c] not in ("LATIN", "MODIFIER", "MICRO", "FEMININE", "MASCULINE")]
    at_the_ends = word[0] + word[-1]
    return [] if len(odd) == 1 and odd[0] in _GREEK_LETTERS and odd[0] in at_the_ends else odd
