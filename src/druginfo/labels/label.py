"""An official label as read from its file, whichever form the file had and whosever it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):
    """A record that cannot become a monograph; the message is the reason, in words for a person."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text without line ends. `lead` is how many of its first characters the label sets in bold, italics or
    underlined, or has before a colon; a paragraph that is all lead is a heading where `heading` is a rank: 1, or 2 for
    one below such."""

    text: str
    lead: int = 0
    heading: int = 0


def may_lead(text: str) -> bool:
    """Whether emphasised words are a lead: neither a whole long paragraph nor a remark in brackets is."""
    return 0 < len(text) <= 200 and text[0] not in "[("


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is the blocks that it holds, its own words first."""

    items: tuple[tuple[LabelBlock, ...], ...]
    ordered: bool = False
    first: int = 1
    """The number of the first item."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain cells, spans already repeated; every row is as long as `header`, which may be all empty."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


LabelBlock = Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the label: its own blocks, then its subsections."""

    key: str
    """The field name that openFDA has for such a section."""
    title: str
    """As the label has it, number included; empty where it has none."""
    blocks: tuple[LabelBlock, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """One label. Names are as the label writes them; several generic names or substances make a combination."""

    origin: str
    """The form of the file: `openFDA`, `SPL` or `FHIR ePI`."""
    generics: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    """Active ingredients, salts included."""
    moieties: tuple[str, ...] = ()
    """Active moieties where the file tells them."""
    classes: tuple[str, ...] = ()
    rxcui: tuple[str, ...] = ()
    form: str = ""
    """Dosage form or route, one or two words, or empty."""
    set_id: str = ""
    version: str = ""
    effective: str = ""
    """YYYY-MM-DD, or empty."""
    parts: tuple[Part, ...] = ()
    authority: str = "FDA"
    """Who published it, as people call it: `Health Canada`, `EMA`; empty where the file does not say."""
    territory: str = "US"
    """Where it holds: `US`, `CA`, `EU`, or a country's code (ISO 3166-1); empty where that is not known."""
    kind: str = "label"
    """What the authority calls such a document: `label`, `product monograph`, `package leaflet` …"""
    language: str = "en"
    """ISO 639-1 code of the text, or empty."""
    ndc: tuple[str, ...] = ()
    """The FDA's codes of the products, without the package: "0002-8215"."""
    source: tuple[Any, ...] = field(default=(), compare=False, repr=False)
    """The documents before reading, by which `coverage` sees whether all their words arrive: elements of SPL documents,
    FHIR Compositions, the fields of openFDA records and their texts."""


def document_name(label: Label) -> str:
    """What the document is: "FDA label", "Health Canada product monograph", "EMA package leaflet"."""
    return f"{label.authority} {label.kind}" if label.authority else label.kind.capitalize()
