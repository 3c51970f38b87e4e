"""A person's words → what finds them in a text: other forms of the word, words that mean the same, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from druginfo.terms.patterns import TIME_WORDS
from druginfo.terms.spelling import variants
from druginfo.topics.terms import CONDITIONS, FILLERS, GROUPS

_SAME_TEXT = """
inr, international normalized ratio, prothrombin time
anc, absolute neutrophil count, neutrophil count >> neutropenia, agranulocytosis
wbc, white blood cell, white cell >> leukopenia, leukocyte, blood count
cbc, fbc, complete blood count, full blood count, blood count
platelets, thrombocytes > thrombocytopenia, platelet count
lft, lfts, liver function test, liver tests, liver enzymes, transaminase, aminotransferase > ALT, AST
ck, cpk, creatine kinase
creatinine, scr, serum creatinine
bun, blood urea nitrogen, urea
tsh, thyroid stimulating hormone, thyrotropin
a1c, hba1c, glycated hemoglobin, hemoglobin A1c
ldl, low-density lipoprotein, LDL-C
hdl, high-density lipoprotein, HDL-C
bp, blood pressure
hr, heart rate, pulse
ecg, ekg, electrocardiogram
eeg, electroencephalogram
qt, qtc, qt prolongation, qt interval > torsade
torsades, torsade de pointes
potassium > hyperkalemia, hypokalemia
hyperkalemia, high potassium, raised potassium, elevated potassium >> potassium
hypokalemia, low potassium >> potassium
sodium, salt level > hyponatremia
hyponatremia, low sodium, siadh >> sodium
magnesium > hypomagnesemia
hypomagnesemia, low magnesium >> magnesium
calcium > hypercalcemia, hypocalcemia
glucose, blood sugar > hyperglycemia, hypoglycemia
hypoglycemia, low blood sugar, hypo, hypos, low glucose
hyperglycemia, high blood sugar, raised blood sugar
uric acid, urate > hyperuricemia
b12, vitamin b12, cobalamin
folate, folic acid
lactic acidosis, lactate
dka, ketoacidosis, diabetic ketoacidosis
serotonin syndrome >> serotonergic
nms, neuroleptic malignant syndrome
eps, extrapyramidal > dystonia, parkinsonism, akathisia
tardive dyskinesia, td
sjs, stevens-johnson, ten, toxic epidermal necrolysis, severe skin reaction >> rash
rhabdo, rhabdomyolysis, myopathy, muscle damage
muscle pain, myalgia, sore muscles, muscle ache > myopathy, rhabdomyolysis
angioedema, face swelling, tongue swelling, lip swelling
anaphylaxis, anaphylactic
edema, swelling, swollen, puffy, ankle swelling, fluid retention, water retention
sob, shortness of breath, short of breath, out of breath, breathless, breathlessness, dyspnea
respiratory depression, slow breathing, breathing problems
asthma >> bronchospasm
copd, chronic obstructive pulmonary disease, emphysema
chf, hf, heart failure, cardiac failure
mi, heart attack, myocardial infarction
stroke, cva
pe, pulmonary embolism, lung clot
dvt, deep vein thrombosis, leg clot
vte, venous thromboembolism > thrombosis
clot, clots, blood clot, blood clots, thrombosis, thromboembolism, thromboembolic > pulmonary embolism, deep vein, stroke
afib, af, a fib, atrial fibrillation
arrhythmia, irregular heartbeat, dysrhythmia
bradycardia, slow heart rate, slow heartbeat, slow pulse
tachycardia, fast heart rate, fast heartbeat, palpitation, racing heart
hypotension, low blood pressure > orthostatic
orthostatic, postural hypotension, dizzy on standing
hypertension, high blood pressure, raised blood pressure, htn
fainting, faint, syncope, passing out
dizzy, dizziness, lightheaded, vertigo
sleepy, sleepiness, drowsy, drowsiness, somnolence, sedation, sedating, tired
tired, tiredness, fatigue, asthenia, exhaustion, lethargy
sleepwalking, sleep-walking, sleep walking, sleep driving, complex sleep behaviors
insomnia, sleeplessness, cannot sleep, can't sleep, sleep disturbance
nightmares, bad dreams, abnormal dreams
headache, head ache >> migraine
confusion, confused, delirium
memory, memory loss, amnesia, forgetful
seizure, seizures, fits, convulsion, epilepsy
tremor, shaking, shaky, trembling
falls, falling, fall
fracture, fractures, broken bone >> bone
osteoporosis, bone loss, bone density, thin bones
suicide, suicidal, suicidality, suicidal thoughts
depression, depressed, low mood, mdd
anxiety, anxious, nervous
mania, manic, hypomania
hallucinations, psychosis, seeing things
addiction, addictive, dependence, abuse, misuse, habit forming
nausea, nauseous, feeling sick >> vomiting
vomiting, vomit, throwing up, threw up, throw up, puke, puked, puking, emesis, being sick
diarrhea, loose stools, the runs
constipation, constipated
heartburn, acid reflux, dyspepsia, indigestion, gerd, gord
stomach bleed, stomach bleeding, gi bleed, gi bleeding, gastrointestinal bleeding > bleeding, ulcer
ulcer, ulcers, stomach ulcer, peptic ulcer
pancreatitis, inflamed pancreas
gallstones, gallbladder, cholelithiasis, cholecystitis
jaundice, yellow skin >> bilirubin
c diff, cdiff, c. diff, difficile, cdad
appetite, hunger, anorexia
weight gain, gain weight, gaining weight, increased weight, weight increase
weight loss, lose weight, losing weight, decreased weight, weight decrease, weight reduction
sexual, sex, libido, sex drive, sexual dysfunction, erectile dysfunction, erection, impotence, ejaculation, orgasm
priapism, painful erection
hair loss, hair falling out, alopecia, thinning hair, hair thinning
rash, skin rash, eruption > exanthem
itch, itching, itchy, pruritus
hives, urticaria
acne, spots, pimples
photosensitivity, sunburn, sun, sunbathing, sunbathe, sunbed, tan, suntan > sunlight
alcohol, wine, beer, booze, liquor
dry mouth, xerostomia
gum, gums, gingival
taste, dysgeusia, metallic taste
cough, coughing, dry cough
eye, eyes, vision, sight, visual, blurred vision > retinopathy, retinal, ocular, cataract, glaucoma
retinopathy, retina, retinal
glaucoma, angle closure, narrow angle, intraocular pressure
hearing, hearing loss, deafness, ototoxicity, tinnitus, ear > hearing
tinnitus, ringing in the ears
urinary retention, cannot pee, can't pee, difficulty urinating, bladder outlet
urine, pee, urination, urinating > urinary
kidney stones, nephrolithiasis, renal calculi
uti, urinary tract infection, bladder infection
pml, progressive multifocal leukoencephalopathy
tb, tuberculosis
shingles, zoster, herpes zoster
flu shot, flu jab, influenza vaccine, vaccine, live vaccine
hepatitis b, hbv
pcp, pneumocystis
lymphoma, lymphoproliferative
skin cancer, melanoma, nonmelanoma
perforation, gi perforation, gastrointestinal perforation
neuropathy, nerve damage, tingling, numbness, paresthesia
gout >> uric acid
diabetes, diabetic
hyperlipidemia, lipids, cholesterol, triglycerides
thyroid, hypothyroidism, hyperthyroidism
adrenal, adrenal insufficiency, adrenal suppression, cushing
sulfa, sulfonamide, sulfa allergy
nsaid, nsaids, ibuprofen, painkiller, anti-inflammatory, nonsteroidal
aspirin, asa, acetylsalicylic acid
acetaminophen, paracetamol, apap, tylenol
antacid, antacids, aluminum, magnesium hydroxide
ppi, ppis, proton pump inhibitor
ssri, ssris, selective serotonin reuptake inhibitor
snri, snris, serotonin and norepinephrine reuptake inhibitor
maoi, maois, mao inhibitor, monoamine oxidase inhibitor
tca, tcas, tricyclic
ace inhibitor, acei, ace inhibitors, angiotensin-converting enzyme
arb, arbs, angiotensin receptor blocker, angiotensin ii
beta blocker, beta blockers, beta-adrenergic
ccb, calcium channel blocker, calcium antagonist
statin, statins, hmg-coa reductase inhibitor
diuretic, diuretics, water pill, water tablets, thiazide, loop diuretic
opioid, opioids, opiate, opiates, narcotic
benzo, benzos, benzodiazepine
blood thinner, blood thinners, anticoagulant, antiplatelet
antibiotic, antibiotics, antibacterial, antimicrobial
steroid, steroids, corticosteroid, glucocorticoid, prednisone
birth control, contraceptive, contraception, the pill, oral contraceptive
hrt, hormone replacement, estrogen
st john's wort, st johns wort, hypericum
herbal, herbs, supplement, supplements
vitamin k, leafy greens, green leafy vegetables, spinach, kale
milk, dairy, calcium >> antacid
coffee, caffeine
smoking, smoke, smokes, smoker, cigarettes, cigarette, tobacco
injection, inject, jab, shot
storage, fridge, refrigerator > store, refrigerat
room temperature, warm, warm up, warmed > refrigerat
cannabis, marijuana, weed, cbd
mri, magnetic resonance
contrast, contrast dye, iodinated, dye
crush, crushed, crushing, split, cut in half, chew, chewed, open the capsule, broken
feeding tube, ng tube, nasogastric, gastric tube
swallow, swallowing, cannot swallow, dysphagia
half-life, half life, halflife, t1/2
cyp, cyp450, cytochrome, enzyme
p-gp, pgp, p-glycoprotein
protein binding, protein bound
bioavailability, absorption
onset, how long to work, start working, how fast, kick in
duration, how long
antidote, reversal, reverse, reversal agent
lab, labs, blood test, blood tests, laboratory
level, levels, drug level, trough, serum concentration
titration, titrate, increase the dose, uptitrate
loading dose, load
strengths, strength, tablet sizes
max dose, maximum dose, max, maximum, maximum daily dose, daily maximum > no more than, not exceed, up to
surgery, operation, surgical, before surgery
dentist, dental, tooth extraction
anesthesia, anaesthetic, anesthetic
dialysis, hemodialysis, haemodialysis, hd, capd
cirrhosis, cirrhotic, child-pugh
obese, obesity, overweight
elderly, older, geriatric
pregnant, pregnancy
breastfeeding, lactation, nursing, breast milk
fertility, infertility, sperm
g6pd, glucose-6-phosphate
hla-b, hla
porphyria, porphyrias
myasthenia, myasthenia gravis
parkinson, parkinson's, parkinsons
dementia, alzheimer
schizophrenia, psychosis
transplant, transplantation
enteric coated, gastro-resistant, delayed-release
extended release, er, xr, sr, modified release
hot flashes, hot flushes, night sweats
sweating, sweat, hyperhidrosis
fever, temperature, pyrexia
infection, infections, infected
sore throat, pharyngitis
bruise, bruises, bruising
nosebleed, nosebleeds, epistaxis
periods, period, menstrual, menstruation, menses
breast growth, gynecomastia, breast enlargement
milk from breast, galactorrhea, prolactin, hyperprolactinemia
electrolytes, electrolyte >> potassium, sodium, magnesium
dehydration, dehydrated, volume depletion, hypovolemia
aki, acute kidney injury, acute renal failure
proteinuria, protein in urine
nephrotoxicity, nephrotoxic, kidney damage
hepatotoxicity, hepatotoxic, liver damage, liver injury, liver failure
bone marrow, myelosuppression, marrow suppression
anemia, low hemoglobin, low blood count
agranulocytosis, neutropenia, low white cells
thrombocytopenia, low platelets
dress, drug reaction with eosinophilia
vasculitis, lupus
stopping, withdrawal, discontinuation, quit, quitting, cold turkey, stop suddenly > stop, abrupt
washout, wash-out, washout period > wait, apart
missed dose, missed, miss, miss a dose, missing, forget, forgot, forgotten, skip, skipped, late dose
long term, long-term, longterm, long use, for years, forever
stay in the body, in my system, leave the body, half-life, half life > eliminat
drool, drooling, saliva, salivation, hypersalivation
muscles, muscle
fat > weight
bathroom, pee at night, nocturia
"""
"""A line: words that mean the same; after `>` what the words before it also find, but not the other way round; after
`>>` what is near and counts only where nothing else is found."""

LIGHT = (
    frozenset(
        """risk risks effect effects affect affects problem problems issue issues cause causes caused causing increase
    increased increases increasing raise raises high low use using used take taking taken treatment therapy patient
    level levels change changes get give given giving info information about safe safety safely okay ok allowed
    recommend recommended needed need needs should must may might will would could shall happen happens make makes
    made work works working help helps concomitant concurrent together combined combine combination combining
    interact interaction interactions interacts between versus vs while during after before when why there any some
    your their his her its we you she he they them this that these those am was were been being person people someone
    know tell question please long much many often ever never still also too very really just not no dont don't
    tablet tablets pill pills meds med prescribed prescribing prescription doctor start started starting
    than more less bad good best better worse want into out up down same other another new old if so then them
    management symptom symptoms sign signs common reaction reactions happened going go keep put
    every time times ask asked
    become have having had got does did doing done suddenly abruptly immediately quickly slowly own usual normal
    hurt hurts harm harms harmful affecting happening kind type work works lot little also both each every all myself yourself problem
    """.split()
    )
    | TIME_WORDS
)
"""Words that may be missing where the others are found."""

COMMON = frozenset(
    """run runs running watch watching fail fails failing failed since matter matters something anything nothing morning
    evening tonight today yesterday tomorrow night afternoon lately recently already again yet around glass bottle cup
    bit couple reach reaches come comes came see seen look feel feels felt find found lead leads turn turns stay stays
    try tried tell told say says said think thought notice noticed remember let mean means keep kept hold add left
    leave leaves bring brought wonder wondering worry worried allow allowed possible really quite maybe perhaps right
    mum mom dad wife husband son daughter mother father partner friend guy man woman liquid suspension syrup capsule
    capsules product stuff thing things way bad ok fine like liked want wants wanted gets getting gave given goes went
    gone takes took sort because though although until without within through across over under
    """.split()
)
"""Common verbs and the like: they decide between questions and never rule one out."""


class Wanted(NamedTuple):
    """A word or phrase that a text is to hold."""

    typed: str
    """As typed."""
    own: re.Pattern[str]
    """Finds it in any of its forms and spellings."""
    pattern: re.Pattern[str]
    """Finds it, or what means the same."""
    near: re.Pattern[str] | None = None
    """Finds what is near it, for want of better."""
    is_light: bool = False
    """Whether a text may do without it."""


Meanings = Callable[[str], Iterable[str]]
"""What a word stands for beyond the tables: abbreviations that the library defines, a drug's other names."""


