"""Records a second and peak memory of importing a bulk openFDA file.

    python benchmarks/bulk_import.py [--records 20000] [--drugs 2500] [--kilobytes 80]

Writes a file in the form of openFDA's bulk downloads (`{"meta": …, "results": [20,000 records]}`, indented, tables
once as words and once as markup), imports it in a process of its own and prints what that took. `--drugs` is how many
drugs the labels are of: each label that is newer than those before it is written, so one drug a record is the worst
case and the default is near the real files. The texts are made up.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import Process
from pathlib import Path

from druginfo.labels.importing import import_labels

_WORDS = (
    "patients treatment dose daily mg renal hepatic impairment clinical studies observed increased risk of in the and "
    "with administration concomitant plasma concentration adverse reactions discontinue monitor therapy recommended"
).split()


def prose(chance: random.Random, size: int) -> str:
    sentences, length = [], 0
    while length < size:
        sentence = " ".join(chance.choices(_WORDS, k=chance.randint(8, 24))).capitalize() + "."
        if chance.random() < 0.2:
            sentence += f" [see Warnings and Precautions ( 5.{chance.randint(1, 9)} )] ."
        if chance.random() < 0.1:
            sentence = f"• {sentence}"
        sentences.append(sentence)
        length += len(sentence)
    return " ".join(sentences)


def table(chance: random.Random, rows: int) -> tuple[str, str]:
    """Words as openFDA runs them together, and the markup."""
    cells = [
        [f"{' '.join(chance.choices(_WORDS, k=4))} {chance.randint(1, 900)} mg" for _ in range(4)] for _ in range(rows)
    ]
    body = "".join("<tr>" + "".join(f"<td><paragraph>{c}</paragraph></td>" for c in row) + "</tr>" for row in cells)
    return " ".join(c for row in cells for c in row), f'<table width="100%"><tbody>{body}</tbody></table>'


def record(number: int, drugs: int, kilobytes: int) -> dict[str, object]:
    chance = random.Random(number)
    drug = f"alba{number % drugs:05d}mab"
    share = kilobytes * 1000
    flat, markup = table(chance, max(4, share // 4000))
    subsections = " ".join(f"2.{i} Recommended Dosage in Adults {prose(chance, share // 60)}" for i in range(1, 6))
    populations = {
        "pregnancy": f"8.1 Pregnancy Risk Summary {prose(chance, share // 30)}",
        "pediatric_use": f"8.4 Pediatric Use {prose(chance, share // 60)}",
    }
    sections = {
        "indications_and_usage": f"1 INDICATIONS AND USAGE {drug} is indicated for {prose(chance, share // 40)}",
        "dosage_and_administration": f"2 DOSAGE AND ADMINISTRATION {subsections} {flat}",
        "contraindications": f"4 CONTRAINDICATIONS {prose(chance, 200)}",
        "warnings_and_cautions": f"5 WARNINGS AND PRECAUTIONS {prose(chance, share // 6)}",
        "adverse_reactions": f"6 ADVERSE REACTIONS {prose(chance, share // 6)}",
        "drug_interactions": f"7 DRUG INTERACTIONS {prose(chance, share // 15)}",
        "use_in_specific_populations": f"8 USE IN SPECIFIC POPULATIONS {' '.join(populations.values())}",
        **populations,
        "clinical_studies": f"14 CLINICAL STUDIES {prose(chance, share // 6)}",
        "spl_medguide": f"MEDICATION GUIDE {prose(chance, share // 6)}",
    }
    return {
        **{key: [text] for key, text in sections.items()},
        "dosage_and_administration_table": [markup],
        "set_id": f"{number:08x}-0000-4000-8000-000000000000",
        "id": f"{number:08x}-0000-4000-8000-000000000001",
        "effective_time": f"20{chance.randint(10, 26)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}",
        "version": str(chance.randint(1, 40)),
        "openfda": {"generic_name": [drug.upper()], "brand_name": [f"{drug}ex"], "substance_name": [drug.upper()]},
    }


def lines(records: int, drugs: int, kilobytes: int) -> Iterator[str]:
    yield '{\n  "meta": {"results": {"skip": 0, "limit": 20000, "total": 250000}},\n  "results": [\n'
    for number in range(records):
        yield json.dumps(record(number, drugs, kilobytes), indent=2) + (",\n" if number < records - 1 else "\n")
    yield "  ]\n}\n"


def measure(path: Path, into: Path) -> None:
    begun = time.perf_counter()
    report = import_labels([path], into)
    seconds = time.perf_counter() - begun
    count = len(report.imported) + len(report.kept_back) + len(report.skipped)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    print(f"{count} records of {path.stat().st_size / 1e6:,.0f} MB in {seconds:.1f} s: {count / seconds:.0f} a second")
    print(f"{len(report.imported)} monographs, {len(report.kept_back)} older labels, {len(report.skipped)} skipped")
    print(f"peak memory {peak:.0f} MB, and {worker:.0f} MB in the largest worker process")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--drugs", type=int, default=2_500)
    parser.add_argument("--kilobytes", type=int, default=80)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "bulk.json"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines(asked.records, asked.drugs, asked.kilobytes))
        process = Process(target=measure, args=(path, Path(directory) / "monographs"))
        process.start()
        process.join()
        sys.exit(process.exitcode)


if __name__ == "__main__":
    main()
