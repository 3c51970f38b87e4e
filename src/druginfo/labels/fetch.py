"""Labels of one drug from the public openFDA API (https://open.fda.gov/apis/drug/label/), by name."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from druginfo.errors import Failed, NotFound
from druginfo.labels.drugname import drug_name
from druginfo.labels.importing import write_whole
from druginfo.labels.label import Refused
from druginfo.labels.openfda import names_and_date
from druginfo.labels.web import Web
from druginfo.names import fold

PUBLIC_API = "https://api.fda.gov"
BASE_URL_VARIABLE = "DRUGINFO_OPENFDA_URL"
PAGE = 50
"""Records a request; the API allows up to 1,000, of about 100 kB each."""
MOST_PAGES = 4
LARGEST_ANSWER = 256 * 1024 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The labels that were fetched, in a file, and which of them an import will choose and why."""

    path: Path
    chose: str


def server(given: str | None = None) -> str:
    """The server to ask: the one given, else that of the variable DRUGINFO_OPENFDA_URL, else the public one."""
    return (given or os.environ.get(BASE_URL_VARIABLE) or PUBLIC_API).rstrip("/")


def fetch_labels(name: str, to: Path, *, base_url: str | None = None, web: Web | None = None) -> Fetched:
    """Ask openFDA for the labels of the drug called `name`, and write those into a file in the directory `to`.

    Only labels whose generic, brand or substance name is `name` are kept, so that an ingredient never brings a
    combination. `base_url` (else the variable DRUGINFO_OPENFDA_URL) is asked instead of the public API. Raises
    `NotFound` where there is no such label and `Failed`, saying what to do, for everything else: no network, time out,
    rate limit, an error of the API, no httpx.
    """
    if not fold(name):
        raise NotFound("There is no name to ask openFDA for.", query=name)
    base = server(base_url)
    web = web or Web(query=name)
    found: list[Any] = []
    others: dict[str, str] = {}
    total = 0
    for page in range(MOST_PAGES):
        status, body = web.get(f"{base}/drug/label.json", _query(name, page), LARGEST_ANSWER)
        results, total = _results(status, body, name, total)
        for record in results:
            called = _names(record)
            if fold(name) in called:
                found.append(record)
            else:
                others.update(dict(list(called.items())[:1]))
        if found or len(results) < PAGE:
            break
    if not found:
        near = f" It has {', '.join(sorted(others.values())[:5])}." if others else ""
        raise NotFound(f"openFDA has no label of a drug called “{name}”.{near}", query=name)
    path = to / "openfda.json"
    write_whole(path, json.dumps({"results": found}, ensure_ascii=True))
    return Fetched(path, _chosen(name, found, max(total, len(found))))


def _chosen(name: str, found: list[Any], total: int) -> str:
    """Which label of many is imported, and why, in one sentence."""
    newest = max(found, key=lambda record: (str(record.get("effective_time", "")), str(record.get("version", ""))))
    label = names_and_date(newest)
    about = newest.get("openfda")
    maker = next(iter(about.get("manufacturer_name", [])), "") if isinstance(about, dict) else ""
    of = f" of {label.effective}" if label.effective else ""
    by = f" by {maker}" if maker else ""
    brand = f" ({label.brands[0]})" if label.brands else ""
    several = f"of the {len(found)} that are this drug's alone the newest of each salt and form is taken; "
    return (
        f"openFDA has {total} label{'s' * (total != 1)} that name “{name}”; {several if len(found) > 1 else ''}"
        f"the newest is {drug_name(label).title}{brand}{of}{by}"
    )


def _query(name: str, page: int) -> dict[str, str]:
    phrase = " ".join("".join(c if c.isalnum() or c in "-'." else " " for c in name).split())
    fields = ("generic_name", "brand_name", "substance_name")
    search = " ".join(f'openfda.{field}:"{phrase}"' for field in fields)  # a space between terms means "or"
    return {"search": search, "sort": "effective_time:desc", "limit": str(PAGE), "skip": str(page * PAGE)}


def _names(record: Any) -> dict[str, str]:
    """Folded name → name, the title first; empty for what is no label."""
    try:
        called = drug_name(names_and_date(record))
    except (Refused, AttributeError, TypeError):
        return {}
    found: dict[str, str] = {}
    for known in (called.title, *called.aliases, *called.brands):
        found.setdefault(fold(known), known)
    return found


def _is_record(value: Any) -> bool:
    """Whether a result can be one that a question about names finds: a label with names to find it by."""
    return isinstance(value, dict) and isinstance(value.get("openfda"), dict)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _results(status: int, body: bytes, name: str, total: int) -> tuple[list[Any], int]:
    """The records of an answer and how many there are in all. That there is none is believed only in the API's own
    words: a hotel's sign-in page and another server's 404 say nothing of a medicine."""
    try:
        answer = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Failed(f"openFDA's answer cannot be read: it is not JSON (HTTP {status}).", query=name)
    error = answer.get("error")
    if isinstance(error, dict):
        if status == 404 and error.get("code") == "NOT_FOUND":
            return [], total
        reason = error.get("message")
        raise Failed(f"openFDA refused the question (HTTP {status}{f': {reason}' if reason else ''}).", query=name)
    results = answer.get("results")
    if status != 200 or not isinstance(results, list) or not all(map(_is_record, results)):
        raise Failed(f"openFDA's answer is not of the form that the API documents (HTTP {status}).", query=name)
    meta = answer.get("meta")
    counted = meta.get("results") if isinstance(meta, dict) else None
    number = counted.get("total") if isinstance(counted, dict) else None
    return results, number if isinstance(number, int) and not isinstance(number, bool) else total
