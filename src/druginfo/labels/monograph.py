"""`Label` → the text of a monograph file: front matter, then the label's own words under the seed's headings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from druginfo.labels.coverage import lost
from druginfo.labels.drugname import DrugName, monograph_name
from druginfo.labels.homes import HIGHLIGHTS, HOME_OF, HOMES, OPEN_PARTS, UNCLASSIFIED, key_of_title
from druginfo.labels.label import Label, LabelBlock, Listing, Paragraph, Part, Table, document_name
from druginfo.labels.lines import shown
from druginfo.labels.merging import as_yaml, noted
from druginfo.terms.language import language_name

_SET_ID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DIGEST = re.compile(r"\n  digest: (.*)")
_LOST = re.compile(r"^  lost: '?(.*?)'?$", re.MULTILINE)
_UNLISTABLE = re.compile(r"[,;()]| / | or ")
_LONGEST_DESCRIPTION = 160
_BLANKED = bytes(32 if byte < 9 or 10 < byte < 32 or byte == 127 else byte for byte in range(256))
_ASCII = bytes(range(128))
_UNSEEN = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_NO_SIGNS = dict.fromkeys(range(0x80, 0xA0), " ") | dict.fromkeys(_UNSEEN)
"""A terminal obeys control characters and text-direction marks, and a reader sees neither them nor soft hyphens and
signs without width. A control character becomes a space: without it `1` and `0` would be 10."""


def monograph(label: Label, name: DrugName | None = None, *, without: str = "") -> str:
    """The file's text; line ends are `\\n`. Without `name`, `monograph_name(label)` may raise `Refused`.

    `without` says what of the document is not in `label`; it is noted beside the words that were lost on the way.
    """
    name = name or monograph_name(label)
    head, body = _front_matter(label, name), _body(label, name)
    came = {"imported": head.pop("imported")}
    lacking = [str(lacks) for source in label.source if (lacks := lost(source, body))]
    if found := [without, *lacking] if without else lacking:
        came["imported"]["lost"] = _one_line("; ".join(found))
    front, body = _without_unseen(as_yaml(head)), _without_unseen(body)
    text = f"---\n{front}{_without_unseen(as_yaml(came))}  parts: {noted(front, body)}\n---\n{body}"
    return text.replace("\n---\n", f"\n  digest: {_digests(text)[0]}\n---\n", 1)


def _without_unseen(text: str) -> str:
    content = text.encode(errors="replace").translate(_BLANKED)
    beyond_ascii = frozenset(map(ord, content.translate(None, _ASCII).decode()))
    text = content.decode()
    return text if beyond_ascii.isdisjoint(_NO_SIGNS) else text.translate(_NO_SIGNS)


def lost_words(text: str) -> str:
    """What a monograph file's front matter says that the import lost of the document; empty for nothing."""
    match = _LOST.search(text, 0, text.find("\n---\n") + 1)
    return match[1].replace("''", "'") if match else ""


def is_untouched(text: str) -> bool:
    """Whether a monograph file is as an import left it; false for one that a person wrote or changed."""
    own, noted_in_it = _digests(text)
    return own == noted_in_it


def _digests(text: str) -> tuple[str, str]:
    """SHA-256 of a file's text without its digest line, whatever its line ends, and what that line says."""
    unix = text.replace("\r\n", "\n").removeprefix("\ufeff")
    line = _DIGEST.search(unix, 0, max(unix.find("\n---\n"), 0))
    rest = unix[: line.start()] + unix[line.end() :] if line else unix
    return hashlib.sha256(rest.encode()).hexdigest(), line[1] if line else ""


# ---------------------------------------------------------------- front matter


def _front_matter(label: Label, name: DrugName) -> dict[str, Any]:
    is_dailymed = label.authority == "FDA" and _SET_ID.fullmatch(label.set_id)
    source = {
        "title": f"{document_name(label)}, {_product(name)}",
        "id": label.set_id,
        "version": label.version,
        "revised": label.effective,
        "url": f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={label.set_id}" if is_dailymed else "",
    }
    came = {"from": label.origin, "authority": label.authority, "territory": label.territory, "document": label.kind}
    came["form"] = label.form  # so that a later import knows that it is of another
    head: dict[str, Any] = {
        "title": name.title,
        "description": _description(label, name),
        "is_banned": False,
        "lastModified": label.effective,
        "language": label.language,
        "aliases": list(name.aliases),
        "classes": [_one_line(c) for c in label.classes],
        "rxcui": [_one_line(c) for c in label.rxcui],
        "ndc": [_one_line(c) for c in label.ndc],
        "sources": [{key: _one_line(value) for key, value in source.items() if value}],
        "imported": {key: _one_line(value) for key, value in came.items() if value},
    }
    return {key: value for key, value in head.items() if value not in ([], "")}


