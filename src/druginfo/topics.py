"""A person's words for a part of a monograph → the sections or passages that are about it. The words are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from druginfo.model import Block, Faq, Monograph, Section
from druginfo.names import fold


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it; the first one names it in messages."""
    heading: str
    """Regular expression for the headings of sections of its own; empty where it never has one."""
    passage: str
    """Regular expression for a text that speaks of it."""


_TOPICS = (
    Topic(
        "boxed-warning",
        ("boxed warning", "black box", "black box warning", "box warning", "bbw"),
        r"^(boxed|black box)",
        r"boxed warning|black box",
    ),
    Topic(
        "usage",
        ("usage", "use", "uses", "used for", "indication", "indications", "indicated for", "what for",
         "what is it for"),
        r"^(usage|uses?|indications?|medical uses?|therapeutic)\b",
        r"\bindicat(ed|ion)|\bused (for|to)\b|prescribed",
    ),
    Topic(
        "names",
        ("names", "name", "brand", "brands", "brand names", "trade names", "alternate names", "synonyms", "inn"),
        r"\bnames?\b|^synonyms|^brands?",
        r"\bbrand name|\btrade name|also known as",
    ),
    Topic(
        "mechanism",
        ("mechanism", "moa", "mechanism of action", "how it works", "how does it work", "mode of action",
         "pharmacology", "pharmacodynamics", "pd", "action"),
        r"^how .*works?|mechanism|^(clinical )?pharmacology|pharmacodynamics|mode of action",
        r"mechanism of action|mode of action|how does .{1,80} work",
    ),
    Topic(
        "pharmacokinetics",
        ("pharmacokinetics", "pk", "kinetics", "adme", "absorption", "metabolism", "elimination", "half-life",
         "half life", "excretion", "distribution"),
        r"pharmacokinetics|^(absorption|metabolism|elimination)$",
        r"pharmacokinetic|\babsor[bp]|\bmetaboli[sz]|\beliminat(ed|ion)\b|\bexcret|half-li|bioavailab|peak plasma",
    ),
    Topic(
        "dosage",
        ("dosage", "dose", "doses", "dosing", "posology", "how much", "how to take", "administration"),
        r"^(dosage|dosing|doses?|posology)\b",
        r"\bdos(e|es|age|ing)\b",
    ),
    Topic(
        "side-effects",
        ("side effects", "side effect", "adr", "adrs", "adverse reactions", "adverse reaction", "adverse effects",
         "adverse events", "adverse drug reactions", "undesirable effects", "ae", "se", "toxicity"),
        r"side effects?|adverse|undesirable effects",
        r"side effects?|adverse (drug )?(reaction|effect|event)|undesirable effect",
    ),
    Topic(
        "contraindications",
        ("contraindications", "contraindication", "contra-indications", "ci", "when not to use", "who should not take",
         "who should not take it"),
        r"contra-?indications?",
        r"contra-?indicat|should not (take|use|be (taken|used))|must not",
    ),
    Topic(
        "interactions",
        ("interactions", "interaction", "drug interactions", "ddi", "ddis", "other medicines", "combine"),
        r"interactions?",
        r"\binteract|\binhibitors?\b|\binducers?\b|concomitant|coadminist|co-administ|concurrent",
    ),
    Topic(
        "pregnancy",
        ("pregnancy", "pregnant", "in pregnancy", "pregnancy category", "teratogenic", "fetus", "gravidity"),
        r"pregnan",
        r"pregnan|f(o)?etus|f(o)?etal|teratogen|embryo|contracepti",
    ),
    Topic(
        "breastfeeding",
        ("breastfeeding", "breast-feeding", "breast feeding", "lactation", "nursing", "breast milk", "milk"),
        r"breast-?feeding|lactation|nursing",
        r"breast-?(feed|fed|milk)|breast milk|lactati|nursing|human milk",
    ),
    Topic("summary", ("summary", "overview", "profile", "in short"), r"summary|overview", r"\bin summary\b"),
    Topic(
        "combinations",
        ("combinations", "popular combinations", "combination", "combined with"),
        r"combinations?",
        r"in combination with|combined with|together with",
    ),
    Topic(
        "precautions",
        ("precautions", "precaution", "warnings", "warning", "caution", "cautions", "safety"),
        r"precautions?|^warnings?|^cautions?",
        r"\bcaution|\bwarning|\bprecaution",
    ),
    Topic("faq", ("faq", "faqs", "questions", "frequently asked questions"), r"\bfaqs?\b|frequently asked", r"(?!)"),
    Topic(
        "overdose",
        ("overdose", "overdosage", "poisoning", "antidote", "too much"),
        r"overdos",
        r"overdos|antidote|poison",
    ),
    Topic(
        "monitoring",
        ("monitoring", "monitor", "blood tests", "lab tests", "what to monitor", "follow-up"),
        r"^monitoring",
        r"\bmonitor",
    ),
    Topic(
        "storage",
        ("storage", "store", "how to store", "keep", "shelf life"),
        r"^storage|how supplied",
        r"\bstor(e|ed|age)\b|refrigerat|room temperature",
    ),
    Topic(
        "missed-dose",
        ("missed dose", "missed doses", "forgot a dose", "skipped dose", "miss a dose"),
        r"missed dose",
        r"\bmiss(ed|es|ing)?\b.{0,30}\bdose|\bforg[eo]t",
    ),
    Topic(
        "kidney",
        ("kidney", "kidneys", "renal", "renal impairment", "kidney disease", "kidney problems", "kidney failure",
         "renal failure", "ckd", "crcl", "egfr", "gfr", "creatinine", "creatinine clearance", "dialysis",
         "nephropathy"),
        "",
        r"\brenal|\bkidney|\bCr ?Cl\b|creatinine|\be?GFR\b|dialysis|nephro|\bESRD\b|\bCKD\b",
    ),
    Topic(
        "liver",
        ("liver", "hepatic", "hepatic impairment", "liver disease", "liver problems", "liver failure", "cirrhosis",
         "child-pugh", "hepatitis", "lft", "lfts"),
        "",
        r"\bhepat|\bliver|child.?pugh|cirrho|\bALT\b|\bAST\b|transaminase|bilirubin",
    ),
    Topic(
        "elderly",
        ("elderly", "geriatric", "geriatrics", "older adults", "older people", "old people", "older", "aged",
         "seniors"),
        "",
        r"\belderly|geriatric|older (adult|patient|people|person)|\bseniors?\b|(≥|over|aged?|above) ?(6[05]|7[05]|80)\b"
        r"|\b(6[05]|7[05]|80) years (of age )?(and|or) (older|over|above)",
    ),
    Topic(
        "children",
        ("children", "child", "kids", "paediatric", "pediatric", "paediatrics", "pediatrics", "infant", "infants",
         "baby", "babies", "neonate", "neonates", "adolescents", "teenagers"),
        "",
        r"\bchild(?!.?pugh|bearing)|\bp(a)?ediatric|\binfan|\bneonat|\bnewborn|\badolescen|\bbab(y|ies)\b"
        r"|\b(\d+|one|two|six) (months|years) (of age )?(and|or) older|less than \d+ years",
    ),
    Topic(
        "alcohol",
        ("alcohol", "drink", "drinking", "can i drink", "drink alcohol", "wine", "beer", "ethanol", "booze"),
        "",
        r"\balcohol|\bethanol\b|\bdrink(s|ing)? (wine|beer)",
    ),
    Topic(
        "driving",
        ("driving", "drive", "can i drive", "machinery", "machines", "operating machinery"),
        r"driving",
        r"\bdriv(e|es|ing)\b|machine(s|ry)\b",
    ),
    Topic(
        "food",
        ("food", "meals", "meal", "with food", "eat", "eating", "diet", "grapefruit", "empty stomach"),
        "",
        r"\bfoods?\b|\bmeals?\b|\bempty stomach|\bgrapefruit|\bdiet|\bfasting|\bfatty\b|\bhigh-fat",
    ),
    Topic(
        "heart",
        ("heart", "cardiac", "heart failure", "qt", "qt prolongation", "cardiovascular", "arrhythmia"),
        "",
        r"\bheart|\bcardi|\bQTc?\b|arrhythmi|torsade|myocardial|bradycardia|tachycardia",
    ),
    Topic(
        "surgery",
        ("surgery", "operation", "before surgery", "perioperative", "procedure", "procedures", "an(a)esthesia"),
        "",
        r"\bsurg(ery|ical|eries)|perioperative|procedures?\b|an(a)?esthe",
    ),
    Topic(
        "vaccination",
        ("vaccination", "vaccine", "vaccines", "immunization", "immunisation", "live vaccines"),
        "",
        r"\bvaccin|\bimmuni[sz]ation",
    ),
    Topic(
        "withdrawal",
        ("withdrawal", "stopping", "discontinuation", "how to stop", "taper", "tapering"),
        "",
        r"withdraw|discontinu|\btaper|\bstopp?(ed|ing)?\b",
    ),
)  # fmt: skip

