"""Where modules are searched for: never in the current directory, which may be anybody's.

Imports only what every interpreter has loaded already: anything else would be searched for before the path is safe.
"""

import os
import sys


def safe_path() -> list[str]:
    """The directories that are searched for modules, without the current one and those relative to it.

    The current directory stays where it is Python's own or holds this program: there is nothing foreign in it.
    """
    try:
        here = os.path.realpath(os.getcwd())
    except OSError:  # it was removed
        here = ""
    program = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    own = {os.path.realpath(directory) for directory in (program, os.path.dirname(os.__file__))}

    def is_safe(entry: str) -> bool:
        if not os.path.isabs(entry):
            return False
        real = os.path.realpath(entry)
        return real != here or real in own or real.endswith(("site-packages", "dist-packages"))

    return [entry for entry in sys.path if is_safe(entry)]
