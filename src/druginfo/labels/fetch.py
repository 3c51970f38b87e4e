"""Labels of one drug from the public openFDA API (https://open.fda.gov/apis/drug/label/), by name.

The only place in druginfo that talks to a network, and only when asked. Needs httpx, the extra `druginfo[fetch]`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from druginfo.errors import Failed, NotFound
from druginfo.labels.drugname import drug_name
from druginfo.labels.importing import write_whole
from druginfo.labels.label import Refused
from druginfo.labels.openfda import names_and_date
from druginfo.names import fold

if TYPE_CHECKING:
    import httpx

PUBLIC_API = "https://api.fda.gov"
BASE_URL_VARIABLE = "DRUGINFO_OPENFDA_URL"
PAGE = 50
"""Records a request; the API allows up to 1,000, of about 100 kB each."""
MOST_PAGES = 4
LARGEST_ANSWER = 256 * 1024 * 1024
"""Bytes."""
LONGEST_WAIT = 60.0
"""Seconds that a `Retry-After` is obeyed; the API counts 240 requests a minute and 1,000 a day without a key."""


def fetch_labels(
    name: str,
    to: Path,
    *,
    base_url: str | None = None,
    timeout: float = 20.0,
    tries: int = 4,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Ask openFDA for the labels of the drug called `name`; write those into a file in `to` and return its path.

    Only labels whose generic, brand or substance name is `name` are kept, so that an ingredient never brings a
    combination. `base_url` (else the variable DRUGINFO_OPENFDA_URL) stands for the public API; `timeout` is in
    seconds. Raises `NotFound` where there is no such label and `Failed`, saying what to do, for everything else:
    no network, time out, rate limit, an error of the API, no httpx.
    """
    if not fold(name):
        raise NotFound("There is no name to ask openFDA for.", query=name)
    base = (base_url or os.environ.get(BASE_URL_VARIABLE) or PUBLIC_API).rstrip("/")
    found: list[Any] = []
    others: dict[str, str] = {}
    for page in range(MOST_PAGES):
        answer = _ask(f"{base}/drug/label.json", _query(name, page), name, timeout, tries, sleep)
        results = answer.get("results")
        if not isinstance(results, list) or not results:
            break
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
    return path


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


def _ask(
    url: str, query: Mapping[str, str], name: str, timeout: float, tries: int, sleep: Callable[[float], None]
) -> dict[str, Any]:
    """One answer of the API; time-outs, refused connections, 429 and 5xx are tried again, 1, 2, 4 … seconds apart."""
    try:
        import httpx
    except ImportError:
        raise Failed("import --fetch needs the HTTP client httpx: pip install 'druginfo[fetch]'") from None
    trouble = ""
    for attempt in range(tries):
        wait = float(2**attempt)
        try:
            with (
                httpx.Client(timeout=timeout, follow_redirects=True) as client,
                client.stream(
                    "GET", url, params=dict(query), headers={"User-Agent": "druginfo", "Accept": "application/json"}
                ) as response,
            ):
                body = _body(response)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise Failed(f"openFDA cannot be asked at {url}: {str(error).rstrip('.')}.", query=name) from error
        except httpx.TimeoutException:
            trouble = f"openFDA did not answer within {timeout:g} seconds. Try again later."
        except httpx.TransportError as error:
            trouble = f"openFDA cannot be reached: {error or type(error).__name__}. Is there a network connection?"
        except httpx.HTTPError as error:
            raise Failed(f"openFDA cannot be asked at {url}: {error}", query=name) from error
        else:
            if response.status_code == 429:
                trouble = "openFDA's rate limit is reached (240 requests a minute, 1,000 a day). Try again later."
                wait = _retry_after(response, wait)
            elif response.status_code >= 500:
                trouble = f"openFDA has a fault of its own (HTTP {response.status_code}). Try again later."
            else:
                return _answer(response.status_code, body, name)
        if attempt < tries - 1:
            sleep(wait)
    raise Failed(trouble, query=name)


def _body(response: httpx.Response) -> bytes:
    parts, size = [], 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > LARGEST_ANSWER:
            raise Failed(f"openFDA's answer is larger than {LARGEST_ANSWER >> 20} MB; it was not read.")
        parts.append(chunk)
    return b"".join(parts)


def _retry_after(response: httpx.Response, otherwise: float) -> float:
    try:
        return min(max(float(response.headers.get("Retry-After", "")), 0.0), LONGEST_WAIT)
    except ValueError:
        return otherwise


def _answer(status: int, body: bytes, name: str) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    error = answer.get("error") if isinstance(answer, dict) else None
    if status == 404 and (isinstance(error, dict) or not answer):
        return {"results": []}
    if isinstance(error, dict) or status >= 400:
        said = error.get("message") if isinstance(error, dict) else None
        raise Failed(f"openFDA refused the question (HTTP {status}{f': {said}' if said else ''}).", query=name)
    if not isinstance(answer, dict):
        raise Failed(f"openFDA's answer cannot be read: it is not JSON (HTTP {status}).", query=name)
    return answer
