"""File content → `Monograph`. Tolerant: export faults are mended and noted, never passed on and never fatal."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from druginfo.errors import Unreadable
from druginfo.markup import Heading, lead_in, plain, plain_text, read, slugify
from druginfo.model import Block, Faq, Fault, Field, Monograph, Name, Section, Source
from druginfo.names import fold

MAX_BYTES = 2 * 1024 * 1024
"""A larger file is refused. The publisher's monographs have 15 kB."""
_MAX_NESTING = 100

_NAME_SECTION = re.compile(
    r"(?:(?:alternat(?:e|ive)|other|brands?|trade|generic|common|international|non-?proprietary|proprietary|product|"
    r"drug|names?|synonyms?|and|also known as|inn)\b\W*)+",
    re.I,
)
"""A whole heading over names; one that merely speaks of brands ("Switching Between Brands") is none."""
_NAME_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    ("inn", re.compile(r"non-?proprietary|\bINN\b", re.I)),
    ("brand", re.compile(r"\bbrand|\btrade|\bproprietary", re.I)),
    ("synonym", re.compile(r"synonym|\bother\b|also known|generic|\b(?:USAN|BAN|JAN)\b|\bnames?\b", re.I)),
)
_SEPARATORS = re.compile(r",(?!\d)|[;\n]| or ")
_BRAND_SEPARATORS = re.compile(r",(?!\d)|[;\n]| or | / |(?<=\w\w\w)/(?=\w\w\w)")
_NO_NAME = {"none", "na", "n/a", "notavailable", "notapplicable", "various", "unknown", "etc", "others"}
_CLASS_LABEL = re.compile(
    r"^(?!.*(?:pregnan|legal|controlled|schedul|biopharm)).*(?:classification|\bclass(?:es)?$)", re.I
)
_FAQ_SECTION = re.compile(r"\bfaqs?\b|frequently asked", re.I)
_QUESTION_NUMBER = re.compile(r"^(?:Q(?:uestion)? ?\d* ?[:.)](?!\d)|\d{1,3}[.)](?!\S)) *", re.I)
_ANSWER_MARK = re.compile(
    r"(?:^[ \t]*+|(?<=[?？])\*{0,3}\s*+|(?<=\s)(?=\*\*))\*{0,3}(?:A|Answer):[ \t]*+\*{0,3}[ \t]*+", re.M
)
"""At the beginning of a line, behind a question mark, or in bold: not in "What is hepatitis A: …"."""


def read_bytes(path: str) -> bytes:
    """The file's content; one byte more than `MAX_BYTES` of a larger one. Raises Unreadable."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("is not a regular file")
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable((getattr(error, "strerror", None) or str(error)).lower()) from None


def _without_waiting(path: str, flags: int) -> int:
    """Open even what became a pipe that nobody writes to."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def decode(content: bytes) -> str:
    """The file's text, line ends as `\\n`.

    UTF-8 with or without a byte order mark, and UTF-16 with one. Raises Unreadable for anything else, for a NUL
    character and for a file over `MAX_BYTES`.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(f"larger than {MAX_BYTES // 1024 // 1024} MB, which no monograph is; split or remove it")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        bad = content[error.start : error.start + 1].hex().upper()
        raise Unreadable(f"not {encoding[:6].upper()} text (byte 0x{bad}); save it as UTF-8", line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise Unreadable(
            "holds a NUL character, as no text does; save it as UTF-8", text.count("\n", 0, text.index("\0")) + 1
        )
    return text


def parse(text: str, slug: str, path: str) -> Monograph:
    """Read a monograph from its decoded text. `slug` and `path` are the file's, kept as they are.

    Raises Unreadable where the front matter cannot be read at all: a monograph without its front matter could carry
    the wrong name.
    """
    front, body, first = split(text)
    fields, faults = _front_matter(front, path)
    found = sections(body, first)
    title = (
        " ".join((_string(fields, "title") or "").split())
        or _first_heading(found)
        or slug.replace("-", " ").capitalize()
    )
    return Monograph(
        slug=slug,
        title=title,
        description=_description(fields),
        is_banned=_is_banned(fields, path, faults),
        last_modified=_string(fields, "lastModified"),
        names=tuple(_names(title, slug, _strings(fields, "aliases"), found)),
        classes=tuple(_strings(fields, "classes")) or tuple(_classes(found)),
        sources=tuple(_sources(fields)),
        path=path,
        sections=found,
        faqs=tuple(_faqs(fields, found)),
        faults=tuple(faults),
    )


# ---------------------------------------------------------------- front matter


def split(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line. Raises Unreadable."""
    from frontmatter import YAMLHandler  # type: ignore[attr-defined]

    start = text.lstrip("\n \t")
    skipped = text.count("\n", 0, len(text) - len(start))
    if start.startswith("+++\n"):
        raise Unreadable("TOML front matter (+++) is not read; write it as YAML between two lines ---", skipped + 1)
    handler = YAMLHandler()
    if not handler.detect(start):
        return "", text, 1
    try:
        front, rest = handler.split(start)
    except ValueError:
        raise Unreadable("front matter begins here and never ends; close it with a line ---", skipped + 1) from None
    body = rest[1:]
    return "\n" * skipped + front, body, text.count("\n") - body.count("\n") + 1


