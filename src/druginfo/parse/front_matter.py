"""The YAML between the first two lines `---`, every scalar a string as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from druginfo.errors import Unreadable
from druginfo.markup import plain
from druginfo.model import Fault, Source
from druginfo.parse.called import listed

_MAX_NESTING = 100


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


def nodes(front: str) -> list[tuple[Any, Any]]:
    """The keys of the front matter with their values, as YAML nodes. Raises Unreadable."""
    plain = _plain_pairs(front)
    return _pairs(front) if plain is None else plain


def _pairs(front: str) -> list[tuple[Any, Any]]:
    """The keys and values of the front matter, as YAML's own parser gives them."""
    import yaml

    try:
        _refuse_bombs(front)
        node = yaml.compose(front, Loader=_loader())
    except yaml.YAMLError as error:
        raise Unreadable(*_yaml_reason(error, front)) from None
    except ValueError as error:
        raise Unreadable(f"front matter cannot be read: {error}", 1) from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("front matter is not a list of `key: value` lines", node.start_mark.line + 1)
    return list(node.value)


def front_matter(pairs: Iterable[tuple[Any, Any]], path: str) -> tuple[dict[str, Any], list[Fault]]:
    """The front matter's YAML nodes by key, every scalar a string as written, and what was wrong with it."""
    fields: dict[str, Any] = {}
    faults = []
    for key, value in pairs:
        name = str(key.value)
        if name in fields:
            line = key.start_mark.line + 1
            faults.append(Fault(path, line, f"`{name}` is given twice in the front matter; the first counts"))
        else:
            fields[name] = value
    return fields, faults


def packed(node: Any) -> list[Any]:
    """A node as lists and strings: its kind, its line, and a text or the nodes in it."""
    value = node.value
    if not isinstance(value, str):
        value = [[*map(packed, each)] if isinstance(each, tuple) else packed(each) for each in value]
    return [node.id, node.start_mark.line, value]


def unpacked(kind: str, line: int, value: Any) -> _Node:
    """The node that `packed` packed."""
    if kind == "mapping":
        value = [(unpacked(*key), unpacked(*of)) for key, of in value]
    elif kind == "sequence":
        value = [unpacked(*each) for each in value]
    return _Node(kind, value, line)


class _Node:
    """What is used of a YAML node. No tuple, for a tuple is a pair of nodes."""

    __slots__ = ("id", "line", "value")

    def __init__(self, kind: str, value: Any, line: int) -> None:
        self.id, self.value, self.line = kind, value, line

    @property
    def start_mark(self) -> _Node:
        """Itself, for it has its `line`, which is all that is asked of a mark."""
        return self


_PLAIN_SCALAR = r"[^\W_][^:#]*(?:(?::(?! )|(?<! )#)[^:#]*)*(?<![: ])|'[^']*(?:''[^']*)*'" + r'|"[^"\\]*"'
_IN_FLOW = r"[^\W_][^:#,'\"{}\[\]]*(?<! )"
_PLAIN_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>- )?(?:"
    rf"(?P<key>[A-Za-z_]\w*):(?: (?:(?P<value>{_PLAIN_SCALAR})|\[(?P<flow>{_IN_FLOW}(?:, {_IN_FLOW})*)\]))?"
    rf"|(?P<item>{_PLAIN_SCALAR}))"
)


def _plain_pairs(front: str) -> list[tuple[_Node, _Node]] | None:
    """The keys and values of a front matter in the plain form of nearly all; None where YAML itself must read it.

    A seventh of a monograph's reading would go to YAML. The plain form is one line a scalar, plain or quoted
    without escapes; below a key without a value, a list of scalars, a list of mappings of scalars, or such a mapping.
    """
    if not front.replace("\n", "").isprintable():
        return None
    found: list[tuple[_Node, _Node]] = []
    below: list[Any] | None = None  # what the last key at the margin holds
    entry: list[tuple[_Node, _Node]] | None = None  # the mapping that the next line may go on with
    column = dashes = -1
    for number, line in enumerate(front.split("\n")):
        if not line:
            continue
        match = _PLAIN_LINE.fullmatch(line)
        if not match:
            return None
        indent, dash, key, value, flow, item = match.groups()
        scalar = _Node("scalar", _unquoted(value or item or ""), number)
        at = len(indent)
        if not at and not dash:
            if not key:
                return None
            below = None if value or flow else []
            entry, column, dashes = None, -1, -1
            listed = [_Node("scalar", each, number) for each in flow.split(", ")] if flow else below
            found.append((_Node("scalar", key, number), scalar if value else _Node("sequence", listed, number)))
        elif flow or below is None or (item and not dash):
            return None
        elif dash:
            if dashes not in (-1, at) or (column >= 0 and dashes < 0):
                return None
            dashes = at
            entry, column = ([], at + 2) if key else (None, -1)
            below.append(_Node("mapping", entry, number) if key else scalar)
        elif entry is None:
            if below or dashes >= 0:
                return None
            entry, column = below, at
            found[-1] = (found[-1][0], _Node("mapping", below, number))
        elif at != column:
            return None
        if key and entry is not None:
            if not value:
                return None
            entry.append((_Node("scalar", key, number), scalar))
    return [(key, value if value.value != [] else _Node("scalar", "", value.line)) for key, value in found]


