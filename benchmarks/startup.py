"""How long commands take, as a ratio to a two-command Typer app on the same Typer: medians of paired runs.

    python benchmarks/startup.py [RUNS]

Prints a line a command: the ratio, the bar it is held to, both medians in milliseconds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
_CASES = (
    (["--version"], ["hello", "you"], 1.1),
    (["--help"], ["--help"], 1.1),
    (["show", "baricitinib", "--json"], ["hello", "you"], 1.6),
    (["show", "baricitinib"], ["hello", "you"], 2.6),
)


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as directory:
        app = Path(directory) / "app.py"
        app.write_text(_APP)
        for ours, theirs, bar in _CASES:
            pair = [*_DRUGINFO, *ours], [sys.executable, str(app), *theirs]
            for command in pair:
                seconds(command)
            times = [[seconds(command) for command in pair] for _ in range(runs)]
            a, b = (statistics.median(column) for column in zip(*times, strict=True))
            ratio = statistics.median(x / y for x, y in times)
            verdict = "within" if ratio <= bar else "over"
            print(
                f"{ratio:5.2f}  {verdict} {bar}  druginfo {' '.join(ours)}  ({a * 1000:.0f} ms, app {b * 1000:.0f} ms)"
            )


if __name__ == "__main__":
    main()
