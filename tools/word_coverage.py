"""How many of an official document's words arrive in its monograph, and in order.

    python tools/word_coverage.py LABEL… [--lost]

For each label file (openFDA JSON, SPL XML, FHIR ePI, zips): its words, how many of them did not arrive, as `import`
says too, and how many are in order, of all sections and of those on indications, dosage, contraindications, warnings
and interactions. Each section of the document is compared with the section of the monograph that has it: its words are
in order as far as they are there one after another, whatever is between them (the longest common sequence). So a
section that has another place in a monograph loses nothing, and a note that comes a row below its mark only itself.
`--lost` shows the sections with most words that are not in order. Exits 1 where a word was lost.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from druginfo.labels.coverage import Text, lost, texts, words
from druginfo.labels.importing import read_labels
from druginfo.labels.label import Label, Refused
from druginfo.labels.monograph import monograph
from druginfo.labels.records import records
from druginfo.markup import plain

DOSED_BY = frozenset({"Boxed Warning", "Usage", "Dosage", "Contraindications", "Precautions", "Drug Interactions"})
_WORST = 3
_SHORTEST = 20
"""Letters of a text that is no other's by chance."""


class Row(NamedTuple):
    """A section of a document: its words, those that are in order, and the monograph's section that has it."""

    of: int
    in_order: int
    title: str
    home: str


def in_order(given: Sequence[str], there: Sequence[str]) -> int:
    """How many of the words are among the others in their own order: the length of the longest common sequence."""
    places: dict[str, int] = {}
    for i, word in enumerate(there):
        places[word] = places.get(word, 0) | 1 << i
    row = every = (1 << len(there)) - 1  # Hyyrö's: a bit is cleared for each word that the sequence goes on with
    for word in given:
        match = row & places.get(word, 0)
        row = ((row + match) | (row - match)) & every
    return len(there) - row.bit_count()


def homes(body: str) -> Iterator[tuple[str, list[str]]]:
    """The monograph's sections; the dosage and the boxed warning with the highlights, as the document has them in one,
    before or after the full text."""
    parted = (section.partition("\n") for section in re.split(r"^## ", body, flags=re.MULTILINE)[1:])
    said = {title: words(plain(f"{title}\n{text}")) for title, _, text in parted}
    highlights = said.pop("Highlights", [])
    for title, own in said.items():
        yield title, [*highlights, *own, *highlights] if title in ("Dosage", "Boxed Warning") else own


def apart(given: Sequence[Text]) -> Iterator[Text]:
    """The texts without those that are once more in them: openFDA's subsections, which may have homes of their own."""
    for text in given:
        own = text.text
        for other in sorted(given, key=lambda each: -len(each.text)):
            if _SHORTEST < len(other.text) < len(text.text):
                own = own.replace(other.text, " ")
        yield Text(text.title, own)


def coverage(label: Label) -> tuple[int, list[Row]]:
    """How many words of the document were lost, and its sections."""
    body = monograph(label).split("\n---\n", 1)[1]
    there = list(homes(body))
    missing = 0
    rows = []
    for source in label.source:
        found = lost(source, body)
        missing += found.number if found else 0
        for text in apart(list(texts(source))):
            its = words(text.text)
            best, home = max((in_order(its, section), title) for title, section in there)
            rows.append(Row(len(its), best, text.title, home))
    return missing, rows


def main(arguments: Sequence[str]) -> int:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    lost_in_all, all_rows = 0, list[Row]()
    for path in paths:
        for raw in records(path):
            where = f"{Path(raw.source).name} record {raw.position}"
            try:
                found = [coverage(label) for label in read_labels(raw)]
            except Refused as reason:
                print(f"{where}: refused: {reason}")
                continue
            for missing, rows in found:
                lost_in_all, all_rows = lost_in_all + missing, all_rows + rows
                print(f"{where}: {said(missing, rows)}")
                worst = sorted(rows, key=lambda row: row.in_order - row.of)[:_WORST] if "--lost" in arguments else ()
                for row in worst:
                    if row.of > row.in_order:
                        print(f"    {row.of - row.in_order} of {row.of} of “{row.title[:60]}” in {row.home}")
    print(f"all: {said(lost_in_all, all_rows)}")
    return 1 if lost_in_all else 0


def said(missing: int, rows: Sequence[Row]) -> str:
    dosed_by = [row for row in rows if row.home in DOSED_BY]
    return (
        f"{sum(row.of for row in rows)} words, {missing} lost, {share(rows)} in order; of indications, dosage, "
        f"contraindications, warnings and interactions {share(dosed_by)} of {sum(row.of for row in dosed_by)}"
    )


def share(rows: Sequence[Row]) -> str:
    return f"{sum(row.in_order for row in rows) / max(sum(row.of for row in rows), 1):.2%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
