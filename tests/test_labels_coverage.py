"""Words of a document that its monograph lacks: counted, noted in its front matter, reported, and nothing else is."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import XML, Element, tostring

import pytest

from druginfo.check import check
from druginfo.labels import import_labels
from druginfo.labels import monograph as writer
from druginfo.labels.coverage import Lost, lost, texts
from druginfo.labels.epi import read_epi
from druginfo.labels.importing import read_xml
from druginfo.labels.openfda import read_openfda

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "labels").glob("*.*"))
TOOL = Path(__file__).parents[1] / "tools" / "word_coverage.py"


def test_dead_links_of_a_word_processor_are_taken_out_and_not_called_lost() -> None:
    dead = "Error! Hyperlink reference not valid."
    record = {
        **RECORD,
        "dosage_and_administration": [
            f"Take it with food ( {dead} , {dead} ). The dose is 5 mg [see {dead}, {dead} ] . Halve it as in Table 1, "
            "Error! Reference source not found. The maximum is 20 mg daily ( 2.1 , Error! Bookmark not defined. )."
        ],
    }
    written = writer.monograph(read_openfda(record))
    assert "rror!" not in written
    assert "Take it with food. The dose is 5 mg. Halve it as in Table 1 The maximum is 20 mg daily (2.1)." in written
    assert "lost:" not in written
    assert "rror!" not in writer.monograph(read_xml(SPL.replace(b"DOSE", f"5 mg [see {dead}]".encode()))[0])


SPL = (
    b'<document xmlns="urn:hl7-org:v3"><code code="34391-3"/><setId root="x"/><component><structuredBody><component>'
    b'<section><code code="34068-7" codeSystem="2.16.840.1.113883.6.1"/><title>DOSAGE</title><text><paragraph>'
    b"Take DOSE.</paragraph></text><subject>"
    b"<manufacturedProduct><manufacturedProduct><name>Zelvax</name><asEntityAsGeneric>"
    b"<genericMedicine><name>zelvanib</name></genericMedicine></asEntityAsGeneric></manufacturedProduct>"
    b"</manufacturedProduct></subject></section></component></structuredBody></component></document>"
)
RECORD: dict[str, Any] = {
    "indications_and_usage": ["1 INDICATIONS AND USAGE Zelvanib is indicated for the treatment of plaque psoriasis."],
    "dosage_and_administration": [
        "2 DOSAGE AND ADMINISTRATION 2.1 Recommended Dosage The recommended dosage is 30 mg orally once daily. "
        "2.2 Renal Impairment Table 1 CrCl Dose (mg/m 2 ) Below 30 7 30 or more 15 Withhold it in dialysis."
    ],
    "dosage_and_administration_table": [
        "<table><tbody><tr><td>CrCl</td><td>Dose (mg/m<sup>2</sup>)</td></tr><tr><td>Below 30</td><td>7</td></tr>"
        "<tr><td>30 or more</td><td>15</td></tr></tbody></table>"
    ],
    "openfda": {"generic_name": ["ZELVANIB"], "substance_name": ["ZELVANIB"]},
    "set_id": "x",
    "effective_time": "20260102",
}


def lacks(source: Any, text: str) -> tuple[int, str, str]:
    found = lost(source, text)
    return (found.number, found.title, " ".join(found.words)) if found else (0, "", "")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_word_of_the_fixtures_arrives(path, tmp_path):
    report = import_labels([path], tmp_path)
    assert report.imported
    assert not report.remarks
    assert not any("  lost: " in file.read_text("utf-8") for file in tmp_path.iterdir())


def test_what_a_monograph_lacks_is_counted_with_its_section():
    label = read_openfda(RECORD)
    (source,) = label.source
    body = writer.monograph(label).split("\n---\n", 1)[1]
    assert lacks(source, body) == (0, "", "")
    assert lacks(source, body.replace("Withhold it in dialysis.", "")) == (
        4, "dosage and administration", "withhold it in dialysis",
    )  # fmt: skip
    assert lacks(source, body.replace("| Below 30 | 7 |\n", ""))[1:] == ("dosage and administration", "below 3 0 7")
    usage = body.index("## Dosage\n")
    assert lacks(source, body[usage:])[1] == "indications and usage"


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ("of 5 mg/m 2 daily", "of 5 mg/m² daily"),
        ("C max and AUC 0-24 rose", "Cmax and AUC0-24 rose"),
        ("Dose a is 5 mg", "Dose ᵃ is 5 mg"),
        ("one two three four", "three four\n\none two"),
        ("o Give it o Take it", "- Give it\n- Take it"),
        ("pa\u00adtients of 10\u20099", "patients of 10⁹"),
        ("1 1/2 tablets", "1½ tablets"),
        ("Zelva™ tablets", "Zelva tablets"),
        ("1. Stir 2. Drink", "1. Stir\n2. Drink"),
    ],
)
def test_words_moved_joined_or_parted_are_not_lost(given, there):
    assert lost((("dosage", given),), there) is None


def test_a_subsection_s_text_is_counted_once_and_a_title_over_subsections_is_none():
    inner = "8.1 Pregnancy It may harm an unborn child in the first weeks."
    other = "8.5 Geriatric Use Older patients had more falls than younger ones."
    fields = (("use_in_specific_populations", f"8 USE {inner} {other}"), ("pregnancy", inner), ("geriatric_use", other))
    assert lost(fields, f"{other}\n\n{inner}") is None
    assert lacks(fields, inner)[0] == 14


def test_narratives_that_say_their_title_again_or_that_there_is_none():
    composition = {
        "section": [
            {"title": "4. Side effects", "text": {"div": "<div><h2>Side effects</h2><p>Rash</p></div>"}},
            {"title": "5. Empty", "text": {"div": "<div>unavailable</div>"}},
            {"title": "6. Over", "section": {"title": "6.1 In it", "text": {"div": "<div>Talc</div>"}}},
        ]
    }
    assert [text.text for text in texts(composition)] == ["Side effects Rash", "6.1 In it Talc"]
    assert lacks(composition, "# 4. Side effects\n\nRash") == (5, "6.1 In it", "6 1 in it talc")


def test_sections_and_texts_of_an_spl_document_are_found_wherever_they_are():
    inner = "<section><title>2.1 Adults</title><paragraph>Take 5 mg.</paragraph>With food.</section>"
    outer = f"<section><code code='34068-7'/><title>2 DOSAGE</title><x>{inner}</x></section>"
    body = f"<component><structuredBody><y>{outer}</y></structuredBody></component>"
    product = "<manufacturedProduct><name>Zelva</name></manufacturedProduct>"
    (label,) = read_xml(f"<document><setId root='x'/>{product}{body}</document>".encode())
    text = writer.monograph(label)
    assert "#### 2.1 Adults\n\nTake 5 mg.\n\nWith food.\n" in text
    assert lacks(label.source[0], "2 dosage")[:2] == (7, "2.1 Adults")


def test_an_image_parts_the_words_beside_it():
    xml = b"<section><title>A</title><text><paragraph>one<renderMultiMedia/>two</paragraph></text></section>"
    from druginfo.labels.xmltree import document

    assert lost(document(b"<document>" + xml + b"</document>"), "A one [Image] two") is None


def test_shown_in_one_line():
    assert str(Lost(1200, 5312, "Dosage", tuple("abcdefghij"))) == (
        "1,200 of 5,312 words, first in “Dosage” (a b c d e f g h …)"
    )


def test_import_notes_what_it_lost_and_check_says_it(tmp_path, monkeypatch):
    label = tmp_path / "label.json"
    label.write_text(json.dumps(RECORD), encoding="utf-8")
    monkeypatch.setattr(writer, "_table", lambda block, indent: iter(()))  # a fault of ours
    report = import_labels([label], tmp_path / "m")
    (file,) = (tmp_path / "m").iterdir()
    said = "15 of 56 words, first in “dosage and administration” (1 crcl dose mg m 2 below 3 …)"
    (remark,) = report.remarks
    assert remark.text == f"{file} lacks {said}: compare it with the official document"
    assert writer.is_untouched(file.read_text("utf-8"))
    (finding,) = check([(str(file), file)], select=["I805"]).findings
    assert said in finding.message
    assert "compare the section with the official document" in finding.message


def test_a_record_that_defeats_the_reader_keeps_its_words(tmp_path, monkeypatch):
    from druginfo.labels import openfda, workers

    monkeypatch.setattr(openfda, "_part", lambda *_: 1 / 0)
    text = workers.rewritten({**RECORD, "warnings_table": ["<table><tr><td>Never crush it</td></tr></table>"]}, NAME)
    assert "Never crush it" in text
    assert writer.lost_words(text) == "its headings, lists and tables, which could not be read"


NARRATIVE = (
    "<div><p>alpha one</p><ul><li>beta <b>two</b></li><li>gamma<ul><li>delta 3</li></ul></li></ul><table>"
    "<caption>epsilon</caption><thead><tr><th>eta</th><th>theta 5</th></tr></thead><tbody><tr><td rowspan='2'>iota</td>"
    "<td>kappa 6</td></tr><tr><td>lambda 7</td></tr></tbody></table><dl><dt>mu</dt><dd>nu 8</dd></dl><h3>xi 9</h3>"
    "<p>omicron<sup>2</sup> pi<br/>rho</p></div>"
)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))])
def test_no_word_is_lost_whatever_is_wrapped_unwrapped_or_put_between(seed):
    chance = random.Random(seed)
    for number in range(40):
        root = XML(NARRATIVE)
        for _ in range(chance.randint(1, 3)):
            parents = {child: parent for parent in root.iter() for child in parent}
            element = chance.choice(list(parents))
            at, kind = list(parents[element]).index(element), chance.choice(("around", "before", "after", "in", "out"))
            if kind == "around":
                parents[element][at] = around = Element(chance.choice("span div p b li tr td ul table x".split()))
                around.append(element)
            elif kind == "before":
                parents[element].insert(at, Element(chance.choice("br img hr span tr".split())))
            elif kind == "after":
                element.tail = f"{element.tail or ''} loose{'abcdefgh'[number % 8]} words "
            elif kind == "in":
                element.text = f"{element.text or ''} more{'abcdefgh'[number % 8]} words "
            else:
                element.tag = "span"
        first = {
            "title": "1. What Zelvan is and what it is used for",
            "text": {"div": "<p>It contains zelvanib 5 mg.</p>"},
        }
        sections = [first, {"title": "4. Effects", "text": {"div": tostring(root, encoding="unicode")}}]
        resource = {"resourceType": "Composition", "title": "Package leaflet", "language": "en", "section": sections}
        (label,) = read_epi(resource)
        assert "  lost: " not in writer.monograph(label), tostring(root)


@pytest.mark.slow
def test_the_report_of_the_tool_says_the_same():
    done = subprocess.run(
        [sys.executable, str(TOOL), *map(str, FIXTURES), "--lost"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all: " in done.stdout.splitlines()[-1]
    assert " 0 lost, " in done.stdout.splitlines()[-1]


tool = import_module("tools.word_coverage")


def test_words_are_in_order_as_far_as_both_texts_have_them_one_after_another():
    assert tool.in_order("give it once daily".split(), "give [1] it once once daily".split()) == 4
    assert tool.in_order("give it once daily".split(), "once daily give it".split()) == 2
    assert tool.in_order("give it".split(), []) == 0


def test_words_that_have_changed_their_places_are_not_in_order(monkeypatch):
    label = read_openfda(RECORD)
    missing, rows = tool.coverage(label)
    assert missing == 0
    assert all(row.of == row.in_order for row in rows)
    body = writer.monograph(label)
    first, last = "is indicated for the treatment", "of plaque psoriasis"
    monkeypatch.setattr(tool, "monograph", lambda _: body.replace(f"{first} {last}", f"{last} {first}"))
    assert [row for row in tool.coverage(label)[1] if row.of > row.in_order] == [
        (13, 10, "indications and usage", "Usage")
    ]


@pytest.mark.parametrize("name", ["canada_2020_french.xml", "cases/14-health-canada-french.xml"])
def test_what_a_canadian_monograph_has_elsewhere_is_in_its_own_order(name):
    (label,) = read_xml((FIXTURES[0].parent / name).read_bytes())
    missing, rows = tool.coverage(label)
    assert missing == 0
    assert [row for row in rows if row.of > row.in_order] == []
    assert {row.home for row in rows} >= {"Usage", "Dosage", "Contraindications"}


CANADIAN = """<document xmlns="urn:hl7-org:v3"><code code="1" codeSystem="2.16.840.1.113883.2.20.6.10"/>
<component><structuredBody><component><section><code code="pi07" codeSystem="2.16.840.1.113883.2.20.6.60"/>
<title>7 WARNINGS AND PRECAUTIONS</title><text><table><caption>Table 1 Grades</caption><tbody>
<tr><td>Grade<footnote>As the guideline has them</footnote></td><td>Do</td></tr>
<tr><td>2</td><td>Give 5 mg</td></tr></tbody></table></text><component><section>
<code code="pi07.1" codeSystem="2.16.840.1.113883.2.20.6.60"/><title>7.1 Special Populations</title>
<text>Ask first.</text></section></component><component><section><title>7.2 Skin</title><text>Look at it.</text>
</section></component></section></component></structuredBody></component>
<subject><manufacturedProduct><manufacturedProduct><name>ZELVA</name></manufacturedProduct></manufacturedProduct>
</subject></document>"""


def test_a_numbered_section_keeps_its_order_and_a_note_costs_only_itself():
    (label,) = read_xml(CANADIAN.encode())
    body = writer.monograph(label)
    assert body.index("7.2 Skin") > body.index("Table 1 Grades") > body.index("7 WARNINGS") > body.index("7.1 Special")
    _, rows = tool.coverage(label)
    assert [(row.title, row.of - row.in_order) for row in rows] == [
        ("7 WARNINGS AND PRECAUTIONS", 1), ("7.1 Special Populations", 0), ("7.2 Skin", 0),
    ]  # fmt: skip


NAME = writer.monograph_name(read_openfda(RECORD))
