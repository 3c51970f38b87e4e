"""Which statements make rows: regimens, verdicts on the dose, instructions on the treatment, advice for a group of
people. All else that a text says is told in notes.
"""

from __future__ import annotations

import re

from druginfo.dosing.actions import instructs
from druginfo.dosing.conditions import NO_DOSE
from druginfo.dosing.context import Context
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import conditions
from druginfo.dosing.line import Line, read_line
from druginfo.dosing.pattern import Pattern, codes
from druginfo.dosing.regimen import Regimen
from druginfo.dosing.statements import Clause, holds_dose
from druginfo.model import Action
from druginfo.terms import patterns
from druginfo.terms.tables import SENTENCES, VERDICTS, VOLUMES


def makes_row(
    line: Line, statement: Clause, reading: Regimen, context: Context, drug: OwnDrug, *, prose: bool = False
) -> bool:
    """Whether a statement is a row. In prose more has to be said than in a list or a table."""
    first, last = statement.first, statement.last
    shape = line.shape[first:last]
    if context.handling:
        return (
            _stands_out(line, statement, reading)
            if prose
            else bool(reading.dose and (reading.frequency or _is_rate(reading)))
        )
    dosed = holds_dose(line, first, last)
    if reading.dose or reading.maximum or (reading.frequency and dosed):
        return True
    if _measures_out(line, first, last) and reading.action != "avoid":
        return False
    if prose:
        orders = dosed and any(verb.sense.does in _ORDERS for verb in line.having("V", first, last))
        often = reading.frequency and reading.action == "give" and "V" in shape
        orders_something = bool(orders or often) or reading.action not in ("note", "give")
    else:
        orders_something = dosed or reading.action != "note" or bool(reading.unsure or reading.frequency)
    return (
        orders_something
        or _advises(line, statement, named=context.population is not None)
        or ((statement.labels != () or not prose) and withholds(line, statement, context) is not None)
        or _judges(line, first, last)
        or instructs(line, first, last, conditions(line, first, last), drug)
    )


def _is_rate(reading: Regimen) -> bool:
    """Whether a dose is given by the hour: no other frequency is wanted."""
    return reading.dose is not None and (reading.dose.per or "").endswith(("hour", "minute"))


def withholds(line: Line, statement: Clause, context: Context) -> Action | None:
    """What a statement orders that gives no dose to those whom its labels name: avoid where none can be recommended;
    a note where the label has none. None for any other statement."""
    text = line.text[statement.start : statement.end]
    found = NO_DOSE.search(text)
    if not found:
        return None
    labels = map(read_line, (*context.over, *statement.labels))
    if context.population is None and not any(_OF_WHOM.search(label.shape) for label in labels):
        return None
    return "avoid" if found["refused"] else "note"


def _stands_out(line: Line, statement: Clause, reading: Regimen) -> bool:
    """Whether a sentence among instructions on handling is a regimen, a maximum or a verdict all the same."""
    shape = line.shape[statement.first : statement.last]
    changes = reading.action in ("increase", "reduce") and holds_dose(line, statement.first, statement.last)
    dosed = reading.dose or changes or (reading.unsure and codes("D[^;·1]*J").search(shape))
    capped = reading.maximum and codes("D(?:O[jmz]+)?J*M").search(shape)
    refused = reading.action in ("avoid", "no_adjustment") and (_SAID_OF.search(shape) or _THAT_WAY.match(shape))
    ended = reading.action in ("avoid", "reduce") and _ENDED.search(shape)
    given = reading.action == "give" and reading.frequency and reading.route and _GIVEN.match(shape)
    return bool((dosed and (reading.frequency or _is_rate(reading))) or capped or refused or ended or given)


def _advises(line: Line, statement: Clause, *, named: bool) -> bool:
    """Whether a sentence says how a group of people is to be treated, without a dose: "use with caution".

    `named`: a label names the group; else the sentence must.
    """
    shape = line.shape[statement.first : statement.last]
    words = line.text[statement.start : statement.end].lower()
    orders = codes(r"(?:[I#@FS][^,]*,)?[dT]*(?:V|D)(?!$)").match(shape) or codes(r"V[adGT]*[Djŧt]").search(shape)
    items = zip(
        line.items[statement.first : statement.last], line.depths[statement.first : statement.last], strict=True
    )
    if named and orders and not any(item.word in _REFERRING and not depth for item, depth in items):
        return True
    grouped = (
        named
        or OF_ORGAN.search(shape)
        or any(people.sense.group != "patients" for people in line.having("H", statement.first, statement.last))
    )
    return bool(grouped) and (_CAREFUL.search(words) or _NO_DATA.search(words)) is not None


