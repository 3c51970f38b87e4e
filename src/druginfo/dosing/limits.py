"""Where a statement says under which condition it holds, and which of its words cap the dose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from druginfo.dosing.actions import REFUSED, USED
from druginfo.dosing.line import ItemRange, Line
from druginfo.dosing.pattern import codes
from druginfo.terms import patterns
from druginfo.terms.tables import SENTENCES

TAKING = ("taking", "receiving")
"""Before a colon these lead to a dose that is taken already: "If taking: 10 mg twice daily, reduce to 5 mg"."""


def conditions(line: Line, first: int, last: int) -> list[ItemRange]:
    """Where the statement says under which condition it holds: from "if", "when" … to the end of its clause.

    A leading "For patients with …," or "In …," counts too: what it names must be a condition ("In general," is none).
    """
    shape = line.shape
    lead = _LEADING.match(shape, first, last) if shape[first : first + 1] in "#FS§@" else None
    stopped = _STOPPED.match(shape, first, last) if "S" in shape[first : first + 3] else None
    if not (lead or stopped or "I" in shape[first:last]):
        return []
    found: list[ItemRange] = []
    at = first
    if stopped and line.items[stopped.start("stop")].sense == ("avoid", "doing"):
        at = stopped.end() - 1
        found.append((first, at))
    elif lead:
        end = _condition_end(line, first, first, last)
        between = range(first + 1, end)
        names = any(
            shape[i] in "HKLRExG4PgW" or (shape[i] == "z" and line.items[i].word not in _IN_GENERAL) for i in between
        )
        if names and end > first + 1 and not codes("^[^V]*1|^§d[dzV]o").search(shape[first:end]):
            found.append((first, end))
            at = end
    for begin in line.places("I", at, last):
        if begin >= at and not (begin > first and shape[begin - 1] == "Z"):
            end = _condition_end(line, begin, first, last)
            refuses = codes("J[^,]*V").search(shape, begin, end) if line.items[begin].word == "while" else None
            if refuses and ("Z" in refuses[0] or line.items[refuses.end() - 1].sense == ("avoid", "done")):
                continue  # "while it should be avoided in severe impairment, …"
            if end > begin + 1 or " " in line.items[begin].word:
                found.append((begin, end))
            at = end + 1
    return found


def _condition_end(line: Line, at: int, first: int, last: int) -> int:
    """The item after a condition that begins at `at`."""
    shape, items = line.shape, line.items
    leads = not codes(r"[^&,øCD:]").search(shape[first:at])
    depth = line.depths[at]
    brief = _IN_PASSING.match(shape, at, last)
    if brief and items[brief.end() - 1].word in _AS_IS_FIT:
        return brief.end()
    if items[at].word == "as tolerated":
        return at + 1
    said_of = codes("[^J]*[DVjzŧ][^J]*").fullmatch(shape, first, at) is not None and (
        codes(".(?:z?[§#@F~So])").match(shape, at + 1, last) and (shape[at + 1] == "V" or _is_done(line, at + 1))
    )
    for end in range(at + 1, last):
        code = shape[end]
        if code == "M" and (
            (items[end].word.startswith("exceed") and codes("[xz]+").fullmatch(shape[at + 1 : end]))
            or (items[end].word == "limit" and shape[end - 1] == "z")
        ):
            continue  # "if transaminases exceed 3 times the upper limit": a threshold, no ceiling
        if said_of and code == "J" and shape[end - 1] not in "oŵ&ø,Z" and "ŵ" not in shape[at:end]:
            return end  # "use when coadministered with X is contraindicated"
        if (
            code in ";·"
            or (code == "⟩" and line.depths[end] == depth and depth)
            or (code == ":" and line.depths[end] == depth and items[end - 1].word not in TAKING)
        ):
            return end
        if line.depths[end] > depth:
            continue
        if (
            code == "j"
            and end > at + 1
            and line.text[items[end].start].isupper()
            and codes("jm?DJ").match(shape[end:last])
        ):
            return end  # a heading before its sentence: "When used with inhibitors Drug dose should be …"
        rest = shape[end:last]
        if code == "," and shape[end - 1] == shape[end + 1 : end + 2] and shape[end - 1] in "GKLH":
            continue  # "in mild, moderate or severe renal impairment"
        if code == "," and leads:
            listed = codes(r",[^,;·]{1,9},?[&ø]|,[&ø]").match(rest)
            if not listed or _MAIN.match(rest) or (rest.startswith(",zJ") and items[end + 1].word == "it"):
                return end
        elif (
            (code == "," and _MAIN.match(rest))
            or code == "C"
            or (code in "ûM" and not leads)
            or (code == "o" and not leads and codes("oa?M").match(rest))
        ):
            return end
        elif (
            leads
            and codes("[JZi4]|[<>]n|z.*z|zG?⟩|V.*V").search(shape[at + 1 : end])
            and "ŵ" not in shape[at:end]
            and (
                _SUBJECT.match(rest)
                or (
                    code == "V"
                    and items[end].sense.form == "do"
                    and items[end].sense.does != "watch"
                    and shape[end - 1] not in "oJZV"
                )
            )
        ):
            return end  # "if there is no response after 4 weeks the dosage may be …"
    return last


def ceilings(line: Line, first: int, last: int, conditions: list[ItemRange]) -> Iterator[ItemRange]:
    """The words that cap the dose: every amount in the clause of a cap word belongs to the cap."""
    shape = line.shape
    done = first
    for refused in _REFUSED_ABOVE.finditer(shape, first, last) if "Z" in shape else ():
        if line.items[refused.start(refused.lastgroup or 0)].word in REFUSED | USED:
            yield refused.span()
            done = refused.end()
    for lasting in _LASTING.finditer(shape, first, last):
        begin, end = lasting.span("cap" if lasting["cap"] else "whole")
        if begin >= done and _DAYS.search(line.words(begin, end)):
            yield begin, end
            done = end
    for at in line.places("M", first, last):
        if at < done or any(a <= at < b for a, b in conditions):
            continue
        if at > first and line.items[at - 1].word in ("lower", "minimum"):
            continue  # "the lower limit dose" caps nothing
        if at > first and shape[at - 1] == "x":
            continue  # "if bilirubin exceeds 5 mg/dL"
        if line.items[at].word.endswith(" more") and shape[at + 1 : at + 2] in "zV":
            continue  # "not more effective than 10 mg"
        begin = at
        while begin > done and shape[begin - 1] in "aoû§":
            begin -= 1
        end = at
        behind = _CAPPED.match(shape, at, last)
        if behind and (
            shape[at + 1 : at + 2] != "4"
            or shape[at + 2 : at + 3] == "D"
            or "use" in line.items[at].word
            or "take" in line.items[at].word
        ):
            end = behind.end()
            end -= (
                line.depths[at] > line.depths[first] and shape[end - 1] == ","
            )  # "(maximum 20 mg per dose, 60 mg a day)"
            if by := COUNTED_BY.match(shape, end, last):
                end = by.end() + (shape[by.end() : by.end() + 1] == "2")
            while more := _AND_CAP.match(shape, end, last):
                end = more.end()
                end = named.end() if (named := _OF_NAME.match(shape, end, last)) else end
            if end < last and shape[end] == "3" and "dose" in line.items[end].word:
                end += 1  # "maximum 100 mg for the first two doses only"
            if (within := _WITHIN.match(shape, end, last)) and "year" not in line.items[end + 1].word:
                end = within.end()
                end += end < last and line.items[end].word == "period"
        elif (
            at > first
            and (before := _EXCEEDED.search(shape, done, at + 1))
            and before.end() == at + 1
            and (named := _OF_DOSE.match(shape, at + 1, last))
        ):
            begin, end = before.start(), named.end()
        if end > at:
            yield begin, end
            done = end


def _is_done(line: Line, at: int) -> bool:
    """Whether an item is a participle that the table of verbs does not have: "coadministered"."""
    return at < len(line.items) and line.items[at].word.endswith("ed")


COUNTED_BY = re.compile(r"(?:⟨[^⟩1]*⟩|⟨[^⟩]*⟩(?=p)|Oj{1,3}|O?[azxdjcVT2]{1,5}(?=[/p][kq]))?[/p](?P<by>[tkql](?:/t)?)")
"""What an amount is counted by, with the words between: "150 units of heparin per kilogram", "10 mg base/kg"."""
_CAPPED = re.compile(
    r"M4(?![^;·,]{0,3}[167])|M(?:[pX2dDOJ:aTjHVûozŧ=,@rř/F#L]|(?<!M)M|⟨|Q){0,9}?(?:[1567](?:⟩?(?:O[az][^;·,1]{0,3}?))?[ABh]?,?[2=]?|"
    r"[nw](?:D|X)(?:#4|2)?)|M[dHTVDz2r]*(?:[OF#§ŵS][^;·:1567D]{1,60}?)?J(?:j[^;·:1567DVJ]{0,6})?[1567]2?"
    r"|M(?:4D|Dp4)[^;·:1567VI]{0,8}[1567]2?"
)
_LASTING = re.compile(r"(?:ŧ(?:§[jz][rmzx]{0,3})?J*|(?<=z)O[ŧV])(?P<cap>Mo?4)|(?P<whole>Mz?OŧJ4|M4Oŧ)")
""" "Therapy should not exceed 12 weeks", "the maximum duration of treatment is 12 weeks"."""
_DAYS = re.compile(rf"\b(?:{patterns.AGE_UNIT})\b", re.I)
_REFUSED_ABOVE = re.compile(
    r"[dT]*D[Oz]{0,2}[>M][1567](?:O?[jz]{1,2})?[2T]?(?:#H(?:&1#H)?)?(?:J+ZJ*V&)?J+ZJ*(?P<by>V)|J*ZJ*(?P<in>V)(?:FV)?[#@§F]?[dT]*D[Oz]{0,2}[>ō][1567]2?"
)
""" "Doses above 40 mg once daily are not recommended", "it is not indicated for use in doses above 20 mg/day"."""
_WITHIN = re.compile(r"[#S]a?4(?!H|A)")
"""The period of a ceiling: "25 mg in a 48-hour period", "4 g in 24 hours"."""
_AND_CAP = re.compile(
    r"(?:[zj]{0,2},?[&ø/,]|ID2?ø|⟨û?|O[^;·CIVD1]{1,4}[&ø])[aûow]?j{0,3}[1567](?:[2zVém]{0,2}⟩|[ém])?2?"
)
"""Further amounts of a ceiling's clause: "1600 mg of the one and 320 mg of the other"."""
_OF_NAME = re.compile("O?j{1,3}")
_EXCEEDED = re.compile(r"(?:a?[dDT]*D?O?)(?<![<>])[1567]2?(?:J*M|⟨M)$")
_OF_DOSE = re.compile(r"(?:[VTdz]*D)?(?=$|[·;,⟩#F])")
""" "2.4 mg is the maximum effective daily dose"."""
_LEADING = re.compile(r"[#FS§@](?!4|2|1|n|t)[^;·:]{1,60}?,")
_STOPPED = re.compile(r"[34tn]{0,2}S(?P<stop>V)[^,;·:V]{1,14},")
""" "One week after discontinuing the 2.4 mg injection, …": what was given until then is no dose to give."""
_AS_IS_FIT = SENTENCES["as is fit"]
_IN_GENERAL = SENTENCES["in general"]
_IN_PASSING = re.compile(r"I[Vz](?=,?(?:o|@|~|û|#|2|S|e|V))")
_MAIN = re.compile(r",(?:C|[aj]?[dDŧ]|j[zm]{0,2}J|V(?![,ø&])|J|1|[a]?M|û|o1|Z|&V|H[^,;·]{0,3}J|y|6)")
_SUBJECT = re.compile(r"Z[dD]*DV?J|jJ+V|a?[dVT]*D(?:O[a_]?[jz])?J|[jz]?[VJ]?(?:J|M)V(?=o|~|@|1|2)|a?T?d+D[^;,·]{0,4}J")
