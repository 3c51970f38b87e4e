"""How many of an official document's words arrive in its monograph, and in order.

    python tools/word_coverage.py LABEL… [--lost]

For each label file (openFDA JSON, SPL XML, FHIR ePI, zips): its words, how many of them did not arrive, as `import`
says too, and how many are in order: the three after it in the document follow it in the monograph too. `--lost` shows
the sections with most words that are not in order. Exits 1 where a word was lost.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from druginfo.labels.coverage import Text, distinct, lost, texts, words
from druginfo.labels.importing import read_labels
from druginfo.labels.label import Label, Refused
from druginfo.labels.monograph import monograph
from druginfo.labels.records import records
from druginfo.markup import plain

_IN_A_ROW = 4
_WORST = 3


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Each word with the three after it."""
    found = words(text)
    return zip(*(found[i:] for i in range(_IN_A_ROW)), strict=False)


def coverage(label: Label) -> tuple[int, int, int, list[tuple[int, Text]]]:
    """Words of the document, how many were lost, how many are not in order, and these by section."""
    body = monograph(label).split("\n---\n", 1)[1]
    there = set(runs(plain(body)))
    of = missing = 0
    out: list[tuple[int, Text]] = []
    for source in label.source:
        given = distinct(texts(source))
        of += sum(len(words(text.text)) for text in given)
        found = lost(source, body)
        missing += found.number if found else 0
        out += [(sum(run not in there for run in runs(text.text)), text) for text in given]
    return of, missing, sum(count for count, _ in out), sorted(out, key=lambda pair: -pair[0])


def main(arguments: Sequence[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    total = [0, 0, 0]
    for path in paths:
        for raw in records(path):
            where = f"{Path(raw.source).name} record {raw.position}"
            try:
                rows = [coverage(label) for label in read_labels(raw)]
            except Refused as reason:
                print(f"{where}: refused: {reason}")
                continue
            for of, missing, out, by_section in rows:
                total = [one + other for one, other in zip(total, (of, missing, out), strict=True)]
                print(f"{where}: {of} words, {missing} lost, {1 - out / max(of, 1):.2%} in order")
                for count, text in by_section[:_WORST] if "--lost" in arguments else ():
                    print(f"    {count} of {len(words(text.text))} of “{text.title[:60]}”") if count else None
    of, missing, out = total
    print(f"all: {of} words, {missing} lost, {1 - out / max(of, 1):.2%} in order")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
