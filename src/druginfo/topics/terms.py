"""What people call the parts of a monograph. Words only; `topics` uses them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from druginfo.terms.patterns import (
    BREASTFEEDING,
    CHILD_AGE,
    CHILDREN,
    ELDERLY,
    KIDNEY,
    KIDNEY_FAILURE,
    KIDNEY_MEASURE,
    LIVER,
    LIVER_FAILURE,
    NO_AGE,
    PREGNANT,
    UNBORN,
    YOUNG,
)


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it; the first one names it in messages."""
    heading: str
    """Regular expression for the headings of sections of its own; empty where it never has one."""
    passage: str
    """Regular expression for a text that speaks of it. Its stems begin at a word: norepinephrine is no kidney."""
    narrower: tuple[str, ...] = ()
    """Words for a part of it. Passages with the word itself come first, and a wider answer says that it is wider."""
    everywhere: bool = False
    """Whether what other sections say of it belongs to the answer, its own section or not: pregnancy is a
    contraindication too."""

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return _pattern(self.passage).search(text) is not None

    def is_headed(self, title: str) -> bool:
        """Whether a section with this heading is its own."""
        return bool(self.heading) and _pattern(self.heading).search(title) is not None


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


TOPICS = (
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
        r"^(usage|uses?\b(?! in\b)|indications?|medical uses?|therapeutic)\b",
        r"\bindicat(ed|ion)|\bused (for|to)\b|prescribed",
    ),
    Topic(
        "names",
        ("names", "name", "brand", "brands", "brand name", "brand names", "trade names", "alternate names",
         "generic name", "synonyms", "inn"),
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
        ("pharmacokinetics", "pk", "kinetics", "adme"),
        r"pharmacokinetics|^(absorption|metabolism|elimination)$",
        r"pharmacokinetic|\babsor[bp]|\bmetaboli[sz]|\beliminat(ed|ion)\b|\bexcret|half-li|bioavailab|peak plasma",
        ("absorption", "metabolism", "elimination", "half-life", "half life", "excretion", "distribution",
         "bioavailability", "protein binding", "clearance"),
    ),
    Topic(
        "dosage",
        ("dosage", "dose", "doses", "dosing", "posology", "how much", "how often", "how to take", "when to take",
         "administration", "usual dose", "dosage and administration", "starting dose", "how to give"),
        r"^(dosage|dosing|doses?|posology)\b",
        r"\bdos(e|es|age|ing)\b",
        ("max dose", "maximum dose", "max", "maximum", "maximum daily dose", "daily maximum", "strengths",
         "strength", "titration"),
    ),
    Topic(
        "side-effects",
        ("side effects", "side effect", "adr", "adrs", "adverse reactions", "adverse reaction", "adverse effects",
         "adverse events", "adverse drug reactions", "undesirable effects", "ae", "se", "adverse", "sides"),
        r"side effects?|adverse|undesirable effects",
        r"side effects?|adverse (drug )?(reaction|effect|event)|undesirable effect",
    ),
    Topic(
        "contraindications",
        ("contraindications", "contraindication", "contraindicated", "contra-indications", "ci", "when not to use",
         "who should not take", "who should not take it"),
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
        ("pregnancy", "pregnant", "in pregnancy", "pregnancy category", "teratogenic", "fetus", "gravidity",
         "expecting", "pregnant women", "trimester", "embryo-fetal toxicity"),
        r"pregnan",
        f"{PREGNANT}|{UNBORN}",
        ("first trimester", "second trimester", "third trimester", "1st trimester", "2nd trimester", "3rd trimester",
         "last trimester", "early pregnancy", "late pregnancy", "pregnancy test", "miscarriage"),
        everywhere=True,
    ),
    Topic(
        "breastfeeding",
        ("breastfeeding", "breast-feeding", "breast feeding", "breastfed", "chestfeeding", "lactation", "lactating",
         "nursing", "breast milk"),
        BREASTFEEDING,
        rf"{BREASTFEEDING}|\bnurse\b",
        everywhere=True,
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
        r"\boverdos|\bantidote|\bpoison",
        everywhere=True,
    ),
    Topic(
        "monitoring",
        ("monitoring", "monitor", "blood test", "blood tests", "lab tests", "labs", "what to monitor", "follow-up"),
        r"^monitoring",
        r"\bmonitor|\bblood tests?\b|\blab(oratory)? tests?\b"
        r"|\bcheck(ed|s|ing)?\b.{0,60}\b(level|count|function|INR|potassium|creatinine)"
        r"|\bmeasure\b|\btests? (is|are) (needed|done)",
        everywhere=True,
    ),
    Topic(
        "storage",
        ("storage", "store", "how to store", "keep", "shelf life", "expiry", "fridge", "refrigerator", "in the fridge"),
        r"^storage|how supplied",
        r"\bstor(e|ed|age)\b|refrigerat|room temperature",
    ),
    Topic(
        "missed-dose",
        ("missed dose", "missed doses", "forgot a dose", "skipped dose", "skip a dose", "miss a dose", "late dose"),
        r"missed dose",
        r"\bmissed\b(?! (?:(?:its|the|their|a|her|menstrual|monthly|primary) ){0,2}(?:endpoint|period|menses|diagnos|target))|\bmiss(es|ing)?\b.{0,30}\bdose|\bforg[eo]t|\bskipped\b",
        everywhere=True,
    ),
    Topic(
        "kidney",
        ("kidney", "kidneys", "renal", "renal impairment", "renal dosing", "kidney disease", "kidney problems",
         "kidney failure", "renal failure", "ckd", "crcl", "egfr", "gfr", "creatinine clearance", "kidney function",
         "renal function", "renal disease", "renal insufficiency", "renally", "renal adjustment", "renal dose",
         "kidney dose", "esrd", "bad kidneys"),
        "",
        rf"{KIDNEY}|{KIDNEY_MEASURE}|{KIDNEY_FAILURE}|\bcreatinine|\bnephr|\banuri|\boliguri|\bglomerul|\bur(a)?emi[ac]\b",
        ("dialysis", "hemodialysis", "nephropathy", "creatinine"),
    ),
    Topic(
        "liver",
        ("liver", "hepatic", "hepatic impairment", "liver disease", "liver problems", "liver failure", "child-pugh",
         "liver function", "hepatic dosing", "hepatic adjustment", "hepatic dose", "hepatic insufficiency",
         "liver damage", "hepatotoxicity", "bad liver"),
        "",
        rf"{LIVER}|{LIVER_FAILURE}|\bhepat|\bALT\b|\bAST\b|\bLFTs?\b|\btransaminase|\b(amino|glutamyl )transferase|\bbilirubin|\bjaundice",
        ("cirrhosis", "hepatitis", "lft", "lfts", "jaundice"),
    ),
    Topic(
        "elderly",
        ("elderly", "over 65", "frail", "geriatric", "geriatrics", "older adults", "older people", "old people", "older", "aged",
         "seniors"),
        "",
        rf"{ELDERLY}|"
        r"(≥|>|over|aged?|above|older than|from|past|exceeding)( the)?( age)?( of)? ?(6[05]|7[05]|8[05])\b"
        rf"{NO_AGE}|\b(6[05]|7[05]|8[05])\+?( years?)?( of age| old)?,? (and|or) (older|over|above|more)",
    ),
    Topic(
        "children",
        ("children", "child", "kids", "kid", "paediatric", "pediatric", "paediatrics", "pediatrics", "infant",
         "infants", "baby", "babies", "newborn", "newborns", "neonate", "neonates", "toddlers", "adolescents",
         "teenagers", "teens", "paeds", "peds", "toddler"),
        "",
        f"{CHILDREN}|{YOUNG}|{CHILD_AGE}",
    ),
    Topic(
        "alcohol",
        ("alcohol", "hangover", "vodka", "whisky", "whiskey", "gin", "cider", "drink", "drinking", "can i drink", "drink alcohol", "wine", "beer", "ethanol", "booze"),
        "",
        r"\balcohol|\bethanol\b|\bdrink(s|ing)? (wine|beer)|\bdrinking\b(?! water)|\bbinge(?!.eating)",
    ),
    Topic(
        "driving",
        ("driving", "drive", "can i drive", "machinery", "machines", "operating machinery"),
        r"driving",
        r"\bdriv(e|es|ing)\b|machine(s|ry)\b",
    ),
    Topic(
        "food",
        ("food", "foods", "meals", "meal", "with food", "without food", "eat", "eating", "diet",
         "empty stomach", "fasting", "before meals", "after meals"),
        "",
        r"\bfoods?\b|\bmeals?\b|\bempty stomach|\bgrapefruit|\bdiet|\bfasting|\bfatty meal|\bhigh-fat"
        r"|\beat(ing)?\b|\bbreakfast|\bmealtime",
        ("grapefruit", "grapefruit juice", "dairy", "dairy products", "milk", "milk products", "cheese", "yogurt"),
    ),
    Topic(
        "heart",
        ("heart", "cardiac", "cardiovascular", "heart problems", "heart disease"),
        "",
        r"\bheart(?!burn)|\b(peri|myo|endo)?cardi(?!nal)|\bQTc?\b|\b(anti)?arrhythmi|\btorsade|\b(brady|tachy)cardia|\bangina"
        r"|\batrial fib",
        ("heart failure", "qt", "qtc", "qt prolongation", "arrhythmia", "arrhythmias", "torsades", "bradycardia",
         "tachycardia", "chf"),
    ),
    Topic(
        "surgery",
        ("surgery", "operation", "before surgery", "perioperative", "procedure", "procedures", "anesthesia",
         "anaesthesia"),
        "",
        r"\bsurg(ery|ical|eries|eon)|\b(peri|pre|post)-?operative|procedures?\b|an(a)?esthe|\bdentist"
        r"|\bdental (work|treat)|(tonsill|adenoid)ectom|\bCABG\b|\bbypass",
    ),
    Topic(
        "vaccination",
        ("vaccination", "vaccine", "vaccines", "immunization", "immunisation", "live vaccines", "jab", "jabs",
         "immunize", "immunise", "vaccinated"),
        "",
        r"\bvaccin|\bimmuni[sz]ation",
        ("flu shot", "flu jab"),
    ),
    Topic(
        "withdrawal",
        ("withdrawal", "stopping", "stop", "discontinuation", "discontinue", "how to stop", "taper", "tapering",
         "stop suddenly", "stopping suddenly", "abrupt discontinuation", "cold turkey", "quit", "quitting", "come off", "coming off",
         "discontinuation syndrome", "withdrawal symptoms", "wean", "weaning", "wean off"),
        "",
        r"\bwithdraw|\bdiscontinu|\btaper|\bstopp?(ed|ing)?\b",
        ("rebound",),
    ),
    Topic(
        "switching",
        ("switching", "iv to po", "iv to oral", "oral switch", "conversion", "convert", "switch", "changing over", "change over", "transition"),
        r"^switching|^conver(sion|ting)",
        r"\bswitch|(?<!-)\bconver(t|sion)|\btransition|\btransfer\b|\bchang(e|es|ing) (from|to)\b"
        r"|^\W*(from|to) [^:]{3,40}:",
    ),
    Topic(
        "allergy",
        ("allergy", "allergic", "allergies", "hypersensitivity", "allergic reaction", "allergic to"),
        r"^(allerg|hypersens)",
        r"\ballerg|\bhypersensitiv|\banaphyla|\bangioedema|\burticaria|\bhives\b|\bcross-?(react|sensitiv)",
        ("anaphylaxis",),
    ),
    Topic(
        "bleeding",
        ("bleeding", "bleed", "hemorrhage", "haemorrhage", "bruising"),
        "",
        r"\b(nose)?bleed|\bbled\b|\bh(a)?emorrhag|\bbruis|\bh(a)?ematoma",
    ),
    Topic(
        "infection",
        ("infection", "infections", "infected"),
        "",
        r"\b(super|re|co)?-?infect|\bsepsis|\btubercul|\bTB\b|\bherpes|\bhepatitis B|\bpneumonia|\bfung",
        ("sepsis", "tuberculosis", "tb"),
    ),
    Topic(
        "cancer",
        ("cancer", "cancers", "malignancy", "malignancies", "tumor", "tumour", "carcinogenic"),
        "",
        r"\bcancer|\bmalignan(?!t (hypertens|hyperther|syndrome))|\btumo(u)?r(?! (necrosis|lysis))|\blymphoma"
        r"|\b(adeno)?carcino|\bleuk(a)?emi|\bneoplas|\b(lipo)?sarcoma|\bmelanoma",
    ),
    Topic(
        "mood",
        ("mood", "mental health", "psychiatric", "mood changes"),
        "",
        r"\bmood|\bdepress(ion|ed|ive)(?! (of|effect))|\bsuicid|\b(neuro)?psychia|\bpsychos|\b(hypo)?mania|\bmanic"
        r"|\bhallucinat|\banxi|\bagitat|\baggress",
        ("depression", "suicide", "suicidality", "suicidal", "suicidal thoughts"),
    ),
    Topic(
        "contraception",
        ("contraception", "birth control", "contraceptive", "contraceptives", "the pill", "fertility"),
        r"^contracepti|^fertility|reproductive potential",
        r"\bcontracepti|\bbirth control|\b(in)?fertil|\breproductive potential|\bsperm",
        everywhere=True,
    ),
    Topic(
        "sun",
        ("sun", "sunlight", "sunburn", "photosensitivity", "tanning", "sunbathing", "sunbathe", "suntan"),
        "",
        r"\bsun(light|burn|screen|lamp)?\b|\bphotosens|\bphototox|\bUV\b|\bultraviolet|\btanning",
    ),
    Topic(
        "genetics",
        ("genetics", "genes", "pharmacogenetics", "pharmacogenomics", "genotype", "poor metabolizer",
         "poor metabolizers"),
        r"pharmacogen",
        r"\b(poor|intermediate|normal|extensive) metaboli[sz]er|\bultra-?rapid|\b(pheno|geno)typ|\ballele|\bHLA"
        r"|\bgenes?\b|\b(pharmaco)?genetic|\bTPMT\b|\bNUDT15\b|\bG6PD\b|\bheredit",
    ),
)  # fmt: skip
