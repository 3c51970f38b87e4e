"""A line → its statements, one regimen or one verdict each, with the labels before them in the line.

A line is cut at sentences, and within one where a second regimen or verdict begins: after a semicolon or "then", at a
new dose noun, at a second band of one kind. Cuts lie between phrases; who and when of a sentence are shared by
its parts (see `reading`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing.actions import action
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import TAKING, conditions
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.pattern import all_of_each, codes
from druginfo.dosing.regimen import LONGEST, gives, read
from druginfo.dosing.whom import tells_apart
from druginfo.terms.tables import BESIDE_AMOUNTS, SENTENCES


class Clause(NamedTuple):
    """Items `first` to `last` of a line, with the labels before them; `start`, `end` is its place in the text, `begin`
    that of its labels; `sentence` numbers the sentence it is cut from."""

    labels: tuple[str, ...]
    first: int
    last: int
    begin: int
    start: int
    end: int
    sentence: int
    goes_on: bool = False
    """It goes on with an amount of the same sort: "should not exceed 1000 mg in children, and 1200 mg in adults"."""
    shared: ItemRange | None = None
    """What trails alternatives holds for each: "every 12 hours" for "1 mg/kg capsules or 2 mg/kg suspension"."""


@lru_cache(maxsize=256)
def sentences(line: Line) -> Sequence[ItemRange]:
    """Sentences as items. Abbreviations, decimals and what stands in parentheses do not end one."""
    found: list[ItemRange] = []
    begin = 0
    if line.shape.find("·") in (-1, len(line.items) - 1):
        return [(0, len(line.items))] if line.items else found
    for at in line.places("·", 0, len(line.items)):
        item = line.items[at]
        if line.depths[at] or _is_initial(line, at):
            continue
        if line.shape[begin:at] == "n" and line.items[begin].word.isdigit() and line.text[item.start] == ".":
            continue  # the number of an item of a list: "1. Stop it until …"
        following = line.text[item.end : item.end + 8].lstrip("\"')] *")
        gap = line.text[item.end : item.end + 1]
        ends = item.word == "!"  # where the next footnote begins, too
        if following and not ends and gap not in " \"')*]" and not following[0].isupper():
            continue
        if following[:1] == "(" and at and line.items[at - 1].code in "15" and gap == " ":
            continue  # "mixed in 4 oz. (120 mL) of water"
        own = at + 1 < len(line.items) and line.items[at + 1].code == "j"
        if (
            following
            and not ends
            and following[0].islower()
            and not (own or following.startswith(("if ", "then ", "or ", "eGFR")))
        ):
            continue
        found.append((begin, at + 1))
        begin = at + 1
    return [*found, (begin, len(line.items))] if begin < len(line.items) else found


def _is_initial(line: Line, at: int) -> bool:
    """Whether a point follows one capital letter and so ends no sentence ("H. pylori"), but for a Child-Pugh class."""
    before = line.items[at - 1] if at else None
    return (
        before is not None
        and before.end - before.start == 1
        and before.end == line.items[at].start
        and line.text[before.start].isupper()
        and "Y" not in line.shape[max(0, at - 6) : at]
    )


def statements(line: Line, drug: OwnDrug) -> list[Clause]:
    """The statements of a line in order. A line that is only a label yields one statement without items."""
    found: list[Clause] = []
    for number, (first, last) in enumerate(sentences(line)):
        for a, b in _clauses(line, first, last, drug):
            ends, begin = _chain(line, a, b, drug)
            labels = tuple(line.part(*each) for each in ends)
            place = line.items[a].lead if found else 0
            goes_on = (
                a > first
                and not labels
                and codes(r"[&ø,]*[&ø](?:VO)?[ûa]?1|(?<=,)1").match(line.shape, begin, b) is not None
                and (line.shape[begin] != "1" or "M" in line.shape[first:a])  # "…, or 20 mg in adults"; of caps a list
            )
            start = line.items[begin - 1].end if labels else place
            found.append(Clause(labels, begin, b, place, start, len(line.text), number, goes_on))
        if "ø" in line.shape:
            _share(line, found, number)
    following = [each.begin for each in found[1:]]
    return [each._replace(end=max(each.start, end)) for each, end in zip(found, following, strict=False)] + found[-1:]


def whole_of(line: Line) -> Clause:
    """A line as one statement."""
    return Clause((), 0, len(line.items), 0, 0, len(line.text), 0)


def _share(line: Line, found: list[Clause], number: int) -> None:
    """Give the alternatives of a sentence what trails the last of them."""
    trailing: ItemRange | None = None
    for i in range(len(found) - 1, -1, -1):
        this = found[i]
        if this.sentence != number:
            return
        bare = _BARE.search(line.shape, this.first, this.last)
        whom = trailing and _FOR_WHOM.search(line.shape, *trailing)
        if trailing and bare:
            found[i] = this._replace(shared=trailing)
        elif whom and not _FOR_WHOM.search(line.shape, this.first, this.last):
            found[i] = this._replace(shared=whom.span())
        elif _ALTERNATIVE.match(line.shape, this.first, this.last):
            trailing = (this.first, this.last)
        elif not this.goes_on:
            trailing = None


# ---------------------------------------------------------------- labels


def _chain(line: Line, first: int, last: int, drug: OwnDrug) -> tuple[tuple[ItemRange, ...], int]:
    """The labels that items begin with, and where what follows them begins."""
    labels: list[ItemRange] = []
    while len(labels) < 4 and (found := split_label(line, first, last, drug)):
        labels.append((first, found[0]))
        first = found[1]
    return tuple(labels), first


def split_label(line: Line, first: int, last: int, drug: OwnDrug) -> ItemRange | None:
    """Where the label ends that items begin with, and where what follows begins; None where there is no label."""
    shape = line.shape
    if shape.find(":", first, min(last, first + 60)) < 0:
        return _dashed(line, first, last, drug)
    base = line.depths[first] if first < last and shape[first] != "⟨" else 0
    for at in line.places(":;·", first, min(last, first + 60)):
        code = shape[at]
        if line.depths[at] > base or (code == "·" and _is_initial(line, at)):
            continue
        if code in ";·":
            return _dashed(line, first, last, drug)
        if at > first:
            if not _is_colon(line, at) or codes(":⟨[^⟩]*[4H][^⟩]*⟩(?:[167]|$)").match(shape, at, last):
                continue  # a bracket behind a colon is of what stands before it
            return (at, at + 1) if _is_label(line, first, at, last, drug) else None
    return _dashed(line, first, last, drug)


def _is_colon(line: Line, at: int) -> bool:
    """A label's colon stands right behind a word or a bracket, a blank or the end behind it."""
    start, end = line.items[at].start, line.items[at].end
    before, behind = line.text[max(0, start - 2) : start], line.text[end : end + 1]
    joined = before[-1:].isalnum() or before[-1:] in ")]%\"'*†®™°²³+"
    spaced = before[-1:] == " " and before[:1] not in " "
    return (joined or spaced) and (not behind.strip() or behind in "*")


