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
from druginfo.terms.phrase_list import Phrases


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it; the first one names it in messages."""
    heading: Phrases | str
    """Finds the headings of sections of its own, by phrases or a regular expression; empty where it never has one."""
    passage: Phrases | str
    """Finds a text that speaks of it. Its stems begin at a word: norepinephrine is no kidney."""
    narrower: tuple[str, ...] = ()
    """Words for a part of it. Passages with the word itself come first, and a wider answer says that it is wider."""
    everywhere: bool = False
    """Whether what other sections say of it belongs to the answer, its own section or not: pregnancy is a
    contraindication too."""

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        return self.pattern.search(text) is not None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds what speaks of it in a text."""
        return _pattern(self.passage)

    def is_headed(self, title: str) -> bool:
        """Whether a section with this heading is its own."""
        return bool(self.heading) and _pattern(self.heading).search(title) is not None


@cache
def _pattern(found_by: Phrases | str) -> re.Pattern[str]:
    return found_by.pattern if isinstance(found_by, Phrases) else re.compile(found_by, re.I)


TOPICS = (
    Topic(
        "boxed-warning",
        ("boxed warning", "black box", "black box warning", "box warning", "bbw"),
        Phrases("^ boxed | ^ black box"),
        Phrases("boxed warning* | black box*"),
    ),
    Topic(
        "usage",
        ("usage", "use", "uses", "used for", "indication", "indications", "indicated for", "what for",
         "what is it for"),
        Phrases("^ usage/therapeutic | ^ use/uses !in | ^ indication/indications | ^ medical use/uses"),
        Phrases("indicated*/indication* | used for/to | prescribed"),
    ),
    Topic(
        "names",
        ("names", "name", "brand", "brands", "brand name", "brand names", "trade names", "alternate names",
         "generic name", "synonyms", "inn"),
        Phrases("name/names | ^ synonyms*/brand*"),
        Phrases("brand/trade name* | also known as"),
    ),
    Topic(
        "mechanism",
        ("mechanism", "moa", "mechanism of action", "how it works", "how does it work", "mode of action",
         "pharmacology", "pharmacodynamics", "pd", "action"),
        Phrases("^ how … work* | *mechanism*/*pharmacodynamics* | ^ (clinical) pharmacology* | mode of action*"),
        Phrases("mechanism/mode of action* | how does …80 work*"),
    ),
    Topic(
        "pharmacokinetics",
        ("pharmacokinetics", "pk", "kinetics", "adme"),
        Phrases("*pharmacokinetics* | ^ absorption/metabolism/elimination $0"),
        Phrases(
            "*pharmacokinetic* | absorb*/absorp*/metaboliz*/metabolis*/excret*/half-li*/bioavailab* |"
            " eliminated/elimination | peak plasma*"
        ),
        ("absorption", "metabolism", "elimination", "half-life", "half life", "excretion", "distribution",
         "bioavailability", "protein binding", "clearance"),
    ),
    Topic(
        "dosage",
        ("dosage", "dose", "doses", "dosing", "posology", "how much", "how often", "how to take", "when to take",
         "administration", "usual dose", "dosage and administration", "starting dose", "how to give"),
        Phrases("^ dosage/dosing/dose/doses/posology"),
        Phrases("dose/doses/dosage/dosing"),
        ("max dose", "maximum dose", "max", "maximum", "maximum daily dose", "daily maximum", "strengths",
         "strength", "titration"),
    ),
    Topic(
        "side-effects",
        ("side effects", "side effect", "adr", "adrs", "adverse reactions", "adverse reaction", "adverse effects",
         "adverse events", "adverse drug reactions", "undesirable effects", "ae", "se", "adverse", "sides"),
        Phrases("*adverse* | side effect* | undesirable effects*"),
        Phrases("side effect* | adverse (drug) reaction*/effect*/event* | undesirable effect*"),
    ),
    Topic(
        "contraindications",
        ("contraindications", "contraindication", "contraindicated", "contra-indications", "ci", "when not to use",
         "who should not take", "who should not take it"),
        Phrases("contra-indication*"),
        Phrases("contra-indicat* | should not (be) take*/use* | must not"),
    ),
    Topic(
        "interactions",
        ("interactions", "interaction", "drug interactions", "ddi", "ddis", "other medicines", "combine"),
        Phrases("interaction*"),
        Phrases("interact* | inhibitor/inhibitors/inducer/inducers | concomitant*/co-administ*/concurrent*"),
    ),
    Topic(
        "pregnancy",
        ("pregnancy", "pregnant", "in pregnancy", "pregnancy category", "teratogenic", "fetus", "gravidity",
         "expecting", "pregnant women", "trimester", "embryo-fetal toxicity"),
        Phrases("pregnan*"),
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
    Topic("summary", ("summary", "overview", "profile", "in short"), Phrases("summary*/overview*"), Phrases("in summary")),
    Topic(
        "combinations",
        ("combinations", "popular combinations", "combination", "combined with"),
        Phrases("combination*"),
        Phrases("in combination with | combined/together with"),
    ),
    Topic(
        "precautions",
        ("precautions", "precaution", "warnings", "warning", "caution", "cautions", "safety"),
        Phrases("precaution* | ^ warning*/caution*"),
        Phrases("caution*/warning*/precaution*"),
    ),
    Topic("faq", ("faq", "faqs", "questions", "frequently asked questions"), Phrases("faq/faqs | frequently asked"), "(?!)"),
    Topic(
        "overdose",
        ("overdose", "overdosage", "poisoning", "antidote", "too much"),
        Phrases("overdos*"),
        Phrases("overdos*/antidote*/poison*"),
        everywhere=True,
    ),
    Topic(
        "monitoring",
        ("monitoring", "monitor", "blood test", "blood tests", "lab tests", "labs", "what to monitor", "follow-up"),
        Phrases("^ monitoring*"),
        Phrases(
            "monitor* | measure | blood/lab/laboratory test/tests | test/tests is/are needed*/done* |"
            " check/checked/checks/checking …60 level*/count*/function*/INR*/potassium*/creatinine*/eGFR*"
        ),
        everywhere=True,
    ),
    Topic(
        "storage",
        ("storage", "store", "how to store", "keep", "shelf life", "expiry", "fridge", "refrigerator", "in the fridge"),
        Phrases("^ storage* | how supplied*"),
        Phrases("store/stored/storage | refrigerat* | room temperature*"),
    ),
    Topic(
        "missed-dose",
        ("missed dose", "missed doses", "forgot a dose", "skipped dose", "skip a dose", "miss a dose", "late dose"),
        Phrases("missed dose*"),
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
        Phrases("alcohol* | ethanol | drink/drinks/drinking wine*/beer* | drinking !water | binge* !eating"),
    ),
    Topic(
        "driving",
        ("driving", "drive", "can i drive", "machinery", "machines", "operating machinery"),
        Phrases("driving*"),
        Phrases("drive/drives/driving/machines/machinery"),
    ),
    Topic(
        "food",
        ("food", "foods", "meals", "meal", "with food", "without food", "eat", "eating", "diet",
         "empty stomach", "fasting", "before meals", "after meals"),
        "",
        Phrases(
            "food/foods/meal/meals/eat/eating | empty stomach* | high fat* |"
            " grapefruit*/diet*/fasting*/breakfast*/mealtime*"
        ),
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
        Phrases(
            "surgery*/surgical*/surgeries*/surgeon*/peri-operative*/pre-operative*/post-operative*/dentist*/bypass* |"
            " procedure/procedures/CABG | dental work*/treat* | *anesthe*/*anaesthe*/*tonsillectom*/*adenoidectom*"
        ),
    ),
    Topic(
        "vaccination",
        ("vaccination", "vaccine", "vaccines", "immunization", "immunisation", "live vaccines", "jab", "jabs",
         "immunize", "immunise", "vaccinated"),
        "",
        Phrases("vaccin*/immunization*/immunisation*"),
        ("flu shot", "flu jab"),
    ),
    Topic(
        "withdrawal",
        ("withdrawal", "stopping", "stop", "discontinuation", "discontinue", "how to stop", "taper", "tapering",
         "stop suddenly", "stopping suddenly", "abrupt discontinuation", "cold turkey", "quit", "quitting", "come off", "coming off",
         "discontinuation syndrome", "withdrawal symptoms", "wean", "weaning", "wean off"),
        "",
        Phrases("withdraw*/discontinu*/taper* | stop/stopped/stopping"),
        ("rebound",),
    ),
    Topic(
        "switching",
        ("switching", "iv to po", "iv to oral", "oral switch", "conversion", "convert", "switch", "changing over", "change over", "transition"),
        Phrases("^ switching*/conversion*/converting*"),
        r"\bswitch|(?<!-)\bconver(t|sion)|\btransition|\btransfer\b|\bchang(e|es|ing) (from|to)\b"
        r"|^\W*(from|to) [^:]{3,40}:",
    ),
    Topic(
        "allergy",
        ("allergy", "allergic", "allergies", "hypersensitivity", "allergic reaction", "allergic to"),
        Phrases("^ allerg*/hypersens*"),
        Phrases("allerg*/hypersensitiv*/anaphyla*/angioedema*/urticaria*/cross-react*/cross-sensitiv* | hives"),
        ("anaphylaxis",),
    ),
    Topic(
        "bleeding",
        ("bleeding", "bleed", "hemorrhage", "haemorrhage", "bruising"),
        "",
        Phrases("bleed*/nosebleed*/hemorrhag*/haemorrhag*/bruis*/hematoma*/haematoma* | bled"),
    ),
    Topic(
        "infection",
        ("infection", "infections", "infected"),
        "",
        Phrases(
            "infect*/super-infect*/re-infect*/co-infect*/sepsis*/tubercul*/herpes*/pneumonia*/fung* | TB | hepatitis B*"
        ),
        ("sepsis", "tuberculosis", "tb"),
    ),
    Topic(
        "cancer",
        ("cancer", "cancers", "malignancy", "malignancies", "tumor", "tumour", "carcinogenic"),
        "",
        Phrases(
            "cancer*/lymphoma*/carcino*/adenocarcino*/leukemi*/leukaemi*/neoplas*/sarcoma*/liposarcoma*/melanoma* |"
            " malignan* !hypertens*/hyperther*/syndrome* | tumor*/tumour* !necrosis/lysis"
        ),
    ),
    Topic(
        "mood",
        ("mood", "mental health", "psychiatric", "mood changes"),
        "",
        Phrases(
            "mood*/suicid*/psychia*/neuropsychia*/psychos*/mania*/hypomania*/manic*/hallucinat*/anxi*/agitat*/aggress* |"
            " depression*/depressed*/depressive* !of*/effect*"
        ),
        ("depression", "suicide", "suicidality", "suicidal", "suicidal thoughts"),
    ),
    Topic(
        "contraception",
        ("contraception", "birth control", "contraceptive", "contraceptives", "the pill", "fertility"),
        Phrases("^ contracepti*/fertility* | reproductive potential*"),
        Phrases("contracepti*/fertil*/infertil*/sperm* | birth control* | reproductive potential*"),
        everywhere=True,
    ),
    Topic(
        "sun",
        ("sun", "sunlight", "sunburn", "photosensitivity", "tanning", "sunbathing", "sunbathe", "suntan"),
        "",
        Phrases("sun/sunlight/sunburn/sunscreen/sunlamp/UV | photosens*/phototox*/ultraviolet*/tanning*"),
    ),
    Topic(
        "genetics",
        ("genetics", "genes", "pharmacogenetics", "pharmacogenomics", "genotype", "poor metabolizer",
         "poor metabolizers"),
        Phrases("pharmacogen*"),
        Phrases(
            "poor/intermediate/normal/extensive metabolizer*/metaboliser* | gene/genes/TPMT/NUDT15/G6PD |"
            " ultra-rapid*/phenotyp*/genotyp*/allele*/HLA*/genetic*/pharmacogenetic*/heredit*"
        ),
    ),
)  # fmt: skip
