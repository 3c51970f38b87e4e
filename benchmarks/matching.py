"""What names cost: `python benchmarks/matching.py [OTHER_SRC]` prints how many misspelled names a second are matched
and how long `show` takes, for an exact name and for a slip, beside a Typer app of two commands.

With the `src` directory of another build, both are measured side by side in one run, and the ratio is printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMES = [line.split("\t")[0] for line in (ROOT / "tests/data/misspellings_unseen.tsv").read_text("utf-8").splitlines()]
TYPER = "import typer\napp = typer.Typer()\napp.command('a')(lambda x: None)\napp.command('b')(lambda x: None)\napp()\n"
TIMES = 7


def least(arguments: list[str], source: Path, given: str = "", times: int = TIMES) -> float:
    """The least of some runs, seconds."""
    environment = os.environ | {"PYTHONPATH": str(source)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    found = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], input=given, text=True, capture_output=True, env=environment, check=False
        )
        found.append(time.perf_counter() - start)
    return min(found[1:])


def main() -> None:
    sources = [ROOT / "src", *map(Path, sys.argv[1:2])]
    with tempfile.NamedTemporaryFile("w", suffix=".py") as app:
        app.write(TYPER)
        app.flush()
        base = least([app.name, "a"], sources[0])
    print(f"a two-command Typer app: {1000 * base:.0f} ms")
    stream = {}
    for source in sources:
        print(source)
        for name in ("warfarin", "warfarrin"):
            taken = least(["-m", "druginfo", "show", name, "--json"], source)
            print(f"  show {name}: {1000 * taken:.0f} ms, {taken / base:.2f} times as long")
        taken = least(["-m", "druginfo", "match", "--json", "-"], source, "\n".join(NAMES), times=2)
        stream[source] = len(NAMES) / taken
        print(f"  match of {len(NAMES):,} misspelled names: {stream[source]:,.0f} a second")
    if len(stream) > 1:
        one, other = stream.values()
        print(f"{one / other:.1f} times as many")


if __name__ == "__main__":
    main()