_KEPT = SENTENCES["no label"]
_POINTING = frozenset({"these", "following", "the following"})


def _is_label(line: Line, first: int, at: int, last: int, drug: OwnDrug) -> bool:
    shape, items = line.shape[first:at], line.items
    word = items[first].word
    if ":" in shape:
        return False
    if items[at - 1].word in TAKING and line.shape[at + 1 : at + 2] == "1":
        return False
    if word in _KEPT or (word in ("table", "figure", "tables") and shape[1:2] == "n"):
        return False
    rest = at + 1 < last
    if rest and line.has_word(_POINTING) and not shape.startswith("D"):
        these = any(item.word == "these" for item in items[first:at])
        if these or "the following" in line.words(first, at).lower():
            return False
    modal = next((items[i].word for i in line.places("J", first, at) if not line.depths[i]), None)
    measured = holds_dose(line, first, at)
    if not (modal or measured):
        return True
    count = len(line.text[items[first].lead : items[at].start].split())
    if modal and (count > 5 or modal in ("should", "must", "may", "can", "will")):
        return False
    return not (measured and (count > 12 or (shape[0] in "167" and not says(line, at + 1, last, drug))))


_GROUP = re.compile(r"(?P<who>[Gd]?H(?:[4gABoH<>nt–]|&H)*(?:⟨[^⟩]*⟩)?),(?=[dD]?û?[16]|M|[dV]D|[dV][16])")


