"""The tables' words as fragments of patterns, for texts that are searched and not scanned.

Headings, the prose of labels, lint, a line that must not break: each asks for one word at one place, and scanning the
whole text for it would cost more than it tells. A fragment is one group or an alternation of stems; whoever uses it
adds the boundaries. Nothing here is compiled, for what is never asked for should cost a start nothing.
"""

from __future__ import annotations

from druginfo.terms.tables import UNITS, VOLUMES

_SHORT = sorted((unit for unit in UNITS if " " not in unit and unit not in VOLUMES), key=len, reverse=True)
UNIT = rf"(?:{'|'.join(each.replace('units', 'units?') for each in _SHORT)}|[µμu]g|kg|mL|ml|U)"
"""A unit of a drug's amount, as doses are written in English."""
UNIT_ABROAD = rf"(?:{UNIT}|microgram\w*|mikrogram\w*|microgramos|UI|IE|MBq|unidades|%)"
"""The same as strengths are written in the official documents of Europe."""
PERIOD = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
SHORT_TIME = r"\b([1-9]|[1-4]\d|\d\d(?=y))(?:\+\d)?(/40|(?<!24)/7|/52|/12|yo| ?y/o|yrs?|wks?|mths?|[ap]m)\b"
"""An amount of time as notes have it: "14/40", "5/7", "12yo"."""
TIME_IN_WORDS = {"/40": "weeks pregnant", "/52": "weeks", "/12": "months", "/7": "days"}
AGES_IN_A_TITLE = (
    r"(?:[<≥>≤] ?)?\d+ (?:(?:Years?|Months?|Weeks?) )?(?:to|through|[-–]) (?:[<≤] ?|Less Than )?\d+ "
    r"(?:Years?|Months?|Weeks?)\b"
)
""" "4 Years to <16 Years": ages with capitals that no sentence has."""
PERIODIC = r"(?:hourly|daily|nightly|weekly|monthly)"
PEOPLE = r"(?:adults?|child(?:ren)?|infants?|neonates?|adolescents?)"
"""People by age, as labels of doses call them."""
WHOM = rf"(?:{PEOPLE}|patients?|people|women|men)"
WHOM_BY_AGE = rf"(?:{WHOM}|pa?ediatric|geriatric|elderly)"
NEWBORN = r"preterm|premature|neonat|newborn|born"
SINCE_WHEN = (
    r"(?:an?|the|any|known|suspected|recent(?:ly)?|prior|previous|past|current|(?:pre-?)?existing|underlying|elective"
    r"|scheduled|planned|upcoming|history of|hx of|h/o|patients? with|with|has|had)\s+"
)
"""What a person says of when somebody has or had a disease, and texts say in other words or not at all."""
HOW_BAD = (
    r"(?:mild|moderate|severe|acute|chronic|active|advanced|significant|(?:un|poorly\s+)controlled|unstable|stable"
    r"|untreated|uncorrected)\s+"
)
"""The same of how bad it is."""
FRAIL = r"(?:debilitat\w+|frail|infirm|weak|malnourished)"

AMOUNT_WORDS = frozenset("kg lb lbs mg mcg mL g years year months month weeks days hours".split())
"""Units that titles write in small letters."""
TIME_WORDS = frozenset("daily day days week weeks month months year years hour hours".split())
"""What a question, or the words beside a name, may say of time without asking for anything."""

