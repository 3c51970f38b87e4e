"""What a sentence says of taking two drugs together: that it is forbidden, that it matters, that nothing happens; or that it
speaks of something else: a trial, a switch. Read when the store is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.classes.profile import Sense

_FORBIDDEN = re.compile(
    r"contraindicat|\bmust not\b|\bnever\b|\bdo not (?:use|combine|give|take|co-?administer|start)|\bnot be (?:used|combined|taken|given)"
    r"|\bshould not be\b|\bnot together\b",
    re.I,
)
_AVOID = re.compile(r"\bavoid|\bnot recommended|\bnot advised|\bnot for\b|\bstop\b|\bdiscontinue", re.I)
_GRAVE = re.compile(
    r"fatal|life-?threatening|death|serious|severe|syndrome|rhabdomyolysis|h(?:a)?emorrhage|bleed|torsade|QT|respiratory"
    r"|reduce|halve|lower dose|limit|maximum|monitor|adjust|risk|toxic",
    re.I,
)
_DENIES = re.compile(
    r"\bno (?:\w+ ){0,4}(?:effects?|change|interactions?|(?:dose )?adjustment|difference|influence|relevant|importan\w+)\b"
    r"|\bnot (?:\w+ )?(?:expected|affect\w*|chang\w*|alter\w*|influence\w*|necessary|needed|required|relevant|significant|important)"
    r"|\b(?:did|does|do) not (?:\w+ )?(?:change|affect|alter|influence|interact|raise|need)|\bunlikely\b|\bunchanged\b"
    r"|\bcan be (?:taken|used|given|combined)|\bmay be (?:taken|used|given|combined)|\bwithout (?:\w+ )?(?:effect|adjustment)"
    r"|\bneeds no\b|\bno dose\b|\blittle effect",
    re.I,
)
_PERMITS = re.compile(r"\balone or\b|\bin combination with\b|\bwith other\b|\badd(?:ed)?-?on\b|\badjunct", re.I)
_JOINTLY = "combin|together|concomitant|concurrent|simultaneous|co-?administ|co-?prescri"
_TOGETHER = re.compile(
    rf"{_JOINTLY}|\btak(?:ing|en|e)\b.{0, 30}\bwith\b|\breceiving\b"
    r"|\buse with\b",
    re.I,
)
_CUE = re.compile(
    rf"{_JOINTLY}|avoid|not recommended|contraindicat"
    r"|\bother\b|\btaking\b|\breceiving\b|\busers? of\b|interact|\badd(?:ed|ing)?\b|^\W*with\b|not for|\bmore (?:likely|often) with\b"
    r"|\bwith (?:use of|\w+ use)",
    re.I,
)
_COMPARISON = re.compile(
    r"\b(?:more|less|higher|greater|lower|fewer)\b[^.]*\bthan\b|\b(?:compared|relative)\b|\bversus\b|\bvs\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(r"\bversus\b|\bvs\b|\bagainst\b|\bcompared\b|\bthan (?:with|on|of|in|after)\b|\bplacebo\b", re.I)
_SUBSTITUTE = re.compile(
    r"\b(?:switch\w*|instead|alternativ\w*|replac\w*|substitut\w*|chang(?:e|ed|ing) (?:to|from|over)|convert\w*|conversion|in place of"
    r"|choose another|prefer\w*|rather than|transition\w*|transfer\w*|interchange\w*)\b",
    re.I,
)
_EVIDENCE = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|experience|data|evidence|reports?|seen|reported) (?:with|on|of|in|from|for)\b", re.I
)
"""What is known of other drugs of a class, not of the two together."""
_EFFECT = re.compile(
    r"syndrome|bleeding|h(?:a)?emorrhage|\brisks?\b|toxicity|hypotension|effects?\b|monitoring|\btests?\b|general|\bnote\b"
    r"|interact|avoid|contraindicat|caution|prolongation|glyc(?:a)?emia|kal(?:a)?emia|natr(?:a)?emia|failure|depression|injury",
    re.I,
)
"""Of a label: that it names an effect, not a partner."""
_HINT = re.compile(
    r"allerg|hypersensitiv|anaphyla|sensitiv|angioedema|react|asthma|urticaria|rhinitis|polyp|exacerbat|triad|intoleran"
    r"|inadequate|not adequately|refractory|fail|histor|earlier|previous|prior|past|before|once|formerly|treat|manag|revers"
    r"|counter|reliev",
    re.I,
)

_WHOLE = (
    (Sense.FORBIDDEN, _FORBIDDEN, "contraindicat must never not"),
    (Sense.AVOID, _AVOID, "avoid not stop discontinu"),
    (Sense.GRAVE, _GRAVE, "fatal threatening death serious severe syndrome rhabdo rrhage bleed torsade qt respiratory reduce"
     " halve lower limit maximum monitor adjust risk toxic"),
    (Sense.DENIES, _DENIES, "no unlikely unchanged can may without little"),
    (Sense.PERMITS, _PERMITS, "alone combination with add adjunct"),
    (Sense.TOGETHER, _TOGETHER, "combin together concomitant concurrent simultaneous admin prescri tak receiving use"),
    (Sense.CUE, _CUE, "combin together concomitant concurrent simultaneous admin prescri avoid not contraindicat other"
     " taking receiving user interact add with"),
    (Sense.COMPARISON, _COMPARISON, "than compared relative versus vs"),
    (Sense.TRIAL, _TRIAL, "versus vs against compared than placebo"),
    (Sense.SUBSTITUTE, _SUBSTITUTE, "switch instead alternativ replac substitut chang conver place choose prefer rather"
     " transition transfer interchange"),
    (Sense.EVIDENCE, _EVIDENCE, "stud trial experience data evidence report seen"),
    (Sense.HINT, _HINT, "allerg sensitiv anaphyla angioedema react asthma urticaria rhinitis polyp exacerbat triad intoleran"
     " inadequate adequate refractory fail histor earlier previous prior past before once formerly treat manag revers"
     " counter reliev"),
    (Sense.EFFECT, _EFFECT, "syndrome bleed rrhage risk toxic hypotension effect monitoring test general note interact avoid"
     " contraindicat caution prolong glyc kal natr failure depression injury"),
)  # fmt: skip
"""Each with parts of words one of which a text has that it finds: to look for these is far quicker."""
_SENSES = tuple((flag, pattern, tuple(parts.split())) for flag, pattern, parts in _WHOLE)


def sense(text: str) -> int:
    """What a text says, as `Sense` flags joined."""
    low = text.lower()
    found = 0
    for flag, pattern, parts in _SENSES:
        if any(map(low.__contains__, parts)) and pattern.search(text):
            found |= flag
    if found & Sense.DENIES and not _GRAVE.search(_DENIES.sub("", text)):
        found |= Sense.ONLY_DENIES
    return found


def sentences(own: str, label: int, text: str, *, is_whole: bool) -> Iterator[tuple[int, int, int]]:
    """Where each sentence begins and ends and what it says, the lead-in label by itself; last, from 0 to 0, the whole
    `text` but for its label, where `is_whole`."""
    if label:
        yield 0, label, sense(own[:label])
    start = label
    for match in re.finditer(r"[.!?](?=\s|$)", own[label:]):
        end = label + match.end()
        yield start, end, sense(own[start:end])
        start = end
    if start < len(own):
        yield start, len(own), sense(own[start:])
    if is_whole:
        yield 0, 0, sense(text[label:] if text == own else text)
    else:
        yield 0, 0, 0
