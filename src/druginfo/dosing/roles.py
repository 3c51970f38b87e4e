"""What each amount of a statement is, by the words right before and behind it: the dose, a ceiling, a step, another
drug's, said again in parentheses, or none. An amount that no known words lead to stays unclear.

The words are a table: the first row whose pattern is found says the role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from druginfo.dosing.drug import OwnDrug
from druginfo.dosing.limits import ceilings, conditions
from druginfo.dosing.line import ItemRange, Line
from druginfo.dosing.pattern import codes, fits
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
        self.conditions = list(conditions(line, first, last))
        self.caps = list(ceilings(line, first, last, self.conditions))
        self.handles = any(i.code == "V" and i.sense.does == "handle" for i in line.items[first:last])
        self.before: AmountRole | None = None
        """The amount before the one whose role is asked."""

    def inside(self, at: int, spans: list[ItemRange]) -> bool:
        return any(a <= at < b for a, b in spans)

    def bracketed(self, at: int) -> bool:
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
        """An amount with what it is counted by where words stand between: "150 units of heparin per kilogram"."""
        amount: Amount = self.items[at].sense
        totalled = at > self.first and self.items[at - 1].word in _WORDS["totalling"]
        if totalled and not amount.per and codes("2|T").search(self.shape[self.first : at]):
            amount = amount._replace(per="day")  # "twice daily dosing totaling 100 mg"
        if self.shape[at - 1 : at + 4] == DAILY_TOTAL:
            amount = amount._replace(per="day")
        found = _BY.match(self.shape, at + 1, self.last)
        by = per_of(self.items[found.start("by") : found.end()]) if found and amount.kind == "dose" else None
        if not found or by is None or (by in ("kg", "m2", "lb") and amount.per) or "day" in (amount.per or ""):
            return amount, at + 1
        return amount._replace(per="/".join(filter(None, (amount.per, by)))), found.end()

    def role(self, at: int) -> str:
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
        rules = _RULES_AT_START if text[0] == "█" else _RULES
        known = next((role for role, pattern in rules if fits(codes(pattern).search(text), self.is_so)), "unclear")
        repeats = known in ("unread", "unclear", "one") and self.bracketed(at) and before and before.role == "dose"
        return "aside" if repeats else known  # "7.5 mg (one 5 mg tablet and one 2.5 mg tablet)"

    def is_so(self, asked: str, at: int) -> bool:
        at += self.first
        item = self.items[at]
        return item.word in _WORDS[asked] if asked in _WORDS else _ASKED[asked](self, at, item, item.sense)

    def changes(self, at: int) -> bool:
        """Whether a dose is raised, lowered or stopped before an item."""
        return any(i.code == "V" and i.sense.does != "give" for i in self.items[self.first : at])

    def by_time(self, amount: Amount) -> bool:
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
        """ "5 mL (125 mg/5 mL), or one teaspoonful", "50 mg given as one tablet": the amount before it, once more."""
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
_BY = re.compile(r"(?:⟨[^⟩1]*⟩|⟨[^⟩]*⟩(?=p)|Oj{1,3})?[/p](?P<by>[tkql])")
_COUNTED = frozenset(form + end for form in FORMS.split() for end in ("", "s"))
FORM_BEHIND = re.compile(r"–?m|z?m")
_VOLUMES = frozenset({"mL", "L", "teaspoon", "teaspoons"})
MEASURES = frozenset(UNITS) - VOLUMES
_SPEEDS = frozenset({"min", "minute", "hour", "second", "h"})

_WORDS = {name: frozenset(words.split()) for name, words in BESIDE_AMOUNTS.items()}
_ASKED: dict[str, Callable[[Amounts, int, Token, Any], bool]] = {
    # of the amount
    "again": lambda of, at, item, sense: of.is_given_again(at),
    "alone": lambda of, at, item, sense: of.counted(at)[1] == at + 1,
    "bracketed": lambda of, at, item, sense: of.bracketed(at),
    "daily": lambda of, at, item, sense: (of.counted(at)[0].per or "").endswith("day"),
    "exact": lambda of, at, item, sense: item.code == "1" and sense.low == sense.high,
    "handled": lambda of, at, item, sense: of.handles and sense.unit in _VOLUMES,
    "ounces": lambda of, at, item, sense: sense.unit.startswith(("oz", "ounce")),
    "read": lambda of, at, item, sense: item.code == "1",
    "single": lambda of, at, item, sense: sense.low == sense.high or of.changes(at),
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
    "past": lambda of, at, item, sense: item.word not in _WORDS["modal"],
    "singular": lambda of, at, item, sense: not item.word.endswith("s"),
    "stopping": lambda of, at, item, sense: sense == ("avoid", "doing"),
    "than": lambda of, at, item, sense: item.word.endswith("than"),
    "unsigned": lambda of, at, item, sense: not sense,
    "watched": lambda of, at, item, sense: sense.does == "watch",
}
"""What a group of a rule's pattern asks, by its name: one of the items in it must be so, or one of these words."""

