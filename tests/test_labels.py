"""What a label says arrives in its monograph: all of it, in order, in the section where a reader looks for it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from druginfo.labels.coverage import lost
from druginfo.labels.drugname import drug_name, sentence_case
from druginfo.labels.importing import read_xml
from druginfo.labels.label import Label, Listing, Paragraph, Part, Refused, Table
from druginfo.labels.lines import tidy
from druginfo.labels.monograph import is_untouched, monograph
from druginfo.labels.openfda import read_openfda
from druginfo.labels.prose import prose
from druginfo.labels.titles import NO_EVIDENCE, Evidence, heading_length, title_length, titles_in
from druginfo.labels.xmltree import document, fragment
from druginfo.markup import plain
from druginfo.model import Monograph, Section
from druginfo.parse import parse

FIXTURES = Path(__file__).parent / "fixtures" / "labels"


def written(name: str) -> Monograph:
    path = FIXTURES / name
    if path.suffix == ".xml":
        (label,) = read_xml(path.read_bytes())
    else:
        record = json.loads(path.read_text(encoding="utf-8"))
        label = read_openfda(record["results"][0] if "results" in record else record)
    found = drug_name(label)
    return parse(monograph(label, found), found.slug, name)


def text_under(drug: Monograph, key: str) -> str:
    """Plain text of a section and all below it."""
    inside = [s for s in drug.sections if s.key == key or s.key.startswith(f"{key}/")]
    return "\n".join(f"{s.title}\n{s.text}" for s in inside)


def only(drug: Monograph, end: str) -> Section:
    (found,) = [s for s in drug.sections if s.key.endswith(end)]
    return found


def rows(section: Section) -> list[tuple[str, ...]]:
    return [tuple(map(plain, block.cells)) for block in section.blocks if block.kind in ("header", "row")]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", text).casefold())


# ---------------------------------------------------------------- openFDA


def test_a_record_becomes_the_seed_s_layout() -> None:
    drug = written("openfda_new_format.json")
    assert drug.title == "Zelvanib tosylate"
    assert drug.slug == "zelvanib-tosylate"
    assert {(n.name, n.field) for n in drug.names} >= {("Zelva", "brand"), ("Zelvanib", "synonym")}
    assert drug.classes == ("Kinase Inhibitor",)
    assert drug.last_modified == "2024-02-29"
    assert not drug.is_banned
    assert drug.sources[0].id == "11111111-2222-4333-8444-555555555555"
    assert drug.sources[0].url is not None
    assert drug.sources[0].url.endswith("setid=11111111-2222-4333-8444-555555555555")
    assert drug.faults == ()
    assert drug.faqs == ()
    assert [s.title for s in drug.sections if s.level == 2] == [
        "Boxed Warning",
        "Usage",
        "Alternate Names",
        "How It Works",
        "Dosage",
        "Side Effects",
        "Contraindications",
        "Drug Interactions",
        "Pregnancy and Breastfeeding",
        "Specific Populations",
        "Precautions",
        "Patient Information",
        "Product Data",
        "Zz New Field Of The Api",
    ]


def test_numbered_subsections_become_headings_that_end_where_the_sentence_begins() -> None:
    drug = written("openfda_new_format.json")
    titles = [s.title for s in drug.sections if re.match(r"\d", s.title)]
    assert "2.1 Recommended Dosage" in titles
    assert "5.2 Renal Function Impairment" in titles  # not "… Treatment with ZELVA"
    assert "7.1 Strong CYP3A4 Inhibitors" in titles
    assert "8.2 Lactation" in titles
    assert only(drug, "5-2-renal-function-impairment").text == "Treatment with ZELVA may raise creatinine."


def test_a_table_is_where_its_words_ran_together_with_spans_repeated_and_notes_kept() -> None:
    section = only(written("openfda_new_format.json"), "2-1-recommended-dosage")
    assert rows(section) == [
        ("Body Weight", "Dosage, Starting", "Dosage, Maintenance"),
        ("10 kg to less than 25 kg", "5 mg once daily", "10 mg once daily [1]"),
        ("", "", "[1] Reduce to 5 mg if not tolerated."),
        (
            "25 kg or more †",
            "10 mg/m² once daily; Maximum 20 mg",
            "10 mg once daily [1]",
        ),
    ]
    paragraphs = [plain(b.text) for b in section.blocks if b.kind == "paragraph"]
    assert paragraphs == [
        "The recommended dosage of ZELVA depends on body weight (Table 1).",
        "Table 1: Recommended Dosage of ZELVA by Body Weight",
        "† Including adults | elderly",
        "Take ZELVA with food.",
    ]
    below = only(written("openfda_new_format.json"), "2-1-recommended-dosage/hepatic-impairment")
    assert below.text == "In patients with moderate hepatic impairment, reduce the dose by 50%."


def test_what_markdown_would_eat_arrives() -> None:
    section = only(written("openfda_new_format.json"), "2-2-renal-impairment")
    assert section.text.endswith("1.73 m². Do not use <ZELVA> with 5*3 mg_ or &amp; signs.")
    assert "HLA-B*1502 positive eczema" in text_under(written("openfda_new_format.json"), "usage")


def test_subsections_that_the_api_gives_twice_arrive_once() -> None:
    body = "".join(s.markdown for s in written("openfda_new_format.json").sections)
    for once in ("Zelvanib blocks zelva kinase.", "Peak levels occur", "No harm was seen", "not studied below 10 kg"):
        assert body.count(once) == 1


def test_cross_references_are_tidied() -> None:
    assert "[see Clinical Studies (14.2, 14.3)]." in text_under(written("openfda_new_format.json"), "usage")
    assert tidy("mg/kg ( 2.2 , 5.2 ) [ see Warnings ( 5.1 ) ] .") == "mg/kg (2.2, 5.2) [see Warnings (5.1)]."
    assert tidy("take .5 mg and , then 2 . 5") == "take .5 mg and, then 2. 5"


def test_a_subsection_s_own_subsections_stay_with_it() -> None:
    record = {
        "use_in_specific_populations": [
            "8 USE IN SPECIFIC POPULATIONS 8.2 Lactation Risk Summary No data. 8.4 Pediatric Use None."
        ],
        "risks": ["Risk Summary No data."],
        "openfda": {"generic_name": ["ZELVANIB"]},
    }
    drug = parse(monograph(read_openfda(record)), "z", "")
    assert only(drug, "risk-summary").key == "pregnancy-and-breastfeeding/8-2-lactation/risk-summary"


def test_an_old_label_finds_its_homes() -> None:
    drug = written("openfda_old_format.json")
    assert text_under(drug, "drug-interactions") == "Drug Interactions\nORBIN raises digoxin levels."
    assert "crossed the placenta" in text_under(drug, "pregnancy-and-breastfeeding")
    assert "Not established." in text_under(drug, "specific-populations")
    assert "may cause drowsiness" in text_under(drug, "precautions")
    assert "Use ORBIN with care." in text_under(drug, "precautions")
    assert "raises digoxin" not in text_under(drug, "precautions")
    assert "Rx only" in text_under(drug, "other-label-text")


def test_an_over_the_counter_label_without_names_takes_them_from_its_product_data() -> None:
    drug = written("openfda_over_the_counter.json")
    assert drug.title == "Dimolate"
    assert [n.name for n in drug.names if n.field == "brand"] == ["Calmtum Antacid Plus"]
    assert "adults: chew 2 tablets" in text_under(drug, "dosage")
    assert "Antacid" in text_under(drug, "usage")
    assert "kidney disease" in text_under(drug, "precautions")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"error": {"code": "NOT_FOUND", "message": "No matches found!"}}, "No matches found"),
        ({}, "no label sections"),
        ({"epi": {"resourceType": "Bundle"}, "ips": {}}, "no label: it holds epi, ips"),
        ({"set_id": "x", "openfda": {"generic_name": ["A"]}}, "no label sections"),
        ({"indications_and_usage": ["For cough."], "openfda": {}}, "names no drug"),
        ({"indications_and_usage": ["For cough."], "openfda": {"generic_name": ["薬"]}}, "no file name"),
    ],
)
def test_what_is_no_label_of_a_drug_is_refused_with_the_reason(record: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        monograph(read_openfda(record))


def test_an_inactive_ingredient_never_becomes_the_drug() -> None:
    record = {
        "indications_and_usage": ["Xonol is indicated for cough."],
        "spl_product_data_elements": ["Xonol Forte 1 LACTOSE MAGNESIUM STEARATE LACTOSE SODIUM SODIUM"],
        "openfda": {},
    }
    with pytest.raises(Refused, match="names no drug"):
        monograph(read_openfda(record))


@pytest.mark.parametrize(
    ("flat", "reported"),
    [
        ("200 mg/m 2 /day", "200 mg/m²/day"),
        ("30 mL/min/1.73 m 2.", "30 mL/min/1.73 m²."),
        ("30 mL/min/1.73m 2)", "30 mL/min/1.73m²)"),
        ("1000 cells/mm 3 , then", "1000 cells/mm³, then"),
        ("50 x 10 9 /L", "50 x 10⁹/L"),
        ("a lesion of 10 mm 3 times daily", "a lesion of 10 mm 3 times daily"),
        ("10 mg per m 2 times daily", "10 mg per m 2 times daily"),
        ("10 mg/m 2 mg", "10 mg/m 2 mg"),
        ("give 10 9 hours apart", "give 10 9 hours apart"),
        ("110 9 /L", "110 9 /L"),
    ],
)
def test_exponents_are_raised_only_where_nothing_else_can_be_meant(flat: str, reported: str) -> None:
    record = {"overdosage": [f"OVERDOSAGE {flat}"], "openfda": {"generic_name": ["ZELVANIB"]}}
    assert text_under(parse(monograph(read_openfda(record)), "z", ""), "overdose").endswith(reported)


def test_a_broken_table_keeps_its_words() -> None:
    record = {
        "dosage_and_administration": ["2 DOSAGE AND ADMINISTRATION Take it."],
        "dosage_and_administration_table": [
            "<table><tr><td>5 mg & more<td>daily</table>",
            "<table><tr><td>7 &nbsp;mg</td></tr></table>",
        ],
        "openfda": {"generic_name": ["ZELVANIB"]},
    }
    text = monograph(read_openfda(record))
    assert "5 mg \\& more daily" in text or "5 mg & more daily" in text
    assert "7 mg" in text


# ---------------------------------------------------------------- SPL


def test_an_spl_document_becomes_a_monograph() -> None:
    drug = written("spl_new_format.xml")
    assert drug.title == "Corvastat sodium and melodine"
    assert drug.slug == "corvastat-sodium-and-melodine"
    assert drug.description is not None
    assert "combination" in drug.description
    assert {n.name for n in drug.names} == {"Corvastat sodium and melodine", "Corvax"}  # no ingredient alone
    assert drug.last_modified == "2025-06-30"
    assert drug.sources[0].title == "FDA label, Corvax (corvastat sodium and melodine)"
    assert drug.faults == ()


def test_lists_in_lists_and_tables_in_lists() -> None:
    section = only(written("spl_new_format.xml"), "2-1-recommended-dosage")
    items = [(b.depth, b.marker, plain(b.text)) for b in section.blocks if b.kind == "item"]
    assert items == [
        (0, "-", "CrCl <30 mL/min:"),
        (1, "1.", "start with 5 mg/10 mg"),
        (1, "2.", "do not exceed 10 mg/20 mg in one day"),
        (0, "-", "strong inhibitors (such as ketoconazole)"),
    ]
    assert rows(section) == [("Inhibitor", "Dose"), ("ketoconazole", "5 mg")]
    assert plain(section.blocks[0].text) == "Adults: 10 mg/20 mg once daily."
    assert section.blocks[0].text.startswith("**Adults:** ")


def test_table_spans_lists_breaks_images_and_footers() -> None:
    drug = written("spl_new_format.xml")
    section = only(drug, "missed-dose")
    assert rows(section) == [
        ("Platelets", "Dose ᵃ", "Dose ᵃ"),
        ("50 to 100", "Day 1", "5 mg in the morning"),
        ("50 to 100", "Day 2", "10 mg; Evening"),
        ("Severe", "", ""),
        ("under 50", "Avoid use | stop [Image: Chart of doses]", "Avoid use | stop [Image: Chart of doses]"),
        ("-", "", "--"),
    ]
    assert "Table 1. Dose by platelets (10⁹/L)" in section.text
    assert section.text.rstrip().endswith("ᵃ rounded")
    assert "Skip it (such as ketoconazole)." in section.text


def test_text_that_looks_like_markdown_stays_text() -> None:
    drug = written("spl_new_format.xml")
    assert "- not a list" in text_under(drug, "specific-populations")
    assert [b.kind for b in only(drug, "patient-information").blocks] == ["paragraph"] * 3
    assert "1. Read this." in only(drug, "patient-information").text


def test_unclassified_sections_are_known_by_their_titles() -> None:
    drug = written("spl_old_format.xml")
    assert drug.title == "Tussin hydrobromide"
    assert drug.last_modified is None
    assert "5 mL every 4 hours" in text_under(drug, "dosage")
    assert "For cough." in text_under(drug, "usage")
    assert "Avoid alcohol." in text_under(drug, "drug-interactions")
    assert "Not known." in text_under(drug, "pregnancy-and-breastfeeding")
    assert "do not breastfeed" in text_under(written("spl_new_format.xml"), "pregnancy-and-breastfeeding").lower()


def test_hostile_xml_is_refused() -> None:
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><document>&b;</document>'
    outside = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>'
    parameter = b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://localhost/x"> %p;]><document/>'
    for attack in (laughs, outside, parameter):
        with pytest.raises(Refused, match="entities"):
            document(attack)
    with pytest.raises(Refused, match="nested"):
        document(b"<a>" * 5000 + b"</a>" * 5000)
    with pytest.raises(Refused, match="line 2"):
        document(b"<a>\n<b></a>")
    with pytest.raises(Refused, match="neither an SPL"):
        read_xml(b"<html><body/></html>")
    assert fragment('<!DOCTYPE t [<!ENTITY a "b">]><table>&a;</table>') is None


def test_absurd_spans_cost_nothing() -> None:
    cell = '<td colspan="999999999" rowspan="999999999">5 mg</td>'
    root = fragment(f"<table><tr>{cell}{cell}</tr><tr><td colspan='x'>7 mg</td><td>9 mg</td></tr></table>")
    assert root is not None
    from druginfo.labels.blocks import read_blocks

    table = read_blocks(root)
    assert "7 mg" in str(table)
    assert "9 mg" in str(table)


# ---------------------------------------------------------------- tables: what is a header


def table_of(markup: str) -> Table:
    from xml.etree.ElementTree import Element

    from druginfo.labels.blocks import read_blocks

    root = fragment(markup)
    assert root is not None
    frame = Element("text")
    frame.append(root)
    (found,) = [block for block in read_blocks(frame) if isinstance(block, Table)]
    return found


def cells(*texts: str) -> str:
    return "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"


def test_a_row_of_data_is_never_made_the_header() -> None:
    for first in (
        ("Adults", "10 mg once daily"),
        ("Severe", "Avoid use"),
        ("Patients on dialysis", "No dose adjustment"),
    ):
        table = table_of(f"<table>{cells(*first)}{cells('Others', '5 mg once daily')}</table>")
        assert table.header == ("", "")
        assert table.rows[0] == first


def test_an_unmarked_header_is_known_by_its_words() -> None:
    table = table_of(f"<table>{cells('Body Weight', 'Dosage')}{cells('10 to 20 kg', '5 mg')}</table>")
    assert table.header == ("Body Weight", "Dosage")


def test_a_note_is_under_its_mark_and_never_looks_like_a_heading_row() -> None:
    note = "<footnote>Not below 30 mL/min.</footnote>"
    first, second = cells(f"Adults{note}", "15 mL/min", "5 mg"), cells("Others", "9 mL/min", "7 mg")
    assert table_of(f"<table>{first}{second}</table>").rows == (
        ("Adults [1]", "15 mL/min", "5 mg"),
        ("", "[1] Not below 30 mL/min.", ""),
        ("Others", "9 mL/min", "7 mg"),
    )


def test_columns_under_a_spanning_header_keep_their_own_names() -> None:
    head = "<thead><tr><th>VKORC1</th><th colspan='2'>CYP2C9</th></tr></thead>"
    table = table_of(
        f"<table>{head}{cells('', '*1/*1', '*1/*2')}{cells('GG', '5 mg', '3 mg')}{cells('AA', '3 mg', '1 mg')}</table>"
    )
    assert table.header == ("VKORC1", "CYP2C9, *1/*1", "CYP2C9, *1/*2")
    assert table.rows == (("GG", "5 mg", "3 mg"), ("AA", "3 mg", "1 mg"))


def test_a_header_that_comes_again_begins_a_table_of_its_own() -> None:
    head = "<tr><th>Population</th><th>Dose</th></tr>"
    markup = f"<table><tr><th colspan='2'>ADULT</th></tr>{head}{cells('Kidney', '0.2 mg/kg')}"
    markup += f"<tr><th colspan='2'>PEDIATRIC</th></tr>{head}{cells('Kidney', '0.3 mg/kg')}</table>"
    from xml.etree.ElementTree import Element

    from druginfo.labels.blocks import read_blocks

    root = fragment(markup)
    assert root is not None
    frame = Element("text")
    frame.append(root)
    assert read_blocks(frame) == (
        Paragraph("ADULT"),
        Table(("Population", "Dose"), (("Kidney", "0.2 mg/kg"),)),
        Paragraph("PEDIATRIC"),
        Table(("Population", "Dose"), (("Kidney", "0.3 mg/kg"),)),
    )


# ---------------------------------------------------------------- titles and prose


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bleeding Bleeding has been reported.", "Bleeding"),
        ("Serious Skin Reactions Serious skin reactions have occurred", "Serious Skin Reactions"),
        ("Osteoarthritis For OA, the dosage is 200 mg", "Osteoarthritis"),
        ("Recommended Dosage in Adults The recommended", "Recommended Dosage in Adults"),
        ("Use in Patients with Renal Impairment No dose is", "Use in Patients with Renal Impairment"),
        ("Renal Impairment Treatment with ZELVA may raise", "Renal Impairment"),
        ("Drugs that Affect Zelvanib Table 2 shows", "Drugs that Affect Zelvanib"),
        ("Monitoring • Check weekly", "Monitoring"),
        ("Whole Title Only", "Whole Title Only"),
        ("Dosing in Patients Initiate ZELVA at 5 mg once daily", "Dosing in Patients"),
        ("Established Peripheral Arterial Disease 75 mg once daily orally", "Established Peripheral Arterial Disease"),
        ("Adults 1 tablet daily", "Adults"),
        ("Seizures in Patients 12 years of age and above The starting", "Seizures in Patients"),
    ],
)
def test_where_a_numbered_title_ends(text: str, title: str) -> None:
    names = text.split(" ")
    assert " ".join(names[: title_length(names, Evidence(frozenset({"zelva", "zelvanib"})))]) == title


def test_a_heading_needs_a_sentence_after_it() -> None:
    assert heading_length("Hepatic Impairment In patients with".split()) == 2
    assert heading_length("Poor Metabolizers of CYP2C9 Substrates In adult patients".split()) == 5
    assert heading_length("New York Heart Association class III".split()) == 0
    assert heading_length("Stevens-Johnson Syndrome has been".split()) == 0
    assert heading_length("Prophylaxis in Acutely Ill Medical Patients at Risk".split()) == 0
    assert heading_length("Pediatric Patients Aged 10 Years".split()) == 0
    assert heading_length("Pediatric Patients No dose".split()) == 2
    assert heading_length("Data Animal Data No harm".split()) == 1
    assert heading_length("Patients with Impaired Renal Function Dosage adjustment must".split()) == 5
    assert heading_length("Pediatric Patients 3 to 9 Years of Age Dosing in patients of".split()) == 8
    assert heading_length("3 Years to < 14 Years Initiate treatment with".split()) == 6
    assert heading_length("3 to 14 years of age were".split()) == 0
    assert heading_length("Pediatric Patients 6 to <14 Years of Age Initiate treatment with".split()) == 8
    assert heading_length("For Oral Administration Oral testdrug is".split()) == 3
    assert heading_length("Weight Gain Weight gain can".split()) == 2
    assert heading_length("Dosage in Patients 7 to 17 Years of Age Initiate ZELVA in pediatric".split()) == 9
    assert heading_length("Kidney Transplant and Heart Transplant patients were".split()) == 0


@pytest.mark.parametrize(
    ("title", "text", "below"),
    [
        ("Dosing for Partial Seizures", "Adults 15 Years of Age and Older Initiate treatment with 5 mg.", 7),
        ("Dosage for Epilepsy with Seizures", "Patients 11 Years of Age and Above The dose is 5 mg.", 7),
        ("Adult Dosage", "Abdominal Surgery The recommended dose is 5 mg.", 2),
        ("Missed Dose", "Adults If a dose is missed, skip it.", 1),
        ("Recommended Dosage in Children", "Dosage in Children 8 Years of Age and Older The dose is 5 mg.", 9),
        ("Recommended Dosage in Patients with Severe", "Renal Impairment The dose is 5 mg.", 0),
        ("Modifications in Patients With", "Hepatic Impairment The dose is 5 mg.", 0),
        ("Adult Dosage", "Schedule The dose is 5 mg.", 0),
        ("Dosage in Healthy", "Adults The dose is 5 mg.", 0),
        ("Trials in Adult and Adolescent", "Patients 11 Years of Age and Older The data are", 0),
    ],
)
def test_a_title_ends_before_the_first_heading_below_it(title: str, text: str, below: int) -> None:
    first = len(title.split())
    length = first + heading_length(text.split())
    assert titles_in(f"{title} {text}".split()[:length], NO_EVIDENCE)[:1] == ([first] if below else [])
    assert not below or heading_length(text.split()) == below


def test_ages_with_capitals_are_labels_and_headings() -> None:
    found = prose(
        "The dose is 5 mg. 5 Months to < 3 Years: Give 10 mg. 3 Years to < 14 Years Initiate treatment with 20 mg."
    )
    assert [(block.text, block.lead) for block in found if isinstance(block, Paragraph)] == [
        ("The dose is 5 mg.", 0),
        ("5 Months to < 3 Years: Give 10 mg.", 22),
        ("3 Years to < 14 Years", 21),
        ("Initiate treatment with 20 mg.", 0),
    ]


def test_a_group_right_before_its_dose_is_a_label_whose_colon_was_lost() -> None:
    found = prose(
        "Usual Dosage: Adults 5 mg/kg daily in one dose; or 15 mg/kg twice a week, three times/week Children 10 mg/kg "
        "once daily Patients with Lung Disease Without Fever There are two options. Only some Adults 5 mg stay one."
    )
    assert found == [
        Paragraph("Usual Dosage:", len("Usual Dosage:")),
        Paragraph("Adults 5 mg/kg daily in one dose; or 15 mg/kg twice a week, three times/week", len("Adults")),
        Paragraph("Children 10 mg/kg once daily", len("Children")),
        Paragraph("Patients with Lung Disease Without Fever", len("Patients with Lung Disease Without Fever"), 1),
        Paragraph("There are two options. Only some Adults 5 mg stay one."),
    ]


def test_a_title_ends_where_a_sentence_begins_with_a_table_s_number() -> None:
    title = "Pediatric Patients (2 weeks through 12 years of age)"
    found = prose(f"The dosage is 75 mg twice daily. {title} Table 1 displays the dosage. See Table 2 for the elderly.")
    assert found == [
        Paragraph("The dosage is 75 mg twice daily."),
        Paragraph(title, len(title), 1),
        Paragraph("Table 1 displays the dosage. See Table 2 for the elderly."),
    ]


def test_bullets_become_items_and_the_heading_after_them_ends_the_list() -> None:
    found = prose("Stop if: • it bleeds. • it hurts. Elderly Patients • start low")
    assert found == [
        Paragraph("Stop if:"),
        Listing(((Paragraph("it bleeds."),), (Paragraph("it hurts."),))),
        Paragraph("Elderly Patients", 16),
        Listing(((Paragraph("start low"),),)),
    ]
    assert prose("• a • b ◦ c • d") == [
        Listing(
            (
                (Paragraph("a"),),
                (Paragraph("b"), Listing(((Paragraph("c"),),))),
                (Paragraph("d"),),
            )
        )
    ]


def test_items_of_the_highlights_do_not_run_together() -> None:
    assert prose(
        "Atrial Fibrillation : 15 mg once daily ( 2.1 ) Treatment of DVT : 20 mg ( 2.1 , 2.2 ) See there."
    ) == [
        Paragraph("Atrial Fibrillation: 15 mg once daily (2.1)", 20),
        Paragraph("Treatment of DVT: 20 mg (2.1, 2.2)", 17),
        Paragraph("See there."),
    ]
    kept = "Reduce it [see Warnings (5.1) Use in Children (8.4)]. A ratio of 1 : 2 is given."
    assert prose(kept) == [Paragraph(kept)]


def test_a_paragraph_is_never_broken_within_its_scope() -> None:
    long = " ".join(["In children 2 to 11 years old the doses are these."] + ["The dose is 5 mg daily."] * 80)
    assert prose(long) == [Paragraph(long)]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Stop it. Patients taking Verapamil, Diltiazem, or Dronedarone Do not exceed 10 mg.", [(1, 52)]),
        ("Stop it. Children 8 Years of Age Weighing at Least 40 kg Initiate treatment with 5 mg.", [(1, 47)]),
        ("Take it. Oral Formulations (Capsules and Oral Suspension) If patients can swallow.", [(1, 48)]),
        ("It ended. FMF The dose is 5 mg.", [(1, 3)]),
        ("It ended. Intravenous Injection ZELVA injection is given slowly.", [(1, 21)]),
        ("Take it. Ranolazine is not given. Give it to Patients with Pain The same day.", []),
        ("Patients Taking Zelvanib, The dose is low.", []),
    ],
)
def test_unnumbered_headings_are_found_between_sentences(text: str, headings: list[tuple[int, int]]) -> None:
    assert [(b.heading, b.lead) for b in prose(text) if isinstance(b, Paragraph) and b.heading] == headings


def test_labels_before_a_colon_begin_a_paragraph_of_their_own() -> None:
    assert prose("CrCl 30-59 mL/min: 5 mg once daily CrCl less than 30 mL/min: 2.5 mg every 48 hours") == [
        Paragraph("CrCl 30-59 mL/min: 5 mg once daily", 18),
        Paragraph("CrCl less than 30 mL/min: 2.5 mg every 48 hours", 25),
    ]
    assert prose("12 years and over: 10 mL every 4 hours 6 to under 12 years: 5 mL every 4 hours") == [
        Paragraph("12 years and over: 10 mL every 4 hours", 18),
        Paragraph("6 to under 12 years: 5 mL every 4 hours", 20),
    ]
    kept = "Keep at a pH of 7. The ratio was 1 : 2. Zelva should be given to those with: fever. It is 8:30."
    assert [b.lead for b in prose(kept) if isinstance(b, Paragraph)] == [0]


def test_a_clause_with_a_colon_has_its_labels_for_items_until_a_sentence_follows_one() -> None:
    text = "Colitis: In severe renal impairment the dosage is: Induction : 30 mg once daily for 8 weeks Maintenance : "
    assert prose(f"{text}15 mg once daily Crohn’s Disease: For patients with pain give 5 mg.") == [
        Paragraph("Colitis: In severe renal impairment the dosage is:", 8),
        Listing(
            (
                (Paragraph("Induction: 30 mg once daily for 8 weeks", 10),),
                (Paragraph("Maintenance: 15 mg once daily", 12),),
            )
        ),
        Paragraph("Crohn’s Disease: For patients with pain give 5 mg.", 16),
    ]


def test_stages_stay_under_the_group_that_they_are_of() -> None:
    text = (
        "Epilepsy (SEE INDICATIONS) Children 6 to 12 years of age-Initial: 100 mg twice a day. Maintenance: 400 mg. "
        "Combination Therapy: Add it slowly. Neuralgia (SEE INDICATIONS) Initial: 100 mg. Maintenance: 200 mg."
    )
    assert prose(text) == [
        Paragraph("Epilepsy (SEE INDICATIONS)", 26, 1),
        Paragraph("Children 6 to 12 years of age", 29, 2),
        Paragraph("Initial: 100 mg twice a day.", 8),
        Paragraph("Maintenance: 400 mg.", 12),
        Paragraph("Combination Therapy", 19, 2),
        Paragraph("Add it slowly."),
        Paragraph("Neuralgia (SEE INDICATIONS)", 27, 1),
        Paragraph("Initial: 100 mg.", 8),
        Paragraph("Maintenance: 200 mg.", 12),
    ]


def test_a_title_ends_before_a_regimen_s_label() -> None:
    words = "Renal Impairment CrCl 30-59 mL/min: 5 mg once daily".split()
    assert title_length(words) == 2
    assert title_length("Adult Dosage Adults: 10 mg daily".split()) == 2


def test_a_table_in_a_cell_keeps_its_rows_together() -> None:
    drug = written("cases/16-table-in-cell.xml")
    assert "am 10 mg; pm 15 mg" in text_under(drug, "dosage")
    assert "\u00ad" not in text_under(drug, "dosage")


def test_bands_of_kidney_function_that_ran_together_are_regimens_of_their_own() -> None:
    drug = written("cases/04-run-together-kidney-bands.json")
    assert [b.text for b in only(drug, "2-2-renal-impairment").blocks] == [
        "**CrCl 30-59 mL/min:** 5 mg once daily",
        "**CrCl less than 30 mL/min:** 2.5 mg every 48 hours",
    ]


def test_numbered_steps_are_a_list() -> None:
    assert prose("Use water only. 1. Empty the packet. 2. Add 5 mL. 3. Stir.") == [
        Paragraph("Use water only."),
        Listing(((Paragraph("Empty the packet."),), (Paragraph("Add 5 mL."),), (Paragraph("Stir."),)), ordered=True),
    ]
    kept = "See Table 1. Give 2. Give more in Table 2. The end."
    assert prose(kept) == [Paragraph(kept)]


def test_broken_digits_stay_as_they_are() -> None:
    assert prose("Give 0. 2 5 mg/kg, then 1 .5 mg.") == [Paragraph("Give 0. 2 5 mg/kg, then 1 .5 mg.")]


@pytest.mark.parametrize("front", ["", "BOXED WARNING "])
@pytest.mark.parametrize(
    "text",
    [
        "{title} Zelvanib can cause bleeding [see Warnings ( 5.1 )]. Do not use it in children. {title} {see}. {short}",
        "{title} {title} {see}. {short} Zelvanib can cause bleeding [see Warnings ( 5.1 )]. Do not use it in children.",
        "{title} {see}. {short} Zelvanib can cause bleeding [see Warnings ( 5.1 )]. Do not use it in children.",
        "{title} {see}. {short} {title} Zelvanib can cause bleeding [see Warnings ( 5.1 )]. Do not use it in children.",
    ],
)
def test_a_boxed_warning_stands_once_and_its_highlights_apart(front: str, text: str) -> None:
    title, see = "WARNING: BLEEDING and DEATH", "See full prescribing information for complete boxed warning"
    text = front + text.format(title=title, see=see, short="• Bleeding may occur ( 5.1 ). • Not for children ( 8.4 )")
    label = read_openfda({"boxed_warning": [text], "openfda": {"generic_name": ["ZELVANIB"]}})
    drug = parse(monograph(label), "z", "")
    boxed, apart = text_under(drug, "boxed-warning"), text_under(drug, "highlights")
    assert boxed.count(title) == 1
    assert "Do not use it in children." in boxed
    assert "Not for children" not in boxed
    assert see not in boxed
    assert see in apart
    assert "Not for children (8.4)" in apart
    assert "Do not use it" not in apart
    assert lost(label.source[0], f"{boxed} {apart}") is None


def test_a_boxed_warning_that_is_only_summed_up_stays_whole() -> None:
    for text in (
        "WARNING: BLEEDING See full prescribing information for complete boxed warning. Bleeding may occur ( 5.1 )",
        "See full prescribing information for complete boxed warning. Bleeding may occur.",
        "WARNING: BLEEDING Bleeding may occur ( 5.1 ) and be fatal in children who are given zelvanib.",
    ):
        drug = parse(
            monograph(read_openfda({"boxed_warning": [text], "openfda": {"generic_name": ["ZELVANIB"]}})), "z", ""
        )
        assert "Bleeding may occur" in text_under(drug, "boxed-warning")
        assert not any(section.key.startswith("highlights") for section in drug.sections)


def test_full_text_before_the_highlights_of_the_dosage_stays_in_it() -> None:
    text = (
        "2 DOSAGE AND ADMINISTRATION Begin with a single dose of 60 mg, then 10 mg daily [see Studies ( 14 )] . "
        "Continue at 10 mg once daily. ( 2 ) Timing Begin at the time of diagnosis in whoever comes within a day."
    )
    record = {"dosage_and_administration": [text], "openfda": {"generic_name": ["ZELVANIB"]}}
    drug = parse(monograph(read_openfda(record)), "z", "")
    assert "a single dose of 60 mg" in text_under(drug, "dosage")
    assert not any(section.key.startswith("highlights") for section in drug.sections)


def test_highlights_of_the_dosage_are_in_a_section_of_their_own() -> None:
    text = (
        "2 DOSAGE AND ADMINISTRATION Pain : 10 mg once daily ( 2.1 ) Fever : 5 mg ( 2.2 ) 2.1 Pain The dosage is 10 mg "
        "once daily [see Warnings ( 5.1 )]. 2.2 Fever The dosage is 5 mg once daily."
    )
    drug = parse(
        monograph(read_openfda({"dosage_and_administration": [text], "openfda": {"generic_name": ["ZELVANIB"]}})),
        "z",
        "",
    )
    assert text_under(drug, "highlights").splitlines()[-2:] == ["Pain: 10 mg once daily (2.1)", "Fever: 5 mg (2.2)"]
    assert "(2.1)" not in text_under(drug, "dosage")
    assert only(drug, "2-2-fever").text == "The dosage is 5 mg once daily."
    short = "2 DOSAGE AND ADMINISTRATION Take 10 mg once daily. ( 2 ) The recommended dosage is 10 mg daily with water."
    drug = parse(
        monograph(read_openfda({"dosage_and_administration": [short], "openfda": {"generic_name": ["ZELVANIB"]}})),
        "z",
        "",
    )
    assert "(2)" in text_under(drug, "highlights")
    assert "with water" in text_under(drug, "dosage")
    alone = "2 DOSAGE AND ADMINISTRATION Take 10 mg once daily with a full glass of water. ( 2 )"
    drug = parse(
        monograph(read_openfda({"dosage_and_administration": [alone], "openfda": {"generic_name": ["ZELVANIB"]}})),
        "z",
        "",
    )
    assert "10 mg" in text_under(drug, "dosage")


def test_a_title_ends_before_the_heading_of_a_group() -> None:
    text = (
        "2 DOSAGE AND ADMINISTRATION 2.1 Recommended Dosage in Eczema Pediatric Patients 12 Years of Age and Older "
        "Weighing at Least 40 kg Initiate treatment with 15 mg once daily. Adults The dosage is 30 mg. 2.2 Special "
        "Populations Hepatic Impairment In patients with cirrhosis, give 5 mg. 2. 3 Recommend ed Dosage in Severe "
        "Renal Impairment The dosage is 1 mg."
    )
    drug = parse(
        monograph(read_openfda({"dosage_and_administration": [text], "openfda": {"generic_name": ["ZELVANIB"]}})),
        "z",
        "",
    )
    assert [s.title for s in drug.sections if s.key.startswith("dosage/")][1:] == [
        "2.1 Recommended Dosage in Eczema",
        "Pediatric Patients 12 Years of Age and Older Weighing at Least 40 kg",
        "Adults",
        "2.2 Special Populations",
        "Hepatic Impairment",
        "2.3 Recommend ed Dosage in Severe Renal Impairment",
    ]


def test_a_trimmed_record_is_read_as_a_whole_one() -> None:
    record = {
        "drug_name": "Zelvanib",
        "drug_id": "7",
        "sections": {
            "dosage_and_administration": "Directions take 5 mg once daily",
            "indications_and_usage": "For pain.",
        },
        "openfda_meta": {"brand_name": ["Zelva"], "spl_set_id": ["11111111-2222-4333-8444-555555555555"]},
    }
    label = read_openfda(record)
    assert (label.generics, label.brands, label.set_id[:8]) == (("Zelvanib",), ("Zelva",), "11111111")
    assert "5 mg once daily" in text_under(parse(monograph(label), "z", ""), "dosage")


LABEL_TEXT = st.text(
    st.sampled_from(list("abz ABZ  059.,;:()[]*_`#-+|<>&!~\\/•◦●%°²µ≥\n\té\u2028\u0000\u202e\ud800")), max_size=200
)


def read_back(parts: tuple[Part, ...]) -> str:
    empty = Label("openFDA", ("ZELVANIB",), (), (), (), (), (), "", "", "", "", ())
    drug = parse(monograph(replace(empty, parts=parts)), "zelvanib", "")
    assert drug.faults == ()
    return "\n".join(f"{s.title}\n{s.text}" for s in drug.sections)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(LABEL_TEXT, st.integers(0, 3), st.booleans()), max_size=4))
def test_any_paragraph_reads_back_word_for_word(texts: list[tuple[str, int, bool]]) -> None:
    blocks = []
    for text, lead, listed in texts:
        flat = " ".join(text.split())
        if flat:
            bold = len(" ".join(flat.split(" ")[:lead]))  # whole words, as labels have it
            blocks.append(Listing(((Paragraph(flat, bold),),)) if listed else Paragraph(flat, bold))
    told = read_back((Part("overdosage", "", tuple(blocks)),))
    said = " ".join(block.text if isinstance(block, Paragraph) else block.items[0][0].text for block in blocks)  # type: ignore[union-attr]
    assert words(told)[1:] == words(said.replace("\u202e", "").encode(errors="replace").decode()) or not words(said)


def test_a_control_character_never_joins_two_numbers() -> None:
    told = read_back((Part("overdosage", "", (Paragraph("Take 1\x000 mg, 2\x7f5 mg, 3\x9b1 mg \x1b[2J"),)),))
    assert "1 0 mg, 2 5 mg, 3 1 mg  [2J" in told


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(LABEL_TEXT, min_size=2, max_size=3), min_size=1, max_size=4))
def test_any_table_reads_back_cell_for_cell(texts: list[list[str]]) -> None:
    flat = [tuple(" ".join(text.split()) for text in (*row, "", "")[:3]) for row in texts]
    label = Label("openFDA", ("ZELVANIB",), (), (), (), (), (), "", "", "", "", ())
    text = monograph(replace(label, parts=(Part("overdosage", "", (Table(("A", "B", "C"), tuple(flat)),)),)))
    found = [
        tuple(map(plain, block.cells))
        for section in parse(text, "zelvanib", "").sections
        for block in section.blocks
        if block.kind == "row"
    ]

    def seen(cell: str) -> str:
        return cell.replace("\0", " ").replace("\u202e", "").encode(errors="replace").decode().strip()

    shown = [tuple(map(seen, row)) for row in flat]
    assert found == shown


@settings(max_examples=150, deadline=None)
@given(LABEL_TEXT)
def test_prose_keeps_every_word_in_order(text: str) -> None:
    def said(blocks: list[Any] | tuple[Any, ...]) -> str:
        return " ".join(b.text if isinstance(b, Paragraph) else " ".join(map(said, b.items)) for b in blocks)

    assert words(said(prose(text))) == words(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | LABEL_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    "indications_and_usage dosage_and_administration dosage_and_administration_table warnings precautions pregnancy "
    "openfda set_id effective_time version spl_product_data_elements x/../y".split()
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=6))
@pytest.mark.slow
def test_any_record_is_read_or_refused(record: dict[str, Any]) -> None:
    try:
        text = monograph(read_openfda({"openfda": {"generic_name": ["ZELVANIB"]}, **record}))
    except Refused:
        return
    assert is_untouched(text)
    assert parse(text, "zelvanib", "").faults == ()


# ---------------------------------------------------------------- names


def named(generics: list[str], substances: list[str], moieties: list[str] = [], brands: list[str] = []) -> Label:  # noqa: B006
    return Label("SPL", tuple(generics), tuple(brands), tuple(substances), tuple(moieties), (), (), "", "", "", "", ())


@pytest.mark.parametrize(
    ("label", "title", "slug"),
    [
        (named(["WARFARIN SODIUM"], ["WARFARIN SODIUM"]), "Warfarin sodium", "warfarin-sodium"),
        (named(["PENICILLIN G POTASSIUM"], []), "Penicillin G potassium", "penicillin-g-potassium"),
        (
            named(["AMOXICILLIN AND CLAVULANATE POTASSIUM"], ["AMOXICILLIN", "CLAVULANATE POTASSIUM"]),
            "Amoxicillin and clavulanate potassium",
            "amoxicillin-and-clavulanate-potassium",
        ),
        (named(["Aspirin/Caffeine"], ["ASPIRIN", "CAFFEINE"]), "Aspirin and caffeine", "aspirin-and-caffeine"),
        (
            named(["Headache Relief"], ["ASPIRIN", "CAFFEINE", "ACETAMINOPHEN"]),
            "Aspirin, caffeine and acetaminophen",
            "aspirin-caffeine-and-acetaminophen",
        ),
        (named(["Tacrolimus", "TACROLIMUS"], ["TACROLIMUS"]), "Tacrolimus", "tacrolimus"),
        (named([], [], [], ["ZELVA"]), "Zelva", "zelva"),
        (named(["../../etc/passwd"], []), "Etc and passwd", "etc-and-passwd"),
        (named(["CON"], []), "Con", "con-drug"),
        (named(["Zelvanib HCL"], []), "Zelvanib hydrochloride", "zelvanib-hydrochloride"),
    ],
)
def test_titles_and_slugs(label: Label, title: str, slug: str) -> None:
    found = drug_name(label)
    assert (found.title, found.slug) == (title, slug)


def test_an_ingredient_is_never_a_name_of_its_combination() -> None:
    found = drug_name(named(["Aspirin and Caffeine"], ["ASPIRIN", "CAFFEINE"], ["ASPIRIN", "CAFFEINE"], ["Headex"]))
    assert found.is_combination
    assert found.aliases == ()
    assert found.brands == ("Headex",)
    partly_listed = drug_name(named(["Aspirin and Caffeine"], ["ASPIRIN"]))
    assert partly_listed.is_combination
    assert partly_listed.aliases == ()


def test_salts_are_other_names_and_other_forms_are_not() -> None:
    found = drug_name(named(["ZELVANIB CALCIUM"], ["ZELVANIB CALCIUM GLYCOL SOLVATE"], ["ZELVANIB"]))
    assert found.aliases == ("Zelvanib",)
    assert drug_name(named(["VITAMIN Q"], ["QUERCIC ACID"])).aliases == ("Quercic acid",)
    assert drug_name(named(["ZELVANIB"], ["ZELVANIB SODIUM"])).aliases == ("Zelvanib sodium",)


def test_veterinary_labels_are_refused() -> None:
    record = {
        "indications_and_usage": ["For cats."],
        "openfda": {"generic_name": ["A"], "product_type": ["ANIMAL DRUG"]},
    }
    with pytest.raises(Refused, match="veterinary"):
        read_openfda(record)
    with pytest.raises(Refused, match="veterinary"):
        read_xml(b'<document><code displayName="OTC ANIMAL DRUG LABEL"/></document>')


def test_a_kit_of_many_is_named_by_its_brand() -> None:
    many = [f"SUBSTANCE NUMBER {i}" for i in range(12)]
    found = drug_name(named(["Multiple vitamins"], many, [], ["Vitaplus"]))
    assert found.title == "Vitaplus"
    assert found.is_combination
    assert drug_name(named(many, many, [], ["Vitaplus", "Minerex"])).title == "Substance number 0 and 11 others"


def test_a_drug_in_a_carrier_is_another_medicine() -> None:
    plain = Label("SPL", generics=("DOXORUBICIN HYDROCHLORIDE",), brands=("Adriamycin",))
    assert drug_name(plain).title == "Doxorubicin hydrochloride"
    name = drug_name(replace(plain, brands=("Doxil",), substances=plain.generics))
    assert (name.title, name.aliases, name.brands) == ("Doxorubicin liposomal", (), ("Doxil",))


def test_a_name_too_long_for_a_title_is_cut() -> None:
    long = " ".join(["VACCINUM"] * 20)
    assert drug_name(named([], [], [], [long])).title.startswith("Vaccinum vaccinum")
    assert drug_name(named([long], [])).title.startswith("Vaccinum vaccinum")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_no_name_leaves_the_directory(generic: str, brand: str) -> None:
    try:
        found = drug_name(named([generic], [], [], [brand]))
    except Refused:
        return
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", found.slug)
    assert len(found.slug) <= 90
    assert "\n" not in found.title


def test_sentence_case() -> None:
    assert sentence_case("INTERFERON BETA-1A") == "Interferon beta-1a"
    assert sentence_case("Coagulation Factor VIII") == "Coagulation factor VIII"
    assert sentence_case("ZELVANIB HCL ER") == "Zelvanib HCl ER"


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Pediatric Patients Weighing Less Than 20 kg", True),
        ("Patients with severe renal impairment", True),
        ("Call for emergency assistance", False),
        ("Discard any unused portion.", False),
    ],
)
def test_a_title_at_the_end_of_an_item_stands_over_the_next_ones(title: str, is_one: bool) -> None:
    found = prose(f"• The dose is 1 mg. • 1 mg more may be given. {title} • The dose is 0.5 mg.")
    assert (Paragraph(title, len(title)) in found) is is_one
    assert len(found) == (3 if is_one else 1)


def test_the_caption_before_a_table_is_a_paragraph_of_its_own() -> None:
    text = "The dose is in Table 1. Table 1: Dosage (mg/day) in Adults"
    assert prose(text, over_table=True) == [
        Paragraph("The dose is in Table 1."),
        Paragraph("Table 1: Dosage (mg/day) in Adults"),
    ]
    assert prose("The dose is in Table 1.", over_table=True) == [Paragraph("The dose is in Table 1.")]


def test_the_paragraph_that_has_run_into_the_last_item_of_a_short_list_is_none_of_it() -> None:
    listing, after = prose(
        "• 20 to 29 kg - 900 mg/day • 29.1 to 39 kg - 1,200 mg/day • >39 kg - 1,800 mg/day In children aged 2 years,"
        " begin with 8 mg/kg. Do not exceed 60 mg/kg/day."
    )
    assert isinstance(listing, Listing)
    assert listing.items[-1] == (Paragraph(">39 kg - 1,800 mg/day"),)
    assert isinstance(after, Paragraph)
    assert after.text.startswith("In children aged 2 years")
    (whole,) = prose("• Take it with food • Use the spray for 5 days Of all sprays take this. Wash it.")
    assert isinstance(whole, Listing)