@cache
def _same() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _SAME_TEXT.strip().splitlines():
        equal, _, also = line.partition(" >> ")[0].partition(" > ")
        group = equal.split(", ")
        for each in group:
            key = _key(each)
            others = [*group, *(also.split(", ") if also else ())]
            table[key] = tuple(dict.fromkeys((*table.get(key, ()), *others)))
    for said, meant in (*CONDITIONS.items(), *GROUPS.items()):
        key = _key(said)
        table[key] = tuple(dict.fromkeys((*table.get(key, ()), *meant)))
    return table


@cache
def _near() -> dict[str, tuple[str, ...]]:
    rows = (line.split(" >> ") for line in _SAME_TEXT.strip().splitlines() if " >> " in line)
    return {_key(each): tuple(near.split(", ")) for equal, near in rows for each in equal.split(", ")}


def _key(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold().replace("'", "").replace("’", "")))


def same(words: str) -> tuple[str, ...]:
    """What means the same as these words, as far as the tables know; empty where they know nothing.

    >>> "hyperkalemia" in same("high potassium")
    True
    """
    key = _key(words)
    for each in dict.fromkeys((key, _singular(key), *(variants(key)))):
        if found := _same().get(each):
            return found
    return ()


def _singular(words: str) -> str:
    return words[:-1] if len(words) > 4 and words.endswith("s") and not words.endswith("ss") else words


