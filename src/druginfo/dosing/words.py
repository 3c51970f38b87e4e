"""The words of regimens, as data: regular expressions over levelled text (see `signs.level`), case ignored."""

from __future__ import annotations

import re

from druginfo.dosing.signs import Pattern

_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_SPAN = rf"{_COUNT}(?:\s*(?:-|to|or)\s*{_COUNT})?"
_TIME = r"(?:minutes?|mins?|hours?|hourly|hrs?|h|days?|weeks?|wks?|months?|years?)"

_ROUTES = (
    r"oral\s+inhalation",
    r"oral(?:ly)?(?!\s+(?:contracepti|anti|absor|suspension|solution|dosing\s+syringe|syringe|dispenser|intake|mucos|"
    r"cavity|steroid|cortico|glucoco|hypoglyc|agents|retinoid|bisphos|nitrates|opioid|iron|"
    r"candid|bioavail|form\b|liquid|medic))",
    r"by\s+mouth",
    r"p\.o\.",
    r"(?-i:PO)\b",
    r"(?:(?:continuous|slow|intermittent|rapid|prolonged|direct)\s+)?(?:intravenous(?:ly)?|(?-i:IV)|(?-i:I\.V\.))"
    r"(?:\s+(?:slow\s+)?(?:infusion|injection|bolus|push|drip))?(?!\s+(?:access|line|fluid|formulation|form\b|"
    r"catheter))",
    r"(?-i:IVPB)\b",
    r"intramuscular(?:ly)?(?:\s+injection)?",
    r"(?-i:IM)\b",
    r"(?-i:I\.M\.)",
    r"(?:deep\s+)?subcutaneous(?:ly)?(?:\s+(?:injection|infusion))?",
    r"under\s+the\s+skin",
    r"(?-i:SC|SQ|SubQ|Subcut|subcut|sub-Q|subQ)\b",
    r"s\.c\.",
    r"by\s+(?:oral\s+)?inhalation",
    r"inhaled(?:\s+orally)?",
    r"(?:by|via|using\s+an?)\s+nebuli[sz](?:er|ation)",
    r"nebuli[sz]ed",
    r"topical(?:ly)?",
    r"rectal(?:ly)?",
    r"per\s+rectum",
    r"(?-i:PR)\b",
    r"(?:intra)?vaginal(?:ly)?",
    r"intranasal(?:ly)?",
    r"in(?:to)?\s+each\s+nostril",
    r"(?:in|per)\s+(?:one|each|alternating)\s+nostrils?",
    r"sublingual(?:ly)?",
    r"under\s+the\s+tongue",
    r"buccal(?:ly)?",
    r"transdermal(?:ly)?",
    r"intrathecal(?:ly)?",
    r"intradermal(?:ly)?",
    r"intra-?articular(?:ly)?",
    r"intravitreal(?:ly)?",
    r"intraosseous(?:ly)?",
    r"intraperitoneal(?:ly)?",
    r"epidural(?:ly)?",
    r"ophthalmic(?:ally)?",
    r"in(?:to|stilled\s+in(?:to)?)?\s+(?:the\s+)?(?:(?:affected|each|both)\s+)+(?:eyes?|ears?)\b(?:\(s\))?",
    r"(?:via|by|through)\s+(?:a\s+)?(?:nasogastric|gastrostomy|feeding)\s+tube",
)

ROUTE = Pattern(r"(?<![\w-])(?:" + "|".join(_ROUTES) + r")(?!\w)", re.I)

