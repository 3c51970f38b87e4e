"""A medication list, reviewed: what to look at first, what is not known or there twice, the drugs, the pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from druginfo import topics
from druginfo.answers.allergies import Allergy, Connected
from druginfo.answers.bedside import OnTopic
from druginfo.answers.dose import Row
from druginfo.answers.review import Item, Review
from druginfo.model import Match, Pair, Section
from druginfo.names import fold
from druginfo.names.resolution import notice
from druginfo.render.page import DANGER, DIM, DRUG, HEADING, LABEL, Page, Styled
from druginfo.render.views import dose, interactions
from druginfo.render.views.parts import blocks, look_alikes, not_covered
from druginfo.topics.outline import heads_of, with_heads

_LONGEST_TABLE = 10
"""Of each drug, the rows that need a figure which was not given, that others refer to, or that are usual doses."""
_MOST_PASSAGES = 3
"""Of each drug and topic, what is no boxed warning or contraindication."""
_MOST_PAIRS = 20
"""That are quoted, unless more are contraindicated or to be avoided."""


def put(page: Page, answer: Review) -> None:
    """The answer on the page."""
    page.title(Styled("Medication review", "bold"))
    given = dose.patient(answer.patient) or "not described: no dosing rows are shown"
    page.put(Styled("Patient: ", LABEL).append(given), 0, 2)
    named: dict[str, str] = {}
    for item in answer.items:
        if item.match:
            named.setdefault(item.match.slug, f"{item.line}. {item.match.title}")
    page.heading("Summary")
    for label, text, style in _summary(answer, named):
        if text:
            page.pair(Styled(label, LABEL), Styled(text, style), 2)
    unknown = [item for item in answer.items if item.match is None]
    if unknown:
        page.heading("Not known here", style=DANGER)
    for item in unknown:
        page.put(Styled(f"{item.line}. {item.query}: ", LABEL).append(" ".join(item.notices)), 2, 4)
    if answer.allergies:
        page.heading("Allergies", style=DANGER)
    for allergy in answer.allergies:
        _allergy(page, allergy, named)
    _duplicates(page, answer)
    titles = _titles(answer)
    if answer.patient:
        for item in answer.items:
            _item(page, item, named, show_all=answer.show_all)
    else:
        _drugs(page, answer.items, named)
    _pairs(page, answer, titles)
    for item in unknown:
        if item.mentions:
            page.heading(f"{item.known_as} (no monograph of it here)", style=DRUG)
            interactions.quotes(page, item.mentions, titles)
    if answer.headings:
        page.heading("Read as headings")
    for heading in answer.headings:
        page.put(f"{heading.line}. {heading.text}", 2, 4)


def _titles(answer: Review) -> dict[str, str]:
    """The titles by slug, with what the list says of a drug that is stopped or held."""
    off = _not_taken(answer)
    titles = {item.match.slug: item.match.title for item in answer.items if item.match}
    return {slug: f"{title} (“{off[slug]}”)" if slug in off else title for slug, title in titles.items()}


def _not_taken(answer: Review) -> dict[str, str]:
    """What the list says of the drugs that are stopped or held on all of their lines, by slug."""
    taken = {item.match.slug for item in answer.items if item.match and not item.not_taken}
    off = {item.match.slug: item.not_taken for item in answer.items if item.match and item.not_taken}
    return {slug: words for slug, words in off.items() if slug not in taken}


# ---------------------------------------------------------------- summary


def _summary(answer: Review, named: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What there is and the lines to look at first: label, text, style; `named` has line and title by slug."""
    counts = answer.summary
    sorts = (
        (counts.found, "drug", "found"),
        (counts.not_found, "drug", "not known here"),
        (len(answer.allergies), "line", "on allergies"),
        (len(answer.headings), "heading", ""),
    )
    read = ", ".join(f"{n} {what}{'s' * (n != 1)} {how}".rstrip() for n, what, how in sorts if n)
    yield "Lines", f"{counts.lines}: {read}", ""
    unknown = [item for item in answer.items if item.match is None]
    yield "Not known here", "; ".join(f"{item.line}. {item.query}" for item in unknown), DANGER
    off = (
        f"{item.line}. {item.match.title if item.match else item.query} (“{item.not_taken}”)"
        for item in answer.items
        if item.not_taken
    )
    yield "Stopped or held, by the list", "; ".join(off), DANGER
    for allergen in (each for allergy in answer.allergies for each in allergy.allergens):
        drugs = "; ".join(f"{named[each.slug]} ({_connection(each)})" for each in allergen.drugs)
        yield f"Allergy: {allergen.name}", drugs or "none of the drugs speaks of it", DANGER * bool(drugs)
    lines: dict[str, set[int]] = {}
    for twice in answer.duplicates:
        lines.setdefault(twice.of, set()).update(twice.lines)
    yield "More than once", "; ".join(f"{of} ({', '.join(map(str, sorted(at)))})" for of, at in lines.items()), ""
    rows = [row for item in answer.items for row in item.rows if row.undecided]

    of_kind = {kind: "; ".join(named[slug] for slug in slugs) for kind, slugs in counts.drugs.items()}
    yield "Doses: to avoid", of_kind["avoid"], DANGER
    yield "Doses: to reduce", of_kind["reduce"], ""
    yield f"Doses: give {dose.missing(rows)}", of_kind["undecided"], ""
    yield "Contraindications or boxed warning about such patients", of_kind["contraindications"], DANGER
    if answer.pairs:
        counted = ", ".join(
            f"{count} {interactions.IN_WORDS[danger][2]}" for danger, count in counts.pairs.items() if count
        )
        off_list = _not_taken(answer)
        if not_both := sum(pair.a in off_list or pair.b in off_list for pair in answer.pairs):
            counted += f"; {not_both} of them with a drug that is stopped or held"
        yield "Pairs", f"{len(answer.pairs)} of {len(answer.pairs) + answer.not_listed} mentioned: {counted}", ""


