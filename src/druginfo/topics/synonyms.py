"""What people say and what texts call it, everyday, clinical and British: as data. `wording` and `indications` use it."""

from __future__ import annotations

import re

from druginfo.terms.patterns import TIME_WORDS

SAME = """
inr, international normalized ratio, prothrombin time
anc, absolute neutrophil count, neutrophil count >> neutropenia, agranulocytosis
wbc, white blood cell, white cell >> leukopenia, leukocyte, blood count
cbc, fbc, complete blood count, full blood count, blood count
platelets, thrombocytes > thrombocytopenia, platelet count
lft, lfts, liver function test, liver tests, liver enzymes, transaminase, aminotransferase > ALT, AST
ck, cpk, creatine kinase
creatinine, scr, serum creatinine
bun, blood urea nitrogen, urea
acid blockers, acid blocker, acid reducer
tsh, thyroid stimulating hormone, thyrotropin
tft, tfts, thyroid function, thyroid function tests, thyroid tests >> thyroid
pft, pfts, lung function, pulmonary function, lung tests, spirometry, dlco, diffusion capacity
cxr, chest x-ray, chest xray, chest film
bmd, dexa, dexa scan, dxa, bone density, bone mineral density
crp, c-reactive protein
hb, hgb, haemoglobin, hemoglobin > anemia
plts, plt, platelet > platelets, thrombocytopenia
prostate blood test, prostate test > PSA
aptt, ptt, activated partial thromboplastin time
anti-xa, anti-factor xa, factor xa level
5ht3, 5-ht3, serotonin antagonist
u300, u-300, 300 units
mtx, methotrexate
cya, ciclosporin, cyclosporine
mmf, mycophenolate
vpa, valproate, valproic acid, divalproex
cbz, carbamazepine
inh, isoniazid
abx, antibiotic
euglycemic, normal glucose
di, diabetes insipidus, nephrogenic di
premenopausal, pre-menopausal, before menopause
autoinduction, own metabolism, induces its own
psa, prostate-specific antigen
auc, area under the curve >> level
u&e, u&es, urea and electrolytes, renal profile > creatinine, electrolytes, renal function, kidney function
bloods, blood work, bloodwork, blood checked, blood taken, check my blood, checked > checked, blood test, blood count, monitor, laboratory
ct, ct scan, cat scan, computed tomography >> contrast, scan
efs, ejection fraction, lvef, ef, echo, echocardiogram
a1c, hba1c, hb a1c, glycated hemoglobin, hemoglobin A1c
ldl, low-density lipoprotein, LDL-C
hdl, high-density lipoprotein, HDL-C
bp, blood pressure
hr, heart rate, pulse
ecg, ekg, electrocardiogram, heart tracing
eeg, electroencephalogram
qt, qtc, qt prolongation, qt interval > torsade
torsades, torsade de pointes
potassium, k > hyperkalemia, hypokalemia
hyperkalemia, high potassium, raised potassium, elevated potassium, high k, raised k >> potassium
hypokalemia, low potassium, low k >> potassium
sodium, na, salt level > hyponatremia, hypernatremia
hyponatremia, low sodium, low na, siadh >> sodium
magnesium, mg > hypomagnesemia
hypomagnesemia, low magnesium, low mg >> magnesium
calcium > hypercalcemia, hypocalcemia >> antacid
hypocalcemia, low calcium, low ca
hypercalcemia, high calcium
ca > calcium, cancer, carcinoma, tumor
glucose, sugar, sugars, blood sugar, blood sugars > hyperglycemia, hypoglycemia
hypoglycemia, low blood sugar, hypo, hypos, low glucose
hyperglycemia, high blood sugar, raised blood sugar
uric acid, urate > hyperuricemia
vit, vitamin
b12, vitamin b12, vit b12, cobalamin
folate, folic acid
lactic acidosis, lactate
dka, ketoacidosis, diabetic ketoacidosis
serotonin syndrome >> serotonergic
nms, neuroleptic malignant syndrome
eps, extrapyramidal > dystonia, parkinsonism, akathisia
tardive dyskinesia, td
sjs, stevens-johnson, ten, toxic epidermal necrolysis, severe skin reaction, blistering rash >> rash
rhabdo, rhabdomyolysis, myopathy, muscle damage
muscle pain, muscle pains, myalgia, sore muscles, muscle ache, muscle aches, aching muscles, aching legs, legs ache, leg pain, sore legs, legs hurt > myopathy, rhabdomyolysis
angioedema, face swelling, tongue swelling, lip swelling
anaphylaxis, anaphylactic
edema, swelling, swollen, puffy, ankle swelling, swollen ankles, swollen legs, swollen feet, fluid retention, water retention, fluid overload
moon face, cushingoid, cushing > fat redistribution, facial swelling
sob, doe, shortness of breath, short of breath, out of breath, breathless, breathlessness, dyspnea
respiratory depression, slow breathing, breathing problems
asthma, asthmatic >> bronchospasm
wheeze, wheezy, wheezing, tight chest, bronchospasm, bronchospastic, bronchodilator
inhaler, puffer, pump, nebuliser, nebulizer
every couple of hours, every few hours, more often, more often than usual, more than usual, using it more
copd, chronic obstructive pulmonary disease, emphysema
chf, hf, heart failure, cardiac failure
mi, heart attack, myocardial infarction
stroke, cva, mini stroke, tia, transient ischemic
pe, pulmonary embolism, lung clot
dvt, deep vein thrombosis, leg clot
vte, venous thromboembolism > thrombosis
clot, clots, blood clot, blood clots, thrombosis, thromboembolism, thromboembolic > pulmonary embolism, deep vein, stroke
afib, af, a fib, atrial fibrillation
arrhythmia, irregular heartbeat, dysrhythmia
bradycardia, slow heart rate, slow heartbeat, slow pulse
tachycardia, fast heart rate, fast heartbeat, palpitation, racing heart
hypotension, low blood pressure > orthostatic
orthostatic, postural, postural hypotension, dizzy on standing, dizzy standing up, on standing, when i stand up, stand up, standing up
hypertension, high blood pressure, raised blood pressure, htn
fainting, faint, syncope, passing out
dizzy, dizziness, lightheaded, lightheadedness, giddy, giddiness, woozy, unsteady, spinning, room spinning, vertigo
sleepy, sleepiness, drowsy, drowsiness, somnolence, somnolent, sedation, sedated, sedating, groggy, grogginess, tired
tired, tiredness, fatigue, fatigued, asthenia, exhausted, exhaustion, lethargy, no energy, weak, weakness
sleepwalking, sleep-walking, sleep walking, sleep driving, complex sleep behaviors
insomnia, sleeplessness, cannot sleep, can't sleep, sleep disturbance
nightmares, nightmare, bad dreams, vivid dreams, weird dreams, abnormal dreams
headache, head ache >> migraine
confusion, confused, delirium, disoriented, disorientation, muddled, brain fog
memory, memory loss, amnesia, forgetful
seizure, seizures, fits, convulsion, epilepsy
tremor, shaking, shaky, shakes, trembling, jittery, jitters, tremble
falls, falling, fall, fell, fallen over
fracture, fractures, broken bone >> bone
osteoporosis, bone loss, bone density, thin bones, brittle bones, weak bones > fracture, bones
suicide, suicidal, suicidality, suicidal thoughts, suicidal ideation
depression, depressed, low mood, mdd, feeling down
anger, angry, rage, aggression, aggressive, irritable, irritability, irritated, hostility, hostile, short-tempered
gambling, impulse control, impulsive, compulsive, compulsions
anxiety, anxious, nervous, nervousness, on edge
stage fright, performance anxiety, exam nerves > anxiety
mania, manic, hypomania
hallucinations, psychosis, seeing things
addiction, addictive, addicted, hooked, get hooked, dependence, dependent, abuse, misuse, habit forming, crave, craving
nausea, nauseous, nauseated, feeling sick, feel sick, queasy >> vomiting
vomiting, vomit, vomited, throwing up, threw up, throw up, thrown up, puke, puked, puking, emesis, being sick, been sick, was sick, brought it up, sick
took too many, took too much, taken too much, taken too many, too much, too many, double dose, two doses, took two, took two doses, took two tablets, took an extra, took extra, extra dose, taken twice, took it twice, took twice > overdose
diarrhea, diarrhoea, loose stools, loose stool, the runs, upset tummy
constipation, constipated
heartburn, acid reflux, dyspepsia, indigestion, gerd, gord, reflux > upset stomach, stomach burns, gastritis
stomach bleed, stomach bleeding, gi bleed, gi bleeding, gastrointestinal bleeding, black stools, melena > bleeding, ulcer
stomach, tummy, belly, gastric
stomach ache, tummy ache, stomach pain, stomach pains, abdominal pain, belly pain, tummy pain, stomach cramps
ulcer, ulcers
stomach ulcer, stomach ulcers, peptic ulcer, gastric ulcer, duodenal ulcer, pud >> ulcer
mouth ulcers, mouth ulcer, mouth sores, mouth sore, sore mouth, stomatitis, mucositis, oral ulcers
thrush, yeast infection, itchy down below, yeast, candida, candidiasis, genital mycotic, mycotic, fungal infection, monilial
pancreatitis, inflamed pancreas
gallstones, gallbladder, cholelithiasis, cholecystitis
jaundice, yellow skin, yellow eyes, skin turn yellow, eyes yellow, yellow skin and eyes, gone yellow >> bilirubin
c diff, cdiff, c. diff, difficile, cdad
appetite, hunger, anorexia
weight gain, gain weight, gaining weight, put on weight, putting on weight, weight may go up, weight goes up, heavier, gained weight, increased weight, weight increase > gained
weight loss, lose weight, losing weight, decreased weight, weight decrease, weight reduction, slimming, slim, diet pill
sexual, sex, sex life, libido, sex drive, love life, orgasms, sexual dysfunction, erectile dysfunction, erection, impotence, ejaculation, orgasm
priapism, painful erection
hair loss, losing hair, lose hair, hair falling out, hair fall out, hair coming out, going bald, bald, balding, baldness, alopecia, thinning hair, hair thinning, hair is thinning, hair getting thin
rash, skin rash, eruption, rashes, skin reaction, skin reactions > exanthem
itch, itching, itchy, pruritus
hives, urticaria
acne, spots, pimples
photosensitivity, sunburn, sun, sunbathing, sunbathe, sunbed, sunbeds, tan, tanning, suntan, sunscreen, sunblock, suncream, sun cream, beach > sunlight, sensitive to light, uv
alcohol, wine, beer, booze, liquor, spirits, whisky, whiskey, vodka, gin, cider, lager, champagne, cocktail, hangover, hungover, pint, pub
dry mouth, xerostomia
gum, gums, gingival, gingiva
jaw, onj, mronj, osteonecrosis
tooth, teeth, dental caries, tooth decay, cavities
taste, dysgeusia, metallic taste
cough, coughing, coughs, dry cough, tickly cough, tickly, persistent cough
eye, eyes, vision, sight, visual, blurred vision > retinopathy, retinal, ocular, cataract, glaucoma
retinopathy, retina, retinal
glaucoma, angle closure, narrow angle, intraocular pressure
hearing, hearing loss, hearing problems, deaf, deafness, ototoxicity, ototoxic, tinnitus, ear > hearing
balance, unsteady, unsteadiness, vestibular, ataxia
tinnitus, ringing in the ears, ringing ears, ears ringing, buzzing in the ears
urinary retention, cannot pee, can't pee, difficulty urinating, trouble urinating, unable to urinate, bladder outlet
urine, pee, wee, water works, waterworks, urination, urinating, passing water, toilet > urinary
peeing a lot, weeing a lot, peeing more, passing a lot of water, polyuria, much urine, always peeing, going to the toilet a lot > frequent urination, urinat
kidney stones, nephrolithiasis, renal calculi
uti, urinary tract infection, bladder infection
pml, progressive multifocal leukoencephalopathy
tb, tuberculosis
shingles, zoster, herpes zoster
flu shot, flu jab, flu vaccine, influenza vaccine, covid vaccine, covid jab, shingles jab, shingles vaccine, pneumonia jab, pneumonia vaccine, travel jabs, jab, jabs, vaccine, live vaccine, vaccination, vaccinated, mmr, yellow fever, booster, immunization
hepatitis b, hep b, hbv, hbsag
hepatitis c, hep c, hcv
hiv, aids
pcp, pjp, pneumocystis
mono, mononucleosis, glandular fever, kissing disease, ebv, epstein-barr
cmv, cytomegalovirus
chickenpox, chicken pox, varicella
mrsa, methicillin-resistant
long qt, prolonged qt > qt
lymphoma, lymphoproliferative
skin cancer, melanoma, nonmelanoma
perforation, gi perforation, gastrointestinal perforation
neuropathy, nerve damage, tingling, tingle, numbness, numb, pins and needles, burning feet, paresthesia
gout >> uric acid
diabetes, diabetic
hyperlipidemia, lipids, cholesterol, triglycerides
thyroid, hypothyroidism, hyperthyroidism
adrenal, adrenal insufficiency, adrenal suppression, adrenal crisis, hpa axis, hpa
sulfa, sulpha, sulfonamide, sulfa allergy
pcn, penicillin, penicillins
pcn allergy, penicillin allergy, allergic to penicillin > penicillin
aspirin allergy, aspirin sensitive, aspirin-sensitive asthma, samter
nsaid, nsaids, ibuprofen, painkiller, kill pain, kills pain, pain killer, anti-inflammatory, nonsteroidal
aspirin, asa, acetylsalicylic acid
acetaminophen, paracetamol, apap, tylenol
antacid, antacids, aluminum, magnesium hydroxide, gaviscon, rennie, tums, maalox, indigestion tablet, indigestion remedy
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
birth control, contraceptive, contraception, the pill, oral contraceptive, ocp, ocps, coc, iud, coil, mini pill, minipill
hrt, hormone replacement, estrogen
st john's wort, st johns wort, hypericum
herbal, herbs, supplement, supplements
vitamin k, vit k, leafy greens, green leafy vegetables, spinach, kale
milk, dairy, yogurt, yoghurt, cheese > calcium
coffee, caffeine, tea, energy drink, energy drinks, cola, coke
smoking, smoke, smokes, smoker, smokers, cigarettes, cigarette, tobacco, vaping, vape, nicotine, quit smoking, quitting smoking, stop smoking, stopped smoking, giving up smoking, give up smoking, gave up smoking, fags
injection, inject, jab, shot
storage, fridge, refrigerator, shelf life, expiry, expire, expires, freezer, freeze > store, refrigerat, discard, original bottle, room temperature
room temperature, warm, warm up, warmed > refrigerat
cannabis, marijuana, weed, cbd
mri, magnetic resonance
contrast, contrast dye, iodinated, dye
crush, crushed, crushing, split, splitting, halve, cut in half, chew, chewed, chewing, open the capsule, open capsule, sprinkle, broken > whole, swallow whole
feeding tube, ng tube, ng, ngt, peg, peg tube, nasogastric, gastric tube, gastrostomy
finish, finish the course, finish them all, complete the course, stop early, stop sooner
cannot swallow, can't swallow, cant swallow, trouble swallowing, unable to swallow, hard to swallow > crush, open the capsule, chew, dissolve
swallow, swallowing, swallowed, dysphagia
half-life, half life, halflife, t1/2
cyp, cyp450, cytochrome, enzyme
p-gp, pgp, p-glycoprotein
protein binding, protein bound
bioavailability, absorption
onset, how long does it take, how long to work, how long until it works, how long till it works, how long before it works, take to work, takes to work, start working, starts working, start to work, how fast, how soon, kick in, kicks in, take effect, takes effect, till it works, before it works, until it works
how quick, how quickly > how fast, how soon, how long until, take to work, takes to work
how fast, infusion rate, too fast > slowly
duration, how long, for how long, number of days, how many days, max number of days, max days, maximum days, max duration, maximum duration
wear off, wears off, last, lasts, how long does it last, out of my system > how long
antidote, reversal, reverse, reversal agent
tox, toxicity, toxic, poisoning > overdose
lab, labs, blood test, blood tests, laboratory
level, levels, drug level, tdm, therapeutic drug monitoring, target level, target levels, target trough, trough, serum concentration
titration, titrate, increase the dose, uptitrate
loading dose, load
strengths, strength, tablet sizes
max dose, maximum dose, max, maximum, maximum daily dose, daily maximum, highest dose, most > no more than, highest, not exceed, up to, how much
surgery, operation, surgical, before surgery, pre-op, preop, peri-op, perioperative, op, theatre, bridging, bridge, colonoscopy, endoscopy > procedure
dentist, dental, dental work, dental extraction, tooth extraction, tooth pulled, tooth out, tooth taken out, teeth out, root canal, extraction, dental implant, dentist tooth out >> surgery, procedure
anesthesia, anaesthetic, anesthetic
spinal tap, lumbar puncture, lp, spinal puncture, neuraxial, epidural, spinal anesthesia
sick day, sick days, sick day rules, stomach bug, acute illness > fasting, vomiting, dehydration, volume depletion, illness, ketoacidosis
dialysis, hemodialysis, haemodialysis, hd, capd
cirrhosis, cirrhotic, child-pugh
obese, obesity, overweight
elderly, older, geriatric, over 65, oap, frail, pensioner
pregnant, pregnancy
breastfeeding, lactation, nursing, breast milk
fertility, infertility, sperm
g6pd, glucose-6-phosphate
hla-b, hla
dpd, dpyd, dihydropyrimidine dehydrogenase
tpmt, thiopurine methyltransferase
asian, asians, chinese, japanese, east asian
porphyria, porphyrias
myasthenia, myasthenia gravis
parkinson, parkinson's, parkinsons
dementia, alzheimer
schizophrenia, psychosis
transplant, transplantation
enteric coated, gastro-resistant, delayed-release
extended release, er, xr, sr, modified release
hot flashes, hot flushes, night sweats
sweating, sweat, sweats, sweaty, hyperhidrosis
heat, hot weather, heat stroke, heatstroke, overheating
cold hands, cold feet, cold fingers, raynaud, raynauds > peripheral vascular, extremities
fever, temperature, pyrexia
infection, infections, infected
sore throat, pharyngitis
bruise, bruises, bruising
nosebleed, nosebleeds, nose bleeds, epistaxis
hand-foot syndrome, hand foot, hand-and-foot syndrome, hand and foot, palmar-plantar, sore hands and feet, ppe
red man, red man syndrome, red neck, vancomycin infusion reaction, infusion reaction > flushing, upper body
periods, period, menstrual, menstruation, menses, heavy periods, missed period
period pain, period pains, dysmenorrhea, menstrual pain, menstrual cramps, cramps
breast growth, gynecomastia, breast enlargement, man boobs, moobs, male breasts, breasts grow, breast tenderness, bigger breasts, growing breasts
milk from breast, leaking milk, lactating breasts, galactorrhea, prolactin, hyperprolactinemia
electrolytes, electrolyte >> potassium, sodium, magnesium
dehydration, dehydrated, volume depletion, hypovolemia
hydration, water, fluids, fluid intake, drink water, drink plenty
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
stopping, withdrawal, discontinuation, quit, quitting, cold turkey, stop suddenly, come off, coming off, get off, wean off, wean > stop, abrupt
washout, wash-out, washout period > wait, apart
missed dose, missed, miss, miss a dose, missing, forget, forgot, forgotten, skip, skipped, late dose, late with, double up, catch up
long term, long-term, longterm, long use, for years, forever, for life, lifelong, rest of my life, all my life, for good
bedtime, at night, night, nighttime, before bed, middle of the night, woke up, 3 am > when should i take, when do i take
time of day, what time, best time > when should i take, when do i take
behind the wheel, get behind the wheel, get behind wheel, drive a car, car, motorbike, lorry, hgv > drive, driving, machine
morning, in the morning
nitrate-free, nitrate-free interval, nitrate free interval > tolerance, gap
bleach, handling, gloves, touch
stay in the body, in my system, leave the body, half-life, half life > eliminat
drool, drooling, dribbling, saliva, salivation, hypersalivation
muscles, muscle
cramp, muscle cramp, muscle cramps, leg cramps, spasm, charley horse
joint pain, joint pains, sore joints, arthralgia
back pain, backache
chest pain, chest pains, angina, chest tightness, chest discomfort, chest feel tight, chest feels tight
tendon, tendons, achilles, tendonitis, tendinitis
exam, examination, exams, check-up, checkup > screening
eye exam, eye test, eye tests, eye check, eye checks, eye examination, ophthalmologic, optician, optometrist, optician check, ophthalmologist, eye doctor >> eye, retina
eye op, eye operation, eye surgery, cataract surgery, cataract op, cataract operation
cataract, cataracts, floppy iris, ifis
sore, soreness, aching, ache
blind, blindness, go blind, going blind, vision loss, loss of vision, lose sight, sight loss, losing sight
rescue, reliever, rescue inhaler, reliever inhaler >> acute, sudden
second dose, another dose, repeat dose, repeat the dose, redose, additional dose > repeat, again, another
extravasation, infiltration, extravasated, leaks out, leaked out, leak, leakage, tissued, drip tissued
first trimester, 1st trimester, early pregnancy, trimester 1
second trimester, 2nd trimester, trimester 2 > 20 weeks
third trimester, 3rd trimester, last trimester, late pregnancy, trimester 3 > 30 weeks, at term, near delivery
donate blood, give blood, giving blood, blood donation, blood donor
difference, differ, different from, differences > same
miscarriage, lost the baby, spontaneous abortion
want a child, want children, want a baby, trying for a baby, trying to conceive, ttc, start a family, get pregnant > pregnan
monday, tuesday, wednesday, thursday, friday, saturday, sunday, day of the week, different day, another day > another day
womb cancer, uterine cancer, endometrial cancer, cancer of the womb, uterine malignancies, endometrial adenocarcinoma, uterine sarcoma
womb, uterus, uterine
painkiller tablets, pain reliever, pain relievers, painkillers > ibuprofen, nsaid
xanthopsia, yellow vision, yellow-green vision
intravenous, iv, infusion, infuse, infusing, drip, drip rate, infusion rate
subcutaneous, sc, subcut, under the skin
substance abuse, drug abuse, drug misuse > abuse, misuse
kidney transplant, renal transplant
heart block, av block, avb
pacemaker > heart block
vt, ventricular tachycardia
sleep apnea, sleep apnoea, osa
ild, interstitial lung disease, pneumonitis, lung toxicity, pulmonary toxicity, lung damage, pulmonary fibrosis
hus, hemolytic uremic
ttp, thrombotic thrombocytopenic purpura
hit, heparin-induced thrombocytopenia
dic, disseminated intravascular coagulation
cabg, bypass, bypass surgery, coronary artery bypass
pci, stent, stents, stenting, angioplasty
hemolysis, hemolytic anemia, hemolytic
fat, gain pounds > weight gain, weight
upright, sit up, sit upright, stay upright, lie down, lying down, lie flat, lying, lay down, laying down, go to bed after, bend over
bathroom, pee at night, nocturia, up at night to pee
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
    """able eat eating ate avoid dangerous danger stronger dose doses dosage lower higher reduced smaller birthday christmas dinner holiday meeting party trip wedding whats what's that's thats hurts old about accidentally across actually add affect affected affecting affects after afternoon again allow allowed
    already alright also although always am amount another anybody anymore anyone anything arent around as at aunt
    away bad because become becomes becoming been before began begin beginning begins being best better between big
    bit booked both bottle boyfriend bring brother brought bunch came can't cannot cant capsule capsules carries carry
    cause causing change changed changing chemist come comes coming complete continue continued continuing could
    couldnt couple course cup curious currently dad daughter days didnt different doctor doesnt dont down drug drugs
    due during effect effects even evening ever everyone extra fail failed failing fails fast father feel feeling
    feels felt few find fine finish finished finishing first found friend gave gets getting girlfriend give given
    gives glass go goes going gone gonna good gotta gotten gp gran grandad grandfather grandma grandmother granny guy
    had half happen happened happening happens has hasnt havent having hello help hey hi hold hour hours husband i'd
    i'll i'm i've id ill im instead into isnt ive just keep keeps kept knew know knows last lately later lead leads
    leave leaves left let lets like liked liquid little look lot lots made makes making mam man matter matters may
    maybe mean means medication medicine medicines meds mess messes messing might minute minutes mistakenly mom month
    morning mother move moved moves moving mum must nan need needed needing needs never new next night nights nothing
    notice noticed noticing number nurse off often ok okay old once only onto out over partner per perhaps pharmacist
    planned please possible prescribed product pull pulls push pushes pushing put puts putting quick quickly quite
    reach reaches really recently recommended remember restart resume right run running runs safe said same say says
    scared scheduled second see seem seemed seeming seems seen several shall should shouldnt show showing shown shows
    since sister slow small so somebody someone something sometimes son soon sooner sort start started starting starts
    stay stays still stop stopped stopping stops straight stuff sure suspension switched syrup tablet tablets taken
    takes taking tell thank thanks that thing things think this though thought through till today told tomorrow
    tonight took tried try trying turn turned turns twice uncle under until up upcoming use used uses using usually
    wanna want wanted wanting wants wasnt watch watching way ways week weekend went when whenever where whereas who
    whom whose why wife will with within without woman won't wonder wondering wont worried worry worse worst would
    wouldnt wrong year yesterday yet
    """.split()
)
"""Common verbs and the like: they decide between questions and never rule one out."""

_CONDITIONS_TEXT = """
high blood pressure, raised blood pressure, blood pressure, high bp, raised bp, htn, bp = hypertension
low blood pressure, low bp = hypotension
heart attack, mi, ami = myocardial infarction, heart attack
stemi = st elevation myocardial infarction, st segment elevation myocardial infarction
nstemi = non st elevation myocardial infarction, non q wave myocardial infarction
heart failure, chf, hf, hfref, hfpef, weak heart = heart failure
afib, a fib, af, nvaf = atrial fibrillation
irregular heartbeat, arrhythmia, arrhythmias, heart rhythm problems > arrhythmia, atrial fibrillation, atrial flutter, supraventricular tachycardia, ventricular tachycardia, ventricular fibrillation
svt, psvt = supraventricular tachycardia
vt = ventricular tachycardia
vf = ventricular fibrillation
ventricular arrhythmia, ventricular arrhythmias > ventricular tachycardia, ventricular arrhythmia, ventricular fibrillation
vte = venous thromboembolism, venous thrombosis, venous thromboembolic
blood clot, blood clots, clot, clots > thrombosis, thromboembolism, venous thromboembolism, pulmonary embolism, systemic embolism, thromboembolic
leg clot, clot in leg, clot in the leg, blood clot in the leg, blood clot in leg, dvt = deep vein thrombosis, deep venous thrombosis
deep vein thrombosis, pulmonary embolism < venous thromboembolism
venous thromboembolism > deep vein thrombosis, pulmonary embolism
lung clot, clot in the lung, blood clot in the lung, blood clot in lung, pe = pulmonary embolism
mini stroke, tia = transient ischemic attack
cva = stroke
chest pain > angina
cad, chd, coronary heart disease = coronary artery disease, coronary heart disease
pad = peripheral artery disease, peripheral arterial disease, peripheral vascular disease
acs = acute coronary syndrome
high cholesterol, raised cholesterol, cholesterol, lipids > hyperlipidemia, hypercholesterolemia, dyslipidemia, high cholesterol
hyperlipidaemia = hyperlipidemia, dyslipidemia
high triglycerides, raised triglycerides = hypertriglyceridemia
t2dm, t2d, dm2, type 2 dm, dm type 2, t2 diabetes, diabetes type 2, diabetes mellitus type 2, adult onset diabetes, non insulin dependent diabetes, niddm = type 2 diabetes
sugar diabetes, sugar, dm = diabetes
t1dm, t1d, dm1, type 1 dm, dm type 1, t1 diabetes, diabetes type 1, diabetes mellitus type 1, juvenile diabetes, insulin dependent diabetes, iddm = type 1 diabetes
low blood sugar, hypo, hypos = hypoglycemia
high blood sugar, raised blood sugar > hyperglycemia, diabetes
low potassium = hypokalemia
high potassium, raised potassium = hyperkalemia
low sodium = hyponatremia
low magnesium = hypomagnesemia
low calcium = hypocalcemia
high calcium = hypercalcemia
obesity, weight loss, weight management, overweight, slimming = obesity, overweight, weight reduction, weight management
underactive thyroid, low thyroid = hypothyroidism
overactive thyroid = hyperthyroidism
graves disease < hyperthyroidism
depression, mdd, major depression = depressive disorder, depression
gad, generalised anxiety, generalized anxiety = generalized anxiety disorder
anxiety > anxiety disorder, anxiety
ocd = obsessive compulsive disorder
ptsd = posttraumatic stress disorder
pmdd = premenstrual dysphoric disorder
adhd = attention deficit hyperactivity disorder
bipolar, manic depression, bipolar affective disorder, bipolar disorder = bipolar disorder, bipolar
manic, mania = mania, manic
seizures, seizure, fits, convulsions, epilepsy = epilepsy, seizure, convulsive disorder
focal seizures, focal epilepsy, partial epilepsy = partial seizures, partial onset seizures
memory loss, alzheimer, alzheimers, dementia = dementia, alzheimer
parkinsons, shaking palsy = parkinson
restless legs, rls = restless legs syndrome
nerve pain > neuropathic pain, neuralgia, neuropathy
diabetic neuropathy, diabetic nerve pain, dpn = diabetic neuropathy, diabetic peripheral neuropathy, diabetic peripheral neuropathic pain, diabetic neuropathic pain
migraines = migraine
insomnia, sleeplessness, cannot sleep = insomnia
sleepiness, daytime sleepiness = somnolence, excessive sleepiness
fainting = syncope
heartburn, acid reflux, reflux, reflux disease, gerd, gord = gastroesophageal reflux, heartburn
stomach ulcer, stomach ulcers > gastric ulcer, peptic ulcer
ulcer, ulcers, peptic ulcer, peptic ulcers, pud > gastric ulcer, peptic ulcer, duodenal ulcer
h pylori = helicobacter pylori
nausea, feeling sick = nausea
ponv, nausea after surgery, sickness after surgery = postoperative nausea
cinv, chemo nausea, chemo sickness, chemotherapy nausea, nausea from chemo, chemo induced nausea > nausea
vomiting, being sick, throwing up = vomiting, emesis
c diff, cdiff, cdi, cdad = difficile
uc = ulcerative colitis
crohns, crohn = crohn
ibs = irritable bowel syndrome
ibd > inflammatory bowel disease, ulcerative colitis, crohn
enlarged prostate, bph, prostate enlargement, big prostate = benign prostatic hyperplasia
urinary incontinence, bladder leakage, leaky bladder = incontinence
overactive bladder, oab = overactive bladder, urge urinary incontinence
uti, urinary infection, urine infection, water infection, waterworks infection, urinary tract infection = urinary tract infection, genitourinary tract infection, genitourinary infection
bladder infection = cystitis
cystitis < urinary tract infection
impotence, ed, erection problems, erectile dysfunction = erectile dysfunction
eczema = atopic dermatitis, eczema
hives = urticaria
hay fever, hayfever, seasonal allergies, seasonal allergy, pollen allergy = allergic rhinitis, hay fever
allergies, allergy > allergy, allergic, hay fever
itch, itching, itchy skin, itchiness = pruritus, itching
hair loss = alopecia
shingles, zoster = herpes zoster
cold sore, cold sores, fever blister, fever blisters = herpes labialis, cold sores
herpes labialis < herpes simplex
cold, colds, head cold = common cold, a cold
chickenpox, chicken pox = varicella
thrush, yeast infection > candidiasis
flu = influenza
covid, corona, coronavirus = covid 19, coronavirus disease
chest infection, chest infections, lrti > pneumonia, lower respiratory tract infection, exacerbation of chronic bronchitis, exacerbations of chronic bronchitis
strep throat, sore throat, throat infection > pharyngitis, tonsillitis, throat infection
ear infection, ear infections > otitis media, otitis externa, ear infection
middle ear infection, aom = otitis media
otitis media < infection of the ear
sinus infection = sinusitis
tb = tuberculosis
pcp, pjp, pcp pneumonia, pneumocystis pneumonia = pneumocystis
hiv, aids = hiv
muscle pain = myalgia
muscle spasm, muscle spasms > muscle spasm, spasticity
wear and tear arthritis, oa = osteoarthritis
ra = rheumatoid arthritis
psa = psoriatic arthritis
bechterew = ankylosing spondylitis
sle = systemic lupus erythematosus
lupus > lupus erythematosus
jia = juvenile idiopathic arthritis
jra = juvenile rheumatoid arthritis
juvenile arthritis > juvenile idiopathic arthritis, juvenile rheumatoid arthritis
period pain, period pains, period cramps, painful periods, menstrual cramps, menstrual pain = dysmenorrhea, menstrual cramps, period pain
fibro = fibromyalgia
brittle bones, thin bones = osteoporosis
rhabdo = rhabdomyolysis
sjs = stevens johnson syndrome
nms = neuroleptic malignant syndrome
low platelets = thrombocytopenia
low white cells, low white blood cells = neutropenia, leukopenia
low blood count = anemia
swelling, water retention, fluid retention = edema
copd = chronic obstructive pulmonary disease
emphysema, chronic bronchitis < chronic obstructive pulmonary disease
wheezing > asthma, bronchospasm
exercise induced asthma, exercise asthma, eib, eia = exercise induced bronchospasm, exercise induced bronchoconstriction, exercise induced asthma
transplant rejection, organ rejection, transplant > rejection, transplant
kidney transplant, kidney transplantation, renal transplant = kidney transplant, renal transplant, renal homotransplantation, kidney transplantation
gout = gout, gouty
kidney failure = renal failure
alcoholism, alcohol addiction = alcohol dependence, alcohol use disorder
opioid addiction, heroin addiction, opiate addiction, opioid use disorder, oud = opioid dependence, opioid use disorder
stop smoking, quit smoking = smoking cessation
heavy periods, heavy menstrual bleeding > menorrhagia, heavy menstrual bleeding, abnormal uterine bleeding
no periods, absent periods, missed periods = amenorrhea
ms = multiple sclerosis
ms relapse, ms relapses, ms flare, ms attack = exacerbation of multiple sclerosis
benign tremor, benign essential tremor, familial tremor, hereditary tremor = essential tremor
cf = cystic fibrosis
cml = chronic myeloid leukemia
aml = acute myeloid leukemia
gist = gastrointestinal stromal tumor
pah = pulmonary arterial hypertension
back pain, backache, low back pain, lower back pain > back pain, musculoskeletal pain
shingles pain, pain after shingles, nerve pain after shingles, post shingles pain, phn = postherpetic neuralgia, post herpetic neuralgia
social phobia = social anxiety disorder
panic attacks, panic attack = panic disorder
petit mal, absences = absence seizure
grand mal = tonic clonic
travel sickness, car sickness, sea sickness, seasickness = motion sickness
autism = autistic, autism
glandular fever = mononucleosis
whooping cough = pertussis
boils > furuncle, skin infection
liver cirrhosis, cirrhosis of the liver = cirrhosis
radiation, radiation therapy = radiotherapy, radiation
after surgery, after an operation, post op = postoperative, after surgery
stomach cancer = gastric cancer
bowel cancer > colorectal cancer, colon cancer, rectal cancer
kidney cancer = renal cell carcinoma
liver cancer = hepatocellular carcinoma
kidney infection = pyelonephritis
skin infection, skin infections > skin infection, skin structure infection, cellulitis
blood poisoning, blood infection > septicemia, sepsis, bacteremia
septicaemia = septicemia, sepsis
bone infection, bone infections > osteomyelitis
abdominal infection > intra abdominal infection, peritonitis
clap = gonorrhea
river blindness = onchocerciasis
athletes foot = tinea pedis
head lice, nits = pediculosis
piles = hemorrhoids
worms > helminth, pinworm, roundworm
ringworm = tinea
nail fungus, fungal nail, fungal nail infection, fungal nails = onychomycosis
high uric acid, raised uric acid, hyperuricaemia = hyperuricemia, high uric acid
pink eye = conjunctivitis
oral thrush, mouth thrush = oropharyngeal candidiasis
vaginal thrush = vulvovaginal candidiasis, vaginal candidiasis
kidney stones, renal stones, renal calculi, nephrolithiasis > kidney stones, nephrolithiasis, renal calculi, calcium oxalate stones, calcium oxalate calculi, uric acid stones
birth control = contraception
hot flashes, hot flushes = vasomotor symptoms, hot flashes
menopause, menopausal symptoms, change of life > menopause, vasomotor symptoms
vaginal dryness > vaginal dryness, vaginal atrophy
low testosterone = hypogonadism
addisons, adrenal insufficiency, adrenal failure = adrenocortical insufficiency, adrenal insufficiency
indigestion = dyspepsia
bedwetting = enuresis
severe allergic reaction = anaphylaxis
chronic kidney disease, ckd = chronic kidney disease
cap = community acquired pneumonia
hap, hospital acquired pneumonia = nosocomial pneumonia, hospital acquired pneumonia
pid = pelvic inflammatory disease
psychosis, psychotic illness > psychosis, psychotic, schizophrenia
tourettes, tics > tourette, tics
opioid overdose, heroin overdose, opiate overdose = opioid overdose, opioid poisoning
high eye pressure, raised eye pressure, eye pressure = intraocular pressure, ocular hypertension
shock > shock, hypotension
blood cancer, blood cancers > leukemia, lymphoma, myeloma
stuffy nose, blocked nose = nasal congestion
morning sickness = nausea and vomiting of pregnancy
tendinitis = tendonitis, tendinitis
tennis elbow = epicondylitis
high temperature, pyrexia > fever
womb cancer = endometrial cancer, uterine cancer
swimmers ear = otitis externa
binge eating = binge eating
"""

CONDITION_ROWS: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = tuple(
    (tuple(names.split(", ")), sign, tuple(meant.split(", ")))
    for names, sign, meant in (re.split(r" ([=<>]) ", row) for row in _CONDITIONS_TEXT.strip().splitlines())
)
"""What people call a condition, in lower case and without hyphens; a sign; what monographs call it. `=`: all of the row
mean the same; `>`: the first find the others, which are part of it; `<`: the first are kinds of the other, and what is
for that in general is for them."""

CONDITIONS: dict[str, tuple[str, ...]] = {
    each: meant for names, sign, meant in CONDITION_ROWS if sign != "<" for each in names
}
"""What people call a condition → what monographs call it."""

_ORGANISMS_TEXT = """
mrsa = methicillin resistant staphylococci, methicillin resistant staphylococcus, MRSA
staph, staphylococcus, staphylococci, staph aureus, staphylococcus aureus = staphylococcus, staphylococci, staphylococcal, S aureus
strep, streptococcus, streptococci = streptococcus, streptococci, streptococcal, S pneumoniae, S pyogenes, pneumococci
group a strep, gas, streptococcus pyogenes = streptococcus pyogenes, S pyogenes
group b strep, gbs, streptococcus agalactiae = streptococcus agalactiae, S agalactiae
pneumococcus, pneumococci, pneumococcal, streptococcus pneumoniae = streptococcus pneumoniae, S pneumoniae, pneumococci, pneumococcal
enterococcus, enterococci = enterococcus, enterococci, enterococcal, E faecalis, E faecium
vre = vancomycin resistant enterococcus, vancomycin resistant enterococci, VRE
pseudomonas, pseudomonas aeruginosa = pseudomonas, P aeruginosa, pseudomonal
e coli, ecoli, escherichia coli = escherichia coli, E coli
klebsiella = klebsiella, K pneumoniae
proteus = proteus, P mirabilis
haemophilus, haemophilus influenzae, h influenzae, h flu, hib = haemophilus influenzae, H influenzae
moraxella = moraxella, M catarrhalis
mycoplasma = mycoplasma, M pneumoniae
legionella = legionella, legionnaires
listeria = listeria, listeriosis
salmonella = salmonella, salmonellosis, typhoid
shigella = shigella, shigellosis
campylobacter = campylobacter
anaerobes, anaerobic infection, anaerobic infections, bacteroides = anaerobes, anaerobic, bacteroides, clostridium
aspergillus = aspergillus, aspergillosis
candida = candida, candidiasis, candidemia
cryptococcus = cryptococcus, cryptococcal, cryptococcosis
chlamydia, chlamydia trachomatis = chlamydia, C trachomatis
gonococcus, gonococci, neisseria gonorrhoeae = neisseria gonorrhoeae, gonococci, gonococcal, gonorrhea
meningococcus, meningococci = neisseria meningitidis, meningococci, meningococcal
rickettsia = rickettsia, rickettsiae, rickettsial, typhus, spotted fever
"""

ORGANISMS: dict[str, tuple[str, ...]] = {
    each: tuple(meant.split(", "))
    for names, meant in (row.split(" = ") for row in _ORGANISMS_TEXT.strip().splitlines())
    for each in names.split(", ")
}
"""What people call an organism, in lower case → how indications write it; abbreviated names without their points."""

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

EVERYDAY = frozenset("water sugar salt iron calcium oxygen cranberry honey garlic ginger coffee tea".split())
"""Words of every day that are drugs' names too."""

FILLERS = frozenset(
    "the a an of for in with and about on is it patients people i can use from to my do does what which when how me if "
    "has have are be or at by drug drugs medicine medicines medication medications".split()
)
"""Words that say nothing about what is asked."""
