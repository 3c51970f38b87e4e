"""Rewriting records in processes of their own, for files with thousands of them.

The processes are `python -m druginfo.labels.workers`, fed through pipes. They are not `multiprocessing`'s, which would
copy a caller that has threads (a progress bar has one) or run a caller's script again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from druginfo.labels.drugname import DrugName
from druginfo.labels.label import Paragraph, Part
from druginfo.labels.monograph import monograph
from druginfo.labels.openfda import names_and_date, plain_parts, read_openfda

WORTH_IT = 8_000_000
"""Bytes of label files from which on starting processes (about 0.1 s each) pays."""
MOST_WORKERS = 4


def rewritten(record: dict[str, Any], name: DrugName) -> str:
    """The monograph of an openFDA record. A record whose layout defeats the reader keeps its words in plain paragraphs,
    because a label must not be lost to a fault of ours."""
    try:
        return monograph(read_openfda(record), name)
    except Exception:
        parts = tuple(Part(key, "", (Paragraph(text),)) for key, text in plain_parts(record))
        return monograph(replace(names_and_date(record), parts=parts), name)


class Workers:
    """Takes records and hands each one's monograph to `done`, in the order in which they were given."""

    def __init__(self, size: int) -> None:
        """`size`: bytes of label files to come; small ones are rewritten in this process."""
        count = min(os.cpu_count() or 1, MOST_WORKERS)
        self.processes = [_start() for _ in range(count)] if size >= WORTH_IT and count > 1 else []
        self.waiting: deque[tuple[Any, dict[str, Any], DrugName, Callable[[str], None]]] = deque()

    def give(self, record: dict[str, Any], name: DrugName, done: Callable[[str], None]) -> None:
        """Have a record rewritten; `done` is called with the text, now or when its turn comes."""
        if not self.processes:
            done(rewritten(record, name))
            return
        if len(self.waiting) >= len(self.processes):
            self.take_oldest()
        process = self.processes.pop(0)
        self.processes.append(process)
        with contextlib.suppress(OSError):  # it has died: `take_oldest` finds out
            pickle.dump((record, name), process.stdin)
            process.stdin.flush()
        self.waiting.append((process, record, name, done))

    def take_oldest(self) -> None:
        """Wait for the record that is out the longest. One whose process died is rewritten in this process."""
        process, record, name, done = self.waiting.popleft()
        try:
            text = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            text = rewritten(record, name)
        done(text)

    def finish(self) -> None:
        """Take what is still out."""
        while self.waiting:
            self.take_oldest()

    def stop(self) -> None:
        """End the processes: what is still out is lost."""
        for process in self.processes:
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.stdout.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            if process.poll() is None:
                process.kill()
                process.wait()


def _start() -> Any:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-m", "druginfo.labels.workers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )


def _work() -> None:
    with contextlib.suppress(EOFError, KeyboardInterrupt, OSError):
        while True:
            record, name = pickle.load(sys.stdin.buffer)
            pickle.dump(rewritten(record, name), sys.stdout.buffer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    _work()
