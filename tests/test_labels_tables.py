"""Tables of labels: each in its place, whole, under its own header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from druginfo.labels.drugname import drug_name
from druginfo.labels.importing import read_xml
from druginfo.labels.label import Label, Listing, Paragraph, Part, Table
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import read_openfda
from druginfo.labels.titles import Evidence, title_length
from druginfo.parse import parse

DOSES = "<table><tbody><tr><td>Adults and the elderly</td><td>5 mg once daily</td></tr></tbody></table>"
RATES = "<table><tbody><tr><td>Nausea in both groups</td><td>12 of 100</td></tr></tbody></table>"


def openfda(**fields: Any) -> Label:
    return read_openfda({"openfda": {"generic_name": ["ZELVANIB"]}, **fields})


def tables(parts: tuple[Part, ...]) -> list[Table]:
    return [
        found
        for part in parts
        for found in [*(block for block in part.blocks if isinstance(block, Table)), *tables(part.parts)]
    ]


def of_key(label: Label, key: str) -> list[Table]:
    return tables(tuple(part for part in label.parts if part.key == key))


def test_tables_of_unclassified_sections_are_only_where_their_words_are() -> None:
    first = "2.1 Adults Doses are these. Adults and the elderly 5 mg once daily"
    second = "6.1 Trials Rates were these. Nausea in both groups 12 of 100"
    label = openfda(
        dosage_and_administration=[f"2 DOSAGE AND ADMINISTRATION {first}"],
        adverse_reactions=[f"6 ADVERSE REACTIONS {second}"],
        spl_unclassified_section=[first, second],
        spl_unclassified_section_table=[DOSES, RATES],
    )
    assert [t.rows[0][0] for t in of_key(label, "dosage_and_administration")] == ["Adults and the elderly"]
    assert [t.rows[0][0] for t in of_key(label, "adverse_reactions")] == ["Nausea in both groups"]
    assert len(tables(label.parts)) == 2


def test_a_table_that_is_in_no_text_stays_with_its_section_and_once() -> None:
    label = openfda(dosage_and_administration=["Take it."] * 2, dosage_and_administration_table=[DOSES, DOSES])
    assert len(of_key(label, "dosage_and_administration")) == 1
    alone = openfda(contraindications=["None."], dosage_and_administration_table=[DOSES])
    assert len(of_key(alone, "dosage_and_administration")) == 1


def test_the_same_text_twice_stays_twice_each_with_its_table() -> None:
    directions = "Directions Adults and the elderly 5 mg once daily"
    label = openfda(
        dosage_and_administration=[directions] * 2,
        dosage_and_administration_table=[DOSES, DOSES.replace("<table>", '<table width="9%">')],
    )
    assert len(of_key(label, "dosage_and_administration")) == 2


def test_a_table_s_words_never_part_a_number() -> None:
    markup = "<table><tbody><tr><td>10 mg</td></tr></tbody></table>"
    label = openfda(dosage_and_administration=["Give 110 mg, then 10 mg ."], dosage_and_administration_table=[markup])
    text = " ".join(b.text for part in label.parts for b in part.blocks if isinstance(b, Paragraph))
    assert text.startswith("Give 110 mg, then 10 mg")


def test_a_foot_before_the_body_is_found_in_either_order() -> None:
    head = "<thead><tr><th>Age</th><th>Dose</th></tr></thead>"
    foot = '<tfoot><tr><td colspan="2">a with food</td></tr></tfoot>'
    markup = f"<table>{head}{foot}<tbody><tr><td>9 years and older</td><td>5 mg</td></tr></tbody></table>"
    for flat in ("Age Dose a with food 9 years and older 5 mg", "Age Dose 9 years and older 5 mg a with food"):
        label = openfda(
            dosage_and_administration=[f"See the table. {flat} Then stop."], dosage_and_administration_table=[markup]
        )
        (part,) = label.parts
        before, table, note, after = part.blocks
        assert isinstance(table, Table)
        assert (table.header, table.rows) == (("Age", "Dose"), (("9 years and older", "5 mg"),))
        assert (before, note, after) == (Paragraph("See the table."), Paragraph("a with food"), Paragraph("Then stop."))


def spl_text(inside: str) -> Part:
    section = f'<section><code code="34068-7"/><title>DIRECTIONS</title><text>{inside}</text></section>'
    body = f"<component><structuredBody><component>{section}</component></structuredBody></component>"
    product = "<manufacturedProduct><name>Zelva</name></manufacturedProduct>"
    (part,) = read_xml(f"<document><setId root='x'/>{product}{body}</document>".encode())[0].parts
    return part


def spl_table(*rows: str) -> Table:
    (table,) = tables((spl_text(f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"),))
    return table


def test_cells_that_are_only_column_names_are_a_header() -> None:
    below = "<td>under 6 years</td><td>do not use</td>"
    for names in (("Age", "Dose"), ("Age (yr)", "Dose (mL)*"), ("Weight (lb)", "Dosage")):
        assert spl_table("".join(f"<td>{name}</td>" for name in names), below).header == names
    assert spl_table("<td>Dose</td><td>one packet</td>", below).header == ("", "")


def test_the_names_of_columns_on_interactions_are_a_header_though_no_figure_is_below_them() -> None:
    below = "<tr><td>Rifampin</td><td>Significantly reduced</td><td>Contraindicated</td></tr>"
    names = ("Drug (mechanism, 2 doses)", "Exposure to Testdrug", "Recommendations")
    assert spl_table("".join(f"<td>{name}</td>" for name in names), below).header == names
    for row in (
        ("Drugs:", "ACE inhibitors, antidiabetic agents", "Comments"),
        ("Drugs that raise exposure", "Exposure increased", "Recommended: avoid"),
        ("Effects", "Effects", "Effects"),
    ):
        assert "".join(spl_table("".join(f"<td>{cell}</td>" for cell in row), below).header) == ""


def test_a_header_s_cell_that_reaches_into_the_next_row_makes_it_header_too() -> None:
    table = spl_table(
        '<th colspan="2">Weight</th><th rowspan="2">Daily dose</th><th colspan="2">Capsules</th>',
        "<td>(kg)</td><td>(lb)</td><td>Dose 1</td><td>Dose 2</td>",
        "<td>10 to 24</td><td>22 to 54</td><td>250 mg</td><td>0</td><td>1</td>",
    )
    assert table.header == ("Weight, (kg)", "Weight, (lb)", "Daily dose", "Capsules, Dose 1", "Capsules, Dose 2")
    assert len(table.rows) == 1


def test_a_blank_cell_of_a_header_spans_rows_too() -> None:
    table = spl_table(
        '<th rowspan="2"></th><th>Loading</th><th colspan="2">Maintenance</th>',
        "<td>IV</td><td>IV</td><td>Oral</td>",
        "<td>Sepsis</td><td>6 mg</td><td>4 mg</td><td>200 mg</td>",
    )
    assert table.header == ("", "Loading, IV", "Maintenance, IV", "Maintenance, Oral")


def test_no_cell_reaches_into_the_next_group_of_rows() -> None:
    """One that says so would push the next group's cells under the wrong column, and be said of them."""
    head = '<thead><tr><th rowspan="2">Age</th><th>Dose</th></tr></thead>'
    first = '<tbody><tr><td rowspan="{}">Adults</td><td>10 mg</td></tr><tr><td>20 mg</td></tr></tbody>'
    rest = "<tbody><tr><td>Elderly</td><td>5 mg</td></tr></tbody>"
    for span in (2, 5, 0):
        (table,) = tables((spl_text(f"<table>{head}{first.format(span)}{rest}</table>"),))
        assert table.header == ("Age", "Dose")
        assert table.rows == (("Adults", "10 mg"), ("Adults", "20 mg"), ("Elderly", "5 mg"))