def _dashed(line: Line, first: int, last: int, drug: OwnDrug) -> ItemRange | None:
    """A short label before a dash with spaces, or a group before a comma: "Adults – 500 mg", "Adult, 500 mg"."""
    if line.shape[first : first + 1] in "GdH" and (group := _GROUP.match(line.shape, first, last)):
        return group.end("who"), group.end()
    if line.shape.find("–", first + 1, min(last, first + 30)) < 0:
        return None
    for at in line.places("–,;:·", first + 1, min(last, first + 30)):
        item = line.items[at]
        if item.code != "–":
            return None
        spaced = line.text[item.start - 1 : item.start] == " " and line.text[item.end : item.end + 1] == " "
        if not spaced or line.shape[at - 1 : at + 2] == "n–n":
            continue
        if says(line, first, at, drug) or not says(line, at + 1, last, drug):
            return None
        names = codes(r"[^\W\d]").search(line.words(first, at)) or codes("[<>]n|n–n").fullmatch(line.shape, first, at)
        return (at, at + 1) if names else None
    return None


# ---------------------------------------------------------------- cuts


def _clauses(line: Line, first: int, last: int, drug: OwnDrug) -> Iterator[ItemRange]:
    """A sentence cut where a second regimen or verdict begins."""
    begin = first
    for at, after, kind in _joints(line, first, last):
        if at <= begin:
            continue
        stop = next((i for i in line.places(";", after, last) if not line.depths[i]), last)
        if _separate(line, (begin, at), (after, stop), kind, drug):
            yield begin, at
            begin = after
    yield begin, last


def _joints(line: Line, first: int, last: int) -> list[tuple[int, int, str]]:
    """Places where a sentence may be cut: the item that ends the part before, the first of the part behind, and why.
    Between the two is the comma or sign that is dropped there."""
    found: dict[tuple[int, bool], tuple[int, int, str]] = {}

    def is_so(asked: str, at: int) -> bool:
        return asked == "at" or _ASKED[asked](line, first, first + at)

    sentence = line.shape[first:last]
    dose = AMOUNT.search(sentence)
    if not dose and not codes("[;&,]").search(sentence):
        return []
    kinds = _ANY_JOINT if dose and AMOUNT.search(sentence, dose.end()) else _OF_ONE_DOSE if dose else _OF_VERDICTS
    for joint in all_of_each("joints", sentence, kinds):
        at = next(first for name, first, _ in joint.groups if name == "at")
        if at > 0 and not line.depths[first + at] and joint.fits(is_so):
            kind = at, joint.says == "orders"
            found.setdefault(kind, (first + joint.start, first + joint.end, joint.says))
    return sorted(set(found.values()))


_ANY_JOINT = frozenset[str]()
_OF_VERDICTS = frozenset({"semicolon", "orders"})
_OF_ONE_DOSE = frozenset({"semicolon", "then", "others", "who", "item", "orders"})
"""Why a sentence with but one dose, or none, may be cut: all else parts two doses."""


def _closes_band(shape: str, first: int, at: int) -> bool:
    """Whether a band in brackets closes the amounts before an item: "1 mg (<20 kg) 2 mg (≥20 kg)"."""
    return codes("[167].*⟨[^⟨]*[4H][^⟨]*$").search(shape[first:at]) is not None


