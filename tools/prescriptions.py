"""How much of what is prescribed the library covers: the table of docs/monographs.md.

    python tools/prescriptions.py USAGE.tsv.gz [--into PAGE] [DIRECTORY…]

It prints the table; with --into it also puts it in place of the one in that page.
USAGE.tsv.gz has a header and the columns ingredient (several joined with " + "), source, count. A drug is covered where
the library, or the directory of monographs, has one of exactly its name, a combination in any order of its parts.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

from druginfo import Library

HEADER = "| claims of 2017 | all"
SOURCES = {"Medicare Part D": "CMS Medicare Part D", "Medicaid": "CMS Medicaid"}


def spellings(ingredients: str) -> Iterator[str]:
    """A drug's name, or a combination's with its parts in every order."""
    parts = ingredients.split(" + ")
    for ordered in permutations(parts) if len(parts) < 4 else [parts]:
        yield " and ".join(ordered)
        yield "-".join(ordered)


def table(path: str, roots: Sequence[str] = ()) -> str:
    """The share of claims that the library covers, a Markdown row an insurer."""
    library = Library(roots)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    lines = [f"{HEADER} drugs | covered | of the 100 most claimed |", "|---|--:|--:|--:|"]
    for name, beginning in SOURCES.items():
        claims = [(int(row["count"]), row["ingredient"]) for row in rows if row["source"].startswith(beginning)]
        covered = {drug: any(each in library for each in spellings(drug)) for _, drug in claims}
        share = 100 * sum(count for count, drug in claims if covered[drug]) / sum(count for count, _ in claims)
        first = sum(covered[drug] for _, drug in sorted(claims, reverse=True)[:100])
        lines.append(f"| {name} | {len(claims):,} | {share:.0f} % of the claims | {first} |")
    return "\n".join(lines)


def renewed(page: str, new: str) -> str:
    """A page with its table renewed. Raises ValueError where it has none."""
    begin = page.index(HEADER)
    end = next(at for at in (page.find("\n\n", begin), len(page.rstrip())) if at > 0)
    return page[:begin] + new + page[end:]


def main(path: str, *rest: str) -> None:
    page = rest[rest.index("--into") + 1] if "--into" in rest else None
    new = table(path, [root for root in rest if root not in ("--into", page)])
    if page:
        Path(page).write_text(renewed(Path(page).read_text("utf-8"), new), "utf-8")
    print(new)


if __name__ == "__main__":
    main(*sys.argv[1:])
