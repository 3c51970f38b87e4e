"""How the blind sets of questions are answered today: `python -m tests.blind_scorecard [NAME…]` says what is wrong.

The sets and how each was judged at first contact are in `tests/data/blind/README.md`. They are unseen no more, so what
this prints flatters; it shows what a change breaks. A name is a set's: `words_4`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from druginfo import Library
from druginfo.answers.dose import dose
from druginfo.answers.faq import faq
from druginfo.answers.interactions import interactions
from druginfo.answers.show import show
from druginfo.dosing import Patient
from druginfo.errors import Ambiguous, DruginfoError, NotFound
from druginfo.render.text import text as render
from druginfo.terminal import Screen

BLIND = Path(__file__).parent / "data" / "blind"
SETS = tuple(
    """topics words_2 words_3 words_4 words_7 faq faq_2 faq_3 faq_4 faq_6 faq_7 for_2 for_3 for_4 dose_for_3 dose_for_4
    dose_for_6 dose_for_7 pairs pairs_2 pairs_3 pairs_4 lines lines_3 lines_4 words_8 words_9 faq_8 faq_9 for_8 for_9
    dose_for_8 dose_for_9 pairs_8 pairs_9 lines_8 lines_9
    words_own words_own_2 words_own_3 faq_own faq_own_2 faq_own_3 faq_own_4 faq_own_5 faq_own_6 faq_own_7
    faq_own_8 faq_own_9 faq_own_10 faq_own_11
    dose_for_own dose_for_own_2
    words_10 faq_10 for_10 dose_for_10 pairs_10 lines_10
    words_11 faq_11 for_11 dose_for_11 pairs_11 lines_11 words_12 faq_12 words_13 faq_13
    words_14 faq_14 faq_15 dose_for_16 for_16 pairs_16 lines_16 faq_17""".split()
)
"""Those of the library as it is; `for.tsv` was asked of sixty monographs, `dose_for.tsv` is in `patients_scorecard`."""
_HEADED = {"topics", "faq", "pairs", "lines"}
_FIRST_THREE = {"faq_3"}
_TALLEST = 60
_NOTHING = {"NONE", "none", "nothing", "-"}


_VERDICT = {"contraindications": "Contraindicated"}
"""What a section says of all its lines."""


class Asked(NamedTuple):
    """A question of a set."""

    cells: tuple[str, ...]
    """What is asked: words, a drug and words, two drugs."""
    right: tuple[str, ...] = ()
    """What the answer holds, one of them; of conditions, every drug; nothing where nothing is right."""
    beside: tuple[str, ...] = ()
    """Of conditions, drugs that may be there; of doses, what must not be; of a question that none is about, what a
    passage shown holds."""


def asked(name: str) -> Iterator[Asked]:
    rows = [line.split("\t") for line in (BLIND / f"{name}.tsv").read_text("utf-8").splitlines()]
    for row in rows[name in _HEADED :]:
        yield _read(name, ["" if cell in _NOTHING else cell for cell in row] + [""] * 4)


def _read(name: str, cells: list[str]) -> Asked:
    kind = name.split("_")[0]
    if name == "topics":
        return Asked((f"{cells[0]} {cells[1]}",), _all(cells[2]))
    if kind == "faq":
        question = cells[2] if name in ("faq", "faq_3", "faq_4", "faq_6", "faq_7") else cells[1]
        drug = cells[1] if name in ("faq_3", "faq_4", "faq_6", "faq_7") else ""
        passage = (cells[3],) if cells[3] and name == "faq_7" else ()
        return Asked((f"{drug} {cells[0]}".strip(),), _all(question), passage)
    if kind == "for":
        return Asked((cells[0],), tuple(cells[1].split()), tuple(cells[2].split()))
    if kind == "dose":
        return Asked((cells[0], cells[1]), _all(cells[2]), (cells[3],) if cells[3] else ())
    if kind == "pairs":
        two, rest = (tuple(cells[0].split()), cells[1:]) if name == "pairs_2" else (tuple(cells[:2]), cells[3:])
        return Asked(two, tuple(each for each in rest[0].replace("~", "|").split("|") if each))
    return Asked((cells[0],), _all(cells[1]))


def _all(cell: str) -> tuple[str, ...]:
    return tuple(each for each in cell.split("|") if each)


def is_right(library: Library, name: str, question: Asked) -> tuple[bool, str]:
    """Whether the answer is right, and what it was."""
    kind = name.split("_")[0]
    words = question.cells[0].split()
    try:
        if kind in ("topics", "words"):
            page = render(show(library, words), Screen(width=80), date.today())
            held = _holds(page, question.right) and page.count("\n") <= _TALLEST
            return held, f"{page.count(chr(10))} lines: {_flat(page)[:300]}"
        if kind == "faq":
            found = [hit.faq.question for hit in faq(library, words).faqs]
            first = found[: 3 if name in _FIRST_THREE else 1]
            return bool(set(first) & set(question.right)), str(found[:3])
        if kind == "for":
            listed = set(library.treats(question.cells[0]))
            missing, extra = set(question.right) - listed, listed - {*question.right, *question.beside}
            return not missing and not extra, f"missing {sorted(missing)}, too many {sorted(extra)}"
        if kind == "dose":
            answer = dose(library, words, Patient.read(indication=question.cells[1]))
            page = render(answer._replace(boxed_warnings=()), Screen(width=200), date.today())  # which is for everybody
            held = _holds(page, question.right) and not _holds(page, question.beside)
            return held, f"{page.count(chr(10))} lines: {_flat(page)[:300]}"
        if kind == "pairs":
            (pair,) = interactions(library, question.cells).pairs
            quotes = [f"{_VERDICT.get(each.section, '')} {each.text}" for each in pair.statements[:2]]
            held = any(_holds(each.casefold(), [r.casefold() for r in question.right]) for each in quotes)
            return held if question.right else not pair.statements, str(quotes)[:300]
        resolved = library.resolve(question.cells[0])
        answer_is = resolved.match.slug if resolved.match else resolved.status.upper()
        return answer_is in question.right, answer_is
    except NotFound as error:
        passages = " ".join(each.text for each in error.mentions)
        says_so = kind == "words" and _holds(error.message.casefold(), [each.casefold() for each in question.right])
        is_none = not question.right or "-" in question.right
        held = says_so or (is_none and (kind != "faq" or not question.beside or _holds(passages, question.beside)))
        return held, f"{error.message} {passages}"
    except Ambiguous as error:
        return False, error.message
    except DruginfoError as error:
        return not question.right, error.message


def _flat(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def _holds(page: str, fragments: tuple[str, ...] | list[str]) -> bool:
    return any(_flat(each) in _flat(page) for each in fragments)


def main() -> None:
    library = Library()
    for name in sys.argv[1:] or SETS:
        right = 0
        questions = list(asked(name))
        for question in questions:
            is_good, answer = is_right(library, name, question)
            right += is_good
            if not is_good:
                print(f"  {name} {' | '.join(question.cells)}: wanted {question.right or 'nothing'}; got {answer}")
        print(f"{name}: {right} of {len(questions)}")


if __name__ == "__main__":
    main()