_STEPS = BESIDE_AMOUNTS["step"]
_STEP = re.compile(r"(?:~[ûa]?1|VO1|1V)[^;·]*$")
""" "Increase by 100 mg every week to a dose of 500 mg daily"."""
_BY_STEPS = re.compile(
    r"[^;·167]*?(?:~[ûa]*1|VO[ûa]*1|1(?P<step>V))(?:[^167]|(?:oV|[ûM][adTDO]*)[ûa]*1|⟨[^⟩]*⟩|[ø&][ûa]*1)*?(?:$|o[adTV]*DO)"
)
""" "Increasing by 5 mg weekly", "and titrated in 5 mg increments to reach 40 mg": how the dose before it is raised."""
_BARE = re.compile(r"1m,?$")
_ALTERNATIVE = re.compile(r"[&ø,]*ø[ûa]?1")
_FOR_WHOM = re.compile(r"[#F]H?[^;·:,#F1]*(?:4g?|[KL]i)(?=·?$)")
""" "75 mg twice daily or 50 mg three times a day in patients with CrCl of at least 60": whom each of these is for."""


def _is_next_band(line: Line, first: int, at: int) -> bool:
    """Whether a band is the second of its kind, each before its amounts, not "125 mg at 1 to 11 months, 250 mg …"."""
    kind = _kind(line.items[at].sense.unit)
    alike = [i for i in line.places("4", first, at) if not line.depths[i] and _kind(line.items[i].sense.unit) == kind]
    return bool(kind and alike) and holds_dose(line, alike[-1], at) and not holds_dose(line, first, alike[0])


def _kind(unit: str) -> str | None:
    if unit in ("kg", "lb"):
        return "weight"
    if unit == "mL/min":
        return "renal"
    return "age" if unit in ("year", "month", "year to year") or " to " in unit else None


def _is_told_apart(line: Line, first: int, at: int) -> bool:
    """Whether words name a group of the kind that is before the first amount or verdict: "Adults 10 mg, children …"."""
    before, here = (
        codes("[1678]").search(line.shape, *span) or codes("[VZ]").search(line.shape, *span)
        for span in ((first, at), (at, len(line.items)))
    )
    apart = tells_apart(line, first, before.start()) if before else set()
    return here is not None and not apart.isdisjoint(tells_apart(line, at, here.start()))


_ASKED: dict[str, Callable[[Line, int, int], bool]] = {
    "alike": _is_told_apart,
    "capital": lambda line, first, at: line.text[line.items[at].lead].isupper(),
    "change": lambda line, first, at: (
        line.shape[at] == "V"
        and (line.items[at].sense.does in ("increase", "reduce") or line.items[at].word == "titrate to")
    ),
    "closing": lambda line, first, at: _closes_band(line.shape, first, at),
    "colon": lambda line, first, at: _is_colon(line, at),
    "dash": lambda line, first, at: line.text[line.items[at].start - 1] == " ",
    "earlier": lambda line, first, at: line.items[at].word in ("before", "prior to"),
    "next": _is_next_band,
    "onward": lambda line, first, at: not (line.items[at].word == "later" and line.shape[at - 1] in "34"),
    "opening": lambda line, first, at: (
        (line.shape[at] in "4<>nRW" or line.text[line.items[at].start].isupper()) and holds_dose(line, first, at)
    ),
    "other": lambda line, first, at: line.items[at].word == "except",
    "ranged": lambda line, first, at: "f1o1" in line.shape[first:at],
    "rise": lambda line, first, at: line.shape[at] == "V" and line.items[at].sense.does == "increase",
    "stepped": lambda line, first, at: _STEP.search(line.shape[max(first, at - 40) : at]) is not None,
}
_OF_OTHER = re.compile("[&,ûa]*1O?[zj]")
_CAP = re.compile(r"[&,]*[ûoaO§F#]*[dDT]*(?:M|J?M)")


