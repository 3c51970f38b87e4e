"""Medication lines: which words of a line name the drug, and which say how it is given.

Wards, prescriptions and RxNorm write a drug's name among its form, strength, route and directions: "T. Ecosprin 75 OD",
"24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]", "prednisone 10 mg PO daily x 5 days, #30".
What comes first that is none of these is the name; once an amount, a form or a time was said, the rest is directions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.names.resolution import Line

_FORMS_TEXT = """
    tab tabs tabl tbl tablet tablets cap caps capsule capsules caplet caplets inj injection injections injectable syr
    syp syrup susp suspension sol soln solution drop drops gtt gtts cream crm oint ointment gel lotion patch patches
    spray inhaler inhalers inh inhalation neb nebs nebule nebules nebuliser nebulizer suppository suppositories supp
    supps pessary pessaries sachet sachets powder pwd elixir amp amps ampoule ampoules ampule ampules vial vials pen
    pens film films lozenge lozenges foam enema infusion pill pills implant liquid granules chewable dispersible
    effervescent soluble prefilled pre-filled syringe syringes injector pen-injector autoinjector cartridge kit pack
    bottle tube shampoo paste tablette tabletten filmtabletten kapsel kapseln comprime comprimes comprimido comprimidos
    compressa compresse gelule gelules gouttes tropfen gotas puff puffs actuation actuations dose doses unit-dose
    softgel softgels troche strip strips hfa mdi dpi pmdi turbuhaler turbohaler accuhaler diskus evohaler easyhaler
    handihaler respimat ellipta breezhaler novolizer genuair diskhaler rotacaps flexpen solostar kwikpen penfill
    flextouch flexpro aerosol linctus cp cpr cps comp compr caps cpl tbl kps kapseln zapfchen ampullen dragees bustine
    supposte sobre sobres jarabe ampolla ampollas inyectable system transdermal spacer drip infus
"""
_ROUTES_TEXT = """
    oral orally po iv im sc sq subcut subcutaneous subcutaneously intravenous intravenously intramuscular sublingual sl
    topical topically nasal intranasal ophthalmic otic rectal rectally pr pv vaginal transdermal inhaled eye eyes ear
    ears ng peg buccal mouth intrathecal intravitreal ivpb ivp os ou gtube vo
"""
_RELEASE_TEXT = """
    xr er sr cr xl la mr ir dr ec od odt od xt extended release modified sustained slow prolonged delayed enteric
    coated retard extended-release sustained-release modified-release delayed-release immediate-release enteric-coated
    film-coated orally-disintegrating disintegrating immediate controlled controlled-release ds ss metered meter
"""
_TIMES_TEXT = """
    daily bd bid tid tds qid qds qd qod qam qpm qhs qh qac qwk od prn once twice thrice stat hs nocte mane am pm weekly
    monthly hourly per day days week weeks month months hour hours hr hrs nightly bedtime night morning noon evening
    breakfast lunch dinner supper meals meal ac pc sos eod alternate every each times time x om achs bbf abf af bf cada
    horas dias jour jours matin soir midi nuit morgens mittags abends nachts tag taglich manana noche dia giorno giorni
    volte mattina sera qd q
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
PRODUCT_WORDS = frozenset(" ".join((_FORMS_TEXT, _ROUTES_TEXT, _RELEASE_TEXT, _UNITS_TEXT, _AROUND_TEXT)).split())
"""The same without times."""


def directs(words: Sequence[str]) -> bool:
    """Whether words only say how a drug is given: none is a complaint that directions name too ("for itching")."""
    return all(_is_dosage(word) for word in words)


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
_DIRECTIONS = frozenset(_DIRECTIONS_TEXT.split())
"""Words that begin or make up directions, after a name."""

