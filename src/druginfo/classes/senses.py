"""What a sentence says of taking two drugs together: that it is forbidden, that it matters, that nothing happens; or that it
speaks of something else: a trial, a switch. Read when the store is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from druginfo.classes.profile import Sense
from druginfo.terms.phrase_list import Phrases

_JOINTLY = "*combin* | *together* | *concomitant* | *concurrent* | *simultaneous* | *co-administ* | *co-prescri*"
_GRAVE = Phrases(
    "*fatal* | *life-threatening | *death* | *serious* | *severe* | *syndrome* | *rhabdomyolysis* | *hemorrhage* |"
    " *haemorrhage* | *bleed* | *torsade* | *QT* | *respiratory* | *reduce* | *halve* | lower dose* | *limit* |"
    " *maximum* | *monitor* | *adjust* | *risk* | *toxic*"
)
_DENIES = Phrases(
    "no _4 effect/effects/change/interaction/interactions/adjustment/difference/influence/relevant/importan* |"
    " not _1 expected/affect*/chang*/alter*/influence*/necessary/needed/required/relevant/significant*/important |"
    " did/does/do not _1 change*/affect*/alter*/influence*/interact*/raise*/need* | unlikely | unchanged |"
    " can/may be taken*/used*/given*/combined* | without _1 effect*/adjustment* | needs no | no dose | little effect*"
)
_SENSES = (
    (Sense.FORBIDDEN, Phrases(
        "*contraindicat* | must not | never | do not use/combine/give/take/co-administer*/start* |"
        " not be used*/combined*/taken*/given* | should not be | not together"
    )),
    (Sense.AVOID, Phrases("avoid* | not recommended/advised/for | stop | discontinue*")),
    (Sense.GRAVE, _GRAVE),
    (Sense.DENIES, _DENIES),
    (Sense.PERMITS, Phrases("alone or | in combination with | with other | add-on/added-on | adjunct*")),
    (Sense.TOGETHER, Phrases(_JOINTLY, "receiving | use with")),
    (Sense.CUE, Phrases(
        _JOINTLY,
        "*avoid* | not recommended*/for* | *contraindicat* | other | taking | receiving | user/users of | *interact* |"
        " add/added/adding | ^ with | more likely/often with | with use of | with _ use*"
    )),
    (Sense.COMPARISON, Phrases("more/less/higher/greater/lower/fewer … than | compared/relative | versus | vs")),
    (Sense.TRIAL, Phrases("versus | vs | against | compared | than with/on/of/in/after | placebo")),
    (Sense.SUBSTITUTE, Phrases(
        "switch* | instead | alternativ* | replac* | substitut* | change/changed/changing to/from/over | convert* |"
        " conversion | in place of | choose another | prefer* | rather than | transition* | transfer* | interchang*"
    )),
    (Sense.EVIDENCE, Phrases(  # what is known of other drugs of a class, not of the two together
        "study/studies/trial/trials/experience/data/evidence/report/reports/seen/reported with/on/of/in/from/for"
    )),
    (Sense.HINT, Phrases(
        "*allerg* | *sensitiv* | *anaphyla* | *angioedema* | *react* | *asthma* | *urticaria* | *rhinitis* | *polyp* |"
        " *exacerbat* | *triad* | *intoleran* | *inadequate* | *not adequately | *refractory* | *fail* | *histor* |"
        " *earlier* | *previous* | *prior* | *past* | *before* | *once* | *formerly* | *treat* | *manag* | *revers* |"
        " *counter* | *reliev*"
    )),
    (Sense.EFFECT, Phrases(  # of a label: that it names an effect, not a partner
        "*syndrome* | *bleeding* | *hemorrhage* | *haemorrhage* | risk/risks | *toxicity* | *hypotension* |"
        " *effect/*effects | *monitoring* | test/tests | *general* | note | *interact* | *avoid* | *contraindicat* |"
        " *caution* | *prolongation* | *glycemia* | *glycaemia* | *kalemia* | *kalaemia* | *natremia* | *natraemia* |"
        " *failure* | *depression* | *injury*"
    )),
)  # fmt: skip
_NEW_DOSE = Phrases(
    r"reduce/halve/increase/lower/raise/limit/use/give/start …30 dos*/half/third/quarter/fourth/\d* | maximum"
)
_MEASURE = Phrases("avoid/monitor/adjust/separate/stop/withhold/wait/interrupt/suspend/check/reduce/halve/limit")


@cache
def _finders() -> tuple[tuple[int, tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((flag, phrases.parts, phrases.pattern) for flag, phrases in _SENSES)


def sense(text: str) -> int:
    """What a text says, as `Sense` flags joined."""
    low = text.casefold()
    found = 0
    for flag, parts, pattern in _finders():
        if any(map(low.__contains__, parts)) and pattern.search(text):
            found |= flag
    if found & Sense.DENIES and not _GRAVE.search(_DENIES.sub("", text)):
        found |= Sense.ONLY_DENIES
    return found


def sentence_senses(own: str, label: int, text: str, *, is_whole: bool) -> Iterator[tuple[int, int, int]]:
    """Where each sentence begins and ends and what it says, the lead-in label by itself; last, from 0 to 0, what the
    whole `text` says is to be done, and where `is_whole` what it says, but for its label."""
    if label:
        yield 0, label, sense(own[:label])
    start = label
    for match in re.finditer(r"[.!?](?=\s|$)", own[label:]):
        end = label + match.end()
        yield start, end, sense(own[start:end])
        start = end
    if start < len(own):
        yield start, len(own), sense(own[start:])
    done = Sense.NEW_DOSE * bool(_NEW_DOSE.search(text)) | Sense.MEASURE * bool(_MEASURE.search(text))
    yield 0, 0, done | (sense(text[label:] if text == own else text) if is_whole else 0)
