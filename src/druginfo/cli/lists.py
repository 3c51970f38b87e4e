"""`druginfo review`: a medication list from a file or standard input."""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING

from druginfo.cli.matches import STATUS, lines
from druginfo.cli.session import Session
from druginfo.errors import ExitStatus, Failed

if TYPE_CHECKING:
    from druginfo.dosing import Patient


def review(session: Session, file: str | None, patient: Patient) -> ExitStatus:
    """Print the review of a list; the status of the first line that was not found, else OK.

    Raises Failed where the file cannot be read.
    """
    from druginfo.answers.review import review as reviewed

    if file in (None, "-"):
        found = reviewed(session.library, chain.from_iterable(lines(sys.stdin.buffer)), patient, exact=session.exact)
    else:
        try:
            with open(str(file), "rb") as opened:
                found = reviewed(session.library, chain.from_iterable(lines(opened)), patient, exact=session.exact)
        except OSError as error:
            raise Failed(f"{file}: {error.strerror or error}") from None
    session.answer(found)
    return next((STATUS[item.status] for item in found.items if STATUS[item.status]), ExitStatus.OK)
