"""One statement → its readings: dose, route, frequency, duration, maximum, condition, action.

Every amount of the statement gets one role, by what stands right before and behind it. It is the dose only where a
known lead-in says so; where an amount has no known role, or two amounts could be the dose, there is none and `unsure`
says why. A frequency, duration or maximum is read whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from druginfo.dosing.actions import REFUSED, action
from druginfo.dosing.drug import Drug
from druginfo.dosing.line import Item, Line, read_line
from druginfo.model import Action, Quantity
from druginfo.terms.phrases import Amount, per_of
from druginfo.terms.tables import FORMS, UNITS, VOLUMES

Span = tuple[int, int]

LONGEST = 400
"""Items of a statement: nothing is read from a longer one, which is no regimen that anyone wrote."""


class Regimen(NamedTuple):
    """The readings of one statement."""

    action: Action = "note"
    dose: Quantity | None = None
    route: str | None = None
    frequency: str | None = None
    duration: str | None = None
    maximum: str | None = None
    condition: str | None = None
    unsure: str | None = None
    goes_on: str = ""
    """The role of its last amount: what follows it after "or" or "and" is of the same."""


class Role(NamedTuple):
    """What an amount is: `dose`, `cap`, `step`, `aside` (said again in parentheses), `other` (another drug's),
    `unread`, `unclear`, or known to be none (`none`)."""

    item: int
    amount: Amount
    role: str
    last: int
    """The item after its words: what it is counted by may stand apart, "0.3 mg (half a tablet) per day"."""


def read(line: Line, first: int, last: int, drug: Drug, *, capped: bool = False, after: str = "") -> Regimen:
    """Read the items `first` to `last` of a line; `capped` under a label that says "maximum".

    `after` is the role of the amount that a statement goes on from, "or 50 mg four times a day" after a step.
    """
    if last - first > LONGEST:
        return Regimen(unsure="the line is too long to be read")
    return _Reader(
        line, first, last, drug, capped or (after == "cap" and not re.match("ø.*[2r]", line.shape[first:last])), after
    ).read()


def read_text(text: str, drug: Drug) -> Regimen:
    """Read a text that is one statement."""
    line = read_line(text, drug.words)
    return read(line, 0, len(line.items), drug)


class _Reader:
    def __init__(self, line: Line, first: int, last: int, drug: Drug, capped: bool, after: str = "") -> None:
        self.after = after
        self.line, self.first, self.last, self.drug, self.capped = line, first, last, drug, capped
        self.items, self.shape = line.items, line.shape
        self.base = line.depths[first] if first < last and self.shape[first] != "⟨" else 0
        self.conditions = list(conditions(line, first, last))
        self.caps = list(ceilings(line, first, last, self.conditions))
        self.handles = any(i.code == "V" and i.sense.does == "handle" for i in line.items[first:last])

    def inside(self, at: int, spans: list[Span]) -> bool:
        return any(a <= at < b for a, b in spans)

    def bracketed(self, at: int) -> bool:
        return self.line.depths[at] > self.base

    def read(self) -> Regimen:
        line = self.line
        verdict = action(line, self.first, self.last, [*self.conditions, *self.caps], self.drug)
        roles = list(self.roles())
        if self.was_studied():
            roles = [r if r.role in ("cap", "other") else r._replace(role="none") for r in roles]
            verdict = "note" if verdict in ("increase", "reduce") else verdict
        does = next((i.sense.does for i in self.items[self.first : self.last] if i.code == "V"), "")
        if does == "handle" and verdict in ("increase", "reduce"):
            verdict = "note"  # "discard a volume … equal to the volume to be added"
        chosen, unsure = self.choose(roles, verdict)
        maximum = self.maximum(roles, chosen)
        at = chosen.item if chosen else -1
        hidden = [*self.conditions, *self.caps]
        frequency = self.frequency(at, hidden)
        duration = self.duration(hidden, verdict)
        route = self.route(hidden, roles)
        given = chosen is not None or any(r.role in ("dose", "unread", "unclear") for r in roles)
        if verdict == "note" and self.increments(roles):
            verdict = "increase"
            chosen, unsure = self.choose(roles, verdict)
        if verdict == "note" and (given or self.in_words()):
            verdict = "give"
        if verdict == "note" and frequency and not roles and self.orders(frequency[0]):
            verdict = "give"
        if verdict in ("increase", "reduce") and chosen and self.changes_later(verdict, chosen):
            verdict = "give"
        if verdict == "avoid":
            chosen, unsure = None, None
        condition = self.conditions[0] if self.conditions else None
        dose = quantity(line, chosen) if chosen else None
        return Regimen(
            verdict, dose, _words(line, route), _words(line, frequency), _words(line, duration), maximum,
            _words(line, condition), unsure, roles[-1].role if roles else "",
        )  # fmt: skip

    def increments(self, roles: list[Role]) -> bool:
        """ "Adjustments can be made in increments of 25 mg": a step that nothing is said to go down by."""
        told = [i.word for i in self.items[self.first : self.last]]
        steps = any(r.role in ("step", "aside") and r.amount.kind == "dose" for r in roles)
        return steps and ("increments" in told or "increment" in told) and "decrements" not in told

    # ------------------------------------------------------------ which amount is the dose

    def roles(self) -> Iterator[Role]:
        """Every amount of the statement with its role."""
        before: Role | None = None
        for at in range(self.first, self.last):
            if self.shape[at] in "1567":
                amount, end = self.counted(at)
                role = Role(at, amount, self.role(at, before), end)
                yield role
                if self.shape[at] != "5" or not self.bracketed(at):  # "5 mL (125 mg/5 mL), or one teaspoonful"
                    before = role

    def counted(self, at: int) -> tuple[Amount, int]:
        """An amount with what it is counted by where words stand between: "150 units of heparin per kilogram"."""
        amount: Amount = self.items[at].sense
        totalled = at > self.first and self.items[at - 1].word in _TOTALLING
        if totalled and not amount.per and re.search("2|T", self.shape[self.first : at]):
            amount = amount._replace(per="day")  # "twice daily dosing totaling 100 mg"
        found = _BY.match(self.shape, at + 1, self.last)
        by = per_of(self.items[found.start("by") : found.end()]) if found and amount.kind == "dose" else None
        if not found or by is None or (by in ("kg", "m2", "lb") and amount.per) or "day" in (amount.per or ""):
            return amount, at + 1
        return amount._replace(per="/".join(filter(None, (amount.per, by)))), found.end()

    def role(self, at: int, before: Role | None) -> str:
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
        if (known := self.by_neighbours(at, code, left, right)) is not None:
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
        if left.endswith("w") and re.match("r?(?:é|D)", right):
            return "dose"  # "two 500 mg infusions"
        if left.endswith("¦") or (re.match("⟨[^⟩]*⟩[/p]", right) and self.counted(at)[1] == at + 1):
            return "unread"  # "1 teaspoon (100 mg)/dose"
        if _STEP_LEFT.search(left) or after in _STEPS or (left.endswith("O") and items[at - 2].word in _STEPS):
            return "step"
        if (
            (_PRIOR.search(left) and not self.spans(at, left))
            or (_COMPARED.match(right) and items[at + 1 + (right[0] == "2")].word.endswith("than"))
            or right.startswith("@aX")
            or self.is_taken(left)
            or _REFERENCE.search(left)
            or (left.endswith("o") and items[at - 2].word in ("responding", "respond", "response", "intolerant"))
            or (amount.unit in _VOLUMES and self.handles)
        ):
            return "none"
        if (left.endswith("@") and word == "on") or (left.endswith("@DO") and items[at - 3].word == "on"):
            return "dose" if _PUT_ON.search(left) else "none"
        if self.is_compared(at):
            return "none"
        if right[:1] == "V" and items[at + 1].sense.does == "watch":
            return "none"  # "1,200 mg gave no benefit"
        if (whose := re.search("zD[^;·1]*$", left)) and self.drug.is_other(self.line, self.first + whose.start()):
            return "other"  # "the digoxin dose should be halved to 0.125 mg"
        if re.search("(?:^|[,;·])[dzT]*DO$", left) and items[at - 2].word == "doses" and re.search("2?J", right):
            return "none"  # "doses of 37.5 mg should be divided": what is said of doses of a size
        if re.search("D[dT]?ō$", left):
            return "none"  # "at doses over 2 g per day"
        if left.endswith(("<", ">")) and not items[at - 1].sense:
            return "none"  # a threshold: "doses above 40 mg"
        if not amount.per and re.match("(?:,?[ø&]|,)1[^1]?m", right):
            return "none"  # "a 15 mg or 20 mg tablet"
        counted = _ONE.search(left) is not None
        if amount.unit not in _VOLUMES and not amount.per and (_COUNTED_FORM if counted else _FORM).match(right):
            rest = right.partition("⟩")[0].rstrip("ø&·,")
            if counted and items[at - 1].sense == 1 and code == "1" and not re.search("[&ø$]", rest):
                return "one"  # "one 5 mg tablet"
            return "unread" if counted else "none"
        if amount.unit in _VOLUMES and "volume" in self.line.words(max(self.first, at - 3), at):
            return "none"
        if amount.unit in _VOLUMES and (left.endswith(("#", "§")) or after in _DILUENTS or _DILUTED.search(left)):
            return "none"
        if amount.unit in _VOLUMES and after == "of" and self.is_water(at + 2):
            return "none"
        if right.startswith("O") and at + 2 < self.last:
            of = items[at + 2]
            if of.word in _FOODS or (of.code == "z" and self.drug.is_other(self.line, at + 2)):
                return "none" if of.word in _FOODS else "other"
        if right.startswith("z") and self.drug.is_other(self.line, at + 1):
            return "other"
        if re.search("[16]", left) and (re.search("řO?$", left) or (self.by_time(amount) and _SPEED.search(left))):
            return "none"
        if re.search(r"z(?:[O⟨,@]?[<>û]?|@?[ad]?DO)$|DO[aj]?z+J$|(?:^|[,;·])[^D,;·]*zJ$", left):
            back = at - 1 - (len(left) - len(left.rstrip("O⟨,@DJad<>û")))
            dosed = re.search("DO[aj]?z+J$", left)  # "the dose of X is"
            back = self.first + left.index("z", dosed.start()) if dosed else back
            beside = left.endswith("z,") and _BESIDE.search(left)
            if not beside and self.drug.is_other(self.line, back, dosed=dosed is not None):
                return "other"
        ordered = re.search(r"V[adGT]*z[zDd]*[o@§]?$", left)
        if ordered and (to := left.find("z", ordered.start())) >= 0 and self.drug.is_other(self.line, self.first + to):
            return "other"  # "reduce sertraline to 25 mg"
        if left.endswith("§") and "V" not in left[-3:] and not re.search("V[^;·]*H§$", left):
            return "unclear"
        if amount.unit.startswith("oz") or amount.unit.startswith("ounce") or re.search("Z[T]?V[adjz]{0,2}$", left):
            return "none"  # water; "patients who do not tolerate 2.4 mg"
        if left.endswith("1O") and items[at - 2].sense.unit in _COUNTED:
            return "none"  # "2 tablets of 325 mg": the strength of each
        if re.search("S[az]z*$", left):
            return "none"  # "one week after the last 2.4 mg injection"
        if left.endswith("zo") and items[at - 2].word.startswith(("correspond", "equal", "equivalent", "similar")):
            return "none"
        if self.of_another(at):
            return "other"
        if (later := re.search(r"SV[^;·,1]{0,10}[oO]$", left)) and items[self.first + later.start()].word != "after":
            return "none"  # "30 mg once daily for 1 week before increasing to 60 mg"
        if right[:1] == "J" and any(i.word == "effective" for i in items[at + 2 : at + 4]):
            return "none"  # "25 mg is effective within 8 weeks"
        if (re.search("x(?:J|O|:)?[<>]?$", left) and not _DOSE_IS.search(left)) or word == "every":
            return "none"
        if re.match("2?[dT]*D[^;·,1]{0,5}J+z", right):
            return "unclear"  # "an 80 mg daily dosage is restricted"
        return None

    def spans(self, at: int, left: str) -> bool:
        """ "The dosage may vary from 5 mg to 60 mg per day": a range, where nothing is raised or lowered."""
        amount: Amount = self.items[at].sense
        changes = any(i.code == "V" and i.sense.does != "give" for i in self.items[self.first : at])
        return left.endswith("f") and amount.low != amount.high and not changes

    def is_compared(self, at: int) -> bool:
        """ "A dose of 200 mg achieves an exposure similar to 3 mg/kg": what is said of two doses, no order."""
        alike = _ALIKE.match(self.shape, at + 1, self.last)
        return (
            alike is not None
            and not self.line.depths[alike.end() - 1]
            and self.items[alike.end() - 3].word in ("similar", "equivalent", "comparable")
        )

    def of_another(self, at: int) -> bool:
        """ "Valproate goes down to 500 mg": an amount in a clause whose subject is another drug."""
        begin = at
        while begin > self.first and self.shape[begin - 1] not in ",;·:":
            begin -= 1
        subject = re.match("a?(?=z+[VJ])", self.shape[begin:at])
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

    def was_studied(self) -> bool:
        """ "Efficacy was demonstrated at 5 to 20 mg/day": what was done in studies is no order."""
        shape = self.shape[self.first : self.last]
        verbs = [i for i in self.items[self.first : self.last] if i.code == "V"]
        if shape[:1] == "V" and verbs[0].sense.form == "do" and verbs[0].sense.does in ("give", "increase", "reduce"):
            return False  # "consider a trial of 1,000 mg"
        words = {i.word for i in self.items[self.first : self.last]}
        said = {i.word for i in self.items[self.first : self.last] if i.code == "J"}
        if not said & _PERFECT and "trial of" in self.line.words(self.first, self.last).lower():
            words.discard("trial")  # "a trial of 5 mg may be worthwhile"
        if (
            words & _ANIMALS
            or self.line.words(self.first, min(self.first + 2, self.last)).lower() == "for example"
            or (words & _STUDIES and said and said <= _PERFECT)
        ):
            return True
        orders = bool(verbs) and any(i.word in _ORDERED for i in (verbs[:1] if verbs[0].word == "used" else verbs))
        seen = any(
            self.items[self.first + m.end() - 1].word in _SEEN
            and not self.inside(self.first + m.start(), self.conditions)
            for m in re.finditer("J+V", shape)
        )
        past = {"did", "was", "were", "had"}
        seen = seen or bool(words & _RELATED)
        told = bool(said & past) and not said - past - {"been", "be"} and not self.conditions
        return not orders and (seen or told or bool(words & _STUDIES))

    def is_taken(self, left: str) -> bool:
        """ "Patients receiving 5 mg", "who have taken 80 mg": what is taken already."""
        taking = re.search(r"V[jzDdOTa#2]{0,5}$", left)
        if not taking:
            return False
        at = self.first + taking.start()
        form, word = self.items[at].sense.form, self.items[at].word
        return (form == "doing" and word in _TAKING) or (
            word in ("taken", "received", "tolerated")
            and left[: taking.start()].endswith(("J", "ŵ"))
            and self.items[at - 1].word in ("have", "has", "had", "been", "who")
        )

    def says_again(self, before: Role, at: int) -> bool:
        """ "20 mg daily, given as 10 mg twice": how the amount of the day before it is given."""
        words = self.line.words(before.item + 1, at).lower()
        daily = (before.amount.per or "").endswith("day") or "2" in self.shape[before.item : at]
        return daily and words.endswith(_AGAIN)

    def equals(self, before: Role, at: int) -> bool:
        """ "5 mL (125 mg/5 mL), or one teaspoonful", "50 mg given as one tablet": the amount before it, once more."""
        one, other = before.amount.unit in _MEASURES, self.items[at].sense.unit in _MEASURES
        between = self.shape[before.last : at]
        if one == other and not (before.amount.unit == "mL" and "spoon" in self.items[at].sense.unit):
            return False
        return re.fullmatch(r"(?:⟨[^⟩]*⟩)?,?ø", between) is not None or (
            one and re.fullmatch(r"(?:⟨[^⟩]*⟩)?V?#", between) is not None
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

    def choose(self, roles: list[Role], verdict: Action) -> tuple[Role | None, str | None]:
        """The one dose, or why there is none."""
        changed = verdict in ("increase", "reduce")
        open_ = [r for r in roles if r.role == "dose"]
        asides = [r for r in roles if r.role == "aside" and r.amount.kind == "dose"]
        doubtful = [r for r in roles if r.role in ("unread", "unclear")]
        if doubtful:
            if len(doubtful) == len(asides) == 1 and self.explains(asides[0], doubtful[0]) and not open_:
                return asides[0], None  # "½ tablet (2.5 mg)"
            return None, self.why(doubtful[0])
        ones = [r for r in roles if r.role == "one"]
        if not open_ and len(ones) == 1:
            return ones[0], None
        others = [r for r in roles if r.role in ("none", "other", "step", "one")]
        others += [r for r in roles if r.role == "cap" and asides and r.item < asides[0].item]
        if not open_ and asides and not others and len({_key(r) for r in asides}) == 1:
            return asides[0], None
        steps = [r for r in roles if r.role == "step"]
        if changed and (not open_ or (steps and steps[0].item < open_[0].item)):
            aims = [
                r
                for r in open_
                if self.shape[r.item + 1 : r.item + 2] in ("2", "T") or (r.amount.per or "").endswith("day")
            ]
            if any(re.search("o[adDVO]*$", self.shape[self.first : r.item]) for r in aims):
                return None, "it gives a step and where it leads to"
            step = self.step(roles)
            return step, None if step or len(steps) < 2 else "it gives more than one step"
        if not open_:
            return None, None
        if len({_key(r) for r in open_}) == 1:
            return self.divided(open_[0], asides) or self.bounded(open_[0]), None
        if len(open_) == 2 and _DIVISION.fullmatch(self.shape, open_[0].last, open_[1].item):
            return open_[1], None  # "6 g per day in divided doses of 3 g", "80 mg, divided into 40 mg twice a day"
        if len(open_) == 2 and (both := self.spanned(*open_)):
            return both, None
        unhurried = [r for r in open_ if not self.is_speed(r)]
        if len({_key(r) for r in unhurried}) == 1:
            return self.bounded(unhurried[0]), None
        uncapped = [r for r in open_ if self.shape[r.item - 1 : r.item] != "û" or r.item == self.first]
        if len({_key(r) for r in uncapped}) == 1 and uncapped[0].item < open_[-1].item:
            return self.bounded(uncapped[0]), None
        targets = [r for r in open_ if re.search("o[aD]*O?$", self.shape[self.first : r.item])]
        if len(targets) == 1 and changed:
            return self.bounded(targets[0]), None
        told = ", ".join(dict.fromkeys(self.line.words(r.item, r.item + 1) for r in open_))
        return None, f"it gives more than one amount: {told}"

    def explains(self, aside: Role, unread: Role) -> bool:
        """Whether an amount in brackets says what a part of a tablet before it is in its unit."""
        counted = unread.role == "unread" and unread.amount.unit not in _MEASURES
        beside = _BESIDE_PART.match(self.shape, unread.item) is not None and aside.item == unread.item + 2
        return counted and beside and aside.amount.unit in _MEASURES

    def divided(self, total: Role, asides: list[Role]) -> Role | None:
        """ "A daily dose of 500 mg, given as twice daily dosing (250 mg twice daily)": what is given each time."""
        often = self.frequency(total.item, [*self.conditions, *self.caps])
        if len(asides) != 1 or not often or self.items[often[0]].word.startswith(("daily", "once", "in ", "divided")):
            return None
        daily = _DAILY.search(self.shape[self.first : total.item]) and "day" not in (total.amount.per or "")
        return asides[0] if daily and self.shape[asides[0].last : asides[0].last + 1] == "2" else None

    def spanned(self, first: Role, then: Role) -> Role | None:
        """A range whose ends say more than their amount: "40 mg (20 mg twice daily) to 60 mg per day"."""
        low, high = first.amount, then.amount
        between = self.shape[first.last : then.item]
        alike = low.unit == high.unit and low.per in (high.per, None) and low.kind == high.kind == "dose"
        if not alike or not re.fullmatch(r"j*(?:⟨[^⟩]*⟩)?o", between) or low.low is None or high.high is None:
            return None
        if low.low >= high.high or low.low != low.high or high.low != high.high:
            return None
        return Role(first.item, Amount(low.low, high.high, high.unit, high.per), "dose", then.last)

    def why(self, role: Role) -> str:
        if role.amount.why:
            return role.amount.why
        if role.role == "unread" and _FORM.match(self.shape, role.item + 1):
            return f"“{self.line.words(max(self.first, role.item - 1), role.item + 2)}” is counted, not measured"
        return f"what “{self.line.words(role.item, role.item + 1)}” is for is not certain"

    def is_speed(self, role: Role) -> bool:
        """ "15 mg/kg IV at 2 mg/kg/min", "20 mg every 10 seconds"."""
        by_time = self.by_time(role.amount)
        behind = self.items[role.item + 1].word if role.item + 1 < self.last else ""
        return (by_time and self.shape[role.item - 1 : role.item] in ("@", "ō")) or "sec" in behind

    def step(self, roles: list[Role]) -> Role | None:
        """The amount by which a statement raises or lowers the dose, if that is all it gives."""
        steps = [self.bounded(r) for r in roles if r.role == "step"]
        return steps[0] if steps and len({_key(r) for r in steps}) == 1 and steps[0].amount.kind == "dose" else None

    def bounded(self, role: Role) -> Role:
        """Open a side where the words around say so: "up to 4 mg", "at least 2 g", "10 mg or more"."""
        amount, at = role.amount, role.item
        before = self.items[at - 1] if at > self.first else None
        after = self.shape[at + 1 : at + 2] if at + 1 < self.last else ""
        if amount.low != amount.high:
            return role
        if before and (before.code == "û" or (before.code == "<" and before.sense)):
            return role._replace(amount=amount._replace(low=None, bound="before"))
        if before and before.code == ">" and before.sense:
            return role._replace(amount=amount._replace(high=None, bound="before"))
        if after in ("A", "B"):
            more = amount._replace(high=None) if after == "A" else amount._replace(low=None)
            return role._replace(amount=more._replace(bound="after"))
        return role

    # ------------------------------------------------------------ the other keys

    def maximum(self, roles: list[Role], chosen: Role | None) -> str | None:
        if self.caps:
            return _words(self.line, self.caps[0])
        if self.capped:
            caps = [r for r in roles if r.role == "cap"]
            if caps:
                end = caps[-1].item + 1
                end += end < self.last and self.shape[end] == "2"
                return _words(self.line, (caps[0].item, end))
        if chosen and chosen.amount.low is not None:  # "25 mg/kg, up to 1 g"
            for role in roles:
                if role.item > chosen.item and self.shape[role.item - 1] == "û" and role.role in ("dose", "aside"):
                    end = role.item + 1
                    end += end < self.last and self.shape[end] == "2"
                    return _words(self.line, (role.item - 1, end))
        return None

    def runs(self, codes: str, links: str, hidden: list[Span]) -> list[Span]:
        """Spans of items with these signs, neighbours joined where only `links` stand between them."""
        found: list[Span] = []
        for at in range(self.first, self.last):
            if self.shape[at] not in codes or self.inside(at, hidden):
                continue
            if found and re.fullmatch(links, self.shape[found[-1][1] : at]):
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found

    def frequency(self, dose: int, hidden: list[Span]) -> Span | None:
        """The first behind the dose, or else the first: "by 25 mg every 3 days to 150 mg daily" is daily."""
        runs = self.runs("2", r"[,#&ø@Vo–/C_]{0,2}", hidden)
        inside = dose < 0 or self.bracketed(dose)
        found = [run for run in runs if not self.bracketed(run[0]) or inside]
        found = [run for run in found if run[0] > dose or not self.is_as_needed(run)]
        if not found and dose >= 0 and "day" in (self.items[dose].sense.per or ""):
            found = [run for run in runs if run[0] > dose]  # "1,800 mg/day (600 mg three times a day)"
        found = [run for run in found if run[0] == self.first or self.items[run[0] - 1].word != "at"]
        found = [run for run in found if not self.watched(run[0]) and (dose >= 0 or not self.is_moment(run))]
        found = [run for run in found if not self.is_explained(self.items[run[0]])]
        return next((run for run in found if run[0] > dose), found[0] if found else None)

    def is_as_needed(self, run: Span) -> bool:
        """ "Titrated as needed to 1,800 mg/day": when it is raised, not how often it is given."""
        changed = any(i.code == "V" and i.sense.does in ("increase", "reduce") for i in self.items[self.first : run[0]])
        return changed and self.items[run[0]].word.endswith(("needed", "required", "necessary"))

    def is_explained(self, item: Item) -> bool:
        """ "Hidradenitis suppurativa (HS)": letters in brackets behind what they are short for."""
        return self.line.text[item.start - 1 : item.end + 1] == f"({item.word.upper()})" and item.word == "hs"

    def is_moment(self, run: Span) -> bool:
        """ "After dialysis", "60 minutes before the incision": how often only where an amount is given."""
        words = self.line.words(*run).lower()
        return (
            "dialysis" in words
            or " after " in words
            or ("before" in words and self.shape[run[0] - 1 : run[0]] not in ("1", "r", ",", "⟩"))
        )

    def orders(self, at: int) -> bool:
        """Whether a frequency without an amount is an order: "apply twice daily", not "measure … and adjust weekly"."""
        verbs = [i for i in self.items[self.first : self.last] if i.code == "V"]
        if not verbs:
            return "J" not in self.shape[self.first : self.last]
        if "Z" in self.shape[self.first : self.last] and self.items[at].start < verbs[0].start:
            return False
        before = [i for i in verbs if i.start < self.items[at].start] or verbs[:1]
        return before[-1].sense.does == "give" and before[-1].word not in _ADJUST

    def watched(self, at: int) -> bool:
        """ "Monitor weekly": how often something else is done."""
        verbs = [i for i in self.items[self.first : at] if i.code == "V"]
        return bool(verbs) and verbs[-1].sense.does == "watch" and "1" not in self.shape[self.first : at]

    def duration(self, hidden: list[Span], verdict: Action) -> Span | None:
        found = self.runs("3", r",?[&øC]?", hidden)
        if verdict == "avoid":
            return None  # how long it is withheld, not given
        until = next(
            (i for i in range(self.first, self.last) if self.shape[i] == "U" and not self.inside(i, hidden)), None
        )
        if until is not None:
            end = self.clause_end(until + 1)
            if found and re.fullmatch(r",?[&ø]?", self.shape[found[0][1] : until]) and found[0][0] < until:
                found[0] = (found[0][0], end)
            elif not found or until < found[0][0]:
                found.insert(0, (until, end))
        if not found:
            return None
        start, end = found[0]
        rest = self.line.text[self.items[end - 1].end : self.items[self.last - 1].end]
        if rest.lstrip(" ,").lower().startswith("whichever"):
            end = self.clause_end(end + 1)
        return start, end

    def clause_end(self, at: int) -> int:
        """The item after a clause: before a stop, "then", or a comma and a verb."""
        depth = self.line.depths[at - 1] if at > self.first else 0
        for end in range(at, self.last):
            code = self.shape[end]
            if code == "#" and end + 1 < self.last and self.items[end + 1].word == "combination":
                return end
            if (
                code in ";·C"
                or (code == "⟩" and self.line.depths[end] <= depth and depth)
                or (code == "⟨" and not depth)
            ):
                return end
            if code == "," and re.match(r",[&]?(?:V|C|D|1|û|o)", self.shape[end : self.last]):
                return end
        return self.last

    def route(self, hidden: list[Span], roles: list[Role]) -> Span | None:
        """The one route; of several, or behind another drug's amount, none."""
        end = next(
            (r.item for r in roles if r.role == "other" and any(o.role == "dose" and o.item < r.item for o in roles)),
            self.last,
        )
        runs = [r for r in self.runs("r", r"é*(?:[/&ø,]|,ø|ø~|#)?é*", hidden) if r[0] < end]
        kept: list[Span] = []
        for a, b in runs:
            before = self.shape[max(self.first, a - 3) : a]
            if re.search("[Ff]$", before) or "substitution" in self.line.words(max(self.first, a - 3), a):
                continue  # "from oral", "substitution for oral": the former route
            while a > self.first and self.shape[a - 1] in "é":
                a -= 1
            while b < self.last and self.shape[b] == "é":
                b += 1
            kept.append((a, b))
        senses = {frozenset(i.sense for i in self.items[a:b] if i.code == "r") for a, b in kept}
        return kept[0] if len(senses) == 1 else None

    def changes_later(self, verdict: Action, chosen: Role) -> bool:
        """ "Start with 5 mg daily and titrate slowly": a change behind the dose, to no amount of its own."""
        verb = next(
            (i for i in range(self.first, self.last) if self.shape[i] == "V" and self.items[i].sense.does == verdict),
            -1,
        )
        return (
            verb > chosen.item
            and not re.search("[1678]", _STEPS_OF.sub("", self.shape[verb : self.last]))
            and bool(re.search("[,&]", self.shape[chosen.item : verb]))
        )

    def in_words(self) -> bool:
        """A dose said as a share of another: "half the usual dose"."""
        shape = self.shape[self.first : self.last]
        verb = self.items[self.first] if shape[:1] == "V" else None  # "see the adult dose", "adjust the dose"
        seen = verb and (verb.sense.does == "watch" or verb.word in _ADJUST)
        return _SHARE.match(shape) is not None and not seen


def quantity(line: Line, role: Role) -> Quantity:
    amount, at = role.amount, role.item
    first, last = at - (amount.bound == "before"), role.last + (amount.bound == "after")
    return Quantity(line.words(first, last), amount.low, amount.high, amount.unit, amount.per)


def _key(role: Role) -> tuple[object, ...]:
    return role.amount[:4]


def _words(line: Line, span: Span | None) -> str | None:
    return " ".join(line.words(*span).split()).strip(" ,;") or None if span else None


# ---------------------------------------------------------------- conditions and ceilings


def conditions(line: Line, first: int, last: int) -> Iterator[Span]:
    """Where the statement says under which condition it holds: from "if", "when" … to the end of its clause.

    A leading "For patients with …," or "In …," counts too: what it names must be a condition ("In general," is none).
    """
    shape = line.shape
    at = first
    lead = _LEADING.match(shape, first, last)
    if lead:
        end = _condition_end(line, first, first, last)
        told = range(first + 1, end)
        names = any(
            shape[i] in "HKLRExG4PgW" or (shape[i] == "z" and line.items[i].word not in _IN_GENERAL) for i in told
        )
        if names and end > first + 1 and not re.search("^[^V]*1", shape[first:end]):
            yield first, end
            at = end
    while at < last:
        if shape[at] == "I" and not (at > first and shape[at - 1] == "Z"):
            end = _condition_end(line, at, first, last)
            if end > at + 1 or " " in line.items[at].word:
                yield at, end
            at = end
        at += 1


_FOR_OTHERS = re.compile(r"H(?:[&ø,]?H)*[4gAB<>nt]{1,4}(?:⟨[^⟩]{1,6}⟩)?(?::|Va?z)")


def _condition_end(line: Line, at: int, first: int, last: int) -> int:
    """The item after a condition that begins at `at`."""
    shape, items = line.shape, line.items
    leads = not re.search(r"[^&,øCD:]", shape[first:at])
    depth = line.depths[at]
    brief = _IN_PASSING.match(shape, at, last)
    if brief and items[brief.end() - 1].word in (
        "necessary",
        "needed",
        "required",
        "tolerated",
        "appropriate",
        "indicated",
    ):
        return brief.end()
    if items[at].word == "as tolerated":
        return at + 1
    for end in range(at + 1, last):
        code = shape[end]
        if (
            code in ";·"
            or (code == "⟩" and line.depths[end] == depth and depth)
            or (code == ":" and line.depths[end] == depth)
        ):
            return end
        if line.depths[end] > depth:
            continue
        if end > at + 1 and shape[end - 1] not in "#F§O&ø" and _FOR_OTHERS.match(shape, end, last):
            return end
        if code == "j" and line.text[items[end].start].isupper() and re.match("jm?DJ", shape[end:last]):
            return end  # a heading before its sentence: "When used with inhibitors Drug dose should be …"
        rest = shape[end:last]
        if code == "," and shape[end - 1] == shape[end + 1 : end + 2] and shape[end - 1] in "GKLH":
            continue  # "in mild, moderate or severe renal impairment"
        if code == "," and leads:
            listed = re.match(r",[^,;·]{1,9},?[&ø]|,[&ø]", rest)
            if not listed or _MAIN.match(rest) or (rest.startswith(",zJ") and items[end + 1].word == "it"):
                return end
        elif (
            (code == "," and _MAIN.match(rest))
            or code == "C"
            or (code in "ûM" and not leads)
            or (code == "o" and not leads and re.match("oa?M", rest))
        ):
            return end
        elif (
            leads
            and re.search("[JZi]|z.*z|zG?⟩|V.*V", shape[at + 1 : end])
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


def ceilings(line: Line, first: int, last: int, conditions: list[Span]) -> Iterator[Span]:
    """The words that cap the dose: every amount in the clause of a cap word belongs to the cap."""
    shape = line.shape
    done = first
    refused = _REFUSED_ABOVE.match(shape, first, last)
    if refused and line.items[refused.end() - 1].word in REFUSED:
        yield first, refused.end()
        done = refused.end()
    for at in range(first, last):
        if shape[at] != "M" or at < done or any(a <= at < b for a, b in conditions):
            continue
        begin = at
        while begin > done and shape[begin - 1] in "aoû§":
            begin -= 1
        end = at
        behind = _CAPPED.match(shape, at, last)
        if behind and (shape[at + 1 : at + 2] != "4" or "use" in line.items[at].word or "take" in line.items[at].word):
            end = behind.end()
            while more := _AND_CAP.match(shape, end, last):
                end = more.end()
            if end < last and shape[end] == "3" and "dose" in line.items[end].word:
                end += 1  # "maximum 100 mg for the first two doses only"
            if (within := _WITHIN.match(shape, end, last)) and "year" not in line.items[end + 1].word:
                end = within.end()
                end += end < last and line.items[end].word == "period"
        elif (
            at > first
            and (before := _EXCEEDED.search(shape, done, at + 1))
            and before.end() == at + 1
            and shape[at + 1 : at + 2] in ("", "·", ";", ",", "⟩", "#")
        ):
            begin, end = before.start(), at + 1
        if end > at:
            yield begin, end
            done = end


_CAPPED = re.compile(
    r"M4(?![^;·,]{0,3}[167])|M(?:[pX2dDOJ:aTjHVûozŧ=,@ř/F#L]|(?<!M)M|⟨|Q){0,9}?(?:[1567](?:⟩?(?:O[az][^;·,1]{0,3}?))?[ABh]?,?[2=]?|"
    r"[nw](?:D|X)(?:#4|2)?)|M[dHTVD]*(?:[OF#§][^;·:1567D]{1,60}?)?J(?:j[^;·:1567DVJ]{0,6})?[1567]2?"
)
_REFUSED_ABOVE = re.compile(r"[dT]*D[Oz]{0,2}>[1567](?:O?[jz]{1,2})?[2T]?J+ZJ*V")
""" "Doses above 40 mg once daily are not recommended"."""
_WITHIN = re.compile(r"[#S]a?4(?!H|A)")
"""The period of a ceiling: "25 mg in a 48-hour period", "4 g in 24 hours"."""
_AND_CAP = re.compile(r"(?:,?[&ø/,]|⟨û?|O[^;·CIVD1]{1,4}[&ø])[aûo]?[1567](?:⟩)?2?")
"""Further amounts of a ceiling's clause: "1600 mg of the one and 320 mg of the other"."""
_EXCEEDED = re.compile(r"(?:a?[dDT]*D?O?)[1567]2?(?:J*M|⟨M)$")
_LEADING = re.compile(r"[#FS§@](?!4|2|1|n|t)[^;·:]{1,60}?,")
_IN_GENERAL = frozenset(
    "general practice most addition cases case example some such this these occasions instances rare order contrast "
    "particular fact all".split()
)
_IN_PASSING = re.compile(r"I[Vz](?=,?(?:o|@|~|û|#|2|S|e|V))")
_MAIN = re.compile(r",(?:C|[aj]?[dD]|j[zm]{0,2}J|V(?![,ø&])|J|1|[a]?M|û|o1|Z|&V|H[^,;·]{0,3}J|y|6)")
_SUBJECT = re.compile(r"Z[dD]*DV?J|jJ+V|a?[dVT]*D(?:O[a_]?[jz])?J|[jz]?[VJ]?(?:J|M)V(?=o|~|@|1|2)|a?dD[^;,·]{0,4}J")
_GOES_ON = re.compile(r"^(?:[&ø,/–]|,[&ø])û?$")
_ORDERED = frozenset(
    "recommended give given start started initiate initiated administer administered take use increase reduce".split()
)
_ADJUST = frozenset("adjust change modify adjusted changed modified".split())
_SEEN = frozenset("demonstrated associated compared studied evaluated observed reported shown found seen".split())
_STUDIES = frozenset("trial trials study studies healthy volunteers".split())
_RELATED = frozenset("dose-response relationship linear linearly proportional proportionally proportionality".split())
"""Words of pharmacology: "a linear relationship exists with doses up to 800 mg"."""
_ANIMALS = frozenset("dogs rats mice rabbits animals monkeys".split())
_PERFECT = frozenset("have has had been was were did".split())
_AGAIN = ("given as", "administered as", "taken as", "i.e.", "i.e.,", "that is", "that is,")
_STEP_LEFT = re.compile(r"~(?:û|a|d|>|M)*$")
_TOTALLING = ("totaling", "totalling")
_TAKING = frozenset("taking receiving requiring tolerating using".split())
_PUT_ON = re.compile(r"(?<!ŵ)(?<!ŵJ)JT?V@$|^V@$")
""" "Should be started on 25 mg", but not "patients who are maintained on 25 mg"."""
_BESIDE_PART = re.compile("6⟨1⟩(?![/p])")
_DAILY = re.compile("T[dz]?DO?$")
_DOSE_IS = re.compile("(?:^|[,;·])[ad]*D(?=[^,;·]*J$)")
_ALIKE = re.compile(r"[^;·1,]*zo1")
_ORDERED_FIRST = re.compile("(?:^|,)V[adGT]*(?=z[^1j;·]*&V[^1j;·]*$)")
_DIVISION = re.compile(r"[^;·&ø]*2O|,?[dT]*(?:J+V|V?δ)#")
_STEPS_OF = re.compile("~[ûa]?1")
_STEPS = frozenset("increments increment steps step decrements intervals increases".split())
_PRIOR = re.compile(r"[fU](?:[aj]*z{0,2}m?)$")
_REFERENCE = re.compile(r"[oOFSz]a?ŧ§a?$|ŵJ*[^,;·1J]*@$|S[adz]*V?Oj+m?$")
"""What leads to a dose that is taken already: "responding to treatment with", "who had neutropenia at"."""
_BY = re.compile(r"(?:⟨[^⟩1]*⟩|⟨[^⟩]*⟩(?=p)|Oj{1,3})?[/p](?P<by>[tkql])")
_NAMED = re.compile(r"[zHKLEGiPgFO#&øŧ,·4§jmtA–⟨⟩dnxo:@B<>]*[zHLKtmijE⟩]")
_HOW = re.compile(r"(?:⟨[^⟩]*⟩)?(?:r|é|2|D2)")
_COMPARED = re.compile(r"2?[<>]")
_COUNTED = frozenset(form + end for form in FORMS.split() for end in ("", "s"))
_FORM = re.compile(r"–?m|z?m")
_COUNTED_FORM = re.compile(r"–?[zjx]{0,4}m")
_ONE = re.compile(r"w$|n$")
_DILUTED = re.compile(r"V$")
_SPEED = re.compile(r"[@ř]a?ř?O?$|M[^1]*$")
_BESIDE = re.compile(r"§z+,$")
_LEADS = re.compile(
    r"[,;:·⟨⟩&øC–$JoûrdDTHABj234é8PEKLGiQ=sŧŵ]$|jz{0,2}m$|[Hj]O$|[VDj@CrWM,2ŧ]@[adD]*$|^@[adD]*$|[dDéMrřŧ][aVT]?O$|[VJ]a?[ŧjD]?[jz]?§$|(?:[VJ,:o]|^)[<>]$|[ad]t$|#$|MO$|V~$|[VJ]a?m$|V[adŧ]?V?[jz]{1,3}m@?$|RZ$|[H4]@$|2O$|V[^;·]*H§$"
)
_SHARE = re.compile(r"(?:V[@§o]?)?(?:HD[Vz]?·?$|I?F?H[·]?$(?!)|a?[h8]O?[adDVT]*D|a?[dV]D2|8(?=[2Q]))")
_VOLUMES = frozenset({"mL", "L", "teaspoon", "teaspoons"})
_MEASURES = frozenset(UNITS) - VOLUMES
_SPEEDS = frozenset({"min", "minute", "hour", "second", "h"})
_DILUENTS = frozenset("sterile normal saline sodium dextrose diluent water milk juice infusion bag".split())
_FOODS = frozenset(
    "water applesauce juice milk yogurt food pudding formula saline dextrose apple sterile sodium diluent".split()
)


@lru_cache(maxsize=256)
def route_of(line: Line, first: int = 0, last: int | None = None) -> str | None:
    """The route that a label ("Intravenous maintenance"), or some words of a line, name."""
    last = len(line.items) if last is None else last
    return _words(line, _Reader(line, first, last, Drug(()), False).route([], [])) if first < last else None


__all__ = ["Item", "Regimen", "read", "route_of"]
