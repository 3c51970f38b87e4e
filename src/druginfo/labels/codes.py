"""Which section a code or a title names, by code system and language.

A code means something only within its system: `30` is Part II of a Canadian product monograph of 2012 and nothing
anywhere else. Where a document's codes contradict its titles the titles count, because people read those. Keys are
those of `homes`.

Sources: FDA SPL implementation guide (LOINC, in `homes`); Health Canada's controlled vocabularies
2.16.840.1.113883.2.20.6.8, .60 and .63; EMA SPOR list 200000029659 ("Product information template"), whose terms follow
the QRD template; the QRD templates in the languages of the European Economic Area for the titles.
"""

from __future__ import annotations

import re
import unicodedata

from druginfo.labels.homes import LOINC, UNCLASSIFIED, key_of_title

LOINC_SYSTEM = "2.16.840.1.113883.6.1"
NDC_SYSTEM = "2.16.840.1.113883.6.69"
"""The FDA's National Drug Codes."""
CANADIAN = "2.16.840.1.113883.2.20.6."
"""How the identifiers of Health Canada's code systems begin."""

PART = "part_of_the_document"
"""A title over sections and no section itself: "Part I: Health Professional Information"."""
OVER_PARTS = "parts_of_the_document"
"""Where such titles are kept, so that no word of the document is lost."""
PATIENTS = "spl_patient_package_insert"
"""What is written for patients, and stays together."""

_CANADIAN_NUMBERS = {
    "pi01": "indications_and_usage",
    "pi02": "contraindications",
    "pi03": "boxed_warning",
    "pi04": "dosage_and_administration",
    "pi05": "overdosage",
    "pi06": "dosage_forms_and_strengths",
    "pi07": "warnings_and_cautions",
    "pi07.1": "use_in_specific_populations",
    "pi07.1.1": "pregnancy",
    "pi07.1.2": "lactation",
    "pi07.1.3": "pediatric_use",
    "pi07.1.4": "geriatric_use",
    "pi08": "adverse_reactions",
    "pi09": "drug_interactions",
    "pi10": "clinical_pharmacology",
    "pi10.1": "mechanism_of_action",
    "pi10.2": "pharmacodynamics",
    "pi10.3": "pharmacokinetics",
    "pi11": "storage_and_handling",
    "pi12": "how_supplied",
    "pii13": "description",
    "pii14": "clinical_studies",
    "pii15": "microbiology",
    "pii16": "nonclinical_toxicology",
    "pii17": "references",
    "pi00": PART,
    "pii00": PART,
    "pmi00": PATIENTS,
    "0MP": PART,
    "0TP": "title_page",
    "0NOC": "conditions_of_authorization",
    "0BBD": "conditions_of_authorization",
    "1RMLC": "recent_major_changes",
}
"""2.16.840.1.113883.2.20.6.60 and .63: the numbers of the templates of 2016 and 2020."""

_CANADIAN_OLD = {
    "10": "title_page",
    "20": PART,
    "30": PART,
    "40": PATIENTS,
    "180": "dosage_forms_and_strengths",
    "190": "indications_and_usage",
    "200": "contraindications",
    "210": "warnings_and_cautions",
    "210-210": "use_in_specific_populations",
    "210-210-10": "pregnancy",
    "210-210-20": "lactation",
    "210-210-30": "pediatric_use",
    "210-210-40": "geriatric_use",
    "210-210-70": "lactation",
    "220": "adverse_reactions",
    "230": "drug_interactions",
    "240": "dosage_and_administration",
    "250": "overdosage",
    "260": "clinical_pharmacology",
    "260-10": "mechanism_of_action",
    "260-20": "pharmacodynamics",
    "260-30": "pharmacokinetics",
    "270": "storage_and_handling",
    "280": "how_supplied",
    "290": "dosage_forms_and_strengths",
    "300": "description",
    "310": "clinical_studies",
    "320": "clinical_pharmacology",
    "330": "microbiology",
    "340": "nonclinical_toxicology",
    "350": "references",
    "48780-1": PART,
}
"""2.16.840.1.113883.2.20.6.8: the templates before 2016."""

