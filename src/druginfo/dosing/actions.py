"""What a statement orders: verbs with their objects. "Double strength", "to avoid low sugar", "insulin discontinued"
and "not more than 6 doses" are no orders about this drug.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.line import Line
from druginfo.dosing.pattern import codes, first_of_each
from druginfo.model import Action
from druginfo.terms.tables import BESIDE_AMOUNTS, SENTENCES, VOLUMES


def action(line: Line, first: int, last: int, hidden: Sequence[tuple[int, int]], drug: OwnDrug) -> Action:
    """The order that a statement gives. A verdict ("not recommended") stands before a change of dose.

    `hidden` are conditions and ceilings: what they say is no order.
    """
    shape = line.shape[first:last]
    for a, b in hidden:
        shape = shape[: a - first] + "¤" * (b - a) + shape[b - first :]
    if shape[:1] == "V" and _SAME.match(shape) and line.items[first].word in ("maintain", "continue"):
        return "no_adjustment"
    if (
        "G" in shape
        and (same := _AS_USUAL.search(shape))
        and line.items[first + same.start("as")].word == "same"
        and line.items[first + same.start("whom")].word == "normal"
    ):
        return "no_adjustment"
    found: dict[str, int] = {}
    for at in map(re.Match.start, _ORDERING.finditer(shape)):
        if order := _order(line, first, at, shape, drug):
            found.setdefault(order, at)
    for longer in _LONGER.finditer(shape) if line.has_word(_INTERVALS) else ():
        words = {line.items[first + at].word for at in range(*longer.span())}
        is_less = _LESS_OFTEN.issubset(words) if longer["seldom"] else words & _EXTENDED and words & _INTERVALS
        if is_less:
            found.setdefault("reduce", longer.start())  # less of the drug
    if "no_adjustment" in found and ("avoid" not in found or found["no_adjustment"] <= found["avoid"] + 3):
        return "no_adjustment"
    changes: list[Action] = [order for order in ("increase", "reduce") if order in found]
    changes.sort(key=lambda order: found[order])
    if "avoid" in found and not (
        changes
        and found[changes[0]] < found["avoid"]
        and (_OR_STOP.search(shape[: found["avoid"]]) or codes("V,VøV").search(shape))
    ):
        return "avoid"
    return changes[0] if changes else "note"


_ORDERING = re.compile("[V8h]|d(?=(?:ø[zB]*)?[dzrj]*D)|[<>](?=d+D|V)|Z(?=1D|d+D|(?:F|oJ)V)")
"""Where an order may begin."""
_INTERVALS = frozenset({"interval", "intervals", "frequent"})
_EXTENDED = frozenset("extend extended extending prolong prolonged prolonging lengthen lengthened longer".split())
_LESS_OFTEN = frozenset({"less", "frequent"})
_LONGER = re.compile(r"(?P<seldom>zz[Dŧ]J+V|Va?zz[Dŧ](?!z))|[zé][adDT]*z(?!bD*V)|z[bOD]*J+[zé]")
""" "Extend the dosing interval to 48 hours", "the interval between doses should be prolonged", "less frequent dosing is
advised"."""
_SAME = re.compile(r"V[adjz]{0,2}D·?$")
""" "Maintain dosage", "Continue the current dose": all that a cell of a table says."""
_AS_USUAL = re.compile(r"(?:^V?|J)(?P<as>d)D?[#F]{1,2}(?:[dV]*D[#F§])?(?:H[§F#ŵJ])?(?P<whom>G)[KL]")
""" "Same as patients with normal renal function", "use the same dose as in normal renal function"."""
_OR_STOP = re.compile(r"[o~][18][^;·]*ø[^;·1]*$|ø[adzJTŧ#¤,]{0,5}$")
""" "Reduced to 55 mg, or the treatment should be discontinued": the dose comes first."""


_KNOWN = frozenset("information data experience guidance studies".split())