def _unquoted(scalar: str) -> str:
    if scalar[:1] == "'":
        return scalar[1:-1].replace("''", "'")
    return scalar[1:-1] if scalar[:1] == '"' else scalar


@cache
def _loader() -> Any:
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_ALIAS = re.compile(r"(?:^|[\s\[{,:?-])\*[^\s*]")
"""What may be an alias, and is mostly emphasis at the beginning of a text."""


def _refuse_bombs(front: str) -> None:
    """Raise Unreadable for YAML that needs more memory than its text: aliases, and nesting that fills the C stack."""
    # No less than the depth: a flow collection for each bracket, a block collection for each column that a line is
    # indented by, or for each sign that begins an entry in it.
    indented = max(map(len, re.findall(r"^[ \-?:\t]+", front, re.M)), default=0)
    if not _ALIAS.search(front) and indented + 1 + front.count("[") + front.count("{") <= _MAX_NESTING:
        return
    import yaml

    depth = 0
    for event in yaml.parse(front, Loader=_loader()):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("the front matter has a YAML alias (*); write the text out or quote it", line)
        if depth > _MAX_NESTING:
            raise Unreadable(f"front matter is nested more than {_MAX_NESTING} deep", line)


def _yaml_reason(error: Any, front: str) -> tuple[str, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        reason = error.problem or error.context
        if reason.startswith("mapping values"):
            reason = "a value has a colon and a space; put it in quotes"
        return f"front matter is not valid YAML: {reason}", mark.line + 1
    position = getattr(error, "position", 0)
    character = getattr(error, "character", None)
    what = f"U+{character:04X}" if isinstance(character, int) else "a character"
    return f"front matter has a control character ({what})", front.count("\n", 0, position) + 1


def string(fields: dict[str, Any], key: str) -> str | None:
    """A key's value; None where it is missing, empty or null."""
    return scalar(fields.get(key))


def is_banned(fields: dict[str, Any], path: str, faults: list[Fault]) -> bool:
    """Whether the drug is marked as banned; so is one whose mark is neither yes nor no, which becomes a fault."""
    value = (string(fields, "is_banned") or "").lower()
    if value not in ("true", "yes", "on", "1", "false", "no", "off", "0", ""):
        line = fields["is_banned"].start_mark.line + 1
        faults.append(Fault(path, line, f"`is_banned` is neither true nor false but “{value[:40]}”; read as true"))
        return True
    return value in ("true", "yes", "on", "1")


def scalar(node: Any) -> str | None:
    """A YAML scalar as written; None for null, an empty one, a list, a mapping."""
    value = getattr(node, "value", None)
    return value.strip() if isinstance(value, str) and value.strip() not in ("", "~", "null") else None


def strings(fields: dict[str, Any], key: str) -> list[str]:
    """A list of strings, or one string that separates them by commas."""
    node = fields.get(key)
    if node is None:
        return []
    if isinstance(node.value, str):
        return listed(node.value)
    return [" ".join(text.split()) for text in map(scalar, node.value) if text]


def codes(fields: dict[str, Any]) -> Iterator[str]:
    """The codes of the drug, each as it is shown: a list, a single one, or some separated by commas."""
    given = [(system, fields[system].value) for system in ("rxcui", "atc", "ndc") if fields.get(system) is not None]
    if given:
        from druginfo.names.codes import listed as codes_listed

        written = (
            (system, part)
            for system, value in given
            for text in ([value] if isinstance(value, str) else map(scalar, value))
            for part in (text or "").replace(",", " ").replace(";", " ").split()
        )
        yield from dict.fromkeys(code.shown for code in codes_listed(written))


def mappings(fields: dict[str, Any], key: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The mappings of a list, each with its line."""
    node = fields.get(key)
    for entry in node.value if node is not None and isinstance(node.value, list) else ():
        pairs = getattr(entry, "value", None)
        if isinstance(pairs, list) and pairs and isinstance(pairs[0], tuple):
            yield {str(k.value): v for k, v in pairs}, entry.start_mark.line + 1


def description(fields: dict[str, Any]) -> str | None:
    """The description as one line, without the marks of a list that was folded into it."""
    lines = (string(fields, "description") or "").split("\n")
    text = plain("\n".join(line.lstrip(" \t").removeprefix("- ") for line in lines))
    return " ".join(text.split()).replace(": - ", ": ") or None


def sources(fields: dict[str, Any]) -> Iterator[Source]:
    """Where the facts come from."""
    for entry, _ in mappings(fields, "sources"):
        yield Source(*(string(entry, key) for key in ("title", "id", "revised", "url")))


def document(fields: dict[str, Any]) -> str | None:
    """What an imported monograph is: "FDA label", "EMA package leaflet"; None for one that a person wrote."""
    node = fields.get("imported")
    pairs = getattr(node, "value", None)
    if not isinstance(pairs, list) or not pairs or not isinstance(pairs[0], tuple):
        return None
    fields = {str(key.value): scalar(value) for key, value in pairs}
    if "document" not in fields:
        return "FDA label"  # imports had no other kind before they named the authority
    return " ".join(filter(None, (fields.get("authority"), fields["document"]))) or None
