"""`python -m druginfo`, and the `druginfo` command. Imports nothing itself, for an interrupt would show where."""

OUT_OF_MEMORY = (
    b"druginfo: Not enough memory.\n",
    b'{"schema_version": 1, "error": {"code": "failed", "message": "Not enough memory.", "query": null, '
    b'"candidates": []}}\n',
)
"""What is written on standard error, and as JSON, where nothing more can be loaded to write it."""


def main() -> None:
    """The command line. Memory that does not suffice to load the program is one line, as it is later on."""
    import sys

    try:
        _run()
    except (MemoryError, ImportError, OSError, SystemError) as error:
        try:
            from druginfo.errors import is_out_of_memory
        except (MemoryError, ImportError, SystemError):
            pass  # there is not even enough for that
        else:
            if not is_out_of_memory(error):
                raise
        import os

        as_json = "--json" in sys.argv or "--jsonl" in sys.argv
        os.write(1 if as_json else 2, OUT_OF_MEMORY[as_json])
        os._exit(1)  # without what else would be loaded to end well


def _run() -> None:
    """While the program loads and while it ends, an interrupt ends it without a word."""
    # `signal` itself takes ten milliseconds to load, in which an interrupt would show where
    import _signal as signal  # type: ignore[import-not-found]

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    import gc
    import sys

    from druginfo.safe_path import safe_path

    sys.path[:] = safe_path()
    gc.set_threshold(500_000)  # hardly anything is a circle; to look for them every 700 objects takes a tenth of a run
    from druginfo import places

    if large := places.large(sys.argv[1:]):
        from druginfo.listing import look_ahead

        ahead = look_ahead(*large)
    else:
        ahead = None
    from druginfo.cli import main as run

    if sys.argv[1:2] != ["match"]:  # for which a copy of this process may load it
        from druginfo.cli import program  # noqa: F401  (what takes longest to load)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if ahead:
            ahead.close()
        gc.freeze()  # nor for circles in what is left: the process ends


if __name__ == "__main__":
    main()