def _separate(line: Line, left: ItemRange, right: ItemRange, kind: str, drug: OwnDrug) -> bool:
    shape = line.shape
    begin = _chain(line, *left, drug)[1]
    left = (begin, left[1])
    a, b = shape[slice(*left)], shape[slice(*right)]
    if b.strip("·,;") and kind in ("semicolon", "orders") and _orders_apart(line, left, right, drug):
        return True
    if not b.strip("·,;") or kind == "orders" or (_CAP.match(b) and (kind != "semicolon" or codes("[1678]").search(a))):
        return False
    if kind == "semicolon":
        label = split_label(line, *right, drug)
        if label is not None and (says(line, label[1], right[1], drug) or is_share(line, label[1], right[1])):
            return True
        verb = line.items[right[0]].sense if b[0] == "V" else None
        orders = says(line, *right, drug) or (
            verb is not None and verb.form == "do" and verb.does not in ("watch", "handle")
        )
        capped = _CAP.match(b) is not None and "1" in b
        return capped or (says(line, *left, drug) and (orders or (label is not None and label[1] < right[1])))
    begins_dosed, goes_on_dosed = holds_dose(line, *left), holds_dose(line, *right)
    dosed = begins_dosed and goes_on_dosed
    brief = right[1] - left[0] <= LONGEST
    if kind in ("joined", "comma", "then") and dosed and brief and b[0] != "C" and not gives(line, left, right, drug):
        return False
    if kind == "item":
        return says(line, *left, drug) and says(line, *right, drug)
    if kind in ("noun", "band", "who"):
        return dosed if kind == "noun" else kind == "band" or begins_dosed
    stepped = _BY_STEPS.match(shape, *right) if kind == "then" and not b.startswith("C") else None
    if stepped and (not stepped["step"] or line.items[stepped.start("step")].word in _STEPS) and begins_dosed:
        return False
    if b.startswith("C") and codes("C[a]?z").match(b) and drug.is_other(line, right[0] + 1 + (b[1] == "a")):
        return False  # "75 mg/m² followed by cisplatin" is one regimen
    other = _OF_OTHER.match(shape, *right)
    if other and (drug.is_other(line, other.end() - 1) or drug.names_one(line, other.end() - 1)):
        return False  # "1 g of this, 500 mg of that, and 30 mg of a third, all given twice daily"
    if kind in ("plus", "others", "labelled", "label"):
        beside = (kind != "plus" or ("r" in a and "r" in b)) and (kind != "label" or _tells_how(line, left))
        return dosed and beside
    if kind == "another":
        # "for those who otherwise receive 5 mg twice daily, the dosage is …"
        hidden = conditions(line, left[0], right[1])
        given = any(not any(x <= i < y for x, y in hidden) for i in line.places("167", *left))
        return brief and given and _tells_when(line, right)
    if kind == "joined" and codes("~[ûa]?1z?$").search(a):
        return False  # "in steps of 1 mg/kg or 50 mg": two steps of one change
    if kind in ("joined", "comma") and brief and _alternatives(line, left, right, drug):
        return True
    if kind == "joined":
        return _tells_how(line, left) and _tells_how(line, right)
    if kind == "comma":
        return bool(codes("[167][^,;]*(?:[2r34FHO@]|#[zHKLG])").search(a)) and bool(
            codes("[ad]*[167][^,;]*(?:[2r34FHO@S]|#[zHKLG])").match(b)
        )
    withheld = codes(r"C?[^;·]{0,6}?C").match(b) and action(line, *left, (), drug) == "avoid"
    return goes_on_dosed and (begins_dosed or bool(withheld))