PREGNANT = r"\bpregnan|\btrimester"
UNBORN = (
    r"\bf(?:o)?etus|\bf(?:o)?etal|\bembryo|\bteratogen|\bunborn|\b(?:birth|neural tube) defect"
    r"|\breproductive (?:potential|age)"
)
BREASTFEEDING = r"\bbreast-?\s?(?:feed|fed|milk)|\blactati|\bnursing\b|\bhuman milk|\bthe mother's milk"
CHILDREN = (
    r"\bchild(?!.?pugh|.?bearing)|\bp(?:a)?ediatric|\binfan|\bneonat|\bnewborn|\badolescen|\bbab(?:y|ies)\b"
    r"|\btoddler"
)
CHILD_AGE = (
    r"\b(?:\d+ (?:weeks|months)|(?:[1-9]|1[0-7]|one|two|six|twelve) years) (?:of age )?(?:and|or) (?:older|over|above)"
    r"|\b1?\d years (?:of age )?(?:and|or) (?:younger|under)"
    r"|(?:less than|under|below|younger than|up to) (?:the age of |age )?(?:\d|1[0-8])"
    r"(?: years|\b(?! ?[\w/%.]|,\d|-fold))"
)
NO_AGE = (
    r"(?! ?(?:%|/|[.,]\d|m[cglm]|mEq|min|k[gc]|[nup]g|units?|hours?|days?|weeks?|months?|sec|beats|bpm|square)"
    r"| ?(?:to|-|–) ?(?:less than |<)?\d+ ?m)"
)
"""After a number that is an amount, a time, a rate or a part of one, and no age."""
YOUNG = r"\bjuvenile|\bpremature|\bpreterm|\bteen"
"""Words that are mostly, but not always, of children: a premature beat is not."""
ELDERLY = r"\belderly|geriatric|\bolder (?:adult|patient|people|person|wom[ae]n|m[ae]n)|\bseniors?\b|\bBeers\b|old age"
_OLD = r"(?:6[05]|[78]\d)"
OLD_AGE = (
    rf"\b(?:over|aged?|above|(?:older|greater|more) than)(?: the)?(?: age)?(?: of)? ?{_OLD}\b{NO_AGE}"
    rf"|(?:≥|>|\bfrom|\bpast|\bexceeding) ?{_OLD} ?y(?:ea)?rs?\b"
    rf"|\b{_OLD}(?: years?)?(?: of age| old)?,? (?:and|or) (?:older|over|above)\b|\b{_OLD}\+"
)
"""An age from 60 years on, in figures."""
KIDNEY = r"\brenal|\bkidney"
"""The organ by its names; with an illness or a figure beside it, its impairment."""
KIDNEY_MEASURE = r"\bCr ?Cl\b|\bCL ?cr\b|\bcreatinine\s+clearance|\be?GFR\b"
KIDNEY_FAILURE = r"\b(?:h(?:a)?emo|peritoneal )?dialy[sz]|\bESRD\b|\bCKD\b"
LIVER = r"\bhepatic|\bliver"
LIVER_FAILURE = r"\bchild.?pugh|\bcirrho"
ORGAN = r"(?:kidney|renal|liver|hepatic|heart|cardiac|lung|pancreas)"

