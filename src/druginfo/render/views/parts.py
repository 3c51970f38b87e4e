"""The parts that several views share: a drug's head, sections and their blocks, questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from druginfo import topics
from druginfo.markup import lead_in, slugify, spans
from druginfo.model import Block, Faq, Head, Match, Monograph, Section
from druginfo.names.resolution import notice
from druginfo.render.page import DANGER, DIM, HEADING, LABEL, Page, Styled
from druginfo.terms.language import language_name

_LONGEST_LABEL = 60  # characters of a list item that is only a label


def age(last_modified: str | None, today: date) -> str | None:
    """How long ago a date (RFC 3339 or a date) was, in words; None where it is no date.

    >>> age("2025-09-22T17:21:52.345Z", date(2026, 11, 22))
    '14 months ago'
    """
    try:
        then = date.fromisoformat((last_modified or "")[:10])
    except ValueError:
        return None
    if then > today:
        return "in the future"
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < 1:
        days = (today - then).days
        return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"
    return f"{months} month{'s' * (months > 1)} ago" if months < 24 else f"{months // 12} years ago"


def markdown(text: str, style: str = "") -> Styled:
    """A block's Markdown as styled text, its lead-in label set apart."""
    label, rest = lead_in(unbroken(text))
    styled = Styled(f"{label}:{' ' * bool(rest)}" if label else "", LABEL)
    for span in spans(rest):
        styles = (style, "bold" * span.bold, "italic" * span.italic)
        styled.append(span.text, " ".join(filter(None, styles)), span.url)
    return styled


def unbroken(text: str) -> str:
    """The text with a space for each line break that a table's cell can only have as HTML."""
    return re.sub(r"\s*<br\s*/?>\s*", " ", text) if "<br" in text else text


# ---------------------------------------------------------------- a drug


def head(page: Page, match: Match, monograph: Monograph | Head, part: str | None, scope: str | None) -> None:
    """Which drug this is, how the query came to it, what the text covers, what it is called, how old it is."""
    came_by(page, match)
    page.title(Styled(monograph.title, LABEL).append(page.dot + part if part else ""))
    if match.own:
        page.put(f"{match.own}.")
    if monograph.is_banned:
        banned(page, monograph.title)
    look_alikes(page, match)
    if scope:
        page.put(Styled("Scope: ", LABEL).append(scope), 0, 2)
    if part is None and isinstance(monograph, Monograph):
        if monograph.description and not _is_cut_off(monograph):
            page.put(monograph.description)
        _names(page, monograph)
    _dates(page, monograph, with_sources=part is None)


def came_by(page: Page, match: Match | None) -> None:
    """How the query was read, where it is not the drug's own title; and first if the text does not cover it."""
    not_covered(page, match)
    if match and (reading := notice(match)):
        page.put(f"{reading}.")


def not_covered(page: Page, match: Match | None) -> None:
    """A warning about a product that the monograph's scope leaves out."""
    if match and (warning := topics.not_covered(match)):
        page.warn(warning)


def look_alikes(page: Page, match: Match | None) -> None:
    """The names that the drug's is mistaken for."""
    for pair in match.confused_with if match else ():
        page.put(Styled(f"Not to be confused with {pair.with_tall_man} (this is {pair.tall_man}).", "bold"), hang=2)


def warnings(page: Page, drugs: Sequence[Match], slugs: Sequence[str]) -> None:
    """Warnings about several drugs, before anything else; `slugs` are those of the banned ones."""
    for match in drugs:
        if match.slug in slugs:
            banned(page, match.title)
    if slugs:
        page.blank()
    for match in drugs:
        not_covered(page, match)
        look_alikes(page, match)


def banned(page: Page, title: str) -> None:
    """A warning that the monograph marks the drug as banned."""
    page.warn(f"BANNED: this monograph marks {title} as banned.")


def _names(page: Page, monograph: Monograph) -> None:
    brands = [n.name for n in monograph.names if n.field == "brand"]
    others = [n.name for n in monograph.names if n.field in ("inn", "synonym") and n.name != monograph.title]
    for label, values in (("Brands", brands), ("Also called", others), ("Class", monograph.classes)):
        if values:
            page.put(f"{label}: {', '.join(values)}", hang=2)