def _order(line: Line, first: int, at: int, shape: str, drug: OwnDrug) -> str | None:
    """The order that begins at an item, if one does."""
    item = line.items[first + at]
    left, right = shape[:at], shape[at + 1 :]
    if "hether" in line.text and "," not in left and "whether" in [i.word for i in line.items[first : first + at]]:
        return None  # "it is not clear whether a reduction is necessary"
    if item.code != "V":

        def is_so(asked: str, i: int) -> bool:
            word = line.items[first + i - (i > at)].word
            if asked == "higher":  # advised, and this drug's: "consider a higher dose"
                dose = first + at + 1 + right.index("D")
                return word == asked and _is_advised(line, first, left, right) and not _of_another(line, dose, drug)
            return _ASKED[asked](word)

        found = first_of_each("orders", f"{left}█{item.code}{right}")
        order = next((each.says for each in found if each.fits(is_so)), "none")
        return order if order != "none" else None
    does, form = item.sense
    negated = _NEGATED.search(left)
    spare = negated and codes("d+D(?:Oj)?J+Z[^Z]*$").search(left)
    if (item.word == "unchanged" and left[-1:] != "z" and ("D" in left or not left.strip("ad"))) or (
        spare and line.items[first + spare.start()].word.startswith(_ON_TOP)
    ):
        return "no_adjustment"  # "supplemental doses should not be required"
    if does in ("reduce", "increase") and codes("S(?:V?[adV]*|[ad]*D)$").search(left, line.is_cut(first)):
        return None  # "before considering an increase", "after increasing it", "after a dose increase"
    noun = _NOUNS.get(item.word)
    if noun and ((not left.endswith("D") and _IN_OTHER.match(right)) or codes("1[^;·]*§[adDV]*$").search(left)):
        return None  # "those who require a reduction in LDL"; "50 mg daily with lower dose increases"
    if noun and not negated and not _NOT_NEEDED.match(right):
        needed = codes(r"(?:[O~]8)?(?:[O#][adTGjM]*[Dŧj]*)?(?:[O~]8)?(?:,?f[zV]{1,3},?)?J+V").match(right)
        if needed:
            considered = line.items[first + at + needed.end()]
            return noun if considered.word in _TO_DO else None
        if codes("V[adDG]*(?:Vø)?$").search(left) or (codes("[adDG]*").fullmatch(left) and right.startswith("#")):
            return noun
    needless = _NO_NEED.search(left)
    if (
        needless
        and line.items[first + needless.start(needless.lastgroup or 0)].word in _OBLIGES
        and (form == "do" or _subject(line, first, f"{left[: needless.start()]}J", drug) == "dose")
    ):
        return "no_adjustment" if item.word.startswith(("adjust", "chang", "modif", "reduc")) else None
    if item.word == "change" and codes("Z[dDaG]*$").search(left) and not codes("a?D?@").match(right):
        return "no_adjustment"
    if does == "change" or (form == "doing" and does in ("reduce", "increase") and negated and right[:1] != "D"):
        if negated and not _KNOWN.isdisjoint(each.word for each in line.items[first + negated.start() : first + at]):
            return None  # "no information on dosing adjustment is available"
        if (negated and not _says_so(line, first, left[: negated.start()])) or _NOT_NEEDED.match(right):
            of = codes("O[aj]?z").match(right)
            unneeded = _NOT_NEEDED.match(right)
            if unneeded and line.items[first + at + unneeded.end()].sense.does == "watch":
                return None  # "dosage adjustment not established"
            studied = codes("J+V").match(right)
            if of and drug.is_other(line, first + at + of.end()):
                return None
            if studied and line.items[first + at + studied.end()].sense.does == "watch":
                return None
            return "no_adjustment"
        return "reduce" if item.word == "reduction" and left.endswith("D") and codes("I|$").match(right) else None
    if item.word.startswith("adjust") and codes("a?D?û").match(right) and not negated:
        return "increase"
    if item.word == "lower" and codes("D|[øB][zB]{0,3}D").match(right) and not codes("[,:&øJo¤]$|^$").search(left):
        advised = not negated and _is_advised(line, first, left, right)
        dose = first + at + 1 + right.index("D")
        return "reduce" if advised and not _of_another(line, dose, drug) else None
    if item.word == "lower" and codes("[§#@OF]$").search(left):
        return None  # "controlled with lower levels"
    if item.word.startswith("add") and _is_added_to(line, first + at, right):
        return None
    if does in ("reduce", "increase"):
        if negated and not _NOT_NEEDED.match(right):
            return None if form != "done" or item.word != "changed" else "no_adjustment"
        if right.startswith("ǧ") and "1" not in right and ("1" in left or item.word.startswith("titrat")):
            return None  # "titrate slowly": how, not that
        if form != "doing" and _is_of_interval(line, first, at, left, right, form):
            return "reduce" if does == "increase" else "increase"  # a longer interval between doses is less
        return does if _changes_dose(line, first, at, left, right, drug) else None
    if does == "avoid":
        if negated or not _stops(line, first, at, left, right, drug):
            return None
        over = right.startswith("4") and line.items[first + at + 1].word.startswith("over")
        return "reduce" if form != "doing" and (over or right.startswith(("ǧ", "ō"))) else "avoid"  # "withdraw slowly"
    if does == "give" and negated:
        return _refused(line, first, at, left, right, drug)
    return None


