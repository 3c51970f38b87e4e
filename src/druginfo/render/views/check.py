"""What the linter found."""

from __future__ import annotations

from druginfo.answers.check import Findings
from druginfo.render.page import DANGER, LABEL, Page, Styled


def put(page: Page, answer: Findings) -> None:
    """A line each, never broken: editors and scripts read them."""
    for path, line, code, level, message in answer.findings:
        styled = Styled(f"{path}:{line}: ").append(code, DANGER if level == "error" else LABEL)
        page.line(styled.append(f" {message}"))
