"""One statement → its readings: dose, route, frequency, duration, maximum, condition, action.

The dose is the one amount whose role says so (`roles`); where an amount has no known role, or two amounts could be the
dose, there is none and `unsure` says why. A frequency, duration or maximum is read whole or not at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from druginfo.dosing.actions import action
from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.pattern import codes
from druginfo.dosing.roles import DAILY_TOTAL, FORM_BEHIND, MEASURES, AmountRole, Amounts
from druginfo.model import Action, Quantity
from druginfo.terms.phrases import Amount
from druginfo.terms.scan import Token
from druginfo.terms.tables import SENTENCES

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


def read(
    line: Line, first: int, last: int, drug: OwnDrug, *, capped: bool = False, after: Regimen | None = None
) -> Regimen:
    """Read the items `first` to `last` of a line; `capped` under a label that says "maximum".

    `after` is what a statement goes on from, "or 50 mg four times a day" after a step.
    """
    role = after.goes_on if after else ""
    instead = bool(after and after.dose) and codes("ø.*[2r]").match(line.shape[first:last])  # of the dose, not its cap
    if last - first > LONGEST:
        return Regimen(unsure="the line is too long to be read")
    capped = capped or (role == "cap" and not instead)
    return _Reader(line, first, last, drug, capped, role).read(after.action if after and role == "step" else "note")


def read_text(text: str, drug: OwnDrug) -> Regimen:
    """Read a text that is one statement."""
    line = read_line(text, drug.words)
    return read(line, 0, len(line.items), drug)


def gives(line: Line, left: ItemRange, right: ItemRange, drug: OwnDrug) -> bool:
    """Whether one of the amounts before a joint is an order of its own: not in "for those treated with 5 mg a day,
    increase …", "doses above 30 mg in children and 40 mg …", nor where both sides say what was given in a study or are
    one ceiling."""
    both = _Reader(line, left[0], right[1], drug, capped=False)
    if any(a < left[1] < b for a, b in both.caps):
        return False
    known = takewhile(lambda r: r.item < left[1], both.roles())
    return not both.was_studied() and any(r.role not in ("none", "other") for r in known)


class _Reader(Amounts):
    def read(self, before: Action = "note") -> Regimen:
        """What the statement says; `before` is the change of dose that a step goes on with."""
        line = self.line
        verdict = action(line, self.first, self.last, [*self.conditions, *self.caps], self.drug)
        verdict = before if verdict == "note" else verdict
        roles = list(self.roles())
        if self.was_studied():
            roles = [r if r.role in ("cap", "other") else r._replace(role="none") for r in roles]
            verdict = "note" if verdict in ("increase", "reduce") else verdict
        verbs = self.verbs
        if verbs and verbs[0].sense.does == "handle" and verdict in ("increase", "reduce"):
            verdict = "note"  # "discard a volume … equal to the volume to be added"
        chosen, unsure = self.choose(roles, verdict)
        if (
            not roles
            and (bare := _BARE_FIGURE.search(self.own))
            and self.items[self.first + bare.start()].sense.does == "give"
        ):
            figure = self.line.words(self.first + bare.start("figure"), self.first + bare.end())
            unsure = f"the unit of “{figure}” is not certain"
        maximum = self.maximum(roles, chosen)
        given = chosen is not None or any(r.role in ("dose", "unread", "unclear") for r in roles)
        at = chosen.item if chosen else -1
        hidden = [*self.conditions, *self.caps]
        aim = next((r.item for r in roles if r.role in ("step", "aim") and r.item > at >= 0), self.last)
        frequency = self.frequency(at, hidden, aim)
        if (
            not frequency and all(r.role == "cap" for r in roles) and verdict in ("note", "increase")
        ):  # "the maximum is 20 mg once daily"; "1 g daily" is no more
            capped = self.frequency(-1, self.conditions)
            frequency = capped if capped and self.items[capped[0]].word.startswith(_COUNTING) else None
        duration = self.duration(hidden, verdict)
        route = self.route(hidden, roles)
        if verdict == "note" and self.increments(roles):
            verdict = "increase"
            chosen, unsure = self.choose(roles, verdict)
        if verdict == "note" and (given or self.in_words()):
            verdict = "give"
        if verdict == "note" and frequency and not roles and self.orders(frequency[0]):
            verdict = "give"
        if verdict in ("increase", "reduce") and chosen and self.changes_later(verdict, chosen, roles):
            verdict = "give"
        if verdict == "avoid":
            chosen, unsure = None, None
        condition = self.conditions[0] if self.conditions else None
        dose = quantity(line, chosen) if chosen else None
        return Regimen(
            verdict, dose, _words(line, route), _words(line, frequency), _words(line, duration), maximum,
            _words(line, condition), unsure, roles[-1].role if roles else "",
        )  # fmt: skip

    def increments(self, roles: list[AmountRole]) -> bool:
        """Whether the amount is a step up: "Adjustments can be made in increments of 25 mg", and none down."""
        if not any(r.role in ("step", "aside") and r.amount.kind == "dose" for r in roles):
            return False
        if not self.line.has_word(_STEPS_BY):
            return False
        steps_by = _STEPS_BY & {i.word for i in self.items[self.first : self.last]}
        made = self.after == "step" or any(
            i.code != "V" or i.word not in steps_by for i in self.line.having("DJV", self.first, self.last)
        )
        return made and bool(steps_by) and "decrements" not in steps_by

    def was_studied(self) -> bool:
        """Whether an amount is what was given in studies, no order ("efficacy was demonstrated at 5 mg/day")."""
        shape = self.own
        if not self.line.has_word(_TELLING):
            return False
        words = {i.word for i in self.items[self.first : self.last]}
        if _TELLING.isdisjoint(words) or (_RANGE_IS.search(shape) and _PERFECT.isdisjoint(words)):
            return False
        verbs = self.verbs
        if shape[:1] == "V" and verbs[0].sense.form == "do" and verbs[0].sense.does in ("give", "increase", "reduce"):
            return False  # "consider a trial of 1,000 mg"
        auxiliaries = {i.word for i in self.line.having("J", self.first, self.last)}
        change = _IS_CHANGED.search(shape)
        if (
            change
            and auxiliaries & {"should", "must"}
            and self.items[self.first + change.end() - 1].sense.does in ("increase", "reduce")
        ):
            return False  # "based on studies, the dose should be increased by half"
        if not auxiliaries & _PERFECT and "trial of" in self.line.words(self.first, self.last).lower():
            words.discard("trial")  # "a trial of 5 mg may be worthwhile"
        if self.line.words(self.first, min(self.first + 2, self.last)).lower() == "for example" or (
            words & _STUDIES and auxiliaries and auxiliaries <= _PERFECT
        ):
            return True
        orders = bool(verbs) and any(i.word in _ORDERED for i in (verbs[:1] if verbs[0].word == "used" else verbs))
        seen = any(
            self.items[self.first + m.end() - 1].word in _SEEN
            and not self.inside(self.first + m.start(), self.conditions)
            for m in codes("J+z?V").finditer(shape)
        )
        if seen and auxiliaries - {"be"} <= _PERFECT:
            return True  # "1,200 mg/day has been shown to be effective where treatment has been initiated"
        done = codes("D[^;·:Jû]*(?P<has>J)JV").search(shape)  # "dosages of 100 mg and 60 mg have been administered"
        words_of = [self.items[self.first + at].word for at in (done.start("has"), done.end() - 2)] if done else []
        if done and _PERFECT.issuperset(words_of) and self.items[self.first + done.end() - 1].word in _DONE:
            return True
        past = {"did", "was", "were", "had"}
        seen = seen or bool(words & _RELATED)
        is_past = bool(auxiliaries & past) and not auxiliaries - past - {"been", "be"} and not self.conditions
        return not orders and (seen or is_past or bool(words & _STUDIES))

    def choose(self, roles: list[AmountRole], verdict: Action) -> tuple[AmountRole | None, str | None]:
        """The one dose, or why there is none."""
        if not roles:
            return None, None
        if len(roles) == 1 and roles[0].role == "dose":
            return self.bounded(roles[0]), None
        changed = verdict in ("increase", "reduce")
        open_ = [r for r in roles if r.role == "dose"]
        repeats = [r for r in roles if r.role == "aside" and r.amount.kind == "dose"]
        doubtful = [r for r in roles if r.role in ("unread", "unclear")]
        if doubtful:
            if len(repeats) == 1 and not open_ and all(self.explains(repeats[0], each) for each in doubtful):
                return repeats[0], None
            return None, self.why(doubtful[0])
        ones = [r for r in roles if r.role == "one"]
        if not open_ and len(ones) == 1:
            return ones[0], None
        others = [r for r in roles if r.role in ("none", "other", "step", "one")]
        others += [r for r in roles if r.role == "cap" and repeats and r.item < repeats[0].item]
        if not open_ and repeats and not others and len({_key(r) for r in repeats}) == 1:
            return repeats[0], None
        steps = [r for r in roles if r.role == "step"]
        if changed and (not open_ or (steps and steps[0].item < open_[0].item)):
            step = self.step(roles)
            return step, None if step or len(steps) < 2 else "it gives more than one step"
        if not open_:
            several = len({_key(r) for r in repeats}) > 1 and not others
            return None, f"it gives more than one amount: {self.amounts(repeats)}" if several else None
        if len({_key(r) for r in open_}) == 1:
            return self.divided(open_[0], repeats) or self.bounded(open_[0]), None
        if len(open_) == 2 and _DIVISION.fullmatch(self.shape, open_[0].last, open_[1].item):
            if "2ø2" in self.shape[open_[0].last : open_[1].item]:
                return open_[0], None  # "2 g, as a single dose or in two divided doses of 1 g"
            return open_[1], None  # "6 g per day in divided doses of 3 g", "80 mg, divided into 40 mg twice a day"
        if len(open_) == 2 and (both := self.spanned(*open_)):
            return both, None
        unhurried = [r for r in open_ if not self.is_speed(r)]
        if len({_key(r) for r in unhurried}) == 1:
            return self.bounded(unhurried[0]), None
        uncapped = [r for r in open_ if self.shape[r.item - 1 : r.item] != "û" or r.item == self.first]
        if len({_key(r) for r in uncapped}) == 1 and uncapped[0].item < open_[-1].item:
            return self.bounded(uncapped[0]), None
        targets = [r for r in open_ if codes("o[aD]*O?$").search(self.shape[self.first : r.item])]
        if len(targets) == 1 and changed:
            return self.bounded(targets[0]), None
        return None, f"it gives more than one amount: {self.amounts(open_)}"

    def amounts(self, roles: list[AmountRole]) -> str:
        return ", ".join(dict.fromkeys(self.line.words(r.item, r.item + 1) for r in roles))

    def explains(self, aside: AmountRole, unread: AmountRole) -> bool:
        """Whether an amount in brackets says in its unit what was counted: "½ tablet (2.5 mg)", or all of a day's."""
        if self.shape[aside.item - 1 : aside.item + 4] == DAILY_TOTAL:
            return unread.role == "unread"
        counted = unread.role == "unread" and unread.amount.unit not in MEASURES
        beside = _BESIDE_PART.match(self.shape, unread.item) is not None and aside.item == unread.item + 2
        return counted and beside and aside.amount.unit in MEASURES

    def divided(self, total: AmountRole, repeats: list[AmountRole]) -> AmountRole | None:
        """What is given each time: "A daily dose of 500 mg, given as twice daily dosing (250 mg twice daily)"."""
        often = self.frequency(total.item, [*self.conditions, *self.caps]) if len(repeats) == 1 else None
        if not often or self.items[often[0]].word.startswith(("daily", "once", "in ", "divided")):
            return None
        daily = _DAILY.search(self.shape[self.first : total.item]) and "day" not in (total.amount.per or "")
        return repeats[0] if daily and self.shape[repeats[0].last : repeats[0].last + 1] == "2" else None

    def spanned(self, first: AmountRole, then: AmountRole) -> AmountRole | None:
        """A range whose ends say more than their amount: "40 mg (20 mg twice daily) to 60 mg per day"; two doses of
        which either will do: "2.4 mg (recommended) or 1.7 mg"."""
        low, high = first.amount, then.amount
        between = self.shape[first.last : then.item]
        lead_in = self.line.text[self.items[first.item].lead : self.items[first.item].start].lower()
        if codes(r"⟨[Vz]{1,3}⟩,?(?:ø|(?<=,))").fullmatch(between) and ("ø" in between or "either" in lead_in):
            low, high = sorted((low, high), key=lambda amount: amount.low or 0)
            between = "o"
        alike = low.unit == high.unit and low.per in (high.per, None) and low.kind == high.kind == "dose"
        if not alike or not codes(r"j*(?:⟨[^⟩]*⟩)?o").fullmatch(between) or low.low is None or high.high is None:
            return None
        if low.low >= high.high or low.low != low.high or high.low != high.high:
            return None
        return AmountRole(first.item, Amount(low.low, high.high, high.unit, high.per), "dose", then.last)

    def why(self, role: AmountRole) -> str:
        if role.amount.why:
            return role.amount.why
        if role.role == "unread" and FORM_BEHIND.match(self.shape, role.item + 1):
            return f"“{self.line.words(max(self.first, role.item - 1), role.item + 2)}” is counted, not measured"
        return f"what “{self.line.words(role.item, role.item + 1)}” is for is not certain"

    def is_speed(self, role: AmountRole) -> bool:
        """Whether an amount is the speed at which another is given ("15 mg/kg IV at 2 mg/kg/min")."""
        by_time = self.by_time(role.amount)
        behind = self.items[role.item + 1].word if role.item + 1 < self.last else ""
        return (by_time and self.shape[role.item - 1 : role.item] in ("@", "ō")) or "sec" in behind

    def step(self, roles: list[AmountRole]) -> AmountRole | None:
        """The amount by which a statement raises or lowers the dose, if that is all it gives."""
        steps = [self.bounded(r) for r in roles if r.role == "step"]
        return steps[0] if steps and len({_key(r) for r in steps}) == 1 and steps[0].amount.kind == "dose" else None

    def bounded(self, role: AmountRole) -> AmountRole:
        """Open a side where the words around say so: "up to 4 mg", "at least 2 g", "10 mg or more"."""
        amount, at = role.amount, role.item
        before = self.items[at - 1] if at > self.first else None
        after = self.shape[at + 1 : at + 2] if at + 1 < self.last else ""
        if amount.low != amount.high:
            return role
        if ("û" in self.own and _UP_TO.search(self.shape, self.first, at)) or (
            before and before.code == "<" and before.sense
        ):
            return role._replace(amount=amount._replace(low=None, bound="before"))
        if before and before.code == ">" and before.sense:
            return role._replace(amount=amount._replace(high=None, bound="before"))
        if after in ("A", "B"):
            more = amount._replace(high=None) if after == "A" else amount._replace(low=None)
            return role._replace(amount=more._replace(bound="after"))
        return role

    def maximum(self, roles: list[AmountRole], chosen: AmountRole | None) -> str | None:
        if self.caps:
            ranges = [each for each in self.caps if not self.is_of_step(*each)] or self.caps
            first, last = ranges[0]
            for begin, end in ranges[1:]:
                if _AND_CAPS.fullmatch(self.shape, last, begin):
                    last = end
            words = _words(self.line, (first, last))
            return words[:-1] if words and words.endswith(")") and "(" not in words else words
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

    def is_of_step(self, first: int, last: int) -> bool:
        """Whether a ceiling is that of a change: "by a maximum of 600 mg/day", "a maximum increment of 5 mg"."""
        words = [item.word for item in self.items[max(first - 1, self.first) : last]]
        return words[0] == "by" or not _STEPS_BY.isdisjoint(words)

    def runs(self, codes: str, links: re.Pattern[str], hidden: list[ItemRange]) -> list[ItemRange]:
        """Ranges of items with these codes, neighbours joined where only `links` stand between them."""
        found: list[ItemRange] = []
        for at in self.line.places(codes, self.first, self.last):
            if self.inside(at, hidden):
                continue
            if found and links.fullmatch(self.shape, found[-1][1], at):
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found

    def frequency(self, dose: int, hidden: list[ItemRange], before: int = 10**6) -> ItemRange | None:
        """The first behind the dose, or else the first; what stands behind another step or aim is of that."""
        if "2" not in self.own:
            return None
        runs = self.runs("2", codes(r"[,#&ø@Vo–/C]{0,2}"), hidden)
        runs = [run for run in runs if run[0] < before] if runs else runs
        if not runs:
            return None
        inside = dose < 0 or self.bracketed(dose)
        found = [run for run in runs if not self.bracketed(run[0]) or inside]
        found = [run for run in found if run[0] > dose >= 0 or not self.is_as_needed(run)]
        if not found and dose >= 0 and "day" in (self.items[dose].sense.per or ""):
            found = [run for run in runs if run[0] > dose]  # "1,800 mg/day (600 mg three times a day)"
        found = [run for run in found if self.is_often(run) and (dose >= 0 or not self.is_moment(run))]
        chosen = next((run for run in found if run[0] > dose), found[0] if found else None)
        further = next((run for run in runs if chosen and run[0] > chosen[1]), None)
        needed = chosen and self.items[chosen[0]].word.endswith(_AS_NEEDED)
        if chosen and further and needed and _FOR_WHAT.fullmatch(self.shape, chosen[1], further[0]):
            return chosen[0], further[1]
        return chosen

    def is_often(self, run: ItemRange) -> bool:
        """Whether a run says how often the dose is given, and not something else."""
        at = run[0]
        before = self.items[at - 1].word if at > self.first else ""
        ranged = self.shape[max(self.first, at - 2) : at] in ("ho", "No")
        switched = _SWITCHED.match(self.shape, run[1], self.last)
        denied = before in ("at", "never", "not")  # "15 mg, not daily"
        return not (denied or ranged or switched or self.watched(at) or self.is_explained(self.items[at]))

    def is_as_needed(self, run: ItemRange) -> bool:
        """Whether it is when the dose is raised, not how often it is given: "Titrated as needed to 1,800 mg/day", "If
        needed, increase to a maximum of 10 mg"."""
        until = self.last if run[0] == self.first else run[0]
        changed = any(v.sense.does in ("increase", "reduce") for v in self.line.having("V", self.first, until))
        return changed and self.items[run[0]].word.endswith(_AS_NEEDED)

    def is_explained(self, item: Token) -> bool:
        """Whether letters in brackets come after what they are short for ("hidradenitis suppurativa (HS)")."""
        return self.line.text[item.start - 1 : item.end + 1] == f"({item.word.upper()})" and item.word == "hs"

    def is_moment(self, run: ItemRange) -> bool:
        """Whether it is a moment ("After dialysis", "60 minutes before the incision"), which is no frequency alone."""
        words = self.line.words(*run).lower()
        return "meal" not in words and (
            "dialysis" in words
            or " after " in words
            or ("before" in words and self.shape[run[0] - 1 : run[0]] not in ("1", "r", ",", "⟩"))
        )

    def orders(self, at: int) -> bool:
        """Whether a frequency without an amount is an order: "apply twice daily", not "measure … and adjust weekly"."""
        places = self.line.places("V", self.first, self.last)
        verbs = [self.items[v] for v in places if not self.inside(v, self.conditions)]
        if not verbs:
            return "J" not in self.shape[self.first : self.last]
        if "Z" in self.shape[self.first : self.last] and self.items[at].start < verbs[0].start:
            return False
        before = [i for i in verbs if i.start < self.items[at].start] or verbs[:1]
        return before[-1].sense.does == "give" and before[-1].word not in _ADJUST

    def watched(self, at: int) -> bool:
        """Whether a frequency is of something else than the dose ("monitor weekly")."""
        verbs = self.line.having("V", self.first, at)
        return bool(verbs) and verbs[-1].sense.does == "watch" and "1" not in self.shape[self.first : at]

    def duration(self, hidden: list[ItemRange], verdict: Action) -> ItemRange | None:
        if verdict == "avoid" or not ("3" in self.own or "U" in self.own):
            return None  # how long it is withheld, not given
        found = self.runs("3", codes(r",?[&øC]?"), hidden)
        places = self.line.places("U", self.first, self.last)
        until = next((at for at in places if not self.inside(at, hidden)), None)
        if until is not None:
            end = self.clause_end(until + 1)
            if found and codes(r",?[&ø]?").fullmatch(self.shape[found[0][1] : until]) and found[0][0] < until:
                found[0] = (found[0][0], end)
            elif not found or until < found[0][0]:
                found.insert(0, (until, end))
        return found[0] if found else None

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
            if code == "," and codes(r",[&]?(?:V|C|D|1|û|o)").match(self.shape[end : self.last]):
                return end
        return self.last

    def route(self, hidden: list[ItemRange], roles: list[AmountRole]) -> ItemRange | None:
        """The one route; of several, or behind another drug's amount, none."""
        if "r" not in self.own:
            return None
        runs = self.runs("r", codes(r"é*(?:[/&ø,]|,ø|ø~|#)?é*"), hidden)
        if not runs:
            return None
        end = next(
            (r.item for r in roles if r.role == "other" and any(o.role == "dose" and o.item < r.item for o in roles)),
            self.last,
        )
        runs = [r for r in runs if r[0] < end]
        kept: list[ItemRange] = []
        for a, b in runs:
            before = self.shape[max(self.first, a - 3) : a]
            if self.shape[a - 2 : a] == "1O" and self.shape[b : b + 1] == "j":
                continue  # "3 mg of oral NAME"
            if codes("[Ff]$").search(before) or "substitution" in self.line.words(max(self.first, a - 3), a):
                continue  # "from oral", "substitution for oral": the former route
            while a > self.first and self.shape[a - 1] in "é":
                a -= 1
            while b < self.last and self.shape[b] == "é":
                b += 1
            kept.append((a, b))
        senses = {frozenset(i.sense for i in self.items[a:b] if i.code == "r") for a, b in kept}
        return kept[0] if len(senses) == 1 else None

    def changes_later(self, verdict: Action, chosen: AmountRole, roles: list[AmountRole]) -> bool:
        """Whether the dose changes later, to no amount of its own: "Start with 5 mg daily and titrate slowly"."""
        verbs = self.line.places("V", self.first, self.last)
        verb = next((at for at in verbs if self.items[at].sense.does in (verdict, "avoid")), -1)
        return (
            verb > chosen.item
            and not any(
                r.role in ("dose", "unread", "unclear")
                for r in roles
                if r.item > verb and self.shape[r.item - 1] != "û"
            )
            and bool(codes("[,&]").search(self.shape[chosen.item : verb]))
        )

    def in_words(self) -> bool:
        """A dose said as a share of another: "half the usual dose"."""
        shape = self.shape[self.first : self.last]
        verb = self.items[self.first] if shape[:1] == "V" else None  # "see the adult dose", "adjust the dose"
        seen = verb and (verb.sense.does == "watch" or verb.word in _ADJUST)
        share = _SHARE.match(shape)
        of_body = share and share.end() and self.items[self.first + share.end() - 1].word == "amount"
        return share is not None and not seen and not of_body  # "68% of the total amount is removed by dialysis"