def _product(name: DrugName) -> str:
    brand = name.brands[0] if name.brands else ""
    title = name.title.split(" (")[0]
    return f"{brand} ({title.lower()})" if brand else title


def _description(label: Label, name: DrugName) -> str:
    """One sentence of at most 160 characters; what does not fit is left out from the end."""
    effective = f", effective {label.effective}" if label.effective else ""
    language = f", in {language_name(label.language)}" if label.language not in ("en", "") else ""
    of = "of the combination" if name.is_combination else "of"
    form = f", {_one_line(label.form)}" if label.form else ""
    kind = document_name(label) or "product information"
    for product in (f" {of} {_product(name)}{form}", f" {of} {_product(name)}", ""):
        sentence = f"Imported {kind}{product}{language}{effective}."
        if len(sentence) <= _LONGEST_DESCRIPTION:
            return sentence
    return f"Imported {kind}{effective}."[:_LONGEST_DESCRIPTION]


def _one_line(text: str) -> str:
    return shown(text)[:300]


# ---------------------------------------------------------------- body


def _body(label: Label, name: DrugName) -> str:
    lines: list[str] = []
    homes = _at_home(label.parts)
    order = [*HOMES, *(home for home in homes if home not in HOMES)]
    for home in order:
        if home == "Alternate Names":
            lines += _alternate_names(name)
        elif parts := homes.get(home):
            lines += [f"## {_escaped(home)}", "", *_section(home, parts)]
    body = "\n".join(lines).rstrip()
    while "\n\n\n" in body:
        body = body.replace("\n\n\n", "\n\n")
    return body + "\n"


def _alternate_names(name: DrugName) -> list[str]:
    rows = (("Other Names", name.aliases), ("Brand Names", name.brands))
    listable = ((label, [_escaped(n) for n in names if not _UNLISTABLE.search(n)]) for label, names in rows)
    listed = [f"- **{label}:** {', '.join(names)}" for label, names in listable if names]
    return ["## Alternate Names", "", *listed, ""] if listed else []