def handles(line: Line, statement: Clause) -> bool:
    """Whether a statement begins with how the product is handled: "Dilute …", "Shake …"."""
    item = line.items[statement.first] if statement.first < statement.last else None
    return item is not None and item.code == "V" and item.sense.does in ("handle", "watch")


_REFERRING = SENTENCES["elsewhere"]
"""A sentence with one of these sends the reader elsewhere, or says how a figure is found: "is shown in Table 1"."""
_ORDERS = ("give", "increase", "reduce", "avoid")
OF_ORGAN = re.compile("[KL]i|[ER]|i[^;·,]{0,3}[KL]")
_CAREFUL = Pattern(
    r"\bcautio|\bonly if\b|\bsupplement\w* [^.;]*\b(?:considered|recommended|required|needed|necessary)"
    r"|\b(?:monitor|observe)\w* (?:\w+ )?(?:close|careful)ly"
    r"|\b(?:close|careful)(?:ly)? (?:monitor|observ)",
    re.I,
)
_NO_DATA = Pattern(patterns.NO_DATA, re.I)
_OF_WHOM = re.compile("[HKLERW4]")
_SAID_OF = re.compile("jm?J+Z[^;·]*(?:[HKLE4]|[§F#]z)|[HKLE][^;·]*(?:JZ|ZJ)")
_THAT_WAY = re.compile("[jm]*J*ZJ?V[^;·,1]{0,6}(?:r|~a?zz)|J*ZV1[^;·]*1D?[^;·]*H")
""" "Do not administer intravenously", "by any other route"; "do not divide it to make a dose for children"."""
_GIVEN = re.compile(r"V[ad]*j|j[mx]*J+V")
""" "Administer it at the start of a meal subcutaneously", "it should be injected within 10 minutes before a meal"."""
_ENDED = re.compile("^(?:V[OøV]*(?:#?jm?D?[IS]|ŧOjm?I)|IVj[^,]*,V|DVJ+VF)")
""" "When discontinuing it, taper gradually", "interrupt use of it if …": how treatment ends."""
_JUDGED = re.compile(
    r"DV(?:O[aj]?[zmj]*)?J+(?P<needed>V)"  # "dosage adjustment is recommended"
    r"|V[ad]*(?P<other>d)D"  # "may require lower doses"
    r"|D(?:O[aj]?[zmj]*)?J+(?P<same>d)"  # "the dose should remain the same"
    r"|j[^;·,JV]{0,6}(?:J+Z|ZJ?)J*z?(?P<known>V)[^;·]*[HKLE4]"  # "has not been studied in dialysis"
    r"|D[Oz]{0,2}>1[^;·V]*J+ZJ*(?P<above>V)"  # "the safety of doses above 20 mg/day has not been evaluated"
    r"|D[^;·J1]*J(?P<share>[h8])O"  # "the dose is one-third of all the insulin that is needed"
    r"|jm?J+Z(?P<unlike>z)"  # "is not interchangeable"
    r"|D[^;·J]{0,9}J+(?P<careful>z)"  # "the initial dosing should be conservative"
    r"|Dz?F[^;·J]*[KLE4][^;·JZ]*[JZ]{2,3}(?P<unknown>V)"  # "the dosage for CrCl below 30 has not been determined"
)


def _judges(line: Line, first: int, last: int) -> bool:
    """Whether a sentence is a verdict on the dose in other words than an order."""
    found = _JUDGED.search(line.shape, first, last)
    kind = found.lastgroup if found else None
    if found is None or kind is None:
        return False
    words = line.words(found.start(), found.end()).lower()
    if kind == "share":
        return True
    return line.items[found.start(kind)].word in VERDICTS[kind] and (
        kind != "same" or "remain" in words or codes("#a?[dT]*D").match(line.shape, found.end(), last) is not None
    )


def _measures_out(line: Line, first: int, last: int) -> bool:
    """Whether all amounts of a statement are volumes and vials: how the product is prepared, no dose."""
    units = [amount.sense.unit for amount in line.having("167", first, last)]
    return bool(units) and all(unit in _PREPARED for unit in units)


_PREPARED = VOLUMES | frozenset("vial vials syringe syringes bag bags bottle bottles ampule ampoule".split())