_EMA_FIRST = 200000029791
_EMA_KEYS = {
    791: PART,
    792: "title_page",
    **dict.fromkeys((793, 794, 795, 796), "description"),
    797: "dosage_forms_and_strengths",
    798: PART,
    799: "indications_and_usage",
    **dict.fromkeys(range(800, 805), "dosage_and_administration"),
    805: "contraindications",
    **dict.fromkeys(range(806, 809), "warnings_and_cautions"),
    **dict.fromkeys((809, 810), "drug_interactions"),
    **dict.fromkeys(range(811, 815), "pregnancy"),
    815: "driving",
    **dict.fromkeys(range(816, 819), "adverse_reactions"),
    **dict.fromkeys((819, 820), "overdosage"),
    821: PART,
    **dict.fromkeys(range(822, 827), "pharmacodynamics"),
    **dict.fromkeys(range(827, 834), "pharmacokinetics"),
    **dict.fromkeys((834, 835), "nonclinical_toxicology"),
    836: PART,
    837: "inactive_ingredient",
    838: "incompatibilities",
    **dict.fromkeys(range(839, 842), "how_supplied"),
    **dict.fromkeys((842, 843), "storage_and_handling"),
    **dict.fromkeys(range(844, 848), "authorization"),
    848: "dosimetry",
    849: "instructions_for_use",
    **dict.fromkeys(range(850, 861), "authorization"),
    **dict.fromkeys(range(861, 894), "package_label_principal_display_panel"),
    894: PART,
    895: "indications_and_usage",
    896: "warnings_and_cautions",
    897: "contraindications",
    898: "warnings_and_cautions",
    899: "pediatric_use",
    **dict.fromkeys((900, 901), "drug_interactions"),
    902: "pregnancy",
    903: "driving",
    904: "warnings_and_cautions",
    **dict.fromkeys((905, 906, 908, 909), "dosage_and_administration"),
    907: "overdosage",
    **dict.fromkeys((910, 911, 912), "adverse_reactions"),
    913: "how_supplied",
    **dict.fromkeys((914, 915, 916), "description"),
    **dict.fromkeys((917, 918, 919, 920), "authorization"),
    921: "information_for_professionals",
}
"""The last three digits of the terms 200000029791 to 200000029921; one meaning in every language."""

SMPC_NUMBERS = {
    "1": "title_page",
    "2": "description",
    "3": "dosage_forms_and_strengths",
    "4": PART,
    "4.1": "indications_and_usage",
    "4.2": "dosage_and_administration",
    "4.3": "contraindications",
    "4.4": "warnings_and_cautions",
    "4.5": "drug_interactions",
    "4.6": "pregnancy",
    "4.7": "driving",
    "4.8": "adverse_reactions",
    "4.9": "overdosage",
    "5": PART,
    "5.1": "pharmacodynamics",
    "5.2": "pharmacokinetics",
    "5.3": "nonclinical_toxicology",
    "6": PART,
    "6.1": "inactive_ingredient",
    "6.2": "incompatibilities",
    "6.3": "how_supplied",
    "6.4": "how_supplied",
    "6.5": "how_supplied",
    "6.6": "storage_and_handling",
    "7": "authorization",
    "8": "authorization",
    "9": "authorization",
    "10": "authorization",
    "11": "dosimetry",
    "12": "instructions_for_use",
}
"""The sections of every European summary of product characteristics, whatever its language (Directive 2001/83/EC)."""

LEAFLET_NUMBERS = {
    "1": "indications_and_usage",
    "2": "warnings_and_cautions",
    "3": "dosage_and_administration",
    "4": "adverse_reactions",
    "5": "how_supplied",
    "6": "description",
}
"""The sections of every European package leaflet."""

