"""Electronic product information (FHIR ePI, in R4 and R5, XML and JSON) → `Label`s.

The form is that of HL7's "Electronic Medicinal Product Information" implementation guide and of the EU ePI Common
Standard: a Bundle of type `document` whose Composition holds the text in nested sections, with resources that describe
the product; the agencies put several of those into a Bundle of type `collection`, with a List that names the product.
What agencies serve departs from the form (an integer for `resourceType`, no product, the document's code on every
section), so a resource is known by what it holds, and a section by its title before its code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element

from druginfo.labels.blocks import read_blocks
from druginfo.labels.homes import OVER_PARTS, PART, PATIENTS, TABLES, UNCLASSIFIED, number_of, of_epi, plain_title
from druginfo.labels.label import Label, LabelBlock, Paragraph, Part, Refused
from druginfo.labels.lines import NOTHING, as_text, distinct, tidy
from druginfo.labels.spl import DEEPEST_SECTION, iso_date
from druginfo.labels.xmltree import narrative
from druginfo.names import fold
from druginfo.names.lexicon import lexicon
from druginfo.terms import letters_in, without_brackets
from druginfo.terms.patterns import UNIT_ABROAD

MOST_RESOURCES = 20_000

_SMPC = "100000155532"
_LEAFLET = "100000155538"
"""What a document is, in EMA SPOR list 100000155531."""
_INVENTED, _SCIENTIFIC = "220000000002", "220000000003"
"""Parts of a product's name, in EMA SPOR list 220000000000."""
_ACTIVE = frozenset({"100000072072", "active", "active substance", "act", "actib", "actim", "actir"})

_NO_NAME = re.compile(rf"{NOTHING.pattern}|none|null|unknown|placeholder", re.IGNORECASE)
"""What files have where there is no name; "None" is a text."""


