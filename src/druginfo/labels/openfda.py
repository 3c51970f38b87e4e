"""A record of the openFDA drug label API → `Label`.

The form is that of https://open.fda.gov/apis/drug/label/: each field a list of strings, tables once more as markup in
`…_table`, subsections once more in fields of their own, names and codes under `openfda`, which is empty for labels
that the FDA could not harmonise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import read_blocks
from druginfo.labels.drugname import BETWEEN
from druginfo.labels.evidence import TELL, evidence_of
from druginfo.labels.homes import HIGHLIGHTS, HOME_OF, OPEN_PARTS, TITLE, UNCLASSIFIED
from druginfo.labels.label import Label, LabelBlock, Paragraph, Part, Refused
from druginfo.labels.products import without_skin_preparation
from druginfo.labels.prose import prose, ranked
from druginfo.labels.spl import iso_date
from druginfo.labels.titles import LOOKED_AT, SMALL_WORDS, Evidence, numbered_headings, numbered_titles
from druginfo.labels.xmltree import fragment
from druginfo.names.salts import METALS, SALT_WORDS

_ABOUT = frozenset({"set_id", "id", "effective_time", "version", "openfda"})
_KNOWN = HOME_OF.keys() | {UNCLASSIFIED, "openfda", "set_id"}
"""Keys of which a drug label has at least one."""

_TELL_THE_NAME = ("indications_and_usage", "description")
_JOINS = frozenset({"and", "with", "/", "&", "+"})

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.? ")
_PARTED_NUMBER = re.compile(r"(\d{1,2}\.) ?(\d) ?(\d?)(?=\.? [A-Z“])")
_NUMBERED_TITLE = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.? [A-Z]")
_SHORTEST = 20
"""Characters of a text that is surely once more that of a subsection where it is in another."""
_MOST_FIELDS = 500
"""Texts of a record that are compared with each other; real records have fewer than 100."""


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    text: str
    tables: tuple[Printed, ...]
    """Those of all fields with this key: openFDA does not say which text one is from."""


def read_openfda(record: Mapping[str, Any]) -> Label:
    """The label in one record. Raises `Refused` where the record is not a label."""
    record = untrimmed(record)
    label = names_and_date(record)
    own = frozenset(word.strip("®™,()").lower() for name in (*label.generics, *label.brands) for word in name.split())
    fields = _all_fields(record)
    return replace(
        label,
        parts=_parts(fields, evidence_of(((field.key, field.text) for field in fields), own)),
        source=(_plain(fields),),
    )


def names_and_date(record: Mapping[str, Any]) -> Label:
    """The label without its text, which takes a hundredth of the time. Raises `Refused` as `read_openfda` does."""
    record = untrimmed(record)
    if isinstance(error := record.get("error"), Mapping):
        raise Refused(f"openFDA answered with an error: {error.get('message', 'no message')}")
    if record and not record.keys() & _KNOWN:
        raise Refused(f"JSON, but no label: it holds {', '.join(sorted(map(str, record))[:5])}"[:160])
    about = record.get("openfda")
    about = about if isinstance(about, Mapping) else {}
    if any("ANIMAL" in kind.upper() for kind in _strings(about.get("product_type"))):
        raise Refused("a label of a veterinary medicine")
    if not any(not _is_about(key) and key != "spl_product_data_elements" and _strings(record[key]) for key in record):
        raise Refused("the record has no label sections")
    routes, brands = _strings(about.get("route")), _strings(about.get("brand_name"))
    substances = without_skin_preparation(_strings(about.get("substance_name")), routes)
    names = (without_skin_preparation(name.split(", "), routes) for name in _strings(about.get("generic_name")))
    generics = tuple(", ".join(name) for name in names)
    if not generics:
        brand, generic, ingredients = _names_from_elements(record)
        substances = substances or ingredients
        generics, brands = (generic,) if generic else (), brands or ((brand,) if brand else ())
    return Label(
        origin="openFDA",
        generics=generics,
        brands=brands,
        substances=substances,
        classes=tuple(re.sub(r"\s*\[\w+\]\s*$", "", name) for name in _strings(about.get("pharm_class_epc"))),
        rxcui=_strings(about.get("rxcui")),
        ndc=_strings(about.get("product_ndc")),
        form=next(iter(routes), "").lower(),
        set_id=_string(record.get("set_id")) or next(iter(_strings(about.get("spl_set_id"))), ""),
        version=_string(record.get("version")),
        effective=iso_date(_string(record.get("effective_time"))),
    )


def untrimmed(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record in the API's own form, where someone trimmed it to `drug_name`, `sections` and `openfda_meta`."""
    sections = record.get("sections")
    if not isinstance(sections, Mapping):
        return record
    about = record.get("openfda_meta") or record.get("openfda")
    about = dict(about) if isinstance(about, Mapping) else {}
    if not _strings(about.get("generic_name")):
        about["generic_name"] = list(_strings(record.get("drug_name")))
    whole = {key: value for key, value in record.items() if key in _ABOUT}
    return {**whole, **sections, "openfda": about}