AGE_UNIT = r"y|yr|yrs|years?|m|mo|mos|months?|w|wk|wks|weeks?|d|days?"
"""A unit of age as it is typed."""
AGE_IN_FIGURES = r"\d\W?(?:years?|yrs?|months?)\b|\bage[ds]?\W{0,3}\d"
_YOUNG_OR_OLD = (
    r"(?:adults?(?!\s+dos)|child(?:ren)?|pa?ediatrics?|adolescents?|infants?|neonates?|newborns?|elderly|geriatric|older\s+adults?)"
    r"(?:\s+patients)?"
)
_WEIGHT_THEN = (
    r"\d\s*kg\b(?:\s+(?:or|and)\s+(?:more|above|over|heavier|greater)|\s+(?:of\s+)?(?:body\s+)?weight|\s*\([^)]*\))*"
    r",?\s+(?:and|or)\s+(?:in\s+|for\s+)?(?:all\s+|the\s+)?"
)
BEYOND_WEIGHT = (
    rf"{_WEIGHT_THEN}(?P<whom>{_YOUNG_OR_OLD})\b(?!\s+(?:over|above|under|below|of|from|weigh|who|with|\W*\d))"
)
"""A group named right after a weight, which does not bind it: "children over 70 kg and adults"."""
WEIGHT_OF_THE_YOUNG = (
    r"\badults?\s+(?:patients\s+)?(?:and|or)\s+(?:child|pa?ediatric|adolescent|infant)[^.;,]{0,60}\d\s*kg\b"
)
"""A weight after adults and the young, of which it may mean the young alone: "adults and children over 40 kg"."""
WEIGHT_OF_SOME_AGES = (
    r"\d\s*(?:years?|months?)\b[^.;]{0,60}\b(?:and|or)\b[^.;]{0,30}?\d\s*(?:years?|months?)\b[^.;]{0,60}\d\s*kg\b"
    r"|\d\s*(?:years?|months?)\b[^.;]{0,60}\d\s*kg\b[^.;]{0,30}?\b(?:and|or)\b[^.;]{0,30}?\d\s*(?:years?|months?)\b"
)
"""A weight beside several ages, of which it may bind one: "2 to 11 years, and 12 to 14 years and below 50 kg"."""
_BY_STAGES = (
    rf"{_YOUNG_OR_OLD}(?:\s+and\s+{_YOUNG_OR_OLD}|,?\s+or\s+(?!to\b)[\w-]+(?:\s+patients)?)?\b"
    rf"(?:[^.;,]{{1,40}}?{_WEIGHT_THEN}{_YOUNG_OR_OLD}\b)?"
)
IN_WHOM = rf"(?<!\bas )(?<!\bthan )\b(?:in|for|to|initiate|start|treat)\s+(?:[\w-]+\s+){{0,3}}?(?P<whom>{_BY_STAGES})"
"""Whom a statement is for, in its own words: "in children"."""
WHO_FIRST = rf"\W*(?:\d\s+)?(?P<whom>{_BY_STAGES})(?!')"
"""People with whom a statement begins: "Elderly patients may need less"."""
DOSE_OF_WHOM = (
    r"(?:^\W*|(?<!\bto )(?<!\bthan )(?<!exceed )\bthe\s+)"
    r"(?:(?:the|an?|usual|average|typical|customary|suggested|recommended|initial|starting|maximum|maintenance|total|daily"
    r"|normal|standard|oral)\s+)*"
    r"(?P<whom>adult|pa?ediatric|geriatric)\s+(?:[\w-]+\s+){0,2}dos(?:es?|ages?|ing)\b"
    r"(?=[^;]{0,100}\b(?:is|are|ranges?)\b[^;]{0,60}\d)"
)
""" "The recommended adult oral dose is"."""
BEFORE_TREATMENT = (
    r"\b(?:before|prior\s+to)\s+(?:the\s+)?(?:start(?:ing)?\b|initiat\w+|beginning\b|first\s+(?:dose|use)\b"
    r"|(?:treatment|therapy)\b(?!\s+with\s+other))"
)
"""What has to be done whatever the indication: "before starting treatment, count the neutrophils"."""
NO_DATA = (
    r"\b(?:no|insufficient|inadequate)\s+(?:[\w-]+\s+){0,2}(?:data|experience|information|studies)\b"
    r"|\b(?:data|experience|information)\s+(?:is|are|were)\s+(?:not\s+(?:yet\s+)?available|lacking|insufficient)"
    r"|\bnot\s+(?:yet\s+)?(?:been\s+)?(?:established|studied|determined)\b"
)
"""What a label says of people for whom its doses are not known to be right."""
ESTABLISHED = r"\b(?:safety|effectiveness|efficacy)\b[^.;]*\bestablished\b[^.;]*\b(?:child|pa?ediatric)"
"""That children are treated: "safety and effectiveness have been established in pediatric patients"."""
_ADVICE = r"(?:specific )?(?:dos(?:e|es|age|ing) )?(?:recommendations?|information|guidance)"
_MADE = "(?:given|made|provided|recommended|determined|established|available)"
NO_DOSE = (
    rf"\b(?:(?P<refused>no (?:dose|dosage|dosing recommendations?|dosage recommendations?) can be {_MADE})"
    rf"|no {_ADVICE} (?:(?:is|are|was|were|can be|has been|have been) )?{_MADE}|{_ADVICE} can(?:not| not) be {_MADE}"
    r"|no dose (?:given|available)"
    r"|(?:label|labell?ing|text|source|monograph|manufacturer)"
    r" (?:(?:gives|has|provides|contains|states|includes|makes) no"
    r"|does not (?:give|have|provide|contain|state|include|make)(?: an?y?)?)"
    rf" (?:{_ADVICE}|dose|dosage|dosing))(?=[.;,:)]| for| in| to| on| below|$)"
).replace(" ", r"\s+")
"""That no dose is given, `refused` where none can be: "No dosing recommendation can be given", "The label gives no
dose". "No other dose" is the usual one."""
NO_ADVICE = rf"\bthere\s+(?:is|are)\s+(?:currently\s+)?no\s+{_ADVICE}".replace(" ", r"\s+")
"""What a label says of those whom it gives no dose: "There are no dosing recommendations for children"."""
BELOW_AGE = (
    r"\b(?:patients|individuals|those|people|child(?:ren)?|pa?ediatrics?|infants|adolescents)\s+(?:with\s+(?P<what>[^.;]{3,120}?)\s+)?(?:who\s+are\s+|aged\s+)?"
    r"(?P<below>(?:less\s+than|younger\s+than|under|below|<)\s*(?:the\s+age\s+of\s+)?"
    r"(?P<age>\d+|one|two|three|six|twelve|eighteen)\s*(?P<unit>year|month)s?(?:\s+of\s+age|\s+old)?)\b"
    r"(?P<only>\s+(?:after|following|for|having|if|receiving|requiring|taking|undergoing|when|who|with)\b)?"
)
"""Children below an age, with what they have and with what follows where only some of them are meant."""
FROM_AGE = (
    r"\b(?:child(?:ren)?|pa?ediatric\s+patients|patients)\s+(?:aged\s+|at\s+least\s+)?(?P<from>(?P<age>\d+|one|two|six|twelve)\s+"
    r"(?P<unit>year|month)s?(?:\s+of\s+age|\s+old)?\s+(?:and|or)\s+(?:older|above|over))\b"
)
"""From which age on children are meant: "pediatric patients 1 year of age and older"."""
AGE_FIRST = r"(?:and\s+)?(?:over|above|under|below|from|aged?)\s+\d+\s+(?:years?|months?)\b"
"""Ages with which a statement goes on from its label: "; and over 6 years"."""
AFTER_FIRST = r"after\s+the\s+first\s+(?:\w+\s+)?(?:days?|weeks?|months?)\b(?!\s+of\s+(?!life))"
OF_AGE = r"\byears?\b|\bage[ds]?\b|\d\W?months?\s+(?:of\s+age|old)\b"
OF_WEIGHT = r"(?<![/\w])kg\b|\bweigh\w*"
OF_THE_KIDNEY = r"\b(?:crcl|egfr|gfr|creatinine|clcr)\b"
METABOLIZERS = r"\b(?:metaboli[sz]er|(?:homo|hetero)zygo\w+\b(?!\s+familial))"
"""Groups by what they inherited."""
GENOTYPE = (
    r"\b(?:CYP\d\w+|VKORC1|UGT1A1|TPMT|NUDT15|DPYD|SLCO1B1)\s*(?:genotype\s+)?(?:\*?\d+\w?\s?/\s?\*?\d+\w?|[ACGT]{2})\b"
)
"""The same by their alleles: "VKORC1 AG", "CYP2C9 *1/*3"."""
NEGATED_GROUP = (
    r"\b(?:non(?:\s?-\s?|\s|(?=pregnan|elder|geriatr|pa?ediatr|dialy|lactat))(?!dialysis\s+days)|no\s+(?=(?:ha?emo)?dialysis)"
    r"|(?<!\bor\s)(?<!\bwith\sand\s)(?<!\bwith/)without\s+(?:concomitant\s+)?"
    r"|(?:except|excluding|other\s+than|but\s+not|(?<!\bor\s)not\s+(?:\w+ly\s+)?(?:taking|using|treated\s+with|receiving(?!\s+(?:\w+\s+)?\w*dialysis)))\b"
    r"(?P<clause>)"
    r"|(?<!whether\sor\s)not\s+(?:(?:an?|the|on|yet|currently|undergoing|receiving|requiring|maintained|chronic)\s+)*)"
    r"(?P<what>(?(clause)[^.;:,()]*(?:(?:,\s*[\w\[\]/-]+(?:\s[\w\[\]/-]+){0,2}){0,9},?\s+or\s+[^.;:,()]*)?|[\w-]+))"
)
"""Whom words do not mean: "non-elderly", "not on dialysis", "without dialysis", "except in pregnant women", "not taking
carbamazepine, phenytoin, or valproate"."""
MOTHERS = r"\b(?:mothers?|breast\W?fe\w+|lactat\w+|nursing)\b"
DIALYSIS = r"\b(?:(?:ha?emo)?dialysis|(?-i:HD|CAPD|CRRT|CVVHD?F?))\b"
END_STAGE = r"\b(?:end[\s-]stage|ESRD|ESKD|stage\s+5|anuri\w+|anephri\w+)\b"
FAILED_KIDNEY = r"\b(?:renal|kidney)\s+failure\b"
_IMPAIRED = (
    r"(?<!without\s)(?<!normal\s)\b(?:{0})\b(?:\s+(?:or|and)\s+\w+)?\s+(?:impairment|dysfunction|insufficiency|disease)\b"
    r"|\b(?:impaired|compromised|reduced|decreased|altered|impairment\s+of)\s+(?:(?:{1})\s+(?:and|or)\s+)?(?:{0})\b"
    r"(?:\s+(?:and|or)\s+(?:{1})\b)?"
)
IMPAIRED_KIDNEY = rf"{_IMPAIRED.format('renal|kidney', 'hepatic|liver')}|\brenally[\s-]+impaired"
IMPAIRED_LIVER = rf"{_IMPAIRED.format('hepatic|liver', 'renal|kidney')}|\bhepatically[\s-]+impaired|\bcirrho"
ILL_KIDNEY = rf"{IMPAIRED_KIDNEY}|{DIALYSIS}|{END_STAGE}|{FAILED_KIDNEY}"
_NORMAL = r"\b(?:normal\s+(?:(?:{0})\s+and\s+)?(?:{1})|(?<!\band\s)(?<!\bor\s)without\s+(?:{1})\s+impairment)"
NORMAL_ORGAN = {
    "kidney": _NORMAL.format("hepatic|liver", "renal|kidneys?"),
    "liver": _NORMAL.format("renal|kidney", "hepatic|liver"),
}
FUNCTION = {"kidney": r"\b(?:renal|kidney)\s+function", "liver": r"\b(?:hepatic|liver)\s+function"}
""" "Dosage Adjustment Based on Renal Function": a title of the organ, and of no group of its own."""
CREATININE = r"\b(?:serum\s+creatinine|creatinine(?!\s+clearance))"
SEX = r"\b(?:fe)?males?\b|\b(?:wo)?m[ae]n\b"
REACTION = (
    r"\b(?:allerg\w*|anaphyla\w*|hypersensitiv\w*|angio-?o?edema|urticaria|hives|rash|reaction|reacted|wheez\w*|sjs)\b"
)
"""What a patient had who is allergic to something, before what it was."""
WHY = r"\b(?:because|since)\b"
"""Before the reason for what is said, of which it says nothing."""
COMES_OF = r"\b(?:(?:resulting\s+)?from|due\s+to|secondary\s+to|caused\s+by|because\s+of|associated\s+with)\b"
"""Before what a condition comes of."""
TAKES = r"(?:taking|receiving|using|treated\s+with)"
"""Before what somebody takes."""
TAKEN_TOO = r"\b(?:inhibitor|inducer|concomitant|co-?admin|interact)\w*"
"""Words of what is taken beside a drug, by what it does to it."""
TAKEN_BESIDE = r"(?<=[),])\s+(?:and\s+|who\s+are\s+)?(?:taking|receiving)\s+(?!no\b|it\b|\w*dialysis)[a-z]"
""" "Severe (CrCl below 30 mL/min), taking ritonavir": what a group told by something else takes, too."""
WITH_WHAT = (
    r"\b(?:in|for|with)\s+(?P<what>[^.;:,]{0,60}?"
    rf"(?:{IMPAIRED_KIDNEY}|{DIALYSIS}|{END_STAGE}|{IMPAIRED_LIVER}))|(?P<drug>{TAKEN_TOO})|(?:\b[\w-]+\s)?{METABOLIZERS}s?"
)
"""Whom a statement is for, in its own words: "in marked renal impairment", those who take an inhibitor."""
_ON_TOP = r"\b(?:supplement|additional|extra)"
AFTER_DIALYSIS = rf"{_ON_TOP}[^.;]*dialysis\b|dialysis\b[^.;]*{_ON_TOP}"
"""What is given on top after a dialysis."""
NOT_FOR = (
    r"\b(?:not|never)\s+(?:for\s+use|(?:\w+\s+)?(?:recommended|indicated|intended|approved|be\s+used|be\s+given))\b"
    r"|\bcontra-?indicated\b"
)
"""In a label: whom the doses below it are not for."""
NOT_FOR_ADULTS = (
    r"\bnot\s+(?:approved|indicated|recommended|intended)\s+for\s+(?:use\s+in\s+)?(?:\w+\s+(?:and|or)\s+)?adults\b"
    r"(?!\s+(?:with|who|aged|over|older))"
)
"""In a sentence: the drug is for no adult at all."""
BETWEEN_GROUPS = (
    r"(?P<any>,?\s*\b(?:and/)?or\b(?!\s+(?:old|young|over|above|und|below|more|great|high|low|up\b|heav|light|equal|less)"
    r"(?!\w*\s+than))|,?\s+and\s+(?=(?:(?:for|in)\s+)?(?:[\w-]+\s+){0,2}(?:patients|metaboli[sz]ers)\b))|,"
)
"""Between the groups of a list, `any` where one of them suffices: "≥65 years, renally impaired or below 50 kg"."""
REFERENCE = (
    r"\b(?:(?:see|as|by|use|same|according\s+to|based\s+on|refer\s+to|follow)\b[^.;]{0,40}?(?:(?P<adults>\badults?\b)"
    r"|(?P<kidney>\b(?:creatinine\s+clearance|CrCl|eGFR|renal\s+function)\b(?!\W*[<>≥≤\d])))"
    r"|(?P<verb>(?:administer|give|receive|use)\b[^.;]{0,20}?\b)?(?P<adult>adult)\s+(?:[\w-]+\s+){0,2}dos(?:es?|ages?|ing)\b"
    r"(?(verb)|\s+(?:should|may|can|is\s+to)\s+be\s+(?:used|given|administered))"
    r"|(?:see|refer\s+to)\b[^.;]{0,40}?(?P<section>\b2\.\d{1,2})\b(?!\s*m))"
)
"""In a statement: other doses that it refers to."""
CIRCUMSTANCE = (
    r"\A(?:[\W\d]|\b(?:adults?|and|children|considerations?|dos(?:e|age|ing)|for|from|gradual|guidance|guidelines?|how|in"
    r"|instructions?|information|of|or|patients?|pediatric|recommend(?:ed|ations?)|reduction|safe|the|therapy|to|treatment"
    r"|when)\b)*"
    r"\b(?:switch|convert|conversion|transfer|transition|discontinu|taper|withdraw|stopping|missed|restart|re-?initiat"
    r"|re-?treat|resum|interrupt)"
)
"""A title of what happens in a course of treatment: a change from another drug, its end, a missed dose."""
EVERYBODY = (
    r"\W*(?:(?:all|most|other|the|any|those|these)\s*\b)*(?:(?:patients?|people|persons?|individuals|subjects)(?:['’]s?)?)?"
    r"\W*|\W*(?:use\s+in\s+)?(?:special|specific)\s+(?:patient\s+)?(?:populations?|groups?)\W*"
)
"""A label that restricts nothing."""
WHOM_FOR_EXAMPLE = r"\b(?:patients|people|those)\b[^.;]*?(?:\(e\.g\.,?\s*|\bsuch\s+as\s+)(?P<whom>[^.;)]*)"
"""People given as examples: "those who respond to less (e.g., reduced hepatic function, elderly)"."""
CHANGED_DOSE = (
    r"\b(?:reduc|lower|decreas|increas|doubl|halv|half)\w*[^.]{0,60}\bdos(?:e|age)\b[^.]*\d\s*(?:m?c?g\b|units|%)"
)
"""What says by how much to change a dose."""
OTHER_DOSE = rf"\([^()]*\d\s*m?c?g\b[^()]*\b(?:{WHOM}|those)\b[^()]*\)"
"""Another dose in brackets, for people of its own: "400 mg (200 mg in patients weighing less than 40 kg)"."""
