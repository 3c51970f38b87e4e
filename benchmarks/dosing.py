"""How long the doses of a monograph take to be read, once the program is loaded: processor time, builds in turns.

    python benchmarks/dosing.py [--monographs DIRECTORY] [--rounds 5] [--patient] [SRC...]

Each SRC is the `src` directory of a build, this one's where none is given. Every round reads all monographs in a
process of the build's own, with nothing left of the round before it; each monograph counts with its shortest time, as
on a busy machine only that is steady. With `--patient` the rows are read with their conditions, which the table alone
does not need. Prints a line a build: milliseconds a monograph for its blocks, and for its doses, and the longest of
these.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parents[1]
_READ = """
import functools, gc, inspect, json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from druginfo.dosing import read_dosing
from druginfo.parse import parse
texts = [(path.stem, path.read_text("utf-8")) for path in sorted(Path(sys.argv[2]).glob("*.md"))]
gc.set_threshold(500_000)
def forget():
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.cache_parameters()["maxsize"]:
            each.cache_clear()
is_plain = sys.argv[3] == "plain" and "conditions" in inspect.signature(read_dosing).parameters
how = {"conditions": False} if is_plain else {}
for slug, text in texts:
    read_dosing(parse(text, slug, slug), **how)
for _ in sys.stdin:
    forget()
    taken = []
    for slug, text in texts:
        begin = time.process_time()
        monograph = parse(text, slug, slug)
        for section in monograph.sections:
            section.blocks
        parsed = time.process_time()
        read_dosing(monograph, **how)
        taken.append((1000 * (parsed - begin), 1000 * (time.process_time() - parsed)))
    print(json.dumps(taken), flush=True)
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--monographs", default=str(_HERE / "monographs"))
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--patient", action="store_true")
    options.add_argument("src", nargs="*", default=[str(_HERE / "src")])
    chosen = options.parse_args()
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _READ, src, chosen.monographs, "patient" if chosen.patient else "plain"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for src in chosen.src
    ]  # fmt: skip
    rounds: list[list[list[tuple[float, float]]]] = [[] for _ in readers]
    for _ in range(chosen.rounds):
        for reader, found in zip(readers, rounds, strict=True):
            assert reader.stdin
            assert reader.stdout
            reader.stdin.write("\n")
            reader.stdin.flush()
            found.append(json.loads(reader.stdout.readline()))
    for src, found in zip(chosen.src, rounds, strict=True):
        blocks, doses = ([min(each[i] for each in one) for one in zip(*found, strict=True)] for i in (0, 1))
        means = f"{statistics.mean(blocks):.1f} ms for blocks, {statistics.mean(doses):.1f} ms for doses"
        print(f"{src}: {means} a monograph, at most {max(doses):.1f} ms")
    for reader in readers:
        reader.communicate()


if __name__ == "__main__":
    main()