_TITLES = {
    "indications_and_usage": (
        "indications?( and clinical use| et utilisation clinique)?|indications therapeutiques|indicaciones terapeuticas"
        "|(terapeutiske )?indikasjon(er)?|therapeutic indications|about this medication"
    ),
    "contraindications": "contre indications|contraindicaciones|kontraindikasjoner|contra ?indications",
    "boxed_warning": (
        "(encadre (sur les|mises? en garde) .*|serious warnings and precautions( box)?|mises en garde et precautions "
        "(importantes|graves)|boxed warning)"
    ),
    "dosage_and_administration": (
        "dosage and administration|posologie et (mode d )?administration|posologia( y forma de administracion)?"
        "|dosering( og administrasjonsmate)?|posology and method of administration|dosage|proper use of this medication"
    ),
    "overdosage": "overdos(age|e)|surdos(age|e)|sobredosis|overdosering",
    "dosage_forms_and_strengths": (
        "dosage forms.*|formes? (posologiques?|pharmaceutiques?).*|forma farmaceutica|legemiddelform"
        "|pharmaceutical form|summary product information|renseignements sommaires sur le produit"
    ),
    "warnings_and_cautions": (
        "warnings and precautions|mises en garde et precautions( d emploi)?"
        "|advertencias y precauciones especiales de empleo|advarsler og forsiktighetsregler"
        "|special warnings and precautions for use"
    ),
    "use_in_specific_populations": "(special|specific) populations?|populations? (particulieres|speciales)",
    "pregnancy": (
        "(fertility )?pregnancy( and lactation)?|pregnant women|femmes enceintes|grossesse"
        "|fertilidad embarazo y lactancia|fertilitet graviditet og amming|graviditet og amming"
    ),
    "lactation": "breast feeding|nursing women|femmes qui allaitent|allaitement|lactation",
    "pediatric_use": "p(a)?ediatrics|enfants( et adolescents)?|pediatrie",
    "geriatric_use": "geriatrics|personnes agees|geriatrie",
    "adverse_reactions": (
        "adverse reactions|effets indesirables|reacciones adversas|bivirkninger|undesirable effects"
        "|side effects and what to do about them"
    ),
    "drug_interactions": (
        "drug interactions|interactions medicamenteuses|interaccion(es)? con otros medicamentos.*"
        "|interaksjon(er)? med andre legemidler.*|interactions? with other medicinal products.*"
        "|interactions with this medication"
    ),
    "driving": (
        "effects on ability to drive and use machines|efectos sobre la capacidad para conducir.*"
        "|pavirkning av evnen til a kjore bil.*"
    ),
    "clinical_pharmacology": (
        "(action and )?clinical pharmacology|(mode d action et )?pharmacologie clinique|detailed pharmacology"
        "|pharmacologie detaillee"
    ),
    "mechanism_of_action": "mechanism of action|mecanisme d action",
    "pharmacodynamics": (
        "pharmacodynami(cs|e|que)|propiedades farmacodinamicas|farmakodynamiske egenskaper|pharmacodynamic properties"
    ),
    "pharmacokinetics": (
        "pharmacokinetics|pharmacocinetique|propiedades farmacocineticas|farmakokinetiske egenskaper"
        "|pharmacokinetic properties"
    ),
    "nonclinical_toxicology": (
        "(non clinical )?toxicology|toxicologie( non clinique)?|datos preclinicos sobre seguridad|prekliniske "
        "sikkerhetsdata|preclinical safety data"
    ),
    "storage_and_handling": ("storage( and)? stability( and disposal)?|(entreposage|conservation) .*|how to store it"),
    "how_supplied": "special handling instructions|(particularites de manipulation.*|directives particulieres .*)",
    "description": (
        "pharmaceutical information|(informations?|renseignements) pharmaceutiques?"
        "|composicion cualitativa y cuantitativa|kvalitativ og kvantitativ sammensetning"
        "|qualitative and quantitative composition"
    ),
    "clinical_studies": "clinical (trials|studies)|(essais|etudes) cliniques",
    "microbiology": "microbiolog(y|ie)",
    "references": "references|supporting product monographs|monographies de produit de soutien",
    "title_page": (
        "name of the medicinal product|nombre del medicamento|legemidlets navn|title page|page titre|titre de page"
    ),
    "inactive_ingredient": "list of excipients|lista de excipientes|(liste over )?hjelpestoffer",
    "recent_major_changes": "recent major label changes|modifications importantes apportees recemment .*",
    PART: (
        "part(ie)? (i|ii|1|2)( .*)?|clinical particulars|datos clinicos|kliniske opplysninger"
        "|pharmacological properties|propiedades farmacologicas|farmakologiske egenskaper"
        "|pharmaceutical particulars|datos farmaceuticos"
        "|farmasoytiske opplysninger|summary of product characteristics|manufactured product|produit fabrique"
    ),
    PATIENTS: (
        "part(ie)? (iii|3)( .*)?|(consumer|patient medication) information|information destinee aux? patients?.*"
        "|renseignements (pour le|destines aux?) (patient|consommateur)s?.*"
    ),
}
_BY_TITLE = [(key, re.compile(pattern)) for key, pattern in _TITLES.items()]
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s*[-–]?\s+(?=\S)|(\d{1,2}(?:\.\d{1,2}){0,3})\.?$")