def _orders_apart(line: Line, left: ItemRange, right: ItemRange, drug: OwnDrug) -> bool:
    """Whether both sides of a joint say whom they are for and what is ordered for them: "not recommended in severe
    impairment, but no adjustment is needed in mild impairment"."""
    begin = right[0] + (line.shape[right[0]] == "&")
    if right[1] - left[0] > LONGEST or not _MAIN.match(line.shape, begin, right[1]):
        return False
    if not (_names_whom(line, *left) and _names_whom(line, *right)):
        return False
    over = conditions(line, left[0], right[1])
    if line.shape[right[0]] != "&" and any(left[0] < a < left[1] <= b for a, b in over):
        return False  # "…: when renal function is impaired, a reduced dosage should be used"
    lead = next((b for a, b in over if a == left[0]), None)
    if lead and lead < left[1] and line.shape[begin] not in "#F§@SI":
        return False  # "in the elderly, reduce it in mild impairment and avoid it in severe impairment"
    if lead and lead >= left[1] and action(line, *left, (), drug) == "note" and "M" not in line.shape[slice(*left)]:
        return False  # "in patients over 75 years who take 10 mg, it should be avoided in severe impairment"
    return all(
        _ORDER.search(line.shape, a, b) or action(line, a, b, conditions(line, a, b), drug) != "note"
        for a, b in (left, (begin, right[1]))
    )


def _names_whom(line: Line, first: int, last: int) -> bool:
    """Whether items name a group of people: by an organ or a grade of it, by age, weight, or as other than patients."""
    return (
        codes("[KLEGR]").search(line.shape, first, last) is not None
        or any(_kind(of.sense.unit) for of in line.having("4", first, last))
        or any(people.sense.group != "patients" for people in line.having("H", first, last))
    )


_MAIN = re.compile("(?:z,)?(?:[#F§@SI][^;·:]*?,?)?(?:[adDTjŧm]{0,6}M|[adDTVjŧmzO]{0,7}J|[VZ])")
"""How a clause begins that orders something: "the dose should …", "in the elderly, reduce it", "no adjustment is …"."""
_ORDER = re.compile("[167]|V.*2|8")


def holds_dose(line: Line, first: int, last: int) -> bool:
    """Whether items hold an amount that may be a dose, read or not."""
    return AMOUNT.search(line.shape, first, last) is not None


AMOUNT = re.compile("[167]")


def is_share(line: Line, first: int, last: int) -> bool:
    """Whether items are but a percentage, of what is said before: "mild: 75% of the dose; severe: 50%"."""
    return codes("8[·;,]?$").match(line.shape[first:last]) is not None


def _alternatives(line: Line, left: ItemRange, right: ItemRange, drug: OwnDrug) -> bool:
    """Whether two doses in one unit are alternatives that share what trails: "1 mg/kg capsules or 2 mg/kg suspension,
    every 12 hours"; "10 mg or 20 mg" is one statement."""
    shape = line.shape
    last = _BARE.search(shape, *left)
    following = _ALTERNATIVE.match(shape, *right)
    if not last or not following or not _tells_when(line, right):
        return False
    one, other = line.items[last.start()].sense, line.items[following.end() - 1].sense
    return one.unit == other.unit and one.per == other.per and read(line, *left, drug).dose is not None


def _tells_how(line: Line, span: ItemRange) -> bool:
    """Whether a regimen is complete: how often, by which route, how fast or for whom stands with its amount."""
    shape = line.shape[slice(*span)]
    speeds = ((amount.sense.per or "").endswith(("hour", "min", "minute")) for amount in line.having("1", *span))
    if codes("[2r]|@tn").search(shape) or any(speeds):
        return bool(codes("[167]").search(shape))
    return codes("[167](?:⟨[^⟩]*⟩)?D?(?:[F#§]|JV[FO])a?[zHKLGARWY4<>]").search(shape) is not None


def _tells_when(line: Line, span: ItemRange) -> bool:
    """Whether an amount stands with how often, when, or by the day it is given."""
    has_interval = codes("[167].*[2T34rS]").search(line.shape[slice(*span)]) is not None
    return has_interval or any((amount.sense.per or "").endswith("day") for amount in line.having("1", *span))


def says_in(text: str, drug: OwnDrug) -> bool:
    """Whether a text holds a dose or a verdict."""
    line = read_line(text, drug.words)
    return says(line, 0, len(line.items), drug)


def says(line: Line, first: int, last: int, drug: OwnDrug) -> bool:
    """Whether items hold a dose or a verdict."""
    return (
        codes("[167]|8[2Q]").search(line.shape[first:last]) is not None or action(line, first, last, (), drug) != "note"
    )
