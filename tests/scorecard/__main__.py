"""How safely names are matched: `python -m tests.scorecard` prints the table of docs/matching.md and a short one.

Everything random has a fixed seed. Each query has one right answer or none: "opened wrong" is any other drug. The run
fails when a set is answered worse than `LIMITS` allow, or when the pages show other figures (`--write` mends them).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.scorecard.scores import Scores, full, run, short, too_bad
from tests.scorecard.told import Told, table, told, too_few
from tests.scorecard.world import World

ROOT = Path(__file__).parents[2]
PAGES = {"docs/matching.md": full}
"""Where the tables stand, between two comments."""
BEGIN, END = "<!-- scorecard -->\n", "<!-- scorecard ends -->\n"


def quoted(scores: Scores, found: Sequence[Told] = (), *, write: bool) -> Iterator[str]:
    """The pages that showed other figures; `write` puts the right ones there."""
    for name, of in PAGES.items():
        page = ROOT / name
        text = page.read_text("utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        lines = [*of(scores), *(["", *table(found)] if found and of is full else [])]
        fresh = f"{before}{BEGIN}{chr(10).join(lines)}\n{END}{after}"
        if fresh != text:
            yield name
            if write:
                page.write_text(fresh, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only the sets whose names hold this")
    parser.add_argument("--alone", action="store_true", help="without the plain rules")
    parser.add_argument("--wrong", action="store_true", help="list the wrong openings")
    parser.add_argument("--write", action="store_true", help="put the table into docs/matching.md")
    arguments = parser.parse_args()
    start = time.perf_counter()
    scores = run(arguments.only, compare=not arguments.alone)
    whole = not (arguments.only or arguments.alone)
    found = list(told(World(), arguments.only))
    tables = [full(scores)] * bool(scores) + [short(scores)] * whole + [table(found)] * bool(found)
    print("\n\n".join("\n".join(each) for each in tables))
    print(f"\n{time.perf_counter() - start:.0f} s", file=sys.stderr)
    if arguments.wrong:
        for name, by_rule in scores.items():
            print(*(f"{name}: {each}" for each in by_rule["druginfo"].wrong), sep="\n")
        for score in found:
            print(*(f"{score.name}: {each}" for each in score.wrong), sep="\n")
    faults = [*too_bad(scores), *too_few(found)]
    if not (scores or found):
        faults.append(f"No set has “{arguments.only}” in its name.")
    if whole:
        stale = list(quoted(scores, found, write=arguments.write))
        faults += [f"{page} shows other figures: run it with --write." for page in stale if not arguments.write]
    print(*faults, sep="\n", file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
