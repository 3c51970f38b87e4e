"""Label files in, monograph files out: streaming, the choice among labels, what is left alone, broken records."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Cli
from druginfo.errors import Failed
from druginfo.labels import importing, records, workers
from druginfo.labels.drugname import drug_name
from druginfo.labels.importing import import_labels
from druginfo.labels.openfda import names_and_date
from druginfo.labels.workers import rewritten

FIXTURES = Path(__file__).parent / "fixtures" / "labels"


def label(generic: str, effective: str = "20240101", version: str = "1", **more: Any) -> dict[str, Any]:
    set_id = more.pop("set_id", "11111111-2222-4333-8444-555555555555")
    return {
        "indications_and_usage": [f"{generic} is indicated for cough."],
        "set_id": set_id,
        "effective_time": effective,
        "version": version,
        "openfda": {"generic_name": [generic], **more},
    }


def bulk(path: Path, *found: Any) -> Path:
    path.write_text(json.dumps({"meta": {"results": {"total": len(found)}}, "results": found}, indent=2))
    return path


def names(directory: Path) -> list[str]:
    return sorted(entry.name for entry in directory.iterdir())


# ---------------------------------------------------------------- the files


def test_every_form_of_file_is_read(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "labels")
    zipped = tmp_path / "labels" / "bulk.json.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bulk.json", json.dumps([label("ZIPPED A"), label("ZIPPED B")]))
    with zipfile.ZipFile(tmp_path / "labels" / "dailymed.zip", "w") as outer:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("x.jpg", b"\xff\xd8")
            archive.writestr("x.xml", (FIXTURES / "spl_old_format.xml").read_bytes().replace(b"tussin", b"nested"))
        outer.writestr("prescription/x.zip", inner.getvalue())
    (tmp_path / "labels" / "lines.json").write_text(
        f"\ufeff{json.dumps(label('LINE A'))}\n{json.dumps(label('LINE B'))}\n"
    )
    report = import_labels([tmp_path / "labels"], tmp_path / "out")
    assert report.skipped == []
    assert [done.slug for done in report.imported] == [
        "corvastat-sodium-and-melodine",
        "dimolate",
        "line-a",
        "line-b",
        "nested-hydrobromide",
        "orbinol-hydrochloride",
        "tussin-hydrobromide",
        "zelvanib-canada-french",
        "zelvanib-tosylate",
        "zipped-a",
        "zipped-b",
    ]
    assert names(tmp_path / "out") == [f"{done.slug}.md" for done in report.imported]
    nested = next(done for done in report.imported if done.slug == "nested-hydrobromide")
    assert nested.source.endswith("dailymed.zip!prescription/x.zip!x.xml")


def test_files_that_are_no_labels_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad = {
        "empty.json": b"",
        "noise.json": b"hello",
        "nothing.json": b'{"meta": {}, "results": []}',
        "error.json": b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}',
        "cut.json": b'{"results": [{"set_id": "x", ',
        "bad.zip": b"PK\x03\x04 but no zip",
        "bad.xml": b"<document><unclosed></document>",
        "page.xml": b"<!DOCTYPE html><html><body/></html>",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    good = bulk(tmp_path / "good.json", label("ZELVANIB"))
    paths = [tmp_path / name for name in bad]
    report = import_labels([*paths, tmp_path / "missing.json", good], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["zelvanib"]
    reasons = {Path(skip.source).name: skip.reason for skip in report.skipped}
    assert set(reasons) == {*bad, "missing.json"}
    assert reasons["nothing.json"] == "no label records in it"
    assert "No matches found" in reasons["error.json"]
    assert "cannot be read" in reasons["missing.json"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"indications_and_usage": ["x"], oops}', "not valid JSON"),
        ('{"indications_and_usage": ["never closed}', "cut off"),
        ('{"indications_and_usage": ["x"}', "not valid JSON"),
        ("17", "not a JSON object"),
        ('["a"]', "not a JSON object"),
        ('{"indications_and_usage": ["x"], "openfda": 7}', "names no drug"),
    ],
)
def test_a_broken_record_is_reported_with_its_position_and_costs_only_itself(
    tmp_path: Path, broken: str, reason: str
) -> None:
    path = tmp_path / "bulk.json"
    before, after = (json.dumps(label(name)) for name in ("FIRST", "THIRD"))
    path.write_text(f'{{"meta": {{}}, "results": [\n{before},\n{broken},\n{after}\n]}}')
    report = import_labels([path], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["first", "third"]
    assert [(skip.position, reason in skip.reason) for skip in report.skipped] == [(2, True)]
    assert report.imported[1].position == 3


def test_a_file_that_ends_too_early_is_reported(tmp_path: Path) -> None:
    whole = json.dumps({"results": [label("FIRST"), label("SECOND")]})
    for cut in (len(whole) - 2, len(whole) - 30):
        path = tmp_path / f"{cut}.json"
        path.write_text(whole[:cut])
        report = import_labels([path], tmp_path / "out")
        assert report.imported[0].slug == "first"
        assert "cut off" in report.skipped[-1].reason


def test_records_larger_than_what_is_read_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_CHUNK", 7)
    found = [label("FIRST", note='a "quoted" {brace] \\'), {"a": {"b": [1, 2.5, None, True]}}, label("THIRD")]
    path = bulk(tmp_path / "bulk.json", *found)
    assert [raw.json for raw in records.records(path)] == found
    path.write_text(json.dumps(found[0]))
    assert [raw.json for raw in records.records(path)] == found[:1]


def test_a_record_beyond_all_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_CHUNK", 100)
    monkeypatch.setattr(records, "LARGEST_RECORD", 5_000)
    path = bulk(tmp_path / "bulk.json", label("FIRST"), {"x": "y" * 20_000}, label("THIRD"))
    found = list(records.records(path))
    assert [raw.json is not None for raw in found] == [True, False, True]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(st.sampled_from(list('{}[]",:\\ a1<>/')), max_size=60).map(str.encode))
def test_any_bytes_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    for start in (b"", b'{"results": [', b"<document>", b"PK\x03\x04"):
        path.write_bytes(start + content)
        for raw in records.records(path):
            assert (raw.json is not None) + (raw.xml is not None) + (raw.fault is not None) == 1


# ---------------------------------------------------------------- several labels for one drug


def test_the_newest_label_of_a_drug_wins_and_the_choice_is_reported(tmp_path: Path) -> None:
    path = bulk(
        tmp_path / "bulk.json",
        label("ZELVANIB", "20220101", brand_name=["Old"]),
        label("ZELVANIB", "20240101", brand_name=["New"]),
        label("ZELVANIB", "20230101", brand_name=["Middle"]),
        label("ZELVANIB AND MELODINE", "20250101", substance_name=["ZELVANIB", "MELODINE"]),
    )
    report = import_labels([path], tmp_path / "out")
    assert [(done.slug, done.position) for done in report.imported] == [("zelvanib", 2), ("zelvanib-and-melodine", 4)]
    assert "New" in (tmp_path / "out" / "zelvanib.md").read_text()
    assert {(kept.position, kept.slug) for kept in report.kept_back} == {(1, "zelvanib"), (3, "zelvanib")}
    assert all("newer label, of 2024-01-01 (bulk.json, record 2)" in kept.reason for kept in report.kept_back)


def test_all_labels_are_kept_when_asked_for(tmp_path: Path) -> None:
    path = bulk(
        tmp_path / "bulk.json",
        label("ZELVANIB", set_id="aaaaaaaa-2222-4333-8444-555555555555"),
        label("ZELVANIB", set_id="bbbbbbbb-2222-4333-8444-555555555555"),
    )
    report = import_labels([path], tmp_path / "out", all_labels=True)
    assert [done.slug for done in report.imported] == ["zelvanib-aaaaaaaa", "zelvanib-bbbbbbbb"]
    assert report.kept_back == []


# ---------------------------------------------------------------- what stands there already


def test_an_older_import_is_replaced_and_a_newer_one_is_not(tmp_path: Path) -> None:
    into = tmp_path / "out"
    import_labels([bulk(tmp_path / "a.json", label("ZELVANIB", "20240101", brand_name=["First"]))], into)
    report = import_labels([bulk(tmp_path / "b.json", label("ZELVANIB", "20250101", brand_name=["Second"]))], into)
    assert [done.slug for done in report.replaced] == ["zelvanib"]
    report = import_labels([tmp_path / "a.json"], into)
    assert report.imported == []
    assert "newer label, of 2025-01-01" in report.kept_back[0].reason
    assert "Second" in (into / "zelvanib.md").read_text()
    assert import_labels([tmp_path / "a.json"], into, overwrite=True).replaced
    assert "First" in (into / "zelvanib.md").read_text()


@pytest.mark.parametrize("change", ["edited", "own", "crlf"])
def test_a_person_s_file_is_left_alone(tmp_path: Path, change: str) -> None:
    into, path = tmp_path / "out", bulk(tmp_path / "a.json", label("ZELVANIB"))
    import_labels([path], into)
    file = into / "zelvanib.md"
    text = file.read_text()
    assert text.count("cough") == 1
    changed = {
        "edited": text.replace("cough", "coughs"),
        "own": "---\ntitle: Zelvanib\n---\n## Usage\n\nMine.\n",
        "crlf": text.replace("\n", "\r\n"),
    }[change]
    file.write_bytes(changed.encode())
    report = import_labels([path], into)
    if change == "crlf":  # line ends are not a person's change
        assert report.replaced
        return
    assert report.imported == []
    assert "--overwrite" in report.skipped[0].reason
    assert file.read_bytes().decode() == changed
    assert import_labels([path], into, overwrite=True).replaced
    assert file.read_text() == text


def test_an_import_says_which_monograph_it_is_used_instead_of(tmp_path: Path, cli: Cli) -> None:
    oral = bulk(tmp_path / "a.json", label("ALLOPURINOL", "20240101", route=["ORAL"]))
    vein = bulk(tmp_path / "b.json", label("ALLOPURINOL", "20250101", route=["INTRAVENOUS"]))
    env = {"XDG_DATA_HOME": str(tmp_path)}
    first = cli("import", str(oral), "--json", env=env)
    place = str(tmp_path / "druginfo" / "monographs" / "allopurinol.md")
    (done,) = json.loads(first.out)["imported"]
    assert (done["form"], done["instead_of"]["is_shipped"]) == ("oral", True)
    assert done["instead_of"]["covers"].startswith("Oral tablets")
    assert "Allopurinol (oral): the imported label is now used instead of the shipped monograph (Oral t" in first.err
    assert f"delete {place}; to keep both, do that and import with --all." in first.err
    assert "it is used instead of the shipped one" in cli("show", "allopurinol", env=env).out
    assert "instead of" not in cli("import", str(oral), env=env).err, "the same again takes nobody's place"
    second = cli("import", str(vein), env=env)
    assert "Allopurinol (intravenous): the imported label is now used instead of an earlier import" in second.err
    assert "of another form (oral). To undo, import that label with --overwrite" in second.err
    elsewhere = cli("import", str(oral), "--into", str(tmp_path / "out"), env=env)
    assert elsewhere.err == "", "the user's own directory is the only one that hides a shipped monograph"
    Path(place).unlink()
    assert cli("import", str(vein), "--all", env=env).err == ""
    assert "Allopurinol (allopurinol) and Allopurinol (allopurinol-11111111)" in cli("dose", "allopurinol", env=env).err


def test_an_interrupted_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    into = tmp_path / "out"
    import_labels([bulk(tmp_path / "a.json", label("ZELVANIB", "20240101"))], into)
    before = (into / "zelvanib.md").read_text()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_labels([bulk(tmp_path / "b.json", label("ZELVANIB", "20250101"))], into)
    assert names(into) == ["zelvanib.md"]
    assert (into / "zelvanib.md").read_text() == before


def test_a_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    into = tmp_path / "out"
    (into / "first.md").mkdir(parents=True)
    report = import_labels([bulk(tmp_path / "a.json", label("FIRST"), label("SECOND"))], into)
    assert [done.slug for done in report.imported] == ["second"]
    assert "first.md" in report.skipped[0].reason
    (tmp_path / "file").write_text("")
    with pytest.raises(Failed, match=r"Cannot write to .*file: not a directory"):
        import_labels([tmp_path / "a.json"], tmp_path / "file")


def test_a_directory_that_may_not_be_written_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each record, and not as a record that cannot be understood."""
    monkeypatch.setattr(importing.os, "access", lambda *_: False)
    with pytest.raises(Failed, match=r"^Cannot write to .*: Permission denied\.$"):
        import_labels([bulk(tmp_path / "a.json", label("FIRST"), label("SECOND"))], tmp_path / "out")


