"""The scanner: a text → tokens, each with one class (see `data/dosing_words.txt`), one span and one sense.

Everything that later asks what a text says asks its tokens: the raw text is searched here, once, by one joined pattern.
Left out as saying nothing are cross-references ("[see Warnings (5.1)]", "(2.1, 8.6)"), footnote marks and words such as
"the" and "about"; what was read of a word is kept for the next time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from itertools import accumulate, count
from operator import add, itemgetter
from typing import Any, NamedTuple

from druginfo.terms import tables
from druginfo.terms.tables import People, Verb


class Token(NamedTuple):
    """A word, number or sign of a text: its class (one sign) and its span in the text.

    `word` is in lower case; `sense` depends on the class: a number's value, a unit's name, a `Verb` …
    """

    code: str
    start: int
    end: int
    word: str
    sense: Any
    lead: int
    """Where it begins with the words before it that say nothing of note: "the", "about"."""


token_of = partial(tuple.__new__, Token)
"""Makes a token of its six values, in a third of the time: half of what scanning costs is making tokens."""


class Scanned(NamedTuple):
    """A text with its tokens and, in one string, their classes."""

    text: str
    tokens: list[Token]
    codes: str


LONGEST = 20_000
"""Characters that are read of one line: nobody writes a longer one, and what is beyond has no tokens."""

_LEVEL = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u2012\u2014\u2212", "–"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\t\n\r", " "),
        "\u03bc": "µ", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "＜": "<", "＞": ">", "’": "'", "[": "(", "]": ")",
        "⁻": "-", "¹": "1", "∼": "~", "～": "~", "〜": "~",
    }
)  # fmt: skip
_RAISED = re.compile(
    r"(?<=[^\W\d_])[¹⁴-⁹]+(?!\w)|(?<=[^\W\d_][a-ln-z])[²³]+(?!\w)|(?<=[)\d])[¹⁴-⁹]+|(?<!\A)\[(?:\d{1,2}|[a-f*†‡§])\]"
)
"""The mark of a footnote: "Patients¹", "20 mg[1]"; but m², mm³ and kg⁻¹ are units."""
_TO = re.compile(r"(?<=\d)( ?)~\1(?=\d)|(?<=[\d ][mk]g)( ?)~\2(?=\d)")
"""A tilde that means "to", "6~12 years", not "about"."""
_MARKS = frozenset("*†‡§¶#")
_NEXT_NOTE = re.compile(r"\s(?:/\s)?(?=[*†‡§¶#]{1,3}\s?\w)")
"""What parts a footnote from the one before it in a line of them."""
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"

LEXEMES = {
    # most words, found before anything else is tried: with two letters and no sign after it, it is no other lexeme
    "plain": r"[A-Za-z]{2,}(?=[ ,;)])",
    # the reference at the end of an item of a summary whose list was lost: "once daily (2.1) Adults: …"
    "reference": r"\(\s?\d+\.\d+(?:\s?(?:,|and)\s?\d+(?:\.\d+)*)*\s?\)(?=\s+(?:[A-Z]|\d+ [A-Za-z]|[<>≥≤]))",
    "blank": r"\s+|[®™†‡ǂ§¶▼*∗~\"“”]+|\((?:\d+(?:\.\d+)+|(?i:see)\b[^()]{0,200})(?:\s?(?:,|and)\s?\d+(?:\.\d+)*)*\)"
    r"|\((?i:see)\b(?:[^()]|\([^()]{0,80}\)){0,400}\)|\(\d{1,2}\)(?=\s*(?:$|[,;.A-Z]))(?<!\w\s\(\d\))",
    # a mark or a sign that is not seen between figures: no one reading (2·5, 1⁄2, 2 × 100, 2*3)
    "odd": rf"[0-9][0-9.,]*(?:(?:\s?[×x*^⁄·'٫]\s?|[{_INVISIBLE}]+)[0-9][0-9.,]*)+|[0-9]*\s?[½¼¾⅓⅔⅛⅜]|"
    r"(?<![\w/.])[1-3]/[2-8](?![\d/])|[^\W0-9a-zA-Z_](?<=\d)+[\d.,]*",
    "number": r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?",
    "every": r"[qQ]\.?\s?[0-9]+(?:[-–][0-9]+)?\s?(?:h|hr|hrs|hours|d|days|w|wk|wks|weeks|min)\b|d[0-9]{1,2}(?!\w)",
    "square": r"m\s?-?(?:²|\^?2(?!\w))",
    "dotted": r"(?<!\w)(?:[A-Za-z]\.){1,3}[A-Za-z]\.?(?=[\s,;:)/-]|$)",
    "short": r"(?i:\b(?:approx|max|vs|dr|st|fig|incl|wt|ca|cf|etc|al|resp|viz)\.)",
    "word": r"[^\W\d_](?:[\w²³']|-(?=[^\W\d_]))*",
    "break": r"<br\s?/?>",
    "compared": r"[<>≥≤]=?|=[<>]",
    "sign": r".",
}


@cache
def _lexemes() -> re.Pattern[str]:
    """Finds each lexeme, with the blank after it."""
    return re.compile(rf"(?:{'|'.join(LEXEMES.values())}) ?", re.S)


@cache
def _lexeme() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in LEXEMES.items()), re.S)


_SIGNS = {
    "-": "–", "–": "–", "/": "/", "(": "⟨", ")": "⟩", ",": ",", ";": ";", ":": ":", ".": "·", "!": "·", "?": "·",
    "%": "%",
    "+": "±", "×": "×", "|": ";", "•": ";", "&": "&", "→": "C", "▪": ";",
}  # fmt: skip
_CAPITALS = frozenset("im io pr hd mu miu u sc po ac psa".split())
"""Abbreviations that in small letters are other words."""
_AFTER_NUMBER = frozenset("d h w y m g l u s min mo".split())
"""Units that are one only after a number, a slash or "per"."""


def _lexicon() -> tuple[dict[str, tuple[str, Any]], dict[str, dict[str, list[tuple[list[str], str, Any]]]]]:
    """Single words; and terms of several by their first word and their second, the longest first."""
    single: dict[str, tuple[str, Any]] = {}
    several: dict[str, dict[str, list[tuple[list[str], str, Any]]]] = {}

    def add(words: str, code: str, sense: Any = None) -> None:
        for word in words.split():
            first, *rest = word.split("_")
            if rest:
                several.setdefault(first, {}).setdefault(rest[0], []).append((rest[1:], code, sense))
            else:
                single.setdefault(word, (code, sense))

    for code, by_word in (("w", tables.NUMERALS), ("c", tables.COUNTS), ("T", tables.ADVERBS), ("<", tables.BELOW),
                          (">", tables.ABOVE)):  # fmt: skip
        for word, sense in by_word.items():
            add(word, code, sense)
    for unit, written in tables.UNITS.items():
        add(written, "v" if unit in tables.VOLUMES else "u", unit)
    for form in tables.FORMS.split():
        plural = form[:-1] + "ies" if form.endswith("y") else form + ("es" if form.endswith("h") else "s")
        add(f"{form} {plural} {form}(s)", "m", form)
    add(tables.LETTERS, "Q")
    for code, by_sense in (("t", tables.PERIODS), ("r", tables.ROUTES), ("H", tables.PEOPLE), ("R", tables.MEASURES),
                           ("G", tables.GRADED)):  # fmt: skip
        for meaning, written in by_sense.items():
            add(written, code, meaning)
    for (does, form), written in tables.VERBS.items():
        add(written, "V", Verb(does, form))
    for code, written in tables.CLASSES.items():
        add(written, code)
    for terms in several.values():
        for those in terms.values():
            those.sort(key=lambda term: -len(term[0]))
    return single, several


WORDS, TERMS = _lexicon()
_SPLIT = frozenset("cTwtXaekpuvQr")


Terms = Mapping[str, list[tuple[list[str], str, Any]]]
NO_TERMS: Terms = {}


class Lexeme(NamedTuple):
    """What is known of a lexeme wherever it is: `how` names what its neighbours decide, "" where nothing."""

    how: str
    code: str
    word: str
    sense: Any = None
    size: int = 0
    """How many characters it has."""
    terms: Terms = NO_TERMS
    """The terms of several words that it may begin, by their second word."""


_KNOWN: dict[str, Lexeme] = {}
"""Lexemes by how they are written, with the blank after them, as they were read before."""
_MOST_KNOWN = 40_000
_END = Lexeme("", "", ".")


def scan(text: str) -> Scanned:
    """The tokens of a text, in order. Positions are positions in the text."""
    flat = text[:LONGEST]
    if "[" in flat or not flat.isascii():
        flat = _RAISED.sub(lambda mark: " " * len(mark[0]), flat).translate(_LEVEL)
    if "~" in flat:
        flat = _TO.sub(lambda sign: sign[0].replace("~", "–"), flat)
    if flat[:1] in _MARKS:
        flat = _NEXT_NOTE.sub(lambda gap: "!".ljust(len(gap[0])), flat)
    pieces = _lexemes().findall(flat)
    starts = [0, *accumulate(map(len, pieces))]
    known = [*map(_KNOWN.get, pieces)]
    if not all(known):
        known = [each or _learned(piece, flat, at) for each, piece, at in zip(known, pieces, starts, strict=False)]
    lexemes: list[Lexeme] = [*known, _END]  # type: ignore[list-item]
    hows, codes, words, senses, sizes, terms_of = zip(*lexemes, strict=True)
    ready = [*map(token_of, zip(codes, starts, map(add, starts, sizes), words, senses, starts, strict=True))]
    asking = [
        at
        for at, how, terms, word in zip(count(), hows, terms_of, words[1:], strict=False)
        if how or (terms and (word in terms or not word))
    ]
    tokens: list[Token] = []
    done, lead = 0, -1
    for at in (*asking, len(pieces)):
        if at < done:
            continue  # within a term
        if at > done:
            tokens += ready[done:at]
            if lead >= 0:
                tokens[done - at] = token_of((*tokens[done - at][:5], lead))
                lead = -1
        if at == len(pieces):
            break
        done = at + 1
        how, code, word, sense, size, terms = lexemes[at]
        start = starts[at]
        end = start + size
        if terms and (found := _term(lexemes, at, terms)):
            code, sense, last = found
            end, done = starts[last] + sizes[last], last + 1
            word = flat[start:end].lower()
            how = "lead" if code == "_" else ""
        if how:
            if how == "lead":
                lead = start if lead < 0 else lead
                continue
            if how == "number" and flat[start - 1 : start] == "." and not flat[start - 2 : start - 1].isalnum():
                code = "N"  # ".5" may have lost its zero or its sentence
            elif how == "unit" and not (tokens and tokens[-1].code in "nwN/p–×¦"):
                code, sense = "z", None
            elif how == "blank":
                continue
            elif how == "parts":
                for part, (code, own) in zip(word.split("-"), sense, strict=True):
                    tokens.append(token_of((code, start, start + len(part), part, own, start if lead < 0 else lead)))
                    start, lead = start + len(part) + 1, -1
                continue
            elif how == "reference" and tokens and tokens[-1].code == "·":
                tokens[-1] = tokens[-1]._replace(end=end)
                continue
        tokens.append(token_of((code, start, end, word, sense, start if lead < 0 else lead)))
        lead = -1
        if how and tokens[-2:-1] and code in _MENDED and tokens[-2].code in _MENDED[code]:
            _mend(tokens)
    if "nce" in flat:
        _once(tokens)
    if " / " in flat:
        tokens = _broken(tokens, flat)
    shape = "".join(map(_code_of, tokens))
    if "Q" in shape and "m" in shape:
        _route(tokens)
        shape = "".join(map(_code_of, tokens))
    return Scanned(text, tokens, shape)


_code_of = itemgetter(0)


def _term(lexemes: list[Lexeme], at: int, terms: Terms) -> tuple[str, Any, int] | None:
    """The longest term of several words that begins with a lexeme, and its last one."""
    following = [each for each in range(at + 1, min(at + 12, len(lexemes))) if lexemes[each].how != "blank"]
    words = [lexemes[each].word for each in following]
    for rest, code, sense in terms.get(words[0], ()) if words else ():
        cut = code in "AB" and words[len(rest) + 1 : len(rest) + 2] == ["than"]  # "or less than 50 kg": "less than"
        if words[1 : len(rest) + 1] == rest and not cut:
            return code, sense, following[len(rest)]
    return None


def _learned(piece: str, flat: str, at: int) -> Lexeme:
    """A lexeme read, and kept unless its kind depends on where it is."""
    match = _lexeme().match(flat, at)
    kind, written = (match.lastgroup, match[0]) if match else (None, piece)
    lexeme = _read(kind, written)
    how = lexeme.how or {"_": "lead", "⟩": "mend", "o": "mend"}.get(lexeme.code, "")
    lexeme = lexeme._replace(how=how, size=len(written))
    if (written[0] != "(" or written == "(") and len(_KNOWN) < _MOST_KNOWN:
        _KNOWN[piece] = lexeme
    return lexeme


def _read(kind: str | None, written: str) -> Lexeme:
    """A lexeme of a kind (see `LEXEMES`)."""
    if kind in ("plain", "word", "short"):
        return _word(written)
    if kind == "number":
        return _number(written)
    if kind == "compared":
        sign = "<" if "<" in written or "≤" in written else ">"
        return Lexeme("", sign, written, written[0] in "≤≥=" or written[1:] == "=")
    if kind == "odd":
        return Lexeme("", "h" if written[-1] in "½¼¾⅓⅔⅛⅜" else "N", written)
    if kind == "dotted":
        word = re.sub(r"[.\s]", "", written).lower()  # an abbreviation as it reads without dots: "b.i.d.", "I.V."
        code, sense = WORDS.get(word, ("z", None))
        return Lexeme("", code, word, sense) if code in "Qru" and len(word) > 1 else Lexeme("", "z", word)
    if kind == "every":
        return Lexeme("", "Q", written.lower())
    if kind == "square":
        return Lexeme("", "q", "m2")
    if kind == "reference":
        return Lexeme("reference", "·", ".")
    return Lexeme("blank", "", "") if kind == "blank" else Lexeme("", _SIGNS.get(written[:1], "¦"), written)


def _word(written: str) -> Lexeme:
    word = written.lower().rstrip(".")
    found = WORDS.get(word)
    if found is None and "-" in word:
        parts = word.split("-")
        known = [WORDS.get(part) for part in parts]
        kinds = "".join(each[0] if each else " " for each in known)
        graded = kinds.startswith("G") and set(kinds) <= set("Goø")  # "mild-to-moderate"
        if graded or kinds in ("Ki", "Li") or _SPLIT.issuperset(kinds):  # "renally-impaired", "twice-daily"
            return Lexeme("parts", "", word, known)
        found = ("Z", None) if parts[0] == "non" else WORDS.get(parts[0]) if parts[-1] in _OF_AGE else None
    if found is None and word.endswith("'s"):
        found = WORDS.get(word[:-2])
    code, sense = found or ("z", None)
    if written == "G" or (word in _CAPITALS and not written.isupper()):
        code, sense = "z", None
    elif word == "x":
        code = "×"
    return Lexeme("unit" if word in _AFTER_NUMBER else "", code, word, sense, terms=TERMS.get(word, NO_TERMS))


_OF_AGE = frozenset({"old", "olds"})


def _number(written: str) -> Lexeme:
    plain = written.replace(",", "")
    whole, _, decimals = written.partition(".")
    # "0,125" and "1.000 mg" have two readings, in English and elsewhere
    two = (whole[0] == "0" and "," in whole) or (
        decimals.endswith("0") and len(decimals) == 3 and whole != "0" and len(whole) < 4
    )
    value = float(plain) if "." in plain or len(plain) > 15 else int(plain)
    return Lexeme("number", "N" if two else "n", written, value)


_MENDED = {"n": "nN,·", "⟩": "nwl", "o": "A"}
"""What a token may be joined to, by its class."""


def _mend(out: list[Token]) -> None:
    """Join the last token to those before it where they are one: figures parted by blanks or commas are one that is
    not read; a figure beside its word is left out."""
    token, last = out[-1], out[-2]
    code = token.code
    if code == "n":
        if last.code in "nN" and not _counts_noun(out[:-2]):  # "2 0 mcg", "10 000 units"
            out[-2:] = [Token("N", last.start, token.end, f"{last.word} {token.word}", None, last.lead)]
        elif len(out) > 2 and last.word in ",." and (first := out[-3]).code in "nN" and last.start == first.end:
            joined = f"{first.word}{last.word}"
            if last.end == token.start or joined == "0.":  # "2,5", "0. 2"
                out[-3:] = [Token("N", first.start, token.end, joined + token.word, None, first.lead)]
    elif code == "⟩":
        if len(out) > 3 and out[-3].code == "⟨" and last.code in "nw" and out[-4].code in "nw":
            if last.sense == out[-4].sense:  # "two (2) tablets", "2 (two) tablets"
                out[-4:] = [out[-4]._replace(code="n", end=token.end)]
        elif len(out) > 3 and last.code == "l":
            _without_pounds(out)
    elif code == "o" and last.word in ("or up", "and up"):  # "or up to 20 mg"
        joint = last.word.split()[0]
        out[-2:] = [
            Token("ø" if joint == "or" else "&", last.start, last.start + len(joint), joint, None, last.lead),
            Token("û", last.end - 2, token.end, "up to", None, last.end - 2),
        ]


def _once(tokens: list[Token]) -> None:
    """Make a condition of "once" before a subject or a verb: "once an adequate response is achieved"."""
    for i, token in enumerate(tokens[:-1]):
        if token.word == "once":
            after, end = tokens[i + 1], tokens[i + 1 : i + 3][-1]
            begins = after.code in "zj" or (after.code in "DHV" and after.lead < after.start)
            if begins or (after.code in "ad" and end.code in "zDjHV"):
                tokens[i] = token._replace(code="I")


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


def _broken(tokens: list[Token], flat: str) -> list[Token]:
    """Without the slashes between blanks after a figure that are line ends of a table's cell and no division: before
    what says how often, where or whom they are left out ("500 mg / every 24 hours"), before what begins anew they are
    semicolons ("400 mg / If it persists")."""
    out: list[Token] = []
    counted = False
    codes = "".join([token.code for token in tokens])
    for at, token in enumerate(tokens):
        counted = counted or token.code in "nw"
        led = counted or (out and out[-1].code == ":")
        if led and token.code == "/" and flat[token.start - 1 : token.end + 1] == " / " and out[-1].code != "/":
            before, after, further = codes[at - 1], codes[at + 1 : at + 2] or "·", codes[at + 2 : at + 3] or "·"
            starts = (after != "·" and flat[tokens[at + 1].start].isupper()) or _LABEL.match(codes, at + 1) is not None
            if after == "n":  # "500 mg / 125 mg", "mL/min / 1.73 m2"
                divides = further in "kq" or (before in "nuvmN" and further in "uvm/–")
            else:
                divides = after in "kqtlvuDmXW" and not (starts and further == "n")
            if not (divides or (before in "rH" and after in "rH")):
                begins = (after in "nwNhVMZJt" or starts) and after not in "reQTcøo&" and before not in "eoø&·;:,"
                if begins and (after in "MZJ" or _MEASURED.search(codes, at)):
                    out.append(token._replace(code=";"))
                continue
        out.append(token)
    return out


_MEASURED = re.compile("[nwNh]–?[uvm]")
_LABEL = re.compile(r"[^·;:,nwuvm/⟨]{1,6}(?:⟨[^⟩]*⟩)?:")
""" "… every 8 hours / children (6 to 11 years): …"."""


def _route(tokens: list[Token]) -> None:
    """Make of OD and OS the eyes that they are after drops ("1 drop OD")."""
    drops = False
    for i, token in enumerate(tokens):
        drops = drops or (token.code == "m" and "drop" in token.word)
        if drops and token.code == "Q" and token.word in ("od", "os"):
            tokens[i] = token._replace(code="r", sense="eye")


__all__ = ["LONGEST", "People", "Scanned", "Token", "Verb", "scan"]
