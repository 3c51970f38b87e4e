"""Which sections labels have, how they are coded and titled, and where each goes in a monograph: `data/labels.txt`.

A code means something only within its system: `30` is Part II of a Canadian product monograph of 2012 and nothing
anywhere else. Where a document's codes contradict its titles the titles count, because people read those.
"""

from __future__ import annotations

import re

from druginfo.terms.files import data_tables
from druginfo.terms.patterns import BREASTFEEDING, PREGNANT, UNBORN
from druginfo.terms.same import without_accents

UNCLASSIFIED = "spl_unclassified_section"
HIGHLIGHTS = "highlights"
"""The summary that a label gives of a section before its full text. That of the dosage has a home of its own, so that a
regimen is in the Dosage section once."""

TABLES = data_tables("labels.txt")
HOMES = {home: tuple(keys.split()) for home, keys in TABLES["sections"].items()}
"""Section of a monograph → keys of the parts that go there."""
del HOMES["-"]
HOME_OF = {key: home for home, keys in HOMES.items() for key in keys}


def _spread(code: str) -> list[str]:
    """A code, of a range of the EMA's (`ema:800-804`) each."""
    system, _, ends = code.rpartition(":")
    if system != "ema":
        return [code]
    first, _, last = ends.partition("-")
    return [f"ema:{number}" for number in range(int(first), int(last or first) + 1)]


CODES = {one: key for key, codes in TABLES["codes"].items() for code in codes.split() for one in _spread(code)}
"""Code, with the prefix of its system → key."""

OPEN_PARTS = frozenset({"precautions", "use_in_specific_populations", UNCLASSIFIED})
"""Parts that are collections: what has a home of its own leaves them for it. Every other part stays whole."""

TITLE = {
    key: re.compile(rf"(?:{title})(?![\w&]|-\w)[:.]?", re.IGNORECASE)
    for key, title in TABLES["titles in the US"].items()
}
_TITLE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? ")
_OF_CHILDBEARING = re.compile(rf"{PREGNANT}|{UNBORN}|{BREASTFEEDING}|\blabor", re.IGNORECASE)


def key_of_title(title: str) -> str:
    """The key of a section without a code, from its title; `UNCLASSIFIED` where the title is not known.

    >>> key_of_title("2 DOSAGE AND ADMINISTRATION"), key_of_title("8.2 Lactation"), key_of_title("Rx only")
    ('dosage_and_administration', 'lactation', 'spl_unclassified_section')
    """
    bare = title[match.end() :] if (match := _TITLE_NUMBER.match(title)) else title
    for key, pattern in TITLE.items():
        if pattern.fullmatch(bare.strip()):
            return key
    return "lactation" if len(bare) <= 80 and _OF_CHILDBEARING.search(bare) else UNCLASSIFIED


# ---------------------------------------------------------------- codes and titles of other authorities

LOINC_SYSTEM = "2.16.840.1.113883.6.1"
NDC_SYSTEM = "2.16.840.1.113883.6.69"
"""The FDA's National Drug Codes."""
CANADIAN = "2.16.840.1.113883.2.20.6."
"""How the identifiers of Health Canada's code systems begin."""

_EMA_FIRST = 200000029000
PART = "part_of_the_document"
"""A title over sections and no section itself: "Part I: Health Professional Information"."""
OVER_PARTS = "parts_of_the_document"
"""Where such titles are kept, so that no word of the document is lost."""
PATIENTS = "spl_patient_package_insert"
"""What is written for patients, and stays together."""

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s*[-–]?\s+(?=\S)|(\d{1,2}(?:\.\d{1,2}){0,3})\.?$")


def number_of(title: str) -> str:
    """The number that a title begins with, or empty: `4.2` of "4.2. Posología"."""
    match = _NUMBER.match(title.strip())
    return match[1] or match[2] if match else ""


def plain_title(title: str) -> str:
    """A title without number, accents and punctuation, in lower case.

    >>> plain_title("4.2 Posología y forma de administración")
    'posologia y forma de administracion'
    """
    bare = title.strip()[match.end() :] if (match := _NUMBER.match(title.strip())) else title
    flat = without_accents(bare.replace("ø", "o").replace("Ø", "O").replace("æ", "ae")).casefold()
    return " ".join(re.sub(r"\W+", " ", flat).split())


def by_title(title: str) -> str:
    """The key that a title names in any of the languages known, or `UNCLASSIFIED`."""
    plain = plain_title(title)
    for key, pattern in TABLES["titles elsewhere"].items():
        if re.fullmatch(pattern, plain):
            return key
    return key_of_title(title) if title.isascii() else UNCLASSIFIED


def of_spl(system: str, code: str, display: str, title: str) -> str:
    """The key of an SPL section: by the title and the code's own words first where the system is Health Canada's."""
    if system == LOINC_SYSTEM or not system:
        return CODES.get(code, UNCLASSIFIED)
    if not system.startswith(CANADIAN):
        return by_title(title)
    # those of biologics, .64 and .65, number their sections in an order of their own
    template = {"8": "old", "64": "", "65": ""}.get(system.removeprefix(CANADIAN), "ca")
    return _first(by_title(title), by_title(display), CODES.get(f"{template}:{code}", ""), CODES.get(code, ""))


def of_epi(codes: list[tuple[str, str]], title: str, template: str = "", *, leaflet: bool) -> str:
    """The key of a section of European product information, whose codes are (system, code).

    `template` is the code's own text, often the English title of the template. The title's words and number come first:
    some documents give every section the same code. Only what a code says of the packaging counts before the number,
    because a package's particulars are numbered anew.
    """
    coded = _first(*(_of_code(system, code) for system, code in codes))
    if coded == "package_label_principal_display_panel" and by_title(title) == UNCLASSIFIED:
        return coded
    kind = "leaflet" if leaflet else "smpc"
    named = (key for text in (title, template) for key in (by_title(text), CODES.get(f"{kind}:{number_of(text)}", "")))
    found = _first(*named, coded)
    return UNCLASSIFIED if leaflet and found == coded == PART else found


def _first(*keys: str) -> str:
    return next((key for key in keys if key not in ("", UNCLASSIFIED)), UNCLASSIFIED)


def _of_code(system: str, code: str) -> str:
    """The key of a term of the EMA's list or, in the FDA's documents in FHIR, of LOINC; empty for any other."""
    if "loinc" in system:
        return CODES.get(code, "")
    if code.isdecimal() and ("200000029659" in system or code.startswith("2000000")):
        return CODES.get(f"ema:{int(code) - _EMA_FIRST}", "")
    return ""
