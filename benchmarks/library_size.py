"""How much slower a library of 10,000 monographs is than one of 60.

    python benchmarks/library_size.py [--monographs 10000] [--rounds 15] [--than OTHER_SRC]

Prints the rate at which an index is built, what the check costs that it is still fresh, how long warm commands take on
the large library and on a small one, and what one changed file costs; with the `src` directory of another build, also
the ratio of processor time for a first index, in turns. The monographs are the shipped ones under made-up names, so
words are as frequent as they really are. Times of commands are of whole processes: the median, in turns, of wall clock
and of processor time (which other work on the machine disturbs less).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from druginfo.library import Library, shipped

_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu bra cle dri flo gru pla sti tro".split()
_STEMS = "mab nib tinib prazole sartan statin olol pril gliptin azepam cillin floxacin triptan".split()
_COMMANDS = (
    "show NAME", "show NAME kidney", "dose NAME --json", "match NAME", "interactions NAME warfarin", "search NAME",
    "search renal impairment", "search jak inhibitor", "list --class statin", "list --banned", "list --for porphyria",
    "match SLIP", "match xyzzyqp", "show NAME xylophone", "faq NAME alcohol", "faq alcohol", "list --json", "kidney",
)  # fmt: skip


def names() -> Iterator[str]:
    """Made-up generic names, each once."""
    chance = random.Random(7)
    seen = set()
    while True:
        name = "".join(chance.choices(_SYLLABLES, k=3)) + chance.choice(_STEMS)
        if name not in seen:
            seen.add(name)
            yield name.capitalize()


def generate(directory: Path, count: int) -> list[str]:
    """Write `count` monographs; their titles."""
    directory.mkdir(parents=True)
    templates = [(path.stem.replace("-", " "), path.read_text("utf-8")) for path in sorted(shipped().glob("*.md"))]
    titles = list(islice(names(), count))
    for number, title in enumerate(titles):
        old, text = templates[number % len(templates)]
        text = re.sub(rf"\b{old}\b", title, text, flags=re.IGNORECASE)
        text = re.sub(r"(?m)^(- \*\*(?:Brand|Other) Names:\*\*).*$", rf"\1 {title}via", text)
        (directory / f"{title.lower()}.md").write_text(re.sub(r"(?m)^aliases:.*\n(?: +- .*\n)*", "", text), "utf-8")
    return titles


def cpu() -> float:
    """Processor seconds of this process and of its children that have ended."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock and processor seconds."""
    wall, busy = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - wall, cpu() - busy


def run(directory: Path, command: str) -> tuple[float, float]:
    arguments = [sys.executable, "-m", "druginfo", *command.split(), "--monographs", str(directory)]
    return timed(lambda: subprocess.run(arguments, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def state(directory: Path) -> str:
    """What asking once for a name finds the index to be."""
    library = Library([directory])
    library.knows("x")
    return library.store.state


def build(directory: Path, count: int) -> None:
    wall, busy = timed(lambda: state(directory))
    size = sum(entry.stat().st_size for entry in os.scandir(directory)) / count
    print(f"build         {count} monographs of {size / 1000:.1f} kB: {wall:.1f} s, {busy:.1f} s of processor time")
    print(f"              {count / wall:.0f}/s as it was, {count / busy * 2:.0f}/s if both of two cores were free")


def compared(directory: Path, other: Path, rounds: int = 2) -> None:
    """The first index by this build and by another, in turns: the least processor time of each, and the ratio."""
    least: dict[Path, float] = {}
    for _ in range(rounds):
        for source in (Path(__file__).parents[1] / "src", other):
            with tempfile.TemporaryDirectory() as cache:
                environment = {**os.environ, "PYTHONPATH": str(source), "XDG_CACHE_HOME": cache}
                arguments = [sys.executable, "-m", "druginfo", "match", "warfarin", "--monographs", str(directory)]
                before = cpu()
                subprocess.run(arguments, check=False, capture_output=True, env=environment)
                least[source] = min(least.get(source, 1e9), cpu() - before)
    ours, theirs = least.values()
    print(f"first index   {ours:.1f} s of processor time, the other build {theirs:.1f} s: {ours / theirs:.2f} times")


def freshness(directory: Path, rounds: int) -> None:
    both = [timed(lambda: state(directory)) for _ in range(rounds)]
    wall, busy = (median(times) * 1000 for times in zip(*both, strict=True))
    print(f"freshness     {wall:.1f} ms, {busy:.1f} ms of processor time, to find the index {state(directory)}")


def _of(title: str, command: str) -> str:
    """The command for a drug, or for its name with its last letters swapped."""
    return command.replace("NAME", title).replace("SLIP", title[:-2] + title[-1] + title[-2])


def commands(small: Path, large: Path, few: str, many: str, rounds: int) -> None:
    for command in _COMMANDS:
        pairs = [(run(small, _of(few, command)), run(large, _of(many, command))) for _ in range(rounds)]
        wall, busy = ([median(pair[size][kind] for pair in pairs) * 1000 for size in (0, 1)] for kind in (0, 1))
        print(
            f"{command:<24}{wall[0]:6.0f} → {wall[1]:4.0f} ms, {wall[1] / wall[0]:.2f} times; "
            f"processor {busy[0]:4.0f} → {busy[1]:4.0f} ms, {busy[1] / busy[0]:.2f} times"
        )


def change(directory: Path, title: str) -> None:
    path = directory / f"{title.lower()}.md"
    path.write_text(path.read_text("utf-8") + "\n## Afterthought\n\nQuinquireme.\n", "utf-8")
    wall, busy = timed(lambda: print(f"one changed   the index is {state(directory)},", end=" "))
    print(f"{wall * 1000:.0f} ms, {busy * 1000:.0f} ms of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--monographs", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--than", type=Path, help="the src directory of another build")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        os.environ["XDG_CACHE_HOME"] = str(here / "cache")
        few = generate(here / "small", 60)
        many = generate(here / "large", options.monographs)
        state(here / "small")
        time.sleep(0.2)
        build(here / "large", options.monographs)
        if options.than:
            compared(here / "large", options.than)
        freshness(here / "large", options.rounds)
        commands(here / "small", here / "large", few[7], many[-7], options.rounds)
        change(here / "large", many[3])


if __name__ == "__main__":
    main()