# ---------------------------------------------------------------- allergies and duplicates


def _allergy(page: Page, allergy: Allergy, named: Mapping[str, str]) -> None:
    """A line on allergies, and what the monographs of the list's drugs say of each."""
    page.put(Styled(f"{allergy.line}. {allergy.text}", LABEL), 2, 4)
    if not allergy.allergens:
        page.put("No allergy is named.", 4)
    for allergen in allergy.allergens:
        what = f"{allergen.name}{f' ({allergen.reaction})' if allergen.reaction else ''}"
        page.put(Styled(f"{what}: ", LABEL).append(_NOT_CONNECTED if not allergen.drugs else ""), 4, 6)
        for each in allergen.drugs:
            page.put(Styled(f"{named[each.slug]}: ", LABEL).append(f"{_connection(each)}."), 6, 8)
            _quoted(page, each.sections)


_NOT_CONNECTED = (
    "no drug on the list is it or belongs to its class, and none mentions an allergy to it in its boxed warning, "
    "contraindications or precautions. That is not evidence that all of them are safe."
)


def _connection(each: Connected) -> str:
    """What a drug has to do with an allergy."""
    if each.is_it:
        return "is this drug"
    of_text = "speaks of this allergy" if each.sections else ""
    return ", ".join(filter(None, (f"same class: {each.same_class}" if each.same_class else "", of_text)))


def _quoted(page: Page, sections: Iterable[Section]) -> None:
    for section in sections:
        page.put(Styled(f"{section.key}, line {section.blocks[0].line}:", DIM), 8, 10)
        blocks(page, section.blocks, 10)


def _duplicates(page: Page, answer: Review) -> None:
    """Which lines have the same drug, or drugs of one class."""
    if answer.duplicates:
        page.heading("More than once", style=DANGER)
    queries = {(item.line, item.match.slug if item.match else None): item.query for item in answer.items}
    found: dict[str, dict[tuple[int, str | None], None]] = {}
    for each in answer.duplicates:
        found.setdefault(each.of, {}).update(dict.fromkeys(zip(each.lines, each.slugs, strict=True)))
    for of, lines in found.items():
        on_list = (f"{line[0]}. {queries[line]}" for line in sorted(lines, key=lambda line: line[0]))
        page.put(Styled(f"{of}: ", LABEL).append("; ".join(on_list)), 2, 4)


# ---------------------------------------------------------------- drugs


def _item(page: Page, item: Item, named: Mapping[str, str], *, show_all: bool) -> None:
    """One drug: how the line was read, the rows and passages for the patient, if no line before had them."""
    if item.match is None:
        return
    name = f"{item.line}. {item.match.title}"
    first = named[item.match.slug]
    page.heading(name, style=DRUG if name == first else HEADING)
    if fold(item.query) != fold(item.match.title):
        page.put(Styled("On the list: ", DIM).append(item.query), 0, 2)
    not_covered(page, item.match)
    for remark in _read(item.match):
        page.put(remark)
    if name != first:
        page.put(f"See {first}.")
        return
    look_alikes(page, item.match)
    for warning in item.notices:
        if warning != topics.not_covered(item.match):
            page.warn(warning)
    dose.passages(page, item.passages, 1, first=True)
    rows, about = (item.rows, item.passages) if show_all else (_short(item.rows), tuple(map(_narrow, item.passages)))
    dose.by_patient(page, rows, dict(item.titles), 1)
    dose.passages(page, about, 1, first=False)
    shown = set(map(id, rows))
    held_back = [row for row in item.rows if id(row) not in shown]
    tables = list(map(_table_of, held_back))
    counts = (
        (tables.count("undecided"), "row", f" to judge by {dose.missing(held_back)}"),
        (tables.count("referred"), "row", " that another row refers to"),
        (tables.count("usual"), "row", " of usual doses"),
        (_passages(item.passages) - _passages(about), "passage", ""),
    )
    left = [f"{n} {what}{'s' * (n > 1)}{which}" for n, what, which in counts if n]
    if left:
        page.put(Styled(f"Left out: {', '.join(left)} (--all shows them).", DIM), 0, 2)
    if item.others:
        apply = f"{'more ' * bool(item.rows)}row{'s apply' if item.others > 1 else ' applies'}"
        page.put(Styled(f"{item.others} {apply} to others too: `druginfo dose {item.match.slug}`.", DIM), 0, 2)


