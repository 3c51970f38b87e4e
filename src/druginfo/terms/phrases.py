"""The grammar: tokens → phrases with their sense. Rules are written in the classes of `tables`, as regular expressions
over them; where several begin at one token the longest cover wins, and a token serves one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from druginfo.terms.scan import Scanned, Token

Number = int | float


class Amount(NamedTuple):
    """An amount as a phrase says it. `kind`: `dose`, `level` (mg/mL, mmol/L, mL/min: never a dose), `ratio`,
    `unread`; what is not read has its reason in `why`. `bound`: "" or "up to", "at least", "below", "above"."""

    low: Number | None
    high: Number | None
    unit: str
    per: str | None
    kind: str = "dose"
    why: str = ""
    bound: str = ""


class Range(NamedTuple):
    """Bounds in one unit: `unit` is a period's name, `kg`, `lb` or `mL/min`. An exact value has both ends alike."""

    low: Number | None
    low_included: bool | None
    high: Number | None
    high_included: bool | None
    unit: str
    is_explicit: bool
    """A sign or a word says which side is open: it is no mere figure or pair of figures."""


class Phrase(NamedTuple):
    """What tokens `first` to `last` (not included) mean together."""

    kind: str
    first: int
    last: int
    sense: Any


Builder = Callable[[Scanned, int, int, "re.Match[str]"], Any]

# ---------------------------------------------------------------- amounts

_U = "[uvm]"
_DIVISOR = r"(?:[/p](?:n?k(?:O?W)?|q(?:O?W)?|n?t|n?l|D|m|X|h|n?[uv])|[/p]?Wp(?=t)|a(?=t)t|#[ea]n–tz|¦?k–n|¦q|¦?t–n|q–n)"
_QUANTITY = rf"(?P<low>[nw])(?P<pct>)–?(?P<unit>{_U})(?P<per>{_DIVISOR}*)"
_RANGE = (
    rf"b?(?P<low>[nw])(?:–?(?P<low_unit>{_U})(?P<low_per>{_DIVISOR}*))?(?P<link>[–oø&])(?P<high>[nw])–?(?P<unit>{_U})"
    rf"(?P<per>{_DIVISOR}*)"
)
_RATIO = rf"[nw]{_U}?/[nw]–?{_U}(?:[–o][nw]{_U}?/[nw]–?{_U})?(?:{_DIVISOR}*)"
_UNREAD = (
    rf"(?:[Nh]|[nw]h)[Oa]*(?:[–oø][nwNh])?–?(?:[uvmk]|[nw]–?{_U})(?:{_DIVISOR}*)|[nw]{_U}?[–oø][Nh]+–?{_U}|a(?=m)m"
)


def _amount(text: Scanned, first: int, last: int, match: re.Match[str]) -> Amount | None:
    tokens = text.tokens
    unit_token = tokens[match.start("unit")]
    unit = unit_token.sense if unit_token.code == "u" or unit_token.sense in ("mL", "L") else unit_token.word
    low = tokens[match.start("low")].sense
    per = per_of(tokens[match.start("per") : match.end("per")])
    if last < len(tokens) and text.codes[last] in "/p" and not (last + 1 < len(tokens) and text.codes[last + 1] in "a"):
        return Amount(None, None, unit, None, "unread", "what it is counted by is not understood")
    if "high" not in match.re.groupindex:
        return Amount(low, low, unit, per, "level" if _is_of_device(text, last) else _kind(unit, per))
    high = tokens[match.start("high")].sense
    if tokens[match.start("low")].code == "w" and text.codes[match.start("link") : match.start("high") + 1] == "–n":
        return None  # "two-1,000 mg infusions" are counted
    if match.start("low_unit") >= 0:
        low_unit = tokens[match.start("low_unit")]
        low_per = per_of(tokens[match.start("low_per") : match.end("low_per")])
        if low_unit.sense != unit_token.sense:
            alike = {low_unit.sense, unit_token.sense} <= _MASSES and text.codes[match.start("link")] in "–o"
            if not alike or _is_step_or_change(text, first) or low_per not in (per, None):
                return None
            return Amount(None, None, unit, per, "unread", "the range is given in two units")
        either = text.codes[match.start("link")] == "ø"  # but not "2 mg or 4 mg/kg", "100 mg/day or 400 mg/day"
        if either and (low_per if per == "day" else low_per != per or "day" in (per or "")):
            return None
        if low_per is not None and f"{per}/".find(f"{low_per}/") != 0:
            return None
    link = text.codes[match.start("link")]
    if link == "&" and text.codes[first] != "b":
        before = text.codes[:first].rstrip("n,")[-1:]  # "days 1, 8 and 15 mg"
        alone = match.start("low_unit") < 0 and text.codes[first] == "n" and before not in (*"tDg<>RWx",)
        why = "it gives more than one amount"  # "360 and 480 mg"
        return Amount(None, None, unit, per, "unread", why) if alone else None
    if link == "–" and match.start("low_unit") < 0:
        spaced = text.text[tokens[match.start("link")].start - 1] == " "
        if text.codes[:first][-2:] in _OF_A_BAND or (spaced and text.codes[:first][-1:] in (*"<>",)):
            return None  # "CrCl 20 – 49 – 5 mg; <20 – 2 mg"
    if link == "o" and (_is_change(tokens[:first]) or (low >= high and match.start("low_unit") >= 0)):
        return None  # "reduce from 4 mg to 2 mg"
    if match.start("low_unit") >= 0 and (
        _is_change(tokens[:first]) if link == "ø" else _is_step_or_change(text, first)
    ):
        return None
    if match.start("low_unit") < 0 and _counts_noun(tokens[:first]) and isinstance(low, int):
        return None  # "day 1 - 500 mg"
    listed = link == "ø" and text.codes[first - 2 : first] in ("n,", "u,", "v,", "m,")  # "250, 500 or 750 mg"
    if low >= high or listed:
        if match.start("low_unit") >= 0:
            return None
        why = "it gives alternatives" if link == "ø" else "the figures have no one reading"
        return Amount(min(low, high), max(low, high), unit, per, "unread", why)
    return Amount(low, high, unit, per, _kind(unit, per))