def instructs(line: Line, first: int, last: int, hidden: Sequence[tuple[int, int]], drug: OwnDrug) -> bool:
    """Whether a statement says how this drug is given, changed or stopped, and to whom or when: "Restart it 48 hours
    after the procedure", "For CrCl 30 to 50, start warfarin 2 days before". How it is handled or watched is none."""
    shape = line.shape[first:last]
    banded = _BANDED.search(shape) is not None
    if shape.endswith(":") or not (banded or _TIMED.search(shape)):
        return False
    for found in _INSTRUCTION.finditer(shape):
        at = found.end() - 1
        item = line.items[first + at]
        does, form = item.sense
        by_whom = codes("[TC]?~a?[Hz]").match(shape[at + 1 :])  # "administered only by persons trained in …"
        if does not in _TREATS or by_whom or item.word in _CONSIDERED or any(a <= first + at < b for a, b in hidden):
            continue
        of = ""
        modal = not found["do"] and line.items[first + found.start()].word in _MODALS
        if form == "do" and (found["do"] or modal):
            of = _object(line, first, at, shape[at + 1 :], drug)
        elif form == "done" and (modal or item.word in ("recommended", "preferred")):
            clause = re.sub("^.*[;·:,C&]", "", shape[: found.start()])
            if codes("[<>]?[34]|dt").fullmatch(clause):
                return True  # "at least 14 days must elapse between …"
            of = _subject(line, first, shape[:at], drug)
        if of == "dose" or (of == "drug" and (banded or "j" in shape)):
            return True
    return False


_INSTRUCTION = re.compile(r"(?:^|[,;:&øC⟩·])[dTǧ]*(?P<do>V)|J{1,3}(?:ZJ?)?[TdǧzC]{0,2}V")
_BANDED = re.compile("[KLER]|H[^;·]{0,6}4|W")
_TIMED = re.compile("[H2SItxU]|(?<![ōO])[34]")
_MODALS = SENTENCES["ordering"]
_TREATS = frozenset({"give", "increase", "reduce", "avoid"})
_CONSIDERED = SENTENCES["considering"]

_ON_TOP = ("additional", "suppl", "extra", "further")
_ASKED: dict[str, Callable[[str], bool]] = {
    "amount": lambda word: word == "amount",
    "as": lambda word: word == "as",
    "more": lambda word: word in ("higher", "greater", "more"),
    "no": lambda word: word == "no",
    "often": lambda word: word.startswith(("twice", "two", "2 ", "every 12")),
    "small": lambda word: word.endswith(("fifth", "sixth")),
    "spare": lambda word: word.startswith(_ON_TOP),
    "total": lambda word: word.startswith("total"),
    "use": lambda word: word in ("use", "used"),
    "whole": lambda word: word.startswith("100 "),
}
"""What a group of a pattern in `[orders]` asks of a word, by its name."""
_NEGATED = re.compile(r"Z[Jdaz@GDTVxs]{0,4}$")
_NO_NEED = re.compile("(?:Z(?P<to>[VJ])o|(?P<not>V)Z)J?$")
""" "There is no need to adjust", "does not need to be adjusted", "need not be adjusted"."""
_OBLIGES = frozenset("need needs required necessary have has".split())
_NOT_NEEDED = re.compile(r"(?:[OF#][^;·,:]{0,8}?)?J*Z[dzJ]?V")


