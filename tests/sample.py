"""A library of invented drugs, and druginfo run on it as a program or in a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ZORBITINIB = """---
title: Zorbitinib
description: An invented kinase inhibitor.
lastModified: 2026-01-02
aliases: [Zorbiniv]
classes: [Invented kinase inhibitor]
faqs:
  - q: What is zorbitinib for?
    a: For *tests*, and for nothing else.
  - q: May I drive?
    a: Not while a test runs.
---

## Alternate Names

- **Brand Names:** Zorbilant, Zorbexa

## Usage

Invented arthritis. See [the label](https://example.org/zorbitinib).

## Dosage

### Standard Dosage

#### Adults

- **Invented Arthritis:** 2 mg orally once daily.
- **Invented Alopecia:** 2 to 4 mg orally once daily, "as before", for 14 days.

#### Special Cases

- **Patients with Renal Impairment:**
  - eGFR 30 to less than 60 mL/min/1.73 m²: 1 mg orally once daily.

## Side Effects

- Headache
- Nausea

## Precautions

- **Pregnancy:** Not known.
- **Kidney disease:** Lower doses; zorgatran raises exposure.

## Interactions

- **Zorgatran:** Bleeding.
"""

ZORGATRAN = """---
title: Zorgatran
description: An invented anticoagulant.
is_banned: true
lastModified: 2026-01-03
classes: [Invented anticoagulant, Thrombin inhibitor]
---

## Usage

Invented clots.

## Dosage

### Standard Dosage

#### Adults

- **Invented Clots:** 150 mg orally twice daily.

## Side Effects

- Bleeding
"""

INSULIN = """---
title: Insulin zorgine
description: A name of two words.
aliases: [Zorgine long acting]
classes: [Invented insulin]
---

## Usage

Invented diabetes.

## Dosage

### Standard Dosage

#### Adults

- **Invented Diabetes:** 10 units subcutaneously once daily.
"""

MONOGRAPHS = {"zorbitinib": ZORBITINIB, "zorgatran": ZORGATRAN, "insulin-zorgine": INSULIN}

_KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")


class Ran(NamedTuple):
    """What a program left behind."""

    status: int
    out: str
    err: str


class Sample:
    """A directory with the library and a home of its own. Nothing of the tester's environment reaches a program."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "library"
        self.library.mkdir()
        for slug, text in MONOGRAPHS.items():
            (self.library / f"{slug}.md").write_text(text, "utf-8")
        self.program = root / "bin" / "druginfo"
        self.program.parent.mkdir()
        self.program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m druginfo "$@"\n')
        self.program.chmod(0o755)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        kept["PATH"] = f"{self.program.parent}{os.pathsep}{kept.get('PATH', '')}"
        own = {
            "HOME": str(self.root),
            "XDG_CACHE_HOME": str(self.root / "cache"),
            "XDG_DATA_HOME": str(self.root / "data"),
            "DRUGINFO_MONOGRAPHS": str(self.library),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        return {**kept, **own, **more}

    def run(self, *arguments: str, stdin: str = "", **environment: str) -> Ran:
        """Run druginfo with its output in pipes."""
        done = subprocess.run(
            [sys.executable, "-m", "druginfo", *arguments],
            input=stdin.encode(),
            capture_output=True,
            env=self.environment(**environment),
            timeout=300,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def terminal(self, *arguments: str, columns: int = 80, lines: int = 24, **environment: str) -> Terminal:
        """Run druginfo in a terminal of its own."""
        return Terminal([sys.executable, "-m", "druginfo", *arguments], self.environment(**environment), columns, lines)


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, command: list[str], environment: Mapping[str, str], columns: int, lines: int) -> None:
        self.shown = ""
        self.pid, self.descriptor = pty.fork()
        if not self.pid:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execvpe(command[0], command, dict(environment))

    def until(self, text: str, seconds: float = 30) -> str:
        """Read until the text is shown; everything shown so far."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} is not in {self.shown!r}"
            if not self._read(end):
                assert text in self.shown, f"{text!r} is not in {self.shown!r}"
        return self.shown

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def end(self, seconds: float = 30) -> Ran:
        """Wait for the program's end; its status and everything it showed."""
        end = time.monotonic() + seconds
        while self._read(end):
            assert time.monotonic() < end, f"still running: {self.shown!r}"
        _, status = os.waitpid(self.pid, 0)
        os.close(self.descriptor)
        return Ran(os.waitstatus_to_exitcode(status), self.shown.replace("\r\n", "\n"), "")

    def _read(self, end: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(end - time.monotonic(), 0))
        try:
            content = os.read(self.descriptor, 1 << 16) if ready else b" "[:0]
        except OSError:  # the program's end of the terminal is closed
            return False
        self.shown += content.decode("utf-8", "replace")
        return bool(content) or not ready
