"""What people call the parts of a monograph, and the conditions that it treats. Words only; `topics` uses them."""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """Something that people ask a monograph about."""

    key: str
    words: tuple[str, ...]
    """What people call it; the first one names it in messages."""
    heading: str
    """Regular expression for the headings of sections of its own; empty where it never has one."""
    passage: str
    """Regular expression for a text that speaks of it."""


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
        ("pharmacokinetics", "pk", "kinetics", "adme", "absorption", "metabolism", "elimination", "half-life",
         "half life", "excretion", "distribution"),
        r"pharmacokinetics|^(absorption|metabolism|elimination)$",
        r"pharmacokinetic|\babsor[bp]|\bmetaboli[sz]|\beliminat(ed|ion)\b|\bexcret|half-li|bioavailab|peak plasma",
    ),
    Topic(
        "dosage",
        ("dosage", "dose", "doses", "dosing", "posology", "how much", "how often", "how to take", "when to take",
         "max dose", "maximum dose", "administration"),
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
        ("pregnancy", "pregnant", "in pregnancy", "pregnancy category", "teratogenic", "fetus", "gravidity"),
        r"pregnan",
        r"pregnan|f(o)?etus|f(o)?etal|teratogen|embryo|contracepti",
    ),
    Topic(
        "breastfeeding",
        ("breastfeeding", "breast-feeding", "breast feeding", "breastfed", "chestfeeding", "lactation", "lactating",
         "nursing", "breast milk", "milk"),
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
        ("monitoring", "monitor", "blood test", "blood tests", "lab tests", "labs", "what to monitor", "follow-up"),
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
        ("missed dose", "missed doses", "forgot a dose", "skipped dose", "skip a dose", "miss a dose", "late dose"),
        r"missed dose",
        r"\bmissed\b|\bmiss(es|ing)?\b.{0,30}\bdose|\bforg[eo]t|\bskipped\b",
    ),
    Topic(
        "kidney",
        ("kidney", "kidneys", "renal", "renal impairment", "renal dosing", "kidney disease", "kidney problems",
         "kidney failure", "renal failure", "ckd", "crcl", "egfr", "gfr", "creatinine", "creatinine clearance",
         "dialysis", "nephropathy"),
        "",
        r"\brenal|\bkidney|\bCr ?Cl\b|\bCL ?cr\b|creatinine|\be?GFR\b|dialy[sz]|nephr|\bESRD\b|\bCKD\b"
        r"|anuri|oliguri|glomerul|ur(a)?emi[ac]\b",
    ),
    Topic(
        "liver",
        ("liver", "hepatic", "hepatic impairment", "liver disease", "liver problems", "liver failure", "cirrhosis",
         "child-pugh", "hepatitis", "lft", "lfts"),
        "",
        r"hepat|\bliver|child.?pugh|cirrho|\bALT\b|\bAST\b|\bLFTs?\b|transaminase|transferase|bilirubin|jaundice",
    ),
    Topic(
        "elderly",
        ("elderly", "geriatric", "geriatrics", "older adults", "older people", "old people", "older", "aged",
         "seniors"),
        "",
        r"\belderly|geriatric|older (adult|patient|people|person|wom[ae]n|m[ae]n)|\bseniors?\b|\bBeers\b|old age|"
        r"(≥|>|over|aged?|above|older than|from|past|exceeding)( the)?( age)?( of)? ?(6[05]|7[05]|8[05])\b"
        r"|\b(6[05]|7[05]|8[05])\+?( years?)?( of age| old)?,? (and|or) (older|over|above|more)",
    ),
    Topic(
        "children",
        ("children", "child", "kids", "kid", "paediatric", "pediatric", "paediatrics", "pediatrics", "infant",
         "infants", "baby", "babies", "newborn", "newborns", "neonate", "neonates", "toddlers", "adolescents",
         "teenagers"),
        "",
        r"\bchild(?!.?pugh|.?bearing)|\bp(a)?ediatric|\binfan|\bneonat|\bnewborn|\badolescen|\bbab(y|ies)\b"
        r"|\bjuvenile|\btoddler|\bpremature|\bpreterm|\bteen"
        r"|\b(\d+ (weeks|months)|([1-9]|1[0-7]|one|two|six|twelve) years) (of age )?(and|or) (older|over|above)"
        r"|\b1?\d years (of age )?(and|or) (younger|under)"
        r"|(less than|under|below|younger than|up to) (the age of |age )?(\d|1[0-8])( years|\b(?! ?[\w/%.]))",
    ),
    Topic(
        "alcohol",
        ("alcohol", "drink", "drinking", "can i drink", "drink alcohol", "wine", "beer", "ethanol", "booze"),
        "",
        r"\balcohol|\bethanol\b|\bdrink(s|ing)? (wine|beer)|\bdrinking\b(?! water)|\bbinge",
    ),
    Topic(
        "driving",
        ("driving", "drive", "can i drive", "machinery", "machines", "operating machinery"),
        r"driving",
        r"\bdriv(e|es|ing)\b|machine(s|ry)\b",
    ),
    Topic(
        "food",
        ("food", "foods", "meals", "meal", "with food", "without food", "eat", "eating", "diet", "grapefruit",
         "empty stomach"),
        "",
        r"\bfoods?\b|\bmeals?\b|\bempty stomach|\bgrapefruit|\bdiet|\bfasting|\bfatty meal|\bhigh-fat"
        r"|\beat(ing)?\b|\bbreakfast|\bmealtime",
    ),
    Topic(
        "heart",
        ("heart", "cardiac", "heart failure", "qt", "qt prolongation", "cardiovascular", "arrhythmia"),
        "",
        r"\bheart|\bcardi|ocardi|ericardi|\bQTc?\b|arrhythmi|torsade|myocardial|bradycardia|tachycardia",
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
    Topic(
        "switching",
        ("switching", "switch", "changing over", "change over", "transition"),
        r"^switching|^conver(sion|ting)",
        r"\bswitch|(?<!-)\bconver(t|sion)|\btransition|\btransfer\b|\bchang(e|es|ing) (from|to)\b"
        r"|^\W*(from|to) [^:]{3,40}:",
    ),
    Topic(
        "allergy",
        ("allergy", "allergic", "allergies", "hypersensitivity", "anaphylaxis"),
        r"^(allerg|hypersens)",
        r"allerg|hypersensitiv|anaphyla|angioedema|urticaria|\bhives\b|cross-?(react|sensitiv)",
    ),
    Topic(
        "bleeding",
        ("bleeding", "bleed", "hemorrhage", "haemorrhage", "bruising"),
        "",
        r"bleed|\bbled\b|h(a)?emorrhag|\bbruis|h(a)?ematoma",
    ),
    Topic(
        "infection",
        ("infection", "infections", "sepsis", "tuberculosis", "tb"),
        "",
        r"infect|\bsepsis|tubercul|\bTB\b|herpes|hepatitis B|pneumonia|\bfung",
    ),
    Topic(
        "cancer",
        ("cancer", "cancers", "malignancy", "malignancies", "tumor", "tumour", "carcinogenic"),
        "",
        r"cancer|malignan(?!t (hypertens|hyperther|syndrome))|tumo(u)?r|lymphoma|carcino|leuk(a)?emi|neoplas"
        r"|sarcoma|melanoma",
    ),
    Topic(
        "mood",
        ("mood", "mental health", "depression", "suicide", "suicidality", "suicidal", "psychiatric"),
        "",
        r"\bmood|depress(ion|ed|ive)|suicid|psychia|psychos|\bmania|\bmanic|hallucinat|anxi|agitat|aggress",
    ),
    Topic(
        "contraception",
        ("contraception", "birth control", "contraceptive", "contraceptives", "the pill", "fertility"),
        r"^contracepti|^fertility|reproductive potential",
        r"contracepti|birth control|fertil|reproductive potential",
    ),
    Topic(
        "sun",
        ("sun", "sunlight", "sunburn", "photosensitivity", "tanning"),
        "",
        r"\bsun(light|burn|screen|lamp)?\b|photosens|phototox|\bUV\b|ultraviolet|tanning",
    ),
    Topic(
        "genetics",
        ("genetics", "genes", "pharmacogenetics", "pharmacogenomics", "genotype", "poor metabolizer",
         "poor metabolizers"),
        r"pharmacogen",
        r"poor metaboli[sz]er|ultra-?rapid|genotyp|allele|\bHLA|\bgenes?\b|genetic|\bTPMT\b|\bNUDT15\b|\bG6PD\b"
        r"|heredit",
    ),
)  # fmt: skip