CONDITIONS = {
    "high blood pressure": ("hypertension",),
    "heart attack": ("myocardial infarction",),
    "high cholesterol": ("hyperlipidemia", "hypercholesterolemia"),
    "blood clot": ("thrombosis", "thromboembolism"),
    "blood clots": ("thrombosis", "thromboembolism"),
    "irregular heartbeat": ("atrial fibrillation",),
    "diabetes": ("diabetes mellitus",),
    "depression": ("depressive disorder",),
    "anxiety": ("anxiety disorder",),
    "heartburn": ("gastroesophageal reflux",),
    "acid reflux": ("gastroesophageal reflux",),
    "seizures": ("epilepsy", "partial onset seizures"),
    "fits": ("seizures", "epilepsy"),
    "underactive thyroid": ("hypothyroidism",),
    "enlarged prostate": ("benign prostatic hyperplasia",),
    "overactive bladder": ("urge urinary incontinence",),
    "obesity": ("overweight", "weight management"),
    "chest pain": ("angina",),
    "bladder infection": ("urinary tract infection",),
    "vomiting": ("emesis",),
}
"""What people call a condition → what monographs call it."""

_SCOPE = "**Scope:**"

EVERYDAY = {"water", "sugar", "salt", "iron", "calcium"}
"""Words of every day that are drugs' names too."""