TIMES_A_DAY = (
    rf"(?:(?:up\s+to\s+)?(?:once|twice|thrice|{_SPAN}\s+times|once\s+or\s+twice|once\s+to\s+twice)\s*(?:-|\s)?"
    r"(?:daily|nightly|weekly|monthly|yearly|an?[\s-]+(?:day|week|month|year|night)|per\s+(?:day|week|month|year)|"
    r"(?:each|every)\s+(?:other\s+)?(?:\d+\s+)?(?:days?|weeks?|months?|morning|evening|night)|in\s+24\s+hours)"
    r"|\d{1,2}\s?[x×]\s?(?:/|per\s|a\s|daily\b)\s?(?:d|day|wk|week)?)"
)
EVERY = (
    rf"(?:once\s+)?(?:every|each|q)\s*(?:{_SPAN}\s*-?\s*{_TIME}|(?:other|second|third|alternate)\s+(?:day|week|month|"
    rf"evening)"
    r"|day|week|month|morning|evening|night|hour)s?\b(?!\s+of\b)"
)
_LETTERS = (
    r"(?:[BTQO]\.?I\.?D|[bt]\.?i\.?d|qid|q\.i\.d|QDS|TDS|BD|OD|QD|[bo]\.d|[tq]\.d\.s|q\.?d|QHS|q\.?h\.?s|QOD|q\.o\.d|PRN|prn|p\.r\.n|"
    r"nocte|mane|stat|qAM|qPM|"
    r"[qQ]\d{1,2}(?:\s*-\s*\d{1,2})?\s?(?:h|hr|hrs|d|w|wk|weeks?))"
)
LATIN = rf"(?-i:(?<![\w.]){_LETTERS}(?:\s?[-/]\s?{_LETTERS})?(?![\w])\.?(?=[\s,;).]|$))"
DIVIDED = (
    rf"(?:(?:given|administered|taken)\s+)?(?:in|as|into)\s+(?:{_SPAN}\s+)?(?:equally\s+|equal\s+|evenly\s+)?"
    rf"(?:divided|separate|equal)\s+(?:daily\s+)?doses|"
    rf"(?:equally\s+)?divided(?:\s+into\s+{_SPAN}\s+(?:equal\s+)?doses|(?=\s+(?:every|q\d|once|twice|three|four|two|"
    rf"[BTQ]ID)))|"
    rf"in\s+(?:one|two|three|four|\d)(?:\s+(?:to|or)\s+(?:two|three|four|\d))?\s+doses"
)
_ADVERB = (
    r"(?=\s*(?:$|[.,;:()/|+-]|<|[x×]\s?\d|(?:for|in|at|if|with|without|until|on|to|as|or|and|after|before|when|"
    r"unless|by|given|orally|"
    r"is|may|should|can|then|up|maximum|max|not|due|once|over|during|from|under|was|per|divided|via|while|only|"
    r"through|thereafter|"
    r"intraven\w+|IV|SC|subcut\w+|IM|intramusc\w+|dosing\s+is|was|are|into|which|plus|starting|beginning|throughout|"
    r"adjusted|titrat\w+|"
    r"increas\w+|reduc\w+)\b))"
)
PLAIN = (
    r"(?:per\s+day\s+)?as\s+an?\s+(?:single|one-time)\s+(?:daily\s+)?dose|single\s+dose|one-time\s+dose|"
    r"(?<!\bat\s)once(?=\s*(?:[.;,)]|$)|\s+(?:over|at|before|prior|within)\b)|once\s+(?:per|each|"
    r"every)\s+(?:\w+\s+)?cycle|"
    rf"(?:daily|weekly|monthly|nightly|hourly){_ADVERB}|"
    r"on\s+alternate\s+days|on\s+alternating\s+days|"
    rf"at\s+{_SPAN}-?\s?(?:hour|hr|h|minute)s?\s+intervals|at\s+intervals\s+of\s+{_SPAN}\s+(?:hours?|minutes?)|"
    rf"\b{_COUNT}-hourly"
)
MOMENT = (
    r"at\s+bedtime|at\s+night|before\s+bed(?:time)?|in\s+the\s+(?:morning|"
    r"evening)(?:\s+and\s+(?:in\s+the\s+)?evening)?|"
    r"(?:(?:immediately|shortly|just)\s+)?(?:before|with|after)\s+(?:the\s+)?(?:(?:first|largest|main|morning|"
    r"evening)\s+)?(?:each\s+meal|meals?(?:\s+of\s+the\s+day)?|every\s+meal|breakfast|lunch|dinner|supper)|"
    r"at\s+mealtimes?|as\s+needed|as\s+required|when\s+needed|if\s+needed(?=[.,;)]|$)|"
    r"(?:after|following|before)\s+each\s+(?:dialysis|hemodialysis|haemodialysis)(?:\s+session)?"
)
_THEN = r"\s*,?\s*(?:and|then|and\s+then|followed\s+by)\s+(?:once\s+)?every\s+"
_THEN_EVERY = rf"(?:{_THEN}{_SPAN}\s+{_TIME})?(?:\s+(?:after|thereafter|after\s+that))?"
_LISTED = rf"(?:\s*(?:,\s*and|,|and|&)\s*{_COUNT}(?!\.\d|\d|\s*(?:m?cg|mg|g|units|mL|cycles?|courses?|doses?)\b))+"
WEEKS = (  # the steps of a loading: "at weeks 0, 2 and 6, then every 8 weeks thereafter"
    rf"(?:at|on)\s+(?:(?:weeks|wks|months|days)\s+{_COUNT}{_LISTED}|(?:week|wk|day|month)\s+0\b"
    rf"|{_COUNT}{_LISTED}\s+(?:weeks|wks|months))(?!\s+of\b){_THEN_EVERY}"
)
CYCLE = (
    rf"(?:on\s+)?days?\s+{_SPAN}(?:\s*(?:,|and|,\s*and)\s*{_SPAN})*\s+(?:of|in)\s+(?:(?:a|an|each|every|the|repeated|"
    rf"repeating)\s+)*"
    rf"{_COUNT}-?\s?(?:day|week)\s+(?:treatment\s+)?cycles?|"
    rf"(?:on\s+)?days?\s+{_SPAN}(?:\s*(?:,|and|,\s*and)\s*{_SPAN})*\s+of\s+(?:each|every|a|"
    rf"the)\s+(?:treatment\s+)?cycle"
)

FREQUENCY = Pattern(
    r"(?<![\w-])(?:" + "|".join((TIMES_A_DAY, CYCLE, WEEKS, EVERY, LATIN, DIVIDED, PLAIN, MOMENT)) + r")(?!\w)", re.I
)
INTERVAL = Pattern(rf"{TIMES_A_DAY}|{EVERY}|{LATIN}|{MOMENT}|\bdaily\b|\bweekly\b", re.I)
"""How often, where only that it is said matters."""
_CAPPED = r"(?:(?:total|single|daily|individual|recommended|adult|weekly|cumulative|infusion|per|day|dose|dosage)\s*)*"
CAP = Pattern(
    rf"(?:\bup\s+to\s+)?(?:\b(?:to|with)\s+)?(?:\b(?:a|the)\s+)?\bmax(?:imum\b|imal\b|\b\.?)\s*{_CAPPED}"
    r"(?:of|is|dose|:|are|=|,)?\s*(?:up\s+to\s+)?"
    r"|\b(?:not\s+to|(?:do|should|must|may|can)\s*not|never|not|without)\s+exceed(?:ing)?\s+(?:(?:a|the)\s+)?"
    r"(?:(?:total|maximum|of|daily|dose|usual|recommended|adult)\s+)*"
    r"|(?<=,\s)at\s+most\s+(?=\d)|\b(?:no|not)\s+more\s+than\s+(?=\d)",
    re.I,
    ("max", "exceed", "more than", "at most"),
)
"""The words before an amount that is a ceiling."""
CAP_INTERVAL = Pattern(rf"\s*(?:{TIMES_A_DAY}|{EVERY}|daily|weekly|in\s+24\s+hours)", re.I)
DURATION_UNIT = r"(?:hours?|days?|weeks?|months?|years?|doses|cycles?|courses?|nights?)"
_DURATIONS = (
    rf"for\s+(?:(?:at\s+least|up\s+to|about|approximately|a\s+minimum\s+of|a\s+maximum\s+of|a\s+total\s+of|"
    rf"no\s+more\s+than|"
    rf"no\s+longer\s+than|not\s+more\s+than|an?\s+additional|another|a\s+further|the\s+(?:first|next|initial|last|"
    rf"remaining)|"
    rf"the|a|a\s+period\s+of|an?|more\s+than|less\s+than|longer\s+than)\s+)*"
    rf"{_SPAN}(?:\s+or\s+more|\s+additional|\s+further|"
    rf"\s+consecutive)?\s*-?\s?(?:treatment\s+)?{DURATION_UNIT}\b(?!\s+(?:of\s+age|old|prior|before))",
    r"for\s+(?:life(?![\w-])|lifelong|the\s+duration\s+of\s+[\w\s]{3,30}|as\s+long\s+as\s+[^.;,]+|(?:one|a)\s+(?:day|"
    r"week|month|year))",
    r"(?:treat\s+|treatment\s+|continue\s+|continued\s+)?until\s+(?:(?!,\s+then\b|\s+and\s+then\b)[^.;()])+",
    r"(?:during|over)\s+the\s+first\s+" + rf"{_SPAN}\s+{DURATION_UNIT}",
    rf"[x×]\s?{_SPAN}\s?(?:{DURATION_UNIT}|d\b|h\b|wks?\b|mo\b)",
    r"indefinitely|lifelong|life-long",
    rf"(?:for|during)\s+(?:days|weeks|wks|months|cycles)\s+{_COUNT}\s*(?:-|to|through)\s*{_COUNT}",
    rf"(?<!over\s)up\s+to\s+{_SPAN}\s+(?:days|weeks|months|mo|years|cycles|courses)\b(?!\s+(?:of\s+age|old|prior|"
    rf"before|after))",
    rf"(?<!after\s)(?<!every\s)(?<!first\s)(?<!least\s)(?<!within\s)(?<!last\s)(?<!next\s)(?<!than\s){_SPAN}\s+(?:treatment\s+)?"
    r"cycles\b(?=\s*(?:[.;,)]|$|of\s+\d|or\s+until))",
    r"as\s+long\s+as\s+[^.;,()]+",
)
DURATION = Pattern(
    "|".join(rf"\b(?:{words})" if words[0].isalpha() else words for words in _DURATIONS),
    re.I,
    (
        "for ",
        "during ",
        "until",
        "first",
        " x",
        "×",
        "indefinitely",
        "lifelong",
        "life-long",
        "as long",
        "up to",
        "cycles",
    ),
)
"""Durations of treatment. The minutes of an infusion are not one."""

ADJUSTMENT = (
    r"(?:(?:dos(?:e|age|ing)|initial|starting)\s+)*(?:adjustments?|modifications?|changes?|reductions?|alterations?)"
)
NO_ADJUSTMENT = Pattern(
    rf"(?<!give\s)(?<!gives\s)(?<!gave\s)(?<!has\s)(?<!makes\s)\bno\s+(?:(?:specific|initial|special|further|routine|"
    rf"additional|particular|clinically\s+relevant)\s+)*{ADJUSTMENT}"
    r"(?!\s+(?:has|have)\s+been\s+(?:established|studied|determined|evaluated))"
    rf"|\b{ADJUSTMENT}s?\s+(?:(?:is|are|of\s+[\w\s]{{3,40}}?(?:is|are))\s+)?(?:generally\s+|usually\s+)?"
    r"(?:not\s+(?:\w+\s+)?(?:necessary|needed|required|recommended|warranted|indicated)|unnecessary)"
    r"|\b(?:does|do)\s+not\s+(?:require|need)\s+(?:an?\s+|any\s+)?(?:dos\w+\s+)?(?:adjust|modif|chang|reduc)\w*"
    rf"|\bwithout\s+(?:any\s+)?{ADJUSTMENT}"
    r"|\bneeds?\s+no\s+(?:dos\w+\s+)?(?:adjust|chang|reduc)\w*|^\s*(?:(?:give|"
    r"use)\s+)?100\s?%\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?dos\w+"
    r"|^\s*(?:(?:use|give|continue|as|the|at)\s+)*(?:same|usual|standard|normal)\s+(?:adult\s+|recommended\s+|"
    r"starting\s+)?(?:dose|dosage|dosing)\s*(?:as|may\s+be\s+used|$|[.;])",
    re.I,
    ("adjust", "modif", "chang", "reduc", "alter", "same", "usual", "standard", "normal", "100"),
)
AVOID = Pattern(
    r"\bnot\s+(?:be\s+)?(?:recommended|advised|indicated|appropriate)\b|\bcontra-?indicated\b|\bavoid(?:ed)?\b"
    r"|\b(?:do|should|must|may|can)\s*not\s+(?:be\s+)?(?:use|used|give|given|administer|administered|initiate|"
    r"initiated|start|"
    r"started|take|taken|prescribe|prescribed|receive|restart|resume|rechallenge|co-?administer|"
    r"combine)\b(?!\s+for\s+(?:longer|more)\s+than)"
    r"|\b(?:permanently\s+)?discontinue[sd]?\b(?!\s+(?:the\s+)?(?:inhibitor|inducer))|"
    r"\bwithdraw(?:n)?\b(?!\s+(?:over|gradually|slowly))|\bwithhold\b|\bwithheld\b"
    r"|\bsuspend(?:ed)?\b(?!\s+(?:the\s+)?(?:powder|contents|granules|in\b))|\binterrupt(?:ed)?\b|\bprohibited\b|"
    r"\bstop\s+(?:treatment|therapy|the\s+drug|permanently|immediately)\b|^(?:stop|hold|omit)\b|\bomitted\b"
    r"|\bnever\s+(?:be\s+)?(?:use|used|give|given|administer|administered|inject|injected|take|taken|start|"
    r"started)\b|^\s*no\s+\d"
    r"|\bnot\s+(?:suitable|allowed|permitted|an\s+option|for\s+use)\b"
    r"|\b(?:mg|mcg|g|units?|mL|doses?|it|this)\b[^.;,]{0,20}\s(?:is|are)\s+(?:forbidden|ruled\s+out|excluded|"
    r"too\s+(?:much|high|large|strong))\b"
    r"|\bunsuitable\b|\bhold\s+(?:treatment|therapy|dose|the\s+dose|until)\b",
    re.I,
    (
        "not",
        "avoid",
        "contra",
        "discontinu",
        "withdraw",
        "withh",
        "interrupt",
        "prohibit",
        "stop",
        "suitable",
        "hold",
        "suspend",
        "never",
        "omit",
        "no ",
        "forbidden",
        "ruled",
        "excluded",
        "too ",
    ),
)
_PART = r"(?:half|(?:one|two|three)[\s-](?:half|thirds?|quarters?|fourths?)|an?\s+(?:half|third|quarter))"
REDUCE = Pattern(
    r"\b(?:reduc(?:e|ed|es|ing|tions?)|decreas(?:e|ed|es|ing)|lower(?!\s+(?:strength|limit|risk|respiratory|urinary|"
    r"back|extremit|abdom|gastro|rates?|limb|leg|lip|half))(?:ed|ing(?!\s+(?:treatment|therapy|drug|agent|medic|"
    r"effect)))?|halve[sd]?|de-?escalat\w+|taper(?:ed|ing)?|step(?:ped|ping)?\s+down)\b"
    rf"|(?:\b{_PART}|(?<![\d.])\d{{1,2}}(?:\.\d+)?\s?%)\s+(?:of\s+)?(?:the\s+)?(?:(?:usual|normal|recommended|"
    rf"standard|adult|former|previous|full|"
    r"original|daily|total|starting|maintenance|initial|lowest)\s+)*(?:dos(?:e|es|age)|usual|normal|recommended|"
    r"standard|adult)\b"
    r"|\bsmaller\s+dose|\bgo\s+down\s+to\b",
    re.I,
    (
        "reduc",
        "decreas",
        "lower",
        "halve",
        "escalat",
        "taper",
        "half",
        "third",
        "quarter",
        "fourth",
        "%",
        "smaller",
        " down",
    ),
)
INCREASE = Pattern(
    r"\b(?:increas(?:e|ed|es|ing)|titrat(?:e|ed|es|ing)(?!\s+(?:slowly|carefully|cautiously|with\s+care))|rais(?:e|ed|ing)|escalat(?:e|ed|es|ing)|uptitrat\w+|"
    r"doubl(?:e|ed|ing)|step(?:ped|ping)?\s+up)\b"
    r"|\bhigher\s+(?:\w+\s+)?dos|\bgo\s+up\s+to\b",
    re.I,
    ("increas", "titrat", "rais", "escalat", "doubl", "higher", " up"),
)
DOSE_IN_WORDS = Pattern(
    r"\s*(?:(?:give|use|take|start\s+with|administer|"
    r"inject)\s+)?(?:(?:the\s+)?same\s+(?:total\s+)?(?:daily\s+)?(?:[\w/]+\s+)?(?:number|dos|amount)"
    r"|(?:one|a)[\s-](?:fifth|sixth|eighth|tenth)\s+of\s+the\b|(?:the\s+)?(?:usual|full|normal|"
    r"recommended)\s+(?:\w+\s+)?dose\s+(?=every|once|twice))[^.;]*"
    r"\b(?:dose|units|once|twice|daily|every)\b",
    re.I,
)
"""A dose told as a share of another: "one sixth of the total daily dose"."""
_MEASURED = (
    r"(?:(?:peak|trough|adverse|side|serum|plasma|blood|drug|renal|kidney|hepatic|liver|cardiac)\s+)?(?:function|"
    r"clearance|exposure|metabolism|risk|effects?|responses?|absorption|counts?|levels?|"
    r"concentrations?|bleeding|mortality|toxicity|efficacy|sensitivity|susceptibility|elimination|excretion|pressure|"
    r"incidence|bioavailability|reactions?|"
    r"events?)"
)
NOT_THE_DOSE = Pattern(
    rf"\b{_MEASURED}\s+(?:(?:is|are|was|were|may\s+be|can\s+be|often|usually|has|have|been|be)\s+)*(?:reduced|"
    rf"decreased|increased|lowered|raised|lower|higher)"
    rf"|\b(?:reduc\w+|decreas\w+|increas\w+|lower\w*|higher|rais\w+)\s+(?:the\s+|in\s+|of\s+)*{_MEASURED}"
    r"|\b(?:increased|decreased|reduced|lowered)\s+(?:monitoring|incidence|activity|sensitivity)"
    r"|\bdelay\w*\s+(?:the\s+)?(?:dose\s+)?(?:escalat|increas|titrat)\w+"
    r"|\b(?:levels?|concentrations?)\s+(?:above|below|over|under|exceeding|greater|less)\b[^.;]{0,40}?\bavoided",
    re.I,
    ("reduc", "decreas", "increas", "lower", "higher", "rais", "delay", "avoided"),
)
"""What goes up or down here is not the dose."""
SHARE = Pattern(r"\s*\d{1,3}\s?%\s+(?=q\d|every|once|twice|daily)", re.I, ("%",))
"""A share of the usual dose and how often: "50% q24h"."""
COUNTED_FORMS = Pattern(
    r"\s*(?:(?:give|take|use|administer)\s+)?(?:one|two|three|four|five|six|\d{1,2}|half\s+an?|"
    r"½)\s+\d[\d.,]*\s?-?(?:mg|mcg|µg|g|units?)(?:/\d[\d.,]*\s?(?:mg|g))?\s+"
    r"(?:[\w-]+\s+){0,2}(?:tablet|capsule|caplet|patch|suppositor|sachet|packet|vial)",
    re.I,
)
""" "Two 500 mg tablets twice daily" is given, though neither number alone is the dose."""
HANDLING = Pattern(
    r"\s*(?:dilute|reconstitute|mix|add|dissolve|shake|flush|store|discard|rinse|prime|refrigerate|thaw|swirl|"
    r"premedicate|"
    r"protect\s+from)\b",
    re.I,
)
"""How a statement about handling begins: its amounts are no doses."""
EQUIVALENT = Pattern(
    r"\d\s?(?:mg|mcg|µg|g|units?|mL/h)\b[^.;]{0,30}?\s?(?:=|≈|equals|corresponds\s+to|"
    r"is\s+(?:\w+\s+)?(?:equal|equivalent)\s+to)\s",
    re.I,
)
"""What equals what: "prednisolone 5 mg = dexamethasone 0.75 mg" tells nobody to take either."""
STUDIED = Pattern(
    r"\b(?:in|from|during)\s+(?:[\w-]+\s+){0,4}?(?:trials?|stud(?:y|ies))\b|\bmore\s+effective\s+than\b|\bshowed\b|"
    r"\b(?:gave|gives|showed|produced|offered|had)\s+no\b"
    r"|\bwas\s+(?:not|no)\s+more\s+effective\b|\b(?:have|has)\s+not\s+been\s+(?:studied|evaluated|established)\b",
    re.I,
    ("trial", "stud", "effective", " no", "showed", "not been"),
)
"""What was studied: its amounts are no doses to give."""
SOLD = Pattern(
    r"\b(?:available|supplied|comes?)\s+(?:as|in)\b|\b(?:is|are)\s+(?:available|supplied)\b"
    r"|\bcontain(?:s|ing)?\b",
    re.I,
    ("available", "supplied", "come", "contain"),
)
"""What is sold: its amounts are no doses."""
CONDITION = Pattern(
    r"\b(?:if|when|whenever|unless|provided(?:\s+that)?|in\s+case\s+of|as\s+long\s+as)\b"
    r"|(?<!\bat\s)\bonce\b(?![\s-]+(?:daily|weekly|monthly|nightly|yearly|an?[\s-]+(?:day|week|month|year)|per\b|"
    r"every|each|or\s+twice|to\s+twice|in\s|only|and\b|on\s|then|single)|\s*(?:[.;,)]|$))",
    re.I,
    ("if", "when", "unless", "provided", "in case", "as long", "once"),
)
"""Where a condition begins; it goes on to the end of its clause."""
