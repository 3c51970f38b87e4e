"""`import --fetch-all` against a local server that speaks the documented form of openFDA's downloads."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from tests.test_labels_import import label

from conftest import serving
from druginfo.errors import Failed
from druginfo.labels import export
from druginfo.labels.web import Web

pytest.importorskip("httpx")


def zipped(*records: Any) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part.json", json.dumps({"meta": {}, "results": list(records)}))
    return content.getvalue()


class Downloads:
    """A server of parts, which can break off or lack ranges."""

    def __init__(self) -> None:
        self.parts = {
            "/drug/label/a.json.zip": zipped(label("ALFANIB"), label("BETANIB", "20200101")),
            "/drug/label/b.json.zip": zipped(label("BETANIB", "20230101"), label("GAMMANIB")),
        }
        self.url = ""
        self.asked: list[tuple[str, str]] = []
        self.break_after: dict[str, int] = {}
        self.takes_ranges = True
        self.listing: Any = None

    def downloads(self) -> dict[str, Any]:
        parts = [
            {"display_name": "/drug/label (part)", "file": self.url + path, "size_mb": "0.01", "records": 2}
            for path in self.parts
        ]
        label = {"total_records": 4, "export_date": "2026-11-20", "partitions": parts}
        return {"meta": {}, "results": {"drug": {"label": label}}}


@pytest.fixture
def server() -> Iterator[Downloads]:
    found = Downloads()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            found.asked.append((self.path, wanted))
            if self.path == "/download.json":
                content, status = json.dumps(found.listing or found.downloads()).encode(), 200
            elif self.path in found.parts:
                content, status = found.parts[self.path], 200
            else:
                content, status = b"", 404
            begin = int(wanted[6:-1]) if wanted and found.takes_ranges and self.headers.get("If-Range") == '"v1"' else 0
            self.send_response(206 if begin else status)
            if begin:
                self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
            self.send_header("ETag", '"v1"')
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            end = found.break_after.pop(self.path, len(content))
            self.wfile.write(content[begin:end])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as http:
        found.url = f"http://127.0.0.1:{http.server_port}"
        yield found


def web(**more: Any) -> Web:
    return Web(sleep=lambda _: None, **more)


def fetch(server: Downloads, into: Path, **more: Any) -> Any:
    found = export.look_up(into, web(), server.url)
    return export.fetch_export(found, into, web(), **more)


def test_every_part_is_fetched_and_imported(server: Downloads, tmp_path: Path) -> None:
    read: list[tuple[int, int | None]] = []
    fetched: list[tuple[int, int | None]] = []
    report = fetch(
        server,
        tmp_path,
        progress=lambda *told: read.append(told),
        fetching=lambda *told: fetched.append(told),
    )
    assert [done.slug for done in report.imported] == ["alfanib", "betanib", "gammanib"]
    assert next(done.effective for done in report.imported if done.slug == "betanib") == "2023-01-01"
    assert "2026-11-20" in report.remarks[0].text
    assert read[-1] == (4, 4)
    assert fetched
    assert sorted(path.name for path in tmp_path.glob(".openfda-export/*")) == ["done.json"]
    again = export.look_up(tmp_path, web(), server.url)
    assert (again.done, again.records) == (2, 0)


def test_an_errand_that_broke_off_goes_on_where_it_stopped(server: Downloads, tmp_path: Path) -> None:
    server.break_after["/drug/label/b.json.zip"] = 60
    found = export.look_up(tmp_path, web(), server.url)
    with pytest.raises(Failed, match=r"cannot be reached|broke off within"):
        export.fetch_export(found, tmp_path, web(tries=1))
    assert (tmp_path / "alfanib.md").exists()
    server.asked.clear()
    report = fetch(server, tmp_path)
    assert [done.slug for done in report.imported] == ["betanib", "gammanib"]
    assert ("/drug/label/b.json.zip", "bytes=60-") in server.asked
    assert not any(path == "/drug/label/a.json.zip" for path, _ in server.asked)


def test_a_server_without_ranges_gives_the_part_anew(server: Downloads, tmp_path: Path) -> None:
    server.takes_ranges = False
    server.break_after["/drug/label/a.json.zip"] = 60
    report = fetch(server, tmp_path)
    assert len(report.imported) == 3


@pytest.mark.parametrize(
    ("listing", "message"),
    [
        ({"results": {}}, "not of the form"),
        ({"results": {"drug": {"label": {"export_date": "x", "partitions": []}}}}, "not of the form"),
        ({"results": {"drug": {"label": {"export_date": "x", "partitions": [{"file": 1}]}}}}, "not of the form|host"),
        (["no"], "not of the form"),
    ],
)
def test_another_list_is_refused(server: Downloads, tmp_path: Path, listing: Any, message: str) -> None:
    server.listing = listing
    with pytest.raises(Failed, match=message):
        export.look_up(tmp_path, web(), server.url)


def test_a_part_on_another_host_is_refused(server: Downloads, tmp_path: Path) -> None:
    listing = json.loads(json.dumps(server.downloads()))
    listing["results"]["drug"]["label"]["partitions"][0]["file"] = "https://elsewhere.example/a.zip"
    server.listing = listing
    with pytest.raises(Failed, match=re.escape("another host, elsewhere.example")):
        export.look_up(tmp_path, web(), server.url)


def test_too_little_disk_is_said_before_anything_is_fetched(
    server: Downloads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 10))  # type: ignore[attr-defined]
    with pytest.raises(Failed, match="MB of disk"):
        export.look_up(tmp_path / "not" / "yet", web(), server.url)
    assert [path for path, _ in server.asked] == ["/download.json"]


def test_the_estimate_counts_one_part_and_the_monographs() -> None:
    found = export.Export("d", (export.ExportFile("u", 100, 10_000), export.ExportFile("v", 150, 10_000)), 0)
    assert found.megabytes == 250
    assert found.needs == pytest.approx(150 + 20_000 * export.SHARE_OF_DRUGS * export.SIZE_OF_MONOGRAPH / 1e6)