def test_a_directory_without_label_files_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert [each.reason for each in import_labels([tmp_path / "empty"], tmp_path / "out").skipped] == [
        "no label files in it"
    ]


def test_hostile_names_stay_in_the_directory(tmp_path: Path) -> None:
    hostile = ["../../../x", "..\\..\\x", "/etc/cron", "a\u0000b", "x" * 5000, "e\u202evil", "nul", "- title: y\n---\n"]
    path = bulk(tmp_path / "in" / "a.json" if (tmp_path / "in").mkdir() is None else tmp_path, *map(label, hostile))
    import_labels([path], tmp_path / "out")
    assert names(tmp_path) == ["in", "out"]
    assert all(re.fullmatch(r"[a-z0-9-]+\.md", name) for name in names(tmp_path / "out"))


# ---------------------------------------------------------------- progress and processes


def test_progress_counts_records_and_expects_the_rest(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    path = bulk(tmp_path / "a.json", *(label(f"DRUG {i}") for i in "abcdefghij"))
    import_labels([path], tmp_path / "out", progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(1, 11))
    assert told[-1][1] == 10
    assert all(of is None or 9 <= of <= 11 for _, of in told[3:])


@pytest.mark.slow
def test_worker_processes_write_what_this_process_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [label(f"DRUG {i}", f"202401{i % 3 + 1:02d}", brand_name=[f"B{i}"]) for i in (1, 2, 3, 4, 1, 2, 3, 4)]
    path = bulk(tmp_path / "a.json", *found)
    alone = import_labels([path], tmp_path / "alone")
    monkeypatch.setattr(workers, "WORTH_IT", 0)
    monkeypatch.setattr(workers, "processors", lambda: 2)
    several = import_labels([path], tmp_path / "several")
    assert [(d.slug, d.position) for d in several.imported] == [(d.slug, d.position) for d in alone.imported]
    for name in names(tmp_path / "alone"):
        assert (tmp_path / "several" / name).read_text() == (tmp_path / "alone" / name).read_text()


@pytest.mark.slow
def test_a_worker_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    record = label("ZELVANIB")
    name = drug_name(names_and_date(record))
    done: list[str] = []
    crew = workers.workers(workers.WORTH_IT)
    try:
        for process in crew.processes:
            process.kill()
            process.wait()
        for _ in range(3):
            crew.give((record, name), done.append)
        crew.finish()
    finally:
        crew.close()
    assert done == [rewritten(record, name)] * 3


def test_a_fault_of_the_reader_loses_no_label(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def faulty(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(workers, "read_openfda", faulty)
    report = import_labels([bulk(tmp_path / "a.json", label("ZELVANIB"))], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["zelvanib"]
    assert "is indicated for cough." in (tmp_path / "out" / "zelvanib.md").read_text()


def test_whatever_goes_wrong_with_a_record_the_next_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    honest = importing.names_and_date

    def faulty(record: Any) -> Any:
        if record["version"] == "13":
            raise ZeroDivisionError("a fault")
        return honest(record)

    monkeypatch.setattr(importing, "names_and_date", faulty)
    path = bulk(tmp_path / "a.json", label("FIRST", version="13"), label("SECOND"))
    report = import_labels([path], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["second"]
    assert (report.skipped[0].position, "a fault" in report.skipped[0].reason) == (1, True)


def test_a_list_does_not_say_that_anyone_reviewed_an_import(tmp_path: Path, inside: Cli) -> None:
    import_labels([bulk(tmp_path / "a.json", label("zelvanib"))], tmp_path / "m")
    shown = inside("list", "--monographs", str(tmp_path / "m")).out
    assert "Date" in shown
    assert "2024-01-01" in shown
    assert "eviewed" not in shown


def test_a_dosage_part_that_has_no_place_is_pointed_to(tmp_path: Path, inside: Cli) -> None:
    record = {
        "openfda": {"generic_name": ["ZELVANIB"]},
        "indications_and_usage": ["1 INDICATIONS AND USAGE For pain."],
        "spl_unclassified_section": ["Dosing recommendations The usual dose is 5 mg once daily."],
    }
    path = tmp_path / "label.json"
    path.write_text(json.dumps(record), "utf-8")
    import_labels([path], tmp_path / "out")
    ran = inside("dose", "zelvanib", "--monographs", str(tmp_path / "out"))
    assert "druginfo show zelvanib dosage" in ran.err
    assert "5 mg once daily" in inside("show", "zelvanib", "dosage", "--monographs", str(tmp_path / "out")).out
