"""The words with which a sentence of running text opens: for what, or for whom, it and the sentences after it are.

Old labels have no headings for their indications: "3. For treatment of breast cancer, for palliation only. Suggested
dosage is …", "In cerebral edema, … . Response is usually noted within …", "In pediatric patients, the initial dose may
vary. The range of initial doses is …". Of the indications that the monograph has the nearest one said before counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from druginfo.dosing.conditions import organs_in
from druginfo.dosing.context import Context, is_another
from druginfo.dosing.indications import IndicationWords, names_disease
from druginfo.dosing.labels import is_group, names_whom
from druginfo.dosing.line import ItemRange, Line, read_line
from druginfo.dosing.people import stages
from druginfo.dosing.regimen import Regimen
from druginfo.dosing.statements import Clause, holds_dose, sentences
from druginfo.terms import patterns
from druginfo.terms.same import NAMELESS, QUALIFIERS, folded
from druginfo.terms.stages import CHILDREN

_OPENS = re.compile(
    r"(?:[nN]·)?(?P<how>[#F])(?=(?P<what>[^·;:,⟨J15678I]+(?:,[^·;:,⟨J15678IDd#FS§][^·;:,⟨J15678ID]*(?=[,·]|$))*))"
)
"""A sentence that opens with "for" or "in", and what follows, with the items of a list after commas."""
_TITLE = re.compile("[nN]·[^·;:J15678]+·$")
"""A sentence that is nothing but an item's title: "2. Test to distinguish …"."""
_TREATS = re.compile(
    r"(?:[\w-]+\s+){0,3}?(?:treatment|management|prophylaxis|prevention|relief|control|suppression|palliation|therapy"
    r"|eradication)\s+(?:of|for|in)\s+(?:the\s+)?",
    re.I,
)
_WITH = re.compile(
    rf"(?:[\w-]+\s+){{0,3}}?(?:{patterns.WHOM}|those)\s+(?:with|who\s+have|suffering\s+from)\s+",
    re.I,
)
_BESIDES = re.compile(r"\b(?:co-?exist|co-?morbid|concomitant|concurrent|history|also\b|risk)", re.I)
_CAUSED = re.compile(r"\b(?:associated with|due to|secondary to|caused by|who|in|during|undergoing)\b", re.I)
_VAGUE = frozenset(
    "infection disorder syndrome symptom episode condition serious case more less life threatening tumor inoperable "
    "pain breakthrough attack reaction complication".split()
).union(NAMELESS, QUALIFIERS)
"""Words that tell no indication apart, folded."""
_RELATIVE = re.compile(r"\s+(?:in\s+|for\s+|with\s+)?(?:which|who|whose|whom|that)\b|\s+(?i:due to|caused by)\s+[A-Z]$")
"""Where an indication ends: before a clause, and before an organism that is cut off after its initial."""
_ANEW = re.compile(r"\b(?:usual|recommended|suggested|normal|average)\s+(?:[\w-]+\s+){0,3}dos(?:es?|ages?|ing)\b", re.I)
"""A regimen that is begun anew, which may be everybody's again."""


class _Lead(NamedTuple):
    text: str
    """The indication, or the people; empty for any other group."""
    kind: str
    alone: bool = False
    """It is a sentence of its own: a title over what follows."""
    treats: bool = False
    """It says that they are treated for it."""
    replaces: bool = False
    """It may be another indication than the heading's, and not only what they have besides."""


