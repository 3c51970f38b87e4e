"""druginfo: man for medicines. `from druginfo import Library` is the way in for Python."""

__version__ = "0.1.0"
__all__ = ["Library", "__version__"]

TYPE_CHECKING = False  # `typing` takes long to load, and an interrupt until `__main__` runs shows a traceback
if TYPE_CHECKING:
    from druginfo.library import Library


def __getattr__(name: str) -> object:
    if name == "Library":
        from druginfo.library import Library

        return Library
    raise AttributeError(f"module 'druginfo' has no attribute {name!r}")