def test_a_row_with_a_cell_too_many_does_not_make_heading_rows_cells() -> None:
    table = spl_table(
        "<th>Group</th><th>Dose</th>",
        '<td colspan="2">Renal impairment</td>',
        "<td>Mild</td><td>5 mg</td>",
        "<td>Severe</td><td>2 mg</td><td>see text</td>",
    )
    assert table.rows[0] == ("Renal impairment", "", "")
    beside = spl_table(
        "<th>Group</th><th>Start</th><th>Then</th>",
        '<td rowspan="3">Adults</td><td>5 mg</td><td>10 mg</td>',
        '<td colspan="2">with food</td>',
        '<td colspan="2">or without</td>',
    )
    assert beside.rows[1] == ("Adults", "with food", "with food")


def test_items_with_marks_of_their_own_are_not_numbered_again() -> None:
    items = "<item><caption>a)</caption>First</item><item><caption>b)</caption>Second</item>"
    (listing,) = spl_text(f'<list listType="ordered">{items}</list>').blocks
    assert isinstance(listing, Listing)
    assert not listing.ordered
    assert listing.items[0] == (Paragraph("a) First"),)


@pytest.mark.parametrize(
    ("attributes", "marks"),
    [
        ('listType="ordered" styleCode="LittleAlpha"', "abc"),
        ('listType="ordered" styleCode="BigRoman"', ("I", "II", "III")),
        ('listType="ordered" styleCode="Arabic"', None),
        ('listType="ordered" style="list-style-type: lower-latin"', "abc"),
        ('listType="ordered" type="A" start="3"', "CDE"),
        ('listType="unordered" styleCode="Disc"', None),
    ],
)
def test_items_have_the_letters_that_the_text_calls_them_by(attributes: str, marks: Sequence[str] | None) -> None:
    items = ["Give 5 mg.", "Wait a day.", "If this fails, repeat step a."]
    (listing,) = spl_text(f"<list {attributes}>{''.join(f'<item>{item}</item>' for item in items)}</list>").blocks
    assert isinstance(listing, Listing)
    marked = [f"{mark}) {item}" for mark, item in zip(marks, items, strict=True)] if marks else items
    assert listing.items == tuple((Paragraph(each),) for each in marked)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>1,2</sup> mg", "10 ¹,² mg"),  # never 101,2 mg
        ("10<sup>1†</sup> mg", "10 ¹† mg"),
        ("10<sup>1, 12</sup> mg", "10 ¹, ¹² mg"),
        ("0/1<sup>a,</sup><sup>b</sup>", "0/1 ᵃ,ᵇ"),
        ("10<sup>A</sup> mg", "10 (A) mg"),
        ("10<sup>see note 3</sup> mg", "10 (see note 3) mg"),
        ("10<sup>†</sup> mg", "10† mg"),
        ("10<sup>[1]</sup> mg", "10[1] mg"),
        ("10<sub>1</sub> mg", "10₁ mg"),
        ('10<content style="font-size: 8pt; vertical-align:super">1</content> mg', "10¹ mg"),
        ('10<content style="position:relative;top:-3pt">1,2</content> mg', "10 ¹,² mg"),
        ('10<content style="vertical-align:sub">1</content> mg', "10₁ mg"),
        ('10<content style="vertical-align:baseline">0</content> mg', "100 mg"),
        ("1<content>0</content> mg", "10 mg"),
        (
            '10 mg<content style="display: none">draft: 20 mg</content>.',
            "10 mg [hidden in the document: draft: 20 mg].",
        ),
        ("the 1<sup>st</sup> and 4<sup>th</sup> day", "the 1st and 4th day"),
        ("le 1<sup>er</sup> jour", "le 1er jour"),
        ("dose<sup>a,b</sup> in mg/m<sup>2</sup>", "dose ᵃ,ᵇ in mg/m²"),
        ("H<sub>2</sub>O, C<sub>max</sub>, 1<sup>1</sup>/<sub>2</sub>", "H2O, Cmax, 1½"),
        ("Zelvan<sup>MC</sup> tablets, Zelvan<sup>®</sup>", "Zelvan (MC) tablets, Zelvan®"),
    ],
)
def test_no_figure_above_or_below_the_line_joins_a_number(markup: str, text: str) -> None:
    assert spl_text(f"<paragraph>{markup}</paragraph>").blocks == (Paragraph(text),)


