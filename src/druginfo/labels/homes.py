"""Which sections labels have, how they are coded and titled, and where each goes in a monograph.

Keys are the field names of the openFDA drug label API (https://open.fda.gov/apis/drug/label/searchable-fields/), and a
few of our own for what only other authorities have.
"""

from __future__ import annotations

import re

from druginfo.terms.patterns import BREASTFEEDING, PREGNANT, UNBORN

UNCLASSIFIED = "spl_unclassified_section"
HIGHLIGHTS = "highlights"
"""The summary that a label gives of a section before its full text. That of the dosage has a home of its own, so that a
regimen is in the Dosage section once."""

_OUTLINE = """
Boxed Warning
    boxed_warning 34066-1 ca:pi03
Highlights
    highlights
Usage
    purpose 55105-1
    indications_and_usage 34067-9 ca:pi01 old:190 ema:799 ema:895 smpc:4.1 leaflet:1
Alternate Names
How It Works
    clinical_pharmacology 34090-1 ca:pi10 old:260 old:320
    mechanism_of_action 43679-0 ca:pi10.1 old:260-10
    pharmacodynamics 43681-6 ca:pi10.2 old:260-20 ema:822-826 smpc:5.1
    pharmacokinetics 43682-4 ca:pi10.3 old:260-30 ema:827-833 smpc:5.2
    microbiology 49489-8 ca:pii15 old:330
    pharmacogenomics 66106-6
    immunogenicity 88830-5
Dosage
    dosage_and_administration 34068-7 ca:pi04 old:240 ema:800-804 ema:905-906 ema:908-909 smpc:4.2 leaflet:3
Dosage Forms and Strengths
    active_ingredient 55106-9
    dosage_forms_and_strengths 43678-2 ca:pi06 old:180 old:290 ema:797 smpc:3
Side Effects
    adverse_reactions 34084-4 ca:pi08 old:220 ema:816-818 ema:910-912 smpc:4.8 leaflet:4
    clinical_trials_experience_section 90374-0
    postmarketing_experience 90375-7
Contraindications
    contraindications 34070-3 ca:pi02 old:200 ema:805 ema:897 smpc:4.3
Drug Interactions
    drug_interactions 34073-7 ca:pi09 old:230 ema:809-810 ema:900-901 smpc:4.5
    drug_and_or_laboratory_test_interactions 34074-5
Pregnancy and Breastfeeding
    pregnancy 42228-7 ca:pi07.1.1 old:210-210-10 ema:811-814 ema:902 smpc:4.6
    teratogenic_effects 34077-8
    nonteratogenic_effects 34078-6
    labor_and_delivery 34079-4
    lactation 77290-5 ca:pi07.1.2 old:210-210-20 old:210-210-70
    nursing_mothers 34080-2
    females_and_males_of_reproductive_potential 77291-3
    pregnancy_or_breast_feeding 53414-9
    risks
    clinical_considerations
Specific Populations
    use_in_specific_populations 43684-0 ca:pi07.1 old:210-210
    pediatric_use 34081-0 ca:pi07.1.3 old:210-210-30 ema:899
    geriatric_use 34082-8 ca:pi07.1.4 old:210-210-40
    renal_impairment_subsection 88828-9
    hepatic_impairment_subsection 88829-7
Precautions
    warnings 34071-1
    warnings_and_cautions 43685-7 ca:pi07 old:210 ema:806-808 ema:896 ema:898 ema:904 smpc:4.4 leaflet:2
    user_safety_warnings 54433-8
    precautions 42232-9
    general_precautions 34072-9
    laboratory_tests 34075-2
    do_not_use 50570-1
    ask_doctor 50569-3
    ask_doctor_or_pharmacist 50568-5
    when_using 50567-7
    stop_use 50566-9
    keep_out_of_reach_of_children 50565-1
    other_safety_information 60561-8
    health_care_provider_letter
Driving and Machines
    driving ema:815 ema:903 smpc:4.7
Overdose
    overdosage 34088-5 ca:pi05 old:250 ema:819-820 ema:907 smpc:4.9
Drug Abuse and Dependence
    drug_abuse_and_dependence 42227-9
    controlled_substance 34085-1
    abuse 34086-9
    dependence 34087-7
Patient Information
    information_for_patients 34076-0
    spl_medguide 42231-1
    spl_patient_package_insert 42230-3 ca:pmi00 old:40
    patient_medication_information 68498-5
    information_for_owners_or_caregivers
    instructions_for_use 59845-8 ema:849 smpc:12
    questions 53413-1
Clinical Studies
    clinical_studies 34092-7 ca:pii14 old:310
Nonclinical Toxicology
    nonclinical_toxicology 43680-8 ca:pii16 old:340 ema:834-835 smpc:5.3
    carcinogenesis_and_mutagenesis_and_impairment_of_fertility 34083-6
    animal_pharmacology_and_or_toxicology 34091-9
Description
    statement_of_identity 69718-5
    description 34089-3 ca:pii13 old:300 ema:793-796 ema:914-916 smpc:2 leaflet:6
    inactive_ingredient 51727-6 ema:837 smpc:6.1
How Supplied
    how_supplied 34069-5 ca:pi12 old:280 ema:839-841 ema:913 smpc:6.3 smpc:6.4 smpc:6.5 leaflet:5
    storage_and_handling 44425-7 ca:pi11 old:270 ema:842-843 smpc:6.6
    incompatibilities ema:838 smpc:6.2
References
    references 34093-5 ca:pii17 old:350
Recent Major Changes
    recent_major_changes 43683-2 ca:1RMLC
Package Label
    package_label_principal_display_panel 51945-4 ema:861-893
Product Data
    spl_product_data_elements 48780-1
Product Name
    title_page ca:0TP old:10 ema:792 smpc:1
Authorization
    authorization ema:844-847 ema:850-860 ema:917-920 smpc:7 smpc:8 smpc:9 smpc:10
    conditions_of_authorization ca:0NOC ca:0BBD
Parts of the Document
    parts_of_the_document
-
    health_claim 69719-3
    part_of_the_document ca:pi00 ca:pii00 ca:0MP old:20 old:30 old:48780-1 ema:791 ema:798 ema:821 ema:836 ema:894
    part_of_the_document smpc:4 smpc:5 smpc:6
    dosimetry ema:848 smpc:11
    information_for_professionals ema:921
"""
"""The monograph's sections in order, and the label parts that go to each, by key, with the codes that stand for such a
part; any other part gets a section of its own, and those after `-` have none.

A bare code is LOINC's, from the FDA's SPL implementation guide; `ca:` and `old:` are Health Canada's, of the templates
of 2016 and 2020 (2.16.840.1.113883.2.20.6.60, .63) and of those before (.8); `ema:` are the last digits of EMA SPOR's
terms 200000029791 to 200000029921, of the QRD template, with one meaning in every language; `smpc:` and `leaflet:`
are the numbers that the sections of every European document have (Directive 2001/83/EC).
"""


def _read(outline: str) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    homes: dict[str, tuple[str, ...]] = {}
    codes: dict[str, str] = {}
    home = ""
    for line in outline.strip().splitlines():
        if not line.startswith(" "):
            homes[home := line] = ()
            continue
        key, *listed = line.split()
        homes[home] = (*homes[home], key)
        for code in listed:
            system, _, last = code.rpartition(":")
            ends = [int(end) for end in last.split("-")] if system == "ema" else []
            codes |= dict.fromkeys([f"ema:{n}" for n in range(ends[0], ends[-1] + 1)] if ends else [code], key)
    return homes, codes


HOMES, CODES = _read(_OUTLINE)
"""Section of a monograph → keys of the parts that go there; code, with the prefix of its system → key."""
del HOMES["-"]

HOME_OF = {key: home for home, keys in HOMES.items() for key in keys}

OPEN_PARTS = frozenset({"precautions", "use_in_specific_populations", UNCLASSIFIED})
"""Parts that are collections: what has a home of its own leaves them for it. Every other part stays whole."""

_TITLES = {
    "boxed_warning": r"(?:BOXED )?WARNINGS?(?=[ ]WARNING)",
    "indications_and_usage": r"INDICATIONS? (?:AND|&) USAGE|INDICATIONS?|USES?",
    "dosage_and_administration": r"DOSAGE (?:AND|&) ADMINISTRATION|DIRECTIONS",
    "dosage_forms_and_strengths": r"DOSAGE FORMS? (?:AND|&) STRENGTHS?",
    "contraindications": r"CONTRAINDICATIONS?",
    "warnings_and_cautions": r"WARNINGS (?:AND|&) PRECAUTIONS",
    "warnings": r"WARNINGS?",
    "precautions": r"PRECAUTIONS?",
    "general_precautions": r"GENERAL(?: PRECAUTIONS)?",
    "drug_interactions": r"DRUG INTERACTIONS?",
    "adverse_reactions": r"ADVERSE REACTIONS?",
    "use_in_specific_populations": r"USE IN SPECIFIC POPULATIONS",
    "pregnancy": r"PREGNANCY",
    "nursing_mothers": r"NURSING MOTHERS",
    "pediatric_use": r"PEDIATRIC USE",
    "geriatric_use": r"GERIATRIC USE",
    "labor_and_delivery": r"LABOR (?:AND|&) DELIVERY",
    "laboratory_tests": r"LABORATORY TESTS",
    "risks": r"RISK SUMMARY",
    "overdosage": r"OVERDOSAGE",
    "description": r"DESCRIPTION",
    "clinical_pharmacology": r"CLINICAL PHARMACOLOGY",
    "mechanism_of_action": r"MECHANISM OF ACTION",
    "pharmacodynamics": r"PHARMACODYNAMICS",
    "pharmacokinetics": r"PHARMACOKINETICS",
    "pharmacogenomics": r"PHARMACOGENOMICS",
    "microbiology": r"MICROBIOLOGY",
    "drug_abuse_and_dependence": r"DRUG ABUSE (?:AND|&) DEPENDENCE",
    "nonclinical_toxicology": r"NONCLINICAL TOXICOLOGY",
    "carcinogenesis_and_mutagenesis_and_impairment_of_fertility": (
        r"CARCINOGENESIS,?(?: AND)? MUTAGENESIS,?(?: AND)? IMPAIRMENT OF FERTILITY"
    ),
    "clinical_studies": r"CLINICAL STUDIES",
    "references": r"REFERENCES",
    "how_supplied": r"HOW SUPPLIED(?: ?/ ?STORAGE (?:AND|&) HANDLING)?",
    "storage_and_handling": r"STORAGE (?:AND|&) HANDLING",
    "information_for_patients": r"PATIENT COUNSELING INFORMATION|INFORMATION FOR PATIENTS",
    "spl_medguide": r"MEDICATION GUIDE",
    "spl_patient_package_insert": r"PATIENT INFORMATION",
    "instructions_for_use": r"INSTRUCTIONS FOR USE",
    "purpose": r"PURPOSES?",
    "active_ingredient": r"ACTIVE INGREDIENTS?",
    "inactive_ingredient": r"INACTIVE INGREDIENTS?",
    "other_safety_information": r"OTHER INFORMATION",
    "questions": r"QUESTIONS(?: OR COMMENTS)?\??",
}
"""How labels title their sections: prescription (21 CFR 201.56, 201.57, 201.80), over the counter (21 CFR 201.66)."""

TITLE = {key: re.compile(rf"(?:{title})(?![\w&]|-\w)[:.]?", re.IGNORECASE) for key, title in _TITLES.items()}

_TITLE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? ")
_OF_CHILDBEARING = re.compile(rf"{PREGNANT}|{UNBORN}|{BREASTFEEDING}|\blabor", re.IGNORECASE)


def key_of_title(title: str) -> str:
    """The key of a section that carries no code, from its title; `UNCLASSIFIED` where the title is none of those known.

    >>> key_of_title("2 DOSAGE AND ADMINISTRATION"), key_of_title("8.2 Lactation"), key_of_title("Rx only")
    ('dosage_and_administration', 'lactation', 'spl_unclassified_section')
    """
    bare = title[match.end() :] if (match := _TITLE_NUMBER.match(title)) else title
    for key, pattern in TITLE.items():
        if pattern.fullmatch(bare.strip()):
            return key
    return "lactation" if len(bare) <= 80 and _OF_CHILDBEARING.search(bare) else UNCLASSIFIED
