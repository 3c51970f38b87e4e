"""What is at the other end of standard output, and getting text there."""

from __future__ import annotations

import codecs
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from typing import Literal, NamedTuple, TextIO

Colour = Literal["auto", "always", "never"]

_NARROWEST = 20
_PIPE_WIDTH = 80

# What is written for a character that the terminal's encoding lacks. Superscripts keep their caret: 10² is not 102.
_PLAIN = {
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "±": "+/-", "×": "x", "÷": "/", "−": "-", "–": "-", "—": "-", "‐": "-",
    "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "*", "·": "-", "→": "->", "←": "<-",
    "µ": "micro", "μ": "micro", "°": " deg ", "®": "(R)", "™": "(TM)",
    "\u00a0": " ", "½": "1/2", "¼": "1/4", "¾": "3/4", "⚠": "!",
    "│": "|", "─": "-", "┼": "+", "▶": ">", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
}  # fmt: skip


class Screen(NamedTuple):
    """What text is written for. `width` in columns; `unicode` where lines and bullets can be drawn."""

    width: int = _PIPE_WIDTH
    colour: bool = False
    unicode: bool = True
    links: bool = False


def detect(colour: Colour = "auto", width: int | None = None, stream: TextIO | None = None) -> Screen:
    """The screen of `stream` (standard output), as its encoding, the environment and the options have it."""
    stream = stream or sys.stdout
    coloured = _colour(colour, stream)
    links = coloured and _is_terminal(stream) and os.environ.get("TERM", "") not in ("dumb", "linux", "")
    return Screen(max(width or _width(stream), _NARROWEST), coloured, _draws(stream), links)


def _colour(wanted: Colour, stream: TextIO) -> bool:
    if wanted != "auto":
        return wanted == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return _is_terminal(stream) and os.environ.get("TERM") != "dumb" and os.environ.get("CLICOLOR") != "0"


def _width(stream: TextIO) -> int:
    if (columns := os.environ.get("COLUMNS", "")) and columns.isdecimal() and int(columns):
        return int(columns)
    return shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns if _is_terminal(stream) else _PIPE_WIDTH


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (ValueError, OSError):
        return False


def _draws(stream: TextIO) -> bool:
    try:
        "│─•≥".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text, start = error.object, error.start
    return "".join(_spelled(text[i], text[i - 1 : i]) for i in range(start, error.end)), error.end


def _spelled(character: str, before: str) -> str:
    if plain := _PLAIN.get(character):
        return plain
    import unicodedata

    letter = unicodedata.normalize("NFD", character)[0]
    if character.isalpha() and letter.isascii():  # an accent less is the same word; ≮ without its stroke is not ≮
        return letter
    kind, sign = _raised(character)
    if kind:
        return sign if kind == "<sub>" or _raised(before)[0] == kind else f"^{sign}"
    return f"<U+{ord(character):04X}>"


def _raised(character: str) -> tuple[str, str]:
    """The kind (`<super>`, `<sub>`) and the plain sign of a raised or lowered one; both empty for any other."""
    import unicodedata

    kind, _, code = unicodedata.decomposition(character or " ").partition(" ")
    sign = chr(int(code, 16)).replace("−", "-") if kind in ("<super>", "<sub>") and len(code) == 4 else ""
    return (kind, sign) if sign.isascii() and sign else ("", "")


def prepare() -> None:
    """Make standard output and error write every character: what an encoding lacks is spelled out.

    Streams that were closed from outside lead nowhere.
    """
    codecs.register_error("druginfo", _spell_out)
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="druginfo")


def write(text: str, *, pager: bool = False) -> None:
    """Write to standard output; through the user's pager where it is a terminal and the text is longer than that."""
    if pager and _is_terminal(sys.stdout) and _is_terminal(sys.stdin) and _longer_than_terminal(text) and _page(text):
        return
    sys.stdout.write(text)
    sys.stdout.flush()


def _longer_than_terminal(text: str) -> bool:
    return text.count("\n") >= shutil.get_terminal_size((80, 24)).lines


def _page(text: str) -> bool:
    """Show the text in the pager; False where there is none, an empty PAGER asks for none, or it fails.

    One that a signal ended has shown something; any other status but 0 says that it has not.
    """
    command = _pager()
    if not command or os.environ.get("TERM") == "dumb":
        return False
    # First, because a prompt in LESS takes all that follows it; less lets the user's own -r or -+R after it prevail.
    environment = {**os.environ, "LESS": f"-R {os.environ.get('LESS', 'FX')}"}
    if _utf8(sys.stdout):
        environment.setdefault("LESSCHARSET", "utf-8")
    if "\x1b]8;" in text and not _passes_links(command):
        text = _LINK.sub("", text)
    # An interrupt is the pager's to answer. The shell around it ignores it as we do, or it would end before the pager.
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment)
        process.communicate(text.encode(sys.stdout.encoding or "utf-8", "druginfo"))
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, interrupt)
    return process.returncode <= 0 or process.returncode > 128


_LINK = re.compile("\x1b]8;[^\x1b\x07]*(?:\x1b\\\\|\x07)")


def _pager() -> str | None:
    """The shell's words for the pager: the user's, or `less` or `more` where PATH names their directory in full."""
    for name in ("DRUGINFO_PAGER", "PAGER"):
        if name in os.environ:
            return os.environ[name].strip()
    directories = os.pathsep.join(filter(os.path.isabs, os.get_exec_path()))
    found = shutil.which("less", path=directories) or shutil.which("more", path=directories)
    return shlex.quote(found) if found else None


def _utf8(stream: TextIO) -> bool:
    try:
        return codecs.lookup(stream.encoding or "ascii").name == "utf-8"
    except LookupError:
        return False


def _passes_links(command: str) -> bool:
    """Whether the pager is a `less` that understands OSC 8, as it does from version 566 on."""
    try:
        program = shlex.split(command)[0]
    except (ValueError, IndexError):
        return False
    if os.path.basename(program) != "less":
        return False
    try:
        printed = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=2).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return False
    version = re.match(r"less (\d+)", printed)
    return version is not None and int(version[1]) >= 566
