"""What each amount of a statement is, by the words right before and behind it: the dose, a ceiling, a step, another
drug's, said again in parentheses, or none. An amount that no known words lead to stays unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import ceilings, conditions
from druginfo.dosing.line import ItemRange, Line
from druginfo.dosing.pattern import codes
from druginfo.terms.phrases import Amount, per_of
from druginfo.terms.tables import FORMS, UNITS, VOLUMES


class AmountRole(NamedTuple):
    """What an amount is: `dose`, `cap`, `step`, `aim` (where steps lead to), `aside` (said again in parentheses),
    `other` (another drug's), `unread`, `unclear`, or known to be none (`none`)."""

    item: int
    amount: Amount
    role: str
    last: int
    """The item after its words: what it is counted by may stand apart, "0.3 mg (half a tablet) per day"."""


class Amounts:
    """A statement's amounts, items `first` to `last` of a line."""

    def __init__(self, line: Line, first: int, last: int, drug: OwnDrug, capped: bool, after: str = "") -> None:
        self.after = after
        self.line, self.first, self.last, self.drug, self.capped = line, first, last, drug, capped
        self.items, self.shape = line.items, line.shape
        self.base = line.depths[first] if first < last and self.shape[first] != "⟨" else 0
        self.conditions = list(conditions(line, first, last))
        self.caps = list(ceilings(line, first, last, self.conditions))
        self.handles = any(i.code == "V" and i.sense.does == "handle" for i in line.items[first:last])

    def inside(self, at: int, spans: list[ItemRange]) -> bool:
        return any(a <= at < b for a, b in spans)

    def bracketed(self, at: int) -> bool:
        return self.line.depths[at] > self.base

    def roles(self) -> Iterator[AmountRole]:
        """Every amount of the statement with its role."""
        before: AmountRole | None = None
        stepped = False
        for at in self.line.places("1567", self.first, self.last):
            amount, end = self.counted(at)
            role = AmountRole(at, amount, self.role(at, before), end)
            stepped = stepped or role.role == "step"
            if stepped and role.role == "dose" and codes("o[adDVO]*$").search(self.shape, self.first, at):
                role = role._replace(role="aim")
            yield role
            if self.shape[at] != "5" or not self.bracketed(at):  # "5 mL (125 mg/5 mL), or one teaspoonful"
                before = role

    def counted(self, at: int) -> tuple[Amount, int]:
        """An amount with what it is counted by where words stand between: "150 units of heparin per kilogram"."""
        amount: Amount = self.items[at].sense
        totalled = at > self.first and self.items[at - 1].word in _TOTALLING
        if totalled and not amount.per and codes("2|T").search(self.shape[self.first : at]):
            amount = amount._replace(per="day")  # "twice daily dosing totaling 100 mg"
        if self.shape[at - 1 : at + 4] == DAILY_TOTAL:
            amount = amount._replace(per="day")
        found = _BY.match(self.shape, at + 1, self.last)
        by = per_of(self.items[found.start("by") : found.end()]) if found and amount.kind == "dose" else None
        if not found or by is None or (by in ("kg", "m2", "lb") and amount.per) or "day" in (amount.per or ""):
            return amount, at + 1
        return amount._replace(per="/".join(filter(None, (amount.per, by)))), found.end()

    def role(self, at: int, before: AmountRole | None) -> str:
        code = self.shape[at]
        if (self.capped and self.shape[at - 1 : at] != "f") or self.inside(at, self.caps):
            return "cap"
        if before is None and self.after in ("step", "none", "other") and code == "1":
            return self.after
        if code == "5" or self.inside(at, self.conditions):
            return "none"
        left, right = self.shape[self.first : at], self.shape[at + 1 : self.last]
        if before and before.role in ("none", "other", "step"):
            between = self.shape[before.item + 1 : at]
            if _GOES_ON.search(between) or (between == "o" and before.role == "step"):
                return before.role
        known = self.by_neighbours(at, code, left, right)
        if known in ("unread", "unclear", "one") and self.bracketed(at) and before and before.role == "dose":
            return "aside"  # "7.5 mg (one 5 mg tablet and one 2.5 mg tablet)"
        if known is not None:
            return known
        if self.bracketed(at):
            return "aside"
        if code in "67":
            return "unread"
        if before and before.role == "dose" and (self.says_again(before, at) or self.equals(before, at)):
            return "aside"
        if self.items[at - 1].word in _TOTALLING:
            return "dose" if (self.counted(at)[0].per or "").endswith("day") else "unclear"
        return "dose" if self.leads(at, left) else "unclear"

    def by_neighbours(self, at: int, code: str, left: str, right: str) -> str | None:
        """The role that the words beside an amount give it, if they do."""
        items, amount = self.items, self.items[at].sense
        word = items[at - 1].word if at > self.first else ""
        after = items[at + 1].word if at + 1 < self.last else ""
        if left.endswith("¦") and word == "=" and self.bracketed(at):
            return "aside"  # "(total dosage = 2,000 mg)"
        if left.endswith("w") and codes("r?(?:é|D)").match(right):
            return "dose"  # "two 500 mg infusions"
        if left.endswith("u/"):
            return "none"  # "a level in mg/100 mL"
        if left.endswith("¦") or (codes("⟨[^⟩]*⟩[/p]").match(right) and self.counted(at)[1] == at + 1):
            return "unread"  # "1 teaspoon (100 mg)/dose"
        if _LATER_BY.search(left):
            return "dose" if code == "1" else "unread"
        if _STEP_LEFT.search(left) or after in STEPS or (left.endswith("O") and items[at - 2].word in STEPS):
            return "step"
        verb = items[self.first + len(left.rstrip("ûO")) - 1] if codes("V(?:Oû?)?$").search(left) else None
        if verb and verb.sense.does == "change" and left[-1] != "V":
            return "step"  # "adjustments of up to 5 mg/day"
        if verb and (verb.sense.does, verb.sense.form) == ("avoid", "doing"):
            return "none"  # "one week after discontinuing 0.5 mg"
        if (
            (_PRIOR.search(left) and not self.spans(at, left))
            or (_COMPARED.match(right) and items[at + 1 + (right[0] == "2")].word.endswith("than"))
            or right.startswith("@aX")
            or self.is_taken(left)
            or _REFERENCE.search(left)
            or ((quoted := _TOLD_OF.search(left)) and items[self.first + quoted.start()].word in _TOLD)
            or (amount.unit in _VOLUMES and self.handles)
        ):
            return "none"
        if (left.endswith("@") and word == "on") or (left.endswith("@DO") and items[at - 3].word == "on"):
            return "dose" if _PUT_ON.search(left) else "none"
        if self.is_compared(at):
            return "none"
        if right[:1] == "V" and items[at + 1].sense.does == "watch":
            return "none"  # "1,200 mg gave no benefit"
        if (done := codes("(?:O[jz]+)?V").match(right)) and items[at + done.end()].word == "are added to":
            return "none"
        if (whose := codes("zD[^;·1]*$").search(left)) and self.drug.is_other(self.line, self.first + whose.start()):
            return "other"  # "the digoxin dose should be halved to 0.125 mg"
        sized = codes("(?:^|[,;·])F?[dzT]*DO$").search(left) and items[at - 2].word in ("doses", "dosing")
        if sized and codes("J|^[AB]").search(right) and not self.may_be_given(at):
            return (
                "none"  # "doses of 37.5 mg should be divided", "daily dosing of 800 mg and above": of doses of a size
            )
        if codes("D[dT]?ō$").search(left):
            return "none"  # "at doses over 2 g per day"
        if (bound := codes("[<>](?:[ad]?V?DO)?$").search(left)) and not items[self.first + bound.start()].sense:
            return "none"  # a threshold: "doses above 40 mg", "greater than the target dose of 10 mg/day"
        if not amount.per and codes("(?:(?:,?[ø&]|,)1)+[^1]?m").match(right):
            return "none"  # "a 15 mg or 20 mg tablet"
        counted = _ONE.search(left) is not None
        ordered_as = code == "1" and _ORDERED_AS.search(left) and _EACH_TIME.match(right)
        if ordered_as and amount.low == amount.high and not items[at + 1 + (right[0] == "–")].word.endswith("s"):
            return "one"  # "start with a 5 mg tablet twice daily"
        if amount.unit not in _VOLUMES and not amount.per and (_COUNTED_FORM if counted else FORM_BEHIND).match(right):
            rest = right.partition("⟩")[0].rstrip("ø&·,")
            if counted and items[at - 1].sense == 1 and code == "1" and not codes("[&ø$]").search(rest):
                return "one"  # "one 5 mg tablet"
            return "unread" if counted else "none"
        if amount.unit in _VOLUMES and (
            left.endswith(("#", "§", "V")) or after in _DILUENTS or (after == "of" and self.is_water(at + 2))
        ):
            return "none"
        if right.startswith("O") and at + 2 < self.last:
            if items[at + 2].word in _FOODS:
                return "none"
            of = codes("[zxd]{0,2}[zx](?![zxj]|Oj)|x[zx](?!Oj)").match(self.shape, at + 2, self.last)
            if any(self.drug.is_other(self.line, i) for i in range(at + 2, of.end() if of else at + 2)):
                return "other"  # "1500 mg of elemental calcium"
        if right.startswith("z") and self.drug.is_other(self.line, at + 1):
            return "other"
        if codes("[16]").search(left) and (
            codes("řO?$").search(left) or (self.by_time(amount) and _SPEED.search(left))
        ):
            return "none"
        if codes(r"z(?:[O⟨,@]?[<>û]?|@?[ad]?DO)$|DO[aj]?z+J$|(?:^|[,;·])[^D,;·]*zJ$").search(left):
            back = at - 1 - (len(left) - len(left.rstrip("O⟨,@DJad<>û")))
            dosed = codes("DO[aj]?z+J$").search(left)  # "the dose of X is"
            back = self.first + left.index("z", dosed.start()) if dosed else back
            beside = left.endswith("z,") and _BESIDE.search(left)
            first = self.first + len(left[:-1].rstrip("z")) if left.endswith("zJ") and not dosed else back
            named = range(first, back + 1)  # "insulin requirement is"
            if not beside and any(self.drug.is_other(self.line, i, dosed=dosed is not None) for i in named):
                return "other"
        ordered = codes(r"V[adGT]*z[zDd]*[o@§]?$").search(left)
        if ordered and (to := left.find("z", ordered.start())) >= 0 and self.drug.is_other(self.line, self.first + to):
            return "other"  # "reduce sertraline to 25 mg"
        if left.endswith("§") and "V" not in left[-3:] and not codes("V[^;·]*H§$").search(left):
            return "unclear"
        if amount.unit.startswith("oz") or amount.unit.startswith("ounce") or codes("Z[T]?V[adjz]{0,2}$").search(left):
            return "none"  # water; "patients who do not tolerate 2.4 mg"
        if left.endswith("1O") and items[at - 2].sense.unit in _COUNTED:
            return "none"  # "2 tablets of 325 mg": the strength of each
        if codes("S[az]z*$").search(left):
            return "none"  # "one week after the last 2.4 mg injection"
        if left.endswith("zo") and items[at - 2].word.startswith(("correspond", "equal", "equivalent", "similar")):
            return "none"
        if self.of_another(at):
            return "other"
        if (later := codes(r"SV[^;·,1]{0,10}[oO]$").search(left, self.line.is_cut(self.first))) and items[
            self.first + later.start()
        ].word != "after":
            return "none"  # "30 mg once daily for 1 week before increasing to 60 mg"
        if right[:1] == "J" and any(i.word == "effective" for i in items[at + 2 : at + 4]):
            return "none"  # "25 mg is effective within 8 weeks"
        if (codes("x(?:J|O|:)?[<>]?$").search(left) and not _DOSE_IS.search(left)) or word in ("every", "than"):
            return "none"
        if codes("2?[dT]*D[^;·,1]{0,5}J+z").match(right):
            return "unclear"  # "an 80 mg daily dosage is restricted"
        return None

    def spans(self, at: int, left: str) -> bool:
        """ "The dosage may vary from 5 mg to 60 mg per day": a range, where nothing is raised or lowered."""
        amount: Amount = self.items[at].sense
        changes = any(i.code == "V" and i.sense.does != "give" for i in self.items[self.first : at])
        return left.endswith("f") and amount.low != amount.high and not changes

    def may_be_given(self, at: int) -> bool:
        """ "Doses of 50 mg may be given": no manner of doses of a size."""
        return _IS_GIVEN.match(self.shape, at + 1, self.last) is not None and self.items[at + 1].word in _MODALS

    def is_compared(self, at: int) -> bool:
        """ "A dose of 200 mg achieves an exposure similar to 3 mg/kg": what is said of doses, no order."""
        named = codes("D[Ojz]*$").search(self.shape[self.first : at])
        one_dose = self.shape[at + 1 : at + 2] == "D"  # "the 10 mg dose may provide more"
        for item in self.items[at + 1 : min(at + 9, self.last)] if named or one_dose else ():
            if item.code in (",;·1" if one_dose else ",;·1J") or (item.code == "V" and item.word not in _DOES):
                break
            if item.word in _DOES:
                return True
        alike = _ALIKE.match(self.shape, at + 1, self.last)
        return (
            alike is not None
            and not self.line.depths[alike.end() - 1]
            and self.items[alike.end() - 3].word in ("similar", "equivalent", "equal", "comparable")
        )

    def of_another(self, at: int) -> bool:
        """Whether an amount is in a clause whose subject is another drug ("valproate goes down to 500 mg")."""
        begin = at
        while begin > self.first and self.shape[begin - 1] not in ",;·:":
            begin -= 1
        subject = codes("a?(?=z+[VJ])").match(self.shape[begin:at])
        if subject is not None and self.drug.is_other(self.line, begin + subject.end()):
            return True
        ordered = _ORDERED_FIRST.search(self.shape, self.first, at)  # "give aspirin and go on with 75 mg"
        return ordered is not None and self.drug.is_other(self.line, ordered.end())

    def is_water(self, at: int) -> bool:
        """Whether the words from an item on name what a medicine is mixed with: "100 mL of 5% dextrose"."""
        return any(
            i.code in "8%" or i.word in _DILUENTS for i in self.items[at : min(at + 4, self.last)] if i.code != "2"
        )

    def by_time(self, amount: Amount) -> bool:
        return (amount.per or "").split("/")[-1] in _SPEEDS

    def is_taken(self, left: str) -> bool:
        """Whether an amount is what is taken already ("patients receiving 5 mg", "after a week at 5 mg, increase")."""
        if (spent := codes("S[<>]?4[@O]$").search(left)) and self.items[self.first + spent.start()].word in (
            "after",
            "following",
        ):
            return True
        taking = codes(r"V[jzDdOTa#2û]{0,5}$").search(left)
        if not taking:
            return False
        at = self.first + taking.start()
        form, word = self.items[at].sense.form, self.items[at].word
        before = left[: taking.start()]
        is_of_patients = before.endswith("H") or (  # "some patients required 5 mg"
            before.endswith(("J", "ŵ")) and self.items[at - 1].word in ("have", "has", "had", "been", "who")
        )
        return (form == "doing" and word in _TAKING) or (is_of_patients and word in _TAKEN)

    def says_again(self, before: AmountRole, at: int) -> bool:
        """Whether an amount says how the one of the day before it is given ("20 mg daily, given as 10 mg twice")."""
        words = self.line.words(before.item + 1, at).lower()
        daily = (before.amount.per or "").endswith("day") or "2" in self.shape[before.item : at]
        return daily and words.endswith(_AGAIN)

    def equals(self, before: AmountRole, at: int) -> bool:
        """ "5 mL (125 mg/5 mL), or one teaspoonful", "50 mg given as one tablet": the amount before it, once more."""
        one, other = before.amount.unit in MEASURES, self.items[at].sense.unit in MEASURES
        between = self.shape[before.last : at]
        if one == other and not (before.amount.unit == "mL" and "spoon" in self.items[at].sense.unit):
            return False
        return codes(r"(?:⟨[^⟩]*⟩)?,?ø").fullmatch(between) is not None or (
            one and codes(r"(?:⟨[^⟩]*⟩)?V?#").fullmatch(between) is not None
        )

    def leads(self, at: int, left: str) -> bool:
        """Whether what stands before an amount is known to lead to a dose."""
        left = left.rstrip("aG")
        if not left or (left.endswith("VO") and self.items[at - 2].word in ("supplement", "trial")):
            return True
        if left[-1] == "V":
            return self.items[self.first + len(left) - 1].sense.does not in ("handle", "watch")
        if left.endswith("O") and self.items[at - 2].word in ("consisting", "range", "ranges"):
            return True
        if self.spans(at, left) or (left[-1] == "ŵ" and self.shape[at + 1 : at + 2] == "J"):
            return True  # "it is recommended that 25 mg be given"
        if _NAMED.fullmatch(left) and _HOW.match(self.shape, at + 1, self.last):
            return True  # "Urethritis due to C. trachomatis 800 mg three times a day": what it is for, and how much
        return _LEADS.search(left) is not None


_GOES_ON = re.compile(r"^(?:[&ø,/–]|,[&ø])û?$")
_AGAIN = ("given as", "administered as", "taken as", "i.e.", "i.e.,", "that is", "that is,")
_STEP_LEFT = re.compile(r"~(?:û|a|d|>|M)*$")
_LATER_BY = re.compile(r"C[<>Sa]*[34nt]+C?~[ûa]*$")
""" "Followed 12 hours later by": then, and no step."""
_TOTALLING = ("totaling", "totalling")
_TAKING = frozenset("taking receiving requiring tolerating using".split())
_TAKEN = frozenset("taken received tolerated required".split())
DAILY_TOTAL = "⟨1TD⟩"
""" "Four tablets twice daily (2 g daily dose)"."""
_PUT_ON = re.compile(r"(?<!ŵ)(?<!ŵJ)JT?V@$|^V@$")
""" "Should be started on 25 mg", but not "patients who are maintained on 25 mg"."""
_DOSE_IS = re.compile("(?:^|[,;·])[ad]*D(?=[^,;·]*J$)")
_DOES = frozenset("provide provides achieve achieves produce produces give gives yield yields".split())
_ALIKE = re.compile(r"[^;·1,]*(?:z|Jz?[dδ])o1")
_ORDERED_FIRST = re.compile("(?:^|,)V[adGT]*(?=z[^1j;·]*&V[^1j;·]*$)")
STEPS = frozenset("increments increment steps step decrements intervals increases".split())
_TOLD_OF = re.compile(r"[zV](?:oa?(?:[adzT]*DO)?|[dT]*D(?:O|V?J))$")
_TOLD = frozenset("responding responded respond response intolerant mean median".split())
""" "Responded to doses of", "the mean dose was": what was seen, no order."""
_PRIOR = re.compile(r"[fU](?:[aj]*z{0,2}m?)$")
_REFERENCE = re.compile(r"^S[zV][adT]*DO$|[oOFSz]a?ŧ§a?$|ŵJ*[^,;·1J]*@$|ŵ[^,;·1J]*Jz?V§a?$|S[adz]*V?Oj+m?$")
"""What leads to a dose that is taken already: "responding to treatment with", "who had neutropenia at"."""
_BY = re.compile(r"(?:⟨[^⟩1]*⟩|⟨[^⟩]*⟩(?=p)|Oj{1,3})?[/p](?P<by>[tkql])")
_NAMED = re.compile(r"[zHKLEGiPgFO#&øŧ,·4§jmtA–⟨⟩dnxo:@B<>]*[zHLKtmijE⟩]")
_HOW = re.compile(r"(?:⟨[^⟩]*⟩)?(?:r|é|2|D2)")
_IS_GIVEN = re.compile("J+V(?![2=δ#])")
_MODALS = frozenset("may can might should must".split())
_COMPARED = re.compile(r"2?[<>]")
_COUNTED = frozenset(form + end for form in FORMS.split() for end in ("", "s"))
FORM_BEHIND = re.compile(r"–?m|z?m")
_COUNTED_FORM = re.compile(r"–?[zjx]{0,4}(?:⟨[zjxm]*⟩)?m")
_EACH_TIME = re.compile(r"–?m(?:⟨[^⟩]*⟩)?r?2")
_ORDERED_AS = re.compile(r"(?:^|[VDr:·]|V§)a?$")
"""What a strength and its form with a frequency are ordered by, where no number counts the form."""
_ONE = re.compile(r"[wn]j*$")
_SPEED = re.compile(r"[@ř]a?ř?O?$|M[^1]*$")
_BESIDE = re.compile(r"[§V]z+,$")
_LEADS = re.compile(
    r"[,;:·⟨⟩&øC–$JoûrdDTHABj234é8PEKLGiQ=sŧŵ]$|jz{0,2}m$|[Hj]O$|[VDj@CrWM,2ŧ]@[adD]*$|[Vŧ]§j[rzm]{0,3}@[adD]*$|^@[adD]*$|[dDéMrřŧ][aVT]?O$|[VJ]a?[ŧjD]?[jz]?§$|(?:[VJ,:o]|^)[<>]$|[ad]t$|#$|MO$|V~$|[VJ]a?m$|V[adŧ]?V?[jz]{1,3}m@?$|RZ$|[H4]@$|2O$|V[^;·]*H§$"
)
_VOLUMES = frozenset({"mL", "L", "teaspoon", "teaspoons"})
MEASURES = frozenset(UNITS) - VOLUMES
_SPEEDS = frozenset({"min", "minute", "hour", "second", "h"})
_DILUENTS = frozenset("sterile normal saline sodium dextrose diluent water milk juice infusion bag".split())
_FOODS = frozenset(
    "water applesauce juice milk yogurt food pudding formula saline dextrose apple sterile sodium diluent".split()
)
