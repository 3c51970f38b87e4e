"""druginfo: man for medicines. `from druginfo import Library` is the way in for Python."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Library", "__version__"]

if TYPE_CHECKING:
    from druginfo.library import Library


def __getattr__(name: str) -> Any:
    if name == "Library":
        from druginfo.library import Library

        return Library
    raise AttributeError(f"module 'druginfo' has no attribute {name!r}")
