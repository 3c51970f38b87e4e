"""What the section on uses says to limit an indication."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from druginfo.dosing.indications import names_disease
from druginfo.dosing.naming import NOT_FOR, Naming
from druginfo.markup import plain
from druginfo.terms import sentences, told_once
from druginfo.terms.phrase_list import Phrases

_LIMITATION = re.compile(r"\W*(?:[\d.]+\s+)?limitations?\b", re.I)
_TITLE = re.compile(r"\W*limitations?(?:\s+of\s+use)?[\W\d]*", re.I)
_LIMITS = Phrases(
    "not … first choice | reserve/reserved (for) | no (other) (suitable) (treatment) alternative* | limitation* of"
    " | not (been) for/approved/indicated/recommended/established/studied/shown/demonstrated/evaluated/known/intended"
    "/advised/suitable/appropriate/effective | should/must not | do not use | used/indicated only | no longer"
    " | only after/if/when/in/for/to/where/until/by | only … who/whose/that/which | after failure/inadequate"
    " | failed … other/prior | not (be) (adequately/well/sufficiently/optimally) controlled/tolerated/respond/responded"
    " | inadequate/insufficient (or) _2 response/control | cannot tolerate/take/use | intoleran* | inadvisable"
    " | treated with … for at least | after at least | at least _2 after/post/since | previously/already treated"
    " | refractory | second-line/last-line | not (be) (sufficiently/adequately) rapid/useful/adequate/sufficient"
)
"""What limits an indication, in the words of the section on uses."""
_NO_USE = re.compile(r"\bnot\s+(?:been\s+)?(?:indicated|intended|approved|to\s+be\s+used)\b", re.I)
"""What names no use of its own: "not indicated for the relief of acute bronchospasm" limits the use before it."""
_AFFIRMS = re.compile(r"(?<!not )\bindicated\s+(?:for|in|to|as)\b", re.I)
_ASIDE = re.compile(r"\W*(?:scope\b|to reduce the development of drug-resistant)", re.I)
"""What is no limit of one indication: what a monograph covers, what is said of every antibacterial."""


def limits(naming: Naming, lines: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """What the uses say to limit the indication that was asked for, or all: a sentence each, with its line.

    A sentence that names no disease belongs to the last one that was named before it in its line, in what is over
    that and in the titles; where none was, to all.
    """
    found: dict[str, int] = {}
    for section in naming.usage:
        titles = [each.title for each in naming.usage if f"{section.key}/".startswith(f"{each.key}/")]
        leads = None
        for title in titles:
            leads = _is_on_it(naming, title, leads, names_disease)
        over = {-1: leads}
        for block in section.blocks:
            text = plain(block.text)
            state = over.get(block.depth - 1, leads if block.kind == "item" else over[-1])
            state = True if block.line in lines else state
            for sentence in sentences(text):
                if naming.names_some(sentence) or not _NO_USE.search(sentence):
                    state = _is_on_it(naming, sentence, state, naming.names_another)
                is_under = _LIMITATION.match(titles[-1]) or NOT_FOR.match(text)
                is_limit = (is_under and not _AFFIRMS.search(sentence)) or _LIMITS.search(sentence)
                if state is None and block.kind == "item" and not is_limit:
                    state = False  # a use in a list of them
                if (
                    state is not False
                    and is_limit
                    and not (_ASIDE.match(text) or _ASIDE.match(sentence) or _TITLE.fullmatch(sentence))
                ):
                    found.setdefault(sentence, block.line)
            over[block.depth] = state
            leads = state if text.endswith(":") else leads
    return tuple((found[each], each) for each in told_once(found))


def _is_on_it(naming: Naming, text: str, before: bool | None, names_another: Callable[[str], bool]) -> bool | None:
    """Whether a text that names a disease names what was asked; else what was known before."""
    return True if naming.names_some(text) else False if names_another(text) else before
