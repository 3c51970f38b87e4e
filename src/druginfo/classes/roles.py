"""What drugs do to enzymes, transporters and patients, as texts say it of other drugs: "strong CYP3A4 inhibitors",
"drugs metabolized by CYP2D6", "a substrate of P-gp", "QT-prolonging drugs", "drugs that raise potassium"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from druginfo.classes.profile import Role, RoleMention
from druginfo.terms.patterns import KIDNEY, LIVER

_TARGET = (
    r"(?:CYP ?\d[A-Z]\d{0,2}(?:/\d+)?|(?:P-?gp|P-glycoprotein)\b|BCRP|OATs? ?\d|OATP ?\d[A-Z]\d|MATE ?\d?(?:-?K)?"
    rf"|OCT ?\d|UGT(?: ?\d[A-Z]\d{{1,2}})?|(?i:(?:{LIVER}|microsomal|metaboli[sz]ing|drug-metaboli[sz]ing|CYP ?450|CYP"
    r"|cytochrome P-?450)(?: drug-metaboli[sz]ing| microsomal| metabolic)? enzymes?"
    r"|(?:the )?enzymes? of the liver|enzymes?(?=[ -](?:inhibitor|inducer|inducing))))"
)
_STRENGTH = r"(?:strong|potent|powerful|moderate|weak|mild)(?:ly)?"
_JOINT = r"(?:\s*(?:,\s*(?:and|or)|,|/|\band/or|\band|\bor|\bto)\s*)"
ENZYME = re.compile(_TARGET)
_HOW = rf"(?:{_STRENGTH}(?:{_JOINT}{_STRENGTH})*\s+)?"
_ROLE = r"(?:inhibitor|inducer|substrate|blocker)"
_ROLES = rf"(?P<roles>{_ROLE}s?\b(?:{_JOINT}{_ROLE}s?\b)*)"
_LIST = rf"(?P<targets>{_HOW}{_TARGET}(?:{_JOINT}{_HOW}{_TARGET})*)"
_DRUGS = r"(?:drugs?|agents?|medicines?|medications?|products?|compounds?|substances?)"
_THAT = r"(?:that|which)\s+(?:are\s+)?(?:(?:can|may|also|mainly|largely|chiefly|strongly|both|extensively|are)\s+)*"
_TARGETS = rf"(?P<targets>{_TARGET}(?:{_JOINT}{_TARGET})*)"
_BY_THEM = rf"(?:by|through|via)\s+(?:the\s+)?(?:enzymes?\s+)?{_TARGETS}"
_BEFORE = re.compile(rf"(?P<both>\b(?:combined|dual|both)\s+)?{_LIST}[ -]+{_ROLES}", re.I)
_AFTER = re.compile(
    rf"(?P<strength>{_HOW}){_ROLES}\s+of\s+(?P<both>both\s+)?(?:the\s+)?(?:enzymes?\s+)?{_TARGETS}", re.I
)
_ACTING = tuple(
    re.compile(each, re.I)
    for each in (
        rf"{_LIST}[- ](?P<act>inhibiting|inducing)\b",
        rf"\b{_DRUGS}\s+{_THAT}(?P<act>inhibit|induce|block)\s+(?:the\s+)?{_TARGETS}",
        r"\b(?:metaboli[sz]ed|cleared|eliminated|broken down|degraded|handled|processed|transported|carried)\s+"
        rf"(?:(?:mainly|largely|chiefly|primarily|predominantly|mostly|in part|partly|extensively)\s+)*{_BY_THEM}",
        rf"\b(?:that|which)\s+{_TARGETS}\s+(?:breaks? down|clears?|metaboli[sz]es?)",
    )
)
"""Drugs by what they do to enzymes (`act`), or by the enzymes that break them down."""


# ---------------------------------------------------------------- effects


class Effect(NamedTuple):
    """Something that drugs do to patients, and that adds up."""

    key: str
    parts: str
    """Parts of words one of which a text on it has, in small letters: to look for these first is far quicker."""
    adjective: str
    """What such drugs are: "nephrotoxic". A regular expression."""
    noun: str
    """What they cause: "nephrotoxicity"."""
    verb: str
    """What they do: "damage the kidneys"."""
    classes: tuple[str, ...]
    """Classes whose drugs all do it."""
    own: str | None = None
    """What a text heads of its drug that has the effect, where that is less than `noun`: a kidney stone is no
    nephrotoxicity."""


EFFECTS = (
    Effect(
        "QT", "qt", r"QTc?(?:[ -]interval)?[ -]prolong(?:ing|ation)", r"QTc?(?:[ -]interval)? prolongation|torsades? de pointes",
        r"prolong(?:s|ing)?\s+(?:the\s+)?QTc?\b(?:\s+intervals?)?|lengthen\w*\s+(?:the\s+)?QTc?\b", (),
    ),
    Effect(
        "serotonergic", "seroton", r"serotonergic|serotonin-(?:active|raising)", r"serotonin syndrome",
        r"(?:raise|increase|affect|act on)\w*\s+(?:brain\s+)?serotonin",
        ("SSRI", "SNRI", "MAO inhibitor", "triptan", "tricyclic antidepressant"),
    ),
    Effect(
        "anticholinergic", "cholinerg | muscarin | atropine | retention", r"anticholinergic|antimuscarinic|atropine-like", r"anticholinergic (?:effects?|toxicity|activity)"
        r"|urinary retention", r"block\w* (?:muscarinic|cholinergic) receptors",
        ("anticholinergic", "antimuscarinic", "muscarinic antagonist", "tricyclic antidepressant"),
        r"anticholinergic (?:effects?|toxicity|activity)",
    ),
    Effect(
        "cholinergic", "cholin", r"(?<!anti)cholinergic(?: agonist)?|cholinomimetic|parasympathomimetic", r"cholinergic effects?",
        r"raise\w* acetylcholine", ("cholinesterase inhibitor",),
    ),
    Effect(
        "nephrotoxic", "nephro | kidney | renal", r"nephrotoxic|kidney-(?:damaging|toxic)", rf"nephrotoxicity|(?:acute )?(?:{KIDNEY}) (?:injury|damage"
        r"|toxicity|failure)|kidney",
        rf"(?:harm|damage|impair|worsen|affect|injure|reduce|lower)\w*\s+(?:the\s+)?(?:kidneys?|(?:{KIDNEY}) function)",
        ("NSAID", "aminoglycoside", "calcineurin inhibitor"), rf"nephrotoxicity|(?:{KIDNEY}) (?:damage|toxicity)",
    ),
    Effect(
        "hepatotoxic", "hepat | liver", r"hepatotoxic|liver-(?:damaging|toxic)", rf"hepatotoxicity|(?:{LIVER}) (?:injury|damage|failure|toxicity)", r"(?:harm|damage|injure)\w*\s+(?:the\s+)?liver", (),
    ),
    Effect("ototoxic", "ototoxic | hearing", r"ototoxic", r"ototoxicity|hearing loss", r"damage\w* hearing", ("aminoglycoside",)),
    Effect(
        "myelosuppressive", "myelo | marrow | neutropeni | leukopeni | agranulo | cytopeni | blood c | hematologic", r"myelosuppressive|myelotoxic|marrow[- ]suppress\w+|myelosuppressant|neutropenic",
        r"(?:severe )?neutropenia|leukopenia|myelosuppression|bone marrow (?:suppression|toxicity|failure)|agranulocytosis"
        r"|cytopenias?|hematologic toxicity|low white blood cell counts?|bone marrow",
        r"(?:suppress|depress|affect|harm)\w*\s+(?:the\s+)?(?:bone\s+)?marrow|lower\w* (?:the )?(?:white )?blood counts?",
        ("antineoplastic chemotherapy",),
    ),
    Effect(
        "bleeding", "thrombotic | bleed | rrhage | hemosta | haemosta | coagulation | clotting | platelet", r"antithrombotic", r"bleeding|h(?:a)?emorrhage",
        r"(?:affect|impair|interfere with|alter|inhibit|influence|act on)\w*\s+(?:h(?:a)?emostasis|(?:blood )?coagulation"
        r"|(?:blood )?clotting|platelets?\b(?:\s+(?:function|aggregation))?)"
        r"|(?:increase|raise)\w*\s+(?:the\s+)?(?:risk of\s+)?bleeding(?:\s+risk)?|promote\w* bleeding",
        ("anticoagulant", "antiplatelet", "NSAID", "SSRI", "SNRI", "salicylate", "thrombolytic"),
    ),
    Effect(
        "CNS depressant", "cns | central nervous | sedat | tranquil | drows | somnol | sleepi | respirat | breathing", r"(?:CNS|central nervous system)[- ]depress(?:ant|ing|ive)|sedating|sedative|tranquili[sz]ing",
        r"sedation|drowsiness|somnolence|(?:CNS|central nervous system) depression|respiratory depression|sleepiness",
        r"depress\w*\s+(?:the\s+)?(?:CNS|central nervous system|breathing|respiration)|caus\w+ (?:drowsiness|sleepiness)",
        ("opioid", "benzodiazepine", "hypnotic", "barbiturate", "gabapentinoid", "muscle relaxant", "antipsychotic",
         "sedating antihistamine", "nonbenzodiazepine hypnotic"),
    ),
    Effect(
        "hyperkalemia", "potassium | hyperkal", r"potassium[- ]raising|potassium[- ]retaining|hyperkal(?:a)?emic", r"hyperkal(?:a)?emia|(?:high|raised) potassium",
        r"(?:raise|increase|elevate)\w*\s+(?:serum\s+|blood\s+|plasma\s+|the\s+)*potassium|retain\w* potassium",
        ("ACE inhibitor", "angiotensin receptor blocker", "potassium-sparing diuretic", "aldosterone antagonist",
         "potassium supplement", "mineralocorticoid receptor antagonist"),
    ),
    Effect(
        "hypokalemia", "potassium | hypokal", r"potassium[- ](?:lowering|wasting|depleting)|hypokal(?:a)?emic", r"hypokal(?:a)?emia|potassium loss|low potassium",
        r"(?:lower|reduce|decrease|deplete)\w*\s+(?:serum\s+|blood\s+|the\s+)*potassium|cause\w* potassium loss",
        ("loop diuretic", "thiazide diuretic", "corticosteroid", "amphotericin"),
    ),
    Effect(
        "hyponatremia", "sodium | hyponat | siadh", r"sodium[- ]lowering", r"hyponatr(?:a)?emia|low sodium|SIADH",
        r"(?:lower|reduce|decrease)\w*\s+(?:serum\s+|blood\s+|the\s+)*sodium", ("SSRI", "SNRI", "thiazide diuretic"),
    ),
    Effect(
        "hypoglycemia", "glucose | hypoglyc | sugar", r"glucose[- ]lowering|blood[- ]glucose[- ]lowering", r"hypoglyc(?:a)?emia|low blood (?:glucose|sugar)",
        r"lower\w*\s+(?:blood\s+)?(?:glucose|sugar)|(?:increase|enhance)\w*\s+the\s+(?:blood\s+)?glucose[- ]lowering effect",
        ("antidiabetic", "insulin", "sulfonylurea"),
    ),
    Effect(
        "hyperglycemia", "glucose | hyperglyc | sugar", r"glucose[- ]raising|hyperglyc(?:a)?emic", r"hyperglyc(?:a)?emia|(?:high|raised) blood (?:glucose|sugar)",
        r"(?:raise|increase)\w*\s+(?:blood\s+)?(?:glucose|sugar)|reduce\w* glucose tolerance",
        ("corticosteroid", "atypical antipsychotic", "thiazide diuretic", "thyroid hormone"),
    ),
    Effect(
        "hypotension", "hypotens | blood pressure | blood-pressure", r"hypotensive|blood[- ]pressure[- ]lowering", r"(?:orthostatic |symptomatic )?hypotension",
        r"lower\w*\s+(?:the\s+)?blood pressure",
        ("antihypertensive", "alpha blocker", "nitrate", "phosphodiesterase 5 inhibitor", "loop diuretic"),
    ),
    Effect(
        "bradycardia", "bradycard | heart | chronotrop | slowing | conduction | pulse", r"bradycardi[ac]|heart[- ]rate[- ]lowering|negative chronotropic|rate-slowing",
        r"bradycardia|heart block|slow heart rate", r"(?:slow|lower|reduce)\w*\s+(?:the\s+)?(?:heart rate|heart|pulse"
        r"|AV conduction|(?:cardiac|atrioventricular) conduction)",
        ("beta blocker", "nondihydropyridine calcium channel blocker", "cardiac glycoside", "cholinesterase inhibitor"),
    ),
    Effect(
        "seizures", "epilep | convuls | seizure", r"(?:epileptogenic|proconvulsant)", r"seizures?|convulsions?",
        r"(?:lower|reduce|decrease)\w*\s+(?:the\s+)?seizure threshold",
        ("antipsychotic", "tricyclic antidepressant", "fluoroquinolone"),
    ),
    Effect(
        "acid-reducing", "acid | antisecret | gastric ph | stomach ph", r"(?:gastric )?acid[- ](?:reducing|suppress\w+|lowering)|antisecretory",
        r"(?:raised|higher) gastric pH", r"(?:reduce|lower|suppress|decrease|inhibit)\w*\s+(?:gastric|stomach)\s+acid\w*"
        r"|raise\w*\s+(?:gastric|stomach)\s+pH", ("proton pump inhibitor", "H2 receptor antagonist", "antacid"),
    ),
    Effect(
        "immunosuppressive", "immun", r"immunosuppressi(?:ve|ng)", r"immunosuppression",
        r"suppress\w*\s+(?:the\s+)?immune system|weaken\w* the immune system",
        ("immunosuppressant", "JAK inhibitor", "tumor necrosis factor blocker", "calcineurin inhibitor"),
    ),
    Effect(
        "photosensitizing", "photo | sun", r"photosensiti[sz]ing|phototoxic", r"photosensitivity|phototoxicity", r"sensiti[sz]e\w* .{0,12}sun",
        (),
    ),
    Effect(
        "antidopaminergic", "dopamin | extrapyramid", r"antidopaminergic|dopamine[- ](?:blocking|antagoni\w+)", r"extrapyramidal (?:symptoms|effects)",
        r"block\w* dopamine", ("antipsychotic", "dopamine antagonist"),
    ),
    Effect("dopaminergic", "dopamin", r"(?<!anti)dopaminergic", r"dopaminergic effects?", r"raise\w* dopamine", ("dopamine agonist",)),
    Effect("protein-bound", "protein", r"highly (?:plasma )?protein[- ]bound", r"(?!)", r"bind\w* (?:highly|strongly) to plasma proteins", ()),
)  # fmt: skip
"""Rules of pharmacology: which effects add up, how texts call the drugs that have them, which classes have them."""

_OF_EFFECT = r"(?:\s+(?:effects?|activity|properties|action|potential))?"
_HEAD = re.compile(rf"\b{_DRUGS}\b", re.I)
_BEFORE_HEAD = 60
"""Characters before "drugs" in which an adjective of theirs can begin."""


class _Asking(NamedTuple):
    """How a text means drugs by an effect: "nephrotoxic drugs", "drugs that cause bleeding"."""

    key: str
    parts: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    plural: re.Pattern[str]
    """Its drugs may go by the adjective alone: "CNS depressants"."""


_CAUSING = (
    r"(?:cause|causing|produce|lead to|induce|associated with|linked to|(?:increase|raise)\w*\s+the\s+risk(?:\s+(?:of|for))?)"
    r"\s+(?:an?\s+|the\s+)?"
)
_WHOSE = (
    r"(?:(?:that|which)\s+(?:(?:can|may|also|might|are)\s+)*|(?:are\s+)?known\s+to\s+"
    r"|with\s+(?:an?\s+)?(?:known\s+)?(?:potential|risk)\s+(?:of|to|for)\s+)?"
)


@cache
def _asking() -> tuple[_Asking, ...]:
    found = []
    for key, parts, adjective, noun, verb, *_ in EFFECTS:
        before = rf"\b(?:{adjective})(?:\s+[\w-]+)?\s+$"
        after = (
            rf"\s+(?:with\s+(?:\w+\s+)?(?:{adjective}|{noun}){_OF_EFFECT}\b|{_WHOSE}(?:{_CAUSING}(?:{noun})\b|{verb}))"
        )
        plural = rf"\b(?:{adjective})s\b"
        compiled = (re.compile(each, re.I) for each in (before, after, plural))
        found.append(_Asking(key, tuple(parts.split(" | ")), *compiled))
    return tuple(found)


# ---------------------------------------------------------------- where a text means drugs by role


def role_mentions(text: str) -> Iterator[RoleMention]:
    """Where a text means drugs by what they do to enzymes, transporters and patients, in the order of the text."""
    found = sorted(_mentions(text), key=lambda mention: mention.start)
    while found:
        first = found.pop(0)
        while found and (found[0].start < first.end or _AND_ARE.fullmatch(text, first.end, found[0].start)):
            second = found.pop(0)  # "drugs that prolong the QT interval and are metabolized by CYP3A4" do both
            first = RoleMention(first.start, max(first.end, second.end), (*first.roles, *second.roles), True)
        if not _NARROW.search(text[: first.start]) and not _NARROW_AFTER.match(text, first.end):
            yield first


_AND_ARE = re.compile(r"\s*(?:and|that|which|and that|and which)\s+(?:are\s+)?|-|\s*")
_NARROW = re.compile(r"\b(?:narrow|low) therapeutic (?:index|range|window)\s+$|\bsensitive\s+$", re.I)
_NARROW_AFTER = re.compile(r"\s+with\s+(?:a\s+)?(?:narrow|low)\b", re.I)


def _mentions(text: str) -> Iterator[RoleMention]:
    heads = list(_HEAD.finditer(text))
    has_enzyme = ENZYME.search(text) is not None
    has_plural = "nts" in text or "ics" in text or "ives" in text
    near: Sequence[_Asking] = ()
    if heads or has_enzyme or has_plural:
        low = text.lower()
        near = [effect for effect in _asking() if any(map(low.__contains__, effect.parts))]
    if has_enzyme:
        yield from _enzyme_mentions(text, near)
    for match in heads if near else ():
        before = text[max(0, match.start() - _BEFORE_HEAD) : match.start()]
        for effect in near:
            if found := effect.before.search(before):
                start = match.start() - len(before) + found.start()
                yield RoleMention(start, match.end(), (Role(effect.key, "effect"),), False)
            elif found := effect.after.match(text, match.end()):
                yield RoleMention(match.start(), found.end(), (Role(effect.key, "effect"),), False)
    for effect in near if has_plural else ():
        for match in effect.plural.finditer(text):
            yield RoleMention(match.start(), match.end(), (Role(effect.key, "effect"),), False)


def _enzyme_mentions(text: str, near: Sequence[_Asking]) -> Iterator[RoleMention]:
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            kinds = sorted({_kind(kind) for kind in re.findall(_ROLE, parts["roles"], re.I)})
            roles = [
                Role(target, kind, strengths)
                for target, strengths in _targets(parts["targets"], parts.get("strength") or "")
                for kind in kinds
            ]
            yield RoleMention(match.start(), match.end(), tuple(roles), bool(parts["both"]))
            before = text[max(0, match.start() - _BEFORE_HEAD) : match.start()]
            for effect in near:
                if adjective := effect.before.search(before):
                    start = match.start() - len(before) + adjective.start()
                    yield RoleMention(start, match.start(), (Role(effect.key, "effect"),), False)
    for pattern in _ACTING:
        for match in pattern.finditer(text):
            act = match.groupdict().get("act", "").lower()
            kind = "substrate" if not act else "inducer" if act.startswith("induc") else "inhibitor"
            roles = [Role(target, kind, strengths) for target, strengths in _targets(match["targets"], "")]
            yield RoleMention(match.start(), match.end(), tuple(roles), False)


def _kind(word: str) -> str:
    lower = word.lower()
    return "inhibitor" if lower == "blocker" else lower


def _targets(text: str, strength: str) -> Iterator[tuple[str, frozenset[str]]]:
    strengths = _strengths(strength)
    for match in re.finditer(rf"({_HOW})({_TARGET}|enzymes?)", text, re.I):
        strengths = _strengths(match[1]) or strengths
        yield target_of(match[2]), strengths


def _strengths(text: str) -> frozenset[str]:
    found = {each.lower().removesuffix("ly") for each in re.findall(_STRENGTH, text, re.I)}
    return frozenset({"potent": "strong", "powerful": "strong", "mild": "weak"}.get(each, each) for each in found)


def target_of(text: str) -> str:
    """One name of an enzyme: labels use CYP3A, CYP3A4 and CYP3A4/5 for the same; `CYP` is any enzyme of the liver."""
    bare = "".join(text.replace("-", "").split()).upper()
    if bare in ("PGP", "PGLYCOPROTEIN"):
        return "PGP"
    if "ENZYME" in bare:
        return "CYP"
    return "CYP3A" if bare.startswith("CYP3A") else bare.replace("OATS", "OAT")


def targets_in(text: str) -> Iterator[tuple[str, int]]:
    """The enzymes and transporters named in a text, but for "enzymes" in general, and where."""
    for match in ENZYME.finditer(text):
        target = target_of(match[0])
        if target != "CYP":
            yield target, match.start()
