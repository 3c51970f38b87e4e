"""How long commands take, as a ratio to a two-command Typer app on the same Typer: paired runs.

    python benchmarks/startup.py [RUNS]

Prints a line a command: the ratio by the clock and by processor time, the bar it is held to, and both medians. Each
ratio is the median of the pairs' ratios; on a busy machine the processor's time is the steadier of the two.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_APP = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str) -> None:
    print(f"Hello {name}")
@app.command()
def bye(name: str) -> None:
    print(f"Bye {name}")
app()
"""
_DRUGINFO = [sys.executable, "-m", "druginfo"]


class Case(NamedTuple):
    """A command line of ours, the app's that it is compared with, and the ratio that it is to stay within."""

    ours: list[str]
    theirs: list[str]
    bar: float
    completing: bool = False
    """The last word is what a shell completes."""


_CASES = (
    Case(["--version"], ["hello", "you"], 1.1),
    Case(["--help"], ["--help"], 1.1),
    Case(["show", "bar"], ["hello", "you"], 1.4, completing=True),
    Case(["show", "baricitinib", "--json"], ["hello", "you"], 1.6),
    Case(["show", "baricitinib"], ["hello", "you"], 2.6),
    Case(["show", "warfarrin", "--json"], ["hello", "you"], 1.8),
    Case(["dose", "baricitinib", "--json"], ["hello", "you"], 1.7),
    Case(["dose", "baricitinib", "--age", "70", "--egfr", "40", "--json"], ["hello", "you"], 1.8),
    Case(["show", "warfarin", "INR", "--json"], ["hello", "you"], 1.8),
    Case(["interactions", "tamoxifen", "warfarin", "--json"], ["hello", "you"], 1.8),
)


class Took(NamedTuple):
    """Seconds of one run."""

    clock: float
    processor: float


def took(command: list[str], environment: dict[str, str]) -> Took:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Took(clock, usage.ru_utime + usage.ru_stime)


_PATIENTS = (
    (),
    ("--age", "78", "--egfr", "28"),
    ("--age", "78", "--weight", "61", "--egfr", "28", "--hepatic", "moderate"),
    ("--pregnant",),
)
_DIRECTIONS = ("", " 5 mg PO BID", " 40 mg po qam", " 500 mg q8h prn pain", " 20 mg daily x 5 days")


def review(runs: int, directions: Sequence[str], filters: Sequence[str]) -> str:
    """A list of 40 drugs, each with one of the directions, as a ratio to showing one: clock and processor."""
    from druginfo.library import Library
    from druginfo.places import shipped

    titles = [card.title for card in Library([shipped()]).cards() if card.title.isalpha()]
    lines = [f"{title}{directions[n % len(directions)]}" for n, title in enumerate(titles[:: len(titles) // 40][:40])]
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(lines))
        file.flush()
        ours, one = [*_DRUGINFO, "review", file.name, *filters], [*_DRUGINFO, "show", "warfarin"]
        for command in (ours, one):
            took(command, plain)
        pairs = [(took(ours, plain), took(one, plain)) for _ in range(runs)]
    clock, processor = (statistics.median(a[i] / b[i] for a, b in pairs) for i in (0, 1))
    verdict = "within" if min(clock, processor) <= 3 else "over"
    list_ = "a ward's list of 40 drugs" if len(directions) > 1 else "40 drugs by name"
    asked = " ".join(("druginfo review", *filters))
    return f"{clock:5.2f} {processor:5.2f}  {verdict} 3  {asked} of {list_}, to show of one"


def completing(words: list[str]) -> dict[str, str]:
    """The variables by which bash asks for completions of the last word."""
    line = ["druginfo", *words]
    return {"_DRUGINFO_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(line), "COMP_CWORD": str(len(line) - 1)}


def measure(case: Case, app: Path, runs: int) -> str:
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    ours = (
        [*_DRUGINFO, *([] if case.completing else case.ours)],
        {**plain, **(completing(case.ours) if case.completing else {})},
    )
    theirs = [sys.executable, str(app), *case.theirs], plain
    for command in (ours, theirs):
        took(*command)
    pairs = [(took(*ours), took(*theirs)) for _ in range(runs)]
    clock, processor = (statistics.median(a[i] / b[i] for a, b in pairs) for i in (0, 1))
    ms = [1000 * statistics.median(pair[i].clock for pair in pairs) for i in (0, 1)]
    verdict = "within" if min(clock, processor) <= case.bar else "over"
    name = " ".join(["druginfo", *case.ours]) + ("<TAB>" if case.completing else "")
    return f"{clock:5.2f} {processor:5.2f}  {verdict} {case.bar}  {name}  ({ms[0]:.0f} ms, app {ms[1]:.0f} ms)"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print("clock   cpu")
    with tempfile.TemporaryDirectory() as directory:
        app = Path(directory) / "app.py"
        app.write_text(_APP)
        for case in _CASES:
            print(measure(case, app, runs), flush=True)
    for directions in (_DIRECTIONS[:1], _DIRECTIONS):
        for filters in _PATIENTS:
            print(review(max(3, runs // 5), directions, filters), flush=True)


if __name__ == "__main__":
    main()