FILLERS = {
    "the",
    "a",
    "an",
    "of",
    "for",
    "in",
    "with",
    "and",
    "about",
    "on",
    "is",
    "it",
    "patients",
    "people",
    "i",
    "can",
    "use",
}


@cache
def _by_word() -> dict[str, Topic]:
    return {fold(word): topic for topic in _TOPICS for word in (topic.key, *topic.words)}


def words() -> list[str]:
    """The name of every topic, for messages and completion."""
    return [topic.words[0] for topic in _TOPICS]


def known(query: str) -> Topic | None:
    """The topic that people mean by exactly these words, apart from fillers ("in pregnancy", "the kidneys")."""
    table = _by_word()
    if topic := table.get(fold(query)):
        return topic
    kept = [word for word in re.findall(r"[\w'’-]+", query.lower()) if word not in FILLERS]
    return table.get(fold(" ".join(kept))) if kept else None


def near(query: str) -> Topic | None:
    """The one topic that the query misspells by one edit, or two in a long word."""
    from rapidfuzz.distance import OSA

    folded = fold(query)
    allowed = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    distances: dict[str, int] = {}
    for word, topic in _by_word().items():
        distance = OSA.distance(folded, word, score_cutoff=allowed)
        if distance <= allowed:
            distances[topic.key] = min(distance, distances.get(topic.key, distance))
    best = min(distances.values(), default=None)
    nearest = [key for key, distance in distances.items() if distance == best]
    return _by_word()[fold(nearest[0])] if len(nearest) == 1 else None


def own_sections(monograph: Monograph, topic: Topic) -> tuple[Section, ...]:
    """The sections that the topic has to itself, with their subsections; a top-level one hides deeper ones."""
    if not topic.heading:
        return ()
    pattern = re.compile(topic.heading, re.I)
    heads = [s for s in monograph.sections if "/" not in s.key and pattern.search(s.title)] or [
        s for s in monograph.sections if "/" in s.key and pattern.search(s.title) and not is_faq(s)
    ]
    return tuple(s for s in monograph.sections if any(_within(s, head) for head in heads))


