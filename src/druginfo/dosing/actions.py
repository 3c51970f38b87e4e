"""What a statement orders: verbs with their objects. "Double strength", "to avoid low sugar", "insulin discontinued"
and "not more than 6 doses" are no orders about this drug.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from druginfo.dosing.drug import Drug
from druginfo.dosing.line import Line
from druginfo.model import Action


def action(line: Line, first: int, last: int, hidden: Sequence[tuple[int, int]], drug: Drug) -> Action:
    """The order that a statement gives. A verdict ("not recommended") stands before a change of dose.

    `hidden` are conditions and ceilings: what they say is no order.
    """
    shape = line.shape[first:last]
    for a, b in hidden:
        shape = shape[: a - first] + "¤" * (b - a) + shape[b - first :]
    found: dict[str, int] = {}
    for at, code in enumerate(shape):
        if code in "V8hMdzZ" and (order := _order(line, first, at, shape, drug)):
            found.setdefault(order, at)
    if "no_adjustment" in found and ("avoid" not in found or found["no_adjustment"] <= found["avoid"] + 3):
        return "no_adjustment"
    changes: list[Action] = [order for order in ("increase", "reduce") if order in found]
    changes.sort(key=lambda order: found[order])
    if "avoid" in found and not (
        changes and found[changes[0]] < found["avoid"] and _OR_STOP.search(shape[: found["avoid"]])
    ):
        return "avoid"
    return changes[0] if changes else "note"


_OR_STOP = re.compile(r"[o~][18][^;·]*ø[^;·1]*$")
""" "Reduced to 55 mg, or the treatment should be discontinued": the dose comes first."""


def _order(line: Line, first: int, at: int, shape: str, drug: Drug) -> str | None:
    """The order that begins at an item, if one does."""
    item = line.items[first + at]
    left, right = shape[:at], shape[at + 1 :]
    if item.code == "8":
        whole = item.word.startswith("100 ")
        if re.match(r"O?a?[adVT]*D|O?a?[dz]*(?:d|D)", right):
            return "no_adjustment" if whole else "reduce"
        return None
    if item.code == "h":
        small = item.word.endswith(("fifth", "sixth"))
        return "reduce" if not small and re.match(r"O?a?[adVTH]*D|O?a?d+(?!.*D)", right) else None
    if item.code == "d":
        return "reduce" if item.word == "reduced" and right.startswith("D") else None
    if item.code == "z":
        if item.word == "unnecessary":
            return "no_adjustment" if _CHANGE.search(left) else None
        return None
    if item.code == "Z":
        if re.match("[1]D", right):
            return "avoid"  # "no 875 mg dose below 30 mL/min"
        return "no_adjustment" if re.match(r"d+D(?:J+V|[·;]?$)", right) and item.word == "no" else None
    if item.code != "V":
        return None
    does, form = item.sense
    negated = _NEGATED.search(left)
    if item.word == "unchanged":
        return "no_adjustment"
    if (
        item.word == "reduction"
        and not negated
        and (re.match("J+V", right) or re.search("V[adDG]*$", left))
        and not _NOT_NEEDED.match(right)
    ):
        considered = line.items[first + at + re.match("J*", right).end() + 1] if re.match("J+V", right) else None  # type: ignore[union-attr]
        return "reduce" if considered is None or considered.word in _TO_DO else None
    if item.word == "change" and re.search("Z[dDaG]*$", left):
        return "no_adjustment"
    if does == "change" or (form == "doing" and does in ("reduce", "increase") and negated):
        if (negated and not _says_so(line, first, left[: negated.start()])) or _NOT_NEEDED.match(right):
            of = re.match("O[aj]?z", right)
            studied = re.match("J+V", right)
            if of and drug.is_other(line, first + at + of.end()):
                return None
            if studied and line.items[first + at + studied.end()].sense.does == "watch":
                return None
            return "no_adjustment"
        return "reduce" if item.word == "reduction" and left.endswith("D") and re.match("I|$", right) else None
    if item.word.startswith("adjust") and re.match("a?D?û", right) and not negated:
        return "increase"
    if does in ("reduce", "increase"):
        if negated and not _NOT_NEEDED.match(right):
            return None if form != "done" or item.word != "changed" else "no_adjustment"
        if right.startswith("ǧ") and "1" not in right:
            return None  # "titrate slowly"
        return does if _changes_dose(line, first, at, left, right, drug) else None
    if does == "avoid":
        return "avoid" if not negated and _stops(line, first, at, left, right, drug) else None
    if does == "give" and negated:
        return _refused(line, first, at, left, right, drug)
    return None


_NEGATED = re.compile(r"Z[Jdaz@GDTVxs]{0,4}$")
_NOT_NEEDED = re.compile(r"(?:[OF#][^;·,:]{0,8}?)?J+Z[dzJ]?V")
_CHANGE = re.compile(r"V[^;·]*$")


def _says_so(line: Line, first: int, left: str) -> bool:
    """Whether a subject and its verb stand before a negation: "the label gives no dose adjustment"."""
    if not re.search("[zV]$", left):
        return False
    return line.items[first + len(left) - 1].word not in ("require", "requires", "need", "needs", "required")


def _object(line: Line, first: int, at: int, right: str, drug: Drug) -> str:
    """What a verb is done to: `dose` (this drug, its dose, treatment), `amount`, `nothing` said, `drug` (another)."""
    for offset, code in enumerate(right[:6]):
        place = first + at + 1 + offset
        word = line.items[place].word
        if code in "DŧjřéIrmJ¤" or word in _TREATMENT:
            return "dose"
        if code in "18o~6h75fû>":
            return "amount"
        if code in ",;·:⟨⟩#F@S§U&øC23–ŵ4AHEtYKL":
            return "nothing"
        if code in "adGTnwVs$ǧM":
            continue
        if drug.is_other(line, place):
            return "drug"
        if right[offset + 1 : offset + 2] != "D":
            return "else"
    return "nothing"


_TREATMENT = frozenset(
    "treatment therapy drug medication medicine use administration coadministration co-administration "
    "concomitant initiation it "
    "this these product infusion injection combination drugs dosing them therapies medications coadministering "
    "combined".split()
)


def _subject(line: Line, first: int, left: str, drug: Drug) -> str:
    """What is said of: the words before an auxiliary, from the clause's beginning."""
    begin = max((left.rfind(sign) for sign in ";·:,C¤"), default=-1) + 1
    clause = left[begin:]
    if not clause.strip("J&øZ"):
        return "nothing"
    for offset, code in enumerate(clause):
        word = line.items[first + begin + offset].word
        if code in "Dŧj1r2m" or word in _TREATMENT:
            return "dose"
        if code == "z" and drug.is_other(line, first + begin + offset):
            return "drug"
    return "else" if re.search("[xKLiz]", clause) else "nothing"


