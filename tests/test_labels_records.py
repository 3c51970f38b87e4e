"""What is wrong with a file is told, costs what a right one costs, and loses no other record."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.test_labels_import import bulk, label

from druginfo.labels import records
from druginfo.labels.importing import import_labels
from druginfo.labels.label import Refused
from druginfo.labels.merging import changes, merged
from druginfo.labels.monograph import is_untouched
from druginfo.labels.records import RawRecord, reread
from druginfo.labels.xmltree import document
from druginfo.parse import MAX_BYTES, parse


def read(path: Path) -> list[RawRecord]:
    return list(records.records(path))


def test_a_key_that_is_there_twice_keeps_all_its_values_and_is_reported(tmp_path: Path) -> None:
    twice = '{"results": [{"a": ["x"], "a": ["y"], "b": 1, "b": 1}, {"c": {"d": 1, "d": 2}}]}'
    path = tmp_path / "a.json"
    path.write_text(twice)
    first, second = read(path)
    assert first.json == {"a": ["x", "y"], "b": 1}
    assert "“a”" in first.remark
    assert second.json == {"c": {"d": [1, 2]}}
    path.write_text('{"a": ["x"], "a": ["y"]}')
    assert read(path)[0].json == {"a": ["x", "y"]}
    assert "“a”" in read(path)[0].remark


def test_bytes_that_are_no_utf_8_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    content = json.dumps(
        {"results": [label("ZELVANIB", dosage_and_administration=["5 \u00b5g daily"])]}, ensure_ascii=False
    )
    path.write_bytes(content.encode("latin-1"))
    report = import_labels([path], tmp_path / "out")
    assert "no UTF-8" in report.remarks[0].text
    assert len(report.imported) == 1


@pytest.mark.parametrize("depth", [0, 1])
@pytest.mark.slow
def test_a_string_that_never_ends_is_scanned_once(tmp_path: Path, depth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGEST_RECORD", 24 << 20)
    path = tmp_path / "a.json"
    path.write_bytes(b'{"results": [' + b'{"a": ' * depth + b'"' + b"x\\\\" * (12 << 20))
    begun = time.process_time()
    found = read(path)
    assert time.process_time() - begun < 5
    assert [record.json for record in found if record.json] == []
    assert found[0].fault


def test_strings_are_read_across_the_ends_of_buffers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = [{"a": 'x\\"' * n + "\\" * n, "b": "é" * n} for n in range(1, 40)]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"results": values}, ensure_ascii=False), encoding="utf-8")
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(records, "_CHUNK", size)
        assert [record.json for record in read(path)] == values


def test_a_record_ends_where_its_json_does(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    given = [
        {"a": "}, {", "b": '"}, {"a": 1'},
        {"a": [{"b": 1}, {"b": 2}], "c": "x" * 900},
        {"a": [[{}], [{}, {}]]},
        *({"a": str(number)} for number in range(50)),
    ]
    for content in (json.dumps({"meta": {}, "results": given}, indent=1), "\n".join(map(json.dumps, given))):
        path.write_text(content)
        found = read(path)
        assert [raw.json for raw in found] == given
        assert [json.loads(content or b"") for content in reread([raw.place for raw in found if raw.place])] == given


def test_a_broken_record_costs_itself_in_any_form(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    lines = ['{"a": 1}', '{"a": 2, }', '{"a": 3}', '{"a" 4}', '{"a": 5}']
    for content in ("\n".join(lines), f"[{','.join(lines)}]", '{"results": [' + ", ".join(lines) + "]}"):
        path.write_text(content)
        assert [raw.json and raw.json["a"] for raw in read(path)] == [1, None, 3, None, 5]


@pytest.mark.slow
def test_short_records_far_from_each_other_cost_no_more_than_any(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" + '{"a":1},1,' * 5_000 + "1]")
    begun = time.process_time()
    assert sum(raw.json is not None for raw in read(path)) == 5_000
    assert time.process_time() - begun < 6


def test_records_are_found_again_where_they_stood(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    values: list[dict[str, Any]] = [{"n": n, "x": "y" * n} for n in range(50)]
    path.write_text("\ufeff" + json.dumps({"results": values}), encoding="utf-8")
    zipped = tmp_path / "a.json.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "a.json")
    for each in (path, zipped):
        places = [record.place for record in read(each) if record.place]
        assert [json.loads(content or b"") for content in reread(places)] == values
        assert [json.loads(content or b"") for content in reread(places[7:40:5])] == values[7:40:5]
    path.unlink()
    assert list(reread([place for place in places[:2] if place])) != [None, None]
    gone = [place._replace(path=str(path), members=()) for place in places[:2] if place]
    assert list(reread(gone)) == [None, None]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "a PDF, which is not read; import the label's JSON or XML"),
        (b"{\\rtf1 Label}", "a rich text file, which"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word"),
        (b"\x1f\x8b\x08", "a gzip file, which is not read; unpack it first"),
        ("[Content_Types].xml", "a Word or other Office file, which"),
        ("mimetype", "an OpenDocument or EPUB file, which"),
    ],
)
def test_a_file_that_people_have_labels_in_is_named_in_one_line(
    tmp_path: Path, content: bytes | str, what: str
) -> None:
    path = tmp_path / "label"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(content, "<Types/>")
            archive.writestr("word/document.xml", "<document/>")
    (record,) = read(path)
    assert record.fault is not None
    assert record.fault.startswith(what)


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b" " * (1 << 20))
    monkeypatch.setattr(records, "ALWAYS_UNPACKED", 1000)
    assert "200 times" in (read(bomb)[0].fault or "")
    monkeypatch.setattr(records, "MOST_UNPACKED", 1000)
    assert "unpacks to more than" in (read(bomb)[0].fault or "")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.json", "{}")
    middle = io.BytesIO()
    with zipfile.ZipFile(middle, "w") as archive:
        archive.writestr("x.zip", inner.getvalue())
    with zipfile.ZipFile(tmp_path / "deep.zip", "w") as archive:
        archive.writestr("x.zip", middle.getvalue())
    monkeypatch.undo()
    assert "a zip in a zip in a zip" in (read(tmp_path / "deep.zip")[0].fault or "")


def test_xml_in_another_encoding_than_it_declares_is_reported() -> None:
    with pytest.raises(Refused, match="not UTF-8, the encoding that it declares"):
        document('<?xml version="1.0" encoding="UTF-8"?><a>\u00e9</a>'.encode("latin-1"))
    assert document('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>'.encode("latin-1")).text == "\u00e9"
    assert document('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9\u2265</a>'.encode()).text == "\u00e9\u2265"
    with pytest.raises(Refused, match="not readable as XML"):
        document(b'<?xml version="1.0" encoding="klingon"?><a/>')


def test_what_is_written_can_be_read_or_is_reported(tmp_path: Path) -> None:
    huge = {**label("HUGENIB"), "warnings": ["Take care. " * (MAX_BYTES // 10)]}
    report = import_labels([bulk(tmp_path / "a.json", huge, label("ZELVANIB"))], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["zelvanib"]
    assert "more than the 2 MB" in report.skipped[0].reason
    assert not (tmp_path / "out" / "hugenib.md").exists()


# ---------------------------------------------------------------- a newer label, and what a person changed


def imported(tmp_path: Path, effective: str, **sections: list[str]) -> Any:
    path = bulk(tmp_path / f"{effective}.json", {**label("ZELVANIB", effective), **sections})
    return import_labels([path], tmp_path / "out")


OLD = {"warnings": ["Old warning."], "overdosage": ["Old overdose."], "description": ["White."]}
NEW = {"warnings": ["New warning."], "overdosage": ["New overdose."], "adverse_reactions": ["Nausea."]}


def test_a_newer_label_says_what_it_changed(tmp_path: Path) -> None:
    imported(tmp_path, "20200101", **OLD)
    (done,) = imported(tmp_path, "20210101", **NEW).imported
    assert done.replaced
    assert set(done.changed) == {"Side Effects (new)", "Precautions", "Overdose", "Description (gone)"}
    assert done.kept == ()


def test_a_newer_label_keeps_a_person_s_sections(tmp_path: Path) -> None:
    imported(tmp_path, "20200101", **OLD)
    path = tmp_path / "out" / "zelvanib.md"
    text = path.read_text("utf-8").replace("Old overdose.", "Call the poison centre.")
    text = text.replace("## Overdose", "## Our Protocol\n\nAsk the pharmacist.\n\n## Overdose")
    text = text.replace("title: Zelvanib", "title: Zelvanib\natc: L01XX99")
    path.write_text(text, "utf-8")
    (done,) = imported(tmp_path, "20210101", **NEW).imported
    assert set(done.kept) == {"front matter", "Overdose", "Our Protocol"}
    now = path.read_text("utf-8")
    assert "New warning." in now
    assert "Call the poison centre." in now
    assert "Ask the pharmacist." in now
    assert "atc: L01XX99" in now
    assert "New overdose." not in now
    assert not is_untouched(now)
    assert parse(now, "zelvanib", "").last_modified == "2021-01-01"
    again = imported(tmp_path, "20220101", **NEW).imported[0]
    assert "Overdose" in again.kept
    assert "Call the poison centre." in path.read_text("utf-8")


def test_a_label_that_is_no_newer_leaves_a_changed_file_alone(tmp_path: Path) -> None:
    imported(tmp_path, "20200101", **OLD)
    path = tmp_path / "out" / "zelvanib.md"
    path.write_text(path.read_text("utf-8").replace("Old overdose.", "Mine."), "utf-8")
    report = imported(tmp_path, "20200101", **NEW)
    assert "not newer" in report.skipped[0].reason
    assert "Mine." in path.read_text("utf-8")


def test_a_section_that_a_person_removed_stays_away(tmp_path: Path) -> None:
    imported(tmp_path, "20200101", **OLD)
    path = tmp_path / "out" / "zelvanib.md"
    text = path.read_text("utf-8")
    start = text.index("## Overdose")
    end = text.index("## ", start + 3)
    path.write_text(text[:start] + text[end:], "utf-8")
    (done,) = imported(tmp_path, "20210101", **NEW).imported
    assert done.kept == ("Overdose (removed)",)
    assert "New overdose." not in path.read_text("utf-8")


def test_a_file_that_noted_nothing_cannot_be_merged() -> None:
    assert merged("---\ntitle: A\n---\n## B\n\nc\n", "---\ntitle: A\n---\n## B\n\nd\n") is None
    assert changes("## B\n\nc\n", "## B\n\nd\n") == ("B",)