_OF_A_BAND = ("n–", "no", *(measure + sign for measure in "RWxg" for sign in "<>ûō"))
"""The end of what comes before the figure that a band ends in."""


def _is_of_device(text: Scanned, last: int) -> bool:
    """Whether a volume before a token is the size of a syringe: "a 1 mL syringe with a 27 gauge needle"."""
    words = [token.word for token in text.tokens[last : last + 9]] if text.codes[last - 1] == "v" else []
    return words[:1] in (["syringe"], ["syringes"]) and not _NEEDLE.isdisjoint(words)


_NEEDLE = frozenset("needle needles gauge".split())


def _counts_noun(before: Sequence[Token]) -> bool:
    """Whether a number right after it counts the noun before it: "day 1", not "the first week 5-10 mg"."""
    return bool(before) and before[-1].code == "t" and not (len(before) > 1 and before[-2].code in "adOnw")


_MASSES = {"g", "mg", "mcg", "ng"}


def _is_step_or_change(text: Scanned, first: int) -> bool:
    """ "By 10 mg to 40 mg" is a step, and where it leads to; "reduce from 1 g to 500 mg" is no range."""
    return text.codes[first - 1 : first] == "~" or _is_change(text.tokens[:first])


def _is_change(before: Sequence[Token]) -> bool:
    if not before or before[-1].code != "f" or (len(before) > 1 and before[-2].word in _RANGING):
        return False
    reach = 40 if len(before) > 1 and before[-2].code == "ø" else 12  # "raised from 1 g to 2 g …, or from 2 g to 3 g"
    return any(t.code == "V" and t.sense.does != "watch" for t in before[-reach:])


_RANGING = frozenset("range ranges ranging ranged vary varies varying".split())
""" "May range from 5 to 20 mg": nothing is changed from the one to the other."""


def per_of(tokens: Sequence[Any]) -> str | None:
    """What an amount is counted by: `kg`, `m2`, `kg/day`, `24 h`. The words "body weight" say nothing more."""
    if not tokens:
        return None
    parts: list[str] = []
    count = ""
    for i, token in enumerate(tokens):
        if token.code == "n":
            if i and tokens[i - 1].code == "–":  # kg-1
                continue
            count = f"{token.word} "
            continue
        if token.code == "t":
            if count == "24 " and token.sense == "hour":
                count, token = "", token._replace(sense="day")  # "mg/24 h" is a day's dose
            name = token.word if count or token.word == "min" else token.sense
        else:
            name = {"q": "m2", "k": "kg", "l": "lb", "D": "dose"}.get(token.code) or (
                token.word if token.code in "mXhuvr" else None
            )
        if name:
            parts.append(count + name)
            count = ""
    return "/".join(parts) or None


