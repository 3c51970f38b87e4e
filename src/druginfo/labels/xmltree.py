"""Label XML → an element tree with bare tag names, from files that may be hostile.

No DTD of a label declares entities, so a document that does is refused: this ends entity expansion and external
entities. Namespaces, prefixes and comments are left behind.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import XML as PARSE_XML
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from druginfo.labels.label import Refused

DEEPEST = 150
"""Elements within elements; real labels reach about 30."""

_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


def document(content: bytes) -> Element:
    """The root element of an XML document. Raises `Refused`, with the line, for what is no such document."""
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refused(f"line {parser.CurrentLineNumber}: elements nested more than {DEEPEST} deep")
        builder.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(":")[2])

    def entity(*_: object) -> int:
        raise Refused(f"line {parser.CurrentLineNumber}: the document declares entities, which no label does")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = lambda *_: entity() and None
    parser.ExternalEntityRefHandler = entity
    try:
        parser.Parse(content, True)
        return builder.close()
    except expat.ExpatError as error:
        raise Refused(f"line {error.lineno}: not well-formed XML ({expat.ErrorString(error.code)})") from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise Refused(f"not readable as XML ({error})") from None


def fragment(markup: str) -> Element | None:
    """A table that openFDA gives as XML text; None where it is broken beyond mending."""
    if "<!" in markup:
        return None
    for text in (markup, _mended(markup)):
        try:
            root = PARSE_XML(text)
        except (ParseError, ValueError):
            continue
        return root if _depth(root) <= DEEPEST else None
    return None


def _mended(markup: str) -> str:
    named = _NAMED_ENTITY.sub(
        lambda m: html.escape(html.unescape(m[0])) if html.unescape(m[0]) != m[0] else m[0], markup
    )
    return re.sub(r"\s(?:xsi|xlink|mso|o|w):[\w-]+=\"[^\"]*\"", "", _BARE_AMPERSAND.sub("&amp;", named))


def _depth(root: Element) -> int:
    level, deep = [root], 0
    while level and deep <= DEEPEST:
        level, deep = [child for element in level for child in element], deep + 1
    return deep
