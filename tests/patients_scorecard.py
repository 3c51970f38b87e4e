"""How well doses are found for patients nobody tuned to: `python -m tests.patients_scorecard` prints the blind sets.

`tests/data/blind/dose_for.tsv` asks `dose DRUG --for CONDITION` of the shipped monographs, `dose_patients*.tsv` asks
patients of label sheets in `../shared/labels`, which are made into openFDA records and imported as such. They were
written from the texts alone, before their author had read the rules, and were run once before anything was mended.

A row is named by words that its text, labels and headings hold, folded; parts are joined by `+`, other ways of saying
it by `|`, several rows by `;`. An answer is

- dangerous where a row that must apply is left out or gone, where a row of another group stands under "For this
  patient", or where words that must be said are not;
- missing where a row that must apply is in no row of the monograph at all, or where no dose is said to be found;
- confusing where a row that should be left out applies;
- right otherwise. `NONE` is right where no dose is found.

`--details` says what was wrong of each.
"""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
import shlex
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from druginfo import cli

BLIND = Path(__file__).parent / "data" / "blind"
MONOGRAPHS = Path(__file__).parent.parent / "monographs"
SHEETS = Path(__file__).parent.parent.parent / "shared" / "labels"
FIELDS = {
    "BOXED WARNING": ("", "boxed_warning"),
    "INDICATIONS AND USAGE": ("1 ", "indications_and_usage"),
    "DOSAGE AND ADMINISTRATION": ("2 ", "dosage_and_administration"),
    "DOSAGE FORMS AND STRENGTHS": ("3 ", "dosage_forms_and_strengths"),
    "CONTRAINDICATIONS": ("4 ", "contraindications"),
    "WARNINGS AND PRECAUTIONS": ("5 ", "warnings_and_cautions"),
    "ADVERSE REACTIONS": ("6 ", "adverse_reactions"),
    "DRUG INTERACTIONS": ("7 ", "drug_interactions"),
    "USE IN SPECIFIC POPULATIONS": ("8 ", "use_in_specific_populations"),
    "OVERDOSAGE": ("10 ", "overdosage"),
}
"""A sheet's sections: their number in a label that numbers them, and what openFDA calls them."""
KINDS = ("right", "confusing", "missing", "dangerous")


def fold(text: str) -> str:
    """Words and figures in lower case with single spaces between them."""
    plain = unicodedata.normalize("NFKC", html.unescape(text)).lower()
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    plain = re.sub(r"(?<=\d)(?=(?:mg|mcg|ml|g|kg)\b)", " ", plain)
    plain = re.sub(r"\bm 2\b", "m2", re.sub(r"(?<!\d)\.|\.(?!\d)", " ", plain))
    return " ".join(re.sub(r"[^\w.]|_", " ", plain).split())


class Finding(NamedTuple):
    """What was wrong of an answer, and of which kind that is."""

    kind: str
    text: str


def record(sheet: str, slug: str) -> dict[str, Any]:
    """A label sheet as openFDA has labels: each section one string, its tables once more as HTML."""
    fields: dict[str, Any] = {}
    numbered = "numbered sections" in sheet
    for title, body in re.findall(r"^== (.+?) ==\n(.*?)(?=^== |\Z)", sheet, flags=re.MULTILINE | re.DOTALL):
        lines = [line for line in body.splitlines() if not re.match(r"\[(?!\d|a\])", line)]
        if title not in FIELDS or not any(lines):
            continue
        tables: list[list[str]] = [[]]
        for line in lines:
            tables[-1:] = [tables[-1], []] if tables[-1] and not line.startswith("|") else [tables[-1]]
            if line.startswith("|") and not re.match(r"\|[-| ]+\|$", line):
                tables[-1].append(line)
        cells = [[row.strip().strip("|").split("|") for row in table] for table in tables if table]
        words = " ".join(
            re.sub(r"\||\(as (?:above|left)\)", " ", line) for line in lines if not re.match(r"\|[-| ]+\|$", line)
        )
        number, field = FIELDS[title]
        fields[field] = [" ".join(f"{number * numbered}{title} {words}".split())]
        if cells:
            fields[f"{field}_table"] = list(map(_html, cells))
    name = re.search(r"^Brand name: (.*)", sheet, flags=re.MULTILINE)
    generic = re.search(r"^Generic name: (.*)", sheet, flags=re.MULTILINE)
    brand, generic_name = (found[1] if found else slug for found in (name, generic))
    return fields | {
        "set_id": "00000000-0000-0000-0000-000000000000",
        "effective_time": "20260701",
        "openfda": {"brand_name": [brand], "generic_name": [generic_name], "product_type": ["HUMAN PRESCRIPTION DRUG"]},
    }