def _is_advised(line: Line, first: int, left: str, right: str) -> bool:
    """Whether a higher dose is advised: "consider a higher dose", "a higher dose may be needed"."""
    verb = codes("V[@§aG]*$|Vz?øa$|V[ajzdD]{0,3}[@§]a?$|VoŧO$").search(left)
    if verb:
        return line.items[first + verb.start()].sense.does == "give" and not _NEGATED.search(left[: verb.start() + 1])
    needed = codes(r"(?:ø[zB]*)?[dzrj]*D(?:O[^;·,J]*)?J+V").match(right)
    behind = first + len(left) + 1
    return needed is not None and (
        line.items[behind + needed.end() - 1].word in _TO_DO
        and not any(
            i.code == "J" and i.word in ("have", "has", "was", "were")
            for i in line.items[behind : behind + needed.end()]
        )
    )


def _says_so(line: Line, first: int, left: str) -> bool:
    """Whether a subject and its verb stand before a negation: "the label gives no dose adjustment"."""
    if not codes("[zV]$").search(left):
        return False
    return line.items[first + len(left) - 1].word not in ("require", "requires", "need", "needs", "required")


def _object(line: Line, first: int, at: int, right: str, drug: OwnDrug) -> str:
    """What a verb is done to: `dose` (this drug, its dose, treatment), `amount`, `nothing` said, `drug` (another)."""
    for offset, code in enumerate(right[:6]):
        place = first + at + 1 + offset
        word = line.items[place].word
        if word in _OTHERS or (code == "D" and _of_another(line, place, drug)):
            return "drug"
        if code in "DŧjřéIrmJ¤" or word in _TREATMENT:
            return "dose"
        if code in "18o~6h75fû>":
            return "amount"
        if code in ",;·:⟨⟩#F@S§U&øC23–ŵ4AHEtYKLōZ":
            return "nothing"
        if (
            code in "adGTnwVs$ǧM"
            or right[offset : offset + 2] == "HD"
            or (code == "z" and word.endswith("ly"))
            or word in ("together", "more")
        ):
            continue
        if drug.is_other(line, place):
            return "drug"
        beside = line.items[place + 1].word if offset + 1 < len(right) else ""
        if right[offset + 1 : offset + 2] not in ("D", "m", "é") and beside not in _TREATMENT:
            return "else"
    return "nothing"


def _is_added_to(line: Line, at: int, right: str) -> bool:
    """Whether "add" is said of a liquid, or of a drug beside another: "add 10 mL of water", "added to a diuretic"."""
    added = codes("[<>û]*(?P<volume>1)").match(right)
    if added and line.items[at + added.end()].sense.unit in VOLUMES:
        return True
    to = codes("[^;·,1I]*?o").match(right)
    end = at + 1 + (to.end() if to else 0)
    mixed = to and any(item.word in _LIQUIDS for item in line.items[end : at + 1 + len(right)])
    return bool(mixed) or (right.startswith("o") and not codes("o[ad]*[D1]").match(right))


def _is_adverb(line: Line, first: int, left: str) -> bool:
    """Whether the word that a text ends with says how: "carefully titrate", "up titrate"."""
    return left.endswith("z") and line.items[first + len(left) - 1].word.endswith(("ly", "up", "down"))


def _is_of_interval(line: Line, first: int, at: int, left: str, right: str, form: str) -> bool:
    """Whether what is changed is the interval between doses."""
    near = codes(r"[^@#~,;·:Vø&]{0,6}$").search(left) if form == "done" else codes(r"[^@#~,;·:Vø&]{0,4}").match(right)
    if near is None or "D" not in near[0]:
        return False
    begin = first if form == "done" else first + at + 1
    return any(i.word in ("interval", "intervals") for i in line.items[begin + near.start() : begin + near.end()])


def _of_another(line: Line, at: int, drug: OwnDrug) -> bool:
    """Whether the dose at an item is another drug's: "a lower dose of the insulin", "of concomitant diuretics"."""
    of = re.compile("DO[adV]*(?P<whose>z{1,3})").match(line.shape, at)
    whose = range(*of.span("whose")) if of else ()
    return any(line.items[each].word in _OTHERS or drug.is_other(line, each) for each in whose)


