"""The scanner: a text → tokens, each with one class (see `tables.CLASSES`), one span and one sense.

Everything that later asks what a text says asks its tokens: the raw text is searched here, once, by one joined pattern.
Left out as saying nothing are cross-references ("[see Warnings (5.1)]", "(2.1, 8.6)"), footnote marks and words such as
"the" and "about".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from druginfo.terms import tables
from druginfo.terms.tables import People, Verb


class Token(NamedTuple):
    """A word, number or sign of a text: its class (one letter, see `terms.tables`) and its span in the text.

    `word` is in lower case; `sense` depends on the class: a number's value, a unit's name, a `Verb` …
    """

    code: str
    start: int
    end: int
    word: str
    sense: Any = None


class Scanned(NamedTuple):
    """A text with its tokens and, in one string, their classes."""

    text: str
    tokens: tuple[Token, ...]
    codes: str


LONGEST = 20_000
"""Characters that are read of one line: nobody writes a longer one, and what is beyond has no tokens."""

_LEVEL = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u2012\u2014\u2212", "–"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\t\n\r", " "),
        "\u03bc": "µ", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＜": "<", "＞": ">", "’": "'", "[": "(", "]": ")",
        "⁻": "-", "¹": "1",
    }
)  # fmt: skip
_RAISED = re.compile(
    r"(?<=[^\W\d_])[¹⁴-⁹]+(?!\w)|(?<=[^\W\d_][a-ln-z])[²³]+(?!\w)|(?<=[)\d])[¹⁴-⁹]+|(?<!\A)\[(?:\d{1,2}|[a-f*†‡§])\]"
)
"""The mark of a footnote: "Patients¹", "20 mg[1]"; but m², mm³ and kg⁻¹ are units."""
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"

LEXEMES = {
    # most words, found before anything else is tried: no letter here begins another lexeme, no sign follows
    "plain": r"[a-ce-ln-pr-zA-PR-Z][A-Za-z]+(?=[ ,;)])",
    # the reference at the end of an item of a summary whose list was lost: "once daily (2.1) Adults: …"
    "reference": r"\(\s?\d+\.\d+(?:\s?(?:,|and)\s?\d+(?:\.\d+)*)*\s?\)(?=\s+(?:[A-Z]|\d+ [A-Za-z]|[<>≥≤]))",
    "blank": r"\s+|[®™†‡§¶▼*~\"“”]+|\((?:\d+(?:\.\d+)+|(?i:see)\b[^()]{0,200})(?:\s?(?:,|and)\s?\d+(?:\.\d+)*)*\)"
    r"|\((?i:see)\b(?:[^()]|\([^()]{0,80}\)){0,400}\)|\(\d{1,2}\)(?=\s*(?:$|[,;.A-Z]))(?<!\w\s\(\d\))",
    # a mark or a sign that is not seen between figures: no one reading (2·5, 1⁄2, 2 × 100, 2*3)
    "odd": rf"[0-9][0-9.,]*(?:(?:\s?[×x*^⁄·'٫]\s?|[{_INVISIBLE}]+)[0-9][0-9.,]*)+|[0-9]*\s?[½¼¾⅓⅔⅛⅜]|"
    r"(?<![\w/.])[1-3]/[2-8](?![\d/])|[^\W0-9a-zA-Z_](?<=\d)+[\d.,]*",
    "number": r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?",
    "every": r"[qQ]\.?\s?[0-9]+(?:[-–][0-9]+)?\s?(?:h|hr|hrs|hours|d|days|w|wk|wks|weeks|min)\b|d[0-9]{1,2}(?!\w)",
    "square": r"m\s?-?(?:²|\^?2(?!\w))",
    "dotted": r"(?<!\w)(?:[A-Za-z]\.){1,3}[A-Za-z]\.?(?=[\s,;:)/-]|$)",
    "short": r"(?i:\b(?:approx|max|vs|dr|fig|incl|wt|ca|cf|etc|al|resp|viz)\.)",
    "word": r"[^\W\d_](?:[\w²³']|-(?=[^\W\d_]))*",
    "break": r"<br\s?/?>",
    "compared": r"[<>≥≤]=?|=[<>]",
    "sign": r".",
}


@cache
def _lexeme() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in LEXEMES.items()), re.S)


_SIGNS = {
    "-": "–", "–": "–", "/": "/", "(": "⟨", ")": "⟩", ",": ",", ";": ";", ":": ":", ".": "·", "!": "·", "?": "·",
    "%": "%",
    "+": "±", "×": "×", "|": ";", "•": ";", "&": "&", "→": "C", "▪": ";",
}  # fmt: skip
_CAPITALS = frozenset("im io pr hd mu u sc po ac psa".split())
"""Abbreviations that in small letters are other words."""
_AFTER_NUMBER = frozenset("d h w y m g l u s min mo".split())
"""Units that are one only behind a number, a slash or "per"."""


def _lexicon() -> tuple[dict[str, tuple[str, Any]], dict[str, list[tuple[tuple[str, ...], str, Any]]]]:
    """Single words, and terms of several words by their first, the longest first."""
    single: dict[str, tuple[str, Any]] = {}
    several: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}

    def add(words: str, code: str, sense: Any = None) -> None:
        for word in words.split():
            parts = tuple(word.split("_"))
            if len(parts) > 1:
                several.setdefault(parts[0], []).append((parts[1:], code, sense))
            else:
                single.setdefault(word, (code, sense))

    for word, value in tables.NUMERALS.items():
        single[word] = ("w", value)
    for word, value in tables.COUNTS.items():
        single[word] = ("c", value)
    for unit, written in tables.UNITS.items():
        add(written, "v" if unit in tables.VOLUMES else "u", unit)
    for form in tables.FORMS.split():
        plural = form[:-1] + "ies" if form.endswith("y") else form + ("es" if form.endswith("h") else "s")
        add(f"{form} {plural} {form}(s)", "m", form)
    for period, written in tables.PERIODS.items():
        add(written, "t", period)
    for word, period in tables.ADVERBS.items():
        add(word, "T", period)
    add(tables.LETTERS, "Q")
    for route, written in tables.ROUTES.items():
        add(written, "r", route)
    for people, written in tables.PEOPLE.items():
        add(written, "H", people)
    for measure, written in tables.MEASURES.items():
        add(written, "R", measure)
    for grade, written in tables.GRADED.items():
        add(written, "G", grade)
    for sign, (words) in (("<", tables.BELOW), (">", tables.ABOVE)):
        for word, included in words.items():
            add(word, sign, included)
    for (does, form), written in tables.VERBS.items():
        add(written, "V", Verb(does, form))
    for code, written in tables.PREPOSITIONS.items():
        add(written, code)
    for terms in several.values():
        terms.sort(key=lambda term: -len(term[0]))
    return single, several


WORDS, TERMS = _lexicon()
_SPLIT = frozenset("cTwtXaekpuvQr")


def scan(text: str) -> Scanned:
    """The tokens of a text, in order. Positions are positions in the text."""
    return _scan(text)


@lru_cache(maxsize=512)
def _scan(text: str) -> Scanned:
    flat = _RAISED.sub(lambda mark: " " * len(mark[0]), text[:LONGEST]).translate(_LEVEL)
    lexemes: list[tuple[str, int, int, str]] = []
    for match in _lexeme().finditer(flat):
        kind = match.lastgroup or ""
        if kind != "blank":
            lexemes.append((kind, match.start(), match.end(), match[0]))
    tokens: list[Token] = []
    i, count = 0, len(lexemes)
    while i < count:
        kind, start, end, written = lexemes[i]
        i += 1
        if kind in ("plain", "word", "short"):
            word = written.lower().rstrip(".")
            if word in TERMS and (found := _term(lexemes, i, word)):
                code, sense, i = found
                tokens.append(Token(code, start, lexemes[i - 1][2], flat[start : lexemes[i - 1][2]].lower(), sense))
                continue
            _word(tokens, written, word, start, end)
        elif kind == "number":
            _number(tokens, written, start, end, flat)
        elif kind == "sign":
            tokens.append(Token(_SIGNS.get(written, "¦"), start, end, written))
        elif kind == "compared":
            tokens.append(Token("<" if "<" in written or "≤" in written else ">", start, end, written,
                                written[0] in "≤≥=" or written[1:] == "="))  # fmt: skip
        elif kind == "odd":
            tokens.append(Token("h" if written[-1] in "½¼¾⅓⅔⅛⅜" else "N", start, end, written))
        elif kind == "every":
            tokens.append(Token("Q", start, end, written.lower()))
        elif kind == "reference":
            if tokens and tokens[-1].code == "·":
                tokens[-1] = tokens[-1]._replace(end=end)
            else:
                tokens.append(Token("·", start, end, "."))
        elif kind == "square":
            tokens.append(Token("q", start, end, "m2"))
        elif kind == "dotted":
            _dotted(tokens, written, start, end)
        else:
            tokens.append(Token(";", start, end, written))
    tokens = _mended(tokens)
    return Scanned(text, tuple(tokens), "".join(token.code for token in tokens))


def _term(lexemes: list[tuple[str, int, int, str]], i: int, word: str) -> tuple[str, Any, int] | None:
    """The longest term of several words that begins here, and where it ends."""
    following = [lexeme[3].lower() for lexeme in lexemes[i : i + 7]]
    for rest, code, sense in TERMS[word]:
        cut = code in "AB" and following[len(rest) : len(rest) + 1] == [
            "than"
        ]  # "or less than 50 kg" is "or", "less than"
        if tuple(following[: len(rest)]) == rest and not cut:
            return code, sense, i + len(rest)
    return None


def _word(tokens: list[Token], written: str, word: str, start: int, end: int) -> None:
    found = WORDS.get(word)
    if found is None and "-" in word:
        parts = word.split("-")
        known = [WORDS.get(part) for part in parts]
        graded = known[0] and known[0][0] == "G" and all(each and each[0] in "Goø" for each in known)
        if graded or all(each and each[0] in _SPLIT for each in known):  # "twice-daily", "mild-to-moderate"
            for part, each in zip(parts, known, strict=True):
                assert each
                tokens.append(Token(each[0], start, start + len(part), part, each[1]))
                start += len(part) + 1
            return
        found = ("Z", None) if parts[0] == "non" else WORDS.get(parts[0]) if parts[-1] in _OF_AGE else None
    if found is None and word.endswith("'s"):
        found = WORDS.get(word[:-2])
    code, sense = found or ("z", None)
    if (
        (word in _AFTER_NUMBER and not (tokens and tokens[-1].code in "nwN/p–×¦"))
        or written == "G"
        or (word in _CAPITALS and not written.isupper())
    ):
        code, sense = "z", None
    elif word == "x":
        code = "×"
    tokens.append(Token(code, start, end, word, sense))


_OF_AGE = frozenset({"old", "olds"})


def _dotted(tokens: list[Token], written: str, start: int, end: int) -> None:
    """Add the token of an abbreviation as it reads without its dots ("b.i.d.", "I.V.", "e.g.")."""
    word = re.sub(r"[.\s]", "", written).lower()
    found = WORDS.get(word)
    if found and found[0] in "Qru" and len(word) > 1:
        tokens.append(Token(found[0], start, end, word, found[1]))
    else:
        tokens.append(Token("z", start, end, word))


def _number(tokens: list[Token], written: str, start: int, end: int, flat: str) -> None:
    plain = written.replace(",", "")
    value = float(plain) if "." in plain else int(plain) if len(plain) < 16 else float(plain)
    whole, _, decimals = written.partition(".")
    # "0,125" and "1.000 mg" have two readings, in English and elsewhere; ".5" may have lost its zero or its sentence
    two = (whole[0] == "0" and "," in whole) or (
        decimals.endswith("0") and len(decimals) == 3 and whole != "0" and len(whole) < 4
    )
    before = flat[start - 1 : start]
    two = two or (before == "." and not flat[start - 2 : start - 1].isalnum())
    tokens.append(Token("N" if two else "n", start, end, written, value))


def _mended(tokens: list[Token]) -> list[Token]:
    """Numbers parted by blanks or commas are one that is not read; a figure's word beside it is left out."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        code = token.code
        if code == "n" and len(out) > 1:
            last = out[-2]
            if last.code in "nN" and last.start != last.end and not _counts_noun(out[:-2]):
                out[-2:] = [Token("N", last.start, token.end, f"{last.word} {token.word}")]  # "2 0 mcg", "10 000 units"
            elif (
                len(out) > 2
                and out[-3].code in "nN"
                and last.word in ",."
                and (last.end == token.start or (out[-3].word == "0" and last.word == "."))
                and last.start == out[-3].end
            ):
                out[-3:] = [
                    Token("N", out[-3].start, token.end, f"{out[-3].word}{last.word}{token.word}")
                ]  # "2,5" "0. 2"
        elif code == "⟩" and len(out) > 3 and out[-3].code == "⟨" and out[-2].code in "nw" and out[-4].code in "nw":
            if out[-2].sense == out[-4].sense:  # "two (2) tablets", "2 (two) tablets"
                number = out[-4]
                out[-4:] = [Token("n", number.start, token.end, number.word, number.sense)]
        elif code == "⟩" and len(out) > 3 and out[-2].code == "l":
            _without_pounds(out)
        elif code == "o" and len(out) > 1 and out[-2].word in ("or up", "and up"):  # "or up to 20 mg"
            both = out[-2]
            joint = "ø" if both.word[0] == "o" else "&"
            first = Token(joint, both.start, both.start + len(both.word.split()[0]), both.word.split()[0])
            out[-2:] = [first, Token("û", both.end - 2, token.end, "up to")]
        elif code in "zDjHV":
            once = len(out) - 2 - (len(out) > 1 and out[-2].code in "a_d")
            if once >= 0 and out[once].word == "once" and (once == len(out) - 3 or code in "zj"):
                out[once] = out[once]._replace(code="I")  # "once an adequate response is achieved"
    return _routed(out)


def _counts_noun(before: list[Token]) -> bool:
    """Whether the number that follows counts the noun before it (the 1 of "Day 1 500 mg")."""
    return bool(before) and (
        before[-1].code in "tD" or before[-1].word in ("grade", "step", "level", "table", "phase", "class")
    )


def _without_pounds(out: list[Token]) -> None:
    """Take out pounds that repeat the kilograms before them ("10 kg (22 lb) to less than 20 kg (44 lb)")."""
    for back in range(3, min(9, len(out))):
        if out[-back].code == "⟨":
            if out[-back - 1].code == "k":
                kilograms = out[-back - 1]
                out[-back - 1 :] = [kilograms._replace(end=out[-1].end)]
            return


def _routed(tokens: list[Token]) -> list[Token]:
    """The tokens with OD and OS as the eyes that they are after drops ("1 drop OD")."""
    for i, token in enumerate(tokens):
        if (
            token.code == "Q"
            and token.word in ("od", "os")
            and any(t.code == "m" and "drop" in t.word for t in tokens[:i])
        ):
            tokens[i] = token._replace(code="r", sense="eye")
    return tokens


__all__ = ["LONGEST", "People", "Scanned", "Token", "Verb", "scan"]