class Leads:
    """What the sentences of one line open with, read as far as its statements have come.

    `whole`: the line is an item of a list, all of which is about what it opens with.
    """

    def __init__(self, line: Line, vocabulary: IndicationWords, *, whole: bool) -> None:
        self.line = line
        self.vocabulary = vocabulary
        self.whole = whole
        self.left = list(sentences(line))[::-1]
        self.indication: _Lead | None = None
        self.people = ""
        self.begin = self.sentence = 0
        """Where the sentences of the last lead and of the last statement begin."""
        self.dosed = False
        """Whether a dose was given since."""

    def over(self, context: Context, statement: Clause, reading: Regimen) -> Context:
        """The context of a statement under what its sentence, or one before it, opens with."""
        while self.left and self.left[-1][0] <= statement.first:
            self.sentence, end = self.left.pop()
            if lead := self._lead(self.sentence, end):
                self._take(lead, self.sentence)
        is_own = self.begin == self.sentence
        lead = self.indication
        doses = reading.dose or reading.maximum or reading.frequency or reading.action in ("increase", "reduce")
        # under a heading for one use refusals and notes go on from a dose, too; elsewhere they are for everybody
        may_go_on = doses or context.indication
        goes_on = lead and (lead.alone or self.whole or (may_go_on and (is_own or self._goes_on(statement))))
        if lead and (goes_on or (is_own and lead.treats)) and self._is_nearer(lead, context):
            context = context._replace(indication=lead.text)
        by_size = reading.dose is not None and (reading.dose.per or "").startswith(("kg", "m2"))
        if (
            self.people
            and by_size
            and not (is_own or self.dosed or context.population)
            and self._is_of_nobody(statement)
        ):
            context = context._replace(population=self.people)
        self.dosed |= bool(is_own or goes_on) and holds_dose(self.line, statement.first, statement.last)
        return context

    def _take(self, lead: _Lead, begin: int) -> None:
        if lead.kind == "indication":
            self.indication, self.people = lead, ""
        else:
            self.people = lead.text
            if lead.kind == "other":
                self.whole = False  # an item about several uses
            if not (self.whole or (self.indication and self.indication.alone)):
                self.indication = None
        self.begin, self.dosed = begin, False

    def _goes_on(self, statement: Clause) -> bool:
        """Whether a dose of a later sentence goes on from one that was given before, and does not begin anew."""
        return self.dosed and not _ANEW.search(self.line.words(statement.first, statement.last))

    def _is_of_nobody(self, statement: Clause) -> bool:
        """Whether a statement names no people and no organ."""
        words = self.line.words(statement.first, statement.last)
        return not (stages(words) or organs_in(words) or "H" in self.line.shape[statement.first : statement.last])

    def _is_nearer(self, lead: _Lead, context: Context) -> bool:
        if context.indication is None:
            return True
        return lead.replaces and is_another(lead.text, context.indication, self.vocabulary)

    def _lead(self, first: int, last: int) -> _Lead | None:
        """What a sentence opens with."""
        line = self.line
        if line.shape[first] not in "nN#F":
            return None
        found = _OPENS.match(line.shape, first, last)
        if not found:
            is_title = _TITLE.match(line.shape, first, last)
            return _Lead("", "other") if is_title else None
        begin, end = found.start("what"), found.end("what")
        ends = [*line.places(",", begin, end), end]
        if len(ends) > 1 and set(line.shape[begin : ends[0]]) <= set("zGd") and ends[0] - begin < 3:
            ends = ends[not self.vocabulary.is_disease(line.words(begin, ends[0])) :]  # "acute, self-limited …"
        what = line.words(begin, ends[0])
        treats = _TREATS.match(what)
        disease = what[treats.end() :] if treats else what
        having = _WITH.match(disease)
        disease = disease[having.end() :] if having else disease
        if not treats and (is_group(disease) or (not having and "H" in line.shape[begin : min(begin + 4, ends[0])])):
            young = bool(stages(what)) and all(stage.high <= CHILDREN.high for stage in stages(what))
            return _Lead(what if young else "", "people")
        is_for = found["how"] == "F" and not having
        if (
            "D" in line.shape[begin : ends[0]]
            or organs_in(what)
            or not self._is_its_own(disease, treats=treats is not None, is_for=is_for)
        ):
            return _Lead("", "other")
        for one, two in pairwise(ends):
            orders = any(i.code == "V" and i.sense.form == "do" for i in line.items[one:two])
            if not orders and self.vocabulary.is_indication(re.sub(r"^(?:and|or)\s+", "", line.words(one + 1, two))):
                what = line.words(begin, two)
        alone = not re.search("[J1678]", line.shape[begin:last]) and line.shape[last - 1] == "·"
        return _Lead(_RELATIVE.split(what)[0], "indication", alone, treats is not None, treats is not None or is_for)

    def _is_its_own(self, text: str, *, treats: bool, is_for: bool) -> bool:
        """Whether words name an indication, by what they are about and not by its cause: what is treated, any disease
        that doses are "for", of those that people have the monograph's own."""
        head = _CAUSED.split(text)[0].strip()
        if _BESIDES.search(text) or _VAGUE.issuperset(folded(head).split()):
            return False
        if self.vocabulary.is_disease(head):
            return treats or is_for or self.vocabulary.is_known(head)
        return treats and not self.vocabulary.usage_words.isdisjoint(re.findall(r"[a-z][\w-]{3,}", head.lower()))