def quantity(line: Line, role: AmountRole) -> Quantity:
    """A dose as the answer has it: its words with "up to", its bounds, its unit and what it is per."""
    amount, at = role.amount, role.item
    up_to = _UP_TO.search(line.shape, 0, at) if amount.bound == "before" else None
    first = at if amount.bound != "before" else up_to.start() if up_to else at - 1
    last = role.last + (amount.bound == "after")
    return Quantity(line.words(first, last), amount.low, amount.high, amount.unit, amount.per)


def _key(role: AmountRole) -> tuple[object, ...]:
    return role.amount[:4]


def _words(line: Line, span: ItemRange | None) -> str | None:
    return " ".join(line.words(*span).split()).strip(" ,;") or None if span else None


_ORDERED = SENTENCES["ordered"]
_ADJUST = SENTENCES["adjusting"]
_COUNTING = ("once", "twice", "two", "three", "four", "every")
_SEEN = SENTENCES["seen"]
_STUDIES = SENTENCES["studies"]
_DONE = frozenset("used administered given taken tried employed".split())
_RELATED = SENTENCES["pharmacology"]
"""Words of pharmacology: "a linear relationship exists with doses up to 800 mg"."""
_PERFECT = SENTENCES["perfect"]
_TELLING = _SEEN | _STUDIES | _RELATED | frozenset("did was were had been example".split())
_IS_CHANGED = re.compile("D(?:Oa?[jz]m?)?J+V")
_RANGE_IS = re.compile("^a?[dzVT]*D[zd]?J[ûō]?1|ŵa?d+T?DJ1")
""" "The effective dose range is 1 to 6 mg per day, as studied in …", "Trials show that the usual dose is 80 mg": the
studies say how that is known."""
_STEPS_BY = frozenset({"increment", "increments", "decrements"})
_UP_TO = re.compile("û(?:a?[dTz]*DO)?$")
""" "Up to 4 mg", "up to a total of 4 mg"."""
_AS_NEEDED = ("needed", "required", "necessary")
_FOR_WHAT = re.compile("Fz{1,3},?")
""" "As needed for pain every 4 hours"."""
_AND_CAPS = re.compile("2?[,;&øa]{0,3}")
""" "Maximum single dose 10 mg; maximum daily dose 40 mg": one key has both."""
_BARE_FIGURE = re.compile("V[aG]*(?P<figure>n)z?(?=[2r])")
""" "Give 10 u daily": no unit that is known."""
_BESIDE_PART = re.compile("6⟨1⟩(?![/p])")
_SWITCHED = re.compile("[zxm]{1,4}o2?j")
""" "Twice-daily NPH insulin to once-daily …": how often the other drug was given."""
_DAILY = re.compile("T[dz]?DO?$")
_DIVISION = re.compile(r"[^;·]*2O|,?[dT]*(?:J+V|V?δ)#")
_SHARE = re.compile(r"(?:V[@§o]?)?(?:HD[Vz]?·?$|I?F?H[·]?$(?!)|a?[h8]O?[adDVT]*D|a?[dV]D2|8(?=[2Q]))")


@lru_cache(maxsize=256)
def route_of(line: Line, first: int = 0, last: int | None = None) -> str | None:
    """The route that a label ("Intravenous maintenance"), or some words of a line, name."""
    last = len(line.items) if last is None else last
    if "r" not in line.shape[first:last]:
        return None
    return _words(line, _Reader(line, first, last, OwnDrug(()), False).route([], []))
