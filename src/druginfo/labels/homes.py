"""Which sections labels have, how they are coded and titled, and where each goes in a monograph.

Keys are the field names of the openFDA drug label API (https://open.fda.gov/apis/drug/label/searchable-fields/); SPL
sections carry LOINC codes instead, which `LOINC` translates.
"""

from __future__ import annotations

import re

from druginfo.terms.patterns import BREASTFEEDING, PREGNANT, UNBORN

UNCLASSIFIED = "spl_unclassified_section"
HIGHLIGHTS = "highlights"
"""The summary that a label gives of a section before its full text. That of the dosage has a home of its own, so that a
regimen is in the Dosage section once."""

LOINC = {
    "34066-1": "boxed_warning",
    "34067-9": "indications_and_usage",
    "34068-7": "dosage_and_administration",
    "43678-2": "dosage_forms_and_strengths",
    "34070-3": "contraindications",
    "43685-7": "warnings_and_cautions",
    "34071-1": "warnings",
    "42232-9": "precautions",
    "34072-9": "general_precautions",
    "34075-2": "laboratory_tests",
    "34076-0": "information_for_patients",
    "34073-7": "drug_interactions",
    "34074-5": "drug_and_or_laboratory_test_interactions",
    "34083-6": "carcinogenesis_and_mutagenesis_and_impairment_of_fertility",
    "42228-7": "pregnancy",
    "34077-8": "teratogenic_effects",
    "34078-6": "nonteratogenic_effects",
    "34079-4": "labor_and_delivery",
    "34080-2": "nursing_mothers",
    "77290-5": "lactation",
    "77291-3": "females_and_males_of_reproductive_potential",
    "34081-0": "pediatric_use",
    "34082-8": "geriatric_use",
    "88828-9": "renal_impairment_subsection",
    "88829-7": "hepatic_impairment_subsection",
    "43684-0": "use_in_specific_populations",
    "34084-4": "adverse_reactions",
    "90374-0": "clinical_trials_experience_section",
    "90375-7": "postmarketing_experience",
    "88830-5": "immunogenicity",
    "34085-1": "controlled_substance",
    "34086-9": "abuse",
    "34087-7": "dependence",
    "42227-9": "drug_abuse_and_dependence",
    "34088-5": "overdosage",
    "34089-3": "description",
    "34090-1": "clinical_pharmacology",
    "43679-0": "mechanism_of_action",
    "43681-6": "pharmacodynamics",
    "43682-4": "pharmacokinetics",
    "66106-6": "pharmacogenomics",
    "49489-8": "microbiology",
    "43680-8": "nonclinical_toxicology",
    "34091-9": "animal_pharmacology_and_or_toxicology",
    "34092-7": "clinical_studies",
    "34093-5": "references",
    "34069-5": "how_supplied",
    "44425-7": "storage_and_handling",
    "42231-1": "spl_medguide",
    "42230-3": "spl_patient_package_insert",
    "59845-8": "instructions_for_use",
    "68498-5": "patient_medication_information",
    "43683-2": "recent_major_changes",
    "51945-4": "package_label_principal_display_panel",
    "48780-1": "spl_product_data_elements",
    "55106-9": "active_ingredient",
    "51727-6": "inactive_ingredient",
    "55105-1": "purpose",
    "50570-1": "do_not_use",
    "50569-3": "ask_doctor",
    "50568-5": "ask_doctor_or_pharmacist",
    "50567-7": "when_using",
    "50566-9": "stop_use",
    "50565-1": "keep_out_of_reach_of_children",
    "53414-9": "pregnancy_or_breast_feeding",
    "53413-1": "questions",
    "60561-8": "other_safety_information",
    "54433-8": "user_safety_warnings",
    "69718-5": "statement_of_identity",
    "69719-3": "health_claim",
}
"""LOINC code of an SPL section → openFDA field, from the FDA's SPL implementation guide."""

HOMES: dict[str, tuple[str, ...]] = {
    "Boxed Warning": ("boxed_warning",),
    "Highlights": (HIGHLIGHTS,),
    "Usage": ("purpose", "indications_and_usage"),
    "Alternate Names": (),
    "How It Works": (
        "clinical_pharmacology",
        "mechanism_of_action",
        "pharmacodynamics",
        "pharmacokinetics",
        "microbiology",
        "pharmacogenomics",
        "immunogenicity",
    ),
    "Dosage": ("dosage_and_administration",),
    "Dosage Forms and Strengths": ("active_ingredient", "dosage_forms_and_strengths"),
    "Side Effects": ("adverse_reactions", "clinical_trials_experience_section", "postmarketing_experience"),
    "Contraindications": ("contraindications",),
    "Drug Interactions": ("drug_interactions", "drug_and_or_laboratory_test_interactions"),
    "Pregnancy and Breastfeeding": (
        "pregnancy",
        "teratogenic_effects",
        "nonteratogenic_effects",
        "labor_and_delivery",
        "lactation",
        "nursing_mothers",
        "females_and_males_of_reproductive_potential",
        "pregnancy_or_breast_feeding",
        "risks",
        "clinical_considerations",
    ),
    "Specific Populations": (
        "use_in_specific_populations",
        "pediatric_use",
        "geriatric_use",
        "renal_impairment_subsection",
        "hepatic_impairment_subsection",
    ),
    "Precautions": (
        "warnings",
        "warnings_and_cautions",
        "user_safety_warnings",
        "precautions",
        "general_precautions",
        "laboratory_tests",
        "do_not_use",
        "ask_doctor",
        "ask_doctor_or_pharmacist",
        "when_using",
        "stop_use",
        "keep_out_of_reach_of_children",
        "other_safety_information",
        "health_care_provider_letter",
    ),
    "Driving and Machines": ("driving",),
    "Overdose": ("overdosage",),
    "Drug Abuse and Dependence": ("drug_abuse_and_dependence", "controlled_substance", "abuse", "dependence"),
    "Patient Information": (
        "information_for_patients",
        "spl_medguide",
        "spl_patient_package_insert",
        "patient_medication_information",
        "information_for_owners_or_caregivers",
        "instructions_for_use",
        "questions",
    ),
    "Clinical Studies": ("clinical_studies",),
    "Nonclinical Toxicology": (
        "nonclinical_toxicology",
        "carcinogenesis_and_mutagenesis_and_impairment_of_fertility",
        "animal_pharmacology_and_or_toxicology",
    ),
    "Description": ("statement_of_identity", "description", "inactive_ingredient"),
    "How Supplied": ("how_supplied", "storage_and_handling", "incompatibilities"),
    "References": ("references",),
    "Recent Major Changes": ("recent_major_changes",),
    "Package Label": ("package_label_principal_display_panel",),
    "Product Data": ("spl_product_data_elements",),
    "Product Name": ("title_page",),
    "Authorization": ("authorization", "conditions_of_authorization"),
    "Parts of the Document": ("parts_of_the_document",),
}
"""The monograph's sections in order, and the label parts that go there; any other part gets a section of its own."""

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