def _kind(unit: str, per: str | None) -> str:
    """Whether an amount can be a dose: not a concentration, a strength, a laboratory value or a clearance."""
    by = [part.split()[-1] for part in (per or "").split("/") if part]
    if unit in ("dL", "mm3", "µL") or (by and (by[0] in _STRENGTHS or by[-1] in _SPACES)):
        return "level"
    return "level" if unit == "mL" and by and by[0] in ("min", "minute", "second", "hour", "h", "hr") else "dose"


_SPACES = frozenset(
    "ml dl l µl ul mm3 mm³ litre liter milliliter teaspoon teaspoonful tsp mg g mcg teaspoonfuls tablespoon".split()
)
_STRENGTHS = frozenset(
    "tablet capsule puff actuation vial spray drop syringe pen patch inhalation cap tab sachet packet ampoule ampule "
    "bottle "
    "bag cartridge suppository".split()
)


def _ratio(text: Scanned, first: int, last: int, match: re.Match[str]) -> Amount | None:
    unit = next((t.sense for t in reversed(text.tokens[first:last]) if t.code == "u"), None)
    if unit is None:
        return None
    if any(t.code == "v" for t in text.tokens[first:last]):  # 125 mg/5 mL
        return Amount(None, None, unit, None, "level")
    return Amount(None, None, unit, None, "ratio", "it gives the strengths of two ingredients")


def _counted(text: Scanned, first: int, last: int, match: re.Match[str]) -> Amount | None:
    """The amount of a form counted with a word of its kind ("1 DS tablet", "two film-coated tablets"); else None."""
    words = text.tokens[first + 1 : match.start("unit")]
    if not all("-" in t.word or t.word in _KINDS or t.code != "z" for t in words):
        return None
    return _amount(text, first, last, match)


_KINDS = frozenset(
    "ds ss coated chewable scored whole dispersible effervescent adult regular strength oral full".split()
)


def _of_power(text: Scanned, first: int, last: int, match: re.Match[str]) -> Amount | None:
    """The amount in what only its label's words name: "2 x 10^6 cells/kg"; None where it is no power of ten."""
    if not _POWER.search(text.tokens[first].word):
        return None
    per = per_of(text.tokens[match.start("per") : match.end("per")])
    return _unread(text, first, last, match)._replace(kind="level" if _kind("", per) == "level" else "unread")


_POWER = re.compile(r"10\s?\^|[×x*]\s?10")


def _unread(text: Scanned, first: int, last: int, match: re.Match[str]) -> Amount:
    why = f"“{text.text[text.tokens[first].start : text.tokens[last - 1].end]}” is not read"
    return Amount(
        None, None, next((t.word for t in text.tokens[first:last] if t.code in "uvmkhz"), ""), None, "unread", why
    )


# ---------------------------------------------------------------- how often, how long

_NUMBERS = r"[nw](?:[–oø][nw])?"
_COUNT = rf"(?:c(?:[øo](?:c|[nw]X))?|{_NUMBERS}A?[X×]|Qo?|û?{_NUMBERS}A?[X×])"
_PERIOD = rf"(?:T|[ap/]n?t|e(?:{_NUMBERS}|d)?–?t|#n?t)"
_EVERY = rf"e(?:{_NUMBERS}|d)?–?t(?:&ah|(?!O))"
_DAYS = r"(?:[nw](?:(?:,&?|[&–o,])n)*)"
_OFTEN = "|".join(
    (
        rf"û?{_COUNT}–?{_PERIOD}",
        _EVERY,
        rf"{_NUMBERS}–?T",
        r"[nw]t[ap/]t",
        r"T(?![DdzmWyHxKj])",
        r"Q(?:[–/o]Q)?",
        rf"V?#(?:{_NUMBERS})(?:δ+T?|)D(?:[ap/]t)?",
        rf"{_NUMBERS}δ+T?D(?:[ap/]t)?",
        rf"#δ+T?D|δ#{_NUMBERS}d*D|V?#dø{_NUMBERS}δ+D",
        r"δ(?=Q|e|c|T|[nw]X)",
        rf"@(?:n?t){_DAYS}(?:O[aeV]*(?:[nw]–?)?t+)",
        rf"@?t{_DAYS}O[aeV]*(?:[nw]–?)?t+",
        r"@tn(?:(?:,&?|[&,])n(?![uvmk%]))+",
        r"@[nw](?:,&?[nw]|&[nw])+t",
        rf"S?{_NUMBERS}tS(?:[ae]*z(?![nw])|V?[ae]t)",  # "1 hour before surgery", "5 to 10 minutes before a meal"
        rf"{_COUNT}S[ad]*[nw]?–?t",
        r"c(?=[,;·⟨⟩Sō@C]|$)",
        "=",
        "s",
    )
)
_LASTING = "|".join(
    (
        rf"F(?:[û><MadOzōD]*?)(?:{_NUMBERS})A?[dz]?–?(?:t+|D)(?:O[ae]n–?t+)?",
        rf"Ft{_DAYS}",
        rf"×{_NUMBERS}t",
        rf"û{_NUMBERS}–?t(?![gA])",
        r"@t[nw][–o][nw](?![,&O–nw])",
        r"λ",
    )
)