def plain_parts(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Field and text of every section, without a look at what they say; of tables the words that no text has."""
    return _plain(_all_fields(untrimmed(record)))


def _plain(fields: Sequence[_Field]) -> tuple[tuple[str, str], ...]:
    texts = [(field.key, field.text) for field in fields if field.text]
    tables = {table.markup: (field.key, table) for field in fields for table in field.tables}
    left = list(tables.values())
    for keys in ({key for key, _ in left}, {key for key, _ in texts}):  # most are in a text of their own key
        bare = "".join(text for key, text in texts if key in keys).replace(" ", "") if left else ""
        left = [(key, t) for key, t in left if t.words not in bare and (not t.shown or t.shown not in bare)]
    return (*texts, *((key, " ".join(table.root.itertext())) for key, table in left if table.root is not None))


def _all_fields(record: Mapping[str, Any]) -> list[_Field]:
    """Every text of the record, and one without words for a key that has but tables."""
    keys = dict.fromkeys(key.removesuffix("_table") for key in record)
    return [field for key in keys if not _is_about(key) for field in _fields(record, key)]


def _is_about(key: str) -> bool:
    return key in _ABOUT or key.startswith("@") or key.endswith("_table")


def _string(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) else next(iter(_strings(value)), "")


def _strings(value: Any) -> tuple[str, ...]:
    """The strings in a field, whose value should be a list of them and in broken records is not."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, Iterable):
        return tuple(text for item in value for text in _strings(item))
    return ()


def _fields(record: Mapping[str, Any], key: str) -> Iterator[_Field]:
    tables = tuple(map(printed, dict.fromkeys(_strings(record.get(f"{key}_table")))))
    texts = map(_on_one_line, _strings(record.get(key)))
    for text in list(filter(None, texts)) or ([""] if tables else []):
        yield _Field(key, text, tables)


def _on_one_line(text: str) -> str:
    """The text with its white space collapsed, as openFDA's mostly has."""
    if text.isprintable() and "  " not in text and text == text.strip(" "):
        return text
    return " ".join(text.replace("\0", " ").split())


def _names_from_elements(record: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """Brand, generic name and, of a combination, its ingredients, where the FDA has not harmonised the record.

    They stand in a field like `Aloprim Allopurinol ALLOPURINOL SODIUM Allopurinol SODIUM HYDROXIDE`: brand, generic
    name, substance, moiety. The first words that come again soon after are the generic name, or its beginning in a
    combination's, and what comes before them the brand. A kit without a generic name goes by its brand, never by one
    of its parts. Only a name that the label's own text has too is taken, after a long brand only one among its active
    ingredients: an inactive ingredient must not become the drug.
    """
    words = " ".join(_strings(record.get("spl_product_data_elements"))).replace("/", " / ").split()[:80]
    folded = [word.lower().strip(",") for word in words]
    active = " ".join(_strings(record.get("active_ingredient"))).lower()
    naming = " ".join(text for key in _TELL_THE_NAME for text in _strings(record.get(key))).lower() + active
    kit = words.index("KIT") if "KIT" in words else 0
    for reach, begins, text in ((12, range(3), naming), (60, range(1, 4), naming), (12, range(3, 12), active)):
        for start in (start for start in begins if not kit or start < kit):
            for length in (5, 4, 3, 2, 1):
                name = folded[start : start + length]
                is_salt = set(name) <= SALT_WORDS | METALS and (length == 1 or " ".join(name) not in active)
                if sum(map(len, name)) < 4 or len(set(name)) < length or is_salt:
                    continue
                end = start + length
                again = [i for i in range(end, min(end + reach, len(folded))) if folded[i : i + length] == name]
                if again and " ".join(name) in text:
                    brand, is_joined = " ".join(words[:start]), words[end - 1].endswith(",") or folded[end] in _JOINS
                    generic = " ".join(words[start : min(again[0], kit or again[0]) if is_joined else end])
                    return brand, generic, tuple(BETWEEN.split(generic)) if is_joined else ()
    return " ".join(words[:kit]).removesuffix(" Kit"), "", ()


# ---------------------------------------------------------------- sections


def _parts(fields: Sequence[_Field], evidence: Evidence) -> tuple[Part, ...]:
    """A part for each field that is not once more a piece of another, and one for tables that stand in no text."""
    inside: dict[int, list[_Field]] = {}
    nested: set[int] = set()
    for i, field in enumerate(fields[:_MOST_FIELDS]):
        for j, other in enumerate(fields[:_MOST_FIELDS]):
            if i != j and _may_hold(other, field) and field.text in other.text:
                inside.setdefault(j, []).append(field)
                nested.add(i)
    placed: set[str] = set()
    parts: list[Part] = []
    home: dict[str, int] = {}  # key → the first part that has texts of that key
    for i, field in enumerate(fields):
        if i not in nested and field.text:
            children = sorted(inside.get(i, ()), key=lambda f: -len(f.text))
            tables = {table.markup: table for f in (field, *children) for table in f.tables}
            longest_first = sorted(tables.values(), key=lambda table: -len(table.words))
            for f in (field, *children):
                home.setdefault(f.key, len(parts))
            own_evidence = (
                evidence if field.key in TELL else Evidence(evidence.names)
            )  # elsewhere it would cost more than it gives
            parts.append(_part(field.key, field.text, children, Tables(tuple(longest_first), placed), own_evidence))
    left = {table.markup: (f.key, table) for f in fields for table in f.tables if table.words not in placed}
    for key, table in left.values():
        piece = Part(UNCLASSIFIED, "", tuple(table_blocks(table)))
        if key in home and key != UNCLASSIFIED:
            parts[home[key]] = replace(parts[home[key]], parts=(*parts[home[key]].parts, piece))
        else:
            parts.append(replace(piece, key=key))
    return tuple(parts)


def _may_hold(parent: _Field, child: _Field) -> bool:
    if len(parent.text) <= len(child.text):
        return False
    if len(child.text) < _SHORTEST and not _NUMBERED_TITLE.match(child.text):
        return False  # "None." may be amid a sentence of another section
    if parent.key in OPEN_PARTS or child.key == UNCLASSIFIED:
        return True
    return HOME_OF.get(parent.key) == HOME_OF.get(child.key) is not None


def _part(key: str, text: str, children: Sequence[_Field], tables: Tables, evidence: Evidence) -> Part:
    is_header = key == "active_ingredient" and begins_with_table(text, tables)  # 21 CFR 201.66: beside the purposes
    title, text = ("", text) if is_header else split_title(key, text, evidence)
    number = _NUMBER.match(f"{title} ")
    numbered = list(numbered_headings(text, number[1])) if number and "." not in number[1] else []
    cuts: dict[int, tuple[str, int]] = {}  # where a subsection begins → its key and end
    for child in children:
        at = text.find(child.text)
        if numbered and at > numbered[0] and at not in numbered:
            continue  # inside a numbered subsection, which is cut in its turn
        if at >= 0 and not any(start < at + len(child.text) and at < end for start, (_, end) in cuts.items()):
            cuts[at] = (child.key, at + len(child.text))
    for at in numbered:
        if at not in cuts and not any(start < at < end for start, (_, end) in cuts.items()):
            cuts[at] = (UNCLASSIFIED, at)
    starts = sorted(cuts)
    first = starts[0] if starts else len(text)
    parts = []
    summed_up = (
        _highlights_end(key, text, number[1], first, bool(numbered)) if number and not number[1].count(".") else 0
    )
    if summed_up:
        parts.append(Part(HIGHLIGHTS, "Highlights", _blocks(text[:summed_up].strip(), tables, evidence)))
    elif key == "boxed_warning" and not starts:
        text, highlights = _boxed(text)
        first = len(text)
        if highlights:
            parts.append(Part(HIGHLIGHTS, "Highlights", _blocks(highlights, tables, evidence, boxed=True)))
    own = _blocks(text[summed_up:first].strip(), tables, evidence, boxed=key == "boxed_warning")
    for start, after in zip(starts, [*starts, len(text)][1:], strict=True):
        inner, end = cuts[start]
        end = after if end <= start else min(end, after)
        smaller = [child for child in children if len(child.text) < end - start]
        parts.append(_part(inner, text[start:end].strip(), smaller, tables, evidence))
        if rest := text[end:after].strip():
            parts.append(Part(UNCLASSIFIED, "", _blocks(rest, tables, evidence)))
    return Part(key, title, own, tuple(parts))


def _highlights_end(key: str, text: str, number: str, first: int, has_subsections: bool) -> int:
    """Where the highlights that openFDA puts before a section's own text end; 0 where there are none.

    Their items end with the bare number of what they sum up, "(2.1)" or "(4)"; the full text has such numbers only in
    "[see …]". Before the first subsection all is highlights; in a Dosage section without any they end with the last
    such item, unless full text is before it, and another such section keeps them, as it has no heading for its full
    text.
    """
    own = [m for m in _OWN_REFERENCE.finditer(text, 0, first) if m[1].split(".")[0] == number]
    if not own or text.rfind("[", 0, own[0].start()) > text.rfind("]", 0, own[0].start()):
        return 0
    if has_subsections:
        return first
    end = own[-1].end()
    if key != "dosage_and_administration" or "[see " in text[:end].casefold():
        return 0
    return end if len(text) - end >= _SHORTEST_FULL_TEXT and end <= 0.6 * len(text) else 0


_OWN_REFERENCE = re.compile(
    r"\( ?(\d{1,2}(?:\.\d{1,2})?)(?: ?, ?\d{1,2}(?:\.\d{1,2})?)* ?\)(?: ?\.)?(?=$| \(?[A-Z•●○])"
)
_SHORTEST_FULL_TEXT = 40


def _boxed(text: str) -> tuple[str, str]:
    """The full text of a boxed warning, and its highlights, which say that the full text is elsewhere; none where both
    cannot be distinguished.

    openFDA has them one after the other: the full text and then the highlights under the same title, or the highlights,
    whose items end with bare numbers, between the title and the rest of the full text.
    """
    elsewhere = _ELSEWHERE.search(text)
    title = text.rfind("WARNING", 0, elsewhere.start()) if elsewhere else -1
    if not elsewhere or title < 0:
        return text, ""
    before = text[:title].strip()
    if any(word.islower() and word not in SMALL_WORDS for word in before.split()):
        return before, text[title:]
    own = _OWN_REFERENCE.finditer(text, elsewhere.end())
    ends = [m.end() for m in own if text.rfind("[", 0, m.start()) <= text.rfind("]", 0, m.start())]
    if not ends or len(text) - ends[-1] < _SHORTEST_FULL_TEXT:
        return text, ""
    rest = text[ends[-1] :].strip()
    begin = title if before or rest.startswith("WARNING") else elsewhere.start()
    return f"{text[:begin].strip()} {rest}", text[begin : ends[-1]]


_ELSEWHERE = re.compile(r"see full prescribing information for (?:the )?complete (?:boxed )?warnings?\b", re.IGNORECASE)


def split_title(key: str, text: str, evidence: Evidence) -> tuple[str, str]:
    """Title, number included, and the rest; the title is empty where the text does not begin with one."""
    text = _PARTED_NUMBER.sub(r"\1\2\3", text, count=1) if _PARTED_NUMBER.match(text) else text
    number = _NUMBER.match(text)
    start = number.end() if number else 0
    if (known := TITLE.get(key)) and (match := known.match(text, start)):
        return text[: match.end()], text[match.end() :].strip()
    if number and text[start : start + 1].isupper() and (number[1].count(".") or HOME_OF.get(key)):
        words = text[start:].split(" ", LOOKED_AT)
        length = numbered_titles(words, evidence)[1]
        title = " ".join((text[:start].strip(), *words[:length]))
        return title, " ".join(words[length:])
    return "", text


def _blocks(text: str, tables: Tables, evidence: Evidence, boxed: bool = False) -> tuple[LabelBlock, ...]:
    """The text's blocks, with each table in the place where openFDA has its words run together."""
    return tuple(ranked(_in_order(text, tables, evidence, boxed)))


def _in_order(text: str, tables: Tables, evidence: Evidence, boxed: bool) -> Iterator[LabelBlock]:
    if not text:
        return
    if boxed and (length := _capitals(text)):
        yield Paragraph(text[:length], length)
        text = text[length:].strip()
    at = 0
    for start, end, blocks in sorted(places(text, tables), key=lambda place: place[0]):
        yield from prose(text[at:start].strip(), evidence, over_table=True)
        yield from blocks
        at = end
    yield from prose(text[at:], evidence)


def _capitals(text: str) -> int:
    """Length of the capitals that title a boxed warning, 0 where there are none or nothing else."""
    match = _CAPITALS.match(text)
    if not match or len(match[0]) > 300:
        return 0
    return len(match[0].rsplit(" ", 1)[0]) if text[match.end() + 1 : match.end() + 2].islower() else match.end()


_CAPITALS = re.compile(
    r"(?:WARNINGS?\b:?|BOXED WARNING:?)(?:(?: (?:and|or|of|in|with|to|from))? [^a-z\s•●○]+)*(?= [A-Z“(•●]?[a-z•●(])"
)


# ---------------------------------------------------------------- tables

FEW_LETTERS = 20
"""The words of a table as short as that may stand in a text by chance, so it is placed once."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as openFDA gives it once more."""

    markup: str
    root: Element | None
    words: str
    """Its words without white space."""
    shown: str
    """The same as a browser shows them, a foot that comes before the body after it."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables that may stand in a text, the longest first; `placed` has the words of all that were found in some."""

    printed: tuple[Printed, ...]
    placed: set[str]


def printed(markup: str) -> Printed:
    """A table of openFDA's, with its words; without a root and words where its markup is broken beyond mending."""
    root = fragment(markup)
    if root is None:
        return Printed(markup, None, "", "")
    groups = sorted(root, key=lambda child: child.tag == "tfoot")
    return Printed(markup, root, _bare([root]), _bare(groups) if groups != list(root) else "")


def _bare(elements: Iterable[Element]) -> str:
    return "".join("".join(text for element in elements for text in element.itertext()).split())


def begins_with_table(text: str, tables: Tables) -> bool:
    """Whether the text's first words are a table's."""
    bare = text[: 2 * max((len(table.words) for table in tables.printed), default=0)].replace(" ", "")
    return any(words and bare.startswith(words) for table in tables.printed for words in (table.words, table.shown))


def places(text: str, tables: Tables) -> Iterator[tuple[int, int, list[LabelBlock]]]:
    """Start, end and blocks of each table whose words stand in `text`, as often as they do."""
    if not tables.printed:
        return
    bare = text.replace(" ", "")
    starts: list[int] = []  # of each word in `bare`, and the end
    taken: list[tuple[int, int]] = []
    for table in tables.printed:
        for words in filter(None, (table.words, table.shown)):
            for at in _occurrences(words, bare):
                end = at + len(words)
                starts = starts or list(accumulate(map(len, text.split(" ")), initial=0))
                if any(start < end and at < until for start, until in taken) or not _is_cut(bare, starts, at, end):
                    continue
                taken.append((at, end))
                tables.placed.add(table.words)
                # what lies between an index and the number of the word that it falls in are the spaces
                yield at + bisect_right(starts, at) - 1, end + bisect_right(starts, end - 1) - 1, table_blocks(table)
                if len(words) < FEW_LETTERS:
                    break


def _occurrences(words: str, bare: str) -> Iterator[int]:
    at = bare.find(words)
    while at >= 0:
        yield at
        at = bare.find(words, at + len(words))


def _is_cut(bare: str, starts: Sequence[int], *cuts: int) -> bool:
    """Whether no number or word is parted there; openFDA glues a table's first word to a sentence's full stop."""
    return all(
        starts[bisect_left(starts, cut)] == cut or not (bare[cut - 1].isalnum() and bare[cut].isalnum()) for cut in cuts
    )


def table_blocks(table: Printed) -> list[LabelBlock]:
    """The table's blocks; one paragraph of its words where its markup is broken."""
    if table.root is None:
        words = " ".join(re.sub(r"<[^<>]*>", " ", table.markup).split())
        return [Paragraph(words)] if words else []
    frame = Element("text")
    frame.append(table.root)
    return list(read_blocks(frame))
