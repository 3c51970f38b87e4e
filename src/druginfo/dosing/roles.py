"""What each amount of a statement is, by the words right before and behind it: the dose, a ceiling, a step, another
drug's, said again in parentheses, or none. An amount that no known words lead to stays unclear.

The words are a table, `[roles]` of `data/dosing_rules.txt`: the first rule that fits says the role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import COUNTED_BY, ceilings, conditions
from druginfo.dosing.line import ItemRange, Line
from druginfo.dosing.pattern import codes, first_of_each
from druginfo.terms.phrases import Amount, per_of
from druginfo.terms.scan import Token
from druginfo.terms.tables import BESIDE_AMOUNTS, FORMS, UNITS, VOLUMES


class AmountRole(NamedTuple):
    """What an amount is: `dose`, `cap`, `step`, `aim` (where steps lead to), `aside` (said again in parentheses),
    `other` (another drug's), `one` (counted once: "one 5 mg tablet"), `unread`, `unclear`, or known to be none
    (`none`)."""

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
        self.own = own = self.shape[first:last]
        self.verbs = line.having("V", first, last) if "V" in own else []
        self.conditions = conditions(line, first, last)
        self.caps = list(ceilings(line, first, last, self.conditions)) if "M" in own or "Z" in own else []
        self.before: AmountRole | None = None
        """The amount before the one whose role is asked."""

    def inside(self, at: int, spans: list[ItemRange]) -> bool:
        """Whether an item is in one of some ranges of items, whose ends are not in them."""
        return bool(spans) and any(a <= at < b for a, b in spans)

    def bracketed(self, at: int) -> bool:
        """Whether an item is in more brackets than the statement begins in."""
        return self.line.depths[at] > self.base

    def roles(self) -> Iterator[AmountRole]:
        """Every amount of the statement with its role."""
        self.before = None
        stepped = False
        for at in self.line.places("1567", self.first, self.last):
            amount, end = self.counted(at)
            role = AmountRole(at, amount, self.role(at), end)
            stepped = stepped or role.role == "step"
            if stepped and role.role == "dose" and codes("o[adDVO]*$").search(self.shape, self.first, at):
                role = role._replace(role="aim")
            yield role
            if self.shape[at] != "5" or not self.bracketed(at):  # "5 mL (125 mg/5 mL), or one teaspoonful"
                self.before = role

    def counted(self, at: int) -> tuple[Amount, int]:
        """An amount with what it is counted by where words stand between: "150 units of heparin per kilogram", "10 mg
        base/kg"."""
        amount: Amount = self.items[at].sense
        totalled = at > self.first and self.items[at - 1].word in BESIDE_AMOUNTS["totalling"]
        if totalled and not amount.per and codes("2|T").search(self.shape[self.first : at]):
            amount = amount._replace(per="day")  # "twice daily dosing totaling 100 mg"
        if self.shape[at - 1 : at + 4] == DAILY_TOTAL:
            amount = amount._replace(per="day")
        found = COUNTED_BY.match(self.shape, at + 1, self.last)
        by = (per_of(self.items[found.start("by") : found.end()]) or "") if found and amount.kind == "dose" else ""
        of_size = by.startswith(("kg", "m2", "lb"))
        if not found or not by or (of_size and amount.per) or "day" in (amount.per or ""):
            return amount, at + 1
        return amount._replace(per="/".join(filter(None, (amount.per, by)))), found.end()

    def role(self, at: int) -> str:
        """What the amount at an item is, by the words around it: a role of `dosing_rules.txt`, or `unclear`."""
        before = self.before
        if (self.capped and self.shape[at - 1 : at] != "f") or self.inside(at, self.caps):
            return "cap"
        if before is None and self.after in ("step", "none", "other") and self.shape[at] == "1":
            return self.after
        if self.shape[at] == "5" or self.inside(at, self.conditions):
            return "none"
        if before and before.role in ("none", "other", "step"):
            between = self.shape[before.item + 1 : at]
            if _GOES_ON.search(between) or (between == "o" and before.role == "step"):
                return before.role
        text = f"{self.shape[self.first : at]}█{self.shape[at + 1 : self.last]}"
        known = "unclear"
        so: dict[str, bool] = {}
        for found in first_of_each("roles", text):
            for asked in found.of_amount:
                if asked not in so:
                    so[asked] = self.is_so(asked, at - self.first)
                if not so[asked]:
                    break
            else:
                if found.fits(self.is_so):
                    known = found.says
                    break
        repeats = known in ("unread", "unclear", "one") and self.bracketed(at) and before and before.role == "dose"
        return "aside" if repeats else known  # "7.5 mg (one 5 mg tablet and one 2.5 mg tablet)"

    def is_so(self, asked: str, at: int) -> bool:
        """Whether an item, counted from the statement's first, is what a rule calls so (`dosing_rules.txt`)."""
        at += self.first
        item = self.items[at]
        return (
            item.word in BESIDE_AMOUNTS[asked] if asked in BESIDE_AMOUNTS else _ASKED[asked](self, at, item, item.sense)
        )

    def changes(self, at: int) -> bool:
        """Whether a dose is raised, lowered or stopped before an item."""
        return any(verb.sense.does != "give" for verb in self.line.having("V", self.first, at))

    def by_time(self, amount: Amount) -> bool:
        """Whether an amount is a speed: "2 mg/min"."""
        return (amount.per or "").split("/")[-1] in _SPEEDS

    def is_given_again(self, at: int) -> bool:
        """Whether an amount is the dose before it, said otherwise."""
        before = self.before
        return before is not None and before.role == "dose" and (self.says_again(before, at) or self.equals(before, at))

    def says_again(self, before: AmountRole, at: int) -> bool:
        """Whether an amount says how the one of the day before it is given ("20 mg daily, given as 10 mg twice")."""
        words = self.line.words(before.item + 1, at).lower()
        daily = (before.amount.per or "").endswith("day") or "2" in self.shape[before.item : at]
        return daily and words.endswith(_AGAIN)

    def equals(self, before: AmountRole, at: int) -> bool:
        """Whether it is the amount before it once more: "5 mL, or one teaspoonful", "50 mg given as one tablet"."""
        one, other = before.amount.unit in MEASURES, self.items[at].sense.unit in MEASURES
        between = self.shape[before.last : at]
        if one == other and not (before.amount.unit == "mL" and "spoon" in self.items[at].sense.unit):
            return False
        return codes(r"(?:⟨[^⟩]*⟩)?,?ø").fullmatch(between) is not None or (
            one and codes(r"(?:⟨[^⟩]*⟩)?V?#").fullmatch(between) is not None
        )


_GOES_ON = re.compile(r"^(?:[&ø,/–]|,[&ø])û?$")
_AGAIN = ("given as", "administered as", "taken as", "i.e.", "i.e.,", "that is", "that is,")
DAILY_TOTAL = "⟨1TD⟩"
""" "Four tablets twice daily (2 g daily dose)"."""
_COUNTED = frozenset(form + end for form in FORMS.split() for end in ("", "s"))
FORM_BEHIND = re.compile(r"–?m|z?m")
_VOLUMES = frozenset({"mL", "L", "teaspoon", "teaspoons"})
MEASURES = frozenset(UNITS) - VOLUMES
_SPEEDS = frozenset({"min", "minute", "hour", "second", "h"})

_ASKED: dict[str, Callable[[Amounts, int, Token, Any], bool]] = {
    # of the amount
    "again": lambda of, at, item, sense: of.is_given_again(at),
    "alone": lambda of, at, item, sense: of.counted(at)[1] == at + 1,
    "bracketed": lambda of, at, item, sense: of.bracketed(at),
    "daily": lambda of, at, item, sense: (of.counted(at)[0].per or "").endswith("day"),
    "exact": lambda of, at, item, sense: item.code == "1" and sense.low == sense.high,
    "handled": lambda of, at, item, sense: (
        sense.unit in _VOLUMES and any(verb.sense.does == "handle" for verb in of.verbs)
    ),
    "ounces": lambda of, at, item, sense: sense.unit.startswith(("oz", "ounce")),
    "read": lambda of, at, item, sense: item.code == "1",
    "single": lambda of, at, item, sense: sense.low == sense.high or of.changes(at),
    "sized": lambda of, at, item, sense: (
        sense.unit in _VOLUMES and (of.counted(at)[0].per or "").startswith(("kg", "m2", "lb"))
    ),
    "solid": lambda of, at, item, sense: sense.unit not in _VOLUMES and not sense.per,
    "spans": lambda of, at, item, sense: sense.low != sense.high and not of.changes(at),
    "speed": lambda of, at, item, sense: of.by_time(sense),
    "unread": lambda of, at, item, sense: item.code in "67",
    "volume": lambda of, at, item, sense: sense.unit in _VOLUMES,
    "whole": lambda of, at, item, sense: not sense.per,
    # of what is beside it
    "added": lambda of, at, item, sense: item.word == "are added to",
    "before": lambda of, at, item, sense: item.word != "after" and not (at == of.first and of.line.is_cut(at)),
    "change": lambda of, at, item, sense: sense.does == "change",
    "dosed": lambda of, at, item, sense: of.drug.is_other(of.line, at, dosed=True),
    "form": lambda of, at, item, sense: sense.unit in _COUNTED,
    "once": lambda of, at, item, sense: sense == 1,
    "orders": lambda of, at, item, sense: sense.does not in ("handle", "watch"),
    "other": lambda of, at, item, sense: of.drug.is_other(of.line, at),
    "outside": lambda of, at, item, sense: not of.line.depths[at],
    "past": lambda of, at, item, sense: item.word not in BESIDE_AMOUNTS["modal"],
    "singular": lambda of, at, item, sense: not item.word.endswith("s"),
    "stopping": lambda of, at, item, sense: sense == ("avoid", "doing"),
    "than": lambda of, at, item, sense: item.word.endswith("than"),
    "unsigned": lambda of, at, item, sense: not sense,
    "watched": lambda of, at, item, sense: sense.does == "watch",
}
"""What a group of a rule's pattern asks, by its name: one of the items in it must be so, or one of these words."""
