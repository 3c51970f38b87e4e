"""A bar on a terminal's standard error for work that takes longer than a second."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

_WIDTH = 30
_PATIENCE = 1.0  # seconds
_PAUSE = 0.1  # seconds between two drawings


class Bar:
    """Called with (done, of how many); draws nothing within the first second, off a terminal, or after the end."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._begun = time.monotonic()
        self._drawn = False
        self._last = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        """Draw how much is done, of `total` if that is known: ten times a second at most, and only on a terminal."""
        spent = time.monotonic() - self._begun
        if total is not None and done >= total:
            self.close()
        elif spent > max(_PATIENCE, self._last + _PAUSE) and self._stream.isatty():
            self._last = spent
            rate = done / spent
            line = f"{self._what} {done} ({rate:.0f}/s)"
            if total is not None:
                full = _WIDTH * done // total
                left = f", {(total - done) / rate:.0f} s left" if rate else ""
                line = f"{self._what} [{'#' * full:.<{_WIDTH}}] {done}/{total} ({rate:.0f}/s{left})"
            line = line[: shutil.get_terminal_size().columns - 1]  # a line that wraps could not be wiped
            print(f"\r\x1b[K{line}", end="", file=self._stream, flush=True)
            self._drawn = True

    def close(self) -> None:
        """Wipe the bar."""
        if self._drawn:
            print("\r\x1b[K", end="", file=self._stream, flush=True)
            self._drawn = False
