"""Phrases after `--for`, as clinicians type them: `data/asked_phrases.tsv`, and how many are answered right.

A line: a drug, words that one row on the screen must have (`~` between them), words of which a row without those may
have none, and the phrases; NONE where nothing is right. They were written before the answers were looked at, but by
the author of the rules, so the figure flatters.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from druginfo import Library
from druginfo.answers.dose import dose
from druginfo.dosing import Patient
from druginfo.errors import NotFound

SET = Path(__file__).parent / "data" / "asked_phrases.tsv"
RIGHT, REFUSED = 0.92, 0.99
"""Of the phrases with an answer those that must have it; of the others those that must be refused."""


def phrases() -> Iterator[tuple[str, str, list[str], list[str]]]:
    for line in SET.read_text("utf-8").splitlines()[1:]:
        drug, label, beside, asked = line.split("\t")
        for phrase in asked.split(";"):
            yield drug, phrase, label.split("~"), [each for each in beside.split("~") if each]


def is_right(library: Library, drug: str, phrase: str, wanted: list[str], beside: list[str]) -> bool:
    try:
        answer = dose(library, [drug], Patient.read(indication=phrase))
    except NotFound:
        return wanted == ["NONE"]
    if wanted == ["NONE"] or not answer.short:
        return False
    rows = (row.row for row in answer.short.rows)
    texts = [" ".join(filter(None, (row.indication, row.population, row.qualifier, row.text))) for row in rows]
    right = [text for text in texts if all(each in text for each in wanted)]
    others = (text for text in texts if not any(each in text for each in wanted))
    return bool(right) and not any(each in text for text in others for each in beside)


@pytest.mark.slow
def test_most_phrases_find_the_doses_for_them_and_no_others() -> None:
    library = Library()
    found = [(asked, asked[2] == ["NONE"], is_right(library, *asked)) for asked in phrases()]
    for is_none, floor in ((False, RIGHT), (True, REFUSED)):
        judged = [(asked, right) for asked, none, right in found if none is is_none]
        assert sum(right for _, right in judged) >= floor * len(judged), [asked for asked, right in judged if not right]