_CONDITIONS_TEXT = """
high blood pressure, htn = hypertension
low blood pressure = hypotension
heart attack, stemi, nstemi = myocardial infarction
heart failure, chf, hfref, hfpef = heart failure
irregular heartbeat, afib, a fib, af = atrial fibrillation
blood clot, blood clots = thrombosis, thromboembolism
leg clot, clot in leg = deep vein thrombosis
lung clot = pulmonary embolism
mini stroke, tia = transient ischemic attack
chest pain = angina
high cholesterol = hyperlipidemia, hypercholesterolemia
diabetes = diabetes mellitus
t2dm, type 2 diabetes = type 2 diabetes mellitus
t1dm, type 1 diabetes = type 1 diabetes mellitus
low blood sugar = hypoglycemia
high blood sugar = hyperglycemia
low potassium = hypokalemia
high potassium = hyperkalemia
low sodium = hyponatremia
low magnesium = hypomagnesemia
obesity = overweight, weight management
underactive thyroid = hypothyroidism
overactive thyroid = hyperthyroidism
depression, mdd = depressive disorder
anxiety, gad = anxiety disorder
seizures = epilepsy, partial onset seizures
fits = seizures, epilepsy
memory loss = dementia
sleepiness = somnolence
fainting = syncope
heartburn, acid reflux, gerd, gord = gastroesophageal reflux
stomach ulcer = gastric ulcer, peptic ulcer
vomiting = emesis
c diff, cdiff = difficile
enlarged prostate, bph = benign prostatic hyperplasia
overactive bladder, oab = urge urinary incontinence
bladder infection, uti = urinary tract infection
impotence = erectile dysfunction
eczema = atopic dermatitis
hives = urticaria
itching = pruritus
hair loss = alopecia
shingles = herpes zoster
cold sores = herpes simplex
thrush = candidiasis
flu = influenza
muscle pain = myalgia
rhabdo = rhabdomyolysis
sjs = stevens johnson syndrome
nms = neuroleptic malignant syndrome
low platelets = thrombocytopenia
low white cells, low white blood cells = neutropenia, leukopenia
swelling, water retention = edema
"""

