"""Structured Product Labeling (HL7 SPL, the XML of DailyMed) → `Label`.

The form is that of the FDA's "SPL Implementation Guide with Validation Procedures".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import Images, read_blocks, tidy
from druginfo.labels.homes import HIGHLIGHTS, LOINC, UNCLASSIFIED
from druginfo.labels.label import Block, Label, Paragraph, Part, Refused
from druginfo.labels.products import products
from druginfo.labels.xmltree import document

DEEPEST_SECTION = 30


def read_spl(content: bytes) -> Label:
    """The label in an SPL document. Raises `Refused` where there is none."""
    root = document(content)
    if root.tag != "document":
        raise Refused(f"an XML file whose root is <{root.tag[:40]}>, not an SPL <document>")
    code = root.find("code")
    if code is not None and "ANIMAL" in code.get("displayName", "").upper():
        raise Refused("a label of a veterinary medicine")
    body = root.find("component/structuredBody")
    if body is None:
        raise Refused("an SPL document without a structured body, so without a label text")
    images = {m.get("ID", ""): tidy("".join(m.find("text").itertext())) for m in _media(root)}  # type: ignore[union-attr]
    parts = tuple(_part(section, images, 0) for section in body.findall("component/section"))
    named = products(root)
    return Label(
        origin="SPL",
        generics=_distinct(name for product in named for name in product.generics),
        brands=_distinct(name for product in named for name in product.brands),
        substances=_distinct(name for product in named for name in product.substances),
        moieties=_distinct(name for product in named for name in product.moieties),
        classes=(),
        rxcui=(),
        form=next((c.get("displayName", "").lower() for c in root.findall(".//manufacturedProduct/formCode")), ""),
        set_id=_attribute(root, "setId", "root"),
        version=_attribute(root, "versionNumber", "value"),
        effective=iso_date(_attribute(root, "effectiveTime", "value")),
        parts=tuple(part for part in parts if part.title or part.blocks or part.parts),
    )


def iso_date(stamp: str) -> str:
    """`20230825…` → `2023-08-25`; anything else → empty."""
    import datetime

    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", stamp)
    if not match:
        return ""
    try:
        return datetime.date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return ""


def _media(root: Element) -> Iterator[Element]:
    return (m for m in root.iter("observationMedia") if m.find("text") is not None)


def _part(section: Element, images: Images, depth: int) -> Part:
    if depth > DEEPEST_SECTION:
        raise Refused(f"sections nested more than {DEEPEST_SECTION} deep")
    code = section.find("code")
    title = section.find("title")
    blocks: list[Block] = []
    parts: list[Part] = []
    for child in section:
        if child.tag == "text":
            blocks.extend(read_blocks(child, images))
        elif child.tag == "excerpt":
            highlights = [block for text in child.iter("text") for block in read_blocks(text, images)]
            if highlights:
                parts.append(Part(HIGHLIGHTS, "Highlights", tuple(highlights)))
        elif child.tag == "component":
            parts.extend(_part(inner, images, depth + 1) for inner in child.findall("section"))
    return Part(
        LOINC.get(code.get("code", "") if code is not None else "", UNCLASSIFIED),
        _joined(read_blocks(title, images)) if title is not None else "",
        tuple(blocks),
        tuple(part for part in parts if part.title or part.blocks or part.parts),
    )


def _joined(blocks: tuple[Block, ...]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def _attribute(root: Element, tag: str, name: str) -> str:
    element = root.find(tag)
    return element.get(name, "").strip() if element is not None else ""


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in names}.values())