def _dates(page: Page, monograph: Monograph | Head, *, with_sources: bool) -> None:
    since = age(monograph.last_modified, page.today)
    if monograph.last_modified:
        day = monograph.last_modified[:10] if since else monograph.last_modified
        is_old = since is not None and since.endswith("years ago")
        reviewed = f"{_of(monograph, day)}{f', {since}' if since else ''}."
        page.put(Styled(reviewed, LABEL if is_old else DIM))
    for source in monograph.sources if with_sources and isinstance(monograph, Monograph) else ():
        revised = f", revised {source.revised}" if source.revised else ""
        page.put(Styled(f"Source: {source.title or source.id or source.url or ''}{revised}.", DIM), hang=2)


def _of(monograph: Monograph | Head, day: str) -> str:
    """What a date says of a monograph: when a person reviewed it, or of when the official document is."""
    if not monograph.document:
        return f"Last reviewed {day}"
    language = f", {language_name(monograph.language)}" if monograph.language not in (None, "en") else ""
    return f"{monograph.document} of {day}{language}"


def _is_cut_off(monograph: Monograph) -> bool:
    """Whether the description is an export's cut-off copy of what the body says in full."""
    description = monograph.description or ""
    if not description.endswith(("...", "…")):
        return False
    return slugify(description.rstrip(".…")) in slugify(" ".join(s.text for s in monograph.sections))


# ---------------------------------------------------------------- sections


def sections(page: Page, sections: Iterable[Section], level: int = 0) -> None:
    """Sections under their headings, each heading once; the highest ones at `level`."""
    above: tuple[str, ...] = ()
    for section in sections:
        path = (*section.over, section.title)
        for depth, title in enumerate(path):
            if title and (above[: depth + 1] != path[: depth + 1] or depth == len(path) - 1):
                section_heading(page, title, depth, danger=topics.endangers(section), level=level)
        above = path
        blocks(page, section.blocks, 2 * len(path) if section.level else 0)


def section_heading(page: Page, title: str, depth: int, *, danger: bool, level: int = 0) -> None:
    """The heading of a section, `level` below the page's; a warning of danger has a sign too, not colour alone."""
    style = DANGER if danger else HEADING if depth == 0 else LABEL
    page.heading((page.warning if danger and depth == 0 else "") + title, level + depth, indent=2 * depth, style=style)


def blocks(page: Page, blocks: Sequence[Block], indent: int) -> None:
    """A section's content."""
    i = 0
    while i < len(blocks):
        block = blocks[i]
        end = i + 1
        if block.kind in ("header", "row"):
            while end < len(blocks) and blocks[end].kind == "row":
                end += 1
            _table(page, blocks[i:end], indent + 2 * block.depth)
        else:
            if block.kind == "paragraph" and i:
                page.blank()
            _block(page, block, indent + 2 * block.depth)
        i = end


def _block(page: Page, block: Block, indent: int) -> None:
    match block.kind:
        case "item":
            marker = block.marker if block.marker[0].isdigit() else page.bullet
            page.item(marker, markdown(block.text, LABEL if _is_label(block.text) else ""), indent)
        case "code":
            page.blank()
            if block.marker:
                page.put(Styled(block.marker, DIM), indent + 2)
            page.code(block.lines, indent + 2)
            page.blank()
        case "quote":
            page.quote(markdown(block.text), indent)
        case "rule":
            page.rule(indent)
        case _:
            page.put(markdown(block.text), indent)


def _is_label(text: str) -> bool:
    """Whether a list item is only the label of the items below it: "COVID-19:"."""
    return text.endswith(":") and len(text) <= _LONGEST_LABEL and not lead_in(text)[0]


def _table(page: Page, blocks: Sequence[Block], indent: int) -> None:
    header = [markdown(cell, LABEL) for block in blocks if block.kind == "header" for cell in block.cells]
    page.blank()
    page.grid(header, [[markdown(cell) for cell in block.cells] for block in blocks if block.kind == "row"], indent)
    page.blank()


# ---------------------------------------------------------------- questions


def questions(page: Page, faqs: Sequence[Faq]) -> None:
    """Questions with their answers, under a heading of their own."""
    if faqs:
        page.heading("FAQs")
    for number, faq in enumerate(faqs):
        if number:
            page.blank()
        question(page, faq)


def question(page: Page, faq: Faq) -> None:
    """A question and its answer."""
    page.put(Styled(faq.question, LABEL), 2, 4)
    page.passage([(len(line) - len(line.lstrip()), Styled(line.strip())) for line in faq.answer.split("\n")], 4)


def more(page: Page, count: int, query: str) -> None:
    """That passages were left out, and how to have them."""
    page.blank()
    page.put(Styled(f"{count} more passages: druginfo show {query} -n 0", DIM))
