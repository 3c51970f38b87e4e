"""L: names and references, between files and the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.check.document import Document
from druginfo.check.rule import Faults, FaultsOf, Level, Rule, library_rule, rule
from druginfo.markup import lead_in, slugify
from druginfo.model import Name
from druginfo.names import fold
from druginfo.terms import words_in
from druginfo.topics import known, own_sections

_JOINING = frozenset({"and", "with", "of", "the"})
_SECTION_NAME = r"[A-Z][\w'’-]*(?:\s+(?:and|or|of|in|the|with|to|for|It|[A-Z])[\w'’-]*)*"
_SEE = re.compile(
    r"(?:[Ss](?<!\w[Ss])ee|[Rr](?<!\w[Rr])efer to|[LlGg](?<!\w[LlGg])i(?:sted|ven) under)"
    rf"\s+(?:also\s+)?(?:the\s+)?(?:section\s+)?[“\"]?"
    rf"(?P<path>{_SECTION_NAME}(?:\s?[/>]\s?{_SECTION_NAME})*)[”\"]?(?P<section>\s+section\b)?"
)
_SEE_MONOGRAPH = re.compile(
    r"\b[Ss]ee\s+(?:the\s+)?(?:monographs?\s+(?:of|on|for)\s+(?P<after>[\w-]+)|(?P<before>[\w-]+)\s+monograph\b)"
)


@library_rule("L701", "error", "name that two drugs claim", imported="warning")
def name_claimed_twice(documents: Sequence[Document]) -> FaultsOf:
    owners: dict[str, dict[str, Document]] = {}
    for document in documents:
        for name in document.monograph.names:
            owners.setdefault(fold(name.name), {}).setdefault(document.slug, document)
    for document in documents:
        for name in document.monograph.names:
            others = [other.path for slug, other in owners[fold(name.name)].items() if slug != document.slug]
            if others:
                where = f"{others[0]} and {len(others) - 1} more" if len(others) > 2 else " and ".join(others)
                yield document, line_of(document, name), f"“{name.name}” is also a name in {where}"


@rule("L702", "error", "file name and title that do not belong together", imported="error")
def slug_and_title(document: Document) -> Faults:
    slug, title = _words(document.slug), _words(document.monograph.title)
    names = {fold(name.name) for name in document.monograph.names if name.field in ("title", "inn", "synonym")}
    if not document.entry("title") or slug <= title or title <= slug:
        return
    drug, titled = _drugs(document.slug.replace("-", " ")), _drugs(document.monograph.title)
    if fold(document.slug) not in names or (drug and titled and not drug & titled):
        yield document.line("title"), f"the file is called {document.slug}, the drug {document.monograph.title}"


def _names_of_others(code: str, level: Level, what: str, *, brands: bool) -> Rule:
    """A rule on brands, or on other names, that the lexicon has for another drug."""

    def find(document: Document) -> Faults:
        title = document.monograph.title
        if not (own := _drugs(title)):
            return
        for name in document.monograph.names:
            if (name.field == "brand") is not brands or fold(title).startswith(fold(name.name)):
                continue  # "nitro" is what every ward calls nitroglycerin, whatever else bears the name abroad
            theirs = _drugs(name.name)
            if theirs and not theirs & own and not any(_is_form_of(drug, title) for drug in theirs):
                others = " or ".join(sorted(_title(drug) for drug in theirs))
                yield line_of(document, name), f"“{name.name}” is a name of {others}, not of {title}"

    return rule(code, level, f"{what} that the lexicon knows as another drug's", "warning")(find)


OTHER_DRUGS_NAME = _names_of_others("L703", "error", "name", brands=False)
OTHER_DRUGS_BRAND = _names_of_others("L704", "warning", "brand", brands=True)


@rule("L705", "warning", "reference to a section that does not exist")
def dead_reference(document: Document) -> Faults:
    references = list(document.occurrences(_SEE))
    places = _places(document) if references else set()
    for number, found in references:
        path = [part.strip() for part in found["path"].replace(">", "/").split("/")]
        is_reference = found["section"] or known(path[0]) or (len(path) > 1 and _exists(document, path[0], places))
        is_one_heading = any(place.startswith(slugify(found["path"])) for place in places)
        if is_reference and not is_one_heading and not all(_exists(document, part, places) for part in path):
            yield number, f"“{found[0]}”: there is no such section"


@library_rule("L706", "warning", "reference to a monograph that does not exist")
def dead_monograph_reference(documents: Sequence[Document]) -> FaultsOf:
    names = {fold(name.name) for document in documents for name in document.monograph.names}
    for document in documents if len(documents) > 1 else ():
        for number, found in document.occurrences(_SEE_MONOGRAPH):
            if fold(found["after"] or found["before"]) not in names:
                yield document, number, f"“{found[0]}”: there is no such monograph"


_Ingredients = frozenset[int]


def _drugs(name: str) -> set[_Ingredients]:
    """The lexicon's drugs of that name or of its moiety: one number each, several numbers for a combination."""
    from druginfo.names.lexicon import lexicon
    from druginfo.names.salts import METALS, same_moiety

    drugs: set[_Ingredients] = set()
    words = name.split()
    bare = " ".join(words[:-1]) if words[-1].lower() in METALS else ""
    for each in filter(None, (name, *same_moiety(name), bare)):
        if found := lexicon().find(fold(each)):
            drugs |= {frozenset(found.drugs)} if found.joint else {frozenset({drug}) for drug in found.drugs}
    return drugs


def _is_form_of(drug: _Ingredients, title: str) -> bool:
    """Whether a drug is called by a title and a salt word: "magnesium sulfate heptahydrate"."""
    from druginfo.names.salts import SALT_WORDS

    words, own = _title(drug).lower().split(), title.lower().split()
    return words[: len(own)] == own and words[-1] in SALT_WORDS | {"solvate"}


def _title(drug: _Ingredients) -> str:
    from druginfo.names.lexicon import lexicon

    return " with ".join(lexicon().drug(number).title for number in sorted(drug))


def _words(name: str) -> set[str]:
    return {fold(word) for word in words_in(slugify(name))} - _JOINING


def line_of(document: Document, name: Name) -> int:
    """The line of a name: in the body's own list, or in the front matter."""
    if name.field == "title":
        return document.line("title")
    pattern = re.compile(rf"(?<!\w){re.escape(name.name)}(?!\w)")
    aliases = document.entry("aliases")
    in_front = range(aliases.line, aliases.value.end_mark.line + 2) if aliases and name.field == "synonym" else range(0)
    in_body = (n for section in document.sections("names") for n in range(section.line, _end(document, section.line)))
    return next((n for n in (*in_front, *in_body) if pattern.search(document.lines[n - 1])), document.line("title"))


def _end(document: Document, start: int) -> int:
    after = (section.line for section in document.monograph.sections if section.line > start)
    return min(after, default=len(document.lines) + 1)


def _places(document: Document) -> set[str]:
    """What a reference can point at: headings, their last parts, and lead-in labels."""
    headings = {slugify(section.title) for section in document.monograph.sections}
    blocks = (block for section in document.monograph.sections for block in section.blocks)
    return headings | {slugify(label) for block in blocks if (label := lead_in(block.text)[0])}


def _exists(document: Document, name: str, places: set[str]) -> bool:
    slug = slugify(name)
    topic = known(name)
    return (
        slug in places
        or any(place.startswith(f"{slug}-") or slug.startswith(f"{place}-") for place in places)
        or bool(topic and own_sections(document.monograph, topic))
    )
