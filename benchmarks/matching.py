"""What names cost: `python benchmarks/matching.py [OTHER_SRC]` prints how many misspelled names a second are matched
and how long `show` takes, for an exact name and for a slip, beside a Typer app of two commands.

With the `src` directory of another build, both are measured side by side in one run, and the ratios are printed: of the
time that a person waits, and of what all processes together take of the processors. The names are asked of the shipped
library, and of one that has nothing but 900 titles. Each build is asked twice in its turn and the second counts, for
each makes its own index.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
NAMES = [line.split("\t")[0] for line in (DATA / "misspellings_unseen.tsv").read_text("utf-8").splitlines()]
TITLES = (DATA / "generics.txt").read_text("utf-8").splitlines()
TYPER = "import typer\napp = typer.Typer()\napp.command('a')(lambda x: None)\napp.command('b')(lambda x: None)\napp()\n"
TIMES = 7


def least(arguments: list[str], source: Path, given: str = "", times: int = TIMES) -> tuple[float, float]:
    """The least of some runs, seconds: by the clock, and of processors."""
    environment = os.environ | {"PYTHONPATH": str(source)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    found: list[tuple[float, float]] = []
    for _ in range(times + 1):
        start, before = time.perf_counter(), _of_processors()
        subprocess.run(
            [sys.executable, *arguments], input=given, text=True, capture_output=True, env=environment, check=False
        )
        found.append((time.perf_counter() - start, _of_processors() - before))
    waited, worked = zip(*found[1:], strict=True)
    return min(waited), min(worked)


def _of_processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    sources = [ROOT / "src", *map(Path, sys.argv[1:2])]
    with tempfile.NamedTemporaryFile("w", suffix=".py") as app:
        app.write(TYPER)
        app.flush()
        base, _ = least([app.name, "a"], sources[0])
    print(f"a two-command Typer app: {1000 * base:.0f} ms")
    for source in sources:
        print(source)
        for name in ("warfarin", "warfarrin"):
            taken, _ = least(["-m", "druginfo", "show", name, "--json"], source)
            print(f"  show {name}: {1000 * taken:.0f} ms, {taken / base:.2f} times as long")
    with tempfile.TemporaryDirectory() as library:
        for number, title in enumerate(TITLES):
            Path(library, f"{number}.md").write_text(f"---\ntitle: {title}\n---\n\n## Usage\n\nNone.\n", "utf-8")
        time.sleep(3)  # what has changed just now is looked at again by every run
        for what, where in (("the shipped library", []), (f"{len(TITLES)} titles", ["--monographs", library])):
            print(f"match of {len(NAMES):,} misspelled names, {what}")
            streams(sources, where)


def streams(sources: list[Path], where: list[str]) -> None:
    """Print how fast each build matches all names, and the ratios."""
    runs: dict[Path, list[tuple[float, float]]] = {}
    for _ in range(TIMES):  # by turns: what else the machine does slows both
        for source in sources:
            taken = least(["-m", "druginfo", "match", "--json", "-", *where], source, "\n".join(NAMES), times=1)
            runs.setdefault(source, []).append(taken)
    for source, taken in runs.items():
        waited, worked = map(min, zip(*taken, strict=True))
        print(f"  {source}: {len(NAMES) / waited:,.0f} a second, {worked:.2f} s of processors")
    if len(runs) > 1:
        for called, of in (("least", min), ("median", median)):
            one, other = (tuple(map(of, zip(*taken, strict=True))) for taken in runs.values())
            print(f"  {called}: {other[0] / one[0]:.1f} times as fast, with {other[1] / one[1]:.1f} times less work")


if __name__ == "__main__":
    main()