def _front_matter(front: str, path: str) -> tuple[dict[str, Any], list[Fault]]:
    """The front matter's YAML nodes by key, every scalar a string as written, and what was wrong with it."""
    import yaml

    try:
        _refuse_bombs(front)
        node = yaml.compose(front, Loader=_loader())
    except yaml.YAMLError as error:
        raise Unreadable(*_yaml_reason(error, front)) from None
    except ValueError as error:
        raise Unreadable(f"front matter cannot be read: {error}", 1) from None
    if node is None:
        return {}, []
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("front matter is not a list of `key: value` lines", node.start_mark.line + 1)
    fields: dict[str, Any] = {}
    faults = []
    for key, value in node.value:
        name = str(key.value)
        if name in fields:
            line = key.start_mark.line + 1
            faults.append(Fault(path, line, f"`{name}` stands twice in the front matter; the first one counts"))
        else:
            fields[name] = value
    return fields, faults


@cache
def _loader() -> Any:
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _refuse_bombs(front: str) -> None:
    """Raise Unreadable for YAML that needs more memory than its text: aliases, and nesting that fills the C stack."""
    import yaml

    depth = 0
    for event in yaml.parse(front, Loader=_loader()):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("a YAML alias (*) stands in the front matter; write the text out or quote it", line)
        if depth > _MAX_NESTING:
            raise Unreadable(f"front matter is nested more than {_MAX_NESTING} deep", line)


