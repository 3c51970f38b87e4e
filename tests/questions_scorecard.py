"""How well questions are answered: `python -m tests.questions_scorecard [FILE]` says what was wrong.

A line of the set is a kind, a question and what the right answer holds; nothing for a question that has none:

- `show`: a drug and words; right if the page at 80 columns holds the text and has fewer than 60 lines.
- `faq`: right if the first question holds the text, or rightly none is found.
- `for`: a condition; right if exactly these drugs are listed, of those that there were when the sets were written
  (`data/asked_of.txt`).
- `pair`: two drugs; right if one of the first two statements holds the text, or rightly none is listed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from druginfo import Library
from druginfo.answers.faq import faq
from druginfo.answers.interactions import interactions
from druginfo.answers.show import show
from druginfo.errors import DruginfoError, NotFound
from druginfo.render.text import text as render
from druginfo.terminal import Screen

SET = Path(__file__).parent / "data" / "asked.tsv"
BARS = {"show": 0.9, "faq": 0.9, "for": 0.9, "pair": 0.9}
"""What part of each kind must be right."""
_DRUGS = frozenset(SET.with_name("asked_of.txt").read_text("utf-8").split())
_SCREEN = Screen(width=80)
_TALLEST = 60


class Asked(NamedTuple):
    """A question of the set."""

    kind: str
    query: str
    right: str


def asked(path: Path = SET) -> Iterator[Asked]:
    for line in path.read_text("utf-8").splitlines():
        kind, query, *right = line.split("\t")
        yield Asked(kind, query, right[0] if right else "")


def answered(library: Library, question: Asked) -> str:
    """What is answered, as far as it is judged; empty where nothing is."""
    words = question.query.split()
    try:
        if question.kind == "show":
            page = render(show(library, words), _SCREEN, date.today())
            return "" if page.count("\n") >= _TALLEST else " ".join(page.split())
        if question.kind == "faq":
            return faq(library, words).faqs[0].faq.question
        if question.kind == "for":
            return " ".join(sorted(library.treats(question.query) & _DRUGS))
        (pair,) = interactions(library, words).pairs
        return "\n".join(statement.text for statement in pair.statements[:2])
    except NotFound:
        return ""
    except DruginfoError as error:
        return f"[{error.code}]"


def is_right(question: Asked, answer: str) -> bool:
    if question.kind == "for" or not question.right:
        return answer == question.right
    return " ".join(question.right.split()) in " ".join(answer.split())


def main() -> None:
    library = Library()
    counts: dict[str, list[bool]] = {}
    for question in asked(Path(sys.argv[1]) if len(sys.argv) > 1 else SET):
        answer = answered(library, question)
        counts.setdefault(question.kind, []).append(is_right(question, answer))
        if not counts[question.kind][-1]:
            print(f"wrong: {question.kind} {question.query}: wanted {question.right!r}, got {answer[:160]!r}")
    for kind, right in counts.items():
        print(f"{kind:<5} {sum(right)} of {len(right)} right")


if __name__ == "__main__":
    main()
