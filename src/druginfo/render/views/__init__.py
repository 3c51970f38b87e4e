"""What goes where on a page: one small view an answer, in a file of the same name as the answer's.

A view puts an answer on a `Page` of any kind. No word is lost or altered on the way there.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from druginfo.render.page import Page


def put(page: Page, answer: Any) -> None:
    """The answer on the page."""
    import_module(f"{__name__}.{type(answer).__module__.rpartition('.')[2]}").put(page, answer)
