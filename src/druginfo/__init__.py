"""druginfo: man for medicines. `from druginfo import Library` is the way in for Python."""

__version__ = "0.1.0"

TYPE_CHECKING = False  # `typing` takes long to load, and an interrupt until `__main__` runs shows a traceback
if TYPE_CHECKING:
    from druginfo.api import Library, document
    from druginfo.errors import Absent, Ambiguous, DruginfoError, Failed, NotFound, Usage

_ERRORS = ("Absent", "Ambiguous", "DruginfoError", "Failed", "NotFound", "Usage")
__all__ = [
    "Absent", "Ambiguous", "DruginfoError", "Failed", "Library", "NotFound", "Usage", "__version__", "document",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in ("Library", "document"):
        from druginfo import api as module
    elif name in _ERRORS:
        from druginfo import errors as module  # type: ignore[no-redef]
    else:
        raise AttributeError(f"module 'druginfo' has no attribute {name!r}")
    return getattr(module, name)