_UNIT = (
    r"(?:%|(?:mg|mcg|ug|[µμ]g|gm?|kg|ml|cc|l|iu|unt|units?|u|meq|mmol|micrograms?|milligrams?|mgs|mls|grams?|mill?ion"
    r"\s+units?)\b)"
)
_MASS = r"(?:mg|mcg|ug|[µμ]g|gm?|iu|unt|units?|u|meq|mmol|micrograms?|milligrams?|grams?|mgs|%)"
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|\.\d+|½|¼|¾)"
_VOLUME = (
    r"(?:ml|l|g|kg|m2|h|hr|hour|day|d|dose|tab|tablet|cap|capsule|puff|actuation|act|spray|inh|drop|patch|vial|min)"
)
_STRENGTH = re.compile(
    rf"(?<![\w.])(?P<first>{_NUMBER})\s*(?P<unit>{_UNIT})?(?P<more>(?:\s*[-/+]\s*{_NUMBER}\s*{_UNIT}?)+)?"
    rf"(?:\s*/\s*[\d.]*\s*{_VOLUME}\b)*(?:\s*{_UNIT})?(?:\s*/\s*[\d.]*\s*{_VOLUME}\b)*",
    re.IGNORECASE,
)
_EACH = r"(?:\d{1,3}(?:[.,/]\d{1,2})?|[½¼¾])\s*(?:u|iu|units?|e|ie|tabs?)?"
_SCHEDULE = re.compile(rf"(?<![\w./-]){_EACH}(?:\s?-\s?{_EACH}){{2,3}}(?![\w./-])", re.IGNORECASE)
"""What is taken in the morning, at noon, in the evening and at night: 1-0-1, 1/2-0-1/2, 20U-0-14U."""
_COUNTED = re.compile(r"\s*(?:tabs?|caps?|tablets?|capsules?|puffs?|drops?|sachets?|sprays?|times|x|qds|tds)\b", re.I)
_SLASHED = re.compile(r"(?<![\w/])([a-z])/([a-z])(?![\w/])", re.IGNORECASE)
"""m/r, s/c, i/v, p/o."""
_MORE = re.compile(rf"\s*([-/+])\s*({_NUMBER})\s*({_UNIT})?", re.IGNORECASE)
_PER_VOLUME = re.compile(r"(?:ml|cc|l)$", re.IGNORECASE)
_FREQUENCY = re.compile(
    r"(?:q\.?\d{1,2}(?:-\d{1,2})?\.?(?:h|hr|hrs|hours?|d|w|wk|min|m)?|q\.?(?:h|d|w|am|pm|hs|od|day|week|month|night)|"
    r"\d{1,2}(?:[.,]\d)?(?:-\d{1,2}(?:[.,]\d)?){2,3}|[½1]-[½01]-[½01]|"
    r"[1-6](?:-\d)?[x×](?:/?(?:d|day|daily|w|week|wk))?|[x×]\d+(?:d|/7|/52|/12|days?|weeks?)?|\d+/(?:7|52|12)|#\d+|"
    r"\d+(?:st|nd|rd|th)|\d+-?hourly|\d+(?:hr?|hrs|hours?|days?|d|weeks?|wks?|months?))$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"\s*(?:(?:\(?\d{1,3}[.)]|[-*•·–—◦▪]|#\d{1,2}[.):]?|\[[ xX]?\])\s+)+(?=\S)")
_LEADING = re.compile(
    rf"\s*(?:{_NUMBER}\s*(?:HR|HOUR|ML|ACTUAT|MG|MCG|UNT|UNITS)\b\s*|[TC]\.\s*(?=[A-Za-z]{{4}})|[TC]\s(?=[A-Z][a-z])|"
    r"E/D\s+|(?i:tab|cap|inj|syr|syp|susp|oint|supp|neb)\.(?=[A-Za-z]{4}))+"
)
"""RxNorm's "24 HR" and "0.25 ML", and the ward's letter for tablet or capsule, before the name."""
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_AROUND = '.,:;!?"“”„«»*•·-–—'
"""What stands around a word and is no part of it: a list's bullet, a sentence's end, quotation marks."""
_JOINER = frozenset(("/", "+", "&", "and", "with", "plus", ","))
_GLUED = re.compile(r"([^\W\d_]{5,})(?:-\d\d[\d.]*|\d+(?:\.\d+)?(?:%|mg|mcg|g|ml|iu|units?)?)$", re.IGNORECASE)
_KEEPS_ITS_NUMBER_TEXT = """
    vitamin factor type interferon interleukin coenzyme macrogol polyethylene glycol polysorbate poloxamer protein
    globulin iodine iodide technetium strontium samarium radium xenon krypton fluorine gallium indium thallium
    phosphorus phosphate chromium rubidium carbon lutetium yttrium cobalt ammonia mix insulin omega beta alfa alpha
"""
_KEEPS_ITS_NUMBER = frozenset(_KEEPS_ITS_NUMBER_TEXT.split())
"""After these a bare number is part of the name: vitamin B 12, iodine 131, factor 8."""


def read(text: str) -> Line:
    """A medication line.

    >>> read("T. Ecosprin 75 OD").name, read("24 HR metoprolol 50 MG Extended Release Oral Tablet [Toprol]").name
    ('Ecosprin', 'metoprolol')
    >>> read("amoxicillin 875-125 mg").strengths, read("amoxicillin 250 mg/5 mL susp").strengths
    (2, 1)
    """
    text = _LIST_MARK.sub("", text, count=1) if _LIST_MARK.match(text) else text
    head, _, remark = text.partition(";")
    if not head.strip():
        head, remark = text.replace(";", " "), ""
    aside = [each.strip() for each in _BRACKETS.findall(head)]
    if (bare := _BRACKETS.sub(" ", head)).strip(_AROUND + " "):
        head = bare
    else:  # all of it stands in brackets
        head, aside = " ".join(aside), []
    head = re.sub(r"[()\[\]{}]", " ", head)
    head = _LEADING.sub("", head, count=1) if _LEADING.match(head) else head
    words, strengths = _words(head)
    while words and _is_dosage(words[0]) and not _is_joiner(words[0]):
        words.pop(0)
    while words and words[0].lower().strip(_AROUND) in ("take", "give", "start", "continue", "hold", "use", "new"):
        words.pop(0)
        while words and (_is_dosage(words[0]) or _is_direction(words[0])):
            words.pop(0)
    name: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        if _is_joiner(word) and name and at + 1 < len(words) and _goes_on(words[at + 1 :]):
            name.append(word)
        elif (
            name
            and not _is_joiner(name[-1])
            and not _keeps_number(name, word)
            and (_is_dosage(word) or _is_direction(word))
        ):
            after = at + 1
            while after < len(words) and _is_dosage(words[after]) and not _is_joiner(words[after]):
                after += 1
            if (
                after + 1 < len(words)
                and _is_joiner(words[after])
                and _goes_on(words[after + 1 :])
                and words[after] in "/+&"
            ):
                name.append(words[after])  # amlodipine 5 MG / benazepril 10 MG
                at = after
            else:
                break
        elif not _is_dosage(word) or _keeps_number(name, word):
            name.append(word)
        at += 1
    rest: list[str] = []
    run: list[str] = []
    dosed = at == len(words) or any(map(_is_dosage, words[at:])) or bool(strengths)
    for word in words[at:]:
        if _is_dosage(word) or _is_direction(word):
            if run:
                rest.append(" ".join(run))
            run = []
        else:
            run.append(word.strip(_AROUND))
    if run:
        rest.append(" ".join(run))
    if remark.strip():
        aside.append(remark.strip())
    written = " ".join(word for word in name)
    written = re.sub(r"\s+,", ",", written).strip(_AROUND + " ")
    return Line(written, tuple(each for each in aside if each), strengths, tuple(filter(None, rest)), dosed)


_MARK = "\x00"


def _words(text: str) -> tuple[list[str], int]:
    """The words of a text, with a mark in the place of each amount; and how many ingredients an amount speaks of."""
    most = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal most
        whole, more = found[0], found["more"] or ""
        parts = _MORE.findall(more)
        units = [found["unit"], *(unit for *_, unit in parts)]
        has_unit = re.search(rf"{_UNIT}", whole, re.IGNORECASE) is not None
        dotted = re.match(rf"{_NUMBER}\s*(?:{_UNIT})?(?:\s*/\s*(?:7|52|12))\s*$", whole) and not has_unit
        if dotted or (most and not has_unit and parts):  # after a strength 1-2 are tablets or puffs, or a target
            return f" {_MARK} "
        keeps = _keeps(text[: found.start()], several=bool(parts))
        if not has_unit and (keeps or (not parts and not _bare_strength(text, found))):
            return whole
        if not has_unit and parts and any(sign != "/" and sign != "-" for sign, *_ in parts):
            return whole
        masses = 1 + sum(1 for _, _, unit in parts if not (unit and _PER_VOLUME.search(unit)))
        if parts and not has_unit and masses > 1 and not _bare_strength(text, found):
            return whole
        if parts and _PER_VOLUME.search(units[-1] or "") and units[0] is None:
            masses = 1  # 5-10 mL
        if masses == 2 and _is_range(found["first"], parts[0]):
            masses = 1
        if not has_unit and _COUNTED.match(text, found.end()):
            masses = 0  # 1-2 tablets
        elif masses == 2 and not units[-1] and _COUNTED.match(text, found.end()) and _is_count(parts[0][1]):
            masses = 1  # 500 mg - 2 tablets
        most = max(most, masses)
        return f" {_MARK} "

    text = _SLASHED.sub(r"\1\2", text)
    marked = _STRENGTH.sub(mark, _SCHEDULE.sub(f" {_MARK} ", text))
    marked = (
        re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_])", "", marked) if re.search(r"\b(?:[a-z]\.){2,}", marked, re.I) else marked
    )
    marked = re.sub(
        r"(?<!\S)[/+&](?!\S)|(?<=[a-z)])\s*([/+&])\s*(?=[a-z])", lambda m: f" {m[0].strip()} ", marked, flags=re.I
    )
    marked = re.sub(r"(?<=\w),(?=\s)", " , ", marked)
    words = [_loosened(word) for word in marked.split()]
    return [word for word in words if word == _MARK or word in _JOINER or word.strip(_AROUND)], most


def _is_count(number: str) -> bool:
    """Whether a number is one of tablets or puffs rather than of milligrams: up to four, halves too."""
    return number in ("½", "0.5", "1", "1.5", "2", "2.5", "3", "4")


def _is_range(first: str, more: tuple[str, str, str]) -> bool:
    """Whether two amounts are from how much to how much of one drug, the second half as much again, twice or thrice the
    first (2.5-5 mg); the two of a combination seldom are (20-12.5 mg, 5-325 mg)."""
    sign, second, _ = more
    try:
        low, high = (float(each.replace(",", ".")) for each in (first, second))
    except ValueError:
        return False
    return sign == "-" and high in (1.5 * low, 2 * low, 3 * low)


def _keeps(before: str, *, several: bool = False) -> bool:
    """Whether the words before a bare number, or several, make it part of the name."""
    words = re.findall(r"[^\W_]+", before.lower())
    if not words or _is_direction(words[-1]):
        return False
    return words[-1] in _KEEPS_ITS_NUMBER or (
        not several and len(words[-1]) < 3 and words[-1].isalpha() and words[-1] not in DOSAGE_WORDS
    )


def _keeps_number(name: Sequence[str], word: str) -> bool:
    return word.isdigit() and _keeps(" ".join(name))


def _bare_strength(text: str, found: re.Match[str]) -> bool:
    """Whether a number without a unit is set off as a word, after one."""
    before, after = text[: found.start()], text[found.start() + len(found[0].rstrip()) :]
    if (words := re.findall(r"[^\W\d_]+", before)) and any(map(_is_direction, words)):
        return False
    return bool(re.search(r"\w[\s,]*\s$", before)) and (
        not after or after[:1] in " ,;.)" or _JOINED_ON.match(after) is None
    )


_JOINED_ON = re.compile(r"[\w/-]")


def _loosened(word: str) -> str:
    """A word without the strength written onto it ("captopril25", "metformin-500"), unless its kind of name has
    numbers; a lone digit after a hyphen is a name's (omega-3)."""
    found = _GLUED.match(word)
    return found[1] if found and not found[1].lower().startswith(tuple(_KEEPS_ITS_NUMBER)) else word


def _is_joiner(word: str) -> bool:
    return word.lower() in _JOINER


def _goes_on(words: Sequence[str]) -> bool:
    """Whether after a joining word another name comes, and no direction."""
    first = words[0]
    return not (_is_dosage(first) or _is_direction(first) or _is_joiner(first)) and first.strip(_AROUND)[:1].isalpha()


def _is_dosage(word: str) -> bool:
    if word == _MARK:
        return True
    bare = word.strip(_AROUND).lower()
    if not bare or bare.isdigit() or _FREQUENCY.match(bare):
        return True
    if "." in bare and bare.replace(".", "") in DOSAGE_WORDS:
        return True
    return all(part in DOSAGE_WORDS for part in re.split(r"[-/]", bare))


def _is_direction(word: str) -> bool:
    return (word.strip(_AROUND).lower() in _DIRECTIONS and not _is_joiner(word)) or word.lower() in ("and", "with", ",")
