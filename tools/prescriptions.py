"""How much of what is prescribed the library covers: the table of docs/monographs.md.

    python tools/prescriptions.py USAGE.tsv.gz [DIRECTORY…]

USAGE.tsv.gz has a header and the columns ingredient (several joined with " + "), source, count. A drug is covered where
the library, or the directory of monographs, has one of exactly its name, a combination in any order of its parts.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from itertools import permutations

from druginfo import Library

SOURCES = {"Medicare Part D": "CMS Medicare Part D", "Medicaid": "CMS Medicaid"}


def spellings(ingredients: str) -> Iterator[str]:
    """A drug's name, or a combination's with its parts in every order."""
    parts = ingredients.split(" + ")
    for ordered in permutations(parts) if len(parts) < 4 else [parts]:
        yield " and ".join(ordered)
        yield "-".join(ordered)


def main(path: str, *roots: str) -> None:
    library = Library(roots)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    print("| claims of 2017 | all drugs | covered | of the 100 most claimed |", "|---|--:|--:|--:|", sep="\n")
    for name, beginning in SOURCES.items():
        claims = [(int(row["count"]), row["ingredient"]) for row in rows if row["source"].startswith(beginning)]
        covered = {drug: any(each in library for each in spellings(drug)) for _, drug in claims}
        share = 100 * sum(count for count, drug in claims if covered[drug]) / sum(count for count, _ in claims)
        first = sum(covered[drug] for _, drug in sorted(claims, reverse=True)[:100])
        print(f"| {name} | {len(claims):,} | {share:.0f} % of the claims | {first} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
