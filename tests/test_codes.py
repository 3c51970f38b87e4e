"""RxCUI, ATC codes and NDCs in the place of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from druginfo import Library
from druginfo.names.codes import read
from druginfo.parse import parse

ACETAMINOPHEN = """---
title: Acetaminophen
rxcui: 161
atc: [N02BE01]
ndc: ["0002-8215", "50580-0412-01"]
---
## Dosage
- 500 mg
"""
ASPIRIN = """---
title: Aspirin
atc: N02BA01
rxcui: ["1191", "243670"]
---
## Dosage
- 500 mg
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "acetaminophen.md").write_text(ACETAMINOPHEN)
    (tmp_path / "aspirin.md").write_text(ASPIRIN)
    return Library([tmp_path])


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("RXCUI:161", "acetaminophen"),
        ("rxcui 161", "acetaminophen"),
        ("RxNorm 243670", "aspirin"),
        ("N02BE01", "acetaminophen"),
        ("ATC N02BA01", "aspirin"),
        ("0002-8215-01", "acetaminophen"),
        ("0002-8215", "acetaminophen"),
        ("NDC 00002821501", "acetaminophen"),
        ("NDC 50580-412-05", "acetaminophen"),
        ("NDC 0002821501", "acetaminophen"),
        ("000002-8215-01", "acetaminophen"),  # six digits of the labeler, as all will have from 2033
        ("000002821501", "acetaminophen"),
        ("NDC 000002821501", "acetaminophen"),
        ("300028215012", "acetaminophen"),  # the barcode of a box
        ("00300028215012", "acetaminophen"),
        ("(01)00300028215012(17)271231(10)AB1", "acetaminophen"),
        ("]d2010030002821501217271231103AB1", "acetaminophen"),
    ],
)
def test_a_code_opens_the_monograph_that_has_it(library: Library, code: str, slug: str) -> None:
    match = library.resolve(code).match
    assert match is not None
    assert (match.slug, match.kind, match.field) == (slug, "exact", "synonym")
    assert library.find(code).slug == slug


@pytest.mark.parametrize("number", ["300028215019", "0002821501", "00400028215017", "(17)271231"])
def test_a_number_alone_is_not_said_to_be_directions(library: Library, number: str) -> None:
    found = library.resolve(number)
    assert found.match is None
    assert "is a number. A code is written as" in found.message


@pytest.mark.parametrize("code", ["RXCUI 99999999", "N02BE99", "9999-9999-99", "NDC 99999999999"])
def test_a_code_that_no_list_has_is_said_to_be_so(library: Library, code: str) -> None:
    found = library.resolve(code)
    assert (found.status, found.candidates) == ("not_found", ())
    assert "neither a monograph nor any list here has this code" in found.message


def test_a_code_that_the_lexicon_has_is_an_absent_drug(library: Library) -> None:
    for code in ("B01AA03", "RXCUI 11289"):
        assert (library.resolve(code).status, library.resolve(code).known_as) == ("absent", "Warfarin")


def test_a_group_of_atc_lists_its_medicines_those_of_the_library_first(library: Library) -> None:
    found = library.resolve("N02B")
    assert found.status == "ambiguous"
    assert {each.slug for each in found.candidates[:2]} == {"acetaminophen", "aspirin"}
    assert "a group of medicines" in found.message


def test_a_combination_has_a_code_of_its_own(library: Library) -> None:
    assert library.resolve("J01CR02").known_as == "Amoxicillin and clavulanic acid"


@pytest.mark.parametrize("name", ["b12", "161", "2024-11-29", "555-1234", "c20", "aspirin 161"])
def test_what_is_no_code(name: str) -> None:
    assert read(name) is None or read(name).is_group  # type: ignore[union-attr]


def test_ten_digits_are_not_read_as_another_labeler_s_product(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("---\ntitle: Other\nndc: [0093-0410]\n---\n## Dosage\n- 5 mg\n")
    library = Library([tmp_path])
    assert library.resolve("NDC 0093041001").match  # 0093-0410-01
    for other in ("NDC 0009341001", "00300093410015"):  # 0009-3410-01, which divided 5-3-2 would be the same
        assert library.resolve(other).match is None


def test_a_slip_of_a_code_opens_nothing(library: Library) -> None:
    for code in ("N02BE1", "N02BE011", "RXCUI 16", "RXCU 161", "N02BE", "N02BA"):
        assert library.resolve(code).match is None


def test_a_name_is_no_slip_of_a_code(library: Library) -> None:
    assert all("RxCUI" not in each.matched for each in library.resolve("rxcuix").candidates)


def test_what_is_no_code_in_the_front_matter_is_left_out() -> None:
    found = parse("---\ntitle: A\natc: [N02, B01AA03, x]\nrxcui: [1a, '5']\nndc: 1-2\n---\n", "a", "a.md")
    assert found.codes == ("RxCUI 5", "ATC B01AA03")