def _plain(text: Scanned, first: int, last: int, match: re.Match[str]) -> str:
    return ""


def _often(text: Scanned, first: int, last: int, match: re.Match[str]) -> str | None:
    """None for "twice the daily dose", which is no "twice daily", for "in 10 to 25 the dose", and for a moment "after"
    another."""
    if text.codes[first] == "S" and text.tokens[first].word != "within":
        return None
    return None if any(t.code in "TD" and t.lead < t.start for t in text.tokens[first + 1 : last]) else ""


# ---------------------------------------------------------------- ranges of periods, kilograms and flows

_FLOW = r"(?:v[/p]t(?:[/p]nq)?)"
_OF = rf"(?:–?(?P<{{}}>[tkl]|{_FLOW}))"
_BOUNDS = (
    rf"(?:b|f)?(?:gO?)?(?P<sign>[<>û])?(?P<low>[nw]){_OF.format('low_unit')}?g?,?(?P<link>[–o&]+|(?=û))(?P<sign2>[<>û])?(?P<high>[nw])"
    rf"{_OF.format('unit')}"
)
_BOUND = rf"(?P<sign>[<>ûōf]|(?<![^;,·])A)(?:gO?)?(?P<low>[nw]){_OF.format('unit')}"
""" "…; and over 6 years": not the end of "18 years and over"."""
_SINGLE = rf"(?P<low>[nw])±?{_OF.format('unit')}(?:±|g?,?(?P<tail>[AB]))?"
_AGED = (
    r"(?:(?P<before>[<>ûōfb]))?gO?[:J]?(?P<sign>[<>ûōbf])?(?P<low>[nw])(?:(?P<link>[–o&])(?P<sign2>[<>])?(?P<high>[nw]))?(?P<tail>[AB±])?"
    r"(?![–otkluvm/%p&])"
)


def _range(text: Scanned, first: int, last: int, match: re.Match[str]) -> Range | None:
    groups = match.groupdict()
    tokens = text.tokens
    unit = _unit(text, match, "unit")
    if unit == "mL/min" and tokens[match.start("unit") + 2].sense != "minute":
        return None
    low = tokens[match.start("low")].sense
    sign, sign2 = groups.get("sign") or "", groups.get("sign2") or ""
    if "high" in groups:
        high = tokens[match.start("high")].sense
        joined = "&" in groups["link"]
        if not groups["link"] and unit not in ("month", "year"):
            return None  # "2 months up to 16 years" are ages, "every 2 weeks up to 12 weeks" is no range
        if groups["low_unit"] and _unit(text, match, "low_unit") != unit:
            return _mixed(text, match, low, high, sign2)
        if (
            low >= high
            or (sign and sign != ">")
            or (sign2 == ">")
            or (joined and not (sign and sign2) and text.codes[first] != "b")
        ):
            return None
        included = tokens[match.start("sign")].sense if sign else True
        ends = tokens[match.start("sign2")].sense if sign2 == "<" else True
        return Range(low, included, high, ends, unit, bool(sign or sign2))
    tail = groups.get("tail") or "±" * ("±" in text.codes[first:last])
    return _one_sided(low, sign, sign and tokens[match.start("sign")].sense, tail, unit)


def _one_sided(value: Number, sign: str, is_in: Any, tail: str, unit: str) -> Range:
    """The range that a figure and the sign or word before it, or after it (`tail`), make; the figure alone without
    any. `is_in`: whether the sign says that the figure is in it."""
    if sign in ("<", "û") or (not sign and tail == "B"):
        return Range(None, None, value, sign != "<" or bool(is_in), unit, True)
    if sign:
        return Range(value, sign == "f" or bool(is_in), None, None, unit, True)
    return Range(value, True, None if tail else value, None if tail else True, unit, bool(tail))