_IN_OTHER = re.compile("#[aV]*[xz]+(?![xzD1678hnO])")
""" "A reduction in LDL", "increase in the half-life": in something else than the dose; not "in steps of 5 mg"."""
_NO_MATTER = re.compile(r"D(?:⟨[^⟩]*⟩)?J+Z")
""" "Lower doses may not be enough": what is said of them, no order."""
_TREATMENT = SENTENCES["treatment"]


def _subject(line: Line, first: int, left: str, drug: OwnDrug) -> str:
    """What is said of: the words before an auxiliary, from the clause's beginning."""
    begin = max(left.rfind(sign) for sign in ";·:,C¤") + 1
    begin = max(begin, left.rfind("zŵ") + 2 if codes("zŵ[^J]*J+$").search(left) else 0)  # "so that levels are"
    clause = left[begin:]
    if codes("S[^J]*J").search(clause) and line.items[first + begin + clause.rindex("J")].word in _IS:
        return "else"  # "reduce it after the inducer is stopped"
    if not clause.strip("J&øZ"):
        return "nothing"
    for offset, code in enumerate(clause):
        word = line.items[first + begin + offset].word
        if code == "D" and _of_another(line, first + begin + offset, drug):
            return "drug"
        if code in "Dŧj1r2m" or word in _TREATMENT:
            return "dose"
        if code in "zx" and codes("O(?!j?m?D)").match(clause[offset + 1 :]) and not clause[:offset].strip("a"):
            return "else"  # "the clearance of the drug may be reduced"
        if code == "z" and drug.is_other(line, first + begin + offset):
            return "drug"
    return "else" if codes("[xKLiz]").search(clause) else "nothing"


def _changes_dose(line: Line, first: int, at: int, left: str, right: str, drug: OwnDrug) -> bool:
    """Whether "reduce", "increased" … is said of this drug's dose."""
    form = line.items[first + at].sense.form
    of = _object(line, first, at, right, drug)
    if form == "do":
        if (left.endswith("z") and drug.is_other(line, first + at - 1)) or _NO_MATTER.match(right):
            return False
        named = codes("[az8]$").search(left) and right.startswith("#")
        if (named and not codes("#[adzjTV]*[D1678hn]").match(right)) or _IN_OTHER.match(right):
            return False  # "a significant increase in plasma levels": a noun, and no dose is what goes up
        happens = codes("[zxi](?:J+(?:Vo)?|z?)$").search(left)
        if (
            happens
            and (of == "nothing" or codes("z?¤|o(?![ûad]*[1678hD])").match(right))
            and not _is_adverb(line, first, left)
        ):
            return False  # "requirements may decrease as the child grows": what happens, not what to do
        if (inside := codes("#[adzjTV]*D").match(right)) and _of_another(line, first + at + inside.end(), drug):
            return False  # "an increase in the dose of diuretics"
        purpose = left.endswith("o") and not codes("[VJ]o$").search(left)
        return of in ("dose", "amount", "nothing") and (not purpose or right.lstrip("aT").startswith("D"))
    if form == "doing":
        if left.endswith("zF"):
            return False  # "the method for titrating dosage"
        if line.items[first + at].word == "reductions" and left.endswith("D") and not right.startswith("J"):
            return True
        if right.startswith("D") and _of_another(line, first + at + 1, drug):
            return False  # "to produce increasing amounts of corticotropin"
        if right.startswith("D") and line.items[first + at + 1].word.startswith("schedul"):
            return False  # "a tapering schedule"
        return codes("a*(?:j|[dT]*(?:z(?=D))?D)").match(right) is not None or (
            of == "amount" and bool(codes("V$|[,C]$|^$").search("" if left == "S" and line.is_cut(first) else left))
        )
    if right.startswith("D"):  # "in combination with reduced dose cyclosporine", "with increased doses of diuretics"
        return not (drug.is_other(line, first + at + 2) or _of_another(line, first + at + 1, drug))
    if codes("Jǧ?$").search(left):
        subject = _subject(line, first, left, drug)
        return subject == "dose" or (subject == "nothing" and of != "else")
    return of in ("amount",) or (bool(codes("[I2C¤]|$|[,·;]").match(right)) and not codes("[xKLiz]$").search(left))