def _yaml_reason(error: Any, front: str) -> tuple[str, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return f"front matter is not valid YAML: {error.problem or error.context}", mark.line + 1
    position = getattr(error, "position", 0)
    character = getattr(error, "character", None)
    what = f"U+{character:04X}" if isinstance(character, int) else "a character"
    return f"front matter holds a control character ({what})", front.count("\n", 0, position) + 1


def _string(fields: dict[str, Any], key: str) -> str | None:
    return _scalar(fields.get(key))


def _is_banned(fields: dict[str, Any], path: str, faults: list[Fault]) -> bool:
    value = (_string(fields, "is_banned") or "").lower()
    if value not in ("true", "yes", "on", "1", "false", "no", "off", "0", ""):
        line = fields["is_banned"].start_mark.line + 1
        faults.append(Fault(path, line, f"`is_banned` is neither true nor false but “{value[:40]}”; read as true"))
        return True
    return value in ("true", "yes", "on", "1")


def _scalar(node: Any) -> str | None:
    value = getattr(node, "value", None)
    return value.strip() if isinstance(value, str) and value.strip() not in ("", "~", "null") else None


def _strings(fields: dict[str, Any], key: str) -> list[str]:
    """A list of strings, or one string that separates them by commas."""
    node = fields.get(key)
    if node is None:
        return []
    if isinstance(node.value, str):
        return _listed(node.value)
    return [" ".join(text.split()) for text in map(_scalar, node.value) if text]


def _mappings(fields: dict[str, Any], key: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The mappings of a list, each with its line."""
    node = fields.get(key)
    for entry in node.value if node is not None and isinstance(node.value, list) else ():
        pairs = getattr(entry, "value", None)
        if isinstance(pairs, list) and pairs and isinstance(pairs[0], tuple):
            yield {str(k.value): v for k, v in pairs}, entry.start_mark.line + 1


def _description(fields: dict[str, Any]) -> str | None:
    """The description as one line, without the marks of a list that was folded into it."""
    text = " ".join(plain(re.sub(r"(?m)^[ \t]*- ", "", _string(fields, "description") or "")).split())
    return re.sub(r"(?<=: )- ", "", text) or None


def _sources(fields: dict[str, Any]) -> Iterator[Source]:
    for entry, _ in _mappings(fields, "sources"):
        yield Source(*(_string(entry, key) for key in ("title", "id", "revised", "url")))


# ---------------------------------------------------------------- sections


def sections(body: str, first: int) -> tuple[Section, ...]:
    """The body's sections in document order; `first` is the number of the body's first line.

    Keys join the headings from the top level down: level 2, or level 1 where several headings have it.
    """
    lines = body.split("\n")
    found = read(lines, first)
    headings = [h for h in found if isinstance(h, Heading)]
    top = 1 if sum(h.level == 1 for h in headings) > 1 else 2
    starts = [h.line for h in headings] + [first + len(lines)]
    result = []
    intro = _blocks_between(found, first, starts[0])
    if intro:
        result.append(_section("introduction", "", 0, first, lines[: starts[0] - first], intro))
    path: list[tuple[int, str, str]] = []
    taken = {section.key: 1 for section in result}
    for heading, end in zip(headings, starts[1:], strict=True):
        title = plain(heading.text).strip().rstrip(":：").rstrip()
        while path and path[-1][0] >= heading.level:
            path.pop()
        key = _unused("/".join([*(slug for _, slug, _ in path), slugify(title)]), taken)
        over = tuple(title for _, _, title in path)
        if heading.level >= top:
            path.append((heading.level, key.rsplit("/", 1)[-1], title))
        own = lines[heading.line - first : end - first]
        blocks = _blocks_between(found, heading.last + 1, end)
        result.append(_section(key, title, heading.level, heading.line, own, blocks, over))
    return tuple(result)


def _blocks_between(found: Sequence[Heading | Block], start: int, end: int) -> tuple[Block, ...]:
    from bisect import bisect_left

    low, high = (bisect_left(found, line, key=lambda f: f.line) for line in (start, end))
    return tuple(f for f in found[low:high] if isinstance(f, Block))


def _section(
    key: str, title: str, level: int, line: int, lines: list[str], blocks: tuple[Block, ...], over: tuple[str, ...] = ()
) -> Section:
    return Section(key, title, level, line, "\n".join(lines) + "\n", plain_text(blocks), blocks, over)


def _unused(key: str, taken: dict[str, int]) -> str:
    """The key, numbered where it is taken. `taken` has for each key how often it was asked for."""
    free = key
    while free in taken:
        taken[key] += 1
        free = f"{key}-{taken[key]}"
    taken[free] = 1
    return free


def _first_heading(sections: Sequence[Section]) -> str | None:
    ones = [section.title for section in sections if section.level == 1]
    return ones[0] if len(ones) == 1 and ones[0] else None


# ---------------------------------------------------------------- names and classes


def _names(title: str, slug: str, aliases: Sequence[str], sections: Sequence[Section]) -> Iterator[Name]:
    found = [Name(title, "title"), *_alternate_names(sections), *(Name(alias, "synonym") for alias in aliases)]
    order: dict[Field, int] = {"title": 0, "inn": 1, "brand": 2, "synonym": 3, "slug": 4}
    seen: set[tuple[str, str]] = set()
    for name in sorted(found, key=lambda n: order[n.field]):
        folded = fold(name.name)
        known = {f for f, field in seen if name.field != "inn" or field != "title"}
        if folded and folded not in known:
            seen.add((folded, name.field))
            yield name
    if fold(slug) not in {folded for folded, _ in seen}:
        yield Name(slug, "slug")


def _alternate_names(sections: Sequence[Section]) -> Iterator[Name]:
    for section in sections:
        if not _NAME_SECTION.fullmatch(section.title):
            continue
        over = _name_field(section.title) if "/" in section.key else None
        field, depth, bare = over, -1, True
        for block in section.blocks:
            label, rest = (block.cells[0], ", ".join(block.cells[1:])) if block.cells else _label(block.text)
            if label:
                field, depth = _name_field(label), block.depth if rest else -1
            elif block.depth <= depth or (block.kind == "paragraph" and not bare):
                field, depth = None, -1  # a sentence behind the names
            bare = bool(label) and not rest
            if field:
                for name in _listed(plain(rest), field):
                    yield Name(name, field)


def _label(text: str) -> tuple[str | None, str]:
    """A lead-in, bold or bare, before a colon."""
    label, rest = lead_in(text)
    if label is None and (match := re.match(r"([^:]{2,60}):(?:\s+|$)", text)):
        return plain(match[1]), text[match.end() :]
    return label, rest


def _name_field(label: str) -> Field | None:
    return next((field for field, pattern in _NAME_FIELDS if pattern.search(label)), None)


def _listed(text: str, field: Field = "synonym") -> list[str]:
    """Names in a line, separated by commas, semicolons or "or", without remarks in parentheses.

    A slash separates brands alone: in "amoxicillin / clavulanic acid" it joins a combination, and an ingredient must
    never become a name of the whole.
    """
    separators = _BRAND_SEPARATORS if field == "brand" else _SEPARATORS
    parts = (" ".join(part.split()).strip(" .*®™") for part in separators.split(re.sub(r"\([^()]*\)", " ", text)))
    return [p for p in parts if p and len(p) <= 80 and fold(p) not in _NO_NAME and any(c.isalpha() for c in p)]


def _classes(sections: Sequence[Section]) -> Iterator[str]:
    """Classes from the monograph's own classification line: `**Pharmacological Classification:** A (a), B.`"""
    for section in sections:
        for block in section.blocks:
            label, rest = lead_in(block.text)
            if label and _CLASS_LABEL.search(label):
                for part in _outside_parentheses(plain(rest)):
                    if name := " ".join(part.split()).rstrip("."):
                        yield name
                return


def _outside_parentheses(text: str) -> Iterator[str]:
    """The parts of a text between commas and semicolons that no parentheses enclose."""
    start = depth = 0
    for mark in re.finditer(r"[(),;]", text):
        if mark[0] in "()":
            depth = max(0, depth + (1 if mark[0] == "(" else -1))
        elif not depth:
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


# ---------------------------------------------------------------- FAQs


def _faqs(fields: dict[str, Any], sections: Sequence[Section]) -> Iterator[Faq]:
    """The front matter's, then those of the body that the front matter does not have."""
    seen: set[str] = set()
    answered: set[tuple[str, str]] = set()
    for faq in _front_faqs(fields):
        key = slugify(faq.question)
        if faq.question and (key, faq.answer) not in answered:
            seen.add(key)
            answered.add((key, faq.answer))
            yield faq
    for faq in body_faqs(sections):
        key = slugify(faq.question)
        if faq.question and key not in seen:
            seen.add(key)
            yield faq


def _front_faqs(fields: dict[str, Any]) -> Iterator[Faq]:
    for entry, line in _mappings(fields, "faqs"):
        asked = _scalar(entry.get("q")) or _scalar(entry.get("question")) or ""
        told = _scalar(entry.get("a")) or _scalar(entry.get("answer")) or ""
        question, inside = split_question(asked)
        answer = clean_answer(told)
        if inside and slugify(inside) not in slugify(answer):
            answer = f"{answer}\n{inside}" if answer else inside
        yield Faq(question, answer, line)


def body_faqs(sections: Sequence[Section]) -> Iterator[Faq]:
    """The questions of the body's own FAQ section."""
    inside = False
    for section in sections:
        if "/" not in section.key:
            inside = bool(_FAQ_SECTION.search(section.title))
            if inside:
                yield from _paragraph_faqs(section)
        elif inside:
            question, told = split_question(section.title)
            yield Faq(question, clean_answer("\n".join(filter(None, (told, _content(section))))), section.line)


def _paragraph_faqs(section: Section) -> Iterator[Faq]:
    """Questions written as bold paragraphs or items: `**Q: …?**` and their answers below or behind."""
    question, line = "", 0
    answer: list[str] = []
    for block in section.blocks:
        match = re.match(r"\s*\*\*(.+?\?)\s*+\*\*:?\s*|\s*Q\s*+\d*+\s*+[:.)](?!\d)\s*(.+?\?)\s*", block.text, re.S)
        if match:
            if question:
                yield Faq(question, clean_answer("\n".join(answer)), line)
            question, _ = split_question(match[1] or match[2])
            line, answer = block.line, [block.text[match.end() :]]
        elif question:
            answer.append(block.text)
    if question:
        yield Faq(question, clean_answer("\n".join(answer)), line)


def _content(section: Section) -> str:
    return section.markdown.split("\n", 1)[1] if "\n" in section.markdown else ""


def split_question(text: str) -> tuple[str, str]:
    """A question, and the answer that an export left behind it; both plain and without numbering and `A:`."""
    parts = _ANSWER_MARK.split(text, maxsplit=1)
    question = re.sub(r"\s+", " ", _without_stray_marks(parts[0])).strip()
    return _QUESTION_NUMBER.sub("", question), clean_answer(parts[1]) if len(parts) > 1 else ""


def clean_answer(text: str) -> str:
    """An answer, plain, without its leading `A:`; its lines stay lines."""
    bare = re.sub(r"^\s*\**\s*(?:A|Answer):[ \t]*\**[ \t]*", "", text.strip())
    lines = [_without_stray_marks(line.rstrip()) for line in bare.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_stray_marks(line: str) -> str:
    return re.sub(r"(?<!\d)\*\*(?!\d)", "", plain(line))