def only_names(line: Line, is_indication: Callable[[str], bool]) -> bool:
    """Whether words that stand alone are a title that names people, a band or an indication: no clause, no amount."""
    if not line.items or _SAYS.search(line.shape) or any(verb.sense.form == "do" for verb in line.having("V")):
        return False
    return names_whom(line.text) or (
        line.text[:1].isupper() and len(line.text.split()) < 12 and is_indication(line.text)
    )


def title_at_end(text: str, is_indication: Callable[[str], bool] = names_disease) -> int:
    """Where the title of what follows an item or a paragraph begins that has run into its end; 0 where none has.

    It is a last sentence without an end that is a table's caption, in title case, or of nothing but names: "… may be
    given. Pediatric patients weighing less than 20 kg".
    """
    if text[-1:] in ".,;:!?)]…" or not _ENDS_BEFORE.search(text):
        return 0
    line = read_line(text)
    first = sentences(line)[-1][0]
    begin = line.items[first].lead
    if numbered := _CAPTION_NUMBER.search(text, 0, begin):
        begin = numbered.start("caption")
    words = text[begin:].split()
    if not begin or not words[0][0].isupper() or len(words) < 2:
        return 0
    if CAPTION.match(text, begin):
        return begin
    if ": " in text[begin:]:
        return 0
    titled = all(word[:1].isupper() or len(word) < 5 or not word.isalpha() for word in words)
    is_title = titled and not _SAYS.search(line.shape, first)
    return begin if is_title or only_names(read_line(text[begin:]), is_indication) else 0


def row_labels(line: Line) -> Iterator[ItemRange]:
    """The labels of the rows of a table that was written as one line: a name in capitals right after the end of a
    regimen, and its dose after it: "Otitis media 10 mg once daily for 3 days Acute sinusitis 5 mg"; of bands, which may
    belong to the dose on either side, where the line has them by turns and begins with one.
    """
    by_turns = _BANDS_BY_TURNS.match(line.shape)
    found = [match.span("label") for match in _ROW_LABEL.finditer(line.shape)]
    first = by_turns.span("label") if by_turns else (0, line.shape.find("1"))
    for begin, end in [first, *found] if found else []:
        label = read_line(line.words(begin, end).rstrip(" -–—"))
        is_name = label.text[:1].isupper() and only_names(label, names_disease)
        if (by_turns if line.shape[begin] == "4" else is_name) and not line.depths[begin]:
            yield begin, end


_ROW_LABEL = re.compile("(?<=[123])(?P<label>(?:[GzHKLE][zxHKLEGi&/4⟨⟩n–O#§,g]{0,11}?|4))(?=1)")
_BANDS_BY_TURNS = re.compile(r"[^14]{0,6}(?P<label>4)(?:1[23&øC]*)+(?:4(?:1[23&øC]*)+)+·?$")
COLUMNS_LOST = re.compile(r"[^JV14]*(?:1[23]*4(?:1[23]*4)+|44+[^JV14]*11+)[^JV14]*$")
"""Doses and bands of which nothing says which belongs to which."""
CAPTION = re.compile(r"Tables?\s+\w+(?:[.:)\s]|$)", re.I)
_CAPTION_NUMBER = re.compile(r"(?:^|[.:!?)\]] )(?P<caption>Table \w+[.:)] )$", re.I)
_ENDS_BEFORE = re.compile(r"[.!?)\]] [A-Z]")
_SAYS = re.compile("[1256789CI;·]|J")


_GO_ON = ",–/⟨#§FOoø&SZ"
"""What no title ends in."""


def run_in_title(line: Line, first: int, last: int) -> int | None:
    """Where what follows a title begins that has run into its sentence, "Maintenance treatment Administer 500 mg …":
    an order that begins with a capital, or "The"."""
    if line.text[line.items[first].lead].islower():
        return None
    for at in range(first, last):
        item = line.items[at]
        if at > first + 1 and line.text.startswith("The ", item.lead) and line.shape[at - 1] not in _GO_ON:
            return at
        if item.code not in "·;:J125678V":
            continue
        if item.code == "J" and "ŵ" in line.shape[at - 1 : at]:
            continue  # "patients who have achieved disease control"
        if item.code != "V":
            return None
        if item.sense.form == "do" and line.text[item.start].isupper():
            is_title = at > first + 1 and line.shape[at - 1] not in _GO_ON and line.text[item.start + 1].islower()
            return at if is_title else None
    return None
