"""`import --fetch` against a local server that speaks the documented form of the openFDA API, errors included."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import serving
from druginfo.errors import Failed, NotFound
from druginfo.labels import fetch
from druginfo.labels.fetch import fetch_labels
from druginfo.labels.importing import import_labels
from druginfo.labels.web import Web

pytest.importorskip("httpx")

NOT_FOUND = (404, {"error": {"code": "NOT_FOUND", "message": "No matches found!"}}, {})


def record(generic: str, brand: str, *substances: str) -> dict[str, Any]:
    return {
        "indications_and_usage": [f"{brand} is indicated for cough."],
        "effective_time": "20240101",
        "set_id": "11111111-2222-4333-8444-555555555555",
        "version": "1",
        "openfda": {"generic_name": [generic], "brand_name": [brand], "substance_name": list(substances or [generic])},
    }


def results(*found: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
    return 200, {"meta": {"results": {"skip": 0, "limit": 50, "total": len(found)}}, "results": list(found)}, {}


class Api:
    """Gives its answers one after the other, the last one for ever, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any, dict[str, str]]] = [NOT_FOUND]
        self.asked: list[dict[str, list[str]]] = []
        self.paths: list[str] = []
        self.url = ""


@pytest.fixture
def api() -> Iterator[Api]:
    found = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            found.paths.append(parts.path)
            found.asked.append(parse_qs(parts.query))
            status, body, headers = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}"
        yield found


def test_labels_of_the_drug_are_fetched_and_import(api: Api, tmp_path: Path) -> None:
    api.answers = [results(record("ZELVANIB TOSYLATE", "Zelva"))]
    for name in ("zelvanib tosylate", "Zelva", "zelvanib"):
        path = fetch_labels(name, tmp_path, base_url=api.url).path
        report = import_labels([path], tmp_path / name)
        assert [done.slug for done in report.imported] == ["zelvanib-tosylate"]
    assert set(api.paths) == {"/drug/label.json"}
    assert api.asked[0]["search"] == [
        'openfda.generic_name:"zelvanib tosylate" openfda.brand_name:"zelvanib tosylate"'
        ' openfda.substance_name:"zelvanib tosylate"'
    ]
    assert api.asked[0]["limit"] == ["50"]


def test_the_variable_names_another_server(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api.answers = [results(record("ZELVANIB", "Zelva"))]
    monkeypatch.setenv("DRUGINFO_OPENFDA_URL", f"{api.url}/")
    assert fetch_labels("zelvanib", tmp_path).path.exists()


def test_an_ingredient_does_not_bring_a_combination(api: Api, tmp_path: Path) -> None:
    combination = record("ZELVANIB AND MELODINE", "Zelvaplus", "ZELVANIB", "MELODINE")
    api.answers = [results(combination, record("ZELVANIB", "Zelva"), combination)]
    path = fetch_labels("zelvanib", tmp_path, base_url=api.url).path
    assert [r["openfda"]["brand_name"] for r in json.loads(path.read_text())["results"]] == [["Zelva"]]
    api.answers = [results(combination)]
    with pytest.raises(NotFound, match="Zelvanib and melodine"):
        fetch_labels("zelvanib", tmp_path, base_url=api.url)


def test_further_pages_are_asked_for_until_the_drug_is_there(api: Api, tmp_path: Path) -> None:
    others = [record("ZELVANIB AND MELODINE", f"Plus {i}", "ZELVANIB", "MELODINE") for i in range(fetch.PAGE)]
    api.answers = [results(*others), results(record("ZELVANIB", "Zelva"))]
    fetch_labels("zelvanib", tmp_path, base_url=api.url)
    assert [asked["skip"] for asked in api.asked] == [["0"], ["50"]]


def test_no_match_is_not_found(api: Api, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no label of a drug called “nothing”"):
        fetch_labels("nothing", tmp_path, base_url=api.url)
    with pytest.raises(NotFound):
        fetch_labels(" ® ", tmp_path, base_url=api.url)
    assert len(api.asked) == 1


def test_a_name_cannot_change_the_question(api: Api, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        fetch_labels('x" OR openfda.route:"ORAL&limit=1000', tmp_path, base_url=api.url)
    assert api.asked[0]["search"][0].count('"') == 6
    assert api.asked[0]["limit"] == ["50"]


@pytest.mark.slow
def test_the_rate_limit_is_waited_for(api: Api, tmp_path: Path) -> None:
    waits: list[float] = []
    limit = (429, {"error": {"code": "OVER_RATE_LIMIT", "message": "slow down"}}, {"Retry-After": "7"})
    api.answers = [limit, (429, {}, {}), results(record("ZELVANIB", "Zelva"))]
    fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=waits.append))
    assert waits == [7.0, 2.0]
    api.answers = [(429, {}, {"Retry-After": "999999"})]
    waits.clear()
    with pytest.raises(Failed, match="rate limit"):
        fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=waits.append))
    assert waits == [60.0] * 3
    for said in ("nan", "inf", "-inf", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"):
        api.answers = [(429, {}, {"Retry-After": said}), results(record("ZELVANIB", "Zelva"))]
        waits.clear()
        fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=waits.append))
        assert waits == [0.0 if "GMT" in said else 1.0]