def test_lines_that_are_kept_as_they_are_typed_stay_lines() -> None:
    assert spl_text("<pre>Adults: 10 mg\nChildren: 5 mg</pre>").blocks == (
        Paragraph("Adults: 10 mg"),
        Paragraph("Children: 5 mg"),
    )


def test_an_image_where_an_item_has_its_mark_is_reported() -> None:
    caption = '<caption><renderMultiMedia referencedObject="a"/></caption>'
    (listing,) = spl_text(f"<list><item>{caption}Take it</item></list>").blocks
    assert isinstance(listing, Listing)
    assert "[Image" in str(listing.items[0])
    assert "Take it" in str(listing.items[0])


def test_a_star_before_a_note_is_a_mark_and_no_bullet() -> None:
    label = openfda(dosage_and_administration=["5 mg*."])
    note = Part("dosage_and_administration", "", (Paragraph("* if tolerated"),))
    written = monograph(replace(label, parts=(note,)), drug_name(label))
    (section,) = [s for s in parse(written, "zelvanib", "").sections if s.key == "dosage"]
    assert section.text == "* if tolerated"


@pytest.mark.parametrize("text", ["* Mild: 5 mg", "Mild *: 5 mg", "Mild: 5 mg *", "*"])
@pytest.mark.parametrize("lead", [1, 4])
def test_a_star_beside_emphasis_is_a_mark(text: str, lead: int) -> None:
    label = openfda(dosage_and_administration=["5 mg*."])
    part = Part("dosage_and_administration", "", (Paragraph(text, min(lead, len(text))),))
    written = monograph(replace(label, parts=(part,)), drug_name(label))
    (section,) = [s for s in parse(written, "zelvanib", "").sections if s.key == "dosage"]
    assert section.text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Recommended Dosage Administer ZELVA orally twice daily.", "Recommended Dosage"),
        ("Administration Inspect ZELVA visually.", "Administration"),
        ("Pediatric Use ZELVA is not approved.", "Pediatric Use"),
    ],
)
def test_a_title_ends_before_an_imperative(text: str, title: str) -> None:
    words = text.split(" ")
    assert " ".join(words[: title_length(words, Evidence(frozenset({"zelva"})))]) == title


