"""Headings that openFDA ran into a label's text: where they begin and end, what the label itself tells of them."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest

from druginfo.labels.evidence import evidence_of
from druginfo.labels.label import LabelBlock, Listing, Paragraph, Part
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import read_openfda
from druginfo.labels.prose import prose, ranked
from druginfo.labels.titles import (
    NO_EVIDENCE,
    Evidence,
    heading_length,
    numbered_headings,
    numbered_titles,
    title_length,
    titles_in,
)

NAMES = frozenset({"zelva", "zelvanib"})
INDICATIONS = (
    "1 INDICATIONS AND USAGE ZELVA treats: • Gout Flares: prevention of gout flares in adults ( 1.1 ) • acute "
    "lymphoblastic leukemia ( 1.3 ) 1.1 Gout Flares ZELVA is indicated for prevention of gout flares. 1.2 Familial "
    "Mediterranean Fever (FMF) ZELVA is indicated for familial Mediterranean fever. 1.3 Leukemia ZELVA is indicated "
    "for acute lymphoblastic leukemia and for tuberous sclerosis complex."
)
DOSAGE = (
    "2 DOSAGE AND ADMINISTRATION 2.1 Gout Flares Prevention of Gout Flares The dosage is 6 mg daily. Treatment of Gout "
    "Flares The dosage is 12 mg. 2.2 Recommended Dosage for Neoplastic Diseases Acute Lymphoblastic Leukemia The "
    "dosage is 20 mg/m 2 daily. 2.3 Dosage Modification in Hepatic Impairment Gout Flares Prevention of Gout Flares "
    "For prevention of gout flares give 3 mg daily. Treatment of Gout Flares Repeat no course within 14 days. FMF "
    "Patients with severe disease get 2 mg daily. Renal impairment No dose is known."
)
EVIDENCE = evidence_of((("indications_and_usage", INDICATIONS), ("dosage_and_administration", DOSAGE)), NAMES)


def label(dosage: str, indications: str = INDICATIONS) -> dict[str, Any]:
    return {
        "indications_and_usage": [indications],
        "dosage_and_administration": [dosage],
        "openfda": {"generic_name": ["ZELVANIB"], "brand_name": ["ZELVA"]},
        "set_id": "x",
        "effective_time": "20260102",
    }


def outline(dosage: str) -> list[str]:
    """The headings of the Dosage section as a monograph has them."""
    body = monograph(read_openfda(label(dosage))).split("\n## Dosage\n")[1].split("\n## ")[0]
    return [line[3:] for line in body.splitlines() if line.startswith("####")]


def test_headings_in_titles_and_texts_are_found_with_their_ranks() -> None:
    assert outline(DOSAGE) == [
        "# 2.1 Gout Flares",
        "## Prevention of Gout Flares",
        "## Treatment of Gout Flares",
        "# 2.2 Recommended Dosage for Neoplastic Diseases",
        "## Acute Lymphoblastic Leukemia",
        "# 2.3 Dosage Modification in Hepatic Impairment",
        "## Gout Flares",
        "### Prevention of Gout Flares",
        "### Treatment of Gout Flares",
        "## FMF",
        "## Renal impairment",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Gout Flares | Prevention of Gout Flares",
        "Dosage in Hepatic Impairment | Gout Flares | Prevention of Gout Flares",
        "Recommended Dosage in Adults | Gout Flares and Leukemia",
        "Recommended Dosage in Adults | Prevention of Gout Flares in Adults",
        "Gout Flares | Starting Therapy in Adults",
        "Coronary Artery Disease (CAD) | Chronic Stable Angina",
        "Recommended Dosage for ZELVA Injection | Recommended Starting Dosage of ZELVA Injection",
        "Recommendations for Missed Dose(s) | ZELVA Injection",
        "Administration Instructions | Tablets",
        "Dosage for Fever | Adult Patients",
        "Tuberous Sclerosis Complex (TSC)-Associated Tumors",
        "Dosage for Tuberous Sclerosis Complex",
        "Use with (Reversible) MAOIs Such as Linezolid",
        "Switching from an Inhibitor (MAOI) Intended to Treat Depression",
        "Recommended Dosage Modifications for Elderly Patients",
        "Prevention of Thrombosis Following Surgery",
        "Dosage in Adults Less than 65 Years of Age",
        "Zelvanib Tablets for Use as Needed",
        "Use in Pediatric Leukemia",
        "Fever (Wegener's Fever) and Leukemia",
        "Dosage for Leukemia | Adjuvant Treatment of Gout",
        "Migraine Treatment of Adults",
    ],
)
def test_where_one_title_ends_and_the_next_begins(title: str) -> None:
    parts = title.split(" | ")
    words = " ".join(parts).split()
    starts = [0, *titles_in(words, EVIDENCE), len(words)]
    assert [" ".join(words[a:b]) for a, b in itertools.pairwise(starts)] == parts


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Converting from or to ZELVA Switching from warfarin to ZELVA: Stop", "Converting from or to ZELVA"),
        ("Use of ZELVA in Fever Use of zelvanib with aspirin should", "Use of ZELVA in Fever"),
        ("Helicobacter pylori Infection The dose is", "Helicobacter pylori Infection"),
        ("Dosing for H. pylori Infection in Adults The dosage", "Dosing for H. pylori Infection in Adults"),
        ("Fever after the Fontan Procedure ZELVA is", "Fever after the Fontan Procedure"),
        ("Stopping for Surgery and other Interventions If a", "Stopping for Surgery and other Interventions"),
        ("Preparation of ZELVA 130 mg/26 mL Vial ZELVA solution is", "Preparation of ZELVA 130 mg/26 mL Vial"),
        ("Pediatric Patients [see Use in Specific Populations]", "Pediatric Patients"),
        ("Pediatric Patients (2 months up to 16 years) The dose is", "Pediatric Patients (2 months up to 16 years)"),
        ("Administration Instructions ZELVA tablets are taken", "Administration Instructions"),
        ("Use with Inhibitors Coadministration of ZELVA Tablets and aspirin raises", "Use with Inhibitors"),
        ("Gout Flares DOSES MUST BE RAISED BY A PHYSICIAN. Give", "Gout Flares"),
        ("Stopping of Treatment with ZELVA Adverse reactions may", "Stopping of Treatment with ZELVA"),
        ("Drugs that Raise the Risk of Gout with ZELVA Zelvanib is", "Drugs that Raise the Risk of Gout with ZELVA"),
        ("Fever and Gout β-blockers may", "Fever and Gout"),
        ("ZELVA tablets for Once Daily Use The dose is", "ZELVA tablets for Once Daily Use"),
    ],
)
def test_where_numbered_titles_end(text: str, title: str) -> None:
    words = text.split()
    assert " ".join(words[: numbered_titles(words, EVIDENCE)[1]]) == title


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Premedication in Adults",
            "50 mcg to 100 mcg may be given",
        ),  # "50 mcg to" in the title left a dose of 100 mcg
        ("Premedication in Adults", "50 to 100 mcg may be given"),
        ("Premedication in Adults", "5 or 10 mg is given"),
        ("Premedication in Adults", "Approximately 25% to 30% of patients had"),
        ("Blood Transfusion", "Add 450 USP units to 600 USP units of zelvanib"),
        ("Use with Strong Inhibitors", "Between 2 to 4 weeks before starting an inhibitor"),
        ("Use in Pain", "Administer 60 mg once daily in adults"),
        ("Preparation of Suspension (for 200 mL of a 2.5 mg/mL suspension)", "Add 10 mL of water"),
        ("Fever (Pediatric Patients 3 to 12 Years of Age)", "Zelvanib in children is"),
        ("Dosage in Patients Aged Less than 12 Weeks (3 months)", "The dose is 5 mg"),
        ("Pediatric Patients 3 to 9 Years of Age", "The dose is 5 mg"),
        ("Patients 12 Years of Age and Above", "The dose is 5 mg"),
    ],
)
def test_no_title_ends_within_an_amount_a_bracket_or_after_a_word_that_leads_on(title: str, text: str) -> None:
    words = f"{title} {text}".split()
    assert " ".join(words[: title_length(words, EVIDENCE)]) == title
    assert heading_length(words, EVIDENCE) in (0, len(title.split()))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("FMF Patients with severe disease", 1),
        ("Gout Flares The dosage is", 2),
        ("Gout Flares ZELVA is given", 2),
        ("Treatment of fever No dose is", 0),  # the label has no such title
        ("Prevention of gout flares The dose is", 4),
        ("Leukemia and Gout Flares Patients with", 4),
        ("Renal impairment No dose is known", 2),
        ("Pediatric Crohn’s disease is", 0),
        ("Pediatric The dosage is 5 mg", 1),
        ("Gout flares in adults are treated", 0),
        ("Dosage in Patients with Renal Impairment Zelvanib undergoes little", 6),
        ("Dosage of the Capsules in Patients with Renal Impairment Clearance falls in", 9),
        ("Use zelvanib solution for infants", 0),
        ("Use ZELVA pens with caution", 0),
        ("ZELVA Tablets Dissolution takes hours", 0),
        ("The 15 mg ZELVA Capsule The dose", 0),
        ("Limitations of Use ZELVA is not", 3),
        ("Table 2: Doses for Patients with fever", 0),
        ("Familial Mediterranean Fever Usual dosage is", 3),  # the indications have it so
        ("Plasma Levels Because of the wide variation", 2),
        ("Titration Dosage adjustments should be made", 1),
        ("Acute Otitis Media in children is", 0),
        ("Large B-Cell NHL Administer on Day 1", 3),
        ("Artery Stenosis or Volume Depletion and Renal Stenosis Blood pressure falls", 8),
        ("Conversion from Other Drugs to ZELVA tablets There is", 7),
        ("Nausea and Vomiting - Antiemetics should not", 4),
        ("Regimens for Impaired Function Above 30 Usual standard regimen", 0),  # the row of a table
    ],
)
def test_what_is_a_heading_beside_what_the_label_tells(text: str, length: int) -> None:
    assert heading_length(text.split(), EVIDENCE) == length


def test_names_of_a_list_are_no_headings() -> None:
    told = evidence_of(
        (("indications_and_usage", "1.1 Fever in adults: it helps. 1.2 Pain in adults: it helps."),), NAMES
    )
    for text in ("Fever in adults Pain in adults Cough in adults", "Fever • Pain"):
        assert not [b for b in prose(text, told) if isinstance(b, Paragraph) and b.heading]
    assert prose("It treats: • Gout Flares • FMF", EVIDENCE)[1:] == [
        Listing(((Paragraph("Gout Flares"),), (Paragraph("FMF"),)))
    ]


def test_a_number_that_refers_begins_no_subsection() -> None:
    text = "2 DOSAGE 2.1 Fever Give 5 mg. Refer to 2.2 Pain for doses. 2.2 Pain Give 6 mg. 2.3 Cough Give 7 mg."
    assert [text[at : at + 8].strip() for at in numbered_headings(text, "2")] == ["2.1 Feve", "2.2 Pain", "2.3 Coug"]
    assert text[: list(numbered_headings(text, "2"))[1]].endswith("for doses. ")
    ahead = "2.1 Fever As in 2.3 Cough give 5 mg. 2.2 Pain Give 6 mg. 2.3 Cough Give 7 mg."
    assert [ahead[at:].split(" Give")[0] for at in numbered_headings(ahead, "2")][1:] == ["2.2 Pain", "2.3 Cough"]


def test_headings_below_a_heading() -> None:
    def head(text: str, rank: int = 1) -> Paragraph:
        return Paragraph(text, len(text), rank)

    words = Paragraph("Give 5 mg.")
    blocks: list[LabelBlock] = [head("Fever"), head("Adults"), words, head("Children"), words, head("Pain"), words]
    assert [b.heading for b in ranked(blocks) if isinstance(b, Paragraph) and b.lead] == [1, 2, 2, 1]
    flat: list[LabelBlock] = [head("Fever"), words, head("Adults"), words, head("Pain"), words]
    assert [b.heading for b in ranked(flat) if isinstance(b, Paragraph) and b.lead] == [1, 1, 1], "uncertain: no scope"
    unsure: list[LabelBlock] = [head("Fever"), head("Severe Fever"), words, head("Cough"), words]
    assert [b.heading for b in ranked(unsure) if isinstance(b, Paragraph) and b.lead] == [1, 2, 1]


def test_steps_and_captions_are_no_headings() -> None:
    found = prose("1. Allergic States The dose is 5 mg. 2. Edematous States To induce diuresis give 6 mg.", EVIDENCE)
    assert not [b for b in found if isinstance(b, Paragraph) and b.heading]


def test_references_tell_titles() -> None:
    told = evidence_of(
        (
            ("warnings", "Watch levels (see DOSAGE AND ADMINISTRATION, Blood Level Monitoring)."),
            ("dosage_and_administration", "Give 5 mg. Blood Level Monitoring Several centers measure levels."),
        ),
        NAMES,
    )
    assert heading_length("Blood Level Monitoring Several centers measure".split(), told) == 3


@pytest.mark.slow
def test_a_long_text_is_looked_through_in_no_time() -> None:
    text = "2 DOSAGE AND ADMINISTRATION " + "2.1 Fever In Adults Give it. Fever Use: it helps. " * 1_500
    started = time.process_time()
    assert isinstance(read_openfda(label(text, text)).parts[0], Part)
    assert time.process_time() - started < 5


def test_without_evidence_nothing_changes() -> None:
    assert Evidence() == NO_EVIDENCE
    assert titles_in("Acute Lymphoblastic Leukemia".split(), NO_EVIDENCE) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "2.1 Adults Most need 10 mg. Heart disease of two kinds The dose in heart disease of two kinds is 5 mg.",
            ["Heart disease of two kinds"],
        ),
        (
            "2.1 Use It is all that is needed Recommended Starting Dosage in Patients with Chronic Gout The "
            "recommended starting dosage in patients with chronic gout is 2 mg.",
            ["Recommended Starting Dosage in Patients with Chronic Gout"],
        ),
        (
            "2.1 Start of Zelva Therapy Recommended Dosage in Adults with Gout The recommended dosage of ZELVA in "
            "adults with gout is 2 mg.",
            ["Recommended Dosage in Adults with Gout"],
        ),
        ("2.1 Mortality in Elderly Patients with Gout The elderly patients with gout had 2 mg.", []),
        ("2.1 Use Give 5 mg. Take care of heart disease The dose is 2 mg.", []),
        ("2.1 Use Give it for 6 to 12 Years of Age The dose for those of 12 years of age is 2 mg.", []),
    ],
)
def test_a_title_is_one_that_the_sentence_after_it_says_again(text: str, titles: list[str]) -> None:
    found = outline(f"2 DOSAGE AND ADMINISTRATION {text}")
    assert [title.lstrip("# ") for title in found[1:]] == titles


def test_a_long_title_between_items_is_one_that_the_next_item_says_again() -> None:
    title = "Noncirrhotic Hepatitis with Moderate to Advanced Fibrosis of the Liver in Adults"
    found = prose(f"• Give 2 mg. {title} • The dose for {title.lower()} is 3 mg.", NO_EVIDENCE)
    assert Paragraph(title, len(title)) in found


def test_the_lower_of_two_joined_titles_is_the_one_that_the_item_says_again() -> None:
    above, title = (
        "Recommended Maintenance Dosage of ZELVA for All Approved Indications",
        "Cardiovascular Risk Reduction",
    )
    found = prose(f"{above} {title} • The dose for cardiovascular risk reduction is 3 mg. • Give 2 mg.", NO_EVIDENCE)
    assert [block.text for block in found if isinstance(block, Paragraph)] == [above, title]


def test_a_title_without_a_verb_before_a_sentence() -> None:
    assert outline(
        "DOSAGE AND ADMINISTRATION Treatment of Fever Toenails with or without fingers The recommended dose is 5 mg. "
        "Treatment of Fever Fingers only The recommended dose is 6 mg. Take 5 mg The dose may be doubled."
    ) == [
        "# Treatment of Fever",
        "## Toenails with or without fingers",
        "# Treatment of Fever",
        "## Fingers only",
    ]


def test_a_label_above_another_and_what_follows_a_regimen() -> None:
    blocks = prose(
        "Arthritis, including flare-ups of chronic disease: Suggested dosage: 400 mg daily In symptomatic children "
        "give 200 mg. Neonates and Infants Aged less than 12 weeks: See Table 2.",
        EVIDENCE,
    )
    assert [(b.text[: b.lead], b.text[b.lead :].strip()) for b in blocks if isinstance(b, Paragraph)] == [
        ("Arthritis, including flare-ups of chronic disease:", ""),
        ("Suggested dosage:", "400 mg daily"),
        ("", "In symptomatic children give 200 mg."),
        ("Neonates and Infants Aged less than 12 weeks:", "See Table 2."),
    ]