def test_a_redirect_within_the_server_is_followed(api: Api, tmp_path: Path) -> None:
    api.answers = [(301, b"", {"Location": "/v2/label.json"}), results(record("ZELVANIB", "Zelva"))]
    fetch_labels("zelvanib", tmp_path, base_url=api.url)
    assert api.paths == ["/drug/label.json", "/v2/label.json"]


def test_plain_http_is_asked_on_this_machine_only(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="over https only"):
        fetch_labels("zelvanib", tmp_path, base_url="http://openfda.example", web=Web(sleep=lambda _: None))


def test_a_byte_a_second_is_not_waited_for(api: Api, tmp_path: Path) -> None:
    api.answers = [results(*(record("ZELVANIB", f"Zelva {i}") for i in range(2000)))]
    ticks = iter(range(10_000))
    web = Web(total=5, clock=lambda: float(next(ticks)))
    with pytest.raises(Failed, match="longer than 5 seconds altogether"):
        fetch.fetch_labels("zelvanib", tmp_path, base_url=api.url, web=web)
    with pytest.raises(Failed, match="longer than 5 seconds altogether"):
        Web(total=5).wait(6)


def test_what_was_chosen_among_many_is_said(api: Api, tmp_path: Path) -> None:
    newer = record("ZELVANIB", "Zelva")
    newer |= {"effective_time": "20250203"}
    newer["openfda"]["manufacturer_name"] = ["Acme"]
    api.answers = [results(record("ZELVANIB", "Zelvax"), newer)]
    told = fetch.fetch_labels("zelvanib", tmp_path, base_url=api.url).chose
    assert told == (
        "openFDA has 2 labels that name “zelvanib”; of the 2 that are this drug's alone the newest of each salt and "
        "form is taken; the newest is Zelvanib (Zelva) of 2025-02-03 by Acme"
    )


def test_faults_of_the_server_are_tried_again(api: Api, tmp_path: Path) -> None:
    waits: list[float] = []
    api.answers = [(500, b"oops", {}), (503, b"", {}), results(record("ZELVANIB", "Zelva"))]
    fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=waits.append))
    assert waits == [1.0, 2.0]
    api.answers = [(502, b"", {})]
    with pytest.raises(Failed, match="HTTP 502"):
        fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=waits.append))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((400, {"error": {"code": "BAD_REQUEST", "message": "Invalid search"}}, {}), "Invalid search"),
        ((403, {"error": {"code": "API_KEY_INVALID", "message": "No key"}}, {}), "HTTP 403: No key"),
        ((200, b"<html>a hotel's sign-in page</html>", {}), "not JSON"),
        ((200, {"error": "odd"}, {}), "not of the form"),
        ((302, b"", {"Location": "https://elsewhere.example/"}), "redirects to https://elsewhere.example"),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in (
                ((200, b"[" * 100_000, {}), "not JSON"),
                ((200, {"results": {}}, {}), "not of the form"),
                ((404, b"<html>", {}), "not JSON"),
                ((404, {"error": {"code": "SOMETHING", "message": "Gone"}}, {}), "HTTP 404: Gone"),
                ((404, {"detail": "no route"}, {}), "not of the form"),
                ((302, b"", {"Location": "ftp://127.0.0.1/"}), "redirects to ftp"),
                ((302, b"", {"Location": "/drug/label.json"}), "in a circle"),
            )
        ),
    ],
)
def test_other_answers_say_what_is_wrong(api: Api, tmp_path: Path, answer: Any, message: str) -> None:
    api.answers = [answer]
    with pytest.raises(Failed, match=message):
        fetch_labels("zelvanib", tmp_path, base_url=api.url, web=Web(sleep=lambda _: None))


def test_no_network_is_said_in_a_line(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(Failed, match="Is there a network connection") as told:
            fetch_labels("zelvanib", tmp_path, base_url=url, web=Web(sleep=lambda _: None))
    assert "\n" not in told.value.message


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "nonsense"])
def test_an_address_that_cannot_be_asked_is_not_tried_again(tmp_path: Path, url: str) -> None:
    waits: list[float] = []
    with pytest.raises(Failed, match="cannot be asked at"):
        fetch_labels("zelvanib", tmp_path, base_url=url, web=Web(sleep=waits.append))
    assert not waits


def test_a_silent_server_times_out(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Failed, match=r"within 0\.05 seconds"):
            fetch_labels("zelvanib", tmp_path, base_url=url, web=Web(timeout=0.05, tries=2, sleep=lambda _: None))


def test_without_the_client_the_message_says_how_to_get_it(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(Failed, match=r"druginfo\[fetch\]"):
        fetch_labels("zelvanib", tmp_path, base_url=api.url)
