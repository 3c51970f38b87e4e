"""`python -m druginfo`, and the `druginfo` command."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """The command line. While the program loads and while it ends, an interrupt ends it without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from druginfo.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
