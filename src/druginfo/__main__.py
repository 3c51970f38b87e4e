"""`python -m druginfo`, and the `druginfo` command. Imports nothing itself, for an interrupt would show where."""


def main() -> None:
    """The command line. While the program loads and while it ends, an interrupt ends it without a word."""
    import sys

    from druginfo.safe_path import safe_path

    sys.path[:] = safe_path()
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from druginfo.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
