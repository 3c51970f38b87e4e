"""Asking a server over HTTP, without trusting it: one place for time-outs, redirects, sizes and new tries.

The only place in druginfo that talks to a network, and only when asked. Needs httpx, the extra `druginfo[fetch]`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from druginfo.errors import Failed

if TYPE_CHECKING:
    import ssl

    import httpx

T = TypeVar("T")

LONGEST_WAIT = 60.0
"""Seconds that a `Retry-After` is obeyed; the API counts 240 requests a minute and 1,000 a day without a key."""
MOST_REDIRECTS = 5
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Interrupted(Exception):
    """The connection broke or the server gave up: worth another try, after `wait` seconds where the server says so."""

    def __init__(self, trouble: str, wait: float | None = None) -> None:
        super().__init__(trouble)
        self.trouble, self.wait = trouble, wait


@dataclass(slots=True)
class Web:
    """How one errand asks a server; `total` seconds are for the whole of it, every try and wait included."""

    who: str = "openFDA"
    timeout: float = 20.0
    """Seconds for a connection and for each piece of an answer."""
    total: float = 300.0
    tries: int = 4
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    query: str | None = None
    """The name that was asked for, for messages."""
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = self.clock() + self.total

    def get(self, url: str, params: Mapping[str, str], most: int) -> tuple[int, bytes]:
        """Status and body of the answer, of at most `most` bytes. Raises Failed, saying what to do."""

        def whole() -> tuple[int, bytes]:
            with self.open(url, params) as response:
                parts, size = [], 0
                for chunk in self.chunks(response):
                    size += len(chunk)
                    if size > most:
                        raise self.failed(f"{self.who}'s answer is larger than {most >> 20} MB; it was not read.")
                    parts.append(chunk)
                return response.status_code, b"".join(parts)

        return self.again(whole)

    def again(self, ask: Callable[[], T]) -> T:
        """What `ask` gives; it is tried again, 1, 2, 4 … seconds apart, where the connection or the server fails."""
        trouble = ""
        for attempt in range(self.tries):
            wait = float(2**attempt)
            try:
                return ask()
            except Interrupted as error:
                trouble, wait = error.trouble, wait if error.wait is None else error.wait
            if attempt < self.tries - 1:
                self.wait(wait)
        raise self.failed(trouble)

    def wait(self, seconds: float) -> None:
        """Sleep, but not beyond the errand's end."""
        if self.clock() + seconds > self._end:
            raise self.too_long()
        self.sleep(seconds)

    @contextmanager
    def open(
        self, url: str, params: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """The answer, its body unread: any status but 429 and 5xx, which are Interrupted. Redirects are followed to the
        same host alone and never from https to http."""
        try:
            import httpx
        except ImportError:
            raise self.failed("import --fetch needs the HTTP client httpx: pip install 'druginfo[fetch]'") from None
        sent = {"User-Agent": "druginfo", "Accept": "application/json", **(headers or {})}
        try:
            with httpx.Client(timeout=self.timeout, follow_redirects=False, verify=_trusted()) as client:
                for _ in range(MOST_REDIRECTS + 1):
                    self.must_be_safe(url)
                    with client.stream("GET", url, params=dict(params) or None, headers=sent) as response:
                        if not response.is_redirect:
                            self.must_not_be_busy(response)
                            yield response
                            return
                        url, params = self.moved(url, response.headers.get("Location", "")), {}
            raise self.failed(f"{self.who} redirects in a circle.")
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise self.failed(f"{self.who} cannot be asked at {url}: {str(error).rstrip('.')}.") from error
        except httpx.TimeoutException:
            raise Interrupted(f"{self.who} did not answer within {self.timeout:g} seconds. Try again later.") from None
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise Interrupted(f"{self.who} cannot be reached: {reason}. Is there a network connection?") from None
        except httpx.HTTPError as error:
            raise self.failed(f"{self.who} cannot be asked at {url}: {error}") from error

    def chunks(self, response: httpx.Response, *, raw: bool = False) -> Iterator[bytes]:
        """The body, as long as the errand's time lasts: a server that gives a byte a second is none to wait for."""
        for chunk in response.iter_raw() if raw else response.iter_bytes():
            yield chunk
            if self.clock() > self._end:
                raise self.too_long()

    def must_not_be_busy(self, response: httpx.Response) -> None:
        """Raises Interrupted for 429, with the seconds that the server asks to wait, and for 5xx."""
        if response.status_code == 429:
            limit = f"{self.who}'s rate limit is reached (240 requests a minute, 1,000 a day). Try again later."
            raise Interrupted(limit, retry_after(response.headers.get("Retry-After", "")))
        if response.status_code >= 500:
            raise Interrupted(f"{self.who} has a fault of its own (HTTP {response.status_code}). Try again later.")

    def must_be_safe(self, url: str) -> None:
        """Raises Failed for http, but on this machine."""
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname and parts.hostname not in _LOOPBACK:
            raise self.failed(f"{self.who} is asked over https only, not at {url}.")

    def moved(self, url: str, location: str) -> str:
        """Where a redirect leads. Raises Failed for another host and from https to http."""
        target = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(target)
        if (after.hostname, after.port) != (before.hostname, before.port) or after.scheme != before.scheme:
            raise self.failed(f"{self.who} redirects to {after.scheme}://{after.netloc}, which is not followed.")
        return target

    def too_long(self) -> Failed:
        """The error of an errand that has had all of its `total` seconds."""
        return self.failed(f"{self.who} took longer than {self.total:g} seconds altogether. Try again later.")

    def failed(self, message: str) -> Failed:
        """An error that names what was asked for."""
        return Failed(message, query=self.query)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: to read them all takes longer than a question."""
    import httpx

    return httpx.create_ssl_context()


def retry_after(header: str) -> float | None:
    """Seconds that a `Retry-After` asks for, a number or a date, within bounds; None for anything else."""
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None
