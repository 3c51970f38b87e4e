"""From a person's words to an answer: which drug, which topic, what of it. Nothing here prints or formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from druginfo import __version__, topics
from druginfo.answers.listing import Cards
from druginfo.answers.show import Drug, TopicOfAll
from druginfo.errors import Absent, DruginfoError, NotFound
from druginfo.library import Library, own
from druginfo.model import Candidate, Match
from druginfo.questions import across
from druginfo.questions.cards import of_class
from druginfo.questions.showing import of_drug
from druginfo.questions.spotting import LONGEST_NAME, LONGEST_SENTENCE, absent_within, names_within, split_drug

if TYPE_CHECKING:
    from druginfo.answers.dose import Doses
    from druginfo.answers.info import Info
    from druginfo.dosing import Patient


def show(
    library: Library, words: Sequence[str], *, exact: bool = False, most: int | None = None
) -> Drug | TopicOfAll | Cards:
    """One monograph; part of one, where a topic follows the drug; a topic of every drug; the drugs of a class.

    Raises NotFound, Absent, Ambiguous.
    """
    query = " ".join(words).split()
    match, rest = split_drug(library, query)
    if match:
        return of_drug(library, match, rest, " ".join(query), exact=exact, most=most)
    whole = " ".join(query)
    if topics.known(whole):
        return across.of_all(library, whole, whole, most)
    if cards := of_class(library, whole):
        return Cards(cards)
    is_sentence = len(query) > LONGEST_SENTENCE
    if not is_sentence and (found := across.of_class_and_topic(library, query, most)):
        return found
    resolution = library.resolve(whole, exact=exact)
    likely = resolution.match is not None and resolution.match.kind != "exact"
    unsure = not exact and (likely or resolution.status == "not_found")
    if unsure and (drug := _misspelled_before_topic(library, query)):  # "warfrin dose" asks for doses
        return drug
    if resolution.match:
        return of_drug(library, resolution.match, (), whole, exact=exact)
    if resolution.status == "not_found":
        if not exact and (topic := topics.near(whole)):
            return across.of_all(library, whole, whole, most, notice=f"Showing {topic.words[0]} for “{whole}”.")
        if error := _named_within(library, query):
            raise error
        with suppress(NotFound):
            if not is_sentence:
                return across.of_all(library, whole, whole, most)._replace(notice=_next_step(library, whole))
    library.find(whole, exact=exact)
    raise AssertionError("a name that does not resolve raises")


def dose(
    library: Library, words: Sequence[str], patient: Patient, *, exact: bool = False, show_all: bool = False
) -> Doses:
    """The dosing table of a drug: the rows that apply to the patient, and how many do not.

    Raises NotFound (also where no row applies), Absent, Ambiguous.
    """
    try:
        match = library.find(" ".join(words), exact=exact)
    except NotFound as error:
        asked = " ".join(words).split()
        if split_drug(library, asked)[0] is None:
            raise
        hint = f"dose takes a drug alone; `druginfo show {' '.join(asked)}` takes words behind it."
        raise NotFound(f"{error.message} {hint}", query=error.query, candidates=error.candidates) from None
    return doses_of(library, match, patient, show_all=show_all)


def doses_of(
    library: Library, match: Match, patient: Patient, *, show_all: bool = False, always: bool = False
) -> Doses:
    """The dosing table of one drug.

    Raises NotFound where it has no doses, and, but for `always`, where no row applies or none names what was asked.
    """
    from druginfo.answers.dose import Doses, Row, Verdict
    from druginfo.dosing import apply
    from druginfo.questions import bedside

    monograph = library.open(match.slug)
    regimens, notices = bedside.read_doses(monograph)
    wanted = patient.indication
    if said := topics.not_covered(match):
        notices = (said, *notices)
    if wanted and (said := topics.outside_scope(match.scope, wanted)):
        raise NotFound(f"The text of {match.title} does not cover “{wanted}”. Its scope: {said}", query=wanted)
    passages = bedside.passages(monograph, patient)
    also = library.called_too(wanted) if wanted else ()
    selection = apply(monograph, regimens, patient, also=also, passages=always or bool(passages))
    judged = bool(selection.filters) or show_all
    rows = tuple(
        Row(each.row, Verdict(*each[1:]) if judged else None) for each in selection.rows if each.applies or show_all
    )
    return Doses(
        match,
        monograph.title,
        monograph.is_banned,
        monograph.last_modified,
        monograph.document,
        monograph.language if monograph.language != "en" else None,
        rows,
        regimens.notes,
        selection.filters,
        selection.left_out,
        topics.scope(monograph),
        topics.has_boxed_warning(monograph) or None,
        monograph,
        selection.other_indications or None,
        (*notices, *([selection.notice] if selection.notice else [])),
        bedside.needed(passages, selection.answered),
    )


def info(library: Library) -> Info:
    """What is running on what."""
    from druginfo.answers.info import Index, Info

    _, path, state = library.store
    index = Index(state, str(path) if path else None)
    roots = tuple(str(root.absolute()) for root in library.roots if os.path.isdir(root))
    return Info(__version__, len(library.cards()), roots, str(own()), index, tuple(library.skipped()))


# ---------------------------------------------------------------- parts


def _named_within(library: Library, query: Sequence[str]) -> DruginfoError | None:
    """What to tell a person who typed a sentence: the drug that it names, and where to ask."""
    if len(query) < 3:
        return None
    whole = " ".join(query)
    if inside := names_within(library, query):
        match, _ = inside
        message = f"“{whole}” is no drug and no topic. Try `druginfo show {match.slug}` or `druginfo faq {whole}`."
        return NotFound(message, query=whole, candidates=(Candidate(match.slug, match.title, match.matched, 0),))
    for known_as in absent_within(library, query):
        return Absent(f"{known_as} is a known drug, but the library has no monograph of it.", query=whole)
    return None


def _next_step(library: Library, words: str) -> str:
    """Where else the words lead, which name no drug, class or topic."""
    treated = library.treats(words)
    lists = f" `druginfo list --for {words}` lists {len(treated)} drugs for it." if treated else ""
    return f"“{words}” is no drug; these monographs speak of it. `druginfo search {words}` ranks the passages.{lists}"


def _misspelled_before_topic(library: Library, query: Sequence[str]) -> Drug | None:
    """`baricitinb kidney`: a misspelled name in front of words that are a topic."""
    for count in range(min(len(query) - 1, LONGEST_NAME), 0, -1):
        asked = " ".join(query[count:])
        if not topics.known(asked):
            continue
        resolution = library.resolve(" ".join(query[:count]))
        if resolution.match:
            return of_drug(library, resolution.match, query[count:], " ".join(query), exact=False)
        if resolution.status in ("absent", "ambiguous"):
            library.find(" ".join(query[:count]))
    return None