def _html(table: list[list[str]]) -> str:
    """A table's rows; `(as above)` and `(as left)` are the sheets' words for a long cell that spans."""
    written: list[list[list[Any]]] = []
    wide = max(map(len, table))
    for cells in table:
        if len(cells) == 1:
            written.append([[cells[0].strip(), 1, wide]])
            continue
        row: list[list[Any]] = []
        for column, cell in enumerate(map(str.strip, cells)):
            if cell == "(as above)" and written and column < len(written[-1]):
                row.append(written[-1][column])
                row[-1][1] += 1
            elif cell == "(as left)" and row:
                row.append(row[-1])
                row[-1][2] += 1
            else:
                row.append([cell, 1, 1])
        written.append(row)
    seen: list[Any] = []
    rows = []
    for row in written:
        new = [
            cell
            for number, cell in enumerate(row)
            if not any(c is cell for c in row[:number]) and not any(c is cell for c in seen)
        ]
        seen += new
        cells = [f'<td rowspan="{down}" colspan="{across}">{html.escape(cell)}</td>' for cell, down, across in new]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def ran(*arguments: str) -> tuple[int, str]:
    """The status and what a run of the command line wrote to both streams."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = cli.run(list(arguments))
    return int(status), out.buffer.getvalue().decode("utf-8")


def names(row: dict[str, Any], wanted: str) -> bool:
    """Whether a row is the one that is named."""
    section = row["section"].replace("-", " ")
    places = [fold(row[key] or "") for key in ("text", "indication", "population", "qualifier")]
    places += [fold(section.replace("/", " ")), " ".join(places[1:] + places[:1])]
    alternatives = ([part.strip() for part in way.split("+")] for way in wanted.split("|"))
    return any(all(any(f" {part} " in f" {place} " for place in places) for part in way) for way in alternatives)


def judge(slug: str, arguments: list[str], library: list[str], wanted: dict[str, list[str]]) -> Iterator[Finding]:
    """What is wrong of one answer."""
    arguments = [*arguments, *library]
    status, written = ran("dose", slug, *arguments, "--all", "--json")
    if wanted["must_apply"] == ["NONE"]:
        if status != 3:
            yield Finding("confusing", "a dose is found")
        return
    answer = json.loads(written)
    if "rows" not in answer:
        yield Finding("missing", f"refused: {answer['error']['message']}")
        return
    rows = answer["rows"]
    mine = [row["text"] for wish in wanted["must_apply"] for row in rows if names(row, wish)]
    for wish in wanted["must_apply"]:
        found = [row for row in rows if names(row, wish)]
        if not found:
            everything = json.loads(ran("dose", slug, *library, "--json")[1])["rows"]
            yield Finding("dangerous" if any(names(row, wish) for row in everything) else "missing", wish)
        elif not any(row["applies"] for row in found):
            yield Finding("dangerous", f"left out: {wish}")
    for key, kind in (("not_specific", "dangerous"), ("left_out", "confusing")):
        for wish in wanted[key]:
            found = [row for row in rows if names(row, wish) and row["text"] not in mine]
            if any(row["applies"] and (key == "left_out" or row["specific"]) for row in found):
                yield Finding(kind, f"{key}: {wish}")
    text = fold(ran("dose", slug, *arguments)[1]) if wanted["must_say"] else ""
    for wish in wanted["must_say"]:
        if not any(fold(way) in text for way in wish.split("|")):
            yield Finding("dangerous", f"not said: {wish}")


def _several(cell: str, sign: str = ";") -> list[str]:
    return [part.strip() for part in cell.split(sign) if part.strip()]


def lines(path: Path) -> list[dict[str, str]]:
    head, *rest = path.read_text("utf-8").splitlines()
    keys = head.split("\t")
    return [dict(zip(keys, (line + "\t" * len(keys)).split("\t"), strict=False)) for line in rest]


def conditions() -> Iterator[tuple[str, list[Finding]]]:
    """Each question of `dose --for` with what is wrong of its answer."""
    for asked in lines(BLIND / "dose_for.tsv"):
        wanted = {"must_apply": _several(asked["kept"]), "left_out": _several(asked["gone"])}
        wanted |= {"not_specific": wanted["left_out"], "must_say": []}
        asked_of = judge(asked["drug"], ["--for", asked["condition"]], ["--monographs", str(MONOGRAPHS)], wanted)
        yield f"{asked['drug']} --for {asked['condition']}", list(asked_of)


def patients(into: Path, name: str = "dose_patients.tsv") -> Iterator[tuple[str, list[Finding]]]:
    """Each patient with what is wrong of the answer. The labels are imported into a directory."""
    slugs: dict[str, str] = {}
    for asked in lines(BLIND / name):
        label = asked["label"]
        own = into / label
        if label not in slugs:
            own.mkdir()
            source = into / f"{label}.json"
            source.write_text(json.dumps(record((SHEETS / f"{label}.txt").read_text("utf-8"), label)), "utf-8")
            ran("import", str(source), "--into", str(own))
            slugs[label] = next(own.glob("*.md")).stem
        wanted = {key: _several(asked[key]) for key in ("must_apply", "not_specific", "left_out", "must_say")}
        asked_of = judge(slugs[label], shlex.split(asked["asked"]), ["--exact", "--monographs", str(own)], wanted)
        yield f"{label} {asked['asked']}", list(asked_of)


def worst(findings: list[Finding]) -> str:
    return max((finding.kind for finding in findings), key=KINDS.index, default="right")


def main(arguments: list[str]) -> None:
    """Print how many answers of each set are of which kind; with `--details` what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        sets = {"dose --for": conditions()}
        if SHEETS.is_dir():
            sets["patients of labels"] = patients(Path(folder))
            sets["patients of labels, second set"] = patients(Path(folder), "dose_patients_2.tsv")
            sets["patients of labels, third set"] = patients(Path(folder), "dose_patients_3.tsv")
        for title, answers in sets.items():
            count: Counter[str] = Counter()
            for asked, findings in answers:
                count[worst(findings)] += 1
                if "--details" in arguments:
                    for finding in findings:
                        print(f"{finding.kind}: {asked}: {finding.text}")
            print(f"{title}: {', '.join(f'{kind} {count[kind]}' for kind in KINDS)} of {count.total()}")


if __name__ == "__main__":
    main(sys.argv[1:])
