"""A monograph that was begun."""

from __future__ import annotations

from druginfo.answers.new import Begun
from druginfo.guard import argument
from druginfo.render.page import LABEL, Page, Styled


def put(page: Page, answer: Begun) -> None:
    """Where it is, what it is called so far, and what to do next."""
    page.put(Styled(answer.title, LABEL).append(f" {answer.path}"), 0, 2, full=True)
    for label, values in (("Also called", answer.aliases), ("Brands", answer.brands), ("ATC", answer.atc)):
        if values:
            page.put(f"{label}: {', '.join(values)}", hang=2)
    if answer.classes:
        page.put(f"Class, from the other drugs here of its ATC group: {', '.join(answer.classes)}", hang=2)
    check = f"`druginfo check {argument(answer.path, answer.path)}`"
    page.put(f"Fill it in; {check} says what is still missing.", hang=2, full=True)