def number_of(title: str) -> str:
    """The number that a title begins with, or empty: `4.2` of "4.2. Posología"."""
    match = _NUMBER.match(title.strip())
    return (match[1] or match[2]).rstrip(".") if match else ""


def plain_title(title: str) -> str:
    """A title without number, accents and punctuation, in lower case.

    >>> plain_title("4.2 Posología y forma de administración")
    'posologia y forma de administracion'
    """
    bare = title.strip()[match.end() :] if (match := _NUMBER.match(title.strip())) else title
    flat = unicodedata.normalize("NFKD", bare.replace("ø", "o").replace("Ø", "O").replace("æ", "ae")).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", "".join(c for c in flat if not unicodedata.combining(c))).split())


def by_title(title: str) -> str:
    """The key that a title names in any of the languages known, or `UNCLASSIFIED`."""
    plain = plain_title(title)
    for key, pattern in _BY_TITLE:
        if pattern.fullmatch(plain):
            return key
    return key_of_title(title) if title.isascii() else UNCLASSIFIED


def of_spl(system: str, code: str, display: str, title: str) -> str:
    """The key of an SPL section: by the title and the code's own words first where the system is Health Canada's."""
    if system == LOINC_SYSTEM or not system:
        return LOINC.get(code, UNCLASSIFIED)
    if not system.startswith(CANADIAN):
        return by_title(title)
    numbered = _CANADIAN_OLD if system == f"{CANADIAN}8" else _CANADIAN_NUMBERS
    for key in (by_title(title), by_title(display), numbered.get(code, UNCLASSIFIED)):
        if key != UNCLASSIFIED:
            return key
    return LOINC.get(code, UNCLASSIFIED)


def of_epi(codes: list[tuple[str, str]], title: str, template: str = "", *, leaflet: bool) -> str:
    """The key of a section of European product information, whose codes are (system, code).

    `template` is the code's own text, often the English title of the template. The title's words and number come first:
    some documents give every section the same code. Only what a code says of the packaging counts before the number,
    because a package's particulars are numbered anew.
    """
    numbers = LEAFLET_NUMBERS if leaflet else SMPC_NUMBERS
    coded = next(filter(None, (_of_code(system, code) for system, code in codes)), "")
    if coded == "package_label_principal_display_panel" and by_title(title) == UNCLASSIFIED:
        return coded
    named = (key for text in (title, template) for key in (by_title(text), numbers.get(number_of(text), "")))
    found = next((key for key in named if key not in ("", UNCLASSIFIED)), coded)
    return found if found and not (leaflet and found == coded == PART) else UNCLASSIFIED


def _of_code(system: str, code: str) -> str:
    """The key of a term of the EMA's list or, in the FDA's documents in FHIR, of LOINC; empty for any other."""
    if "loinc" in system:
        return LOINC.get(code, "")
    if code.isdecimal() and ("200000029659" in system or code.startswith("2000000")):
        return _EMA_KEYS.get(int(code) - _EMA_FIRST + 791, "")
    return ""