def heading_sections(monograph: Monograph, query: str) -> tuple[Section, ...]:
    """The sections whose heading or key is the query, folded, with their subsections."""
    wanted = fold(query)
    heads = [s for s in monograph.sections if wanted in (fold(s.title), fold(s.key))]
    return tuple(s for s in monograph.sections if any(_within(s, head) for head in heads))


def about(monograph: Monograph, topic: Topic) -> tuple[tuple[Section, ...], tuple[Faq, ...]]:
    """What the monograph says on a topic: the topic's own sections, else every passage about it; and the FAQs about it.

    A passage is a paragraph, list item or table row; one is about a topic if it, the list item it is nested in, or a
    heading below the top level over it speaks of it. Passages stand verbatim in their sections' `markdown` and `text`.
    """
    pattern = re.compile(topic.passage, re.I)
    if topic.key == "faq":
        return (), monograph.faqs
    faqs = tuple(f for f in monograph.faqs if pattern.search(f.question))
    sections = own_sections(monograph, topic)
    if not sections:
        sections = tuple(_passages(monograph, pattern))
        faqs = tuple(f for f in monograph.faqs if pattern.search(f.question) or pattern.search(f.answer))
    return sections, faqs


def _passages(monograph: Monograph, pattern: re.Pattern[str]) -> Iterator[Section]:
    titles = {s.key: s.title for s in monograph.sections}
    for section in monograph.sections:
        if is_faq(section):
            continue
        over = section.key.split("/")
        keys = ["/".join(over[: n + 1]) for n in range(1, len(over))]
        if any(pattern.search(titles.get(key, "")) for key in keys):
            yield section
        elif blocks := _blocks_about(section.blocks, pattern):
            yield narrowed(section, blocks)


def _blocks_about(blocks: Sequence[Block], pattern: re.Pattern[str]) -> tuple[Block, ...]:
    """Blocks about the topic, with the items they are nested in and their table's header row."""
    kept: dict[int, Block] = {}
    over: list[tuple[int, Block, bool]] = []
    header: tuple[int, Block] | None = None
    for i, block in enumerate(blocks):
        while over and over[-1][1].depth >= block.depth:
            over.pop()
        inherited = bool(over) and over[-1][2]
        hit = inherited or bool(pattern.search(block.text))
        if block.kind == "header":
            header = (i, block)
            hit = False
        if hit:
            kept.update({j: b for j, b, _ in over})
            if block.kind == "row" and header and block.header:
                kept[header[0]] = header[1]
            kept[i] = block
        if block.kind == "item":
            over.append((i, block, hit))
    return tuple(kept[i] for i in sorted(kept))


def narrowed(section: Section, blocks: tuple[Block, ...]) -> Section:
    """The section with only these of its blocks, their lines verbatim."""
    from druginfo.markup import plain_text

    lines = section.markdown.split("\n")
    own = [line for b in blocks for line in lines[b.line - section.line : b.line - section.line + len(b.lines)]]
    return section._replace(markdown="\n".join(own) + "\n", text=plain_text(blocks), blocks=blocks)


def _within(section: Section, head: Section) -> bool:
    return section.key == head.key or section.key.startswith(head.key + "/")


def scope(monograph: Monograph) -> str | None:
    """What the monograph says it covers: its item `**Scope:** …`, plain; None where it has none."""
    for section in monograph.sections:
        for block in section.blocks:
            if block.kind == "item" and block.text.startswith(_SCOPE):
                from druginfo.markup import plain

                return plain(block.text[len(_SCOPE) :]).strip()
    return None


def is_faq(section: Section) -> bool:
    """Whether the section, or the one it stands in, is the monograph's own list of FAQs."""
    return bool(re.search(r"\bfaqs?\b|frequently-asked", section.key.split("/")[0]))


def has_section(key: str, section: Section) -> bool:
    """Whether the section, or the top-level one it stands in, is the topic's own."""
    topic = _by_word()[fold(key)]
    return bool(topic.heading and re.search(topic.heading, section.key.split("/")[0].replace("-", " ")))


def of_heading(title: str) -> list[str]:
    """The keys of the topics that a section with this heading has to itself."""
    return [topic.key for topic in _TOPICS if topic.heading and re.search(topic.heading, title, re.I)]
