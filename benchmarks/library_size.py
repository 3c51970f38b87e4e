"""How much slower a library of 10,000 monographs is than one of 60.

    python benchmarks/library_size.py [--monographs 10000] [--rounds 9] [--only WORD] [--keep DIR] [--than OTHER_SRC]

Prints the rate at which an index is built and its size, what the check costs that it is still fresh, how long every
kind of question takes on the large library and on a small one, and what one changed file costs; with the `src`
directory of another build, also the ratio of processor time for a first index, in turns. The monographs are the shipped
ones under made-up names, their sections mixed, so words are as frequent as they really are and no two texts are alike.
Times of questions are of whole processes once what is kept is kept, the least of several rounds in turns: by the clock,
and of processor time, which other work on the machine disturbs less. The last column says how many times as long the
answer itself is: a list of the drugs of a class grows with the library.
"""

from __future__ import annotations

import argparse
import contextlib
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

from druginfo.library import Library
from druginfo.places import shipped
from druginfo.processes import idle_processors

_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu bra cle dri flo gru pla sti tro".split()
_STEMS = "mab nib tinib prazole sartan statin olol pril gliptin azepam cillin floxacin triptan".split()
_ASKED, _PARTNER, _RARE = 15, 8, 3
"""Which of the shipped monographs, in order, the drug asked for and its partner are, and which has rare words."""
_RARE_LINES = (("## Usage\n", "\n- **Medical Conditions:** Scurvy.\n"), ("## Precautions\n", "\n- Quinquireme.\n"))
_COMMANDS = (
    "show NAME", "show NAME kidney", "show NAME hip", "show NAME xylophone", "show SLIP", "show statin pregnancy",
    "show kidney", "show grapefruit", "show potassium --json", "faq NAME alcohol", "faq NAME surgery", "faq alcohol",
    "faq can I drink alcohol", "search NAME", "search renal impairment", "search quinquireme", "search dizzines",
    "search zzyzx", "list", "list --json", "list --for hypertension", "list --for scurvy", "list --for lycanthropy",
    "list --class statin", "list --banned", "interactions NAME PARTNER", "interactions NAME warfarin", "dose NAME",
    "dose NAME --for fibrillation", "compare NAME PARTNER", "match NAME", "match SLIP", "match xyzzyqp",
    "match warfarin", "topics NAME", "COMPLETE show NAM",
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
    """The titles of `count` monographs, which are written unless they are there."""
    templates = [(path.stem.replace("-", " "), path.read_text("utf-8")) for path in sorted(shipped().glob("*.md"))]
    titles = list(islice(names(), count))
    if directory.exists():
        return titles
    directory.mkdir(parents=True)
    chance = random.Random(11)
    sections = [
        {part.partition("\n")[0]: (old, part) for part in re.split(r"(?m)^(?=## )", text)[1:]}
        for old, text in templates
    ]
    for number, title in enumerate(titles):
        old, text = templates[number % len(templates)]
        head, *body = re.split(r"(?m)^(?=## )", text)
        parts = [(old, head)]
        for part in body:
            is_mixed = len(templates) <= number < count - len(templates)
            parts.append(chance.choice(sections).get(part.partition("\n")[0], (old, part)) if is_mixed else (old, part))
        text = "".join(re.sub(rf"\b{name}\b", title, part, flags=re.IGNORECASE) for name, part in parts)
        text = re.sub(r"(?m)^(- \*\*(?:Brand|Other) Names:\*\*).*$", rf"\1 {title}via", text)
        if number == _RARE:
            for heading, line in _RARE_LINES:
                text = text.replace(heading, heading + line).replace("is_banned: false", "is_banned: true")
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


def run(directory: Path, command: str) -> tuple[float, float, int]:
    """Wall-clock and processor seconds of a question, and the bytes of its answer."""
    environment, arguments = dict(os.environ), command.split()
    if arguments[0] == "COMPLETE":
        line = f"druginfo --monographs {directory} {' '.join(arguments[1:])}"
        environment |= {"COMP_WORDS": line, "COMP_CWORD": "4", "_DRUGINFO_COMPLETE": "complete_bash"}
        arguments = []
    else:
        arguments += ["--monographs", str(directory)]
    code = "import sys; sys.argv[0] = 'druginfo'; from druginfo.__main__ import main; main()"
    size = 0

    def ask() -> None:
        nonlocal size
        told = subprocess.run(
            [sys.executable, "-c", code, *arguments], check=False, capture_output=True, env=environment
        )
        size = len(told.stdout)

    return (*timed(ask), size)


def state(directory: Path) -> str:
    """What asking once for a name finds the index to be."""
    library = Library([directory])
    library.knows("x")
    return library.store.state


def build(directory: Path, count: int) -> None:
    """The first index, and the first questions that need more than the names."""
    text = sum(entry.stat().st_size for entry in os.scandir(directory)) / count
    print(f"library       {count} monographs of {text / 1000:.1f} kB")
    wall, busy = timed(lambda: state(directory))
    print(f"first index   {wall:.1f} s, {busy:.1f} s of processor time: {count / busy * 2:.0f}/s on two free cores")
    for question in ("search quinquireme", "list --for scurvy"):
        wall, busy, _ = run(directory, question)
        print(f"first {question}: {wall:.1f} s, {busy:.1f} s of processor time")
    for path in sorted(
        (Path(os.environ["XDG_CACHE_HOME"]) / "druginfo").glob("*.sqlite"), key=lambda p: p.stat().st_size
    ):
        print(f"{path.name[:24]}: {path.stat().st_size / count:.0f} bytes a monograph")


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


def _of(title: str, partner: str, command: str) -> str:
    """The command for a drug and a second one; for its name with its last letters swapped; for its beginning."""
    swapped = title[:-2] + title[-1] + title[-2]
    words = {"NAME": title, "PARTNER": partner, "SLIP": swapped, "NAM": title[:-3]}
    return " ".join(words.get(word, word) for word in command.split())


def commands(small: Path, large: Path, few: list[str], many: list[str], rounds: int, only: str) -> None:
    shipped_ones = len(list(shipped().glob("*.md")))
    last = (len(many) // shipped_ones - 1) * shipped_ones  # of the last, whose sections are not mixed
    last += shipped_ones if last + _ASKED < len(many) - shipped_ones else 0
    if idle_processors() < 2:
        print("no second processor is idle: the files are not looked at ahead, and times by the clock say little")
    print(f"{'':<30}{'by the clock, ms':>20}{'processor, ms':>26}{'answer':>10}")
    for command in _COMMANDS:
        if only not in command:
            continue
        asked = (_of(few[_ASKED], few[_PARTNER], command), _of(many[last + _ASKED], many[last + _PARTNER], command))
        for directory, each in zip((small, large), asked, strict=True):
            run(directory, each)  # what is read once is read now
        pairs = [(run(small, asked[0]), run(large, asked[1])) for _ in range(rounds)]
        wall, busy = ([min(pair[size][kind] for pair in pairs) * 1000 for size in (0, 1)] for kind in (0, 1))
        longer = pairs[0][1][2] / max(pairs[0][0][2], 1)
        print(
            f"{command:<30}{wall[0]:7.0f} → {wall[1]:5.0f} {wall[1] / wall[0]:5.2f}"
            f"{busy[0]:13.0f} → {busy[1]:5.0f} {busy[1] / busy[0]:5.2f}{longer:9.1f}",
            flush=True,
        )


def change(directory: Path, title: str) -> None:
    path = directory / f"{title.lower()}.md"
    path.write_text(path.read_text("utf-8") + "\n## Afterthought\n\nQuinquireme.\n", "utf-8")
    wall, busy = timed(lambda: print(f"one changed   the index is {state(directory)},", end=" "))
    print(f"{wall * 1000:.0f} ms, {busy * 1000:.0f} ms of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--monographs", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="", help="the questions that hold this")
    parser.add_argument("--keep", type=Path, help="where the monographs and the index are kept for the next time")
    parser.add_argument("--than", type=Path, help="the src directory of another build")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        here = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["XDG_CACHE_HOME"] = str(here / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        few = generate(here / "small", 60)
        many = generate(here / f"large-{options.monographs}", options.monographs)
        large = here / f"large-{options.monographs}"
        time.sleep(2.2)  # what was written just now is read at every start
        if options.only:
            state(large)
        else:
            build(large, options.monographs)
        if options.than:
            compared(large, options.than)
        freshness(large, options.rounds)
        commands(here / "small", large, few, many, options.rounds, options.only)
        if not options.keep:
            change(large, many[3])


if __name__ == "__main__":
    main()