def _changes_dose(line: Line, first: int, at: int, left: str, right: str, drug: Drug) -> bool:
    """Whether "reduce", "increased" … is said of this drug's dose."""
    form = line.items[first + at].sense.form
    of = _object(line, first, at, right, drug)
    if form == "do":
        if left.endswith("z") and drug.is_other(line, first + at - 1):
            return False
        purpose = left.endswith("o") and not re.search("[VJ]o$", left)
        return of in ("dose", "amount", "nothing") and (not purpose or right.lstrip("aT").startswith("D"))
    if form == "doing":
        if line.items[first + at].word == "reductions" and left.endswith("D") and not right.startswith("J"):
            return True
        return right.lstrip("a").startswith(("D", "j")) or (of == "amount" and bool(re.search("V$|[,C]$|^$", left)))
    if right.startswith("D"):  # "in combination with reduced dose cyclosporine"
        return not drug.is_other(line, first + at + 2)
    if re.search("J$", left):
        subject = _subject(line, first, left, drug)
        return subject == "dose" or (subject == "nothing" and of != "else")
    return of in ("amount",) or (bool(re.match("[I2C¤]|$|[,·;]", right)) and not re.search("[xKLiz]$", left))


def _stops(line: Line, first: int, at: int, left: str, right: str, drug: Drug) -> bool:
    """Whether "avoid", "discontinue", "contraindicated" … is said of this drug."""
    item = line.items[first + at]
    form = item.sense.form
    if form == "doing":
        return item.word in ("interruption", "discontinuation") and bool(
            re.match("(?:[OF#][^;·]{0,8})?J+(?!Z)[^;·]{0,2}V", right)
        )
    if form == "do":
        if right.startswith("ǧ") or re.search("[16][^;·]*C$", left):
            return False  # "withdraw slowly", "5 mg on alternate days, then stop"
        if left.endswith(("o", "a", "O", "d")) and not re.search("[VJ]o$", left):
            return False
        of = _object(line, first, at, right, drug)
        return of in ("dose", "nothing") or (of == "amount" and right[:1] in "16")
    if re.match("ǧ", right) or (right.startswith("4") and line.items[first + at + 1].word.startswith("over")):
        return False  # "withdrawn over 2 weeks" is how it ends
    if item.word in ("suspended", "held", "stopped") and re.match("#", right) and "V" in left:
        return False
    subject = _subject(line, first, left, drug)
    if item.word.startswith("contra"):
        return subject != "drug"
    return subject in ("dose", "nothing") and not right.startswith("z")


def _refused(line: Line, first: int, at: int, left: str, right: str, drug: Drug) -> str | None:
    """ "Not recommended", "do not use": avoid, unless what is refused is something else."""
    item = line.items[first + at]
    if item.sense.form == "doing" or item.word in _NEEDED:
        return None
    if item.sense.form == "done":
        if item.word not in _REFUSED or (
            right[:1] == "3" and "than" in line.items[first + at + 1].word
        ):  # "for longer than 10 days"
            return None
        return "avoid" if _subject(line, first, re.sub("[JdazGT]*Z[^Z]*$", "J", left), drug) != "drug" else None
    if (
        item.word not in _USED
        or (right[:1] == "3" and "than" in line.items[first + at + 1].word)
        or re.match(r"[#F]?[^;·]{0,3}M", right)
    ):
        return None
    return "avoid" if _object(line, first, at, right, drug) in ("dose", "nothing", "amount") else None


_NEEDED = frozenset(
    "needed necessary required sufficient require need tolerated achieved reached managed controlled effective".split()
)
_TO_DO = frozenset("considered recommended advised required needed necessary warranted".split())
_REFUSED = frozenset(
    "recommended advised indicated appropriate used given administered started initiated taken prescribed "
    "received injected "
    "restarted resumed suggested used_as intended reinitiated repeated continued suitable allowed permitted".split()
)
_USED = frozenset(
    "use give administer initiate start take prescribe receive restart resume inject apply continue begin "
    "repeat re-initiate "
    "reinitiate".split()
)