def test_a_row_whose_first_cell_alone_has_words_is_no_header() -> None:
    table = spl_table(
        "<th>Effect</th><th>If severe</th><th>Always</th>",
        "<td><content styleCode='bold'>VERY COMMON</content></td><td/><td/>",
        "<td>Headache</td><td>yes</td><td/>",
        "<td>Rash</td><td/><td>yes</td>",
    )
    assert table.header == ("Effect", "If severe", "Always")
    assert table.rows[0] == ("VERY COMMON", "", "")


def test_cells_that_list_what_belongs_together_line_by_line_are_rows() -> None:
    def rows(*cells: str) -> tuple[tuple[str, ...], ...]:
        html = "".join(f"<td>{cell}</td>" for cell in cells)
        table = f"<table><thead><tr><th>CrCl</th><th>Dose</th><th>Interval</th></tr></thead><tr>{html}</tr></table>"
        label = openfda(contraindications=["None."], dosage_and_administration_table=[table])
        return of_key(label, "dosage_and_administration")[0].rows

    paragraphs = "<paragraph>&gt; 10</paragraph><paragraph>0 to 10</paragraph>"
    assert rows(paragraphs, "200<br/>100", "every 4 hours<br/>every <content>12</content> hours") == (
        ("> 10", "200", "every 4 hours"),
        ("0 to 10", "100", "every 12 hours"),
    )
    for broken in (("10 to<br/>49", "200 mg<br/>twice", "daily"), ("&gt; 10<br/>5", "200<br/>100", "a<br/>b<br/>c")):
        assert len(rows(*broken)) == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<ul><span><li>Never in pregnancy</li></span><li>Never with gout</li></ul>",
        "<ul>Never in pregnancy<li>Never with gout</li></ul>",
        "<ul><li>Never with gout</li>Never in pregnancy</ul>",
        "<ul><p>Never in pregnancy</p><li>Never with gout</li></ul>",
        "<table><tr><td>Never with gout</td><span><td>Never in pregnancy</td></span></tr></table>",
        "<table><span><tr><td>Never in pregnancy</td></tr></span><tr><td>a</td><td>Never with gout</td></tr></table>",
        "<table><tr><td>a</td><td>Never with gout</td></tr>Never in pregnancy</table>",
        "<table><tr>Never in pregnancy<td>a</td><td>Never with gout</td></tr></table>",
        "<table><td>Never in pregnancy</td><td>b</td><tr><td>a</td><td>Never with gout</td></tr></table>",
        "<table><p>Never in pregnancy</p><tr><td>a</td><td>Never with gout</td></tr></table>",
        "<table><tr><caption>Never in pregnancy</caption><td>a</td><td>Never with gout</td></tr></table>",
        "<p>Never<br>in pregnancy</br></p><p>Never with gout</p>",
    ],
)
def test_what_is_in_a_list_or_a_table_and_in_no_item_or_cell_is_kept(inside: str) -> None:
    text = " ".join(monograph(Label("SPL", ("zelvanib",), parts=(spl_text(inside),))).split())
    assert "Never with gout" in text
    assert "Never in pregnancy" in text


def test_no_cell_is_lost_to_the_bound_on_repeated_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("druginfo.labels.tables.MOST_CELLS", 5)
    rows = [f"<td>a{n}</td><td>b{n}</td>" for n in range(9)]
    table = spl_table('<td colspan="2" rowspan="3">spans</td>', *rows)
    words = " ".join(cell for row in table.rows for cell in row).split()
    assert {f"{column}{n}" for n in range(9) for column in "ab"} <= set(words)


@pytest.mark.parametrize("short", ["None", "5", "Give 5 mg"])
def test_a_short_text_is_not_cut_out_of_another_section_s_sentence(short: str) -> None:
    whole = "None of the elderly needs less than 5 mg. Give 5 mg to them."
    label = openfda(use_in_specific_populations=[whole], geriatric_use=[short])
    assert {(part.key, part.parts) for part in label.parts} == {
        ("use_in_specific_populations", ()),
        ("geriatric_use", ()),
    }
    assert whole in monograph(label)


@pytest.mark.parametrize(
    ("paragraphs", "apart"),
    [
        (("• Adults: 10 mg", "o mild: 5 mg", "o severe: 2 mg"), True),
        (("Adults: 10 mg", "o\xa0\xa0 mild: 5 mg"), True),
        (("Tomar 5 mg al día", "o 10 mg si es necesario"), False),
    ],
)
def test_an_o_that_is_a_bullet_begins_a_line_of_its_own(paragraphs: Sequence[str], apart: bool) -> None:
    part = spl_text("".join(f"<paragraph>{each}</paragraph>" for each in paragraphs))
    assert len(part.blocks) == (len(paragraphs) if apart else 1)


def test_the_first_of_several_heading_rows_stays_in_a_table_without_column_names() -> None:
    table = spl_table(
        '<td colspan="2">Strong CYP3A4 Inhibitors</td>',
        "<td>Clinical Impact</td><td>Higher levels</td>",
        '<td colspan="2">Strong CYP3A4 Inducers</td>',
        "<td>Clinical Impact</td><td>Lower levels</td>",
    )
    assert [row[0] for row in table.rows][::2] == ["Strong CYP3A4 Inhibitors", "Strong CYP3A4 Inducers"]