def _at_home(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The label's parts by the monograph section that they go to, each section's in the label's order.

    Where several products of a kit each have their directions, those stand under the product's title.
    """
    homes: dict[str, list[tuple[str, Part]]] = {}
    for part in parts:
        for title, piece in _pieces(part):
            homes.setdefault(_home(piece), []).append((title, piece))
    several = {home: len({title for title, _ in found if title}) > 1 for home, found in homes.items()}
    return {
        home: [Part(part.key, title, (), (part,)) if title and several[home] else part for title, part in found]
        for home, found in homes.items()
    }


def _pieces(part: Part) -> Iterator[tuple[str, Part]]:
    """The part itself, and before it what leaves it for a section of its own, with the title that it leaves."""
    if (title := _SUMMED_UP_APART.get(part.key)) and (part.blocks or len(part.parts) > 1):
        for child in part.parts:
            if child.key == HIGHLIGHTS:
                yield "", replace(child, title=part.title or title)
        part = replace(part, parts=tuple(c for c in part.parts if c.key != HIGHLIGHTS))
    if part.key not in OPEN_PARTS:
        yield "", part
        return
    kept = []
    for child in part.parts:
        home = HOME_OF.get(key := _key(child))
        if home and home != HOME_OF.get(part.key):
            yield part.title if part.key == UNCLASSIFIED else "", replace(child, key=key)
        else:
            kept.append(child)
    if part.blocks or kept or not part.parts:
        yield "", replace(part, parts=tuple(kept))


_SUMMED_UP_APART = {"boxed_warning": "Boxed Warning", "dosage_and_administration": "Dosage and Administration"}
"""The sections whose highlights leave them, so that what they say is in them once, and their titles."""


def _key(part: Part) -> str:
    return key_of_title(part.title) if part.key == UNCLASSIFIED else part.key


def _home(part: Part) -> str:
    if home := HOME_OF.get(_key(part)):
        return home
    if part.key == UNCLASSIFIED or not part.key:
        return "Other Label Text"
    words = "".join(sign if sign.isalnum() else " " for sign in part.key).split()
    return " ".join(map(str.capitalize, words))[:80] or "Other Label Text"


def _section(home: str, parts: list[Part]) -> Iterator[str]:
    titled = False
    for part in parts:
        title = part.title
        if titled and not title and part.key != UNCLASSIFIED:
            title = part.key.replace("_", " ").capitalize()  # else it would stand under another part's heading
        elif title.casefold().rstrip(":. ") == home.casefold():
            title = ""
        titled = titled or bool(title)
        yield from _part(replace(part, title=title), 3)


def _part(part: Part, level: int) -> Iterator[str]:
    if part.title:
        yield from (f"{'#' * min(level, 6)} {_escaped_heading(part.title)}", "")
        level += 1
    yield from _blocks(part.blocks, level)
    for child in part.parts:
        yield from _part(child, level)


def _blocks(blocks: Iterable[LabelBlock], level: int) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.heading:
            yield f"{'#' * min(level + block.heading - 1, 6)} {_escaped_heading(block.text)}"
        elif isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, Listing):
            yield from _listing(block, "")
        else:
            yield from _table(block, "")
        yield ""


def _paragraph(block: Paragraph) -> str:
    if not block.lead > 0:
        return _escaped(block.text, starts_line=True)
    lead, rest = (
        _MARK.sub(lambda mark: "\\*" if mark[0] == "*" else _escape(mark), text)  # a star beside `**` is always read
        for text in (block.text[: block.lead], block.text[block.lead :])
    )
    return f"**{lead}**{rest}"


def _listing(block: Listing, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, block.first):
        marker = f"{number}." if block.ordered else "-"
        first, *rest = item if isinstance(item[0], Paragraph) else (Paragraph(""), *item)
        assert isinstance(first, Paragraph)
        yield f"{indent}{marker} {_paragraph(first)}".rstrip()
        inner = indent + "    "
        for inside in rest:
            if isinstance(inside, Listing):
                yield from _listing(inside, inner)
            elif isinstance(inside, Table):
                yield from ("", *_table(inside, inner), "")
            else:
                yield from ("", inner + _paragraph(inside), "")


def _table(block: Table, indent: str) -> Iterator[str]:
    for i, row in enumerate((block.header, *block.rows)):
        yield f"{indent}| {' | '.join(map(_cell, row))} |"
        if i == 0:
            yield f"{indent}|{'---|' * len(row)}"


def _cell(text: str) -> str:
    escaped = _escaped(text).replace("|", "\\|")
    rule = escaped.removeprefix(":").removesuffix(":")
    return f"\\{escaped}" if rule and not rule.strip("-") else escaped


_MARKS = "\\`*_~<&["
_MARK = re.compile(rf"[{re.escape(_MARKS)}]")
_LINK_TEXT = re.compile(r"\[[^\[\]]{0,500}\][(:\[]")


def _escape(match: re.Match[str]) -> str:
    mark, text, at = match[0], match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "*":
        needed = bool(before.strip() or after.strip())
    elif mark == "_":
        needed = not (before.isalnum() and after.isalnum())
    elif mark == "~":
        needed = "~" in (before, after)
    elif mark == "<":
        needed = after.isalpha() or after in ("/", "!", "?")
    elif mark == "&":
        needed = re.compile(r"#?\w{1,31};").match(text, at + 1) is not None
    elif mark == "[":
        needed = _LINK_TEXT.match(text, at) is not None
    else:
        needed = True
    return f"\\{mark}" if needed else mark


_LINE_START = re.compile(
    r"(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|=+\s*$|\||-{2,}\s*$|:?-+:?\s*\|)|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)


def _escaped(text: str, starts_line: bool = False) -> str:
    """Markdown that reads as `text`: only what would be taken for Markdown or HTML gets a backslash."""
    escaped = _MARK.sub(_escape, text) if any(map(text.__contains__, _MARKS)) else text
    if starts_line and (match := _LINE_START.match(escaped)):
        at = match.start("dot") if match["number"] else 0
        return f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def _escaped_heading(text: str) -> str:
    escaped = _escaped(text)
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped
