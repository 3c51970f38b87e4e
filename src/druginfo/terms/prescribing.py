"""How medicines are written down on wards, prescriptions and labels: the words around a name, and the patterns of
amounts, schedules and frequencies, in English and what is met of other languages.

`DOSAGE_WORDS` and `DIRECTIONS` say how a medicine is given, not which. The few of them that as often make another
medicine of a name ("Losartan comp", "Motrin PM") are in `terms.affixes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_FORMS_TEXT = """
    tab tabs tabl tbl tablet tablets cap caps capsule capsules caplet caplets inj injection injections injectable syr
    syp syrup susp suspension sol soln solution drop drops gtt gtts cream crm oint ointment gel lotion patch patches
    spray inhaler inhalers inh inhalation neb nebs nebule nebules nebuliser nebulizer suppository suppositories supp
    supps pessary pessaries sachet sachets powder pwd elixir amp amps ampoule ampoules ampule ampules vial vials pen
    pens film films lozenge lozenges foam enema infusion pill pills implant liquid granules chewable dispersible
    effervescent soluble prefilled pre-filled syringe syringes injector pen-injector autoinjector cartridge kit pack
    bottle tube shampoo paste pak paks dosepak dosepack tablette tabletten filmtabletten kapsel kapseln comprime
    comprimes comprimido comprimidos compressa compresse gelule gelules gouttes tropfen gotas puff puffs actuation
    actuations dose doses unit-dose softgel softgels troche strip strips hfa mdi dpi pmdi turbuhaler turbohaler
    accuhaler diskus evohaler easyhaler handihaler respimat ellipta breezhaler novolizer genuair diskhaler rotacaps
    flexpen solostar kwikpen penfill flextouch flexpro aerosol linctus cp cpr cps compr cpl kps zapfchen ampullen
    dragees bustine supposte sobre sobres jarabe ampolla ampollas inyectable system transdermal spacer drip infus da
    hub hube hübe packet packets inhalations scoop scoops applicator applicators applicatorful applicatorfuls pump pumps
    implants enemas gummy gummies stick-pack stick-packs troches granule pellet pellets insert inserts ring rings
    unit-doses cartridges dose-pack dose-packs prefilled-syringe prefilled-syringes autoinjectors auto-injector
    auto-injectors bottles bag bags sprays
"""
FORMS = frozenset(_FORMS_TEXT.split())
_FORMS_IN_SHORT = {
    **dict.fromkeys(("tab", "tabs", "tabl", "tbl"), "tablet"),
    **dict.fromkeys(("cap", "caps"), "capsule"),
    **dict.fromkeys(("inj", "injectable", "amp", "amps", "ampoule", "ampoules", "vial", "vials"), "injection"),
    **dict.fromkeys(("susp",), "suspension"),
    **dict.fromkeys(("sol", "soln"), "solution"),
    **dict.fromkeys(("gtt", "gtts"), "drop"),
    **dict.fromkeys(("crm",), "cream"),
    **dict.fromkeys(("oint",), "ointment"),
    **dict.fromkeys(("supp", "supps"), "suppository"),
    **dict.fromkeys(("er", "xr", "xl", "sr", "extended-release", "extended release"), "extended release"),
}
_FORM_IN_TEXT = re.compile(
    r"\b(?:tab(?:let|l)?s?|tbl|cap(?:sule|let)?s?|inj(?:ections?|ectable)?|amp(?:oule)?s?|vials?|susp(?:ension)?|syrup"
    r"|sol(?:utio)?n?|drops?|gtts?|cre?a?m|oint(?:ment)?|gel|lotion|patch(?:es)?|spray|inhalers?|film(?![\s-]coated)"
    r"|suppositor(?:y|ies)|supps?|powder|granules|lozenges?|foam|enema|infusion|implant|extended[\s-]release|[exs]r|xl)\b",
    re.I,
)


def forms_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The forms that a medication line names, as written, each with the names that a text has for it.

    >>> list(forms_in("diclofenac inj 75 mg"))
    [('inj', ('injection', 'injections'))]
    """
    for found in _FORM_IN_TEXT.finditer(text):
        name = " ".join(found[0].lower().split())
        name = _FORMS_IN_SHORT.get(name) or re.sub(r"(?<=ch)es$|(?<=[^s])s$", "", re.sub(r"ies$", "y", name))
        plural = re.sub(r"y$", "ie", name) + ("es" if name.endswith("ch") else "s")
        more = ("extended-release",) if name == "extended release" else ()
        yield found[0], (name, plural, *more)


_ROUTES_TEXT = """
    oral orally po iv im sc sq subcut subcutaneous subcutaneously intravenous intravenously intramuscular sublingual sl
    topical topically nasal intranasal ophthalmic otic rectal rectally pr pv vaginal transdermal inhaled eye eyes ear
    ears ng peg buccal mouth intrathecal intravitreal ivpb ivp os ou gtube vo
"""
_RELEASE_TEXT = """
    xr er sr cr xl la mr ir dr ec od odt fastab velotab zydis xt extended release modified sustained slow prolonged
    delayed enteric coated retard ret tts extended-release sustained-release modified-release delayed-release
    immediate-release enteric-coated film-coated orally-disintegrating disintegrating immediate controlled
    controlled-release cd ds ss metered meter
"""
_TIMES_TEXT = """
    daily bd bid tid tds qid qds qd qod qam qpm qhs qh qac qwk od prn once twice thrice stat hs nocte mane am pm weekly
    monthly hourly per day days week weeks month months hour hours hr hrs nightly bedtime night morning noon evening
    breakfast lunch dinner supper meals meal ac pc sos eod alternate every each times time x om achs bbf abf af bf cada
    horas dias jour jours matin soir midi nuit morgens mittags abends nachts tag taglich manana noche dia giorno giorni
    volte mattina sera qd q j
"""
_UNITS_TEXT = """
    mg mcg ug µg μg g gm gram grams kg ml cc l iu unit units unt u meq mmol microgram micrograms milligram milligrams
    mgs mls % mg/ml mcg/ml mg/g strength percent
"""
_AROUND_TEXT = "rx usp bp ip ph.eur"
DOSAGE_WORDS = frozenset(
    " ".join((_FORMS_TEXT, _ROUTES_TEXT, _RELEASE_TEXT, _TIMES_TEXT, _UNITS_TEXT, _AROUND_TEXT)).split()
)
"""Forms, routes, release, frequencies and units: words that say how a drug is given, not which."""
PRODUCT_WORDS = DOSAGE_WORDS - frozenset(_TIMES_TEXT.split())
"""The same without times."""

_DIRECTIONS_TEXT = """
    take takes taken give given use used apply applied inhale inject insert instil instill swallow chew dissolve place
    put with without before after food water milk as needed required if when until for by at in to the a an on of or
    and then via directed hold held holding continue continued start started stop stopped increase increased decrease
    decreased taper tapering new restart resume change changed pain fever nausea sleep anxiety itching itch cough
    wheeze wheezing headache insomnia constipation spasm agitation vomiting rash allergy refill refills disp dispense
    qty quantity supply max maximum up not more than between both left right affected area sliding scale only home med
    meds one two three four half whole quarter last dose taken today yesterday supply per as protocol target change si
    douleur dolor fiebre fievre besoin al bisogno bei bedarf bed vor nach dem der den zum essen fruhstuck nuchtern
    avant apres repas jeun le la les el los con sin antes despues comidas desayuno cena empty stomach thin layer
"""
DIRECTIONS = frozenset(_DIRECTIONS_TEXT.split())
"""Words that begin or make up directions, after a name."""

ORDERS = frozenset("take give start continue hold use new".split())
"""Words that a line may begin with."""

UNIT = (
    r"(?:%|(?:mg|mcg|ug|[µμ]g|gm?|kg|ml|cc|l|iu|unt|units?|u|meq|mmol|micrograms?|milligrams?|mgs|mls|grams?|mill?ion"
    r"\s+units?)\b)"
)
NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|\.\d+|½|¼|¾)"
VOLUME = (
    r"(?:ml|l|g|kg|m2|h|hr|hour|day|d|dose|tab|tablet|cap|capsule|puff|actuation|actuat|act|spray|inh|drop|patch|vial"
    r"|min)"
)
STRENGTH = re.compile(
    rf"(?<![\w.])(?P<first>{NUMBER})\s*(?P<unit>{UNIT})?(?P<more>(?:\s*[-/+]\s*{NUMBER}\s*{UNIT}?)+)?"
    rf"(?:\s*/\s*[\d.]*\s*{VOLUME}\b)*(?:\s*{UNIT})?(?:\s*/\s*[\d.]*\s*{VOLUME}\b)*",
    re.IGNORECASE,
)
_EACH = r"(?:\d{1,3}(?:[.,/]\d{1,2})?|[½¼¾])\s*(?:u|iu|units?|e|ie|tabs?)?"
SCHEDULE = rf"(?<![\w./-]){_EACH}(?:\s?-\s?{_EACH}){{2,3}}(?![\w./-])"
"""What is taken in the morning, at noon, in the evening and at night: 1-0-1, 1/2-0-1/2, 20U-0-14U."""
COUNTED = re.compile(r"\s*(?:tabs?|caps?|tablets?|capsules?|puffs?|drops?|sachets?|sprays?|times|x|qds|tds)\b", re.I)
HOURS = re.compile(r"[\s-]*(?:hours?|hrs?|h)\b", re.IGNORECASE)
MIXED = re.compile(r"\b(mix)(?=\d)", re.IGNORECASE)
"""Humalog Mix25."""
SLASHED = re.compile(r"(?<![\w/])([a-z])/([a-z])(?![\w/])", re.IGNORECASE)
"""m/r, s/c, i/v, p/o."""
MORE = rf"\s*([-/+])\s*({NUMBER})\s*({UNIT})?"
PER_VOLUME = re.compile(r"(?:ml|cc|l)$", re.IGNORECASE)
FREQUENCY = re.compile(
    r"(?:q\.?\d{1,2}(?:-\d{1,2})?\.?(?:h|hr|hrs|hours?|d|w|wk|min|m)?|q\.?(?:h|d|w|am|pm|hs|od|day|week|month|night)|"
    r"\d{1,2}(?:[.,]\d)?(?:-\d{1,2}(?:[.,]\d)?){2,3}|[½1]-[½01]-[½01]|"
    r"[1-6](?:-\d)?[x×](?:/?(?:d|day|daily|w|week|wk))?|[x×]\d+(?:d|/7|/52|/12|days?|weeks?)?|\d+/(?:7|52|12)|#\d+|"
    r"\d+(?:st|nd|rd|th)|\d+-?hourly|\d+(?:hr?|hrs|hours?|days?|d|weeks?|wks?|months?))$",
    re.IGNORECASE,
)
LIST_MARK = re.compile(r"\s*(?:(?:\(?\d{1,3}[.)]|[-*•·–—◦▪]|#\d{1,2}[.):]?|\[[ xX]?\])\s+)+(?=\S)")
LEADING = re.compile(
    rf"\s*(?:{NUMBER}\s*(?:HR|HOUR|ML|ACTUAT|MG|MCG|UNT|UNITS)\b\s*|[TC]\.\s*(?=[A-Za-z]{{4}})|[TC]\s(?=[A-Z][a-z])|"
    r"E/D\s+|(?i:tab|cap|inj|syr|syp|susp|oint|supp|neb)\.(?=[A-Za-z]{4}))+"
)
"""RxNorm's "24 HR" and "0.25 ML", and the ward's letter for tablet or capsule, before the name."""
_STATUS = (
    r"(?:dose\s+)?(?:new(?:ly)?|(?:re-?)?start(?:ed|ing)?|commenc(?:e|ed|ing)|resum(?:e|ed|ing)|continu(?:e|es|ed|ing)|"
    r"stop(?:ped|ping)?|ceased?|discontinued?|d/c|(?:on\s+)?hold|held|withh(?:old|eld)|paused?|suspend(?:ed)?|"
    r"omit(?:ted)?|(?:un)?changed?|amend(?:ed)?|increased?|reduced?|decreased?|switch(?:ed)?|previously|currently|"
    r"no longer|not(?=\s+(?:taking|on)\b)|now(?=\s+(?:taking|on)\b)|takes|taking)(?:\s+(?:taking|takes|on|to)\b)?"
)
_IN_A_LABEL = (
    *(":", "=", "–", "d/c", "hold", "held", "withh", "no longer", "not", "now", "new", "start", "commenc", "resum"),
    *("continu", "stop", "cease", "paus", "suspend", "omit", "chang", "amend", "increas", "reduc", "decreas", "switch"),
    *("previous", "current", "tak"),
)
"""One of these is in every line that begins with a label."""


