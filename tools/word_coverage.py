"""How many of a label's words arrive in its monograph, in order.

    python tools/word_coverage.py LABEL… [--lost]

For each label file (openFDA JSON, SPL XML, zips): the share of the words of its indications, dosage,
contraindications, warnings and interactions that stand, in the label's order, in the monograph's section for them.
Of a document of Health Canada or a European one (FHIR ePI) all words are counted, wherever they arrive.
A word is a run of letters or of digits after NFKC, so `m 2` and `m²` are the same two. Exits 1 below 99 in 100.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from druginfo.labels.drugname import drug_name
from druginfo.labels.epi import from_xml, is_fhir, read_epi
from druginfo.labels.homes import CODES, HIGHLIGHTS, HOME_OF
from druginfo.labels.importing import read_xml
from druginfo.labels.label import Label, Refused
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import read_openfda
from druginfo.labels.records import RawRecord, records
from druginfo.labels.xmltree import document, narrative
from druginfo.markup import plain
from druginfo.parse import parse

MEASURED = (
    "indications_and_usage",
    "dosage_and_administration",
    "contraindications",
    "warnings_and_cautions",
    "warnings",
    "drug_interactions",
)
ENOUGH = 0.99


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", text).casefold())


def longest_common(source: Sequence[str], target: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit by bit (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for i, word in enumerate(target):
        places[word] = places.get(word, 0) | 1 << i
    every = (1 << len(target)) - 1
    row = every
    for word in source:
        matched = row & places.get(word, 0)
        row = ((row + matched) | (row - matched)) & every
    return len(target) - row.bit_count()


def label_words(raw: RawRecord) -> dict[str, list[str]]:
    """The label's own words by section, read without the importer."""
    found: dict[str, list[str]] = {}
    if raw.json is not None:
        for key in MEASURED:
            texts = raw.json.get(key, [])
            own = [t for t in texts if not any(t in other and len(t) < len(other) for other in texts)]
            if own:  # a subsection with its section's code is there twice
                found[key] = words(" ".join(own))
        return found
    for section in _top_sections(document(raw.xml or b"")):
        code = section.find("code")
        key = CODES.get(code.get("code", "") if code is not None else "", "")
        if key in MEASURED:
            found.setdefault(key, []).extend(words(" ".join(_texts(section))))
    return found


def _top_sections(root: Element) -> list[Element]:
    return root.findall("component/structuredBody/component/section")


def _texts(section: Element) -> Iterator[str]:
    for child in section:
        if child.tag in ("title", "text"):
            yield "".join(f" {t}" if t[:1].isspace() else t for t in _pieces(child))
        elif child.tag == "excerpt":
            yield from (" ".join(_pieces(text)) for text in child.iter("text"))
        elif child.tag == "component":
            for inner in child.findall("section"):
                yield from _texts(inner)


def _pieces(element: Element) -> Iterator[str]:
    """Text in document order, with a space wherever a new block begins."""
    blocks = {"paragraph", "item", "td", "th", "br", "caption", "list", "table", "footnote"}
    blocks |= {"p", "li", "ul", "ol", "div", "tr", "h1", "h2", "h3", "h4"}
    if element.tag in blocks:
        yield " "
    if element.text:
        yield element.text
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield child.tail
    if element.tag in blocks:
        yield " "


def whole(labels: Sequence[Label], raw: RawRecord) -> Iterator[tuple[str, int, int, list[str]]]:
    """The document, its words, how many arrived anywhere, and a sample of those that did not."""
    there: Counter[str] = Counter()
    for label in labels:
        there += Counter(words(plain(monograph(label))))
    if raw.json is not None:
        root: Any = raw.json
    else:
        tree = document(raw.xml or b"")
        root = tree if tree.tag == "document" else from_xml(tree)
    own = Counter(words(" ".join(_narratives(root))))
    lost = own - there
    yield "the whole document", own.total(), own.total() - lost.total(), list(lost)[:12]


def _narratives(node: Any) -> Iterator[str]:
    """Titles and texts of the sections, read without the importer's reading of either."""
    if isinstance(node, Element):
        for section in node.iter("section"):
            for child in section:
                if child.tag in ("title", "text"):
                    yield "".join(_pieces(child))
    elif isinstance(node, dict):
        for section in _list(node.get("section")):
            yield str(section.get("title", ""))
            div = (section.get("text") or {}).get("div", "")
            div = narrative(div) if isinstance(div, str) else div
            if div is not None and not re.fullmatch(r"\s*(?:unavailable)?\s*", "".join(div.itertext())):
                yield "".join(_pieces(div))
            yield from _narratives(section)
        for entry in _list(node.get("entry")):
            yield from _narratives(entry.get("resource"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def coverage(raw: RawRecord) -> Iterator[tuple[str, int, int, list[str]]]:
    """Section, its words, how many arrived, and a sample of those that did not."""
    labels = read_epi(raw.json) if raw.json is not None and is_fhir(raw.json) else []
    if raw.xml is not None:
        labels = [label for label in read_xml(raw.xml) if label.authority != "FDA"]
    if labels:
        yield from whole(labels, raw)
        return
    label = read_openfda(raw.json) if raw.json is not None else read_xml(raw.xml or b"")[0]
    name = drug_name(label)
    drug = parse(monograph(label, name), name.slug, "")
    top = ""
    texts: dict[str, list[str]] = {}
    for section in drug.sections:
        top = section.title if section.level == 2 else top
        texts.setdefault(top, []).extend(words(f"{section.title} {section.text}"))
    for key, own in label_words(raw).items():
        there = texts.get(HOME_OF[key], [])
        if key == "dosage_and_administration":  # its highlights stand before, in a section of their own
            there = texts.get(HOME_OF[HIGHLIGHTS], []) + there
        lost = Counter(own) - Counter(there)
        yield key, len(own), longest_common(own, there), list(lost)[:12]


def main(arguments: Sequence[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    everything = arrived = 0
    worst = 1.0
    for path in paths:
        for raw in records(path):
            where = f"{Path(raw.source).name} record {raw.position}"
            try:
                if raw.fault:
                    raise Refused(raw.fault)
                rows = list(coverage(raw))
            except Refused as reason:
                print(f"{where}: refused: {reason}")
                continue
            of, there = sum(row[1] for row in rows), sum(row[2] for row in rows)
            everything, arrived = everything + of, arrived + there
            worst = min(worst, there / of if of else 1.0)
            print(f"{where}: {there} of {of} words ({there / of if of else 1:.2%})")
            for key, own, came, lost in rows:
                if "--lost" in arguments and came < own:
                    print(f"    {key}: {came} of {own}; {' '.join(lost) or 'all there, some in another order'}")
    share = arrived / everything if everything else 1.0
    print(f"all: {arrived} of {everything} words ({share:.3%}), worst label {worst:.2%}")
    return 0 if share >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
