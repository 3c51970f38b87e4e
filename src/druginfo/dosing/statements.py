"""A line → its statements, one regimen or one verdict each, with the labels before them in the line.

A line is cut at sentences, and within one where a second regimen or verdict begins: after a semicolon or "then", at a
new dose noun, at a second band of one kind. Cuts lie between phrases; who and when of a sentence are shared by
its parts (see `reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from druginfo.dosing.actions import action
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import TAKING, conditions
from druginfo.dosing.line import ItemRange, Line
from druginfo.dosing.pattern import codes
from druginfo.dosing.regimen import LONGEST, gives, read
from druginfo.dosing.roles import STEPS


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


def sentences(line: Line) -> Iterator[ItemRange]:
    """Sentences as items. Abbreviations, decimals and what stands in parentheses do not end one."""
    begin = 0
    for at in line.places("·", 0, len(line.items)):
        item = line.items[at]
        if line.depths[at] or _is_initial(line, at):
            continue
        if line.shape[begin:at] == "n" and line.items[begin].word.isdigit() and line.text[item.start] == ".":
            continue  # the number of an item of a list: "1. Stop it until …"
        following = line.text[item.end : item.end + 8].lstrip("\"')] *")
        gap = line.text[item.end : item.end + 1]
        if following and gap not in " \"')*]" and not following[0].isupper():
            continue
        own = at + 1 < len(line.items) and line.items[at + 1].code == "j"
        if following and following[0].islower() and not (own or following.startswith(("if ", "then ", "or ", "eGFR"))):
            continue
        yield begin, at + 1
        begin = at + 1
    if begin < len(line.items):
        yield begin, len(line.items)


def _is_initial(line: Line, at: int) -> bool:
    """Whether a point follows one capital letter and so ends no sentence ("H. pylori"), but for a Child-Pugh class."""
    before = line.items[at - 1] if at else None
    return (
        before is not None
        and "Y" not in line.shape[max(0, at - 6) : at]
        and before.end - before.start == 1
        and line.text[before.start].isupper()
        and before.end == line.items[at].start
    )


def statements(line: Line, drug: OwnDrug) -> list[Clause]:
    """The statements of a line in order. A line that is only a label yields one statement without items."""
    found: list[Clause] = []
    for number, (first, last) in enumerate(sentences(line)):
        for a, b in _clauses(line, first, last, drug):
            ends, begin = _chain(line, a, b, drug)
            labels = tuple(label_text(line, *each) for each in ends)
            place = line.items[a].lead if found else 0
            goes_on = (
                a > first and not labels and codes(r"[&ø,]*[&ø](?:VO)?[ûa]?1").match(line.shape[begin:b]) is not None
            )
            start = line.items[begin - 1].end if labels else place
            found.append(Clause(labels, begin, b, place, start, len(line.text), number, goes_on))
        if "ø" in line.shape:
            _share(line, found, number)
    following = [each.begin for each in found[1:]]
    return [each._replace(end=max(each.start, end)) for each, end in zip(found, following, strict=False)] + found[-1:]


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


def label_text(line: Line, first: int, last: int) -> str:
    """The words of a label up to its colon, or of all that is left of a line."""
    end = line.items[last].start if last < len(line.items) else len(line.text)
    return line.text[line.items[first].lead : end].rstrip()


def split_label(line: Line, first: int, last: int, drug: OwnDrug) -> ItemRange | None:
    """Where the label ends that items begin with, and where what follows begins; None where there is no label."""
    shape = line.shape
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


_KEPT = frozenset("note important caution warning example see eg ie reference source nb".split())


def _is_label(line: Line, first: int, at: int, last: int, drug: OwnDrug) -> bool:
    shape, items = line.shape[first:at], line.items
    length = items[at].start - items[first].lead
    word = items[first].word
    if ":" in [i.word for i in items[first:at]]:
        return False
    if items[at - 1].word in TAKING and line.shape[at + 1 : at + 2] == "1":
        return False
    if length > 220 or word in _KEPT or (word in ("table", "figure", "tables") and shape[1:2] == "n"):
        return False
    rest = at + 1 < last
    words = {item.word for item in items[first:at]}
    lead = line.words(first, at).lower()
    if rest and ("these" in words or "the following" in lead) and not shape.startswith("D"):
        return False
    count = len(line.text[items[first].lead : items[at].start].split())
    modal = next(
        (items[first + i].word for i, code in enumerate(shape) if code == "J" and not line.depths[first + i]), None
    )
    if modal and (count > 5 or modal in ("should", "must", "may", "can", "will")):
        return False
    measured = holds_dose(line, first, at)
    return not (measured and (count > 12 or (shape[0] in "167" and not says(line, at + 1, last, drug))))


_GROUP = re.compile(r"(?P<who>[Gd]?H(?:[4gABoH<>nt–]|&H)*(?:⟨[^⟩]*⟩)?),(?=[dD]?û?[16]|M|[dV]D|[dV][16])")


def _dashed(line: Line, first: int, last: int, drug: OwnDrug) -> ItemRange | None:
    """A short label before a dash with spaces, or a group before a comma: "Adults – 500 mg", "Adult, 500 mg"."""
    if group := _GROUP.match(line.shape, first, last):
        return group.end("who"), group.end()
    for at in line.places("–,;:·", first + 1, min(last, first + 30)):
        item = line.items[at]
        if item.code != "–":
            return None
        spaced = line.text[item.start - 1 : item.start] == " " and line.text[item.end : item.end + 1] == " "
        if not spaced:
            continue
        if says(line, first, at, drug) or not says(line, at + 1, last, drug):
            return None
        titled = line.text[item.start] == "—" and line.text[item.end + 1 : item.end + 2].isupper()
        if not titled and (at >= first + 14 or "J" in line.shape[first:at]):
            return None
        return (at, at + 1) if codes(r"[^\W\d]").search(line.words(first, at)) else None
    return None


# ---------------------------------------------------------------- cuts


def _clauses(line: Line, first: int, last: int, drug: OwnDrug) -> Iterator[ItemRange]:
    """A sentence cut where a second regimen or verdict begins."""
    begin = first
    for at, after, kind in sorted(set(_joints(line, first, last))):
        if at <= begin:
            continue
        stop = next((i for i in line.places(";", after, last) if not line.depths[i]), last)
        if _separate(line, (begin, at), (after, stop), kind, drug):
            yield begin, at
            begin = after
    yield begin, last


_JOINT = re.compile(
    r"(?P<semicolon>;)(?P<s1>)|(?P<then>[,;]?&?)(?=C)|(?P<change>[,;]?&?|,J+)(?=(?:J*)V)|(?P<others>[,;])(?=[&I]H)"
    r"|(?P<plus>,?)(?=\$[a]?1)|(?P<amount>,?[ø&]?|,)(?=[ø&]?û?d?[167])|(?P<label>,&?)(?=[@#]?(?:t|R|H|d)[^:,;]{0,12}:)"
)
_SUBJECT = re.compile(r"a?[dVTG]*D(?:O[a]?[jmz]+)?[J@:F]")


_BUT_FOR = re.compile(r"zF[^;·1]*,F[^;·,1]*[167]")
""" "One 5 mg tablet, except for women without estrogen, for whom it is 10 mg"."""
_RAISED_TO = re.compile("S[aV]+[oû][VD]*O?1")
""" "30 mg once daily for 2 weeks before considering an increase to the target dose of 60 mg"."""


def _joints(line: Line, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Places where a sentence may be cut: the item that ends the part before, the first of the part behind, and why."""
    shape, depths = line.shape, line.depths
    for at in range(first + 1, last):
        code = shape[at]
        if depths[at] and code != ";":
            continue
        before = shape[at - 1]
        if code == ";" and not depths[at]:
            yield at, at + 1, "semicolon"
        elif code == "C":
            begin = at - (before in ",&") - (shape[at - 2 : at] == ",&")
            yield begin, at - (before == "&"), "then"
        elif (
            code == "V"
            and (line.items[at].sense.does in ("increase", "reduce") or line.items[at].word == "titrate to")
            and codes(r"(?:,[&ø]?|[&ø])(?:J|C|V)*$").search(shape[first:at])
        ):
            lead = codes(r"(?:,[&ø]?|[&ø])(?:J|C|V)*$").search(shape[first:at])
            assert lead
            comma = lead[0].startswith(",")
            yield first + lead.start(), first + lead.start() + comma, "then"
        elif code in "JV" and before == "," and codes(r"J*V[§@oa]*1").match(shape[at:last]):
            yield at - 1, at, "then"
        elif code in "H" and before in "&I" and shape[at - 2 : at - 1] in (",", ";"):
            yield at - 2, at - 1, "others"
        elif before == "," and line.items[at].word == "except" and _BUT_FOR.match(shape, at, last):
            yield at - 1, at, "noun"
        elif code == "$":
            yield at - (before == ","), at, "plus"
        elif code in "167" and codes(r"(?:,|[ø&,][ûa]?[ûd]?)$").search(shape[first:at]):
            lead = codes(r",?[ø&]?[ûad]{0,2}$").search(shape[first:at])
            assert lead
            comma = lead[0].startswith(",")
            joined = lead[0].strip(",ûad") != ""
            yield first + lead.start(), first + lead.start() + comma, "joined" if joined else "comma"
        elif (
            code == "S"
            and line.items[at].word in ("before", "prior to")
            and (raised := _RAISED_TO.match(shape, at, last))
        ):
            if any(i.code == "V" and i.sense.does == "increase" for i in line.items[at : raised.end()]):
                yield at, at, "noun"
        elif code == "o" and _LEADS_TO.match(shape, at, last) and _STEP.search(shape[max(first, at - 40) : at]):
            yield at, at, "another"
        elif code in "167" and before == "⟩" and _closes_band(shape, first, at, last):
            yield at, at, "band"
        elif code == "f" and before == "ø" and codes("f1o1").match(shape, at, last) and "f1o1" in shape[first:at]:
            yield at - 1 - (shape[at - 2] == ","), at - 1, "band"  # "from 1 g to 2 g in …, or from 2 g to 3 g in …"
        elif code == "1" and before == "3" and codes("1[^1]*3").match(shape[at:last]):
            yield at, at, "joined"  # "5 mg daily for 3 days 10 mg daily for 3 days"
        elif code == "ø" and codes(r"ø(?:[#érdDVHFaGw])+O?[@]?1").match(shape[at:last]):
            yield at - (before == ","), at, "joined"
        elif code in ":–" and (label := _label_before(line, first, at)) is not None:
            yield label, label, "labelled"
        elif before in ",&§" and _NEW_DOSE.match(shape, at, last):
            begin = at - 1 - (shape[at - 2 : at] == ",&")
            yield begin, at - (before != ","), "another"
        elif code == "H" and before not in "F#§&øoO<>JH" and _FOR_OTHERS.match(shape, at, last):
            yield at, at, "who"
        elif code in "tRHd@" and before in ",&" and codes(r"[@#]?(?:t[n4]|[RHd])[^:,;·]{0,12}:").match(shape[at:last]):
            begin = at - 1 - (shape[at - 2 : at] == ",&")
            yield begin, at - (before == "&"), "label"
        elif (
            code in "dDVa"
            and before not in "aOdDV,JZ:&øo(C"
            and line.text[line.items[at].lead].isupper()
            and _SUBJECT.match(shape, at, last)
        ):
            yield at, at, "noun"
    yield from _bands(line, first, last)


