"""The one guard that everything shown passes: what a text may do to a terminal, a spreadsheet, a shell, a reader's eye.

A monograph is somebody's file, a name somebody's argument. What is in them is shown, but it never moves the cursor,
turns the order of words round, hides inside a figure, is run as a formula or is read by a shell.
"""

from __future__ import annotations

import re

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""C0 but for tab and line end, DEL, C1: they drive terminals."""
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Bidirectional marks, embeddings, overrides and isolates: "<U+202E>5.0" is read as 0.5."""
_BREAKS = "\u2028\u2029"
"""Unicode's own line and paragraph separators: some programs end a line of data at them."""
_UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Signs without a shape: fillers, zero-width spaces, invisible operators, tags."""
_UNTEXT = "\ud800-\udfff\ue000"
"""Halves of characters, as bytes that are not UTF-8 become, and the mark that `markup` keeps for itself."""
_JOINERS = "\u00ad\u180b-\u180d\u180f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Soft hyphen, zero-width joiner and non-joiner, variation selectors: at home in words, never in a figure."""

_FIGURE = r"\d¹²³⁰-⁹₀-₉¼-¾"
_SHOWN = (
    f"[{_CONTROLS}{_TURNS}{_BREAKS}{_UNSEEN}{_UNTEXT}]"
    f"|(?<=[{_FIGURE}.,])[{_JOINERS}]+|[{_JOINERS}]+(?=[.,]?[{_FIGURE}])"
)
_ESCAPED = f"[{_CONTROLS}{_TURNS}{_BREAKS}{_UNSEEN}{_JOINERS}\ud800-\udfff]"
# compiled when first needed, by `re` itself: that takes 2 ms of every start
_FORMULA = re.compile(r"\s*[-=+@＝＋－＠]|[\t\r]")


def visible(text: str) -> str:
    """Text for a screen: every sign that drives a terminal or is not seen as `<U+202E>`, a tab as spaces.

    Joiners stay in words, where scripts and emoji need them, and are shown beside a figure. A soft hyphen in a word is
    left out, as it is wherever no line breaks at it.

    >>> visible("red\\x1b[0m"), visible("de\\u00adpression, 1\\u00ad0 mg")
    ('red<U+001B>[0m', 'depression, 1<U+00AD>0 mg')
    """
    return _seen(text.expandtabs(4))


def _seen(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_SHOWN, _named, text).replace("\u00ad", "")


def _named(found: re.Match[str]) -> str:
    return "".join(f"<U+{ord(sign):04X}>" for sign in found[0])


def hidden(text: str) -> list[str]:
    """The signs in a text that a reader would not see, each once, as `U+200B`; a soft hyphen in a word among them.

    >>> hidden("1\\u200b0 de\\u00adpression")
    ['U+200B', 'U+00AD']
    """
    seen = re.findall(f"{_SHOWN}|\u00ad", text)
    return list(dict.fromkeys(f"U+{ord(sign):04X}" for found in seen for sign in found))


def escaped(json: str) -> str:
    """JSON text in which the same signs are escapes (`\\u202e`): UTF-8 otherwise, and nothing is lost.

    >>> escaped('"1\\u200b0 mg"')
    '"1\\\\u200b0 mg"'
    """
    return json if json.isascii() and json.isprintable() else re.sub(_ESCAPED, _escape, json)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"


def cell(text: str) -> str:
    """A cell of a table for a spreadsheet: hidden signs shown, and an apostrophe before what would be run.

    A cell that begins with `=`, `+`, `-` or `@`, in full width too, is a formula to spreadsheets; one that begins with
    a tab or a carriage return may become one. Readers of the rows take off one apostrophe before such a sign.

    >>> cell("=1+1"), cell("2 mg")
    ("'=1+1", '2 mg')
    """
    return _seen(f"'{text}" if _FORMULA.match(text) else text)


def is_plain(word: str) -> bool:
    """Whether every shell takes the word for itself: letters, digits, `-` and `.`, the first a letter or a digit."""
    are_plain = all(character.isalpha() or character in "0123456789-." for character in word)
    return are_plain and word[:1] not in ("", "-", ".") and word == visible(word)


_QUOTED = str.maketrans("", "", " '(),/+_:")
"""Signs that every shell takes for themselves between double quotes."""


def argument(words: str, otherwise: str = "TEXT") -> str:
    """Words as one argument of a suggested command, in quotes if they need them; `otherwise` where a shell could read
    part of them as something else.

    >>> argument("gout"), argument("heart failure"), argument("$(reboot)")
    ('gout', '"heart failure"', 'TEXT')
    """
    words = " ".join(words.split())
    if is_plain(words):
        return words
    bare = words.translate(_QUOTED)
    is_safe = words[:1].isalnum() and words == visible(words) and (not bare or is_plain(f"0{bare}"))
    return f'"{words}"' if is_safe else otherwise


def arguments(words: str, otherwise: str = "WORDS") -> str:
    """The same for a command that takes any number of words.

    >>> arguments("heart failure"), arguments("q/k ratio"), arguments("a; b")
    ('heart failure', '"q/k ratio"', 'WORDS')
    """
    each = words.split()
    return " ".join(each) if each and all(map(is_plain, each)) else argument(words, otherwise)