def label(line: str) -> re.Match[str] | None:
    """What a list writes before a line: "STOPPED:", "Sig:", "Home med:", "On hold -", "Changed to". Not an allergy,
    whose drug is not given."""
    return _label().match(line) if any(map(line.casefold().__contains__, _IN_A_LABEL)) else None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:(?:{_STATUS}|current|regular|prn|stat|home|discharge|admission|outpatient|inpatient|tt[oa]s?|sig|rx|meds?|"
        r"medications?|drug|order|prescription|name|item|prescribed)\b[ .]*)+[:=–]\s*"
        rf"|\W*{_STATUS}(?:\s*[-–—]+)?\s+(?=[^\W\d_])",
        re.IGNORECASE,
    )


_COMPLAINTS_TEXT = """
    pain pains ache aches aching fever nausea vomiting allergy allergies muscle muscles back joint joints head
    headache headaches migraine cold colds flu cough sinus throat sore stomach tummy heartburn acid indigestion
    reflux gas wind bloating diarrhea diarrhoea constipation itch itching itchy rash skin eczema sleep
    sleeplessness insomnia anxiety nerves stress depression mood period menstrual cramp cramps spasm spasms ear
    nose eye eyes chest infection infections uti swelling edema oedema ankle ankles leg legs arthritis gout
    thyroid diabetes asthma hay hayfever blood pressure cholesterol heart failure weakness stiffness tired
    tiredness dizzy dizziness relief
"""
COMPLAINTS = frozenset(_COMPLAINTS_TEXT.split())
"""Words for what a patient has. Some alone are brands of a remedy (Allergy, Muscle aches); beside a drug, and where
they are not written quite so, they say what it is for."""
BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
AROUND = '.,:;!?"“”„«»*•·-–—'
"""What is around a word but not part of it: a list's bullet, a sentence's end, quotation marks."""
JOINER = frozenset(("/", "+", "&", "and", "with", "plus", ","))
GLUED = re.compile(r"([^\W\d_]{5,})(?:-\d\d[\d.]*|\d+(?:\.\d+)?(?:%|mg|mcg|g|ml|iu|units?)?)$", re.IGNORECASE)
_KEEPS_ITS_NUMBER_TEXT = """
    vitamin factor type interferon interleukin coenzyme macrogol polyethylene glycol polysorbate poloxamer protein
    globulin iodine iodide technetium strontium samarium radium xenon krypton fluorine gallium indium thallium
    phosphorus phosphate chromium rubidium carbon lutetium yttrium cobalt ammonia insulin omega beta alfa alpha
"""
KEEPS_ITS_NUMBER = frozenset(_KEEPS_ITS_NUMBER_TEXT.split())
"""After these a bare number is part of the name: vitamin B 12, iodine 131, factor 8."""