def _stops(line: Line, first: int, at: int, left: str, right: str, drug: OwnDrug) -> bool:
    """Whether "avoid", "discontinue", "contraindicated" … is said of this drug."""
    item = line.items[first + at]
    form = item.sense.form
    if form == "doing":
        advised = codes("(?:[OF#][^;·]{0,8})?J+(?!Z)[^;·]{0,2}V").match(right)
        named = item.word in ("interruption", "discontinuation") and advised is not None
        return named and line.items[first + at + advised.end()].word in _TO_DO  # type: ignore[union-attr]
    if form == "do":
        if codes("[16][^;·]*C$").search(left):
            return False  # "5 mg on alternate days, then stop"
        if codes("[oOd]$|a[zé]*$").search(left) and not codes("[VJ]o$").search(left):
            return False
        of = _object(line, first, at, right, drug)
        return of in ("dose", "nothing") or (of == "amount" and right[:1] in "16ǧ")
    if (
        codes("[zD]ŵJ+$").search(left)
        and {i.word for i in line.items[first : first + at] if i.code == "J"} <= _IS_BEING
    ):
        return False  # "the dosage of NPH that is being discontinued"
    if item.word == "ruled out" and codes("HJ+$").search(left):
        return False  # "pregnancy must be ruled out"
    subject = _subject(line, first, left, drug)
    if item.word.startswith("contra"):
        return subject != "drug"
    return subject in ("dose", "nothing") and not right.startswith("z")


def _refused(line: Line, first: int, at: int, left: str, right: str, drug: OwnDrug) -> str | None:
    """Avoid for a refusal ("not recommended", "do not use"); None where what is refused is something else."""
    item = line.items[first + at]
    if item.sense.form == "doing" or item.word in _NEEDED or codes("[aO@#]$").search(left):
        return None
    no = next(i for i in range(first + at - 1, -1, -1) if line.shape[i] == "Z")
    if line.items[no].word == "no" and (no == first + at - 1 or item.word in ("given", "available")):
        return None  # "no appropriate form", "no dosing recommendation can be given"
    if item.sense.form == "do" and (
        (
            line.items[no - 1].word in ("does", "do", "did")
            and line.text[line.items[no - 1].start].islower()
            and codes("[^,;·:C&ø¤]JZ[^Z]*$").search(left)
            and line.shape[no - 2] not in "H4gnKLEi⟩"
        )
        or (line.shape[no + 1 : first + at] == "z" and not line.items[no + 1].word.endswith("ly"))
    ):
        return None  # "the label does not give a dose", "trials did not support use"
    if item.sense.form == "done":
        if (
            item.word == "treated"
            and left.endswith("JZJ")
            and (codes("§j").match(right) or (left.endswith("HJZJ") and right[:1] != "§"))
        ):
            return "avoid"  # "should not be treated with" this drug, "pregnant patients should not be treated"
        beside = line.items[first + at + 1].word if right else ""
        if (
            item.word not in REFUSED
            or (right[:1] == "3" and "than" in beside)
            or f"{item.word} {beside}" == "intended as"
        ):
            return None  # "for longer than 10 days", "not intended as a rule"
        return "avoid" if _subject(line, first, re.sub("[JdazGT]*Z[^Z]*$", "J", left), drug) != "drug" else None
    if item.word == "divide" and right[:1] == "1":
        return "avoid"  # "do not divide the 40 mg packet to make a dose of 20 mg"
    if (
        item.word not in USED
        or (right[:1] == "3" and "than" in line.items[first + at + 1].word)
        or codes(r"[#F]?[^;·]{0,3}M|[jz]?[@§#]a?[dD]*[>M¤]").match(right)
    ):
        return None
    return "avoid" if _object(line, first, at, right, drug) in ("dose", "nothing", "amount") else None


_OTHERS = frozenset({"other", "another", "their"})
_LIQUIDS = BESIDE_AMOUNTS["food"] | BESIDE_AMOUNTS["liquid"]
_IS_BEING = frozenset("is are was were being".split())
_IS = SENTENCES["being"]
_NOUNS: dict[str, Action] = {"reduction": "reduce", "reductions": "reduce", "increases": "increase"}
_NEEDED = SENTENCES["needed"]
_TO_DO = SENTENCES["advised"]
REFUSED = SENTENCES["refused"]
USED = SENTENCES["used"]
