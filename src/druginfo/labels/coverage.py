"""Which words of an official document its monograph lacks, counted from the document without the readers of labels.

Text whose letters and figures are in the monograph in one piece has arrived, which is soon seen. Of any other text a
word has arrived if it is there as often as in the document, or with the words beside it. So no word is called lost that
was only moved, joined or parted; of words that a table's spans repeat some may be lost unseen.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import BLOCKS
from druginfo.labels.lines import NOTHING, without_dead_links
from druginfo.labels.xmltree import narrative

_ANY_WORD = re.compile(r"[^\W\d_]+|\d")
_WORD = re.compile(rb"[a-z]+|\d")
"""Figures are compared digit by digit: openFDA parts `10⁹` and `0.25`."""
_ASCII = bytes(range(128))
_NO_LETTERS = bytes(code for code in range(256) if code > 127 or not chr(code).isalnum())
_LETTERS = bytes(code if code in b"abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
_MOST_TEXTS = 500
"""Texts that are looked for in each other; real documents have fewer that did not arrive in one piece."""
_SHORTEST_PIECE = 20
_LONGEST_TITLE = 60
_SHOWN, _LONGEST_WORD, _FEW_SIGNS = 8, 40, 20
_BESIDE = 2
"""Words before and after one that say that it is there: a digit of a number has digits beside it."""


class Text(NamedTuple):
    """A section, without its subsections."""

    title: str
    text: str
    """Its title, where the document has one, and its own words."""


class Lost(NamedTuple):
    """Words that did not arrive."""

    number: int
    of: int
    """Words of the document."""
    title: str
    """The first section that lacks some."""
    words: tuple[str, ...]
    """The first of them, in order."""

    def __str__(self) -> str:
        shown = " ".join(self.words[:_SHOWN]) + (" …" if len(self.words) > _SHOWN else "")
        return f"{self.number:,} of {self.of:,} words, first in “{self.title}” ({shown})"


def words(text: str) -> list[str]:
    """The words of a text, digits one by one, spelled as they are compared: `m²` and `m 2` are the same two."""
    return _ANY_WORD.findall(unicodedata.normalize("NFKC", text.replace("™", " ")).casefold())


def texts(source: Any) -> Iterator[Text]:
    """The sections of a document: an SPL document's element, a FHIR Composition, the fields of an openFDA record.

    What a word processor printed for its dead links is no text of theirs.
    """
    yield from (Text(title, without_dead_links(text)) for title, text in _texts(source))


def _texts(source: Any) -> Iterator[Text]:
    if isinstance(source, Element):
        for section in source.iter("section"):
            title, *own = (_shown(section, tag) for tag in ("title", "text", "excerpt", "paragraph", "list", "table"))
            if any(own):  # the title of none is only one over its subsections
                yield Text(title, " ".join((title, *own)))
    elif isinstance(source, Mapping):
        yield from _fhir_texts(source.get("section"))
    else:
        yield from (Text(key.replace("_", " "), text) for key, text in source)


def _shown(element: Element, tag: str) -> str:
    own = ("".join((*_pieces(child), child.tail or "")) for child in element if child.tag == tag)
    return " ".join("".join(own).split())


def _pieces(element: Element) -> Iterator[str]:
    """Text in document order, with a space wherever a block begins or ends."""
    space = " " if element.tag in BLOCKS or element.tag == "img" else ""
    yield space + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield space


def _fhir_texts(sections: Any) -> Iterator[Text]:
    for section in sections if isinstance(sections, list) else [sections]:
        if isinstance(section, Mapping):
            title, own = str(section.get("title") or ""), _narrative(section.get("text"))
            named, begins = ([word for word in words(each) if word.isalpha()] for each in (title, own))
            if own:
                yield Text(title, own if begins[: len(named)] == named else f"{title} {own}")
            yield from _fhir_texts(section.get("section"))


def _narrative(text: Any) -> str:
    """The words of a narrative, of several all; none where it says that there is no text."""
    if isinstance(text, list):
        return " ".join(filter(None, map(_narrative, text)))
    if isinstance(text, Mapping):
        return _narrative(text.get("div"))
    root = narrative(text) if isinstance(text, str | Element) else text
    shown = " ".join("".join(_pieces(root)).split()) if isinstance(root, Element) else ""
    return "" if NOTHING.fullmatch(shown) else shown


def lost(source: Any, body: str) -> Lost | None:
    """What of a document's words the body of its monograph lacks; None where it lacks nothing."""
    spelled = _spelled(body)
    there = _bare(spelled)
    given = [_Given(text.title, own := _spelled(text.text), _bare(own)) for text in texts(source)]
    arrived = [text.bare in there for text in given]
    whole = sorted(compress((text.bare for text in given), arrived), key=len, reverse=True)
    pieces = [bare for bare in whole[:_MOST_TEXTS] if len(bare) >= _SHORTEST_PIECE]
    apart = (text for text, has_arrived in zip(given, arrived, strict=True) if not has_arrived)
    left = [text for text in apart if not _is_in_pieces(text.bare, pieces, there)]
    return _counted(distinct(given), left, spelled, there) if left else None