def is_fhir(record: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a FHIR resource."""
    return "resourceType" in record and not any(key in record for key in ("openfda", "effective_time", "set_id"))


def from_xml(root: Element) -> dict[str, Any]:
    """A FHIR resource in XML as JSON has it: `value` attributes as strings, what repeats as lists, XHTML as is."""
    found = _object(root)
    found["resourceType"] = root.tag
    return found


def _object(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {key: value for key, value in element.attrib.items() if key in ("id", "url")}
    for child in element:
        if child.tag == "div":  # XHTML
            value: Any = child
        elif child.tag in ("resource", "contained") and len(child):
            value = from_xml(child[0])
        elif len(child):
            value = _object(child)
        else:
            value = child.get("value", "")
        held = found.get(child.tag)
        if held is None:
            found[child.tag] = value
        elif isinstance(held, list):
            held.append(value)
        else:
            found[child.tag] = [held, value]
    return found


def read_epi(resource: Mapping[str, Any]) -> list[Label]:
    """The labels in a FHIR resource: one for each language of each document. Raises `Refused` where there is none."""
    kind = resource.get("resourceType")
    if kind == "Bundle" or (not isinstance(kind, str) and "entry" in resource):
        documents = list(_documents(resource, None))
        if not documents:
            kinds = sorted({str(each.get("resourceType")) for each in _resources(resource)} - {"None"})
            held = f"; it holds {', '.join(kinds[:5])}" if kinds else ""
            raise Refused(f"a FHIR Bundle without a Composition, so without a label text{held}")
    elif kind == "Composition":
        documents = [_Document(resource, {}, {}, {})]
    else:
        raise Refused(f"a FHIR {str(kind)[:60]}, not a label (that is a Bundle with a Composition)")
    found: list[list[Label]] = []
    refused: list[Refused] = []
    for document in documents:
        try:
            label = document.label()
        except Refused as reason:
            refused.append(reason)
            continue
        group = next((group for group in found if _is_same_product(group[0], label)), None)
        if group is None:
            found.append(group := [])
        group.append(label)
    if not found:
        raise refused[0]
    return [label for group in found for label in _with_leaflet(group)]


def _is_same_product(one: Label, other: Label) -> bool:
    """Whether two documents in one language are about one product: a name of the one is a name of the other."""
    names, others = ({n.casefold() for n in (*label.substances, *label.brands)} for label in (one, other))
    return one.language == other.language and not names.isdisjoint(others)


def _with_leaflet(group: Sequence[Label]) -> Iterator[Label]:
    """The labels of one product in one language: its package leaflet goes into the summary's monograph."""
    summaries = [label for label in group if label.kind != "package leaflet"]
    leaflets = [label for label in group if label.kind == "package leaflet"]
    if len(summaries) == 1 and leaflets:
        titles = [_say(leaflet.source[0], "title") for leaflet in leaflets]  # tell a strength's leaflet from another's
        titles = titles if len({*titles, ""}) > len(leaflets) > 1 else ["Package leaflet"] * len(leaflets)
        below = tuple(Part(PATIENTS, title, (), leaflet.parts) for title, leaflet in zip(titles, leaflets, strict=True))
        substances = next((label.substances for label in (*summaries, *leaflets) if label.substances), ())
        source = tuple(each for label in (*summaries, *leaflets) for each in label.source)
        yield replace(summaries[0], substances=substances, parts=(*summaries[0].parts, *below), source=source)
        return
    yield from (*summaries, *leaflets)


# ---------------------------------------------------------------- resources


def _at(value: Any, path: str) -> Iterator[Any]:
    """Everything at a path of keys in a resource, each item of a list: `section.code.coding`."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield value
    elif isinstance(value, Mapping):
        key, _, rest = path.partition(".")
        yield from _at(value.get(key), rest)


def _maps(value: Any, path: str) -> Iterator[Mapping[str, Any]]:
    return (each for each in _at(value, path) if isinstance(each, Mapping))


def _texts(value: Any, *paths: str) -> Iterator[str]:
    """The texts at the paths, those of the first path first; none is empty."""
    found = (each for path in paths for each in _at(value, path))
    texts = (tidy(str(each)) for each in found if isinstance(each, str | int | float) and not isinstance(each, bool))
    return filter(None, texts)


def _say(value: Any, *paths: str) -> str:
    """The first text at the paths, or empty."""
    return next(_texts(value, *paths), "")


def _resources(bundle: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return islice(_maps(bundle, "entry.resource"), MOST_RESOURCES)


def _documents(bundle: Mapping[str, Any], listed: Mapping[str, Any] | None, depth: int = 0) -> Iterator[_Document]:
    """The Compositions of a Bundle and of the Bundles in it, each with the resources beside it and the List over it.

    References are looked up by their last part and never followed from what they lead to, so circles do no harm.
    """
    resources = list(_resources(bundle))
    listed = next((r for r in resources if r.get("resourceType") == "List"), listed)
    beside = {str(r.get("id")): r for r in resources if r.get("id") is not None}
    for resource in resources:
        kind = resource.get("resourceType")
        if kind == "Composition" or (not isinstance(kind, str) and "section" in resource):
            yield _Document(resource, beside, bundle, listed or {}, resources)
        elif kind == "Bundle" and depth < 3:
            yield from _documents(resource, listed, depth + 1)


@dataclass(frozen=True, slots=True)
class _Document:
    """A Composition with what is beside it."""

    composition: Mapping[str, Any]
    beside: Mapping[str, Any]
    bundle: Mapping[str, Any]
    listed: Mapping[str, Any]
    resources: Sequence[Mapping[str, Any]] = ()

    def label(self) -> Label:
        """Raises `Refused` where it was withdrawn, is about a patient, has no text, or nothing names the medicine."""
        if _say(self.composition, "status") == "entered-in-error":
            raise Refused("a FHIR document that was withdrawn (entered in error)")
        if self.of("Patient"):
            raise Refused("a FHIR document about a patient, not about a medicine")
        is_leaflet = self.is_leaflet()
        parts = _parts(self.composition.get("section"), 0, is_leaflet)
        if not parts:
            raise Refused("a FHIR Bundle whose sections are all empty")
        is_leaflet = is_leaflet or any(_WHAT_IT_IS.fullmatch(part.title) for part in parts)
        language = self.language(parts)
        brands, substances = self.names(parts)
        if not brands and not substances:
            raise Refused(
                "a FHIR Bundle (ePI) that does not say which medicine it is for: no product beside its text, no name "
                "in sections 1 and 2"
            )
        authority, territory = self.authority(language)
        return Label(
            origin="FHIR ePI",
            brands=brands,
            substances=substances,
            set_id=self.say("identifier.value") or self.say("id"),
            version=self.say("meta.versionId"),
            effective=self.date(),
            parts=parts,
            authority=authority,
            territory=territory,
            kind="package leaflet" if is_leaflet else "summary of product characteristics",
            language=language,
            source=(self.composition,),
        )

    def say(self, *paths: str) -> str:
        return _say([self.bundle, self.composition], *paths)

    def is_leaflet(self) -> bool:
        codes = list(_texts(self.composition, "type.coding.code"))
        titles = " ".join(_texts(self.composition, "type.text", "title"))
        return _SMPC not in codes and (_LEAFLET in codes or _LEAFLET_TITLE.search(titles) is not None)

    def date(self) -> str:
        sources = (
            (self.composition, "date"),
            (self.listed, "date"),
            (self.bundle, "timestamp"),
            (self.composition, "meta.lastUpdated"),
            (self.bundle, "meta.lastUpdated"),
        )
        return next(filter(None, (iso_date(text) for holder, path in sources for text in _texts(holder, path))), "")

    def language(self, parts: Sequence[Part]) -> str:
        """The language that the document states, else the one whose small words its text has."""
        for holder in (self.composition, self.bundle, self.listed):
            code = _say(holder, "language").casefold()
            if re.fullmatch(r"[a-z]{2}([-_]\w+)?", code):
                return code[:2]
        return guessed_language(" ".join(_words_of(parts))[:20_000])

    def authority(self, language: str) -> tuple[str, str]:
        """Who published it and where it holds, as far as the identifiers, systems and agencies beside the text say."""
        about = " ".join(_strings_about((self.composition, self.bundle, self.listed, *self.resources), 0))
        for name, known in TABLES["agencies"].items():
            territory, languages, marks = known.split(" ", 2)
            writes = language in ("en", "") or languages == "*" or language in languages.split(",")
            if writes and re.search(f"(?i:{marks})", about):
                return name, territory
        if name := TABLES["agency of a language"].get(language, ""):
            return name, TABLES["agencies"][name].split()[0]
        return "", "EU" if "ema.europa.eu" in about else ""

    # ------------------------------------------------------------ names

    def names(self, parts: Sequence[Part]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Brands and active substances: of the products beside the text, else of the text itself.

        A name that the text never says is a placeholder of the file's makers, or another product's, where the text has
        one of its own.
        """
        in_text = names_in_text(parts)
        text = set(_words(" ".join(_words_of(_naming(parts) or parts))))
        title = _NOT_A_NAME.sub("", _say(self.composition, "title")).strip(" :-–")
        titled = [title] if _IS_A_PRODUCT.search(title) else []
        levels = (
            self.parts_of_names(_INVENTED),
            list(_texts(self.of("MedicinalProductDefinition"), "name.productName")),
        )
        brands = _said((*levels, [_say(self.listed, "title")], in_text[0], titled), text, in_text[0])
        return (
            distinct(map(without_strength, brands)),
            tuple(_ingredients(_said((self.substances(), in_text[1]), text, in_text[1]))),
        )

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """The resources beside the text that are of a kind."""
        return [each for each in self.resources if each.get("resourceType") == kind]

    def parts_of_names(self, kind: str) -> list[str]:
        """The parts of the products' names that are of a kind, by its code."""
        parts = (
            part for key in ("part", "namePart") for part in _maps(self.of("MedicinalProductDefinition"), f"name.{key}")
        )
        return [_say(part, "part") for part in parts if kind in _texts(part, "type.coding.code")]

    def substances(self) -> list[str]:
        """The ingredients that the scientific part of the product's name says, else that part, else all called active.

        Some files call excipients active too.
        """
        scientific, active = _meant(self.parts_of_names(_SCIENTIFIC)), _meant(self.active())
        words = set(_words(" ".join(scientific)))
        in_name = [name for name in active if words.issuperset(_words(name)[:1])]
        return in_name if len(in_name) >= len(_BETWEEN.split("/".join(scientific))) else scientific or active

    def active(self) -> Iterator[str]:
        for each in self.of("Ingredient"):
            if not _ACTIVE.isdisjoint(map(str.casefold, _texts(each, "role.coding.code", "role.coding.display"))):
                named = _say(
                    each, *(f"substance.{at}.{last}" for at in _CONCEPTS for last in ("text", "coding.display"))
                )
                to = _say(each, "substance.code.reference.reference", "substance.codeReference.reference")
                yield named or _say(self.beside.get(to.rpartition("/")[2].removeprefix("#")), "name.name")


_CONCEPTS = ("code.concept", "codeCodeableConcept", "code")
"""Where R5 and R4 have an ingredient's substance."""
_TOLD_OF_OTHERS = frozenset({"section", "text", "div", "data", "contained", "entry", "content"})


def _strings_about(value: Any, depth: int) -> Iterator[str]:
    """The strings of resources without their narratives, for who published them."""
    if isinstance(value, str):
        yield value[:500]
    inside: Iterable[Any] = ()
    if isinstance(value, Mapping):
        inside = (inner for key, inner in value.items() if key not in _TOLD_OF_OTHERS)
    elif isinstance(value, (list, tuple)):
        inside = value[:2000]
    for inner in inside if depth <= 12 else ():
        yield from _strings_about(inner, depth + 1)


# ---------------------------------------------------------------- sections


def _parts(sections: Any, depth: int, leaflet: bool) -> tuple[Part, ...]:
    """The sections that have a text, or a section with one in it; those under a mere title by themselves."""
    if depth > DEEPEST_SECTION:
        raise Refused(f"sections nested more than {DEEPEST_SECTION} deep")
    found: list[Part] = []
    for section in _maps(sections, ""):
        template = _say(section, "code.text")
        title = _say(section, "title") or template or _say(section, "code.coding.display")
        codes = [(_say(coding, "system"), _say(coding, "code")) for coding in _maps(section, "code.coding")]
        is_leaflet = leaflet or "200000029894" in {code for _, code in codes} or _is_leaflet_title(title)
        blocks = _without_title(_blocks(section.get("text")), title)
        below = _parts(section.get("section"), depth + 1, is_leaflet)
        if not blocks and not below:
            continue
        key = of_epi(codes, title, template, leaflet=is_leaflet)
        if key == PART or (depth == 0 and key == UNCLASSIFIED and below and not blocks):
            found.append(Part(UNCLASSIFIED, title, blocks) if blocks else Part(OVER_PARTS, title))
            if is_leaflet and not leaflet:
                below = (Part(PATIENTS, title, (), below),) if any(part.key != OVER_PARTS for part in found) else below
            found.extend(below)
        else:
            found.append(Part(key, title, blocks, below))
    return tuple(found)


_LEAFLET_TITLE = re.compile(r"leaflet|prospecto|pakningsvedlegg|notice|indl\w+gsseddel", re.IGNORECASE)


def _is_leaflet_title(title: str) -> bool:
    return bool(re.match(r"(?:b )?(?:package leaflet|prospecto|pakningsvedlegg|notice)\b", plain_title(title)))


_WHAT_IT_IS = re.compile(rf"(?:\d\W*)?(?:{'|'.join(TABLES['what it is'].values())})\W*", re.IGNORECASE)
"""The title of a package leaflet's first section, which names the product, as the QRD templates have it."""


def _blocks(text: Any) -> tuple[LabelBlock, ...]:
    """A narrative's blocks, of several all; none where it says that there is no text."""
    divs = [text] if isinstance(text, str) else _at(text, "div")
    roots = (narrative(div) if isinstance(div, str | Element) else div for div in divs)
    read = (read_blocks(root) for root in roots if isinstance(root, Element))
    return tuple(block for blocks in read if not NOTHING.fullmatch(as_text(blocks, " ")) for block in blocks)


def _without_title(blocks: tuple[LabelBlock, ...], title: str) -> tuple[LabelBlock, ...]:
    """The blocks without a first one that only says the title again, unless it is all that there is."""
    first = blocks[0] if len(blocks) > 1 else None
    said_again = isinstance(first, Paragraph) and plain_title(first.text) == plain_title(title) != ""
    return blocks[1:] if said_again and number_of(title) else blocks


def _words_of(parts: Iterable[Part]) -> Iterator[str]:
    return (text for part in _all(parts) for text in (part.title, as_text(part.blocks, " ")))


def guessed_language(text: str) -> str:
    """The language whose small words a text has most of; empty where that is not clear."""
    words = letters_in(text.casefold())
    scores = sorted(
        ((sum(map(words.count, small.split())), code) for code, small in TABLES["small words"].items()), reverse=True
    )
    (best, code), (second, _) = scores[:2]
    return code if best >= 5 and best > 1.1 * second else ""


# ---------------------------------------------------------------- names

_STRENGTH = re.compile(rf"\d[\d.,  ]*\s?{UNIT_ABROAD}\b|\d[\d.,]*\s?(?:%|[-–x×] ?\d|MU\b|[GM]Bq\b)", re.IGNORECASE)
_FORM = re.compile(rf"\b(?:{TABLES['contents']['forms abroad']})\b", re.IGNORECASE)


def without_strength(name: str) -> str:
    """A product's name without strength and form: "Karvea 75 mg tablets" is Karvea."""
    ends = [match.start() for pattern in (_STRENGTH, _FORM) if (match := pattern.search(name)) and match.start() > 0]
    return name[: min(ends, default=len(name))].strip(" ,;-–") or name.strip()


_CONTAINS_WORD, _SEVERAL, _ONE = (TABLES["contents"][row] for row in ("contains", "several", "one"))
_CONTAINS = re.compile(
    rf"\b(?:{_CONTAINS_WORD})\b:?\s*(?:the equivalent of |el equivalente a |tilsvarende )?", re.IGNORECASE
)
_AMOUNT = rf"\d[\d.,  ]*\s?{UNIT_ABROAD}(?:\s?/\s?[\d.,]*\s?\w+)?\s+(?:of |de |di |d['’]|av |af |von |van )?"
_AMOUNT_FIRST = re.compile(rf"{_AMOUNT}(?P<name>[^\d.,;:()]{{3,60}})", re.IGNORECASE)
_NAME_FIRST = re.compile(rf"(?P<name>[^\W\d][^\d.,;:()]{{2,50}}?)\s+\d[\d.,  ]*\s?{UNIT_ABROAD}\b", re.IGNORECASE)
_OF_IT = r" (?:in|of|de|d\w{1,4}|i|von) [^.:]{1,60}?"
_VERB = r":|\s+(?:is|are|es|son|é|são|est|sont|ist|sind|è|sono|zijn|är|er|on|ovat)\b(?:\s?:)?"
_ACTIVE_IS = re.compile(
    rf"(?P<holds>\b(?:{_CONTAINS_WORD}) (?:\w+ )?)?\b(?:(?P<several>{_SEVERAL})|(?:{_ONE})(?:\(e?[ns]\))?)(?:{_OF_IT})?"
    rf"\s?(?(holds)(?:{_VERB})?|(?:{_VERB}))\s+(?P<names>[^;\n]{{3,400}})",
    re.IGNORECASE,
)
"""How section 6 of a leaflet tells the active substances, as the QRD templates have it; without a verb only in
"contains the active substance …"."""
_SENTENCE_END = re.compile(r"\.[*†)\]]?(?:\s|$)")
_OF_A_VACCINE = re.compile(r"\b(?:\w*virus\w*|vaccinia|ant[ií]gen\w*|toxoid\w*|pol[iy]sac\w+)\b", re.IGNORECASE)
"""What a vaccine is made of is no list of ingredients; it goes by its brand."""
_ENDS_NAME = re.compile(
    r"\s+(?:\(|as\b|como\b|som\b|per\b|por\b|en cada\b|in each\b|i hver\b|equivalent|equivalente|tilsvarende"
    r"|and\b.*excipient|para\b|for\b|formulad|formulated|each\b|cada\b|hver\b|anhydrous|is\b|es\b|er\b|i form\b|in\b"
    r"|\d).*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r",|\s(?:which|that|que|qui|der|die|som|joka)\s")
"""What ends the name of one substance: a clause on it."""


def names_in_text(parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    """Brands and active substances that sections 1 and 2 tell, or a leaflet's title and its list of contents.

    Section 1 has a line for each strength; section 2 says "Each tablet contains 500 mg of paracetamol".
    """
    brands: list[str] = []
    composition = [part for part in _all(parts) if part.key == "description"]
    # outside the composition the text speaks of other medicines' substances too
    texts = [as_text(part.blocks) for part in composition or _all(parts)]
    is_vaccine = bool(composition and _OF_A_VACCINE.search(" ".join(texts)))
    active = (_active_in(text) or (_contained(text) if composition else []) for text in texts if not is_vaccine)
    for part in _all(parts):
        if is_it := _WHAT_IT_IS.fullmatch(part.title):
            brands.append(next(filter(None, is_it.groups())))
        elif part.key == "title_page":
            brands += _lines_of(part, 200)[: None if number_of(part.title) else 1]
    if not brands:
        first = (_lines_of(part, 120)[:1] for part in _all(parts) if part.key in (UNCLASSIFIED, PATIENTS))
        brands = next((lines for lines in first if lines and _STRENGTH.search(lines[0])), [])
    return _meant(map(without_strength, brands)), next(filter(None, active), [])


def _lines_of(part: Part, longest: int) -> list[str]:
    """The short paragraphs that a section begins with, pictures left out."""
    texts = (re.sub(r"\[Image[^\]]*\]", "", b.text).rstrip(". ") for b in part.blocks if isinstance(b, Paragraph))
    return [text for text in texts if 2 < len(text) <= longest]


def _active_in(text: str) -> list[str]:
    """The names after "The active substances are"; none where a list of several cannot be read as one."""
    if not (match := _ACTIVE_IS.search(text)):
        return []
    sentence = _SENTENCE_END.split(match["names"])[0].partition(":")[0]
    if named := _contained(sentence):
        return named
    if not match["several"]:
        return _split_names(_named_in_brackets(sentence) or _GOES_ON.split(sentence)[0])
    bare = without_brackets(sentence, "")
    named = [name for piece in bare.split(",") for name in _split_names(piece)]
    return (
        named
        if named == [bare.strip(" .")] or (len(named) > 1 and not any(map(str.isdecimal, bare.split(",")[0])))
        else []
    )


def _named_in_brackets(sentence: str) -> str:
    """The known name that follows a description: "… human coagulation factor VIII (damoctocog alfa pegol)"."""
    match = re.search(r"^[^,()]*\(([^\W\d][^()]{3,60})\)", sentence)
    return match[1] if match and lexicon().find(fold(match[1])) else ""


def _contained(text: str) -> list[str]:
    """The names with their amounts after the first "contains … 5 mg": what itself contains something is the capsule."""
    sentences = re.split(r"\.(?:\s|$)|;", re.sub(r"[.…]{2,}", " ", text))
    amounts = (
        pieces for each in sentences if len(pieces := _CONTAINS.split(each)) > 1 and any(map(str.isdecimal, pieces[-1]))
    )
    _, *held, sentence = next(amounts, ("", ""))
    sentence = next((piece for piece in held if _JOINS.search(piece)), sentence)
    named = [each["name"] for each in _AMOUNT_FIRST.finditer(sentence)]
    if not named and (before := _NAME_FIRST.match(sentence)):
        named = [before["name"]]
    return [name for each in named for name in _split_names(_JOINS.sub("", each))]


_JOINS = re.compile(r"\s+(?:and|y|og|und|et|e|en)\s*$", re.IGNORECASE)


_OF_A_KIND = re.compile(
    r"(?:(?:an?|un[ae]?|eine?|eit?|e[tn]|uma?|\w+ed (?:from|by|in))\s|(?:and|og|och|und|y|e)$)", re.IGNORECASE
)
"""How what is no name begins: "a monoclonal antibody", "released from the tablet"."""
_CALLED = re.compile(rf"^(?:{_SEVERAL}|{_ONE})\b,?\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|el|l[aoe]s?|los|os?|as?|il|der|die|das|de|het)\s+", re.IGNORECASE)


def _split_names(text: str) -> list[str]:
    names = re.split(
        r"\s+(?:and|y|og|und|et)\s+\d[\d.,]*\s?\w+\s+(?:of|de)?\s*|\s+(?:and|y|e|og|och|und|et|ja)\s+", text
    )
    bare = (re.sub(rf"^{_AMOUNT}", "", name.strip(), flags=re.IGNORECASE) for name in names)
    cleaned = (_CALLED.sub("", _ARTICLE.sub("", _ENDS_NAME.sub("", f" {name}").strip(" .,;:-–"))) for name in bare)
    return [name for name in cleaned if 2 < len(name) <= 60 and not _OF_A_KIND.match(name)]


_BETWEEN = re.compile(r"\s*[/+]\s*")


_NOT_A_NAME = re.compile(
    r"^TEST PURPOSES ONLY\W+|^(?:composition for|epi|product monograph|patient medication information|package leaflet"
    r"|summary of product characteristics)\b|\s*[-–] .*ONLY\W*$",
    re.IGNORECASE,
)
_IS_A_PRODUCT = re.compile(rf"{_STRENGTH.pattern}|®|{_FORM.pattern}", re.IGNORECASE)


def _meant(names: Iterable[str]) -> list[str]:
    """Those that are names: some files have `nan` or `None` instead of one."""
    return [name for name in names if not _NO_NAME.fullmatch(name)]


def _naming(parts: Sequence[Part]) -> list[Part]:
    """The parts that tell which medicine a document is for; none where it has no composition."""
    found = [
        part for part in _all(parts) if part.key in ("title_page", "description") or _WHAT_IT_IS.fullmatch(part.title)
    ]
    return found if any(part.key == "description" for part in found) else []


def _said(levels: Iterable[Sequence[str]], text: Collection[str], own: Sequence[str]) -> Sequence[str]:
    """The first level with a name whose first word, inflected or not, the text says; with any name if it has no own."""
    for level in levels:
        if names := _meant(level):
            begins = [word[0] for name in names if (word := _words(name))]
            if not own or any(w in text or (len(w) > 6 and any(t.startswith(w[:6]) for t in text)) for w in begins):
                return names
    return ()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _ingredients(names: Iterable[str]) -> list[str]:
    """Each ingredient once, as it is first named: not as salt and base, nor again in a name that joins several."""
    found: dict[frozenset[str], str] = {}
    for name in names:
        pieces = _BETWEEN.split(name)
        for piece in pieces if all(re.fullmatch(r"[^\W\d][^\d]{3,}", each) for each in pieces) else [name]:
            words = frozenset(_words(piece))
            if words and not any((words <= had or had <= words) and not _OTHER_DRUG & (words ^ had) for had in found):
                found[words] = piece
    return list(found.values())


_OTHER_DRUG = frozenset({"protamine", "protamina", "protamin"})
"""Words that make another drug of one: a mix of insulin lispro with its protamine form has two ingredients."""


def _all(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(part.parts)