def _closes_band(shape: str, first: int, at: int, last: int) -> bool:
    """Whether a band in brackets closes the amounts before it, another the next: "1 mg (<20 kg) 2 mg (≥20 kg)"."""
    opened = shape.rfind("⟨", first, at)
    return (
        codes("[4H]").search(shape, max(opened, first), at) is not None
        and codes("[167]").search(shape, first, opened) is not None
        and codes("[167][^⟨]*⟨[^⟩]*[4H]").match(shape, at, last) is not None
    )


def _label_before(line: Line, first: int, at: int) -> int | None:
    """Where the label of a colon or a dash begins that stands behind another dose: "Adults: 5 mg daily Children: 2 mg".

    Its first word is a capital or a band, and no verb is in it.
    """
    shape, items, text = line.shape, line.items, line.text
    if shape[at] == ":" and not _is_colon(line, at):
        return None
    if shape[at] == "–" and not (
        text[items[at].start - 1 : items[at].start] == " " and codes("[167]").match(shape[at + 1 : at + 2])
    ):
        return None
    begin = at
    while begin > first and at - begin < 14:
        code = shape[begin - 1]
        if code == "⟩":
            opened = shape.rfind("⟨", first, begin)
            if opened < 0 or codes("[1235678]").search(shape[opened:begin]):
                break
            begin = opened
        elif code in "126785=h·;VJ" or (code == "3" and not text[items[begin - 1].start].isupper()):
            break
        else:
            begin -= 1
    while begin < at and not (text[items[begin].start].isupper() or shape[begin] in "4<>nRW"):
        begin += 1
    behind = first < begin < at and shape[begin - 1] != "," and codes("[167]").search(shape[first:begin])
    return begin if behind else None