def expression(words: str) -> str:
    """A regular expression for words side by side, each in any of its forms and spellings; its stem begins a word."""
    found = []
    for word in re.findall(r"[^\W_]+", re.sub(r"['’]s?\b", "", words)):
        spelled = dict.fromkeys(_form(each) for each in dict.fromkeys((word, *variants(word))))
        found.append(next(iter(spelled)) if len(spelled) == 1 else f"(?:{'|'.join(spelled)})")
    return r"\b" + r"(?:['’]s)?[\s\-‐-―'’/.]{0,3}".join(found) if found else r"(?!)"


_ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ied", "ically", "ation", "ations", "ed", "es", "ly", "s", "y", "e")


def _form(word: str) -> str:
    """A word's stem with any ending; a short word, an abbreviation or one with a figure only in few endings."""
    if len(word) < 5 or any(c.isdigit() for c in word) or (word.isupper() and len(word) < 7):
        plain = re.escape(word)
        return rf"(?-i:{plain}s?)\b" if word in _AMBIGUOUS else rf"{plain}(?:s|es|ing|ed)?\b"
    lower = word.lower()
    for ending in _ENDINGS:
        if lower.endswith(ending) and len(lower) - len(ending) >= 4:
            lower = lower.removesuffix(ending)
            break
    return rf"{re.escape(lower)}\w*"


