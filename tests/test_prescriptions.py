"""How much of what is prescribed the library covers."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
prescriptions = pytest.importorskip("prescriptions")

USAGE = """ingredient\tsource\tcount
Warfarin\tCMS Medicare Part D 2017\t60
Lisinopril + Warfarin\tCMS Medicare Part D 2017\t30
Zelvanib\tCMS Medicare Part D 2017\t10
Clavulanate + Amoxicillin\tCMS Medicaid 2017\t3
Zelvanib\tCMS Medicaid 2017\t1
"""
ROWS = ["| Medicare Part D | 3 | 60 % of the claims | 1 |", "| Medicaid | 2 | 75 % of the claims | 1 |"]


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    library.mkdir()
    for slug in ("warfarin", "lisinopril", "amoxicillin-clavulanate"):
        title = slug.capitalize().replace("-", " and ")
        (library / f"{slug}.md").write_text(f"---\ntitle: {title}\n---\n\n## Usage\n\n- Disease.\n")
    with gzip.open(tmp_path / "usage.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(USAGE)
    return tmp_path / "usage.tsv.gz"


def test_a_combination_is_covered_only_by_its_own_monograph(usage: Path) -> None:
    assert prescriptions.table(str(usage), [str(usage.parent / "library")]).split("\n")[2:] == ROWS


@pytest.mark.parametrize("after", ["", "\nThe end.\n"])
def test_a_page_has_its_table_renewed_and_nothing_else(usage: Path, after: str) -> None:
    page = usage.parent / "page.md"
    page.write_text(f"# Covered\n\n{prescriptions.HEADER} drugs | old |\n|---|---|\n| Medicaid | 1 |\n{after}")
    prescriptions.main(str(usage), "--into", str(page), str(usage.parent / "library"))
    shown = page.read_text("utf-8")
    assert shown.startswith("# Covered\n\n| claims of 2017")
    assert shown.endswith("\n".join(ROWS) + "\n" + after)