CONDITIONS: dict[str, tuple[str, ...]] = {
    said: tuple(meant.strip().split(", "))
    for row in _CONDITIONS_TEXT.strip().splitlines()
    for words, meant in [row.split(" = ")]
    for said in words.split(", ")
}
"""What people call a condition, in lower case and without hyphens → what monographs call it."""

GROUPS: dict[str, tuple[str, ...]] = {
    "blood thinner": ("anticoagulant", "antiplatelet"),
    "blood thinners": ("anticoagulant", "antiplatelet"),
    "painkiller": ("analgesic", "nsaid", "opioid"),
    "painkillers": ("analgesic", "nsaid", "opioid"),
    "water pill": ("diuretic",),
    "water pills": ("diuretic",),
    "sleeping pill": ("hypnotic", "sedative"),
    "sleeping pills": ("hypnotic", "sedative"),
    "steroid": ("corticosteroid", "glucocorticoid"),
    "steroids": ("corticosteroid", "glucocorticoid"),
}
"""What people call a group of drugs → what monographs call it."""

EVERYDAY = {"water", "sugar", "salt", "iron", "calcium"}
"""Words of every day that are drugs' names too."""

FILLERS = frozenset(
    "the a an of for in with and about on is it patients people i can use from to my do does what which when how me if "
    "has have are be or at by drug drugs medicine medicines medication medications".split()
)
"""Words that say nothing about what is asked."""
