"""Structured Product Labeling (HL7 SPL) of the FDA and of Health Canada → `Label`.

The forms are those of the FDA's "SPL Implementation Guide with Validation Procedures" (DailyMed's XML) and of Health
Canada's structured product monographs, which share the markup and nothing of the codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import Images, read_blocks
from druginfo.labels.homes import CANADIAN, HIGHLIGHTS, LOINC_SYSTEM, NDC_SYSTEM, OVER_PARTS, PART, UNCLASSIFIED, of_spl
from druginfo.labels.label import Label, LabelBlock, Paragraph, Part, Refused
from druginfo.labels.lines import distinct, tidy
from druginfo.labels.products import products

DEEPEST_SECTION = 30


def spl_label(root: Element) -> Label:
    """The label in a document that was parsed. Raises `Refused` where there is none."""
    kind, system = _attribute(root, "code", "displayName").upper(), _attribute(root, "code", "codeSystem")
    if "ANIMAL" in kind or "VETERINARY" in kind:
        raise Refused("a label of a veterinary medicine")
    body = root.find("component/structuredBody")
    if body is None:
        raise Refused("an SPL document without a structured body, so without a label text")
    canadian = system.startswith(CANADIAN)
    if system and not canadian and system != LOINC_SYSTEM:
        raise Refused(f"an SPL document of an authority that is not known (its code system is {system[:60]})")
    media = ((each, each.find("text")) for each in root.iter("observationMedia"))
    images = {each.get("ID", ""): tidy("".join(text.itertext())) for each, text in media if text is not None}
    parts = _without_titles_over_parts(_part(section, images, 0) for section in _sections(body))
    if not any(_has_text(part) for part in parts):
        raise Refused("an SPL document whose sections are all empty")
    named, codes = products(root), root.findall(".//manufacturedProduct/code")
    forms = root.findall(".//manufacturedProduct/formCode")
    label = Label(
        origin="SPL",
        generics=distinct(name for product in named for name in product.generics),
        brands=distinct(name for product in named for name in product.brands),
        substances=distinct(name for product in named for name in product.substances),
        moieties=distinct(name for product in named for name in product.moieties),
        form=next((code.get("displayName", "").lower() for code in forms), ""),
        set_id=_attribute(root, "setId", "root"),
        version=_attribute(root, "versionNumber", "value"),
        effective=iso_date(_attribute(root, "effectiveTime", "value")),
        parts=parts,
        ndc=distinct(code.get("code", "") for code in codes if code.get("codeSystem") == NDC_SYSTEM),
        source=(root,),
    )
    if not canadian:
        return label
    return replace(
        label, authority="Health Canada", territory="CA", kind="product monograph", language=_canadian_language(root)
    )


def _has_text(part: Part) -> bool:
    return bool(part.blocks) or any(map(_has_text, part.parts))


def _canadian_language(root: Element) -> str:
    """The language, `en` or `fr`, by code or name in Health Canada's list (2.16.840.1.113883.2.20.6.29)."""
    named, code = (_attribute(root, "languageCode", name).casefold() for name in ("displayName", "code"))
    if named[:2] in ("en", "fr"):
        return named[:2]  # where the name and the code contradict each other, the name is what a person meant
    return "fr" if code == "2" or code.startswith("fr") else "en"


def _without_titles_over_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The document's sections: those under "Part I" and the like by themselves, and the populations apart from the
    warnings that a Canadian monograph keeps them in."""
    found: list[Part] = []
    for part in parts:
        if part.key == PART:
            found.append(Part(UNCLASSIFIED, part.title, part.blocks) if part.blocks else Part(OVER_PARTS, part.title))
            found.extend(_without_titles_over_parts(part.parts))
        elif part.title or part.blocks or part.parts:
            groups = part.key in _HOLD_GROUPS
            apart = [p for p in part.parts if groups and p.key == "use_in_specific_populations"]
            found.append(replace(part, parts=tuple(p for p in part.parts if p not in apart)))
            found.extend(apart)
    return tuple(found)


_HOLD_GROUPS = ("warnings_and_cautions", "warnings")


def iso_date(stamp: str) -> str:
    """The day of an HL7 time stamp in ISO form (`20230825…` → `2023-08-25`); empty for anything else."""
    import datetime

    digits = stamp[:10].replace("-", "")[:8]
    try:
        return datetime.date.fromisoformat(digits).isoformat() if digits.isdecimal() else ""
    except ValueError:
        return ""


def _part(section: Element, images: Images, depth: int) -> Part:
    if depth > DEEPEST_SECTION:
        raise Refused(f"sections nested more than {DEEPEST_SECTION} deep")
    title = section.find("title")
    blocks: list[LabelBlock] = []
    parts: list[Part] = []
    for child in section:
        if child.tag == "text":
            blocks.extend(read_blocks(child, images))
        elif child.tag in ("paragraph", "list", "table"):  # against the form
            frame = Element("text")
            frame.append(child)
            blocks.extend(read_blocks(frame, images))
        elif child.tag == "excerpt":
            highlights = [block for text in child.iter("text") for block in read_blocks(text, images)]
            if highlights:
                parts.append(Part(HIGHLIGHTS, "Highlights", tuple(highlights)))
        else:
            parts.extend(_part(inner, images, depth + 1) for inner in _sections([child]))
    titles = read_blocks(title, images) if title is not None else ()
    named = " ".join(block.text for block in titles if isinstance(block, Paragraph))
    system, code, display = (_attribute(section, "code", name) for name in ("codeSystem", "code", "displayName"))
    return Part(
        of_spl(system, code, display, named),
        named,
        tuple(blocks),
        tuple(part for part in parts if part.title or part.blocks or part.parts),
    )


def _sections(elements: Iterable[Element]) -> Iterator[Element]:
    """The sections among elements and in them that are in no other section, whatever holds them."""
    for element in elements:
        if element.tag == "section":
            yield element
        elif element.tag not in ("text", "title", "subject"):
            yield from _sections(element)


def _attribute(root: Element, tag: str, name: str) -> str:
    element = root.find(tag)
    return element.get(name, "").strip() if element is not None else ""