def _aged(text: Scanned, first: int, last: int, match: re.Match[str]) -> Range | None:
    """The range of an age written without its unit, which is years ("age ≥65", "aged 6 to 12"); else None."""
    led = "before" if match["before"] else "sign"
    if text.tokens[text.codes.index("g", first)].word not in ("age", "aged", "ages", "ages of"):
        return None
    low = text.tokens[match.start("low")].sense
    sign, tail = match[led] or "", match["tail"] or ""
    if match["high"]:
        high = text.tokens[match.start("high")].sense
        if low >= high or (match["link"] == "&" and sign != "b") or sign in ("<", "û", "ō"):
            return None
        return Range(low, True, high, match["sign2"] != "<", "year", True)
    sign = sign.replace("b", "")
    return _one_sided(low, sign, sign and text.tokens[match.start(led)].sense, tail, "year")


def _mixed(text: Scanned, match: re.Match[str], low: Number, high: Number, sign2: str) -> Range | None:
    """The range between ages in two units ("1 month to less than 2 years"); None where a unit is not one of age."""
    low_unit, unit = _unit(text, match, "low_unit"), _unit(text, match, "unit")
    return (
        Range(low, True, high, not sign2, f"{low_unit} to {unit}", True)
        if low_unit in _AGES and unit in _AGES
        else None
    )


_AGES = ("day", "week", "month", "year")


def _unit(text: Scanned, match: re.Match[str], group: str) -> str:
    token = text.tokens[match.start(group)]
    return {"k": "kg", "l": "lb", "v": "mL/min"}.get(token.code) or token.sense


RULES: dict[str, tuple[str, str, str, Builder]] = {
    # name: (classes that it begins with, those that come after a number, pattern, what makes its sense)
    "lasting": ("F×ûλ@", "", _LASTING, _plain),
    "bounds": ("bf<>ûnw", "–tklvg,oû&", _BOUNDS, _range),
    "bound": ("<>ûōfA", "", _BOUND, _range),
    "single": ("nw", "±–tklv", _SINGLE, _range),
    "aged": ("<>ûōfbg", "", _AGED, _aged),
    "ratio": ("nw", "uvm/", _RATIO, _ratio),
    "range of amounts": ("bnw", "–uvmoø&", _RANGE, _amount),
    "amount": ("nw", "–uvm", _QUANTITY, _amount),
    "counted": ("nw", "z", rf"(?P<low>[nw])z{{1,2}}(?:⟨[^⟩]{{1,4}}⟩)?(?P<unit>m)(?P<per>{_DIVISOR}*)", _counted),
    "unread": ("Nhnwa", "huvm–oø", _UNREAD, _unread),
    "power": ("N", "", rf"Nz{{1,4}}(?:⟨z⟩)?(?P<per>{_DIVISOR}*)", _of_power),
    "often": ("ûcnwQeT#Vδ@t=sS", "–oøAX×Ttδ", _OFTEN, _often),
    "percent": ("nw", "%–oø", r"[nw](?:[–o][nw])?%", _plain),
}
KINDS = {"range of amounts": "amount", "counted": "amount", "unread": "amount", "power": "amount",
         "ratio": "amount", "bounds": "range", "bound": "range", "single": "range", "aged": "range"}  # fmt: skip
_SECOND = {"a": "m", "V": "#", "#": "ntwδd"}
"""Classes that begin a phrase only before one of these."""


@cache
def _begins() -> re.Pattern[str]:
    """Finds the next class that a phrase can begin with."""
    alone = "".join({code for begins, *_ in RULES.values() for code in begins} - _SECOND.keys() - {*"nw"})
    after = "".join({code for _, follows, *_ in RULES.values() for code in follows})
    paired = "|".join(f"{code}(?=[{second}])" for code, second in _SECOND.items())
    return re.compile(f"[{re.escape(alone)}]|[nw](?=[{re.escape(after)}])|{paired}")


@cache
def _rules_of(begin: str) -> list[tuple[str, re.Pattern[str], Builder]]:
    """The rules of the phrases that can begin with a class, before the one after it."""
    return [
        (KINDS.get(name, name), _compiled(pattern), build)
        for name, (begins, follows, pattern, build) in RULES.items()
        if begin[0] in begins and (begin[0] not in "nw" or begin[1:] in follows)
    ]


_compiled = cache(re.compile)


def phrases(text: Scanned) -> list[Phrase]:
    """The phrases of a text in order. No two share a token."""
    found: list[Phrase] = []
    codes = text.codes
    begins = _begins().search
    at = 0
    while begin := begins(codes, at):
        first = begin.start()
        best, reach = None, first
        at = first + 1
        for kind, pattern, build in _rules_of(codes[first : first + 2]):
            match = pattern.match(codes, first)
            if match and (end := match.end()) > reach:
                sense = build(text, first, end, match)
                if sense is not None:
                    best, reach = Phrase(kind, first, end, sense), end
        if best:
            found.append(best)
            at = reach
    return found
