"""Label XML → an element tree with bare tag names, from files that may be hostile.

No DTD of a label declares entities, so a document that does is refused: this ends entity expansion and external
entities. Namespaces, prefixes and comments are dropped.
"""

from __future__ import annotations

import contextlib
import html
import re
from html.parser import HTMLParser
from xml.etree.ElementTree import XML as PARSE_XML
from xml.etree.ElementTree import Element, ParseError, SubElement, TreeBuilder
from xml.parsers import expat

from druginfo.labels.label import Refused
from druginfo.labels.records import is_text

DEEPEST = 150
"""Elements within elements; real labels reach about 30."""

_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30};)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


def document(content: bytes) -> Element:
    """The root element of an XML document. Raises `Refused`, with the line, for what is no such document."""
    builder, depth = TreeBuilder(), 0
    declared = _DECLARED.match(content[:200])
    encoding = declared[1].decode() if declared else "UTF-8"
    is_utf8 = not content.isascii() and is_text(content)
    parser = expat.ParserCreate("UTF-8" if is_utf8 and encoding.upper() in _ONE_BYTE else None)
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
        if not is_text(content, encoding):
            raise Refused(
                f"line {error.lineno}: a byte that is not {encoding}, the encoding that it declares"
            ) from None
        raise Refused(f"line {error.lineno}: not well-formed XML ({expat.ErrorString(error.code)})") from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise Refused(f"not readable as XML ({error})") from None


def fragment(markup: str) -> Element | None:
    """A table that openFDA gives as XML text; None where it is broken beyond mending."""
    for repaired in (str, _mended) if "<!" not in markup else ():
        with contextlib.suppress(ParseError, ValueError):
            root = PARSE_XML(repaired(markup))
            return root if _depth(root) <= DEEPEST else None
    return None


def is_emphasised(element: Element) -> bool:
    """Whether an element's style is bold, italic or underlined."""
    style = element.get("styleCode") or element.get("style")
    return style is not None and _EMPHASISED.search(style) is not None


_EMPHASISED = re.compile(r"bold|italic|underline|font-weight: ?[6-9]00", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_ONE_BYTE = frozenset({"ISO-8859-1", "ISO-8859-15", "LATIN1", "US-ASCII", "ASCII", "WINDOWS-1252", "CP1252"})
"""Encodings that any bytes are in: a document that is UTF-8 throughout is that, whatever it declares."""


_MARKUP = re.compile(r"</(?:p|div|span|table|ul|ol|li|b|strong)\s*>|<br\s*/?>", re.IGNORECASE)


def narrative(given: str | Element) -> Element | None:
    """FHIR's XHTML, as a string or as XML has it; None if it is empty. Where its markup is text, escaped once too often
    or as CDATA, what that markup says."""
    root = _xhtml(given) if isinstance(given, str) else given
    if root is not None and not len(root) and _MARKUP.search(text := root.text or ""):
        return _xhtml(text)
    return root


def _xhtml(markup: str) -> Element | None:
    """As XML; else, or if too deep, as browsers read HTML."""
    if (root := fragment(markup)) is not None:
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"
        return root
    builder = _Html()
    builder.feed(markup)
    builder.close()
    return builder.root if len(builder.root) or builder.root.text else None


_VOID = frozenset({"br", "img", "hr", "col", "meta", "link", "input", "wbr"})
_ENDS_BY_ITSELF = {
    "p": {"p"},
    "li": {"li", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"tr", "td", "th", "p"},
}
"""What an opening tag ends that was left open, as browsers take it."""


class _Html(HTMLParser):
    """HTML that is no XML → elements; nothing of its text is lost."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while len(self.open) > 1 and self.open[-1].tag in _ENDS_BY_ITSELF.get(tag, ()):
            self.open.pop()
        if len(self.open) >= DEEPEST and tag not in _VOID:
            return
        element = SubElement(self.open[-1], tag, {key: value or "" for key, value in attrs if not key.startswith("on")})
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


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