class _Given(NamedTuple):
    """A text of the document, as `_spelled` and `_bare` have it."""

    title: str
    spelled: bytes
    bare: bytes


def _spelled(text: str) -> bytes:
    """A text in lower case, `m²` as `m2` and `½` as `1/2`."""
    text = text.replace("™", " ")
    beyond_ascii = set(text.encode(errors="replace").translate(None, _ASCII).decode())
    plain = {sign: other for sign in beyond_ascii if (other := unicodedata.normalize("NFKC", sign)) != sign}
    if len(plain) > _FEW_SIGNS:
        text = unicodedata.normalize("NFKC", text)
    else:  # as mostly, where it is sooner done
        for sign, other in plain.items():
            text = text.replace(sign, other)
    return text.encode(errors="replace").lower()


def _bare(spelled: bytes) -> bytes:
    """A text's Latin letters and digits in one run, as openFDA's, the readers' and the writer's spaces differ."""
    return spelled.translate(None, _NO_LETTERS)


def _is_in_pieces(bare: bytes, arrived: Sequence[bytes], there: bytes) -> bool:
    """Whether a text is there without those that are once more in it and arrived elsewhere, its subsections; of a text
    that is nothing but subsections, without its title too."""
    for piece in arrived:
        bare = bare.replace(piece, b" ")
    pieces = bare.split()
    if len(pieces) == 1 and len(pieces[0]) <= _LONGEST_TITLE and b" " in bare:
        return True
    return all(piece in there for piece in pieces)


def distinct(given: Sequence[_Given]) -> list[_Given]:
    """The texts that are not once more in a longer one, as openFDA has subsections, in the document's order."""
    whole, again = b"", set()
    for i, text in sorted(enumerate(given), key=lambda pair: len(pair[1].bare), reverse=True)[:_MOST_TEXTS]:
        if text.bare in whole:
            again.add(i)
        whole += text.bare + b" "
    return [text for i, text in enumerate(given) if i not in again]


def _counted(given: Sequence[_Given], left: Sequence[_Given], spelled: bytes, there: bytes) -> Lost | None:
    own, written = _tally(b" ".join(text.spelled for text in given)), _tally(spelled)
    missing = _more(own, written)
    missing.pop(b"o", None)  # a bullet of some word processors
    if missing:
        missing = _not_spelled_otherwise(missing, own, _more(written, own))
    if not missing:
        return None
    all_there = _WORD.findall(spelled)
    beside = {
        _beside(all_there, i) for i, word in enumerate(all_there) if word in missing
    }  # found sooner than in `there`
    found = []
    for text in left:
        its = _WORD.findall(text.spelled)
        for i, word in enumerate(its):
            if missing[word] > 0 and (around := _beside(its, i)) not in beside and around not in there:
                missing[word] -= 1
                found.append((text.title or "a section without a title", word.decode()))
    return Lost(len(found), own.total(), found[0][0], tuple(word for _, word in found)) if found else None


def _tally(spelled: bytes) -> Counter[bytes]:
    """How often each word is in a text, as `_WORD` has them."""
    found = Counter(spelled.translate(_LETTERS).split())
    found.update({digit: spelled.count(digit) for digit in map(str.encode, "0123456789")})
    return found


def _beside(its: Sequence[bytes], at: int) -> bytes:
    """A word with those before and after it that say that it is there."""
    return b"".join(its[max(0, at - _BESIDE) : at + _BESIDE + 1])


def _more(one: Counter[bytes], other: Counter[bytes]) -> Counter[bytes]:
    """What the first has more often; `Counter`'s difference is slower."""
    there = other.get
    return Counter({word: more for word, count in one.items() if (more := count - there(word, 0)) > 0})


def _not_spelled_otherwise(missing: Counter[bytes], own: Counter[bytes], more: Counter[bytes]) -> Counter[bytes]:
    """What is missing without the words that are parts of one that only the monograph has, "C max" of "Cmax", and
    those that are two there."""
    for word, count in more.items():
        for first, last in _parts(word):
            if (first in missing or last in missing) and first in own and last in own:
                missing.subtract({first: count, last: count})
    return Counter(
        {word: n for word, n in missing.items() if n > 0 and not any(a in more and b in more for a, b in _parts(word))}
    )


def _parts(word: bytes) -> Iterator[tuple[bytes, bytes]]:
    return ((word[:i], word[i:]) for i in range(1, min(len(word), _LONGEST_WORD)))
