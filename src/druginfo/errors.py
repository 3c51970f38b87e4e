"""What can go wrong, and the exit status that says so."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import Any, ClassVar


class ExitStatus(IntEnum):
    """Exit statuses; scripts rely on them, so they change only with `schema_version`."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    AMBIGUOUS = 4


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory was refused: to Python, to the system, or to a library that was to be loaded."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    message = str(error).lower()
    if isinstance(error, SystemError):  # so the interpreter says where an extension could not say more
        return "exception set" in message or "setting an exception" in message
    return isinstance(error, ImportError) and ("allocate memory" in message or "failed to map segment" in message)


class DruginfoError(Exception):
    """A failure that a user can act on: one clear line, an exit status, a code for JSON.

    `query` is what was asked, verbatim; `candidates` are `model.Candidate` objects, nearest first, offered as
    suggestions and never as answers. `mentions` are `model.Statement` objects: of a drug without a monograph what
    others say of it; of words that no question is about what the drug's text says of them; of a patient for whom no
    dose was found the sentences that refuse or warn.
    """

    status: ClassVar[ExitStatus] = ExitStatus.FAILED
    code: ClassVar[str] = "failed"

    def __init__(
        self,
        message: str,
        *,
        query: str | None = None,
        candidates: tuple[Any, ...] = (),
        mentions: tuple[Any, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.candidates = candidates
        self.mentions = mentions


class Failed(DruginfoError):
    """Something could not be done: an unreadable directory, no monographs at all."""


class Usage(DruginfoError):
    """The command line does not say what it must."""

    status = ExitStatus.USAGE
    code = "usage"


class NotFound(DruginfoError):
    """Nothing by that name, topic or filter."""

    status = ExitStatus.NOT_FOUND
    code = "not_found"


class Absent(DruginfoError):
    """A known drug that has no monograph in the library."""

    status = ExitStatus.NOT_FOUND
    code = "absent"


class Ambiguous(DruginfoError):
    """Several drugs go by that name."""

    status = ExitStatus.AMBIGUOUS
    code = "ambiguous"


class Unreadable(Exception):
    """A monograph file that cannot be read at all.

    `line` is 1-based, 0 where the fault is the whole file's; `reason` says what is wrong and what to do.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