def _read(match: Match) -> list[str]:
    """How a line was read, where it is not the drug's name as it is, and whose text that is."""
    reading = None if match.read_as is not None else notice(match)
    return [f"{remark}." for remark in (reading, match.own) if remark]


def _drugs(page: Page, items: Iterable[Item], named: Mapping[str, str]) -> None:
    """Which drug each line is, where no patient was described and no rows were chosen."""
    page.heading("Drugs")
    for item in items:
        if match := item.match:
            name, first = f"{item.line}. {match.title}", named[match.slug]
            remarks = [*_read(match), *([f"See {first}."] if name != first else [])]
            remarks += [f"Not to be confused with {each.with_tall_man}." for each in match.confused_with]
            text = Styled(f"{item.query}{'. ' * bool(remarks)}{' '.join(remarks)}")
            text.append("".join(f" {page.warning}{each}" for each in item.notices), DANGER)
            page.pair(Styled(name, LABEL), text, 2)


def _table_of(row: Row) -> str:
    """Of which table of a drug a row is: not judged for want of a figure, referred to, usual doses; empty for none."""
    if row.undecided or row.referred:
        return "" if row.row.action == "avoid" else "undecided" if row.undecided else "referred"
    return "" if row.fit.first or row.row.action == "avoid" else "usual"


def _short(rows: Sequence[Row]) -> list[Row]:
    """The rows without the long tables.

    Of a table all rows are left out, or none: nobody must take a part of it for the whole. A row that says not to give
    the drug is never left out.
    """
    tables = list(map(_table_of, rows))
    return [row for row, of in zip(rows, tables, strict=True) if not of or tables.count(of) <= _LONGEST_TABLE]


def _narrow(about: OnTopic) -> OnTopic:
    """The passages on a topic without most of what is no boxed warning or contraindication."""
    kept, room = [], _MOST_PASSAGES
    for section in about.sections[about.first :]:
        heads = {head for over in heads_of(section.blocks) for head in over}
        leaves = [number for number in range(len(section.blocks)) if number not in heads][:room]
        if leaves:
            kept.append(topics.narrowed(section, with_heads(section.blocks, leaves)))
            room -= len(leaves)
    return about._replace(sections=(*about.sections[: about.first], *kept))


def _passages(about: Iterable[OnTopic]) -> int:
    return len({(section.key, block.line) for each in about for section in each.sections for block in section.blocks})


# ---------------------------------------------------------------- pairs


def _pairs(page: Page, answer: Review, titles: Mapping[str, str]) -> None:
    """The pairs that the monographs speak of, the worst first, and how many they do not speak of."""
    if answer.pairs:
        page.heading("Pairs", style=DRUG)
    quoted = len(answer.pairs) if answer.show_all else _quotable(answer.pairs)
    for danger, group in groupby(enumerate(answer.pairs), key=lambda each: each[1].danger):
        pairs = list(group)
        grade = interactions.IN_WORDS[danger or "mentioned"][0]
        page.heading(
            f"{grade}: {len(pairs)} pair{'s' * (len(pairs) > 1)}", 1, style=DANGER if danger in _GRAVE else LABEL
        )
        for at, pair in pairs:
            if at < quoted:
                interactions.put_pair(page, _gravest_first(pair), titles, 2, None if answer.show_all else 1)
        _by_name(page, [pair for at, pair in pairs if at >= quoted], titles)
    if left := len(answer.pairs) - quoted:
        page.blank()
        how = "--all quotes them, `druginfo interactions DRUG DRUG` one of them"
        page.put(f"{left} pair{'s are' if left > 1 else ' is'} not quoted: {how}.", 0, 2)
    if answer.not_listed:
        pairs_are = "1 pair is" if answer.not_listed == 1 else f"{answer.not_listed} pairs are"
        page.blank()
        page.put(Styled(f"{pairs_are} not listed: {interactions.NO_STATEMENT}", "bold"), 0, 2)


_GRAVE = ("contraindicated", "avoid")


def _quotable(pairs: Sequence[Pair]) -> int:
    """How many pairs are quoted: all that are contraindicated or to be avoided, of a short list the others too."""
    return max(sum(pair.danger in _GRAVE for pair in pairs), min(_MOST_PAIRS, len(pairs)))


def _gravest_first(pair: Pair) -> Pair:
    return pair._replace(statements=tuple(sorted(pair.statements, key=lambda each: each.danger != pair.danger)))


def _by_name(page: Page, pairs: Sequence[Pair], titles: Mapping[str, str]) -> None:
    """Pairs by their names alone, a line for each drug."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        found.setdefault(titles[pair.a], []).append(titles[pair.b])
    for title, others in found.items():
        page.put(Styled(title, LABEL).append(f" and {', '.join(others)}"), 2, 4)