_RULES = (
    ("aside", r"(?P<equals>¦)(?P<bracketed>█)"),  # "(total dosage = 2,000 mg)"
    ("none", "u/█"),  # "a level in mg/100 mL"
    ("dose", "w█r?(?:é|D)"),  # "two 500 mg infusions"
    ("unread", "¦█"),
    ("unread", r"(?P<alone>█)⟨[^⟩]*⟩[/p]"),  # "1 teaspoon (100 mg)/dose"
    ("dose", r"C[<>Sa]*[34nt]+C?~[ûa]*(?P<read>█)"),  # "followed 12 hours later by": then, and no step
    ("step", r"~[ûad>M]*█"),
    ("step", "█(?P<step>.)"),
    ("step", "(?P<step>.)O█"),
    ("step", "(?P<change>V)Oû?█"),  # "adjustments of up to 5 mg/day"
    ("none", "(?P<stopping>V)(?:Oû?)?█"),  # "one week after discontinuing 0.5 mg"
    # what is taken already, is told, or is a threshold
    ("none", "(?:U|f(?=[ajzm]))[aj]*z{0,2}m?█"),
    ("none", "f(?P<single>█)"),
    ("none", "█2?(?P<than>[<>])"),
    ("none", "█@aX"),
    ("none", "(?P<after>S)[<>]?4[@O]█"),  # "after a week at 5 mg, increase"
    ("none", "(?P<taking>V)[jzDdOTa#2û]{0,5}█"),
    ("none", "(?:H|(?P<had>[Jŵ]))(?P<taken>V)[jzDdOTa#2û]{0,5}█"),  # "some patients required 5 mg"
    ("none", r"^S[zV][adT]*DO█|[oOFSz]a?ŧ§a?█|ŵJ*[^,;·1J]*@█|ŵ[^,;·1J]*Jz?V§a?█|S[adz]*V?Oj+m?█"),
    ("none", "(?P<told>[zV])(?:oa?(?:[adzT]*DO)?|[dT]*D(?:O|V?J))█"),  # "responded to", "the mean dose was"
    ("none", "(?P<handled>█)"),
    ("dose", "(?:(?<!ŵ)(?<!ŵJ)JT?V|^V)(?P<on>@)█"),  # "should be started on 25 mg", not "who are maintained on 25 mg"
    ("none", "(?P<on>@)(?:DO)?█"),
    # "a dose of 200 mg achieves an exposure similar to 3 mg/kg", "the 10 mg dose may provide more": of doses, no order
    ("none", "D[Ojz]*█(?P<does>[^,;·1JV]{0,8}V?)"),
    ("none", "█(?P<does>D[^,;·1V]{0,7}V?)"),
    ("none", "█[^;·1,]*(?P<alike>z|(?<=J)[dδ]|(?<=Jz)[dδ])o(?P<outside>1)"),
    ("none", "█(?P<watched>V)"),  # "1,200 mg gave no benefit"
    ("none", "█(?:O[jz]+)?(?P<added>V)"),
    ("other", "(?P<other>z)D[^;·1]*█"),  # "the digoxin dose should be halved to 0.125 mg"
    # "doses of 37.5 mg should be divided": of doses of a size; but "doses of 50 mg may be given"
    ("none", "(?:^|[,;·])F?[dzT]*(?P<plural>D)O█(?:[AB]|(?!J+V(?![2=δ#])).*J|(?P<past>J)J*V)"),
    ("none", "D[dT]?ō█"),  # "at doses over 2 g per day"
    ("none", "(?P<unsigned>[<>])(?:[ad]?V?DO)?█"),  # "greater than the target dose of 10 mg/day"
    # strengths and what is counted by them
    ("none", "(?P<whole>█)(?:(?:,?[ø&]|,)1)+[^1]?m"),  # "a 15 mg or 20 mg tablet"
    (
        "one",
        r"(?:^|[VDr:·]|V§)a?(?P<exact>█)–?(?P<singular>m)(?:⟨[^⟩]*⟩)?r?2",
    ),  # "start with a 5 mg tablet twice daily"
    ("one", r"(?P<once>[wn])(?P<solid>(?P<read>█))(?=[^⟩&ø$]*[ø&·,]*(?:⟩|$))–?[zjx]{0,4}(?:⟨[zjxm]*⟩)?m"),
    ("unread", r"[wn]j*(?P<solid>█)–?[zjx]{0,4}(?:⟨[zjxm]*⟩)?m"),
    ("none", "(?P<solid>█)(?:–?m|z?m)"),
    # volumes to mix with, food, other drugs
    ("none", "[#§V](?P<volume>█)"),
    ("none", "(?P<volume>█)(?P<liquid>.)"),
    ("none", "(?P<volume>█)O(?P<liquid>.{1,4})"),
    ("none", "(?P<volume>█)O.{0,3}[8%]"),  # "100 mL of 5% dextrose"
    ("none", "█O(?P<food>.)"),
    ("other", "█O(?P<other>[zxd]{0,2}[zx](?![zxj]|Oj)|x[zx](?!Oj))"),  # "1500 mg of elemental calcium"
    ("other", "█(?P<other>z)"),
    ("none", "[16].*řO?█"),
    ("none", "^(?=[^█]*[16]).*?(?:[@ř]a?ř?O?|M[^1█]*)(?P<speed>█)"),
    ("other", "(?P<other>z)(?:[O⟨@]?[<>û]?|,[<>û]|@?[ad]?DO)█"),
    ("other", "(?:^|[^§Vz])z*(?P<other>z),█"),
    ("other", "DO[aj]?(?P<dosed>z)z*J█"),  # "the dose of X is"
    ("other", "(?:^|[,;·])[^D,;·]*?(?P<other>z+)J█"),  # "insulin requirement is"
    ("other", "V[adGT]*(?P<other>z)[zDd]*[o@§]?█"),  # "reduce sertraline to 25 mg"
    ("unclear", "(?<!V)(?<!V.)(?<!H)§█|(?:^|[;·])[^V;·]*H§█"),
    ("none", "(?P<ounces>█)"),
    ("none", "ZT?V[adjz]{0,2}█"),  # "patients who do not tolerate 2.4 mg"
    ("none", "(?P<form>1)O█"),  # "2 tablets of 325 mg": the strength of each
    ("none", "S[az]z*█"),  # "one week after the last 2.4 mg injection"
    ("none", "(?P<alike>z)o█"),
    ("other", "(?:^|[,;·:])a?(?P<other>z)z*[VJ][^,;·:]*█"),  # "valproate goes down to 500 mg"
    ("other", "(?:^|,)V[adGT]*(?P<other>z)[^1j;·]*&V[^1j;·]*█"),  # "give aspirin and go on with 75 mg"
    ("none", "(?P<before>S)V[^;·,1]{0,10}[oO]█"),  # "30 mg once daily for 1 week before increasing to 60 mg"
    ("none", "█J(?P<effective>.{1,2})"),
    ("none", "(?P<every>.)█"),
    ("none", r"x(?:O|:)?[<>]?█|xJ[<>]█|(?:^|[,;·])(?![ad]*D)[^,;·]*xJ█"),
    ("unclear", "█2?[dT]*D[^;·,1]{0,5}J+z"),  # "an 80 mg daily dosage is restricted"
    # what is said again, and what leads to a dose
    ("aside", "(?P<bracketed>█)"),
    ("unread", "(?P<unread>█)"),
    ("aside", "(?P<again>█)"),
    ("dose", "(?P<totalling>.)(?P<daily>█)"),
    ("dose", "^[aG]*█"),
    ("dose", "(?P<trial>V)O█"),
    ("dose", "(?P<orders>V)[aG]*█"),
    ("dose", "(?P<ranging>.)O█"),
    ("dose", "f(?P<spans>█)"),  # "the dosage may vary from 5 mg to 60 mg per day"
    # "Urethritis due to C. trachomatis 800 mg three times a day": what it is for, and how much
    ("dose", r"^[zHKLEGiPgFO#&øŧ,·4§jmtA–⟨⟩dnxo:@B<>]*[zHLKtmijE⟩][aG]*█(?:⟨[^⟩]*⟩)?(?:r|é|2|D2)"),
    ("dose", r"(?:[,;:·⟨⟩&øC–$JoûrdDTHABj234é8PEKLGiQ=sŧŵ#]|jz{0,2}m|[ad]t|RZ|V~|[VJ]a?m)[aG]*█"),
    ("dose", r"(?:[HjM2]|[dDéMrřŧ][aVT]?)O[aG]*█"),
    ("dose", r"(?:(?:[VDj@CrWM,2ŧ]|[Vŧ]§j[rzm]{0,3}|^)@[adD]*|[H4]@)[aG]*█"),
    ("dose", r"(?:[VJ]a?[ŧjD]?[jz]?§|V[^;·]*H§|V[adŧ]?V?[jz]{1,3}m@?|(?:[VJ,:o]|^)[<>])[aG]*█"),
)
"""AmountRole and pattern over the codes of a statement, in which █ is the amount."""
_RULES_AT_START = tuple(rule for rule in _RULES if rule[1][-1] != "█" or rule[1] == "^[aG]*█")
"""Those for an amount with nothing before it."""