_NEW_DOSE = re.compile(
    r"a?(?:[dV]+D|[dD]|V)(?:O|J|o|[FO#][^1;,JV]{1,12}J)[ûb]?1|z?Vo1|d[dzV]oa?[dV]*DO1|@(?:tn|3|2)[#]?a?d*1|a?[dT]*D?J+[dz]f1"
)
""" "… and a target dose of 10 mg", "with titration to 5 mg", "with later steps to a target dose of 5 mg", "on Day 2 as
600 mg", "but may range from 5 to 20 mg": another dose of the sentence."""
_LEADS_TO = re.compile(r"o[adTV]*DO[ûa]?1")
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


def _bands(line: Line, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Where a second band of one kind begins: "≤44 kg – 4 tablets Patients weighing 45 to 54 kg – 5 tablets"."""
    shape = line.shape
    seen: dict[str, int] = {}
    for at in line.places("4", first, last):
        kind = None if line.depths[at] else _kind(line.items[at].sense.unit)
        if kind is None:
            continue
        if kind in seen and codes("[167]").search(shape[seen[kind] : at]) and codes("[167]").search(shape[at:last]):
            begin = at
            while begin > seen[kind] + 1 and shape[begin - 1] in "HW&gRGKig§OaF#:J<>" and shape[begin - 2] not in "V":
                begin -= 1
            while shape[begin] in "&:":
                begin += 1
            if not codes("[167]").search(shape[begin:at]) and begin > first:
                yield begin, begin, "band"
        if kind not in seen and codes("[167]").search(shape[first:at]):
            return  # "125 mg twice daily at 1 to 11 months, 250 mg …": the bands stand behind their amounts
        seen[kind] = at


def _kind(unit: str) -> str | None:
    if unit in ("kg", "lb"):
        return "weight"
    if unit == "mL/min":
        return "renal"
    return "age" if unit in ("year", "month", "year to year") or " to " in unit else None


_FOR_OTHERS = re.compile(r"H(?:[&ø,]?H)*[4gAB<>nt]{1,4}(?:⟨[^⟩]{1,6}⟩)?(?::|Va?z|J?ZV)")
"""Where a sentence without a stop goes on for others: "… in 24 hours children under 12 years: ask a doctor"."""
_OF_OTHER = re.compile("[&,ûa]*1Oz|[&,ûa]*1z")
_CAP = re.compile(r"[&,]*[ûoaO§F#]*[dDT]*(?:M|J?M)")


def _separate(line: Line, left: ItemRange, right: ItemRange, kind: str, drug: OwnDrug) -> bool:
    shape = line.shape
    begin = _chain(line, *left, drug)[1]
    left = (begin, left[1])
    a, b = shape[slice(*left)], shape[slice(*right)]
    if not b.strip("·,;") or (_CAP.match(b) and (kind != "semicolon" or codes("[1678]").search(a))):
        return False
    if kind == "semicolon":
        label = split_label(line, *right, drug)
        if label is not None and says(line, label[1], right[1], drug):
            return True
        verb = line.items[right[0]].sense if b[0] == "V" else None
        orders = says(line, *right, drug) or (
            verb is not None and verb.form == "do" and verb.does not in ("watch", "handle")
        )
        capped = _CAP.match(b) is not None and "1" in b
        return capped or (says(line, *left, drug) and (orders or (label is not None and label[1] < right[1])))
    begins_dosed, goes_on_dosed = holds_dose(line, *left), holds_dose(line, *right)
    dosed = begins_dosed and goes_on_dosed
    if kind in ("joined", "comma", "then") and dosed and b[0] != "C" and not gives(line, left, right, drug):
        return False
    if kind in ("noun", "band", "who"):
        return dosed if kind == "noun" else kind == "band" or begins_dosed
    if a.startswith("I") and "," not in a:
        return False
    stepped = _BY_STEPS.match(shape, *right) if kind == "then" and not b.startswith("C") else None
    if stepped and (not stepped["step"] or line.items[stepped.start("step")].word in STEPS) and begins_dosed:
        return False
    if b.startswith("C") and codes("C[a]?z").match(b) and drug.is_other(line, right[0] + 1 + (b[1] == "a")):
        return False  # "75 mg/m² followed by cisplatin" is one regimen
    other = _OF_OTHER.match(shape, *right)
    if other and drug.is_other(line, other.end() - 1):
        return False  # "1 g of this, 500 mg of that, and 30 mg of a third, all given twice daily"
    if kind in ("plus", "others", "labelled"):
        return dosed and (kind != "plus" or ("r" in a and "r" in b))
    if kind == "another":
        if right[1] - left[0] > LONGEST:
            return False
        capped = codes("M[^,;]*$").search(a) is not None
        # "for those who otherwise receive 5 mg twice daily, the dosage is …"
        hidden = list(conditions(line, left[0], right[1]))
        given = any(not any(x <= i < y for x, y in hidden) for i in line.places("167", *left))
        return not capped and given and _tells_when(line, right)
    if kind == "joined" and codes("~[ûa]?1z?$").search(a):
        return False  # "in steps of 1 mg/kg or 50 mg": two steps of one change
    if kind in ("joined", "comma") and right[1] - left[0] <= LONGEST and _alternatives(line, left, right, drug):
        return True
    if kind == "joined":
        return _tells_how(line, left) and _tells_how(line, right)
    if kind == "comma":
        return bool(codes("[167][^,;]*(?:[2r34FHO@]|#[zHKLG])").search(a)) and bool(
            codes("[ad]*[167][^,;]*(?:[2r34FHO@S]|#[zHKLG])").match(b)
        )
    if kind == "label":
        return dosed and (_tells_how(line, left) or a[:1] in ("1", "6", "7"))
    withheld = codes(r"C?[^;·]{0,6}?C").match(b) and action(line, *left, (), drug) == "avoid"
    return goes_on_dosed and (begins_dosed or bool(withheld))


def holds_dose(line: Line, first: int, last: int) -> bool:
    """Whether items hold an amount that may be a dose, read or not."""
    return AMOUNT.search(line.shape, first, last) is not None


AMOUNT = re.compile("[167]")


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
    amounts = [i.sense for i in line.items[slice(*span)] if i.code == "1"]
    if codes("[2r]|@tn").search(shape) or any((a.per or "").endswith(("hour", "min", "minute")) for a in amounts):
        return bool(codes("[167]").search(shape))
    return codes("[167](?:⟨[^⟩]*⟩)?D?(?:F|#|JV[FO])a?[zHKLGA]").search(shape) is not None


def _tells_when(line: Line, span: ItemRange) -> bool:
    """Whether an amount stands with how often, when, or by the day it is given."""
    has_interval = codes("[167].*[2T34rS]").search(line.shape[slice(*span)]) is not None
    return has_interval or any(i.code == "1" and (i.sense.per or "").endswith("day") for i in line.items[slice(*span)])


def says(line: Line, first: int, last: int, drug: OwnDrug) -> bool:
    """Whether items hold a dose or a verdict."""
    return (
        codes("[167]|8[2Q]").search(line.shape[first:last]) is not None or action(line, first, last, (), drug) != "note"
    )