_AMBIGUOUS = frozenset({"AS", "ALT", "AST", "TEN", "ED", "IT", "IS", "AN", "PAD", "AD", "DRESS"})
"""Abbreviations that are words in lower case."""


def wanted(words: Sequence[str], meanings: Meanings = lambda _: ()) -> list[Wanted]:
    """What to look for, for a person's words in order: the longest runs that the tables or `meanings` know, then words.

    Fillers are left out; where nothing else is left, light words count.
    """
    bare = [re.sub(r"^[^\w]+|[^\w]+$", "", word) for word in words]
    bare = [word for word in bare if word]
    found: list[Wanted] = []
    at = 0
    while at < len(bare):
        for count in range(min(4, len(bare) - at), 0, -1):
            run = " ".join(bare[at : at + count])
            if count == 1 and run.casefold() in FILLERS:
                break
            others = [*same(run), *meanings(run)]
            if others or count == 1:
                found.append(_wanted(run, others, count == 1 and run.casefold() in LIGHT))
                at += count - 1
                break
        at += 1
    return found


def _wanted(run: str, others: Iterable[str], is_light: bool) -> Wanted:
    own = expression(run)
    every = dict.fromkeys((own, *(expression(each) for each in others)))
    near = [expression(each) for word in variants(_key(run)) for each in _near().get(word, ())]
    wide = re.compile("|".join(near), re.I) if near else None
    return Wanted(run, re.compile(own, re.I), re.compile("|".join(every), re.I), wide, is_light)


def widened(found: Sequence[Wanted]) -> list[Wanted]:
    """The same, each found by what is near it too; none where nothing is near any of them."""
    if not any(each.near for each in found):
        return []
    return [
        each._replace(pattern=re.compile(f"{each.pattern.pattern}|{each.near.pattern}", re.I)) if each.near else each
        for each in found
    ]


def by_topic(term: Wanted) -> Wanted:
    """A word that is a topic's is found by whatever speaks of the topic too."""
    from druginfo.topics import is_narrower, known

    topic = known(term.typed)
    if topic is None or term.is_light or is_narrower(term.typed, topic):
        return term
    return term._replace(pattern=re.compile(f"{term.pattern.pattern}|{topic.passage}", re.I))


def telling(found: Sequence[Wanted]) -> list[Wanted]:
    """Those that a text must hold: all but the light ones, or all where there are no others."""
    return [each for each in found if not each.is_light] or list(found)


def held(terms: Iterable[Wanted], text: str) -> Iterator[Wanted]:
    """Those that a text holds."""
    return (term for term in terms if term.pattern.search(text))
